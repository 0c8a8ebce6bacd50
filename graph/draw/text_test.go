package draw_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/missionled/missionled/graph/draw"
	"github.com/stretchr/testify/assert"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"plain text", "plain text"},
		{"  two\t\tgaps \n and ends ", "two gaps and ends"},
		{"nul\x00byte", "nul byte"},
		{"a\u202eb\u202cc\u2066d\u2069", "abcd"},
		{"bad\xffutf8", "bad\ufffdutf8"},
		{"not in xml \uffff", "not in xml \ufffd"},
		{"zero\u200bwidth\ufeff", "zerowidth"},
		{"join\u200der", "join\u200der"},
		{"\u2028 \u2029", ""},
		{"tag\U000e0041s", "tags"},
		{"\x7f\u0085del", "del"},
	} {
		assert.Equal(t, c.want, draw.Clean(c.in), "%q", c.in)
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{"short", 5, "short"}, {"longer", 5, "long…"}, {"ééééé", 5, "ééééé"}, {"éééééé", 5, "éééé…"}, {"one two", 5, "one…"}, {"", 3, ""},
	} {
		assert.Equal(t, c.want, draw.Shorten(c.in, c.limit), "%q to %d", c.in, c.limit)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name  string
		in    string
		width int
		lines int
		want  []string
	}{
		{"nothing", "", 100, 3, nil},
		{"fits", "one two", 100, 3, []string{"one two"}},
		{"breaks at spaces", "one two three four", 60, 3, []string{"one two", "three", "four"}},
		{"says that text is left out", "one two three four", 60, 2, []string{"one two", "three…"}},
		{"breaks after punctuation", "milestones/housing-need", 80, 3, []string{"milestones/", "housing-", "need"}},
		{"breaks long words", "Wwwwwwwwwwwww", 60, 3, []string{"Wwwww", "wwwww", "www"}},
		{"a letter wider than the line", "WWW", 5, 2, []string{"W", "W…"}},
		{"Chinese breaks anywhere", "中文字符很长", 42, 3, []string{"中文字", "符很长"}},
		{"marks stay with their letter", "e\u0301e\u0301", 9, 2, []string{"e\u0301", "e\u0301"}},
		{"too many marks go", "e\u0301\u0302\u0303\u0304\u0305", 100, 1, []string{"e\u0301\u0302\u0303"}},
		{"joined emoji stay together", "\U0001f469\u200d\U0001f467 x", 30, 2, []string{"\U0001f469\u200d\U0001f467", "x"}},
	} {
		assert.Equal(t, c.want, draw.Wrap(c.in, c.width, 13, c.lines), c.name)
	}
}

func FuzzWrap(f *testing.F) {
	for _, s := range hostileTexts() {
		f.Add(s[:min(len(s), 3000)], uint8(100), uint8(4))
	}
	f.Fuzz(func(t *testing.T, s string, width, lines uint8) {
		w, n := int(width)+20, int(lines%6)+1
		in := draw.Clean(s)
		if strings.ContainsFunc(in, func(r rune) bool { return draw.Unshown(r) || unicode.IsControl(r) }) || !utf8.ValidString(in) {
			t.Fatalf("%q is not clean", in)
		}
		if again := draw.Clean(in); again != in {
			t.Fatalf("cleaning twice changes %q to %q", in, again)
		}
		out := draw.Wrap(in, w, 13, n)
		if len(out) > n {
			t.Fatalf("%d lines, limit %d", len(out), n)
		}
		for _, l := range out {
			if wide := draw.TextWidth(l, 13); wide > w && utf8.RuneCountInString(strings.TrimSuffix(l, "…")) > 1 && !strings.ContainsFunc(l, func(r rune) bool { return unicode.In(r, unicode.M, unicode.Cf) }) {
				t.Fatalf("%q is %d wide, limit %d", l, wide, w)
			}
		}
		if strings.ContainsFunc(in, func(r rune) bool { return unicode.In(r, unicode.M, unicode.Cf) }) {
			return
		}
		got, want := strings.ReplaceAll(strings.Join(out, ""), " ", ""), strings.ReplaceAll(in, " ", "")
		if shown, cut := strings.CutSuffix(got, "…"); cut && strings.HasPrefix(want, shown) {
			return // what was left out stands at the end
		}
		if got != want {
			t.Fatalf("wrapping changed %q to %q", want, got)
		}
	})
}
