package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rule on accounts that are owed and do not come.

var accountOverdue = &Rule{
	ID: "B24", Slug: "account-overdue", Severity: Caution,
	Title: "An account that is owed has not been given",
	Why: "To be accountable is to have to explain oneself to somebody who may ask and judge, at a time that comes round. An account that is put off is missed by nobody on the day, and after the second time nobody expects it. " +
		"The line stands on paper, and what it was to bring to light stays where it is.",
	Fires: "From the last account on a line, or, where none is recorded, from the day since which the line holds, to a later day of which an account-given event marked absent says that none had come, lie certainly more days than the line lets pass and B24.slack more. " +
		"A line that owes an account and does not say how often is taken to owe one within B24.days. The events are those on the line, and those on its subject by its actor or with its forum. Where no start is recorded, an event marked absent is enough. A recess event in that time, on the line, its forum, its subject or on nothing in particular, silences it. " +
		"It looks at lines that say how often, and at lines with such events. It cannot tell where it is not recorded that an account is owed, nor where the time has passed and nobody has recorded whether one came, a date is rough, or no day is set.",
	FalseAlarm: "The account was given in private, or the forum did not sit.",
	Question:   "What would whoever is owed this account ask first, if it came tomorrow?",
	Sources:    []string{"R16"},
	Needs:      []string{"lines of account, with what they owe and how often", "account-given events on lines and on their subjects, present or marked absent", "recess events"},
	Thresholds: []Threshold{
		{Name: "B24.slack", Unit: "days", Value: 30, Meaning: "how many days late an account may be; no source names a number, and the default of a month is declared here"},
		{Name: "B24.days", Unit: "days", Value: 366, Least: 1, Meaning: "within how many days an account is owed on a line that does not say how often; no source names a number, and the default is the year of public accounts"},
	},
	Bad: accountOverdueBad, Good: accountOverdueGood, Unclear: accountOverdueUnclear, Harmless: accountOverdueHarmless,
	check: func(p *pass) {
		lines := p.linesByFact()
		for _, id := range sortedKeys(lines) {
			p.checkAccount(id, lines[id])
		}
	},
}

// owing is what is said of the accounts on one line.
type owing struct {
	every         calendar.Days // zero where nobody says
	owed, free    bool          // somebody says that an account is owed, that none is
	rough         bool          // whether the line is in force
	froms         []calendar.When
	given, absent []record.Claim[mission.Event]
	places        []record.Ref // where a recess counts
}

func (p *pass) owing(id record.ID, claims []record.Claim[accountability.Line]) owing {
	var o owing
	o.given, o.absent = p.events(lineRef(id), mission.AccountGiven)
	o.places = []record.Ref{lineRef(id), {}}
	for _, c := range claims {
		l := c.Record
		o.every = max(o.every, l.Every) // the claimant who expects least counts
		o.owed = o.owed || l.Every > 0 || yes(l.Informs) || yes(l.Justifies)
		o.free = o.free || no(l.Informs) && no(l.Justifies)
		o.rough = o.rough || c.On != calendar.Certainly
		if !l.From.IsZero() {
			o.froms = append(o.froms, l.From)
		}
		o.places = append(o.places, l.Forum)
		if l.Subject.IsZero() {
			continue
		}
		o.places = append(o.places, l.Subject)
		theirs := func(c record.Claim[mission.Event]) bool {
			by, with := c.Record.By, c.Record.With
			actor, forum := slices.Contains(by, l.Actor), l.Forum.Kind == accountability.KindParty && slices.Contains(with, l.Forum.ID)
			return (actor || len(by) == 0) && (forum || len(with) == 0) && (actor || forum)
		}
		given, absent := p.events(l.Subject, mission.AccountGiven)
		for _, g := range given {
			if theirs(g) {
				o.given = append(o.given, g)
			}
		}
		for _, a := range absent {
			if theirs(a) {
				o.absent = append(o.absent, a)
			}
		}
	}
	return o
}

func (p *pass) checkAccount(id record.ID, claims []record.Claim[accountability.Line]) {
	o := p.owing(id, claims)
	if o.every == 0 && len(o.given) == 0 && len(o.absent) == 0 {
		return
	}
	ref, name := lineRef(id), p.lineName(claims[0].Record)
	question := "whether an account is overdue on " + name
	switch {
	case o.free && !o.owed:
		p.nothing(ref)
		return
	case !o.owed:
		p.cannot(ref, question, unrecorded("whether an account is owed on it, and how often", "what the line owes, and how many days may lie between two accounts"))
		return
	case p.on.IsZero():
		p.cannot(ref, question, noDay())
		return
	}
	limit := p.limit("days")
	if o.every > 0 {
		limit = float64(o.every)
	}
	limit += p.limit("slack")
	last, what := o.froms, "the day from which the line holds"
	if len(o.given) > 0 {
		last, what = []calendar.When{lastOf(o.given)}, "the day of the last account"
	}
	now := p.older(last, limit)
	if now == calendar.No {
		p.nothing(ref)
		return
	}
	trigger, until := p.unheard(o, last, limit)
	switch {
	case len(trigger) > 0 && p.paused(o.places, last, until):
		p.nothing(ref)
	case len(trigger) > 0 && o.rough:
		p.cannot(ref, question, roughDuty("whether it is in force on that day"))
	case len(trigger) > 0:
		since := "The last account that is recorded came " + p.dated(first(last)) + "."
		switch {
		case len(o.given) > 0:
		case first(last).IsResolved():
			since = "None is recorded since " + p.when(first(last)) + "."
		default:
			since = "Since when it has been owed is not recorded."
		}
		p.finding(ref, attributed(trigger, name+" owes an account within "+count(limit-p.limit("slack"))+" days, and none had come by "+day(until))+" "+since,
			trigger, append(proof(p, accountability.KindLine, claims), proof(p, mission.KindEvent, o.given)...)...)
	case now == calendar.Certainly || !first(last).IsResolved() && len(o.given) == 0:
		p.cannot(ref, question, unrecorded("whether an account was given in that time", "account-given events on the line, present or marked absent, with their days"))
	default:
		p.cannot(ref, question, p.rough(what, last, what))
	}
}

// lastOf is the day of the event that comes last, as far as the days are known.
func lastOf(events []record.Claim[mission.Event]) calendar.When {
	var last calendar.When
	for _, c := range events {
		if w := c.Record.OnDay; !last.IsResolved() || w.IsResolved() && w.Latest().After(last.Latest()) {
			last = w
		}
	}
	return last
}

// unheard returns the statements that no account had come when it was certainly overdue, and the last day of which they say
// so.
func (p *pass) unheard(o owing, last []calendar.When, limit float64) (trigger []Evidence, until calendar.Date) {
	for _, c := range o.absent {
		by := c.Record.OnDay
		day := by.Earliest()
		switch {
		case by.IsResolved():
		case len(o.given) == 0: // none ever came, to the claimant's knowledge
			day = p.on
		default:
			continue
		}
		if late := agreed(last, func(w calendar.When) calendar.Certainty { return beyond(day, w, limit) }); late != calendar.Certainly && (late != 0 || len(o.given) > 0) {
			continue
		}
		trigger = append(trigger, p.evidence(mission.KindEvent, &c.Record.Record))
		if day.After(until) {
			until = day
		}
	}
	return dedupe(trigger), until
}

// paused reports whether a recess is recorded, in one of some places, between a day and another.
func (p *pass) paused(places []record.Ref, last []calendar.When, until calendar.Date) bool {
	for _, of := range places {
		present, _ := p.events(of, mission.Recess)
		if slices.ContainsFunc(present, func(c record.Claim[mission.Event]) bool {
			w := c.Record.OnDay
			return !w.IsResolved() || before(w, last) != calendar.Certainly && !w.After(until)
		}) {
			return true
		}
	}
	return false
}
