package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is how many columns a line has at most.
const width = 80

// page collects lines of text. Whatever comes in, no line is wider than width and none holds a control character.
type page struct{ strings.Builder }

// heading starts a section.
func (p *page) heading(s string) {
	p.WriteString("\n")
	p.text("", "", strings.ToUpper(s))
}

// title starts a part of a section.
func (p *page) title(s string) {
	p.WriteString("\n")
	p.text("  ", "    ", s)
}

// label is the column in which what stands after a label begins.
const label = 14

// field writes a label and what there is to say under it.
func (p *page) field(name, s string) {
	first := "    " + name
	if len(first) < label-1 {
		first += strings.Repeat(" ", label-1-len(first))
	}
	p.text(first+" ", strings.Repeat(" ", label), s)
}

// more goes on under the last field.
func (p *page) more(s string) {
	p.text(strings.Repeat(" ", label), strings.Repeat(" ", label+2), s)
}

// item writes one of several things of a kind.
func (p *page) item(s string) { p.text("  - ", "    ", s) }

// text breaks words into lines: the first starts with first, the others with hanging. Words wider than a line are cut.
func (p *page) text(first, hanging, s string) {
	line, column := first, utf8.RuneCountInString(first)
	empty := true // of words
	for word := range strings.FieldsFuncSeq(s, blank) {
		n := utf8.RuneCountInString(word)
		if !empty && column+1+n > width {
			p.WriteString(strings.TrimRight(line, " ") + "\n")
			line, column, empty = hanging, utf8.RuneCountInString(hanging), true
		}
		if !empty {
			line, column = line+" ", column+1
		}
		for column+n > width {
			head := []rune(word)[:width-column]
			p.WriteString(line + string(head) + "\n")
			word, n = string([]rune(word)[len(head):]), n-len(head)
			line, column = hanging, utf8.RuneCountInString(hanging)
		}
		line, column, empty = line+word, column+n, false
	}
	p.WriteString(strings.TrimRight(line, " ") + "\n")
}

// blank reports what divides words: spaces, and whatever would not show or would move the cursor.
func blank(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
