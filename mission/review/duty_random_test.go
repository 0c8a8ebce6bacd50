package review_test

import (
	"fmt"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

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
		if p.Record.Valid().Inverted() || p.Record.Valid().Empty() {
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
		if h.Record.Valid().Inverted() || h.Record.Valid().Empty() {
			h.Until = calendar.When{}
		}
		s.Holdings = append(s.Holdings, h)
	}
}
