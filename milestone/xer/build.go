package xer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// A builder turns rows into records.
type builder struct {
	*reader
	projects, clndrs, wbs, tasks map[string]*row
	order                        []string             // the keys of the projects that are imported, in the order of the file
	schedule                     map[string]*row      // schedule options by project
	calendars                    map[string]record.ID // by key, those that are imported
	hours                        map[record.ID]*calendar.Hours
	nodes                        map[string]record.ID // by key of PROJWBS, the summary that holds what is in it; "" for the project itself
	acts                         map[string]int       // by key of TASK, the position among the activities
	resources                    map[string][]record.ID
	linkRows                     []*row // of each dependency
}

// id makes an id of a kind of row and its key, under the prefix.
func (in *reader) id(kind, key string) record.ID {
	text := kind + string(record.Slug(key))
	if in.options.Prefix != "" {
		text = string(in.options.Prefix) + "-" + text
	}
	return record.ID(text)
}

// base makes what every record is made of.
func (in *reader) base(id record.ID, r *row) record.Record {
	b := record.New(id)
	if in.options.Source.ID != "" {
		b.Source, b.At = in.options.Source.ID, r.path("")
	}
	return b
}

func (in *reader) build() {
	b := &builder{reader: in, schedule: make(map[string]*row), calendars: make(map[string]record.ID), hours: make(map[record.ID]*calendar.Hours),
		nodes: make(map[string]record.ID), acts: make(map[string]int)}
	b.projects, b.clndrs = in.index("PROJECT", "proj_id"), in.index("CALENDAR", "clndr_id")
	b.wbs, b.tasks = in.index("PROJWBS", "wbs_id"), in.index("TASK", "task_id")
	if in.options.Source.ID != "" {
		in.out.Spec.Sources = []record.Source{in.options.Source}
	}
	b.chooseProjects()
	b.buildResources()
	b.buildProjects()
	b.buildNodes()
	rows := in.tables["TASK"]
	in.out.Spec.Activities = slices.Grow(in.out.Spec.Activities, len(rows))
	in.out.Spec.Dependencies = slices.Grow(in.out.Spec.Dependencies, len(in.tables["TASKPRED"]))
	in.out.Computed = slices.Grow(in.out.Computed, len(rows))
	for i := range rows {
		if in.stop {
			return
		}
		b.buildTask(&rows[i])
	}
	b.buildLinks()
	b.progress()
	unused := 0
	for key := range b.clndrs {
		if _, ok := b.calendars[key]; !ok {
			unused++
		}
	}
	if unused > 0 {
		in.out.Lost = append(in.out.Lost, Note{Path: "CALENDAR",
			Text: strconv.Itoa(unused) + " calendars that no activity or project imported is worked by"})
	}
	if n := len(in.tables["RSRC"]); n > 0 {
		in.out.Lost = append(in.out.Lost, Note{Path: "RSRC", Text: strconv.Itoa(n) + " resources and " + strconv.Itoa(len(in.tables["TASKRSRC"])) +
			" assignments: only the calendars that they give to resource-dependent activities are kept"})
	}
}

// chooseProjects takes the projects that the file exports, and those that have activities in it.
func (b *builder) chooseProjects() {
	has := make(map[string]bool)
	for i := range b.tables["TASK"] {
		has[b.tables["TASK"][i].get("proj_id")] = true
	}
	for i := range b.tables["PROJECT"] {
		r := &b.tables["PROJECT"][i]
		key := r.get("proj_id")
		if b.projects[key] != r {
			continue
		}
		if !has[key] && r.get("export_flag") == "N" {
			b.lost(r, "", "project "+key, "a project that the file only refers to")
			delete(b.projects, key)
			continue
		}
		b.order = append(b.order, key)
	}
	rows := b.tables["SCHEDOPTIONS"]
	for i := range rows {
		if key := rows[i].get("proj_id"); b.schedule[key] == nil {
			b.schedule[key] = &rows[i]
		}
	}
	if len(rows) == 1 && len(b.order) == 1 && b.schedule[b.order[0]] == nil {
		b.schedule[b.order[0]] = &rows[0]
	}
}

// option returns an option of a project's schedule, or otherwise.
func (b *builder) option(project, column, otherwise string) (string, *row) {
	r := b.schedule[project]
	if r == nil {
		return otherwise, b.projects[project]
	}
	if v := r.get(column); v != "" {
		return v, r
	}
	return otherwise, r
}

// lagCalendars are the choices of Primavera, in lower case: versions differ in the case.
var lagCalendars = map[string]milestone.LagCalendar{"rcal_predecessor": milestone.PredecessorCalendar, "rcal_successor": milestone.SuccessorCalendar,
	"rcal_projdefault": milestone.ProjectCalendar, "rcal_24hour": milestone.RoundTheClock}

func (b *builder) buildProjects() {
	names := make(map[string]string)
	for i := range b.tables["PROJWBS"] {
		if r := &b.tables["PROJWBS"][i]; r.get("proj_node_flag") == "Y" {
			names[r.get("proj_id")] = r.get("wbs_name")
		}
	}
	for i, key := range b.order {
		r, id := b.projects[key], "project "+key
		p := milestone.Project{Record: b.base(b.id("project-", key), r), Name: names[key]}
		if p.Name == "" {
			p.Name = r.get("proj_short_name")
		}
		if p.Name == "" {
			p.Name = id
			b.repaired(r, "proj_short_name", id, "a project without a name is called by its number")
		}
		p.Start, p.DataDate = b.minute(r, "plan_start_date", id), b.minute(r, "last_recalc_date", id)
		p.FinishBy = b.minute(r, "plan_end_date", id)
		rules := b.rules(key, id, &p)
		if i == 0 {
			b.out.Schedule = rules
		} else if rules != b.out.Schedule {
			b.unmodelled(r, "", id, "a project scheduled by other options than the first", "it is scheduled by those of the first")
		}
		lag, o := b.option(key, "sched_calendar_on_relationship_lag", "rcal_Predecessor")
		if p.LagOn = lagCalendars[strings.ToLower(lag)]; p.LagOn == 0 {
			b.at(o, "sched_calendar_on_relationship_lag", id, &ValueError{lag, "rcal_Predecessor, rcal_Successor, rcal_ProjDefault or rcal_24Hour"})
		}
		if p.Lax, _ = b.reader.hours(r, "critical_drtn_hr_cnt", id); p.Lax < 0 {
			b.repaired(r, "critical_drtn_hr_cnt", id, "a negative limit for critical float is read as none")
			p.Lax = 0
		}
		if r.get("critical_path_type") == "CT_DrivPath" {
			b.lost(r, "critical_path_type", id, "the file calls what lies on the longest path critical, whatever its float")
		}
		if c := r.get("clndr_id"); c != "" {
			p.Calendar = b.calendar(r, "clndr_id", id, c)
		} else {
			b.at(r, "clndr_id", id, ErrMissing)
		}
		b.out.Spec.Projects = append(b.out.Spec.Projects, p)
	}
}

// floats are the words for how total float is measured.
var floats = map[string]milestone.FloatRule{"FT_FF": milestone.FinishFloatCounts, "FT_SF": milestone.StartFloatCounts, "FT_SS": milestone.StartFloatCounts,
	"FT_MIN": milestone.SmallestCounts, "FT_SM": milestone.SmallestCounts}

// rules reads how a project is scheduled.
func (b *builder) rules(key, id string, p *milestone.Project) (rules milestone.ScheduleOptions) {
	v, o := b.option(key, "sched_float_type", "FT_FF")
	float, ok := floats[strings.ToUpper(v)]
	if !ok {
		b.repaired(o, "sched_float_type", id, "the way of measuring total float "+quote(v)+" is not known and read as finish float")
	}
	rules.Float = float
	if v, o := b.option(key, "sched_use_project_end_date_for_float", "Y"); v == "N" {
		rules.Finish = milestone.WholeFinish
		if p.FinishBy != 0 {
			b.repaired(o, "sched_use_project_end_date_for_float", id,
				"floats are not measured from the project's end date, so the project is not held to it")
			p.FinishBy = 0
		}
	}
	if v, _ := b.option(key, "sched_progress_override", "N"); v == "Y" {
		rules.Progress = milestone.ProgressOverride
	}
	return rules
}

// calendar imports a calendar where it is first used, with the exceptions of those that it is based on.
func (b *builder) calendar(from *row, column, id, key string) record.ID {
	if c, ok := b.calendars[key]; ok {
		return c
	}
	r := b.clndrs[key]
	if r == nil {
		b.at(from, column, id, &DanglingError{"calendar", key})
		return ""
	}
	c := milestone.Calendar{Record: b.base(b.id("calendar-", key), r), Name: r.get("clndr_name")}
	own := "calendar " + key
	if c.Name == "" {
		c.Name = own
	}
	b.calendars[key] = c.ID
	faults := len(b.faults)
	var except []calendar.Exception
	c.Week, except = b.hoursOf(r, own)
	chain := [][]calendar.Exception{except}
	seen := map[string]bool{key: true}
	for base := r.get("base_clndr_id"); base != "" && base != "0" && !b.stop; {
		parent := b.clndrs[base]
		if parent == nil {
			b.at(r, "base_clndr_id", own, &DanglingError{"calendar", base})
			break
		}
		if seen[base] {
			b.at(r, "base_clndr_id", own, ErrCircle)
			break
		}
		if seen[base] = true; len(seen) > 100 {
			b.at(r, "base_clndr_id", own, &LimitError{"calendars based on one another", 100})
			break
		}
		_, more := b.hoursOf(parent, "calendar "+base)
		chain = append(chain, more)
		base = parent.get("base_clndr_id")
	}
	for _, list := range slices.Backward(chain) {
		c.Except = append(c.Except, list...)
	}
	if len(b.faults) == faults {
		h, err := calendar.NewHours(calendar.HoursSpec{Week: c.Week, Except: c.Except})
		if err != nil {
			b.at(r, "clndr_data", own, err)
		}
		b.hours[c.ID] = h
	}
	b.out.Spec.Calendars = append(b.out.Spec.Calendars, c)
	return c.ID
}

// buildResources finds the calendars of the resources of each activity that depends on them.
func (b *builder) buildResources() {
	b.resources = make(map[string][]record.ID)
	if len(b.tables["TASKRSRC"]) == 0 {
		return
	}
	rsrc := b.index("RSRC", "rsrc_id")
	for i := range b.tables["TASKRSRC"] {
		r := &b.tables["TASKRSRC"][i]
		t := b.tasks[r.get("task_id")]
		if t == nil || t.get("task_type") != "TT_Rsrc" || r.get("rsrc_type") == "RT_Mat" || b.projects[t.get("proj_id")] == nil {
			continue
		}
		key := r.get("rsrc_id")
		if key == "" {
			continue // a role without a resource works by the activity's calendar
		}
		who := rsrc[key]
		if who == nil {
			b.at(r, "rsrc_id", taskName(t), &DanglingError{"resource", key})
			continue
		}
		if c := who.get("clndr_id"); c != "" {
			k := t.get("task_id")
			b.resources[k] = append(b.resources[k], b.calendar(who, "clndr_id", "resource "+key, c))
		}
	}
}

// buildNodes makes summaries of the nodes of the work breakdown structure that hold activities. The node of the project is the project.
func (b *builder) buildNodes() {
	holds := make(map[string]bool)
	for i := range b.tables["TASK"] {
		t := &b.tables["TASK"][i]
		for key, n := t.get("wbs_id"), 0; key != "" && !holds[key]; n++ {
			r := b.wbs[key]
			if r == nil || b.projects[t.get("proj_id")] == nil {
				break
			}
			holds[key] = true
			key = r.get("parent_wbs_id")
		}
	}
	rows, left := b.tables["PROJWBS"], 0
	isNode := func(r *row) bool {
		return r != nil && r.get("proj_node_flag") != "Y" && b.projects[r.get("proj_id")] != nil && holds[r.get("wbs_id")]
	}
	for i := range rows {
		r := &rows[i]
		key := r.get("wbs_id")
		if b.wbs[key] != r || !isNode(r) {
			if r.get("proj_node_flag") != "Y" {
				left++
			}
			continue
		}
		id := "wbs " + key
		a := milestone.Activity{Record: b.base(b.id("wbs-", key), r), Name: r.get("wbs_name"), Code: r.get("wbs_short_name"),
			Project: b.id("project-", r.get("proj_id")), Type: milestone.Summary}
		if a.Name == "" {
			a.Name = id
		}
		if parent := r.get("parent_wbs_id"); parent != "" && isNode(b.wbs[parent]) {
			a.PartOf = b.id("wbs-", parent)
		}
		b.nodes[key] = a.ID
		b.out.Spec.Activities = append(b.out.Spec.Activities, a)
	}
	b.circles()
	if left > 0 {
		b.out.Lost = append(b.out.Lost, Note{Path: "PROJWBS", Text: strconv.Itoa(left) + " nodes that hold no activities"})
	}
}

// circles finds nodes that are parts of one another.
func (b *builder) circles() {
	state := make(map[string]int) // 1 is on the way, 2 is done
	for i := range b.tables["PROJWBS"] {
		var way []string
		key := b.tables["PROJWBS"][i].get("wbs_id")
		for r := b.wbs[key]; r != nil && state[key] == 0; r = b.wbs[key] {
			state[key] = 1
			way = append(way, key)
			if r.get("proj_node_flag") == "Y" {
				break // what lies above a project is no part of it
			}
			key = r.get("parent_wbs_id")
		}
		if r := b.wbs[key]; r != nil && state[key] == 1 && r.get("proj_node_flag") != "Y" {
			b.at(r, "parent_wbs_id", "wbs "+key, ErrCircle)
		}
		for _, k := range way {
			state[k] = 2
		}
	}
}
