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

// memoryBook is what these rules share, read once: the events that they know of, those still to come among them.
type memoryBook struct {
	events map[memoryTopic][]record.Claim[mission.Event]
	// everywhere are the events of those kinds that are looked for whatever they are about.
	everywhere map[string][]fact[mission.Event]
}

type memoryTopic struct {
	subject record.Ref
	kind    string
}

// memoryKinds are the kinds of event that these rules read; true stands for those that are looked for everywhere.
var memoryKinds = map[string]bool{
	mission.Election: true, mission.Signal: true, mission.Window: true, mission.PrioritySetting: true,

	mission.Deliberation: false, mission.DecisionInformed: false, mission.PlanChanged: false, mission.Endorsement: false,
	mission.CrossTermConsensus: false, mission.Commitment: false, mission.AddressFound: false, mission.Prelaunch: false,
	mission.Corrected: false, mission.Handover: false, mission.WindowUsed: false, mission.WindowPassed: false,
	mission.TrustRepair: false, mission.Engagement: false, mission.Accepted: false, mission.CapabilityPlanned: false,
	mission.ChangeScheduled: false, mission.CounterMeasure: false,

	mission.PracticeChange: false, mission.Decision: false, mission.JointDecision: false, mission.Funded: false,
	mission.BarrierRemoved: false, mission.Exemption: false, mission.Devolved: false, mission.CapacityMoved: false,
}

// memoryLast is a day after all that events speak of.
var memoryLast = calendar.On(8999, 12, 31)

// memoryBook reads the book when a rule first asks. It looks at every record once.
func (p *pass) memoryBook() *memoryBook {
	if p.memory != nil {
		return p.memory
	}
	b := &memoryBook{events: make(map[memoryTopic][]record.Claim[mission.Event]), everywhere: make(map[string][]fact[mission.Event])}
	p.memory = b
	found := make(map[string][]record.Claim[mission.Event])
	seen := make(map[record.Ref]bool)
	read := func(subject record.Ref) {
		if seen[subject] {
			return
		}
		seen[subject] = true
		for _, c := range sorted(p.m.Events(subject, "", record.Moment{On: memoryLast, Known: p.at.Known})) {
			everywhere, known := memoryKinds[c.Record.Kind]
			if !known {
				continue
			}
			t := memoryTopic{subject, c.Record.Kind}
			b.events[t] = append(b.events[t], c)
			if everywhere {
				found[t.kind] = append(found[t.kind], c)
			}
		}
	}
	read(record.Ref{})
	for ref, r := range p.m.Records() {
		if ref.Kind != record.KindSource && ref.Kind != record.KindDay {
			read(record.Ref{Kind: ref.Kind, ID: r.Fact()})
		}
	}
	for kind, claims := range found {
		b.everywhere[kind] = factsOf(claims)
	}
	return b
}

// recalled is what is said of something that may have happened.
type recalled struct {
	present, absent, ahead []record.Claim[mission.Event] // ahead are those that are certainly still to come
}

// recollect returns what is said to have happened to some subjects, what is said not to have, and what is still to come.
func (p *pass) recollect(kind string, subjects ...record.Ref) (t recalled) {
	b := p.memoryBook()
	for i, ref := range subjects {
		if slices.Contains(subjects[:i], ref) {
			continue
		}
		for _, c := range b.events[memoryTopic{ref, kind}] {
			t.add(p, c)
		}
	}
	t.present, t.absent, t.ahead = sorted(t.present), sorted(t.absent), sorted(t.ahead)
	return t
}

// recollectAll is recollect of several subjects each of which is named once.
func (p *pass) recollectAll(kind string, subjects []record.Ref) (t recalled) {
	b := p.memoryBook()
	for _, ref := range subjects {
		for _, c := range b.events[memoryTopic{ref, kind}] {
			t.add(p, c)
		}
	}
	t.present, t.absent, t.ahead = sorted(t.present), sorted(t.absent), sorted(t.ahead)
	return t
}

func (t *recalled) add(p *pass, c record.Claim[mission.Event]) {
	later := !p.on.IsZero() && c.Record.OnDay.After(p.on)
	switch {
	case c.Record.Absent && !later:
		t.absent = append(t.absent, c)
	case !c.Record.Absent && later:
		t.ahead = append(t.ahead, c)
	case !c.Record.Absent:
		t.present = append(t.present, c)
	}
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
