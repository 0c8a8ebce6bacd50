package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// moneyRules are the rules on spending reviews, settlements, pools and cuts, and on figures and chains that do not hold.
var moneyRules = []*Rule{
	unfundedMilestone,
	horizonOverrun,
	missingBaseline,
	mixedBasis,
	shortMoney,
	bilateralOnly,
	numbersFirst,
	clusterUnkept,
	ringfenceBlocks,
	cutWithoutReform,
	cutUnderMilestone,
	regressiveChange,
	preventionCrowdedOut,
	noTradeOff,
	poolWithoutAccount,
	devolvedInName,
	payerSplit,
	potProliferation,
	hiddenHoldOut,
}

// purse is what a plan records of money, by fact and in the order of ids, so that each rule on money reads it once.
type purse struct {
	reviews     []fact[funding.Review]
	settlements []fact[funding.Settlement]
	allocations []fact[funding.Allocation]
	pools       []fact[funding.Pool]

	review     map[record.ID]*fact[funding.Review]
	settlement map[record.ID]*fact[funding.Settlement]
	allocation map[record.ID]*fact[funding.Allocation]
	settledFor map[record.Ref][]*fact[funding.Settlement] // by each subject that any claimant says it is for
	moneyFor   map[record.Ref][]*fact[funding.Allocation] // by subject, as any claimant has it
	phases     map[record.ID]bool                         // reviews that have phases
	settled    map[record.ID]bool                         // reviews that have settlements

	missions map[record.ID][]record.ID // the missions of each milestone
	cut      []record.Ref              // what somebody says was cut, by an event, sorted
	devolved []record.Ref              // what somebody says was handed down, sorted
	gains    []record.Ref              // what somebody is said to gain by, sorted
	heard    map[occasion]*hearing
}

// fact is what is said of one fact, in the order of the records' ids.
type fact[T any] struct {
	id     record.ID
	claims []record.Claim[T]
}

// factsOf gathers claims by the fact that they speak of, in the order of the facts' ids.
func factsOf[T any, P record.Holder[T]](claims []record.Claim[T]) []fact[T] {
	by := make(map[record.ID][]record.Claim[T])
	for _, c := range claims {
		id := P(c.Record).Base().Fact()
		by[id] = append(by[id], c)
	}
	list := make([]fact[T], 0, len(by))
	for _, id := range sortedKeys(by) {
		list = append(list, fact[T]{id, sorted[T, P](by[id])})
	}
	return list
}

// purse reads the money of the plan, once for all rules.
func (p *pass) purse() *purse {
	if p.treasury != nil {
		return p.treasury
	}
	accounts := p.m.Accounts()
	f := &purse{
		reviews: factsOf(accounts.Reviews(p.at)), settlements: factsOf(accounts.Settlements(p.at)),
		allocations: factsOf(accounts.Allocations(p.at)), pools: factsOf(accounts.Pools(p.at)),
		review: make(map[record.ID]*fact[funding.Review]), settlement: make(map[record.ID]*fact[funding.Settlement]),
		allocation: make(map[record.ID]*fact[funding.Allocation]),
		settledFor: make(map[record.Ref][]*fact[funding.Settlement]), moneyFor: make(map[record.Ref][]*fact[funding.Allocation]),
		phases: make(map[record.ID]bool), settled: make(map[record.ID]bool), missions: make(map[record.ID][]record.ID),
		heard: make(map[occasion]*hearing),
	}
	for i := range f.reviews {
		r := &f.reviews[i]
		f.review[r.id] = r
		for _, c := range r.claims {
			f.phases[c.Record.PartOf] = true
		}
	}
	for i := range f.settlements {
		s := &f.settlements[i]
		f.settlement[s.id] = s
		for _, c := range s.claims {
			f.settled[c.Record.Review] = true
			for _, ref := range c.Record.For {
				if n := len(f.settledFor[ref]); n == 0 || f.settledFor[ref][n-1] != s {
					f.settledFor[ref] = append(f.settledFor[ref], s)
				}
			}
		}
	}
	for i := range f.allocations {
		a := &f.allocations[i]
		f.allocation[a.id] = a
		for _, c := range a.claims {
			if n := len(f.moneyFor[c.Record.Subject]); n == 0 || f.moneyFor[c.Record.Subject][n-1] != a {
				f.moneyFor[c.Record.Subject] = append(f.moneyFor[c.Record.Subject], a)
			}
		}
	}
	for i := range p.steps {
		f.missions[p.steps[i].id] = missionsOf(p.steps[i].claims)
	}
	f.readEvents(p)
	p.treasury = f
	return f
}

// readEvents finds what was cut, what was handed down and what somebody gains by among all that the records speak of.
func (f *purse) readEvents(p *pass) {
	f.cut, f.devolved, f.gains = spokenOf(p.befallen(mission.Cut)), spokenOf(p.befallen(mission.Devolved)), spokenOf(p.befallen(mission.Benefit))
}

// spokenOf leaves out of a list what only serves the records, and events themselves.
func spokenOf(list []record.Ref) []record.Ref {
	return slices.DeleteFunc(list, func(ref record.Ref) bool {
		return ref.IsZero() || ref.Kind == mission.KindEvent || ref.Kind == record.KindSource || ref.Kind == record.KindDay
	})
}

func reviewRef(id record.ID) record.Ref     { return record.Ref{Kind: funding.KindReview, ID: id} }
func settlementRef(id record.ID) record.Ref { return record.Ref{Kind: funding.KindSettlement, ID: id} }
func allocationRef(id record.ID) record.Ref { return record.Ref{Kind: funding.KindAllocation, ID: id} }
func poolRef(id record.ID) record.Ref       { return record.Ref{Kind: funding.KindPool, ID: id} }

// upwards returns a review and all that it is a phase of, each once.
func (f *purse) upwards(id record.ID) []record.ID {
	var ids []record.ID
	for id != "" && !slices.Contains(ids, id) && len(ids) < 16 { // reviews may be recorded as phases of one another in a circle
		ids = append(ids, id)
		next := record.ID("")
		if r := f.review[id]; r != nil {
			for _, c := range r.claims {
				if next == "" {
					next = c.Record.PartOf
				}
			}
		}
		id = next
	}
	return ids
}

// subjectName names anything that money may be for. Persons are never named.
func (p *pass) subjectName(ref record.Ref) string {
	switch ref.Kind {
	case mission.KindMission:
		return p.missionName(ref.ID)
	case accountability.KindParty:
		return p.partyName(ref.ID)
	case funding.KindSettlement:
		if s := p.purse().settlement[ref.ID]; s != nil {
			return p.settlementName(s)
		}
	case funding.KindAllocation:
		if a := p.purse().allocation[ref.ID]; a != nil {
			return p.allocationName(a)
		}
	}
	return "the " + strings.ReplaceAll(plain(string(ref.Kind)), "-", " ") + " " + quoted(plain(p.m.Name(ref)))
}

func (p *pass) reviewName(r *fact[funding.Review]) string {
	for _, c := range r.claims {
		if name := plain(c.Record.Name); name != "" {
			return "the spending review " + quoted(name)
		}
	}
	return "the spending review " + quoted(string(r.id))
}

func (p *pass) settlementName(s *fact[funding.Settlement]) string {
	for _, c := range s.claims {
		if c.Record.Party != "" {
			name := "the settlement of " + p.partyName(c.Record.Party)
			if r := p.purse().review[c.Record.Review]; r != nil {
				name += " in " + p.reviewName(r)
			}
			return name
		}
	}
	return "the settlement " + quoted(string(s.id))
}

// allocationName says what money is for, and who may spend it.
func (p *pass) allocationName(a *fact[funding.Allocation]) string {
	name, to := "", ""
	for _, c := range a.claims {
		if name == "" && !c.Record.Subject.IsZero() && c.Record.Subject.Kind != funding.KindAllocation {
			name = "the money for " + p.subjectName(c.Record.Subject)
		}
		if to == "" && c.Record.To != "" {
			to = " that goes to " + p.partyName(c.Record.To)
		}
	}
	if name == "" {
		name = "the money " + quoted(string(a.id))
	}
	return name + to
}

// recall is events, remembered: several sums of money share a mission or a review, and it is read once for all of them.
func (p *pass) recall(subject record.Ref, kind string) *hearing {
	f, key := p.purse(), occasion{subject, kind}
	if h := f.heard[key]; h != nil {
		return h
	}
	h := new(hearing)
	h.present, h.absent = p.events(subject, kind)
	f.heard[key] = h
	return h
}

// occasion is what events are asked about.
type occasion struct {
	subject record.Ref
	kind    string
}

// anyHappened reports whether an event of a kind is recorded on any of the subjects.
func (p *pass) anyHappened(kind string, subjects ...record.Ref) bool {
	return slices.ContainsFunc(subjects, func(ref record.Ref) bool { return !ref.IsZero() && len(p.recall(ref, kind).present) > 0 })
}

// drop is a change of an amount: what it was, what it is, and which record says so.
type drop struct {
	was, now record.Money
	claim    record.Claim[funding.Allocation]
}

// changes returns what each claimant says became of an amount, and one whose amounts are kept back or missing.
func changes(a *fact[funding.Allocation]) (known []drop, kept record.Value[record.Money]) {
	for _, c := range a.claims {
		was, told := c.Record.Was.Get()
		now, also := c.Record.Amount.Get()
		switch {
		case told && also && was.Currency == now.Currency:
			known = append(known, drop{was, now, c})
		case !told && c.Record.Was.State != 0 && kept.State == 0:
			kept = c.Record.Was
		case told && !also && c.Record.Amount.State != 0 && kept.State == 0:
			kept = c.Record.Amount
		}
	}
	return known, kept
}

// firmUntil returns the days on which the money of a settlement ceases to be firm, by each claimant: failing a word of its
// own, the end of the time that its review pays for.
func (f *purse) firmUntil(s *fact[funding.Settlement]) []calendar.When {
	var days []calendar.When
	for _, c := range s.claims {
		if !c.Record.FirmUntil.IsZero() {
			days = append(days, c.Record.FirmUntil)
		}
	}
	if len(days) > 0 {
		return days
	}
	for _, c := range s.claims {
		days = append(days, f.fundsUntil(c.Record.Review)...)
	}
	return days
}

// fundsUntil returns the days on which the time that a review pays for ends.
func (f *purse) fundsUntil(review record.ID) []calendar.When {
	var days []calendar.When
	if r := f.review[review]; r != nil {
		for _, c := range r.claims {
			if !c.Record.FundsUntil.IsZero() {
				days = append(days, c.Record.FundsUntil)
			}
		}
	}
	return days
}

// organisationOf is the organisation that a post or unit belongs to, or the party itself.
func (p *pass) organisationOf(id record.ID) record.ID {
	if of := p.party(id).of; of != "" {
		return of
	}
	return id
}
