package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// width is how many columns text for people takes at most, but for words that are longer.
const width = 80

// screen writes text for people. Names in a plan may hold anything; so control characters but the line feed, and those
// that turn text around or hide it, come out as U+FFFD: a plan cannot write to the terminal what its reader does not see.
type screen struct {
	w    io.Writer
	rest []byte // the beginning of a character whose end is still to come
}

func (s *screen) Write(b []byte) (int, error) {
	n := len(b)
	text := append(s.rest, b...)
	cut := len(text)
	for i := max(cut-utf8.UTFMax+1, 0); i < cut; i++ {
		if utf8.RuneStart(text[i]) && !utf8.FullRune(text[i:]) {
			cut = i
			break
		}
	}
	s.rest = append([]byte(nil), text[cut:]...)
	var out strings.Builder
	for _, r := range string(text[:cut]) {
		if unseen(r) {
			r = unicode.ReplacementChar
		}
		out.WriteRune(r)
	}
	if _, err := io.WriteString(s.w, out.String()); err != nil {
		return 0, err
	}
	return n, nil
}

func unseen(r rune) bool {
	return r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

// say writes words in lines of at most width columns. The first line begins with a lead, those after it with an indent.
func (p *program) say(w io.Writer, lead, indent, text string) {
	var b strings.Builder
	b.WriteString(lead)
	column, words := utf8.RuneCountInString(lead), 0
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case words > 0 && column+1+n > width:
			b.WriteString("\n" + indent)
			column = len(indent)
		case words > 0:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += n
		words++
	}
	b.WriteString("\n")
	io.WriteString(w, b.String()) //nolint: a screen that is gone is noticed by what writes the answer
}

// answer writes a value as JSON, indented, with characters that are not seen as escapes.
func (p *program) answer(v any) error {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	return p.write(p.raw, []byte(escaped(b.String())))
}

// escaped writes what is not seen in JSON as escapes; outside of its texts JSON has no such characters but white space.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case !unseen(r):
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		}
	}
	return b.String()
}

// write writes an answer whole.
func (p *program) write(w io.Writer, b []byte) error {
	if _, err := w.Write(b); err != nil {
		return err
	}
	return nil
}

// save writes a file, or standard output where the name is empty or "-".
func (p *program) save(name string, b []byte) error {
	if name == "" || name == "-" {
		return p.write(p.raw, b)
	}
	if err := os.WriteFile(name, b, 0o644); err != nil {
		return err
	}
	p.say(p.err, "", "  ", fmt.Sprintf("Wrote %s (%d bytes).", name, len(b)))
	return nil
}

// bar shows how far long work is. The zero bar shows nothing.
type bar struct{ shown *progressbar.ProgressBar }

// progress shows work of so many steps, on standard error and only where that is a terminal.
func (p *program) progress(steps int64, what string) bar {
	s, _ := p.err.(*screen)
	f, ok := s.w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return bar{}
	}
	return bar{progressbar.NewOptions64(steps, progressbar.OptionSetDescription(what), progressbar.OptionSetWriter(f),
		progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(), progressbar.OptionSetElapsedTime(false),
		progressbar.OptionSetPredictTime(false), progressbar.OptionUseANSICodes(false))}
}

func (b bar) step() {
	if b.shown != nil {
		b.shown.Add(1)
	}
}

// at says how many steps are done.
func (b bar) at(n int64) {
	if b.shown != nil {
		b.shown.Set64(n)
	}
}

// Write counts each byte as a step.
func (b bar) Write(data []byte) (int, error) {
	if b.shown != nil {
		b.shown.Add(len(data))
	}
	return len(data), nil
}

func (b bar) done() {
	if b.shown != nil {
		b.shown.Finish()
	}
}

// count writes a number and its noun: "1 fault", "2 faults".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if before, ok := strings.CutSuffix(noun, "y"); ok {
		noun = before + "ie"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
