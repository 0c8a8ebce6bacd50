package accountability

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Path is a way from a subject or party towards a forum that may ask.
type Path struct {
	Steps []Step
	// Whole says that the path arrives and that none of its posts is vacant.
	Whole bool
	// Certain is false where a date on the way is rough or unknown.
	Certain bool
	// Break is the index of the first step at which the path breaks; -1 where it is whole.
	Break int
	// Why says in words what breaks it.
	Why string
	// Records are the records used, each once, in the order of the way.
	Records []record.Ref
}

// Step is one point on a [Path].
type Step struct {
	// To is the subject, party or forum that the step arrives at.
	To record.Ref
	// By is the record that leads there; zero at the start.
	By record.Ref
	// Via says how, such as [ViaDuty].
	Via string
	// State says how a post stands, as [Register.Exercising] has it; held for whatever is no post.
	State DutyState
	// By whom the functions of a post are exercised.
	Holders []Holder
	// On says whether the record that leads there holds on the day.
	On calendar.Certainty
}

// How a [Step] leads on.
const (
	ViaContainer = "container"  // the subject lies within another
	ViaDuty      = "duty"       // a duty on the subject
	ViaLine      = "line"       // a line of account
	ViaReport    = "reports-to" // a post reports to another
	ViaOfParty   = "of-party"   // a post or unit belongs to an organisation
)

// Chain returns a path for each post or body that carries a duty on a subject, from the subject through the carrier and its
// reporting lines and lines of account towards the nearest forum. The second result is false where no record speaks of the
// duty at that moment. A duty that nobody carries gives one path, which breaks at the subject.
func (r *Register) Chain(subject record.Ref, duty string, at record.Moment) ([]Path, bool) {
	at = r.view.At(at)
	a, ok := r.Answerable(subject, duty, at)
	if !ok {
		return nil, false
	}
	if len(a.Carriers) == 0 {
		return []Path{{Steps: []Step{{To: subject, State: a.State, On: calendar.Certainly}}, Certain: a.Certain, Why: a.Why, Records: a.Records}}, true
	}
	return r.carried(subject, []Answer{a}, record.Ref{}, at), true
}

// PathToForum returns the shortest path from a party, or from each carrier of the duties on a subject that answer for it, to
// the nearest forum: a [Forum], or a party that a line of account leads to and that is no post. A path through filled posts
// is preferred to a shorter one through a vacant post. There is at least one path; one that arrives nowhere goes as far as
// the records lead and breaks there. A subject without such duties is followed into what it lies within
// ([Register.WithContainers]).
func (r *Register) PathToForum(from record.Ref, at record.Moment) []Path {
	return r.PathTo(from, record.Ref{}, at)
}

// PathTo is [Register.PathToForum] to one forum or party alone, such as a parliament.
func (r *Register) PathTo(from, forum record.Ref, at record.Moment) []Path {
	at = r.view.At(at)
	if forum.Kind == KindParty {
		forum.ID = r.party(forum.ID)
	} else if fact, ok := r.forums.Fact(forum.ID); ok && forum.Kind == KindForum {
		forum.ID = fact
	}
	if from.Kind == KindParty {
		start := r.arrive(record.Ref{Kind: KindParty, ID: r.party(from.ID)}, record.Ref{}, "", calendar.Certainly, at)
		return []Path{r.climb([]Step{start}, nil, forum, at)}
	}
	var answered []Answer
	for _, s := range r.containers(from) {
		for _, duty := range r.Duties(s) {
			if a, ok := r.Answerable(s, duty, at); ok && answers(duty) {
				answered = append(answered, a)
			}
		}
		if len(answered) > 0 {
			return r.carried(from, answered, forum, at)
		}
	}
	return []Path{{Steps: []Step{{To: from, On: calendar.Certainly}}, Certain: true, Why: "no duty that answers for it is recorded"}}
}

// carried returns the paths of the carriers of some duties, each carrier once, or one that breaks where there are none.
func (r *Register) carried(from record.Ref, answered []Answer, forum record.Ref, at record.Moment) []Path {
	var paths []Path
	var seen []record.ID
	about := r.containers(from)
	start := Step{To: from, On: calendar.Certainly}
	for _, a := range answered {
		steps := []Step{start}
		if a.Subject != from {
			steps = append(steps, Step{To: a.Subject, Via: ViaContainer, On: calendar.Certainly})
		}
		for _, c := range a.Carriers {
			if slices.Contains(seen, c.Post) {
				continue
			}
			seen = append(seen, c.Post)
			on := calendar.Certainly
			for _, claim := range r.duties.At(c.Duty.Fact(), at.On, at.Known) {
				if claim.Record == c.Duty {
					on = claim.On
				}
			}
			step := r.arrive(record.Ref{Kind: KindParty, ID: c.Post}, record.Ref{Kind: KindDuty, ID: c.Duty.ID}, ViaDuty, on, at)
			p := r.climb(append(slices.Clip(steps), step), about, forum, at)
			if s := c.Duty.stands(); s != Held && p.Whole {
				p.Whole, p.Break, p.Why = false, len(steps), "the duty is recorded as "+s.String()
			}
			paths = append(paths, p)
		}
	}
	if len(paths) == 0 {
		a := answered[0]
		return []Path{{Steps: []Step{start}, Certain: a.Certain, Why: a.Why, Records: a.Records}}
	}
	return paths
}

// arrive makes the step that arrives at a party or forum.
func (r *Register) arrive(to, by record.Ref, via string, on calendar.Certainty, at record.Moment) Step {
	s := Step{To: to, By: by, Via: via, State: Held, On: on}
	if to.Kind == KindParty && r.is(to.ID, at) == Post {
		e := r.Exercising(to.ID, at)
		s.State, s.Holders = e.State, e.By
	}
	return s
}

// is returns the kind of a party, by the first claimant who speaks of the moment, else of any; zero where it is not recorded.
func (r *Register) is(party record.ID, at record.Moment) PartyKind {
	for _, on := range []calendar.Date{at.On, {}} {
		if p := r.parties.At(party, on, at.Known); len(p) > 0 {
			return p[0].Record.Kind
		}
	}
	return 0
}

// onward returns where a party's account goes from there: its lines of account first, then the post that it reports to, then
// what it belongs to. A line on a subject counts where the way is about that or lies within it; about is nil for all.
func (r *Register) onward(party record.ID, about []record.Ref, at record.Moment) []Step {
	var steps []Step
	for _, c := range r.Lines(party, at) {
		if l := c.Record; !l.Forum.IsZero() && (about == nil || l.Subject.IsZero() || slices.Contains(about, l.Subject)) {
			steps = append(steps, Step{To: l.Forum, By: record.Ref{Kind: KindLine, ID: l.ID}, Via: ViaLine, On: c.On})
		}
	}
	for _, c := range r.parties.At(party, at.On, at.Known) {
		by := record.Ref{Kind: KindParty, ID: c.Record.ID}
		if c.Record.ReportsTo != "" {
			steps = append(steps, Step{To: record.Ref{Kind: KindParty, ID: c.Record.ReportsTo}, By: by, Via: ViaReport, On: c.On})
		}
		if c.Record.OfParty != "" {
			steps = append(steps, Step{To: record.Ref{Kind: KindParty, ID: c.Record.OfParty}, By: by, Via: ViaOfParty, On: c.On})
		}
	}
	return steps
}

// climb searches breadth first from the last of some steps, first through posts that are not vacant, then through any, and
// returns the path. Where neither arrives the path is the longest of those that were tried, the first of equals.
func (r *Register) climb(start []Step, about []record.Ref, forum record.Ref, at record.Moment) Path {
	arrived := func(s Step) bool {
		if !forum.IsZero() {
			return s.To == forum
		}
		return s.Via == ViaLine && (s.To.Kind == KindForum || r.is(s.To.ID, at) != Post)
	}
	type node struct {
		step   Step
		parent int
	}
	way := func(nodes []node, i int) []Step {
		var back []Step
		for ; i > 0; i = nodes[i].parent {
			back = append(back, nodes[i].step)
		}
		slices.Reverse(back)
		return append(slices.Clip(start), back...)
	}
	last := start[len(start)-1]
	if !forum.IsZero() && last.To == forum {
		return finish(start, true, false)
	}
	var nodes []node
	circle := false
	for _, vacant := range []bool{false, true} {
		nodes = append(nodes[:0], node{step: last})
		seen := map[record.Ref]bool{last.To: true}
		circle = false
		for i := 0; i < len(nodes); i++ {
			if nodes[i].step.To.Kind != KindParty {
				continue
			}
			for _, s := range r.onward(nodes[i].step.To.ID, about, at) {
				if seen[s.To] {
					circle = true
					continue
				}
				s = r.arrive(s.To, s.By, s.Via, s.On, at)
				if s.State == Vacant && !vacant {
					continue
				}
				seen[s.To] = true
				nodes = append(nodes, node{s, i})
				if arrived(s) {
					return finish(way(nodes, len(nodes)-1), true, false)
				}
			}
		}
	}
	deepest, most := 0, 0
	for i := range nodes {
		depth := 0
		for j := i; j > 0; j = nodes[j].parent {
			depth++
		}
		if depth > most {
			deepest, most = i, depth
		}
	}
	return finish(way(nodes, deepest), false, circle)
}

// finish draws from the steps of a path whether it is whole and what it rests on.
func finish(steps []Step, arrives, circle bool) Path {
	p := Path{Steps: steps, Whole: arrives, Certain: true, Break: -1}
	use := func(ref record.Ref) {
		if !ref.IsZero() && !slices.Contains(p.Records, ref) {
			p.Records = append(p.Records, ref)
		}
	}
	for i, s := range steps {
		use(s.By)
		for _, h := range s.Holders {
			use(record.Ref{Kind: KindHolding, ID: h.Holding.ID})
			p.Certain = p.Certain && (h.On == calendar.Certainly || s.State == Held)
		}
		p.Certain = p.Certain && s.On == calendar.Certainly
		if s.State == Vacant && p.Break < 0 {
			p.Whole, p.Break, p.Why = false, i, "nobody exercises the functions of a post on the way"
		}
	}
	if !arrives && p.Break < 0 {
		p.Break, p.Why = len(steps)-1, "no line of account or report leads on"
		if circle {
			p.Why = "what leads on goes round in a circle"
		}
	}
	return p
}
