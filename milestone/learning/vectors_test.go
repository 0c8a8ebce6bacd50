package learning_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/milestone/learning"
)

// vectors decodes one file of known answers, or skips the test where the folder is absent.
func vectors[T any](t *testing.T, name string) T {
	t.Helper()
	var v T
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "learning", "vectors", name))
	if os.IsNotExist(err) {
		t.Skipf("%s absent: ../shared/data not beside the repository", name)
	}
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &v))
	return v
}

// agreement counts numbers compared and keeps the largest error, relative above 1 in size and absolute below.
type agreement struct {
	t     *testing.T
	tol   float64
	n, ok int
	most  float64
}

func agree(t *testing.T, tol float64) *agreement {
	a := &agreement{t: t, tol: tol}
	t.Cleanup(func() { t.Logf("%d of %d numbers agree within %.0e, largest error %.1e", a.ok, a.n, a.tol, a.most) })
	return a
}

func (a *agreement) is(want, got float64, context ...any) {
	a.t.Helper()
	a.n++
	e := math.Abs(want-got) / max(1, math.Abs(want))
	if want == got {
		e = 0
	}
	if !(e <= a.tol) {
		assert.Failf(a.t, "disagrees", "want %v, got %v (error %.2e): %v", want, got, e, context)
		return
	}
	a.ok++
	a.most = max(a.most, e)
}

// isRelative compares small numbers by relative error.
func (a *agreement) isRelative(want, got float64, context ...any) {
	a.t.Helper()
	if want == 0 {
		a.is(want, got, context...)
		return
	}
	a.is(1, got/want, context...)
}

// isTail compares by relative error, or to 2e-14 where the vector was sought no closer.
func (a *agreement) isTail(want, got float64, context ...any) {
	a.t.Helper()
	if math.Abs(want-got) <= 2e-14 {
		got = want
	}
	a.isRelative(want, got, context...)
}

func TestVectorsBetaPosteriors(t *testing.T) {
	type row struct {
		PriorA float64 `json:"prior_a"`
		PriorB float64 `json:"prior_b"`
		Yes    int     `json:"successes"`
		N      int
		Mean   float64
		Var    float64
		Q025   float64
		Q05    float64
		Q50    float64
		Q975   float64
		Half   float64 `json:"p_gt_half"`
		Log    float64 `json:"log_marginal_bernoulli"`
	}
	v := vectors[struct{ Posteriors []row }](t, "beta_binomial.json")
	a := agree(t, 1e-11)
	for _, r := range v.Posteriors {
		prior := learning.Beta{A: r.PriorA, B: r.PriorB}
		c := learning.Counts{Yes: r.Yes, N: r.N}
		post := prior.Update(c)
		a.isRelative(r.Mean, post.Mean(), r)
		a.isRelative(r.Var, post.Variance(), r)
		// The file's roots were sought to about 1e-14: TestQuantileTails holds the tails to 1e-12.
		a.isTail(r.Q025, post.Quantile(0.025), r)
		a.isTail(r.Q05, post.Quantile(0.05), r)
		a.isTail(r.Q50, post.Quantile(0.5), r)
		a.isTail(r.Q975, post.Quantile(0.975), r)
		a.is(r.Half, post.Above(0.5), r)
		a.is(r.Log, prior.LogMarginal(c), r)
	}
}

func TestVectorsTwoArms(t *testing.T) {
	type row struct {
		Prior  [2]float64
		SA, NA int
		SB, NB int
		Chance float64 `json:"p_B_gt_A"`
		LossB  float64 `json:"expected_loss_choose_B"`
		LossA  float64 `json:"expected_loss_choose_A"`
		MeanA  float64 `json:"mean_A"`
		MeanB  float64 `json:"mean_B"`
	}
	v := vectors[struct {
		Rows []row `json:"two_arm"`
	}](t, "beta_binomial.json")
	a := agree(t, 1e-11)
	for _, r := range v.Rows {
		prior := learning.Beta{A: r.Prior[0], B: r.Prior[1]}
		x := learning.Versus{A: prior.Update(learning.Counts{Yes: r.SA, N: r.NA}), B: prior.Update(learning.Counts{Yes: r.SB, N: r.NB})}
		a.isRelative(r.Chance, x.ChanceBHigher(), r)
		a.isRelative(r.LossB, x.LossOfB(), r)
		a.isRelative(r.LossA, x.LossOfA(), r)
		a.is(r.MeanA, x.A.Mean(), r)
		a.is(r.MeanB, x.B.Mean(), r)
	}
}

func TestVectorsBetaMixture(t *testing.T) {
	type row struct {
		A, B, Alpha float64
		Successes   int
		N           int
		Lo, Hi      float64
		LogE        map[string]float64 `json:"log_e"`
	}
	v := vectors[struct{ Cases []row }](t, "beta_mixture_eprocess.json")
	a := agree(t, 1e-11)
	for _, r := range v.Cases {
		prior := learning.Beta{A: r.A, B: r.B}
		c := learning.Counts{Yes: r.Successes, N: r.N}
		got := prior.Sequence(c, r.Alpha)
		a.is(r.Lo, got.Low, r)
		a.is(r.Hi, got.High, r)
		for k, want := range r.LogE {
			p, err := strconv.ParseFloat(k, 64)
			require.NoError(t, err)
			a.is(want, float64(prior.LogE(c, p)), r, k)
		}
	}
}

func TestVectorsSafeTwo(t *testing.T) {
	type row struct {
		Name   string
		NA, NB int
		Beta   [4]float64
		YA, YB []int
		E      []float64
	}
	v := vectors[struct{ Cases []row }](t, "safe_two_proportions.json")
	a := agree(t, 1e-9)
	for _, r := range v.Cases {
		s := learning.SafeTwo{A: learning.Beta{A: r.Beta[0], B: r.Beta[1]}, B: learning.Beta{A: r.Beta[2], B: r.Beta[3]}}
		for i := range r.E {
			require.NoError(t, s.Add(learning.Block{A: learning.Counts{Yes: r.YA[i], N: r.NA}, B: learning.Counts{Yes: r.YB[i], N: r.NB}}))
			a.isRelative(r.E[i], s.LogE().Value(), r.Name, i)
		}
	}
}

func TestVectorsBetting(t *testing.T) {
	type row struct {
		Name    string
		X       []float64
		Alpha   float64
		At      []int
		Grid    map[string][2]float64         `json:"hedged_grid1000"`
		Running map[string][2]float64         `json:"hedged_grid1000_running"`
		EB      map[string][2]float64         `json:"empirical_bernstein_predmix"`
		Hoeff   map[string][2]float64         `json:"hoeffding_predmix"`
		Capital map[string]map[string]float64 `json:"hedged_capital_process"`
	}
	v := vectors[struct{ Cases []row }](t, "confseq_betting.json")
	exact, grid := agree(t, 1e-9), agree(t, 0.0011)
	for _, r := range v.Cases {
		running := learning.Interval{Low: 0, High: 1}
		seen := 0
		for _, n := range r.At {
			k := strconv.Itoa(n)
			for ; seen < n; seen++ {
				b, err := learning.HedgedSequence(r.X[:seen+1], r.Alpha)
				require.NoError(t, err)
				running = learning.Interval{Low: max(running.Low, b.Low), High: min(running.High, b.High)}
			}
			grid.is(r.Running[k][0], running.Low, r.Name, n)
			grid.is(r.Running[k][1], running.High, r.Name, n)
			x := learning.Ratings(r.X[:n])
			eb, err := learning.BernsteinSequence(x, r.Alpha)
			require.NoError(t, err)
			exact.is(r.EB[k][0], eb.Low, r.Name, n)
			exact.is(r.EB[k][1], eb.High, r.Name, n)
			h, err := learning.HoeffdingSequence(x, r.Alpha)
			require.NoError(t, err)
			exact.is(r.Hoeff[k][0], h.Low, r.Name, n)
			exact.is(r.Hoeff[k][1], h.High, r.Name, n)
			// The library searches a grid of 1/1000 and widens by one step; ours lies between its grid and that step.
			b, err := learning.HedgedSequence(x, r.Alpha)
			require.NoError(t, err)
			grid.is(r.Grid[k][0], b.Low, r.Name, n)
			grid.is(r.Grid[k][1], b.High, r.Name, n)
			for m, byN := range r.Capital {
				mean, err := strconv.ParseFloat(m, 64)
				require.NoError(t, err)
				bets := learning.Bets{Mean: mean, Alpha: r.Alpha}
				for _, y := range x {
					require.NoError(t, bets.Add(y))
				}
				exact.isRelative(byN[k], bets.LogE().Value(), r.Name, m, n)
			}
		}
	}
}

func TestVectorsMixtures(t *testing.T) {
	v := vectors[struct {
		Bernoulli []struct {
			Successes, N int
			Alpha        float64
			TOpt         int `json:"t_opt"`
			Lo, Hi       float64
		} `json:"bernoulli_ci"`
		Normal []struct {
			V, Alpha float64
			VOpt     float64 `json:"v_opt"`
			AlphaOpt float64 `json:"alpha_opt"`
			OneSided bool    `json:"one_sided"`
			Bound    float64
			Log      float64 `json:"log_mixture_at_s_2sqrtv"`
		} `json:"normal_mixture"`
		Rho []struct {
			VOpt  float64 `json:"v_opt"`
			Alpha float64
			Rho   float64
		} `json:"normal_best_rho_two_sided"`
		Stitch []struct {
			V, Alpha float64
			VMin     float64 `json:"v_min"`
			C, S     float64
			Eta      float64
			Bound    float64
		} `json:"poly_stitching"`
		Gamma []struct {
			V, Alpha float64
			VOpt     float64 `json:"v_opt"`
			C, Bound float64
		} `json:"gamma_poisson"`
	}](t, "confseq_mixture.json")
	a := agree(t, 2e-8)
	for _, r := range v.Bernoulli {
		got := learning.MixtureInterval(learning.Counts{Yes: r.Successes, N: r.N}, r.Alpha, r.TOpt)
		a.is(r.Lo, got.Low, r)
		a.is(r.Hi, got.High, r)
	}
	b := agree(t, 1e-10)
	for _, r := range v.Normal {
		s := 2 * math.Sqrt(r.V)
		if r.OneSided {
			rho := learning.MixtureRho(r.VOpt, 2*r.AlphaOpt)
			b.is(r.Log, learning.LogHalfMix(s, r.V, rho), r)
			b.is(r.Bound, learning.NormalBoundaryAbove(r.V, r.Alpha, r.VOpt), r)
			continue
		}
		b.is(r.Log, learning.LogNormalMix(s, r.V, learning.MixtureRho(r.VOpt, r.AlphaOpt)), r)
		b.is(r.Bound, learning.NormalBoundary(r.V, r.Alpha, r.VOpt), r)
	}
	for _, r := range v.Rho {
		b.is(r.Rho, learning.MixtureRho(r.VOpt, r.Alpha), r)
	}
	for _, r := range v.Stitch {
		b.is(r.Bound, learning.StitchedBoundary(r.V, r.Alpha, r.VMin, r.C, r.S, r.Eta), r)
	}
	for _, r := range v.Gamma {
		b.is(r.Bound, learning.CountBoundary(r.V, r.Alpha, r.VOpt, r.C), r)
	}
}

func TestVectorsMixtureSPRT(t *testing.T) {
	v := vectors[struct {
		Normal []struct {
			Estimate, V, Tau2 float64
			Lambda            float64 `json:"lambda_"`
			P                 float64 `json:"p_always_valid_single"`
			Halfwidth         map[string]float64
		}
		Statsig []struct {
			Alpha, V, Tau float64
			Statsig       float64 `json:"z_star_statsig"`
			Johari        float64 `json:"z_star_johari"`
			Fixed         float64 `json:"z_fixed"`
		}
	}](t, "msprt.json")
	a := agree(t, 1e-10)
	for _, r := range v.Normal {
		m := learning.MixtureSPRT{SD: math.Sqrt(r.Tau2)}
		a.isRelative(r.Lambda, m.LogE(r.Estimate, r.V).Value(), r)
		a.isRelative(r.P, m.LogE(r.Estimate, r.V).P(), r)
		for k, want := range r.Halfwidth {
			alpha, err := strconv.ParseFloat(k, 64)
			require.NoError(t, err)
			a.isRelative(want, m.Halfwidth(r.V, alpha), r)
		}
	}
	for _, r := range v.Statsig { // its tau is our variance, and its two-sided bound spends half of alpha
		m := learning.MixtureSPRT{SD: math.Sqrt(r.Tau)}
		a.is(r.Johari, m.Halfwidth(r.V, r.Alpha)/math.Sqrt(r.V), r)
		a.is(r.Statsig, m.Halfwidth(r.V, r.Alpha/2)/math.Sqrt(r.V), r)
		a.is(r.Fixed, learning.NormalUpper(r.Alpha/2), r)
	}
}

func TestVectorsAsymptotic(t *testing.T) {
	type arm struct {
		Sum     float64
		Squares float64 `json:"sum_squares"`
		N       float64
	}
	v := vectors[struct {
		Published []struct {
			A, B         arm
			NStar        int `json:"n_star"`
			Alpha        float64
			Expected, SD float64
			CI           [2]float64
			Recomputed   [2]float64 `json:"recomputed_ci"`
		}
		Cases []struct {
			N     int
			NStar int `json:"n_star"`
			Alpha float64
			Half  float64 `json:"halfwidth_for_sigma_1"`
			Ratio float64 `json:"ratio_to_fixed_n"`
		}
	}](t, "asymptotic_cs.json")
	a := agree(t, 1e-10)
	for _, r := range v.Cases {
		got := learning.AsymptoticHalfwidth(r.N, 1, r.Alpha, r.NStar)
		a.is(r.Half, got, r)
		a.is(r.Ratio, got*math.Sqrt(float64(r.N))/learning.NormalUpper(r.Alpha/2), r)
	}
	for _, r := range v.Published {
		ma, mb := r.A.Sum/r.A.N, r.B.Sum/r.B.N
		variance := func(x arm, m float64) float64 {
			if x.Squares == 0 {
				return m * (1 - m)
			}
			return (x.Squares - x.N*m*m) / (x.N - 1)
		}
		va, vb := variance(r.A, ma)/r.A.N, variance(r.B, mb)/r.B.N
		rel := (mb - ma) / ma
		sd := math.Sqrt(vb/(ma*ma) + va*mb*mb/(ma*ma*ma*ma)) // delta method
		n := r.A.N + r.B.N
		half := learning.AsymptoticHalfwidth(int(n), sd*math.Sqrt(n), r.Alpha, r.NStar)
		printed := learning.AsymptoticHalfwidth(int(n), r.SD*math.Sqrt(n), r.Alpha, r.NStar) // from the five decimals published
		a.is(r.Recomputed[0], r.Expected-printed, r)
		a.is(r.Recomputed[1], r.Expected+printed, r)
		assert.InDelta(t, r.CI[0], rel-half, 1e-5)
		assert.InDelta(t, r.CI[1], rel+half, 1e-5)
		assert.InDelta(t, r.Expected, rel, 6e-6)
		assert.InDelta(t, r.SD, sd, 6e-6)
	}
}

func TestVectorsLooks(t *testing.T) {
	v := vectors[struct {
		Rows []struct {
			Type  string
			Looks int
			Alpha float64 `json:"one_sided_alpha"`
			Z     []float64
		} `json:"group_sequential"`
	}](t, "designs.json")
	a := agree(t, 1.1e-8) // rpact prints eight decimals
	for _, r := range v.Rows {
		rule := learning.OBrienFleming
		if r.Type == "Pocock" {
			rule = learning.Pocock
		}
		at := make([]int, r.Looks)
		for i := range at {
			at[i] = 20 * (i + 1)
		}
		z, err := learning.LookBoundaries(rule, at, r.Alpha)
		require.NoError(t, err)
		for i := range z {
			a.is(r.Z[i], z[i], r)
		}
	}
}
