package record

import (
	"fmt"
	"strings"
)

// Grade says what kind of source stands behind a record. Grades have no total order: an opinion of a first-hand witness
// is neither more nor less than a document that quotes none. A [View] leaves out the grades that it names. The zero Grade
// means that nobody has graded the record.
type Grade uint8

// The grades. The list is closed.
const (
	Statistic    Grade = iota + 1 // published as a statistic by a body that answers for it
	Document                      // said in a document of the body concerned
	FirstHand                     // said by somebody who was there
	Secondary                     // a digest or report of another source
	Hearsay                       // said to have been said
	Opinion                       // a judgement of the source's author
	Forecast                      // said of what has not happened yet
	Illustrative                  // made up, to show something
)

var grades = []string{"", "statistic", "document", "first-hand", "secondary", "hearsay", "opinion", "forecast", "illustrative"}

// Grades returns the grades in the order of their constants.
func Grades() []Grade {
	return []Grade{Statistic, Document, FirstHand, Secondary, Hearsay, Opinion, Forecast, Illustrative}
}

// String returns the grade's text, or "ungraded" for the zero Grade.
func (g Grade) String() string {
	if g == 0 {
		return "ungraded"
	}
	return enumText(grades, g)
}

// Weak reports whether a claim of this grade should not carry a finding alone without the finding saying so: hearsay,
// opinion and forecast.
func (g Grade) Weak() bool { return g == Hearsay || g == Opinion || g == Forecast }

// IsZero reports whether the grade is not stated.
func (g Grade) IsZero() bool { return g == 0 }

// MarshalText returns the grade's text; the zero Grade gives the empty text.
func (g Grade) MarshalText() ([]byte, error) { return EnumMarshal("grade", grades, g) }

// UnmarshalText reads a grade's text. The error is an [*EnumError].
func (g *Grade) UnmarshalText(b []byte) error { return EnumUnmarshal("grade", grades, g, b) }

// Audience says who may see a record. The zero Audience means that nothing is said, and so that anybody may.
type Audience uint8

// The audiences, each within the one before it. The list is closed.
const (
	Public     Audience = iota + 1 // anybody
	Official                       // those who work on the plan
	Restricted                     // those named by the record's own rules, which the library does not hold
)

var audiences = []string{"", "public", "official", "restricted"}

// String returns the audience's text, or "" for the zero Audience.
func (a Audience) String() string { return enumText(audiences, a) }

// IsZero reports whether no audience is stated.
func (a Audience) IsZero() bool { return a == 0 }

// MarshalText returns the audience's text.
func (a Audience) MarshalText() ([]byte, error) { return EnumMarshal("audience", audiences, a) }

// UnmarshalText reads an audience's text. The error is an [*EnumError].
func (a *Audience) UnmarshalText(b []byte) error { return EnumUnmarshal("audience", audiences, a, b) }

// Verb says what a record does to what its claimant recorded before about the same fact. The zero Verb means [Assert].
type Verb uint8

// The verbs. The list is closed.
const (
	Assert  Verb = iota + 1 // a statement
	Change                  // the world moved: what was said before held until this record's start
	Correct                 // what was said before was wrong, and this stands in its place
	Retract                 // what was said before was never true
	Close                   // what was said before ends on this record's Until, or on its From where Until is not set
)

var verbs = []string{"", "assert", "change", "correct", "retract", "close"}

// String returns the verb's text; the zero Verb reads "assert".
func (v Verb) String() string {
	if v == 0 {
		return verbs[Assert]
	}
	return enumText(verbs, v)
}

// IsZero reports whether no verb is stated.
func (v Verb) IsZero() bool { return v == 0 }

// MarshalText returns the verb's text; the zero Verb gives the empty text.
func (v Verb) MarshalText() ([]byte, error) { return EnumMarshal("verb", verbs, v) }

// UnmarshalText reads a verb's text. The error is an [*EnumError].
func (v *Verb) UnmarshalText(b []byte) error { return EnumUnmarshal("verb", verbs, v, b) }

// An EnumError says that a text is none of the values of a closed list.
type EnumError struct {
	What    string   // what the value is, such as "grade"
	Text    string   // as it was given
	Allowed []string // every value, in the order of the constants
}

// Error lists the values, and names the nearest where one is near.
func (e *EnumError) Error() string {
	near := Nearest(e.Text, e.Allowed)
	if near != "" {
		return fmt.Sprintf("%s is no %s: did you mean %q? (%s)", quote(e.Text), e.What, near, strings.Join(e.Allowed, ", "))
	}
	return fmt.Sprintf("%s is no %s: use one of %s", quote(e.Text), e.What, strings.Join(e.Allowed, ", "))
}

// EnumMarshal returns the text of a value of a closed list whose texts stand in table by number. A number outside the
// table is an [*EnumError]: it can only come from a conversion.
func EnumMarshal[E ~uint8](what string, table []string, v E) ([]byte, error) {
	if int(v) >= len(table) {
		return nil, &EnumError{What: what, Text: fmt.Sprint(uint8(v)), Allowed: table[1:]}
	}
	return []byte(table[v]), nil
}

// EnumUnmarshal reads a text of a closed list whose texts stand in table by number. An unknown text is an [*EnumError].
func EnumUnmarshal[E ~uint8](what string, table []string, v *E, b []byte) error {
	for i := 1; i < len(table); i++ {
		if table[i] == string(b) {
			*v = E(i)
			return nil
		}
	}
	return &EnumError{What: what, Text: string(b), Allowed: table[1:]}
}

func enumText[E ~uint8](table []string, v E) string {
	if int(v) >= len(table) {
		return fmt.Sprintf("value %d", uint8(v))
	}
	return table[v]
}

// Nearest returns the word of the list that is closest to s by edit distance (Levenshtein, 1966), or "" if none is
// within a third of the longer length, rounded up. Ties go to the earlier word. It takes time proportional to the lengths multiplied.
func Nearest(s string, words []string) string {
	if len(s) > 200 {
		return ""
	}
	best, most := "", len(s)
	for _, w := range words {
		limit := (max(len(s), len(w)) + 2) / 3
		if max(len(s)-len(w), len(w)-len(s)) > limit {
			continue // the distance is at least the difference in length
		}
		if d := editDistance(s, w); d <= limit && (best == "" || d < most) {
			best, most = w, d
		}
	}
	return best
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost = 1 + min(diagonal, row[j], row[j-1])
			}
			diagonal, row[j] = row[j], cost
		}
	}
	return row[len(b)]
}
