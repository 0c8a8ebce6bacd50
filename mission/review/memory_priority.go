package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what comes first, and on times at which something could have been done.

var strategicVoid = &Rule{
	ID: "F105", Slug: "strategic-void", Severity: Serious,
	Title: "Nobody with the authority to do so says what comes first across the missions",
	Why: "Missions draw on the same money, people and hours of the same leaders. Where nobody sets what comes first, each is weighed one by one against everything else, by those who hold the money, and what comes out is nobody's choice. " +
		"It worked for a time where there was a body that was listened to, enough money, and leaders who wanted the same.",
	Fires: "A priority-setting event on missions at large or on the mission marked absent says that nobody has settled what comes first; or a condition strategy-unit is known not to hold; or, where a condition strategy-unit is recorded, a condition money or aligned-leaders is. Conditions with no subject are about missions at large, those with a mission as their subject about that one. " +
		"A priority-setting event that is not certainly older than F105.days silences it, and so does a mission council or mission cluster that is there to decide and has certainly met within F105.days. It has nothing to say where all three conditions hold, or of a mission that is proposed or closed. " +
		"It cannot tell where none of this is recorded, where claimants differ on a condition, or where rough dates decide.",
	FalseAlarm: "A body that sets what comes first has been constituted and meets, and its meetings are not recorded.",
	Question:   "When two missions last wanted the same money or the same people, who decided, and on what ground?",
	Sources:    []string{"S1:9", "S1:30", "S1:60"},
	Needs: []string{"priority-setting events on missions or on none, present or marked absent", "conditions of the kinds strategy-unit, money and aligned-leaders, with whether they hold",
		"mission councils and clusters, what they are for, and their meetings"},
	Thresholds: []Threshold{{Name: "F105.days", Unit: "days", Value: 730,
		Meaning: "how long ago what comes first may have been settled, or a council may have met; no source names a number, and the default is two years, in which a spending review tends to fall"}},
	Bad: strategicVoidBad, Good: strategicVoidGood, Unclear: strategicVoidUnclear, Harmless: strategicVoidHarmless,
	check: func(p *pass) {
		v := p.readPriorities()
		for _, id := range p.missions {
			p.checkPriorities(id, v)
		}
	},
}

// priorities is what is recorded of who says what comes first.
type priorities struct {
	set        map[record.Ref]recalled // by mission; at large under the zero reference
	conditions map[record.Ref][]record.Claim[mission.Condition]
	meets      calendar.Certainty // whether a council has met
	council    *forum
}

// voidConditions are the conditions on which a strategy for all missions rests: what is lacking without each, and what is not
// known where it is not.
var voidConditions = []struct{ kind, words, what string }{
	{mission.StrategyUnit, "a body that sets what comes first across the missions, and is listened to", "whether there is a body that sets what comes first across the missions, and is listened to,"},
	{mission.Money, "enough money to set priorities with", "whether there is enough money to set priorities with"},
	{mission.AlignedLeads, "leaders who want the same", "whether those at the top want the same"},
}

func (p *pass) readPriorities() *priorities {
	v := &priorities{set: make(map[record.Ref]recalled), conditions: make(map[record.Ref][]record.Claim[mission.Condition]), meets: calendar.No}
	for _, f := range p.memoryBook()[mission.PrioritySetting] {
		for _, c := range f.claims {
			at := record.Ref{}
			if c.Record.Subject.Kind == mission.KindMission {
				at = c.Record.Subject
			}
			t := v.set[at]
			t.sort(p, c)
			v.set[at] = t
		}
	}
	for _, c := range sorted(p.m.Conditions(p.at)) {
		if k := c.Record.Kind; k == mission.StrategyUnit || k == mission.Money || k == mission.AlignedLeads {
			v.conditions[c.Record.Subject] = append(v.conditions[c.Record.Subject], c)
		}
	}
	forums := p.eachForum()
	for i := range forums {
		f := &forums[i]
		if !f.isKind(accountability.MissionCouncil, accountability.MissionCluster) ||
			f.isFor(accountability.PurposeAdvisory, accountability.PurposeDeliberative, accountability.PurposeConvening) {
			continue
		}
		if v.council == nil {
			v.council = f
		}
		for _, s := range p.sat(f).held {
			v.meets = max(v.meets, p.inWindow(s.on, p.limit("days")))
		}
	}
	return v
}

func (p *pass) checkPriorities(id record.ID, v *priorities) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether anybody sets what comes first across the missions, " + name + " among them"
	set := calendar.No
	var rough []calendar.When
	var absent []record.Claim[mission.Event]
	for _, at := range []record.Ref{{}, ref} {
		for _, c := range v.set[at].present {
			recent := calendar.Certainly
			if w := c.Record.OnDay; !w.IsZero() && !p.on.IsZero() {
				recent = p.inWindow(w, p.limit("days"))
			}
			if recent == calendar.Possibly {
				rough = append(rough, c.Record.OnDay)
			}
			set = max(set, recent)
		}
		absent = append(absent, v.set[at].absent...)
	}
	if p.over(id) || set == calendar.Certainly || v.meets == calendar.Certainly {
		p.nothing(ref)
		return
	}
	unmet, missing, all := p.voidIn(append(slices.Clone(v.conditions[record.Ref{}]), v.conditions[ref]...))
	var clauses []string
	trigger := p.memoryProof(absent)
	if len(absent) > 0 {
		clauses = append(clauses, "nobody has settled what comes first across the missions, "+name+" among them")
	}
	for _, c := range unmet {
		trigger = append(trigger, c.evidence...)
	}
	if len(unmet) > 0 {
		words := make([]string, len(unmet))
		for i, c := range unmet {
			words[i] = c.words
		}
		clauses = append(clauses, "what it takes to set what comes first across the missions, "+name+" among them, is lacking: "+strings.Join(words, "; "))
		if len(absent) > 0 {
			clauses[1] = "what it takes to do so is lacking: " + strings.Join(words, "; ")
		}
	}
	switch {
	case set == calendar.Possibly:
		p.cannot(ref, question, p.rough("the day on which priorities were settled", rough, "the day on which what comes first was settled"))
	case v.meets == calendar.Possibly:
		p.cannot(ref, question, Missing{What: "whether " + p.boardName(v.council) + " has met of late", Ground: "not known from the dates", Way: "record the days of its meetings more closely"})
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, strings.Join(clauses, ", and ")), trigger, p.memoryMissions(id)...)
	case all:
		p.nothing(ref)
	default:
		if len(missing) == 0 {
			missing = append(missing, leftOut(p.memoryMissed(mission.PrioritySetting, record.Ref{}, ref), "who sets what comes first",
				"a priority-setting event, present or marked absent, or whether the conditions strategy-unit, money and aligned-leaders hold"))
		}
		p.cannot(ref, question, missing...)
	}
}

// lack is a condition that is known not to hold.
type lack struct {
	words    string
	evidence []Evidence
}

// voidIn says which of the conditions for setting priorities are known not to hold, what is missing to tell of those that are
// recorded, and whether all hold.
func (p *pass) voidIn(conditions []record.Claim[mission.Condition]) (unmet []lack, missing []Missing, all bool) {
	all = true
	unit := slices.ContainsFunc(conditions, func(c record.Claim[mission.Condition]) bool { return c.Record.Kind == mission.StrategyUnit })
	for _, want := range voidConditions {
		var met, not []record.Claim[mission.Condition]
		var open record.Value[bool]
		rough, seen := false, false
		for _, c := range conditions {
			if c.Record.Kind != want.kind {
				continue
			}
			seen = true
			switch v := c.Record.Met; {
			case c.On != calendar.Certainly:
				rough = true
			case yes(v) || v.State == record.StateNotApplicable:
				met = append(met, c)
			case no(v):
				not = append(not, c)
			case open.State == 0:
				open = v
			}
		}
		what := want.what
		switch {
		case !seen:
			all = false
		case len(met) > 0 && len(not) > 0:
			missing, all = append(missing, contested(what, "whether the condition "+want.kind+" holds")), false
		case len(not) > 0 && unit:
			unmet, all = append(unmet, lack{want.words, proof(p, mission.KindCondition, not)}), false
		case len(met) > 0:
		case rough:
			missing, all = append(missing, memoryRough(what)), false
		case unit:
			missing, all = append(missing, unknown(what, open.State, open.Ground, "whether the condition "+want.kind+" holds")), false
		default:
			all = false
		}
	}
	return unmet, missing, all
}

var missedWindow = &Rule{
	ID: "F106", Slug: "missed-window", Severity: Caution,
	Title: "A time at which something could be done went by, and nobody used it",
	Why: "Some things can be changed only for a while: early in a term, in a spending review, after a shock. Whoever waits for better times waits past them, and the cost shows years later, when nobody asks what could have been done then. " +
		"To let a window pass is a choice like any other, if somebody makes it.",
	Fires: "A window event certainly ended before the day of the review, and a window-used event on it marked absent says that nothing was made of it, or a window-passed event on it gives no reason. " +
		"A window-used event that is present, something that the window led to, or a window-passed event with a reason silences it. It looks at windows, has nothing to say while one is still open or has not opened, and cannot tell where nothing is recorded of its use, or when it ended is not recorded or too rough.",
	FalseAlarm: "It was left to pass by a decision that gives its reasons.",
	Question:   "What could have been done in that time, and when does the next chance come?",
	Sources:    []string{"S1:24", "S1:37", "S0:49"},
	Needs:      []string{"window events, with the days from which and until which they were open, and what they led to", "window-used events on them, present or marked absent", "window-passed events on them, with their reasons"},
	Bad:        missedWindowBad, Good: missedWindowGood, Unclear: missedWindowUnclear, Harmless: missedWindowHarmless,
	check: func(p *pass) {
		windows := p.memoryBook()[mission.Window]
		for i := range windows {
			p.checkWindow(&windows[i])
		}
	},
}

func (p *pass) checkWindow(f *fact[mission.Event]) {
	ref := record.Ref{Kind: mission.KindEvent, ID: f.id}
	var said []record.Claim[mission.Event]
	var opens, closes []calendar.When
	led := false
	for _, c := range f.claims {
		if c.Record.Absent {
			continue
		}
		said = append(said, c)
		led = led || len(c.Record.LedTo) > 0
		opens = append(opens, c.Record.From)
		if !c.Record.Until.IsZero() {
			closes = append(closes, c.Record.Until)
		}
	}
	if len(said) == 0 {
		return
	}
	name := lessonEventName("the window", f.id, said)
	used, passed := p.recollect(mission.WindowUsed, ref), p.recollect(mission.WindowPassed, ref)
	unopened := agreed(opens, func(w calendar.When) calendar.Certainty {
		if !p.on.IsZero() && w.After(p.on) {
			return calendar.Certainly
		}
		return calendar.No
	})
	closed := agreed(closes, func(w calendar.When) calendar.Certainty { // the first day on which it is no longer open
		switch {
		case p.on.IsZero():
			return 0
		case !w.Latest().After(p.on):
			return calendar.Certainly
		case w.After(p.on):
			return calendar.No
		}
		return calendar.Possibly
	})
	question := "whether " + name + " was used"
	switch {
	case led, len(used.present) > 0, whyStated(passed.present) != "", unopened == calendar.Certainly, closed == calendar.No:
		p.nothing(ref)
	case closed != calendar.Certainly:
		p.cannot(ref, question+" in time", p.rough("when it closed", closes, "until when it was open"))
	case len(used.absent)+len(passed.present) > 0:
		trigger := dedupe(p.memoryProof(used.absent, passed.present))
		clause := "nothing was made of " + name + " while it was open"
		if len(used.absent) == 0 {
			clause = name + " was left to pass, and no reason is given"
		}
		text := attributed(trigger, clause+p.says(trigger)) + " It closed " + p.dated(first(closes)) + "."
		p.finding(ref, text, trigger, p.memoryProof(said)...)
	default:
		p.cannot(ref, question, leftOut(p.memoryMissed(mission.WindowUsed, ref), "what was made of it", "a window-used event on it, present or marked absent, or a window-passed event with the reason"))
	}
}
