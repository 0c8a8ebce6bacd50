package main

import (
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
	"github.com/missionled/missionled/mission/scenario"
)

// work is the reference to an initiative.
func work(id record.ID) record.Ref { return record.Ref{Kind: mission.KindInitiative, ID: id} }

// party is what a party is called.
func party(m *mission.Model, id record.ID) string {
	if id == "" {
		return "nobody on record"
	}
	return m.Name(record.Ref{Kind: accountability.KindParty, ID: id})
}

func parties(m *mission.Model, ids []record.ID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = party(m, id)
	}
	return orNone(names)
}

func things(m *mission.Model, refs []record.Ref) string {
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = m.Name(ref)
	}
	return orNone(names)
}

func wires(m *mission.Model, list []scenario.Wire) string {
	names := make([]string, len(list))
	for i, wire := range list {
		names[i] = party(m, wire.Party)
		if wire.State != 0 && wire.State != accountability.Held {
			names[i] += " (" + wire.State.String() + ")"
		}
	}
	return orNone(names)
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "none on record"
	}
	return strings.Join(words, ", ")
}

// known says yes or no where that is known, and otherwise why it is not.
func known(v record.Value[bool]) string {
	yes, ok := v.Get()
	switch {
	case !ok:
		return v.Why()
	case yes:
		return "yes"
	}
	return "no"
}

// either says which of two things is recorded.
func either(yes, no bool) string {
	switch {
	case yes:
		return "set aside"
	case no:
		return "none"
	}
	return "unknown"
}

func absent(c record.Claim[mission.Event]) bool { return c.Record.Absent }

// rules lists the rules of some findings, each with its subject.
func rules(list []review.Finding) string {
	var words []string
	for _, f := range list {
		words = append(words, f.Rule.ID+" "+f.Rule.Slug+" ("+f.Subject.String()+")")
	}
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}

// flagged lists what is flagged in one way.
func flagged(list []learning.Flag, kind learning.FlagKind) string {
	var words []string
	for _, f := range list {
		if f.Kind == kind {
			words = append(words, f.Records[0].String())
		}
	}
	return orNone(words)
}

// tenth is the tenth of all areas, by how deprived they are, that a party's area is in; 0 is not stated.
func tenth(m *mission.Model, id record.ID) int {
	claims := m.Register().Party(id, now)
	if len(claims) == 0 {
		return 0
	}
	return claims[0].Record.DeprivationTenth
}

// organisation is the one that does an initiative, or that the unit which does it belongs to.
func organisation(m *mission.Model, initiative record.Ref) record.ID {
	claims := m.Initiative(initiative.ID, now)
	if len(claims) == 0 {
		return ""
	}
	for _, by := range m.Register().Party(claims[0].Record.By, now) {
		if by.Record.OfParty != "" {
			return by.Record.OfParty
		}
	}
	return claims[0].Record.By
}

// aim is the first mission of an initiative.
func aim(m *mission.Model, initiative record.Ref) record.ID {
	for _, c := range m.Initiative(initiative.ID, now) {
		for _, id := range c.Record.Missions {
			return id
		}
	}
	return ""
}

// steps are the things that a researcher looks for after an announcement, each with the day on which it came.
var steps = []struct {
	name string
	came func(*mission.Model, record.Ref) calendar.Date
}{
	{"landing", func(m *mission.Model, of record.Ref) calendar.Date { return first(m, of, mission.Landed) }},
	{"plan", func(m *mission.Model, of record.Ref) calendar.Date { return first(m, of, mission.PlanPublished) }},
	{"lead", func(m *mission.Model, of record.Ref) calendar.Date {
		for _, spell := range m.Register().Carried(of, accountability.MissionLead, now.Known) {
			if spell.Party != "" {
				return spell.From
			}
		}
		return calendar.Date{}
	}},
	{"disclosure of its board", func(m *mission.Model, of record.Ref) calendar.Date {
		forums := m.Register().Forums(of, now)
		if len(forums) == 0 {
			return calendar.Date{}
		}
		return forums[0].Record.Disclosed.V.Latest()
	}},
}

// first is the day of the first event of a kind that has a day; zero where there is none.
func first(m *mission.Model, of record.Ref, kind string) (day calendar.Date) {
	for _, c := range m.Events(of, kind, now) {
		if d := c.Record.OnDay; d.IsResolved() && !c.Record.Absent && (day.IsZero() || d.Latest().Before(day)) {
			day = d.Latest()
		}
	}
	return day
}

// lifetimes says how long each mission took from its announcement to a step, and of how many nobody knows when they were announced.
// A mission that has not come to it by the day of the view is open.
func lifetimes(m *mission.Model, came func(*mission.Model, record.Ref) calendar.Date) (lives []accountability.Lifetime, unknown int) {
	for _, id := range m.Missions() {
		announced := m.Mission(id, now)[0].Record.Announced
		if !announced.IsResolved() {
			unknown++
			continue
		}
		life := accountability.Lifetime{Days: m.Moment(now).On.Sub(announced.Latest()), Open: true}
		if day := came(m, mission.Ref(id)); !day.IsZero() && !day.After(m.Moment(now).On) {
			life = accountability.Lifetime{Days: day.Sub(announced.Latest())}
		}
		lives = append(lives, life)
	}
	return lives, unknown
}

func median(lives []accountability.Lifetime) string {
	days, ok := accountability.MedianSurvival(accountability.KaplanMeier(lives))
	if !ok {
		return "not reached: more than half are still waiting"
	}
	return strconv.Itoa(int(days)) + " days"
}

func open(lives []accountability.Lifetime) (n int) {
	for _, life := range lives {
		if life.Open {
			n++
		}
	}
	return n
}

// event is the event with an id; the zero Event where there is none.
func event(p *plan, ref record.Ref) mission.Event {
	for _, e := range p.spec.Events {
		if ref == (record.Ref{Kind: mission.KindEvent, ID: e.ID}) {
			return e
		}
	}
	return mission.Event{}
}

// journey is the way of somebody who is sent from one service to the next, with the days that each step takes.
func journey(m *mission.Model) (way []graph.Edge[record.Ref]) {
	for _, c := range m.Plan().Dependencies(now) {
		if d := c.Record; d.Kind == milestone.FinishStart && d.On.Kind == accountability.KindParty {
			way = append(way, graph.Edge[record.Ref]{From: d.On, To: d.Dependent, Weight: float64(d.LagDays)})
		}
	}
	return way
}

// days is how long the journey takes from its first service to its last, with some joins more.
func days(way []graph.Edge[record.Ref], joins ...graph.Edge[record.Ref]) float64 {
	g := must(graph.FromEdges(append(joins, way...)))
	long, _ := must(g.ShortestPaths(way[0].From, graph.Weight[record.Ref])).Distance(way[len(way)-1].To)
	return long
}

// join is a step between two parties that takes no time.
func join(a, b record.ID) graph.Edge[record.Ref] {
	return graph.Edge[record.Ref]{From: record.Ref{Kind: accountability.KindParty, ID: a}, To: record.Ref{Kind: accountability.KindParty, ID: b}}
}
