package record

import (
	"errors"
	"fmt"
	"strings"
)

// A Fault is one thing wrong with a plan: where, in which record, what, and in the text of its cause the way out.
type Fault struct {
	// Path is the place among the records, such as "milestones[3].due". Indices count from nought.
	Path string
	// Ref names the record, where it has a usable id.
	Ref Ref
	// Err is the cause.
	Err error
}

// Error returns the path, the reference in brackets where there is one, and the cause.
func (f *Fault) Error() string {
	if f.Ref.IsZero() {
		return f.Path + ": " + f.Err.Error()
	}
	return f.Path + " (" + f.Ref.String() + "): " + f.Err.Error()
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Faults is everything wrong with a plan, in the order of the document. As an error it reads one fault a line, and each
// fault and its cause are reachable with errors.AsType.
type Faults []*Fault

// Error returns one fault a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the faults.
func (f Faults) Unwrap() []error {
	errs := make([]error, len(f))
	for i := range f {
		errs[i] = f[i]
	}
	return errs
}

// Err returns f as an error, or nil if there are no faults.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// ErrNoID is the cause of a fault in a record without an id.
var ErrNoID = errors.New("the record has no id: give it a short name, unique among those of its kind")

// ErrNoReason is the cause of a fault in a correction or retraction that gives no reason.
var ErrNoReason = errors.New("a correction or retraction must give its reason")

// ErrVerbAlone is the cause of a fault in a record that changes what went before but does not say what: it has no "of".
var ErrVerbAlone = errors.New("the verb needs what went before: name the fact in \"of\"")

// ErrOfCircle is the cause of a fault in records each of which says that it is of the next, and the last of the first.
var ErrOfCircle = errors.New("these records are \"of\" one another in a circle: give all of them the name of one fact")

// ErrNoEnd is the cause of a fault in a closing that does not say when.
var ErrNoEnd = errors.New("a closing must say when: give its \"until\", which may be \"unknown\"")

// A DuplicateError says that two records of one kind have the same id.
type DuplicateError struct {
	ID    ID
	First string // the path of the record that had it first
}

// Error names the record that has the id already, and both ways out.
func (e *DuplicateError) Error() string {
	return fmt.Sprintf("the id %q is taken by %s: choose another, or give both the same \"of\" if they are versions of one fact", string(e.ID), e.First)
}

// A DanglingError says that a reference names no record.
type DanglingError struct {
	Ref     Ref
	Nearest ID // the nearest id of that kind; empty if none is near
	// Elsewhere is the kind of record that does have the id, where there is one.
	Elsewhere Kind
}

// Error names the kind that has the id, or the nearest id, where there is one.
func (e *DanglingError) Error() string {
	s := fmt.Sprintf("there is no %s %q", e.Ref.Kind, string(e.Ref.ID))
	switch {
	case e.Elsewhere != "":
		return s + fmt.Sprintf(": that id belongs to a %s", e.Elsewhere)
	case e.Nearest != "":
		return s + fmt.Sprintf(": did you mean %q?", string(e.Nearest))
	}
	return s + ": add it or correct the reference"
}

// A KindError says that a reference names the wrong kind of record for its place.
type KindError struct {
	Ref     Ref
	Allowed []Kind
}

// Error lists the kinds that may stand there.
func (e *KindError) Error() string {
	names := make([]string, len(e.Allowed))
	for i, k := range e.Allowed {
		names[i] = string(k)
	}
	if near := Nearest(string(e.Ref.Kind), names); near != "" {
		return fmt.Sprintf("a %q may not stand here: did you mean \"%s/%s\"?", string(e.Ref.Kind), near, e.Ref.ID)
	}
	return fmt.Sprintf("a %q may not stand here: refer to one of %s", string(e.Ref.Kind), strings.Join(names, ", "))
}

// A NumberError says that a number is not finite.
type NumberError struct{ Number float64 }

// Error shows the number as Go prints it: NaN, +Inf or -Inf.
func (e *NumberError) Error() string { return fmt.Sprintf("%v is no number to plan with", e.Number) }
