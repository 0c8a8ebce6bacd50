package report

import (
	"unicode"

	"github.com/missionled/missionled/milestone/calendar"
)

// The parts of a page that tests look at alone.
var (
	Clean   = clean
	Percent = percent
	Shift   = shift
	Stretch = stretch
	Address = address
	Grouped = grouped
	Asks    = asks
	How     = how
	Instant = instant
	Style   = style
	Chance  = chance
	Brief   = brief
	Points  = points
	Fit     = fit
	Letters = letters
	Dated   = dated
	Worked  = worked
	Coin    = coin
)

// MostTicks is how many lines a scale has at most.
const MostTicks = mostTicks

// Ticks returns the lines of a scale that holds two minutes, and where each lies in tenths of a pixel, from 100 to 7,100.
func Ticks(from, until calendar.Minute) (at []calendar.Minute, labels []string, x []int64) {
	s := newScale(10, 700, from, until)
	for _, t := range s.ticks() {
		at, labels, x = append(at, t.at), append(labels, t.label), append(x, s.x(t.at))
	}
	return at, labels, x
}

// The lengths at which clean cuts.
const (
	LongName = longName
	LongText = longText
)

// Bar returns the scaled parts of the bar of a share.
func Bar(p float64) (x, width, start, goal int) {
	b := newBar(p)
	return b.X, b.Width, b.Start, b.Goal
}

// Parts reports whether a rune parts words, Shown whether it is shown, and Mark whether it sits on a letter: each said anew.
func Parts(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// Shown says which runes a page may hold.
func Shown(r rune) bool { return unicode.IsGraphic(r) || r == 0x200c || r == 0x200d }

// Mark says which runes sit on others.
func Mark(r rune) bool { return unicode.Is(unicode.M, r) }
