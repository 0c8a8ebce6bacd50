package report

import (
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// lead is the first screen: one line for each thing that matters, with a link to where it is said in full.
type lead struct {
	Opening   string
	Coverage  string
	Next      []dueRow
	NextTo    string
	Late      string // how many have their day behind them
	NoDay     bool
	Leads     []leadRow
	LeadsTo   string
	Serious   []seriousRow
	SeriousTo string
	Calm      string // where no serious rule found anything that is not set aside
	Aside     []link
	AsideTo   string
	Gaps      []gapCount
	GapsTo    string
	Changed   []string
	Since     bool // there is a section on what changed
}

// leadRow says who leads some missions: those of which the same is recorded, by the same sources.
type leadRow struct {
	Missions []link
	State    tag
	Who      string
	From     []origin
	More     string
}

// seriousRow is what one serious rule found: of which subjects, each with its link.
type seriousRow struct {
	Rule     link
	Subjects []link
	More     string
	Basis    string
}

// gapCount says of how many subjects of a kind some rules could not tell: each rule of so many, which are not to be added up.
type gapCount struct {
	Of    string
	Rules []ruleLink
	kind  record.Kind
}

// ruleLink leads to a rule by its code.
type ruleLink struct{ Anchor, ID, Title string }

// What the first screen shows at most.
const (
	mostFirst    = 5 // dates
	mostLeads    = 8
	mostSerious  = 6 // rules, and subjects of each
	mostGapCodes = 120
	mostOrigins  = 2
)

func (s *scribe) lead(missions, milestones []record.ID) lead {
	var l lead
	l.Opening = "The records show " + count(len(missions), "mission", "missions") + " and " + count(len(milestones), "milestone", "milestones")
	if len(milestones) > 0 {
		l.Opening += ": " + s.tallies(milestones)
	}
	l.Opening += "."
	c := &s.review.Coverage
	l.Coverage = "Read by " + count(len(c.Rules), "rule", "rules") + " from " + count(c.Records, "record", "records") + " (" +
		grouped(strconv.Itoa(c.Unsourced)) + " without a source, " + grouped(strconv.Itoa(c.Ungraded)) + " without a grade). What they do not hold the page cannot know."
	s.leads(&l, missions)
	s.serious(&l)
	s.gapCounts(&l)
	if l.NoDay = s.at.On.IsZero(); !l.NoDay {
		late, next := s.parted(milestones)
		if len(late) > 0 {
			l.Late = count(len(late), "milestone has its day behind it and is", "milestones have their day behind them and are") + " not known to be met."
		}
		if n := len(next); n > mostFirst {
			next, l.NextTo = next[:mostFirst], count(n-mostFirst, "more is", "more are")+" to come."
		}
		l.Next, _ = s.dueRows(next)
	}
	return l
}

// parted parts the milestones that are not met into those whose day has passed and those to come, each by date.
func (s *scribe) parted(milestones []record.ID) (late, next []record.ID) {
	for _, id := range milestones {
		switch st := s.stand(id); {
		case st.Status == milestone.Met || !st.Due.IsResolved():
		case st.Due.Before(s.at.On):
			late = append(late, id)
		default:
			next = append(next, id)
		}
	}
	s.byDate(late)
	s.byDate(next)
	return late, next
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

// leads says who leads each mission.
func (s *scribe) leads(l *lead, missions []record.ID) {
	for i, id := range missions {
		if i == mostLeads && len(missions) > mostLeads+1 {
			l.LeadsTo = count(len(missions)-i, "more mission is", "more missions are") + " under “Missions”."
			return
		}
		row := leadRow{Missions: []link{s.place(mission.Ref(id))}}
		a, ok := s.register.Answerable(mission.Ref(id), accountability.MissionLead, s.at)
		row.State = s.state(a.State)
		if ok {
			var posts []record.ID
			for _, c := range a.Carriers {
				if !slices.Contains(posts, c.Post) {
					posts = append(posts, c.Post)
				}
			}
			if row.Who = s.partyNames(posts); row.Who != "" && a.State != accountability.Held {
				row.Who = "(" + row.Who + ")"
			}
			var list []origin
			for _, ref := range a.Records {
				if ref.Kind != accountability.KindDuty {
					continue
				}
				if o, ok := s.originOf(ref, ""); ok {
					list = append(list, o)
				}
			}
			row.From, row.More = few(merged(list), mostOrigins)
		}
		same := slices.IndexFunc(l.Leads, func(r leadRow) bool {
			return r.State == row.State && r.Who == row.Who && r.More == row.More && slices.Equal(r.From, row.From)
		})
		if same < 0 {
			l.Leads = append(l.Leads, row)
			continue
		}
		l.Leads[same].Missions = append(l.Leads[same].Missions, row.Missions...)
	}
}

// few keeps the first origins, and says how many more there are.
func few(list []origin, most int) ([]origin, string) {
	if n := len(list); n > most+1 {
		return list[:most:most], "and " + count(n-most, "more source", "more sources")
	}
	return list, ""
}

// serious groups the serious findings that nobody has set aside by their rules.
func (s *scribe) serious(l *lead) {
	var weak, all int
	close := func() {
		if all == 0 {
			return
		}
		row := &l.Serious[len(l.Serious)-1]
		switch {
		case weak == all && all == 1:
			row.Basis = "It rests only on hearsay, opinion or forecast."
		case weak == all:
			row.Basis = "All rest only on hearsay, opinion or forecast."
		case weak > 0:
			row.Basis = count(weak, "rests", "rest") + " only on hearsay, opinion or forecast."
		}
		if n := len(row.Subjects); n > mostSerious+1 {
			row.Subjects, row.More = row.Subjects[:mostSerious:mostSerious], "and "+count(n-mostSerious, "more", "more")
		}
	}
	var rule *review.Rule
	for i := range s.review.Findings {
		f := &s.review.Findings[i]
		switch {
		case f.Rule.Severity != review.Serious:
			continue
		case f.Waiver != nil:
			l.Aside = append(l.Aside, link{findingAnchor(f), f.Rule.ID + ", " + s.name(f.Subject)})
			continue
		case f.Rule != rule:
			close()
			rule, weak, all = f.Rule, 0, 0
			l.Serious = append(l.Serious, seriousRow{Rule: link{"rule-" + f.Rule.ID, f.Rule.Title}})
		}
		row := &l.Serious[len(l.Serious)-1]
		row.Subjects = append(row.Subjects, link{findingAnchor(f), s.name(f.Subject)})
		all++
		if f.Weak {
			weak++
		}
	}
	close()
	if n := len(l.Serious); n > mostSerious+1 {
		l.Serious, l.SeriousTo = l.Serious[:mostSerious:mostSerious], count(n-mostSerious, "more serious rule has", "more serious rules have")+" findings."
	}
	if n := len(l.Aside); n > mostSerious+1 {
		l.Aside, l.AsideTo = l.Aside[:mostSerious:mostSerious], "and "+count(n-mostSerious, "more", "more")
	}
	switch {
	case len(l.Serious) > 0:
	case len(l.Aside) > 0:
		l.Calm = "Every serious finding is set aside for now. " + review.NotHealth
	default:
		l.Calm = "No rule of the severity “serious” found anything. " + review.NotHealth
	}
}

// gapCounts says of how many subjects each rule could not tell. Rules that could not tell of as many stand together.
func (s *scribe) gapCounts(l *lead) {
	type key struct {
		kind record.Kind
		n    int
	}
	index := make(map[key]int)
	list := s.review.Unassessed
	rules := 0
	for i := 0; i < len(list); {
		n := make(map[record.Kind]int)
		var kinds []record.Kind
		rule := list[i].Rule
		for ; i < len(list) && list[i].Rule == rule; i++ {
			k := list[i].Subject.Kind
			if n[k] == 0 {
				kinds = append(kinds, k)
			}
			n[k]++
		}
		if rules++; rules > mostGapCodes {
			continue
		}
		for _, kind := range kinds {
			k := key{kind, n[kind]}
			at, ok := index[k]
			if !ok {
				at = len(l.Gaps)
				index[k] = at
				l.Gaps = append(l.Gaps, gapCount{Of: counted(kind, n[kind]), kind: kind})
			}
			l.Gaps[at].Rules = append(l.Gaps[at].Rules, ruleLink{"gap-" + rule.ID, rule.ID, rule.Title})
		}
	}
	order := make(map[record.Kind]int)
	for i := range l.Gaps {
		if _, ok := order[l.Gaps[i].kind]; !ok {
			order[l.Gaps[i].kind] = len(order)
		}
	}
	slices.SortStableFunc(l.Gaps, func(a, b gapCount) int { return order[a.kind] - order[b.kind] })
	if rules > mostGapCodes {
		l.GapsTo = count(rules-mostGapCodes, "more rule", "more rules") + " could not tell either."
	}
}

// counted writes how many of a kind there are; no kind is the plan as a whole.
func counted(kind record.Kind, n int) string {
	if kind == "" {
		return "the plan as a whole"
	}
	return count(n, words(string(kind)), words(mission.TableOf(kind)))
}

// dates is the section on what is due, what is past its day, and which duties are open.
type dates struct {
	Next, Late     []dueRow
	NextTo, LateTo string
	NoDay          bool
	Open           []answerRow
	OpenTo         string // how many more there are
}

func (s *scribe) datesPart(milestones []record.ID) dates {
	d := dates{NoDay: s.at.On.IsZero()}
	if !d.NoDay {
		late, next := s.parted(milestones)
		d.Late, d.LateTo = s.dueRows(late)
		d.Next, d.NextTo = s.dueRows(next)
	}
	vacant := s.register.Vacancies(s.at)
	for i, a := range vacant {
		if i == mostDue && len(vacant) > mostDue+1 {
			d.OpenTo = count(len(vacant)-i, "more is", "more are") + " under the missions and milestones."
			break
		}
		row := answerRow{Duty: capital(words(a.Duty)), Subject: s.place(a.Subject), State: s.state(a.State)}
		for _, ref := range a.Records {
			if o, ok := s.originOf(ref, ""); ok {
				row.From = append(row.From, o)
			}
		}
		row.From = merged(row.From)
		d.Open = append(d.Open, row)
	}
	return d
}
