package mspdi

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

// Against holds a schedule of the imported records against the dates that the file states, as [milestone.Schedule.Against] does. The floats
// of what has finished are left out.
func (p *Import) Against(s *milestone.Schedule, within calendar.Minutes) ([]milestone.Agreement, []milestone.Difference) {
	stated := make([]milestone.Stated, len(p.Computed))
	for i := range p.Computed {
		stated[i] = p.Computed[i].Stated
		if t, ok := s.Of(record.Ref{Kind: milestone.KindActivity, ID: stated[i].Activity}); ok && t.Finished != 0 {
			stated[i].TotalFloat, stated[i].FreeFloat = record.Value[calendar.Minutes]{}, record.Value[calendar.Minutes]{}
		}
	}
	return s.Against(stated, within)
}
