package xer

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// Against holds a schedule of the imported records against the dates that the file states, as [milestone.Schedule.Against] does. Activities
// that have finished are left out: they have no early and late dates any more.
func (p *Import) Against(s *milestone.Schedule, within calendar.Minutes) ([]milestone.Agreement, []milestone.Difference) {
	stated := make([]milestone.Stated, 0, len(p.Computed))
	for i := range p.Computed {
		if t, ok := s.Of(record.Ref{Kind: milestone.KindActivity, ID: p.Computed[i].Activity}); ok && t.Finished == 0 {
			stated = append(stated, p.Computed[i].Stated)
		}
	}
	return s.Against(stated, within)
}
