package learning_test

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/learning"
)

func TestVectorsClues(t *testing.T) {
	v := vectors[struct {
		Tests []struct {
			Name     string
			Prior    float64
			H        float64  `json:"p_e_given_h"`
			NotH     float64  `json:"p_e_given_not_h"`
			Found    *float64 `json:"lr_found"`
			NotFound *float64 `json:"lr_not_found"`
			PostYes  float64  `json:"posterior_found"`
			PostNo   float64  `json:"posterior_not_found"`
			DBYes    *float64 `json:"weight_found_db"`
			DBNo     *float64 `json:"weight_not_found_db"`
			Expected float64  `json:"expected_posterior"`
		}
		Correlated []struct {
			Cor       float64 `json:"cor_given_h"`
			E1H       float64 `json:"p_e1_h"`
			E2H       float64 `json:"p_e2_h"`
			E1N       float64 `json:"p_e1_nh"`
			E2N       float64 `json:"p_e2_nh"`
			Posterior map[string]float64
		} `json:"two_correlated_clues"`
		Double []struct {
			Copies    int
			Prior, LR float64
			Naive     float64 `json:"naive_posterior"`
			Correct   float64 `json:"correct_posterior"`
		} `json:"double_counting"`
		Dependent []struct {
			SE, FP      float64
			H           float64 `json:"cor_h"`
			NH          float64 `json:"cor_nh"`
			Both        float64 `json:"lr_both"`
			Independent float64 `json:"lr_if_independent"`
			Single      float64 `json:"lr_single"`
		} `json:"dependent_pair"`
	}](t, "process_tracing.json")
	a := agree(t, 1e-12)
	names := map[string]string{"straw": "straw-in-the-wind", "hoop": "hoop", "smoking": "smoking-gun", "doubly": "doubly-decisive"}
	for _, r := range v.Tests {
		d := learning.Diagnosticity{IfTrue: r.H, IfFalse: r.NotH}
		yes, err := d.Weight(true)
		require.NoError(t, err)
		no, err := d.Weight(false)
		require.NoError(t, err)
		if r.Found != nil {
			a.isRelative(*r.Found, yes.BayesFactor(), r.Name)
			a.isRelative(*r.DBYes, yes.Decibels(), r.Name)
		} else {
			assert.True(t, math.IsInf(float64(yes), 1))
		}
		a.isRelative(*r.NotFound, no.BayesFactor(), r.Name)
		a.isRelative(*r.DBNo, no.Decibels(), r.Name)
		p, err := yes.Update(r.Prior)
		require.NoError(t, err)
		a.is(r.PostYes, p, r.Name)
		p, err = no.Update(r.Prior)
		require.NoError(t, err)
		a.is(r.PostNo, p, r.Name)
		one := learning.Package{IfTrue: []float64{1 - r.H, r.H}, IfFalse: []float64{1 - r.NotH, r.NotH}}
		p, err = one.ExpectedPosterior(r.Prior)
		require.NoError(t, err)
		a.is(r.Expected, p, r.Name)
		test, against := d.Test()
		word := r.Name[:min(len(r.Name), 5)]
		for k, want := range names {
			if k[:min(4, len(k))] == word[:4] {
				assert.Equal(t, want, test.String(), r.Name)
			}
		}
		assert.Equal(t, r.H < r.NotH, against, r.Name)
	}
	for _, r := range v.Correlated {
		x, err := learning.Diagnosticity{IfTrue: r.E1H, IfFalse: r.E1N}.Pair(learning.Diagnosticity{IfTrue: r.E2H, IfFalse: r.E2N}, r.Cor, 0)
		require.NoError(t, err)
		for k, want := range r.Posterior {
			w, err := x.Weight(k[0] == '1', k[1] == '1')
			require.NoError(t, err)
			p, err := w.Update(0.5)
			require.NoError(t, err)
			a.is(want, p, r, k)
		}
	}
	for _, r := range v.Double {
		w := learning.Weight(math.Log(r.LR))
		p, err := (w * learning.Weight(r.Copies)).Update(r.Prior)
		require.NoError(t, err)
		a.is(r.Naive, p, r)
		p, err = w.Update(r.Prior)
		require.NoError(t, err)
		a.is(r.Correct, p, r)
	}
	for _, r := range v.Dependent {
		d := learning.Diagnosticity{IfTrue: r.SE, IfFalse: r.FP}
		x, err := d.Pair(d, r.H, r.NH)
		require.NoError(t, err)
		both, err := x.Weight(true, true)
		require.NoError(t, err)
		single, err := d.Weight(true)
		require.NoError(t, err)
		a.isRelative(r.Both, both.BayesFactor(), r)
		a.isRelative(r.Single, single.BayesFactor(), r)
		a.isRelative(r.Independent, (2 * single).BayesFactor(), r)
	}
}

func TestVectorsBiasAllowance(t *testing.T) {
	v := vectors[struct {
		Rows []struct {
			Estimate, SE float64
			Mean         float64 `json:"h1_mean"`
			SD           float64 `json:"h1_sd"`
			Bias         float64 `json:"bias_sd"`
			Log          float64 `json:"log_bf"`
			BF           float64
		} `json:"bias_adjusted_normal_bf"`
	}](t, "gates_and_bf.json")
	a := agree(t, 1e-12)
	for _, r := range v.Rows {
		w, err := learning.Estimate{Effect: r.Estimate, SE: r.SE}.Weight(learning.EffectPrior{Mean: r.Mean, SD: r.SD}, r.Bias)
		require.NoError(t, err)
		a.is(r.Log, float64(w), r)
		a.isRelative(r.BF, w.BayesFactor(), r)
	}
}

func TestVectorsWedge(t *testing.T) {
	v := vectors[struct {
		Rows []struct {
			Clusters, Periods int
			People            int     `json:"per_cluster_period"`
			SD                float64 `json:"total_sd"`
			ICC               float64
			Design            [][]int
			Var, SE           float64
			Effect            float64
			Power             float64 `json:"power_two_sided_5pct"`
			Naive             float64 `json:"naive_se_ignoring_clusters_and_time"`
		} `json:"stepped_wedge_hussey_hughes"`
	}](t, "designs.json")
	a := agree(t, 1e-12)
	for _, r := range v.Rows {
		w := learning.Wedge{People: r.People, SD: r.SD, ICC: r.ICC}
		exposed := 0
		for _, row := range r.Design {
			var cells []bool
			for _, x := range row {
				cells = append(cells, x == 1)
				exposed += x
			}
			w.Exposed = append(w.Exposed, cells)
		}
		se, err := w.SE()
		require.NoError(t, err)
		a.is(r.SE, se, r)
		a.is(r.Var, se*se, r)
		power, err := w.Power(r.Effect, 0.05)
		require.NoError(t, err)
		assert.InDelta(t, r.Power, power, 1e-8, "the file takes z as 1.959964")
		naive, err := w.NaiveSE()
		require.NoError(t, err)
		// The file's naive standard error takes both halves as equal: sd √(4/N).
		a.is(r.Naive, r.SD*math.Sqrt(4/float64(r.Clusters*r.Periods*r.People)), r)
		assert.GreaterOrEqual(t, naive, r.Naive*(1-1e-12))
		var refused *learning.UnclusteredError
		require.ErrorAs(t, w.CheckSE(r.Naive), &refused)
		assert.Equal(t, se, refused.Clustered)
		assert.NoError(t, w.CheckSE(r.SE))
	}
}

func TestVectorsSampleSizes(t *testing.T) {
	v := vectors[struct {
		Power map[string]struct {
			N80 int `json:"fixed_n_per_arm_80pct"`
			N95 int `json:"fixed_n_per_arm_95pct"`
		}
	}](t, "coverage_simulation.json")
	for name, r := range v.Power {
		a, err := strconv.ParseFloat(name[:3], 64)
		require.NoError(t, err)
		b, err := strconv.ParseFloat(name[len(name)-3:], 64)
		require.NoError(t, err)
		n, err := learning.PerArm(a, b, 0.05, 0.8)
		require.NoError(t, err)
		assert.Equal(t, r.N80, n, name)
		n, err = learning.PerArm(a, b, 0.05, 0.95)
		require.NoError(t, err)
		assert.Equal(t, r.N95, n, name)
	}
}

func TestVectorsWorth(t *testing.T) {
	v := vectors[struct {
		Oil struct {
			Prior      map[string]float64
			Utility    map[string]map[string]float64
			Likelihood map[string]map[string]float64
			Cost       float64 `json:"test_cost"`
			Now        float64 `json:"eu_without"`
			EVPI, EVSI float64
			ENBS       float64
			With       float64 `json:"meu_with_test"`
		} `json:"oil_wildcatter"`
		Normal struct {
			EVPI  float64
			P1    float64            `json:"evppi_p1"`
			P2    float64            `json:"evppi_p2"`
			EVSI1 map[string]float64 `json:"evsi_p1_n"`
		} `json:"voi_normal"`
		Beta struct {
			Cases []struct {
				A, B, K, C, EVPI float64
				EVSI             map[string]float64
			}
		} `json:"beta_binomial_scale_or_stop"`
		Link struct {
			Cases []struct {
				Belief  float64 `json:"p_link"`
				True    float64 `json:"p_target_if_true"`
				False   float64 `json:"p_target_if_false"`
				Benefit float64
				Cost    float64 `json:"cost_to_scale"`
				Sens    float64 `json:"sensitivity"`
				Spec    float64 `json:"specificity"`
				Now     float64 `json:"eu_now"`
				EVPI    float64
				EVSI    float64
			}
		} `json:"binary_link_experiment"`
		Pair struct {
			Prior float64
			Sens  float64 `json:"sensitivity"`
			Spec  float64 `json:"specificity"`
			E1    float64 `json:"evsi_1"`
			E2    float64 `json:"evsi_2"`
			E3    float64 `json:"evsi_3"`
		} `json:"portfolio_not_submodular"`
	}](t, "voi.json")
	a := agree(t, 1e-12)

	states, results := []string{"dry", "wet", "soaking"}, []string{"none", "open", "closed"}
	d := learning.FiniteDecision{Payoffs: make([][]float64, 2)}
	var likelihood [][]float64
	for _, s := range states {
		d.Prior = append(d.Prior, v.Oil.Prior[s])
		d.Payoffs[0] = append(d.Payoffs[0], v.Oil.Utility["not"][s])
		d.Payoffs[1] = append(d.Payoffs[1], v.Oil.Utility["drill"][s])
		var row []float64
		for _, k := range results {
			row = append(row, v.Oil.Likelihood[k][s])
		}
		likelihood = append(likelihood, row)
	}
	w, err := d.Worth(likelihood)
	require.NoError(t, err)
	a.is(v.Oil.Now, w.Now)
	a.is(v.Oil.EVPI, w.Perfect)
	a.is(v.Oil.EVSI, w.Sample)
	a.is(v.Oil.ENBS, w.Net(v.Oil.Cost))
	a.is(v.Oil.With, w.Now+w.Net(v.Oil.Cost))
	assert.Equal(t, 1, w.Action)

	e := learning.EffectDecision{Mean: 1, SD: math.Sqrt(5)}
	for sd, want := range map[float64]float64{math.Sqrt(5): v.Normal.EVPI, 1: v.Normal.P1, 2: v.Normal.P2} {
		w, err := e.Worth(sd)
		require.NoError(t, err)
		a.is(want, w.Sample)
		a.is(v.Normal.EVPI, w.Perfect)
	}
	for k, want := range v.Normal.EVSI1 {
		n, err := strconv.Atoi(k)
		require.NoError(t, err)
		w, err := e.Worth(learning.Preposterior(1, 1, n))
		require.NoError(t, err)
		a.is(want, w.Sample, k)
	}

	for _, r := range v.Beta.Cases {
		d := learning.ShareDecision{Prior: learning.Beta{A: r.A, B: r.B}, Gain: r.K, Cost: r.C}
		for k, want := range r.EVSI {
			n, err := strconv.Atoi(k)
			require.NoError(t, err)
			w, err := d.Worth(n)
			require.NoError(t, err)
			a.is(r.EVPI, w.Perfect, r)
			a.is(want, w.Sample, r, n)
			assert.Equal(t, w.Sample > 0, w.CanChangeDecision)
			assert.LessOrEqual(t, w.Sample, w.Perfect)
			if math.Abs(want) < 1e-9 {
				assert.Zero(t, w.Sample, "float noise must not pass for worth")
			}
		}
	}

	for _, r := range v.Link.Cases {
		w, err := learning.LinkDecision{Belief: r.Belief, IfTrue: r.True, IfFalse: r.False, Benefit: r.Benefit, Cost: r.Cost}.
			Worth(learning.Diagnosticity{IfTrue: r.Sens, IfFalse: 1 - r.Spec})
		require.NoError(t, err)
		a.is(max(r.Now, 0), w.Now, r)
		a.is(r.EVPI, w.Perfect, r)
		a.is(r.EVSI, w.Sample, r)
		if math.Abs(r.EVSI) < 1e-9 {
			assert.False(t, w.CanChangeDecision)
			assert.Zero(t, w.Sample)
		}
	}

	// One test worth nothing, two together worth 2.0: value of information is not submodular.
	var got []float64
	for n := 1; n <= 3; n++ {
		rows := make([][]float64, 2)
		for s, p := range []float64{v.Pair.Sens, 1 - v.Pair.Spec} {
			for k := 0; k <= n; k++ {
				choose := []float64{1, float64(n), float64(n * (n - 1) / 2), 1}[k]
				rows[s] = append(rows[s], choose*math.Pow(p, float64(k))*math.Pow(1-p, float64(n-k)))
			}
		}
		w, err := learning.FiniteDecision{Prior: []float64{v.Pair.Prior, 1 - v.Pair.Prior}, Payoffs: [][]float64{{0, 0}, {20, -80}}}.Worth(rows)
		require.NoError(t, err)
		got = append(got, w.Sample)
	}
	for i, want := range []float64{v.Pair.E1, v.Pair.E2, v.Pair.E3} {
		a.is(want, got[i], "tests", i+1)
	}
	assert.True(t, slices.IsSorted(got))
}
