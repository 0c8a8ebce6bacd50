package review_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func stepRef(n int) record.Ref { return milestoneOf(fmt.Sprintf("s%d", n)) }

func milestoneOf(id string) record.Ref {
	return record.Ref{Kind: milestone.KindMilestone, ID: record.ID(id)}
}

// queue is a mission with some milestones and what else a test gives.
func queue(steps int, more ...any) mission.Spec {
	list := []any{m("")}
	for n := range steps {
		list = append(list, milestone.Milestone{Record: record.New(stepRef(n).ID), Missions: []record.ID{"m"}})
	}
	return webPlan(append(list, more...)...)
}

func TestGatekeeper(t *testing.T) {
	org, town := webParty("org"), webParty("town")
	on := func(n int, party record.Ref) milestone.Dependency { return leans(stepRef(n), party) }
	after := func(n, earlier int) milestone.Dependency { return leans(stepRef(n), stepRef(earlier)) }
	duty := func(word string, n int, post record.ID) accountability.Duty {
		return accountability.Duty{Duty: word, Subject: stepRef(n), Post: post}
	}
	all := func(party record.Ref) []any { return []any{on(0, party), on(1, party), on(2, party), on(3, party)} }
	weak := func(d milestone.Dependency, id record.ID) milestone.Dependency {
		d.Record = webSource(id, record.Opinion)
		return d
	}
	rough := func(d milestone.Dependency) milestone.Dependency { d.From = when("2026"); return d }
	gone := func(d milestone.Dependency) milestone.Dependency { d.Until = when("2026-01-01"); return d }
	statutory := event(mission.StatutoryGate, theMission, "")
	statutory.With = []record.ID{"org"}
	over := queue(4, all(org)...)
	over.Missions[0].Stage = mission.StageProposed
	forum := accountability.Forum{Record: record.New("b"), Kind: accountability.MissionBoard, Name: "Board of works", Subject: theMission}
	unclear := duty(accountability.Agree, 3, "")
	unclear.State = accountability.Unclear
	with := func(more ...any) []any { return append(all(org), more...) }
	table(t, "F90", theMission, []row{
		{name: "all of them", spec: queue(4, all(org)...), want: finding, says: `All 4 ways to the mission "Homes" pass through The Ministry.`},
		{name: "four of five", spec: queue(5, with(on(4, town))...), want: finding, says: "4 of the 5 ways"},
		{name: "three of four is no more than the limit", spec: queue(4, on(0, org), on(1, org), on(2, org), on(3, town)), want: nothing},
		{name: "through other milestones", spec: queue(4, on(0, org), after(1, 0), after(2, 1), after(3, 2)), want: finding, says: "All 4 ways"},
		{name: "through an initiative", spec: queue(3, mission.Initiative{Record: record.New("i")}, leans(theInit, org), leans(stepRef(0), theInit), leans(stepRef(1), theInit), leans(stepRef(2), theInit)), want: finding, says: "All 3 ways"},
		{name: "round a loop of needs", spec: queue(3, on(0, org), after(1, 0), after(0, 1), after(2, 1)), want: finding},
		{name: "two gates at once", spec: queue(4, with(on(0, town), on(1, town), on(2, town), on(3, town))...), want: finding, says: "pass through The Ministry. All 4", also: "pass through The Town."},
		{name: "twelve gates at once, of which eight are named", spec: crowd(12), want: finding, says: "More than 75 percent of them pass through each of 4 other parties or forums too."},
		{name: "must agree", spec: queue(3, duty(accountability.Agree, 0, "org"), duty(accountability.Agree, 1, "org"), duty(accountability.Agree, 2, "org")), want: finding},
		{name: "decides alone", spec: queue(3, duty(accountability.Decide, 0, "org"), duty(accountability.Decide, 1, "org"), duty(accountability.Decide, 2, "org")), want: finding},
		{name: "decides with another", spec: queue(3, duty(accountability.Decide, 0, "org"), duty(accountability.Decide, 0, "town"), duty(accountability.Decide, 1, "org"), duty(accountability.Decide, 2, "org")), want: nothing},
		{name: "advises", spec: queue(3, duty(accountability.Advise, 0, "org"), duty(accountability.Advise, 1, "org"), duty(accountability.Advise, 2, "org")), want: cannot},
		{name: "decides on the whole mission", spec: queue(3, accountability.Duty{Duty: accountability.Decide, Subject: theMission, Post: "org"}), want: cannot},
		{name: "leads the mission", spec: queue(3, lead("head", accountability.Means{}), duty(accountability.Decide, 0, "head"), duty(accountability.Decide, 1, "head"), duty(accountability.Decide, 2, "head")), want: nothing},
		{name: "an organisation takes its posts with it", spec: queue(4, on(0, org), on(1, webParty("minister")), on(2, webParty("unit")), duty(accountability.Agree, 3, "head")), want: finding, says: "All 4 ways", also: "The Ministry"},
		{name: "posts without it are gates of their own", spec: queue(4, on(0, webParty("minister")), on(1, webParty("minister")), on(2, webParty("unit")), on(3, webParty("unit"))), want: nothing},
		{name: "a forum", spec: queue(3, forum, on(0, theForum), on(1, theForum), on(2, theForum)), want: finding, says: `the forum "Board of works"`},
		{name: "the mission itself, alone", spec: webPlan(m(""), leans(theMission, org)), want: finding, says: `The only way to the mission "Homes" that is recorded passes through The Ministry.`},
		{name: "the mission itself, on opinion", spec: webPlan(m(""), weak(leans(theMission, org), "l")), want: finding, says: `It is said (opinion, an insider, "A paper", p. 3) that the only way`},
		{name: "opinion left out", spec: webPlan(m(""), weak(leans(theMission, org), "l")), view: mission.View{Without: []record.Grade{record.Opinion}}, want: cannot},
		{name: "the mission itself, on several", spec: webPlan(m(""), leans(theMission, org), leans(theMission, town)), want: nothing},
		{name: "part of it on opinion", spec: queue(4, on(0, org), after(1, 0), weak(after(2, 1), "la"), weak(after(3, 1), "lb")), want: finding, says: "Part of what leads there rests on hearsay, opinion or forecast alone."},
		{name: "too few ways", spec: queue(2, on(0, org), on(1, org)), want: cannot, says: "recorded for too few ways to tell (2)"},
		{name: "nothing recorded", spec: queue(4), want: cannot, says: "is not recorded"},
		{name: "too little recorded", spec: queue(4, on(0, org), on(1, org)), want: cannot, says: "is not recorded for 2 of the 4 ways"},
		{name: "who must agree is unclear", spec: queue(4, on(0, org), on(1, org), on(2, org), unclear), want: cannot, says: "1 of the 4 ways"},
		{name: "rough dates decide", spec: queue(4, on(0, org), on(1, org), on(2, org), rough(on(3, org))), want: cannot, says: "not known from the dates"},
		{name: "no longer so", spec: queue(4, on(0, org), on(1, org), on(2, org), gone(on(3, org)), on(3, town)), want: nothing},
		{name: "the law puts it there", spec: queue(4, with(event(mission.StatutoryGate, org, ""))...), want: nothing},
		{name: "the law, told on the mission", spec: queue(4, with(statutory)...), want: nothing},
		{name: "not over for all", spec: over, want: nothing},
	})
}

// crowd is a mission with three milestones, each of which needs every one of n parties.
func crowd(n int) mission.Spec {
	spec := queue(3)
	for i := range n {
		id := record.ID(fmt.Sprintf("p%02d", i))
		spec.Parties = append(spec.Parties, accountability.Party{Record: record.New(id), Kind: accountability.Organisation, Name: "Party " + string(id)})
		for k := range 3 {
			spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.New(record.ID(fmt.Sprintf("l%d-%d", i, k))), Kind: milestone.Needs, Dependent: stepRef(k), On: webParty(id)})
		}
	}
	return spec
}

// The rule against a slow reading: every party is taken away in turn, and what then cannot be reached is counted.
func TestGatekeeperAgainstRemovals(t *testing.T) {
	if testing.Short() {
		t.Skip("many random plans: the full run has them")
	}
	fired, quiet, untold := 0, 0, 0
	for seed := range uint64(600) {
		d := newDice(seed)
		steps := 3 + d.IntN(5)
		spec := queue(steps)
		var parties []record.ID
		for n := range 2 + d.IntN(90) { // more than one block of gates
			id := record.ID(fmt.Sprintf("p%02d", n))
			parties = append(parties, id)
			spec.Parties = append(spec.Parties, accountability.Party{Record: record.New(id), Kind: accountability.Organisation, Name: "Party " + string(id)})
		}
		few := parties[len(parties)-min(2, len(parties)):]
		for n := range steps * 2 {
			link := milestone.Dependency{Record: record.New(record.ID(fmt.Sprintf("l%d", n))), Kind: milestone.Needs, Dependent: stepRef(n % steps), On: webParty(pick(d, few...))}
			switch d.IntN(6) {
			case 0:
				link.On = stepRef(d.IntN(steps))
			case 1:
				link.On = webParty(pick(d, parties...))
			case 2:
				link.Dependent = theMission
			}
			if link.On != link.Dependent {
				spec.Dependencies = append(spec.Dependencies, link)
			}
		}
		gates, open, ways := removed(spec, parties, steps)
		said := run(t, spec, mission.View{On: on}, review.Options{Rules: []string{"F90"}})
		got, text := verdict(said, "F90", theMission)
		want := nothing
		switch {
		case len(gates) > 0:
			want = finding
		case open > 0:
			want = cannot
		}
		require.Equal(t, want, got, "seed %d, %d ways: %s", seed, ways, text)
		var named []string
		for _, id := range parties {
			if want == finding && strings.Contains(text, "Party "+string(id)) {
				named = append(named, string(id))
			}
		}
		if want == finding {
			assert.Equal(t, gates, named, "seed %d: %s", seed, text)
		}
		switch want {
		case finding:
			fired++
		case nothing:
			quiet++
		default:
			untold++
		}
	}
	assert.Greater(t, fired, 50)
	assert.Greater(t, quiet, 50)
	assert.Positive(t, untold)
}

// removed says which parties cut off more than three quarters of the ways, and how many ways are open, where these decide.
func removed(spec mission.Spec, parties []record.ID, steps int) (gates []string, open, total int) {
	var ways []record.Ref
	for n := range steps {
		ways = append(ways, stepRef(n))
	}
	told := map[record.Ref]bool{}
	for _, l := range spec.Dependencies {
		told[l.On], told[l.Dependent] = true, true
		if l.Dependent == theMission && !slices.Contains(ways, l.On) {
			ways = append(ways, l.On)
		}
	}
	var falls func(ref, without record.Ref, seen map[record.Ref]bool) bool
	falls = func(ref, without record.Ref, seen map[record.Ref]bool) bool {
		if ref == without {
			return true
		}
		seen[ref] = true
		for _, l := range spec.Dependencies {
			if l.Dependent == ref && !seen[l.On] && falls(l.On, without, seen) {
				return true
			}
		}
		return false
	}
	undecided, any := false, false
	for _, w := range ways {
		if !told[w] {
			open++
		}
	}
	for _, id := range parties {
		cut := 0
		for _, w := range ways {
			if falls(w, webParty(id), map[record.Ref]bool{}) {
				cut++
			}
		}
		any = any || cut > 0
		switch {
		case 4*cut > 3*len(ways):
			gates = append(gates, string(id))
		case cut > 0 && 4*(cut+open) > 3*len(ways):
			undecided = true
		}
	}
	if any && !undecided && 4*open <= 3*len(ways) {
		open = 0
	} else {
		open = max(open, 1)
	}
	return gates, open, len(ways)
}

// Laws of reviews of random plans with causes, dependencies, relations and levers.
func FuzzWebRules(f *testing.F) {
	for seed := range seeds(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.woven()
		view := mission.View{On: on.Add(calendar.Days(d.IntN(400) - 200))}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		options := review.Options{Rules: webRuleIDs}
		check := func(spec mission.Spec, view mission.View) *review.Review {
			r := run(t, spec, view, options)
			lawful(t, r)
			return r
		}
		whole := check(spec, view)
		mixed := d.shuffled(spec)
		mixed.Causes, mixed.Dependencies, mixed.Relations = clone(mixed.Causes), clone(mixed.Dependencies), clone(mixed.Relations)
		mixed.Levers, mixed.Events = clone(mixed.Levers), clone(mixed.Events)
		d.Shuffle(swaps(mixed.Causes))
		d.Shuffle(swaps(mixed.Dependencies))
		d.Shuffle(swaps(mixed.Relations))
		d.Shuffle(swaps(mixed.Levers))
		d.Shuffle(swaps(mixed.Events))
		assert.Equal(t, encoded(t, whole), encoded(t, check(mixed, view)), "the order of the records does not show")
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		strict := check(spec, view)
		compared(t, whole, strict)
		view.Without, view.Audience = nil, record.Public
		check(spec, view)
	})
}

var webRuleIDs = []string{"F87", "F88", "F89", "F90", "F91", "F93", "F94", "F95", "F96", "F97", "F98"}

// woven is a random plan with what these rules read.
func (d *dice) woven() mission.Spec {
	s := d.spec()
	any := func() record.Ref {
		return pick(d, d.subject(), webParty(d.id("party", randomParties)), refOf(accountability.KindForum, d.id("forum", randomOthers)))
	}
	for i := range s.Missions {
		s.Missions[i].Parents = d.ids("mission", randomMissions)[:0:0]
		if d.IntN(3) == 0 {
			s.Missions[i].Parents = []record.ID{d.id("mission", randomMissions)}
		}
		s.Missions[i].Address = pick(d, "", "", "", "https://example.org")
	}
	for n := range d.IntN(5) {
		s.Causes = append(s.Causes, mission.Cause{Record: d.base("cause", n, true), Name: fmt.Sprintf("Cause %d", n), BearsOn: []record.Ref{d.subject(), refOf(mission.KindCause, d.id("cause", n+1))},
			Owners: value(d, d.ids("party", randomParties)), Interventions: value(d, pick(d, []record.Ref{}, []record.Ref{d.subject()})), LeftAlone: pick(d, "", "", "a reason")})
	}
	for n := range d.IntN(8) {
		l := milestone.Dependency{Record: d.base("link", n, true), Kind: milestone.Needs, Dependent: d.subject(), On: any(), Agreed: value(d, d.IntN(2) == 0)}
		if l.Dependent.Kind == l.On.Kind { // two ids may mean one fact
			l.On = webParty("party9")
		}
		s.Dependencies = append(s.Dependencies, l)
	}
	for n := range d.IntN(14) {
		s.Relations = append(s.Relations, mission.Relation{Record: d.base("relation", n, true), Party: pick(d, record.ID("party9"), "party9", "party9", "party10"), With: d.id("party", randomParties),
			Stance: pick(d, "", mission.Controller, mission.Controller, mission.Controller, mission.Controller, mission.Controller, mission.Funder)})
	}
	for n := range d.IntN(3) {
		s.Levers = append(s.Levers, mission.Lever{Record: d.base("lever", n, true), Name: fmt.Sprintf("Lever %d", n), By: d.id("party", randomParties), Missions: d.ids("mission", randomMissions),
			Pull: pick(d, "", mission.PullsAgainst, mission.PullsWith, mission.Idle)})
	}
	for n := range d.IntN(30) {
		e := mission.Event{Record: d.base("thread", n, true), Subject: any(), Absent: d.IntN(3) == 0, OnDay: d.when(), With: d.ids("party", randomParties), By: d.ids("party", randomParties),
			Kind: pick(d, mission.WorkingLink, mission.WorkingLink, mission.JointDecision, mission.NextSteps, mission.KnowledgeHeld, mission.KnowledgeHeld, mission.CapacityLow, mission.CapacityConfirmed,
				mission.SupportOffered, mission.Draw, mission.Draw, mission.Draw, mission.Sequenced, mission.StatutoryGate, mission.Published, mission.Published, mission.PlanPublished, mission.Decision, mission.Framing)}
		if d.IntN(2) == 0 {
			e.LedTo = []record.Ref{d.subject(), d.subject()}
			e.Size, e.Unit = record.Number(float64(d.IntN(5))), pick(d, "", "people", "people", "rooms")
		}
		s.Events = append(s.Events, e)
	}
	for n := range d.IntN(4) {
		s.Events = append(s.Events, mission.Event{Record: d.base("help", n, false), Subject: webParty("party9"), Kind: pick(d, mission.CapacityLow, mission.SupportOffered, mission.SupportOffered), OnDay: d.when()})
		e := &s.Events[len(s.Events)-1]
		e.Absent = e.Kind == mission.SupportOffered
	}
	for n := range d.IntN(6) {
		s.Duties = append(s.Duties, accountability.Duty{Record: d.base("right", n, false), Duty: pick(d, accountability.Decide, accountability.Agree), Subject: d.subject(), Post: d.id("party", 6)})
	}
	return s
}

// The random plans reach every rule, and every verdict of the ones that weigh most.
func TestRandomPlansReachTheWebRules(t *testing.T) {
	if testing.Short() {
		t.Skip("many random plans: the full run has them")
	}
	seen := map[string]bool{}
	for seed := range uint64(300) {
		d := newDice(seed)
		r := run(t, d.woven(), mission.View{On: on}, review.Options{Rules: webRuleIDs})
		for _, id := range found(r) {
			seen[id+" "+finding] = true
		}
		for _, id := range untold(r) {
			seen[id+" "+cannot] = true
		}
		for _, id := range webRuleIDs {
			if len(r.Quiet(id)) > 0 {
				seen[id+" "+nothing] = true
			}
		}
	}
	for _, id := range webRuleIDs {
		for _, what := range []string{finding, cannot, nothing} {
			assert.True(t, seen[id+" "+what], "%s %s", id, what)
		}
	}
}

// wide is a plan of n milestones in a long chain, each of which also waits for one of 2,000 posts.
func wide(n int) mission.Spec {
	spec := large(n)
	for i := range min(2000, n) {
		spec.Parties = append(spec.Parties, accountability.Party{Record: record.New(record.ID(fmt.Sprintf("gate%d", i))), Kind: accountability.Post, Name: "Gate"})
	}
	for i := range n {
		spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.New(record.ID(fmt.Sprintf("w%d", i))), Kind: milestone.Needs,
			Dependent: milestoneOf(fmt.Sprintf("s%d", i)), On: webParty(record.ID(fmt.Sprintf("gate%d", i%min(2000, n))))})
	}
	return spec
}

func BenchmarkWeb(b *testing.B) {
	for _, rule := range webRuleIDs {
		for name, spec := range map[string]mission.Spec{"plain": large(10_000), "gates": wide(10_000)} {
			b.Run(rule+"/"+name, func(b *testing.B) {
				model, err := mission.Compile(spec, mission.View{On: on})
				require.NoError(b, err)
				b.ReportAllocs()
				for b.Loop() {
					if _, err := review.Run(model, review.Options{Rules: []string{rule}}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
