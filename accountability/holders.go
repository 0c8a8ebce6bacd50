package accountability

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Holder is a party that holds a post.
type Holder struct {
	// Party is empty where the holder is not named; the holding then has the ground.
	Party   record.ID
	Holding *Holding
	// On says whether it holds the post on the day.
	On calendar.Certainty

	valid calendar.Period
}

// Assignment is one holding of a post and whether it holds on the day that was asked about.
type Assignment struct {
	Holding *Holding
	On      calendar.Certainty

	claim int32
}

// Holders returns who holds a post, in the order of the Spec, and how the post stands: held; vacant where a holding of it is
// known to have ended and nobody is recorded since; zero where none is recorded by that day, and always for a party that is
// not a post. That holdings are recorded only from some day on says nothing of the days before. A holder whose dates are
// rough, or contradict each other, is there possibly: a post is never vacant while one may be.
func (r *Register) Holders(post record.ID, at record.Moment) ([]Holder, DutyState) {
	at, post = r.view.At(at), r.party(post)
	if p := r.parties.At(post, at.On, at.Known); len(p) > 0 && p[0].Record.Kind != Post {
		return nil, 0
	}
	if at.On.IsZero() || r.byPost.isSlow(post) {
		return r.holders(post, at)
	}
	key, ok := r.byPost.keys[post]
	if !ok {
		return nil, 0
	}
	var room [8]Assignment
	list := r.append(room[:0], key, at)
	if len(list) == 0 {
		if r.ended(post, at) {
			return nil, Vacant
		}
		return nil, 0
	}
	holders := make([]Holder, len(list))
	for i, a := range list {
		holders[i] = Holder{Party: a.Holding.Holder, Holding: a.Holding, On: a.On}
	}
	return holders, Held
}

// AppendHoldings appends the holdings of a post on a day, as known at an instant, to dst, in the order of the Spec, and
// returns it. It is [Register.Holders] for programs that ask a great many times: it allocates nothing where dst has room, and
// does not look whether the party is a post. It takes the time of a search among the holdings of the post, beside a step
// for each block of 32 of them that may hold an answer. Without a day, and for a holding with many versions and rough ends,
// it takes the longer way of Holders.
func (r *Register) AppendHoldings(dst []Assignment, post record.ID, at record.Moment) []Assignment {
	at = r.view.At(at)
	key, ok := r.byPost.keys[post]
	if !ok {
		post = r.party(post)
		if key, ok = r.byPost.keys[post]; !ok {
			return dst
		}
	}
	if at.On.IsZero() || r.byPost.isSlow(post) {
		holders, _ := r.holders(post, at)
		for _, h := range holders {
			dst = append(dst, Assignment{Holding: h.Holding, On: h.On})
		}
		return dst
	}
	return r.append(dst, key, at)
}

// append is AppendHoldings by the chart, for the row of a post that is drawn and a moment with a day.
func (r *Register) append(dst []Assignment, post row, at record.Moment) []Assignment {
	c, day, known := &r.byPost, at.On.Ordinal(), instant(at.Known)
	had := len(dst)
	for i := c.next(post.first, post.end, day, known); i < post.end; i = c.next(i+1, post.end, day, known) {
		b := &c.boxes[i]
		n := len(dst)
		dst = append(dst, Assignment{Holding: &c.records[b.record], On: b.on(), claim: b.claim >> onBits})
		for ; n > had && dst[n-1].claim > b.claim>>onBits; n-- {
			dst[n], dst[n-1] = dst[n-1], dst[n]
		}
	}
	return dst
}

// ended reports whether a holding of the post is known to have been over by a day.
func (r *Register) ended(post record.ID, at record.Moment) bool {
	c, day, known := &r.byPost, at.On.Ordinal(), instant(at.Known)
	for row, i := c.keys[post], c.keys[post].first; i < row.end; i++ {
		if b := &c.boxes[i]; b.until <= day && b.since <= known && known <= b.last {
			return true
		}
	}
	return false
}

// holders is Holders by the timelines: it needs no day, and reads every version of every holding of the post.
func (r *Register) holders(post record.ID, at record.Moment) ([]Holder, DutyState) {
	var holders []Holder
	for id := range r.byPost.factsOf(post) {
		for _, c := range r.holdings.At(id, at.On, at.Known) {
			if c.Record.Post == post {
				holders = append(holders, Holder{Party: c.Record.Holder, Holding: c.Record, On: c.On, valid: c.Valid})
			}
		}
	}
	switch {
	case len(holders) > 0:
		return holders, Held
	case !at.On.IsZero() && r.over(post, at):
		return nil, Vacant
	}
	return nil, 0
}

// over reports whether a holding of a post is known to have been over by a day, also for posts that are not drawn.
func (r *Register) over(post record.ID, at record.Moment) bool {
	if !r.byPost.isSlow(post) {
		return r.ended(post, at)
	}
	holds := func(id record.ID, day calendar.Date) bool {
		return slices.ContainsFunc(r.holdings.At(id, day, at.Known), func(c record.Claim[Holding]) bool { return c.Record.Post == post })
	}
	days := r.turnsOf(post, at.Known)
	for id := range r.byPost.factsOf(post) {
		if holds(id, at.On) {
			continue
		}
		for _, day := range days {
			if day.Before(at.On) && holds(id, day) {
				return true
			}
		}
	}
	return false
}
