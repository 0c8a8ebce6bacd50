package jsonform

import (
	"strings"
	"unicode/utf8"
)

// index makes the table that finds a member by name: open addressing over a hash of length and three letters, at most a quarter full.
func (s *shape) index() {
	size := 4
	for size < 4*len(s.fields) {
		size *= 2
	}
	s.blank = make([]int, len(s.fields))
	s.table = make([]int16, size)
	for i := range s.table {
		s.table[i] = -1
	}
	for i, f := range s.fields {
		at := slot(f.name) & (size - 1)
		for s.table[at] >= 0 {
			at = (at + 1) & (size - 1)
		}
		s.table[at] = int16(i)
	}
}

func slot(name string) int {
	n := len(name)
	if n == 0 {
		return 0
	}
	return n + 7*int(name[0]) + 17*int(name[n/2]) + 31*int(name[n-1])
}

// member returns the index of the field called name, or -1.
func (s *shape) member(name string) int {
	mask := len(s.table) - 1
	for at := slot(name) & mask; ; at = (at + 1) & mask {
		i := int(s.table[at])
		if i < 0 || s.fields[i].name == name {
			return i
		}
	}
}

// nearest returns the known name closest to the unknown one, or "" when none is near: at most half its letters changed, and never
// more than three. Of equally close names, one that starts with the same letter is preferred, then the one written first.
func (s *shape) nearest(unknown string) string {
	const longest = 64
	if len(unknown) > longest {
		return ""
	}
	folded := strings.ToLower(unknown)
	limit := max(1, min(3, (utf8.RuneCountInString(folded)+1)/2))
	best, name := 2*limit+2, ""
	for _, f := range s.fields {
		if len(f.name) > longest {
			continue
		}
		d := distance(folded, strings.ToLower(f.name))
		if d > limit {
			continue
		}
		d *= 2
		if !strings.HasPrefix(f.name, folded[:min(1, len(folded))]) {
			d++
		}
		if d < best {
			best, name = d, f.name
		}
	}
	return name
}

// distance is the optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
// Time and space are the product of the lengths.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	width := len(y) + 1
	d := make([]int, (len(x)+1)*width)
	for j := range width {
		d[j] = j
	}
	for i := 1; i <= len(x); i++ {
		d[i*width] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			at := i*width + j
			d[at] = min(d[at-width]+1, d[at-1]+1, d[at-width-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d[at] = min(d[at], d[at-2*width-2]+1)
			}
		}
	}
	return d[len(d)-1]
}

// allowed lists the members of an object for a hint.
func (s *shape) allowed() string {
	if len(s.fields) == 0 {
		return "no members are allowed here"
	}
	var b strings.Builder
	b.WriteString("allowed here: ")
	for i, f := range s.fields {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(f.name)
	}
	return b.String()
}
