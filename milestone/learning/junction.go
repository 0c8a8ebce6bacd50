package learning

import (
	"container/heap"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// InferOptions bound the work of [Network.Compile]. The zero InferOptions asks for every variable within the default budget.
type InferOptions struct {
	// Targets are the variables that will be asked about or observed; none means all. Whatever is no ancestor of any plays no part.
	Targets []string
	// Cells is the largest number of table cells that may be allocated; 0 means 4 Mi cells, 32 MiB.
	Cells int64
}

const defaultCells = 4 << 20

// Tree is a junction tree: a [Network] made ready for exact answers (Lauritzen and Spiegelhalter 1988; Jensen, Lauritzen and Olesen 1990).
// It is immutable and safe for concurrent readers. Variables are eliminated by minimum fill, or by minimum weight where that gives
// fewer cells; ties go to the variable of fewer neighbours, then to the first in the Network.
type Tree struct {
	net     *net
	keep    []bool
	cliques []clique
	home    []int32 // the clique that a variable is read from, the smallest that holds it; -1 for those left out
	cells   int64
	width   int
}

// A clique is a node of the tree. Cliques stand so that each comes before the one it sends to when collecting.
type clique struct {
	vars   []int32 // the variables shared with the parent first, so that a message out is a sum over runs of cells
	size   int     // cells
	shared int     // how many of vars are shared with the parent
	out    int     // cells of the message
	parent int32   // -1 at a root
	within []int32 // for every cell of the parent, the cell of the message that it goes with
	base   []float64
}

// A TooEntangledError refuses exact answers that would take more memory than allowed: too many influences run side by side. Nothing has been
// allocated.
type TooEntangledError struct {
	Width  int   // variables that must be held together, less one
	Cells  int64 // cells that the tables would have; math.MaxInt64 means that or more
	Budget int64 // cells allowed
	// Widest are the variables held together in the largest table, in the order of the Network.
	Widest []string
}

// Error names the sizes and the variables of the largest table.
func (e *TooEntangledError) Error() string {
	cells := strconv.FormatInt(e.Cells, 10)
	if e.Cells == math.MaxInt64 {
		cells = "more than can be counted"
	}
	worst, more := e.Widest, ""
	if len(worst) > 8 {
		worst, more = worst[:8], " and others"
	}
	return fmt.Sprintf("exact answers need %s table cells and %d are allowed: %d variables must be held together (%v%s); "+
		"ask about fewer targets, leave out cross-links, raise the budget, or ask for a sample", cells, e.Budget, e.Width+1, worst, more)
}

// An UnknownVariableError says that a name, or a state of a variable, is not in the network.
type UnknownVariableError struct {
	Variable, State string
}

// Error names what is not there.
func (e *UnknownVariableError) Error() string {
	if e.State == "" {
		return "there is no variable " + strconv.Quote(e.Variable) + " among those asked for"
	}
	return "variable " + strconv.Quote(e.Variable) + " has no state " + strconv.Quote(e.State)
}

// Compile checks the network and makes it ready for exact answers. The error joins a [*NetworkError] for every fault, or is a
// [*CycleError], an [*UnknownVariableError] or a [*TooEntangledError]: the cells are counted before any is allocated.
func (n *Network) Compile(o InferOptions) (*Tree, error) {
	r, faults := n.resolve()
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	var targets []int32
	for _, name := range o.Targets {
		v, ok := r.index[name]
		if !ok {
			return nil, &UnknownVariableError{Variable: name}
		}
		targets = append(targets, v)
	}
	if len(o.Targets) == 0 {
		targets = slices.Clone(r.order)
	}
	return r.compile(targets, o.Cells)
}

func (r *net) compile(targets []int32, budget int64) (*Tree, error) {
	if budget <= 0 {
		budget = defaultCells
	}
	budget = min(budget, math.MaxInt32) // cells are numbered by int32
	keep := r.prune(targets)
	plan := r.eliminate(keep, false)
	if other := r.eliminate(keep, true); other.cells < plan.cells {
		plan = other
	}
	if plan.cells > budget {
		worst := make([]string, len(plan.worst))
		slices.Sort(plan.worst)
		for i, v := range plan.worst {
			worst[i] = r.names[v]
		}
		return nil, &TooEntangledError{Width: len(worst) - 1, Cells: plan.cells, Budget: budget, Widest: worst}
	}
	t := &Tree{net: r, keep: keep, cells: plan.cells, width: max(0, len(plan.worst)-1)}
	t.build(plan)
	t.fill()
	return t, nil
}

// Cells returns the number of cells of the tree's tables, and Width the largest number of variables held together, less one.
func (t *Tree) Cells() int64 { return t.cells }

// Width returns the largest number of variables held together, less one.
func (t *Tree) Width() int { return t.width }

// An elimination is an order of the variables with the clique that each leaves behind.
type elimination struct {
	order []int32
	left  [][]int32 // the neighbours of a variable when it went
	cells int64
	worst []int32
}

// eliminate takes the variables out one by one, each time the one whose neighbours lack the fewest links among themselves, or
// whose table would be smallest.
func (r *net) eliminate(keep []bool, byWeight bool) *elimination {
	n := len(r.names)
	near := make([][]int32, n)
	link := func(a, b int32) {
		if a == b {
			return
		}
		if i, found := slices.BinarySearch(near[a], b); !found {
			near[a] = slices.Insert(near[a], i, b)
			j, _ := slices.BinarySearch(near[b], a)
			near[b] = slices.Insert(near[b], j, a)
		}
	}
	count := 0
	for v := range int32(n) {
		if !keep[v] {
			continue
		}
		count++
		for i, p := range r.parents[v] {
			link(v, p)
			for _, q := range r.parents[v][:i] {
				link(p, q)
			}
		}
	}
	mark := make([]int32, n)
	stamp := int32(0)
	missing := func(v int32) float64 {
		stamp++
		for _, u := range near[v] {
			mark[u] = stamp
		}
		among := 0
		for _, u := range near[v] {
			for _, w := range near[u] {
				if mark[w] == stamp {
					among++
				}
			}
		}
		d := len(near[v])
		return float64(d*(d-1)-among) / 2
	}
	weight := func(v int32) float64 {
		w := float64(r.states[v])
		for _, u := range near[v] {
			w *= float64(r.states[u])
		}
		return w
	}
	e := &elimination{}
	version := make([]int32, n)
	var queue candidates
	push := func(v int32) {
		version[v]++
		c := candidate{cost: weight(v), variable: v, version: version[v], degree: int32(len(near[v]))}
		if !byWeight {
			c.cost = missing(v)
		}
		heap.Push(&queue, c)
	}
	for v := range int32(n) {
		if keep[v] {
			push(v)
		}
	}
	touched := make([]int32, n)
	round := int32(0)
	for len(e.order) < count {
		c := heap.Pop(&queue).(candidate)
		v := c.variable
		if c.version != version[v] {
			continue
		}
		version[v] = -1
		neighbours := near[v]
		e.order = append(e.order, v)
		e.left = append(e.left, neighbours)
		size := weight(v)
		if size >= math.MaxInt64/2 || e.cells > math.MaxInt64/2 {
			e.cells = math.MaxInt64
		} else if e.cells != math.MaxInt64 {
			e.cells += int64(size)
		}
		if len(neighbours)+1 > len(e.worst) {
			e.worst = append([]int32{v}, neighbours...)
		}
		for _, u := range neighbours {
			i, _ := slices.BinarySearch(near[u], v)
			near[u] = slices.Delete(near[u], i, i+1)
		}
		added := false
		for i, a := range neighbours {
			for _, b := range neighbours[:i] {
				if _, linked := slices.BinarySearch(near[a], b); !linked {
					link(a, b)
					added = true
				}
			}
		}
		if e.cells == math.MaxInt64 {
			e.worst = slices.Clone(e.worst)
			return e // it is over any budget
		}
		round++
		for _, u := range neighbours {
			touched[u] = round
			push(u)
		}
		if !added || byWeight {
			continue
		}
		for _, u := range neighbours {
			for _, w := range near[u] {
				if touched[w] != round {
					touched[w] = round
					push(w)
				}
			}
		}
	}
	e.worst = slices.Clone(e.worst)
	return e
}

type candidate struct {
	cost     float64
	degree   int32
	variable int32
	version  int32
}

// candidates is a heap: the cheapest first, then the one of fewest neighbours, then the first in the network.
type candidates []candidate

func (c candidates) Len() int { return len(c) }
func (c candidates) Less(i, j int) bool {
	a, b := c[i], c[j]
	if a.cost != b.cost {
		return a.cost < b.cost
	}
	if a.degree != b.degree {
		return a.degree < b.degree
	}
	return a.variable < b.variable
}
func (c candidates) Swap(i, j int) { c[i], c[j] = c[j], c[i] }
func (c *candidates) Push(x any)   { *c = append(*c, x.(candidate)) }
func (c *candidates) Pop() any {
	last := (*c)[len(*c)-1]
	*c = (*c)[:len(*c)-1]
	return last
}

// build makes the cliques of an elimination: one for each variable and the neighbours it had, joined with the next where that holds nothing else.
func (t *Tree) build(e *elimination) {
	n := len(t.net.names)
	position := make([]int32, n)
	for i, v := range e.order {
		position[v] = int32(i)
	}
	// next[i] is where the clique of the i-th variable sends to: that of the first of its neighbours to go.
	next := make([]int32, len(e.order))
	alias := make([]int32, len(e.order)) // the clique that holds the i-th variable's own
	members := make([][]int32, len(e.order))
	for i, v := range e.order {
		next[i] = -1
		for _, u := range e.left[i] {
			if next[i] < 0 || position[u] < next[i] {
				next[i] = position[u]
			}
		}
		members[i] = append([]int32{v}, e.left[i]...)
		alias[i] = int32(i)
	}
	// What a variable leaves behind is always part of the clique of the next. Where it is all of it, the next needs no table of its own.
	for i := range e.order {
		if up := next[i]; up >= 0 && alias[up] == up && len(e.left[i]) == len(e.left[up])+1 {
			alias[up] = alias[i]
		}
	}
	// Only cliques that are their own are kept; where they send to is the alias of the last variable that they cover.
	number := make([]int32, len(e.order))
	last := make([]int32, len(e.order)) // the last position whose alias is this clique
	for i := range e.order {
		last[alias[i]] = int32(i)
	}
	var kept []int32
	for i := range e.order {
		if alias[i] == int32(i) {
			kept = append(kept, int32(i))
		}
	}
	// A clique must come before the one it sends to: order by the last position that it covers.
	slices.SortFunc(kept, func(a, b int32) int { return int(last[a]) - int(last[b]) })
	for k, i := range kept {
		number[i] = int32(k)
	}
	t.cliques = make([]clique, len(kept))
	t.home = make([]int32, n)
	for v := range t.home {
		t.home[v] = -1
	}
	held := make([]bool, n)
	for k, i := range kept {
		c := &t.cliques[k]
		c.parent = -1
		shared := e.left[last[i]]
		if up := next[last[i]]; up >= 0 {
			c.parent = number[alias[up]]
		}
		for _, v := range shared {
			held[v] = true
		}
		c.vars = slices.Clone(shared)
		c.shared = len(shared)
		for _, v := range members[i] {
			if !held[v] {
				c.vars = append(c.vars, v)
			}
		}
		for _, v := range shared {
			held[v] = false
		}
		c.size, c.out = 1, 1
		for j, v := range c.vars {
			c.size *= int(t.net.states[v])
			if j < c.shared {
				c.out *= int(t.net.states[v])
			}
		}
		for _, v := range c.vars {
			if h := t.home[v]; h < 0 || c.size < t.cliques[h].size {
				t.home[v] = int32(k)
			}
		}
	}
	t.cells = 0
	for k := range t.cliques {
		c := &t.cliques[k]
		t.cells += int64(c.size)
		if c.parent >= 0 {
			c.within = t.cliques[c.parent].cellsOf(c.vars[:c.shared], t.net.states)
		}
	}
}

// cellsOf returns, for every cell of the clique, the cell of a table over some of its variables that it goes with.
func (c *clique) cellsOf(vars []int32, states []int32) []int32 {
	stride := make([]int32, len(c.vars))
	step := int32(1)
	for i := len(vars) - 1; i >= 0; i-- {
		if j := slices.Index(c.vars, vars[i]); j >= 0 {
			stride[j] = step
		}
		step *= states[vars[i]]
	}
	cells := make([]int32, c.size)
	count := make([]int32, len(c.vars))
	at := int32(0)
	for cell := range cells {
		cells[cell] = at
		for j := len(c.vars) - 1; j >= 0; j-- {
			at += stride[j]
			if count[j]++; count[j] < states[c.vars[j]] {
				break
			}
			at -= stride[j] * count[j]
			count[j] = 0
		}
	}
	return cells
}

// fill multiplies every variable's table into the first clique that holds the variable and its parents.
func (t *Tree) fill() {
	r := t.net
	for k := range t.cliques {
		c := &t.cliques[k]
		c.base = make([]float64, c.size)
		for i := range c.base {
			c.base[i] = 1
		}
	}
	with := make([][]int32, len(r.names)) // the cliques that hold a variable
	for k := range t.cliques {
		for _, v := range t.cliques[k].vars {
			with[v] = append(with[v], int32(k))
		}
	}
	for _, v := range r.order {
		if !t.keep[v] {
			continue
		}
		family := append(slices.Clone(r.parents[v]), v)
		best := int32(-1)
		for _, k := range with[v] {
			c := &t.cliques[k]
			if (best < 0 || c.size < t.cliques[best].size) && c.holds(family) {
				best = k
			}
		}
		c := &t.cliques[best]
		for cell, at := range c.cellsOf(family, r.states) {
			c.base[cell] *= r.tables[v][at]
		}
	}
}

func (c *clique) holds(vars []int32) bool {
	for _, v := range vars {
		if !slices.Contains(c.vars, v) {
			return false
		}
	}
	return true
}
