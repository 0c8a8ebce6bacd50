package report_test

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/mission/report"
)

// element is an element of a page, in the order of the start tags.
type element struct {
	name   string
	attr   map[string]string
	parent int // index of the element around it; -1 at the top
	text   string
	says   bool   // there is a letter in it or in what it holds
	run    string // the text from this start tag to the next, with a space for each tag on the way
}

// readPage parses a page as XML, which is stricter than HTML: a text that got out of its place would show.
func readPage(t testing.TB, page string) []element {
	t.Helper()
	require.True(t, strings.HasPrefix(page, "<!DOCTYPE html>\n"))
	dec := xml.NewDecoder(strings.NewReader(page))
	dec.Strict = true
	var out []element
	var open []int
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		switch tok := tok.(type) {
		case xml.StartElement:
			e := element{name: tok.Name.Local, attr: map[string]string{}, parent: -1}
			if len(open) > 0 {
				e.parent = open[len(open)-1]
			}
			for _, a := range tok.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			if !inline[e.name] {
				e.run = " "
			}
			open = append(open, len(out))
			out = append(out, e)
		case xml.EndElement:
			open = open[:len(open)-1]
			if len(out) > 0 && !inline[tok.Name.Local] {
				out[len(out)-1].run += " "
			}
		case xml.CharData:
			if len(open) > 0 {
				e := &out[open[len(open)-1]]
				e.text += string(tok)
				for _, i := range open {
					out[i].says = out[i].says || strings.Trim(string(tok), " \n\u200c\u200d") != ""
				}
				if e.name != "style" {
					out[len(out)-1].run += string(tok)
				}
			}
		case xml.Comment, xml.ProcInst:
			t.Fatalf("%T in a page", tok)
		}
	}
	require.Empty(t, open)
	return out
}

// inline elements do not part words. A span does where it is a line of its own.
var inline = map[string]bool{"bdi": true, "a": true, "strong": true, "svg": true, "use": true, "symbol": true, "g": true}

// elements is every element that a page may hold, outside of its pictures and in them.
var elements = strings.Fields(`html head meta link title style body a svg symbol circle path rect use header h1 h2 h3 h4 p div nav ol ul li main
	section article table caption thead tbody tr th td span bdi strong dl dt dd details summary footer desc g polygon text`)

// attributes is every attribute that a page may hold.
var attributes = strings.Fields(`lang charset http-equiv content name rel href class id aria-hidden aria-labelledby aria-label width height viewBox
	cx cy r d fill stroke stroke-width stroke-dasharray x y rx transform preserveAspectRatio role scope data-is open tabindex
	xmlns font-family font-size font-weight text-anchor points text-decoration`)

// checkPage holds a page to what must be true of any.
func checkPage(t testing.TB, page string) []element {
	t.Helper()
	es := readPage(t, page)
	ids := map[string]bool{}
	for i, e := range es {
		require.Contains(t, elements, e.name)
		for a, v := range e.attr {
			require.Contains(t, attributes, a, "in %s", e.name)
			if a != "aria-label" { // which is text
				require.NotContains(t, strings.ToLower(v), "javascript:")
			}
		}
		if id := e.attr["id"]; id != "" {
			require.False(t, ids[id], "two elements have the id %q", id)
			ids[id] = true
		} else if _, given := e.attr["id"]; given {
			t.Fatalf("an empty id on %s", e.name)
		}
		if slices.Contains([]string{"a", "h1", "h2", "h3", "h4", "th", "caption", "summary", "dt", "dd", "title", "desc"}, e.name) {
			require.True(t, e.says, "an empty %s", e.name)
		}
		switch e.name {
		case "svg":
			_, named := e.attr["aria-labelledby"]
			require.True(t, e.attr["aria-hidden"] == "true" || named && e.attr["role"] != "", "a picture that says nothing and is not hidden")
		case "th":
			require.Contains(t, []string{"row", "col"}, e.attr["scope"])
		case "table":
			require.Equal(t, "caption", first(es, i), "a table starts with its caption")
		case "details":
			require.Equal(t, "summary", first(es, i))
		case "section", "article":
			require.NotEmpty(t, e.attr["aria-labelledby"])
		}
	}
	checkLinks(t, es, ids)
	checkHeadings(t, es)
	checkLandmarks(t, es)
	for _, r := range page {
		if strings.ContainsRune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u0000\ufeff", r) {
			t.Fatalf("the character %U in a page", r)
		}
	}
	return es
}

func first(es []element, parent int) string {
	for _, e := range es[parent+1:] {
		if e.parent == parent {
			return e.name
		}
	}
	return ""
}

func checkLinks(t testing.TB, es []element, ids map[string]bool) {
	t.Helper()
	for _, e := range es {
		for _, name := range []string{"aria-labelledby"} {
			for id := range strings.FieldsSeq(e.attr[name]) {
				require.True(t, ids[id], "%s names %q, which is not there", name, id)
			}
		}
		href, ok := e.attr["href"]
		if !ok {
			continue
		}
		switch {
		case strings.HasPrefix(href, "#"):
			require.True(t, ids[href[1:]], "%q leads nowhere", href)
		case e.name == "link":
			require.Equal(t, "data:,", href)
		default:
			require.Equal(t, "a", e.name)
			require.Regexp(t, `^https?://`, href)
			require.Contains(t, e.attr["rel"], "noopener")
		}
	}
}

func checkHeadings(t testing.TB, es []element) {
	t.Helper()
	last, ones := 0, 0
	for _, e := range es {
		if len(e.name) != 2 || e.name[0] != 'h' || e.name[1] < '1' || e.name[1] > '6' {
			continue
		}
		level := int(e.name[1] - '0')
		require.LessOrEqual(t, level, last+1, "a heading skips a level: %q", e.text)
		last = level
		if level == 1 {
			ones++
		}
	}
	require.Equal(t, 1, ones)
}

func checkLandmarks(t testing.TB, es []element) {
	t.Helper()
	count := map[string]int{}
	for _, e := range es {
		count[e.name]++
	}
	for _, one := range []string{"html", "head", "title", "body", "header", "nav", "main", "footer"} {
		want := 1
		if one == "title" {
			want = count["title"] // pictures have titles too
		}
		require.Equal(t, want, count[one], one)
	}
	require.Equal(t, "en-GB", es[0].attr["lang"])
	skip := slices.IndexFunc(es, func(e element) bool { return e.name == "a" })
	require.Equal(t, "#main", es[skip].attr["href"], "the first link skips to the content")
	policy := slices.IndexFunc(es, func(e element) bool { return e.attr["http-equiv"] == "Content-Security-Policy" })
	require.Contains(t, es[policy].attr["content"], "default-src 'none'")
}

// luminance is the relative luminance of WCAG 2.2 of a colour #rrggbb.
func luminance(t *testing.T, hex string) float64 {
	require.Regexp(t, `^#[0-9a-f]{6}$`, hex)
	var l float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		require.NoError(t, err)
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		l += weight * c
	}
	return l
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	blocks := regexp.MustCompile(`:root\s*\{([^}]*)\}`).FindAllStringSubmatch(report.Style, -1)
	require.GreaterOrEqual(t, len(blocks), 2)
	colours := map[string]string{}
	read := func(block string) {
		for _, m := range regexp.MustCompile(`--([a-z]+):\s*(#[0-9a-f]{6})`).FindAllStringSubmatch(block, -1) {
			colours[m[1]] = m[2]
		}
	}
	for i, theme := range []string{"light", "dark"} {
		read(blocks[i][1])
		for _, text := range []string{"text", "quiet", "link", "good", "bad", "serious"} {
			for _, ground := range []string{"page", "panel"} {
				assert.GreaterOrEqual(t, contrast(t, colours[text], colours[ground]), 4.5, "%s: %s on %s", theme, text, ground)
			}
		}
		assert.GreaterOrEqual(t, contrast(t, colours["text"], colours["page"]), 7.0, theme)
		for _, shape := range []string{"rule", "focus"} {
			for _, ground := range []string{"page", "panel"} {
				assert.GreaterOrEqual(t, contrast(t, colours[shape], colours[ground]), 3.0, "%s: %s on %s", theme, shape, ground)
			}
		}
	}
	used := regexp.MustCompile(`#[0-9a-f]{3,6}\b`).FindAllString(report.Style, -1)
	named := regexp.MustCompile(`--[a-z]+:\s*#[0-9a-f]{6}`).FindAllString(report.Style, -1)
	assert.Len(t, named, len(used), "every colour has a name, so that the theme reaches it")
	assert.NotContains(t, report.Style, "url(")
	assert.NotContains(t, report.Style, "@import")
}
