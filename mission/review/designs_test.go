package review_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func TestEveryDesignIsDocumented(t *testing.T) {
	source := regexp.MustCompile(`^S[0-4]:[1-9]\d*$`)
	all := review.Designs()
	require.Len(t, all, 5)
	elements := map[string]string{}
	for i, d := range all {
		assert.Equal(t, "RD"+string(rune('1'+i)), d.ID)
		got, ok := review.LookupDesign(strings.ToLower(d.ID))
		assert.True(t, ok)
		assert.Same(t, d, got)
		for _, e := range d.Elements {
			t.Run(e.ID, func(t *testing.T) {
				assert.Regexp(t, "^"+d.ID+`(-[a-z]+)+$`, e.ID)
				assert.Empty(t, elements[e.ID])
				elements[e.ID] = d.ID
				assert.Regexp(t, `^[A-Z].*[a-z]\.$`, e.Says)
				assert.Regexp(t, `^[a-z].*[a-z]$`, e.Shown)
				require.NotEmpty(t, e.Sources)
				for _, s := range e.Sources {
					assert.Regexp(t, source, s)
					assert.Contains(t, d.Sources, s)
				}
			})
		}
	}
	for _, x := range review.Disagreements() {
		assert.Regexp(t, `\?$`, x.Question)
		assert.NotEmpty(t, x.Sources)
		for _, s := range x.Sides {
			assert.Equal(t, s.Design, elements[s.Element], s.Element)
		}
		assert.NotEqual(t, x.Sides[0].Design, x.Sides[1].Design)
	}
	assert.Equal(t, "Who leads a mission?", review.Disagreements()[0].Question)
}

func compare(t *testing.T, spec mission.Spec, design string) map[string]review.ElementView {
	t.Helper()
	m, err := mission.Compile(spec, mission.View{On: on})
	require.NoError(t, err)
	v, err := review.CompareDesign(m, "m", design)
	require.NoError(t, err)
	require.Len(t, v.Elements, len(v.Design.Elements))
	by := map[string]review.ElementView{}
	for i, e := range v.Elements {
		assert.Same(t, &v.Design.Elements[i], e.Element, "in the order of the design")
		by[e.Element.ID] = e
	}
	return by
}

func TestCompareWithNothingRecorded(t *testing.T) {
	for _, d := range review.Designs() {
		for id, e := range compare(t, parts(m("")), d.ID) {
			assert.Equal(t, review.Unknown, e.Presence, id)
			assert.Equal(t, "Nothing is recorded of it. To know, record "+e.Element.Shown+".", e.Text)
		}
	}
}

// saidBy gives a record a claimant.
func saidBy(e mission.Event, id, claimant string) mission.Event {
	e.ID, e.Claimant = record.ID(id), claimant
	return e
}

func TestElements(t *testing.T) {
	mean := func(means accountability.Means) accountability.Duty { return lead("head", means) }
	yes, no := record.Known(true), record.Known(false)
	vacant := accountability.Duty{Duty: accountability.MissionLead, Subject: theMission, State: accountability.Vacant}
	unclear, contested := vacant, vacant
	unclear.State, contested.State = accountability.Unclear, accountability.Contested
	plan, none := event(mission.PlanPublished, theMission, "2026-01-01"), never(mission.PlanPublished, theMission)
	prevention := func(minor int64) mission.Spec {
		return parts(m(""), funding.Allocation{Subject: theMission, Nature: funding.Prevention, Amount: gbp(minor)})
	}
	settled := func(priorities string) mission.Spec {
		spec := parts(m(""), event(mission.Priorities, theMission, priorities))
		spec.SpendingReviews = []funding.Review{{Record: record.New("sr"), Name: "Review"}}
		spec.Settlements = []funding.Settlement{{Record: record.New("deal"), Review: "sr", Party: "org", For: []record.Ref{theMission}, Agreed: when("2026-03-15")}}
		return spec
	}
	council := func(chair record.ID, cadence string) mission.Spec {
		spec := parts(m(""), accountability.Duty{Duty: accountability.HeadOfGovernment, Subject: record.Ref{Kind: accountability.KindParty, ID: "org"}, Post: "minister"})
		spec.Forums = []accountability.Forum{{Record: record.New("c"), Kind: accountability.MissionCouncil, Name: "Council", Chair: chair, Cadence: cadence}}
		return spec
	}
	aligned := func(met record.Value[bool], subject record.Ref) mission.Spec {
		spec := parts(m(""))
		spec.Conditions = []mission.Condition{{Record: record.New("c"), Kind: mission.AlignedLeads, Subject: subject, Met: met}}
		return spec
	}
	lever := func(pull string) mission.Spec {
		spec := parts(m(""))
		spec.Levers = []mission.Lever{{Record: record.New("l"), Name: "Promotion", Kind: mission.RewardRule, Pull: pull}}
		return spec
	}
	stance := func(all ...string) mission.Spec {
		spec := parts(m(""))
		for i, s := range all {
			spec.Relations = append(spec.Relations, mission.Relation{Record: record.New(record.ID("r" + string(rune('a'+i)))), Party: "org", With: "town", Subject: theMission, Stance: s})
		}
		return spec
	}
	long := m("")
	long.Horizon = when("2035")
	first := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}, Kind: milestone.FirstStep}
	part := func(ids ...record.ID) mission.Spec { r := m(""); r.Contributors = record.Known(ids); return parts(r) }
	for _, c := range []struct {
		element, name string
		spec          mission.Spec
		want          review.Presence
		says          string
	}{
		{"RD1-one-leader", "held", parts(m(""), mean(accountability.Means{})), review.Present, `"mission-lead" on the mission "Homes": Head`},
		{"RD1-one-leader", "vacant", parts(m(""), vacant), review.Absent, "vacant"},
		{"RD1-one-leader", "unclear settles nothing", parts(m(""), unclear), review.Unknown, ""},
		{"RD1-one-leader", "contested", parts(m(""), contested), review.Conflicting, "contested"},
		{"RD1-direct-route", "has one", parts(m(""), mean(accountability.Means{Route: yes})), review.Present, "Head"},
		{"RD1-direct-route", "has none", parts(m(""), mean(accountability.Means{Route: no})), review.Absent, ""},
		{"RD1-money", "withheld", parts(m(""), mean(accountability.Means{Budget: record.Withheld[bool]("a ground")})), review.Unknown, ""},
		{"RD1-prevention", "some", prevention(5), review.Present, "0.05 GBP"},
		{"RD1-prevention", "nought", prevention(0), review.Absent, ""},
		{"RD1-priorities-first", "before the settlement", settled("2026-03-01"), review.Present, ""},
		{"RD1-priorities-first", "after it", settled("2026-04-01"), review.Absent, "1 April 2026"},
		{"RD1-priorities-first", "in the same month", settled("2026-03"), review.Unknown, ""},
		{"RD1-priorities-first", "said not to be", parts(m(""), never(mission.Priorities, theMission)), review.Absent, ""},
		{"RD2-council", "for all missions", council("", ""), review.Present, `"Council"`},
		{"RD2-council-chair", "the head of government", council("minister", ""), review.Present, ""},
		{"RD2-council-chair", "another", council("head", ""), review.Absent, ""},
		{"RD2-council-chair", "nobody is recorded", council("", ""), review.Unknown, ""},
		{"RD2-council-quarterly", "quarterly", council("", "quarterly"), review.Present, ""},
		{"RD2-council-quarterly", "yearly", council("", "every year"), review.Absent, ""},
		{"RD2-commitment", "met by all", aligned(yes, record.Ref{}), review.Present, ""},
		{"RD2-commitment", "not met", aligned(no, theMission), review.Absent, "aligned-leaders"},
		{"RD2-commitment", "not known", aligned(record.Unknown[bool](""), theMission), review.Unknown, ""},
		{"RD2-reward", "pays for it", lever(mission.PullsWith), review.Present, ""},
		{"RD2-reward", "pays against it", lever(mission.PullsAgainst), review.Absent, ""},
		{"RD2-reward", "idle", lever(mission.Idle), review.Unknown, ""},
		{"RD4-plan", "published", parts(m(""), plan), review.Present, "on 1 January 2026"},
		{"RD4-plan", "said not to be", parts(m(""), none), review.Absent, ""},
		{"RD4-plan", "by the same claimant both ways", parts(m(""), saidBy(plan, "x", "a"), saidBy(none, "y", "a")), review.Present, "The same claimant also says"},
		{"RD4-plan", "claimants differ", parts(m(""), saidBy(plan, "x", "a"), saidBy(none, "y", "b")), review.Conflicting, "(says a)"},
		{"RD4-plan", "to come", parts(m(""), event(mission.PlanPublished, theMission, "2027-01-01")), review.Unknown, ""},
		{"RD4-enlisting", "outside", part("org", "town"), review.Present, "The Town"},
		{"RD4-enlisting", "central only", part("org", "unit"), review.Unknown, ""},
		{"RD4-enlisting", "all central", part("org"), review.Absent, "all who take part are central"},
		{"RD5-long-and-short", "both", parts(long, first), review.Present, ""},
		{"RD5-long-and-short", "one", parts(long), review.Unknown, ""},
		{"RD5-stances", "two", stance(mission.Convenor, mission.Funder), review.Present, ""},
		{"RD5-stances", "twice one", stance(mission.Convenor, mission.Convenor), review.Unknown, ""},
	} {
		t.Run(c.element+" "+c.name, func(t *testing.T) {
			e, ok := compare(t, c.spec, c.element[:3])[c.element]
			require.True(t, ok)
			assert.Equal(t, c.want, e.Presence, e.Text)
			assert.Contains(t, e.Text, c.says)
			assert.Equal(t, c.want == review.Present || c.want == review.Conflicting, len(e.For) > 0)
			if c.want == review.Absent || c.want == review.Conflicting {
				assert.NotEmpty(t, e.Against, "absent only where a record says so")
			}
		})
	}
	weak := graded(none, record.Hearsay)
	assert.True(t, compare(t, parts(m(""), weak), "RD4")["RD4-plan"].Weak)
}

// Records of another mission show nothing of this one; those of none count only where the element says so.
func TestElementsOfAnotherMission(t *testing.T) {
	spec := parts(m(""), event(mission.PlanPublished, record.Ref{Kind: mission.KindMission, ID: "m2"}, "2026-01-01"),
		event(mission.JointDecision, record.Ref{}, "2026-01-01"), event(mission.Deliberation, record.Ref{}, "2026-01-01"))
	spec.Missions = append(spec.Missions, mission.Mission{Record: record.New("m2"), Name: "Another"})
	assert.Equal(t, review.Unknown, compare(t, spec, "RD4")["RD4-plan"].Presence)
	assert.Equal(t, review.Present, compare(t, spec, "RD3")["RD3-coalition"].Presence)
	assert.Equal(t, review.Unknown, compare(t, spec, "RD2")["RD2-deliberation"].Presence)
}

// A set of principles of the caller's own is data: it survives a round trip, and an element without a check stays unknown.
func TestOwnDesign(t *testing.T) {
	own := review.Design{ID: "camden", Title: "What worked in a borough", Elements: []review.Element{
		{ID: "letters", Says: "Letters are sent.", Check: review.Check{Events: []string{"letter-sent"}, Duties: []string{"champion"}}},
		{ID: "circle", Says: "A circle meets.", Check: review.Check{Forums: []string{"circle"}, AtLarge: true}},
		{ID: "spirit", Says: "The spirit is right."},
	}}
	b, err := json.Marshal(own)
	require.NoError(t, err)
	var back review.Design
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, own, back)

	spec := parts(m(""), event("letter-sent", theMission, ""), accountability.Duty{Duty: "champion", Subject: theMission, State: accountability.Vacant})
	spec.Forums = []accountability.Forum{{Record: record.New("c"), Kind: "circle", Name: "The Circle"}}
	model, err := mission.Compile(spec, mission.View{On: on})
	require.NoError(t, err)
	v, err := back.Compare(model, "m")
	require.NoError(t, err)
	var states []review.Presence
	for _, e := range v.Elements {
		states = append(states, e.Presence)
	}
	assert.Equal(t, []review.Presence{review.Present, review.Present, review.Unknown}, states)
	assert.Empty(t, v.Disagrees)
	assert.Equal(t, "Nothing is recorded of it.", v.Elements[2].Text)
}

func TestCompareErrors(t *testing.T) {
	model, err := mission.Compile(parts(m("")), mission.View{})
	require.NoError(t, err)
	_, err = review.CompareDesign(model, "m", "RD9")
	unknown, ok := errors.AsType[*review.UnknownError](err)
	require.True(t, ok)
	assert.Equal(t, `there is no design "RD9": did you mean "RD1"?`, unknown.Error())
	_, err = review.CompareDesign(model, "m", "principles")
	assert.EqualError(t, err, `there is no design "principles": docs/designs.md lists them`)
	_, err = review.CompareDesign(model, "n", "RD1")
	dangling, ok := errors.AsType[*record.DanglingError](err)
	require.True(t, ok)
	assert.Equal(t, record.ID("m"), dangling.Nearest)
	_, err = review.CompareDesign(nil, "m", "RD1")
	assert.Error(t, err)
}

// No number says how much of a design is there.
func TestDesignsAreNotCounted(t *testing.T) {
	for _, x := range []reflect.Type{reflect.TypeFor[review.DesignView](), reflect.TypeFor[review.ElementView](), reflect.TypeFor[review.Disagreement]()} {
		for f := range x.Fields() {
			assert.NotContains(t, []reflect.Kind{reflect.Int, reflect.Float64, reflect.Int64}, f.Type.Kind(), f.Name)
		}
	}
}

func TestPresence(t *testing.T) {
	for _, p := range []review.Presence{review.Present, review.Absent, review.Unknown, review.Conflicting} {
		var back review.Presence
		require.NoError(t, back.UnmarshalText([]byte(p.String())))
		assert.Equal(t, p, back)
	}
	assert.Empty(t, review.Presence(0).String())
	_, ok := errors.AsType[*record.EnumError](new(review.Presence).UnmarshalText([]byte("partly")))
	assert.True(t, ok)
}

// Every plan can be held against every design; the order of its records does not show.
func FuzzDesigns(f *testing.F) {
	for seed := range seeds(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		if spec.Check().Err() != nil {
			t.Skip("the dice made a plan that does not hold together")
		}
		compared := func(spec mission.Spec) (all []review.DesignView) {
			m, err := mission.Compile(spec, mission.View{On: on})
			require.NoError(t, err)
			for _, x := range review.Designs() {
				if v, err := x.Compare(m, "mission0"); err == nil {
					all = append(all, v)
				}
			}
			return all
		}
		views := compared(spec)
		assert.Equal(t, encodedViews(t, views), encodedViews(t, compared(d.shuffled(spec))))
		for _, v := range views {
			for _, e := range v.Elements {
				assert.Equal(t, e.Presence == review.Unknown, len(e.For)+len(e.Against) == 0)
				assert.False(t, e.Presence == review.Absent && len(e.For) > 0)
			}
			assert.NotContains(t, v.String(), "Zaphod")
			for line := range strings.Lines(v.String()) {
				assert.LessOrEqual(t, len([]rune(strings.TrimSuffix(line, "\n"))), 80)
			}
		}
	})
}
