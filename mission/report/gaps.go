package report

import (
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// gapTable is what could not be told of subjects of one kind.
type gapTable struct {
	Heading, Caption, Anchor string
	Rows                     []gapRow
}

// gapRow is something to record, and which questions that would settle.
type gapRow struct {
	Ways  []string
	Rules []gapRule
}

// gapRule is a rule that could not tell, why not, and of which subjects.
type gapRule struct {
	Anchor    string // of the rule; empty where its first line has it already
	ID, Title string
	Missing   []string
	With      string
	All       string // "all 5 missions", in place of their names
	Subjects  []link
	Folded    string // how many these are, where they are too many to show at once
	More      string // how many further subjects
}

// A gap names manySubjects at once, folds more of them away, and beyond mostSubjects names no more.
const (
	manySubjects = 8
	mostSubjects = 2000
)

// gaps groups what could not be told by the kind of its subject and then by what would have to be recorded. Kinds, ways and
// rules come in the order in which the review first has them.
func (s *scribe) gaps() []gapTable {
	var tables []gapTable
	kinds := make(map[record.Kind]int)
	ways := make(map[string][2]int)  // table and row, by kind and ways
	rules := make(map[string][3]int) // and rule, by what is missing as well
	anchored := make(map[string]bool)
	list := s.review.Unassessed
	for i := range list {
		u := &list[i]
		kind := u.Subject.Kind
		t, ok := kinds[kind]
		if !ok {
			t = len(tables)
			kinds[kind] = t
			tables = append(tables, s.gapTable(kind, t))
		}
		wayKey := keyOf(string(kind), u.Missing, func(m review.Missing) string { return m.Way })
		w, ok := ways[wayKey]
		if !ok {
			w = [2]int{t, len(tables[t].Rows)}
			ways[wayKey] = w
			tables[t].Rows = append(tables[t].Rows, gapRow{Ways: s.waysToTell(u.Missing)})
		}
		row := &tables[t].Rows[w[1]]
		ruleKey := keyOf(wayKey+"\x00"+u.Rule.ID, u.Missing, review.Missing.String)
		r, ok := rules[ruleKey]
		if !ok {
			r = [3]int{t, w[1], len(row.Rules)}
			rules[ruleKey] = r
			g := gapRule{ID: u.Rule.ID, Title: u.Rule.Title, Missing: s.missing(u.Missing)}
			if !anchored[g.ID] {
				anchored[g.ID], g.Anchor = true, "gap-"+g.ID
			}
			var with []string
			for _, t := range u.Thresholds {
				with = append(with, t.String())
			}
			g.With = strings.Join(with, "; ")
			row.Rules = append(row.Rules, g)
		}
		g := &row.Rules[r[2]]
		g.Subjects = append(g.Subjects, s.place(u.Subject))
	}
	for kind, t := range kinds { // each table by itself, so in any order
		all := 0
		if kind == mission.KindMission {
			all = len(s.missions())
		}
		for i := range tables[t].Rows {
			for j := range tables[t].Rows[i].Rules {
				tables[t].Rows[i].Rules[j].fold(kind, all)
			}
		}
	}
	return tables
}

// fold puts a number in the place of many subjects. All is how many of their kind the page has; nought is not known.
func (g *gapRule) fold(kind record.Kind, all int) {
	n := len(g.Subjects)
	of := grouped(strconv.Itoa(n)) + " " + words(mission.TableOf(kind))
	switch {
	case kind == "":
		g.Subjects, g.All = nil, "the plan as a whole"
	case n == all && n > 2:
		g.Subjects, g.All = nil, "all "+of
	case n > mostSubjects:
		g.Subjects, g.More = g.Subjects[:mostSubjects:mostSubjects], "and "+count(n-mostSubjects, "more", "more")
		g.Folded = "Of " + of
	case n > manySubjects:
		g.Folded = "Of " + of
	}
}

func (s *scribe) gapTable(kind record.Kind, n int) gapTable {
	t := gapTable{Heading: "Of the plan as a whole", Anchor: "gaps-" + strconv.Itoa(n+1)}
	if kind != "" {
		t.Heading = "Of " + words(mission.TableOf(kind))
	}
	t.Caption = "What would have to be recorded, " + small(t.Heading)
	return t
}

// waysToTell says what to record.
func (s *scribe) waysToTell(list []review.Missing) []string {
	var ways []string
	for _, m := range list {
		ways = append(ways, capital(clean(m.Way, longText))+".")
	}
	return ways
}

// missing says what is missing.
func (s *scribe) missing(list []review.Missing) []string {
	texts := make([]string, len(list))
	for i, m := range list {
		text := m.String()
		if s.public {
			text = s.nameless(text, m.LeftOut)
		}
		texts[i] = capital(clean(text, longText)) + "."
	}
	return texts
}

// nameless leaves out of a text the ids of records that may name a person.
func (s *scribe) nameless(text string, refs []record.Ref) string {
	for _, ref := range refs {
		if ref.Kind == accountability.KindHolding || ref.Kind == accountability.KindParty {
			text = strings.ReplaceAll(text, ref.String(), string(ref.Kind))
		}
	}
	return text
}

// keyOf is a text that is the same for what is missing in the same way.
func keyOf(head string, missing []review.Missing, says func(review.Missing) string) string {
	parts := []string{head}
	for _, m := range missing {
		parts = append(parts, says(m))
	}
	return strings.Join(parts, "\x00")
}
