package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what comes after a mission, and on what came before it.

var legacyUnowned = &Rule{
	ID: "F111", Slug: "legacy-unowned", Severity: Note,
	Title: "An outcome is to show after its mission has closed, and nobody answers for it then",
	Why: "Much of what a mission is for shows late: a park, a generation of healthier children. When the mission closes, its people go, and what is still to come belongs to nobody unless somebody was given it. " +
		"It is cheap to name an owner while those who care are still in the room.",
	Fires: "An outcome is expected certainly after the horizon of each of its missions, or of a mission that is closed and on a day that has not come; and the duty outcome-owner on it is vacant on the day on which it is expected, or held today and certainly ended by then. " +
		"It has nothing to say where every such mission was certainly planned to take no more than F111.days from its announcement to its horizon, or where the duty is held on that day. It looks at outcomes that are expected after their missions as far as is recorded, and cannot tell where nothing is recorded of an owner, or it is unclear, contested or withheld, or where rough dates decide.",
	FalseAlarm: "The mission is short, and its outcomes go back to those who had them before.",
	Question:   "Who will look, on the day on which this should show, whether it has?",
	Sources:    []string{"S3:16", "S3:18"},
	Needs:      []string{"outcomes, with their missions and when they are expected", "the horizon, the stage and the announcement of those missions", "the duty outcome-owner on outcomes, with its dates"},
	Thresholds: []Threshold{{Name: "F111.days", Unit: "days", Value: 730,
		Meaning: "how long a mission may be planned to take and count as short; no source names a number, and the default is two years"}},
	Bad: legacyUnownedBad, Good: legacyUnownedGood, Unclear: legacyUnownedUnclear, Harmless: legacyUnownedHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.m.Outcomes()) {
			p.checkLegacy(id, sorted(p.m.Outcome(id, p.at)))
		}
	},
}

// afterClose says whether an outcome is expected after its missions have closed: zero where nothing of that is recorded. Short
// says that all of them are short.
func (p *pass) afterClose(expected []calendar.When, missions []record.ID) (after calendar.Certainty, short bool) {
	short = true
	for _, id := range missions {
		var ends []calendar.When
		stage, differ := p.stage(id)
		closed := stage == mission.StageClosed && !differ
		for _, c := range p.said[id] {
			if !c.Record.Horizon.IsZero() {
				ends = append(ends, c.Record.Horizon)
			}
		}
		span := spanned(ends)
		one := agreed(expected, func(w calendar.When) calendar.Certainty {
			switch {
			case closed && !p.on.IsZero() && w.After(p.on):
				return calendar.Certainly
			case !span.known():
				return 0
			case w.After(span.latest):
				return calendar.Certainly
			case !w.Latest().After(span.earliest):
				return calendar.No
			}
			return calendar.Possibly
		})
		launched := spanned(p.announced(id))
		short = short && span.known() && launched.known() && float64(span.latest.Sub(launched.earliest)) <= p.limit("days")
		switch {
		case one == 0 || one == calendar.No:
			return one, false
		case after == 0 || one == calendar.Possibly:
			after = one
		}
	}
	return after, short
}

func (p *pass) checkLegacy(id record.ID, claims []record.Claim[mission.Outcome]) {
	ref := record.Ref{Kind: mission.KindOutcome, ID: id}
	var expected []calendar.When
	var missions []record.ID
	for _, c := range claims {
		if !c.Record.Expected.IsZero() {
			expected = append(expected, c.Record.Expected)
		}
		missions = append(missions, c.Record.Missions...)
	}
	missions = distinct(missions)
	after, short := p.afterClose(expected, missions)
	name := p.named(ref)
	question := "whether somebody answers for " + name + " once its mission has closed"
	context := append(proof(p, mission.KindOutcome, claims), p.memoryMissions(missions...)...)
	switch {
	case after == 0:
		return
	case after == calendar.No, short:
		p.nothing(ref)
		return
	case after == calendar.Possibly:
		p.cannot(ref, question, Missing{What: "whether it is to show before or after that", Ground: "not known from the dates", Way: "record when it is expected, and the horizon of its missions, more closely"})
		return
	}
	then := spanned(expected).latest
	a, ok := p.carried(ref, record.Moment{On: then, Known: p.at.Known})
	now, has := p.carried(ref, p.at)
	sooner, still := p.carried(ref, record.Moment{On: spanned(expected).earliest, Known: p.at.Known})
	duties, holdings := split(p.basis(&a))
	switch {
	case still && sooner.State == accountability.Held && (!ok || a.State != accountability.Held):
		p.cannot(ref, question, memoryRough("whether somebody still owns it on that day"))
	case ok && a.State == accountability.Held && (a.Certain || len(now.Records) > 0 && slices.Equal(now.Records, a.Records)):
		p.nothing(ref)
	case ok && !a.Certain:
		p.cannot(ref, question, memoryRough("whether the duty is "+a.State.String()+" on that day"))
	case ok && a.State == accountability.Vacant:
		p.finding(ref, attributed(duties, "nobody answers for "+name+" "+p.dated(first(expected))+", when it is to show and its mission has closed: the duty is vacant"+because(a.Why)), duties, append(holdings, context...)...)
	case ok && a.State == accountability.Withheld:
		p.cannot(ref, question, unknown("who its owner is", record.StateWithheld, p.reasonOf(&a), "the post"))
	case ok:
		p.cannot(ref, question, unsettled("who its owner is", a.State))
	case has && now.State == accountability.Held && now.Certain:
		duties, holdings = split(p.basis(&now))
		p.finding(ref, attributed(duties, "the duty to answer for "+name+" ends before it is to show ("+p.when(first(expected))+"), after its mission has closed"), duties, append(holdings, context...)...)
	default:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.OutcomeOwner), "who is to answer for it then", "an outcome-owner duty on the outcome that goes on until it is to show"))
	}
}

var failedPattern = &Rule{
	ID: "F112", Slug: "repeat-of-failed-pattern", Severity: Caution,
	Title: "What is being tried has in its way what ended an earlier reform",
	Why: "Reforms of this kind have been tried before, and the same few barriers have stopped most of them. Those who know this have often left, and the next attempt takes the barrier for bad luck. " +
		"A likeness proves nothing; it says where to look first, and what to do otherwise this time.",
	Fires: "A barrier that certainly stands in the way of a mission, an initiative or something else is one by which an earlier reform ended, or is of the same pattern as one. A counter-measure event on the barrier, on what it stands in the way of or on the reform's own barrier silences it. " +
		"It looks at what somebody has likened to a reform, and at what barriers stand in the way of while the ends of reforms are recorded; it has nothing to say of a mission that is proposed or closed, or where no barrier is shared. " +
		"It cannot tell where something is likened to a reform and either the barriers in its own way or those that ended the reform are not recorded, or where rough dates leave open whether a shared barrier still stands.",
	FalseAlarm: "Something is being done against it this time.",
	Question:   "What did those who tried it last time wish they had done about this, and have we asked them?",
	Sources:    []string{"S1:44", "S1:64"},
	Needs: []string{"reforms, with the barriers that ended them and what they are likened to", "barriers, with their patterns, what they stand in the way of and when they were removed",
		"counter-measure events"},
	Bad: failedPatternBad, Good: failedPatternGood, Unclear: failedPatternUnclear, Harmless: failedPatternHarmless,
	check: func(p *pass) {
		reforms := factsOf(p.m.Reforms(p.at))
		if len(reforms) == 0 {
			return
		}
		b := p.readBarriers(reforms)
		for _, ref := range refs(b.subjects) {
			p.checkPattern(ref, b)
		}
	},
}

// barriers is what is recorded of what stands in the way, and of what ended earlier reforms.
type barriers struct {
	subjects []record.Ref // what they stand in the way of, or what is likened to a reform
	said     map[record.ID][]record.Claim[mission.Barrier]
	in       map[record.Ref][]record.ID // by subject
	ended    map[record.ID][]ending     // by barrier
	patterns map[string][]ending
	likened  map[record.Ref][]*fact[mission.Reform]
}

// ending is a reform that ended by a barrier.
type ending struct {
	reform  *fact[mission.Reform]
	barrier record.ID
}

func (p *pass) readBarriers(reforms []fact[mission.Reform]) *barriers {
	b := &barriers{said: make(map[record.ID][]record.Claim[mission.Barrier]), in: make(map[record.Ref][]record.ID),
		ended: make(map[record.ID][]ending), patterns: make(map[string][]ending), likened: make(map[record.Ref][]*fact[mission.Reform])}
	all := factsOf(p.m.Barriers(p.at))
	for _, f := range all {
		b.said[f.id] = f.claims
	}
	for i := range reforms {
		f := &reforms[i]
		var ended []record.ID
		var likened []record.Ref
		for _, c := range f.claims {
			ended, likened = append(ended, c.Record.EndedBy...), append(likened, c.Record.LikenedTo...)
		}
		for _, id := range distinct(ended) {
			b.ended[id] = append(b.ended[id], ending{f, id})
			for _, pattern := range patternsOf(b.said[id]) {
				b.patterns[pattern] = append(b.patterns[pattern], ending{f, id})
			}
		}
		for _, ref := range refs(likened) {
			b.likened[ref] = append(b.likened[ref], f)
			b.subjects = append(b.subjects, ref)
		}
	}
	for _, f := range all {
		for _, ref := range refs(subjectsOf(f.claims)) {
			if !ref.IsZero() && ref.Kind != mission.KindReform && len(b.ended) > 0 {
				b.in[ref] = append(b.in[ref], f.id)
				b.subjects = append(b.subjects, ref)
			}
		}
	}
	return b
}

func subjectsOf(claims []record.Claim[mission.Barrier]) (list []record.Ref) {
	for _, c := range claims {
		list = append(list, c.Record.Subject)
	}
	return list
}

func patternsOf(claims []record.Claim[mission.Barrier]) (list []string) {
	for _, c := range claims {
		if w := c.Record.Pattern; w != "" && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	slices.Sort(list)
	return list
}

// inTheWay says whether a barrier stands in the way on the day, by any claimant.
func (p *pass) inTheWay(claims []record.Claim[mission.Barrier]) (most calendar.Certainty) {
	most = calendar.No
	for _, c := range claims {
		here := c.On
		switch w := c.Record.Removed; {
		case w.IsZero() || p.on.IsZero() && !w.IsResolved():
		case p.on.IsZero():
			here = min(here, calendar.Possibly)
		case w.IsResolved() && !w.Latest().After(p.on):
			here = calendar.No
		case !w.After(p.on):
			here = min(here, calendar.Possibly)
		}
		most = max(most, here)
	}
	return most
}

func (p *pass) barrierName(id record.ID) string {
	return "the barrier " + quoted(plain(p.m.Name(record.Ref{Kind: mission.KindBarrier, ID: id})))
}

func (p *pass) checkPattern(ref record.Ref, b *barriers) {
	name := p.subjectName(ref)
	if ref.Kind == mission.KindMission && p.over(ref.ID) {
		p.nothing(ref)
		return
	}
	question := "whether what ended an earlier reform stands in the way of " + name
	if len(p.recollect(mission.CounterMeasure, ref).present) > 0 {
		p.nothing(ref)
		return
	}
	var trigger, context []Evidence
	var clauses []string
	rough := false
	for _, id := range b.in[ref] {
		own := record.Ref{Kind: mission.KindBarrier, ID: id}
		shared := slices.Clone(b.ended[id])
		for _, pattern := range patternsOf(b.said[id]) {
			shared = append(shared, b.patterns[pattern]...)
		}
		var names []string
		var of []Evidence
		for _, s := range shared {
			if len(p.recollect(mission.CounterMeasure, own, record.Ref{Kind: mission.KindBarrier, ID: s.barrier}).present) > 0 {
				continue
			}
			names = append(names, quoted(plain(p.m.Name(record.Ref{Kind: mission.KindReform, ID: s.reform.id}))))
			of = append(of, proof(p, mission.KindReform, s.reform.claims)...)
			of = append(of, proof(p, mission.KindBarrier, b.said[s.barrier])...)
		}
		if len(names) == 0 {
			continue
		}
		slices.Sort(names)
		switch p.inTheWay(b.said[id]) {
		case calendar.Certainly:
			ends := " is of the kind by which "
			if len(b.ended[id]) > 0 {
				ends = " is that by which "
			}
			clauses = append(clauses, p.barrierName(id)+" stands in the way of "+name+", and"+ends+someOf(slices.Compact(names))+" ended")
			trigger, context = append(trigger, proof(p, mission.KindBarrier, b.said[id])...), append(context, of...)
		case calendar.No:
		default:
			rough = true
		}
	}
	var missing []Missing
	for _, f := range b.likened[ref] {
		if !slices.ContainsFunc(f.claims, func(c record.Claim[mission.Reform]) bool { return len(c.Record.EndedBy) > 0 }) {
			missing = append(missing, unrecorded("by what the reform "+quoted(plain(p.m.Name(record.Ref{Kind: mission.KindReform, ID: f.id})))+" ended", "the barriers that ended it"))
		}
	}
	if len(b.likened[ref]) > 0 && len(b.in[ref]) == 0 && len(missing) == 0 {
		missing = append(missing, unrecorded("what stands in its own way", "the barriers in its way, with their patterns: an hour with those who were there last time tells most of it"))
	}
	switch {
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		text := attributed(trigger, listed(clauses)) + " No counter-measure is recorded."
		if likened := b.likened[ref]; len(likened) > 0 {
			for _, f := range likened {
				context = append(context, proof(p, mission.KindReform, f.claims)...)
			}
		}
		p.finding(ref, text, trigger, context...)
	case rough:
		p.cannot(ref, question, memoryRough("whether a barrier of the same kind still stands"))
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}
