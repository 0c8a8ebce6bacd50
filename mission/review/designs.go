package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Design is an arrangement in which somebody says that missions should be set up: one of the five of [Designs], or a set of
// principles of the caller's own, for which every exported field of its elements is plain data. Designs are shared and not to
// be changed.
type Design struct {
	// ID is its number in the catalogue: "RD1". A design of the caller's own has any other.
	ID    string `json:"id"`
	Title string `json:"title"`
	// Sources are the lines that it rests on, as in a [Rule].
	Sources  []string  `json:"sources,omitempty"`
	Elements []Element `json:"elements"`
}

// Element is one thing that a design asks for.
type Element struct {
	// ID is its short name, which stands alone: "RD1-direct-route".
	ID string `json:"id"`
	// Says is what it asks for, as a sentence.
	Says    string   `json:"says"`
	Sources []string `json:"sources,omitempty"`
	// Shown says which records show it, in words that follow "record".
	Shown string `json:"shown,omitempty"`
	Check Check  `json:"check,omitzero"`

	look func(*survey) []sighting // what Check cannot say
}

// Check says as data which records of a mission, or of what belongs to it, show an element. Any of them does. The zero Check
// finds nothing, so that its element stays unknown.
type Check struct {
	// Events are kinds of [mission.Event]; one that is marked absent says that the element is not there.
	Events []string `json:"events,omitempty"`
	// Duties are words of [accountability.Duty]: one that is held shows the element, one that is vacant says that it is not
	// there, and on one that is contested claimants differ.
	Duties []string `json:"duties,omitempty"`
	// Forums are kinds of [accountability.Forum].
	Forums []string `json:"forums,omitempty"`
	// Conditions are kinds of [mission.Condition]: met, or known not to be.
	Conditions []string `json:"conditions,omitempty"`
	// Stances are those that a party takes in the matter, in a [mission.Relation].
	Stances []string `json:"stances,omitempty"`
	// Levers are kinds of [mission.Lever]: one that pulls with the mission shows the element, and one that pulls against it or
	// ignores it says that it is not there.
	Levers []string `json:"levers,omitempty"`
	// AtLarge has records count too that bear on no mission in particular.
	AtLarge bool `json:"at_large,omitempty"`
}

// Presence says how an element stands in a plan. The zero Presence is unset.
type Presence uint8

// How an element stands. The list is closed, and its order means nothing.
const (
	Present     Presence = iota + 1 // a record shows it
	Absent                          // a record says that it is not there, and none that it is
	Unknown                         // nothing is recorded of it
	Conflicting                     // claimants differ on it
)

var presences = []string{"", "present", "absent", "unknown", "conflicting"}

// String returns "present", "absent", "unknown" or "conflicting", and "" for any other value.
func (s Presence) String() string {
	b, _ := s.MarshalText()
	return string(b)
}

// MarshalText returns the text of the presence.
func (s Presence) MarshalText() ([]byte, error) { return record.EnumMarshal("presence", presences, s) }

// UnmarshalText reads the text of a presence. The error is a [*record.EnumError].
func (s *Presence) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("presence", presences, s, b)
}

// DesignView is one mission held against one design. Nothing in it counts or adds up: a design is one view of many, and designs
// disagree.
type DesignView struct {
	Design  *Design    `json:"design"`
	Mission record.Ref `json:"mission"`
	About   string     `json:"about"` // the mission in words
	// On is the day that it is about; zero where the view had none.
	On calendar.Date `json:"on,omitzero"`
	// Elements come in the order of the design.
	Elements []ElementView `json:"elements"`
	// Disagrees lists where another design asks for the opposite of an element of this one.
	Disagrees []Disagreement `json:"disagrees,omitempty"`
}

// ElementView is how one element stands.
type ElementView struct {
	Element  *Element `json:"element"`
	Presence Presence `json:"presence"`
	// Text says in plain words what is recorded, or what to record.
	Text string `json:"text"`
	// For are the records that show it, Against those that say that it is not there, each in the order of their references.
	For     []Evidence `json:"for,omitempty"`
	Against []Evidence `json:"against,omitempty"`
	// Weak says that all of those records are hearsay, opinion or forecast.
	Weak bool `json:"weak,omitempty"`
}

// Disagreement is a question on which two designs ask for opposite things.
type Disagreement struct {
	// Question is what they differ on.
	Question string   `json:"question"`
	Sides    [2]Side  `json:"sides"`
	Sources  []string `json:"sources"`
}

// Side is what one design asks for in a [Disagreement].
type Side struct {
	Design  string `json:"design"`
	Element string `json:"element"`
	// Says puts it in a few words.
	Says string `json:"says"`
}

// Designs returns the reference designs in the order of their ids. The slice is the caller's.
func Designs() []*Design { return slices.Clone(designs) }

// LookupDesign returns the reference design with an id, letters large or small.
func LookupDesign(id string) (*Design, bool) {
	for _, d := range designs {
		if strings.EqualFold(d.ID, strings.TrimSpace(id)) {
			return d, true
		}
	}
	return nil, false
}

// Disagreements returns where the reference designs ask for opposite things, in a fixed order. The slice is the caller's.
func Disagreements() []Disagreement { return slices.Clone(disagreements) }

// CompareDesign is [Design.Compare] with a reference design. The error is an [*UnknownError] for a design that does not exist,
// and a [*record.DanglingError] for such a mission.
func CompareDesign(m *mission.Model, of record.ID, design string) (DesignView, error) {
	d, ok := LookupDesign(design)
	if !ok {
		names := make([]string, len(designs))
		for i := range designs {
			names[i] = designs[i].ID
		}
		return DesignView{}, &UnknownError{What: "design", Name: design, Nearest: record.Nearest(design, names)}
	}
	return d.Compare(m, of)
}

// Compare holds a mission against the design, on the day and at the instant of the model's view. An element is absent only
// where a record says so: silence leaves it unknown. Where one and the same claimant says that it is there and that it is not,
// it counts as present; where different ones do, they conflict, and both stand.
//
// The error is a [*record.DanglingError] where the model has no such mission. The time is linear in the records.
func (d *Design) Compare(m *mission.Model, of record.ID) (DesignView, error) {
	if m == nil {
		m = new(mission.Model)
	}
	ref := m.Fact(missionRef(of))
	b := newSurvey(m)
	if len(b.p.said[ref.ID]) == 0 {
		names := make([]string, len(b.p.missions))
		for i, id := range b.p.missions {
			names[i] = string(id)
		}
		return DesignView{}, &record.DanglingError{Ref: missionRef(of), Nearest: record.ID(record.Nearest(string(of), names))}
	}
	v := DesignView{Design: d, Mission: ref, About: b.p.missionName(ref.ID), On: b.p.on}
	for i := range d.Elements {
		v.Elements = append(v.Elements, b.element(&d.Elements[i], ref.ID))
	}
	for _, x := range disagreements {
		if x.Sides[0].Design == d.ID || x.Sides[1].Design == d.ID {
			v.Disagrees = append(v.Disagrees, x)
		}
	}
	return v, nil
}

// element says how one element stands in a mission.
func (b *survey) element(e *Element, id record.ID) ElementView {
	v := ElementView{Element: e}
	var names, denials []string
	for _, s := range b.check(e) {
		if !s.on(id) && !(e.Check.AtLarge && len(s.missions) == 0) {
			continue
		}
		switch {
		case s.denied:
			denials, v.Against = append(denials, s.name), append(v.Against, s.evidence...)
		default:
			names, v.For = append(names, s.name), append(v.For, s.evidence...)
		}
	}
	v.For, v.Against = dedupe(v.For), dedupe(v.Against)
	v.Weak = weak(slices.Concat(v.For, v.Against))
	switch {
	case len(v.For) == 0 && len(v.Against) == 0:
		v.Presence, v.Text = Unknown, "Nothing is recorded of it."
		if e.Shown != "" {
			v.Text += " To know, record " + e.Shown + "."
		}
	case len(v.Against) == 0:
		v.Presence, v.Text = Present, sentence("shown by "+shortened(names))
	case len(v.For) == 0:
		v.Presence, v.Text = Absent, sentence("said not to be there: "+shortened(denials))
	case differ(v.For, v.Against):
		v.Presence, v.Text = Conflicting, sentence("shown by "+shortened(names))+" "+sentence("Said not to be there: "+shortened(denials))
	default:
		v.Presence, v.Text = Present, sentence("shown by "+shortened(names))+" "+sentence("The same claimant also says that it is not there: "+shortened(denials))
	}
	return v
}

// shortened joins names, of many the first few.
func shortened(names []string) string {
	if n := len(names); n > most {
		names = append(names[:most-1:most-1], "and "+count(float64(n-most+1))+" more")
	}
	return strings.Join(names, "; ")
}

// differ reports whether somebody denies what somebody else says, or one record is said by claimants who differ.
func differ(says, denies []Evidence) bool {
	for _, d := range denies {
		if slices.ContainsFunc(says, func(s Evidence) bool { return s.Claimant != d.Claimant || s.Ref == d.Ref }) {
			return true
		}
	}
	return false
}

// check returns everything in the plan that shows an element or denies it.
func (b *survey) check(e *Element) []sighting {
	c := &e.Check
	list := b.events(c.Events...)
	if len(c.Duties) > 0 {
		list = append(list, b.dutiesOf(c.Duties)...)
	}
	if len(c.Forums) > 0 {
		list = append(list, b.boards(func(r *accountability.Forum) bool { return slices.Contains(c.Forums, r.Kind) })...)
	}
	if len(c.Conditions) > 0 {
		list = append(list, b.met(func(r *mission.Condition) bool { return slices.Contains(c.Conditions, r.Kind) })...)
	}
	if len(c.Stances) > 0 {
		list = append(list, seeRelations(func(r *mission.Relation) bool { return slices.Contains(c.Stances, r.Stance) },
			func(r *mission.Relation) string { return r.Stance })(b)...)
	}
	if len(c.Levers) > 0 {
		list = append(list, b.pulls(func(r *mission.Lever) bool { return slices.Contains(c.Levers, r.Kind) })...)
	}
	if e.look != nil {
		list = append(list, e.look(b)...)
	}
	return list
}

// dutiesOf says how duties stand, each as one sighting, or as two where claimants differ. What is unclear, withheld or not
// known settles nothing.
func (b *survey) dutiesOf(words []string) []sighting {
	var list []sighting
	for _, s := range b.carried(func(a *accountability.Answer) bool { return slices.Contains(words, a.Duty) }) {
		switch s.state {
		case accountability.Held, accountability.Vacant:
			list = append(list, s)
		case accountability.Contested:
			list = append(list, s)
			s.denied = true
			list = append(list, s)
		}
	}
	return list
}

// met says which conditions hold, and which are known not to.
func (b *survey) met(counts func(*mission.Condition) bool) []sighting {
	var list []sighting
	for _, denied := range []bool{false, true} {
		some := look(b, mission.KindCondition, b.conditions, func(_ *fact[mission.Condition], r *mission.Condition) (string, bool) {
			words := quoted(plain(r.Kind))
			if r.Says != "" {
				words += " (" + plain(r.Says) + ")"
			}
			return words, counts(r) && (yes(r.Met) && !denied || no(r.Met) && denied)
		}, func(r *mission.Condition) []record.Ref { return []record.Ref{r.Subject} })
		for i := range some {
			some[i].denied = denied
		}
		list = append(list, some...)
	}
	return list
}

// pulls says which levers pull with missions, and which against them or without regard to them.
func (b *survey) pulls(counts func(*mission.Lever) bool) []sighting {
	with := seeLevers(func(r *mission.Lever) bool { return counts(r) && r.Pull == mission.PullsWith })(b)
	against := seeLevers(func(r *mission.Lever) bool {
		return counts(r) && (r.Pull == mission.PullsAgainst || r.Pull == mission.Ignores)
	})(b)
	for i := range against {
		against[i].denied = true
	}
	return append(with, against...)
}

// String returns the comparison as plain text in 80 columns. Programs should read the fields: the layout may change.
func (v DesignView) String() string {
	var w writer
	title := v.Design.ID + " " + v.Design.Title + ": " + v.About
	if !v.On.IsZero() {
		title += ", on " + day(v.On)
	}
	w.text("", "  ", title)
	for i := range v.Elements {
		e := &v.Elements[i]
		w.text("  ", "    ", e.Presence.String()+": "+plain(e.Element.Says))
		text := e.Text
		if e.Weak {
			text += " It rests only on hearsay, opinion or forecast."
		}
		w.text("    ", "    ", text)
	}
	if len(v.Disagrees) > 0 {
		w.line("  where another design asks for something else")
		for _, x := range v.Disagrees {
			w.text("    ", "      ", x.String())
		}
	}
	return w.String()
}

// String says the question and what each design asks for.
func (x Disagreement) String() string {
	return x.Question + " " + x.Sides[0].Design + ": " + x.Sides[0].Says + ". " + x.Sides[1].Design + ": " + x.Sides[1].Says + "."
}
