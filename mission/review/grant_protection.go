package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// The rules on whether a learning space keeps what it promises, in both directions.

var blameLeak = &Rule{
	ID: "D05", Slug: "blame-leak", Severity: Serious,
	Title: "Somebody was sanctioned for what a learning space protects",
	Why: "Those who tried something were told that failing would have no consequences. One sanction ends that for everybody: no promise of the kind is believed again, " +
		"and what goes wrong is hidden from then on, where it does more harm.",
	Fires: "A sanction event is recorded on a learning space that says what it protects, or on an experiment or a failure under it that took place in its time, and gives a reason that speaks of nothing which no space protects. " +
		"An outside-limits event on the same thing or on the space, or such a reason, silences it, and so does conduct outside the time of the space. It has nothing to say where no sanction is recorded, and cannot tell where the reason for one, what the space protects or a date is not recorded closely enough.",
	FalseAlarm: "The sanction is of a sort that this space does not suspend.",
	Question:   "What were those who tried this told beforehand about what would follow if it failed?",
	Sources:    []string{"R9"},
	Needs:      []string{"learning spaces, with what they protect, what they never do, and their times", "experiments and failure events under them", "sanction events, with their reasons, and outside-limits events"},
	Bad:        blameLeakBad, Good: blameLeakGood, Unclear: blameLeakUnclear, Harmless: blameLeakHarmless,
	check: func(p *pass) {
		rooms := p.eachRoom()
		for i := range rooms {
			p.checkBlame(&rooms[i])
		}
	},
}

func (p *pass) checkBlame(r *room) {
	protects := slices.ContainsFunc(r.claims, func(c record.Claim[accountability.LearningSpace]) bool { return len(c.Record.Protected) > 0 })
	breached, _ := p.events(r.ref(), mission.OutsideLimits)
	never := r.never()
	var leaks []record.Claim[mission.Event]
	var missing []Missing
	for _, ref := range r.about() {
		sanctions, _ := p.events(ref, mission.Sanction)
		if len(sanctions) == 0 {
			continue
		}
		beyond, _ := p.events(ref, mission.OutsideLimits)
		days := r.days(ref)
		inside := agreed(days, r.covers)
		for _, c := range sanctions {
			reason := plain(c.Record.Because)
			switch {
			case len(beyond)+len(breached) > 0, speaksOf(reason, never), inside == calendar.No:
			case reason == "":
				missing = append(missing, unrecorded("why the sanction followed", "on the sanction why it was made"))
			case inside == calendar.Possibly:
				missing = append(missing, Missing{What: "whether what was sanctioned took place in the time of the space", Ground: "not known from the dates", Way: "record the dates of both more closely"})
			case !protects:
				missing = append(missing, unrecorded("what the space protects", "the consequences that the space suspends"))
			default:
				leaks = append(leaks, c)
			}
		}
	}
	name := p.roomName(r)
	switch {
	case len(leaks) > 0:
		trigger := dedupe(proof(p, mission.KindEvent, leaks))
		text := attributed(trigger, "a sanction followed on what was done under "+name+p.says(trigger))
		p.finding(r.ref(), text+" The reason given: "+quoted(plain(leaks[0].Record.Because))+".", trigger, p.roomProof(r)...)
	case len(missing) > 0:
		p.cannot(r.ref(), "whether anybody was sanctioned for what "+name+" protects", dedupeMissing(missing)...)
	default:
		p.nothing(r.ref())
	}
}

var stopIgnored = &Rule{
	ID: "D07", Slug: "stop-ignored", Severity: Serious,
	Title: "The sign was seen at which a trial was to stop, and it went on",
	Why: "A rule for stopping is agreed in advance because nobody decides well in the middle: those who try hope for another week, and those who pay have already paid. " +
		"A rule that was met and not followed is no rule, and the risk that somebody agreed to has become another one.",
	Fires: "A stop-rule-met event is recorded on a learning space or an experiment under it, and more than D07.days later a stopped event marked absent says that it went on, or it was stopped or concluded only then, or another experiment under the space began. " +
		"A stop in time silences it: a stopped event, the end of the experiment, or of the space. It has nothing to say where no stop-rule-met event is recorded, and cannot tell where what followed is not, or a date is rough.",
	FalseAlarm: "Those who carry the risk looked at the sign, judged it to be an error and said so openly.",
	Question:   "Who saw the sign, who could have stopped it, and what did they do?",
	Sources:    []string{"R9"},
	Needs:      []string{"stop-rule-met and stopped events on learning spaces and experiments, present or marked absent", "experiments under learning spaces, with when they began and ended", "the ends of learning spaces"},
	Thresholds: []Threshold{{Name: "D07.days", Unit: "days", Value: 7,
		Meaning: "how long after the sign it may take to stop; no source names a number, and the default is this library's own: a week"}},
	Bad: stopIgnoredBad, Good: stopIgnoredGood, Unclear: stopIgnoredUnclear, Harmless: stopIgnoredHarmless,
	check: func(p *pass) {
		rooms := p.eachRoom()
		for i := range rooms {
			p.checkStop(&rooms[i])
		}
	},
}

// sooner says whether an end came no more than some days after a sign.
func sooner(end, sign calendar.When, days float64) calendar.Certainty {
	switch {
	case !end.IsResolved() || !sign.IsResolved():
		return calendar.Possibly
	case float64(end.Latest().Sub(sign.Earliest())) <= days:
		return calendar.Certainly
	case float64(end.Earliest().Sub(sign.Latest())) > days:
		return calendar.No
	}
	return calendar.Possibly
}

func (p *pass) checkStop(r *room) {
	days := p.limit("days")
	var clauses []string
	var trigger []Evidence
	var missing []Missing
	for _, ref := range append([]record.Ref{r.ref()}, r.trialRefs()...) {
		signs, _ := p.events(ref, mission.StopRuleMet)
		if len(signs) == 0 {
			continue
		}
		var stops, still []record.Claim[mission.Event]
		for _, at := range distinctRefs(ref, r.ref()) {
			ended, went := p.events(at, mission.Stopped)
			stops, still = append(stops, ended...), append(still, went...)
		}
		for _, sign := range signs {
			w := sign.Record.OnDay
			own := []Evidence{p.evidence(mission.KindEvent, &sign.Record.Record)}
			inTime, late, rough := false, "", false
			weigh := func(c calendar.Certainty, said string, e ...Evidence) {
				switch c {
				case calendar.Certainly:
					inTime = true
				case calendar.No:
					late, own = said, append(own, e...)
				default:
					rough = true
				}
			}
			for _, c := range stops {
				weigh(sooner(c.Record.OnDay, w, days), "it was stopped "+p.dated(c.Record.OnDay), p.evidence(mission.KindEvent, &c.Record.Record))
			}
			for _, x := range r.trials {
				for _, c := range x.claims {
					here := ref == experimentRef(x.id)
					switch started, ended := c.Record.Started, c.Record.Concluded; {
					case here && !ended.IsZero() && !ended.After(p.on):
						weigh(sooner(ended, w, days), "it ended "+p.dated(ended), p.evidence(learning.KindExperiment, &c.Record.Record))
					case ref == r.ref() && started.IsResolved() && !started.After(p.on) && sooner(started, w, days) == calendar.No:
						weigh(calendar.No, "another experiment began "+p.dated(started), p.evidence(learning.KindExperiment, &c.Record.Record))
					}
				}
			}
			inTime = inTime || ref == r.ref() && r.allEnded(w, days)
			for _, c := range r.claims { // that it was to run on for some time says nothing of whether it did
				inTime = inTime || sooner(c.Valid.Until, w, days) == calendar.Certainly
			}
			age := p.older([]calendar.When{w}, days)
			denied := spoken(still, w)
			switch {
			case inTime:
			case late != "":
				clauses, trigger = append(clauses, "a sign to stop was seen "+p.dated(w)+", and "+late), append(trigger, own...)
			case rough:
				missing = append(missing, Missing{What: "how long after the sign it was stopped", Ground: "not known from the dates", Way: "record the days of the sign and of the stop more closely"})
			case age == calendar.No:
			case len(denied) > 0 && age == calendar.Certainly:
				clauses, trigger = append(clauses, "a sign to stop was seen "+p.dated(w)+", and it was not stopped"), append(append(trigger, own...), proof(p, mission.KindEvent, denied)...)
			case len(denied) > 0:
				missing = append(missing, p.rough("the day on which the sign was seen", []calendar.When{w}, "the day on which the sign was seen"))
			default:
				missing = append(missing, p.lessonMissing(ref, mission.Stopped, "whether it was stopped", "a stopped event with its day, or one marked absent"))
			}
		}
	}
	name := p.roomName(r)
	switch {
	case len(clauses) > 0:
		slices.Sort(clauses)
		trigger = dedupe(trigger)
		p.finding(r.ref(), attributed(trigger, "under "+name+", "+listed(slices.Compact(clauses))), trigger, p.roomProof(r)...)
	case len(missing) > 0:
		p.cannot(r.ref(), "whether what was tried under "+name+" stopped when it was to", dedupeMissing(missing)...)
	default:
		p.nothing(r.ref())
	}
}

// allEnded reports whether everything tried under the space had certainly ended no more than some days after a sign.
func (r *room) allEnded(sign calendar.When, days float64) bool {
	return len(r.trials) > 0 && !slices.ContainsFunc(r.trials, func(x fact[learning.Experiment]) bool {
		return slices.ContainsFunc(x.claims, func(c record.Claim[learning.Experiment]) bool {
			return sooner(c.Record.Concluded, sign, days) != calendar.Certainly
		})
	})
}

func (r *room) trialRefs() []record.Ref {
	list := make([]record.Ref, 0, len(r.trials))
	for _, x := range r.trials {
		list = append(list, experimentRef(x.id))
	}
	return list
}

func distinctRefs(a, b record.Ref) []record.Ref {
	if a == b {
		return []record.Ref{a}
	}
	return []record.Ref{a, b}
}

var retroactiveSpace = &Rule{
	ID: "D08", Slug: "retroactive-space", Severity: Serious,
	Title: "A learning space was made for a failure that had already happened",
	Why: "Room to fail is agreed before somebody tries, by those who then carry the risk. Made afterwards it is an amnesty: nobody had accepted the risk, no bound held while it ran, and those who were harmed are told that it was a lesson. " +
		"It also takes from honest spaces what makes them believable.",
	Fires: "A failure that stands under a learning space happened before the space begins; or it happened, and was on record, before the first record of the space was made; or a learning-space-agreed event on the space is later than the failure and none is earlier. " +
		"A learning-space-agreed event on the space or its subject no later than the failure silences it, whenever it was written down. It has nothing to say where nothing failed, and cannot tell where the days or the instants of recording are not known, or both were put on record together.",
	FalseAlarm: "The space was agreed in time by people who wrote nothing down.",
	Question:   "Who had agreed to this risk on the day before it went wrong?",
	Sources:    []string{"R9"},
	Needs: []string{"learning spaces, with when they begin", "failure events and abandoned experiments under them, with their days", "when the records of both were made, or their sources published",
		"learning-space-agreed events on spaces and their subjects"},
	Bad: retroactiveSpaceBad, Good: retroactiveSpaceGood, Unclear: retroactiveSpaceUnclear, Harmless: retroactiveSpaceHarmless,
	check: func(p *pass) {
		rooms := p.eachRoom()
		if !slices.ContainsFunc(rooms, func(r room) bool { return len(r.failures) > 0 }) {
			for i := range rooms {
				p.nothing(rooms[i].ref())
			}
			return
		}
		written := p.written(accountability.KindSpace, mission.KindEvent)
		for i := range rooms {
			p.checkRetroactive(&rooms[i], written)
		}
	},
}

// written returns the day on which each fact of some kinds was first put on record: the zero day where that is not known.
func (p *pass) written(kinds ...record.Kind) map[record.Ref]calendar.Date {
	days := make(map[record.Ref]calendar.Date)
	for ref, r := range p.m.Records() {
		if !slices.Contains(kinds, ref.Kind) {
			continue
		}
		ref.ID = r.Fact()
		on := p.recordedOn(r)
		if was, seen := days[ref]; !seen || !was.IsZero() && (on.IsZero() || on.Before(was)) {
			days[ref] = on
		}
	}
	return days
}

// recordedOn returns the day on which a record was made, or on which its source was published at the latest.
func (p *pass) recordedOn(r *record.Record) calendar.Date {
	if !r.Recorded.IsZero() {
		return dayOf(r.Recorded)
	}
	if s, ok := p.m.Source(r.Source); ok {
		return s.Published.Latest()
	}
	return calendar.Date{}
}

// endRecorded returns the day on which it was put on record that an experiment had been given up.
func (p *pass) endRecorded(r *room, f *lessonFailure) calendar.Date {
	var last calendar.Date
	for _, x := range r.trials {
		if x.id != f.experiment {
			continue
		}
		for _, c := range x.claims {
			if on := p.recordedOn(&c.Record.Record); c.Record.Ending == learning.Abandoned && on.After(last) {
				last = on
			}
		}
	}
	return last
}

// failed returns the days on which something failed.
func (r *room) failed(f *lessonFailure) []calendar.When {
	if len(f.claims) > 0 {
		return lessonDays(f.claims)
	}
	var days []calendar.When
	for _, x := range r.trials {
		if x.id != f.experiment {
			continue
		}
		for _, c := range x.claims {
			if !c.Record.Concluded.IsZero() {
				days = append(days, c.Record.Concluded)
			}
		}
	}
	return days
}

func (p *pass) checkRetroactive(r *room, written map[record.Ref]calendar.Date) {
	made, _ := p.events(r.ref(), mission.LearningSpaceAgreed)
	agreements := slices.Clone(made)
	for _, c := range r.claims {
		more, _ := p.events(c.Record.Subject, mission.LearningSpaceAgreed)
		agreements = append(agreements, more...)
	}
	var clauses []string
	var trigger, context []Evidence
	var missing []Missing
	for _, f := range r.failures {
		days := r.failed(f)
		name, happened := p.failureName(f), " happened"
		if len(f.claims) == 0 {
			name, happened = "the experiment "+quoted(plain(p.m.Name(f.ref))), " was given up"
		}
		settled := false
		for _, c := range agreements {
			settled = settled || agreed(days, func(w calendar.When) calendar.Certainty { return notAfter(c.Record.OnDay, w) }) == calendar.Certainly
		}
		if settled {
			continue
		}
		var froms []calendar.When
		for _, c := range r.claims {
			froms = append(froms, c.Valid.From)
		}
		begins := agreed(days, func(w calendar.When) calendar.Certainty { return before(w, froms) })
		if slices.ContainsFunc(froms, func(w calendar.When) bool { return !w.IsResolved() }) {
			begins = 0
		}
		afterwards := agreed(days, func(w calendar.When) calendar.Certainty { return before(w, lessonDays(made)) })
		space, failure := written[r.ref()], written[f.ref]
		if len(f.claims) == 0 { // its first record is of the time when it was planned
			failure = p.endRecorded(r, f)
		}
		entered := agreed(days, func(w calendar.When) calendar.Certainty {
			if space.IsZero() {
				return 0
			}
			return before(w, []calendar.When{calendar.OnDay(space)})
		})
		proven := func(said string, e ...Evidence) {
			clauses, trigger = append(clauses, said), append(append(trigger, p.failureProof(f)...), e...)
		}
		switch {
		case len(days) == 0:
			missing = append(missing, unrecorded("when "+name+happened, "the day of the failure"))
		case begins == calendar.Certainly:
			proven(name+happened+" "+p.dated(first(days))+", and it begins "+p.dated(first(froms)), p.roomProof(r)...)
		case afterwards == calendar.Certainly:
			proven(name+happened+" "+p.dated(first(days))+", and it was agreed "+p.dated(first(lessonDays(made))), proof(p, mission.KindEvent, made)...)
			context = append(context, p.roomProof(r)...)
		case entered == calendar.No:
		case entered == calendar.Certainly && !failure.IsZero() && failure.Before(space):
			proven(name+happened+" "+p.dated(first(days))+", and it was first recorded on "+day(space), p.roomProof(r)...)
		case entered == calendar.Certainly && !failure.IsZero():
			missing = append(missing, Missing{What: "when it was agreed", Ground: "not known from when it was recorded: the failure was put on record no earlier", Way: "record a learning-space-agreed event on the space, with its day"})
		case entered == calendar.Possibly:
			missing = append(missing, p.rough("the day on which "+name+happened, days, "the day of the failure"))
		default:
			missing = append(missing, unrecorded("when it was agreed", "a learning-space-agreed event on the space, with its day"))
		}
	}
	name := p.roomName(r)
	switch {
	case len(clauses) > 0:
		slices.Sort(clauses)
		trigger = dedupe(trigger)
		p.finding(r.ref(), attributed(trigger, name+" was made for a failure that had already happened: "+listed(slices.Compact(clauses))), trigger, context...)
	case len(missing) > 0:
		p.cannot(r.ref(), "whether "+name+" was made before what failed under it", dedupeMissing(missing)...)
	default:
		p.nothing(r.ref())
	}
}

// notAfter says whether a rough day lies no later than another.
func notAfter(w, day calendar.When) calendar.Certainty {
	switch {
	case !w.IsResolved() || !day.IsResolved():
		return calendar.Possibly
	case !w.Latest().After(day.Earliest()):
		return calendar.Certainly
	case w.Earliest().After(day.Latest()):
		return calendar.No
	}
	return calendar.Possibly
}

var disclosedWithoutException = &Rule{
	ID: "D09", Slug: "disclosed-without-exception", Severity: Serious,
	Title: "What was said under a learning space was given away, and no exception covers that",
	Why: "People say what went wrong where they know who will hear it. Where the law protects what investigators of safety are told, it lists the exceptions, and each use of one can be checked. " +
		"One disclosure that nobody can justify makes the next witness silent.",
	Fires: "A disclosed event is recorded on a learning space or on an experiment or failure under it, and an excepted event on that disclosure marked absent says that no exception covered it. " +
		"An excepted event, or a reason that speaks of what no space protects, such as a safety risk, silences it. It has nothing to say where no disclosure is recorded, and cannot tell where nothing is recorded of an exception.",
	FalseAlarm: "Those who had said it agreed to its being passed on.",
	Question:   "Who asked for this, under which exception, and who decided that it applied?",
	Sources:    []string{"R22"},
	Needs:      []string{"disclosed events on learning spaces, experiments and failures, with their reasons", "excepted events on these, present or marked absent", "what learning spaces never protect"},
	Bad:        disclosedWithoutExceptionBad, Good: disclosedWithoutExceptionGood, Unclear: disclosedWithoutExceptionUnclear, Harmless: disclosedWithoutExceptionHarmless,
	check: func(p *pass) {
		rooms := p.eachRoom()
		for i := range rooms {
			p.checkDisclosed(&rooms[i])
		}
	},
}

func (p *pass) checkDisclosed(r *room) {
	given, _ := p.roomEvents(r, mission.Disclosed)
	never := r.never()
	var leaks []record.Claim[mission.Event]
	var trigger []Evidence
	var missing []Missing
	for _, c := range given {
		ref := lessonEventRef(c.Record.Fact())
		covered, uncovered := p.events(ref, mission.Excepted)
		switch {
		case len(covered) > 0, speaksOf(c.Record.Because, never):
		case len(uncovered) > 0:
			leaks = append(leaks, c)
			trigger = append(trigger, proof(p, mission.KindEvent, uncovered)...)
		default:
			missing = append(missing, p.lessonMissing(ref, mission.Excepted, "whether an exception covers "+lessonEventName("the disclosure", ref.ID, []record.Claim[mission.Event]{c}), "an excepted event on it with the exception, or one marked absent"))
		}
	}
	name := p.roomName(r)
	switch {
	case len(leaks) > 0:
		var to []record.ID
		for _, c := range leaks {
			to = append(to, c.Record.With...)
		}
		whom := ""
		if len(to) > 0 {
			whom = " to " + p.partyNames(distinct(to))
		}
		trigger = dedupe(trigger)
		p.finding(r.ref(), attributed(trigger, "what was said or found under "+name+" was given away"+whom+", and no exception covers that"+p.says(trigger)), trigger,
			append(proof(p, mission.KindEvent, leaks), p.roomProof(r)...)...)
	case len(missing) > 0:
		p.cannot(r.ref(), "whether what was given away of "+name+" might be", dedupeMissing(missing)...)
	default:
		p.nothing(r.ref())
	}
}
