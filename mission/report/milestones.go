package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
)

// steps is a table of milestones.
type steps struct {
	Caption string
	Summary string
	Open    bool
	Rows    []stepRow
	Also    []link // milestones that have their row under another mission
}

// stepRow is one milestone, measured and claimed side by side.
type stepRow struct {
	Anchor, Name string
	Facts        []fact
	Missions     []link // further missions that it belongs to
	From         origin
	Rivals       []rival
	Findings     []link

	Status   tag
	Why      string
	Basis    string
	Disputed bool
	Claims   []rival

	Parts    []partRow
	Together []string // what the outlooks of several targets come to

	Due   []fact
	Moves []rival
	Who   []answerRow
}

// partRow is one target of a milestone.
type partRow struct {
	Name    string
	Asks    string
	Status  *tag // nil where the milestone has one target, whose status is the milestone's
	Bar     *bar
	Words   string
	Reading string
	Why     string  // where there is no reading that decides
	Before  []rival // what was asked before
	Heading *headingPart
	From    []origin
	target  record.ID // as a fact
}

// bar is a share of the way from the baseline to what is asked, on a scale of 0 to 100 that has room for shares below nought
// and above one.
type bar struct {
	X, Width int // what has been gone
	Goal     int // where what is asked is
	Start    int // where the baseline is
	Back     bool
}

// steps makes the rows of some milestones. Those that have a row already are listed apart.
func (s *scribe) steps(caption string, ids []record.ID, of record.ID) *steps {
	if len(ids) == 0 {
		return nil
	}
	t := &steps{Caption: caption, Open: !s.folded}
	t.Summary = count(len(ids), "milestone", "milestones") + ": " + s.tallies(ids)
	for _, id := range ids {
		if s.home[id] != of {
			t.Also = append(t.Also, s.place(milestone.Ref(id)))
			continue
		}
		t.Rows = append(t.Rows, s.step(id, of))
	}
	return t
}

func (s *scribe) step(id, of record.ID) stepRow {
	ref := milestone.Ref(id)
	claims := s.plan.Milestone(id, s.at)
	r := claims[0].Record
	st := s.stand(id)
	row := stepRow{
		Anchor: s.shown[id], Name: named(r.Name, id), From: s.origin(&r.Record), Findings: s.found[ref],
		Status: s.status(st.Status), Why: clean(st.Why, longText), Disputed: st.Disputed, Missions: s.missionLinks(r.Missions, of),
		Who: s.answerRows(ref),
	}
	add := func(name, text string) {
		if text = clean(text, longText); text != "" {
			row.Facts = append(row.Facts, fact{name, text})
		}
	}
	add("Place", r.Place)
	add("Used as", r.Use.String())
	add("Vague by design", r.VagueBecause)
	if len(st.Parts) > 1 {
		add("Needs", map[milestone.Combine]string{milestone.Any: "any of its targets"}[r.Combine])
	}
	switch {
	case st.Status == 0:
	case slices.ContainsFunc(st.Parts, func(p milestone.Part) bool { return !p.Actual.IsZero() }):
		row.Basis = "measured"
	case st.Stated && st.Status != milestone.Scheduled && !strings.HasPrefix(st.Why, "stated"):
		row.Basis = "stated"
	}
	for _, c := range claims[1:] {
		row.Rivals = append(row.Rivals, rival{"called “" + clean(c.Record.Name, longName) + "”, due " + s.when(c.Record.Due, false), s.origin(&c.Record.Record)})
	}
	for _, c := range st.Claimed {
		row.Claims = append(row.Claims, s.claim(c.Record))
	}
	for i := range row.Who {
		row.Who[i].From = without(row.Who[i].From, row.From)
	}
	row.Parts = s.parts(&st, row.From)
	if o, ok := s.outlook(id, &st); ok {
		for i := range row.Parts {
			row.Parts[i].Heading = s.heading(&o, row.Parts[i].target, row.Parts[i].Reading == "")
		}
		row.Together = together(&o)
	}
	row.Due, row.Moves = s.dates(r, &st)
	row.Due = append(row.Due, s.timely(id)...)
	return row
}

// claim is what somebody says of a milestone: beside what is measured, never in its place.
func (s *scribe) claim(a *milestone.Assessment) rival {
	text := ""
	if a.Status != 0 {
		text = s.status(a.Status).Word
	}
	if rating := clean(a.Rating, longName); rating != "" {
		if text != "" {
			text += ", "
		}
		text += "rated “" + rating + "”"
		if scale := clean(a.Scale, longName); scale != "" {
			text += " on the scale “" + scale + "”"
		}
	}
	if a.By != "" {
		text += ", by " + s.party(a.By).name
	}
	if !a.OnDay.IsZero() {
		text += ", " + s.when(a.OnDay, false)
	}
	return rival{text, s.origin(&a.Record)}
}

func (s *scribe) dates(r *milestone.Milestone, st *milestone.Standing) (due []fact, moves []rival) {
	add := func(name, text string) { due = append(due, fact{name, text}) }
	add("Due", s.when(st.Due, true))
	if !st.Forecast.IsZero() {
		add("Forecast", s.when(st.Forecast, false))
	}
	if !r.Met.IsZero() {
		add("Said to be met", s.when(r.Met, false))
	}
	if st.Status == milestone.Met && !st.MetOn.IsZero() && st.MetOn != r.Met {
		add("Met", s.when(st.MetOn, false))
	}
	if !st.Reported.IsZero() {
		add("Figures due", s.when(st.Reported, false))
	}
	if !r.Set.IsZero() {
		add("Set", s.when(r.Set, false))
	}
	for _, slip := range s.plan.Slippage(r.Fact(), s.at) {
		from, _ := s.originOf(record.Ref{Kind: milestone.KindMilestone, ID: slip.Record}, "")
		moves = append(moves, rival{"from " + s.when(slip.From, false) + " to " + s.when(slip.To, false) + ": " + shift(slip.Least, slip.Most), from})
	}
	return due, moves
}

// briefChances says in few words what trials and readings make of a milestone.
func (s *scribe) briefChances(id record.ID, st *milestone.Standing) []string {
	var list []string
	for _, f := range s.timely(id) {
		if f.Name == "Chance by its work" {
			list = append(list, "by its work: "+f.Text)
		}
	}
	if o, ok := s.outlook(id, st); ok {
		if p, known := o.Chance.Get(); known {
			list = append(list, "by its figures: "+points(p))
		}
	}
	return list
}

// timely says what the trials of the schedule make of a milestone.
func (s *scribe) timely(id record.ID) []fact {
	if s.results() == nil {
		return nil
	}
	i := s.options.Schedule.Index(milestone.Ref(id))
	if i < 0 || s.options.Schedule.All()[i].Finished != 0 {
		return nil
	}
	o, ok := s.outcomeOf(i)
	if !ok {
		return nil
	}
	list := []fact{{"8 trials in 10", span(ended(o.Percentile(0.1).At), ended(o.Percentile(0.9).At))}}
	if c, known := o.Met.Get(); known {
		blind := s.blind(s.options.Schedule, i)
		list = append([]fact{{"Chance by its work", most(chance(c), blind)}}, list...)
		if len(blind) > 0 {
			list = append(list, fact{"It leaves out", listed(blind) + ", which it waits for and of which no work is recorded"})
		}
	}
	return list
}

// parts makes the rows of the targets of a milestone, whose own origin they need not repeat.
func (s *scribe) parts(st *milestone.Standing, own origin) []partRow {
	var rows []partRow
	for i := range st.Parts {
		part := &st.Parts[i]
		row := partRow{target: part.Target}
		var unit string
		if claims := s.plan.Indicator(part.Indicator, s.at); len(claims) > 0 {
			row.Name, unit = clean(claims[0].Record.Name, longName), claims[0].Record.Unit
		}
		versions := s.plan.TargetVersions(part.Target)
		now := slices.IndexFunc(versions, func(t *milestone.Target) bool {
			return len(part.Records) > 0 && t.ID == part.Records[0].ID
		})
		if now >= 0 {
			t := versions[now]
			if name := clean(t.Name, longName); name != "" {
				row.Name = name
			}
			row.Asks = asks(t, unit)
			row.Before = s.revisions(versions[:now], t, unit)
		}
		if len(st.Parts) > 1 {
			t := s.status(part.Status)
			row.Status = &t
		}
		row.Words = s.progress(part)
		if p, ok := part.Progress.Get(); ok {
			row.Bar = newBar(p)
		}
		if !part.Actual.IsZero() {
			row.Reading = amount(part.Actual, unit)
			if !part.Period.IsZero() {
				row.Reading += " (" + s.when(part.Period, false) + ")"
			}
			if !part.Baseline.IsZero() {
				row.Reading += ", from " + amount(part.Baseline, unit)
			}
		} else if part.Why != "" && (len(st.Parts) > 1 || part.Why != st.Why) {
			row.Why = clean(part.Why, longText)
		}
		row.From = without(s.basis(part.Records), own)
		rows = append(rows, row)
	}
	return rows
}

// without leaves out the origins that a row has said already.
func without(list []origin, said origin) []origin {
	return slices.DeleteFunc(list, func(o origin) bool {
		o.What = ""
		return o == said
	})
}

// mostReadings is how many readings of a target the page names the sources of.
const mostReadings = 3

// basis says where a target and the readings under it come from.
func (s *scribe) basis(refs []record.Ref) []origin {
	var list []origin
	readings := 0
	for i := len(refs) - 1; i >= 0; i-- { // the latest readings come last
		what := words(string(refs[i].Kind))
		if refs[i].Kind == milestone.KindObservation {
			what = "reading"
			if readings++; readings > mostReadings {
				continue
			}
		}
		if o, ok := s.originOf(refs[i], what); ok {
			list = append(list, o)
		}
	}
	slices.Reverse(list)
	list = merged(list)
	if readings > mostReadings {
		list = append(list, origin{What: count(readings-mostReadings, "earlier reading", "earlier readings")})
	}
	return list
}

// revisions lists what was asked before, as far as it was known then and was something else.
func (s *scribe) revisions(before []*milestone.Target, now *milestone.Target, unit string) []rival {
	var list []rival
	for i, t := range before {
		next := now
		if i+1 < len(before) {
			next = before[i+1]
		}
		if !t.Speaks() || !s.known(&t.Record) || t.Claimant != now.Claimant || asks(t, unit) == asks(next, unit) {
			continue
		}
		list = append(list, rival{asks(t, unit), s.origin(&t.Record)})
	}
	return list
}

// asks says what a target asks for.
func asks(t *milestone.Target, unit string) string {
	text := ""
	switch {
	case !t.AtLeast.IsZero() && !t.AtMost.IsZero():
		text = "between " + amount(t.AtLeast, unit) + " and " + amount(t.AtMost, unit)
	case !t.AtLeast.IsZero():
		text = "at least " + amount(t.AtLeast, unit)
	case !t.AtMost.IsZero():
		text = "at most " + amount(t.AtMost, unit)
	case !t.Increase.IsZero() && t.Increase.Float() < 0:
		text = "a fall of " + amount(t.Increase, unit)[len("−"):]
	case !t.Increase.IsZero():
		text = "a rise of " + amount(t.Increase, unit)
	case t.Direction == milestone.Up:
		text = "more than at the start, by no stated amount"
	case t.Direction == milestone.Down:
		text = "less than at the start, by no stated amount"
	case t.Achieve != "":
		text = clean(t.Achieve, longText)
	}
	if t.Maintain {
		text += ", held to the due day"
	}
	return text
}

// progress puts how far a target is along into words.
func (s *scribe) progress(part *milestone.Part) string {
	p, ok := part.Progress.Get()
	switch {
	case ok && p < 0:
		return percent(p) + " of the way: further off than at the start"
	case ok && p > 1:
		return percent(p) + " of the way: beyond what is asked"
	case ok:
		return percent(p) + " of the way"
	case part.Progress.State == 0, part.Actual.IsZero(): // why not is said already
		return ""
	case part.Progress.State == record.StateNotApplicable && part.Want.IsZero():
		return "" // a direction, which says that it names no amount
	case part.Progress.State == record.StateNotApplicable:
		return "No share of the way: " + clean(part.Progress.Ground, longText)
	}
	return "Share of the way " + clean(part.Progress.Why(), longText)
}

// newBar scales a share so that the baseline, what is asked, and where things stand all fit.
func newBar(p float64) *bar {
	low, high := min(p, 0), max(p, 1)
	scale := func(v float64) int { return int((v-low)/(high-low)*100 + 0.5) }
	b := &bar{Start: scale(0), Goal: scale(1), X: scale(min(p, 0)), Back: p < 0}
	b.Width = scale(max(p, 0)) - b.X
	return b
}

// dueRow is a line of a list of dates.
type dueRow struct {
	Milestone link
	Due       string
	Status    tag
	Chances   []string // by its work and by its figures
	Missions  []link
	Who       string
}

// mostDue is how many milestones a list of dates shows.
const mostDue = 10

// dueRows shows the first milestones of a list of dates, and says how many more there are.
func (s *scribe) dueRows(ids []record.ID) (rows []dueRow, more string) {
	for i, id := range ids {
		if i == mostDue && len(ids) > mostDue+1 {
			left := ids[i:]
			more = count(len(left), "more milestone is", "more milestones are") + " under the missions"
			if same := s.stand(ids[i-1]).Due; s.stand(left[0]).Due == same {
				n := 0
				for n < len(left) && s.stand(left[n]).Due == same {
					n++
				}
				more += ", " + grouped(strconv.Itoa(n)) + " of them with the date of the last line"
			}
			return rows, more + "."
		}
		st := s.stand(id)
		r := s.plan.Milestone(id, s.at)[0].Record
		row := dueRow{Milestone: s.place(milestone.Ref(id)), Due: s.when(st.Due, false), Status: s.status(st.Status), Missions: s.missionLinks(r.Missions, "")}
		row.Chances = s.briefChances(id, &st)
		for _, a := range s.answerRows(milestone.Ref(id)) {
			row.Who = capital(a.Duty) + ": " + a.brief()
			break
		}
		rows = append(rows, row)
	}
	return rows, ""
}
