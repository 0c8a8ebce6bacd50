package main

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// standard are the duties that every mission is asked about, whether or not anything is recorded of them.
var standard = []string{accountability.MissionSteward, accountability.MissionLead, accountability.MissionSponsor}

// answers prints how each duty on a subject stands: those asked about, then any other on record.
func (a *account) answers(ref record.Ref, asked ...string) {
	words := slices.Clone(asked)
	for _, word := range a.Register().Duties(ref) {
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	for _, word := range words {
		a.field(plain(strings.TrimPrefix(word, "mission-")), a.answer(ref, word))
	}
}

// answer says how one duty stands: held, vacant, unclear or contested, or that nobody has recorded it.
func (a *account) answer(ref record.Ref, word string) string {
	answer, ok := a.Register().Answerable(ref, word, record.Moment{})
	if !ok {
		if n := len(a.LeftOut(accountability.KindDuty, ref, word)); n > 0 {
			return "left out by this view (" + counted(n, "record") + ")"
		}
		return "not recorded"
	}
	s := answer.State.String()
	if !answer.Certain {
		s += " (its dates leave it open)"
	}
	var posts []string
	var seen []record.ID
	for _, c := range answer.Carriers {
		if !slices.Contains(seen, c.Post) {
			seen = append(seen, c.Post)
			posts = append(posts, a.carrier(&c))
		}
	}
	switch {
	case len(posts) > 0:
		s += ": " + strings.Join(posts, "; ")
	case answer.State == accountability.Contested:
		s += ": " + answer.Why
	}
	return s + a.basis(&answer)
}

// basis gives the source of each record that says so, with the note on it and the means that it gives.
func (a *account) basis(answer *accountability.Answer) string {
	var s strings.Builder
	for _, ref := range answer.Records {
		r, ok := a.Record(ref)
		if !ok || ref.Kind != accountability.KindDuty {
			continue
		}
		s.WriteString(" " + a.said(&r))
		for _, c := range answer.Carriers {
			if c.Duty.ID == r.ID && !c.Duty.Means.IsZero() {
				s.WriteString(" means: " + means(c.Duty.Means) + ".")
			}
		}
		if r.Note != "" {
			s.WriteString(" " + sentence(r.Note))
		}
	}
	return s.String()
}

// carrier names what carries a duty, and who holds it.
func (a *account) carrier(c *accountability.Carrier) string {
	s := a.party(c.Post)
	switch {
	case c.Filled == accountability.Vacant:
		return s + " (nobody holds the post)"
	case len(c.Holders) == 0:
		if a.about(c.Post).Kind == accountability.Post {
			s += " (who holds the post is not recorded)"
		}
		return s
	}
	names := make([]string, len(c.Holders))
	for i, h := range c.Holders {
		names[i] = a.party(h.Party) + " " + a.mark(&h.Holding.Record)
		if h.On != calendar.Certainly {
			names[i] += ", possibly"
		}
	}
	return s + " (held by " + listed(names) + ")"
}

// means says what is known of the means of a duty.
func means(m accountability.Means) string {
	var known []string
	for _, v := range []struct {
		name  string
		value record.Value[bool]
	}{{"money", m.Budget}, {"people", m.People}, {"a direct way to a minister", m.Route}} {
		if !v.value.IsZero() {
			known = append(known, v.name+": "+agreed(v.value))
		}
	}
	return strings.Join(known, ", ")
}

// boards prints the forums on a subject. Claims on one forum stand side by side, each under its claimant.
func (a *account) boards(ref record.Ref) {
	forums := a.Register().Forums(ref, record.Moment{})
	if len(forums) == 0 {
		return
	}
	a.title("Boards and units")
	var order []record.ID
	claims := make(map[record.ID][]*accountability.Forum)
	for _, c := range forums {
		id := c.Record.Fact()
		if claims[id] == nil {
			order = append(order, id)
		}
		claims[id] = append(claims[id], c.Record)
	}
	for _, id := range order {
		all := claims[id]
		name := all[0].Name
		if name == "" {
			name = plain(all[0].Kind)
		}
		if len(all) > 1 {
			a.text("    ", "      ", name+": "+counted(len(all), "claim")+" that stand side by side")
			for _, f := range all {
				a.text("      ", "        ", a.claimant(f.Claimant)+" "+a.mark(&f.Record)+": "+a.forum(f))
			}
			continue
		}
		a.text("    ", "      ", name+": "+a.forum(all[0])+" "+a.said(&all[0].Record))
	}
}

// forum says what one claimant holds of a forum.
func (a *account) forum(f *accountability.Forum) string {
	said := []string{plain(f.Kind)}
	add := func(s string) { said = append(said, s) }
	if f.Standing != "" {
		add("standing: " + f.Standing)
	}
	if f.Purpose != "" {
		add(f.Purpose)
	}
	if f.Chair != "" {
		add("headed by: " + a.party(f.Chair))
	}
	if f.DesignedChair != "" && f.DesignedChair != f.Chair {
		add("was to be headed by: " + a.party(f.DesignedChair))
	}
	members := "members " + f.Members.Why()
	if ids, ok := f.Members.Get(); ok {
		members = "members: " + a.parties(ids)
	}
	add(members)
	if on, ok := f.Disclosed.Get(); ok {
		add("membership published on " + a.when(on))
	} else if !f.Disclosed.IsZero() {
		add("publication of its membership " + f.Disclosed.Why())
	}
	s := sentence(strings.Join(said, "; "))
	if f.Note != "" {
		s += " " + sentence(f.Note)
	}
	return s
}
