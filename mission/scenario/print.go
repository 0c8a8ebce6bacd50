package scenario

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission/review"
)

// width is how many columns a text takes at most, but for words that are longer.
const width = 80

// WriteText writes the difference as plain text in 80 columns, and nothing of what is the same in both. Programs should read
// the fields: the layout may change. The error is that of the writer.
func (d *Difference) WriteText(w io.Writer) error {
	var t text
	t.WriteString("Before and after" + d.days() + "\n")
	t.findings(&d.Findings)
	t.section(len(d.Dates), "Dates that move", func(i int) { t.date(&d.Dates[i]) })
	t.section(len(d.Chances), "Chances of being done in time", func(i int) { t.chance(&d.Chances[i]) })
	t.section(len(d.Paths), "Paths of account", func(i int) { t.path(&d.Paths[i]) })
	t.section(len(d.Holders), "Posts that change hands", func(i int) { t.holder(&d.Holders[i]) })
	t.section(len(d.Wires), "Who decides, answers and pays", func(i int) { t.wires(&d.Wires[i]) })
	t.section(len(d.Refused), "What could not be compared", func(i int) {
		r := &d.Refused[i]
		which := "the plan before"
		if r.After {
			which = "the plan after"
		}
		t.item(r.What + ", because of " + which + ": " + plain(r.Why))
	})
	if d.IsZero() {
		t.WriteString("\nNothing that was looked at differs.\n")
	}
	_, err := io.WriteString(w, t.String())
	return err
}

// days says from which days the models were seen.
func (d *Difference) days() string {
	switch {
	case d.Before == d.After && d.After.On.IsZero():
		return ""
	case d.Before.On == d.After.On:
		return ", on " + day(d.After.On)
	}
	return ": on " + day(d.Before.On) + " and on " + day(d.After.On)
}

// day writes a date in words: "5 December 2024".
func day(d calendar.Date) string {
	if d.IsZero() {
		return "a day not stated"
	}
	return strconv.Itoa(d.Day()) + " " + d.Month().String() + " " + strconv.Itoa(d.Year())
}

type text struct{ strings.Builder }

func (t *text) section(n int, title string, write func(i int)) {
	if n == 0 {
		return
	}
	t.WriteString("\n" + title + ": " + strconv.Itoa(n) + "\n")
	for i := range n {
		write(i)
	}
}

// item writes a line of a section and line what stands below it, both wrapped.
func (t *text) item(s string) { t.wrap("  ", "    ", s) }
func (t *text) line(s string) { t.wrap("    ", "      ", s) }

func (t *text) wrap(indent, hanging, s string) {
	column := 0
	for word := range strings.FieldsSeq(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
			t.WriteString(indent)
			column = len(indent)
		case column+1+n > width:
			t.WriteString("\n" + hanging)
			column = len(hanging)
		default:
			t.WriteByte(' ')
			column++
		}
		t.WriteString(word)
		column += n
	}
	t.WriteByte('\n')
}

func (t *text) findings(f *Findings) {
	found := func(title string, list []review.Finding, ask bool) {
		t.section(len(list), title, func(i int) {
			x := &list[i]
			t.item(x.Rule.ID + " " + x.Rule.Slug + ": " + x.Subject.String())
			if ask {
				t.line(strings.TrimSpace(x.Text + " " + x.Basis()))
				t.line("Ask: " + x.Rule.Question)
			}
		})
	}
	untold := func(title string, list []review.Unassessed) {
		t.section(len(list), title, func(i int) {
			x := &list[i]
			t.item(x.Rule.ID + " " + x.Rule.Slug + ": " + x.Subject.String())
			t.line(x.Text)
		})
	}
	found("Findings that appear", f.Appeared, true)
	found("Findings that clear", f.Cleared, false)
	t.section(len(f.Changed), "Findings that say something else", func(i int) {
		x := &f.Changed[i]
		t.item(x.After.Rule.ID + " " + x.After.Rule.Slug + ": " + x.After.Subject.String())
		if x.Before.Text == x.After.Text {
			t.line("It says the same, and rests on other records.")
			return
		}
		t.line("Before: " + x.Before.Text)
		t.line("After: " + x.After.Text)
	})
	found("Findings of which nothing could be said before", f.InSight, true)
	found("Findings of which nothing can be said any more", f.OutOfSight, false)
	untold("What can be told now, and could not", f.BecameAssessable)
	untold("Questions that open: what can no longer be told", f.BecameUnassessable)
	untold("Questions that come with what is new", f.Raised)
	untold("Questions that go with what is no longer there", f.Lapsed)
}

// called is a reference with the name, where that says more.
func called(ref record.Ref, name string) string {
	if name == "" || name == string(ref.ID) {
		return ref.String()
	}
	return ref.String() + ", “" + name + "”"
}

// sides writes what was and what is of something that one of the plans may not have.
func sides(was, is string) string {
	switch {
	case was == "":
		return "only after: " + is
	case is == "":
		return "only before: " + was
	}
	return was + " before, " + is + " after"
}

func (t *text) date(x *DateMove) {
	t.item(called(x.Ref, x.Name))
	of := func(what string, say func(*Times) string) {
		var was, is string
		if x.Before != nil {
			was = say(x.Before)
		}
		if x.After != nil {
			is = say(x.After)
		}
		if was != is {
			t.line(what + " " + sides(was, is))
		}
	}
	of("due", func(v *Times) string { return v.Due.String() })
	of("done", func(v *Times) string { return ended(v.Finished) })
	of("earliest finish", func(v *Times) string { return ended(v.EarlyFinish) })
	of("latest finish", func(v *Times) string { return ended(v.LateFinish) })
	of("room", func(v *Times) string { return room(v.Float) })
	of("critical:", func(v *Times) string {
		if v.Critical {
			return "yes"
		}
		return "no"
	})
}

// ended is the day on which something ends.
func ended(m calendar.Minute) string {
	if m == 0 {
		return ""
	}
	d, _ := m.Ended()
	return day(d)
}

// room writes a stretch of working time.
func room(n calendar.Minutes) string {
	hours := strconv.FormatFloat(float64(n)/float64(calendar.Hour), 'f', -1, 64)
	if n%calendar.Hour != 0 {
		hours = strconv.FormatFloat(float64(n)/float64(calendar.Hour), 'f', 1, 64)
	}
	if hours == "1" {
		return "1 hour"
	}
	return hours + " hours"
}

func (t *text) chance(x *ChanceMove) {
	if x.Ref.IsZero() {
		t.item(x.Name)
	} else {
		t.item(called(x.Ref, x.Name))
	}
	of := func(c *Chance) string {
		if c == nil {
			return ""
		}
		return percent(c.P) + "%"
	}
	t.line(sides(of(x.Before), of(x.After)))
	if m := x.Move; m != nil {
		t.line(signed(m.By) + " points; by the error of simulation, between " + signed(m.Low) + " and " + signed(m.High))
	}
}

func percent(p float64) string { return strconv.FormatFloat(math.Abs(100*p), 'f', 1, 64) }

func signed(p float64) string {
	switch s := percent(p); {
	case s == "0.0":
		return "0.0"
	case p < 0:
		return "−" + s
	default:
		return "+" + s
	}
}

func (t *text) path(x *PathMove) {
	t.item(called(x.Of, x.Name) + ": " + verb(x.Move))
	of := func(label string, a *Account) {
		if a == nil {
			t.line(label + ": not in the plan")
			return
		}
		for _, w := range a.Ways {
			steps := make([]string, len(w.Steps))
			for i, s := range w.Steps {
				steps[i] = s.String()
			}
			said := strings.Join(steps, " → ")
			if !w.Whole {
				said += " (breaks: " + w.Why + ")"
			}
			t.line(label + ": " + said)
		}
		for _, why := range a.Breaks {
			if !slices.ContainsFunc(a.Ways, func(w Way) bool { return !w.Whole && strings.HasSuffix(why, w.Why) }) {
				t.line(label + ": " + plain(why))
			}
		}
	}
	of("before", x.Before)
	of("after", x.After)
}

func verb(o Opening) string {
	switch o {
	case Opens:
		return "its account reaches a forum, and did not"
	case Closes:
		return "its account reached a forum, and does not"
	}
	return "its account goes other ways, or breaks elsewhere"
}

func (t *text) holder(x *HolderMove) {
	of := func(f *Filling) string {
		switch {
		case f == nil:
			return ""
		case f.State == accountability.Held && len(f.Holders) > 1:
			return "held by " + strconv.Itoa(len(f.Holders))
		case f.State == 0:
			return "nothing recorded"
		}
		return f.State.String()
	}
	was, is := of(x.Before), of(x.After)
	said := sides(was, is)
	if was == is {
		said = is + ", by another than before"
		if slices.Equal(x.Before.Holders, x.After.Holders) {
			said = is + ", and the day on which it is so is surer than before"
			if x.Before.Certain {
				said = is + ", and not as sure as before"
			}
		}
	}
	t.item("“" + x.Name + "” (party/" + string(x.Post) + "): " + said)
}

func (t *text) wires(x *WireMove) {
	t.item(called(x.Subject, x.Name))
	of := func(what string, was, is []Wire) {
		if !slices.EqualFunc(was, is, Wire.alike) {
			t.line(what + ": " + wired(was) + " before, " + wired(is) + " after")
		}
	}
	of("decides", x.Before.Decides, x.After.Decides)
	of("answers", x.Before.Answers, x.After.Answers)
	of("pays", x.Before.Pays, x.After.Pays)
}

// wired names the parties of some wires.
func wired(list []Wire) string {
	if len(list) == 0 {
		return "nobody recorded"
	}
	var names []string
	for _, w := range list {
		s := string(w.Party)
		if s == "" {
			s = "nobody named"
		}
		var more []string
		if w.Part != "" {
			more = append(more, plain(w.Part))
		}
		if w.State != 0 && w.State != accountability.Held {
			more = append(more, w.State.String())
		}
		if len(more) > 0 {
			s += " (" + strings.Join(more, ", ") + ")"
		}
		if !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	return strings.Join(names, " and ")
}

// WriteText writes what would have to be recorded as plain text in 80 columns. Programs should read the fields: the layout may
// change. The error is that of the writer.
func (k *Knowledge) WriteText(w io.Writer) error {
	var t text
	if k.Rule != nil {
		t.WriteString(k.Rule.ID + " " + k.Rule.Slug + ": can tell of " + strconv.Itoa(k.Told) + " of the " + strconv.Itoa(k.Looked) + " that it looks at\n")
	}
	for i := range k.Needs {
		n := &k.Needs[i]
		fewest := strconv.Itoa(n.Fewest()) + " records may do"
		switch n.Fewest() {
		case 0:
			fewest = "no record is needed"
		case 1:
			fewest = "1 record may do"
		}
		t.WriteByte('\n')
		t.item(called(n.Subject, n.Name) + ": " + fewest)
		for _, d := range n.Data {
			t.line(strings.ToUpper(d.Way[:min(1, len(d.Way))]) + d.Way[min(1, len(d.Way)):] + ".")
			if len(d.Sets) > 0 {
				t.wrap("      ", "        ", "Kinds: "+choices(d.Sets))
			}
		}
		if len(n.LeftOut) > 0 {
			t.line("The view leaves out what would tell: " + refs(n.LeftOut) + ".")
		}
		if n.Hidden > 0 {
			grades := make([]string, len(n.Without))
			for i, g := range n.Without {
				grades[i] = g.String()
			}
			t.line("It leaves out " + strconv.Itoa(n.Hidden) + " records of these kinds in all, by their grades (" + strings.Join(grades, ", ") + ").")
		}
	}
	_, err := io.WriteString(w, t.String())
	return err
}

// choices writes sets of additions: "plan-published event, or allocation and duty".
func choices(sets [][]Addition) string {
	parts := make([]string, len(sets))
	for i, set := range sets {
		names := make([]string, len(set))
		for j, a := range set {
			names[j] = a.String()
		}
		parts[i] = strings.Join(names, " and ")
	}
	return strings.Join(parts, ", or ")
}

func refs(list []record.Ref) string {
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = r.String()
	}
	return strings.Join(names, ", ")
}
