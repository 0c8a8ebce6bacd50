package jsonform

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind says what sort of fault a [Fault] or a [ValueError] is. The zero Kind is no fault.
type Kind uint8

const (
	Syntax            Kind = iota + 1 // not JSON: a missing comma, a comment, a bare word, an end too soon
	UnknownMember                     // a member the object does not have
	DuplicateMember                   // a member given twice; the first is kept
	WrongType                         // text for a number, an object for an array
	BadValue                          // refused by the type's UnmarshalText or MarshalText, whose error is wrapped
	OutOfRange                        // a number beyond the bounds of its Go type, not finite, or too small to tell from zero
	TooPrecise                        // a number with more digits than a float64 keeps
	InvalidUTF8                       // bytes inside a text that are not UTF-8
	UnpairedSurrogate                 // half of a \ud83d\ude00 pair
	ControlCharacter                  // an unescaped character below U+0020 inside a text
	TooDeep                           // nested beyond Limits.MaxDepth
	TooLarge                          // beyond Limits.MaxBytes or Limits.MaxItems
	TrailingData                      // something after the document's end
	Null                              // null, where the member should be left out
	BadExtension                      // encoding: an extension whose name or JSON text is not valid
	Ambiguous                         // encoding: an either-or with both sides set, or two map keys with one text
	More                              // the list stops at its limit; what follows was not looked at
)

var kindNames = [...]string{
	"", "syntax", "unknown member", "duplicate member", "wrong type", "bad value", "out of range", "too precise", "invalid UTF-8",
	"unpaired surrogate", "control character", "too deep", "too large", "trailing data", "null", "bad extension", "ambiguous", "more",
}

// String returns the kind in lower-case words, such as "unknown member"; the empty string for the zero Kind, "kind(99)" for one
// that is not defined.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "kind(" + strconv.Itoa(int(k)) + ")"
}

// Fault is one thing wrong with a document, and where. See the package comment for how offsets, lines, columns and paths count.
type Fault struct {
	Offset  int    // bytes from the start of the data
	Line    int    // from 1
	Column  int    // from 1, in code points
	Path    string // of the value, or of the object around it where the name itself is at fault; empty for the root
	Kind    Kind
	Message string // what is wrong, in lower case, without the place
	Hint    string // the way out, such as `write "73.8"`; often empty
	Err     error  // the error of the type's UnmarshalText; nil for other kinds than BadValue
}

// Error gives the place, the message and the hint in one line, as in
//
//	line 4, column 12: milestones[3].due: found number 2030, want text; write "2030"
func (f Fault) Error() string {
	var b strings.Builder
	b.WriteString("line ")
	b.WriteString(strconv.Itoa(f.Line))
	b.WriteString(", column ")
	b.WriteString(strconv.Itoa(f.Column))
	if f.Path != "" {
		b.WriteString(": ")
		b.WriteString(f.Path)
	}
	b.WriteString(": ")
	b.WriteString(f.Message)
	if f.Hint != "" {
		b.WriteString("; ")
		b.WriteString(f.Hint)
	}
	return b.String()
}

// Unwrap returns Err, so that errors.AsType reaches the error of a type's UnmarshalText. Nil for most kinds.
func (f Fault) Unwrap() error { return f.Err }

// Position is a place in a document.
type Position struct {
	Offset int  // bytes from the start of the data
	Line   int  // from 1
	Column int  // from 1, in code points
	Exact  bool // the place of the value asked for, not of the nearest value around it
}

// finding is a fault before lines and columns are known.
type finding struct {
	Fault
	also int // an offset the message ends with ("first given at …"), or -1
}

// settle turns findings into faults in the order of their offsets.
func settle(text string, found []finding) []Fault {
	if len(found) == 0 {
		return nil
	}
	slices.SortStableFunc(found, func(a, b finding) int { return a.Offset - b.Offset })
	offsets := make([]int, 0, 2*len(found))
	for _, f := range found {
		offsets = append(offsets, f.Offset, max(f.also, 0))
	}
	places := positions(text, offsets)
	faults := make([]Fault, len(found))
	for i, f := range found {
		at, also := places[2*i], places[2*i+1]
		f.Line, f.Column = at.Line, at.Column
		if f.also >= 0 {
			f.Message += " at line " + strconv.Itoa(also.Line) + ", column " + strconv.Itoa(also.Column)
		}
		faults[i] = f.Fault
	}
	return faults
}

// positions gives line and column for each offset, in one pass over the text whatever their order.
func positions(text string, offsets []int) []Position {
	order := make([]int, len(offsets))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return offsets[a] - offsets[b] })
	out := make([]Position, len(offsets))
	at, line, column := 0, 1, 1
	if strings.HasPrefix(text, byteOrderMark) {
		at = len(byteOrderMark)
	}
	for _, i := range order {
		offset := min(offsets[i], len(text))
		for at < offset {
			n := strings.IndexByte(text[at:offset], '\n')
			if n < 0 {
				column += utf8.RuneCountInString(text[at:offset])
				at = offset
				break
			}
			at += n + 1
			line++
			column = 1
		}
		out[i] = Position{Offset: offset, Line: line, Column: column}
	}
	return out
}
