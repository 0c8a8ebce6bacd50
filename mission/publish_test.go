package mission_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/gen"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

func ExamplePublish() {
	plan := mission.Spec{
		Parties: []accountability.Party{
			{Record: record.Invented("lead"), Kind: accountability.Post, Name: "Head of mission"},
			{Record: record.Invented("ann-example"), Kind: accountability.Person, Name: "Ann Example"},
		},
		Holdings: []accountability.Holding{{Record: record.Record{ID: "ann-example-lead", Note: "shy"}, Post: "lead", Holder: "ann-example"}},
		Missions: []mission.Mission{{Record: record.Invented("warm"), Name: "Warm homes", Statement: "As Ann Example has said, no cold home"}},
		Events: []mission.Event{
			{Record: record.Record{ID: "row", Audience: record.Official}, Kind: mission.Dispute, Subject: mission.Ref("warm")},
			{Record: record.Invented("talk"), Kind: mission.Signal, Subject: mission.Ref("warm"), Because: "Example spoke first"},
		},
	}
	out, err := mission.Publish(plan, mission.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Spec.Missions[0].Statement)
	fmt.Println(out.Spec.Holdings[0].ID, out.Spec.Holdings[0].Holder)
	model, err := out.Model()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range model.Removed() {
		fmt.Println(r.Count, r.Kind, r.Field, "-", r.Why)
	}
	for _, w := range out.Withheld {
		fmt.Println(w.Ref, cmp.Or(w.Field, "whole"))
	}
	fmt.Println("read before it goes out:", out.Look[0].Ref, out.Look[0].Field)
	// Output:
	// As person-1 has said, no cold home
	// holding-1 person-1
	// 1 party name - names of persons are not published
	// 1 holding note - notes are for those who keep the plan
	// 1 event  - for a narrower audience
	// party/ann-example name
	// holding/ann-example-lead note
	// event/row whole
	// read before it goes out: event/talk because
}

// texts is all that a plan says.
func texts(s mission.Spec) string {
	var b strings.Builder
	for _, t := range s.Tables() {
		fmt.Fprintf(&b, "%+v\n", t.Records)
	}
	return b.String()
}

func TestACopyHoldsNothingThatIsWithheld(t *testing.T) {
	spec := energy()
	spec.Parties = append(spec.Parties, accountability.Party{Record: record.Record{ID: "ann-2", Of: "ann", Verb: record.Change}, Kind: accountability.Person, Name: "Ann Married"})
	spec.Missions[0].Statement = "ANN EXAMPLE, and later ann married; Bob Example; Anne Examples"
	spec.Forums[0].Members = record.Known([]record.ID{"minister", "bob"})
	spec.Events = append(spec.Events,
		mission.Event{Record: record.Record{ID: "with-bob", Source: "leak", At: "page 3"}, Kind: mission.Consultation, Subject: stepRef("planning"), With: []record.ID{"bob", "dept"}},
		mission.Event{Record: record.Record{ID: "about-bob", Claimant: "bob"}, Kind: mission.Signal, Subject: record.Ref{Kind: accountability.KindParty, ID: "bob"}},
		mission.Event{Record: record.Record{ID: "after", Claimant: "ann"}, Kind: mission.Signal, Subject: record.Ref{Kind: mission.KindEvent, ID: "about-bob"}})
	spec.Holdings = append(spec.Holdings, accountability.Holding{Record: record.New("bobs"), Post: "minister", Holder: "bob"})

	out, err := mission.Publish(spec, mission.View{On: day("2026-01-01")})
	require.NoError(t, err)
	all := texts(out.Spec)
	for _, word := range []string{"Ann Example", "ANN EXAMPLE", "ann married", "Bob Example", "{ID:ann", "Holder:ann", "bob", "leak", "page 3", "x-colour"} {
		assert.NotContains(t, all, word)
	}
	assert.Equal(t, "person-1, and later person-1; somebody; Anne Examples", out.Spec.Missions[0].Statement)
	assert.Equal(t, "withheld (some of those listed are not published)", out.Spec.Forums[0].Members.Why())
	at := slices.IndexFunc(out.Spec.Events, func(e mission.Event) bool { return slices.Equal(e.With, []record.ID{"dept"}) })
	require.GreaterOrEqual(t, at, 0)
	assert.Equal(t, instant("2025-06-01"), out.Spec.Events[at].Recorded, "as known as its source made it")
	assert.Equal(t, 0, strings.Count(all, "about-"), "what it is about is not there, nor what is about that")
	for _, w := range []mission.Withheld{
		{Ref: record.Ref{Kind: mission.KindEvent, ID: "about-bob"}, Why: "what it is about is not published"},
		{Ref: record.Ref{Kind: mission.KindEvent, ID: "after"}, Why: "what it is about is not published"},
		{Ref: record.Ref{Kind: accountability.KindHolding, ID: "bobs"}, Why: "without what is withheld it says too little"},
		{Ref: record.Ref{Kind: accountability.KindForum, ID: "board"}, Field: "members", Why: "some of those listed are not published"},
	} {
		assert.Contains(t, out.Withheld, w)
	}
	total := 0
	for _, r := range out.Removed {
		total += r.Count
	}
	assert.GreaterOrEqual(t, total, len(out.Withheld)-1)

	m, err := out.Model()
	require.NoError(t, err, "it stands alone")
	assert.Equal(t, out.Removed, m.Removed(), "and says what it lacks")
	assert.Equal(t, day("2026-01-01"), m.View().On)
	again, err := mission.Publish(out.Spec, mission.View{})
	require.NoError(t, err)
	assert.True(t, texts(out.Spec) == texts(again.Spec), "a copy of the copy is the copy")
	assert.Equal(t, energy().Milestones, spec.Milestones, "the plan is as it was")
}

func TestACopyOfAFaultyPlan(t *testing.T) {
	_, err := mission.Publish(mission.Spec{Milestones: []milestone.Milestone{{}}}, mission.View{})
	assert.ErrorIs(t, err, record.ErrNoID)
	out, err := mission.Publish(mission.Spec{}, mission.View{})
	require.NoError(t, err)
	assert.Empty(t, out.Removed)
}

func TestCopiesOfRandomPlans(t *testing.T) {
	for seed := range uint64(25) {
		spec := gen.Spec(seed, 3, 12, 20)
		draw := rand.New(rand.NewPCG(seed, 7))
		for _, b := range spec.Bases() {
			if draw.IntN(6) == 0 {
				b.Audience = record.Restricted
			}
			if draw.IntN(9) == 0 {
				b.Note = "between ourselves"
			}
		}
		out, err := mission.Publish(spec, mission.View{On: spec.AsOf})
		require.NoError(t, err, "seed %d", seed)
		_, err = mission.Compile(out.Spec, mission.View{On: spec.AsOf})
		require.NoError(t, err)
		for _, b := range out.Spec.Bases() {
			require.NotEqual(t, record.Restricted, b.Audience)
			require.Empty(t, b.Note)
		}
		for _, p := range out.Spec.Parties {
			require.True(t, p.Kind != accountability.Person || p.Name == "" && strings.HasPrefix(string(p.ID), "person-"))
		}

		var data bytes.Buffer
		require.NoError(t, document.Encode(&data, out.Spec))
		back, err := document.Decode(&data, document.Options{})
		require.NoError(t, err)
		_, err = mission.Compile(back, mission.View{On: spec.AsOf})
		require.NoError(t, err, "seed %d: written and read, it stands alone", seed)
		again, err := mission.Publish(spec, mission.View{On: spec.AsOf})
		require.NoError(t, err)
		require.True(t, reflect.DeepEqual(out, again))
	}
}
