package milestone

import "github.com/missionled/missionled/milestone/calendar"

// Numbers makes a network of tasks on one calendar from plain numbers, without records: links of all four kinds from lower to higher numbers.
func Numbers(h *calendar.Hours, begin calendar.Minute, lasts []int64, links int, link func(i int) (from, to int32, kind Link, lag int64)) *network {
	n := &network{hours: []*calendar.Hours{nil, h}}
	for _, d := range lasts {
		i := n.extra(spanning, 1)
		n.dur[i], n.group[i], n.real[i] = d, 0, true
		n.low[i], n.lowAt[i] = int64(h.Worked(begin)), begin
		if d == 0 {
			n.form[i] = opening
		}
	}
	n.links = make([]link_, links)
	for i := range n.links {
		from, to, kind, lag := link(i)
		n.links[i] = link_{from: from, to: to, arc: int32(i), on: 1, kind: kind, lag: lag, ahead: true, back: true}
	}
	return n
}

type link_ = link

// Solve runs everything: order, both passes, floats. It returns the sum of the total floats.
func (n *network) Solve() (sum int64) {
	n.arrange()
	n.forward()
	n.finishes([]calendar.Minute{0}, 0, false)
	n.backward()
	for i := range n.dur {
		sum += n.late[2*i] - n.early[2*i]
		sum += n.room(int32(i))
	}
	return sum
}

// Passes runs the two passes alone, as a second schedule of the same network would.
func (n *network) Passes() { n.forward(); n.finishes([]calendar.Minute{0}, 0, false); n.backward() }
