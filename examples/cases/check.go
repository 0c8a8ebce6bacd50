package main

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// result is what came of one case: parts, each with what was to be seen and whether it was.
type result struct {
	id, name   string // for the table at the end
	title      string
	parts      []part
	mismatches int
	count      count
}

// count is a case's line of the table at the end, in rules.
type count struct {
	expected int // that must find something
	held     int // of those, as expected
	missing  int // of those and of the ones that cannot tell, not as expected
	extra    int // that find something and must not, or that nobody expected to
	untold   int // that cannot tell something, as expected
}

type part struct {
	title string
	lines []line
}

// line is one thing expected. The zero verdict marks what is told and not checked.
type line struct {
	text    string
	verdict verdict
}

type verdict uint8

const (
	held   verdict = iota + 1 // as expected
	failed                    // not as expected
	absent                    // the rule is not in this release
)

var verdicts = []string{"", "yes", "NO", "rule not in this release"}

func (r *result) part(title string, lines ...line) {
	if len(lines) == 0 {
		return
	}
	for _, l := range lines {
		if l.verdict == failed {
			r.mismatches++
		}
	}
	r.parts = append(r.parts, part{title, lines})
}

// with counts the lines with a verdict.
func with(lines []line, v verdict) int {
	n := 0
	for _, l := range lines {
		if l.verdict == v {
			n++
		}
	}
	return n
}

// check compares what the rules say of every case with what they were to say.
func (list expectations) check(files fs.FS) ([]result, error) {
	var results []result
	reviews := make(map[string]*review.Review)
	for _, e := range list.Cases {
		model, said, err := assess(files, e.Plan, mission.View{})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Plan, err)
		}
		reviews[e.ID] = said
		title := model.Spec().Title
		r := result{id: e.ID, name: afterID(title), title: title + " (" + e.Lines + ")"}
		found, untold := e.expected(said), e.untold(said)
		r.part("Must be found", found...)
		r.part("Must not be found", e.forbidden(said)...)
		r.part("Cannot be told", untold...)
		r.part("And nothing else", e.others(said)...)
		r.count = count{
			expected: len(found), held: with(found, held), missing: with(found, failed) + with(untold, failed),
			extra: e.extra(said), untold: with(untold, held),
		}
		if e.Without != nil {
			if err := e.dropped(&r, files, said); err != nil {
				return nil, fmt.Errorf("%s: %w", e.Plan, err)
			}
		}
		for _, ref := range e.Disputed {
			r.part("Said in more than one way, and both stand: "+ref.String(), sides(model, ref)...)
		}
		if e.Public != nil {
			if err := e.Public.check(&r, files, e.Plan); err != nil {
				return nil, fmt.Errorf("%s: %w", e.Plan, err)
			}
		}
		if e.Tension != nil {
			r.part("Tension "+e.Tension.ID+", shown and not solved: "+e.Tension.Says, e.Tension.shown(model, said, e.Expect)...)
		}
		results = append(results, r)
	}
	for _, c := range list.Contrasts {
		one, other := reviews[c.One], reviews[c.Other]
		if one == nil || other == nil {
			return nil, fmt.Errorf("a contrast names a case that is not there: %s or %s", c.One, c.Other)
		}
		results = append(results, c.compare(one, other))
	}
	return results, nil
}

// judge is a line about a rule: whether it is as it should be, or that there is no such rule yet.
func judge(rule, text string, ok bool) line {
	r, exists := review.Lookup(rule)
	switch {
	case !exists:
		return line{rule + text, absent}
	case ok:
		return line{rule + " " + r.Slug + text, held}
	}
	return line{rule + " " + r.Slug + text, failed}
}

func (e *expectation) expected(said *review.Review) []line {
	var lines []line
	for _, want := range e.Expect {
		got := subjects(said, want.Rule)
		ok := len(got) > 0 && (len(want.Subjects) == 0 || slices.Equal(got, want.Subjects))
		text := ": " + want.Because
		if want.Weak {
			text += " (on hearsay, opinion or forecast alone, and says so)"
			for _, f := range said.Findings {
				ok = ok && (f.Rule.ID != want.Rule || f.Weak && f.Basis() != "")
			}
		}
		if len(got) > 0 {
			text += " [" + strings.Join(got, ", ") + "]"
		}
		lines = append(lines, judge(want.Rule, text, ok))
	}
	return lines
}

// subjects lists what a rule found something about, in the order of the review.
func subjects(said *review.Review, rule string) []string {
	var list []string
	for _, f := range said.Findings {
		if f.Rule.ID == rule {
			list = append(list, f.Subject.String())
		}
	}
	return list
}

func (e *expectation) forbidden(said *review.Review) []line {
	var lines []line
	for _, rule := range e.Not {
		lines = append(lines, judge(rule, "", len(subjects(said, rule)) == 0))
	}
	return lines
}

func (e *expectation) untold(said *review.Review) []line {
	var lines []line
	for _, rule := range e.Cannot {
		lines = append(lines, judge(rule, "", slices.Contains(unassessed(said), rule)))
	}
	for _, rule := range e.Open {
		lines = append(lines, judge(rule, ": the text is silent", slices.Contains(unassessed(said), rule)))
	}
	return lines
}

// unassessed lists the rules that could not tell something, each once.
func unassessed(said *review.Review) []string {
	var rules []string
	for _, u := range said.Unassessed {
		rules = append(rules, u.Rule.ID)
	}
	return slices.Compact(rules)
}

// others looks for findings that nobody expected. That a small plan leaves many rules unable to tell is no surprise.
func (e *expectation) others(said *review.Review) []line {
	var extra []line
	for _, f := range said.Findings {
		if !slices.ContainsFunc(e.Expect, func(w finding) bool { return w.Rule == f.Rule.ID }) {
			extra = append(extra, line{"found, and not expected: " + f.String(), failed})
		}
	}
	if len(extra) == 0 {
		extra = append(extra, line{"no other rule finds anything", held})
	}
	return extra
}

// extra counts the rules that find something and must not, or that nobody expected to.
func (e *expectation) extra(said *review.Review) int {
	rules := make(map[string]bool)
	for _, f := range said.Findings {
		if slices.Contains(e.Not, f.Rule.ID) || !slices.ContainsFunc(e.Expect, func(w finding) bool { return w.Rule == f.Rule.ID }) {
			rules[f.Rule.ID] = true
		}
	}
	return len(rules)
}

// dropped runs the rules without some grades, and looks whether the right findings went and all others stayed.
func (e *expectation) dropped(r *result, files fs.FS, before *review.Review) error {
	_, after, err := assess(files, e.Plan, mission.View{Without: e.Without.Grades})
	if err != nil {
		return err
	}
	c := review.Compare(before, after)
	var gone []string
	for _, f := range append(slices.Clone(c.Cleared), c.OutOfSight...) {
		gone = append(gone, f.Rule.ID)
	}
	var lines []line
	for _, rule := range e.Without.Loses {
		all := len(subjects(before, rule)) > 0 && len(subjects(after, rule)) == 0
		lines = append(lines, judge(rule, ": its findings go", all))
	}
	for _, rule := range slices.Compact(slices.Sorted(slices.Values(gone))) {
		if !slices.Contains(e.Without.Loses, rule) {
			lines = append(lines, judge(rule, ": a finding goes, and should stay", false))
		}
	}
	for _, f := range c.Appeared {
		lines = append(lines, line{"appears: " + f.String(), failed})
	}
	if len(c.Appeared) == 0 {
		lines = append(lines, line{fmt.Sprintf("the other %d findings stay, and none appears", len(after.Findings)), held})
	}
	names := make([]string, len(e.Without.Grades))
	for i, g := range e.Without.Grades {
		names[i] = g.String()
	}
	r.part("Leaving out "+strings.Join(names, ", "), lines...)
	return nil
}

func check(text string, ok bool) line {
	if ok {
		return line{text, held}
	}
	return line{text, failed}
}

// compare says what the same rules make of two cases, rule by rule, where one finds more than the other.
func (c *contrast) compare(one, other *review.Review) result {
	r := result{id: c.One + " / " + c.Other, name: c.Because, title: "The same rules, " + c.One + " against " + c.Other + ": " + c.Because}
	var told, checked []line
	for i, rule := range one.Coverage.Rules {
		if rule.Found == other.Coverage.Rules[i].Found {
			continue
		}
		told = append(told, line{text: fmt.Sprintf("%-29s %-22s %s", rule.Rule.ID+" "+rule.Rule.Slug, tally(rule), tally(other.Coverage.Rules[i]))})
	}
	r.part(fmt.Sprintf("%-31s %-22s %s", "Rule", cut(c.One, 22), cut(c.Other, 22)), told...)
	for _, rule := range c.OnlyInOther {
		checked = append(checked, judge(rule, ": found in "+c.Other+" and not in "+c.One, len(subjects(other, rule)) > 0 && len(subjects(one, rule)) == 0))
	}
	for _, rule := range c.OnlyInOne {
		checked = append(checked, judge(rule, ": found in "+c.One+" and not in "+c.Other, len(subjects(one, rule)) > 0 && len(subjects(other, rule)) == 0))
	}
	r.part("The difference", checked...)
	r.count = count{expected: len(checked), held: with(checked, held), missing: with(checked, failed)}
	return r
}

// tally says in words what a rule came to: findings, or else that it cannot tell, or that it has nothing to say, or that it
// has nothing to look at.
func tally(c review.RuleCoverage) string {
	switch {
	case c.Found > 0:
		return fmt.Sprintf("%d found", c.Found)
	case c.Unassessed > 0:
		return fmt.Sprintf("%d cannot tell", c.Unassessed)
	case c.Nothing > 0:
		return fmt.Sprintf("%d nothing", c.Nothing)
	}
	return "-"
}
