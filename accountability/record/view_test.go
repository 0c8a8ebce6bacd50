package record_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func TestViewRemoves(t *testing.T) {
	hearsay := record.Record{ID: "a", Grade: record.Hearsay}
	official := record.Record{ID: "b", Grade: record.Document, Audience: record.Official}
	both := record.Record{ID: "c", Grade: record.Hearsay, Audience: record.Restricted}
	plain := record.Record{ID: "d"}
	for _, c := range []struct {
		name string
		view record.View
		want [4]record.Removal // of hearsay, official, both, plain
	}{
		{"the zero view leaves nothing out", record.View{}, [4]record.Removal{}},
		{"named grades alone", record.View{Without: []record.Grade{record.Hearsay, record.Opinion}}, [4]record.Removal{record.ByGrade, 0, record.ByGrade, 0}},
		{"the ungraded are a grade to name", record.View{Without: []record.Grade{0}}, [4]record.Removal{0, 0, 0, record.ByGrade}},
		{"the public sees what is for everyone", record.View{Audience: record.Public}, [4]record.Removal{0, record.ByAudience, record.ByAudience, 0}},
		{"officials see more", record.View{Audience: record.Official}, [4]record.Removal{0, 0, record.ByAudience, 0}},
		{"the restricted see all", record.View{Audience: record.Restricted}, [4]record.Removal{}},
		{"grade is named first", record.View{Audience: record.Public, Without: []record.Grade{record.Hearsay}}, [4]record.Removal{record.ByGrade, record.ByAudience, record.ByGrade, 0}},
	} {
		var got [4]record.Removal
		for i, r := range []*record.Record{&hearsay, &official, &both, &plain} {
			got[i] = c.view.Removes(r)
		}
		assert.Equal(t, c.want, got, c.name)
	}
	assert.Equal(t, "grade left out", record.ByGrade.String())
	assert.Equal(t, "for a narrower audience", record.ByAudience.String())
	assert.Empty(t, record.Removal(0).String())
	assert.Equal(t, "value 9", record.Removal(9).String())
}

func TestSelect(t *testing.T) {
	records := []note{{Record: record.New("a")}, {Record: record.Record{ID: "b", Grade: record.Opinion}}, {Record: record.Record{ID: "c", Audience: record.Official}}, {Record: record.New("d")}}
	v := record.View{Without: []record.Grade{record.Opinion}, Audience: record.Public}
	kept, removed := record.Select(&v, records)
	assert.Equal(t, []note{records[0], records[3]}, kept)
	assert.Equal(t, [3]int{2, 1, 1}, removed)
	kept[0].ID = "changed"
	assert.Equal(t, record.ID("a"), records[0].ID)
	none, removed := record.Select(&v, []note(nil))
	assert.Empty(t, none)
	assert.Equal(t, [3]int{}, removed)
}

func TestViewAt(t *testing.T) {
	day, other := calendar.On(2025, 1, 1), calendar.On(2026, 1, 1)
	instant, later := time.Unix(1, 0), time.Unix(2, 0)
	v := record.View{On: day, Known: instant}
	assert.Equal(t, record.Moment{On: day, Known: instant}, v.At(record.Moment{}))
	assert.Equal(t, record.Moment{On: other, Known: instant}, v.At(record.Moment{On: other}))
	assert.Equal(t, record.Moment{On: day, Known: later}, v.At(record.Moment{Known: later}))
	assert.Equal(t, record.Moment{}, new(record.View).At(record.Moment{}))
}
