package review_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

var (
	theRelation   = record.Ref{Kind: mission.KindRelation, ID: "rel"}
	theLever      = record.Ref{Kind: mission.KindLever, ID: "lev"}
	theCapability = record.Ref{Kind: mission.KindCapability, ID: "cap"}
)

func TestBrokenTrustOnPath(t *testing.T) {
	relation := func(spec mission.Spec, trust string, all ...mission.Relation) mission.Spec {
		r := mission.Relation{Record: record.New("rel"), Party: "town", With: "org", Trust: trust}
		r.From = when("2025-01-01")
		spec.Relations = append([]mission.Relation{r}, all...)
		return spec
	}
	depends := func(dependent, on record.Ref, more ...any) mission.Spec {
		spec := parts(append(more, m(""))...)
		spec.Dependencies = []milestone.Dependency{{Record: record.New("dep"), Dependent: dependent, On: on, Kind: milestone.Needs}}
		return spec
	}
	town, org, unit := memoryRef(accountability.KindParty, "town"), memoryRef(accountability.KindParty, "org"), memoryRef(accountability.KindParty, "unit")
	step := milestone.Milestone{Record: record.New("s")}
	duty := func(on record.Ref, post record.ID) accountability.Duty {
		return accountability.Duty{Duty: accountability.Deliver, Subject: on, Post: post}
	}
	both := m("")
	both.Contributors = record.Known([]record.ID{"unit", "town"})
	mended := func(on record.Ref, day string, with ...record.ID) mission.Event {
		e := event(mission.TrustRepair, on, day)
		e.With = with
		return e
	}
	needed := depends(town, org)
	oneSided := relation(depends(town, org), mission.TrustBroken)
	oneSided.Relations[0].With = ""
	ending := relation(depends(town, org), mission.TrustBroken)
	ending.Relations[0].Until = when("2026")
	inside := relation(parts(m(""), duty(theMission, "minister"), duty(theMission, "unit")), mission.TrustBroken)
	inside.Relations[0].Party, inside.Relations[0].With = "minister", "unit"
	rival := mission.Relation{Record: record.Record{ID: "rel2", Of: "rel", Claimant: "the town"}, Party: "town", With: "org", Trust: mission.TrustBroken}
	table(t, "F107", theRelation, []row{
		{name: "one depends on the other", spec: relation(needed, mission.TrustBroken), want: finding, says: "The Town does not trust The Ministry any more", also: "a dependency is recorded"},
		{name: "the other way round", spec: relation(depends(org, town), mission.TrustBroken), want: finding},
		{name: "on a unit of the other", spec: relation(depends(town, unit), mission.TrustBroken), want: finding},
		{name: "on what the other carries", spec: relation(depends(town, theMilestone, step, duty(theMilestone, "minister")), mission.TrustBroken), want: finding},
		{name: "what one carries on what the other carries", spec: relation(depends(theMission, theMilestone, step, duty(theMission, "other"), duty(theMilestone, "unit")), mission.TrustBroken), want: finding},
		{name: "one subject", spec: relation(parts(m(""), duty(theMission, "town"), duty(theMission, "org")), mission.TrustBroken), want: finding, says: "both carry duties on one subject"},
		{name: "one mission", spec: relation(parts(both), mission.TrustBroken), want: finding, says: "both take part in one mission"},
		{name: "within one organisation", spec: inside, want: finding},
		{name: "no need recorded", spec: relation(parts(m("")), mission.TrustBroken), want: cannot, says: "what either needs the other for is not recorded"},
		{name: "strained", spec: relation(needed, mission.TrustStrained), want: nothing},
		{name: "trust not recorded", spec: relation(needed, ""), want: ""},
		{name: "one side not named", spec: oneSided, want: cannot, says: "both parties of the relation"},
		{name: "may be over", spec: ending, want: cannot, says: "not known from the dates"},
		{name: "one claimant of two", spec: relation(needed, mission.Trusts, rival), want: finding, says: "says the town"},
		{name: "mended", spec: relation(depends(town, org, mended(theRelation, "2026-01-05")), mission.TrustBroken), want: nothing},
		{name: "mended before it broke", spec: relation(depends(town, org, mended(theRelation, "2024-12-31")), mission.TrustBroken), want: finding},
		{name: "mended on the day", spec: relation(depends(town, org, mended(theRelation, "2025-01-01")), mission.TrustBroken), want: nothing},
		{name: "mended in a stretch around it", spec: relation(depends(town, org, mended(theRelation, "FY2024-25")), mission.TrustBroken), want: cannot, says: "the break or the repair"},
		{name: "to be mended", spec: relation(depends(town, org, mended(theRelation, "2026-07-01")), mission.TrustBroken), want: finding},
		{name: "mended by one with the other", spec: relation(depends(town, org, mended(org, "2026-01-05", "town")), mission.TrustBroken), want: nothing},
		{name: "mended by one with another", spec: relation(depends(town, org, mended(org, "2026-01-05", "new")), mission.TrustBroken), want: finding},
	})
	weak := relation(needed, mission.TrustBroken)
	weak.Relations[0].Grade, weak.Relations[0].Claimant = record.Opinion, "an insider"
	table(t, "F107", theRelation, []row{{name: "an opinion", spec: weak, want: finding, says: "It is said (opinion, an insider) that The Town does not trust"}})
}

func TestIdentityBarrier(t *testing.T) {
	relation := func(loses record.Value[bool], events ...any) mission.Spec {
		spec := parts(append(events, m(""))...)
		spec.Relations = []mission.Relation{{Record: record.New("rel"), Party: "town", With: "org", Subject: theMission, LosesControl: loses}}
		return spec
	}
	with := func(e mission.Event, ids ...record.ID) mission.Event { e.With = ids; return e }
	loses, org := record.Known(true), memoryRef(accountability.KindParty, "org")
	none := never(mission.Engagement, theRelation)
	table(t, "F109", theRelation, []row{
		{name: "nobody talked with it", spec: relation(loses, none), want: finding, says: "Nobody has talked with The Ministry, which loses control by what The Town does"},
		{name: "denied of the party", spec: relation(loses, never(mission.Engagement, org)), want: finding},
		{name: "denied of the matter", spec: relation(loses, never(mission.Engagement, theMission)), want: finding},
		{name: "denied of the matter for another", spec: relation(loses, with(never(mission.Engagement, theMission), "new")), want: cannot},
		{name: "nobody says", spec: relation(loses), want: cannot, says: "whether it was talked with"},
		{name: "talked with", spec: relation(loses, none, event(mission.Engagement, theRelation, "")), want: nothing},
		{name: "talked with about the matter", spec: relation(loses, none, with(event(mission.Engagement, theMission, ""), "org")), want: nothing},
		{name: "another was talked with", spec: relation(loses, none, with(event(mission.Engagement, theMission, ""), "new")), want: finding},
		{name: "accepted", spec: relation(loses, none, event(mission.Accepted, org, "")), want: nothing},
		{name: "loses nothing", spec: relation(record.Known(false), none), want: nothing},
		{name: "not known", spec: relation(record.Unknown[bool]("")), want: cannot, says: "stated to be unknown"},
		{name: "withheld", spec: relation(record.Withheld[bool]("in talks"), none), want: cannot, says: "withheld (in talks)"},
		{name: "nothing recorded", spec: relation(record.Value[bool]{}, none), want: ""},
		{name: "hearsay left out", spec: relation(loses, graded(none, record.Hearsay)), view: withoutHearsay, want: cannot, says: "left out by the view"},
	})
}

func TestIncentiveConflict(t *testing.T) {
	lever := func(spec mission.Spec, kind, pull string, missions ...record.ID) mission.Spec {
		spec.Levers = append(spec.Levers, mission.Lever{Record: record.New("lev"), Name: "Promotion", Kind: kind, Pull: pull, Pays: "order", Missions: missions})
		return spec
	}
	change := func(day string) mission.Event { return event(mission.ChangeScheduled, theLever, day) }
	rival := lever(parts(m("")), mission.RewardRule, mission.PullsAgainst, "m")
	rival.Levers = append(rival.Levers, mission.Lever{Record: record.Record{ID: "lev2", Of: "lev", Claimant: "personnel"}, Name: "Promotion", Kind: mission.RewardRule, Pull: mission.PullsWith, Missions: []record.ID{"m"}})
	ending := lever(parts(m("")), mission.RewardRule, mission.PullsAgainst, "m")
	ending.Levers[0].Until = when("2026")
	table(t, "F108", theLever, []row{
		{name: "against", spec: lever(parts(m("")), mission.RewardRule, mission.PullsAgainst, "m"), want: finding, says: `pulls against the mission "Homes"`, also: `What it pays: "order".`},
		{name: "ignores", spec: lever(parts(m("")), mission.RewardRule, mission.Ignores, "m"), want: finding, says: "takes no account of"},
		{name: "with", spec: lever(parts(m("")), mission.RewardRule, mission.PullsWith, "m"), want: nothing},
		{name: "idle", spec: lever(parts(m("")), mission.RewardRule, mission.Idle, "m"), want: nothing},
		{name: "not said", spec: lever(parts(m("")), mission.RewardRule, "", "m"), want: cannot, says: "how it pulls is not recorded"},
		{name: "in other words", spec: lever(parts(m("")), mission.RewardRule, "sideways", "m"), want: cannot, says: "a word that this rule does not know (sideways)"},
		{name: "at large", spec: lever(parts(m("")), mission.RewardRule, mission.PullsAgainst), want: finding, says: "missions at large"},
		{name: "another sort of lever", spec: lever(parts(m("")), mission.Tax, mission.PullsAgainst, "m"), want: ""},
		{name: "claimants differ", spec: rival, want: finding, says: "Another claim has it otherwise."},
		{name: "may have run out", spec: ending, want: cannot, says: "not known from the dates"},
		{name: "mission closed", spec: lever(parts(staged("closed")), mission.RewardRule, mission.PullsAgainst, "m"), want: nothing},
		{name: "to be changed tomorrow", spec: lever(parts(m(""), change("2026-07-01")), mission.RewardRule, mission.PullsAgainst, "m"), want: nothing},
		{name: "was to be changed today", spec: lever(parts(m(""), change("2026-06-30")), mission.RewardRule, mission.PullsAgainst, "m"), want: finding},
		{name: "to be changed this year", spec: lever(parts(m(""), change("2026")), mission.RewardRule, mission.PullsAgainst, "m"), want: cannot, says: "known only as 2026"},
		{name: "to be changed on no stated day", spec: lever(parts(m(""), change("")), mission.RewardRule, mission.PullsAgainst, "m"), want: cannot, says: "the day of its change is not recorded"},
	})
	table(t, "F108", theMission, []row{
		{name: "nothing recorded", spec: parts(m("")), want: cannot, says: "what is paid, praised or promoted is not recorded"},
		{name: "closed", spec: parts(staged("closed")), want: nothing},
		{name: "a rule bears on it", spec: lever(parts(m("")), mission.RewardRule, mission.PullsWith, "m"), want: ""},
		{name: "a rule at large", spec: lever(parts(m("")), mission.RewardRule, mission.PullsWith), want: ""},
		{name: "a rule bears on another", spec: lever(parts(m(""), mission.Mission{Record: record.New("m2")}), mission.RewardRule, mission.PullsWith, "m2"), want: cannot},
		{name: "another sort of lever", spec: lever(parts(m("")), mission.Tax, mission.PullsAgainst, "m"), want: cannot},
	})
}

func TestCapabilityGap(t *testing.T) {
	skill := func(held record.Value[[]record.ID], missions []record.ID, more ...any) mission.Spec {
		spec := parts(more...)
		spec.Capabilities = []mission.Capability{{Record: record.New("cap"), Name: "Stewardship", Missions: missions, HeldBy: held}}
		return spec
	}
	listed := m("")
	listed.Contributors = record.Known([]record.ID{"minister"})
	of, none := []record.ID{"m"}, record.Known([]record.ID{})
	byTown := mission.Initiative{Record: record.New("i"), Missions: of, By: "town"}
	by := func(ids ...record.ID) record.Value[[]record.ID] { return record.Known(ids) }
	ending := skill(none, of, m(""))
	ending.Capabilities[0].Until = when("2026")
	table(t, "F110", theCapability, []row{
		{name: "held by nobody", spec: skill(none, of, m("")), want: finding, says: `Nobody has the capability "Stewardship", which the mission "Homes" needs`},
		{name: "held by nobody, at large", spec: skill(none, nil, m("")), want: finding, says: "missions at large need"},
		{name: "held by somebody, at large", spec: skill(by("new"), nil, m("")), want: nothing},
		{name: "held by a contributor's organisation", spec: skill(by("unit"), of, listed), want: nothing},
		{name: "held only outside", spec: skill(by("town"), of, listed), want: finding, says: "is held only outside by The Town"},
		{name: "held by who does the work", spec: skill(by("town"), of, listed, byTown), want: nothing},
		{name: "held by who leads it", spec: skill(by("head"), of, m(""), lead("head", accountability.Means{})), want: nothing},
		{name: "held outside as far as is known", spec: skill(by("town"), of, m("")), want: cannot, says: "who takes part in"},
		{name: "nobody says", spec: skill(record.Value[[]record.ID]{}, of, m("")), want: cannot, says: "who has it is not recorded"},
		{name: "withheld", spec: skill(record.Withheld[[]record.ID]("commercial"), of, m("")), want: cannot, says: "withheld (commercial)"},
		{name: "not applicable", spec: skill(record.Value[[]record.ID]{State: record.StateNotApplicable}, of, m("")), want: nothing},
		{name: "planned", spec: skill(none, of, m(""), event(mission.CapabilityPlanned, theCapability, "")), want: nothing},
		{name: "known not to be planned", spec: skill(none, of, m(""), never(mission.CapabilityPlanned, theCapability)), want: finding},
		{name: "mission closed", spec: skill(none, of, staged("closed")), want: nothing},
		{name: "may no longer be needed", spec: ending, want: cannot, says: "not known from the dates"},
	})
}

// Where nothing of the matter is recorded, only the core rules of the family ask.
func TestMemoryRulesLeaveSmallPlansAlone(t *testing.T) {
	r := run(t, parts(m("2025-09-01")), mission.View{On: on}, review.Options{})
	asked := map[string]bool{}
	for _, id := range untold(r) {
		asked[id] = true
	}
	for _, id := range []string{"F99", "F100", "F101", "F104", "F105", "F108"} {
		assert.True(t, asked[id], id)
	}
	for _, id := range []string{"F102", "F103", "F106", "F107", "F109", "F110", "F111", "F112"} {
		assert.False(t, asked[id], id)
		assert.Empty(t, r.Quiet(id), id)
	}
}

// Laws of reviews of random plans full of signals, sponsors, windows, levers and reforms.
func FuzzMemory(f *testing.F) {
	for seed := range seeds(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := remembered(d, d.spec())
		view := mission.View{On: on.Add(calendar.Days(d.IntN(400) - 200))}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		if _, err := mission.Compile(spec, view); err != nil {
			t.Skip("two random dates of a record contradict each other")
		}
		ours := review.Options{Rules: []string{"F99", "F100", "F101", "F102", "F103", "F104", "F105", "F106", "F107", "F108", "F109", "F110", "F111", "F112"}}
		whole := run(t, spec, view, ours)
		lawful(t, whole)
		mixed := d.shuffled(spec)
		mixed.Relations, mixed.Levers, mixed.Capabilities = clone(spec.Relations), clone(spec.Levers), clone(spec.Capabilities)
		mixed.Barriers, mixed.Reforms, mixed.Conditions = clone(spec.Barriers), clone(spec.Reforms), clone(spec.Conditions)
		d.Shuffle(swaps(mixed.Relations))
		d.Shuffle(swaps(mixed.Levers))
		d.Shuffle(swaps(mixed.Capabilities))
		d.Shuffle(swaps(mixed.Barriers))
		d.Shuffle(swaps(mixed.Reforms))
		d.Shuffle(swaps(mixed.Conditions))
		assert.Equal(t, encoded(t, whole), encoded(t, run(t, mixed, view, ours)), "the order of the records does not show")
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		lawful(t, run(t, spec, view, ours))
		view.Without, view.Audience = nil, record.Public
		lawful(t, run(t, spec, view, ours))
	})
}

// remembered puts into a random plan what the rules of this family read.
func remembered(d *dice, spec mission.Spec) mission.Spec {
	id := func(prefix string) record.ID { return record.ID(fmt.Sprintf("%s%d", prefix, d.IntN(3))) }
	ref := func(kind record.Kind, prefix string) record.Ref { return record.Ref{Kind: kind, ID: id(prefix)} }
	for n := range 3 {
		spec.Relations = append(spec.Relations, mission.Relation{Record: d.base("relation", n, true), Party: pick(d, "", d.id("party", randomParties)), With: d.id("party", randomParties),
			Subject: pick(d, record.Ref{}, d.subject()), Trust: pick(d, "", mission.Trusts, mission.TrustBroken, mission.TrustBroken), LosesControl: value(d, d.IntN(3) > 0)})
		spec.Levers = append(spec.Levers, mission.Lever{Record: d.base("lever", n, true), Name: "A rule", Kind: pick(d, mission.RewardRule, mission.Tax), Missions: d.ids("mission", randomMissions),
			Pull: pick(d, "", mission.PullsAgainst, mission.PullsWith, mission.Ignores, "sideways")})
		spec.Capabilities = append(spec.Capabilities, mission.Capability{Record: d.base("capability", n, true), Name: "A skill", Missions: d.ids("mission", randomMissions), HeldBy: value(d, d.ids("party", randomParties))})
		spec.Barriers = append(spec.Barriers, mission.Barrier{Record: d.base("barrier", n, true), Name: "A wall", Pattern: pick(d, "", mission.Churn, mission.Siloed), Removed: d.when(),
			Subject: pick(d, d.subject(), ref(mission.KindReform, "reform"))})
		r := mission.Reform{Record: d.base("reform", n, true), Name: "A reform", LikenedTo: []record.Ref{d.subject()}}
		if d.IntN(3) > 0 {
			r.EndedBy = []record.ID{id("barrier")}
		}
		spec.Reforms = append(spec.Reforms, r)
		spec.Conditions = append(spec.Conditions, mission.Condition{Record: d.base("condition", n, true), Kind: pick(d, mission.StrategyUnit, mission.Money, mission.AlignedLeads, mission.Trust),
			Subject: pick(d, record.Ref{}, record.Ref{Kind: mission.KindMission, ID: d.id("mission", randomMissions)}), Met: value(d, d.IntN(2) == 0)})
	}
	scenes(d, &spec)
	for n := range spec.Missions {
		if spec.Missions[n].Horizon.IsZero() && d.IntN(2) == 0 {
			spec.Missions[n].Horizon, spec.Missions[n].Address = when(pick(d, "2026", "2027-06-01", "2031", "unknown")), pick(d, "", "https://example.org")
		}
	}
	for n := range spec.Outcomes {
		if spec.Outcomes[n].Expected.IsZero() {
			spec.Outcomes[n].Expected = d.when()
		}
	}
	spec.Events = append(spec.Events, mission.Event{Record: record.New("memory-event0"), Kind: mission.Window, Subject: d.subject()})
	for n := range 4 + d.IntN(50) {
		n++
		e := mission.Event{Record: d.base("memory-event", n, true), Absent: n > 2 && d.IntN(3) == 0, OnDay: d.when(), By: d.ids("party", randomParties), With: d.ids("party", randomParties)}
		if d.IntN(4) == 0 {
			e.From, e.Until = calendar.When{}, d.when()
		}
		e.Subject = pick(d, record.Ref{}, d.subject(), d.subject(), ref(mission.KindRelation, "relation"), ref(mission.KindLever, "lever"), ref(mission.KindCapability, "capability"),
			ref(mission.KindBarrier, "barrier"), ref(accountability.KindParty, "party"), record.Ref{Kind: mission.KindEvent, ID: record.ID(fmt.Sprintf("memory-event%d", d.IntN(n)))})
		if d.IntN(3) == 0 {
			e.Against = []record.Ref{d.subject()}
		}
		if d.IntN(4) == 0 {
			e.LedTo = []record.Ref{d.subject()}
		}
		e.Kind = pick(d, mission.Deliberation, mission.DecisionInformed, mission.PlanChanged, mission.Endorsement, mission.Endorsement, mission.Election, mission.Signal, mission.Signal, mission.Commitment,
			mission.AddressFound, mission.Prelaunch, mission.Corrected, mission.Handover, mission.Window, mission.WindowUsed, mission.WindowPassed, mission.PrioritySetting, mission.TrustRepair,
			mission.Engagement, mission.Accepted, mission.CapabilityPlanned, mission.ChangeScheduled, mission.CounterMeasure, mission.Decision, mission.Exemption, mission.CrossTermConsensus)
		spec.Events = append(spec.Events, e)
	}
	return spec
}

// scenes puts into a random plan what chance alone seldom brings together: a horizon, an election and those behind a mission; a
// sponsor's words and acts; a window that has closed; an outcome after the end.
func scenes(d *dice, spec *mission.Spec) {
	first := record.Ref{Kind: mission.KindMission, ID: "mission0"}
	add := func(kind string, of record.Ref, day string, by ...record.ID) *mission.Event {
		e := mission.Event{Record: d.base("scene-event", len(spec.Events), false), Kind: kind, Subject: of, By: by, Absent: day == "never"}
		e.From = calendar.When{}
		if day != "" && !e.Absent {
			e.OnDay = when(day)
		}
		spec.Events = append(spec.Events, e)
		return &spec.Events[len(spec.Events)-1]
	}
	for n := range spec.Parties {
		spec.Parties[n].Sector = pick(d, "", "government", "government", "political-party")
	}
	if d.IntN(2) == 0 {
		spec.Missions[0].Horizon = when(pick(d, "2031", "2035", "2029"))
		add(mission.Election, record.Ref{}, pick(d, "2029", "2029-05-03", "2040"))
		for range 1 + d.IntN(3) {
			add(mission.Endorsement, first, pick(d, "2025-01-01", "never"), d.id("party", randomParties))
		}
	}
	if d.IntN(2) == 0 {
		spec.Duties = append(spec.Duties, accountability.Duty{Record: d.base("scene-duty", 0, false), Duty: accountability.MissionSponsor, Subject: first, Post: "party9"})
		add(mission.Signal, first, pick(d, "", "2025-01-01"), pick(d, record.ID("party9"), "party9", "party2"))
		add(pick(d, mission.Decision, mission.Exemption), first, pick(d, "never", "never", "2025-03-03"), pick(d, record.ID("party9"), "party2"))
	}
	if d.IntN(2) == 0 {
		w := add(mission.Window, first, "")
		w.From, w.Until = when("2024-01-01"), when(pick(d, "2025-01-01", "2026", "2027-01-01"))
		about := record.Ref{Kind: mission.KindEvent, ID: w.ID}
		add(pick(d, mission.WindowUsed, mission.WindowUsed, mission.WindowPassed), about, pick(d, "never", "never", "2025-03-03"))
	}
	if d.IntN(2) == 0 {
		spec.Missions[0].Horizon = when("2031")
		spec.Outcomes = append(spec.Outcomes, mission.Outcome{Record: d.base("scene-outcome", 0, false), Name: "Later", Missions: []record.ID{"mission0"}, Expected: when(pick(d, "2040", "2031", "2030"))})
		u := accountability.Duty{Record: d.base("scene-duty", 1, false), Duty: accountability.OutcomeOwner, Subject: record.Ref{Kind: mission.KindOutcome, ID: "scene-outcome0"}, Post: "party9"}
		u.From, u.Until = calendar.When{}, when(pick(d, "2031", "2040", "2045"))
		if d.IntN(3) == 0 {
			u.Post, u.State, u.Until = "", accountability.Vacant, calendar.When{}
		}
		spec.Duties = append(spec.Duties, u)
	}
}
