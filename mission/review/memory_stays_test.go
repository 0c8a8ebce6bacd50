package review_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// terms are holdings of the minister's post, one after the other, each from a day until the next.
func terms(days ...string) []any {
	var list []any
	holders := []record.ID{"ann", "bob", "cat", "dan"}
	for n, day := range days {
		h := accountability.Holding{Record: record.New("term-" + holders[n]), Post: "minister", Holder: holders[n]}
		h.From = when(day)
		if n+1 < len(days) {
			h.Until = when(days[n+1])
		}
		list = append(list, h)
	}
	return list
}

func served(days []string, more ...any) mission.Spec {
	spec := parts(append(append(terms(days...), more...), m(""))...)
	for _, id := range []record.ID{"cat", "dan"} {
		spec.Parties = append(spec.Parties, accountability.Party{Record: record.New(id), Kind: accountability.Person, Name: "Cat Example"})
	}
	return spec
}

func TestSponsorChurn(t *testing.T) {
	three := []string{"2023-01-01", "2024-07-01", "2025-09-01"}
	vacant := accountability.Duty{Duty: accountability.MissionSponsor, Subject: theMission, State: accountability.Vacant}
	steward := accountability.Duty{Duty: accountability.MissionSteward, Subject: theMission, Post: "minister"}
	theMinister := memoryRef(accountability.KindParty, "minister")
	handover := func(on record.Ref, day string) mission.Event { return event(mission.Handover, on, day) }
	left := served([]string{"2024-01-01"}, sponsor("minister"))
	left.Holdings[0].Until = when("2026-06-01")
	leaving := func(day string) mission.Spec {
		spec := served([]string{"2024-01-01"}, sponsor("minister"), handover(theMinister, day))
		spec.Holdings[0].Until = when("2026-06-01")
		return spec
	}
	covering := served(three, sponsor("minister"))
	covering.Holdings[1].Basis = accountability.BasisCover
	two := served(three, sponsor("head"))
	for n := range two.Holdings {
		two.Holdings[n].Post = "head"
	}
	rough := served([]string{"2023-01-01", "2024", "2025-09-01"}, sponsor("minister"))
	unnamed := served(three, sponsor("minister"))
	unnamed.Holdings[2].Holder, unnamed.Holdings[2].Withheld = "", "security"
	withheld := vacant
	withheld.State = accountability.Withheld
	table(t, "F104", theMission, []row{
		{name: "three holders", spec: served(three, sponsor("minister")), want: finding, says: `The post "Minister", sponsor of the mission "Homes", has had 3 holders within 730 days`},
		{name: "three as steward", spec: served(three, steward), want: finding, says: `steward of the mission "Homes", has had 3 holders`},
		{name: "two holders", spec: served([]string{"2023-01-01", "2025-09-01"}, sponsor("minister")), want: nothing},
		{name: "the first left on the edge of the window", spec: served([]string{"2023-01-01", "2024-06-30", "2025-09-01"}, sponsor("minister")), want: nothing},
		{name: "the first left a day later", spec: served([]string{"2023-01-01", "2024-07-01", "2025-09-01"}, sponsor("minister")), want: finding},
		{name: "rough", spec: rough, want: cannot, says: "not known well enough from the dates"},
		{name: "one not named", spec: unnamed, want: cannot},
		{name: "two seats", spec: two, want: nothing},
		{name: "one covered for another", spec: covering, want: nothing},
		{name: "one change was planned", spec: served(three, sponsor("minister"), handover(theMinister, "2025-09-01")), want: nothing},
		{name: "planned on the mission", spec: served(three, sponsor("minister"), handover(theMission, "2025-09-01")), want: nothing},
		{name: "planned long before", spec: served(three, sponsor("minister"), handover(theMinister, "2024-06-29")), want: finding},
		{name: "planned on a rough day", spec: served(three, sponsor("minister"), handover(theMinister, "2024")), want: cannot},
		{name: "vacant", spec: parts(m(""), vacant), want: finding, says: `The mission "Homes" has no sponsor: the duty is vacant`},
		{name: "the holder has left", spec: left, want: finding, says: "the post that carries it has no holder"},
		{name: "left, a successor comes in July", spec: leaving("2026-07-15"), want: nothing},
		{name: "left, by a handover of June", spec: leaving("2026-06-01"), want: nothing},
		{name: "left, after a handover long ago", spec: leaving("2026-01-05"), want: finding},
		{name: "held by a body", spec: parts(m(""), sponsor("org")), want: nothing},
		{name: "held by a post of which nobody knows a holder", spec: parts(m(""), sponsor("minister")), want: cannot, says: `who has held the post "Minister" is not recorded`},
		{name: "no sponsor recorded", spec: parts(m("")), want: cannot, says: "who sponsors or stewards it is not recorded"},
		{name: "withheld", spec: parts(m(""), withheld), want: cannot, says: "is withheld"},
		{name: "closed", spec: parts(staged("closed"), vacant), want: nothing},
		{name: "no day", spec: served(three, sponsor("minister")), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
		{name: "the steward stays, nothing known of a sponsor", spec: served([]string{"2023-01-01"}, steward), want: nothing},
	})
	r := run(t, served(three, sponsor("minister")), mission.View{On: on}, review.Options{})
	assert.NotContains(t, r.String(), "Ann Example", "the post is the subject, not the person")
	four := review.Options{Thresholds: map[string]float64{"F104.holders": 3}}
	got, _ := verdict(run(t, served(three, sponsor("minister")), mission.View{On: on}, four), "F104", theMission)
	assert.Equal(t, nothing, got)
}

// given are conditions at large, one of each kind, with whether they hold.
func given(spec mission.Spec, unit, money, aligned record.Value[bool]) mission.Spec {
	for n, v := range []record.Value[bool]{unit, money, aligned} {
		kind := []string{mission.StrategyUnit, mission.Money, mission.AlignedLeads}[n]
		spec.Conditions = append(spec.Conditions, mission.Condition{Record: record.New(record.ID(kind)), Kind: kind, Met: v})
	}
	return spec
}

// Part IX of the catalogue, check 7: with a strategy unit, money and alignment there is no void; take one away and it is back.
func TestStrategicVoidReturnsWithEachConditionLost(t *testing.T) {
	yes, no := record.Known(true), record.Known(false)
	all := run(t, given(parts(m("")), yes, yes, yes), mission.View{On: on}, review.Options{})
	for _, c := range []struct {
		lost string
		spec mission.Spec
	}{
		{"a body that sets what comes first", given(parts(m("")), no, yes, yes)},
		{"enough money", given(parts(m("")), yes, no, yes)},
		{"leaders who want the same", given(parts(m("")), yes, yes, no)},
	} {
		less := run(t, c.spec, mission.View{On: on}, review.Options{})
		got, text := verdict(less, "F105", theMission)
		assert.Equal(t, finding, got)
		assert.Contains(t, text, c.lost)
		there := review.Compare(less, all)
		cleared := []string{}
		for _, f := range there.Cleared {
			cleared = append(cleared, f.Rule.ID)
		}
		assert.Equal(t, []string{"F105"}, cleared)
	}
}

func TestStrategicVoid(t *testing.T) {
	yes, no := record.Known(true), record.Known(false)
	var unsaid record.Value[bool]
	none := never(mission.PrioritySetting, record.Ref{})
	settled := func(on record.Ref, day string) mission.Event { return event(mission.PrioritySetting, on, day) }
	council := func(purpose, met string) mission.Spec {
		spec := parts(m(""), none)
		spec.Forums = []accountability.Forum{{Record: record.New("c"), Kind: accountability.MissionCouncil, Purpose: purpose}}
		if met != "" {
			spec.Meetings = []accountability.Meeting{{Record: record.New("sat"), Forum: "c", OnDay: when(met), Held: yes}}
		}
		return spec
	}
	only := func(kind string, v record.Value[bool], of record.Ref) mission.Spec {
		spec := parts(m(""))
		spec.Conditions = []mission.Condition{{Record: record.New("k"), Kind: kind, Met: v, Subject: of}}
		return spec
	}
	rival := given(parts(m("")), no, yes, yes)
	rival.Conditions = append(rival.Conditions, mission.Condition{Record: record.Record{ID: "other", Of: mission.StrategyUnit, Claimant: "No 10"}, Kind: mission.StrategyUnit, Met: yes})
	elsewhere := parts(m(""), mission.Mission{Record: record.New("m2")})
	elsewhere.Conditions = []mission.Condition{{Record: record.New("k"), Kind: mission.StrategyUnit, Met: no, Subject: memoryRef(mission.KindMission, "m2")}}
	ending := given(parts(m("")), no, yes, yes)
	ending.Conditions[0].Until = when("2026")
	table(t, "F105", theMission, []row{
		{name: "nobody settles it", spec: parts(m(""), none), want: finding, says: "Nobody has settled what comes first across the missions"},
		{name: "nobody settles it for this mission", spec: parts(m(""), never(mission.PrioritySetting, theMission)), want: finding},
		{name: "nobody says", spec: parts(m("")), want: cannot, says: "who sets what comes first is not recorded"},
		{name: "all hold", spec: given(parts(m("")), yes, yes, yes), want: nothing},
		{name: "all hold, and nobody settles it", spec: given(parts(m(""), none), yes, yes, yes), want: finding},
		{name: "none holds, and nobody settles it", spec: given(parts(m(""), none), no, no, no), want: finding, says: "and what it takes to do so is lacking"},
		{name: "one is not recorded", spec: given(parts(m("")), yes, yes, unsaid), want: cannot, says: "whether those at the top want the same"},
		{name: "one is withheld", spec: given(parts(m("")), record.Withheld[bool]("in talks"), yes, yes), want: cannot, says: "withheld (in talks)"},
		{name: "claimants differ", spec: rival, want: cannot, says: "contested"},
		{name: "may have run out", spec: ending, want: cannot, says: "not known from the dates"},
		{name: "only the unit, and it is lacking", spec: only(mission.StrategyUnit, no, record.Ref{}), want: finding},
		{name: "only money is said to be lacking", spec: only(mission.Money, no, record.Ref{}), want: cannot},
		{name: "lacking for this mission", spec: only(mission.StrategyUnit, no, theMission), want: finding},
		{name: "lacking for another mission", spec: elsewhere, want: cannot},
		{name: "settled", spec: parts(m(""), none, settled(record.Ref{}, "2026-01-05")), want: nothing},
		{name: "settled, as a body says of itself", spec: parts(m(""), none, settled(memoryRef(accountability.KindParty, "org"), "2026-01-05")), want: nothing},
		{name: "settled for another mission", spec: parts(m(""), mission.Mission{Record: record.New("m2")}, none, settled(memoryRef(mission.KindMission, "m2"), "2026-01-05")), want: finding},
		{name: "settled 730 days ago", spec: parts(m(""), none, settled(record.Ref{}, "2024-06-30")), want: nothing},
		{name: "settled 731 days ago", spec: parts(m(""), none, settled(record.Ref{}, "2024-06-29")), want: finding},
		{name: "settled in a year that may be too long ago", spec: parts(m(""), none, settled(record.Ref{}, "2024")), want: cannot, says: "known only as 2024"},
		{name: "to be settled", spec: parts(m(""), none, settled(record.Ref{}, "2026-07-01")), want: finding},
		{name: "a council meets", spec: council("", "2026-01-05"), want: nothing},
		{name: "a council met long ago", spec: council("", "2024-01-05"), want: finding},
		{name: "a council may have met of late", spec: council("", "2024"), want: cannot, says: "has met of late"},
		{name: "a council that is not known to meet", spec: council("", ""), want: finding},
		{name: "a council that advises", spec: council("advisory", "2026-01-05"), want: finding},
		{name: "closed", spec: parts(staged("closed"), none), want: nothing},
		{name: "opinion", spec: parts(m(""), graded(none, record.Opinion)), want: finding, says: "It is said (opinion"},
		{name: "opinion left out", spec: parts(m(""), graded(none, record.Opinion)), view: mission.View{Without: []record.Grade{record.Opinion}}, want: cannot, says: "left out by the view (event/said)"},
	})
}

func TestMissedWindow(t *testing.T) {
	open := func(from, until string) mission.Event {
		return memoryUntil(memoryCalled("w", event(mission.Window, theMission, "")), from, until)
	}
	theWindow := memoryRef(mission.KindEvent, "w")
	unused := never(mission.WindowUsed, theWindow)
	passed := func(why string) mission.Event {
		e := event(mission.WindowPassed, theWindow, "")
		e.Because = why
		return e
	}
	led := open("2025-01-01", "2025-06-01")
	led.LedTo = []record.Ref{theMission}
	rival := open("2025-01-01", "2027-01-01")
	rival.ID, rival.Of, rival.Claimant = "w2", "w", "the Treasury"
	table(t, "F106", theWindow, []row{
		{name: "closed and unused", spec: parts(m(""), open("2025-01-01", "2025-06-01"), unused), want: finding, says: "Nothing was made of the window", also: "It closed on 1 June 2025."},
		{name: "closes today", spec: parts(m(""), open("2025-01-01", "2026-06-30"), unused), want: finding},
		{name: "closes tomorrow", spec: parts(m(""), open("2025-01-01", "2026-07-01"), unused), want: nothing},
		{name: "not open yet", spec: parts(m(""), open("2026-09-01", ""), unused), want: nothing},
		{name: "closes some time this year", spec: parts(m(""), open("2025-01-01", "2026"), unused), want: cannot, says: "known only as 2026"},
		{name: "no end recorded", spec: parts(m(""), open("2025-01-01", ""), unused), want: cannot, says: "when it closed is not recorded"},
		{name: "claimants differ on the end", spec: parts(m(""), open("2025-01-01", "2025-06-01"), rival, unused), want: cannot, says: "claimants give"},
		{name: "nobody says", spec: parts(m(""), open("2025-01-01", "2025-06-01")), want: cannot, says: "what was made of it is not recorded"},
		{name: "used", spec: parts(m(""), open("2025-01-01", "2025-06-01"), unused, event(mission.WindowUsed, theWindow, "2025-03-03")), want: nothing},
		{name: "led to something", spec: parts(m(""), led, unused), want: nothing},
		{name: "left with a reason", spec: parts(m(""), open("2025-01-01", "2025-06-01"), unused, passed("too early")), want: nothing},
		{name: "left without one", spec: parts(m(""), open("2025-01-01", "2025-06-01"), passed("")), want: finding, says: "left to pass, and no reason is given"},
		{name: "no day", spec: parts(m(""), open("2025-01-01", "2025-06-01"), unused), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about"},
		{name: "hearsay", spec: parts(m(""), open("2025-01-01", "2025-06-01"), graded(unused, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "no window", spec: parts(m(""), func() mission.Event { e := open("", ""); e.Absent = true; return e }()), want: ""},
	})
}

func TestLegacyUnowned(t *testing.T) {
	long := m("2025-01-01")
	long.Horizon = when("2035")
	short := m("2025-01-01")
	short.Horizon = when("2027-01-01")
	closed := staged("closed")
	outcome := func(expected string) mission.Outcome {
		o := mission.Outcome{Record: record.New("o"), Missions: []record.ID{"m"}}
		if expected != "" {
			o.Expected = when(expected)
		}
		return o
	}
	owner := func(until string) accountability.Duty {
		d := accountability.Duty{Duty: accountability.OutcomeOwner, Subject: theOutcome, Post: "town"}
		if until != "" {
			d.Until = when(until)
		}
		return d
	}
	state := func(s accountability.DutyState) accountability.Duty {
		return accountability.Duty{Duty: accountability.OutcomeOwner, Subject: theOutcome, State: s}
	}
	two := outcome("2040")
	two.Missions = []record.ID{"m", "m2"}
	longer := mission.Mission{Record: record.New("m2"), Horizon: when("2050")}
	table(t, "F111", theOutcome, []row{
		{name: "the owner goes with the mission", spec: parts(long, outcome("2040"), owner("2035-12-31")), want: finding, says: "ends before it is to show (2040)"},
		{name: "the owner stays", spec: parts(long, outcome("2040"), owner("")), want: nothing},
		{name: "the owner stays until after", spec: parts(long, outcome("2040"), owner("2041-06-01")), want: nothing},
		{name: "the owner may have gone by then", spec: parts(long, outcome("2040"), owner("2040")), want: cannot},
		{name: "vacant", spec: parts(long, outcome("2040"), state(accountability.Vacant)), want: finding, says: "the duty is vacant"},
		{name: "unclear", spec: parts(long, outcome("2040"), state(accountability.Unclear)), want: cannot, says: "who its owner is is unclear"},
		{name: "withheld", spec: parts(long, outcome("2040"), state(accountability.Withheld)), want: cannot, says: "is withheld"},
		{name: "nobody says", spec: parts(long, outcome("2040")), want: cannot, says: "who is to answer for it then is not recorded"},
		{name: "expected before the horizon", spec: parts(long, outcome("2034")), want: nothing},
		{name: "expected in the year of the horizon", spec: parts(long, outcome("2035")), want: cannot, says: "not known from the dates"},
		{name: "expected on no stated day", spec: parts(long, outcome("")), want: ""},
		{name: "no horizon", spec: parts(m(""), outcome("2040")), want: ""},
		{name: "closed, and still to come", spec: parts(closed, outcome("2040"), state(accountability.Vacant)), want: finding},
		{name: "one of its missions goes on", spec: parts(long, longer, two), want: nothing},
		{name: "short", spec: parts(short, outcome("2040"), state(accountability.Vacant)), want: nothing},
		{name: "short, and announced on no stated day", spec: parts(func() mission.Mission { r := short; r.Announced = when("unknown"); return r }(), outcome("2040"), state(accountability.Vacant)), want: finding},
	})
}

func TestFailedPattern(t *testing.T) {
	barrier := func(id record.ID, pattern string, of record.Ref, removed string) mission.Barrier {
		b := mission.Barrier{Record: record.New(id), Name: "The " + string(id), Pattern: pattern, Subject: of}
		if removed != "" {
			b.Removed = when(removed)
		}
		return b
	}
	before := barrier("then", mission.ResourcesAndAccount, memoryRef(mission.KindReform, "r"), "")
	plan := func(likened bool, endedBy []record.ID, spec mission.Spec, all ...mission.Barrier) mission.Spec {
		r := mission.Reform{Record: record.New("r"), Name: "Total Place", EndedBy: endedBy}
		if likened {
			r.LikenedTo = []record.Ref{theMission}
		}
		spec.Reforms, spec.Barriers = []mission.Reform{r}, append(all, before)
		return spec
	}
	ended := []record.ID{"then"}
	counter := func(of record.Ref) mission.Event { return event(mission.CounterMeasure, of, "") }
	now := memoryRef(mission.KindBarrier, "now")
	same := barrier("then", mission.ResourcesAndAccount, theMission, "")
	recurring := plan(false, ended, parts(m("")))
	recurring.Barriers = []mission.Barrier{same}
	table(t, "F112", theMission, []row{
		{name: "of the same kind", spec: plan(false, ended, parts(m("")), barrier("now", mission.ResourcesAndAccount, theMission, "")), want: finding, says: `is of the kind by which "Total Place" ended`, also: "No counter-measure is recorded."},
		{name: "the same barrier", spec: recurring, want: finding, says: `is that by which "Total Place" ended`},
		{name: "of another kind", spec: plan(true, ended, parts(m("")), barrier("now", mission.Siloed, theMission, "")), want: nothing},
		{name: "of no stated kind", spec: plan(false, ended, parts(m("")), barrier("now", "", theMission, "")), want: nothing},
		{name: "removed", spec: plan(false, ended, parts(m("")), barrier("now", mission.ResourcesAndAccount, theMission, "2026-06-30")), want: nothing},
		{name: "to be removed", spec: plan(false, ended, parts(m("")), barrier("now", mission.ResourcesAndAccount, theMission, "2026-07-01")), want: finding},
		{name: "removed some time this year", spec: plan(false, ended, parts(m("")), barrier("now", mission.ResourcesAndAccount, theMission, "2026")), want: cannot, says: "not known from the dates"},
		{name: "countered", spec: plan(false, ended, parts(m(""), counter(now)), barrier("now", mission.ResourcesAndAccount, theMission, "")), want: nothing},
		{name: "countered for the mission", spec: plan(false, ended, parts(m(""), counter(theMission)), barrier("now", mission.ResourcesAndAccount, theMission, "")), want: nothing},
		{name: "countered where it came from", spec: plan(false, ended, parts(m(""), counter(memoryRef(mission.KindBarrier, "then"))), barrier("now", mission.ResourcesAndAccount, theMission, "")), want: nothing},
		{name: "known not to be countered", spec: plan(false, ended, parts(m(""), never(mission.CounterMeasure, now)), barrier("now", mission.ResourcesAndAccount, theMission, "")), want: finding},
		{name: "likened, nothing in its way recorded", spec: plan(true, ended, parts(m(""))), want: cannot, says: "what stands in its own way is not recorded"},
		{name: "likened to a reform of which nobody knows the end", spec: plan(true, nil, parts(m("")), barrier("now", mission.ResourcesAndAccount, theMission, "")), want: cannot, says: `by what the reform "Total Place" ended is not recorded`},
		{name: "not likened, and no end recorded", spec: plan(false, nil, parts(m("")), barrier("now", mission.ResourcesAndAccount, theMission, "")), want: ""},
		{name: "nothing in its way and nothing likened", spec: plan(false, ended, parts(m(""))), want: ""},
		{name: "closed", spec: plan(false, ended, parts(staged("closed")), barrier("now", mission.ResourcesAndAccount, theMission, "")), want: nothing},
	})
	table(t, "F112", theMilestone, []row{
		{name: "in the way of a milestone", spec: plan(false, ended, parts(m(""), milestone.Milestone{Record: record.New("s")}), barrier("now", mission.ResourcesAndAccount, theMilestone, "")), want: finding, says: `in the way of the milestone "Step"`},
	})
}

// What the catalogue's cases say of these rules: the facts are those of the lines named, and all else is made up.
func TestMemoryCases(t *testing.T) {
	invented := record.Illustrative
	said := func(id record.ID, at string) record.Record { return record.Sourced(id, "paper", at, record.Opinion) }
	t.Run("C08, S0:29", func(t *testing.T) { // a minister resigns soon after a promise; leadership is pledged to stay, ministers are not
		gone := parts(m(""), sponsor("minister"), accountability.Holding{Record: record.Record{ID: "h", From: when("2024-07-05"), Until: when("2024-11-29"), Grade: invented}, Post: "minister", Holder: "ann"})
		got, text := verdict(run(t, gone, mission.View{On: when("2024-12-09").Earliest()}, review.Options{}), "F104", theMission)
		assert.Equal(t, finding, got)
		assert.Contains(t, text, "the post that carries it has no holder")
		assert.NotContains(t, text, "Ann")
	})
	t.Run("C09, S0:26-28", func(t *testing.T) { // a public line landed badly; what followed was not public, and so corrects nothing for the public
		line := memoryCalled("line", event(mission.Signal, record.Ref{}, "2024-12-05"), "minister")
		line.Against = []record.Ref{theMission}
		mail := memoryCalled("mail", event(mission.Corrected, memoryRef(mission.KindEvent, "line"), "2024-12-06"), "minister")
		mail.Audience = record.Official
		spec := parts(m(""), line, mail)
		within, _ := verdict(run(t, spec, mission.View{On: on}, review.Options{}), "F103", memoryRef(mission.KindEvent, "line"))
		public, _ := verdict(run(t, spec, mission.View{On: on, Audience: record.Public}, review.Options{}), "F103", memoryRef(mission.KindEvent, "line"))
		assert.Equal(t, []string{nothing, finding}, []string{within, public})
	})
	t.Run("C20, S1:44,47", func(t *testing.T) { // a successor of Total Place with its barrier, and with something done against it
		successor := func(events ...any) mission.Spec {
			spec := parts(append(events, m(""))...)
			spec.Barriers = []mission.Barrier{{Record: said("account", "S1:47"), Name: "Ministers answer for the spending", Pattern: mission.ResourcesAndAccount},
				{Record: record.Record{ID: "again", Grade: invented}, Name: "Ministers answer for the pool", Pattern: mission.ResourcesAndAccount, Subject: theMission}}
			spec.Reforms = []mission.Reform{{Record: said("total-place", "S1:44"), Name: "Total Place", Began: when("2008"), Ended: when("2010"), EndedBy: []record.ID{"account"}}}
			return spec
		}
		got, text := verdict(run(t, successor(), mission.View{On: on}, review.Options{}), "F112", theMission)
		assert.Equal(t, finding, got)
		assert.Contains(t, text, "Total Place")
		got, _ = verdict(run(t, successor(event(mission.CounterMeasure, theMission, "")), mission.View{On: on}, review.Options{}), "F112", theMission)
		assert.Equal(t, nothing, got)
	})
	t.Run("C27, S1:52", func(t *testing.T) { // officials are rewarded for procedure: an opinion, and a finding that says so
		spec := parts(m(""))
		spec.Levers = []mission.Lever{{Record: said("appraisal", "S1:52"), Name: "Appraisal of officials", Kind: mission.RewardRule, Pull: mission.PullsAgainst, Pays: "correct procedure"}}
		got, text := verdict(run(t, spec, mission.View{On: on}, review.Options{}), "F108", memoryRef(mission.KindLever, "appraisal"))
		assert.Equal(t, finding, got)
		assert.Contains(t, text, `It is said (opinion, "A paper", S1:52) that the reward rule "Appraisal of officials" pulls against missions at large.`)
	})
}
