package learning

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Network is a Bayesian network over discrete variables: plain data, which [Network.Compile] checks. A theory of action becomes one by
// itself; it is public for researchers, who bring their own.
type Network struct {
	Name      string
	Variables []Variable
}

// Variable is one variable of a [Network].
type Variable struct {
	Name   string
	States []string // at least one
	// Parents are the names of the variables that it depends on.
	Parents []string
	// Table holds the probabilities of the states given those of the parents: a row for each combination of the parents' states, the last
	// parent's changing fastest, with the states in their order. A row that sums to 1 within 1e-6 is made to; others are refused.
	Table []float64
}

// rowTolerance is how far from 1 the sum of a row may lie: published networks have rows that were rounded.
const rowTolerance = 1e-6

// A NetworkError is one fault of a [Network]. [Network.Compile] joins all of them.
type NetworkError struct {
	Variable string // whose
	Reason   string
}

// Error names the variable.
func (e *NetworkError) Error() string {
	return "variable " + strconv.Quote(e.Variable) + ": " + e.Reason
}

// A CycleError says that influence runs in a circle, so that no probabilities follow from the tables.
type CycleError struct {
	Path []string // each influences the next, and the last the first
}

// Error prints the circle.
func (e *CycleError) Error() string {
	return "influence runs in a circle: " + strings.Join(append(slices.Clone(e.Path), e.Path[0]), " → ") + ": leave out the weakest of these links"
}

// net is a Network with names resolved: the form that is computed with.
type net struct {
	names   []string
	labels  [][]string
	states  []int32   // how many each variable has
	parents [][]int32 // in the order of the table
	tables  [][]float64
	index   map[string]int32
	order   []int32 // parents before children
}

func (n *Network) resolve() (*net, []error) {
	var faults []error
	fault := func(v *Variable, format string, args ...any) {
		faults = append(faults, &NetworkError{Variable: v.Name, Reason: fmt.Sprintf(format, args...)})
	}
	r := &net{index: make(map[string]int32, len(n.Variables))}
	for i := range n.Variables {
		v := &n.Variables[i]
		if _, twice := r.index[v.Name]; twice {
			fault(v, "there are two of that name")
		}
		r.index[v.Name] = int32(i)
		r.names = append(r.names, v.Name)
		r.labels = append(r.labels, v.States)
		r.states = append(r.states, int32(len(v.States)))
		if len(v.States) == 0 || len(v.States) > 1<<16 {
			fault(v, "it has %d states: give 1 to 65536", len(v.States))
		}
	}
	for i := range n.Variables {
		v := &n.Variables[i]
		rows, known := 1, len(v.States) > 0
		var parents []int32
		for _, name := range v.Parents {
			p, ok := r.index[name]
			if !ok || slices.Contains(parents, p) || int(p) == i {
				fault(v, "parent %q does not exist, is named twice, or is the variable itself", name)
				known = false
				continue
			}
			parents = append(parents, p)
			if rows < 1<<40 {
				rows *= max(1, len(n.Variables[p].States))
			}
		}
		r.parents = append(r.parents, parents)
		table := v.Table
		if known && len(table) != rows*len(v.States) {
			fault(v, "its table has %d numbers, and %d rows of %d states need %d", len(table), rows, len(v.States), rows*len(v.States))
			known = false
		}
		if known {
			table = slices.Clone(table)
			for row := range slices.Chunk(table, len(v.States)) {
				sum, right := 0.0, true
				for _, p := range row {
					right = right && p >= 0 && p <= 1+rowTolerance
					sum += p
				}
				if !right || math.Abs(sum-1) > rowTolerance {
					fault(v, "a row of its table reads %v, which are no probabilities that sum to 1", row)
					break
				}
				for k := range row {
					row[k] /= sum
				}
			}
		}
		r.tables = append(r.tables, table)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	if circle := r.sort(); circle != nil {
		return nil, []error{&CycleError{Path: circle}}
	}
	return r, nil
}

// sort puts parents before children, in the order of the variables as far as that allows, and returns a circle where that cannot be done.
func (r *net) sort() []string {
	n := len(r.names)
	waits := make([]int, n)
	children := make([][]int32, n)
	for v, parents := range r.parents {
		waits[v] = len(parents)
		for _, p := range parents {
			children[p] = append(children[p], int32(v))
		}
	}
	var ready []int32
	for v := range n {
		if waits[v] == 0 {
			ready = append(ready, int32(v))
		}
	}
	for len(ready) > 0 {
		v := ready[0]
		ready = ready[1:]
		r.order = append(r.order, v)
		for _, c := range children[v] {
			if waits[c]--; waits[c] == 0 {
				ready = append(ready, c)
			}
		}
	}
	if len(r.order) == n {
		return nil
	}
	// Whatever waits has a parent that waits: walk up until a variable comes again.
	at := int32(slices.IndexFunc(waits, func(w int) bool { return w > 0 }))
	place := make(map[int32]int)
	var walk []int32
	for {
		if from, again := place[at]; again {
			walk = walk[from:]
			break
		}
		place[at] = len(walk)
		walk = append(walk, at)
		at = r.parents[at][slices.IndexFunc(r.parents[at], func(p int32) bool { return waits[p] > 0 })]
	}
	circle := make([]string, len(walk))
	for i, v := range walk {
		circle[len(walk)-1-i] = r.names[v]
	}
	return circle
}

// prune returns the ancestors of the targets and the targets themselves, marked.
func (r *net) prune(targets []int32) []bool {
	keep := make([]bool, len(r.names))
	stack := slices.Clone(targets)
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !keep[v] {
			keep[v] = true
			stack = append(stack, r.parents[v]...)
		}
	}
	return keep
}
