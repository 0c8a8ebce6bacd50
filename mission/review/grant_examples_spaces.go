package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// The plans that show the rules on learning spaces.

// trialOf is a learning space of a year that protects from the loss of a grant, and what is said of it.
func trialOf(change func(*accountability.LearningSpace), events ...mission.Event) mission.Spec {
	s := bounded()
	s.Protected = []string{"loss of the grant"}
	s.From, s.Until = launched, exactly(2026, time.December, 31)
	if change != nil {
		change(&s)
	}
	spec := space(s, holding("director", "first", open))
	spec.LearningSpaces[0].From, spec.LearningSpaces[0].Until = s.From, s.Until
	spec.Events = events
	return spec
}

var trial = record.Ref{Kind: accountability.KindSpace, ID: "trial"}

// seen is an event on a day.
func seen(id record.ID, kind string, subject record.Ref, on calendar.When) mission.Event {
	e := happening(id, kind, subject, false)
	e.OnDay = on
	return e
}

func protecting(never []string, protected ...string) func(*accountability.LearningSpace) {
	return func(s *accountability.LearningSpace) { s.Protected, s.Never = protected, never }
}

func overreachingSpaceBad() Example {
	return show("A learning space protects from the loss of the grant, and fraud.", trialOf(protecting(nil, "loss of the grant", "fraud")))
}

func overreachingSpaceGood() Example {
	return show("It protects from the loss of the grant, and never protects fraud.", trialOf(protecting([]string{"fraud"}, "loss of the grant")))
}

func overreachingSpaceUnclear() Example {
	return show("It protects from \"dismissal, but for fraud\".", trialOf(protecting(nil, "dismissal, but for fraud")))
}

func overreachingSpaceHarmless() Example {
	return show("It protects from \"dismissal, but for fraud\", and lists fraud as never protected.", trialOf(protecting([]string{"fraud"}, "dismissal, but for fraud")))
}

func boundsBreachedBad() Example {
	return show("Under a learning space, rooms were heated beyond what had been agreed as safe.", trialOf(nil, happening("too-hot", mission.OutsideLimits, trial, false)))
}

func boundsBreachedGood() Example {
	return show("A statement that all stayed within what had been agreed.", trialOf(nil, happening("within", mission.OutsideLimits, trial, true)))
}

func boundsBreachedUnclear() Example {
	return show("Nobody has said whether all stayed within the bounds.", trialOf(nil))
}

func boundsBreachedHarmless() Example {
	most := record.Money{Minor: 1_000_000, Currency: "GBP"}
	spec := trialOf(func(s *accountability.LearningSpace) { s.SpendCap = most }, happening("within", mission.OutsideLimits, trial, true))
	asked := supposed()
	spec.Initiatives, spec.Contributions, spec.Hypotheses = asked.Initiatives, asked.Contributions, asked.Hypotheses
	spec.Experiments = []learning.Experiment{{Record: made("dryers"), Name: "Dryers", Tests: []record.ID{"open-doors"}, Space: "trial", Spent: most}}
	return show("What was tried cost as much as the cap allows, and nothing else went beyond.", spec)
}

// concluded is a learning space that ended in March, and whose debrief was due and held on the days given.
func concluded(due, held calendar.When) func(*accountability.LearningSpace) {
	return func(s *accountability.LearningSpace) { s.Until, s.DebriefDue, s.Debriefed = spring, due, held }
}

var untaught = happening("no-debrief", mission.Debriefed, trial, true)

func noDebriefBad() Example {
	return show("The debrief was due in April, and a statement that there was none.", trialOf(concluded(exactly(2026, time.April, 1), open), untaught))
}

func noDebriefGood() Example {
	return show("It was held in April.", trialOf(concluded(exactly(2026, time.April, 1), exactly(2026, time.April, 9))))
}

func noDebriefUnclear() Example {
	return show("The debrief was due in April, and nobody has recorded whether it was held.", trialOf(concluded(exactly(2026, time.April, 1), open)))
}

func noDebriefHarmless() Example {
	return show("There was none yet, and it was due two weeks ago.", trialOf(concluded(exactly(2026, time.June, 16), open), untaught))
}

func sanctioned(because string) mission.Event {
	e := seen("grant-lost", mission.Sanction, trial, exactly(2026, time.April, 1))
	e.Because = because
	return e
}

func blameLeakBad() Example {
	return show("A landlord lost the grant since the dryers did not work.", trialOf(nil, sanctioned("the dryers did not work")))
}

func blameLeakGood() Example {
	return show("Nobody was sanctioned.", trialOf(nil))
}

func blameLeakUnclear() Example {
	return show("A landlord lost the grant, and nobody has recorded why.", trialOf(nil, sanctioned("")))
}

func blameLeakHarmless() Example {
	return show("A landlord lost the grant for fraud in the accounts.", trialOf(nil, sanctioned("fraud in the accounts")))
}

func stopIgnoredBad() Example {
	return show("In March a room had got wetter, at which the trial was to stop, and a statement that it went on.",
		trialOf(nil, seen("wetter", mission.StopRuleMet, trial, spring), happening("went-on", mission.Stopped, trial, true)))
}

func stopIgnoredGood() Example {
	return show("It was stopped three days later.", trialOf(nil, seen("wetter", mission.StopRuleMet, trial, spring), seen("stopped", mission.Stopped, trial, exactly(2026, time.March, 4))))
}

func stopIgnoredUnclear() Example {
	return show("The sign was seen in March, and nothing is recorded of what followed.", trialOf(nil, seen("wetter", mission.StopRuleMet, trial, spring)))
}

func stopIgnoredHarmless() Example {
	return show("The sign was seen last week, and the trial has not been stopped yet.",
		trialOf(nil, seen("wetter", mission.StopRuleMet, trial, exactly(2026, time.June, 26)), happening("went-on", mission.Stopped, trial, true)))
}

// mould is a failure under the learning space, in February and on record in March.
func mould() mission.Event {
	e := seen("mould", mission.Failure, trial, exactly(2026, time.February, 2))
	e.Recorded = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)
	return e
}

// enteredOn sets the instant at which the space was put on record.
func enteredOn(month time.Month) func(*accountability.LearningSpace) {
	return func(s *accountability.LearningSpace) { s.Recorded = time.Date(2026, month, 5, 12, 0, 0, 0, time.UTC) }
}

func retroactiveSpaceBad() Example {
	return show("A trial failed in February, and the learning space that covers it begins in March.", trialOf(func(s *accountability.LearningSpace) { s.From = spring }, mould()))
}

func retroactiveSpaceGood() Example {
	return show("The space was on record in January, before the failure.", trialOf(enteredOn(time.January), mould()))
}

func retroactiveSpaceUnclear() Example {
	return show("Nobody has recorded when the space was agreed or written down.", trialOf(nil, mould()))
}

func retroactiveSpaceHarmless() Example {
	return show("The space was put on record in May, and had been agreed in September.", trialOf(enteredOn(time.May), mould(), seen("agreed", mission.LearningSpaceAgreed, trial, launched)))
}

func passedOn(because string, events ...mission.Event) mission.Spec {
	e := seen("notes", mission.Disclosed, trial, exactly(2026, time.April, 1))
	e.Because = because
	return trialOf(nil, append([]mission.Event{e}, events...)...)
}

var theNotes = lessonEventRef("notes")

func disclosedWithoutExceptionBad() Example {
	return show("Notes of what tenants had said were passed on, and a statement that no exception covers that.", passedOn("", happening("none", mission.Excepted, theNotes, true)))
}

func disclosedWithoutExceptionGood() Example {
	return show("A court had ordered it.", passedOn("", happening("order", mission.Excepted, theNotes, false)))
}

func disclosedWithoutExceptionUnclear() Example {
	return show("Notes were passed on, and nothing is recorded of an exception.", passedOn(""))
}

func disclosedWithoutExceptionHarmless() Example {
	return show("Notes were passed on since they showed a safety risk.", passedOn("they showed a safety risk"))
}
