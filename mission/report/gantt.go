package report

import (
	"html/template"
	"strconv"
	"strings"

	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// The measures of a chart, in pixels.
const (
	chartWide  = 720
	chartEdge  = 10
	axisDeep   = 24
	laneDeep   = 42
	headDeep   = 24 // of a name over lanes
	laneIndent = 14
	panelLanes = 19 // as many as an upright page of A4 holds under one scale
)

// gantt draws bars on a scale of time. All colours are those of the page, by class, so that themes and print reach them; every
// state has a shape of its own besides.
type gantt struct {
	s        *scribe
	schedule *milestone.Schedule
	scale    scale
	used     map[string]bool
	b        strings.Builder
}

// keyRow explains a sign of the chart.
type keyRow struct {
	Sign template.HTML
	Text string
}

// signs are those of the key, drawn on 40 by 14 pixels.
var signs = []struct{ key, sign, text string }{
	{"task", `<rect class="g-bar" x="2" y="3" width="36" height="8"/>`, "work, from its earliest start to its earliest finish"},
	{"critical", `<rect class="g-crit" x="2" y="2" width="36" height="10"/><path class="g-core" d="M5 7h30"/>`, "critical work: any delay of it delays the end"},
	{"done", `<rect class="g-done" x="2" y="3" width="36" height="8"/>`, "work that is done"},
	{"summary", `<path class="g-sum" d="M2 12V4h36v8l-4-4H6z"/>`, "a summary, over all of its parts"},
	{"float", `<path class="g-float" d="M2 7h34M36 3v8"/>`, "room: how late it may finish without delaying the end"},
	{"short", `<path class="g-short" d="M4 3v8M4 7h34"/>`, "time that is short: it would have to be finished at the upright line"},
	{"milestone", `<path class="g-stone" d="M20 1l6 6-6 6-6-6z"/>`, "a milestone, at the earliest"},
	{"critical milestone", `<path class="g-stone-crit" d="M20 1l6 6-6 6-6-6z"/>`, "a critical milestone"},
	{"met", `<path class="g-stone-met" d="M20 1l6 6-6 6-6-6z"/><path class="g-core" d="M17 7l2 2 4-4"/>`, "a milestone that is done"},
	{"due", `<path class="g-due" d="M20 13V5"/><path class="g-flag" d="M16 1h8l-4 5z"/>`, "the day by which it is due"},
	{"window", `<path class="g-due" d="M6 13V7h28v6"/><path class="g-flag" d="M30 1h8l-4 5z"/>`, "a rough date: from the first to the last day that it may mean"},
	{"range", `<path class="g-range" d="M2 7h36M2 3v8M38 3v8M16 4v6"/>`, "8 trials in 10 finish within it; half of all by the line within"},
	{"now", `<path class="g-now" d="M20 0v14"/>`, "up to when progress is recorded, or else the day of the page"},
}

// key lists the signs that the charts use, in the order above.
func (g *gantt) key() []keyRow {
	var rows []keyRow
	for _, s := range signs {
		if g.used[s.key] {
			rows = append(rows, keyRow{template.HTML(`<svg class="sign" aria-hidden="true" width="40" height="14" viewBox="0 0 40 14">` + s.sign + `</svg>`), s.text})
		}
	}
	return rows
}

// charts draws all projects on one scale and all missions on another, in as many pictures as it takes.
func (g *gantt) charts(strands []strand) []picturePart {
	var minutes, ends []calendar.Minute // milestones may lie years beyond the work, so they have a scale of their own
	for _, st := range strands {
		to := &minutes
		if st.milestones {
			to = &ends
		}
		*to = append(*to, st.data)
		for _, l := range st.lanes {
			*to = g.dates(*to, l.node)
		}
	}
	var list []picturePart
	for _, steps := range []bool{false, true} {
		panels := share(strands, steps)
		if steps {
			minutes = ends
		}
		g.scale = newScale(chartEdge, chartWide-2*chartEdge, minutes...)
		for k, parts := range panels {
			label := "Work over time"
			if steps {
				label = "Milestones over time"
			}
			if len(panels) > 1 {
				label += ", part " + strconv.Itoa(k+1) + " of " + strconv.Itoa(len(panels))
			}
			list = append(list, picturePart{Label: label, SVG: g.panel(label, parts)})
		}
	}
	return list
}

// share deals the lanes of projects, or of missions, out to panels.
func share(strands []strand, milestones bool) [][]strand {
	var panels [][]strand
	room := 0
	for _, st := range strands {
		if st.milestones != milestones {
			continue
		}
		for lanes := st.lanes; len(lanes) > 0; {
			if room < 2 {
				panels = append(panels, nil)
				room = panelLanes
			}
			n := min(len(lanes), room)
			part := st
			part.lanes, lanes = lanes[:n], lanes[n:]
			last := &panels[len(panels)-1]
			*last = append(*last, part)
			room -= n + 1
		}
	}
	return panels
}

// dates adds the dates that the scale is to hold. How late something may be is not among them: a line to the edge says enough.
func (g *gantt) dates(list []calendar.Minute, i int) []calendar.Minute {
	t := &g.schedule.All()[i]
	if g.s.rests[i] {
		list = append(list, t.EarlyFinish)
		if t.Ref.Kind != milestone.KindMilestone {
			list = append(list, t.EarlyStart)
		}
	}
	list = append(list, t.Started, t.Finished)
	if t.Due.IsResolved() {
		list = append(list, t.Due.Earliest().At(0), t.DueBy())
	} else if by := g.dueBy(i, t); by != 0 {
		list = append(list, by)
	}
	if o, ok := g.s.outcomeOf(i); ok && t.Finished == 0 {
		list = append(list, o.Percentile(0.1).At, o.Percentile(0.9).At)
	}
	return list
}

// dueBy is the day that something has by a constraint of its own, as the trials take it.
func (g *gantt) dueBy(i int, t *milestone.Timing) calendar.Minute {
	if o, ok := g.s.outcomeOf(i); ok && t.Due.IsZero() && t.Finished == 0 {
		return o.Due
	}
	return 0
}

func (g *gantt) w(parts ...string) {
	for _, p := range parts {
		g.b.WriteString(p)
	}
}

// text writes what people wrote.
func (g *gantt) text(s string) { template.HTMLEscape(&g.b, []byte(s)) }

// panel draws some lanes under a scale, each group of them under its name.
func (g *gantt) panel(label string, parts []strand) template.HTML {
	g.b.Reset()
	g.s.drawing++
	id := "chart" + strconv.Itoa(g.s.drawing)
	deep, lanes := axisDeep+4, 0
	for _, st := range parts {
		deep += headDeep + len(st.lanes)*laneDeep
		lanes += len(st.lanes)
	}
	g.w(`<svg xmlns="http://www.w3.org/2000/svg" class="gantt" role="graphics-document" font-family="inherit" font-size="12" viewBox="0 0 `, strconv.Itoa(chartWide), " ", strconv.Itoa(deep),
		`" width="`, strconv.Itoa(chartWide), `" height="`, strconv.Itoa(deep), `" aria-labelledby="`, id, `-title `, id, `-desc">`, "\n", `<title id="`, id, `-title">`)
	g.text(label)
	g.w(`</title><desc id="`, id, `-desc">`)
	g.text("A line for each of " + count(lanes, "thing", "things") + ", from " + day(g.scale.from.Date()) + " to " + day(g.scale.until.Date()) + ". The tables below say the same in words.")
	g.w("</desc>\n")
	bottom := strconv.Itoa(deep - 2)
	edge := int64(-100)
	for _, t := range g.scale.ticks() {
		x := g.scale.x(t.at)
		class := "g-grid"
		if t.year {
			class = "g-year"
		}
		g.w(`<path class="`, class, `" d="M`, tenths(x), ` 18V`, bottom, `"/>`)
		wide := int64(letters(t.label)) * 10
		at := min(max(x-wide/2, 20), chartWide*10-20-wide)
		if at >= edge {
			g.w(`<text class="g-tick" x="`, tenths(at), `" y="12">`, t.label, "</text>\n")
			edge = at + wide + 40
		}
	}
	y := axisDeep
	for _, st := range parts {
		end := y + headDeep + len(st.lanes)*laneDeep
		if data := st.data; data != 0 && data >= g.scale.from && data <= g.scale.until {
			g.used["now"] = true
			g.w(`<path class="g-now" d="M`, tenths(g.scale.x(data)), " ", strconv.Itoa(y+headDeep), "V", strconv.Itoa(end), `"><title>`, short(data.Date()), "</title></path>\n")
		}
		g.w(`<text class="g-head" x="0" y="`, strconv.Itoa(y+16), `">`)
		g.text(fit(st.name, chartWide*9/10))
		g.w("</text>\n")
		y += headDeep
		for _, l := range st.lanes {
			g.lane(y, l)
			y += laneDeep
		}
	}
	g.w("</svg>")
	return template.HTML(g.b.String()) // text passed through HTMLEscape
}

// lane draws one thing: its name and dates on a line of text, the bar under it.
func (g *gantt) lane(y int, l lane) {
	t := &g.schedule.All()[l.node]
	at := g.s.place(t.Ref)
	note := g.note(l.node, t)
	left := chartEdge + min(l.depth, 6)*laneIndent
	name := fit(at.Text, max(chartWide-chartEdge-left-letters(note)-14, 120))
	g.w("<g><title>")
	g.text(at.Text + ": " + note)
	g.w("</title>")
	if at.Anchor != "" {
		g.w(`<a href="#`, at.Anchor, `">`)
	}
	class := "g-name"
	if t.Type == milestone.Summary {
		class = "g-name g-whole"
	}
	g.w(`<text class="`, class, `" x="`, strconv.Itoa(left), `" y="`, strconv.Itoa(y+12), `">`)
	g.text(name)
	g.w("</text>")
	if at.Anchor != "" {
		g.w("</a>")
	}
	g.w(`<text class="g-note" text-anchor="end" x="`, strconv.Itoa(chartWide-chartEdge), `" y="`, strconv.Itoa(y+12), `">`)
	g.text(note)
	g.w("</text>")
	g.signs(y+27, l.node, t)
	g.w("</g>\n")
}

// note says in few words when something is done, and with what chance in time.
func (g *gantt) note(i int, t *milestone.Timing) string {
	var parts []string
	if t.Critical && g.s.rests[i] {
		parts = append(parts, "critical")
	}
	switch {
	case t.Finished != 0:
		parts = []string{"done " + short(ended(t.Finished))}
	case !g.s.rests[i]:
	case moment(t):
		parts = append(parts, "from "+short(ended(t.EarlyFinish)))
	default:
		from, until := t.EarlyStart.Date(), ended(t.EarlyFinish)
		if t.Started != 0 {
			from = t.Started.Date()
		}
		text := short(from) + " – " + short(until)
		if from.Year() == until.Year() {
			text = strconv.Itoa(from.Day()) + " " + month(from) + " – " + short(until)
		}
		if from == until {
			text = short(from)
		}
		parts = append(parts, text)
	}
	if t.Due.IsResolved() && t.Finished == 0 {
		if t.Due.IsExact() || !t.Due.IsNamed() && g.s.when(t.Due, false) == day(t.Due.Latest()) {
			parts = append(parts, "due "+short(t.Due.Latest()))
		} else {
			parts = append(parts, "due "+fit(g.s.when(t.Due, false), 200))
		}
	} else if by := g.dueBy(i, t); by != 0 {
		parts = append(parts, "by "+short(ended(by)))
	}
	if o, ok := g.s.outcomeOf(i); ok && t.Finished == 0 {
		if c, known := o.Met.Get(); known {
			text := brief(c)
			if len(g.s.blind(g.schedule, i)) > 0 {
				text = strings.Replace(text, "chance about ", "chance at most ", 1)
			}
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return "no date"
	}
	return strings.Join(parts, " · ")
}

// moment reports whether something has a date and no length.
func moment(t *milestone.Timing) bool {
	return t.Ref.Kind == milestone.KindMilestone || t.Type == milestone.StartMilestone || t.Type == milestone.FinishMilestone
}

// signs draws bar, room, due day and range around the middle line y.
func (g *gantt) signs(y int, i int, t *milestone.Timing) {
	x := g.scale.x
	line := func(key, class string, d ...string) {
		g.used[key] = true
		g.w(`<path class="`, class, `" d="`)
		g.w(d...)
		g.w(`"/>`)
	}
	up := func(dy int) string { return strconv.Itoa(y + dy) }
	rests := g.s.rests[i]
	if t.Due.IsResolved() {
		last := tenths(x(t.DueBy()))
		if first := tenths(x(t.Due.Earliest().At(0))); !t.Due.IsExact() && first != last {
			line("window", "g-due", "M", first, " ", up(9), "V", up(3), "H", last, "V", up(9))
		} else {
			line("due", "g-due", "M", last, " ", up(9), "V", up(-4))
		}
		g.w(`<path class="g-flag" d="M`, last, " ", up(-3), `l-4 -6h8z"/>`)
	} else if by := g.dueBy(i, t); by != 0 {
		last := tenths(x(by))
		line("due", "g-due", "M", last, " ", up(9), "V", up(-4))
		g.w(`<path class="g-flag" d="M`, last, " ", up(-3), `l-4 -6h8z"/>`)
	}
	if rests && t.Finished == 0 && t.Type != milestone.Summary && t.Type != milestone.LevelOfEffort {
		switch end, late := x(t.EarlyFinish), x(t.LateFinish); {
		case t.TotalFloat > 0 && late > end:
			line("float", "g-float", "M", tenths(end), " ", up(0), "H", tenths(late), "M", tenths(late), " ", up(-4), "V", up(4))
		case t.TotalFloat < 0 && late < end:
			line("short", "g-short", "M", tenths(late), " ", up(-6), "V", up(6), "M", tenths(late), " ", up(0), "H", tenths(end))
		}
	}
	g.bars(y, i, t)
	if o, ok := g.s.outcomeOf(i); ok && t.Finished == 0 {
		low, mid, high := x(o.Percentile(0.1).At), x(o.Percentile(0.5).At), x(o.Percentile(0.9).At)
		if high > low {
			line("range", "g-range", "M", tenths(low), " ", up(9), "H", tenths(high), "M", tenths(low), " ", up(6), "v6M", tenths(high), " ", up(6), "v6M", tenths(mid), " ", up(6), "v6")
		}
	}
}

// bars draws what something takes, or a diamond where it takes no time.
func (g *gantt) bars(y, i int, t *milestone.Timing) {
	x := g.scale.x
	box := func(key, class string, from, until int64, deep int) {
		g.used[key] = true
		g.w(`<rect class="`, class, `" x="`, tenths(from), `" y="`, strconv.Itoa(y-deep/2), `" width="`, tenths(max(until-from, 20)), `" height="`, strconv.Itoa(deep), `"/>`)
	}
	middle := strconv.Itoa(y)
	switch rests := g.s.rests[i]; {
	case moment(t):
		at, key, class := t.EarlyFinish, "milestone", "g-stone"
		switch {
		case t.Finished != 0:
			at, key, class = t.Finished, "met", "g-stone-met"
		case !rests:
			return
		case t.Critical:
			key, class = "critical milestone", "g-stone-crit"
		}
		g.used[key] = true
		g.w(`<path class="`, class, `" d="M`, tenths(x(at)), " ", strconv.Itoa(y-6), `l6 6-6 6-6-6z"/>`)
		if t.Finished != 0 {
			g.w(`<path class="g-core" d="M`, tenths(x(at)-30), " ", middle, `l2 2 4-4"/>`)
		}
	case t.Type == milestone.Summary:
		from, until := x(t.EarlyStart), x(t.EarlyFinish)
		g.used["summary"] = true
		g.w(`<path class="g-sum" d="M`, tenths(from), " ", strconv.Itoa(y+5), "v-9H", tenths(max(until, from+80)), `v9l-4 -4H`, tenths(from+40), `z"/>`)
	case t.Finished != 0:
		box("done", "g-done", x(t.Started), x(t.Finished), 8)
	default:
		if t.Started != 0 && t.Started < t.EarlyStart {
			box("done", "g-done", x(t.Started), x(t.EarlyStart), 8)
		}
		if !t.Critical {
			box("task", "g-bar", x(t.EarlyStart), x(t.EarlyFinish), 8)
			return
		}
		from, until := x(t.EarlyStart), x(t.EarlyFinish)
		box("critical", "g-crit", from, until, 10)
		if until-from > 80 {
			g.w(`<path class="g-core" d="M`, tenths(from+30), " ", middle, "H", tenths(until-30), `"/>`)
		}
	}
}
