package review_test

import (
	"testing"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// webPlan is parts with causes, dependencies, relations, levers, readings and successions, each with the kind and the id that it
// has; parties are added to those of parts.
func webPlan(records ...any) mission.Spec {
	var plain []any
	var more mission.Spec
	for n, r := range records {
		id := func(r *record.Record, prefix string) {
			if r.ID == "" {
				r.ID = record.ID(prefix + string(rune('a'+n)))
			}
		}
		switch r := r.(type) {
		case mission.Cause:
			id(&r.Record, "c")
			if r.Name == "" {
				r.Name = "Damp"
			}
			more.Causes = append(more.Causes, r)
		case milestone.Dependency:
			id(&r.Record, "l")
			if r.Kind == 0 {
				r.Kind = milestone.Needs
			}
			more.Dependencies = append(more.Dependencies, r)
		case mission.Relation:
			id(&r.Record, "r")
			more.Relations = append(more.Relations, r)
		case mission.Lever:
			id(&r.Record, "v")
			if r.Name == "" {
				r.Name = "Buying"
			}
			more.Levers = append(more.Levers, r)
		case milestone.Observation:
			id(&r.Record, "x")
			more.Observations = append(more.Observations, r)
		case accountability.Succession:
			id(&r.Record, "z")
			more.Successions = append(more.Successions, r)
		case accountability.Party:
			more.Parties = append(more.Parties, r)
		case accountability.Forum:
			id(&r.Record, "b")
			more.Forums = append(more.Forums, r)
		case record.Source:
			more.Sources = append(more.Sources, r)
		default:
			plain = append(plain, r)
		}
	}
	spec := parts(plain...)
	spec.Causes, spec.Dependencies, spec.Relations, spec.Levers = more.Causes, more.Dependencies, more.Relations, more.Levers
	spec.Observations, spec.Successions, spec.Forums = more.Observations, more.Successions, more.Forums
	spec.Parties = append(spec.Parties, more.Parties...)
	spec.Sources = append(spec.Sources, more.Sources...)
	return spec
}

// webSource grades a record and says where it comes from.
func webSource(id record.ID, g record.Grade) record.Record {
	return record.Record{ID: id, Grade: g, Source: "paper", At: "p. 3", Claimant: "an insider"}
}

func owned(id record.ID, by ...record.ID) mission.Cause {
	return mission.Cause{Record: record.New(id), BearsOn: []record.Ref{theMission}, Owners: record.Known(by)}
}

func webLink(absent bool, with ...record.ID) mission.Event {
	e := event(mission.WorkingLink, theMission, "")
	e.Absent, e.With = absent, with
	return e
}

func leans(dependent, on record.Ref) milestone.Dependency {
	return milestone.Dependency{Dependent: dependent, On: on}
}

func webParty(id record.ID) record.Ref { return refOf(accountability.KindParty, id) }

func contributed(ids ...record.ID) mission.Mission {
	r := m("")
	r.Contributors = record.Known(ids)
	return r
}

func TestSiloBound(t *testing.T) {
	a, b := owned("ca", "org"), owned("cb", "town")
	c, d := owned("cc", "new"), owned("cd", "health")
	health := accountability.Party{Record: record.New("health"), Kind: accountability.Organisation, Name: "The Health Service"}
	four := func(more ...any) mission.Spec { return webPlan(append([]any{m(""), health, a, b, c, d}, more...)...) }
	none := webLink(true)
	saidNone := none
	saidNone.Record = webSource("said", record.Hearsay)
	opinion := func(c mission.Cause) mission.Cause { r := c; r.Record = webSource(c.ID, record.Opinion); return r }
	rough := b
	rough.From = when("2026")
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	team := mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}, By: "town"}
	allies := accountability.Party{Record: record.New("allies"), Kind: accountability.Group, Name: "Allies", Parts: []record.ID{"org", "town"}}
	shared := team
	shared.By = "allies"
	deep := b
	deep.BearsOn = []record.Ref{refOf(mission.KindCause, "ca")}
	kept := b
	kept.Owners = record.Withheld[[]record.ID]("by law")
	refused, accepted := leans(theMission, webParty("town")), leans(theMission, webParty("town"))
	refused.Agreed, accepted.Agreed = record.Known(false), record.Known(true)
	board := accountability.Forum{Record: record.New("b"), Kind: accountability.MissionBoard, Subject: theMission, Members: record.Known([]record.ID{"minister", "other"})}
	over := m("")
	over.Stage = mission.StageClosed
	table(t, "F87", theMission, []row{
		{name: "nobody joins", spec: webPlan(m(""), a, b, none), want: finding, says: "lies with 2 organisations (The Ministry and The Town)", also: "The Ministry and The Town do not work on it with the others"},
		{name: "half of them join", spec: four(webLink(false, "org", "town"), webLink(true, "new", "health")), want: finding, says: "The Health Service and The Newcomer do not work", also: "as The Ministry and The Town do"},
		{name: "three of four join", spec: four(webLink(false, "org", "town", "new"), webLink(true, "health")), want: nothing},
		{name: "nothing is said of the other two", spec: four(webLink(false, "org", "town")), want: cannot, says: "with whom The Health Service and The Newcomer work on it is not recorded"},
		{name: "one could still tip it", spec: four(webLink(false, "org", "town"), webLink(true, "new")), want: cannot, says: "with whom The Health Service work"},
		{name: "hearsay of the links", spec: webPlan(m(""), a, b, saidNone), want: finding, says: `It is said (hearsay, an insider, "A paper", p. 3) that what`},
		{name: "opinion on the causes", spec: webPlan(m(""), opinion(a), opinion(b), none), want: finding, says: "It is said (opinion, an insider"},
		{name: "hearsay left out", spec: webPlan(m(""), a, b, saidNone), view: sansHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "one organisation, two of its posts", spec: webPlan(m(""), owned("ca", "minister"), owned("cb", "head"), none), want: nothing},
		{name: "no causes", spec: webPlan(m(""), none), want: cannot, says: "what brings it about or holds it back is not recorded"},
		{name: "whoever can change it is withheld", spec: webPlan(m(""), a, kept, none), want: cannot, says: `who can change the cause "Damp" is withheld (by law)`},
		{name: "a cause that may not hold", spec: webPlan(m(""), a, rough, none), want: cannot, says: `whether the cause "Damp" bears on it is not known from the dates`},
		{name: "a cause behind a cause", spec: webPlan(m(""), a, deep, none), want: finding},
		{name: "a dependency is part of the web", spec: webPlan(m(""), step, a, leans(theMilestone, webParty("town")), none), want: finding},
		{name: "and so is an initiative that somebody does", spec: webPlan(m(""), step, a, team, leans(theMilestone, theInit), none), want: finding},
		{name: "the joins to come are written down", spec: webPlan(m(""), a, b, none, event(mission.NextSteps, theMission, "2026-01-01")), want: nothing},
		{name: "they will be written down", spec: webPlan(m(""), a, b, none, event(mission.NextSteps, theMission, "2026-07-01")), want: finding},
		{name: "the list of contributors leaves one out", spec: webPlan(contributed("org"), a, b), want: finding, says: "and The Town does not work on it"},
		{name: "it leaves out one of three", spec: webPlan(contributed("org", "new"), a, b, c), want: cannot, says: "with whom The Newcomer and The Ministry work"},
		{name: "it leaves both out", spec: webPlan(contributed("new"), a, b), want: finding},
		{name: "it leaves nobody out", spec: webPlan(contributed("minister", "other"), a, b), want: cannot},
		{name: "what is depended on has not agreed", spec: webPlan(contributed("town"), a, b, refused), want: finding},
		{name: "it has agreed", spec: webPlan(m(""), a, b, accepted, webLink(true, "org")), want: finding, says: "as The Town does"},
		{name: "a board on which both sit", spec: webPlan(m(""), a, b, none, board), want: nothing},
		{name: "an initiative that both do", spec: webPlan(m(""), allies, a, b, none, shared), want: nothing},
		{name: "a joint decision", spec: webPlan(m(""), a, b, none, func() mission.Event {
			e := event(mission.JointDecision, theMission, "2026-01-01")
			e.By = []record.ID{"minister", "other"}
			return e
		}()), want: nothing},
		{name: "over", spec: webPlan(over, a, b, none), want: nothing},
	})
}

var theCause = refOf(mission.KindCause, "c")

func TestUncoveredFactor(t *testing.T) {
	plan := func(c mission.Cause, more ...mission.Cause) mission.Spec {
		c.BearsOn = []record.Ref{theMission}
		if c.ID == "" {
			c.ID = "c"
		}
		spec := webPlan(m(""), c)
		for _, rival := range more {
			rival.Record, rival.Name = record.Record{ID: "c2", Of: "c", Claimant: "another"}, "Damp"
			spec.Causes = append(spec.Causes, rival)
		}
		return spec
	}
	nobody, someone := record.Known([]record.ID{}), record.Known([]record.ID{"org"})
	nothingDone, something := record.Known([]record.Ref{}), record.Known([]record.Ref{theMission})
	weak := mission.Cause{Record: webSource("c", record.Opinion), Owners: nobody}
	rough := mission.Cause{Record: record.Record{ID: "c", From: when("2026")}, Owners: nobody}
	table(t, "F88", theCause, []row{
		{name: "nobody and nothing", spec: plan(mission.Cause{Owners: nobody, Interventions: nothingDone}), want: finding, says: `Nobody can change the cause "Damp" and nothing is being done about it.`},
		{name: "nobody can", spec: plan(mission.Cause{Owners: nobody, Interventions: something}), want: finding},
		{name: "nothing is done", spec: plan(mission.Cause{Owners: someone, Interventions: nothingDone}), want: finding, says: `Nothing is being done about the cause "Damp".`},
		{name: "somebody does something", spec: plan(mission.Cause{Owners: someone, Interventions: something}), want: nothing},
		{name: "an opinion", spec: plan(weak), want: finding, says: "It is said (opinion, an insider"},
		{name: "not recorded", spec: plan(mission.Cause{}), want: cannot, says: "who can change it is not recorded", also: "what is being done about it is not recorded"},
		{name: "unknown", spec: plan(mission.Cause{Owners: record.Unknown[[]record.ID](""), Interventions: something}), want: cannot, says: "who can change it is stated to be unknown"},
		{name: "withheld", spec: plan(mission.Cause{Owners: someone, Interventions: record.Withheld[[]record.Ref]("")}), want: cannot, says: "what is being done about it is withheld"},
		{name: "claimants differ", spec: plan(mission.Cause{Owners: nobody, Interventions: something}, mission.Cause{Owners: someone}), want: cannot, says: "who can change it is contested"},
		{name: "may not hold", spec: plan(rough), want: cannot, says: "whether the record of it holds on that day"},
		{name: "left alone by decision", spec: plan(mission.Cause{Owners: nobody, LeftAlone: "too dear"}), want: nothing},
		{name: "of no account here", spec: plan(mission.Cause{Owners: someone, Interventions: record.Value[[]record.Ref]{State: record.StateNotApplicable}}), want: nothing},
	})
}

func TestClosedByDefault(t *testing.T) {
	none, planless := never(mission.Published, theMission), never(mission.PlanPublished, theMission)
	planless.ID = "planless"
	shut := accountability.Forum{Record: record.New("b"), Kind: accountability.MissionBoard, Subject: theMission, Members: record.Withheld[[]record.ID]("")}
	open := shut
	open.Members, open.Disclosed = record.Value[[]record.ID]{}, record.Known(when("2026-01-01"))
	soon := open
	soon.Disclosed = record.Known(when("2026-09-01"))
	addressed := m("2025-09-01")
	addressed.Address = "https://example.org/homes"
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	reason := givingReason(none, "lives would be at risk")
	reason.Until = when("2026-12-01")
	stale := reason
	stale.Until = when("2026-06-30")
	saying := func(publisher, url string) record.Source {
		return record.Source{Record: record.New("site"), Title: "The page of the mission", Publisher: publisher, URL: url}
	}
	cited := m("2025-09-01")
	cited.Source = "site"
	promised := event(mission.Commitment, theMission, "2025-09-01")
	promised.By = []record.ID{"minister"}
	table(t, "F89", theMission, []row{
		{name: "announced long ago and nothing is out", spec: webPlan(m("2025-09-01"), none), want: finding, says: "1 September 2025"},
		{name: "on the hundredth day", spec: webPlan(m("2026-03-22"), none), want: nothing},
		{name: "on the day after", spec: webPlan(m("2026-03-21"), none), want: finding},
		{name: "the first promise counts", spec: webPlan(m("2026-06-01"), promised, none), want: finding},
		{name: "announced in a stretch", spec: webPlan(m("2026"), none), want: cannot, says: "known only as 2026"},
		{name: "announced on a day not recorded", spec: webPlan(m(""), none), want: cannot, says: "the day on which it was announced is not recorded"},
		{name: "no day", spec: webPlan(m("2025-09-01"), none), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
		{name: "hearsay", spec: webPlan(m("2025-09-01"), graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay, an insider"},
		{name: "hearsay left out", spec: webPlan(m("2025-09-01"), graded(none, record.Hearsay)), view: sansHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "nobody says", spec: webPlan(m("2025-09-01")), want: cannot, says: "whether anything about it has been published is not recorded"},
		{name: "no plan is out", spec: webPlan(m("2025-09-01"), planless), want: cannot},
		{name: "no plan is out and the board is withheld", spec: webPlan(m("2025-09-01"), planless, shut), want: finding, says: "has published no plan, and not who sits on its board"},
		{name: "no plan is out and the board is to come", spec: webPlan(m("2025-09-01"), planless, soon), want: finding},
		{name: "the board is published", spec: webPlan(m("2025-09-01"), none, open), want: nothing},
		{name: "an address", spec: webPlan(addressed, none), want: nothing},
		{name: "notes on a milestone", spec: webPlan(m("2025-09-01"), step, none, event(mission.Published, theMilestone, "2026-01-01")), want: nothing},
		{name: "notes to come", spec: webPlan(m("2025-09-01"), step, none, event(mission.Published, theMilestone, "2026-07-01")), want: finding},
		{name: "a page of its own ministry", spec: webPlan(cited, none, promised, saying("The Ministry", "https://example.org")), want: nothing},
		{name: "a page of somebody else", spec: webPlan(cited, none, promised, saying("A newspaper", "https://example.org")), want: finding},
		{name: "a paper of its own ministry that is nowhere to be read", spec: webPlan(cited, none, promised, saying("The Ministry", "")), want: finding},
		{name: "a reason and a day to look again", spec: webPlan(m("2025-09-01"), reason), want: nothing},
		{name: "a reason whose day has come", spec: webPlan(m("2025-09-01"), stale), want: finding},
		{name: "still being framed", spec: webPlan(m("2025-09-01"), none, event(mission.Framing, theMission, "")), want: nothing},
		{name: "not launched", spec: webPlan(m("2025-09-01"), none, event(mission.Prelaunch, theMission, "")), want: nothing},
	})
}

func TestOneSidedDependency(t *testing.T) {
	ref := refOf(milestone.KindDependency, "l")
	step := milestone.Milestone{Record: record.New("s")}
	plan := func(agreed record.Value[bool], from string, more ...any) mission.Spec {
		d := leans(theMilestone, webParty("town"))
		d.ID, d.Agreed = "l", agreed
		if from != "" {
			d.From = when(from)
		}
		return webPlan(append([]any{step, d}, more...)...)
	}
	refused, pending := record.Known(false), record.Pending[bool]("they have been asked")
	weak := plan(refused, "2026-01-01")
	weak.Dependencies[0].Record = webSource("l", record.Opinion)
	weak.Dependencies[0].From = when("2026-01-01")
	rival := plan(refused, "2026-01-01")
	rival.Dependencies = append(rival.Dependencies, rival.Dependencies[0])
	rival.Dependencies[1].Record = record.Record{ID: "l2", Of: "l", Claimant: "the town"}
	rival.Dependencies[1].Agreed = record.Known(true)
	recorded := plan(refused, "")
	recorded.Dependencies[0].Recorded = shownAt
	table(t, "F91", ref, []row{
		{name: "not agreed for months", spec: plan(refused, "2026-01-01"), want: finding, says: `The milestone "Step" depends on The Town, and those who would have to provide it have not agreed in more than 30 days.`},
		{name: "asked thirty days ago", spec: plan(refused, "2026-05-31"), want: nothing},
		{name: "asked the day before", spec: plan(refused, "2026-05-30"), want: finding},
		{name: "asked at some time this year", spec: plan(refused, "2026"), want: cannot},
		{name: "since when is not recorded", spec: plan(refused, ""), want: finding, says: "On which day they were asked is not recorded."},
		{name: "recorded last week", spec: recorded, want: nothing},
		{name: "the answer is to come", spec: plan(pending, "2026-01-01"), want: finding},
		{name: "the answer is to come, since when is not recorded", spec: plan(pending, ""), want: cannot, says: "since when it has been asked for is not recorded"},
		{name: "agreed", spec: plan(record.Known(true), "2026-01-01"), want: nothing},
		{name: "unknown", spec: plan(record.Unknown[bool](""), "2026-01-01"), want: cannot, says: "is stated to be unknown"},
		{name: "withheld", spec: plan(record.Withheld[bool]("a contract"), "2026-01-01"), want: cannot, says: "is withheld (a contract)"},
		{name: "nobody says anything", spec: plan(record.Value[bool]{}, "2026-01-01"), want: ""},
		{name: "no agreement, by an event", spec: plan(record.Value[bool]{}, "2026-01-01", never(mission.Agreement, ref)), want: finding},
		{name: "an agreement, by an event", spec: plan(refused, "2026-01-01", event(mission.Agreement, ref, "2026-06-01")), want: nothing},
		{name: "the other end says that it agreed", spec: rival, want: nothing},
		{name: "an opinion", spec: weak, want: finding, says: "It is said (opinion, an insider"},
		{name: "no day", spec: plan(refused, "2026-01-01"), view: mission.View{On: noDay}, want: cannot},
	})
}

func TestPartnerWithoutCapacity(t *testing.T) {
	town := webParty("town")
	step := milestone.Milestone{Record: record.New("s")}
	link := leans(theMilestone, town)
	link.ID = "l"
	plan := func(more ...any) mission.Spec { return webPlan(append([]any{step, link}, more...)...) }
	low, noHelp := event(mission.CapacityLow, town, "2026-01-01"), never(mission.SupportOffered, town)
	can := func(day string) mission.Event {
		e := event(mission.CapacityConfirmed, town, day)
		e.ID = "can"
		return e
	}
	rough := link
	rough.From = when("2026")
	team := mission.Initiative{Record: record.New("i"), By: "town"}
	table(t, "F93", town, []row{
		{name: "low and no help", spec: plan(low, noHelp), want: finding, says: "The Town is counted on and cannot do what is asked of it, and it was offered no help."},
		{name: "low and nothing said of help", spec: plan(low), want: cannot, says: "whether it was offered help is not recorded"},
		{name: "low and helped", spec: plan(low, noHelp, event(mission.SupportOffered, town, "2026-02-01")), want: nothing},
		{name: "not confirmed and no help", spec: plan(never(mission.CapacityConfirmed, town), noHelp), want: finding, says: "has not said that it can do"},
		{name: "nothing said of what it can do", spec: plan(noHelp), want: cannot, says: "what it can do is not recorded"},
		{name: "said not to be low", spec: plan(never(mission.CapacityLow, town), noHelp), want: nothing},
		{name: "confirmed since", spec: plan(low, noHelp, can("2026-05-01")), want: nothing},
		{name: "confirmed before", spec: plan(low, noHelp, can("2025-05-01")), want: finding},
		{name: "confirmed on a day not known", spec: plan(low, noHelp, can("")), want: nothing},
		{name: "on the dependency", spec: plan(event(mission.CapacityLow, refOf(milestone.KindDependency, "l"), ""), noHelp), want: finding},
		{name: "on its work", spec: webPlan(step, team, leans(theMilestone, theInit), event(mission.CapacityLow, theInit, ""), noHelp), want: finding},
		{name: "hearsay", spec: plan(graded(low, record.Hearsay), noHelp), want: finding, says: "It is said (hearsay, an insider"},
		{name: "hearsay left out", spec: plan(graded(low, record.Hearsay), noHelp), view: sansHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "depended on from some time this year", spec: webPlan(step, rough, low, noHelp), want: cannot, says: "whether it is depended on on that day"},
		{name: "not depended on", spec: webPlan(step, low, noHelp), want: ""},
	})
	table(t, "F93", webParty("org"), []row{
		{name: "the centre, and nothing said", spec: webPlan(step, leans(theMilestone, webParty("org"))), want: ""},
		{name: "the centre, said to be low", spec: webPlan(step, leans(theMilestone, webParty("org")), event(mission.CapacityLow, webParty("org"), ""), never(mission.SupportOffered, webParty("org"))), want: finding},
	})
}
