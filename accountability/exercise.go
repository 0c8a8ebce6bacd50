package accountability

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Exercise says who was actually exercising the functions of a post on a day, as known at an instant: its holders, except
// those on leave, and those who stand in for them.
type Exercise struct {
	Post record.ID
	// State is held where somebody is certain to exercise them; vacant where nobody holds the post, or all who do are on leave
	// and nobody stands in; withheld where the only ones who do are not named; zero where the records do not say, as where one
	// is there possibly and nobody certainly.
	State DutyState
	// Certain is false where a date used is rough or unknown.
	Certain bool
	// Why says in words what the state rests on, where it is not plainly held.
	Why string
	// By are those who exercise them: the post's own holders first, in the order of the Spec, then those who stand in.
	By []Holder
	// Absent are the holdings from which somebody is on leave, in the order of the Spec.
	Absent []Absence
	// Records are the holdings and leaves used, each once.
	Records []record.Ref
}

// Absence is a holding from which its holder is on leave.
type Absence struct {
	Holder Holder
	Leave  *Leave
	// On says whether the leave runs on the day.
	On calendar.Certainty
	// Cover are those who stand in, at the end of the chain where one of them is away in turn. Empty means nobody.
	Cover []Holder
}

func (e *Exercise) use(kind record.Kind, id record.ID, on calendar.Certainty) {
	if ref := (record.Ref{Kind: kind, ID: id}); !slices.Contains(e.Records, ref) {
		e.Records = append(e.Records, ref)
	}
	e.Certain = e.Certain && on == calendar.Certainly
}

func (e *Exercise) by(h Holder) {
	if !slices.ContainsFunc(e.By, func(o Holder) bool { return o.Holding == h.Holding }) {
		e.By = append(e.By, h)
	}
}

// Exercising returns who was exercising the functions of a post. Without a day it is about the latest word on each record.
func (r *Register) Exercising(post record.ID, at record.Moment) Exercise {
	at, post = r.view.At(at), r.party(post)
	e := Exercise{Post: post, Certain: true}
	holders, filled := r.Holders(post, at)
	for _, h := range holders {
		e.use(KindHolding, h.Holding.ID, h.On)
	}
	for i, h := range holders {
		leave := r.leave(h.Holding, at)
		if h.Holding.standsIn() && !r.needed(h.Holding, holders, at) {
			continue // whoever it stands in for is there
		}
		if leave.Record == nil || leave.On != calendar.Certainly {
			e.by(holders[i])
		}
		if leave.Record == nil {
			continue
		}
		e.use(KindLeave, leave.Record.ID, leave.On)
		a := Absence{Holder: h, Leave: leave.Record, On: leave.On, Cover: r.cover(&e, h.Holding, leave.Record, holders, at)}
		for _, c := range a.Cover {
			e.by(c)
		}
		e.Absent = append(e.Absent, a)
	}
	e.settle(filled)
	return e
}

func (e *Exercise) settle(filled DutyState) {
	sure := func(h Holder) bool { return h.On == calendar.Certainly }
	switch {
	case slices.ContainsFunc(e.By, func(h Holder) bool { return sure(h) && h.Party != "" }):
		e.State = Held
		if !e.Certain {
			e.Why = "a date that it rests on is not known well enough to be sure"
		} else if len(e.Absent) > 0 {
			e.Why = "a holder is on leave"
		}
	case slices.ContainsFunc(e.By, sure):
		e.State, e.Why = Withheld, "the holder is not named"
	case len(e.By) > 0:
		e.Why = "whether anybody did rests on a date that is not known well enough"
	case len(e.Absent) > 0:
		e.State, e.Why = Vacant, "the holder is on leave and nobody is recorded as standing in"
	default:
		e.State, e.Why = filled, "no holder is recorded by that day"
		if filled == Vacant {
			e.Why = "the post has no holder"
		}
	}
}

// leave returns the leave that a holding is surest to be on.
func (r *Register) leave(h *Holding, at record.Moment) record.Claim[Leave] {
	var most record.Claim[Leave]
	if r.leaves.Len() == 0 {
		return most
	}
	for _, c := range r.Leaves(h.Fact(), at) {
		if c.On > most.On {
			most = c
		}
	}
	return most
}

// needed reports whether a holding in place of another's counts: not where it names the holding that it covers for, and that
// one is of the same post and has its holder there. Cover may outlast the leave.
func (r *Register) needed(h *Holding, holders []Holder, at record.Moment) bool {
	for _, o := range holders {
		if h.CoverFor != "" && o.Holding.Fact() == h.CoverFor {
			return r.leave(o.Holding, at).Record != nil || o.On != calendar.Certainly
		}
	}
	return true
}

// cover returns who stands in for a holding on leave, following on where one who does is away in turn.
func (r *Register) cover(e *Exercise, h *Holding, leave *Leave, holders []Holder, at record.Moment) []Holder {
	type away struct {
		holding *Holding
		leave   *Leave
	}
	var found []Holder
	seen := []*Holding{h}
	for queue := []away{{h, leave}}; len(queue) > 0; queue = queue[1:] {
		for _, c := range r.standing(queue[0].holding, queue[0].leave, holders, at) {
			if slices.Contains(seen, c.Holding) {
				continue
			}
			seen = append(seen, c.Holding)
			e.use(KindHolding, c.Holding.ID, c.On)
			l := r.leave(c.Holding, at)
			if l.Record == nil || l.On != calendar.Certainly {
				found = append(found, c)
			}
			if l.Record != nil {
				e.use(KindLeave, l.Record.ID, l.On)
				queue = append(queue, away{c.Holding, l.Record})
			}
		}
	}
	return found
}

// standing returns the holdings that stand in for one on leave: the one that the leave names, else those that name it, else
// those of the post that are acting and name none.
func (r *Register) standing(h *Holding, leave *Leave, holders []Holder, at record.Moment) []Holder {
	var found []Holder
	add := func(fact record.ID, about func(*Holding) bool) {
		for _, c := range r.holdings.At(fact, at.On, at.Known) {
			if about(c.Record) {
				found = append(found, Holder{Party: c.Record.Holder, Holding: c.Record, On: c.On, valid: c.Valid})
			}
		}
	}
	if leave.Cover != "" {
		add(leave.Cover, func(*Holding) bool { return true })
		return found
	}
	for _, id := range r.coversOf[h.Fact()] {
		add(id, func(c *Holding) bool { return c.CoverFor == h.Fact() })
	}
	if len(found) > 0 {
		return found
	}
	for _, o := range holders {
		if o.Holding != h && o.Holding.Post == h.Post && o.Holding.standsIn() && o.Holding.CoverFor == "" {
			found = append(found, o)
		}
	}
	return found
}

// Covering returns the chain that cover leaves behind: who exercises a post, then who exercises each post that those who
// stand in for somebody are on leave from, and so on, each post once.
func (r *Register) Covering(post record.ID, at record.Moment) []Exercise {
	at = r.view.At(at)
	chain := []Exercise{r.Exercising(post, at)}
	for i := 0; i < len(chain); i++ {
		for _, h := range chain[i].By {
			if !h.Holding.standsIn() || h.Party == "" {
				continue
			}
			for _, c := range r.HeldBy(h.Party, at) {
				left := c.Record.Post
				known := slices.ContainsFunc(chain, func(e Exercise) bool { return e.Post == left })
				if !known && r.leave(c.Record, at).Record != nil {
					chain = append(chain, r.Exercising(left, at))
				}
			}
		}
	}
	return chain
}
