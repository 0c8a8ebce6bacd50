package report_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/report"
)

// hostile are texts that try to get out of their place.
var hostile = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`' onmouseover='alert(1)`,
	`</style><script>alert(1)</script>`,
	`</title></svg></a><a href="javascript:alert(1)">x</a>`,
	`javascript:alert(document.cookie)`,
	`{{.Style}}{{template "page"}}`,
	`<!-- --> ]]> <![CDATA[ <?xml`,
	"safe\u202egnp.exe\u2066\u2067\u2068\u2069\u200f",
	"a\x00b\x01c\x1bd\x7f\u0085e\ufeff",
	"\xff\xfe\x80 bytes",
	"line\r\nbreak\u2028and\u2029another",
	`&lt;script&gt; &amp; &#x3c;`,
	`=cmd|' /C calc'!A0`,
	strings.Repeat("W", 1_000_000),
	strings.Repeat("word ", 200_000),
	"z" + strings.Repeat("\u0335", 5000) + "algo",
	"../../../etc/passwd",
	"\U0001F469\u200d\U0001F680 अनु\u200dष्ठान مهمة 任務",
}

// longest is where the text of a million letters is among the hostile ones.
var longest = slices.IndexFunc(hostile, func(s string) bool { return len(s) == 1_000_000 })

// filled is the small plan with a text in the place of every text that is free.
func filled(t testing.TB, text string) mission.Spec {
	return poured(small(t), text)
}

func poured(spec mission.Spec, text string) mission.Spec {
	spec.Title = text
	for _, table := range spec.Tables() {
		fill(reflect.ValueOf(table.Records).Elem(), text)
	}
	return spec
}

func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "Namespace" {
				fill(v.Field(i), text)
			}
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.String() != "" {
			v.SetString(text)
		}
	}
}

// shape is the elements of a page, without those of its pictures, whose lines depend on the length of the texts.
func shape(es []element) string {
	var b strings.Builder
	inPicture := make([]bool, len(es))
	for i, e := range es {
		_, drawn := e.attr["font-family"]
		inPicture[i] = drawn || e.parent >= 0 && inPicture[e.parent]
		if !inPicture[i] {
			b.WriteString(e.name + " ")
		}
	}
	return b.String()
}

func TestHostilePlan(t *testing.T) {
	want := shape(checkPage(t, write(t, compile(t, filled(t, "text"), mission.View{}), nil)))
	for i, text := range hostile {
		if i != longest || testing.Short() { // one very long text is enough
			text = text[:min(len(text), 20_000)]
		}
		page := write(t, compile(t, filled(t, text), mission.View{}), nil)
		es := checkPage(t, page)
		assert.Equal(t, want, shape(es), "%.40q changes the elements of the page", text)
		assert.Less(t, len(page), 700_000, "%.40q swells the page", text)
		for _, e := range es {
			for name := range e.attr {
				assert.False(t, strings.HasPrefix(name, "on"), "%.40q makes an attribute %s", text, name)
			}
		}
	}
}

// A name of which nothing can be seen gives way to the id.
func TestInvisibleNames(t *testing.T) {
	page := write(t, compile(t, filled(t, "\u202e\u200b\u2066\u200d"), mission.View{}), nil)
	checkPage(t, page)
	text := words(readPage(t, page))
	assert.Contains(t, text, "A plan without a title")
	assert.Contains(t, text, "clear-roads")
	assert.Contains(t, text, "sos-housing (housing)")
}

func TestPathsAreNoIDs(t *testing.T) {
	for _, id := range []record.ID{"../../etc/passwd", "<b>", "a b", "A", "x\u202ey"} {
		_, err := mission.Compile(mission.Spec{Missions: []mission.Mission{{Record: record.New(id), Name: "x"}}}, mission.View{})
		assert.Error(t, err, "%q never comes as far as a page", id)
	}
}

func FuzzWrite(f *testing.F) {
	for _, text := range hostile {
		if len(text) < 1000 {
			f.Add(text)
		}
	}
	want := shape(readPage(f, write(f, compile(f, filled(f, "text"), mission.View{}), nil)))
	f.Fuzz(func(t *testing.T, text string) {
		if report.Clean(text, 10) == "" {
			t.Skip("the text shows nothing, so the page leaves its line out")
		}
		if _, err := record.ParseID(text); err == nil {
			t.Skip("it may be the name of something in the plan")
		}
		if report.Address(text) != "" {
			t.Skip("it becomes a link, as it should")
		}
		require.Equal(t, want, shape(checkPage(t, write(t, compile(t, filled(t, text), mission.View{}), nil))))
	})
}
