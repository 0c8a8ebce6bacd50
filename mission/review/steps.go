package review

import (
	"slices"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on milestones and on what is measured.

var milestoneAsEnforcement = &Rule{
	ID: "F16", Slug: "milestone-as-enforcement", Severity: Serious,
	Title: "Consequences hang on a milestone that was declared to be for exploring",
	Why: "A milestone that may breathe lets people try, fail and say so. As soon as a sanction, a reward or an intervention hangs on it, they protect themselves instead, and what the milestone was to teach is lost. " +
		"Either use is legitimate; declaring the one and practising the other is what breaks trust.",
	Fires: "The milestone's use is exploration, and a sanction, reward or intervention event is recorded on it that no use-changed event precedes. " +
		"It cannot tell where the use is not recorded, or where the order of the two events is not known.",
	FalseAlarm: "The use was changed openly and with reasons before any consequence followed.",
	Question:   "Who decided that consequences follow from this milestone, and when were those who work towards it told?",
	Sources:    []string{"S0:35", "S0:14"},
	Needs:      []string{"the use of milestones", "sanction, reward, intervention and use-changed events on them"},
	Bad:        milestoneAsEnforcementBad, Good: milestoneAsEnforcementGood, Unclear: milestoneAsEnforcementUnclear, Harmless: milestoneAsEnforcementHarmless,
	check: func(p *pass) {
		for i := range p.steps {
			p.checkUse(&p.steps[i])
		}
	},
}

func (p *pass) checkUse(s *step) {
	ref := milestoneRef(s.id)
	var exploring []record.Claim[milestone.Milestone]
	stated := false
	for _, c := range s.claims {
		stated = stated || c.Record.Use != 0
		if c.Record.Use == milestone.Exploration {
			exploring = append(exploring, c)
		}
	}
	if len(exploring) == 0 {
		if stated {
			p.nothing(ref)
			return
		}
		p.cannot(ref, "whether "+s.name()+" is used as it was meant",
			unrecorded("what the milestone is for", "its use: exploration, commitment or enforcement"))
		return
	}
	var consequences []record.Claim[mission.Event]
	for _, kind := range []string{mission.Sanction, mission.Reward, mission.Intervention} {
		present, _ := p.events(ref, kind)
		consequences = append(consequences, present...)
	}
	var tied, unordered []record.Claim[mission.Event]
	if len(consequences) > 0 {
		changes, _ := p.events(ref, mission.UseChanged)
		for _, c := range sorted(consequences) {
			switch precededBy(c, changes) {
			case calendar.No:
				tied = append(tied, c)
			case calendar.Possibly:
				unordered = append(unordered, c)
			}
		}
	}
	switch {
	case len(tied) > 0:
		trigger := proof(p, mission.KindEvent, tied)
		kinds := make([]string, len(tied))
		for i, c := range tied {
			kinds[i] = plain(c.Record.Kind)
		}
		slices.Sort(kinds)
		text := attributed(trigger, s.name()+" is declared to be for exploration, and a consequence is tied to it: "+listed(slices.Compact(kinds)))
		p.finding(ref, text, trigger, proof(p, milestone.KindMilestone, exploring)...)
	case len(unordered) > 0:
		p.cannot(ref, "whether the use of "+s.name()+" was changed before consequences followed",
			Missing{What: "which came first, the change of use or the consequence,", Ground: "not known from their dates", Way: "record the days of both events more closely"})
	default:
		p.nothing(ref)
	}
}

// precededBy says whether a change of use came no later than an event: Possibly where their dates cannot tell.
func precededBy(c record.Claim[mission.Event], changes []record.Claim[mission.Event]) calendar.Certainty {
	result := calendar.No
	for _, change := range changes {
		switch later := before(c.Record.OnDay, []calendar.When{change.Record.OnDay}); later {
		case calendar.No:
			return calendar.Certainly
		case calendar.Possibly, 0:
			result = calendar.Possibly
		}
	}
	return result
}

var imposedMilestone = &Rule{
	ID: "F19", Slug: "imposed-milestone", Severity: Caution,
	Title: "Those who answer for a milestone were not asked before it was set",
	Why: "Whoever is handed a milestone knows best what it takes, and is the first to be blamed for it. Set without them, it misses what they know, and they owe it obedience where it needs commitment. " +
		"The sources call milestones set with little consultation a recipe for failure.",
	Fires: "A consultation event on the milestone is marked absent, for everybody or for an owner; or consultations are recorded and an owner is not among those named, or only after the milestone was set. " +
		"An owner is whatever carries a duty on the milestone; consulting its organisation or its holder counts. " +
		"An absent consultation on a mission is one finding on the mission, for the milestones that have no consultation records of their own. An emergency event silences it.",
	FalseAlarm: "There was an emergency, and it is recorded as one; or the owner was asked in a way that nobody has recorded.",
	Question:   "What did those who now own this milestone say about it before it was set, and what changed because of it?",
	Sources:    []string{"S1:21"},
	Needs: []string{"consultation events on milestones and missions, with their days and those consulted, present or marked absent",
		"duties on milestones", "the day on which milestones were set", "emergency events"},
	Bad: imposedMilestoneBad, Good: imposedMilestoneGood, Unclear: imposedMilestoneUnclear, Harmless: imposedMilestoneHarmless,
	check: func(p *pass) {
		heard := make(map[record.ID]hearing, len(p.missions))
		for _, id := range p.missions {
			heard[id] = p.hear(missionRef(id))
			p.checkMissionConsulted(id, heard[id])
		}
		for i := range p.steps {
			p.checkConsulted(&p.steps[i], heard)
		}
	},
}

// hearing is what is recorded of the consultation on a subject.
type hearing struct {
	present, absent []record.Claim[mission.Event]
	emergency       bool
}

func (p *pass) hear(ref record.Ref) hearing {
	var h hearing
	h.present, h.absent = p.events(ref, mission.Consultation)
	h.emergency = p.happened(ref, mission.Emergency)
	return h
}

func (p *pass) checkMissionConsulted(id record.ID, h hearing) {
	ref := missionRef(id)
	missed := p.m.LeftOut(mission.KindEvent, ref, mission.Consultation)
	if len(h.absent) == 0 && (len(h.present) > 0 || len(missed) == 0) {
		return // nothing is said of the mission as a whole
	}
	question := "whether those who answer for the milestones of " + p.missionName(id) + " were asked before they were set"
	switch {
	case h.emergency:
		p.nothing(ref)
	case len(h.absent) == 0:
		p.cannot(ref, question, leftOut(missed, "whether they were consulted", "consultation events on the milestones"))
	case len(h.present) > 0:
		p.cannot(ref, question, contested("whether they were consulted", "consultation events on the milestones"))
	default:
		trigger := proof(p, mission.KindEvent, h.absent)
		clause := "those who answer for the milestones of " + p.missionName(id) + " were not asked before the milestones were set"
		if with := consulted(h.absent); len(with) > 0 {
			clause = p.partyNames(with) + " had no say before the milestones of " + p.missionName(id) + " were set"
		}
		p.finding(ref, attributed(trigger, clause), trigger, proof(p, mission.KindMission, p.said[id])...)
	}
}

// consulted returns the parties that events name, where each names some.
func consulted(events []record.Claim[mission.Event]) []record.ID {
	var all []record.ID
	for _, c := range events {
		with := parties(c.Record)
		if len(with) == 0 {
			return nil
		}
		all = append(all, with...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// parties returns who was consulted, or, where that is not stated and the consultation took place, who took part in it.
func parties(e *mission.Event) []record.ID {
	if len(e.With) == 0 && !e.Absent {
		return e.By
	}
	return e.With
}

func (p *pass) checkConsulted(s *step, heard map[record.ID]hearing) {
	ref := milestoneRef(s.id)
	own := p.hear(ref)
	wider, emergency, spoken := slices.Clone(own.present), own.emergency, false
	missed := p.m.LeftOut(mission.KindEvent, ref, mission.Consultation)
	for _, m := range missionsOf(s.claims) {
		h := heard[m]
		wider, emergency = append(wider, h.present...), emergency || h.emergency
		spoken = spoken || len(h.absent) > 0
		missed = append(missed, p.m.LeftOut(mission.KindEvent, missionRef(m), mission.Consultation)...)
	}
	recorded := len(own.present)+len(own.absent) > 0
	switch {
	case emergency:
		p.nothing(ref)
		return
	case !recorded && spoken:
		return // the verdict on the mission speaks for it
	}
	question := "whether those who answer for " + s.name() + " were asked before it was set"
	consultation := leftOut(missed, "whether anybody was consulted", "consultation events on the milestone, with those consulted and the day, or one marked absent")
	owners, duties := p.owners(ref)
	if len(owners) == 0 {
		p.checkUnowned(s, own, question, consultation)
		return
	}
	ask := inquiry{p: p, set: p.setOn(s.id, s.claims), own: own, wider: wider}
	var unasked []record.ID
	var trigger []Evidence
	var missing []Missing
	var how string
	for _, owner := range owners {
		switch verdict, events := ask.of(owner); verdict {
		case asked:
		case notAsked, notNamed, askedLater:
			if how == "" {
				how = verdict.clause()
			}
			unasked = append(unasked, owner)
			trigger = append(trigger, proof(p, mission.KindEvent, events)...)
		case undatedAsking:
			missing = append(missing, Missing{What: "whether " + p.partyName(owner) + " was consulted before or after the milestone was set", Ground: "not known from the dates",
				Way: "record the days of the consultation and of the setting more closely"})
		case unnamedAsking:
			missing = append(missing, unrecorded("who took part in the consultation", "those consulted"))
		case unheard:
			missing = append(missing, consultation)
		}
	}
	switch {
	case len(unasked) > 0:
		trigger = dedupe(trigger)
		text := attributed(trigger, p.partyNames(unasked)+", answering for "+s.name()+", "+how)
		p.finding(ref, text, trigger, append(proof(p, milestone.KindMilestone, s.claims), duties...)...)
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

// checkUnowned judges a milestone for which nobody is recorded to answer.
func (p *pass) checkUnowned(s *step, own hearing, question string, consultation Missing) {
	ref := milestoneRef(s.id)
	everybody := slices.DeleteFunc(slices.Clone(own.absent), func(c record.Claim[mission.Event]) bool { return len(c.Record.With) > 0 })
	if len(everybody) > 0 && len(own.present) == 0 {
		trigger := proof(p, mission.KindEvent, everybody)
		p.finding(ref, attributed(trigger, "nobody was consulted before "+s.name()+" was set"), trigger,
			proof(p, milestone.KindMilestone, s.claims)...)
		return
	}
	missing := []Missing{leftOut(p.m.LeftOut(accountability.KindDuty, ref, ""), "who answers for it", "a milestone-owner or other duty on the milestone")}
	switch {
	case len(everybody) > 0:
		missing = append(missing, contested("whether anybody was consulted", "consultation events on the milestone"))
	case len(own.present)+len(own.absent) == 0:
		missing = append(missing, consultation)
	}
	p.cannot(ref, question, missing...)
}

// asking is what the records say of the consultation of one owner.
type asking uint8

const (
	asked         asking = iota + 1 // before the milestone was set
	notAsked                        // somebody says that there was no consultation
	notNamed                        // others were asked
	askedLater                      // once it had been set
	undatedAsking                   // asked, and the dates cannot tell whether in time
	unnamedAsking                   // there was a consultation, and nobody says with whom
	unheard                         // nothing is recorded
)

func (a asking) clause() string {
	switch a {
	case notNamed:
		return "is not among those recorded as consulted before it was set"
	case askedLater:
		return "was consulted only after it had been set"
	}
	return "was not consulted before it was set"
}

// inquiry is the question whether owners of one milestone were asked before it was set.
type inquiry struct {
	p     *pass
	set   []calendar.When
	own   hearing                       // what is recorded on the milestone
	wider []record.Claim[mission.Event] // consultations on it, then those on its missions
}

func (q *inquiry) of(owner record.ID) (asking, []record.Claim[mission.Event]) {
	var late, undated []record.Claim[mission.Event]
	for i, c := range q.wider {
		if !q.p.related(owner, parties(c.Record)) {
			continue
		}
		switch before(c.Record.OnDay, q.set) {
		case calendar.Certainly:
			return asked, nil
		case calendar.No:
			if i < len(q.own.present) { // on its missions, a later one says nothing of an earlier
				late = append(late, c)
			}
		default:
			undated = append(undated, c)
		}
	}
	var denied, others []record.Claim[mission.Event]
	for _, c := range q.own.absent {
		if len(c.Record.With) == 0 || q.p.related(owner, c.Record.With) {
			denied = append(denied, c)
		}
	}
	unnamed := false
	for _, c := range q.own.present {
		if len(parties(c.Record)) == 0 {
			unnamed = true
		} else {
			others = append(others, c)
		}
	}
	switch {
	case len(denied) > 0:
		return notAsked, denied
	case len(undated) > 0:
		return undatedAsking, nil
	case unnamed:
		return unnamedAsking, nil
	case len(late) > 0:
		return askedLater, late
	case len(others) > 0:
		return notNamed, others
	}
	return unheard, nil
}

// owners returns what carries a duty on a subject that is held, sorted, and the duties as evidence.
func (p *pass) owners(ref record.Ref) (owners []record.ID, duties []Evidence) {
	for _, word := range p.register.Duties(ref) {
		a, ok := p.register.Answerable(ref, word, p.at)
		if !ok || a.State != accountability.Held {
			continue
		}
		for _, c := range a.Carriers {
			owners = append(owners, c.Post)
			duties = append(duties, p.evidence(accountability.KindDuty, &c.Duty.Record))
		}
	}
	slices.Sort(owners)
	return slices.Compact(owners), dedupe(duties)
}

// related reports whether asking some parties was asking an owner: the owner itself, its organisation or a part of it, or
// whoever holds the post.
func (p *pass) related(owner record.ID, asked []record.ID) bool {
	if len(asked) == 0 {
		return false
	}
	of := p.party(owner).of
	holders, _ := p.register.Holders(owner, p.at)
	return slices.ContainsFunc(asked, func(id record.ID) bool {
		return id == owner || id == of || p.party(id).of == owner ||
			slices.ContainsFunc(holders, func(h accountability.Holder) bool { return h.Party == id })
	})
}

// setOn returns the days on which claimants say that a milestone was set; failing that, those from which it holds; failing
// that, the day by which it was first on record.
func (p *pass) setOn(id record.ID, claims []record.Claim[milestone.Milestone]) []calendar.When {
	var set, from []calendar.When
	for _, c := range claims {
		if !c.Record.Set.IsZero() {
			set = append(set, c.Record.Set)
		}
		if !c.Record.From.IsZero() {
			from = append(from, c.Record.From)
		}
	}
	switch {
	case len(set) > 0:
		return set
	case len(from) > 0:
		return from
	}
	var earliest calendar.When
	for _, v := range p.plan.MilestoneVersions(id) {
		on := calendar.OnDay(dayOf(v.Recorded))
		if s, ok := p.m.Source(v.Source); on.IsZero() && ok {
			on = s.Published
		}
		if on.IsResolved() && (earliest.IsZero() || on.Latest().Before(earliest.Latest())) {
			earliest = on
		}
	}
	return []calendar.When{earliest}
}

func dayOf(t time.Time) calendar.Date {
	if t.IsZero() {
		return calendar.Date{}
	}
	return calendar.Of(t.UTC())
}

func missionsOf(claims []record.Claim[milestone.Milestone]) []record.ID {
	var ids []record.ID
	for _, c := range claims {
		ids = append(ids, c.Record.Missions...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// dedupe puts evidence in the order of its references, each once.
func dedupe(list []Evidence) []Evidence {
	slices.SortStableFunc(list, func(a, b Evidence) int { return a.Ref.Compare(b.Ref) })
	return slices.CompactFunc(list, func(a, b Evidence) bool { return a.Ref == b.Ref })
}

// dedupeMissing drops what is said twice.
func dedupeMissing(list []Missing) []Missing {
	var kept []Missing
	for _, m := range list {
		if !slices.ContainsFunc(kept, func(k Missing) bool { return k.What == m.What }) {
			kept = append(kept, m)
		}
	}
	return kept
}

var rankingUse = &Rule{
	ID: "F22", Slug: "ranking-use", Severity: Serious,
	Title: "A measure is used to put places, teams or people in order",
	Why: "Put in order, people work on their place and not on the problem: they choose the easy cases, they hide what fails, and they stop telling each other what they know. " +
		"A measure that teaches between equals does none of this, and may be published.",
	Fires: "A claimant records \"rank\" among the uses of an indicator. It has nothing to say where the uses are known and rank is none of them, and cannot tell where they are not recorded, unknown or withheld.",
	FalseAlarm: "The comparison is published for learning, in no order, and nothing follows from it: then its use is to learn, and should be " +
		"recorded so.",
	Question: "Who reads the order, what do they do to those at its end, and what would be lost without it?",
	Sources:  []string{"S0:32", "S0:34"},
	Needs:    []string{"the uses of indicators"},
	Bad:      rankingUseBad, Good: rankingUseGood, Unclear: rankingUseUnclear, Harmless: rankingUseHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.plan.Indicators()) {
			if claims := sorted(p.plan.Indicator(id, p.at)); len(claims) > 0 {
				p.checkRanking(id, claims)
			}
		}
	},
}

func (p *pass) checkRanking(id record.ID, claims []record.Claim[milestone.Indicator]) {
	ref := record.Ref{Kind: milestone.KindIndicator, ID: id}
	var ranking []record.Claim[milestone.Indicator]
	var kept record.Value[[]string] // what somebody keeps back or does not know
	settled := false
	name := ""
	for _, c := range claims {
		v := c.Record.Uses
		if name == "" {
			name = plain(c.Record.Name)
		}
		switch uses, known := v.Get(); {
		case known && slices.Contains(uses, milestone.UseRank):
			ranking = append(ranking, c)
		case known || v.State == record.StateNotApplicable:
			settled = true
		case v.State != 0 && kept.State == 0:
			kept = v
		}
	}
	if name == "" {
		name = string(id)
	}
	name = "the indicator " + quoted(name)
	switch {
	case len(ranking) > 0:
		trigger := proof(p, milestone.KindIndicator, ranking)
		text := attributed(trigger, name+" is used to rank")
		if len(ranking) < len(claims) {
			if !weak(trigger) {
				text += " So says " + p.claimants(trigger) + "."
			}
			text += " Other claims on its uses stand beside this one."
		}
		p.finding(ref, text, trigger)
	case settled && kept.State == 0:
		p.nothing(ref)
	default:
		p.cannot(ref, "whether "+name+" is used to rank",
			unknown("what its readings are used for", kept.State, kept.Ground, "the uses of the indicator"))
	}
}

// claimants names who makes the claims, in their order: a claimant, failing that a source.
func (p *pass) claimants(evidence []Evidence) string {
	var names []string
	for _, e := range evidence {
		name := e.Claimant
		if name == "" {
			name = e.place()
		}
		if name == "" {
			name = "a claimant who is not named"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return listed(names)
}

// says ends a clause with who says so, unless nobody is named or the sentence names them already.
func (p *pass) says(evidence []Evidence) string {
	named := slices.ContainsFunc(evidence, func(e Evidence) bool { return e.Claimant != "" || e.place() != "" })
	if !named || weak(evidence) {
		return ""
	}
	if len(evidence) > 1 {
		return ", say " + p.claimants(evidence)
	}
	return ", says " + p.claimants(evidence)
}
