package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on lines of account: where they lead, what they are for, how many there are, and where they pull apart.

var verticalOnly = &Rule{
	ID: "F56", Slug: "vertical-only", Severity: Caution,
	Title: "An outcome that needs several bodies is answered for upwards only",
	Why: "Lines of account in government run up: to a minister, an accounting officer, Parliament. An outcome of a mission that several bodies carry also needs accounts between equals and outwards, to partners, places and those it is for. " +
		"With vertical lines alone, everybody answers for their own department first and the mission second.",
	Fires: "More than one body takes part in a mission of the outcome; lines of account or reports of those who answer for the outcome are recorded, all of them vertical; and it is neither shared between bodies nor agreed. " +
		"A line is vertical if it is political, legal or administrative, leads to a body or a post and says nothing else, or stays in one organisation; a report always is. It has nothing to say where one body alone takes part, and cannot tell where the contributors, those who answer, or their lines are not recorded.",
	FalseAlarm: "One body can bring the outcome about alone, or there is an account between equals that nobody has recorded.",
	Question:   "To which equal, partner or place does anybody explain how this outcome is coming along?",
	Sources:    []string{"S1:46", "S2:25"},
	Needs: []string{"the contributors to missions, and the organisations of posts", "duties on outcomes", "the lines of account and reporting lines of those who carry them",
		"sharings of those duties, and agreement events"},
	Bad: verticalOnlyBad, Good: verticalOnlyGood, Unclear: verticalOnlyUnclear, Harmless: verticalOnlyHarmless,
	check: func(p *pass) {
		with := make(map[record.ID]bool)
		for _, o := range p.results() {
			for _, id := range p.missionsAround(outcomeRef(o.id)) {
				with[id] = true
			}
			p.checkVertical(&o)
		}
		p.eachMissionWithout(func(id record.ID) bool { return with[id] }, func(id record.ID) {
			p.cannot(missionRef(id), "whether the outcomes of "+p.missionName(id)+" are answered for upwards only",
				unrecorded("what it is to bring about", "its outcomes, with who answers for them and to whom"))
		})
	},
}

func (p *pass) checkVertical(o *result) {
	ref, name := outcomeRef(o.id), o.name()
	question := "whether " + name + " is answered for upwards only"
	wide, missing := p.anyWide(p.missionsAround(ref))
	if wide == calendar.No {
		p.nothing(ref)
		return
	}
	w, s := p.answerers(ref, takesOn), p.shared(ref, "")
	shared, _ := p.bodies(append(w.all(), s.members...))
	if len(shared) > 1 || s.settled {
		p.nothing(ref)
		return
	}
	about := p.around(ref)
	var trigger []Evidence
	var names []string
	rough := false
	for _, actor := range w.all() {
		own, _ := p.body(actor)
		for _, c := range sorted(p.register.Lines(actor, p.at)) {
			l := c.Record
			switch {
			case !l.Subject.IsZero() && !slices.Contains(about, l.Subject):
			case c.On != calendar.Certainly:
				rough = true
			case !p.vertical(l, own):
				p.nothing(ref)
				return
			default:
				trigger = append(trigger, p.evidence(accountability.KindLine, &l.Record))
				names = append(names, p.named(l.Forum))
			}
		}
		for _, c := range sorted(p.register.Party(actor, p.at)) {
			if c.Record.ReportsTo != "" {
				trigger = append(trigger, p.evidence(accountability.KindParty, &c.Record.Record))
				names = append(names, p.partyName(c.Record.ReportsTo))
			}
		}
	}
	slices.Sort(names)
	switch {
	case wide == 0:
		p.cannot(ref, question, missing...)
	case len(w.all()) == 0 && len(w.unsettled) > 0:
		p.cannot(ref, question, w.unsettled...)
	case len(w.all()) == 0:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, ""), "who answers for it", "who answers for it, as a duty with its post"))
	case rough || s.rough:
		p.cannot(ref, question, roughDuty("which of its lines of account and sharings hold on that day"))
	case len(trigger) == 0:
		p.cannot(ref, question, unrecorded("to whom "+p.partyNames(w.all())+" answers for it", "the lines of account of those who answer for it"))
	default:
		trigger = dedupe(trigger)
		clause := name + " is answered for upwards only: by " + p.partyNames(w.all()) + ", to " + listed(slices.Compact(names))
		p.finding(ref, attributed(trigger, clause)+" More than one body takes part in its mission.", trigger, append(w.duties, proof(p, mission.KindOutcome, o.claims)...)...)
	}
}

// vertical reports whether a line of account leads up: one between equals or outwards leads to a forum that is no committee of
// a parliament, to a place or group, or to another organisation and is not said to be of a vertical sort.
func (p *pass) vertical(l *accountability.Line, own record.ID) bool {
	switch l.Kind {
	case accountability.PoliticalLine, accountability.LegalLine, accountability.AdministrativeLine:
		return true
	case accountability.SocialLine, accountability.ProfessionalLine:
		return false
	}
	if l.Forum.Kind != accountability.KindParty {
		return false
	}
	switch p.party(l.Forum.ID).kind {
	case accountability.Place, accountability.Group:
		return false
	case accountability.Organisation:
		return l.Forum.ID == own
	}
	return true
}

var assuranceOnly = &Rule{
	ID: "F57", Slug: "assurance-only", Severity: Caution,
	Title: "An account is given to reassure those above, and nothing is learnt from it",
	Why: "Much of the work of giving account goes into reassuring senior people, getting through a committee and managing what is said in public. The same effort could find out what works and change it. " +
		"Where nothing is ever learnt from an account, those who give it learn to tell a story.",
	Fires: "The purposes of a line of account are listed, learning and outcomes are not among them, and no lesson event is recorded on the line. " +
		"A line that rests on statute has its own reasons and is left alone, and so is one on which something was learnt. It cannot tell where the purposes are not recorded.",
	FalseAlarm: "It is a statutory audit, which is there to assure.",
	Question:   "What did anybody do differently because of what this account brought to light?",
	Sources:    []string{"S4:34"},
	Needs:      []string{"lines of account, with what they rest on and what they are for", "lesson events on them"},
	Bad:        assuranceOnlyBad, Good: assuranceOnlyGood, Unclear: assuranceOnlyUnclear, Harmless: assuranceOnlyHarmless,
	check: func(p *pass) {
		lines := make(map[record.ID][]record.Claim[accountability.Line])
		for _, actor := range p.register.Parties() {
			for _, c := range p.register.Lines(actor, p.at) {
				lines[c.Record.Fact()] = append(lines[c.Record.Fact()], c)
			}
		}
		for _, id := range sortedKeys(lines) {
			p.checkPurposes(id, sorted(lines[id]))
		}
	},
}

// statute is what a line of account rests on where it is law.
const statute = "statute"

func (p *pass) checkPurposes(id record.ID, claims []record.Claim[accountability.Line]) {
	ref := record.Ref{Kind: accountability.KindLine, ID: id}
	var listing []record.Claim[accountability.Line]
	var purposes []string
	var kept record.Value[[]string]
	lawful := false
	for _, c := range claims {
		lawful = lawful || c.Record.Basis == statute
		if words, known := c.Record.Purposes.Get(); known {
			listing = append(listing, c)
			for _, w := range words {
				purposes = append(purposes, plain(w))
			}
		} else if kept.State == 0 {
			kept = c.Record.Purposes
		}
	}
	slices.Sort(purposes)
	purposes = slices.Compact(purposes)
	l := claims[0].Record
	name := "the account that " + p.partyName(l.Actor) + " gives to " + p.named(l.Forum)
	switch {
	case lawful || p.happened(ref, mission.Lesson) || slices.Contains(purposes, accountability.ForLearning) || slices.Contains(purposes, accountability.ForOutcomes):
		p.nothing(ref)
	case len(purposes) == 0 || kept.State != 0:
		p.cannot(ref, "whether "+name+" serves to learn", unknown("what it is for", kept.State, kept.Ground, "all its purposes: assurance, scrutiny, media, learning, outcomes"))
	default:
		trigger := proof(p, accountability.KindLine, listing)
		p.finding(ref, attributed(trigger, name+" is for "+listed(purposes)+" and not for learning or outcomes, and no lesson from it is recorded"), trigger)
	}
}

var heavyYoke = &Rule{
	ID: "F58", Slug: "heavy-yoke", Severity: Caution,
	Title: "A team answers to many, or spends much of its time on reporting",
	Why: "Every line of account is reasonable on its own, and together they can take the time and nerve that the work needs. People who come from years of close control retreat into reports as soon as many ask for them. " +
		"What a team may leave out has to be said by those who ask.",
	Fires: "The party that does an initiative answers, on lines of account without a stated end and on reporting lines, to more than F58.masters others; or more than F58.percent of the initiative's working time goes into reporting. " +
		"A line with a stated end is taken to be for a time and does not count. It has nothing to say once the lines or the time are recorded and lower, and cannot tell where neither is recorded, or who does the work.",
	FalseAlarm: "The load is for a limited time, and whoever asks has said until when.",
	Question:   "Which of those who ask this team for reports would notice if one of them did not come?",
	Sources:    []string{"S0:34", "S0:30"},
	Needs:      []string{"initiatives, with who does the work and how much of its time goes into reporting", "the lines of account and reporting lines of that party"},
	Thresholds: []Threshold{
		{Name: "F58.masters", Unit: "masters", Value: 3, Least: 1, Meaning: "how many others a team may answer to; no source names a number, and the default is this library's own: one above, one beside and one outside"},
		{Name: "F58.percent", Unit: "percent", Value: 20, Least: 0, Meaning: "how much of its time may go into reporting; no source names a number, and the default is this library's own: one day in five"},
	},
	Bad: heavyYokeBad, Good: heavyYokeGood, Unclear: heavyYokeUnclear, Harmless: heavyYokeHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.m.Initiatives()) {
			if claims := sorted(p.m.Initiative(id, p.at)); len(claims) > 0 {
				p.checkYoke(id, claims)
			}
		}
	},
}

func (p *pass) checkYoke(id record.ID, claims []record.Claim[mission.Initiative]) {
	ref := initiativeRef(id)
	name := "the initiative " + quoted(p.initiativeName(id, claims))
	var heavy, light []record.Claim[mission.Initiative]
	var by []record.ID
	for _, c := range claims {
		if c.Record.By != "" {
			by = append(by, c.Record.By)
		}
		switch r := c.Record.Reporting; {
		case r.IsZero():
		case r.Float() > p.limit("percent"):
			heavy = append(heavy, c)
		default:
			light = append(light, c)
		}
	}
	var masters, perhaps []record.Ref
	var lines []Evidence
	recorded := false
	for _, actor := range distinct(by) {
		for _, c := range sorted(p.register.Lines(actor, p.at)) {
			recorded = true
			switch {
			case !c.Valid.Until.IsZero():
			case c.On != calendar.Certainly:
				perhaps = append(perhaps, c.Record.Forum)
			default:
				masters = append(masters, c.Record.Forum)
				lines = append(lines, p.evidence(accountability.KindLine, &c.Record.Record))
			}
		}
		for _, c := range sorted(p.register.Party(actor, p.at)) {
			if to := c.Record.ReportsTo; to != "" {
				recorded = true
				masters = append(masters, partyRef(to))
				lines = append(lines, p.evidence(accountability.KindParty, &c.Record.Record))
			}
		}
	}
	sure, most := refs(masters), refs(append(slices.Clip(masters), perhaps...))
	var clauses []string
	var trigger []Evidence
	if float64(len(sure)) > p.limit("masters") {
		names := make([]string, len(sure))
		for i, r := range sure {
			names[i] = p.named(r)
		}
		slices.Sort(names)
		clauses, trigger = append(clauses, p.partyNames(distinct(by))+", doing "+name+", answers to "+count(float64(len(sure)))+" others: "+strings.Join(names, ", ")), append(trigger, lines...)
	}
	if len(heavy) > 0 {
		clauses = append(clauses, heavy[0].Record.Reporting.String()+" percent of the working time of "+name+" goes into reporting")
		trigger = append(trigger, proof(p, mission.KindInitiative, heavy)...)
	}
	question := "whether those who do " + name + " carry a heavy load of accounts"
	switch {
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, strings.Join(clauses, "; and ")), trigger, proof(p, mission.KindInitiative, claims)...)
	case float64(len(most)) > p.limit("masters"):
		p.cannot(ref, question, roughDuty("to how many they answer on that day"))
	case len(light) > 0 || recorded:
		p.nothing(ref)
	case len(by) == 0:
		p.cannot(ref, question, unrecorded("who does the work, and how much of the time goes into reporting", "the party that does it, its lines of account, and the share of its time that goes into reporting"))
	default:
		p.cannot(ref, question, unrecorded("to whom "+p.partyNames(distinct(by))+" answers, and how much of the time goes into reporting", "its lines of account, and the share of its time that goes into reporting"))
	}
}

// refs sorts references and leaves each once.
func refs(list []record.Ref) []record.Ref {
	list = slices.Clone(list)
	slices.SortFunc(list, record.Ref.Compare)
	return slices.Compact(list)
}

var conflictingLines = &Rule{
	ID: "F61", Slug: "conflicting-lines", Severity: Caution,
	Title: "Somebody answers to two who ask for what cannot both be done",
	Why: "A department that answers to its minister and to a mission board follows its minister when the two differ, as long as nobody has said which of them wins. The mission then loses without a decision against it. " +
		"That two lines differ is normal; that nothing says what happens then is what stalls work.",
	Fires: "A conflicting-directions event is recorded on a party, and no later rule for which direction wins is: an agreement or priorities event on the party, or a sharing with a lead or a rule. " +
		"It looks at parties with two or more lines of account, and at those with such an event. It cannot tell where the rule may be older than the conflict, or the days of either are not known.",
	FalseAlarm: "There is a rule for which line wins, and nobody has recorded it.",
	Question:   "When these two next differ, whose word counts, and do all three know it?",
	Sources:    []string{"S1:18", "S2:25"},
	Needs:      []string{"lines of account of parties", "conflicting-directions, agreement and priorities events on parties"},
	Bad:        conflictingLinesBad, Good: conflictingLinesGood, Unclear: conflictingLinesUnclear, Harmless: conflictingLinesHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.register.Parties()) {
			p.checkConflict(id)
		}
	},
}

func (p *pass) checkConflict(id record.ID) {
	ref := partyRef(id)
	clashes, _ := p.events(ref, mission.ConflictingDirections)
	lines := sorted(p.register.Lines(id, p.at))
	var forums []record.Ref
	for _, c := range lines {
		forums = append(forums, c.Record.Forum)
	}
	if len(clashes) == 0 {
		if len(refs(forums)) > 1 {
			p.nothing(ref)
		}
		return
	}
	rules, _ := p.events(ref, mission.Agreement)
	priorities, _ := p.events(ref, mission.Priorities)
	rules = append(rules, priorities...)
	var open, unordered []record.Claim[mission.Event]
	for _, c := range clashes {
		switch ruled(c, rules) {
		case calendar.No:
			open = append(open, c)
		case calendar.Possibly:
			unordered = append(unordered, c)
		}
	}
	switch {
	case p.shared(ref, "").settled && len(rules) == 0:
		p.nothing(ref)
	case len(open) > 0:
		trigger := proof(p, mission.KindEvent, open)
		p.finding(ref, attributed(trigger, p.partyName(id)+" was asked"+p.askedBy(open)+" for what cannot both be done, and no rule for which direction wins is recorded since"), trigger, proof(p, accountability.KindLine, lines)...)
	case len(unordered) > 0:
		p.cannot(ref, "whether a rule was found for the directions that "+p.partyName(id)+" cannot both follow",
			Missing{What: "which came first, the conflict or the rule,", Ground: "not known from their dates", Way: "record the days of both events more closely"})
	default:
		p.nothing(ref)
	}
}

// ruled says whether a rule came no earlier than a conflict: Possibly where their dates cannot tell.
func ruled(c record.Claim[mission.Event], rules []record.Claim[mission.Event]) calendar.Certainty {
	result := calendar.No
	for _, r := range rules {
		switch earlier := before(r.Record.OnDay, []calendar.When{c.Record.OnDay}); earlier {
		case calendar.No:
			return calendar.Certainly
		case calendar.Possibly, 0:
			result = calendar.Possibly
		}
	}
	return result
}

func (p *pass) askedBy(events []record.Claim[mission.Event]) string {
	var by []record.ID
	for _, c := range events {
		by = append(by, c.Record.By...)
	}
	if len(by) == 0 {
		return ""
	}
	return " by " + p.partyNames(distinct(by))
}
