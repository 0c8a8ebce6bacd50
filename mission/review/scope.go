package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// scopeRules are those on what a mission is, what belongs to it, and whether anything changed.
var scopeRules = []*Rule{
	lateLanding,
	conflictingReadings,
	solutionLock,
	leveredInGoal,
	categoryMuddle,
	initiativeList,
	buzzwordMask,
	bauNeglect,
	noBoundary,
	shallowChange,
	noEvidenceFromBelow,
}

// scopeWork is an initiative and what is said of it.
type scopeWork struct {
	id     record.ID
	claims []record.Claim[mission.Initiative]
}

func (w *scopeWork) ref() record.Ref { return initiativeRef(w.id) }

// kinds returns the sorts of work that claimants say it is, sorted.
func (w *scopeWork) kinds() []string {
	var all []string
	for _, c := range w.claims {
		if c.Record.Kind != "" {
			all = append(all, c.Record.Kind)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// is reports whether a claimant says that the work stands so to the missions.
func (w *scopeWork) is(status ...mission.InitiativeStatus) bool {
	return slices.ContainsFunc(w.claims, func(c record.Claim[mission.Initiative]) bool { return slices.Contains(status, c.Record.Status) })
}

// scopeWorkOf returns the initiatives that somebody says belong to a mission at the moment, in the order of their ids.
func (p *pass) scopeWorkOf(id record.ID) []scopeWork {
	var list []scopeWork
	for _, n := range sortedIDs(p.m.InitiativesOf(id)) {
		claims := sorted(p.m.Initiative(n, p.at))
		if slices.ContainsFunc(claims, func(c record.Claim[mission.Initiative]) bool { return slices.Contains(c.Record.Missions, id) }) {
			list = append(list, scopeWork{n, claims})
		}
	}
	return list
}

// scopeNamed is the name of the work with its sort before it: `the service "Jobs"`.
func (p *pass) scopeNamed(w *scopeWork) string {
	sort := "the initiative "
	if kinds := w.kinds(); len(kinds) == 1 {
		sort = "the " + strings.ReplaceAll(plain(kinds[0]), "-", " ") + " "
	}
	return sort + quoted(p.initiativeName(w.id, w.claims))
}

// scopeWeakest parts the links of a chain, each with the evidence for it, in what triggers a finding and what only surrounds it:
// a chain is as weak as its weakest link, so the first weak one triggers it alone.
func scopeWeakest(links ...[]Evidence) (trigger, context []Evidence) {
	at := slices.IndexFunc(links, weak)
	for i, link := range links {
		if at < 0 || i == at {
			trigger = append(trigger, link...)
		} else {
			context = append(context, link...)
		}
	}
	return dedupe(trigger), context
}

// scopeProof is the evidence of some events.
func (p *pass) scopeProof(events []record.Claim[mission.Event]) []Evidence {
	return proof(p, mission.KindEvent, sorted(slices.Clone(events)))
}

// scopeMissing is an event of which nobody has recorded that it is or is not there.
func (p *pass) scopeMissing(ref record.Ref, kind, what, way string) Missing {
	return leftOut(p.m.LeftOut(mission.KindEvent, ref, kind), what, way)
}

// scopeUnseen reports whether the view leaves out an event of one of some kinds on a subject.
func (p *pass) scopeUnseen(ref record.Ref, kinds ...string) bool {
	return slices.ContainsFunc(kinds, func(kind string) bool { return len(p.m.LeftOut(mission.KindEvent, ref, kind)) > 0 })
}

// scopeEvents are the claims on one event, in the order of the events' ids.
func scopeEvents(events []record.Claim[mission.Event]) []fact[mission.Event] { return factsOf(events) }

// scopeDays returns the days of some events, those not stated left out.
func scopeDays(events []record.Claim[mission.Event]) []calendar.When {
	var days []calendar.When
	for _, c := range events {
		if !c.Record.OnDay.IsZero() {
			days = append(days, c.Record.OnDay)
		}
	}
	return days
}

// scopeUnderWay returns the events that have not certainly ended by the day of the review.
func (p *pass) scopeUnderWay(events []record.Claim[mission.Event]) []record.Claim[mission.Event] {
	return slices.DeleteFunc(slices.Clone(events), func(c record.Claim[mission.Event]) bool {
		until := c.Record.Until
		return until.IsResolved() && !p.on.IsZero() && !until.Latest().After(p.on)
	})
}

// scopeShown is how many names a text lists.
const scopeShown = 6

// scopeSome joins names, the first of them where they are many.
func scopeSome(names []string) string {
	if len(names) <= scopeShown {
		return listed(names)
	}
	return strings.Join(names[:scopeShown], ", ") + " and " + count(float64(len(names)-scopeShown)) + " more"
}

// scopeWord makes texts that mean the same by their words comparable.
func scopeWord(s string) string { return strings.ToLower(plain(s)) }
