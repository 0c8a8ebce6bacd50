package calendar

// ParseDate reads a day written YYYY-MM-DD: four, two and two digits, year 0001 to 9999, nothing before or after.
// Any other text is a [*DateError]. It does not allocate on success.
func ParseDate(s string) (Date, error) {
	if d, ok := parseDay(s); ok {
		return d, nil
	}
	return Date{}, dateError(s)
}

// MustParseDate is [ParseDate] for texts in source code and tests: it panics where ParseDate returns an error.
func MustParseDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// String returns the day as YYYY-MM-DD, and "" for the zero Date.
func (d Date) String() string {
	var buf [10]byte
	return string(d.append(buf[:0]))
}

// AppendText appends the text of [Date.String] to b. It implements [encoding.TextAppender]; the error is always nil.
func (d Date) AppendText(b []byte) ([]byte, error) { return d.append(b), nil }

// MarshalText returns the text of [Date.String]. It implements [encoding.TextMarshaler]; the error is always nil.
func (d Date) MarshalText() ([]byte, error) { return d.append(make([]byte, 0, 10)), nil }

// UnmarshalText reads what [Date.MarshalText] writes: the empty text gives the zero Date, any other goes by the rules of [ParseDate].
// On an error d keeps its value.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	day, ok := parseDay(text)
	if !ok {
		return dateError(string(text))
	}
	*d = day
	return nil
}

func (d Date) append(b []byte) []byte {
	if d.n == 0 {
		return b
	}
	year, month, day := d.Calendar()
	b = appendYear(b, year)
	b = append(b, '-')
	b = appendTwo(b, int(month))
	b = append(b, '-')
	return appendTwo(b, day)
}

func appendYear(b []byte, year int) []byte { return appendTwo(appendTwo(b, year/100), year%100) }

func appendTwo(b []byte, n int) []byte { return append(b, '0'+byte(n/10), '0'+byte(n%10)) }

// text is what the parsers read, so that neither strings nor bytes have to be copied.
type text interface{ string | []byte }

// parseDay reads YYYY-MM-DD and reports whether it is a day.
func parseDay[T text](s T) (Date, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, false
	}
	year, month, day := number(s, 0, 4), number(s, 5, 7), number(s, 8, 10)
	if year < 0 || month < 0 || day < 0 {
		return Date{}, false
	}
	d := On(year, monthOf(month), day)
	return d, d.n != 0
}

// number reads the decimal digits s[i:j], or returns -1 where one of them is none. It is for short runs: there is no overflow check.
func number[T text](s T, i, j int) int {
	n := 0
	for ; i < j; i++ {
		c := s[i] - '0'
		if c > 9 {
			return -1
		}
		n = 10*n + int(c)
	}
	return n
}
