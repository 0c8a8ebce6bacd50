package review_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// The verdicts, as the tables write them. The empty text means that the rule did not look at the subject.
const (
	finding = "finding"
	cannot  = "cannot tell"
	nothing = "nothing"
)

var on = calendar.On(2026, time.June, 30)

// verdict is what a rule makes of a subject, and the text that goes with it.
func verdict(r *review.Review, rule string, subject record.Ref) (what, text string) {
	for _, f := range r.Findings {
		if f.Rule.ID == rule && f.Subject == subject {
			return finding, f.Text
		}
	}
	for _, u := range r.Unassessed {
		if u.Rule.ID == rule && u.Subject == subject {
			return cannot, u.Text
		}
	}
	if slices.Contains(r.Quiet(rule), subject) {
		return nothing, ""
	}
	return "", ""
}

// row is one plan and the verdict on it.
type row struct {
	name string
	spec mission.Spec
	view mission.View // its day is on unless it says another
	want string
	says string // part of the text
	also string // another part
}

func table(t *testing.T, rule string, subject record.Ref, rows []row) {
	t.Helper()
	for _, c := range rows {
		t.Run(c.name, func(t *testing.T) {
			if c.view.On.IsZero() {
				c.view.On = on
			}
			if c.view.On == noDay {
				c.view.On = calendar.Date{}
			}
			got, text := verdict(run(t, c.spec, c.view, review.Options{}), rule, subject)
			require.Equal(t, c.want, got, text)
			assert.Contains(t, text, c.says)
			assert.Contains(t, text, c.also)
		})
	}
}

// noDay marks a row whose view has no day.
var noDay = calendar.On(1900, time.January, 1)

func when(s string) calendar.When { return calendar.MustParseWhen(s) }

var (
	theMission   = record.Ref{Kind: mission.KindMission, ID: "m"}
	theMilestone = record.Ref{Kind: milestone.KindMilestone, ID: "s"}
	theInit      = record.Ref{Kind: mission.KindInitiative, ID: "i"}
	theIndicator = record.Ref{Kind: milestone.KindIndicator, ID: "n"}
	theForum     = record.Ref{Kind: accountability.KindForum, ID: "b"}
	theOutcome   = record.Ref{Kind: mission.KindOutcome, ID: "o"}
)

// parts puts records of any kind into a Spec; each gets an id from its kind and place if it has none.
func parts(records ...any) mission.Spec {
	spec := mission.Spec{
		Parties: []accountability.Party{
			{Record: record.New("org"), Kind: accountability.Organisation, Name: "The Ministry", Tier: "central"},
			{Record: record.New("town"), Kind: accountability.Organisation, Name: "The Town", Tier: "local"},
			{Record: record.New("unit"), Kind: accountability.Body, Name: "The Unit", OfParty: "org"},
			{Record: record.New("new"), Kind: accountability.Organisation, Name: "The Newcomer"},
			{Record: record.New("minister"), Kind: accountability.Post, Name: "Minister", OfParty: "org"},
			{Record: record.New("head"), Kind: accountability.Post, Name: "Head", OfParty: "org", Seats: 2},
			{Record: record.New("other"), Kind: accountability.Post, Name: "Other", OfParty: "town"},
			{Record: record.New("ann"), Kind: accountability.Person, Name: "Ann Example"},
			{Record: record.New("bob"), Kind: accountability.Person, Name: "Bob Example"},
		},
		Sources: []record.Source{{Record: record.New("paper"), Title: "A paper", Published: when("2025-06-06")}},
	}
	id := func(r *record.Record, n int, prefix string) {
		if r.ID == "" {
			r.ID = record.ID(prefix + string(rune('a'+n)))
		}
	}
	for n, r := range records {
		switch r := r.(type) {
		case mission.Mission:
			id(&r.Record, n, "m")
			if r.Name == "" {
				r.Name = "Homes"
			}
			spec.Missions = append(spec.Missions, r)
		case mission.Initiative:
			id(&r.Record, n, "i")
			r.Name = "Team"
			spec.Initiatives = append(spec.Initiatives, r)
		case mission.Outcome:
			id(&r.Record, n, "o")
			r.Name = "Dry rooms"
			spec.Outcomes = append(spec.Outcomes, r)
		case mission.Event:
			id(&r.Record, n, "e")
			spec.Events = append(spec.Events, r)
		case milestone.Milestone:
			id(&r.Record, n, "s")
			r.Name = "Step"
			spec.Milestones = append(spec.Milestones, r)
		case milestone.Indicator:
			id(&r.Record, n, "n")
			r.Name = "Cold homes"
			spec.Indicators = append(spec.Indicators, r)
		case accountability.Duty:
			id(&r.Record, n, "d")
			spec.Duties = append(spec.Duties, r)
		case accountability.Holding:
			id(&r.Record, n, "h")
			spec.Holdings = append(spec.Holdings, r)
		case accountability.Forum:
			id(&r.Record, n, "b")
			r.Kind = accountability.MissionBoard
			spec.Forums = append(spec.Forums, r)
		case funding.Allocation:
			id(&r.Record, n, "a")
			spec.Allocations = append(spec.Allocations, r)
		}
	}
	return spec
}

func m(announced string) mission.Mission {
	r := mission.Mission{Record: record.New("m")}
	if announced != "" {
		r.Announced = when(announced)
	}
	return r
}

func event(kind string, subject record.Ref, day string) mission.Event {
	e := mission.Event{Kind: kind, Subject: subject}
	if day != "" {
		e.OnDay = when(day)
	}
	return e
}

func never(kind string, subject record.Ref) mission.Event {
	return mission.Event{Kind: kind, Subject: subject, Absent: true}
}

func graded(e mission.Event, g record.Grade) mission.Event {
	e.ID, e.Grade, e.Source, e.At, e.Claimant = "said", g, "paper", "p. 3", "an insider"
	return e
}

func lead(post record.ID, means accountability.Means) accountability.Duty {
	return accountability.Duty{Duty: accountability.MissionLead, Subject: theMission, Post: post, Means: means}
}

func sponsor(post record.ID) accountability.Duty {
	return accountability.Duty{Duty: accountability.MissionSponsor, Subject: theMission, Post: post}
}

func holds(post, holder record.ID) accountability.Holding {
	return accountability.Holding{Post: post, Holder: holder, Record: record.Record{From: when("2025-01-01")}}
}

func gbp(minor int64) record.Value[record.Money] {
	return record.Known(record.Money{Minor: minor, Currency: "GBP"})
}

func TestRhetoricOnly(t *testing.T) {
	none := never(mission.PracticeChange, theMission)
	inTeam := mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}}
	step := milestone.Milestone{Record: record.New("s"), Missions: []record.ID{"m"}}
	table(t, "F01", theMission, []row{
		{name: "announced long ago and denied", spec: parts(m("2025-09-01"), none), want: finding, says: "announced on 1 September 2025"},
		{name: "promised long ago and denied", spec: parts(m(""), event(mission.Commitment, theMission, "2025-09-01"), none), want: finding},
		{name: "the oldest promise counts", spec: parts(m(""), event(mission.Commitment, theMission, "2026-06-01"), event(mission.Commitment, theMission, "2025-09-01"), none), want: finding},
		{name: "hearsay says so", spec: parts(m("2025-09-01"), graded(none, record.Hearsay)), want: finding, says: `It is said (hearsay, an insider, "A paper", p. 3) that nothing has changed`},
		{name: "hearsay left out", spec: parts(m("2025-09-01"), graded(none, record.Hearsay)), view: mission.View{Without: []record.Grade{record.Hearsay}}, want: cannot, says: "left out by the view (event/said)"},
		{name: "on the hundredth day", spec: parts(m("2026-03-22"), none), want: nothing},
		{name: "on the day after", spec: parts(m("2026-03-21"), none), want: finding},
		{name: "announced in a stretch that may be recent", spec: parts(m("2026"), none), want: cannot, says: "known only as 2026"},
		{name: "announced on an unknown day", spec: parts(m("unknown"), none), want: cannot, says: "stated to be unknown"},
		{name: "no day to look from", spec: parts(m("2025-09-01"), none), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
		{name: "nothing promised as far as recorded", spec: parts(m(""), none), want: cannot, says: "whether anything was promised in public is not recorded"},
		{name: "known not to be promised", spec: parts(m(""), none, never(mission.Commitment, theMission)), want: nothing},
		{name: "nothing recorded of practice", spec: parts(m("2025-09-01")), want: cannot, says: "whether anything has changed in practice is not recorded"},
		{name: "practice changed", spec: parts(m("2025-09-01"), none, event(mission.PracticeChange, theMission, "2026-01-01")), want: nothing},
		{name: "practice will change", spec: parts(m("2025-09-01"), none, event(mission.PracticeChange, theMission, "2026-07-01")), want: finding},
		{name: "practice changed in an initiative", spec: parts(m("2025-09-01"), none, inTeam, event(mission.PracticeChange, theInit, "")), want: nothing},
		{name: "money for a milestone", spec: parts(m("2025-09-01"), none, step, funding.Allocation{Subject: theMilestone, Amount: gbp(100)}), want: nothing},
		{name: "nought pounds are no money", spec: parts(m("2025-09-01"), none, step, funding.Allocation{Subject: theMilestone, Amount: gbp(0)}), want: finding},
		{name: "a lead with people", spec: parts(m("2025-09-01"), none, lead("head", accountability.Means{People: record.Known(true)})), want: nothing},
		{name: "a lead without people", spec: parts(m("2025-09-01"), none, lead("head", accountability.Means{People: record.Known(false)})), want: finding},
	})
}

func TestSloganWithoutPlan(t *testing.T) {
	none := never(mission.PlanPublished, theMission)
	stage := func(s string) mission.Mission { r := m(""); r.Stage = s; return r }
	rival := mission.Mission{Record: record.Record{ID: "m2", Of: "m", Claimant: "another"}, Stage: mission.StageDiscovery}
	first := stage(mission.StageActive)
	table(t, "F03", theMission, []row{
		{name: "active and denied", spec: parts(stage("active"), none), want: finding, says: `Its stage is "active"`},
		{name: "a stage of one's own", spec: parts(stage("scaling up"), none), want: finding, says: "scaling up"},
		{name: "no stage", spec: parts(m("2025"), none), want: finding, says: "No stage is recorded; the mission is taken to be under way"},
		{name: "discovery", spec: parts(stage("discovery"), none), want: nothing},
		{name: "closed", spec: parts(stage("closed"), none), want: nothing},
		{name: "proposed", spec: parts(stage("proposed")), want: nothing},
		{name: "published", spec: parts(stage("active"), none, event(mission.PlanPublished, theMission, "2025-12-01")), want: nothing},
		{name: "published tomorrow", spec: parts(stage("active"), none, event(mission.PlanPublished, theMission, "2026-07-01")), want: finding},
		{name: "nobody says", spec: parts(stage("active")), want: cannot, says: "whether a plan has been published is not recorded"},
		{name: "claimants differ on the stage", spec: parts(first, rival, none), want: cannot, says: "its stage is contested"},
	})
}

func TestMissionWashing(t *testing.T) {
	none := never(mission.PracticeChange, theInit)
	work := func(status mission.InitiativeStatus, started, badged string) mission.Initiative {
		n := mission.Initiative{Record: record.New("i"), Missions: []record.ID{"m"}, Status: status}
		if started != "" {
			n.Started = when(started)
		}
		if badged != "" {
			n.Badged = when(badged)
		}
		return n
	}
	old := work(mission.MissionWork, "2019", "2025-10-01")
	early := none
	early.OnDay = when("2024-01-01")
	table(t, "F09", theInit, []row{
		{name: "badged and unchanged", spec: parts(m("2025-09-01"), old, none), want: finding, says: "It began in 2019"},
		{name: "badged without a status", spec: parts(m("2025-09-01"), work(0, "2019", "2025-10-01"), none), want: finding},
		{name: "mission work without a badge day", spec: parts(m("2025-09-01"), work(mission.MissionWork, "2019", ""), none), want: finding},
		{name: "adjacent", spec: parts(m("2025-09-01"), work(mission.Adjacent, "2019", "2025-10-01"), none), want: nothing},
		{name: "business as usual", spec: parts(m("2025-09-01"), work(mission.ValuedAsItIs, "2019", ""), none), want: nothing},
		{name: "no status and no badge", spec: parts(m("2025-09-01"), work(0, "2019", ""), none), want: cannot, says: "how it stands to the mission"},
		{name: "changed since", spec: parts(m("2025-09-01"), old, none, event(mission.PracticeChange, theInit, "2026-01-01")), want: nothing},
		{name: "changed on an unknown day", spec: parts(m("2025-09-01"), old, none, event(mission.PracticeChange, theInit, "")), want: nothing},
		{name: "changed long before", spec: parts(m("2025-09-01"), old, none, event(mission.PracticeChange, theInit, "2020")), want: finding},
		{name: "made a difference since", spec: parts(m("2025-09-01"), old, none, event(mission.OutcomeClaim, theInit, "2026-01-01")), want: nothing},
		{name: "money since", spec: parts(m("2025-09-01"), old, none, funding.Allocation{Subject: theInit, Record: record.Record{From: when("2026-04-01")}, Amount: gbp(5)}), view: mission.View{}, want: nothing},
		{name: "denied of the time before the badge only", spec: parts(m("2025-09-01"), old, early), want: cannot, says: "whether anything has changed in the work since"},
		{name: "began after the mission", spec: parts(m("2025-09-01"), work(mission.MissionWork, "2025-10-01", "2025-10-01"), none), want: nothing},
		{name: "began in the year of the mission", spec: parts(m("2025-09-01"), work(mission.MissionWork, "2025", "2025-10-01"), none), want: cannot, says: "not known well enough (2025)"},
		{name: "start not recorded", spec: parts(m("2025-09-01"), work(mission.MissionWork, "", "2025-10-01"), none), want: cannot, says: "the day on which the work began is not recorded"},
		{name: "announcement not recorded", spec: parts(m(""), old, none), want: cannot, says: "the day on which its mission was announced is not recorded"},
		{name: "nothing recorded of change", spec: parts(m("2025-09-01"), old), want: cannot, says: "whether anything has changed in the work since is not recorded"},
	})
}

func TestMilestoneAsEnforcement(t *testing.T) {
	step := func(u milestone.Use) milestone.Milestone {
		return milestone.Milestone{Record: record.New("s"), Use: u}
	}
	fine := event(mission.Sanction, theMilestone, "2026-05-05")
	table(t, "F16", theMilestone, []row{
		{name: "sanction", spec: parts(step(milestone.Exploration), fine), want: finding, says: "tied to it: sanction"},
		{name: "reward and intervention", spec: parts(step(milestone.Exploration), event(mission.Reward, theMilestone, ""), event(mission.Intervention, theMilestone, "")), want: finding, says: "intervention and reward"},
		{name: "said not to be", spec: parts(step(milestone.Exploration), never(mission.Sanction, theMilestone)), want: nothing},
		{name: "nothing hangs on it", spec: parts(step(milestone.Exploration)), want: nothing},
		{name: "for enforcement", spec: parts(step(milestone.Enforcement), fine), want: nothing},
		{name: "a commitment", spec: parts(step(milestone.Commitment), fine), want: nothing},
		{name: "nobody says what for", spec: parts(step(0), fine), want: cannot, says: "what the milestone is for is not recorded"},
		{name: "changed openly before", spec: parts(step(milestone.Exploration), event(mission.UseChanged, theMilestone, "2026-01-01"), fine), want: nothing},
		{name: "changed on the day itself", spec: parts(step(milestone.Exploration), event(mission.UseChanged, theMilestone, "2026-05-05"), fine), want: nothing},
		{name: "changed afterwards", spec: parts(step(milestone.Exploration), event(mission.UseChanged, theMilestone, "2026-06-01"), fine), want: finding},
		{name: "order not known", spec: parts(step(milestone.Exploration), event(mission.UseChanged, theMilestone, "2026"), fine), want: cannot, says: "not known from their dates"},
	})
}

func TestRankingUse(t *testing.T) {
	n := func(v record.Value[[]string]) milestone.Indicator {
		return milestone.Indicator{Record: record.New("n"), Uses: v}
	}
	rival := milestone.Indicator{Record: record.Record{ID: "n2", Of: "n", Claimant: "a council"}, Uses: record.Known([]string{"rank"})}
	table(t, "F22", theIndicator, []row{
		{name: "rank", spec: parts(n(record.Known([]string{"learn", "rank"}))), want: finding},
		{name: "learn", spec: parts(n(record.Known([]string{"learn"}))), want: nothing},
		{name: "no use at all", spec: parts(n(record.Known([]string{}))), want: nothing},
		{name: "not applicable", spec: parts(n(record.Value[[]string]{State: record.StateNotApplicable})), want: nothing},
		{name: "not recorded", spec: parts(n(record.Value[[]string]{})), want: cannot, says: "is not recorded"},
		{name: "withheld", spec: parts(n(record.Withheld[[]string]("in confidence"))), want: cannot, says: "is withheld (in confidence)"},
		{name: "unknown", spec: parts(n(record.Unknown[[]string]("asked twice"))), want: cannot, says: "is stated to be unknown (asked twice)"},
		{name: "to come", spec: parts(n(record.Pending[[]string](""))), want: cannot, says: "is still to come"},
		{name: "one claimant of two", spec: parts(n(record.Known([]string{"learn"})), rival), want: finding, says: "So says a council"},
	})
}

func TestOrphanOutcome(t *testing.T) {
	o := mission.Outcome{Record: record.New("o")}
	duty := func(word string, post record.ID, state accountability.DutyState, accepted record.Value[bool]) accountability.Duty {
		return accountability.Duty{Duty: word, Subject: theOutcome, Post: post, State: state, Accepted: accepted}
	}
	var unsaid record.Value[bool]
	refused := duty("outcome-owner", "town", 0, record.Known(false))
	ended := accountability.Holding{Post: "head", Holder: "ann", Record: record.Record{From: when("2025-01-01"), Until: when("2026-01-01")}}
	table(t, "F51", theOutcome, []row{
		{name: "held", spec: parts(o, duty("outcome-owner", "town", 0, unsaid)), want: nothing},
		{name: "refused", spec: parts(o, refused), want: finding, says: "Nobody has accepted", also: "The Town"},
		{name: "vacant", spec: parts(o, duty("outcome-owner", "", accountability.Vacant, unsaid)), want: finding, says: "every duty on it is vacant"},
		{name: "carried by an empty post", spec: parts(o, duty("outcome-owner", "head", 0, unsaid), ended), want: finding},
		{name: "refused by one, held by another", spec: parts(o, refused, duty("deliver", "org", 0, unsaid)), want: nothing},
		{name: "refused by one, advised by another", spec: parts(o, refused, duty("advise", "org", 0, unsaid)), want: finding},
		{name: "unclear", spec: parts(o, duty("outcome-owner", "", accountability.Unclear, unsaid)), want: cannot, says: "outcome-owner is unclear"},
		{name: "nobody says", spec: parts(o), want: cannot, says: "who answers for it is not recorded"},
		{name: "open call", spec: parts(o, refused, event(mission.OpenCall, theOutcome, "2026-06-01")), want: nothing},
		{name: "open call to come", spec: parts(o, refused, event(mission.OpenCall, theOutcome, "2026-07-01")), want: finding},
	})
}

func TestCentreOnly(t *testing.T) {
	with := func(ids ...record.ID) mission.Mission { r := m(""); r.Contributors = record.Known(ids); return r }
	internal := with("org")
	internal.Internal = true
	kept := m("")
	kept.Contributors = record.Withheld[[]record.ID]("commercial")
	lost := m("")
	lost.Contributors = record.Unknown[[]record.ID]("no list was kept")
	table(t, "F92", theMission, []row{
		{name: "all central", spec: parts(with("org", "minister", "unit")), want: finding, says: "Minister, The Ministry and The Unit"},
		{name: "one local", spec: parts(with("org", "town")), want: nothing},
		{name: "one post in a local body", spec: parts(with("org", "other")), want: nothing},
		{name: "one of no tier", spec: parts(with("org", "new")), want: cannot, says: "the tier of The Newcomer is not recorded"},
		{name: "one of no tier and one local", spec: parts(with("org", "new", "town")), want: nothing},
		{name: "a person of no tier is not named", spec: parts(with("org", "ann")), want: cannot, says: "the tier of a person is not recorded"},
		{name: "internal", spec: parts(internal), want: nothing},
		{name: "nobody listed", spec: parts(with()), want: cannot, says: "the list of its contributors is empty"},
		{name: "not recorded", spec: parts(m("")), want: cannot, says: "who takes part in it is not recorded"},
		{name: "withheld", spec: parts(kept), want: cannot, says: "is withheld (commercial)"},
		{name: "unknown", spec: parts(lost), want: cannot, says: "is stated to be unknown (no list was kept)"},
	})
}
