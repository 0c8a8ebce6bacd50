package report_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/report"
)

// works reads a plan with work, money, mandates, readings and experiments: what the small plan has not.
func works(t testing.TB) mission.Spec {
	t.Helper()
	data, err := os.ReadFile("testdata/works.json")
	require.NoError(t, err)
	spec, err := document.Unmarshal(data, document.Options{})
	require.NoError(t, err)
	return spec
}

// scheduled compiles a plan and makes the options of its page: schedule and, where there are trials, forecast.
func scheduled(t testing.TB, spec mission.Spec, view mission.View, trials uint64) (*mission.Model, *report.Options) {
	t.Helper()
	m := compile(t, spec, view)
	s, err := m.Plan().Schedule(m.Moment(record.Moment{}), milestone.ScheduleOptions{})
	require.NoError(t, err)
	opt := &report.Options{Schedule: s, Ambitions: map[record.ID]forecast.TrendAmbition{"nine-level": {Floor: 88, Central: 90, Stretch: 93}}}
	if trials > 0 {
		fm, err := forecast.NewModel(s, m.Uncertainties(), forecast.ModelOptions{At: m.Moment(record.Moment{})})
		require.NoError(t, err)
		targets := []record.Ref{forecast.End}
		if s.Index(milestone.Ref("west")) >= 0 {
			targets = append(targets, milestone.Ref("west"))
		}
		sum, err := forecast.Simulate(context.Background(), fm, forecast.Options{Seed: 7, Trials: trials, Targets: targets})
		require.NoError(t, err)
		opt.Results, err = forecast.NewResults(fm, sum)
		require.NoError(t, err)
	}
	return m, opt
}

// agenda is what the experiments of the plan of works are worth for going on with it or not.
func agenda(t testing.TB, m *mission.Model) *learning.Agenda {
	t.Helper()
	a, err := m.Ledger().Next(context.Background(), record.Moment{}, learning.Stakes{
		Target: mission.Ref("trains"), Currency: "GBP", PerWeek: 500, Budget: 50_000,
		Actions: []learning.Action{{Name: "leave it"}, {Name: "go on", IfReached: 3_000_000, IfNot: -2_500_000}},
	}, learning.OutlookOptions{})
	require.NoError(t, err)
	return a
}

// says holds a page to a text, without printing the page where it fails.
func says(t *testing.T, text, want string) {
	t.Helper()
	assert.True(t, strings.Contains(text, want), "the page does not say %q", want)
}

// earlier is the plan of works as it was told three months before.
func earlier(t testing.TB, view mission.View) *mission.Model {
	t.Helper()
	spec := works(t)
	for i := range spec.Milestones {
		switch m := &spec.Milestones[i]; m.ID {
		case "west":
			m.Due = calendar.MustParseWhen("2027-03-31")
		case "asked":
			m.Met = calendar.When{}
		}
	}
	spec.Parties = append(spec.Parties, spec.Parties[0])
	gone := &spec.Parties[len(spec.Parties)-1]
	gone.ID, gone.Name, gone.Kind, gone.Tier, gone.Sector = "ada", "Ada Gone", 3, "", ""
	spec.Events = spec.Events[1:]
	spec.Duties = append(spec.Duties[:1], spec.Duties[2:]...)
	spec.Freedoms[1].Perceived = record.Known(true)
	view.On = calendar.MustParseDate("2026-03-15")
	return compile(t, spec, view)
}

// whole is the page of works with everything that options can add.
func whole(t testing.TB, spec mission.Spec, view mission.View) string {
	t.Helper()
	m, opt := scheduled(t, spec, view, 4_000)
	opt.Since, opt.Agendas = earlier(t, view), []*learning.Agenda{agenda(t, m)}
	return write(t, m, opt)
}

func TestWorksPage(t *testing.T) {
	page := whole(t, works(t), mission.View{})
	es := checkPage(t, page)
	golden(t, "works", page)
	text := words(es)
	for _, want := range []string{
		// the chart in words
		"By the critical path method: each thing as early as what it waits for allows. The last of all is finished on 1 February 2027.",
		"Chances and ranges come from 4,000 trials of the plan with its recorded uncertainties.",
		"Lay the order before Parliament task critical Start, at the earliest: 29 July 2026 Finish, at the earliest: 25 August 2026",
		"waits for “Consult on the order”",
		"Build the boxes task in Works on the line Start, at the earliest: 1 July 2026 Finish, at the earliest: 7 October 2026 400 working hours, to 16 December 2026",
		"may begin on 30 June 2026, and nothing holds it longer",
		"The chain that decides: Consult on the order → Lay the order before Parliament → The signalling order is in force",
		"At the earliest: 1 February 2027",
		"It leaves out: “One ticket for all lines”, which it waits for and of which no work is recorded",
		"Nothing recorded says which work must come before it, so there is no date to work out and no chance to give.",
		"What “The western line runs on new signals” hangs on",
		// readings
		"Floor, 88%: about", "Central, 90%: about", "Stretch, 93%: about",
		"the trend shows", "What these figures do not allow",
		"Where it is heading cannot be told: there are 2 readings, and a regression on time takes at least 3.",
		// who answers
		"Transport Secretary Transport Secretary answers to Parliament arrives at Parliament",
		"Head of the trains mission (withheld) belongs to Department of Transport – it breaks here breaks No line of account or report leads on.",
		"held; by whom is not published (national security), since 1 June 2025",
		"Without a holder before: 31 December 2024 to 28 February 2025",
		"Shared: joint; led by Transport Secretary; they decide by unanimity; when they cannot agree: to the Cabinet",
		"Meetings recorded: 2 held, the last 12 May 2026; 1 called off",
		"Head of the trains mission senior responsible owner Gives: Owner of the programme",
		"Granted: yes Felt to be granted: no Used: no",
		// money
		"The western line runs on new signals Amount: 310,000,000 GBP Prices: cash For: signals of the western line For nothing else: yes",
		"No accounting officer is recorded for the share of The Western region.",
		"Night buses Amount: withheld (commercial)",
		"From The Western region: 12,500,000.50 GBP",
		"Department of Transport bilateral In: Spending Review 2025 Amount: 4,200,000,000 GBP",
		// around
		"Drivers' training service Stands as: business as usual, valued in its own right",
		"Has not happened: Plan published",
		"Money: −1,500,000 GBP",
		// learning
		"42 times as likely if the claim is true. Belief then: 98%.",
		"We learned Early shifts need a premium beside the choice.",
		"This test cannot change what you would do.",
		"Its result could change what you would do.",
		"Not safe to fail now:",
		"The decision to scale on “Drivers who choose their rosters call in sick less, so that fewer trains fall out”: it was to be looked at again by 1 June 2026.",
		"Never protected: fraud and safety risk",
		// since
		"Last time: as things stood on 15 March 2026", "re-dated due 31 March 2027 before, 30 June 2027 now: 91 days later",
		"Passengers have been asked scheduled met stated to have been met",
		"Ada Gone party dropped",
		"trial the plan run through once",
	} {
		says(t, text, want)
	}
	assert.True(t, regexp.MustCompile(`Chance by 30 September 2026: about \d+%, ±\d from simulation`).MatchString(text))
	assert.True(t, regexp.MustCompile(`Chance by 30 June 2027: at most \d+%, ±[\d.]+ from simulation`).MatchString(text))
	assert.NotContains(t, page, `id="ada"`)
}

// All shapes of the chart stand in its key, and the other way round.
func TestKeyExplainsTheChart(t *testing.T) {
	page := whole(t, works(t), mission.View{})
	_, rest, _ := strings.Cut(page, `<ul class="key"`)
	key, charts, _ := strings.Cut(rest, "</ul>")
	class := regexp.MustCompile(`class="(g-[a-z-]+)"`)
	find := func(text string) []string {
		var list []string
		for _, m := range class.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(list, m[1]) && !strings.HasPrefix(m[1], "g-grid") && !slices.Contains([]string{"g-year", "g-tick", "g-head", "g-name", "g-note"}, m[1]) {
				list = append(list, m[1])
			}
		}
		slices.Sort(list)
		return list
	}
	assert.Equal(t, find(key), find(charts))
	assert.Contains(t, find(charts), "g-crit")
	assert.Contains(t, charts, `<a href="#milestone-west">`)
}

func TestPublicWorksNameNobody(t *testing.T) {
	public := mission.View{Audience: record.Public}
	page := whole(t, works(t), public)
	checkPage(t, page)
	for _, name := range []string{"Robin", "Kim", "robin", "kim-perm", "Ada", "ada"} {
		assert.NotRegexp(t, `\b`+name+`\b`, page)
	}
	m, opt := scheduled(t, works(t), public, 0)
	opt.Since = earlier(t, mission.View{})
	text := words(checkPage(t, write(t, m, opt)))
	assert.Contains(t, text, "The plan of last time was not read for the public, so what changed since is left out.")
	assert.NotContains(t, text, "Ada")
	assert.Contains(t, text, "There is no forecast: dates are those of a plan in which everything lasts as long as planned.")
}

func TestWorksSameBytes(t *testing.T) {
	was := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(was)
	first := whole(t, works(t), mission.View{})
	for i := range 4 {
		runtime.GOMAXPROCS(1 + i%2)
		require.True(t, first == whole(t, works(t), mission.View{}), "run %d differs", i)
	}
}

// What did not change is not said to have.
func TestSinceNothing(t *testing.T) {
	m, opt := scheduled(t, works(t), mission.View{}, 0)
	opt.Since = m
	text := words(checkPage(t, write(t, m, opt)))
	assert.Contains(t, text, "The records are the same.")
	for _, never := range []string{"Findings that are new", "Findings that are gone", "stand otherwise than before", "Records that differ"} {
		assert.NotContains(t, text, never)
	}
}

func TestNoBeliefIsSaid(t *testing.T) {
	spec := works(t)
	spec.Hypotheses[2].ID, spec.Hypotheses[2].Contribution = "h-other", "c-signals"
	spec.Hypotheses[2].Supersedes = "h-signals"
	text := words(checkPage(t, write(t, compile(t, spec, mission.View{}), nil)))
	assert.Contains(t, text, "cannot be told: no belief is declared in “Nine trains in ten on time → Trains that run”.")
	assert.Contains(t, text, "retired")
}

// program makes a plan with a project of summaries, each with parts in a row, and milestones that wait for them.
func program(summaries, parts, milestones int) mission.Spec {
	spec := mission.Spec{Title: "A program", AsOf: calendar.MustParseDate("2026-01-01")}
	spec.Missions = []mission.Mission{{Record: record.Invented("m"), Name: "The mission"}}
	spec.Projects = []milestone.Project{{Record: record.Invented("p"), Name: "The project", Start: calendar.MustParseDate("2026-01-05").At(0)}}
	last := ""
	for i := range summaries {
		whole := record.ID(fmt.Sprintf("s%d", i))
		spec.Activities = append(spec.Activities, milestone.Activity{Record: record.Invented(whole), Name: "Stage " + string(whole), Project: "p", Type: milestone.Summary})
		for k := range parts {
			id := fmt.Sprintf("a%d-%d", i, k)
			spec.Activities = append(spec.Activities, milestone.Activity{Record: record.Invented(record.ID(id)), Name: "Part " + id, Project: "p", PartOf: whole, Lasts: 5 * calendar.Day})
			if last != "" {
				spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.Invented(record.ID("d" + id)), Dependent: record.Ref{Kind: "activity", ID: record.ID(id)},
					On: record.Ref{Kind: "activity", ID: record.ID(last)}, Kind: milestone.FinishStart})
			}
			last = id
		}
	}
	for i := range milestones {
		id := record.ID(fmt.Sprintf("g%d", i))
		spec.Milestones = append(spec.Milestones, milestone.Milestone{Record: record.Invented(id), Name: "Gate " + string(id), Missions: []record.ID{"m"}, Due: calendar.MustParseWhen("2028")})
		spec.Dependencies = append(spec.Dependencies, milestone.Dependency{Record: record.Invented("d" + id), Dependent: milestone.Ref(id),
			On: record.Ref{Kind: "activity", ID: record.ID(last)}, Kind: milestone.FinishStart})
	}
	return spec
}

func TestLargeChartsAreCutAndSaySo(t *testing.T) {
	for name, c := range map[string]struct {
		spec mission.Spec
		bars int
		want string
		rows int
	}{
		"all":                  {program(2, 3, 4), 0, "", 12},
		"milestones, sums":     {program(5, 20, 10), 20, "The plan has 115 things with a date, too many for a chart that a person can read: only milestones and summaries are shown, 15 in all. 100 are left out.", 15},
		"the first of these":   {program(30, 2, 10), 20, "only the first milestones and uppermost summaries, in the order of the plan, are shown, 20 in all. 80 are left out.", 20},
		"none to show":         {program(0, 0, 0), 1, "", 0},
		"no limit":             {program(30, 2, 10), -1, "", 100},
		"exactly as many":      {program(2, 3, 4), 12, "", 12},
		"default":              {program(10, 9, 1), 0, "only milestones and summaries are shown, 11 in all. 90 are left out.", 11},
		"milestones alone fit": {program(1, 1, 90), 91, "only milestones and summaries are shown, 91 in all. 1 is left out.", 91},
	} {
		t.Run(name, func(t *testing.T) {
			m, opt := scheduled(t, c.spec, mission.View{}, 0)
			opt.Bars = c.bars
			page := write(t, m, opt)
			text := words(checkPage(t, page))
			says(t, text, c.want)
			if c.want == "" {
				assert.False(t, strings.Contains(text, "too many for a chart"))
			}
			assert.Equal(t, c.rows, strings.Count(page, `<text class="g-name`), "lanes")
		})
	}
}

// Work grows with the schedule and not with its square.
func TestScheduleWorkIsLinear(t *testing.T) {
	allocations := func(n int) float64 {
		m, opt := scheduled(t, program(1, 3, n), mission.View{}, 64)
		return testing.AllocsPerRun(1, func() { _ = report.Write(new(strings.Builder), m, nil, opt) })
	}
	few, many := allocations(100), allocations(1000)
	require.Less(t, many, 12*few)
}

func TestNoDates(t *testing.T) {
	m := compile(t, mission.Spec{
		Activities:   []milestone.Activity{{Record: record.Invented("a"), Name: "Dig", Lasts: calendar.Day}, {Record: record.Invented("b"), Name: "Fill", Lasts: calendar.Day}},
		Dependencies: []milestone.Dependency{{Record: record.Invented("d"), Dependent: record.Ref{Kind: "activity", ID: "b"}, On: record.Ref{Kind: "activity", ID: "a"}, Kind: milestone.FinishStart}},
	}, mission.View{})
	s, err := m.Plan().Schedule(record.Moment{}, milestone.ScheduleOptions{})
	require.NoError(t, err)
	require.False(t, s.Dated())
	page := write(t, m, &report.Options{Schedule: s})
	text := words(checkPage(t, page))
	assert.Contains(t, text, "The plan has no date to begin from, so there are orders and room, and no dates.")
	assert.Contains(t, text, "waits for “Dig”")
	assert.NotContains(t, page, `class="gantt"`)
}

func TestHostileWorks(t *testing.T) {
	page := func(text string) string {
		spec := works(t)
		for i := range spec.Experiments { // rules need names of their own
			if r := spec.Experiments[i].Protocol.Rules; len(r) > 1 {
				spec.Experiments[i].Protocol.Rules = r[:1]
			}
		}
		spec = poured(spec, text)
		m, opt := scheduled(t, spec, mission.View{}, 100)
		spec.Events = spec.Events[1:]
		opt.Since = compile(t, spec, mission.View{})
		opt.Agendas = []*learning.Agenda{agenda(t, m)}
		return write(t, m, opt)
	}
	want := shape(checkPage(t, page("text")))
	texts := hostile
	if testing.Short() {
		texts = hostile[:6]
	}
	for _, text := range texts {
		got := page(text[:min(len(text), 5000)])
		assert.Equal(t, want, shape(checkPage(t, got)), "%.40q changes the elements of the page", text)
		assert.Less(t, len(got), 900_000, "%.40q swells the page", text)
	}
}

func TestChancesInWords(t *testing.T) {
	for _, c := range []struct {
		chance      forecast.Chance
		long, brief string
	}{
		{forecast.Chance{P: 0.62, Low: 0.61, High: 0.63, Trials: 10000}, "about 62%, ±1 from simulation", "chance about 62% (±1)"},
		{forecast.Chance{P: 0.62, Low: 0.605, High: 0.635, Trials: 4000}, "about 62%, ±2 from simulation", "chance about 62% (±2)"},
		{forecast.Chance{P: 0.62, Low: 0.6195, High: 0.6205, Trials: 4000000}, "about 62%, ±0.1 from simulation", "chance about 62% (±0.1)"},
		{forecast.Chance{P: 0.001, Low: 0.0005, High: 0.002, Trials: 10000}, "less than 1%, ±0.1 from simulation", "chance less than 1% (±0.1)"},
		{forecast.Chance{P: 0.999, Low: 0.998, High: 0.9995, Trials: 10000}, "more than 99%, ±0.1 from simulation", "chance more than 99% (±0.1)"},
		{forecast.Chance{P: 0, High: 0.0004, Trials: 10000}, "in none of 10,000 trials", "chance: no trial"},
		{forecast.Chance{P: 1, Low: 0.9996, High: 1, Trials: 10000}, "in all of 10,000 trials", "chance: all trials"},
	} {
		assert.Equal(t, c.long, report.Chance(c.chance))
		assert.Equal(t, c.brief, report.Brief(c.chance))
	}
	assert.Equal(t, "about 50%", report.Points(0.499))
}

func TestScale(t *testing.T) {
	day := func(s string) calendar.Minute { return calendar.MustParseDate(s).At(0) }
	for _, c := range []struct {
		from, until string
		want        []string
	}{
		{"2026-06-01", "2026-06-04", []string{"31 May", "1 Jun", "2 Jun", "3 Jun", "4 Jun", "5 Jun"}},
		{"2026-06-01", "2026-07-01", []string{"1 Jun", "8 Jun", "15 Jun", "22 Jun", "29 Jun"}},
		{"2026-01-10", "2026-06-20", []string{"Feb 2026", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026"}},
		{"2026-01-10", "2029-06-20", []string{"Jan 2026", "Jul 2026", "Jan 2027", "Jul 2027", "Jan 2028", "Jul 2028", "Jan 2029", "Jul 2029"}},
		{"2020-01-10", "2029-06-20", []string{"2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027", "2028", "2029"}},
		{"0001-02-01", "9999-12-31", []string{"1000", "2000", "3000", "4000", "5000", "6000", "7000", "8000", "9000"}},
	} {
		_, got, _ := report.Ticks(day(c.from), day(c.until))
		assert.Equal(t, c.want, got, "%s to %s", c.from, c.until)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		from := calendar.MustParseDate("1900-01-01").At(0).Add(calendar.Minutes(r.Int64N(100_000_000)))
		until := from.Add(calendar.Minutes(r.Int64N(1 << r.IntN(28))))
		at, labels, x := report.Ticks(from, until)
		require.LessOrEqual(t, len(at), report.MostTicks+1)
		require.True(t, slices.IsSorted(at) && slices.IsSorted(x))
		require.Len(t, labels, len(at))
		for i := range x {
			require.True(t, x[i] >= 100 && x[i] <= 7100)
		}
	}
}

func TestSmallWords(t *testing.T) {
	assert.Equal(t, "Warm homes", report.Fit("Warm homes", 200))
	cut := report.Fit(strings.Repeat("Warm homes ", 20), 200)
	assert.True(t, strings.HasSuffix(cut, "…") && report.Letters(cut) <= 200, cut)
	assert.Equal(t, "from 31 March 2026 to 2026-02-30 and x12026-03-312", report.Dated("from 2026-03-31 to 2026-02-30 and x12026-03-312"))
	assert.Equal(t, "5 days", report.Worked(-5*calendar.Day, true))
	assert.Equal(t, "120 working hours", report.Worked(5*calendar.Day, false))
	assert.Equal(t, "1.5 working hours", report.Worked(90, false))
	assert.Equal(t, "1 hour", report.Worked(60, true))
	assert.Equal(t, "−1,500 GBP", report.Coin(record.Money{Minor: -150000, Currency: "GBP"}))
	assert.Equal(t, "0.05 GBP", report.Coin(record.Money{Minor: 5, Currency: "GBP"}))
}
