package main

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

// sides lists what is said of an event that is told in more than one way, side by side, and looks whether it differs.
func sides(m *mission.Model, ref record.Ref) []line {
	var lines []line
	said := make(map[string]bool)
	for i := range m.Spec().Events {
		e := &m.Spec().Events[i]
		if ref.Kind != mission.KindEvent || e.Fact() != ref.ID {
			continue
		}
		text := e.Note
		if !e.Size.IsZero() {
			text = strings.TrimPrefix(e.Name+": ", ": ") + e.Size.String() + " " + e.Unit
		}
		said[text] = true
		lines = append(lines, line{text: e.Claimant + ": " + text + " [" + ground(e.Grade, e.At) + "]"})
	}
	return append(lines, check("neither is put before the other", len(lines) > 1 && len(said) == len(lines)))
}

// check looks at the copy of a plan that anybody may read: what is gone from it, what is left, and what the rules make of it.
func (p *published) check(r *result, files fs.FS, name string) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	spec, err := document.Unmarshal(data, document.Options{})
	if err != nil {
		return err
	}
	c, err := mission.Publish(spec, mission.View{On: spec.AsOf})
	if err != nil {
		return err
	}
	model, err := c.Model()
	if err != nil {
		return err
	}
	said, err := review.Run(model, review.Options{})
	if err != nil {
		return err
	}
	var lines []line
	for _, ref := range p.Gone {
		_, left := model.Record(ref)
		withheld := slices.ContainsFunc(c.Withheld, func(w mission.Withheld) bool { return w.Ref == ref && w.Field == "" })
		lines = append(lines, check(ref.String()+" is withheld, and said to be", !left && withheld))
	}
	for _, ref := range p.Kept {
		_, left := model.Record(ref)
		lines = append(lines, check(ref.String()+" is left", left))
	}
	e := expectation{Expect: p.Finds}
	r.part("In the copy that anybody may read", append(lines, e.expected(said)...)...)
	return nil
}

// shown lists what each claimant says of the freedoms in the plan, side by side, and looks whether both poles are there and
// nobody has decided between them.
func (t *tension) shown(m *mission.Model, said *review.Review, expected []finding) []line {
	var lines []line
	granted, unfelt, asked := false, false, false
	var seen []record.Ref
	for _, f := range m.Spec().Freedoms {
		if slices.Contains(seen, f.Subject) {
			continue
		}
		seen = append(seen, f.Subject)
		for _, c := range m.Register().Freedoms(f.Subject, record.Moment{}) {
			r := c.Record
			yes, known := r.Granted.Get()
			granted = granted || known && yes
			yes, known = r.Perceived.Get()
			unfelt = unfelt || known && !yes
			who := m.Name(record.Ref{Kind: accountability.KindParty, ID: record.ID(r.Claimant)})
			lines = append(lines, line{text: fmt.Sprintf("%s, on %q: granted: %s; perceived: %s; used: %s [%s]",
				who, r.Name, answer(r.Granted), answer(r.Perceived), answer(r.Used), ground(r.Grade, r.At))})
			for _, e := range m.Events(record.Ref{Kind: accountability.KindFreedom, ID: r.Fact()}, t.Asked, record.Moment{}) {
				asked = true
				text := fmt.Sprintf("%s: %s [%s]", m.Name(record.Ref{Kind: accountability.KindParty, ID: record.ID(e.Record.Claimant)}), e.Record.Name, ground(e.Record.Grade, e.Record.At))
				if !slices.Contains(lines, line{text: text}) {
					lines = append(lines, line{text: text})
				}
			}
		}
	}
	lines = append(lines, check("both claims stand, and guidance is asked for", granted && unfelt && asked))
	return append(lines, check("no verdict on who is right", !slices.ContainsFunc(said.Findings, func(f review.Finding) bool {
		return !slices.ContainsFunc(expected, func(w finding) bool { return w.Rule == f.Rule.ID })
	})))
}

// ground is the grade of a record and the place in its source, where it names one.
func ground(g record.Grade, at string) string {
	if at == "" {
		return g.String()
	}
	return g.String() + ", " + at
}

func answer(v record.Value[bool]) string {
	switch yes, known := v.Get(); {
	case !known:
		return v.Why()
	case yes:
		return "yes"
	}
	return "no"
}
