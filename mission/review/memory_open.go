package review

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on whether a mission can be found, and on what those who lead are heard to say.

var undiscoverableMission = &Rule{
	ID: "F102", Slug: "undiscoverable-mission", Severity: Note,
	Title: "Somebody from outside looks for a mission and does not find it",
	Why: "A mission that cannot be found cannot be joined. Those who would have something to bring look for it once, find a speech, and turn to something else. " +
		"A page with its plan and how it stands costs little beside what it invites.",
	Fires: "An address-found event on the mission marked absent says that somebody looked and found nothing, no address is recorded, and the mission was certainly announced more than F102.days ago; or the first address-found event certainly came more than F102.days after the announcement. " +
		"Where the announcement is not recorded, the first of these fires and says so. It looks at missions of which an address or such an event is recorded. A prelaunch event on the mission silences it, and it has nothing to say of one that is proposed or closed. " +
		"It cannot tell where an address is recorded and somebody did not find it, or where the days are not recorded or too rough.",
	FalseAlarm: "The mission has not been launched yet.",
	Question:   "What would somebody who had never heard of this mission type in, and what would they find?",
	Sources:    []string{"S0:6"},
	Needs:      []string{"the address of missions, and the day of their announcement", "address-found events, with their days, present or marked absent", "prelaunch events"},
	Thresholds: []Threshold{{Name: "F102.days", Unit: "days", Value: 100,
		Meaning: "how long after the announcement a mission may be hard to find; no source names a number, and the default is the first hundred days that S4:18 speaks of"}},
	Bad: undiscoverableMissionBad, Good: undiscoverableMissionGood, Unclear: undiscoverableMissionUnclear, Harmless: undiscoverableMissionHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkFound(id)
		}
	},
}

func (p *pass) checkFound(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	said := p.recollect(mission.AddressFound, ref)
	missed := p.memoryMissed(mission.AddressFound, ref)
	addressed := slices.ContainsFunc(p.said[id], func(c record.Claim[mission.Mission]) bool { return c.Record.Address != "" })
	question := "whether somebody from outside finds " + name
	switch {
	case !addressed && len(said.present)+len(said.absent)+len(missed) == 0:
		return
	case p.over(id), len(p.recollect(mission.Prelaunch, ref).present) > 0:
		p.nothing(ref)
		return
	case len(said.present) > 0:
		p.checkFoundLate(id, question, said)
		return
	case addressed && len(said.absent) > 0:
		p.cannot(ref, question, contested("whether its address can be found", "on which day somebody looked, and what was found"))
		return
	case addressed:
		p.nothing(ref)
		return
	case len(said.absent) == 0:
		p.cannot(ref, question, leftOut(missed, "whether it was found", "its address, or an address-found event on it"))
		return
	}
	days := p.announced(id)
	age := p.older(days, p.limit("days"))
	switch {
	case age == calendar.No:
		p.nothing(ref)
		return
	case age == calendar.Possibly, p.on.IsZero() && first(days).IsResolved():
		p.cannot(ref, question, p.rough("the day of the announcement", days, "the day on which the mission was announced"))
		return
	}
	trigger := p.memoryProof(said.absent)
	text := attributed(trigger, "somebody from outside looked for "+name+" and did not find it"+p.says(trigger))
	if age == calendar.Certainly {
		text += " It was announced " + p.dated(first(days)) + ", more than " + count(p.limit("days")) + " days ago."
	} else {
		text += " How long ago it was announced is not recorded."
	}
	p.finding(ref, text, trigger, p.memoryMissions(id)...)
}

// checkFoundLate compares the day on which a mission was first found with that of its announcement.
func (p *pass) checkFoundLate(id record.ID, question string, said recalled) {
	ref, name := missionRef(id), p.missionName(id)
	launched := spanned(p.announced(id))
	limit := p.limit("days")
	early, open := false, false
	for _, c := range said.present {
		w := c.Record.OnDay
		switch {
		case !w.IsResolved() || !launched.known():
			open = true
		case float64(w.Latest().Sub(launched.earliest)) <= limit:
			early = true
		case float64(w.Earliest().Sub(launched.latest)) <= limit:
			open = true
		}
	}
	switch {
	case early:
		p.nothing(ref)
	case open && !launched.known():
		p.cannot(ref, question+" soon enough", p.rough("the day of the announcement", p.announced(id), "the day on which the mission was announced"))
	case open:
		p.cannot(ref, question+" soon enough", Missing{What: "when it was first found", Ground: "not known well enough", Way: "record the day on which somebody from outside first found it, and that of the announcement, more closely"})
	default:
		trigger := p.memoryProof(said.present)
		text := attributed(trigger, name+" was found by somebody from outside only more than "+count(limit)+" days after its announcement"+p.says(trigger))
		p.finding(ref, text+" It was announced "+p.dated(first(p.announced(id)))+".", trigger, append(p.memoryMissions(id), p.memoryProof(said.absent)...)...)
	}
}

var contradictorySignals = &Rule{
	ID: "F103", Slug: "contradictory-signals", Severity: Caution,
	Title: "Those who lead say or do what runs against what they stand for, or against each other",
	Why: "People read those who lead more closely than any plan. One line that runs against the values of the work is repeated for years, and everybody settles for the reading that costs them least. " +
		"A correction helps where it is heard by those who heard the line.",
	Fires: "A signal event says what it runs against, and those who gave it are named. A corrected event on it silences it, unless that is certainly older. " +
		"It looks at signals, and has nothing to say of one that is not said to run against anything. It cannot tell where those who gave it are not named, or where the days leave open whether it was corrected afterwards.",
	FalseAlarm: "It was corrected in public.",
	Question:   "Who heard this, and who among them has heard the correction?",
	Sources:    []string{"S0:26", "S0:27", "S0:28", "S0:56"},
	Needs:      []string{"signal events, with those who gave them and what they run against", "corrected events on those signals"},
	Bad:        contradictorySignalsBad, Good: contradictorySignalsGood, Unclear: contradictorySignalsUnclear, Harmless: contradictorySignalsHarmless,
	check: func(p *pass) {
		signals := p.memoryBook()[mission.Signal]
		for i := range signals {
			p.checkSignal(&signals[i])
		}
	},
}

func (p *pass) checkSignal(f *fact[mission.Event]) {
	ref := record.Ref{Kind: mission.KindEvent, ID: f.id}
	var said, against []record.Claim[mission.Event]
	var counter []record.Ref
	var by []record.ID
	for _, c := range f.claims {
		if c.Record.Absent || !p.on.IsZero() && c.Record.OnDay.After(p.on) {
			continue
		}
		said = append(said, c)
		if len(c.Record.Against) > 0 {
			against = append(against, c)
			counter = append(counter, c.Record.Against...)
		}
		by = append(by, c.Record.By...)
	}
	if len(said) == 0 {
		return
	}
	name := lessonEventName("the signal", f.id, said)
	corrected := calendar.No
	repaired := p.recollect(mission.Corrected, ref)
	for _, c := range repaired.present {
		w := c.Record.OnDay
		if w.IsZero() {
			corrected = calendar.Certainly
			continue
		}
		switch before(w, memoryDays(said)) {
		case calendar.No:
			corrected = calendar.Certainly
		case calendar.Certainly:
		default:
			corrected = max(corrected, calendar.Possibly)
		}
	}
	switch {
	case len(against) == 0, corrected == calendar.Certainly:
		p.nothing(ref)
	case len(by) == 0:
		p.cannot(ref, "whether somebody who leads gave "+name, unrecorded("who gave it", "the post or body that gave the signal"))
	case corrected == calendar.Possibly:
		p.cannot(ref, "whether "+name+" was corrected", Missing{What: "which came first, the signal or its correction,", Ground: "not known from their dates", Way: "record the days of both events more closely"})
	default:
		var names []string
		context := p.memoryProof(repaired.present, repaired.absent)
		for _, r := range refs(counter) {
			names = append(names, p.subjectName(r))
			if base, ok := p.m.Record(r); ok {
				context = append(context, p.evidence(r.Kind, &base))
			}
		}
		trigger := p.memoryProof(against)
		text := attributed(trigger, name+", given by "+p.partyNames(distinct(by))+", runs against "+someOf(names)+p.says(trigger))
		if len(repaired.absent) > 0 {
			text += " It has not been corrected in public."
		} else {
			text += " No correction is recorded."
		}
		p.finding(ref, text, trigger, context...)
	}
}
