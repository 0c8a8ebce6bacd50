package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// The rules on what a mission takes in, how those who take part read it, and whether it is a mission at all.

var conflictingReadings = &Rule{
	ID: "F04", Slug: "conflicting-readings", Severity: Caution,
	Title: "Those who take part read a mission in ways that cannot be squared",
	Why: "A broad mission is read by each body as what that body does already, and every policy then reopens the argument about what the mission is. " +
		"Different readings are normal and can be lived with once they are on the table; left alone, they come out as briefing and delay.",
	Fires: "Readings of the mission by at least two holders, of which the mission itself may be one, cannot be squared: a scope record says that it differs from another, or what one puts inside another puts outside, in the same words. " +
		"It is silenced where a claimant says that those who hold the readings have settled it, if only by agreeing to differ. It has nothing to say of a mission that is closed or only proposed, or whose only contributor is one body. " +
		"It cannot tell where fewer than two holders' readings are recorded, where readings are recorded in words alone and nobody says whether they differ, or where whether it is settled is unknown, withheld or contested.",
	FalseAlarm: "The difference is agreed, and nobody has recorded that it is.",
	Question:   "Which decision would come out differently under each of these readings, and who may settle which of them holds?",
	Sources:    []string{"S1:17"},
	Needs:      []string{"scope records of the mission by holder, with what is inside and outside, which of them differ, and whether that is agreed", "the contributors to missions"},
	Bad:        conflictingReadingsBad, Good: conflictingReadingsGood, Unclear: conflictingReadingsUnclear, Harmless: conflictingReadingsHarmless,
	check: func(p *pass) {
		readings := p.scopeReadings()
		for _, id := range p.missions {
			p.checkReadings(id, readings[id])
		}
	},
}

// scopeReading is one claimant's word on how somebody reads a mission.
type scopeReading = record.Claim[mission.Scope]

// scopeReadings groups the readings of scope by mission, in the order of the records' ids.
func (p *pass) scopeReadings() map[record.ID][]scopeReading {
	of := make(map[record.ID][]scopeReading)
	for _, c := range sorted(p.m.Scopes(p.at)) {
		of[c.Record.Mission] = append(of[c.Record.Mission], c)
	}
	return of
}

// scopeHolders returns whose readings some are, sorted; the empty id is the mission itself.
func scopeHolders(readings []scopeReading) []record.ID {
	ids := make([]record.ID, len(readings))
	for i, c := range readings {
		ids[i] = c.Record.By
	}
	return distinct(ids)
}

// scopeHolder names whose reading it is.
func (p *pass) scopeHolder(id record.ID) string {
	if id == "" {
		return "the mission's own reading"
	}
	return p.partyName(id)
}

// scopeSettled is what the claims on two readings that cannot be squared make of the difference.
type scopeSettled uint8

const (
	scopeOpen   scopeSettled = iota // nobody says that it is settled
	scopeDenied                     // somebody says that it is not
	scopeKept                       // whether it is settled is unknown or withheld
	scopeAgreed                     // somebody says that it is
	scopeDiffer                     // claimants differ on that
)

func scopeSays(c scopeReading) scopeSettled {
	switch v := c.Record.Agreed; {
	case yes(v):
		return scopeAgreed
	case no(v):
		return scopeDenied
	case v.State == record.StateUnknown || v.State == record.StateWithheld:
		return scopeKept
	}
	return scopeOpen
}

// with joins what two claims say.
func (a scopeSettled) with(b scopeSettled) scopeSettled {
	if a > b {
		a, b = b, a
	}
	switch {
	case b == scopeDiffer, a == scopeDenied && b == scopeAgreed:
		return scopeDiffer
	case a == scopeDenied:
		return scopeDenied
	}
	return b
}

// scopeClash is a set of readings, each of which cannot be squared with some other in it.
type scopeClash struct {
	readings []scopeReading
	over     string // the words that some put inside and others outside, where that is the clash
	settled  scopeSettled
}

// scopeClashes finds the readings of different holders that somebody says differ, and those that put the same inside and outside.
// It takes time linear in the words of the readings.
func scopeClashes(all []scopeReading) []scopeClash {
	of, said := make(map[record.ID][]scopeReading, len(all)), make(map[record.ID]scopeSettled, len(all))
	inside, outside := make(map[string][]scopeReading), make(map[string][]scopeReading)
	put := func(in map[string][]scopeReading, said []string, c scopeReading) {
		for _, s := range said {
			if w := scopeWord(s); w != "" {
				in[w] = append(in[w], c)
			}
		}
	}
	for _, c := range all {
		fact := c.Record.Fact()
		of[fact], said[fact] = append(of[fact], c), said[fact].with(scopeSays(c))
		put(inside, c.Record.Inside, c)
		put(outside, c.Record.Outside, c)
	}
	var list []scopeClash
	for _, c := range all {
		for _, other := range distinct(c.Record.Differs) {
			list = appendScopeClashes(list, said, []scopeReading{c}, of[other], "")
		}
	}
	words := make([]string, 0, len(inside))
	for w := range inside {
		words = append(words, w)
	}
	slices.Sort(words)
	for _, w := range words {
		list = appendScopeClashes(list, said, inside[w], outside[w], w)
	}
	return list
}

// appendScopeClashes adds the clashes between the readings on two sides. Those on each side that say the same of the difference are
// taken together: where they have more than one holder between them, each clashes with one across that is another's, or its own
// holder stands on both sides and another across clashes with it.
func appendScopeClashes(list []scopeClash, said map[record.ID]scopeSettled, one, other []scopeReading, over string) []scopeClash {
	var sides [2][scopeDiffer + 1][]scopeReading
	for i, side := range [2][]scopeReading{one, other} {
		for _, c := range side {
			at := said[c.Record.Fact()]
			sides[i][at] = append(sides[i][at], c)
		}
	}
	for a := range scopeDiffer + 1 {
		for b := range scopeDiffer + 1 {
			left, right := sides[0][a], sides[1][b]
			if len(left) == 0 || len(right) == 0 {
				continue
			}
			if both := slices.Concat(left, right); len(scopeHolders(both)) > 1 {
				list = append(list, scopeClash{both, over, a.with(b)})
			}
		}
	}
	return list
}

func (p *pass) checkReadings(id record.ID, readings []scopeReading) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether those who take part in " + name + " read it alike"
	if p.over(id) || p.single([]record.ID{id}) {
		p.nothing(ref)
		return
	}
	clashes := scopeClashes(readings)
	const what, way = "whether the difference is settled", "whether those who hold the readings have agreed on it"
	var at []scopeReading // in a clash that is not settled
	var over []string
	var missing []Missing
	denied := false
	for _, k := range clashes {
		switch k.settled {
		case scopeOpen, scopeDenied:
			at, denied = append(at, k.readings...), denied || k.settled == scopeDenied
			if k.over != "" && !slices.Contains(over, quoted(k.over)) && len(over) <= scopeShown {
				over = append(over, quoted(k.over))
			}
		case scopeKept:
			for _, c := range k.readings {
				if v := c.Record.Agreed; scopeSays(c) == scopeKept && len(missing) == 0 {
					missing = append(missing, unknown(what, v.State, v.Ground, way))
					break
				}
			}
		case scopeDiffer:
			missing = append(missing, contested(what, way))
		case scopeAgreed:
		}
	}
	switch holders := scopeHolders(readings); {
	case len(at) > 0:
		p.scopeConflict(id, at, over, denied)
	case len(missing) > 0:
		p.cannot(ref, question, dedupeMissing(missing)...)
	case len(holders) < 2:
		alone := "how they read it"
		if len(holders) > 0 {
			alone = "how anybody else reads it than " + p.scopeHolder(holders[0])
			if holders[0] == "" {
				alone = "how those who take part read it, beside the mission's own reading"
			}
		}
		p.cannot(ref, question, leftOut(p.m.LeftOut(mission.KindScope, ref, ""), alone, "a scope of the mission for each of those who take part, with what is inside and outside"))
	case len(clashes) > 0, scopeComparable(readings):
		p.nothing(ref)
	default:
		p.cannot(ref, question, unrecorded("whether their readings can be squared", "what each reading puts inside and outside, or which of them differ"))
	}
}

// scopeComparable reports whether readings that do not clash are known to agree: each says what is inside or outside, or all are
// in the same words, or somebody says that they are agreed.
func scopeComparable(readings []scopeReading) bool {
	drawn, word, same := true, "", true
	for _, c := range readings {
		s := c.Record
		if yes(s.Agreed) {
			return true
		}
		drawn = drawn && len(s.Inside)+len(s.Outside) > 0
		switch w := scopeWord(s.Reading); {
		case w == "":
			same = false
		case word == "":
			word = w
		default:
			same = same && w == word
		}
	}
	return drawn || same
}

// scopeConflict says that readings cannot be squared, and quotes some of them.
func (p *pass) scopeConflict(id record.ID, at []scopeReading, over []string, denied bool) {
	name, trigger := p.missionName(id), dedupe(proof(p, mission.KindScope, at))
	holders := scopeHolders(at)
	names := make([]string, len(holders))
	for i, holder := range holders {
		names[i] = p.scopeHolder(holder)
	}
	clause := name + " is read in ways that cannot be squared (" + scopeSome(names) + ")"
	if len(over) > 0 {
		clause += ": some hold that " + scopeSome(over) + " belongs to it, and others that it does not"
	}
	var text strings.Builder
	text.WriteString(attributed(trigger, clause))
	shown := make(map[record.ID]bool)
	for _, c := range sorted(slices.Clone(at)) {
		if by, said := c.Record.By, plain(c.Record.Reading); said != "" && !shown[by] && len(shown) < 3 {
			text.WriteString(" " + sentence(p.scopeHolder(by)+": "+quoted(said)))
			shown[by] = true
		}
	}
	if denied {
		text.WriteString(" It is recorded that this has not been settled.")
	} else {
		text.WriteString(" No agreement on it is recorded.")
	}
	p.finding(missionRef(id), text.String(), trigger, proof(p, mission.KindMission, p.said[id])...)
}

var noBoundary = &Rule{
	ID: "F12", Slug: "no-boundary", Severity: Caution,
	Title: "Nothing says what belongs to a mission and what does not",
	Why: "Without a boundary everything can be called mission work and nothing can be refused, and nobody outside can tell whether they are meant. " +
		"A boundary need not be narrow: it may take in the whole of government. It has to be there to be argued with.",
	Fires: "A boundary-set event on the mission marked absent says that what belongs to it and what does not has not been written down, and no scope of the mission's own says what is inside and what is outside. " +
		"It looks at missions of which such an event, or any reading of their scope, is recorded. A framing event on the mission silences it, and so does a stage of proposed, announced, discovery or closed. It cannot tell where only contributors have said how they read it, where the mission's own reading says what is inside and not what is outside or the other way about, or where claimants differ.",
	FalseAlarm: "What belongs to the mission is still being settled, openly.",
	Question:   "Who could find out today, without asking anybody, whether their work is in, out or next to this mission?",
	Sources:    []string{"S3:12"},
	Needs:      []string{"boundary-set events on missions, present or marked absent", "scope records of missions", "framing events and the stage of missions"},
	Bad:        noBoundaryBad, Good: noBoundaryGood, Unclear: noBoundaryUnclear, Harmless: noBoundaryHarmless,
	check: func(p *pass) {
		readings := p.scopeReadings()
		for _, id := range p.missions {
			p.checkBoundary(id, readings[id])
		}
	},
}

func (p *pass) checkBoundary(id record.ID, readings []scopeReading) {
	ref, name := missionRef(id), p.missionName(id)
	set, unset := p.events(ref, mission.BoundarySet)
	unseen := append(p.m.LeftOut(mission.KindEvent, ref, mission.BoundarySet), p.m.LeftOut(mission.KindScope, ref, "")...)
	if len(set)+len(unset)+len(readings)+len(unseen) == 0 {
		return // nothing of the matter is recorded
	}
	in, out, own := false, false, false
	for _, c := range readings {
		if s := c.Record; s.By == "" {
			own, in, out = true, in || len(s.Inside) > 0, out || len(s.Outside) > 0
		}
	}
	framing, _ := p.events(ref, mission.Framing)
	stage, differ := p.stage(id)
	early := !differ && slices.Contains([]string{mission.StageProposed, mission.StageAnnounced, mission.StageDiscovery}, stage)
	question := "whether " + name + " has a boundary"
	switch {
	case in && out, len(set) > 0 && len(unset) == 0, len(p.scopeUnderWay(framing)) > 0, early, p.over(id):
		p.nothing(ref)
	case len(set) > 0:
		p.cannot(ref, question, contested("whether its boundary was written down", "a scope of the mission with what is inside and outside"))
	case len(unset) > 0:
		trigger := p.scopeProof(unset)
		text := attributed(trigger, "nothing says what belongs to "+name+" and what does not"+p.says(trigger))
		if own {
			text += " A reading of the mission's own is recorded and does not draw the line."
		}
		p.finding(ref, text, trigger, append(proof(p, mission.KindMission, p.said[id]), proof(p, mission.KindScope, readings)...)...)
	case own && (in || out):
		side := "outside"
		if out {
			side = "inside"
		}
		p.cannot(ref, question, unrecorded("what is "+side, "in the scope of the mission what is "+side))
	default:
		p.cannot(ref, question, leftOut(unseen, "what the mission itself puts inside and outside", "a scope of the mission by nobody in particular with what is inside and outside, or a boundary-set event on it, or one marked absent"))
	}
}

var categoryMuddle = &Rule{
	ID: "F07", Slug: "category-muddle", Severity: Note,
	Title: "The same goal is a mission in one record and a foundation in another",
	Why: "What is owed to a mission (a lead, milestones, a board) is not owed to a foundation on which missions stand. Where the same goal is filed as both, everybody can pick the reading that asks less of them. " +
		"The words matter less than that they are used in one way.",
	Fires: "A claimant says that the goal is a foundation, and another claimant, or a record of another mission with the same name, says that it is a mission, in so many words or by naming no kind. " +
		"A transition or change-scheduled event on it that has not certainly ended silences it. It looks only at goals that somebody calls a foundation, and cannot tell where the other kind is a word of its own.",
	FalseAlarm: "The goal is being moved from one to the other, as agreed.",
	Question:   "What does this goal get, or is it spared, by being called the one and not the other?",
	Sources:    []string{"S1:56"},
	Needs:      []string{"the kind of missions, by claimant", "transition and change-scheduled events on missions"},
	Bad:        categoryMuddleBad, Good: categoryMuddleGood, Unclear: categoryMuddleUnclear, Harmless: categoryMuddleHarmless,
	check: func(p *pass) {
		named := make(map[string][]record.ID)
		for _, id := range p.missions {
			var words []string
			for _, c := range p.said[id] {
				if w := scopeWord(c.Record.Name); w != "" && !slices.Contains(words, w) {
					words = append(words, w)
					named[w] = append(named[w], id)
				}
			}
		}
		for _, id := range p.missions {
			p.checkMuddle(id, named)
		}
	},
}

func (p *pass) checkMuddle(id record.ID, named map[string][]record.ID) {
	var as, plainly, otherwise []record.Claim[mission.Mission]
	sort := func(claims []record.Claim[mission.Mission], own bool) {
		for _, c := range claims {
			switch c.Record.Kind {
			case mission.Foundation:
				if own {
					as = append(as, c)
				}
			case "", string(mission.KindMission):
				plainly = append(plainly, c)
			default:
				otherwise = append(otherwise, c)
			}
		}
	}
	sort(p.said[id], true)
	if len(as) == 0 {
		return
	}
	same := []record.ID{id}
	for _, c := range p.said[id] {
		for _, other := range named[scopeWord(c.Record.Name)] {
			if !slices.Contains(same, other) && len(same) <= scopeShown {
				same = append(same, other)
				sort(p.said[other], false)
			}
		}
	}
	ref, name := missionRef(id), p.missionName(id)
	moving := false
	for _, other := range same {
		for _, kind := range []string{mission.Transition, mission.ChangeScheduled} {
			events, _ := p.events(missionRef(other), kind)
			moving = moving || len(p.scopeUnderWay(events)) > 0
		}
	}
	switch {
	case moving, len(plainly)+len(otherwise) == 0:
		p.nothing(ref)
	case len(plainly) > 0:
		foundation, one := proof(p, mission.KindMission, as), proof(p, mission.KindMission, sorted(plainly))
		trigger, context := scopeWeakest(foundation, one)
		text := attributed(trigger, name+" is carried as a foundation in one record and as a mission in another")
		text += " As a foundation: " + p.scopeRecords(foundation) + ". As a mission: " + p.scopeRecords(one) + "."
		p.finding(ref, text, trigger, context...)
	default:
		kind := plain(otherwise[0].Record.Kind)
		p.cannot(ref, "whether "+name+" is carried as two kinds of goal", Missing{What: "whether " + quoted(kind) + " means a foundation",
			Ground: "not known from the word", Way: "record the kind of the goal in the same word in every record"})
	}
}

// scopeRecords names who says something: claimants, failing that sources, failing that records.
func (p *pass) scopeRecords(evidence []Evidence) string {
	var names []string
	for _, e := range evidence {
		name := e.Claimant
		if name == "" {
			name = e.place()
		}
		if name == "" {
			name = e.Ref.String()
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return scopeSome(names)
}
