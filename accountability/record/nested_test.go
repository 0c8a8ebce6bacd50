package record_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// nested has lists of structs, and a week, whose own slices are of another package.
type nested struct {
	record.Record
	Terms []term          `json:"terms"`
	Week  calendar.Shifts `json:"week"`
}

type term struct {
	On    calendar.When        `json:"on"`
	By    record.ID            `json:"by" ref:"note"`
	Share float64              `json:"share"`
	Other []calendar.Exception `json:"other"`
}

func TestCheckVisitsListsOfStructs(t *testing.T) {
	records := []nested{{Record: record.New("a"), Terms: []term{
		{On: calendar.MustParseWhen("election"), By: "first-b"},
		{On: calendar.MustParseWhen("nowhere"), By: "nobody"},
	}}}
	given := records[0].Terms
	var c record.Check
	record.Add(&c, record.KindDay, "days", []record.Day{{Record: record.New("election"), Earliest: calendar.On(2028, 1, 1), Latest: calendar.On(2029, 8, 15)}})
	record.Add(&c, "note", "notes", []note{{Record: record.Record{ID: "first-b", Of: "first"}}})
	record.Add(&c, "nested", "nested", records)
	faults := c.Run()
	require.Len(t, faults, 2)
	assert.Equal(t, "nested[0].terms[1].on", faults[0].Path)
	assert.Equal(t, "nested[0].terms[1].by", faults[1].Path)
	assert.Equal(t, calendar.On(2029, 8, 15), records[0].Terms[0].On.Latest(), "the named day has its interval")
	assert.Equal(t, record.ID("first"), records[0].Terms[0].By, "the reference names the fact")
	assert.False(t, given[0].On.IsResolved(), "and the caller's own list is as it was")
}

func TestCloneOfListsOfStructs(t *testing.T) {
	shifts := []calendar.Shift{{From: 540, Until: 1020}}
	one := []nested{{Record: record.New("a"), Week: calendar.Weekdays(shifts...), Terms: []term{
		{Other: []calendar.Exception{{From: calendar.On(2028, 1, 1), Week: calendar.EveryDay(calendar.Shift{From: 60, Until: 120})}}}}}}
	two := record.Clone(one)
	require.Equal(t, one, two)
	one[0].Terms[0].Other[0].Week.Monday[0].From = 90
	one[0].Terms[0].Other[0].From = calendar.On(2029, 1, 1)
	one[0].Week.Monday[0].From = 0
	assert.Equal(t, calendar.Clock(60), two[0].Terms[0].Other[0].Week.Monday[0].From)
	assert.Equal(t, calendar.On(2028, 1, 1), two[0].Terms[0].Other[0].From)
	assert.Equal(t, calendar.Clock(540), two[0].Week.Monday[0].From)
}
