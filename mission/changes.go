package mission

import (
	"cmp"
	"errors"
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Causes of a [*ChangeError], beside [ErrNoChange] and a [*record.DanglingError].
var (
	ErrNoDay      = errors.New("the change has no day: say from when the post is empty")
	ErrNeverHeld  = errors.New("no holding of the post that began before that day is recorded, so none can end")
	ErrFewToPool  = errors.New("a pool takes at least two allocations or settlements")
	ErrNoMoney    = errors.New("it is neither an allocation nor a settlement")
	ErrTwice      = errors.New("it is named twice, by itself or by the settlement that it is part of")
	ErrInPool     = errors.New("it is paid from a pool already")
	ErrWhoseMoney = errors.New("the records do not say whose money it is, so nobody can be said to pay it in")
)

// Vacate empties a post: every holding of it that lasts beyond a day ends on that day, and one that was to begin on it or
// later never does, for which a retraction is added to its records. The post and its duties stay, and who held it before. Holdings of other posts, such as one
// that stands in for a holder, are left alone.
type Vacate struct {
	// Post is the post, or any of its versions.
	Post record.ID
	// From is the first day on which nobody holds it. It is not read off the view, and must be set.
	From calendar.Date
}

// Move hands a duty to another post, body or organisation, in every version that says anything of it, as if it had always
// been there: deciding, answering, paying, or any other. The duty is then simply carried: what its state, its means and its
// successor were, and whether it had been accepted, is said of the old carrier and not of the new one.
type Move struct {
	Duty record.ID // the duty, or any of its versions
	To   record.ID // a party
}

// Pool puts two or more allocations and settlements together into one pool, as if they had always been paid from it.
//
// Each becomes a [funding.Share] of the pool: its party is whose money it was, its amount what it was, and its accounting
// officer goes on to answer for it, since pooling moves no account. The id of a share is that of the pool, a hyphen and that
// of the money, and it has a version for each version of the money. The allocations stay, and so do those under a settlement,
// now paid from the pool: their own PaidBy and AccountingOfficer give way to those of the shares, To becomes the host
// where the pool names one, and DecidedBy gives way where the pool names who decides. Purposes and ringfences stay as they
// are recorded.
//
// A settlement has no accounting officer: its share has the one that all allocations under it name, and where they name
// several, these keep them.
type Pool struct {
	// Into is the pool, with its id and whatever of its terms is supposed: host, who decides, rule, return. Terms left out are
	// not recorded, and whoever needs them cannot tell. Without a Subject it is for what all of the allocations are for, where
	// that is one thing.
	Into funding.Pool
	// Money names the allocations and settlements, or any of their versions.
	Money []record.Ref
}

func (v Vacate) apply(s *Spec) (misfits []misfit) {
	post := record.Ref{Kind: accountability.KindParty, ID: v.Post}
	ids := versionsOf[accountability.Party](s.Parties, v.Post)
	if len(ids) == 0 {
		misfits = append(misfits, astray(post.Kind, post.ID))
	}
	if v.From.IsZero() {
		misfits = append(misfits, misfit{post, ErrNoDay})
	}
	if len(misfits) > 0 {
		return misfits
	}
	begun := false
	var never []accountability.Holding // retractions of those that were to begin later
	for i := range s.Holdings {
		h := &s.Holdings[i]
		if !h.Speaks() || !ids[h.Post] {
			continue
		}
		if from := s.start(&h.Record); from.IsResolved() && !from.Earliest().Before(v.From) {
			if h.Of == "" {
				never = append(never, retraction(h))
			} else {
				v.silence(&h.Record)
			}
			continue
		}
		begun = true
		if !h.Until.IsResolved() || h.Until.Latest().After(v.From) {
			h.Until = calendar.OnDay(v.From)
			suppose(&h.Record)
		}
	}
	if !begun {
		return []misfit{{post, ErrNeverHeld}}
	}
	s.Holdings = append(slices.Clip(s.Holdings), never...)
	return nil
}

// retraction takes back a holding that is the first record of its fact. The fact stays, for what refers to it.
func retraction(h *accountability.Holding) accountability.Holding {
	r := h.Record
	r.ID, r.Of, r.Verb, r.Reason = h.ID+"-vacated", h.ID, record.Retract, "supposed not to come about"
	r.From, r.Until, r.Note, r.Extensions = calendar.When{}, calendar.When{}, "", nil
	suppose(&r)
	return accountability.Holding{Record: r, Post: h.Post, Holder: h.Holder, Withheld: h.Withheld}
}

// silence makes a later version of a holding say nothing but that what was said before it is over by the day.
func (v Vacate) silence(r *record.Record) {
	if r.Verb == record.Correct { // what it corrects stays taken back
		r.Verb, r.From, r.Until = record.Retract, calendar.When{}, calendar.When{}
	} else {
		r.Verb, r.From, r.Until = record.Close, calendar.When{}, calendar.OnDay(v.From)
	}
	suppose(r)
}

// start is the day from which a record holds: a change that does not say holds from when it was recorded.
func (s *Spec) start(r *record.Record) calendar.When {
	if !r.From.IsZero() || r.Verb != record.Change {
		return r.From
	}
	if !r.Recorded.IsZero() {
		return calendar.OnDay(calendar.Of(r.Recorded.UTC()))
	}
	for i := range s.Sources {
		if s.Sources[i].ID == r.Source && r.Source != "" && !s.Sources[i].Published.IsZero() {
			return calendar.OnDay(s.Sources[i].Published.Latest())
		}
	}
	return calendar.When{}
}

func (m Move) apply(s *Spec) (misfits []misfit) {
	ids := versionsOf[accountability.Duty](s.Duties, m.Duty)
	if len(ids) == 0 {
		misfits = append(misfits, astray(accountability.KindDuty, m.Duty))
	}
	if len(versionsOf[accountability.Party](s.Parties, m.To)) == 0 {
		misfits = append(misfits, astray(accountability.KindParty, m.To))
	}
	if len(misfits) > 0 {
		return misfits
	}
	for i := range s.Duties {
		if d := &s.Duties[i]; ids[d.ID] && d.Speaks() && d.Post != m.To {
			*d = accountability.Duty{Record: d.Record, Duty: d.Duty, Subject: d.Subject, Part: d.Part, Convening: d.Convening, Post: m.To}
			suppose(&d.Record)
		}
	}
	return nil
}

// versionsOf returns the ids by which records may name a fact, itself named by any of them; none where there is no such fact.
func versionsOf[T any, P record.Holder[T]](records []T, id record.ID) map[record.ID]bool {
	ids := make(map[record.ID]bool)
	for i := range records {
		if r := P(&records[i]).Base(); r.ID == id || r.Fact() == id {
			ids[r.Fact()] = true
			break
		}
	}
	for i := range records {
		if r := P(&records[i]).Base(); ids[r.Fact()] {
			ids[r.ID] = true
		}
	}
	return ids
}

// pooling is a [Pool] at work.
type pooling struct {
	s    *Spec
	into funding.Pool
	// own are the versions of the allocations that are named, settlements the facts of the settlements that are, and factOf
	// the fact of any settlement by each of its ids.
	own         map[record.ID]bool
	settlements map[record.ID]bool
	factOf      map[record.ID]record.ID
	officers    map[record.ID]record.ID // the one that all allocations under a settlement name, by settlement
	misfits     []misfit
}

func (c Pool) apply(s *Spec) []misfit {
	p := pooling{s: s, into: c.Into, own: make(map[record.ID]bool), settlements: make(map[record.ID]bool), factOf: make(map[record.ID]record.ID)}
	for i := range s.Settlements {
		t := &s.Settlements[i]
		p.factOf[t.ID], p.factOf[t.Fact()] = t.Fact(), t.Fact()
	}
	p.gather(c.Money)
	p.check()
	if len(p.misfits) > 0 {
		return p.misfits
	}
	p.officers = p.agreed()
	p.share()
	p.pay()
	if p.into.Grade == 0 {
		suppose(&p.into.Record)
	}
	s.Pools = append(slices.Clip(s.Pools), p.into)
	return nil
}

func (p *pooling) refuse(kind record.Kind, id record.ID, err error) {
	p.misfits = append(p.misfits, misfit{record.Ref{Kind: kind, ID: id}, err})
}

// gather finds the versions of all that is to be pooled.
func (p *pooling) gather(money []record.Ref) {
	if len(money) < 2 {
		p.refuse(funding.KindPool, p.into.ID, ErrFewToPool)
	}
	for _, ref := range money {
		switch ref.Kind {
		case funding.KindAllocation:
			ids := versionsOf[funding.Allocation](p.s.Allocations, ref.ID)
			if len(ids) == 0 {
				p.misfits = append(p.misfits, astray(ref.Kind, ref.ID))
			} else if p.own[ref.ID] {
				p.refuse(ref.Kind, ref.ID, ErrTwice)
			}
			for id := range ids {
				p.own[id] = true
			}
		case funding.KindSettlement:
			fact, ok := p.factOf[ref.ID]
			if !ok {
				p.misfits = append(p.misfits, astray(ref.Kind, ref.ID))
			} else if p.settlements[fact] {
				p.refuse(ref.Kind, ref.ID, ErrTwice)
			}
			p.settlements[fact] = true
		default:
			p.refuse(ref.Kind, ref.ID, ErrNoMoney)
		}
	}
}

// payer says whether an allocation is pooled, and under which settlement where it is not named itself.
func (p *pooling) payer(a *funding.Allocation) (own bool, settlement record.ID) {
	if fact, ok := p.factOf[a.Settlement]; ok && p.settlements[fact] {
		settlement = fact
	}
	return p.own[a.ID], settlement
}

// check refuses what cannot be paid in, each version once.
func (p *pooling) check() {
	for i := range p.s.Allocations {
		a := &p.s.Allocations[i]
		own, within := p.payer(a)
		switch {
		case !a.Speaks() || !own && within == "":
		case own && within != "":
			p.refuse(funding.KindAllocation, a.ID, ErrTwice)
		case a.Pool != "":
			p.refuse(funding.KindAllocation, a.ID, ErrInPool)
		case own && a.PaidBy == "" && a.To == "":
			p.refuse(funding.KindAllocation, a.ID, ErrWhoseMoney)
		}
	}
}

// agreed returns the accounting officer of each settlement under which all allocations that name one name the same.
func (p *pooling) agreed() map[record.ID]record.ID {
	officers, differ := make(map[record.ID]record.ID), make(map[record.ID]bool)
	for i := range p.s.Allocations {
		a := &p.s.Allocations[i]
		_, within := p.payer(a)
		if within == "" || a.AccountingOfficer == "" || !a.Speaks() {
			continue
		}
		if before := officers[within]; before != "" && before != a.AccountingOfficer {
			differ[within] = true
		}
		officers[within] = a.AccountingOfficer
	}
	for id := range differ {
		delete(officers, id)
	}
	return officers
}

// shareOf makes the record of a share out of that of the money.
func (p *pooling) shareOf(r *record.Record) funding.Share {
	own := *r
	own.ID, own.Note, own.Extensions = p.into.ID+"-"+r.ID, "", nil
	if r.Of != "" {
		own.Of = p.into.ID + "-" + r.Of
	}
	suppose(&own)
	return funding.Share{Record: own}
}

// share adds the shares, those of settlements first.
func (p *pooling) share() {
	var shares []funding.Share
	for i := range p.s.Settlements {
		t := &p.s.Settlements[i]
		if !p.settlements[t.Fact()] {
			continue
		}
		share := p.shareOf(&t.Record)
		if t.Speaks() {
			share.Pool, share.Party, share.Amount, share.Basis, share.AccountingOfficer = p.into.ID, t.Party, t.Amount, t.Basis, p.officers[t.Fact()]
		}
		shares = append(shares, share)
	}
	for i := range p.s.Allocations {
		a := &p.s.Allocations[i]
		if !p.own[a.ID] {
			continue
		}
		share := p.shareOf(&a.Record)
		if a.Speaks() {
			share.Pool, share.Party, share.Amount, share.Basis, share.AccountingOfficer = p.into.ID, cmp.Or(a.PaidBy, a.To), a.Amount, a.Basis, a.AccountingOfficer
		}
		shares = append(shares, share)
	}
	p.s.PoolShares = append(slices.Clip(p.s.PoolShares), shares...)
}

// pay has the allocations paid from the pool.
func (p *pooling) pay() {
	party := make(map[record.ID]record.ID) // of each settlement
	for i := range p.s.Settlements {
		t := &p.s.Settlements[i]
		party[t.Fact()] = cmp.Or(t.Party, party[t.Fact()])
	}
	var subjects []record.Ref
	for i := range p.s.Allocations {
		a := &p.s.Allocations[i]
		own, within := p.payer(a)
		if !a.Speaks() || !own && within == "" {
			continue
		}
		if !slices.Contains(subjects, a.Subject) {
			subjects = append(subjects, a.Subject)
		}
		if own || a.PaidBy == party[within] {
			a.PaidBy = ""
		}
		if own || p.officers[within] != "" {
			a.AccountingOfficer = ""
		}
		if p.into.DecidedBy != "" {
			a.DecidedBy = ""
		}
		a.Pool, a.To = p.into.ID, cmp.Or(p.into.Host, a.To)
		suppose(&a.Record)
	}
	if p.into.Subject.IsZero() && len(subjects) == 1 {
		p.into.Subject = subjects[0]
	}
}
