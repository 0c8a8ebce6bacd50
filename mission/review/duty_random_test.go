package review_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// Laws of reviews of random plans in which parties begin and end, letters ask for time, and lines say how often.
func FuzzDutyRules(f *testing.F) {
	for seed := range seeds(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		d.charging(&spec)
		view := mission.View{On: on.Add(calendar.Days(d.IntN(400) - 200))}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		if d.IntN(8) == 0 {
			view.Known = d.instant.AddDate(0, 0, 2)
		}
		rules := review.Options{Rules: dutyRules, Thresholds: map[string]float64{"B12.parties": 2, "B18.changes": 1}}
		whole := run(t, spec, view, rules)
		lawful(t, whole)
		mixed := d.shuffled(spec)
		mixed.Successions = clone(mixed.Successions)
		d.Shuffle(swaps(mixed.Successions))
		assert.Equal(t, encoded(t, whole), encoded(t, run(t, mixed, view, rules)), "the order of the records does not show")
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		strict := run(t, spec, view, rules)
		lawful(t, strict)
		compared(t, whole, strict)
		view.Without, view.Audience = nil, record.Public
		lawful(t, run(t, spec, view, rules))
	})
}

var dutyRules = []string{"A05", "A06", "B11", "B12", "B17", "B18", "B20", "B23", "B24"}

// Random plans reach every verdict of every rule on duties, so that the laws are not held by silence.
func TestRandomPlansReachTheDutyRules(t *testing.T) {
	if testing.Short() {
		t.Skip("many random plans: the full run has them")
	}
	seen := map[string][3]bool{}
	for seed := range uint64(800) {
		d := newDice(seed)
		spec := d.spec()
		d.charging(&spec)
		for _, c := range run(t, spec, mission.View{On: on}, review.Options{Rules: dutyRules, Thresholds: map[string]float64{"B12.parties": 2, "B18.changes": 1}}).Coverage.Rules {
			s := seen[c.Rule.ID]
			seen[c.Rule.ID] = [3]bool{s[0] || c.Found > 0, s[1] || c.Unassessed > 0, s[2] || c.Nothing > 0}
		}
	}
	for _, id := range dutyRules {
		require.Equal(t, [3]bool{true, true, true}, seen[id], id)
	}
}

// charging adds what the rules on posts, duties and accounts read: parties that begin and end, letters that ask for time,
// lines that say how often, and many who agree or are consulted.
func (d *dice) charging(s *mission.Spec) {
	for i := range s.Parties {
		p := &s.Parties[i]
		if d.IntN(6) == 0 {
			p.From = d.when()
		}
		if d.IntN(6) == 0 {
			p.Until = d.when()
		}
		if unfit(&p.Record) {
			p.Until = calendar.When{}
		}
	}
	for n := range d.IntN(2) {
		s.Successions = append(s.Successions, accountability.Succession{Record: d.base("succession", n, false), Kind: accountability.Rename,
			Predecessors: []record.ID{d.id("party", 3)}, Successors: []record.ID{record.ID(fmt.Sprintf("party%d", 3+d.IntN(3)))}})
	}
	for i := range s.Mandates {
		m := &s.Mandates[i]
		m.Kind = pick(d, m.Kind, accountability.SeniorOwner)
		if d.IntN(3) > 0 {
			m.TimeCommitment = record.Number(float64(d.IntN(12) * 10))
		}
		if d.IntN(4) == 0 {
			m.Tenure = d.when()
		}
		if d.IntN(4) == 0 {
			m.To = d.id("party", 9)
		}
		if d.IntN(4) == 0 && i > 0 && s.Mandates[0].Fact() != m.Fact() {
			m.Supersedes = []record.ID{s.Mandates[0].ID}
		}
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		l.Every = pick(d, calendar.Days(0), 30, 90)
		l.Informs, l.Justifies = value(d, true), value(d, d.IntN(2) == 0)
		if d.IntN(3) == 0 {
			l.Actor = record.ID(fmt.Sprintf("party%d", 6+d.IntN(3)))
		}
		for n := range d.IntN(3) {
			e := mission.Event{Record: d.base("account", 10*i+n, false), Kind: mission.AccountGiven, Absent: d.IntN(2) == 0, OnDay: d.when(),
				Subject: record.Ref{Kind: accountability.KindLine, ID: l.ID}}
			s.Events = append(s.Events, e)
		}
	}
	for n := range d.IntN(4) {
		s.Lines = append(s.Lines, accountability.Line{Record: record.New(record.ID(fmt.Sprintf("hearing%d", n))), Actor: d.id("party", 6), Forum: record.Ref{Kind: accountability.KindParty, ID: "assembly"}})
	}
	if d.IntN(4) == 0 {
		s.Events = append(s.Events, mission.Event{Record: d.base("rest", 0, false), Kind: mission.Recess, OnDay: d.when()})
	}
	for i := range s.Sharings {
		if d.IntN(4) == 0 {
			s.Sharings[i].Members = append(s.Sharings[i].Members, "party7")
		}
		s.Sharings[i].Duty = pick(d, s.Sharings[i].Duty, accountability.Agree)
	}
	for n := range d.IntN(12) {
		u := accountability.Duty{Record: d.base("voice", n, true), Duty: pick(d, accountability.Agree, accountability.Consult, accountability.SeniorOwner),
			Subject: pick(d, record.Ref{Kind: mission.KindMission, ID: "mission0"}, record.Ref{Kind: mission.KindInitiative, ID: "initiative0"}),
			Post:    pick(d, d.id("party", 6), "party9", "party10", "party11"), Part: pick(d, "", "", "a half")}
		if d.IntN(4) == 0 {
			u.Post, u.State = "", pick(d, accountability.Vacant, accountability.Unclear, accountability.Withheld)
		}
		s.Duties = append(s.Duties, u)
	}
	for n := range d.IntN(5) {
		h := accountability.Holding{Record: d.base("seat", n, true), Post: d.id("party", 6), Holder: record.ID(fmt.Sprintf("party%d", 6+d.IntN(3)))}
		h.From, h.Until = d.when(), d.when()
		if unfit(&h.Record) {
			h.Until = calendar.When{}
		}
		s.Holdings = append(s.Holdings, h)
	}
}

// unfit reports whether the period of a record may be refused: its end lies before its start, or either is a named day.
func unfit(r *record.Record) bool {
	return r.Valid().Inverted() || r.Valid().Empty() || r.From.IsNamed() || r.Until.IsNamed()
}
