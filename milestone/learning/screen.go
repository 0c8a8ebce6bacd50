package learning

import (
	"fmt"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// screen decides which evidence may move belief.
type screen struct {
	l       *Ledger
	c       *counted
	seen    *origins
	from    map[record.Ref]record.ID // what entered evidence is, or was derived from, to the evidence
	reached map[string]bool
	content map[content]record.ID // evidence without an origin by what it says
}

// content is what evidence says: by that it is known where it gives no origin.
type content struct {
	result     Result
	observed   calendar.When
	statement  string
	subject    record.Ref
	experiment record.ID
	amendment  int
	bearing    string
}

func contentOf(e *Evidence) content {
	return content{e.Result, e.Observed, e.Statement, e.Subject, e.Experiment, e.Amendment, fmt.Sprint(e.Hypotheses, e.Shared)}
}

func (s *screen) enter(it item) {
	if it.e.Background {
		return
	}
	if it.e.Experiment != "" {
		it.protocol = s.l.protocol(it.e.Experiment, it.e.Amendment, s.c.at)
		if it.protocol == nil {
			s.c.left = append(s.c.left, LeftOut{it.id, ErrNoAmendment})
			return
		}
	}
	provenance := s.provenance(&it)
	if err := s.refuses(&it, provenance); err != nil {
		s.c.left = append(s.c.left, LeftOut{it.id, err})
		return
	}
	s.seen.add(&it.e.Origin, it.id)
	if it.e.Origin.IsZero() {
		s.content[contentOf(it.e)] = it.id
	}
	for _, ref := range provenance {
		if _, taken := s.from[ref]; !taken {
			s.from[ref] = it.id
		}
	}
	s.c.index[it.id] = len(s.c.items)
	s.c.items = append(s.c.items, it)
}

// refuses returns why a piece of evidence may not move belief.
func (s *screen) refuses(it *item, provenance []record.Ref) error {
	for _, id := range it.e.Hypotheses {
		h := word(&s.l.hypotheses, id, record.Moment{Known: s.c.at.Known})
		if h == nil {
			return &NotRecordedError{Ref: record.Ref{Kind: KindHypothesis, ID: id}}
		}
		if h.Declared.IsZero() || certainlyBefore(it.e.Observed, h.Declared) {
			return &PredatesHypothesisError{Hypothesis: id, Observed: it.e.Observed, Declared: h.Declared}
		}
	}
	excused := func(id record.ID) bool { // they are entered together
		return len(it.e.Together.IfTrue) > 0 && slices.Contains(it.e.DependsOn, id)
	}
	if with, overlap := s.seen.find(&it.e.Origin, excused); with != "" {
		return &DoubleCountedError{With: record.Ref{Kind: KindEvidence, ID: with}, Overlap: overlap}
	}
	if it.e.Origin.IsZero() {
		if with, ok := s.content[contentOf(it.e)]; ok && !excused(with) {
			return &DoubleCountedError{With: record.Ref{Kind: KindEvidence, ID: with}, Overlap: "both say the same of one day and give no origin"}
		}
	}
	self := record.Ref{Kind: KindEvidence, ID: it.id}
	for _, ref := range provenance {
		with, ok := s.from[ref]
		switch {
		case len(s.reached) > 0 && ref != self && s.reached[ref.String()]:
			return &DoubleCountedError{With: ref, Overlap: "it was derived from that, which is itself observed"}
		case !ok || excused(with):
		case it.e.Result.Reached != 0 && ref == it.e.Subject && s.c.items[s.c.index[with]].e.Result.Reached != 0: // seen again later
		case ref == self:
			return &DoubleCountedError{With: record.Ref{Kind: KindEvidence, ID: with}, Overlap: "the other was derived from it"}
		case ref.Kind == KindEvidence && ref.ID == with:
			return &DoubleCountedError{With: ref, Overlap: "it was derived from the other"}
		default:
			return &DoubleCountedError{With: record.Ref{Kind: KindEvidence, ID: with}, Overlap: "both were derived from " + ref.String()}
		}
	}
	return nil
}

// certainlyBefore reports whether every day that a may mean is before every day that b may mean.
func certainlyBefore(a, b calendar.When) bool {
	return a.IsResolved() && b.IsResolved() && a.Latest().Before(b.Earliest())
}

// provenance returns the evidence itself and everything that it was derived from, directly or not.
func (s *screen) provenance(it *item) []record.Ref {
	all := []record.Ref{{Kind: KindEvidence, ID: it.id}}
	if it.e.Result.Reached != 0 {
		all = append(all, it.e.Subject)
	}
	all = append(all, it.e.DerivedFrom...)
	for i := 1; i < len(all); i++ {
		if all[i].Kind != KindEvidence {
			continue
		}
		if e := word(&s.l.evidence, all[i].ID, s.c.at); e != nil {
			for _, ref := range e.DerivedFrom {
				if !slices.Contains(all, ref) {
					all = append(all, ref)
				}
			}
		}
	}
	return all
}

// origins holds the origins of what has been entered, so that overlaps are found without comparing all with all.
type origins struct {
	exact map[Origin]record.ID
	in    map[string]*dataset
}

// dataset is what has been entered of one dataset: whole are those that name no units, and ranges the others, by their first unit.
type dataset struct {
	whole, ranges []claimed
	longest       int // of the ranges
}

type claimed struct {
	origin *Origin
	by     record.ID
}

func newOrigins() *origins {
	return &origins{exact: make(map[Origin]record.ID), in: make(map[string]*dataset)}
}

func (o *origins) key(x *Origin) string { return x.System + "\x00" + x.Dataset }

func (o *origins) add(x *Origin, by record.ID) {
	if x.IsZero() {
		return
	}
	if _, taken := o.exact[*x]; !taken {
		o.exact[*x] = by
	}
	d := o.in[o.key(x)]
	if d == nil {
		d = new(dataset)
		o.in[o.key(x)] = d
	}
	if x.First == 0 {
		d.whole = append(d.whole, claimed{x, by})
		return
	}
	at, _ := slices.BinarySearchFunc(d.ranges, x.First, func(c claimed, first int) int { return c.origin.First - first })
	d.ranges = slices.Insert(d.ranges, at, claimed{x, by})
	d.longest = max(d.longest, x.Last-x.First)
}

// find returns what has been entered that overlaps with an origin, the one that is met first, and what the two share.
func (o *origins) find(x *Origin, excused func(record.ID) bool) (record.ID, string) {
	d := o.in[o.key(x)]
	if x.IsZero() || d == nil {
		return "", ""
	}
	if by, ok := o.exact[*x]; ok && !excused(by) {
		return by, x.overlap(x)
	}
	look := func(list []claimed) (record.ID, string) {
		for _, c := range list {
			if s := x.overlap(c.origin); s != "" && !excused(c.by) {
				return c.by, s
			}
		}
		return "", ""
	}
	if by, s := look(d.whole); by != "" {
		return by, s
	}
	near := d.ranges
	if x.First != 0 {
		byFirst := func(c claimed, first int) int { return c.origin.First - first }
		from, _ := slices.BinarySearchFunc(near, x.First-d.longest, byFirst)
		to, _ := slices.BinarySearchFunc(near, max(x.Last, x.First)+1, byFirst)
		near = near[from:max(from, to)]
	}
	return look(near)
}

// protocol returns the protocol of an experiment under an amendment, as known at a moment, or nil.
func (l *Ledger) protocol(experiment record.ID, amendment int, at record.Moment) *Protocol {
	if amendment == 0 || at.Known.IsZero() {
		if e := word(&l.experiments, experiment, at); e != nil && e.Protocol.Amendment == amendment {
			return &e.Protocol
		}
	}
	for _, e := range slices.Backward(l.experiments.Versions(experiment)) {
		since, stated := l.experiments.KnownSince(e.ID)
		if e.Speaks() && e.Protocol.Amendment == amendment && (at.Known.IsZero() || !stated || !since.After(at.Known)) {
			return &e.Protocol
		}
	}
	return nil
}

// gathered is the observations of one experiment under one amendment, in the order in which they were entered.
type gathered struct {
	counts []*item
	arms   []*item
}

// batch names what one protocol governs.
type batch struct {
	experiment record.ID
	amendment  int
}

// hold keeps back the results that a design does not allow to be read yet, or any more.
func (l *Ledger) hold(c *counted) {
	batches := make(map[batch]*gathered)
	var order []batch
	for i := range c.items {
		it := &c.items[i]
		kind := it.e.Result.kind()
		if it.protocol == nil || kind != ofCounts && kind != ofArms {
			continue
		}
		b := batch{it.e.Experiment, it.e.Amendment}
		g := batches[b]
		if g == nil {
			g = new(gathered)
			batches[b] = g
			order = append(order, b)
		}
		if kind == ofCounts {
			g.counts = append(g.counts, it)
		} else {
			g.arms = append(g.arms, it)
		}
	}
	for _, b := range order {
		g := batches[b]
		hold(g.counts)
		hold(g.arms)
	}
}

// hold marks the items after the last place at which a plan may be read.
func hold(items []*item) {
	if len(items) == 0 {
		return
	}
	a := &items[0].protocol.Analysis
	var stops []int
	switch a.Looking {
	case LookOnce:
		stops = []int{a.N}
	case LookPlanned:
		stops = a.At
	default:
		return
	}
	have, read := 0, 0 // observations so far, and items that may be read
	for i, it := range items {
		have += it.size()
		if slices.Contains(stops, have) {
			read = i + 1
		}
	}
	last := lastOf(stops)
	have = 0
	for i, it := range items {
		have += it.size()
		if i < read {
			continue
		}
		if have > last {
			it.held = &NoExtensionError{Planned: last, Have: have}
			continue
		}
		next := last
		for _, stop := range slices.Backward(stops) {
			if stop >= have {
				next = stop
			}
		}
		it.held = &PeekError{Have: have, Need: next, Remedy: "wait; a design that may be read at any time had to be declared before the start (anytime)"}
	}
}

func (it *item) size() int {
	if it.e.Result.kind() == ofArms {
		return it.e.Result.Arms.A.N + it.e.Result.Arms.B.N
	}
	return it.e.Result.Counts.N
}

// Reading returns the reading of an experiment's counts under one amendment of its protocol, by its declared design. Under
// [LookAnytime] each record of two arms is a block, in the order observed. Errors are [*NotRecordedError], [*AcrossAmendmentError] for a
// negative amendment where there is more than one, and those of [Design].Read.
func (l *Ledger) Reading(experiment record.ID, amendment int, at record.Moment) (Reading, error) {
	data, protocol, err := l.data(experiment, amendment, at)
	if err != nil {
		return Reading{}, err
	}
	design := protocol.Analysis.Design()
	if design == nil {
		return Reading{}, &DataError{Got: "an experiment without a design", Want: "an analysis of counts"}
	}
	return design.Read(data)
}

// Progress says how many observations of an experiment are in and when its result may be read. It refuses nothing for being early.
// Errors are those of [Ledger.Reading].
func (l *Ledger) Progress(experiment record.ID, amendment int, at record.Moment) (Progress, error) {
	data, protocol, err := l.data(experiment, amendment, at)
	if err != nil {
		return Progress{}, err
	}
	design := protocol.Analysis.Design()
	if design == nil {
		return Progress{}, &DataError{Got: "an experiment without a design", Want: "an analysis of counts"}
	}
	return design.Progress(data)
}

func (l *Ledger) data(experiment record.ID, amendment int, at record.Moment) (Data, *Protocol, error) {
	c := l.counted(at)
	id, ok := l.experiments.Fact(experiment)
	if !ok {
		return nil, nil, &NotRecordedError{Ref: record.Ref{Kind: KindExperiment, ID: experiment}}
	}
	var found []*item
	var amendments []int
	for i := range c.items {
		it := &c.items[i]
		kind := it.e.Result.kind()
		if it.e.Experiment != id || kind != ofCounts && kind != ofArms || amendment >= 0 && it.e.Amendment != amendment {
			continue
		}
		found = append(found, it)
		if !slices.Contains(amendments, it.e.Amendment) {
			amendments = append(amendments, it.e.Amendment)
		}
	}
	if len(amendments) > 1 {
		slices.Sort(amendments)
		return nil, nil, &AcrossAmendmentError{Experiment: id, Amendments: amendments}
	}
	if len(found) == 0 {
		return nil, nil, &NotRecordedError{Ref: record.Ref{Kind: KindEvidence, ID: id + ".counts"}}
	}
	p := found[0].protocol
	var counts Counts
	var blocks Blocks
	for _, it := range found {
		counts = counts.Plus(it.e.Result.Counts)
		if it.e.Result.kind() == ofArms {
			blocks = append(blocks, Block(it.e.Result.Arms))
		}
	}
	switch {
	case len(blocks) > 0 && counts.N > 0:
		return nil, nil, &DataError{Got: "counts of one arm and of two", Want: "one kind"}
	case len(blocks) == 0:
		return counts, p, nil
	case p.Analysis.Looking == LookAnytime:
		return blocks, p, nil
	}
	return blocks.Total(), p, nil
}

// nameList joins ids for a sentence.
func nameList(ids []record.ID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = string(id)
	}
	return strings.Join(parts, ", ")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
