package review_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func tensionsIn(t *testing.T, spec mission.Spec, view mission.View) []review.TensionView {
	t.Helper()
	m, err := mission.Compile(spec, view)
	require.NoError(t, err)
	return review.TensionsIn(m)
}

// tension picks the view of one tension on one subject; zero is missions at large.
func tension(t *testing.T, views []review.TensionView, id string, subject record.Ref) review.TensionView {
	t.Helper()
	for _, v := range views {
		if v.Tension.ID == id && v.Subject == subject {
			return v
		}
	}
	require.Fail(t, "no such view", "%s %s", id, subject)
	return review.TensionView{}
}

func signTexts(signs []review.Sign) []string {
	texts := []string{}
	for _, s := range signs {
		texts = append(texts, s.Text)
	}
	return texts
}

func TestEveryTensionIsDocumented(t *testing.T) {
	slug, source := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`), regexp.MustCompile(`^S[0-4]:[1-9]\d*$`)
	all := review.Tensions()
	require.Len(t, all, 23)
	for i, x := range all {
		t.Run(x.ID, func(t *testing.T) {
			assert.Equal(t, "T"+string(rune('0'+(i+1)/10))+string(rune('0'+(i+1)%10)), x.ID)
			assert.Regexp(t, slug, x.Slug)
			assert.Regexp(t, `^[A-Z].*[a-z]$`, x.Title)
			assert.Regexp(t, `^[A-Z].*[a-z]\?$`, x.Question)
			assert.Regexp(t, `^[a-z].*[a-z]$`, x.Shows)
			assert.NotEqual(t, x.Poles[0].Name, x.Poles[1].Name)
			for _, p := range x.Poles {
				assert.Regexp(t, `^[a-z][a-z ]*[a-z]$`, p.Name)
				assert.Regexp(t, `^[A-Z].*[a-z]\.$`, p.Says)
				assert.Regexp(t, `^[a-z].*[a-z]$`, p.Shown)
				require.NotEmpty(t, p.Sources)
				for _, s := range p.Sources {
					assert.Regexp(t, source, s)
				}
			}
			for _, name := range []string{x.ID, strings.ToLower(x.ID), x.Slug, " " + x.Title + " "} {
				got, ok := review.LookupTension(name)
				assert.True(t, ok)
				assert.Same(t, x, got)
			}
		})
	}
	_, ok := review.LookupTension("T24")
	assert.False(t, ok)
}

// Each pole of each tension can be shown by a record: nothing is a tension with only one side to be seen.
func TestEveryPoleCanBeShown(t *testing.T) {
	views := tensionsIn(t, torn(), mission.View{On: on})
	for _, x := range review.Tensions() {
		v := tension(t, views, x.ID, theMission)
		for i, p := range v.Poles {
			assert.NotEmpty(t, p.Signs, "%s %s", x.ID, x.Poles[i].Name)
			assert.Empty(t, p.Silent)
			assert.Equal(t, x.Poles[i].Name, p.Name, "the poles keep their order")
		}
	}
}

// No field of the result summarises or weighs the poles: there is no number in it at all.
func TestTensionsAreNotWeighed(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)score|balance|weight|strength|rank|index|ratio|total|percent|share`)
	seen := map[reflect.Type]bool{}
	var walk func(x reflect.Type, path string)
	walk = func(x reflect.Type, path string) {
		if seen[x] {
			return
		}
		seen[x] = true
		switch x.Kind() {
		case reflect.Slice, reflect.Array, reflect.Pointer:
			walk(x.Elem(), path)
		case reflect.Map:
			walk(x.Key(), path)
			walk(x.Elem(), path)
		case reflect.Struct:
			if x.PkgPath() != reflect.TypeFor[review.TensionView]().PkgPath() {
				return // dates, references and instants
			}
			for f := range x.Fields() {
				assert.NotRegexp(t, forbidden, f.Name, path)
				if f.IsExported() {
					walk(f.Type, path+"."+f.Name)
				}
			}
		case reflect.Int, reflect.Int64, reflect.Int32, reflect.Uint, reflect.Uint64, reflect.Float32, reflect.Float64:
			assert.Fail(t, "a number", path)
		case reflect.Uint8:
			assert.Contains(t, []reflect.Type{reflect.TypeFor[record.Grade](), reflect.TypeFor[record.Verb]()}, x, "%s: only closed lists of words", path)
		}
	}
	walk(reflect.TypeFor[review.TensionView](), "TensionView")
	assert.Contains(t, seen, reflect.TypeFor[review.Leaning]())
	assert.Contains(t, seen, reflect.TypeFor[review.Move]())
}

func TestTensionsWhereNothingIsRecorded(t *testing.T) {
	for name, m := range map[string]*mission.Model{"nil": nil, "zero": new(mission.Model)} {
		views := review.TensionsIn(m)
		require.Len(t, views, 23, name)
		for _, v := range views {
			assert.True(t, v.IsSilent())
			assert.True(t, v.Subject.IsZero())
			assert.Equal(t, "missions at large", v.About)
			for i, p := range v.Poles {
				assert.Equal(t, "Nothing is recorded of "+v.Tension.Poles[i].Shown+".", p.Silent)
			}
			assert.NotEmpty(t, v.Unheld)
		}
	}
	v := tension(t, tensionsIn(t, parts(m("")), mission.View{}), "T02", theMission)
	assert.Equal(t, `T02 autonomy-or-guidance: the mission "Homes"
  autonomy
    Nothing is recorded of freedoms that are granted, perceived or used.
  guidance
    Nothing is recorded of freedoms that are denied, not perceived, not used or
      declined, and process added.
  who holds which view
    Nobody is recorded as holding a view.
  Open: What would let those who have the freedom trust it, and what guidance
    would help without taking it back?
`, v.String())
}

// One freedom, as giver and holder each have it, shows on both sides with their names.
func TestAutonomyOnOneRow(t *testing.T) {
	spec := parts(m(""))
	hire := accountability.Freedom{Record: record.Record{ID: "hire", Claimant: "org"}, Name: "Hire without asking", Holder: "unit", Subject: theMission,
		Granted: record.Known(true), Perceived: record.Known(true)}
	felt := hire
	felt.ID, felt.Of, felt.Claimant = "felt", "hire", "unit"
	felt.Granted, felt.Perceived, felt.Used = record.Value[bool]{}, record.Known(false), record.Known(false)
	spec.Freedoms = []accountability.Freedom{hire, felt}
	v := tension(t, tensionsIn(t, spec, mission.View{On: on}), "T02", theMission)
	assert.Equal(t, []string{
		`Freedoms said to be granted: 1: "Hire without asking" (held by The Unit) (says The Ministry).`,
		`Freedoms said to be perceived by their holder: 1: "Hire without asking" (held by The Unit) (says The Ministry).`,
	}, signTexts(v.Poles[0].Signs))
	assert.Equal(t, []string{
		`Freedoms said not to be perceived by their holder: 1: "Hire without asking" (held by The Unit) (says The Unit).`,
		`Freedoms said not to be used: 1: "Hire without asking" (held by The Unit) (says The Unit).`,
	}, signTexts(v.Poles[1].Signs))
	assert.Equal(t, record.Ref{Kind: accountability.KindFreedom, ID: "felt"}, v.Poles[1].Signs[0].Evidence[0].Ref)
}

// Statements that there is nothing of a sort stand apart; many are counted, and the first few named.
func TestSignsOfTensions(t *testing.T) {
	spec := parts(m(""), milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}, never(mission.Deliberation, theMission),
		graded(event(mission.OpenCall, theMilestone, "2026-03-01"), record.Hearsay))
	for n := range 11 {
		e := event(mission.JointDecision, theMission, "2026-01-01")
		e.ID = record.ID("j" + string(rune('a'+n)))
		spec.Events = append(spec.Events, e)
	}
	late := event(mission.Deliberation, theMission, "2026-09-01")
	late.ID = "late"
	spec.Events = append(spec.Events, late)
	v := tension(t, tensionsIn(t, spec, mission.View{On: on}), "T18", theMission)
	assert.Equal(t, []string{`Deliberation, said to be missing: 1: the mission "Homes".`,
		`Calls left open: 1: the milestone "Step", on 1 March 2026 (hearsay, an insider).`}, signTexts(v.Poles[1].Signs), "what is to come does not show")
	assert.True(t, v.Poles[1].Signs[0].Denied)
	require.Len(t, v.Poles[0].Signs, 1)
	assert.True(t, strings.HasPrefix(v.Poles[0].Signs[0].Text, "Joint decisions: 11: "))
	assert.True(t, strings.HasSuffix(v.Poles[0].Signs[0].Text, "; and 4 more."))
	assert.Len(t, v.Poles[0].Signs[0].Evidence, 11, "every record is there")
}

// What is made up says so, and so does what rests on hearsay alone.
func TestSignsSayWhatTheyRestOn(t *testing.T) {
	invented := event(mission.JointDecision, theMission, "2026-01-01")
	invented.ID, invented.Grade = "j", record.Illustrative
	duty := lead("head", accountability.Means{})
	duty.Grade, duty.Claimant = record.Opinion, "an insider"
	v := tension(t, tensionsIn(t, parts(m(""), invented, duty), mission.View{On: on}), "T06", theMission)
	assert.Equal(t, []string{`Joint decisions: 1: the mission "Homes", on 1 January 2026 (made up).`}, signTexts(v.Poles[1].Signs))
	assert.Equal(t, []string{`Duties to answer that one carries: 1: "mission-lead" on the mission "Homes": Head (opinion, an insider).`}, signTexts(v.Poles[0].Signs))
}

func TestWhereTensionsTouch(t *testing.T) {
	space := accountability.LearningSpace{Record: record.New("room"), Name: "Try heat pumps", Subject: theMilestone}
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}, Use: milestone.Exploration, Due: when("2027-03-31")}
	long := m("")
	long.Horizon = when("2035")
	spec := parts(long, step)
	spec.LearningSpaces = []accountability.LearningSpace{space}
	spec.Lines = []accountability.Line{{Record: record.New("l"), Actor: "head", Forum: record.Ref{Kind: accountability.KindParty, ID: "org"}, Subject: theMilestone}}
	spec.SpendingReviews = []funding.Review{{Record: record.New("sr"), Name: "Review"}}
	spec.Settlements = []funding.Settlement{{Record: record.New("deal"), Review: "sr", Party: "org", For: []record.Ref{theMission}, FirmUntil: when("2029-04-01")}}
	views := tensionsIn(t, spec, mission.View{On: on})
	for id, want := range map[string]string{
		"T05": `Learning spaces on what somebody also answers for: 1: "Try heat pumps" (on the milestone "Step").`,
		"T19": `Milestones for exploring that are due on one day: 1: "Step" (due 31 March 2027).`,
	} {
		assert.Contains(t, signTexts(tension(t, views, id, theMission).Between), want)
	}
	assert.Contains(t, signTexts(tension(t, views, "T01", theMission).Between),
		`Money that is firm for less time than the mission lasts: 1: "deal" (firm until 1 April 2029 and the mission "Homes" until 2035).`)
	spec.Missions[0].Horizon = when("2029")
	assert.NotContains(t, strings.Join(signTexts(tension(t, tensionsIn(t, spec, mission.View{On: on}), "T01", theMission).Between), ""), "less time",
		"2029 may be before or after April 2029")
}

func position(id, claimant, pole string) mission.Position {
	return mission.Position{Record: record.Record{ID: record.ID(id), Claimant: claimant}, Tension: "T15", Subject: theMission, Pole: pole}
}

func TestWhoHoldsWhichView(t *testing.T) {
	spec := parts(m(""))
	first := position("a", "", "steer")
	first.By, first.Recorded = "minister", time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	moved := position("b", "", "devolve")
	moved.Of, moved.By, moved.Verb, moved.From, moved.Reason, moved.Says = "a", "minister", record.Change, when("2026-03-01"), "the pilots went well", "Let places decide"
	moved.Recorded = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	rival := position("c", "the union", "")
	rival.Of, rival.Grade = "a", record.Hearsay
	person := position("d", "", "steer")
	person.By, person.Subject, person.Tension = "ann", record.Ref{}, "devolve or steer"
	gone := position("e", "a council", "devolve")
	gone.Until, gone.Tension = when("2026-01-01"), "devolve-or-steer"
	own := position("f", "a council", "north")
	own.Tension = "North or south"
	spec.Positions = []mission.Position{own, gone, person, rival, moved, first}
	views := tensionsIn(t, spec, mission.View{On: on})
	v := tension(t, views, "T15", theMission)
	var who []string
	for _, l := range v.Held {
		who = append(who, l.String())
	}
	assert.Equal(t, []string{
		`Minister: devolve, since 2026-03-01. "Let places decide". Recorded: position/a, assert steer, recorded 2026-01-05; position/b, change devolve from 2026-03-01, recorded 2026-03-02, because "the pilots went well".`,
		`the union: neither pole (hearsay).`,
		`a council: devolve, which does not hold on the day.`,
	}, who)
	assert.Empty(t, v.Unheld)
	large := tension(t, views, "T15", record.Ref{})
	require.Len(t, large.Held, 4)
	assert.Equal(t, "a person", large.Held[2].Who, "persons are not named")
	assert.True(t, large.Held[2].Subject.IsZero())

	last := views[len(views)-2:]
	assert.Equal(t, "North or south", last[0].Tension.Title)
	assert.Equal(t, theMission, last[1].Subject)
	assert.Equal(t, "\"North or south\": the mission \"Homes\", on 30 June 2026\n  who holds which view\n    a council: north.\n", last[1].String())

	before := tension(t, tensionsIn(t, spec, mission.View{On: on, Known: first.Recorded}), "T15", theMission)
	assert.Equal(t, "steer", before.Held[0].Pole, "what was not known yet does not show")
	assert.Empty(t, before.Held[0].Moves)
}

// torn is a mission in which both poles of every tension show.
func torn() mission.Spec {
	long := m("2025-09-01")
	long.Horizon = when("2035")
	yes, no := record.Known(true), record.Known(false)
	spec := parts(long,
		milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}, Kind: milestone.FirstStep, Due: when("2026-12-31"), Use: milestone.Commitment, VagueBecause: "room"},
		milestone.Milestone{Record: record.New("s2"), Missions: []record.ID{"m"}, Use: milestone.Exploration},
		mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}, Expected: when("2033"), Indicators: []record.ID{"n"}},
		mission.Outcome{Record: record.New("o2"), Missions: []record.ID{"m2"}},
		mission.Outcome{Record: record.New("o3"), Missions: []record.ID{"m2"}},
		mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m", "m2"}, Status: mission.MissionWork, Reporting: record.Number(20)},
		mission.Initiative{Record: record.New("i2"), Missions: []record.ID{"m"}, Status: mission.Adjacent, Floor: record.Number(3)},
		milestone.Indicator{Record: record.New("n"), Uses: record.Known([]string{milestone.UseLearn, "account"}), LagDays: 400},
		accountability.Forum{Record: record.New("b"), Subject: theMission, Chair: "minister", Members: record.Withheld[[]record.ID]("advice")},
		funding.Allocation{Record: record.New("a"), Subject: theMission, Nature: funding.Prevention, To: "town", Ringfenced: yes, Amount: gbp(5), Was: gbp(9)},
		lead("head", accountability.Means{}),
		accountability.Duty{Duty: accountability.MissionSteward, Subject: theMission, Post: "minister"},
		accountability.Duty{Duty: accountability.SystemSteward, Subject: theMission, Post: "other"},
		accountability.Duty{Duty: accountability.HeadOfGovernment, Subject: record.Ref{Kind: accountability.KindParty, ID: "org"}, Post: "minister"},
		holds("head", "ann"), holds("minister", "bob"),
	)
	spec.Missions = append(spec.Missions, mission.Mission{Record: record.New("m2"), Name: "Another", Parents: []record.ID{"m"}})
	spec.Missions[0].Record.ID = "m"
	for i, kind := range []string{mission.Announceable, mission.Declined, mission.MonitoringRequest, mission.PlanPublished, mission.AccountGiven, mission.LearningSpaceAgreed,
		mission.JointDecision, mission.ControlSetUp, mission.WiringChange, mission.SetApart, mission.TeamsAdopted, mission.Published, mission.ChallengeRoute, mission.Window,
		mission.TrustRepair, mission.Cut, mission.PracticeChange, mission.Devolved, mission.Priorities, mission.PlanChanged, mission.Benefit, mission.Deliberation,
		mission.Corrected, mission.Failure, mission.Consultation, mission.Election, mission.DecisionInformed, mission.Commitment} {
		e := event(kind, theMission, "2026-01-01")
		e.ID = record.ID("k" + string(rune('a'+i/26)) + string(rune('a'+i%26)))
		spec.Events = append(spec.Events, e)
	}
	quarrel := event(mission.Dispute, theMission, "2026-02-01")
	quarrel.ID, quarrel.With = "quarrel", []record.ID{"minister"}
	spec.Events = append(spec.Events, quarrel)
	spec.Freedoms = []accountability.Freedom{{Record: record.New("f"), Name: "Hire", Holder: "unit", Subject: theMission, Granted: yes, Used: no}}
	spec.Targets = []milestone.Target{{Record: record.New("t"), Milestone: "s", Indicator: "n", AtLeast: record.Number(9)}}
	spec.Scopes = []mission.Scope{{Record: record.New("sc"), Mission: "m", Inside: []string{"homes"}, Outside: []string{"offices"}}}
	return spec
}

// The order of the records never shows, a plan of any shape is read, and every sign says which records it rests on.
func FuzzTensions(f *testing.F) {
	for seed := range seeds(60) {
		f.Add(seed)
	}
	f.Add(uint64(912)) // one post with two holders, and two records of each
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		for n := range d.IntN(6) {
			p := mission.Position{Record: d.base("position", n, true), Tension: pick(d, "T02", "T15", "measure-or-learn", "own"), Subject: d.subject(), Pole: pick(d, "", "steer", "autonomy")}
			p.From = calendar.When{}
			spec.Positions = append(spec.Positions, p)
		}
		if spec.Check().Err() != nil {
			t.Skip("the dice made a plan that does not hold together")
		}
		view := mission.View{On: on}
		views := tensionsIn(t, spec, view)
		shuffled := d.shuffled(spec)
		shuffled.Positions = clone(shuffled.Positions)
		d.Shuffle(swaps(shuffled.Positions))
		assert.Equal(t, encodedViews(t, views), encodedViews(t, tensionsIn(t, shuffled, view)))
		for _, v := range views {
			for _, p := range v.Poles {
				assert.Equal(t, len(p.Signs) == 0 && v.Tension.ID != "", p.Silent != "")
				for _, s := range p.Signs {
					assert.NotEmpty(t, s.Evidence)
					assert.True(t, strings.HasSuffix(s.Text, "."), s.Text)
				}
			}
			assert.NotContains(t, v.String(), "Zaphod")
			for line := range strings.Lines(v.String()) {
				assert.LessOrEqual(t, len([]rune(strings.TrimSuffix(line, "\n"))), 80)
			}
		}
	})
}

func encodedViews(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func BenchmarkTensionsIn(b *testing.B) {
	model, err := mission.Compile(large(10_000), mission.View{On: on})
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if len(review.TensionsIn(model)) == 0 {
			b.Fatal("no tensions")
		}
	}
}

// Work grows with the records and not with their square.
func TestTensionsAndDesignsAreLinear(t *testing.T) {
	allocations := func(n int) (tensions, designs float64) {
		model, err := mission.Compile(large(n), mission.View{On: on})
		require.NoError(t, err)
		tensions = testing.AllocsPerRun(1, func() { review.TensionsIn(model) })
		return tensions, testing.AllocsPerRun(1, func() { _, _ = review.CompareDesign(model, "m0", "RD2") })
	}
	t1, d1 := allocations(200)
	t2, d2 := allocations(2000)
	assert.Less(t, t2, 12*t1)
	assert.Less(t, d2, 12*d1)
}
