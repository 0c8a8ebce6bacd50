package learning

import (
	"fmt"
	"math"
)

// Resolved is a chance that was given, and what happened. It says nothing of who gave it, or of what.
type Resolved struct {
	Chance  float64
	Reached bool
}

// LeastResolved is the number of resolved chances below which their agreement with what happened is chance itself.
const LeastResolved = 20

// A TooFewResolvedError withholds a calibration that rests on too few resolved chances.
type TooFewResolvedError struct{ Have int }

// Error names both numbers.
func (e *TooFewResolvedError) Error() string {
	return fmt.Sprintf("%d chances have been resolved and %d are needed: with fewer, agreement is luck", e.Have, LeastResolved)
}

// Calibration is how chances agreed with what happened, over a whole portfolio. It has no owner and no part that could be compared between owners.
type Calibration struct {
	N int
	// Brier is the mean of (chance - what happened)², from 0 to 1 (Brier 1950). Always saying ½ gives ¼.
	Brier float64
	// Log is the mean of -ln of the chance given to what happened: 0.693 for always saying ½, +Inf where something happened that was called
	// impossible.
	Log float64
	// Expected is how many were expected to be reached, and Reached how many were.
	Expected float64
	Reached  int
	// Holds reports whether the difference of the two is within what chance does in 95 of 100 cases (normal approximation).
	Holds bool
}

// Sentence says whether chances have been about right as a whole.
func (c Calibration) Sentence() string {
	s := fmt.Sprintf("Of %d, %s were expected to be reached and %d were", c.N, figure(c.Expected), c.Reached)
	if c.Holds {
		return s + ": within what chance does. Brier " + figure(c.Brier) + "."
	}
	return s + ": more than chance explains. Brier " + figure(c.Brier) + "."
}

// Calibrate compares chances with what happened. The order plays no part. Errors are [*TooFewResolvedError] below [LeastResolved], and
// [*ProbabilityError].
func Calibrate(resolved []Resolved) (Calibration, error) {
	c := Calibration{N: len(resolved)}
	variance := 0.0
	for _, r := range resolved {
		if err := probability("a resolved chance", r.Chance); err != nil {
			return Calibration{}, err
		}
		p := 1 - r.Chance
		if r.Reached {
			p = r.Chance
			c.Reached++
		}
		c.Expected += r.Chance
		c.Brier += (1 - p) * (1 - p)
		c.Log -= math.Log(p)
		variance += r.Chance * (1 - r.Chance)
	}
	if len(resolved) < LeastResolved {
		return Calibration{}, &TooFewResolvedError{Have: len(resolved)}
	}
	n := float64(c.N)
	c.Brier, c.Log = c.Brier/n, c.Log/n
	c.Holds = math.Abs(float64(c.Reached)-c.Expected) <= normalUpper(0.025)*math.Sqrt(variance)
	return c, nil
}
