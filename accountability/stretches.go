package accountability

import (
	"slices"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Stretch is a run of days on which a post is held by fewer than it has seats, or by more.
type Stretch struct {
	From calendar.Date
	// Until is the first day after it; zero where it still is so on the last day that was looked at.
	Until calendar.Date
	// Seats is how many may hold the post, and Filled how many certainly do; who is there possibly is not counted.
	Seats, Filled int
	// On is [calendar.Possibly] where it rests on a rough or unknown date, or where no holding of the post had ended yet, so
	// that a seat may have been filled by somebody of whom nothing is recorded.
	On calendar.Certainty
	// Records are the holdings of those days.
	Records []record.Ref
}

// Gaps returns the runs of days, in their order, on which a post has fewer holders than seats: from the first day on which a
// holding of it is recorded until the day of the moment, or without a day until the last turn that is recorded. Acting holders count;
// whoever is on leave still holds the post. Days on which the post itself does not exist are no gap. It takes time
// proportional to the holdings of the post multiplied by how many of them may hold at once.
func (r *Register) Gaps(post record.ID, at record.Moment) []Stretch {
	return r.stretches(post, at, func(s *seating) (calendar.Certainty, int) {
		switch {
		case s.certain >= s.seats:
			return calendar.No, 0
		case s.certain+s.possible >= s.seats || !s.ended:
			return calendar.Possibly, s.certain
		}
		return calendar.Certainly, s.certain
	})
}

// Overlaps returns the runs of days, in their order, on which more hold a post in their own right than it has seats: not
// counting those who act or stand in for others, nor those on leave. One party counts once. See [Register.Gaps].
func (r *Register) Overlaps(post record.ID, at record.Moment) []Stretch {
	return r.stretches(post, at, func(s *seating) (calendar.Certainty, int) {
		switch {
		case s.own > s.seats:
			return calendar.Certainly, s.own
		case s.own+s.ownPossible > s.seats:
			return calendar.Possibly, s.own
		}
		return calendar.No, 0
	})
}

// seating counts the holders of a post on a day.
type seating struct {
	seats, certain, possible int
	own, ownPossible         int // of these, in their own right and not on leave
	ended                    bool
	records                  []record.Ref
}

func (r *Register) stretches(post record.ID, at record.Moment, is func(*seating) (calendar.Certainty, int)) []Stretch {
	at, post = r.view.At(at), r.party(post)
	var all []Stretch
	var now *Stretch
	begun := false
	for _, day := range r.turnsOf(post, at.Known) {
		if !at.On.IsZero() && day.After(at.On) {
			break
		}
		s, exists := r.seating(post, record.Moment{On: day, Known: at.Known})
		begun = begun || len(s.records) > 0
		on, filled := is(&s)
		if !begun || !exists {
			on = calendar.No
		}
		if now != nil && (on < calendar.Possibly || on != now.On || s.seats != now.Seats || filled != now.Filled || !slices.Equal(s.records, now.Records)) {
			now.Until, now = day, nil
		}
		if now == nil && on >= calendar.Possibly {
			all = append(all, Stretch{From: day, Seats: s.seats, Filled: filled, On: on, Records: s.records})
			now = &all[len(all)-1]
		}
	}
	return all
}

// seating counts who holds a post on a day, and says whether the post exists then.
func (r *Register) seating(post record.ID, at record.Moment) (seating, bool) {
	s := seating{seats: 1}
	claims := r.parties.At(post, at.On, at.Known)
	if len(claims) == 0 && len(r.parties.At(post, calendar.Date{}, at.Known)) > 0 {
		return s, false
	}
	for _, c := range claims {
		s.seats = max(s.seats, c.Record.Seats)
	}
	var room [8]Assignment
	type party struct {
		id      record.ID
		on, own calendar.Certainty
	}
	var parties []party
	for _, a := range r.AppendHoldings(room[:0], post, at) {
		h, p := a.Holding, party{id: a.Holding.Holder, on: a.On, own: a.On}
		s.records = append(s.records, record.Ref{Kind: KindHolding, ID: h.ID})
		switch leave := r.leave(h, at); {
		case h.standsIn() || leave.On == calendar.Certainly:
			p.own = calendar.No
		case leave.On == calendar.Possibly:
			p.own = calendar.Possibly
		}
		i := slices.IndexFunc(parties, func(q party) bool { return q.id == p.id && p.id != "" })
		if i < 0 {
			parties = append(parties, p)
			continue
		}
		parties[i].on, parties[i].own = max(parties[i].on, p.on), max(parties[i].own, p.own)
	}
	for _, p := range parties {
		count(p.on, &s.certain, &s.possible)
		count(p.own, &s.own, &s.ownPossible)
	}
	s.ended = r.over(post, at)
	return s, true
}

func count(on calendar.Certainty, certain, possible *int) {
	switch on {
	case calendar.Certainly:
		*certain++
	case calendar.Possibly:
		*possible++
	}
}

// turnsOf returns, in order and each once, the days on which the answer about the holders of a post may turn.
func (r *Register) turnsOf(post record.ID, known time.Time) []calendar.Date {
	var days []calendar.Date
	add := func(b *record.Record) {
		for _, w := range [...]calendar.When{b.From, b.Until} {
			if w.IsResolved() {
				days = append(days, w.Earliest(), w.Latest())
			}
		}
		if b.Verb == record.Change || b.Verb == record.Close {
			days = append(days, calendar.Of(b.Recorded.UTC()))
		}
	}
	holdings := false
	for id := range r.byPost.factsOf(post) {
		for _, h := range r.holdings.Versions(id) {
			add(&h.Record)
			holdings = true
			if at, ok := r.holdings.KnownSince(h.ID); ok && h.Verb >= record.Change && h.From.IsZero() && !at.After(latest(known)) {
				days = append(days, calendar.Of(at))
			}
		}
		for _, leave := range r.leavesOf[id] {
			for _, l := range r.leaves.Versions(leave) {
				add(&l.Record)
			}
		}
	}
	for _, p := range r.parties.Versions(post) {
		add(&p.Record)
	}
	if holdings {
		days = append(days, calendar.FromOrdinal(firstDay)) // an open start
	}
	slices.SortFunc(days, calendar.Date.Compare)
	days = slices.Compact(days)
	if len(days) > 0 && days[0].IsZero() {
		days = days[1:]
	}
	return days
}

func latest(known time.Time) time.Time {
	if known.IsZero() {
		return time.UnixMicro(1 << 60)
	}
	return known
}

// Without returns the duties in force that nobody would carry any more if a party were not there, in the order of
// [Register.Vacancies]: those that it carries alone, and those carried by posts that nobody else holds. An organisation takes
// its posts and units with it. Each answer is as it stands now, with what it would become for its State and Why.
func (r *Register) Without(party record.ID, at record.Moment) []Answer {
	at = r.view.At(at)
	gone := r.belonging(r.party(party), at)
	var left []Answer
	for _, s := range r.questions() {
		a, ok := r.Answerable(s.subject, s.duty, at)
		if !ok || a.State != Held || slices.ContainsFunc(a.Carriers, func(c Carrier) bool { return r.remains(&c, gone) }) {
			continue
		}
		a.State, a.Why = Vacant, "nobody else carries it"
		left = append(left, a)
	}
	return left
}

// remains reports whether a carrier is one without the parties that are gone.
func (r *Register) remains(c *Carrier, gone map[record.ID]bool) bool {
	switch {
	case gone[c.Post], c.Duty.stands() != Held, c.Filled == Vacant:
		return false
	case len(c.Holders) == 0:
		return true
	}
	return slices.ContainsFunc(c.Holders, func(h Holder) bool { return !gone[h.Party] })
}

// belonging returns a party and everything that belongs to it.
func (r *Register) belonging(party record.ID, at record.Moment) map[record.ID]bool {
	members := make(map[record.ID][]record.ID)
	for _, id := range r.parties.Facts() {
		for _, c := range r.parties.At(id, at.On, at.Known) {
			if c.Record.OfParty != "" {
				members[c.Record.OfParty] = append(members[c.Record.OfParty], id)
			}
		}
	}
	gone := map[record.ID]bool{party: true}
	for queue := []record.ID{party}; len(queue) > 0; queue = queue[1:] {
		for _, id := range members[queue[0]] {
			if !gone[id] {
				gone[id] = true
				queue = append(queue, id)
			}
		}
	}
	return gone
}

// question is a duty on a subject.
type question struct {
	subject record.Ref
	duty    string
}

// questions returns every duty on every subject that the records speak of, in the order in which the Spec first names them.
func (r *Register) questions() []question {
	seen := make(map[question]bool)
	var all []question
	for _, id := range r.duties.Facts() {
		for _, d := range r.duties.Versions(id) {
			if q := (question{d.Subject, d.Duty}); !seen[q] {
				seen[q] = true
				all = append(all, q)
			}
		}
	}
	return all
}
