package review_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// What the rules share of events is what the model says of each subject and kind by itself.
func TestEventsAreThoseOfTheModel(t *testing.T) {
	for seed := range seeds(300) {
		d := newDice(seed)
		spec := d.spec()
		for i := range spec.Events {
			if d.IntN(10) == 0 {
				spec.Events[i].Subject = record.Ref{}
			}
		}
		view := pick(d, mission.View{On: on}, mission.View{}, mission.View{On: on, Audience: record.Public}, mission.View{On: on, Without: []record.Grade{record.Opinion}})
		model, err := mission.Compile(spec, view)
		require.NoError(t, err)
		kinds := map[string]bool{mission.Stocktake: true}
		subjects := map[record.Ref]bool{{}: true, mission.Ref("nowhere"): true}
		for i := range spec.Events {
			kinds[spec.Events[i].Kind], subjects[spec.Events[i].Subject] = true, true
		}
		for ref := range model.Records() {
			subjects[ref] = true
		}
		for ref := range subjects {
			for kind := range kinds {
				var present, absent []record.ID
				for _, c := range model.Events(ref, kind, record.Moment{}) {
					if c.Record.Absent {
						absent = append(absent, c.Record.ID)
					} else {
						present = append(present, c.Record.ID)
					}
				}
				yes, no := review.EventsSeen(model, ref, kind)
				require.ElementsMatch(t, present, yes, "%d %v %s", seed, ref, kind)
				require.ElementsMatch(t, absent, no, "%d %v %s", seed, ref, kind)
				require.IsIncreasing(t, append(yes, "~"), "%d %v %s", seed, ref, kind)
			}
		}
	}
}

// No rule changes what all of them share: after a run it is what it was before.
func TestEventsAreLeftAlone(t *testing.T) {
	for _, rule := range review.Rules() {
		for _, example := range []func() review.Example{rule.Bad, rule.Good, rule.Unclear, rule.Harmless} {
			x := example()
			model, err := mission.Compile(x.Spec, mission.View{On: x.On})
			require.NoError(t, err)
			assert.True(t, review.LeavesEvents(model), "%s: %s", rule.ID, x.Says)
		}
	}
	for seed := range seeds(200) {
		model, err := mission.Compile(newDice(seed).spec(), mission.View{On: on})
		require.NoError(t, err)
		assert.True(t, review.LeavesEvents(model), seed)
	}
}
