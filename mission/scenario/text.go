package scenario

import (
	"strings"
	"unicode"
)

// longest bounds the names that texts quote, in runes.
const longest = 160

// plain makes one line of a text of the user's that is safe to print.
func plain(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if r := []rune(s); len(r) > longest {
		s = strings.TrimSpace(string(r[:longest-1])) + "…"
	}
	return s
}
