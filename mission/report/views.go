package report

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// tensionsPart is the section on things that are both wanted and pull apart.
type tensionsPart struct {
	Shown  []tensionPart
	Silent string // the tensions of which nothing is recorded
}

// tensionPart is one tension: both sides with what is recorded of each, and what stays open.
type tensionPart struct {
	Anchor, ID, Title string
	Poles             []polePart
	Between           []signPart
	Held              []viewPart
	Unheld            string
	Where             []link // the missions of which something of it is recorded
	Question          string
}

type polePart struct {
	Name, Says string
	Signs      []signPart
	Silent     string
}

// signPart is one sort of record that shows a side, with where these come from.
type signPart struct {
	Text string
	From []origin
	More string
}

// viewPart is a view that somebody holds.
type viewPart struct {
	Who   string
	Text  string
	From  origin
	Moves []rival
}

// proof gathers the sources of some evidence, of many the first few.
func (s *scribe) proof(list []review.Evidence) ([]origin, string) {
	var all []origin
	for i := range list {
		o := s.evidence(&list[i])
		o.What = ""
		all = append(all, o)
	}
	return few(merged(all), mostProof)
}

// mostProof is how many different sources a line of a tension or design names.
const mostProof = 3

// tensions is the section on the tensions of the plan, each for all of its missions together; nil where a plan has no
// records at all.
func (s *scribe) tensions() *tensionsPart {
	views := review.TensionsIn(s.m)
	p := new(tensionsPart)
	var silent []string
	for i := range views {
		v := &views[i]
		if !v.Subject.IsZero() {
			if n := len(p.Shown); n > 0 && !v.IsSilent() && p.Shown[n-1].ID == v.Tension.ID && v.Tension.ID != "" {
				l := s.place(v.Subject)
				p.Shown[n-1].Where = append(p.Shown[n-1].Where, l)
				s.pulls[v.Subject] = append(s.pulls[v.Subject], link{p.Shown[n-1].Anchor, v.Tension.ID + ", " + small(p.Shown[n-1].Title)})
			}
			continue
		}
		if v.IsSilent() {
			silent = append(silent, small(v.Tension.Title))
			continue
		}
		p.Shown = append(p.Shown, s.tension(v, len(p.Shown)))
	}
	if len(p.Shown) == 0 && len(s.spec.Missions) == 0 {
		return nil
	}
	s.used["tension"] = true
	if len(silent) > 0 {
		p.Silent = capital(strings.Join(silent, "; ")) + "."
	}
	return p
}

func (s *scribe) tension(v *review.TensionView, n int) tensionPart {
	t := tensionPart{Anchor: "tension-" + v.Tension.ID, ID: v.Tension.ID, Title: clean(v.Tension.Title, longName), Unheld: v.Unheld, Question: v.Tension.Question}
	if t.ID == "" { // named by a position of the plan alone
		t.Anchor = "tension-own-" + number(n)
	}
	for i := range v.Poles {
		pole := &v.Poles[i]
		if pole.Name == "" {
			continue
		}
		t.Poles = append(t.Poles, polePart{Name: capital(pole.Name), Says: v.Tension.Poles[i].Says, Signs: s.signs(pole.Signs), Silent: pole.Silent})
	}
	t.Between = s.signs(v.Between)
	for i := range v.Held {
		t.Held = append(t.Held, s.held(&v.Held[i]))
	}
	return t
}

func (s *scribe) signs(list []review.Sign) []signPart {
	var parts []signPart
	for i := range list {
		p := signPart{Text: clean(list[i].Text, longSign)}
		p.From, p.More = s.proof(list[i].Evidence)
		parts = append(parts, p)
	}
	return parts
}

// held says who leans which way, since when, and how that moved.
func (s *scribe) held(l *review.Leaning) viewPart {
	h := viewPart{Who: clean(l.Who, longName), From: s.evidence(&l.Evidence)}
	h.From.What = ""
	if h.Who == "" {
		h.Who = "Somebody not named"
	}
	leans := func(pole, says string) string {
		text := "leans to neither side"
		if pole = clean(pole, longName); pole != "" {
			text = "leans to “" + pole + "”"
		}
		if says = clean(says, longText); says != "" {
			text += ": “" + says + "”"
		}
		return text
	}
	h.Text = leans(l.Pole, l.Says)
	if !l.Subject.IsZero() {
		h.Text += ", of " + s.name(l.Subject)
	}
	if !l.Since.IsZero() {
		h.Text += ", since " + s.when(l.Since, false)
	}
	if l.Past {
		h.Text += ", which does not hold on the day of the page"
	}
	h.Text += "."
	for i := range l.Moves {
		m := &l.Moves[i]
		text := "Recorded"
		if m.Verb != 0 && m.Verb != record.Assert {
			text = capital(m.Verb.String())
		}
		text += ": " + leans(m.Pole, m.Says)
		if !m.From.IsZero() {
			text += ", from " + s.when(m.From, false)
		}
		if !m.Until.IsZero() {
			text += ", until before " + s.when(m.Until, false)
		}
		if !m.Recorded.IsZero() {
			text += ", recorded " + instant(m.Recorded)
		}
		if why := clean(m.Reason, longText); why != "" {
			text += ", because “" + why + "”"
		}
		o := s.evidence(&m.Evidence)
		o.What = ""
		h.Moves = append(h.Moves, rival{text + ".", o})
	}
	return h
}

// designsPart holds the missions against each reference design.
type designsPart struct {
	Designs []designPart
	Differs []string
	Refused string // why there is no comparison
}

type designPart struct {
	Anchor, ID, Title string
	Long              bool // too long to be worth paper
	Rows              []elementRow
	Silent            []fact // elements of which nothing is recorded for any mission, and what to record
}

// elementRow is what a design asks for, and how it stands in the missions of which something is recorded.
type elementRow struct {
	Says    string
	Stands  []standPart
	Unknown []link
}

type standPart struct {
	State    tag
	Missions []link
	Text     string
	From     []origin
	More     string
}

// How much of the designs the page compares and prints.
const (
	mostCompared = 12      // missions: each is held against each design anew
	mostReadAnew = 100_000 // records, times missions
	mostPrinted  = 12      // lines of a design
)

// designs compares every mission with every reference design; nil where there is no mission.
func (s *scribe) designs(missions []record.ID) *designsPart {
	if len(missions) == 0 {
		return nil
	}
	s.used["design"] = true
	p := new(designsPart)
	if n := s.review.Coverage.Records; len(missions) > mostCompared || len(missions)*n > mostReadAnew {
		p.Refused = "With " + count(len(missions), "mission", "missions") + " and " + count(n, "record", "records") + " the page does not hold each against each design. The command “missions design” does, one by one."
		return p
	}
	for _, d := range review.Designs() {
		p.Designs = append(p.Designs, s.design(d, missions))
	}
	for _, x := range review.Disagreements() {
		p.Differs = append(p.Differs, x.String())
	}
	return p
}

func (s *scribe) design(d *review.Design, missions []record.ID) designPart {
	part := designPart{Anchor: "design-" + d.ID, ID: d.ID, Title: d.Title}
	var views []review.DesignView
	for _, id := range missions {
		if v, err := d.Compare(s.m, id); err == nil {
			views = append(views, v)
		}
	}
	for i := range d.Elements {
		e := &d.Elements[i]
		row := elementRow{Says: e.Says}
		index := make(map[string]int)
		for k := range views {
			v := &views[k].Elements[i]
			where := s.place(views[k].Mission)
			if v.Presence == review.Unknown {
				row.Unknown = append(row.Unknown, where)
				continue
			}
			text := clean(v.Text, longSign)
			if v.Weak {
				text += " It rests only on hearsay, opinion or forecast."
			}
			key := v.Presence.String() + text
			at, ok := index[key]
			if !ok {
				at = len(row.Stands)
				index[key] = at
				stand := standPart{State: s.presence(v.Presence), Text: text}
				stand.From, stand.More = s.proof(slices.Concat(v.For, v.Against))
				row.Stands = append(row.Stands, stand)
			}
			row.Stands[at].Missions = append(row.Stands[at].Missions, where)
		}
		if len(row.Stands) > 0 {
			part.Rows = append(part.Rows, row)
			continue
		}
		todo := "Nothing would show it yet."
		if e.Shown != "" {
			todo = "To know, record " + e.Shown + "."
		}
		part.Silent = append(part.Silent, fact{e.Says, todo})
	}
	part.Long = len(part.Rows)+len(part.Silent) > mostPrinted
	return part
}

// presence puts how an element of a design stands into words and a shape.
func (s *scribe) presence(p review.Presence) tag {
	t := tag{"unknown", "unknown"}
	switch p {
	case review.Present:
		t = tag{"present", "present"}
	case review.Absent:
		t = tag{"absent", "absent"}
	case review.Conflicting:
		t = tag{"contested", "conflicting"}
	}
	return t
}

// earlierPart is what a plan remembers of earlier reforms.
type earlierPart struct {
	Reforms  []reformRow
	Patterns []lineRow
}

type reformRow struct {
	Name     string
	Verdicts []rival
	Differ   bool
	Facts    []fact
}

// earlier is what was tried before; nil where the plan remembers no reform and no barrier.
func (s *scribe) earlier() *earlierPart {
	r := review.Recall(s.m)
	if len(r.Reforms)+len(r.Patterns) == 0 {
		return nil
	}
	s.used["reform"] = true
	p := new(earlierPart)
	for i := range r.Reforms {
		v := &r.Reforms[i]
		row := reformRow{Name: clean(v.Name, longName), Differ: v.Differ}
		for k := range v.Verdicts {
			row.Verdicts = append(row.Verdicts, s.verdict(&v.Verdicts[k]))
		}
		if text := s.namesOf(v.EndedBy); text != "" {
			row.Facts = append(row.Facts, fact{"Ended by", text})
		}
		if text := s.namesOf(v.LikenedTo); text != "" {
			row.Facts = append(row.Facts, fact{"Likened to", text})
		}
		p.Reforms = append(p.Reforms, row)
	}
	for i := range r.Patterns {
		v := &r.Patterns[i]
		for k := range v.Places {
			b := &v.Places[k]
			row := lineRow{Name: s.name(b.Ref), Kind: words(v.Pattern)}
			if row.Kind == "" {
				row.Kind = "of a sort that nobody states"
			}
			add := row.adder()
			add("In the way of", s.namesOf(b.Subjects))
			add("By it ended", s.namesOf(b.Ended))
			if !b.Removed.IsZero() {
				add("Taken away", s.when(b.Removed, false))
			}
			if len(b.Evidence) > 0 {
				row.From = s.evidence(&b.Evidence[0])
				row.From.What = ""
			}
			p.Patterns = append(p.Patterns, row)
		}
	}
	return p
}

// verdict is what one claimant says of a reform.
func (s *scribe) verdict(v *review.Verdict) rival {
	text := clean(v.Claimant, longName)
	if text == "" {
		text = "A claimant not named"
	}
	if fate := clean(v.Fate, longText); fate != "" {
		text += ": “" + fate + "”"
	} else {
		text += " says nothing of how it went"
	}
	switch {
	case !v.Began.IsZero() && !v.Ended.IsZero():
		text += "; " + s.when(v.Began, false) + " to " + s.when(v.Ended, false)
	case !v.Began.IsZero():
		text += "; began " + s.when(v.Began, false)
	case !v.Ended.IsZero():
		text += "; ended " + s.when(v.Ended, false)
	}
	if made := spoken(v.Features); made != "" {
		text += "; made of " + made
	}
	o := s.evidence(&v.Evidence)
	o.What, o.Claimant = "", ""
	return rival{text + ".", o}
}

// copyPart says what a page leaves out of the plan.
type copyPart struct {
	Says string
	Rows []leftRow
}

type leftRow struct{ What, Count, Why string }

// absent is what the view or the copy leaves out; nil where that is nothing and the page is not for the public.
func (s *scribe) absent() *copyPart {
	removed := s.m.Removed()
	if len(removed) == 0 && !s.public {
		return nil
	}
	p := &copyPart{Says: "What was left out, and why. It names nothing, so that it may be read by anybody."}
	if len(removed) == 0 {
		p.Says = "Nothing was left out of this copy but the names of persons, where it has any."
	}
	for _, r := range removed {
		what := capital(words(mission.TableOf(r.Kind)))
		switch {
		case r.Kind == "":
			what = "Members of the document itself"
		case r.Field == "x-":
			what += ": members of their own, which start with “x-”"
		case r.Field != "":
			what += ": the member “" + clean(r.Field, longAt) + "”"
		}
		p.Rows = append(p.Rows, leftRow{what, number(r.Count), clean(r.Why, longText)})
	}
	return p
}
