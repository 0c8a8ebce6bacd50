package learning

import (
	"math"
	"slices"
	"strings"
)

// Observed says that a variable was seen in a state, or, with Weights, how likely what was seen is in each of its states: soft evidence.
type Observed struct {
	Variable string
	State    string
	// Weights, one for each state, replace State. Only their ratios count.
	Weights []float64
}

// Posterior is what a [Tree] says after some observations. It is not safe for concurrent use; each goroutine takes its own.
type Posterior struct {
	tree   *Tree
	cells  []float64 // the tables of the cliques, one after the other
	tables [][]float64
	up     [][]float64 // messages towards the roots, each sums to 1
	total  []float64   // what each summed to before
	down   []float64   // room for a message away from them
	soft   []float64   // likelihoods of variables, by their offset
	seen   []bool      // which variables have any
	logP   float64
}

// Posterior returns a place for answers, with no observations in it: ask it after [Posterior.Observe].
func (t *Tree) Posterior() *Posterior {
	n := len(t.cliques)
	rows := make([][]float64, 2*n)
	p := &Posterior{tree: t, cells: make([]float64, t.cells), tables: rows[:n:n], up: rows[n:], soft: make([]float64, t.offset[len(t.kept)]), seen: make([]bool, len(t.kept))}
	cells, messages, most := p.cells, make([]float64, t.room), 0
	for k := range t.cliques {
		c := &t.cliques[k]
		p.tables[k], cells = cells[:c.size:c.size], cells[c.size:]
		p.up[k], messages = messages[:c.out:c.out], messages[c.out:]
		most = max(most, c.out)
	}
	p.down, p.total = make([]float64, most), make([]float64, n)
	return p
}

// Given returns the posterior after observations. The error is an [*UnknownVariableError], a [*ProbabilityError] for weights that are no
// likelihoods, or an [*ImpossibleError] where the observations exclude each other.
func (t *Tree) Given(observed ...Observed) (*Posterior, error) {
	p := t.Posterior()
	if err := p.Observe(observed...); err != nil {
		return nil, err
	}
	return p, nil
}

// Observe forgets earlier observations and takes in others: two passes over the tables, in the same order every time, so that the same
// observations give the same bits. Errors are as of [Tree.Given]; after one, the posterior is of no use until the next Observe.
func (p *Posterior) Observe(observed ...Observed) error {
	t := p.tree
	clear(p.seen)
	for _, o := range observed {
		v, ok := t.net.index[o.Variable]
		if !ok || !t.has(v) {
			return &UnknownVariableError{Variable: o.Variable}
		}
		weights := o.Weights
		if weights == nil {
			state := slices.Index(t.net.labels[v], o.State)
			if state < 0 {
				return &UnknownVariableError{Variable: o.Variable, State: o.State}
			}
			weights = make([]float64, t.net.states[v])
			weights[state] = 1
		}
		if len(weights) != int(t.net.states[v]) {
			return &RangeError{What: "the number of weights for " + o.Variable, Value: float64(len(weights)), Want: "one for each state"}
		}
		for _, w := range weights {
			if !(w >= 0) || math.IsInf(w, 1) {
				return &RangeError{What: "a weight for " + o.Variable, Value: w, Want: "a finite number of at least 0"}
			}
		}
		p.enter(v, weights...)
	}
	return p.propagate()
}

// enter multiplies a likelihood into those of a variable.
func (p *Posterior) enter(v int32, weights ...float64) {
	n := p.tree.local[v]
	soft := p.soft[p.tree.offset[n]:p.tree.offset[n+1]]
	if !p.seen[n] {
		p.seen[n] = true
		copy(soft, weights)
		return
	}
	for i, w := range weights {
		soft[i] *= w
	}
}

// like forgets what was entered and takes what was entered into another posterior of the same tree.
func (p *Posterior) like(q *Posterior) {
	copy(p.soft, q.soft)
	copy(p.seen, q.seen)
}

// propagate collects towards the roots and hands back out.
func (p *Posterior) propagate() error {
	t := p.tree
	weight := product{rest: 1}
	for k := range t.cliques {
		copy(p.tables[k], t.cliques[k].base)
	}
	for v, seen := range p.seen {
		if seen {
			p.multiply(int32(v), p.soft[t.offset[v]:t.offset[v+1]])
		}
	}
	for k := range t.cliques {
		c, table, up := &t.cliques[k], p.tables[k], p.up[k]
		run := c.size / c.out
		total := 0.0
		for i := range up {
			sum := 0.0
			for _, x := range table[i*run : (i+1)*run] {
				sum += x
			}
			up[i] = sum
			total += sum
		}
		if !(total > 0) {
			return p.impossible()
		}
		weight.times(total)
		p.total[k] = total
		if c.parent < 0 {
			for i := range table {
				table[i] /= total
			}
			continue
		}
		for i := range up {
			up[i] /= total
		}
		parent := p.tables[c.parent]
		for cell, at := range c.within {
			parent[cell] *= up[at]
		}
	}
	p.logP = weight.log()
	for k := len(t.cliques) - 1; k >= 0; k-- {
		c := &t.cliques[k]
		if c.parent < 0 {
			continue
		}
		down, up, table := p.down[:c.out], p.up[k], p.tables[k]
		clear(down)
		parent := p.tables[c.parent]
		for cell, at := range c.within {
			down[at] += parent[cell]
		}
		run := c.size / c.out
		for i, d := range down {
			// What came up is divided out of what comes down. Where nothing came up nothing can come down.
			scale := 0.0
			if came := up[i] * p.total[k]; came > 0 {
				scale = d / came
			}
			part := table[i*run : (i+1)*run]
			for j := range part {
				part[j] *= scale
			}
		}
	}
	return nil
}

// product is a product of many numbers, of which the logarithm is wanted. A new one has a rest of 1.
type product struct {
	sum  float64 // the logarithm of what is no longer in rest
	rest float64
}

func (p *product) times(x float64) {
	if x < 1e-100 || x > 1e100 {
		p.sum += math.Log(x)
		return
	}
	if p.rest *= x; p.rest < 1e-100 || p.rest > 1e100 {
		p.sum, p.rest = p.sum+math.Log(p.rest), 1
	}
}

func (p *product) log() float64 { return p.sum + math.Log(p.rest) }

// multiply puts a likelihood into the table that the variable is read from.
func (p *Posterior) multiply(v int32, weights []float64) {
	t := p.tree
	c, table := &t.cliques[t.home[v]], p.tables[t.home[v]]
	inner, states := c.inner(v, t.states), int(t.states[v])
	if inner == 1 && states == 2 { // most of a theory's
		yes, no := weights[0], weights[1]
		for i := 0; i+1 < len(table); i += 2 {
			table[i] *= yes
			table[i+1] *= no
		}
		return
	}
	for block := 0; block < len(table); block += inner * states {
		for s, w := range weights {
			for i := block + s*inner; i < block+(s+1)*inner; i++ {
				table[i] *= w
			}
		}
	}
}

// inner returns how many cells of the clique lie next to each other that have one state of a variable.
func (c *clique) inner(v int32, states []int32) int {
	n := 1
	for j := len(c.vars) - 1; c.vars[j] != v; j-- {
		n *= int(states[c.vars[j]])
	}
	return n
}

// impossible names what was observed.
func (p *Posterior) impossible() error {
	var what strings.Builder
	what.WriteString("what was seen of ")
	count := 0
	for v, seen := range p.seen {
		if !seen {
			continue
		}
		if count++; count > 6 {
			what.WriteString(" and others")
			break
		}
		if count > 1 {
			what.WriteString(", ")
		}
		what.WriteString(p.tree.net.names[v])
	}
	return &ImpossibleError{What: what.String() + " together"}
}

// LogEvidence returns the natural logarithm of the probability of what was observed; with soft evidence, of its expected weight. It is 0 without observations.
func (p *Posterior) LogEvidence() float64 { return p.logP }

// Marginal appends the probabilities of the states of a variable to dst, in their order. The error is an [*UnknownVariableError].
func (p *Posterior) Marginal(dst []float64, variable string) ([]float64, error) {
	v, ok := p.tree.net.index[variable]
	if !ok || !p.tree.has(v) {
		return dst, &UnknownVariableError{Variable: variable}
	}
	return p.marginal(dst, v), nil
}

func (p *Posterior) marginal(dst []float64, v int32) []float64 {
	t := p.tree
	v = t.local[v]
	from := len(dst)
	states := int(t.states[v])
	for range states {
		dst = append(dst, 0)
	}
	sums := dst[from:]
	c, table := &t.cliques[t.home[v]], p.tables[t.home[v]]
	inner := c.inner(v, t.states)
	total := 0.0
	for block := 0; block < len(table); block += inner * states {
		for s := range states {
			sum := 0.0
			for _, x := range table[block+s*inner : block+(s+1)*inner] {
				sum += x
			}
			sums[s] += sum
			total += sum
		}
	}
	for s := range sums {
		sums[s] /= total
	}
	return dst
}
