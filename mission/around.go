package mission

import "github.com/missionled/missionled/accountability/record"

// What each of these returns holds at the moment, in the order of the Spec. Records that have run out on its day are not there.

// Scopes returns every reading of what missions take in, in the order of the Spec.
func (m *Model) Scopes(at record.Moment) []record.Claim[Scope] {
	return everything(&m.scopes, m.Moment(at))
}

// Causes returns what each claimant says of every cause, in the order of the Spec.
func (m *Model) Causes(at record.Moment) []record.Claim[Cause] {
	return everything(&m.causes, m.Moment(at))
}

// Conditions returns what each claimant says of every condition, in the order of the Spec.
func (m *Model) Conditions(at record.Moment) []record.Claim[Condition] {
	return everything(&m.conditions, m.Moment(at))
}

// Relations returns what each claimant says of how parties stand to one another, in the order of the Spec.
func (m *Model) Relations(at record.Moment) []record.Claim[Relation] {
	return everything(&m.relations, m.Moment(at))
}

// Barriers returns what each claimant says of every barrier, in the order of the Spec.
func (m *Model) Barriers(at record.Moment) []record.Claim[Barrier] {
	return everything(&m.barriers, m.Moment(at))
}

// Levers returns what each claimant says of every lever, in the order of the Spec.
func (m *Model) Levers(at record.Moment) []record.Claim[Lever] {
	return everything(&m.levers, m.Moment(at))
}

// Capabilities returns what each claimant says of every capability, in the order of the Spec.
func (m *Model) Capabilities(at record.Moment) []record.Claim[Capability] {
	return everything(&m.capabilities, m.Moment(at))
}

// Reforms returns what each claimant says of every reform, in the order of the Spec.
func (m *Model) Reforms(at record.Moment) []record.Claim[Reform] {
	return everything(&m.reforms, m.Moment(at))
}

// Positions returns every view that somebody holds in a tension at the moment, in the order of the Spec.
func (m *Model) Positions(at record.Moment) []record.Claim[Position] {
	return everything(&m.positions, m.Moment(at))
}

// Waivers returns every waiver known at the moment, those that have run out by its day among them, in the order of the Spec.
func (m *Model) Waivers(at record.Moment) []record.Claim[Waiver] {
	return everything(&m.waivers, record.Moment{Known: m.Moment(at).Known})
}

// WaiversInForce returns what each claimant says of every waiver that holds on the moment's day, or may hold, in the order of
// the Spec. On says which. On the zero day it returns the latest word on each, of which nobody can tell whether it holds.
func (m *Model) WaiversInForce(at record.Moment) []record.Claim[Waiver] {
	return everything(&m.waivers, m.Moment(at))
}

// PositionHistory returns every record of a view that somebody held in a tension, as far as it was known at the moment's
// instant: fact by fact in the order of the Spec, those of one fact in the order in which they were recorded. What a claimant
// changed, corrected, took back or ended is among them; the verbs say which is which.
func (m *Model) PositionHistory(at record.Moment) []*Position {
	known := m.Moment(at).Known
	var all []*Position
	for _, id := range m.positions.Facts() {
		for _, v := range m.positions.Versions(id) {
			if since, stated := m.positions.KnownSince(v.ID); known.IsZero() || !stated || !since.After(known) {
				all = append(all, v)
			}
		}
	}
	return all
}

// AllEvents returns every event known at the moment's instant, those that its day lies before among them, in the order of the
// Spec: what [Model.Events] returns for one subject, for all of them. It takes time linear in the records of events.
func (m *Model) AllEvents(at record.Moment) []record.Claim[Event] {
	return everything(&m.events, record.Moment{Known: m.Moment(at).Known})
}

func everything[T any](t *record.Timelines[T], at record.Moment) []record.Claim[T] {
	return t.Collect(t.Facts(), at)
}
