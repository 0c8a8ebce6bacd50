// Package document reads and writes plans as JSON: one document, or one record at a time for the rows of a database.
//
// Reading is strict. Every fault of a document is reported at once, with its line, column and path, the record it is in,
// and the way out: what the text breaks (an unknown member, a number that is no decimal) and what the records break (a
// reference that names nothing, a circle of precedences). Members whose names start with "x-" are kept and written back;
// any other unknown member is a fault, so that nothing is lost. Writing is deterministic: equal plans give equal bytes.
//
// The format is described in docs/format.md, and in JSON Schema by [Schema], which editors use to complete a plan as it is
// typed.
package document

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/jsonform"
	"github.com/missionled/missionled/mission"
)

// Options bounds what reading takes on. A field that is zero stands for its default.
type Options struct {
	MaxBytes  int64 // length of a document; default 64 MiB
	MaxDepth  int   // objects and lists inside one another; default 64, at most 1000
	MaxItems  int   // elements of lists and members of objects in all; default 2,000,000
	MaxFaults int   // faults of the text reported before the list ends with one that says so; default 100
}

func (o Options) limits() jsonform.Limits {
	return jsonform.Limits{MaxBytes: o.MaxBytes, MaxDepth: o.MaxDepth, MaxItems: o.MaxItems, MaxFaults: o.MaxFaults}
}

// maxBytes is the default of Options.MaxBytes.
const maxBytes = 64 << 20

// Fault is one thing wrong with a document.
type Fault struct {
	// Line and Column are where it stands, counted from 1; columns are Unicode code points.
	Line, Column int
	// Path is the place among the records, such as "milestones[3].due"; indices count from nought.
	Path string
	// Ref names the record, where that is known.
	Ref record.Ref
	// Err is the cause, with the way out in its text.
	Err error
}

// Error gives the place, the record and the cause on one line.
func (f *Fault) Error() string {
	s := fmt.Sprintf("line %d, column %d: ", f.Line, f.Column)
	if f.Path != "" {
		s += f.Path
		if !f.Ref.IsZero() {
			s += " (" + f.Ref.String() + ")"
		}
		s += ": "
	}
	return s + f.Err.Error()
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Error is everything wrong with a document, in the order of the text. It reads one fault a line; each fault and its cause
// are reachable with errors.AsType.
type Error struct{ Faults []*Fault }

// Error gives one fault a line.
func (e *Error) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the faults.
func (e *Error) Unwrap() []error {
	errs := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		errs[i] = f
	}
	return errs
}

// TextError is the cause of a fault of the text itself.
type TextError struct {
	Message string // what is wrong
	Hint    string // the way out; may be empty
	Err     error  // the error of the value's own type, where it has one
}

// Error gives the message and, where there is one, the hint after a semicolon.
func (e *TextError) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + "; " + e.Hint
}

// Unwrap returns the error of the value's own type.
func (e *TextError) Unwrap() error { return e.Err }

// ErrTooLarge is the cause of a fault in a document that is longer than Options allow. It is not read.
var ErrTooLarge = errors.New("the document is longer than the limit: raise Options.MaxBytes, or split the plan and merge the parts")

// Decode reads a whole document and checks it whole. The error is an [*Error] unless r fails; the Spec then holds what
// could be read, for programs that mend, and is not to be relied on. The time is linear in the document.
func Decode(r io.Reader, opt Options) (mission.Spec, error) {
	limit := opt.MaxBytes
	if limit <= 0 {
		limit = maxBytes
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return mission.Spec{}, err
	}
	if int64(len(data)) > limit {
		return mission.Spec{}, &Error{Faults: []*Fault{{Line: 1, Column: 1, Err: ErrTooLarge}}}
	}
	return Unmarshal(data, opt)
}

// Unmarshal is [Decode] of a document in memory. The Spec's texts may share memory with a copy of data.
func Unmarshal(data []byte, opt Options) (mission.Spec, error) {
	var spec mission.Spec
	textual := jsonform.Decode(data, &spec, opt.limits())
	if f := spec.Format; f != "" && !slices.Contains(formats, f) {
		// What else is at fault by the rules of this format may be right by those of its own.
		at := jsonform.Locate(data, []string{"format"})[0]
		return spec, &Error{Faults: []*Fault{{Line: at.Line, Column: at.Column, Path: "format", Err: &FormatError{Format: f, Reads: Formats()}}}}
	}
	checked := spec.Check()
	if len(textual) == 0 && len(checked) == 0 {
		return spec, nil
	}
	return spec, &Error{Faults: merge(data, &spec, textual, checked)}
}

// merge puts the faults of the text and those of the records into one list, in the order of the text, leaving out those
// that only follow from others.
func merge(data []byte, spec *mission.Spec, textual []jsonform.Fault, checked record.Faults) []*Fault {
	type placed struct {
		offset int
		fault  *Fault
	}
	var all []placed
	for _, f := range textual {
		cause := &TextError{Message: f.Message, Hint: f.Hint, Err: f.Err}
		all = append(all, placed{f.Offset, &Fault{Line: f.Line, Column: f.Column, Path: f.Path, Ref: spec.At(f.Path), Err: cause}})
	}
	checked = slices.DeleteFunc(slices.Clone(checked), func(f *record.Fault) bool { return follows(f, textual) })
	paths := make([]string, len(checked))
	for i, f := range checked {
		paths[i] = f.Path
	}
	for i, at := range jsonform.Locate(data, paths) {
		f := checked[i]
		all = append(all, placed{at.Offset, &Fault{Line: at.Line, Column: at.Column, Path: f.Path, Ref: f.Ref, Err: f.Err}})
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.offset - b.offset })
	faults := make([]*Fault, len(all))
	for i := range all {
		faults[i] = all[i].fault
	}
	return faults
}

// follows reports whether a fault of the records only follows from faults of the text: from a value that could not be
// read, or from a record that is missing because its id or the record itself could not.
func follows(f *record.Fault, textual []jsonform.Fault) bool {
	dangling, _ := errors.AsType[*record.DanglingError](f.Err)
	table := ""
	if dangling != nil {
		table = mission.TableOf(dangling.Ref.Kind)
	}
	for _, t := range textual {
		switch {
		case t.Kind == jsonform.UnknownMember || t.Kind == jsonform.DuplicateMember:
			continue
		case t.Path == f.Path, strings.HasPrefix(f.Path, t.Path+"."), strings.HasPrefix(f.Path, t.Path+"["):
			return true
		case t.Path == "" || table != "" && (t.Path == table || strings.HasPrefix(t.Path, table+"[") && idOrWhole(t.Path)):
			return dangling != nil
		case strings.HasPrefix(t.Path, f.Path+"."):
			return true
		}
	}
	return false
}

// idOrWhole reports whether a path names a record as a whole or one of the members that name it.
func idOrWhole(path string) bool {
	_, member, _ := strings.Cut(path, "]")
	return member == "" || member == ".id" || member == ".of"
}

// formats lists what this release reads, oldest first. A format that replaces another joins the list here, and the reader of
// the older one stays: it reads into its own record types, kept in an internal package, and turns them into those of today.
var formats = []string{mission.Format}

// Formats returns the formats that this release reads, oldest first. It writes the last. A document that names no format is
// read as the last.
func Formats() []string { return slices.Clone(formats) }

// A FormatError says that a document is in a format that this release does not read. Nothing else is said of such a document.
type FormatError struct {
	Format string
	Reads  []string
}

// Error names the format and those that are read.
func (e *FormatError) Error() string {
	return fmt.Sprintf("the document is in the format %.40q, and this release reads %s: use a release that reads it, or correct the name",
		e.Format, strings.Join(e.Reads, ", "))
}

// Encode writes a plan as a document that reads and compares well: the members of the Spec in their order, one record a
// line where it fits a hundred columns. Equal plans give equal bytes. It does not check the plan. The error is one of w's,
// or says which text cannot be written: one that is not UTF-8, an extension that is not JSON.
func Encode(w io.Writer, spec mission.Spec) error {
	data, err := Marshal(spec)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// Marshal is [Encode] to memory.
func Marshal(spec mission.Spec) ([]byte, error) {
	spec.Format = mission.Format
	return jsonform.Encode(spec)
}

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of the document. It says what a document may look like; what its records
// mean together only [Decode] checks. The slice is the caller's.
func Schema() []byte { return slices.Clone(schema) }
