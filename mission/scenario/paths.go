package scenario

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
)

// PathMove is the account of a subject or of money that takes another way.
type PathMove struct {
	// Of is the subject of a duty, or an allocation.
	Of   record.Ref `json:"of"`
	Name string     `json:"name"`
	Move Opening    `json:"move"`
	// Before and After are nil where that plan does not have it.
	Before *Account `json:"before,omitempty"`
	After  *Account `json:"after,omitempty"`
}

// Account is how something is accounted for.
type Account struct {
	// Open says that a way arrives at a forum that may ask, with none of its posts vacant. Whole says that every way does, and
	// that nothing else is missing: of money, that whoever decides and pays is recorded too.
	Open  bool `json:"open"`
	Whole bool `json:"whole"`
	// Certain is false where a date on a way is rough or unknown.
	Certain bool `json:"certain"`
	// Ways has one for each post or body that answers, by who that is.
	Ways []Way `json:"ways,omitempty"`
	// Breaks says in words what is missing.
	Breaks []string `json:"breaks,omitempty"`
}

// Way is a path of account, as of [accountability.Path].
type Way struct {
	// Steps are the subject, the parties on the way, and the forum.
	Steps []record.Ref `json:"steps"`
	Whole bool         `json:"whole"`
	// Why says what breaks it.
	Why string `json:"why,omitempty"`
}

// Opening says whether an account opened or broke.
type Opening uint8

// What may become of an account. The list is closed.
const (
	Opens    Opening = iota + 1 // it is open, and was not
	Closes                      // it was open, and is not
	Diverted                    // it goes other ways or breaks elsewhere, and is open or not as before
)

var openings = []string{"", "opens", "closes", "diverted"}

// String returns the text, or "" for the zero Opening.
func (o Opening) String() string {
	b, _ := o.MarshalText()
	return string(b)
}

// MarshalText returns the text of the opening.
func (o Opening) MarshalText() ([]byte, error) {
	return record.EnumMarshal("opening", openings, o)
}

// UnmarshalText reads the text of an opening. The error is a [*record.EnumError].
func (o *Opening) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("opening", openings, o, b)
}

func (o Opening) mirror() Opening {
	switch o {
	case Opens:
		return Closes
	case Closes:
		return Opens
	}
	return o
}

// paths compares the accounts of all that carries a duty, and of all allocations.
func paths(sides [2]*side, forum record.Ref) []PathMove {
	var list []PathMove
	for _, ref := range both(sides, (*side).accountable) {
		x := PathMove{Of: ref, Before: sides[0].account(ref, forum), After: sides[1].account(ref, forum)}
		was, is := x.Before != nil && x.Before.Open, x.After != nil && x.After.Open
		switch {
		case is && !was:
			x.Move = Opens
		case was && !is:
			x.Move = Closes
		case x.Before == nil && x.After == nil, x.Before != nil && x.After != nil && x.Before.equal(x.After):
			continue
		default:
			x.Move = Diverted
		}
		x.Name = name(sides, ref)
		list = append(list, x)
	}
	return list
}

// both returns what either of two models has of something, sorted, each once.
func both(sides [2]*side, of func(*side) []record.Ref) []record.Ref {
	refs := append(of(sides[0]), of(sides[1])...)
	slices.SortFunc(refs, record.Ref.Compare)
	return slices.Compact(refs)
}

// accountable returns the subjects of duties, and the allocations.
func (s *side) accountable() []record.Ref {
	if s.subjects != nil {
		return slices.Clone(s.subjects)
	}
	var refs []record.Ref
	seen := make(map[record.Ref]bool)
	add := func(ref record.Ref) {
		if ref = s.m.Fact(ref); !ref.IsZero() && !seen[ref] {
			seen[ref] = true
			refs = append(refs, ref)
		}
	}
	for i := range s.spec.Duties {
		add(s.spec.Duties[i].Subject)
	}
	for i := range s.spec.Allocations {
		add(record.Ref{Kind: funding.KindAllocation, ID: s.spec.Allocations[i].Fact()})
	}
	s.subjects = slices.Clone(refs)
	return refs
}

// account follows the account of something; nil where the model does not have it, or its view's day does not.
func (s *side) account(ref, forum record.Ref) *Account {
	a := &Account{Certain: true}
	switch {
	case !s.has(ref):
		return nil
	case ref.Kind == funding.KindAllocation:
		trails := s.m.Accounts().Trails(ref.ID, forum, s.at)
		if len(trails) == 0 {
			return nil
		}
		for i := range trails {
			t := &trails[i]
			a.Certain = a.Certain && t.Certain
			a.follow(t.Paths)
			a.Breaks = append(a.Breaks, t.Breaks...)
		}
	default:
		for _, p := range s.register.PathTo(ref, forum, s.at) {
			a.Certain = a.Certain && p.Certain
			a.follow([]accountability.Path{p})
			if !p.Whole {
				a.Breaks = append(a.Breaks, s.broken(&p))
			}
		}
	}
	slices.Sort(a.Breaks)
	a.Breaks = slices.Compact(a.Breaks)
	a.Whole = len(a.Breaks) == 0
	a.Open = slices.ContainsFunc(a.Ways, func(w Way) bool { return w.Whole })
	slices.SortFunc(a.Ways, func(x, y Way) int { return slices.CompareFunc(x.Steps, y.Steps, record.Ref.Compare) })
	return a
}

func (a *Account) follow(paths []accountability.Path) {
	for _, p := range paths {
		w := Way{Whole: p.Whole, Why: p.Why}
		for _, step := range p.Steps {
			w.Steps = append(w.Steps, step.To)
		}
		a.Ways = append(a.Ways, w)
	}
}

// broken says where a path breaks and why.
func (s *side) broken(p *accountability.Path) string {
	if p.Break <= 0 || p.Break >= len(p.Steps) {
		return p.Why
	}
	return "at " + s.name(p.Steps[p.Break].To) + ": " + p.Why
}

func (a *Account) equal(b *Account) bool {
	return a.Open == b.Open && a.Whole == b.Whole && a.Certain == b.Certain && slices.Equal(a.Breaks, b.Breaks) && slices.EqualFunc(a.Ways, b.Ways, func(x, y Way) bool {
		return x.Whole == y.Whole && x.Why == y.Why && slices.Equal(x.Steps, y.Steps)
	})
}
