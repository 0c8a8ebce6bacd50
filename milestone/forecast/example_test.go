package forecast_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
)

// homes is a plan of three steps to a milestone: consent, then building and its inspection in parallel.
func homes() *milestone.Schedule {
	ref := func(id record.ID) record.Ref { return record.Ref{Kind: milestone.KindActivity, ID: id} }
	after := func(id record.ID, on, then record.Ref) milestone.Dependency {
		return milestone.Dependency{Record: record.Invented(id), On: on, Dependent: then, Kind: milestone.FinishStart}
	}
	plan, err := milestone.Compile(milestone.Spec{
		Projects: []milestone.Project{{Record: record.Invented("p"), Name: "Homes", Start: calendar.MustParseDate("2030-01-01").At(0)}},
		Activities: []milestone.Activity{
			{Record: record.Invented("consent"), Name: "Consent", Project: "p", Lasts: 100 * calendar.Day},
			{Record: record.Invented("build"), Name: "Building", Project: "p", Lasts: 200 * calendar.Day},
			{Record: record.Invented("roads"), Name: "Roads", Project: "p", Lasts: 190 * calendar.Day},
		},
		Milestones: []milestone.Milestone{{Record: record.Invented("open"), Name: "Homes open", Due: calendar.OnDay(calendar.MustParseDate("2030-11-15"))}},
		Dependencies: []milestone.Dependency{
			after("d1", ref("consent"), ref("build")), after("d2", ref("consent"), ref("roads")),
			after("d3", ref("build"), milestone.Ref("open")), after("d4", ref("roads"), milestone.Ref("open")),
		},
	}, record.View{})
	if err != nil {
		panic(err)
	}
	schedule, err := plan.Schedule(record.Moment{}, milestone.ScheduleOptions{})
	if err != nil {
		panic(err)
	}
	return schedule
}

// unsure is what is uncertain about it.
func unsure() forecast.Spec {
	like := forecast.Shape{Kind: forecast.Triangular, Min: .8, Mode: 1, Max: 1.5}
	estimate := func(id record.ID) forecast.Estimate {
		return forecast.Estimate{Record: record.Invented("e-" + id), Subject: record.Ref{Kind: milestone.KindActivity, ID: id}, Shape: like}
	}
	return forecast.Spec{Estimates: []forecast.Estimate{estimate("consent"), estimate("build"), estimate("roads")}}
}

func Example() {
	model, err := forecast.NewModel(homes(), unsure(), forecast.ModelOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	summary, err := forecast.Simulate(context.Background(), model, forecast.Options{Seed: 1, Trials: 20_000})
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := forecast.NewResults(model, summary)
	if err != nil {
		fmt.Println(err)
		return
	}
	open, _ := results.Outcome(milestone.Ref("open"))
	met, _ := open.Met.Get()
	planned, _ := open.Planned.Ended()
	p80 := open.Percentile(.8)
	late, _ := p80.At.Ended()
	fmt.Printf("planned %s, in time with %.0f%% (%.1f to %.1f), by %s with 80%%\n", planned, 100*met.P, 100*met.Low, 100*met.High, late)
	for _, f := range results.Influences(forecast.End) {
		if f.Deviation > 0 {
			fmt.Printf("%s: decides %.0f%%, cruciality %.2f\n", f.Name, 100*f.Critical.P, f.Cruciality)
		}
	}
	// Output:
	// planned 2030-10-27, in time with 24% (23.8 to 25.0), by 2031-01-04 with 80%
	// Building: decides 60%, cruciality 0.66
	// Consent: decides 100%, cruciality 0.49
	// Roads: decides 40%, cruciality 0.42
}

// Other machines may run other trials of the same seed; merged, they are what one run would have given.
func ExampleMerge() {
	model, _ := forecast.NewModel(homes(), unsure(), forecast.ModelOptions{})
	run := func(from, trials uint64) *forecast.Summary {
		s, err := forecast.Simulate(context.Background(), model, forecast.Options{Seed: 1, From: from, Trials: trials})
		if err != nil {
			fmt.Println(err)
		}
		return s
	}
	file, _ := run(6000, 4000).MarshalBinary() // sent from elsewhere
	var far forecast.Summary
	if err := far.UnmarshalBinary(file); err != nil {
		fmt.Println(err)
	}
	merged, err := forecast.Merge(&far, run(0, 6000))
	fmt.Println(merged.Trials(), merged.Intervals(), merged.Seed(), err)
	a, _ := merged.MarshalBinary()
	b, _ := run(0, 10_000).MarshalBinary()
	fmt.Println("the same bytes:", string(a) == string(b))
	_, err = forecast.Merge(merged, &far)
	_, overlap := errors.AsType[*forecast.OverlapError](err)
	fmt.Println(overlap, err)
	// Output:
	// 10000 [{0 10000}] 1 <nil>
	// the same bytes: true
	// true forecast: trials 0 to 9999 and 6000 to 9999 overlap, and would count twice
}

func ExampleSummary_MarshalJSON() {
	model, _ := forecast.NewModel(homes(), forecast.Spec{}, forecast.ModelOptions{})
	summary, _ := forecast.Simulate(context.Background(), model, forecast.Options{Trials: 10, Watch: []record.Ref{}, Targets: []record.Ref{}})
	text, _ := summary.MarshalJSON()
	var again forecast.Summary
	fmt.Println(again.UnmarshalJSON(text), again.Trials())
	// Output: <nil> 10
}

// The draws are defined for good: any program in any language can make them.
func ExampleUniform() {
	fmt.Println(forecast.Uniform(0, "duration", "activity/a1", 0))
	// Output: 0.22596412897109985
}

func ExampleShape() {
	s := forecast.Shape{Kind: forecast.PERT, Scale: forecast.InHours, Min: 5, Mode: 8, Max: 20}
	var scale forecast.Scale = s.Scale
	fmt.Printf("%s in %s: mean %.2f, variance %.2f, 80%% below %.3f\n", s.Kind, scale, s.Mean(), s.Variance(), s.Quantile(.8))
	var kind forecast.ShapeKind
	err := kind.UnmarshalText([]byte("normal"))
	fmt.Println(err != nil, forecast.Triangular)
	// Output:
	// pert in hours: mean 9.50, variance 6.75, 80% below 11.754
	// true triangular
}

// Causes in common: a risk that hits or does not, a driver by which all are longer, a factor that they follow, and correlations by pairs.
func ExampleSpec() {
	ref := func(id record.ID) record.Ref { return record.Ref{Kind: milestone.KindActivity, ID: id} }
	spec := unsure()
	spec.Risks = []forecast.Risk{{Record: record.Invented("flood"), Name: "Flood", Probability: .1, Combine: forecast.Series,
		Impact: forecast.Shape{Kind: forecast.UniformOn, Scale: forecast.ElapsedDays, Min: 10, Max: 40}, Touches: []record.Ref{ref("build"), ref("roads")}}}
	spec.Drivers = []forecast.Driver{{Record: record.Invented("labour"), Name: "Labour is scarce", Probability: .5,
		Factor: forecast.Shape{Kind: forecast.Triangular, Min: 1, Mode: 1.1, Max: 1.3}, Touches: []record.Ref{ref("build")}}}
	spec.Factors = []forecast.Factor{{Record: record.Invented("weather"), Name: "Weather"}}
	spec.Loadings = []forecast.Loading{{Record: record.Invented("l1"), Subject: ref("build"), On: "weather", Weight: .6}}
	spec.Correlations = []forecast.Correlation{{Record: record.Invented("c1"), Subject: ref("consent"), With: ref("roads"), Rank: .3}}
	var check record.Check
	spec.Check(&check)
	fmt.Println("faults:", len(check.Run()))
	model, err := forecast.NewModel(homes(), spec, forecast.ModelOptions{Nearest: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	var how forecast.Combination = spec.Risks[0].Combine
	var notes []forecast.Note = model.Notes()
	var repairs []forecast.Repair = model.Repairs()
	fmt.Println(how, model.Len(), model.Uncertain(), len(notes), len(repairs))
	// Output:
	// faults: 0
	// series 4 3 0 0
}

func ExampleModel_Notes() {
	spec := unsure()
	spec.Estimates = append(spec.Estimates, forecast.Estimate{Record: record.Record{ID: "e2", Of: "e-roads", Claimant: "somebody else"},
		Subject: spec.Estimates[2].Subject, Shape: forecast.Shape{Kind: forecast.Point, Mode: 2}})
	model, _ := forecast.NewModel(homes(), spec, forecast.ModelOptions{})
	for _, n := range model.Notes() {
		var kind forecast.NoteKind = n.Kind
		fmt.Println(n.Ref, kind)
	}
	// Output: estimate/e-roads contested: the word of the first claimant counts
}

func ExampleModelError() {
	spec := forecast.Spec{Estimates: []forecast.Estimate{{Record: record.Invented("e"), Subject: record.Ref{Kind: milestone.KindActivity, ID: "garden"},
		Shape: forecast.Shape{Kind: forecast.Point, Mode: 1}}}}
	_, err := forecast.NewModel(homes(), spec, forecast.ModelOptions{})
	e, ok := errors.AsType[*forecast.ModelError](err)
	fmt.Println(ok, e.Ref, errors.Is(e, forecast.ErrUnknown))
	// Output: true estimate/e true
}

func ExampleMatrixError() {
	ref := func(id record.ID) record.Ref { return record.Ref{Kind: milestone.KindActivity, ID: id} }
	spec := unsure()
	for i, p := range [][2]record.ID{{"consent", "build"}, {"build", "roads"}, {"consent", "roads"}} {
		spec.Correlations = append(spec.Correlations, forecast.Correlation{Record: record.Invented(record.ID(fmt.Sprint("c", i))),
			Subject: ref(p[0]), With: ref(p[1]), Rank: []float64{.9, .9, -.9}[i]})
	}
	_, err := forecast.NewModel(homes(), spec, forecast.ModelOptions{})
	e, _ := errors.AsType[*forecast.MatrixError](err)
	fmt.Printf("%.2f\n", e.Least)
	fmt.Println(e)
	model, _ := forecast.NewModel(homes(), spec, forecast.ModelOptions{Nearest: true})
	fmt.Printf("%.2f\n", model.Repairs()[0].Largest)
	// Output:
	// -0.82
	// the correlations among 3 activities ([activity/build activity/consent activity/roads] …) contradict one another: the matrix has the eigenvalue -0.816; ask for the nearest matrix, or use factors
	// 0.41
}

// A milestone that needs both: work done in time, and its indicator where it is to be, in the same trial.
func ExampleGauge() {
	model, _ := forecast.NewModel(homes(), unsure(), forecast.ModelOptions{Due: []forecast.Due{{Of: milestone.Ref("open"), By: calendar.MustParseDate("2030-12-31").At(0)}}})
	dice := forecast.Gauge{Of: milestone.Ref("open"), Key: "a coin that lands well in two of three trials",
		Met: func(trial uint64, on calendar.Date) bool { return trial%3 > 0 }}
	summary, _ := forecast.Simulate(context.Background(), model, forecast.Options{Seed: 1, Trials: 30_000, Gauges: []forecast.Gauge{dice},
		Joint: []record.Ref{milestone.Ref("open"), forecast.End}})
	results, _ := forecast.NewResults(model, summary)
	open, _ := results.Outcome(milestone.Ref("open"))
	var met, reached, both forecast.Chance
	met, _ = open.Met.Get()
	reached, _ = open.Reached.Get()
	both, _ = open.Both.Get()
	fmt.Printf("in time %.2f, indicator %.2f, both %.2f\n", met.P, reached.P, both.P)
	var joint forecast.Joint = results.Joint()
	fmt.Println(len(joint.Of), len(joint.Sets), joint.All.P) // the end of all has no due day, so it is never met
	// Output:
	// in time 0.76, indicator 0.67, both 0.51
	// 2 4 0
}

func ExampleOutcome() {
	model, _ := forecast.NewModel(homes(), unsure(), forecast.ModelOptions{Bin: calendar.Day})
	summary, _ := forecast.Simulate(context.Background(), model, forecast.Options{Seed: 1, Trials: 5000})
	var results *forecast.Results
	results, _ = forecast.NewResults(model, summary)
	fmt.Println(results.Trials(), len(results.Outcomes()))
	var end forecast.Outcome
	end, _ = results.Outcome(forecast.End)
	var p forecast.Percentile = end.Percentile(.5)
	at, _ := p.At.Ended()
	fmt.Println(at, p.Bin)
	fmt.Printf("by the end of 2030: %.2f\n", end.By(calendar.MustParseDate("2030-12-31").At(24*60)).P)
	var first forecast.Step = end.Distribution()[0]
	fmt.Println(first.Until.Date(), first.Trials)
	fmt.Printf("mean %.1f days after the plan, of which merging %.1f\n", end.MeanPoint()/1440, float64(end.Bias)/1440)
	// Output:
	// 5000 2
	// 2030-12-08 PT24H
	// by the end of 2030: 0.76
	// 2030-09-11 1
	// mean 41.5 days after the plan, of which merging 11.5
}

func ExampleNewStudy() {
	model, _ := forecast.NewModel(homes(), unsure(), forecast.ModelOptions{})
	var study *forecast.Study
	study, err := forecast.NewStudy(context.Background(), model, forecast.StudyOptions{Seed: 1, Trials: 5000})
	if err != nil {
		fmt.Println(err)
		return
	}
	var s forecast.Share
	for _, s = range study.Shares {
		fmt.Printf("%s: Spearman %.2f, significance %.2f\n", s.Name, s.Spearman, s.Significance)
	}
	// Output:
	// Building: Spearman 0.64, significance 0.95
	// Consent: Spearman 0.46, significance 1.00
	// Roads: Spearman 0.42, significance 0.90
}

// Consent took 30 days longer and roads 40, while building took 10 less: who moved the end by how much?
func ExampleModel_Split() {
	model, _ := forecast.NewModel(homes(), unsure(), forecast.ModelOptions{})
	real := func(id record.ID, days calendar.Minutes) forecast.Realised {
		return forecast.Realised{Of: record.Ref{Kind: milestone.KindActivity, ID: id}, Lasts: days * calendar.Day}
	}
	var split *forecast.Split
	split, err := model.Split(context.Background(), []forecast.Realised{real("consent", 130), real("build", 190), real("roads", 230)}, forecast.SplitOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(int(split.Delay/calendar.Day), split.Exact)
	var p forecast.Part
	for _, p = range split.Parts {
		fmt.Printf("%s %.1f days\n", p.Ref.ID, p.Delay/1440)
	}
	// Output:
	// 60 true
	// build -5.0 days
	// consent 30.0 days
	// roads 35.0 days
}

func ExampleSplitError() {
	model, _ := forecast.NewModel(homes(), unsure(), forecast.ModelOptions{})
	_, err := model.Split(context.Background(), []forecast.Realised{{Of: milestone.Ref("closed")}}, forecast.SplitOptions{})
	e, ok := errors.AsType[*forecast.SplitError](err)
	fmt.Println(ok, e)
	// Output: true forecast: split: milestone/closed: the model does not have it
}

func ExampleOptionsError() {
	model, _ := forecast.NewModel(homes(), unsure(), forecast.ModelOptions{})
	_, err := forecast.Simulate(context.Background(), model, forecast.Options{})
	e, ok := errors.AsType[*forecast.OptionsError](err)
	fmt.Println(ok, e.Option, e)
	// Output: true Trials forecast: Trials: there are no trials to run: set Trials
}

func ExampleMismatchError() {
	a, _ := forecast.NewModel(homes(), unsure(), forecast.ModelOptions{})
	b, _ := forecast.NewModel(homes(), forecast.Spec{}, forecast.ModelOptions{})
	summary, _ := forecast.Simulate(context.Background(), a, forecast.Options{Trials: 10})
	_, err := forecast.NewResults(b, summary)
	e, ok := errors.AsType[*forecast.MismatchError](err)
	fmt.Println(ok, e.What)
	// Output: true uncertainty
}

func ExampleFormatError() {
	var s forecast.Summary
	err := s.UnmarshalBinary([]byte("something else"))
	e, ok := errors.AsType[*forecast.FormatError](err)
	fmt.Println(ok, e.Reason)
	// Output: true they do not begin as a summary of this version does
}
