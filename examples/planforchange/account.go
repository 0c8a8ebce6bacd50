package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// width is how many columns the account takes.
const width = 80

// account writes what a model says, as text.
type account struct {
	w     io.Writer
	model *mission.Model
}

func (a *account) write() {
	a.head()
	for _, id := range a.model.Missions() {
		a.mission(id)
	}
	a.dependencies()
	a.money()
	fmt.Fprintln(a.w)
	fmt.Fprint(a.w, review.Of(a.model))
}

func (a *account) head() {
	spec, view := a.model.Spec(), a.model.View()
	a.para("", "", spec.Title)
	fmt.Fprintln(a.w, strings.Repeat("=", min(width, utf8.RuneCountInString(spec.Title))))
	day := "no day is given, so nothing can be said to be met or missed"
	if !view.On.IsZero() {
		day = "as of " + view.On.String()
	}
	if !view.Known.IsZero() {
		day += ", knowing only what was recorded by " + view.Known.UTC().Format("2006-01-02 15:04 UTC")
	}
	a.para("", "", "An account "+day+".")
	for _, r := range a.model.Removed() {
		what := fmt.Sprintf("%d %s record(s)", r.Count, r.Kind)
		if r.Field != "" {
			what = fmt.Sprintf("the member %q of %d %s record(s)", r.Field, r.Count, r.Kind)
		}
		a.para("", "  ", "Left out: "+what+": "+r.Why+".")
	}
	a.para("", "", "In brackets stand the grade of a source and its id; (illustrative) is made up.")
}

func (a *account) heading(text string) {
	fmt.Fprintln(a.w)
	a.para("", "", strings.ToUpper(text))
}

// para writes text behind a first indent, and further lines behind another, none longer than width unless one word is.
func (a *account) para(first, rest, text string) {
	line, used := first, false
	for word := range strings.FieldsSeq(text) {
		if used && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			fmt.Fprintln(a.w, line)
			line, used = rest, false
		}
		if used {
			line += " "
		}
		line, used = line+word, true
	}
	fmt.Fprintln(a.w, line)
}

// item writes a line of a list.
func (a *account) item(format string, args ...any) {
	a.para("  - ", "    ", fmt.Sprintf(format, args...))
}

// rests says in brackets what a record rests on.
func (a *account) rests(r *record.Record) string {
	s := r.Grade.String()
	if r.Source != "" {
		s += ", " + string(r.Source)
		if r.At != "" && r.At != string(r.Source) {
			s += " " + r.At
		}
	}
	return "(" + s + ")"
}

// said says who claims what a record says, where somebody is named.
func said(r *record.Record) string {
	if r.Claimant == "" {
		return ""
	}
	return ", says " + r.Claimant
}

func (a *account) name(kind record.Kind, id record.ID) string {
	return a.model.Name(record.Ref{Kind: kind, ID: id})
}
