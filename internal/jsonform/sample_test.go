package jsonform_test

import (
	"errors"
	"fmt"
	"strconv"
)

// The types below are shaped like those of the library: an id, civil dates, an enum, a decimal, records that embed provenance.

// ID is lower-case letters, digits and hyphens.
type ID string

func (id *ID) UnmarshalText(text []byte) error {
	for _, c := range text {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return fmt.Errorf("invalid id %q: want lower-case letters, digits and hyphens", text)
		}
	}
	*id = ID(text)
	return nil
}

func (id ID) MarshalText() ([]byte, error) { return []byte(id), nil }

// Date is a civil day.
type Date struct{ year, month, day int16 }

// DateError is what Date refuses.
type DateError struct{ Text string }

func (e *DateError) Error() string { return fmt.Sprintf("%q is not a date: want YYYY-MM-DD", e.Text) }

func (d *Date) UnmarshalText(text []byte) error {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return &DateError{string(text)}
	}
	var n [3]int16
	for i, part := range [][]byte{text[:4], text[5:7], text[8:]} {
		for _, c := range part {
			if c < '0' || c > '9' {
				return &DateError{string(text)}
			}
			n[i] = n[i]*10 + int16(c-'0')
		}
	}
	if n[0] < 1 || n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31 {
		return &DateError{string(text)}
	}
	*d = Date{n[0], n[1], n[2]}
	return nil
}

func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.IsZero() {
		return b, errors.New("no date")
	}
	return fmt.Appendf(b, "%04d-%02d-%02d", d.year, d.month, d.day), nil
}

func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

func (d Date) IsZero() bool { return d == Date{} }

// Grade is a closed set.
type Grade uint8

var grades = []string{"", "statistic", "document", "first-hand", "hearsay"}

func (g *Grade) UnmarshalText(text []byte) error {
	for i, name := range grades {
		if i > 0 && name == string(text) {
			*g = Grade(i)
			return nil
		}
	}
	return fmt.Errorf("unknown grade %q", text)
}

func (g Grade) MarshalText() ([]byte, error) {
	if g == 0 || int(g) >= len(grades) {
		return nil, fmt.Errorf("invalid grade %d", g)
	}
	return []byte(grades[g]), nil
}

// Decimal keeps its text.
type Decimal struct{ text string }

func (d *Decimal) UnmarshalText(text []byte) error {
	if _, err := strconv.ParseFloat(string(text), 64); err != nil {
		return fmt.Errorf("%q is not a decimal", text)
	}
	d.text = string(text)
	return nil
}

func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.text), nil }

func (d Decimal) IsZero() bool { return d.text == "" }

type Period struct {
	From  Date `json:"from,omitzero" document:"last"`
	Until Date `json:"until,omitzero" document:"last"`
}

type Record struct {
	ID ID `json:"id"`
	Period
	Source ID     `json:"source,omitempty" document:"last"`
	At     string `json:"at,omitempty" document:"last"`
	Grade  Grade  `json:"grade,omitzero" document:"last"`
	Extra  Extra  `json:"-" document:"extensions"`
}

type Extra map[string]string

// Either is a value, or a reason why there is none.
type Either[T any] struct {
	Value  T      `json:"-" document:"plain"`
	State  string `json:"state,omitempty"`
	Ground string `json:"ground,omitempty"`
}

type Milestone struct {
	Record
	Missions []ID              `json:"missions,omitempty"`
	Name     string            `json:"name"`
	Due      Date              `json:"due,omitzero"`
	Share    float64           `json:"share,omitempty"`
	Seats    int8              `json:"seats,omitempty"`
	Count    uint16            `json:"count,omitempty"`
	Done     bool              `json:"done,omitempty"`
	Value    Decimal           `json:"value,omitzero"`
	Members  Either[[]string]  `json:"members,omitzero"`
	Note     Either[string]    `json:"note,omitzero"`
	Links    []Link            `json:"links,omitempty"`
	Labels   map[string]string `json:"labels,omitempty"`
	Parts    map[ID]Link       `json:"parts,omitempty"`
	Parent   *Milestone        `json:"parent,omitempty"`
	Weights  []float64         `json:"weights,omitempty"`
	Counts   map[string]int    `json:"counts,omitempty"`
	Dates    []*Date           `json:"dates,omitempty"`
}

type Link struct {
	To   ID     `json:"to"`
	Kind string `json:"kind,omitempty"`
}

type Spec struct {
	Format       string        `json:"format"`
	Title        string        `json:"title,omitempty"`
	Milestones   []Milestone   `json:"milestones,omitempty"`
	Observations []Observation `json:"observations,omitempty"`
	Extra        Extra         `json:"-" document:"extensions"`
}

type Observation struct {
	Record
	Indicator ID      `json:"indicator"`
	Period    string  `json:"period"`
	Value     Decimal `json:"value,omitzero"`
}

// bigSpec is a document of n records, about 500 bytes each when written.
func bigSpec(n int) Spec {
	spec := Spec{Format: "missionled/1", Title: "A plan"}
	for i := range n {
		id := strconv.Itoa(i)
		if i%4 == 3 {
			spec.Observations = append(spec.Observations, Observation{
				Record:    Record{ID: ID("observation-" + id), Source: "tracker", Grade: 3, At: "S1:" + id, Period: Period{From: Date{2024, 7, 5}}},
				Indicator: "clean-share", Period: "2024", Value: Decimal{"73.8"},
			})
			continue
		}
		m := Milestone{
			Record:   Record{ID: ID("milestone-" + id), Period: Period{From: Date{2024, 7, int16(1 + i%28)}, Until: Date{2029, 8, 15}}, Source: "plan-for-change", At: "page " + id, Grade: Grade(1 + i%4)},
			Missions: []ID{"clean-energy", "growth"},
			Name:     "At least 95% of generation in Great Britain comes from clean sources, as counted in year " + id,
			Due:      Date{2030, 1, 1},
			Share:    float64(i) / 8,
			Seats:    int8(i % 100),
			Value:    Decimal{id + ".25"},
			Links:    []Link{{To: "planning-150", Kind: "needs"}, {To: ID("milestone-" + strconv.Itoa(i/2)), Kind: "helps"}},
			Members:  Either[[]string]{Value: []string{"a member of the House of Commons", "Department of Health and Social Care"}},
			Note:     Either[string]{State: "withheld", Ground: "proceedings of Cabinet committees"},
		}
		if i%10 == 0 {
			m.Name += " – “quoted” \"plainly\""
			m.Extra = Extra{"x-colour": `"red"`}
		}
		spec.Milestones = append(spec.Milestones, m)
	}
	return spec
}
