package review_test

import (
	"fmt"
	"log"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// One mission, one milestone and one role are enough for a review.
func Example() {
	warmHomes := record.Ref{Kind: mission.KindMission, ID: "warm-homes"}
	spec := mission.Spec{
		Parties:    []accountability.Party{{Record: record.New("head"), Kind: accountability.Post, Name: "Head of mission"}},
		Missions:   []mission.Mission{{Record: record.New("warm-homes"), Name: "Warm homes", Announced: calendar.MustParseWhen("2025-09-01")}},
		Milestones: []milestone.Milestone{{Record: record.New("insulated"), Name: "A million homes insulated", Missions: []record.ID{"warm-homes"}, Use: milestone.Exploration}},
		Duties: []accountability.Duty{{Record: record.New("lead"), Duty: accountability.MissionLead, Subject: warmHomes, Post: "head",
			Means: accountability.Means{Budget: record.Known(false)}}},
	}
	model, err := mission.Compile(spec, mission.View{On: calendar.On(2026, time.June, 30)})
	if err != nil {
		log.Fatal(err)
	}
	some := []string{"F01", "F03", "F09", "F16", "F19", "F22", "F33", "F38", "F41", "F48", "F51", "F92"} // all, where none is named
	r, err := review.Run(model, review.Options{Rules: some})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(r)
	// Output:
	// Review on 30 June 2026
	//
	// Findings: 1
	//
	//   F41 lead-without-means (serious): mission/warm-homes
	//     Head of mission, leading the mission "Warm homes", does not have a budget.
	//     Rests on duty/lead (ungraded).
	//     A false alarm if the lead's role is to convene and no more, as agreed and
	//       stated.
	//     Ask: What can the lead decide, spend or ask for without anybody else's
	//       leave?
	//
	// Cannot tell: 6
	//
	//   F01 rhetoric-only: mission/warm-homes
	//     Whether anything has changed in practice is not recorded. Record a
	//     practice-change event on the mission, or one marked absent, or the money and
	//     people that it has been given.
	//   F03 slogan-without-plan: mission/warm-homes
	//     Whether a plan has been published is not recorded. Record a plan-published
	//     event on the mission, or one marked absent.
	//   F19 imposed-milestone: milestone/insulated
	//     Who answers for it is not recorded; whether anybody was consulted is not
	//     recorded. Record a milestone-owner or other duty on the milestone; record
	//     consultation events on the milestone, with those consulted and the day, or
	//     one marked absent.
	//   F33 board-undisclosed: mission/warm-homes
	//     A board or other forum on the mission is not recorded. Record its forums,
	//     with their members and when these were disclosed.
	//   F48 champion-dependency: mission/warm-homes
	//     Who sponsors it is not recorded. Record a mission-sponsor duty on the
	//     mission, with its post.
	//   F92 centre-only: mission/warm-homes
	//     Who takes part in it is not recorded. Record all the contributors to the
	//     mission.
	//
	// Coverage
	//   Records: party 1, mission 1, milestone 1, duty 1.
	//   Of 4, 4 have no grade, 4 no source, 4 no instant of recording.
	//   Subjects that each rule looked at:     looked  found  cannot tell  nothing
	//     F01 rhetoric-only                       1      0            1        0
	//     F03 slogan-without-plan                 1      0            1        0
	//     F16 milestone-as-enforcement            1      0            0        1
	//     F19 imposed-milestone                   1      0            1        0
	//     F33 board-undisclosed                   1      0            1        0
	//     F38 leaderless-mission                  1      0            0        1
	//     F41 lead-without-means                  1      1            0        0
	//     F48 champion-dependency                 1      0            1        0
	//     F92 centre-only                         1      0            1        0
	//   Nothing to look at for F09 mission-washing, F22 ranking-use and F51
	//     orphan-outcome.
	//   Thresholds: F01.days = 100 days (default), F33.days = 100 days (default),
	//     F38.days = 100 days (default), F48.conditions = 2 conditions (default).
	//   That nothing was found is not a sign of health: the rules see only what is
	//   recorded, and know only what they were written for.
}

// The caller sets the numbers, and every result says which it was made with.
func ExampleRun() {
	rule, _ := review.Lookup("leaderless-mission")
	bad := rule.Harmless()
	model, err := mission.Compile(bad.Spec, mission.View{On: bad.On})
	if err != nil {
		log.Fatal(err)
	}
	r, err := review.Run(model, review.Options{Rules: []string{"F38"}, Thresholds: map[string]float64{"F38.days": 14}})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range r.Findings {
		fmt.Println(f.Subject, f.Text)
		fmt.Println(f.Thresholds[0])
	}
	_, err = review.Run(model, review.Options{Rules: []string{"leader-mission"}})
	fmt.Println(err)
	// Output:
	// mission/warm-homes The lead of the mission "Warm homes" is vacant. This is more than 14 days on: the mission was announced on 1 June 2026.
	// F38.days = 14 days (set)
	// there is no rule "leader-mission": did you mean "leaderless-mission"?
}

// What rested on hearsay is not cleared when hearsay is left out: it can no longer be told.
func ExampleCompare() {
	homes := record.Ref{Kind: mission.KindMission, ID: "homes"}
	spec := mission.Spec{
		Missions: []mission.Mission{{Record: record.New("homes"), Name: "Homes"}},
		Events: []mission.Event{{Record: record.Record{ID: "whisper", Grade: record.Hearsay, Claimant: "an insider"},
			Kind: mission.PlanPublished, Subject: homes, Absent: true}},
	}
	look := func(view mission.View) *review.Review {
		model, err := mission.Compile(spec, view)
		if err != nil {
			log.Fatal(err)
		}
		r, err := review.Run(model, review.Options{Rules: []string{"F03"}})
		if err != nil {
			log.Fatal(err)
		}
		return r
	}
	c := review.Compare(look(mission.View{}), look(mission.View{Without: []record.Grade{record.Hearsay}}))
	fmt.Println(len(c.Cleared), "cleared,", len(c.OutOfSight), "out of sight")
	fmt.Println(c.OutOfSight[0].Text)
	fmt.Println(c.BecameUnassessable[0].Missing[0])
	// Output:
	// 0 cleared, 1 out of sight
	// It is said (hearsay, an insider) that no plan has been published for the mission "Homes". No stage is recorded; the mission is taken to be under way.
	// whether a plan has been published is left out by the view (event/whisper)
}

// A reader who comes from a record asks which findings it is part of.
func ExampleReview_Touching() {
	rule, _ := review.Lookup("F48")
	bad := rule.Bad()
	model, err := mission.Compile(bad.Spec, mission.View{On: bad.On})
	if err != nil {
		log.Fatal(err)
	}
	r, err := review.Run(model, review.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range r.Touching(record.Ref{Kind: accountability.KindDuty, ID: "sponsor"}) {
		fmt.Println(f.Rule.ID, f.Rule.Slug, f.Rule.Question)
	}
	// Output:
	// F48 champion-dependency If this post fell empty tomorrow, who would sponsor the mission, who would lead it, and would a minister still listen?
}

func ExampleRules() {
	for _, r := range review.Rules()[:3] {
		fmt.Println(r.ID, r.Slug, r.Severity)
	}
	// Output:
	// A05 outside-post caution
	// A06 open-after-end caution
	// A07 over-seats caution
}

// A finding says what it rests on, and how weak or made up that is.
func ExampleFinding_Basis() {
	rule, _ := review.Lookup("F92")
	bad := rule.Bad()
	model, err := mission.Compile(bad.Spec, mission.View{On: bad.On})
	if err != nil {
		log.Fatal(err)
	}
	r, err := review.Run(model, review.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range r.Findings {
		fmt.Println(f.Text)
		fmt.Println(f.Basis())
		for _, e := range f.Evidence {
			fmt.Println(e, "context:", e.Context)
		}
	}
	// Output:
	// Everybody who takes part in the mission "Warm homes" is central government: Ministry of Homes and The Insulation Partnership.
	// Every record under it is made up, to show something.
	// mission/warm-homes (illustrative) context: false
	// party/ministry (illustrative) context: true
	// party/partner (illustrative) context: true
}

// Coverage tells how much the rules saw: that nothing was found means little without it.
func ExampleCoverage() {
	rule, _ := review.Lookup("F33")
	plan := rule.Unclear()
	model, err := mission.Compile(plan.Spec, mission.View{On: plan.On})
	if err != nil {
		log.Fatal(err)
	}
	r, err := review.Run(model, review.Options{Rules: []string{"F33", "F38"}})
	if err != nil {
		log.Fatal(err)
	}
	for _, k := range r.Coverage.Kinds {
		fmt.Println(k.Count, k.Kind)
	}
	for _, c := range r.Coverage.Rules {
		fmt.Println(c.Rule.ID, "looked at", c.Looked, "found", c.Found, "cannot tell", c.Unassessed)
	}
	fmt.Println(r.Coverage.Ungraded, "ungraded,", r.Coverage.Unsourced, "without a source")
	// Output:
	// 1 mission
	// 1 forum
	// F33 looked at 1 found 0 cannot tell 1
	// F38 looked at 1 found 0 cannot tell 1
	// 0 ungraded, 2 without a source
}

// Brief is for somebody who begins; the whole review says what to record for each rule that cannot tell.
func ExampleReview_Brief() {
	model, err := mission.Compile(mission.Spec{
		Initiatives: []mission.Initiative{{Record: record.Invented("parks"), Name: "Parks", Status: mission.ValuedAsItIs}},
	}, mission.View{On: calendar.On(2026, time.November, 21)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(review.Of(model).Brief())
	// Output:
	// Review on 21 November 2026
	//
	// Findings: 0
	//
	// Cannot tell: 1
	//
	//   initiative/parks: F58 heavy-yoke
	//
	//   The whole review says for each what would have to be recorded.
	//
	// Coverage
	//   2 of 166 rules had something to look at among 1 records. That nothing was
	//   found is not a sign of health: the rules see only what is recorded, and know
	//   only what they were written for.
}
