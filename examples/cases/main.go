// Cases reads four cases of the literature as plans and holds the review against what the literature says of them: which
// findings there must be, which there must not, and what nobody can tell. The facts carry the line of the text they are
// from; everything else is illustrative.
//
//	go run ./examples/cases
package main

import (
	"embed"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

//go:embed *.json
var plans embed.FS

// A study is a case, and what the literature says of it. Rules that this release does not have are named as expected all
// the same, and counted apart.
type study struct {
	file          string
	expect        []string // rules that must find something
	not           []string // rules that must find nothing
	cannot        []string // rules that must be unable to tell, on something
	weakest       []string // rules whose findings leave with hearsay, and no others
	sideBySide    bool     // claims on one freedom are shown side by side
	expectNothing bool     // no rule finds anything
}

var studies = []study{
	{file: "c02", expect: []string{"F48", "F90"}, not: []string{"F03", "F33", "F38", "F40", "F42", "F89"}, cannot: []string{"F99", "F35", "F20"}},
	{file: "c03", expect: []string{"F33", "F36", "F37", "F38", "F39", "F42", "F101", "F19", "F34", "F35"},
		cannot: []string{"F53", "F54", "F55", "F56", "F99"}, weakest: []string{"F19", "F34", "F35"}},
	{file: "c10", expect: []string{"F65"}, sideBySide: true},
	{file: "c16-badged", expect: []string{"F09"}},
	{file: "c16-valued", expectNothing: true},
}

func main() { os.Exit(run(os.Stdout)) }

// run prints every case and returns 1 if any comes out otherwise than the literature has it.
func run(w io.Writer) int {
	wrong := 0
	for _, s := range studies {
		n, err := s.hold(w)
		if err != nil {
			fmt.Fprintln(w, err)
			n++
		}
		wrong += n
	}
	fmt.Fprintf(w, "\n%d of %d cases as the literature has them\n", len(studies)-min(wrong, len(studies)), len(studies))
	return min(wrong, 1)
}

func (s study) read(view mission.View) (*mission.Model, *review.Review, error) {
	data, err := plans.ReadFile(s.file + ".json")
	if err != nil {
		return nil, nil, err
	}
	spec, err := document.Unmarshal(data, document.Options{})
	if err != nil {
		return nil, nil, err
	}
	view.On = spec.AsOf
	model, err := mission.Compile(spec, view)
	if err != nil {
		return nil, nil, err
	}
	return model, review.Of(model), nil
}

// hold prints one case and returns 1 if it comes out otherwise.
func (s study) hold(w io.Writer) (int, error) {
	model, r, err := s.read(mission.View{})
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(w, "\n%s\n", model.Spec().Title)
	found, untold := rules(r)
	ok := s.say(w, "must be found", s.expect, func(id string) bool { return slices.Contains(found, id) })
	ok = s.say(w, "must not be found", s.not, func(id string) bool { return !slices.Contains(found, id) }) && ok
	ok = s.say(w, "nobody can tell", s.cannot, func(id string) bool { return slices.Contains(untold, id) }) && ok
	if s.expectNothing {
		fmt.Fprintf(w, "  nothing must be found: found %d\n", len(found))
		ok = ok && len(found) == 0
	}
	fmt.Fprintf(w, "  found: %s\n  cannot tell: %s\n", list(found), list(untold))
	if len(s.weakest) > 0 {
		quiet, err := s.withoutHearsay(w, r)
		if err != nil {
			return 0, err
		}
		ok = ok && quiet
	}
	if s.sideBySide {
		ok = s.freedoms(w, model) && ok
	}
	if !ok {
		fmt.Fprintln(w, "  NOT as the literature has it")
		return 1, nil
	}
	fmt.Fprintln(w, "  as the literature has it")
	return 0, nil
}

// say prints which rules came out as they must, and whether all of those that exist did.
func (s study) say(w io.Writer, label string, ids []string, holds func(string) bool) bool {
	if len(ids) == 0 {
		return true
	}
	var yes, no, later []string
	for _, id := range ids {
		switch _, exists := review.Lookup(id); {
		case !exists:
			later = append(later, id)
		case holds(id):
			yes = append(yes, id)
		default:
			no = append(no, id)
		}
	}
	fmt.Fprintf(w, "  %s: %s", label, list(yes))
	if len(no) > 0 {
		fmt.Fprintf(w, "; FAILS: %s", list(no))
	}
	if len(later) > 0 {
		fmt.Fprintf(w, " (not in this release: %s)", list(later))
	}
	fmt.Fprintln(w)
	return len(no) == 0
}

// withoutHearsay leaves hearsay out, which must take away just the findings that rest on it.
func (s study) withoutHearsay(w io.Writer, before *review.Review) (bool, error) {
	_, after, err := s.read(mission.View{Without: []record.Grade{record.Hearsay}})
	if err != nil {
		return false, err
	}
	var gone, want []string
	c := review.Compare(before, after)
	for _, f := range slices.Concat(c.Cleared, c.OutOfSight) {
		gone = add(gone, f.Rule.ID)
	}
	for _, id := range s.weakest {
		if _, exists := review.Lookup(id); exists {
			want = add(want, id)
		}
	}
	ok := slices.Equal(gone, want) && len(c.Appeared) == 0
	fmt.Fprintf(w, "  without hearsay these findings go: %s (must be: %s), and %d appear\n", list(gone), list(want), len(c.Appeared))
	return ok, nil
}

// freedoms prints what giver and holder say, side by side and without a verdict.
func (s study) freedoms(w io.Writer, m *mission.Model) bool {
	n := 0
	for _, id := range m.Missions() {
		for _, c := range m.Register().Freedoms(mission.Ref(id), record.Moment{}) {
			f := c.Record
			fmt.Fprintf(w, "  %s says of the freedom %s: granted %s; perceived %s; used %s\n", f.Claimant, f.Name, word(f.Granted), word(f.Perceived), word(f.Used))
			n++
		}
	}
	fmt.Fprintln(w, "  Both stand. Who is right is not for a program to say.")
	return n == 2
}

func word(v record.Value[bool]) string {
	if b, known := v.Get(); known && b {
		return "yes"
	} else if known {
		return "no"
	}
	return v.Why()
}

// rules are the ids of the rules that found something, and of those that could not tell, each once and in order.
func rules(r *review.Review) (found, untold []string) {
	for _, f := range r.Findings {
		found = add(found, f.Rule.ID)
	}
	for _, u := range r.Unassessed {
		untold = add(untold, u.Rule.ID)
	}
	return found, untold
}

func add(ids []string, id string) []string {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func list(ids []string) string {
	if len(ids) == 0 {
		return "none"
	}
	return strings.Join(ids, " ")
}
