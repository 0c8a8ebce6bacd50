package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// How days, amounts, names and sources are put into words.

// day writes a date: "5 December 2024".
func day(d calendar.Date) string {
	return strconv.Itoa(d.Day()) + " " + d.Month().String() + " " + strconv.Itoa(d.Year())
}

// when writes a rough date: a named day by its name.
func (a *account) when(w calendar.When) string {
	switch text := w.String(); {
	case w.IsZero():
		return "a day not stated"
	case w.IsUnknown():
		return "a day not known"
	case w.IsNamed():
		return a.Name(record.Ref{Kind: record.KindDay, ID: record.ID(text)})
	case w.IsExact():
		return day(w.Earliest())
	case len(text) == len("2024-07"):
		return w.Earliest().Month().String() + " " + strconv.Itoa(w.Earliest().Year())
	case strings.HasPrefix(text, "FY"):
		return "the financial year " + text[len("FY"):]
	case strings.HasPrefix(text, "SY"):
		return "the school year " + text[len("SY"):]
	case strings.Contains(text, "/"):
		return "a day from " + day(w.Earliest()) + " to " + day(w.Latest())
	default:
		return text
	}
}

// amount writes a quantity with its unit, thousands apart: "1,500,000 homes". A percentage keeps its decimals.
func amount(q record.Quantity, unit string) string {
	whole, part, point := strings.Cut(q.String(), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + part
	}
	return strings.TrimSpace(sign + whole + " " + unit)
}

// mark says how strong a record's source is and where it stands: "[secondary: tracker, 18 weeks]".
func (a *account) mark(r *record.Record) string {
	return "[" + grounds(r) + "]"
}

func grounds(r *record.Record) string {
	s := r.Grade.String()
	if r.Source != "" {
		s += ": " + string(r.Source)
	}
	if r.At != "" {
		s += ", " + r.At
	}
	return s
}

// marks is mark for the records of some kinds among those an answer used, each text once.
func (a *account) marks(refs []record.Ref, kinds ...record.Kind) string {
	var list []string
	for _, ref := range refs {
		if !slices.Contains(kinds, ref.Kind) {
			continue
		}
		if r, ok := a.Record(ref); ok && !slices.Contains(list, a.mark(&r)) {
			list = append(list, a.mark(&r))
		}
	}
	return strings.Join(list, " ")
}

// said is the mark with the claimant in it, where one is named.
func (a *account) said(r *record.Record) string {
	if r.Claimant == "" {
		return a.mark(r)
	}
	return "[" + grounds(r) + "; claimant: " + a.claimant(r.Claimant) + "]"
}

// claimant is a name in words, or the name of the party that it is the id of.
func (a *account) claimant(s string) string {
	if s == "" {
		return "a claimant who is not named"
	}
	if a.about(record.ID(s)).Kind == 0 {
		return s
	}
	return a.party(record.ID(s))
}

// party is the name of a party. Persons whose names the view leaves out are called that; so is whom it leaves out whole.
func (a *account) party(id record.ID) string {
	ref := record.Ref{Kind: accountability.KindParty, ID: id}
	if why, out := a.Excluded(ref); out {
		return "somebody left out by this view (" + why.String() + ")"
	}
	switch p := a.about(id); {
	case p.Name != "":
		return p.Name
	case p.Kind == accountability.Person:
		return "a person, not named here"
	}
	return string(id)
}

// about is what the plan says of a party on the view's day, or, for a party of which it says so only of other days or only
// later, what it says first: what a post is called is no news.
func (a *account) about(id record.ID) accountability.Party {
	for _, c := range a.Register().Party(id, record.Moment{}) {
		return *c.Record
	}
	for i := range a.spec.Parties {
		if p := &a.spec.Parties[i]; p.ID == id || p.Fact() == id {
			return *p
		}
	}
	return accountability.Party{}
}

// parties joins the names of parties.
func (a *account) parties(ids []record.ID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = a.party(id)
	}
	return listed(names)
}

// quoted is the name of a record in quotation marks.
func (a *account) quoted(ref record.Ref) string {
	if ref.Kind == accountability.KindParty {
		return `"` + a.party(ref.ID) + `"`
	}
	return `"` + a.Name(ref) + `"`
}

// subject names a record in a sentence: its kind and its name.
func (a *account) subject(ref record.Ref) string {
	if ref.IsZero() {
		return "the plan as a whole"
	}
	return plain(string(ref.Kind)) + " " + a.quoted(ref)
}

// plain is a word of an open list without its hyphens.
func plain(s string) string { return strings.ReplaceAll(s, "-", " ") }

// listed joins words: "a", "a and b", "a, b and c".
func listed(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// counted is a number and a noun: "1 record", "2 records".
func counted(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ay"):
		noun = noun[:len(noun)-1] + "ies"
	default:
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// sentence ends a text with a full stop, unless it has one.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}
