package review

import (
	"reflect"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// Quiet returns the subjects of which a rule had nothing to say.
func (r *Review) Quiet(rule string) []record.Ref {
	for _, q := range r.nothing {
		if q.rule.ID == rule {
			return q.subjects
		}
	}
	return nil
}

var (
	Plain   = plain
	Longest = longest
	Cadence = cadence
)

// EventsSeen returns the ids of the events of a kind on a subject, as rules see them.
func EventsSeen(m *mission.Model, subject record.Ref, kind string) (present, absent []record.ID) {
	yes, no := newPass(m).events(subject, kind)
	for _, c := range yes {
		present = append(present, c.Record.ID)
	}
	for _, c := range no {
		absent = append(absent, c.Record.ID)
	}
	return present, absent
}

// LeavesEvents runs all rules and reports whether what they share of events is then what it was before.
func LeavesEvents(m *mission.Model) bool {
	p := newPass(m)
	p.lookup, p.names = Lookup, ruleNames
	p.happenings()
	for _, rule := range Rules() {
		p.run(rule, rule.Thresholds)
	}
	return reflect.DeepEqual(p.occurred, newPass(m).happenings())
}
