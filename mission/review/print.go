package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
)

// width is how many columns the texts of [Review.String] take at most, but for words that are longer.
const width = 80

// most is how many subjects a line of the account names before it counts the rest.
const most = 8

// Basis says what the finding rests on, where that is weak or made up, and is empty otherwise.
func (f *Finding) Basis() string {
	var parts []string
	if f.Weak {
		parts = append(parts, "It rests only on hearsay, opinion or forecast.")
	}
	if f.Illustrative {
		invented := 0
		for _, e := range f.Evidence {
			if e.Grade == record.Illustrative {
				invented++
			}
		}
		if invented == len(f.Evidence) {
			parts = append(parts, "Every record under it is made up, to show something.")
		} else {
			parts = append(parts, strconv.Itoa(invented)+" of the "+strconv.Itoa(len(f.Evidence))+" records under it are made up, to show something.")
		}
	}
	return strings.Join(parts, " ")
}

// String returns the finding on one line: the rule, the subject, the text and what it rests on.
func (f Finding) String() string {
	s := f.Rule.ID + " " + f.Rule.Slug + " (" + f.Rule.Severity.String() + ") " + f.Subject.String() + ": " + f.Text
	if basis := f.Basis(); basis != "" {
		s += " " + basis
	}
	if f.Waiver != nil {
		s += " " + f.Waiver.Text
	}
	return s
}

// String returns the rule, the subject and the text on one line.
func (u Unassessed) String() string {
	return u.Rule.ID + " " + u.Rule.Slug + " " + u.Subject.String() + ": " + u.Text
}

// String says what is missing and how the records stand on it.
func (m Missing) String() string { return m.phrase() }

// String names the record, its grade and where it comes from: `duty/lead (first-hand, "The avoidable demise", S1:19)`.
func (e Evidence) String() string {
	parts := []string{e.Grade.String()}
	if e.Claimant != "" {
		parts = append(parts, e.Claimant)
	}
	if place := e.place(); place != "" {
		parts = append(parts, place)
	}
	return e.Ref.String() + " (" + strings.Join(parts, ", ") + ")"
}

// String names the threshold, its value, and whether the caller has set it: `F38.days = 100 days (default)`.
func (t Threshold) String() string {
	s := t.Name + " = " + count(t.Value) + " " + t.Unit
	if t.Set {
		return s + " (set)"
	}
	return s + " (default)"
}

// String returns the review as plain text in 80 columns: the findings with their evidence and questions, what could not be
// told and what to record, and the coverage. Programs should read the fields: the layout may change.
func (r *Review) String() string {
	var w writer
	w.findings(r)
	w.heading("Cannot tell: " + strconv.Itoa(len(r.Unassessed)))
	if len(r.Unassessed) > 0 {
		w.line("")
	}
	for rest := r.Unassessed; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(u Unassessed) bool { return u.Rule != rest[0].Rule })
		if n < 0 {
			n = len(rest)
		}
		w.unassessed(rest[:n])
		rest = rest[n:]
	}
	w.heading("Coverage")
	w.coverage(r)
	return w.String()
}

// findings writes the head of a review and its findings.
func (w *writer) findings(r *Review) {
	title := "Review"
	if !r.On.IsZero() {
		title += " on " + day(r.On)
	}
	if !r.Known.IsZero() {
		title += ", as known at " + r.Known.UTC().Format("2006-01-02 15:04 MST")
	}
	w.line(title)
	w.heading("Findings: " + strconv.Itoa(len(r.Findings)) + asideCount(r.Findings))
	for i := range r.Findings {
		w.finding(&r.Findings[i])
	}
}

// asideCount says how many findings are set aside, and nothing where none is.
func asideCount(findings []Finding) string {
	n := 0
	for i := range findings {
		if findings[i].Waiver != nil {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return " (set aside for now: " + strconv.Itoa(n) + ")"
}

type writer struct{ strings.Builder }

func (w *writer) line(s string) { w.WriteString(s + "\n") }

func (w *writer) heading(s string) { w.line("\n" + s) }

// text writes words in lines of at most width columns; lines after the first have their own indent.
func (w *writer) text(indent, hanging, s string) {
	column := 0
	for word := range strings.FieldsSeq(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
			w.WriteString(indent)
			column = len(indent)
		case column+1+n > width:
			w.WriteString("\n" + hanging)
			column = len(hanging)
		default:
			w.WriteString(" ")
			column++
		}
		w.WriteString(word)
		column += n
	}
	w.WriteString("\n")
}

func (w *writer) finding(f *Finding) {
	w.WriteString("\n")
	w.text("  ", "      ", f.Rule.ID+" "+f.Rule.Slug+" ("+f.Rule.Severity.String()+"): "+f.Subject.String())
	w.text("    ", "    ", f.Text)
	if f.Waiver != nil {
		w.text("    ", "      ", f.Waiver.Text)
	}
	rests := make([]string, 0, len(f.Evidence))
	for _, e := range f.Evidence {
		if !e.Context {
			rests = append(rests, e.String())
		}
	}
	if n := len(rests); n > most {
		rests = append(rests[:most], "and "+strconv.Itoa(n-most)+" more")
	}
	w.text("    ", "      ", "Rests on "+strings.Join(rests, "; ")+". "+f.Basis())
	w.text("    ", "      ", "A false alarm if "+lowered(f.Rule.FalseAlarm))
	w.text("    ", "      ", "Ask: "+f.Rule.Question)
	w.thresholds("    ", f.Thresholds)
}

// lowered makes a sentence fit after "if".
func lowered(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

func (w *writer) thresholds(indent string, thresholds []Threshold) {
	for _, t := range thresholds {
		w.text(indent, indent+"  ", "With "+t.String()+".")
	}
}

// unassessed writes what one rule cannot tell, subjects with the same gap together.
func (w *writer) unassessed(list []Unassessed) {
	type gap struct {
		first    *Unassessed
		subjects []string
	}
	var gaps []*gap
	index := make(map[string]*gap)
	for i := range list {
		u := &list[i]
		key := phrases(u.Missing)
		g := index[key]
		if g == nil {
			g = &gap{first: u}
			index[key] = g
			gaps = append(gaps, g)
		}
		g.subjects = append(g.subjects, u.Subject.String())
	}
	for _, g := range gaps {
		n := len(g.subjects)
		if n > most {
			g.subjects = append(g.subjects[:most-1:most-1], "and "+strconv.Itoa(n-most+1)+" more")
		}
		rule := list[0].Rule
		w.text("  ", "      ", rule.ID+" "+rule.Slug+": "+strings.Join(g.subjects, ", "))
		w.text("    ", "    ", sentence(phrases(g.first.Missing))+" "+sentence(ways(g.first.Missing)))
	}
}

func (w *writer) coverage(r *Review) {
	c := &r.Coverage
	kinds := make([]string, len(c.Kinds))
	for i, k := range c.Kinds {
		kinds[i] = string(k.Kind) + " " + strconv.Itoa(k.Count)
	}
	if len(kinds) > 0 {
		w.text("  ", "    ", "Records: "+strings.Join(kinds, ", ")+".")
		apart := ""
		if slices.ContainsFunc(c.Kinds, func(k KindCount) bool { return k.Kind == record.KindSource || k.Kind == record.KindDay }) {
			apart = " (sources and named days apart)"
		}
		w.text("  ", "    ", "Of "+strconv.Itoa(c.Records)+apart+", "+strconv.Itoa(c.Ungraded)+" have no grade, "+
			strconv.Itoa(c.Unsourced)+" no source, "+strconv.Itoa(c.Undated)+" no instant of recording.")
	}
	if len(c.Without) > 0 {
		names := make([]string, len(c.Without))
		for i, g := range c.Without {
			names[i] = g.String()
		}
		w.text("  ", "    ", "The view leaves out "+listed(names)+".")
	}
	for _, out := range c.Removed {
		what := string(out.Kind)
		if out.Field != "" {
			what += " " + out.Field
		}
		w.text("  ", "    ", "Left out: "+strconv.Itoa(out.Count)+" "+what+" ("+out.Why+").")
	}
	var idle, thresholds []string
	w.line("  Subjects that each rule looked at:     looked  found  cannot tell  nothing")
	for _, k := range c.Rules {
		for _, t := range k.Thresholds {
			thresholds = append(thresholds, t.String())
		}
		if k.Looked == 0 {
			idle = append(idle, k.Rule.ID+" "+k.Rule.Slug)
			continue
		}
		fmt.Fprintf(w, "    %-35s %5d %6d %12d %8d\n", k.Rule.ID+" "+k.Rule.Slug, k.Looked, k.Found, k.Unassessed, k.Nothing)
	}
	if len(idle) > 0 {
		w.text("  ", "    ", "Nothing to look at for "+listed(idle)+".")
	}
	if len(thresholds) > 0 {
		w.text("  ", "    ", "Thresholds: "+strings.Join(thresholds, ", ")+".")
	}
	w.text("  ", "  ", c.Statement)
}
