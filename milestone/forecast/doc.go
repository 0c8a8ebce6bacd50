// Package forecast says when milestones will be met, with what chance, and what that hangs on.
//
// Two questions have two parts here. Whether work is done in time is simulated: [NewModel] joins a [milestone.Schedule] to a [Spec] of what is uncertain
// about it (estimates, risks, drivers, common factors), [Simulate] runs trials and counts them in a [Summary], and [NewResults] reads dates, chances and influences
// from that. Whether an indicator gets where it is to be is estimated from its readings: see [Trend]. A [Gauge] joins the two, so that a milestone that
// needs both is met where both hold in the same trial.
//
// Draws have no state: each is a function of the seed, of the id of what it is for and of the number of the trial, and all that is counted is a whole number. So any machine
// may run any trials, parts [Merge] in any order to the same bytes, and two plans that differ in one activity are compared on equal luck.
//
// A chance comes with the error of simulation, which more trials make smaller. It says nothing of how wrong the estimates may be: a forecast is as good as they are.
// Influences come in the order of references and are no order of importance.
package forecast
