package rrf

import (
	"errors"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// Causes of faults in a row.
var (
	ErrNoCode    = errors.New("the row has no code, so nothing can be told of it: give it the code of its milestone or target, or delete the row")
	ErrNoID      = errors.New("the code has no letter or digit to make an id of: correct it")
	ErrLongCode  = errors.New("the code has more than 50 letters, which makes no id: shorten it")
	ErrNoName    = errors.New("it has no name: say in words what is to be reached")
	ErrNoMission = errors.New("the row names no mission: give it the mission's code, such as M1")
)

const programmeSource record.ID = "pnrr-programme"

// steady are the columns that all rows of one code share. Of the rest, each row has its own.
var steady = []*column{
	&colKind, &colName, &colDescription, &colMark, &colIndicator, &colUnit, &colBaseline, &colGoal, &colQuarter, &colYear,
	&colVerification, &colFurther,
}

// programme reads the list of milestones and targets.
func (b *builder) programme(t *table.Table) table.Faults {
	s, faults := find(t, programmeColumns, &b.report.Notes)
	b.source(programmeSource, t.Name)
	if len(faults) > 0 {
		return faults
	}
	other := b.otherColumns(s)
	ids := make(map[record.ID]string)
	for _, row := range t.Rows {
		l := line{s, row}
		b.report.Rows++
		text := l.name(&colCode)
		id := idOf(text)
		switch taken, ok := ids[id]; {
		case text == "":
			faults = append(faults, t.Fault(row.Number, row.Line, t.Columns[s.place[&colCode]], ErrNoCode))
			continue
		case id == "":
			faults = append(faults, t.Fault(row.Number, row.Line, t.Columns[s.place[&colCode]], ErrNoID))
			continue
		case len(id) > 50:
			faults = append(faults, t.Fault(row.Number, row.Line, t.Columns[s.place[&colCode]], ErrLongCode))
			continue
		case ok && taken != text:
			faults = append(faults, t.Fault(row.Number, row.Line, t.Columns[s.place[&colCode]], &ClashError{Code: text, Other: taken}))
			continue
		}
		ids[id] = text
		if l.raw(&colMission) == "" || isAbsent(l.raw(&colMission)) {
			faults = append(faults, t.Fault(row.Number, row.Line, t.Columns[s.place[&colMission]], ErrNoMission))
			continue
		}
		c, seen := b.codes[text]
		if !seen {
			c = &code{id: id, text: text, known: true}
			b.codes[text], b.taken[milestone.Ref(id)] = c, true
			b.order = append(b.order, c)
		}
		b.row(c, l, other)
		step := b.milestone(c, l)
		if step.milestone.Name == "" {
			faults = append(faults, t.Fault(row.Number, row.Line, t.Columns[s.place[&colName]], ErrNoName))
		}
		if !seen {
			b.add(step)
		}
	}
	return faults
}

// A ClashError says that two codes differ only in letters that ids do not tell apart.
type ClashError struct{ Code, Other string }

func (e *ClashError) Error() string {
	return "the codes " + table.Quote(e.Code) + " and " + table.Quote(e.Other) + " cannot be told apart once they are ids: write them alike, or make them differ in a letter or digit"
}

// source adds a file as a source.
func (b *builder) source(id record.ID, name string) {
	b.spec.Sources = append(b.spec.Sources, record.Source{
		Record: record.Record{ID: id, Grade: record.Document}, Title: name, Publisher: "Italia Domani",
	})
}

// at is the shared part of a record that rests on one row.
func at(id, source record.ID, l line) record.Record {
	return record.Sourced(id, source, "row "+itoa(l.Number), record.Document)
}

// otherColumns are the places of columns that nobody here knows.
func (b *builder) otherColumns(s sheet) []int {
	var other []int
	for i, name := range s.Columns {
		known := name == ""
		for _, place := range s.place {
			known = known || place == i
		}
		if !known {
			other = append(other, i)
			b.report.Notes = append(b.report.Notes, table.Note{File: s.Table.Name, Row: 1, Line: 1, Column: name, Kind: OtherColumn})
		}
	}
	return other
}

// row reads what each row of a code has of its own, and compares the rest with the first row.
func (b *builder) row(c *code, l line, other []int) {
	entry := rowEntry{Row: l.Number, Measure: l.plain(&colMeasure), Submeasure: l.plain(&colSubmeasure), Owner: l.name(&colOwner)}
	b.place(l, &entry)
	for _, i := range other {
		if entry.Other == nil {
			entry.Other = make(map[string]string)
		}
		entry.Other[l.Columns[i]] = l.Cells[i]
	}
	if len(c.rows) > 0 {
		l.note(&colCode, Repeats, c.text, "")
		for _, col := range steady {
			if i, ok := l.sheet.place[col]; ok && l.Cells[i] != c.lines[0].Cells[i] {
				entry.differ(l, col, c.lines[0].Cells[i])
			}
		}
	}
	b.owner(c, l, entry)
	b.work(l, &entry)
	c.rows, c.lines = append(c.rows, entry), append(c.lines, l)
	b.count(l)
}

// count keeps the figures of the report that are about rows, and notes what each cell was read as.
func (b *builder) count(l line) {
	if l.raw(&colMark) == EU {
		b.report.EURows++
	}
	if !strings.EqualFold(l.raw(&colKind), "Target") {
		b.report.Milestones++
		return
	}
	b.report.Targets++
	from, ok := italian(l.raw(&colBaseline))
	to, ok2 := italian(l.raw(&colGoal))
	switch {
	case !ok || !ok2:
		b.report.Unread++
	case to > from:
		b.report.Rise++
	case to < from:
		b.report.Fall++
	default:
		b.report.Equal++
	}
}

func italian(s string) (float64, bool) {
	if !italianNumber.MatchString(s) {
		return 0, false
	}
	q, err := record.ParseQuantity(strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", "."))
	return q.Float(), err == nil
}

// owner adds the administration of a row to the owners of a code.
func (b *builder) owner(c *code, l line, entry rowEntry) {
	if entry.Owner == "" {
		return
	}
	party, ok := b.parties[entry.Owner]
	if !ok {
		party = b.free(accountability.KindParty, entry.Owner, "administration")
		b.parties[entry.Owner] = party
		b.spec.Parties = append(b.spec.Parties, accountability.Party{Record: at(party, programmeSource, l), Kind: accountability.Organisation, Name: entry.Owner})
		b.report.Administrations++
	}
	part := entry.Submeasure
	if part == "" {
		part = entry.Measure
	}
	for i := range c.owners {
		if c.owners[i].party == party {
			if !slices.Contains(c.owners[i].parts, part) {
				c.owners[i].parts = append(c.owners[i].parts, part)
			}
			return
		}
	}
	if len(c.owners) > 0 {
		l.note(&colOwner, SecondOwner, entry.Owner, "")
	}
	c.owners = append(c.owners, owner{party, []string{part}, l.Number})
}

// work notes which administration does the work of a row's initiatives.
func (b *builder) work(l line, entry *rowEntry) {
	by, ok := b.parties[entry.Owner]
	if !ok {
		return
	}
	for _, level := range []struct {
		name string
		code *column
	}{{"component", &colComponent}, {"measure", &colMeasure}, {"submeasure", &colSubmeasure}} {
		i, ok := b.initiatives[level.name+" "+l.plain(level.code)]
		if !ok {
			continue
		}
		if b.workers == nil {
			b.workers = make(map[int][]record.ID)
		}
		if !slices.Contains(b.workers[i], by) {
			b.workers[i] = append(b.workers[i], by)
		}
	}
}

// places are the columns that say where a row belongs.
var places = []*column{
	&colMission, &colMissionName, &colComponent, &colComponentName, &colMeasure, &colMeasureOther, &colMeasureName, &colSubmeasure,
	&colSubmeasureOther, &colCID, &colSubmeasureName,
}

// place adds the mission, component, measure and sub-measure of a row where they are new, and keeps with the row what it
// calls otherwise than the first row did.
func (b *builder) place(l line, entry *rowEntry) {
	for _, c := range places {
		l.name(c) // for its notes
	}
	of := b.mission(l)
	i := slices.IndexFunc(b.spec.Missions, func(m mission.Mission) bool { return m.ID == of })
	b.called(l, &colMissionName, b.spec.Missions[i].Name, entry)
	partOf := l.plain(&colMission)
	for _, level := range []struct {
		name         string
		code, second *column
		title        *column
		count        *int
	}{
		{"component", &colComponent, nil, &colComponentName, &b.report.Components},
		{"measure", &colMeasure, &colMeasureOther, &colMeasureName, &b.report.Measures},
		{"submeasure", &colSubmeasure, &colSubmeasureOther, &colSubmeasureName, &b.report.Submeasures},
	} {
		text := l.plain(level.code)
		if text == "" {
			continue
		}
		n := b.initiative(l, level.name, text, of, level.count)
		if n.Name == "" {
			if n.Name = l.plain(level.title); n.Name == "" {
				n.Name = text
			}
			keep(&n.Record, MemberPartOf, partOf)
		}
		b.called(l, level.title, n.Name, entry)
		b.second(l, level.second, MemberOtherCode, text, n, entry)
		if level.name == "submeasure" {
			b.second(l, &colCID, MemberCID, "", n, entry)
		}
		partOf = text
	}
}

// called keeps a name with its row where it is not the one that the first row gave.
func (b *builder) called(l line, c *column, first string, entry *rowEntry) {
	if said := l.plain(c); said != "" && said != first {
		entry.differ(l, c, first)
	}
}

// second keeps a further code of an initiative as a member, unless it is the same as the first code.
func (b *builder) second(l line, c *column, member, same string, n *mission.Initiative, entry *rowEntry) {
	if c == nil {
		return
	}
	said := l.plain(c)
	switch kept := n.Extensions[member]; {
	case said == "" || said == same && kept == "":
	case kept == "":
		keep(&n.Record, member, said)
	case kept != jsonText(said):
		entry.differ(l, c, kept)
	}
}

// differ keeps a cell that differs from what an earlier row says.
func (e *rowEntry) differ(l line, c *column, first string) {
	if e.Differs == nil {
		e.Differs = make(map[string]string)
	}
	cell := l.Cells[l.sheet.place[c]]
	e.Differs[c.name] = cell
	l.note(c, RowsDiffer, cell, first)
}

// mission returns the mission of a row, and adds it where it is new.
func (b *builder) mission(l line) record.ID {
	text := l.plain(&colMission)
	id, ok := b.missions[text]
	if !ok {
		id = b.free(mission.KindMission, text, "mission")
		b.missions[text] = id
		r := at(id, programmeSource, l)
		keep(&r, MemberCode, text)
		title := l.plain(&colMissionName)
		if title == "" {
			title = text
		}
		b.spec.Missions = append(b.spec.Missions, mission.Mission{Record: r, Name: title})
		b.report.Missions++
	}
	return id
}

// initiative returns the initiative with a code on a level, and adds it, still without a name, where it is new.
func (b *builder) initiative(l line, level, text string, of record.ID, count *int) *mission.Initiative {
	key := level + " " + text
	i, ok := b.initiatives[key]
	if !ok {
		id := b.free(mission.KindInitiative, text, level)
		r := at(id, programmeSource, l)
		keep(&r, MemberCode, text)
		keep(&r, MemberLevel, level)
		i = len(b.spec.Initiatives)
		b.initiatives[key] = i
		b.spec.Initiatives = append(b.spec.Initiatives, mission.Initiative{Record: r, Status: mission.MissionWork})
		*count++
	}
	n := &b.spec.Initiatives[i]
	if !slices.Contains(n.Missions, of) {
		n.Missions = append(n.Missions, of)
	}
	return n
}

// step is what one row makes of a code.
type step struct {
	milestone milestone.Milestone
	target    milestone.Target
	indicator *milestone.Indicator // of a code that is counted
}

// add adds the records of a code that is new.
func (b *builder) add(s step) {
	b.spec.Milestones = append(b.spec.Milestones, s.milestone)
	b.spec.Targets = append(b.spec.Targets, s.target)
	if s.indicator != nil {
		b.spec.Indicators = append(b.spec.Indicators, *s.indicator)
	}
	if member(&s.milestone.Record, MemberMark) == EU {
		b.report.EUCodes++
	}
}

// milestone reads the milestone of a row, its target and its indicator. It is called for every row, so that every cell is
// noted; of the rows of one code, the first is kept.
func (b *builder) milestone(c *code, l line) step {
	m := milestone.Milestone{Record: at(c.id, programmeSource, l), Name: l.name(&colName), Missions: []record.ID{b.mission(l)}}
	m.Note = l.text(&colDescription)
	var raw string
	if m.Due, raw = l.due(); raw != "" {
		keep(&m.Record, MemberDue, raw)
	}
	keep(&m.Record, MemberCode, c.text)
	mark := l.name(&colMark)
	if mark != EU && mark != Italy && mark != "" {
		l.note(&colMark, UnknownMark, mark, "")
	}
	keep(&m.Record, MemberMark, mark)
	kind := l.name(&colKind)
	keep(&m.Record, MemberKind, kind)
	keep(&m.Record, MemberVerification, l.text(&colVerification))
	keep(&m.Record, MemberFurther, l.text(&colFurther))
	s := step{milestone: m}
	if strings.EqualFold(kind, "Target") {
		s.target, s.indicator = counted(c, l, m.Name)
		return s
	}
	if !strings.EqualFold(kind, "Milestone") {
		l.note(&colKind, UnknownKind, kind, "Milestone")
	}
	s.target = qualitative(c, l, m.Name)
	return s
}

// qualitative reads the target of a milestone that is reached or not.
func qualitative(c *code, l line, name string) milestone.Target {
	t := milestone.Target{Record: at(c.id, programmeSource, l), Milestone: c.id, Achieve: l.text(&colIndicator)}
	if t.Achieve == "" {
		t.Achieve = name
	}
	stray := func(col *column, member string) {
		switch raw := l.raw(col); {
		case isAbsent(raw):
			l.text(col) // for its note
		case raw == "0":
			l.note(col, NoNumber, raw, "")
		default:
			keep(&t.Record, member, raw)
			l.note(col, StrayNumber, raw, "")
		}
	}
	stray(&colBaseline, MemberBaseline)
	stray(&colGoal, MemberGoal)
	stray(&colUnit, MemberUnit)
	return t
}

// counted reads the target and the indicator of a code that is counted.
func counted(c *code, l line, name string) (milestone.Target, *milestone.Indicator) {
	n := &milestone.Indicator{Record: at(c.id, programmeSource, l), Name: name, Unit: l.name(&colUnit)}
	t := milestone.Target{Record: at(c.id, programmeSource, l), Milestone: c.id, Indicator: c.id}
	keep(&t.Record, MemberIndicator, l.text(&colIndicator))
	from, rawFrom, okFrom := l.number(&colBaseline)
	to, rawTo, okTo := l.number(&colGoal)
	t.Baseline = from
	if !okFrom {
		l.unread(&colBaseline, rawFrom)
		keep(&t.Record, MemberBaseline, rawFrom)
	}
	switch {
	case !okTo || !okFrom:
		t.Achieve = name
		keep(&t.Record, MemberGoal, rawTo)
		if !okTo {
			l.unread(&colGoal, rawTo)
		}
	case to.Float() > from.Float():
		n.Direction, t.AtLeast = milestone.Up, to
	case to.Float() < from.Float():
		n.Direction, t.AtMost = milestone.Down, to
	default:
		t.Achieve = name
		keep(&t.Record, MemberGoal, rawTo)
		l.note(&colGoal, EqualGoal, rawTo, "")
	}
	if strings.EqualFold(n.Unit, "Percentuale") {
		if from.Float() > 100 {
			l.note(&colBaseline, MixedUnits, rawFrom, "")
		}
		if to.Float() > 100 {
			l.note(&colGoal, MixedUnits, rawTo, "")
		}
	}
	return t, n
}

// unread notes a number that cannot be read.
func (l line) unread(c *column, raw string) {
	if isAbsent(raw) {
		l.text(c) // for its note
		return
	}
	l.note(c, Unreadable, raw, "")
}

// finish writes what is known only once every row has been read.
func (b *builder) finish() {
	place := make(map[record.ID]int, len(b.spec.Milestones))
	for i := range b.spec.Milestones {
		place[b.spec.Milestones[i].ID] = i
	}
	for _, c := range b.order {
		m := &b.spec.Milestones[place[c.id]]
		if c.known {
			b.report.Codes++
			keep(&m.Record, MemberRows, c.rows)
			if len(c.rows) > 1 {
				b.report.Repeated++
			}
			if len(c.owners) > 1 {
				b.report.Shared++
			}
		}
		for n := range c.owners {
			b.spec.Duties = append(b.spec.Duties, c.ownerDuty(n, record.Sourced("", m.Source, m.At, record.Document)))
		}
	}
	for i := range b.spec.Initiatives {
		if by := b.workers[i]; len(by) == 1 {
			b.spec.Initiatives[i].By = by[0]
		}
	}
	b.spec.AsOf = b.latest
}
