package mission

import (
	"errors"
	"fmt"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// Change is one difference from a Spec, for asking what would be if. The changes are [Add], [Amend], [Remove], [Redate],
// [Vacate], [Move] and [Pool].
//
// A record that Redate, Vacate, Move or Pool writes to or makes is graded [record.Illustrative] from then on, since
// what it now says stands in no source: what rests on it can be told from what rests on the plan. A view that leaves out
// illustrative records so leaves these out too. What Add and Amend bring has the grade that it comes with.
type Change interface {
	// apply changes a copy of a Spec whose slices are its own, and returns what does not fit.
	apply(*Spec) []misfit
}

// A misfit is a thing that a change names, and why the change cannot be made to it.
type misfit struct {
	ref record.Ref
	err error
}

// astray is the misfit of a reference that leads nowhere.
func astray(kind record.Kind, id record.ID) misfit {
	ref := record.Ref{Kind: kind, ID: id}
	return misfit{ref, &record.DanglingError{Ref: ref}}
}

// suppose marks a record that a change has written to.
func suppose(r *record.Record) { r.Grade = record.Illustrative }

// Add adds the records of a small Spec.
type Add struct{ Records Spec }

// Amend puts the records of a small Spec in the place of those with the same kinds and ids.
type Amend struct{ Records Spec }

// Remove takes records out by reference: a reference to a fact takes out all of its versions. What refers to them is not
// taken out, and so becomes a fault.
type Remove struct{ Refs []record.Ref }

// Redate gives a milestone another due date, in every version that has one; if none has, in every version.
type Redate struct {
	Milestone record.ID // the milestone, or any of its versions
	Due       calendar.When
}

// A ChangeError says that a change does not fit the Spec it was to change.
type ChangeError struct {
	Change int        // its index in View.Changes
	Ref    record.Ref // what it names; zero where the change itself is missing
	Err    error      // a [*record.DanglingError], or one of the causes that are variables of this package, such as [ErrNoChange]
}

// Error gives the index of the change, and the reference where there is one, before the cause.
func (e *ChangeError) Error() string {
	if e.Ref.IsZero() {
		return fmt.Sprintf("changes[%d]: %v", e.Change, e.Err)
	}
	return fmt.Sprintf("changes[%d] (%s): %v", e.Change, e.Ref, e.Err)
}

// Unwrap returns the cause.
func (e *ChangeError) Unwrap() error { return e.Err }

// ErrNoChange is the cause of the error for a nil [Change].
var ErrNoChange = errors.New("the change is nil: leave it out")

// changed returns the Spec with changes made to a copy of it. The error is a [*ChangeError] for each thing that a change
// names and that is not there or does not fit, joined.
func (s Spec) changed(changes []Change) (*Spec, error) {
	own := s.own()
	for _, l := range own.lists() {
		l.settle()
	}
	var errs []error
	for i, c := range changes {
		if c == nil {
			errs = append(errs, &ChangeError{Change: i, Err: ErrNoChange})
			continue
		}
		for _, m := range c.apply(own) {
			errs = append(errs, &ChangeError{Change: i, Ref: m.ref, Err: m.err})
		}
	}
	return own, errors.Join(errs...)
}

func (a Add) apply(s *Spec) []misfit {
	for i, l := range s.lists() {
		l.append(a.Records.lists()[i])
	}
	return nil
}

func (a Amend) apply(s *Spec) (missing []misfit) {
	records := a.Records.lists()
	for i, l := range s.lists() {
		for _, ref := range l.replace(records[i]) {
			missing = append(missing, astray(ref.Kind, ref.ID))
		}
	}
	return missing
}

func (r Remove) apply(s *Spec) (missing []misfit) {
	byKind := make(map[record.Kind]map[record.ID]bool) // and whether the reference was followed
	for _, ref := range r.Refs {
		if byKind[ref.Kind] == nil {
			byKind[ref.Kind] = make(map[record.ID]bool)
		}
		byKind[ref.Kind][ref.ID] = false
	}
	for _, l := range s.lists() {
		if ids := byKind[l.kind()]; ids != nil {
			l.remove(ids)
		}
	}
	for _, ref := range r.Refs {
		if !byKind[ref.Kind][ref.ID] {
			missing = append(missing, astray(ref.Kind, ref.ID))
		}
	}
	return missing
}

func (r Redate) apply(s *Spec) []misfit {
	fact, dated := r.Milestone, false
	for i := range s.Milestones {
		if m := &s.Milestones[i]; m.ID == r.Milestone {
			fact = m.Fact()
		}
	}
	var versions []*milestone.Milestone
	for i := range s.Milestones {
		if m := &s.Milestones[i]; m.Fact() == fact && m.Speaks() {
			versions = append(versions, m)
			dated = dated || !m.Due.IsZero()
		}
	}
	if len(versions) == 0 {
		return []misfit{astray(milestone.KindMilestone, r.Milestone)}
	}
	for _, m := range versions {
		if !dated || !m.Due.IsZero() {
			m.Due = r.Due
			suppose(&m.Record)
		}
	}
	return nil
}
