package funding

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Trail follows money from whoever decides on it and pays it to the forum that may ask about it, as one claimant records it.
type Trail struct {
	Allocation *Allocation
	// Decides, Pays and Answers are who does each. Several pay and answer where a pool pays: each for its own share. None means that the records do
	// not say.
	Decides, Pays, Answers []Seat
	// Paths run from each of Answers to the forum, in the same order; each says where it breaks.
	Paths []accountability.Path
	// Breaks says in words what is missing on the way, empty where nothing is.
	Breaks []string
	// Certain is false where a date that the trail rests on is known only to within a stretch that the day falls into.
	Certain bool
	// Records are the records used, each once.
	Records []record.Ref
}

// Seat is a party with a part in a [Trail], and who fills it where it is a post.
type Seat struct {
	Party record.ID
	// Share is the record that brings the party in where a pool pays, nil otherwise.
	Share   *Share
	Holders []accountability.Holder
	// State says how a post stands, as of [accountability.Register.Holders].
	State accountability.DutyState
}

// Trails returns the trail of an allocation, one for each claim on it, to a forum: a forum or party such as a parliament, or, where to is
// zero, the nearest that may ask. Pooling moves no account: of a pool, every party that pays in answers for its share.
func (a *Accounts) Trails(allocation record.ID, to record.Ref, at record.Moment) []Trail {
	at = a.view.At(at)
	var trails []Trail
	for _, c := range a.allocations.At(allocation, at.On, at.Known) {
		t := Trail{Allocation: c.Record, Certain: c.On == calendar.Certainly || at.On.IsZero()}
		t.use(record.Ref{Kind: KindAllocation, ID: c.Record.ID})
		a.follow(&t, to, at)
		trails = append(trails, t)
	}
	return trails
}

func (a *Accounts) follow(t *Trail, to record.Ref, at record.Moment) {
	money := t.Allocation
	pooled := money.Pool != ""
	decides := money.DecidedBy
	if pooled {
		pools := a.pools.At(money.Pool, at.On, at.Known)
		if len(pools) == 0 {
			t.broken("the pool that pays it is not in force or not known on that day")
		}
		for _, p := range pools {
			t.use(record.Ref{Kind: KindPool, ID: p.Record.ID})
			if decides == "" {
				decides = p.Record.DecidedBy
			}
			if p.Record.Rule.IsZero() {
				t.broken("the pool has no recorded rule for deciding")
			}
		}
		for _, c := range a.Shares(money.Pool, at) {
			t.use(record.Ref{Kind: KindShare, ID: c.Record.ID})
			t.Certain = t.Certain && (c.On == calendar.Certainly || at.On.IsZero())
			t.Pays = append(t.Pays, a.seat(c.Record.Party, c.Record, at))
			a.answers(t, c.Record.AccountingOfficer, c.Record.Party, c.Record, to, at)
		}
		if len(t.Pays) == 0 {
			t.broken("nobody is recorded as paying into the pool")
		}
	}
	if decides == "" {
		t.broken("the records do not say who decides on it")
	} else {
		t.Decides = append(t.Decides, a.seat(decides, nil, at))
	}
	if money.PaidBy != "" {
		t.Pays = append(t.Pays, a.seat(money.PaidBy, nil, at))
	} else if !pooled {
		t.broken("the records do not say whose money it is")
	}
	if !pooled || money.AccountingOfficer != "" {
		a.answers(t, money.AccountingOfficer, money.To, nil, to, at)
	}
	for _, seats := range [][]Seat{t.Decides, t.Answers} {
		for _, s := range seats {
			if s.State == accountability.Vacant {
				t.broken("the post " + a.name(s.Party, at) + " is vacant")
			}
		}
	}
}

// answers adds who answers for money, and the path from there.
func (a *Accounts) answers(t *Trail, officer, of record.ID, share *Share, to record.Ref, at record.Moment) {
	if officer == "" {
		whose := "it"
		if share != nil {
			whose = "the share of " + a.name(share.Party, at)
		}
		t.broken("no accounting officer is recorded for " + whose)
		if officer = of; officer == "" {
			return
		}
	}
	seat := a.seat(officer, share, at)
	t.Answers = append(t.Answers, seat)
	paths := a.register.PathTo(record.Ref{Kind: accountability.KindParty, ID: officer}, to, at)
	for _, h := range seat.Holders {
		t.use(record.Ref{Kind: accountability.KindHolding, ID: h.Holding.ID})
	}
	for _, p := range paths {
		t.Paths = append(t.Paths, p)
		t.Certain = t.Certain && p.Certain
		for _, ref := range p.Records {
			t.use(ref)
		}
		if !p.Whole {
			t.broken("the path from " + a.name(officer, at) + " to a forum breaks: " + p.Why)
		}
	}
}

func (a *Accounts) seat(party record.ID, share *Share, at record.Moment) Seat {
	s := Seat{Party: party, Share: share}
	s.Holders, s.State = a.register.Holders(party, at)
	return s
}

// name is what a party is called on the day, or its id.
func (a *Accounts) name(party record.ID, at record.Moment) string {
	for _, c := range a.register.Party(party, at) {
		if c.Record.Name != "" {
			return c.Record.Name
		}
	}
	return string(party)
}

func (t *Trail) broken(why string) { t.Breaks = append(t.Breaks, why) }

func (t *Trail) use(ref record.Ref) {
	if !slices.Contains(t.Records, ref) {
		t.Records = append(t.Records, ref)
	}
}
