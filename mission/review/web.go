package review

import (
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// webRules are those on who works with whom, and what leans on what.
var webRules = []*Rule{
	siloBound,
	uncoveredFactor,
	closedByDefault,
	gatekeeper,
	oneSidedDependency,
	partnerWithoutCapacity,
	stanceMonoculture,
	decisionFarFromKnowledge,
	precedenceLoop,
	missionContention,
	unusedLever,
}

// web is what these rules share, read once: causes, dependencies and contributions, and which subjects have events of two kinds.
type web struct {
	causes  []fact[mission.Cause]                               // in the order of their ids
	bearing map[record.Ref][]int                                // places in causes, by what they directly bear on
	links   []fact[milestone.Dependency]                        // in the order of their ids
	needs   map[record.Ref][]record.Claim[milestone.Dependency] // by dependent, in the order of the records
	helps   map[record.Ref][]record.Claim[learning.Contribution]
	known   []record.Ref // what somebody is said to know best, sorted
	drawn   []record.Ref // what a mission is said to draw on, sorted
	step    map[record.ID]*step
}

func causeRef(id record.ID) record.Ref { return record.Ref{Kind: mission.KindCause, ID: id} }
func dependencyRef(id record.ID) record.Ref {
	return record.Ref{Kind: milestone.KindDependency, ID: id}
}

// web reads all of it when a rule first asks. It looks at every record once.
func (p *pass) web() *web {
	if p.threads != nil {
		return p.threads
	}
	w := &web{
		causes: factsOf(p.m.Causes(p.at)), links: factsOf(p.plan.Dependencies(p.at)),
		bearing: make(map[record.Ref][]int), needs: make(map[record.Ref][]record.Claim[milestone.Dependency]),
		helps: make(map[record.Ref][]record.Claim[learning.Contribution]), step: make(map[record.ID]*step, len(p.steps)),
	}
	p.threads = w
	for i := range w.causes {
		for _, c := range w.causes[i].claims {
			for _, ref := range c.Record.BearsOn {
				if n := len(w.bearing[ref]); n == 0 || w.bearing[ref][n-1] != i {
					w.bearing[ref] = append(w.bearing[ref], i)
				}
			}
		}
	}
	for i := range w.links {
		for _, c := range w.links[i].claims {
			w.needs[c.Record.Dependent] = append(w.needs[c.Record.Dependent], c)
		}
	}
	for _, id := range sortedIDs(p.m.Ledger().Contributions()) {
		for _, c := range sorted(p.m.Ledger().Contribution(id, p.at)) {
			w.helps[c.Record.Effect] = append(w.helps[c.Record.Effect], c)
		}
	}
	for i := range p.steps {
		w.step[p.steps[i].id] = &p.steps[i]
	}
	w.known, w.drawn = spokenOf(p.befallen(mission.KnowledgeHeld)), spokenOf(p.befallen(mission.Draw))
	return w
}

// behind returns the places of the causes that bear on any of some subjects, directly or through other causes, in order.
func (w *web) behind(subjects []record.Ref) []int {
	if len(w.causes) == 0 {
		return nil
	}
	seen := make(map[int]bool)
	for queue := slices.Clone(subjects); len(queue) > 0; queue = queue[1:] {
		for _, i := range w.bearing[queue[0]] {
			if !seen[i] {
				seen[i] = true
				queue = append(queue, causeRef(w.causes[i].id))
			}
		}
	}
	list := make([]int, 0, len(seen))
	for i := range seen {
		list = append(list, i)
	}
	slices.Sort(list)
	return list
}

func causeName(f *fact[mission.Cause]) string {
	for _, c := range f.claims {
		if name := plain(c.Record.Name); name != "" {
			return "the cause " + quoted(name)
		}
	}
	return "the cause " + quoted(string(f.id))
}

// webHomes returns the organisations of some parties, sorted, and the parties of which none is recorded.
func (p *pass) webHomes(ids []record.ID) (homes, homeless []record.ID) {
	for _, id := range ids {
		if id == "" {
			continue
		}
		of := p.organisations(id)
		if len(of) == 0 {
			homeless = append(homeless, id)
		}
		homes = append(homes, of...)
	}
	return distinct(homes), distinct(homeless)
}

// doers returns who is behind what something leans on: a party itself, and whoever does the work of an initiative.
func (p *pass) doers(ref record.Ref) []record.ID {
	switch ref.Kind {
	case accountability.KindParty:
		return []record.ID{ref.ID}
	case mission.KindInitiative:
		var ids []record.ID
		for _, c := range p.m.Initiative(ref.ID, p.at) {
			if c.Record.By != "" {
				ids = append(ids, c.Record.By)
			}
		}
		return distinct(ids)
	}
	return nil
}

// webBoth makes a finding that rests on two things at once. Where one of them is only hearsay, opinion or forecast, so is the finding,
// and the other is its context.
func (p *pass) webBoth(ref record.Ref, clause string, one, other []Evidence, context ...Evidence) {
	trigger := dedupe(append(slices.Clone(one), other...))
	switch {
	case weak(one) && !weak(other):
		trigger, context = one, append(context, other...)
	case weak(other) && !weak(one):
		trigger, context = other, append(context, one...)
	}
	p.finding(ref, attributed(trigger, clause+p.says(trigger)), trigger, context...)
}

// roughClaim is the gap left by the rough dates of a record.
func roughClaim(what string) Missing {
	return Missing{What: what, Ground: "not known from the dates of the record", Way: "record more closely from when until when it holds"}
}

// webLists reads a list on which claimants may differ: what is in it by any of them, the claims that say it is empty, those that say
// that it is not, and, where neither is said, what is said of it.
func webLists[T any, V any](claims []record.Claim[T], of func(*T) record.Value[[]V]) (all []V, empty, filled []record.Claim[T], kept record.Value[[]V]) {
	for _, c := range claims {
		v := of(c.Record)
		switch list, known := v.Get(); {
		case known && len(list) == 0:
			empty = append(empty, c)
		case known:
			filled = append(filled, c)
			all = append(all, list...)
		case kept.State == 0:
			kept = v
		}
	}
	return all, empty, filled, kept
}

// webCertain reports whether all claims certainly hold on the day.
func webCertain[T any](claims []record.Claim[T]) bool {
	return !slices.ContainsFunc(claims, func(c record.Claim[T]) bool { return c.On != calendar.Certainly })
}

// outOf writes a part of a number: "3 of the 4", "all 4".
func outOf(part, whole int) string {
	if part == whole {
		return "all " + strconv.Itoa(whole)
	}
	return strconv.Itoa(part) + " of the " + strconv.Itoa(whole)
}
