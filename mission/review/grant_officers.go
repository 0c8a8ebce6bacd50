package review

import (
	"slices"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what an accounting officer and a minister owe each other and the Treasury in writing.

var absenceUnnotified = &Rule{
	ID: "C03", Slug: "absence-unnotified", Severity: Caution,
	Title: "An accounting officer was away, and those who must know were not told",
	Why: "Whoever acts for an accounting officer answers for the money meanwhile, and that is settled by telling the Treasury when each period begins and when it ends. " +
		"Where nobody was told, two people can each believe that the other answered for a payment made in those weeks.",
	Fires: "Of a leave from a post that carries the duty accounting-officer it is recorded that its beginning or its end was notified more than C03.days afterwards, or is to be notified on a day that is still to come and the days have passed; " +
		"or a notified event on the leave marked absent says that nobody was told, and it began or ended more than C03.days ago. It looks at leaves from holdings that run on the day, those that have ended among them, and has nothing to say of the days before. " +
		"It cannot tell where the notice is not recorded, a date is rough or claimants differ.",
	FalseAlarm: "The notice was given by telephone or in a meeting, and nobody has recorded it.",
	Question:   "For which payments of those weeks would each of the two people answer?",
	Sources:    []string{"R6"},
	Needs:      []string{"accounting-officer duties, and who holds the posts that carry them", "leaves from these holdings, with when their beginning and end were notified", "notified events on leaves, marked absent"},
	Thresholds: []Threshold{{Name: "C03.days", Unit: "days", Value: 14,
		Meaning: "how long after an absence began or ended the notice may come; no source names a number, and the default is this library's own: two weeks"}},
	Bad: absenceUnnotifiedBad, Good: absenceUnnotifiedGood, Unclear: absenceUnnotifiedUnclear, Harmless: absenceUnnotifiedHarmless,
	check: func(p *pass) {
		leaves := factsOf(p.register.LastLeaves(time.Time{}))
		if len(leaves) == 0 {
			return
		}
		posts := make(map[record.ID]record.ID) // of accounting officers, by holding
		for _, id := range p.posts() {
			if slices.ContainsFunc(p.register.CarriedBy(id, p.at), func(c record.Claim[accountability.Duty]) bool {
				return c.Record.Duty == accountability.AccountingOfficer
			}) {
				holders, _ := p.register.Holders(id, p.at)
				for _, h := range holders {
					posts[h.Holding.Fact()] = id
				}
			}
		}
		for i := range leaves {
			if post := posts[leaves[i].claims[0].Record.Holding]; post != "" {
				p.checkAbsence(&leaves[i], post)
			}
		}
	},
}

// told says whether notice of something came late: Certainly, No where it came in time or is not due yet, Possibly where a date
// is too rough, and zero where nothing is recorded of it.
func (p *pass) told(happened, notified calendar.When) calendar.Certainty {
	days := p.limit("days")
	age := p.older([]calendar.When{happened}, days)
	switch {
	case p.on.IsZero():
		return calendar.Possibly
	case happened.After(p.on):
		return calendar.No
	case !happened.IsResolved():
		return calendar.Possibly
	case !notified.IsResolved():
		if age == calendar.No {
			return calendar.No
		}
		return 0
	case notified.After(p.on):
		return age
	case float64(notified.Earliest().Sub(happened.Latest())) > days:
		return calendar.Certainly
	case float64(notified.Latest().Sub(happened.Earliest())) <= days:
		return calendar.No
	}
	return calendar.Possibly
}

func (p *pass) checkAbsence(l *fact[accountability.Leave], post record.ID) {
	ref := record.Ref{Kind: accountability.KindLeave, ID: l.id}
	if !slices.ContainsFunc(l.claims, func(c record.Claim[accountability.Leave]) bool { return !c.Valid.From.After(p.on) }) {
		return
	}
	_, untold := p.events(ref, mission.Notified)
	name := "the leave from " + p.postNames([]record.ID{post})
	var clauses []string
	var trigger []Evidence
	var missing []Missing
	for _, turn := range []struct {
		word string
		days func(record.Claim[accountability.Leave]) (happened, notified calendar.When)
	}{
		{"began", func(c record.Claim[accountability.Leave]) (calendar.When, calendar.When) {
			return c.Valid.From, c.Record.NotifiedStart
		}},
		{"ended", func(c record.Claim[accountability.Leave]) (calendar.When, calendar.When) {
			return c.Valid.Until, c.Record.NotifiedEnd
		}},
	} {
		var late []record.Claim[accountability.Leave]
		var turned []calendar.When
		inTime, rough, unsaid := false, false, false
		for _, c := range l.claims {
			happened, notified := turn.days(c)
			if turn.word == "ended" && happened.IsZero() {
				inTime = true
				continue
			}
			turned = append(turned, happened)
			switch p.told(happened, notified) {
			case calendar.Certainly:
				late = append(late, c)
			case calendar.No:
				inTime = true
			case calendar.Possibly:
				rough = true
			default:
				unsaid = true
			}
		}
		what := "when those who must know were told that it " + turn.word
		absent := spoken(untold, turned...)
		switch {
		case len(late) > 0 && inTime:
			missing = append(missing, contested(what, "the day of the notice"))
		case len(late) > 0:
			happened, notified := turn.days(late[0])
			said := "notice that it " + turn.word + " " + p.dated(happened) + " was given " + p.dated(notified)
			if notified.After(p.on) {
				said = "notice that it " + turn.word + " " + p.dated(happened) + " is still to be given"
			}
			clauses, trigger = append(clauses, said), append(trigger, proof(p, accountability.KindLeave, late)...)
		case inTime && !rough:
		case rough && first(turned).IsExact() && !p.on.IsZero():
			missing = append(missing, Missing{What: what, Ground: "not known closely enough", Way: "record the day of the notice more closely"})
		case rough:
			missing = append(missing, p.rough("the day on which it "+turn.word, turned, "the day on which it "+turn.word))
		case unsaid && len(absent) > 0 && p.older(turned, p.limit("days")) == calendar.Certainly:
			clauses, trigger = append(clauses, "nobody was told that it "+turn.word+" "+p.dated(first(turned))), append(trigger, proof(p, mission.KindEvent, absent)...)
		case unsaid && len(absent) > 0:
			missing = append(missing, p.rough("the day on which it "+turn.word, turned, "the day on which it "+turn.word))
		default:
			missing = append(missing, p.lessonMissing(ref, mission.Notified, what, "the day of the notice, or a notified event on the leave marked absent"))
		}
	}
	switch {
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		text := attributed(trigger, "of "+name+", which carries the duty of an accounting officer, "+listed(clauses))
		p.finding(ref, text+" Notice is taken to be due within "+count(p.limit("days"))+" days.", trigger, proof(p, accountability.KindLeave, l.claims)...)
	case len(missing) > 0:
		p.cannot(ref, "whether those who must know were told of "+name, dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

var assessmentMissing = &Rule{
	ID: "C04", Slug: "assessment-missing", Severity: Caution,
	Title: "A major project came to a stage that asks for its accounting officer's assessment, and there was none",
	Why: "An accounting officer's assessment says, before the money is promised, whether a use of it is regular, proper, worth its price and feasible. At the stages at which it is asked for it is still possible to say no. " +
		"Without it, Parliament learns what the officer thought when the money is gone.",
	Fires: "A gmpp-entry event says that the subject is a major project; an outline-business-case, gmpp-entry, departure or owner-request event says that it has come to that stage; and an accounting-test event on the subject marked absent, no earlier than that, says that no assessment was made. " +
		"A test on the subject or on its money that names the stage silences it; one made at the outline business case does for the entry, and the other way round. It looks at subjects with such events, and has nothing to say where a gmpp-entry event is marked absent. " +
		"It cannot tell where an assessment, its stage, its day or whether the subject is a major project is not recorded.",
	FalseAlarm: "The assessment was made and is kept back, on the ground of commercial confidence for example.",
	Question:   "What did the accounting officer know of this project when it was approved, and where is that written down?",
	Sources:    []string{"R7"},
	Needs: []string{"accounting tests, with their stages and days, on subjects and on the allocations for them", "outline-business-case, gmpp-entry, departure and owner-request events",
		"accounting-test events marked absent"},
	Bad: assessmentMissingBad, Good: assessmentMissingGood, Unclear: assessmentMissingUnclear, Harmless: assessmentMissingHarmless,
	check: func(p *pass) {
		for _, ref := range p.staged() {
			p.checkStages(ref)
		}
	},
}

// assessedAt are the stages at which an assessment is asked for, those together that one assessment serves.
var assessedAt = []struct {
	kinds []string
	says  string
}{
	{[]string{accountability.StageOutlineCase, accountability.StageMajorProject}, "its outline business case or its entry among the major projects"},
	{[]string{accountability.StageDeparture}, "a departure from what was approved"},
	{[]string{accountability.StageOwnerRequest}, "a request of its senior responsible owner"},
}

// staged returns what is said to have come to any of these stages, sorted.
func (p *pass) staged() []record.Ref {
	return p.befallen(slices.Concat(assessedAt[0].kinds, assessedAt[1].kinds, assessedAt[2].kinds)...)
}

func (p *pass) checkStages(ref record.Ref) {
	name := p.subjectName(ref)
	question := "whether the accounting officer assessed " + name + " when that was due"
	major, minor := p.events(ref, accountability.StageMajorProject)
	switch {
	case len(major) == 0 && len(minor) > 0:
		p.nothing(ref)
		return
	case len(major) == 0:
		p.cannot(ref, question, p.lessonMissing(ref, accountability.StageMajorProject, "whether it is one of the government's major projects", "a gmpp-entry event on it, or one marked absent"))
		return
	}
	tests := sorted(p.register.Tests(ref, p.at))
	for _, a := range p.m.Accounts().AllocationsFor(ref, p.at) {
		tests = append(tests, p.register.Tests(allocationRef(a.Record.Fact()), p.at)...)
	}
	_, none := p.events(ref, mission.Assessed)
	var lacking []string
	var trigger, context []Evidence
	var missing []Missing
	for i, stage := range assessedAt {
		var came []record.Claim[mission.Event]
		for _, kind := range stage.kinds {
			present, _ := p.events(ref, kind)
			came = append(came, present...)
		}
		if len(came) == 0 {
			continue
		}
		days := lessonDays(came)
		made, unnamed, early := false, false, false
		for _, c := range tests {
			old := before(c.Record.OnDay, days)
			switch {
			case slices.Contains(stage.kinds, c.Record.Stage) && (i == 0 || old == calendar.No):
				made = true
			case slices.Contains(stage.kinds, c.Record.Stage) && old != calendar.Certainly:
				early = true
			case c.Record.Stage == "" && old != calendar.Certainly:
				unnamed = true
			}
		}
		absent := spoken(none, days...)
		switch {
		case made:
		case early:
			missing = append(missing, Missing{What: "whether its assessment came before " + stage.says, Ground: "not known from their dates", Way: "record the days of both more closely"})
		case unnamed:
			missing = append(missing, unrecorded("the stage at which it was assessed", "the stage of each accounting test"))
		case len(absent) > 0 && slices.ContainsFunc(absent, func(c record.Claim[mission.Event]) bool { return before(c.Record.OnDay, days) != calendar.Possibly }):
			lacking = append(lacking, stage.says)
			trigger, context = append(trigger, proof(p, mission.KindEvent, absent)...), append(context, proof(p, mission.KindEvent, came)...)
		case len(absent) > 0:
			missing = append(missing, Missing{What: "which came first, that no assessment was made or " + stage.says, Ground: "not known from their dates", Way: "record the days of both more closely"})
		default:
			missing = append(missing, p.lessonMissing(ref, mission.Assessed, "an assessment for "+stage.says, "the accounting test with its stage, or an accounting-test event on the subject marked absent"))
		}
	}
	switch {
	case len(lacking) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, "no accounting officer's assessment was made of "+name+", a major project, for "+listed(lacking)+p.says(trigger)), trigger,
			append(append(context, proof(p, mission.KindEvent, major)...), proof(p, accountability.KindTest, tests)...)...)
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

var directionUnpublished = &Rule{
	ID: "C06", Slug: "direction-unpublished", Severity: Caution,
	Title: "A minister's direction was not published, or not sent to those who must have it",
	Why: "A direction moves the responsibility for one use of money from an official to a minister. That is fair as long as everybody can see it: the auditor and the Treasury at once, and the public soon. " +
		"One that nobody knows of protects neither the money nor the official.",
	Fires: "Of a direction it is recorded that it is withheld and no ground is stated, or that its publication is still to come more than C06.days after it was given; or a copied event on it marked absent says that it was not sent to those who must have it, and fewer than two recipients are recorded. " +
		"A stated ground for withholding it silences the first. It cannot tell where publication or fewer than two recipients are recorded and nothing is known to be lacking, or the day on which it was given is rough.",
	FalseAlarm: "The recipients had it by another way, as when the Treasury asked for the direction itself.",
	Question:   "Who outside the department has read this direction?",
	Sources:    []string{"R7", "R17"},
	Needs:      []string{"directions, with when they were given and published and to whom they were copied", "copied events on directions, present or marked absent"},
	Thresholds: []Threshold{{Name: "C06.days", Unit: "days", Value: 365,
		Meaning: "how long after it was given a direction may wait to be published; no source that was read names a number, and the default is this library's own: within a year the accounts come out in which it has to stand"}},
	Bad: directionUnpublishedBad, Good: directionUnpublishedGood, Unclear: directionUnpublishedUnclear, Harmless: directionUnpublishedHarmless,
	check: func(p *pass) {
		all := byFact(p, accountability.KindDirection, func(ref record.Ref) []record.Claim[accountability.Direction] { return p.register.Directions(ref, p.at) })
		for _, id := range sortedKeys(all) {
			p.checkDirection(id, all[id])
		}
	},
}

func (p *pass) checkDirection(id record.ID, claims []record.Claim[accountability.Direction]) {
	ref := record.Ref{Kind: accountability.KindDirection, ID: id}
	name := "the direction on " + p.subjectName(claims[0].Record.Subject)
	var lacking []string
	var trigger []Evidence
	var missing []Missing
	var hidden, waiting []record.Claim[accountability.Direction]
	var kept record.Value[calendar.When]
	var given []calendar.When
	var to []record.ID
	out := false
	for _, c := range claims {
		d := c.Record
		if !d.Given.IsZero() {
			given = append(given, d.Given)
		}
		to = append(to, d.CopiedTo...)
		switch v := d.Published; {
		case v.State == record.StateKnown && v.V.After(p.on), v.State == record.StatePending:
			waiting = append(waiting, c)
		case v.State == record.StateKnown, v.State == record.StateNotApplicable, v.State == record.StateWithheld && strings.TrimSpace(v.Ground) != "":
			out = true
		case v.State == record.StateWithheld:
			hidden = append(hidden, c)
		case kept.State == 0:
			kept = v
		}
	}
	age := p.older(given, p.limit("days"))
	switch {
	case out:
	case len(hidden) > 0:
		lacking, trigger = append(lacking, "is withheld, and no ground for that is stated"), append(trigger, proof(p, accountability.KindDirection, hidden)...)
	case len(waiting) > 0 && age == calendar.Certainly:
		lacking = append(lacking, "is still to be published, more than "+count(p.limit("days"))+" days after it was given ("+p.when(first(given))+")")
		trigger = append(trigger, proof(p, accountability.KindDirection, waiting)...)
	case len(waiting) > 0 && age == calendar.No:
	case len(waiting) > 0:
		missing = append(missing, p.rough("the day on which it was given", given, "the day on which the direction was given"))
	default:
		missing = append(missing, unknown("when it was published", kept.State, kept.Ground, "the day of publication, or that it is withheld, with the ground"))
	}
	sent, unsent := p.events(ref, mission.Copied)
	var not []record.ID
	for _, c := range unsent {
		not = append(not, c.Record.With...)
	}
	switch {
	case len(sent) > 0 || len(distinct(to)) > 1:
	case len(unsent) > 0:
		words := "was not sent to those who must have it"
		if len(not) > 0 {
			words = "was not sent to " + p.partyNames(distinct(not))
		}
		lacking, trigger = append(lacking, words), append(trigger, proof(p, mission.KindEvent, unsent)...)
	default:
		missing = append(missing, p.lessonMissing(ref, mission.Copied, "whether both the auditor and the Treasury were sent it", "all to whom it was copied, or a copied event on it marked absent"))
	}
	switch {
	case len(lacking) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, name+" "+listed(lacking)), trigger, proof(p, accountability.KindDirection, claims)...)
	case len(missing) > 0:
		p.cannot(ref, "whether "+name+" was published and sent to those who must have it", missing...)
	default:
		p.nothing(ref)
	}
}
