package jsonform

import (
	"slices"
	"unicode/utf8"
)

// columns is the width that an object or array on one line keeps within, its indentation and the comma behind it included.
const columns = 100

// span is what the layout needs to know of one object or array.
type span struct {
	width  int  // in code points, on one line
	broken bool // its items stand on lines of their own, whatever its width
}

// measure returns the spans of compact, valid JSON in the order in which they open. It uses a stack of its own, not recursion.
func measure(compact []byte) []span {
	var spans []span
	type open struct {
		span  int
		array bool
	}
	var stack []open
	width := 0 // of everything so far, as if on one line
	for i := 0; i < len(compact); i++ {
		switch c := compact[i]; c {
		case '"':
			end := closing(compact, i)
			width += utf8.RuneCount(compact[i:end])
			i = end - 1
		case '{', '[':
			if len(stack) > 0 {
				top := stack[len(stack)-1]
				spans[top.span].broken = spans[top.span].broken || top.array
			}
			stack = append(stack, open{len(spans), c == '['})
			spans = append(spans, span{width: -width})
			width++
		case '}', ']':
			width++
			top := stack[len(stack)-1].span
			stack = stack[:len(stack)-1]
			spans[top].width += width
			if len(stack) > 0 && spans[top].broken {
				spans[stack[len(stack)-1].span].broken = true
			}
		case ',', ':':
			width += 2
		default:
			width++
		}
	}
	return spans
}

// closing returns the offset behind the JSON string that starts at i.
func closing(compact []byte, i int) int {
	for i++; compact[i] != '"'; i++ {
		if compact[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// appendLaidOut appends compact, valid JSON in the layout that AppendIndent describes, with a line break at the end.
func appendLaidOut(dst, compact []byte) []byte {
	spans := measure(compact)
	dst = slices.Grow(dst, len(compact)+len(compact)/3)
	var broken []bool // of each open object and array, whether its items stand on lines of their own
	depth, next := 0, 0
	column := 0
	line := func() {
		const indent = "\n                                "
		dst = append(dst, indent[:min(len(indent), 1+2*depth)]...)
		for n := len(indent) / 2; n < depth; n++ {
			dst = append(dst, "  "...)
		}
		column = 2 * depth
	}
	for i := 0; i < len(compact); i++ {
		switch c := compact[i]; c {
		case '"':
			end := closing(compact, i)
			dst = append(dst, compact[i:end]...)
			column += utf8.RuneCount(compact[i:end])
			i = end - 1
		case '{', '[':
			s := spans[next]
			next++
			apart := s.width > 2 && (len(broken) == 0 || s.broken || column+s.width+1 > columns)
			broken = append(broken, apart)
			dst = append(dst, c)
			column++
			if apart {
				depth++
				line()
			}
		case '}', ']':
			apart := broken[len(broken)-1]
			broken = broken[:len(broken)-1]
			if apart {
				depth--
				line()
			}
			dst = append(dst, c)
			column++
		case ',':
			dst = append(dst, c)
			if broken[len(broken)-1] {
				line()
			} else {
				dst = append(dst, ' ')
				column += 2
			}
		case ':':
			dst = append(dst, ": "...)
			column += 2
		default:
			dst = append(dst, c)
			column++
		}
	}
	return append(dst, '\n')
}
