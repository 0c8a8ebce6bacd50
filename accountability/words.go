package accountability

// Standard duties. The list is open: any other word is kept and asked about under its own name.
const (
	MissionSteward      = "mission-steward"       // answers for a mission as a whole
	SystemSteward       = "system-steward"        // keeps the system in which missions work
	CivilServiceSteward = "civil-service-steward" // keeps the civil service able to serve missions
	MissionLead         = "mission-lead"          // runs a mission, and is on the hook for it
	MissionSponsor      = "mission-sponsor"       // the minister or other principal who wants it
	MilestoneOwner      = "milestone-owner"       // answers for a milestone
	OutcomeOwner        = "outcome-owner"         // answers for an outcome
	AccountingOfficer   = "accounting-officer"
	SeniorOwner         = "senior-responsible-owner"
	Lead                = "lead"
	Sponsor             = "sponsor"
	Fund                = "fund"
	Deliver             = "deliver"
	Advise              = "advise"
	Convene             = "convene"        // brings people together
	SolveProblems       = "solve-problems" // takes away what stands in the way
	Enable              = "enable"         // makes it possible for others to act
	StandBack           = "stand-back"     // leaves others to act, on purpose
	Decide              = "decide"
	Recommend           = "recommend"
	Agree               = "agree" // must agree before a decision takes effect
	AnswerFor           = "answer"
	Pay                 = "pay"
	Perform             = "perform"
	Support             = "support"
	Consult             = "consult"            // is asked before a decision
	Inform              = "inform"             // is told after a decision
	Assure              = "assure"             // checks, from outside the line
	BoardMember         = "board-member"       // sits on a forum
	HeadOfGovernment    = "head-of-government" // leads the government whose missions these are
)

// answers reports whether who carries a duty is by it answerable for the subject, and not only a party to the work. Words
// that this package does not know count as answering: a path from them may then be followed or be found to break.
func answers(duty string) bool {
	switch duty {
	case Advise, Support, Consult, Inform, Perform, Recommend, StandBack, Enable, Convene, Assure, Deliver, SolveProblems, Fund, Pay:
		return false
	}
	return true
}
