package main

import (
	"fmt"
	"strings"

	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/milestone"
)

func (a *account) dependencies() {
	a.heading("What depends on what")
	links := a.model.Plan().Dependencies(now)
	for _, c := range links {
		d := c.Record
		verb := "needs"
		if d.Kind != milestone.Needs {
			verb = "comes after (" + d.Kind.String() + ")"
		}
		a.item("%q %s %q %s.", a.model.Name(d.Dependent), verb, a.model.Name(d.On), a.rests(&d.Record))
	}
	if len(links) == 0 {
		a.item("Nothing is recorded.")
		return
	}
	g := a.model.Graph(now)
	for ref := range g.Nodes() {
		if ref.Kind != milestone.KindMilestone || g.OutDegree(ref) < 2 {
			continue
		}
		falls := g.Descendants(ref)
		var names []string
		for _, f := range falls {
			names = append(names, fmt.Sprintf("%q", a.model.Name(f)))
		}
		a.item("If %q falls, so may %s.", a.model.Name(ref), strings.Join(names, ", "))
	}
	if circle := a.model.Plan().Graph(now).Cycle(); circle != nil {
		a.item("There is a circle of needs through %q.", a.model.Name(circle[0].From))
	}
}

func (a *account) money() {
	reviews := a.model.SpendingReviews(now)
	if len(reviews) == 0 {
		return
	}
	a.heading("Money")
	for _, c := range reviews {
		r := c.Record
		text := r.Name
		if r.PartOf != "" {
			text += ", of the " + strings.ToLower(a.name(funding.KindReview, r.PartOf))
		}
		if !r.Concluded.IsZero() {
			text += "; concluded " + r.Concluded.String()
		}
		if r.Settled != "" {
			text += "; settled in " + r.Settled + " talks"
		}
		if r.Priorities != "" {
			text += "; " + r.Priorities
		}
		a.item("%s %s.", text, a.rests(&r.Record))
	}
}
