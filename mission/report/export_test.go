package report

import "unicode"

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
)

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
