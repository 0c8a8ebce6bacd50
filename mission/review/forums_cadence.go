package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rule on boards that stop meeting.

var cadenceLapse = &Rule{
	ID: "F46", Slug: "cadence-lapse", Severity: Note,
	Title: "A board has not met as often as it was to",
	Why: "A meeting that comes round as promised, above all one in public, is when a mission is told again and looked at together. The first one that is called off is an accident; after the second nobody prepares. " +
		"A rhythm that was announced and lapses says more than one that was never announced.",
	Fires: "From the last time that a board met, or, where it never met, from the day since which it exists, to a later day of which it is recorded that it had not met, lie certainly more days than it was to let pass and F46.tolerance more. " +
		"Such a record is a meeting that was called off, or a meeting event marked absent. A recess event in that time, on the board, its mission or on nothing in particular, silences it. " +
		"It cannot tell where it is not recorded how often the board was to meet, in words that it knows such as monthly or every six weeks, nor where more time has passed and nobody has recorded whether it met.",
	FalseAlarm: "There was a recess or an election, or it met and nobody has recorded it.",
	Question:   "What has the board not heard, and who has not heard from the board, since it last met?",
	Sources:    []string{"S4:42"},
	Needs:      []string{"boards, with how often they are to meet", "their meetings, held or called off, and meeting events on them, present or marked absent", "recess events"},
	Thresholds: []Threshold{{Name: "F46.tolerance", Unit: "days", Value: 14,
		Meaning: "how many days late a meeting may be; no source names a number, and the default is two weeks"}},
	Bad: cadenceLapseBad, Good: cadenceLapseGood, Unclear: cadenceLapseUnclear, Harmless: cadenceLapseHarmless,
	check: func(p *pass) {
		for _, f := range p.eachForum() {
			if f.isBoard() {
				p.checkCadence(&f)
			}
		}
	},
}

func (p *pass) checkCadence(f *forum) {
	ref, name := f.ref(), p.boardName(f)
	question := "whether " + name + " meets as often as it was to"
	var interval calendar.Days
	var said string
	for _, c := range f.claims {
		if words := plain(c.Record.Cadence); words != "" {
			if said == "" {
				said = words
			}
			if days := cadence(words); days > interval { // the claimant who expects least counts
				interval, said = days, words
			}
		}
	}
	switch {
	case p.on.IsZero():
		p.cannot(ref, question, noDay())
		return
	case said == "":
		p.cannot(ref, question, unrecorded("how often it is to meet", "its cadence, such as monthly or every six weeks"))
		return
	case interval == 0:
		p.cannot(ref, question, Missing{What: "how often it is to meet", Ground: "recorded in words that this rule does not know (" + quoted(said) + ")", Way: "record its cadence in words such as monthly, quarterly or every six weeks"})
		return
	}
	all := p.sat(f)
	var last []calendar.When
	what := "the day of its last meeting"
	var met []Evidence
	if n := len(all.held); n > 0 {
		last, met = []calendar.When{all.held[n-1].on}, all.held[n-1].evidence
	} else {
		last, what = f.froms(), "the day from which it has existed"
	}
	limit := float64(interval) + p.limit("tolerance")
	now := p.older(last, limit)
	if now == calendar.No {
		p.nothing(ref)
		return
	}
	var trigger []Evidence
	var lapsed calendar.Date // the last day of which it is recorded that the board had not met
	note := func(day calendar.Date, e ...Evidence) {
		w := first(last)
		if !w.IsResolved() || len(last) > 1 && agreed(last, func(w calendar.When) calendar.Certainty { return beyond(day, w, limit) }) != calendar.Certainly {
			return
		}
		if beyond(day, w, limit) == calendar.Certainly {
			trigger = append(trigger, e...)
			if day.After(lapsed) {
				lapsed = day
			}
		}
	}
	for _, s := range all.off {
		if s.on.IsResolved() {
			note(s.on.Earliest(), s.evidence...)
		}
	}
	_, absent := p.events(ref, mission.MeetingHeld)
	for _, c := range absent {
		e := p.evidence(mission.KindEvent, &c.Record.Record)
		switch w := c.Record.OnDay; {
		case w.IsResolved():
			note(w.Earliest(), e)
		case len(all.held) == 0: // it never met, to the claimant's knowledge
			note(p.on, e)
		}
	}
	switch {
	case len(trigger) > 0 && p.rested(f, last, lapsed):
		p.nothing(ref)
	case len(trigger) > 0:
		trigger = dedupe(trigger)
		since := "It last met, as far as is recorded, " + p.dated(first(last))
		if len(all.held) == 0 {
			since = "No meeting of it is recorded since " + p.when(first(last))
		}
		p.finding(ref, attributed(trigger, name+" has not met as often as it was to ("+said+")")+" "+since+", and had not met again by "+day(lapsed)+".",
			trigger, append(p.forumProof(f), met...)...)
	case now == calendar.Certainly:
		p.cannot(ref, question, unrecorded("whether it has met since "+p.when(first(last)), "its meetings, held or called off, or a meeting event marked absent, with the day"))
	default:
		p.cannot(ref, question, p.rough(what, last, what))
	}
}

// beyond says whether a day lies more than some days after another.
func beyond(day calendar.Date, w calendar.When, days float64) calendar.Certainty {
	switch {
	case float64(day.Sub(w.Latest())) > days:
		return calendar.Certainly
	case float64(day.Sub(w.Earliest())) <= days:
		return calendar.No
	}
	return calendar.Possibly
}

// rested reports whether a recess is recorded between the last meeting and a day.
func (p *pass) rested(f *forum, last []calendar.When, until calendar.Date) bool {
	for _, of := range append([]record.Ref{f.ref(), {}}, f.served()...) {
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

// units of time, with the most days that they may have.
var spans = map[string]calendar.Days{
	"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "fortnights": 14, "month": 31, "months": 31,
	"quarter": 92, "quarters": 92, "term": 122, "year": 366, "years": 366,
}

var rhythms = map[string]calendar.Days{
	"daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 31, "bimonthly": 62, "quarterly": 92, "termly": 122,
	"half-yearly": 184, "biannually": 184, "yearly": 366, "annually": 366, "annual": 366,
}

var numbers = map[string]calendar.Days{
	"other": 2, "second": 2, "two": 2, "third": 3, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "twelve": 12, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "9": 9, "10": 10, "12": 12,
}

// cadence reads how many days may lie between two meetings, at most, out of words such as "monthly", "every six weeks",
// "in public each quarter" and "twice a year". Zero means that it does not know the words.
func cadence(said string) calendar.Days {
	words := strings.FieldsFunc(strings.ToLower(said), func(r rune) bool { return strings.ContainsRune(" ,.;:()", r) })
	at := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	for i, word := range words {
		if days := rhythms[word]; days > 0 {
			return days
		}
		switch word {
		case "every", "each":
			if n := numbers[at(i+1)]; n > 0 {
				return n * spans[at(i+2)]
			}
			return spans[at(i+1)]
		case "once", "twice":
			if next := at(i + 1); next == "a" || next == "every" || next == "each" {
				days := spans[at(i+2)]
				if word == "twice" {
					days = (days + 1) / 2
				}
				return days
			}
		}
	}
	return 0
}
