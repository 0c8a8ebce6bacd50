package accountability_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func day(s string) calendar.Date {
	if s == "" {
		return calendar.Date{}
	}
	return calendar.MustParseDate(s)
}

func when(s string) calendar.When {
	if s == "" {
		return calendar.When{}
	}
	return calendar.MustParseWhen(s)
}

var subject = record.Ref{Kind: "mission", ID: "health"}

// shared fills the part of a record that a test gives in words: "from..until", "@recorded", "of=", "by=" a claimant, a verb.
func shared(id record.ID, words ...string) record.Record {
	r := record.Record{ID: id, Reason: "so"}
	for _, word := range words {
		from, until, period := strings.Cut(word, "..")
		switch {
		case word == "":
		case period:
			r.From, r.Until = when(from), when(until)
		case word[0] == '@':
			r.Recorded = day(word[1:]).In(time.UTC)
		case strings.HasPrefix(word, "of="):
			r.Of = record.ID(word[3:])
		case strings.HasPrefix(word, "by="):
			r.Claimant = word[3:]
		default:
			if err := r.Verb.UnmarshalText([]byte(word)); err != nil {
				panic(err)
			}
		}
	}
	return r
}

func lead(id record.ID, post record.ID, words ...string) accountability.Duty {
	return accountability.Duty{Record: shared(id, words...), Duty: accountability.MissionLead, Subject: subject, Post: post}
}

func stated(id record.ID, state accountability.DutyState, words ...string) accountability.Duty {
	d := lead(id, "", words...)
	d.State = state
	return d
}

func holds(id, post, holder record.ID, words ...string) accountability.Holding {
	return accountability.Holding{Record: shared(id, words...), Post: post, Holder: holder}
}

func post(id record.ID) accountability.Party {
	return accountability.Party{Record: record.New(id), Kind: accountability.Post, Name: string(id)}
}

// cast is the parties of the tests: two posts, two persons, a body and an organisation.
func cast() []accountability.Party {
	return []accountability.Party{
		post("director"), post("minister"),
		{Record: record.New("ann"), Kind: accountability.Person}, {Record: record.New("bob"), Kind: accountability.Person},
		{Record: record.New("board"), Kind: accountability.Body, Name: "Board"}, {Record: record.New("dept"), Kind: accountability.Organisation, Name: "Department"},
	}
}

func compile(t *testing.T, s accountability.Spec, view record.View) *accountability.Register {
	t.Helper()
	if s.Parties == nil {
		s.Parties = cast()
	}
	r, err := accountability.Compile(s, view)
	require.NoError(t, err)
	return r
}

// told prints an answer: "state?: carrier=holder,holder?; carrier; why", where ? marks what is not certain.
func told(a accountability.Answer, ok bool) string {
	if !ok {
		return "silence"
	}
	var carriers []string
	for _, c := range a.Carriers {
		var holders []string
		for _, h := range c.Holders {
			name := string(h.Party)
			if h.On != calendar.Certainly {
				name += "?"
			}
			holders = append(holders, name)
		}
		carriers = append(carriers, string(c.Post)+"="+strings.Join(holders, ","))
	}
	s := a.State.String()
	if !a.Certain {
		s += "?"
	}
	return strings.TrimSpace(s + " " + strings.Join(carriers, " "))
}

func TestAnswerable(t *testing.T) {
	type ask struct{ on, known, want string }
	for _, c := range []struct {
		name     string
		duties   []accountability.Duty
		holdings []accountability.Holding
		asks     []ask
	}{
		{"silence is neither held nor vacant", nil, []accountability.Holding{holds("h", "director", "ann")}, []ask{{"2025-01-01", "", "silence"}}},
		{"a post carries it, whoever holds it", []accountability.Duty{lead("d", "director")}, nil, []ask{{"2025-01-01", "", "held director="}, {"", "", "held director="}}},
		{"a body carries it itself", []accountability.Duty{lead("d", "board")}, nil, []ask{{"2025-01-01", "", "held board="}}},
		{"a holder, and after the holder", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "2024-07-05..2025-09-01")}, []ask{
			{"2024-07-05", "", "held director=ann"}, {"2025-08-31", "", "held director=ann"}, {"2025-09-01", "", "vacant director="}}},
		{"that records begin says nothing of the days before", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "2024-07-05..")}, []ask{{"2024-07-04", "", "held director="}}},
		{"a gap between holders", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "2024-07-05..2025-01-01"), holds("i", "director", "bob", "2025-02-01..")}, []ask{
			{"2025-01-15", "", "vacant director="}, {"2025-02-01", "", "held director=bob"}}},
		{"a holder whose end nobody knows is possibly there, never gone", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "2024-07-05..unknown")}, []ask{
			{"2024-07-05", "", "held? director=ann?"}, {"2030-01-01", "", "held? director=ann?"}, {"2024-07-04", "", "held director="}}},
		{"unless another is recorded", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "2024-07-05..unknown"), holds("i", "director", "bob", "2025-02-01..")}, []ask{{"2025-03-01", "", "held? director=ann?,bob"}}},
		{"a start known to a quarter", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "2024-Q3..")}, []ask{
			{"2024-06-30", "", "held director="}, {"2024-08-01", "", "held? director=ann?"}, {"2024-09-30", "", "held director=ann"}}},
		{"an end known to a month", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "..2025-09")}, []ask{
			{"2025-08-31", "", "held director=ann"}, {"2025-09-15", "", "held? director=ann?"}, {"2025-09-30", "", "vacant director="}}},
		{"acting beside the substantive", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann"), acting(holds("i", "director", "bob", "2025-03-02..2025-09-11"))}, []ask{
			{"2025-03-01", "", "held director=ann"}, {"2025-03-02", "", "held director=ann,bob"}}},
		{"the duty itself begins and ends", []accountability.Duty{lead("d", "director", "2024-07-05..2025-09-01")}, nil, []ask{{"2024-07-04", "", "silence"}, {"2024-07-05", "", "held director="}, {"2025-09-01", "", "silence"}}},
		{"the duty begins some time in a year", []accountability.Duty{lead("d", "director", "2024..")}, nil, []ask{{"2024-06-30", "", "held? director="}, {"2024-12-31", "", "held director="}}},
		{"without a day, the latest word, and no more", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "2024-07-05..2025-01-01")}, []ask{{"", "", "held? director=ann"}}},
		{"known to be vacant", []accountability.Duty{stated("d", accountability.Vacant)}, nil, []ask{{"2025-01-01", "", "vacant"}}},
		{"unclear to its own source", []accountability.Duty{stated("d", accountability.Unclear)}, nil, []ask{{"2025-01-01", "", "unclear"}}},
		{"unclear, with a name that is offered", []accountability.Duty{func() accountability.Duty { d := lead("d", "director"); d.State = accountability.Unclear; return d }()}, nil, []ask{{"2025-01-01", "", "unclear director="}}},
		{"recorded as contested", []accountability.Duty{stated("d", accountability.Contested), lead("e", "director")}, nil, []ask{{"2025-01-01", "", "contested director="}}},
		{"claimants differ", []accountability.Duty{lead("d", "director", "of=f", "by=A"), lead("e", "minister", "of=f", "by=B")}, nil, []ask{{"2025-01-01", "", "contested director= minister="}}},
		{"one says it is held and another that it is not", []accountability.Duty{lead("d", "director", "of=f", "by=A"), stated("e", accountability.Vacant, "of=f", "by=B")}, nil, []ask{{"2025-01-01", "", "contested director="}}},
		{"claimants agree", []accountability.Duty{lead("d", "director", "of=f", "by=A"), func() accountability.Duty {
			d := lead("e", "director", "of=f", "by=B")
			d.State = accountability.Held
			return d
		}()}, nil, []ask{{"2025-01-01", "", "held director= director="}}},
		{"shared by two posts", []accountability.Duty{lead("d", "director"), lead("e", "minister")}, []accountability.Holding{holds("h", "director", "ann"), holds("i", "minister", "bob")}, []ask{{"2025-01-01", "", "held director=ann minister=bob"}}},
		{"shared, and one of the posts is empty", []accountability.Duty{lead("d", "director"), lead("e", "minister")}, []accountability.Holding{holds("h", "director", "ann", "..2024-01-01"), holds("i", "minister", "bob")}, []ask{{"2025-01-01", "", "held director= minister=bob"}}},
		{"handed on, as known", []accountability.Duty{lead("d", "director", "@2024-08-01"), lead("e", "minister", "of=d", "change", "2025-01-01..", "@2025-02-01")}, nil, []ask{
			{"2024-12-31", "", "held director="}, {"2025-01-01", "", "held minister="}, {"2025-01-01", "2025-01-31", "held director="}, {"2025-01-01", "2024-07-31", "silence"}}},
		{"never so", []accountability.Duty{lead("d", "director", "@2024-08-01"), lead("e", "", "of=d", "retract", "@2025-02-01")}, nil, []ask{{"2025-03-01", "", "silence"}, {"2025-03-01", "2025-01-31", "held director="}}},
		{"the holder was somebody else, as we now know", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "2024-07-05..", "@2024-07-06"), holds("i", "director", "bob", "of=h", "correct", "2024-07-05..", "@2024-08-01")}, []ask{
			{"2024-07-10", "2024-07-31", "held director=ann"}, {"2024-07-10", "", "held director=bob"}}},
		{"a holding closed later", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "2024-07-05..", "@2024-07-06"), holds("i", "director", "ann", "of=h", "close", "..2025-01-01", "@2025-01-02")}, []ask{
			{"2025-01-01", "2025-01-01", "held director=ann"}, {"2025-01-01", "", "vacant director="}}},
		{"a holding moved to another post was filed wrongly", []accountability.Duty{lead("d", "director")}, []accountability.Holding{holds("h", "director", "ann", "@2024-07-06"), holds("i", "minister", "ann", "of=h", "correct", "@2025-01-02")}, []ask{
			{"2025-01-01", "2025-01-01", "held director=ann"}, {"2025-01-01", "", "held director="}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := compile(t, accountability.Spec{Duties: c.duties, Holdings: c.holdings}, record.View{})
			for _, a := range c.asks {
				at := record.Moment{On: day(a.on)}
				if a.known != "" {
					at.Known = day(a.known).In(time.UTC)
				}
				answer, ok := r.Answerable(subject, accountability.MissionLead, at)
				assert.Equal(t, a.want, told(answer, ok), "on %s, known %s", a.on, a.known)
				if ok && (answer.State != accountability.Held || !answer.Certain) {
					assert.NotEmpty(t, answer.Why, "what is not plainly held has its reason")
				}
				if ok {
					assert.Equal(t, accountability.MissionLead, answer.Duty)
					assert.Equal(t, subject, answer.Subject)
					assert.NotEmpty(t, answer.Records)
				}
			}
		})
	}
}

func acting(h accountability.Holding) accountability.Holding {
	h.Basis = "acting"
	return h
}

func TestAnswerSaysWhy(t *testing.T) {
	for _, c := range []struct {
		why  string
		on   string
		spec accountability.Spec
	}{
		{"", "2025-01-01", accountability.Spec{Duties: []accountability.Duty{lead("d", "director")}}},
		{"the post that carries it has no holder", "2025-01-01", accountability.Spec{Duties: []accountability.Duty{lead("d", "director")}, Holdings: []accountability.Holding{holds("h", "director", "ann", "..2024-01-01")}}},
		{"it is recorded as unclear", "2025-01-01", accountability.Spec{Duties: []accountability.Duty{stated("d", accountability.Unclear)}}},
		{"it is recorded as vacant", "2025-01-01", accountability.Spec{Duties: []accountability.Duty{stated("d", accountability.Vacant)}}},
		{"it is recorded as contested", "2025-01-01", accountability.Spec{Duties: []accountability.Duty{stated("d", accountability.Contested)}}},
		{"claimants differ on who carries it", "2025-01-01", accountability.Spec{Duties: []accountability.Duty{lead("d", "director", "of=f", "by=A"), lead("e", "minister", "of=f", "by=B")}}},
		{"a date that it rests on is not known well enough to be sure", "2025-01-01", accountability.Spec{Duties: []accountability.Duty{lead("d", "director", "unknown..")}}},
		{"no day is given: this is the latest word, which need not hold today", "", accountability.Spec{Duties: []accountability.Duty{lead("d", "director", "2024-01-01..")}}},
	} {
		a, ok := compile(t, c.spec, record.View{On: day(c.on)}).Answerable(subject, accountability.MissionLead, record.Moment{})
		require.True(t, ok)
		assert.Equal(t, c.why, a.Why)
	}
}

func TestAnswerNamesItsRecords(t *testing.T) {
	r := compile(t, accountability.Spec{
		Duties:   []accountability.Duty{lead("d", "director", "of=f", "by=A"), lead("e", "director", "of=f", "by=B")},
		Holdings: []accountability.Holding{holds("h", "director", "ann"), holds("old", "director", "bob", "..2020-01-01")},
	}, record.View{On: day("2025-01-01")})
	a, _ := r.Answerable(subject, accountability.MissionLead, record.Moment{})
	assert.Equal(t, []record.Ref{{Kind: accountability.KindDuty, ID: "d"}, {Kind: accountability.KindHolding, ID: "h"}, {Kind: accountability.KindDuty, ID: "e"}}, a.Records)
	assert.Equal(t, record.ID("h"), a.Carriers[0].Holders[0].Holding.ID)
	assert.Equal(t, record.ID("d"), a.Carriers[0].Duty.ID)
	assert.Equal(t, accountability.Held, a.Carriers[0].Filled)
}

func TestHolders(t *testing.T) {
	r := compile(t, accountability.Spec{
		Parties: append(cast(), accountability.Party{Record: shared("director-2", "of=director", "change"), Kind: accountability.Post, Name: "Director general", Seats: 2},
			accountability.Party{Record: shared("ann-2", "of=ann", "correct"), Kind: accountability.Person, Name: "Anne"}),
		Holdings: []accountability.Holding{holds("h", "director-2", "ann-2", "2024-01-01.."), holds("i", "director", "bob", "2024-06-01..2025-01-01"), holds("j", "minister", "dept")},
		Duties:   []accountability.Duty{lead("d", "director-2")},
	}, record.View{On: day("2024-08-01")})
	for _, id := range []record.ID{"director", "director-2"} {
		holders, state := r.Holders(id, record.Moment{})
		assert.Equal(t, accountability.Held, state)
		require.Len(t, holders, 2, "two seats; the register counts nobody out")
		assert.Equal(t, []record.ID{"ann", "bob"}, []record.ID{holders[0].Party, holders[1].Party})
		assert.Len(t, r.CarriedBy(id, record.Moment{}), 1)
	}
	_, state := r.Holders("board", record.Moment{})
	assert.Zero(t, state, "a body is no post")
	_, state = r.Holders("nobody", record.Moment{})
	assert.Zero(t, state)
	for _, id := range []record.ID{"ann", "ann-2"} {
		claims := r.HeldBy(id, record.Moment{})
		require.Len(t, claims, 1)
		assert.Equal(t, record.ID("h"), claims[0].Record.ID)
	}
	assert.Len(t, r.HeldBy("dept", record.Moment{}), 1, "organisations may hold posts")
	assert.Empty(t, r.HeldBy("bob", record.Moment{On: day("2025-01-01")}))
	assert.Equal(t, 2, r.Party("director", record.Moment{})[0].Record.Seats)
	assert.Equal(t, []record.ID{"director", "minister", "ann", "bob", "board", "dept"}, r.Parties())
}

// A holding that was given to somebody else is no longer the first one's; nor a duty, a letter, a forum or a freedom.
func TestAnswersFollowWhatARecordNowSpeaksAbout(t *testing.T) {
	other := record.Ref{Kind: "mission", ID: "growth"}
	moved := func(id record.ID) record.Record { return shared(id+"2", "of="+string(id), "correct", "@2025-06-01") }
	d2 := lead("d", "minister")
	d2.Record, d2.Subject = moved("d"), other
	r := compile(t, accountability.Spec{
		Holdings: []accountability.Holding{holds("h", "director", "ann"), {Record: moved("h"), Post: "director", Holder: "bob"}},
		Duties:   []accountability.Duty{lead("d", "director"), d2},
		Mandates: []accountability.Mandate{{Record: record.New("m"), To: "director"}, {Record: moved("m"), To: "minister"}},
		Forums:   []accountability.Forum{{Record: record.New("f"), Kind: "council", Subject: subject}, {Record: moved("f"), Kind: "council", Subject: other}},
		Freedoms: []accountability.Freedom{{Record: record.New("l"), Name: "leave", Subject: subject}, {Record: moved("l"), Name: "leave", Subject: other}},
	}, record.View{})
	before := record.Moment{Known: day("2025-01-01").In(time.UTC)}
	for _, c := range []struct {
		at     record.Moment
		counts [2]int // of the first and the second
	}{{before, [2]int{1, 0}}, {record.Moment{}, [2]int{0, 1}}} {
		for name, got := range map[string][2]int{
			"held by":    {len(r.HeldBy("ann", c.at)), len(r.HeldBy("bob", c.at))},
			"carried by": {len(r.CarriedBy("director", c.at)), len(r.CarriedBy("minister", c.at))},
			"mandates":   {len(r.Mandates("director", c.at)), len(r.Mandates("minister", c.at))},
			"forums":     {len(r.Forums(subject, c.at)), len(r.Forums(other, c.at))},
			"freedoms":   {len(r.Freedoms(subject, c.at)), len(r.Freedoms(other, c.at))},
		} {
			assert.Equal(t, c.counts, got, name)
		}
		_, first := r.Answerable(subject, accountability.MissionLead, c.at)
		_, second := r.Answerable(other, accountability.MissionLead, c.at)
		assert.Equal(t, c.counts, [2]int{b2i(first), b2i(second)})
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestDutiesAndVacancies(t *testing.T) {
	other := record.Ref{Kind: "milestone", ID: "homes"}
	owner := stated("o", accountability.Unclear)
	owner.Duty, owner.Subject = accountability.MilestoneOwner, other
	fund := lead("g", "dept")
	fund.Duty = accountability.Fund
	r := compile(t, accountability.Spec{
		Duties:   []accountability.Duty{owner, lead("d", "director"), fund, lead("e", "minister", "..2020-01-01"), func() accountability.Duty { d := fund; d.Record = record.New("own-word"); d.Duty = "bless"; return d }()},
		Holdings: []accountability.Holding{holds("h", "director", "ann", "..2024-01-01")},
	}, record.View{On: day("2025-01-01")})
	assert.Equal(t, []string{"mission-lead", "fund", "bless"}, r.Duties(subject), "standard words and others, in the order of the Spec")
	assert.Empty(t, r.Duties(record.Ref{}))
	var got []string
	for _, a := range r.Vacancies(record.Moment{}) {
		got = append(got, fmt.Sprint(a.Subject, " ", a.Duty, " ", a.State))
	}
	assert.Equal(t, []string{"milestone/homes milestone-owner unclear", "mission/health mission-lead vacant"}, got)
	assert.Len(t, r.Vacancies(record.Moment{On: day("2023-01-01")}), 1)
}

// Two members of one board's story, side by side: what the board's standing is, and who sits on it.
func TestRivalClaimsOnAForum(t *testing.T) {
	r := compile(t, accountability.Spec{Forums: []accountability.Forum{
		{Record: shared("board-a", "of=standing", "by=a member of the House"), Kind: accountability.MissionBoard, Subject: subject, Standing: "not a Cabinet committee"},
		{Record: shared("board-b", "of=standing", "by=the department"), Kind: accountability.MissionBoard, Subject: subject, Standing: "Cabinet committee", Members: record.Withheld[[]record.ID]("proceedings of Cabinet committees")},
	}}, record.View{})
	claims := r.Forums(subject, record.Moment{})
	require.Len(t, claims, 2)
	assert.Equal(t, "not a Cabinet committee", claims[0].Record.Standing)
	assert.Equal(t, "Cabinet committee", claims[1].Record.Standing)
	assert.Equal(t, "withheld (proceedings of Cabinet committees)", claims[1].Record.Members.Why())
	assert.Empty(t, r.Forums(record.Ref{Kind: "mission", ID: "growth"}, record.Moment{}))
}

func TestFreedomsGrantedAndPerceived(t *testing.T) {
	r := compile(t, accountability.Spec{Freedoms: []accountability.Freedom{
		{Record: shared("giver", "of=leave", "by=the department"), Name: "to spend across budgets", Giver: "dept", Holder: "director", Subject: subject, Granted: record.Known(true)},
		{Record: shared("holder", "of=leave", "by=the director"), Name: "to spend across budgets", Giver: "dept", Holder: "director", Subject: subject, Granted: record.Known(true), Perceived: record.Known(false), Used: record.Known(false)},
	}}, record.View{})
	claims := r.Freedoms(subject, record.Moment{})
	require.Len(t, claims, 2)
	assert.Equal(t, record.Known(true), claims[0].Record.Granted)
	assert.True(t, claims[0].Record.Perceived.IsZero(), "the giver cannot say how it is perceived")
	assert.Equal(t, record.Known(false), claims[1].Record.Perceived)
}

func TestViewLeavesOut(t *testing.T) {
	d := lead("e", "minister", "of=d", "change", "2025-01-01..")
	d.Grade = record.Hearsay
	spec := accountability.Spec{Duties: []accountability.Duty{lead("d", "director"), d}}
	a, _ := compile(t, spec, record.View{On: day("2025-06-01")}).Answerable(subject, accountability.MissionLead, record.Moment{})
	assert.Equal(t, record.ID("minister"), a.Carriers[0].Post)
	a, _ = compile(t, spec, record.View{On: day("2025-06-01"), Without: []record.Grade{record.Hearsay}}).Answerable(subject, accountability.MissionLead, record.Moment{})
	assert.Equal(t, record.ID("director"), a.Carriers[0].Post)
	assert.Len(t, spec.Duties, 2)
}

func TestZeroRegister(t *testing.T) {
	var r accountability.Register
	none := record.Moment{On: day("2025-01-01")}
	_, ok := r.Answerable(subject, accountability.MissionLead, none)
	assert.False(t, ok)
	holders, state := r.Holders("a", none)
	assert.Empty(t, holders)
	assert.Zero(t, state)
	assert.Empty(t, r.Duties(subject))
	assert.Empty(t, r.HeldBy("a", none))
	assert.Empty(t, r.CarriedBy("a", none))
	assert.Empty(t, r.Vacancies(none))
	assert.Empty(t, r.Party("a", none))
	assert.Empty(t, r.Parties())
	assert.Empty(t, r.Forums(subject, none))
	assert.Empty(t, r.Mandates("a", none))
	assert.Empty(t, r.Freedoms(subject, none))
	q, err := accountability.Compile(accountability.Spec{}, record.View{})
	require.NoError(t, err)
	assert.Empty(t, q.Parties())
}
