package main

import (
	"strings"
	"unicode/utf8"
)

// width is how many columns a line has at most, unless a single word is longer.
const width = 80

// page collects what is printed.
type page struct{ strings.Builder }

func (p *page) result(r result) {
	p.paragraph("", "", r.title)
	for _, part := range r.parts {
		p.row("  ", "    ", part.title)
		for _, l := range part.lines {
			if l.verdict == 0 {
				p.row("    ", "      ", l.text)
			} else {
				p.paragraph("    ", "      ", l.text+" ... "+verdicts[l.verdict])
			}
		}
	}
	p.WriteString("\n")
}

// row writes a row of a table as it is, and any other text as a paragraph.
func (p *page) row(first, hanging, s string) {
	if strings.Contains(s, "  ") {
		p.WriteString(first + strings.TrimRight(s, " ") + "\n")
		return
	}
	p.paragraph(first, hanging, s)
}

// paragraph breaks words into lines: the first starts with first, the others with hanging.
func (p *page) paragraph(first, hanging, s string) {
	line, empty := first, true
	for word := range strings.FieldsSeq(s) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			p.WriteString(line + "\n")
			line, empty = hanging, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	p.WriteString(line + "\n")
}
