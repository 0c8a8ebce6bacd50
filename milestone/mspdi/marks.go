package mspdi

import "strings"

// Microsoft Project has no element for the id of a record that is none of its own, nor for the end of working time at which a milestone
// lies. They stand in a text field of the task, as "missionled: id=survey type=start-milestone", which Microsoft Project keeps.
const (
	markField = "188744016" // Text30
	markName  = "Text30"
	markAlias = "missionled"
	markBegin = "missionled:"
)

func marks(text string) map[string]string {
	m := make(map[string]string)
	text, ok := strings.CutPrefix(text, markBegin)
	if !ok {
		return m // somebody else's
	}
	for word := range strings.FieldsSeq(text) {
		if name, value, ok := strings.Cut(word, "="); ok {
			m[name] = value
		}
	}
	return m
}
