package milestone_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

const outside = "../../shared/data/schedule/"

// given reads a file of the data beside the repository, and skips the test where that is absent.
func given(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(outside + name))
	if os.IsNotExist(err) {
		t.Skip("networks with known answers absent: ../shared/data not beside the repository")
	}
	require.NoError(t, err)
	return b
}

// table reads a CSV file with a header as one map a row.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(given(t, name)))).ReadAll()
	require.NoError(t, err)
	var all []map[string]string
	for _, row := range rows[1:] {
		m := make(map[string]string)
		for i, field := range row {
			m[rows[0][i]] = field
		}
		all = append(all, m)
	}
	return all
}

func minute(s string) calendar.Minute {
	m, err := calendar.ParseMinute(s)
	if err != nil {
		panic(err)
	}
	return m
}

func activity(id string) record.Ref {
	return record.Ref{Kind: milestone.KindActivity, ID: record.ID(id)}
}

// follows is a link by the ids of two activities.
func follows(on, dependent string, kind milestone.Link, lag calendar.Minutes) milestone.Dependency {
	id := record.Slug(on + " " + kind.String() + " " + dependent)
	return milestone.Dependency{Record: record.New(id), On: activity(on), Dependent: activity(dependent), Kind: kind, Lag: lag}
}

func scheduled(t testing.TB, spec milestone.Spec, options milestone.ScheduleOptions) *milestone.Schedule {
	t.Helper()
	plan, err := milestone.Compile(spec, record.View{})
	require.NoError(t, err)
	s, err := plan.Schedule(record.Moment{}, options)
	require.NoError(t, err)
	return s
}

// psplib reads a network of PSPLIB as a plan in days round the clock from 1 January 2028.
func psplib(t *testing.T, name string) milestone.Spec {
	spec := milestone.Spec{Projects: []milestone.Project{{Record: record.New("p"), Name: name, Start: day("2028-01-01").At(0)}}}
	part := ""
	for line := range strings.SplitSeq(string(given(t, "psplib/"+name)), "\n") {
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "PRECEDENCE"), strings.HasPrefix(line, "REQUESTS"), strings.HasPrefix(line, "RESOURCEAVAIL"):
			part = line[:3]
		case len(words) == 0 || words[0][0] < '0' || words[0][0] > '9':
		case part == "PRE":
			spec.Activities = append(spec.Activities, milestone.Activity{Record: record.New(record.ID("a" + words[0])), Name: "job " + words[0], Project: "p"})
			for _, to := range words[3:] {
				spec.Dependencies = append(spec.Dependencies, follows("a"+words[0], "a"+to, milestone.FinishStart, 0))
			}
		case part == "REQ":
			days, err := strconv.Atoi(words[2])
			require.NoError(t, err)
			spec.Activities[slices.IndexFunc(spec.Activities, func(a milestone.Activity) bool { return a.ID == record.ID("a"+words[0]) })].Lasts = calendar.Minutes(days) * calendar.Day
		}
	}
	return spec
}

func TestPSPLIB(t *testing.T) {
	agree := 0
	rows := table(t, "psplib/cpm_oracle.csv")
	for _, row := range rows {
		spec := psplib(t, row["file"])
		require.Equal(t, row["jobs_incl_dummies"], strconv.Itoa(len(spec.Activities)))
		require.Equal(t, row["arcs"], strconv.Itoa(len(spec.Dependencies)))
		s := scheduled(t, spec, milestone.ScheduleOptions{})
		length := s.Finish().Sub(day("2028-01-01").At(0)) / calendar.Day
		if assert.Equal(t, row["mpm_time_in_file"], strconv.Itoa(int(length)), row["file"]) {
			agree++
		}
		critical := 0
		for _, n := range s.All() {
			assert.GreaterOrEqual(t, n.TotalFloat, calendar.Minutes(0), n.Ref)
			if n.Critical {
				critical++
			}
		}
		assert.GreaterOrEqual(t, critical, 2)
	}
	t.Logf("PSPLIB: %d of %d critical path lengths agree", agree, len(rows))
	assert.GreaterOrEqual(t, len(rows), 19)
}

// primavera reads the plan of 51 activities: its calendar, its activities and its links.
func primavera(t *testing.T) milestone.Spec {
	var meta struct {
		Projects []struct {
			Start string `json:"plan_start_date"`
			Data  string `json:"last_recalc_date"`
		}
		Calendars map[string]struct {
			Week       map[string][][2]string
			Exceptions map[string][][2]string
		}
	}
	require.NoError(t, json.Unmarshal(given(t, "p6/p6_construction_meta.json"), &meta))
	at := func(s string) calendar.Minute { return minute(strings.Replace(s, " ", "T", 1)) }
	shifts := func(list [][2]string) []calendar.Shift {
		var all []calendar.Shift
		for _, pair := range list {
			var s calendar.Shift
			require.NoError(t, s.UnmarshalText([]byte(pair[0]+"-"+pair[1])))
			all = append(all, s)
		}
		return all
	}
	var spec milestone.Spec
	for _, id := range slices.Sorted(maps.Keys(meta.Calendars)) {
		given := meta.Calendars[id]
		c := milestone.Calendar{Record: record.New(record.ID("c" + id)), Name: id, Week: calendar.Shifts{
			Monday: shifts(given.Week["Mon"]), Tuesday: shifts(given.Week["Tue"]), Wednesday: shifts(given.Week["Wed"]), Thursday: shifts(given.Week["Thu"]),
			Friday: shifts(given.Week["Fri"]), Saturday: shifts(given.Week["Sat"]), Sunday: shifts(given.Week["Sun"])}}
		for _, on := range slices.Sorted(maps.Keys(given.Exceptions)) {
			c.Except = append(c.Except, calendar.Exception{From: day(on), Week: calendar.EveryDay(shifts(given.Exceptions[on])...)})
		}
		spec.Calendars = append(spec.Calendars, c)
	}
	spec.Projects = []milestone.Project{{Record: record.New("p"), Name: "construction", Start: at(meta.Projects[0].Start), DataDate: at(meta.Projects[0].Data)}}
	for _, row := range table(t, "p6/p6_construction_tasks.csv") {
		a := milestone.Activity{Record: record.New(record.ID("a" + row["id"])), Name: row["code"], Project: "p", Calendar: record.ID("c" + row["calendar"])}
		require.Equal(t, "TK_NotStart", row["status"])
		switch row["type"] {
		case "TT_Task":
			n, err := strconv.Atoi(row["target_min"])
			require.NoError(t, err)
			a.Lasts = calendar.Minutes(n)
		case "TT_FinMile":
			a.Type = milestone.FinishMilestone
		case "TT_Mile":
			a.Type = milestone.StartMilestone
		default:
			t.Fatalf("type %s", row["type"])
		}
		spec.Activities = append(spec.Activities, a)
	}
	kinds := map[string]milestone.Link{"FS": milestone.FinishStart, "SS": milestone.StartStart, "FF": milestone.FinishFinish, "SF": milestone.StartFinish}
	for _, row := range table(t, "p6/p6_construction_links.csv") {
		lag, err := strconv.Atoi(row["lag_min"])
		require.NoError(t, err)
		spec.Dependencies = append(spec.Dependencies, follows("a"+row["pred"], "a"+row["succ"], kinds[row["type"]], calendar.Minutes(lag)))
	}
	return spec
}

func TestPrimavera(t *testing.T) {
	s := scheduled(t, primavera(t), milestone.ScheduleOptions{})
	exact, within, rows := 0, 0, table(t, "p6/p6_construction_tasks.csv")
	for _, row := range rows {
		n, ok := s.Of(activity("a" + row["id"]))
		require.True(t, ok)
		off := calendar.Minutes(0)
		for _, pair := range [][2]string{{n.EarlyStart.String(), row["early_start"]}, {n.EarlyFinish.String(), row["early_finish"]},
			{n.LateStart.String(), row["late_start"]}, {n.LateFinish.String(), row["late_finish"]}} {
			apart := n.Hours.Between(minute(pair[0]), minute(strings.Replace(pair[1], " ", "T", 1)))
			off = max(off, apart, -apart)
		}
		for _, pair := range [][2]string{{strconv.Itoa(int(n.TotalFloat)), row["total_float_min"]}, {strconv.Itoa(int(n.FreeFloat)), row["free_float_min"]}} {
			a, err := strconv.Atoi(pair[0])
			require.NoError(t, err)
			b, err := strconv.Atoi(pair[1])
			require.NoError(t, err)
			off = max(off, calendar.Minutes(a-b), calendar.Minutes(b-a))
		}
		if off == 0 {
			exact++
		}
		if assert.LessOrEqual(t, off, calendar.Minutes(1), fmt.Sprint(row)) {
			within++
		}
	}
	t.Logf("P6 construction plan: %d of %d exact, %d within a minute", exact, len(rows), within)
	assert.Equal(t, 51, within)
	assert.GreaterOrEqual(t, exact, 47)
}
