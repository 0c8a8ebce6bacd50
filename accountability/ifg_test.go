package accountability_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

const ministers = "../../shared/data/accountability/ifg-ministers/"

// rows reads a table of the Institute for Government's Ministers Database (CC BY 4.0) by the names of its columns.
func rows(t *testing.T, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(ministers + file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the Ministers Database is absent: ../shared/data not beside the repository")
	}
	require.NoError(t, err)
	defer f.Close()
	table, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	list := make([]map[string]string, len(table)-1)
	for i, line := range table[1:] {
		list[i] = make(map[string]string, len(line))
		for j, name := range table[0] {
			list[i][name] = line[j]
		}
	}
	return list
}

// appointment is one recorded version of an appointment, with its dates as they were typed.
type appointment struct {
	id, person, post     record.ID
	from, until          calendar.Date // until is zero where the end is open
	recorded, superseded time.Time     // superseded is zero where it still stands
	inverted             bool
}

// dayOrNone reads a date of the database, in whose older versions an open end is "NULL" or the last day of 9999.
func dayOrNone(s string) calendar.Date {
	if s == "NULL" || s == "9999-12-31" {
		return calendar.Date{}
	}
	return day(s)
}

func appointments(t *testing.T) []appointment {
	instant := func(s string) (at time.Time) {
		if s != "" {
			var err error
			at, err = time.Parse(time.RFC3339, s)
			require.NoError(t, err)
		}
		return at
	}
	var list []appointment
	for _, r := range rows(t, "appointment_bitemporal.csv") {
		a := appointment{
			id: record.ID(r["id"]), person: record.ID(r["person_id"]), post: record.ID(r["post_id"]),
			from: dayOrNone(r["valid_from"]), until: dayOrNone(r["valid_to"]), recorded: instant(r["recorded_from"]), superseded: instant(r["recorded_to"]),
		}
		a.inverted = !a.until.IsZero() && a.until.Before(a.from)
		list = append(list, a)
	}
	return list
}

// register makes a register of the appointments. Versions of one appointment are corrections of one another; one that was
// taken out without another in its place is retracted. Where the dates are the wrong way round, the days from the earlier on
// are unknown: the holding is from that day until some day that nobody knows.
func register(t *testing.T, list []appointment) *accountability.Register {
	var spec accountability.Spec
	parties := make(map[record.ID]bool)
	party := func(id record.ID, kind accountability.PartyKind) {
		if !parties[id] {
			parties[id] = true
			spec.Parties = append(spec.Parties, accountability.Party{Record: record.New(id), Kind: kind, Name: string(id)})
		}
	}
	versions := make(map[record.ID]int)
	for i, a := range list {
		party(a.post, accountability.Post)
		party(a.person, accountability.Person)
		n := versions[a.id]
		versions[a.id]++
		h := accountability.Holding{Record: record.Record{ID: record.ID(fmt.Sprintf("%s.%d", a.id, n)), Of: a.id, Recorded: a.recorded, Grade: record.Document}, Post: a.post, Holder: a.person}
		if n > 0 {
			h.Verb, h.Reason = record.Correct, "a later version of the database"
		}
		h.From, h.Until = calendar.OnDay(a.from), calendar.OnDay(a.until)
		switch {
		case a.inverted:
			h.From, h.Until = calendar.OnDay(a.until), calendar.MustParseWhen("unknown")
		case a.from == a.until:
			h.Verb, h.Reason, h.From, h.Until = record.Retract, "it covers no day", calendar.When{}, calendar.When{}
			if n == 0 {
				versions[a.id] = 0
				continue
			}
		}
		spec.Holdings = append(spec.Holdings, h)
		replaced := slices.ContainsFunc(list[i+1:], func(b appointment) bool { return b.id == a.id && b.recorded.Equal(a.superseded) })
		if !a.superseded.IsZero() && !replaced && h.Verb != record.Retract {
			spec.Holdings = append(spec.Holdings, accountability.Holding{Record: record.Record{ID: h.ID + ".out", Of: a.id, Verb: record.Retract, Reason: "it was taken out", Recorded: a.superseded}, Post: a.post, Holder: a.person})
		}
	}
	r, err := accountability.Compile(spec, record.View{})
	require.NoError(t, err)
	return r
}

func TestWhoWasChiefSecretary(t *testing.T) {
	list := appointments(t)
	names := make(map[record.ID][]string)
	for _, p := range rows(t, "person.csv") {
		names[record.ID(p["id"])] = append(names[record.ID(p["id"])], p["name"])
	}
	text, err := os.ReadFile("../../shared/data/accountability/oracles/ifg_bitemporal_queries.json")
	require.NoError(t, err)
	var questions []struct {
		Post     record.ID   `json:"post_id"`
		On       string      `json:"valid_on"`
		Known    time.Time   `json:"known_at"`
		Holders  []string    `json:"holders"`
		Inverted []record.ID `json:"inverted_interval_ids"`
	}
	require.NoError(t, json.Unmarshal(text, &questions))
	require.NotEmpty(t, questions)
	r := register(t, list)
	unknown := 0
	for _, q := range questions {
		at := record.Moment{On: day(q.On), Known: q.Known}
		holders, state := r.Holders(q.Post, at)
		certain := []string{}
		for _, h := range holders {
			if h.On == calendar.Certainly {
				certain = append(certain, names[h.Party][0])
				continue
			}
			unknown++
			assert.Contains(t, q.Inverted, h.Holding.Of, "only an appointment whose dates are the wrong way round is uncertain")
		}
		assert.Equal(t, q.Holders, certain, "on %s, known %s", q.On, q.Known)
		if len(holders) > len(certain) {
			assert.NotEqual(t, accountability.Vacant, state, "a mistyped date never makes a vacancy")
		}
	}
	assert.Positive(t, unknown, "the five answers include one where an end was typed before its start")
}

// Who held a post on a day, as known at an instant, read straight off the rows.
func TestMinistersAgainstTheRows(t *testing.T) {
	list := appointments(t)
	r := register(t, list)
	random := rand.New(rand.NewPCG(7, 8))
	byPost := make(map[record.ID][]appointment)
	for _, a := range list {
		byPost[a.post] = append(byPost[a.post], a)
	}
	asked := 0
	for range 4000 {
		a := list[random.IntN(len(list))]
		on := a.from.Add(calendar.Days(random.IntN(900) - 200))
		known := a.recorded.Add(time.Duration(random.IntN(400)-100) * 24 * time.Hour)
		var certain, possible []string
		for _, b := range byPost[a.post] {
			if b.recorded.After(known) || !b.superseded.IsZero() && !b.superseded.After(known) {
				continue
			}
			switch {
			case b.inverted:
				if !on.Before(b.until) {
					possible = append(possible, string(b.person))
				}
			case !on.Before(b.from) && (b.until.IsZero() || on.Before(b.until)):
				certain = append(certain, string(b.person))
			}
		}
		var gotCertain, gotPossible []string
		holders, _ := r.Holders(a.post, record.Moment{On: on, Known: known})
		for _, h := range holders {
			if h.On == calendar.Certainly {
				gotCertain = append(gotCertain, string(h.Party))
			} else {
				gotPossible = append(gotPossible, string(h.Party))
			}
		}
		slices.Sort(certain)
		slices.Sort(gotCertain)
		require.Equal(t, certain, gotCertain, "%s on %s, known %s", a.post, on, known)
		require.ElementsMatch(t, possible, gotPossible)
		asked += len(certain)
	}
	assert.Greater(t, asked, 1000, "most questions have an answer")
}
