package report

import (
	"html/template"
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

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
	p.Lead = s.lead(missions, milestones)
	p.Dates = s.datesPart(milestones)
	if p.Since = s.since(milestones); p.Since != nil {
		p.Lead.Changed, p.Lead.Since = p.Since.brief(), true
	}
	p.Tensions, p.Designs, p.Earlier = s.tensions(), s.designs(missions), s.earlier()
	nearby := s.surround(missions)
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
		part.Nearby, part.Tensions = nearby[id].tables(), s.pulls[mission.Ref(id)]
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
	p.Nearby, p.Acts = nearby[""].tables(), s.registers()
	p.LeftOut = s.absent()
	p.Coverage = s.coverage()
	p.Sources = s.sourceRows()
	p.Foot = s.foot()
	s.wordsOf(p, missions, milestones)
	p.Words = s.glossary()
	p.Contents = s.contents(p)
	return p, nil
}

// wordsOf marks the words that a page uses for what it holds.
func (s *scribe) wordsOf(p *page, missions, milestones []record.ID) {
	for key, used := range map[string]bool{
		"missions": len(missions) > 0, "milestones": len(milestones) > 0, "duties": len(s.spec.Duties) > 0,
		"findings": len(p.Findings) > 0, "gaps": len(p.Gaps) > 0, "records": p.Coverage.Grades != nil,
		"share": len(s.spec.Targets) > 0, "claims": len(s.spec.Assessments) > 0,
	} {
		s.used[key] = s.used[key] || used
	}
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
		l := link{findingAnchor(f), f.Rule.ID + ", " + small(f.Rule.Title)}
		if f.Waiver != nil {
			l.Text += " (set aside)"
		}
		s.found[f.Subject] = append(s.found[f.Subject], l)
	}
}

func (s *scribe) contents(p *page) []entry {
	list := []entry{{Anchor: "first", Text: "What matters first"}}
	if p.Since != nil {
		list = append(list, entry{Anchor: "since", Text: "What changed since last time"})
	}
	list = append(list, entry{Anchor: "due", Text: "Dates and open duties"}, entry{Anchor: "map", Text: "The map"})
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
	if p.Duties != nil || p.Boards != nil || p.Around != nil || p.Nearby != nil {
		list = append(list, entry{Anchor: "others", Text: "Of no mission"})
	}
	if p.Money != nil {
		list = append(list, entry{Anchor: "money", Text: "Money"})
	}
	if p.Acts != nil {
		list = append(list, entry{Anchor: "acts", Text: "Decided and handed on"})
	}
	list = append(list,
		entry{Anchor: "findings", Text: "Findings"},
		entry{Anchor: "unknown", Text: "What we cannot know"},
	)
	if p.Tensions != nil {
		list = append(list, entry{Anchor: "tensions", Text: "Tensions"})
	}
	if p.Designs != nil {
		list = append(list, entry{Anchor: "designs", Text: "Reference designs"})
	}
	if p.Earlier != nil {
		list = append(list, entry{Anchor: "earlier", Text: "What was tried before"})
	}
	list = append(list, entry{Anchor: "coverage", Text: "Coverage"})
	if p.LeftOut != nil {
		list = append(list, entry{Anchor: "leftout", Text: "What this copy leaves out"})
	}
	return append(list,
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
