package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// memoryRules are those on consent, openness, time, trust, reward, capability and memory.
var memoryRules = []*Rule{
	noDeliberation,
	thinConsensus,
	sponsorSayDoGap,
	undiscoverableMission,
	contradictorySignals,
	sponsorChurn,
	strategicVoid,
	missedWindow,
	brokenTrustOnPath,
	incentiveConflict,
	identityBarrier,
	capabilityGap,
	legacyUnowned,
	failedPattern,
}

// memoryBook holds what these rules look for whatever it is about, by kind, what is still to come among it.
type memoryBook map[string][]fact[mission.Event]

// memoryBook reads the book when a rule first asks.
func (p *pass) memoryBook() memoryBook {
	if p.memory != nil {
		return p.memory
	}
	b := make(memoryBook)
	p.memory = b
	h := p.happenings()
	for _, kind := range []string{mission.Election, mission.Signal, mission.Window, mission.PrioritySetting} {
		var found []record.Claim[mission.Event]
		for _, ref := range h.subjects {
			e := h.on[ref].of(kind)
			found = append(append(append(found, e.present...), e.absent...), e.ahead...)
		}
		b[kind] = factsOf(found)
	}
	return b
}

// recalled is what is said of something that may have happened.
type recalled struct {
	present, absent, ahead []record.Claim[mission.Event] // ahead are those that are certainly still to come
}

// recollect returns what is said to have happened to some subjects, what is said not to have, and what is still to come.
func (p *pass) recollect(kind string, subjects ...record.Ref) (t recalled) {
	for i, ref := range subjects {
		if !slices.Contains(subjects[:i], ref) {
			t.add(p, kind, ref)
		}
	}
	return t.inOrder()
}

// recollectAll is recollect of several subjects each of which is named once.
func (p *pass) recollectAll(kind string, subjects []record.Ref) (t recalled) {
	for _, ref := range subjects {
		t.add(p, kind, ref)
	}
	return t.inOrder()
}

func (t *recalled) add(p *pass, kind string, ref record.Ref) {
	e := p.happenings().on[ref].of(kind)
	t.present, t.absent = append(t.present, e.present...), append(t.absent, e.absent...)
	for _, c := range e.ahead {
		t.sort(p, c)
	}
}

// sort takes in one claim.
func (t *recalled) sort(p *pass, c record.Claim[mission.Event]) {
	switch p.tense(c.Record) {
	case present:
		t.present = append(t.present, c)
	case absent:
		t.absent = append(t.absent, c)
	case ahead:
		if !c.Record.Absent {
			t.ahead = append(t.ahead, c)
		}
	}
}

func (t recalled) inOrder() recalled {
	return recalled{sorted(t.present), sorted(t.absent), sorted(t.ahead)}
}

// memoryProof is the evidence of some events.
func (p *pass) memoryProof(events ...[]record.Claim[mission.Event]) []Evidence {
	return proof(p, mission.KindEvent, slices.Concat(events...))
}

// memoryMissed are the events of a kind on some subjects that the view leaves out for their grade.
func (p *pass) memoryMissed(kind string, subjects ...record.Ref) (missed []record.Ref) {
	for _, ref := range subjects {
		missed = append(missed, p.m.LeftOut(mission.KindEvent, ref, kind)...)
	}
	return missed
}

// memoryAny reports whether one of some parties is among others.
func memoryAny(list, wanted []record.ID) bool {
	return slices.ContainsFunc(list, func(id record.ID) bool { return slices.Contains(wanted, id) })
}

// memoryDays returns the days of events, those not stated left out.
func memoryDays(events []record.Claim[mission.Event]) (days []calendar.When) {
	for _, c := range events {
		if !c.Record.OnDay.IsZero() {
			days = append(days, c.Record.OnDay)
		}
	}
	return days
}

// memoryRough is that a record may or may not hold on the day.
func memoryRough(what string) Missing {
	return Missing{What: what, Ground: "not known from the dates", Way: "record the dates from and until which it holds more closely"}
}

// allOver reports whether there are missions, and all of them are closed or only proposed.
func (p *pass) allOver(missions []record.ID) bool {
	return len(missions) > 0 && !slices.ContainsFunc(missions, func(id record.ID) bool { return !p.over(id) })
}

// stillGoing returns those of some missions that are neither closed nor only proposed, sorted.
func (p *pass) stillGoing(missions []record.ID) []record.ID {
	return slices.DeleteFunc(distinct(missions), func(id record.ID) bool { return p.over(id) })
}

// missionsNamed joins the names of missions in the order of their ids.
func (p *pass) missionsNamed(ids []record.ID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = p.missionName(id)
	}
	return listed(names)
}

// memoryMissions is the evidence of what is said of some missions.
func (p *pass) memoryMissions(ids ...record.ID) (list []Evidence) {
	for _, id := range ids {
		list = append(list, proof(p, mission.KindMission, p.said[id])...)
	}
	return list
}

// memoryParties is the evidence of what is said of some parties.
func (p *pass) memoryParties(ids ...record.ID) (list []Evidence) {
	for _, id := range ids {
		list = append(list, proof(p, accountability.KindParty, sorted(p.register.Party(id, p.at)))...)
	}
	return list
}
