package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on freedom: whether it is felt and used, what is added to it afterwards, and what crowds it out.

var freedomUnused = &Rule{
	ID: "F65", Slug: "freedom-unused", Severity: Caution,
	Title: "A freedom was granted, and its holder does not see or use it",
	Why: "Those who give a freedom believe that it is there; those who are to have it wait to be told what to do. After years of close control a freedom can feel like a burden, and one that nobody feels changes nothing. " +
		"Both views are true at once, and neither side is wrong.",
	Fires: "A claimant says that the freedom was granted, and its holder that it was not, or does not perceive it, or anybody that it is not used while nobody says that it is; and it was certainly granted more than F65.days ago. Where that day is not recorded, it fires and says so. " +
		"What the holder says of its own perception counts before what others say. It has nothing to say of a freedom that is used, was not granted, or that its holder declined with a reason, and cannot tell where neither perception nor use is recorded or claimants differ on them.",
	FalseAlarm: "The freedom was granted recently, or its holder has declined it and said why.",
	Question:   "What would the holder need to be told, shown or backed in to use this freedom tomorrow?",
	Sources:    []string{"S0:18", "S0:19", "S0:20", "S0:21", "S0:22"},
	Needs:      []string{"freedoms, with what giver and holder each say of them, and since when", "declined events on freedoms"},
	Thresholds: []Threshold{{Name: "F65.days", Unit: "days", Value: 100,
		Meaning: "how long after it was granted a freedom may go unseen or unused; no source names a number, and the default is the first hundred days that S4:18 speaks of"}},
	Bad: freedomUnusedBad, Good: freedomUnusedGood, Unclear: freedomUnusedUnclear, Harmless: freedomUnusedHarmless,
	check: func(p *pass) {
		for i := range p.lessonBook().freedoms {
			p.checkFreedom(&p.lessonBook().freedoms[i])
		}
	},
}

// freedomSaid is what the claims on a freedom come to.
type freedomSaid struct {
	name           string
	holder         record.ID
	subjects       []record.Ref // that anybody says it is about
	granted, never []record.Claim[accountability.Freedom]
	since          []calendar.When // by those who say that it was granted
}

func readFreedom(f *fact[accountability.Freedom]) freedomSaid {
	s := freedomSaid{name: "the freedom " + quoted(string(f.id))}
	for i, c := range f.claims {
		r := c.Record
		if n := plain(r.Name); i == 0 && n != "" {
			s.name = "the freedom " + quoted(n)
		}
		if s.holder == "" {
			s.holder = r.Holder
		}
		if !r.Subject.IsZero() {
			s.subjects = append(s.subjects, r.Subject)
		}
		switch {
		case yes(r.Granted):
			s.granted = append(s.granted, c)
			if !r.From.IsZero() {
				s.since = append(s.since, r.From)
			}
		case no(r.Granted):
			s.never = append(s.never, c)
		}
	}
	s.subjects = refs(s.subjects)
	return s
}

// freedomWord is what claimants say to one question about a freedom. Where holder is set and the holder has answered, its word
// alone counts.
func freedomWord(claims []record.Claim[accountability.Freedom], holder record.ID, of func(*accountability.Freedom) record.Value[bool]) (say, deny []record.Claim[accountability.Freedom], kept record.Value[bool]) {
	own := holder != "" && slices.ContainsFunc(claims, func(c record.Claim[accountability.Freedom]) bool {
		_, known := of(c.Record).Get()
		return known && c.Record.Claimant == string(holder)
	})
	for _, c := range claims {
		v := of(c.Record)
		b, known := v.Get()
		switch {
		case own && c.Record.Claimant != string(holder):
		case known && b:
			say = append(say, c)
		case known:
			deny = append(deny, c)
		case kept.State == 0:
			kept = v
		}
	}
	return say, deny, kept
}

func (p *pass) checkFreedom(f *fact[accountability.Freedom]) {
	ref, s := freedomRef(f.id), readFreedom(f)
	declined, _ := p.lessonBook().on(mission.Declined, ref)
	declined = slices.DeleteFunc(declined, func(c record.Claim[mission.Event]) bool { return plain(c.Record.Because) == "" })
	perceived, unseen, keptSeen := freedomWord(f.claims, s.holder, func(r *accountability.Freedom) record.Value[bool] { return r.Perceived })
	used, unused, keptUsed := freedomWord(f.claims, "", func(r *accountability.Freedom) record.Value[bool] { return r.Used })
	for _, c := range s.never {
		if s.holder != "" && c.Record.Claimant == string(s.holder) && len(perceived) == 0 {
			unseen = append(unseen, c)
		}
	}
	unseen = sorted(unseen)
	question := "whether " + s.name + " is felt and used by its holder"
	var against []record.Claim[accountability.Freedom]
	clause := ""
	switch {
	case len(declined) > 0, len(s.granted) == 0 && len(s.never) > 0:
		p.nothing(ref)
		return
	case len(s.granted) == 0:
		var kept record.Value[bool]
		for _, c := range f.claims {
			if kept.State == 0 {
				kept = c.Record.Granted
			}
		}
		p.cannot(ref, question, unknown("whether it was granted", kept.State, kept.Ground, "whether it was granted, by whom and when"))
		return
	case len(unseen) > 0 && len(perceived) == 0:
		against, clause = unseen, "is not perceived by its holder"
	case len(unused) > 0 && len(used) == 0:
		against, clause = unused, "is not used"
	case len(used) > 0 && len(unused) == 0 && len(unseen) == 0:
		p.nothing(ref)
		return
	case len(unseen) > 0:
		p.cannot(ref, question, contested("whether its holder perceives it", "what the holder says of it, with the holder as claimant"))
		return
	case len(unused) > 0:
		p.cannot(ref, question, contested("whether it is used", "whether it is used"))
		return
	default:
		var missing []Missing
		if len(perceived) == 0 {
			missing = append(missing, unknown("whether its holder perceives it", keptSeen.State, keptSeen.Ground, "what the holder says of it, with the holder as claimant"))
		}
		p.cannot(ref, question, append(missing, unknown("whether it is used", keptUsed.State, keptUsed.Ground, "whether it is used"))...)
		return
	}
	age := p.older(s.since, p.limit("days"))
	switch {
	case age == calendar.No:
		p.nothing(ref)
		return
	case age == calendar.Possibly, p.on.IsZero() && first(s.since).IsResolved():
		p.cannot(ref, "whether "+s.name+" has gone unseen or unused for long", p.rough("the day on which it was granted", s.since, "the day from which the freedom has been granted"))
		return
	}
	granted, denied := proof(p, accountability.KindFreedom, s.granted), proof(p, accountability.KindFreedom, against)
	trigger := dedupe(append(slices.Clone(granted), denied...))
	text := attributed(trigger, s.name+" was granted"+p.lessonSays(granted)+", and "+clause+p.lessonSays(denied))
	if age == calendar.Certainly {
		text += " It has been granted since " + p.when(first(s.since)) + ", more than " + count(p.limit("days")) + " days ago."
	} else {
		text += " How long ago it was granted is not recorded."
	}
	text += " Both views stand."
	p.finding(ref, text, trigger, proof(p, accountability.KindFreedom, f.claims)...)
}

// lessonSays ends a clause with the claimants, if they are named: where views differ, a reader has to see whose they are.
func (p *pass) lessonSays(evidence []Evidence) string {
	evidence = slices.DeleteFunc(slices.Clone(evidence), func(e Evidence) bool { return e.Claimant == "" })
	switch len(evidence) {
	case 0:
		return ""
	case 1:
		return " (says " + p.claimants(evidence) + ")"
	}
	return " (say " + p.claimants(evidence) + ")"
}

var processRetreat = &Rule{
	ID: "F66", Slug: "process-retreat", Severity: Caution,
	Title: "Approvals or reports were added after a freedom was granted",
	Why: "After years of control the instinct is to retreat into process and reporting, where nobody can be blamed. Each added step looks small, and together they take back what the freedom gave, without anybody having decided so. " +
		"Those who added it seldom notice.",
	Fires: "A process-added event on the freedom, on what it is about or on its holder lies certainly after the day from which the freedom was granted. " +
		"A step that a legal-duty event says the law requires does not count. It has nothing to say where such events are marked absent, or all lie before; it cannot tell where none is recorded, or their days or that of the freedom are not known well enough.",
	FalseAlarm: "The step was added because the law came to require it.",
	Question:   "Which of the steps added since would anybody miss, and who could take it away again?",
	Sources:    []string{"S0:30", "S1:52"},
	Needs:      []string{"freedoms, with the day from which they were granted, their subjects and holders", "process-added events on these, present or marked absent", "legal-duty events on process-added events"},
	Bad:        processRetreatBad, Good: processRetreatGood, Unclear: processRetreatUnclear, Harmless: processRetreatHarmless,
	check: func(p *pass) {
		for i := range p.lessonBook().freedoms {
			p.checkRetreat(&p.lessonBook().freedoms[i])
		}
	},
}

func (p *pass) checkRetreat(f *fact[accountability.Freedom]) {
	b, ref, s := p.lessonBook(), freedomRef(f.id), readFreedom(f)
	if len(s.granted) == 0 && len(s.never) > 0 {
		p.nothing(ref)
		return
	}
	about := append(slices.Clone(s.subjects), ref)
	if s.holder != "" {
		about = append(about, partyRef(s.holder))
	}
	added, absent := b.on(mission.ProcessAdded, refs(about)...)
	byLaw := 0
	added = slices.DeleteFunc(added, func(c record.Claim[mission.Event]) bool {
		required, _ := b.on(mission.LegalDuty, lessonEventRef(c.Record.Fact()))
		if len(required) > 0 {
			byLaw++
		}
		return len(required) > 0
	})
	var later, unplaced []record.Claim[mission.Event]
	for _, c := range added {
		switch lessonAfter(c.Record.OnDay, s.since) {
		case calendar.Certainly:
			later = append(later, c)
		case calendar.No:
		default:
			unplaced = append(unplaced, c)
		}
	}
	question := "whether " + s.name + " has been hedged in with process since"
	switch {
	case len(later) > 0 && len(s.granted) > 0:
		trigger := p.lessonProof(later)
		var names []string
		for _, c := range eachOnce(later) {
			names = append(names, lessonEventName("the step", c.Record.Fact(), []record.Claim[mission.Event]{c})+" ("+p.when(c.Record.OnDay)+because(plain(c.Record.Because))+")")
		}
		text := attributed(trigger, count(float64(len(names)))+" steps of process were added after "+s.name+" was granted")
		if len(names) == 1 {
			text = attributed(trigger, "a step of process was added after "+s.name+" was granted")
		}
		text += " It has been granted since " + p.when(first(s.since)) + "; since then came " + listed(names) + "."
		p.finding(ref, text, trigger, proof(p, accountability.KindFreedom, s.granted)...)
	case len(later) > 0:
		p.cannot(ref, question, unrecorded("whether it was granted", "whether it was granted, by whom and when"))
	case len(unplaced) > 0:
		var missing []Missing
		if !first(s.since).IsResolved() {
			missing = append(missing, unrecorded("the day from which it was granted", "the day from which the freedom was granted"))
		}
		if days := lessonDays(unplaced); !first(days).IsResolved() {
			missing = append(missing, unrecorded("the day on which a step was added", "the day of the process-added event"))
		}
		if len(missing) == 0 {
			missing = append(missing, Missing{What: "what came first, the freedom or the step", Ground: "not known from the dates", Way: "record the dates of both more closely"})
		}
		p.cannot(ref, question, missing...)
	case len(added) > 0, byLaw > 0, len(absent) > 0:
		p.nothing(ref)
	default:
		p.cannot(ref, question, p.lessonMissing(ref, mission.ProcessAdded, "whether approvals, reports or other steps were added", "the process-added events on it, or one marked absent"))
	}
}

// lessonAfter says whether a day lies after every one of some days: the zero Certainty where it or all of them are unknown.
func lessonAfter(w calendar.When, days []calendar.When) calendar.Certainty {
	return agreed(days, func(d calendar.When) calendar.Certainty { return before(d, []calendar.When{w}) })
}

var discoveryCrowded = &Rule{
	ID: "F71", Slug: "discovery-crowded-by-bids", Severity: Caution,
	Title: "Those who are to find out spend their time on bids, contracts and what ran before",
	Why: "Bids for a spending review, contracts and the service that runs already are urgent, and finding out what a mission demands is not. A team that does all of it ends up with the first, " +
		"and the mission becomes whatever the bid said.",
	Fires: "More than F71.percent of the working time of an initiative that is to find things out (a discovery or test-and-learn team, or one whose diverted time is recorded) goes into bids, contracts and business as usual. " +
		"An alternative-declared event on it that holds until a stated day which has not come silences it. It cannot tell where that share of the time is not recorded.",
	FalseAlarm: "It was agreed for a short spell, with a day on which it ends.",
	Question:   "Who else could write the bid, so that this team can look and listen?",
	Sources:    []string{"S0:39", "S0:43"},
	Needs:      []string{"initiatives that are to find things out, with the share of their time that is diverted", "alternative-declared events on them, with their end"},
	Thresholds: []Threshold{{Name: "F71.percent", Unit: "percent", Value: 50, Least: 0,
		Meaning: "how much of the time may go into bids, contracts and business as usual; no source names a number, and the default is this library's own: half of the time"}},
	Bad: discoveryCrowdedBad, Good: discoveryCrowdedGood, Unclear: discoveryCrowdedUnclear, Harmless: discoveryCrowdedHarmless,
	check: func(p *pass) {
		for _, id := range sortedIDs(p.m.Initiatives()) {
			claims := sorted(p.m.Initiative(id, p.at))
			if slices.ContainsFunc(claims, func(c record.Claim[mission.Initiative]) bool {
				r := c.Record
				return r.Kind == mission.Discovery || r.Kind == mission.TestAndLearn || !r.Diverted.IsZero()
			}) {
				p.checkCrowded(id, claims)
			}
		}
	},
}

func (p *pass) checkCrowded(id record.ID, claims []record.Claim[mission.Initiative]) {
	ref, name := initiativeRef(id), "the initiative "+quoted(p.initiativeName(id, claims))
	var high, low []record.Claim[mission.Initiative]
	for _, c := range claims {
		switch {
		case c.Record.Diverted.IsZero():
		case c.Record.Diverted.Float() > p.limit("percent"):
			high = append(high, c)
		default:
			low = append(low, c)
		}
	}
	spells, _ := p.lessonBook().on(mission.Alternative, ref)
	spell := calendar.No // whether one holds that ends
	var until []calendar.When
	for _, c := range spells {
		if u := c.Record.Until; u.IsResolved() && !p.on.IsZero() {
			until = append(until, u)
			switch {
			case u.After(p.on):
				spell = calendar.Certainly
			case u.Latest().After(p.on):
				spell = max(spell, calendar.Possibly)
			}
		}
	}
	question := "whether " + name + " has the time to find out"
	switch {
	case len(high) == 0 && len(low) > 0, spell == calendar.Certainly:
		p.nothing(ref)
	case len(high) == 0:
		p.cannot(ref, question, unrecorded("how much of its time goes into bids, contracts and business as usual", "that share of its working time as diverted"))
	case spell == calendar.Possibly:
		p.cannot(ref, question, p.rough("the end of the spell that was agreed", until, "the day on which the spell ends"))
	default:
		trigger := proof(p, mission.KindInitiative, high)
		text := attributed(trigger, high[0].Record.Diverted.String()+" percent of the working time of "+name+" goes into bids, contracts and business as usual"+p.says(trigger))
		if len(low) > 0 {
			text += " Another claim has it at " + low[0].Record.Diverted.String() + " percent."
		}
		p.finding(ref, text, trigger, proof(p, mission.KindInitiative, claims)...)
	}
}
