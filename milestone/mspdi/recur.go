package mspdi

import (
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// A recurrence is a rule by which an exception of a calendar comes back, as Microsoft Project states it.
type recurrence struct {
	kind        int           // 1 to 9, as in the file
	from, until calendar.Date // both included
	most        int           // how often it comes at the most; 0 is without end
	every       int           // days, weeks, months
	days        int           // of the week: 1 is Sunday, 2 Monday, 4 Tuesday …
	item        int           // 0 a day, 1 a weekday, 2 a day of the weekend, 3 Sunday … 9 Saturday
	position    int           // 0 first … 3 fourth, 4 last
	month       int           // 0 January … 11 December
	day         int           // of the month
	weekStart   time.Weekday
}

// The kinds of recurrence that can be spelled out.
const (
	daily           = 1
	yearlyByDay     = 2
	yearlyByItem    = 3
	monthlyByDay    = 4
	monthlyByItem   = 5
	weekly          = 6
	dailyByDayCount = 7
)

// each hands every stretch of days to yield, until excluded, in order, and stops where yield returns false.
func (r recurrence) each(yield func(from, until calendar.Date) bool) {
	every := max(1, r.every)
	left := r.most
	give := func(d calendar.Date) bool {
		if d.IsZero() || d.Before(r.from) || r.until.Before(d) {
			return true
		}
		if !yield(d, d.Add(1)) {
			return false
		}
		left--
		return left != 0
	}
	switch r.kind {
	case daily, dailyByDayCount:
		if every == 1 && left <= 0 {
			yield(r.from, r.until.Add(1))
			return
		}
		for d := r.from; !d.IsZero() && !r.until.Before(d) && give(d); d = d.Add(calendar.Days(every)) {
		}
	case weekly:
		first := r.from.Add(-calendar.Days((int(r.from.Weekday()) - int(r.weekStart) + 7) % 7))
		for week := first; !week.IsZero() && !r.until.Before(week); week = week.Add(calendar.Days(7 * every)) {
			for i := range 7 {
				d := week.Add(calendar.Days(i))
				if r.days>>int(d.Weekday())&1 == 1 && !give(d) {
					return
				}
			}
		}
	case monthlyByDay, monthlyByItem, yearlyByDay, yearlyByItem:
		year, month, _ := r.from.Calendar()
		step := every
		if r.kind == yearlyByDay || r.kind == yearlyByItem {
			month, step = time.Month(r.month+1), 12
		}
		lastYear, lastMonth, _ := r.until.Calendar()
		for n := 12*year + int(month) - 1; n <= 12*lastYear+int(lastMonth)-1; n += step {
			y, m := n/12, time.Month(n%12+1)
			d := inMonth(y, m, r.day)
			if r.kind == monthlyByItem || r.kind == yearlyByItem {
				d = itemOf(y, m, r.item, r.position)
			}
			if !give(d) {
				return
			}
		}
	}
}

// inMonth returns a day of a month, the last one where the month is shorter.
func inMonth(year int, month time.Month, day int) calendar.Date {
	for ; day > 28; day-- {
		if d := calendar.On(year, month, day); !d.IsZero() {
			return d
		}
	}
	return calendar.On(year, month, day)
}

// itemOf returns the day of a month at a position among those that the item means: the third Thursday, the last weekday.
func itemOf(year int, month time.Month, item, position int) calendar.Date {
	found := calendar.Date{}
	for day, n := 1, 0; day <= 31; day++ {
		d := calendar.On(year, month, day)
		if d.IsZero() {
			break
		}
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if item == 1 && weekend || item == 2 && !weekend || item > 2 && d.Weekday() != time.Weekday(item-3) {
			continue
		}
		found = d
		if n == position {
			break
		}
		n++
	}
	return found
}
