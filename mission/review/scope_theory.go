package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// The rules on whether a mission is more than one answer fixed early, and whether what is filed under it bears on it.

var solutionLock = &Rule{
	ID: "F05", Slug: "solution-lock", Severity: Caution,
	Title: "A mission is one service or product of one body, fixed before finding out had ended",
	Why: "Once an answer has a name and capitals, it becomes a thing to be built and housed, and the question that it was to answer is no longer asked. The body that owns it builds what it can build alone, " +
		"and whatever the problem needs from others falls away.",
	Fires: "All that is filed under the mission is one initiative, which is a service or a product; one body answers for it; and what is to be built was fixed before finding out had ended. " +
		"That is so where a solution-fixed event on either is certainly older than a discovery-ended event, or where the mission is in discovery, or a discovery-ended event is marked absent, and the one service is named already. " +
		"Other work or missions under it, work of another kind, and several owners clear it: the one who does it, its duties that answer for it, and the members of a sharing of it count. So does a solution-fixed event marked absent. " +
		"It has nothing to say of a mission that is closed or only proposed, and cannot tell where the work, its kind, its owner, or when it was fixed is not recorded, or claimants differ.",
	FalseAlarm: "Finding out was complete, or several bodies own the work, and nobody has recorded it.",
	Question:   "What would this mission do if this service did not exist, and who besides its owner would have to do it?",
	Sources:    []string{"S0:43", "S0:60", "S3:18"},
	Needs: []string{"the initiatives of missions, their kind and who does the work", "duties on initiatives and how they are shared", "missions that are part of others",
		"solution-fixed and discovery-ended events on missions and initiatives, present or marked absent", "the stage of missions"},
	Bad: solutionLockBad, Good: solutionLockGood, Unclear: solutionLockUnclear, Harmless: solutionLockHarmless,
	check: func(p *pass) {
		parents := make(map[record.ID]bool)
		for _, id := range p.missions {
			for _, c := range p.said[id] {
				for _, parent := range c.Record.Parents {
					parents[parent] = parents[parent] || parent != id
				}
			}
		}
		for _, id := range p.missions {
			p.checkLock(id, parents[id])
		}
	},
}

// scopeLock is one of the conditions of a lock: whether it holds, on what evidence, and what is missing to tell.
type scopeLock struct {
	holds    calendar.Certainty // zero where it cannot be told
	says     string
	evidence []Evidence
	missing  Missing
}

func (p *pass) checkLock(id record.ID, nested bool) {
	ref, name := missionRef(id), p.missionName(id)
	work := p.scopeWorkOf(id)
	question := "whether " + name + " has become one answer that was fixed too early"
	switch {
	case p.over(id), nested, len(work) > 1:
		p.nothing(ref)
		return
	case len(work) == 0:
		p.cannot(ref, question, unrecorded("what is being done for it", "its initiatives, with their kind and who does the work"))
		return
	}
	only := &work[0]
	kind, owner, fixed := p.scopeBuilt(only), p.scopeOwned(only), p.scopeFixed(id, only)
	conditions := []scopeLock{kind, owner, fixed}
	if slices.ContainsFunc(conditions, func(c scopeLock) bool { return c.holds == calendar.No }) {
		p.nothing(ref)
		return
	}
	var missing []Missing
	for _, c := range conditions {
		if c.holds != calendar.Certainly {
			missing = append(missing, c.missing)
		}
	}
	if len(missing) > 0 {
		p.cannot(ref, question, missing...)
		return
	}
	claims := proof(p, mission.KindInitiative, only.claims)
	trigger, context := scopeWeakest(claims, owner.evidence, fixed.evidence)
	text := attributed(trigger, "all that is filed under "+name+" is "+p.scopeNamed(only)+" of "+owner.says+", and "+fixed.says)
	p.finding(ref, text, trigger, append(context, proof(p, mission.KindMission, p.said[id])...)...)
}

// scopeBuilt says whether the work is a service or a product.
func (p *pass) scopeBuilt(w *scopeWork) scopeLock {
	kinds := w.kinds()
	built := slices.ContainsFunc(kinds, scopeIsBuilt)
	other := slices.ContainsFunc(kinds, func(kind string) bool { return !scopeIsBuilt(kind) })
	what, way := "the kind of "+p.scopeNamed(w), "the kind of the initiative: a service, a product, a programme or another word"
	switch {
	case built && other:
		return scopeLock{missing: contested(what, way)}
	case built:
		return scopeLock{holds: calendar.Certainly}
	case other:
		return scopeLock{holds: calendar.No}
	}
	return scopeLock{missing: unrecorded(what, way)}
}

func scopeIsBuilt(kind string) bool { return kind == mission.Service || kind == mission.Product }

// scopeOwning are the duties on work that make an owner: to advise, pay or check is another thing.
var scopeOwning = []string{accountability.Lead, accountability.SeniorOwner, accountability.Deliver, accountability.AnswerFor, accountability.Decide,
	accountability.OutcomeOwner, accountability.MilestoneOwner, accountability.MissionLead, accountability.MissionSteward}

// scopeOwned says whether one body owns the work.
func (p *pass) scopeOwned(w *scopeWork) scopeLock {
	ref := w.ref()
	var does, owners []record.ID
	var evidence []Evidence
	for _, c := range w.claims {
		if c.Record.By != "" {
			does = append(does, p.scopeBody(c.Record.By))
		}
	}
	does = distinct(does)
	for _, word := range scopeOwning {
		a, ok := p.register.Answerable(ref, word, p.at)
		if ok {
			for _, c := range a.Carriers {
				owners = append(owners, p.scopeBody(c.Post))
				evidence = append(evidence, p.evidence(accountability.KindDuty, &c.Duty.Record))
			}
		}
		for _, c := range p.register.Sharings(ref, word, p.at) {
			for _, member := range c.Record.Members {
				owners = append(owners, p.scopeBody(member))
			}
			evidence = append(evidence, p.evidence(accountability.KindSharing, &c.Record.Record))
		}
	}
	owners = distinct(owners)
	what, way := "who owns "+p.scopeNamed(w), "who does the work, and the duties on it"
	switch all := distinct(append(slices.Clone(does), owners...)); {
	case len(owners) > 1, len(all) > 1 && len(does) < 2:
		return scopeLock{holds: calendar.No}
	case len(does) > 1:
		return scopeLock{missing: contested(what, way)}
	case len(all) == 0:
		return scopeLock{missing: unrecorded(what, way)}
	default:
		return scopeLock{holds: calendar.Certainly, says: p.partyName(all[0]), evidence: dedupe(evidence)}
	}
}

// scopeBody is the organisation of a party, or the party itself where none is recorded.
func (p *pass) scopeBody(id record.ID) record.ID {
	of, _ := p.body(id)
	return of
}

// scopeFixed says whether what is to be built was fixed before finding out had ended.
func (p *pass) scopeFixed(id record.ID, w *scopeWork) scopeLock {
	both := func(kind string) (present, absent []record.Claim[mission.Event]) {
		present, absent = p.events(missionRef(id), kind)
		more, none := p.events(w.ref(), kind)
		return append(present, more...), append(absent, none...)
	}
	settled, unsettled := both(mission.SolutionFixed)
	ended, going := both(mission.DiscoveryEnded)
	stage, differ := p.stage(id)
	const what, way = "whether finding out had ended when it was settled what is to be built", "solution-fixed and discovery-ended events on the mission or the initiative with their days, or marked absent"
	missed := slices.Concat(p.m.LeftOut(mission.KindEvent, missionRef(id), mission.DiscoveryEnded), p.m.LeftOut(mission.KindEvent, w.ref(), mission.DiscoveryEnded),
		p.m.LeftOut(mission.KindEvent, missionRef(id), mission.SolutionFixed), p.m.LeftOut(mission.KindEvent, w.ref(), mission.SolutionFixed))
	discovering := !differ && stage == mission.StageDiscovery
	switch {
	case len(unsettled) > 0 && len(settled) > 0:
		return scopeLock{missing: contested("whether it is settled what is to be built", "a solution-fixed event with its day")}
	case len(unsettled) > 0:
		return scopeLock{holds: calendar.No}
	case len(ended) > 0 && (len(going) > 0 || discovering):
		return scopeLock{missing: contested("whether finding out has ended", "a discovery-ended event with its day, and the stage of the mission")}
	case len(ended) > 0 && len(settled) == 0:
		return scopeLock{missing: leftOut(missed, "when it was settled what is to be built", "a solution-fixed event on the mission or the initiative, with its day")}
	case len(ended) > 0:
		days := scopeDays(ended)
		early := agreed(scopeDays(settled), func(w calendar.When) calendar.Certainty { return before(w, days) })
		if early == calendar.Certainly || early == calendar.No {
			return scopeLock{holds: early, evidence: append(p.scopeProof(settled), p.scopeProof(ended)...),
				says: "what is to be built was settled " + p.dated(first(scopeDays(settled))) + ", before finding out had ended (" + p.when(first(days)) + ")"}
		}
		return scopeLock{missing: Missing{What: what, Ground: "not known from the dates", Way: "record " + way}}
	case len(going) > 0:
		return scopeLock{holds: calendar.Certainly, evidence: append(p.scopeProof(going), p.scopeProof(settled)...), says: "finding out had not ended when it was named"}
	case discovering:
		evidence := p.scopeProof(settled)
		for _, c := range p.said[id] {
			if c.Record.Stage == stage {
				evidence = append(evidence, p.evidence(mission.KindMission, &c.Record.Record))
			}
		}
		return scopeLock{holds: calendar.Certainly, evidence: evidence, says: "the mission is still in discovery"}
	case differ:
		return scopeLock{missing: contested("whether the mission is still in discovery", "the stage of the mission, or a discovery-ended event")}
	}
	return scopeLock{missing: leftOut(missed, what, way)}
}

var leveredInGoal = &Rule{
	ID: "F06", Slug: "levered-in-goal", Severity: Caution,
	Title: "A goal stands under a mission, and nothing says what it has to do with it",
	Why:   "A goal can be put under a mission because it needed a home. It then counts towards a mission that it does not serve, and what it would need itself is decided by people who look for something else.",
	Fires: "A rationale event on a milestone, an outcome or a mission that is part of another is marked absent: nobody has said why it stands where it does. " +
		"A contribution from the goal to that mission, its outcomes or its other milestones silences it, and so does a rationale that is present and says why. Where the event names missions (led to), it is about these. " +
		"It looks only at goals of which such an event is recorded, and cannot tell where the reason is said to exist and is not given, or claimants differ on whether there is one.",
	FalseAlarm: "The reason was given elsewhere, and nobody has recorded it.",
	Question:   "If this goal were met tomorrow, what would that change for the mission that it stands under?",
	Sources:    []string{"S1:56"},
	Needs:      []string{"the missions of milestones and outcomes, and the parents of missions", "rationale events on them, present or marked absent, with the reason", "contributions from goals to missions, outcomes and milestones"},
	Bad:        leveredInGoalBad, Good: leveredInGoalGood, Unclear: leveredInGoalUnclear, Harmless: leveredInGoalHarmless,
	check: func(p *pass) {
		var bears map[record.Ref][]record.Claim[learning.Contribution]
		look := func(ref record.Ref, what func() (name string, of []record.ID, evidence []Evidence)) {
			given, none := p.events(ref, mission.Rationale)
			if len(given)+len(none) == 0 && !p.scopeUnseen(ref, mission.Rationale) {
				return // nothing of the matter is recorded
			}
			name, of, evidence := what()
			if len(of) == 0 {
				return
			}
			if bears == nil {
				bears = p.scopeBearings()
			}
			p.checkLevered(ref, name, distinct(of), given, none, bears[ref], evidence)
		}
		for i := range p.steps {
			s := &p.steps[i]
			look(milestoneRef(s.id), func() (string, []record.ID, []Evidence) {
				return s.name(), missionsOf(s.claims), proof(p, milestone.KindMilestone, s.claims)
			})
		}
		for _, o := range p.results() {
			look(outcomeRef(o.id), func() (_ string, of []record.ID, _ []Evidence) {
				for _, c := range o.claims {
					of = append(of, c.Record.Missions...)
				}
				return o.name(), of, proof(p, mission.KindOutcome, o.claims)
			})
		}
		for _, id := range p.missions {
			look(missionRef(id), func() (_ string, of []record.ID, _ []Evidence) {
				for _, c := range p.said[id] {
					of = append(of, c.Record.Parents...)
				}
				return p.missionName(id), of, proof(p, mission.KindMission, p.said[id])
			})
		}
	},
}

// scopeBearings groups what contributes to what by its cause, leaving out what only hinders.
func (p *pass) scopeBearings() map[record.Ref][]record.Claim[learning.Contribution] {
	by := make(map[record.Ref][]record.Claim[learning.Contribution])
	ledger := p.m.Ledger()
	for _, id := range sortedIDs(ledger.Contributions()) {
		for _, c := range sorted(ledger.Contribution(id, p.at)) {
			if !c.Record.Hinders {
				by[c.Record.Cause] = append(by[c.Record.Cause], c)
			}
		}
	}
	return by
}

// scopeHomes returns the missions that something belongs to by any claim at the moment; of a mission, itself.
func (p *pass) scopeHomes(ref record.Ref) []record.ID {
	var ids []record.ID
	switch ref.Kind {
	case mission.KindMission:
		ids = append(ids, ref.ID)
	case mission.KindOutcome:
		for _, c := range p.m.Outcome(ref.ID, p.at) {
			ids = append(ids, c.Record.Missions...)
		}
	case mission.KindInitiative:
		for _, c := range p.m.Initiative(ref.ID, p.at) {
			ids = append(ids, c.Record.Missions...)
		}
	case milestone.KindMilestone:
		ids = missionsOf(p.plan.Milestone(ref.ID, p.at))
	}
	return distinct(ids)
}

func (p *pass) checkLevered(ref record.Ref, name string, of []record.ID, given, none []record.Claim[mission.Event], bears []record.Claim[learning.Contribution], evidence []Evidence) {
	var linked []record.ID
	for _, c := range bears {
		if c.Record.Effect != ref {
			linked = append(linked, p.scopeHomes(c.Record.Effect)...)
		}
	}
	about := func(events []record.Claim[mission.Event]) []record.ID { // the missions that events speak of
		var ids []record.ID
		for _, c := range events {
			n := len(ids)
			for _, to := range c.Record.LedTo {
				if to.Kind == mission.KindMission {
					ids = append(ids, to.ID)
				}
			}
			if n == len(ids) {
				return of
			}
		}
		return ids
	}
	reasoned := slices.DeleteFunc(slices.Clone(given), func(c record.Claim[mission.Event]) bool {
		return plain(c.Record.Because) == "" && plain(c.Record.Name) == ""
	})
	denied, why, said := about(none), about(reasoned), about(given)
	var bare []string
	var missing []Missing
	for _, id := range of {
		switch {
		case slices.Contains(linked, id):
		case len(none) > 0 && slices.Contains(denied, id) && len(given) > 0 && slices.Contains(said, id):
			missing = append(missing, contested("whether anybody has said why it stands there", "a rationale event with the reason"))
		case len(reasoned) > 0 && slices.Contains(why, id):
		case len(given) > 0 && slices.Contains(said, id):
			missing = append(missing, unrecorded("the reason why it stands there", "the reason in the rationale event on it"))
		case len(none) > 0 && slices.Contains(denied, id):
			bare = append(bare, p.missionName(id))
		case len(none)+len(given) == 0:
			missing = append(missing, p.scopeMissing(ref, mission.Rationale, "why it stands there", "a rationale event on it with the reason, or one marked absent, or what it contributes to"))
		}
	}
	switch {
	case len(bare) > 0:
		trigger := p.scopeProof(none)
		text := attributed(trigger, name+" stands under "+scopeSome(bare)+", and nobody has said why"+p.says(trigger))
		p.finding(ref, text+" No contribution from it to that mission, its outcomes or its milestones is recorded.", trigger, evidence...)
	case len(missing) > 0:
		p.cannot(ref, "whether "+name+" bears on what it stands under", dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

var initiativeList = &Rule{
	ID: "F08", Slug: "initiative-list", Severity: Caution,
	Title: "Most of what is filed under a mission is in no chain that leads to it",
	Why: "A long list of initiatives looks like effort. Where nobody has said what each is to bring about, nobody can see which of them could be dropped, what is missing between them, " +
		"or why all of them together should add up to what was promised.",
	Fires: "At least F08.share of the initiatives filed under the mission stand in no contribution, as cause or effect, that has to do with it, of at least F08.initiatives of them; and a theory of action of the mission is recorded: some contribution has to do with it. " +
		"Work that is there to find out (of the kind test-and-learn or discovery, or with an experiment event on it), work adjacent to the mission and business as usual are not counted. " +
		"It has nothing to say of fewer initiatives, or of a mission that is closed or only proposed, and cannot tell where no initiative, or no contribution to the mission, is recorded.",
	FalseAlarm: "The initiatives are options that are being explored, and nobody has recorded them as such.",
	Question:   "Which of these would be missed by those whom the mission is for, and what does it bring about for them?",
	Sources:    []string{"S1:68"},
	Needs:      []string{"the initiatives of missions with their kind and status", "contributions", "experiment events on initiatives"},
	Thresholds: []Threshold{
		{Name: "F08.share", Unit: "of the initiatives, from 0 to 1", Value: 0.5,
			Meaning: "how much of the work may stand in no chain before it is called a list; no source names a number, and the default is this library's own: half"},
		{Name: "F08.initiatives", Unit: "initiatives", Value: 3, Least: 1,
			Meaning: "how many initiatives make a list; no source names a number, and the default is this library's own: two may be held in mind without one"},
	},
	Bad: initiativeListBad, Good: initiativeListGood, Unclear: initiativeListUnclear, Harmless: initiativeListHarmless,
	check: func(p *pass) {
		theory := p.scopeTheory()
		for _, id := range p.missions {
			p.checkList(id, theory)
		}
	},
}

// scopeTheory is what the contributions of a plan connect: which missions have any, and what stands in one that has to do with which
// missions. What belongs to no mission, such as a cause, may have to do with all of them.
type scopeTheory struct {
	about map[record.ID][]record.Claim[learning.Contribution] // by mission, in the order of their ids
	ties  map[record.Ref]map[record.ID]bool                   // the missions by what stands in a contribution; the empty id is any
}

func (p *pass) scopeTheory() *scopeTheory {
	t := &scopeTheory{about: make(map[record.ID][]record.Claim[learning.Contribution]), ties: make(map[record.Ref]map[record.ID]bool)}
	homes := make(map[record.Ref][]record.ID)
	home := func(ref record.Ref) []record.ID {
		ids, ok := homes[ref]
		if !ok {
			ids = p.scopeHomes(ref)
			homes[ref] = ids
		}
		return ids
	}
	tie := func(ref, other record.Ref) {
		if t.ties[ref] == nil {
			t.ties[ref] = make(map[record.ID]bool)
		}
		to := home(other)
		if len(to) == 0 {
			t.ties[ref][""] = true
		}
		for _, id := range to {
			t.ties[ref][id] = true
		}
	}
	ledger := p.m.Ledger()
	for _, id := range sortedIDs(ledger.Contributions()) {
		for _, c := range sorted(ledger.Contribution(id, p.at)) {
			cause, effect := c.Record.Cause, c.Record.Effect
			tie(cause, effect)
			tie(effect, cause)
			for _, m := range distinct(slices.Concat(home(cause), home(effect))) {
				t.about[m] = append(t.about[m], c)
			}
		}
	}
	return t
}

func (p *pass) checkList(id record.ID, theory *scopeTheory) {
	ref, name := missionRef(id), p.missionName(id)
	work := p.scopeWorkOf(id)
	question := "whether the initiatives of " + name + " add up to it"
	var counted, loose []*scopeWork
	for i := range work {
		w := &work[i]
		kinds := w.kinds()
		if w.is(mission.Adjacent, mission.ValuedAsItIs) || slices.Contains(kinds, mission.TestAndLearn) || slices.Contains(kinds, mission.Discovery) || p.happened(w.ref(), mission.Experiment) {
			continue
		}
		counted = append(counted, w)
		if ties := theory.ties[w.ref()]; !ties[id] && !ties[""] {
			loose = append(loose, w)
		}
	}
	chains := theory.about[id]
	switch {
	case p.over(id), len(work) > 0 && float64(len(counted)) < p.limit("initiatives"):
		p.nothing(ref)
	case len(work) == 0:
		p.cannot(ref, question, unrecorded("what is being done for it", "its initiatives, and what each contributes to"))
	case len(chains) == 0:
		p.cannot(ref, question, unrecorded("what its initiatives are to bring about", "contributions from its initiatives to its outcomes, its milestones or the mission"))
	case float64(len(loose)) >= p.limit("share")*float64(len(counted)) && len(loose) > 0:
		var trigger []Evidence
		names := make([]string, len(loose))
		for i, w := range loose {
			names[i] = quoted(p.initiativeName(w.id, w.claims))
			trigger = append(trigger, proof(p, mission.KindInitiative, w.claims)...)
		}
		clause := count(float64(len(loose))) + " of " + count(float64(len(counted))) + " initiatives of " + name + " stand in no chain that is recorded as leading to it: " + scopeSome(names)
		p.finding(ref, attributed(trigger, clause), trigger, append(proof(p, learning.KindContribution, chains), proof(p, mission.KindMission, p.said[id])...)...)
	default:
		p.nothing(ref)
	}
}
