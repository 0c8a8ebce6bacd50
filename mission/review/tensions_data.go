package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// tensions is the catalogue of tensions, in the order of their ids.
var tensions = slices.Concat(tensionsOfWork, tensionsOfState)

// tensionsOfWork are those within the work: time, freedom, measuring, clarity, answering, structure and scope.
var tensionsOfWork = []*Tension{
	{
		ID: "T01", Slug: "short-or-long", Title: "Short term or long term",
		Poles: [2]Pole{
			{Name: "short", Says: "People must see something soon, and the daily work of government has to be done well meanwhile.",
				Shown: "first steps, announcements made for their own sake, and until when money is firm", Sources: []string{"S2:18", "S2:20", "S0:37"}},
			{Name: "long", Says: "What missions are for takes a decade and outlasts a government, and the short term drives it out where nothing holds against it.",
				Shown: "horizons of missions, outcomes expected later, money for prevention, and agreement across terms", Sources: []string{"S2:20", "S0:37", "S4:24"}},
		},
		Question: "What that is done this year makes the end of the decade more likely, and who looks after the years between?",
		Shows:    "how far ahead milestones, first steps, outcomes and money reach, and where the money ends before the mission does",
		signs: []sign{
			{0, "first steps", seeSteps(func(r *milestone.Milestone) bool { return r.Kind == milestone.FirstStep })},
			{0, "announcements for their own sake", seeEvents(mission.Announceable)},
			{0, "settlements with an end to firm money", seeFirm},
			{1, "missions with a horizon", seeHorizons},
			{1, "outcomes with a day on which they are expected", seeExpected},
			{1, "money for prevention", seeMoney(func(r *funding.Allocation) bool { return r.Nature == funding.Prevention })},
			{1, "agreements across terms of government", seeEvents(mission.CrossTermConsensus)},
			{bothPoles, "milestones with a due date", seeSteps(func(r *milestone.Milestone) bool { return !r.Due.IsZero() })},
			{bothPoles, "money that is firm for less time than the mission lasts", seeShort},
		},
	},
	{
		ID: "T02", Slug: "autonomy-or-guidance", Title: "Autonomy or guidance",
		Poles: [2]Pole{
			{Name: "autonomy", Says: "Those who do the work want room to act, and missions give it.",
				Shown: "freedoms that are granted, perceived or used", Sources: []string{"S0:18", "S0:19", "S0:20"}},
			{Name: "guidance", Says: "After years of control room to act weighs on people: they ask to be told, or fall back on process.",
				Shown: "freedoms that are denied, not perceived, not used or declined, and process added", Sources: []string{"S0:18", "S0:21", "S0:30"}},
		},
		Question: "What would let those who have the freedom trust it, and what guidance would help without taking it back?",
		Shows:    "freedoms as granted, perceived and used, each in the words of giver and holder, beside what was declined and what process was added",
		signs: []sign{
			{0, "freedoms said to be granted", seeFreedoms(func(r *accountability.Freedom) bool { return yes(r.Granted) })},
			{0, "freedoms said to be perceived by their holder", seeFreedoms(func(r *accountability.Freedom) bool { return yes(r.Perceived) })},
			{0, "freedoms said to be used", seeFreedoms(func(r *accountability.Freedom) bool { return yes(r.Used) })},
			{1, "freedoms said not to be granted", seeFreedoms(func(r *accountability.Freedom) bool { return no(r.Granted) })},
			{1, "freedoms said not to be perceived by their holder", seeFreedoms(func(r *accountability.Freedom) bool { return no(r.Perceived) })},
			{1, "freedoms said not to be used", seeFreedoms(func(r *accountability.Freedom) bool { return no(r.Used) })},
			{1, "offers declined", seeEvents(mission.Declined)},
			{1, "steps of process added", seeEvents(mission.ProcessAdded)},
		},
	},
	{
		ID: "T03", Slug: "measure-or-learn", Title: "Measuring or learning",
		Poles: [2]Pole{
			{Name: "measure", Says: "Figures hold people to what they promised, and without them nobody can tell whether anything has changed.",
				Shown: "requests for figures, measures with a use, and milestones or events by which somebody is held to them", Sources: []string{"S0:32", "S2:39"}},
			{Name: "learn", Says: "Measuring everything takes the life out of exploring: milestones need room to breathe, and figures are there to learn from.",
				Shown: "experiments, lessons, milestones for exploring, and decisions that something found out has changed", Sources: []string{"S0:33", "S0:34", "S0:35"}},
		},
		Question: "Which figure changed what somebody did, and which would nobody miss?",
		Shows:    "requests and their hours beside experiments and lessons, and beside the decisions that figures informed",
		signs: []sign{
			{0, "requests for figures or reports", seeEvents(mission.MonitoringRequest)},
			{0, "measures used to account or to put in order", seeUses("account", milestone.UseRank)},
			{0, "milestones on which consequences hang", seeSteps(func(r *milestone.Milestone) bool { return r.Use == milestone.Enforcement })},
			{0, "sanctions, rewards and interventions", seeEvents(mission.Sanction, mission.Reward, mission.Intervention)},
			{1, "milestones for exploring", seeSteps(func(r *milestone.Milestone) bool { return r.Use == milestone.Exploration })},
			{1, "measures used to learn", seeUses(milestone.UseLearn)},
			{1, "experiments", seeExperiments},
			{1, "things tried", seeEvents(mission.Experiment)},
			{1, "lessons written down", seeLessons},
			{1, "comparisons published to learn from", seeEvents(mission.PublishedToLearn)},
			{bothPoles, "decisions that figures or findings informed", seeEvents(mission.DecisionInformed)},
		},
	},
	{
		ID: "T04", Slug: "vague-or-clear", Title: "Vague or clear",
		Poles: [2]Pole{
			{Name: "room", Says: "A broad milestone leaves room to imagine more than is there today.",
				Shown: "milestones left vague for a reason, calls left open, and readings that differ", Sources: []string{"S0:33"}},
			{Name: "clarity", Says: "Breadth breeds second-guessing and endless debate: people need to know what is meant, and slogans are no plan.",
				Shown: "plans published, targets that are counted, and boundaries stated", Sources: []string{"S1:17", "S3:9"}},
		},
		Question: "Who benefits from what is left open here, and who waits for somebody to close it?",
		Shows:    "how precise milestones are, the reasons given where they are not, and the readings of scope that differ",
		signs: []sign{
			{0, "milestones left vague for a stated reason", seeSteps(func(r *milestone.Milestone) bool { return plain(r.VagueBecause) != "" })},
			{0, "calls left open", seeEvents(mission.OpenCall)},
			{1, "plans published", seeEvents(mission.PlanPublished)},
			{1, "targets that are counted", seeTargets},
			{1, "statements of what does not belong", seeScopes(func(r *mission.Scope) bool { return len(r.Outside) > 0 }, func(r *mission.Scope) []string { return r.Outside })},
			{bothPoles, "readings of scope that cannot be squared with others", seeScopes(func(r *mission.Scope) bool { return len(r.Differs) > 0 }, func(r *mission.Scope) []string { return r.Inside })},
		},
	},
	{
		ID: "T05", Slug: "accountable-or-safe-to-fail", Title: "Accountable or safe to fail",
		Poles: [2]Pole{
			{Name: "accountable", Says: "Public money is answered for in Parliament, and mistakes have consequences.",
				Shown: "lines of account, accounts given, inquiries and sanctions", Sources: []string{"S2:39"}},
			{Name: "safe to fail", Says: "Nobody tries anything where failing is punished, and in what is hard failure is part of the way.",
				Shown: "learning spaces, failures told, and risks that were rewarded", Sources: []string{"S2:39", "S0:49", "S0:50"}},
		},
		Question: "When something tried here fails, what will whoever answers to Parliament be able to say?",
		Shows:    "learning spaces beside the lines of account on the same thing, and where the two touch",
		signs: []sign{
			{0, "lines of account", seeLines(func(*accountability.Line) bool { return true })},
			{0, "accounts given", seeEvents(mission.AccountGiven)},
			{0, "inquiries", seeEvents(mission.Inquiry)},
			{0, "sanctions", seeEvents(mission.Sanction)},
			{1, "learning spaces", seeSpaces},
			{1, "agreements that failing has no consequences", seeEvents(mission.LearningSpaceAgreed)},
			{1, "failures told", seeEvents(mission.Failure)},
			{1, "risks that were rewarded", seeEvents(mission.RiskRewarded)},
			{bothPoles, "learning spaces on what somebody also answers for", seeTouching},
		},
	},
	{
		ID: "T06", Slug: "one-hook-or-shared", Title: "One on the hook or shared",
		Poles: [2]Pole{
			{Name: "one", Says: "Results come where one strong leader feels on the hook for them.",
				Shown: "duties that one alone carries", Sources: []string{"S1:12"}},
			{Name: "shared", Says: "No one party can bring about what many must, so accountability is shared among those who can.",
				Shown: "duties that several carry, sharings, stewards and joint decisions", Sources: []string{"S2:39", "S4:40"}},
		},
		Question: "If it goes wrong, whom would people ask, and could that party have changed it alone?",
		Shows:    "who answers for what: alone, together, and by what rule",
		signs: []sign{
			{0, "duties to answer that one carries", seeAnswering(func(n int) bool { return n == 1 })},
			{0, "duties said to be one party's alone", seeSharings(func(mode string) bool { return mode == accountability.Sole })},
			{1, "duties to answer that several carry", seeAnswering(func(n int) bool { return n > 1 })},
			{1, "duties said to be shared", seeSharings(func(mode string) bool { return mode != accountability.Sole })},
			{1, "stewards", seeDuties(accountability.MissionSteward)},
			{1, "joint decisions", seeEvents(mission.JointDecision)},
		},
	},
	{
		ID: "T07", Slug: "unit-or-wiring", Title: "A unit or the wiring",
		Poles: [2]Pole{
			{Name: "unit", Says: "Somebody has to drive the change, so a unit at the centre is probably needed.",
				Shown: "mission controls, delivery units and structures changed", Sources: []string{"S3:14", "S1:57"}},
			{Name: "wiring", Says: "A unit on top changes nothing: who decides, answers and pays has to change.",
				Shown: "changes of who decides, answers or pays, and of how people work", Sources: []string{"S3:12", "S3:14"}},
		},
		Question: "What can somebody decide today that they could not decide before the unit was there?",
		Shows:    "structures set up, beside the changes to who decides, answers and pays",
		signs: []sign{
			{0, "units", seeBoards(func(r *accountability.Forum) bool { return unitKind(r.Kind) })},
			{0, "mission controls set up", seeEvents(mission.ControlSetUp)},
			{0, "structures changed", seeEvents(mission.Restructure)},
			{1, "changes of who decides, answers or pays", seeEvents(mission.WiringChange)},
			{1, "decisions or means handed down", seeEvents(mission.Devolved)},
			{1, "ways of working changed", seeEvents(mission.PracticeChange)},
		},
	},
	{
		ID: "T08", Slug: "apart-or-inside", Title: "Apart or inside",
		Poles: [2]Pole{
			{Name: "apart", Says: "What is new has to stand apart from everyday policy making to challenge it.",
				Shown: "units set apart, with lines, staff and rules of their own", Sources: []string{"S1:57"}},
			{Name: "inside", Says: "What stays in a corner changes little: the whole system and everybody in it has to take it up.",
				Shown: "leaders and teams who took up another way of working", Sources: []string{"S3:12", "S0:10"}},
		},
		Question: "What has crossed from those who stand apart to everybody else, and by what way?",
		Shows:    "how far apart units stand, beside who has taken the new way of working up",
		signs: []sign{
			{0, "units set apart", seeEvents(mission.SetApart)},
			{0, "mission controls", seeBoards(func(r *accountability.Forum) bool { return r.Kind == accountability.MissionControl })},
			{1, "leaders who took it up", seeEvents(mission.LeadersAdopted)},
			{1, "teams who took it up", seeEvents(mission.TeamsAdopted)},
			{1, "ways of working changed", seeEvents(mission.PracticeChange)},
		},
	},
	{
		ID: "T09", Slug: "canvas-or-boundary", Title: "The widest canvas or a boundary",
		Poles: [2]Pole{
			{Name: "canvas", Says: "A goal moves when everything from buying to daily practice points towards it: draw on the whole of government.",
				Shown: "work done for missions, and what is said to belong to them", Sources: []string{"S3:12"}},
			{Name: "boundary", Says: "If everything is mission work nothing is, and work that is not is made to look second-rate.",
				Shown: "what is said not to belong, and work that stands beside missions in its own right", Sources: []string{"S3:12", "S3:13"}},
		},
		Question: "What would be lost if this stood outside the mission, and what would it lose by standing inside?",
		Shows:    "what is inside, beside and outside each mission, with reasons, and the risk on either side",
		signs: []sign{
			{0, "work done for missions", seeWork(func(r *mission.Initiative) bool { return r.Status == mission.MissionWork })},
			{0, "statements of what belongs", seeScopes(func(r *mission.Scope) bool { return len(r.Inside) > 0 }, func(r *mission.Scope) []string { return r.Inside })},
			{1, "statements of what does not belong", seeScopes(func(r *mission.Scope) bool { return len(r.Outside) > 0 }, func(r *mission.Scope) []string { return r.Outside })},
			{1, "work that helps a mission and has its own purpose", seeWork(func(r *mission.Initiative) bool { return r.Status == mission.Adjacent })},
			{1, "work valued as it is", seeWork(func(r *mission.Initiative) bool { return r.Status == mission.ValuedAsItIs })},
		},
	},
	{
		ID: "T10", Slug: "missions-or-basics", Title: "Missions first or the basics",
		Poles: [2]Pole{
			{Name: "missions", Says: "What comes first has to get people, money and attention, and these come from elsewhere.",
				Shown: "capacity moved towards missions, and money set aside for them", Sources: []string{"S3:12", "S1:58"}},
			{Name: "basics", Says: "Trust is earned by what people need every day, and a government that lets that slip is not given the time for missions.",
				Shown: "services with a floor, work valued as it is, and capacity moved back", Sources: []string{"S3:13"}},
		},
		Question: "Who notices first when the rest of the operation gets worse, and whom do they tell?",
		Shows:    "people, money and attention moved, both ways",
		signs: []sign{
			{0, "capacity moved to missions", seeEventsThat(func(b *survey, e *mission.Event) bool { return len(b.missionsOf(e.LedTo...)) > 0 }, mission.CapacityMoved)},
			{0, "money set aside for missions", seeMoney(func(r *funding.Allocation) bool { return r.Subject.Kind == mission.KindMission })},
			{1, "capacity moved from missions to something else", seeEventsThat(func(b *survey, e *mission.Event) bool {
				return len(e.LedTo) > 0 && len(b.missionsOf(e.LedTo...)) == 0 && len(b.missionsOf(e.Subject)) > 0
			}, mission.CapacityMoved)},
			{1, "services with a floor", seeWork(func(r *mission.Initiative) bool { return !r.Floor.IsZero() })},
			{1, "work valued as it is", seeWork(func(r *mission.Initiative) bool { return r.Status == mission.ValuedAsItIs })},
		},
	},
	{
		ID: "T11", Slug: "head-in-or-above", Title: "The head of government in it or above it",
		Poles: [2]Pole{
			{Name: "power", Says: "Nothing across government moves without the commitment of whoever leads it.",
				Shown: "boards that the head of government chairs, and what the head of government endorses, decides or signals", Sources: []string{"S4:20", "S3:14"}},
			{Name: "time", Says: "That time is scarce and belongs to direction and culture, and not to managing performance or settling quarrels.",
				Shown: "quarrels and reviews of performance taken to the head of government", Sources: []string{"S4:26"}},
		},
		Question: "What did the head of government last do for this mission that nobody else could have done?",
		Shows:    "what is asked of the head of government, by purpose",
		signs: []sign{
			{0, "duties to lead the government", seeDuties(accountability.HeadOfGovernment)},
			{0, "boards that the head of government chairs", func(b *survey) []sighting {
				return b.boards(func(r *accountability.Forum) bool { return b.heads[r.Chair] })
			}},
			{0, "what the head of government did or said for it", seeEventsThat(func(b *survey, e *mission.Event) bool {
				return slices.ContainsFunc(e.By, func(id record.ID) bool { return b.heads[id] })
			}, mission.Endorsement, mission.Commitment, mission.Signal, mission.PrioritySetting, mission.Decision)},
			{1, "quarrels taken to the head of government", seeEventsThat(func(b *survey, e *mission.Event) bool {
				return slices.ContainsFunc(e.With, func(id record.ID) bool { return b.heads[id] })
			}, mission.Dispute)},
			{1, "reviews of performance by the head of government", seeEventsThat(func(b *survey, e *mission.Event) bool {
				return slices.ContainsFunc(slices.Concat(e.With, e.By), func(id record.ID) bool { return b.heads[id] })
			}, mission.Performance)},
		},
	},
	{
		ID: "T12", Slug: "open-or-candid", Title: "Open or candid",
		Poles: [2]Pole{
			{Name: "open", Says: "Work in the open gets better, and secrecy about who decides is a fault in itself.",
				Shown: "plans, remits and other things published, and boards whose members are known", Sources: []string{"S0:52", "S0:53", "S1:19"}},
			{Name: "candid", Says: "Under scrutiny by the hour nobody thinks aloud or admits a doubt: some rooms have to be closed.",
				Shown: "memberships and directions kept back, and ways to say in confidence that something looks wrong", Sources: []string{"S3:11", "S1:25"}},
		},
		Question: "What could be said tomorrow that cannot be said today, and who decides when?",
		Shows:    "what is published and what is kept back, on which ground and until when",
		signs: []sign{
			{0, "published", seeEvents(mission.Published, mission.PlanPublished, mission.RemitPublished)},
			{0, "boards whose members are published", seeBoards(func(r *accountability.Forum) bool { _, known := r.Disclosed.Get(); return known })},
			{1, "boards whose members are kept back", seeBoards(withheldBoards)},
			{1, "ways to say that something looks wrong", seeEvents(mission.ChallengeRoute)},
			{1, "learning spaces", seeSpaces},
		},
	},
}
