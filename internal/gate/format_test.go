package gate_test

import (
	"encoding/json"
	"fmt"
	"go/constant"
	gotypes "go/types"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	tablesBegin = "<!-- made by: go test ./internal/gate -run TestFormatTables -update -->\n"
	tablesEnd   = "<!-- end -->\n"
)

// TestFormatTables makes the last section of docs/format.md from the record types and the schema's descriptions of them.
func TestFormatTables(t *testing.T) {
	file := filepath.Join(root, "docs", "format.md")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(data), tablesBegin)
	require.True(t, ok, "docs/format.md has lost its mark %q", tablesBegin)
	_, after, ok := strings.Cut(rest, tablesEnd)
	require.True(t, ok, "docs/format.md has lost its mark %q", tablesEnd)
	want := before + tablesBegin + formatTables(t) + tablesEnd + after
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
		return
	}
	assert.Equal(t, want, string(data), "the tables differ from the types: run go test ./internal/gate -run TestFormatTables -update")
}

type schema struct {
	Ref         string `json:"$ref"`
	AllOf       []schema
	AnyOf       []schema
	Enum        []string
	Type        string
	Items       *schema
	Format      string
	Description string
	Properties  map[string]schema
	Defs        map[string]schema `json:"$defs"`
}

func formatTables(t *testing.T) string {
	var s schema
	require.NoError(t, json.Unmarshal(document.Schema(), &s))
	var b strings.Builder
	shared := reflect.TypeFor[record.Record]()
	table := func(title string, typ reflect.Type, def schema) {
		fmt.Fprintf(&b, "\n### %s\n\n| member | written as | meaning |\n|---|---|---|\n", title)
		for f := range typ.Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" || name == "-" || f.Anonymous {
				continue
			}
			p, ok := def.Properties[name]
			require.True(t, ok, "the schema has no %s.%s", title, name)
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, written(s, p, f.Tag.Get("ref")), cell(meaning(t, p, typ, shared)))
		}
	}
	var all mission.Spec
	for i, kind := range all.Tables() {
		typ := reflect.TypeOf(kind.Records).Elem().Elem()
		p, ok := s.Properties[kind.Name]
		require.True(t, ok && p.Items != nil, "the schema has no list %s", kind.Name)
		def := s.Defs[strings.TrimPrefix(p.Items.Ref, "#/$defs/")]
		if i == 0 {
			table("All records", shared, def)
		}
		table("`"+kind.Name+"`: "+string(kind.Kind), typ, def)
	}
	return b.String() + "\n"
}

// written says how a member is written, in the words of the section on values.
func written(root, p schema, refers string) string {
	if len(p.AllOf) == 1 {
		p = p.AllOf[0]
	}
	kinds := strings.ReplaceAll(refers, ",", " or ")
	switch {
	case len(p.AnyOf) == 2:
		return written(root, p.AnyOf[0], refers) + ", or not known"
	case p.Items != nil:
		return "list of " + written(root, *p.Items, refers)
	case len(p.Enum) > 0:
		return "`" + strings.Join(p.Enum, "`, `") + "`"
	case p.Ref == "#/$defs/id" && kinds != "":
		return "*id* of " + article(kinds)
	case p.Ref == "#/$defs/reference" && kinds != "":
		return "*reference* to " + article(kinds)
	case p.Ref == "#/$defs/when":
		return "*date*"
	case p.Ref == "#/$defs/date":
		return "exact *date*"
	case p.Ref == "#/$defs/decimal":
		return "*number*"
	case strings.Contains(p.Ref, "."):
		d := root.Defs[strings.TrimPrefix(p.Ref, "#/$defs/")]
		var members []string
		for name := range d.Properties {
			members = append(members, "`"+name+"`")
		}
		slices.Sort(members)
		return "object with " + strings.Join(members, ", ")
	case p.Ref != "":
		return "*" + strings.TrimPrefix(p.Ref, "#/$defs/") + "*"
	case p.Format == "date-time":
		return "*instant*"
	case p.Type == "string":
		return "text"
	case p.Type == "boolean":
		return "`true` or `false`"
	}
	return p.Type
}

// meaning turns a doc comment into the words of a document: fields are called by the names of their members, constants by
// their texts.
func meaning(t *testing.T, p schema, types ...reflect.Type) string {
	comment := p.Description
	for _, typ := range types {
		for f := range typ.Fields() {
			if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
				comment = regexp.MustCompile(`(^|[ (])`+f.Name+`\b`).ReplaceAllString(comment, "${1}`"+name+"`")
			}
		}
	}
	comment = regexp.MustCompile(`\b[A-Z]\w+`).ReplaceAllStringFunc(comment, func(word string) string {
		if slices.Contains(p.Enum, strings.ToLower(word)) {
			return "`" + strings.ToLower(word) + "`"
		}
		folder := strings.TrimPrefix(types[0].PkgPath(), tree(t).Module+"/")
		if c, ok := tree(t).Package(folder).Types.Scope().Lookup(word).(*gotypes.Const); ok && c.Val().Kind() == constant.String {
			return "`" + constant.StringVal(c.Val()) + "`"
		}
		return word
	})
	return strings.NewReplacer("Zero means", "Left out, it means", "Empty means", "Left out, it means").Replace(comment)
}

func article(noun string) string {
	if strings.ContainsAny(noun[:1], "aeiou") {
		return "an " + noun
	}
	return "a " + noun
}

func cell(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}
