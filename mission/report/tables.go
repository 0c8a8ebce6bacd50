package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
)

// tablePart is a small table of records of one sort.
type tablePart struct {
	Caption string
	Head    string // over the names
	Many    string // how many rows are folded away; empty where they are shown at once
	Rows    []lineRow
}

// newTable makes a table, and folds away the rows of a long one.
func newTable(caption, head string, rows []lineRow) tablePart {
	t := tablePart{Caption: caption, Head: head, Rows: rows}
	if n := len(rows); n > mostEvents {
		t.Many = caption + ": " + grouped(strconv.Itoa(n))
	}
	return t
}

// filled leaves out the tables without rows.
func filled(tables ...tablePart) []tablePart {
	tables = slices.DeleteFunc(tables, func(t tablePart) bool { return len(t.Rows) == 0 })
	if len(tables) == 0 {
		return nil
	}
	return tables
}

// mostNamed is how many records one line names.
const mostNamed = 8

// namesOf joins the names of records, of many the first few.
func (s *scribe) namesOf(refs []record.Ref) string {
	var names []string
	for i, ref := range refs {
		if i == mostNamed && len(refs) > mostNamed+1 {
			names = append(names, grouped(strconv.Itoa(len(refs)-i))+" more")
			break
		}
		names = append(names, s.name(ref))
	}
	return listed(names)
}

// spoken joins short texts of the plan.
func spoken(list []string) string {
	var texts []string
	for i, t := range list {
		if i == mostNamed && len(list) > mostNamed+1 {
			texts = append(texts, grouped(strconv.Itoa(len(list)-i))+" more")
			break
		}
		if t = clean(t, longName); t != "" {
			texts = append(texts, t)
		}
	}
	return strings.Join(texts, "; ")
}

// registers are the acts of those who decide and answer: what was resolved, granted, tested, directed and handed on.
func (s *scribe) registers() []tablePart {
	return filled(
		newTable("Decisions", "Decision", s.resolutions()),
		newTable("Meetings", "Meeting", s.meetingRows()),
		newTable("Grants of authority", "To whom", s.grants()),
		newTable("Tests by accounting officers", "What was tested", s.tests()),
		newTable("Directions by ministers", "What about", s.directions()),
		newTable("Mergers, renamings and transfers", "What went over", s.successions()),
	)
}

func (s *scribe) resolutions() []lineRow {
	var rows []lineRow
	seen := make(map[record.ID]bool)
	for i := range s.spec.Resolutions {
		meeting := s.spec.Resolutions[i].Meeting
		if seen[meeting] {
			continue
		}
		seen[meeting] = true
		for _, c := range s.register.Resolutions(meeting, s.at) {
			r := c.Record
			row := lineRow{Name: clean(r.Decided, longText), Subject: s.place(r.Subject), From: s.origin(&r.Record)}
			if row.Name == "" {
				row.Name = "What was decided is not recorded"
			}
			add := row.adder()
			if r.Meeting != "" {
				add("At", s.meetingName(r.Meeting))
			}
			if r.By != "" {
				add("By", s.party(r.By).name)
			}
			if !r.OnDay.IsZero() {
				add("On", s.when(r.OnDay, false))
			}
			add("In the way stood", r.Barrier)
			if !r.Removed.IsZero() {
				add("Taken away by it", yesNo(r.Removed))
			}
			add("It rested on", s.namesOf(r.Relied))
			rows = append(rows, row)
		}
	}
	return rows
}

// meetingName names a meeting by its forum and its day.
func (s *scribe) meetingName(id record.ID) string {
	if s.met == nil {
		s.met = make(map[record.ID]*accountability.Meeting)
		for i := range s.spec.Meetings {
			m := &s.spec.Meetings[i]
			for _, id := range []record.ID{m.ID, m.Fact()} {
				if s.met[id] == nil {
					s.met[id] = m
				}
			}
		}
	}
	m := s.met[id]
	if m == nil {
		return "a meeting that this view leaves out"
	}
	text := "a meeting"
	if m.Forum != "" {
		text += " of " + s.name(record.Ref{Kind: accountability.KindForum, ID: m.Forum})
	}
	if !m.OnDay.IsZero() {
		text += ", " + s.when(m.OnDay, false)
	}
	return text
}

func (s *scribe) meetingRows() []lineRow {
	var rows []lineRow
	seen := make(map[record.ID]bool)
	for i := range s.spec.Meetings {
		forum := s.spec.Meetings[i].Forum
		if seen[forum] {
			continue
		}
		seen[forum] = true
		for _, c := range s.register.Meetings(forum, s.at) {
			r := c.Record
			row := lineRow{Name: "A meeting of no recorded forum", From: s.origin(&r.Record)}
			if forum != "" {
				row.Name = s.name(record.Ref{Kind: accountability.KindForum, ID: forum})
			}
			add := row.adder()
			if !r.OnDay.IsZero() {
				add("On", s.when(r.OnDay, false))
			}
			if !r.Held.IsZero() {
				add("Took place", yesNo(r.Held))
			}
			if r.Chair != "" {
				add("In the chair", s.party(r.Chair).name)
			}
			if ids, ok := r.Attended.Get(); ok {
				names := s.partyNames(ids)
				if len(ids) > mostNamed+1 {
					names = s.partyNames(ids[:mostNamed]) + ", and " + grouped(strconv.Itoa(len(ids)-mostNamed)) + " more"
				}
				if len(ids) == 0 {
					names = "nobody, as recorded"
				}
				add("There were", names)
			} else if !r.Attended.IsZero() {
				add("There were", r.Attended.Why())
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (s *scribe) grants() []lineRow {
	var rows []lineRow
	seen := make(map[record.ID]bool)
	for i := range s.spec.Grants {
		to := s.spec.Grants[i].To
		if seen[to] {
			continue
		}
		seen[to] = true
		for _, c := range s.register.Grants(to, s.at) {
			r := c.Record
			row := lineRow{Name: "to nobody recorded", Subject: s.place(r.Subject), From: s.origin(&r.Record)}
			if to != "" {
				row.Name = s.party(to).name
			}
			if r.Subject.IsZero() {
				row.Subject = link{}
			}
			add := row.adder()
			powers := make([]string, len(r.Powers))
			for k, p := range r.Powers {
				powers[k] = words(p)
			}
			add("May", listed(powers))
			if r.By != "" {
				add("Given by", s.party(r.By).name)
			} else {
				add("Given by", "nobody: the power is its own")
			}
			if !r.PerItem.IsZero() {
				add("At most, each time", coin(r.PerItem))
			}
			if !r.Cumulative.IsZero() {
				add("At most, in all", coin(r.Cumulative))
			}
			if r.Final {
				add("Passed on", "may not be")
			} else if r.MaxDepth > 0 {
				add("Passed on", "at most "+count(r.MaxDepth, "time", "times"))
			}
			add("Not for", spoken(r.Excluded))
			add("On condition", spoken(r.Conditions))
			if !c.Valid.From.IsZero() {
				add("From", s.when(c.Valid.From, false))
			}
			if !c.Valid.Until.IsZero() {
				add("Until before", s.when(c.Valid.Until, false))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (s *scribe) tests() []lineRow {
	var rows []lineRow
	seen := make(map[record.Ref]bool)
	for i := range s.spec.AccountingTests {
		ref := s.m.Fact(s.spec.AccountingTests[i].Subject)
		if seen[ref] {
			continue
		}
		seen[ref] = true
		for _, c := range s.register.Tests(ref, s.at) {
			r := c.Record
			row := lineRow{Name: s.subjectName(r.Subject), Kind: words(r.Stage), From: s.origin(&r.Record)}
			add := row.adder()
			if r.Officer != "" {
				add("By", s.party(r.Officer).name)
			}
			if !r.OnDay.IsZero() {
				add("On", s.when(r.OnDay, false))
			}
			for _, v := range []struct {
				name string
				met  record.Value[bool]
			}{{"Regular", r.Regularity}, {"Proper", r.Propriety}, {"Value for money", r.ValueForMoney}, {"Feasible", r.Feasibility}} {
				if !v.met.IsZero() {
					add(v.name, yesNo(v.met))
				}
			}
			if !r.SummaryPublished.IsZero() {
				add("Summary published", s.when(r.SummaryPublished, false))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (s *scribe) directions() []lineRow {
	var rows []lineRow
	seen := make(map[record.Ref]bool)
	for i := range s.spec.Directions {
		ref := s.m.Fact(s.spec.Directions[i].Subject)
		if seen[ref] {
			continue
		}
		seen[ref] = true
		for _, c := range s.register.Directions(ref, s.at) {
			r := c.Record
			row := lineRow{Name: s.subjectName(r.Subject), From: s.origin(&r.Record)}
			add := row.adder()
			if r.Minister != "" {
				add("Given by", s.party(r.Minister).name)
			}
			if r.Officer != "" {
				add("Asked for by", s.party(r.Officer).name)
			}
			if !r.Given.IsZero() {
				add("Given", s.when(r.Given, false))
			}
			failed := make([]string, len(r.Failed))
			for k, f := range r.Failed {
				failed[k] = words(f)
			}
			add("Not met", listed(failed))
			if len(r.CopiedTo) > 0 {
				add("Sent to", s.partyNames(r.CopiedTo))
			}
			if w, ok := r.Published.Get(); ok {
				add("Published", s.when(w, false))
			} else if !r.Published.IsZero() {
				add("Published", r.Published.Why())
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// subjectName names what a record is about.
func (s *scribe) subjectName(ref record.Ref) string {
	if ref.IsZero() {
		return "no subject recorded"
	}
	return s.name(ref)
}

func (s *scribe) successions() []lineRow {
	var rows []lineRow
	seen, asked := make(map[record.ID]bool), make(map[record.ID]bool)
	for i := range s.spec.Successions {
		v := &s.spec.Successions[i]
		for _, id := range slices.Concat(v.Predecessors, v.Successors) {
			if asked[id] {
				break // its records are there already
			}
			asked[id] = true
			for _, c := range s.register.Successions(id, s.at) {
				r := c.Record
				if seen[r.ID] {
					continue
				}
				seen[r.ID] = true
				row := lineRow{Name: s.partyNames(r.Predecessors), Kind: words(r.Kind), From: s.origin(&r.Record)}
				if row.Name == "" {
					row.Name = "nothing recorded before"
				}
				add := row.adder()
				add("Becomes", s.partyNames(r.Successors))
				add("What went over", s.namesOf(r.Subjects))
				if !r.Announced.IsZero() {
					add("Announced", s.when(r.Announced, false))
				}
				if !r.Completed.IsZero() {
					add("Complete", s.when(r.Completed, false))
				}
				rows = append(rows, row)
			}
			break // the others are of the same record
		}
	}
	return rows
}
