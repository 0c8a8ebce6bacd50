package learning

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Ledger is a checked set of records of learning, as a view leaves it: what is believed, why, and what is being tried. It is immutable
// and safe for concurrent readers. Every question takes a [record.Moment]: the day, on which what was observed later is not yet
// there, and the instant as of which the records are read. The zero Moment is the view's own.
type Ledger struct {
	view          record.View
	contributions record.Timelines[Contribution]
	rivals        record.Timelines[RivalExplanation]
	hypotheses    record.Timelines[Hypothesis]
	experiments   record.Timelines[Experiment]
	evidence      record.Timelines[Evidence]
	lessons       record.Timelines[Lesson]
	decisions     record.Timelines[Decision]
	envelopes     record.Timelines[Envelope]

	rivalsOn  map[record.Ref][]record.ID // rival explanations by subject
	aboutLink map[record.ID][]record.ID  // hypotheses by contribution
	superseds map[record.ID][]record.ID  // hypotheses by the one that they supersede
	lessonsOf map[record.ID][]record.ID  // lessons by experiment
	decidedOn map[record.ID][]record.ID  // decisions by experiment
	now       *counted                   // what counts at the view's own moment
}

// Checked returns the Ledger of a Spec that has passed its check already, as a view leaves it. The Ledger keeps the Spec's slices
// where the view leaves nothing out.
func (s Spec) Checked(view record.View) *Ledger {
	l := &Ledger{view: view}
	l.contributions = record.Read(&view, s.Contributions, s.Sources)
	l.rivals = record.Read(&view, s.RivalExplanations, s.Sources)
	l.hypotheses = record.Read(&view, s.Hypotheses, s.Sources)
	l.experiments = record.Read(&view, s.Experiments, s.Sources)
	l.evidence = record.Read(&view, s.Evidence, s.Sources)
	l.lessons = record.Read(&view, s.Lessons, s.Sources)
	l.decisions = record.Read(&view, s.Decisions, s.Sources)
	l.envelopes = record.Read(&view, s.Envelopes, s.Sources)

	l.rivalsOn = record.Group(&l.rivals, func(r *RivalExplanation) record.Ref { return r.Subject })
	l.aboutLink = record.Group(&l.hypotheses, func(h *Hypothesis) record.ID { return h.Contribution })
	l.superseds = record.Group(&l.hypotheses, func(h *Hypothesis) record.ID { return h.Supersedes })
	l.lessonsOf = record.Group(&l.lessons, func(s *Lesson) record.ID { return s.Experiment })
	l.decidedOn = record.Group(&l.decisions, func(d *Decision) record.ID { return d.Experiment })
	l.now = l.count(view.At(record.Moment{}), nil)
	return l
}

// word is the first claimant's word on a fact, or nil.
func word[T any](t *record.Timelines[T], id record.ID, at record.Moment) *T {
	claims := t.At(id, at.On, at.Known)
	if len(claims) == 0 {
		return nil
	}
	return claims[0].Record
}

// stands returns the word on each fact that has one, in the order of the Spec.
func stands[T any](t *record.Timelines[T], at record.Moment) []*T {
	var all []*T
	for _, id := range t.Facts() {
		if r := word(t, id, at); r != nil {
			all = append(all, r)
		}
	}
	return all
}

// Contributions returns the ids of the contributions, in the order of the Spec.
func (l *Ledger) Contributions() []record.ID { return l.contributions.Facts() }

// Contribution returns what each claimant says of a contribution, in the order in which the claimants first spoke.
func (l *Ledger) Contribution(id record.ID, at record.Moment) []record.Claim[Contribution] {
	at = l.view.At(at)
	return l.contributions.At(id, at.On, at.Known)
}

// RivalExplanations returns the claims on how a subject may come about otherwise.
func (l *Ledger) RivalExplanations(subject record.Ref, at record.Moment) []record.Claim[RivalExplanation] {
	all := l.rivals.Collect(l.rivalsOn[subject], l.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[RivalExplanation]) bool { return c.Record.Subject != subject })
}

// Hypotheses returns the ids of the hypotheses, in the order of the Spec.
func (l *Ledger) Hypotheses() []record.ID { return l.hypotheses.Facts() }

// Hypothesis returns what each claimant says of a hypothesis: rival priors stand side by side.
func (l *Ledger) Hypothesis(id record.ID, at record.Moment) []record.Claim[Hypothesis] {
	at = l.view.At(at)
	return l.hypotheses.At(id, at.On, at.Known)
}

// Experiments returns the ids of the experiments, those that were abandoned among them, in the order of the Spec.
func (l *Ledger) Experiments() []record.ID { return l.experiments.Facts() }

// Experiment returns what each claimant says of an experiment.
func (l *Ledger) Experiment(id record.ID, at record.Moment) []record.Claim[Experiment] {
	at = l.view.At(at)
	return l.experiments.At(id, at.On, at.Known)
}

// ExperimentVersions returns every version of an experiment, whoever claims it, oldest first.
func (l *Ledger) ExperimentVersions(id record.ID) []*Experiment { return l.experiments.Versions(id) }

// EvidenceIDs returns the ids of all evidence, in the order of the Spec.
func (l *Ledger) EvidenceIDs() []record.ID { return l.evidence.Facts() }

// Evidence returns what each claimant says was observed.
func (l *Ledger) Evidence(id record.ID, at record.Moment) []record.Claim[Evidence] {
	at = l.view.At(at)
	return l.evidence.At(id, at.On, at.Known)
}

// Lessons returns what was learned from an experiment, or, for the empty id, apart from any, in the order of the Spec.
func (l *Ledger) Lessons(experiment record.ID, at record.Moment) []record.Claim[Lesson] {
	at = l.view.At(at)
	all := l.lessons.Collect(l.lessonsOf[experiment], at)
	return slices.DeleteFunc(all, func(c record.Claim[Lesson]) bool {
		return c.Record.Experiment != experiment || !happened(c.Record.OnDay, at.On, true)
	})
}

// Decisions returns what was decided under the rules of an experiment, or, for the empty id, apart from any, in the order of the Spec.
func (l *Ledger) Decisions(experiment record.ID, at record.Moment) []record.Claim[Decision] {
	at = l.view.At(at)
	all := l.decisions.Collect(l.decidedOn[experiment], at)
	return slices.DeleteFunc(all, func(c record.Claim[Decision]) bool {
		return c.Record.Experiment != experiment || !happened(c.Record.OnDay, at.On, true)
	})
}

// Envelopes returns the ids of the envelopes, in the order of the Spec.
func (l *Ledger) Envelopes() []record.ID { return l.envelopes.Facts() }

// Envelope returns what each claimant says of an envelope.
func (l *Ledger) Envelope(id record.ID, at record.Moment) []record.Claim[Envelope] {
	at = l.view.At(at)
	return l.envelopes.At(id, at.On, at.Known)
}

// happened reports whether something had possibly happened by a day; any stated day has, where no day is asked about. unset is the
// answer where no day is stated.
func happened(when calendar.When, by calendar.Date, unset bool) bool {
	if when.IsZero() {
		return unset
	}
	return !when.After(by)
}

// A LeftOut is a piece of evidence that moves no belief, and why: an error such as a [*DoubleCountedError] or a [*PeekError].
type LeftOut struct {
	Evidence record.ID
	Why      error
}

// counted is what evidence counts at a moment.
type counted struct {
	at    record.Moment
	items []item
	index map[record.ID]int   // items by the id of their fact
	of    map[record.ID][]int // items by hypothesis
	left  []LeftOut           // in the order in which evidence is entered
}

// item is one piece of evidence that has been entered.
type item struct {
	id       record.ID
	e        *Evidence
	protocol *Protocol // nil where no experiment produced it
	held     error     // why it moves no belief yet; it still takes its place against being counted twice
}

func (l *Ledger) counted(at record.Moment) *counted {
	at = l.view.At(at)
	if l.now != nil && at == l.now.at {
		return l.now
	}
	return l.count(at, nil)
}

// count enters the evidence that was there at a moment, in the order in which it was observed, then of ids, but what depends on other
// evidence after that: an order that does not hang on how the records were written down. reached are steps that are observed by
// themselves, from which nothing may be derived as well.
func (l *Ledger) count(at record.Moment, reached map[string]bool) *counted {
	c := &counted{at: at, index: make(map[record.ID]int), of: make(map[record.ID][]int)}
	all := make([]item, 0, l.evidence.Len())
	for _, id := range l.evidence.Facts() {
		if e := word(&l.evidence, id, at); e != nil && happened(e.Observed, at.On, true) {
			all = append(all, item{id: id, e: e})
		}
	}
	slices.SortFunc(all, func(a, b item) int {
		if by := a.e.Observed.Earliest().Compare(b.e.Observed.Earliest()); by != 0 {
			return by
		}
		return compareIDs(a.id, b.id)
	})
	s := screen{l: l, c: c, seen: newOrigins(), from: make(map[record.Ref]record.ID), reached: reached, content: make(map[content]record.ID)}
	for _, it := range dependentsLast(all) {
		s.enter(it)
	}
	l.hold(c)
	for i := range c.items {
		it := &c.items[i]
		if it.held != nil {
			c.left = append(c.left, LeftOut{it.id, it.held})
			continue
		}
		for _, h := range it.e.Hypotheses {
			c.of[h] = append(c.of[h], i)
		}
	}
	return c
}

func compareIDs(a, b record.ID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// dependentsLast moves what depends on other evidence behind it, and otherwise keeps the order. What depends in a circle comes last.
func dependentsLast(all []item) []item {
	at := make(map[record.ID]int, len(all))
	for i := range all {
		at[all[i].id] = i
	}
	waits := make([]int, len(all))
	then := make([][]int, len(all))
	free := true
	for i := range all {
		for _, d := range all[i].e.DependsOn {
			if k, ok := at[d]; ok {
				waits[i]++
				then[k] = append(then[k], i)
				free = false
			}
		}
	}
	if free {
		return all
	}
	ordered := make([]item, 0, len(all))
	done := make([]bool, len(all))
	var queue []int
	for i := range all {
		if waits[i] > 0 || done[i] {
			continue
		}
		queue = append(queue[:0], i)
		for len(queue) > 0 {
			k := queue[0]
			queue = queue[1:]
			done[k] = true
			ordered = append(ordered, all[k])
			for _, n := range then[k] {
				if waits[n]--; waits[n] == 0 && n < i { // it would have had its turn by now
					queue = append(queue, n)
				}
			}
		}
	}
	for i := range all {
		if !done[i] {
			ordered = append(ordered, all[i])
		}
	}
	return ordered
}
