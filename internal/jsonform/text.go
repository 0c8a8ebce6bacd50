package jsonform

import (
	"strings"
	"unicode/utf8"
)

// plainByte tells the bytes that stand for themselves inside a JSON text.
var plainByte = func() (table [utf8.RuneSelf]bool) {
	for c := ' '; c < 0x7f; c++ {
		table[c] = c != '"' && c != '\\'
	}
	return table
}()

// appendText appends s as a JSON string and reports whether s is valid UTF-8. Control characters (C0, DEL and C1) and the line and paragraph
// separators U+2028 and U+2029 are escaped, HTML is not. Of an invalid byte nothing is kept.
func appendText[T string | []byte](dst []byte, s T) ([]byte, bool) {
	valid := true
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if !plainByte[c] {
				dst = append(dst, s[start:i]...)
				dst = appendEscape(dst, rune(c))
				start = i + 1
			}
			i++
			continue
		}
		char, n := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
		if bad := char == utf8.RuneError && n == 1; bad || awkward(char) {
			dst = append(dst, s[start:i]...)
			if start = i + n; bad {
				valid = false
			} else {
				dst = appendEscape(dst, char)
			}
		}
		i += n
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"'), valid
}

func appendString(dst []byte, s string) []byte {
	dst, _ = appendText(dst, s)
	return dst
}

// awkward reports whether a character beyond ASCII is written as an escape.
func awkward(char rune) bool { return char >= 0x80 && char < 0xa0 || char == 0x2028 || char == 0x2029 }

// appendEscape appends the shortest JSON escape of a character of the basic plane.
func appendEscape(dst []byte, char rune) []byte {
	const short, digits = "\"\"\\\\b\bf\fn\nr\rt\t", "0123456789abcdef"
	for i := 0; i < len(short); i += 2 {
		if rune(short[i+1]) == char {
			return append(dst, '\\', short[i])
		}
	}
	return append(dst, '\\', 'u', digits[char>>12&15], digits[char>>8&15], digits[char>>4&15], digits[char&15])
}

// compacted returns raw, which is valid JSON, without white space between tokens and with awkward characters escaped. The result is raw itself where nothing changes.
func compacted(raw string) string {
	start, end := 0, len(raw)
	quoted := false
	for i := 0; i < end; i++ {
		switch c := raw[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case c <= ' ' && !quoted, c >= 0x7f && quoted:
			return string(appendCompacted(nil, raw))
		}
	}
	return raw[start:end]
}

func appendCompacted(dst []byte, raw string) []byte {
	for i := 0; i < len(raw); {
		c := raw[i]
		i++
		if c <= ' ' {
			continue
		}
		dst = append(dst, c)
		if c != '"' {
			continue
		}
		for closed := false; !closed; {
			char, n := utf8.DecodeRuneInString(raw[i:])
			switch {
			case char == '\\':
				dst = append(dst, raw[i:i+2]...)
				n = 2
			case char == 0x7f || awkward(char):
				dst = appendEscape(dst, char)
			default:
				dst = append(dst, raw[i:i+n]...)
				closed = char == '"'
			}
			i += n
		}
	}
	return dst
}

// checked returns the JSON text raw in compact form, or the first fault in it.
func checked(raw string) (string, *Fault) {
	r := newReader([]byte(raw), Limits{MaxDepth: deepest, MaxFaults: 1})
	if strings.HasPrefix(raw, byteOrderMark) {
		r.pos = 0
	}
	r.skip()
	if r.space(); r.pos < len(r.text) {
		r.fault(TrailingData, r.pos, "found "+r.char()+" after the end of the value", "")
	}
	if faults := settle(r.text, r.found); len(faults) > 0 {
		return "", &faults[0]
	}
	return compacted(raw), nil
}
