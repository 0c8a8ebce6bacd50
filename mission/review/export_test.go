package review

import "github.com/missionled/missionled/accountability/record"

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
