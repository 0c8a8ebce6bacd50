package review

import (
	"maps"
	"slices"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The rules on chains of delegation that do not reach a power of somebody's own.

var brokenGrant = &Rule{
	ID: "C08", Slug: "broken-grant", Severity: Serious,
	Title: "A delegation goes on after the one that it rests on has ended",
	Why: "A chain of delegation holds while every link of it does. The letter at the top runs out at the end of the year and those below it are not looked at, " +
		"so that people go on signing under a power that nobody above them has.",
	Fires: "A grant from another party is certainly in force, and every grant of one of its powers that its giver ever had, as far as is recorded, has certainly ended. " +
		"It looks at grants whose giver has or had the power by a recorded grant; where none was ever recorded, C07 says so. It cannot tell where a date is rough, or no day is set.",
	FalseAlarm: "The giver's grant was renewed, and nobody has recorded the new letter.",
	Question:   "By what authority does the giver of this have anything to give today?",
	Sources:    []string{"R8", "R28"},
	Needs:      []string{"grants, with their givers, powers and times"},
	Bad:        brokenGrantBad, Good: brokenGrantGood, Unclear: brokenGrantUnclear, Harmless: brokenGrantHarmless,
	check: func(p *pass) {
		to := make(map[record.ID][]record.Claim[accountability.Grant])
		for _, c := range p.register.LastGrants(time.Time{}) {
			to[c.Record.To] = append(to[c.Record.To], c)
		}
		for _, g := range p.grantsInForce() {
			p.checkRest(&g, to)
		}
	},
}

// grantsInForce returns the grants that are, or may be, in force on the day, in the order of their ids.
func (p *pass) grantsInForce() []fact[accountability.Grant] {
	var all []record.Claim[accountability.Grant]
	for _, to := range p.register.Parties() {
		all = append(all, p.register.Grants(to, p.at)...)
	}
	return factsOf(all)
}

func (p *pass) checkRest(g *fact[accountability.Grant], to map[record.ID][]record.Claim[accountability.Grant]) {
	ref := record.Ref{Kind: accountability.KindGrant, ID: g.id}
	looked, rough, differ := false, false, false
	var clauses []string
	var ended []record.Claim[accountability.Grant]
	givers := make(map[record.ID]bool)
	for _, c := range g.claims {
		givers[c.Record.By] = true
		for _, power := range c.Record.Powers {
			had, on := false, calendar.No
			var over []record.Claim[accountability.Grant]
			for _, o := range to[c.Record.By] {
				if c.Record.By == "" || o.Record.Fact() == g.id || !slices.Contains(o.Record.Powers, power) {
					continue
				}
				had = true
				switch {
				case p.on.IsZero() && !(o.Valid.From.IsZero() && o.Valid.Until.IsZero()):
					on = max(on, calendar.Possibly)
				case p.on.IsZero():
					on = calendar.Certainly
				case o.Valid.Until.IsResolved() && !o.Valid.Until.Latest().After(p.on):
					over = append(over, o)
				default:
					on = max(on, o.Valid.Covers(p.on))
				}
			}
			if !had {
				continue
			}
			looked = true
			switch {
			case on == calendar.Possibly, on == calendar.No && c.On != calendar.Certainly && len(over) > 0:
				rough = true
			case on == calendar.No && len(over) > 0:
				clauses = append(clauses, quoted(plain(power)))
				ended = append(ended, over...)
			}
		}
	}
	differ = len(givers) > 1
	v := g.claims[0].Record
	name := "the grant from " + p.partyName(v.By) + " to " + p.partyName(v.To)
	question := "whether " + name + " rests on one that has ended"
	switch {
	case !looked:
	case len(clauses) > 0 && differ:
		p.cannot(ref, question, contested("who gives it", "its giver"))
	case len(clauses) > 0:
		slices.Sort(clauses)
		trigger := append(proof(p, accountability.KindGrant, g.claims), proof(p, accountability.KindGrant, sorted(ended))...)
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, name+" is in force, and what the giver had of the power "+listed(slices.Compact(clauses))+" has ended"), trigger)
	case rough && p.on.IsZero():
		p.cannot(ref, question, noDay())
	case rough:
		p.cannot(ref, question, Missing{What: "which of the two grants is in force on that day", Ground: "not known from the dates", Way: "record the dates of both more closely"})
	default:
		p.nothing(ref)
	}
}

var grantRing = &Rule{
	ID: "C09", Slug: "grant-ring", Severity: Serious,
	Title: "Delegations go in a circle, and nobody in it has the power",
	Why: "Two letters that each refer to the other look like a chain from either end. A power that everybody has from somebody else in the circle comes from nowhere, " +
		"and each of them can show a document.",
	Fires: "Parties certainly give one another the same power in a circle of grants in force, and no grant in force brings that power into the circle from outside it or as a bearer's own. It is told of the first of them by id. " +
		"It looks at such circles, and cannot tell where the dates of a grant on the circle or into it are rough, or claimants differ on a giver.",
	FalseAlarm: "One of them has the power by statute, and nobody has recorded that.",
	Question:   "Which of these parties had the power before any of the letters was signed?",
	Sources:    []string{"R28"},
	Needs:      []string{"grants, with their givers, bearers, powers and times"},
	Bad:        grantRingBad, Good: grantRingGood, Unclear: grantRingUnclear, Harmless: grantRingHarmless,
	check: func(p *pass) {
		grants := p.grantsInForce()
		giving := make(map[string][]*fact[accountability.Grant]) // by power, each grant once
		for i := range grants {
			for _, c := range grants[i].claims {
				for _, power := range c.Record.Powers {
					if list := giving[power]; len(list) == 0 || list[len(list)-1] != &grants[i] {
						giving[power] = append(list, &grants[i])
					}
				}
			}
		}
		v := make(loops)
		for _, power := range slices.Sorted(maps.Keys(giving)) {
			p.powerRings(v, giving[power], power)
		}
		subjects := make([]record.Ref, 0, len(v))
		for ref := range v {
			subjects = append(subjects, ref)
		}
		slices.SortFunc(subjects, record.Ref.Compare)
		for _, ref := range subjects {
			switch l := v[ref]; {
			case len(l.clauses) > 0:
				trigger := dedupe(l.trigger)
				p.finding(ref, attributed(trigger, listed(l.clauses)), trigger)
			case len(l.missing) > 0:
				p.cannot(ref, "whether "+p.partyName(ref.ID)+" is in a circle of delegations without a beginning", dedupeMissing(l.missing)...)
			default:
				p.nothing(ref)
			}
		}
	},
}

// powerRings looks for circles of grants of one power.
func (p *pass) powerRings(v loops, grants []*fact[accountability.Grant], power string) {
	b := loopLinks{by: make(map[record.Ref][]Evidence)}
	type root struct {
		by record.ID
		on calendar.Certainty
	}
	into := make(map[record.ID][]root)
	for _, g := range grants {
		first := g.claims[0].Record
		settled := webCertain(g.claims) && !slices.ContainsFunc(g.claims, func(c record.Claim[accountability.Grant]) bool {
			return c.Record.By != first.By || c.Record.To != first.To || !slices.Contains(c.Record.Powers, power)
		})
		for _, c := range g.claims {
			if !slices.Contains(c.Record.Powers, power) {
				continue
			}
			on := calendar.Possibly
			if settled {
				on = calendar.Certainly
			}
			into[c.Record.To] = append(into[c.Record.To], root{c.Record.By, on})
			if c.Record.By != "" {
				b.add(partyRef(c.Record.By), partyRef(c.Record.To), settled, p.evidence(accountability.KindGrant, &c.Record.Record))
			}
		}
	}
	inside := make(map[record.Ref]bool)
	ring := func(members []record.Ref, settled bool) {
		rooted := calendar.No
		var ids []record.ID
		var trigger []Evidence
		for _, ref := range members {
			ids = append(ids, ref.ID)
			trigger = append(trigger, b.by[ref]...)
			for _, r := range into[ref.ID] {
				if r.by == "" || !slices.Contains(members, partyRef(r.by)) {
					rooted = max(rooted, r.on)
				}
			}
		}
		l := v.at(members[0])
		switch {
		case rooted == calendar.Certainly:
		case settled && rooted == calendar.No:
			l.clauses = append(l.clauses, p.partyNames(ids)+" give one another the power "+quoted(plain(power))+" in a circle, and none of them has it from elsewhere")
			l.trigger = append(l.trigger, trigger...)
		default:
			l.missing = append(l.missing, Missing{What: "who gives whom the power " + quoted(plain(power)) + " among " + p.partyNames(ids), Ground: "not settled: claimants differ, or dates are rough", Way: "settle the givers of these grants, and their dates"})
		}
	}
	for _, members := range circles(&b.settled) {
		for _, ref := range members {
			inside[ref] = true
		}
		ring(members, true)
	}
	for _, members := range circles(&b.any) {
		if !slices.ContainsFunc(members, func(ref record.Ref) bool { return inside[ref] }) {
			ring(members, false)
		}
	}
}
