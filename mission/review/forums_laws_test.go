package review_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// Laws of reviews of random plans with meetings, letters, mergers and events on boards.
func FuzzForumRules(f *testing.F) {
	for seed := range seeds(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		d.arrange(&spec)
		view := mission.View{On: on.Add(calendar.Days(d.IntN(400) - 200))}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		whole := run(t, spec, view, review.Options{})
		lawful(t, whole)
		mixed := d.shuffled(spec)
		mixed.Meetings, mixed.Resolutions = clone(mixed.Meetings), clone(mixed.Resolutions)
		mixed.Mandates, mixed.Successions = clone(mixed.Mandates), clone(mixed.Successions)
		d.Shuffle(swaps(mixed.Meetings))
		d.Shuffle(swaps(mixed.Resolutions))
		d.Shuffle(swaps(mixed.Mandates))
		d.Shuffle(swaps(mixed.Successions))
		assert.Equal(t, encoded(t, whole), encoded(t, run(t, mixed, view, review.Options{})), "the order of the records does not show")
		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		strict := run(t, spec, view, review.Options{})
		lawful(t, strict)
		compared(t, whole, strict)
		view.Without, view.Audience = nil, record.Public
		lawful(t, run(t, spec, view, review.Options{}))
	})
}

// arrange adds boards with rhythms and chairs, their meetings and what came of them, letters, and what befell bodies.
func (d *dice) arrange(s *mission.Spec) {
	subject := func() record.Ref {
		return pick(d, d.subject(), refOf(accountability.KindForum, d.id("forum", randomOthers)), refOf(accountability.KindForum, d.id("unit", 2)),
			refOf(accountability.KindParty, d.id("party", randomParties)))
	}
	for i := range s.Forums {
		f := &s.Forums[i]
		f.Cadence = pick(d, "", "monthly", "quarterly", "now and then")
		f.Purpose = pick(d, "", "deliberative", "advisory", "to decide")
		f.Chair, f.DesignedChair = pick(d, "", d.id("party", 9)), pick(d, "", d.id("party", 6))
	}
	for n := range 2 {
		s.Forums = append(s.Forums, accountability.Forum{Record: d.base("unit", n, true), Kind: pick(d, accountability.MissionControl, accountability.DeliveryUnit),
			Subject: pick(d, record.Ref{}, d.subject()), Purpose: pick(d, "", "convening", "drives")})
	}
	for i := range s.Parties {
		s.Parties[i].Sector = pick(d, "", "government", "business")
	}
	for n := range d.IntN(6) {
		s.Meetings = append(s.Meetings, accountability.Meeting{Record: d.base("gathering", n, true), Forum: d.id("forum", randomOthers), OnDay: d.when(),
			Chair: pick(d, "", d.id("party", 9)), Held: value(d, d.IntN(3) > 0)})
	}
	for n := range len(s.Meetings) / 2 {
		s.Resolutions = append(s.Resolutions, accountability.Resolution{Record: d.base("ruling", n, false), Meeting: d.id("gathering", len(s.Meetings)), Subject: d.subject(),
			Decided: pick(d, "", "something"), Removed: value(d, d.IntN(2) == 0)})
	}
	for n := range d.IntN(4) {
		s.Mandates = append(s.Mandates, accountability.Mandate{Record: d.base("letter", n, false), To: d.id("party", 9), Subject: pick(d, record.Ref{}, d.subject()), Signed: d.when()})
		s.Successions = append(s.Successions, accountability.Succession{Record: d.base("joining", n, true), Kind: pick(d, accountability.Merger, accountability.Rename),
			Predecessors: []record.ID{"party9"}, Successors: []record.ID{"party10"}, Completed: d.when()})
	}
	for n := range d.IntN(10) {
		s.Duties = append(s.Duties, accountability.Duty{Record: d.base("wire", n, false), Subject: subject(), Post: d.id("party", 6), Convening: d.IntN(9) == 0,
			Duty: pick(d, accountability.Decide, accountability.Agree, accountability.BoardMember, accountability.MissionSteward, accountability.HeadOfGovernment)})
	}
	for n := range d.IntN(40) {
		s.Events = append(s.Events, mission.Event{Record: d.base("affair", n, true), Subject: subject(), Absent: d.IntN(3) == 0, OnDay: d.when(),
			Because: pick(d, "", "", "a reason"), With: d.ids("party", randomParties), By: d.ids("party", randomParties),
			Kind: pick(d, mission.Decision, mission.MeetingHeld, mission.BarrierRemoved, mission.MandateLetter, mission.ChairChanged, mission.RemitPublished, mission.RoleNeeded,
				mission.Recruitment, mission.ControlSetUp, mission.Alternative, mission.SetApart, mission.WiringChange, mission.Recess, mission.MissionLink, mission.Experiment,
				mission.Dispute, mission.Dispute, mission.Performance, mission.Restructure, mission.Restructure, mission.Restructure, mission.Lesson)})
	}
}

// Random plans reach every verdict of every rule on boards, units and posts, so that the laws are not held by silence.
func TestRandomPlansReachTheForumRules(t *testing.T) {
	if testing.Short() {
		t.Skip("many random plans: the full run has them")
	}
	seen := map[string][3]bool{}
	for seed := range uint64(800) {
		d := newDice(seed)
		spec := d.spec()
		d.arrange(&spec)
		for _, c := range run(t, spec, mission.View{On: on}, review.Options{}).Coverage.Rules {
			s := seen[c.Rule.ID]
			seen[c.Rule.ID] = [3]bool{s[0] || c.Found > 0, s[1] || c.Unassessed > 0, s[2] || c.Nothing > 0}
		}
	}
	for _, id := range []string{"F32", "F34", "F35", "F36", "F37", "F39", "F40", "F42", "F43", "F44", "F46", "F47", "F49", "F50"} {
		require.Equal(t, [3]bool{true, true, true}, seen[id], id)
	}
}
