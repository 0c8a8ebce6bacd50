package record_test

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// note is a kind of record for the tests of this package.
type note struct {
	record.Record
	Text string `json:"text"`
}

// sample is a kind of record with a member of every sort that a check looks at.
type sample struct {
	record.Record
	One      record.ID                   `json:"one" ref:"note"`
	Several  []record.ID                 `json:"several" ref:"note"`
	Any      record.Ref                  `json:"any"`
	Some     record.Ref                  `json:"some" ref:"note,source"`
	List     []record.Ref                `json:"list" ref:"note,source"`
	Maybe    record.Value[[]record.ID]   `json:"maybe" ref:"note"`
	Due      calendar.When               `json:"due"`
	Share    float64                     `json:"share"`
	Part     part                        `json:"part"`
	Words    []string                    `json:"words"`
	Amount   record.Value[record.Money]  `json:"amount"`
	Reported record.Value[calendar.When] `json:"reported"`
	Free     record.ID                   `json:"free"` // not a reference, for want of a tag
}

type part struct {
	By    record.ID `json:"by" ref:"note"`
	Share float32   `json:"share"`
}
