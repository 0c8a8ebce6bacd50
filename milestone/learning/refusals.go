package learning

import (
	"fmt"
	"math"
	"strconv"
)

// A PeekError refuses the result of a design before the number of observations at which it may be read. Counts and checks of
// the data are in [Progress].
type PeekError struct {
	Have   int    // observations so far, all arms together
	Need   int    // observations at which the result may next be read
	Remedy string // what would have allowed it
}

// Error names both numbers and the remedy.
func (e *PeekError) Error() string {
	return fmt.Sprintf("%d observations, and the result may be read at %d: %s", e.Have, e.Need, e.Remedy)
}

// A NoExtensionError refuses observations beyond the number that a design fixed before it started. Looking once more after
// the last planned look raises the rate of false alarms above the one declared.
type NoExtensionError struct {
	Planned int // observations at the end of the plan, all arms together
	Have    int // observations given or asked for
}

// Error names both numbers and the way out.
func (e *NoExtensionError) Error() string {
	return fmt.Sprintf("the design ends at %d observations and cannot go on to %d: read the first %d in order of arrival, "+
		"or start a new experiment", e.Planned, e.Have, e.Planned)
}

// A TooFewForMethodError refuses a method that leans on the central limit theorem before it may.
type TooFewForMethodError struct {
	Have int    // observations in the smaller arm, or places
	Need int    // how many the method needs
	Use  string // what to use instead
}

// Error names both numbers and the method to use instead.
func (e *TooFewForMethodError) Error() string {
	return fmt.Sprintf("%d observations where the method needs %d: use %s", e.Have, e.Need, e.Use)
}

// An UnclusteredError refuses a standard error that ignores clusters: people in one place are more alike than people taken
// from everywhere, so it is too small and the estimate looks surer than it is.
type UnclusteredError struct {
	SE        float64 // as given
	Naive     float64 // what ignoring the clusters gives; 0 where the design is not known well enough to say
	Clustered float64 // what the design gives; 0 where it is not known well enough to say
}

// Error shows the standard errors that are known.
func (e *UnclusteredError) Error() string {
	if e.Clustered == 0 {
		return fmt.Sprintf("the standard error %s comes from a clustered design and does not say that it allows for clusters", figure(e.SE))
	}
	return fmt.Sprintf("the standard error %s ignores clusters: with them the design gives %s, without them %s",
		figure(e.SE), figure(e.Clustered), figure(e.Naive))
}

// A ProbabilityError refuses a number outside [0, 1] where a probability must stand, or a set of them that does not sum to 1.
type ProbabilityError struct {
	What  string // what the number is
	Value float64
}

// Error names what the number is.
func (e *ProbabilityError) Error() string {
	return fmt.Sprintf("%s is %v, and a probability lies between 0 and 1", e.What, e.Value)
}

// A RangeError refuses a parameter for which a formula has no meaning.
type RangeError struct {
	What  string // what the number is
	Value float64
	Want  string // the range that it must lie in
}

// Error names what the number is and the range.
func (e *RangeError) Error() string { return fmt.Sprintf("%s is %v: want %s", e.What, e.Value, e.Want) }

// A DataError says that a design cannot read data of this kind, such as totals where the method needs the order of arrival.
type DataError struct {
	Method Method
	Got    string // the kind of data given; "none" for nil
	Want   string // the kinds that it reads
}

// Error names both kinds.
func (e *DataError) Error() string {
	return fmt.Sprintf("%s reads %s, and was given %s", e.Method, e.Want, e.Got)
}

// An ImpossibleError says that what was observed had probability 0 both if the claim is true and if it is false, or
// contradicts a belief of exactly 0 or 1. Something that was declared is wrong.
type ImpossibleError struct{ What string }

// Error names what was observed.
func (e *ImpossibleError) Error() string {
	return e.What + " was declared impossible, and was observed: correct the declaration"
}

// A SuppressedError withholds an answer across places that rests on too few of them.
type SuppressedError struct {
	Places int // places with enough observations
	Need   int // how many an answer needs
}

// Error names both numbers.
func (e *SuppressedError) Error() string {
	return fmt.Sprintf("%d places have enough observations and an answer needs %d: with fewer, differences are noise and places are people",
		e.Places, e.Need)
}

func figure(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// openUnit returns an error unless 0 < x < 1.
func openUnit(what string, x float64) error {
	if !(x > 0 && x < 1) {
		return &RangeError{What: what, Value: x, Want: "more than 0 and less than 1"}
	}
	return nil
}

func positive(what string, x float64) error {
	if !(x > 0) || math.IsInf(x, 1) {
		return &RangeError{What: what, Value: x, Want: "a finite number above 0"}
	}
	return nil
}

func probability(what string, x float64) error {
	if !(x >= 0 && x <= 1) {
		return &ProbabilityError{What: what, Value: x}
	}
	return nil
}
