package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
)

// coverage says how much the account could see.
func (a *account) coverage() {
	c := &a.review.Coverage
	a.heading("Coverage")
	kinds := make([]string, len(c.Kinds))
	for i, k := range c.Kinds {
		kinds[i] = counted(k.Count, plain(string(k.Kind)))
	}
	if len(kinds) > 0 {
		a.text("  ", "    ", "Records: "+listed(kinds)+".")
	}
	a.text("  ", "    ", "Of "+strconv.Itoa(c.Records)+" (sources and named days apart): "+strconv.Itoa(c.Ungraded)+" without a grade, "+
		strconv.Itoa(c.Unsourced)+" without a source, "+strconv.Itoa(c.Undated)+" that do not say when they were recorded and count from when their source came out.")
	a.WriteString("  What each rule looked at                looked  found  cannot tell  nothing\n")
	for _, r := range c.Rules {
		fmt.Fprintf(&a.page, "    %-35s %6d %6d %12d %8d\n", r.Rule.ID+" "+r.Rule.Slug, r.Looked, r.Found, r.Unassessed, r.Nothing)
	}
	a.text("  ", "  ", c.Statement)
}

// leftOut says which records and fields the view left out, and why.
func (a *account) leftOut() {
	a.heading("What this view left out")
	removed := a.Removed()
	if len(removed) == 0 {
		a.text("  ", "  ", "Nothing.")
		return
	}
	var reasons []string
	for _, r := range removed {
		if !slices.Contains(reasons, r.Why) {
			reasons = append(reasons, r.Why)
		}
	}
	for _, why := range reasons {
		var records, fields []string
		n := 0
		for _, r := range removed {
			switch {
			case r.Why != why:
			case r.Field == "":
				n += r.Count
				records = append(records, counted(r.Count, plain(string(r.Kind))))
			default:
				fields = append(fields, strconv.Itoa(r.Count)+" "+strings.TrimSpace(string(r.Kind)+" "+r.Field))
			}
		}
		if n > 0 {
			a.text("  ", "    ", "This view left out "+counted(n, "record")+" because: "+why+a.gradesLeftOut(why)+" ("+listed(records)+").")
		}
		if len(fields) > 0 {
			a.text("  ", "    ", "This view left out fields because: "+why+" ("+listed(fields)+").")
		}
	}
}

// gradesLeftOut names the grades behind a removal by grade.
func (a *account) gradesLeftOut(why string) string {
	if why != record.ByGrade.String() {
		return ""
	}
	var names []string
	for _, g := range a.View().Without {
		names = append(names, g.String())
	}
	return ": " + listed(names)
}

func (a *account) outRecords() (n int) {
	for _, r := range a.Removed() {
		if r.Field == "" {
			n += r.Count
		}
	}
	return n
}

func (a *account) outFields() (n int) {
	for _, r := range a.Removed() {
		if r.Field != "" {
			n += r.Count
		}
	}
	return n
}

func (a *account) outSummary() string {
	var parts []string
	if n := a.outRecords(); n > 0 {
		parts = append(parts, counted(n, "record"))
	}
	if n := a.outFields(); n > 0 {
		parts = append(parts, counted(n, "field"))
	}
	return listed(parts)
}

// sources lists what the marks in brackets refer to.
func (a *account) sources() {
	a.heading("Sources")
	for i := range a.spec.Sources {
		s := &a.spec.Sources[i]
		published := ""
		if !s.Published.IsZero() {
			published = ", " + a.when(s.Published)
		}
		a.text("  ", "    ", string(s.ID)+": "+s.Title+published)
	}
}
