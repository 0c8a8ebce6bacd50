package mission_test

import (
	"fmt"
	"log"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// An answer tells "nobody recorded it" from "the view left it out".
func ExampleModel_LeftOut() {
	homes := record.Ref{Kind: mission.KindMission, ID: "homes"}
	spec := mission.Spec{
		Missions: []mission.Mission{{Record: record.New("homes"), Name: "Homes"}},
		Events:   []mission.Event{{Record: record.Record{ID: "whisper", Grade: record.Hearsay}, Kind: mission.PlanPublished, Subject: homes, Absent: true}},
	}
	model, err := mission.Compile(spec, mission.View{Without: []record.Grade{record.Hearsay}})
	if err != nil {
		log.Fatal(err)
	}
	for ref := range model.Records() {
		fmt.Println("left in:", ref)
	}
	fmt.Println("left out:", model.LeftOut(mission.KindEvent, homes, mission.PlanPublished))
	// Output:
	// left in: mission/homes
	// left out: [event/whisper]
}

func TestLeftOut(t *testing.T) {
	homes := record.Ref{Kind: mission.KindMission, ID: "homes"}
	hearsay := func(id record.ID, audience record.Audience) record.Record {
		return record.Record{ID: id, Grade: record.Hearsay, Audience: audience}
	}
	spec := mission.Spec{
		Missions: []mission.Mission{{Record: record.New("homes"), Name: "Homes"}},
		Duties:   []accountability.Duty{{Record: hearsay("lead", 0), Duty: "mission-lead", Subject: homes, State: accountability.Vacant}},
		Forums:   []accountability.Forum{{Record: hearsay("board", 0), Kind: "mission-board", Subject: homes}},
		Events: []mission.Event{
			{Record: hearsay("plan", 0), Kind: mission.PlanPublished, Subject: homes, Absent: true},
			{Record: hearsay("secret", record.Restricted), Kind: mission.PlanPublished, Subject: homes},
			{Record: record.New("kept"), Kind: mission.PlanPublished, Subject: homes},
		},
		Allocations: []funding.Allocation{{Record: hearsay("money", 0), Subject: homes}},
	}
	model, err := mission.Compile(spec, mission.View{Without: []record.Grade{record.Hearsay}, Audience: record.Official})
	require.NoError(t, err)
	assert.Equal(t, []record.Ref{{Kind: "event", ID: "plan"}}, model.LeftOut(mission.KindEvent, homes, mission.PlanPublished), "what is for a narrower audience is not told")
	assert.Empty(t, model.LeftOut(mission.KindEvent, homes, mission.Commitment))
	assert.Equal(t, []record.Ref{{Kind: "event", ID: "plan"}}, model.LeftOut(mission.KindEvent, homes, ""), "the empty word takes all")
	assert.Equal(t, []record.Ref{{Kind: "duty", ID: "lead"}}, model.LeftOut(accountability.KindDuty, homes, accountability.MissionLead))
	assert.Equal(t, []record.Ref{{Kind: "forum", ID: "board"}}, model.LeftOut(accountability.KindForum, homes, accountability.MissionBoard))
	assert.Equal(t, []record.Ref{{Kind: "allocation", ID: "money"}}, model.LeftOut(funding.KindAllocation, homes, ""))

	model, err = mission.Compile(spec, mission.View{})
	require.NoError(t, err)
	assert.Empty(t, model.LeftOut(mission.KindEvent, homes, ""), "nothing is left out")
}

func TestRecords(t *testing.T) {
	spec := mission.Spec{
		Events:   []mission.Event{{Record: record.Sourced("e", "", "p. 1", record.Opinion), Kind: "inquiry"}},
		Missions: []mission.Mission{{Record: record.Sourced("m", "", "", record.Document), Name: "Homes"}},
	}
	model, err := mission.Compile(spec, mission.View{})
	require.NoError(t, err)
	var refs []record.Ref
	var grades []record.Grade
	for ref, r := range model.Records() {
		refs, grades = append(refs, ref), append(grades, r.Grade)
	}
	assert.Equal(t, []record.Ref{{Kind: "mission", ID: "m"}, {Kind: "event", ID: "e"}}, refs, "in the order of the document")
	assert.Equal(t, []record.Grade{record.Document, record.Opinion}, grades)
	for ref := range model.Records() {
		assert.Equal(t, refs[0], ref)
		break
	}
	for range new(mission.Model).Records() {
		t.Fatal("the zero Model holds nothing")
	}
}

// The zero Model, Plan and Register answer every question with nothing.
func TestTheZeroModel(t *testing.T) {
	m := new(mission.Model)
	assert.Empty(t, m.Missions())
	assert.Empty(t, m.Plan().Milestones())
	assert.Empty(t, m.Register().Parties())
	assert.Equal(t, 0, m.Graph(record.Moment{}).Len())
	assert.Equal(t, "x", m.Name(record.Ref{Kind: "mission", ID: "x"}))
}
