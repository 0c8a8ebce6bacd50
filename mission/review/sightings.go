package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// What tensions and reference designs share: a reading of everything that a plan records, by kind, from which they pick what
// shows a pole or an element.

// sighting is one fact that the records tell of, with the missions that it bears on.
type sighting struct {
	ref      record.Ref
	name     string // in words: `"Warm homes" (2030)`
	missions []record.ID
	evidence []Evidence // the records that say so
	denied   bool       // they say that it is not so

	state accountability.DutyState // of a duty, how it stands
}

// on reports whether a sighting bears on a mission; on the zero id everything does.
func (s *sighting) on(id record.ID) bool { return id == "" || slices.Contains(s.missions, id) }

// survey holds every fact of the plan on the day, by kind, each list in the order of ids.
type survey struct {
	p        *pass
	inside   map[record.Ref][]record.Ref // what a fact is about or part of
	memo     map[record.Ref][]record.ID
	heads    map[record.ID]bool // posts and bodies that lead the government, and who holds them
	happened map[string][]fact[mission.Event]

	missions     []fact[mission.Mission]
	outcomes     []fact[mission.Outcome]
	initiatives  []fact[mission.Initiative]
	milestones   []fact[milestone.Milestone]
	indicators   []fact[milestone.Indicator]
	targets      []fact[milestone.Target]
	reviews      []fact[funding.Review]
	settlements  []fact[funding.Settlement]
	allocations  []fact[funding.Allocation]
	pools        []fact[funding.Pool]
	duties       []dutySeen
	forums       []fact[accountability.Forum]
	freedoms     []fact[accountability.Freedom]
	lines        []fact[accountability.Line]
	sharings     []fact[accountability.Sharing]
	spaces       []fact[accountability.LearningSpace]
	mandates     []fact[accountability.Mandate]
	experiments  []fact[learning.Experiment]
	lessons      []fact[learning.Lesson]
	scopes       []fact[mission.Scope]
	conditions   []fact[mission.Condition]
	relations    []fact[mission.Relation]
	barriers     []fact[mission.Barrier]
	levers       []fact[mission.Lever]
	capabilities []fact[mission.Capability]
	reforms      []fact[mission.Reform]
	positions    []fact[mission.Position]
}

// dutySeen is how one duty on one subject stands.
type dutySeen struct {
	answer   accountability.Answer
	evidence []Evidence
}

// newSurvey reads a model. It looks at every record a fixed number of times.
func newSurvey(m *mission.Model) *survey {
	p := newPass(m)
	b := &survey{p: p, inside: make(map[record.Ref][]record.Ref), memo: make(map[record.Ref][]record.ID),
		heads: make(map[record.ID]bool), happened: make(map[string][]fact[mission.Event])}
	b.readMissions()
	b.readSubjects()
	b.readMoney()
	b.readLearning()
	b.scopes = factsOf(m.Scopes(p.at))
	b.conditions = factsOf(m.Conditions(p.at))
	b.relations = factsOf(m.Relations(p.at))
	b.barriers = factsOf(m.Barriers(p.at))
	b.levers = factsOf(m.Levers(p.at))
	b.capabilities = factsOf(m.Capabilities(p.at))
	b.reforms = factsOf(m.Reforms(p.at))
	b.positions = factsOf(m.Positions(p.at))
	return b
}

// tie notes what a fact is about, so that what is said of the fact bears on that too.
func (b *survey) tie(kind record.Kind, id record.ID, to ...record.Ref) {
	ref := record.Ref{Kind: kind, ID: id}
	for _, t := range to {
		if !t.IsZero() && t != ref {
			b.inside[ref] = append(b.inside[ref], t)
		}
	}
}

func missionRefs(ids []record.ID) []record.Ref {
	refs := make([]record.Ref, len(ids))
	for i, id := range ids {
		refs[i] = missionRef(id)
	}
	return refs
}

func (b *survey) readMissions() {
	p := b.p
	for _, id := range p.missions {
		b.missions = append(b.missions, fact[mission.Mission]{id, p.said[id]})
		for _, c := range p.said[id] {
			b.tie(mission.KindMission, id, missionRefs(c.Record.Parents)...)
		}
	}
	for _, o := range p.results() {
		b.outcomes = append(b.outcomes, fact[mission.Outcome](o))
		for _, c := range o.claims {
			b.tie(mission.KindOutcome, o.id, missionRefs(c.Record.Missions)...)
			for _, n := range c.Record.Indicators {
				b.tie(milestone.KindIndicator, n, outcomeRef(o.id))
			}
		}
	}
	for _, id := range sortedIDs(p.m.Initiatives()) {
		if claims := sorted(p.m.Initiative(id, p.at)); len(claims) > 0 {
			b.initiatives = append(b.initiatives, fact[mission.Initiative]{id, claims})
			for _, c := range claims {
				b.tie(mission.KindInitiative, id, missionRefs(c.Record.Missions)...)
			}
		}
	}
	var targets []record.Claim[milestone.Target]
	for _, s := range p.steps {
		b.milestones = append(b.milestones, fact[milestone.Milestone](s))
		for _, c := range s.claims {
			b.tie(milestone.KindMilestone, s.id, missionRefs(c.Record.Missions)...)
		}
		targets = append(targets, p.plan.Targets(s.id, p.at)...)
	}
	b.targets = factsOf(targets)
	for _, f := range b.targets {
		for _, c := range f.claims {
			b.tie(milestone.KindTarget, f.id, milestoneRef(c.Record.Milestone))
			if c.Record.Indicator != "" {
				b.tie(milestone.KindIndicator, c.Record.Indicator, milestoneRef(c.Record.Milestone))
			}
		}
	}
	for _, id := range sortedIDs(p.plan.Indicators()) {
		if claims := sorted(p.plan.Indicator(id, p.at)); len(claims) > 0 {
			b.indicators = append(b.indicators, fact[milestone.Indicator]{id, claims})
		}
	}
}

// readSubjects reads what is filed under what it is about.
func (b *survey) readSubjects() {
	p := b.p
	var events []record.Claim[mission.Event]
	var forums []record.Claim[accountability.Forum]
	var freedoms []record.Claim[accountability.Freedom]
	var lines []record.Claim[accountability.Line]
	var sharings []record.Claim[accountability.Sharing]
	var spaces []record.Claim[accountability.LearningSpace]
	var mandates []record.Claim[accountability.Mandate]
	read := func(subject record.Ref) {
		events = append(events, p.m.Events(subject, "", p.at)...)
		forums = append(forums, p.register.Forums(subject, p.at)...)
		freedoms = append(freedoms, p.register.Freedoms(subject, p.at)...)
		sharings = append(sharings, p.register.Sharings(subject, "", p.at)...)
		spaces = append(spaces, p.register.Spaces(subject, p.at)...)
		for _, word := range p.register.Duties(subject) {
			if a, ok := p.register.Answerable(subject, word, p.at); ok {
				b.duties = append(b.duties, dutySeen{a, p.basis(&a)})
			}
		}
		if subject.Kind == accountability.KindParty {
			lines = append(lines, p.register.Lines(subject.ID, p.at)...)
			mandates = append(mandates, p.register.Mandates(subject.ID, p.at)...)
		}
	}
	read(record.Ref{})
	seen := make(map[record.Ref]bool)
	for ref, r := range p.m.Records() {
		ref.ID = r.Fact()
		if !seen[ref] && ref.Kind != record.KindSource && ref.Kind != record.KindDay {
			seen[ref] = true
			read(ref)
		}
	}
	slices.SortStableFunc(b.duties, func(x, y dutySeen) int {
		if c := x.answer.Subject.Compare(y.answer.Subject); c != 0 {
			return c
		}
		return slices.Compare([]string{x.answer.Duty}, []string{y.answer.Duty})
	})
	b.forums, b.freedoms, b.lines = factsOf(forums), factsOf(freedoms), factsOf(lines)
	b.sharings, b.spaces, b.mandates = factsOf(sharings), factsOf(spaces), factsOf(mandates)
	for _, f := range factsOf(events) {
		kinds := make(map[string]bool)
		for _, c := range f.claims {
			b.tie(mission.KindEvent, f.id, c.Record.Subject)
			if c.Record.Kind == mission.CapacityMoved || c.Record.Kind == mission.Draw {
				b.tie(mission.KindEvent, f.id, c.Record.LedTo...) // it bears on where it went too
			}
			if kind := c.Record.Kind; !kinds[kind] {
				kinds[kind] = true
				b.happened[kind] = append(b.happened[kind], f)
			}
		}
	}
	tieAll(b, accountability.KindForum, b.forums, func(r *accountability.Forum) []record.Ref { return []record.Ref{r.Subject} })
	tieAll(b, accountability.KindFreedom, b.freedoms, func(r *accountability.Freedom) []record.Ref { return []record.Ref{r.Subject} })
	tieAll(b, accountability.KindSpace, b.spaces, func(r *accountability.LearningSpace) []record.Ref { return []record.Ref{r.Subject} })
	for i := range b.duties {
		a := &b.duties[i].answer
		for _, c := range a.Carriers {
			b.tie(accountability.KindDuty, c.Duty.Fact(), a.Subject)
			if leads(a.Duty) && b.p.party(c.Post).kind == accountability.Post { // an organisation is there for much else
				b.tie(accountability.KindParty, c.Post, a.Subject)
			}
			if a.Duty == accountability.HeadOfGovernment {
				b.heads[c.Post] = true
				for _, h := range c.Holders {
					b.heads[h.Party] = true
				}
			}
		}
	}
}

// leads reports whether a post that carries a duty is there for the mission, so that what is said of the post bears on it.
func leads(duty string) bool {
	return duty == accountability.MissionLead || duty == accountability.MissionSponsor || duty == accountability.MissionSteward
}

func tieAll[T any](b *survey, kind record.Kind, facts []fact[T], to func(*T) []record.Ref) {
	for _, f := range facts {
		for _, c := range f.claims {
			b.tie(kind, f.id, to(c.Record)...)
		}
	}
}

func (b *survey) readMoney() {
	purse := b.p.purse()
	b.reviews, b.settlements, b.allocations, b.pools = purse.reviews, purse.settlements, purse.allocations, purse.pools
	tieAll(b, funding.KindSettlement, b.settlements, func(r *funding.Settlement) []record.Ref { return r.For })
	tieAll(b, funding.KindPool, b.pools, func(r *funding.Pool) []record.Ref { return []record.Ref{r.Subject} })
	tieAll(b, funding.KindAllocation, b.allocations, func(r *funding.Allocation) []record.Ref {
		refs := []record.Ref{r.Subject}
		if r.Settlement != "" {
			refs = append(refs, settlementRef(r.Settlement))
		}
		if r.Pool != "" {
			refs = append(refs, poolRef(r.Pool))
		}
		return refs
	})
}

func (b *survey) readLearning() {
	ledger, book := b.p.m.Ledger(), b.p.lessonBook()
	for _, id := range sortedIDs(ledger.Experiments()) {
		if claims := sorted(ledger.Experiment(id, b.p.at)); len(claims) > 0 {
			b.experiments = append(b.experiments, fact[learning.Experiment]{id, claims})
		}
	}
	for _, id := range b.p.missions {
		for _, x := range book.missions[id].experiments {
			b.tie(learning.KindExperiment, x, missionRef(id))
		}
	}
	for _, id := range sortedKeys(book.lessons) {
		b.lessons = append(b.lessons, fact[learning.Lesson]{id, sorted(book.lessons[id])})
	}
	tieAll(b, learning.KindLesson, b.lessons, func(r *learning.Lesson) []record.Ref {
		if r.Experiment == "" {
			return nil
		}
		return []record.Ref{experimentRef(r.Experiment)}
	})
}

// missionsOf returns the missions that some references bear on, sorted: those that they are, lie within, or are about.
func (b *survey) missionsOf(refs ...record.Ref) []record.ID {
	if len(refs) == 1 {
		return b.missionsFrom(refs[0])
	}
	var all []record.ID
	for _, ref := range refs {
		all = append(all, b.missionsFrom(ref)...)
	}
	return distinct(all)
}

func (b *survey) missionsFrom(ref record.Ref) []record.ID {
	if ids, ok := b.memo[ref]; ok {
		return ids
	}
	var ids []record.ID
	seen := map[record.Ref]bool{ref: true}
	for all := []record.Ref{ref}; len(all) > 0; all = all[1:] {
		if all[0].Kind == mission.KindMission {
			ids = append(ids, all[0].ID)
		}
		for _, next := range b.inside[all[0]] {
			if !seen[next] {
				seen[next] = true
				all = append(all, next)
			}
		}
	}
	ids = distinct(ids)
	b.memo[ref] = ids
	return ids
}

// look picks the facts of which a claim tells something, and says what. The words of the first such claim count; those who
// make them are named.
func look[T any, P record.Holder[T]](b *survey, kind record.Kind, facts []fact[T], tell func(*fact[T], *T) (string, bool), about func(*T) []record.Ref) []sighting {
	var list []sighting
	for i := range facts {
		f := &facts[i]
		s := sighting{ref: record.Ref{Kind: kind, ID: f.id}}
		var on []record.Ref
		var said []record.Claim[T]
		for _, c := range f.claims {
			words, ok := tell(f, c.Record)
			if !ok {
				continue
			}
			if s.name == "" {
				s.name = words
			}
			said = append(said, c)
			on = append(on, about(c.Record)...)
		}
		if len(said) == 0 {
			continue
		}
		s.evidence = proof[T, P](b.p, kind, said)
		s.name += b.whose(s.evidence)
		s.missions = b.missionsOf(on...)
		list = append(list, s)
	}
	return list
}

// whose says in brackets who claims something, and where all of it is weak or made up that it is.
func (b *survey) whose(evidence []Evidence) string {
	var names []string
	invented := true
	for _, e := range evidence {
		if e.Claimant != "" && !slices.Contains(names, e.Claimant) {
			names = append(names, e.Claimant)
		}
		invented = invented && e.Grade == record.Illustrative
	}
	kind := ""
	switch {
	case len(evidence) == 0:
		return ""
	case invented:
		kind = "made up"
	case weak(evidence):
		kind = evidence[0].Grade.String()
	}
	switch {
	case kind == "" && len(names) == 0:
		return ""
	case len(names) == 0:
		return " (" + kind + ")"
	case kind != "":
		return " (" + kind + ", " + listed(names) + ")"
	case len(names) == 1:
		return " (says " + names[0] + ")"
	}
	return " (say " + listed(names) + ")"
}

// itself says that a fact bears on what it has been tied to.
func itself[T any, P record.Holder[T]](kind record.Kind) func(*T) []record.Ref {
	return func(r *T) []record.Ref { return []record.Ref{{Kind: kind, ID: P(r).Base().Fact()}} }
}

// called is a name in quotation marks with what goes with it in brackets: `"Warm homes" (2030)`.
func called(name string, id record.ID, with ...string) string {
	if name = plain(name); name == "" {
		name = string(id)
	}
	with = slices.DeleteFunc(with, func(s string) bool { return s == "" })
	if len(with) == 0 {
		return quoted(name)
	}
	return quoted(name) + " (" + listed(with) + ")"
}

// ofDay writes a date where one is stated.
func (b *survey) ofDay(w calendar.When) string {
	if w.IsZero() {
		return ""
	}
	return b.p.when(w)
}

// events picks what happened of some kinds, and what is said not to have.
func (b *survey) events(kinds ...string) []sighting {
	return b.eventsThat(func(*mission.Event) bool { return true }, kinds...)
}

func (b *survey) eventsThat(counts func(*mission.Event) bool, kinds ...string) []sighting {
	var list []sighting
	for _, kind := range kinds {
		for _, absent := range []bool{false, true} {
			some := look(b, mission.KindEvent, b.happened[kind], func(f *fact[mission.Event], e *mission.Event) (string, bool) {
				return b.eventWords(f.id, e), e.Kind == kind && e.Absent == absent && counts(e)
			}, itself[mission.Event](mission.KindEvent))
			for i := range some {
				some[i].denied = absent
			}
			list = append(list, some...)
		}
	}
	return list
}

// eventWords is what an event is called, when it was, and why.
func (b *survey) eventWords(id record.ID, e *mission.Event) string {
	words := called(e.Name, id, b.ofDay(e.OnDay))
	if plain(e.Name) == "" && !e.Subject.IsZero() {
		words = b.p.named(e.Subject)
		if !e.OnDay.IsZero() {
			words += ", " + b.p.dated(e.OnDay)
		}
	}
	if !e.Size.IsZero() {
		words += ", " + e.Size.String() + " " + plain(e.Unit)
	}
	if why := plain(e.Because); why != "" {
		words += ", because " + quoted(why)
	}
	return words
}

// steps picks milestones.
func (b *survey) steps(counts func(*milestone.Milestone) bool) []sighting {
	return look(b, milestone.KindMilestone, b.milestones, func(f *fact[milestone.Milestone], r *milestone.Milestone) (string, bool) {
		due := ""
		if !r.Due.IsZero() {
			due = "due " + b.p.when(r.Due)
		}
		return called(r.Name, f.id, due), counts(r)
	}, itself[milestone.Milestone](milestone.KindMilestone))
}

// work picks initiatives.
func (b *survey) work(counts func(*mission.Initiative) bool) []sighting {
	return look(b, mission.KindInitiative, b.initiatives, func(f *fact[mission.Initiative], r *mission.Initiative) (string, bool) {
		return called(r.Name, f.id), counts(r)
	}, itself[mission.Initiative](mission.KindInitiative))
}

// boards picks forums and units.
func (b *survey) boards(counts func(*accountability.Forum) bool) []sighting {
	return look(b, accountability.KindForum, b.forums, func(f *fact[accountability.Forum], r *accountability.Forum) (string, bool) {
		return called(r.Name, f.id), counts(r)
	}, itself[accountability.Forum](accountability.KindForum))
}

// liberties picks freedoms, each with its holder.
func (b *survey) liberties(counts func(*accountability.Freedom) bool) []sighting {
	return look(b, accountability.KindFreedom, b.freedoms, func(f *fact[accountability.Freedom], r *accountability.Freedom) (string, bool) {
		holder := ""
		if r.Holder != "" {
			holder = "held by " + b.p.partyName(r.Holder)
		}
		return called(r.Name, f.id, holder), counts(r)
	}, itself[accountability.Freedom](accountability.KindFreedom))
}

// money picks allocations.
func (b *survey) money(counts func(*funding.Allocation) bool) []sighting {
	return look(b, funding.KindAllocation, b.allocations, func(f *fact[funding.Allocation], r *funding.Allocation) (string, bool) {
		amount := ""
		if sum, known := r.Amount.Get(); known {
			amount = sum.String()
		}
		return called(string(f.id), f.id, amount), counts(r)
	}, itself[funding.Allocation](funding.KindAllocation))
}

// carried picks duties by how they stand. Those that are vacant count as denied, and those on which claimants differ as both.
func (b *survey) carried(counts func(*accountability.Answer) bool) []sighting {
	var list []sighting
	for i := range b.duties {
		d := &b.duties[i]
		a := &d.answer
		if !counts(a) || len(d.evidence) == 0 {
			continue
		}
		s := sighting{ref: d.evidence[0].Ref, evidence: d.evidence, missions: b.missionsOf(a.Subject), state: a.State}
		s.name = quoted(plain(a.Duty)) + " on " + b.p.named(a.Subject)
		switch a.State {
		case accountability.Held:
			posts := make([]record.ID, len(a.Carriers))
			for i := range a.Carriers {
				posts[i] = a.Carriers[i].Post
			}
			s.name += ": " + b.p.partyNames(distinct(posts))
		case accountability.Vacant:
			s.name, s.denied = s.name+": vacant", true
		case 0:
			s.name += ": not known"
		default:
			s.name += ": " + a.State.String()
		}
		said, _ := split(s.evidence) // the duties speak; who holds the posts is another matter
		s.name += b.whose(said)
		list = append(list, s)
	}
	return list
}
