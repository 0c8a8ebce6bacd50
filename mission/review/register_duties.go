package review

import (
	"math"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what somebody answers for with nothing to act with, on lines that ask for nothing, on the many who decide
// together, and on work that nobody does.

// owned returns the missions, milestones, initiatives and outcomes, in that order.
func (p *pass) owned() []record.Ref {
	subjects := p.worked()
	for _, o := range p.results() {
		subjects = append(subjects, outcomeRef(o.id))
	}
	return subjects
}

func verbFor(parties []record.ID) string {
	if len(parties) > 1 {
		return " answer for "
	}
	return " answers for "
}

var answersWithoutMeans = &Rule{
	ID: "B04", Slug: "answers-without-means", Severity: Caution,
	Title: "Somebody answers for work and can commit neither money nor people to it",
	Why: "Letters of appointment of those who own large projects state what they may spend and decide, because nobody can answer for what only others can move. " +
		"Without that, the owner asks, waits and reports, and the delay is put down to the owner.",
	Fires: "Whoever carries the duty senior-responsible-owner, milestone-owner, outcome-owner, mission-steward or answer on a mission, milestone, initiative or outcome has, as recorded, neither a budget nor people, and no grant in force to the carrier or its holder covers the subject. Where several share it, one with either is enough. " +
		"It looks where a budget or people are recorded as there or not, leads of missions are left to F41, and a duty that is convening only is left alone. It cannot tell where one of the two is not recorded, claimants differ on it, or a date is rough.",
	FalseAlarm: "The duty is to be asked and to explain, and somebody else was given the means on purpose.",
	Question:   "What can the owner of this decide or spend without asking anybody?",
	Sources:    []string{"R3", "R5"},
	Needs:      []string{"duties of owners, with their means and whether they are convening only", "grants to those who carry them, with their subjects", "who holds those posts"},
	Bad:        answersWithoutMeansBad, Good: answersWithoutMeansGood, Unclear: answersWithoutMeansUnclear, Harmless: answersWithoutMeansHarmless,
	check: func(p *pass) {
		for _, ref := range p.owned() {
			p.checkOwned(ref)
		}
	},
}

// owns reports whether a duty is that of an owner, who is to move the subject and not only to bring people together.
func owns(word string) bool {
	switch word {
	case accountability.SeniorOwner, accountability.MilestoneOwner, accountability.OutcomeOwner, accountability.MissionSteward, accountability.AnswerFor:
		return true
	}
	return false
}

func (p *pass) checkOwned(ref record.Ref) {
	w := p.answerers(ref, owns)
	var carriers []accountability.Carrier
	said := false
	for _, c := range w.carriers {
		if !c.Duty.Convening {
			carriers = append(carriers, c)
			m := c.Duty.Means
			said = said || yes(m.Budget) || no(m.Budget) || yes(m.People) || no(m.People)
		}
	}
	if !said {
		return
	}
	slices.SortFunc(carriers, func(a, b accountability.Carrier) int { return strings.Compare(string(a.Duty.ID), string(b.Duty.ID)) })
	within := p.around(ref)
	granted := calendar.No
	for _, c := range carriers {
		bearers := []record.ID{c.Post}
		for _, h := range c.Holders {
			if h.Party != "" {
				bearers = append(bearers, h.Party)
			}
		}
		for _, id := range bearers {
			for _, g := range p.register.Grants(id, p.at) {
				if g.Record.Subject.IsZero() || slices.Contains(within, g.Record.Subject) {
					granted = max(granted, g.On)
				}
			}
		}
	}
	var missing []Missing
	has := calendar.No
	for _, m := range means[:2] {
		switch here, worst, differ := together(carriers, m.of); {
		case differ:
			missing = append(missing, contested("whether the owner has "+m.name, "whether the owner has it"))
		case here == 0:
			missing = append(missing, unknown("whether the owner has "+m.name, worst.State, worst.Ground, "in the means of the duty whether the owner has "+m.name))
		default:
			has = max(has, here)
		}
	}
	name, question := p.named(ref), "whether the owner of "+p.named(ref)+" has means"
	switch {
	case has == calendar.Certainly || granted == calendar.Certainly:
		p.nothing(ref)
	case len(missing) > 0:
		p.cannot(ref, question, missing...)
	case granted == calendar.Possibly || len(w.perhaps) > 0:
		p.cannot(ref, question, roughDuty("who answers for it, and with which grants, on that day"))
	default:
		p.finding(ref, attributed(w.duties, p.partyNames(w.parties)+", answering for "+name+", may commit neither money nor people, and no grant covers it"), w.duties, w.holdings...)
	}
}

var emptyLine = &Rule{
	ID: "B07", Slug: "empty-line", Severity: Note,
	Title: "On a line of account nothing need be explained, and nothing can follow",
	Why: "An account, as the literature has it, is given to somebody who can ask, judge and let something follow. Where the actor need not explain and the forum can do nothing, " +
		"what is called a line of account is a mailing list, and whoever believes that the matter is watched is mistaken.",
	Fires: "Of a line of account it is recorded that the actor does not owe it to explain, and no claimant names a power of the forum or a consequence. " +
		"It looks at lines of which any of this is recorded: what is owed, the powers or the consequences. It cannot tell where what is owed is not recorded or claimants differ on it and no power or consequence is named, or whether the line is in force on the day.",
	FalseAlarm: "The line is there to keep somebody informed, as both sides know, and another one does the rest.",
	Question:   "What happened the last time this forum did not like what it was told?",
	Sources:    []string{"R16"},
	Needs:      []string{"lines of account, with what the actor owes, the powers of the forum and the consequences"},
	Bad:        emptyLineBad, Good: emptyLineGood, Unclear: emptyLineUnclear, Harmless: emptyLineHarmless,
	check: func(p *pass) {
		var all []record.Claim[accountability.Line]
		for _, id := range p.register.Parties() {
			all = append(all, p.register.Lines(id, p.at)...)
		}
		lines := factsOf(all)
		for i := range lines {
			p.checkLine(&lines[i])
		}
	},
}

func (p *pass) checkLine(l *fact[accountability.Line]) {
	ref := record.Ref{Kind: accountability.KindLine, ID: l.id}
	looked, armed, rough, owed := false, false, false, false
	var free []record.Claim[accountability.Line]
	var worst record.Value[bool]
	for _, c := range l.claims {
		v := c.Record
		rough = rough || c.On != calendar.Certainly
		armed = armed || len(v.Powers) > 0 || len(v.Consequences) > 0
		owed = owed || yes(v.Justifies)
		looked = looked || armed || !v.Justifies.IsZero() || !v.Informs.IsZero()
		if no(v.Justifies) {
			free = append(free, c)
		} else if worst.State == 0 {
			worst = v.Justifies
		}
	}
	v := l.claims[0].Record
	name := "the line of account from " + p.partyName(v.Actor) + " to " + p.subjectName(v.Forum)
	question := "whether " + name + " asks for anything"
	switch {
	case !looked:
	case armed:
		p.nothing(ref)
	case len(free) > 0 && owed:
		p.cannot(ref, question, contested("whether the actor is to explain", "whether the actor is to explain"))
	case owed:
		p.cannot(ref, question, unrecorded("what the forum may do, and what may follow,", "the powers of the forum and the consequences"))
	case len(free) == 0:
		p.cannot(ref, question, unknown("whether the actor is to explain", worst.State, worst.Ground, "whether the actor is to explain, and what the forum may do"))
	case rough:
		p.cannot(ref, question, roughDuty("whether it is in force on that day"))
	default:
		trigger := proof(p, accountability.KindLine, free)
		p.finding(ref, attributed(trigger, "on "+name+" nothing need be explained, and neither a power of the forum nor a consequence is named"), trigger)
	}
}

var manyHands = &Rule{
	ID: "B08", Slug: "many-hands", Severity: Caution,
	Title: "Many decide together, and no one of them makes a difference",
	Why: "Where a group answers as one and decides by a share of its votes, each member can say, and rightly, that it would have gone the same way without them. " +
		"The group is responsible and none of those in it is: the problem of many hands.",
	Fires: "The members of a collective sharing decide by a quota, and, if all of them agree, none has a degree of responsibility of B08.degree or more, after Chockler and Halpern: one divided by one more than the number of others who would have to change their minds before this one counts. " +
		"It looks at collective sharings, and has nothing to say where they have a lead, or decide by unanimity or by a lead. It cannot tell where the rule or the quota is not recorded, more than twelve members have different weights, claimants differ on it, or it may not be in force on the day.",
	FalseAlarm: "Each member answers, by another arrangement, for a part of its own.",
	Question:   "Which of the members could have stopped it alone?",
	Sources:    []string{"R25", "R26"},
	Needs:      []string{"sharings of duties, with their modes, members, weights, rules, quotas and leads"},
	Thresholds: []Threshold{{Name: "B08.degree", Unit: "of 1", Value: 0.25,
		Meaning: "the degree of responsibility that one member at least is to have; no source names a number, and the default is that of five who decide where two are enough"}},
	Bad: manyHandsBad, Good: manyHandsGood, Unclear: manyHandsUnclear, Harmless: manyHandsHarmless,
	check: func(p *pass) {
		all := byFact(p, accountability.KindSharing, func(ref record.Ref) []record.Claim[accountability.Sharing] { return p.register.Sharings(ref, "", p.at) })
		for _, id := range sortedKeys(all) {
			p.checkHands(id, all[id])
		}
	},
}

func (p *pass) checkHands(id record.ID, claims []record.Claim[accountability.Sharing]) {
	if !slices.ContainsFunc(claims, func(c record.Claim[accountability.Sharing]) bool { return c.Record.Mode == accountability.Collective }) {
		return
	}
	ref, v := record.Ref{Kind: accountability.KindSharing, ID: id}, claims[0].Record
	name := "the sharing of the duty " + quoted(plain(v.Duty)) + " on " + p.named(v.Subject)
	question := "whether any one member of " + name + " makes a difference"
	var missing []Missing
	rough, least := false, 1.0
	low, fine := 0, 0
	for _, c := range claims {
		degree, lacking := degreeOf(c.Record)
		switch {
		case lacking.What != "":
			missing = append(missing, lacking)
		case degree < p.limit("degree"):
			low, least = low+1, min(least, degree)
		default:
			fine++
		}
		rough = rough || c.On != calendar.Certainly
	}
	switch {
	case low == 0 && len(missing) == 0:
		p.nothing(ref)
	case low > 0 && fine > 0:
		p.cannot(ref, question, contested("how its members decide", "its rule, quota and weights"))
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	case rough:
		p.cannot(ref, question, roughDuty("whether it is in force on that day"))
	default:
		trigger := proof(p, accountability.KindSharing, claims)
		others := count(math.Round(1/least) - 1)
		p.finding(ref, attributed(trigger, "under "+name+", when all "+count(float64(len(v.Members)))+" agree, "+others+" others would have to change their minds before any one of them counts"), trigger)
	}
}

// degreeOf is the highest degree of responsibility of any member of a sharing when all of them agree, or what is missing to
// tell. Those that are not collective, or have somebody to look to, have the full degree.
func degreeOf(v *accountability.Sharing) (float64, Missing) {
	n := len(v.Members)
	switch {
	case v.Mode != accountability.Collective, v.Lead != "", v.Rule == accountability.ByLead, v.Rule == accountability.ByUnanimity:
		return 1, Missing{}
	case v.Rule != accountability.ByQuota:
		return 0, unrecorded("by which rule its members decide", "the rule, with its quota if it has one")
	case v.Quota.IsZero():
		return 0, unrecorded("which share of the votes is enough", "the quota")
	}
	weights := make([]int64, n)
	total, equal := int64(0), true
	for i := range weights {
		weights[i] = 1
		if len(v.Weights) == n {
			weights[i] = int64(math.Round(v.Weights[i].Float() * 1000))
		}
		total, equal = total+weights[i], equal && weights[i] == weights[0]
	}
	quota := int64(math.Ceil(v.Quota.Float()*float64(total) - 1e-6))
	var degrees []float64
	switch {
	case total == 0:
		return 0, unrecorded("how much each vote counts", "the weights of the members")
	case equal:
		each, _, err := accountability.VoteResponsibility(int(max(1, (quota+weights[0]-1)/weights[0])), n, 0)
		if err == nil {
			degrees = append(degrees, each.Degree())
		}
	case n <= 12:
		yes := make([]bool, n)
		for i := range yes {
			yes[i] = true
		}
		if all, err := (accountability.Vote{Quota: max(1, quota), Weights: weights}).Responsibility(yes); err == nil {
			degrees = accountability.Degrees(all)
		}
	}
	if len(degrees) == 0 {
		return 0, Missing{What: "how much each member counts", Ground: "too much to work out for so many members with different weights", Way: "work it out apart, with package accountability"}
	}
	return slices.Max(degrees), Missing{}
}

var nobodyPerforms = &Rule{
	ID: "B10", Slug: "nobody-performs", Severity: Caution,
	Title: "Somebody answers for it, and nobody is there to do it",
	Why: "Ways of writing down responsibilities ask for two things: somebody who answers, and at least one who does the work. Where the second is empty, the first goes on reporting, " +
		"and the report looks like any other for a while.",
	Fires: "A mission, milestone, initiative or outcome has somebody who certainly answers for it, and every deliver or perform duty recorded on it is vacant. " +
		"An open-call event on it silences it. It looks where such a duty is recorded and somebody answers, and cannot tell where who does the work is unclear, contested or withheld, or a date is rough.",
	FalseAlarm: "The work has not begun, and need not yet.",
	Question:   "Who is to start on this, and when do they come?",
	Sources:    []string{"R4"},
	Needs:      []string{"duties on missions, milestones, initiatives and outcomes, with their posts and states", "who holds those posts", "open-call events"},
	Bad:        nobodyPerformsBad, Good: nobodyPerformsGood, Unclear: nobodyPerformsUnclear, Harmless: nobodyPerformsHarmless,
	check: func(p *pass) {
		for _, ref := range p.owned() {
			p.checkPerformed(ref)
		}
	},
}

func (p *pass) checkPerformed(ref record.Ref) {
	var trigger, context []Evidence
	var missing []Missing
	looked, rough, done := false, false, false
	for _, word := range []string{accountability.Deliver, accountability.Perform} {
		a, ok := p.register.Answerable(ref, word, p.at)
		if !ok {
			continue
		}
		looked = true
		duties, holdings := split(p.basis(&a))
		switch {
		case a.State == accountability.Held && a.Certain:
			done = true
		case !a.Certain:
			rough = true
		case a.State == accountability.Vacant:
			trigger, context = append(trigger, duties...), append(context, holdings...)
		default:
			missing = append(missing, unsettled("who carries the duty "+quoted(word)+" on it", a.State))
		}
	}
	w := p.answerers(ref, takesOn)
	name, question := p.named(ref), "whether anybody does the work on "+p.named(ref)
	switch {
	case !looked || len(w.all()) == 0:
	case done || p.happened(ref, mission.OpenCall):
		p.nothing(ref)
	case len(missing) > 0:
		p.cannot(ref, question, missing...)
	case rough || len(w.parties) == 0:
		p.cannot(ref, question, roughDuty("who answers for it and who does the work on that day"))
	default:
		p.finding(ref, attributed(dedupe(trigger), p.partyNames(w.parties)+verbFor(w.parties)+name+", and nobody is there to do the work"), dedupe(trigger), append(context, w.duties...)...)
	}
}

var titleOnly = &Rule{
	ID: "B21", Slug: "title-only", Severity: Note,
	Title: "That somebody answers for it was read off a title",
	Why: "Titles are not duties. A post named after a subject may have been given all of it, a part, or nothing, and the titles change with every reshuffle while the subject stays. " +
		"After a failure the title finds somebody to blame, and rarely who could have acted.",
	Fires: "Every duty to answer that is held on a mission, milestone, initiative or outcome was read off a title, and no mandate in force to its bearer is about the subject or about everything. " +
		"It looks where a duty read off a title is recorded, and cannot tell where a date is rough.",
	FalseAlarm: "The duty is stated in a document that nobody has recorded.",
	Question:   "Where is it written down that this post answers for this?",
	Sources:    []string{"R1"},
	Needs:      []string{"duties, with whether they were read off a title", "mandates to those who carry them"},
	Bad:        titleOnlyBad, Good: titleOnlyGood, Unclear: titleOnlyUnclear, Harmless: titleOnlyHarmless,
	check: func(p *pass) {
		for _, ref := range p.owned() {
			p.checkTitle(ref)
		}
	},
}

func (p *pass) checkTitle(ref record.Ref) {
	w := p.answerers(ref, takesOn)
	stated, read := calendar.No, false
	var titles []Evidence
	for _, c := range w.carriers {
		on := calendar.Possibly
		if slices.Contains(w.parties, c.Post) {
			on = calendar.Certainly
		}
		if !c.Duty.FromTitle {
			stated = max(stated, on)
			continue
		}
		read = true
		titles = append(titles, p.evidence(accountability.KindDuty, &c.Duty.Record))
		for _, m := range p.register.Mandates(c.Post, p.at) {
			if m.Record.Subject.IsZero() || m.Record.Subject == ref {
				stated = max(stated, m.On)
			}
		}
	}
	question := "whether anything but a title says who answers for " + p.named(ref)
	switch {
	case !read:
	case stated == calendar.Certainly:
		p.nothing(ref)
	case stated == calendar.Possibly || len(w.parties) == 0:
		p.cannot(ref, question, roughDuty("who answers for it, and by which letter, on that day"))
	default:
		titles = dedupe(titles)
		p.finding(ref, attributed(titles, "that "+p.partyNames(w.parties)+verbFor(w.parties)+p.named(ref)+" was read off a title, and is stated nowhere"), titles, w.holdings...)
	}
}
