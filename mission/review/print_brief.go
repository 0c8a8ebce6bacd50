package review

import (
	"maps"
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
	for _, g := range r.silences() {
		w.WriteString("\n")
		subjects := make([]string, 0, most)
		for _, ref := range g.subjects[:min(len(g.subjects), most)] {
			subjects = append(subjects, ref.String())
		}
		if n := len(g.subjects); n > most {
			subjects = append(subjects[:most-1], "and "+strconv.Itoa(n-most+1)+" more")
		}
		w.text("  ", "    ", strings.Join(subjects, ", ")+": "+g.rules)
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

// silence is what could not be told, in the same way, of some subjects.
type silence struct {
	subjects []record.Ref
	rules    string // in the order of their ids
}

// silences returns what could not be told: subjects of which the same rules could not, by the reference of the first.
func (r *Review) silences() []silence {
	rules := make(map[record.Ref][]string)
	for i := range r.Unassessed {
		u := &r.Unassessed[i]
		rules[u.Subject] = append(rules[u.Subject], u.Rule.ID+" "+u.Rule.Slug)
	}
	at := make(map[string]int)
	var all []silence
	for _, ref := range slices.SortedFunc(maps.Keys(rules), record.Ref.Compare) {
		names := strings.Join(rules[ref], ", ")
		n, ok := at[names]
		if !ok {
			n = len(all)
			at[names] = n
			all = append(all, silence{rules: names})
		}
		all[n].subjects = append(all[n].subjects, ref)
	}
	return all
}
