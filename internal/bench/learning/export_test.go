package learning

// The generator and the peers, for the tests.
var (
	Layered = layered
	Small   = small
	Written = written
)

// Sum is how likely each step of a theory is, by summing over everything.
func Sum(seed uint64, steps, links int) []float64 { return sum(small(seed, steps, links)).step }
