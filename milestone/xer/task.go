package xer

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// taskName names an activity as people do.
func taskName(r *row) string {
	if code := r.get("task_code"); code != "" {
		return "task " + code
	}
	return "task " + r.get("task_id")
}

// kinds are the sorts of activity that become something. TT_WBS spans the other activities of its node.
var kinds = map[string]milestone.ActivityType{"TT_Task": milestone.Task, "TT_Rsrc": milestone.Task, "TT_LOE": milestone.LevelOfEffort,
	"TT_Mile": milestone.StartMilestone, "TT_FinMile": milestone.FinishMilestone, "TT_WBS": milestone.Summary}

func (b *builder) buildTask(r *row) {
	key, project := r.get("task_id"), r.get("proj_id")
	if b.tasks[key] != r {
		return
	}
	id := taskName(r)
	if b.projects[project] == nil {
		b.at(r, "proj_id", id, &DanglingError{"project", project})
		return
	}
	a := milestone.Activity{Record: b.base(b.id("task-", key), r), Name: r.get("task_name"), Code: r.get("task_code"),
		Project: b.id("project-", project)}
	if a.Name == "" {
		a.Name = a.Code
	}
	if a.Name == "" {
		a.Name = id
	}
	if node := r.get("wbs_id"); node != "" {
		if b.wbs[node] == nil && len(b.wbs) > 0 {
			b.at(r, "wbs_id", id, &DanglingError{"wbs", node})
		}
		a.PartOf = b.nodes[node]
	}
	kind, ok := kinds[r.get("task_type")]
	if !ok {
		b.at(r, "task_type", id, &ValueError{r.get("task_type"), "TT_Task, TT_Rsrc, TT_Mile, TT_FinMile, TT_LOE or TT_WBS"})
		kind = milestone.Task // to find what else is wrong with it
	}
	a.Type = kind
	if kind == milestone.Task {
		a.Type = 0
	}
	if kind != milestone.Summary {
		b.clocks(r, id, &a)
		b.lengths(r, id, &a)
		b.bounds(r, id, &a)
	}
	b.acts[key] = len(b.out.Spec.Activities)
	b.out.Spec.Activities = append(b.out.Spec.Activities, a)
	b.computed(r, id, a.ID)
}

// clocks settles by which calendar an activity is worked: its own, or, where it depends on resources, theirs.
func (b *builder) clocks(r *row, id string, a *milestone.Activity) {
	own := r.get("clndr_id")
	if own == "" {
		b.repaired(r, "clndr_id", id, "an activity without a calendar is worked by the project's")
	} else {
		a.Calendar = b.calendar(r, "clndr_id", id, own)
	}
	if r.get("task_type") != "TT_Rsrc" {
		return
	}
	theirs := slices.Compact(slices.Clone(b.resources[r.get("task_id")]))
	for _, c := range theirs {
		if c != theirs[0] {
			b.unmodelled(r, "task_type", id, "work that depends on resources with calendars of their own", "the activity is worked by its own calendar")
			return
		}
	}
	if len(theirs) > 0 && theirs[0] != a.Calendar {
		a.Calendar = theirs[0]
		b.repaired(r, "clndr_id", id, "it depends on its resources and is worked by their calendar")
	}
}

// lengths reads what an activity takes and how far it is.
func (b *builder) lengths(r *row, id string, a *milestone.Activity) {
	target, hasTarget := b.reader.hours(r, "target_drtn_hr_cnt", id)
	remain, hasRemain := b.reader.hours(r, "remain_drtn_hr_cnt", id)
	if target < 0 {
		b.at(r, "target_drtn_hr_cnt", id, ErrNegative)
	}
	if remain < 0 {
		b.at(r, "remain_drtn_hr_cnt", id, ErrNegative)
	}
	started, finished := b.minute(r, "act_start_date", id), b.minute(r, "act_end_date", id)
	status := r.get("status_code")
	switch status {
	case "TK_NotStart", "TK_Active", "TK_Complete":
	case "":
		status = "TK_NotStart"
		if finished != 0 {
			status = "TK_Complete"
		} else if started != 0 {
			status = "TK_Active"
		}
	default:
		b.at(r, "status_code", id, &ValueError{status, "TK_NotStart, TK_Active or TK_Complete"})
	}
	moment := a.Type == milestone.StartMilestone || a.Type == milestone.FinishMilestone
	if !moment && a.Type != milestone.LevelOfEffort {
		a.Lasts = target
		if status == "TK_NotStart" && hasRemain || !hasTarget {
			a.Lasts = remain
		}
		if !hasTarget && !hasRemain {
			b.at(r, "target_drtn_hr_cnt", id, ErrMissing)
		}
	}
	if moment && (target > 0 || remain > 0) {
		b.repaired(r, "target_drtn_hr_cnt", id, "a milestone takes no time")
	}
	switch status {
	case "TK_NotStart":
		if started != 0 || finished != 0 {
			b.repaired(r, "act_start_date", id, "it has not started, so its actual dates are not read")
		}
		return
	case "TK_Active":
		if started == 0 {
			b.at(r, "act_start_date", id, ErrMissing)
			return
		}
		a.Started = started
		switch {
		case moment:
			a.Finished = started
			b.repaired(r, "status_code", id, "a milestone that has started is read as reached")
		case a.Type == milestone.LevelOfEffort:
		case hasRemain:
			a.Remaining = record.Known(remain)
		}
		b.suspended(r, id)
	case "TK_Complete":
		a.Started, a.Finished = started, finished
		if moment {
			// A milestone has one of the two.
			if a.Started == 0 {
				a.Started = finished
			}
			if a.Finished == 0 {
				a.Finished = started
			}
		}
		if a.Started == 0 {
			b.at(r, "act_start_date", id, ErrMissing)
		}
		if a.Finished == 0 {
			b.at(r, "act_end_date", id, ErrMissing)
		}
		if a.Started != 0 && a.Finished != 0 && a.Finished < a.Started {
			b.at(r, "act_end_date", id, &ValueError{r.get("act_end_date"), "a finish after the start " + r.get("act_start_date")})
		}
	}
}

// suspended finds work that rests beyond the data date.
func (b *builder) suspended(r *row, id string) {
	suspend, resume := b.minute(r, "suspend_date", id), b.minute(r, "resume_date", id)
	if suspend == 0 {
		return
	}
	if data := b.minute(b.projects[r.get("proj_id")], "last_recalc_date", ""); resume == 0 || resume > data {
		b.unmodelled(r, "suspend_date", id, "work that is suspended beyond the data date", "it goes on at the data date")
	}
}

// constraints are the kinds of constraint of Primavera. Those called mandatory set dates against logic; start on and finish on bind both passes.
var constraints = map[string]milestone.ConstraintKind{
	"CS_MSO": milestone.MustStart, "CS_MSOA": milestone.StartNoEarlier, "CS_MSOB": milestone.StartNoLater,
	"CS_MEO": milestone.MustFinish, "CS_MEOA": milestone.FinishNoEarlier, "CS_MEOB": milestone.FinishNoLater,
	"CS_MANDSTART": milestone.MandatoryStart, "CS_MANDFIN": milestone.MandatoryFinish, "CS_ALAP": milestone.AsLate,
}

// bound makes a constraint on a minute: as a start, midnight is the begin of the day; as a finish, the end of the day before.
func bound(kind milestone.ConstraintKind, at calendar.Minute) milestone.Constraint {
	d, c := at.Date(), at.Clock()
	switch kind {
	case milestone.FinishNoEarlier, milestone.FinishNoLater, milestone.MustFinish, milestone.MandatoryFinish:
		if d, c = at.Ended(); c == 1440 {
			c = 0 // a finish without a time of day is bound until the end of the day
		}
	}
	return milestone.Constraint{Kind: kind, On: calendar.OnDay(d), Clock: c}
}

func (b *builder) bounds(r *row, id string, a *milestone.Activity) {
	for _, suffix := range []string{"", "2"} {
		text := r.get("cstr_type" + suffix)
		if text == "" {
			continue
		}
		kind, ok := constraints[text]
		if !ok {
			b.at(r, "cstr_type"+suffix, id,
				&ValueError{text, "one of CS_MSO, CS_MSOA, CS_MSOB, CS_MEO, CS_MEOA, CS_MEOB, CS_MANDSTART, CS_MANDFIN and CS_ALAP"})
			continue
		}
		if kind == milestone.AsLate {
			a.Constraints = append(a.Constraints, milestone.Constraint{Kind: kind})
			continue
		}
		at := b.minute(r, "cstr_date"+suffix, id)
		if at == 0 {
			b.at(r, "cstr_date"+suffix, id, ErrMissing)
			continue
		}
		a.Constraints = append(a.Constraints, bound(kind, at))
	}
	project := r.get("proj_id")
	if a.Finished != 0 {
		return
	}
	if v, _ := b.option(project, "sched_outer_depend_type", "SD_Both"); v != "SD_None" {
		for _, x := range []struct {
			column string
			kind   milestone.ConstraintKind
		}{{"external_early_start_date", milestone.StartNoEarlier}, {"external_late_end_date", milestone.FinishNoLater}} {
			if at := b.minute(r, x.column, id); at != 0 {
				a.Constraints = append(a.Constraints, bound(x.kind, at))
				b.repaired(r, x.column, id, "what waits on other projects is read as a constraint on the date that they gave it")
			}
		}
	}
	if v, _ := b.option(project, "sched_use_expect_end_flag", "Y"); v == "Y" && r.get("expect_end_date") != "" {
		b.unmodelled(r, "expect_end_date", id,
			"an expected finish, by which the remaining duration is worked out anew,", "it keeps the duration that the file states")
	}
}

func (b *builder) computed(r *row, id string, activity record.ID) {
	c := Computed{Stated: milestone.Stated{Activity: activity,
		EarlyStart: b.minute(r, "early_start_date", id), EarlyFinish: b.minute(r, "early_end_date", id),
		LateStart: b.minute(r, "late_start_date", id), LateFinish: b.minute(r, "late_end_date", id),
		TotalFloat: b.float(r, "total_float_hr_cnt", id), FreeFloat: b.float(r, "free_float_hr_cnt", id)}}
	switch r.get("driving_path_flag") {
	case "Y":
		c.Driving = record.Known(true)
	case "N":
		c.Driving = record.Known(false)
	}
	b.out.Computed = append(b.out.Computed, c)
}
