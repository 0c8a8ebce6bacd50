package report_test

import (
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission/report"
)

func TestClean(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":           {"Warm homes", "Warm homes"},
		"empty":           {"", ""},
		"space":           {" \t a \n\n b  ", "a b"},
		"nothing to see":  {"\u202e\u200b \u200d\u2060", ""},
		"only space":      {" \n ", ""},
		"override":        {"safe\u202etxt.exe", "safetxt.exe"},
		"isolates":        {"a\u2066b\u2069c\u200e\u200f", "abc"},
		"control":         {"a\x00b\x1bc\u0085d", "a b c d"},
		"joiners stay":    {"क\u094d\u200dष", "क\u094d\u200dष"},
		"bytes":           {"a\xffb", "a\ufffdb"},
		"a real U+FFFD":   {"a\ufffdb", "a\ufffdb"},
		"tower of marks":  {"a" + strings.Repeat("\u0301", 50), "a" + strings.Repeat("\u0301", 4)},
		"line separators": {"a\u2028b\u2029c", "a b c"},
		"as long as may":  {strings.Repeat("x", report.LongName), strings.Repeat("x", report.LongName)},
		"one too long":    {strings.Repeat("x", report.LongName+1), strings.Repeat("x", report.LongName) + "… (shortened: 201 characters in all)"},
		"a million":       {strings.Repeat("é", 1_000_000), strings.Repeat("é", report.LongName) + "… (shortened: 1,000,000 characters in all)"},
	} {
		assert.Equal(t, c.want, report.Clean(c.in, report.LongName), name)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "Warm homes", " a  b ", "x\u202ey", "\xff\xfe", "a\u0301\u0301\u0301\u0301\u0301\u0301", strings.Repeat("long ", 100)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := report.Clean(s, 50)
		require.True(t, utf8.ValidString(got))
		require.Equal(t, slowClean(s, 50), got)
		if !strings.HasSuffix(got, "characters in all)") {
			require.Equal(t, got, report.Clean(got, 50), "what is clean stays")
		}
	})
}

// slowClean is the obvious way: look at all runes, keep the good ones, then cut.
func slowClean(s string, most int) string {
	var kept []rune
	marks := 0
	for _, word := range strings.FieldsFunc(string([]rune(s)), report.Parts) {
		if len(kept) > 0 {
			kept = append(kept, ' ')
		}
		var letters []rune
		for _, r := range word {
			if !report.Shown(r) {
				continue
			}
			if report.Mark(r) {
				if marks++; marks > 4 {
					continue
				}
			} else {
				marks = 0
			}
			letters = append(letters, r)
		}
		if len(letters) == 0 && len(kept) > 0 {
			kept = kept[:len(kept)-1]
		}
		kept = append(kept, letters...)
	}
	if strings.Trim(string(kept), " \u200c\u200d") == "" {
		return ""
	}
	if len(kept) > most {
		return strings.TrimSuffix(string(kept[:most]), " ") + "… (shortened: " + report.Grouped(strconv.Itoa(utf8.RuneCountInString(s))) + " characters in all)"
	}
	return string(kept)
}

func TestPercent(t *testing.T) {
	for p, want := range map[float64]string{
		0: "0%", 1: "100%", 0.5: "50%", 0.449: "45%", -0.357: "−36%", 1.2: "120%", 12.3456: "1,235%", 0.999: "99.9%", 0.9999: "99.99%",
		0.99999: "barely less than 100%", 1.00001: "barely more than 100%", 0.00001: "barely more than 0%", -0.00001: "barely less than 0%", 0.004: "0.4%",
	} {
		assert.Equal(t, want, report.Percent(p), "%v", p)
	}
}

func TestShift(t *testing.T) {
	for want, days := range map[string][2]calendar.Days{
		"1 day later":           {1, 1},
		"1,096 days later":      {1096, 1096},
		"30 days earlier":       {-30, -30},
		"181 to 366 days later": {181, 366},
		"5 to 9 days earlier":   {-9, -5},
		"one end of it 184 days earlier, the other 181 days later": {-184, 181},
		"one end of it not at all, the other 3 days later":         {0, 3},
	} {
		assert.Equal(t, want, report.Shift(days[0], days[1]))
	}
}

func TestStretch(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "no date stated",
		"unknown":               "a date that is not known",
		"2024-12-05":            "5 December 2024",
		"2024-12":               "December 2024",
		"2024-Q3":               "July to September 2024",
		"2030":                  "2030",
		"FY2024-25":             "financial year 2024–25",
		"FY2024-25-Q4":          "quarter 4 of 2024–25 (January to March 2025)",
		"SY2027-28":             "school year 2027–28",
		"2024-07-05/2025-01-31": "5 July 2024 to 31 January 2025",
		"end-of-parliament":     "end-of-parliament",
	} {
		var w calendar.When
		require.NoError(t, w.UnmarshalText([]byte(text)))
		assert.Equal(t, want, report.Stretch(w), text)
	}
}

func TestAsks(t *testing.T) {
	number := record.Number
	for want, target := range map[string]milestone.Target{
		"at least 75%":                      {AtLeast: number(75)},
		"at least 75%, held to the due day": {AtLeast: number(75), Maintain: true},
		"at most 12.5%":                     {AtMost: number(12.5)},
		"between 5% and 1,000%":             {AtLeast: number(5), AtMost: number(1000)},
		"a rise of 3%":                      {Increase: number(3)},
		"a fall of 3%":                      {Increase: number(-3)},
		"more than at the start, by no stated amount": {Direction: milestone.Up},
		"less than at the start, by no stated amount": {Direction: milestone.Down},
		"the law is passed":                           {Achieve: "the  law is passed"},
		"at least −4%":                                {AtLeast: number(-4)},
		"":                                            {},
	} {
		assert.Equal(t, want, report.Asks(&target, "percent"))
	}
	assert.Equal(t, "at least 1,500,000 homes", report.Asks(&milestone.Target{AtLeast: number(1_500_000)}, " homes "))
	assert.Equal(t, "at least 7", report.Asks(&milestone.Target{AtLeast: number(7)}, ""))
}

func TestHow(t *testing.T) {
	for want, d := range map[string]milestone.Dependency{
		"needs":                            {Kind: milestone.Needs, LagDays: 3},
		"may start once this is finished:": {Kind: milestone.FinishStart},
		"may start 1 day after this has started:":     {Kind: milestone.StartStart, LagDays: 1},
		"may finish 20 days before this is finished:": {Kind: milestone.FinishFinish, LagDays: -20},
		"may finish once this has started:":           {Kind: milestone.StartFinish},
	} {
		assert.Equal(t, want, report.How(&d))
	}
}

func TestInstant(t *testing.T) {
	assert.Equal(t, "5 December 2024", report.Instant(time.Date(2024, 12, 5, 0, 0, 0, 0, time.UTC)))
	assert.Equal(t, "5 December 2024, 12:30 UTC", report.Instant(time.Date(2024, 12, 5, 13, 30, 0, 0, time.FixedZone("", 3600))))
}

func TestAddress(t *testing.T) {
	for text, ok := range map[string]bool{
		"https://example.org/a?b=c&d=e#f": true,
		"http://example.org":              true,
		"HTTPS://example.org/":            true,
		"javascript:alert(1)":             false,
		"JaVaScRiPt:alert(1)":             false,
		" javascript:alert(1)":            false,
		"data:text/html,<script>":         false,
		"//example.org/":                  false,
		"/etc/passwd":                     false,
		"file:///etc/passwd":              false,
		"https://":                        false,
		"https://user:word@example.org/":  false,
		"https://example.org/\" onclick=": false,
		"https://ex\u202eample.org/":      false,
		"https://example.org/\n":          false,
		"":                                false,
		"https://example.org/" + strings.Repeat("a", 3000): false,
	} {
		if got := report.Address(text); ok {
			assert.Equal(t, text, got)
		} else {
			assert.Empty(t, got, text)
		}
	}
}

func FuzzBar(f *testing.F) {
	for _, p := range []float64{0, 1, 0.5, -0.3, 1.7, 250, -1e9, 1e-12} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p float64) {
		if p != p || p > 1e15 || p < -1e15 {
			t.Skip()
		}
		x, width, start, goal := report.Bar(p)
		require.True(t, 0 <= x && 0 <= width && x+width <= 100, "%v: %d and %d", p, x, width)
		require.LessOrEqual(t, start, goal)
		switch {
		case p < 0:
			require.Equal(t, []int{0, 100}, []int{x, goal}, "what is lost lies before the start")
			require.Equal(t, start, x+width)
		case p <= 1:
			require.Equal(t, []int{0, 0, 100}, []int{x, start, goal})
		default:
			require.Equal(t, 100, width)
			require.Equal(t, 0, start)
		}
	})
}
