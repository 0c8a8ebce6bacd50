package calendar

import (
	"strconv"
	"time"
)

// Minute is a minute of civil time, counted from 1 for 0001-01-01T00:00: the moment at which that minute begins, as clocks on the wall show it. It
// knows no zone and no summer time, so that a working day is as long in March as in June.
//
// Minutes are ordered by <, and Minutes apart by [Minute.Add] and [Minute.Sub]. The zero Minute is unset.
type Minute int64

// Minutes is a length of time, worked or elapsed as the place says. It may be negative. Its text is an ISO 8601 duration of
// hours and minutes, "PT7H30M".
type Minutes int64

// Clock is a time of day in minutes after midnight, 0 to 1440: 24:00 is the end of the day. The zero Clock is 00:00, midnight.
type Clock int16

// Lengths of time.
const (
	Hour Minutes = 60
	Day  Minutes = 24 * Hour // from midnight to midnight, on the clock
	Week Minutes = 7 * Day
)

const (
	perDay     = 1440
	lastMinute = Minute(lastOrdinal) * perDay // the last minute of 9999-12-31
)

// At returns the minute at which the clock shows c on the day d; 24:00 is midnight of the next day. It is the zero Minute where d is the
// zero Date or c lies outside 00:00 to 24:00, and for 24:00 of 9999-12-31.
func (d Date) At(c Clock) Minute {
	if d.n == 0 || c < 0 || c > perDay {
		return 0
	}
	return (Minute(d.n-1)*perDay + Minute(c) + 1).Add(0)
}

// MinuteOf returns the minute that t's clock shows in t's own location, seconds cut off, or the zero Minute where its year is
// outside 1 to 9999.
func MinuteOf(t time.Time) Minute {
	hour, minute, _ := t.Clock()
	return Of(t).At(Clock(hour*60 + minute))
}

// IsZero reports whether m is unset.
func (m Minute) IsZero() bool { return m == 0 }

// Date returns the day that m lies in; midnight lies in the day that it begins. It is the zero Date outside 0001-01-01 to 9999-12-31.
func (m Minute) Date() Date {
	if m < 1 || m > lastMinute {
		return Date{}
	}
	return Date{int32((m-1)/perDay) + 1}
}

// Clock returns the time of day, 00:00 to 23:59; that of the zero Minute is 00:00.
func (m Minute) Clock() Clock {
	if m < 1 {
		return 0
	}
	return Clock((m - 1) % perDay)
}

// Ended returns the day and the time of day of m as the end of something: midnight is 24:00 of the day before. A task that ends
// at midnight on Friday was finished on Friday.
func (m Minute) Ended() (Date, Clock) {
	if c := m.Clock(); c > 0 || m <= 1 {
		return m.Date(), c
	}
	return (m - 1).Date(), perDay
}

// Add returns the minute n minutes after m on the clock, before it where n is negative. It is the zero Minute where m is, and where the result
// would leave 0001-01-01 to 9999-12-31.
func (m Minute) Add(n Minutes) Minute {
	if m == 0 || n > Minutes(lastMinute) || n < -Minutes(lastMinute) {
		return 0
	}
	sum := m + Minute(n)
	if sum < 1 || sum > lastMinute {
		return 0
	}
	return sum
}

// Sub returns the minutes from k to m on the clock, negative where m comes first, and 0 where either is the zero Minute.
func (m Minute) Sub(k Minute) Minutes {
	if m == 0 || k == 0 {
		return 0
	}
	return Minutes(m - k)
}

// String returns the minute as "2028-03-31T17:00", and "" for the zero Minute.
func (m Minute) String() string {
	b, _ := m.AppendText(nil)
	return string(b)
}

// AppendText appends the text of [Minute.String] to b; the error is always nil.
func (m Minute) AppendText(b []byte) ([]byte, error) {
	d := m.Date()
	if d.IsZero() {
		return b, nil
	}
	b = append(d.append(b), 'T')
	return m.Clock().append(b), nil
}

// MarshalText returns the text of [Minute.String]; the error is always nil.
func (m Minute) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads YYYY-MM-DDTHH:MM, with seconds of 00 allowed behind it, as [Minute.MarshalText] writes it; the empty text
// gives the zero Minute. Any other text is a [*MinuteError].
func (m *Minute) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = 0
		return nil
	}
	v, ok := parseMinute(text)
	if !ok {
		return &MinuteError{Type: "minute", Text: string(text), Accepted: "2028-03-31T17:00"}
	}
	*m = v
	return nil
}

// ParseMinute reads the text of a [Minute], by the rules of [Minute.UnmarshalText] but that the empty text is an error.
func ParseMinute(s string) (Minute, error) {
	if m, ok := parseMinute(s); ok {
		return m, nil
	}
	return 0, &MinuteError{Type: "minute", Text: s, Accepted: "2028-03-31T17:00"}
}

func parseMinute[T text](s T) (Minute, bool) {
	if len(s) == 19 && s[16] == ':' && s[17] == '0' && s[18] == '0' {
		s = s[:16]
	}
	if len(s) != 16 || s[10] != 'T' {
		return 0, false
	}
	d, ok := parseDay(s[:10])
	c, right := parseClock(s[11:])
	if !ok || !right {
		return 0, false
	}
	m := d.At(c)
	return m, m != 0
}

// String returns the time of day as HH:MM.
func (c Clock) String() string { return string(c.append(nil)) }

func (c Clock) append(b []byte) []byte {
	if c < 0 || c > perDay {
		return append(b, "no time of day"...)
	}
	return appendTwo(append(appendTwo(b, int(c)/60), ':'), int(c)%60)
}

// MarshalText returns the text of [Clock.String]. A Clock outside 00:00 to 24:00 is a [*MinuteError].
func (c Clock) MarshalText() ([]byte, error) {
	if c < 0 || c > perDay {
		return nil, &MinuteError{Type: "time of day", Text: strconv.Itoa(int(c)) + " minutes", Accepted: clockTexts}
	}
	return c.append(nil), nil
}

// UnmarshalText reads HH:MM, 00:00 to 24:00; the empty text gives 00:00. Any other text is a [*MinuteError].
func (c *Clock) UnmarshalText(text []byte) error {
	v, ok := parseClock(text)
	if !ok && len(text) > 0 {
		return &MinuteError{Type: "time of day", Text: string(text), Accepted: clockTexts}
	}
	*c = v
	return nil
}

const clockTexts = "00:00 to 24:00"

func parseClock[T text](s T) (Clock, bool) {
	if len(s) != 5 || s[2] != ':' {
		return 0, false
	}
	h, m := number(s, 0, 2), number(s, 3, 5)
	if h < 0 || m < 0 || m > 59 || 60*h+m > perDay {
		return 0, false
	}
	return Clock(60*h + m), true
}

// String returns the length as an ISO 8601 duration, "PT7H30M", "PT0H" for none and "-PT8H" for eight hours less.
func (n Minutes) String() string {
	b, _ := n.AppendText(nil)
	return string(b)
}

// IsZero reports whether the length is none.
func (n Minutes) IsZero() bool { return n == 0 }

// AppendText appends the text of [Minutes.String] to b; the error is always nil.
func (n Minutes) AppendText(b []byte) ([]byte, error) {
	u := uint64(n)
	if n < 0 {
		b, u = append(b, '-'), -u
	}
	b = append(b, "PT"...)
	hours, minutes := u/60, u%60
	if hours > 0 || minutes == 0 {
		b = append(strconv.AppendUint(b, hours, 10), 'H')
	}
	if minutes > 0 {
		b = append(strconv.AppendUint(b, minutes, 10), 'M')
	}
	return b, nil
}

// MarshalText returns the text of [Minutes.String]; the error is always nil.
func (n Minutes) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText reads an ISO 8601 duration of hours and minutes, with a sign before it and seconds of 0 behind it allowed: "PT7H30M",
// "PT80H0M0S", "-PT45M". Days, weeks and months are refused: whether a day is worked 7.4 hours or 24 is for whoever writes it to say.
// The empty text gives 0. Any other text is a [*MinuteError].
func (n *Minutes) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = 0
		return nil
	}
	v, err := ParseMinutes(string(text))
	if err == nil {
		*n = v
	}
	return err
}

// ParseMinutes reads the text of a [Minutes], by the rules of [Minutes.UnmarshalText] but that the empty text is an error.
func ParseMinutes(s string) (Minutes, error) {
	fault := &MinuteError{Type: "length of time", Text: s, Accepted: "hours and minutes such as PT7H30M"}
	rest, negative := s, false
	if len(rest) > 0 && (rest[0] == '-' || rest[0] == '+') {
		rest, negative = rest[1:], rest[0] == '-'
	}
	if len(rest) < 4 || rest[:2] != "PT" {
		return 0, fault
	}
	rest = rest[2:]
	total := int64(0)
	units := "HMS"
	for len(rest) > 0 {
		i := 0
		for i < len(rest) && rest[i]-'0' <= 9 {
			i++
		}
		if i == 0 || i > 12 || i == len(rest) {
			return 0, fault
		}
		value, err := strconv.ParseInt(rest[:i], 10, 64)
		if err != nil {
			return 0, fault
		}
		at := -1
		for j := range len(units) {
			if units[j] == rest[i] {
				at = j
			}
		}
		if at < 0 || rest[i] == 'S' && value != 0 {
			return 0, fault
		}
		switch rest[i] {
		case 'H':
			total += 60 * value
		case 'M':
			total += value
		}
		units, rest = units[at+1:], rest[i+1:]
	}
	if negative {
		total = -total
	}
	return Minutes(total), nil
}

// A MinuteError says why a text is not a minute, a time of day or a length of time.
type MinuteError struct {
	Type     string // what was to be read
	Text     string // the text as given
	Accepted string // what is accepted
}

// Error names the text and what is accepted.
func (e *MinuteError) Error() string {
	return "calendar: " + quote(e.Text) + " is no " + e.Type + "; write " + e.Accepted
}
