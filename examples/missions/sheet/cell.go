package sheet

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/table"
)

// Causes of faults in cells.
var (
	ErrBool     = errors.New("write true or false")
	ErrWhole    = errors.New("write a whole number in digits")
	ErrNumber   = errors.New("write a number in digits with at most one point")
	ErrBothSaid = errors.New("the value is given, and its state says that it is not: empty one of the two cells")
	ErrObjects  = errors.New("write a list of objects as JSON, as in the document")
	ErrStrayEnd = errors.New("a backslash at the end of a list stands before nothing: double it, or take it away")
)

// A SeparatorError says that a list is separated by something else than semicolons.
type SeparatorError struct{ Text, Instead string }

func (e *SeparatorError) Error() string {
	return table.Quote(e.Text) + " is one element: separate the elements of a list by semicolons, as in " + table.Quote(e.Instead)
}

// triggers are the first characters of a cell that a spreadsheet may take for the start of a formula, after the advice of
// OWASP on CSV injection.
const triggers = "=+-@\t\r\n＝＋－＠"

// Escape returns the cell that shows a text and is no formula in any spreadsheet: the text, behind an apostrophe where it
// starts like a formula, or like a text that was escaped. It is the inverse of [Unescape].
func Escape(text string) string {
	if triggering(text) {
		return "'" + text
	}
	return text
}

// Unescape returns the text that a cell shows: the cell without the apostrophe that [Escape] put before it.
func Unescape(cell string) string {
	if strings.HasPrefix(cell, "'") && triggering(cell[1:]) {
		return cell[1:]
	}
	return cell
}

// triggering reports whether a text starts, behind any number of apostrophes, as a formula may.
func triggering(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "'"))
	return strings.TrimLeft(text, "'") != "" && strings.ContainsRune(triggers, r)
}

// cell writes the value of a column of one record, escaped. An empty cell is a member that is not given.
func (c *column) cell(r reflect.Value) (string, error) {
	text, err := c.text(r.FieldByIndex(c.index))
	if err != nil {
		return "", err
	}
	if !utf8.ValidString(text) {
		return "", errors.New("the text is not UTF-8: correct it before writing")
	}
	if c.numeric() {
		return text, nil
	}
	return Escape(text), nil
}

func (c *column) text(v reflect.Value) (string, error) {
	if c.value {
		stated := record.State(v.FieldByName("State").Uint())
		switch {
		case c.role == ground:
			return v.FieldByName("Ground").String(), nil
		case c.role == plain && stated == record.StateKnown:
			return c.written(v.FieldByName("V"))
		case c.role == plain || stated == 0:
			return "", nil
		case stated != record.StateKnown:
			b, err := stated.MarshalText()
			return string(b), err
		}
		text, err := c.written(v.FieldByName("V"))
		if text == "" && err == nil {
			return "known", nil // and empty: a list that is known to have no elements
		}
		return "", err
	}
	switch {
	case v.IsZero() || c.json && v.Len() == 0:
		return "", nil
	case c.json:
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		err := e.Encode(v.Interface())
		return strings.TrimSuffix(b.String(), "\n"), err
	}
	return c.written(v)
}

func (c *column) written(v reflect.Value) (string, error) {
	if v.Kind() != reflect.Slice {
		return scalar(v)
	}
	parts := make([]string, v.Len())
	for i := range parts {
		text, err := scalar(v.Index(i))
		if err != nil {
			return "", err
		}
		parts[i] = element(text)
	}
	return strings.Join(parts, ";"), nil
}

func scalar(v reflect.Value) (string, error) {
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		b, err := m.MarshalText()
		return string(b), err
	}
	switch v.Kind() {
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case reflect.String:
		return v.String(), nil
	case reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64), nil
	case reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10), nil
	}
	return strconv.FormatInt(v.Int(), 10), nil
}

// element writes one element of a list so that split finds it again.
func element(s string) string {
	if s == "" {
		return `\e`
	}
	var b strings.Builder
	start := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	end := len(strings.TrimRightFunc(s, unicode.IsSpace))
	for i, r := range s {
		if r == ';' || r == '\\' || i < start || i >= end {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// split takes a list apart. White space around elements and elements without any text play no part.
func split(s string) ([]string, error) {
	var parts []string
	var b strings.Builder
	solid := 0 // the length of b without white space at its end that is not behind a backslash
	given, behind := false, false
	end := func() {
		if text := b.String()[:solid]; text != "" || given {
			parts = append(parts, text)
		}
		b.Reset()
		solid, given = 0, false
	}
	for _, r := range s {
		switch {
		case behind && r == 'e':
			given, behind = true, false
		case behind:
			b.WriteRune(r)
			solid, behind = b.Len(), false
		case r == '\\':
			behind = true
		case r == ';':
			end()
		case unicode.IsSpace(r):
			if b.Len() > 0 {
				b.WriteRune(r)
			}
		default:
			b.WriteRune(r)
			solid = b.Len()
		}
	}
	end()
	if behind {
		return parts, ErrStrayEnd
	}
	return parts, nil
}

// parse reads a cell, already unescaped and not empty, into a new value of the column's type.
func (c *column) parse(text string) (reflect.Value, error) {
	v := reflect.New(c.typ).Elem()
	if c.json {
		d := json.NewDecoder(strings.NewReader(text))
		d.DisallowUnknownFields()
		if err := d.Decode(v.Addr().Interface()); err != nil {
			return v, fmt.Errorf("%w: %w", ErrObjects, err)
		}
		return v, nil
	}
	if !c.list {
		return v, scan(v, text)
	}
	parts, err := split(text)
	if err != nil {
		return v, err
	}
	v.Set(reflect.MakeSlice(c.typ, len(parts), len(parts)))
	var errs []error
	for i, part := range parts {
		err := scan(v.Index(i), part)
		if err != nil && strings.Contains(part, ",") {
			instead := strings.Join(strings.FieldsFunc(part, func(r rune) bool { return r == ',' || r == ' ' }), "; ")
			err = &SeparatorError{Text: part, Instead: instead}
		}
		errs = append(errs, err)
	}
	return v, errors.Join(errs...)
}

func scan(v reflect.Value, text string) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(strings.TrimSpace(text)))
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		b, err := strconv.ParseBool(strings.ToLower(strings.TrimSpace(text)))
		if err != nil || len(strings.TrimSpace(text)) < 4 {
			return fmt.Errorf("%s is neither true nor false: %w", table.Quote(text), ErrBool)
		}
		v.SetBool(b)
	case reflect.Float64:
		f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			return fmt.Errorf("%s is no number: %w", table.Quote(text), ErrNumber)
		}
		v.SetFloat(f)
	case reflect.Uint64:
		n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return fmt.Errorf("%s is no whole number from 0: %w", table.Quote(text), ErrWhole)
		}
		v.SetUint(n)
	default:
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, v.Type().Bits())
		if err != nil {
			return fmt.Errorf("%s is no whole number: %w", table.Quote(text), ErrWhole)
		}
		v.SetInt(n)
	}
	return nil
}

// extensionCell writes the JSON text of an extension member: a string as it is, unless that would read as JSON; anything
// else as JSON.
func extensionCell(raw string) string {
	var s string
	if err := json.Unmarshal([]byte(raw), &s); err == nil && s != "" && !json.Valid([]byte(s)) {
		return Escape(s)
	}
	return Escape(raw)
}

// extensionText is the JSON text that a cell of an extension member stands for.
func extensionText(cell string) string {
	text := Unescape(cell)
	if json.Valid([]byte(text)) {
		return strings.TrimSpace(text)
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func itoa(n int) string { return strconv.Itoa(n) }
