package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// The rules on room to fail, and on what becomes of failures.

var noLearningSpace = &Rule{
	ID: "F62", Slug: "no-learning-space", Severity: Serious,
	Title: "A mission rests on what nobody knows yet, and has no protected room to find out",
	Why: "Accountability for hard goals that many share brings mistakes with it. Where no room has been agreed in which trying and failing has no consequences, under somebody's guard and for a stated time, " +
		"people do what has always been done and report that it goes well.",
	Fires: "A learning-space-agreed event on the mission marked absent says that no such room has been made, none is recorded, and something about the mission is uncertain: an open hypothesis or draft, an assumption that no hypothesis is about, or an unknowns-stated event. " +
		"A learning space on the mission or anything in it, with its protection, its end and its sponsor, silences it; one that lacks any of these cannot be told. It has nothing to say of a mission that is proposed or closed, nor where all hypotheses are settled and nothing else is uncertain, or a proven event is recorded on the mission.",
	FalseAlarm: "The work is mature, and how it is done is known to work.",
	Question:   "What are those who try things here free from, until when, and who stands guard over it?",
	Sources:    []string{"S2:37", "S2:39", "S0:44"},
	Needs: []string{"learning spaces, with what they protect, until when, and who carries the risk", "learning-space-agreed events on missions, present or marked absent",
		"hypotheses and the assumptions of contributions", "unknowns-stated and proven events on missions"},
	Bad: noLearningSpaceBad, Good: noLearningSpaceGood, Unclear: noLearningSpaceUnclear, Harmless: noLearningSpaceHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkLearningSpace(id)
		}
	},
}

func (p *pass) checkLearningSpace(id record.ID) {
	b, ref, name := p.lessonBook(), missionRef(id), p.missionName(id)
	proven, _ := b.on(mission.Proven, ref)
	if p.over(id) || len(proven) > 0 {
		p.nothing(ref)
		return
	}
	var spaces []record.Claim[accountability.LearningSpace]
	for _, in := range b.missions[id].refs {
		spaces = append(spaces, b.spaces[in]...)
	}
	spaces = sorted(spaces)
	if slices.ContainsFunc(spaces, func(c record.Claim[accountability.LearningSpace]) bool {
		return c.On == calendar.Certainly && len(lackingInSpace(c.Record)) == 0
	}) {
		p.nothing(ref)
		return
	}
	uncertain, settled := p.uncertainties(id)
	if len(uncertain) == 0 && settled {
		p.nothing(ref)
		return
	}
	agreed, absent := b.across(id, mission.LearningSpaceAgreed)
	question := "whether " + name + " has protected room to find out"
	var missing []Missing
	switch {
	case len(spaces) > 0 && spaces[0].On != calendar.Certainly:
		missing = append(missing, Missing{What: "whether its learning space holds on that day", Ground: "not known from the dates", Way: "record the dates of the learning space more closely"})
	case len(spaces) > 0:
		for _, part := range lackingInSpace(spaces[0].Record) {
			missing = append(missing, unrecorded(part+" of its learning space", part+" of the learning space"))
		}
	case len(agreed) > 0:
		missing = append(missing, unrecorded("what the learning space protects, until when, and who stands guard", "the learning space with its protection, its end and its sponsor"))
	case len(absent) == 0:
		missing = append(missing, leftOut(append(p.m.LeftOut(accountability.KindSpace, ref, ""), p.m.LeftOut(mission.KindEvent, ref, mission.LearningSpaceAgreed)...),
			"a learning space", "a learning space on the mission, or a learning-space-agreed event marked absent"))
	}
	if len(uncertain) == 0 {
		missing = append(missing, p.lessonMissing(ref, mission.UnknownsStated, "what is uncertain about it", "its hypotheses, an unknowns-stated event, or a proven event where nothing is uncertain"))
	}
	if len(missing) > 0 {
		p.cannot(ref, question, missing...)
		return
	}
	trigger := p.lessonProof(absent)
	text := attributed(trigger, "no room has been made for "+name+" in which failing has no consequences"+p.says(trigger))
	text += " Yet something about it is uncertain: " + p.uncertainText(uncertain) + "."
	p.finding(ref, text, trigger, uncertain...)
}

// lackingInSpace lists what is not recorded of a learning space.
func lackingInSpace(s *accountability.LearningSpace) []string {
	var parts []string
	if len(s.Protected) == 0 {
		parts = append(parts, "the protection")
	}
	if s.Until.IsZero() {
		parts = append(parts, "the end")
	}
	if s.Sponsor == "" {
		parts = append(parts, "the sponsor")
	}
	return parts
}

// uncertainties returns what says that something about a mission is not known, and whether all that it was to find out is settled:
// there are hypotheses, and none is open.
func (p *pass) uncertainties(id record.ID) (uncertain []Evidence, settled bool) {
	b, ledger := p.lessonBook(), p.m.Ledger()
	log := b.missions[id]
	stated, _ := b.on(mission.UnknownsStated, log.refs...)
	uncertain = p.lessonProof(stated)
	tried := make(map[record.ID]bool)
	for _, h := range log.hypotheses {
		claims := sorted(ledger.Hypothesis(h, p.at))
		if len(claims) == 0 {
			continue
		}
		for _, c := range claims {
			tried[c.Record.Contribution] = true
		}
		e, err := ledger.Explain(h, p.at)
		if err != nil || e.Standing == learning.Open || e.Standing == learning.Drafted {
			uncertain = append(uncertain, proof(p, learning.KindHypothesis, claims)...)
			continue
		}
		settled = true
	}
	for _, n := range log.contributions {
		claims := sorted(ledger.Contribution(n, p.at))
		if !tried[n] && slices.ContainsFunc(claims, func(c record.Claim[learning.Contribution]) bool { return len(c.Record.Assumptions) > 0 }) {
			uncertain = append(uncertain, proof(p, learning.KindContribution, claims)...)
		}
	}
	return dedupe(uncertain), settled
}

// uncertainText names up to three things that are uncertain.
func (p *pass) uncertainText(list []Evidence) string {
	var names []string
	for _, e := range list {
		name := quoted(plain(p.m.Name(e.Ref)))
		switch e.Ref.Kind {
		case learning.KindHypothesis:
			names = append(names, "the hypothesis "+name)
		case learning.KindContribution:
			names = append(names, "the assumptions of the contribution "+name)
		default:
			names = append(names, "what is not known was written down ("+name+")")
		}
	}
	names = slices.Compact(names)
	if more := len(names) - 3; more > 0 {
		return listed(append(names[:3:3], count(float64(more))+" more"))
	}
	return listed(names)
}

var failureFreeRecord = &Rule{
	ID: "F63", Slug: "failure-free-record", Severity: Caution,
	Title: "Much has been tried, and by the record nothing has failed",
	Why: "Mistakes belong to work of this kind, and those who did it well made many. A record of many trials without one that failed seldom means that all went well: nothing uncertain was tried, or nobody dared to say so. " +
		"The lessons are then lost with the failures.",
	Fires: "More than F63.experiments experiments on the mission have ended, and a failure event on it marked absent says that none has failed; or all of them ended by their rules and led to going on or doing more, by recorded decisions. " +
		"A failure event, an experiment given up or stopped by its stop rule, or a decision to stop or change course silences it. It has nothing to say of fewer experiments, and cannot tell where none is recorded or their endings and decisions are not.",
	FalseAlarm: "Few experiments have been made, so that none may have failed.",
	Question:   "Which of these trials did not work, and would the people who ran it say so in front of those who pay for it?",
	Sources:    []string{"S2:39", "S3:16"},
	Needs:      []string{"experiments, how they ended and what was decided about them", "experiment and failure events on missions and what belongs to them, present or marked absent"},
	Thresholds: []Threshold{{Name: "F63.experiments", Unit: "experiments", Value: 5, Least: 1,
		Meaning: "how many may end without a failure; no source names a number, and the default is this library's own: at even odds six in a row without one happen once in 64 times"}},
	Bad: failureFreeRecordBad, Good: failureFreeRecordGood, Unclear: failureFreeRecordUnclear, Harmless: failureFreeRecordHarmless,
	check: func(p *pass) {
		for _, id := range p.missions {
			p.checkFailureFree(id)
		}
	},
}

func (p *pass) checkFailureFree(id record.ID) {
	b, ref, name := p.lessonBook(), missionRef(id), p.missionName(id)
	ledger, log := p.m.Ledger(), b.missions[id]
	around := slices.Clone(log.refs)
	for _, x := range log.experiments {
		around = append(around, experimentRef(x))
		for _, c := range ledger.Experiment(x, p.at) {
			if c.Record.Space != "" {
				around = append(around, record.Ref{Kind: accountability.KindSpace, ID: c.Record.Space})
			}
		}
	}
	failures, _ := b.on(mission.Failure, refs(around)...)
	events, none := b.across(id, mission.Experiment)
	_, unfailed := b.on(mission.Failure, ref)
	ended, told := lessonFacts(events), len(events) == 0
	var trials []Evidence
	for _, x := range log.experiments {
		progress, err := ledger.Progression(x, p.at)
		if err != nil || progress.Stage < learning.StageConcluded {
			continue
		}
		ended++
		decisions := sorted(ledger.Decisions(x, p.at))
		if progress.Ending == learning.Abandoned || progress.Ending == learning.EndedByStopRule || slices.ContainsFunc(decisions, func(c record.Claim[learning.Decision]) bool {
			return c.Record.Choice == learning.Stop || c.Record.Choice == learning.Pivot
		}) {
			p.nothing(ref)
			return
		}
		wentOn := slices.ContainsFunc(decisions, func(c record.Claim[learning.Decision]) bool {
			return c.Record.Choice == learning.Persevere || c.Record.Choice == learning.Scale
		})
		told = told && progress.Ending == learning.EndedByRule && wentOn
		trials = append(trials, proof(p, learning.KindExperiment, sorted(ledger.Experiment(x, p.at)))...)
		trials = append(trials, proof(p, learning.KindDecision, decisions)...)
	}
	trials = append(trials, p.lessonProof(events)...)
	question := "whether anything tried for " + name + " has failed"
	recorded := len(events) > 0 || len(log.experiments) > 0
	switch {
	case len(failures) > 0, !recorded && len(none) > 0, recorded && float64(ended) <= p.limit("experiments"):
		p.nothing(ref)
	case !recorded:
		p.cannot(ref, question, p.lessonMissing(ref, mission.Experiment, "what has been tried", "the experiments, with how they ended"))
	case len(unfailed) > 0:
		trigger := p.lessonProof(unfailed)
		p.finding(ref, attributed(trigger, "nothing that was tried for "+name+" has failed"+p.says(trigger))+" "+count(float64(ended))+" experiments on it have ended.", trigger, trials...)
	case told:
		trials = dedupe(trials)
		p.finding(ref, attributed(trials, "all of the "+count(float64(ended))+" experiments on "+name+" that have ended did so by their rules, and all led to going on or doing more"), trials)
	default:
		p.cannot(ref, question, p.lessonMissing(ref, mission.Failure, "how each of its "+count(float64(ended))+" experiments turned out",
			"how each ended and what was decided about it, the failures, or a failure event marked absent"))
	}
}

var unlearnedFailure = &Rule{
	ID: "F64", Slug: "unlearned-failure", Severity: Caution,
	Title: "Something failed, and nobody has learnt from it",
	Why: "A failure is a cost that has been paid already, and the lesson is what was bought for it. Where no lesson is written down, or nobody who could use it hears of it, the next team pays again. " +
		"The failure itself is no finding.",
	Fires: "A failure event is recorded, or an experiment was given up; and a lesson event on it marked absent says that nothing was learnt, or lesson-shared events marked absent on all its lessons say that nobody was told. " +
		"A lesson that somebody received or used silences it, and so does an inquiry into it that has no stated end or whose end has not certainly passed. It cannot tell where lessons, or who received them, are not recorded.",
	FalseAlarm: "An inquiry into it is under way.",
	Question:   "Who would have to know of this failure not to repeat it, and have they heard?",
	Sources:    []string{"S2:39", "S0:49"},
	Needs: []string{"failure events, and experiments that were given up", "lessons from experiments and lesson events on failures, present or marked absent",
		"who received lessons and what has used them, and lesson-shared events on them", "inquiry events on failures and their subjects"},
	Bad: unlearnedFailureBad, Good: unlearnedFailureGood, Unclear: unlearnedFailureUnclear, Harmless: unlearnedFailureHarmless,
	check: func(p *pass) {
		for i := range p.lessonBook().failures {
			p.checkLearnt(&p.lessonBook().failures[i])
		}
	},
}

func (p *pass) checkLearnt(f *lessonFailure) {
	b, name := p.lessonBook(), p.failureName(f)
	inquiries, _ := b.on(mission.Inquiry, refs([]record.Ref{f.ref, f.about})...)
	if slices.ContainsFunc(inquiries, func(c record.Claim[mission.Event]) bool {
		until := c.Record.Until
		return until.IsZero() || p.on.IsZero() || until.After(p.on) || !until.IsResolved() || until.Latest().After(p.on)
	}) {
		p.nothing(f.ref)
		return
	}
	events, absent := b.on(mission.Lesson, f.ref)
	var written []record.Claim[learning.Lesson]
	if f.experiment != "" {
		more, none := b.on(mission.Lesson, experimentRef(f.experiment))
		if f.ref.Kind != learning.KindExperiment {
			events, absent = append(events, more...), append(absent, none...)
		}
		written = sorted(p.m.Ledger().Lessons(f.experiment, p.at))
	}
	known := len(events) + len(written)
	for _, c := range f.claims {
		for _, led := range c.Record.LedTo {
			written = append(written, b.lessons[led.ID]...)
			if led.Kind == mission.KindEvent {
				events = append(events, b.told[led.ID]...)
			}
			if led.Kind == learning.KindLesson && len(b.lessons[led.ID]) == 0 && p.recorded(led) {
				known++
			}
		}
	}
	known = max(known, len(events)+len(written))
	unshared, unsure := []Evidence(nil), known > len(events)+len(written)
	reached := func(ref record.Ref, received bool) bool {
		shared, kept := b.on(mission.LessonShared, ref)
		unshared = append(unshared, p.lessonProof(kept)...)
		unsure = unsure || len(kept) == 0
		return received || len(shared) > 0
	}
	for _, c := range written {
		if reached(record.Ref{Kind: learning.KindLesson, ID: c.Record.Fact()}, len(c.Record.ReceivedBy) > 0 || len(c.Record.ReusedIn) > 0) {
			p.nothing(f.ref)
			return
		}
	}
	for _, c := range events {
		if reached(lessonEventRef(c.Record.Fact()), len(c.Record.With) > 0) {
			p.nothing(f.ref)
			return
		}
	}
	context := p.failureProof(f)
	switch {
	case known == 0 && len(absent) > 0:
		trigger := p.lessonProof(absent)
		p.finding(f.ref, attributed(trigger, "nothing was learnt from "+name+p.says(trigger)), trigger, context...)
	case known == 0:
		p.cannot(f.ref, "whether anything was learnt from "+name, p.lessonMissing(f.ref, mission.Lesson, "a lesson from it", "the lesson and who received it, or a lesson event on it marked absent"))
	case unsure:
		p.cannot(f.ref, "whether what was learnt from "+name+" has reached anybody", unrecorded("who received the lesson", "who received the lesson and what has used it, or a lesson-shared event on it marked absent"))
	default:
		trigger := dedupe(unshared)
		context = append(append(context, proof(p, learning.KindLesson, written)...), p.lessonProof(events)...)
		p.finding(f.ref, attributed(trigger, "nobody was told what was learnt from "+name+p.says(trigger)), trigger, context...)
	}
}

// recorded reports whether the model has a record.
func (p *pass) recorded(ref record.Ref) bool {
	_, ok := p.m.Record(ref)
	return ok
}

var unboundedHarm = &Rule{
	ID: "F70", Slug: "unbounded-harm-as-learning", Severity: Serious,
	Title: "Harm beyond what was agreed as safe is presented as learning",
	Why: "Failing within limits that were agreed beforehand is how one finds out. Harm to people beyond any such limit is not, and to call it a lesson covers what went wrong and silences those who said so. " +
		"It is the other side of room to fail: the room has walls.",
	Fires: "A failure is presented as learning, by a labelled-learning event on it or because it is that of an experiment or a learning space, and went beyond safe limits: an outside-limits event is recorded on it, its experiment or its learning space, or the experiment cost more than the most that it was to cost or its learning space allows. " +
		"It has nothing to say where either is marked absent and not recorded, and cannot tell where either is not recorded. A response that changes only the process does not clear it.",
	FalseAlarm: "None is known: harm that stayed within the agreed limits does not set it off.",
	Question:   "Who was harmed, who had agreed to that risk, and who has answered them?",
	Sources:    []string{"S3:11"},
	Needs:      []string{"failure events, and experiments that were given up, with what they were to cost and did", "labelled-learning and outside-limits events on them, present or marked absent", "learning spaces with their spending cap"},
	Bad:        unboundedHarmBad, Good: unboundedHarmGood, Unclear: unboundedHarmUnclear, Harmless: unboundedHarmHarmless,
	check: func(p *pass) {
		for i := range p.lessonBook().failures {
			p.checkHarm(&p.lessonBook().failures[i])
		}
	},
}

func (p *pass) checkHarm(f *lessonFailure) {
	b, name := p.lessonBook(), p.failureName(f)
	about := []record.Ref{f.ref}
	var trials []record.Claim[learning.Experiment]
	var over []string
	var costly []Evidence
	if f.about.Kind == accountability.KindSpace || f.experiment != "" {
		about = append(about, f.about)
	}
	if f.experiment != "" {
		trials = sorted(p.m.Ledger().Experiment(f.experiment, p.at))
	}
	for _, c := range trials {
		x, caps := c.Record, []record.Money{c.Record.Exposure.Cost}
		if x.Space != "" {
			about = append(about, record.Ref{Kind: accountability.KindSpace, ID: x.Space})
		}
		for _, s := range b.spaceOf[x.Space] {
			caps = append(caps, s.Record.SpendCap)
		}
		for _, most := range caps {
			if most.Currency != "" && most.Currency == x.Spent.Currency && x.Spent.Minor > most.Minor {
				over = append(over, "it cost "+x.Spent.String()+", and "+most.String()+" was the most")
				costly = append(costly, p.evidence(learning.KindExperiment, &x.Record))
			}
		}
	}
	about = refs(about)
	beyond, within := b.on(mission.OutsideLimits, about...)
	called, uncalled := b.on(mission.LabelledLearning, f.ref)
	labelled := len(called) > 0 || f.experiment != "" || f.about.Kind == accountability.KindSpace
	question := "whether " + name + " is harm beyond safe limits that is presented as learning"
	var missing []Missing
	switch {
	case len(beyond)+len(costly) == 0 && len(within) > 0, !labelled && len(uncalled) > 0:
		p.nothing(f.ref)
		return
	case len(beyond)+len(costly) == 0:
		missing = append(missing, p.lessonMissing(f.ref, mission.OutsideLimits, "whether it stayed within what had been agreed as safe", "an outside-limits event on it, or one marked absent"))
	}
	if !labelled {
		missing = append(missing, p.lessonMissing(f.ref, mission.LabelledLearning, "whether it is presented as learning", "a labelled-learning event on it, or one marked absent"))
	}
	if len(missing) > 0 {
		p.cannot(f.ref, question, missing...)
		return
	}
	trigger := dedupe(append(p.lessonProof(beyond), costly...))
	as := "presented as learning"
	if len(called) == 0 {
		as = "part of an experiment"
		if f.experiment == "" {
			as = "under a learning space"
		}
	}
	text := attributed(trigger, name+" is "+as+", and went beyond what had been agreed as safe"+p.says(trigger))
	if len(over) > 0 {
		text += " " + sentence(strings.Join(slices.Compact(over), "; "))
	}
	p.finding(f.ref, text, trigger, append(append(p.failureProof(f), p.lessonProof(called)...), proof(p, learning.KindExperiment, trials)...)...)
}
