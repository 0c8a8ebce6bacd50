package review

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// grantRules are those on accounting officers, grants, pools and learning spaces as a register holds them, and on the order in
// which its records were made.
var grantRules = []*Rule{
	absenceUnnotified,
	assessmentMissing,
	directionUnpublished,
	nonDelegable,
	supersededUsed,
	poolTermsMissing,
	poolAccountLost,
	overreachingSpace,
	boundsBreached,
	noDebrief,
	blameLeak,
	stopIgnored,
	retroactiveSpace,
	disclosedWithoutException,
	clockRegression,
}

// What these rules share: learning spaces with what was tried and failed under them, whatever their days, and how a rough day
// lies to a period.

// room is a learning space with what was tried and what failed under it.
type room struct {
	fact[accountability.LearningSpace]
	trials   []fact[learning.Experiment]
	failures []*lessonFailure
}

func (r *room) ref() record.Ref { return record.Ref{Kind: accountability.KindSpace, ID: r.id} }

func (p *pass) roomName(r *room) string { return p.spaceName(r.id, r.claims) }

func (p *pass) roomProof(r *room) []Evidence { return proof(p, accountability.KindSpace, r.claims) }

// eachRoom returns the learning spaces that have begun, in the order of their ids, those that have ended among them.
func (p *pass) eachRoom() []room {
	if p.rooms != nil {
		return p.rooms
	}
	p.rooms = []room{}
	spaces := factsOf(p.register.LastSpaces(time.Time{}))
	if len(spaces) == 0 {
		return p.rooms
	}
	trials := make(map[record.ID][]fact[learning.Experiment])
	ledger := p.m.Ledger()
	of := make(map[record.ID]record.ID)
	for _, id := range sortedIDs(ledger.Experiments()) {
		x := fact[learning.Experiment]{id: id, claims: sorted(ledger.Experiment(id, p.at))}
		for _, c := range x.claims {
			if of[id] == "" {
				of[id] = c.Record.Space
			}
		}
		if of[id] != "" {
			trials[of[id]] = append(trials[of[id]], x)
		}
	}
	failures := make(map[record.ID][]*lessonFailure)
	book := p.lessonBook()
	for i := range book.failures {
		f := &book.failures[i]
		space := of[f.experiment]
		if f.about.Kind == accountability.KindSpace {
			space = f.about.ID
		}
		if space != "" {
			failures[space] = append(failures[space], f)
		}
	}
	for _, s := range spaces {
		if slices.ContainsFunc(s.claims, func(c record.Claim[accountability.LearningSpace]) bool { return !c.Valid.From.After(p.on) }) {
			p.rooms = append(p.rooms, room{fact: s, trials: trials[s.id], failures: failures[s.id]})
		}
	}
	return p.rooms
}

// about returns the space and what was tried and failed under it, in that order: what is said of one of these is said of conduct
// in the space.
func (r *room) about() []record.Ref {
	list := []record.Ref{r.ref()}
	for _, x := range r.trials {
		list = append(list, experimentRef(x.id))
	}
	for _, f := range r.failures {
		if !slices.Contains(list, f.ref) {
			list = append(list, f.ref)
		}
	}
	return list
}

// days returns when what a reference names took place, of those in [room.about]: none for the space itself.
func (r *room) days(ref record.Ref) []calendar.When {
	for _, f := range r.failures {
		if f.ref == ref && len(f.claims) > 0 {
			return lessonDays(f.claims)
		}
	}
	var days []calendar.When
	for _, x := range r.trials {
		if experimentRef(x.id) != ref {
			continue
		}
		for _, c := range x.claims {
			if !c.Record.Started.IsZero() {
				days = append(days, c.Record.Started)
			}
		}
	}
	return days
}

// covers says whether a rough day lies in the time of the space, by all claimants.
func (r *room) covers(w calendar.When) calendar.Certainty {
	var all calendar.Certainty
	for i, c := range r.claims {
		switch on := during(c.Valid, w); {
		case i == 0:
			all = on
		case on != all:
			return calendar.Possibly
		}
	}
	return all
}

// events gathers the events of a kind on the space and what lies under it.
func (p *pass) roomEvents(r *room, kind string) (present, absent []record.Claim[mission.Event]) {
	for _, ref := range r.about() {
		here, none := p.events(ref, kind)
		present, absent = append(present, here...), append(absent, none...)
	}
	return present, absent
}

// during says whether a rough day lies in a period: zero where the day is not known.
func during(v calendar.Period, w calendar.When) calendar.Certainty {
	if !w.IsResolved() {
		return 0
	}
	first, last := v.Covers(w.Earliest()), v.Covers(w.Latest())
	switch {
	case first == calendar.Certainly && last == calendar.Certainly:
		return calendar.Certainly
	case v.Overlaps(calendar.Period{From: calendar.OnDay(w.Earliest()), Until: calendar.OnDay(w.Latest().Add(1))}) == calendar.No:
		return calendar.No
	}
	return calendar.Possibly
}

// spoken leaves out of some events marked absent those that were certainly so before every day named, and so say nothing of
// what was to happen afterwards.
func spoken(absent []record.Claim[mission.Event], days ...calendar.When) []record.Claim[mission.Event] {
	return slices.DeleteFunc(slices.Clone(absent), func(c record.Claim[mission.Event]) bool { return before(c.Record.OnDay, days) == calendar.Certainly })
}

// beyondProtection are the words for what no learning space protects.
var beyondProtection = []string{accountability.NeverFraud, accountability.NeverIllegality, accountability.NeverSafety, accountability.NeverDeception, accountability.NeverBreachBounds}

// never are the words for what the space does not protect: those that hold of every space, and its own.
func (r *room) never() []string {
	list := slices.Clone(beyondProtection)
	for _, c := range r.claims {
		list = append(list, c.Record.Never...)
	}
	return list
}

// bare is a text in small letters, with one space before and after each word and nothing else between them.
func bare(s string) string {
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), " ") + " "
}

// speaksOf reports whether a text has one of some words or phrases in it.
func speaksOf(text string, words []string) bool {
	text = bare(text)
	return slices.ContainsFunc(words, func(w string) bool { w = bare(w); return len(w) > 2 && strings.Contains(text, w) })
}
