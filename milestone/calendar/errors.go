package calendar

import (
	"slices"
	"strconv"
	"strings"
)

// DateError says why a text is not a day and what to write.
type DateError struct {
	Text    string   // the text as given
	Reason  string   // what is wrong with it
	Instead []string // texts that [ParseDate] accepts and that may have been meant; often empty
}

// WhenError says why a text is not a [When] and what to write.
type WhenError struct {
	Text    string   // the text as given
	Reason  string   // what is wrong with it
	Instead []string // texts that [ParseWhen] accepts and that may have been meant; often empty
}

// Error names the text, the reason and what is accepted.
func (e *DateError) Error() string {
	return message("date", e.Text, e.Reason, e.Instead, "a day as in 2024-07-05")
}

// Error names the text, the reason and what is accepted.
func (e *WhenError) Error() string {
	return message("when", e.Text, e.Reason, e.Instead, "2024-07-05 (day), 2024-07 (month), 2024-Q3 (quarter), 2024 (year), "+
		"FY2024-25 (financial year), FY2024-25-Q1 (its quarter), SY2027-28 (school year), 2024-07-05/2024-08-01 (interval), "+
		"unknown, or the name of a day as in end-of-parliament")
}

func message(what, text, reason string, instead []string, accepted string) string {
	s := "calendar: " + what + " " + quote(text) + ": " + reason + "; write "
	if len(instead) > 0 {
		return s + strings.Join(instead, " or ")
	}
	return s + accepted
}

// quote quotes s for a message, cut after 64 bytes.
func quote(s string) string {
	if len(s) > 64 {
		return strconv.Quote(s[:64]) + "…"
	}
	return strconv.Quote(s)
}

func dateError(s string) *DateError {
	reason, instead := advise(s)
	return &DateError{Text: s, Reason: reason, Instead: accepted(instead, func(text string) bool {
		_, ok := parseDay(text)
		return ok
	})}
}

func whenError(s string) *WhenError {
	reason, instead := adviseSentinel(s)
	if reason == "" {
		reason, instead = advise(s)
	}
	return &WhenError{Text: s, Reason: reason, Instead: accepted(instead, func(text string) bool {
		_, ok := parseWhen(text)
		return ok
	})}
}

// accepted keeps the guesses that a parser accepts, each once: advise need not know what is a day and what a sentinel.
func accepted(guesses []string, parses func(string) bool) []string {
	var kept []string
	for _, text := range guesses {
		if parses(text) && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}
