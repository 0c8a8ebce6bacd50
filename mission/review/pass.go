package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// pass is one reading of a model by the rules. Checks come to their verdicts with finding, cannot and nothing: one of them,
// once, for each subject that they look at.
type pass struct {
	m        *mission.Model
	plan     *milestone.Plan
	register *accountability.Register
	on       calendar.Date
	at       record.Moment // the zero one: the view's own
	review   *Review

	missions []record.ID // sorted, those that somebody says something of
	said     map[record.ID][]record.Claim[mission.Mission]
	steps    []step
	parties  map[record.ID]party
	forums   []forum              // read when a rule first asks: see eachForum
	treasury *purse               // read when a rule first asks for money
	learnt   *lessonBook          // read when a rule first asks for what was learnt
	threads  *web                 // read when a rule first asks who works with whom
	measured *measureBook         // read when a rule first asks what is asked for and what is tried
	memory   memoryBook           // read when a rule first asks
	aside    *waiving             // read when a finding or a rule first asks for waivers
	rooms    []room               // learning spaces, read when a rule first asks: see eachRoom
	occurred *happened            // read when a rule first asks what happened
	kinds    map[record.Kind]bool // of which there are records, read when a rule first asks

	// lookup finds a rule by id or slug, and names lists the names among which a mistaken one is sought. Waivers name rules,
	// and rules cannot name the catalogue that they are part of.
	lookup func(string) (*Rule, bool)
	names  func(string) []string

	rule       *Rule
	thresholds []Threshold
	tally      RuleCoverage
	quiet      []record.Ref
}

// step is a milestone and what is said of it.
type step struct {
	id     record.ID
	claims []record.Claim[milestone.Milestone]
}

func newPass(m *mission.Model) *pass {
	view := m.View()
	p := &pass{
		m: m, plan: m.Plan(), register: m.Register(), on: view.On,
		review:  &Review{On: view.On, Known: view.Known},
		said:    make(map[record.ID][]record.Claim[mission.Mission]),
		parties: make(map[record.ID]party),
	}
	for _, id := range m.Missions() {
		if claims := sorted(m.Mission(id, p.at)); len(claims) > 0 {
			p.missions = append(p.missions, id)
			p.said[id] = claims
		}
	}
	slices.Sort(p.missions)
	for _, id := range sortedIDs(p.plan.Milestones()) {
		if claims := sorted(p.plan.Milestone(id, p.at)); len(claims) > 0 {
			p.steps = append(p.steps, step{id, claims})
		}
	}
	return p
}

// run lets one rule look at everything, and puts its verdicts in the order of their subjects.
func (p *pass) run(rule *Rule, thresholds []Threshold) {
	p.rule, p.thresholds = rule, thresholds
	p.tally, p.quiet = RuleCoverage{Rule: rule, Thresholds: thresholds}, nil
	findings, unassessed := len(p.review.Findings), len(p.review.Unassessed)
	rule.check(p)
	r := p.review
	inOrder(r.Findings[findings:], func(f *Finding) record.Ref { return f.Subject })
	inOrder(r.Unassessed[unassessed:], func(u *Unassessed) record.Ref { return u.Subject })
	p.tally.Found = len(r.Findings) - findings
	p.tally.Unassessed = len(r.Unassessed) - unassessed
	p.tally.Nothing = len(p.quiet)
	p.tally.Looked = p.tally.Found + p.tally.Unassessed + p.tally.Nothing
	r.Coverage.Rules = append(r.Coverage.Rules, p.tally)
	r.nothing = append(r.nothing, quiet{rule, p.quiet})
}

// inOrder sorts by reference. Most lists are in order already, and are only looked at.
func inOrder[T any](list []T, ref func(*T) record.Ref) {
	for i := 1; i < len(list); i++ {
		if ref(&list[i-1]).Compare(ref(&list[i])) > 0 {
			slices.SortStableFunc(list, func(a, b T) int { return ref(&a).Compare(ref(&b)) })
			return
		}
	}
}

// limit returns the value of one of the rule's thresholds, by the part of its name after the rule's id.
func (p *pass) limit(name string) float64 {
	for _, t := range p.thresholds {
		if t.Name == p.rule.ID+"."+name {
			return t.Value
		}
	}
	return 0
}

func (p *pass) nothing(subject record.Ref) { p.quiet = append(p.quiet, subject) }

// finding records a finding. What triggered it stands apart from what only gives the context.
func (p *pass) finding(subject record.Ref, text string, trigger []Evidence, context ...Evidence) {
	f := Finding{Rule: p.rule, Subject: subject, Text: text, Weak: weak(trigger), Thresholds: p.thresholds}
	f.Waiver = p.waived(p.rule, subject)
	f.Evidence = slices.Clone(trigger)
	for _, e := range context {
		e.Context = true
		f.Evidence = append(f.Evidence, e)
	}
	slices.SortStableFunc(f.Evidence, func(a, b Evidence) int { return a.Ref.Compare(b.Ref) })
	f.Evidence = slices.CompactFunc(f.Evidence, func(a, b Evidence) bool { return a.Ref == b.Ref }) // the trigger stays
	f.Illustrative = slices.ContainsFunc(f.Evidence, func(e Evidence) bool { return e.Grade == record.Illustrative })
	p.review.Findings = append(p.review.Findings, f)
}

// cannot records that the rule cannot tell. The question is in words that follow "cannot tell".
func (p *pass) cannot(subject record.Ref, question string, missing ...Missing) {
	p.review.Unassessed = append(p.review.Unassessed, Unassessed{
		Rule: p.rule, Subject: subject, Missing: missing, Thresholds: p.thresholds,
		Text: "Cannot tell " + question + ": " + phrases(missing) + ". To be able to tell, " + ways(missing) + ".",
	})
}

// weak reports whether all of the evidence is hearsay, opinion or forecast.
func weak(evidence []Evidence) bool {
	return len(evidence) > 0 && !slices.ContainsFunc(evidence, func(e Evidence) bool { return !e.Grade.Weak() })
}

// evidence turns a record into evidence.
func (p *pass) evidence(kind record.Kind, r *record.Record) Evidence {
	e := Evidence{
		Ref: record.Ref{Kind: kind, ID: r.ID}, Grade: r.Grade, Source: r.Source, At: plain(r.At),
		Claimant: p.claimant(r.Claimant), fact: r.Fact(),
	}
	if r.Source != "" {
		if s, ok := p.m.Source(r.Source); ok {
			e.Title = plain(s.Title)
		}
	}
	return e
}

// proof turns claims into evidence.
func proof[T any, P record.Holder[T]](p *pass, kind record.Kind, claims []record.Claim[T]) []Evidence {
	list := make([]Evidence, len(claims))
	for i, c := range claims {
		list[i] = p.evidence(kind, P(c.Record).Base())
	}
	return list
}

// sorted puts claims in the order of their records' ids, so that the order of a plan's records never shows.
func sorted[T any, P record.Holder[T]](claims []record.Claim[T]) []record.Claim[T] {
	if len(claims) > 1 {
		slices.SortFunc(claims, func(a, b record.Claim[T]) int {
			return strings.Compare(string(P(a.Record).Base().ID), string(P(b.Record).Base().ID))
		})
	}
	return claims
}

// sortedIDs sorts a slice of its own.
func sortedIDs(ids []record.ID) []record.ID {
	slices.Sort(ids)
	return ids
}

func missionRef(id record.ID) record.Ref   { return record.Ref{Kind: mission.KindMission, ID: id} }
func milestoneRef(id record.ID) record.Ref { return record.Ref{Kind: milestone.KindMilestone, ID: id} }
func initiativeRef(id record.ID) record.Ref {
	return record.Ref{Kind: mission.KindInitiative, ID: id}
}

// stage says what the claimants make of a mission's stage: the one they agree on, and whether they differ.
func (p *pass) stage(id record.ID) (stage string, differ bool) {
	for _, c := range p.said[id] {
		switch s := c.Record.Stage; {
		case s == "" || s == stage:
		case stage == "":
			stage = s
		default:
			differ = true
		}
	}
	return stage, differ
}

// over reports whether all claimants who name a stage say that the mission is closed or only proposed, so that nobody need
// lead or carry it.
func (p *pass) over(id record.ID) bool {
	stage, differ := p.stage(id)
	return !differ && (stage == mission.StageClosed || stage == mission.StageProposed)
}

// announced returns the days on which claimants say that a mission was first announced.
func (p *pass) announced(id record.ID) []calendar.When {
	var days []calendar.When
	for _, c := range p.said[id] {
		if !c.Record.Announced.IsZero() {
			days = append(days, c.Record.Announced)
		}
	}
	return days
}

// older says whether every day named lies more than some days before the day of the review: the zero Certainty where none
// is known, or where the review has no day.
func (p *pass) older(days []calendar.When, than float64) calendar.Certainty {
	return agreed(days, func(w calendar.When) calendar.Certainty {
		switch {
		case p.on.IsZero():
			return 0
		case float64(p.on.Sub(w.Latest())) > than:
			return calendar.Certainly
		case float64(p.on.Sub(w.Earliest())) <= than:
			return calendar.No
		}
		return calendar.Possibly
	})
}

// before says whether w lies before every day named: the zero Certainty where w or all of them are unknown.
func before(w calendar.When, days []calendar.When) calendar.Certainty {
	return agreed(days, func(day calendar.When) calendar.Certainty {
		switch {
		case !w.IsResolved():
			return 0
		case w.Latest().Before(day.Earliest()):
			return calendar.Certainly
		case !w.Earliest().Before(day.Latest()):
			return calendar.No
		}
		return calendar.Possibly
	})
}

// agreed asks a question of every day that is known, and returns what all the answers agree on.
func agreed(days []calendar.When, ask func(calendar.When) calendar.Certainty) calendar.Certainty {
	var all calendar.Certainty
	for _, w := range days {
		if !w.IsResolved() {
			continue
		}
		switch c := ask(w); {
		case all == 0:
			all = c
		case all != c:
			all = calendar.Possibly
		}
	}
	return all
}

// party is what the rules need to know of a party.
type party struct {
	kind accountability.PartyKind // zero where it is not known or claimants differ
	of   record.ID
	name string
	tier []string // what claimants say, sorted; empty where nobody says
	// sector is likewise what claimants say.
	sector []string
}

func (p *pass) party(id record.ID) party {
	if known, ok := p.parties[id]; ok {
		return known
	}
	var out party
	for i, c := range sorted(p.register.Party(id, p.at)) {
		r := c.Record
		if i == 0 {
			out.kind, out.of = r.Kind, r.OfParty
		} else if r.Kind != out.kind {
			out.kind = 0
		}
		if out.of == "" {
			out.of = r.OfParty
		}
		if out.name == "" {
			out.name = plain(r.Name)
		}
		if r.Tier != "" && !slices.Contains(out.tier, r.Tier) {
			out.tier = append(out.tier, r.Tier)
		}
		if r.Sector != "" && !slices.Contains(out.sector, r.Sector) {
			out.sector = append(out.sector, r.Sector)
		}
	}
	slices.Sort(out.tier)
	slices.Sort(out.sector)
	p.parties[id] = out
	return out
}

// carriers returns what carries a duty, in the order of the posts and then of the duties.
func (p *pass) carriers(a *accountability.Answer) []accountability.Carrier {
	list := slices.Clone(a.Carriers)
	slices.SortStableFunc(list, func(a, b accountability.Carrier) int {
		if c := strings.Compare(string(a.Post), string(b.Post)); c != 0 {
			return c
		}
		return strings.Compare(string(a.Duty.ID), string(b.Duty.ID))
	})
	return list
}

// basis turns the records that an answer used into evidence.
func (p *pass) basis(a *accountability.Answer) []Evidence {
	var list []Evidence
	for _, ref := range a.Records {
		if r, ok := p.m.Record(ref); ok {
			list = append(list, p.evidence(ref.Kind, &r))
		}
	}
	slices.SortStableFunc(list, func(a, b Evidence) int { return a.Ref.Compare(b.Ref) })
	return list
}

// split parts the duties among some evidence from the holdings.
func split(list []Evidence) (duties, holdings []Evidence) {
	for _, e := range list {
		if e.Ref.Kind == accountability.KindDuty {
			duties = append(duties, e)
		} else {
			holdings = append(holdings, e)
		}
	}
	return duties, holdings
}
