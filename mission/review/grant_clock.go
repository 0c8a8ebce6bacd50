package review

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/missionled/missionled/accountability/record"
)

var clockRegression = &Rule{
	ID: "E04", Slug: "clock-regression", Severity: Caution,
	Title: "Records were numbered one after the other, and their instants go back",
	Why: "What was known at an instant is read off the instants at which records were made. Where a record with a later number has an earlier instant, a clock was wrong or an instant was typed in, " +
		"and the answer to who knew what, and when, can differ from what anybody saw at the time.",
	Fires: "Of two records with numbers next to each other among those of one plan, the one with the higher sequence was recorded at the earlier instant. It looks at records that have a sequence, each against the one before it, and has nothing to say of those without. " +
		"It cannot tell where a record with a sequence has no instant, or where one sequence stands at two instants, so that the numbers do not count through the whole plan.",
	FalseAlarm: "The numbers put the records of one instant in order, and begin anew at the next.",
	Question:   "Which of the two was written first, and whose clock says so?",
	Sources:    []string{"R23"},
	Needs:      []string{"records of every kind, with the instants at which they were made and their sequence"},
	Bad:        clockRegressionBad, Good: clockRegressionGood, Unclear: clockRegressionUnclear, Harmless: clockRegressionHarmless,
	check: func(p *pass) {
		plans := make(map[string][]stamp)
		known := p.m.View().Known
		for ref, r := range p.m.Records() {
			switch {
			case r.Sequence == 0 || !known.IsZero() && r.Recorded.After(known):
			case r.Recorded.IsZero():
				p.cannot(ref, "whether "+ref.String()+" was recorded in its turn", unrecorded("the instant at which it was recorded", "the instant beside the sequence"))
			default:
				plans[r.Namespace] = append(plans[r.Namespace], stamp{ref, r})
			}
		}
		for _, namespace := range slices.Sorted(maps.Keys(plans)) {
			p.checkClock(plans[namespace])
		}
	},
}

// stamp is a record with a sequence and an instant.
type stamp struct {
	ref record.Ref
	r   *record.Record
}

func (p *pass) checkClock(stamps []stamp) {
	slices.SortFunc(stamps, func(a, b stamp) int {
		return cmp.Or(cmp.Compare(a.r.Sequence, b.r.Sequence), a.r.Recorded.Compare(b.r.Recorded), a.ref.Compare(b.ref))
	})
	counts := true // through the whole plan
	for i := 1; i < len(stamps); i++ {
		counts = counts && (stamps[i].r.Sequence != stamps[i-1].r.Sequence || stamps[i].r.Recorded.Equal(stamps[i-1].r.Recorded))
	}
	for i, s := range stamps {
		if i == 0 || !s.r.Recorded.Before(stamps[i-1].r.Recorded) {
			p.nothing(s.ref)
			continue
		}
		last := stamps[i-1]
		if !counts {
			p.cannot(s.ref, "whether "+s.ref.String()+" was recorded in its turn", Missing{What: "whether the sequences count through the whole plan", Ground: "in doubt: one of them stands at two instants", Way: "number the records of a plan from its first to its last, or leave the sequence out"})
			continue
		}
		trigger := []Evidence{p.evidence(s.ref.Kind, s.r), p.evidence(last.ref.Kind, last.r)}
		p.finding(s.ref, attributed(trigger, s.ref.String()+" has the sequence "+strconv.FormatUint(s.r.Sequence, 10)+" and was recorded at "+stampTime(s.r.Recorded)+", before "+last.ref.String()+", which has the sequence "+
			strconv.FormatUint(last.r.Sequence, 10)+" and was recorded at "+stampTime(last.r.Recorded)), trigger)
	}
}

// stampTime writes an instant to the second, or as closely as it is known.
func stampTime(t time.Time) string { return t.UTC().Format("15:04:05.999999999 on 2 January 2006") }
