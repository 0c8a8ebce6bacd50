package milestone

import (
	"container/heap"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// DrivingPath is a chain of activities and milestones, each held by the one before it, from something that nothing else holds to an end.
type DrivingPath struct {
	// Nodes are positions in [Schedule.All], in order of time.
	Nodes []int
	// Arcs are positions in [Schedule.Arcs]: Arcs[i] leads from Nodes[i] to Nodes[i+1], or to or from a summary that one of the two is part of.
	Arcs []int
}

// ends are the nodes whose early finish is that of what a reference names; of the whole schedule for the zero Ref.
func (s *Schedule) ends(to record.Ref) []int32 {
	n := s.net
	if to.IsZero() {
		var ends []int32
		for i := range s.nodes {
			if n.real[i] && n.earlyAt[2*i+1] == n.whole && s.nodes[i].Finished == 0 {
				ends = append(ends, int32(i))
			}
		}
		return ends
	}
	top, ok := s.index[to]
	if !ok {
		return nil
	}
	var ends []int32
	for todo := []int32{int32(top)}; len(todo) > 0; todo = todo[1:] {
		i := todo[0]
		switch t := &s.nodes[i]; {
		case t.Type == Summary:
			for _, p := range s.parts[i] {
				if s.nodes[p].EarlyFinish == t.EarlyFinish {
					todo = append(todo, p)
				}
			}
		case t.Type != LevelOfEffort && t.Finished == 0:
			ends = append(ends, i)
		}
	}
	slices.Sort(ends)
	return ends
}

// DrivingPaths returns the chains that hold the early finish of what a reference names, and of the whole schedule for the zero Ref: the critical
// paths by what drives what, whatever the floats. There may be very many; it returns at most limit of them, 100 where limit is 0 or less, and whether
// there are more. They come in the order of the ends, and of the links into each activity from the last back. Finding each takes time linear in its
// length and the links into its activities.
func (s *Schedule) DrivingPaths(to record.Ref, limit int) (paths []DrivingPath, more bool) {
	if limit <= 0 {
		limit = 100
	}
	n := s.net
	type frame struct {
		node int32
		next int32 // of its links in
		via  int32 // the link that led here, -1 for an end
		some bool  // some link drives it
	}
	onPath := make(map[int32]bool)
	ends := s.ends(to)
	for _, end := range ends {
		if s.leadsOn(end, ends) {
			continue
		}
		stack := []frame{{end, n.inOff[end], -1, false}}
		onPath[end] = true
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next < n.inOff[f.node+1] {
				k := n.in[f.next].link
				f.next++
				l := &n.links[k]
				if n.drives(l) && !onPath[l.from] {
					f.some = true
					onPath[l.from] = true
					stack = append(stack, frame{l.from, n.inOff[l.from], k, false})
				} else if n.form[f.node] == first && l.ahead && n.earlyAt[2*l.from] == n.earlyAt[2*f.node] && !onPath[l.from] {
					f.some = true
					onPath[l.from] = true
					stack = append(stack, frame{l.from, n.inOff[l.from], k, false})
				}
				continue
			}
			if !f.some {
				if len(paths) == limit {
					return paths, true
				}
				var p DrivingPath
				for i := len(stack) - 1; i >= 0; i-- {
					if int(stack[i].node) < len(s.nodes) {
						p.Nodes = append(p.Nodes, int(stack[i].node))
					} else if base, ok := s.startOf(stack[i].node); ok {
						p.Nodes = append(p.Nodes, base)
					}
					if k := stack[i].via; k >= 0 && n.links[k].arc >= 0 {
						p.Arcs = append(p.Arcs, int(n.links[k].arc))
					}
				}
				paths = append(paths, p)
			}
			delete(onPath, f.node)
			stack = stack[:len(stack)-1]
		}
	}
	return paths, false
}

// leadsOn reports whether an end drives another, whose path then goes through it: a milestone may follow the last task at once.
func (s *Schedule) leadsOn(last int32, ends []int32) bool {
	n := s.net
	return n.sorted == len(n.order) && slices.ContainsFunc(n.out[n.outOff[last]:n.outOff[last+1]], func(k end) bool {
		_, found := slices.BinarySearch(ends, n.links[k.link].to)
		return found && n.drives(&n.links[k.link])
	})
}

// startOf returns the activity whose actual start a node stands for.
func (s *Schedule) startOf(node int32) (int, bool) {
	for i, k := range s.started {
		if k == node {
			return int(i), true
		}
	}
	return 0, false
}

// Criticality says how the finish of something hangs on one activity.
type Criticality struct {
	// Start and Finish say whether a driving path goes through its start and through its finish. An activity on a path is never without one of them.
	Start, Finish bool
	// Longer is what happens to that finish, for a small change, where the activity takes longer: +1 later by as much; 0 not moved, because it is not
	// on a driving path or because the paths go through its start alone or its finish alone (neutral); -1 earlier by as much, because every path enters by its
	// finish and leaves by its start (reverse critical; J. D. Wiest, "Precedence diagramming method: some unusual characteristics and their
	// implications for project managers", Journal of Operations Management 1 (1981), 121-130). Dates on different calendars may move by more or less than as much.
	Longer int
}

// IsCritical reports whether a driving path goes through the activity.
func (c Criticality) IsCritical() bool { return c.Start || c.Finish }

// Criticality returns, for every position of [Schedule.All], how the early finish of what a reference names hangs on it, and that of
// the whole schedule for the zero Ref. A summary has the starts and finishes of its parts, and Longer 0. It takes time linear in the links.
func (s *Schedule) Criticality(to record.Ref) []Criticality {
	const start, finish = 1, 2
	n := s.net
	enters, leaves := make([]uint8, len(n.dur)), make([]uint8, len(n.dur))
	for _, end := range s.ends(to) {
		leaves[end] |= finish
	}
	for moved := true; moved; { // once, unless links between activities go in a circle
		moved = false
		for k := len(n.order) - 1; k >= 0; k-- {
			j := n.order[k]
			if leaves[j] == 0 {
				continue
			}
			for _, k := range n.in[n.inOff[j]:n.inOff[j+1]] {
				l := &n.links[k.link]
				if !n.drives(l) && !(n.form[j] == first && l.ahead && n.earlyAt[2*l.from] == n.earlyAt[2*j]) {
					continue
				}
				out, in := uint8(start), uint8(start)
				if l.fromFinish() == 1 {
					out = finish
				}
				if l.toFinish() == 1 {
					in = finish
				}
				enters[j] |= in
				if leaves[l.from]&out == 0 {
					leaves[l.from] |= out
					moved = moved || n.sorted < len(n.order)
				}
			}
		}
	}
	all := make([]Criticality, len(s.nodes))
	for i := range s.nodes {
		if leaves[i] == 0 || s.nodes[i].Finished != 0 {
			continue
		}
		in := enters[i]
		if n.early[2*i] == n.low[i] { // held by nothing but its begin or constraints
			byFinish := false
			s.ownBounds(int32(i), func(b Bound, early, _ int64) {
				byFinish = byFinish || early == n.early[2*i] && !b.Kind.startBound()
			})
			if byFinish {
				in |= finish
			}
			if !byFinish || int64(s.nodes[i].Hours.Worked(s.nodes[i].Begin)) == n.low[i] {
				in |= start
			}
		}
		c := Criticality{Start: (in|leaves[i])&start != 0, Finish: (in|leaves[i])&finish != 0}
		switch {
		case in&start != 0 && leaves[i]&finish != 0:
			c.Longer = 1
		case in == finish && leaves[i] == start:
			c.Longer = -1
		}
		all[i] = c
	}
	for i := len(s.nodes) - 1; i >= 0; i-- {
		if c := all[i]; c.IsCritical() && s.nodes[i].Type != Summary {
			for up, steps := s.nodes[i].PartOf, 0; up >= 0 && steps <= len(s.nodes); up, steps = s.nodes[up].PartOf, steps+1 {
				all[up].Start, all[up].Finish = all[up].Start || c.Start, all[up].Finish || c.Finish
			}
		}
	}
	return all
}

// FloatPath is a chain of activities with a common distance to being on a driving path.
type FloatPath struct {
	// Slack is how much later its last activity could be, in working time of its own, without moving what the paths lead to, if constraints and due days held
	// nothing: nought for the first.
	Slack calendar.Minutes
	// Nodes are positions in [Schedule.All], in order of time. Every activity is on at most one float path.
	Nodes []int
	// Joins is the position on an earlier path that its last activity leads to, or -1 where it is an end itself.
	Joins int
}

// FloatPaths returns the k chains closest to driving the early finish of what a reference names, of the whole schedule for the zero Ref: first a
// driving path, then at each step the chain that leads with the least slack into one of those before. Ties go by position. Where
// calendars differ, slack is counted on different ones and may fall from one path to the next. It takes
// O(m log m) time for m links.
func (s *Schedule) FloatPaths(to record.Ref, k int) []FloatPath {
	n := *s.net
	n.high = slices.Repeat([]int64{open}, len(n.dur))
	var queue joints
	if to.IsZero() {
		for i := range n.high {
			n.high[i] = int64(n.hours[n.on[i]].Worked(n.whole))
		}
	} else {
		for _, end := range s.ends(to) {
			n.high[end] = n.early[2*end+1]
		}
	}
	if n.backward() != nil {
		return nil
	}
	gap := func(i int32) int64 { return max(0, n.late[2*i+1]-n.early[2*i+1]) }
	if to.IsZero() {
		for i := range s.nodes {
			if n.real[i] && s.nodes[i].Finished == 0 && n.late[2*i+1] == n.high[i] && !n.held(int32(i)) {
				queue = append(queue, joint{gap(int32(i)), int32(i), -1})
			}
		}
		heap.Init(&queue)
	} else {
		for _, end := range s.ends(to) {
			heap.Push(&queue, joint{0, end, -1})
		}
	}
	taken := make([]bool, len(n.dur))
	var paths []FloatPath
	for len(paths) < k && len(queue) > 0 {
		from := heap.Pop(&queue).(joint)
		if taken[from.node] {
			continue
		}
		p := FloatPath{Joins: int(from.joins)}
		next, joins := from.node, from.joins
		for next >= 0 {
			at := next
			next = -1
			taken[at] = true
			if int(at) < len(s.nodes) {
				if p.Nodes = append(p.Nodes, int(at)); len(p.Nodes) == 1 {
					p.Slack = calendar.Minutes(gap(at))
				}
				joins = at
			}
			for _, k := range n.in[n.inOff[at]:n.inOff[at+1]] {
				l := &n.links[k.link]
				if !l.ahead || taken[l.from] || int(l.from) < len(s.nodes) && s.nodes[l.from].Finished != 0 {
					continue
				}
				if next < 0 && n.drives(l) {
					next = l.from
					continue
				}
				if p, binds := n.back(l); !l.back || binds && p == n.late[2*l.from+1] {
					heap.Push(&queue, joint{gap(l.from), l.from, joins})
				}
			}
		}
		if len(p.Nodes) > 0 {
			slices.Reverse(p.Nodes)
			paths = append(paths, p)
		}
	}
	return paths
}

// held reports whether a link out of a node holds its late finish.
func (n *network) held(i int32) bool {
	return slices.ContainsFunc(n.out[n.outOff[i]:n.outOff[i+1]], func(k end) bool {
		l := &n.links[k.link]
		p, binds := n.back(l)
		return l.back && binds && p == n.late[2*i+1]
	})
}

// joint is where a path may lead into those found so far.
type joint struct {
	slack int64
	node  int32
	joins int32
}

type joints []joint

func (j joints) Len() int { return len(j) }
func (j joints) Less(a, b int) bool {
	if j[a].slack != j[b].slack {
		return j[a].slack < j[b].slack
	}
	if j[a].node != j[b].node {
		return j[a].node < j[b].node
	}
	return j[a].joins < j[b].joins
}
func (j joints) Swap(a, b int) { j[a], j[b] = j[b], j[a] }
func (j *joints) Push(x any)   { *j = append(*j, x.(joint)) }
func (j *joints) Pop() any {
	last := (*j)[len(*j)-1]
	*j = (*j)[:len(*j)-1]
	return last
}
