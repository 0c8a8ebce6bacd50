package review_test

import (
	"fmt"
	"log"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func recalledPlan() mission.Spec {
	spec := parts(m(""))
	reform := func(id, of, claimant, fate string, endedBy ...record.ID) mission.Reform {
		return mission.Reform{Record: record.Record{ID: record.ID(id), Of: record.ID(of), Claimant: claimant}, Name: "The unit", Fate: fate, EndedBy: endedBy}
	}
	spec.Reforms = []mission.Reform{
		reform("z", "unit-reform", "one author", "worked"),
		reform("unit-reform", "", "another author", "a style to avoid", "control"),
		{Record: record.New("pots"), Name: "The pots", EndedBy: []record.ID{"purse", "control"}, LikenedTo: []record.Ref{theMission}},
	}
	spec.Barriers = []mission.Barrier{
		{Record: record.New("purse"), Name: "Money follows departments", Pattern: mission.ResourcesAndAccount, Subject: theMission},
		{Record: record.Record{ID: "purse-2", Of: "purse", Claimant: "a rival"}, Name: "Money follows departments", Pattern: mission.Incentives},
		{Record: record.New("control"), Name: "Nobody gives up control", Pattern: mission.PowerAndIdentity},
		{Record: record.New("again"), Name: "Control again", Pattern: mission.PowerAndIdentity, Subject: theMission, Removed: when("2026-03")},
		{Record: record.New("odd"), Name: "Something else"},
	}
	return spec
}

func recall(t *testing.T, spec mission.Spec) review.Recollection {
	t.Helper()
	m, err := mission.Compile(spec, mission.View{On: on})
	require.NoError(t, err)
	return review.Recall(m)
}

func TestRecall(t *testing.T) {
	r := recall(t, recalledPlan())
	assert.Equal(t, `Earlier reforms
  The pots
    a claimant not named: says nothing of how it went
    Ended by barrier/control and barrier/purse.
    Likened to mission/m.
  The unit
    another author: "a style to avoid"
    one author: "worked"
    They differ, and both stand.
    Ended by barrier/control.
Barriers, by what sort they are
  incentives
    Money follows departments, in the way of mission/m, by which ended
      reform/pots
  power-and-identity
    Control again, in the way of mission/m, removed 2026-03
    Nobody gives up control, by which ended reform/pots and reform/unit-reform
  resources-and-accountability
    Money follows departments, in the way of mission/m, by which ended
      reform/pots
  of a sort that nobody states
    Something else
`, r.String())
	require.Len(t, r.Reforms[1].Verdicts, 2, "two verdicts, none merged")
	assert.Equal(t, record.Ref{Kind: mission.KindReform, ID: "unit-reform"}, r.Reforms[1].Verdicts[0].Evidence.Ref)
	assert.Empty(t, r.Reforms[1].Verdicts[1].EndedBy, "each claimant's own barriers")

	turned := recalledPlan()
	turned.Reforms[0], turned.Reforms[2] = turned.Reforms[2], turned.Reforms[0]
	turned.Barriers[0], turned.Barriers[4] = turned.Barriers[4], turned.Barriers[0]
	assert.Equal(t, encodedViews(t, r), encodedViews(t, recall(t, turned)), "the order of the records does not show")

	for _, m := range []*mission.Model{nil, new(mission.Model)} {
		assert.Equal(t, "Earlier reforms\n  None is recorded.\nBarriers, by what sort they are\n  None is recorded.\n", review.Recall(m).String())
	}
}

// Two authors judge one unit differently: their verdicts stand side by side, and nobody draws a third from them.
func ExampleRecall() {
	said := func(id record.ID, claimant, fate string) mission.Reform {
		return mission.Reform{Record: record.Record{ID: id, Of: "delivery-unit", Claimant: claimant, Grade: record.Opinion}, Name: "Delivery Unit",
			Began: calendar.MustParseWhen("2001"), Fate: fate}
	}
	model, err := mission.Compile(mission.Spec{
		Reforms: []mission.Reform{said("delivery-unit", "Thomas", "among the most successful central units"), said("dissent", "the Policy Lab", "a style to avoid")},
	}, mission.View{})
	if err != nil {
		log.Fatal(err)
	}
	for _, reform := range review.Recall(model).Reforms {
		fmt.Println(reform.Name, "- verdicts differ:", reform.Differ)
		for _, v := range reform.Verdicts {
			fmt.Println(v)
		}
	}
	// Output:
	// Delivery Unit - verdicts differ: true
	// Thomas: "among the most successful central units" (opinion)
	// the Policy Lab: "a style to avoid" (opinion)
}

// Where one sort of barrier stood: in the order of ids, and no sort before another for how often it did.
func ExampleRecollection() {
	model, err := mission.Compile(mission.Spec{
		Reforms: []mission.Reform{{Record: record.New("total-place"), Name: "Total Place", EndedBy: []record.ID{"purse"}}},
		Barriers: []mission.Barrier{
			{Record: record.New("purse"), Name: "Money follows departments", Pattern: mission.ResourcesAndAccount},
			{Record: record.New("ringfence"), Name: "Ringfenced grants", Pattern: mission.ResourcesAndAccount},
		},
	}, mission.View{})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range review.Recall(model).Patterns {
		for _, place := range p.Places {
			fmt.Println(p.Pattern, "-", place.Name, place.Ended)
		}
	}
	// Output:
	// resources-and-accountability - Money follows departments [reform/total-place]
	// resources-and-accountability - Ringfenced grants []
}
