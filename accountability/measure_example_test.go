package accountability_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone/calendar"
)

// twoHolders is a post with a gap between its holders, the second of whom still holds it.
func twoHolders() *accountability.Register {
	instant := func(d string) time.Time { return calendar.MustParseDate(d).In(time.UTC) }
	holding := func(id, holder record.ID, from, until, recorded string) accountability.Holding {
		return accountability.Holding{
			Record: record.Record{ID: id, From: calendar.MustParseWhen(from), Until: calendar.MustParseWhen(until), Recorded: instant(recorded)},
			Post:   "post", Holder: holder,
		}
	}
	second := holding("h2", "ben", "2021-02-01", "2021-12-31", "2021-02-08")
	second.Until = calendar.When{}
	r, err := accountability.Compile(accountability.Spec{
		Parties: []accountability.Party{
			{Record: record.New("post"), Kind: accountability.Post, Name: "Director"},
			{Record: record.New("ada"), Kind: accountability.Person}, {Record: record.New("ben"), Kind: accountability.Person},
		},
		Holdings: []accountability.Holding{holding("h1", "ada", "2020-01-01", "2021-01-01", "2020-01-03"), second},
		Mandates: []accountability.Mandate{{
			Record: record.New("letter"), To: "post",
			Effective: calendar.MustParseWhen("2019-07-08"), Signed: calendar.MustParseWhen("2023-03-08"),
		}},
	}, record.View{})
	if err != nil {
		fmt.Println(err)
	}
	return r
}

func ExampleRegister_Spells() {
	var spells []accountability.Spell = twoHolders().Spells("post", time.Time{})
	for _, s := range spells {
		fmt.Println(s.Party, s.From, s.Until.IsZero(), s.Possible)
	}
	from, until := calendar.MustParseDate("2020-01-01"), calendar.MustParseDate("2022-01-01")
	var cover accountability.SeatCover = accountability.SeatCoverOf(spells, 1, from, until)
	fmt.Println(cover.SeatDays, cover.Covered, cover.Vacant, cover.Unknown, cover.Over)
	fmt.Printf("vacancy share %.4f\n", cover.VacancyShare())
	fmt.Printf("changes a year %.2f\n", accountability.Churn(spells, 1, from, until))
	fmt.Printf("continuity %.3f\n", accountability.Continuity(spells, from, until).HHI)
	fmt.Printf("sole share %.4f, a year of %.2f days\n", accountability.SoleShare([]int{1, 2, 3}), accountability.DaysOfYear)
	// Output:
	// ada 2020-01-01 false false
	// ben 2021-02-01 true false
	// 731 700 31 0 0
	// vacancy share 0.0424
	// changes a year 0.50
	// continuity 0.501
	// sole share 0.3333, a year of 365.25 days
}

func ExampleTenureOf() {
	spells := twoHolders().Spells("post", time.Time{})
	var tenure accountability.Tenure = accountability.TenureOf(spells, calendar.MustParseDate("2026-01-01"))
	fmt.Println(tenure.Ended, tenure.Open, tenure.Mean(), tenure.Median(), tenure.Expected(), tenure.Under(365))
	// Output: [366] 1 366 366 366 0
}

func ExampleKaplanMeier() {
	lives := []accountability.Lifetime{{Days: 100}, {Days: 200, Open: true}, {Days: 300}, {Days: 400, Open: true}}
	var curve []accountability.Survival = accountability.KaplanMeier(lives)
	for _, s := range curve {
		fmt.Printf("%d days: %d of %d, %.3f last longer\n", s.Days, s.Ended, s.AtRisk, s.Share)
	}
	fmt.Println(accountability.MedianSurvival(curve))
	// Output:
	// 100 days: 1 of 4, 0.750 last longer
	// 300 days: 1 of 2, 0.375 last longer
	// 300 true
}

func ExampleSpreadOf() {
	var s accountability.Spread
	s, err := accountability.SpreadOf([]float64{40, 30, 20, 10})
	fmt.Printf("HHI %.2f as of %.3f equal parts, Gini %.2f, %.4f nats, %.4f bits, %v\n", s.HHI, s.Effective, s.Gini, s.Entropy, s.Bits(), err)
	fmt.Printf("normalised %.4f, diffusion %.4f, evenness %.4f\n", s.Normalised(), s.Diffusion(), s.Evenness())
	_, err = accountability.SpreadOf([]float64{1, -1})
	fault, _ := errors.AsType[*accountability.MeasureError](err)
	fmt.Println(fault.Member, fault.Index, fault.Error())
	// Output:
	// HHI 0.30 as of 3.333 equal parts, Gini 0.25, 1.2799 nats, 1.8464 bits, <nil>
	// normalised 0.0667, diffusion 0.9333, evenness 0.9232
	// amounts 1 spread: amounts[1]: it is below nought or not finite
}

func ExampleLagOf() {
	r := twoHolders()
	var lag accountability.Lag = accountability.LagOf(r.RecordingLags(time.Time{}))
	fmt.Println(lag.Count, lag.Least, lag.Median, lag.Most)
	fmt.Println("signed after it took effect:", r.SigningLags(time.Time{}))
	// Output:
	// 2 2 4.5 7
	// signed after it took effect: [1339]
}

func ExampleRegister_Revision() {
	r := twoHolders()
	var revised accountability.Revised = r.Revision()
	fmt.Println(revised.Facts, revised.Versions, revised.Again, revised.PerFact(), revised.Share())
	var load accountability.Load = r.Load(record.Moment{On: calendar.MustParseDate("2022-01-01")})
	fmt.Println(load.Holdings, load.Parties, load.Several, load.Most)
	// Output:
	// 2 2 0 1 0
	// 1 1 0 1
}

// A member with one vote in a hundred may have as much power as one with 49.
func ExampleVote() {
	rule := accountability.Vote{Quota: 51, Weights: []int64{50, 49, 1}}
	shapley, err := rule.Shapley()
	fmt.Println(shapley, err)
	var power accountability.Power
	power, err = rule.Banzhaf()
	fmt.Println(power.Swings, power.Index, err)
	responsibility, err := rule.Responsibility([]bool{true, true, true})
	fmt.Println(accountability.Degrees(responsibility), err)
	large := accountability.Vote{Quota: 1, Weights: make([]int64, accountability.MaxVoters+1)}
	large.Weights[0] = 1
	_, err = large.Shapley()
	limit, _ := errors.AsType[*accountability.TooLargeError](err)
	fmt.Println(limit.Size, limit.Most, limit.Error())
	// Output:
	// [2/3 1/6 1/6] <nil>
	// [3 1 1] [3/5 1/5 1/5] <nil>
	// [1 0.5 0.5] <nil>
	// 131 130 shapley: 131 members are too many for an exact answer: 130 are the most
}

func ExampleShapleyValue() {
	// Three parties share the cost of what each needs: 1, 2 and 3.
	cost := func(members uint32) float64 { return [8]float64{0, 1, 2, 2, 3, 3, 3, 3}[members] }
	shares, err := accountability.ShapleyValue(3, cost)
	fmt.Printf("%.4f %v\n", shares, err)
	chance, err := accountability.BanzhafValue(3, func(members uint32) float64 { return float64(members & 1) })
	fmt.Println(chance, err, accountability.MaxMembers)
	// Output:
	// [0.3333 0.8333 1.8333] <nil>
	// [1 0 0] <nil> 20
}

func ExampleVoteResponsibility() {
	for _, yes := range []int{11, 6} {
		var each accountability.Responsibility
		each, _, err := accountability.VoteResponsibility(6, yes, 11-yes)
		gap, _ := accountability.ManyHands([]float64{each.Degree()})
		fmt.Printf("%d to %d: %d changes, degree %.4f, gap %.4f, %v\n", yes, 11-yes, each.Changes, each.Degree(), gap, err)
	}
	// Output:
	// 11 to 0: 5 changes, degree 0.1667, gap 0.8333, <nil>
	// 6 to 5: 0 changes, degree 1.0000, gap 0.0000, <nil>
}

func ExampleFormula() {
	// The gate opens if the director says so, or two of three officers do.
	var gate accountability.Formula = accountability.AnyOf(
		accountability.Actor(0),
		accountability.AtLeast(2, accountability.Actor(1), accountability.Actor(2), accountability.AllOf(accountability.Actor(3))),
	)
	acts := []bool{true, true, true, false}
	fmt.Println(gate.Holds(acts))
	responsibility, err := gate.Responsibility(acts)
	fmt.Println(accountability.Degrees(responsibility), err)
	// Output:
	// true <nil>
	// [0.5 0.5 0.5 0] <nil>
}

func ExampleBlame() {
	// Either of two may have signed the order, and whoever looks cannot tell which.
	blame, err := accountability.Blame([]accountability.Situation{
		{Chance: 0.75, Degrees: []float64{1, 0}},
		{Chance: 0.25, Degrees: []float64{0, 1}},
	})
	fmt.Println(blame, err)
	// Output: [0.75 0.25] <nil>
}

func ExampleReportingOf() {
	var shape accountability.Reporting = accountability.ReportingOf([]accountability.ManagedBy{
		{Post: "deputy", Manager: "head"}, {Post: "clerk", Manager: "deputy"}, {Post: "driver", Manager: "deputy"},
	})
	var managers []accountability.Reports = shape.Managers
	fmt.Println(managers, shape.MeanSpan, shape.MaxSpan, shape.Depth, shape.Tops, shape.Circular)
	// Output: [{deputy 2} {head 1}] 1.5 2 2 1 []
}

func ExampleStrengthOf() {
	on := calendar.MustParseDate("2025-01-01")
	var chain accountability.ChainStrength = accountability.StrengthOf([]accountability.ChainLink{
		{Until: on.Add(10), Holders: 1}, {Until: on.Add(200), Holders: 2}, {Until: on.Add(90), Holders: 1},
	}, on)
	fmt.Println(chain.Left, chain.Ends, chain.Broken, chain.Single)
	// Output: 10 true 0 2
}

func ExampleFitOf() {
	var fit accountability.Fit[string] = accountability.FitOf([]string{"staff", "budget", "estate"}, []string{"budget", "estate", "outcome"})
	fmt.Println(fit.AuthorityOnly, fit.AccountOnly, fit.Jaccard())
	// Output: [staff] [outcome] 0.5
}

func ExampleBrokeringOf() {
	ties, err := graph.FromEdges([]graph.Edge[record.ID]{{From: "a", To: "b"}, {From: "b", To: "c"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	var b accountability.Brokering
	b, err = accountability.BrokeringOf(ties, func(id record.ID) string {
		if id == "a" {
			return "north"
		}
		return "south"
	}, nil)
	fmt.Println("E-I", b.EI, err)
	var parties []accountability.Between = b.Parties
	for _, p := range parties {
		fmt.Println(p.Party, p.Constraint, p.Roles.Gatekeeper)
	}
	// Output:
	// E-I 0 <nil>
	// a 1 0
	// b 0.5 1
	// c 1 0
}
