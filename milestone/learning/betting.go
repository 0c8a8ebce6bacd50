package learning

import "math"

// Ratings are results between 0 and 1 of one group, in order of arrival: a share of a task done, a rating divided by its
// maximum. They are data for a [Design] with one arm.
type Ratings []float64

func (s Ratings) check() error {
	for i, x := range s {
		if !(x >= 0 && x <= 1) {
			return &RangeError{What: "score " + figure(float64(i)), Value: x, Want: "between 0 and 1"}
		}
	}
	return nil
}

// Bets is a hedged bet against the null that scores between 0 and 1 have mean Mean (Waudby-Smith & Ramdas 2024, section
// 4): half the stake on more, half on less, with stakes set from the spread of earlier scores (their predictable plug-in,
// as in the confseq library with θ = ½ and truncation ½). It is an e-process for any distribution on [0, 1]. Not safe for
// concurrent use. Add takes O(1) time.
type Bets struct {
	// Mean is the null, between 0 and 1. It must not change after the first Add.
	Mean float64
	// Alpha is the level at which the stakes are aimed; zero means 0.05. The bet is fair at any.
	Alpha float64

	spread    spreadSoFar
	more      float64 // log capital of the bet on more
	less      float64
	log, peak LogE
}

// Add counts a score. One outside [0, 1] is an [*RangeError] and changes nothing.
func (b *Bets) Add(x float64) error {
	if err := (Ratings{x}).check(); err != nil {
		return err
	}
	stake := b.spread.next(x, orAlpha(b.Alpha)/2)
	b.more += logBet(min(stake, 0.5/b.Mean), x-b.Mean)
	b.less += logBet(min(stake, 0.5/(1-b.Mean)), b.Mean-x)
	b.log = LogE(max(b.more, b.less) - math.Ln2)
	b.peak = max(b.peak, b.log)
	return nil
}

// LogE is the better half of the hedge now, a little below what the hedge is worth in all; 0 before the first score.
func (b *Bets) LogE() LogE { return b.log }

// Peak is the largest e-value so far. It too excludes the null when it reaches 1/α, by Ville's inequality.
func (b *Bets) Peak() LogE { return b.peak }

// logBet is log(1 + stake·gain); at a null mean of 0 or 1 the stake is infinite and so is the loss of a wrong bet.
func logBet(stake, gain float64) float64 {
	if gain == 0 {
		return 0
	}
	return math.Log1p(stake * gain)
}

// spreadSoFar carries the running mean and variance with which stakes are set: half an observation at ½ with variance ¼.
type spreadSoFar struct {
	n, sum, squares float64
}

// next returns the stake for a score from those before it, sqrt(2 log(1/alpha) / (t log(1+t) σ²)), and counts the score.
func (s *spreadSoFar) next(x, alpha float64) float64 {
	t := s.n + 1
	variance := (0.25 + s.squares) / (s.n + 1)
	stake := math.Sqrt(-2 * math.Log(alpha) / (t * math.Log1p(t) * variance))
	s.n = t
	s.sum += x
	mean := (0.5 + s.sum) / (t + 1)
	s.squares += (x - mean) * (x - mean)
	return stake
}

func orAlpha(alpha float64) float64 {
	if alpha == 0 {
		return 0.05
	}
	return alpha
}

// HedgedSequence is the confidence sequence of the mean of scores that belongs to [Bets]: every mean whose e-value is below
// 1/alpha. The bet on more falls and the bet on less rises with the mean, so it is one interval, found by halving to
// 1e-12; in the rare case that both bets win at every mean it is the point where they are equal. At one or two scores it
// is [0, 1] or nearly. O(n) time, 80 times. A score outside [0, 1] is an [*RangeError].
func HedgedSequence(scores Ratings, alpha float64) (Interval, error) {
	if err := scores.check(); err != nil {
		return Interval{}, err
	}
	if err := openUnit("alpha", alpha); err != nil {
		return Interval{}, err
	}
	stakes := make([]float64, len(scores))
	var s spreadSoFar
	for i, x := range scores {
		stakes[i] = s.next(x, alpha/2)
	}
	bar := math.Ln2 - math.Log(alpha)
	more := func(m float64) float64 {
		l := 0.0
		for i, x := range scores {
			l += logBet(min(stakes[i], 0.5/m), x-m)
		}
		return l
	}
	less := func(m float64) float64 {
		l := 0.0
		for i, x := range scores {
			l += logBet(min(stakes[i], 0.5/(1-m)), m-x)
		}
		return l
	}
	out := Interval{Low: 0, High: 1}
	const edge = 1e-12
	if more(edge) >= bar {
		out.Low = rootTo(func(m float64) float64 { return bar - more(m) }, edge, 1-edge, 1e-12)
	}
	if less(1-edge) >= bar {
		out.High = rootTo(func(m float64) float64 { return less(m) - bar }, edge, 1-edge, 1e-12)
	}
	if out.Low > out.High {
		m := rootTo(func(m float64) float64 { return less(m) - more(m) }, edge, 1-edge, 1e-12)
		out = Interval{Low: m, High: m}
	}
	return out, nil
}

// BernsteinSequence is the predictable plug-in empirical-Bernstein confidence sequence of the mean of scores (Waudby-Smith
// & Ramdas 2024, theorem 2, with the running mean of the confseq library): wider than [HedgedSequence] and in closed form.
// O(n) time. A score outside [0, 1] is an [*RangeError].
func BernsteinSequence(scores Ratings, alpha float64) (Interval, error) {
	return plugIn(scores, alpha, func(s *spreadSoFar, x float64) (stake, cost float64) {
		before := 0.0
		if s.n > 0 {
			before = s.sum / s.n
		}
		stake = min(0.5, s.next(x, alpha/2))
		return stake, (x - before) * (x - before) * (-math.Log1p(-stake) - stake)
	})
}

// HoeffdingSequence is the predictable plug-in Hoeffding confidence sequence of the mean of scores (Waudby-Smith & Ramdas
// 2024, proposition 1): the widest of the three, and the one that can be followed by hand. O(n) time. A score outside
// [0, 1] is an [*RangeError].
func HoeffdingSequence(scores Ratings, alpha float64) (Interval, error) {
	return plugIn(scores, alpha, func(s *spreadSoFar, _ float64) (stake, cost float64) {
		s.n++
		stake = min(1, math.Sqrt(-8*math.Log(alpha/2)/(s.n*math.Log1p(s.n))))
		return stake, stake * stake / 8
	})
}

// plugIn bounds the mean from below by Σλx/Σλ - (log(2/α) + Σcost)/Σλ, from above by the same on 1-x, within [0, 1].
func plugIn(scores Ratings, alpha float64, step func(*spreadSoFar, float64) (stake, cost float64)) (Interval, error) {
	if err := scores.check(); err != nil {
		return Interval{}, err
	}
	if err := openUnit("alpha", alpha); err != nil {
		return Interval{}, err
	}
	if len(scores) == 0 {
		return Interval{Low: 0, High: 1}, nil
	}
	var up, down spreadSoFar
	stakes, more, less, costsMore, costsLess := 0.0, 0.0, 0.0, 0.0, 0.0
	for _, x := range scores {
		stake, cost := step(&up, x)
		_, mirrored := step(&down, 1-x) // the stake is the same: the spread is
		stakes += stake
		more += stake * x
		less += stake * (1 - x)
		costsMore += cost
		costsLess += mirrored
	}
	low := (more - costsMore + math.Log(alpha/2)) / stakes
	high := 1 - (less-costsLess+math.Log(alpha/2))/stakes
	return Interval{Low: min(1, max(0, low)), High: max(0, min(1, high))}, nil
}
