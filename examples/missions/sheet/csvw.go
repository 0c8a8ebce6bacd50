package sheet

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// MetadataFile is the name of the description of the tables: metadata as the W3C's recommendations on CSV on the Web
// define it (Model for Tabular Data and Metadata on the Web, and Metadata Vocabulary for Tabular Data, 17 December 2015).
const MetadataFile = "csv-metadata.json"

// The parts of the vocabulary that are used here, in the order in which they are written.
type (
	metaGroup struct {
		Context []any       `json:"@context"`
		Dialect metaDialect `json:"dialect"`
		Tables  []metaTable `json:"tables"`
	}
	metaDialect struct {
		Encoding        string   `json:"encoding"`
		Header          bool     `json:"header"`
		LineTerminators []string `json:"lineTerminators"`
	}
	metaTable struct {
		URL    string     `json:"url"`
		Title  string     `json:"dc:title"`
		Note   string     `json:"dc:description,omitempty"`
		Schema metaSchema `json:"tableSchema"`
	}
	metaSchema struct {
		Columns     []metaColumn     `json:"columns"`
		PrimaryKey  string           `json:"primaryKey,omitempty"`
		ForeignKeys []metaForeignKey `json:"foreignKeys,omitempty"`
	}
	metaColumn struct {
		Name        string `json:"name"`
		Titles      string `json:"titles"`
		Description string `json:"dc:description,omitempty"`
		Required    bool   `json:"required,omitempty"`
		Separator   string `json:"separator,omitempty"`
		Datatype    any    `json:"datatype"`
	}
	metaDatatype struct {
		Base   string `json:"base"`
		Format string `json:"format"`
	}
	metaForeignKey struct {
		Column    string        `json:"columnReference"`
		Reference metaReference `json:"reference"`
	}
	metaReference struct {
		Resource string `json:"resource"`
		Column   string `json:"columnReference"`
	}
)

// escapeNote says in the metadata what the vocabulary has no word for.
const escapeNote = "A cell that starts like a formula stands behind an apostrophe. In a list, a backslash makes the next character one of the element's own."

// metadata describes tables.
func metadata(tables []written) File {
	g := metaGroup{
		Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}},
		Dialect: metaDialect{Encoding: "utf-8", Header: true, LineTerminators: []string{"\r\n", "\n"}},
	}
	ids := make(map[record.Kind]map[string]bool)
	for i := range tables {
		ids[tables[i].kind] = tables[i].ids()
	}
	for i := range tables {
		g.Tables = append(g.Tables, tables[i].describe(tables, ids))
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(g); err != nil {
		return File{Name: MetadataFile} // structs of strings and booleans always encode
	}
	return File{MetadataFile, []byte(b.String())}
}

// ids is the set of ids in a table, or nil where two records have the same.
func (w *written) ids() map[string]bool {
	at := slices.IndexFunc(w.columns, func(c column) bool { return c.name == "id" })
	if at < 0 {
		return nil
	}
	set := make(map[string]bool, len(w.cells))
	for _, row := range w.cells {
		if set[row[at]] || row[at] == "" {
			return nil
		}
		set[row[at]] = true
	}
	return set
}

func (w *written) describe(all []written, ids map[record.Kind]map[string]bool) metaTable {
	m := metaTable{URL: w.file, Title: title(w.kind), Note: escapeNote}
	if ids[w.kind] != nil {
		m.Schema.PrimaryKey = "id"
	}
	for i := range w.columns {
		c := &w.columns[i]
		m.Schema.Columns = append(m.Schema.Columns, c.meta())
		if key, ok := w.foreign(i, all, ids); ok {
			m.Schema.ForeignKeys = append(m.Schema.ForeignKeys, key)
		}
	}
	taken := make(map[string]bool)
	for _, name := range w.extensions {
		variable := varName(name)
		if taken[variable] { // another name differs from it only in hyphens
			variable = strings.ReplaceAll(varName(strings.ReplaceAll(name, "-", "\x00")), "%00", "%2D")
		}
		taken[variable] = true
		m.Schema.Columns = append(m.Schema.Columns, metaColumn{Name: variable, Titles: name, Datatype: "string"})
	}
	return m
}

// title names the records of a kind in the plural, in words.
func title(kind record.Kind) string {
	if name := mission.TableOf(kind); name != "" {
		return strings.ReplaceAll(name, "_", " ")
	}
	return string(kind)
}

// varName makes a name of a column that the vocabulary allows: what may stand in a variable of a URI template (RFC 6570).
func varName(name string) string {
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_' && i > 0, c == '.' && i > 0 && i < len(name)-1 && name[i-1] != '.':
			b.WriteByte(c)
		case c == '-':
			b.WriteByte('_')
		default:
			const digits = "0123456789ABCDEF"
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}

func (c *column) meta() metaColumn {
	m := metaColumn{Name: varName(c.name), Titles: c.name, Description: c.describe, Required: c.required, Datatype: c.datatype()}
	if c.list {
		m.Separator = ";"
	}
	return m
}

// datatype is the type of the cells of a column.
func (c *column) datatype() any {
	if c.role == plain && c.enum == nil {
		t := c.typ
		if t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		switch {
		case t == reflect.TypeFor[record.ID]():
			return metaDatatype{"string", "[a-z0-9]+([-._][a-z0-9]+)*"}
		case t == reflect.TypeFor[record.Quantity]():
			return "decimal"
		case t == reflect.TypeFor[calendar.Date]():
			return "date"
		case t == reflect.TypeFor[time.Time]():
			return "dateTime"
		case t.Kind() == reflect.Bool:
			return "boolean"
		case t.Kind() == reflect.Float64:
			return "number"
		case t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 && !reflect.PointerTo(t).Implements(textual):
			return "integer"
		}
		return "string"
	}
	if c.enum != nil {
		return metaDatatype{"string", strings.Join(c.enum, "|")}
	}
	return "string"
}

// foreign is the key by which a column refers to another table, where every cell of it is an id there. A reference may
// also name a fact, which is no id, and then the column is no key.
func (w *written) foreign(i int, all []written, ids map[record.Kind]map[string]bool) (metaForeignKey, bool) {
	c := &w.columns[i]
	if c.ref == "" || c.list || c.role != plain {
		return metaForeignKey{}, false
	}
	at := slices.IndexFunc(all, func(t written) bool { return string(t.kind) == c.ref })
	if at < 0 || ids[all[at].kind] == nil {
		return metaForeignKey{}, false
	}
	for _, row := range w.cells {
		if row[i] != "" && !ids[all[at].kind][row[i]] {
			return metaForeignKey{}, false
		}
	}
	return metaForeignKey{varName(c.name), metaReference{all[at].file, "id"}}, true
}
