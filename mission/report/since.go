package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// sincePart says what changed since the last page.
type sincePart struct {
	Says     []string
	Refused  string
	Records  []changeRow
	More     string
	Open     bool
	Statuses []movedRow
	Appeared []link
	Cleared  []string
	Out      []string // findings that can no longer be told
	Told     []string // what can be told now
	Untold   []string
}

// changeRow is a record in which the two plans differ.
type changeRow struct {
	How  string
	Kind string
	What link
	Text string
	From []origin
}

// movedRow is a milestone whose status is another.
type movedRow struct {
	Milestone link
	Was, Is   tag
	Why       string
	From      []origin
}

// mostChanges is how many records a page names one by one.
const mostChanges = 120

// since compares with the model of the last page; nil where the options name none.
func (s *scribe) since(milestones []record.ID) *sincePart {
	old := s.options.Since
	if old == nil {
		return nil
	}
	p := new(sincePart)
	if s.public && old.View().Audience != record.Public {
		p.Refused = "The plan of last time was not read for the public, so what changed since is left out."
		return p
	}
	was := newScribe(old, new(review.Review), Options{})
	p.Says = append(p.Says, "Last time: "+small(was.seenFrom()), "Now: "+small(s.seenFrom()))
	s.differences(p, was)
	s.movedStatuses(p, was, milestones)
	before := s.options.SinceReview
	if before == nil {
		before = review.Of(old)
	}
	s.movedFindings(p, was, review.Compare(before, s.review))
	p.Open = len(p.Records) <= mostEvents
	return p
}

// brief says in a few lines what changed. What is new and what is gone stand side by side: they are not set off.
func (p *sincePart) brief() []string {
	if p.Refused != "" {
		return []string{p.Refused}
	}
	list := slices.Clone(p.Says[min(2, len(p.Says)):])
	if n := len(p.Statuses); n > 0 {
		list = append(list, count(n, "milestone stands", "milestones stand")+" otherwise than before.")
	}
	var found []string
	for _, part := range []struct {
		n    int
		word string
	}{{len(p.Appeared), "new"}, {len(p.Cleared), "gone"}, {len(p.Out), "out of sight"}} {
		if part.n > 0 {
			found = append(found, number(part.n)+" "+part.word)
		}
	}
	if len(found) > 0 {
		list = append(list, "Findings: "+strings.Join(found, ", ")+".")
	}
	return list
}

func (s *scribe) differences(p *sincePart, was *scribe) {
	diff := mission.Diff(was.spec, s.spec)
	var n [mission.Redated + 1]int
	for _, d := range diff {
		n[d.Kind]++
		if len(p.Records) == mostChanges {
			continue
		}
		of := s
		if d.Kind == mission.Dropped {
			of = was
		}
		row := changeRow{How: d.Kind.String(), Kind: words(string(d.Ref.Kind)), What: link{Text: s.calledBy(of, d.Ref)}}
		if d.Kind != mission.Dropped {
			row.What.Anchor = s.place(s.m.Fact(d.Ref)).Anchor
		}
		switch {
		case d.Kind == mission.Redated:
			row.Text = "due " + was.when(d.From, false) + " before, " + s.when(d.To, false) + " now"
			if from, to := d.From.Latest(), d.To.Latest(); !from.IsZero() && !to.IsZero() && from != to {
				row.Text += ": " + shift(to.Sub(from), to.Sub(from))
			}
		case len(d.Members) > 0:
			var members []string
			for _, m := range d.Members {
				members = append(members, words(strings.TrimPrefix(m, "x-")))
			}
			row.Text = "in what it says of: " + listed(members)
		}
		if r, ok := of.m.Record(d.Ref); ok {
			o := s.origin(&r)
			if d.Kind == mission.Dropped { // its source may have no row on this page
				o = was.origin(&r)
				if _, here := s.m.Source(r.Source); !here {
					o.Anchor = ""
				} else {
					s.cite(r.Source)
				}
			}
			s.used["grade "+o.Grade] = true
			row.From = append(row.From, o)
		}
		p.Records = append(p.Records, row)
	}
	if len(diff) == 0 {
		p.Says = append(p.Says, "The records are the same.")
		return
	}
	var parts []string
	for k := mission.Added; k <= mission.Redated; k++ {
		if n[k] > 0 {
			parts = append(parts, grouped(strconv.Itoa(n[k]))+" "+k.String())
		}
	}
	p.Says = append(p.Says, "Records: "+strings.Join(parts, ", ")+".")
	if more := len(diff) - len(p.Records); more > 0 {
		p.More = count(more, "more record differs and is", "more records differ and are") + " not named here."
	}
}

// calledBy is what a record is called by the plan that has it, and no person's name where the page is for the public.
func (s *scribe) calledBy(of *scribe, ref record.Ref) string {
	if s.public && (ref.Kind == accountability.KindHolding || ref.Kind == accountability.KindParty) {
		return s.name(ref)
	}
	return of.name(ref)
}

// movedStatuses lists the milestones that stand otherwise than before.
func (s *scribe) movedStatuses(p *sincePart, was *scribe, milestones []record.ID) {
	for _, id := range milestones {
		if len(was.plan.Milestone(id, was.at)) == 0 {
			continue
		}
		before, now := was.stand(id), s.stand(id)
		if before.Status == now.Status {
			continue
		}
		row := movedRow{Milestone: s.place(milestone.Ref(id)), Was: s.status(before.Status), Is: s.status(now.Status), Why: clean(now.Why, longText)}
		for i := range now.Parts {
			row.From = append(row.From, s.basis(now.Parts[i].Records)...)
		}
		for _, c := range now.Claimed {
			row.From = append(row.From, s.origin(&c.Record.Record))
		}
		if len(row.From) == 0 {
			if o, ok := s.originOf(milestone.Ref(id), ""); ok {
				row.From = append(row.From, o)
			}
		}
		row.From = merged(row.From)
		p.Statuses = append(p.Statuses, row)
	}
}

// movedFindings lists what the rules say otherwise than before.
func (s *scribe) movedFindings(p *sincePart, was *scribe, c review.Comparison) {
	for i := range c.Appeared {
		f := &c.Appeared[i]
		p.Appeared = append(p.Appeared, link{findingAnchor(f), f.Rule.ID + ", “" + f.Rule.Title + "”: " + s.name(f.Subject)})
	}
	say := func(id, title string, ref record.Ref) string {
		return id + ", “" + title + "”: " + s.calledBy(was, ref)
	}
	for i := range c.Cleared {
		f := &c.Cleared[i]
		p.Cleared = append(p.Cleared, say(f.Rule.ID, f.Rule.Title, f.Subject))
	}
	for i := range c.OutOfSight {
		f := &c.OutOfSight[i]
		p.Out = append(p.Out, say(f.Rule.ID, f.Rule.Title, f.Subject))
	}
	told := func(list []review.Unassessed) (out []string) {
		n := make(map[string]int)
		for i := range list {
			n[list[i].Rule.ID]++
		}
		for i := range list {
			r := list[i].Rule
			if n[r.ID] == 0 {
				continue
			}
			text := r.ID + ", “" + r.Title + "”: of " + grouped(strconv.Itoa(n[r.ID])) + " " + words(mission.TableOf(list[i].Subject.Kind))
			if n[r.ID] == 1 {
				text = say(r.ID, r.Title, list[i].Subject)
			}
			out = append(out, text)
			n[r.ID] = 0
		}
		return out
	}
	p.Told, p.Untold = told(c.BecameAssessable), told(c.BecameUnassessable)
}
