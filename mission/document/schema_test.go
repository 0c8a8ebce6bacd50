package document_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/jsonform"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestSchema generates the JSON Schema from the types that Decode reads into, with their doc comments as descriptions, and
// compares it with the published one.
func TestSchema(t *testing.T) {
	g := schemaOf{docs: fieldDocs(t), defs: map[string]any{}}
	root := g.object(reflect.TypeFor[mission.Spec]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = "https://github.com/missionled/missionled/mission/document/schema.json"
	root["title"] = "A mission plan in the format " + mission.Format
	root["properties"].(map[string]any)["format"] = map[string]any{"const": mission.Format}
	root["required"] = []string{"format"}
	root["$defs"] = g.defs
	want, err := json.MarshalIndent(root, "", " ")
	require.NoError(t, err)
	want = append(want, '\n')
	if *update {
		require.NoError(t, os.WriteFile("schema.json", want, 0o644))
		return
	}
	require.True(t, bytes.Equal(want, document.Schema()), "schema.json differs from the types: run go test ./mission/document -run TestSchema -update")
}

type schemaOf struct {
	docs map[string]string // "Type.Field" to its doc comment
	defs map[string]any
}

func (g *schemaOf) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	extensible := false
	for _, m := range jsonform.Members(t) {
		switch m.Role {
		case jsonform.Extensions:
			extensible = true
			continue
		case jsonform.Plain:
			continue
		}
		s := g.value(m.Type)
		owner, field := fieldOwner(t, m.Index)
		if doc := g.docs[owner+"."+field]; doc != "" {
			if _, ref := s["$ref"]; ref {
				s = map[string]any{"allOf": []any{s}}
			}
			s["description"] = doc
		}
		properties[m.Name] = s
		if m.Name == "id" || m.Name == "name" && t != reflect.TypeFor[record.Day]() && m.Required {
			required = append(required, m.Name)
		}
	}
	s := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if extensible {
		s["patternProperties"] = map[string]any{"^x-": true}
	}
	if len(required) > 0 && properties["of"] == nil {
		s["required"] = required
	} else if properties["id"] != nil {
		s["required"] = []string{"id"}
	}
	return s
}

func fieldOwner(t reflect.Type, index []int) (owner, field string) {
	for _, i := range index {
		f := t.Field(i)
		owner, field = plainName(t), f.Name
		t = f.Type
	}
	return owner, field
}

func plainName(t reflect.Type) string {
	name, _, _ := strings.Cut(t.Name(), "[")
	return filepath.Base(t.PkgPath()) + "." + name
}

func (g *schemaOf) value(t reflect.Type) map[string]any {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[record.ID]():
		return g.define("id", map[string]any{"type": "string", "maxLength": record.MaxID, "pattern": "^[a-z0-9]+([-._][a-z0-9]+)*$",
			"description": "A short name, unique among the records of its kind, or a UUID."})
	case reflect.TypeFor[record.Ref]():
		return g.define("reference", map[string]any{"type": "string", "pattern": "^[a-z0-9-]+/[a-z0-9]+([-._][a-z0-9]+)*$",
			"description": "A record of any kind: the kind and the id, as in milestone/clean-power-2030."})
	case reflect.TypeFor[calendar.Date]():
		return g.define("date", map[string]any{"type": "string", "format": "date"})
	case reflect.TypeFor[calendar.Minute]():
		return g.define("minute", map[string]any{"type": "string", "pattern": `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:00)?$`,
			"description": "A minute as clocks on the wall show it, without a zone, as in 2028-03-31T17:00."})
	case reflect.TypeFor[calendar.Minutes]():
		return g.define("minutes", map[string]any{"type": "string", "pattern": `^[-+]?PT([0-9]{1,12}H)?([0-9]{1,12}M)?(0+S)?$`,
			"description": "A length of time in hours and minutes, as in PT7H30M."})
	case reflect.TypeFor[calendar.Clock]():
		return g.define("clock", map[string]any{"type": "string", "pattern": `^[0-9]{2}:[0-9]{2}$`, "description": "A time of day, 00:00 to 24:00."})
	case reflect.TypeFor[calendar.Shift]():
		return g.define("shift", map[string]any{"type": "string", "pattern": `^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$`,
			"description": "A stretch of a day that is worked, as in 09:00-17:30."})
	case reflect.TypeFor[calendar.When]():
		return g.define("when", map[string]any{"type": "string", "minLength": 4,
			"examples":    []string{"2025-12-31", "2025-12", "2025-Q4", "2025", "FY2025-26", "FY2025-26-Q3", "SY2027-28", "2025-07-01/2025-08-15", "unknown", "end-of-parliament"},
			"description": "A day, month, quarter, year, financial year (FY, from April), school year (SY, from September), stretch of days, a named day of the document, or the word unknown."})
	case reflect.TypeFor[record.Quantity]():
		return g.define("decimal", map[string]any{"type": "string", "pattern": `^-?[0-9]+(\.[0-9]+)?$`, "maxLength": record.MaxQuantity,
			"description": "A decimal number as text, so that it stays as it was published."})
	case reflect.TypeFor[record.Money]():
		return g.define("money", map[string]any{"type": "string", "pattern": `^-?[0-9]+(\.[0-9]+)? [A-Z]{3}$`, "description": "An amount and a currency, as in 12.50 GBP."})
	}
	if t.PkgPath() == "time" {
		return map[string]any{"type": "string", "format": "date-time"}
	}
	if values := enumTexts(t); values != nil {
		return map[string]any{"enum": values}
	}
	switch jsonform.FormOf(t) {
	case jsonform.Object:
		name := plainName(t)
		if _, ok := g.defs[name]; !ok {
			g.defs[name] = nil // in case it contains itself
			g.defs[name] = g.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + name}
	case jsonform.Either:
		var plain map[string]any
		for _, m := range jsonform.Members(t) {
			if m.Role == jsonform.Plain {
				plain = g.value(m.Type)
			}
		}
		g.define("not-known", g.object(t))
		return map[string]any{"anyOf": []any{plain, map[string]any{"$ref": "#/$defs/not-known"}}}
	case jsonform.List:
		return map[string]any{"type": "array", "items": g.value(t.Elem())}
	case jsonform.Bool:
		return map[string]any{"type": "boolean"}
	case jsonform.Int:
		return map[string]any{"type": "integer"}
	case jsonform.Uint:
		return map[string]any{"type": "integer", "minimum": 0}
	case jsonform.Float:
		return map[string]any{"type": "number"}
	case jsonform.Map:
		return map[string]any{"type": "object", "additionalProperties": g.value(t.Elem())}
	}
	return map[string]any{"type": "string"}
}

func (g *schemaOf) define(name string, s map[string]any) map[string]any {
	g.defs[name] = s
	return map[string]any{"$ref": "#/$defs/" + name}
}

// enumTexts lists the texts of a closed list, by asking the type itself.
func enumTexts(t reflect.Type) []string {
	if t.Kind() != reflect.Uint8 {
		return nil
	}
	var texts []string
	for i := 1; i < 256; i++ {
		v := reflect.New(t)
		v.Elem().SetUint(uint64(i))
		b, err := v.Interface().(interface{ MarshalText() ([]byte, error) }).MarshalText()
		if err != nil {
			return texts
		}
		if t == reflect.TypeFor[record.State]() && string(b) == "known" {
			continue
		}
		texts = append(texts, string(b))
	}
	return texts
}

// fieldDocs reads the doc comments of the fields of the record types from their source.
func fieldDocs(t *testing.T) map[string]string {
	docs := map[string]string{}
	for _, dir := range []string{"../../accountability/record", "../../accountability", "../../accountability/funding", "../../milestone", "../../mission"} {
		files, err := filepath.Glob(dir + "/*.go")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, name := range files {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			require.NoError(t, err)
			ast.Inspect(f, func(n ast.Node) bool {
				spec, ok := n.(*ast.TypeSpec)
				if !ok {
					return true
				}
				if s, ok := spec.Type.(*ast.StructType); ok {
					for _, field := range s.Fields.List {
						text := field.Doc.Text()
						if text == "" {
							text = field.Comment.Text()
						}
						for _, id := range field.Names {
							docs[f.Name.Name+"."+spec.Name.Name+"."+id.Name] = describe(text)
						}
					}
				}
				return true
			})
		}
	}
	return docs
}

// describe makes a doc comment readable outside Go: one line, without the brackets of links.
func describe(doc string) string {
	doc = strings.Join(strings.Fields(doc), " ")
	return strings.NewReplacer("[", "", "]", "").Replace(doc)
}
