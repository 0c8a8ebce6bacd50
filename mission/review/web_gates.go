package review

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rule on parties through which most of a mission must pass.

var gatekeeper = &Rule{
	ID: "F90", Slug: "gatekeeper", Severity: Caution,
	Title: "Most of a mission passes through one party",
	Why: "Where nearly everything waits for one body's money, word or work, that body sets the pace of all of it, whether it means to or not, and a change of mind there undoes what many have built. " +
		"Those who run the mission may not see it, since each part has its own good reason to go that way.",
	Fires: "Without one party or forum, certainly more than F90.percent of the ways to a mission are cut. The ways are the milestones, outcomes and initiatives that belong to it and whatever it depends on itself. " +
		"A way is cut where it is that party, depends on it, directly or through anything else, or waits for a decision that the party alone takes or must agree to (the duties decide and agree); an organisation takes with it its posts and units that are such gates. " +
		"At least F90.ways ways must be recorded, unless the mission itself depends on the party: with fewer it cannot tell. " +
		"Whoever sponsors, leads or stewards the mission is left to F48, decision rights over the mission as a whole to F45 and F55, and that much hangs on one milestone is no gate. " +
		"A statutory-gate event on the party, or one on the mission that names it, silences it. It cannot tell where no party is recorded on the ways, or where dates, or ways of which no dependency and no such duty is recorded, would decide it. It has nothing to say of a mission that is proposed or closed.",
	FalseAlarm: "The law puts the gate there, and the mission is to pass through it.",
	Question:   "If this one party said nothing for six months, what could still go on, and who could open another way?",
	Sources:    []string{"S1:10", "S1:20", "S1:25"},
	Needs: []string{"dependencies, with parties and forums among what is depended on", "decide and agree duties on milestones, outcomes and initiatives",
		"the organisations of posts and units", "who sponsors, leads and stewards missions", "statutory-gate events"},
	Thresholds: []Threshold{
		{Name: "F90.percent", Unit: "percent", Value: 75,
			Meaning: "what share of the ways to a mission may pass through one party; no source names a number, and the default is three of four"},
		{Name: "F90.ways", Unit: "ways", Value: 3, Least: 1,
			Meaning: "how many ways to a mission must be recorded for a share of them to say anything; no source names a number"},
	},
	Bad: gatekeeperBad, Good: gatekeeperGood, Unclear: gatekeeperUnclear, Harmless: gatekeeperHarmless,
	check: func(p *pass) {
		g := p.gateGraph()
		g.spread()
		for i := range g.missions {
			p.checkGates(g, &g.missions[i])
		}
	},
}

// gates is everything that leans on something, as a graph of numbered nodes, and the ways to every mission in it. What falls with
// a gate is read off for 64 gates at a time: one walk over the graph in the order of its strong components.
type gates struct {
	refs  []record.Ref
	index map[record.Ref]int32
	edges []gateEdge
	from  [][]int32 // by node: the places of the edges that leave it
	onto  [][]int32 // by node: the places of the edges that come to it, made when asked for
	gate  []int32   // the nodes that are parties or forums with an edge onward, in the order of their references
	told  []bool    // by node: some dependency or decision right is recorded on it
	vague []bool    // by node: who decides on it or must agree is not settled

	missions []gated
	law      map[int32]bool // by gate: whether the law is said to put it there, as far as asked
}

// gateEdge says that to leans on from.
type gateEdge struct {
	from, to int32
	kind     record.Kind // of the record that says so
	by       *record.Record
	quality  uint8
}

// How far a record can be relied on. A higher one takes in the lower ones.
const (
	gatePossible uint8 = iota // its dates leave open whether it holds on the day
	gateCertain               // it holds, and is hearsay, opinion or forecast
	gateStrong
	gateQualities
)

// gated is a mission, the ways to it, and the gates of which any cuts off a way: how many ways each cuts off, by quality.
type gated struct {
	id   record.ID
	self int32 // its own node, -1 where it depends on nothing itself
	ways []gateWay
	open int       // ways of which nothing is recorded
	cuts []gateCut // in the order of the gates
}

// gateWay is a node, and how far it is certain that it is a way.
type gateWay struct {
	node    int32
	quality uint8
}

// gateCut says how many ways one gate cuts off.
type gateCut struct {
	gate int                // its place among the gates
	ways [gateQualities]int // by the least quality of the records that are relied on
	open int                // others, of which nothing is recorded
}

func (g *gates) node(ref record.Ref) int32 {
	n, ok := g.index[ref]
	if !ok {
		n = int32(len(g.refs))
		g.index[ref] = n
		g.refs, g.told, g.vague = append(g.refs, ref), append(g.told, false), append(g.vague, false)
	}
	return n
}

func (g *gates) isGate(n int32) bool {
	kind := g.refs[n].Kind
	return kind == accountability.KindParty || kind == accountability.KindForum
}

func gateQuality(by *record.Record, sure bool) uint8 {
	switch {
	case !sure:
		return gatePossible
	case by.Grade.Weak():
		return gateCertain
	}
	return gateStrong
}

// gateGraph reads the graph and the ways to every mission that is not over.
func (p *pass) gateGraph() *gates {
	g := &gates{index: make(map[record.Ref]int32), law: make(map[int32]bool)}
	w := p.web()
	direct := make(map[record.Ref][]gateEdge) // what missions themselves lean on
	for i := range w.links {
		for _, c := range w.links[i].claims {
			d := c.Record
			if d.On.IsZero() || d.Dependent.IsZero() {
				continue
			}
			e := gateEdge{from: g.node(d.On), to: g.node(d.Dependent), kind: milestone.KindDependency, by: &d.Record,
				quality: gateQuality(&d.Record, c.On == calendar.Certainly)}
			g.told[e.from], g.told[e.to] = true, true
			if d.Dependent.Kind == mission.KindMission {
				direct[d.Dependent] = append(direct[d.Dependent], e)
			}
			g.edges = append(g.edges, e)
		}
	}
	seen := make(map[record.Ref]bool)
	for _, id := range p.missions {
		if p.over(id) {
			p.nothing(missionRef(id))
			continue
		}
		parts := p.within(id)[1:]
		m := gated{id: id, self: -1, ways: make([]gateWay, 0, len(parts))}
		for _, part := range parts {
			n := g.node(part)
			m.ways = append(m.ways, gateWay{node: n, quality: gateStrong})
			if !seen[part] {
				seen[part] = true
				p.readRights(g, part, n)
			}
		}
		of := make(map[int32]int, len(m.ways))
		for i := range m.ways {
			of[m.ways[i].node] = i
		}
		for _, e := range direct[missionRef(id)] {
			m.self = e.to
			i, already := of[e.from]
			if !already {
				i = len(m.ways)
				of[e.from] = i
				m.ways = append(m.ways, gateWay{node: e.from, quality: e.quality})
			}
			m.ways[i].quality = max(m.ways[i].quality, e.quality)
		}
		for i := range m.ways {
			if g.isOpen(m.ways[i].node) {
				m.open++
			}
		}
		g.missions = append(g.missions, m)
	}
	p.readGates(g)
	g.from = make([][]int32, len(g.refs))
	for i := range g.edges {
		g.from[g.edges[i].from] = append(g.from[g.edges[i].from], int32(i))
	}
	return g
}

// readRights adds who alone decides on a part of a mission, and who must agree.
func (p *pass) readRights(g *gates, part record.Ref, n int32) {
	for _, word := range p.register.Duties(part) {
		if word != accountability.Decide && word != accountability.Agree {
			continue
		}
		a, ok := p.register.Answerable(part, word, p.at)
		if !ok {
			continue
		}
		g.told[n] = true
		if a.State != accountability.Held {
			g.vague[n] = true
			continue
		}
		carriers := p.carriers(&a)
		if word == accountability.Decide && slices.ContainsFunc(carriers, func(c accountability.Carrier) bool { return c.Post != carriers[0].Post }) {
			continue
		}
		for _, c := range carriers {
			g.edges = append(g.edges, gateEdge{from: g.node(partyRef(c.Post)), to: n, kind: accountability.KindDuty, by: &c.Duty.Record,
				quality: gateQuality(&c.Duty.Record, a.Certain)})
		}
	}
}

// readGates lists the gates, and lets organisations that are gates take their posts and units with them.
func (p *pass) readGates(g *gates) {
	onward := make([]bool, len(g.refs))
	for i := range g.edges {
		onward[g.edges[i].from] = true
	}
	for n := range g.refs {
		if onward[n] && g.isGate(int32(n)) {
			g.gate = append(g.gate, int32(n))
		}
	}
	slices.SortFunc(g.gate, func(a, b int32) int { return g.refs[a].Compare(g.refs[b]) })
	for _, n := range g.gate {
		if g.refs[n].Kind != accountability.KindParty {
			continue
		}
		at := g.refs[n].ID
		for range 16 { // bodies may be recorded as parts of one another in a circle
			if at = p.party(at).of; at == "" {
				break
			}
			over, known := g.index[partyRef(at)]
			if !known || !onward[over] || over == n {
				continue
			}
			if claims := sorted(p.register.Party(g.refs[n].ID, p.at)); len(claims) > 0 {
				by := &claims[0].Record.Record
				g.edges = append(g.edges, gateEdge{from: over, to: n, kind: accountability.KindParty, by: by, quality: gateQuality(by, webCertain(claims))})
			}
		}
	}
}

// spread counts, for every mission and every gate, how many ways fall with the gate. It takes time linear in the graph for every 64
// gates.
func (g *gates) spread() {
	for quality := range gateQualities {
		if quality == gatePossible || slices.ContainsFunc(g.edges, func(e gateEdge) bool { return e.quality < quality }) {
			g.fall(quality)
			continue
		}
		for i := range g.missions { // every edge is as sure as this
			for k := range g.missions[i].cuts {
				ways := &g.missions[i].cuts[k].ways
				ways[quality] = ways[quality-1]
			}
		}
	}
}

// fall walks the edges of a quality or a higher one.
func (g *gates) fall(quality uint8) {
	var b graph.Builder[int32]
	for n := range g.refs {
		b.Node(int32(n))
	}
	for i := range g.edges {
		if e := &g.edges[i]; e.quality >= quality {
			b.Link(e.from, e.to)
		}
	}
	parts := b.Freeze().Components() // no edge leads to an earlier part
	part, order := make([]int32, len(g.refs)), make([][]int32, 0, parts.Len())
	for i, members := range parts.All() {
		for _, n := range members {
			part[n] = int32(i)
		}
		order = append(order, members)
	}
	mask := make([]uint64, parts.Len())
	for first := 0; first < len(g.gate); first += 64 {
		block := g.gate[first:min(first+64, len(g.gate))]
		clear(mask)
		for bit, n := range block {
			mask[part[n]] |= 1 << bit
		}
		for i, members := range order {
			if mask[i] == 0 {
				continue
			}
			for _, n := range members {
				for _, e := range g.from[n] {
					if e := &g.edges[e]; e.quality >= quality {
						mask[part[e.to]] |= mask[i]
					}
				}
			}
		}
		for i := range g.missions {
			g.count(&g.missions[i], quality, first, func(n int32) uint64 { return mask[part[n]] })
		}
	}
}

// count adds up which ways to a mission fall with the gates from a place on.
func (g *gates) count(m *gated, quality uint8, first int, falls func(int32) uint64) {
	var ways, known [64]int
	var any uint64
	for k := range m.ways {
		v := &m.ways[k]
		if v.quality < quality {
			continue
		}
		cut := falls(v.node)
		any |= cut
		for ; cut != 0; cut &= cut - 1 {
			bit := bits.TrailingZeros64(cut)
			ways[bit]++
			if g.isOpen(v.node) {
				known[bit]++
			}
		}
	}
	for ; any != 0; any &= any - 1 {
		bit := bits.TrailingZeros64(any)
		k, found := slices.BinarySearchFunc(m.cuts, first+bit, func(c gateCut, gate int) int { return c.gate - gate })
		if !found {
			m.cuts = append(m.cuts, gateCut{gate: first + bit, open: m.open - known[bit]}) // in order: what is certain is possible first
		}
		m.cuts[k].ways[quality] = ways[bit]
	}
}

// isOpen reports whether nothing tells what a node leans on.
func (g *gates) isOpen(n int32) bool { return !g.told[n] || g.vague[n] }

func (p *pass) checkGates(g *gates, m *gated) {
	ref, name := missionRef(m.id), p.missionName(m.id)
	question := "whether most of " + name + " passes through one party"
	bar := p.limit("percent") / 100 * float64(len(m.ways))
	over := func(ways int) bool { return float64(ways) > bar }
	var found []gateCut
	var rough, unseen, few bool
	enough := float64(len(m.ways)) >= p.limit("ways")
	apart := p.gateLeads(m.id)
	for _, c := range m.cuts {
		switch gate := g.gate[c.gate]; {
		case !over(c.ways[gatePossible] + c.open), slices.Contains(apart, g.refs[gate]), p.statutoryGate(g, gate):
		case !enough && !g.needs(m, g.gate[c.gate]):
			few = true
		case over(c.ways[gateCertain]):
			found = append(found, c)
		case over(c.ways[gatePossible]):
			rough = true
		default:
			unseen = true
		}
	}
	way := "dependencies on parties, and decide or agree duties, for each of its milestones, outcomes and initiatives"
	switch {
	case len(found) > 0:
		p.sayGates(g, m, found)
	case rough:
		p.cannot(ref, question, roughClaim("what it leans on on that day"))
	case len(m.cuts) == 0:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.Agree), "on whom it leans, and who must decide or agree,", way))
	case few:
		p.cannot(ref, question, Missing{What: "on whom it leans, and who must decide or agree,", Ground: "recorded for too few ways to tell (" + strconv.Itoa(len(m.ways)) + ")", Way: "record " + way})
	case unseen, over(m.open):
		p.cannot(ref, question, Missing{What: "on whom it leans, and who must decide or agree,", Ground: "not recorded for " + strconv.Itoa(m.open) + " of the " + strconv.Itoa(len(m.ways)) + " ways to it", Way: "record " + way})
	default:
		p.nothing(ref)
	}
}

// needs reports whether a mission itself depends on a gate.
func (g *gates) needs(m *gated, gate int32) bool {
	return slices.ContainsFunc(g.from[gate], func(e int32) bool { return g.edges[e].to == m.self })
}

// gateLeads returns those who sponsor, lead or steward a mission, who holds these posts, and those of whom it is said on the mission
// that the law makes them a gate.
func (p *pass) gateLeads(id record.ID) []record.Ref {
	var list []record.Ref
	for _, word := range []string{accountability.MissionSponsor, accountability.MissionLead, accountability.MissionSteward} {
		a, _ := p.register.Answerable(missionRef(id), word, p.at)
		for _, c := range a.Carriers {
			list = append(list, partyRef(c.Post))
			for _, h := range c.Holders {
				list = append(list, partyRef(h.Party))
			}
		}
	}
	lawful, _ := p.events(missionRef(id), mission.StatutoryGate)
	for _, c := range lawful {
		for _, party := range append(slices.Clone(c.Record.By), c.Record.With...) {
			list = append(list, partyRef(party))
		}
	}
	return list
}

// statutoryGate reports whether the law is said to put a gate where it is.
func (p *pass) statutoryGate(g *gates, gate int32) bool {
	law, asked := g.law[gate]
	if !asked {
		law = p.happened(g.refs[gate], mission.StatutoryGate)
		g.law[gate] = law
	}
	return law
}

// sayGates makes the finding of the gates of one mission, in the order of their references. Where there are many, it names the first.
func (p *pass) sayGates(g *gates, m *gated, found []gateCut) {
	ref, name := missionRef(m.id), p.missionName(m.id)
	up := g.upstream(m)
	bar := p.limit("percent") / 100 * float64(len(m.ways))
	strong := func(c gateCut) bool { return float64(c.ways[gateStrong]) > bar }
	slices.SortStableFunc(found, func(a, b gateCut) int { // what rests on more than hearsay comes first
		switch {
		case strong(a) == strong(b):
			return 0
		case strong(a):
			return -1
		}
		return 1
	})
	var texts []string
	var all, context []Evidence
	for i, c := range found {
		if i == most {
			texts = append(texts, "More than "+count(p.limit("percent"))+" percent of them pass through each of "+strconv.Itoa(len(found)-most)+" other parties or forums too.")
			break
		}
		gate := g.gate[c.gate]
		clause := outOf(c.ways[gateCertain], len(m.ways)) + " ways to " + name + " pass through " + p.named(g.refs[gate])
		if len(m.ways) == 1 {
			clause = "the only way to " + name + " that is recorded passes through " + p.named(g.refs[gate])
		}
		least, mixed := gateStrong, ""
		if !strong(c) {
			least = gateCertain
		}
		trigger, rest := p.gateRests(g, gate, least, up, ref)
		if least == gateCertain && !weak(trigger) {
			mixed = " Part of what leads there rests on hearsay, opinion or forecast alone."
		}
		texts = append(texts, attributed(trigger, clause+p.says(trigger))+mixed)
		all, context = append(all, trigger...), append(context, rest...)
	}
	p.finding(ref, strings.Join(texts, " "), dedupe(all), append(context, proof(p, mission.KindMission, p.said[m.id])...)...)
}

// upstream marks what the ways to a mission lean on, and the ways.
func (g *gates) upstream(m *gated) []bool {
	if g.onto == nil {
		g.onto = make([][]int32, len(g.refs))
		for i := range g.edges {
			g.onto[g.edges[i].to] = append(g.onto[g.edges[i].to], int32(i))
		}
	}
	up := make([]bool, len(g.refs))
	var queue []int32
	reach := func(n int32) {
		if !up[n] {
			up[n] = true
			queue = append(queue, n)
		}
	}
	for i := range m.ways {
		reach(m.ways[i].node)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, e := range g.onto[queue[0]] {
			reach(g.edges[e].from)
		}
	}
	return up
}

// gateRests returns what says that a gate leads to some nodes or to a mission: the records of a quality or a higher one, and the others.
// Those of the posts and units that an organisation takes with it are among them.
func (p *pass) gateRests(g *gates, gate int32, least uint8, up []bool, ref record.Ref) (trigger, rest []Evidence) {
	seen := map[int32]bool{gate: true}
	for queue := []int32{gate}; len(queue) > 0; queue = queue[1:] {
		for _, i := range g.from[queue[0]] {
			e := &g.edges[i]
			if !up[e.to] && g.refs[e.to] != ref {
				continue
			}
			if by := p.evidence(e.kind, e.by); e.quality >= least {
				trigger = append(trigger, by)
			} else {
				rest = append(rest, by)
			}
			if e.kind == accountability.KindParty && !seen[e.to] {
				seen[e.to] = true
				queue = append(queue, e.to)
			}
		}
	}
	return dedupe(trigger), dedupe(rest)
}
