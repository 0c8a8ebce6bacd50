package planfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

// Marshal writes a plan. JSON is that of [document.Marshal]; YAML has the same members in the same order, each record a
// block; a plan that is too long to be read back as YAML is an error. Equal plans give equal bytes.
func Marshal(spec mission.Spec, format Format) ([]byte, error) {
	text, err := document.Marshal(spec)
	if err != nil || format == JSON {
		return text, err
	}
	w := writer{tokens: json.NewDecoder(bytes.NewReader(text))}
	w.tokens.UseNumber()
	open, err := w.tokens.Token()
	if err != nil {
		return nil, err
	}
	if err := w.value(open, 0, false); err != nil {
		return nil, err
	}
	if w.text.Len() > maxBytes {
		return nil, errTooLong
	}
	return w.text.Bytes(), nil
}

type writer struct {
	tokens *json.Decoder
	text   bytes.Buffer
}

var errTooLong = errors.New("the plan would be longer than 16 MiB, which is the most that is read as YAML: write it as JSON")

// errShape says that the document is not the JSON that it should be, which only a mistake in this program can bring about.
var errShape = errors.New("the document cannot be written as YAML")

// value writes the value that begins with a token: scalars and what is short on the line, and the rest as a block. After a
// hyphen, the first member of an object stands on its line.
func (w *writer) value(t json.Token, indent int, hyphen bool) error {
	switch t {
	case json.Delim('{'):
		return w.object(indent, hyphen)
	case json.Delim('['):
		return w.list(indent)
	}
	w.text.WriteString(" ")
	if err := w.scalar(t); err != nil {
		return err
	}
	w.text.WriteString("\n")
	return nil
}

func (w *writer) object(indent int, hyphen bool) error {
	if !w.tokens.More() {
		w.text.WriteString(" {}\n")
		_, err := w.tokens.Token()
		return err
	}
	for i := 0; w.tokens.More(); i++ {
		name, err := w.tokens.Token()
		if err != nil {
			return err
		}
		switch {
		case i == 0 && hyphen:
			w.text.WriteString(" ")
		case i == 0 && w.text.Len() > 0:
			w.text.WriteString("\n")
			fallthrough
		default:
			w.text.WriteString(strings.Repeat(" ", indent))
		}
		if err := w.scalar(name); err != nil {
			return err
		}
		w.text.WriteString(":")
		t, err := w.tokens.Token()
		if err != nil {
			return err
		}
		if err := w.value(t, indent+2, false); err != nil {
			return err
		}
	}
	_, err := w.tokens.Token()
	return err
}

// list writes scalars in brackets on one line, and anything else an item a line.
func (w *writer) list(indent int) error {
	if !w.tokens.More() {
		w.text.WriteString(" []\n")
		_, err := w.tokens.Token()
		return err
	}
	inLine := false
	for i := 0; w.tokens.More(); i++ {
		t, err := w.tokens.Token()
		if err != nil {
			return err
		}
		_, nested := t.(json.Delim)
		if i == 0 {
			inLine = !nested
			if inLine {
				w.text.WriteString(" [")
			} else {
				w.text.WriteString("\n")
			}
		}
		switch {
		case inLine && nested:
			return errShape
		case inLine:
			if i > 0 {
				w.text.WriteString(", ")
			}
			err = w.scalar(t)
		default:
			w.text.WriteString(strings.Repeat(" ", indent) + "-")
			err = w.value(t, indent+2, true)
		}
		if err != nil {
			return err
		}
	}
	if inLine {
		w.text.WriteString("]\n")
	}
	_, err := w.tokens.Token()
	return err
}

// plainStyle are the texts that need no quotes in any place, block or flow; words that YAML reads as something else are not
// among them.
var (
	plainStyle = regexp.MustCompile(`^[A-Za-z£€][A-Za-z0-9 ._/+%£€'()-]*[A-Za-z0-9.)%]$|^[A-Za-z]$|^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$|^x-[A-Za-z0-9._-]+$|^\$schema$`)
	otherwise  = regexp.MustCompile(`^(?i:true|false|null|yes|no|on|off|y|n)$`)
)

func (w *writer) scalar(t json.Token) error {
	switch t := t.(type) {
	case string:
		if len(t) < 1000 && plainStyle.MatchString(t) && !otherwise.MatchString(t) {
			w.text.WriteString(t)
			return nil
		}
		w.text.WriteString(quote(t))
	case json.Number:
		w.text.WriteString(t.String())
	case bool:
		if t {
			w.text.WriteString("true")
		} else {
			w.text.WriteString("false")
		}
	case nil:
		w.text.WriteString("null")
	default:
		return errShape
	}
	return nil
}

// quote writes a text in double quotes, with escapes for what is not seen and for what ends a line.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x10000 && hidden(r):
			const digits = "0123456789abcdef"
			b.WriteString(`\u`)
			for shift := 12; shift >= 0; shift -= 4 {
				b.WriteByte(digits[r>>shift&15])
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// hidden reports whether a character is a control or directional one, or a break or mark that YAML gives a meaning.
func hidden(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff ||
		r >= 0x200e && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x061c
}
