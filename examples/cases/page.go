package main

import (
	"fmt"
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

// table writes a line for each case, with how many rules did as they were to.
func (p *page) table(results []result) {
	const form = "%-23s %-29s %4v %4v %4v %4v %4v\n"
	p.paragraph("", "", "Every case in a line. Exp: how many rules were expected to find something; ok: how many of them did, as expected; "+
		"miss: how many did not, or could tell what they were not to; more: how many others found something; cant: how many cannot tell, as expected.")
	fmt.Fprintf(p, form, "Case", "", "exp", "ok", "miss", "more", "cant")
	for _, r := range results {
		c := r.count
		fmt.Fprintf(p, form, cut(r.id, 23), cut(r.name, 29), c.expected, c.held, c.missing, c.extra, c.untold)
	}
	p.WriteString("\n")
}

// afterID is what a title says after the number of its case.
func afterID(title string) string {
	if _, name, ok := strings.Cut(title, ": "); ok && len(title) > 3 && title[3] == ':' {
		return name
	}
	return title
}

// cut shortens a text to whole words that fit into n columns.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	var short string
	for word := range strings.FieldsSeq(s) {
		if utf8.RuneCountInString(short)+1+utf8.RuneCountInString(word) > n-1 {
			break
		}
		short = strings.TrimPrefix(short+" "+word, " ")
	}
	return strings.TrimRight(short, ",:;") + "…"
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
