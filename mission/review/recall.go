package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Recollection is what a plan remembers of earlier reforms: what each claimant says became of them, side by side, and where each
// sort of barrier stood. Nothing in it is merged, counted or put in an order of importance.
type Recollection struct {
	// Reforms come in the order of their ids.
	Reforms []ReformView `json:"reforms,omitempty"`
	// Patterns come in the alphabetical order of their words; barriers whose pattern nobody states come last, under the empty
	// word.
	Patterns []PatternView `json:"patterns,omitempty"`
}

// ReformView is one reform, as all who speak of it have it.
type ReformView struct {
	Ref  record.Ref `json:"ref"`
	Name string     `json:"name"`
	// Verdicts come in the order of the records' ids, one for each claimant.
	Verdicts []Verdict `json:"verdicts"`
	// Differ says that claimants say different things of how it went. Equal words are one verdict.
	Differ bool `json:"differ,omitempty"`
	// EndedBy are the barriers by which anybody says that it ended, and LikenedTo what anybody says is of its kind, each in
	// the order of the references.
	EndedBy   []record.Ref `json:"ended_by,omitempty"`
	LikenedTo []record.Ref `json:"likened_to,omitempty"`
}

// Verdict is what one claimant says of a reform.
type Verdict struct {
	// Claimant is who says so; empty where the record does not say.
	Claimant string `json:"claimant,omitempty"`
	// Fate is how it went, in the claimant's words; empty where the claimant does not say.
	Fate     string        `json:"fate,omitempty"`
	Features []string      `json:"features,omitempty"`
	Began    calendar.When `json:"began,omitzero"`
	Ended    calendar.When `json:"ended,omitzero"`
	// EndedBy are the barriers by which this claimant says that it ended.
	EndedBy  []record.Ref `json:"ended_by,omitempty"`
	Evidence Evidence     `json:"evidence"`
}

// PatternView is one sort of barrier, and where it stood or stands.
type PatternView struct {
	Pattern string `json:"pattern"`
	// Places come in the order of the barriers' ids.
	Places []BarrierPlace `json:"places"`
}

// BarrierPlace is one barrier.
type BarrierPlace struct {
	Ref  record.Ref `json:"ref"`
	Name string     `json:"name"`
	// Subjects are what it stands in the way of, by any claimant, and Ended the reforms that anybody says ended by it, each in
	// the order of the references.
	Subjects []record.Ref `json:"subjects,omitempty"`
	Ended    []record.Ref `json:"ended,omitempty"`
	// Removed is when somebody says that it was taken away; zero where nobody does.
	Removed  calendar.When `json:"removed,omitzero"`
	Evidence []Evidence    `json:"evidence"`
}

// Recall returns what a model remembers of earlier reforms, on the day and at the instant of its view. A nil model is an empty
// one. The time is linear in the records, but for sorting.
func Recall(m *mission.Model) Recollection {
	if m == nil {
		m = new(mission.Model)
	}
	p := newPass(m)
	var r Recollection
	ended := make(map[record.ID][]record.Ref)
	for _, f := range factsOf(m.Reforms(p.at)) {
		v := p.reform(&f)
		for _, b := range v.EndedBy {
			ended[b.ID] = append(ended[b.ID], v.Ref)
		}
		r.Reforms = append(r.Reforms, v)
	}
	places := make(map[string][]BarrierPlace)
	for _, f := range factsOf(m.Barriers(p.at)) {
		place := BarrierPlace{Ref: record.Ref{Kind: mission.KindBarrier, ID: f.id}, Ended: ended[f.id], Evidence: proof(p, mission.KindBarrier, f.claims)}
		var patterns []string
		for _, c := range f.claims {
			if name := plain(c.Record.Name); place.Name == "" {
				place.Name = name
			}
			if !c.Record.Subject.IsZero() {
				place.Subjects = append(place.Subjects, c.Record.Subject)
			}
			if !place.Removed.IsResolved() && !c.Record.Removed.IsZero() {
				place.Removed = c.Record.Removed
			}
			if word := plain(c.Record.Pattern); word != "" {
				patterns = append(patterns, word)
			}
		}
		place.Subjects = dedupeRefs(place.Subjects)
		if len(patterns) == 0 {
			patterns = []string{""}
		}
		slices.Sort(patterns)
		for _, word := range slices.Compact(patterns) { // claimants who differ on the sort each have their say
			places[word] = append(places[word], place)
		}
	}
	words := make([]string, 0, len(places))
	for word := range places {
		words = append(words, word)
	}
	slices.SortFunc(words, func(a, b string) int {
		if a == "" || b == "" {
			return strings.Compare(b, a)
		}
		return strings.Compare(a, b)
	})
	for _, word := range words {
		r.Patterns = append(r.Patterns, PatternView{Pattern: word, Places: places[word]})
	}
	return r
}

func (p *pass) reform(f *fact[mission.Reform]) ReformView {
	v := ReformView{Ref: record.Ref{Kind: mission.KindReform, ID: f.id}, Name: string(f.id)}
	named, fate := false, ""
	for _, c := range f.claims {
		r := c.Record
		if name := plain(r.Name); !named && name != "" {
			v.Name, named = name, true
		}
		said := Verdict{Claimant: p.claimant(r.Claimant), Fate: plain(r.Fate), Began: r.Began, Ended: r.Ended, Evidence: p.evidence(mission.KindReform, &r.Record)}
		for _, feature := range r.Features {
			said.Features = append(said.Features, plain(feature))
		}
		for _, id := range r.EndedBy {
			said.EndedBy = append(said.EndedBy, record.Ref{Kind: mission.KindBarrier, ID: id})
		}
		v.Verdicts = append(v.Verdicts, said)
		v.EndedBy = append(v.EndedBy, said.EndedBy...)
		v.LikenedTo = append(v.LikenedTo, r.LikenedTo...)
		switch {
		case said.Fate == "" || said.Fate == fate:
		case fate == "":
			fate = said.Fate
		default:
			v.Differ = true
		}
	}
	v.EndedBy, v.LikenedTo = dedupeRefs(v.EndedBy), dedupeRefs(v.LikenedTo)
	return v
}

// String returns the recollection as plain text in 80 columns. Programs should read the fields: the layout may change.
func (r Recollection) String() string {
	var w writer
	w.line("Earlier reforms")
	if len(r.Reforms) == 0 {
		w.line("  None is recorded.")
	}
	for i := range r.Reforms {
		w.reform(&r.Reforms[i])
	}
	w.line("Barriers, by what sort they are")
	if len(r.Patterns) == 0 {
		w.line("  None is recorded.")
	}
	for i := range r.Patterns {
		w.pattern(&r.Patterns[i])
	}
	return w.String()
}

func (w *writer) reform(v *ReformView) {
	w.text("  ", "    ", v.Name)
	for i := range v.Verdicts {
		w.text("    ", "      ", v.Verdicts[i].String())
	}
	if v.Differ {
		w.line("    They differ, and both stand.")
	}
	if len(v.EndedBy) > 0 {
		w.text("    ", "      ", "Ended by "+refNames(v.EndedBy)+".")
	}
	if len(v.LikenedTo) > 0 {
		w.text("    ", "      ", "Likened to "+refNames(v.LikenedTo)+".")
	}
}

func (w *writer) pattern(v *PatternView) {
	word := v.Pattern
	if word == "" {
		word = "of a sort that nobody states"
	}
	w.line("  " + word)
	for _, b := range v.Places {
		name := b.Name
		if name == "" {
			name = string(b.Ref.ID)
		}
		if len(b.Subjects) > 0 {
			name += ", in the way of " + refNames(b.Subjects)
		}
		if len(b.Ended) > 0 {
			name += ", by which ended " + refNames(b.Ended)
		}
		if !b.Removed.IsZero() {
			name += ", removed " + b.Removed.String()
		}
		w.text("    ", "      ", name)
	}
}

func refNames(refs []record.Ref) string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = r.String()
	}
	return listed(names)
}

// String says who says what of how the reform went.
func (v Verdict) String() string {
	who, fate := v.Claimant, quoted(v.Fate)
	if who == "" {
		who = "a claimant not named"
	}
	if v.Fate == "" {
		fate = "says nothing of how it went"
	}
	words := who + ": " + fate
	if v.Evidence.Grade.Weak() {
		words += " (" + v.Evidence.Grade.String() + ")"
	}
	if len(v.Features) > 0 {
		words += "; made of " + listed(v.Features)
	}
	return words
}
