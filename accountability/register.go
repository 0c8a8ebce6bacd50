package accountability

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Register is a checked set of accountability records, as a view leaves it. It is immutable and safe for concurrent
// readers. The zero Register holds nothing. Every question takes a [record.Moment]; the zero Moment is the view's own day
// and instant. Without a day, questions are about the latest word whatever its period, and say so in their state.
type Register struct {
	view     record.View
	parties  record.Timelines[Party]
	holdings record.Timelines[Holding]
	duties   record.Timelines[Duty]
	forums   record.Timelines[Forum]
	mandates record.Timelines[Mandate]
	freedoms record.Timelines[Freedom]

	dutiesOn  map[record.Ref][]record.ID // duties by subject
	dutiesOf  map[record.ID][]record.ID  // duties by post
	holdersOf map[record.ID][]record.ID  // holdings by post
	heldBy    map[record.ID][]record.ID  // holdings by holder
	forumsOn  map[record.Ref][]record.ID // forums by subject
	freeOn    map[record.Ref][]record.ID // freedoms by subject
}

// Checked returns the Register of a Spec that has passed its check already, as a view leaves it. The Register keeps the
// Spec's slices where the view leaves nothing out.
func (s Spec) Checked(view record.View) *Register {
	r := &Register{view: view}
	r.parties = record.Read(&view, s.Parties, s.Sources)
	r.holdings = record.Read(&view, s.Holdings, s.Sources)
	r.duties = record.Read(&view, s.Duties, s.Sources)
	r.forums = record.Read(&view, s.Forums, s.Sources)
	r.mandates = record.Read(&view, s.Mandates, s.Sources)
	r.freedoms = record.Read(&view, s.Freedoms, s.Sources)
	party := func(id record.ID) record.ID {
		if fact, ok := r.parties.Fact(id); ok {
			return fact
		}
		return id
	}
	r.dutiesOn = record.Group(&r.duties, func(d *Duty) record.Ref { return d.Subject })
	r.dutiesOf = record.Group(&r.duties, func(d *Duty) record.ID { return party(d.Post) })
	r.holdersOf = record.Group(&r.holdings, func(h *Holding) record.ID { return party(h.Post) })
	r.heldBy = record.Group(&r.holdings, func(h *Holding) record.ID { return party(h.Holder) })
	r.forumsOn = record.Group(&r.forums, func(f *Forum) record.Ref { return f.Subject })
	r.freeOn = record.Group(&r.freedoms, func(f *Freedom) record.Ref { return f.Subject })
	return r
}

// Answer says how one duty on one subject stands on a day, as known at an instant, and which records say so.
type Answer struct {
	Duty    string
	Subject record.Ref
	// State is held, vacant, unclear or contested; zero means that the records do not say.
	State DutyState
	// Certain is false where a date is known only to within a stretch that the day falls into, or is not known.
	Certain bool
	// Why says in words what the state rests on, where it is not plainly held.
	Why string
	// Carriers are the posts, bodies or organisations that carry the duty, each with its holders.
	Carriers []Carrier
	// Records are the duties and holdings used, in the order of the Spec.
	Records []record.Ref
}

// Carrier is what carries a duty, and who holds it.
type Carrier struct {
	Post record.ID
	// Duty is the record that gives it the duty.
	Duty *Duty
	// Holders are the parties that hold the post. A body or organisation carries duties itself and has none.
	Holders []Holder
	// Filled says how the post stands: held, vacant (its last holding is known to have ended), or zero where no holding
	// of it is recorded.
	Filled DutyState
}

// Holder is a party that holds a post.
type Holder struct {
	Party   record.ID
	Holding *Holding
	On      calendar.Certainty
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
			rivals = rivals || i > 0 && (c.Record.Post != claims[0].Record.Post || c.Record.State != claims[0].Record.State)
			states = append(states, r.carry(&a, c, at))
		}
	}
	if len(states) == 0 {
		return Answer{}, false
	}
	a.settle(states, rivals)
	return a, true
}

// carry adds one claim to an answer and returns the state that it gives the duty.
func (r *Register) carry(a *Answer, c record.Claim[Duty], at record.Moment) DutyState {
	d := c.Record
	a.Records = append(a.Records, record.Ref{Kind: KindDuty, ID: d.ID})
	a.Certain = a.Certain && c.On == calendar.Certainly
	if d.Post == "" {
		return d.State
	}
	carrier := Carrier{Post: d.Post, Duty: d}
	carrier.Holders, carrier.Filled = r.Holders(d.Post, at)
	for _, h := range carrier.Holders {
		a.Records = append(a.Records, record.Ref{Kind: KindHolding, ID: h.Holding.ID})
	}
	a.Carriers = append(a.Carriers, carrier)
	switch {
	case d.State != 0 && d.State != Held:
		return d.State
	case carrier.Filled == Vacant:
		return Vacant
	}
	return Held
}

// settle draws the state of a duty from those of its claims: claims that rival each other make it contested, one that is
// held makes it held, and otherwise the first speaks.
func (a *Answer) settle(states []DutyState, rivals bool) {
	switch {
	case rivals:
		a.State, a.Why = Contested, "claimants differ on who carries it"
	case slices.Contains(states, Contested):
		a.State, a.Why = Contested, "it is recorded as contested"
	case slices.Contains(states, Held):
		a.State = Held
	default:
		a.State = states[0]
		a.Why = "it is recorded as " + a.State.String()
		if a.State == Vacant && len(a.Carriers) > 0 {
			a.Why = "the post that carries it has no holder"
		}
	}
}

// Holders returns who holds a post, in the order of the Spec, and how the post stands: held; vacant where every holding
// known of it has certainly ended or not begun; zero where none is recorded, and always for a party that is not a post.
func (r *Register) Holders(post record.ID, at record.Moment) ([]Holder, DutyState) {
	at = r.view.At(at)
	if p := r.parties.At(post, at.On, at.Known); len(p) > 0 && p[0].Record.Kind != Post {
		return nil, 0
	}
	fact := post
	if f, ok := r.parties.Fact(post); ok {
		fact = f
	}
	var holders []Holder
	known := false
	for _, id := range r.holdersOf[fact] {
		known = known || len(r.holdings.At(id, calendar.Date{}, at.Known)) > 0
		for _, c := range r.holdings.At(id, at.On, at.Known) {
			holders = append(holders, Holder{Party: c.Record.Holder, Holding: c.Record, On: c.On})
		}
	}
	switch {
	case len(holders) > 0:
		return holders, Held
	case known:
		return nil, Vacant
	}
	return nil, 0
}

// HeldBy returns the posts that a party holds, as their holdings, in the order of the Spec.
func (r *Register) HeldBy(party record.ID, at record.Moment) []record.Claim[Holding] {
	return r.holdings.Collect(r.heldBy[party], r.view.At(at))
}

// CarriedBy returns the duties that a post, body or organisation carries, in the order of the Spec.
func (r *Register) CarriedBy(post record.ID, at record.Moment) []record.Claim[Duty] {
	return r.duties.Collect(r.dutiesOf[post], r.view.At(at))
}

// Vacancies returns every duty in force that is vacant, unclear or contested, in the order in which the Spec first names
// the subject and the duty.
func (r *Register) Vacancies(at record.Moment) []Answer {
	type pair struct {
		subject record.Ref
		duty    string
	}
	seen := make(map[pair]bool)
	var answers []Answer
	for _, id := range r.duties.Facts() {
		for _, d := range r.duties.Versions(id) {
			if seen[pair{d.Subject, d.Duty}] {
				continue
			}
			seen[pair{d.Subject, d.Duty}] = true
			if a, ok := r.Answerable(d.Subject, d.Duty, at); ok && a.State != Held {
				answers = append(answers, a)
			}
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
	return r.forums.Collect(r.forumsOn[subject], r.view.At(at))
}

// Mandates returns the mandates that bind a party, in the order of the Spec.
func (r *Register) Mandates(to record.ID, at record.Moment) []record.Claim[Mandate] {
	all := r.mandates.Collect(r.mandates.Facts(), r.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Mandate]) bool { return c.Record.To != to })
}

// Freedoms returns what is said of the freedoms on a subject, giver's and holder's word side by side.
func (r *Register) Freedoms(subject record.Ref, at record.Moment) []record.Claim[Freedom] {
	return r.freedoms.Collect(r.freeOn[subject], r.view.At(at))
}
