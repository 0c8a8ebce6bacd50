package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// answeringRules are the rules on who answers to whom.
var answeringRules = []*Rule{
	diffuseAccountability,
	accountingOfficerGap,
	noPathToParliament,
	decideAnswerPaySplit,
	verticalOnly,
	assuranceOnly,
	heavyYoke,
	silentMandate,
	noCollectiveOwnership,
	conflictingLines,
}

// What these rules share: outcomes and money with what claimants say of them, the body that a party belongs to, what a
// subject lies within, and who answers for it.

// result is an outcome and what is said of it.
type result struct {
	id     record.ID
	claims []record.Claim[mission.Outcome]
}

func outcomeRef(id record.ID) record.Ref { return record.Ref{Kind: mission.KindOutcome, ID: id} }
func partyRef(id record.ID) record.Ref   { return record.Ref{Kind: accountability.KindParty, ID: id} }

func (o *result) name() string {
	for _, c := range o.claims {
		if n := plain(c.Record.Name); n != "" {
			return "the outcome " + quoted(n)
		}
	}
	return "the outcome " + quoted(string(o.id))
}

// results returns the outcomes that somebody says something of, in the order of their ids.
func (p *pass) results() []result {
	var list []result
	for _, id := range sortedIDs(p.m.Outcomes()) {
		if claims := sorted(p.m.Outcome(id, p.at)); len(claims) > 0 {
			list = append(list, result{id, claims})
		}
	}
	return list
}

// allotment is an allocation and what is said of it.
type allotment struct {
	id     record.ID
	claims []record.Claim[funding.Allocation]
}

func (s *allotment) ref() record.Ref { return record.Ref{Kind: funding.KindAllocation, ID: s.id} }

// allotments returns the allocations that somebody says something of, in the order of their ids.
func (p *pass) allotments() []allotment {
	byFact := make(map[record.ID][]record.Claim[funding.Allocation])
	for _, c := range p.m.Accounts().Allocations(p.at) {
		byFact[c.Record.Fact()] = append(byFact[c.Record.Fact()], c)
	}
	list := make([]allotment, 0, len(byFact))
	for _, id := range sortedKeys(byFact) {
		list = append(list, allotment{id, sorted(byFact[id])})
	}
	return list
}

func (p *pass) allotmentName(s *allotment) string {
	return "the allocation " + quoted(string(s.id)) + " for " + p.named(s.claims[0].Record.Subject)
}

// private reports whether somebody says that the money is not public, and nobody that it is.
func (s *allotment) private() bool {
	private := false
	for _, c := range s.claims {
		switch public, known := c.Record.Public.Get(); {
		case known && public:
			return false
		case known:
			private = true
		}
	}
	return private
}

// named is a subject with the word for its kind before it.
func (p *pass) named(ref record.Ref) string {
	switch ref.Kind {
	case mission.KindMission:
		return p.missionName(ref.ID)
	case accountability.KindParty:
		return p.partyName(ref.ID)
	}
	return "the " + strings.ReplaceAll(string(ref.Kind), "-", " ") + " " + quoted(plain(p.m.Name(ref)))
}

// body returns the organisation that a party is or belongs to, or the party itself where it belongs to none; false where it
// is a post of which nobody records the organisation, or nothing is recorded of it.
func (p *pass) body(id record.ID) (record.ID, bool) {
	for range 16 { // bodies may be recorded as parts of one another in a circle
		known := p.party(id)
		if known.of == "" || known.kind == accountability.Organisation {
			return id, known.kind != 0 && known.kind != accountability.Post
		}
		id = known.of
	}
	return id, false
}

// bodies returns the bodies of some parties, sorted, and the posts among them whose body is not known.
func (p *pass) bodies(parties []record.ID) (known, unknown []record.ID) {
	for _, id := range parties {
		if b, ok := p.body(id); ok {
			known = append(known, b)
		} else {
			unknown = append(unknown, id)
		}
	}
	return distinct(known), distinct(unknown)
}

// distinct sorts ids and leaves each once.
func distinct(ids []record.ID) []record.ID {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// around returns a subject and all that it lies within, nearest first: an outcome and its missions, money and what it is for.
func (p *pass) around(ref record.Ref) []record.Ref {
	all := []record.Ref{ref}
	for i := 0; i < len(all) && i < 1000; i++ {
		for _, c := range p.inside(all[i]) {
			if !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

// inside returns what a subject directly lies within, by any claimant, sorted.
func (p *pass) inside(ref record.Ref) []record.Ref {
	var in []record.Ref
	missions := func(ids []record.ID) {
		for _, id := range ids {
			in = append(in, missionRef(id))
		}
	}
	switch ref.Kind {
	case mission.KindMission:
		for _, c := range p.said[ref.ID] {
			missions(c.Record.Parents)
		}
	case mission.KindOutcome:
		for _, c := range p.m.Outcome(ref.ID, p.at) {
			missions(c.Record.Missions)
		}
	case mission.KindInitiative:
		for _, c := range p.m.Initiative(ref.ID, p.at) {
			missions(c.Record.Missions)
		}
	case milestone.KindMilestone:
		for _, c := range p.plan.Milestone(ref.ID, p.at) {
			missions(c.Record.Missions)
		}
	case funding.KindAllocation:
		for _, a := range p.m.Accounts().AllocationVersions(ref.ID) {
			in = append(in, a.Subject)
		}
	}
	slices.SortFunc(in, record.Ref.Compare)
	return slices.Compact(in)
}

// missionsAround returns the missions that a subject lies within.
func (p *pass) missionsAround(ref record.Ref) []record.ID {
	var ids []record.ID
	for _, c := range p.around(ref) {
		if c.Kind == mission.KindMission && c != ref {
			ids = append(ids, c.ID)
		}
	}
	return distinct(ids)
}

// eachMissionWithout tells of every mission in which nothing of a sort is recorded that a rule could look at.
func (p *pass) eachMissionWithout(has func(record.ID) bool, cannot func(record.ID)) {
	for _, id := range p.missions {
		switch {
		case has(id):
		case p.over(id):
			p.nothing(missionRef(id))
		default:
			cannot(id)
		}
	}
}

// funds returns the missions for which, or for something in which, money is set aside.
func (p *pass) funds(sums []allotment) map[record.ID]bool {
	missions := make(map[record.ID]bool)
	for i := range sums {
		for _, id := range p.missionsAround(sums[i].ref()) {
			missions[id] = true
		}
	}
	return missions
}

// wide says whether more than one body takes part in a mission: the zero Certainty where nobody lists who does.
func (p *pass) wide(id record.ID) (wide calendar.Certainty, missing Missing) {
	var contributors []record.ID
	var kept record.Value[[]record.ID]
	listed := false
	for _, c := range p.said[id] {
		if ids, known := c.Record.Contributors.Get(); known {
			listed = true
			contributors = append(contributors, ids...)
		} else if kept.State == 0 {
			kept = c.Record.Contributors
		}
	}
	known, unknownBody := p.bodies(contributors)
	switch {
	case len(known) > 1:
		return calendar.Certainly, Missing{}
	case !listed || len(contributors) == 0:
		return 0, unknown("who takes part in "+p.missionName(id), kept.State, kept.Ground, "all the contributors to the mission")
	case len(unknownBody) > 0:
		return 0, unrecorded("the organisation of "+p.partyNames(unknownBody), "the organisation of each post that takes part")
	}
	return calendar.No, Missing{}
}

// anyWide is wide for several missions: certain as soon as it is for one.
func (p *pass) anyWide(missions []record.ID) (calendar.Certainty, []Missing) {
	var missing []Missing
	for _, id := range missions {
		switch w, m := p.wide(id); w {
		case calendar.Certainly:
			return w, nil
		case 0:
			missing = append(missing, m)
		}
	}
	switch {
	case len(missions) == 0:
		return 0, []Missing{unrecorded("which mission it belongs to", "its missions")}
	case len(missing) > 0:
		return 0, missing
	}
	return calendar.No, nil
}

// takesOn reports whether who carries a duty answers for the subject by it, and not only takes part in the work, decides on
// it, or pays.
func takesOn(duty string) bool {
	switch duty {
	case accountability.Advise, accountability.Support, accountability.Consult, accountability.Inform, accountability.Perform,
		accountability.Recommend, accountability.StandBack, accountability.Enable, accountability.Convene, accountability.Assure,
		accountability.Deliver, accountability.SolveProblems, accountability.Fund, accountability.Pay, accountability.Decide,
		accountability.Agree, accountability.AccountingOfficer, accountability.Sponsor, accountability.MissionSponsor:
		return false
	}
	return true
}

// answering is who answers for one subject.
type answering struct {
	parties   []record.ID // sorted, those that certainly do
	perhaps   []record.ID // sorted, those of which a rough date leaves it open
	carriers  []accountability.Carrier
	unsettled []Missing
	recorded  bool // some duty that answers for it is recorded
	duties    []Evidence
	holdings  []Evidence
}

// answerers reads the duties on a subject that count.
func (p *pass) answerers(ref record.Ref, counts func(string) bool) answering {
	var w answering
	for _, word := range p.register.Duties(ref) {
		if !counts(word) {
			continue
		}
		a, ok := p.register.Answerable(ref, word, p.at)
		if !ok {
			continue
		}
		w.recorded = true
		d, h := split(p.basis(&a))
		w.duties, w.holdings = append(w.duties, d...), append(w.holdings, h...)
		if a.State != accountability.Held {
			w.unsettled = append(w.unsettled, Missing{What: "who carries the duty " + quoted(plain(word)) + " on it", Ground: a.State.String(),
				Way: "settle who carries it, and record the post"})
			continue
		}
		for _, c := range p.carriers(&a) {
			if c.Filled == accountability.Vacant {
				continue
			}
			w.carriers = append(w.carriers, c)
			if a.Certain {
				w.parties = append(w.parties, c.Post)
			} else {
				w.perhaps = append(w.perhaps, c.Post)
			}
		}
	}
	w.parties, w.perhaps = distinct(w.parties), distinct(w.perhaps)
	w.duties, w.holdings = dedupe(w.duties), dedupe(w.holdings)
	slices.SortFunc(w.unsettled, func(a, b Missing) int { return strings.Compare(a.What, b.What) })
	return w
}

// all are the parties that answer, certainly or perhaps.
func (w *answering) all() []record.ID { return distinct(append(slices.Clone(w.parties), w.perhaps...)) }

// roughDuty is the gap left by a date of a duty or holding.
func roughDuty(what string) Missing {
	return Missing{What: what, Ground: "not known from the dates", Way: "record the dates of the duties and of their holders more closely"}
}

// agreed returns the agreements on a subject or what it lies within, and the statements that there is none on the subject.
func (p *pass) agreed(ref record.Ref) (present, absent []record.Claim[mission.Event]) {
	for i, r := range p.around(ref) {
		here, none := p.events(r, mission.Agreement)
		present = append(present, here...)
		if i == 0 {
			absent = none
		}
	}
	return present, absent
}
