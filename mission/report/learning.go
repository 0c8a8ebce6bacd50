package report

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

// learningPart is what is believed, what is tried, and what is worth trying next.
type learningPart struct {
	Beliefs     []beliefRow
	Prospects   []prospectRow
	NoProspects string
	Cards       []cardPart
	Agendas     []agendaPart
	Flags       []string
	Envelopes   []lineRow
	Spaces      []lineRow
	Lessons     []lessonPart
}

// beliefRow is one hypothesis, what is believed of it, and what moved that.
type beliefRow struct {
	Anchor   string
	Claim    string
	Facts    []fact
	Belief   string
	Range    string
	Standing tag
	Prior    string
	Steps    []rival // each with what it did, and where it comes from
	Left     []string
	Rivals   []string
	Minds    string
	Findings []link
	From     []origin
}

// prospectRow is how likely something is to be reached by the theory of action.
type prospectRow struct {
	What  link
	Text  string
	Rests []fact
}

// cardPart is an experiment: the test card on the left, the learning card on the right.
type cardPart struct {
	Anchor   string
	Name     string
	Kind     string
	Standing string
	Test     []fact
	Learned  []fact
	Flags    []string
	Refused  string
	Findings []link
	From     []origin
}

// lessonPart is what was learned apart from any experiment.
type lessonPart struct {
	Facts []fact
	From  origin
}

// agendaPart is what experiments are worth for one choice.
type agendaPart struct {
	Caption string
	Says    []string
	Rows    []nextRow
	Without []string
}

type nextRow struct {
	Name   link
	Says   string
	Idle   bool // it cannot change what you would do
	Worth  string
	Cost   string
	Beyond string
}

// learning makes the section on learning; nil where nothing of the kind is recorded.
func (s *scribe) learning() *learningPart {
	l := s.m.Ledger()
	var p learningPart
	for _, id := range l.Hypotheses() {
		if s.hypotheses[id] {
			p.Beliefs = append(p.Beliefs, s.belief(l, id))
		}
	}
	for _, id := range l.Experiments() {
		if s.experiments[id] {
			p.Cards = append(p.Cards, s.card(l, id))
		}
	}
	s.prospects(&p, l)
	for _, a := range s.options.Agendas {
		if a != nil {
			p.Agendas = append(p.Agendas, s.agenda(l, a))
		}
	}
	if flags, err := l.Flags(s.at); err == nil {
		for _, f := range flags.Raised {
			if !slices.ContainsFunc(f.Records, func(r record.Ref) bool { return r.Kind == learning.KindExperiment }) {
				p.Flags = append(p.Flags, s.flag(f))
			}
		}
	}
	for _, c := range l.Lessons("", s.at) {
		p.Lessons = append(p.Lessons, lessonPart{lessonFacts(learning.LessonText{
			Believed: c.Record.Believed, Observed: c.Record.Observed, Learned: c.Record.Learned, Therefore: c.Record.Therefore, Surprising: c.Record.Surprising,
		}), s.origin(&c.Record.Record)})
	}
	s.safety(&p, l)
	if len(p.Beliefs)+len(p.Cards)+len(p.Lessons)+len(p.Envelopes)+len(p.Spaces) == 0 {
		return nil
	}
	s.used["learning"] = true
	return &p
}

// inHundred writes a belief or chance between 0 and 1 in whole hundredths.
func inHundred(p float64) string {
	switch {
	case p <= 0:
		return "0%"
	case p >= 1:
		return "100%"
	}
	return strings.TrimPrefix(points(p), "about ")
}

func (s *scribe) belief(l *learning.Ledger, id record.ID) beliefRow {
	claims := l.Hypothesis(id, s.at)
	h := claims[0].Record
	ref := record.Ref{Kind: learning.KindHypothesis, ID: id}
	row := beliefRow{Anchor: s.place(ref).Anchor, Claim: clean(h.Claim, longText), Minds: clean(h.WouldChangeOurMind, longText), Findings: s.found[ref]}
	row.From = append(row.From, s.origin(&h.Record))
	add := func(name, text string) {
		if text = clean(text, longText); text != "" {
			row.Facts = append(row.Facts, fact{name, text})
		}
	}
	if len(l.Contribution(h.Contribution, s.at)) > 0 {
		add("That", s.contribution(l, h.Contribution))
	}
	add("Of", strings.Join(h.Context, ", "))
	if h.By != "" {
		add("Declared by", s.party(h.By).name)
	}
	if !h.Declared.IsZero() {
		add("Declared", s.when(h.Declared, false))
	}
	if !h.Horizon.IsZero() {
		add("To be known by", s.when(h.Horizon, false))
	}
	e, err := l.Explain(id, s.at)
	if err != nil {
		row.Belief = "cannot be told: " + clean(dated(err.Error()), longText)
		row.Standing = s.mark("unclear", "not known")
		return row
	}
	row.Belief = inHundred(e.Belief)
	if e.Low != e.High {
		row.Range = inHundred(e.Low) + " to " + inHundred(e.High) + ", from what else might honestly have been said before"
	}
	row.Standing = s.stands(e.Standing)
	row.Prior = inHundred(e.Prior)
	if e.PriorLow != e.PriorHigh {
		row.Prior += " (" + inHundred(e.PriorLow) + " to " + inHundred(e.PriorHigh) + ")"
	}
	if e.Basis != "" {
		row.Prior += ", " + words(e.Basis)
	}
	for i := range e.Steps {
		row.Steps = append(row.Steps, s.evidenceStep(l, &e.Steps[i]))
	}
	for _, left := range e.Left {
		row.Left = append(row.Left, s.evidenceName(l, left.Evidence)+": "+clean(dated(left.Why.Error()), longText))
	}
	for _, r := range e.Rivals {
		row.Rivals = append(row.Rivals, s.claimant(r.Claimant)+" believed "+inHundred(r.Prior)+" before; the same evidence makes that "+inHundred(r.Belief))
	}
	return row
}

// evidenceStep says what one piece of evidence did to a belief.
func (s *scribe) evidenceStep(l *learning.Ledger, step *learning.ExplainedStep) rival {
	text := s.evidenceName(l, step.Evidence)
	if !step.Observed.IsZero() {
		text += ", " + s.when(step.Observed, false)
	}
	factor := step.Weight.BayesFactor()
	switch {
	case math.IsInf(factor, 0) || factor == 0:
		text += ": decides it"
	case factor >= 1:
		text += ": " + figure(factor) + " times as likely if the claim is true"
	default:
		text += ": " + figure(1/factor) + " times as likely if the claim is false"
	}
	if step.Capped {
		text += ", held at the cap"
	}
	if step.Shared {
		text += "; it bears on several claims at once"
	}
	if step.Amendment > 0 {
		text += "; under amendment " + strconv.Itoa(step.Amendment) + " of the protocol"
	}
	o, _ := s.originOf(record.Ref{Kind: learning.KindEvidence, ID: step.Evidence}, "")
	return rival{text + ". Belief then: " + inHundred(step.Belief), o}
}

// figure writes a factor with two digits that matter.
func figure(x float64) string {
	switch {
	case x >= 99.5:
		return grouped(strconv.FormatFloat(math.Round(x), 'f', 0, 64))
	case x >= 9.95:
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

// evidenceName says what was observed: in the words of whoever recorded it, with the result.
func (s *scribe) evidenceName(l *learning.Ledger, id record.ID) string {
	claims := l.Evidence(id, s.at)
	if len(claims) == 0 {
		return string(id)
	}
	text, result := clean(claims[0].Record.Statement, longText), clean(claims[0].Record.Result.Sentence(), longText)
	if text == "" {
		return result
	}
	return text + " (" + result + ")"
}

// stands puts the standing of a hypothesis into words and a shape.
func (s *scribe) stands(st learning.Standing) tag {
	switch st {
	case learning.Supported:
		return s.mark("met", "supported")
	case learning.Weakened:
		return s.mark("notmet", "weakened")
	case learning.Drafted:
		return s.mark("vacant", "a draft")
	case learning.Retired:
		return s.mark("withheld", "retired")
	}
	return s.mark("partial", "open")
}

// prospects says how likely what the theory of action leads to is to be reached.
func (s *scribe) prospects(p *learningPart, l *learning.Ledger) {
	if len(l.Contributions()) == 0 {
		return
	}
	out, err := l.Outlook(context.Background(), s.at, learning.OutlookOptions{})
	if err != nil {
		p.NoProspects = "How likely missions and milestones are to be reached by what is believed cannot be told: " + s.refusal(l, err) + "."
		return
	}
	for i := range out.Each {
		x := &out.Each[i]
		if x.Rests == nil {
			continue // no end, and on the way to one
		}
		row := prospectRow{What: s.place(x.Subject), Text: inHundred(x.Chance)}
		if x.NoRange == nil && x.Low != x.High {
			row.Text += " (" + inHundred(x.Low) + " to " + inHundred(x.High) + ")"
		}
		if x.SE > 0 {
			row.Text += ", by a sample with a standard error of " + figure(100*x.SE) + " points"
		}
		for _, r := range x.Rests {
			text := "believed " + inHundred(r.Belief)
			if !math.IsNaN(r.IfHolds) && !math.IsNaN(r.IfNot) {
				text += "; " + inHundred(r.IfHolds) + " if it holds, " + inHundred(r.IfNot) + " if not"
			}
			if slices.Contains(x.Untested, record.ID(r.Link)) {
				text += "; much hangs on it, and no evidence bears on it"
			}
			if slices.Contains(x.Contested, record.ID(r.Link)) {
				text += "; claimants differ on its strength"
			}
			row.Rests = append(row.Rests, fact{s.contribution(l, record.ID(r.Link)), text})
		}
		p.Prospects = append(p.Prospects, row)
	}
}

// refusal says why there is no answer, naming contributions by what they join.
func (s *scribe) refusal(l *learning.Ledger, err error) string {
	if none, ok := errors.AsType[*learning.NoBeliefError](err); ok {
		var names []string
		for i, id := range none.Contributions {
			if i == 4 {
				names = append(names, grouped(strconv.Itoa(len(none.Contributions)-i))+" more")
				break
			}
			names = append(names, "“"+s.contribution(l, id)+"”")
		}
		return "no belief is declared in " + listed(names)
	}
	return clean(dated(strings.ReplaceAll(err.Error(), "\n", "; ")), longText)
}

// contribution names a contribution by what it joins.
func (s *scribe) contribution(l *learning.Ledger, id record.ID) string {
	for _, c := range l.Contribution(id, s.at) {
		return s.name(c.Record.Cause) + " → " + s.name(c.Record.Effect)
	}
	return string(id)
}

// card makes the two cards of an experiment.
func (s *scribe) card(l *learning.Ledger, id record.ID) cardPart {
	x := l.Experiment(id, s.at)[0].Record
	ref := record.Ref{Kind: learning.KindExperiment, ID: id}
	p := cardPart{Anchor: s.place(ref).Anchor, Name: named(x.Name, id), Kind: words(x.Kind), Findings: s.found[ref]}
	p.From = append(p.From, s.origin(&x.Record))
	test, err := l.TestCard(id, s.at)
	if err != nil {
		p.Refused = "Its cards cannot be made: " + clean(dated(err.Error()), longText) + "."
		return p
	}
	p.Standing = clean(dated(test.Standing), longText)
	add := func(list *[]fact, name, text string) {
		if text = clean(dated(text), longText); text != "" {
			*list = append(*list, fact{name, text})
		}
	}
	for i, claim := range test.Claims {
		add(&p.Test, "We believe", claim+" ("+inHundred(test.Beliefs[i])+" now)")
	}
	add(&p.Test, "We will measure", test.Measure)
	add(&p.Test, "How we read it", test.Analysis)
	for _, r := range test.Rules {
		add(&p.Test, "Rule", r)
	}
	for _, m := range test.Minds {
		add(&p.Test, "What would change our mind", m)
	}
	add(&p.Test, "Risk", test.Risk)
	for _, r := range test.StopRules {
		add(&p.Test, "Stops if", r)
	}
	add(&p.Test, "Protocol, by its hash", test.Hash[:min(12, len(test.Hash))])
	learned, err := l.LearningCard(id, s.at)
	if err != nil {
		p.Refused = "Its learning card cannot be made: " + clean(dated(err.Error()), longText) + "."
		return p
	}
	add(&p.Learned, "What we saw", learned.Reading)
	for _, m := range learned.Moves {
		if m.Before != m.After {
			add(&p.Learned, "What it moved", m.Claim+": "+inHundred(m.Before)+" before, "+inHundred(m.After)+" after")
		}
	}
	for _, lesson := range learned.Lessons {
		p.Learned = append(p.Learned, lessonFacts(lesson)...)
	}
	for _, d := range learned.Decisions {
		add(&p.Learned, "We decided to", words(d))
	}
	for _, f := range learned.Flags {
		p.Flags = append(p.Flags, s.flag(f))
	}
	for _, c := range l.Lessons(id, s.at) {
		p.From = append(p.From, s.origin(&c.Record.Record))
	}
	for _, c := range l.Decisions(id, s.at) {
		p.From = append(p.From, s.origin(&c.Record.Record))
	}
	p.From = merged(p.From)
	return p
}

func lessonFacts(l learning.LessonText) []fact {
	var list []fact
	for _, f := range []fact{{"We believed", l.Believed}, {"We observed", l.Observed}, {"We learned", l.Learned}, {"Therefore", l.Therefore}} {
		if f.Text = clean(f.Text, longText); f.Text != "" {
			list = append(list, f)
		}
	}
	if l.Surprising {
		list = append(list, fact{"And", "it surprised us"})
	}
	return list
}

func (s *scribe) flag(f learning.Flag) string {
	text := capital(clean(dated(f.Text), longText))
	if len(f.Records) > 0 && f.Records[0].Kind != learning.KindExperiment {
		text = s.learned(f.Records[0]) + ": " + small(text)
	}
	return text + "."
}

// learned names a record of learning for people: what it is about, where it has no name of its own.
func (s *scribe) learned(ref record.Ref) string {
	if ref.Kind != learning.KindDecision {
		return s.name(ref)
	}
	for i := range s.spec.Decisions {
		if d := &s.spec.Decisions[i]; d.Fact() == ref.ID || d.ID == ref.ID {
			return "The decision to " + words(d.Choice.String()) + " on “" + s.name(record.Ref{Kind: learning.KindHypothesis, ID: d.About}) + "”"
		}
	}
	return s.name(ref)
}

// agenda says what experiments are worth for one choice, in the order of the agenda: it is one of choices that are still open.
func (s *scribe) agenda(l *learning.Ledger, a *learning.Agenda) agendaPart {
	p := agendaPart{Caption: "For a choice about “" + s.name(a.Prospect.Subject) + "”"}
	p.Says = append(p.Says, "It is reached with a chance of "+inHundred(a.Prospect.Chance)+" by what is believed now.")
	for i := range a.Experiments {
		n := &a.Experiments[i]
		row := nextRow{Name: s.place(record.Ref{Kind: learning.KindExperiment, ID: n.Experiment})}
		valued := n.Now != 0 || n.Perfect != 0 || n.Sample != 0 || n.Net != 0 || n.Cost != 0
		switch {
		case n.CanChangeDecision:
			row.Says = "Its result could change what you would do."
			row.Worth = "It is worth " + worth(n.Sample) + " on average, and knowing the truth " + worth(n.Perfect) + "; less its cost and delay " + worth(n.Net) + "."
		case valued:
			row.Idle = true
			row.Says = "This test cannot change what you would do."
		default:
			row.Says = "Expected to move the chance by " + figure(100*n.Movement) + " points, up or down."
		}
		if n.Cost > 0 || n.Weeks > 0 {
			row.Cost = "at worst " + worth(n.Cost) + ", " + count(int(math.Ceil(n.Weeks)), "week", "weeks")
		}
		if n.Beyond != nil {
			row.Beyond = "Not safe to fail now: " + clean(dated(n.Beyond.Error()), longText) + "."
		}
		p.Rows = append(p.Rows, row)
	}
	if len(a.Chosen) > 0 {
		var names []string
		for _, id := range a.Chosen {
			names = append(names, s.name(record.Ref{Kind: learning.KindExperiment, ID: id}))
		}
		how := "chosen one by one, which may miss a better set"
		if a.Portfolio.Exact {
			how = "no other set is worth more"
		}
		p.Says = append(p.Says, "Within the budget: "+listed(names)+" ("+how+").")
	}
	for _, n := range a.NotValued {
		p.Without = append(p.Without, s.name(record.Ref{Kind: learning.KindExperiment, ID: n.Experiment})+": "+clean(dated(n.Why.Error()), longText))
	}
	s.used["agenda"] = true
	return p
}

// worth writes a worth in whole units.
func worth(x float64) string { return grouped(strconv.FormatFloat(math.Round(x)+0, 'f', 0, 64)) }

// safety lists what experiments may cost and touch, and the agreements under which failing has no consequences.
func (s *scribe) safety(p *learningPart, l *learning.Ledger) {
	for _, id := range l.Envelopes() {
		for _, c := range l.Envelope(id, s.at) {
			r := c.Record
			row := lineRow{Name: "What may be at risk", Subject: s.place(r.Subject), From: s.origin(&r.Record)}
			add := row.adder()
			if !r.Money.IsZero() {
				add("Money", coin(r.Money))
			}
			if r.People > 0 {
				add("People", grouped(strconv.Itoa(r.People)))
			}
			if !r.Closes.IsZero() {
				add("Closes", s.when(r.Closes, false))
			}
			if left, err := l.Reserve(id, s.at); err != nil {
				add("Left", "cannot be told: "+dated(err.Error()))
			} else {
				var parts []string
				if !r.Money.IsZero() {
					parts = append(parts, coin(left.Money))
				}
				if r.People > 0 {
					parts = append(parts, count(left.People, "person", "people"))
				}
				add("Left", listed(parts))
			}
			p.Envelopes = append(p.Envelopes, row)
		}
	}
	seen := make(map[record.Ref]bool)
	for i := range s.spec.LearningSpaces {
		ref := s.spec.LearningSpaces[i].Subject
		if seen[ref] {
			continue
		}
		seen[ref] = true
		for _, c := range s.register.Spaces(ref, s.at) {
			r := c.Record
			row := lineRow{Name: named(r.Name, r.Fact()), Subject: s.place(r.Subject), From: s.origin(&r.Record)}
			add := row.adder()
			if r.Sponsor != "" {
				add("The risk is carried by", s.party(r.Sponsor).name)
			}
			if !r.SpendCap.IsZero() {
				add("At most", coin(r.SpendCap))
			}
			add("People", r.People)
			add("Harm", r.Harm)
			add("Ends early if", strings.Join(r.StopRules, "; "))
			add("Suspended", strings.Join(r.Protected, "; "))
			never := make([]string, len(r.Never))
			for k, n := range r.Never {
				never[k] = words(n)
			}
			add("Never protected", listed(never))
			if !r.DebriefDue.IsZero() {
				add("To be told by", s.when(r.DebriefDue, false))
			}
			if !r.Debriefed.IsZero() {
				add("Told", s.when(r.Debriefed, false))
			}
			p.Spaces = append(p.Spaces, row)
		}
	}
}
