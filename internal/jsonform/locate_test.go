package jsonform_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/missionled/missionled/internal/jsonform"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLocate(t *testing.T) {
	doc := "{\n  \"milestones\": [\n    {\"id\": \"é\", \"due\": \"2030\"},\n    {\"id\": \"b\", \"a.b\": {\"c d\": [1, [2, 3]]}, \"id\": \"c\"}\n  ]\n}"
	for _, test := range []struct {
		path         string
		line, column int
		exact        bool
	}{
		{"", 1, 1, true},
		{"milestones", 2, 17, true},
		{"milestones[0]", 3, 5, true},
		{"milestones[0].due", 3, 24, true},
		{"milestones[1].id", 4, 12, true},
		{`milestones[1]["a.b"]["c d"][1][0]`, 4, 37, true},
		{"milestones[0].due.x", 3, 24, false},
		{"milestones[0].dew", 3, 5, false},
		{"milestones[2].id", 2, 17, false},
		{"milestones.id", 2, 17, false},
		{"milestones[0]due", 3, 5, false},
		{"milestones[", 2, 17, false},
		{"milestones[99999999999999999999]", 2, 17, false},
		{"[0]", 1, 1, false},
		{".milestones", 1, 1, false},
		{`milestones["`, 2, 17, false},
		{`["milestones"][0]`, 3, 5, true},
	} {
		got := jsonform.Locate([]byte(doc), []string{"milestones[1]", test.path, "milestones"})
		require.Len(t, got, 3)
		assert.Equal(t, fmt.Sprint(test.line, ":", test.column, test.exact), fmt.Sprint(got[1].Line, ":", got[1].Column, got[1].Exact), test.path)
		assert.Equal(t, jsonform.Position{Offset: strings.Index(doc, `{"id": "b"`), Line: 4, Column: 5, Exact: true}, got[0])
	}
	assert.Empty(t, jsonform.Locate([]byte(doc), nil))
	assert.Equal(t, []jsonform.Position{{Line: 1, Column: 1}}, jsonform.Locate(nil, []string{"a"}))
	assert.Equal(t, []jsonform.Position{{Offset: 9, Line: 1, Column: 7, Exact: true}}, jsonform.Locate([]byte("\ufeff{\"a\": 1, what"), []string{"a"}))
}

// slowPaths lists the path and offset of every value of a document, by the tokens of encoding/json. Of duplicate members the first counts.
func slowPaths(t *testing.T, data []byte) (paths []string, offsets map[string]int) {
	offsets = map[string]int{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var walk func(path string)
	walk = func(path string) {
		from := int(d.InputOffset())
		at := from + len(data[from:]) - len(bytes.TrimLeft(data[from:], " \t\r\n,:"))
		if _, ok := offsets[path]; !ok {
			offsets[path] = at
			paths = append(paths, path)
		}
		token, err := d.Token()
		require.NoError(t, err)
		switch token {
		case json.Delim('{'):
			seen := map[string]bool{}
			for d.More() {
				name, err := d.Token()
				require.NoError(t, err)
				child := path + jsonform.NamePath(name.(string))
				if path != "" && !strings.HasPrefix(jsonform.NamePath(name.(string)), "[") {
					child = path + "." + jsonform.NamePath(name.(string))
				}
				if seen[child] {
					child += "\x00again"
				}
				seen[child] = true
				walk(child)
			}
			_, err = d.Token()
			require.NoError(t, err)
		case json.Delim('['):
			for i := 0; d.More(); i++ {
				walk(fmt.Sprintf("%s[%d]", path, i))
			}
			_, err = d.Token()
			require.NoError(t, err)
		}
	}
	walk("")
	return paths, offsets
}

func checkLocate(t *testing.T, data []byte) {
	t.Helper()
	paths, offsets := slowPaths(t, data)
	var asked []string
	for _, path := range paths {
		if !strings.Contains(path, "\x00") {
			asked = append(asked, path)
		}
	}
	for i, got := range jsonform.Locate(data, asked) {
		line, column := slowPlace(data, offsets[asked[i]])
		require.Equal(t, jsonform.Position{Offset: offsets[asked[i]], Line: line, Column: column, Exact: true}, got, asked[i])
	}
}

func TestLocateEveryValue(t *testing.T) {
	checkLocate(t, []byte(fullDocument))
	data, err := jsonform.Encode(bigSpec(40))
	require.NoError(t, err)
	checkLocate(t, data)
}

func TestPathText(t *testing.T) {
	for _, name := range []string{"a", "x-foo", "a_b", "0", "", "a.b", "é", "a b", `"`, `\`, "[0]", "a+b", "\n", "\xff"} {
		path := jsonform.NamePath(name)
		for _, whole := range []string{path, path + "[3]", path + `[""]`, path + ".b", "[12]" + strings.TrimPrefix(path+".c", path)} {
			got, ok := jsonform.RewritePath(whole)
			assert.True(t, ok, whole)
			assert.Equal(t, whole, got)
		}
	}
	for _, path := range []string{".", "a.", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[1", `a["b"`, `a["b]`, "a b", "[1]a", "a[+1]"} {
		_, ok := jsonform.RewritePath(path)
		assert.False(t, ok, path)
	}
}
