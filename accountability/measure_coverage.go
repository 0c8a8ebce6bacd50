package accountability

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The measures of whether those who answer give an account, and of what comes of learning spaces.

// Carried returns every stretch for which a duty on a subject was carried by a post, body or organisation, as known at an
// instant, those that the records leave open too: a date is rough, claimants differ on who carries it, or it is unclear or
// contested. The Party of a Spell is what carries the duty, empty where that is not said; whether a post then had a holder
// plays no part. A zero instant is the view's own. Stretches come in the order of their first days, those without a start first, and equal ones in the order of the Spec.
// With v versions of the duties on the subject it takes time proportional to v².
func (r *Register) Carried(subject record.Ref, duty string, known time.Time) []Spell {
	days := turning(nil, &r.duties, r.dutiesOn[subject])
	return runs(sortedDays(days), func(day calendar.Date) []presence {
		return r.carrying(subject, duty, record.Moment{On: day, Known: known})
	})
}

// carrying returns what carries a duty on a subject at a moment, or may do so: with an empty party where that is withheld or
// unclear.
func (r *Register) carrying(subject record.Ref, duty string, at record.Moment) []presence {
	at = r.view.At(at)
	var list []presence
	for _, id := range r.dutiesOn[subject] {
		first, silent := len(list), false
		for _, c := range r.duties.At(id, at.On, at.Known) {
			d := c.Record
			if d.Duty != duty || d.Subject != subject || d.stands() == 0 || d.stands() == Vacant {
				silent = true
				continue
			}
			k := presence{id, d.Post, c.On != calendar.Certainly || d.stands() != Held}
			if n := slices.IndexFunc(list[first:], func(o presence) bool { return o.party == k.party }); n < 0 {
				list = append(list, k)
			} else {
				list[first+n].possible = list[first+n].possible && k.possible
			}
		}
		for i := first; i < len(list) && (silent || len(list) > first+1); i++ {
			list[i].possible = true // claimants differ
		}
	}
	return list
}

// turning appends the days on which what is said of some facts may change.
func turning[T any, P record.Holder[T]](days []calendar.Date, t *record.Timelines[T], facts []record.ID) []calendar.Date {
	for _, id := range facts {
		for _, v := range t.Versions(id) {
			b := P(v).Base()
			for _, w := range [...]calendar.When{b.From, b.Until} {
				if w.IsResolved() {
					days = append(days, w.Earliest(), w.Latest(), w.Latest().Add(1))
				}
			}
			if at, ok := t.KnownSince(b.ID); ok && b.Verb > record.Assert {
				days = append(days, calendar.Of(at)) // a change without a start counts from the day of its record
			}
		}
	}
	return days
}

// sortedDays puts days in order, each once, after a day on which nothing has happened yet.
func sortedDays(days []calendar.Date) []calendar.Date {
	slices.SortFunc(days, calendar.Date.Compare)
	days = slices.Compact(days)
	if len(days) == 0 {
		return []calendar.Date{calendar.On(2000, 1, 1)} // nothing is dated: any day shows how it stands
	}
	return slices.Insert(days, 0, days[0].Add(-1))
}

// AccountGiven is an account that was given on a line of account. This package knows of none itself: they are events of
// whatever plan the register is part of.
type AccountGiven struct {
	// Line is the line, by the id of the fact or of any of its records.
	Line record.ID
	// On is the day. Where it is rough, what the account answers for is partly unknown; without days it counts for nothing.
	On calendar.When
}

// AnswerCover says how the days of a window stand with one duty on one subject. Each day counts once, in the first that it
// fits of: Answered, Pending, Unknown, Unlined, Unanswered, Nobody. Their sum is Days.
type AnswerCover struct {
	// Days are those of the window.
	Days calendar.Days
	// Nobody are those on which nothing carries the duty.
	Nobody calendar.Days
	// Unlined are those on which something certainly carries it that has no line of account about the subject.
	Unlined calendar.Days
	// Answered are those for which an account came on such a line, on the day or within the days that it lets pass.
	Answered calendar.Days
	// Unanswered are those for which none came in that time.
	Unanswered calendar.Days
	// Pending are those for which it need not have come when the window ends.
	Pending calendar.Days
	// Unknown are those on which a rough date or rival claims leave open who carries it or who answers to whom, and those
	// without a later account on lines that do not state how often they owe one.
	Unknown calendar.Days
}

// Share is Answered over Unlined, Answered and Unanswered, from 0 to 1; NaN where there are no such days.
func (c AnswerCover) Share() float64 {
	return share(float64(c.Answered), float64(c.Unlined+c.Answered+c.Unanswered))
}

// AnswerCover counts on which days of a window, [from, until), whoever carries a duty on a subject had somebody to answer to,
// and gave an account. A day d is answered for by an account on a line of that day on one of the days d to d + [Line.Every];
// on a line that does not state how often, by any later one. Lines about the subject are those that name it, what it lies
// within, or nothing; one of several carriers is enough. Accounts outside the window do not count. A zero instant is the
// view's own. A window without days gives the zero AnswerCover. With t turns in the records and accounts, and l lines of
// those who carry the duty, it takes time proportional to t × (l + accounts).
func (r *Register) AnswerCover(subject record.Ref, duty string, accounts []AccountGiven, from, until calendar.Date, known time.Time) AnswerCover {
	if from.IsZero() || !from.Before(until) {
		return AnswerCover{}
	}
	about := r.containers(subject)
	given := r.givenOn(accounts, from, until)
	days := turning([]calendar.Date{from}, &r.duties, r.dutiesOn[subject])
	var seen []record.ID
	for _, id := range r.dutiesOn[subject] {
		for _, d := range r.duties.Versions(id) {
			if d.Post == "" || slices.Contains(seen, d.Post) {
				continue
			}
			seen = append(seen, d.Post)
			days = turning(days, &r.lines, r.linesOf[d.Post])
			for _, line := range r.linesOf[d.Post] {
				for _, v := range r.lines.Versions(line) {
					days = append(days, until.Add(-v.Every))
					for _, w := range given[line] {
						days = append(days, w.Earliest().Add(1), w.Latest().Add(1), w.Earliest().Add(-v.Every), w.Latest().Add(-v.Every))
					}
				}
			}
		}
	}
	slices.SortFunc(days, calendar.Date.Compare)
	days = slices.Compact(days)
	days = slices.DeleteFunc(days, func(d calendar.Date) bool { return d.Before(from) || !d.Before(until) })
	c := AnswerCover{Days: until.Sub(from)}
	for i, day := range days {
		end := until
		if i+1 < len(days) {
			end = days[i+1]
		}
		*c.of(r.answeredOn(subject, duty, about, given, until, record.Moment{On: day, Known: known})) += end.Sub(day)
	}
	return c
}

// givenOn returns the accounts that may lie in a window by the fact of their line.
func (r *Register) givenOn(accounts []AccountGiven, from, until calendar.Date) map[record.ID][]calendar.When {
	given := make(map[record.ID][]calendar.When)
	for _, a := range accounts {
		if line, ok := r.lines.Fact(a.Line); ok && a.On.IsResolved() && a.On.Earliest().Before(until) && !a.On.Before(from) {
			given[line] = append(given[line], a.On)
		}
	}
	return given
}

// answer is how one day stands.
type answer uint8

const (
	byNobody answer = iota
	unanswered
	unlined
	unsure
	pending
	answered
)

func (c *AnswerCover) of(a answer) *calendar.Days {
	return [...]*calendar.Days{&c.Nobody, &c.Unanswered, &c.Unlined, &c.Unknown, &c.Pending, &c.Answered}[a]
}

// answeredOn says how a day stands: the surest that any line of any carrier makes of it.
func (r *Register) answeredOn(subject record.Ref, duty string, about []record.Ref, given map[record.ID][]calendar.When, until calendar.Date, at record.Moment) answer {
	best, lined := byNobody, false
	carriers := r.carrying(subject, duty, at)
	for _, k := range carriers {
		if k.possible {
			if !slices.ContainsFunc(carriers, func(o presence) bool { return o.party == k.party && !o.possible }) {
				best = max(best, unsure)
			}
			continue
		}
		best = max(best, unanswered)
		for _, c := range r.Lines(k.party, at) {
			l := c.Record
			if !l.Subject.IsZero() && !slices.Contains(about, l.Subject) {
				continue
			}
			lined = true
			if c.On != calendar.Certainly {
				best = max(best, unsure)
			} else {
				best = max(best, l.answers(at.On, given[l.Fact()], until))
			}
		}
	}
	if best == unanswered && !lined {
		return unlined
	}
	return best
}

// answers says what the accounts on a line make of one of its days.
func (l *Line) answers(day calendar.Date, given []calendar.When, until calendar.Date) answer {
	last := until.Add(-1)
	open := l.Every <= 0 || !day.Add(l.Every).Before(until)
	if !open {
		last = day.Add(l.Every)
	}
	best := unanswered
	for _, w := range given {
		switch {
		case !w.Earliest().Before(day) && !w.Latest().After(last):
			return answered
		case !w.Before(day) && !w.After(last):
			best = unsure
		}
	}
	switch {
	case l.Every <= 0:
		return max(best, unsure)
	case open:
		return pending
	}
	return best
}

// SubjectCover is the [AnswerCover] of one duty on one subject.
type SubjectCover struct {
	Subject record.Ref
	Duty    string
	Cover   AnswerCover
}

// AnswerCovers returns the cover of every duty on every subject by which somebody answers for it, in the order of the
// subjects and then of the duties. See [Register.AnswerCover].
func (r *Register) AnswerCovers(accounts []AccountGiven, from, until calendar.Date, known time.Time) []SubjectCover {
	var all []SubjectCover
	for _, q := range r.questions() {
		if answers(q.duty) && q.duty != "" {
			all = append(all, SubjectCover{q.subject, q.duty, r.AnswerCover(q.subject, q.duty, accounts, from, until, known)})
		}
	}
	slices.SortFunc(all, func(a, b SubjectCover) int {
		if c := a.Subject.Compare(b.Subject); c != 0 {
			return c
		}
		return strings.Compare(a.Duty, b.Duty)
	})
	return all
}

// SpaceYield is what came of one learning space by a day.
type SpaceYield struct {
	Space record.ID
	// Closed says whether it had ended; [calendar.Possibly] where its end is rough or claimants differ, and the zero
	// Certainty without a day.
	Closed calendar.Certainty
	// Debriefed says that what was learnt is recorded as told by the day; rough days count once the whole of them is past.
	Debriefed bool
	// Reused is how many places it is recorded as used in since, each counted once.
	Reused int
	// CapUse is what was spent over the cap, 1 where all of it was; NaN without a cap, without a sum spent, or where the
	// currencies differ.
	CapUse float64
}

// LearningYield sums up what came of learning spaces. Only those that have certainly closed count.
type LearningYield struct {
	// Closed spaces; of these those Debriefed and those Reused at least once.
	Closed, Debriefed, Reused int
	// Perhaps are those of which it is not known whether they have closed. They count nowhere else.
	Perhaps int
	// Spaces are all of them, in the order of their ids.
	Spaces []SpaceYield
}

// DebriefedShare is Debriefed over Closed, from 0 to 1; NaN without a closed space.
func (y LearningYield) DebriefedShare() float64 {
	return share(float64(y.Debriefed), float64(y.Closed))
}

// ReusedShare is Reused over Closed, from 0 to 1; NaN without a closed space.
func (y LearningYield) ReusedShare() float64 { return share(float64(y.Reused), float64(y.Closed)) }

// LearningYield reads the learning spaces as of a moment. spent is what each space has spent so far, by its id, as far as it
// is known. Where claimants differ, a space is debriefed if one says so, is reused where any of them says so, and has the
// lowest cap that one states. Linear in the records, beside sorting.
func (r *Register) LearningYield(spent map[record.ID]record.Money, at record.Moment) LearningYield {
	at = r.view.At(at)
	var y LearningYield
	for _, id := range slices.Sorted(slices.Values(r.spaces.Facts())) {
		claims := r.spaces.At(id, calendar.Date{}, at.Known)
		if len(claims) == 0 {
			continue
		}
		s := SpaceYield{Space: id, CapUse: math.NaN()}
		var places []string
		var limit record.Money
		for i, c := range claims {
			v := c.Record
			closed := over(c.Valid, at.On)
			if i > 0 && closed != s.Closed {
				closed = calendar.Possibly
			}
			s.Closed = closed
			s.Debriefed = s.Debriefed || v.Debriefed.IsUnknown() || v.Debriefed.IsResolved() && !at.On.IsZero() && !v.Debriefed.Latest().After(at.On)
			for _, p := range v.Reuse {
				if !slices.Contains(places, p) {
					places = append(places, p)
				}
			}
			if sum, ok := spent[id]; ok && v.SpendCap.Currency == sum.Currency && v.SpendCap.Minor > 0 && (limit.IsZero() || v.SpendCap.Minor < limit.Minor) {
				limit = v.SpendCap
			}
		}
		if s.Reused = len(places); !limit.IsZero() {
			s.CapUse = float64(spent[id].Minor) / float64(limit.Minor)
		}
		y.add(s)
	}
	return y
}

func (y *LearningYield) add(s SpaceYield) {
	y.Spaces = append(y.Spaces, s)
	switch {
	case s.Closed != calendar.Certainly && s.Closed != calendar.No:
		y.Perhaps++
	case s.Closed == calendar.Certainly:
		y.Closed++
		if s.Debriefed {
			y.Debriefed++
		}
		if s.Reused > 0 {
			y.Reused++
		}
	}
}

// over says whether a period has begun and ended by a day.
func over(valid calendar.Period, on calendar.Date) calendar.Certainty {
	switch covers := valid.Covers(on); {
	case covers == 0:
		return 0
	case covers == calendar.Certainly || valid.Until.IsZero():
		return calendar.No
	case covers == calendar.Possibly || valid.Inverted():
		return calendar.Possibly
	case valid.From.After(on):
		return calendar.No // not begun
	}
	return calendar.Certainly
}
