package mission

import (
	"iter"
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
)

// Records yields the reference of every record that the view leaves in, and the part that all records share, in the order
// of the document. The records are not to be changed.
func (m *Model) Records() iter.Seq2[record.Ref, *record.Record] {
	return func(yield func(record.Ref, *record.Record) bool) {
		for _, l := range m.spec.lists() {
			for _, b := range l.bases() {
				if !yield(record.Ref{Kind: l.kind(), ID: b.ID}, b) {
					return
				}
			}
		}
	}
}

// topic is what a record that may be missed speaks about: its kind, its subject, and the word that narrows it.
type topic struct {
	kind    record.Kind
	subject record.Ref
	word    string
}

// LeftOut returns the records about a subject that the view leaves out for their grade, in the order of the document, so
// that an answer can tell "nobody recorded it" from "not looked at". The word narrows them: the kind of an [Event] or of a
// forum, the name of a duty; the empty word takes all. What is left out for its audience is never told, for that alone would
// tell something.
func (m *Model) LeftOut(kind record.Kind, subject record.Ref, word string) []record.Ref {
	return slices.Clone(m.missed[topic{kind, subject, word}])
}

// miss notes a record that the view leaves out for its grade.
func (m *Model) miss(ref record.Ref, r any) {
	t := topic{kind: ref.Kind}
	switch r := r.(type) {
	case *Event:
		t.subject, t.word = r.Subject, r.Kind
	case *accountability.Duty:
		t.subject, t.word = r.Subject, r.Duty
	case *accountability.Forum:
		t.subject, t.word = r.Subject, r.Kind
	case *funding.Allocation:
		t.subject = r.Subject
	case *Scope:
		t.subject = Ref(r.Mission)
	default:
		return
	}
	if m.missed == nil {
		m.missed = make(map[topic][]record.Ref)
	}
	m.missed[t] = append(m.missed[t], ref)
	if t.word != "" {
		t.word = ""
		m.missed[t] = append(m.missed[t], ref)
	}
}
