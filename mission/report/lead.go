package report

import (
	"html/template"
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission/review"
)

// lead is what matters first.
type lead struct {
	Opening string
	Serious []seriousRow
	Calm    string // where no serious rule found anything
	Open    []answerRow
	OpenTo  string // how many more there are
	Late    []dueRow
	LateTo  string
	Next    []dueRow
	NextTo  string
	NoDay   bool
	Gaps    string
}

// seriousRow is a serious finding, or all of one rule where there are many.
type seriousRow struct {
	To    link
	Text  string
	Basis string
}

// mostSerious is how many serious findings are listed one by one.
const mostSerious = 8

func (s *scribe) lead(missions, milestones []record.ID) lead {
	var l lead
	l.Opening = "The records show " + count(len(missions), "mission", "missions") + " and " + count(len(milestones), "milestone", "milestones")
	if len(milestones) > 0 {
		l.Opening += ": " + s.tallies(milestones)
	}
	l.Opening += "."
	s.serious(&l)
	vacant := s.register.Vacancies(s.at)
	for i, a := range vacant {
		if i == mostDue && len(vacant) > mostDue+1 {
			l.OpenTo = count(len(vacant)-i, "more is", "more are") + " under the missions and milestones."
			break
		}
		row := answerRow{Duty: capital(words(a.Duty)), Subject: s.place(a.Subject), State: s.state(a.State)}
		for _, ref := range a.Records {
			if o, ok := s.originOf(ref, ""); ok {
				row.From = append(row.From, o)
			}
		}
		row.From = merged(row.From)
		l.Open = append(l.Open, row)
	}
	on := s.at.On
	l.NoDay = on.IsZero()
	if !l.NoDay {
		var late, next []record.ID
		for _, id := range milestones {
			switch st := s.stand(id); {
			case st.Status == milestone.Met || !st.Due.IsResolved():
			case st.Due.Before(on):
				late = append(late, id)
			default:
				next = append(next, id)
			}
		}
		s.byDate(late)
		s.byDate(next)
		l.Late, l.LateTo = s.dueRows(late)
		l.Next, l.NextTo = s.dueRows(next)
	}
	switch n := len(s.review.Unassessed); n {
	case 0:
		l.Gaps = "The rules could tell, one way or the other, wherever they looked."
	case 1:
		l.Gaps = "One question of the rules could not be answered from these records."
	default:
		l.Gaps = grouped(strconv.Itoa(n)) + " questions of the rules could not be answered from these records."
	}
	return l
}

// byDate puts milestones in the order of their due dates, by the last day that they may mean and then by the first.
func (s *scribe) byDate(ids []record.ID) {
	slices.SortStableFunc(ids, func(a, b record.ID) int {
		x, y := s.stand(a).Due, s.stand(b).Due
		if c := x.Latest().Compare(y.Latest()); c != 0 {
			return c
		}
		return x.Earliest().Compare(y.Earliest())
	})
}

func (s *scribe) serious(l *lead) {
	n := 0
	for i := range s.review.Findings {
		if s.review.Findings[i].Rule.Severity == review.Serious {
			n++
		}
	}
	if n == 0 {
		l.Calm = "No rule of the severity “serious” found anything. " + review.NotHealth
		return
	}
	for i := 0; i < len(s.review.Findings); i++ {
		f := &s.review.Findings[i]
		if f.Rule.Severity != review.Serious {
			continue
		}
		row := seriousRow{link{findingAnchor(f), f.Rule.Title + ": " + s.name(f.Subject)}, clean(f.Text, longText), clean(f.Basis(), longText)}
		if n > mostSerious {
			same := i
			for same+1 < len(s.review.Findings) && s.review.Findings[same+1].Rule == f.Rule {
				same++
			}
			if same > i {
				row = seriousRow{To: link{"rule-" + f.Rule.ID, f.Rule.Title + ": " + count(same-i+1, "finding", "findings")}, Text: "The first of them: " + row.Text}
			}
			i = same
		}
		l.Serious = append(l.Serious, row)
	}
}

// page makes the whole page.
func (s *scribe) page() (*page, error) {
	missions, milestones := s.missions(), s.milestones()
	s.folded = len(milestones) > s.options.Unfolded
	s.settle(milestones)
	if s.options.Schedule != nil {
		s.restsOnWork(s.options.Schedule)
	}
	p := &page{Style: template.CSS(style), Title: clean(s.options.Title, longName)}
	if p.Title == "" {
		p.Title = clean(s.spec.Title, longName)
	}
	if p.Title == "" {
		p.Title = "A plan without a title"
	}
	p.When = s.seenFrom()
	p.Banners = s.banners()
	p.Findings = s.findings()
	p.Gaps = s.gaps()
	p.Any = anyOf{len(s.review.Findings), len(s.review.Unassessed)}
	p.Lead = s.lead(missions, milestones)
	p.Since = s.since(milestones)
	var err error
	if p.Map, err = s.mapPart(missions, milestones); err != nil {
		return nil, err
	}
	if p.Schedule, err = s.schedule(); err != nil {
		return nil, err
	}
	for _, id := range missions {
		part, err := s.mission(id)
		if err != nil {
			return nil, err
		}
		p.Missions = append(p.Missions, part)
	}
	var loose []record.ID
	for _, id := range milestones {
		if s.home[id] == "" {
			loose = append(loose, id)
		}
	}
	p.Loose = s.steps("Milestones of no mission", loose, "")
	p.Duties, p.Boards = s.otherAnswers(), s.otherBoards()
	p.Learning = s.learning()
	p.Around, p.Money = s.elsewhere(), s.otherMoney()
	p.Coverage = s.coverage()
	p.Sources = s.sourceRows()
	p.Foot = s.foot()
	p.Words = s.glossary()
	p.Contents = s.contents(p)
	return p, nil
}

// settle gives every milestone the mission that its row stands under, and every subject its findings.
func (s *scribe) settle(milestones []record.ID) {
	for _, id := range milestones {
		s.shown[id] = "milestone-" + string(id)
		s.home[id] = ""
		for _, of := range s.plan.Milestone(id, s.at)[0].Record.Missions {
			if len(s.m.Mission(of, s.at)) > 0 {
				s.home[id] = of
				break
			}
		}
	}
	for _, of := range s.missions() {
		for _, id := range s.m.OutcomesOf(of) {
			s.outcomes[id] = s.outcomes[id] || len(s.m.Outcome(id, s.at)) > 0
		}
	}
	for i := range s.spec.Forums {
		for _, c := range s.register.Forums(s.spec.Forums[i].Subject, s.at) {
			s.forums[c.Record.Fact()] = true
		}
	}
	for _, id := range s.m.Initiatives() {
		s.initiatives[id] = len(s.m.Initiative(id, s.at)) > 0
	}
	for _, id := range s.m.Ledger().Experiments() {
		s.experiments[id] = len(s.m.Ledger().Experiment(id, s.at)) > 0
	}
	for _, id := range s.m.Ledger().Hypotheses() {
		s.hypotheses[id] = len(s.m.Ledger().Hypothesis(id, s.at)) > 0
	}
	s.gather()
	for i := range s.review.Findings {
		f := &s.review.Findings[i]
		s.found[f.Subject] = append(s.found[f.Subject], link{findingAnchor(f), f.Rule.ID + ", " + small(f.Rule.Title)})
	}
}

func (s *scribe) contents(p *page) []entry {
	list := []entry{{Anchor: "first", Text: "What matters first"}}
	if p.Since != nil {
		list = append(list, entry{Anchor: "since", Text: "What changed since last time"})
	}
	list = append(list, entry{Anchor: "map", Text: "The map"})
	if p.Schedule != nil {
		list = append(list, entry{Anchor: "time", Text: "What can be done when"})
	}
	missions := entry{Anchor: "missions", Text: "Missions"}
	for _, m := range p.Missions {
		missions.Under = append(missions.Under, entry{Anchor: m.Anchor, Text: m.Name})
	}
	list = append(list, missions)
	if p.Loose != nil {
		list = append(list, entry{Anchor: "loose", Text: "Milestones of no mission"})
	}
	if p.Learning != nil {
		list = append(list, entry{Anchor: "learning", Text: "Learning"})
	}
	if p.Duties != nil || p.Boards != nil || p.Around != nil {
		list = append(list, entry{Anchor: "others", Text: "Of no mission"})
	}
	if p.Money != nil {
		list = append(list, entry{Anchor: "money", Text: "Money"})
	}
	return append(list,
		entry{Anchor: "findings", Text: "Findings (" + grouped(strconv.Itoa(p.Any.Findings)) + ")"},
		entry{Anchor: "unknown", Text: "What we cannot know (" + grouped(strconv.Itoa(p.Any.Gaps)) + ")"},
		entry{Anchor: "coverage", Text: "Coverage"},
		entry{Anchor: "sources", Text: "Sources (" + grouped(strconv.Itoa(len(p.Sources))) + ")"},
		entry{Anchor: "words", Text: "Words used here"},
	)
}

// seenFrom says on which day and as of which instant the page looks.
func (s *scribe) seenFrom() string {
	text := "No day was given, so nothing is said to be met, missed or due."
	if !s.at.On.IsZero() {
		text = "As things stood on " + day(s.at.On)
		if s.at.Known.IsZero() {
			return text + ", by all that is recorded."
		}
		return text + ", as far as was known on " + instant(s.at.Known) + "."
	}
	if !s.at.Known.IsZero() {
		text += " What is shown is what was known on " + instant(s.at.Known) + "."
	}
	return text
}

// banners say what a reader must know before anything else.
func (s *scribe) banners() []string {
	var list []string
	view := s.m.View()
	if n := len(view.Changes); n > 0 {
		list = append(list, "What if: "+count(n, "change was", "changes were")+" made to the plan to see what would follow. This is not the plan as recorded.")
	}
	made, all := 0, 0
	for ref, r := range s.m.Records() {
		if ref.Kind == record.KindSource || ref.Kind == record.KindDay {
			continue
		}
		all++
		if r.Grade == record.Illustrative {
			made++
		}
	}
	if made > 0 {
		list = append(list, "Illustrative: "+grouped(strconv.Itoa(made))+" of "+count(all, "record is", "records are")+" made up, to show something. They are marked wherever they stand.")
	}
	if s.review.On != s.at.On || !s.review.Known.Equal(s.at.Known) {
		list = append(list, "The findings are those of another day or instant than the rest of the page.")
	}
	return list
}
