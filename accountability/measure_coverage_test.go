package accountability_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

var repairs = record.Ref{Kind: "initiative", ID: "repairs"}

// answering is a register of one duty on one subject, and of lines of account of whoever may carry it.
func answering(duties []accountability.Duty, lines []accountability.Line) accountability.Spec {
	return accountability.Spec{
		Parties: []accountability.Party{
			{Record: record.New("a"), Kind: accountability.Post, Name: "A"}, {Record: record.New("b"), Kind: accountability.Post, Name: "B"},
			{Record: record.New("house"), Kind: accountability.Body, Name: "The House"},
		},
		Duties: duties, Lines: lines,
	}
}

func spanned(id record.ID, from, until string) record.Record {
	r := record.New(id)
	if from != "" {
		r.From = calendar.MustParseWhen(from)
	}
	if until != "" {
		r.Until = calendar.MustParseWhen(until)
	}
	return r
}

func carried(id, post record.ID, from, until string) accountability.Duty {
	return accountability.Duty{Record: spanned(id, from, until), Duty: accountability.SeniorOwner, Subject: repairs, Post: post}
}

func owes(id, actor record.ID, every calendar.Days, from, until string) accountability.Line {
	return accountability.Line{Record: spanned(id, from, until), Actor: actor, Forum: record.Ref{Kind: accountability.KindParty, ID: "house"}, Every: every}
}

func given(line record.ID, on string) accountability.AccountGiven {
	return accountability.AccountGiven{Line: line, On: calendar.MustParseWhen(on)}
}

func TestCarried(t *testing.T) {
	rival := carried("d3", "b", "2025-03-01", "2025-04-01")
	rival.Of, rival.Claimant = "d1", "another"
	kept := accountability.Duty{Record: spanned("d4", "2026-01-01", ""), Duty: accountability.SeniorOwner, Subject: repairs, State: accountability.Withheld}
	none := accountability.Duty{Record: spanned("d5", "2020-01-01", ""), Duty: accountability.SeniorOwner, Subject: repairs, State: accountability.Vacant}
	other := carried("d6", "b", "2020-01-01", "")
	other.Duty = accountability.AccountingOfficer
	r, err := accountability.Compile(answering([]accountability.Duty{carried("d1", "a", "2025-01-01", "2025-06-01"), carried("d2", "b", "2025-06", ""), rival, kept, none, other}, nil), record.View{})
	require.NoError(t, err)
	day := calendar.MustParseDate
	assert.Equal(t, []accountability.Spell{
		{Party: "a", From: day("2025-01-01"), Until: day("2025-03-01")},
		{Party: "a", From: day("2025-03-01"), Until: day("2025-04-01"), Possible: true},
		{Party: "b", From: day("2025-03-01"), Until: day("2025-04-01"), Possible: true},
		{Party: "a", From: day("2025-04-01"), Until: day("2025-06-01")},
		{Party: "b", From: day("2025-06-01"), Until: day("2025-06-30"), Possible: true},
		{Party: "b", From: day("2025-06-30")},
		{From: day("2026-01-01"), Possible: true},
	}, r.Carried(repairs, accountability.SeniorOwner, time.Time{}))
	assert.Equal(t, []accountability.Spell{{Party: "b", From: day("2020-01-01")}}, r.Carried(repairs, accountability.AccountingOfficer, time.Time{}))
	assert.Empty(t, r.Carried(repairs, accountability.Assure, time.Time{}))
	undated, err := accountability.Compile(answering([]accountability.Duty{carried("d1", "a", "", "")}, nil), record.View{})
	require.NoError(t, err)
	assert.Equal(t, []accountability.Spell{{Party: "a"}}, undated.Carried(repairs, accountability.SeniorOwner, time.Time{}))
}

func TestAnswerCover(t *testing.T) {
	whole := carried("d", "a", "", "")
	elsewhere := owes("l", "a", 30, "", "")
	elsewhere.Subject = record.Ref{Kind: "initiative", ID: "other"}
	for name, c := range map[string]struct {
		duties []accountability.Duty
		lines  []accountability.Line
		given  []accountability.AccountGiven
		want   accountability.AnswerCover
	}{
		"nobody":              {nil, []accountability.Line{owes("l", "a", 30, "", "")}, nil, accountability.AnswerCover{Days: 100, Nobody: 100}},
		"no line":             {[]accountability.Duty{whole}, nil, nil, accountability.AnswerCover{Days: 100, Unlined: 100}},
		"another's line":      {[]accountability.Duty{whole}, []accountability.Line{owes("l", "b", 30, "", "")}, nil, accountability.AnswerCover{Days: 100, Unlined: 100}},
		"on something else":   {[]accountability.Duty{whole}, []accountability.Line{elsewhere}, nil, accountability.AnswerCover{Days: 100, Unlined: 100}},
		"no account":          {[]accountability.Duty{whole}, []accountability.Line{owes("l", "a", 30, "", "")}, nil, accountability.AnswerCover{Days: 100, Unanswered: 70, Pending: 30}},
		"one account":         {[]accountability.Duty{whole}, []accountability.Line{owes("l", "a", 30, "", "")}, []accountability.AccountGiven{given("l", "2025-02-20")}, accountability.AnswerCover{Days: 100, Answered: 31, Unanswered: 39, Pending: 30}},
		"by the last day":     {[]accountability.Duty{whole}, []accountability.Line{owes("l", "a", 30, "", "")}, []accountability.AccountGiven{given("l", "2025-04-10")}, accountability.AnswerCover{Days: 100, Answered: 31, Unanswered: 69}},
		"after the window":    {[]accountability.Duty{whole}, []accountability.Line{owes("l", "a", 30, "", "")}, []accountability.AccountGiven{given("l", "2025-04-11")}, accountability.AnswerCover{Days: 100, Unanswered: 70, Pending: 30}},
		"how often not known": {[]accountability.Duty{whole}, []accountability.Line{owes("l", "a", 0, "", "")}, []accountability.AccountGiven{given("l", "2025-02-20")}, accountability.AnswerCover{Days: 100, Answered: 51, Unknown: 49}},
		"in some week":        {[]accountability.Duty{whole}, []accountability.Line{owes("l", "a", 30, "", "")}, []accountability.AccountGiven{given("l", "2025-02-20/2025-02-26")}, accountability.AnswerCover{Days: 100, Answered: 25, Unknown: 12, Unanswered: 33, Pending: 30}},
		"a line from a rough day": {[]accountability.Duty{whole}, []accountability.Line{owes("l", "a", 10, "2025-03", "")}, nil,
			accountability.AnswerCover{Days: 100, Unlined: 59, Unknown: 30, Unanswered: 1, Pending: 10}},
		"two lines, one kept": {[]accountability.Duty{whole}, []accountability.Line{owes("l", "a", 200, "", ""), owes("k", "a", 10, "", "")}, []accountability.AccountGiven{given("l", "2025-04-10")},
			accountability.AnswerCover{Days: 100, Answered: 100}},
		"half of the window": {[]accountability.Duty{carried("d", "a", "2025-01-01", "2025-02-20")}, []accountability.Line{owes("l", "a", 10, "", "")}, []accountability.AccountGiven{given("unknown-line", "2025-01-05")},
			accountability.AnswerCover{Days: 100, Nobody: 50, Unanswered: 50}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := accountability.Compile(answering(c.duties, c.lines), record.View{})
			require.NoError(t, err)
			assert.Equal(t, c.want, r.AnswerCover(repairs, accountability.SeniorOwner, c.given, calendar.MustParseDate("2025-01-01"), calendar.MustParseDate("2025-04-11"), time.Time{}))
		})
	}
	r, err := accountability.Compile(answering([]accountability.Duty{whole}, nil), record.View{})
	require.NoError(t, err)
	assert.Zero(t, r.AnswerCover(repairs, accountability.SeniorOwner, nil, calendar.MustParseDate("2025-01-01"), calendar.MustParseDate("2025-01-01"), time.Time{}))
	assert.True(t, math.IsNaN(accountability.AnswerCover{}.Share()))
}

// dailyCover asks about every day by itself, and about every account and line on it.
func dailyCover(r *accountability.Register, accounts []accountability.AccountGiven, from, until calendar.Date) accountability.AnswerCover {
	c := accountability.AnswerCover{Days: until.Sub(from)}
	for day := from; day.Before(until); day = day.Add(1) {
		at := record.Moment{On: day}
		posts := map[record.ID]bool{} // and whether it certainly carries the duty
		said := map[record.ID][]accountability.Carrier{}
		a, _ := r.Answerable(repairs, accountability.SeniorOwner, at)
		for _, k := range a.Carriers {
			said[k.Duty.Fact()] = append(said[k.Duty.Fact()], k)
		}
		for _, list := range said {
			for _, k := range list {
				on := calendar.No
				for _, d := range r.CarriedBy(k.Post, at) {
					if d.Record == k.Duty {
						on = d.On
					}
				}
				same := !slices.ContainsFunc(list, func(o accountability.Carrier) bool { return o.Post != k.Post })
				posts[k.Post] = posts[k.Post] || same && on == calendar.Certainly
			}
		}
		var answered, pending, unknown, lined, sure bool
		for post, certain := range posts {
			unknown = unknown || !certain
			if !certain {
				continue
			}
			sure = true
			for _, l := range r.Lines(post, at) {
				lined = true
				if l.On != calendar.Certainly {
					unknown = true
					continue
				}
				every := l.Record.Every
				unknown = unknown || every == 0
				pending = pending || every > 0 && !day.Add(every).Before(until)
				for _, g := range accounts {
					if g.Line != l.Record.Fact() {
						continue
					}
					all, some := true, false
					for e := g.On.Earliest(); !e.After(g.On.Latest()); e = e.Add(1) {
						in := !e.Before(day) && e.Before(until) && (every == 0 || !e.After(day.Add(every)))
						all, some = all && in, some || in
					}
					answered, unknown = answered || all, unknown || some
				}
			}
		}
		switch {
		case answered:
			c.Answered++
		case pending:
			c.Pending++
		case unknown:
			c.Unknown++
		case !sure:
			c.Nobody++
		case !lined:
			c.Unlined++
		default:
			c.Unanswered++
		}
	}
	return c
}

func FuzzAnswerCover(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := rand.New(rand.NewPCG(seed, 22))
		start := calendar.On(2025, time.January, 1)
		when := func() string {
			switch d.IntN(6) {
			case 0:
				return ""
			case 1:
				return "2025-02"
			}
			return start.Add(calendar.Days(d.IntN(90) - 15)).String()
		}
		post := func() record.ID { return record.ID([]string{"a", "b"}[d.IntN(2)]) }
		period := func(id record.ID) record.Record {
			r := spanned(id, when(), when())
			if r.Valid().Inverted() || r.Valid().Empty() {
				r.Until = calendar.When{}
			}
			return r
		}
		var duties []accountability.Duty
		for n := range d.IntN(4) {
			u := carried(record.ID(fmt.Sprintf("d%d", n)), post(), "", "")
			u.Record = period(u.ID)
			if n == 1 && d.IntN(2) == 0 {
				u.Of, u.Claimant = "d0", "another"
			}
			duties = append(duties, u)
		}
		var lines []accountability.Line
		var accounts []accountability.AccountGiven
		for n := range d.IntN(4) {
			l := owes(record.ID(fmt.Sprintf("l%d", n)), post(), calendar.Days(d.IntN(3)*13), "", "")
			l.Record = period(l.ID)
			lines = append(lines, l)
			for range d.IntN(3) {
				if on := when(); on != "" {
					accounts = append(accounts, given(l.ID, on))
				}
			}
		}
		r, err := accountability.Compile(answering(duties, lines), record.View{})
		require.NoError(t, err)
		from, until := start, start.Add(60)
		got := r.AnswerCover(repairs, accountability.SeniorOwner, accounts, from, until, time.Time{})
		assert.Equal(t, dailyCover(r, accounts, from, until), got)
		assert.Equal(t, got.Days, got.Nobody+got.Unlined+got.Answered+got.Unanswered+got.Pending+got.Unknown)
	})
}

func TestAnswerCoversOrder(t *testing.T) {
	on := func(id record.ID, word string, subject record.ID) accountability.Duty {
		d := carried(id, "a", "", "")
		d.Duty, d.Subject.ID = word, subject
		return d
	}
	r, err := accountability.Compile(answering([]accountability.Duty{on("d1", accountability.SeniorOwner, "y"), on("d2", accountability.Lead, "y"), on("d3", accountability.Lead, "x"), on("d4", accountability.Advise, "x")}, nil), record.View{})
	require.NoError(t, err)
	var got []string
	for _, c := range r.AnswerCovers(nil, calendar.MustParseDate("2025-01-01"), calendar.MustParseDate("2025-01-11"), time.Time{}) {
		got = append(got, fmt.Sprint(c.Subject, " ", c.Duty, " ", c.Cover.Unlined))
	}
	assert.Equal(t, []string{"initiative/x lead 10", "initiative/y lead 10", "initiative/y senior-responsible-owner 10"}, got)
}

func TestLearningYield(t *testing.T) {
	space := func(id record.ID, from, until string, change func(*accountability.LearningSpace)) accountability.LearningSpace {
		s := accountability.LearningSpace{Record: spanned(id, from, until), Subject: repairs}
		if change != nil {
			change(&s)
		}
		return s
	}
	pounds := func(n int64) record.Money { return record.Money{Minor: n, Currency: "GBP"} }
	spaces := []accountability.LearningSpace{
		space("running", "2025-01-01", "2027-01-01", func(s *accountability.LearningSpace) { s.SpendCap = pounds(200) }),
		space("closed", "2025-01-01", "2026-01-01", func(s *accountability.LearningSpace) {
			s.Debriefed, s.Reuse, s.SpendCap = calendar.MustParseWhen("2026-02-01"), []string{"the next round", "the handbook", "the handbook"}, pounds(100)
		}),
		space("bare", "2025-01-01", "2026-01-01", nil),
		space("late", "2025-01-01", "2026-01-01", func(s *accountability.LearningSpace) { s.Debriefed = calendar.MustParseWhen("2026") }),
		space("rough", "2025-01-01", "2026", nil),
		space("to-come", "2026-09-01", "2027-01-01", nil),
		space("endless", "2025-01-01", "", nil),
		space("disputed", "2025-01-01", "2026-01-01", nil),
	}
	rival := space("disputed-too", "2025-01-01", "2027-01-01", nil)
	rival.Of, rival.Claimant = "disputed", "another"
	r, err := accountability.Compile(accountability.Spec{Spaces: append(spaces, rival)}, record.View{})
	require.NoError(t, err)
	spent := map[record.ID]record.Money{"closed": pounds(80), "running": {Minor: 5, Currency: "EUR"}, "bare": pounds(3)}
	y := r.LearningYield(spent, record.Moment{On: calendar.MustParseDate("2026-06-30")})
	assert.Equal(t, []int{3, 1, 1, 2}, []int{y.Closed, y.Debriefed, y.Reused, y.Perhaps})
	assert.InDelta(t, 1.0/3, y.DebriefedShare(), 1e-12)
	assert.InDelta(t, 1.0/3, y.ReusedShare(), 1e-12)
	got := []string{}
	for _, s := range y.Spaces {
		got = append(got, fmt.Sprint(s.Space, " ", s.Closed, " ", s.Debriefed, " ", s.Reused, " ", s.CapUse))
	}
	assert.Equal(t, []string{
		"bare certainly false 0 NaN", "closed certainly true 2 0.8", "disputed possibly false 0 NaN", "endless no false 0 NaN",
		"late certainly false 0 NaN", "rough possibly false 0 NaN", "running no false 0 NaN", "to-come no false 0 NaN",
	}, got)
	none := r.LearningYield(nil, record.Moment{})
	assert.Equal(t, []int{0, 0, 0, 8}, []int{none.Closed, none.Debriefed, none.Reused, none.Perhaps})
	assert.True(t, math.IsNaN(none.DebriefedShare()) && math.IsNaN(none.ReusedShare()))
}

func ExampleRegister_AnswerCover() {
	r, err := accountability.Compile(answering(
		[]accountability.Duty{carried("d", "a", "2025-01-01", "")},
		[]accountability.Line{owes("quarterly", "a", 92, "2025-03-01", "")}), record.View{})
	if err != nil {
		fmt.Println(err)
	}
	accounts := []accountability.AccountGiven{{Line: "quarterly", On: calendar.MustParseWhen("2025-05-30")}}
	from, until := calendar.MustParseDate("2025-01-01"), calendar.MustParseDate("2026-01-01")
	var c accountability.AnswerCover = r.AnswerCover(repairs, accountability.SeniorOwner, accounts, from, until, time.Time{})
	fmt.Println(c.Days, "days:", c.Unlined, "without a line,", c.Answered, "answered,", c.Unanswered, "not,", c.Pending, "still to be,", c.Unknown, "unknown,", c.Nobody, "with nobody")
	fmt.Printf("share %.3f\n", c.Share())
	var all []accountability.SubjectCover = r.AnswerCovers(accounts, from, until, time.Time{})
	fmt.Println(all[0].Subject, all[0].Duty, all[0].Cover == c)
	for _, s := range r.Carried(repairs, accountability.SeniorOwner, time.Time{}) {
		fmt.Println(s.Party, "carries it from", s.From)
	}
	// Output:
	// 365 days: 59 without a line, 91 answered, 123 not, 92 still to be, 0 unknown, 0 with nobody
	// share 0.333
	// initiative/repairs senior-responsible-owner true
	// a carries it from 2025-01-01
}

func ExampleRegister_LearningYield() {
	r, err := accountability.Compile(accountability.Spec{Spaces: []accountability.LearningSpace{{
		Record: spanned("trial", "2025-01-01", "2026-01-01"), Subject: repairs, SpendCap: record.Money{Minor: 50_000_00, Currency: "GBP"},
		Debriefed: calendar.MustParseWhen("2026-01-20"), Reuse: []string{"the second round"},
	}}}, record.View{})
	if err != nil {
		fmt.Println(err)
	}
	spent := map[record.ID]record.Money{"trial": {Minor: 20_000_00, Currency: "GBP"}}
	var y accountability.LearningYield = r.LearningYield(spent, record.Moment{On: calendar.MustParseDate("2026-06-30")})
	fmt.Println(y.Closed, "closed,", y.Perhaps, "perhaps:", y.DebriefedShare(), "debriefed,", y.ReusedShare(), "reused")
	var s accountability.SpaceYield = y.Spaces[0]
	fmt.Println(s.Space, s.Closed, s.Debriefed, s.Reused, s.CapUse)
	// Output:
	// 1 closed, 0 perhaps: 1 debriefed, 1 reused
	// trial certainly true 1 0.4
}
