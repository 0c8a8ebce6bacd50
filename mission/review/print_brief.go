package review

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
)

// Brief returns the review as plain text in 80 columns for somebody who begins: the findings as [Review.String] has them, and of
// what could not be told only which rules, subject by subject in the order of the references. Programs should read the fields:
// the layout may change.
func (r *Review) Brief() string {
	var w writer
	w.findings(r)
	w.heading("Cannot tell: " + strconv.Itoa(len(r.Unassessed)))
	for _, g := range r.bySubject() {
		w.WriteString("\n")
		names := make([]string, len(g.rules))
		for i, rule := range g.rules {
			names[i] = rule.ID + " " + rule.Slug
		}
		w.text("  ", "    ", g.subject.String()+": "+strings.Join(names, ", "))
	}
	if len(r.Unassessed) > 0 {
		w.WriteString("\n")
		w.text("  ", "  ", "The whole review says for each what would have to be recorded.")
	}
	looked := 0
	for _, c := range r.Coverage.Rules {
		if c.Looked > 0 {
			looked++
		}
	}
	w.heading("Coverage")
	w.text("  ", "  ", strconv.Itoa(looked)+" of "+strconv.Itoa(len(r.Coverage.Rules))+" rules had something to look at among "+
		strconv.Itoa(r.Coverage.Records)+" records. "+r.Coverage.Statement)
	return w.String()
}

// silence is what could not be told of one subject.
type silence struct {
	subject record.Ref
	rules   []*Rule
}

// bySubject returns what could not be told, by the references of the subjects; the rules of each in the order of their ids.
func (r *Review) bySubject() []silence {
	at := make(map[record.Ref]int)
	var all []silence
	for i := range r.Unassessed {
		u := &r.Unassessed[i]
		n, ok := at[u.Subject]
		if !ok {
			n = len(all)
			at[u.Subject] = n
			all = append(all, silence{subject: u.Subject})
		}
		all[n].rules = append(all[n].rules, u.Rule)
	}
	slices.SortFunc(all, func(a, b silence) int { return a.subject.Compare(b.subject) })
	return all
}
