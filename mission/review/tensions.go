package review

import (
	"slices"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Tension is a pair of things that are both wanted in mission-led government and pull apart. It is shown and never solved:
// nothing here weighs one pole against the other. Tensions are shared and not to be changed.
type Tension struct {
	// ID is its number in the catalogue, never used again for another: "T02".
	ID string `json:"id"`
	// Slug is its short name: "autonomy-or-guidance".
	Slug  string  `json:"slug"`
	Title string  `json:"title"`
	Poles [2]Pole `json:"poles"`
	// Question is what stays open.
	Question string `json:"question"`
	// Shows says what of a plan makes it visible.
	Shows string `json:"shows"`

	signs []sign
}

// Pole is one side of a tension. The two come in a fixed order, which means nothing.
type Pole struct {
	// Name is the word by which a [mission.Position] names it.
	Name string `json:"name"`
	// Says is what its side wants, and why.
	Says string `json:"says"`
	// Shown is what a plan records of it, in words that follow "of".
	Shown string `json:"shown"`
	// Sources are the lines that its side rests on, as in a [Rule].
	Sources []string `json:"sources"`
}

// sign is what to look for. Side is the pole that it shows, or 2 for what lies between them.
type sign struct {
	side int
	what string // in words: "first steps"
	find func(*survey) []sighting
}

// bothPoles marks a sign that shows both poles, or where they touch.
const bothPoles = 2

// TensionView is one tension as a plan holds it: what is recorded for each pole, who holds which view, how that moved, and what
// stays open. It has no number that compares the poles, and no order of strength.
type TensionView struct {
	Tension *Tension `json:"tension"`
	// Subject is the mission that it is about. Zero means missions at large: every record of the plan, whether it bears on a
	// mission or not.
	Subject record.Ref `json:"subject,omitzero"`
	// About is the subject in words.
	About string `json:"about"`
	// On is the day that it is about; zero where the view had none.
	On    calendar.Date `json:"on,omitzero"`
	Poles [2]PoleView   `json:"poles"`
	// Between is what shows both poles, or where they touch.
	Between []Sign `json:"between,omitempty"`
	// Held says who holds which view, in the order of the records' ids.
	Held []Leaning `json:"held,omitempty"`
	// Unheld says that nobody is recorded as holding a view, where that is so.
	Unheld string `json:"unheld,omitempty"`
}

// PoleView is what a plan records for one pole.
type PoleView struct {
	Name string `json:"name"`
	// Signs come in the order in which the tension looks for them.
	Signs []Sign `json:"signs,omitempty"`
	// Silent says what is not recorded, where nothing is. It says nothing about the world.
	Silent string `json:"silent,omitempty"`
}

// Sign is one sort of thing that a plan records for a pole.
type Sign struct {
	// What names the sort: "first steps".
	What string `json:"what"`
	// Text says in plain words how many there are and which, with those who claim it; of many the first few.
	Text string `json:"text"`
	// Denied says that these records say that there is nothing of the sort.
	Denied bool `json:"denied,omitempty"`
	// Evidence is every record behind the text, in the order of the references.
	Evidence []Evidence `json:"evidence"`
}

// Leaning is a view that somebody holds or held in a tension.
type Leaning struct {
	// Who is the party or claimant whose view it is, in words; empty where the record does not say.
	Who string `json:"who,omitempty"`
	// Subject is what the view is about; zero is missions at large.
	Subject record.Ref `json:"subject,omitzero"`
	// Pole is the side that it leans to, in the words of the record; empty is neither.
	Pole string `json:"pole,omitempty"`
	Says string `json:"says,omitempty"`
	// Since is when it began to hold; zero where that is not stated.
	Since calendar.When `json:"since,omitzero"`
	// Past says that it holds no longer on the day, or does not yet: it was ended, taken back, or is to come.
	Past bool `json:"past,omitempty"`
	// Evidence is the record of it: the one that counts on the day, or where none does the last.
	Evidence Evidence `json:"evidence"`
	// Moves lists every record of the view in the order in which they were made, where there are several.
	Moves []Move `json:"moves,omitempty"`
}

// Move is one record in the history of a view.
type Move struct {
	// Verb says what the record did to those before it: a change is a new view, a correction says that the old record was wrong.
	Verb record.Verb `json:"verb,omitzero"`
	Pole string      `json:"pole,omitempty"`
	Says string      `json:"says,omitempty"`
	// From and Until are the period that the record states, Recorded when it was made; zero where not stated.
	From     calendar.When `json:"from,omitzero"`
	Until    calendar.When `json:"until,omitzero"`
	Recorded time.Time     `json:"recorded,omitzero"`
	// Reason is why, where the record says.
	Reason   string   `json:"reason,omitempty"`
	Evidence Evidence `json:"evidence"`
}

// Tensions returns the tensions in the order of their ids. The slice is the caller's.
func Tensions() []*Tension { return slices.Clone(tensions) }

// LookupTension returns the tension with an id, a slug or a title, letters large or small.
func LookupTension(name string) (*Tension, bool) {
	name = strings.TrimSpace(name)
	for _, t := range tensions {
		if strings.EqualFold(t.ID, name) || strings.EqualFold(t.Slug, name) || strings.EqualFold(t.Title, name) {
			return t, true
		}
	}
	return nil, false
}

// IsSilent reports whether the plan records nothing on the tension.
func (v *TensionView) IsSilent() bool {
	return len(v.Poles[0].Signs)+len(v.Poles[1].Signs)+len(v.Between)+len(v.Held) == 0
}

// TensionsIn returns every tension as a model holds it, in the order of their ids: each for missions at large and then for every
// mission in the order of ids. Tensions that positions name and the catalogue does not have come last, in the order of their
// names, with no poles of their own. The day and the instant are those of the model's view. A nil model is an empty one.
//
// A record shows at large and for every mission that it bears on, and there under every tension that looks for it: the time is
// linear in the records times their missions, and the result holds a view for each tension and mission.
func TensionsIn(m *mission.Model) []TensionView {
	if m == nil {
		m = new(mission.Model)
	}
	b := newSurvey(m)
	views := b.leanings()
	var all []TensionView
	for _, t := range tensions {
		all = append(all, b.views(t, views[t.ID])...)
		delete(views, t.ID)
	}
	names := make([]string, 0, len(views))
	for name := range views {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		all = append(all, b.views(&Tension{Title: name}, views[name])...)
	}
	return all
}

// views returns one tension at large and for every mission.
func (b *survey) views(t *Tension, held []heldView) []TensionView {
	views := make([]TensionView, 1, 1+len(b.missions))
	at := make(map[record.ID]int, len(b.missions))
	views[0] = b.emptyView(t, record.Ref{}, "missions at large")
	for _, f := range b.missions {
		at[f.id] = len(views)
		views = append(views, b.emptyView(t, missionRef(f.id), b.p.missionName(f.id)))
	}
	for _, s := range t.signs {
		list := s.find(b)
		by := make([][]*sighting, len(views))
		for i := range list {
			by[0] = append(by[0], &list[i])
			for _, id := range list[i].missions {
				if n, ok := at[id]; ok {
					by[n] = append(by[n], &list[i])
				}
			}
		}
		for i := range views {
			for _, denied := range []bool{false, true} {
				if shown, ok := signOf(s.what, by[i], denied); ok {
					views[i].add(s.side, shown)
				}
			}
		}
	}
	for i := range held {
		views[0].Held = append(views[0].Held, held[i].Leaning)
		for _, id := range held[i].missions {
			if n, ok := at[id]; ok {
				views[n].Held = append(views[n].Held, held[i].Leaning)
			}
		}
	}
	for i := range views {
		views[i].close()
	}
	if t.ID == "" { // there is nothing to say where nobody holds a view
		views = slices.DeleteFunc(views, func(v TensionView) bool { return len(v.Held) == 0 })
	}
	return views
}

func (b *survey) emptyView(t *Tension, subject record.Ref, about string) TensionView {
	v := TensionView{Tension: t, Subject: subject, About: about, On: b.p.on}
	for i := range v.Poles {
		v.Poles[i].Name = t.Poles[i].Name
	}
	return v
}

func (v *TensionView) add(side int, s Sign) {
	if side == bothPoles {
		v.Between = append(v.Between, s)
		return
	}
	v.Poles[side].Signs = append(v.Poles[side].Signs, s)
}

// close says what is not recorded.
func (v *TensionView) close() {
	for i := range v.Poles {
		if p := &v.Poles[i]; len(p.Signs) == 0 && v.Tension.Poles[i].Shown != "" {
			p.Silent = "Nothing is recorded of " + v.Tension.Poles[i].Shown + "."
		}
	}
	if len(v.Held) == 0 {
		v.Unheld = "Nobody is recorded as holding a view."
	}
}

// signOf puts sightings of one sort into one sign: those that say that it is so, or those that say that it is not.
func signOf(what string, list []*sighting, denied bool) (Sign, bool) {
	s := Sign{What: what, Denied: denied}
	var names []string
	for _, x := range list {
		if x.denied != denied {
			continue
		}
		names = append(names, x.name)
		s.Evidence = append(s.Evidence, x.evidence...)
	}
	n := len(names)
	if n == 0 {
		return Sign{}, false
	}
	s.Evidence = dedupe(s.Evidence)
	text := what + ": " + count(float64(n))
	if denied {
		text = what + ", said to be missing: " + count(float64(n))
	}
	if n > most {
		names = append(names[:most-1:most-1], "and "+count(float64(n-most+1))+" more")
	}
	s.Text = sentence(text + ": " + strings.Join(names, "; "))
	return s, true
}

// heldView is a view with the missions that it bears on.
type heldView struct {
	Leaning
	missions []record.ID
}

// leanings reads the positions by tension: by the id of those of the catalogue, by the name in the record for all others.
func (b *survey) leanings() map[string][]heldView {
	type voice struct {
		fact     record.ID
		claimant string
	}
	p := b.p
	now := make(map[voice]record.Claim[mission.Position])
	for _, f := range b.positions {
		for _, c := range f.claims {
			now[voice{f.id, c.Record.Claimant}] = c
		}
	}
	history := make(map[voice][]*mission.Position)
	var voices []voice
	for _, r := range p.m.PositionHistory(p.at) {
		v := voice{r.Fact(), r.Claimant}
		if history[v] == nil {
			voices = append(voices, v)
		}
		history[v] = append(history[v], r)
	}
	slices.SortFunc(voices, func(x, y voice) int {
		if x.fact != y.fact {
			return strings.Compare(string(x.fact), string(y.fact))
		}
		return strings.Compare(x.claimant, y.claimant)
	})
	by := make(map[string][]heldView)
	for _, v := range voices {
		records := history[v]
		last := records[len(records)-1]
		for _, r := range slices.Backward(records) {
			if r.Speaks() {
				last = r
				break
			}
		}
		var l heldView
		if c, holds := now[v]; holds {
			last, l.Since = c.Record, c.Valid.From
		} else {
			l.Past, l.Since = true, last.From
		}
		l.Who, l.Subject, l.Pole, l.Says = p.whoLeans(last), last.Subject, plain(last.Pole), plain(last.Says)
		l.Evidence = p.evidence(mission.KindPosition, &last.Record)
		if !last.Subject.IsZero() {
			l.missions = b.missionsOf(last.Subject)
		}
		if len(records) > 1 {
			for _, r := range records {
				l.Moves = append(l.Moves, Move{Verb: r.Verb, Pole: plain(r.Pole), Says: plain(r.Says), From: r.From, Until: r.Until,
					Recorded: r.Recorded, Reason: plain(r.Reason), Evidence: p.evidence(mission.KindPosition, &r.Record)})
			}
		}
		name := plain(last.Tension)
		if t, ok := LookupTension(name); ok {
			name = t.ID
		}
		by[name] = append(by[name], l)
	}
	return by
}

// whoLeans is whose view a position is: the party that it names, or whoever claims it.
func (p *pass) whoLeans(r *mission.Position) string {
	if r.By != "" {
		return p.partyName(r.By)
	}
	return p.claimant(r.Claimant)
}
