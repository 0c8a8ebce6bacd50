package learning

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"text/tabwriter"

	"github.com/missionled/missionled/milestone/learning"
)

// A watcher is fed one experiment at a time, in which there is no effect, and reports whether it would have called one at any look.
type watcher func(r *rand.Rand, p float64, horizon int) bool

// falseAlarms counts the runs in which the watcher calls an effect where there is none. It is a function of its arguments alone: each
// run draws from a generator of its own, so that the number of processors plays no part.
func falseAlarms(w watcher, p float64, runs, horizon int, seed uint64) int {
	alarms := make([]int, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for part := range alarms {
		group.Go(func() {
			for run := part; run < runs; run += len(alarms) {
				if w(rand.New(rand.NewPCG(seed, uint64(run))), p, horizon) {
					alarms[part]++
				}
			}
		})
	}
	group.Wait()
	total := 0
	for _, n := range alarms {
		total += n
	}
	return total
}

func draw(r *rand.Rand, p float64) int {
	if r.Float64() < p {
		return 1
	}
	return 0
}

// oneShare watches one share by the beta mixture, against its true value.
func oneShare(prior learning.Beta) watcher {
	return func(r *rand.Rand, p float64, horizon int) bool {
		var c learning.Counts
		for range horizon {
			c = c.Plus(learning.Counts{Yes: draw(r, p), N: 1})
			if prior.LogE(c, p).Against(0.05) {
				return true
			}
		}
		return false
	}
}

// credible watches one share by the 95% credible interval of a flat prior: what many take to be safe.
func credible(r *rand.Rand, p float64, horizon int) bool {
	var c learning.Counts
	for range horizon {
		c = c.Plus(learning.Counts{Yes: draw(r, p), N: 1})
		post := learning.Beta{A: 1, B: 1}.Update(c)
		if post.CDF(p) < 0.025 || post.Above(p) < 0.025 {
			return true
		}
	}
	return false
}

// twoShares watches a pair of arms, of which B is so much higher, by the safe test of just that difference.
func twoShares(difference float64) watcher {
	return func(r *rand.Rand, p float64, horizon int) bool {
		s := learning.SafeTwo{Difference: difference}
		for range horizon {
			b := learning.Block{A: learning.Counts{Yes: draw(r, p), N: 1}, B: learning.Counts{Yes: draw(r, p+difference), N: 1}}
			if s.Add(b) != nil || s.LogE().Against(0.05) {
				return true
			}
		}
		return false
	}
}

// bets watches scores of mean p, half yes-or-no and half in between, by hedged betting.
func bets(r *rand.Rand, p float64, horizon int) bool {
	b := learning.Bets{Mean: p}
	for range horizon {
		x := float64(draw(r, p))
		if r.Float64() < 0.5 {
			x = (x + p) / 2
		}
		if b.Add(x) != nil || b.LogE().Against(0.05) {
			return true
		}
	}
	return false
}

// zTest watches two arms by a z test made for one look.
func zTest(r *rand.Rand, p float64, horizon int) bool {
	var a, b learning.Counts
	for n := 1; n <= horizon; n++ {
		a = a.Plus(learning.Counts{Yes: draw(r, p), N: 1})
		b = b.Plus(learning.Counts{Yes: draw(r, p), N: 1})
		m := a.Plus(b).Share()
		v := m * (1 - m) * 2 / float64(n)
		if n >= 10 && v > 0 && math.Abs(a.Share()-b.Share()) >= 1.96*math.Sqrt(v) {
			return true
		}
	}
	return false
}

// numbers watches two arms of waiting times by a method for means, from its burn-in on.
func numbers(m learning.Method) watcher {
	return func(r *rand.Rand, _ float64, horizon int) bool {
		var s [2][3]float64 // n, sum, sum of squares
		for range horizon {
			for i := range s {
				x := r.ExpFloat64()
				s[i] = [3]float64{s[i][0] + 1, s[i][1] + x, s[i][2] + x*x}
			}
			if s[0][0] < learning.BurnIn {
				continue
			}
			arm := func(k [3]float64) learning.Moments {
				mean := k[1] / k[0]
				return learning.Moments{N: int(k[0]), Mean: mean, Variance: (k[2] - k[0]*mean*mean) / (k[0] - 1)}
			}
			got, err := learning.Anytime{Method: m, EffectSD: 0.3}.Read(learning.Means{A: arm(s[0]), B: arm(s[1])})
			if err != nil || got.Excluded {
				return true
			}
		}
		return false
	}
}

// looks watches two arms at five planned looks, by the statistic and bars of [learning.PlannedLooks].
func looks(rule learning.LookRule, horizon int) watcher {
	at := []int{2 * horizon / 5, 4 * horizon / 5, 6 * horizon / 5, 8 * horizon / 5, 2 * horizon}
	bars, err := learning.LookBoundaries(rule, at, 0.025)
	return func(r *rand.Rand, p float64, _ int) bool {
		var a, b learning.Counts
		look := 0
		for look < len(at) {
			a = a.Plus(learning.Counts{Yes: draw(r, p), N: 1})
			b = b.Plus(learning.Counts{Yes: draw(r, p), N: 1})
			if a.N+b.N < at[look] {
				continue
			}
			m := a.Plus(b).Share()
			v := m * (1 - m) * 2 / float64(a.N)
			if err != nil || v > 0 && math.Abs(a.Share()-b.Share()) >= bars[look]*math.Sqrt(v) {
				return true
			}
			look++
		}
		return false
	}
}

// Alarms is a row of the table: how often a method alarms.
type Alarms struct {
	Method  string  `json:"method"`
	Guarded bool    `json:"guarded"`
	P       float64 `json:"p,omitempty"` // the share in both arms, where there is one
	Alarms  int     `json:"alarms"`
	Runs    int     `json:"runs"`
	Horizon int     `json:"horizon"`
}

// rate is the share of runs with an alarm and its standard error, at least that of one alarm.
func (a Alarms) rate() (rate, se float64) {
	rate = float64(a.Alarms) / float64(a.Runs)
	q := max(rate, 1/float64(a.Runs))
	return rate, math.Sqrt(q * (1 - q) / float64(a.Runs))
}

// FalseAlarms prints how often each statistic alarms where there is nothing, looked at after every observation. The error says which of
// the guarded ones alarm more often than the nominal 5 %, by more than three standard errors.
func FalseAlarms(out io.Writer, args []string) error {
	flags := flag.NewFlagSet("false-alarms", flag.ContinueOnError)
	runs := flags.Int("runs", 4000, "simulated experiments for each figure")
	horizon := flags.Int("n", 500, "observations, or pairs of them, looked at one by one")
	seed := flags.Uint64("seed", 20250711, "from which all draws follow")
	asJSON := flags.Bool("json", false, "print lines of JSON, not a table")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *runs < 1 || *horizon < 10 {
		return fmt.Errorf("%d runs of %d observations show nothing", *runs, *horizon)
	}
	methods := []struct {
		name    string
		guarded bool
		shares  bool // depends on the share
		w       watcher
	}{
		{"one share, beta mixture Beta(1,1)", true, true, oneShare(learning.Beta{A: 1, B: 1})},
		{"one share, beta mixture Beta(½,½)", true, true, oneShare(learning.Beta{A: 0.5, B: 0.5})},
		{"two shares, safe 2x2", true, true, twoShares(0)},
		{"two shares, safe 2x2 of 20 points", true, true, twoShares(0.2)},
		{"scores, hedged betting", true, true, bets},
		{"means, asymptotic sequence", true, false, numbers(learning.ByAsymptotic)},
		{"means, mixture SPRT", true, false, numbers(learning.ByMixtureSPRT)},
		{"two shares, five looks, Pocock", true, true, looks(learning.Pocock, *horizon)},
		{"two shares, five looks, O'Brien-Fleming", true, true, looks(learning.OBrienFleming, *horizon)},
		{"two shares, z test at every pair", false, true, zTest},
		{"one share, credible interval every time", false, true, credible},
	}
	shares := []float64{0.02, 0.1, 0.3, 0.5}
	var all []Alarms
	var over []string
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if !*asJSON {
		fmt.Fprintf(out, "share of %d experiments without an effect in which one is called, looked at after every one of %d observations; nominal 5 %%\n", *runs, *horizon)
		fmt.Fprint(w, "method\t")
		for _, p := range shares {
			fmt.Fprintf(w, "p = %g\t", p)
		}
		fmt.Fprintln(w)
	}
	for _, m := range methods {
		fmt.Fprint(w, m.name, "\t")
		for _, p := range shares {
			if !m.shares && p != shares[0] {
				break // p plays no part
			}
			a := Alarms{Method: m.name, Guarded: m.guarded, Runs: *runs, Horizon: *horizon, Alarms: falseAlarms(m.w, p, *runs, *horizon, *seed)}
			if m.shares {
				a.P = p
			}
			rate, se := a.rate()
			if m.guarded && rate > 0.05+3*se {
				over = append(over, fmt.Sprintf("%s at %g: %.1f %%", m.name, p, 100*rate))
			}
			all = append(all, a)
			fmt.Fprintf(w, "%.1f ± %.1f %%\t", 100*rate, 100*se)
		}
		fmt.Fprintln(w)
	}
	if *asJSON {
		lines := json.NewEncoder(out)
		for _, a := range all {
			if err := lines.Encode(a); err != nil {
				return err
			}
		}
	} else if err := w.Flush(); err != nil {
		return err
	} else {
		fmt.Fprintln(out, "± is one standard error. The last two have no guard, and show what looking costs without one.")
	}
	if len(over) > 0 {
		return fmt.Errorf("above the nominal 5 %%: %s", strings.Join(over, "; "))
	}
	return nil
}
