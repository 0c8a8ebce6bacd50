package accountability_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
)

func partyRef(id record.ID) record.Ref { return record.Ref{Kind: accountability.KindParty, ID: id} }

func line(id, actor record.ID, forum record.Ref, words ...string) accountability.Line {
	return accountability.Line{Record: shared(id, words...), Actor: actor, Forum: forum, Kind: accountability.PoliticalLine, Powers: []string{accountability.MayQuestion}}
}

// walked prints a path: "mission/health >duty director >line party/board", with * on the step where it breaks and why.
func walked(p accountability.Path) string {
	var words []string
	for i, s := range p.Steps {
		word := s.To.String()
		if s.Via != "" {
			word = ">" + s.Via + " " + word
		}
		if p.Break == i {
			word += "*"
		}
		words = append(words, word)
	}
	text := strings.Join(words, " ")
	if !p.Certain {
		text += " ?"
	}
	if p.Why != "" {
		text += " (" + p.Why + ")"
	}
	return text
}

func department() accountability.Spec {
	s := accountability.Spec{Parties: cast(), Duties: []accountability.Duty{lead("d", "director")}}
	s.Parties[0].ReportsTo, s.Parties[1].OfParty = "minister", "dept"
	s.Parties = append(s.Parties, accountability.Party{Record: record.New("parliament"), Kind: accountability.Body, Name: "Parliament"})
	s.Forums = []accountability.Forum{{Record: record.New("committee"), Kind: accountability.SelectCommittee, Name: "A committee"}}
	s.Lines = []accountability.Line{line("account", "minister", partyRef("parliament"))}
	return s
}

func TestPathToForum(t *testing.T) {
	const health = "mission/health"
	for _, c := range []struct {
		name   string
		change func(s *accountability.Spec)
		from   record.Ref
		on     string
		want   []string
	}{
		{"through a report and a line", nil, subject, "", []string{health + " >duty party/director >reports-to party/minister >line party/parliament"}},
		{"from a party", nil, partyRef("director"), "", []string{"party/director >reports-to party/minister >line party/parliament"}},
		{"a duty that does not answer", func(s *accountability.Spec) { s.Duties[0].Duty = accountability.Advise }, subject, "", []string{health + "* (no duty that answers for it is recorded)"}},
		{"nothing recorded", func(s *accountability.Spec) { s.Duties = nil }, subject, "", []string{health + "* (no duty that answers for it is recorded)"}},
		{"a duty that nobody carries", func(s *accountability.Spec) { s.Duties[0] = stated("d", accountability.Vacant) }, subject, "", []string{health + "* (it is recorded as vacant)"}},
		{"a duty that is unclear", func(s *accountability.Spec) { s.Duties[0].State = accountability.Unclear }, subject, "", []string{health + " >duty party/director* >reports-to party/minister >line party/parliament (the duty is recorded as unclear)"}},
		{"no line of account", func(s *accountability.Spec) { s.Lines = nil }, subject, "", []string{health + " >duty party/director >reports-to party/minister >of-party party/dept* (no line of account or report leads on)"}},
		{"a vacant post on the way", func(s *accountability.Spec) {
			s.Holdings = []accountability.Holding{holds("h", "minister", "ann", "..2025-01-01")}
		}, subject, "", []string{health + " >duty party/director >reports-to party/minister* >line party/parliament (nobody exercises the functions of a post on the way)"}},
		{"a way round the vacant post", func(s *accountability.Spec) {
			s.Holdings = []accountability.Holding{holds("h", "minister", "ann", "..2025-01-01")}
			s.Parties[0].OfParty = "dept"
			s.Lines = append(s.Lines, line("other", "dept", record.Ref{Kind: accountability.KindForum, ID: "committee"}))
		}, subject, "", []string{health + " >duty party/director >of-party party/dept >line forum/committee"}},
		{"on leave and covered", func(s *accountability.Spec) {
			s.Holdings = []accountability.Holding{holds("h", "minister", "ann"), acting(holds("i", "minister", "bob"))}
			s.Leaves = []accountability.Leave{away("l", "h")}
		}, subject, "", []string{health + " >duty party/director >reports-to party/minister >line party/parliament"}},
		{"reports in a circle", func(s *accountability.Spec) {
			s.Lines, s.Parties[1].OfParty, s.Parties[1].ReportsTo = nil, "", "director"
		}, subject, "", []string{health + " >duty party/director >reports-to party/minister* (what leads on goes round in a circle)"}},
		{"reports to itself", func(s *accountability.Spec) { s.Lines, s.Parties[0].ReportsTo = nil, "director" }, subject, "", []string{health + " >duty party/director* (what leads on goes round in a circle)"}},
		{"a line about something else", func(s *accountability.Spec) { s.Lines[0].Subject = record.Ref{Kind: "mission", ID: "growth"} }, subject, "", []string{health + " >duty party/director >reports-to party/minister >of-party party/dept* (no line of account or report leads on)"}},
		{"a line that has ended", func(s *accountability.Spec) { s.Lines[0].Until = when("2025-01-01") }, subject, "", []string{health + " >duty party/director >reports-to party/minister >of-party party/dept* (no line of account or report leads on)"}},
		{"a line that ends some time in the year", func(s *accountability.Spec) { s.Lines[0].Until = when("2025") }, subject, "", []string{health + " >duty party/director >reports-to party/minister >line party/parliament ?"}},
		{"a line to a post goes on from there", func(s *accountability.Spec) {
			s.Parties[0].ReportsTo = ""
			s.Lines = append(s.Lines, line("within", "director", partyRef("minister")))
		}, subject, "", []string{health + " >duty party/director >line party/minister >line party/parliament"}},
		{"two carriers, each with a way", func(s *accountability.Spec) {
			s.Duties = append(s.Duties, lead("e", "minister"), lead("f", "minister"))
		}, subject, "", []string{
			health + " >duty party/director >reports-to party/minister >line party/parliament", health + " >duty party/minister >line party/parliament"}},
		{"a body carries it", func(s *accountability.Spec) { s.Duties[0].Post = "board" }, subject, "", []string{health + " >duty party/board* (no line of account or report leads on)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			spec := department()
			if c.change != nil {
				c.change(&spec)
			}
			var got []string
			for _, p := range compile(t, spec, record.View{On: day("2025-06-01")}).PathToForum(c.from, record.Moment{}) {
				got = append(got, walked(p))
				assert.Equal(t, p.Whole, p.Break < 0)
				assert.Equal(t, p.Whole, p.Why == "")
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestPathToOneForum(t *testing.T) {
	s := department()
	s.Lines = append(s.Lines, line("near", "director", record.Ref{Kind: accountability.KindForum, ID: "committee"}))
	s.Holdings = []accountability.Holding{holds("h", "director", "ann")}
	r := compile(t, s, record.View{On: day("2025-06-01")})
	p := r.PathToForum(subject, record.Moment{})[0]
	assert.Equal(t, "mission/health >duty party/director >line forum/committee", walked(p))
	assert.Equal(t, []record.Ref{{Kind: accountability.KindDuty, ID: "d"}, {Kind: accountability.KindHolding, ID: "h"}, {Kind: accountability.KindLine, ID: "near"}}, p.Records)
	assert.Equal(t, "mission/health >duty party/director >reports-to party/minister >line party/parliament", walked(r.PathTo(subject, partyRef("parliament"), record.Moment{})[0]))
	assert.Equal(t, "party/parliament", walked(r.PathTo(partyRef("parliament"), partyRef("parliament"), record.Moment{})[0]))
	assert.Contains(t, walked(r.PathTo(subject, partyRef("bob"), record.Moment{})[0]), "no line of account or report leads on")
}

func TestPathFromWhatLiesWithin(t *testing.T) {
	milestone := record.Ref{Kind: "milestone", ID: "waits"}
	r := compile(t, department(), record.View{On: day("2025-06-01")}).WithContainers(func(s record.Ref) []record.Ref {
		if s == milestone {
			return []record.Ref{subject}
		}
		return nil
	})
	p := r.PathToForum(milestone, record.Moment{})
	require.Len(t, p, 1)
	assert.Equal(t, "milestone/waits >container mission/health >duty party/director >reports-to party/minister >line party/parliament", walked(p[0]))
}

func TestChain(t *testing.T) {
	s := department()
	s.Holdings = []accountability.Holding{holds("h", "director", "ann"), holds("i", "minister", "bob", "2024-01-01..")}
	r := compile(t, s, record.View{On: day("2025-06-01")})
	paths, ok := r.Chain(subject, accountability.MissionLead, record.Moment{})
	require.True(t, ok)
	require.Len(t, paths, 1)
	assert.Equal(t, "mission/health >duty party/director >reports-to party/minister >line party/parliament", walked(paths[0]))
	assert.Equal(t, record.ID("ann"), paths[0].Steps[1].Holders[0].Party)
	assert.Equal(t, accountability.Held, paths[0].Steps[2].State)
	_, ok = r.Chain(subject, accountability.Fund, record.Moment{})
	assert.False(t, ok)
	s.Duties = []accountability.Duty{stated("d", accountability.Unclear)}
	paths, ok = compile(t, s, record.View{}).Chain(subject, accountability.MissionLead, record.Moment{})
	require.True(t, ok)
	assert.Equal(t, "mission/health* (it is recorded as unclear)", walked(paths[0]))
}

// A long chain of reports is followed to its end without recursion.
func TestLongChain(t *testing.T) {
	s := accountability.Spec{Duties: []accountability.Duty{lead("d", "p0")}}
	const n = 5000
	for i := range n {
		p := post(record.ID(fmt.Sprintf("p%d", i)))
		if i+1 < n {
			p.ReportsTo = record.ID(fmt.Sprintf("p%d", i+1))
		}
		s.Parties = append(s.Parties, p)
	}
	paths := compile(t, s, record.View{}).PathToForum(subject, record.Moment{})
	assert.Len(t, paths[0].Steps, n+1)
	assert.Equal(t, n, paths[0].Break)
}
