package mspdi_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/mspdi"
)

func write(t testing.TB, spec milestone.Spec, options mspdi.WriteOptions) (string, *mspdi.Written) {
	t.Helper()
	var b bytes.Buffer
	w, err := mspdi.Write(&b, spec, options)
	require.NoError(t, err)
	return b.String(), w
}

func TestRoundTrip(t *testing.T) {
	for _, options := range []mspdi.Options{{}, {FromStatusDate: true}, {Prefix: "hall"}} {
		in, err := mspdi.Read(bytes.NewReader(hall(t)), options)
		require.NoError(t, err)
		text, written := write(t, in.Spec, mspdi.WriteOptions{Prefix: options.Prefix})
		assert.Empty(t, written.Lost)
		assert.Empty(t, written.Changed)
		again, err := mspdi.Read(strings.NewReader(text), options)
		require.NoError(t, err)
		assert.Equal(t, in.Spec, again.Spec)
		assert.Empty(t, again.Lost)
		twice, _ := write(t, again.Spec, mspdi.WriteOptions{Prefix: options.Prefix})
		assert.Equal(t, text, twice)

		s := schedule(t, in)
		text, _ = write(t, in.Spec, mspdi.WriteOptions{Prefix: options.Prefix, Schedule: s})
		again, err = mspdi.Read(strings.NewReader(text), options)
		require.NoError(t, err)
		assert.Equal(t, in.Spec, again.Spec)
		agreements, differences := again.Against(schedule(t, again), 0)
		assert.Empty(t, differences)
		assert.Equal(t, 7, agreements[0].Of)
		assert.Equal(t, 7, agreements[0].Exact)
	}
}

// random makes a plan such as people write: ids of their own, summaries in summaries, every kind of constraint.
func random(r *rand.Rand) milestone.Spec {
	shifts := []calendar.Shift{{From: 480, Until: 720}, {From: 780, Until: 1440}}
	spec := milestone.Spec{
		Projects: []milestone.Project{{Record: record.New("project"), Name: "P <&> \"quoted\"", Start: calendar.On(2028, 1, 3).At(480), Calendar: "calendar-1",
			LagOn: milestone.SuccessorCalendar, Lax: calendar.Minutes(480 * r.IntN(3))}},
		Calendars: []milestone.Calendar{
			{Record: record.New("calendar-1"), Name: "One", Week: calendar.Weekdays(shifts...)},
			{Record: record.New("calendar-2"), Name: "Two", Week: calendar.EveryDay(calendar.Shift{Until: 1440})},
		},
	}
	for i := range r.IntN(5) {
		from := calendar.On(2028, 1, 10).Add(calendar.Days(20 * i))
		x := calendar.Exception{From: from}
		switch r.IntN(3) {
		case 0:
			x.Week = calendar.EveryDay(shifts[0])
		case 1:
			x.Until = from.Add(calendar.Days(2 + r.IntN(9)))
		}
		spec.Calendars[0].Except = append(spec.Calendars[0].Except, x)
	}
	honours := r.IntN(2) == 0
	summary := []record.ID{""}
	var leaves []record.ID
	for i := range 3 + r.IntN(12) {
		id := record.ID("task-" + strconv.Itoa(i+1))
		if r.IntN(3) == 0 {
			id = record.ID("step." + strconv.Itoa(i))
		}
		a := milestone.Activity{Record: record.New(id), Name: "Step " + strconv.Itoa(i), Project: "project", PartOf: summary[len(summary)-1]}
		switch r.IntN(8) {
		case 0:
			a.Type = milestone.StartMilestone
		case 1:
			a.Type = milestone.FinishMilestone
		case 2:
			a.Type = milestone.Summary
			spec.Activities = append(spec.Activities, a)
			summary = append(summary, id)
			continue
		case 3:
			a.Lasts, a.Elapsed = calendar.Minutes(1+r.IntN(9999)), true
		default:
			a.Lasts = calendar.Minutes(1 + r.IntN(9999))
		}
		if r.IntN(3) == 0 {
			a.Calendar = "calendar-2"
		}
		when := calendar.OnDay(calendar.On(2028, 2, 1).Add(calendar.Days(r.IntN(300))))
		clock := calendar.Clock(60 * r.IntN(24))
		kinds := []milestone.ConstraintKind{milestone.AsLate, milestone.StartNoEarlier, milestone.StartNoLater, milestone.FinishNoEarlier, milestone.FinishNoLater}
		if honours {
			kinds = append(kinds, milestone.MandatoryStart, milestone.MandatoryFinish)
		} else {
			kinds = append(kinds, milestone.MustStart, milestone.MustFinish)
		}
		if r.IntN(2) == 0 {
			c := milestone.Constraint{Kind: kinds[r.IntN(len(kinds))], On: when, Clock: clock}
			if c.Kind == milestone.AsLate {
				c.On, c.Clock = calendar.When{}, 0
			}
			a.Constraints = append(a.Constraints, c)
		}
		if r.IntN(4) == 0 {
			a.Constraints = append(a.Constraints, milestone.Constraint{Kind: milestone.Deadline, On: when, Clock: clock})
		}
		if r.IntN(4) == 0 {
			a.Started = calendar.On(2028, 1, 4).At(540)
			if r.IntN(2) == 0 || a.Lasts == 0 {
				a.Finished = a.Started
				if a.Lasts > 0 {
					a.Finished = calendar.On(2028, 1, 7).At(0)
				}
			}
		}
		spec.Activities = append(spec.Activities, a)
		for k, l := range []milestone.Link{milestone.FinishStart, milestone.StartStart, milestone.FinishFinish, milestone.StartFinish} {
			if len(leaves) == 0 || r.IntN(4) > 0 {
				continue
			}
			on := leaves[r.IntN(len(leaves))]
			d := milestone.Dependency{Record: record.New(record.ID("link-" + string(on) + "-" + string(id) + "-" + []string{"fs", "ss", "ff", "sf"}[k])), Kind: l,
				On: record.Ref{Kind: milestone.KindActivity, ID: on}, Dependent: record.Ref{Kind: milestone.KindActivity, ID: id}, Lag: calendar.Minutes(r.IntN(2000) - 1000)}
			if r.IntN(2) == 0 && d.Lag != 0 {
				d.LagOn = milestone.RoundTheClock
			}
			spec.Dependencies = append(spec.Dependencies, d)
		}
		leaves = append(leaves, id)
	}
	// Summaries without parts are tasks to Microsoft Project.
	if last := &spec.Activities[len(spec.Activities)-1]; last.Type == milestone.Summary {
		last.Type, last.Lasts = 0, 480
	}
	return spec
}

// FuzzWrite: what is written reads back to the same records, but for the ids of links, which the file does not hold.
func FuzzWrite(f *testing.F) {
	for seed := range uint64(50) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		spec := random(rand.New(rand.NewPCG(seed, 1)))
		text, written := write(t, spec, mspdi.WriteOptions{})
		require.Empty(t, written.Lost)
		in, err := mspdi.Read(strings.NewReader(text), mspdi.Options{})
		require.NoError(t, err)
		require.Len(t, in.Spec.Dependencies, len(spec.Dependencies))
		byName := make(map[string]milestone.Dependency)
		key := func(d milestone.Dependency) string {
			return d.On.String() + " " + d.Dependent.String() + " " + d.Kind.String()
		}
		for _, d := range in.Spec.Dependencies {
			byName[key(d)] = d
		}
		for _, d := range spec.Dependencies {
			got := byName[key(d)]
			got.ID = d.ID
			require.Equal(t, d, got)
		}
		in.Spec.Dependencies = spec.Dependencies
		require.Equal(t, spec, in.Spec)
		again, _ := write(t, in.Spec, mspdi.WriteOptions{})
		require.Equal(t, text, again)
	})
}

func TestWriteKeepsIdsOfItsOwn(t *testing.T) {
	text, _ := write(t, milestone.Spec{Activities: []milestone.Activity{
		{Record: record.New("survey"), Name: "Survey", Lasts: 480}, {Record: record.New("task-2"), Name: "Two", Lasts: 480},
		{Record: record.New("open"), Name: "Open", Type: milestone.FinishMilestone}}}, mspdi.WriteOptions{})
	assert.Contains(t, text, "<Value>missionled: id=survey</Value>")
	assert.Contains(t, text, "<Value>missionled: id=open type=finish-milestone</Value>")
	in := read(t, text)
	assert.Equal(t, record.ID("survey"), in.Spec.Activities[0].ID)
	assert.Equal(t, record.ID("open"), in.Spec.Activities[2].ID)
	assert.Equal(t, calendar.EveryDay(calendar.Shift{Until: 1440}), in.Spec.Calendars[0].Week, "no calendar is one that works round the clock")
}

func TestMarksThatAreTaken(t *testing.T) {
	mark := func(uid, id string) string {
		return task(uid, "<ExtendedAttribute><FieldID>188744016</FieldID><Value>"+id+"</Value></ExtendedAttribute>")
	}
	in := read(t, project("", mark("1", "missionled: id=a")+mark("2", "missionled: id=a")+mark("3", "missionled: id=task-1")+mark("4", "id=b")+mark("5", "missionled: id=No!")))
	var ids []record.ID
	for _, a := range in.Spec.Activities {
		ids = append(ids, a.ID)
	}
	assert.Equal(t, []record.ID{"a", "task-2", "task-3", "task-4", "task-5"}, ids)
	_, err := milestone.Compile(in.Spec, record.View{})
	require.NoError(t, err)
}

func TestWriteFaults(t *testing.T) {
	one := func(a milestone.Activity) milestone.Spec {
		a.ID = "task-1"
		return milestone.Spec{Activities: []milestone.Activity{a, {Record: record.New("task-2"), Calendar: "calendar-9"}}[:1]}
	}
	day := on(2028, 3, 1)
	dependency := func(d milestone.Dependency) milestone.Spec {
		d.Record = record.New("d")
		d.On, d.Dependent = record.Ref{Kind: milestone.KindActivity, ID: "task-1"}, record.Ref{Kind: milestone.KindActivity, ID: "task-2"}
		return milestone.Spec{Activities: []milestone.Activity{{Record: record.New("task-1")}, {Record: record.New("task-2"), Calendar: "calendar-2"}},
			Calendars:    []milestone.Calendar{{Record: record.New("calendar-2"), Week: calendar.EveryDay(calendar.Shift{Until: 60})}},
			Dependencies: []milestone.Dependency{d}}
	}
	circle := milestone.Spec{Activities: []milestone.Activity{{Record: record.New("task-1"), Type: milestone.Summary, PartOf: "task-2"},
		{Record: record.New("task-2"), Type: milestone.Summary, PartOf: "task-1"}}}
	version := one(milestone.Activity{})
	version.Activities[0].Of = "task-0"
	for name, test := range map[string]struct {
		spec milestone.Spec
		path string
		want error
	}{
		"two projects":      {milestone.Spec{Projects: []milestone.Project{{Record: record.New("a")}, {Record: record.New("b")}}}, "projects[1]", mspdi.ErrMany},
		"finish by":         {milestone.Spec{Projects: []milestone.Project{{Record: record.New("a"), FinishBy: 1}}}, "projects[0].finish_by", &mspdi.UnmodelledError{}},
		"level of effort":   {one(milestone.Activity{Type: milestone.LevelOfEffort}), "activities[0].type", &mspdi.UnmodelledError{}},
		"negative":          {one(milestone.Activity{Lasts: -1}), "activities[0].lasts", mspdi.ErrNegative},
		"no such calendar":  {one(milestone.Activity{Calendar: "calendar-4"}), "activities[0].calendar", &mspdi.DanglingError{}},
		"no such summary":   {one(milestone.Activity{PartOf: "x"}), "activities[0].part_of", &mspdi.DanglingError{}},
		"parts in a circle": {circle, "activities", mspdi.ErrCircle},
		"a version":         {version, "activities[0].of", mspdi.ErrVersion},
		"two constraints": {one(milestone.Activity{Constraints: []milestone.Constraint{{Kind: milestone.StartNoEarlier, On: day}, {Kind: milestone.FinishNoLater, On: day}}}),
			"activities[0].constraints[1]", &mspdi.UnmodelledError{}},
		"must and mandatory": {milestone.Spec{Activities: []milestone.Activity{{Record: record.New("task-1"), Constraints: []milestone.Constraint{{Kind: milestone.MustStart, On: day}}},
			{Record: record.New("task-2"), Constraints: []milestone.Constraint{{Kind: milestone.MandatoryStart, On: day}}}}}, "activities[0].constraints[0]", &mspdi.UnmodelledError{}},
		"a window": {one(milestone.Activity{Constraints: []milestone.Constraint{{Kind: milestone.MustStart, On: calendar.MonthOf(calendar.On(2028, 3, 1))}}}),
			"activities[0].constraints[0]", &mspdi.UnmodelledError{}},
		"no date":                 {one(milestone.Activity{Constraints: []milestone.Constraint{{Kind: milestone.Deadline}}}), "activities[0].constraints[0]", mspdi.ErrMissing},
		"lag on another calendar": {dependency(milestone.Dependency{Kind: milestone.FinishStart, Lag: 5}), "dependencies[0].lag_on", &mspdi.UnmodelledError{}},
		"lag too long":            {dependency(milestone.Dependency{Kind: milestone.FinishStart, Lag: 1 << 40}), "dependencies[0].lag", &mspdi.ValueError{}},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			w, err := mspdi.Write(&b, test.spec, mspdi.WriteOptions{})
			require.Nil(t, w)
			list, ok := errors.AsType[mspdi.Faults](err)
			require.True(t, ok)
			require.Len(t, list, 1)
			assert.Equal(t, test.path, list[0].Path)
			if !errors.Is(list[0], test.want) {
				assert.IsType(t, test.want, list[0].Err)
			}
			_, unmodelled := test.want.(*mspdi.UnmodelledError)
			w, err = mspdi.Write(&b, test.spec, mspdi.WriteOptions{LeaveOut: true})
			assert.Equal(t, unmodelled, err == nil)
			if unmodelled {
				assert.Equal(t, test.path, w.Lost[0].Path)
			}
		})
	}
}

func TestWriteSaysWhatItChanges(t *testing.T) {
	spec := milestone.Spec{
		Milestones: []milestone.Milestone{{Record: record.New("m"), Name: "M"}},
		Calendars:  []milestone.Calendar{{Record: record.New("office"), Name: "Office", Week: calendar.Weekdays(calendar.Shift{From: 540, Until: 1020}), BankHolidays: calendar.EnglandAndWales}},
		Projects:   []milestone.Project{{Record: record.New("p"), Name: "P", Calendar: "office", Lax: 100}},
		Activities: []milestone.Activity{
			{Record: record.Sourced("task-1", "s", "page 3", record.Document), Name: "A", Lasts: 480, Constraints: []milestone.Constraint{{Kind: milestone.FinishNoLater, On: calendar.QuarterOf(calendar.On(2028, 3, 1))}}},
			{Record: record.New("task-2"), Name: "B", Lasts: 480}},
		Dependencies: []milestone.Dependency{
			{Record: record.New("n"), Kind: milestone.Needs, On: record.Ref{Kind: milestone.KindActivity, ID: "task-1"}, Dependent: record.Ref{Kind: milestone.KindActivity, ID: "task-2"}},
			{Record: record.New("f"), Kind: milestone.FinishStart, LagDays: 2, On: record.Ref{Kind: milestone.KindActivity, ID: "task-1"}, Dependent: record.Ref{Kind: milestone.KindActivity, ID: "task-2"}}},
	}
	text, w := write(t, spec, mspdi.WriteOptions{})
	var notes []string
	for _, n := range append(w.Changed, w.Lost...) {
		notes = append(notes, n.String())
	}
	assert.Equal(t, []string{
		"calendars[0].id (office): it is written as calendar 1",
		"calendars[0].bank_holidays (office): its bank holidays are spelled out as far as they are known",
		"activities[0].constraints[0] (task-1): the vague date is written as the day that binds, 2028-03-31",
		"dependencies[1].lag_days (f): its lag in days is written as one of elapsed time",
		"activities: who says so, and how good the source is, of 1 activities",
		"dependencies[0] (n): a need, which says nothing of order",
		"milestones: 1 records of a kind that the file does not hold",
		"projects[0].lax (p): the float of what is critical, but for whole days of eight hours",
	}, notes)
	in := read(t, text)
	assert.Equal(t, calendar.Minutes(2880), in.Spec.Dependencies[0].Lag)
	assert.Equal(t, milestone.RoundTheClock, in.Spec.Dependencies[0].LagOn)
	assert.NotEmpty(t, in.Spec.Calendars[0].Except)
}

// FuzzRead: no input panics; what is read can be written, and reads back to the same records.
func FuzzRead(f *testing.F) {
	f.Add(hall(f), true)
	f.Add([]byte(project("", task("1", "")+task("2", "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>3</Type><LinkLag>50</LinkLag><LagFormat>19</LagFormat></PredecessorLink>"))), false)
	f.Add([]byte("\xff\xfe<\x00P\x00"), false)
	f.Fuzz(func(t *testing.T, data []byte, leaveOut bool) {
		options := mspdi.Options{LeaveOut: leaveOut, Limits: mspdi.Limits{Bytes: 1 << 20, Tasks: 1000, Links: 10000, Days: 20000}}
		in, err := mspdi.Read(bytes.NewReader(data), options)
		if err != nil {
			list, ok := errors.AsType[mspdi.Faults](err)
			require.True(t, ok)
			require.NotEmpty(t, list)
			return
		}
		require.Len(t, in.Computed, len(in.Spec.Activities))
		_, err = milestone.Compile(in.Spec, record.View{})
		if _, circle := errors.AsType[*milestone.PrecedenceError](err); !circle {
			require.NoError(t, err)
		}
		var b bytes.Buffer
		if _, err = mspdi.Write(&b, in.Spec, mspdi.WriteOptions{}); err != nil {
			return // two constraints, where a summary has handed one down
		}
		again, err := mspdi.Read(bytes.NewReader(b.Bytes()), options)
		require.NoError(t, err, b.String())
		require.Equal(t, in.Spec.Activities, again.Spec.Activities)
		require.Equal(t, in.Spec.Calendars, again.Spec.Calendars)
	})
}
