package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/report"
	"github.com/missionled/missionled/mission/review"
)

// large is a plan of the shape of a national recovery plan: milestones under 6 missions, each owned by one of 25
// departments, each with a target, a reading and a claim, most with dates of one quarter among eight.
func large(t testing.TB, milestones int) *mission.Model {
	t.Helper()
	spec := mission.Spec{Title: "A large plan", AsOf: calendar.MustParseDate("2025-12-31")}
	spec.Sources = []record.Source{{Record: record.New("plan"), Title: "The recovery plan, as adopted"}}
	from := func(id string, at int) record.Record {
		return record.Sourced(record.ID(id), "plan", fmt.Sprintf("row %d", at), record.Document)
	}
	for i := range 25 {
		spec.Parties = append(spec.Parties, accountability.Party{Record: from(fmt.Sprintf("dept-%d", i), i), Kind: accountability.Organisation, Name: fmt.Sprintf("Department number %d", i)})
	}
	for i := range 6 {
		spec.Missions = append(spec.Missions, mission.Mission{Record: from(fmt.Sprintf("m%d", i), i), Name: fmt.Sprintf("Mission number %d", i)})
	}
	for i := range milestones {
		id := record.ID(fmt.Sprintf("s%d", i))
		spec.Milestones = append(spec.Milestones, milestone.Milestone{
			Record: from(string(id), i), Name: fmt.Sprintf("Step %d: the reform comes into force and is told to those concerned", i),
			Missions: []record.ID{record.ID(fmt.Sprintf("m%d", i*6/milestones))}, Due: calendar.MustParseWhen(fmt.Sprintf("%d-Q%d", 2025+i%2, 1+i/2%4)), Use: milestone.Enforcement,
		})
		spec.Duties = append(spec.Duties, accountability.Duty{Record: from("own-"+string(id), i), Duty: accountability.MilestoneOwner, Subject: milestone.Ref(id), Post: record.ID(fmt.Sprintf("dept-%d", i%25))})
		spec.Indicators = append(spec.Indicators, milestone.Indicator{Record: from("n-"+string(id), i), Name: "Places reached", Unit: "places"})
		spec.Observations = append(spec.Observations, milestone.Observation{Record: from("o-"+string(id), i), Indicator: "n-" + id, Period: calendar.MustParseWhen("2025-Q3"), Value: record.Known(record.Number(float64(i % 130)))})
		spec.Targets = append(spec.Targets, milestone.Target{Record: from("t-"+string(id), i), Milestone: id, Indicator: "n-" + id, AtLeast: record.Number(100), Baseline: record.Number(0)})
		spec.Assessments = append(spec.Assessments, milestone.Assessment{Record: from("a-"+string(id), i), Subject: milestone.Ref(id), OnDay: calendar.MustParseWhen("2025-11"), Rating: "amber"})
	}
	return compile(t, spec, mission.View{})
}

func TestLargePlan(t *testing.T) {
	m := large(t, 1200)
	page := write(t, m, nil)
	es := checkPage(t, page)
	assert.Less(t, len(page), 4<<20)
	rows := 0
	for i, e := range es {
		if strings.HasPrefix(e.attr["id"], "milestone-") {
			rows++
		}
		if e.name == "details" && strings.Contains(es[i+1].text, "milestones: ") {
			assert.NotContains(t, e.attr, "open", "milestones are folded away")
		}
	}
	assert.Equal(t, 1200, rows, "none is left out")
	text := words(es)
	assert.Contains(t, text, "The plan has 1,206 items, too many for one picture that a person can read.")
	assert.Contains(t, text, "Department number 24: 48")
	assert.Contains(t, text, "200 milestones: ")
	assert.Contains(t, text, "The map in words: departments and their milestones")
	assert.Contains(t, text, "Department number 24 48 Mission number 0: 8 Mission number 1: 8", "the overview in words")
	assert.NotContains(t, page, "picture2", "a mission without dependencies has no map that a list would not tell")
	assert.Regexp(t, `more milestones are under the missions, \d+ of them with the date of the last line\.`, text)
}

// Work grows with the records and not with their square.
func TestWorkIsLinear(t *testing.T) {
	allocations := func(n int) float64 {
		m := large(t, n)
		r := review.Of(m)
		return testing.AllocsPerRun(1, func() { _ = report.Write(new(strings.Builder), m, r, &report.Options{MapNodes: -1}) })
	}
	n := 200
	if testing.Short() {
		n = 100
	}
	few, many := allocations(n), allocations(10*n)
	require.Less(t, many, 12*few)
}

func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{100, 1136} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := large(b, n)
			r := review.Of(m)
			b.ReportAllocs()
			var size int
			for b.Loop() {
				var out strings.Builder
				if err := report.Write(&out, m, r, nil); err != nil {
					b.Fatal(err)
				}
				size = out.Len()
			}
			b.ReportMetric(float64(size), "bytes/page")
		})
	}
}

// Where there is much of a kind, the first screen names the rules and counts the rest.
func TestMuchToSayFirst(t *testing.T) {
	var spec mission.Spec
	for i := range 12 {
		id := record.ID(fmt.Sprintf("m%02d", i))
		spec.Missions = append(spec.Missions, mission.Mission{Record: record.Invented(id), Name: "Mission " + string(id)})
		spec.Duties = append(spec.Duties, accountability.Duty{Record: record.Invented("lead-" + id), Duty: accountability.MissionLead, Subject: mission.Ref(id), State: accountability.Unclear})
	}
	page := write(t, compile(t, spec, mission.View{On: calendar.MustParseDate("2025-12-31")}), nil)
	text := words(checkPage(t, page))
	assert.Contains(t, text, "Nobody is known to lead a mission: Mission m00; Mission m01; Mission m02; Mission m03; Mission m04; Mission m05; and 6 more.")
	assert.Contains(t, text, "2 more are under the missions and milestones.")
	assert.Contains(t, page, `<details><summary>12 findings</summary>`)
	assert.Contains(t, text, "Mission m07: unclear made up; illustrative 4 more missions are under", "missions of which the same is recorded stand together")
	assert.Contains(t, text, "Of all 12 missions.", "what cannot be told is grouped by what would have to be recorded")
	assert.NotContains(t, page, "Of 12 missions")
}

func TestNoDay(t *testing.T) {
	m, err := mission.Compile(small(t), mission.View{Known: calendar.MustParseDate("2025-02-01").In(nil)})
	require.NoError(t, err)
	page := write(t, m, nil)
	text := words(checkPage(t, page))
	assert.Contains(t, text, "No day was given, so nothing is said to be met, missed or due. What is shown is what was known on 1 February 2025.")
	assert.Contains(t, text, "no day is given, and a milestone is met or missed on a day")
	assert.NotContains(t, text, "Past their day")
}

// What the view leaves out for its grade is not named where something else refers to it.
func TestLeftOutIsSaid(t *testing.T) {
	spec := small(t)
	for i := range spec.Parties {
		if spec.Parties[i].ID == "tenants" {
			spec.Parties[i].Grade = record.Hearsay
		}
	}
	text := words(checkPage(t, write(t, compile(t, spec, mission.View{Without: []record.Grade{record.Hearsay}}), nil)))
	assert.NotContains(t, text, "A tenants' group")
	assert.Contains(t, text, "a party that this view leaves out")
	assert.Contains(t, text, "Records of these grades are left out: hearsay.")
	assert.Contains(t, text, "Parties 1 grade left out")
}
