// Package gen makes up plans of any size for tests and benchmarks: plausible in shape, the same for the same arguments on
// every machine, and without a fault. It is for tests only; every record is graded as it would be in life, so that views
// have something to leave out, and nothing in it is true.
package gen

import (
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Spec returns a plan with the given numbers of missions, milestones and dependencies; negative numbers count as nought, and
// without at least two milestones there are no dependencies. Beside them it has about one post, holder and duty a milestone,
// one target each, an indicator for every four with six readings, an event for every two, and some of every other kind of
// record; one milestone in ten has been re-dated, and one in twenty twice. Precedences run from lower to higher numbers, so
// that they form no circle; every fourth dependency is a need, and needs may.
//
// It takes time linear in the numbers: 10,000 milestones with 20,000 links are some 95,000 records.
func Spec(seed uint64, missions, milestones, links int) mission.Spec {
	g := generator{Rand: rand.New(rand.NewPCG(seed, 0x6d697373696f6e)), missions: max(missions, 0), milestones: max(milestones, 0)}
	g.spec = mission.Spec{
		Format:    mission.Format,
		Namespace: "https://example.org/generated/" + strconv.FormatUint(seed, 10),
		Title:     "A generated plan",
		AsOf:      calendar.On(2026, time.June, 30),
	}
	g.shared()
	g.people()
	g.ends()
	g.measures()
	g.steps()
	if g.milestones >= 2 {
		g.links(max(links, 0))
	}
	g.roles()
	g.money()
	g.happenings()
	return g.spec
}

type generator struct {
	*rand.Rand
	missions, milestones int
	posts                int
	indicators           int
	spec                 mission.Spec
}

// id numbers the records of a kind: "step-00042".
func id(kind string, n int) record.ID {
	digits := strconv.Itoa(n)
	const zeros = "00000"
	return record.ID(kind + "-" + zeros[:max(len(zeros)-len(digits), 0)] + digits)
}

var (
	verbs    = []string{"Insulate", "Train", "Build", "Open", "Halve", "Connect", "Restore", "Publish", "Agree", "Test"}
	things   = []string{"homes", "teachers", "wind farms", "clinics", "waiting lists", "stations", "peatland", "a register", "a compact", "a service"}
	places   = []string{"the North East", "Kent", "Glasgow", "Powys", "Fermanagh", "Cornwall", "Leeds", "Norfolk", "the Fens", "Dundee"}
	units    = []string{"percent", "homes", "full-time equivalents", "weeks", "tonnes"}
	tiers    = []string{accountability.TierCentral, accountability.TierDevolved, accountability.TierRegional, accountability.TierLocal, accountability.TierCommunity}
	grades   = []record.Grade{record.Statistic, record.Document, record.Document, record.FirstHand, record.Secondary, record.Hearsay, record.Opinion, record.Illustrative}
	readings = []milestone.Reading{milestone.Stock, milestone.Stock, milestone.Flow}
	kinds    = []string{mission.Commitment, mission.Consultation, mission.PlanPublished, mission.PracticeChange, mission.Stocktake, mission.OpenCall}
	firstDay = calendar.On(2024, time.July, 5)
)

func one[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

func (g *generator) name() string {
	return one(g, verbs) + " " + one(g, things) + " in " + one(g, places)
}

// day returns a day at most so many after the first.
func (g *generator) day(within int) calendar.Date {
	return firstDay.Add(calendar.Days(g.IntN(within)))
}

// when returns a day, or now and then a longer stretch with that day in it.
func (g *generator) when(within int) calendar.When {
	day := g.day(within)
	switch g.IntN(6) {
	case 0:
		return calendar.QuarterOf(day)
	case 1:
		return calendar.FinancialYear(day)
	case 2:
		return calendar.MonthOf(day)
	}
	return calendar.OnDay(day)
}

// record returns the shared part: sourced, graded, one in thirty for officials only, one in three with its instant.
func (g *generator) record(id record.ID) record.Record {
	r := record.Record{ID: id, Source: g.source(), At: "p. " + strconv.Itoa(1+g.IntN(90)), Grade: one(g, grades)}
	if g.IntN(30) == 0 {
		r.Audience = record.Official
	}
	if g.IntN(3) == 0 {
		r.Recorded = g.day(700).In(time.UTC).Add(time.Duration(g.IntN(86400)) * time.Second)
	}
	return r
}

const sources = 40

func (g *generator) source() record.ID { return id("source", g.IntN(sources)) }

func (g *generator) shared() {
	for n := range sources {
		s := record.Source{Record: record.Record{ID: id("source", n), Grade: record.Document}, Title: "Report " + strconv.Itoa(n), Publisher: "A department"}
		if n%5 > 0 {
			s.Published = calendar.OnDay(g.day(600))
		}
		g.spec.Sources = append(g.spec.Sources, s)
	}
	g.spec.Days = []record.Day{{Record: record.Invented("end-of-parliament"), Name: "end of this Parliament",
		Earliest: calendar.On(2028, time.January, 1), Latest: calendar.On(2029, time.August, 15)}}
}

// people makes departments, posts in them, persons, and who holds what: one post in twelve has lost its holder, one in
// fifteen has an end that nobody knows.
func (g *generator) people() {
	departments := 4 + g.missions*2
	for n := range departments {
		g.spec.Parties = append(g.spec.Parties, accountability.Party{Record: g.record(id("dept", n)), Kind: accountability.Organisation,
			Name: "Department " + strconv.Itoa(n), Tier: tiers[n%len(tiers)], Sector: "government"})
	}
	g.posts = 2*g.missions + g.milestones
	for n := range g.posts {
		g.spec.Parties = append(g.spec.Parties,
			accountability.Party{Record: g.record(id("post", n)), Kind: accountability.Post, Name: "Director " + strconv.Itoa(n), OfParty: id("dept", g.IntN(departments)), Seats: 1},
			accountability.Party{Record: g.record(id("person", n)), Kind: accountability.Person, Name: "Person " + strconv.Itoa(n)})
		h := accountability.Holding{Record: g.record(id("holding", n)), Post: id("post", n), Holder: id("person", n)}
		h.From = calendar.OnDay(g.day(300))
		switch {
		case n%12 == 0:
			h.Until = calendar.OnDay(firstDay.Add(calendar.Days(320 + g.IntN(200))))
		case n%15 == 0:
			h.Until = calendar.MustParseWhen("unknown")
		}
		g.spec.Holdings = append(g.spec.Holdings, h)
	}
}

func (g *generator) ends() {
	for n := range g.missions {
		m := mission.Mission{Record: g.record(id("mission", n)), Name: "Mission " + strconv.Itoa(n), Statement: g.name(),
			Horizon: calendar.MustParseWhen("end-of-parliament"), Announced: calendar.OnDay(g.day(100)), Stage: mission.StageActive}
		m.Contributors = record.Known([]record.ID{id("dept", n%4), id("dept", 4+n%(2*g.missions))})
		g.spec.Missions = append(g.spec.Missions, m)
		g.spec.Outcomes = append(g.spec.Outcomes, mission.Outcome{Record: g.record(id("outcome", n)), Name: g.name(),
			Missions: []record.ID{m.ID}, ForWhom: "people in " + one(g, places), Expected: calendar.FinancialYear(g.day(2500))})
		for k := range 2 {
			g.spec.Initiatives = append(g.spec.Initiatives, mission.Initiative{Record: g.record(id("work", 2*n+k)), Name: g.name(),
				Missions: []record.ID{m.ID}, By: id("dept", n%4), Status: mission.MissionWork, Started: g.when(700)})
		}
	}
}

// measures makes indicators with readings by quarter, of which one in forty is withheld.
func (g *generator) measures() {
	g.indicators = (g.milestones + 3) / 4
	for n := range g.indicators {
		i := milestone.Indicator{Record: g.record(id("indicator", n)), Name: one(g, things) + " in " + one(g, places), Unit: one(g, units),
			Direction: milestone.Up, Level: milestone.LevelOutcome, Reading: one(g, readings), LagDays: calendar.Days(30 + g.IntN(90))}
		g.spec.Indicators = append(g.spec.Indicators, i)
		level, start := 20+40*g.Float64(), calendar.On(2024, time.July, 1)
		for k := range 6 {
			quarter := calendar.QuarterOf(start)
			start = quarter.Latest().Add(1)
			level += 3*g.Float64() - 1
			o := milestone.Observation{Record: g.record(id("reading", 6*n+k)), Indicator: i.ID, Period: quarter, Baseline: k == 0,
				Value: record.Known(decimal(level)), Published: calendar.OnDay(start.Add(45))}
			if g.IntN(40) == 0 {
				o.Value = record.Withheld[record.Quantity]("commercial confidence")
			}
			g.spec.Observations = append(g.spec.Observations, o)
		}
	}
}

func decimal(f float64) record.Quantity {
	q, _ := record.ParseQuantity(strconv.FormatFloat(f, 'f', 1, 64))
	return q
}

// steps makes milestones, spread over the missions with one in ten in two of them, their later versions, and a target each.
func (g *generator) steps() {
	for n := range g.milestones {
		m := milestone.Milestone{Record: g.record(id("step", n)), Name: g.name(), Place: one(g, places), Due: g.when(2000), Use: milestone.Commitment}
		if g.missions > 0 {
			m.Missions = append(m.Missions, id("mission", n%g.missions))
			if other := g.IntN(g.missions); n%10 == 3 && other != n%g.missions {
				m.Missions = append(m.Missions, id("mission", other))
			}
		}
		if n%10 == 7 {
			m.Lasts = calendar.Days(10 + g.IntN(200))
		}
		g.spec.Milestones = append(g.spec.Milestones, m)
		for v := 1; v <= 2 && n%(10*v) == 0; v++ {
			later := m
			later.Record = g.record(id(string(m.ID)+"-v", v+1))
			later.Of, later.Verb = m.ID, record.Change
			later.Recorded = firstDay.Add(calendar.Days(700 + 90*v)).In(time.UTC)
			later.From = calendar.OnDay(firstDay.Add(calendar.Days(700 + 90*v)))
			later.Due = calendar.OnDay(m.Due.Latest().Add(calendar.Days(90 * v)))
			g.spec.Milestones = append(g.spec.Milestones, later)
		}
		g.target(n, m.ID)
	}
}

func (g *generator) target(n int, step record.ID) {
	t := milestone.Target{Record: g.record(id("target", n)), Milestone: step, Indicator: id("indicator", g.IntN(g.indicators))}
	switch n % 8 {
	case 0:
		t.Increase = decimal(1 + 5*g.Float64())
	case 1:
		t.Direction = milestone.Up
	case 2:
		t.Indicator, t.Achieve = "", "an agreement is signed"
		g.spec.Assessments = append(g.spec.Assessments, milestone.Assessment{Record: g.record(id("view", n)),
			Subject: record.Ref{Kind: milestone.KindTarget, ID: t.ID}, OnDay: calendar.OnDay(g.day(700)), Status: milestone.Scheduled, Rating: "amber", Scale: "three colours"})
	default:
		t.AtLeast, t.Baseline = decimal(30+40*g.Float64()), decimal(20+40*g.Float64())
	}
	g.spec.Targets = append(g.spec.Targets, t)
}

func (g *generator) links(links int) {
	for n := range links {
		a, b := g.IntN(g.milestones), g.IntN(g.milestones-1)
		if b >= a {
			b++
		}
		d := milestone.Dependency{Record: g.record(id("link", n)), Kind: milestone.Needs, Agreed: record.Known(g.IntN(3) > 0)}
		if n%4 > 0 {
			a, b = min(a, b), max(a, b)
			d.Kind, d.LagDays = milestone.FinishStart+milestone.Link(n%4-1), calendar.Days(g.IntN(60))
		}
		d.On, d.Dependent = stepRef(a), stepRef(b)
		g.spec.Dependencies = append(g.spec.Dependencies, d)
	}
}

func stepRef(n int) record.Ref {
	return record.Ref{Kind: milestone.KindMilestone, ID: id("step", n)}
}

// roles gives each mission a steward, a lead (one in five unclear) and a board, and each milestone an owner.
func (g *generator) roles() {
	duty := func(word string, subject record.Ref, n int) *accountability.Duty {
		d := accountability.Duty{Record: g.record(id("duty", len(g.spec.Duties))), Duty: word, Subject: subject, Post: id("post", n), Accepted: record.Known(true)}
		d.From = calendar.OnDay(g.day(200))
		g.spec.Duties = append(g.spec.Duties, d)
		return &g.spec.Duties[len(g.spec.Duties)-1]
	}
	for n := range g.missions {
		subject := mission.Ref(id("mission", n))
		duty(accountability.MissionSteward, subject, 2*n)
		if lead := duty(accountability.MissionLead, subject, 2*n+1); n%5 == 4 {
			lead.Post, lead.State = "", accountability.Unclear
		}
		g.spec.Forums = append(g.spec.Forums, accountability.Forum{Record: g.record(id("board", n)), Kind: accountability.MissionBoard, Name: "Board " + strconv.Itoa(n),
			Subject: subject, Chair: id("post", 2*n), Members: record.Known([]record.ID{id("post", 2*n), id("post", 2*n+1)}), Purpose: one(g, verbs)})
		g.spec.Mandates = append(g.spec.Mandates, accountability.Mandate{Record: g.record(id("letter", n)), Kind: "mandate-letter", To: id("post", 2*n+1), Subject: subject,
			Signed: calendar.OnDay(g.day(200)), Published: calendar.OnDay(g.day(400))})
		for _, claimant := range []string{"the giver", "the holder"} {
			f := accountability.Freedom{Record: g.record(id("freedom", len(g.spec.Freedoms))), Name: "to spend across departments", Giver: id("dept", 0), Holder: id("post", 2*n+1), Subject: subject,
				Granted: record.Known(true), Perceived: record.Known(claimant == "the giver")}
			f.Of, f.Claimant = id("leave", n), claimant
			g.spec.Freedoms = append(g.spec.Freedoms, f)
		}
	}
	for n := range g.milestones {
		duty(accountability.MilestoneOwner, stepRef(n), 2*g.missions+n)
	}
}

func (g *generator) money() {
	if g.missions == 0 {
		return
	}
	g.spec.SpendingReviews = []funding.Review{
		{Record: g.record("review"), Name: "Spending review", Opened: calendar.OnDay(g.day(100)), Settled: "bilateral"},
		{Record: g.record("review-1"), Name: "Phase 1", PartOf: "review", Opened: calendar.OnDay(g.day(100))},
	}
	for n := range g.missions {
		g.spec.Allocations = append(g.spec.Allocations, funding.Allocation{Record: g.record(id("money", n)), Subject: mission.Ref(id("mission", n)), Review: "review-1",
			To: id("dept", n%4), AccountingOfficer: id("post", 2*n), Amount: record.Known(record.Money{Minor: g.Int64N(1e12), Currency: "GBP"}), Basis: "cash", Ringfenced: record.Known(n%2 == 0)})
	}
}

func (g *generator) happenings() {
	for n := range g.milestones / 2 {
		e := mission.Event{Record: g.record(id("event", n)), Kind: one(g, kinds), Subject: stepRef(g.IntN(g.milestones)), By: []record.ID{id("dept", g.IntN(4))}, OnDay: g.when(700)}
		if n%3 == 0 {
			e.With = []record.ID{id("post", g.IntN(g.posts)), id("dept", g.IntN(4))}
		}
		if n%50 == 0 {
			e.Absent, e.OnDay = true, calendar.When{}
		}
		if n%100 == 0 {
			e.Extensions = record.Extensions{"x-minutes": `{"kept": true}`}
		}
		g.spec.Events = append(g.spec.Events, e)
	}
}
