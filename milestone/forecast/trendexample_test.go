package forecast_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// trendExampleShare is an invented share of patients seen in time, quarter by quarter.
func trendExampleShare() []forecast.TrendPoint {
	var points []forecast.TrendPoint
	end := calendar.MustParseDate("2022-03-31")
	for _, v := range []float64{58.1, 58.9, 58.2, 59.6, 59.9, 59.7, 60.9, 60.2, 61.5, 61.3, 62.4, 62.2} {
		points = append(points, forecast.TrendPoint{On: end, Value: v, StandardError: 0.5})
		end = calendar.QuarterOf(end.Add(1)).Latest()
	}
	return points
}

func ExampleFitTrend() {
	trend, err := forecast.FitTrend(trendExampleShare(), forecast.TrendOptions{Bounds: forecast.TrendBounds{High: 100}})
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := trend.Forecast(calendar.MustParseDate("2026-03-31"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%v on %d readings\n", trend.Model(), len(trend.Points()))
	fmt.Printf("%v: %.1f, from %.1f to %.1f with 80 chances in 100\n", f.On, f.Reading.Median(), f.Reading.Quantile(0.1), f.Reading.Quantile(0.9))
	fmt.Printf("at least 64: %.2f, at most 64: %.2f, 64 to 66: %.2f\n", f.Reading.AtLeast(64), f.Reading.AtMost(64), f.Reading.Between(64, 66))
	pace, _ := trend.Pace()
	fmt.Printf("%.1f a year, with a standard error of %.1f\n", 365.25*pace.PerDay, 365.25*pace.Error)
	// Output:
	// local linear trend on 12 readings
	// 2026-03-31: 64.2, from 63.3 to 65.0 with 80 chances in 100
	// at least 64: 0.62, at most 64: 0.38, 64 to 66: 0.62
	// 1.5 a year, with a standard error of 0.2
}

// Too few readings give a sentence and no number.
func ExampleNoTrendError() {
	_, err := forecast.FitTrend(trendExampleShare()[:2], forecast.TrendOptions{})
	if refusal, ok := errors.AsType[*forecast.NoTrendError](err); ok {
		fmt.Println(refusal.Error())
		fmt.Println(refusal.Readings, "of", refusal.Needed)
	}
	// Output:
	// there are 2 readings, and a regression on time takes at least 3
	// 2 of 3
}

// Every fault is named at once.
func ExampleTrendPointError() {
	points := trendExampleShare()
	points[1].On = points[0].On
	points[3].StandardError = -1
	points[4].Record = "survey-2023"
	points[4].Value = 100
	_, err := forecast.FitTrend(points, forecast.TrendOptions{Bounds: forecast.TrendBounds{High: 100}})
	fmt.Println(err)
	fault, _ := errors.AsType[*forecast.TrendPointError](err)
	fmt.Println(fault.Index, fault.On, errors.Unwrap(fault) == forecast.ErrTrendSameDay, errors.Is(err, forecast.ErrTrendError))
	// Output:
	// points[1]: another reading is for the same day: average them or leave one out
	// points[3]: a standard error is a finite number, nought or more
	// points[4] (survey-2023): the value is not between the bounds of the scale, where log odds mean something
	// 1 2022-03-31 true true
}

// Faults of the options have causes of their own.
func ExampleTrendOptions() {
	homes := []forecast.TrendPoint{{On: calendar.MustParseDate("2024-12-31"), Value: 50000}, {Value: 1 / trendZero()}}
	_, err := forecast.FitTrend(homes, forecast.TrendOptions{
		Model: 9, Reading: milestone.Flow, Bounds: forecast.TrendBounds{Low: 2, High: 1}, Variances: &forecast.TrendVariances{Level: -1},
	})
	for _, cause := range []error{
		forecast.ErrTrendModel, forecast.ErrTrendFlowBound, forecast.ErrTrendVariance, forecast.ErrTrendPeriod, forecast.ErrTrendValue,
		forecast.ErrTrendDay, forecast.ErrTrendBounds, forecast.ErrTrendBound, forecast.ErrTrendOverlap,
	} {
		fmt.Printf("%t,", errors.Is(err, cause))
	}
	fmt.Println()
	fmt.Println(forecast.TrendBounds{}.IsZero(), forecast.TrendBounds{High: 100}.IsZero())
	// Output:
	// true,true,true,true,true,true,false,false,true,
	// true false
}

func trendZero() float64 { return 0 }

func ExampleTrendModel() {
	var m forecast.TrendModel
	fmt.Println(m.IsZero(), m.UnmarshalText([]byte("local level")), m == forecast.LevelTrend)
	b, _ := forecast.RegressionTrend.MarshalText()
	fmt.Println(forecast.LinearTrend, "·", string(b))
	// Output:
	// true <nil> true
	// local linear trend · regression on time
}

func ExampleTrend_Variances() {
	trend, _ := forecast.FitTrend(trendExampleShare(), forecast.TrendOptions{Model: forecast.LevelTrend})
	likelihood, ok := trend.LogLikelihood()
	fmt.Printf("level %.4f a day, noise %.1f: every reading states its error\n", trend.Variances().Level, trend.Variances().Noise)
	fmt.Printf("log likelihood %.2f %v\n", likelihood, ok)
	_, sloping := trend.Pace()
	fmt.Println("a slope:", sloping)
	// Output:
	// level 0.0038 a day, noise 0.0: every reading states its error
	// log likelihood -13.44 true
	// a slope: false
}

func ExampleTrend_Ambition() {
	trend, _ := forecast.FitTrend(trendExampleShare(), forecast.TrendOptions{})
	day := calendar.MustParseDate("2026-03-31")
	chances, err := trend.Ambition(day, milestone.Up, forecast.TrendAmbition{Floor: 63, Central: 64, Stretch: 66})
	fmt.Printf("floor %.2f, central %.2f, stretch %.2f, %v\n", chances.Floor, chances.Central, chances.Stretch, err)
	_, err = trend.Ambition(day, milestone.Up, forecast.TrendAmbition{Floor: 66, Central: 64, Stretch: 63})
	fmt.Println(err == forecast.ErrTrendAmbition)
	_, err = trend.Ambition(day, 0, forecast.TrendAmbition{})
	fmt.Println(err == forecast.ErrTrendDirection)
	// Output:
	// floor 0.97, central 0.65, stretch 0.01, <nil>
	// true
	// true
}

// The draws of one trial on several days are one trajectory, whichever day is asked for first.
func ExampleTrend_Draw() {
	trend, _ := forecast.FitTrend(trendExampleShare(), forecast.TrendOptions{})
	key := forecast.TrendKey("seen-in-time")
	for _, day := range []string{"2025-03-31", "2025-09-30", "2026-03-31"} {
		fmt.Printf("%.2f ", trend.Draw(2025, key, 7, calendar.MustParseDate(day)))
	}
	fmt.Println()
	// Output:
	// 63.26 64.15 65.18
}

func ExampleTrend_Further() {
	var points []forecast.TrendPoint
	from := calendar.MustParseDate("2023-01-01")
	for _, built := range []float64{52100, 51800, 50300, 50900, 49700, 50200} {
		quarter := calendar.QuarterOf(from)
		points = append(points, forecast.TrendPoint{From: quarter.Earliest(), On: quarter.Latest(), Value: built})
		from = quarter.Latest().Add(1)
	}
	trend, _ := forecast.FitTrend(points, forecast.TrendOptions{Reading: milestone.Flow})
	year, err := trend.Further(from, from.Add(364))
	fmt.Printf("%v to %v: %.0f homes, quartiles %.0f and %.0f, %v\n", year.From, year.On, year.Reading.Median(), year.Reading.Quantile(0.25), year.Reading.Quantile(0.75), err)
	mean, ok := year.Reading.Mean()
	sd, _ := year.Level.SD()
	fmt.Printf("mean %.0f %v, t with %d degrees of freedom; the rate alone is known to %.0f\n", mean, ok, year.Reading.DegreesOfFreedom(), sd)
	// Output:
	// 2024-07-01 to 2025-06-30: 193205 homes, quartiles 189878 and 196531, <nil>
	// mean 193205 true, t with 4 degrees of freedom; the rate alone is known to 5906
}

func ExampleTrend_Compare() {
	trend, _ := forecast.FitTrend(trendExampleShare(), forecast.TrendOptions{})
	c := trend.Compare(1)
	fmt.Printf("CRPS %.2f; last value %.2f; drift %.2f; %d origins\n", c.Model.CRPS, c.LastValue.CRPS, c.Drift.CRPS, c.Origins)
	fmt.Printf("closer than the last value by %.2f, give or take %.2f: %v\n", c.OverLast.Mean, c.OverLast.Error, c.Beats())
	fmt.Println(c)
	// Output:
	// CRPS 0.31; last value 0.47; drift 0.47; 8 origins
	// closer than the last value by 0.16, give or take 0.09: true
	// 8 of 8 past forecasts of the next reading fell inside their 90 per cent interval; the model was closer, but against the last value by less than twice the error of the difference
}

func ExampleTrendSpread_CRPS() {
	trend, _ := forecast.FitTrend(trendExampleShare(), forecast.TrendOptions{})
	f, _ := trend.Forecast(calendar.MustParseDate("2025-03-31"))
	fmt.Printf("%.3f if 63.0 comes, %.3f if 65.0 comes\n", f.Reading.CRPS(63), f.Reading.CRPS(65))
	// Output:
	// 0.184 if 63.0 comes, 1.933 if 65.0 comes
}

// trendExamplePlan is a milestone on an invented share, with a level to reach and a level to keep.
func trendExamplePlan() *milestone.Plan {
	spec := milestone.Spec{
		Milestones: []milestone.Milestone{{Record: record.Invented("waits"), Name: "64 per cent seen in time", Due: calendar.MustParseWhen("2026-Q1")}},
		Indicators: []milestone.Indicator{{Record: record.Invented("seen-in-time"), Name: "seen in time", Unit: "percent", Direction: milestone.Up}},
		Targets:    []milestone.Target{{Record: record.Invented("reach"), Milestone: "waits", Indicator: "seen-in-time", AtLeast: record.Number(64)}},
	}
	for i, p := range trendExampleShare() {
		o := milestone.Observation{Record: record.Invented(record.ID(fmt.Sprintf("r%02d", i))), Indicator: "seen-in-time", Period: calendar.QuarterOf(p.On), Value: record.Known(record.Number(p.Value))}
		o.StandardError = record.Number(0.5)
		spec.Observations = append(spec.Observations, o)
	}
	spec.Observations[5].Value = record.Withheld[record.Quantity]("statistics under review")
	plan, err := milestone.Compile(spec, record.View{})
	if err != nil {
		panic(err)
	}
	return plan
}

func ExampleOutlook() {
	outlook, err := forecast.Outlook(trendExamplePlan(), "waits", record.Moment{On: calendar.MustParseDate("2025-02-01")}, forecast.OutlookOptions{
		Trend: forecast.TrendOptions{Bounds: forecast.TrendBounds{High: 100}}, Seed: 2025,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Join(outlook.Says, "\n"))
	target := &outlook.Targets[0]
	fmt.Println(target.Method)
	fmt.Println(strings.Join(target.Limits, "\n"))
	met, ok := target.Drawn(2025, 7, calendar.MustParseDate("2026-03-31"))
	fmt.Println(met, ok)
	// Output:
	// The chance of "64 per cent seen in time" by 2026-03-31, by its figures alone, is about 63 in 100.
	// The reading for 2026-03-31 is expected at 64.22 percent (80 in 100: 63.37 to 65.06).
	// The chance of at least 64 is about 63 in 100; the date is an interval, and for its first day, 2026-01-01, it is about 41 in 100.
	// It takes 1.44 percent a year to the due date; the trend shows 1.50 percent a year, with a standard error of 0.16.
	// local linear trend on 11 readings, 2022-03-31 to 2024-12-31, in log odds between 0 and 100.
	// The variances are estimated and then taken as known, which makes intervals too narrow: on 30 readings made by such a model, 90 per cent intervals six readings ahead held 83 times in 100.
	// The reading for 2023-Q2 is left out: its value is withheld (statistics under review).
	// 7 of 7 past forecasts of the next reading fell inside their 90 per cent interval; that is too few to tell whether the model is any better than the last value.
	// true true
}

func ExampleTrendOf() {
	trend, err := forecast.TrendOf(trendExamplePlan(), "seen-in-time", record.Moment{}, forecast.TrendOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(trend.Records()), trend.Records()[0])
	fmt.Println(strings.Join(trend.LeftOut(), "\n"))
	// Output:
	// 11 observation/r00
	// the reading for 2023-Q2 is left out: its value is withheld (statistics under review)
}
