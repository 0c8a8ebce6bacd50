package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on the time that senior responsible owners have, and on how long they stay.

var ownerTime = &Rule{
	ID: "B17", Slug: "owner-time", Severity: Caution,
	Title: "The letters of one senior responsible owner ask for more than a full week",
	Why: "An owner who has a tenth of their time for a project signs what others decide. Each letter by itself asks for a part of the week that looks sensible; nobody adds them up, and the sum is found out when the project needs its owner. " +
		"A committee of Parliament has asked that owners have the time to lead, and government has agreed to settle it on appointment.",
	Fires: "The mandates in force of one holder, at least one of which is that of a senior responsible owner, ask together for more than B17.percent of a full working week. A post's mandates are those of whoever certainly holds it; a post whose holder is not recorded stands for itself. " +
		"Mandates that another stands in place of, and those whose tenure is over, do not count. It looks at holders with such a mandate, and cannot tell where it does not say how much time it asks for, or a date is rough.",
	FalseAlarm: "Two letters describe the same work.",
	Question:   "On which days of the week does this owner work on what?",
	Sources:    []string{"R14", "R5"},
	Needs:      []string{"mandates, with the time that they ask for, their tenures and what they stand in place of", "senior-responsible-owner duties", "who holds the posts that mandates bind"},
	Thresholds: []Threshold{{Name: "B17.percent", Unit: "percent", Value: 100,
		Meaning: "how much of a full working week the mandates of one holder may ask for together; R14 asks for enough time and names no number, and the default is the whole week"}},
	Bad: ownerTimeBad, Good: ownerTimeGood, Unclear: ownerTimeUnclear, Harmless: ownerTimeHarmless,
	check: func(p *pass) {
		for _, w := range p.weeks() {
			p.checkWeek(w)
		}
	},
}

// week is what the mandates of one holder ask for.
type week struct {
	unit       record.ID   // the person, or the post where its holder is not recorded
	of         record.ID   // the party that the verdict is about
	posts      []record.ID // to which the mandates are given, sorted, each once
	sure, most float64     // of a full working week, in percent
	owner      bool        // one of them is that of a senior responsible owner
	rough      bool
	unsaid     bool // one of those does not say how much time it asks for
	letters    []Evidence
	rest       []Evidence
}

// weeks adds up what mandates ask for, by their holders, in the order of the holders' ids.
func (p *pass) weeks() []*week {
	all := make(map[record.ID]*week)
	byFact := p.mandates()
	over := make(map[record.ID]bool)
	for _, claims := range byFact {
		for _, c := range claims {
			if c.On == calendar.Certainly {
				for _, id := range c.Record.Supersedes {
					over[id] = true
				}
			}
		}
	}
	for _, id := range sortedKeys(byFact) {
		for _, to := range addressees(byFact[id]) {
			claims := slices.DeleteFunc(slices.Clone(byFact[id]), func(c record.Claim[accountability.Mandate]) bool { return c.Record.To != to })
			in := p.inForce(claims)
			if over[id] || in == calendar.No {
				continue
			}
			for _, h := range p.bearers(to) {
				w := all[h.holder]
				if w == nil {
					w = &week{unit: h.holder}
					all[h.holder] = w
				}
				w.posts = append(w.posts, to)
				w.rest = append(w.rest, h.records...)
				w.add(p, claims, in == calendar.Certainly && h.certain && len(claims) == len(byFact[id]))
			}
		}
	}
	list := make([]*week, 0, len(all))
	alone := make(map[record.ID]int) // how many have mandates by a post and nothing else
	for _, id := range sortedKeys(all) {
		w := all[id]
		if w.posts = distinct(w.posts); len(w.posts) == 1 {
			alone[w.posts[0]]++
		}
		if w.owner {
			list = append(list, w)
		}
	}
	for _, w := range list {
		if w.of = w.unit; len(w.posts) == 1 && alone[w.posts[0]] == 1 && all[w.posts[0]] == nil {
			w.of = w.posts[0] // the post speaks for its holder
		}
	}
	return list
}

// addressees returns to whom claimants say that a mandate is given, sorted.
func addressees(claims []record.Claim[accountability.Mandate]) []record.ID {
	var ids []record.ID
	for _, c := range claims {
		ids = append(ids, c.Record.To)
	}
	return distinct(ids)
}

// inForce says whether a mandate binds on the day, by its own dates.
func (p *pass) inForce(claims []record.Claim[accountability.Mandate]) calendar.Certainty {
	in := calendar.Certainly
	for _, c := range claims {
		m := c.Record
		here := c.On
		switch {
		case p.on.IsZero() && !(m.From.IsZero() && m.Until.IsZero() && m.Effective.IsZero() && m.Tenure.IsZero()):
			here = calendar.Possibly
		case p.on.IsZero():
		case m.Effective.After(p.on), m.Tenure.Before(p.on):
			here = calendar.No
		case m.Effective.IsResolved() && m.Effective.Latest().After(p.on), m.Tenure.IsResolved() && m.Tenure.Earliest().Before(p.on), m.Tenure.IsUnknown(), m.Effective.IsUnknown():
			here = min(here, calendar.Possibly)
		}
		in = min(in, here)
	}
	return in
}

// bearers returns who bears a mandate given to a party: the holders of a post, or the party itself.
func (p *pass) bearers(to record.ID) []filler {
	var list []filler
	holders, _ := p.register.Holders(to, p.at)
	for _, h := range holders {
		if h.Party == "" || standsIn(h.Holding) {
			continue
		}
		certain := h.On == calendar.Certainly && (!p.on.IsZero() || h.Holding.From.IsZero() && h.Holding.Until.IsZero())
		list = append(list, filler{holder: h.Party, certain: certain, records: []Evidence{p.evidence(accountability.KindHolding, &h.Holding.Record)}})
	}
	if len(list) == 0 {
		list = append(list, filler{holder: to, certain: true})
	}
	return list
}

// add counts a mandate: at least what the claimant says who says least, where it certainly binds, and at most what the one
// says who says most.
func (w *week) add(p *pass, claims []record.Claim[accountability.Mandate], certain bool) {
	var least, most float64
	said, owner := false, false
	for _, c := range claims {
		m := c.Record
		owner = owner || p.owns(m)
		if m.TimeCommitment.IsZero() {
			continue
		}
		share := m.TimeCommitment.Float()
		if !said || share < least {
			least = share
		}
		most, said = max(most, share), true
	}
	w.owner = w.owner || owner
	w.unsaid = w.unsaid || owner && !said
	w.most += most
	if certain {
		w.sure += least
	} else {
		w.rough = true
	}
	if said && certain {
		w.letters = append(w.letters, proof(p, accountability.KindMandate, claims)...)
	} else {
		w.rest = append(w.rest, proof(p, accountability.KindMandate, claims)...)
	}
}

// owns reports whether a mandate is that of a senior responsible owner.
func (p *pass) owns(m *accountability.Mandate) bool {
	return m.Kind == accountability.SeniorOwner || !m.Subject.IsZero() && slices.ContainsFunc(p.register.CarriedBy(m.To, p.at), func(c record.Claim[accountability.Duty]) bool {
		return c.Record.Duty == accountability.SeniorOwner && c.Record.Subject == m.Subject
	})
}

func (p *pass) checkWeek(w *week) {
	const rounding = 1e-9 // a sum of decimals need not come out as written
	ref, limit := partyRef(w.of), p.limit("percent")
	name := p.postNames(w.posts)
	if len(w.posts) == 1 && p.person(w.posts[0]) != calendar.No {
		name = "a person"
	}
	question := "whether the mandates of the holder of " + name + " ask for more than a full week"
	if name == "a person" {
		question = "whether the mandates of a person ask for more than a full week"
	}
	switch {
	case w.sure > limit+rounding:
		trigger := dedupe(w.letters)
		who := "the mandates of the holder of " + name
		if name == "a person" {
			who = "the mandates of a person"
		}
		p.finding(ref, attributed(trigger, who+" ask together for at least "+inPercent(w.sure)+" percent of a full week"), trigger, w.rest...)
	case w.unsaid:
		p.cannot(ref, question, unrecorded("how much of the week each mandate of a senior responsible owner asks for", "the time that each mandate asks for, in percent of a full week"))
	case w.most > limit+rounding && p.on.IsZero():
		p.cannot(ref, question, noDay())
	case w.most > limit+rounding:
		p.cannot(ref, question, roughDuty("which of them are in force, for whom and for how much of the week, on that day"))
	default:
		p.nothing(ref)
	}
}

// inPercent writes a share to a hundredth at most.
func inPercent(f float64) string { return count(float64(int64(f*100+0.5)) / 100) }

var ownerChurn = &Rule{
	ID: "B18", Slug: "owner-churn", Severity: Caution,
	Title: "The senior responsible owner of one piece of work has changed again and again",
	Why: "An owner who stays sees what came of what they decided. Of 73 major projects that ran for four years, four had one owner throughout and more than half changed at least twice: on paper there was always somebody to ask, and the answer was that it was before their time. " +
		"Work that takes longer than its owners stay needs a handover at a stage, and not at a promotion.",
	Fires: "Within B18.days before the day, somebody else came to fill the senior-responsible-owner duty on a mission, milestone, initiative or outcome at least B18.changes times. Those who stand in, a holder who comes back after a gap, and those who join others who stay do not count as changes. " +
		"It looks at subjects with that duty, and cannot tell where it is not recorded who filled it all that time, a date is rough, or no day is set.",
	FalseAlarm: "Each owner was appointed for one stage of the work, and left at its end.",
	Question:   "Which decision of the owner before last would the present owner defend, and where is it written down?",
	Sources:    []string{"R13"},
	Needs:      []string{"senior-responsible-owner duties, with their dates", "the holdings of the posts that carry them, with their dates and basis"},
	Thresholds: []Threshold{
		{Name: "B18.changes", Unit: "changes", Value: 2, Least: 1, Meaning: "how many changes of owner there must be; the default is the number that R13 counts"},
		{Name: "B18.days", Unit: "days", Value: 1461, Least: 1, Meaning: "how far back it looks; the default is the four years over which R13 counts"},
	},
	Bad: ownerChurnBad, Good: ownerChurnGood, Unclear: ownerChurnUnclear, Harmless: ownerChurnHarmless,
	check: func(p *pass) {
		subjects := p.worked()
		for _, o := range p.results() {
			subjects = append(subjects, outcomeRef(o.id))
		}
		for _, ref := range subjects {
			p.checkOwners(ref)
		}
	},
}

// turnover is how often somebody else came to fill a duty within a time.
type turnover struct {
	sure, perhaps int
	days          []calendar.Date
	records       []Evidence
}

// changed counts the changes among tenures, which are in the order of their first days, from one day to another.
func changed(tenures []tenure, from, until calendar.Date) turnover {
	var c turnover
	left, leaves := 0, 0 // tenures that have ended, certainly and perhaps
	for i := range tenures {
		t := &tenures[i]
		if !t.until.IsZero() && !t.until.After(until) {
			left++
		}
		if !t.until.IsZero() || !t.unsure.IsZero() {
			leaves++
		}
		if i == 0 || t.from == tenures[0].from || t.unit() == tenures[i-1].unit() || t.from.After(until) {
			continue
		}
		begun := t.certain && !t.sure.After(until)
		switch {
		case begun && !t.from.Before(from):
			c.sure++
			c.perhaps++
			c.days = append(c.days, t.sure)
			c.records = append(append(c.records, tenures[i-1].records...), t.records...)
		case !begun && (t.until.IsZero() || t.until.After(from)), begun && !t.sure.Before(from):
			c.perhaps++
		}
	}
	c.sure, c.perhaps = min(c.sure, left), min(c.perhaps, max(left, leaves))
	return c
}

func (p *pass) checkOwners(ref record.Ref) {
	if !slices.Contains(p.register.Duties(ref), accountability.SeniorOwner) {
		return
	}
	name := p.named(ref)
	question := "how often the senior responsible owner of " + name + " has changed"
	if p.on.IsZero() {
		p.cannot(ref, question, noDay())
		return
	}
	all := p.tenures(ref, accountability.SeniorOwner)
	tenures := slices.DeleteFunc(slices.Clone(all), func(t tenure) bool { return t.standsIn || !t.from.IsZero() && t.from.After(p.on) })
	limit, days := p.limit("changes"), p.limit("days")
	from := p.on.Add(-calendar.Days(days))
	c := changed(tenures, from, p.on)
	switch {
	case float64(c.sure) >= limit:
		trigger := dedupe(c.records)
		if len(trigger) == 0 { // bodies carry it, and nobody holds a body
			trigger = p.dutiesOn(ref, accountability.SeniorOwner)
		}
		on := make([]string, len(c.days))
		for i, d := range c.days {
			on[i] = day(d)
		}
		clause := "the senior responsible owner of " + name + " changed " + count(float64(c.sure)) + " times in the " + count(days) + " days to " + day(p.on)
		p.finding(ref, attributed(trigger, clause)+" The new ones were there by "+listed(on)+".", trigger, p.dutiesOn(ref, accountability.SeniorOwner)...)
	case float64(c.perhaps) >= limit:
		p.cannot(ref, question, roughDuty("when its owners changed"))
	case !p.goesBack(ref, tenures, from):
		p.cannot(ref, question, unrecorded("who owned it all the time since "+day(from), "the holdings of the posts that owned it, with their first and last days"))
	default:
		p.nothing(ref)
	}
}

// goesBack reports whether what is recorded of who filled a duty goes back to a day, or to the first day of the duty or of the
// work.
func (p *pass) goesBack(ref record.Ref, tenures []tenure, from calendar.Date) bool {
	if len(tenures) == 0 {
		return false
	}
	first := tenures[0].from
	if first.IsZero() || !first.After(from) {
		return true
	}
	if carried := p.register.Carried(ref, accountability.SeniorOwner, p.at.Known); len(carried) > 0 && carried[0].From == first {
		return true // it was filled from the day on which there was such a duty
	}
	if ref.Kind == mission.KindInitiative {
		for _, c := range p.m.Initiative(ref.ID, p.at) {
			if w := c.Record.Started; w.IsResolved() && !first.After(w.Latest()) {
				return true
			}
		}
	}
	return false
}

var recallableHolder = &Rule{
	ID: "B23", Slug: "recallable-holder", Severity: Note,
	Title: "Somebody who has left can still be asked about their time",
	Why: "Accounting officers and senior responsible owners answer in person, and leaving the post does not end it: guidance lets committees of Parliament call those who have left, within a reasonable time. " +
		"They need their papers and somebody to sit beside them, and whoever holds the post now should know that they may be asked. This is for information, and nothing is wrong.",
	Fires: "A post carried the duty accounting-officer or senior-responsible-owner on a mission, milestone, initiative, outcome, allocation or organisation, and then had a line of account about it, of a political sort or of none that is stated; and somebody who certainly held it then has certainly left it within B23.days before the day. Those who stood in count too. " +
		"Whoever fills that duty again, in the same post or another, and whoever is recorded as having come to an end, does not. It looks at subjects of which somebody has left such a post, and cannot tell where a date is rough.",
	FalseAlarm: "A committee has closed its inquiry, and nobody will ask again.",
	Question:   "Where are the papers of that time, and who would help whoever left to answer?",
	Sources:    []string{"R15", "R13"},
	Needs:      []string{"accounting-officer and senior-responsible-owner duties, with their dates", "the holdings of the posts that carry them, with their dates", "the lines of account of those posts"},
	Thresholds: []Threshold{{Name: "B23.days", Unit: "days", Value: 730,
		Meaning: "for how long somebody who has left may be asked; R15 says within a reasonable time and names no number, and the default of two years is declared here"}},
	Bad: recallableHolderBad, Good: recallableHolderGood, Unclear: recallableHolderUnclear, Harmless: recallableHolderHarmless,
	check: func(p *pass) {
		subjects := p.charged()
		for _, id := range sortedIDs(p.register.Parties()) {
			subjects = append(subjects, partyRef(id))
		}
		for _, ref := range subjects {
			p.checkRecall(ref)
		}
	},
}

func (p *pass) checkRecall(ref record.Ref) {
	if p.on.IsZero() {
		return // nobody has left as long as there is no day
	}
	looked, rough := false, false
	var trigger, context []Evidence
	var clauses []string
	for _, word := range []string{accountability.AccountingOfficer, accountability.SeniorOwner} {
		if !slices.Contains(p.register.Duties(ref), word) {
			continue
		}
		tenures := p.tenures(ref, word)
		for i := range tenures {
			t := &tenures[i]
			if len(t.records) == 0 || p.party(t.holder).kind == accountability.Organisation || p.stillThere(tenures, t) {
				continue // a body, or whoever is there
			}
			left := t.left(p.on, p.limit("days"))
			lines, forums := p.heardBy(ref, t)
			if left == 0 || len(lines) == 0 {
				continue
			}
			looked = true
			switch {
			case t.holder != "" && p.isOver(t.holder):
			case left == calendar.Certainly:
				trigger = append(append(trigger, t.records...), lines...)
				context = append(context, p.dutiesOn(ref, word)...)
				clauses = append(clauses, whoWas(word)+p.postNames([]record.ID{t.post})+" until "+day(t.until)+" can still be asked by "+listed(forums))
			case left == calendar.Possibly:
				rough = true
			}
		}
	}
	name := p.named(ref)
	switch {
	case !looked:
	case len(clauses) > 0:
		trigger = dedupe(trigger)
		slices.Sort(clauses)
		p.finding(ref, attributed(trigger, "whoever was "+strings.Join(slices.Compact(clauses), ", and whoever was ")+", about "+name+" in that time"), trigger, context...)
	case rough:
		p.cannot(ref, "whether somebody who has left can still be asked about "+name, roughDuty("when they left"))
	default:
		p.nothing(ref)
	}
}

// heardBy returns the lines of account about a subject that a post had at the end of a tenure, and to whom they lead.
func (p *pass) heardBy(ref record.Ref, t *tenure) (lines []Evidence, forums []string) {
	at := p.at
	switch {
	case !t.until.IsZero():
		at.On = t.until.Add(-1)
	case !t.unsure.IsZero():
		at.On = t.unsure.Add(-1)
	}
	about := p.around(ref)
	for _, c := range sorted(p.register.Lines(t.post, at)) {
		l := c.Record
		if (l.Kind == "" || l.Kind == accountability.PoliticalLine) && (l.Subject.IsZero() || slices.Contains(about, l.Subject)) {
			lines, forums = append(lines, p.evidence(accountability.KindLine, &l.Record)), append(forums, p.named(l.Forum))
		}
	}
	slices.Sort(forums)
	return lines, slices.Compact(forums)
}

func whoWas(word string) string {
	if word == accountability.AccountingOfficer {
		return "accounting officer in "
	}
	return "senior responsible owner in "
}

// left says whether a tenure ended within some days before one: zero where it has not ended by then.
func (t *tenure) left(on calendar.Date, within float64) calendar.Certainty {
	switch {
	case !t.certain || t.unsure.IsZero() && t.until.IsZero() || t.unsure.After(on):
		if !t.certain && !t.until.IsZero() && !t.until.After(on) && float64(on.Sub(t.until)) <= within {
			return calendar.Possibly // perhaps they were never there
		}
		return 0
	case float64(on.Sub(t.unsure)) > within && !t.until.IsZero() && float64(on.Sub(t.until)) > within:
		return calendar.No
	case t.until.IsZero() || t.until.After(on) || float64(on.Sub(t.unsure)) > within:
		return calendar.Possibly
	}
	return calendar.Certainly
}

// stillThere reports whether whoever filled a duty in a tenure certainly fills it on the day.
func (p *pass) stillThere(tenures []tenure, t *tenure) bool {
	return slices.ContainsFunc(tenures, func(o tenure) bool {
		return o.unit() == t.unit() && (o.holder != "" || o.post == t.post && o.holder == t.holder) && o.certain &&
			!o.sure.After(p.on) && (o.unsure.IsZero() || o.unsure.After(p.on))
	})
}

// isOver reports whether a party is recorded as having come to an end by the day.
func (p *pass) isOver(id record.ID) bool {
	on, _ := p.exists(id, p.on)
	return on == 0
}
