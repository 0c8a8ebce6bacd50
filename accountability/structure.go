package accountability

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Succession says that parties, or some of what they did, went over to others: a merger, a demerger, a change of name, a
// transfer of functions. What became of one post is a Succession of its own, with PartOf naming the larger one.
type Succession struct {
	record.Record
	// Kind says which sort, such as [Merger]. Open.
	Kind string `json:"kind,omitempty"`
	// Predecessors are those before and Successors those after, all of one sort: organisations, or posts.
	Predecessors []record.ID `json:"predecessors,omitempty" ref:"party"`
	Successors   []record.ID `json:"successors,omitempty" ref:"party"`
	// Subjects are what went over. Empty means everything, except in a [TransferOfFunctions], where it says too little.
	Subjects []record.Ref `json:"subjects,omitempty"`
	// Announced is when it was made known and Completed when it took full effect; months may lie between them.
	Announced calendar.When `json:"announced,omitzero"`
	Completed calendar.When `json:"completed,omitzero"`
	PartOf    record.ID     `json:"part_of,omitempty" ref:"succession"`
}

// Sorts of [Succession]. The list is open.
const (
	Merger              = "merger"
	Demerger            = "demerger"
	Rename              = "rename"
	TransferOfFunctions = "transfer-of-functions"
)

// Leave says that the holder of a post is away from it and keeps it.
type Leave struct {
	record.Record
	Holding record.ID `json:"holding,omitempty" ref:"holding"`
	// Why is the reason, in words: "parental", "illness", [CoversAnother].
	Why string `json:"why,omitempty"`
	// Cover is the holding that stands in for it, of the same post or another. Without it, holdings that name this one in
	// their CoverFor do, and else those of the same post that are acting and name none.
	Cover record.ID `json:"cover,omitempty" ref:"holding"`
	// NotifiedStart and NotifiedEnd are when whoever must know, such as the Treasury for an accounting officer, was told
	// that it began and that it ended.
	NotifiedStart calendar.When `json:"notified_start,omitzero"`
	NotifiedEnd   calendar.When `json:"notified_end,omitzero"`
}

// CoversAnother is the reason of a [Leave] whose holder stands in for somebody else meanwhile.
const CoversAnother = "covering another role"

// Line is a line of account, after Bovens (Analysing and Assessing Accountability, European Law Journal 13, 2007): an actor
// is obliged to explain and justify its conduct to a forum, which can pose questions and pass judgement, and the actor may
// face consequences. Joint accountability is several Lines, one for each actor.
type Line struct {
	record.Record
	Actor record.ID `json:"actor,omitempty" ref:"party"`
	// Forum is whom it answers to: a forum, or a party such as a parliament, a council, a regulator, the public, or a post.
	Forum record.Ref `json:"forum,omitzero" ref:"forum,party"`
	// Subject is what for. Zero means everything that the actor does.
	Subject record.Ref `json:"subject,omitzero"`
	// Kind says which sort, such as [PoliticalLine]. Open.
	Kind string `json:"kind,omitempty"`
	// Standards are those by which the conduct is judged, in words.
	Standards []string `json:"standards,omitempty"`
	// Informs and Justifies say what the actor owes: to tell, and to explain why.
	Informs   record.Value[bool] `json:"informs,omitzero"`
	Justifies record.Value[bool] `json:"justifies,omitzero"`
	// Powers are what the forum may do, such as [MayQuestion]. Open.
	Powers []string `json:"powers,omitempty"`
	// Consequences are what the actor may face, in words.
	Consequences []string `json:"consequences,omitempty"`
	// Basis is what it rests on: "statute", "government guidance", "convention". Open.
	Basis string `json:"basis,omitempty"`
	// Every is the most days that may lie between one account and the next. Zero is not stated.
	Every calendar.Days `json:"every_days,omitempty"`
	// Purposes are what the account is for, where somebody has listed them all, such as [ForAssurance]. Open.
	Purposes record.Value[[]string] `json:"purposes,omitzero"`
}

// What the account on a [Line] may be for. The list is open.
const (
	ForAssurance = "assurance" // those above are to be sure that all is well
	ForScrutiny  = "scrutiny"  // a parliament or committee is to be satisfied
	ForMedia     = "media"     // what is said in public is to be managed
	ForLearning  = "learning"  // something is to be found out and changed
	ForOutcomes  = "outcomes"  // the work is to come out better
)

// Sorts of [Line], as Bovens tells them apart. The list is open.
const (
	PoliticalLine      = "political"
	LegalLine          = "legal"
	AdministrativeLine = "administrative"
	ProfessionalLine   = "professional"
	SocialLine         = "social"
)

// What a forum may do. The list is open.
const (
	MayQuestion = "question"
	MayJudge    = "judge"
	MaySanction = "sanction"
)

// Sharing says how those who carry a duty on a subject share it.
type Sharing struct {
	record.Record
	Subject record.Ref `json:"subject,omitzero"`
	Duty    string     `json:"duty,omitempty"`
	// Mode says how, such as [Joint]. Open.
	Mode    string      `json:"mode,omitempty"`
	Members []record.ID `json:"members,omitempty" ref:"party"`
	// Weights are the stated parts of the Members, in their order: each from 0 to 1, and 1 in all to within a hundredth.
	// Empty means that none are stated.
	Weights []record.Quantity `json:"weights,omitempty"`
	// Lead is the member that the others look to first.
	Lead record.ID `json:"lead,omitempty" ref:"party"`
	// Rule says how they decide, such as [ByUnanimity], and Quota what share of the weights it takes under [ByQuota].
	Rule  string          `json:"rule,omitempty"`
	Quota record.Quantity `json:"quota,omitzero"`
	// Escalation says where it goes when they cannot agree, in words.
	Escalation string `json:"escalation,omitempty"`
}

// Modes of a [Sharing]. The list is open.
const (
	Sole            = "sole"              // one, and no other
	Joint           = "joint"             // all together for all of it
	Several         = "several"           // each for a part
	JointAndSeveral = "joint-and-several" // each for all of it
	Collective      = "collective"        // the group, and no member alone
)

// Rules by which the members of a [Sharing] decide. The list is open.
const (
	ByQuota     = "quota"
	ByUnanimity = "unanimity"
	ByLead      = "lead"
)

// Weight returns the stated part of a member, from 0 to 1; false where none is stated or the party is no member.
func (s *Sharing) Weight(member record.ID) (float64, bool) {
	for i, id := range s.Members {
		if id == member && i < len(s.Weights) && !s.Weights[i].IsZero() {
			return s.Weights[i].Float(), true
		}
	}
	return 0, false
}

// AccountingTest is an accounting officer's assessment of a use of money against the four standards of Managing Public
// Money, chapter 3.
type AccountingTest struct {
	record.Record
	Subject record.Ref `json:"subject,omitzero"`
	// Officer is the post of the accounting officer who made it.
	Officer record.ID `json:"officer,omitempty" ref:"party"`
	// Stage is when it was made, such as [StageOutlineCase]. Open.
	Stage string        `json:"stage,omitempty"`
	OnDay calendar.When `json:"on_day,omitzero"`
	// The four standards: whether the use of money meets each.
	Regularity    record.Value[bool] `json:"regularity,omitzero"`
	Propriety     record.Value[bool] `json:"propriety,omitzero"`
	ValueForMoney record.Value[bool] `json:"value_for_money,omitzero"`
	Feasibility   record.Value[bool] `json:"feasibility,omitzero"`
	// SummaryPublished is when a summary was published.
	SummaryPublished calendar.When `json:"summary_published,omitzero"`
}

// Stages of an [AccountingTest]. An event of the same kind on a subject says that it has come to that stage. The list is open.
const (
	StageOutlineCase  = "outline-business-case" // its outline business case is put up for approval
	StageMajorProject = "gmpp-entry"            // it becomes one of the government's major projects
	StageDeparture    = "departure"             // it departs from the four standards or from what was approved
	StageOwnerRequest = "owner-request"         // its senior responsible owner asks for one
)

// The four standards of an [AccountingTest], as [AccountingTest.Failed] and [Direction] name them.
const (
	Regularity    = "regularity"
	Propriety     = "propriety"
	ValueForMoney = "value-for-money"
	Feasibility   = "feasibility"
)

// Failed returns the standards that the use of money is said not to meet, in the order of the fields. A standard of which
// nothing is known is not among them.
func (t *AccountingTest) Failed() []string {
	var failed []string
	for _, s := range []struct {
		name string
		met  record.Value[bool]
	}{{Regularity, t.Regularity}, {Propriety, t.Propriety}, {ValueForMoney, t.ValueForMoney}, {Feasibility, t.Feasibility}} {
		if met, known := s.met.Get(); known && !met {
			failed = append(failed, s.name)
		}
	}
	return failed
}

// Direction is a minister's written direction to an accounting officer to go on with a use of money that fails a standard.
// The officer then carries it out, and the minister bears responsibility for that use of money and nothing else.
type Direction struct {
	record.Record
	Subject record.Ref `json:"subject,omitzero"`
	// Officer is the post that asked for it and Minister the post that gave it.
	Officer  record.ID `json:"officer,omitempty" ref:"party"`
	Minister record.ID `json:"minister,omitempty" ref:"party"`
	Test     record.ID `json:"test,omitempty" ref:"accounting-test"`
	// Failed are the standards that are not met, such as [Regularity].
	Failed []string      `json:"failed,omitempty"`
	Given  calendar.When `json:"given,omitzero"`
	// CopiedTo are those who were sent it, such as the Comptroller and Auditor General and the Treasury.
	CopiedTo []record.ID `json:"copied_to,omitempty" ref:"party"`
	// Published is when it was published; withheld, with the ground, where it is kept back.
	Published record.Value[calendar.When] `json:"published,omitzero"`
}
