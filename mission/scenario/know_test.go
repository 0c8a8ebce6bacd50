package scenario_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
	"github.com/missionled/missionled/mission/scenario"
)

// piece is a record of an example that may be put into another.
type piece struct {
	ref record.Ref
	add mission.Change
}

// pieces are the records of some examples that the first does not have, or has otherwise, and events and duties on the subject.
func pieces(t *testing.T, unclear mission.Spec, others []mission.Spec, subject record.Ref, words []scenario.Addition) []piece {
	t.Helper()
	have := make(map[record.Ref]any)
	each(&unclear, func(ref record.Ref, r any) { have[ref] = r })
	var list []piece
	for _, other := range others {
		each(&other, func(ref record.Ref, r any) {
			old, there := have[ref]
			if there && reflect.DeepEqual(old, r) {
				return
			}
			small := single(ref.Kind, r)
			if there {
				list = append(list, piece{ref, mission.Amend{Records: small}})
			} else {
				list = append(list, piece{ref, mission.Add{Records: small}})
			}
		})
	}
	for i, w := range words {
		id := record.ID(fmt.Sprintf("made-%d", i))
		switch {
		case w.Kind == mission.KindEvent && w.Word != "":
			absent := mission.Event{Record: record.Invented(id), Kind: w.Word, Subject: subject, Absent: true}
			list = append(list, piece{record.Ref{Kind: w.Kind, ID: id}, mission.Add{Records: mission.Spec{Events: []mission.Event{absent}}}})
		case w.Kind == accountability.KindDuty && w.Word != "":
			vacant := accountability.Duty{Record: record.Invented(id), Duty: w.Word, Subject: subject, State: accountability.Vacant}
			list = append(list, piece{record.Ref{Kind: w.Kind, ID: id}, mission.Add{Records: mission.Spec{Duties: []accountability.Duty{vacant}}}})
		}
	}
	return list
}

// each calls f with a pointer to every record of a Spec.
func each(s *mission.Spec, f func(record.Ref, any)) {
	bases := s.Bases()
	for _, table := range s.Tables() {
		list := reflect.ValueOf(table.Records).Elem()
		for i := range list.Len() {
			f(record.Ref{Kind: table.Kind, ID: bases[0].ID}, list.Index(i).Addr().Interface())
			bases = bases[1:]
		}
	}
}

// single is a Spec with one record.
func single(kind record.Kind, r any) mission.Spec {
	var s mission.Spec
	for _, table := range s.Tables() {
		if table.Kind == kind {
			list := reflect.ValueOf(table.Records).Elem()
			list.Set(reflect.Append(list, reflect.ValueOf(r).Elem()))
		}
	}
	return s
}

// told reports whether a rule can tell of a subject once some records are added: the subject may not be lost on the way.
func told(rule *review.Rule, e review.Example, subject record.Ref, add []piece) bool {
	view := mission.View{On: e.On}
	for _, p := range add {
		view.Changes = append(view.Changes, p.add)
	}
	m, err := mission.Compile(e.Spec, view)
	if err != nil {
		return false
	}
	k, err := scenario.ToKnow(m, scenario.Question{Rule: rule.ID})
	if err != nil || k.Looked == 0 {
		return false
	}
	return !slices.ContainsFunc(k.Needs, func(n scenario.Need) bool { return n.Subject == subject })
}

// Every rule has an example of which it cannot tell. Adding records of the kinds that ToKnow names, as the rule's other
// examples have them, must make it tell; and records of other kinds need not.
func TestWhatIsNamedIsEnough(t *testing.T) {
	var needs, confirmed, byOne, asSaid, byOthers int
	var open []string
	for _, rule := range review.Rules() {
		e := rule.Unclear()
		m, err := mission.Compile(e.Spec, mission.View{On: e.On})
		require.NoError(t, err)
		k, err := scenario.ToKnow(m, scenario.Question{Rule: rule.Slug})
		require.NoError(t, err)
		require.NotEmpty(t, k.Needs, rule.ID)
		assert.Equal(t, k.Looked-k.Told, len(k.Needs))
		others := []mission.Spec{rule.Good().Spec, rule.Bad().Spec, rule.Harmless().Spec}
		for _, n := range k.Needs {
			needs++
			require.NotEmpty(t, n.Data, rule.ID)
			var words []scenario.Addition
			for _, d := range n.Data {
				assert.Equal(t, strings.HasPrefix(d.Way, "give the view"), len(d.Sets) == 0, "%s: %s", rule.ID, d.Way)
				words = append(words, slices.Concat(d.Sets...)...)
			}
			kinds := func(ref record.Ref) bool {
				return slices.ContainsFunc(words, func(a scenario.Addition) bool { return a.Kind == ref.Kind })
			}
			var fit, unfit []piece
			for _, p := range pieces(t, e.Spec, others, n.Subject, words) {
				if kinds(p.ref) {
					fit = append(fit, p)
				} else {
					unfit = append(unfit, p)
				}
			}
			if slices.ContainsFunc(unfit, func(p piece) bool { return told(rule, e, n.Subject, []piece{p}) }) {
				byOthers++
			}
			switch size := smallestThatTells(rule, e, n.Subject, fit); {
			case size == 0:
				open = append(open, fmt.Sprintf("%s %s: %s", rule.ID, n.Subject, n.Data[0].Way))
			case size == 1:
				byOne++
				fallthrough
			default:
				confirmed++
				if size <= n.Fewest() {
					asSaid++
				}
			}
		}
	}
	t.Logf("%d of %d needs met by records of the kinds named, %d of them by as few as Fewest says and %d by one; %d met by one record of another kind; not met from the examples: %d\n%s",
		confirmed, needs, asSaid, byOne, byOthers, len(open), strings.Join(open, "\n"))
	assert.GreaterOrEqual(t, 4*confirmed, 3*needs, "at least three in four")
	assert.Less(t, byOthers, confirmed, "what is named is not what comes to hand")
	assert.GreaterOrEqual(t, 10*asSaid, 9*confirmed, "and of these nine in ten with as few as is said may do")
}

// smallestThatTells is how many of the pieces it takes at least, up to three; 0 where so few do not.
func smallestThatTells(rule *review.Rule, e review.Example, subject record.Ref, fit []piece) int {
	for i := range fit {
		if told(rule, e, subject, fit[i:i+1]) {
			return 1
		}
	}
	for i := range fit {
		for j := range i {
			if fit[i].ref != fit[j].ref && told(rule, e, subject, []piece{fit[j], fit[i]}) {
				return 2
			}
		}
	}
	for i := range fit {
		for j := range i {
			for k := range j {
				if told(rule, e, subject, []piece{fit[k], fit[j], fit[i]}) {
					return 3
				}
			}
		}
	}
	return 0
}
