package accountability_test

import (
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

// The 21 treated patients of Freireich and others, Blood 21, 1963, as in every textbook of survival analysis.
func TestKaplanMeier(t *testing.T) {
	var lives []accountability.Lifetime
	for _, d := range []int{6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35} {
		lives = append(lives, accountability.Lifetime{Days: calendar.Days(max(d, -d)), Open: d < 0})
	}
	curve := accountability.KaplanMeier(lives)
	at := make(map[calendar.Days]float64)
	for _, s := range curve {
		at[s.Days] = s.Share
	}
	for days, want := range map[calendar.Days]float64{6: .8571, 10: .7529, 16: .6275, 23: .4482} {
		assert.InDelta(t, want, at[days], 5e-5)
	}
	assert.Len(t, curve, 7)
	assert.Equal(t, [3]int{6, 21, 3}, [3]int{int(curve[0].Days), curve[0].AtRisk, curve[0].Ended})
	median, ok := accountability.MedianSurvival(curve)
	assert.True(t, ok)
	assert.Equal(t, calendar.Days(23), median)
	_, ok = accountability.MedianSurvival(accountability.KaplanMeier(lives[3:4]))
	assert.False(t, ok)
	assert.Empty(t, accountability.KaplanMeier([]accountability.Lifetime{{Days: -1}}))
	// Without open ones the curve falls by equal steps, and its median is the ordinary one.
	even := accountability.KaplanMeier([]accountability.Lifetime{{Days: 1}, {Days: 2}, {Days: 3}, {Days: 4}})
	median, _ = accountability.MedianSurvival(even)
	assert.Equal(t, calendar.Days(2), median)
}

func TestTenure(t *testing.T) {
	spells := []accountability.Spell{
		{Party: "a", From: day("2020-01-01"), Until: day("2020-01-11")},
		{Party: "b", From: day("2020-01-11"), Until: day("2020-03-01")},
		{Party: "c", From: day("2020-02-01")},
		{Party: "d", From: day("2021-01-01")},
		{Party: "e", Until: day("2019-01-01")},
		{Party: "f", From: day("2019-01-01"), Until: day("2019-02-01"), Possible: true},
	}
	tenure := accountability.TenureOf(spells, day("2020-02-20"))
	assert.Equal(t, []calendar.Days{10}, tenure.Ended)
	assert.Equal(t, 2, tenure.Open)
	assert.Equal(t, 3, tenure.Left)
	assert.Equal(t, 10.0, tenure.Mean())
	assert.True(t, math.IsNaN(tenure.Expected()))
	all := accountability.TenureOf(spells, calendar.Date{})
	assert.Equal(t, []calendar.Days{10, 50}, all.Ended)
	assert.Equal(t, 30.0, all.Median())
	assert.Equal(t, 1, all.Under(50))
	none := accountability.TenureOf(nil, calendar.Date{})
	assert.True(t, math.IsNaN(none.Mean()) && math.IsNaN(none.Median()))
}

// slowCover looks at every day.
func slowCover(spells []accountability.Spell, seats int, from, until calendar.Date) (c accountability.SeatCover) {
	for d := from; d.Before(until); d = d.Add(1) {
		sure, possible, begun := 0, 0, false
		for _, s := range spells {
			begun = begun || s.From.IsZero() || !d.Before(s.From)
			if !s.From.IsZero() && d.Before(s.From) || !s.Until.IsZero() && !d.Before(s.Until) {
				continue
			}
			if s.Possible {
				possible++
			} else {
				sure++
			}
		}
		covered := min(sure, seats)
		unknown := min(possible, seats-covered)
		if !begun {
			unknown = seats - covered
		}
		c.SeatDays += calendar.Days(seats)
		c.Covered += calendar.Days(covered)
		c.Over += calendar.Days(sure - covered)
		c.Unknown += calendar.Days(unknown)
		c.Vacant += calendar.Days(seats - covered - unknown)
	}
	return c
}

func FuzzSeatCover(f *testing.F) {
	f.Add(uint64(1), uint8(3), uint8(1))
	f.Add(uint64(9), uint8(9), uint8(3))
	f.Fuzz(func(t *testing.T, seed uint64, n, seats uint8) {
		random := rand.New(rand.NewPCG(seed, 3))
		date := func() calendar.Date {
			if random.IntN(8) == 0 {
				return calendar.Date{}
			}
			return day("2020-01-01").Add(calendar.Days(random.IntN(60)))
		}
		spells := make([]accountability.Spell, n%12)
		for i := range spells {
			s := accountability.Spell{Party: record.ID(rune('a' + random.IntN(3))), From: date(), Until: date(), Possible: random.IntN(4) == 0}
			if !s.From.IsZero() && !s.Until.IsZero() && s.Until.Before(s.From) {
				s.From, s.Until = s.Until, s.From
			}
			spells[i] = s
		}
		from := day("2020-01-01").Add(calendar.Days(random.IntN(30)))
		until := from.Add(calendar.Days(1 + random.IntN(40)))
		k := max(1, int(seats%4))
		require.Equal(t, slowCover(spells, k, from, until), accountability.SeatCoverOf(spells, k, from, until), "%v", spells)
	})
}

func TestCoverEdges(t *testing.T) {
	a, b := day("2020-01-01"), day("2020-01-11")
	assert.Equal(t, accountability.SeatCover{}, accountability.SeatCoverOf(nil, 1, b, a))
	assert.True(t, math.IsNaN(accountability.SeatCover{}.VacancyShare()))
	assert.Equal(t, accountability.SeatCover{SeatDays: 10, Unknown: 10}, accountability.SeatCoverOf(nil, 0, a, b), "nothing recorded is no vacancy")
	assert.True(t, math.IsNaN(accountability.Churn(nil, 1, a, b)))
	assert.True(t, math.IsNaN(accountability.Churn(nil, 1, b, a)))
	assert.Equal(t, accountability.Spread{}, accountability.Continuity(nil, a, b))
	twice := []accountability.Spell{{Party: "x", From: a, Until: a.Add(5)}, {Party: "x", From: a.Add(5)}, {From: a}, {Party: "y", From: a, Possible: true}}
	assert.Equal(t, 1.0, accountability.Continuity(twice, a, b).HHI)
	assert.InDelta(t, 2/(10/accountability.DaysOfYear), accountability.Churn(twice, 1, a, b), 1e-9)
	assert.InDelta(t, 4.0/73, accountability.SoleShare(slices.Concat([]int{0}, slices.Repeat([]int{1}, 4), slices.Repeat([]int{2}, 69))), 1e-12)
}

// Spells must say of every day what Holders says of it.
func FuzzSpells(f *testing.F) {
	f.Add(uint64(4), uint8(5))
	f.Add(uint64(8), uint8(12))
	f.Fuzz(func(t *testing.T, seed uint64, n uint8) {
		random := rand.New(rand.NewPCG(seed, 5))
		base := day("2020-01-01")
		when := func() calendar.When {
			d := base.Add(calendar.Days(random.IntN(120)))
			switch random.IntN(6) {
			case 0:
				return calendar.When{}
			case 1:
				return calendar.MonthOf(d)
			case 2:
				if random.IntN(3) == 0 {
					return calendar.MustParseWhen("unknown")
				}
			}
			return calendar.OnDay(d)
		}
		spec := accountability.Spec{Parties: []accountability.Party{
			{Record: record.New("post"), Kind: accountability.Post, Name: "Post"},
			{Record: record.New("a"), Kind: accountability.Person}, {Record: record.New("b"), Kind: accountability.Person},
		}}
		for i := range int(n % 14) {
			h := accountability.Holding{Record: record.New(record.ID("h" + string(rune('a'+i)))), Post: "post", Holder: []record.ID{"a", "b"}[random.IntN(2)]}
			h.From, h.Until = when(), when()
			if random.IntN(3) == 0 {
				h.Recorded = base.In(time.UTC).Add(time.Duration(random.IntN(200)) * 24 * time.Hour)
			}
			if i > 0 && random.IntN(3) == 0 {
				h.Of, h.Reason, h.Verb = "ha", "a reason", []record.Verb{record.Change, record.Correct, record.Retract, record.Close}[random.IntN(4)]
			}
			spec.Holdings = append(spec.Holdings, h)
		}
		r, err := accountability.Compile(spec, record.View{})
		if err != nil {
			return // a period that is inverted or empty
		}
		known := time.Time{}
		if random.IntN(2) == 0 {
			known = base.In(time.UTC).Add(time.Duration(random.IntN(200)) * 24 * time.Hour)
		}
		spells := r.Spells("post", known)
		for i := range 600 {
			d := base.Add(calendar.Days(i - 200))
			var want, got []string
			holders, _ := r.Holders("post", record.Moment{On: d, Known: known})
			for _, h := range holders {
				want = append(want, string(h.Party)+h.On.String())
			}
			for _, s := range spells {
				if (s.From.IsZero() || !d.Before(s.From)) && (s.Until.IsZero() || d.Before(s.Until)) {
					on := calendar.Certainly
					if s.Possible {
						on = calendar.Possibly
					}
					got = append(got, string(s.Party)+on.String())
				}
			}
			require.ElementsMatch(t, want, got, "%s, known %s", d, known)
		}
		for i, s := range spells {
			require.True(t, i == 0 || spells[i-1].From.IsZero() || !s.From.Before(spells[i-1].From), "in the order of their first days")
		}
		require.Equal(t, spells, r.Spells("post", known))
	})
}

func TestLags(t *testing.T) {
	// Letters: A417 (signed 1,339 days after it took effect), CAP delivery, CPS ICT.
	spec := accountability.Spec{Parties: []accountability.Party{{Record: record.New("post"), Kind: accountability.Post, Name: "Post"}}}
	for i, m := range [][2]string{{"2023-03-08", "2019-07-08"}, {"2015-06-19", "2015-05-15"}, {"2015-04-10", "2015-04-01"}, {"2015-04", "2015-04-01"}} {
		spec.Mandates = append(spec.Mandates, accountability.Mandate{
			Record: record.New(record.ID("m" + string(rune('0'+i)))), To: "post", Signed: calendar.MustParseWhen(m[0]), Effective: calendar.MustParseWhen(m[1]),
		})
	}
	r, err := accountability.Compile(spec, record.View{})
	require.NoError(t, err)
	assert.Equal(t, []calendar.Days{1339, 35, 9}, r.SigningLags(time.Time{}))
	assert.Equal(t, accountability.Lag{Count: 3, Least: 9, Most: 1339, Median: 35}, accountability.LagOf(r.SigningLags(time.Time{})))
	assert.True(t, math.IsNaN(accountability.LagOf(nil).Median))
	assert.True(t, math.IsNaN(r.Revision().PerFact()))
	assert.Empty(t, r.RecordingLags(time.Time{}))
	assert.Equal(t, accountability.Load{}, r.Load(record.Moment{}))
}

func TestReportingOf(t *testing.T) {
	lines := []accountability.ManagedBy{
		{"b", "a"}, {"c", "a"}, {"b", "a"}, {"d", "b"}, {"e", "b"}, {"f", "b"}, {"g", "b"}, {"h", "h"}, {"x", "y"}, {"y", "x"}, {"z", "y"},
	}
	r := accountability.ReportingOf(lines)
	assert.Equal(t, accountability.Reporting{
		Lines: 9, Managers: []accountability.Reports{{"a", 2}, {"b", 4}, {"x", 1}, {"y", 2}},
		MeanSpan: 9.0 / 4, MaxSpan: 4, Depth: 2, Tops: 1, Circular: []record.ID{"h", "x", "y"},
	}, r)
	assert.True(t, math.IsNaN(accountability.ReportingOf(nil).MeanSpan))
	// One manager of managers: four reports each, two lines deep.
	var even []accountability.ManagedBy
	for i := range 4 {
		m := record.ID("m" + string(rune('0'+i)))
		even = append(even, accountability.ManagedBy{Post: m, Manager: "top"})
		for j := range 4 {
			even = append(even, accountability.ManagedBy{Post: m + record.ID(rune('a'+j)), Manager: m})
		}
	}
	shape := accountability.ReportingOf(even)
	assert.Equal(t, [2]float64{4, 2}, [2]float64{shape.MeanSpan, float64(shape.Depth)})
}

func TestStrengthAndFit(t *testing.T) {
	on := day("2025-01-01")
	chain := []accountability.ChainLink{{on.Add(200), 1}, {on.Add(10), 2}, {on.Add(90), 1}, {calendar.Date{}, 3}}
	assert.Equal(t, accountability.ChainStrength{Links: 4, Left: 10, Ends: true, Single: 2}, accountability.StrengthOf(chain, on))
	assert.Equal(t, accountability.ChainStrength{Links: 4, Left: 0, Ends: true, Broken: 1, Single: 2}, accountability.StrengthOf(chain, on.Add(10)))
	assert.Equal(t, accountability.ChainStrength{Links: 1, Broken: 1}, accountability.StrengthOf([]accountability.ChainLink{{}}, on))
	assert.False(t, accountability.StrengthOf(chain, calendar.Date{}).Ends)

	fit := accountability.FitOf([]int{1, 2, 3, 2}, []int{2, 3, 4})
	assert.Equal(t, accountability.Fit[int]{Both: []int{2, 3}, AuthorityOnly: []int{1}, AccountOnly: []int{4}}, fit)
	assert.InDelta(t, 0.5, fit.Jaccard(), 1e-12)
	assert.True(t, math.IsNaN(accountability.FitOf[int](nil, nil).Jaccard()))
}
