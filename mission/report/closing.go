package report

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// coverage says how much the review saw.
type coverage struct {
	Statement string
	Records   []fact
	Grades    []fact
	Lacks     string
	Rules     []ruleRow
	Idle      string // the rules that had no subject to look at
}

// ruleRow counts the verdicts of one rule. Numbers of different rules are not to be added up.
type ruleRow struct {
	ID, Title                          string
	Found, Gaps                        link
	Looked, CountFound, CountGap, Rest string
}

func (s *scribe) coverage() coverage {
	v := &s.review.Coverage
	c := coverage{Statement: v.Statement}
	if c.Statement == "" {
		c.Statement = review.NotHealth
	}
	for _, k := range v.Kinds {
		c.Records = append(c.Records, fact{capital(words(mission.TableOf(k.Kind))), number(k.Count)})
	}
	c.Lacks = "Of " + count(v.Records, "record", "records") + " (sources and named days apart), " + number(v.Ungraded) + " have no grade, " +
		number(v.Unsourced) + " no source, and " + number(v.Undated) + " no instant of recording."
	n := make(map[record.Grade]int)
	for ref, r := range s.m.Records() {
		if ref.Kind != record.KindSource && ref.Kind != record.KindDay {
			n[r.Grade]++
		}
	}
	for _, g := range append(record.Grades(), 0) {
		if n[g] > 0 {
			s.used["grade "+g.String()] = true
			c.Grades = append(c.Grades, fact{capital(g.String()), number(n[g])})
		}
	}
	var idle []string
	for _, k := range v.Rules {
		if k.Looked == 0 {
			idle = append(idle, k.Rule.ID)
			continue
		}
		row := ruleRow{ID: k.Rule.ID, Title: k.Rule.Title, Looked: number(k.Looked), Rest: number(k.Nothing)}
		row.CountFound, row.CountGap = number(k.Found), number(k.Unassessed)
		if k.Found > 0 {
			row.Found = link{"rule-" + k.Rule.ID, row.CountFound}
		}
		if k.Unassessed > 0 {
			row.Gaps = link{"gap-" + k.Rule.ID, row.CountGap}
		}
		c.Rules = append(c.Rules, row)
	}
	c.Idle = listed(idle)
	return c
}

// sourceRow is one source. Its anchor is "source-" and its id, in every page of the plan.
type sourceRow struct {
	Anchor, Title string
	URL           string // empty unless it is http or https
	Shown         string // an address that is no link
	Publisher     string
	Published     string
	Licence       string
	Count         string // how many records rest on it
}

func (s *scribe) sourceRows() []sourceRow {
	rests := make(map[record.ID]int)
	for _, r := range s.m.Records() {
		rests[r.Source]++
	}
	var rows []sourceRow
	for i := range s.spec.Sources {
		src := &s.spec.Sources[i]
		if _, cited := s.sources[src.ID]; !cited && !s.out(src) {
			continue // nothing that the page shows rests on it
		}
		row := sourceRow{
			Anchor: "source-" + string(src.ID), Title: named(src.Title, src.ID), Publisher: clean(src.Publisher, longName),
			Licence: clean(src.Licence, longName), Count: grouped(strconv.Itoa(rests[src.ID])),
		}
		if !src.Published.IsZero() {
			row.Published = s.when(src.Published, false)
		}
		if row.URL = address(src.URL); row.URL == "" && src.URL != "" {
			row.Shown = clean(src.URL, longName)
		}
		rows = append(rows, row)
	}
	return rows
}

// out reports whether a source counts and had come out by the instant of the page.
func (s *scribe) out(src *record.Source) bool {
	late := !s.at.Known.IsZero() && src.Published.IsResolved() && src.Published.Latest().In(nil).After(s.at.Known)
	return src.Speaks() && s.known(&src.Record) && !late
}

// longURL is the longest address that becomes a link, in bytes.
const longURL = 2000

// address returns a web address that may become a link, and "" for any other text.
func address(text string) string {
	if len(text) > longURL || !plain(text) || strings.ContainsAny(text, ` "<>\^{|}`+"`") {
		return ""
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return text
}

// foot says from where the page looks and what it leaves out.
func (s *scribe) foot() []string {
	var list []string
	if s.at.On.IsZero() {
		list = append(list, "The day: none was given.")
	} else {
		list = append(list, "The day: "+day(s.at.On)+".")
	}
	if s.at.Known.IsZero() {
		list = append(list, "Known as of: everything that is recorded.")
	} else {
		list = append(list, "Known as of: "+instant(s.at.Known)+".")
	}
	view := s.m.View()
	if view.Audience != 0 {
		text := "For: the " + view.Audience.String() + " audience."
		if s.public {
			text = "For: the public. No person is named."
		}
		list = append(list, text)
	}
	if len(view.Without) > 0 {
		var names []string
		for _, g := range view.Without {
			names = append(names, g.String())
		}
		list = append(list, "Records of these grades are left out: "+listed(names)+".")
	}
	removed := s.m.Removed()
	if len(removed) > 0 {
		list = append(list, "What is left out stands under “What this copy leaves out”.")
	}
	if len(removed) == 0 {
		list = append(list, "The view leaves nothing out.")
	}
	if n := len(view.Changes); n > 0 {
		list = append(list, "Changes made to see what would follow: "+grouped(strconv.Itoa(n))+".")
	}
	return append(list, "This page holds no script and fetches nothing.")
}

// word is an entry of the glossary.
type word struct{ Word, Meaning string }

// vocabulary lists the words that pages use, in the order in which they are explained.
var vocabulary = []struct{ key, word, meaning string }{
	{"missions", "mission", "a long-term end that no single body can reach alone, with a horizon; not the standing purpose of an organisation"},
	{"milestones", "milestone", "a step that a mission aims to have reached by a day; it may be vague on purpose, and then says why"},
	{"status met", "met", "all that a milestone asks for has been reached; measured where figures say so, stated where somebody does"},
	{"status partial", "partially met", "some of what was asked has been reached, and the day has passed"},
	{"status notmet", "not met", "none of what was asked has been reached, and the day has passed"},
	{"status scheduled", "scheduled", "not yet due, or its figures are not yet out, and not met so far"},
	{"status unknown", "not known", "the records do not say; the page says what is missing"},
	{"share", "share of the way", "(actual − baseline) ÷ (target − baseline): 0% at the start, 100% at what is asked, not cut off at either end and never averaged"},
	{"claims", "claimed", "what somebody says of a milestone; it stands beside what is measured and never changes it"},
	{"duties", "duty", "something that a post or body answers for or does; duties attach to posts, not to persons or titles"},
	{"duty held", "held", "a post, body or organisation carries the duty"},
	{"duty vacant", "vacant", "known to be carried by nobody"},
	{"duty unclear", "unclear", "the sources themselves cannot tell who carries it"},
	{"duty contested", "contested", "claimants differ on who carries it"},
	{"duty withheld", "withheld", "carried, and by whom is not published"},
	{"duty unknown", "not recorded", "no record says how it stands: neither held nor vacant"},
	{"mark whole", "a way that arrives", "from who answers, post by post and by lines of account, to a forum or party that may ask; no post on it is vacant"},
	{"mark broken", "a way that breaks", "a post on it is vacant, or nothing recorded leads on; it is shown as far as the records go"},
	{"mark critical", "critical", "on a chain without room: any delay of it delays the end of its project"},
	{"room", "room", "how much later something may finish and delay nothing that must not be delayed: its total float"},
	{"trials", "trial", "the plan run through once with a drawn length for each thing that is uncertain; a chance is the share of trials"},
	{"trials", "± from simulation", "how far the share of trials may lie from that of endless ones, with 95% confidence (Wilson 1927)"},
	{"trials", "8 trials in 10", "from the day by which 1 trial in 10 is done to that by which 9 in 10 are"},
	{"hangs", "it decides the date in", "the share of trials in which it lies on the chain that decides the date: its criticality"},
	{"outlook", "where it is heading", "what the readings so far let one expect by the due day, by a trend fitted to them, with the chance that this is as asked"},
	{"ambition", "floor, central, stretch", "the least that would do, what is aimed at, and what would be more than was aimed at"},
	{"learning", "hypothesis", "a claim that one thing helps to bring about another, for whom and where, with what was believed before looking and what would change that"},
	{"learning", "belief", "how sure one is that a claim is true, from 0% to 100%: what was believed before, moved by each piece of evidence by how much likelier it is if the claim is true than if it is false"},
	{"learning", "supported, weakened, open", "the belief has reached the threshold declared for it, has fallen to the lower one, or neither"},
	{"learning", "test card", "what an experiment is for, settled before it starts"},
	{"learning", "learning card", "what an experiment has shown and taught, and what was done about it; one that was given up stays"},
	{"agenda", "worth of an experiment", "how much better the choice would be on average with its result than without; nought where no result could change what you would do"},
	{"findings", "finding", "a state of affairs that a rule warns of: the start of a conversation, and no mark against anybody"},
	{"gaps", "cannot tell", "neither a finding nor a pass: the records do not hold what the rule would have to know"},
	{"aside", "set aside", "somebody has seen the finding, has a reason to wait, and will look again by a day; it stays where it is"},
	{"severity serious", "serious", "the sources of the rule say in plain words that it undoes missions"},
	{"severity caution", "caution", "worth asking about"},
	{"severity note", "note", "worth knowing"},
	{"scope", "reading", "what a mission takes in and leaves out, as its own records or one of those who take part has it"},
	{"cause", "cause", "something that brings about what a mission is for, or holds it back"},
	{"condition", "condition", "something without which a mission does not work"},
	{"barrier", "barrier", "something that stands in the way; its age is from its first report to the day of the page, or to when it was taken away"},
	{"lever", "lever", "a rule, reward, market or tax that moves people, with a mission or against it"},
	{"capability", "capability", "something that must be known or possible for a mission to be met"},
	{"tension", "tension", "two things that are both wanted and pull apart; the page shows what is recorded of each and weighs neither"},
	{"design", "reference design", "an arrangement in which somebody says that missions should be set up; designs disagree, and none is a yardstick"},
	{"design", "present, absent, conflicting", "a record shows it; a record says that it is not there; claimants differ; silence is none of them"},
	{"reform", "earlier reform", "an earlier attempt to change how government works, as each who speaks of it tells how it went"},
	{"records", "grade", "what kind of source stands behind a record; grades have no order"},
	{"grade statistic", "statistic", "published as a statistic by a body that answers for it"},
	{"grade document", "document", "said in a document of the body concerned"},
	{"grade first-hand", "first-hand", "said by somebody who was there"},
	{"grade secondary", "secondary", "a digest or report of another source"},
	{"grade hearsay", "hearsay", "said to have been said"},
	{"grade opinion", "opinion", "a judgement of the source’s author"},
	{"grade forecast", "forecast", "said of what has not happened yet"},
	{"grade illustrative", "illustrative", "made up, to show something"},
	{"grade ungraded", "ungraded", "nobody has said what kind of source stands behind it"},
}

// glossary explains the words that this page uses.
func (s *scribe) glossary() []word {
	var list []word
	for _, v := range vocabulary {
		if s.used[v.key] {
			list = append(list, word{v.word, v.meaning})
		}
	}
	return list
}
