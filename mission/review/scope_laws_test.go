package review_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// scopeExtras adds to a random plan what the rules on scope read.
func (d *dice) scopeExtras(s *mission.Spec) {
	for i := range s.Missions {
		s.Missions[i].Kind = pick(d, "", "", mission.Foundation, "pillar")
		s.Missions[i].Parents = d.ids("mission", randomMissions)
		s.Missions[i].Statement = pick(d, "", "A statement")
	}
	for i := range s.Initiatives {
		n := &s.Initiatives[i]
		n.Kind, n.Status = pick(d, "", mission.Service, mission.Service, mission.Portfolio), pick(d, 0, mission.MissionWork, mission.ValuedAsItIs, mission.Adjacent)
		n.By = pick(d, "", record.ID("party9"), "party10", "party0")
		if d.IntN(2) == 0 {
			n.Capacity, n.Floor = d.id("indicator", randomOthers), record.Number(float64(d.IntN(3)))
		}
	}
	for n := range d.IntN(6) {
		s.Observations = append(s.Observations, milestone.Observation{Record: d.base("observation", n, false), Indicator: d.id("indicator", randomOthers),
			Period: d.when(), Value: value(d, record.Number(float64(d.IntN(3))))})
	}
	for n := range d.IntN(5) {
		s.Scopes = append(s.Scopes, mission.Scope{Record: d.base("scope", n, true), Mission: d.id("mission", randomMissions), By: pick(d, "", record.ID("party9"), "party10"),
			Reading: pick(d, "", "wide", "narrow"), Inside: d.scopeWords(), Outside: d.scopeWords(), Agreed: value(d, d.IntN(2) == 0)})
		if n > 0 {
			s.Scopes[n].Differs = d.ids("scope", n)
		}
	}
	for n := range d.IntN(4) {
		s.Contributions = append(s.Contributions, learning.Contribution{Record: d.base("contribution", n, false), Cause: d.subject(), Effect: d.subject(), Strength: record.Number(0.5), Hinders: d.IntN(3) == 0})
	}
	s.Contributions = slices.DeleteFunc(s.Contributions, func(c learning.Contribution) bool { return c.Cause == c.Effect })
	for n := range d.IntN(3) {
		s.SpendingReviews = append(s.SpendingReviews, funding.Review{Record: d.base("review", n, false), Name: fmt.Sprintf("Round %d", n), Opened: d.when(), Concluded: d.when()})
		s.Settlements = append(s.Settlements, funding.Settlement{Record: d.base("settlement", n, false), Review: d.id("review", n+1), Party: pick(d, record.ID("party9"), "party10")})
	}
	kinds := []string{mission.Landed, mission.BidMade, mission.BidAmended, mission.SolutionFixed, mission.DiscoveryEnded, mission.Rationale, mission.HowCommitment, mission.CapacityMoved,
		mission.LeadersAdopted, mission.TeamsAdopted, mission.Framing, mission.BoundarySet, mission.Renamed, mission.Restructure, mission.Cut, mission.Draw, mission.Transition, mission.WiringChange}
	for n := range d.IntN(40) {
		subject := d.subject()
		if d.IntN(6) == 0 {
			subject = record.Ref{Kind: accountability.KindParty, ID: d.id("party", randomParties)}
		}
		e := mission.Event{Record: d.base("turn", n, true), Subject: subject, Kind: pick(d, kinds...), Absent: d.IntN(3) == 0, OnDay: d.when(), By: d.ids("party", randomParties), With: d.ids("party", randomParties),
			Because: pick(d, "", "for a reason")}
		if d.IntN(2) == 0 {
			e.LedTo = []record.Ref{d.subject()}
		}
		s.Events = append(s.Events, e)
	}
}

func (d *dice) scopeWords() []string {
	var words []string
	for range d.IntN(3) {
		words = append(words, pick(d, "owners", "Renters", "renters", "hotels"))
	}
	return words
}

// scopeShuffled puts what scopeExtras adds in another order, with all the rest.
func (d *dice) scopeShuffled(s mission.Spec) mission.Spec {
	s = d.shuffled(s)
	s.Observations, s.Scopes, s.Contributions = clone(s.Observations), clone(s.Scopes), clone(s.Contributions)
	s.SpendingReviews, s.Settlements = clone(s.SpendingReviews), clone(s.Settlements)
	d.Shuffle(swaps(s.Observations))
	d.Shuffle(swaps(s.Scopes))
	d.Shuffle(swaps(s.Contributions))
	d.Shuffle(swaps(s.SpendingReviews))
	d.Shuffle(swaps(s.Settlements))
	return s
}

var scopeRuleIDs = []string{"F02", "F04", "F05", "F06", "F07", "F08", "F10", "F11", "F12", "F13", "F14"}

// Laws of every review hold of random plans with all that the rules on scope read, and each rule comes to each verdict on some.
func FuzzScopeRules(f *testing.F) {
	for seed := range seeds(60) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		d.scopeExtras(&spec)
		options := review.Options{Rules: scopeRuleIDs}
		view := mission.View{On: on}
		whole := run(t, spec, view, options)
		lawful(t, whole)
		shuffled := run(t, d.scopeShuffled(spec), view, options)
		assert.Equal(t, whole.String(), shuffled.String(), "the order of the records does not show")
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		strict := run(t, spec, view, options)
		lawful(t, strict)
		for _, f := range strict.Findings {
			for _, e := range f.Evidence {
				assert.NotContains(t, view.Without, e.Grade)
			}
		}
	})
}

func TestScopeRulesComeToEveryVerdict(t *testing.T) {
	if testing.Short() {
		t.Skip("many random plans: the full run has them")
	}
	found, untold, quiet := map[string]int{}, map[string]int{}, map[string]int{}
	for seed := range uint64(500) {
		d := newDice(seed)
		spec := d.spec()
		d.scopeExtras(&spec)
		for _, c := range run(t, spec, mission.View{On: on}, review.Options{Rules: scopeRuleIDs}).Coverage.Rules {
			found[c.Rule.ID] += c.Found
			untold[c.Rule.ID] += c.Unassessed
			quiet[c.Rule.ID] += c.Nothing
		}
	}
	for _, id := range scopeRuleIDs {
		assert.Positive(t, untold[id], "%s: cannot tell", id)
		assert.Positive(t, quiet[id], "%s: nothing", id)
		if id != "F08" { // random plans hold three initiatives at most
			assert.Positive(t, found[id], "%s: found", id)
		}
	}
}

// Whether readings clash is what a comparison of every pair of them says.
func TestConflictingReadingsAgainstEveryPair(t *testing.T) {
	count := map[string]int{}
	for seed := range uint64(1500) {
		d := newDice(seed)
		spec := parts(m(""))
		for n := range 1 + d.IntN(4) {
			s := scopeOf(record.ID(fmt.Sprintf("s%d", n)), pick(d, "", record.ID("org"), "town"), mission.Scope{Inside: d.scopeWords(), Outside: d.scopeWords()})
			s.Agreed = pick(d, record.Value[bool]{}, record.Value[bool]{}, record.Known(true), record.Known(false), record.Withheld[bool]("talks"))
			if n > 0 {
				s.Differs = pick(d, nil, nil, []record.ID{record.ID(fmt.Sprintf("s%d", d.IntN(n)))})
			}
			spec.Scopes = append(spec.Scopes, s)
		}
		got, text := verdict(run(t, spec, mission.View{On: on}, review.Options{Rules: []string{"F04"}}), "F04", theMission)
		want := scopePairs(spec.Scopes)
		if want == "" { // no pair is left open: the rest of the rule decides
			assert.NotEqual(t, finding, got, "seed %d: %s", seed, text)
		} else {
			assert.Equal(t, want, got, "seed %d: %s", seed, text)
		}
		count[want]++
	}
	assert.Greater(t, count[finding], 100)
	assert.Greater(t, count[cannot], 50)
	assert.Greater(t, count[""], 100)
}

func scopePairs(all []mission.Scope) string {
	meet := func(a, b []string) bool {
		return slices.ContainsFunc(a, func(x string) bool {
			return slices.ContainsFunc(b, func(y string) bool { return strings.EqualFold(x, y) })
		})
	}
	open, doubtful := false, false
	for _, a := range all {
		for _, b := range all {
			clash := a.By != b.By && (slices.Contains(a.Differs, b.ID) || meet(a.Inside, b.Outside))
			if !clash {
				continue
			}
			yes, no, kept := false, false, false
			for _, v := range []record.Value[bool]{a.Agreed, b.Agreed} {
				agreed, known := v.Get()
				yes, no, kept = yes || known && agreed, no || known && !agreed, kept || v.State == record.StateWithheld
			}
			switch {
			case yes && no:
				doubtful = true
			case yes:
			case no || !kept:
				open = true
			default:
				doubtful = true
			}
		}
	}
	switch {
	case open:
		return finding
	case doubtful:
		return cannot
	}
	return ""
}
