package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// designs is the catalogue of reference designs, in the order of their ids.
var designs = []*Design{
	{
		ID: "RD1", Title: "A task force with a leader on the hook (Hyman)", Sources: []string{"S1:12", "S1:13"},
		Elements: []Element{
			{ID: "RD1-task-force", Says: "Each mission is set up as a task force of its own.", Sources: []string{"S1:12"},
				Shown: "a mission control, or a mission-control-set-up or set-apart event, on the mission",
				Check: Check{Forums: []string{accountability.MissionControl}, Events: []string{mission.ControlSetUp, mission.SetApart}}},
			{ID: "RD1-one-leader", Says: "One leader like a chief executive answers for its results.", Sources: []string{"S1:12"},
				Shown: "a mission-lead duty on the mission, with its post or its state", Check: Check{Duties: []string{accountability.MissionLead}}},
			{ID: "RD1-direct-route", Says: "The leader has a direct route to the secretary of state or the head of government.", Sources: []string{"S1:12"},
				Shown: "whether the lead has a direct route, among the means of the mission-lead duty", look: seeMeans(func(m *accountability.Means) record.Value[bool] { return m.Route })},
			{ID: "RD1-best-person", Says: "The leader is the person with the best chance of achieving it, perhaps from outside.", Sources: []string{"S1:12"},
				Shown: "a recruitment event on the mission, which says that its lead was sought in an open competition", Check: Check{Events: []string{mission.Recruitment}}},
			{ID: "RD1-money", Says: "The leader has money.", Sources: []string{"S1:13"},
				Shown: "whether the lead may commit money, among the means of the mission-lead duty", look: seeMeans(func(m *accountability.Means) record.Value[bool] { return m.Budget })},
			{ID: "RD1-people", Says: "The leader has people.", Sources: []string{"S1:13"},
				Shown: "whether the lead has people, among the means of the mission-lead duty", look: seeMeans(func(m *accountability.Means) record.Value[bool] { return m.People })},
			{ID: "RD1-priorities-first", Says: "The spending review starts with agreed priorities and their money, before talks with departments.", Sources: []string{"S1:13"},
				Shown: "a priorities event on the mission with its day, and when settlements for the mission were agreed", look: seePriorities},
			{ID: "RD1-prevention", Says: "Money is set aside for preventing what the mission is about.", Sources: []string{"S1:13"},
				Shown: "allocations for the mission whose nature is prevention, with their amounts", look: seePrevention},
		},
	},
	{
		ID: "RD2", Title: "Stewards, deliberation and a public council (UCL Policy Lab and Future Governance Forum)",
		Sources: []string{"S4:20", "S4:31", "S4:32", "S4:33", "S4:34", "S4:40", "S4:41", "S4:42"},
		Elements: []Element{
			{ID: "RD2-stewards", Says: "Ministers and permanent secretaries are the mission's stewards.", Sources: []string{"S4:40"},
				Shown: "mission-steward duties on the mission, with their posts or their state", Check: Check{Duties: []string{accountability.MissionSteward}}},
			{ID: "RD2-letters", Says: "Letters say what their task is.", Sources: []string{"S4:40"},
				Shown: "mandates on the mission, or a mandate-letter event, or one marked absent", Check: Check{Events: []string{mission.MandateLetter}}, look: seeLetters},
			{ID: "RD2-partnership", Says: "The letters ask them to work with places, tiers, business and society.", Sources: []string{"S4:40"},
				Shown: "all that the mandates on the mission oblige to, such as partnership", look: seeObliges(accountability.ObligesPartnership)},
			{ID: "RD2-reward", Says: "Progression and reward follow that way of working.", Sources: []string{"S4:40"},
				Shown: "reward rules as levers, with how they pull on the mission", Check: Check{Levers: []string{mission.RewardRule}, AtLarge: true}},
			{ID: "RD2-deliberation", Says: "Citizens and those concerned weigh the mission and how it is to come about.", Sources: []string{"S4:41"},
				Shown: "a deliberation event on the mission, or one marked absent", Check: Check{Events: []string{mission.Deliberation}}},
			{ID: "RD2-citizens", Says: "Citizens go on having a part in how it is governed.", Sources: []string{"S4:41"},
				Shown: "a forum on the mission whose purpose is deliberative", look: seeBoards(func(r *accountability.Forum) bool {
					f := forum{claims: []record.Claim[accountability.Forum]{{Record: r}}}
					return f.isFor(accountability.PurposeDeliberative)
				})},
			{ID: "RD2-consensus", Says: "Agreement is broad enough to last across terms and budgets.", Sources: []string{"S4:32"},
				Shown: "a cross-term-consensus event on the mission, or one marked absent", Check: Check{Events: []string{mission.CrossTermConsensus}}},
			{ID: "RD2-council", Says: "A leadership council looks at the missions.", Sources: []string{"S4:42"},
				Shown: "a mission council", Check: Check{Forums: []string{accountability.MissionCouncil}, AtLarge: true}},
			{ID: "RD2-council-chair", Says: "The head of government chairs it.", Sources: []string{"S4:42"},
				Shown: "the chair of the mission council, and the post that leads the government by a head-of-government duty", Check: Check{AtLarge: true},
				look: yesOrNo(func(want bool) func(*survey) []sighting {
					return seeCouncils(func(b *survey, r *accountability.Forum) bool {
						return r.Chair != "" && len(b.heads) > 0 && b.heads[r.Chair] == want
					})
				})},
			{ID: "RD2-council-public", Says: "It meets in public.", Sources: []string{"S4:42"},
				Shown: "a published event on the mission council, or one marked absent", Check: Check{AtLarge: true},
				look: seeOpenCouncils},
			{ID: "RD2-council-quarterly", Says: "It meets every quarter.", Sources: []string{"S4:42"},
				Shown: "the cadence of the mission council, such as quarterly", Check: Check{AtLarge: true},
				look: yesOrNo(func(want bool) func(*survey) []sighting {
					return seeCouncils(func(_ *survey, r *accountability.Forum) bool {
						days := cadence(plain(r.Cadence))
						return days > 0 && (days <= quarter) == want
					})
				})},
			{ID: "RD2-commitment", Says: "The head of government and the finance minister are committed to it.", Sources: []string{"S4:20"},
				Shown: "the condition aligned-leaders or political-will of the mission, with whether it is met",
				Check: Check{Conditions: []string{mission.AlignedLeads, mission.PoliticalWill}, AtLarge: true}},
			{ID: "RD2-orchestration", Says: "Government makes room for many to work together, and does not row or steer alone.", Sources: []string{"S4:31"},
				Shown: "relations in the matter with a stance such as orchestrator, convenor or enabler", Check: Check{Stances: []string{mission.Orchestrator, mission.Convenor, mission.Enabler}}},
			{ID: "RD2-bottom-up", Says: "Problems are solved by those closest to them.", Sources: []string{"S4:33"},
				Shown: "devolved or open-call events on the mission, or ones marked absent", Check: Check{Events: []string{mission.Devolved, mission.OpenCall}}},
			{ID: "RD2-public-servants", Says: "Those who work with people have the freedom and the kit to do what is right.", Sources: []string{"S4:34"},
				Shown: "freedoms on the mission as their holders perceive them, or barriers removed", Check: Check{Events: []string{mission.BarrierRemoved}},
				look: yesOrNo(func(want bool) func(*survey) []sighting {
					return seeFreedoms(func(r *accountability.Freedom) bool { return isKnown(r.Perceived, want) })
				})},
		},
	},
	{
		ID: "RD3", Title: "A reset (Thomas)", Sources: []string{"S1:54", "S1:56", "S1:57", "S1:58", "S1:59", "S1:60", "S1:61"},
		Elements: []Element{
			{ID: "RD3-coalition", Says: "A guiding coalition of senior ministers and officials decides together.", Sources: []string{"S1:56"},
				Shown: "joint-decision events on the mission or on no mission in particular", Check: Check{Events: []string{mission.JointDecision}, AtLarge: true}},
			{ID: "RD3-amended", Says: "Missions and key milestones are re-framed.", Sources: []string{"S1:56"},
				Shown: "changes of the mission or of its milestones as later versions, or plan-changed events", look: seeReset},
			{ID: "RD3-control", Says: "A mission control drives it.", Sources: []string{"S1:57"},
				Shown: "a mission control, or a mission-control-set-up event, on the mission",
				Check: Check{Forums: []string{accountability.MissionControl}, Events: []string{mission.ControlSetUp}}},
			{ID: "RD3-apart", Says: "The mission control stands apart from everyday policy making.", Sources: []string{"S1:57"},
				Shown: "a set-apart event on the mission or on its mission control, or one marked absent", Check: Check{Events: []string{mission.SetApart}}},
			{ID: "RD3-best-people", Says: "The best people are appointed.", Sources: []string{"S1:57"},
				Shown: "recruitment events on the mission", Check: Check{Events: []string{mission.Recruitment}}},
			{ID: "RD3-resources", Says: "Money moves to the milestones that need it, and settlements are taken up again for that.", Sources: []string{"S1:58"},
				Shown: "when settlements for the mission were reopened, or funded events on its milestones", Check: Check{Events: []string{mission.Funded}}, look: seeReopened},
			{ID: "RD3-narrative", Says: "One clear account says how government is to work.", Sources: []string{"S1:59"},
				Shown: "how-commitment events", Check: Check{Events: []string{mission.HowCommitment}, AtLarge: true}},
			{ID: "RD3-strategic-centre", Says: "A strategic brain at the centre says what comes first.", Sources: []string{"S1:60"},
				Shown: "the condition strategy-unit, with whether it is met", Check: Check{Conditions: []string{mission.StrategyUnit}, AtLarge: true}},
			{ID: "RD3-capability", Says: "What people need to be able to do is built up.", Sources: []string{"S1:61"},
				Shown: "capabilities for the mission with those who hold them, or capability-planned events", Check: Check{Events: []string{mission.CapabilityPlanned}}, look: seeCapabilities},
		},
	},
	{
		ID: "RD4", Title: "Six tests (MacNamara)", Sources: []string{"S3:9", "S3:10", "S3:11", "S3:12", "S3:13", "S3:14"},
		Elements: []Element{
			{ID: "RD4-plan", Says: "There is a plan and not only slogans.", Sources: []string{"S3:9"},
				Shown: "a plan-published event on the mission, or one marked absent", Check: Check{Events: []string{mission.PlanPublished}}},
			{ID: "RD4-limits", Says: "It says what nobody knows yet, and what would change the course.", Sources: []string{"S3:10"},
				Shown: "unknowns-stated or change-signals events on the mission, or ones marked absent", Check: Check{Events: []string{mission.UnknownsStated, mission.ChangeSignals}}},
			{ID: "RD4-enlisting", Says: "People outside central government take part.", Sources: []string{"S3:10"},
				Shown: "all the contributors to the mission, with the tier of each", look: seeTakingPart},
			{ID: "RD4-humility", Says: "Somebody can say that something looks wrong, and mistakes can be admitted.", Sources: []string{"S3:11"},
				Shown: "challenge-route events on the mission, or ones marked absent", Check: Check{Events: []string{mission.ChallengeRoute}}},
			{ID: "RD4-whole-canvas", Says: "Everything from buying to daily practice points the same way.", Sources: []string{"S3:12"},
				Shown: "procurement, regulation, tax and grant-making levers, with how they pull on the mission",
				Check: Check{Levers: []string{mission.Procurement, mission.Regulation, mission.Tax, mission.Grantmaking}}},
			{ID: "RD4-boundaries", Says: "It has sensible boundaries.", Sources: []string{"S3:12"},
				Shown: "a scope of the mission with what lies outside it",
				look:  seeScopes(func(r *mission.Scope) bool { return len(r.Outside) > 0 }, func(r *mission.Scope) []string { return r.Outside })},
			{ID: "RD4-wiring", Says: "Who decides, answers and pays has changed.", Sources: []string{"S3:12"},
				Shown: "wiring-change events on the mission, or ones marked absent", Check: Check{Events: []string{mission.WiringChange}}},
			{ID: "RD4-no-washing", Says: "Work is not called mission work for its own sake, and other work is valued.", Sources: []string{"S3:13"},
				Shown: "the status of initiatives that stand beside the mission, and whether practice has changed in those that are mission work", look: seeUnbadged},
			{ID: "RD4-light-unit", Says: "A unit at the centre works openly with others, and is not over-engineered.", Sources: []string{"S3:14"},
				Shown: "a delivery unit, and remit-published events on it",
				Check: Check{Forums: []string{accountability.DeliveryUnit}, AtLarge: true}},
			{ID: "RD4-tone", Says: "The head of government and those around set the tone, and call out who fails to work together.", Sources: []string{"S3:14"},
				Shown: "signals by the head of government, and what they run counter to", Check: Check{AtLarge: true}, look: seeTone},
			{ID: "RD4-reward", Says: "Working across boundaries is rewarded.", Sources: []string{"S3:14"},
				Shown: "reward rules as levers, with how they pull on the mission", Check: Check{Levers: []string{mission.RewardRule}, AtLarge: true}},
		},
	},
	{
		ID: "RD5", Title: "A repertoire of leadership (EY and Future Governance Forum)", Sources: []string{"S2:18", "S2:20", "S2:25", "S2:27", "S2:32", "S2:34", "S2:39"},
		Elements: []Element{
			{ID: "RD5-long-and-short", Says: "Leaders hold the long term and the short term at once.", Sources: []string{"S2:18", "S2:20"},
				Shown: "the horizon of the mission and its first steps, both", look: seeBoth(seeHorizons, seeSteps(func(r *milestone.Milestone) bool { return r.Kind == milestone.FirstStep }))},
			{ID: "RD5-symbolic-steps", Says: "First steps stand for the change that is to come.", Sources: []string{"S2:20"},
				Shown: "symbol-stated events on first steps, or ones marked absent", Check: Check{Events: []string{mission.SymbolStated}}},
			{ID: "RD5-mission-first", Says: "The mission comes first and the department second.", Sources: []string{"S2:25"},
				Shown: "sharings of duties on the mission, or working-link and joint-decision events, or ones marked absent",
				Check: Check{Events: []string{mission.WorkingLink, mission.JointDecision}}, look: seeSharings(func(mode string) bool { return mode != accountability.Sole })},
			{ID: "RD5-stances", Says: "Leaders take different stances: convening, solving, funding, enabling, standing back.", Sources: []string{"S2:27"},
				Shown: "relations in the matter with two stances at least", look: seeSeveral(2, seeRelations(func(r *mission.Relation) bool { return r.Stance != "" }, func(r *mission.Relation) string { return r.Stance }), byStance)},
			{ID: "RD5-disciplines", Says: "People of several disciplines work together.", Sources: []string{"S2:32", "S2:34"},
				Shown: "two capabilities for the mission at least, with those who hold them",
				look: seeSeveral(2, func(b *survey) []sighting {
					return slices.DeleteFunc(seeCapabilities(b), func(s sighting) bool { return s.denied })
				}, eachFact)},
			{ID: "RD5-accountability", Says: "Accountability is shared, and still leads to accounting officers and Parliament.", Sources: []string{"S2:39"},
				Shown: "accounting-officer duties for the mission's money, or sharings of duties on the mission", Check: Check{Duties: []string{accountability.AccountingOfficer}},
				look: seeSharings(func(mode string) bool { return mode != accountability.Sole })},
			{ID: "RD5-learning-space", Says: "There is room to try things, to fail and to learn from it.", Sources: []string{"S2:39"},
				Shown: "learning spaces on the mission, or learning-space-agreed events, or ones marked absent", Check: Check{Events: []string{mission.LearningSpaceAgreed}}, look: seeSpaces},
		},
	},
}

// disagreements are where the reference designs ask for opposite things. Nobody here says who is right.
var disagreements = []Disagreement{
	{"Who leads a mission?", [2]Side{
		{"RD1", "RD1-one-leader", "one leader like a chief executive, perhaps from outside, on the hook for results"},
		{"RD2", "RD2-stewards", "ministers and permanent secretaries as stewards"}}, []string{"S1:12", "S4:40"}},
	{"Does one answer for it, or do many?", [2]Side{
		{"RD1", "RD1-one-leader", "one alone, so that it is clear whose task it is"},
		{"RD5", "RD5-accountability", "those who can bring it about, by a new framework that takes in accounting officers and Parliament"}}, []string{"S1:12", "S2:39"}},
	{"Is a strong unit at the centre good?", [2]Side{
		{"RD3", "RD3-control", "mission controls, and a strategic centre beside them"},
		{"RD4", "RD4-light-unit", "a unit with reluctance: it solves nothing by itself, and is not to be over-engineered"}}, []string{"S1:57", "S1:60", "S3:14"}},
	{"Apart or inside?", [2]Side{
		{"RD3", "RD3-apart", "apart from everyday policy making, to challenge it"},
		{"RD4", "RD4-wiring", "not on top of what is there: the wiring itself has to change"}}, []string{"S1:57", "S3:12"}},
	{"Should the whole canvas be drawn on, or a narrower set?", [2]Side{
		{"RD3", "RD3-amended", "an amended set of missions and milestones, with what was levered in taken out"},
		{"RD4", "RD4-whole-canvas", "the widest canvas that there is, with boundaries"}}, []string{"S1:56", "S3:12"}},
	{"Where does its legitimacy come from?", [2]Side{
		{"RD2", "RD2-deliberation", "from citizens and those concerned, who weigh it"},
		{"RD3", "RD3-coalition", "from a coalition of ministers and officials who own it together"}}, []string{"S4:41", "S1:56"}},
	{"What is the head of government there for?", [2]Side{
		{"RD1", "RD1-direct-route", "somebody to whom each leader has a direct route"},
		{"RD2", "RD2-council-chair", "direction, culture and the council in public; others settle quarrels and see to performance"}}, []string{"S1:12", "S4:26", "S4:42"}},
}
