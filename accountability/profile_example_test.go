package accountability_test

import (
	"fmt"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
)

func ExampleProfile_Check() {
	var profile accountability.Profile
	profile, _ = accountability.ProfileNamed(accountability.ProfileRACI)
	var arrangement accountability.Arrangement = accountability.Arrangement{
		Subject: record.Ref{Kind: "milestone", ID: "homes"}, Whole: true,
		Assigned: []accountability.CarriedDuty{
			{Duty: "accountable", Carrier: "housing"}, {Duty: "accountable", Carrier: "planning"},
			{Duty: "responsible", State: accountability.Unclear},
		},
	}
	var found accountability.ProfileCheck = profile.Check(arrangement)
	var broken []accountability.RuleCheck = found.Broken
	for _, r := range broken {
		fmt.Println("broken:", r.Why)
	}
	for _, r := range found.Unsure {
		fmt.Println("cannot tell:", r.Why)
	}
	// Output:
	// broken: accountable: 2, where at most 1 may be
	// cannot tell: responsible: it is recorded as unclear
}

func ExampleProfiles() {
	for _, p := range accountability.Profiles() {
		fmt.Println(p.Name, len(p.Rules))
	}
	fmt.Println(accountability.ProfileRASCI, accountability.ProfileDACI, accountability.ProfileRAPID, accountability.ProfileDARE)
	fmt.Println(accountability.ProfileAccountingOfficer, accountability.ProfileSeniorOwner, accountability.ProfileMission)
	// Output:
	// RACI 4
	// RASCI 5
	// DACI 4
	// RAPID 5
	// DARE 4
	// UK accounting officer 2
	// UK senior responsible owner 2
	// mission 6
	// RASCI DACI RAPID DARE
	// UK accounting officer UK senior responsible owner mission
}

func ExampleRegister_Arrangement() {
	subject := record.Ref{Kind: "mission", ID: "growth"}
	register, err := accountability.Compile(accountability.Spec{
		Parties: []accountability.Party{{Record: record.New("minister"), Kind: accountability.Post, Name: "Minister"}},
		Duties:  []accountability.Duty{{Record: record.New("d"), Duty: accountability.MissionSteward, Subject: subject, Post: "minister"}},
	}, record.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	own := accountability.Profile{Name: "ours", Rules: []accountability.ProfileRule{
		{Role: "steward", Words: []string{accountability.MissionSteward}, Least: 1, Most: 1},
		{Role: "adviser", Words: []string{accountability.Advise}, Least: 1, Most: accountability.Many},
	}}
	found := own.Check(register.Arrangement(subject, "", record.Moment{}))
	fmt.Println(len(found.Broken), len(found.Unsure), found.Unsure[0].Why)
	// Output: 0 1 adviser: nothing is recorded of it
}
