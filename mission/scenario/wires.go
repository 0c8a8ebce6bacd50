package scenario

import (
	"cmp"
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// HolderMove is a post that others hold, or that fills or empties.
type HolderMove struct {
	Post record.ID `json:"post"`
	Name string    `json:"name"`
	// Before and After are nil where that plan does not have the post.
	Before *Filling `json:"before,omitempty"`
	After  *Filling `json:"after,omitempty"`
}

// Filling is how a post stands, as of [accountability.Register.Holders].
type Filling struct {
	// State is held, vacant, or unknown where no holding by that day is recorded.
	State accountability.DutyState `json:"state,omitzero"`
	// Holders are those who hold it, by id; one that is not named is the empty id.
	Holders []record.ID `json:"holders,omitempty"`
	// Certain is false where a date is known only to within a stretch that the day falls into.
	Certain bool `json:"certain"`
}

// holders compares the posts.
func holders(sides [2]*side) []HolderMove {
	var list []HolderMove
	for _, ref := range both(sides, (*side).posts) {
		x := HolderMove{Post: ref.ID, Before: sides[0].filling(ref), After: sides[1].filling(ref)}
		if x.Before == nil && x.After == nil || x.Before != nil && x.After != nil && x.Before.equal(x.After) {
			continue
		}
		x.Name = name(sides, ref)
		list = append(list, x)
	}
	return list
}

// posts returns all posts of which a holding is recorded.
func (s *side) posts() []record.Ref {
	var refs []record.Ref
	for i := range s.spec.Holdings {
		if h := &s.spec.Holdings[i]; h.Post != "" {
			refs = append(refs, s.m.Fact(record.Ref{Kind: accountability.KindParty, ID: h.Post}))
		}
	}
	return refs
}

func (s *side) filling(post record.Ref) *Filling {
	if !s.has(post) {
		return nil
	}
	holders, state := s.register.Holders(post.ID, s.at)
	f := &Filling{State: state, Certain: true}
	for _, h := range holders {
		f.Holders = append(f.Holders, h.Party)
		f.Certain = f.Certain && h.On == calendar.Certainly
	}
	slices.Sort(f.Holders)
	return f
}

func (f *Filling) equal(g *Filling) bool {
	return f.State == g.State && f.Certain == g.Certain && slices.Equal(f.Holders, g.Holders)
}

// WireMove is a subject on which others decide, answer or pay.
type WireMove struct {
	Subject record.Ref `json:"subject"`
	Name    string     `json:"name"`
	Before  Wires      `json:"before,omitzero"`
	After   Wires      `json:"after,omitzero"`
}

// Wires are who decides on a subject, who answers for it, and who pays. Each list is in the order of the parties, then of
// the words. An empty list says that the records do not say.
type Wires struct {
	Decides []Wire `json:"decides,omitempty"`
	Answers []Wire `json:"answers,omitempty"`
	Pays    []Wire `json:"pays,omitempty"`
}

// IsZero reports whether nothing is recorded of who decides, answers or pays.
func (w Wires) IsZero() bool { return len(w.Decides)+len(w.Answers)+len(w.Pays) == 0 }

// Wire ties one party to a subject.
type Wire struct {
	// Party is the post, body or organisation. It is empty where the record names none and State says why.
	Party record.ID `json:"party,omitempty"`
	// As is the word of the duty, such as [accountability.Decide], or the member of a record of money, such as "decided_by".
	As string `json:"as"`
	// Part is the share of the subject that it covers, in words.
	Part string `json:"part,omitempty"`
	// State is how the duty stands; of a record of money, and of a post that carries a duty, how the post does. It is zero for
	// what is no post.
	State accountability.DutyState `json:"state,omitzero"`
	// By is the record that says so.
	By record.Ref `json:"by"`
}

// alike reports whether two wires tie the same party in the same way, whichever record says so.
func (w Wire) alike(v Wire) bool {
	w.By, v.By = record.Ref{}, record.Ref{}
	return w == v
}

func compareWires(a, b Wire) int {
	return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.As, b.As), cmp.Compare(a.Part, b.Part), cmp.Compare(a.State, b.State), a.By.Compare(b.By))
}

// words of duties by which a party decides on a subject, answers for it, or pays. The titles that missions use count too.
var (
	deciding  = []string{accountability.Decide}
	answering = []string{accountability.AnswerFor, accountability.AccountingOfficer, accountability.OutcomeOwner, accountability.MilestoneOwner,
		accountability.MissionSteward, accountability.MissionLead, accountability.SeniorOwner}
	paying = []string{accountability.Pay, accountability.Fund}
)

// Wiring returns who decides on a subject, who answers for it and who pays, at a moment: by the duties on it, and, where it is
// an allocation or a pool, by what its own record and the shares of its pool say. A zero moment is the view's own. A nil model
// knows nothing.
func Wiring(m *mission.Model, subject record.Ref, at record.Moment) Wires {
	s := newSideAt(m, at)
	return s.wires(s.m.Fact(subject))
}

// newSideAt is a side without a copy of the records.
func newSideAt(m *mission.Model, at record.Moment) *side {
	if m == nil {
		m = new(mission.Model)
	}
	return &side{m: m, register: m.Register(), at: m.Moment(at)}
}

// CompareWiring returns the subjects on which others decide, answer or pay in the second model, or in another state or for
// another part, in the order of their references: the wiring before and after a reform. Each model is asked about its view's
// own day and instant; a nil one knows nothing. That another record says the same is no difference.
func CompareWiring(before, after *mission.Model) []WireMove {
	return rewired([2]*side{newSide(before), newSide(after)})
}

func rewired(sides [2]*side) []WireMove {
	var list []WireMove
	for _, ref := range both(sides, (*side).wired) {
		x := WireMove{Subject: ref, Before: sides[0].wires(ref), After: sides[1].wires(ref)}
		if !slices.EqualFunc(x.Before.Decides, x.After.Decides, Wire.alike) || !slices.EqualFunc(x.Before.Answers, x.After.Answers, Wire.alike) ||
			!slices.EqualFunc(x.Before.Pays, x.After.Pays, Wire.alike) {
			x.Name = name(sides, ref)
			list = append(list, x)
		}
	}
	return list
}

// wired returns the subjects of duties, the allocations and the pools.
func (s *side) wired() []record.Ref {
	refs := s.accountable()
	for i := range s.spec.Pools {
		refs = append(refs, record.Ref{Kind: funding.KindPool, ID: s.spec.Pools[i].Fact()})
	}
	return refs
}

func (s *side) wires(subject record.Ref) Wires {
	w := Wires{Decides: s.carrying(subject, deciding), Answers: s.carrying(subject, answering), Pays: s.carrying(subject, paying)}
	add := func(list *[]Wire, party record.ID, as string, by record.Ref) {
		if party != "" {
			_, state := s.register.Holders(party, s.at)
			*list = append(*list, Wire{Party: party, As: as, State: state, By: by})
		}
	}
	pool := func(id record.ID, decided bool) {
		for _, c := range s.money().pools[id] {
			by := record.Ref{Kind: funding.KindPool, ID: c.Record.ID}
			if !decided {
				add(&w.Decides, c.Record.DecidedBy, "decided_by", by)
			}
		}
		for _, c := range s.m.Accounts().Shares(id, s.at) {
			by := record.Ref{Kind: funding.KindShare, ID: c.Record.ID}
			add(&w.Answers, c.Record.AccountingOfficer, "accounting_officer", by)
			add(&w.Pays, c.Record.Party, "party", by)
		}
	}
	switch subject.Kind {
	case funding.KindPool:
		pool(subject.ID, false)
	case funding.KindAllocation:
		for _, c := range s.money().allocations[subject.ID] {
			a, by := c.Record, record.Ref{Kind: funding.KindAllocation, ID: c.Record.ID}
			add(&w.Decides, a.DecidedBy, "decided_by", by)
			add(&w.Answers, a.AccountingOfficer, "accounting_officer", by)
			add(&w.Pays, a.PaidBy, "paid_by", by)
			if a.Pool != "" {
				pool(a.Pool, a.DecidedBy != "")
			}
		}
	}
	for _, list := range []*[]Wire{&w.Decides, &w.Answers, &w.Pays} {
		slices.SortFunc(*list, compareWires)
		*list = slices.Compact(*list)
	}
	return w
}

// purse is what is said of money, by the fact.
type purse struct {
	allocations map[record.ID][]record.Claim[funding.Allocation]
	pools       map[record.ID][]record.Claim[funding.Pool]
}

// money reads it when it is first asked for.
func (s *side) money() *purse {
	if s.purse == nil {
		s.purse = &purse{make(map[record.ID][]record.Claim[funding.Allocation]), make(map[record.ID][]record.Claim[funding.Pool])}
		for _, c := range s.m.Accounts().Allocations(s.at) {
			s.purse.allocations[c.Record.Fact()] = append(s.purse.allocations[c.Record.Fact()], c)
		}
		for _, c := range s.m.Accounts().Pools(s.at) {
			s.purse.pools[c.Record.Fact()] = append(s.purse.pools[c.Record.Fact()], c)
		}
	}
	return s.purse
}

// carrying returns those who carry one of some duties on a subject, and where nobody is named the state of the duty.
func (s *side) carrying(subject record.Ref, duties []string) []Wire {
	var list []Wire
	for _, duty := range duties {
		a, ok := s.register.Answerable(subject, duty, s.at)
		if !ok {
			continue
		}
		for _, c := range a.Carriers {
			state := c.Filled
			if c.Duty.State != 0 {
				state = c.Duty.State
			}
			list = append(list, Wire{Party: c.Post, As: duty, Part: c.Duty.Part, State: state, By: record.Ref{Kind: accountability.KindDuty, ID: c.Duty.ID}})
		}
		if len(a.Carriers) == 0 {
			list = append(list, Wire{As: duty, State: a.State, By: first(a.Records)})
		}
	}
	return list
}

func first(refs []record.Ref) record.Ref {
	if len(refs) == 0 {
		return record.Ref{}
	}
	return refs[0]
}
