package report

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// missionPart is what the page says of one mission.
type missionPart struct {
	Anchor, Name string
	Facts        []fact
	Rivals       []rival
	From         origin
	Findings     []link
	Answers      *answers
	Ways         []wayRow
	Around       around
	Nearby       []tablePart
	Tensions     []link // that show in it
	Boards       []boardRow
	Outcomes     []outcomeRow
	Steps        *steps
	Map          *picturePart
}

// fact is a name and what is recorded under it.
type fact struct{ Name, Text string }

// rival is what another claimant says.
type rival struct {
	Text string
	From origin
}

// answers is a table of duties and how they stand.
type answers struct {
	Caption string
	Subject bool // the rows are about several subjects, which each names
	Rows    []answerRow
}

type answerRow struct {
	Duty     string
	Subject  link
	State    tag
	Why      string
	Carriers []carrier
	Shared   []rival // how the carriers share it
	From     []origin
}

// carrier is a post, body or organisation that carries a duty.
type carrier struct {
	Name    string
	Of      string // its organisation
	Holders []string
	Facts   []fact
}

// boardRow is what one claimant says of a forum.
type boardRow struct {
	Anchor     string // of the forum; empty for what rival claimants say of one that has a row
	Name, Kind string
	Facts      []fact
	Members    string
	Disclosed  string
	From       origin
}

type outcomeRow struct {
	Anchor string // empty where the outcome has its place under another mission
	Name   string
	Facts  []fact
	From   origin
}

func (s *scribe) mission(id record.ID) (missionPart, error) {
	ref := mission.Ref(id)
	claims := s.m.Mission(id, s.at)
	r := claims[0].Record
	p := missionPart{Anchor: "mission-" + string(id), Name: named(r.Name, id), From: s.origin(&r.Record), Findings: s.found[ref]}
	add := func(name, text string) {
		if text = clean(text, longText); text != "" {
			p.Facts = append(p.Facts, fact{name, text})
		}
	}
	add("What is to be true", r.Statement)
	add("The problem", r.Problem)
	if !r.Horizon.IsZero() {
		add("Horizon", s.when(r.Horizon, true))
	}
	if !r.Announced.IsZero() {
		add("Announced", s.when(r.Announced, true))
	}
	add("Stage", words(r.Stage))
	if r.Internal {
		add("Scope", "a matter of central government alone, by decision")
	}
	if ids, ok := r.Contributors.Get(); ok {
		add("Contributors", s.partyNames(ids))
	} else if !r.Contributors.IsZero() {
		add("Contributors", r.Contributors.Why())
	}
	for _, of := range r.Parents {
		add("Part of", s.name(mission.Ref(of)))
	}
	for _, c := range claims[1:] {
		text := "called “" + clean(c.Record.Name, longName) + "”"
		if !c.Record.Horizon.IsZero() {
			text += ", horizon " + s.when(c.Record.Horizon, false)
		}
		if c.Record.Stage != "" {
			text += ", stage " + words(c.Record.Stage)
		}
		p.Rivals = append(p.Rivals, rival{text, s.origin(&c.Record.Record)})
	}
	p.Answers = s.answers("Who answers for this mission", ref)
	p.Ways = s.ways(ref)
	p.Boards = s.boards(ref)
	for _, oid := range s.m.OutcomesOf(id) {
		for _, c := range s.m.Outcome(oid, s.at) {
			row := s.outcome(c.Record)
			row.Anchor = s.once(record.Ref{Kind: mission.KindOutcome, ID: oid})
			p.Outcomes = append(p.Outcomes, row)
		}
	}
	ids := s.milestonesOf(id)
	p.Steps = s.steps("Milestones of “"+p.Name+"”", ids, id)
	initiatives := s.m.InitiativesOf(id)
	p.Around = s.aroundOf(belongings(id, ids, s.m.OutcomesOf(id), initiatives), initiatives)
	p.Around.Money = s.money(belongings(id, ids, s.m.OutcomesOf(id), initiatives))
	var err error
	p.Map, err = s.missionMap(id, p.Name, ids)
	return p, err
}

// milestonesOf lists the milestones that belong to a mission at the moment of the page.
func (s *scribe) milestonesOf(id record.ID) []record.ID {
	var ids []record.ID
	for _, step := range s.m.MilestonesOf(id) {
		for _, c := range s.plan.Milestone(step, s.at) {
			if slices.Contains(c.Record.Missions, id) {
				ids = append(ids, step)
				break
			}
		}
	}
	return ids
}

func (s *scribe) outcome(r *mission.Outcome) outcomeRow {
	row := outcomeRow{Name: named(r.Name, r.Fact()), From: s.origin(&r.Record)}
	if text := clean(r.ForWhom, longText); text != "" {
		row.Facts = append(row.Facts, fact{"For", text})
	}
	if !r.Expected.IsZero() {
		row.Facts = append(row.Facts, fact{"Expected", s.when(r.Expected, true)})
	}
	for _, id := range r.Indicators {
		for _, c := range s.plan.Indicator(id, s.at) {
			row.Facts = append(row.Facts, fact{"Shown by", clean(c.Record.Name, longName)})
		}
	}
	for _, a := range s.answerRows(record.Ref{Kind: mission.KindOutcome, ID: r.Fact()}) {
		row.Facts = append(row.Facts, fact{a.Duty, a.brief()})
	}
	return row
}

// answers is the table of the duties on one subject; nil if none is recorded.
func (s *scribe) answers(caption string, subject record.Ref) *answers {
	rows := s.answerRows(subject)
	if len(rows) == 0 {
		return nil
	}
	return &answers{Caption: caption, Rows: rows}
}

// otherAnswers is the table of the duties on what is neither mission, milestone nor outcome; nil if there is none.
func (s *scribe) otherAnswers() *answers {
	a := answers{Caption: "Duties on other subjects", Subject: true}
	seen := make(map[record.Ref]bool)
	for i := range s.spec.Duties {
		ref := s.spec.Duties[i].Subject
		if seen[ref] || s.hasRow(ref) {
			continue
		}
		seen[ref] = true
		a.Rows = append(a.Rows, s.answerRows(ref)...)
	}
	if len(a.Rows) == 0 {
		return nil
	}
	return &a
}

// hasRow reports whether the page has a place for a subject that lists its duties or boards.
func (s *scribe) hasRow(ref record.Ref) bool {
	return ref.Kind != mission.KindInitiative && s.place(ref).Anchor != ""
}

// once returns the anchor of an outcome or forum where it is asked for the first time, and "" after that.
func (s *scribe) once(ref record.Ref) string {
	anchor := s.place(ref).Anchor
	if anchor == "" || s.placed[anchor] {
		return ""
	}
	s.placed[anchor] = true
	return anchor
}

func (s *scribe) answerRows(subject record.Ref) []answerRow {
	var rows []answerRow
	for _, duty := range s.register.Duties(subject) {
		a, ok := s.register.Answerable(subject, duty, s.at)
		if !ok {
			continue
		}
		row := answerRow{Duty: capital(words(duty)), Subject: s.place(subject), State: s.state(a.State)}
		if a.Why != "" && a.Why != "it is recorded as "+a.State.String() {
			row.Why = clean(a.Why, longText)
		}
		posts := make(map[record.ID]int)
		for _, c := range a.Carriers {
			next := s.carrier(c)
			i, twice := posts[c.Post]
			if !twice {
				posts[c.Post] = len(row.Carriers)
				row.Carriers = append(row.Carriers, next)
				continue
			}
			for _, f := range next.Facts { // several records give the duty to one post
				if known := &row.Carriers[i].Facts; !slices.Contains(*known, f) {
					*known = append(*known, f)
				}
			}
		}
		for _, ref := range a.Records {
			what := ""
			if len(a.Records) > 1 {
				what = words(string(ref.Kind))
			}
			if o, ok := s.originOf(ref, what); ok {
				row.From = append(row.From, o)
			}
		}
		row.From = merged(row.From)
		row.Shared = s.sharings(subject, duty, len(row.Carriers))
		rows = append(rows, row)
	}
	return rows
}

// merged leaves out what is said twice.
func merged(list []origin) []origin {
	var kept []origin
	seen := make(map[origin]bool, len(list))
	for _, o := range list {
		if !seen[o] {
			seen[o] = true
			kept = append(kept, o)
		}
	}
	return kept
}

// gathered joins the origins that differ in nothing but the records that they are of.
func gathered(list []origin) []origin {
	var kept []origin
	index := make(map[origin]int)
	whats := make(map[int][]string)
	for _, o := range list {
		what := o.What
		o.What = ""
		i, ok := index[o]
		if !ok {
			i = len(kept)
			index[o] = i
			kept = append(kept, o)
		}
		if what != "" && !slices.Contains(whats[i], what) {
			whats[i] = append(whats[i], what)
		}
	}
	for i := range kept {
		kept[i].What = listed(whats[i])
	}
	return kept
}

func (s *scribe) carrier(c accountability.Carrier) carrier {
	p := s.party(c.Post)
	out := carrier{Name: p.name}
	if p.of != "" {
		out.Of = s.party(p.of).name
	}
	if p.kind == accountability.Post && c.Filled != accountability.Vacant && len(c.Holders) == 0 {
		out.Holders = append(out.Holders, "no holder of the post is recorded")
	}
	if c.Filled == accountability.Vacant {
		out.Holders = append(out.Holders, "the post is vacant: its last recorded holding has ended")
	}
	for _, h := range c.Holders {
		text := "held by " + s.party(h.Party).name
		switch {
		case h.Party == "":
			text = "held; by whom is not published"
			if why := clean(h.Holding.Withheld, longText); why != "" {
				text += " (" + why + ")"
			}
		case s.party(h.Party).name == unnamed:
			text = "held; the holder’s name is left out"
		}
		if b := words(h.Holding.Basis); b != "" && b != "substantive" {
			text += ", " + b
		}
		if !h.Holding.From.IsZero() {
			text += ", since " + s.when(h.Holding.From, false)
		}
		out.Holders = append(out.Holders, text)
	}
	if c.Filled == accountability.Withheld && len(c.Holders) == 0 {
		out.Holders = append(out.Holders, "held; by whom is not published")
	}
	if gaps := s.gapsOf(c.Post); gaps != "" && p.kind == accountability.Post {
		out.Facts = append(out.Facts, fact{"Without a holder before", gaps})
	}
	d := c.Duty
	add := func(name, text string) { out.Facts = append(out.Facts, fact{name, text}) }
	if part := clean(d.Part, longText); part != "" {
		add("Part", part)
	}
	if !d.Accepted.IsZero() {
		add("Accepted", yesNo(d.Accepted))
	}
	for _, means := range []struct {
		name string
		v    record.Value[bool]
	}{{"May commit money", d.Means.Budget}, {"Has people", d.Means.People}, {"Has a route to a minister", d.Means.Route}} {
		if !means.v.IsZero() {
			add(means.name, yesNo(means.v))
		}
	}
	if d.Convening {
		add("Agreed", "to bring people together, and no more")
	}
	if d.FromTitle {
		add("Caution", "read off a title and stated nowhere")
	}
	if d.Successor != "" {
		add("To be succeeded by", s.party(d.Successor).name)
	}
	return out
}

// brief says in a line how a duty stands and who carries it.
func (a *answerRow) brief() string {
	var names []string
	for _, c := range a.Carriers {
		names = append(names, c.Name)
	}
	if len(names) == 0 {
		return a.State.Word
	}
	return a.State.Word + " (" + listed(names) + ")"
}

func (s *scribe) boards(subject record.Ref) []boardRow {
	var rows []boardRow
	for _, c := range s.register.Forums(subject, s.at) {
		f := c.Record
		row := boardRow{Name: clean(f.Name, longName), Kind: words(f.Kind), From: s.origin(&f.Record)}
		row.Anchor = s.once(record.Ref{Kind: accountability.KindForum, ID: f.Fact()})
		if row.Name == "" {
			row.Name, row.Kind = capital(row.Kind), ""
		}
		add := func(name, text string) { row.Facts = append(row.Facts, fact{name, text}) }
		if text := clean(f.Standing, longText); text != "" {
			add("Standing", text)
		}
		if f.Chair != "" {
			add("Chair", s.party(f.Chair).name)
		}
		if f.DesignedChair != "" && f.DesignedChair != f.Chair {
			add("Was to be chaired by", s.party(f.DesignedChair).name)
		}
		if text := clean(f.Purpose, longText); text != "" {
			add("Purpose", text)
		}
		row.Facts = append(row.Facts, s.meetings(f.Fact())...)
		row.Members = "not recorded"
		if ids, ok := f.Members.Get(); ok {
			row.Members = "recorded as having none"
			if len(ids) > 0 {
				row.Members = count(len(ids), "member", "members") + ": " + s.partyNames(ids)
			}
		} else if !f.Members.IsZero() {
			row.Members = clean(f.Members.Why(), longText)
		}
		row.Disclosed = "not recorded"
		if w, ok := f.Disclosed.Get(); ok {
			row.Disclosed = "published: " + s.when(w, true)
		} else if !f.Disclosed.IsZero() {
			row.Disclosed = clean(f.Disclosed.Why(), longText)
		}
		rows = append(rows, row)
	}
	return rows
}

// otherBoards lists the forums on what is no mission of the page.
func (s *scribe) otherBoards() []boardRow {
	var rows []boardRow
	seen := make(map[record.Ref]bool)
	for i := range s.spec.Forums {
		ref := s.spec.Forums[i].Subject
		if seen[ref] || ref.Kind == mission.KindMission && s.place(ref).Anchor != "" {
			continue
		}
		seen[ref] = true
		for _, row := range s.boards(ref) {
			if !ref.IsZero() {
				row.Facts = append([]fact{{"On", s.name(ref)}}, row.Facts...)
			}
			rows = append(rows, row)
		}
	}
	return rows
}
