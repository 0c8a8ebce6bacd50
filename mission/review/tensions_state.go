package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// tensionsOfState are those around the work: pace, money, place, politics, consent, respect and what is written down.
var tensionsOfState = []*Tension{
	{
		ID: "T13", Slug: "urgency-or-healing", Title: "Urgency or healing",
		Poles: [2]Pole{
			{Name: "urgency", Says: "The time in which anything bold can be done is short, and it is passing.",
				Shown: "windows, emergencies and promises with a day", Sources: []string{"S1:54", "S1:73"}},
			{Name: "healing", Says: "Trust and settled habits mend slowly, and hurry breaks them again.",
				Shown: "trust that is strained, what was done to mend it, and the time that outcomes and figures take", Sources: []string{"S0:30", "S0:57"}},
		},
		Question: "What must be done while the window is open, and what must not be hurried although it is?",
		Shows:    "windows and dates beside the lag that is stated of outcomes, figures and trust",
		signs: []sign{
			{0, "windows", seeEvents(mission.Window)},
			{0, "emergencies", seeEvents(mission.Emergency)},
			{0, "public promises", seeEvents(mission.Commitment)},
			{1, "relations with strained or broken trust", seeRelations(tenderTrust, func(r *mission.Relation) string { return r.Trust })},
			{1, "trust mended", seeEvents(mission.TrustRepair)},
			{1, "outcomes with a day on which they are expected", seeExpected},
			{1, "measures whose figures come late", seeLags},
		},
	},
	{
		ID: "T14", Slug: "efficiency-or-reform", Title: "Efficiency or reform",
		Poles: [2]Pole{
			{Name: "efficiency", Says: "Savings are fair to ask for, and money is short.",
				Shown: "cuts, and money that is less than it was", Sources: []string{"S0:40", "S1:39"}},
			{Name: "reform", Says: "Savings without another way of financing and working are less of the same.",
				Shown: "changes of practice, of who decides, answers or pays, and rules lifted", Sources: []string{"S0:40", "S1:39"}},
		},
		Question: "Which saving was paid for by working in another way, and which by doing less?",
		Shows:    "each cut beside the change in how work is done that is linked to it",
		signs: []sign{
			{0, "cuts", seeEvents(mission.Cut)},
			{0, "money that is less than it was", seeMoney(reduced)},
			{1, "ways of working changed", seeEvents(mission.PracticeChange)},
			{1, "changes of who decides, answers or pays", seeEvents(mission.WiringChange)},
			{1, "rules lifted", seeEvents(mission.Exemption)},
			{bothPoles, "cuts linked to a change", seeEventsThat(func(_ *survey, e *mission.Event) bool { return len(e.LedTo) > 0 }, mission.Cut)},
		},
	},
	{
		ID: "T15", Slug: "devolve-or-steer", Title: "Devolve or steer",
		Poles: [2]Pole{
			{Name: "devolve", Says: "Those closest to people know most, and should decide and hold the means.",
				Shown: "decisions and means handed down, money for places, and decisions carried outside the centre", Sources: []string{"S1:39", "S1:42", "S2:25"}},
			{Name: "steer", Says: "A mission needs one direction, and the government of the day gives it.",
				Shown: "priorities set, stewards of the system, and money that is ringfenced", Sources: []string{"S4:33", "S2:25"}},
		},
		Question: "Of what is to be the same everywhere and what may differ, who decided which is which?",
		Shows:    "decision, money and policy in each place, beside the direction that is given",
		signs: []sign{
			{0, "decisions or means handed down", seeEvents(mission.Devolved)},
			{0, "money that bodies outside the centre may spend", func(b *survey) []sighting {
				return b.money(func(r *funding.Allocation) bool { return r.To != "" && b.outside(r.To) })
			}},
			{0, "decisions that bodies outside the centre carry", func(b *survey) []sighting {
				return b.carried(func(a *accountability.Answer) bool {
					return a.Duty == accountability.Decide && slices.ContainsFunc(a.Carriers, func(c accountability.Carrier) bool {
						body, known := b.p.body(c.Post)
						return known && b.outside(body)
					})
				})
			}},
			{1, "what comes first", seeEvents(mission.PrioritySetting, mission.Priorities)},
			{1, "stewards of the system", seeDuties(accountability.SystemSteward)},
			{1, "money that may be used for nothing else", seeMoney(func(r *funding.Allocation) bool { return yes(r.Ringfenced) })},
		},
	},
	{
		ID: "T16", Slug: "consistency-or-tack", Title: "Consistency or changing tack",
		Poles: [2]Pole{
			{Name: "consistency", Says: "Nothing long gets off the ground when those who lead it keep changing.",
				Shown: "how long posts have had the same holder, and handovers by plan", Sources: []string{"S0:29"}},
			{Name: "tack", Says: "Nobody knows beforehand how it will be done: when it does not work, change course.",
				Shown: "plans changed, uses changed, dates moved, and signs that would change the course", Sources: []string{"S3:10", "S3:11"}},
		},
		Question: "Which of the changes came from something learnt, and which from somebody leaving?",
		Shows:    "tenures beside changes of direction, and the reason for each",
		signs: []sign{
			{0, "posts that lead, sponsor or keep a mission", seeTenures},
			{0, "handovers by plan", seeEvents(mission.Handover)},
			{1, "plans changed", seeEvents(mission.PlanChanged)},
			{1, "uses of milestones changed openly", seeEvents(mission.UseChanged)},
			{1, "milestones with a moved date", seeRedated},
			{1, "signs that would change the course", seeEvents(mission.ChangeSignals)},
		},
	},
	{
		ID: "T17", Slug: "one-goal-or-many-gains", Title: "One goal or many gains",
		Poles: [2]Pole{
			{Name: "one goal", Says: "Ruthless focus on one thing gets it done.",
				Shown: "missions with one outcome, and priorities", Sources: []string{"S3:18"}},
			{Name: "many gains", Says: "The best undertakings were about far more than one thing, and were carried by all who gained.",
				Shown: "missions with several outcomes, work that serves several missions, and gains to others", Sources: []string{"S3:16", "S3:18"}},
		},
		Question: "Who would stop helping if the goal were only the goal?",
		Shows:    "outcomes of each mission, the work that serves several, and the gains that others have",
		signs: []sign{
			{0, "missions with one recorded outcome", seeByOutcomes(func(n int) bool { return n == 1 }, "one outcome")},
			{0, "what comes first", seeEvents(mission.Priorities)},
			{1, "missions with several recorded outcomes", seeByOutcomes(func(n int) bool { return n > 1 }, "several outcomes")},
			{1, "work that serves several missions", seeServing},
			{1, "gains", seeEvents(mission.Benefit)},
			{bothPoles, "outcomes", seeOutcomes},
		},
	},
	{
		ID: "T18", Slug: "coalition-or-movement", Title: "A coalition at the top or a broad movement",
		Poles: [2]Pole{
			{Name: "coalition", Says: "A reset starts with a guiding coalition of senior ministers and officials.",
				Shown: "priorities settled and decisions taken together by those who govern, and what they stand behind", Sources: []string{"S1:56"}},
			{Name: "movement", Says: "Missions last where citizens have set and tested them, and the question is how to build a movement.",
				Shown: "deliberation, open calls, and backing from outside government", Sources: []string{"S4:26", "S4:32", "S4:41"}},
		},
		Question: "Who could still object, and would those at the top learn of it in time?",
		Shows:    "who stands behind a mission, by sector, and who was brought together to weigh it",
		signs: []sign{
			{0, "joint decisions", seeEvents(mission.JointDecision)},
			{0, "what comes first, as settled across missions", seeEvents(mission.PrioritySetting)},
			{0, "backing by government", seeEventsThat(func(b *survey, e *mission.Event) bool {
				return slices.ContainsFunc(e.By, func(id record.ID) bool { return slices.Contains(b.p.sector(id), "government") })
			}, mission.Endorsement)},
			{1, "deliberation", seeEvents(mission.Deliberation)},
			{1, "calls left open", seeEvents(mission.OpenCall)},
			{1, "backing from outside government", seeEventsThat(func(b *survey, e *mission.Event) bool { return slices.ContainsFunc(e.By, b.beyond) }, mission.Endorsement)},
			{bothPoles, "agreements across terms of government", seeEvents(mission.CrossTermConsensus)},
		},
	},
	{
		ID: "T19", Slug: "deadline-or-exploring", Title: "A deadline helps or a deadline presses",
		Poles: [2]Pole{
			{Name: "deadline", Says: "A day that cannot move concentrates everybody on what matters.",
				Shown: "milestones that are due on one day, and promises", Sources: []string{"S3:16"}},
			{Name: "room", Says: "Dates and targets pull towards what can be announced, and away from finding out.",
				Shown: "milestones for exploring, things tried, and announcements for their own sake", Sources: []string{"S0:37", "S0:35"}},
		},
		Question: "Whose day is it, and what happens on the day after if the answer is not in yet?",
		Shows:    "dates that cannot move beside the exploring that goes on, and where one milestone has both",
		signs: []sign{
			{0, "milestones due on one day", seeSteps(func(r *milestone.Milestone) bool { return r.Due.IsExact() && r.Use != milestone.Exploration })},
			{0, "public promises", seeEvents(mission.Commitment)},
			{1, "milestones for exploring", seeSteps(func(r *milestone.Milestone) bool { return r.Use == milestone.Exploration })},
			{1, "experiments", seeExperiments},
			{1, "things tried", seeEvents(mission.Experiment)},
			{1, "announcements for their own sake", seeEvents(mission.Announceable)},
			{bothPoles, "milestones for exploring that are due on one day", seeSteps(func(r *milestone.Milestone) bool { return r.Due.IsExact() && r.Use == milestone.Exploration })},
		},
	},
	{
		ID: "T20", Slug: "respect-or-candour", Title: "Respect or candour about failings",
		Poles: [2]Pole{
			{Name: "respect", Says: "Harsh words about those who do the work cost the trust that the work needs.",
				Shown: "signals corrected, trust mended, and those who lose spoken with", Sources: []string{"S0:26", "S0:27"}},
			{Name: "candour", Says: "What goes wrong has to be said: rules that reward procedure are a failing of the system and no person's.",
				Shown: "failures told, challenges, inquiries, and rules or barriers in the system that are named", Sources: []string{"S1:52", "S3:11"}},
		},
		Question: "Is the failing named here one of the system, and would those concerned recognise it?",
		Shows:    "what is said of failings and of what kind the evidence is; about systems, never about persons",
		signs: []sign{
			{0, "signals corrected", seeEvents(mission.Corrected)},
			{0, "trust mended", seeEvents(mission.TrustRepair)},
			{0, "talks with those who lose by it", seeEvents(mission.Engagement)},
			{1, "failures told", seeEvents(mission.Failure)},
			{1, "challenges", seeEvents(mission.Challenge)},
			{1, "inquiries", seeEvents(mission.Inquiry)},
			{1, "rules of reward that pull against a mission or ignore it", seeLevers(func(r *mission.Lever) bool {
				return r.Kind == mission.RewardRule && (r.Pull == mission.PullsAgainst || r.Pull == mission.Ignores)
			})},
			{1, "barriers in the system", seeBarriers(func(*mission.Barrier) bool { return true })},
			{bothPoles, "signals by those who lead", seeEvents(mission.Signal)},
		},
	},
	{
		ID: "T21", Slug: "data-or-emotion", Title: "Data or emotion",
		Poles: [2]Pole{
			{Name: "data", Says: "Figures show what no single story can.",
				Shown: "measures and counted targets", Sources: []string{"S2:41", "S2:32"}},
			{Name: "emotion", Says: "People act on what moves them, and stories tell what figures leave out.",
				Shown: "people heard, what they weighed together, and who holds the knowledge", Sources: []string{"S2:41", "S4:42"}},
		},
		Question: "Which story would change how this figure is read, and which figure how this story is?",
		Shows:    "stories and hearings beside figures, with neither hidden",
		signs: []sign{
			{0, "measures", seeIndicators},
			{0, "targets that are counted", seeTargets},
			{1, "people asked", seeEvents(mission.Consultation)},
			{1, "deliberation", seeEvents(mission.Deliberation)},
			{1, "those who know it best", seeEvents(mission.KnowledgeHeld)},
			{1, "relations with a word on trust", seeRelations(func(r *mission.Relation) bool { return r.Trust != "" }, func(r *mission.Relation) string { return r.Trust })},
		},
	},
	{
		ID: "T22", Slug: "bold-or-next-vote", Title: "Governing boldly or the next vote",
		Poles: [2]Pole{
			{Name: "bold", Says: "Change that people feel by the end of the term is worth more than winning the next small vote.",
				Shown: "horizons, plans changed, and agreement across terms", Sources: []string{"S1:73"}},
			{Name: "next vote", Says: "Without the trust of voters there is no time in office to change anything.",
				Shown: "elections, and announcements for their own sake", Sources: []string{"S3:13", "S1:73"}},
		},
		Question: "Which decision here would have been taken otherwise in another month of the calendar?",
		Shows:    "ambitions and resets along the time line of elections",
		signs: []sign{
			{0, "missions with a horizon", seeHorizons},
			{0, "plans changed", seeEvents(mission.PlanChanged)},
			{0, "agreements across terms of government", seeEvents(mission.CrossTermConsensus)},
			{1, "elections", seeEvents(mission.Election)},
			{1, "announcements for their own sake", seeEvents(mission.Announceable)},
		},
	},
	{
		ID: "T23", Slug: "knowing-or-burden", Title: "Knowing or the burden of telling",
		Poles: [2]Pole{
			{Name: "knowing", Says: "What is written down can be asked about, compared and learnt from.",
				Shown: "decisions that figures or findings informed, and lessons", Sources: []string{"S0:34"}},
			{Name: "burden", Says: "Every record costs somebody time, and an industry of indicators squeezes out the work, this library's own records among them.",
				Shown: "requests with the hours that they took, and the share of working time that goes into reports", Sources: []string{"S0:34", "S0:30"}},
		},
		Question: "Which of these records would nobody have made if they had not been asked, and who has read it?",
		Shows:    "what telling costs, beside the decisions that it changed; what is missing says in a review what it would take to record it",
		signs: []sign{
			{0, "decisions that figures or findings informed", seeEvents(mission.DecisionInformed)},
			{0, "lessons written down", seeLessons},
			{1, "requests for figures or reports", seeEvents(mission.MonitoringRequest)},
			{1, "work with a recorded share of time for reports", func(b *survey) []sighting {
				return look(b, mission.KindInitiative, b.initiatives, func(f *fact[mission.Initiative], r *mission.Initiative) (string, bool) {
					return called(r.Name, f.id, r.Reporting.String()+" percent"), !r.Reporting.IsZero()
				}, itself[mission.Initiative](mission.KindInitiative))
			}},
		},
	},
}
