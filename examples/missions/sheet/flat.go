package sheet

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// Kinds of note that a flat list of milestones may give rise to.
const (
	ColumnRead    table.NoteKind = "column read as"
	ColumnKept    table.NoteKind = "column not known: kept as an x- member"
	IDMade        table.NoteKind = "id made of the text"
	Blank         table.NoteKind = "read as not given"
	DateRewritten table.NoteKind = "date rewritten"
	DateDoubtful  table.NoteKind = "doubtful: date that may mean another day, read as the first of the two"
	NumberTidied  table.NoteKind = "number rewritten"
	TextTarget    table.NoteKind = "target in words: to be achieved, not counted"
	Assumed       table.NoteKind = "doubtful: no baseline and no direction, so more is taken to be better"
	Level         table.NoteKind = "target equals baseline, so no direction is stated: kept as a target to achieve"
	StatusRead    table.NoteKind = "status read as"
	StatusKept    table.NoteKind = "status in words that are not known: kept as a rating"
	OwnerAsPost   table.NoteKind = "owner taken for a post; if it is a person, record the post and its holding"
	MissionMade   table.NoteKind = "mission made of its name"
)

// flatColumn is a column of a flat list of milestones, with the names that departments give it.
type flatColumn struct {
	member string // the name under which it is known here
	title  string // in the template
	names  []string
	says   string
}

var flatColumns = []flatColumn{
	{"id", "Reference", []string{"id", "ref", "reference", "code", "number", "no", "no.", "#", "milestone id", "milestone ref", "milestone reference"},
		"a short name or number, each once; without it the milestone's name serves"},
	{"name", "Milestone", []string{"name", "milestone", "milestone name", "title", "deliverable", "action", "task"}, "what is to be reached; needed"},
	{"missions", "Mission", []string{"mission", "missions"}, "the missions it belongs to, by name or id"},
	{"department", "Department", []string{"department", "dept", "lead department", "ministry", "organisation", "organization", "org", "body", "agency", "directorate"},
		"who answers for it, if no owner is given; otherwise the organisation that the owner belongs to"},
	{"owner", "Owner", []string{"owner", "milestone owner", "responsible", "lead", "lead official", "accountable", "sro", "senior responsible owner", "responsible owner"},
		"the post that answers for it: Director of Planning. Not a person's name"},
	{"due", "Due date", []string{"due", "due date", "date due", "deadline", "target date", "planned date", "planned completion", "completion date", "delivery date", "end date"},
		"when it is to be reached"},
	{"forecast", "Forecast date", []string{"forecast", "forecast date", "current forecast", "latest forecast", "expected", "expected date", "revised date"},
		"when it is now expected"},
	{"met", "Date met", []string{"met", "met on", "date met", "actual date", "completed on", "date completed", "date achieved"}, "when it was reached"},
	{"status", "Status", []string{"status", "delivery status", "progress"}, "met, scheduled, partially met or not met, or your own word"},
	{"rating", "RAG", []string{"rag", "rag rating", "rag status", "rating", "colour", "color", "confidence", "delivery confidence"}, "a colour or another rating"},
	{"on_day", "Status date", []string{"status date", "as of", "as at", "reported on", "report date", "date of status"}, "the day that status and rating are about"},
	{"indicator", "Indicator", []string{"indicator", "metric", "measure", "kpi"}, "what is counted, where several milestones count the same"},
	{"unit", "Unit", []string{"unit", "units", "unit of measure"}, "percent, homes"},
	{"baseline", "Baseline", []string{"baseline", "baseline value", "start value", "starting point"}, "the value to start from"},
	{"target", "Target", []string{"target", "target value", "goal"}, "the value to reach, or in words what is to be achieved"},
	{"direction", "Direction", []string{"direction"}, "up or down, where the baseline does not tell"},
	{"on", "Depends on", []string{"depends on", "dependency", "dependencies", "needs"}, "the references of the milestones that it cannot do without"},
	{"place", "Place", []string{"place", "location", "area"}, "where it is to hold"},
	{"note", "Note", []string{"note", "notes", "comment", "comments", "remarks", "description", "details"}, "anything else"},
}

// flatHeader is the header of the template.
func flatHeader() []string {
	names := make([]string, len(flatColumns))
	for i, c := range flatColumns {
		names[i] = c.title
	}
	return names
}

// explainFlat says what goes into each column of the flat list.
func explainFlat(b *strings.Builder) {
	b.WriteString("\n## " + FlatFile + "\n\nA row for each milestone. The columns may also be called otherwise; what each was read as is reported.\n\n")
	for _, c := range flatColumns {
		b.WriteString("* `" + c.title + "`: " + c.says + ". Also: " + strings.Join(c.names, ", ") + ".\n")
	}
}

// A SameError says that two columns of a flat list hold the same thing.
type SameError struct{ Column, Other, Member string }

func (e *SameError) Error() string {
	return fmt.Sprintf("the columns %s and %s both read as the milestone's %s: rename the one that is not, or start its name with x- to keep it as it is", table.Quote(e.Other), table.Quote(e.Column), e.Member)
}

// ErrNoFlatName is the cause of a fault in a row of a flat list that names no milestone.
var ErrNoFlatName = errors.New("the row names no milestone: say in words what is to be reached, or empty the row")

// flatList reads one flat list of milestones.
type flatList struct {
	*reader
	t          *table.Table
	source     record.ID
	place      map[string]int    // of each member among the cells
	columns    map[string]string // the column of each member
	aliases    map[string]string // the same, by the members of the records that rows become
	extensions map[int]string
	links      []flatLink
	byName     map[string]record.ID // milestones, by reference as written and by name
}

// flatLink is what one milestone is said to depend on.
type flatLink struct {
	row  table.Row
	from record.ID
	text string
}

func (r *reader) flat(t *table.Table) {
	l := &flatList{
		reader: r, t: t, place: make(map[string]int), columns: make(map[string]string), extensions: make(map[int]string), byName: make(map[string]record.ID),
	}
	if !l.match() {
		return
	}
	l.aliases = maps.Clone(l.columns)
	for member, of := range map[string]string{"at_least": "target", "at_most": "target", "achieve": "target", "post": "owner", "rating": "rating"} {
		l.aliases[member] = l.columns[of]
	}
	r.prepare()
	l.source = r.free(record.KindSource, base(t.Name), "list")
	add(r, "sources", &r.spec.Sources, record.Source{Record: record.New(l.source), Title: t.Name}, origin{table: t, columns: l.aliases})
	for _, row := range t.Rows {
		l.row(flatRow{l, row})
	}
	l.link()
}

// match finds the columns, and reports whether the milestones can be read.
func (l *flatList) match() bool {
	members := make(map[string]string)
	var names []string
	for _, c := range flatColumns {
		for _, name := range append([]string{c.title, c.member}, c.names...) {
			members[table.Fold(name)] = c.member
			names = append(names, table.Fold(name))
		}
	}
	var unknown []int
	for i, name := range l.t.Columns {
		member, ok := members[table.Fold(name)]
		switch other, taken := l.columns[member]; {
		case name == "":
		case ok && taken:
			l.faults = append(l.faults, l.t.Fault(1, 1, name, &SameError{Column: name, Other: other, Member: member}))
		case ok:
			l.columns[member], l.place[member] = name, i
			if table.Fold(name) != table.Fold(member) {
				l.t.Note(table.Note{Row: 1, Line: 1, Column: name, Kind: ColumnRead, Text: name, Became: member})
			}
		case strings.HasPrefix(name, "x-") && len(name) > 2:
			l.extensions[i] = name
		default:
			unknown = append(unknown, i)
		}
	}
	for _, i := range unknown {
		name := l.t.Columns[i]
		near := record.Nearest(table.Fold(name), names)
		if _, filled := l.columns[members[near]]; near != "" && !filled {
			l.faults = append(l.faults, l.t.Fault(1, 1, name, &UnknownColumnError{Column: name, Kind: "list of milestones", Nearest: near}))
			l.columns[members[near]] = name // so that it is not missed as well
			continue
		}
		member := "x-" + string(record.Slug(name))
		if member == "x-" {
			member = "x-column-" + itoa(i+1)
		}
		for n := 2; slices.Contains(values(l.extensions), member); n++ {
			member = "x-" + string(record.Slug(name)) + "-" + itoa(n)
		}
		l.extensions[i] = member
		l.t.Note(table.Note{Row: 1, Line: 1, Column: name, Kind: ColumnKept, Text: name, Became: member})
	}
	if _, ok := l.columns["name"]; !ok {
		l.faults = append(l.faults, l.t.Fault(1, 1, "", &table.MissingError{Column: "Milestone", Have: l.t.Columns}))
		return false
	}
	_, ok := l.place["name"]
	return ok
}

func values(m map[int]string) []string {
	list := make([]string, 0, len(m))
	for _, v := range m {
		list = append(list, v)
	}
	return list
}

// row makes the records of one row.
func (l *flatList) row(row flatRow) {
	name := row.text("name")
	if name == "" {
		row.fault("name", ErrNoFlatName)
		return
	}
	m := milestone.Milestone{Name: name, Place: row.text("place"), Due: row.when("due"), Forecast: row.when("forecast"), Met: row.when("met")}
	m.Record = row.record(row.milestoneID(name))
	m.Note = row.text("note")
	for _, text := range row.list("missions") {
		m.Missions = append(m.Missions, row.mission(text))
	}
	for i := range row.t.Columns {
		if member, ok := l.extensions[i]; ok && row.Cells[i] != "" {
			if m.Extensions == nil {
				m.Extensions = make(record.Extensions)
			}
			m.Extensions[member] = extensionText(row.Cells[i])
		}
	}
	for _, key := range []string{table.Fold(name), table.Fold(row.text("id"))} {
		if _, taken := l.byName[key]; !taken && key != "" {
			l.byName[key] = m.ID
		}
	}
	add(l.reader, "milestones", &l.spec.Milestones, m, row.origin())
	row.target(m.ID, name)
	row.assess(m.ID)
	row.owners(m.ID)
	for _, text := range row.list("on") {
		l.links = append(l.links, flatLink{row: row.Row, from: m.ID, text: text})
	}
}

// link makes the dependencies, once every milestone has been read.
func (l *flatList) link() {
	for _, link := range l.links {
		to, ok := l.byName[table.Fold(link.text)]
		if !ok {
			to = record.ID(link.text)
			if !l.taken[milestone.Ref(to)] {
				names := make([]string, 0, len(l.byName))
				for name := range l.byName {
					names = append(names, name)
				}
				slices.Sort(names)
				l.faults = append(l.faults, l.t.Fault(link.row.Number, link.row.Line, l.columns["on"], &NoMilestoneError{Text: link.text, Nearest: record.Nearest(table.Fold(link.text), names)}))
				continue
			}
		}
		row := flatRow{l, link.row}
		d := milestone.Dependency{Record: row.record(l.free(milestone.KindDependency, string(link.from)+"-needs-"+string(to), "link")), Dependent: milestone.Ref(link.from), On: milestone.Ref(to), Kind: milestone.Needs}
		add(l.reader, "dependencies", &l.spec.Dependencies, d, row.origin())
	}
}

// A NoMilestoneError says that a milestone depends on one that the list does not have.
type NoMilestoneError struct{ Text, Nearest string }

func (e *NoMilestoneError) Error() string {
	s := "no milestone has the reference or name " + table.Quote(e.Text)
	if e.Nearest != "" {
		return s + ": did you mean " + table.Quote(e.Nearest) + "?"
	}
	return s + ": add it to the list, or correct the text"
}

// owners makes who answers for a milestone.
func (r flatRow) owners(id record.ID) {
	var carriers, departments []record.ID
	for _, text := range r.list("department") {
		departments = append(departments, r.party("department", text, accountability.Organisation, ""))
	}
	for _, text := range r.list("owner") {
		of := record.ID("")
		if len(departments) == 1 {
			of = departments[0]
		}
		carriers = append(carriers, r.party("owner", text, accountability.Post, of))
	}
	if len(carriers) == 0 {
		carriers = departments
	}
	for _, post := range carriers {
		d := accountability.Duty{Record: r.record(r.free(accountability.KindDuty, string(id)+"-owner", "owner")), Duty: accountability.MilestoneOwner, Subject: milestone.Ref(id), Post: post}
		add(r.reader, "duties", &r.spec.Duties, d, r.origin())
	}
}

// party returns the party that a text names, and adds it where it is new.
func (r flatRow) party(member, text string, kind accountability.PartyKind, of record.ID) record.ID {
	if id, ok := r.find(accountability.KindParty, text, partyApart(kind, of)); ok {
		return id
	}
	id := r.free(accountability.KindParty, text, member)
	p := accountability.Party{Record: r.record(id), Kind: kind, Name: text, OfParty: of}
	if kind == accountability.Post {
		r.note(member, OwnerAsPost, text, string(id))
	}
	r.know(accountability.KindParty, text, partyApart(kind, of), id)
	add(r.reader, "parties", &r.spec.Parties, p, r.origin())
	return id
}

// mission returns the mission that a text names, and adds it where it is new.
func (r flatRow) mission(text string) record.ID {
	if id, ok := r.find(mission.KindMission, text, ""); ok {
		return id
	}
	id := r.free(mission.KindMission, text, "mission")
	r.note("missions", MissionMade, text, string(id))
	r.know(mission.KindMission, text, "", id)
	add(r.reader, "missions", &r.spec.Missions, mission.Mission{Record: r.record(id), Name: text}, r.origin())
	return id
}
