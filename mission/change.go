package mission

import (
	"fmt"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// Change is one difference from a Spec, for asking what would be if. The changes are [Add], [Amend], [Remove] and [Redate].
type Change interface {
	// apply changes a copy of a Spec whose slices are its own, and reports what it could not do.
	apply(*Spec) error
}

// Add adds the records of a small Spec.
type Add struct{ Records Spec }

// Amend puts the records of a small Spec in the place of those with the same kinds and ids.
type Amend struct{ Records Spec }

// Remove takes records out by reference: a reference to a fact takes out all of its versions. What refers to them is not
// taken out, and so becomes a fault.
type Remove struct{ Refs []record.Ref }

// Redate gives a milestone another due date, in every version that has one.
type Redate struct {
	Milestone record.ID
	Due       calendar.When
}

// A ChangeError says that a change does not fit the Spec it was to change.
type ChangeError struct {
	Change int // its index in View.Changes
	Ref    record.Ref
	Err    error
}

func (e *ChangeError) Error() string {
	return fmt.Sprintf("changes[%d] (%s): %v", e.Change, e.Ref, e.Err)
}

// Unwrap returns the cause.
func (e *ChangeError) Unwrap() error { return e.Err }

func (a Add) apply(s *Spec) error {
	for i, l := range s.lists() {
		l.append(a.Records.lists()[i])
	}
	return nil
}

func (a Amend) apply(s *Spec) error {
	for i, l := range s.lists() {
		if ref := l.replace(a.Records.lists()[i]); !ref.IsZero() {
			return &ChangeError{Ref: ref, Err: &record.DanglingError{Ref: ref}}
		}
	}
	return nil
}

func (r Remove) apply(s *Spec) error {
	lists := s.lists()
	for _, ref := range r.Refs {
		found := false
		for _, l := range lists {
			if l.kind() == ref.Kind {
				found = l.remove(ref.ID) || found
			}
		}
		if !found {
			return &ChangeError{Ref: ref, Err: &record.DanglingError{Ref: ref}}
		}
	}
	return nil
}

func (r Redate) apply(s *Spec) error {
	found := false
	s.Milestones = slices.Clone(s.Milestones)
	for i := range s.Milestones {
		if m := &s.Milestones[i]; m.ID == r.Milestone || m.Fact() == r.Milestone {
			found = true
			if !m.Due.IsZero() || m.Of == "" {
				m.Due = r.Due
			}
		}
	}
	if !found {
		ref := record.Ref{Kind: milestone.KindMilestone, ID: r.Milestone}
		return &ChangeError{Ref: ref, Err: &record.DanglingError{Ref: ref}}
	}
	return nil
}
