package sheet

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// flatRow is one row of a flat list of milestones.
type flatRow struct {
	*flatList
	table.Row
}

// add adds a record, and keeps where it came from.
func add[T any](r *reader, name string, list *[]T, v T, o origin) {
	*list = append(*list, v)
	r.origins[name] = append(r.origins[name], o)
}

// prepare gathers what flat lists may name: the ids that are taken, and parties, missions and indicators by name.
func (r *reader) prepare() {
	if r.taken != nil {
		return
	}
	r.taken, r.numbers, r.named = make(map[record.Ref]bool), make(map[record.Ref]int), make(map[nameKey]record.ID)
	for _, list := range r.spec.Tables() {
		records := reflect.ValueOf(list.Records).Elem()
		for i := range records.Len() {
			b := records.Index(i).Addr().Interface().(interface{ Base() *record.Record }).Base()
			r.taken[record.Ref{Kind: list.Kind, ID: b.ID}] = true
			r.know(list.Kind, string(b.ID), "", b.Fact())
			if b.Of != "" {
				r.taken[record.Ref{Kind: list.Kind, ID: b.Of}] = true
			}
		}
	}
	for i := range r.spec.Parties {
		p := &r.spec.Parties[i]
		r.know(accountability.KindParty, p.Name, partyApart(p.Kind, p.OfParty), p.Fact())
	}
	for i := range r.spec.Missions {
		r.know(mission.KindMission, r.spec.Missions[i].Name, "", r.spec.Missions[i].Fact())
	}
	for i := range r.spec.Indicators {
		n := &r.spec.Indicators[i]
		r.know(milestone.KindIndicator, n.Name, n.Unit, n.Fact())
	}
}

// know keeps the first record of a name.
func (r *reader) know(kind record.Kind, name, apart string, id record.ID) {
	key := nameKey{kind, table.Fold(name), apart}
	if _, ok := r.named[key]; !ok {
		r.named[key] = id
	}
}

// find returns the record of a name, or else the one whose id the name makes.
func (r *reader) find(kind record.Kind, text, apart string) (record.ID, bool) {
	if id, ok := r.named[nameKey{kind, table.Fold(text), apart}]; ok {
		return id, true
	}
	id, ok := r.named[nameKey{kind, table.Fold(text), ""}]
	return id, ok
}

// partyApart tells parties of one name apart: posts of two departments are two posts.
func partyApart(kind accountability.PartyKind, of record.ID) string {
	return kind.String() + " " + string(of)
}

// maxSlug is the length of the longest id made of a text, in bytes; a number still fits behind it.
const maxSlug = 80

// free returns an id that no record of a kind has: the text as an id, or with a number behind it, or the other text where
// the first has no letter to make an id of.
func (r *reader) free(kind record.Kind, text, otherwise string) record.ID {
	id := record.ID(strings.ToLower(text))
	if _, err := record.ParseID(string(id)); err != nil {
		id = record.Slug(text)
	}
	if len(id) > maxSlug {
		id = record.ID(strings.TrimRight(string(id[:maxSlug]), "-._"))
	}
	if id == "" {
		id = record.ID(otherwise)
	}
	fresh, base := id, record.Ref{Kind: kind, ID: id}
	for r.taken[record.Ref{Kind: kind, ID: fresh}] {
		r.numbers[base] = max(r.numbers[base]+1, 2)
		fresh = id + record.ID("-"+itoa(r.numbers[base]))
	}
	r.taken[record.Ref{Kind: kind, ID: fresh}] = true
	return fresh
}

func (r flatRow) origin() origin { return origin{table: r.t, row: r.Row, columns: r.aliases} }

// record is the shared part of a record that rests on the row.
func (r flatRow) record(id record.ID) record.Record {
	return record.Sourced(id, r.source, "row "+itoa(r.Number), 0)
}

func (r flatRow) note(member string, kind table.NoteKind, text, became string) {
	r.t.Note(table.Note{Row: r.Number, Line: r.Line, Column: r.columns[member], Kind: kind, Text: text, Became: became})
}

func (r flatRow) fault(member string, err error) {
	r.faults = append(r.faults, r.t.Fault(r.Number, r.Line, r.columns[member], err))
}

// text is the cell of a member without the white space around it; empty where it says that there is nothing.
func (r flatRow) text(member string) string {
	i, ok := r.place[member]
	if !ok {
		return ""
	}
	text := strings.TrimSpace(Unescape(r.Cells[i]))
	switch strings.ToLower(text) {
	case "n/a", "na", "-", "–", "none", "nil":
		r.note(member, Blank, text, "")
		return ""
	}
	return text
}

// list is the elements of a cell.
func (r flatRow) list(member string) []string {
	parts, err := split(r.text(member))
	if err != nil {
		r.fault(member, err)
	}
	return parts
}

// milestoneID is the id of a milestone, made of its reference or name.
func (r flatRow) milestoneID(name string) record.ID {
	text := r.text("id")
	if text == "" {
		return r.free(milestone.KindMilestone, name, "milestone")
	}
	if id, err := record.ParseID(text); err == nil {
		r.free(milestone.KindMilestone, text, "") // so that no other is made like it; a second with the same is a fault
		return id
	}
	id := record.ID(strings.ToLower(text))
	if _, err := record.ParseID(string(id)); err != nil {
		id = record.Slug(text)
	}
	if id == "" {
		r.fault("id", &record.IDError{Text: text})
		return ""
	}
	r.note("id", IDMade, text, string(id))
	return id
}

// A SerialError says that a date is the number by which a spreadsheet counts days.
type SerialError struct {
	Text    string
	Instead calendar.Date
}

func (e *SerialError) Error() string {
	return fmt.Sprintf("%s looks like the number by which spreadsheets count days: show the column as dates, and write %s", table.Quote(e.Text), e.Instead)
}

// ErrNoDate is the cause of a fault in a date that is a word.
var ErrNoDate = errors.New("it is no date: write 2026-03-31, 2026-03, 2026-Q1, 2026 or FY2025-26, or leave it empty")

// when reads a date as people write it: 31/03/2026, 31 March 2026, Q1 2026.
func (r flatRow) when(member string) calendar.When {
	text := r.text(member)
	if text == "" {
		return calendar.When{}
	}
	w, err := calendar.ParseWhen(text)
	if err == nil {
		for i := range r.spec.Days {
			if w.IsNamed() && string(r.spec.Days[i].ID) == text {
				return w
			}
		}
		if w.IsNamed() {
			r.fault(member, fmt.Errorf("%s: %w", table.Quote(text), ErrNoDate))
			return calendar.When{}
		}
		return w
	}
	if n, bad := strconv.Atoi(text); bad == nil && n > 20000 && n < 80000 {
		r.fault(member, &SerialError{Text: text, Instead: calendar.On(1899, 12, 30).Add(calendar.Days(n))})
		return calendar.When{}
	}
	wrong, _ := errors.AsType[*calendar.WhenError](err)
	var instead []calendar.When
	for _, s := range wrong.Instead {
		if w, err := calendar.ParseWhen(s); err == nil && !w.IsNamed() {
			instead = append(instead, w)
		}
	}
	switch len(instead) {
	case 0:
		r.fault(member, err)
		return calendar.When{}
	case 1:
		r.note(member, DateRewritten, text, instead[0].String())
	default:
		r.note(member, DateDoubtful, text, instead[0].String()+" or "+instead[1].String())
	}
	return instead[0]
}

var decorated = regexp.MustCompile(`^([-−]?)[£€$]?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(%|)$`)

// number reads a number as people write it: 1,234.5 or 95%. The unit is "percent" where it says so.
func (r flatRow) number(member, text string) (q record.Quantity, unit string, ok bool) {
	if q, err := record.ParseQuantity(text); err == nil {
		return q, "", true
	}
	m := decorated.FindStringSubmatch(text)
	if m == nil {
		return q, "", false
	}
	plain := strings.Replace(m[1], "−", "-", 1) + strings.ReplaceAll(m[2], ",", "") + m[3]
	q, err := record.ParseQuantity(plain)
	if err != nil {
		return q, "", false
	}
	r.note(member, NumberTidied, text, plain)
	if m[4] == "%" {
		unit = "percent"
	}
	return q, unit, true
}

// target makes the target of a milestone, and what it is counted by.
func (r flatRow) target(id record.ID, name string) {
	text := r.text("target")
	baseline, baselineText := record.Quantity{}, r.text("baseline")
	if text == "" {
		if baselineText != "" {
			r.fault("baseline", ErrNoTarget)
		}
		return
	}
	t := milestone.Target{Record: r.record(r.free(milestone.KindTarget, string(id), "target")), Milestone: id}
	goal, unit, ok := r.number("target", text)
	if !ok {
		t.Achieve = text
		r.note("target", TextTarget, text, "")
		if baselineText != "" {
			r.fault("baseline", ErrNoGoal)
		}
		add(r.reader, "targets", &r.spec.Targets, t, r.origin())
		return
	}
	if baselineText != "" {
		var read bool
		if baseline, _, read = r.number("baseline", baselineText); !read {
			r.fault("baseline", &record.QuantityError{Text: baselineText})
		}
	}
	t.Baseline = baseline
	var direction milestone.Direction
	if said := r.text("direction"); said != "" {
		if err := direction.UnmarshalText([]byte(strings.ToLower(said))); err != nil {
			r.fault("direction", err)
		}
	}
	switch {
	case direction == 0 && !baseline.IsZero() && goal.Float() == baseline.Float():
		t.Achieve = name
		r.note("target", Level, text, "")
	case direction == milestone.Down, direction == 0 && !baseline.IsZero() && goal.Float() < baseline.Float():
		direction, t.AtMost = milestone.Down, goal
	default:
		if direction == 0 && baseline.IsZero() {
			r.note("target", Assumed, text, "")
		}
		direction, t.AtLeast = milestone.Up, goal
	}
	if given := r.text("unit"); given != "" {
		unit = given
	}
	t.Indicator = r.indicator(name, unit, direction)
	add(r.reader, "targets", &r.spec.Targets, t, r.origin())
}

// Causes of faults in the figures of a flat list.
var (
	ErrNoTarget = errors.New("a baseline is given and no target: give the value to reach, or empty the cell")
	ErrNoGoal   = errors.New("a baseline is given, and the target is in words: write the target as a number, or empty the cell")
)

// indicator returns what a target is counted by: the indicator that the row names, or one of the milestone's own.
func (r flatRow) indicator(name, unit string, direction milestone.Direction) record.ID {
	text := r.text("indicator")
	if text != "" {
		if id, ok := r.find(milestone.KindIndicator, text, unit); ok {
			return id
		}
		name = text
	}
	id := r.free(milestone.KindIndicator, name, "indicator")
	n := milestone.Indicator{Record: r.record(id), Name: name, Unit: unit, Direction: direction}
	r.know(milestone.KindIndicator, text, unit, id)
	add(r.reader, "indicators", &r.spec.Indicators, n, r.origin())
	return id
}

// statusWords are the words in which departments tell a status.
var statusWords = map[string]milestone.Status{
	"met": milestone.Met, "complete": milestone.Met, "completed": milestone.Met, "done": milestone.Met, "achieved": milestone.Met, "delivered": milestone.Met,
	"scheduled": milestone.Scheduled, "not started": milestone.Scheduled, "in progress": milestone.Scheduled, "planned": milestone.Scheduled, "open": milestone.Scheduled, "ongoing": milestone.Scheduled,
	"partially met": milestone.PartiallyMet, "partly met": milestone.PartiallyMet, "partially complete": milestone.PartiallyMet,
	"not met": milestone.NotMet, "missed": milestone.NotMet, "failed": milestone.NotMet,
}

// assess makes the assessments of a milestone: what its status and its rating say.
func (r flatRow) assess(id record.ID) {
	text, rating := r.text("status"), r.text("rating")
	if text == "" && rating == "" {
		return
	}
	day := r.when("on_day")
	a := milestone.Assessment{Subject: milestone.Ref(id), OnDay: day}
	if text != "" {
		folded := table.Fold(text)
		if a.Status = statusWords[folded]; a.Status == 0 {
			a.Rating, a.Scale = text, "status"
			r.note("status", StatusKept, text, "")
		} else if folded != table.Fold(a.Status.String()) {
			r.note("status", StatusRead, text, a.Status.String())
		}
	}
	if rating != "" && a.Rating != "" {
		a.Record = r.record(r.free(milestone.KindAssessment, string(id)+"-status", "status"))
		add(r.reader, "assessments", &r.spec.Assessments, a, r.origin())
		a = milestone.Assessment{Subject: a.Subject, OnDay: day}
	}
	if rating != "" {
		a.Rating, a.Scale = rating, r.columns["rating"]
	}
	a.Record = r.record(r.free(milestone.KindAssessment, string(id)+"-status", "status"))
	add(r.reader, "assessments", &r.spec.Assessments, a, r.origin())
}
