package accountability_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
)

func TestResponsibilityAgainstWorkedDegrees(t *testing.T) {
	fire := []bool{true, true}
	formula := func(f accountability.Formula, acts ...bool) []float64 {
		r, err := f.Responsibility(acts)
		require.NoError(t, err)
		return accountability.Degrees(r)
	}
	vote := func(quota, yes, no int) []float64 {
		r, _, err := accountability.VoteResponsibility(quota, yes, no)
		require.NoError(t, err)
		return []float64{r.Degree()}
	}
	got := map[string][]float64{
		"11-0 vote quota 6": vote(6, 11, 0), "6-5 vote quota 6": vote(6, 6, 5), "8-3 quota 6": vote(6, 8, 3),
		"forest fire disjunctive (lightning OR match, both)": formula(accountability.AnyOf(accountability.Actor(0), accountability.Actor(1)), fire...),
		"forest fire conjunctive (AND)":                      formula(accountability.AllOf(accountability.Actor(0), accountability.Actor(1)), fire...),
		"A or (B and C), all true":                           formula(accountability.AnyOf(accountability.Actor(0), accountability.AllOf(accountability.Actor(1), accountability.Actor(2))), true, true, true),
	}
	matched := 0
	for _, c := range measures(t).Responsibility {
		if c.Blame != "" {
			situations := make([]accountability.Situation, 10)
			for i := range situations {
				situations[i] = accountability.Situation{Chance: 0.1, Degrees: make([]float64, 10)}
				situations[i].Degrees[i] = 1
			}
			blame, err := accountability.Blame(situations)
			require.NoError(t, err)
			for _, b := range blame {
				want, _ := rat(c.Blame).Float64()
				assert.InDelta(t, want, b, 1e-12)
			}
			matched++
			continue
		}
		var one string
		var list []string
		if json.Unmarshal(c.DR, &one) != nil {
			require.NoError(t, json.Unmarshal(c.DR, &list))
		}
		require.Contains(t, got, c.Name)
		for i, degree := range got[c.Name] {
			if len(list) > 0 {
				one = list[i]
			}
			want, _ := rat(one).Float64()
			assert.InDelta(t, want, degree, 1e-12, c.Name)
		}
		matched++
	}
	assert.Equal(t, 7, matched)
}

// slowResponsibility tries every set of changed votes.
func slowResponsibility(v accountability.Vote, yes []bool) []accountability.Responsibility {
	n := len(yes)
	passes := func(changed int) bool {
		sum := int64(0)
		for i, w := range v.Weights {
			if yes[i] != (changed>>i&1 == 1) {
				sum += w
			}
		}
		return sum >= v.Quota
	}
	all := make([]accountability.Responsibility, n)
	for i := range all {
		for changed := range 1 << n {
			if changed>>i&1 == 1 || passes(changed) != passes(0) || passes(changed|1<<i) == passes(0) {
				continue
			}
			k := 0
			for c := changed; c > 0; c &= c - 1 {
				k++
			}
			if !all[i].Cause || k < all[i].Changes {
				all[i] = accountability.Responsibility{Cause: true, Changes: k}
			}
		}
	}
	return all
}

func FuzzVoteResponsibility(f *testing.F) {
	f.Add(uint8(5), uint64(2), uint8(4), uint16(3), uint16(7))
	f.Add(uint8(8), uint64(5), uint8(1), uint16(4), uint16(255))
	f.Fuzz(func(t *testing.T, n uint8, seed uint64, most uint8, quota, votes uint16) {
		random := rand.New(rand.NewPCG(seed, 2))
		v := accountability.Vote{Weights: make([]int64, 1+n%9)}
		yes := make([]bool, len(v.Weights))
		total, equal := int64(0), true
		for i := range v.Weights {
			v.Weights[i] = random.Int64N(int64(most%12) + 1)
			total += v.Weights[i]
			yes[i] = votes>>i&1 == 1
			equal = equal && v.Weights[i] == v.Weights[0]
		}
		if total == 0 {
			return
		}
		v.Quota = 1 + int64(quota)%total
		got, err := v.Responsibility(yes)
		require.NoError(t, err)
		want := slowResponsibility(v, yes)
		require.Equal(t, want, got, "%v %v", v, yes)
		bySum, err := accountability.ResponsibilityBySum(v, yes)
		require.NoError(t, err)
		require.Equal(t, want, bySum, "%v %v", v, yes)
		if equal {
			w := v.Weights[0]
			m := 0
			for _, y := range yes {
				if y {
					m++
				}
			}
			each, against, err := accountability.VoteResponsibility(int((v.Quota-1)/w)+1, m, len(yes)-m)
			require.NoError(t, err)
			for i, y := range yes {
				if y {
					require.Equal(t, each, got[i])
				} else {
					require.Equal(t, against, got[i])
				}
			}
		}
	})
}

func TestResponsibilityOfManyAndErrors(t *testing.T) {
	v := accountability.Vote{Quota: 51, Weights: make([]int64, 100)}
	yes := make([]bool, 100)
	for i := range v.Weights {
		v.Weights[i], yes[i] = 1, i < 60
	}
	got, err := v.Responsibility(yes)
	require.NoError(t, err)
	assert.Equal(t, accountability.Responsibility{Cause: true, Changes: 9}, got[0])
	assert.Equal(t, accountability.Responsibility{}, got[99])
	_, err = v.Responsibility(yes[:3])
	assert.ErrorContains(t, err, "one vote for each member")
	for i := range v.Weights {
		v.Weights[i] = int64(i)*1_000_000_007 + 1
	}
	v.Quota = 5_000_000_000
	_, err = v.Responsibility(yes)
	_, ok := errors.AsType[*accountability.TooLargeError](err)
	assert.True(t, ok)

	for want, f := range map[string]accountability.Formula{
		"it is empty":                             {},
		"an actor is from 0 to 19":                accountability.AllOf(accountability.Actor(-1), accountability.Actor(1)),
		"it is not from 1 to the number of parts": accountability.AllOf(),
		"there is no such member":                 accountability.Actor(7),
		"parts[0]: it is empty":                   accountability.AnyOf(accountability.Formula{}),
	} {
		_, err := f.Responsibility([]bool{true, true})
		assert.ErrorContains(t, err, want)
		_, err = f.Holds([]bool{true, true})
		assert.ErrorContains(t, err, want)
	}
	wide := accountability.Actor(0)
	for range 12 {
		wide = accountability.AnyOf(wide, wide)
	}
	_, err = wide.Holds([]bool{true})
	_, ok = errors.AsType[*accountability.TooLargeError](err)
	assert.True(t, ok)
	_, _, err = accountability.VoteResponsibility(0, 1, 1)
	assert.ErrorContains(t, err, "quota")
	_, _, err = accountability.VoteResponsibility(1, -1, 1)
	assert.ErrorContains(t, err, "voters")
	_, err = accountability.Blame([]accountability.Situation{{Chance: 0.5, Degrees: []float64{1}}, {Chance: 0.4, Degrees: []float64{1}}})
	assert.ErrorContains(t, err, "sum to 1")
	_, err = accountability.Blame([]accountability.Situation{{Chance: 2, Degrees: []float64{3}}, {Degrees: []float64{1, 1}}})
	assert.EqualError(t, err, "blame: chance[0]: it is not from 0 to 1\nblame: degrees[0]: one is not from 0 to 1\nblame: degrees[1]: their number differs from the first")
	for votes, want := range map[[2]int]float64{{11, 0}: 5.0 / 6, {6, 5}: 0} {
		r, _, err := accountability.VoteResponsibility(6, votes[0], votes[1])
		require.NoError(t, err)
		gap, err := accountability.ManyHands([]float64{r.Degree(), r.Degree()})
		require.NoError(t, err)
		assert.InDelta(t, want, gap, 1e-12)
	}
	_, err = accountability.ManyHands(nil)
	assert.Error(t, err)
	_, err = accountability.ManyHands([]float64{2})
	assert.ErrorContains(t, err, "degrees[0]")
}
