package accountability

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Register is a checked set of accountability records, as a view leaves it. It is immutable and safe for concurrent
// readers. The zero Register holds nothing. Every question takes a [record.Moment]; the zero Moment is the view's own day
// and instant. Without a day, questions are about the latest word whatever its period.
type Register struct {
	view     record.View
	parties  record.Timelines[Party]
	holdings record.Timelines[Holding]
	duties   record.Timelines[Duty]
	forums   record.Timelines[Forum]
	mandates record.Timelines[Mandate]
	freedoms record.Timelines[Freedom]

	dutiesOn map[record.Ref][]record.ID // duties by subject
	dutiesOf map[record.ID][]record.ID  // duties by post
	forumsOn map[record.Ref][]record.ID // forums by subject
	freeOn   map[record.Ref][]record.ID // freedoms by subject

	mandatesTo map[record.ID][]record.ID // mandates by party

	arrangements
	byPost   chart[record.ID, Holding] // holdings by post
	byTo     chart[record.ID, Grant]   // grants by party
	byHolder map[record.ID]int32       // the number of each holder
	heldBy   filed                     // holdings by the number of their holder
	within   func(record.Ref) []record.Ref
}

// Checked returns the Register of a Spec that has passed its check already, as a view leaves it. The Register keeps the
// Spec's slices where the view leaves nothing out.
func (s Spec) Checked(view record.View) *Register {
	r := &Register{view: view}
	r.parties = record.Read(&view, s.Parties, s.Sources)
	holdings := counting(&view, s.Holdings)
	r.holdings = record.NewTimelines(holdings, s.Sources)
	r.duties = record.Read(&view, s.Duties, s.Sources)
	r.forums = record.Read(&view, s.Forums, s.Sources)
	r.mandates = record.Read(&view, s.Mandates, s.Sources)
	r.freedoms = record.Read(&view, s.Freedoms, s.Sources)
	r.dutiesOn = record.Group(&r.duties, func(d *Duty) record.Ref { return d.Subject })
	r.dutiesOf = record.Group(&r.duties, func(d *Duty) record.ID { return d.Post })
	r.mandatesTo = record.Group(&r.mandates, func(m *Mandate) record.ID { return m.To })
	r.forumsOn = record.Group(&r.forums, func(f *Forum) record.Ref { return f.Subject })
	r.freeOn = record.Group(&r.freedoms, func(f *Freedom) record.Ref { return f.Subject })
	held := newFiling[record.ID](r.holdings.Len(), r.parties.Len())
	r.byPost = newChart[record.ID, Holding](&r.holdings, holdings, s.Sources, r.parties.Len(), func(h *Holding) record.ID { return h.Post },
		func(h *Holding, fact int32) { held.add(h.Holder, fact) })
	r.byHolder, r.heldBy = held.numbers, held.close()
	r.arrange(&s)
	grants := counting(&view, s.Grants)
	r.grants = record.NewTimelines(grants, s.Sources)
	r.byTo = newChart[record.ID, Grant](&r.grants, grants, s.Sources, r.parties.Len(), func(g *Grant) record.ID { return g.To }, nil)
	r.supersededBy = several(&r.grants, func(g *Grant) []record.ID { return g.Supersedes })
	return r
}

// counting returns the records that count in a view: the Spec's own slice where all do.
func counting[T any, P record.Holder[T]](view *record.View, records []T) []T {
	if len(view.Without) > 0 || view.Audience != 0 {
		records, _ = record.Select[T, P](view, records)
	}
	return records
}

// party is the fact that the id of a party means, or the id itself where the view has left the fact out. The check has done
// the same to every reference in the records.
func (r *Register) party(id record.ID) record.ID {
	if fact, ok := r.parties.Fact(id); ok {
		return fact
	}
	return id
}

// Answer says how one duty on one subject stands on a day, as known at an instant, and which records say so.
type Answer struct {
	Duty    string
	Subject record.Ref
	// State is held, vacant, unclear, contested or withheld; zero means that the records do not say.
	State DutyState
	// Certain is false where a date of a duty or holding used is known only to within a stretch that the day falls into, or
	// is not known, and where no day was given and one of them has a start or an end.
	Certain bool
	// Why says in words what the state rests on, where it is not plainly held.
	Why string
	// Unfilled are the posts that carry the duty and have no holder, in the order of the carriers. A duty that is shared
	// and has some of its posts filled is held, and these posts say for which part it is not.
	Unfilled []record.ID
	// FromTitle says that whatever carries the duty was read off its title and stated nowhere.
	FromTitle bool
	// Carriers are the posts, bodies or organisations that carry the duty, each with its holders.
	Carriers []Carrier
	// Records are the duties used, each followed by the holdings of what carries it, and each once.
	Records []record.Ref
}

// Carrier is what carries a duty, and who holds it.
type Carrier struct {
	Post record.ID
	// Duty is the record that gives it the duty.
	Duty *Duty
	// Holders are the parties that hold the post. A body or organisation carries duties itself and has none.
	Holders []Holder
	// Filled says how the post stands: held, vacant (a holding of it is known to have ended, and none has begun since), or
	// zero where no holding by that day is recorded.
	Filled DutyState
}

// Duties returns the words for the duties that are recorded on a subject at any time, in the order of the Spec.
func (r *Register) Duties(subject record.Ref) []string {
	var words []string
	for _, id := range r.dutiesOn[subject] {
		for _, d := range r.duties.Versions(id) {
			if d.Duty != "" && !slices.Contains(words, d.Duty) {
				words = append(words, d.Duty)
			}
		}
	}
	return words
}

// Answerable returns how a duty on a subject stands. The second result is false where no record speaks of that duty on
// that subject at that moment: that is silence, and neither held nor vacant. A duty carried by several posts that do not
// rival each other is shared, and held by all of them.
func (r *Register) Answerable(subject record.Ref, duty string, at record.Moment) (Answer, bool) {
	at = r.view.At(at)
	a := Answer{Duty: duty, Subject: subject, Certain: true}
	var states []DutyState
	rivals := false
	for _, id := range r.dutiesOn[subject] {
		claims := slices.DeleteFunc(r.duties.At(id, at.On, at.Known), func(c record.Claim[Duty]) bool {
			return c.Record.Duty != duty || c.Record.Subject != subject
		})
		for i, c := range claims {
			rivals = rivals || i > 0 && (c.Record.Post != claims[0].Record.Post || c.Record.stands() != claims[0].Record.stands())
			states = append(states, r.carry(&a, c, at))
		}
	}
	if len(states) == 0 {
		return Answer{}, false
	}
	a.settle(states, rivals)
	if !a.Certain && a.Why == "" {
		a.Why = "a date that it rests on is not known well enough to be sure"
		if at.On.IsZero() {
			a.Why = "no day is given: this is the latest word, which need not hold today"
		}
	}
	return a, true
}

// stands is the state that a record gives its duty, which is held where a post is named and nothing else said.
func (d *Duty) stands() DutyState {
	if d.State == 0 && d.Post != "" {
		return Held
	}
	return d.State
}

// carry adds one claim to an answer and returns the state that it gives the duty.
func (r *Register) carry(a *Answer, c record.Claim[Duty], at record.Moment) DutyState {
	d := c.Record
	a.use(record.Ref{Kind: KindDuty, ID: d.ID}, c.Valid, c.On, at)
	if d.Post == "" {
		return d.stands()
	}
	carrier := Carrier{Post: d.Post, Duty: d}
	carrier.Holders, carrier.Filled = r.Holders(d.Post, at)
	for _, h := range carrier.Holders {
		a.use(record.Ref{Kind: KindHolding, ID: h.Holding.ID}, h.valid, h.On, at)
	}
	a.Carriers = append(a.Carriers, carrier)
	a.FromTitle = d.FromTitle && (a.FromTitle || len(a.Carriers) == 1)
	if state := d.stands(); state != Held || carrier.Filled != Vacant {
		return state
	}
	if !slices.Contains(a.Unfilled, d.Post) {
		a.Unfilled = append(a.Unfilled, d.Post)
	}
	return Vacant
}

// use notes a record that an answer rests on.
func (a *Answer) use(ref record.Ref, valid calendar.Period, on calendar.Certainty, at record.Moment) {
	if !slices.Contains(a.Records, ref) {
		a.Records = append(a.Records, ref)
	}
	if on != calendar.Certainly || at.On.IsZero() && (!valid.From.IsZero() || !valid.Until.IsZero()) {
		a.Certain = false
	}
}

// settle draws the state of a duty from those of its claims: claims that rival each other make it contested, one that is
// held makes it held, otherwise one that is unclear makes it unclear, and one that is withheld makes it withheld. The order
// of the claims plays no part.
func (a *Answer) settle(states []DutyState, rivals bool) {
	switch {
	case rivals:
		a.State, a.Why = Contested, "claimants differ on who carries it"
	case slices.Contains(states, Contested):
		a.State, a.Why = Contested, "it is recorded as contested"
	case slices.Contains(states, Held):
		a.State = Held
		if len(a.Unfilled) > 0 {
			a.Why = "it is shared, and a post that carries it has no holder"
		}
	default:
		a.State = Vacant
		if slices.Contains(states, Unclear) {
			a.State = Unclear
		} else if slices.Contains(states, Withheld) {
			a.State = Withheld
		}
		a.Why = "it is recorded as " + a.State.String()
		if a.State == Vacant && len(a.Carriers) > 0 {
			a.Why = "the post that carries it has no holder"
		}
	}
}

// HeldBy returns the posts that a party holds, as their holdings, in the order of the Spec.
func (r *Register) HeldBy(party record.ID, at record.Moment) []record.Claim[Holding] {
	party = r.party(party)
	number, ok := r.byHolder[party]
	if !ok {
		return nil
	}
	at = r.view.At(at)
	var all []record.Claim[Holding]
	for _, first := range r.heldBy.of(number) {
		for _, c := range r.holdings.At(r.byPost.records[first].Fact(), at.On, at.Known) {
			if c.Record.Holder == party {
				all = append(all, c)
			}
		}
	}
	return all
}

// CarriedBy returns the duties that a post, body or organisation carries, in the order of the Spec.
func (r *Register) CarriedBy(post record.ID, at record.Moment) []record.Claim[Duty] {
	post = r.party(post)
	all := r.duties.Collect(r.dutiesOf[post], r.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Duty]) bool { return c.Record.Post != post })
}

// Vacancies returns every duty in force that is vacant, unclear or contested, or of which the records do not say, in the order in which the Spec first names
// the subject and the duty.
func (r *Register) Vacancies(at record.Moment) []Answer {
	var answers []Answer
	for _, q := range r.questions() {
		if a, ok := r.Answerable(q.subject, q.duty, at); ok && a.State != Held && a.State != Withheld {
			answers = append(answers, a)
		}
	}
	return answers
}

// Party returns what each claimant says a party is.
func (r *Register) Party(id record.ID, at record.Moment) []record.Claim[Party] {
	at = r.view.At(at)
	return r.parties.At(id, at.On, at.Known)
}

// Parties returns the ids of the parties, in the order of the Spec.
func (r *Register) Parties() []record.ID { return r.parties.Facts() }

// Forums returns the forums on a subject, rival claims side by side, in the order of the Spec.
func (r *Register) Forums(subject record.Ref, at record.Moment) []record.Claim[Forum] {
	all := r.forums.Collect(r.forumsOn[subject], r.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Forum]) bool { return c.Record.Subject != subject })
}

// Mandates returns the mandates that bind a party, in the order of the Spec.
func (r *Register) Mandates(to record.ID, at record.Moment) []record.Claim[Mandate] {
	to = r.party(to)
	all := r.mandates.Collect(r.mandatesTo[to], r.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Mandate]) bool { return c.Record.To != to })
}

// Freedoms returns what is said of the freedoms on a subject, giver's and holder's word side by side.
func (r *Register) Freedoms(subject record.Ref, at record.Moment) []record.Claim[Freedom] {
	all := r.freedoms.Collect(r.freeOn[subject], r.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Freedom]) bool { return c.Record.Subject != subject })
}
