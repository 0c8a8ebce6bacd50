package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on what several missions draw on, and on what could move people and does not.

var missionContention = &Rule{
	ID: "F97", Slug: "mission-contention", Severity: Caution,
	Title: "Several missions draw on the same thing, and there is not enough of it",
	Why: "Each mission plans as if the planners, the surveyors or the surgeries it needs were its own. Added up they are promised twice, and who goes without is settled by whoever asked last or loudest. " +
		"The basics that people rely on go short first, since nobody asks on their behalf.",
	Fires: "At least two missions, or a mission and work that belongs to none, draw on one subject (draw events, with those that draw in led-to), and what they draw, counted in one unit, is certainly more than there is. " +
		"How much there is, is the latest reading of the capacity of an initiative, or the size of the capacity-confirmed events on the subject, in the same unit. A sequenced event on the subject silences it. " +
		"It cannot tell where the size of a draw or how much there is, is not recorded or counted in another unit, where claimants differ, or where rough dates decide. It looks at nothing on which no mission is recorded to draw.",
	FalseAlarm: "Who draws on it first has been agreed.",
	Question:   "Which of these missions knows of the others' plans for it, and who could decide between them?",
	Sources:    []string{"S3:13", "S1:10"},
	Needs:      []string{"draw events, with their size, unit and who draws", "the capacity of initiatives, with its readings and unit, or capacity-confirmed events with a size and unit", "sequenced events"},
	Bad:        missionContentionBad, Good: missionContentionGood, Unclear: missionContentionUnclear, Harmless: missionContentionHarmless,
	check: func(p *pass) {
		for _, ref := range p.web().drawn {
			p.checkContention(ref)
		}
	},
}

// drawing is how much is drawn, or there is, of something: at least and at most, in one unit.
type drawing struct {
	least, most float64
	unit        string
	known       bool
}

func (d *drawing) take(q record.Quantity, unit string) {
	unit = strings.ToLower(strings.TrimSpace(unit))
	switch {
	case q.IsZero():
	case !d.known:
		*d = drawing{q.Float(), q.Float(), unit, true}
	case unit == d.unit:
		d.least, d.most = min(d.least, q.Float()), max(d.most, q.Float())
	default:
		d.unit = "" // claimants count in different units
	}
}

// drawers returns what draws by a claim: missions, and work that belongs to none, sorted.
func (p *pass) drawers(e *mission.Event) []record.Ref {
	var list []record.Ref
	for _, ref := range e.LedTo {
		of := p.missionsAround(ref)
		if len(of) == 0 || ref.Kind == mission.KindMission {
			list = append(list, ref)
			continue
		}
		for _, id := range of {
			list = append(list, missionRef(id))
		}
	}
	return dedupeRefs(list)
}

func (p *pass) checkContention(ref record.Ref) {
	name := p.named(ref)
	question := "whether there is enough of " + name + " for all that draw on it"
	if p.happened(ref, mission.Sequenced) {
		p.nothing(ref)
		return
	}
	present, _ := p.events(ref, mission.Draw)
	var sums drawing
	var sure, perhaps []record.Ref // those that draw
	var trigger []Evidence
	var missing []Missing
	rough, unsized := false, false
	unit := ""
	for _, f := range factsOf(present) {
		var d drawing
		var by []record.Ref
		on := calendar.Certainly
		for _, c := range f.claims {
			d.take(c.Record.Size, c.Record.Unit)
			by = append(by, p.drawers(c.Record)...)
			on = min(on, p.webInForce(c))
		}
		if on == calendar.No {
			continue
		}
		by = dedupeRefs(by)
		perhaps = append(perhaps, by...)
		switch {
		case !d.known:
			unsized = true
			continue
		case unit == "" && d.unit != "":
			unit = d.unit
		}
		if d.unit != unit || d.unit == "" {
			missing = append(missing, Missing{What: "what is drawn of it", Ground: "counted in different units, or in none", Way: "record the size of each draw in one unit"})
			continue
		}
		sums.most += d.most
		if on == calendar.Certainly {
			sums.least += d.least
			sure = append(sure, by...)
		} else {
			rough = true
		}
		trigger = append(trigger, proof(p, mission.KindEvent, f.claims)...)
	}
	sure, perhaps = dedupeRefs(sure), dedupeRefs(perhaps)
	if !contend(perhaps) {
		p.nothing(ref)
		return
	}
	stock, says := p.stock(ref, unit)
	switch {
	case !stock.known:
		missing = append(missing, unrecorded("how much there is of it, in the same unit,", "its capacity with its readings, or a capacity-confirmed event with a size and a unit"))
	case contend(sure) && sums.least > stock.most:
		p.contention(ref, sure, sums, stock, unit, trigger, says)
		return
	case len(missing) == 0 && !unsized && sums.most <= stock.least:
		p.nothing(ref)
		return
	case rough:
		missing = append(missing, roughClaim("what is drawn of it on that day"))
	}
	if unsized {
		missing = append(missing, unrecorded("how much some of them draw", "the size and unit of each draw"))
	}
	if len(missing) == 0 {
		missing = append(missing, contested("how much is drawn of it and how much there is", "both"))
	}
	p.cannot(ref, question, dedupeMissing(missing)...)
}

func (p *pass) contention(ref record.Ref, by []record.Ref, sums, stock drawing, unit string, trigger, says []Evidence) {
	var names []string
	for _, d := range by {
		names = append(names, p.named(d))
	}
	drawn := record.Number(sums.least).String()
	if sums.least != sums.most {
		drawn = "at least " + drawn
	}
	clause := listed(names) + " together draw " + drawn + " " + plain(unit) + " of " + p.named(ref) + ", and there are " + record.Number(stock.most).String()
	p.webBoth(ref, clause, trigger, says)
}

// contend reports whether several draw, and one of them is a mission.
func contend(by []record.Ref) bool {
	return len(by) > 1 && slices.ContainsFunc(by, func(ref record.Ref) bool { return ref.Kind == mission.KindMission })
}

// webInForce says whether what an event tells of goes on on the day of the review.
func (p *pass) webInForce(c record.Claim[mission.Event]) calendar.Certainty {
	switch {
	case c.Valid.From.IsZero() && c.Valid.Until.IsZero():
		return calendar.Certainly
	case p.on.IsZero():
		return calendar.Possibly
	}
	return c.Valid.Covers(p.on)
}

// stock is how much there is of something in a unit, and what says so.
func (p *pass) stock(ref record.Ref, unit string) (d drawing, says []Evidence) {
	take := func(q record.Quantity, in string, e Evidence) {
		if strings.EqualFold(strings.TrimSpace(in), unit) && !q.IsZero() {
			d.take(q, in)
			says = append(says, e)
		}
	}
	if ref.Kind == mission.KindInitiative {
		for _, c := range sorted(p.m.Initiative(ref.ID, p.at)) {
			if indicator := c.Record.Capacity; indicator != "" {
				for _, n := range p.plan.Indicator(indicator, p.at) {
					for _, o := range p.latestReadings(indicator) {
						take(value(o), n.Record.Unit, p.evidence(milestone.KindObservation, &o.Record.Record))
					}
				}
			}
		}
	}
	confirmed, _ := p.events(ref, mission.CapacityConfirmed)
	if !d.known {
		for _, c := range confirmed {
			if p.webInForce(c) == calendar.Certainly {
				take(c.Record.Size, c.Record.Unit, p.evidence(mission.KindEvent, &c.Record.Record))
			}
		}
	}
	return d, dedupe(says)
}

// latestReadings returns the known readings of an indicator with the last day up to that of the review: several where claimants
// differ.
func (p *pass) latestReadings(indicator record.ID) []record.Claim[milestone.Observation] {
	var latest []record.Claim[milestone.Observation]
	for _, c := range sorted(p.plan.Observations(indicator, p.at)) {
		o := c.Record
		if _, known := o.Value.Get(); !known || !o.Period.IsResolved() || !p.on.IsZero() && o.Period.Latest().After(p.on) {
			continue
		}
		switch day := o.Period.Latest(); {
		case len(latest) == 0 || day.After(latest[0].Record.Period.Latest()):
			latest = []record.Claim[milestone.Observation]{c}
		case day == latest[0].Record.Period.Latest():
			latest = append(latest, c)
		}
	}
	return latest
}

var unusedLever = &Rule{
	ID: "F98", Slug: "unused-lever", Severity: Note,
	Title: "A rule, market or tax pulls against a mission, or could help it and is not used",
	Why: "What people are paid, allowed and asked to do moves more of them than any plan. Where buying, rules or taxes go on pulling the other way, the mission works against its own government, " +
		"and the lever that would do most is often one that nobody on the mission has thought of as theirs.",
	Fires: "A lever is recorded as pulling against a mission, as idle, or as taking no account of it. A considered event on the lever with a reason silences it, and so do missions that are all proposed or closed. " +
		"It cannot tell where how the lever pulls is not recorded or claimants differ, or where rough dates leave it open whether the record holds. Rules on what is paid, promoted or praised (reward-rule) are left to F108. It looks at nothing where no lever is recorded.",
	FalseAlarm: "It was weighed, and left as it is for a reason that is written down.",
	Question:   "Who holds this lever, and has anybody from the mission asked them to pull it?",
	Sources:    []string{"S3:12", "S2:14"},
	Needs:      []string{"levers, with how they act on missions and who holds them", "considered events on levers, with their reasons"},
	Bad:        unusedLeverBad, Good: unusedLeverGood, Unclear: unusedLeverUnclear, Harmless: unusedLeverHarmless,
	check: func(p *pass) {
		for _, f := range factsOf(p.m.Levers(p.at)) {
			if !slices.ContainsFunc(f.claims, func(c record.Claim[mission.Lever]) bool { return c.Record.Kind == mission.RewardRule }) {
				p.checkLever(&f)
			}
		}
	},
}

func (p *pass) checkLever(f *fact[mission.Lever]) {
	ref := record.Ref{Kind: mission.KindLever, ID: f.id}
	name := p.named(ref)
	question := "whether " + name + " pulls with the missions that it bears on"
	var pulls []string
	var holders, missions []record.ID
	for _, c := range f.claims {
		if pull := strings.ToLower(plain(c.Record.Pull)); pull != "" && !slices.Contains(pulls, pull) {
			pulls = append(pulls, pull)
		}
		if c.Record.By != "" {
			holders = append(holders, c.Record.By)
		}
		missions = append(missions, c.Record.Missions...)
	}
	missions = distinct(missions)
	weighed, _ := p.events(ref, mission.Considered)
	if whyStated(weighed) != "" || len(missions) > 0 && !slices.ContainsFunc(missions, func(id record.ID) bool { return !p.over(id) }) {
		p.nothing(ref)
		return
	}
	var names []string
	for _, id := range missions {
		names = append(names, p.missionName(id))
	}
	on := listed(names)
	if on == "" {
		on = "the missions"
	}
	clause := ""
	if len(pulls) == 1 {
		switch pulls[0] {
		case mission.PullsAgainst:
			clause = name + " pulls against " + on
		case mission.Idle:
			clause = name + " could act for " + on + " and is not used"
		case mission.Ignores:
			clause = name + " takes no account of " + on
		}
	}
	switch {
	case len(pulls) > 1:
		p.cannot(ref, question, contested("how it pulls", "how it acts on those missions"))
	case len(pulls) == 0:
		p.cannot(ref, question, unrecorded("how it pulls", "how it acts on those missions: with, against, idle or ignores"))
	case clause == "":
		p.nothing(ref)
	case !webCertain(f.claims):
		p.cannot(ref, question, roughClaim("whether it acts so on that day"))
	default:
		var telling []record.Claim[mission.Lever]
		for _, c := range f.claims {
			if plain(c.Record.Pull) != "" {
				telling = append(telling, c)
			}
		}
		trigger := proof(p, mission.KindLever, telling)
		text := attributed(trigger, clause+p.says(trigger))
		if len(holders) > 0 {
			text += " It is held by " + p.partyNames(distinct(holders)) + "."
		}
		p.finding(ref, text, trigger, proof(p, mission.KindLever, f.claims)...)
	}
}
