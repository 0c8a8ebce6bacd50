package forecast

import (
	"slices"

	"github.com/missionled/missionled/milestone/calendar"
)

// An axis is the working time of one calendar in numbers small enough for a lane: points count its worked minutes from the model's origin.
type axis struct {
	hours  *calendar.Hours
	origin int64 // worked minutes before the point 0
}

func (a *axis) point(m calendar.Minute) int64 { return int64(a.hours.Worked(m)) - a.origin }

func (a *axis) starts(p int64) calendar.Minute { return a.hours.Starts(calendar.Minutes(p + a.origin)) }
func (a *axis) ends(p int64) calendar.Minute   { return a.hours.Ends(calendar.Minutes(p + a.origin)) }

// minute returns where on the clock a point lies, as the start or as the end of something.
func (a *axis) minute(p int64, start bool) calendar.Minute {
	if start {
		return a.starts(p)
	}
	return a.ends(p)
}

// shift is a stretch of the clock that a calendar works without a break, in minutes from the origin of the model.
type shift struct{ from, until int64 }

// shifts lists the working stretches of a calendar between two minutes. Worked never rises by more than the clock does, so the end of each is found by halving.
func shifts(h *calendar.Hours, from, until calendar.Minute) []shift {
	if h == nil {
		return []shift{{0, int64(until - from)}}
	}
	var list []shift
	for m := from; ; {
		m = h.Next(m)
		if m == 0 || m >= until {
			return list
		}
		worked := h.Worked(m)
		whole := func(k calendar.Minute) bool { return h.Worked(m+k)-worked == calendar.Minutes(k) }
		lo, hi := calendar.Minute(1), calendar.Minute(2)
		for m+hi < until && whole(hi) {
			lo, hi = hi, 2*hi
		}
		hi = min(hi, until-m+1)
		for hi-lo > 1 {
			if mid := (lo + hi) / 2; whole(mid) {
				lo = mid
			} else {
				hi = mid
			}
		}
		end := min(m+lo, until)
		list = append(list, shift{int64(m - from), int64(end - from)})
		m = end
		if m >= until {
			return list
		}
	}
}

// A crossing takes points of one axis to points of another, by way of the minute on the clock: the point p of the first, as the start or as the end of
// something, lies at the minute at which the second has the point that is returned. Between the bounds of shifts it is level or
// rises in step, so it is kept as pieces, with an index over equal stretches of points.
type crossing struct {
	pieces []piece // the last only bounds the one before it
	index  []int32 // the piece of every 64th point
}

// piece is a stretch of a crossing.
type piece struct {
	from  int32 // its first point
	value int32 // there
	rise  int32 // 1 where it rises, else 0
}

const crossingStretch = 6

// newCrossing lays the pieces for two calendars between two minutes; origins are the points' own.
func newCrossing(a, b *axis, start bool, from, until calendar.Minute) *crossing {
	sa, sb := shifts(a.hours, from, until), shifts(b.hours, from, until)
	cuts := make([]int64, 0, 2*(len(sa)+len(sb)))
	for _, list := range [][]shift{sa, sb} {
		for _, s := range list {
			cuts = append(cuts, s.from, s.until)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	c := new(crossing)
	base := b.point(from)
	pa, pb := a.point(from), base
	ia, ib := 0, 0
	for k := 0; k+1 < len(cuts); k++ {
		x, y := cuts[k], cuts[k+1]
		for ia < len(sa) && sa[ia].until <= x {
			ia++
		}
		for ib < len(sb) && sb[ib].until <= x {
			ib++
		}
		inA := ia < len(sa) && sa[ia].from <= x
		inB := ib < len(sb) && sb[ib].from <= x
		if inA {
			n := y - x
			if !start {
				// As an end, the point reached at the end of a shift lies there and not at the begin of the next: the piece
				// holds for the points after its first, up to and with its last.
				c.add(pa+1, pb+rising(inB), inB)
			} else {
				c.add(pa, pb, inB)
			}
			pa += n
		}
		if inB {
			pb += y - x
		}
	}
	c.pieces = append(c.pieces, piece{from: int32(pa) + 1})
	c.reindex()
	return c
}

func rising(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

func (c *crossing) add(from, value int64, rise bool) {
	r := int32(rising(rise))
	if n := len(c.pieces); n > 0 {
		if p := c.pieces[n-1]; p.rise == r && int64(p.value)+(from-int64(p.from))*int64(r) == value {
			return
		}
	}
	c.pieces = append(c.pieces, piece{int32(from), int32(value), r})
}

func (c *crossing) reindex() {
	last := len(c.pieces) - 1
	if last < 1 {
		return
	}
	k := int32(0)
	for p := c.pieces[0].from; p < c.pieces[last].from; p += 1 << crossingStretch {
		for c.pieces[k+1].from <= p {
			k++
		}
		c.index = append(c.index, k)
	}
}

// at returns the point of the second axis. Before the first piece there is none, and [never] comes back; after the last it stays.
func (c *crossing) at(p int32) int32 {
	last := len(c.pieces) - 1
	if last < 1 || p < c.pieces[0].from {
		return never
	}
	p = min(p, c.pieces[last].from-1)
	k := c.index[(p-c.pieces[0].from)>>crossingStretch]
	for c.pieces[k+1].from <= p {
		k++
	}
	x := &c.pieces[k]
	return x.value + (p-x.from)*x.rise
}

// row takes a row of points across.
func (c *crossing) row(points *[lanes]int32) {
	if len(c.index) == 0 {
		for l := range points {
			points[l] = never
		}
		return
	}
	pieces, index := c.pieces, c.index
	first, end := pieces[0].from, pieces[len(pieces)-1].from-1
	for l, p := range points {
		if p < first {
			points[l] = never
			continue
		}
		p = min(p, end)
		k := index[uint32(p-first)>>crossingStretch]
		for pieces[k+1].from <= p {
			k++
		}
		x := &pieces[k]
		points[l] = x.value + (p-x.from)*x.rise
	}
}

// inverse returns the greatest point of the first axis whose value is at most v, or never where there is none.
func (c *crossing) inverse(v int32) int32 {
	last := len(c.pieces) - 1
	if last < 1 || c.pieces[0].value > v {
		return never
	}
	k, _ := slices.BinarySearchFunc(c.pieces[:last], v, func(x piece, v int32) int {
		if x.value <= v {
			return -1
		}
		return 1
	})
	x := &c.pieces[k-1]
	if x.rise == 0 {
		return c.pieces[k].from - 1
	}
	return min(c.pieces[k].from-1, x.from+v-x.value)
}

// never is a point before every other: it wins no maximum, and lags do not take it below the range of an int32.
const never = -1 << 30
