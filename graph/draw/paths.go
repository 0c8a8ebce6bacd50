package draw

// path is the d attribute of an edge under construction, in picture coordinates.
type path struct {
	ops []pathOp
}

type pathOp struct {
	op byte // M, L, Q or C
	n  int  // coordinates in use
	xy [6]int
}

func (p *path) op(op byte, xy ...int) {
	o := pathOp{op: op, n: len(xy)}
	copy(o.xy[:], xy)
	if k := len(p.ops); op == 'L' && k > 0 {
		x, y := p.end()
		if x == xy[0] && y == xy[1] {
			return
		}
		if k > 1 && p.ops[k-1].op == 'L' { // go on in the same direction
			q := p.ops[k-2]
			px, py := q.xy[q.n-2], q.xy[q.n-1]
			if px == x && x == xy[0] && (py < y) == (y < xy[1]) || py == y && y == xy[1] && (px < x) == (x < xy[0]) {
				p.ops[k-1] = o
				return
			}
		}
	}
	p.ops = append(p.ops, o)
}

func (p *path) end() (x, y int) {
	o := p.ops[len(p.ops)-1]
	return o.xy[o.n-2], o.xy[o.n-1]
}

// head is where an arrowhead stands and the way it points: one of ux and uy is 1 or -1.
type head struct{ x, y, ux, uy int }

// route returns the path of edge e in layout direction and the heads that may stand at its first and last point.
func (p *painter) route(e int) (pa path, first, last head) {
	l := p.l
	to := func(op byte, coords ...int) { // along, across
		xy := make([]int, len(coords))
		for i := 0; i < len(coords); i += 2 {
			if l.down {
				xy[i], xy[i+1] = p.dx+coords[i+1], p.dy+coords[i]
			} else {
				xy[i], xy[i+1] = p.dx+coords[i], p.dy+coords[i+1]
			}
		}
		pa.op(op, xy...)
	}
	at := func(h *head, ux int) {
		h.x, h.y = pa.end()
		if l.down {
			h.uy = ux
		} else {
			h.ux = ux
		}
	}
	ks := l.links[l.chain[e][0]:l.chain[e][1]]
	for j := range ks {
		s := &ks[j]
		u, v := &l.items[s.from], &l.items[s.to]
		a0 := l.start[u.layer] + l.thick[u.layer]
		a1 := l.start[v.layer]
		if u.node >= 0 {
			to('M', p.border(u.node, s.start, true), s.start)
			at(&first, -1)
		}
		to('L', a0, s.start)
		d := s.end - s.start
		switch {
		case d == 0:
		case d <= gentle && d >= -gentle:
			lead, tail := a0+6, a1-12
			to('L', lead, s.start)
			mid := (lead + tail) / 2
			to('C', mid, s.start, mid, s.end, tail, s.end)
		default:
			t := a0 + leadIn + l.track[l.chain[e][0]+int32(j)]
			r, across := min(corner, d/2), min(corner, d/2)
			if d < 0 {
				r = min(corner, -d/2)
				across = -r
			}
			to('L', t-r, s.start)
			to('Q', t, s.start, t, s.start+across)
			to('L', t, s.end-across)
			to('Q', t, s.end, t+r, s.end)
		}
		to('L', a1, s.end)
		if v.node >= 0 {
			to('L', p.border(v.node, s.end, false), s.end)
			at(&last, 1)
		} else {
			to('L', l.start[v.layer]+l.thick[v.layer], s.end)
		}
	}
	return pa, first, last
}

// border returns the place along at which node i's outline lies at place across c, on its later side if out.
func (p *painter) border(i int32, c int, out bool) int {
	l := p.l
	it := &l.items[i]
	shape := l.x.nodeLook(int(i)).shape
	w, h := l.width[i], l.height[i]
	size, side := w, 2
	if l.down {
		size, side = h, 3
	}
	if out {
		side -= 2
	}
	in := inset(shape, w, h, side, c-it.at)
	mid := l.start[it.layer] + l.thick[it.layer]/2
	if out {
		return mid - size/2 + size - in
	}
	return mid - size/2 + in
}

// loop returns the path of the k-th loop at node i: out of the side after it across and back.
func (p *painter) loop(i int32, k int) (pa path, last head) {
	l := p.l
	it := &l.items[i]
	x, y, w, h := p.box(int(i))
	s := l.x.nodeLook(int(i)).shape
	deep := (loopDepth - 4 + 6*k) * 4 / 3
	if l.down {
		d := min(7+2*k, h/2-2)
		out := func(d int) int { return x + w - inset(s, w, h, 0, d) }
		mid := y + h/2
		pa.op('M', out(-d), mid-d)
		pa.op('C', x+w+deep, mid-d, x+w+deep, mid+d, out(d), mid+d)
		last.ux = -1
	} else {
		d := min(10+9*k, w/2-slant-4)
		out := func(d int) int { return y + h - inset(s, w, h, 1, d) }
		mid := p.dx + l.start[it.layer] + l.thick[it.layer]/2
		pa.op('M', mid+d, out(d))
		pa.op('C', mid+d, y+h+deep, mid-d, y+h+deep, mid-d, out(-d))
		last.uy = -1
	}
	last.x, last.y = pa.end()
	return pa, last
}

// edge draws edge e. loop counts the loops already drawn at each node.
func (p *painter) edge(e int, loop []int) {
	l := p.l
	ends := l.x.ends[e]
	p.s(`<g><title>`).text(edgeTitle(l.x, e)).s(`</title>`)
	look := l.x.edgeLook(e)
	if i := ends[0]; i == ends[1] {
		pa, last := p.loop(i, loop[i])
		loop[i]++
		p.line(pa, look, last)
		if t := l.loopText[i]; loop[i] == int(l.loops[i]) && t != nil {
			x, y, w, h := p.box(int(i))
			deep := loopDepth + 6*(loop[i]-1)
			if l.down {
				p.lines(t, x+w+deep+4, y+h/2-len(t)*edgeLine/2+edgeFont, edgeLine, edgeFont, "start", "", "quiet", p.colour.quiet)
			} else {
				p.lines(t, x+w/2, y+h+deep+edgeFont, edgeLine, edgeFont, "middle", "", "quiet", p.colour.quiet)
			}
		}
	} else {
		pa, first, last := p.route(e)
		if l.reversed[e] {
			last = first
		}
		p.line(pa, look, last)
	}
	p.s("</g>\n")
}

// line draws a path and the arrowhead at h.
func (p *painter) line(pa path, look edgeLook, h head) {
	p.s(`<path class="`, p.o.Prefix, `-line" fill="none" stroke="`, p.colour.edge, `"`)
	p.stroke(look.stroke)
	p.s(` d="`)
	for _, o := range pa.ops {
		p.b = append(p.b, o.op)
		p.points(o.xy[:o.n]...)
	}
	p.s(`"/>`)
	vx, vy := -h.uy, h.ux // across the line
	switch look.arrow {
	case Triangle:
		p.s(`<polygon class="`, p.o.Prefix, `-head" fill="`, p.colour.edge, `" points="`)
		bx, by := h.x-10*h.ux, h.y-10*h.uy
		p.points(h.x, h.y, bx+4*vx, by+4*vy, bx-4*vx, by-4*vy).s(`"/>`)
	case Dot:
		p.s(`<circle class="`, p.o.Prefix, `-head" fill="`, p.colour.edge, `" cx="`).n(h.x - 5*h.ux).s(`" cy="`).n(h.y - 5*h.uy).s(`" r="5"/>`)
	case Bar:
		p.s(`<path class="`, p.o.Prefix, `-line" fill="none" stroke="`, p.colour.edge, `" stroke-width="3" d="M`)
		bx, by := h.x-5*h.ux, h.y-5*h.uy
		p.points(bx+4*vx, by+4*vy).s(`L`).points(bx-4*vx, by-4*vy).s(`"/>`)
	}
}
