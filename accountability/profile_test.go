package accountability_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func carries(pairs ...string) []accountability.CarriedDuty {
	var list []accountability.CarriedDuty
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, accountability.CarriedDuty{Duty: pairs[i], Carrier: record.ID(pairs[i+1])})
	}
	return list
}

func roles(checks []accountability.RuleCheck) []string {
	var list []string
	for _, c := range checks {
		list = append(list, c.Rule.Role)
	}
	return list
}

func TestProfiles(t *testing.T) {
	for _, c := range []struct {
		name, profile, sort string
		assigned            []accountability.CarriedDuty
		part                bool // not the whole arrangement
		broken, unsure      []string
	}{
		{name: "one accountable", profile: "RACI", assigned: carries("accountable", "a", "responsible", "b", "responsible", "c", "consult", "d")},
		{name: "two accountable", profile: "RACI", assigned: carries("Accountable", "a", "answer", "b", "responsible", "c"), broken: []string{"accountable"}},
		{name: "one under two words", profile: "RACI", assigned: carries("accountable", "a", "answer", "a", "responsible", "c")},
		{name: "nobody responsible", profile: "RACI", assigned: carries("accountable", "a"), broken: []string{"responsible"}},
		{name: "silence", profile: "RACI", assigned: carries("accountable", "a"), part: true, unsure: []string{"responsible"}},
		{name: "unclear", profile: "RACI", assigned: append(carries("responsible", "b"), accountability.CarriedDuty{Duty: "accountable", State: accountability.Unclear}), unsure: []string{"accountable"}},
		{name: "contested", profile: "RACI", assigned: append(carries("responsible", "b"), accountability.CarriedDuty{Duty: "accountable", Carrier: "a", State: accountability.Contested}, accountability.CarriedDuty{Duty: "accountable", Carrier: "c", State: accountability.Contested}), unsure: []string{"accountable"}},
		{name: "vacant", profile: "RACI", assigned: append(carries("responsible", "b"), accountability.CarriedDuty{Duty: "accountable", State: accountability.Vacant}), broken: []string{"accountable"}},
		{name: "possible second", profile: "RACI", assigned: append(carries("responsible", "b", "accountable", "a"), accountability.CarriedDuty{Duty: "accountable", Carrier: "c", Possible: true}), unsure: []string{"accountable"}},
		{name: "a word of another tongue", profile: "RACI", assigned: carries("responsible", "b", "verantwortlich", "a"), unsure: []string{"accountable"}},
		{name: "support", profile: "RASCI", assigned: carries("accountable", "a", "responsible", "b", "support", "c")},
		{name: "two drivers", profile: "DACI", assigned: carries("driver", "a", "driver", "b", "approver", "c"), broken: []string{"driver"}},
		{name: "two deciders", profile: "RAPID", assigned: carries("recommend", "a", "decide", "b", "decide", "c"), broken: []string{"decide"}},
		{name: "two deciders", profile: "DARE", assigned: carries("decide", "b", "decide", "c")},
		{name: "no recommender", profile: "RAPID", assigned: carries("decide", "b"), broken: []string{"recommend"}},
		{name: "one officer", profile: "UK accounting officer", sort: "organisation", assigned: carries("accounting-officer", "a")},
		{name: "none", profile: "UK accounting officer", sort: "organisation", broken: []string{"accounting officer"}},
		{name: "two and no principal", profile: "UK accounting officer", assigned: carries("accounting-officer", "a", "accounting-officer", "b"), broken: []string{"principal accounting officer"}},
		{name: "two with a principal", profile: "UK accounting officer", assigned: carries("principal-accounting-officer", "a", "additional-accounting-officer", "b")},
		{name: "silence on officers", profile: "UK accounting officer", part: true, unsure: []string{"accounting officer"}},
		{name: "project", profile: "UK senior responsible owner", sort: "Project", assigned: carries("senior-responsible-owner", "a")},
		{name: "two owners", profile: "UK senior responsible owner", sort: "programme", assigned: carries("senior-responsible-owner", "a", "senior-responsible-owner", "b"), broken: []string{"senior responsible owner"}},
		{name: "portfolio", profile: "UK senior responsible owner", sort: "portfolio", assigned: carries("senior-responsible-owner", "a"), broken: []string{"senior responsible owner of a portfolio"}},
		{name: "empty portfolio", profile: "UK senior responsible owner", sort: "portfolio"},
		{name: "unknown sort", profile: "UK senior responsible owner", assigned: carries("senior-responsible-owner", "a"), unsure: []string{"senior responsible owner of a portfolio"}},
		{name: "mission", profile: "mission", sort: "mission", assigned: carries("mission-steward", "a", "mission-lead", "b", "fund", "c", "fund", "d")},
		{name: "two stewards", profile: "mission", assigned: carries("mission-steward", "a", "mission-steward", "b"), broken: []string{"steward"}},
		{name: "two stewards who share", profile: "mission", assigned: []accountability.CarriedDuty{{Duty: "mission-steward", Carrier: "a", Shared: true}, {Duty: "mission-steward", Carrier: "b", Shared: true}}},
	} {
		p, ok := accountability.ProfileNamed(c.profile)
		require.True(t, ok, c.profile)
		got := p.Check(accountability.Arrangement{Sort: c.sort, Assigned: c.assigned, Whole: !c.part})
		assert.Equal(t, c.broken, roles(got.Broken), "%s: %s", c.profile, c.name)
		assert.Equal(t, c.unsure, roles(got.Unsure), "%s: %s", c.profile, c.name)
		for _, f := range append(got.Broken, got.Unsure...) {
			assert.NotEmpty(t, f.Why)
		}
	}
	_, ok := accountability.ProfileNamed("none")
	assert.False(t, ok)
	assert.Equal(t, accountability.ProfileCheck{Unread: []string{"decide"}}, accountability.Profile{}.Check(accountability.Arrangement{Assigned: carries("decide", "a")}))
}

func TestProfilesAreData(t *testing.T) {
	for _, p := range accountability.Profiles() {
		text, err := json.Marshal(p)
		require.NoError(t, err)
		var again accountability.Profile
		require.NoError(t, json.Unmarshal(text, &again))
		assert.Equal(t, p, again)
		assert.NotEmpty(t, p.Source)
		for _, r := range p.Rules {
			r.Words[0] = "changed"
		}
	}
	for _, p := range accountability.Profiles() {
		for _, r := range p.Rules {
			assert.NotContains(t, r.Words, "changed", "each call has words of its own")
		}
	}
}

func TestArrangement(t *testing.T) {
	subject := record.Ref{Kind: "mission", ID: "growth"}
	post := func(id record.ID) accountability.Party {
		return accountability.Party{Record: record.New(id), Kind: accountability.Post, Name: string(id)}
	}
	duty := func(id record.ID, word string, at record.ID) accountability.Duty {
		return accountability.Duty{Record: record.New(id), Duty: word, Subject: subject, Post: at}
	}
	spec := accountability.Spec{
		Parties: []accountability.Party{post("a"), post("b"), post("c")},
		Duties: []accountability.Duty{
			duty("d1", accountability.MissionSteward, "a"), duty("d2", accountability.MissionSteward, "b"),
			{Record: record.New("d3"), Duty: accountability.MissionLead, Subject: subject, State: accountability.Unclear},
			duty("d4", accountability.Fund, "c"),
		},
	}
	spec.Duties[3].From = calendar.MustParseWhen("2024-Q3")
	mission, _ := accountability.ProfileNamed(accountability.ProfileMission)
	check := func(on string) (accountability.Arrangement, accountability.ProfileCheck) {
		r, err := accountability.Compile(spec, record.View{})
		require.NoError(t, err)
		a := r.Arrangement(subject, "", record.Moment{On: day(on)})
		return a, mission.Check(a)
	}
	a, c := check("2024-08-01")
	assert.Equal(t, "mission", a.Sort)
	assert.Equal(t, []accountability.CarriedDuty{
		{Duty: accountability.MissionSteward, Carrier: "a"}, {Duty: accountability.MissionSteward, Carrier: "b"},
		{Duty: accountability.MissionLead, State: accountability.Unclear},
		{Duty: accountability.Fund, Carrier: "c", Possible: true},
	}, a.Assigned)
	assert.Equal(t, []string{"steward"}, roles(c.Broken))
	assert.Equal(t, []string{"lead"}, roles(c.Unsure))

	spec.Duties[0].Part, spec.Duties[1].Part = "the north", "the south"
	_, c = check("2024-08-01")
	assert.Empty(t, c.Broken)
	spec.Duties[0].Part = ""
	spec.Sharings = []accountability.Sharing{{Record: record.New("s"), Subject: subject, Duty: accountability.MissionSteward, Mode: accountability.Joint, Members: []record.ID{"a", "b"}}}
	_, c = check("2024-08-01")
	assert.Equal(t, []string{"steward"}, roles(c.Broken), "nobody leads and nothing says what happens where they differ")
	spec.Sharings[0].Lead = "a"
	_, c = check("2024-08-01")
	assert.Empty(t, c.Broken)
}
