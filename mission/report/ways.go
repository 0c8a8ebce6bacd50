package report

import (
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// wayRow is one way from who answers to a forum that may ask.
type wayRow struct {
	Who     string
	Steps   []string
	State   tag
	Why     string
	From    []origin
	Certain bool
}

// ways lists the ways from those who answer for a subject to a forum; none where nobody is recorded as answering.
func (s *scribe) ways(subject record.Ref) []wayRow {
	if len(s.register.Duties(subject)) == 0 {
		return nil
	}
	var rows []wayRow
	for _, p := range s.register.PathToForum(subject, s.at) {
		rows = append(rows, s.way(p))
	}
	return rows
}

func (s *scribe) way(p accountability.Path) wayRow {
	row := wayRow{Certain: p.Certain, State: s.mark("whole", "arrives")}
	if !p.Whole {
		row.State, row.Why = s.mark("broken", "breaks"), capital(clean(p.Why, longText))+"."
	} else if n := len(p.Steps); n > 0 {
		row.State.Word = "arrives at " + s.name(p.Steps[n-1].To)
	}
	for i, step := range p.Steps {
		if step.To.Kind == accountability.KindParty && row.Who == "" {
			row.Who = s.name(step.To)
		}
		if i == 0 && step.To.Kind != accountability.KindParty {
			continue // the subject itself
		}
		text := s.name(step.To)
		switch step.Via {
		case accountability.ViaLine:
			text = "answers to " + text
		case accountability.ViaReport:
			text = "reports to " + text
		case accountability.ViaOfParty:
			text = "belongs to " + text
		case accountability.ViaContainer:
			text = "as part of “" + text + "”"
		}
		switch {
		case step.State == accountability.Held || step.State.IsZero() && len(step.Holders) == 0 && step.Via == "":
		case step.State.IsZero():
			text += " (no holder recorded)"
		default:
			text += " (" + s.state(step.State).Word + ")"
		}
		if i == p.Break {
			text += " – it breaks here"
		}
		row.Steps = append(row.Steps, text)
	}
	if row.Who == "" {
		row.Who = "nobody"
	}
	for _, ref := range p.Records {
		if o, ok := s.originOf(ref, words(string(ref.Kind))); ok {
			row.From = append(row.From, o)
		}
	}
	row.From = gathered(row.From)
	return row
}

// sharings says how those who carry a duty share it; their names stand beside it already.
func (s *scribe) sharings(subject record.Ref, duty string, carriers int) []rival {
	var list []rival
	for _, c := range s.register.Sharings(subject, duty, s.at) {
		r := c.Record
		text := words(r.Mode)
		if len(r.Members) > 0 && len(r.Members) != carriers {
			text += ", by " + s.partyNames(r.Members)
		}
		if r.Lead != "" {
			text += "; led by " + s.party(r.Lead).name
		}
		if r.Rule != "" {
			text += "; they decide by " + words(r.Rule)
		}
		if e := clean(r.Escalation, longText); e != "" {
			text += "; when they cannot agree: " + e
		}
		list = append(list, rival{strings.TrimPrefix(text, ", "), s.origin(&r.Record)})
	}
	return list
}

// mostGaps is how many stretches without a holder a post's line names.
const mostGaps = 3

// gapsOf says when a post has had fewer holders than seats.
func (s *scribe) gapsOf(post record.ID) string {
	if s.at.On.IsZero() {
		return ""
	}
	if text, ok := s.vacant[post]; ok {
		return text
	}
	var list []string
	for _, g := range s.register.Gaps(post, s.at) {
		if g.On != calendar.Certainly || g.Until.IsZero() {
			continue // that it is vacant now is said already
		}
		list = append(list, span(g.From, g.Until.Add(-1)))
	}
	if n := len(list); n > mostGaps {
		list = append(list[:0:0], list[n-mostGaps:]...)
		list = append([]string{count(n-mostGaps, "earlier stretch", "earlier stretches")}, list...)
	}
	s.vacant[post] = strings.Join(list, "; ")
	return s.vacant[post]
}

// meetings says how often a forum has met.
func (s *scribe) meetings(forum record.ID) []fact {
	held, off, unknown := 0, 0, 0
	var last calendar.When
	for _, c := range s.register.Meetings(forum, s.at) {
		m := c.Record
		if !s.at.On.IsZero() && m.OnDay.After(s.at.On) {
			continue
		}
		switch took, known := m.Held.Get(); {
		case !known:
			unknown++
		case took:
			held++
			if last.IsZero() || last.Latest().Before(m.OnDay.Latest()) {
				last = m.OnDay
			}
		default:
			off++
		}
	}
	var parts []string
	if held > 0 {
		text := count(held, "held", "held")
		if last.IsResolved() {
			text += ", the last " + s.when(last, false)
		}
		parts = append(parts, text)
	}
	if off > 0 {
		parts = append(parts, count(off, "called off", "called off"))
	}
	if unknown > 0 {
		parts = append(parts, count(unknown, "of which nobody says whether it was held", "of which nobody says whether they were held"))
	}
	if len(parts) == 0 {
		return nil
	}
	return []fact{{"Meetings recorded", strings.Join(parts, "; ")}}
}

// mark is a state of which the glossary says more.
func (s *scribe) mark(mark, word string) tag {
	s.used["mark "+mark] = true
	return tag{mark, word}
}
