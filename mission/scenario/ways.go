package scenario

import (
	"cmp"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// nouns are the words by which the ways of rules name what to record, with the kind of record. A noun counts with whatever
// ends it, such as an s. Of several that begin at one place the first here counts.
var nouns = []struct {
	noun string
	kind record.Kind
}{
	{"event", mission.KindEvent}, {"dispute", mission.KindEvent}, {"changes", mission.KindEvent}, {"consulted", mission.KindEvent},
	{"commitment led", mission.KindEvent}, {"deliberation led", mission.KindEvent}, {"sponsor decided", mission.KindEvent}, {"on which it was told", mission.KindEvent},
	{"somebody was needed", mission.KindEvent}, {"amount that moved", mission.KindEvent}, {"challenge", mission.KindEvent}, {"failure", mission.KindEvent}, {"proposal", mission.KindEvent},
	{"duties", accountability.KindDuty}, {"duty", accountability.KindDuty}, {"who answers", accountability.KindDuty}, {"who decides", accountability.KindDuty},
	{"line of account", accountability.KindLine}, {"lines of account", accountability.KindLine},
	{"line of the budget", funding.KindAllocation}, {"allocation", funding.KindAllocation}, {"money", funding.KindAllocation},
	{"settlement", funding.KindSettlement}, {"review pays", funding.KindReview}, {"share of the pool", funding.KindShare}, {"shares of the pool", funding.KindShare}, {"each share", funding.KindShare}, {"price basis", funding.KindShare},
	{"reading puts", mission.KindScope}, {"scope", mission.KindScope}, {"reading", milestone.KindObservation}, {"level of", milestone.KindIndicator}, {"indicator", milestone.KindIndicator}, {"target", milestone.KindTarget}, {"step", milestone.KindMilestone},
	{"dependenc", milestone.KindDependency}, {"need where", milestone.KindDependency}, {"contribution", learning.KindContribution},
	{"cause", mission.KindCause}, {"condition", mission.KindCondition}, {"relation", mission.KindRelation}, {"barrier", mission.KindBarrier},
	{"lever", mission.KindLever}, {"capabilit", mission.KindCapability}, {"reform", mission.KindReform}, {"position", mission.KindPosition},
	{"waiver", mission.KindWaiver}, {"initiative", mission.KindInitiative}, {"accounting test", accountability.KindTest},
	{"mandate", accountability.KindMandate}, {"signature", accountability.KindMandate}, {"grant", accountability.KindGrant}, {"freedom", accountability.KindFreedom},
	{"resolution", accountability.KindResolution}, {"decision", accountability.KindResolution}, {"meeting", accountability.KindMeeting},
	{"holding", accountability.KindHolding}, {"holder", accountability.KindHolding}, {"somebody started", accountability.KindHolding}, {"sharing", accountability.KindSharing}, {"learning space", accountability.KindSpace},
	{"forum", accountability.KindForum}, {"membership", accountability.KindForum},
	{"organisation", accountability.KindParty}, {"tier", accountability.KindParty}, {"sector", accountability.KindParty}, {"deprivation", accountability.KindParty},
	{"lesson", learning.KindLesson}, {"experiment", learning.KindExperiment}, {"hypothes", learning.KindHypothesis},
	{"outcome", mission.KindOutcome},
}

// sets reads off a way, in the words of the rules, which records would do: alternatives stand after "or" or a comma, what is
// needed together after "and". What it names no kind of record for belongs into the record of the subject itself.
func sets(way string, subject record.Kind) [][]Addition {
	if strings.HasPrefix(way, "give the view") {
		return nil
	}
	for _, verb := range []string{", record ", "record "} {
		if _, rest, found := strings.Cut(way, verb); found {
			way = rest
			break
		}
	}
	for _, absent := range []string{", or one marked absent", " or one marked absent", ", or one by nobody"} {
		way = strings.ReplaceAll(way, absent, "")
	}
	way, _, _ = strings.Cut(way, ":") // what follows are the values to choose from
	var list [][]Addition
	for i, clause := range clauses(way) {
		set := named(clause.text)
		own := i == 0 || clause.part && (strings.HasPrefix(clause.text, "its ") || strings.HasPrefix(clause.text, "that it") && clause.text != "that it is unknown")
		if words := strings.Fields(clause.text); len(set) == 0 && len(words) > 0 && len(words) < 3 && strings.Contains(words[len(words)-1], "-") {
			set = []Addition{{Kind: mission.KindEvent, Word: words[len(words)-1]}} // as in "plan-changed or practice-change event"
		}
		if len(set) == 0 && own {
			set = []Addition{{Kind: subject}}
		}
		if len(set) > 0 {
			list = append(list, set)
		}
	}
	return smallest(list)
}

// aside are the words that begin a part of a way that only adds to the part before it.
var aside = []string{"with", "held", "where", "as", "each", "of", "nought", "so", "which", "to", "in", "present", "for", "one"}

// clause is an alternative; part says that a comma stands before it.
type clause struct {
	text string
	part bool
}

// clauses divides a way into its alternatives.
func clauses(way string) []clause {
	var list []clause
	for part := range strings.SplitSeq(way, ", ") {
		if rest, and := strings.CutPrefix(part, "and "); and && len(list) > 0 {
			list[len(list)-1].text += " and " + rest
			continue
		}
		part = strings.TrimPrefix(part, "or ")
		first, _, _ := strings.Cut(part, " ")
		if len(list) > 0 && slices.Contains(aside, first) {
			continue
		}
		for i, alternative := range strings.Split(shared(part), " or ") {
			if first, _, _ := strings.Cut(alternative, " "); i == 0 || !slices.Contains(aside, first) {
				list = append(list, clause{alternative, i == 0})
			}
		}
	}
	return list
}

// shared writes out a noun that two words share: "meeting or decision event" is a meeting event or a decision event.
func shared(part string) string {
	words := strings.Fields(part)
	for i := 1; i+2 < len(words); i++ {
		if joint := words[i]; (joint == "or" || joint == "and") && (words[i+2] == "event" || words[i+2] == "events" || words[i+2] == "duties") && isWord(words[i-1]) {
			words = slices.Insert(words, i, words[i+2])
			i++
		}
	}
	return strings.Join(words, " ")
}

// isWord reports whether a word narrows an event or a duty, and is not an article or the like.
func isWord(s string) bool {
	switch s {
	case "a", "an", "the", "its", "both", "each", "all", "every", "any", "more", "of", "on", "or", "and", "these", "those", "their", "no", "other", "such", "public":
		return false
	}
	return true
}

// named returns the additions that a clause names. Once it has named one, what another stands "on", "for" or "of" is no
// addition of its own.
func named(clause string) []Addition {
	var set []Addition
	words := strings.Fields(clause)
	for i := range words {
		rest := strings.Join(words[i:], " ")
		for _, n := range nouns {
			if after, ok := strings.CutPrefix(rest, n.noun); !ok || strings.HasPrefix(after, "-") {
				continue
			}
			a := Addition{Kind: n.kind}
			switch {
			case n.noun == "event" && i > 0 && isWord(words[i-1]):
				a.Word = words[i-1]
			case n.kind == accountability.KindDuty && i > 0 && slices.Contains(duties, words[i-1]):
				a.Word = words[i-1]
			case n.noun == "duty" && i+1 < len(words) && slices.Contains(duties, words[i+1]):
				a.Word = words[i+1]
			}
			if !(len(set) > 0 && governed(words[:i])) && !(len(words) > i+1 && strings.HasPrefix(words[i+1], "event")) && !slices.Contains(set, a) {
				set = append(set, a)
			}
			break
		}
	}
	return set
}

// governed reports whether a preposition stands before what is to follow, with at most an article between.
func governed(before []string) bool {
	for i := len(before) - 1; i >= 0 && i >= len(before)-2; i-- {
		switch before[i] {
		case "on", "for", "of", "to", "from", "with", "into", "at", "by", "what":
			return i == 0 || before[i-1] != "and"
		}
		if isWord(before[i]) {
			return false
		}
	}
	return false
}

// duties are the words of duties that ways name.
var duties = []string{
	accountability.MissionSteward, accountability.SystemSteward, accountability.CivilServiceSteward, accountability.MissionLead, accountability.MissionSponsor,
	accountability.MilestoneOwner, accountability.OutcomeOwner, accountability.AccountingOfficer, accountability.SeniorOwner, accountability.Lead,
	accountability.Sponsor, accountability.Fund, accountability.Deliver, accountability.Advise, accountability.Convene, accountability.SolveProblems,
	accountability.Enable, accountability.StandBack, accountability.Decide, accountability.Recommend, accountability.Agree, accountability.AnswerFor,
	accountability.Pay, accountability.Perform, accountability.Support, accountability.Consult, accountability.Inform, accountability.Assure,
	accountability.BoardMember, accountability.HeadOfGovernment,
}

// smallest leaves out each set that has another within it, and orders the rest by their size, then as they came.
func smallest(list [][]Addition) [][]Addition {
	var kept [][]Addition
	for i, set := range list {
		beyond := func(j int, other []Addition) bool {
			within := !slices.ContainsFunc(other, func(a Addition) bool { return !slices.Contains(set, a) })
			return within && (len(other) < len(set) || len(other) == len(set) && j < i)
		}
		drop := false
		for j, other := range list {
			drop = drop || i != j && beyond(j, other)
		}
		if !drop {
			kept = append(kept, set)
		}
	}
	slices.SortStableFunc(kept, func(a, b []Addition) int { return cmp.Compare(len(a), len(b)) })
	return kept
}
