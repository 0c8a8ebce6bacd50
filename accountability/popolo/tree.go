package popolo

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
)

// node is a value of a JSON text with its place.
type node struct {
	kind    byte // '{', '[', 's', 'n', 'b', or 0 for null
	text    string
	members []member
	items   []*node
	at      int // offset of its first byte
}

type member struct {
	name  string
	value *node
}

func (n *node) member(name string) *node {
	if n == nil {
		return nil
	}
	for i := range n.members {
		if n.members[i].name == name {
			return n.members[i].value
		}
	}
	return nil
}

// empty reports whether a value says nothing: null, an empty text, list or object, or none at all.
func (n *node) empty() bool {
	return n == nil || n.kind == 0 || n.kind == 's' && n.text == "" || n.kind == '[' && len(n.items) == 0 || n.kind == '{' && len(n.members) == 0
}

// typeName names the type of the value as messages do.
func (n *node) typeName() string {
	switch n.kind {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 's':
		return "a text"
	case 'n':
		return "a number"
	case 'b':
		return "true or false"
	}
	return "null"
}

// faults gathers what is wrong with an input, up to a number.
type faults struct {
	list record.Faults
	most int
	more int
}

func (f *faults) add(path string, err error) {
	if len(f.list) >= f.most {
		f.more++
		return
	}
	f.list = append(f.list, &record.Fault{Path: path, Err: err})
}

func (f *faults) err() error {
	if f.more > 0 {
		f.list = append(f.list, &record.Fault{Path: "", Err: &LimitError{"faults", int64(f.most)}})
		f.more = 0
	}
	return f.list.Err()
}

// readAll reads an input of limited size.
func readAll(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > most {
		return nil, &LimitError{"bytes", most}
	}
	return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), nil
}

// place finds the line and column of an offset.
func place(data []byte, at int) (line, column int) {
	at = min(at, len(data))
	return 1 + bytes.Count(data[:at], []byte("\n")), at - bytes.LastIndexByte(data[:at], '\n')
}

// parse reads one JSON value. It stops at the first thing that is not JSON, and finds every doubled member. It does not
// recurse.
func parse(data []byte, depth int, f *faults) *node {
	fail := func(at int, err error) *node {
		line, column := place(data, at)
		f.add("", &PlaceError{Line: line, Column: column, Err: err})
		return nil
	}
	if !utf8.Valid(data) {
		at := 0
		for at < len(data) {
			r, size := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		return fail(at, &FormError{"the text is not UTF-8"})
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var root *node
	var open []*node
	var names []map[string]bool // of the members of each open object
	var name string             // of the member whose value comes next
	named := false
	for root == nil || len(open) > 0 {
		at := int(d.InputOffset())
		for at < len(data) && bytes.IndexByte([]byte(" \t\r\n,:"), data[at]) >= 0 {
			at++
		}
		token, err := d.Token()
		if err != nil {
			if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
				at = int(syntax.Offset)
			}
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				at, err = len(data), &FormError{"the text ends too early"}
			}
			return fail(at, err)
		}
		if c, ok := token.(json.Delim); ok && (c == '}' || c == ']') {
			open, names = open[:len(open)-1], names[:len(names)-1]
			named = false
			continue
		}
		if n := len(open); n > 0 && open[n-1].kind == '{' && !named {
			name, named = token.(string), true
			if names[n-1][name] {
				line, column := place(data, at)
				f.add(name, &PlaceError{Line: line, Column: column, Err: &FormError{"the member stands there twice"}})
			}
			names[n-1][name] = true
			continue
		}
		v := &node{at: at}
		switch t := token.(type) {
		case json.Delim:
			v.kind = byte(t)
		case string:
			v.kind, v.text = 's', t
		case json.Number:
			v.kind, v.text = 'n', t.String()
		case bool:
			v.kind = 'b'
		}
		if n := len(open); n == 0 {
			root = v
		} else if parent := open[n-1]; parent.kind == '{' {
			parent.members = append(parent.members, member{name, v})
		} else {
			parent.items = append(parent.items, v)
		}
		named = false
		if v.kind == '{' || v.kind == '[' {
			if len(open) == depth {
				return fail(at, &LimitError{"levels", int64(depth)})
			}
			open = append(open, v)
			var seen map[string]bool
			if v.kind == '{' {
				seen = make(map[string]bool)
			}
			names = append(names, seen)
		}
	}
	if rest := bytes.TrimLeft(data[d.InputOffset():], " \t\r\n"); len(rest) > 0 {
		return fail(len(data)-len(rest), &FormError{"something follows the end of the value"})
	}
	return root
}
