package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/mission"
)

// schedulePart says when things can be done, and with what chance by their day.
type schedulePart struct {
	Says    []string
	Remarks []string
	Key     []keyRow
	Charts  []picturePart
	LeftOut string
	Tables  []spanTable
	Open    bool
	Hangs   []hangTable
}

// spanTable is the chart in words, for one project or mission.
type spanTable struct {
	Caption string
	Rows    []spanRow
}

// spanRow is one activity, milestone or summary.
type spanRow struct {
	Name   link
	Within string // the summary that it is part of
	What   string
	Tags   []tag
	When   []fact
	Room   string
	Due    []fact
	Holds  []string
	Chain  string
	From   []origin
}

// strand is what stands under one heading of the chart.
type strand struct {
	name       string
	data       calendar.Minute // up to when progress is recorded
	milestones bool            // of a mission, and not of a project
	lanes      []lane
}

// lane is one line of the chart.
type lane struct {
	node, depth int
}

// schedule makes the section on time; nil where there is no schedule, or nothing in it.
func (s *scribe) schedule() (*schedulePart, error) {
	sched := s.options.Schedule
	if sched == nil || len(sched.All()) == 0 {
		return nil, nil
	}
	p := new(schedulePart)
	strands := s.strands(sched)
	strands, p.LeftOut = s.shorten(sched, strands)
	total := 0
	for _, st := range strands {
		total += len(st.lanes)
		t := spanTable{Caption: st.name}
		for _, l := range st.lanes {
			t.Rows = append(t.Rows, s.spanRow(sched, l.node))
		}
		p.Tables = append(p.Tables, t)
	}
	if total == 0 {
		return nil, nil
	}
	p.Says = s.scheduleSays(sched)
	p.Open = total <= 12
	s.remarks(p, sched)
	if sched.Dated() {
		g := &gantt{s: s, schedule: sched, used: make(map[string]bool)}
		p.Charts = g.charts(strands)
		p.Key = g.key()
	}
	s.hangs(p)
	return p, nil
}

func (s *scribe) scheduleSays(sched *milestone.Schedule) []string {
	var says []string
	switch {
	case !sched.Dated():
		says = append(says, "The plan has no date to begin from, so there are orders and room, and no dates.")
	case slices.ContainsFunc(sched.All(), func(t milestone.Timing) bool { return t.Ref.Kind == milestone.KindActivity }):
		says = append(says, "By the critical path method: each thing as early as what it waits for allows. The last of all is finished on "+day(ended(sched.Finish()))+".")
	default:
		says = append(says, "No work with a duration is recorded, so nothing can be worked out from it: what is shown is when milestones are due.")
	}
	if r := s.results(); r != nil && slices.Contains(s.rests, true) {
		says = append(says, "Chances and ranges come from "+grouped(strconv.FormatUint(r.Trials(), 10))+" trials of the plan with its recorded uncertainties. "+
			"The error behind ± is that of simulation alone, and more trials would make it smaller. It says nothing of how wrong the estimates may be: a forecast is as good as they are.")
	} else if slices.Contains(s.rests, true) {
		says = append(says, "There is no forecast: dates are those of a plan in which everything lasts as long as planned.")
	} else {
		says = append(says, "Nor is there anything that a chance could come from.")
	}
	return says
}

// results are those of the options, where there is a schedule to read them by.
func (s *scribe) results() *forecast.Results {
	if s.options.Schedule == nil || s.options.Results == nil || s.options.Results.Trials() == 0 {
		return nil
	}
	return s.options.Results
}

// outcomeOf is what came of something in the trials, where that means anything: a milestone before which no work is recorded is
// on time in every trial, which says nothing.
func (s *scribe) outcomeOf(i int) (forecast.Outcome, bool) {
	if !s.rests[i] {
		return forecast.Outcome{}, false
	}
	o, ok := s.reached[s.options.Schedule.All()[i].Ref]
	return o, ok
}

// restsOnWork finds what has a date because of work before it.
func (s *scribe) restsOnWork(sched *milestone.Schedule) {
	all := sched.All()
	s.rests = make([]bool, len(all))
	onward := make([][]int, len(all))
	for _, a := range sched.Arcs() {
		onward[a.From] = append(onward[a.From], a.To)
	}
	var todo []int
	for i := range all {
		if all[i].Ref.Kind == milestone.KindActivity || all[i].Finished != 0 {
			s.rests[i] = true
			todo = append(todo, i)
		}
	}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, k := range onward[i] {
			if !s.rests[k] {
				s.rests[k] = true
				todo = append(todo, k)
			}
		}
	}
	s.blindness(onward)
	if r := s.results(); r != nil {
		s.reached = make(map[record.Ref]forecast.Outcome)
		for _, o := range r.Outcomes() {
			s.reached[o.Ref] = o
		}
	}
}

// mostBlind is how many things without work the text names of those that something waits for.
const mostBlind = 3

// blindness finds for everything what it waits for, by any chain, of which no work is recorded: up to one more than the text names.
// What has that many hands no more on, since all that follows it has as many, so that the time is linear in the links.
func (s *scribe) blindness(onward [][]int) {
	s.blinds = make([][]int, len(s.rests))
	var todo []int
	for i := range s.rests {
		if s.rests[i] {
			continue
		}
		for todo = append(todo[:0], onward[i]...); len(todo) > 0; {
			k := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if b := s.blinds[k]; k == i || len(b) > mostBlind || slices.Contains(b, i) {
				continue
			}
			s.blinds[k] = append(s.blinds[k], i)
			todo = append(todo, onward[k]...)
		}
	}
}

// blind names what something waits for of which no work is recorded: the trials take that as done at once, so that a chance is at
// most what they say.
func (s *scribe) blind(sched *milestone.Schedule, i int) []string {
	var names []string
	for n, k := range s.blinds[i] {
		if n == mostBlind {
			names = append(names, "others")
			break
		}
		names = append(names, "“"+s.name(sched.All()[k].Ref)+"”")
	}
	return names
}

// strands groups what is scheduled: projects in the order of their first activity, then missions.
func (s *scribe) strands(sched *milestone.Schedule) []strand {
	all := sched.All()
	var list []strand
	index := make(map[record.Ref]int)
	add := func(key record.Ref, name string, data calendar.Minute, i, depth int) {
		at, ok := index[key]
		if !ok {
			at = len(list)
			index[key] = at
			list = append(list, strand{name: name, data: data, milestones: key.Kind == mission.KindMission})
		}
		list[at].lanes = append(list[at].lanes, lane{i, depth})
	}
	within := make([]int, len(all)) // how deep; parts come after their summary
	parts := make([][]int, len(all))
	for i := range all {
		if of := all[i].PartOf; of >= 0 {
			parts[of] = append(parts[of], i)
		}
	}
	for i := range all {
		t := &all[i]
		if t.Ref.Kind != milestone.KindActivity || t.PartOf >= 0 {
			continue
		}
		key := record.Ref{Kind: milestone.KindProject, ID: t.Project}
		name, data := "Activities of no project", calendar.Minute(0)
		for _, c := range s.plan.Project(t.Project, s.at) {
			name, data = named(c.Record.Name, t.Project), c.Record.DataDate
			break
		}
		for stack := []int{i}; len(stack) > 0; {
			k := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			add(key, name, data, k, within[k])
			for n := len(parts[k]) - 1; n >= 0; n-- {
				part := parts[k][n]
				within[part] = within[k] + 1
				stack = append(stack, part)
			}
		}
	}
	for _, id := range append(s.missions(), "") {
		for i := range all {
			t := &all[i]
			if t.Ref.Kind != milestone.KindMilestone || s.shown[t.Ref.ID] == "" || s.home[t.Ref.ID] != id || !s.tells(i, t) {
				continue
			}
			name := "Milestones of no mission"
			if id != "" {
				name = "Milestones of “" + s.name(mission.Ref(id)) + "”"
			}
			add(mission.Ref(id), name, s.at.On.At(0), i, 0)
		}
	}
	return list
}

// tells reports whether there is a date to show of a milestone.
func (s *scribe) tells(i int, t *milestone.Timing) bool {
	return s.rests[i] || t.Due.IsResolved() || t.Finished != 0
}

// shorten leaves out of a chart that is too long what tells least, and says so.
func (s *scribe) shorten(sched *milestone.Schedule, strands []strand) ([]strand, string) {
	all := sched.All()
	size := func() (n int) {
		for _, st := range strands {
			n += len(st.lanes)
		}
		return n
	}
	before := size()
	if s.options.Bars < 0 || before <= s.options.Bars {
		return strands, ""
	}
	sort := func(t *milestone.Timing) bool {
		return t.Type == milestone.Summary || t.Type == milestone.StartMilestone || t.Type == milestone.FinishMilestone || t.Ref.Kind == milestone.KindMilestone
	}
	kept := "only milestones and summaries are"
	for _, keep := range []func(lane) bool{
		func(l lane) bool { return sort(&all[l.node]) },
		func(l lane) bool {
			t := &all[l.node]
			return t.Ref.Kind == milestone.KindMilestone || t.Type == milestone.Summary && l.depth == 0
		},
	} {
		var next []strand
		for _, st := range strands {
			st.lanes = slices.DeleteFunc(slices.Clone(st.lanes), func(l lane) bool { return !keep(l) })
			if len(st.lanes) > 0 {
				next = append(next, st)
			}
		}
		strands = next
		if size() <= s.options.Bars {
			return strands, s.leftOut(before, size(), kept)
		}
		kept = "only milestones and the uppermost summaries are"
	}
	room := s.options.Bars
	for i := range strands {
		n := min(len(strands[i].lanes), room)
		strands[i].lanes = strands[i].lanes[:n]
		room -= n
	}
	strands = slices.DeleteFunc(strands, func(st strand) bool { return len(st.lanes) == 0 })
	return strands, s.leftOut(before, size(), "only the first milestones and uppermost summaries, in the order of the plan, are")
}

func (s *scribe) leftOut(before, after int, kept string) string {
	if after == 0 {
		return "The plan has " + count(before, "activity", "activities") + ", too many to show, and no milestone or summary among them."
	}
	return "The plan has " + count(before, "thing", "things") + " with a date, too many for a chart that a person can read: " + kept + " shown, " +
		grouped(strconv.Itoa(after)) + " in all. " + count(before-after, "is", "are") + " left out."
}

// spanRow says in words what the chart shows of one thing.
func (s *scribe) spanRow(sched *milestone.Schedule, i int) spanRow {
	t := &sched.All()[i]
	row := spanRow{Name: s.place(t.Ref), What: t.Type.String()}
	if t.Ref.Kind == milestone.KindMilestone {
		row.What = "milestone"
	}
	row.What = words(row.What)
	if t.PartOf >= 0 {
		row.Within = s.name(sched.All()[t.PartOf].Ref)
	}
	if r, ok := s.m.Record(t.Ref); ok {
		row.From = append(row.From, s.origin(&r))
	}
	moment := t.Ref.Kind == milestone.KindMilestone || t.Type == milestone.StartMilestone || t.Type == milestone.FinishMilestone
	if t.Critical && s.rests[i] {
		row.Tags = append(row.Tags, s.mark("critical", "critical"))
	}
	say := func(list *[]fact, name, text string) { *list = append(*list, fact{name, text}) }
	switch {
	case t.Finished != 0 && moment:
		say(&row.When, "Done", day(ended(t.Finished)))
	case t.Finished != 0:
		say(&row.When, "Started", day(t.Started.Date()))
		say(&row.When, "Finished", day(ended(t.Finished)))
	case !sched.Dated() || !s.rests[i]:
	case moment:
		say(&row.When, "At the earliest", day(ended(t.EarlyFinish)))
	default:
		if t.Started != 0 {
			say(&row.When, "Started", day(t.Started.Date()))
		} else {
			say(&row.When, "Start, at the earliest", day(t.EarlyStart.Date()))
		}
		say(&row.When, "Finish, at the earliest", day(ended(t.EarlyFinish)))
	}
	if t.Finished == 0 && s.rests[i] {
		row.Room = s.room(sched, t)
		s.used["room"] = true
	}
	s.chances(&row, t, i)
	e, _ := sched.Explain(t.Ref)
	switch {
	case t.Finished != 0:
	case !s.rests[i]:
		row.Holds = []string{"Nothing recorded says which work must come before it, so there is no date to work out and no chance to give."}
	default:
		row.Holds = s.reasons(t, e)
		if blind := s.blind(sched, i); len(blind) > 0 {
			row.Holds = append(row.Holds, "it waits for "+listed(blind)+" too, of which no work is recorded: the date may be too early")
		}
		if t.Ref.Kind == milestone.KindMilestone || !t.Due.IsZero() {
			row.Chain = s.chain(sched, t.Ref)
		}
	}
	return row
}

// room says how much later something may come.
func (s *scribe) room(sched *milestone.Schedule, t *milestone.Timing) string {
	n := t.TotalFloat
	long := worked(n, t.Hours == nil)
	switch {
	case t.Type == milestone.LevelOfEffort:
		return "goes with what it serves"
	case n == 0:
		return "none"
	case !sched.Dated() && n > 0:
		return long
	case n < 0 && sched.Dated():
		return "none: " + long + " short; it would have to be finished by " + day(ended(t.LateFinish))
	case n < 0:
		return "none: " + long + " short"
	}
	return long + ", to " + day(ended(t.LateFinish))
}

// chances adds when something is due and with what chance it is done by then.
func (s *scribe) chances(row *spanRow, t *milestone.Timing, i int) {
	say := func(name, text string) { row.Due = append(row.Due, fact{name, text}) }
	if !t.Due.IsZero() {
		say("Due", s.when(t.Due, false))
	}
	if t.Finished != 0 {
		return
	}
	o, ok := s.outcomeOf(i)
	if !ok {
		if s.rests[i] && s.results() != nil && !t.Due.IsZero() {
			say("Chance", "not watched in the trials")
		}
		return
	}
	if c, known := o.Met.Get(); known {
		blind := s.blind(s.options.Schedule, i)
		say("Chance by "+day(ended(o.Due)), most(chance(c), blind))
		if len(blind) > 0 {
			say("It leaves out", listed(blind)+", which it waits for and of which no work is recorded")
		}
	}
	if c, known := o.Reached.Get(); known {
		say("Chance that the figures are there", chance(c))
	}
	if c, known := o.Both.Get(); known {
		say("Chance of both", chance(c))
	}
	low, high := o.Percentile(0.1), o.Percentile(0.9)
	say("8 trials in 10", span(ended(low.At), ended(high.At)))
	s.used["trials"] = true
}

// most says that a chance is a bound where it leaves something out.
func most(text string, blind []string) string {
	if len(blind) > 0 {
		return "at most " + strings.TrimPrefix(text, "about ")
	}
	return text
}

// span writes two days as a stretch.
func span(from, until calendar.Date) string {
	if from == until {
		return "on " + day(from)
	}
	return day(from) + " to " + day(until)
}

// longChain is how many links of a chain are named.
const longChain = 7

// chain names what drives a date, from the first to the last; empty where it is no chain.
func (s *scribe) chain(sched *milestone.Schedule, ref record.Ref) string {
	paths, more := sched.DrivingPaths(ref, 1)
	if len(paths) == 0 || len(paths[0].Nodes) < 3 {
		return ""
	}
	nodes := paths[0].Nodes
	var names []string
	for k, n := range nodes {
		switch {
		case len(nodes) <= longChain || k < 3 || k >= len(nodes)-3:
			names = append(names, s.name(sched.All()[n].Ref))
		case k == 3:
			names = append(names, "… "+count(len(nodes)-6, "more", "more")+" …")
		}
	}
	text := strings.Join(names, " → ")
	if more {
		text += " (and other chains as long)"
	}
	return text
}

// remarks says what the schedule and the model behind the forecast note, each kind once.
func (s *scribe) remarks(p *schedulePart, sched *milestone.Schedule) {
	var kinds []string
	names := make(map[string][]string)
	for _, r := range sched.Remarks() {
		k := r.Kind.String()
		if names[k] == nil {
			kinds = append(kinds, k)
		}
		names[k] = append(names[k], s.name(r.Ref))
	}
	for _, k := range kinds {
		list := names[k]
		if n := len(list); n > 4 {
			list = append(list[:3:3], grouped(strconv.Itoa(n-3))+" more")
		}
		p.Remarks = append(p.Remarks, capital(k)+": "+listed(list)+".")
	}
}
