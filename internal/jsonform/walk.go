package jsonform

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// enter goes one level down into the object or array at pos, behind its bracket. Where that is too deep it records so, passes over the
// whole of it, and reports false.
func (r *reader) enter() bool {
	if len(r.path) >= r.limits.MaxDepth {
		r.fault(TooDeep, r.pos, "nested more than "+strconv.Itoa(r.limits.MaxDepth)+" deep", "")
		r.pass()
		return false
	}
	r.path = append(r.path, step{index: nowhere})
	r.pos++
	return true
}

func (r *reader) leave() { r.path = r.path[:len(r.path)-1] }

// pass moves behind the object or array at pos by counting brackets, without recursion.
func (r *reader) pass() {
	depth, open := 0, r.pos
	for r.pos < len(r.text) {
		switch r.text[r.pos] {
		case '"':
			r.str()
			continue
		case '/':
			if r.comment() {
				continue
			}
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		r.pos++
		if depth == 0 {
			return
		}
	}
	r.ends(open)
}

// ends records that the document stops inside the object or array opened at an offset.
func (r *reader) ends(open int) {
	if r.stopped {
		return // and open may be the end
	}
	what := "object"
	if r.text[open] == '[' {
		what = "array"
	}
	r.fault(Syntax, len(r.text), "the document ends inside the "+what+" opened", "").also = open
	r.stop()
}

// item reports whether another item follows in an object or array, opened at an offset, of which n were read. It reads the comma before it,
// or the closing bracket. Missing and surplus commas are faults and passed over.
func (r *reader) item(closer byte, open, n int) bool {
	r.path[len(r.path)-1].index = nowhere
	c := r.space()
	if c == closer {
		r.pos++
		return false
	}
	if c == ',' {
		comma := r.pos
		r.pos++
		c = r.space()
		surplus := n == 0
		for c == ',' {
			surplus, comma = true, r.pos
			r.pos++
			c = r.space()
		}
		switch {
		case c == closer:
			r.pos++
			r.fault(Syntax, comma, "a comma before "+string(rune(closer)), "take the comma out")
			return false
		case surplus:
			r.fault(Syntax, comma, "a comma with no value before it", "take the comma out")
		}
	} else if n > 0 && (c == '"' || closer == ']' && (c == '{' || c == '[' || c == '-' || c-'0' <= 9 || c|0x20-'a' < 26)) {
		r.fault(Syntax, r.pos, "a comma is missing before this", "")
	} else if n > 0 && !(c == 0 && r.pos >= len(r.text)) {
		r.fail(r.pos, "found "+r.char()+", want a comma or "+string(rune(closer)), "")
	}
	switch {
	case r.stopped:
		return false
	case c == 0 && r.pos >= len(r.text):
		r.ends(open)
		return false
	case c == '}' || c == ']':
		r.fail(r.pos, "found "+r.char()+", want "+string(rune(closer)), "")
		return false
	}
	return true
}

// char describes the character at pos.
func (r *reader) char() string {
	if r.pos >= len(r.text) {
		return "the end of the document"
	}
	char, n := utf8.DecodeRuneInString(r.text[r.pos:])
	if char == utf8.RuneError && n == 1 {
		return "byte " + hex(r.text[r.pos:r.pos+1])
	}
	return strconv.QuoteRune(char)
}

// member reads a member's name and the colon. It reports false after a failure that stopped the reader. A name in which a fault was found is spoiled.
func (r *reader) member() (name string, form textForm, ok bool) {
	c := r.space()
	if c == '"' {
		var lo, hi int
		lo, hi, form = r.str()
		switch form {
		case verbatim:
			name = r.text[lo:hi]
		case escaped:
			name = string(r.scratch)
		}
	} else if name = r.bareMember(c); name == "" {
		return "", spoiled, false
	}
	if r.pos < len(r.text) && r.text[r.pos] == ':' {
		r.pos++
		return name, form, true
	}
	switch c := r.space(); {
	case c == ':':
		r.pos++
	case c == '=':
		r.pos++
		r.fault(Syntax, r.pos-1, "found '=', want a colon", "write :")
	default:
		r.fail(r.pos, "found "+r.char()+", want a colon after the member's name", "")
	}
	return name, form, !r.stopped
}

// bareMember reads a member's name without quotes or with single ones, where a colon follows; otherwise it fails and returns "".
func (r *reader) bareMember(c byte) string {
	at, i := r.pos, r.pos
	for i < len(r.text) && wordByte(r.text[i]) {
		i++
	}
	name, end := r.text[at:i], i
	if c == '\'' {
		if n := strings.IndexAny(r.text[at+1:], "'\n"); n > 0 && r.text[at+1+n] == '\'' {
			name, end = r.text[at+1:at+1+n], at+n+2
		}
	}
	if name == "" || !strings.HasPrefix(strings.TrimLeft(r.text[end:], " \t\r\n"), ":") || !utf8.ValidString(name) {
		r.fail(at, "found "+r.char()+", want a member's name in double quotes", "")
		return ""
	}
	r.pos = end
	r.fault(Syntax, at, "a member's name without double quotes", "write "+brief(name))
	return name
}

// literal reads word, which starts with the byte at pos, and reports whether it stands there whole. If not, the bare word is a fault and passed over.
func (r *reader) literal(word string) bool {
	end := r.pos + len(word)
	if strings.HasPrefix(r.text[r.pos:], word) && (end >= len(r.text) || !wordByte(r.text[end])) {
		r.pos = end
		return true
	}
	r.badWord()
	return false
}

// skip reads one value of any form, checking its syntax, and reports whether it was free of faults.
// Recursion is bounded by Limits.MaxDepth.
func (r *reader) skip() bool {
	before := len(r.found)
	switch c := r.space(); {
	case c == '"':
		r.str()
	case c == '{':
		open := r.pos
		if !r.enter() {
			return false
		}
		for n := 0; r.item('}', open, n); n++ {
			name, _, ok := r.member()
			if !ok {
				break
			}
			r.path[len(r.path)-1] = step{name: name, index: byName}
			r.skip()
		}
		r.leave()
	case c == '[':
		open := r.pos
		if !r.enter() {
			return false
		}
		for n := 0; r.item(']', open, n); n++ {
			r.path[len(r.path)-1].index = n
			r.skip()
		}
		r.leave()
	case c == '-' || c-'0' <= 9:
		r.number()
	case c == 't':
		r.literal("true")
	case c == 'f':
		r.literal("false")
	case c == 'n':
		r.literal("null")
	default:
		r.noValue(c)
	}
	return !r.stopped && len(r.found) == before
}

// noValue records that no value starts with the byte c at pos, and passes over what stands there if it can tell where that ends.
func (r *reader) noValue(c byte) {
	switch {
	case r.stopped:
	case c == 0 && r.pos >= len(r.text):
		r.fail(r.pos, "the document ends where a value is wanted", "")
	case c == ',' || c == '}' || c == ']':
		r.fault(Syntax, r.pos, "a value is missing", "")
	case wordByte(c):
		r.badWord()
	case c == '\'':
		rest := r.text[r.pos+1:]
		n := strings.IndexAny(rest, "'\n")
		if n < 0 || rest[n] != '\'' {
			r.fail(r.pos, "a text in single quotes", `write it in "double quotes"`)
			return
		}
		at := r.pos
		r.pos += n + 2
		r.fault(Syntax, at, "a text in single quotes", "write "+brief(rest[:n]))
	default:
		r.fail(r.pos, "found "+r.char()+", want a value", "")
	}
}
