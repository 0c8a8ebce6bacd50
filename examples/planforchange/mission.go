package main

import (
	"fmt"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

var now record.Moment // the view's own day and instant

func (a *account) mission(id record.ID) {
	claims := a.model.Mission(id, now)
	if len(claims) == 0 {
		a.heading(a.name(mission.KindMission, id))
		a.item("Not yet known at that time.")
		return
	}
	m := claims[0].Record
	a.heading(m.Name)
	if !m.Horizon.IsZero() {
		a.item("To be achieved by %s %s.", a.when(m.Horizon), a.rests(&m.Record))
	}
	subject := mission.Ref(id)
	a.answers(subject)
	for _, c := range a.model.Register().Forums(subject, now) {
		a.forum(c.Record)
	}
	for _, c := range a.model.Events(subject, "", now) {
		e := c.Record
		what := e.Name
		if what == "" {
			what = e.Kind
		}
		if e.Absent {
			what = "None, it is said: " + what
		}
		a.item("%s: %s %s.", a.when(e.OnDay), what, a.rests(&e.Record))
	}
	for _, step := range a.model.MilestonesOf(id) {
		a.milestone(step)
	}
}

// answers says who carries which duty, and how each stands.
func (a *account) answers(subject record.Ref) {
	register := a.model.Register()
	for _, duty := range register.Duties(subject) {
		answer, ok := register.Answerable(subject, duty, now)
		if !ok {
			continue
		}
		label := strings.ReplaceAll(duty, "-", " ")
		if len(answer.Carriers) == 0 {
			a.item("%s: %s %s.", label, strings.ToUpper(answer.State.String()), a.basis(answer.Records))
			continue
		}
		for _, c := range answer.Carriers {
			a.item("%s: %s%s %s.", label, strings.ToUpper(answer.State.String()), a.carrier(c, answer.Certain), a.basis(answer.Records))
		}
	}
}

func (a *account) carrier(c accountability.Carrier, certain bool) string {
	s := ", by the " + a.name(accountability.KindParty, c.Post)
	for _, h := range c.Holders {
		if name := a.name(accountability.KindParty, h.Party); name != string(h.Party) {
			s += " (" + name + ")"
		}
	}
	if !certain {
		s += ", on dates known only roughly"
	}
	return s
}

// basis says in brackets what an answer rests on: the first of its records.
func (a *account) basis(refs []record.Ref) string {
	for _, ref := range refs {
		if r, ok := a.model.Record(ref); ok {
			return a.rests(&r)
		}
	}
	return ""
}

func (a *account) forum(f *accountability.Forum) {
	name := f.Name
	if name == "" {
		name = strings.ReplaceAll(f.Kind, "-", " ")
	}
	var parts []string
	if f.Standing != "" {
		parts = append(parts, f.Standing)
	}
	if f.Chair != "" {
		parts = append(parts, "headed by the "+a.name(accountability.KindParty, f.Chair))
	}
	switch day, known := f.Disclosed.Get(); {
	case known:
		parts = append(parts, "members published "+a.when(day))
	case !f.Disclosed.IsZero():
		parts = append(parts, "publication of its members is "+f.Disclosed.Why())
	}
	if !f.Members.IsZero() && f.Members.State != record.StateKnown {
		parts = append(parts, "members "+f.Members.Why())
	}
	a.item("%s: %s%s %s.", name, strings.Join(parts, "; "), said(&f.Record), a.rests(&f.Record))
}

func (a *account) milestone(id record.ID) {
	plan := a.model.Plan()
	standing, ok := plan.Standing(id, now)
	fmt.Fprintln(a.w)
	if !ok {
		a.para("  Milestone: ", "    ", a.name(milestone.KindMilestone, id)+": not yet known at that time.")
		return
	}
	m := plan.Milestone(id, now)[0].Record
	a.para("  Milestone: ", "    ", m.Name+" "+a.rests(&m.Record))
	status := strings.ToUpper(standing.Status.String())
	if standing.Why != "" {
		status += ": " + standing.Why
	}
	a.item("%s.", status)
	due := "No date is set"
	if !standing.Due.IsZero() {
		due = "Due " + a.when(standing.Due)
	}
	if !standing.Reported.IsZero() {
		due += "; figures are expected " + a.when(standing.Reported)
	}
	a.item("%s.", due)
	if m.VagueBecause != "" {
		a.item("Left open on purpose: %s.", m.VagueBecause)
	}
	for _, slip := range plan.Slippage(id, now) {
		a.item("Re-dated from %s to %s: %d to %d days.", a.when(slip.From), a.when(slip.To), slip.Least, slip.Most)
	}
	for _, part := range standing.Parts {
		a.part(part, len(standing.Parts) == 1)
	}
	for _, c := range standing.Claimed {
		a.item("Claimed: %s %s%s %s.", c.Record.Status, c.Record.Rating, said(&c.Record.Record), a.rests(&c.Record.Record))
	}
	a.answers(milestone.Ref(id))
	for _, c := range a.model.Events(milestone.Ref(id), "", now) {
		e := c.Record
		prefix := ""
		if e.Absent {
			prefix = "It is said that there was none: "
		}
		a.item("%s%s, %s%s %s.", prefix, strings.ReplaceAll(e.Kind, "-", " "), e.Name, said(&e.Record), a.rests(&e.Record))
	}
}

// part says how one target stands, and how it came to be what it is. The status of the only target is that of its milestone,
// and is not said twice.
func (a *account) part(p milestone.Part, only bool) {
	plan := a.model.Plan()
	label, text := "Target", ""
	if name := a.name(milestone.KindTarget, p.Target); name != string(p.Target) {
		label += ", " + name
	}
	if !only {
		text = strings.ToUpper(p.Status.String())
		if p.Why != "" {
			text += ": " + p.Why
		}
		text += "; "
	}
	if !p.Actual.IsZero() {
		text += fmt.Sprintf("%s in %s; ", p.Actual, p.Period)
		if !p.Want.IsZero() {
			text += fmt.Sprintf("%s asked for; ", p.Want)
		}
		if share, known := p.Progress.Get(); known {
			text += fmt.Sprintf("%.0f%% of the way from %s; ", 100*share, p.Baseline)
		} else {
			text += "progress " + p.Progress.Why() + "; "
		}
	}
	if claims := plan.Indicator(p.Indicator, now); len(claims) > 0 && claims[0].Record.Unit != "" {
		text += "in " + claims[0].Record.Unit
	}
	if text == "" {
		text = "no value"
	}
	a.item("%s: %s %s.", label, strings.TrimSuffix(text, "; "), a.basis(p.Records[len(p.Records)-1:]))
	a.proxies(p.Indicator)
	versions := plan.TargetVersions(p.Target)
	for i, v := range versions[:len(versions)-1] {
		next := versions[i+1]
		a.item("Asked before: at least %s %s; changed to at least %s %s.", v.AtLeast, a.rests(&v.Record), next.AtLeast, a.rests(&next.Record))
	}
}

// proxies gives the readings of what stands in for an indicator. They decide nothing.
func (a *account) proxies(indicator record.ID) {
	plan := a.model.Plan()
	for _, id := range plan.Indicators() {
		for _, c := range plan.Indicator(id, now) {
			if c.Record.ProxyFor != indicator || indicator == "" {
				continue
			}
			reading := "no reading is recorded"
			rests := a.rests(&c.Record.Record)
			for _, o := range plan.Observations(id, now) {
				if v, known := o.Record.Value.Get(); known {
					reading = v.String() + " " + c.Record.Unit
					if o.Record.Period.IsResolved() {
						reading += " in " + o.Record.Period.String()
					} else {
						reading += ", for a period that is not stated"
					}
					rests = a.rests(&o.Record.Record)
				}
			}
			a.item("Stands in: %s: %s %s.", c.Record.Name, reading, rests)
		}
	}
}

// when is a date in words: the text, or the name of a named day.
func (a *account) when(w calendar.When) string {
	if w.IsZero() {
		return "on a day that is not recorded"
	}
	if w.IsNamed() {
		return a.name(record.KindDay, record.ID(w.String()))
	}
	return w.String()
}
