package accountability_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// ended is a register of which everything ended in 2024.
func ended() accountability.Spec {
	over := func(id record.ID) record.Record {
		return record.Record{ID: id, From: calendar.MustParseWhen("2024-01-01"), Until: calendar.MustParseWhen("2024-06-01")}
	}
	return accountability.Spec{
		Parties: []accountability.Party{
			{Record: record.New("secretary"), Kind: accountability.Post, Name: "Permanent Secretary"},
			{Record: record.New("house"), Kind: accountability.Body, Name: "The House"},
			{Record: record.New("person"), Kind: accountability.Person},
		},
		Holdings: []accountability.Holding{{Record: record.New("holding"), Post: "secretary", Holder: "person"}},
		Leaves:   []accountability.Leave{{Record: over("leave"), Holding: "holding", Why: "parental"}},
		Lines:    []accountability.Line{{Record: over("line"), Actor: "secretary", Forum: record.Ref{Kind: accountability.KindParty, ID: "house"}}},
		Grants:   []accountability.Grant{{Record: over("grant"), To: "secretary", Powers: []string{accountability.PowerSpend}}},
		Spaces:   []accountability.LearningSpace{{Record: over("space"), Name: "Trial", Subject: record.Ref{Kind: "mission", ID: "m"}}},
	}
}

func ExampleRegister_LastLeaves() {
	register, err := accountability.Compile(ended(), record.View{On: calendar.On(2025, time.June, 1)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(register.Leaves("holding", record.Moment{})), "on the day")
	for _, c := range register.LastLeaves(time.Time{}) {
		fmt.Println(c.Record.Why, "until", c.Valid.Until)
	}
	// Output:
	// 0 on the day
	// parental until 2024-06-01
}

func ExampleRegister_LastLines() {
	register, _ := accountability.Compile(ended(), record.View{On: calendar.On(2025, time.June, 1)})
	for _, c := range register.LastLines(time.Time{}) {
		fmt.Println(c.Record.Actor, "answered until", c.Valid.Until)
	}
	// Output: secretary answered until 2024-06-01
}

func ExampleRegister_LastGrants() {
	register, _ := accountability.Compile(ended(), record.View{On: calendar.On(2025, time.June, 1)})
	for _, c := range register.LastGrants(time.Time{}) {
		fmt.Println(c.Record.To, "could", c.Record.Powers[0], "until", c.Valid.Until)
	}
	// Output: secretary could spend until 2024-06-01
}

func ExampleRegister_LastSpaces() {
	register, _ := accountability.Compile(ended(), record.View{On: calendar.On(2025, time.June, 1)})
	for _, c := range register.LastSpaces(time.Time{}) {
		fmt.Println(c.Record.Name, "until", c.Valid.Until)
	}
	// Output: Trial until 2024-06-01
}

// What was taken back is no word, what a claimant changed is the last one, what is not known yet does not count, and what the
// view leaves out is not told.
func TestLast(t *testing.T) {
	spec := ended()
	first := time.Date(2024, time.January, 2, 0, 0, 0, 0, time.UTC)
	space := func(id record.ID, verb record.Verb, claimant string, days int) accountability.LearningSpace {
		s := accountability.LearningSpace{Record: record.Record{ID: id, Of: "z", Verb: verb, Claimant: claimant, Reason: "a reason", Recorded: first.AddDate(0, 0, days)}, Name: string(id), Subject: record.Ref{Kind: "mission", ID: "m"}}
		return s
	}
	spec.Spaces = []accountability.LearningSpace{
		space("z", record.Assert, "", 0), space("z2", record.Correct, "", 1), space("z3", record.Assert, "a council", 2),
		{Record: record.Record{ID: "z4", Of: "z", Verb: record.Retract, Claimant: "a council", Reason: "a reason", Recorded: first.AddDate(0, 0, 3)}},
	}
	spec.Spaces[0].Of = ""
	spec.Spaces[1].Audience = record.Restricted
	names := func(view record.View, known time.Time) []string {
		r, err := accountability.Compile(spec, view)
		require.NoError(t, err)
		names := []string{}
		for _, c := range r.LastSpaces(known) {
			names = append(names, string(c.Record.ID))
		}
		return names
	}
	assert.Equal(t, []string{"z2"}, names(record.View{}, time.Time{}))
	assert.Equal(t, []string{"z2", "z3"}, names(record.View{}, first.AddDate(0, 0, 2)))
	assert.Equal(t, []string{"z2", "z3"}, names(record.View{Known: first.AddDate(0, 0, 2)}, time.Time{}))
	assert.Equal(t, []string{"z"}, names(record.View{Known: first}, time.Time{}))
	assert.Empty(t, names(record.View{}, first.AddDate(0, 0, -1)))
	assert.Equal(t, []string{"z"}, names(record.View{Audience: record.Public}, time.Time{}))
	assert.Empty(t, new(accountability.Register).LastLeaves(time.Time{}))
}
