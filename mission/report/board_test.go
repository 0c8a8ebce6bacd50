package report_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/report"
)

// board is a plan with what surrounds a mission, views in tensions, earlier reforms, a finding that is set aside, and acts of
// those who decide.
func board() mission.Spec {
	day, when := calendar.MustParseDate, calendar.MustParseWhen
	r := func(id record.ID) record.Record {
		return record.Sourced(id, "paper", "p. 1", record.Document)
	}
	said := func(id record.ID, by string) record.Record {
		v := r(id)
		v.Claimant = by
		return v
	}
	older, newer, aside := r("held-1"), r("held-2"), r("aside")
	older.Recorded = day("2025-01-10").In(nil)
	newer.Of, newer.Verb, newer.Recorded, newer.Reason = "held-1", record.Change, day("2025-09-10").In(nil), "the winter was hard"
	newer.From = when("2025-09-01")
	aside.Until, aside.Reason = when("2026-09-30"), "the panel is choosing"
	warm := mission.Ref("warm")
	return mission.Spec{
		Title: "A paper for the board", AsOf: day("2026-03-31"),
		Sources: []record.Source{{Record: record.New("paper"), Title: "The board paper", Published: when("2025-01-01")}},
		Parties: []accountability.Party{
			{Record: r("housing"), Kind: accountability.Organisation, Name: "Department of Housing"},
			{Record: r("energy"), Kind: accountability.Organisation, Name: "Department for Energy"},
			{Record: r("lead"), Kind: accountability.Post, Name: "Head of the mission", OfParty: "housing"},
			{Record: r("officer"), Kind: accountability.Post, Name: "Accounting officer", OfParty: "housing"},
			{Record: r("ida"), Kind: accountability.Person, Name: "Ida Invented"},
		},
		Missions: []mission.Mission{{Record: r("warm"), Name: "Warm homes", Announced: when("2024-12-05")}, {Record: r("roads"), Name: "Clear roads"}},
		Milestones: []milestone.Milestone{
			{Record: r("homes"), Name: "A million homes", Missions: []record.ID{"warm"}, Due: when("2028-06-30")},
			{Record: r("late"), Name: "A law", Missions: []record.ID{"warm"}, Due: when("2025-06-30")},
		},
		Duties: []accountability.Duty{
			{Record: r("lead-warm"), Duty: accountability.MissionLead, Subject: warm, State: accountability.Vacant},
			{Record: r("lead-roads"), Duty: accountability.MissionLead, Subject: mission.Ref("roads"), State: accountability.Unclear},
		},
		Waivers: []mission.Waiver{{Record: aside, Rule: "F38", Subject: warm, Owner: "officer"}},
		Scopes: []mission.Scope{
			{Record: r("own"), Mission: "warm", Reading: "every home", Inside: []string{"insulation"}, Outside: []string{"rents"}},
			{Record: r("theirs"), Mission: "warm", By: "energy", Reading: "every boiler", Inside: []string{"heat pumps"}, Differs: []record.ID{"own"}, Agreed: record.Known(false)},
		},
		Causes:     []mission.Cause{{Record: r("rent"), Name: "Landlords pay and tenants gain", BearsOn: []record.Ref{warm, milestone.Ref("homes")}, Owners: record.Known([]record.ID{"energy"}), Interventions: record.Known([]record.Ref{})}},
		Conditions: []mission.Condition{{Record: r("will"), Kind: mission.PoliticalWill, Subject: warm, Met: record.Known(true)}, {Record: r("calm"), Kind: mission.Stability}},
		Barriers: []mission.Barrier{
			{Record: r("grid"), Name: "The queue for the grid", Pattern: mission.Siloed, Subject: milestone.Ref("homes"), Raised: when("2025-03-01"), Remover: "energy"},
			{Record: r("rules"), Name: "Rules of another age", Pattern: mission.Churn, Raised: when("2001"), Removed: when("2003-01-01")},
		},
		Levers:       []mission.Lever{{Record: r("bonus"), Name: "The bonus", Kind: mission.RewardRule, By: "energy", Missions: []record.ID{"warm", "roads"}, Pays: "speed", Pull: mission.PullsAgainst}},
		Capabilities: []mission.Capability{{Record: r("fitters"), Name: "Enough fitters", Missions: []record.ID{"warm"}, HeldBy: record.Known([]record.ID{})}},
		Relations:    []mission.Relation{{Record: r("between"), Party: "housing", With: "energy", Subject: warm, Stance: mission.Controller, Expected: mission.Convenor, Trust: mission.TrustStrained}},
		Reforms: []mission.Reform{
			{Record: said("zones", "the ministry"), Name: "Warm zones", Began: when("2001"), Ended: when("2008"), Features: []string{"one street at a time"}, Fate: "well", EndedBy: []record.ID{"rules"}, LikenedTo: []record.Ref{warm}},
			{Record: func() record.Record { v := said("zones-b", "the auditors"); v.Of = "zones"; return v }(), Name: "Warm zones", Fate: "badly"},
		},
		Positions: []mission.Position{
			{Record: older, Tension: "T01", Subject: warm, By: "housing", Pole: "short", Says: "first the boilers"},
			{Record: newer, Tension: "T01", Subject: warm, By: "housing", Pole: "long", Says: "first the walls"},
			{Record: r("own-tension"), Tension: "tall-or-wide", By: "energy", Pole: "tall"},
		},
		Forums:          []accountability.Forum{{Record: r("panel"), Name: "The homes board", Kind: "mission-board", Subject: warm}},
		Meetings:        []accountability.Meeting{{Record: r("first"), Forum: "panel", OnDay: when("2026-01-20"), Held: record.Known(true), Chair: "ida", Attended: record.Known([]record.ID{"lead", "ida"})}},
		Resolutions:     []accountability.Resolution{{Record: r("go"), Meeting: "first", Subject: warm, Decided: "Start in the north", Barrier: "no list of streets", Removed: record.Known(true), Relied: []record.Ref{milestone.Ref("homes")}}},
		Grants:          []accountability.Grant{{Record: r("purse"), By: "officer", To: "lead", Powers: []string{accountability.PowerSpend}, Subject: warm, PerItem: record.Money{Minor: 250_000_00, Currency: "GBP"}, Final: true, Excluded: []string{accountability.Novel}}},
		AccountingTests: []accountability.AccountingTest{{Record: r("test"), Subject: warm, Officer: "officer", Stage: accountability.StageOutlineCase, OnDay: when("2025-05-01"), ValueForMoney: record.Known(false), Regularity: record.Known(true)}},
		Directions:      []accountability.Direction{{Record: r("order"), Subject: warm, Officer: "officer", Test: "test", Failed: []string{accountability.ValueForMoney}, Given: when("2025-06-01")}},
		Successions:     []accountability.Succession{{Record: r("rename"), Kind: accountability.Rename, Predecessors: []record.ID{"energy"}, Successors: []record.ID{"housing"}, Subjects: []record.Ref{warm}, Announced: when("2026-02-01")}},
	}
}

func TestBoardPage(t *testing.T) {
	spec := board()
	before := board()
	before.AsOf, before.Milestones[0].Due, before.Barriers = calendar.MustParseDate("2025-06-01"), calendar.MustParseWhen("2027"), before.Barriers[:1]
	before.Reforms = nil
	opt := &report.Options{Since: compile(t, before, mission.View{})}
	page := write(t, compile(t, spec, mission.View{}), opt)
	text := words(checkPage(t, page))
	golden(t, "board", page)
	for _, want := range []string{
		// the first screen
		"1 milestone has its day behind it and is not known to be met. Dates and open duties",
		"Clear roads: unclear The board paper, p. 1; document",
		"Serious findings Nobody is known to lead a mission: Clear roads.",
		"Set aside until a day: F38, Warm homes.",
		"What changed since Records:",
		// the finding that is set aside stays in its place
		"Set aside until 30 September 2026 by Accounting officer: the panel is choosing",
		"F38, nobody is known to lead a mission (set aside)",
		// what surrounds the mission
		"Department for Energy Reads it as: every boiler Inside: heat pumps Cannot be squared with: the mission’s own reading Settled between them: no",
		"Landlords pay and tenants gain Bears on: Warm homes and A million homes Can be changed by: Department for Energy Done about it: nothing, as recorded",
		"Political will Holds: yes",
		"The queue for the grid silos In the way of: A million homes First reported: 1 March 2025: 395 days Can be taken away by: Department for Energy",
		"The bonus reward rule Held by: Department for Energy Brings about: speed Pulls: against the mission",
		"Enough fitters Held by: nobody, as recorded",
		"Department of Housing, to Department for Energy Acts as: controller Was expected to act as: convenor Trust: strained",
		"Tensions that show here: T01, short term or long term",
		// of no mission
		"Rules of another age churn First reported: 2001: 366 to 730 days Taken away: 1 January 2003",
		"Stability Holds: not recorded",
		// acts
		"Start in the north on Warm homes At: a meeting of The homes board, 20 January 2026 In the way stood: no list of streets Taken away by it: yes It rested on: A million homes",
		"The homes board On: 20 January 2026 Took place: yes In the chair: Ida Invented There were: Head of the mission and Ida Invented",
		"Head of the mission on Warm homes May: spend Given by: Accounting officer At most, each time: 250,000 GBP Passed on: may not be Not for: novel",
		"Warm homes outline business case By: Accounting officer On: 1 May 2025 Regular: yes Value for money: no",
		"Warm homes Asked for by: Accounting officer Given: 1 June 2025 Not met: value for money",
		"Department for Energy rename Becomes: Department of Housing What went over: Warm homes Announced: 1 February 2026",
		// tensions
		"Department of Housing leans to “long”: “first the walls”, of Warm homes, since 1 September 2025.",
		"Change: leans to “long”: “first the walls”, from 1 September 2025, recorded 10 September 2025, because “the winter was hard”.",
		"tall-or-wide Who holds which view Department for Energy leans to “tall”",
		"Of these nothing is recorded:",
		// designs
		"RD1 A task force with a leader on the hook (Hyman)",
		"absent Warm homes",
		"Where the designs ask for opposite things",
		// earlier reforms
		"Warm zones the ministry: “well”; 2001 to 2008; made of one street at a time. The board paper, p. 1; document the auditors: “badly”. The board paper, p. 1; document They differ, and both stand. Ended by: Rules of another age Likened to: Warm homes",
		// the glossary
		"set aside somebody has seen the finding",
		"barrier something that stands in the way",
	} {
		assert.Contains(t, cut(text, want), want)
	}
	for _, never := range []string{"What this copy leaves out", "share of the way (actual", "score", "rank"} {
		assert.NotContains(t, text, never)
	}
}

// cut keeps failures short: the text around the first words of what is wanted.
func cut(text, want string) string {
	if strings.Contains(text, want) {
		return want
	}
	for n := len(want); n > 3; n-- {
		if i := strings.Index(text, want[:n]); i >= 0 {
			return "… " + text[i:min(len(text), i+len(want)+80)]
		}
	}
	return ""
}

func TestPublicBoard(t *testing.T) {
	copied, err := mission.Publish(board(), mission.View{On: calendar.MustParseDate("2026-03-31")})
	require.NoError(t, err)
	m, err := copied.Model()
	require.NoError(t, err)
	page := write(t, m, nil)
	text := words(checkPage(t, page))
	assert.NotContains(t, page, "Ida")
	assert.NotContains(t, page, `"ida`)
	assert.Contains(t, text, "What this copy leaves out What was left out, and why.")
	assert.Contains(t, text, "Parties: the member “name” 1 names of persons are not published")
	assert.Contains(t, text, "In the chair: a person")
}

func TestHostileBoard(t *testing.T) {
	page := func(text string) string {
		spec := poured(board(), text)
		spec.Waivers[0].Rule = "F38"
		return write(t, compile(t, spec, mission.View{}), nil)
	}
	want := shape(checkPage(t, page("text")))
	texts := hostile
	if testing.Short() {
		texts = hostile[:6]
	}
	for _, text := range texts {
		got := page(text[:min(len(text), 5000)])
		assert.True(t, want == shape(checkPage(t, got)), "%.40q changes the elements of the page", text)
		assert.Less(t, len(got), 700_000, "%.40q swells the page", text)
	}
}
