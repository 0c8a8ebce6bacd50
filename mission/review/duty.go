package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// dutyRules are those on posts, duties and accounts as a register holds them.
var dutyRules = []*Rule{
	outsidePost,
	openAfterEnd,
	manyVetoes,
	manyConsulted,
	ownerTime,
	ownerChurn,
	personHeldDuty,
	recallableHolder,
	accountOverdue,
}

// What these rules share: how long parties last, and who filled a duty when.

// life is what is recorded of how long a party lasts: it has a start or an end.
type life struct {
	turns []calendar.Date // on which it may turn, ascending
	ends  bool            // an end is stated, known or not
}

// lives returns the lives of the parties of which any record has a start or an end.
func (p *pass) lives() map[record.ID]*life {
	all := make(map[record.ID]*life)
	for ref, r := range p.m.Records() {
		if ref.Kind != accountability.KindParty || r.From.IsZero() && r.Until.IsZero() {
			continue
		}
		l := all[r.Fact()]
		if l == nil {
			l = new(life)
			all[r.Fact()] = l
		}
		l.ends = l.ends || !r.Until.IsZero()
		for _, w := range []calendar.When{r.From, r.Until} {
			if w.IsResolved() {
				l.turns = append(l.turns, w.Earliest().Add(-1), w.Earliest(), w.Latest(), w.Latest().Add(1))
			}
		}
		if r.Verb > record.Assert && !r.Recorded.IsZero() {
			l.turns = append(l.turns, calendar.Of(r.Recorded.UTC()))
		}
	}
	for _, l := range all {
		l.turns = inTurn(l.turns)
	}
	return all
}

// inTurn sorts days and leaves each once.
func inTurn(days []calendar.Date) []calendar.Date {
	slices.SortFunc(days, calendar.Date.Compare)
	return slices.Compact(days)
}

// exists says whether a party exists on a day, and which organisations it then belongs to. The zero Certainty means that
// nothing is recorded of it by now.
func (p *pass) exists(id record.ID, day calendar.Date) (on calendar.Certainty, of []record.ID) {
	at := p.at
	at.On = day
	for _, c := range p.register.Party(id, at) {
		on = max(on, c.On)
		if c.Record.OfParty != "" {
			of = append(of, c.Record.OfParty)
		}
	}
	return on, distinct(of)
}

// stands says whether a party and all that it belongs to exist on a day, and which of them does not or may not. Where
// claimants differ on what something belongs to, it looks no further.
func (p *pass) stands(lives map[record.ID]*life, id record.ID, day calendar.Date) (on calendar.Certainty, what record.ID) {
	on, what = calendar.Certainly, id
	for range 16 { // bodies may be recorded as parts of one another in a circle
		here, of := p.exists(id, day)
		if here == 0 {
			if lives[id] == nil {
				return on, what // not known yet
			}
			return calendar.No, id
		}
		if here < on {
			on, what = here, id
		}
		if len(of) != 1 {
			break
		}
		id = of[0]
	}
	return on, what
}

// chain returns a party and all that it ever belongs to, nearest first, and the days on which any of them may turn. Without
// such days nothing is recorded of how long they last.
func (p *pass) chain(lives map[record.ID]*life, id record.ID) (chain []record.ID, turns []calendar.Date) {
	chain = []record.ID{id}
	for i := 0; i < len(chain) && i < 64; i++ {
		days := []calendar.Date{anyDay}
		if l := lives[chain[i]]; l != nil {
			days = l.turns
			turns = append(turns, days...)
		}
		for _, day := range days {
			_, of := p.exists(chain[i], day)
			for _, o := range of {
				if !slices.Contains(chain, o) {
					chain = append(chain, o)
				}
			}
		}
	}
	return chain, inTurn(turns)
}

// anyDay is any day: on each of them the word on what has neither a start nor an end is the same.
var anyDay = calendar.On(2000, 1, 1)

// livesOf is the evidence of how long a party lasts.
func (p *pass) livesOf(lives map[record.ID]*life, id record.ID) []Evidence {
	var list []Evidence
	if l := lives[id]; l != nil {
		for _, day := range l.turns {
			at := p.at
			at.On = day
			list = append(list, proof(p, accountability.KindParty, p.register.Party(id, at))...)
		}
	}
	return dedupe(list)
}

// begun reports whether a party exists, certainly or possibly, on some day up to one.
func (p *pass) begun(lives map[record.ID]*life, id record.ID, by calendar.Date) bool {
	if l := lives[id]; l != nil {
		for _, day := range l.turns {
			if day.After(by) {
				break
			}
			if on, _ := p.exists(id, day); on > calendar.No {
				return true
			}
		}
	}
	on, _ := p.exists(id, by)
	return on > calendar.No
}

// lasting is the name of a party that may be over by the day of the review.
func (p *pass) lasting(id record.ID, lives map[record.ID]*life) string {
	if known := p.party(id); known.kind != 0 || lives[id] == nil {
		return p.partyName(id)
	}
	for _, day := range lives[id].turns {
		at := p.at
		at.On = day
		for _, c := range sorted(p.register.Party(id, at)) {
			switch {
			case c.Record.Kind == accountability.Person:
				return "a person"
			case c.Record.Name != "":
				return plain(c.Record.Name)
			}
		}
	}
	return p.partyName(id)
}

// tenure is a time in which somebody filled a duty on a subject: in a post that carried it, or as the body that did.
type tenure struct {
	post   record.ID
	holder record.ID // empty for a body, and where the holder is not named
	// It may have begun on from, where zero means that no start is stated, and gone on until until, where zero means that no
	// end has come. It certainly ran from sure until unsure where certain, with zeros that mean the same.
	from, until, sure, unsure calendar.Date
	certain                   bool
	standsIn                  bool
	records                   []Evidence
}

// unit is who would be asked: the holder, or what carries the duty.
func (t *tenure) unit() record.ID {
	if t.holder != "" {
		return t.holder
	}
	return t.post
}

// tenures returns the times in which a duty on a subject was filled, by their first days.
func (p *pass) tenures(ref record.Ref, word string) []tenure {
	carried := p.register.Carried(ref, word, p.at.Known)
	var days []calendar.Date
	var posts []record.ID
	add := func(spells []accountability.Spell) {
		for _, s := range spells {
			days = append(days, s.From, s.Until)
		}
	}
	add(carried)
	for _, s := range carried {
		if s.Party != "" && !slices.Contains(posts, s.Party) {
			posts = append(posts, s.Party)
			add(p.register.Spells(s.Party, p.at.Known))
		}
	}
	days = slices.DeleteFunc(inTurn(days), calendar.Date.IsZero)
	if len(days) == 0 {
		days = []calendar.Date{anyDay}
	}
	days = slices.Insert(days, 0, days[0].Add(-1))
	type key struct {
		post, holder record.ID
		standsIn     bool
	}
	var all []tenure
	running := make(map[key]int)
	for i, day := range days {
		var from, next calendar.Date
		if i > 0 {
			from = day
		}
		if i+1 < len(days) {
			next = days[i+1]
		}
		reached := make(map[key]int)
		for _, s := range carried {
			if s.Party == "" || s.From.After(day) || !s.Until.IsZero() && !day.Before(s.Until) {
				continue
			}
			for _, h := range p.filling(s.Party, day) {
				k := key{s.Party, h.holder, h.standsIn}
				n, ok := running[k]
				if _, seen := reached[k]; !ok && seen {
					n, ok = reached[k], true
				}
				if !ok {
					n = len(all)
					all = append(all, tenure{post: s.Party, holder: h.holder, from: from, standsIn: h.standsIn})
				}
				reached[k] = n
				t := &all[n]
				t.records = append(t.records, h.records...)
				if h.certain && !s.Possible {
					if !t.certain {
						t.certain, t.sure = true, from
					}
					t.unsure = next
				}
			}
		}
		for k, n := range running {
			if _, ok := reached[k]; !ok {
				all[n].until = day
			}
		}
		running = reached
	}
	for i := range all {
		all[i].records = dedupe(all[i].records)
	}
	slices.SortStableFunc(all, func(a, b tenure) int {
		if c := a.from.Compare(b.from); c != 0 {
			return c
		}
		return partyRef(a.unit()).Compare(partyRef(b.unit()))
	})
	return all
}

// filler is who fills a post, or the body itself, on a day.
type filler struct {
	holder            record.ID
	certain, standsIn bool
	records           []Evidence
}

func (p *pass) filling(carrier record.ID, day calendar.Date) []filler {
	at := p.at
	at.On = day
	holders, _ := p.register.Holders(carrier, at)
	var list []filler
	for _, h := range holders {
		list = append(list, filler{h.Party, h.On == calendar.Certainly, standsIn(h.Holding), []Evidence{p.evidence(accountability.KindHolding, &h.Holding.Record)}})
	}
	if len(list) == 0 {
		claims := p.register.Party(carrier, at)
		if len(claims) > 0 && !slices.ContainsFunc(claims, func(c record.Claim[accountability.Party]) bool { return c.Record.Kind == accountability.Post }) {
			list = append(list, filler{certain: true})
		}
	}
	return list
}

// dutiesOn is the evidence of the duties of one word that certainly or possibly hold on a subject, whatever the day.
func (p *pass) dutiesOn(ref record.Ref, word string) []Evidence {
	var list []Evidence
	for _, s := range p.register.Carried(ref, word, p.at.Known) {
		at := p.at
		at.On = s.From
		if at.On.IsZero() {
			if at.On = anyDay; !s.Until.IsZero() {
				at.On = s.Until.Add(-1)
			}
		}
		a, _ := p.register.Answerable(ref, word, at)
		d, _ := split(p.basis(&a))
		list = append(list, d...)
	}
	return dedupe(list)
}

// charged returns the missions, milestones, initiatives, outcomes and allocations, on which duties may lie.
func (p *pass) charged() []record.Ref {
	list := p.worked()
	for _, o := range p.results() {
		list = append(list, outcomeRef(o.id))
	}
	for _, s := range p.allotments() {
		list = append(list, s.ref())
	}
	return list
}
