package report

import (
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// rulePart is what one rule found, or could not tell.
type rulePart struct {
	Anchor     string
	ID, Title  string
	Severity   tag
	Why        string
	FalseAlarm string
	Question   string
	Thresholds []string
	Findings   []findingPart
	Gaps       []gapPart
	Count      int
	Open       bool
}

type findingPart struct {
	Anchor  string
	Text    string
	Subject link
	Basis   string
	Rests   []origin
	Context []origin
	More    string // how many further records it rests on
}

// gapPart is one thing that is missing, and of which subjects.
type gapPart struct {
	Missing  []fact // what is missing, and what would help
	Subjects []link
	Folded   string // how many these are, where they are too many to show at once
	More     string // how many further subjects
}

// mostEvidence is how many records a finding names one by one.
const mostEvidence = 12

// A gap shows manySubjects at once, folds more of them away, and beyond mostSubjects names no more.
const (
	manySubjects = 8
	mostSubjects = 2000
)

// mostOpen is how many findings of one rule are shown at once.
const mostOpen = 10

func findingAnchor(f *review.Finding) string {
	return "finding-" + f.Rule.ID + "-" + string(f.Subject.Kind) + "-" + string(f.Subject.ID)
}

// rule starts a part of the page on a rule. Its texts are the library's own.
func (s *scribe) rule(r *review.Rule, prefix string, thresholds []review.Threshold) rulePart {
	p := rulePart{
		Anchor: prefix + r.ID, ID: r.ID, Title: r.Title, Severity: s.severity(r.Severity),
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
			parts = append(parts, s.rule(f.Rule, "rule-", f.Thresholds))
		}
		p := &parts[len(parts)-1]
		p.Findings = append(p.Findings, s.finding(f))
		p.Count++
		p.Open = p.Count <= mostOpen
	}
	return parts
}

func (s *scribe) finding(f *review.Finding) findingPart {
	part := findingPart{Anchor: findingAnchor(f), Text: clean(f.Text, longText), Subject: s.place(f.Subject), Basis: clean(f.Basis(), longText)}
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

// gaps groups what could not be told by rule, and under each rule by what is missing.
func (s *scribe) gaps() []rulePart {
	var parts []rulePart
	var index map[string]int
	for i := range s.review.Unassessed {
		u := &s.review.Unassessed[i]
		if n := len(parts); n == 0 || parts[n-1].ID != u.Rule.ID {
			parts = append(parts, s.rule(u.Rule, "gap-", u.Thresholds))
			index = make(map[string]int)
		}
		p := &parts[len(parts)-1]
		p.Count++
		key := missing(u.Missing)
		at, ok := index[key]
		if !ok {
			at = len(p.Gaps)
			index[key] = at
			p.Gaps = append(p.Gaps, gapPart{Missing: s.missing(u.Missing)})
		}
		g := &p.Gaps[at]
		g.Subjects = append(g.Subjects, s.place(u.Subject))
		if n := len(g.Subjects); n > manySubjects {
			g.Folded = "Of " + grouped(strconv.Itoa(n)) + " " + words(mission.TableOf(u.Subject.Kind))
		}
	}
	for i := range parts {
		for j := range parts[i].Gaps {
			g := &parts[i].Gaps[j]
			if n := len(g.Subjects); n > mostSubjects {
				g.Subjects = g.Subjects[:mostSubjects:mostSubjects]
				g.More = "and " + count(n-mostSubjects, "more", "more")
			}
		}
	}
	return parts
}

// missing is the same for what misses the same.
func missing(list []review.Missing) string {
	var b strings.Builder
	for _, m := range list {
		b.WriteString(m.String() + "\x00" + m.Way + "\x00")
	}
	return b.String()
}

func (s *scribe) missing(list []review.Missing) []fact {
	facts := make([]fact, len(list))
	for i, m := range list {
		text := m.String()
		if s.public {
			text = s.nameless(text, m.LeftOut)
		}
		facts[i] = fact{capital(clean(text, longText)) + ".", "To be able to tell, " + clean(m.Way, longText) + "."}
	}
	return facts
}

// nameless leaves out of a text the ids of records that may name a person.
func (s *scribe) nameless(text string, refs []record.Ref) string {
	for _, ref := range refs {
		if ref.Kind == accountability.KindHolding || ref.Kind == accountability.KindParty {
			text = strings.ReplaceAll(text, ref.String(), string(ref.Kind))
		}
	}
	return text
}
