package xer

import (
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
)

// precedences are the kinds of link.
var precedences = map[string]milestone.Link{
	"PR_FS": milestone.FinishStart, "PR_SS": milestone.StartStart, "PR_FF": milestone.FinishFinish, "PR_SF": milestone.StartFinish}

// buildLinks makes the dependencies, and puts the activities that span a node between the node and what is in it.
func (b *builder) buildLinks() {
	b.spans()
	rows := b.tables["TASKPRED"]
	seen := make(map[record.ID]*row, len(rows))
	for i := range rows {
		if b.stop {
			return
		}
		b.buildLink(&rows[i], seen)
	}
}

// spans makes an activity of type TT_WBS the summary of everything else in its node; a second one in the node spans the first.
func (b *builder) spans() {
	span := make(map[record.ID]record.ID) // by node, the innermost
	rows := b.tables["TASK"]
	for i := range rows {
		at, ok := b.acts[rows[i].get("task_id")]
		if !ok || b.tasks[rows[i].get("task_id")] != &rows[i] {
			continue
		}
		a := &b.out.Spec.Activities[at]
		if a.Type != milestone.Summary {
			continue
		}
		node := a.PartOf
		if node == "" {
			node = a.Project // the node of the project: told apart below by never being an activity
		}
		if inner, ok := span[node]; ok {
			a.PartOf = inner
		}
		span[node] = a.ID
		b.repaired(&rows[i], "task_type", taskName(&rows[i]), "an activity that sums up its node is read as a summary between the node and what it holds")
	}
	if len(span) == 0 {
		return
	}
	own := make(map[record.ID]bool)
	for i := range rows {
		if at, ok := b.acts[rows[i].get("task_id")]; ok && b.out.Spec.Activities[at].Type == milestone.Summary {
			own[b.out.Spec.Activities[at].ID] = true
		}
	}
	for i := range b.out.Spec.Activities {
		a := &b.out.Spec.Activities[i]
		node := a.PartOf
		if node == "" {
			node = a.Project
		}
		if inner, ok := span[node]; ok && !own[a.ID] {
			a.PartOf = inner
		}
	}
}

func (b *builder) buildLink(r *row, seen map[record.ID]*row) {
	key := r.get("task_pred_id")
	before, after := r.get("pred_task_id"), r.get("task_id")
	p, s := b.tasks[before], b.tasks[after]
	id := "task " + after
	if s != nil {
		id = taskName(s)
	}
	// A project that the file does not hold gives its dates through the external dates of activities.
	for _, end := range []struct {
		t           *row
		key, column string
		project     string
		date, what  string
	}{
		{s, after, "task_id", r.get("proj_id"), "external_late_end_date", "the link to an activity of another project"},
		{p, before, "pred_task_id", r.get("pred_proj_id"), "external_early_start_date", "the link from an activity of another project"},
	} {
		if end.t != nil {
			continue
		}
		if end.key == "" {
			b.at(r, end.column, id, ErrMissing)
			return
		}
		if end.project == "" || b.projects[end.project] != nil {
			b.at(r, end.column, id, &DanglingError{"task", end.key})
			return
		}
		other := p
		if end.t == p {
			other = s
		}
		if other != nil && other.get(end.date) == "" {
			b.unmodelled(r, end.column, id, end.what, "nothing waits for it")
			return
		}
		b.lost(r, end.column, id, end.what+": the dates that it gave stand as constraints")
		return
	}
	kind, ok := precedences[r.get("pred_type")]
	lag, _ := b.reader.hours(r, "lag_hr_cnt", id)
	switch {
	case !ok:
		b.at(r, "pred_type", id, &ValueError{r.get("pred_type"), "PR_FS, PR_SS, PR_FF or PR_SF"})
		return
	case p == s:
		b.at(r, "pred_task_id", id, ErrOnItself)
		return
	}
	i, known := b.acts[before]
	j, found := b.acts[after]
	if !known || !found {
		return // its activity has a fault of its own
	}
	if v, o := b.option(s.get("proj_id"), "sched_outer_depend_type", "SD_Both"); v == "SD_None" && p.get("proj_id") != s.get("proj_id") {
		b.lost(r, "pred_proj_id", id, "a link between projects, which the option on line "+strconv.Itoa(o.line)+" ignores")
		return
	}
	from, to := &b.out.Spec.Activities[i], &b.out.Spec.Activities[j]
	if from.Type == milestone.Summary || to.Type == milestone.Summary {
		b.unmodelled(r, "", id, "a link of an activity that sums up its node", "nothing waits for it")
		return
	}
	d := milestone.Dependency{Kind: kind, Lag: lag,
		Dependent: record.Ref{Kind: milestone.KindActivity, ID: to.ID},
		On:        record.Ref{Kind: milestone.KindActivity, ID: from.ID}}
	if key == "" {
		key = before + "-" + after + "-" + r.get("pred_type")[3:]
	}
	if len(key) > 2*maxKey {
		key = key[:2*maxKey] // two of these would be one id, which is a fault
	}
	name := b.id("link-", key)
	if first := seen[name]; first != nil {
		b.at(r, "task_pred_id", id, &DuplicateError{key, first.line})
		return
	}
	seen[name] = r
	d.Record = b.base(name, r)
	b.out.Spec.Dependencies = append(b.out.Spec.Dependencies, d)
	b.linkRows = append(b.linkRows, r)
}

// progress finds work out of sequence in a project that neither retains its logic nor overrides it, but goes by actual dates.
func (b *builder) progress() {
	for i := range b.out.Spec.Dependencies {
		d, r := &b.out.Spec.Dependencies[i], b.linkRows[i]
		s := b.tasks[r.get("task_id")]
		from, to := &b.out.Spec.Activities[b.acts[r.get("pred_task_id")]], &b.out.Spec.Activities[b.acts[r.get("task_id")]]
		if to.Started == 0 || to.Finished != 0 || from.Finished != 0 || d.Kind == milestone.StartStart && from.Started != 0 {
			continue
		}
		retained, o := b.option(s.get("proj_id"), "sched_retained_logic", "Y")
		if override, _ := b.option(s.get("proj_id"), "sched_progress_override", "N"); retained != "Y" && override != "Y" {
			b.unmodelled(r, "", taskName(s), "work out of sequence in a project that goes by actual dates (line "+strconv.Itoa(o.line)+")",
				"what remains of it waits for the link")
		}
	}
}
