package review

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// size says how large a plan is to be.
type size struct {
	milestones, posts, events int
	// alike puts all events and a tenth of the duties on one mission: what a rule that compares each with each would choke on.
	alike bool
}

// on is the day of the reviews.
var on = calendar.On(2026, time.June, 1)

// kinds are the words for events that rules read: all that package mission has constants for.
var kinds = []string{
	mission.Commitment, mission.Consultation, mission.PlanPublished, mission.PracticeChange, mission.OutcomeClaim,
	mission.Sanction, mission.Reward, mission.Intervention, mission.OpenCall, mission.Stocktake, mission.Inquiry,
	mission.Emergency, mission.UseChanged, mission.Dispute, mission.Performance, mission.Restructure, mission.Lesson,
	mission.JointDecision, mission.Priorities, mission.Cut, mission.Exemption, mission.BarrierRaised,
	mission.BarrierRemoved, mission.Devolved, mission.Funded, mission.Underfunded, mission.NeedFell,
	mission.Replaced, mission.Transition, mission.Decision, mission.MeetingHeld, mission.Benefit, mission.Converted,
	mission.Agreement, mission.AccountGiven, mission.ConflictingDirections, mission.MandateLetter,
	mission.ChairChanged, mission.RemitPublished, mission.RoleNeeded, mission.Recruitment, mission.ControlSetUp,
	mission.Alternative, mission.SetApart, mission.WiringChange, mission.Recess, mission.MissionLink,
	mission.Experiment, mission.Failure, mission.LessonShared, mission.LabelledLearning, mission.OutsideLimits,
	mission.LearningSpaceAgreed, mission.Proven, mission.UnknownsStated, mission.ChangeSignals, mission.PlanChanged,
	mission.Declined, mission.ProcessAdded, mission.LegalDuty, mission.ChallengeRoute, mission.Challenge,
	mission.ChallengeAnswered, mission.RiskWelcomed, mission.RiskRewarded, mission.RiskRefused,
	mission.SafetyRefused, mission.Landed, mission.BidMade, mission.BidAmended, mission.SolutionFixed,
	mission.DiscoveryEnded, mission.Rationale, mission.HowCommitment, mission.CapacityMoved, mission.LeadersAdopted,
	mission.TeamsAdopted, mission.Framing, mission.BoundarySet, mission.Renamed, mission.MonitoringRequest,
	mission.StatutorySafety, mission.DecisionInformed, mission.WouldHappenAnyway, mission.LeftVague,
	mission.ProxyStated, mission.IndependentCheck, mission.PublishedToLearn, mission.NoAction,
	mission.DecisionScheduled, mission.SymbolStated, mission.Announceable, mission.CrossTermConsensus,
	mission.WorkingLink, mission.NextSteps, mission.KnowledgeHeld, mission.CapacityLow, mission.CapacityConfirmed,
	mission.SupportOffered, mission.Draw, mission.Sequenced, mission.Considered, mission.StatutoryGate,
	mission.Deliberation, mission.Endorsement, mission.Published, mission.AddressFound, mission.Prelaunch,
	mission.Signal, mission.Corrected, mission.Election, mission.Window, mission.WindowUsed, mission.WindowPassed,
	mission.Handover, mission.PrioritySetting, mission.TrustRepair, mission.Engagement, mission.Accepted,
	mission.CapabilityPlanned, mission.CounterMeasure, mission.ChangeScheduled, mission.Assessed, mission.Notified,
	mission.Copied, mission.Consented, mission.GrantUsed, mission.Debriefed, mission.StopRuleMet, mission.Stopped,
	mission.Disclosed, mission.Excepted,
}

// duties are the words for duties that most rules read.
var duties = []string{
	accountability.MissionLead, accountability.MissionSponsor, accountability.MissionSteward, accountability.OutcomeOwner,
	accountability.MilestoneOwner, "advise",
}

// draw makes a plan by chance.
type draw struct {
	*rand.Rand
	size
	spec  mission.Spec
	taken int
}

// plan makes a plan of a size: the same for the same size and seed. It has a mission for every 200 milestones, an outcome for every
// 50, an initiative for every 20, and a target, an indicator and a dependency for each; posts with a holder and about three duties
// each, in a hundred bodies; forums, lines of account, freedoms and money; and events of all kinds on all of these, three fifths of
// them on milestones. One record in twenty is a rival claim or a later version of an earlier one. The plan passes all checks.
func plan(s size, seed uint64) mission.Spec {
	d := &draw{Rand: rand.New(rand.NewPCG(seed, uint64(s.milestones))), size: s}
	d.spec.Namespace = "https://example.org/bench"
	for i := range 20 {
		d.spec.Sources = append(d.spec.Sources, record.Source{Record: record.New(id("source", i)), Title: fmt.Sprintf("Paper %d", i)})
	}
	d.people()
	d.steps()
	d.answers()
	d.money()
	for i := range s.events {
		d.event(i)
	}
	return d.spec
}

func id(prefix string, i int) record.ID { return record.ID(fmt.Sprintf("%s-%d", prefix, i)) }

func some[T any](d *draw, list ...T) T { return list[d.IntN(len(list))] }

func (d *draw) any(prefix string, n int) record.ID { return id(prefix, d.IntN(max(1, n))) }

// base is record i of a kind: mostly one with a source, now and then of another claimant or a later version.
func (d *draw) base(prefix string, i int) record.Record {
	r := record.Record{ID: id(prefix, i), Grade: some(d, record.Document, record.Document, record.Statistic, record.Opinion), Source: d.any("source", 20), At: "p. 1"}
	d.taken++ // no two share an instant
	r.Recorded = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(d.taken) * time.Second)
	if i%20 > 0 && d.IntN(20) == 0 {
		r.Of = id(prefix, d.IntN(i)/20*20) // those are none of another
		r.Claimant, r.Verb, r.Reason = some(d, "", "another claimant"), some(d, record.Assert, record.Change), "a reason"
	}
	return r
}

func (d *draw) when() calendar.When {
	if d.IntN(12) == 0 {
		return some(d, calendar.When{}, calendar.MustParseWhen("2026"), calendar.MustParseWhen("FY2025-26"), calendar.MustParseWhen("unknown"))
	}
	return calendar.OnDay(calendar.On(2024, time.June, 1).Add(calendar.Days(d.IntN(900))))
}

func said[T any](d *draw, v T) record.Value[T] {
	switch d.IntN(5) {
	case 0:
		return record.Value[T]{}
	case 1:
		return record.Unknown[T]("nobody has asked")
	}
	return record.Known(v)
}

func (d *draw) missions() int    { return max(1, d.milestones/200) }
func (d *draw) outcomes() int    { return max(1, d.milestones/50) }
func (d *draw) initiatives() int { return max(1, d.milestones/20) }
func (d *draw) forums() int      { return max(1, d.posts/10) }

const bodies = 100

// subject draws what a record is about.
func (d *draw) subject() record.Ref {
	if d.alike {
		return mission.Ref("mission-0")
	}
	switch n := d.IntN(20); {
	case n < 12:
		return record.Ref{Kind: milestone.KindMilestone, ID: d.any("milestone", d.milestones)}
	case n < 14:
		return mission.Ref(d.any("mission", d.missions()))
	case n < 16:
		return record.Ref{Kind: accountability.KindParty, ID: d.any("post", d.posts)}
	case n < 17:
		return record.Ref{Kind: accountability.KindForum, ID: d.any("forum", d.forums())}
	case n < 18:
		return record.Ref{Kind: mission.KindOutcome, ID: d.any("outcome", d.outcomes())}
	}
	return record.Ref{Kind: mission.KindInitiative, ID: d.any("initiative", d.initiatives())}
}

// people makes bodies, posts in them, and who holds these.
func (d *draw) people() {
	for i := range bodies {
		d.spec.Parties = append(d.spec.Parties, accountability.Party{Record: record.New(id("body", i)), Name: fmt.Sprintf("Body %d", i),
			Kind: accountability.Organisation, Tier: some(d, "central", "regional", "local"), Sector: some(d, "public", "public", "civil-society")})
	}
	for i := range d.posts {
		d.spec.Parties = append(d.spec.Parties,
			accountability.Party{Record: record.New(id("post", i)), Name: fmt.Sprintf("Post %d", i), Kind: accountability.Post, OfParty: id("body", i%bodies)},
			accountability.Party{Record: record.New(id("person", i)), Name: fmt.Sprintf("Person %d", i), Kind: accountability.Person})
		h := d.base("holding", i)
		h.Of, h.Claimant, h.Verb, h.Reason = "", "", 0, ""
		h.From = calendar.OnDay(calendar.On(2023, time.January, 1).Add(calendar.Days(d.IntN(900))))
		d.spec.Holdings = append(d.spec.Holdings, accountability.Holding{Record: h, Post: id("post", i), Holder: id("person", i)})
	}
}

// steps makes missions and what belongs to them.
func (d *draw) steps() {
	for i := range d.missions() {
		m := mission.Mission{Record: record.New(id("mission", i)), Name: fmt.Sprintf("Mission %d", i), Announced: d.when(), Horizon: calendar.MustParseWhen("2035"),
			Stage:        some(d, mission.StageActive, mission.StageActive, mission.StageDiscovery, mission.StageClosed),
			Contributors: said(d, []record.ID{d.any("body", bodies), d.any("body", bodies)})}
		d.spec.Missions = append(d.spec.Missions, m)
	}
	for i := range d.outcomes() {
		d.spec.Outcomes = append(d.spec.Outcomes, mission.Outcome{Record: d.base("outcome", i), Name: fmt.Sprintf("Outcome %d", i), Missions: []record.ID{d.any("mission", d.missions())},
			Indicators: []record.ID{d.any("indicator", d.milestones)}})
	}
	for i := range d.initiatives() {
		d.spec.Initiatives = append(d.spec.Initiatives, mission.Initiative{Record: d.base("initiative", i), Name: fmt.Sprintf("Team %d", i), Missions: []record.ID{d.any("mission", d.missions())},
			Status: some(d, mission.MissionWork, mission.MissionWork, mission.Adjacent), Started: d.when(), Badged: d.when()})
	}
	for i := range d.milestones {
		missions := []record.ID{id("mission", i%d.missions())}
		if d.IntN(10) == 0 {
			missions = append(missions, d.any("mission", d.missions()))
		}
		d.spec.Milestones = append(d.spec.Milestones, milestone.Milestone{Record: d.base("milestone", i), Name: fmt.Sprintf("Step %d", i), Missions: missions, Set: d.when(),
			Due: calendar.OnDay(calendar.On(2026, time.January, 1).Add(calendar.Days(d.IntN(2500)))), Use: milestone.Use(d.IntN(4))})
		d.spec.Indicators = append(d.spec.Indicators, milestone.Indicator{Record: d.base("indicator", i), Name: fmt.Sprintf("Measure %d", i), Unit: "homes",
			Uses: said(d, []string{some(d, "learn", "decide", "rank")})})
		d.spec.Targets = append(d.spec.Targets, milestone.Target{Record: record.New(id("target", i)), Milestone: id("milestone", i), Indicator: id("indicator", i),
			AtLeast: record.Number(float64(100 + d.IntN(900)))})
		if to := d.IntN(i + 1); to < i && d.spec.Milestones[i].Of == "" && d.spec.Milestones[to].Of == "" {
			d.spec.Dependencies = append(d.spec.Dependencies, milestone.Dependency{Record: record.New(id("dependency", i)), Kind: milestone.FinishStart,
				Dependent: record.Ref{Kind: milestone.KindMilestone, ID: id("milestone", i)}, On: record.Ref{Kind: milestone.KindMilestone, ID: id("milestone", to)}})
		}
	}
}

// answers makes who answers for what: six duties for each mission, an owner for each outcome and for most milestones.
func (d *draw) answers() {
	duty := func(word string, subject record.Ref) {
		u := accountability.Duty{Record: d.base("duty", len(d.spec.Duties)), Duty: word, Subject: subject, Post: d.any("post", d.posts), Accepted: said(d, d.IntN(2) == 0),
			Means: accountability.Means{Budget: said(d, d.IntN(2) == 0), People: said(d, d.IntN(2) == 0), Route: said(d, d.IntN(2) == 0)}}
		if d.IntN(20) == 0 {
			u.Post, u.State = "", some(d, accountability.Vacant, accountability.Unclear, accountability.Contested)
		}
		d.spec.Duties = append(d.spec.Duties, u)
	}
	for i := range d.missions() {
		for _, word := range duties {
			duty(word, mission.Ref(id("mission", i)))
		}
	}
	for i := range d.outcomes() {
		duty(accountability.OutcomeOwner, record.Ref{Kind: mission.KindOutcome, ID: id("outcome", i)})
	}
	for i := range d.milestones {
		if d.alike && i%10 == 0 {
			duty(some(d, duties...), mission.Ref("mission-0"))
		} else if i%2 == 0 {
			duty(accountability.MilestoneOwner, record.Ref{Kind: milestone.KindMilestone, ID: id("milestone", i)})
		}
	}
	for i := range d.forums() {
		d.spec.Forums = append(d.spec.Forums, accountability.Forum{Record: d.base("forum", i), Name: fmt.Sprintf("Board %d", i), Kind: some(d, "mission-board", "delivery-unit", "committee"),
			Subject: mission.Ref(d.any("mission", d.missions())), Members: said(d, []record.ID{d.any("post", d.posts), d.any("body", bodies)})})
		d.spec.Lines = append(d.spec.Lines, accountability.Line{Record: d.base("line", i), Actor: d.any("post", d.posts), Forum: record.Ref{Kind: accountability.KindForum, ID: id("forum", i)},
			Subject: mission.Ref(d.any("mission", d.missions())), Kind: some(d, accountability.PoliticalLine, "managerial"), Every: 90})
		d.spec.Freedoms = append(d.spec.Freedoms, accountability.Freedom{Record: d.base("freedom", i), Name: fmt.Sprintf("Freedom %d", i), Subject: d.subject(), Holder: d.any("post", d.posts)})
	}
}

// money makes an allocation for every ten milestones.
func (d *draw) money() {
	for i := range d.milestones / 10 {
		d.spec.Allocations = append(d.spec.Allocations, funding.Allocation{Record: record.New(id("allocation", i)), Subject: d.subject(), To: d.any("body", bodies), PaidBy: d.any("body", bodies),
			Amount: said(d, record.Money{Minor: int64(d.IntN(1_000_000)), Currency: "GBP"}), Basis: some(d, "cash", "2024-25 prices")})
	}
}

func (d *draw) event(i int) {
	e := mission.Event{Record: d.base("event", i), Kind: some(d, kinds...), Subject: d.subject(), OnDay: d.when(), Absent: d.IntN(5) == 0}
	switch d.IntN(3) {
	case 0:
		e.By = []record.ID{d.any("body", bodies)}
	case 1:
		e.With = []record.ID{d.any("body", bodies), d.any("post", d.posts)}
	}
	if d.IntN(8) == 0 {
		e.Name, e.Because = fmt.Sprintf("Event %d", i), "for a reason that somebody wrote down"
	}
	if d.IntN(10) == 0 {
		e.LedTo = []record.Ref{d.subject()}
	}
	d.spec.Events = append(d.spec.Events, e)
}
