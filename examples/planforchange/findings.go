package main

import (
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission/review"
)

// findings prints what the rules warn of, by rule: what triggered it, on what evidence, when it would be a false alarm,
// and the question to ask next.
func (a *account) findings() {
	a.heading("Findings: " + strconv.Itoa(len(a.review.Findings)))
	a.text("  ", "  ", "A finding opens a conversation and is no mark against anybody. The order is that of the rules' numbers and means nothing.")
	var rule *review.Rule
	for i := range a.review.Findings {
		f := &a.review.Findings[i]
		if f.Rule != rule {
			rule = f.Rule
			a.rule(rule)
			a.text("    ", "      ", "False alarm if: "+rule.FalseAlarm)
			a.text("    ", "      ", "Ask next: "+rule.Question)
			for _, t := range f.Thresholds {
				a.text("    ", "      ", "Threshold: "+t.String())
			}
		}
		a.text("  - ", "    ", f.Text+" "+f.Basis())
		var rests []string
		for _, e := range f.Evidence {
			if !e.Context {
				rests = append(rests, evidence(&e))
			}
		}
		a.text("    ", "      ", "Rests on "+strings.Join(rests, "; ")+".")
	}
}

// rule starts what one rule has to say.
func (a *account) rule(r *review.Rule) {
	a.title(r.ID + " " + r.Slug + " (" + r.Severity.String() + "): " + r.Title)
}

// evidence names a record, and its source as the rest of the account does.
func evidence(e *review.Evidence) string {
	s := e.Ref.String() + " [" + e.Grade.String()
	if e.Source != "" {
		s += ": " + string(e.Source)
	}
	if e.At != "" {
		s += ", " + e.At
	}
	return s + "]"
}

// untold prints what the rules cannot tell, by rule and then by what is missing.
func (a *account) untold() {
	a.heading("What could not be assessed: " + strconv.Itoa(len(a.review.Unassessed)))
	a.text("  ", "  ", "None of this is a pass, and none a finding: the records do not say.")
	type gap struct {
		missing  []review.Missing
		subjects []record.Ref
	}
	for rest := a.review.Unassessed; len(rest) > 0; {
		rule, n := rest[0].Rule, 0
		var gaps []*gap
		byMissing := make(map[string]*gap)
		for ; n < len(rest) && rest[n].Rule == rule; n++ {
			key := missing(rest[n].Missing)
			if byMissing[key] == nil {
				byMissing[key] = &gap{missing: rest[n].Missing}
				gaps = append(gaps, byMissing[key])
			}
			byMissing[key].subjects = append(byMissing[key].subjects, rest[n].Subject)
		}
		a.rule(rule)
		for _, g := range gaps {
			a.text("  - ", "    ", a.among(rule, g.subjects)+": "+sentence(missing(g.missing)))
			for _, m := range g.missing {
				a.text("    ", "      ", "To tell: "+sentence(m.Way))
			}
		}
		rest = rest[n:]
	}
}

// among names subjects, or says that they are all that the rule looked at.
func (a *account) among(rule *review.Rule, refs []record.Ref) string {
	kind, looked := refs[0].Kind, 0
	for _, c := range a.review.Coverage.Rules {
		if c.Rule == rule {
			looked = c.Looked
		}
	}
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = a.quoted(ref)
		if ref.Kind != kind {
			kind = ""
		}
	}
	switch {
	case kind != "" && looked == len(refs) && looked > 2:
		return "All " + counted(looked, plain(string(kind)))
	case kind != "":
		return strings.ToUpper(string(kind[:1])) + plain(string(kind[1:])) + " " + listed(names)
	}
	for i, ref := range refs {
		names[i] = a.subject(ref)
	}
	return "For " + listed(names)
}

func missing(list []review.Missing) string {
	parts := make([]string, len(list))
	for i, m := range list {
		parts[i] = m.String()
	}
	return strings.Join(parts, "; ")
}
