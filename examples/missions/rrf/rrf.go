// Package rrf reads Italy's recovery plan (PNRR) into the records of a mission plan: the list of its milestones and
// targets, as Italia Domani publishes it in open data, and the lists of those that were declared met.
//
// # What becomes what
//
//   - A mission (M1 to M6) becomes a mission; a component, a measure and a sub-measure become initiatives of it, whose
//     member x-rrf-level says which and x-rrf-part-of of what.
//   - A code becomes one milestone, however many rows it has: a row says which sub-measure the code belongs to and which
//     administration owns it there, and repeats everything else. The member x-rrf-rows keeps the rows.
//   - A code of the type Target becomes a target that is counted, with its indicator: at_least where the goal is above the
//     baseline, at_most where it is below. Where the two are equal the file does not say which way is better, so the
//     target is one to achieve, with goal and unit beside it. A code of the type Milestone is a target to achieve.
//   - An administration becomes an organisation that carries the duty of milestone owner. Where rows of one code name
//     different ones, they share it, and each duty says for which sub-measures. It is named as doing the work of those
//     initiatives of which it owns every milestone.
//   - A declaration becomes an assessment, by the government, of the milestone's target where it is one to achieve, and
//     otherwise of the milestone: a claim that it was met never counts as a measurement.
//
// Ids are the codes in lower case. What has no place among the members of a record is kept in members that start with
// "x-rrf-"; [Report] tells of every cell that was mended, read as something else, or kept without being understood.
// Nothing is inferred from the wording of names.
package rrf

import (
	"io"
	"path"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Namespace is the namespace of the plans that [Read] returns.
const Namespace = "https://www.italiadomani.gov.it/pnrr"

// Claimant is who claims what the declarations say.
const Claimant = "Governo italiano (Italia Domani)"

// Members of records that keep what the files say and the records have no member for. Their values are JSON.
const (
	MemberCode         = "x-rrf-code"         // of a milestone or initiative: the code as it is written
	MemberMark         = "x-rrf-mark"         // of a milestone: UE (agreed with the European Union) or ITA (Italy's own)
	MemberKind         = "x-rrf-kind"         // of a milestone: Milestone or Target
	MemberRows         = "x-rrf-rows"         // of a milestone: its rows, with row number, measure, sub-measure and owner
	MemberVerification = "x-rrf-verification" // of a milestone: how it is to be verified
	MemberFurther      = "x-rrf-further"      // of a milestone: what the operational arrangements add
	MemberDue          = "x-rrf-due"          // of a milestone: quarter and year where they are no date
	MemberIndicator    = "x-rrf-indicator"    // of a target that is counted: its qualitative indicator
	MemberBaseline     = "x-rrf-baseline"     // of a target: a baseline that is not carried as a number
	MemberGoal         = "x-rrf-goal"         // of a target: a goal that is not carried as a number
	MemberUnit         = "x-rrf-unit"         // of a target: the unit of such a number
	MemberLevel        = "x-rrf-level"        // of an initiative: component, measure or submeasure
	MemberPartOf       = "x-rrf-part-of"      // of an initiative: the code of what it is part of
	MemberOtherCode    = "x-rrf-other-code"   // of an initiative: its code in the second spelling, such as M1C1I1.6
	MemberCID          = "x-rrf-cid"          // of a sub-measure: its code in the Council's implementing decision
	MemberDeclared     = "x-rrf-declared"     // of an assessment: what the declaration says otherwise than the programme
	MemberAttachments  = "x-rrf-attachments"  // of an assessment: the documents that the declaration names
)

// The marks of a milestone.
const (
	EU    = "UE"  // agreed with the European Union; payments hang on it
	Italy = "ITA" // set by Italy for itself
)

// Report says what [Read] found and what it did with it.
type Report struct {
	// Rows counts the rows of the programme, Codes the distinct codes in them, Repeated the codes with several rows, and
	// Shared the codes with several owners.
	Rows, Codes, Repeated, Shared int
	// Missions, Components, Measures, Submeasures and Administrations count what the programme names.
	Missions, Components, Measures, Submeasures, Administrations int
	// EURows and EUCodes count the rows and codes that are marked [EU].
	EURows, EUCodes int
	// Milestones and Targets count the rows of either type. Rise, Fall and Equal count the rows of type Target whose goal
	// lies above, below and at their baseline; Unread those of which either is no number.
	Milestones, Targets, Rise, Fall, Equal, Unread int
	// Declared counts the declarations that were carried over.
	Declared int
	// Notes are what was mended, read as something else, or kept without being understood: one for each cell, in the
	// order of the files and rows.
	Notes []table.Note
}

// Kinds counts the notes by kind.
func (r *Report) Kinds() []table.KindCount { return table.CountKinds(r.Notes) }

// Kinds of note.
const (
	Absent         table.NoteKind = "N/A read as not stated"
	ItalianNumber  table.NoteKind = "Italian number rewritten"
	Thousands      table.NoteKind = "doubtful: a point before three digits read as a separator of thousands"
	Quarter        table.NoteKind = "quarter and year read as a date"
	NoNumber       table.NoteKind = "0 of a milestone that is not counted read as no number"
	StrayNumber    table.NoteKind = "number of a milestone that is not counted kept aside"
	Unreadable     table.NoteKind = "not readable, kept as text"
	EqualGoal      table.NoteKind = "goal equals baseline, so no direction is stated: kept as a target to achieve"
	MixedUnits     table.NoteKind = "doubtful: a percentage above 100; baseline and goal may have different units"
	Repeats        table.NoteKind = "further row of the same code: one milestone, its rows kept"
	SecondOwner    table.NoteKind = "further owner of the same code: the duty is shared"
	RowsDiffer     table.NoteKind = "rows of one code differ: the first stands, the other is kept with its row"
	UnknownKind    table.NoteKind = "unknown type of milestone, taken as one that is not counted"
	UnknownMark    table.NoteKind = "unknown mark kept as it is"
	NoColumn       table.NoteKind = "column absent from this release"
	OtherColumn    table.NoteKind = "unknown column kept with its rows"
	Differs        table.NoteKind = "declaration differs from the programme: both kept"
	NotInProgramme table.NoteKind = "code declared but not in the programme: a milestone without a date made for it"
	NoQuarter      table.NoteKind = "declaration without a quarter of its own: the quarter in the name of the file taken"
	Undated        table.NoteKind = "declaration without a quarter, in itself and in the name of its file: left undated"
	Progress       table.NoteKind = "progress told in words read as a status"
	UnknownStatus  table.NoteKind = "progress told in words that are not known: kept as a rating"
	Again          table.NoteKind = "code declared twice in one file: both kept"
)

// Read reads the programme and any number of declarations. A reader with a method Name, such as an [os.File], is known by
// the last part of that name in messages and as a source; a declaration that states no quarter takes the one in its name
// ("MeT_Attuazione_2022-T2.csv").
//
// The error is [table.Faults]: every fault of every file at once. Records come in the order in which the files first name
// them. The Spec's day is the last of the latest quarter declared. Read takes time linear in the files.
func Read(programme io.Reader, met ...io.Reader) (mission.Spec, Report, error) {
	b := &builder{
		missions:    make(map[string]record.ID),
		initiatives: make(map[string]int),
		parties:     make(map[string]record.ID),
		taken:       make(map[record.Ref]bool),
		numbers:     make(map[record.Ref]int),
		codes:       make(map[string]*code),
	}
	b.spec.Format, b.spec.Namespace = mission.Format, Namespace
	b.spec.Title = "Piano nazionale di ripresa e resilienza (PNRR)"

	t, err := table.Read(name(programme, "programme"), programme)
	faults, err := merge(nil, err)
	if err != nil {
		return mission.Spec{}, Report{}, err
	}
	if t != nil {
		faults = append(faults, b.programme(t)...)
	}
	for i, r := range met {
		t, err := table.Read(name(r, "declaration "+itoa(i+1)), r)
		if faults, err = merge(faults, err); err != nil {
			return mission.Spec{}, Report{}, err
		}
		if t != nil {
			faults = append(faults, b.declaration(t, i)...)
		}
	}
	if len(faults) > 0 {
		return mission.Spec{}, Report{}, faults
	}
	b.finish()
	return b.spec, b.report, nil
}

// merge adds the faults in err to a list; an err of any other kind comes back.
func merge(faults table.Faults, err error) (table.Faults, error) {
	if found, ok := err.(table.Faults); ok {
		return append(faults, found...), nil
	}
	return faults, err
}

// Named returns a reader that [Read] knows by a name.
func Named(name string, r io.Reader) io.Reader { return named{r, name} }

type named struct {
	io.Reader
	name string
}

func (n named) Name() string { return n.name }

// name is the last part of a reader's name, or a name for one that has none.
func name(r io.Reader, otherwise string) string {
	n, ok := r.(interface{ Name() string })
	if !ok {
		return otherwise
	}
	if base := path.Base(strings.ReplaceAll(n.Name(), "\\", "/")); base != "." && base != "/" {
		return base
	}
	return otherwise
}

// builder gathers the records. The zero builder is not ready.
type builder struct {
	spec   mission.Spec
	report Report

	missions    map[string]record.ID // by code
	initiatives map[string]int       // places in the Spec, by code
	parties     map[string]record.ID // by name
	taken       map[record.Ref]bool
	numbers     map[record.Ref]int // the last number put behind an id that was taken
	codes       map[string]*code
	order       []*code
	workers     map[int][]record.ID // the administrations that own something of an initiative, by its place
	latest      calendar.Date       // the last day of the latest quarter declared

	achieve map[record.ID]bool // targets to achieve, of the first looked of the Spec's targets
	looked  int
}

// free returns an id that no record of a kind has yet, and takes it: the text itself as an id, or with a number behind it.
func (b *builder) free(kind record.Kind, text, otherwise string) record.ID {
	id := idOf(text)
	if len(id) > maxID {
		id = record.ID(strings.TrimRight(string(id[:maxID]), "-._"))
	}
	if id == "" {
		id = record.ID(otherwise)
	}
	base := record.Ref{Kind: kind, ID: id}
	for b.taken[record.Ref{Kind: kind, ID: id}] {
		b.numbers[base] = max(b.numbers[base]+1, 2)
		id = base.ID + record.ID("-"+itoa(b.numbers[base]))
	}
	b.taken[record.Ref{Kind: kind, ID: id}] = true
	return id
}

// maxID is the length of the longest id made of a name, in bytes; numbers and words still fit behind it.
const maxID = 90

// code is what the rows of one code say.
type code struct {
	id     record.ID
	text   string // the code as it is written
	lines  []line // its rows in the programme
	rows   []rowEntry
	owners []owner
	known  bool // in the programme
}

type owner struct {
	party record.ID
	parts []string // sub-measures
	row   int      // the first that names it
}

// rowEntry is one element of the member x-rrf-rows.
type rowEntry struct {
	Row        int    `json:"row"`
	Measure    string `json:"measure,omitempty"`
	Submeasure string `json:"submeasure,omitempty"`
	Owner      string `json:"owner,omitempty"`
	// Differs holds the cells that differ from those of the first row of the code, and Other those of columns that nobody
	// here knows, by column.
	Differs map[string]string `json:"differs,omitempty"`
	Other   map[string]string `json:"other,omitempty"`
}

// ownerDuty is the duty of one of a code's owners; n counts from nought.
func (c *code) ownerDuty(n int, at record.Record) accountability.Duty {
	o := c.owners[n]
	id := c.id + "-owner"
	if n > 0 {
		id += record.ID("-" + itoa(n+1))
	}
	at.ID, at.At = id, "row "+itoa(o.row)
	d := accountability.Duty{Record: at, Duty: accountability.MilestoneOwner, Subject: milestone.Ref(c.id), Post: o.party}
	if len(c.owners) > 1 {
		d.Part = "sub-measure " + strings.Join(o.parts, ", ")
		if len(o.parts) > 1 {
			d.Part = "sub-measures " + strings.Join(o.parts, ", ")
		}
	}
	return d
}
