// Package learning is for teams that test before they scale: what may be believed from few observations, what the next
// experiment is worth, and what is believed now and why.
//
// A [Design] is declared before the first observation and says when its data may be read. [Anytime] may be read after
// every observation, [PlannedLooks] on the days it names, [FixedN] once. A [Reading] shows the posterior and the interval
// that holds under that way of looking side by side, from one declared prior, and says both in words. What a design does
// not allow is a typed error: [PeekError], [NoExtensionError], [TooFewForMethodError].
//
// Results become belief as a [Weight]: the logarithm of a Bayes factor. Counts and estimates carry one through
// [Estimate.Weight], which asks for the bias that the design allows for; a qualitative clue through [Diagnosticity].
// [FiniteDecision], [ShareDecision] and [EffectDecision] say what a test is worth before it is run, and whether it could
// change what would be done at all.
//
// [WhatDiffers] is the one question across places. Its answer is partially pooled, in the order of the places' ids, and
// withheld where there is too little behind it. With thirty places of forty people each and one true rate of 30%, the
// largest and the smallest observed shares lie 29 points apart on average: the package therefore orders no places,
// teams or people, and offers nothing to order them by.
//
// A [Theory] of action says which steps contribute to which, and is compiled to exact chances. A [Spec] of hypotheses, experiments and evidence
// compiles to a [Ledger], which explains every belief, carries it up to the mission and says which test is worth running. A [Network] is any
// Bayesian network, for researchers who bring their own.
//
// Everything here is deterministic: no clock and no hidden source of chance. The one simulation, [PriceOfLooking], takes
// its seed. Values are safe to share between goroutines unless a type says otherwise.
package learning
