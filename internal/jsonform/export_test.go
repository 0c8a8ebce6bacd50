package jsonform

import "reflect"

// Distance is the edit distance behind suggestions.
func Distance(a, b string) int { return distance(a, b) }

// MemberIndex finds a member of t by name, as the decoder does, or -1.
func MemberIndex(t reflect.Type, name string) int { return shapeOf(t).member(name) }

// Nearest is the suggestion for an unknown name.
func Nearest(t reflect.Type, name string) string { return shapeOf(t).nearest(name) }

// LayOut lays out compact JSON.
func LayOut(compact string) string { return string(appendLaidOut(nil, []byte(compact))) }

// RewritePath reads a path and writes it again.
func RewritePath(path string) (string, bool) {
	steps, ok := parsePath(path)
	return pathText(steps), ok
}

// NamePath is the path of a member of the root.
func NamePath(name string) string { return pathText([]step{{name: name, index: byName}}) }
