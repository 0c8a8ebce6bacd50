package popolo

import (
	"encoding/json"
	"strconv"

	"github.com/missionled/missionled/accountability/record"
)

// Extensions of records that keep what [Write] needs to give a file back as it was. Each holds a JSON text.
const (
	extID             = "x-popolo-id"             // the id in the file, where that is no id of ours
	extClassification = "x-popolo-classification" // of an organization or area
	extRole           = "x-popolo-role"           // of a membership or post
	extMade           = "x-popolo-made"           // the record stands for something that the file does not name
	extRank           = "x-ifg-rank"
	extType           = "x-ifg-type"
	extLink           = "x-ifg-link"
)

// keep adds a text to the extensions of a record.
func keep(r *record.Record, name, text string) {
	if text == "" {
		return
	}
	if r.Extensions == nil {
		r.Extensions = make(record.Extensions)
	}
	r.Extensions[name] = quote(text)
}

// kept returns a text that keep has added, or "".
func kept(r *record.Record, name string) string {
	var s string
	if json.Unmarshal([]byte(r.Extensions[name]), &s) != nil {
		return ""
	}
	return s
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(b)
}

// ids gives every thing an id of its own.
type ids struct {
	taken map[record.ID]bool
	next  map[record.ID]int // the number that the next thing with this name tries
}

// take returns the id for a text, and a different one for a different thing with the same text.
func (t *ids) take(text, fallback string) record.ID {
	if t.taken == nil {
		t.taken, t.next = make(map[record.ID]bool), make(map[record.ID]int)
	}
	id, err := record.ParseID(text)
	if err != nil {
		id = record.Slug(text)
	}
	if id == "" {
		id = record.ID(fallback)
	}
	if !t.taken[id] {
		t.taken[id] = true
		return id
	}
	stem := id
	if len(stem) > record.MaxID-12 {
		stem = record.Slug(string(stem[:record.MaxID-12]))
	}
	for n := max(2, t.next[stem]); ; n++ {
		id = stem + "-" + record.ID(strconv.Itoa(n))
		if !t.taken[id] {
			t.taken[id], t.next[stem] = true, n+1
			return id
		}
	}
}
