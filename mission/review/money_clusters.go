package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// isMoney reports whether a reference is to something that is money.
func isMoney(ref record.Ref) bool {
	switch ref.Kind {
	case funding.KindAllocation, funding.KindSettlement, funding.KindPool, funding.KindReview, funding.KindShare:
		return true
	}
	return false
}

func (p *pass) checkCluster(on record.Ref, cluster *fact[accountability.Forum]) {
	ref := record.Ref{Kind: accountability.KindForum, ID: cluster.id}
	name := "the mission cluster on " + p.subjectName(on)
	for _, c := range cluster.claims {
		if n := plain(c.Record.Name); n != "" {
			name = "the mission cluster " + quoted(n)
			break
		}
	}
	question := "whether " + name + " came to anything"
	held, moved := p.clusterMeetings(cluster.id)
	met, unmet := p.events(ref, mission.MeetingHeld)
	decided, undecided := p.events(ref, mission.Decision)
	for _, c := range decided {
		moved = moved || slices.ContainsFunc(c.Record.LedTo, isMoney)
	}
	open := p.stillOpen(on)
	context := proof(p, accountability.KindForum, cluster.claims)
	switch {
	case moved || open == calendar.Certainly:
		p.nothing(ref)
	case open == calendar.Possibly && len(unmet)+len(undecided) > 0:
		p.cannot(ref, question, Missing{What: "whether the spending review is concluded", Ground: "not known from the dates", Way: "record the day on which it was concluded more closely"})
	case len(unmet) > 0 && len(met) == 0 && held == 0:
		trigger := proof(p, mission.KindEvent, unmet)
		p.finding(ref, attributed(trigger, name+" has not met"), trigger, context...)
	case len(undecided) > 0 && len(decided) == 0:
		trigger := proof(p, mission.KindEvent, undecided)
		p.finding(ref, attributed(trigger, name+" has settled nothing"), trigger, append(context, proof(p, mission.KindEvent, met)...)...)
	case len(decided) > 0:
		p.cannot(ref, question, unrecorded("what money its decisions moved", "what its decisions led to"))
	default:
		p.cannot(ref, question, leftOut(append(p.m.LeftOut(mission.KindEvent, ref, mission.MeetingHeld), p.m.LeftOut(mission.KindEvent, ref, mission.Decision)...),
			"what it met for and settled", "its meetings and its decisions with what they led to, or a meeting or decision event marked absent"))
	}
}

// clusterMeetings returns how many meetings of a forum are recorded as held, and whether one of them resolved on money.
func (p *pass) clusterMeetings(forum record.ID) (held int, moved bool) {
	for _, c := range p.register.Meetings(forum, p.at) {
		if no(c.Record.Held) || !p.on.IsZero() && c.Record.OnDay.After(p.on) {
			continue
		}
		held++
		moved = moved || slices.ContainsFunc(p.register.Resolutions(c.Record.Fact(), p.at), func(r record.Claim[accountability.Resolution]) bool { return isMoney(r.Record.Subject) })
	}
	return held, moved
}

// stillOpen says whether a subject is a spending review that is not concluded on the day: No for any other subject, and where
// nobody says when it was.
func (p *pass) stillOpen(ref record.Ref) calendar.Certainty {
	r := p.purse().review[ref.ID]
	if ref.Kind != funding.KindReview || r == nil {
		return calendar.No
	}
	var days []calendar.When
	for _, c := range r.claims {
		if !c.Record.Concluded.IsZero() {
			days = append(days, c.Record.Concluded)
		}
	}
	open := agreed(days, func(w calendar.When) calendar.Certainty {
		switch {
		case p.on.IsZero():
			return calendar.Possibly
		case w.After(p.on):
			return calendar.Certainly
		case w.Latest().After(p.on):
			return calendar.Possibly
		}
		return calendar.No
	})
	switch {
	case open != 0:
		return open
	case len(days) > 0:
		return calendar.Possibly
	}
	return calendar.No
}

var numbersFirst = &Rule{
	ID: "F74", Slug: "numbers-before-priorities", Severity: Caution,
	Title: "A mission's money was decided on before its priorities were",
	Why: "Where talks start from departments and their totals, what the missions need comes in when there is nothing left to divide. " +
		"Priorities that are agreed afterwards describe the division and do not guide it.",
	Fires: "Money for a mission or one of its milestones was certainly decided on before the first day on which priorities were agreed, by a priorities event on the mission or on the review that the money comes from; or such an event on the mission is marked absent, none is recorded, and money has been decided on. " +
		"Money whose settlement was reopened on or after that day is left aside. It has nothing to say of a mission that is closed or only proposed. It cannot tell where the money, the day of the decision or the agreement is not recorded or its order is not known.",
	FalseAlarm: "The settlement has been taken up again since, with the priorities on the table.",
	Question:   "Which amount would be another if the priorities had come first, and can it still be changed?",
	Sources:    []string{"S1:13"},
	Needs: []string{"allocations and settlements for missions and their milestones, with the days on which they were decided or agreed and reopened",
		"priorities events on missions and spending reviews, present or marked absent"},
	Bad: numbersFirstBad, Good: numbersFirstGood, Unclear: numbersFirstUnclear, Harmless: numbersFirstHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkNumbers(id)
		}
	},
}

// award is money that was decided on: when, when it was taken up again, and which review it comes from.
type award struct {
	decided, reopened []calendar.When
	reviews           []record.ID
	records           []Evidence
}

// awards returns the money for a mission and its milestones, settlements before allocations that are not part of one.
func (p *pass) awards(id record.ID) []award {
	f := p.purse()
	subjects := []record.Ref{missionRef(id)}
	for _, n := range p.m.MilestonesOf(id) {
		subjects = append(subjects, milestoneRef(n))
	}
	var list []award
	seen := make(map[record.Ref]bool)
	settle := func(s *fact[funding.Settlement]) {
		if s == nil || seen[settlementRef(s.id)] {
			return
		}
		seen[settlementRef(s.id)] = true
		one := award{records: proof(p, funding.KindSettlement, s.claims)}
		for _, c := range s.claims {
			if !c.Record.Agreed.IsZero() {
				one.decided = append(one.decided, c.Record.Agreed)
			}
			if !c.Record.Reopened.IsZero() {
				one.reopened = append(one.reopened, c.Record.Reopened)
			}
			one.reviews = append(one.reviews, c.Record.Review)
		}
		list = append(list, one)
	}
	for _, ref := range subjects {
		for _, s := range f.settledFor[ref] {
			settle(s)
		}
		for _, a := range f.moneyFor[ref] {
			if seen[allocationRef(a.id)] {
				continue
			}
			seen[allocationRef(a.id)] = true
			one := award{records: proof(p, funding.KindAllocation, a.claims)}
			for _, c := range a.claims {
				s := f.settlement[c.Record.Settlement]
				if !c.Record.Decided.IsZero() {
					one.decided = append(one.decided, c.Record.Decided)
				}
				if s != nil {
					for _, sc := range s.claims {
						if !sc.Record.Reopened.IsZero() {
							one.reopened = append(one.reopened, sc.Record.Reopened)
						}
						one.reviews = append(one.reviews, sc.Record.Review)
					}
				}
				one.reviews = append(one.reviews, c.Record.Review)
				if len(one.decided) == 0 {
					settle(s)
				}
			}
			if s := f.settlement[a.claims[0].Record.Settlement]; len(one.decided) > 0 || s == nil {
				list = append(list, one)
			}
		}
	}
	return list
}

func (p *pass) checkNumbers(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	if p.over(id) {
		p.nothing(ref)
		return
	}
	question := "whether the priorities of " + name + " came before the numbers"
	awards := p.awards(id)
	agreedOn, absent := p.events(ref, mission.Priorities)
	reviews := make(map[record.ID]bool)
	for _, s := range awards {
		for _, r := range s.reviews {
			for _, up := range p.purse().upwards(r) {
				if !reviews[up] {
					reviews[up] = true
					present, _ := p.events(reviewRef(up), mission.Priorities)
					agreedOn = append(agreedOn, present...)
				}
			}
		}
	}
	var early []Evidence
	var missing []Missing
	if len(awards) == 0 {
		missing = append(missing, leftOut(p.m.LeftOut(funding.KindAllocation, ref, ""), "what money there is for it", "the settlements and allocations for it, with the days on which they were decided"))
	}
	if len(agreedOn) == 0 && len(absent) == 0 {
		missing = append(missing, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.Priorities), "when its priorities were agreed", "a priorities event on the mission or the review, or one marked absent"))
	}
	if len(missing) == 0 {
		for _, s := range awards {
			switch p.precedes(&s, agreedOn) {
			case calendar.Certainly:
				early = append(early, s.records...)
			case calendar.Possibly, 0:
				missing = append(missing, Missing{What: "which came first, the decision on its money or the agreement on its priorities,", Ground: "not known from the dates", Way: "record both days, or record them more closely"})
			}
		}
	}
	switch {
	case len(early) > 0 && len(agreedOn) == 0:
		trigger := proof(p, mission.KindEvent, absent)
		p.finding(ref, attributed(trigger, "money for "+name+" has been decided on, and its priorities have not been agreed"), trigger, dedupe(early)...)
	case len(early) > 0:
		trigger := dedupe(early)
		text := attributed(trigger, "money for "+name+" was decided on before its priorities were agreed")
		if w := earliest(happenedOn(agreedOn)); w.IsResolved() {
			text += " They were agreed " + p.dated(w) + "."
		}
		p.finding(ref, text, trigger, append(proof(p, mission.KindEvent, agreedOn), proof(p, mission.KindMission, p.said[id])...)...)
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

func happenedOn(events []record.Claim[mission.Event]) []calendar.When {
	days := make([]calendar.When, len(events))
	for i, c := range events {
		days[i] = c.Record.OnDay
	}
	return days
}

// precedes says whether money was decided on before the first agreement on priorities, and not taken up again since: zero
// where a day is missing. With no agreement, it does once the money has been decided on.
func (p *pass) precedes(s *award, agreements []record.Claim[mission.Event]) calendar.Certainty {
	if len(agreements) == 0 {
		return agreed(s.decided, func(w calendar.When) calendar.Certainty {
			switch {
			case p.on.IsZero() || w.After(p.on):
				return calendar.No
			case w.Latest().After(p.on):
				return calendar.Possibly
			}
			return calendar.Certainly
		})
	}
	all := calendar.Certainly // it came before each of them
	for _, day := range happenedOn(agreements) {
		one := agreed(s.decided, func(w calendar.When) calendar.Certainty { return before(w, []calendar.When{day}) })
		if one != calendar.No && p.reopenedSince(s, day) {
			one = calendar.No
		}
		switch {
		case one == calendar.No:
			return calendar.No
		case one != calendar.Certainly:
			all = calendar.Possibly
		}
	}
	return all
}

// reopenedSince reports whether money was taken up again on or after a day, as far as the dates can tell.
func (p *pass) reopenedSince(s *award, day calendar.When) bool {
	return slices.ContainsFunc(s.reopened, func(w calendar.When) bool {
		return before(w, []calendar.When{day}) == calendar.No && (p.on.IsZero() || !w.After(p.on))
	})
}
