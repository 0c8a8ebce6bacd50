package rrf

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Due returns the codes that are certainly due on or before a day, each once, in the order of their bytes. mark is [EU],
// [Italy], or empty for all. A quarter is due on its last day; a code without a date is never due; on the zero day nothing
// is. Of several versions of a milestone the last in the Spec counts.
func Due(spec mission.Spec, mark string, on calendar.Date) []string {
	var codes []string
	for _, m := range milestones(spec, mark) {
		if last := m.Due.Latest(); !last.IsZero() && !last.After(on) {
			codes = append(codes, codeOf(m))
		}
	}
	return distinct(codes)
}

// DeclaredMet returns the codes that have certainly been declared met by a day, each once, in the order of their bytes.
// mark is as for [Due]. A declaration for a quarter counts from the last day of the quarter, and one without a date on no
// day; on the zero day every declaration counts, dated or not. A later declaration of the same claimant that says
// otherwise takes the place of an earlier one.
func DeclaredMet(spec mission.Spec, mark string, on calendar.Date) []string {
	facts := make(map[record.Ref]record.ID, 2*len(spec.Milestones))
	for i := range spec.Milestones {
		m := &spec.Milestones[i]
		facts[milestone.Ref(m.ID)], facts[milestone.Ref(m.Fact())] = m.Fact(), m.Fact()
	}
	for i := range spec.Targets {
		t := &spec.Targets[i]
		of := facts[milestone.Ref(t.Milestone)]
		facts[record.Ref{Kind: milestone.KindTarget, ID: t.ID}], facts[record.Ref{Kind: milestone.KindTarget, ID: t.Fact()}] = of, of
	}
	type claim struct {
		milestone record.ID
		claimant  string
	}
	last := make(map[claim]*milestone.Assessment)
	for i := range spec.Assessments {
		a := &spec.Assessments[i]
		day := a.OnDay.Latest()
		if a.Status == 0 || !a.Speaks() || !on.IsZero() && (day.IsZero() || day.After(on)) {
			continue
		}
		key := claim{facts[a.Subject], a.Claimant + "\x00" + string(a.By)}
		if before := last[key]; before == nil || !day.Before(before.OnDay.Latest()) {
			last[key] = a
		}
	}
	met := make(map[record.ID]bool)
	for key, a := range last {
		if a.Status == milestone.Met {
			met[key.milestone] = true
		}
	}
	var codes []string
	for _, m := range milestones(spec, mark) {
		if met[m.Fact()] {
			codes = append(codes, codeOf(m))
		}
	}
	return distinct(codes)
}

// milestones returns the last version of each milestone with a mark, in the order in which the Spec first names them.
func milestones(spec mission.Spec, mark string) []*milestone.Milestone {
	var list []*milestone.Milestone
	place := make(map[record.ID]int, len(spec.Milestones))
	for i := range spec.Milestones {
		m := &spec.Milestones[i]
		if at, ok := place[m.Fact()]; ok {
			list[at] = m
			continue
		}
		place[m.Fact()] = len(list)
		list = append(list, m)
	}
	return slices.DeleteFunc(list, func(m *milestone.Milestone) bool {
		return !m.Speaks() || mark != "" && member(&m.Record, MemberMark) != mark
	})
}

// codeOf is the code of a milestone as the programme writes it.
func codeOf(m *milestone.Milestone) string {
	if code := member(&m.Record, MemberCode); code != "" {
		return code
	}
	return string(m.Fact())
}

func distinct(codes []string) []string {
	slices.Sort(codes)
	return slices.Compact(codes)
}
