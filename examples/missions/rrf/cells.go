package rrf

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone/calendar"
)

// column is one column that the files may have.
type column struct {
	name     string
	also     []string // names that other releases give it
	optional bool
}

// The columns of the programme.
var (
	colMission         = column{name: "Missione"}
	colMissionName     = column{name: "Descrizione Missione"}
	colComponent       = column{name: "Componente"}
	colComponentName   = column{name: "Descrizione Componente"}
	colMeasure         = column{name: "Codice Univoco Misura"}
	colMeasureOther    = column{name: "ID Misura", optional: true}
	colMeasureName     = column{name: "Descrizione Misura"}
	colSubmeasure      = column{name: "Codice Univoco Submisura"}
	colSubmeasureOther = column{name: "ID Submisura", optional: true}
	colCID             = column{name: "Codice CID", optional: true}
	colSubmeasureName  = column{name: "Descrizione Submisura"}
	colOwner           = column{name: "Amministrazione Titolare"}
	colCode            = column{name: "Codice univoco Milestone-Target", also: []string{"Nr. Seq. M&T"}}
	colKind            = column{name: "Milestone-Target"}
	colName            = column{name: "Nome Milestone-Target"}
	colDescription     = column{name: "Descrizione specifica di ogni Milestone e Target"}
	colMark            = column{name: "ITA-UE"}
	colIndicator       = column{name: "Indicatori qualitativi Milestone", also: []string{"Indicat. qualitativo"}}
	colUnit            = column{name: "Unità di misura Target (riclassificata)"}
	colBaseline        = column{name: "Riferimento di partenza Target"}
	colGoal            = column{name: "Valore-obiettivo Target"}
	colQuarter         = column{name: "Trimestre di conseguimento"}
	colYear            = column{name: "Anno di conseguimento"}
	colVerification    = column{name: "OA - Meccanismo di verifica"}
	colFurther         = column{name: "OA - Ulteriori Informazioni"}
)

// programmeColumns are the columns of the programme in the order in which it is published.
var programmeColumns = []*column{
	&colMission, &colMissionName, &colComponent, &colComponentName, &colMeasure, &colMeasureOther, &colMeasureName, &colSubmeasure,
	&colSubmeasureOther, &colCID, &colSubmeasureName, &colOwner, &colCode, &colKind, &colName, &colDescription, &colMark, &colIndicator,
	&colUnit, &colBaseline, &colGoal, &colQuarter, &colYear, &colVerification, &colFurther,
}

// The columns that only declarations have.
var (
	colProgress = column{name: "Avanzamento"}
	colEvidence = column{name: "Principali evidenze", optional: true}
)

// attachment is the beginning of the names of columns with documents: "Allegato 1".
const attachment = "allegato"

// sheet is a table whose columns have been found.
type sheet struct {
	*table.Table
	place map[*column]int // where each column stands among the cells
	notes *[]table.Note
}

// find finds columns by name, and returns a fault for each that is missing and may not be.
func find(t *table.Table, columns []*column, notes *[]table.Note) (sheet, table.Faults) {
	s := sheet{t, make(map[*column]int, len(columns)), notes}
	*notes = append(*notes, t.Notes...)
	var faults table.Faults
	for _, c := range columns {
		i := t.Column(c.name)
		for _, also := range c.also {
			if i < 0 {
				i = t.Column(also)
			}
		}
		switch {
		case i >= 0:
			s.place[c] = i
		case c.optional:
			*notes = append(*notes, table.Note{File: t.Name, Row: 1, Line: 1, Column: c.name, Kind: NoColumn})
		default:
			faults = append(faults, t.Fault(1, 1, "", &table.MissingError{Column: c.name, Instead: record.Nearest(c.name, t.Columns), Have: t.Columns}))
		}
	}
	return s, faults
}

// line is one row of a sheet.
type line struct {
	sheet
	table.Row
}

func (l line) note(c *column, kind table.NoteKind, text, became string) {
	name := ""
	if c != nil {
		name = c.name
		if i, ok := l.place[c]; ok {
			name = l.Columns[i]
		}
	}
	*l.notes = append(*l.notes, table.Note{File: l.Table.Name, Row: l.Number, Line: l.Line, Column: name, Kind: kind, Text: text, Became: became})
}

// raw is a cell without the white space around it, and nothing is noted.
func (l line) raw(c *column) string {
	if i, ok := l.place[c]; ok {
		return strings.TrimSpace(l.Cells[i])
	}
	return ""
}

// plain is a cell of one line, empty where it says N/A, and nothing is noted.
func (l line) plain(c *column) string {
	if i, ok := l.place[c]; ok {
		if tidy := strings.Join(strings.Fields(l.Cells[i]), " "); !isAbsent(tidy) {
			return tidy
		}
	}
	return ""
}

// isAbsent tells the texts that stand for "not stated".
func isAbsent(s string) bool {
	switch strings.ToLower(s) {
	case "", "n/a", "n.a.", "n.d.", "nd":
		return true
	}
	return false
}

// text is a cell of several lines at most, empty where it says N/A.
func (l line) text(c *column) string {
	i, ok := l.place[c]
	if !ok {
		return ""
	}
	cell := l.Cells[i]
	tidy := strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(cell))
	if tidy != cell {
		l.note(c, table.WhiteSpace, cell, tidy)
	}
	if tidy != "" && isAbsent(tidy) {
		l.note(c, Absent, tidy, "")
		return ""
	}
	return tidy
}

// name is a cell of one line, empty where it says N/A.
func (l line) name(c *column) string {
	i, ok := l.place[c]
	if !ok {
		return ""
	}
	cell := l.Cells[i]
	tidy := strings.Join(strings.Fields(cell), " ")
	if tidy != cell {
		l.note(c, table.WhiteSpace, cell, tidy)
	}
	if tidy != "" && isAbsent(tidy) {
		l.note(c, Absent, tidy, "")
		return ""
	}
	return tidy
}

var (
	italianNumber = regexp.MustCompile(`^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$`)
	quarterText   = regexp.MustCompile(`^[QTqt]?\s*([1-4])$`)
	yearText      = regexp.MustCompile(`^(19|20)\d\d$`)
	progressText  = regexp.MustCompile(`^((?:19|20)\d\d)\s*[-–—/ ]\s*(?:([1-4])\s*[°º]?\s*(?i:trimestre)|[QTqt]([1-4]))$`)
	nameQuarter   = regexp.MustCompile(`((?:19|20)\d\d)[-_ ]?[QTqt]([1-4])(?:[^0-9]|$)`)
)

// number reads a number as Italians write it: "4.083,00" is four thousand and eighty-three. ok is false where the cell is
// no number; the text is then for the caller to keep.
func (l line) number(c *column) (q record.Quantity, raw string, ok bool) {
	raw = l.raw(c)
	if !italianNumber.MatchString(raw) {
		return q, raw, false
	}
	plain := strings.ReplaceAll(strings.ReplaceAll(raw, ".", ""), ",", ".")
	q, err := record.ParseQuantity(plain)
	if err != nil {
		return q, raw, false
	}
	switch {
	case plain == raw:
	case strings.Count(raw, ".") == 1 && !strings.Contains(raw, ","):
		l.note(c, Thousands, raw, plain)
	default:
		l.note(c, ItalianNumber, raw, plain)
	}
	return q, raw, true
}

// due reads quarter and year. The second result is their text where they are no date.
func (l line) due() (calendar.When, string) {
	quarter, year := l.raw(&colQuarter), l.raw(&colYear)
	for _, c := range []*column{&colQuarter, &colYear} {
		if s := l.raw(c); s != "" && isAbsent(s) {
			l.note(c, Absent, s, "")
		}
	}
	text := strings.TrimSpace(quarter + " " + year)
	written := ""
	switch q := quarterText.FindStringSubmatch(quarter); {
	case yearText.MatchString(year) && q != nil:
		written = year + "-Q" + q[1]
	case yearText.MatchString(year) && isAbsent(quarter):
		written = year
	case isAbsent(year) && isAbsent(quarter):
		return calendar.When{}, ""
	}
	w, err := calendar.ParseWhen(written)
	if err != nil {
		l.note(&colQuarter, Unreadable, text, "")
		return calendar.When{}, text
	}
	l.note(&colQuarter, Quarter, text, written)
	return w, ""
}

// quarterIn reads a quarter from the progress that a declaration states, such as "2021 - 4° trimestre".
func quarterIn(progress string) (calendar.When, bool) {
	m := progressText.FindStringSubmatch(strings.Join(strings.Fields(progress), " "))
	if m == nil {
		return calendar.When{}, false
	}
	w, err := calendar.ParseWhen(m[1] + "-Q" + m[2] + m[3])
	return w, err == nil
}

// quarterOfFile reads a quarter from the name of a file, such as "MeT_Attuazione_2022-T2_v02.csv".
func quarterOfFile(name string) (calendar.When, bool) {
	m := nameQuarter.FindStringSubmatch(name)
	if m == nil {
		return calendar.When{}, false
	}
	w, err := calendar.ParseWhen(m[1] + "-Q" + m[2])
	return w, err == nil
}

// idOf makes an id of a code: "M1C1I1.06.03" becomes "m1c1i1.06.03". Codes that are no id in lower case become slugs.
func idOf(code string) record.ID {
	if id, err := record.ParseID(strings.ToLower(code)); err == nil {
		return id
	}
	return record.Slug(plainLetters(code))
}

// plainLetters takes the accents off the letters that Italian has.
func plainLetters(s string) string {
	return strings.NewReplacer("à", "a", "á", "a", "è", "e", "é", "e", "ì", "i", "í", "i", "ò", "o", "ó", "o", "ù", "u", "ú", "u",
		"À", "A", "Á", "A", "È", "E", "É", "E", "Ì", "I", "Í", "I", "Ò", "O", "Ó", "O", "Ù", "U", "Ú", "U").Replace(s)
}

// keep adds an extension member to a record, unless it has nothing to say.
func keep(r *record.Record, member string, value any) {
	if s, ok := value.(string); ok && s == "" {
		return
	}
	text := jsonText(value)
	if r.Extensions == nil {
		r.Extensions = make(record.Extensions)
	}
	r.Extensions[member] = text
}

// jsonText writes a value as JSON without escapes for HTML. Values are strings, slices, maps and structs of strings.
func jsonText(value any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// member returns the text that an extension member holds, or "" where there is none or it is no text.
func member(r *record.Record, name string) string {
	var s string
	if err := json.Unmarshal([]byte(r.Extensions[name]), &s); err != nil {
		return ""
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }
