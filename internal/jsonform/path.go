package jsonform

import "strconv"

// step is one link of a path: an element of an array, a member of an object, or (for a moment, while a name is being read) neither.
type step struct {
	name  string
	index int // 0 and up for an element, or one of the two below
}

const (
	byName  = -1
	nowhere = -2
)

// pathText writes steps as `milestones[3].due`.
func pathText(steps []step) string {
	var b []byte
	for _, s := range steps {
		switch {
		case s.index == nowhere:
		case s.index >= 0:
			b = append(b, '[')
			b = strconv.AppendInt(b, int64(s.index), 10)
			b = append(b, ']')
		case bareName(s.name):
			if len(b) > 0 {
				b = append(b, '.')
			}
			b = append(b, s.name...)
		default:
			b = append(b, '[')
			b = strconv.AppendQuote(b, s.name)
			b = append(b, ']')
		}
	}
	return string(b)
}

// bareName reports whether a member's name stands in a path without quotes.
func bareName(name string) bool {
	for i := range len(name) {
		if !wordByte(name[i]) || name[i] == '.' || name[i] == '+' {
			return false
		}
	}
	return name != ""
}

// parsePath reads what pathText writes. On text that is not a path it returns the steps before the place where it stops being one, and false.
func parsePath(path string) (steps []step, ok bool) {
	for i := 0; i < len(path); {
		switch c := path[i]; {
		case c == '[' && i+1 < len(path) && path[i+1] == '"':
			quoted, err := strconv.QuotedPrefix(path[i+1:])
			end := i + 1 + len(quoted)
			if err != nil || end >= len(path) || path[end] != ']' {
				return steps, false
			}
			name, err := strconv.Unquote(quoted)
			if err != nil {
				return steps, false
			}
			steps = append(steps, step{name: name, index: byName})
			i = end + 1
		case c == '[':
			end := i + 1
			for end < len(path) && path[end] >= '0' && path[end] <= '9' {
				end++
			}
			index, err := strconv.Atoi(path[i+1 : end])
			if err != nil || end >= len(path) || path[end] != ']' {
				return steps, false
			}
			steps = append(steps, step{index: index})
			i = end + 1
		default:
			if (c == '.') != (i > 0) {
				return steps, false
			}
			start := i
			if c == '.' {
				start++
			}
			end := start
			for end < len(path) && path[end] != '.' && path[end] != '[' {
				end++
			}
			if !bareName(path[start:end]) {
				return steps, false
			}
			steps = append(steps, step{name: path[start:end], index: byName})
			i = end
		}
	}
	return steps, true
}
