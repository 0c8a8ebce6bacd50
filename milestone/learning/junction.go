package learning

import (
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
	kept    []int32 // the variables that play a part, in the order of the Network; what follows numbers them by their place here
	local   []int32 // for every variable of the Network its place among those kept, or -1
	states  []int32 // how many each has
	offset  []int32 // where the likelihoods of each begin, and after the last where they end
	cliques []clique
	home    []int32 // the clique that a variable is read from: the smallest that holds it
	cells   int64
	room    int // cells of all messages
	width   int
}

// has reports whether a variable of the Network plays a part.
func (t *Tree) has(v int32) bool { return t.local[v] >= 0 }

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
	t := &Tree{net: r, local: make([]int32, len(r.names))}
	t.number(r.prune(targets))
	families := t.families()
	plan := t.eliminate(families, false)
	if plan.cells > narrow*int64(len(t.kept)) {
		if other := t.eliminate(families, true); other.cells < plan.cells {
			plan = other
		}
	}
	if plan.cells > budget {
		worst := make([]string, len(plan.worst))
		slices.Sort(plan.worst)
		for i, v := range plan.worst {
			worst[i] = r.names[t.kept[v]]
		}
		return nil, &TooEntangledError{Width: len(worst) - 1, Cells: plan.cells, Budget: budget, Widest: worst}
	}
	t.cells, t.width = plan.cells, max(0, len(plan.worst)-1)
	t.build(plan)
	t.fill(families)
	return t, nil
}

// narrow is how many cells for each variable are so few that no other order is tried.
const narrow = 12

// number gives the variables that are kept their places.
func (t *Tree) number(keep []bool) {
	r := t.net
	t.offset = append(t.offset, 0)
	for v := range r.names {
		t.local[v] = -1
		if keep[v] {
			t.local[v] = int32(len(t.kept))
			t.kept = append(t.kept, int32(v))
			t.states = append(t.states, r.states[v])
			t.offset = append(t.offset, t.offset[len(t.offset)-1]+r.states[v])
		}
	}
}

// families returns, for each variable that is kept, its parents in the order of its table, and then itself.
func (t *Tree) families() [][]int32 {
	n := 0
	for _, v := range t.kept {
		n += len(t.net.parents[v]) + 1
	}
	all, families := make([]int32, 0, n), make([][]int32, len(t.kept))
	for i, v := range t.kept {
		from := len(all)
		for _, p := range t.net.parents[v] {
			all = append(all, t.local[p])
		}
		all = append(all, int32(i))
		families[i] = all[from:len(all):len(all)]
	}
	return families
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

// neighbours returns for each variable those that stand in a family with it, ascending.
func neighbours(families [][]int32) [][]int32 {
	near := make([][]int32, len(families))
	count := make([]int, len(families))
	total := 0
	for _, f := range families {
		for _, v := range f {
			count[v] += len(f) - 1
			total += len(f) - 1
		}
	}
	room := make([]int32, total)
	for v := range near {
		near[v], room = room[:0:count[v]], room[count[v]:]
	}
	for _, f := range families {
		for i, v := range f {
			near[v] = append(append(near[v], f[:i]...), f[i+1:]...)
		}
	}
	for v := range near {
		slices.Sort(near[v])
		near[v] = slices.Compact(near[v])
	}
	return near
}

// eliminate takes the variables out one by one, each time the one whose neighbours lack the fewest links among themselves, or
// whose table would be smallest.
func (t *Tree) eliminate(families [][]int32, byWeight bool) *elimination {
	n := len(t.kept)
	near := neighbours(families)
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
		w := float64(t.states[v])
		for _, u := range near[v] {
			w *= float64(t.states[u])
		}
		return w
	}
	e := &elimination{order: make([]int32, 0, n), left: make([][]int32, 0, n)}
	version := make([]int32, n)
	queue := make(candidates, 0, 2*n)
	push := func(v int32) {
		version[v]++
		c := candidate{tie: uint64(len(near[v]))<<32 | uint64(v), version: version[v]}
		if byWeight {
			c.cost = weight(v)
		} else {
			c.cost = missing(v)
		}
		queue.push(c)
	}
	for v := range int32(n) {
		push(v)
	}
	touched := make([]int32, n)
	round := int32(0)
	for len(e.order) < n {
		c := queue.pop()
		v := int32(uint32(c.tie))
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
			e.worst = append(append(e.worst[:0], v), neighbours...)
		}
		for _, u := range neighbours {
			i, _ := slices.BinarySearch(near[u], v)
			near[u] = slices.Delete(near[u], i, i+1)
		}
		if e.cells == math.MaxInt64 {
			return e // it is over any budget
		}
		added := false
		if byWeight || c.cost > 0 { // else they are linked with one another already
			for i, a := range neighbours {
				for _, b := range neighbours[:i] {
					if at, linked := slices.BinarySearch(near[a], b); !linked {
						near[a] = slices.Insert(near[a], at, b)
						at, _ = slices.BinarySearch(near[b], a)
						near[b] = slices.Insert(near[b], at, a)
						added = true
					}
				}
			}
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
	return e
}

// candidate is a variable that may go next. One whose version is not the variable's has been overtaken.
type candidate struct {
	cost    float64
	tie     uint64 // how many neighbours it has, and in the low half the variable
	version int32
}

// candidates is a heap: the cheapest first, then the one of fewest neighbours, then the first in the network.
type candidates []candidate

func (c *candidate) before(d *candidate) bool {
	return c.cost < d.cost || c.cost == d.cost && c.tie < d.tie
}

func (c *candidates) push(x candidate) {
	h := append(*c, x)
	*c = h
	at := len(h) - 1
	for at > 0 {
		up := (at - 1) / 2
		if !x.before(&h[up]) {
			break
		}
		h[at] = h[up]
		at = up
	}
	h[at] = x
}

func (c *candidates) pop() candidate {
	h := *c
	first, x := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	*c = h
	at := 0
	for {
		down := 2*at + 1
		if down >= len(h) {
			break
		}
		if down+1 < len(h) && h[down+1].before(&h[down]) {
			down++
		}
		if !h[down].before(&x) {
			break
		}
		h[at] = h[down]
		at = down
	}
	if len(h) > 0 {
		h[at] = x
	}
	return first
}

// build makes the cliques of an elimination: one for each variable and the neighbours it had, joined with the next where that holds nothing else.
func (t *Tree) build(e *elimination) {
	n := len(t.kept)
	position := make([]int32, n)
	for i, v := range e.order {
		position[v] = int32(i)
	}
	// next[i] is where the clique of the i-th variable sends to: that of the first of its neighbours to go.
	next := make([]int32, len(e.order))
	alias := make([]int32, len(e.order)) // the clique that holds the i-th variable's own
	for i := range e.order {
		next[i] = -1
		for _, u := range e.left[i] {
			if next[i] < 0 || position[u] < next[i] {
				next[i] = position[u]
			}
		}
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
		c.vars = append(make([]int32, 0, len(e.left[i])+1), shared...)
		c.shared = len(shared)
		c.vars = append(c.vars, e.order[i]) // it went first, and so is not shared
		for _, v := range e.left[i] {
			if !held[v] {
				c.vars = append(c.vars, v)
			}
		}
		for _, v := range shared {
			held[v] = false
		}
		c.size, c.out = 1, 1
		for j, v := range c.vars {
			c.size *= int(t.states[v])
			if j < c.shared {
				c.out *= int(t.states[v])
			}
		}
		for _, v := range c.vars {
			if h := t.home[v]; h < 0 || c.size < t.cliques[h].size {
				t.home[v] = int32(k)
			}
		}
	}
	t.cells = 0
	numbers := 0
	for k := range t.cliques {
		c := &t.cliques[k]
		t.cells += int64(c.size)
		t.room += c.out
		if c.parent >= 0 {
			numbers += t.cliques[c.parent].size
		}
	}
	within := make([]int32, numbers)
	for k := range t.cliques {
		if c := &t.cliques[k]; c.parent >= 0 {
			up := &t.cliques[c.parent]
			c.within, within = within[:up.size:up.size], within[up.size:]
			up.cellsOf(c.within, c.vars[:c.shared], t.states)
		}
	}
}

// cellsOf says, for every cell of the clique, which cell of a table over some of its variables it goes with.
func (c *clique) cellsOf(cells []int32, vars []int32, states []int32) {
	var room [32]int32
	stride := append(room[:0], make([]int32, len(c.vars))...)
	step := int32(1)
	for i := len(vars) - 1; i >= 0; i-- {
		if j := slices.Index(c.vars, vars[i]); j >= 0 {
			stride[j] = step
		}
		step *= states[vars[i]]
	}
	// Cell by cell of the first variables, the last changing fastest: each variable repeats what the ones after it make up.
	cells[0] = 0
	done := 1
	for j := len(c.vars) - 1; j >= 0; j-- {
		for k := int32(1); k < states[c.vars[j]]; k++ {
			from, to := cells[:done], cells[int(k)*done:]
			for i, x := range from {
				to[i] = x + k*stride[j]
			}
		}
		done *= int(states[c.vars[j]])
	}
}

// fill multiplies every variable's table into the smallest clique that holds the variable and its parents.
func (t *Tree) fill(families [][]int32) {
	base := make([]float64, t.cells)
	for i := range base {
		base[i] = 1
	}
	most := 0
	count := make([]int32, len(t.kept)+1) // the cliques that hold a variable: compressed sparse rows
	for k := range t.cliques {
		c := &t.cliques[k]
		c.base, base = base[:c.size:c.size], base[c.size:]
		most = max(most, c.size)
		for _, v := range c.vars {
			count[v+1]++
		}
	}
	for v := range t.kept {
		count[v+1] += count[v]
	}
	with, place := make([]int32, count[len(t.kept)]), slices.Clone(count)
	for k := range t.cliques {
		for _, v := range t.cliques[k].vars {
			with[place[v]] = int32(k)
			place[v]++
		}
	}
	cells := make([]int32, most)
	for _, global := range t.net.order {
		v := t.local[global]
		if v < 0 {
			continue
		}
		rarest := v // of the family, the one that the fewest cliques hold
		for _, u := range families[v] {
			if count[u+1]-count[u] < count[rarest+1]-count[rarest] {
				rarest = u
			}
		}
		best := int32(-1)
		for _, k := range with[count[rarest]:count[rarest+1]] {
			c := &t.cliques[k]
			if (best < 0 || c.size < t.cliques[best].size) && c.holds(families[v]) {
				best = k
			}
		}
		c, table := &t.cliques[best], t.net.tables[global]
		c.cellsOf(cells[:c.size], families[v], t.states)
		for cell, at := range cells[:c.size] {
			c.base[cell] *= table[at]
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
