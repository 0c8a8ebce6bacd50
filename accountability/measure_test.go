package accountability_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/popolo"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone/calendar"
)

// oracle is the file of measures worked out elsewhere.
type oracle struct {
	Shapley []struct {
		Name     string            `json:"name"`
		Quota    int64             `json:"quota"`
		Weights  []int64           `json:"weights"`
		Shapley  []string          `json:"shapley"`
		Banzhaf  json.RawMessage   `json:"banzhaf_normalised"`
		Swings   map[string]int64  `json:"banzhaf_swings"`
		Expected map[string]string `json:"expect"`
	} `json:"shapley"`
	Responsibility []struct {
		Name  string          `json:"name"`
		DR    json.RawMessage `json:"dr"`
		Blame string          `json:"blame_each"`
	} `json:"chockler_halpern"`
	Concentration []struct {
		Shares    []float64 `json:"shares"`
		HHI       float64   `json:"hhi"`
		Effective float64   `json:"n_eff"`
		Gini      float64   `json:"gini"`
		Nats      float64   `json:"entropy_nats"`
		Bits      float64   `json:"entropy_bits"`
	} `json:"concentration"`
	Burt struct {
		Edges      [][2]string        `json:"edges"`
		Constraint map[string]float64 `json:"constraint"`
		Weights    map[string]float64 `json:"weights"`
		Weighted   map[string]float64 `json:"weighted_constraint"`
		Star5      float64            `json:"star5_hub"`
		Triangle   float64            `json:"triangle"`
		Dyad       float64            `json:"dyad"`
	} `json:"burt"`
	EI struct {
		Groups map[string]int `json:"groups"`
		EI     float64        `json:"ei"`
	} `json:"ei"`
	Brokerage struct {
		Adjacent [][]int `json:"adj"`
		Groups   []int   `json:"membership"`
		WI       []int   `json:"w_I"`
		WO       []int   `json:"w_O"`
		BOI      []int   `json:"b_OI"`
		BIO      []int   `json:"b_IO"`
		BO       []int   `json:"b_O"`
	} `json:"gould_fernandez"`
}

const outsideData = "../../shared/data/accountability/"

func measures(t *testing.T) oracle {
	t.Helper()
	text, err := os.ReadFile(outsideData + "oracles/measures.json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the worked measures are absent: ../shared/data not beside the repository")
	}
	require.NoError(t, err)
	var o oracle
	require.NoError(t, json.Unmarshal(text, &o))
	return o
}

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func texts(list []*big.Rat) []string {
	s := make([]string, len(list))
	for i, r := range list {
		s[i] = r.RatString()
	}
	return s
}

func TestPowerAgainstWorkedIndices(t *testing.T) {
	matched := 0
	for _, c := range measures(t).Shapley {
		switch c.Name {
		case "glove L,L,R":
			got, err := accountability.ShapleyValue(3, func(s uint32) float64 {
				return float64(min(s&1+s>>1&1, s>>2&1))
			})
			require.NoError(t, err)
			closeTo(t, c.Shapley, got)
		case "airport costs 1,2,3":
			got, err := accountability.ShapleyValue(3, func(s uint32) float64 {
				return [8]float64{0, 1, 2, 2, 3, 3, 3, 3}[s]
			})
			require.NoError(t, err)
			closeTo(t, c.Shapley, got)
		default:
			v := accountability.Vote{Quota: c.Quota, Weights: c.Weights}
			shapley, err := v.Shapley()
			require.NoError(t, err)
			power, err := v.Banzhaf()
			require.NoError(t, err)
			var list []string
			var byKind map[string]string
			if json.Unmarshal(c.Banzhaf, &list) != nil {
				require.NoError(t, json.Unmarshal(c.Banzhaf, &byKind))
			}
			if len(c.Shapley) > 0 {
				assert.Equal(t, c.Shapley, texts(shapley), c.Name)
				assert.Equal(t, list, texts(power.Index), c.Name)
			} else {
				for i, kind := range map[int]string{0: "permanent", 14: "elected"} {
					assert.Zero(t, rat(c.Expected[kind]).Cmp(shapley[i]), c.Name)
					assert.Zero(t, rat(byKind[kind]).Cmp(power.Index[i]), c.Name)
					assert.Equal(t, c.Swings[kind], power.Swings[i].Int64(), c.Name)
				}
			}
		}
		matched++
	}
	assert.Equal(t, 6, matched)
}

func closeTo(t *testing.T, want []string, got []float64) {
	t.Helper()
	for i, w := range want {
		f, _ := rat(w).Float64()
		assert.InDelta(t, f, got[i], 1e-12)
	}
}

// slowPower counts over every order and every coalition.
func slowPower(v accountability.Vote) (shapley []*big.Rat, swings []int64) {
	n := len(v.Weights)
	swings = make([]int64, n)
	pivots := make([]int64, n)
	orders := int64(0)
	used := make([]bool, n)
	var join func(sum int64, left int)
	join = func(sum int64, left int) {
		if left == 0 {
			orders++
			return
		}
		for i, w := range v.Weights {
			if used[i] {
				continue
			}
			used[i] = true
			before := orders
			join(sum+w, left-1)
			if sum < v.Quota && sum+w >= v.Quota {
				pivots[i] += orders - before
			}
			used[i] = false
		}
	}
	join(0, n)
	for set := range 1 << n {
		sum := int64(0)
		for i, w := range v.Weights {
			if set>>i&1 == 1 {
				sum += w
			}
		}
		for i, w := range v.Weights {
			if set>>i&1 == 1 && sum >= v.Quota && sum-w < v.Quota {
				swings[i]++
			}
		}
	}
	for _, p := range pivots {
		shapley = append(shapley, big.NewRat(p, orders))
	}
	return shapley, swings
}

func FuzzVote(f *testing.F) {
	f.Add(uint8(6), uint64(3), uint16(12), uint8(5))
	f.Add(uint8(1), uint64(9), uint16(1), uint8(1))
	f.Add(uint8(7), uint64(77), uint16(400), uint8(255))
	f.Fuzz(func(t *testing.T, n uint8, seed uint64, quota uint16, most uint8) {
		random := rand.New(rand.NewPCG(seed, 1))
		v := accountability.Vote{Weights: make([]int64, 1+n%7)}
		total := int64(0)
		for i := range v.Weights {
			v.Weights[i] = random.Int64N(int64(most) + 1)
			total += v.Weights[i]
		}
		if total == 0 {
			return
		}
		v.Quota = 1 + int64(quota)%total
		shapley, err := v.Shapley()
		require.NoError(t, err)
		power, err := v.Banzhaf()
		require.NoError(t, err)
		wantShapley, wantSwings := slowPower(v)
		require.Equal(t, texts(wantShapley), texts(shapley), "%v", v)
		sum := new(big.Rat)
		for i, s := range power.Swings {
			require.Equal(t, wantSwings[i], s.Int64(), "%v", v)
			sum.Add(sum, power.Index[i])
		}
		require.Equal(t, "1", sum.RatString())
		// A thousandfold of every number is the same rule, and too much to count by weight.
		byWeight, bySet := accountability.PowerByWeight(v), accountability.PowerBySet(v)
		require.Equal(t, bySet, byWeight)
		wins := func(set uint32) float64 {
			sum := int64(0)
			for i, w := range v.Weights {
				if set>>i&1 == 1 {
					sum += w
				}
			}
			if sum >= v.Quota {
				return 1
			}
			return 0
		}
		value, err := accountability.ShapleyValue(len(v.Weights), wins)
		require.NoError(t, err)
		chance, err := accountability.BanzhafValue(len(v.Weights), wins)
		require.NoError(t, err)
		for i := range value {
			want, _ := shapley[i].Float64()
			require.InDelta(t, want, value[i], 1e-9)
			require.InDelta(t, float64(wantSwings[i])/math.Exp2(float64(len(v.Weights)-1)), chance[i], 1e-9)
		}
	})
}

func TestPowerOfManyMembers(t *testing.T) {
	equal := accountability.Vote{Quota: 66, Weights: make([]int64, accountability.MaxVoters)}
	for i := range equal.Weights {
		equal.Weights[i] = 1_000_000
	}
	equal.Quota *= 1_000_000
	shapley, err := equal.Shapley()
	require.NoError(t, err)
	assert.Equal(t, "1/130", shapley[129].RatString())
	power, err := equal.Banzhaf()
	require.NoError(t, err)
	assert.Zero(t, new(big.Int).Binomial(129, 65).Cmp(power.Swings[0]))

	for name, v := range map[string]accountability.Vote{
		"members":                  {Quota: 1, Weights: make([]int64, 131)},
		"steps (members² × quota)": {Quota: 1 << 40, Weights: []int64{1<<40 + 1, 1 << 40, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 41}},
	} {
		v.Weights[0]++
		_, err := v.Shapley()
		large, ok := errors.AsType[*accountability.TooLargeError](err)
		require.True(t, ok, "%v", err)
		assert.Equal(t, name, large.What)
	}
	_, err = accountability.Vote{Quota: 0, Weights: []int64{1, -1, -2}}.Banzhaf()
	assert.EqualError(t, err, "vote: weights[1]: it is below nought\nvote: weights[2]: it is below nought")
	_, err = accountability.Vote{Quota: 3, Weights: []int64{1, 1}}.Shapley()
	assert.EqualError(t, err, "vote: quota: it is not above nought and at most the sum of the weights")
	_, err = accountability.Vote{}.Shapley()
	assert.ErrorContains(t, err, "there are no members")
	_, err = accountability.Vote{Quota: 1, Weights: []int64{math.MaxInt64, math.MaxInt64}}.Shapley()
	assert.ErrorContains(t, err, "too large to add up")
	_, err = accountability.ShapleyValue(21, nil)
	large, ok := errors.AsType[*accountability.TooLargeError](err)
	require.True(t, ok)
	assert.Equal(t, accountability.MaxMembers, large.Most)
	_, err = accountability.BanzhafValue(2, func(uint32) float64 { return math.NaN() })
	assert.ErrorContains(t, err, "not finite")
}

func TestSpreadAgainstWorkedNumbers(t *testing.T) {
	o := measures(t)
	require.Len(t, o.Concentration, 5)
	for _, c := range o.Concentration {
		s, err := accountability.SpreadOf(c.Shares)
		require.NoError(t, err)
		assert.InDelta(t, c.HHI, s.HHI, 1e-9)
		assert.InDelta(t, c.Effective, s.Effective, 1e-8)
		assert.InDelta(t, c.Gini, s.Gini, 1e-9)
		assert.InDelta(t, c.Nats, s.Entropy, 1e-6)
		if c.Bits > 0 {
			assert.InDelta(t, c.Bits, s.Bits(), 1e-6)
		}
	}
}

func TestSpread(t *testing.T) {
	s, err := accountability.SpreadOf([]float64{40, 30, 20, 10})
	require.NoError(t, err)
	assert.InDelta(t, 0.0667, s.Normalised(), 1e-4)
	assert.InDelta(t, 0.9333, s.Diffusion(), 1e-4)
	assert.InDelta(t, 1.846439, s.Bits(), 1e-6)
	assert.InDelta(t, 1.279854/math.Log(4), s.Evenness(), 1e-6)
	one, err := accountability.SpreadOf([]float64{math.MaxFloat64, math.MaxFloat64})
	require.NoError(t, err)
	assert.InDelta(t, 0.5, one.HHI, 1e-12)
	assert.True(t, math.IsNaN(accountability.Spread{}.Normalised()))
	alone, err := accountability.SpreadOf([]float64{3})
	require.NoError(t, err)
	assert.Equal(t, 1.0, alone.Normalised())
	assert.True(t, math.IsNaN(alone.Evenness()))
	_, err = accountability.SpreadOf([]float64{-1, math.NaN(), math.Inf(1), 2})
	assert.EqualError(t, err, "spread: amounts[0]: it is below nought or not finite\nspread: amounts[1]: it is below nought or not finite\nspread: amounts[2]: it is below nought or not finite")
	_, err = accountability.SpreadOf([]float64{0, 0})
	assert.ErrorContains(t, err, "nothing to spread")
}

func TestBrokeringAgainstWorkedNumbers(t *testing.T) {
	o := measures(t)
	build := func(edges [][2]string, weights map[string]float64) *graph.Graph[record.ID] {
		var list []graph.Edge[record.ID]
		for _, e := range edges {
			list = append(list, graph.Edge[record.ID]{From: record.ID(e[0]), To: record.ID(e[1]), Weight: weights[e[0]+e[1]]})
		}
		g, err := graph.FromEdges(list)
		require.NoError(t, err)
		return g
	}
	group := func(id record.ID) string { return fmt.Sprint(o.EI.Groups[string(id)]) }
	b, err := accountability.BrokeringOf(build(o.Burt.Edges, nil), group, nil)
	require.NoError(t, err)
	assert.Equal(t, o.EI.EI, b.EI)
	require.Len(t, b.Parties, len(o.Burt.Constraint))
	for i, p := range b.Parties {
		assert.InDelta(t, o.Burt.Constraint[string(p.Party)], p.Constraint, 1e-4, p.Party)
		assert.True(t, i == 0 || b.Parties[i-1].Party < p.Party)
	}
	weighted, err := accountability.BrokeringOf(build(o.Burt.Edges, o.Burt.Weights), group, graph.Weight)
	require.NoError(t, err)
	for _, p := range weighted.Parties {
		if want, ok := o.Burt.Weighted[string(p.Party)]; ok {
			assert.InDelta(t, want, p.Constraint, 1e-4, p.Party)
		}
	}
	first := func(edges ...[2]string) float64 {
		b, err := accountability.BrokeringOf(build(edges, nil), group, nil)
		require.NoError(t, err)
		return b.Parties[0].Constraint
	}
	assert.InDelta(t, o.Burt.Star5, first([2]string{"a", "b"}, [2]string{"a", "c"}, [2]string{"a", "d"}, [2]string{"a", "e"}, [2]string{"a", "f"}), 1e-12)
	assert.InDelta(t, o.Burt.Triangle, first([2]string{"a", "b"}, [2]string{"b", "c"}, [2]string{"c", "a"}), 1e-12)
	assert.InDelta(t, o.Burt.Dyad, first([2]string{"a", "b"}), 1e-12)
	lone, err := graph.FromEdges(nil, record.ID("a"))
	require.NoError(t, err)
	alone, err := accountability.BrokeringOf(lone, group, nil)
	require.NoError(t, err)
	assert.True(t, math.IsNaN(alone.Parties[0].Constraint) && math.IsNaN(alone.EI))

	var arcs [][2]string
	for i, row := range o.Brokerage.Adjacent {
		for j, x := range row {
			if x == 1 {
				arcs = append(arcs, [2]string{fmt.Sprint(i), fmt.Sprint(j)})
			}
		}
	}
	roles, err := accountability.BrokeringOf(build(arcs, nil), func(id record.ID) string { return fmt.Sprint(o.Brokerage.Groups[id[0]-'0']) }, nil)
	require.NoError(t, err)
	for i, p := range roles.Parties {
		want := graph.Roles{Coordinator: o.Brokerage.WI[i], Itinerant: o.Brokerage.WO[i], Gatekeeper: o.Brokerage.BOI[i], Representative: o.Brokerage.BIO[i], Liaison: o.Brokerage.BO[i]}
		assert.Equal(t, want, p.Roles)
	}
	_, err = accountability.BrokeringOf(build(o.Burt.Edges, nil), group, func(graph.Edge[record.ID]) float64 { return -1 })
	_, ok := errors.AsType[*graph.EdgeError[record.ID]](err)
	assert.True(t, ok)
}

// database is the Ministers Database as a Register, with the ids of two of its posts and the ranks of all.
type database struct {
	*accountability.Register
	result *popolo.Result
}

const chiefSecretary = record.ID("0c9cd7a8-c179-47f5-921d-75d390514d35")

func ministersDatabase(t *testing.T) database {
	t.Helper()
	if _, err := os.Stat(outsideData + "ifg-ministers"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the Ministers Database is absent: ../shared/data not beside the repository")
	}
	res, err := popolo.IfG(os.DirFS(outsideData+"ifg-ministers"), popolo.Options{})
	require.NoError(t, err)
	r, err := accountability.Compile(res.Spec(), record.View{})
	require.NoError(t, err)
	return database{r, res}
}

func (d database) post(t *testing.T, name string) record.ID {
	for _, p := range d.result.Parties {
		if p.Kind == accountability.Post && p.Name == name {
			return p.ID
		}
	}
	t.Fatal("no post ", name)
	return ""
}

func TestPostsOfTheTreasury(t *testing.T) {
	d := ministersDatabase(t)
	from, until := day("2010-05-12"), day("2024-07-05")
	for name, want := range map[string]struct {
		continuity, effective, churn float64
		vacant, covered, over        calendar.Days
	}{
		"Chancellor of the Exchequer":     {0.281180, 3.5564, 0.4241, 2, 9924, 0},
		"Chief Secretary to the Treasury": {0.182138, 5.4903, 0.7774, 5, 9921, 4},
	} {
		spells := d.Spells(d.post(t, name), time.Time{})
		c := accountability.Continuity(spells, from, until)
		assert.InDelta(t, want.continuity, c.HHI, 5e-7, name)
		assert.InDelta(t, want.effective, c.Effective, 5e-5, name)
		assert.InDelta(t, want.churn, accountability.Churn(spells, 1, from, until), 5e-5, name)
		cover := accountability.SeatCoverOf(spells, 1, day("1997-05-02"), until)
		assert.Equal(t, accountability.SeatCover{SeatDays: 9926, Covered: want.covered, Vacant: want.vacant, Over: want.over}, cover, name)
		if name == "Chancellor of the Exchequer" {
			assert.InDelta(t, 0.000201, cover.VacancyShare(), 5e-7)
		}
	}
	// "23 chief secretaries since 1997, four of them for less than six months": as known when that was published.
	known := time.Date(2024, 9, 5, 23, 59, 59, 0, time.UTC)
	parties := make(map[record.ID]bool)
	var since []accountability.Spell
	for _, s := range d.Spells(chiefSecretary, known) {
		if !s.Possible && !s.From.Before(day("1997-05-02")) {
			parties[s.Party] = true
			since = append(since, s)
		}
	}
	assert.Len(t, parties, 23)
	tenure := accountability.TenureOf(since, day("2024-09-05"))
	assert.Equal(t, 4, tenure.Under(183))
	assert.Equal(t, []calendar.Days{11, 17, 38, 149}, tenure.Ended[:4])
	assert.Equal(t, 1, tenure.Open)
}

func TestMeasuresOfTheMinistersDatabase(t *testing.T) {
	d := ministersDatabase(t)
	on := day("2026-06-19") // the day of the last change to the database
	rank := make(map[record.ID]string)
	for _, p := range d.result.Parties {
		rank[p.ID] = p.Extensions["x-ifg-rank"]
	}
	spells := make(map[string][]accountability.Spell)
	for _, p := range d.result.Parties {
		if p.Kind == accountability.Post {
			spells[rank[p.ID]] = append(spells[rank[p.ID]], d.Spells(p.ID, time.Time{})...)
		}
	}
	for name, want := range map[string]struct {
		n            int
		mean, median float64
		expected     float64
	}{
		`"SoS"`: {531, 701.4, 554, 562}, `"MoS"`: {1107, 558.4, 433, 449}, `"PUSS"`: {1128, 550.1, 435.5, 449}, `"PM"`: {9, 1833.2, 1140, 0},
	} {
		tenure := accountability.TenureOf(spells[name], on)
		assert.Len(t, tenure.Ended, want.n, name)
		assert.InDelta(t, want.mean, tenure.Mean(), 0.05, name)
		assert.Equal(t, want.median, tenure.Median(), name)
		if want.expected > 0 {
			assert.Equal(t, want.expected, tenure.Expected(), name)
		}
	}
	lags := accountability.LagOf(d.RecordingLags(time.Date(2024, 9, 11, 0, 0, 0, 0, time.UTC)))
	assert.Equal(t, 149, lags.Count)
	assert.Equal(t, 3.0, lags.Median)
	assert.Equal(t, calendar.Days(3741), lags.Most)
	revised := d.Revision()
	t.Logf("%+v", revised)
	assert.InDelta(t, 1.658, revised.PerFact(), 5e-4)
	assert.InDelta(t, 0.493, revised.Share(), 5e-4)
	for on, want := range map[string]accountability.Load{
		"1997-05-07": {Holdings: 116, Parties: 111, Several: 5}, "2022-07-06": {Holdings: 120, Parties: 102, Several: 18}, "2026-06-01": {Holdings: 150, Parties: 122, Several: 25, Most: 3},
	} {
		got := d.Load(record.Moment{On: day(on)})
		assert.Equal(t, [3]int{want.Holdings, want.Parties, want.Several}, [3]int{got.Holdings, got.Parties, got.Several}, on)
		if want.Most > 0 {
			assert.Equal(t, want.Most, got.Most)
		}
	}
	for known, want := range map[string]int{"2024-02-20": 97, "2024-08-01": 116, "2024-09-10": 116, "2026-06-19": 116} {
		at, err := time.Parse(time.DateOnly, known)
		require.NoError(t, err)
		assert.Equal(t, want, d.Load(record.Moment{On: day("1997-05-07"), Known: at}).Holdings, known)
		assert.Equal(t, 120, d.Load(record.Moment{On: day("2022-07-06"), Known: at}).Holdings, known)
	}
}
