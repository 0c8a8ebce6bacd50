package milestone_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// progress prints a progress with four decimals, or what is known of it.
func progress(v record.Value[float64]) string {
	if f, ok := v.Get(); ok {
		return fmt.Sprintf("%.4f", f)
	}
	return v.Why()
}

func TestOneTarget(t *testing.T) {
	type want struct{ on, status, why, progress string }
	for _, c := range []struct {
		name     string
		due      string
		reported string
		flow     bool
		lag      calendar.Days
		target   string
		readings []string
		want     []want
	}{
		{"progress is not cut off", "2030", "", false, 0, "at_least=95 baseline=55", []string{"2023 45", "2024 73.8", "2025 95", "2026 97"}, []want{
			{"2023-12-31", "scheduled", "not as asked by 2023, and not yet due", "-0.2500"},
			{"2024-12-30", "scheduled", "not as asked by 2023, and not yet due", "-0.2500"},
			{"2024-12-31", "scheduled", "not as asked by 2024, and not yet due", "0.4700"},
			{"2026-01-01", "met", "the reading for 2025 is what is asked", "1.0000"},
			{"2027-01-01", "met", "the reading for 2026 is what is asked", "1.0500"},
			{"2022-12-31", "scheduled", "not yet due; no reading is recorded for any period that was over by then", "unknown (no reading is recorded for any period that was over by then)"}}},
		{"no baseline, no progress, yet a status", "2025", "", false, 0, "at_least=95", []string{"2025 95.0"}, []want{{"2026-01-01", "met", "the reading for 2025 is what is asked", "unknown (no baseline is recorded)"}}},
		{"the first reading that says so is the baseline", "2025", "", false, 0, "at_least=95", []string{"2022 40", "2023 45 baseline", "2024 55 baseline", "2025 70"}, []want{{"2026-01-01", "not-met", "the reading for 2025 is not what is asked", "0.5000"}}},
		{"sources differ on the baseline", "2025", "", false, 0, "increase=5", []string{"2023 45 baseline by=A", "2023 46 baseline by=B", "2025 70"}, []want{{"2026-01-01", "unknown", "the baseline is not recorded, or sources differ on it", "unknown (no baseline is recorded)"}}},
		{"increase over a baseline, in exact decimals", "2025", "", false, 0, "increase=0.1 baseline=73.8", []string{"2025 73.9"}, []want{{"2026-01-01", "met", "the reading for 2025 is what is asked", "1.0000"}}},
		{"increase without a baseline", "2025", "", false, 0, "increase=5", []string{"2025 70"}, []want{{"2025-01-01", "scheduled", "not yet due; no reading is recorded for any period that was over by then", "unknown (no reading is recorded for any period that was over by then)"},
			{"2026-01-01", "unknown", "the baseline is not recorded, or sources differ on it", "unknown (no baseline is recorded)"}}},
		{"a reduction", "2025", "", false, 0, "at_most=18 baseline=22", []string{"2024 20", "2025 18"}, []want{{"2025-01-01", "scheduled", "not as asked by 2024, and not yet due", "0.5000"}, {"2026-01-01", "met", "the reading for 2025 is what is asked", "1.0000"}}},
		{"a reduction by an amount", "2025", "", false, 0, "increase=-4 baseline=22", []string{"2025 19"}, []want{{"2026-01-01", "not-met", "the reading for 2025 is not what is asked", "0.7500"}}},
		{"a reduction that grew", "2025", "", false, 0, "at_most=18 baseline=22", []string{"2025 24"}, []want{{"2026-01-01", "not-met", "the reading for 2025 is not what is asked", "-0.5000"}}},
		{"both ends of a band count", "2025", "", false, 0, "at_least=2 at_most=3 baseline=1", []string{"2024 4", "2025 3"}, []want{{"2025-01-01", "scheduled", "not as asked by 2024, and not yet due", "3.0000"}, {"2026-01-01", "met", "the reading for 2025 is what is asked", "2.0000"}}},
		{"a band from above", "2025", "", false, 0, "at_least=2 at_most=3 baseline=11", []string{"2025 3"}, []want{{"2026-01-01", "met", "the reading for 2025 is what is asked", "1.0000"}}},
		{"the baseline is in the band", "2025", "", false, 0, "at_least=2 at_most=3 baseline=2.5", []string{"2025 4"}, []want{{"2026-01-01", "not-met", "the reading for 2025 is not what is asked", "not-applicable (the baseline already is what the target asks)"}}},
		{"the target is the baseline", "2025", "", false, 0, "at_least=95 baseline=95", []string{"2025 95"}, []want{{"2026-01-01", "met", "the reading for 2025 is what is asked", "not-applicable (the baseline already is what the target asks)"}}},
		{"maintain above: only the day decides", "2025", "", false, 0, "at_least=95 maintain", []string{"2024 97", "2025 94", "2026 98"}, []want{
			{"2025-06-30", "scheduled", "as asked so far, and not yet due", "not-applicable (the target is a level to keep)"},
			{"2025-12-31", "scheduled", "not as asked by 2025, and not yet due", "not-applicable (the target is a level to keep)"},
			{"2026-01-01", "not-met", "the reading for 2025 is not what is asked", "not-applicable (the target is a level to keep)"},
			{"2027-01-01", "not-met", "the reading for 2025 is not what is asked", "not-applicable (the target is a level to keep)"}}},
		{"maintain below, and what came later plays no part", "2025", "", false, 0, "at_most=18 maintain", []string{"2025 17", "2026 20"}, []want{{"2027-01-01", "met", "the reading for 2025 is what is asked", "not-applicable (the target is a level to keep)"}}},
		{"maintain: last year's figure does not decide", "2025", "", false, 0, "at_least=95 maintain", []string{"2024 97"}, []want{{"2026-01-01", "unknown", "its day has passed and no figures for it are recorded", "not-applicable (the target is a level to keep)"}}},
		{"direction only", "2025", "", false, 0, "up baseline=50", []string{"2024 51", "2025 50"}, []want{
			{"2025-01-01", "scheduled", "as asked so far, and not yet due", "not-applicable (the target names a direction and no amount)"},
			{"2026-01-01", "not-met", "the reading for 2025 is not what is asked", "not-applicable (the target names a direction and no amount)"}}},
		{"down", "2025", "", false, 0, "down baseline=50", []string{"2025 49"}, []want{{"2026-01-01", "met", "the reading for 2025 is what is asked", "not-applicable (the target names a direction and no amount)"}}},
		{"the direction of a flow goes from reading to reading", "2025", "", true, 0, "up", []string{"2023 100 baseline", "2024 90", "2025 101"}, []want{
			{"2025-01-01", "scheduled", "not as asked by 2024, and not yet due", "not-applicable (the target names a direction and no amount)"},
			{"2026-01-01", "met", "the reading for 2025 is what is asked", "not-applicable (the target names a direction and no amount)"}}},
		{"a quarter decides nothing about a year", "2025", "", false, 0, "at_least=95", []string{"2025-Q1 94"}, []want{{"2026-01-01", "unknown", "its day has passed and no figures for it are recorded", "unknown (no baseline is recorded)"}}},
		{"figures come later than the day", "2025-06-30", "2025-09-30", false, 0, "at_least=95", []string{"2024 94"}, []want{
			{"2025-06-30", "scheduled", "not as asked by 2024, and not yet due", "unknown (no baseline is recorded)"},
			{"2025-07-01", "scheduled", "its day has passed; figures are expected by 2025-09-30", "unknown (no baseline is recorded)"},
			{"2025-09-30", "scheduled", "its day has passed; figures are expected by 2025-09-30", "unknown (no baseline is recorded)"},
			{"2025-10-01", "unknown", "its day has passed and no figures for it are recorded", "unknown (no baseline is recorded)"}}},
		{"the lag of the indicator tells when figures are expected", "2025-06-30", "", false, 30, "at_least=95", []string{"2024 94"}, []want{
			{"2025-07-30", "scheduled", "its day has passed; figures are expected by 2025-07-30", "unknown (no baseline is recorded)"},
			{"2025-07-31", "unknown", "its day has passed and no figures for it are recorded", "unknown (no baseline is recorded)"}}},
		{"no date at all", "", "", false, 0, "at_least=95", []string{"2024 94", "2025 95"}, []want{{"2025-06-30", "scheduled", "not as asked by 2024, and not yet due", "unknown (no baseline is recorded)"}, {"2026-06-30", "met", "the reading for 2025 is what is asked", "unknown (no baseline is recorded)"}}},
		{"no date and no reading", "", "", false, 0, "at_least=95", nil, []want{{"2025-06-30", "unknown", "no reading is recorded for any period that was over by then", "unknown (no reading is recorded for any period that was over by then)"}}},
		{"sources differ", "2025", "", false, 0, "at_least=95 baseline=55", []string{"2025 94 by=A", "2025-01-01/2025-12-31 96 by=B"}, []want{
			{"2025-12-31", "unknown", "sources differ on the reading for 2025", "unknown (sources differ on the reading for 2025)"},
			{"2026-12-31", "unknown", "its day has passed, and sources differ on the reading for 2025", "unknown (sources differ on the reading for 2025)"}}},
		{"sources agree in other words", "2025", "", false, 0, "at_least=95", []string{"2025 96 by=A", "2025 96.0 by=B"}, []want{{"2026-01-01", "met", "the reading for 2025 is what is asked", "unknown (no baseline is recorded)"}}},
		{"withheld", "2025", "", false, 0, "at_least=95 baseline=1", []string{"2025 withheld"}, []want{
			{"2025-12-31", "scheduled", "not yet due; the reading for 2025 is withheld (commercial confidence)", "withheld (commercial confidence)"},
			{"2026-01-01", "unknown", "its day has passed, and the reading for 2025 is withheld (commercial confidence)", "withheld (commercial confidence)"}}},
		{"withheld after others", "2025", "", false, 0, "at_least=95 baseline=55", []string{"2024 75", "2025 pending"}, []want{{"2026-01-01", "unknown", "its day has passed, and the reading for 2025 is pending", "0.5000"}}},
		{"withheld before others", "2025", "", false, 0, "at_least=95", []string{"2024 withheld", "2025 95"}, []want{{"2026-01-01", "met", "the reading for 2025 is what is asked", "unknown (no baseline is recorded)"}}},
		{"a flow adds up from nought", "2029", "", true, 0, "at_least=1.5", []string{"2024 0.2", "2025 0.3", "2026 1.0"}, []want{{"2026-01-01", "scheduled", "not as asked by 2025, and not yet due", "0.3333"}, {"2027-01-01", "met", "the reading for 2026 is what is asked", "1.0000"}}},
		{"a flow adds up in exact decimals", "2026", "", true, 0, "at_least=0.3", []string{"2024 0.1", "2025 0.1", "2026 0.1"}, []want{{"2027-01-01", "met", "the reading for 2026 is what is asked", "1.0000"}}},
		{"the count starts later", "2026", "", true, 0, "at_least=10 count_from=2025-01-01", []string{"2024 9", "2025 4", "2026 5"}, []want{{"2027-01-01", "not-met", "the reading for 2026 is not what is asked", "0.9000"}}},
		{"a period that began before the count", "2026", "", true, 0, "at_least=5 count_from=2025-07-05", []string{"2025 9", "2026 4"}, []want{
			{"2027-01-01", "unknown", "short of what is asked as far as it is counted: no reading is known for the days from 2025-07-05 to 2025-12-31", "0.8000"}}},
		{"overlaps would count twice", "2025", "", true, 0, "at_least=10", []string{"2025-Q1 3", "2025-Q2 3", "2025 12"}, []want{{"2026-01-01", "unknown", "its day has passed, and the reading for 2025 overlaps the one before it", "0.6000"}}},
		{"a gap", "2025", "", true, 0, "at_least=10", []string{"2025-Q1 3", "2025-Q3 3", "2025-Q4 3"}, []want{{"2026-01-01", "unknown", "short of what is asked as far as it is counted: no reading is known for the days from 2025-04-01 to 2025-06-30", "0.9000"}}},
		{"met in spite of a gap", "2025", "", true, 0, "at_least=9", []string{"2025-Q1 3", "2025-Q3 3", "2025-Q4 3"}, []want{{"2026-01-01", "met", "the reading for 2025-Q4 is what is asked", "1.0000"}}},
		{"sources differ on a part of the sum", "2025", "", true, 0, "at_least=10", []string{"2025-Q1 3 by=A", "2025-Q1 4 by=B", "2025-Q2 9"}, []want{{"2026-01-01", "unknown", "its day has passed, and sources differ on the reading for 2025-Q1", "unknown (sources differ on the reading for 2025-Q1)"}}},
		{"a limit on a sum is kept to the end", "2025", "", true, 0, "at_most=10", []string{"2024 5", "2025 5"}, []want{
			{"2025-01-01", "scheduled", "as asked so far, and not yet due", "not-applicable (the baseline already is what the target asks)"},
			{"2026-01-01", "met", "the reading for 2025 is what is asked", "not-applicable (the baseline already is what the target asks)"}}},
		{"a limit that is passed", "2025", "", true, 0, "at_most=10", []string{"2024 11"}, []want{{"2025-01-01", "scheduled", "not as asked by 2024, and not yet due", "not-applicable (the baseline already is what the target asks)"}}},
		{"a limit on a sum with a gap", "2025", "", true, 0, "at_most=10", []string{"2025-Q1 3", "2025-Q4 3"}, []want{{"2026-01-01", "unknown", "within the limit as far as it is counted: no reading is known for the days from 2025-04-01 to 2025-09-30", "not-applicable (the baseline already is what the target asks)"}}},
		{"a limit passed in spite of a gap", "2025", "", true, 0, "at_most=10", []string{"2025-Q1 3", "2025-Q4 13"}, []want{{"2026-01-01", "not-met", "the reading for 2025-Q4 is not what is asked", "not-applicable (the baseline already is what the target asks)"}}},
		{"late, and met", "2025", "", false, 0, "at_least=95", []string{"2025 94", "2026 95"}, []want{{"2026-01-01", "not-met", "the reading for 2025 is not what is asked", "unknown (no baseline is recorded)"}, {"2027-01-01", "met", "the reading for 2026 is what is asked", "unknown (no baseline is recorded)"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			indicator := milestone.Indicator{Record: record.New("share"), Name: "share", LagDays: c.lag}
			if c.flow {
				indicator.Reading = milestone.Flow
			}
			p := compile(t, milestone.Spec{
				Milestones:   []milestone.Milestone{{Record: record.New("step"), Name: "step", Due: when(c.due), Reported: when(c.reported)}},
				Indicators:   []milestone.Indicator{indicator},
				Targets:      []milestone.Target{aim(c.target)},
				Observations: readings(c.readings...),
			}, record.View{})
			for _, w := range c.want {
				s, ok := p.Standing("step", record.Moment{On: day(w.on)})
				require.True(t, ok)
				require.Len(t, s.Parts, 1)
				got := want{w.on, s.Status.String(), s.Why, progress(s.Parts[0].Progress)}
				assert.Equal(t, w, got)
				assert.Equal(t, s.Status, s.Parts[0].Status)
				assert.Equal(t, s.Status == milestone.Met && s.MetOn.IsResolved(), s.Status == milestone.Met, "what is met was met on some day")
				assert.False(t, s.Stated)
			}
			s, ok := p.Standing("step", record.Moment{})
			require.True(t, ok)
			assert.Equal(t, milestone.Status(0), s.Status)
			assert.Equal(t, "no day is given, and a milestone is met or missed on a day", s.Why)
		})
	}
}

func TestStandingShowsWhatItRestsOn(t *testing.T) {
	p := compile(t, milestone.Spec{
		Milestones:   []milestone.Milestone{{Record: record.New("step"), Name: "step", Due: when("2030"), Forecast: when("2031"), Reported: when("2031-Q1")}},
		Indicators:   []milestone.Indicator{{Record: record.New("share"), Name: "share"}},
		Targets:      []milestone.Target{aim("at_least=95.0 baseline=55")},
		Observations: readings("2024 95.00", "2022 96", "2023 94", "2025 97.5"),
	}, record.View{On: day("2026-06-30")})
	s, _ := p.Standing("step", record.Moment{})
	assert.Equal(t, milestone.Standing{
		Milestone: "step", On: day("2026-06-30"), Status: milestone.Met, Why: "the reading for 2025 is what is asked", MetOn: when("2024"),
		Due: when("2030"), Forecast: when("2031"), Reported: when("2031-Q1"),
		Parts: []milestone.Part{{
			Target: "t", Indicator: "share", Status: milestone.Met, Why: "the reading for 2025 is what is asked",
			Baseline: number("55"), Actual: number("97.5"), Want: number("95.0"), Progress: record.Known(42.5 / 40), Period: when("2025"), MetOn: when("2024"),
			Records: []record.Ref{{Kind: milestone.KindTarget, ID: "t"}, {Kind: milestone.KindObservation, ID: "r3"}},
		}},
	}, s, "the run of readings that meet it began in 2024")
}

func TestQualitative(t *testing.T) {
	spec := func(claims ...milestone.Assessment) milestone.Spec {
		return milestone.Spec{
			Milestones:  []milestone.Milestone{{Record: record.New("step"), Name: "step", Due: when("2025-06-30")}},
			Targets:     []milestone.Target{aim("achieve")},
			Assessments: claims,
		}
	}
	claim := func(id, claimant, on string, status milestone.Status) milestone.Assessment {
		a := milestone.Assessment{Record: record.New(record.ID(id)), Subject: record.Ref{Kind: milestone.KindTarget, ID: "t"}, OnDay: when(on), Status: status, Rating: "green"}
		a.Claimant = claimant
		return a
	}
	for _, c := range []struct {
		name        string
		claims      []milestone.Assessment
		on          string
		status, why string
		metOn       string
	}{
		{"nobody has said, and it is early", nil, "2025-06-30", "scheduled", "not yet due, and nobody has said whether it is achieved", ""},
		{"nobody has said, and it is late", nil, "2025-07-01", "unknown", "nobody has said whether it is achieved", ""},
		{"said to be met", []milestone.Assessment{claim("a", "A", "2025-05-01", milestone.Met)}, "2025-07-01", "met", "stated in an assessment", "2025-05-01"},
		{"met since it was first said so", []milestone.Assessment{claim("b", "A", "2025-06-01", milestone.Met), claim("a", "A", "2025-05-01", milestone.Met)}, "2025-07-01", "met", "stated in an assessment", "2025-05-01"},
		{"not yet said on that day", []milestone.Assessment{claim("a", "A", "2025-05-01", milestone.Met)}, "2025-04-30", "scheduled", "not yet due, and nobody has said whether it is achieved", ""},
		{"a rating is no status", []milestone.Assessment{claim("a", "A", "2025-05-01", 0)}, "2025-07-01", "unknown", "nobody has said whether it is achieved", ""},
		{"the latest word of each", []milestone.Assessment{claim("a", "A", "2025-05-01", milestone.NotMet), claim("b", "A", "2025-06-01", milestone.Met)}, "2025-07-01", "met", "stated in an assessment", "2025-06-01"},
		{"claimants differ", []milestone.Assessment{claim("a", "A", "2025-05-01", milestone.NotMet), claim("b", "B", "2025-06-01", milestone.Met)}, "2025-07-01", "unknown", "the assessments differ", ""},
		{"claimants agree", []milestone.Assessment{claim("a", "A", "2025-05-01", milestone.PartiallyMet), claim("b", "B", "2025-06-01", milestone.PartiallyMet)}, "2025-07-01", "partially-met", "stated in an assessment", ""},
		{"scheduled, said before its day", []milestone.Assessment{claim("a", "A", "2025-05-01", milestone.Scheduled)}, "2025-06-30", "scheduled", "stated in an assessment", ""},
		{"scheduled says nothing after its day", []milestone.Assessment{claim("a", "A", "2025-05-01", milestone.Scheduled)}, "2025-07-01", "unknown", "it was last said to be scheduled, and its day has passed", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, ok := compile(t, spec(c.claims...), record.View{}).Standing("step", record.Moment{On: day(c.on)})
			require.True(t, ok)
			assert.Equal(t, c.status, s.Status.String())
			assert.Equal(t, c.why, s.Why)
			assert.Equal(t, c.metOn, s.Parts[0].MetOn.String())
			assert.True(t, s.Stated)

			// The same claims about a milestone without targets say the same.
			bare := spec(c.claims...)
			bare.Targets = nil
			for i := range bare.Assessments {
				bare.Assessments[i].Subject = record.Ref{Kind: milestone.KindMilestone, ID: "step"}
			}
			s, ok = compile(t, bare, record.View{}).Standing("step", record.Moment{On: day(c.on)})
			require.True(t, ok)
			assert.Equal(t, c.status, s.Status.String())
			assert.True(t, s.Stated)
		})
	}
}

func TestStatedToHaveBeenMet(t *testing.T) {
	step := milestone.Milestone{Record: record.New("step"), Name: "step", Due: when("2025-12"), Met: when("2025-11")}
	p := compile(t, milestone.Spec{Milestones: []milestone.Milestone{step}}, record.View{})
	for on, want := range map[string]milestone.Status{"2025-10-31": milestone.Scheduled, "2025-11-15": milestone.Scheduled, "2025-11-30": milestone.Met, "2026-06-01": milestone.Met} {
		s, _ := p.Standing("step", record.Moment{On: day(on)})
		assert.Equal(t, want, s.Status, on)
	}
	for due, why := range map[string]string{"2025-12": "nothing measures it and nobody has said whether it was met", "": "it has no date, nothing measures it and nobody has said whether it was met"} {
		p = compile(t, milestone.Spec{Milestones: []milestone.Milestone{{Record: record.New("step"), Name: "step", Due: when(due)}}}, record.View{})
		s, _ := p.Standing("step", record.Moment{On: day("2026-01-01")})
		assert.Equal(t, milestone.Status(0), s.Status)
		assert.Equal(t, why, s.Why)
	}
}

func TestCompound(t *testing.T) {
	const over, early = "2026-01-01", "2025-06-30"
	for _, c := range []struct {
		name        string
		how         milestone.Combine
		values      [2]string // the readings for 2025 of two indicators that should be at least 10; "" is none
		on          string
		status, why string
	}{
		{"all of all", 0, [2]string{"10", "11"}, over, "met", "2 of 2 targets met"},
		{"all, one short", milestone.All, [2]string{"10", "9"}, over, "partially-met", "1 of 2 targets met"},
		{"all, both short", milestone.All, [2]string{"8", "9"}, over, "not-met", "0 of 2 targets met"},
		{"all, one unread", milestone.All, [2]string{"10", ""}, over, "unknown", "its day has passed and no figures for it are recorded"},
		{"all, one short and one unread", milestone.All, [2]string{"8", ""}, over, "unknown", "its day has passed and no figures for it are recorded"},
		{"any, one short", milestone.Any, [2]string{"10", "9"}, over, "met", "1 of 2 targets met"},
		{"any, one unread", milestone.Any, [2]string{"", "10"}, over, "met", "1 of 2 targets met"},
		{"any, both short", milestone.Any, [2]string{"8", "9"}, over, "not-met", "0 of 2 targets met"},
		{"not yet due", milestone.All, [2]string{"8", ""}, early, "scheduled", "0 of 2 targets met"},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := milestone.Spec{
				Milestones: []milestone.Milestone{{Record: record.New("step"), Name: "step", Due: when("2025"), Combine: c.how}},
				Indicators: []milestone.Indicator{{Record: record.New("homes"), Name: "homes"}, {Record: record.New("plans"), Name: "plans"}},
			}
			for i, id := range []record.ID{"homes", "plans"} {
				target := aim("at_least=10")
				target.ID, target.Indicator = id, id
				spec.Targets = append(spec.Targets, target)
				if c.values[i] != "" {
					o := readings("2025 " + c.values[i])[0]
					o.ID, o.Indicator = id, id
					spec.Observations = append(spec.Observations, o)
				}
			}
			s, _ := compile(t, spec, record.View{}).Standing("step", record.Moment{On: day(c.on)})
			assert.Equal(t, c.status, s.Status.String())
			assert.Equal(t, c.why, s.Why)
			assert.Len(t, s.Parts, 2, "nothing is averaged: the parts stand side by side")
			assert.False(t, s.Disputed)
		})
	}
}

func TestMetOnOfACompound(t *testing.T) {
	spec := milestone.Spec{
		Milestones: []milestone.Milestone{{Record: record.New("step"), Name: "step", Due: when("2027")}},
		Indicators: []milestone.Indicator{{Record: record.New("share"), Name: "share"}},
		Targets:    []milestone.Target{aim("at_least=10"), aim("at_least=20 id=t2")}, Observations: readings("2024 12", "2025 22"),
	}
	s, _ := compile(t, spec, record.View{On: day("2026-01-01")}).Standing("step", record.Moment{})
	assert.Equal(t, "2025", s.MetOn.String(), "all were met when the last was")
	spec.Milestones[0].Combine = milestone.Any
	s, _ = compile(t, spec, record.View{On: day("2026-01-01")}).Standing("step", record.Moment{})
	assert.Equal(t, "2024", s.MetOn.String(), "any was met when the first was")
}

func TestDisputed(t *testing.T) {
	base := milestone.Spec{
		Milestones: []milestone.Milestone{{Record: record.New("step"), Name: "step", Due: when("2025")}},
		Indicators: []milestone.Indicator{{Record: record.New("share"), Name: "share"}},
		Targets:    []milestone.Target{aim("at_least=95")}, Observations: readings("2025 94"),
	}
	claim := func(status milestone.Status, rating string) []milestone.Assessment {
		return []milestone.Assessment{{Record: record.New("claim"), Subject: record.Ref{Kind: milestone.KindMilestone, ID: "step"}, By: "", OnDay: when("2025-12"), Status: status, Rating: rating, Scale: "colours"}}
	}
	rival := milestone.Milestone{Record: record.Record{ID: "step-b", Of: "step", Claimant: "B"}, Name: "step", Due: when("2026")}
	for _, c := range []struct {
		name     string
		change   func(*milestone.Spec)
		disputed bool
		status   milestone.Status
	}{
		{"as it is", func(*milestone.Spec) {}, false, milestone.NotMet},
		{"claimed to be met, and measured not to be", func(s *milestone.Spec) { s.Assessments = claim(milestone.Met, "") }, true, milestone.NotMet},
		{"claimed as measured", func(s *milestone.Spec) { s.Assessments = claim(milestone.NotMet, "") }, false, milestone.NotMet},
		{"a colour is no status", func(s *milestone.Spec) { s.Assessments = claim(0, "green") }, false, milestone.NotMet},
		{"its own record says that it was met", func(s *milestone.Spec) { s.Milestones[0].Met = when("2025-11") }, true, milestone.NotMet},
		{"claimants differ on the date", func(s *milestone.Spec) { s.Milestones = append(s.Milestones, rival) }, true, milestone.NotMet},
		{"claimants ask for different things", func(s *milestone.Spec) { s.Targets = append(s.Targets, aim("id=t2 of=t claimant=B at_least=90")) }, true, 0},
		{"claimants ask for different things, and neither is there", func(s *milestone.Spec) { s.Targets = append(s.Targets, aim("id=t2 of=t claimant=B at_least=99")) }, true, milestone.NotMet},
		{"claimants ask for the same", func(s *milestone.Spec) { s.Targets = append(s.Targets, aim("id=t2 of=t claimant=B at_least=95")) }, false, milestone.NotMet},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := base
			spec.Milestones = append([]milestone.Milestone(nil), base.Milestones...)
			c.change(&spec)
			s, _ := compile(t, spec, record.View{On: day("2026-06-30")}).Standing("step", record.Moment{})
			assert.Equal(t, c.disputed, s.Disputed)
			assert.Equal(t, c.status, s.Status)
			if c.disputed && c.status == 0 {
				assert.Equal(t, "claimants differ on what the target asks, and it stands differently by each", s.Why)
				assert.Len(t, s.Parts, 2, "each claim is shown")
			}
		})
	}
}

// The target of the Plan for Change was first "100 per cent", and then "at least 95", as known at each instant.
func TestTargetRevisedInPublic(t *testing.T) {
	spec := milestone.Spec{
		Shared:     record.Shared{Sources: []record.Source{{Record: record.New("pfc"), Title: "Plan for Change", Published: when("2024-12-05")}}},
		Milestones: []milestone.Milestone{{Record: record.New("step"), Name: "clean power", Due: when("2030")}},
		Indicators: []milestone.Indicator{{Record: record.New("share"), Name: "share"}},
		Targets: []milestone.Target{
			{Record: record.Record{ID: "t100", Of: "t", Recorded: time.Date(2024, 6, 13, 0, 0, 0, 0, time.UTC)}, Milestone: "step", Indicator: "share", AtLeast: number("100"), Baseline: number("60")},
			{Record: record.Record{ID: "t95", Of: "t", Verb: record.Change, Source: "pfc"}, Milestone: "step", Indicator: "share", AtLeast: number("95"), Baseline: number("60")},
		},
		Observations: readings("2023 80"),
	}
	p := compile(t, spec, record.View{})
	at := func(on, known string) string {
		m := record.Moment{On: day(on)}
		if known != "" {
			m.Known = day(known).In(time.UTC)
		}
		s, _ := p.Standing("step", m)
		if len(s.Parts) == 0 {
			return "nothing asked"
		}
		return fmt.Sprintf("%s of %s, progress %s", s.Parts[0].Records[0].ID, s.Parts[0].Want, progress(s.Parts[0].Progress))
	}
	assert.Equal(t, "nothing asked", at("2024-12-31", "2024-06-12"))
	assert.Equal(t, "t100 of 100, progress 0.5000", at("2024-12-31", "2024-12-04"), "as it was known before the plan")
	assert.Equal(t, "t95 of 95, progress 0.5714", at("2024-12-31", "2024-12-05"))
	assert.Equal(t, "t95 of 95, progress 0.5714", at("2024-12-31", ""))
	assert.Equal(t, "t100 of 100, progress 0.5000", at("2024-12-01", ""), "before it changed, the old target held, as we know now")
	var ids []record.ID
	for _, v := range p.TargetVersions("t") {
		ids = append(ids, v.ID)
	}
	assert.Equal(t, []record.ID{"t100", "t95"}, ids)
}

// On every pair of a day and an instant, standing is what it would be in a plan that holds nothing but what was known.
func TestStandingAsOfAndAsKnown(t *testing.T) {
	spec := milestone.Spec{
		Milestones: []milestone.Milestone{
			{Record: record.Record{ID: "step", Recorded: day("2024-01-01").In(time.UTC)}, Name: "step", Due: when("2025")},
			{Record: record.Record{ID: "step-2", Of: "step", Verb: record.Correct, Reason: "typed wrongly", Recorded: day("2025-03-01").In(time.UTC)}, Name: "step", Due: when("2026")},
		},
		Indicators:   []milestone.Indicator{{Record: record.New("share"), Name: "share"}},
		Targets:      []milestone.Target{aim("at_least=50 baseline=10")},
		Observations: readings("2024 30 @2025-02-01", "2025 45 @2026-02-01", "2025 55 @2026-05-01"),
	}
	spec.Observations[2].Of, spec.Observations[1].Of = "r", "r"
	spec.Observations[2].Verb, spec.Observations[2].Reason = record.Correct, "revised"
	whole := compile(t, spec, record.View{})
	for known := day("2023-12-31"); known.Before(day("2026-07-01")); known = known.Add(31) {
		instant := known.In(time.UTC)
		past := spec
		past.Milestones = keep(spec.Milestones, instant)
		past.Observations = keep(spec.Observations, instant)
		if len(past.Milestones) == 0 {
			past.Targets = nil
		}
		then := compile(t, past, record.View{})
		for on := day("2024-01-01"); on.Before(day("2027-06-01")); on = on.Add(61) {
			want, ok := then.Standing("step", record.Moment{On: on})
			got, found := whole.Standing("step", record.Moment{On: on, Known: instant})
			require.Equal(t, ok, found)
			require.Equal(t, want.Status, got.Status, "on %s as known %s", on, known)
			require.Equal(t, want.Why, got.Why)
			if ok {
				require.Equal(t, want.Parts[0].Progress, got.Parts[0].Progress)
			}
		}
	}
}

func keep[T any, P record.Holder[T]](records []T, known time.Time) (kept []T) {
	for _, r := range records {
		if !P(&r).Base().Recorded.After(known) {
			kept = append(kept, r)
		}
	}
	return kept
}

func TestStandingOfNothing(t *testing.T) {
	p := compile(t, milestone.Spec{Milestones: []milestone.Milestone{{Record: record.Record{ID: "step", Grade: record.Hearsay, Recorded: time.Unix(0, 0)}, Name: "step"}}}, record.View{On: day("2025-01-01")})
	_, ok := p.Standing("nothing", record.Moment{})
	assert.False(t, ok)
	_, ok = p.Standing("step", record.Moment{Known: time.Unix(-1, 0)})
	assert.False(t, ok, "not known then")
	_, ok = p.Standing("step", record.Moment{Known: time.Unix(0, 0)})
	assert.True(t, ok)
	p = compile(t, milestone.Spec{Milestones: []milestone.Milestone{{Record: record.Record{ID: "step", Grade: record.Hearsay}, Name: "step"}}}, record.View{On: day("2025-01-01"), Without: []record.Grade{record.Hearsay}})
	_, ok = p.Standing("step", record.Moment{})
	assert.False(t, ok, "left out")
	p = compile(t, milestone.Spec{
		Milestones: []milestone.Milestone{{Record: record.New("step"), Name: "step", Due: when("2024")}}, Indicators: []milestone.Indicator{{Record: record.Record{ID: "share", Grade: record.Hearsay}, Name: "share"}},
		Targets: []milestone.Target{aim("at_least=1")},
	}, record.View{On: day("2025-01-01"), Without: []record.Grade{record.Hearsay}})
	s, _ := p.Standing("step", record.Moment{})
	assert.Equal(t, "the indicator is left out by the view, or was not known or not in use then", s.Why)
}
