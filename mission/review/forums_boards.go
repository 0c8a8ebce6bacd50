package review

import (
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on boards: what they settle, who sits on them, and who chairs them.

var talkingShop = &Rule{
	ID: "F34", Slug: "talking-shop", Severity: Serious,
	Title: "A board meets and settles nothing",
	Why: "A board that only hears how difficult everything is costs the time of those who could decide, and lets everybody believe that the mission is being looked after. " +
		"What tells a board from a conversation is that something is decided, or taken out of the way, that nobody at the table could have done alone.",
	Fires: "A decision event on a board marked absent says that it has decided nothing, or each of its last F34.meetings meetings has such a mark; and no decision or barrier removed is recorded from those meetings. " +
		"Where meetings are recorded, there must be at least F34.meetings of them. It has nothing to say of a board whose purpose is deliberative, nor of a unit or a scrutinising committee; of a mission cluster F75 speaks. " +
		"It cannot tell where nobody has recorded whether anything was decided.",
	FalseAlarm: "The purpose of the board, as declared, is to deliberate or to hear people, and decisions are taken elsewhere.",
	Question:   "What was different the day after the last meeting, that would not have been so without it?",
	Sources:    []string{"S1:19"},
	Needs: []string{"the boards, with their purpose", "their meetings, and the resolutions of these",
		"decision and barrier-removed events on boards and meetings, present or marked absent"},
	Thresholds: []Threshold{{Name: "F34.meetings", Unit: "meetings", Value: 4, Least: 1,
		Meaning: "how many meetings a board may hold before something is settled; no source names a number, and the default is a year of the quarterly meetings that S4:42 asks for"}},
	Bad: talkingShopBad, Good: talkingShopGood, Unclear: talkingShopUnclear, Harmless: talkingShopHarmless,
	check: func(p *pass) {
		for _, f := range p.eachForum() {
			if f.isBoard() && !f.isKind(accountability.MissionCluster) {
				p.checkTalk(&f)
			}
		}
	},
}

func (p *pass) checkTalk(f *forum) {
	ref, name := f.ref(), p.boardName(f)
	if f.isFor(accountability.PurposeDeliberative) {
		p.nothing(ref)
		return
	}
	all := p.sat(f)
	least := max(1, int(p.limit("meetings")))
	recent := all.held
	enough := len(recent) >= least
	var since []calendar.When
	if enough {
		recent = recent[len(recent)-least:]
		since = []calendar.When{recent[0].on}
	}
	decided, denied := p.events(ref, mission.Decision)
	removed, _ := p.events(ref, mission.BarrierRemoved)
	for _, c := range append(decided, removed...) {
		if before(c.Record.OnDay, since) != calendar.Certainly {
			p.nothing(ref)
			return
		}
	}
	var idle []record.Claim[mission.Event] // meetings of which it is said that they decided nothing
	settledNone := 0
	for _, s := range recent {
		present, absent := p.events(s.ref, mission.Decision)
		settled := len(present) > 0 || p.happened(s.ref, mission.BarrierRemoved)
		for _, c := range p.register.Resolutions(s.ref.ID, p.at) {
			settled = settled || s.ref.Kind == accountability.KindMeeting && (c.Record.Decided != "" || yes(c.Record.Removed))
		}
		if settled {
			p.nothing(ref)
			return
		}
		if len(absent) > 0 {
			settledNone++
			idle = append(idle, absent...)
		}
	}
	context := p.forumProof(f)
	for _, s := range recent {
		context = append(context, s.evidence...)
	}
	switch each := enough && settledNone == len(recent); {
	case len(denied) > 0 && (enough || len(all.held) == 0), each:
		trigger := proof(p, mission.KindEvent, denied)
		clause := name + " has decided nothing and taken nothing out of the way"
		if len(denied) == 0 {
			trigger = proof(p, mission.KindEvent, sorted(idle))
			clause = "none of the last " + strconv.Itoa(len(recent)) + " meetings of " + name + " decided anything or took anything out of the way"
		}
		text := attributed(trigger, clause)
		switch {
		case len(all.held) == 0:
			text += " How often it has met is not recorded."
		case len(denied) > 0:
			text += " It has met at least " + strconv.Itoa(len(all.held)) + " times."
		}
		p.finding(ref, text, trigger, context...)
	case len(denied) > 0:
		p.nothing(ref) // it has hardly met
	default:
		p.cannot(ref, "whether "+name+" settles anything", leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.Decision),
			"whether it has decided anything", "resolutions of its meetings, or a decision event on the board, or one marked absent"))
	}
}

var oneSidedBoard = &Rule{
	ID: "F35", Slug: "one-sided-board", Severity: Caution,
	Title: "Everybody on a board comes from government, or from one organisation",
	Why: "A board sees what its members see. Where all of them are officials, or colleagues, they agree early, they hear of trouble late, and those who live with what is decided have nobody to speak to. " +
		"Who is missing seldom shows from inside.",
	Fires: "The members are listed, and either all of them are of the sector government, or there are several and all belong to one organisation. A post or person without a sector has that of its organisation. " +
		"It has nothing to say where another forum on the same mission advises or deliberates, or has members from elsewhere. It cannot tell where the list, or where a member comes from, is not recorded, unknown or withheld.",
	FalseAlarm: "Those concerned are heard in another place that the board listens to, which nobody has recorded.",
	Question:   "Who lives with what this board decides, and when did one of them last change its mind?",
	Sources:    []string{"S1:19", "S4:41"},
	Needs:      []string{"the members of boards", "the sectors and organisations of those parties", "other forums on the same mission, with their purpose and members"},
	Bad:        oneSidedBoardBad, Good: oneSidedBoardGood, Unclear: oneSidedBoardUnclear, Harmless: oneSidedBoardHarmless,
	check: func(p *pass) {
		elsewhere := make(map[record.ID][]record.ID) // forums that bring others in, by mission
		for _, f := range p.eachForum() {
			if p.bringsOthers(&f) {
				for _, id := range f.missions() {
					elsewhere[id] = append(elsewhere[id], f.id)
				}
			}
		}
		for _, f := range p.eachForum() {
			if f.isBoard() {
				heard := slices.ContainsFunc(f.missions(), func(id record.ID) bool {
					return slices.ContainsFunc(elsewhere[id], func(other record.ID) bool { return other != f.id })
				})
				p.checkSides(&f, heard)
			}
		}
	},
}

// outside reports whether a party is certainly not of government.
func (p *pass) outside(id record.ID) bool {
	sector := p.sector(id)
	return len(sector) > 0 && !slices.Contains(sector, sectorGovernment)
}

const sectorGovernment = "government"

// bringsOthers reports whether a forum advises or hears people, or somebody outside government sits on it.
func (p *pass) bringsOthers(f *forum) bool {
	ids, _, _ := f.members()
	return f.isFor(accountability.PurposeAdvisory, accountability.PurposeDeliberative) || slices.ContainsFunc(ids, p.outside)
}

func (p *pass) checkSides(f *forum, heard bool) {
	ref, name := f.ref(), p.boardName(f)
	question := "whether " + name + " hears more than one side"
	ids, listing, kept := f.members()
	if len(listing) == 0 {
		if heard || kept.State == record.StateNotApplicable {
			p.nothing(ref)
			return
		}
		p.cannot(ref, question, unknown("the list of its members", kept.State, kept.Ground, "all who sit on it"))
		return
	}
	var unplaced, disputed, homeless, homes []record.ID
	other := false
	for _, id := range ids {
		switch sector := p.sector(id); {
		case len(sector) == 0:
			unplaced = append(unplaced, id)
		case p.outside(id):
			other = true
		case len(sector) > 1:
			disputed = append(disputed, id)
		}
		home := p.organisations(id)
		if len(home) == 0 {
			homeless = append(homeless, id)
		}
		homes = append(homes, home...)
	}
	slices.Sort(homes)
	homes = slices.Compact(homes)
	single := len(ids) > 1 && len(homes) < 2 // all of one organisation, as far as is known
	trigger := proof(p, accountability.KindForum, listing)
	var clause string
	switch {
	case heard:
		p.nothing(ref)
		return
	case len(ids) == 0:
		p.cannot(ref, question, Missing{What: "the list of its members", Ground: "empty", Way: "record who sits on it"})
		return
	case !other && len(unplaced)+len(disputed) == 0:
		clause = "everybody on " + name + " is from government: " + p.partyNames(ids)
	case single && len(homeless) == 0:
		clause = "everybody on " + name + " is from one organisation, " + p.partyName(homes[0])
	case other && !single:
		p.nothing(ref)
		return
	default:
		var missing []Missing
		if !other && len(unplaced) > 0 {
			missing = append(missing, unrecorded("the sector of "+p.partyNames(unplaced), "the sector of each: government, business, civil-society or public"))
		}
		if !other && len(disputed) > 0 {
			missing = append(missing, contested("the sector of "+p.partyNames(disputed), "the sector of each"))
		}
		if single {
			missing = append(missing, unrecorded("the organisation of "+p.partyNames(homeless), "the organisation that each belongs to"))
		}
		p.cannot(ref, question, missing...)
		return
	}
	context := p.forumProof(f)
	for _, id := range ids {
		context = append(context, proof(p, accountability.KindParty, p.register.Party(id, p.at))...)
	}
	text := attributed(trigger, clause+p.says(trigger))
	if absentees := p.seatless(f); len(absentees) > 0 {
		text += " Of those who take part in its mission and are not of government, none sits on it: " + p.partyNames(absentees) + "."
	}
	p.finding(ref, text+p.sideBySide(f.claims), trigger, context...)
}

// seatless returns the contributors to a forum's missions that are certainly not of government, sorted.
func (p *pass) seatless(f *forum) []record.ID {
	var ids []record.ID
	for _, id := range f.missions() {
		for _, c := range p.said[id] {
			list, _ := c.Record.Contributors.Get()
			for _, party := range list {
				if p.outside(party) {
					ids = append(ids, party)
				}
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

var chairDrift = &Rule{
	ID: "F36", Slug: "chair-drift", Severity: Note,
	Title: "A board is chaired by another than was meant to, and nobody has said why",
	Why: "Who chairs a board says how much it matters and whose quarrels it can end. Where the chair passes to somebody else without a word, the board's standing has changed and nobody has decided that it should. " +
		"The change may well be right: then it can be said, with a reason and a day.",
	Fires: "Another post chairs a board than was to, by the record of the board; or by the record of its meetings, of which more than half of those with a known chair were chaired by another. Whoever holds a post counts as that post. " +
		"A chair-changed event with a reason, or a reason on the record that names the chair, silences it. It cannot tell where either chair is not recorded, or claimants differ on one.",
	FalseAlarm: "The change was reasoned and dated, and the record of it is elsewhere.",
	Question:   "When did the chair change, who decided it, and what can the board no longer settle because of it?",
	Sources:    []string{"S1:19", "S4:20", "S4:42"},
	Needs:      []string{"the chair of boards and the chair as designed", "who chaired their meetings", "chair-changed events on boards, with their reasons"},
	Bad:        chairDriftBad, Good: chairDriftGood, Unclear: chairDriftUnclear, Harmless: chairDriftHarmless,
	check: func(p *pass) {
		for _, f := range p.eachForum() {
			if f.isBoard() {
				p.checkChair(&f)
			}
		}
	},
}

func (p *pass) checkChair(f *forum) {
	ref, name := f.ref(), p.boardName(f)
	question := "whether " + name + " is chaired as it was meant to be"
	var chairs, designs []record.ID
	var naming []record.Claim[accountability.Forum]
	reasoned := false
	for _, c := range f.claims {
		r := c.Record
		if r.Chair != "" {
			chairs, naming = append(chairs, r.Chair), append(naming, c)
			reasoned = reasoned || r.Reason != ""
		}
		if r.DesignedChair != "" {
			designs = append(designs, r.DesignedChair)
		}
	}
	slices.Sort(chairs)
	slices.Sort(designs)
	chairs, designs = slices.Compact(chairs), slices.Compact(designs)
	changed, _ := p.events(ref, mission.ChairChanged)
	var missing []Missing
	switch {
	case reasoned || whyStated(changed) != "":
		p.nothing(ref)
		return
	case len(designs) > 1:
		missing = append(missing, contested("who was to chair it", "the chair as designed"))
	case len(chairs) > 1:
		missing = append(missing, contested("who chairs it", "the chair"))
	case len(designs) == 0:
		missing = append(missing, unrecorded("who was to chair it", "the chair as designed"))
	}
	if len(missing) > 0 {
		p.cannot(ref, question, missing...)
		return
	}
	design := designs[0]
	context := append(p.forumProof(f), proof(p, mission.KindEvent, changed)...)
	if len(chairs) == 1 && !p.sameSeat(design, chairs[0], p.at) {
		trigger := proof(p, accountability.KindForum, naming)
		p.finding(ref, attributed(trigger, name+" was to be chaired by "+p.partyName(design)+" and is chaired by "+p.partyName(chairs[0])+p.says(trigger))+
			" No reason is recorded.", trigger, context...)
		return
	}
	var elsewhere []Evidence
	known, others := 0, 0
	for _, s := range p.sat(f).held {
		if s.chair == "" {
			continue
		}
		known++
		at := p.at
		if s.on.IsExact() {
			at.On = s.on.Earliest()
		}
		if !p.sameSeat(design, s.chair, at) {
			others++
			elsewhere = append(elsewhere, s.evidence...)
		}
	}
	switch {
	case 2*others > known:
		elsewhere = dedupe(elsewhere)
		p.finding(ref, attributed(elsewhere, name+" was to be chaired by "+p.partyName(design)+", who did not chair "+strconv.Itoa(others)+" of its "+strconv.Itoa(known)+" meetings whose chair is recorded")+
			" No reason is recorded.", elsewhere, context...)
	case len(chairs) == 0 && known == 0:
		p.cannot(ref, question, unrecorded("who chairs it", "its chair, or who chaired its meetings"))
	default:
		p.nothing(ref)
	}
}

// sameSeat reports whether a party is a post or holds it at a moment.
func (p *pass) sameSeat(post, party record.ID, at record.Moment) bool {
	if post == party {
		return true
	}
	holders, _ := p.register.Holders(post, at)
	if slices.ContainsFunc(holders, func(h accountability.Holder) bool { return h.Party == party }) {
		return true
	}
	holders, _ = p.register.Holders(party, at) // the post is held by whom the design names
	return slices.ContainsFunc(holders, func(h accountability.Holder) bool { return h.Party == post })
}
