package calendar

import (
	"container/heap"
	"errors"
	"slices"
	"sort"
	"strconv"
	"time"
)

// A Shift is a stretch of one day that is worked, From included and Until excluded. Its text is "09:00-17:30".
type Shift struct {
	From, Until Clock
}

// String returns the shift as "09:00-17:30".
func (s Shift) String() string { return s.From.String() + "-" + s.Until.String() }

// MarshalText returns the text of [Shift.String]; a clock outside 00:00 to 24:00 is a [*MinuteError].
func (s Shift) MarshalText() ([]byte, error) {
	from, err := s.From.MarshalText()
	if err != nil {
		return nil, err
	}
	until, err := s.Until.MarshalText()
	return append(append(from, '-'), until...), err
}

// UnmarshalText reads HH:MM-HH:MM. Any other text is a [*MinuteError]. Whether the shift ends after it begins is for [NewHours] to say.
func (s *Shift) UnmarshalText(text []byte) error {
	if len(text) == 11 && text[5] == '-' {
		from, ok := parseClock(text[:5])
		until, right := parseClock(text[6:])
		if ok && right {
			*s = Shift{from, until}
			return nil
		}
	}
	return &MinuteError{Type: "shift", Text: string(text), Accepted: "09:00-17:30"}
}

// Shifts is a week of working time: what is worked on each day of it, in order of the clock. The zero Shifts works nothing.
type Shifts struct {
	Monday    []Shift `json:"monday,omitempty"`
	Tuesday   []Shift `json:"tuesday,omitempty"`
	Wednesday []Shift `json:"wednesday,omitempty"`
	Thursday  []Shift `json:"thursday,omitempty"`
	Friday    []Shift `json:"friday,omitempty"`
	Saturday  []Shift `json:"saturday,omitempty"`
	Sunday    []Shift `json:"sunday,omitempty"`
}

// EveryDay returns a week that works the same shifts on each day: for one date, a week in which every day is alike.
func EveryDay(shifts ...Shift) Shifts {
	return Shifts{shifts, shifts, shifts, shifts, shifts, shifts, shifts}
}

// Weekdays returns a week that works the same shifts from Monday to Friday.
func Weekdays(shifts ...Shift) Shifts {
	return Shifts{Monday: shifts, Tuesday: shifts, Wednesday: shifts, Thursday: shifts, Friday: shifts}
}

// On returns what is worked on a day of the week, none for a number that is no weekday.
func (s Shifts) On(day time.Weekday) []Shift {
	switch day {
	case time.Monday:
		return s.Monday
	case time.Tuesday:
		return s.Tuesday
	case time.Wednesday:
		return s.Wednesday
	case time.Thursday:
		return s.Thursday
	case time.Friday:
		return s.Friday
	case time.Saturday:
		return s.Saturday
	case time.Sunday:
		return s.Sunday
	}
	return nil
}

// IsZero reports whether the week works nothing.
func (s Shifts) IsZero() bool {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if len(s.On(day)) > 0 {
			return false
		}
	}
	return true
}

// HoursSpec says what [NewHours] is made from.
type HoursSpec struct {
	// Week is what is worked in every week.
	Week Shifts
	// Except are stretches of days that are not as Week says. Of several that cover a day the last in the list counts.
	Except []Exception
}

// Exception is a stretch of days, From included and Until excluded, with a week of its own. A zero Until means the one day From. A day off
// has the zero Week; a day with other hours has [EveryDay] of them.
type Exception struct {
	From  Date   `json:"from,omitzero"`
	Until Date   `json:"until,omitzero"`
	Week  Shifts `json:"week,omitzero"`
}

// Hours knows which minutes are worked: a working axis, on which only working time passes, and its inverse. It is immutable and safe for
// concurrent use. A nil *Hours and the zero Hours work round the clock: on it, working time is elapsed time.
//
// Methods take O(log s) time for s stretches of days and do not allocate.
type Hours struct {
	regimes []regime // in order of days, without gaps; none means round the clock
}

// A regime is a run of days that one week rules.
type regime struct {
	from int32 // the ordinal of its first day
	done int64 // working minutes before that day
	base int64 // what the week's own count says before that day
	week *pattern
}

// A pattern is a week with its sums. Days run from Monday, as ordinals modulo 7 do from 1.
type pattern struct {
	shifts [7][]Shift
	before [8]int64 // working minutes of the week before each day; before[7] is all of it
}

// ErrNoHours says that a calendar has no working time at all, so that nothing on it could ever end.
var ErrNoHours = errors.New("calendar: no minute of it is ever worked: give it shifts on a day of the week")

// HoursError is one fault in an [HoursSpec].
type HoursError struct {
	Exception int          // the position in Except, or -1 for Week
	Weekday   time.Weekday // the day of the week whose shifts are at fault
	Reason    string
}

// Error names the place and the reason.
func (e *HoursError) Error() string {
	if e.Exception < 0 {
		return "calendar: working time: Week, " + e.Weekday.String() + ": " + e.Reason
	}
	return "calendar: working time: Except[" + strconv.Itoa(e.Exception) + "]: " + e.Reason
}

// NewHours checks spec and returns its calendar; it copies what it keeps. The error joins a [*HoursError] for every shift that does not
// end after it begins, lies outside the day or begins before the one before it has ended, and for every exception without a day or with Until not after From; it is
// [ErrNoHours] where Week works nothing: exceptions may be followed by no working time at all.
// It takes O(n log n) time for n exceptions.
func NewHours(spec HoursSpec) (*Hours, error) {
	var faults []error
	usual := newPattern(spec.Week, -1, &faults)
	if len(faults) == 0 && usual.before[7] == 0 {
		faults = append(faults, ErrNoHours)
	}
	type edge struct {
		day   int32
		which int
		opens bool
	}
	var edges []edge
	weeks := make([]*pattern, len(spec.Except))
	for i, x := range spec.Except {
		weeks[i] = newPattern(x.Week, i, &faults)
		until := x.Until.n
		if until == 0 {
			until = x.From.n + 1
		}
		if x.From.n == 0 || until <= x.From.n {
			faults = append(faults, &HoursError{Exception: i, Reason: "its days " + quote(x.From.String()) + " until " + quote(x.Until.String()) + " are none"})
			continue
		}
		edges = append(edges, edge{x.From.n, i, true}, edge{until, i, false})
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(edges, func(a, b edge) int { return int(a.day) - int(b.day) })
	h := &Hours{}
	h.rule(firstOrdinal, usual)
	var open lastOpen
	closed := make([]bool, len(weeks))
	for i := 0; i < len(edges); {
		day := edges[i].day
		for ; i < len(edges) && edges[i].day == day; i++ {
			if edges[i].opens {
				heap.Push(&open, edges[i].which)
			} else {
				closed[edges[i].which] = true
			}
		}
		for len(open) > 0 && closed[open[0]] {
			heap.Pop(&open)
		}
		week := usual
		if len(open) > 0 {
			week = weeks[open[0]]
		}
		h.rule(day, week)
	}
	return h, nil
}

// rule lets a week rule from a day on.
func (h *Hours) rule(from int32, week *pattern) {
	next := regime{from: from, week: week, base: week.upTo(from - 1)}
	if n := len(h.regimes); n > 0 {
		last := h.regimes[n-1]
		if last.week == week {
			return
		}
		next.done = last.done + last.week.upTo(from-1) - last.base
		if last.from == from {
			h.regimes = h.regimes[:n-1]
		}
	}
	h.regimes = append(h.regimes, next)
}

// lastOpen is a heap of exceptions, the last in the list on top.
type lastOpen []int

func (l lastOpen) Len() int           { return len(l) }
func (l lastOpen) Less(i, j int) bool { return l[i] > l[j] }
func (l lastOpen) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }
func (l *lastOpen) Push(x any)        { *l = append(*l, x.(int)) }
func (l *lastOpen) Pop() any {
	last := (*l)[len(*l)-1]
	*l = (*l)[:len(*l)-1]
	return last
}

func newPattern(week Shifts, exception int, faults *[]error) *pattern {
	p := new(pattern)
	for i := range 7 {
		day := time.Weekday((i + 1) % 7)
		p.shifts[i] = slices.Clone(week.On(day))
		end := Clock(0)
		for _, s := range p.shifts[i] {
			reason := ""
			switch {
			case s.From < 0 || s.Until > perDay || s.Until <= s.From:
				reason = "the shift " + quote(s.String()) + " does not end after it begins within one day; split it at midnight"
			case s.From < end:
				reason = "the shift " + quote(s.String()) + " begins before the one before it has ended"
			}
			if reason != "" {
				*faults = append(*faults, &HoursError{Exception: exception, Weekday: day, Reason: reason})
			}
			end = s.Until
			p.before[i+1] += int64(s.Until - s.From)
		}
		p.before[i+1] += p.before[i]
	}
	return p
}

// upTo counts the working minutes of the days with ordinals 1 to n; ordinal 1 is a Monday.
func (p *pattern) upTo(n int32) int64 { return int64(n/7)*p.before[7] + p.before[n%7] }

// Worked returns the working minutes from 0001-01-01T00:00 until m, m excluded: the point of m on the working axis. It never
// falls as m grows. For the zero Minute it is 0.
func (h *Hours) Worked(m Minute) Minutes {
	if m < 1 {
		return 0
	}
	if h.clock() {
		return Minutes(m - 1)
	}
	day := int32((min(m, lastMinute)-1)/perDay) + 1
	at := Clock(min(m, lastMinute) - 1 - Minute(day-1)*perDay)
	i := sort.Search(len(h.regimes), func(i int) bool { return h.regimes[i].from > day }) - 1
	s := &h.regimes[i]
	n := s.done + s.week.upTo(day-1) - s.base
	for _, shift := range s.week.shifts[(day-1)%7] {
		n += int64(max(0, min(at, shift.Until)-shift.From))
	}
	return Minutes(n)
}

func (h *Hours) clock() bool { return h == nil || len(h.regimes) == 0 }

// Starts returns the minute at which work goes on when n working minutes have passed: where n is reached at the end of a shift, the begin of the
// next. It is the start of what follows. It is the zero Minute where n is negative or never reached until 9999-12-31.
func (h *Hours) Starts(n Minutes) Minute {
	if n < 0 || n > Minutes(lastMinute) {
		return 0
	}
	if h.clock() {
		return Minute(n + 1).Add(0)
	}
	return h.minute(int64(n) + 1) // the minute before which n are worked and in which work goes on
}

// Ends returns the first minute at which n working minutes have passed: where n is reached at the end of a shift, that end. It is the finish of what took the
// time. It is the zero Minute where n is negative or never reached until 9999-12-31, and for n = 0 it is 0001-01-01T00:00.
func (h *Hours) Ends(n Minutes) Minute {
	switch {
	case n < 0 || n > Minutes(lastMinute):
		return 0
	case n == 0:
		return 1
	case h.clock():
		return Minute(n + 1).Add(0)
	}
	return h.minute(int64(n)).Add(1)
}

// minute returns the minute that is the k-th one worked, k >= 1, or 0.
func (h *Hours) minute(k int64) Minute {
	i := sort.Search(len(h.regimes), func(i int) bool { return h.regimes[i].done >= k }) - 1
	s := &h.regimes[i]
	if s.week.before[7] == 0 {
		return 0 // only the last stretch can be without work here, and nothing follows it
	}
	rest := k - s.done + s.base - 1 // worked before it, by the count of the week alone
	weeks := rest / s.week.before[7]
	if weeks > lastOrdinal/7 {
		return 0
	}
	rest -= weeks * s.week.before[7]
	day := sort.Search(7, func(i int) bool { return s.week.before[i+1] > rest })
	rest -= s.week.before[day]
	ordinal := 7*weeks + int64(day) + 1
	if ordinal > lastOrdinal {
		return 0
	}
	for _, shift := range s.week.shifts[day] {
		if long := int64(shift.Until - shift.From); rest >= long {
			rest -= long
			continue
		}
		return Minute(ordinal-1)*perDay + Minute(shift.From) + Minute(rest) + 1
	}
	return 0
}

// IsWorking reports whether the minute that begins at m is worked.
func (h *Hours) IsWorking(m Minute) bool {
	return m >= 1 && m <= lastMinute && (h.clock() || h.Worked(m+1) > h.Worked(m))
}

// Next returns m where work goes on at m, else the begin of the next shift: the earliest at which something may start that may not start before m.
func (h *Hours) Next(m Minute) Minute {
	if m == 0 {
		return 0
	}
	return h.Starts(h.Worked(m))
}

// Last returns m where work was done up to m, else the end of the shift before it: the latest at which something may finish that may
// not finish after m. It is the zero Minute where nothing is worked before m.
func (h *Hours) Last(m Minute) Minute {
	if m == 0 {
		return 0
	}
	if h.clock() {
		return m
	}
	n := h.Worked(m)
	if n == 0 {
		return 0
	}
	return h.Ends(n)
}

// After returns where n working minutes after m lie: [Hours.Ends] for a positive n, [Hours.Starts] for a negative one, and m
// itself for 0. It is the zero Minute where that is outside 0001-01-01 to 9999-12-31, and where m is the zero Minute.
func (h *Hours) After(m Minute, n Minutes) Minute {
	switch {
	case m == 0 || n == 0:
		return m
	case n > 0:
		return h.Ends(h.Worked(m) + n)
	}
	return h.Starts(h.Worked(m) + n)
}

// Between returns the working minutes from a until b, negative where b comes first, and 0 where either is the zero Minute.
func (h *Hours) Between(a, b Minute) Minutes {
	if a == 0 || b == 0 {
		return 0
	}
	return h.Worked(b) - h.Worked(a)
}

// DaysOff returns the bank holidays of a division as they were known at the end of a day, as exceptions of one day each on which nothing is worked: what
// [BankHolidaysKnown] gives, from 2019 to 2099. The zero Date knows all that are recorded. Named periods of one's own, such as purdah or a recess, are
// further exceptions behind them; the last in the list counts.
func DaysOff(div Division, known Date) []Exception {
	holidays := BankHolidaysKnown(div, Date{}, Date{}, known)
	except := make([]Exception, len(holidays))
	for i, h := range holidays {
		except[i] = Exception{From: h.Day}
	}
	return except
}
