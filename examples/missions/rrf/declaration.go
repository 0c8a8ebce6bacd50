package rrf

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone"
)

// declarationColumns are the columns of a declaration that are not optional there, followed by those that are compared
// with the programme where a declaration has them.
var declarationColumns = func() []*column {
	columns := []*column{&colCode, &colProgress, &colEvidence}
	for _, c := range declared {
		c.optional = true
		columns = append(columns, c)
	}
	return columns
}()

// declared are the columns that declarations repeat from the programme; here they may be absent.
var declared = func() []*column {
	var columns []*column
	for _, c := range []column{
		colMission, colMissionName, colComponent, colComponentName, colMeasure, colMeasureOther, colMeasureName, colOwner, colKind, colName,
	} {
		columns = append(columns, &c)
	}
	return columns
}()

// declaration reads a list of milestones and targets declared met; n counts the declarations from nought.
func (b *builder) declaration(t *table.Table, n int) table.Faults {
	s, faults := find(t, declarationColumns, &b.report.Notes)
	source := b.declarationSource(t.Name, n)
	if len(faults) > 0 {
		return faults
	}
	attachments := s.attachments()
	seen := make(map[string]bool)
	for _, row := range t.Rows {
		l := line{s, row}
		text := l.name(&colCode)
		if id := idOf(text); id == "" || len(id) > 50 {
			faults = append(faults, t.Fault(row.Number, row.Line, t.Columns[s.place[&colCode]], ErrNoCode))
			continue
		}
		c, ok := b.codes[text]
		if !ok {
			if c = b.undeclared(l, text, source); c == nil {
				faults = append(faults, t.Fault(row.Number, row.Line, t.Columns[s.place[&colCode]], ErrNoName))
				continue
			}
		}
		if seen[text] {
			l.note(&colCode, Again, text, "")
		}
		seen[text] = true
		id := b.free(milestone.KindAssessment, string(source)+"-"+string(c.id), "")
		b.assess(c, l, at(id, source, l), attachments)
	}
	return faults
}

// declarationSource adds a declaration as a source, under an id made of the name of its file.
func (b *builder) declarationSource(name string, n int) record.ID {
	base, _, _ := strings.Cut(name, ".")
	id := record.Slug(plainLetters(base))
	taken := slices.ContainsFunc(b.spec.Sources, func(s record.Source) bool { return s.ID == id })
	if id == "" || len(id) > 40 || taken {
		id = record.ID("declaration-" + itoa(n+1))
	}
	b.source(id, name)
	return id
}

// attachments are the places of the columns "Allegato 1" and so on.
func (s sheet) attachments() []int {
	var places []int
	for i, name := range s.Columns {
		if strings.HasPrefix(table.Fold(name), attachment) {
			places = append(places, i)
		}
	}
	return places
}

// undeclared makes a milestone of a code that the programme does not have; nil where it has no name.
func (b *builder) undeclared(l line, text string, source record.ID) *code {
	title := ""
	for _, col := range declared {
		if col.name == colName.name {
			title = l.name(col)
		}
	}
	if title == "" {
		return nil
	}
	c := &code{id: b.free(milestone.KindMilestone, text, "code"), text: text}
	r := at(c.id, source, l)
	keep(&r, MemberCode, text)
	b.codes[text] = c
	b.order = append(b.order, c)
	b.spec.Milestones = append(b.spec.Milestones, milestone.Milestone{Record: r, Name: title})
	b.spec.Targets = append(b.spec.Targets, milestone.Target{Record: at(c.id, source, l), Milestone: c.id, Achieve: title})
	l.note(&colCode, NotInProgramme, text, string(c.id))
	return c
}

// assess makes the assessment of one row.
func (b *builder) assess(c *code, l line, r record.Record, attachments []int) {
	r.Claimant = Claimant
	r.Note = l.text(&colEvidence)
	keep(&r, MemberAttachments, l.list(attachments))
	b.compare(c, l, &r)
	a := milestone.Assessment{Record: r, Subject: b.subject(c)}
	progress := l.name(&colProgress)
	day, dated := quarterIn(progress)
	if dated {
		a.Status = milestone.Met
		l.note(&colProgress, Quarter, progress, day.String())
	} else {
		a.Rating, a.Scale = progress, colProgress.name
		if a.Status = statusIn(progress); a.Status != 0 {
			l.note(&colProgress, Progress, progress, a.Status.String())
		} else {
			l.note(&colProgress, UnknownStatus, progress, "")
		}
		if day, dated = quarterOfFile(l.Table.Name); dated {
			l.note(&colProgress, NoQuarter, progress, day.String())
		} else {
			l.note(&colProgress, Undated, progress, "")
		}
	}
	if a.Status == 0 && a.Rating == "" {
		a.Rating = "N/A"
	}
	if dated {
		a.OnDay = day
		if day.Latest().After(b.latest) {
			b.latest = day.Latest()
		}
	}
	b.spec.Assessments = append(b.spec.Assessments, a)
	b.report.Declared++
}

// subject is what a declaration about a code speaks of: its target, if that is one to achieve, and else its milestone.
func (b *builder) subject(c *code) record.Ref {
	if b.achieve == nil {
		b.achieve = make(map[record.ID]bool)
	}
	for ; b.looked < len(b.spec.Targets); b.looked++ {
		t := &b.spec.Targets[b.looked]
		b.achieve[t.ID] = t.Achieve != ""
	}
	if b.achieve[c.id] {
		return record.Ref{Kind: milestone.KindTarget, ID: c.id}
	}
	return milestone.Ref(c.id)
}

// list is the cells in several columns that say something.
func (l line) list(places []int) any {
	var texts []string
	for _, i := range places {
		cell := strings.TrimSpace(l.Cells[i])
		if cell != "" && isAbsent(cell) {
			*l.notes = append(*l.notes, table.Note{File: l.Table.Name, Row: l.Number, Line: l.Line, Column: l.Columns[i], Kind: Absent, Text: cell})
			continue
		}
		if cell != "" {
			texts = append(texts, cell)
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return texts
}

// compare keeps what a declaration says otherwise than every row of the programme.
func (b *builder) compare(c *code, l line, r *record.Record) {
	if !c.known {
		all := make(map[string]string)
		for i, name := range l.Columns {
			if name != "" && !isAbsent(strings.TrimSpace(l.Cells[i])) {
				all[name] = l.Cells[i]
			}
		}
		keep(r, MemberDeclared, all)
		return
	}
	differs := make(map[string]string)
	for _, col := range declared {
		i, ok := l.place[col]
		if !ok {
			continue
		}
		said := strings.Join(strings.Fields(l.Cells[i]), " ")
		if !isAbsent(said) && !c.says(col.name, said) {
			differs[col.name] = l.Cells[i]
			l.note(col, Differs, l.Cells[i], "")
		}
	}
	known := make(map[int]bool)
	for _, i := range l.place {
		known[i] = true
	}
	for i, name := range l.Columns {
		if name != "" && !known[i] && !strings.HasPrefix(table.Fold(name), attachment) && !isAbsent(strings.TrimSpace(l.Cells[i])) {
			differs[name] = l.Cells[i]
		}
	}
	if len(differs) > 0 {
		keep(r, MemberDeclared, differs)
	}
}

// says reports whether any row of the code has a text in a column.
func (c *code) says(column, text string) bool {
	for _, l := range c.lines {
		if i := l.Column(column); i >= 0 && strings.Join(strings.Fields(l.Cells[i]), " ") == text {
			return true
		}
	}
	return false
}

// statusIn reads the words in which declarations tell progress.
func statusIn(progress string) milestone.Status {
	words := strings.ToLower(progress)
	switch {
	case strings.HasPrefix(words, "non conseguit"):
		return milestone.NotMet
	case strings.HasPrefix(words, "parzialmente conseguit"):
		return milestone.PartiallyMet
	case strings.HasPrefix(words, "conseguit"):
		return milestone.Met
	case words == "in corso", words == "da conseguire":
		return milestone.Scheduled
	}
	return 0
}
