package review_test

import (
	"testing"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

var theSpace = record.Ref{Kind: accountability.KindSpace, ID: "z"}

// roomy is a learning space from September 2025 to the end of 2026 that protects from the loss of a grant.
func roomy(change func(*accountability.LearningSpace)) accountability.LearningSpace {
	s := accountability.LearningSpace{Record: record.New("z"), Name: "Trial", Subject: theMission, Sponsor: "minister", Protected: []string{"loss of the grant"}}
	s.From, s.Until = when("2025-09-01"), when("2026-12-31")
	if change != nil {
		change(&s)
	}
	return s
}

// inRoom puts an experiment under the space, with the days on which it began and ended.
func inRoom(id record.ID, spent int64, started, ended string, how learning.Ending) learning.Experiment {
	x := learning.Experiment{Record: record.New(id), Space: "z", Tests: []record.ID{"h"}, Declared: when("2025-02-03"), Ending: how}
	if spent > 0 {
		x.Spent = record.Money{Minor: spent * 100, Currency: "GBP"}
	}
	if started != "" {
		x.Started = when(started)
	}
	if ended != "" {
		x.Concluded = when(ended)
	}
	if how == learning.Abandoned {
		x.Because = "it was"
	}
	return x
}

// within is a mission with a learning space, experiments under it and events.
func within(s accountability.LearningSpace, trials []learning.Experiment, events ...mission.Event) mission.Spec {
	var records []any
	for _, e := range events {
		records = append(records, e)
	}
	spec := arranged(append(records, m(""), s)...)
	if len(trials) > 0 {
		spec = tried(spec)
		spec.Experiments = trials
	}
	return spec
}

func one(x learning.Experiment) []learning.Experiment { return []learning.Experiment{x} }

func TestOverreachingSpace(t *testing.T) {
	protects := func(never []string, words ...string) mission.Spec {
		return within(roomy(func(s *accountability.LearningSpace) { s.Protected, s.Never = words, never }), nil)
	}
	graded := roomy(func(s *accountability.LearningSpace) {
		s.Grade, s.Source, s.Claimant, s.Protected = record.Hearsay, "paper", "an insider", []string{"fraud"}
	})
	over := roomy(func(s *accountability.LearningSpace) {
		s.Until, s.Protected = when("2026-01-01"), []string{"Safety risk"}
	})
	ahead := roomy(func(s *accountability.LearningSpace) { s.From, s.Protected = when("2026-09-01"), []string{"fraud"} })
	table(t, "D02", theSpace, []row{
		{name: "fraud", spec: protects(nil, "loss of the grant", "Fraud"), want: finding, says: `The learning space "Trial" protects "Fraud", which no learning space may`},
		{name: "two words, in other letters", spec: protects(nil, "breach of bounds"), want: finding},
		{name: "its own word", spec: protects([]string{"harm to children"}, "harm to children"), want: finding},
		{name: "it says never, and protects it", spec: protects([]string{"fraud"}, "fraud"), want: finding},
		{name: "a word among others", spec: protects(nil, "anything but fraud"), want: cannot, says: `what "anything but fraud" protects`},
		{name: "a word among others, excepted", spec: protects([]string{"fraud"}, "anything but fraud"), want: nothing},
		{name: "a longer word", spec: protects(nil, "fraudulent-looking reports"), want: nothing},
		{name: "nothing of the kind", spec: protects(nil, "loss of the grant"), want: nothing},
		{name: "an empty word", spec: protects([]string{"", "-"}, "loss of the grant"), want: nothing},
		{name: "nobody says what it protects", spec: protects([]string{"fraud"}), want: cannot, says: "what it protects is not recorded"},
		{name: "hearsay", spec: within(graded, nil), want: finding, says: "It is said (hearsay, an insider"},
		{name: "one that has ended", spec: within(over, nil), want: finding, says: "Safety risk"},
		{name: "one to come", spec: within(ahead, nil), want: ""},
	})
}

func TestBoundsBreached(t *testing.T) {
	capped := roomy(func(s *accountability.LearningSpace) { s.SpendCap = record.Money{Minor: 10000, Currency: "GBP"} })
	foreign := roomy(func(s *accountability.LearningSpace) { s.SpendCap = record.Money{Minor: 10000, Currency: "EUR"} })
	over := roomy(func(s *accountability.LearningSpace) { s.Until = when("2026-03-01") })
	roughly := roomy(func(s *accountability.LearningSpace) { s.Until = when("2026") })
	beyond, stayed := event(mission.OutsideLimits, theSpace, "2026-02-01"), never(mission.OutsideLimits, theSpace)
	two := []learning.Experiment{inRoom("x", 60, "", "", 0), inRoom("w", 40, "", "", 0)}
	three := append(two[:2:2], inRoom("v", 1, "", "", 0))
	failure := eventCalled("f", event(mission.Failure, theSpace, "2026-02-01"))
	table(t, "D03", theSpace, []row{
		{name: "beyond", spec: within(roomy(nil), nil, beyond), want: finding, says: `Under the learning space "Trial", something went beyond what had been agreed as safe`},
		{name: "an experiment beyond", spec: within(roomy(nil), one(inRoom("x", 0, "", "", 0)), event(mission.OutsideLimits, theTrial, "")), want: finding},
		{name: "a failure beyond", spec: within(roomy(nil), nil, failure, event(mission.OutsideLimits, theFailure, "")), want: finding},
		{name: "beyond and not", spec: within(roomy(nil), nil, beyond, stayed), want: finding},
		{name: "stayed within", spec: within(roomy(nil), nil, stayed), want: nothing},
		{name: "nobody says", spec: within(roomy(nil), nil), want: cannot, says: "whether anything went beyond"},
		{name: "opinion", spec: within(roomy(nil), nil, graded(beyond, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "the cap spent", spec: within(capped, two, stayed), want: nothing},
		{name: "more than the cap in all", spec: within(capped, three, stayed), want: finding, says: "cost more in all than the 100.00 GBP that it allows"},
		{name: "a cap in another currency", spec: within(foreign, two, stayed), want: cannot, says: "not in the currency of its cap"},
		{name: "began afterwards", spec: within(over, one(inRoom("x", 0, "2026-03-01", "", 0)), stayed), want: finding, says: "was still under way when it had ended"},
		{name: "ended afterwards", spec: within(over, one(inRoom("x", 0, "2025-10-01", "2026-03-02", learning.EndedByRule)), stayed), want: finding},
		{name: "ended in time", spec: within(over, one(inRoom("x", 0, "2025-10-01", "2026-02-28", learning.EndedByRule)), stayed), want: nothing},
		{name: "perhaps ended afterwards", spec: within(roughly, one(inRoom("x", 0, "2025-10-01", "2026-02-28", learning.EndedByRule)), stayed), want: nothing},
		{name: "to end afterwards", spec: within(over, one(inRoom("x", 0, "2025-10-01", "2026-09-01", 0)), stayed), want: nothing},
	})
}

func TestNoDebrief(t *testing.T) {
	space := func(until, due, held string) accountability.LearningSpace {
		return roomy(func(s *accountability.LearningSpace) {
			if until != "" {
				s.Until = when(until)
			}
			if due != "" {
				s.DebriefDue = when(due)
			}
			if held != "" {
				s.Debriefed = when(held)
			}
		})
	}
	none := never(mission.Debriefed, theSpace)
	table(t, "D04", theSpace, []row{
		{name: "31 days", spec: within(space("2026-03-01", "2026-05-30", ""), nil, none), want: finding, says: `What was learnt in the learning space "Trial" has not been told`, also: "The day on which its debrief was due was 30 May 2026, more than 30 days ago"},
		{name: "30 days", spec: within(space("2026-03-01", "2026-05-31", ""), nil, none), want: nothing},
		{name: "no day on which it was due", spec: within(space("2026-03-01", "", ""), nil, none), want: finding, says: "The day on which it ended was 1 March 2026"},
		{name: "not over", spec: within(space("", "", ""), nil, none), want: nothing},
		{name: "due on a rough day", spec: within(space("", "2026", ""), nil, none), want: cannot, says: "known only as 2026"},
		{name: "held", spec: within(space("2026-03-01", "", "2026-04-01"), nil, none), want: nothing},
		{name: "held late", spec: within(space("2025-12-01", "", "2026-06-01"), nil), want: nothing},
		{name: "held, by an event", spec: within(space("2026-03-01", "", ""), nil, event(mission.Debriefed, theSpace, "2026-04-01"), none), want: nothing},
		{name: "to be held", spec: within(space("2026-03-01", "", "2026-12-01"), nil), want: finding, says: "is still to be told, on 1 December 2026"},
		{name: "held on an unknown day", spec: within(space("2026-03-01", "", "unknown"), nil), want: cannot, says: "stated to be unknown"},
		{name: "held in a year that goes on", spec: within(space("2026-03-01", "", "2026"), nil), want: cannot},
		{name: "nobody says", spec: within(space("2026-03-01", "", ""), nil), want: cannot, says: "when it was debriefed is not recorded"},
		{name: "none, said before it was due", spec: within(space("2026-03-01", "2026-04-01", ""), nil, dated(none, "2026-03-15")), want: cannot},
		{name: "none, said since", spec: within(space("2026-03-01", "2026-04-01", ""), nil, dated(none, "2026-06-15")), want: finding},
		{name: "opinion", spec: within(space("2026-03-01", "", ""), nil, graded(none, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "no day", spec: within(space("2026-03-01", "", ""), nil, none), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
	})
}

func TestBlameLeak(t *testing.T) {
	fine := func(on record.Ref, because string) mission.Event {
		e := eventCalled("b", event(mission.Sanction, on, "2026-05-01"))
		e.Because = because
		return e
	}
	bare := roomy(func(s *accountability.LearningSpace) { s.Protected = nil })
	own := roomy(func(s *accountability.LearningSpace) { s.Never = []string{"late reports"} })
	failure := func(day string) mission.Event { return eventCalled("f", event(mission.Failure, theSpace, day)) }
	trial := one(inRoom("x", 0, "2025-10-01", "", 0))
	table(t, "D05", theSpace, []row{
		{name: "on the space", spec: within(roomy(nil), nil, fine(theSpace, "it failed")), want: finding, says: `A sanction followed on what was done under the learning space "Trial"`, also: `The reason given: "it failed".`},
		{name: "on a failure", spec: within(roomy(nil), nil, failure("2026-02-01"), fine(theFailure, "it failed")), want: finding},
		{name: "on an experiment", spec: within(roomy(nil), trial, fine(theTrial, "it failed")), want: finding},
		{name: "on a failure before the space", spec: within(roomy(nil), nil, failure("2025-06-01"), fine(theFailure, "it failed")), want: nothing},
		{name: "on a failure of a rough day", spec: within(roomy(nil), nil, failure("2025"), fine(theFailure, "it failed")), want: cannot, says: "in the time of the space"},
		{name: "on a failure of no day", spec: within(roomy(nil), nil, failure(""), fine(theFailure, "it failed")), want: finding},
		{name: "for fraud", spec: within(roomy(nil), nil, fine(theSpace, "for fraud")), want: nothing},
		{name: "for a safety risk", spec: within(roomy(nil), nil, fine(theSpace, "it was a Safety-Risk")), want: nothing},
		{name: "for what it never protects", spec: within(own, nil, fine(theSpace, "three late reports")), want: nothing},
		{name: "for no stated reason", spec: within(roomy(nil), nil, fine(theSpace, "")), want: cannot, says: "why the sanction followed"},
		{name: "beyond the bounds", spec: within(roomy(nil), nil, fine(theSpace, "it failed"), event(mission.OutsideLimits, theSpace, "")), want: nothing},
		{name: "nobody says what is protected", spec: within(bare, nil, fine(theSpace, "it failed")), want: cannot, says: "what the space protects"},
		{name: "hearsay", spec: within(roomy(nil), nil, graded(fine(theSpace, "it failed"), record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "said not to be", spec: within(roomy(nil), nil, never(mission.Sanction, theSpace)), want: nothing},
		{name: "none", spec: within(roomy(nil), nil), want: nothing},
	})
}

func TestStopIgnored(t *testing.T) {
	sign := func(on record.Ref, day string) mission.Event {
		return eventCalled("g", event(mission.StopRuleMet, on, day))
	}
	stopped := func(day string) mission.Event { return event(mission.Stopped, theSpace, day) }
	went := never(mission.Stopped, theSpace)
	over := roomy(func(s *accountability.LearningSpace) { s.Until = when("2026-03-05") })
	trial := func(started, ended string) []learning.Experiment {
		return one(inRoom("x", 0, started, ended, learning.EndedByRule))
	}
	table(t, "D07", theSpace, []row{
		{name: "went on", spec: within(roomy(nil), nil, sign(theSpace, "2026-03-01"), went), want: finding, says: "a sign to stop was seen on 1 March 2026, and it was not stopped"},
		{name: "went on, 8 days", spec: within(roomy(nil), nil, sign(theSpace, "2026-06-22"), went), want: finding},
		{name: "went on, 7 days", spec: within(roomy(nil), nil, sign(theSpace, "2026-06-23"), went), want: nothing},
		{name: "on a rough day", spec: within(roomy(nil), nil, sign(theSpace, "2026"), went), want: cannot, says: "known only as 2026"},
		{name: "on no day", spec: within(roomy(nil), nil, sign(theSpace, ""), went), want: cannot},
		{name: "stopped after 7 days", spec: within(roomy(nil), nil, sign(theSpace, "2026-03-01"), stopped("2026-03-08")), want: nothing},
		{name: "stopped after 8 days", spec: within(roomy(nil), nil, sign(theSpace, "2026-03-01"), stopped("2026-03-09")), want: finding, says: "and it was stopped on 9 March 2026"},
		{name: "stopped that month", spec: within(roomy(nil), nil, sign(theSpace, "2026-03-01"), stopped("2026-03")), want: cannot, says: "how long after the sign"},
		{name: "stopped before", spec: within(roomy(nil), nil, sign(theSpace, "2026-03-01"), stopped("2026-02-01")), want: nothing},
		{name: "nobody says", spec: within(roomy(nil), nil, sign(theSpace, "2026-03-01")), want: cannot, says: "whether it was stopped is not recorded"},
		{name: "not stopped, said before the sign", spec: within(roomy(nil), nil, sign(theSpace, "2026-03-01"), dated(went, "2026-02-01")), want: cannot},
		{name: "the space ended", spec: within(over, nil, sign(theSpace, "2026-03-01")), want: nothing},
		{name: "the experiment ended", spec: within(roomy(nil), trial("2025-10-01", "2026-03-05"), sign(theTrial, "2026-03-01")), want: nothing},
		{name: "the experiment ended late", spec: within(roomy(nil), trial("2025-10-01", "2026-05-05"), sign(theTrial, "2026-03-01")), want: finding, says: "and it ended on 5 May 2026"},
		{name: "all experiments ended", spec: within(roomy(nil), trial("2025-10-01", "2026-03-05"), sign(theSpace, "2026-03-01")), want: nothing},
		{name: "another began", spec: within(roomy(nil), trial("2026-05-01", ""), sign(theSpace, "2026-03-01")), want: finding, says: "another experiment began on 1 May 2026"},
		{name: "hearsay", spec: within(roomy(nil), nil, graded(sign(theSpace, "2026-03-01"), record.Hearsay), went), want: finding, says: "Under the learning space"},
		{name: "hearsay alone", spec: within(roomy(nil), nil, graded(sign(theSpace, "2026-03-01"), record.Hearsay), eventCalled("k", graded(went, record.Hearsay))), want: finding, says: "It is said (hearsay"},
		{name: "no sign", spec: within(roomy(nil), nil, never(mission.StopRuleMet, theSpace)), want: nothing},
	})
}

func TestRetroactiveSpace(t *testing.T) {
	noon := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 12, 0, 0, 0, time.UTC) }
	put := func(r *record.Record, at time.Time) { r.Recorded = at }
	failure := func(day string, at time.Time) mission.Event {
		e := eventCalled("f", event(mission.Failure, theSpace, day))
		put(&e.Record, at)
		return e
	}
	space := func(at time.Time) accountability.LearningSpace {
		return roomy(func(s *accountability.LearningSpace) { put(&s.Record, at) })
	}
	late := roomy(func(s *accountability.LearningSpace) { s.From = when("2026-03-01") })
	from := roomy(func(s *accountability.LearningSpace) { s.From = when("2026") })
	cited := roomy(func(s *accountability.LearningSpace) { s.Source = "paper" })
	agreed := func(day string) mission.Event { return event(mission.LearningSpaceAgreed, theSpace, day) }
	given := inRoom("x", 0, "2025-10-01", "2026-02-02", learning.Abandoned)
	put(&given.Record, noon(time.March, 1))
	var unrecorded time.Time
	table(t, "D08", theSpace, []row{
		{name: "it begins afterwards", spec: within(late, nil, failure("2026-02-02", unrecorded)), want: finding, says: `the failure "f" happened on 2 February 2026, and it begins on 1 March 2026`},
		{name: "it begins on the day", spec: within(late, nil, failure("2026-03-01", unrecorded)), want: cannot},
		{name: "it begins in that year", spec: within(from, nil, failure("2026-02-02", unrecorded)), want: cannot},
		{name: "put on record afterwards", spec: within(space(noon(time.May, 1)), nil, failure("2026-02-02", noon(time.March, 1))), want: finding, says: "it was first recorded on 1 May 2026"},
		{name: "put on record before", spec: within(space(noon(time.January, 1)), nil, failure("2026-02-02", noon(time.March, 1))), want: nothing},
		{name: "put on record on the day", spec: within(space(noon(time.February, 2)), nil, failure("2026-02-02", noon(time.March, 1))), want: nothing},
		{name: "by a source from before", spec: within(cited, nil, failure("2026-02-02", noon(time.March, 1))), want: nothing},
		{name: "both put on record at once", spec: within(space(noon(time.May, 1)), nil, failure("2026-02-02", noon(time.May, 1))), want: cannot, says: "the failure was put on record no earlier"},
		{name: "nobody says when it was put on record", spec: within(roomy(nil), nil, failure("2026-02-02", noon(time.March, 1))), want: cannot, says: "when it was agreed is not recorded"},
		{name: "on no day", spec: within(space(noon(time.May, 1)), nil, failure("", noon(time.March, 1))), want: cannot, says: "when the failure"},
		{name: "on a rough day", spec: within(space(noon(time.February, 1)), nil, failure("2026", noon(time.January, 9))), want: cannot, says: "known only as 2026"},
		{name: "agreed before, put on record afterwards", spec: within(space(noon(time.May, 1)), nil, failure("2026-02-02", noon(time.March, 1)), agreed("2026-02-02")), want: nothing},
		{name: "agreed for the mission", spec: within(space(noon(time.May, 1)), nil, failure("2026-02-02", noon(time.March, 1)), event(mission.LearningSpaceAgreed, theMission, "2025-09-01")), want: nothing},
		{name: "agreed afterwards", spec: within(roomy(nil), nil, failure("2026-02-02", unrecorded), agreed("2026-02-03")), want: finding, says: "it was agreed on 3 February 2026"},
		{name: "agreed in that month", spec: within(roomy(nil), nil, failure("2026-02-02", unrecorded), agreed("2026-02")), want: cannot},
		{name: "hearsay", spec: within(late, nil, graded(failure("2026-02-02", unrecorded), record.Hearsay)), want: finding},
		{name: "an experiment given up", spec: within(space(noon(time.May, 1)), one(given)), want: finding, says: `the experiment "x" was given up on 2 February 2026`},
		{name: "nothing failed", spec: within(late, nil), want: nothing},
	})
}

func TestDisclosedWithoutException(t *testing.T) {
	gave := func(because string) mission.Event {
		e := eventCalled("v", event(mission.Disclosed, theSpace, "2026-05-01"))
		e.Because, e.With = because, []record.ID{"town", "ann"}
		return e
	}
	theDisclosure := record.Ref{Kind: mission.KindEvent, ID: "v"}
	none := never(mission.Excepted, theDisclosure)
	table(t, "D09", theSpace, []row{
		{name: "no exception", spec: within(roomy(nil), nil, gave(""), none), want: finding, says: `What was said or found under the learning space "Trial" was given away to a person and The Town, and no exception covers that`},
		{name: "an exception", spec: within(roomy(nil), nil, gave(""), none, event(mission.Excepted, theDisclosure, "")), want: nothing},
		{name: "for a safety risk", spec: within(roomy(nil), nil, gave("a safety risk to children"), none), want: nothing},
		{name: "for another reason", spec: within(roomy(nil), nil, gave("a journalist asked")), want: cannot, says: `whether an exception covers the disclosure "v"`},
		{name: "nobody says", spec: within(roomy(nil), nil, gave("")), want: cannot},
		{name: "opinion", spec: within(roomy(nil), nil, gave(""), graded(none, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "of an experiment", spec: within(roomy(nil), one(inRoom("x", 0, "", "", 0)), eventCalled("v", event(mission.Disclosed, theTrial, "")), none), want: finding},
		{name: "none", spec: within(roomy(nil), nil, never(mission.Disclosed, theSpace)), want: nothing},
	})
}
