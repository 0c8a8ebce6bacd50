package draw

import (
	"strconv"
)

const (
	margin    = 16 // around the picture
	leastWide = 480
	titleFont = 18
	titleLine = 24
	noteFont  = 13
	fonts     = `system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif`
)

// painter writes SVG. Everything it writes as text passes through appendXML.
type painter struct {
	l      *layout
	o      *SVGOptions
	colour *palette
	b      []byte
	dx, dy int // where the body starts
}

func paintSVG(l *layout, o *SVGOptions, note string) []byte {
	p := &painter{l: l, o: o, colour: &light}
	if o.Theme == Dark {
		p.colour = &dark
	}
	x := l.x
	grouped := false
	headDeep := 0
	headWide := 0
	for i := range l.bands {
		if h := l.bands[i].head; h != nil {
			grouped = true
			headDeep = max(headDeep, len(h)*headLine+10)
			headWide = max(headWide, boldWidth(widest(h, headFont))+2*bandPad)
		}
	}
	bodyAlong, bodyAcross := l.along, l.across
	endPad := 0
	if grouped {
		endPad = 14
		bodyAlong += 2 * endPad
		if !l.down {
			bodyAlong = max(bodyAlong, headWide)
		}
	}
	if l.down && grouped {
		bodyAlong += headDeep
	}
	bodyW, bodyH := bodyAlong, bodyAcross
	if l.down {
		bodyW, bodyH = bodyAcross, bodyAlong
	}
	empty := len(x.Nodes) == 0
	if empty {
		bodyW, bodyH = 0, 2*nodeLine
	}
	width := max(bodyW, leastWide) + 2*margin
	inner := width - 2*margin

	var title []string
	if t := clean(x.Title); t != "" && !o.HideTitle {
		title = wrap(t, boldFit(inner), titleFont, 3)
	}
	notes := wrap(note, inner, noteFont, 3)
	top := margin
	titleAt := top
	top += len(title) * titleLine
	noteAt := top
	top += len(notes) * nodeLine
	if len(title)+len(notes) > 0 {
		top += 8
	}
	key, keyHeight := p.layKey(inner)
	height := top + bodyH + keyHeight + margin

	p.dx, p.dy = margin+(width-2*margin-bodyW)/2, top
	frameX, frameY := p.dx, p.dy
	if l.down {
		p.dy += endPad
		if grouped {
			p.dy += headDeep
		}
	} else {
		p.dx += endPad
	}

	p.open(width, height, note)
	p.s(`<rect class="`, o.Prefix, `-page" width="`).n(width).s(`" height="`).n(height).s(`" fill="`, p.colour.page, `"/>`, "\n")
	p.lines(title, margin, titleAt+titleFont, titleLine, titleFont, `start`, `bold`, "text", p.colour.text)
	p.lines(notes, margin, noteAt+noteFont, nodeLine, noteFont, `start`, ``, "quiet", p.colour.quiet)
	if empty {
		p.lines([]string{"Nothing to show: this picture has no items."}, margin, top+noteFont, nodeLine, noteFont, `start`, ``, "quiet", p.colour.quiet)
	}
	for i := range l.bands {
		b := &l.bands[i]
		if b.group < 0 {
			continue
		}
		bx, by, bw, bh := frameX, frameY+b.lo, bodyW, b.hi-b.lo
		if l.down {
			bx, by, bw, bh = frameX+b.lo, frameY, b.hi-b.lo, bodyH
		}
		p.s(`<g><title>`).text(shown(x.Groups[b.group].Label, x.Groups[b.group].ID)).s(`</title>`)
		p.s(`<rect class="`, o.Prefix, `-band" x="`).n(bx).s(`" y="`).n(by).s(`" width="`).n(bw).s(`" height="`).n(bh)
		p.s(`" rx="6" fill="`, p.colour.band, `" stroke="`, p.colour.rule, `"/></g>`, "\n")
	}
	loop := make([]int, len(x.Nodes))
	for e := range x.Edges {
		p.edge(e, loop)
	}
	for i := range l.bands {
		b := &l.bands[i]
		if l.down {
			p.lines(b.head, frameX+(b.lo+b.hi)/2, frameY+headFont+8, headLine, headFont, `middle`, `bold`, "text", p.colour.text)
			continue
		}
		for j := range b.head { // a plate behind each line, so that no edge runs through the heading
			hx, hy := frameX+bandPad, frameY+b.lo+6+j*headLine
			p.s(`<rect class="`, o.Prefix, `-plate" x="`).n(hx - 4).s(`" y="`).n(hy).s(`" width="`).n(boldWidth(textWidth(b.head[j], headFont)) + 8)
			p.s(`" height="`).n(headLine).s(`" fill="`, p.colour.band, `"/>`)
			p.lines(b.head[j:j+1], hx, hy+headFont, headLine, headFont, `start`, `bold`, "text", p.colour.text)
		}
	}
	for i := range x.Nodes {
		p.node(i)
	}
	for i := range l.items {
		p.edgeLabel(&l.items[i])
	}
	p.key(key, margin, top+bodyH)
	p.s("</svg>\n")
	return p.b
}

// open writes the root element, its title and description, and the rules of the dark theme.
func (p *painter) open(width, height int, note string) {
	x, pre := p.l.x, p.o.Prefix
	role := "img"
	for i := range x.Nodes {
		if x.Nodes[i].Href != "" {
			role = "graphics-document" // an image would hide its links from a screen reader
			break
		}
	}
	p.s(`<svg xmlns="http://www.w3.org/2000/svg" id="`, pre, `" role="`, role, `" aria-labelledby="`, pre, `-title `, pre, `-desc" width="`)
	p.n(width).s(`" height="`).n(height).s(`" viewBox="0 0 `).n(width).s(` `).n(height).s(`" font-family="`, fonts, `">`, "\n")
	p.s(`<title id="`, pre, `-title">`).text(clean(x.title())).s("</title>\n")
	p.s(`<desc id="`, pre, `-desc">`).text(p.describe(note)).s("</desc>\n")
	if p.o.Theme != Auto {
		return
	}
	rule := func(class, css string) { p.s(`#`, pre, ` .`, pre, `-`, class, `{`, css, `}`) }
	p.s(`<style>@media screen and (prefers-color-scheme:dark){`)
	rule("page", "fill:"+dark.page)
	rule("band", "fill:"+dark.band+";stroke:"+dark.rule)
	rule("plate", "fill:"+dark.band)
	rule("text", "fill:"+dark.text)
	rule("quiet", "fill:"+dark.quiet)
	rule("line", "stroke:"+dark.edge)
	rule("head", "fill:"+dark.edge)
	for f := Plain; f <= Grey; f++ {
		rule(f.String(), "fill:"+dark.fills[f].fill+";stroke:"+dark.fills[f].line)
	}
	p.s("}</style>\n")
}

// describe returns the description with the counts that a sighted reader would take in at a glance.
func (p *painter) describe(note string) string {
	x := p.l.x
	d := clean(x.Description)
	add := func(s string) {
		if s == "" {
			return
		}
		if d != "" {
			d += " "
		}
		d += s
	}
	if len(x.Nodes) == 0 {
		add("The picture has no items.")
		return d
	}
	back, groups := 0, 0
	for _, r := range p.l.reversed {
		if r {
			back++
		}
	}
	for _, b := range p.l.bands {
		if b.group >= 0 {
			groups++
		}
	}
	s := count(len(x.Nodes), "item", "items")
	if groups > 0 {
		s += " in " + count(groups, "group", "groups")
	}
	s += ", " + count(len(x.Edges), "link", "links")
	if back > 0 {
		s += ", " + strconv.Itoa(back) + " of them drawn backwards because items depend on each other in a circle"
	}
	add(s + ".")
	add(note)
	return d
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func (p *painter) s(parts ...string) *painter {
	for _, s := range parts {
		p.b = append(p.b, s...)
	}
	return p
}

func (p *painter) n(n int) *painter {
	p.b = strconv.AppendInt(p.b, int64(n), 10)
	return p
}

func (p *painter) text(s string) *painter {
	p.b = appendXML(p.b, s)
	return p
}

// lines writes one text element for each line, so that the direction of one cannot reach another.
func (p *painter) lines(lines []string, x, y, step, size int, anchor, weight, class, fill string) {
	for i, t := range lines {
		p.s(`<text class="`, p.o.Prefix, `-`, class, `" x="`).n(x).s(`" y="`).n(y+i*step).s(`" font-size="`).n(size).s(`" fill="`, fill, `"`)
		if anchor != "start" {
			p.s(` text-anchor="`, anchor, `"`)
		}
		if weight != "" {
			p.s(` font-weight="`, weight, `"`)
		}
		p.s(`>`).text(t).s("</text>")
	}
	if len(lines) > 0 {
		p.s("\n")
	}
}

// box returns the rectangle of node i in the picture.
func (p *painter) box(i int) (x, y, w, h int) {
	l := p.l
	it := &l.items[i]
	w, h = l.width[i], l.height[i]
	mid := l.start[it.layer] + l.thick[it.layer]/2
	if l.down {
		return p.dx + it.at - w/2, p.dy + mid - h/2, w, h
	}
	return p.dx + mid - w/2, p.dy + it.at - h/2, w, h
}

func (p *painter) node(i int) {
	l := p.l
	n := &l.x.Nodes[i]
	x, y, w, h := p.box(i)
	if n.Href != "" {
		p.s(`<a href="`).text(n.Href).s(`" text-decoration="underline">`)
	}
	p.s(`<g><title>`).text(nodeTitle(l.x, i)).s(`</title>`)
	look := l.x.nodeLook(i)
	p.shape(look, x, y, w, h)
	t := l.text[i]
	mid := y + h/2
	if look.shape == Cylinder {
		mid += drum
	}
	p.lines(t, x+w/2, mid-len(t)*nodeLine/2+nodeFont, nodeLine, nodeFont, "middle", "", "text", p.colour.text)
	p.s(`</g>`)
	if n.Href != "" {
		p.s(`</a>`)
	}
	p.s("\n")
}

// shape draws the outline of a node in the given rectangle.
func (p *painter) shape(look nodeLook, x, y, w, h int) {
	paint := func() *painter {
		c := p.colour.fills[look.fill]
		p.s(`class="`, p.o.Prefix, `-`, look.fill.String(), `" fill="`, c.fill, `" stroke="`, c.line, `"`)
		p.stroke(look.stroke)
		return p
	}
	switch look.shape {
	case Hexagon:
		p.s(`<polygon `)
		paint().s(` points="`)
		p.points(x+slant, y, x+w-slant, y, x+w, y+h/2, x+w-slant, y+h, x+slant, y+h, x, y+h/2).s(`"/>`)
	case Slanted:
		p.s(`<polygon `)
		paint().s(` points="`)
		p.points(x+slant, y, x+w, y, x+w-slant, y+h, x, y+h).s(`"/>`)
	case Cylinder:
		p.s(`<path `)
		paint().s(` d="M`)
		p.n(x).s(` `).n(y + drum).s(`v`).n(h - 2*drum)
		p.s(`a`).n(w / 2).s(` `).n(drum).s(` 0 0 0 `).n(w).s(` 0v`).n(-(h - 2*drum))
		p.s(`a`).n(w / 2).s(` `).n(drum).s(` 0 0 0 `).n(-w).s(` 0a`).n(w / 2).s(` `).n(drum).s(` 0 0 0 `).n(w).s(` 0"/>`)
	default:
		p.s(`<rect `)
		paint().s(` x="`).n(x).s(`" y="`).n(y).s(`" width="`).n(w).s(`" height="`).n(h).s(`"`)
		if r := radius(look.shape, w, h); r > 0 {
			p.s(` rx="`).n(r).s(`"`)
		}
		p.s(`/>`)
		if look.shape == Framed {
			p.s(`<path `)
			paint().s(` d="M`).n(x + frame).s(` `).n(y).s(`v`).n(h).s(`M`).n(x + w - frame).s(` `).n(y).s(`v`).n(h).s(`"/>`)
		}
	}
}

func (p *painter) points(xy ...int) *painter {
	for i, v := range xy {
		if i > 0 {
			p.s(` `)
		}
		p.n(v)
	}
	return p
}

func (p *painter) stroke(s Stroke) {
	switch s {
	case Thick:
		p.s(` stroke-width="3"`)
		return
	case Dashed:
		p.s(` stroke-dasharray="6 4"`)
	case Dotted:
		p.s(` stroke-dasharray="2 3"`)
	}
	p.s(` stroke-width="1.5"`)
}

// edgeLabel writes the label a bend carries: above the line, or right of it if top down.
func (p *painter) edgeLabel(it *item) {
	if it.label == nil {
		return
	}
	l := p.l
	mid := l.start[it.layer] + l.thick[it.layer]/2
	if l.down {
		p.lines(it.label, p.dx+it.at+6, p.dy+mid-len(it.label)*edgeLine/2+edgeFont, edgeLine, edgeFont, "start", "", "quiet", p.colour.quiet)
		return
	}
	p.lines(it.label, p.dx+mid, p.dy+it.at-5-(len(it.label)-1)*edgeLine, edgeLine, edgeFont, "middle", "", "quiet", p.colour.quiet)
}

// keyEntry is one sample of the key with its meaning; index is into Classes, or into Kinds if it is an edge.
type keyEntry struct {
	edge  bool
	index int
	text  string
	x, y  int
}

const (
	keyRow    = 28
	keySample = 44
)

// layKey places the entries for the classes and kinds in use into rows at most width wide, and returns their height.
func (p *painter) layKey(width int) ([]keyEntry, int) {
	x := p.l.x
	var out []keyEntry
	collect := func(edge bool, used []int32, n int, name func(int) string) {
		have := make([]bool, n)
		for _, c := range used {
			if c >= 0 {
				have[c] = true
			}
		}
		for i, ok := range have {
			if ok {
				out = append(out, keyEntry{edge: edge, index: i, text: shorten(name(i), 60)})
			}
		}
	}
	collect(false, x.nodeClass, len(x.Classes), func(i int) string { return shown(x.Classes[i].Label, x.Classes[i].ID) })
	collect(true, x.edgeKind, len(x.Kinds), func(i int) string { return shown(x.Kinds[i].Label, x.Kinds[i].ID) })
	if out == nil {
		return nil, 0
	}
	at, row := 0, 0
	for i := range out {
		e := &out[i]
		if t := wrap(e.text, width-keySample-8, noteFont, 1); len(t) > 0 {
			e.text = t[0]
		}
		w := keySample + 8 + textWidth(e.text, noteFont) + 20
		if at > 0 && (at+w-20 > width || e.edge && !out[i-1].edge) {
			at = 0
			row++
		}
		e.x, e.y = at, row*keyRow
		at += w
	}
	return out, 16 + 24 + (row+1)*keyRow
}

func (p *painter) key(entries []keyEntry, x, y int) {
	if entries == nil {
		return
	}
	y += 16
	p.lines([]string{"Key"}, x, y+14, nodeLine, noteFont, "start", "bold", "text", p.colour.text)
	y += 24
	for _, e := range entries {
		ex, ey := x+e.x, y+e.y
		if e.edge {
			k := p.l.x.Kinds[e.index].look()
			var pa path
			pa.op('M', ex, ey+12)
			pa.op('L', ex+keySample, ey+12)
			p.line(pa, k, head{x: ex + keySample, y: ey + 12, ux: 1})
		} else {
			p.shape(p.l.x.Classes[e.index].look(), ex+2, ey, keySample-4, 24)
		}
		p.lines([]string{e.text}, ex+keySample+8, ey+17, nodeLine, noteFont, "start", "", "text", p.colour.text)
	}
}
