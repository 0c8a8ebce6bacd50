package mission

import (
	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/milestone/learning"
)

// Format is the format that this release of the library writes.
const Format = "missionled/1"

// Spec is everything recorded about some missions: the table of contents of a document, with a slice for every kind of
// record. It is plain data; [Compile] checks it. The zero Spec is valid and says nothing.
type Spec struct {
	// Schema is where editors find the JSON Schema of the document.
	Schema string `json:"$schema,omitempty"`
	// Format is the format of the document that the Spec was read from; empty means [Format].
	Format string `json:"format"`
	// Namespace is a URL under which the ids are unique. Global ids derive from it.
	Namespace string `json:"namespace,omitempty"`
	Title     string `json:"title,omitempty"`
	// AsOf is the day that the plan speaks of, which programs use unless they are told another.
	AsOf calendar.Date `json:"as_of,omitzero"`

	Days    []record.Day    `json:"days,omitempty"`
	Sources []record.Source `json:"sources,omitempty"`

	Parties  []accountability.Party   `json:"parties,omitempty"`
	Holdings []accountability.Holding `json:"holdings,omitempty"`

	Missions    []Mission    `json:"missions,omitempty"`
	Outcomes    []Outcome    `json:"outcomes,omitempty"`
	Initiatives []Initiative `json:"initiatives,omitempty"`

	Indicators   []milestone.Indicator   `json:"indicators,omitempty"`
	Observations []milestone.Observation `json:"observations,omitempty"`
	Milestones   []milestone.Milestone   `json:"milestones,omitempty"`
	Targets      []milestone.Target      `json:"targets,omitempty"`
	Assessments  []milestone.Assessment  `json:"assessments,omitempty"`
	Dependencies []milestone.Dependency  `json:"dependencies,omitempty"`

	Projects   []milestone.Project  `json:"projects,omitempty"`
	Calendars  []milestone.Calendar `json:"calendars,omitempty"`
	Activities []milestone.Activity `json:"activities,omitempty"`

	Estimates    []forecast.Estimate    `json:"estimates,omitempty"`
	Risks        []forecast.Risk        `json:"risks,omitempty"`
	Drivers      []forecast.Driver      `json:"drivers,omitempty"`
	Factors      []forecast.Factor      `json:"factors,omitempty"`
	Loadings     []forecast.Loading     `json:"loadings,omitempty"`
	Correlations []forecast.Correlation `json:"correlations,omitempty"`

	Contributions     []learning.Contribution     `json:"contributions,omitempty"`
	RivalExplanations []learning.RivalExplanation `json:"rival_explanations,omitempty"`
	Hypotheses        []learning.Hypothesis       `json:"hypotheses,omitempty"`
	Experiments       []learning.Experiment       `json:"experiments,omitempty"`
	Evidence          []learning.Evidence         `json:"evidence,omitempty"`
	Lessons           []learning.Lesson           `json:"lessons,omitempty"`
	Decisions         []learning.Decision         `json:"decisions,omitempty"`
	Envelopes         []learning.Envelope         `json:"envelopes,omitempty"`

	Duties   []accountability.Duty    `json:"duties,omitempty"`
	Forums   []accountability.Forum   `json:"forums,omitempty"`
	Mandates []accountability.Mandate `json:"mandates,omitempty"`
	Freedoms []accountability.Freedom `json:"freedoms,omitempty"`

	Successions     []accountability.Succession     `json:"successions,omitempty"`
	Leaves          []accountability.Leave          `json:"leaves,omitempty"`
	Lines           []accountability.Line           `json:"lines,omitempty"`
	Sharings        []accountability.Sharing        `json:"sharings,omitempty"`
	Grants          []accountability.Grant          `json:"grants,omitempty"`
	AccountingTests []accountability.AccountingTest `json:"accounting_tests,omitempty"`
	Directions      []accountability.Direction      `json:"directions,omitempty"`
	Meetings        []accountability.Meeting        `json:"meetings,omitempty"`
	Resolutions     []accountability.Resolution     `json:"resolutions,omitempty"`
	LearningSpaces  []accountability.LearningSpace  `json:"learning_spaces,omitempty"`

	SpendingReviews []funding.Review     `json:"spending_reviews,omitempty"`
	Settlements     []funding.Settlement `json:"settlements,omitempty"`
	Allocations     []funding.Allocation `json:"allocations,omitempty"`
	Pools           []funding.Pool       `json:"pools,omitempty"`
	PoolShares      []funding.Share      `json:"pool_shares,omitempty"`

	Events []Event `json:"events,omitempty"`

	Scopes       []Scope      `json:"scopes,omitempty"`
	Causes       []Cause      `json:"causes,omitempty"`
	Conditions   []Condition  `json:"conditions,omitempty"`
	Relations    []Relation   `json:"relations,omitempty"`
	Barriers     []Barrier    `json:"barriers,omitempty"`
	Levers       []Lever      `json:"levers,omitempty"`
	Capabilities []Capability `json:"capabilities,omitempty"`
	Reforms      []Reform     `json:"reforms,omitempty"`
	Positions    []Position   `json:"positions,omitempty"`
	Waivers      []Waiver     `json:"waivers,omitempty"`

	// Extensions are members of the document whose names start with "x-".
	Extensions record.Extensions `json:"-" document:"extensions"`
}
