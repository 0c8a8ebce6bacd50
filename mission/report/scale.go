package report

import (
	"strconv"
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// scale puts time on a chart: minutes of the clock on tenths of a pixel, so that no rounding of a machine shows.
type scale struct {
	from, until calendar.Minute
	left, width int64 // in tenths of a pixel
}

// newScale makes a scale that holds some minutes, with a little room at both ends; unset ones do not count.
func newScale(left, width int64, minutes ...calendar.Minute) scale {
	s := scale{left: left * 10, width: width * 10}
	for _, m := range minutes {
		if m == 0 {
			continue
		}
		if s.from == 0 || m < s.from {
			s.from = m
		}
		s.until = max(s.until, m)
	}
	room := max((s.until-s.from)/50, calendar.Minute(calendar.Day))
	s.from = max(s.from-room, 1)
	if until := s.until + room; !until.Date().IsZero() {
		s.until = until
	}
	return s
}

// x is where a minute lies, in tenths of a pixel; what lies outside is put on the edge.
func (s scale) x(m calendar.Minute) int64 {
	m = min(max(m, s.from), s.until)
	return s.left + int64(m-s.from)*s.width/int64(max(s.until-s.from, 1))
}

// tenths writes tenths of a pixel.
func tenths(x int64) string {
	sign := ""
	if x < 0 {
		sign, x = "-", -x
	}
	if x%10 == 0 {
		return sign + strconv.FormatInt(x/10, 10)
	}
	return sign + strconv.FormatInt(x/10, 10) + "." + strconv.FormatInt(x%10, 10)
}

// tick is a line of the scale with what is written at it.
type tick struct {
	at    calendar.Minute
	label string
	year  bool // a new year begins there
}

// mostTicks is how many lines a scale has at most: more labels would touch.
const mostTicks = 11

// ticks divides a scale into days, weeks, months or years, whichever are the finest that fit.
func (s scale) ticks() []tick {
	days := int(s.until-s.from)/int(calendar.Day) + 1
	first := s.from.Date()
	var list []tick
	add := func(d calendar.Date, label string) {
		if m := d.At(0); m >= s.from && m <= s.until {
			list = append(list, tick{m, label, d.Month() == time.January && d.Day() == 1})
		}
	}
	if days <= 7*mostTicks {
		step := calendar.Days(1)
		if days > mostTicks {
			step = 7
			first = first.Add(-calendar.Days((int(first.Weekday()) + 6) % 7)) // a Monday
		}
		for d := first; !d.IsZero() && d.At(0) <= s.until; d = d.Add(step) {
			add(d, strconv.Itoa(d.Day())+" "+month(d))
		}
		return list
	}
	months := days/30 + 1
	step := 1
	for _, step = range []int{1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12000} {
		if months/step < mostTicks {
			break
		}
	}
	years := max(step/12, 1)
	year, m := first.Year()/years*years, 0
	for year <= s.until.Date().Year() {
		if year >= 1 {
			d := calendar.On(year, time.Month(m+1), 1)
			label := month(d) + " " + strconv.Itoa(year)
			if step >= 12 {
				label = strconv.Itoa(year)
			}
			add(d, label)
		}
		m += step
		year, m = year+m/12, m%12
	}
	return list
}

// month is the name of a day's month in three letters.
func month(d calendar.Date) string { return d.Month().String()[:3] }

// short writes a day in few letters: "3 Mar 2026".
func short(d calendar.Date) string {
	if d.IsZero() {
		return "no day"
	}
	return strconv.Itoa(d.Day()) + " " + month(d) + " " + strconv.Itoa(d.Year())
}

// letters is about how many pixels a text takes at 12 pixels, a little more than most fonts need.
func letters(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case r < 0x80 && (r == ' ' || r == 'i' || r == 'j' || r == 'l' || r == 't' || r == 'f' || r == 'r' || r == 'I' || r < '0' && r != '%' && r != '#'):
			n += 45
		case r == 'm' || r == 'w' || r == 'M' || r == 'W' || r == '%' || r == '…' || r == '@':
			n += 115
		case r >= 'A' && r <= 'Z':
			n += 86
		case r >= 0x1100:
			n += 130
		default:
			n += 72
		}
	}
	return n/10 + 1
}

// fit cuts a text to what a number of pixels holds.
func fit(text string, pixels int) string {
	if letters(text) <= pixels {
		return text
	}
	r := []rune(text)
	for len(r) > 1 && letters(string(r)+"…") > pixels {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}
