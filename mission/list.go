package mission

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/milestone/learning"
)

// Table is one slice of a [Spec], for code that treats all kinds of record alike, such as codecs.
type Table struct {
	Kind record.Kind
	// Name is the member of the document that holds the records.
	Name string
	// Records is a pointer to the Spec's own slice, such as *[]milestone.Milestone.
	Records any
}

// Tables returns the slices of the Spec, in the order of the document.
func (s *Spec) Tables() []Table {
	lists := s.lists()
	tables := make([]Table, len(lists))
	for i, l := range lists {
		tables[i] = Table{Kind: l.kind(), Name: l.name(), Records: l.slice()}
	}
	return tables
}

// Bases returns the part that all records share of every record of the Spec, in the order of the document. They stand for the Spec's own.
func (s *Spec) Bases() []*record.Record {
	var bases []*record.Record
	for _, l := range s.lists() {
		bases = append(bases, l.bases()...)
	}
	return bases
}

// A recordList is one slice of a Spec, whatever kind of record it holds.
type recordList interface {
	kind() record.Kind
	name() string
	slice() any
	len() int
	bases() []*record.Record
	clone()
	detach()
	check(*record.Check)
	append(recordList)
	settle()
	replace(recordList) []record.Ref
	remove(map[record.ID]bool)
	drop(func(record.ID) bool)
	view(*record.View) [3]int
	record(int) any
	same(int, recordList, int) bool
	alike(int, recordList, int) bool
	take(recordList, int) int
}

type list[T any, P record.Holder[T]] struct {
	k       record.Kind
	n       string
	records *[]T
}

// lists returns the slices of the Spec in the order of the document. They stand for the Spec's own fields.
func (s *Spec) lists() []recordList {
	return []recordList{
		list[record.Day, *record.Day]{record.KindDay, "days", &s.Days},
		list[record.Source, *record.Source]{record.KindSource, "sources", &s.Sources},
		list[accountability.Party, *accountability.Party]{accountability.KindParty, "parties", &s.Parties},
		list[accountability.Holding, *accountability.Holding]{accountability.KindHolding, "holdings", &s.Holdings},
		list[Mission, *Mission]{KindMission, "missions", &s.Missions},
		list[Outcome, *Outcome]{KindOutcome, "outcomes", &s.Outcomes},
		list[Initiative, *Initiative]{KindInitiative, "initiatives", &s.Initiatives},
		list[milestone.Indicator, *milestone.Indicator]{milestone.KindIndicator, "indicators", &s.Indicators},
		list[milestone.Observation, *milestone.Observation]{milestone.KindObservation, "observations", &s.Observations},
		list[milestone.Milestone, *milestone.Milestone]{milestone.KindMilestone, "milestones", &s.Milestones},
		list[milestone.Target, *milestone.Target]{milestone.KindTarget, "targets", &s.Targets},
		list[milestone.Assessment, *milestone.Assessment]{milestone.KindAssessment, "assessments", &s.Assessments},
		list[milestone.Dependency, *milestone.Dependency]{milestone.KindDependency, "dependencies", &s.Dependencies},
		list[milestone.Project, *milestone.Project]{milestone.KindProject, "projects", &s.Projects},
		list[milestone.Calendar, *milestone.Calendar]{milestone.KindCalendar, "calendars", &s.Calendars},
		list[milestone.Activity, *milestone.Activity]{milestone.KindActivity, "activities", &s.Activities},
		list[forecast.Estimate, *forecast.Estimate]{forecast.KindEstimate, "estimates", &s.Estimates},
		list[forecast.Risk, *forecast.Risk]{forecast.KindRisk, "risks", &s.Risks},
		list[forecast.Driver, *forecast.Driver]{forecast.KindDriver, "drivers", &s.Drivers},
		list[forecast.Factor, *forecast.Factor]{forecast.KindFactor, "factors", &s.Factors},
		list[forecast.Loading, *forecast.Loading]{forecast.KindLoading, "loadings", &s.Loadings},
		list[forecast.Correlation, *forecast.Correlation]{forecast.KindCorrelation, "correlations", &s.Correlations},
		list[learning.Contribution, *learning.Contribution]{learning.KindContribution, "contributions", &s.Contributions},
		list[learning.RivalExplanation, *learning.RivalExplanation]{learning.KindRival, "rival_explanations", &s.RivalExplanations},
		list[learning.Hypothesis, *learning.Hypothesis]{learning.KindHypothesis, "hypotheses", &s.Hypotheses},
		list[learning.Experiment, *learning.Experiment]{learning.KindExperiment, "experiments", &s.Experiments},
		list[learning.Evidence, *learning.Evidence]{learning.KindEvidence, "evidence", &s.Evidence},
		list[learning.Lesson, *learning.Lesson]{learning.KindLesson, "lessons", &s.Lessons},
		list[learning.Decision, *learning.Decision]{learning.KindDecision, "decisions", &s.Decisions},
		list[learning.Envelope, *learning.Envelope]{learning.KindEnvelope, "envelopes", &s.Envelopes},
		list[accountability.Duty, *accountability.Duty]{accountability.KindDuty, "duties", &s.Duties},
		list[accountability.Forum, *accountability.Forum]{accountability.KindForum, "forums", &s.Forums},
		list[accountability.Mandate, *accountability.Mandate]{accountability.KindMandate, "mandates", &s.Mandates},
		list[accountability.Freedom, *accountability.Freedom]{accountability.KindFreedom, "freedoms", &s.Freedoms},
		list[accountability.Succession, *accountability.Succession]{accountability.KindSuccession, "successions", &s.Successions},
		list[accountability.Leave, *accountability.Leave]{accountability.KindLeave, "leaves", &s.Leaves},
		list[accountability.Line, *accountability.Line]{accountability.KindLine, "lines", &s.Lines},
		list[accountability.Sharing, *accountability.Sharing]{accountability.KindSharing, "sharings", &s.Sharings},
		list[accountability.Grant, *accountability.Grant]{accountability.KindGrant, "grants", &s.Grants},
		list[accountability.AccountingTest, *accountability.AccountingTest]{accountability.KindTest, "accounting_tests", &s.AccountingTests},
		list[accountability.Direction, *accountability.Direction]{accountability.KindDirection, "directions", &s.Directions},
		list[accountability.Meeting, *accountability.Meeting]{accountability.KindMeeting, "meetings", &s.Meetings},
		list[accountability.Resolution, *accountability.Resolution]{accountability.KindResolution, "resolutions", &s.Resolutions},
		list[accountability.LearningSpace, *accountability.LearningSpace]{accountability.KindSpace, "learning_spaces", &s.LearningSpaces},
		list[funding.Review, *funding.Review]{funding.KindReview, "spending_reviews", &s.SpendingReviews},
		list[funding.Settlement, *funding.Settlement]{funding.KindSettlement, "settlements", &s.Settlements},
		list[funding.Allocation, *funding.Allocation]{funding.KindAllocation, "allocations", &s.Allocations},
		list[funding.Pool, *funding.Pool]{funding.KindPool, "pools", &s.Pools},
		list[funding.Share, *funding.Share]{funding.KindShare, "pool_shares", &s.PoolShares},
		list[Event, *Event]{KindEvent, "events", &s.Events},
		list[Scope, *Scope]{KindScope, "scopes", &s.Scopes},
		list[Cause, *Cause]{KindCause, "causes", &s.Causes},
		list[Condition, *Condition]{KindCondition, "conditions", &s.Conditions},
		list[Relation, *Relation]{KindRelation, "relations", &s.Relations},
		list[Barrier, *Barrier]{KindBarrier, "barriers", &s.Barriers},
		list[Lever, *Lever]{KindLever, "levers", &s.Levers},
		list[Capability, *Capability]{KindCapability, "capabilities", &s.Capabilities},
		list[Reform, *Reform]{KindReform, "reforms", &s.Reforms},
		list[Position, *Position]{KindPosition, "positions", &s.Positions},
		list[Waiver, *Waiver]{KindWaiver, "waivers", &s.Waivers},
	}
}

func (l list[T, P]) kind() record.Kind { return l.k }
func (l list[T, P]) name() string      { return l.n }

func (l list[T, P]) slice() any { return l.records }
func (l list[T, P]) len() int   { return len(*l.records) }

func (l list[T, P]) bases() []*record.Record {
	bases := make([]*record.Record, len(*l.records))
	for i := range *l.records {
		bases[i] = P(&(*l.records)[i]).Base()
	}
	return bases
}

func (l list[T, P]) clone() { *l.records = slices.Clone(*l.records) }

func (l list[T, P]) detach() { *l.records = record.Clone[T, P](*l.records) }

func (l list[T, P]) check(c *record.Check) { record.Add[T, P](c, l.k, l.n, *l.records) }

func (l list[T, P]) append(m recordList) {
	*l.records = append(slices.Clip(*l.records), *m.(list[T, P]).records...)
}

// settle makes every Of name the fact itself, as a check does.
func (l list[T, P]) settle() { record.Settle[T, P](*l.records) }

// replace puts records in the place of those with their ids, and returns those that have no place. The slice must be the
// Spec's own.
func (l list[T, P]) replace(m recordList) (missing []record.Ref) {
	fresh := *m.(list[T, P]).records
	if len(fresh) == 0 {
		return nil
	}
	places := make(map[record.ID]int, len(*l.records))
	for i, b := range l.bases() {
		if _, taken := places[b.ID]; !taken {
			places[b.ID] = i
		}
	}
	for i := range fresh {
		id := P(&fresh[i]).Base().ID
		if at, ok := places[id]; ok {
			(*l.records)[at] = fresh[i]
		} else {
			missing = append(missing, record.Ref{Kind: l.k, ID: id})
		}
	}
	return missing
}

// remove takes out the records that the ids name, by themselves or by their facts, and marks the ids that it found. The slice
// must be the Spec's own.
func (l list[T, P]) remove(ids map[record.ID]bool) {
	kept := (*l.records)[:0]
	for i := range *l.records {
		r := P(&(*l.records)[i]).Base()
		_, byID := ids[r.ID]
		_, byFact := ids[r.Fact()]
		if byID {
			ids[r.ID] = true
		}
		if byFact {
			ids[r.Fact()] = true
		}
		if !byID && !byFact {
			kept = append(kept, (*l.records)[i])
		}
	}
	*l.records = kept
}

// drop takes out the records, and no others of their facts, of whose ids out says so. The slice must be the Spec's own.
func (l list[T, P]) drop(out func(record.ID) bool) {
	*l.records = slices.DeleteFunc(*l.records, func(r T) bool { return out(P(&r).Base().ID) })
}

func (l list[T, P]) view(v *record.View) (removed [3]int) {
	if len(v.Without) > 0 || v.Audience != 0 {
		*l.records, removed = record.Select[T, P](v, *l.records)
	}
	return removed
}

func (l list[T, P]) record(i int) any { return &(*l.records)[i] }

func (l list[T, P]) same(i int, m recordList, j int) bool {
	return reflect.DeepEqual((*l.records)[i], (*m.(list[T, P]).records)[j])
}

// Kinds returns every kind of record, in the order of the document.
func Kinds() []record.Kind {
	var kinds []record.Kind
	for _, l := range new(Spec).lists() {
		kinds = append(kinds, l.kind())
	}
	return kinds
}

// TableOf returns the member of the document that holds the records of a kind, or "" for a kind that there is not.
func TableOf(kind record.Kind) string {
	for _, l := range new(Spec).lists() {
		if l.kind() == kind {
			return l.name()
		}
	}
	return ""
}

// At returns the reference to the record that a path such as "milestones[3].due" leads into; zero if there is none, or if
// it has no id.
func (s *Spec) At(path string) record.Ref {
	name, rest, ok := strings.Cut(path, "[")
	digits, _, closed := strings.Cut(rest, "]")
	i, err := strconv.Atoi(digits)
	if !ok || !closed || err != nil || i < 0 {
		return record.Ref{}
	}
	for _, l := range s.lists() {
		if bases := l.bases(); l.name() == name && i < len(bases) && bases[i].ID != "" {
			return record.Ref{Kind: l.kind(), ID: bases[i].ID}
		}
	}
	return record.Ref{}
}
