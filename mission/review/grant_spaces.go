package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// The rules on how far a learning space reaches, and on what is owed when it ends.

var overreachingSpace = &Rule{
	ID: "D02", Slug: "overreaching-space", Severity: Serious,
	Title: "A learning space protects what no space may",
	Why: "A learning space lets people fail at what they honestly tried. Fraud, breaking the law, putting people at risk, deceiving and going beyond what was agreed are not attempts, and the laws that protect candour in inquiries except such things. " +
		"A space that covers them will be closed for all at the first scandal.",
	Fires: "Among what a learning space protects stands one of the words fraud, illegality, safety-risk, deception and breach-of-bounds, or one that the space itself lists as never protected. " +
		"It cannot tell where nothing is recorded of what the space protects, or where one of the words stands among others there, such as \"dismissal, but for fraud\", and the space does not list it as never protected.",
	FalseAlarm: "The word names a report or a team, and not the conduct.",
	Question:   "If this had happened in the trial, would you want it to go without consequences?",
	Sources:    []string{"R9", "R22"},
	Needs:      []string{"learning spaces, with what they protect and what they never do"},
	Bad:        overreachingSpaceBad, Good: overreachingSpaceGood, Unclear: overreachingSpaceUnclear, Harmless: overreachingSpaceHarmless,
	check: func(p *pass) {
		rooms := p.eachRoom()
		for i := range rooms {
			p.checkOverreach(&rooms[i])
		}
	},
}

func (p *pass) checkOverreach(r *room) {
	var over []record.Claim[accountability.LearningSpace]
	var words, unclear []string
	says := false
	for _, c := range r.claims {
		s := c.Record
		wide := false
		for _, text := range s.Protected {
			says = true
			for _, word := range append(slices.Clone(beyondProtection), s.Never...) {
				switch {
				case strings.TrimSpace(bare(word)) == "":
				case bare(text) == bare(word):
					wide, words = true, append(words, quoted(plain(text)))
				case speaksOf(text, []string{word}) && !slices.ContainsFunc(s.Never, func(n string) bool { return bare(n) == bare(word) }):
					unclear = append(unclear, quoted(plain(text)))
				}
			}
		}
		if wide {
			over = append(over, c)
		}
	}
	slices.Sort(words)
	slices.Sort(unclear)
	name := p.roomName(r)
	question := "whether " + name + " protects what no space may"
	switch {
	case len(over) > 0:
		trigger := proof(p, accountability.KindSpace, over)
		p.finding(r.ref(), attributed(trigger, name+" protects "+listed(slices.Compact(words))+", which no learning space may"), trigger)
	case len(unclear) > 0:
		p.cannot(r.ref(), question, Missing{What: "what " + listed(slices.Compact(unclear)) + " protects", Ground: "not said in a word of its own", Way: "list what it protects one by one, and among what it never protects whatever is excepted"})
	case !says:
		p.cannot(r.ref(), question, unrecorded("what it protects", "the consequences that the space suspends"))
	default:
		p.nothing(r.ref())
	}
}

var boundsBreached = &Rule{
	ID: "D03", Slug: "bounds-breached", Severity: Caution,
	Title: "What was tried under a learning space went beyond its bounds",
	Why: "The bounds of a learning space are what those who carry the risk agreed to. Beyond them nobody has agreed to anything: the protection ends there, and those who went on may not know it. " +
		"A breach that nobody mentions also tells everyone that the next bound is not meant.",
	Fires: "An outside-limits event is recorded on a learning space or on what was tried or failed under it; or the experiments under it have cost more in all than its cap; or one of them certainly began or ended after the space had ended. " +
		"An outside-limits event marked absent on the space, without any of these, says that all stayed within. It cannot tell where neither is recorded, or a cap and a cost are in different currencies.",
	FalseAlarm: "The bounds were widened openly before that, and nobody has recorded it.",
	Question:   "Who noticed that the bound was passed, and what did they do that day?",
	Sources:    []string{"R9"},
	Needs:      []string{"learning spaces, with their caps and their times", "experiments under them, with when they began and ended and what they cost", "outside-limits events, present or marked absent"},
	Bad:        boundsBreachedBad, Good: boundsBreachedGood, Unclear: boundsBreachedUnclear, Harmless: boundsBreachedHarmless,
	check: func(p *pass) {
		rooms := p.eachRoom()
		for i := range rooms {
			p.checkBreach(&rooms[i])
		}
	},
}

// spentBeyond says whether the experiments under a space cost more than its caps allow, each cost counted once, and whether a
// currency keeps it from being known.
func (r *room) spentBeyond() (most record.Money, over, foreign bool) {
	for _, c := range r.claims {
		left := c.Record.SpendCap
		if left.IsZero() {
			continue
		}
		for _, x := range r.trials {
			for _, trial := range x.claims {
				spent := trial.Record.Spent
				if spent.IsZero() {
					continue
				}
				switch {
				case spent.Currency != left.Currency:
					foreign = true
				case spent.Minor > left.Minor:
					return c.Record.SpendCap, true, false
				case spent.Minor > 0:
					left.Minor -= spent.Minor
				}
				break
			}
		}
	}
	return most, false, foreign
}

func (p *pass) checkBreach(r *room) {
	beyond, _ := p.roomEvents(r, mission.OutsideLimits)
	_, within := p.events(r.ref(), mission.OutsideLimits)
	var clauses []string
	trigger := proof(p, mission.KindEvent, beyond)
	if len(beyond) > 0 {
		clauses = append(clauses, "something went beyond what had been agreed as safe"+p.says(trigger))
	}
	most, over, foreign := r.spentBeyond()
	if over {
		clauses = append(clauses, "what was tried cost more in all than the "+most.String()+" that it allows")
	}
	for _, x := range r.trials {
		late := slices.ContainsFunc(x.claims, func(c record.Claim[learning.Experiment]) bool {
			return slices.ContainsFunc([]calendar.When{c.Record.Started, c.Record.Concluded}, func(w calendar.When) bool { return !w.After(p.on) && r.endedBefore(w) })
		})
		if late {
			clauses = append(clauses, "the experiment "+quoted(plain(p.m.Name(experimentRef(x.id))))+" was still under way when it had ended")
		}
		if late || over && slices.ContainsFunc(x.claims, func(c record.Claim[learning.Experiment]) bool { return !c.Record.Spent.IsZero() }) {
			trigger = append(trigger, proof(p, learning.KindExperiment, x.claims)...)
		}
	}
	name := p.roomName(r)
	question := "whether what was tried under " + name + " stayed within its bounds"
	switch {
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		p.finding(r.ref(), attributed(trigger, "under "+name+", "+listed(clauses)), trigger, p.roomProof(r)...)
	case foreign:
		p.cannot(r.ref(), question, Missing{What: "what was spent under it", Ground: "not in the currency of its cap", Way: "record the cap and the costs in one currency"})
	case len(within) > 0:
		p.nothing(r.ref())
	default:
		p.cannot(r.ref(), question, p.lessonMissing(r.ref(), mission.OutsideLimits, "whether anything went beyond what had been agreed", "an outside-limits event on the space, or one marked absent"))
	}
}

// endedBefore reports whether, by all claimants, the space had certainly ended before a day.
func (r *room) endedBefore(w calendar.When) bool {
	return !slices.ContainsFunc(r.claims, func(c record.Claim[accountability.LearningSpace]) bool {
		until := c.Valid.Until
		return !w.IsResolved() || !until.IsResolved() || w.Earliest().Before(until.Latest())
	})
}

var noDebrief = &Rule{
	ID: "D04", Slug: "no-debrief", Severity: Caution,
	Title: "What was learnt in a learning space has not been told",
	Why: "A learning space is paid for with consequences that somebody forgoes, and what was learnt is the price. Those who allowed it are owed an account, whatever came of it. " +
		"Where none is given, the next space is refused, and what failed is tried again.",
	Fires: "The debrief of a learning space was due more than D04.days ago, and a debrief event on it marked absent, no earlier than that, says that there was none, or the day recorded for it is still to come. " +
		"Where no day is recorded on which it was due, the end of the space counts. A debrief silences it, and it has nothing to say before it is due. It cannot tell where neither is recorded, or a date is rough.",
	FalseAlarm: "What was learnt was told to those who needed it, one by one.",
	Question:   "What do you know now that you did not know when the space was agreed, and who else knows it?",
	Sources:    []string{"R9"},
	Needs:      []string{"learning spaces, with when they end and when the debrief is due and was held", "debrief events on them, present or marked absent"},
	Thresholds: []Threshold{{Name: "D04.days", Unit: "days", Value: 30,
		Meaning: "how long after the day on which it was due a debrief may be outstanding; no source names a number, and the default is this library's own: a month"}},
	Bad: noDebriefBad, Good: noDebriefGood, Unclear: noDebriefUnclear, Harmless: noDebriefHarmless,
	check: func(p *pass) {
		rooms := p.eachRoom()
		for i := range rooms {
			p.checkDebrief(&rooms[i])
		}
	},
}

func (p *pass) checkDebrief(r *room) {
	held, none := p.events(r.ref(), mission.Debriefed)
	done, rough, unknownDay := len(held) > 0, false, false
	var later []record.Claim[accountability.LearningSpace]
	var due, ends []calendar.When
	for _, c := range r.claims {
		s := c.Record
		switch w := s.Debriefed; {
		case w.IsZero():
		case !w.IsResolved():
			unknownDay = true
		case w.After(p.on):
			later = append(later, c)
		case p.on.IsZero() || !w.Latest().After(p.on):
			done = true
		default:
			rough = true
		}
		if !s.DebriefDue.IsZero() {
			due = append(due, s.DebriefDue)
		}
		if !c.Valid.Until.IsZero() {
			ends = append(ends, c.Valid.Until)
		}
	}
	what := "the day on which its debrief was due"
	if len(due) == 0 {
		due, what = ends, "the day on which it ended"
	}
	none = spoken(none, due...)
	name, age := p.roomName(r), p.older(due, p.limit("days"))
	question := "whether what was learnt in " + name + " has been told"
	switch {
	case done, age == calendar.No:
		p.nothing(r.ref())
	case rough:
		p.cannot(r.ref(), question, p.rough("the day of its debrief", debriefs(r), "the day of the debrief"))
	case unknownDay:
		p.cannot(r.ref(), question, unknown("the day of its debrief", record.StateUnknown, "", "the day of the debrief"))
	case len(later)+len(none) == 0:
		p.cannot(r.ref(), question, p.lessonMissing(r.ref(), mission.Debriefed, "when it was debriefed", "the day of the debrief, or a debrief event on the space marked absent"))
	case age != calendar.Certainly:
		p.cannot(r.ref(), question, p.rough(what, due, what))
	default:
		trigger := dedupe(append(proof(p, mission.KindEvent, none), proof(p, accountability.KindSpace, later)...))
		state := "has not been told" + p.says(trigger)
		if len(none) == 0 {
			state = "is still to be told, " + p.dated(later[0].Record.Debriefed)
		}
		p.finding(r.ref(), attributed(trigger, "what was learnt in "+name+" "+state)+" "+sentence(what+" was "+p.when(first(due))+", more than "+count(p.limit("days"))+" days ago"), trigger, p.roomProof(r)...)
	}
}

// debriefs returns the days recorded for the debrief of a space.
func debriefs(r *room) []calendar.When {
	var days []calendar.When
	for _, c := range r.claims {
		if !c.Record.Debriefed.IsZero() {
			days = append(days, c.Record.Debriefed)
		}
	}
	return days
}
