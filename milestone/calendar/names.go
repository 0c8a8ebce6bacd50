package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// NameError says that a text, or a number behind it, names no value of a closed set.
type NameError struct {
	Type     string   // what was to be named, as in "division"
	Text     string   // the text as given
	Accepted []string // every text that names a value, in the order of the values
}

// Error names the text and the texts that would be accepted.
func (e *NameError) Error() string {
	return fmt.Sprintf("calendar: unknown %s %s; accepted: %s", e.Type, quote(e.Text), strings.Join(e.Accepted, ", "))
}

// names is the table behind a closed set of values counted from 1; texts[0] is "", the unset value.
type names struct {
	typ   string
	texts []string
}

func (n *names) string(i int) string {
	if i < len(n.texts) {
		return n.texts[i]
	}
	return n.typ + "(" + strconv.Itoa(i) + ")"
}

func (n *names) append(b []byte, i int) ([]byte, error) {
	if i < len(n.texts) {
		return append(b, n.texts[i]...), nil
	}
	return b, n.err(n.string(i))
}

func (n *names) parse(s string) (int, error) {
	if i := slices.Index(n.texts, s); i >= 0 {
		return i, nil
	}
	return 0, n.err(s)
}

func (n *names) err(s string) *NameError {
	return &NameError{Type: n.typ, Text: s, Accepted: slices.Clone(n.texts[1:])}
}
