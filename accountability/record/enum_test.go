package record_test

import (
	"encoding"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
)

// textual is what every enum is.
type textual interface {
	~uint8
	encoding.TextMarshaler
	String() string
	IsZero() bool
}

type pointer[E any] interface {
	*E
	encoding.TextUnmarshaler
}

func roundTrip[E textual, P pointer[E]](t *testing.T, what, zero string, texts ...string) {
	t.Helper()
	var none E
	assert.True(t, none.IsZero(), what)
	assert.Equal(t, zero, none.String(), "%s: the zero value", what)
	b, err := none.MarshalText()
	require.NoError(t, err)
	assert.Empty(t, b)
	for i, text := range texts {
		e := E(i + 1)
		assert.Equal(t, text, e.String())
		assert.False(t, e.IsZero())
		b, err := e.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, text, string(b))
		if what == "state" && text == "known" {
			continue // a known value stands plainly
		}
		var back E
		require.NoError(t, P(&back).UnmarshalText(b))
		assert.Equal(t, e, back)
	}
	for _, bad := range []string{"", "value 1", strings.ToUpper(texts[0]), texts[0] + "x", " " + texts[0]} {
		back := E(1)
		fault, ok := errors.AsType[*record.EnumError](P(&back).UnmarshalText([]byte(bad)))
		require.True(t, ok, "%s %q", what, bad)
		assert.Equal(t, record.EnumError{What: what, Text: bad, Allowed: texts}, *fault)
		assert.Equal(t, E(1), back, "a failed read changes nothing")
	}
	_, err = E(200).MarshalText()
	fault, ok := errors.AsType[*record.EnumError](err)
	require.True(t, ok)
	assert.Equal(t, "200", fault.Text)
	assert.Equal(t, "value 200", E(200).String(), "a value that is none of the list does not panic")
}

func TestEnums(t *testing.T) {
	roundTrip[record.Grade](t, "grade", "ungraded", "statistic", "document", "first-hand", "secondary", "hearsay", "opinion", "forecast", "illustrative")
	roundTrip[record.Audience](t, "audience", "", "public", "official", "restricted")
	roundTrip[record.Verb](t, "verb", "assert", "assert", "change", "correct", "retract", "close")
	roundTrip[record.State](t, "state", "not recorded", "known", "unknown", "withheld", "pending", "not-applicable")
}

func TestGrades(t *testing.T) {
	all := record.Grades()
	var weak []string
	for i, g := range all {
		assert.Equal(t, record.Grade(i+1), g, "the order is that of the constants")
		if g.Weak() {
			weak = append(weak, g.String())
		}
	}
	assert.Equal(t, []string{"hearsay", "opinion", "forecast"}, weak)
	assert.False(t, record.Grade(0).Weak())
	all[0] = 0
	assert.Equal(t, record.Statistic, record.Grades()[0], "the slice is the caller's")
}

func TestEnumErrorTellsTheNearest(t *testing.T) {
	var g record.Grade
	assert.EqualError(t, g.UnmarshalText([]byte("statistics")),
		`"statistics" is no grade: did you mean "statistic"? (statistic, document, first-hand, secondary, hearsay, opinion, forecast, illustrative)`)
	var v record.Verb
	assert.EqualError(t, v.UnmarshalText([]byte("annotate")), `"annotate" is no verb: use one of assert, change, correct, retract, close`)
	var s record.State
	assert.ErrorIs(t, s.UnmarshalText([]byte("known")), record.ErrKnown)
}

// levenshtein is the definition, without a table.
func levenshtein(a, b string) int {
	if a == "" || b == "" {
		return len(a) + len(b)
	}
	if a[0] == b[0] {
		return levenshtein(a[1:], b[1:])
	}
	return 1 + min(levenshtein(a[1:], b[1:]), levenshtein(a[1:], b), levenshtein(a, b[1:]))
}

// nearest is what Nearest says it does, word by word.
func nearest(s string, words []string) string {
	best, distance := "", -1
	for _, w := range words {
		d := levenshtein(s, w)
		if 3*d <= max(len(s), len(w))+2 && (distance < 0 || d < distance) {
			best, distance = w, d
		}
	}
	return best
}

func TestNearest(t *testing.T) {
	words := []string{"milestone", "mission", "party", "duty"}
	assert.Equal(t, "milestone", record.Nearest("milestones", words))
	assert.Equal(t, "mission", record.Nearest("mision", words))
	assert.Equal(t, "", record.Nearest("quango", words))
	assert.Equal(t, "", record.Nearest("", words))
	assert.Equal(t, "", record.Nearest("milestone", nil))
	assert.Equal(t, "", record.Nearest(strings.Repeat("m", 201), words), "it does not work on very long texts")
	assert.Equal(t, "ab", record.Nearest("aa", []string{"ab", "ac"}), "ties go to the earlier word")
	assert.Equal(t, "duty", record.Nearest("duty", append([]string{"dut"}, words...)), "the same word is nearest")

	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		b := make([]byte, 1+r.IntN(6))
		for i := range b {
			b[i] = "abc"[r.IntN(3)]
		}
		return string(b)
	}
	for range 2000 {
		s, list := word(), []string{word(), word(), word(), word()}
		require.Equal(t, nearest(s, list), record.Nearest(s, list), "%q among %q", s, list)
	}
}
