package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The rules on how many must agree or be asked, and on duties that hang on a person.

var manyVetoes = &Rule{
	ID: "B11", Slug: "many-vetoes", Severity: Note,
	Title: "Many must agree before anything on one subject takes effect",
	Why: "Whoever must agree can stop a decision by doing nothing. Each such right was given for a reason, and together they make the slowest of them the one who decides. " +
		"Guides to decision roles keep the right for rare cases, in which somebody else bears a risk that only they can judge.",
	Fires: "More than B11.parties posts or bodies certainly carry the duty agree on one mission, milestone, initiative, outcome or allocation. Those who must agree to a stated part count with that part alone, and the part with most of them counts. " +
		"A sharing of the duty with a lead, or by a quota, silences it: no one of them can then stop it. It looks at subjects with that duty, and cannot tell where claimants differ on who carries it, that is unclear or withheld, or a date is rough.",
	FalseAlarm: "The law asks for each of these agreements.",
	Question:   "Which of these agreements has ever been refused, and what did that prevent?",
	Sources:    []string{"R4"},
	Needs:      []string{"the duty agree, with its posts and parts", "sharings of that duty"},
	Thresholds: []Threshold{{Name: "B11.parties", Unit: "parties", Value: 2, Least: 1,
		Meaning: "how many may have to agree on one subject; no source names a number (R4 says rare), and the default is declared here"}},
	Bad: manyVetoesBad, Good: manyVetoesGood, Unclear: manyVetoesUnclear, Harmless: manyVetoesHarmless,
	check: func(p *pass) {
		for _, ref := range p.charged() {
			p.checkCrowd(ref, accountability.Agree, "must agree on")
		}
	},
}

var manyConsulted = &Rule{
	ID: "B12", Slug: "many-consulted", Severity: Note,
	Title: "Many are to be asked before anything on one subject is decided",
	Why: "To ask is cheap for whoever asks once, and dear where everybody asks everybody. A list of those to be consulted grows by courtesy and shrinks by nobody, until those on it answer late or not at all, and being asked means nothing. " +
		"Most of those on a long list would be served by being told.",
	Fires: "More than B12.parties posts, bodies or organisations certainly carry the duty consult on one mission, milestone, initiative, outcome or allocation. Groups and places do not count: those are the people it is for. Those with a stated part count with that part alone, and the part with most of them counts. " +
		"It looks at subjects with that duty, and cannot tell where claimants differ on who carries it, that is unclear or withheld, or a date is rough.",
	FalseAlarm: "The subject touches that many bodies, and each has something to say that no other knows.",
	Question:   "Whose answer changed the last decision, and who would have been content to be told?",
	Sources:    []string{"R4"},
	Needs:      []string{"the duty consult, with its posts and parts"},
	Thresholds: []Threshold{{Name: "B12.parties", Unit: "parties", Value: 6, Least: 1,
		Meaning: "how many may have to be consulted on one subject; no source names a number, and the default is declared here"}},
	Bad: manyConsultedBad, Good: manyConsultedGood, Unclear: manyConsultedUnclear, Harmless: manyConsultedHarmless,
	check: func(p *pass) {
		for _, ref := range p.charged() {
			p.checkCrowd(ref, accountability.Consult, "are to be consulted on")
		}
	},
}

// crowd is who carries one duty on a subject, by the part that they carry.
type crowd struct {
	sure, perhaps map[string][]record.ID
	hidden        int // of which nobody says who they are
	differ        bool
}

// most is how many, certainly and perhaps, have to do with the part that most have to do with. Whoever carries all of it has
// to do with each.
func (c *crowd) most() (sure []record.ID, perhaps int) {
	parts := sortedTexts(c.sure)
	for _, part := range sortedTexts(c.perhaps) {
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	for _, part := range append(parts, "") {
		here := distinct(append(slices.Clone(c.sure[""]), c.sure[part]...))
		if len(here) > len(sure) {
			sure = here
		}
		more := append(slices.Clone(here), c.perhaps[""]...)
		perhaps = max(perhaps, len(distinct(append(more, c.perhaps[part]...)))+c.hidden)
	}
	return sure, perhaps
}

func sortedTexts[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// crowd reads who carries a duty on a subject; false where nothing is recorded of it. Groups and places are left out.
func (p *pass) crowd(ref record.Ref, word string) (crowd, bool) {
	c := crowd{sure: make(map[string][]record.ID), perhaps: make(map[string][]record.ID)}
	a, ok := p.register.Answerable(ref, word, p.at)
	if !ok {
		return c, false
	}
	facts := make(map[record.ID][]accountability.Carrier)
	for _, k := range p.carriers(&a) {
		facts[k.Duty.Fact()] = append(facts[k.Duty.Fact()], k)
	}
	said := make(map[record.ID]int) // how many claims there are of each fact
	duties, _ := split(p.basis(&a))
	for _, e := range duties {
		said[e.fact]++
	}
	for _, id := range sortedKeys(said) {
		list := facts[id]
		if len(list) == 0 && a.State != accountability.Vacant {
			c.hidden++ // withheld, unclear or contested
		}
		rivals := said[id] > len(list) || slices.ContainsFunc(list, func(k accountability.Carrier) bool { return k.Post != list[0].Post || k.Duty.Part != list[0].Duty.Part })
		c.differ = c.differ || rivals && len(list) > 0
		for _, k := range list {
			switch kind := p.party(k.Post).kind; {
			case kind == accountability.Group || kind == accountability.Place:
			case !rivals && p.carriesNow(&k):
				c.sure[k.Duty.Part] = append(c.sure[k.Duty.Part], k.Post)
			default:
				c.perhaps[k.Duty.Part] = append(c.perhaps[k.Duty.Part], k.Post)
			}
		}
	}
	return c, true
}

// carriesNow reports whether a carrier has its duty on the day for certain.
func (p *pass) carriesNow(k *accountability.Carrier) bool {
	if k.Duty.State != 0 && k.Duty.State != accountability.Held {
		return false
	}
	return slices.ContainsFunc(p.register.CarriedBy(k.Post, p.at), func(c record.Claim[accountability.Duty]) bool {
		return c.Record == k.Duty && c.On == calendar.Certainly && (!p.on.IsZero() || c.Valid.From.IsZero() && c.Valid.Until.IsZero())
	})
}

func (p *pass) checkCrowd(ref record.Ref, word, must string) {
	c, ok := p.crowd(ref, word)
	if !ok {
		return
	}
	limit := p.limit("parties")
	sure, perhaps := c.most()
	name, question := p.named(ref), "whether more than "+count(limit)+" parties "+must+" "+p.named(ref)
	switch {
	case float64(perhaps) <= limit, word == accountability.Agree && p.outvoted(ref):
		p.nothing(ref)
	case float64(len(sure)) > limit:
		var trigger []Evidence
		for _, id := range sure {
			for _, d := range p.register.CarriedBy(id, p.at) {
				if d.Record.Subject == ref && d.Record.Duty == word {
					trigger = append(trigger, p.evidence(accountability.KindDuty, &d.Record.Record))
				}
			}
		}
		trigger = dedupe(trigger)
		p.finding(ref, attributed(trigger, count(float64(len(sure)))+" parties "+must+" "+name+": "+p.partyNames(sure)), trigger)
	case c.hidden > 0:
		p.cannot(ref, question, Missing{What: "who carries the duty " + quoted(word) + " on it", Ground: "not said for all of them", Way: "record the post of each"})
	case c.differ:
		p.cannot(ref, question, contested("who carries the duty "+quoted(word)+" on it", "the post of each"))
	case p.on.IsZero():
		p.cannot(ref, question, noDay())
	default:
		p.cannot(ref, question, roughDuty("how many do on that day"))
	}
}

// outvoted reports whether those who must agree on a subject share that by a lead or a quota.
func (p *pass) outvoted(ref record.Ref) bool {
	return slices.ContainsFunc(p.register.Sharings(ref, accountability.Agree, p.at), func(c record.Claim[accountability.Sharing]) bool {
		v := c.Record
		return c.On == calendar.Certainly && (v.Lead != "" || v.Rule == accountability.ByLead || v.Rule == accountability.ByQuota)
	})
}

var personHeldDuty = &Rule{
	ID: "B20", Slug: "person-held-duty", Severity: Caution,
	Title: "Somebody answers as a person for what a post should answer for",
	Why: "What is written down for a person ends on the day that the person changes jobs, and nobody notices: the next holder was never named, and the last one is somewhere else. " +
		"What is written down for the post passes on by itself, and the register still says who held it when.",
	Fires: "A line of account of a political or administrative sort has a person as its actor, or a sharing of a duty has a person among its members. A line of a post that the person certainly holds, to the same forum and on the same subject, silences it. " +
		"It has nothing to say of lines of a professional, legal or social sort, which are personal by nature, nor of letters and grants, which may name whoever gets them. It looks at lines and sharings, and cannot tell where the sort of a person's line is not recorded, claimants differ on whether somebody is a person, or a date is rough.",
	FalseAlarm: "It binds this person whatever post they hold, as an undertaking given in public does.",
	Question:   "If this person moved on tomorrow, who would answer instead, and would anything on paper say so?",
	Sources:    []string{"R4"},
	Needs:      []string{"lines of account, with their actors and sorts", "sharings of duties, with their members", "the kinds of parties, and who holds which posts"},
	Bad:        personHeldDutyBad, Good: personHeldDutyGood, Unclear: personHeldDutyUnclear, Harmless: personHeldDutyHarmless,
	check: func(p *pass) {
		lines := p.linesByFact()
		for _, id := range sortedKeys(lines) {
			p.checkActor(id, lines[id])
		}
		sharings := byFact(p, accountability.KindSharing, func(ref record.Ref) []record.Claim[accountability.Sharing] { return p.register.Sharings(ref, "", p.at) })
		for _, id := range sortedKeys(sharings) {
			p.checkMembers(id, sharings[id])
		}
	},
}

// linesByFact returns what is said of every line of account, by fact.
func (p *pass) linesByFact() map[record.ID][]record.Claim[accountability.Line] {
	all := make(map[record.ID][]record.Claim[accountability.Line])
	for _, id := range p.register.Parties() {
		for _, c := range p.register.Lines(id, p.at) {
			all[c.Record.Fact()] = append(all[c.Record.Fact()], c)
		}
	}
	for id := range all {
		sorted(all[id])
	}
	return all
}

func lineRef(id record.ID) record.Ref { return record.Ref{Kind: accountability.KindLine, ID: id} }

func (p *pass) lineName(l *accountability.Line) string {
	name := "the line of account from " + p.partyName(l.Actor) + " to " + p.named(l.Forum)
	if !l.Subject.IsZero() {
		name += " on " + p.named(l.Subject)
	}
	return name
}

// person says whether a party is a person: Possibly where claimants differ.
func (p *pass) person(id record.ID) calendar.Certainty {
	yes, no := false, false
	for _, c := range p.register.Party(id, p.at) {
		if c.Record.Kind == accountability.Person {
			yes = true
		} else {
			no = true
		}
	}
	switch {
	case yes && no:
		return calendar.Possibly
	case yes:
		return calendar.Certainly
	}
	return calendar.No
}

func (p *pass) checkActor(id record.ID, claims []record.Claim[accountability.Line]) {
	ref, name := lineRef(id), p.lineName(claims[0].Record)
	var personal []record.Claim[accountability.Line]
	var missing []Missing
	for _, c := range claims {
		l := c.Record
		is := p.person(l.Actor)
		natural := l.Kind == accountability.ProfessionalLine || l.Kind == accountability.LegalLine || l.Kind == accountability.SocialLine
		switch {
		case is == calendar.No || natural || p.byPost(l):
		case is == calendar.Possibly:
			missing = append(missing, contested("whether its actor is a person or a post", "the kind of the party"))
		case l.Kind != accountability.PoliticalLine && l.Kind != accountability.AdministrativeLine:
			missing = append(missing, unrecorded("of what sort it is", "its sort: political, administrative, legal, professional or social"))
		case c.On != calendar.Certainly:
			missing = append(missing, roughDuty("whether it is in force on that day"))
		default:
			personal = append(personal, c)
		}
	}
	switch {
	case len(personal) > 0:
		trigger := proof(p, accountability.KindLine, personal)
		p.finding(ref, attributed(trigger, name+" binds a person, and no post"), trigger)
	case len(missing) > 0:
		p.cannot(ref, "whether "+name+" binds a person and no post", dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}

// byPost reports whether a post that the actor of a line certainly holds has such a line too.
func (p *pass) byPost(l *accountability.Line) bool {
	for _, h := range p.register.HeldBy(l.Actor, p.at) {
		if h.On == calendar.Certainly && slices.ContainsFunc(p.register.Lines(h.Record.Post, p.at), func(c record.Claim[accountability.Line]) bool {
			return c.On == calendar.Certainly && c.Record.Forum == l.Forum && c.Record.Subject == l.Subject
		}) {
			return true
		}
	}
	return false
}

func (p *pass) checkMembers(id record.ID, claims []record.Claim[accountability.Sharing]) {
	ref := record.Ref{Kind: accountability.KindSharing, ID: id}
	v := claims[0].Record
	name := "the sharing of the duty " + quoted(plain(v.Duty)) + " on " + p.named(v.Subject)
	var personal []record.Claim[accountability.Sharing]
	var missing []Missing
	for _, c := range claims {
		most := calendar.No
		for _, member := range c.Record.Members {
			most = max(most, p.person(member))
		}
		switch {
		case most == calendar.No:
		case most == calendar.Possibly:
			missing = append(missing, contested("whether a member is a person or a post", "the kinds of its members"))
		case c.On != calendar.Certainly:
			missing = append(missing, roughDuty("whether it is in force on that day"))
		default:
			personal = append(personal, c)
		}
	}
	switch {
	case len(personal) > 0:
		trigger := proof(p, accountability.KindSharing, personal)
		p.finding(ref, attributed(trigger, name+" has a person among its members, and not the post"), trigger)
	case len(missing) > 0:
		p.cannot(ref, "whether "+name+" binds a person and no post", dedupeMissing(missing)...)
	default:
		p.nothing(ref)
	}
}
