package milestone

import (
	"cmp"
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone/calendar"
)

// Conflict is a milestone due before something that it must follow.
type Conflict struct {
	// Node and After are positions in [Schedule.All]: Node is due before the due day of After lets it be met.
	Node, After int
	// Arcs are positions in [Schedule.Arcs]: the links that lead from After to Node, in order.
	Arcs []int
	// Earliest is when Node could be met, if After is met when it is due.
	Earliest calendar.Minute
	// On is [calendar.Certainly] where no two days within what the due days may mean agree with the links, and [calendar.Possibly] where some do, but the
	// last days that they may mean do not.
	On calendar.Certainty
}

// Conflicts returns the milestones that are due before the due days of others let them be met, in the order of [Schedule.All]. It compares what
// the plan says with itself: begins, constraints and durations play a part only on the way from one due day to the other. Milestones that are met
// are left out. [Schedule.Late] tells what the schedule itself makes late. It takes the time of two forward passes.
func (s *Schedule) Conflicts() []Conflict {
	sure := s.conflicts(calendar.Certainly)
	for _, c := range s.conflicts(calendar.Possibly) {
		if !slices.ContainsFunc(sure, func(d Conflict) bool { return d.Node == c.Node }) {
			sure = append(sure, c)
		}
	}
	slices.SortStableFunc(sure, func(a, b Conflict) int { return a.Node - b.Node })
	return sure
}

func (s *Schedule) conflicts(how calendar.Certainty) []Conflict {
	n := *s.net
	n.low, n.lowAt = slices.Clone(n.low), slices.Clone(n.lowAt)
	due := make(map[int32]bool)
	for i := range s.nodes {
		t := &s.nodes[i]
		if !t.Due.IsResolved() || t.Finished != 0 {
			continue
		}
		m := t.Due.Earliest().At(endOfDay)
		if how == calendar.Possibly {
			m = t.DueBy()
		}
		if start := m.Add(-t.Lasts); start > n.lowAt[i] {
			n.low[i], n.lowAt[i] = int64(t.Hours.Worked(start)), start
			due[int32(i)] = true
		}
	}
	if len(due) == 0 || n.forward() != nil {
		return nil
	}
	var found []Conflict
	for i := range s.nodes {
		t := &s.nodes[i]
		if !t.Due.IsResolved() || t.Finished != 0 || n.earlyAt[2*i+1] <= t.DueBy() {
			continue
		}
		c := Conflict{Node: i, Earliest: n.earlyAt[2*i+1], On: how}
		at := int32(i)
		for steps := 0; steps <= len(n.dur) && (int(at) == i || !due[at] || n.early[2*at] > n.low[at]); steps++ {
			k := slices.IndexFunc(n.in[n.inOff[at]:n.inOff[at+1]], func(k end) bool { return n.drives(&n.links[k.link]) })
			if k < 0 {
				break
			}
			l := &n.links[n.in[int(n.inOff[at])+k].link]
			if l.arc >= 0 {
				c.Arcs = append(c.Arcs, int(l.arc))
			}
			at = l.from
		}
		if int(at) != i && due[at] && n.early[2*at] == n.low[at] {
			c.After = int(at)
			slices.Reverse(c.Arcs)
			found = append(found, c)
		}
	}
	return found
}

// Late returns the positions of the milestones whose early finish lies after the last day that their due day may mean, in the order of [Schedule.All].
// It is empty for a schedule without dates.
func (s *Schedule) Late() []int {
	var late []int
	for i := range s.nodes {
		if t := &s.nodes[i]; t.Due.IsResolved() && t.EarlyFinish > t.DueBy() {
			late = append(late, i)
		}
	}
	return late
}

// Layers returns what the links of some kinds order, layer by layer: in the first what depends on nothing by them, in each other what depends on something
// in the layer before. No kinds mean the four precedences; [Needs] may be among them. Within a layer come milestones and then activities in
// the order of the Spec, then other things by reference. Milestones without
// such links are in the first layer. The error is a [*graph.CycleError], with the circle, where the links have one.
func (p *Plan) Layers(at record.Moment, kinds ...Link) ([][]record.Ref, error) {
	if len(kinds) == 0 {
		kinds = []Link{FinishStart, StartStart, FinishFinish, StartFinish}
	}
	labels := make([]string, len(kinds))
	for i, k := range kinds {
		labels[i] = k.String()
	}
	g := p.Graph(at).Filter(func(e graph.Edge[record.Ref]) bool { return slices.Contains(labels, e.Label) })
	partition, err := g.Layers()
	if err != nil {
		return nil, err
	}
	place := make(map[record.Ref]int)
	for i, id := range p.milestones.Facts() {
		place[Ref(id)] = i - math.MaxInt32
	}
	for i, id := range p.activities.Facts() {
		place[record.Ref{Kind: KindActivity, ID: id}] = i - math.MaxInt32/2
	}
	layers := make([][]record.Ref, 0, partition.Len())
	for _, layer := range partition.All() {
		layer = slices.Clone(layer)
		slices.SortStableFunc(layer, func(a, b record.Ref) int {
			if c := cmp.Compare(place[a], place[b]); c != 0 {
				return c
			}
			return a.Compare(b)
		})
		layers = append(layers, layer)
	}
	return layers, nil
}
