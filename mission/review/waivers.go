package review

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// Waived says that somebody has set a finding aside: who, until when, and why. It hides nothing: the finding stays where it is,
// and says so.
type Waived struct {
	// Text says it in plain words; where several waivers are in force, each in a sentence.
	Text string `json:"text"`
	// Reason, Owner and Until are those of the first waiver in the order of ids. Owner is the party that looks again, OwnerName
	// what it is called, and Until the first day on which the waiver no longer holds.
	Reason    string        `json:"reason"`
	Owner     record.ID     `json:"owner"`
	OwnerName string        `json:"owner_name"`
	Until     calendar.When `json:"until"`
	// Evidence lists every waiver in force, in the order of their references.
	Evidence []Evidence `json:"evidence"`
}

// String returns the text.
func (w *Waived) String() string { return w.Text }

// same reports whether two waivers set a finding aside alike, for the reader of a comparison.
func (w *Waived) same(v *Waived) bool {
	if w == nil || v == nil {
		return w == v
	}
	return w.Text == v.Text
}

// waiverRules are the rules on waivers themselves. No waiver sets their findings aside.
var waiverRules = []*Rule{
	expiredWaiver,
	waiverOfNothing,
}

// usable returns the rule whose findings a waiver may set aside; false where it names none, or one on waivers.
func (p *pass) usable(name string) (*Rule, bool) {
	if p.lookup == nil {
		return nil, false
	}
	rule, ok := p.lookup(strings.TrimSpace(name))
	return rule, ok && rule.ID[0] != waiverLetter
}

// waiverLetter begins the ids of the rules on waivers.
const waiverLetter = 'W'

// waiving is what the rules on waivers share, and what marks findings.
type waiving struct {
	facts   []fact[mission.Waiver]                        // the latest word on each, whatever its period
	holding map[record.ID]calendar.Certainty              // by fact: whether any claim on it holds on the day
	inForce map[verdictKey][]record.Claim[mission.Waiver] // by what they set aside, those that certainly hold
	marks   map[verdictKey]*Waived
	gaps    bool // the view leaves records out, so that silence of a rule settles nothing
}

// waiving reads the waivers when a finding or a rule first asks.
func (p *pass) waiving() *waiving {
	if p.aside != nil {
		return p.aside
	}
	w := &waiving{facts: factsOf(p.m.Waivers(p.at))}
	p.aside = w
	if len(w.facts) == 0 {
		return w
	}
	w.holding = make(map[record.ID]calendar.Certainty)
	w.inForce, w.marks = make(map[verdictKey][]record.Claim[mission.Waiver]), make(map[verdictKey]*Waived)
	w.gaps = slices.ContainsFunc(p.m.Removed(), func(r mission.Removed) bool { return r.Field == "" && r.Kind != "" })
	if p.on.IsZero() {
		return w
	}
	for _, c := range sorted(p.m.WaiversInForce(p.at)) {
		id := c.Record.Fact()
		w.holding[id] = max(w.holding[id], c.On)
		if rule, ok := p.usable(c.Record.Rule); ok && c.On == calendar.Certainly {
			key := verdictKey{rule.ID, c.Record.Subject}
			w.inForce[key] = append(w.inForce[key], c)
		}
	}
	return w
}

// waived returns what sets the finding of a rule on a subject aside on the day of the review, nil where nothing does.
func (p *pass) waived(rule *Rule, subject record.Ref) *Waived {
	w := p.waiving()
	key := verdictKey{rule.ID, subject}
	claims := w.inForce[key]
	if len(claims) == 0 {
		return nil
	}
	if mark := w.marks[key]; mark != nil {
		return mark
	}
	first := claims[0]
	mark := &Waived{
		Reason: plain(first.Record.Reason), Owner: first.Record.Owner, OwnerName: p.partyName(first.Record.Owner), Until: first.Valid.Until,
		Evidence: proof(p, mission.KindWaiver, claims),
	}
	says := make([]string, len(claims))
	for i, c := range claims {
		says[i] = attributed(mark.Evidence[i:i+1], "it is set aside until "+p.when(c.Valid.Until)+" by "+p.partyName(c.Record.Owner)+": "+
			strings.TrimRight(plain(c.Record.Reason), "."))
	}
	mark.Text = strings.Join(says, " ")
	w.marks[key] = mark
	return mark
}

// aside is what a waiver says that it sets aside, and what the review makes of that.
type aside struct {
	claims []record.Claim[mission.Waiver] // those that name a rule whose findings may be set aside
	rule   *Rule
	key    verdictKey
	made   verdict // zero: the rule has not looked at the subject
	ran    bool    // the rule was run
}

// eachWaiver tells of every waiver; the words of the first claim that names a usable rule count.
func (p *pass) eachWaiver(look func(*fact[mission.Waiver], *aside)) {
	w := p.waiving()
	if len(w.facts) == 0 {
		return
	}
	made := p.review.verdicts()
	ran := make(map[string]bool, len(p.review.Coverage.Rules))
	for i := range p.review.Coverage.Rules {
		ran[p.review.Coverage.Rules[i].Rule.ID] = true
	}
	for i := range w.facts {
		f := &w.facts[i]
		var a aside
		for _, c := range f.claims {
			rule, ok := p.usable(c.Record.Rule)
			switch {
			case !ok:
				continue
			case a.rule == nil:
				a.rule, a.key = rule, verdictKey{rule.ID, c.Record.Subject}
			}
			if a.key == (verdictKey{rule.ID, c.Record.Subject}) {
				a.claims = append(a.claims, c)
			}
		}
		a.made, a.ran = made[a.key], a.rule != nil && ran[a.rule.ID]
		look(f, &a)
	}
}

func waiverRef(id record.ID) record.Ref { return record.Ref{Kind: mission.KindWaiver, ID: id} }

// waiverOver says whether the time of a waiver is over on the day, by one claim on it.
func waiverOver(c record.Claim[mission.Waiver], on calendar.Date) calendar.Certainty {
	switch until := c.Valid.Until; {
	case until.IsZero():
		return calendar.No
	case !until.IsResolved():
		return calendar.Possibly
	case !on.Before(until.Latest()):
		return calendar.Certainly
	case on.Before(until.Earliest()):
		return calendar.No
	}
	return calendar.Possibly
}

// waiverClosed reports whether somebody has ended a waiver before its own time was over, or has said otherwise when it is.
func waiverClosed(claims []record.Claim[mission.Waiver]) bool {
	return slices.ContainsFunc(claims, func(c record.Claim[mission.Waiver]) bool { return c.Valid.Until != c.Record.Until })
}

// says puts a rule and a subject into words: "F38 leaderless-mission on the mission “Warm homes”".
func (a *aside) says(p *pass) string {
	return a.rule.ID + " " + a.rule.Slug + " on " + p.named(a.key.subject)
}

var expiredWaiver = &Rule{
	ID: "W01", Slug: "expired-waiver", Severity: Caution,
	Title: "The time of a waiver is over, and nobody has looked again",
	Why: "A waiver is a promise to come back. Once its day has passed it excuses nothing, and if nobody comes back it has become a way of not knowing what was known. " +
		"No source speaks of waivers: the rule is the library's own, after the thought that it matters less to know where one stands than what one does with it.",
	Fires: "The time of the waiver is certainly over by every claim on it, and the rule that it names still has a finding on its subject, cannot tell, or has not looked. " +
		"It has nothing to say where the rule has looked and found nothing, where another waiver of the same is in force, and where a later record has ended the waiver. " +
		"It cannot tell without a day, where the end is not known well enough, and where the rule finds nothing and the view leaves records out. A waiver that names no rule is left to W02.",
	FalseAlarm: "Somebody has looked again, and nobody has recorded it.",
	Question:   "What did the owner find on looking again, and is the matter settled, to be faced, or to be set aside once more with a new reason?",
	Sources:    []string{"S0:34"},
	Needs:      []string{"waivers, with their rule, subject, owner and end", "what the other rules make of the subjects in this review"},
	Bad:        expiredWaiverBad, Good: expiredWaiverGood, Unclear: expiredWaiverUnclear, Harmless: expiredWaiverHarmless,
	check: func(p *pass) { p.eachWaiver(p.checkExpired) },
}

func (p *pass) checkExpired(f *fact[mission.Waiver], a *aside) {
	ref := waiverRef(f.id)
	if a.rule == nil {
		p.nothing(ref)
		return
	}
	question := "whether the waiver of " + a.says(p) + " has run out"
	over := calendar.Certainly
	var days []calendar.When
	for _, c := range a.claims {
		over = min(over, waiverOver(c, p.on))
		days = append(days, c.Valid.Until)
	}
	switch {
	case p.on.IsZero():
		p.cannot(ref, question, noDay())
		return
	case over == calendar.No, p.waiving().holding[f.id] == calendar.Certainly, len(p.waiving().inForce[a.key]) > 0,
		over == calendar.Certainly && waiverClosed(a.claims), a.made == nothingToSay && !p.waiving().gaps:
		p.nothing(ref)
		return
	case over == calendar.Possibly:
		p.cannot(ref, question, p.rough("the day on which it ends", days, "the day on which it ends"))
		return
	case a.made == nothingToSay:
		p.cannot(ref, "whether the waiver of "+a.says(p)+" still matters", unseenByView(a.rule))
		return
	}
	trigger := proof(p, mission.KindWaiver, a.claims)
	text := attributed(trigger, "the waiver of "+a.says(p)+" ran out "+p.dated(first(days))+", and no look since is recorded; "+
		p.partyName(a.claims[0].Record.Owner)+" was to look again")
	switch {
	case a.made == found:
		text += " The finding stands."
	case a.made == cannotTell:
		text += " The rule cannot tell how it is today."
	case !a.ran:
		text += " The rule was not run in this review."
	default:
		text += " The rule has not looked at it in this review."
	}
	p.finding(ref, text, trigger, p.aboutSubject(a.key.subject)...)
}

// aboutSubject is the record that a waiver speaks of, as context.
func (p *pass) aboutSubject(ref record.Ref) []Evidence {
	if r, ok := p.m.Record(ref); ok {
		return []Evidence{p.evidence(ref.Kind, &r)}
	}
	return nil
}

func unseenByView(rule *Rule) Missing {
	return Missing{What: "what " + rule.ID + " would find with every record", Ground: "not known: the view leaves records out", Way: "look at it with the records that the view leaves out"}
}

var waiverOfNothing = &Rule{
	ID: "W02", Slug: "waiver-of-nothing", Severity: Note,
	Title: "A waiver sets nothing aside",
	Why: "Somebody believed that a matter was seen to, and the waiver does not reach it: the name of its rule is mistyped, its subject is another, or the matter has settled itself. " +
		"The first two leave a finding unmarked that was meant to be marked, and the third leaves a promise that nobody need keep. No source speaks of waivers: the rule is the library's own.",
	Fires: "No claim on the waiver names a rule of the catalogue by its id or slug, or the rules named are those on waivers, whose findings nobody can set aside. " +
		"Or the waiver is certainly in force, and its rule was run and has no finding on its subject. It has nothing to say where there is a finding, and of waivers that are over or to come. " +
		"It cannot tell where the rule cannot, where the rule was not run, where the view leaves records out, without a day, and where its period is not known well enough.",
	FalseAlarm: "The waiver was made for a finding that is expected later, and starts on a day still to come.",
	Question:   "Which finding was it meant to set aside, and is there still something that somebody has to look at?",
	Sources:    []string{"S0:34"},
	Needs:      []string{"waivers, with their rule, subject and period", "what the other rules make of the subjects in this review"},
	Bad:        waiverOfNothingBad, Good: waiverOfNothingGood, Unclear: waiverOfNothingUnclear, Harmless: waiverOfNothingHarmless,
	check: func(p *pass) { p.eachWaiver(p.checkReach) },
}

func (p *pass) checkReach(f *fact[mission.Waiver], a *aside) {
	ref := waiverRef(f.id)
	if a.rule == nil {
		p.checkNamed(f)
		return
	}
	question := "whether the waiver of " + a.says(p) + " sets anything aside"
	holds := p.waiving().holding[f.id]
	why, out := p.m.Excluded(a.key.subject)
	switch {
	case a.made == found, !p.on.IsZero() && holds < calendar.Possibly, out && why != record.ByGrade:
		p.nothing(ref)
	case p.on.IsZero():
		p.cannot(ref, question, noDay())
	case out:
		p.cannot(ref, question, leftOut([]record.Ref{a.key.subject}, "its subject", "the subject of the waiver"))
	case !a.ran:
		p.cannot(ref, question, Missing{What: "what " + a.rule.ID + " finds there", Ground: "not known: the rule was not run", Way: "run the rule too"})
	case a.made == cannotTell:
		p.cannot(ref, question, Missing{What: "what " + a.rule.ID + " finds there", Ground: "not known: the rule cannot tell", Way: "record what the rule lacks, or end the waiver"})
	case p.waiving().gaps:
		p.cannot(ref, question, unseenByView(a.rule))
	case holds == calendar.Possibly:
		p.cannot(ref, question, Missing{What: "whether it is in force", Ground: "not known from its dates", Way: "record the days on which it begins and ends more closely"})
	default:
		trigger := proof(p, mission.KindWaiver, a.claims)
		p.finding(ref, attributed(trigger, "the waiver of "+a.says(p)+" sets nothing aside: the rule has no finding there"), trigger, p.aboutSubject(a.key.subject)...)
	}
}

// checkNamed speaks of a waiver no claim on which names a rule whose findings may be set aside.
func (p *pass) checkNamed(f *fact[mission.Waiver]) {
	ref, name := waiverRef(f.id), strings.TrimSpace(f.claims[0].Record.Rule)
	trigger := proof(p, mission.KindWaiver, f.claims)
	subject := f.claims[0].Record.Subject
	clause := "a waiver on " + p.named(subject) + " sets nothing aside: there is no rule " + quoted(plain(name))
	if rule, ok := p.lookup(name); ok {
		clause = "a waiver on " + p.named(subject) + " sets nothing aside: it names " + rule.ID + " " + rule.Slug + ", and no waiver reaches the findings on waivers"
	} else if near := record.Nearest(name, p.names(name)); near != "" {
		clause += ", and the nearest is " + quoted(near)
	}
	p.finding(ref, attributed(trigger, clause), trigger, p.aboutSubject(subject)...)
}
