package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// The rules on holdings that do not fit the life of what is held, or of whoever holds it.

var outsidePost = &Rule{
	ID: "A05", Slug: "outside-post", Severity: Caution,
	Title: "A post was held on days on which it, or its organisation, did not exist",
	Why: "One of the two dates is wrong. Whoever asks who answered on such a day gets a name for an office that was not there, or an office that was there under another name. " +
		"Decisions of those days then hang on nobody.",
	Fires: "The stated days of a holding certainly take in a day on which its post, or an organisation that the post then belongs to, certainly does not exist. " +
		"It compares a start and an end that are stated and no others. Days before a post or organisation that a succession names as a successor are left alone. It looks at posts of which, or of whose organisations, a start or an end is recorded, and cannot tell where a date is rough.",
	FalseAlarm: "The office existed before under another name, or in another organisation, and the register begins with the new one.",
	Question:   "Which of the two dates comes from a document, and which was filled in?",
	Sources:    []string{"R12"},
	Needs:      []string{"posts and their organisations, with their first and last days", "holdings of posts, with their dates", "successions"},
	Bad:        outsidePostBad, Good: outsidePostGood, Unclear: outsidePostUnclear, Harmless: outsidePostHarmless,
	check: func(p *pass) {
		lives := p.lives()
		if len(lives) == 0 {
			return
		}
		for _, id := range sortedIDs(p.register.Parties()) {
			p.checkOutside(lives, id)
		}
	},
}

func (p *pass) checkOutside(lives map[record.ID]*life, id record.ID) {
	_, turns := p.chain(lives, id)
	if len(turns) == 0 {
		return
	}
	spells := p.register.Spells(id, p.at.Known)
	if len(spells) == 0 {
		return
	}
	var trigger, context []Evidence
	var first calendar.Date
	var missing record.ID
	rough := false
	for _, s := range spells {
		for _, day := range stated(s, turns) {
			on, what := p.stands(lives, id, day)
			switch {
			case on == calendar.Certainly || p.continues(lives, what, day):
			case on == calendar.No && !s.Possible:
				trigger = append(trigger, p.holdingsBy(id, s.Party, day)...)
				context = append(context, p.livesOf(lives, what)...)
				if first.IsZero() || day.Before(first) {
					first, missing = day, what
				}
			default:
				rough = true
			}
		}
	}
	ref, name := partyRef(id), "the post "+quoted(p.lasting(id, lives))
	switch {
	case len(trigger) > 0:
		trigger = dedupe(append(trigger, context...))
		gone := "that post"
		if missing != id {
			gone = p.lasting(missing, lives)
		}
		p.finding(ref, attributed(trigger, name+" is recorded as held on "+day(first)+", when "+gone+" did not exist"), trigger)
	case rough:
		p.cannot(ref, "whether "+name+" was held while it, or its organisation, did not exist",
			Missing{What: "which of the days came first", Ground: "not known from their dates", Way: "record the dates of the post, of its organisation and of its holdings more closely"})
	default:
		p.nothing(ref)
	}
}

// stated returns the days of a spell that are to be looked at: its first and last where they are stated, and the turns
// between them where both are.
func stated(s accountability.Spell, turns []calendar.Date) []calendar.Date {
	var days []calendar.Date
	if !s.From.IsZero() {
		days = append(days, s.From)
	}
	if !s.Until.IsZero() && (s.From.IsZero() || s.From.Before(s.Until.Add(-1))) {
		days = append(days, s.Until.Add(-1))
	}
	if len(days) == 2 {
		for _, t := range turns {
			if t.After(days[0]) && t.Before(s.Until.Add(-1)) {
				days = append(days, t)
			}
		}
	}
	return days
}

// continues reports whether a day lies before a party that came after another, as a succession says.
func (p *pass) continues(lives map[record.ID]*life, id record.ID, day calendar.Date) bool {
	if p.begun(lives, id, day) {
		return false
	}
	return slices.ContainsFunc(p.register.Successions(id, p.at), func(c record.Claim[accountability.Succession]) bool {
		return slices.Contains(c.Record.Successors, id)
	})
}

var openAfterEnd = &Rule{
	ID: "A06", Slug: "open-after-end", Severity: Caution,
	Title: "A holding runs on although its holder, its post or the organisation has come to an end",
	Why: "A death, an abolition or a merger ends what hangs on it, and registers do not follow by themselves: somebody has to close the holding. " +
		"Until then an answer to who is responsible names somebody who cannot be asked, and it looks like any other answer.",
	Fires: "A holding without an end certainly runs on the day, and its holder, its post or an organisation that the post then belongs to has certainly come to an end. " +
		"A holding whose end is recorded as unknown is not taken to run on. It looks at posts of which, of whose organisations or of whose holders an end is recorded. It cannot tell where a date is rough, or no day is set.",
	FalseAlarm: "The post went over to another organisation, and nobody has recorded that.",
	Question:   "Who has done the work of this post since then, and on whose authority?",
	Sources:    []string{"R12"},
	Needs:      []string{"posts, their organisations and their holders, with their last days", "holdings of posts, with their dates"},
	Bad:        openAfterEndBad, Good: openAfterEndGood, Unclear: openAfterEndUnclear, Harmless: openAfterEndHarmless,
	check: func(p *pass) {
		lives := p.lives()
		if len(lives) == 0 {
			return
		}
		for _, id := range sortedIDs(p.register.Parties()) {
			p.checkOpen(lives, id)
		}
	},
}

func (p *pass) checkOpen(lives map[record.ID]*life, id record.ID) {
	ends := func(id record.ID) bool { return lives[id] != nil && lives[id].ends }
	chain, _ := p.chain(lives, id)
	looked := slices.ContainsFunc(chain, ends)
	spells := p.register.Spells(id, p.at.Known)
	if len(spells) == 0 {
		return
	}
	var trigger []Evidence
	var clauses []string
	rough := false
	name := "the post " + quoted(p.lasting(id, lives))
	for _, s := range spells {
		looked = looked || ends(s.Party)
		if !p.goesOn(spells, s) || !slices.ContainsFunc(chain, ends) && !ends(s.Party) {
			continue
		}
		holdings, closing := p.runningBy(id, s.Party)
		if closing {
			continue
		}
		over, what := p.ended(lives, id, s.Party)
		switch {
		case over == calendar.Certainly && !s.Possible:
			trigger = append(append(trigger, holdings...), p.livesOf(lives, what)...)
			switch what {
			case s.Party:
				clauses = append(clauses, "its holder")
			case id:
				clauses = append(clauses, "the post itself")
			default:
				clauses = append(clauses, p.lasting(what, lives))
			}
		case over != calendar.No:
			rough = true
		}
	}
	ref := partyRef(id)
	question := "whether a holding of " + name + " runs on after an end"
	switch {
	case !looked:
	case len(trigger) > 0:
		trigger = dedupe(trigger)
		slices.Sort(clauses)
		p.finding(ref, attributed(trigger, "a holding of "+name+" runs on, although "+listed(slices.Compact(clauses))+" came to an end"), trigger)
	case rough && p.on.IsZero():
		p.cannot(ref, question, noDay())
	case rough:
		p.cannot(ref, question, roughDuty("which had ended on that day, and whether it was still held,"))
	default:
		p.nothing(ref)
	}
}

// goesOn reports whether a spell runs on the day and has no end: one that may have begun by then goes over into one that has.
func (p *pass) goesOn(spells []accountability.Spell, s accountability.Spell) bool {
	switch {
	case !p.on.IsZero() && s.From.After(p.on):
		return false
	case s.Until.IsZero():
		return true
	}
	return s.Possible && s.Until.After(p.on) && slices.ContainsFunc(spells, func(o accountability.Spell) bool {
		return o.Party == s.Party && o.From == s.Until && o.Until.IsZero()
	})
}

// runningBy returns the holdings of a post by a party on the day of the review, and whether an end that is not known is
// recorded for all of them.
func (p *pass) runningBy(post, party record.ID) (list []Evidence, closing bool) {
	holders, _ := p.register.Holders(post, p.at)
	closing = true
	for _, h := range holders {
		if h.Party == party {
			list = append(list, p.evidence(accountability.KindHolding, &h.Holding.Record))
			closing = closing && h.Holding.Until.IsUnknown()
		}
	}
	return list, closing && len(list) > 0
}

// ended says whether a holder, the post or what the post belongs to has come to an end by the day of the review, and which of
// them has.
func (p *pass) ended(lives map[record.ID]*life, post, holder record.ID) (over calendar.Certainty, what record.ID) {
	over = calendar.No
	if p.on.IsZero() {
		return calendar.Possibly, post
	}
	if l := lives[holder]; l != nil && l.ends {
		switch on, _ := p.exists(holder, p.on); {
		case on == 0 && p.begun(lives, holder, p.on):
			return calendar.Certainly, holder
		case on == calendar.Possibly:
			over, what = calendar.Possibly, holder
		}
	}
	switch on, gone := p.stands(lives, post, p.on); {
	case lives[gone] == nil || !lives[gone].ends:
	case on == calendar.No && p.begun(lives, gone, p.on):
		return calendar.Certainly, gone
	case on == calendar.Possibly:
		over, what = calendar.Possibly, gone
	}
	return over, what
}
