// Answering prints two things that inquiries ask for. Who held a post on a day, beside who was thought to hold it as far as was recorded by
// then: for one real post, by what the Institute for Government's Ministers Database said at each time. And the way of a pound to the forum
// that may ask about it, with the place where it breaks: for a made-up pool.
//
//	go run ./examples/answering
package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	if err := onePost(w); err != nil {
		return err
	}
	return onePound(w)
}

// database is what the records of the real post rest on. When each version was recorded is the time of its commit.
var database = record.Source{Record: record.New("ifg"), Title: "Ministers Database", Publisher: "Institute for Government", URL: "https://github.com/instituteforgov/ifg-ministers-database-public"}

// holding is one recorded version of an appointment, as the database has it: half-open, the day of the end excluded.
func holding(id, of record.ID, holder record.ID, from, until, recorded string) accountability.Holding {
	at, err := time.Parse(time.RFC3339, recorded)
	if err != nil {
		panic(err)
	}
	h := accountability.Holding{Record: record.Record{ID: id, Of: of, Recorded: at, Source: "ifg", Grade: record.Secondary}, Post: "cst", Holder: holder}
	if of != "" {
		h.Verb, h.Reason = record.Correct, "the entry in the database was replaced"
	}
	h.From = calendar.MustParseWhen(from)
	if until != "" {
		h.Until = calendar.MustParseWhen(until)
	}
	return h
}

// chiefSecretary is the post of Chief Secretary to the Treasury from July 2024 on. In May 2026 the end of one appointment was typed as a day before its start: two
// dates that contradict each other make the days from the earlier one on unknown, never vacant.
func chiefSecretary() accountability.Spec {
	person := func(id record.ID, name string) accountability.Party {
		return accountability.Party{Record: record.Record{ID: id, Source: "ifg", Grade: record.Secondary}, Kind: accountability.Person, Name: name}
	}
	return accountability.Spec{
		Shared: record.Shared{Sources: []record.Source{database}},
		Parties: []accountability.Party{
			{Record: record.Record{ID: "cst", Source: "ifg", Grade: record.Secondary}, Kind: accountability.Post, Name: "Chief Secretary to the Treasury"},
			person("jones", "Darren Jones"), person("murray", "James Murray"), person("rigby", "Lucy Rigby"),
		},
		Holdings: []accountability.Holding{
			holding("jones-1", "", "jones", "2024-07-05", "", "2024-08-18T21:14:00+01:00"),
			holding("jones-2", "jones-1", "jones", "2024-07-05", "2025-09-01", "2025-09-01T10:57:41+01:00"),
			holding("murray-1", "", "murray", "2025-09-01", "", "2025-09-01T10:57:41+01:00"),
			holding("murray-2", "murray-1", "murray", "2025-05-14", "unknown", "2026-05-26T14:42:53+01:00"),
			holding("rigby-1", "", "rigby", "2025-05-14", "", "2026-05-26T14:42:53+01:00"),
			holding("rigby-2", "rigby-1", "rigby", "2026-05-14", "", "2026-06-03T09:58:10+01:00"),
		},
	}
}

func onePost(w io.Writer) error {
	register, err := accountability.Compile(chiefSecretary(), record.View{})
	if err != nil {
		return err
	}
	known := []time.Time{
		time.Date(2025, time.August, 31, 0, 0, 0, 0, time.UTC), time.Date(2025, time.September, 2, 0, 0, 0, 0, time.UTC),
		time.Date(2026, time.May, 27, 0, 0, 0, 0, time.UTC), time.Date(2026, time.June, 19, 12, 0, 0, 0, time.UTC),
	}
	fmt.Fprintln(w, "Who was Chief Secretary to the Treasury, as the Ministers Database said at the time")
	for _, day := range []calendar.Date{calendar.On(2025, time.August, 15), calendar.On(2026, time.January, 1), calendar.On(2026, time.May, 20)} {
		fmt.Fprintf(w, "\non %s\n", day)
		for _, k := range known {
			fmt.Fprintf(w, "  as known on %s: %s\n", k.Format(time.DateOnly), holders(register, "cst", record.Moment{On: day, Known: k}))
		}
		for _, d := range register.Differences(record.Ref{Kind: accountability.KindParty, ID: "cst"}, day, known[1], known[3]) {
			fmt.Fprintf(w, "  it changed between %s and %s, by %s\n", known[1].Format(time.DateOnly), known[3].Format(time.DateOnly), refs(d.After.Records))
		}
	}
	return nil
}

// holders says who holds a post at a moment, and how surely.
func holders(r *accountability.Register, post record.ID, at record.Moment) string {
	list, state := r.Holders(post, at)
	if len(list) == 0 {
		return state.String()
	}
	words := make([]string, len(list))
	for i, h := range list {
		words[i] = name(r, h.Party)
		if h.On != calendar.Certainly {
			words[i] += " (" + h.On.String() + ")"
		}
	}
	return strings.Join(words, ", ")
}

func name(r *accountability.Register, id record.ID) string {
	for _, c := range r.Party(id, record.Moment{}) {
		if c.Record.Name != "" {
			return c.Record.Name
		}
	}
	return string(id)
}

func refs(list []record.Ref) string {
	words := make([]string, len(list))
	for i, ref := range list {
		words[i] = ref.String()
	}
	return strings.Join(words, ", ")
}

// pool is a made-up pool for warm homes: a department and a city pay in. The treasurer of the city answers to its council; of the department's
// accounting officer nobody has recorded a line to Parliament.
func pool() (accountability.Spec, funding.Spec) {
	party := func(id record.ID, name string, kind accountability.PartyKind) accountability.Party {
		return accountability.Party{Record: record.Invented(id), Kind: kind, Name: name}
	}
	gbp := func(pounds int64) record.Value[record.Money] {
		return record.Known(record.Money{Minor: 100 * pounds, Currency: "GBP"})
	}
	who := accountability.Spec{
		Parties: []accountability.Party{
			party("parliament", "Parliament", accountability.Body), party("council", "The city council", accountability.Body),
			party("dept", "A department", accountability.Organisation), party("city", "A city", accountability.Organisation),
			party("officer", "Accounting officer of the department", accountability.Post), party("treasurer", "City treasurer", accountability.Post),
			party("board", "Warm homes partnership board", accountability.Body), party("one", "", accountability.Person), party("two", "", accountability.Person),
		},
		Holdings: []accountability.Holding{
			{Record: record.Invented("one-holds"), Post: "officer", Holder: "one"}, {Record: record.Invented("two-holds"), Post: "treasurer", Holder: "two"},
		},
		Lines: []accountability.Line{{Record: record.Invented("to-council"), Actor: "treasurer", Forum: record.Ref{Kind: accountability.KindParty, ID: "council"}, Kind: accountability.PoliticalLine}},
	}
	money := funding.Spec{
		Pools: []funding.Pool{{Record: record.Invented("warm"), Name: "Warm homes pool", Subject: record.Ref{Kind: "milestone", ID: "thousand-homes"}, Host: "city", DecidedBy: "board",
			Rule: record.Known("unanimity of those who pay in")}},
		Shares: []funding.Share{
			{Record: record.Invented("of-dept"), Pool: "warm", Party: "dept", AccountingOfficer: "officer", Amount: gbp(6_000_000)},
			{Record: record.Invented("of-city"), Pool: "warm", Party: "city", AccountingOfficer: "treasurer", Amount: gbp(4_000_000)},
		},
		Allocations: []funding.Allocation{{Record: record.Invented("insulation"), Subject: record.Ref{Kind: "milestone", ID: "thousand-homes"}, Pool: "warm", To: "city", Amount: gbp(10_000_000)}},
	}
	return who, money
}

func onePound(w io.Writer) error {
	who, money := pool()
	register, err := accountability.Compile(who, record.View{})
	if err != nil {
		return err
	}
	accounts, err := funding.Compile(money, register, record.View{})
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\nThe way of a pound (made up)")
	for _, t := range accounts.Trails("insulation", record.Ref{}, record.Moment{}) {
		fmt.Fprintf(w, "\n%s of allocation/insulation\n", t.Allocation.Amount.V)
		for _, s := range t.Decides {
			fmt.Fprintf(w, "  decided by %s\n", name(register, s.Party))
		}
		for _, s := range t.Pays {
			fmt.Fprintf(w, "  paid by %s (%s)\n", name(register, s.Party), s.Share.Amount.V)
		}
		for i, s := range t.Answers {
			fmt.Fprintf(w, "  answered for by %s\n", name(register, s.Party))
			for _, step := range t.Paths[i].Steps[1:] {
				fmt.Fprintf(w, "    %s → %s\n", step.Via, name(register, step.To.ID))
			}
		}
		for _, b := range t.Breaks {
			fmt.Fprintf(w, "  break: %s\n", b)
		}
		fmt.Fprintf(w, "  by %s\n", refs(t.Records))
	}
	return nil
}
