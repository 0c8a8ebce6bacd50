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

// Laws of reviews of random plans in which posts report in circles, functions move, delegations run out and are used, and owners
// have letters.
func FuzzRegisterRules(f *testing.F) {
	for seed := range uint64(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		d.registering(&spec)
		view := mission.View{On: on.Add(calendar.Days(d.IntN(400) - 200))}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		if d.IntN(8) == 0 {
			view.Known = d.instant.AddDate(0, 0, 4)
		}
		rules := review.Options{Rules: registerRules}
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

var registerRules = []string{"A10", "A14", "B04", "B07", "B08", "B10", "B15", "B19", "B21", "B22", "C08", "C09", "C12"}

// Random plans reach every verdict of every one of these rules, so that the laws are not held by silence.
func TestRegisterRulesReachEveryVerdict(t *testing.T) {
	seen := map[string][3]bool{}
	for seed := range uint64(800) {
		d := newDice(seed)
		spec := d.spec()
		d.registering(&spec)
		for _, c := range run(t, spec, mission.View{On: on}, review.Options{Rules: registerRules}).Coverage.Rules {
			s := seen[c.Rule.ID]
			seen[c.Rule.ID] = [3]bool{s[0] || c.Found > 0, s[1] || c.Unassessed > 0, s[2] || c.Nothing > 0}
		}
	}
	for _, id := range registerRules {
		require.Equal(t, [3]bool{true, true, true}, seen[id], id)
	}
}

// registering adds what these rules read.
func (d *dice) registering(s *mission.Spec) {
	money := func(least int) record.Money {
		return record.Money{Minor: int64(least + d.IntN(8)), Currency: pick(d, record.Currency("GBP"), "GBP", "GBP", "EUR")}
	}
	for i := range s.Parties {
		if p := &s.Parties[i]; p.Kind == accountability.Post && d.IntN(3) == 0 {
			p.ReportsTo = d.id("party", 6)
			if d.IntN(4) == 0 {
				p.From = calendar.MustParseWhen(pick(d, "2025", "2026"))
			}
		}
	}
	for n := range d.IntN(3) {
		before, after := pick(d, record.ID("party9"), "party10"), record.ID("party11")
		s.Successions = append(s.Successions, accountability.Succession{Record: d.base("succession", n, false), Kind: pick(d, accountability.Rename, accountability.Merger, accountability.TransferOfFunctions),
			Predecessors: []record.ID{before}, Successors: []record.ID{after}, Completed: d.when(), Subjects: []record.Ref{d.subject(), d.subject()}})
		if v := &s.Successions[n]; v.Kind == accountability.Merger {
			v.Subjects = nil
		}
	}
	for n := range d.IntN(3) { // somebody away, and somebody in their place
		h := accountability.Holding{Record: record.New(record.ID(fmt.Sprintf("own%d", n))), Post: d.id("party", 6), Holder: "party6"}
		c := accountability.Holding{Record: record.New(record.ID(fmt.Sprintf("cover%d", n))), Post: h.Post, Holder: "party7", Basis: accountability.BasisCover, CoverFor: h.ID}
		l := accountability.Leave{Record: record.New(record.ID(fmt.Sprintf("off%d", n))), Holding: h.ID}
		l.Until = d.when()
		if d.IntN(3) == 0 {
			c.From = d.when()
		}
		if l.Until.IsNamed() || c.From.IsNamed() {
			l.Until, c.From = calendar.When{}, calendar.When{}
		}
		s.Holdings, s.Leaves = append(s.Holdings, h, c), append(s.Leaves, l)
	}
	for i := range s.Duties {
		s.Duties[i].FromTitle = d.IntN(2) == 0
		s.Duties[i].Means = accountability.Means{Budget: value(d, d.IntN(4) == 0), People: value(d, d.IntN(4) == 0)}
	}
	for n := range d.IntN(8) {
		u := accountability.Duty{Record: d.base("task", n, true), Duty: pick(d, accountability.SeniorOwner, accountability.SeniorOwner, accountability.Deliver, accountability.Perform),
			Subject: refOfKind(mission.KindInitiative, d.id("initiative", randomOthers)), Post: d.id("party", 6)}
		if d.IntN(2) == 0 && u.Duty != accountability.SeniorOwner {
			u.Post, u.State = "", pick(d, accountability.Vacant, accountability.Vacant, accountability.Unclear)
		}
		s.Duties = append(s.Duties, u)
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		l.Justifies = value(d, d.IntN(2) == 0)
		if d.IntN(3) == 0 {
			l.Powers = []string{accountability.MayQuestion}
		}
	}
	for i := range s.Sharings {
		v := &s.Sharings[i]
		v.Mode, v.Rule = accountability.Collective, pick(d, "", accountability.ByQuota, accountability.ByQuota)
		if d.IntN(2) == 0 {
			v.Lead, v.Members = "", []record.ID{"party0", "party1", "party2", "party3", "party4", "party5"}
		}
		if d.IntN(3) > 0 {
			v.Quota = record.Number(float64(1+d.IntN(9)) / 10)
		}
	}
	for n := range d.IntN(6) {
		by := d.id("party", 3)
		g := accountability.Grant{Record: d.base("letter", n, false), By: by, To: record.ID(fmt.Sprintf("party%d", (int(by[5]-'0')+1+d.IntN(2))%3)), Powers: []string{pick(d, "spend", "sign")}}
		if g.From.IsZero() && d.IntN(3) == 0 {
			g.Until = calendar.MustParseWhen(pick(d, "2025", "2026", "2026-03-01", "unknown"))
		}
		s.Grants = append(s.Grants, g)
	}
	var letters []record.Ref
	for i := range s.Grants {
		g := &s.Grants[i]
		g.PerItem, g.Cumulative = record.Money{}, record.Money{}
		if d.IntN(2) == 0 {
			g.PerItem = money(1)
		}
		if d.IntN(2) == 0 {
			g.Cumulative = record.Money{Minor: int64(1 + d.IntN(12)), Currency: "GBP"}
			g.PerItem.Currency = "GBP"
			if g.PerItem.Minor == 0 {
				g.PerItem = record.Money{}
			}
		}
		letters = append(letters, refOfKind(accountability.KindGrant, g.Fact()))
	}
	for n := range d.IntN(10) {
		if len(letters) == 0 {
			break
		}
		s.Events = append(s.Events, mission.Event{Record: d.base("use", n, true), Kind: mission.GrantUsed, Subject: pick(d, letters...), Amount: value(d, money(0)), OnDay: d.when()})
	}
	for i := range s.Mandates {
		m := &s.Mandates[i]
		if d.IntN(2) == 0 {
			m.Subject = refOfKind(mission.KindInitiative, d.id("initiative", randomOthers))
		}
		if d.IntN(3) == 0 {
			m.Published = d.when()
		}
		if d.IntN(2) == 0 {
			s.Events = append(s.Events, mission.Event{Record: d.base("secret", i, false), Kind: mission.Published, Subject: refOfKind(accountability.KindMandate, m.Fact()), Absent: d.IntN(3) > 0})
		}
	}
	for n := range d.IntN(6) {
		s.Events = append(s.Events, mission.Event{Record: d.base("paper", n, true), Kind: pick(d, mission.MandateLetter, accountability.StageMajorProject), Absent: d.IntN(2) == 0,
			Subject: refOfKind(mission.KindInitiative, d.id("initiative", randomOthers)), OnDay: d.when()})
	}
}
