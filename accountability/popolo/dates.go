package popolo

import (
	"fmt"

	"github.com/missionled/missionled/milestone/calendar"
)

var unknown = calendar.MustParseWhen("unknown")

// period reads the two dates of a thing, and repairs what contradicts itself.
func (r *reader) period(t *thing, start, end string) (from, until calendar.When) {
	from, _ = r.date(t, start)
	last, text := r.date(t, end)
	until = last
	if !last.IsZero() && r.opt.Ends == LastDay {
		until = dayAfter(last)
	}
	if (calendar.Period{From: from, Until: last}).Inverted() {
		// Two dates that contradict each other say that something began or ended on the earlier, and nothing more.
		r.repair(t.path+"."+end, text, "unknown", fmt.Sprintf("it comes before the start, %s: from the earlier of the two on it is not known", from))
		r.repair(t.path+"."+start, from.String(), last.String(), "the end comes before it")
		return last, unknown
	}
	return from, until
}

// dayAfter is the day after a last day, as roughly as that is known.
func dayAfter(last calendar.When) calendar.When {
	if last.IsExact() {
		return calendar.OnDay(last.Earliest().Add(1))
	}
	w, err := calendar.ParseWhen(last.Earliest().Add(1).String() + "/" + last.Latest().Add(1).String())
	if err != nil {
		return last // it lies at the end of the calendar
	}
	return w
}

// date reads a date known to the day, the month or the year, as Popolo writes it.
func (r *reader) date(t *thing, name string) (calendar.When, string) {
	text := r.text(t, name)
	day, path := text, t.path+"."+name
	if text == "" {
		return calendar.When{}, ""
	}
	if len(text) > 10 && text[10] == 'T' {
		day = text[:10]
		r.repair(path, text, day, "records hold for days")
	}
	if sentinel(day) {
		r.repair(path, text, "", "it stands for no date")
		return calendar.When{}, text
	}
	if !partial(day) {
		r.fault(path, t.node.member(name), &FormError{fmt.Sprintf("%.40q is no date: write 2024, 2024-07 or 2024-07-05", text)})
		return calendar.When{}, text
	}
	w, err := calendar.ParseWhen(day)
	if err != nil {
		r.fault(path, t.node.member(name), err)
		return calendar.When{}, text
	}
	return w, text
}

// sentinel tells the dates that stand for none: 9999-12-31, 0001-01-01, 0000-00-00.
func sentinel(s string) bool {
	return partial(s) && (s[0] == '9' || s[:4] == "0000" || s[:4] == "0001")
}

// partial reports whether a text has the form 2024, 2024-07 or 2024-07-05.
func partial(s string) bool {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i := range len(s) {
		if dash := i == 4 || i == 7; dash != (s[i] == '-') || !dash && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}
