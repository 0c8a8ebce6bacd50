package popolo_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/popolo"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

func read(t testing.TB, text string, opt popolo.Options) (*popolo.Result, *accountability.Register) {
	t.Helper()
	res, err := popolo.Read(strings.NewReader(text), opt)
	require.NoError(t, err)
	r, err := accountability.Compile(res.Spec(), record.View{})
	require.NoError(t, err)
	return res, r
}

func write(t testing.TB, recs popolo.Records, opt popolo.WriteOptions) (string, popolo.Report) {
	t.Helper()
	var b bytes.Buffer
	rep, err := popolo.Write(&b, recs, opt)
	require.NoError(t, err)
	return b.String(), rep
}

func TestExamplesOfTheSpecification(t *testing.T) {
	files := outside(t, "popolo/examples")
	held := func(r *accountability.Register, post record.ID, on string) string {
		holders, state := r.Holders(post, record.Moment{On: day(on)})
		if len(holders) == 0 {
			return state.String()
		}
		return string(holders[0].Party) + " " + holders[0].On.String()
	}
	for _, c := range []struct {
		file  string
		class popolo.Class
	}{
		{"embedding-organization.json", popolo.Organization},
		{"embedding-person.json", popolo.Person},
	} {
		text, err := fs.ReadFile(files, c.file)
		require.NoError(t, err)
		res, r := read(t, string(text), popolo.Options{Class: c.class})
		assert.Len(t, res.Holdings, 2, c.file)
		for _, q := range []struct {
			post record.ID
			on   string
			want string
		}{
			{"abc-inc-kitchen-assistant", "1970-01-15", "john-q-public possibly"},
			{"abc-inc-kitchen-assistant", "1970-01-31", "john-q-public certainly"},
			{"abc-inc-kitchen-assistant", "1971-12-31", "john-q-public certainly"}, // the last day
			{"abc-inc-kitchen-assistant", "1972-01-01", "vacant"},
			{"abc-inc-chef", "1972-01-01", "john-q-public certainly"},
			{"abc-inc-chef", "1980-03-16", "vacant"},
		} {
			assert.Equal(t, q.want, held(r, q.post, q.on), "%s: %s on %s", c.file, q.post, q.on)
		}
	}
	for file, class := range map[string]popolo.Class{
		"organization.json": popolo.Organization, "person.json": popolo.Person, "post.json": popolo.Post, "membership.json": popolo.Membership,
		"embedding-post.json": popolo.Post, "embedding-membership.json": popolo.Membership, "area.json": popolo.Area, "event.json": popolo.Event,
		"name-component.json": popolo.Person, "metadata.json": popolo.Person,
	} {
		text, err := fs.ReadFile(files, file)
		require.NoError(t, err)
		res, _ := read(t, string(text), popolo.Options{Class: class})
		assert.Equal(t, class != popolo.Event, len(res.Parties) > 0, file)
	}
	text, err := fs.ReadFile(files, "person.json")
	require.NoError(t, err)
	res, _ := read(t, string(text), popolo.Options{Class: popolo.Person})
	var lost []string
	for _, l := range res.Losses {
		lost = append(lost, strings.TrimPrefix(l.Path, "persons[]."))
	}
	assert.Equal(t, []string{"biography", "birth_date", "contact_details", "death_date", "email", "gender", "identifiers", "image", "links", "national_identity", "other_names", "summary"}, lost)
}

// counted are the members that are not empty in the things of a list, as the file has them.
func counted(t *testing.T, text []byte, list string) map[string]int {
	var file map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &file))
	var things []map[string]any
	require.NoError(t, json.Unmarshal(file[list], &things))
	n := make(map[string]int)
	for _, thing := range things {
		for member, v := range thing {
			if list, ok := v.([]any); v == nil || v == "" || ok && len(list) == 0 {
				continue
			}
			n[list+"[]."+member]++
		}
	}
	return n
}

func TestEveryPolitician(t *testing.T) {
	files := outside(t, "popolo/everypolitician")
	for file, want := range map[string]struct{ persons, holdings int }{
		"estonia-ep-popolo-v1.0.json":         {193, 299},
		"ireland-ep-popolo-v1.0.json":         {226, 324},
		"zimbabwe-senate-ep-popolo-v1.0.json": {67, 68},
	} {
		text, err := fs.ReadFile(files, file)
		require.NoError(t, err)
		res, r := read(t, string(text), popolo.Options{})
		assert.Len(t, res.Holdings, want.holdings, file)
		assert.Len(t, res.Names, want.persons, file)
		assert.Empty(t, r.Duties(record.Ref{}))
		// What is in the file is either used or reported, member by member.
		lost := make(map[string]int)
		for _, l := range res.Losses {
			lost[l.Path] += l.Count
		}
		for list, used := range map[string]string{
			"persons": "id name sources", "memberships": "role person_id organization_id start_date end_date legislative_period_id", "organizations": "id name classification", "areas": "id name",
		} {
			for path, n := range counted(t, text, list) {
				if !strings.Contains(" "+used+" ", " "+strings.TrimPrefix(path, list+"[].")+" ") {
					assert.Equal(t, n, lost[path], "%s: %s", file, path)
				}
			}
		}
		// What was read is written and read again without a change.
		first, rep := write(t, res.Records, popolo.WriteOptions{Names: res.Names})
		again, _ := read(t, first, popolo.Options{})
		second, _ := write(t, again.Records, popolo.WriteOptions{Names: again.Names})
		unknown := 0
		assert.Equal(t, first, second, file)
		assert.Equal(t, len(res.Parties), len(again.Parties), file)
		assert.Equal(t, len(res.Holdings), len(again.Holdings), file)
		for i := range res.Holdings {
			a, b := res.Holdings[i], again.Holdings[i]
			if a.From.IsUnknown() {
				unknown++
				a.From = calendar.When{} // Popolo cannot say so, and the report does
			}
			assert.Equal(t, []any{a.Post, a.Holder, a.From, a.Until}, []any{b.Post, b.Holder, b.From, b.Until})
		}
		for _, l := range rep.Losses {
			if l.Path == "holdings[].from" {
				assert.Equal(t, unknown, l.Count)
				continue
			}
			assert.Equal(t, "parties[].seats", l.Path)
		}
	}
	text, err := fs.ReadFile(files, "estonia-ep-popolo-v1.0.json")
	require.NoError(t, err)
	res, r := read(t, string(text), popolo.Options{Names: popolo.NamesIn})
	seats := 0
	for _, p := range res.Parties {
		if p.Kind == accountability.Post {
			seats = p.Seats
			holders, _ := r.Holders(p.ID, record.Moment{On: day("2015-06-01")})
			holders = slices.DeleteFunc(holders, func(h accountability.Holder) bool { return h.On != calendar.Certainly })
			assert.Len(t, holders, 101, "the Riigikogu has 101 members")
		}
	}
	assert.Equal(t, 101, seats)
	assert.Nil(t, res.Names)
}

const register = `{
  "organizations": [
    {"id": "hmt", "name": "HM Treasury", "classification": "department", "founding_date": "1066", "sources": [{"url": "https://example.org/hmt", "note": "A page"}]},
    {"id": "Unit A", "name": "Unit A", "parent_id": "hmt", "dissolution_date": "2020-06"}
  ],
  "persons": [{"id": "ada", "name": "Ada"}, {"id": "ben", "name": "Ben", "gender": "male"}],
  "posts": [{"id": "cst", "label": "Chief Secretary", "role": "minister", "organization_id": "hmt", "start_date": "1961-10-09"}],
  "memberships": [
    {"id": "m1", "person_id": "ada", "post_id": "cst", "organization_id": "hmt", "start_date": "2020", "end_date": "2021-07"},
    {"person_id": "ben", "organization_id": "Unit A", "role": "adviser", "start_date": "2019-05-01", "end_date": "2019-06-30"},
    {"id": "m3", "person_id": "ben", "post_id": "cst", "start_date": "2022-03-01", "end_date": "2022-01-31"},
    {"id": "m4", "person_id": "eve", "post_id": "cst", "start_date": "2023-01-01T09:00:00Z", "end_date": "9999-12-31"},
    {"id": "m5", "organization_id": "hmt"}
  ]
}`

func TestRead(t *testing.T) {
	res, r := read(t, register, popolo.Options{})
	var repairs []string
	for _, p := range res.Repairs {
		repairs = append(repairs, p.Path+": "+p.Was+">"+p.Now)
	}
	assert.Equal(t, []string{
		"organizations[1].id: Unit A>unit-a",
		"memberships[1].post_id: >adviser-of-unit-a",
		"memberships[2].end_date: 2022-01-31>unknown",
		"memberships[2].start_date: 2022-03-01>2022-01-31",
		"memberships[3].person_id: >eve",
		"memberships[3].start_date: 2023-01-01T09:00:00Z>2023-01-01",
		"memberships[3].end_date: 9999-12-31>",
	}, repairs)
	assert.Equal(t, []popolo.Loss{
		{Path: "memberships[]", Why: "it names no person", Count: 1},
		{Path: "organizations[].seats", Why: "a post made for a role has one seat where no number is given", Count: 1},
		{Path: "persons[].gender", Count: 1},
	}, res.Losses)
	assert.Equal(t, "2021-07-02/2021-08-01", res.Holdings[0].Until.String())
	assert.Equal(t, map[record.ID][]popolo.Name{"ada": {{Text: "Ada"}}, "ben": {{Text: "Ben"}}}, res.Names)
	holders, state := r.Holders("cst", record.Moment{On: day("2022-02-10")})
	require.Len(t, holders, 1)
	assert.Equal(t, calendar.Possibly, holders[0].On)
	assert.Equal(t, accountability.Held, state)
	dropped, _ := read(t, register, popolo.Options{Names: popolo.NamesDropped})
	assert.Nil(t, dropped.Names)
	assert.Contains(t, dropped.Losses, popolo.Loss{Path: "persons[].name", Why: "names are dropped", Count: 2})
	ends, _ := read(t, register, popolo.Options{Ends: popolo.DayAfter})
	assert.Equal(t, "2019-06-30", ends.Holdings[1].Until.String())
	assert.Equal(t, "2019-07-01", res.Holdings[1].Until.String())
}

func TestReadFaults(t *testing.T) {
	text := `{
  "persons": [{"id": 7, "name": "Ada"}, "ben"],
  "posts": [{"id": "p", "label": "Post", "start_date": "soon", "end_date": "2020-02-30"}],
  "memberships": {"id": "m"},
  "organizations": [{"id": "o", "id": "o", "name": "O", "sources": [1]}]
}`
	_, err := popolo.Read(strings.NewReader(text), popolo.Options{})
	faults, ok := errors.AsType[record.Faults](err)
	require.True(t, ok)
	var lines []string
	for _, f := range faults {
		lines = append(lines, f.Error())
	}
	assert.Equal(t, []string{
		"id: line 5, column 33: the member stands there twice",
		"persons[0].id: line 2, column 22: a number, where a text must stand",
		"persons[1]: line 2, column 41: a text, where an object must stand",
		"memberships: line 4, column 18: an object, where a list must stand",
		`posts[0].start_date: line 3, column 56: "soon" is no date: write 2024, 2024-07 or 2024-07-05`,
	}, lines[:5])
	assert.Equal(t, "posts[0].end_date", faults[5].Path)
	assert.Equal(t, "organizations[0].sources[0]: line 5, column 69: a number, where an object must stand", lines[6])
	assert.Len(t, lines, 7)
	_, ok = errors.AsType[*popolo.TypeError](err)
	assert.True(t, ok)

	for text, want := range map[string]string{
		"":                              "the text ends too early",
		"{":                             "the text ends too early",
		`{"persons": [}`:                "invalid character '}' looking for beginning of value",
		`{"persons": []} x`:             "something follows the end of the value",
		"{\"persons\": [\"\xff\"]}":     "the text is not UTF-8",
		`[]`:                            "a list, where an object must stand",
		`{"name": "A"}`:                 "give its class in the options",
		strings.Repeat(`{"a":`, 40):     "more than 32 levels",
		`{"persons":` + pad(70) + `[]}`: "more than 64 bytes",
	} {
		opt := popolo.Options{}
		if strings.Contains(want, "bytes") {
			opt.MaxBytes = 64
		}
		_, err := popolo.Read(strings.NewReader(text), opt)
		assert.ErrorContains(t, err, want, "%.40q", text)
		_, ok := errors.AsType[record.Faults](err)
		assert.True(t, ok)
	}
	_, err = popolo.Read(strings.NewReader(`{"persons": [1, 2, 3, 4]}`), popolo.Options{MaxFaults: 2})
	limit, ok := errors.AsType[*popolo.LimitError](err)
	require.True(t, ok)
	assert.Equal(t, popolo.LimitError{What: "faults", Most: 2}, *limit)
}

func pad(n int) string { return strings.Repeat(" ", n) }

func TestWriteLosses(t *testing.T) {
	recs := popolo.Records{
		Parties: []accountability.Party{
			{Record: record.New("office"), Kind: accountability.Organisation, Name: "Office", Tier: "central"},
			{Record: record.New("board"), Kind: accountability.Body, Name: "Board", OfParty: "office"},
			{Record: record.New("post"), Kind: accountability.Post, Name: "Post", OfParty: "office", Seats: 3, ReportsTo: "chief"},
			{Record: record.New("chief"), Kind: accountability.Post, Name: "Chief"},
			{Record: record.New("ada"), Kind: accountability.Person},
		},
		Holdings: []accountability.Holding{
			{Record: record.Record{ID: "h1", From: calendar.MustParseWhen("2024-Q2"), Until: calendar.MustParseWhen("unknown"), Grade: record.Hearsay}, Post: "post", Holder: "ada", Basis: accountability.BasisActing},
			{Record: record.New("h2"), Post: "chief", Holder: "office"},
			{Record: record.New("h3"), Post: "chief", Withheld: "security"},
			{Record: record.Record{ID: "h4", Of: "h1", Verb: record.Correct, Reason: "a slip", From: calendar.MustParseWhen("2024-05"), Until: calendar.MustParseWhen("unknown")}, Post: "post", Holder: "ada", Basis: accountability.BasisActing},
		},
		Leaves: []accountability.Leave{{Record: record.New("l"), Holding: "h1"}},
	}
	text, rep := write(t, recs, popolo.WriteOptions{Names: map[record.ID][]popolo.Name{"ada": {{Text: "Ada"}}}})
	assert.JSONEq(t, `{
		"organizations": [{"id": "office", "name": "Office"}, {"id": "board", "name": "Board", "classification": "body", "parent_id": "office"}],
		"persons": [{"id": "ada", "name": "Ada"}],
		"posts": [{"id": "post", "label": "Post", "organization_id": "office"}, {"id": "chief", "label": "Chief"}],
		"memberships": [{"id": "h1", "person_id": "ada", "organization_id": "office", "post_id": "post", "start_date": "2024-05"}]
	}`, text)
	assert.Equal(t, []popolo.Loss{
		{"holdings[]", "an earlier version", 1},
		{"holdings[]", "an organization holds it, where Popolo has only persons", 1},
		{"holdings[]", "its holder is withheld", 1},
		{"holdings[].basis", `Popolo has no "acting" holders: it reads as if held in full`, 1},
		{"holdings[].until", "a day that is not known reads as no day", 1},
		{"leaves[]", "Popolo has no leave", 1},
		{"parties[].kind", "a body becomes an organization, with its kind for a classification", 1},
		{"parties[].reports_to", "Popolo has no lines of reporting", 1},
		{"parties[].seats", "Popolo has no number of seats", 1},
		{"parties[].tier", "", 1},
	}, rep.Losses)
}

func TestMinistersAsPopolo(t *testing.T) {
	res, r := ministers(t, popolo.Options{})
	text, rep := write(t, res.Records, popolo.WriteOptions{Ends: popolo.DayAfter})
	again, r2 := read(t, text, popolo.Options{Ends: popolo.DayAfter})
	for _, on := range []string{"1997-05-07", "2011-11-11", "2022-07-06"} {
		assert.Equal(t, r.Load(record.Moment{On: day(on)}).Holdings, r2.Load(record.Moment{On: day(on)}).Holdings, on)
	}
	assert.Nil(t, again.Names)
	assert.Contains(t, rep.Losses, popolo.Loss{Path: "leaves[]", Why: "Popolo has no leave", Count: 12})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(register), uint8(0), uint8(0))
	f.Add([]byte(`{"organizations":[{"name":"A","posts":[{"label":"B","memberships":[{"person":{"name":"C"}}]}],"children":[{}]}]}`), uint8(0), uint8(0))
	f.Add([]byte(`{"id":"x","parent":{"id":"x"},"start_date":"2020-02","end_date":"2020-01"}`), uint8(1), uint8(1))
	f.Add([]byte(`{"events":[{"id":"t","start_date":"2020","end_date":"2019"}],"memberships":[{"person_id":"!","organization_id":"?","role":"*","legislative_period_id":"t","start_date":"2021-01-01"}]}`), uint8(0), uint8(0))
	f.Fuzz(func(t *testing.T, text []byte, class, ends uint8) {
		opt := popolo.Options{Class: popolo.Class(class % 7), Ends: popolo.Ends(ends % 2), Names: popolo.NamesIn, MaxBytes: 1 << 16}
		res, err := popolo.Read(bytes.NewReader(text), opt)
		if err != nil {
			_, ok := errors.AsType[record.Faults](err)
			require.True(t, ok)
			return
		}
		_, err = accountability.Compile(res.Spec(), record.View{})
		require.NoError(t, err)
		first, _ := write(t, res.Records, popolo.WriteOptions{Ends: opt.Ends})
		if first == "{}\n" {
			return
		}
		again, err := popolo.Read(strings.NewReader(first), popolo.Options{Ends: opt.Ends, Names: popolo.NamesIn})
		require.NoError(t, err, first)
		require.Equal(t, len(res.Holdings), len(again.Holdings), first)
	})
}
