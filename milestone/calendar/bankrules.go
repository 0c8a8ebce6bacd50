package calendar

import "time"

// appendStanding appends the holidays of one year that the law, and the proclamations repeated every year, give a division.
//
// The Banking and Financial Dealings Act 1971 (c. 80), Schedule 1, lists Easter Monday, the last Mondays of May and August, 26 December and, where 25 or
// 26 December is a Sunday, the 27th, for England and Wales and for Northern Ireland, there with 17 March; and for Scotland 1 and 2 January,
// Good Friday, the first Mondays of May and August, 30 November (St Andrew's Day Bank Holiday (Scotland) Act 2007, asp 2) and Christmas Day.
// By yearly proclamation under section 1 come New Year's Day (since 1974) and the first Monday of May (since 1978) outside Scotland,
// the last Monday of May and Boxing Day in Scotland, 12 July in Northern Ireland, and weekdays in place of Saturdays.
// Outside Scotland Good Friday and Christmas Day are holidays by common law.
// https://www.legislation.gov.uk/ukpga/1971/80/schedule/1
func appendStanding(all []Holiday, div Division, year int) []Holiday {
	easter := easterSunday(year)
	fixed := func(d Date, name string) { all = append(all, Holiday{Day: d, Name: name}) }

	all = appendDay(all, On(year, time.January, 1), "New Year’s Day")
	if div == Scotland {
		// The Act lets 3 January stand for 1 January on a Sunday and leaves 2 January in its place. GOV.UK lists the same two days off
		// the other way round, as substitutes for both, and so do we.
		all = appendDay(all, On(year, time.January, 2), "2nd January")
	}
	if div == NorthernIreland {
		all = appendDay(all, On(year, time.March, 17), "St Patrick’s Day")
	}
	fixed(easter.Add(-2), "Good Friday")
	if div != Scotland {
		fixed(easter.Add(1), "Easter Monday")
	}
	fixed(mondayBy(On(year, time.May, 7)), "Early May bank holiday")
	fixed(mondayBy(On(year, time.May, 31)), "Spring bank holiday")
	if div == NorthernIreland {
		all = appendDay(all, On(year, time.July, 12), "Battle of the Boyne (Orangemen’s Day)")
	}
	if div == Scotland {
		fixed(mondayBy(On(year, time.August, 7)), "Summer bank holiday")
		all = appendDay(all, On(year, time.November, 30), "St Andrew’s Day")
	} else {
		fixed(mondayBy(On(year, time.August, 31)), "Summer bank holiday")
	}

	christmas, boxing := On(year, time.December, 25), On(year, time.December, 26)
	if christmas.Weekday() == time.Sunday {
		// Boxing Day keeps its Monday and Christmas Day goes behind it, as the Act says.
		fixed(boxing, "Boxing Day")
		return appendDay(all, christmas, "Christmas Day")
	}
	all = appendDay(all, christmas, "Christmas Day")
	return appendDay(all, boxing, "Boxing Day")
}

// appendDay appends a holiday with a date of its own. At a weekend, and where the holiday before has taken its day, it goes to the
// next weekday that is free.
func appendDay(all []Holiday, d Date, name string) []Holiday {
	h := Holiday{Day: d, Name: name}
	for isWeekend(h.Day) || len(all) > 0 && all[len(all)-1].Day == h.Day {
		h.Day = h.Day.Add(1)
		h.For = d
	}
	return append(all, h)
}

func isWeekend(d Date) bool { return !mondayToFriday.works(d.n) }

// mondayBy returns the last Monday that is not after d.
func mondayBy(d Date) Date { return d.Add(-Days((d.n - 1) % 7)) }

// easterSunday computes Easter of the Gregorian calendar by the method that Nature printed anonymously on 20 April 1876, in the form of
// Meeus, Astronomical Algorithms (2nd ed. 1998), chapter 8. It holds for every year of the Gregorian calendar.
func easterSunday(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return On(year, monthOf(n/31), n%31+1)
}

// oneOff is a holiday that no rule gives.
type oneOff struct {
	day       Date
	name      string
	moved     Date // the holiday of this day has gone to day; zero for an additional one
	announced Date // first public announcement for these divisions; that of the UK Government where no other is known
	divisions []Division
}

var (
	everywhere    = []Division{EnglandAndWales, Scotland, NorthernIreland}
	notInScotland = []Division{EnglandAndWales, NorthernIreland}
	inScotland    = []Division{Scotland}
)

// oneOffs lists them in order of days. A new one is a line here; a change of span is a line in holiday.go.
var oneOffs = [...]oneOff{
	// The Department for Business moved the early May holiday on 7 June 2019 for the 75th anniversary of VE Day: https://www.gov.uk/government/news/
	// 2020-may-bank-holiday-will-be-moved-to-mark-75th-anniversary-of-ve-day. Scotland followed within a week ("following very late notice from the
	// UK Government", bagpipe.news, 14 June 2019: the day given here, the first report found).
	{civil(2020, 5, 8), "Early May bank holiday (VE day)", civil(2020, 5, 4), civil(2019, 6, 7), notInScotland},
	{civil(2020, 5, 8), "Early May bank holiday (VE day)", civil(2020, 5, 4), civil(2019, 6, 14), inScotland},
	// The Culture Secretary announced the four days of the Platinum Jubilee on 12 November 2020:
	// https://www.gov.uk/government/news/extra-bank-holiday-to-mark-the-queens-platinum-jubilee-in-2022.
	{civil(2022, 6, 2), "Spring bank holiday", civil(2022, 5, 30), civil(2020, 11, 12), everywhere},
	{civil(2022, 6, 3), "Platinum Jubilee bank holiday", Date{}, civil(2020, 11, 12), everywhere},
	// The King ordered it at the Accession Council of 10 September 2022, and the date of the funeral was made known on that day:
	// https://www.gov.uk/government/news/bank-holiday-announced-for-her-majesty-queen-elizabeth-iis-state-funeral-on-monday-19-september.
	{civil(2022, 9, 19), "Bank Holiday for the State Funeral of Queen Elizabeth II", Date{}, civil(2022, 9, 10), everywhere},
	// The Prime Minister and the Scottish Government announced it on 6 November 2022:
	// https://www.gov.uk/government/news/bank-holiday-proclaimed-in-honour-of-the-coronation-of-his-majesty-king-charles-iii,
	// https://www.gov.scot/news/scotland-to-mark-the-royal-coronation/.
	{civil(2023, 5, 8), "Bank holiday for the coronation of King Charles III", Date{}, civil(2022, 11, 6), everywhere},
	// The First Minister said on 5 January 2026 that he would propose it; Buckingham Palace made the approval public on 4 February 2026
	// (Scottish Government, "World Cup bank holiday confirmed", 5 February 2026). The approval counts.
	{civil(2026, 6, 15), "World Cup bank holiday", Date{}, civil(2026, 2, 4), inScotland},
}
