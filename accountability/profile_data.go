package accountability

// Names of the profiles that [Profiles] returns.
const (
	ProfileRACI              = "RACI"
	ProfileRASCI             = "RASCI"
	ProfileDACI              = "DACI"
	ProfileRAPID             = "RAPID"
	ProfileDARE              = "DARE"
	ProfileAccountingOfficer = "UK accounting officer"
	ProfileSeniorOwner       = "UK senior responsible owner"
	ProfileMission           = "mission"
)

// Words for duties that more than one profile reads.
var (
	wordsAccountable = []string{"accountable", AnswerFor, "approve"}
	wordsResponsible = []string{"responsible", Perform, Deliver, "execute"}
	wordsConsult     = []string{Consult, "consulted", Advise, "input", "contribute"}
	wordsInform      = []string{Inform, "informed"}
	wordsDecide      = []string{Decide, "decider"}
	wordsRecommend   = []string{Recommend, "recommender"}
)

// Profiles returns the profiles that the package knows, each time a fresh slice, in the order of their constants. What a
// profile asks that cannot be counted is in its Also.
func Profiles() []Profile {
	accountable := ProfileRule{Role: "accountable", Words: wordsAccountable, Least: 1, Most: 1}
	responsible := ProfileRule{Role: "responsible", Words: wordsResponsible, Least: 1, Most: Many}
	consulted := ProfileRule{Role: "consulted", Words: wordsConsult, Most: Many}
	informed := ProfileRule{Role: "informed", Words: wordsInform, Most: Many}
	support := ProfileRule{Role: "support", Words: []string{Support}, Most: Many}
	return clonedProfiles([]Profile{
		{
			Name: ProfileRACI, Source: "responsibility assignment matrix, as in project management practice",
			Rules: []ProfileRule{responsible, accountable, consulted, informed},
			Also:  []string{"duties attach to roles, so that the matrix outlives changes of job"},
		},
		{
			Name: ProfileRASCI, Source: "RACI with support",
			Rules: []ProfileRule{responsible, accountable, support, consulted, informed},
		},
		{
			Name: ProfileDACI, Source: "DACI decision framework (Intuit, later Atlassian)",
			Rules: []ProfileRule{
				{Role: "driver", Words: []string{"drive", "driver", Convene}, Least: 1, Most: 1},
				{Role: "approver", Words: []string{"approve", "approver", "decide", "accountable"}, Least: 1, Most: 1},
				{Role: "contributor", Words: []string{"contribute", "contributor", "consult", "input", Advise}, Most: Many},
				informed,
			},
		},
		{
			Name: ProfileRAPID, Source: "Rogers, Blenko: Who Has the D? Harvard Business Review, January 2006 (Bain & Company)",
			Rules: []ProfileRule{
				{Role: "recommend", Words: wordsRecommend, Least: 1, Most: Many},
				{Role: "agree", Words: []string{Agree, "veto"}, Most: Many},
				{Role: "perform", Words: wordsResponsible, Most: Many},
				{Role: "input", Words: wordsConsult, Most: Many},
				{Role: "decide", Words: wordsDecide, Least: 1, Most: 1},
			},
			Also: []string{"agree is a veto, kept for rare circumstances"},
		},
		{
			Name: ProfileDARE, Source: "DARE (McKinsey & Company, 2022)",
			Rules: []ProfileRule{
				{Role: "decider", Words: wordsDecide, Least: 1, Most: Many},
				{Role: "adviser", Words: []string{Advise, "adviser", "consult", "input"}, Most: Many},
				{Role: "recommender", Words: wordsRecommend, Most: Many},
				{Role: "executor", Words: wordsResponsible, Most: Many},
			},
			Also: []string{"only deciders have a vote", "where there are several deciders, how a deadlock is escalated is agreed beforehand"},
		},
		{
			Name: ProfileAccountingOfficer, Source: "HM Treasury, Managing Public Money, chapter 3",
			Rules: []ProfileRule{
				{Role: "accounting officer", Words: []string{AccountingOfficer, "principal-accounting-officer", "additional-accounting-officer"}, Least: 1, Most: Many},
				{Role: "principal accounting officer", Words: []string{"principal-accounting-officer"}, Least: 1, Most: 1, Over: "accounting officer"},
			},
			Also: []string{"the responsibility is personal, and is not delegated with the authority to spend"},
		},
		{
			Name: ProfileSeniorOwner, Source: "Government Project Delivery, senior responsible owner appointment letter template, 21 September 2025",
			Rules: []ProfileRule{
				{Role: "senior responsible owner", Words: []string{SeniorOwner}, Least: 1, Most: 1, Sorts: []string{"programme", "project", "major-project"}},
				{Role: "senior responsible owner of a portfolio", Words: []string{SeniorOwner}, Sorts: []string{"portfolio"}},
			},
			Also: []string{"the appointment letter states the point at which accountability starts, the time committed and the tenure"},
		},
		{
			Name: ProfileMission, Source: "this library: no authority defines the roles of missions",
			Rules: []ProfileRule{
				{Role: "steward", Words: []string{MissionSteward, "steward"}, Least: 1, Most: 1, Shareable: true},
				{Role: "lead", Words: []string{MissionLead, Lead}, Most: 1, Shareable: true},
				{Role: "convenor", Words: []string{Convene, "convenor"}, Most: Many},
				{Role: "problem-solver", Words: []string{SolveProblems, "solve", "problem-solver"}, Most: Many},
				{Role: "funder", Words: []string{Fund, Pay}, Most: Many},
				{Role: "enabler", Words: []string{Enable, "enabler", Support}, Most: Many},
			},
		},
	})
}

// clonedProfiles gives each rule words of its own, so that no caller shares them with another.
func clonedProfiles(profiles []Profile) []Profile {
	for i := range profiles {
		for j := range profiles[i].Rules {
			r := &profiles[i].Rules[j]
			r.Words = append([]string(nil), r.Words...)
		}
	}
	return profiles
}

// ProfileNamed returns one of [Profiles] by its name.
func ProfileNamed(name string) (Profile, bool) {
	for _, p := range Profiles() {
		if p.Name == name {
			return p, true
		}
	}
	return Profile{}, false
}
