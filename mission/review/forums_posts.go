package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The rules on stewards, and on how long a post that matters stood empty.

var noSteward = &Rule{
	ID: "F32", Slug: "no-steward", Severity: Caution,
	Title: "A mission has no steward, or a steward without a letter that says what the task is",
	Why: "A lead runs a mission; a steward answers for it as a whole, to those inside and outside government who are to join in. Without one, nobody stands for the mission where it meets the rest of the system. " +
		"Without a letter, everybody has their own idea of what the steward took on, and progression and reward follow something else.",
	Fires: "The duty mission-steward on the mission is vacant; or it is held, and a mandate-letter event on the mission marked absent says that its steward has no letter. " +
		"A mandate to the post or its holder, on the mission or on nothing in particular, or such an event that is present, counts as a letter from the day on which it was signed. " +
		"It has nothing to say where the post is filled for the time being until a stated day that has not come, or the mission is proposed or closed. It cannot tell where no such duty is recorded, or it is unclear, contested or withheld, or where nobody has recorded whether there is a letter.",
	FalseAlarm: "An interim arrangement is in place, with a day on which it ends.",
	Question:   "Who stewards this mission, who gave them the task, and where can it be read?",
	Sources:    []string{"S4:40"},
	Needs:      []string{"the duty mission-steward on missions", "who holds that post, and on what basis until when", "mandates to the post, and mandate-letter events on the mission, present or marked absent"},
	Bad:        noStewardBad, Good: noStewardGood, Unclear: noStewardUnclear, Harmless: noStewardHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkSteward(id)
		}
	},
}

func (p *pass) checkSteward(id record.ID) {
	ref, name := missionRef(id), p.missionName(id)
	question := "whether " + name + " has a steward"
	a, ok := p.register.Answerable(ref, accountability.MissionSteward, p.at)
	switch {
	case p.over(id):
		p.nothing(ref)
		return
	case !ok:
		p.cannot(ref, question, leftOut(p.m.LeftOut(accountability.KindDuty, ref, accountability.MissionSteward),
			"who stewards it", "a mission-steward duty on the mission, with its post or with the state vacant"))
		return
	case a.State == accountability.Held:
		p.checkLetter(id, &a)
		return
	case a.State != accountability.Vacant:
		p.cannot(ref, question, unsettled("who stewards it", a.State))
		return
	case !a.Certain:
		p.cannot(ref, question, Missing{What: "whether the steward is vacant on that day", Ground: "not known from the dates", Way: "record the dates of the duty and of its holders more closely"})
		return
	}
	duties, holdings := split(p.basis(&a))
	p.finding(ref, attributed(duties, name+" has no steward: the duty is vacant"+because(a.Why)), duties,
		append(holdings, proof(p, mission.KindMission, p.said[id])...)...)
}

// unsettled is who carries a duty, where that is unclear, contested, withheld or not said.
func unsettled(who string, state accountability.DutyState) Missing {
	if state == accountability.Withheld {
		return unknown(who, record.StateWithheld, "", "the post")
	}
	return Missing{What: who, Ground: state.String(), Way: "settle " + who + ", and record the post"}
}

// checkLetter looks for a mandate of those who steward a mission.
func (p *pass) checkLetter(id record.ID, a *accountability.Answer) {
	ref, name := missionRef(id), p.missionName(id)
	present, absent := p.events(ref, mission.MandateLetter)
	lettered := calendar.No
	if len(present) > 0 {
		lettered = calendar.Certainly
	}
	var posts []record.ID
	var signed []calendar.When
	var tentative []Evidence
	for _, c := range p.carriers(a) {
		posts = append(posts, c.Post)
		bearers := []record.ID{c.Post}
		for _, h := range c.Holders {
			if p.interim(h.Holding) {
				p.nothing(ref)
				return
			}
			if h.Party != "" {
				bearers = append(bearers, h.Party)
			}
		}
		for _, bearer := range bearers {
			for _, m := range sorted(p.register.Mandates(bearer, p.at)) {
				if m.Record.Subject != ref && !m.Record.Subject.IsZero() {
					continue
				}
				has := calendar.Certainly
				if w := m.Record.Signed; w.IsResolved() && !w.IsZero() && (p.on.IsZero() || !w.Before(p.on) && w.Latest() != p.on) {
					has = calendar.Possibly
					if w.After(p.on) {
						has = calendar.No
					}
					signed = append(signed, w)
				}
				lettered = max(lettered, has)
				tentative = append(tentative, p.evidence(accountability.KindMandate, &m.Record.Record))
			}
		}
	}
	posts = slices.Compact(posts)
	question := "whether the steward of " + name + " has a letter"
	switch {
	case lettered == calendar.Certainly:
		p.nothing(ref)
	case lettered == calendar.Possibly:
		p.cannot(ref, question, p.rough("the day on which the letter was signed", signed, "the day of its signature"))
	case len(absent) == 0:
		p.cannot(ref, question, leftOut(p.m.LeftOut(mission.KindEvent, ref, mission.MandateLetter),
			"whether there is a mandate letter", "the mandate of the post, or a mandate-letter event on the mission marked absent"))
	default:
		trigger := proof(p, mission.KindEvent, absent)
		context := append(append(p.basis(a), tentative...), proof(p, mission.KindMission, p.said[id])...)
		p.finding(ref, attributed(trigger, p.partyNames(posts)+", steward of "+name+", has no mandate letter"), trigger, context...)
	}
}

// interim reports whether a holding is for the time being, until a stated day that has not come.
func (p *pass) interim(h *accountability.Holding) bool {
	standsIn := h.CoverFor != "" || h.Basis == accountability.BasisActing || h.Basis == accountability.BasisInterim || h.Basis == accountability.BasisCover
	return standsIn && h.Until.IsResolved() && !p.on.IsZero() && h.Until.Latest().After(p.on)
}

var slowAppointment = &Rule{
	ID: "F40", Slug: "slow-appointment", Severity: Caution,
	Title: "A post that a mission could not do without was filled late",
	Why: "The months before somebody starts are the months in which a mission is shaped, and they are shaped by whoever is there. A post that is said to matter most and stands empty for a year tells everybody what to make of the rest. " +
		"A careful search takes time: then the search is on record.",
	Fires: "Between the day on which somebody was needed in a post and the day on which somebody started lie certainly more than F40.days. The post leads a mission, and was needed when that was announced; or a role-needed event on the post says since when. " +
		"Somebody started on the first day of a holding of the post, or, where none is recorded, on the first day of the duty. A post known to be empty since a role-needed event counts up to the day of the review; of missions without a lead, F38 speaks. " +
		"A recruitment event on the post or the mission silences it. It cannot tell where one of the days is not recorded or too rough.",
	FalseAlarm: "There was an open competition, and it is documented.",
	Question:   "What was decided in the meantime that whoever fills this post would have wanted a say in?",
	Sources:    []string{"S1:19", "S1:40", "S1:60"},
	Needs:      []string{"mission-lead duties with their posts, and when their missions were announced", "role-needed events on posts", "the holdings of those posts", "recruitment events on posts and missions"},
	Thresholds: []Threshold{{Name: "F40.days", Unit: "days", Value: 180,
		Meaning: "how long somebody may be needed before they start; no source names a number, and the default is half of the year that S1:19 and S1:40 complain of"}},
	Bad: slowAppointmentBad, Good: slowAppointmentGood, Unclear: slowAppointmentUnclear, Harmless: slowAppointmentHarmless,
	check: func(p *pass) {
		leads := make(map[record.ID][]needed)
		for _, id := range p.missions {
			a, ok := p.register.Answerable(missionRef(id), accountability.MissionLead, p.at)
			if !ok || a.State != accountability.Held || p.over(id) {
				continue
			}
			for _, c := range p.carriers(&a) {
				leads[c.Post] = append(leads[c.Post], needed{mission: id, since: p.announced(id), duty: c.Duty,
					evidence: []Evidence{p.evidence(accountability.KindDuty, &c.Duty.Record)}})
			}
		}
		for _, id := range p.register.Parties() {
			present, _ := p.events(refToParty(id), mission.RoleNeeded)
			said := make(map[record.ID]needed) // claimants may differ on the day
			for _, c := range present {
				n := said[c.Record.Fact()]
				n.since = append(n.since, c.Record.OnDay)
				n.evidence = append(n.evidence, p.evidence(mission.KindEvent, &c.Record.Record))
				said[c.Record.Fact()] = n
			}
			for _, event := range sortedKeys(said) {
				leads[id] = append(leads[id], said[event])
			}
		}
		for _, post := range sortedKeys(leads) {
			p.checkAppointed(post, leads[post])
		}
	},
}

// needed says since when somebody was needed in a post.
type needed struct {
	mission  record.ID // which the post leads; empty where an event says so
	since    []calendar.When
	duty     *accountability.Duty
	evidence []Evidence
}

// between is a day that is known only to lie between two days, both included. The zero between is not known.
type between struct{ earliest, latest calendar.Date }

func (b between) known() bool { return !b.latest.IsZero() }

// spanned is the stretch in which all claimants place a day.
func spanned(days []calendar.When) (b between) {
	for _, w := range days {
		if !w.IsResolved() {
			continue
		}
		if !b.known() || w.Earliest().Before(b.earliest) {
			b.earliest = w.Earliest()
		}
		if w.Latest().After(b.latest) {
			b.latest = w.Latest()
		}
	}
	return b
}

func (p *pass) checkAppointed(post record.ID, needs []needed) {
	ref, name := refToParty(post), p.postNames([]record.ID{post})
	searched := p.happened(ref, mission.Recruitment)
	for _, n := range needs {
		searched = searched || n.mission != "" && p.happened(missionRef(n.mission), mission.Recruitment)
	}
	if searched {
		p.nothing(ref)
		return
	}
	limit := p.limit("days")
	var missing []Missing
	for _, n := range needs {
		need := spanned(n.since)
		if !need.known() {
			what, way := "since when somebody was needed in it", "the day of the role-needed event"
			if n.mission != "" {
				what, way = "the day on which "+p.missionName(n.mission)+" was announced", "the day on which the mission was announced"
			}
			missing = append(missing, unrecorded(what, way))
			continue
		}
		start, holdings, empty := p.started(post, &n, need)
		switch {
		case !start.known() && !empty:
			missing = append(missing, unrecorded("when somebody started in it", "the holdings of the post, with their first days"))
		case !start.known() && p.on.IsZero():
			missing = append(missing, noDay())
		case float64(start.earliest.Sub(need.latest)) > limit, empty && float64(p.on.Sub(need.latest)) > limit:
			p.lateIn(post, &n, holdings, empty)
			return
		case start.known() && float64(start.latest.Sub(need.earliest)) <= limit, empty && float64(p.on.Sub(need.earliest)) <= limit:
		default:
			missing = append(missing, Missing{What: "how long it stood empty", Ground: "not known well enough from the dates", Way: "record more closely when somebody was needed, and when somebody started"})
		}
	}
	if len(missing) > 0 {
		p.cannot(ref, "whether "+name+" was filled in time", dedupeMissing(missing)...)
		return
	}
	p.nothing(ref)
}

// started says when somebody first held a post once it was needed, with the holdings that show it, or that it is known to be
// empty still.
func (p *pass) started(post record.ID, n *needed, need between) (start between, holdings []Evidence, empty bool) {
	undated := false
	spells := p.register.Spells(post, p.at.Known)
	for _, s := range spells {
		if !p.on.IsZero() && s.From.After(p.on) || !s.Until.IsZero() && !s.Until.After(need.earliest) {
			continue
		}
		if s.From.IsZero() {
			undated = true
			break
		}
		if !start.known() {
			start.earliest = s.From
			holdings = p.holdingsBy(post, s.Party, s.From)
		}
		if !s.Possible {
			start.latest = s.From
			break
		}
		if start.latest = s.Until; start.latest.IsZero() || !p.on.IsZero() && start.latest.After(p.on) {
			start.latest = p.on
		}
	}
	if n.duty != nil && n.duty.From.IsResolved() && (len(spells) == 0 || undated || start.known()) {
		w := n.duty.From
		if start.earliest.Before(w.Earliest()) {
			start.earliest = w.Earliest()
		}
		if start.latest.Before(w.Latest()) {
			start.latest = w.Latest()
		}
	} else if undated {
		start = between{}
	}
	if !start.known() && n.duty == nil {
		holders, filled := p.register.Holders(post, p.at)
		empty = filled == accountability.Vacant && len(holders) == 0
	}
	return start, holdings, empty
}

// holdingsBy returns the holdings of a post by a party on a day, as evidence.
func (p *pass) holdingsBy(post, party record.ID, on calendar.Date) []Evidence {
	at := p.at
	at.On = on
	var list []Evidence
	holders, _ := p.register.Holders(post, at)
	for _, h := range holders {
		if h.Party == party {
			list = append(list, p.evidence(accountability.KindHolding, &h.Holding.Record))
		}
	}
	return list
}

// lateIn records that a post was filled late, or is empty still.
func (p *pass) lateIn(post record.ID, n *needed, holdings []Evidence, empty bool) {
	name := p.postNames([]record.ID{post})
	clause := name + " was filled more than " + count(p.limit("days")) + " days after somebody was needed in it"
	if empty {
		clause = name + " is empty more than " + count(p.limit("days")) + " days after somebody was needed in it"
	}
	since := " It was needed from " + p.when(first(n.since)) + "."
	if n.mission != "" {
		since = " It leads " + p.missionName(n.mission) + ", which was announced " + p.dated(first(n.since)) + "."
	}
	trigger := dedupe(append(slices.Clone(n.evidence), holdings...))
	context := proof(p, accountability.KindParty, sorted(p.register.Party(post, p.at)))
	p.finding(refToParty(post), attributed(trigger, clause)+since, trigger, append(context, proof(p, mission.KindMission, p.said[n.mission])...)...)
}
