package table

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// NoteKind says what sort of thing a [Note] tells. The list is open: readers of particular files have their own.
type NoteKind string

// Kinds of note that every reader may make.
const (
	ByteOrderMark NoteKind = "byte-order mark passed over"
	WhiteSpace    NoteKind = "white space tidied"
)

// Note is one thing that a reader mended, took for something else, or could not carry over. It is no fault: the reading
// went on, and the note says with what.
type Note struct {
	// File is the name of the file, Row and Line the place in it, as in a [Fault].
	File      string
	Row, Line int
	// Column is the name of the column as the file has it; empty where the note is about the row.
	Column string
	Kind   NoteKind
	// Text is what stands in the file, and Became what it was read as; either may be empty.
	Text, Became string
}

// String gives the note in one line: place, kind, and what became of what.
func (n Note) String() string {
	var b strings.Builder
	b.WriteString(n.File)
	if n.Row > 0 {
		b.WriteString(", row " + strconv.Itoa(n.Row))
	}
	if n.Column != "" {
		b.WriteString(", column " + quote(n.Column))
	}
	b.WriteString(": " + string(n.Kind))
	switch {
	case n.Text != "" && n.Became != "":
		fmt.Fprintf(&b, ": %s became %s", quote(n.Text), quote(n.Became))
	case n.Text != "":
		b.WriteString(": " + quote(n.Text))
	case n.Became != "":
		b.WriteString(": " + quote(n.Became))
	}
	return b.String()
}

// Note adds a note about this table.
func (t *Table) Note(n Note) {
	n.File = t.Name
	t.Notes = append(t.Notes, n)
}

// KindCount says how many notes of a kind there are.
type KindCount struct {
	Kind  NoteKind
	Count int
}

// CountKinds counts notes by kind, in the order of the kinds' texts.
func CountKinds(notes []Note) []KindCount {
	counts := make(map[NoteKind]int)
	for i := range notes {
		counts[notes[i].Kind]++
	}
	list := make([]KindCount, 0, len(counts))
	for kind, n := range counts {
		list = append(list, KindCount{kind, n})
	}
	slices.SortFunc(list, func(a, b KindCount) int { return cmp.Compare(a.Kind, b.Kind) })
	return list
}
