package calendar

import "errors"

// Period is the days from From until Until, From included and Until excluded: who stopped on 5 July was not there on 5 July.
//
// A zero From means that the period has always been running, a zero Until that it has no end; so the zero Period covers every
// day. An end that is unknown, or a name not yet resolved, is something else: there is one, and the answers are [Possibly].
// Where an end is known only to a month or a year, so are the answers.
//
// Period has no String, IsZero or marshalling methods on purpose: it is made to be embedded in records, whose own they would become.
type Period struct {
	From  When `json:"from,omitzero"`  // first day; zero where the start is open
	Until When `json:"until,omitzero"` // the day after the last; zero where the end is open
}

// bounds are ordinals: the period possibly covers the days in [start, gone) and certainly those in [begun, ending).
type bounds struct {
	start, begun, ending, gone int32
}

// never is after every day.
const never = lastOrdinal + 1

func (p Period) bounds() bounds {
	b := bounds{start: firstOrdinal, begun: firstOrdinal, ending: never, gone: never}
	if p.Inverted() {
		b.start, b.begun = p.Until.earliest.n, never
		return b
	}
	if p.From.IsResolved() {
		b.start, b.begun = p.From.earliest.n, p.From.latest.n
	} else if !p.From.IsZero() {
		b.begun = never
	}
	if p.Until.IsResolved() {
		b.ending, b.gone = p.Until.earliest.n, p.Until.latest.n
	} else if !p.Until.IsZero() {
		b.ending = firstOrdinal
	}
	return b
}

// Covers answers whether the period covers d, in constant time.
//
// With From meaning the days [e, l], a day before e is not covered ([No]), from e until l the period has [Possibly] begun, from l
// on it has begun. With Until meaning [e, l], it has not ended before e, has possibly ended from e until l, and has ended from l on.
// An unknown From leaves every day before the end Possibly covered, an unknown Until every day from the start.
//
// A period that is [Period.Inverted] covers no day before its earlier end and Possibly every day from there on: two dates that
// contradict each other say that something began or ended there, and nothing more.
//
// The zero Date gives the zero Certainty.
func (p Period) Covers(d Date) Certainty {
	if d.n == 0 {
		return 0
	}
	b := p.bounds()
	switch {
	case d.n < b.start || d.n >= b.gone:
		return No
	case d.n >= b.begun && d.n < b.ending:
		return Certainly
	}
	return Possibly
}

// Overlaps answers whether p and q have a day in common: [Certainly] where some day is certainly covered by both, [No] where no
// day is possibly covered by both, [Possibly] otherwise. It is symmetric and takes constant time.
func (p Period) Overlaps(q Period) Certainty {
	a, b := p.bounds(), q.bounds()
	switch {
	case max(a.start, b.start) >= min(a.gone, b.gone):
		return No
	case max(a.begun, b.begun) < min(a.ending, b.ending):
		return Certainly
	}
	return Possibly
}

// Inverted reports whether the end certainly comes before the start: every day that Until may mean is before every day that
// From may mean.
func (p Period) Inverted() bool {
	return p.From.IsResolved() && p.Until.IsResolved() && p.Until.latest.Before(p.From.earliest)
}

// Empty reports whether both ends are the same exact day, so that the period covers no day at all.
func (p Period) Empty() bool {
	return p.From.IsExact() && p.Until.IsExact() && p.From.earliest == p.Until.earliest
}

// Days returns the number of days covered where both ends are exact and not inverted. Otherwise there is no such number and ok is false.
func (p Period) Days() (n Days, ok bool) {
	if !p.From.IsExact() || !p.Until.IsExact() || p.Inverted() {
		return 0, false
	}
	return p.Until.earliest.Sub(p.From.earliest), true
}

// Check returns nil, or every fault of the period joined: a [*PeriodError] for each of From and Until that lies in a sentinel year
// (0001 or 9000 to 9999), and one where the period is inverted or empty. [errors.AsType] finds the first, in this order.
func (p Period) Check() error {
	var faults []error
	add := func(f PeriodFault) { faults = append(faults, &PeriodError{Period: p, Fault: f}) }
	if p.From.isSentinel() {
		add(SentinelFrom)
	}
	if p.Until.isSentinel() {
		add(SentinelUntil)
	}
	if p.Inverted() {
		add(InvertedPeriod)
	}
	if p.Empty() {
		add(EmptyPeriod)
	}
	return errors.Join(faults...)
}

func (w When) isSentinel() bool {
	return w.IsResolved() && (isSentinel(w.earliest.Year()) || isSentinel(w.latest.Year()))
}

// PeriodFault says what is wrong with the ends of a [Period]. The zero PeriodFault is unset.
type PeriodFault uint8

const (
	// InvertedPeriod means that Until certainly comes before From.
	InvertedPeriod PeriodFault = iota + 1
	// EmptyPeriod means that From and Until are the same day, so that no day is covered.
	EmptyPeriod
	// SentinelFrom means that From lies in year 0001 or in 9000 to 9999: an open start is left out, one that nobody knows is "unknown".
	SentinelFrom
	// SentinelUntil means that Until lies in year 0001 or in 9000 to 9999: an open end is left out, one that nobody knows is "unknown".
	SentinelUntil
)

var periodFaults = names{typ: "period fault", texts: []string{"", "inverted", "empty", "sentinel-from", "sentinel-until"}}

// String returns "inverted", "empty", "sentinel-from" or "sentinel-until", and "" for the zero PeriodFault.
func (f PeriodFault) String() string { return periodFaults.string(int(f)) }

// AppendText appends the text of [PeriodFault.String] to b; a value that is none of the constants is a [*NameError].
func (f PeriodFault) AppendText(b []byte) ([]byte, error) { return periodFaults.append(b, int(f)) }

// MarshalText returns the text of [PeriodFault.String]; a value that is none of the constants is a [*NameError].
func (f PeriodFault) MarshalText() ([]byte, error) { return periodFaults.append(nil, int(f)) }

// UnmarshalText reads what [PeriodFault.MarshalText] writes. Any other text is a [*NameError].
func (f *PeriodFault) UnmarshalText(text []byte) error {
	i, err := periodFaults.parse(string(text))
	if err == nil {
		*f = PeriodFault(i)
	}
	return err
}

// PeriodError is one fault of a period, as [Period.Check] reports it.
type PeriodError struct {
	Period Period
	Fault  PeriodFault
}

// Error names both ends as they are written.
func (e *PeriodError) Error() string {
	from, until := e.Period.From.String(), e.Period.Until.String()
	switch e.Fault {
	case InvertedPeriod:
		return "calendar: period ends on " + until + ", before it starts on " + from
	case EmptyPeriod:
		return "calendar: period starts and ends on " + from + " and covers no day"
	case SentinelFrom:
		return "calendar: start " + from + " is a sentinel, not a day; leave an open start out, write unknown for one that is not known"
	case SentinelUntil:
		return "calendar: end " + until + " is a sentinel, not a day; leave an open end out, write unknown for one that is not known"
	}
	return "calendar: period from " + from + " until " + until + ": " + e.Fault.String()
}
