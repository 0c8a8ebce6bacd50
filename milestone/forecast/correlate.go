package forecast

import (
	"fmt"
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// A MatrixError says that correlations contradict one another: no durations could have them all.
type MatrixError struct {
	// Subjects are the activities that the contradiction is among.
	Subjects []record.Ref
	// Least is the smallest eigenvalue of their matrix, which must not be negative.
	Least float64
}

// Error says how many activities it is about, which come first, and the ways out.
func (e *MatrixError) Error() string {
	first := e.Subjects
	if len(first) > 3 {
		first = first[:3]
	}
	return fmt.Sprintf("the correlations among %d activities (%v …) contradict one another: the matrix has the eigenvalue %.4g; ask for the nearest matrix, or use factors",
		len(e.Subjects), first, e.Least)
}

// Repair is what was changed to make correlations possible: the nearest correlation matrix in the Frobenius norm (Higham, IMA Journal of
// Numerical Analysis 22, 2002) stands in place of the one given.
type Repair struct {
	Subjects []record.Ref
	// Largest is the largest change of any coefficient, and Norm the square root of the sum of the squares of all changes, each pair counted twice.
	Largest, Norm float64
}

// eigen finds the eigenvalues and vectors of a symmetric matrix by Jacobi's cyclic rotations. a is destroyed; column j of v
// belongs to the j-th value. It takes O(n^3) time a sweep, and some ten sweeps.
func eigen(a [][]float64) (values []float64, v [][]float64) {
	n := len(a)
	v = square(n)
	for i := range n {
		v[i][i] = 1
	}
	for range 60 {
		off := 0.0
		for i := range n {
			for j := range i {
				off += a[i][j] * a[i][j]
			}
		}
		if off < 1e-26 {
			break
		}
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotate(a, v, p, q)
			}
		}
	}
	values = make([]float64, n)
	for i := range n {
		values[i] = a[i][i]
	}
	return values, v
}

func rotate(a, v [][]float64, p, q int) {
	if math.Abs(a[p][q]) < 1e-300 {
		return
	}
	theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
	t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	for k := range a {
		x, y := a[k][p], a[k][q]
		a[k][p], a[k][q] = c*x-s*y, s*x+c*y
	}
	for k := range a {
		x, y := a[p][k], a[q][k]
		a[p][k], a[q][k] = c*x-s*y, s*x+c*y
	}
	for k := range v {
		x, y := v[k][p], v[k][q]
		v[k][p], v[k][q] = c*x-s*y, s*x+c*y
	}
}

func square(n int) [][]float64 {
	cells := make([]float64, n*n)
	m := make([][]float64, n)
	for i := range m {
		m[i] = cells[i*n : (i+1)*n]
	}
	return m
}

func copyOf(m [][]float64) [][]float64 {
	c := square(len(m))
	for i := range m {
		copy(c[i], m[i])
	}
	return c
}

// nearest returns the nearest correlation matrix to a symmetric one with ones on its diagonal: alternating projections with Dykstra's correction.
func nearest(m [][]float64) [][]float64 {
	n := len(m)
	y, fix := copyOf(m), square(n)
	for range 2000 {
		r := square(n)
		for i := range n {
			for j := range n {
				r[i][j] = y[i][j] - fix[i][j]
			}
		}
		values, v := eigen(copyOf(r))
		moved := 0.0
		for i := range n {
			for j := range n {
				x := 0.0
				for k := range n {
					if values[k] > 0 {
						x += v[i][k] * v[j][k] * values[k]
					}
				}
				fix[i][j] = x - r[i][j]
				if i == j {
					x = 1
				}
				moved = max(moved, math.Abs(x-y[i][j]))
				y[i][j] = x
			}
		}
		if moved < 1e-12 {
			break
		}
	}
	// What is left of negative eigenvalues is rounding: shrink towards the identity by as much.
	values, _ := eigen(copyOf(y))
	if least := slices.Min(values); least < 0 {
		shrink := 1 / (1 - least + 1e-15)
		for i := range n {
			for j := range i {
				y[i][j] = (y[i][j] + y[j][i]) / 2 * shrink
				y[j][i] = y[i][j]
			}
		}
	}
	return y
}

// cholesky returns the lower triangle L with L L' = m, for a matrix that has no negative eigenvalue: columns without a part of their own are nought.
func cholesky(m [][]float64) [][]float64 {
	n := len(m)
	l := square(n)
	for j := range n {
		d := m[j][j]
		for k := range j {
			d -= l[j][k] * l[j][k]
		}
		if d < 1e-12 {
			continue
		}
		l[j][j] = math.Sqrt(d)
		for i := j + 1; i < n; i++ {
			x := m[i][j]
			for k := range j {
				x -= l[i][k] * l[j][k]
			}
			l[i][j] = x / l[j][j]
		}
	}
	return l
}

// maxBlock is how many activities may be correlated with one another by pairs: the decompositions take time with the third power of it.
const maxBlock = 200

// blocks gathers what is correlated by pairs into groups that are not correlated with one another, in order, each with its matrix for
// normal scores.
func blocks(n int, pairs [][2]int, rank []float64) (groups [][]int, matrices [][][]float64) {
	up := make([]int, n)
	for i := range up {
		up[i] = i
	}
	find := func(i int) int {
		for up[i] != i {
			up[i] = up[up[i]]
			i = up[i]
		}
		return i
	}
	in := make([]bool, n)
	for _, p := range pairs {
		a, b := find(p[0]), find(p[1])
		up[max(a, b)] = min(a, b)
		in[p[0]], in[p[1]] = true, true
	}
	place := make(map[int]int)
	where := make([]int, n)
	for i := range n {
		if !in[i] {
			continue
		}
		g, ok := place[find(i)]
		if !ok {
			g = len(groups)
			place[find(i)] = g
			groups = append(groups, nil)
		}
		where[i] = len(groups[g])
		groups[g] = append(groups[g], i)
	}
	for _, g := range groups {
		if len(g) > maxBlock {
			matrices = append(matrices, nil)
			continue
		}
		m := square(len(g))
		for i := range m {
			m[i][i] = 1
		}
		matrices = append(matrices, m)
	}
	for k, p := range pairs {
		m := matrices[place[find(p[0])]]
		if m == nil {
			continue
		}
		r := 2 * math.Sin(math.Pi*rank[k]/6) // Spearman's coefficient to that of normal scores
		i, j := where[p[0]], where[p[1]]
		m[i][j], m[j][i] = r, r
	}
	return groups, matrices
}
