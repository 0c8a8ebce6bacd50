package report

import (
	"slices"
	"strconv"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// surrounding is what surrounds missions, by the mission that it belongs to; the empty id is for what belongs to none.
type surrounding map[record.ID]*nearby

// nearby is what stands around one mission.
type nearby struct{ scopes, causes, conditions, barriers, levers, capabilities, relations []lineRow }

func (n *nearby) tables() []tablePart {
	if n == nil {
		return nil
	}
	return filled(
		newTable("What it takes in and leaves out, as each reads it", "Whose reading", n.scopes),
		newTable("What brings it about or holds it back", "Cause", n.causes),
		newTable("What it needs in order to work", "Condition", n.conditions),
		newTable("What stands in the way", "Barrier", n.barriers),
		newTable("What moves people", "Lever", n.levers),
		newTable("What must be known or possible", "Capability", n.capabilities),
		newTable("How parties stand to one another", "Who, and to whom", n.relations),
	)
}

// at returns what surrounds each of some missions, each once; the empty mission where there is none.
func (m surrounding) at(ids []record.ID) []*nearby {
	if len(ids) == 0 {
		ids = []record.ID{""}
	}
	var list []*nearby
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		if m[id] == nil {
			m[id] = new(nearby)
		}
		list = append(list, m[id])
	}
	return list
}

// belongsTo returns the missions of the page that some records belong to, each once. Home says of records other than missions
// which one they stand under.
func (s *scribe) belongsTo(home map[record.Ref]record.ID, refs ...record.Ref) []record.ID {
	var ids []record.ID
	for _, ref := range refs {
		ref = s.m.Fact(ref)
		id := home[ref]
		if ref.Kind == mission.KindMission {
			id = ref.ID
		}
		if id != "" && len(s.m.Mission(id, s.at)) > 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func missionRefs(ids []record.ID) []record.Ref {
	refs := make([]record.Ref, len(ids))
	for i, id := range ids {
		refs[i] = mission.Ref(id)
	}
	return refs
}

// surround gathers what surrounds the missions of the page.
func (s *scribe) surround(missions []record.ID) surrounding {
	home := make(map[record.Ref]record.ID)
	for _, id := range missions {
		for _, ref := range belongings(id, s.m.MilestonesOf(id), s.m.OutcomesOf(id), s.m.InitiativesOf(id)) {
			if _, ok := home[ref]; !ok {
				home[ref] = id
			}
		}
	}
	all := make(surrounding)
	for _, c := range s.m.Scopes(s.at) {
		for _, n := range all.at(s.belongsTo(home, mission.Ref(c.Record.Mission))) {
			n.scopes = append(n.scopes, s.scope(c.Record))
		}
	}
	for _, c := range s.m.Causes(s.at) {
		for _, n := range all.at(s.belongsTo(home, c.Record.BearsOn...)) {
			n.causes = append(n.causes, s.cause(c.Record))
		}
	}
	for _, c := range s.m.Conditions(s.at) {
		for _, n := range all.at(s.belongsTo(home, c.Record.Subject)) {
			n.conditions = append(n.conditions, s.condition(c.Record))
		}
	}
	for _, c := range s.m.Barriers(s.at) {
		for _, n := range all.at(s.belongsTo(home, c.Record.Subject)) {
			n.barriers = append(n.barriers, s.barrier(c.Record))
		}
	}
	for _, c := range s.m.Levers(s.at) {
		for _, n := range all.at(s.belongsTo(home, missionRefs(c.Record.Missions)...)) {
			n.levers = append(n.levers, s.lever(c.Record))
		}
	}
	for _, c := range s.m.Capabilities(s.at) {
		for _, n := range all.at(s.belongsTo(home, missionRefs(c.Record.Missions)...)) {
			n.capabilities = append(n.capabilities, s.capability(c.Record))
		}
	}
	for _, c := range s.m.Relations(s.at) {
		for _, n := range all.at(s.belongsTo(home, c.Record.Subject)) {
			n.relations = append(n.relations, s.relation(c.Record))
		}
	}
	return all
}

func (s *scribe) scope(r *mission.Scope) lineRow {
	s.used["scope"] = true
	row := lineRow{Name: "The mission’s own", From: s.origin(&r.Record)}
	if r.By != "" {
		row.Name = s.party(r.By).name
	}
	add := row.adder()
	add("Reads it as", r.Reading)
	add("Inside", spoken(r.Inside))
	add("Outside", spoken(r.Outside))
	if n := len(r.Differs); n > 0 {
		var names []string
		for _, id := range r.Differs {
			names = append(names, s.scopeName(id))
		}
		add("Cannot be squared with", spoken(names))
	}
	if !r.Agreed.IsZero() {
		add("Settled between them", yesNo(r.Agreed))
	}
	return row
}

// scopeName names a reading by whose it is.
func (s *scribe) scopeName(id record.ID) string {
	if s.readings == nil {
		s.readings = make(map[record.ID]string)
		for _, c := range s.m.Scopes(s.at) {
			name := "the mission’s own reading"
			if c.Record.By != "" {
				name = "the reading of " + s.party(c.Record.By).name
			}
			s.readings[c.Record.ID], s.readings[c.Record.Fact()] = name, name
		}
	}
	if name := s.readings[id]; name != "" {
		return name
	}
	return "a reading that does not hold on the day"
}

func (s *scribe) cause(r *mission.Cause) lineRow {
	s.used["cause"] = true
	row := lineRow{Name: named(r.Name, r.Fact()), From: s.origin(&r.Record)}
	add := row.adder()
	add("Bears on", s.namesOf(r.BearsOn))
	if ids, ok := r.Owners.Get(); ok {
		names := s.partyNames(ids)
		if len(ids) == 0 {
			names = "nobody, as recorded"
		}
		add("Can be changed by", names)
	} else if !r.Owners.IsZero() {
		add("Can be changed by", r.Owners.Why())
	} else {
		add("Can be changed by", "not recorded")
	}
	if refs, ok := r.Interventions.Get(); ok {
		names := s.namesOf(refs)
		if len(refs) == 0 {
			names = "nothing, as recorded"
		}
		add("Done about it", names)
	} else if !r.Interventions.IsZero() {
		add("Done about it", r.Interventions.Why())
	}
	add("Left alone because", r.LeftAlone)
	return row
}

func (s *scribe) condition(r *mission.Condition) lineRow {
	s.used["condition"] = true
	row := lineRow{Name: capital(words(r.Kind)), From: s.origin(&r.Record)}
	if row.Name == "" {
		row.Name = string(r.Fact())
	}
	add := row.adder()
	add("Says", r.Says)
	if r.Met.IsZero() {
		add("Holds", "not recorded")
	} else {
		add("Holds", yesNo(r.Met))
	}
	return row
}

func (s *scribe) barrier(r *mission.Barrier) lineRow {
	s.used["barrier"] = true
	row := lineRow{Name: named(r.Name, r.Fact()), Kind: words(r.Pattern), From: s.origin(&r.Record)}
	add := row.adder()
	if !r.Subject.IsZero() && r.Subject.Kind != mission.KindMission {
		add("In the way of", s.name(r.Subject))
	}
	if !r.Raised.IsZero() {
		until := s.at.On
		if last := r.Removed.Latest(); !last.IsZero() && (until.IsZero() || last.Before(until)) {
			until = last
		}
		text := s.when(r.Raised, false)
		if old := age(r.Raised, until); old != "" {
			text += ": " + old
		}
		add("First reported", text)
	}
	if r.Remover != "" {
		add("Can be taken away by", s.party(r.Remover).name)
	} else if r.Removed.IsZero() {
		add("Can be taken away by", "nobody recorded")
	}
	if !r.Removed.IsZero() {
		add("Taken away", s.when(r.Removed, false))
	}
	return row
}

// age says for how long something has been there, where its beginning is known well enough.
func age(since calendar.When, on calendar.Date) string {
	if on.IsZero() || !since.IsResolved() || on.Before(since.Latest()) {
		return ""
	}
	least, most := on.Sub(since.Latest()), on.Sub(since.Earliest())
	if least == most {
		return count(int(most), "day", "days")
	}
	return grouped(strconv.Itoa(int(least))) + " to " + count(int(most), "day", "days")
}

func (s *scribe) lever(r *mission.Lever) lineRow {
	s.used["lever"] = true
	row := lineRow{Name: named(r.Name, r.Fact()), Kind: words(r.Kind), From: s.origin(&r.Record)}
	add := row.adder()
	if r.By != "" {
		add("Held by", s.party(r.By).name)
	}
	add("Brings about", r.Pays)
	switch r.Pull {
	case mission.PullsWith:
		add("Pulls", "with the mission")
	case mission.PullsAgainst:
		add("Pulls", "against the mission")
	case mission.Ignores:
		add("Pulls", "on the same people, and takes no account of the mission")
	default:
		add("Pulls", words(r.Pull))
	}
	return row
}

func (s *scribe) capability(r *mission.Capability) lineRow {
	s.used["capability"] = true
	row := lineRow{Name: named(r.Name, r.Fact()), From: s.origin(&r.Record)}
	add := row.adder()
	if ids, ok := r.HeldBy.Get(); ok {
		names := s.partyNames(ids)
		if len(ids) == 0 {
			names = "nobody, as recorded"
		}
		add("Held by", names)
	} else if !r.HeldBy.IsZero() {
		add("Held by", r.HeldBy.Why())
	} else {
		add("Held by", "not recorded")
	}
	return row
}

func (s *scribe) relation(r *mission.Relation) lineRow {
	row := lineRow{Name: "somebody not recorded", From: s.origin(&r.Record)}
	if r.Party != "" {
		row.Name = s.party(r.Party).name
	}
	if r.With != "" {
		row.Name += ", to " + s.party(r.With).name
	}
	add := row.adder()
	add("Acts as", words(r.Stance))
	add("Was expected to act as", words(r.Expected))
	add("Trust", words(r.Trust))
	if !r.LosesControl.IsZero() {
		add("The other loses control of something", yesNo(r.LosesControl))
	}
	return row
}
