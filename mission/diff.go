package mission

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// DifferenceKind says how two Specs differ in a record.
type DifferenceKind uint8

// The kinds of difference. The list is closed.
const (
	Added   DifferenceKind = iota + 1
	Dropped                // in the first Spec only
	Changed                // in both, and not the same
	Redated                // a milestone whose due date moved, whatever else changed, or a new version that moves it
)

var differenceKinds = []string{"", "added", "dropped", "changed", "re-dated"}

// String returns the text, or "" for the zero DifferenceKind.
func (k DifferenceKind) String() string {
	b, _ := k.MarshalText()
	return string(b)
}

// MarshalText returns the text of the kind.
func (k DifferenceKind) MarshalText() ([]byte, error) {
	return record.EnumMarshal("kind of difference", differenceKinds, k)
}

// UnmarshalText reads the text of a kind. The error is a [*record.EnumError].
func (k *DifferenceKind) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("kind of difference", differenceKinds, k, b)
}

// Difference is one record in which two Specs differ.
type Difference struct {
	Kind DifferenceKind
	Ref  record.Ref
	// Members are the members of the document that differ, in the order of the document; only for what is in both.
	Members []string
	// From and To are the due dates of a milestone that was re-dated.
	From, To calendar.When
}

// Diff returns how b differs from a, by kind in the order of the document, then by id. Records are the same record when they
// have the same kind and id; the order of records plays no part, nor do the heads of the Specs. Neither Spec is checked; of
// records with one id the first counts.
func Diff(a, b Spec) []Difference {
	var all []Difference
	before, after := a.lists(), b.lists()
	due := lastDue(a.Milestones)
	for i := range before {
		diff := difference(before[i], after[i])
		if before[i].kind() == milestone.KindMilestone && len(diff) > 0 {
			old, fresh := milestonesByID(a.Milestones), milestonesByID(b.Milestones)
			for j := range diff {
				diff[j].redate(old[diff[j].Ref.ID], fresh[diff[j].Ref.ID], due)
			}
		}
		all = append(all, diff...)
	}
	return all
}

func difference(a, b recordList) []Difference {
	positions := func(l recordList) map[record.ID]int {
		at := make(map[record.ID]int)
		for i, r := range l.bases() {
			if _, ok := at[r.ID]; !ok {
				at[r.ID] = i
			}
		}
		return at
	}
	old, fresh := positions(a), positions(b)
	var diff []Difference
	for id, i := range old {
		ref := record.Ref{Kind: a.kind(), ID: id}
		j, ok := fresh[id]
		switch {
		case !ok:
			diff = append(diff, Difference{Kind: Dropped, Ref: ref})
		case !a.same(i, b, j):
			if members := unequal(reflect.ValueOf(a.record(i)).Elem(), reflect.ValueOf(b.record(j)).Elem()); len(members) > 0 {
				diff = append(diff, Difference{Kind: Changed, Ref: ref, Members: members})
			}
		}
	}
	for id := range fresh {
		if _, ok := old[id]; !ok {
			diff = append(diff, Difference{Kind: Added, Ref: record.Ref{Kind: b.kind(), ID: id}})
		}
	}
	slices.SortFunc(diff, func(x, y Difference) int { return cmp.Compare(x.Ref.ID, y.Ref.ID) })
	return diff
}

// unequal names the members in which two records of one type differ. An empty slice or map equals one that is missing, as
// in a document.
func unequal(a, b reflect.Value) []string {
	var members []string
	for i := range a.NumField() {
		f := a.Type().Field(i)
		x, y := a.Field(i), b.Field(i)
		if f.Anonymous {
			members = append(members, unequal(x, y)...)
			continue
		}
		if k := f.Type.Kind(); (k == reflect.Slice || k == reflect.Map) && x.Len() == 0 && y.Len() == 0 {
			continue
		}
		if reflect.DeepEqual(x.Interface(), y.Interface()) {
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" {
			name = "x-"
		}
		members = append(members, name)
	}
	return members
}

func milestonesByID(list []milestone.Milestone) map[record.ID]*milestone.Milestone {
	byID := make(map[record.ID]*milestone.Milestone, len(list))
	for i := range list {
		if byID[list[i].ID] == nil {
			byID[list[i].ID] = &list[i]
		}
	}
	return byID
}

// redate turns a difference of a milestone into one of its date, where its due date moved. due is the last due date of each
// milestone in the first Spec.
func (d *Difference) redate(old, fresh *milestone.Milestone, due map[record.ID]calendar.When) {
	if fresh == nil || fresh.Due.IsZero() && old == nil {
		return
	}
	from, known := due[fresh.Fact()]
	if old != nil {
		from, known = old.Due, true
	}
	if known && from != fresh.Due {
		d.Kind, d.From, d.To = Redated, from, fresh.Due
	}
}

// lastDue is the due date of each milestone as its last record has it.
func lastDue(list []milestone.Milestone) map[record.ID]calendar.When {
	due := make(map[record.ID]calendar.When)
	for i := range list {
		if m := &list[i]; !m.Due.IsZero() {
			due[m.Fact()] = m.Due
		}
	}
	return due
}
