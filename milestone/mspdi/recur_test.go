package mspdi_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/milestone/calendar"
)

// slowDays is the oracle: it asks of every day of the period, one by one, whether the rule means it.
func slowDays(kind, every, mask, item, position, month, day int, from, until calendar.Date, most int) []calendar.Date {
	var out []calendar.Date
	matches := func(d calendar.Date) bool { // by item
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		switch item {
		case 0:
			return true
		case 1:
			return !weekend
		case 2:
			return weekend
		}
		return int(d.Weekday()) == item-3
	}
	sameMonth := func(a, b calendar.Date) bool { return a.Year() == b.Year() && a.Month() == b.Month() }
	byItem := func(d calendar.Date) bool {
		if !matches(d) {
			return false
		}
		before, after := 0, 0
		for e := d.Add(-1); sameMonth(e, d); e = e.Add(-1) {
			if matches(e) {
				before++
			}
		}
		for e := d.Add(1); sameMonth(e, d); e = e.Add(1) {
			if matches(e) {
				after++
			}
		}
		return position < 4 && before == position || position == 4 && after == 0
	}
	byDay := func(d calendar.Date) bool { return d.Day() == day || d.Day() < day && !sameMonth(d, d.Add(1)) }
	months := func(d calendar.Date) int { return 12*(d.Year()-from.Year()) + int(d.Month()) - int(from.Month()) }
	monday := func(d calendar.Date) int { return int(d.Ordinal()-1) / 7 } // the week begins on Monday
	for d := from; !d.After(until) && (most == 0 || len(out) < most); d = d.Add(1) {
		hit := false
		switch kind {
		case 1, 7:
			hit = int(d.Sub(from))%every == 0
		case 2:
			hit = int(d.Month()) == month+1 && byDay(d)
		case 3:
			hit = int(d.Month()) == month+1 && byItem(d)
		case 4:
			hit = months(d)%every == 0 && byDay(d)
		case 5:
			hit = months(d)%every == 0 && byItem(d)
		case 6:
			hit = (monday(d)-monday(from))%every == 0 && mask>>int(d.Weekday())&1 == 1
		}
		if hit {
			out = append(out, d)
		}
	}
	return out
}

func TestRecurrence(t *testing.T) {
	from, until := calendar.On(2027, 11, 17), calendar.On(2031, 3, 9)
	n := 0
	for kind := 1; kind <= 7; kind++ {
		for _, every := range []int{1, 2, 3, 5} {
			for variant := range 30 {
				mask, item, position := 1+variant*7%127, variant%10, variant%5
				month, day, most := variant%12, 1+variant%31, 0
				if variant%4 == 0 {
					most = 1 + variant
				}
				if kind == 2 && month == 1 && day > 29 {
					day = 29
				}
				var exception strings.Builder
				exception.WriteString("<Exception><EnteredByOccurrences>" + strconv.Itoa(min(1, most)) + "</EnteredByOccurrences><TimePeriod><FromDate>" + from.String() +
					"T00:00:00</FromDate><ToDate>" + until.String() + "T23:59:00</ToDate></TimePeriod>")
				for _, x := range []struct {
					name string
					n    int
				}{{"Occurrences", most}, {"Type", kind}, {"Period", every}, {"DaysOfWeek", mask}, {"MonthItem", item}, {"MonthPosition", position}, {"Month", month}, {"MonthDay", day}, {"DayWorking", 0}} {
					exception.WriteString("<" + x.name + ">" + strconv.Itoa(x.n) + "</" + x.name + ">")
				}
				text := project("<Calendar><UID>2</UID><IsBaseCalendar>1</IsBaseCalendar><Exceptions>"+exception.String()+"</Exception></Exceptions></Calendar>", "")
				in := read(t, strings.Replace(text, "<StartDate>", "<WeekStartDay>1</WeekStartDay><StartDate>", 1))
				var got []calendar.Date
				for _, x := range in.Spec.Calendars[1].Except {
					for d := x.From; d == x.From || d.Before(x.Until); d = d.Add(1) {
						got = append(got, d)
					}
				}
				if !assert.Equal(t, slowDays(kind, every, mask, item, position, month, day, from, until, most), got, exception.String()) {
					return
				}
				n++
			}
		}
	}
	assert.Equal(t, 7*4*30, n)
}
