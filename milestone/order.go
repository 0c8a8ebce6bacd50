package milestone

// arrange files the links by their ends and finds the order of the passes: at each step the node whose predecessors were first all done.
func (n *network) arrange() {
	nodes := len(n.dur)
	n.inOff, n.outOff = make([]int32, nodes+1), make([]int32, nodes+1)
	live := 0
	n.plain = true
	for i := range n.links {
		l := &n.links[i]
		if !l.ahead && !l.back {
			continue
		}
		live++
		n.inOff[l.to+1]++
		n.outOff[l.from+1]++
		if n.on[l.from] != n.on[l.to] || l.lag != 0 && l.on != n.on[l.to] {
			n.plain = false
		}
	}
	for i := range nodes {
		n.inOff[i+1] += n.inOff[i]
		n.outOff[i+1] += n.outOff[i]
		if n.form[i] == first || n.on[i] != n.on[0] || n.asap != nil {
			n.plain = false
		}
	}
	n.in, n.out = make([]end, live), make([]end, live)
	in, out := append([]int32(nil), n.inOff...), append([]int32(nil), n.outOff...)
	for i := range n.links {
		l := &n.links[i]
		if !l.ahead && !l.back {
			continue
		}
		a, b := in[l.to], out[l.from]
		in[l.to]++
		out[l.from]++
		from, to := end{l.lag, 2*l.from + l.fromFinish(), int32(i)}, end{-l.lag, 2*l.to + l.toFinish(), int32(i)}
		if l.toFinish() == 1 {
			from.add -= n.dur[l.to]
		}
		if l.fromFinish() == 0 {
			to.add += n.dur[l.from]
		}
		if !l.ahead {
			from.add = unset
		}
		if !l.back {
			to.add = open
		}
		n.in[a], n.out[b] = from, to
	}
	waits := make([]int32, nodes)
	n.order = make([]int32, 0, nodes)
	for i := range nodes {
		waits[i] = n.inOff[i+1] - n.inOff[i]
		if waits[i] == 0 {
			n.order = append(n.order, int32(i))
		}
	}
	for k := 0; k < len(n.order); k++ {
		i := n.order[k]
		for _, e := range n.out[n.outOff[i]:n.outOff[i+1]] {
			to := e.event / 2
			if waits[to]--; waits[to] == 0 {
				n.order = append(n.order, to)
			}
		}
	}
	n.sorted = len(n.order)
	if n.sorted < nodes {
		n.plain = false
		n.untangle(waits)
	}
}

// untangle orders the nodes that are left over by their starts, in an order of all starts and finishes, and counts the links that go against it. A longest
// chain of links goes along each of these at most once, so passes in this order are done after one round more than there are of them.
func (n *network) untangle(left []int32) {
	nodes := int32(len(n.dur))
	waits := make([]int32, 2*nodes) // for events: 2*node, +1 for its finish
	for i := range nodes {
		waits[2*i+1] = 1
	}
	for _, e := range n.out {
		waits[e.event]++
	}
	var queue []int32
	ready := func(e int32) {
		queue = append(queue, e)
		if e&1 == 0 && left[e/2] > 0 {
			left[e/2] = 0
			n.order = append(n.order, e/2)
		}
	}
	for e := range waits {
		if waits[e] == 0 {
			ready(int32(e))
		}
	}
	for k := 0; k < len(queue); k++ {
		e := queue[k]
		i := e / 2
		if e&1 == 0 {
			if waits[e+1]--; waits[e+1] == 0 {
				ready(e + 1)
			}
		}
		for k := n.outOff[i]; k < n.outOff[i+1]; k++ {
			if to := n.out[k].event; n.links[n.out[k].link].fromFinish() == e&1 {
				if waits[to]--; waits[to] == 0 {
					ready(to)
				}
			}
		}
	}
	for i, w := range left { // on a circle of starts and finishes, which the caller finds
		if w > 0 {
			n.order = append(n.order, int32(i))
		}
	}
	place := make([]int32, nodes)
	for k, i := range n.order {
		place[i] = int32(k)
	}
	for i := range n.links {
		if l := &n.links[i]; (l.ahead || l.back) && place[l.from] > place[l.to] {
			n.against++
		}
	}
}
