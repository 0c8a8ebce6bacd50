// Package popolo reads and writes registers of who held which post: Popolo JSON (popoloproject.com), in the forms of its
// specification and of EveryPolitician, and the tables of the Institute for Government's Ministers Database.
//
// [Read] and [IfG] give accountability records, and say what of the input had no place and what they repaired; [Write] gives
// Popolo JSON, and says what of the records it cannot hold. Nothing is derived from a title: a post called "Minister for
// Postal Affairs" carries no duty until a record says so, and no record here does.
//
// Names of persons stay apart from the records unless asked for, in a map that can be kept elsewhere or thrown away. Ids
// given by the source stay as they are, and in some sources they tell a name.
//
// It is not for votes, motions and speeches, which Popolo also has.
package popolo

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Records are the kinds of accountability record that the formats can hold. The zero Records is empty.
type Records struct {
	Sources     []record.Source
	Parties     []accountability.Party
	Holdings    []accountability.Holding
	Leaves      []accountability.Leave
	Successions []accountability.Succession
}

// Spec returns the records as a Spec for [accountability.Compile]. The slices are shared.
func (r Records) Spec() accountability.Spec {
	return accountability.Spec{
		Shared:  record.Shared{Sources: r.Sources},
		Parties: r.Parties, Holdings: r.Holdings, Leaves: r.Leaves, Successions: r.Successions,
	}
}

// Result is what a reader made of its input.
type Result struct {
	Records
	// Names are those of persons by the id of their party, where [Options] keeps them apart, in the order of the source.
	// Nothing in Records rests on them.
	Names map[record.ID][]Name
	Report
}

// Name is what somebody is called, and when, where the source says so.
type Name struct {
	Text string
	// Held is the time of the name; the zero Period where no time is stated.
	Held calendar.Period
}

// Names says what becomes of the names of persons.
type Names uint8

// What becomes of names. The zero Names is NamesApart.
const (
	NamesApart   Names = iota // in Result.Names and nowhere in the records
	NamesIn                   // in the records
	NamesDropped              // nowhere; the report counts them
)

// Ends says what a date at the end of something means.
type Ends uint8

// What an end means. Popolo's specification does not say; its examples, in which one thing ends on a day and the next begins
// on the day after, and those of EveryPolitician use the last day. The zero Ends is LastDay.
const (
	LastDay  Ends = iota // the last day on which it held
	DayAfter             // the first day on which it no longer held
)

// Class is a class of thing in Popolo.
type Class uint8

// The classes that have a place in the records. The list is closed.
const (
	Organization Class = iota + 1
	Person
	Post
	Membership
	Area
	Event
)

var classNames = []string{"", "organizations", "persons", "posts", "memberships", "areas", "events"}

// String returns the name that lists of the class go by: "organizations". For a number that is no class it is "class 9".
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return fmt.Sprintf("class %d", uint8(c))
}

// Classes returns the classes of thing that [Read] takes, in the order of their constants.
func Classes() []Class {
	return []Class{Organization, Person, Post, Membership, Area, Event}
}

// Options say how to read. The zero Options are right for files of EveryPolitician.
type Options struct {
	Names Names
	// Ends says what Popolo's end dates mean. The Ministers Database uses the day after, whatever stands here.
	Ends Ends
	// Class is what a Popolo file holds that is one object, or a list of objects, without saying of what class. Zero refuses
	// such a file.
	Class Class
	// MaxBytes bounds the size of each input; zero means 64 MiB.
	MaxBytes int64
	// MaxDepth bounds how deep objects and lists may stand in one another; zero means 32.
	MaxDepth int
	// MaxFaults bounds how many faults are listed; zero means 1,000. What lies beyond is counted in the last.
	MaxFaults int
}

func (o Options) withDefaults() Options {
	o.MaxBytes = cmp.Or(o.MaxBytes, 64<<20)
	o.MaxDepth = cmp.Or(o.MaxDepth, 32)
	o.MaxFaults = cmp.Or(o.MaxFaults, 1000)
	return o
}

// Report says what a reader or writer could not carry over, and what it changed.
type Report struct {
	// Losses are in the order of their paths.
	Losses []Loss
	// Repairs are in the order of the input.
	Repairs []Repair
}

// Loss says that a member, or a whole thing, had no place.
type Loss struct {
	// Path is where such members stand, without the numbers of lists: "persons[].email", "person.csv: gender".
	Path string
	// Why is empty where the format that is written to, or the records, have no such member.
	Why string
	// Count is how many were not empty.
	Count int
}

// Repair says that a value was read as another one.
type Repair struct {
	// Path is where it stands: "memberships[12].end_date", "appointment.csv[40].end_date". Counts from nought.
	Path     string
	Was, Now string
	Why      string
}

// tally gathers a report.
type tally struct {
	losses  map[Loss]int
	repairs []Repair
}

func (t *tally) lose(path, why string, n int) {
	if t.losses == nil {
		t.losses = make(map[Loss]int)
	}
	if n > 0 {
		t.losses[Loss{Path: path, Why: why}] += n
	}
}

func (t *tally) repair(path, was, now, why string) {
	t.repairs = append(t.repairs, Repair{path, was, now, why})
}

func (t *tally) report() Report {
	r := Report{Repairs: t.repairs}
	for l, n := range t.losses {
		l.Count = n
		r.Losses = append(r.Losses, l)
	}
	slices.SortFunc(r.Losses, func(a, b Loss) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Why, b.Why)) })
	return r
}

// A PlaceError says where in a file a fault lies. It stands in a [record.Fault], which has the path.
type PlaceError struct {
	// File is the name of a table; empty for JSON, which is one file.
	File string
	// Line and Column count from 1; columns are bytes.
	Line, Column int
	Err          error
}

// Error reads "line 3, column 7: " and the cause.
func (e *PlaceError) Error() string {
	if e.File != "" {
		return fmt.Sprintf("%s, line %d, column %d: %v", e.File, e.Line, e.Column, e.Err)
	}
	return fmt.Sprintf("line %d, column %d: %v", e.Line, e.Column, e.Err)
}

// Unwrap returns the cause.
func (e *PlaceError) Unwrap() error { return e.Err }

// A TypeError says that a value has the wrong type.
type TypeError struct{ Got, Want string }

// Error reads "a number, where a text must stand".
func (e *TypeError) Error() string { return e.Got + ", where " + e.Want + " must stand" }

// A LimitError says that an input passes a limit of [Options].
type LimitError struct {
	// What is limited: "bytes", "levels", "faults".
	What string
	Most int64
}

// Error names the limit.
func (e *LimitError) Error() string {
	return fmt.Sprintf("more than %d %s: raise the limit in the options if the file can be trusted", e.Most, e.What)
}

// A FormError says that an input is not of the form that the reader takes.
type FormError struct{ Cause string }

// Error returns the cause.
func (e *FormError) Error() string { return e.Cause }
