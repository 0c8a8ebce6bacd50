package jsonform

import (
	"encoding/binary"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

// reader is a place in a document and what was found on the way there. Its methods read one thing each and leave pos behind it.
// Once stopped, pos is at the end, so that every loop runs out, and further findings are dropped.
type reader struct {
	text    string // the whole document; decoded strings are pieces of it
	data    []byte // the same bytes
	pos     int
	clean   bool // the text is valid UTF-8 throughout
	stopped bool
	quiet   bool // faults are not recorded: someone else did, or will
	limits  Limits
	items   int
	path    []step
	seen    []int  // for each open object, for each of its fields, 1 + the offset of its name, or 0
	scratch []byte // the last text that had escapes, without them
	found   []finding
}

// textForm says where the content of a text just read is.
type textForm uint8

const (
	verbatim textForm = iota // text[lo:hi]
	escaped                  // scratch
	spoiled                  // nowhere: a fault was found in it
)

func newReader(data []byte, limits Limits) *reader {
	text := string(data)
	r := &reader{text: text, data: data, clean: utf8.ValidString(text), limits: limits, path: make([]step, 0, 16)}
	if strings.HasPrefix(text, byteOrderMark) {
		r.pos = len(byteOrderMark)
	}
	return r
}

// fault records a fault at an offset, under the present path.
func (r *reader) fault(kind Kind, at int, message, hint string) *finding {
	if r.stopped || r.quiet {
		return new(finding)
	}
	path := pathText(r.path)
	if len(r.found) >= r.limits.MaxFaults {
		r.stop()
		for _, f := range r.found {
			at = max(at, f.Offset) // faults are not always found in order, and this one is to be the last
		}
		kind, message, hint = More, "more than "+strconv.Itoa(r.limits.MaxFaults)+" faults: the rest was not read", ""
	}
	r.found = append(r.found, finding{Fault: Fault{Offset: at, Path: path, Kind: kind, Message: message, Hint: hint}, also: -1})
	return &r.found[len(r.found)-1]
}

func (r *reader) stop() {
	r.stopped = true
	r.pos = len(r.text)
}

// fail records a syntax fault after which nothing that follows can be trusted, and stops.
func (r *reader) fail(at int, message, hint string) {
	r.fault(Syntax, at, message, hint)
	r.stop()
}

// space passes over white space and returns the byte after it, or 0 at the end.
func (r *reader) space() byte {
	if r.pos < len(r.text) {
		if c := r.text[r.pos]; c > ' ' && c != '/' {
			return c
		}
	}
	return r.spaces()
}

func (r *reader) spaces() byte {
	const indent = "        "
	text, i := r.text, r.pos
	for i < len(text) {
		switch c := text[i]; c {
		case '\n':
			i++
			for len(text)-i >= len(indent) && text[i:i+len(indent)] == indent {
				i += len(indent)
			}
		case ' ', '\t', '\r':
			i++
		case '/':
			r.pos = i
			if !r.comment() {
				return c
			}
			i = r.pos
		default:
			r.pos = i
			return c
		}
	}
	r.pos = i
	return 0
}

// comment passes over a comment, which is a fault, and reports whether there was one.
func (r *reader) comment() bool {
	at, rest := r.pos, r.text[r.pos:]
	end := -1
	if strings.HasPrefix(rest, "//") {
		if end = strings.IndexByte(rest, '\n'); end < 0 {
			end = len(rest)
		}
	} else if strings.HasPrefix(rest, "/*") {
		if end = strings.Index(rest[2:], "*/"); end >= 0 {
			end += 4
		}
	}
	if end < 0 {
		return false
	}
	r.pos = at + end
	r.fault(Syntax, at, "JSON has no comments", "keep remarks in a member of their own")
	return true
}

// str reads the text whose opening quote is at pos.
func (r *reader) str() (lo, hi int, form textForm) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	lo = r.pos + 1
	data, i := r.data, lo
	for ; len(data)-i >= 8; i += 8 {
		// The lowest flagged byte is the first that is a quote, a backslash or below U+0020.
		// Borrows can only flag bytes above it.
		x := binary.LittleEndian.Uint64(data[i:])
		quote, slash := x^'"'*ones, x^'\\'*ones
		if stop := ((x-0x20*ones)&^x | (quote-ones)&^quote | (slash-ones)&^slash) & highs; stop != 0 {
			i += bits.TrailingZeros64(stop) >> 3
			break
		}
	}
	for ; i < len(data); i++ {
		if c := data[i]; c == '"' || c == '\\' || c < 0x20 {
			if c == '"' && (r.clean || utf8.Valid(data[lo:i])) {
				r.pos = i + 1
				return lo, i, verbatim
			}
			break
		}
	}
	return lo, i, r.hardText(lo)
}

// hardText reads a text that has escapes or faults, from lo, behind its opening quote. The content goes to scratch.
func (r *reader) hardText(lo int) textForm {
	buf, form := r.scratch[:0], escaped
	text, i, broken := r.text, lo, false
	for i < len(text) && !r.stopped {
		switch c := text[i]; {
		case c == '"':
			r.pos, r.scratch = i+1, buf
			return form
		case c == '\\':
			char, n := r.escape(i)
			if char < 0 {
				form = spoiled
			} else {
				buf = utf8.AppendRune(buf, char)
			}
			i += n
		case c == '\n' && !broken && !r.closes(i):
			r.unclosed(lo, i)
			return spoiled
		case c < 0x20:
			broken = broken || c == '\n'
			form = spoiled
			r.fault(ControlCharacter, i, "control character "+strconv.QuoteRuneToASCII(rune(c))+" inside a text", "write "+string(appendEscape(nil, rune(c))))
			i++
		case c < utf8.RuneSelf:
			buf = append(buf, c)
			i++
		default:
			char, n := utf8.DecodeRuneInString(text[i:])
			if char == utf8.RuneError && n == 1 {
				form = spoiled
				from := i
				for i < len(text) && text[i] >= utf8.RuneSelf {
					if _, n := utf8.DecodeRuneInString(text[i:]); n > 1 {
						break
					}
					i++
				}
				r.fault(InvalidUTF8, from, "bytes that are not UTF-8: "+hex(text[from:min(i, from+8)]), "save the file as UTF-8")
				break
			}
			buf = append(buf, text[i:i+n]...)
			i += n
		}
	}
	if !r.stopped {
		r.fail(len(text), "the document ends inside a text", "close it with \"")
	}
	return spoiled
}

func hex(s string) string {
	const digits = "0123456789abcdef"
	var b []byte
	for i := range len(s) {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, digits[s[i]>>4], digits[s[i]&15])
	}
	return string(b)
}

// escape reads the escape whose backslash is at i: the character it stands for, or -1 after a fault, and the length of what it read.
func (r *reader) escape(i int) (char rune, n int) {
	if i+1 >= len(r.text) {
		return -1, 1
	}
	switch c := r.text[i+1]; c {
	case '"', '\\', '/':
		return rune(c), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		char, ok := hex4(r.text[i+2:])
		switch {
		case !ok:
			r.fault(Syntax, i, `\u is not followed by four hexadecimal digits`, `write \\ for a backslash`)
			return -1, 2
		case char < 0xd800 || char > 0xdfff:
			return char, 6
		case char < 0xdc00 && strings.HasPrefix(r.text[i+6:], `\u`):
			if low, ok := hex4(r.text[i+8:]); ok && low >= 0xdc00 && low <= 0xdfff {
				return (char-0xd800)<<10 | (low - 0xdc00) + 0x10000, 12
			}
		}
		r.fault(UnpairedSurrogate, i, "half of a surrogate pair, "+r.text[i:i+6]+", stands alone", "write the character itself")
		return -1, 6
	default:
		if c == '\n' || c == '"' {
			r.fault(Syntax, i, "a backslash that escapes nothing", `write \\ for a backslash`)
			return -1, 1
		}
		_, size := utf8.DecodeRuneInString(r.text[i+1:])
		r.fault(Syntax, i, "unknown escape "+strconv.Quote(r.text[i:i+1+size]), `write \\ for a backslash`)
		return -1, 1 + size
	}
}

func hex4(s string) (char rune, ok bool) {
	if len(s) < 4 {
		return 0, false
	}
	for i := range 4 {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		char = char<<4 | rune(c)
	}
	return char, true
}

// closes reports whether the text that holds a raw line break at i is closed further on in a place where a text may end:
// then it was typed over several lines, otherwise its closing quote was forgotten.
func (r *reader) closes(i int) bool {
	text := r.text
	for ; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			rest := strings.TrimLeft(text[i+1:], " \t\r\n")
			return rest == "" || strings.IndexByte(",:]}", rest[0]) >= 0
		}
	}
	return false
}

// unclosed records that the text from lo has no closing quote before the line break at i, and goes on as if it stood
// before the comma that ends the line. Where the line ends in a bracket it is anybody's guess what belongs to the text.
func (r *reader) unclosed(lo, i int) {
	line := strings.TrimRight(r.text[lo:i], " \t\r")
	line, comma := strings.CutSuffix(line, ",")
	line = strings.TrimRight(line, " \t")
	message, hint := "a text is not closed on its line", `close it with ", or write \n for a line break`
	if !comma || strings.HasSuffix(line, "}") || strings.HasSuffix(line, "]") {
		r.fail(lo-1, message, hint)
		return
	}
	r.fault(Syntax, lo-1, message, hint)
	if !r.stopped {
		r.pos = lo + len(line)
	}
}

// number reads the number at pos, which is a digit or a sign, and says whether it is whole and whether it is a number at all.
func (r *reader) number() (lo, hi int, whole, ok bool) {
	text, i := r.text, r.pos
	lo, whole = i, true
	if text[i] == '-' {
		i++
	}
	start := i
	for i < len(text) && text[i]-'0' <= 9 {
		i++
	}
	ok = i == start+1 || i > start && text[start] != '0'
	if ok && i < len(text) && text[i] == '.' {
		whole = false
		i++
		start = i
		for i < len(text) && text[i]-'0' <= 9 {
			i++
		}
		ok = i > start
	}
	if ok && i < len(text) && text[i]|0x20 == 'e' {
		whole = false
		i++
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
		start = i
		for i < len(text) && text[i]-'0' <= 9 {
			i++
		}
		ok = i > start
	}
	if ok && (i >= len(text) || !wordByte(text[i])) {
		r.pos = i
		return lo, i, whole, true
	}
	r.badWord()
	return lo, r.pos, whole, false
}

// wordByte reports whether c may be part of a bare word or number.
func wordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '+' || c == '.'
}

// badWord passes over a bare word that is not JSON, at pos, and says what was probably meant.
func (r *reader) badWord() {
	lo, i := r.pos, r.pos
	for i < len(r.text) && wordByte(r.text[i]) {
		i++
	}
	word := r.text[lo:i]
	r.pos = i
	number := word[0] == '-' || word[0] == '+' || word[0] == '.' || word[0] >= '0' && word[0] <= '9'
	message, hint := "bare word "+brief(word), "write "+brief(word)+" in quotes"
	switch lower := strings.ToLower(word); {
	case lower == "true" || lower == "false":
		hint = "write " + lower
	case lower == "null" || lower == "none" || lower == "nil" || lower == "undefined":
		hint = "leave the member out"
	case strings.TrimLeft(lower, "+-") == "nan" || strings.HasPrefix(strings.TrimLeft(lower, "+-"), "inf"):
		message, hint = word+" is not a JSON number", "leave the member out"
	case number:
		message, hint = brief(word)+" is not a JSON number", ""
		plain := strings.TrimPrefix(word, "+")
		if trimmed := strings.TrimLeft(plain, "0"); len(trimmed) < len(plain) {
			plain = trimmed
			if plain == "" || plain[0] < '0' || plain[0] > '9' {
				plain = "0" + plain
			}
		}
		if strings.HasPrefix(plain, ".") {
			plain = "0" + plain
		}
		plain = strings.TrimSuffix(plain, ".")
		if plain != word && len(plain) < 40 && isNumber(plain) {
			hint = "write " + plain
		}
	}
	r.fault(Syntax, lo, message, hint)
}

// isNumber reports whether s is one JSON number.
func isNumber(s string) bool {
	if s == "" || s[0] != '-' && s[0]-'0' > 9 {
		return false
	}
	alone := &reader{text: s, quiet: true}
	_, hi, _, ok := alone.number()
	return ok && hi == len(s)
}

// brief quotes s for a message, cut at 40 characters.
func brief(s string) string {
	n := 0
	for i := range s {
		if n++; n > 40 {
			return strconv.Quote(s[:i] + "…")
		}
	}
	return strconv.Quote(s)
}
