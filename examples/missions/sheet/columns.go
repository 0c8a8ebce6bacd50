package sheet

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission/document"
)

// role says which part of a member a column holds.
type role uint8

const (
	plain  role = iota
	state       // the state of a value that may be unknown
	ground      // the reason for that state
)

// column is one column that records of a type may have.
type column struct {
	name     string
	index    []int // the field, from the record
	role     role
	typ      reflect.Type // of the field; of a value that may be unknown, of the value
	value    bool         // the field is a value that may be unknown
	list     bool
	json     bool // a list of objects, written as JSON in one cell
	last     bool
	field    string // the name of the field in Go, with which its description may begin
	enum     []string
	describe string
	required bool
	ref      string // the kind of record that its ids name; empty where they name none, or several kinds
}

// numeric reports whether the cells of the column are numbers, which no spreadsheet takes for a formula.
func (c *column) numeric() bool {
	switch c.typ.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint64, reflect.Float64:
		return c.role == plain && !c.list
	}
	return c.role == plain && c.typ == reflect.TypeFor[record.Quantity]()
}

var textual = reflect.TypeFor[encoding.TextUnmarshaler]()

// known holds the columns of a type once they are worked out.
var known sync.Map

// columnsOf returns the columns of a type of record, in the order in which the document writes its members.
func columnsOf(t reflect.Type) []column {
	if c, ok := known.Load(t); ok {
		return c.([]column)
	}
	var columns []column
	collect(t, "", nil, false, &columns)
	slices.SortStableFunc(columns, func(a, b column) int {
		switch {
		case a.last == b.last:
			return 0
		case a.last:
			return 1
		}
		return -1
	})
	definitions := schema()
	for i := range columns {
		columns[i].look(definitions, definitions.of(t))
	}
	known.Store(t, columns)
	return columns
}

// collect appends the columns of the fields of a struct. It recurses over types of the library alone.
func collect(t reflect.Type, prefix string, index []int, last bool, columns *[]column) {
	for i := range t.NumField() {
		f := t.Field(i)
		here := append(slices.Clone(index), i)
		tag := f.Tag.Get("document")
		if f.Anonymous {
			collect(f.Type, prefix, here, last, columns)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if tag == "extensions" || name == "-" || name == "" {
			continue
		}
		c := column{name: prefix + name, index: here, typ: f.Type, field: f.Name, last: last || tag == "last", ref: f.Tag.Get("ref")}
		if f.Type == reflect.TypeFor[record.Ref]() {
			c.ref = "" // its cells have the kind before the id
		}
		switch reads := reflect.PointerTo(f.Type).Implements(textual); {
		case f.Type.Kind() == reflect.Struct && isValue(f.Type):
			v, _ := f.Type.FieldByName("V")
			c.value, c.typ = true, v.Type
			c.list = v.Type.Kind() == reflect.Slice
			states := c
			states.name, states.role, states.list = c.name+".state", state, false
			grounds := states
			grounds.name, grounds.role = c.name+".ground", ground
			*columns = append(*columns, c, states, grounds)
			continue
		case f.Type.Kind() == reflect.Slice && !reads:
			if f.Type.Elem().Kind() == reflect.Struct && !reflect.PointerTo(f.Type.Elem()).Implements(textual) {
				if _, table := f.Type.Elem().FieldByName("Record"); table {
					continue // the slices of a Spec are tables of their own
				}
				c.json = true
			} else {
				c.list = true
			}
		case f.Type.Kind() == reflect.Struct && !reads:
			collect(f.Type, c.name+".", here, c.last, columns)
			continue
		}
		*columns = append(*columns, c)
	}
}

// isValue tells the types made of [record.Value].
func isValue(t reflect.Type) bool {
	v, ok := t.FieldByName("V")
	return ok && v.Tag.Get("document") == "plain"
}

// definition is the part of a JSON Schema that columns are described with.
type definition struct {
	Properties  map[string]definition `json:"properties"`
	Definitions map[string]definition `json:"$defs"`
	Required    []string              `json:"required"`
	Description string                `json:"description"`
	Enum        []string              `json:"enum"`
	Reference   string                `json:"$ref"`
	AllOf       []definition          `json:"allOf"`
	AnyOf       []definition          `json:"anyOf"`
}

// schema returns the schema of the document.
var schema = sync.OnceValue(func() definition {
	var d definition
	if err := json.Unmarshal(document.Schema(), &d); err != nil {
		return definition{} // the schema is part of the library and tested there
	}
	return d
})

// of returns the definition of a type of record; of the Spec itself, the whole.
func (d definition) of(t reflect.Type) definition {
	if found, ok := d.Definitions[t.String()]; ok {
		return found
	}
	return d
}

// look fills in what the schema says of the column.
func (c *column) look(all, in definition) {
	parts := strings.Split(c.name, ".")
	c.required = c.role == plain && slices.Contains(in.Required, c.name)
	for i, name := range parts {
		p, ok := in.Properties[name]
		if !ok {
			break
		}
		c.describe = plainWords(p.Description, c.field)
		c.enum = p.Enum
		for _, other := range append(p.AllOf, p.AnyOf...) {
			if c.enum == nil {
				c.enum = other.Enum
			}
			if other.Reference != "" && i < len(parts)-1 {
				in = all.Definitions[strings.TrimPrefix(other.Reference, "#/$defs/")]
			}
		}
	}
	switch c.role {
	case state:
		c.describe = "What is known of it: unknown, withheld, pending or not-applicable; left empty where the value is given."
		c.enum = []string{"known", "unknown", "withheld", "pending", "not-applicable"}
	case ground:
		c.describe = "Why it is unknown, withheld or pending."
		c.enum = nil
	}
}

// plainWords turns the comment on a field into a description of a column: "Due is when it is to be met" becomes "When it is
// to be met".
func plainWords(comment, field string) string {
	comment = strings.NewReplacer("Zero means", "Empty means", "Zero with", "Empty with").Replace(comment)
	rest, ok := strings.CutPrefix(comment, field+" ")
	if !ok || strings.HasPrefix(rest, "and ") {
		return comment
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "is "), "are ")
	if rest == "" {
		return comment
	}
	return strings.ToUpper(rest[:1]) + rest[1:]
}
