package popolo_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/popolo"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

const shared = "../../../shared/data/accountability/"

// outside returns a folder of data from outside, or skips.
func outside(t testing.TB, folder string) fs.FS {
	t.Helper()
	if _, err := os.Stat(shared + folder); errors.Is(err, fs.ErrNotExist) {
		t.Skip(folder + " is absent: ../shared/data not beside the repository")
	}
	return os.DirFS(shared + folder)
}

func day(s string) calendar.Date { return calendar.MustParseDate(s) }

func ministers(t testing.TB, opt popolo.Options) (*popolo.Result, *accountability.Register) {
	t.Helper()
	res, err := popolo.IfG(outside(t, "ifg-ministers"), opt)
	require.NoError(t, err)
	r, err := accountability.Compile(res.Spec(), record.View{})
	require.NoError(t, err)
	return res, r
}

func TestQuestionsOfTheMinistersDatabase(t *testing.T) {
	res, r := ministers(t, popolo.Options{})
	text, err := fs.ReadFile(outside(t, "oracles"), "ifg_bitemporal_queries.json")
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
	possible := 0
	for _, q := range questions {
		holders, state := r.Holders(q.Post, record.Moment{On: day(q.On), Known: q.Known})
		certain := []string{}
		for _, h := range holders {
			if h.On == calendar.Certainly {
				certain = append(certain, res.Names[h.Party][0].Text)
				continue
			}
			possible++
			assert.Contains(t, q.Inverted, h.Holding.Fact())
		}
		assert.Equal(t, q.Holders, certain, "on %s, known %s", q.On, q.Known)
		if len(holders) > len(certain) {
			assert.NotEqual(t, accountability.Vacant, state)
		}
	}
	assert.Positive(t, possible)
	t.Logf("%d questions", len(questions))
}

func TestActingAndLeaveOf2021(t *testing.T) {
	res, r := ministers(t, popolo.Options{})
	at := record.Moment{On: day("2021-05-01")}
	name := func(id record.ID) string { return res.Names[id][0].Text }
	posts := make(map[record.ID]string)
	for _, p := range res.Parties {
		if p.Kind == accountability.Post {
			posts[p.ID] = p.Name
		}
	}
	var who []string
	for _, post := range []record.ID{"ad8c0a5b-2508-4689-97d3-7266eed3043c", "3eabaa5a-0b3f-4a73-b4ed-8a6db854e14c"} {
		holders, _ := r.Holders(post, at)
		for _, h := range holders {
			leave := r.Leaves(h.Holding.Fact(), at)
			var entry strings.Builder
			entry.WriteString(posts[post] + ": " + name(h.Party))
			if h.Holding.Basis == accountability.BasisActing {
				entry.WriteString(", acting")
			}
			for _, l := range leave {
				entry.WriteString(", on leave: " + l.Record.Why)
			}
			who = append(who, entry.String())
		}
	}
	slices.Sort(who)
	assert.Equal(t, []string{
		"Attorney General: Michael Ellis, acting",
		"Attorney General: Suella Braverman, on leave: Maternity leave",
		"Solicitor General: Lucy Frazer, acting",
		"Solicitor General: Michael Ellis, on leave: covering another role",
	}, who)
	assert.Len(t, res.Leaves, 12)
	acting := make(map[record.ID]bool)
	for _, h := range res.Holdings {
		if h.Basis == accountability.BasisActing {
			acting[h.Fact()] = true
		}
	}
	assert.Len(t, acting, 11)
	assert.Len(t, res.Successions, 60)
}

func TestNamesOfMinisters(t *testing.T) {
	apart, _ := ministers(t, popolo.Options{})
	dropped, _ := ministers(t, popolo.Options{Names: popolo.NamesDropped})
	in, r := ministers(t, popolo.Options{Names: popolo.NamesIn})
	assert.Equal(t, apart.Records, dropped.Records)
	assert.Nil(t, dropped.Names)
	assert.Nil(t, in.Names)
	for _, p := range apart.Parties {
		assert.False(t, p.Kind == accountability.Person && p.Name != "")
	}
	const mandelson = record.ID("002a6349-2ee5-44b0-9b33-000baae8c737")
	called := func(on string) string {
		claims := r.Party(mandelson, record.Moment{On: day(on)})
		require.Len(t, claims, 1)
		return claims[0].Record.Name
	}
	assert.Equal(t, "Peter Mandelson", called("1998-01-01"))
	assert.Equal(t, "Lord Mandelson", called("2009-01-01"))
	assert.Len(t, apart.Names[mandelson], 2)
}

// small is a database of one post and two holders.
func small() fstest.MapFS {
	return fstest.MapFS{
		"person.csv": {Data: []byte("id,name,start_date,end_date,gender\np1,Ada,,,F\np2,Ben,,,\n")},
		"post.csv":   {Data: []byte("id,organisation_id,name,rank_equivalence\npost,o1,Minister for Postal Affairs,PUSS\n")},
		"appointment_bitemporal.csv": {Data: []byte("id,person_id,post_id,valid_from,valid_to,recorded_from,recorded_to\n" +
			"a,p1,post,2020-01-01,NULL,2020-02-01T00:00:00Z,2021-02-01T00:00:00Z\n" +
			"a,p1,post,2020-01-01,2019-01-01,2021-02-01T00:00:00Z,2022-02-01T00:00:00Z\n" +
			"b,p2,post,2021-01-01,2021-01-01,2021-02-01T00:00:00Z,\n")},
	}
}

func TestRepairsOfTheMinistersDatabase(t *testing.T) {
	res, err := popolo.IfG(small(), popolo.Options{})
	require.NoError(t, err)
	r, err := accountability.Compile(res.Spec(), record.View{})
	require.NoError(t, err)
	state := func(on, known string) (string, accountability.DutyState) {
		at, err := time.Parse(time.RFC3339, known+"T12:00:00Z")
		require.NoError(t, err)
		holders, state := r.Holders("post", record.Moment{On: day(on), Known: at})
		if len(holders) == 0 {
			return "", state
		}
		return string(holders[0].Party) + " " + holders[0].On.String(), state
	}
	for _, q := range []struct{ on, known, who string }{
		{"2020-06-01", "2020-01-31", ""},
		{"2020-06-01", "2020-02-01", "p1 certainly"},
		{"2020-06-01", "2021-02-01", "p1 possibly"},
		{"2019-06-01", "2021-02-01", "p1 possibly"},
		{"2018-12-31", "2021-02-01", ""},
		{"2020-06-01", "2022-02-01", ""},
	} {
		who, s := state(q.on, q.known)
		assert.Equal(t, q.who, who, "%+v", q)
		assert.NotEqual(t, accountability.Vacant, s, "%+v", q)
	}
	assert.Equal(t, []popolo.Loss{{Path: "person.csv: gender", Count: 1}}, res.Losses)
	var repairs []string
	for _, p := range res.Repairs {
		repairs = append(repairs, p.Path+" "+p.Was+">"+p.Now)
	}
	assert.Equal(t, []string{
		"post.csv[0].organisation_id o1>o1",
		"appointment_bitemporal.csv[0].valid_to NULL>",
		"appointment_bitemporal.csv[1].valid_to 2019-01-01>unknown",
		"appointment_bitemporal.csv[1].valid_from 2020-01-01>2019-01-01",
		"appointment_bitemporal.csv[2].valid_to 2021-01-01>",
	}, repairs)
	assert.Empty(t, r.Duties(record.Ref{}), "a title is no duty")
}

func TestFaultsOfTheMinistersDatabase(t *testing.T) {
	broken := small()
	broken["person.csv"] = &fstest.MapFile{Data: []byte("id,name,start_date,end_date\nP 1,Ada,,\np2,Ben,soon,\n")}
	broken["post.csv"] = &fstest.MapFile{Data: []byte("id,name\npost,Minister\n")}
	broken["organisation.csv"] = &fstest.MapFile{Data: []byte("id,name,start_date,end_date\no1,Office\no2,\"Office\n")}
	_, err := popolo.IfG(broken, popolo.Options{})
	faults, ok := errors.AsType[record.Faults](err)
	require.True(t, ok)
	var paths []string
	for _, f := range faults {
		paths = append(paths, f.Path)
	}
	assert.Equal(t, []string{"organisation.csv[0]", "organisation.csv", "post.csv", "post.csv", "person.csv[0].id", "person.csv[1].start_date"}, paths)
	at, ok := errors.AsType[*popolo.PlaceError](faults[5])
	require.True(t, ok)
	assert.Equal(t, [2]int{3, 8}, [2]int{at.Line, at.Column})
	_, ok = errors.AsType[*calendar.DateError](err)
	assert.True(t, ok)
	_, err = popolo.IfG(fstest.MapFS{}, popolo.Options{})
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = popolo.IfG(small(), popolo.Options{MaxBytes: 10})
	limit, ok := errors.AsType[*popolo.LimitError](err)
	require.True(t, ok)
	assert.Equal(t, "bytes", limit.What)
}

func FuzzIfG(f *testing.F) {
	s := small()
	f.Add(s["person.csv"].Data, s["post.csv"].Data, s["appointment_bitemporal.csv"].Data, []byte("id,appointment_id,is_acting,is_on_leave,leave_reason,start_date,end_date\nc,a,False,True,Health,2020-02-01,2020-03-01\n"), uint8(0))
	f.Add([]byte("id,name,start_date,end_date\np,A,,2008-01-01\np,B,2008-01-01,\np.name-1,C,,\n"), s["post.csv"].Data, []byte("id,person_id,post_id,valid_from,valid_to,recorded_from,recorded_to\na,p,post,2020-01-01,,,\n"), []byte(nil), uint8(1))
	f.Fuzz(func(t *testing.T, person, post, appointment, marks []byte, names uint8) {
		res, err := popolo.IfG(fstest.MapFS{
			"person.csv": {Data: person}, "post.csv": {Data: post}, "appointment_bitemporal.csv": {Data: appointment}, "appointment_characteristics.csv": {Data: marks},
		}, popolo.Options{Names: popolo.Names(names % 3), MaxBytes: 1 << 16})
		if err != nil {
			_, ok := errors.AsType[record.Faults](err)
			require.True(t, ok)
			return
		}
		_, err = accountability.Compile(res.Spec(), record.View{})
		require.NoError(t, err)
	})
}
