package forecast

import (
	"math"
	"math/rand/v2"
	"slices"
)

// result is what a peer found, and how fast.
type result struct {
	Rate      float64   `json:"rate"` // millions of activity-trials a second, of processor time
	Mean      float64   `json:"mean"`
	P80       float64   `json:"p80"`
	Deviation float64   `json:"deviation"`
	Trials    int       `json:"trials"`
	Critical  []float64 `json:"critical"`
	How       string    `json:"how"`
}

// loop is the simulation as one would write it first: a trial at a time, in float64, with a generator of the standard library.
func (n *net) loop(trials int) result {
	r := rand.New(rand.NewPCG(1, 2))
	d, s, f := make([]float64, n.Nodes), make([]float64, n.Nodes), make([]float64, n.Nodes)
	on := make([]bool, n.Nodes)
	crit := make([]int, n.Nodes)
	x, xx, xt := make([]float64, n.Nodes), make([]float64, n.Nodes), make([]float64, n.Nodes)
	ends := make([]float64, trials)
	began := processorTime()
	for trial := range trials {
		for j := range n.Nodes {
			lo, mode, hi := n.Min[j], n.Mode[j], n.Max[j]
			d[j] = lo
			if hi > lo {
				if u := r.Float64(); u*(hi-lo) < mode-lo {
					d[j] = lo + math.Sqrt(u*(hi-lo)*(mode-lo))
				} else {
					d[j] = hi - math.Sqrt((1-u)*(hi-lo)*(hi-mode))
				}
			}
			s[j] = 0
			for _, p := range n.From[n.Off[j]:n.Off[j+1]] {
				s[j] = max(s[j], f[p])
			}
			f[j] = s[j] + d[j]
			on[j] = false
		}
		end := f[n.Nodes-1]
		ends[trial] = end
		on[n.Nodes-1] = true
		for j := n.Nodes - 1; j >= 0; j-- {
			x[j], xx[j], xt[j] = x[j]+d[j], xx[j]+d[j]*d[j], xt[j]+d[j]*end
			if !on[j] {
				continue
			}
			crit[j]++
			for _, p := range n.From[n.Off[j]:n.Off[j+1]] {
				if f[p] == s[j] {
					on[p] = true
				}
			}
		}
	}
	took := processorTime() - began
	out := result{Rate: float64(trials) * float64(n.Nodes-1) / took.Seconds() / 1e6, Trials: trials, How: "a trial at a time, PCG"}
	for _, t := range ends {
		out.Mean += t / float64(trials)
	}
	for _, t := range ends {
		out.Deviation += (t - out.Mean) * (t - out.Mean) / float64(trials)
	}
	out.Deviation = math.Sqrt(out.Deviation)
	slices.Sort(ends)
	out.P80 = ends[trials*8/10]
	for _, c := range crit {
		out.Critical = append(out.Critical, float64(c)/float64(trials))
	}
	return out
}
