package accountability

import (
	"slices"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Word is what the records say of a post, of a duty on a subject, or of a record itself, at one moment.
type Word struct {
	// Duty is the duty that the word is about; empty for a post or a record.
	Duty string
	// State is held for a record that then stands, and zero for one that does not.
	State   DutyState
	Certain bool
	// Parties are those who exercise the post or carry the duty, in the order of the Spec.
	Parties []record.ID
	Records []record.Ref
}

func (w *Word) equal(o *Word) bool {
	return w.Duty == o.Duty && w.State == o.State && w.Certain == o.Certain && slices.Equal(w.Parties, o.Parties) && slices.Equal(w.Records, o.Records)
}

// Difference is what was said of one thing for one day, as known at two instants.
type Difference struct {
	Ref record.Ref
	Day calendar.Date
	// Before is the word as known at the first instant and After at the second. One of them may be zero.
	Before, After Word
}

// Differences returns what changed between two instants in the answers about one day: about a post, a subject or a record of
// this package that ref names, or about every post and every duty where ref is zero, posts first, in the order of the Spec.
// It is empty where nothing did. A zero instant knows everything.
func (r *Register) Differences(ref record.Ref, day calendar.Date, before, after time.Time) []Difference {
	refs := []record.Ref{ref}
	if ref.IsZero() {
		refs = r.askable()
	}
	var all []Difference
	for _, ref := range refs {
		a, b := r.words(ref, record.Moment{On: day, Known: before}), r.words(ref, record.Moment{On: day, Known: after})
		for _, w := range pairs(a, b) {
			if !w[0].equal(&w[1]) {
				all = append(all, Difference{Ref: ref, Day: day, Before: w[0], After: w[1]})
			}
		}
	}
	return all
}

// askable returns every post and every subject with a duty.
func (r *Register) askable() []record.Ref {
	var refs []record.Ref
	for _, id := range r.parties.Facts() {
		if _, post := r.byPost.keys[id]; post {
			refs = append(refs, record.Ref{Kind: KindParty, ID: id})
		}
	}
	posts := len(refs)
	seen := make(map[record.Ref]bool)
	for _, q := range r.questions() {
		if !seen[q.subject] && !slices.Contains(refs[:posts], q.subject) {
			seen[q.subject] = true
			refs = append(refs, q.subject)
		}
	}
	return refs
}

// pairs brings the words on one duty together.
func pairs(a, b []Word) [][2]Word {
	var all [][2]Word
	for _, w := range a {
		p := [2]Word{w, {Duty: w.Duty}}
		if i := slices.IndexFunc(b, func(o Word) bool { return o.Duty == w.Duty }); i >= 0 {
			p[1] = b[i]
		}
		all = append(all, p)
	}
	for _, w := range b {
		if !slices.ContainsFunc(a, func(o Word) bool { return o.Duty == w.Duty }) {
			all = append(all, [2]Word{{Duty: w.Duty}, w})
		}
	}
	return all
}

// words returns what is said of a post or a record of this package, and then of each duty on it.
func (r *Register) words(ref record.Ref, at record.Moment) []Word {
	var words []Word
	_, post := r.byPost.keys[r.party(ref.ID)]
	if ref.Kind == KindParty && post {
		e := r.Exercising(ref.ID, at)
		w := Word{State: e.State, Certain: e.Certain, Records: e.Records}
		for _, h := range e.By {
			w.Parties = append(w.Parties, h.Party)
		}
		words = append(words, w)
	} else if said, certain, ours := r.said(ref, at); ours {
		w := Word{Certain: certain, Records: said}
		if len(said) > 0 {
			w.State = Held
		}
		words = append(words, w)
	}
	for _, duty := range r.Duties(ref) {
		a, ok := r.Answerable(ref, duty, at)
		if !ok {
			continue
		}
		w := Word{Duty: duty, State: a.State, Certain: a.Certain, Records: a.Records}
		for _, c := range a.Carriers {
			w.Parties = append(w.Parties, c.Post)
		}
		words = append(words, w)
	}
	return words
}

// book is the timelines of one kind, whatever it holds.
type book interface {
	Fact(record.ID) (record.ID, bool)
	KnownSince(record.ID) (time.Time, bool)
}

// page is a book that can be read.
type page struct {
	book
	said  func(id record.ID, at record.Moment) ([]record.ID, bool)
	first func(id record.ID) record.ID
}

func pageOf[T any, P record.Holder[T]](t *record.Timelines[T]) page {
	return page{
		book: t,
		said: func(id record.ID, at record.Moment) (ids []record.ID, certain bool) {
			certain = true
			for _, c := range t.At(id, at.On, at.Known) {
				ids, certain = append(ids, P(c.Record).Base().ID), certain && c.On == calendar.Certainly
			}
			return ids, certain
		},
		first: func(id record.ID) record.ID {
			if fact, ok := t.Fact(id); ok && fact == id {
				return P(t.Versions(id)[0]).Base().ID
			}
			return id
		},
	}
}

// page returns the records of a kind of this package.
func (r *Register) page(kind record.Kind) (page, bool) {
	switch kind {
	case KindParty:
		return pageOf(&r.parties), true
	case KindHolding:
		return pageOf(&r.holdings), true
	case KindDuty:
		return pageOf(&r.duties), true
	case KindForum:
		return pageOf(&r.forums), true
	case KindMandate:
		return pageOf(&r.mandates), true
	case KindFreedom:
		return pageOf(&r.freedoms), true
	case KindSuccession:
		return pageOf(&r.successions), true
	case KindLeave:
		return pageOf(&r.leaves), true
	case KindLine:
		return pageOf(&r.lines), true
	case KindSharing:
		return pageOf(&r.sharings), true
	case KindGrant:
		return pageOf(&r.grants), true
	case KindTest:
		return pageOf(&r.tests), true
	case KindDirection:
		return pageOf(&r.directions), true
	case KindMeeting:
		return pageOf(&r.meetings), true
	case KindResolution:
		return pageOf(&r.resolutions), true
	case KindSpace:
		return pageOf(&r.spaces), true
	}
	return page{}, false
}

// said returns the records that stand for a fact at a moment; false where the kind is not of this package or nothing of the
// name is recorded.
func (r *Register) said(ref record.Ref, at record.Moment) (refs []record.Ref, certain, ours bool) {
	p, ok := r.page(ref.Kind)
	if !ok {
		return nil, false, false
	}
	if _, ok := p.Fact(ref.ID); !ok {
		return nil, false, false
	}
	ids, certain := p.said(ref.ID, at)
	for _, id := range ids {
		refs = append(refs, record.Ref{Kind: ref.Kind, ID: id})
	}
	return refs, certain, true
}

// FirstKnown returns the instant at which a record of this package became known, or, where ref names a fact, the first of its
// records. The zero time means that none is stated: it counts as always known. The second result is false where there is no
// such record in the view.
func (r *Register) FirstKnown(ref record.Ref) (time.Time, bool) {
	p, ok := r.page(ref.Kind)
	if !ok {
		return time.Time{}, false
	}
	if _, ok := p.Fact(ref.ID); !ok {
		return time.Time{}, false
	}
	known, _ := p.KnownSince(p.first(ref.ID))
	return known, true
}

// Reliance is something that a decision rested on: how it stood for those who decided, and how the same day reads now.
type Reliance struct {
	// Resolution is the record that says so.
	Resolution *Resolution
	Ref        record.Ref
	// At is the day of the decision and the instant up to which its makers knew the records.
	At        record.Moment
	Then, Now []Word
	// Changed says that the day reads otherwise now: the decision relied on what has since been corrected or added to.
	Changed bool
}

// ReliedOn returns what a resolution, or all resolutions of a meeting, rested on, in the order of the Spec. Then is as it was
// known to those who decided, and Now as known at the instant of the moment. A decision on a rough day counts as of its last
// possible day; one without any day is left out. The second result is false where ref names neither.
func (r *Register) ReliedOn(ref record.Ref, at record.Moment) ([]Reliance, bool) {
	at = r.view.At(at)
	var decided []record.Claim[Resolution]
	switch ref.Kind {
	case KindResolution:
		decided = r.resolutions.At(ref.ID, calendar.Date{}, at.Known)
	case KindMeeting:
		decided = r.Resolutions(ref.ID, record.Moment{Known: at.Known})
	}
	if len(decided) == 0 {
		return nil, false
	}
	var all []Reliance
	for _, c := range decided {
		then, ok := r.decidedAt(c.Record, at.Known)
		if !ok {
			continue
		}
		for _, relied := range c.Record.Relied {
			x := Reliance{Resolution: c.Record, Ref: relied, At: then}
			x.Then, x.Now = r.words(relied, then), r.words(relied, record.Moment{On: then.On, Known: at.Known})
			for _, w := range pairs(x.Then, x.Now) {
				x.Changed = x.Changed || !w[0].equal(&w[1])
			}
			all = append(all, x)
		}
	}
	return all, true
}

// decidedAt returns the day of a decision and the instant up to which its makers knew the records.
func (r *Register) decidedAt(v *Resolution, known time.Time) (record.Moment, bool) {
	day := v.OnDay.Latest()
	if day.IsZero() && v.Meeting != "" {
		for _, c := range r.meetings.At(v.Meeting, calendar.Date{}, known) {
			day = c.Record.OnDay.Latest()
		}
	}
	if day.IsZero() {
		return record.Moment{}, false
	}
	at := record.Moment{On: day, Known: v.KnownAt}
	if at.Known.IsZero() {
		at.Known = day.Add(1).In(time.UTC).Add(-time.Microsecond)
	}
	return at, true
}
