package document

import (
	"fmt"
	"time"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// Entries returns the records of a plan as entries of a journal, in the order of the document, made by one actor at one instant. An entry carries the verb and
// reason of its record and, as payload, its JSON. A record that says itself when it was recorded keeps saying so.
func Entries(spec mission.Spec, actor record.ID, recorded time.Time) ([]journal.Entry, error) {
	rows, err := Rows(spec)
	if err != nil {
		return nil, err
	}
	bases := spec.Bases()
	entries := make([]journal.Entry, len(rows))
	for i, row := range rows {
		verb := bases[i].Verb
		if verb == 0 {
			verb = record.Assert
		}
		entries[i] = journal.Entry{Recorded: recorded, Actor: actor, Verb: verb, Kind: row.Ref.Kind, ID: row.Ref.ID, Payload: row.Data, Reason: bases[i].Reason}
	}
	return entries, nil
}

// Replay rebuilds the plan that a journal's first size entries make, all of them where size is 0: for a plan as it was known at an instant, ask [journal.Journal.SizeAt]
// for the size. Head is a plan to which the records are added: its title, namespace and day, as a rule without records of its own. A
// record that does not say when it was recorded is given the instant and the sequence of its entry, so that questions may ask what was known when. The error is an
// [*Error] whose faults stand in entries[i], counted from nought, or the journal's own.
func Replay(head mission.Spec, j *journal.Journal, size uint64, opt Options) (mission.Spec, error) {
	if size == 0 {
		size = j.Len()
	}
	var rows []Row
	var entries []journal.Entry
	for e, err := range j.Entries(1, size+1) {
		if err != nil {
			return head, err
		}
		rows = append(rows, Row{Ref: e.Ref(), Data: e.Payload})
		e.Payload = nil
		entries = append(entries, e)
	}
	if uint64(len(entries)) < size {
		return head, &ReplayError{Sequence: size, Reason: fmt.Sprintf("the journal has %d entries", len(entries))}
	}
	return fromRows(head, rows, opt, "entries", func(i int, r *record.Record) error {
		e := &entries[i]
		if r.Recorded.IsZero() {
			r.Recorded, r.Sequence = e.Recorded, e.Sequence
		}
		verb := r.Verb
		if verb == 0 {
			verb = record.Assert
		}
		if verb != e.Verb {
			return &ReplayError{Sequence: e.Sequence, Reason: fmt.Sprintf("the journal says %s and the record %s: correct one of the two in a new entry", e.Verb, verb)}
		}
		return nil
	})
}

// A ReplayError says that an entry of a journal does not make a record.
type ReplayError struct {
	Sequence uint64
	Reason   string
}

// Error names the entry.
func (e *ReplayError) Error() string { return fmt.Sprintf("entry %d: %s", e.Sequence, e.Reason) }
