package review_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

var theWaiver = record.Ref{Kind: mission.KindWaiver, ID: "w"}

// waived is a plan with a mission that has no plan (F03 finds that), and waivers.
func waived(waivers ...mission.Waiver) mission.Spec {
	spec := parts(m(""), never(mission.PlanPublished, theMission))
	spec.Waivers = waivers
	return spec
}

func waiver(rule, from, until string) mission.Waiver {
	w := mission.Waiver{Record: record.New("w"), Rule: rule, Subject: theMission, Owner: "unit"}
	w.Reason = "the plan waits for the spending review."
	if from != "" {
		w.From = when(from)
	}
	w.Until = when(until)
	return w
}

func TestExpiredWaiver(t *testing.T) {
	plan := event(mission.PlanPublished, theMission, "2026-01-01")
	settled := func(w ...mission.Waiver) mission.Spec {
		spec := parts(m(""), plan)
		spec.Waivers = w
		return spec
	}
	silent := func(w ...mission.Waiver) mission.Spec { spec := parts(m("")); spec.Waivers = w; return spec }
	early := waiver("F03", "2026-01-01", "2026-06-01")
	again := waiver("slogan-without-plan", "2026-06-01", "2026-12-01")
	again.ID = "w2"
	longer := again
	longer.Of, longer.Verb = "w", record.Change
	rough := again
	rough.From = when("2026")
	ended := mission.Waiver{Record: record.Record{ID: "w2", Of: "w", Verb: record.Close, Until: when("2026-05-01")}}
	rival := waiver("F03", "2026-01-01", "2026-12-01")
	rival.ID, rival.Of, rival.Claimant = "w2", "w", "another"
	whisper := early
	whisper.Grade, whisper.Claimant = record.Hearsay, "an insider"
	about := early
	about.Subject = record.Ref{Kind: accountability.KindParty, ID: "org"}
	table(t, "W01", theWaiver, []row{
		{name: "on its last day", spec: waived(waiver("F03", "", "2026-07-01")), want: nothing},
		{name: "on the day after", spec: waived(waiver("F03", "", "2026-06-30")), want: finding, says: "ran out on 30 June 2026", also: "The finding stands."},
		{name: "long ago", spec: waived(early), want: finding, says: "The Unit was to look again"},
		{name: "hearsay", spec: waived(whisper), want: finding, says: "It is said (hearsay, an insider) that the waiver of F03"},
		{name: "to come", spec: waived(waiver("F03", "2026-08-01", "2026-09-01")), want: nothing},
		{name: "ends in a stretch that the day is in", spec: waived(waiver("F03", "", "2026")), want: cannot, says: "known only as 2026"},
		{name: "ends in a stretch that is over", spec: waived(waiver("F03", "", "2026-05")), want: finding, says: "in 2026-05"},
		{name: "ends in a stretch to come", spec: waived(waiver("F03", "", "2026-Q3")), want: nothing},
		{name: "ends on an unknown day", spec: waived(waiver("F03", "", "unknown")), want: cannot, says: "stated to be unknown"},
		{name: "no day to look from", spec: waived(early), view: mission.View{On: noDay}, want: cannot, says: "not set"},
		{name: "the rule cannot tell", spec: silent(early), want: finding, says: "cannot tell how it is today"},
		{name: "the rule found nothing", spec: settled(early), want: nothing},
		{name: "rough, and the rule found nothing", spec: settled(waiver("F03", "", "2026")), want: nothing},
		{name: "the rule does not look there", spec: waived(about), want: finding, says: "has not looked at it"},
		{name: "renewed", spec: waived(early, again), want: nothing},
		{name: "made longer", spec: waived(early, longer), want: nothing},
		{name: "perhaps renewed", spec: waived(early, rough), want: finding},
		{name: "ended by its owner", spec: waived(early, ended), want: nothing},
		{name: "another claims that it still holds", spec: waived(early, rival), want: nothing},
		{name: "no such rule", spec: waived(waiver("F1000", "", "2026-06-01")), want: nothing},
		{name: "the view leaves records out", spec: func() mission.Spec {
			s := settled(early)
			s.Events = append(s.Events, graded(event(mission.Commitment, theMission, ""), record.Hearsay))
			return s
		}(), view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot, says: "the view leaves records out"},
	})
}

func TestWaiverOfNothing(t *testing.T) {
	plan := event(mission.PlanPublished, theMission, "2026-01-01")
	settled := func(w mission.Waiver) mission.Spec {
		spec := parts(m(""), plan)
		spec.Waivers = []mission.Waiver{w}
		return spec
	}
	inForce := waiver("F03", "2026-01-01", "2026-12-01")
	whisper := inForce
	whisper.Grade = record.Hearsay
	about := inForce
	about.Subject = record.Ref{Kind: accountability.KindParty, ID: "org"}
	secret := settled(inForce)
	secret.Missions[0].Audience = record.Official
	doubted := settled(inForce)
	doubted.Missions[0].Grade = record.Hearsay
	table(t, "W02", theWaiver, []row{
		{name: "the rule has a finding", spec: waived(inForce), want: nothing},
		{name: "the rule has none", spec: settled(inForce), want: finding, says: "sets nothing aside: the rule has no finding there"},
		{name: "hearsay", spec: settled(whisper), want: finding, says: "It is said (hearsay) that the waiver"},
		{name: "the rule cannot tell", spec: func() mission.Spec { s := parts(m("")); s.Waivers = []mission.Waiver{inForce}; return s }(), want: cannot, says: "the rule cannot tell"},
		{name: "the rule does not look there", spec: waived(about), want: finding, says: `on The Ministry sets nothing aside`},
		{name: "over", spec: settled(waiver("F03", "", "2026-06-01")), want: nothing},
		{name: "to come", spec: settled(waiver("F03", "2026-07-01", "2026-12-01")), want: nothing},
		{name: "perhaps in force", spec: settled(waiver("F03", "2026", "2026-12-31")), want: cannot, says: "whether it is in force is not known"},
		{name: "no day", spec: settled(inForce), view: mission.View{On: noDay}, want: cannot, says: "not set"},
		{name: "no day, and a finding", spec: waived(inForce), view: mission.View{On: noDay}, want: nothing},
		{name: "no such rule", spec: waived(waiver("F038", "", "2026-12-01")), want: finding, says: `there is no rule "F038", and the nearest is "F03"`},
		{name: "no such rule, and over", spec: waived(waiver("leaderles-mission", "", "2026-01-01")), want: finding, says: `the nearest is "leaderless-mission"`},
		{name: "nothing like a rule", spec: waived(waiver("everything that is late", "", "2026-12-01")), want: finding, says: `there is no rule "everything that is late".`},
		{name: "a rule on waivers", spec: waived(waiver("W01", "", "2026-12-01")), want: finding, says: "no waiver reaches the findings on waivers"},
		{name: "a rule on waivers by its slug", spec: waived(waiver("waiver-of-nothing", "", "2026-12-01")), want: finding, says: "it names W02"},
		{name: "spaces about the rule", spec: waived(waiver(" F03 ", "", "2026-12-01")), want: nothing},
		{name: "its subject is not for this audience", spec: secret, view: mission.View{Audience: record.Public}, want: nothing},
		{name: "its subject is left out for its grade", spec: doubted, view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot, says: "left out by the view (mission/m)"},
	})
	r := run(t, waived(inForce), mission.View{On: on}, review.Options{Rules: []string{"W02"}})
	require.Len(t, r.Unassessed, 1)
	assert.Contains(t, r.Unassessed[0].Text, "the rule was not run")
}

// A waiver hides nothing: the finding stays, and says who set it aside, until when and why.
func TestWaivedFindings(t *testing.T) {
	theFinding := func(r *review.Review) review.Finding {
		require.Equal(t, "F03", r.Findings[0].Rule.ID)
		return r.Findings[0]
	}
	inForce := waiver("F03", "2026-01-01", "2026-12-01")
	plain := theFinding(run(t, waived(), mission.View{On: on}, review.Options{}))
	f := theFinding(run(t, waived(inForce), mission.View{On: on}, review.Options{}))
	require.NotNil(t, f.Waiver)
	assert.Equal(t, "It is set aside until 1 December 2026 by The Unit: the plan waits for the spending review.", f.Waiver.String())
	assert.Equal(t, "the plan waits for the spending review.", f.Waiver.Reason)
	assert.Equal(t, record.ID("unit"), f.Waiver.Owner)
	assert.True(t, strings.HasSuffix(f.String(), "for the mission \"Homes\". No stage is recorded; the mission is taken to be under way. "+f.Waiver.Text), f.String())
	f.Waiver = nil
	assert.Equal(t, plain, f, "all else is as it was")

	for name, w := range map[string]mission.Waiver{
		"over": waiver("F03", "", "2026-06-30"), "to come": waiver("F03", "2026-07-01", "2026-12-01"), "rough": waiver("F03", "", "2026"),
		"another rule": waiver("F01", "", "2026-12-01"),
	} {
		assert.Nil(t, theFinding(run(t, waived(w), mission.View{On: on}, review.Options{})).Waiver, name)
	}
	assert.Nil(t, theFinding(run(t, waived(inForce), mission.View{}, review.Options{})).Waiver, "without a day nothing is in force")

	// Several waivers each have their say; a person who looks again is not named.
	second := waiver("slogan-without-plan", "", "2026-Q4")
	second.ID, second.Owner, second.Grade, second.Claimant = "a", "ann", record.Hearsay, "an insider"
	f = theFinding(run(t, waived(inForce, second), mission.View{On: on}, review.Options{}))
	assert.Equal(t, "It is said (hearsay, an insider) that it is set aside until 2026-Q4 by a person: the plan waits for the spending review. "+
		"It is set aside until 1 December 2026 by The Unit: the plan waits for the spending review.", f.Waiver.Text)
	assert.Len(t, f.Waiver.Evidence, 2)

	r := run(t, waived(inForce), mission.View{On: on}, review.Options{})
	assert.Contains(t, r.String(), "Findings: 1 (set aside for now: 1)\n")
	assert.Contains(t, r.String(), "    It is set aside until 1 December 2026 by The Unit: the plan waits for the\n      spending review.\n")
	b, err := json.Marshal(theFinding(r).Waiver)
	require.NoError(t, err)
	assert.JSONEq(t, `{"text": "It is set aside until 1 December 2026 by The Unit: the plan waits for the spending review.",
		"reason": "the plan waits for the spending review.", "owner": "unit", "owner_name": "The Unit", "until": "2026-12-01",
		"evidence": [{"ref": "waiver/w"}]}`, string(b))
}

func TestCompareWaivers(t *testing.T) {
	look := func(day string, waivers ...mission.Waiver) *review.Review {
		return run(t, waived(waivers...), mission.View{On: calendar.MustParseDate(day)}, review.Options{Rules: []string{"F03"}})
	}
	inForce := waiver("F03", "2026-01-01", "2026-12-01")
	longer := waiver("F03", "2026-01-01", "2027-06-01")
	for _, c := range []struct {
		name            string
		before, after   *review.Review
		aside, noLonger int
	}{
		{"set aside", look("2026-06-30"), look("2026-06-30", inForce), 1, 0},
		{"the time passes", look("2026-06-30", inForce), look("2026-12-01", inForce), 0, 1},
		{"the time begins", look("2025-12-31", inForce), look("2026-01-01", inForce), 1, 0},
		{"made longer", look("2026-06-30", inForce), look("2026-06-30", longer), 1, 0},
		{"as before", look("2026-06-30", inForce), look("2026-07-30", inForce), 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := review.Compare(c.before, c.after)
			assert.Len(t, got.SetAside, c.aside)
			assert.Len(t, got.NoLongerSetAside, c.noLonger)
			assert.Equal(t, c.aside+c.noLonger == 0, got.IsZero())
			assert.Empty(t, got.Appeared)
			assert.Empty(t, got.Cleared)
		})
	}
}

// Waivers mark findings and touch no verdict but their own, whatever the plan.
func FuzzWaivers(f *testing.F) {
	for seed := range seeds(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		view := mission.View{On: on}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		bare := run(t, spec, view, review.Options{})
		names := []string{"F01", "slogan-without-plan", "F33", "F38", "leaderless-mission", "F51", "F65", "W02", "F0", "anything"}
		for n := range d.IntN(6) {
			w := mission.Waiver{Record: d.base("waiver", n, true), Rule: pick(d, names...), Subject: d.subject(), Owner: d.id("party", randomParties)}
			w.Reason, w.Until = "a reason", d.when()
			if w.Until.IsZero() {
				w.Until = when("2026-09-01")
			}
			if w.From.IsResolved() && w.Until.IsResolved() && !w.From.Earliest().Before(w.Until.Earliest()) {
				w.From = calendar.When{}
			}
			spec.Waivers = append(spec.Waivers, w)
		}
		if spec.Check().Err() != nil {
			t.Skip("the dice made a plan that does not hold together")
		}
		r := run(t, spec, view, review.Options{})
		lawful(t, r)
		assert.Equal(t, encoded(t, r), encoded(t, run(t, d.shuffled(shuffledWaivers(d, spec)), view, review.Options{})))
		var others []string
		for _, f := range r.Findings {
			if f.Waiver != nil {
				assert.False(t, view.On.IsZero())
				assert.NotEqual(t, "W", f.Rule.ID[:1])
				require.NotEmpty(t, f.Waiver.Evidence)
				assert.Contains(t, f.String(), f.Waiver.Text)
			}
			if f.Rule.ID[0] != 'W' {
				f.Waiver = nil
				others = append(others, fmt.Sprint(f))
			}
		}
		var all []string
		for _, f := range bare.Findings {
			all = append(all, fmt.Sprint(f))
		}
		assert.Equal(t, all, others, "no finding goes and none comes")
		looked := len(r.Quiet("W01")) + len(r.Quiet("W02"))
		for _, f := range r.Findings {
			if f.Rule.ID[0] == 'W' {
				looked++
			}
		}
		for _, u := range r.Unassessed {
			if u.Rule.ID[0] == 'W' {
				looked++
			}
		}
		assert.Zero(t, looked%2, "both rules come to a verdict on each waiver")
	})
}

func shuffledWaivers(d *dice, s mission.Spec) mission.Spec {
	s.Waivers = clone(s.Waivers)
	d.Shuffle(swaps(s.Waivers))
	return s
}
