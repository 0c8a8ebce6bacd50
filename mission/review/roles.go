package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on boards and on those who lead.

var boardUndisclosed = &Rule{
	ID: "F33", Slug: "board-undisclosed", Severity: Caution,
	Title: "Who sits on a mission's board is not published",
	Why: "A mission asks people outside government to join in. If it will not say who decides about it, those people cannot tell whom to talk to or whose knowledge is missing at the table, and they draw their own conclusions. " +
		"Withholding the names is a statement, unlike not having written them down.",
	Fires: "A claimant says that the membership of a forum on a mission is withheld; or its disclosure is withheld or still to come, and the forum has certainly existed for more than F33.days. " +
		"It has nothing to say once the membership is published, nor where it is withheld on a stated ground until a stated day that has not come. A membership that nobody has recorded, or that is unknown, cannot be told.",
	FalseAlarm: "There is a security reason, with a day on which it is looked at again; or the board was only just set up.",
	Question:   "Who decided not to publish the names, on what ground, and when is that looked at again?",
	Sources:    []string{"S1:19"},
	Needs:      []string{"the forums of missions, with their members and when these were disclosed", "the day from which each forum has existed"},
	Thresholds: []Threshold{{Name: "F33.days", Unit: "days", Value: 100,
		Meaning: "how long a forum may exist before its membership is published; no source names a number, and the default is the first hundred days that S4:18 speaks of"}},
	Bad: boardUndisclosedBad, Good: boardUndisclosedGood, Unclear: boardUndisclosedUnclear, Harmless: boardUndisclosedHarmless,
	check: func(p *pass) {
		seen := make(map[record.ID]bool)
		for _, id := range p.missions {
			ref := missionRef(id)
			boards := make(map[record.ID][]record.Claim[accountability.Forum])
			for _, c := range sorted(p.register.Forums(ref, p.at)) {
				if c.Record.Subject == ref {
					boards[c.Record.Fact()] = append(boards[c.Record.Fact()], c)
				}
			}
			if len(boards) == 0 {
				p.cannot(ref, "whether "+p.missionName(id)+" has a board whose members are published",
					leftOut(p.m.LeftOut(accountability.KindForum, ref, ""), "a board or other forum on the mission", "its forums, with their members and when these were disclosed"))
			}
			for _, board := range sortedKeys(boards) {
				if !seen[board] {
					seen[board] = true
					p.checkBoard(id, board, boards[board])
				}
			}
		}
	},
}

func sortedKeys[T any](m map[record.ID]T) []record.ID {
	keys := make([]record.ID, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	return sortedIDs(keys)
}

func (p *pass) checkBoard(of, id record.ID, claims []record.Claim[accountability.Forum]) {
	ref := record.Ref{Kind: accountability.KindForum, ID: id}
	name := p.forumName(of, claims)
	var withheld, closed []record.Claim[accountability.Forum]
	var froms []calendar.When
	var published calendar.Certainty // No where it is to come by a stated day
	var stated calendar.When
	settled := false
	for _, c := range claims {
		f := c.Record
		day, known := f.Disclosed.Get()
		done := calendar.Certainly // known to be published, whatever the day
		switch {
		case known && day.IsResolved() && p.on.IsZero():
			done = calendar.Possibly
		case known && day.After(p.on):
			done = calendar.No
		case known && day.IsResolved() && day.Latest().After(p.on):
			done = calendar.Possibly
		}
		if known {
			published, stated = max(published, done), day
		}
		switch {
		case f.Disclosed.State == record.StateNotApplicable,
			f.Members.State == record.StateWithheld && known && done == calendar.No && f.Members.Ground != "":
			settled = true
		case f.Members.State == record.StateWithheld:
			withheld = append(withheld, c)
		case f.Disclosed.State == record.StateWithheld, f.Disclosed.State == record.StatePending, known && done == calendar.No:
			closed = append(closed, c)
			froms = append(froms, f.From)
		}
	}
	context := proof(p, accountability.KindForum, claims)
	switch {
	case len(withheld) > 0:
		trigger := proof(p, accountability.KindForum, withheld)
		text := attributed(trigger, "the membership of "+name+" is withheld"+onGround(withheld[0].Record.Members.Ground)+p.says(trigger))
		if published == calendar.Certainly {
			text += " Another claim says that it was published."
		}
		p.finding(ref, text+p.sideBySide(claims), trigger, context...)
		return
	case published == calendar.Certainly, settled:
		p.nothing(ref)
		return
	}
	question := "whether the membership of " + name + " is published"
	if published == calendar.Possibly {
		p.cannot(ref, question, p.rough("the day of its publication", []calendar.When{stated}, "the day on which it was published"))
		return
	}
	if len(closed) == 0 {
		p.cannot(ref, question, membershipMissing(claims)...)
		return
	}
	switch p.older(froms, p.limit("days")) {
	case calendar.Certainly:
		trigger := proof(p, accountability.KindForum, closed)
		text := attributed(trigger, "the membership of "+name+" has not been published, more than "+count(p.limit("days"))+" days after it was set up ("+p.when(first(froms))+")"+p.says(trigger))
		if d := closed[0].Record.Disclosed; d.State != record.StateKnown {
			text += " Its disclosure is " + d.Why() + "."
		}
		p.finding(ref, text+p.sideBySide(claims), trigger, context...)
	case calendar.No:
		p.nothing(ref)
	default:
		p.cannot(ref, question+" late", p.rough("the day from which it has existed", froms, "the day from which the forum has existed"))
	}
}

// membershipMissing says what is missing about the members of a forum: the first claim that says anything speaks.
func membershipMissing(claims []record.Claim[accountability.Forum]) []Missing {
	members, disclosed := claims[0].Record.Members, claims[0].Record.Disclosed
	for _, c := range claims {
		if members.State == 0 {
			members = c.Record.Members
		}
		if disclosed.State == 0 {
			disclosed = c.Record.Disclosed
		}
	}
	var missing []Missing
	if members.State != record.StateKnown && members.State != record.StateNotApplicable {
		missing = append(missing, unknown("the list of its members", members.State, members.Ground, "its members, or that they are withheld"))
	}
	return append(missing, unknown("when that list was published", disclosed.State, disclosed.Ground, "the day on which its membership was disclosed, or that this is still to come"))
}

func onGround(ground string) string {
	if ground == "" {
		return ", on no stated ground"
	}
	return ", on the ground " + quoted(plain(ground))
}

// forumName is a forum's name, or its kind and its mission where it has none.
func (p *pass) forumName(of record.ID, claims []record.Claim[accountability.Forum]) string {
	kind := "the forum"
	for _, c := range claims {
		if kind == "the forum" && c.Record.Kind != "" {
			kind = "the " + strings.ReplaceAll(plain(c.Record.Kind), "-", " ")
		}
		if name := plain(c.Record.Name); name != "" {
			return kind + " " + quoted(name)
		}
	}
	return kind + " of " + p.missionName(of)
}

// sideBySide says what each of several claimants holds of a forum.
func (p *pass) sideBySide(claims []record.Claim[accountability.Forum]) string {
	if len(claims) < 2 {
		return ""
	}
	words := make([]string, len(claims))
	for i, c := range claims {
		said := "membership " + c.Record.Members.State.String()
		if s := plain(c.Record.Standing); s != "" {
			said += ", standing " + quoted(s)
		}
		words[i] = p.claimants(proof(p, accountability.KindForum, claims[i:i+1])) + ": " + said
	}
	return " Several claims stand side by side (" + strings.Join(words, "; ") + ")."
}

var leaderlessMission = &Rule{
	ID: "F38", Slug: "leaderless-mission", Severity: Serious,
	Title: "Nobody is known to lead a mission",
	Why: "Work across departments stops at the first disagreement unless somebody is on the hook for the whole. Where the lead is vacant, unclear or contested, everybody can believe that somebody else is acting. " +
		"Unclear is its own state: it is not the same as a vacancy, and no name follows from it.",
	Fires: "The duty mission-lead on the mission is vacant, unclear or contested, and the mission was certainly announced more than F38.days ago. Where the announcement is not recorded, the age of the duty counts; where neither is, it fires and says so. " +
		"It has nothing to say where the lead is held, or the mission is proposed or closed, and cannot tell where no such duty is recorded, or who leads is withheld.",
	FalseAlarm: "The mission was launched recently, and the search for a lead is under way.",
	Question:   "Who leads this mission today, who says so, and does that person agree?",
	Sources:    []string{"S1:19"},
	Needs:      []string{"the duty mission-lead on missions, with its state or its post", "who holds that post", "the day of the announcement"},
	Thresholds: []Threshold{{Name: "F38.days", Unit: "days", Value: 100,
		Meaning: "how long after the announcement a mission may be without a lead; no source names a number, and the default is the first hundred days that S4:18 speaks of"}},
	Bad: leaderlessMissionBad, Good: leaderlessMissionGood, Unclear: leaderlessMissionUnclear, Harmless: leaderlessMissionHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkLead(id)
		}
	},
}

func (p *pass) checkLead(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether " + name + " has a lead"
	a, ok := p.register.Answerable(ref, accountability.MissionLead, p.at)
	switch {
	case p.over(id):
		p.nothing(ref)
		return
	case !ok:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.MissionLead),
			"who leads it", "a mission-lead duty on the mission, with its post or with the state vacant, unclear or contested"))
		return
	case a.State == accountability.Held:
		p.nothing(ref)
		return
	case a.State == accountability.Withheld:
		p.cannot(ref, question, unknown("who leads it", record.StateWithheld, p.reasonOf(&a), "the post that leads it"))
		return
	}
	if !a.Certain {
		p.cannot(ref, question, Missing{What: "whether the lead is " + a.State.String() + " on that day", Ground: "not known from the dates", Way: "record the dates of the duty and of its holders more closely"})
		return
	}
	days, since := p.announced(id), "the mission was announced "+p.dated(first(p.announced(id)))
	duties, holdings := split(p.basis(&a))
	if !first(days).IsResolved() {
		days = p.dutiesFrom(&a)
		since = "it has stood so since " + p.when(first(days))
	}
	age := p.older(days, p.limit("days"))
	switch {
	case age == calendar.No:
		p.nothing(ref)
		return
	case age == calendar.Possibly, p.on.IsZero() && first(days).IsResolved():
		p.cannot(ref, "whether "+name+" has been without a lead for long", p.rough("the day of the announcement", days, "the day on which the mission was announced"))
		return
	}
	text := attributed(duties, "the lead of "+name+" is "+a.State.String()+because(a.Why))
	if age == calendar.Certainly {
		text += " This is more than " + count(p.limit("days")) + " days on: " + since + "."
	} else {
		text += " How long ago the mission was announced is not recorded."
	}
	p.finding(ref, text, duties, append(holdings, proof(p, mission.KindMission, p.said[id])...)...)
}

// because gives the reason for a state, where it is more than that somebody recorded the state.
func because(why string) string {
	if why == "" || strings.HasPrefix(why, "it is recorded as ") {
		return ""
	}
	return " (" + why + ")"
}

// reasonOf returns the first reason that the duties of an answer give for how they stand, in the order of their ids.
func (p *pass) reasonOf(a *accountability.Answer) string {
	duties, _ := split(p.basis(a))
	for _, e := range duties {
		if r, ok := p.m.Record(e.Ref); ok && r.Reason != "" {
			return r.Reason
		}
	}
	return ""
}

// dutiesFrom returns the days from which the duties of an answer hold.
func (p *pass) dutiesFrom(a *accountability.Answer) []calendar.When {
	var days []calendar.When
	for _, ref := range a.Records {
		if r, ok := p.m.Record(ref); ok && ref.Kind == accountability.KindDuty && !r.From.IsZero() {
			days = append(days, r.From)
		}
	}
	return days
}

var leadWithoutMeans = &Rule{
	ID: "F41", Slug: "lead-without-means", Severity: Serious,
	Title: "Somebody is on the hook for a mission and has not been given the means",
	Why: "A lead without money to commit, people to put to work or a way to a minister answers for what only others can do. The post looks filled, the mission does not move, and the blame lands on whoever took the job. " +
		"Means are cheap to write down at the start and hard to win later.",
	Fires: "The mission's lead is held, and of one of the three means (a budget, people, a direct route to a minister) it is recorded that the lead lacks it. Where several posts share the lead, it is enough that one of them has the means. " +
		"It has nothing to say where the role is recorded as convening only, and cannot tell where a means is not recorded.",
	FalseAlarm: "The lead's role is to convene and no more, as agreed and stated.",
	Question:   "What can the lead decide, spend or ask for without anybody else's leave?",
	Sources:    []string{"S1:12", "S1:13"},
	Needs:      []string{"the duty mission-lead on missions, with its means and whether it is convening only"},
	Bad:        leadWithoutMeansBad, Good: leadWithoutMeansGood, Unclear: leadWithoutMeansUnclear, Harmless: leadWithoutMeansHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			a, ok := p.register.Answerable(missionRef(id), accountability.MissionLead, p.at)
			if ok && a.State == accountability.Held && len(a.Carriers) > 0 {
				p.checkMeans(id, &a)
			}
		}
	},
}

// means are the things that a lead needs, in the words of texts and in the order in which they are asked about.
var means = []struct {
	name string
	of   func(accountability.Means) record.Value[bool]
}{
	{"a budget", func(m accountability.Means) record.Value[bool] { return m.Budget }},
	{"people", func(m accountability.Means) record.Value[bool] { return m.People }},
	{"a direct route to a minister", func(m accountability.Means) record.Value[bool] { return m.Route }},
}

func (p *pass) checkMeans(id record.ID, a *accountability.Answer) {
	ref, name := missionRef(id), p.missionName(id)
	carriers := p.carriers(a)
	var posts []record.ID
	bound := false // somebody among them is more than a convener
	for _, c := range carriers {
		posts = append(posts, c.Post)
		bound = bound || !c.Duty.Convening
	}
	posts = slices.Compact(posts)
	if !bound {
		p.nothing(ref)
		return
	}
	var lacking []string
	var missing []Missing
	for _, m := range means {
		switch has, worst, differ := together(carriers, m.of); {
		case differ:
			missing = append(missing, contested("whether the lead has "+m.name, "whether the lead has it"))
		case has == calendar.No:
			lacking = append(lacking, m.name)
		case has == 0:
			missing = append(missing, unknown("whether the lead has "+m.name, worst.State, worst.Ground, "in the means of the duty whether the lead has "+m.name))
		}
	}
	duties, holdings := split(p.basis(a))
	switch {
	case len(lacking) > 0:
		duties = slices.DeleteFunc(duties, func(e Evidence) bool {
			return !slices.ContainsFunc(carriers, func(c accountability.Carrier) bool { return c.Duty.ID == e.Ref.ID })
		})
		clause := p.partyNames(posts) + ", leading " + name + ", does not have " + either(lacking)
		if len(posts) > 1 {
			clause = p.partyNames(posts) + ", who lead " + name + " together, do not have " + either(lacking)
		}
		p.finding(ref, attributed(duties, clause), duties, holdings...)
	case len(missing) > 0:
		p.cannot(ref, "whether the lead of "+name+" has the means", missing...)
	default:
		p.nothing(ref)
	}
}

// either joins names: "a, b or c".
func either(names []string) string {
	joined := listed(names)
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
	return joined
}

// together says whether the carriers of a duty, taken together, have a means: Certainly, No, or zero where that is not
// known, with the value that keeps it from being known. Claimants differ where the same post is said to have it and not to.
func together(carriers []accountability.Carrier, of func(accountability.Means) record.Value[bool]) (has calendar.Certainty, worst record.Value[bool], differ bool) {
	open := false
	has = calendar.No
	for i, c := range carriers {
		v := of(c.Duty.Means)
		for _, d := range carriers[:i] {
			w := of(d.Duty.Means)
			differ = differ || d.Post == c.Post && d.Duty.Fact() == c.Duty.Fact() && (yes(v) && no(w) || no(v) && yes(w))
		}
		switch {
		case yes(v) || v.State == record.StateNotApplicable:
			has = calendar.Certainly
		case !no(v):
			if !open || worst.State == 0 {
				worst = v
			}
			open = true
		}
	}
	if has == calendar.No && open {
		has = 0
	}
	return has, worst, differ
}
