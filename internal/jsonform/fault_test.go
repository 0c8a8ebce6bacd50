package jsonform_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/missionled/missionled/internal/jsonform"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// says writes faults one per line, with offset and kind before the message.
func says(faults []jsonform.Fault) []string {
	var lines []string
	for _, f := range faults {
		lines = append(lines, fmt.Sprintf("%d %s: %s", f.Offset, f.Kind, f.Error()))
	}
	return lines
}

func TestFaults(t *testing.T) {
	const ms = `{"format":"f","milestones":[`
	for _, test := range []struct {
		name, doc string
		want      []string
	}{
		{"several at once", `{
  "format": "missionled/1",
  "milestones": [
    {"id": "a", "name": "A", "dew": "2030-01-01"},
    {"id": "b", "name": 7, "due": "2030-13-01"},
    {"id": "c", "name": "C", "share": "0.5", "seats": 300, "id": "d"}
  ],
  "colour": null
}`, []string{
			`77 unknown member: line 4, column 30: milestones[0].dew: unknown member "dew"; did you mean "due"?`,
			`123 wrong type: line 5, column 25: milestones[1].name: found number 7, want text; write "7"`,
			`133 bad value: line 5, column 35: milestones[1].due: "2030-13-01" is not a date: want YYYY-MM-DD`,
			`186 wrong type: line 6, column 39: milestones[2].share: found text "0.5", want a number; write 0.5 without quotes`,
			`202 out of range: line 6, column 55: milestones[2].seats: 300 is out of range: want -128 to 127`,
			`207 duplicate member: line 6, column 60: milestones[2].id: member "id" is given twice, first at line 6, column 6; keep one of them`,
			`225 unknown member: line 8, column 3: colour: unknown member "colour"; allowed here: format, title, milestones, observations`,
		}},
		{"text decimal as number", ms + `{"id":"a","name":"","value":73.8}]}`, []string{
			`56 wrong type: line 1, column 57: milestones[0].value: found number 73.8, want text (Decimal); write "73.8"`}},
		{"true for text", ms + `{"id":"a","name":true}]}`, []string{
			`45 wrong type: line 1, column 46: milestones[0].name: found true, want text; write "true"`}},
		{"text for truth", ms + `{"done":"true"},{"done":"yes"},{"done":1}]}`, []string{
			`36 wrong type: line 1, column 37: milestones[0].done: found text "true", want true or false; write true without quotes`,
			`52 wrong type: line 1, column 53: milestones[1].done: found text "yes", want true or false`,
			`67 wrong type: line 1, column 68: milestones[2].done: found number 1, want true or false`}},
		{"one for many", ms + `{"missions":"growth"}]}`, []string{
			`40 wrong type: line 1, column 41: milestones[0].missions: found text "growth", want an array; write ["growth"]`}},
		{"object for text", ms + `{"name":{"a":[1]}}]}`, []string{
			`36 wrong type: line 1, column 37: milestones[0].name: found an object, want text`}},
		{"object for array, array for object", `{"milestones":{"a":1},"observations":[[]]}`, []string{
			`14 wrong type: line 1, column 15: milestones: found an object, want an array`,
			`38 wrong type: line 1, column 39: observations[0]: found an array, want an object`}},
		{"either-or", ms + `{"members":"x","note":["x"]},{"members":[1],"note":{"state":1,"gruond":""}}]}`, []string{
			`39 wrong type: line 1, column 40: milestones[0].members: found text "x", want an array or an object; write ["x"]`,
			`50 wrong type: line 1, column 51: milestones[0].note: found an array, want text or an object`,
			`69 wrong type: line 1, column 70: milestones[1].members[0]: found number 1, want text; write "1"`,
			`88 wrong type: line 1, column 89: milestones[1].note.state: found number 1, want text; write "1"`,
			`90 unknown member: line 1, column 91: milestones[1].note.gruond: unknown member "gruond"; did you mean "ground"?`}},
		{"null", `{"format":null,"milestones":[null,{"parent":null,"labels":{"a":null},"note":null}]}`, []string{
			`10 null: line 1, column 11: format: found null, want text; leave the member out`,
			`29 null: line 1, column 30: milestones[0]: found null, want an object; leave the member out`,
			`44 null: line 1, column 45: milestones[1].parent: found null, want an object; leave the member out`,
			`63 null: line 1, column 64: milestones[1].labels.a: found null, want text; leave the member out`,
			`76 null: line 1, column 77: milestones[1].note: found null, want text or an object; leave the member out`}},
		{"numbers", ms + `{"share":1e999},{"share":1e-999},{"share":0.1234567890123456789},{"seats":1.0},{"count":-1},{"count":65536},{"weights":[1,2.50,1e-320]},{"seats":-9223372036854775809}]}`, []string{
			`37 out of range: line 1, column 38: milestones[0].share: number "1e999" is too large for a float64`,
			`53 out of range: line 1, column 54: milestones[1].share: number "1e-999" is too small to tell from zero`,
			`70 too precise: line 1, column 71: milestones[2].share: number "0.1234567890123456789" has more digits than a float64 keeps; write 0.12345678901234568`,
			`102 wrong type: line 1, column 103: milestones[3].seats: found number "1.0", want a whole number; write it without fraction and exponent`,
			`116 out of range: line 1, column 117: milestones[4].count: -1 is out of range: want 0 to 65535`,
			`129 out of range: line 1, column 130: milestones[5].count: 65536 is out of range: want 0 to 65535`,
			`173 out of range: line 1, column 174: milestones[7].seats: -9223372036854775809 is out of range: want -128 to 127`}},
		{"bad numbers", ms + `{"share":01},{"share":+1},{"share":.5},{"share":1.},{"share":0x10},{"share":-},{"share":NaN},{"share":-Infinity},{"share":1e}]}`, []string{
			`37 syntax: line 1, column 38: milestones[0].share: "01" is not a JSON number; write 1`,
			`50 syntax: line 1, column 51: milestones[1].share: "+1" is not a JSON number; write 1`,
			`63 syntax: line 1, column 64: milestones[2].share: ".5" is not a JSON number; write 0.5`,
			`76 syntax: line 1, column 77: milestones[3].share: "1." is not a JSON number; write 1`,
			`89 syntax: line 1, column 90: milestones[4].share: "0x10" is not a JSON number`,
			`104 syntax: line 1, column 105: milestones[5].share: "-" is not a JSON number`,
			`116 syntax: line 1, column 117: milestones[6].share: NaN is not a JSON number; leave the member out`,
			`130 syntax: line 1, column 131: milestones[7].share: -Infinity is not a JSON number; leave the member out`,
			`150 syntax: line 1, column 151: milestones[8].share: "1e" is not a JSON number`}},
		{"bare words", ms + `{"done":True},{"name":None},{"name":growth}]}`, []string{
			`36 syntax: line 1, column 37: milestones[0].done: bare word "True"; write true`,
			`50 syntax: line 1, column 51: milestones[1].name: bare word "None"; leave the member out`,
			`64 syntax: line 1, column 65: milestones[2].name: bare word "growth"; write "growth" in quotes`}},
		{"quotes", `{title: "x", 'format': 'y'}`, []string{
			`1 syntax: line 1, column 2: a member's name without double quotes; write "title"`,
			`13 syntax: line 1, column 14: a member's name without double quotes; write "format"`,
			`23 syntax: line 1, column 24: format: a text in single quotes; write "y"`}},
		{"commas", "{\"milestones\": [,{\"name\":\"\" \"id\":\"\",}\n{},,{},],}", []string{
			`16 syntax: line 1, column 17: milestones: a comma with no value before it; take the comma out`,
			`28 syntax: line 1, column 29: milestones[0]: a comma is missing before this`,
			`35 syntax: line 1, column 36: milestones[0]: a comma before }; take the comma out`,
			`38 syntax: line 2, column 1: milestones: a comma is missing before this`,
			`41 syntax: line 2, column 4: milestones: a comma with no value before it; take the comma out`,
			`44 syntax: line 2, column 7: milestones: a comma before ]; take the comma out`,
			`46 syntax: line 2, column 9: a comma before }; take the comma out`}},
		{"comments", "// one\n{\"format\": /* two */ \"f\"} # three", []string{
			`0 syntax: line 1, column 1: JSON has no comments; keep remarks in a member of their own`,
			`18 syntax: line 2, column 12: format: JSON has no comments; keep remarks in a member of their own`,
			`33 trailing data: line 2, column 27: found '#' after the end of the document`}},
		{"missing value", `{"format": , "title": }`, []string{
			`11 syntax: line 1, column 12: format: a value is missing`,
			`22 syntax: line 1, column 23: title: a value is missing`}},
		{"equals for colon", `{"format" = "f", "title" "t"}`, []string{
			`10 syntax: line 1, column 11: found '=', want a colon; write :`,
			`25 syntax: line 1, column 26: found '"', want a colon after the member's name`}},
		{"forgotten quote", "{\"format\": \"f,\n \"title\": 7}", []string{
			`11 syntax: line 1, column 12: format: a text is not closed on its line; close it with ", or write \n for a line break`,
			`25 wrong type: line 2, column 11: title: found number 7, want text; write "7"`}},
		{"forgotten quote before a bracket", "{\"milestones\":[{\"name\": \"f},\n {\"name\": 7}]}", []string{
			`24 syntax: line 1, column 25: milestones[0].name: a text is not closed on its line; close it with ", or write \n for a line break`}},
		{"text over two lines", "{\"format\": \"f\n\tg\", \"title\": 7}", []string{
			`13 control character: line 1, column 14: format: control character '\n' inside a text; write \n`,
			`14 control character: line 2, column 1: format: control character '\t' inside a text; write \t`,
			`28 wrong type: line 2, column 15: title: found number 7, want text; write "7"`}},
		{"control", "{\"format\": \"a\x00\x1fb\"}", []string{
			`13 control character: line 1, column 14: format: control character '\x00' inside a text; write \u0000`,
			`14 control character: line 1, column 15: format: control character '\x1f' inside a text; write \u001f`}},
		{"escapes", `{"format": "\q \u12 \ud83d \ud83d\ud83d \ude00 \ud83d\ude00 é\ü"}`, []string{
			`12 syntax: line 1, column 13: format: unknown escape "\\q"; write \\ for a backslash`,
			`15 syntax: line 1, column 16: format: \u is not followed by four hexadecimal digits; write \\ for a backslash`,
			`20 unpaired surrogate: line 1, column 21: format: half of a surrogate pair, \ud83d, stands alone; write the character itself`,
			`27 unpaired surrogate: line 1, column 28: format: half of a surrogate pair, \ud83d, stands alone; write the character itself`,
			`33 unpaired surrogate: line 1, column 34: format: half of a surrogate pair, \ud83d, stands alone; write the character itself`,
			`40 unpaired surrogate: line 1, column 41: format: half of a surrogate pair, \ude00, stands alone; write the character itself`,
			`62 syntax: line 1, column 62: format: unknown escape "\\ü"; write \\ for a backslash`}},
		{"latin-1", "{\"format\": \"caf\xe9 \xff\xfe\", \"t\xe9\": [1, {\"a\": 2}], \"title\": 3}", []string{
			`15 invalid UTF-8: line 1, column 16: format: bytes that are not UTF-8: e9; save the file as UTF-8`,
			`17 invalid UTF-8: line 1, column 18: format: bytes that are not UTF-8: ff fe; save the file as UTF-8`,
			`24 invalid UTF-8: line 1, column 25: bytes that are not UTF-8: e9; save the file as UTF-8`,
			`52 wrong type: line 1, column 53: title: found number 3, want text; write "3"`}},
		{"columns count code points", "{\"title\": \"日本 é😀\", \"format\": 1}", []string{
			`37 wrong type: line 1, column 30: format: found number 1, want text; write "1"`}},
		{"byte order mark", "\ufeff{\"format\": 1}", []string{
			`14 wrong type: line 1, column 12: format: found number 1, want text; write "1"`}},
		{"duplicates", `{"x-a":1,"x-a":2,"milestones":[{"labels":{"a":"1","b":"2","b":"3","a":"4","c":"5","c":"6"}}],"x-b":3,"x-b":[4]}`, []string{
			`9 duplicate member: line 1, column 10: x-a: member "x-a" is given twice, first at line 1, column 2; keep one of them`,
			`58 duplicate member: line 1, column 59: milestones[0].labels.b: member "b" is given twice, first at line 1, column 51; keep one of them`,
			`66 duplicate member: line 1, column 67: milestones[0].labels.a: member "a" is given twice, first at line 1, column 43; keep one of them`,
			`82 duplicate member: line 1, column 83: milestones[0].labels.c: member "c" is given twice, first at line 1, column 75; keep one of them`,
			`101 duplicate member: line 1, column 102: x-b: member "x-b" is given twice, first at line 1, column 94; keep one of them`}},
		{"extensions", ms + `{"links":[{"to":"a","x-y":1}],"x-":1,"x-bad":[01,"\q"],"x-good":null}]}`, []string{
			`48 unknown member: line 1, column 49: milestones[0].links[0].x-y: unknown member "x-y": extensions are not kept here; allowed here: to, kind`,
			`58 unknown member: line 1, column 59: milestones[0].x-: unknown member "x-"; allowed here: id, missions, name, due, share, seats, count, done, value, members, note, links, labels, parts, parent, weights, counts, dates, from, until, source, at, grade`,
			`74 syntax: line 1, column 75: milestones[0].x-bad[0]: "01" is not a JSON number; write 1`,
			`78 syntax: line 1, column 79: milestones[0].x-bad[1]: unknown escape "\\q"; write \\ for a backslash`}},
		{"map keys", ms + `{"parts":{"A b":{},"c":{"to":1}},"labels":{"a.b":1}}]}`, []string{
			`38 bad value: line 1, column 39: milestones[0].parts["A b"]: invalid id "A b": want lower-case letters, digits and hyphens`,
			`57 wrong type: line 1, column 58: milestones[0].parts.c.to: found number 1, want text (ID); write "1"`,
			`77 wrong type: line 1, column 78: milestones[0].labels["a.b"]: found number 1, want text; write "1"`}},
		{"trailing", `{"format":1} {}`, []string{
			`10 wrong type: line 1, column 11: format: found number 1, want text; write "1"`,
			`13 trailing data: line 1, column 14: found '{' after the end of the document`}},
		{"empty", " \n ", []string{`3 syntax: line 2, column 2: the document is empty`}},
		{"root is no object", `[]`, []string{`0 wrong type: line 1, column 1: found an array, want an object`}},
		{"ends in an object", "{\n \"milestones\": [\n", []string{
			`19 syntax: line 3, column 1: milestones: the document ends inside the array opened at line 2, column 16`}},
		{"ends in a text", `{"format":"a`, []string{`12 syntax: line 1, column 13: format: the document ends inside a text; close it with "`}},
		{"ends after a name", `{"format":`, []string{`10 syntax: line 1, column 11: format: the document ends where a value is wanted`}},
		{"wrong bracket", `{"milestones":[{"id":1]}]}`, []string{
			`21 wrong type: line 1, column 22: milestones[0].id: found number 1, want text (ID); write "1"`,
			`22 syntax: line 1, column 23: milestones[0]: found ']', want a comma or }`}},
		{"stray byte", "{\"format\": \xe9}", []string{`11 syntax: line 1, column 12: format: found byte e9, want a value`}},
		{"case of names", `{"Format":"f"}`, []string{`1 unknown member: line 1, column 2: Format: unknown member "Format"; did you mean "format"?`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var spec Spec
			faults := jsonform.Decode([]byte(test.doc), &spec, jsonform.Limits{})
			assert.Equal(t, test.want, says(faults))
			places(t, []byte(test.doc), faults)
		})
	}
}

// places checks line and column of each fault against a slow count, and their order.
func places(t *testing.T, data []byte, faults []jsonform.Fault) {
	t.Helper()
	last := 0
	for _, f := range faults {
		require.GreaterOrEqual(t, f.Offset, last)
		require.LessOrEqual(t, f.Offset, len(data))
		last = f.Offset
		line, column := slowPlace(data, f.Offset)
		assert.Equal(t, [2]int{line, column}, [2]int{f.Line, f.Column}, f.Error())
		assert.NotEqual(t, jsonform.Kind(0), f.Kind)
	}
}

func slowPlace(data []byte, offset int) (line, column int) {
	line, column = 1, 1
	for i := 0; i < offset; {
		char, n := utf8.DecodeRune(data[i:offset])
		switch {
		case char == '\n':
			line, column = line+1, 1
		case char == '\ufeff' && i == 0 && n == 3:
		default:
			column++
		}
		i += n
	}
	return line, column
}

func TestFaultCause(t *testing.T) {
	var m Milestone
	faults := jsonform.Decode([]byte(`{"due":"soon"}`), &m, jsonform.Limits{})
	require.Len(t, faults, 1)
	cause, ok := errors.AsType[*DateError](fmt.Errorf("document: %w", faults[0]))
	require.True(t, ok)
	assert.Equal(t, "soon", cause.Text)
	assert.Equal(t, jsonform.BadValue, faults[0].Kind)
	assert.Zero(t, m.Due)
}

func TestLimits(t *testing.T) {
	decode := func(doc string, limits jsonform.Limits) []string {
		var spec Spec
		return says(jsonform.Decode([]byte(doc), &spec, limits))
	}
	assert.Equal(t, []string{"12 too large: line 2, column 11: 14 bytes, more than the limit of 12"}, decode("{\n\"format\":\"\"}", jsonform.Limits{MaxBytes: 12}))
	assert.Nil(t, decode("{\n\"format\":\"\"}", jsonform.Limits{MaxBytes: 14}))
	assert.Equal(t, []string{
		`25 too deep: line 1, column 26: milestones[0].labels: nested more than 3 deep`,
		`69 wrong type: line 1, column 70: title: found number 1, want text; write "1"`,
	}, decode(`{"milestones":[{"labels":{"}":"\"}"},"name":"n"},{"id":"b"}],"title":1}`, jsonform.Limits{MaxDepth: 3}))
	assert.Equal(t, []string{
		`21 too large: line 1, column 22: milestones: more than 2 array elements and map members in the document`,
	}, decode(`{"milestones":[{},{},{},{"name":1}],"title":1}`, jsonform.Limits{MaxItems: 2}))
	assert.Equal(t, []string{
		`10 wrong type: line 1, column 11: format: found number 1, want text; write "1"`,
		`12 unknown member: line 1, column 13: a: unknown member "a"; allowed here: format, title, milestones, observations`,
		`18 more: line 1, column 19: b: more than 2 faults: the rest was not read`,
	}, decode(`{"format":1,"a":1,"b":1,"c":2}`, jsonform.Limits{MaxFaults: 2}))
}

func TestDeepNesting(t *testing.T) {
	deep := strings.Repeat("[", 1<<20)
	for _, doc := range []string{deep, `{"x-a":` + deep, `{"unknown":` + deep, `{"format":` + deep, `{"milestones":` + deep, strings.Repeat(`{"parent":`, 1<<18)} {
		var m Milestone
		faults := jsonform.Decode([]byte(doc), &m, jsonform.Limits{MaxDepth: 1 << 30})
		require.NotEmpty(t, faults)
		assert.Equal(t, len(doc), faults[len(faults)-1].Offset)
		path := "a" + strings.Repeat("[0]", 1<<16)
		assert.False(t, jsonform.Locate([]byte(doc), []string{path})[0].Exact)
	}
}

// TestManyDuplicates would take hours if each duplicate read its object again.
func TestManyDuplicates(t *testing.T) {
	doc := `{"labels":{` + strings.Repeat(`"a":"",`, 300_000) + `"b":""}}`
	var m Milestone
	faults := jsonform.Decode([]byte(doc), &m, jsonform.Limits{MaxFaults: 1 << 20})
	require.Len(t, faults, 299_999)
	assert.Equal(t, `member "a" is given twice, first at line 1, column 12`, faults[299_998].Message)
	assert.Equal(t, map[string]string{"a": "", "b": ""}, m.Labels)
}

func TestValuesBesideFaults(t *testing.T) {
	var spec Spec
	faults := jsonform.Decode([]byte(`{"format":"f","milestones":[{"id":"a","due":"x","seats":1},7,{"id":"c","id":"d","missions":["a",1,"b"],"x-a":[1, 2]}],"title":"t"}`), &spec, jsonform.Limits{})
	assert.Len(t, faults, 4)
	assert.Equal(t, Spec{Format: "f", Title: "t", Milestones: []Milestone{
		{Record: Record{ID: "a"}, Seats: 1},
		{},
		{Record: Record{ID: "c", Extra: Extra{"x-a": "[1,2]"}}, Missions: []ID{"a", "", "b"}},
	}}, spec)
}

func TestKindString(t *testing.T) {
	seen := map[string]bool{}
	for k := jsonform.Syntax; k <= jsonform.More; k++ {
		assert.NotEmpty(t, k.String())
		assert.False(t, seen[k.String()], k.String())
		seen[k.String()] = true
	}
	assert.Equal(t, "", jsonform.Kind(0).String())
	assert.Equal(t, "kind(99)", jsonform.Kind(99).String())
}

func TestDecodePanics(t *testing.T) {
	assert.PanicsWithValue(t, "jsonform: Decode into jsonform_test.Spec, want a non-nil pointer", func() { jsonform.Decode(nil, Spec{}, jsonform.Limits{}) })
	assert.PanicsWithValue(t, "jsonform: type interface {}: is not supported", func() { jsonform.Decode(nil, new(any), jsonform.Limits{}) })
}
