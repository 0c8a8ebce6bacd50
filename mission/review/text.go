package review

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// longest bounds the names, grounds and titles that texts quote, in runes.
const longest = 160

// plain makes one line of a text of the user's that is safe to print: no control characters, and cut where it is long.
func plain(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] > ' ' && s[i] < utf8.RuneSelf || s[i] == ' ' && i > 0 && s[i-1] != ' '
	}
	if clean && len(s) <= longest && !strings.HasSuffix(s, " ") && !strings.Contains(s, "\x7f") {
		return s
	}
	line, gap := make([]rune, 0, longest+1), false
	for _, r := range s {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			gap = len(line) > 0
			continue
		}
		if gap {
			line, gap = append(line, ' '), false
		}
		if line = append(line, r); len(line) > longest {
			return strings.TrimSpace(string(line[:longest-1])) + "…"
		}
	}
	return string(line)
}

// quoted shows a name in a text.
func quoted(s string) string { return `"` + s + `"` }

// missionName is the mission's name with the word before it.
func (p *pass) missionName(id record.ID) string {
	for _, c := range p.said[id] {
		if name := plain(c.Record.Name); name != "" {
			return "the mission " + quoted(name)
		}
	}
	return "the mission " + quoted(string(id))
}

// name is the milestone's name with the word before it.
func (s *step) name() string {
	for _, c := range s.claims {
		if name := plain(c.Record.Name); name != "" {
			return "the milestone " + quoted(name)
		}
	}
	return "the milestone " + quoted(string(s.id))
}

// partyName names an organisation, body or role. Persons are never named.
func (p *pass) partyName(id record.ID) string {
	switch known := p.party(id); {
	case known.kind == accountability.Person:
		return "a person"
	case known.name != "":
		return known.name
	}
	return quoted(string(id))
}

// partyNames joins names in the order of the parties' ids.
func (p *pass) partyNames(ids []record.ID) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, p.partyName(id))
	}
	return listed(names)
}

// postNames is `the post "Head of mission"`, or several.
func (p *pass) postNames(ids []record.ID) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		names = append(names, `"`+strings.Trim(p.partyName(id), `"`)+`"`)
	}
	if len(names) == 1 {
		return "the post " + names[0]
	}
	return "the posts " + listed(names)
}

// claimant resolves a claimant that is the id of a party.
func (p *pass) claimant(text string) string {
	if text == "" {
		return ""
	}
	known := p.party(record.ID(text))
	switch {
	case known.name != "":
		return known.name
	case known.kind == accountability.Person:
		return "a person"
	}
	return plain(text)
}

// listed joins names: "a", "a and b", "a, b and c".
func listed(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

// attributed makes a sentence of a clause: a plain one, or, where all that triggers it is hearsay, opinion or forecast, one
// that says so and who says it.
func attributed(trigger []Evidence, clause string) string {
	if !weak(trigger) {
		return sentence(clause)
	}
	e := trigger[0]
	by := e.Grade.String()
	if e.Claimant != "" {
		by += ", " + e.Claimant
	}
	if place := e.place(); place != "" {
		by += ", " + place
	}
	verb := "It is said ("
	if e.Grade == record.Forecast {
		verb = "It is expected ("
	}
	return verb + by + ") that " + clause + "."
}

// sentence starts a clause with a capital and ends it.
func sentence(clause string) string {
	r, n := utf8.DecodeRuneInString(clause)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + clause[n:] + "."
}

// place says where a piece of evidence stands, as far as it is recorded: `"Hansard", col. 12`.
func (e *Evidence) place() string {
	title := string(e.Source)
	if e.Title != "" {
		title = quoted(e.Title)
	}
	switch {
	case title == "":
		return e.At
	case e.At == "":
		return title
	}
	return title + ", " + e.At
}

// day writes a date in words: "5 December 2024".
func day(d calendar.Date) string {
	if d.IsZero() {
		return "a day not stated"
	}
	return strconv.Itoa(d.Day()) + " " + d.Month().String() + " " + strconv.Itoa(d.Year())
}

// when writes a rough date in words.
func (p *pass) when(w calendar.When) string {
	switch {
	case w.IsExact() && !w.IsNamed():
		return day(w.Earliest())
	case w.IsZero():
		return "a day not stated"
	case w.IsUnknown():
		return "a day not known"
	case w.IsNamed():
		return plain(p.m.Name(record.Ref{Kind: record.KindDay, ID: record.ID(w.String())}))
	}
	return w.String()
}

// dated is "on 5 December 2024", "in 2024-Q3".
func (p *pass) dated(w calendar.When) string {
	if w.IsExact() || !w.IsResolved() {
		return "on " + p.when(w)
	}
	if w.IsNamed() {
		return "at " + p.when(w)
	}
	return "in " + p.when(w)
}

// first returns the first day that is known, else the first that is stated.
func first(days []calendar.When) calendar.When {
	var w calendar.When
	for _, d := range days {
		if d.IsResolved() {
			return d
		}
		if w.IsZero() {
			w = d
		}
	}
	return w
}

// count writes a number of days, or whatever else the unit is, without decimals that say nothing.
func count(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// unrecorded is something of which nothing is recorded. The way is what to record, in words that follow "record".
func unrecorded(what, way string) Missing { return Missing{What: what, Way: "record " + way} }

// unknown is something of which it is recorded that it is not known, withheld or still to come, or nothing at all.
func unknown(what string, state record.State, ground, way string) Missing {
	m := Missing{What: what, State: state, Ground: plain(ground), Way: "record " + way}
	switch state {
	case record.StateUnknown:
		m.Way = "look again, and record " + way
	case record.StateWithheld:
		m.Way = "ask on what ground and until when it is withheld, and once it is released record " + way
	case record.StatePending:
		m.Way = "once it exists, record " + way
	case record.StateKnown, record.StateNotApplicable:
		m.State = 0
	}
	return m
}

// leftOut is something that the view leaves out, if it leaves out any of the records; else nothing is recorded of it.
func leftOut(refs []record.Ref, what, way string) Missing {
	m := unrecorded(what, way)
	if len(refs) == 0 {
		return m
	}
	m.LeftOut = refs
	inOrder(m.LeftOut, func(r *record.Ref) record.Ref { return *r })
	names := make([]string, len(refs))
	for i, r := range m.LeftOut {
		names[i] = r.String()
	}
	m.Ground = "left out by the view (" + listed(names) + ")"
	m.Way = "look at it again with the records that the view leaves out, or " + m.Way
	return m
}

// contested is something on which claimants differ.
func contested(what, way string) Missing {
	return Missing{What: what, Ground: "contested: claimants differ", Way: "settle which of the claims holds, and record " + way}
}

// rough is a day that is not known well enough.
func (p *pass) rough(what string, days []calendar.When, way string) Missing {
	if p.on.IsZero() {
		return noDay()
	}
	w := first(days)
	switch {
	case w.IsZero():
		return unrecorded(what, way)
	case !w.IsResolved():
		return unknown(what, record.StateUnknown, "", way)
	case len(days) > 1:
		return Missing{What: what, Ground: "not known well enough: claimants give " + p.when(days[0]) + " and " + p.when(days[len(days)-1]), Way: "record " + way + " more closely"}
	}
	return Missing{What: what, Ground: "known only as " + p.when(w), Way: "record " + way + " more closely"}
}

func noDay() Missing {
	return Missing{What: "the day that the review is about", Ground: "not set", Way: "give the view a day"}
}

// phrase says how the records stand on what is missing.
func (m *Missing) phrase() string {
	ground := ""
	if m.Ground != "" {
		ground = " (" + m.Ground + ")"
	}
	switch m.State {
	case record.StateUnknown:
		return m.What + " is stated to be unknown" + ground
	case record.StateWithheld:
		return m.What + " is withheld" + ground
	case record.StatePending:
		return m.What + " is still to come" + ground
	}
	if m.Ground != "" {
		return m.What + " is " + m.Ground
	}
	return m.What + " is not recorded"
}

func phrases(missing []Missing) string {
	if len(missing) == 1 {
		return missing[0].phrase()
	}
	parts := make([]string, len(missing))
	for i := range missing {
		parts[i] = missing[i].phrase()
	}
	return strings.Join(parts, "; ")
}

func ways(missing []Missing) string {
	if len(missing) == 1 {
		return missing[0].Way
	}
	parts := make([]string, 0, len(missing))
	for i := range missing {
		if !slices.Contains(parts, missing[i].Way) {
			parts = append(parts, missing[i].Way)
		}
	}
	return strings.Join(parts, "; ")
}
