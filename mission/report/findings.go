package report

import (
	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/mission/review"
)

// rulePart is what one rule found.
type rulePart struct {
	Anchor     string
	ID, Title  string
	Severity   tag
	Why        string
	FalseAlarm string
	Question   string
	Thresholds []string
	Findings   []findingPart
	Count      int
	Open       bool
}

type findingPart struct {
	Anchor  string
	Text    string
	Subject link
	Basis   string
	Aside   *asidePart // nil where nobody has set it aside
	Rests   []origin
	Context []origin
	More    string // how many further records it rests on
}

// asidePart says that somebody has set a finding aside.
type asidePart struct {
	Owner, Until, Reason string
	From                 []origin
}

// aside says who has set a finding aside, until when and why; nil where nobody has.
func (s *scribe) aside(w *review.Waived) *asidePart {
	if w == nil {
		return nil
	}
	s.used["aside"] = true
	a := &asidePart{Owner: s.party(w.Owner).name, Until: s.when(w.Until, false), Reason: clean(w.Reason, longText)}
	for i := range w.Evidence {
		a.From = append(a.From, s.evidence(&w.Evidence[i]))
	}
	return a
}

// mostEvidence is how many records a finding names one by one.
const mostEvidence = 12

// mostOpen is how many findings of one rule are shown at once.
const mostOpen = 10

func findingAnchor(f *review.Finding) string {
	return "finding-" + f.Rule.ID + "-" + string(f.Subject.Kind) + "-" + string(f.Subject.ID)
}

// rule starts a part of the page on a rule. Its texts are the library's own.
func (s *scribe) rule(r *review.Rule, thresholds []review.Threshold) rulePart {
	p := rulePart{
		Anchor: "rule-" + r.ID, ID: r.ID, Title: r.Title, Severity: s.severity(r.Severity),
		Why: r.Why, FalseAlarm: small(r.FalseAlarm), Question: r.Question,
	}
	for _, t := range thresholds {
		p.Thresholds = append(p.Thresholds, t.String())
	}
	return p
}

// findings groups the findings by rule; both come in the order of the review.
func (s *scribe) findings() []rulePart {
	var parts []rulePart
	for i := range s.review.Findings {
		f := &s.review.Findings[i]
		if n := len(parts); n == 0 || parts[n-1].ID != f.Rule.ID {
			parts = append(parts, s.rule(f.Rule, f.Thresholds))
		}
		p := &parts[len(parts)-1]
		p.Findings = append(p.Findings, s.finding(f))
		p.Count++
		p.Open = p.Count <= mostOpen
	}
	return parts
}

func (s *scribe) finding(f *review.Finding) findingPart {
	part := findingPart{Anchor: findingAnchor(f), Text: clean(f.Text, longText), Subject: s.place(f.Subject), Basis: clean(f.Basis(), longText), Aside: s.aside(f.Waiver)}
	for i := range f.Evidence {
		e := &f.Evidence[i]
		o := s.evidence(e)
		switch {
		case i >= mostEvidence:
			part.More = "and " + count(len(f.Evidence)-mostEvidence, "more record", "more records")
		case e.Context:
			part.Context = append(part.Context, o)
		default:
			part.Rests = append(part.Rests, o)
		}
	}
	return part
}

// evidence says where a record under a finding comes from, and which record it is.
func (s *scribe) evidence(e *review.Evidence) origin {
	o := s.cite(e.Source)
	o.At, o.Claimant = clean(e.At, longAt), s.claimant(e.Claimant)
	s.grade(&o, e.Grade)
	o.What = words(string(e.Ref.Kind)) + " " + string(e.Ref.ID)
	if s.public && (e.Ref.Kind == accountability.KindHolding || e.Ref.Kind == accountability.KindParty) {
		o.What = words(string(e.Ref.Kind)) // its id may name the person
	}
	return o
}
