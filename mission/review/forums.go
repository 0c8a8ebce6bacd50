package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// forumRules are the rules on stewards, boards, units and their cadence.
var forumRules = []*Rule{
	noSteward,
	talkingShop,
	oneSidedBoard,
	chairDrift,
	overstretchedHolder,
	opaqueUnit,
	slowAppointment,
	noMissionControl,
	controlNotApart,
	unitOnTop,
	centralConcentration,
	cadenceLapse,
	testAndLearnAdrift,
	headAsPerformanceManager,
	restructureChurn,
}

// forum is a board or unit and what is said of it.
type forum struct {
	id     record.ID
	claims []record.Claim[accountability.Forum]
}

func forumRef(id record.ID) record.Ref {
	return record.Ref{Kind: accountability.KindForum, ID: id}
}

func refToParty(id record.ID) record.Ref {
	return record.Ref{Kind: accountability.KindParty, ID: id}
}

func (f *forum) ref() record.Ref { return forumRef(f.id) }

// eachForum returns the forums on missions, on what belongs to them, on parties, and on nothing in particular, in the order
// of their ids.
func (p *pass) eachForum() []forum {
	if p.forums != nil {
		return p.forums
	}
	said := make(map[record.ID][]record.Claim[accountability.Forum])
	on := func(ref record.Ref) {
		for _, c := range p.register.Forums(ref, p.at) {
			said[c.Record.Fact()] = append(said[c.Record.Fact()], c)
		}
	}
	on(record.Ref{})
	for _, id := range p.missions {
		on(missionRef(id))
	}
	for i := range p.steps {
		on(milestoneRef(p.steps[i].id))
	}
	for _, id := range p.m.Initiatives() {
		on(initiativeRef(id))
	}
	for _, id := range p.m.Outcomes() {
		on(record.Ref{Kind: mission.KindOutcome, ID: id})
	}
	for _, id := range p.register.Parties() {
		on(refToParty(id))
	}
	p.forums = make([]forum, 0, len(said))
	for _, id := range sortedKeys(said) {
		p.forums = append(p.forums, forum{id, sorted(said[id])})
	}
	return p.forums
}

// isKind reports whether a claimant says that the forum is of one of some sorts.
func (f *forum) isKind(kinds ...string) bool {
	return slices.ContainsFunc(f.claims, func(c record.Claim[accountability.Forum]) bool { return slices.Contains(kinds, c.Record.Kind) })
}

// isUnit reports whether it is a unit with staff, which drives and does not meet.
func (f *forum) isUnit() bool {
	return f.isKind(accountability.MissionControl, accountability.DeliveryUnit)
}

// isBoard reports whether it is there to meet and settle things. A committee that scrutinises is not.
func (f *forum) isBoard() bool { return !f.isUnit() && !f.isKind(accountability.SelectCommittee) }

// kind is the first sort that a claimant names.
func (f *forum) kind() string {
	for _, c := range f.claims {
		if c.Record.Kind != "" {
			return c.Record.Kind
		}
	}
	return ""
}

// missions returns the missions that claimants say it is for, sorted.
func (f *forum) missions() []record.ID {
	var ids []record.ID
	for _, c := range f.claims {
		if c.Record.Subject.Kind == mission.KindMission {
			ids = append(ids, c.Record.Subject.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// froms returns the days from which claimants say that it has existed.
func (f *forum) froms() []calendar.When {
	var days []calendar.When
	for _, c := range f.claims {
		if !c.Record.From.IsZero() {
			days = append(days, c.Record.From)
		}
	}
	return days
}

// isFor reports whether a claimant's words on what it is for have one of some words among them.
func (f *forum) isFor(words ...string) bool {
	for _, c := range f.claims {
		for said := range strings.FieldsFuncSeq(strings.ToLower(c.Record.Purpose), func(r rune) bool { return strings.ContainsRune(" \t\n,.;:()/", r) }) {
			if slices.Contains(words, said) {
				return true
			}
		}
	}
	return false
}

// members returns everybody whom claimants list, sorted, the claims that list them, and, where nobody does, what is said of
// the list.
func (f *forum) members() (ids []record.ID, listing []record.Claim[accountability.Forum], kept record.Value[[]record.ID]) {
	for _, c := range f.claims {
		v := c.Record.Members
		if list, known := v.Get(); known {
			ids = append(ids, list...)
			listing = append(listing, c)
		} else if kept.State == 0 {
			kept = v
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), listing, kept
}

// boardName is the forum's name with its sort before it.
func (p *pass) boardName(f *forum) string {
	for _, c := range f.claims {
		if plain(c.Record.Name) != "" {
			return p.forumName("", f.claims)
		}
	}
	if of := f.missions(); len(of) > 0 {
		return p.forumName(of[0], f.claims)
	}
	return "the forum " + quoted(string(f.id))
}

func (p *pass) forumProof(f *forum) []Evidence {
	return proof(p, accountability.KindForum, f.claims)
}

// sector returns what claimants say of a party's sector, or of that of what it is part of; of a person, that of the posts
// that the person holds.
func (p *pass) sector(id record.ID) []string {
	for range 16 { // organisations may be recorded as parts of one another in a circle
		known := p.party(id)
		switch {
		case len(known.sector) > 0:
			return known.sector
		case known.kind == accountability.Person && known.of == "":
			return p.sectorOfPosts(id)
		case known.of == "":
			return nil
		}
		id = known.of
	}
	return nil
}

func (p *pass) sectorOfPosts(person record.ID) []string {
	var all []string
	for _, c := range p.register.HeldBy(person, p.at) {
		id := c.Record.Post
		for range 16 {
			known := p.party(id)
			all = append(all, known.sector...)
			if len(known.sector) > 0 || known.of == "" {
				break
			}
			id = known.of
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// organisations returns the organisations that a party belongs to: itself, or the nearest one that it is part of; of a person,
// those of the posts that the person holds. Empty where that is not recorded.
func (p *pass) organisations(id record.ID) []record.ID {
	starts := []record.ID{id}
	if known := p.party(id); known.kind == accountability.Person && known.of == "" {
		starts = nil
		for _, c := range p.register.HeldBy(id, p.at) {
			starts = append(starts, c.Record.Post)
		}
	}
	var all []record.ID
	for _, at := range starts {
		for range 16 {
			known := p.party(at)
			if known.kind != accountability.Post && known.kind != accountability.Person && known.kind != accountability.Body || known.of == "" {
				if known.kind != accountability.Post && known.kind != accountability.Person {
					all = append(all, at)
				}
				break
			}
			at = known.of
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// within returns a mission and what belongs to it: its milestones, outcomes and initiatives.
func (p *pass) within(id record.ID) []record.Ref {
	refs := []record.Ref{missionRef(id)}
	for _, n := range p.m.MilestonesOf(id) {
		refs = append(refs, milestoneRef(n))
	}
	for _, n := range p.m.OutcomesOf(id) {
		refs = append(refs, record.Ref{Kind: mission.KindOutcome, ID: n})
	}
	for _, n := range p.m.InitiativesOf(id) {
		refs = append(refs, initiativeRef(n))
	}
	return refs
}

// sitting is a time at which a forum met, by a meeting or an event.
type sitting struct {
	ref record.Ref // of the fact
	on  calendar.When
	// chair is who chaired it, where that is recorded.
	chair    record.ID
	evidence []Evidence
}

// sittings are the recorded times at which a forum met, was to meet and did not, or may have met.
type sittings struct {
	held, off, maybe []sitting
}

// sat reads the meetings of a forum, and its events of that kind, up to the day of the review. A meeting counts as held
// where that is said, or where its chair, its attendance or a resolution of it is recorded. They come in the order of their
// days, those without one first.
func (p *pass) sat(f *forum) sittings {
	var all sittings
	said := make(map[record.ID][]record.Claim[accountability.Meeting])
	for _, c := range p.register.Meetings(f.id, p.at) {
		said[c.Record.Fact()] = append(said[c.Record.Fact()], c)
	}
	for _, id := range sortedKeys(said) {
		claims := sorted(said[id])
		s := sitting{ref: record.Ref{Kind: accountability.KindMeeting, ID: id}, evidence: proof(p, accountability.KindMeeting, claims)}
		held, off := false, false
		for _, c := range claims {
			r := c.Record
			if !s.on.IsResolved() {
				s.on = r.OnDay
			}
			if s.chair == "" {
				s.chair = r.Chair
			}
			_, attended := r.Attended.Get()
			held = held || yes(r.Held) || r.Held.State == 0 && (attended || r.Chair != "")
			off = off || no(r.Held)
		}
		held = held || !off && len(p.register.Resolutions(id, p.at)) > 0
		switch {
		case !p.on.IsZero() && s.on.After(p.on):
		case held:
			all.held = append(all.held, s)
		case off:
			all.off = append(all.off, s)
		default:
			all.maybe = append(all.maybe, s)
		}
	}
	happened, _ := p.events(f.ref(), mission.MeetingHeld)
	for _, c := range happened {
		ref := record.Ref{Kind: mission.KindEvent, ID: c.Record.Fact()}
		if !slices.ContainsFunc(all.held, func(s sitting) bool { return s.ref == ref || s.on == c.Record.OnDay && s.on.IsExact() }) {
			all.held = append(all.held, sitting{ref: ref, on: c.Record.OnDay, evidence: []Evidence{p.evidence(mission.KindEvent, &c.Record.Record)}})
		}
	}
	for _, list := range [][]sitting{all.held, all.off, all.maybe} {
		slices.SortStableFunc(list, func(a, b sitting) int { return a.on.Latest().Compare(b.on.Latest()) })
	}
	return all
}

// eachOnce keeps the first claim on each fact, so that what several claimants say happened counts once.
func eachOnce(events []record.Claim[mission.Event]) []record.Claim[mission.Event] {
	seen := make(map[record.ID]bool, len(events))
	var kept []record.Claim[mission.Event]
	for _, c := range events {
		if fact := c.Record.Fact(); !seen[fact] {
			seen[fact] = true
			kept = append(kept, c)
		}
	}
	return kept
}

// whyStated is the reason that events give: the first.
func whyStated(events []record.Claim[mission.Event]) string {
	for _, c := range events {
		if why := plain(c.Record.Because); why != "" {
			return why
		}
	}
	return ""
}
