package review_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// Laws of every review, of random plans seen through random views.
func FuzzRun(f *testing.F) {
	for seed := range seeds(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := newDice(seed)
		spec := d.spec()
		view := mission.View{On: on.Add(calendar.Days(d.IntN(400) - 200))}
		if d.IntN(8) == 0 {
			view.On = calendar.Date{}
		}
		if d.IntN(8) == 0 {
			view.Known = d.instant.AddDate(0, 0, 2)
		}
		whole := run(t, spec, view, review.Options{})
		lawful(t, whole)

		shuffled := run(t, d.shuffled(spec), view, review.Options{})
		assert.Equal(t, whole.String(), shuffled.String(), "the order of the records does not show")
		assert.Equal(t, encoded(t, whole), encoded(t, shuffled))

		view.Without = []record.Grade{record.Hearsay, record.Opinion}
		strict := run(t, spec, view, review.Options{})
		lawful(t, strict)
		for _, f := range strict.Findings {
			for _, e := range f.Evidence {
				assert.NotContains(t, view.Without, e.Grade)
			}
		}
		same := review.Compare(whole, whole)
		assert.True(t, same.IsZero(), "a review does not differ from itself")
		compared(t, whole, strict)
		compared(t, strict, whole)

		view.Without, view.Audience = nil, record.Public
		public := run(t, spec, view, review.Options{})
		lawful(t, public)
		for _, u := range public.Unassessed {
			assert.NotContains(t, u.Text, "left out by the view (", "what is left out for its audience is not told")
		}
	})
}

func encoded(t *testing.T, r *review.Review) string {
	t.Helper()
	b, err := json.Marshal(r)
	require.NoError(t, err)
	return string(b)
}

// lawful checks what holds of every review.
func lawful(t *testing.T, r *review.Review) {
	t.Helper()
	type key struct {
		rule    string
		subject record.Ref
	}
	seen := map[key]bool{}
	once := func(rule *review.Rule, subject record.Ref) {
		assert.False(t, seen[key{rule.ID, subject}], "one verdict for %s on %s", rule.ID, subject)
		seen[key{rule.ID, subject}] = true
		assert.NotEmpty(t, subject.ID)
	}
	for _, f := range r.Findings {
		once(f.Rule, f.Subject)
		trigger := slices.DeleteFunc(slices.Clone(f.Evidence), func(e review.Evidence) bool { return e.Context })
		require.NotEmpty(t, trigger, "%s", f)
		weak := !slices.ContainsFunc(trigger, func(e review.Evidence) bool { return !e.Grade.Weak() })
		assert.Equal(t, weak, f.Weak)
		if weak && f.Rule.ID != "F48" {
			assert.Regexp(t, `^It is (said|expected) \((hearsay|opinion|forecast)`, f.Text)
		}
		assert.Equal(t, slices.ContainsFunc(f.Evidence, func(e review.Evidence) bool { return e.Grade == record.Illustrative }), f.Illustrative)
		assert.True(t, slices.IsSortedFunc(f.Evidence, func(a, b review.Evidence) int { return a.Ref.Compare(b.Ref) }))
		assert.Regexp(t, `\S\.( |$)`, f.Text)
		for _, e := range f.Evidence {
			assert.Contains(t, subjects(r.Touching(e.Ref)), f.Subject)
		}
	}
	for _, u := range r.Unassessed {
		once(u.Rule, u.Subject)
		require.NotEmpty(t, u.Missing)
		assert.Regexp(t, `^Cannot tell \S.*\. To be able to tell, \S.*\.$`, u.Text)
		for _, missing := range u.Missing {
			assert.Contains(t, u.Text, missing.String())
			assert.Contains(t, u.Text, missing.Way)
		}
	}
	assert.True(t, slices.IsSortedFunc(r.Findings, func(a, b review.Finding) int { return order(a.Rule, a.Subject, b.Rule, b.Subject) }))
	assert.True(t, slices.IsSortedFunc(r.Unassessed, func(a, b review.Unassessed) int { return order(a.Rule, a.Subject, b.Rule, b.Subject) }))
	looked := 0
	for _, c := range r.Coverage.Rules {
		assert.Equal(t, c.Looked, c.Found+c.Unassessed+c.Nothing)
		assert.Len(t, r.Quiet(c.Rule.ID), c.Nothing)
		for _, s := range r.Quiet(c.Rule.ID) {
			once(c.Rule, s)
		}
		looked += c.Looked
	}
	assert.Len(t, seen, looked)
	assert.Equal(t, review.NotHealth, r.Coverage.Statement)
	text := r.String()
	assert.NotContains(t, text, "Zaphod", "persons are not named")
	for line := range strings.Lines(text) {
		assert.LessOrEqual(t, len([]rune(strings.TrimSuffix(line, "\n"))), 80)
	}
}

func order(r *review.Rule, a record.Ref, s *review.Rule, b record.Ref) int {
	if c := byID(r, s); c != 0 {
		return c
	}
	return a.Compare(b)
}

func subjects(findings []review.Finding) []record.Ref {
	refs := []record.Ref{}
	for _, f := range findings {
		refs = append(refs, f.Subject)
	}
	return refs
}

// compared checks a comparison against a slow reading of both reviews.
func compared(t *testing.T, before, after *review.Review) {
	t.Helper()
	c := review.Compare(before, after)
	told := func(r *review.Review, rule *review.Rule, s record.Ref) string {
		w, _ := verdict(r, rule.ID, s)
		return w
	}
	var appeared, cleared, hidden []review.Finding
	var open, shut []review.Unassessed
	for _, f := range after.Findings {
		if told(before, f.Rule, f.Subject) != finding {
			appeared = append(appeared, f)
		}
	}
	for _, f := range before.Findings {
		switch told(after, f.Rule, f.Subject) {
		case nothing:
			cleared = append(cleared, f)
		case cannot, "":
			hidden = append(hidden, f)
		}
	}
	for _, u := range before.Unassessed {
		if w := told(after, u.Rule, u.Subject); w == finding || w == nothing {
			open = append(open, u)
		}
	}
	for _, u := range after.Unassessed {
		if w := told(before, u.Rule, u.Subject); w == finding || w == nothing {
			shut = append(shut, u)
		}
	}
	assert.Equal(t, review.Comparison{Appeared: appeared, Cleared: cleared, OutOfSight: hidden, BecameAssessable: open, BecameUnassessable: shut}, c)
}

// What F48 works out from the posts, the register itself must say of a plan in which somebody has left.
func TestChampionDependencyAgainstDepartures(t *testing.T) {
	fired, quiet := 0, 0
	for seed := range uint64(400) {
		d := newDice(seed)
		spec := parts(m(""))
		for range 1 + d.IntN(2) {
			spec.Duties = append(spec.Duties, numbered(sponsor(pick(d, record.ID("minister"), "other")), len(spec.Duties)))
		}
		for range 1 + d.IntN(2) {
			means := accountability.Means{Route: record.Known(d.IntN(2) == 0)}
			spec.Duties = append(spec.Duties, numbered(lead(pick(d, record.ID("head"), "other"), means), len(spec.Duties)))
		}
		for n, post := range []record.ID{"minister", "head", "other", "head"} {
			h := holds(post, pick(d, record.ID("ann"), "bob"))
			h.ID = record.ID("h" + string(rune('a'+n)))
			spec.Holdings = append(spec.Holdings, h)
		}
		want := nothing
		for _, person := range []record.ID{"ann", "bob"} {
			if fallen(t, spec, person) >= 2 {
				want = finding
			}
		}
		got, text := verdict(run(t, spec, mission.View{On: on}, review.Options{}), "F48", theMission)
		assert.Equal(t, want, got, "seed %d: %s", seed, text)
		if want == finding {
			fired++
		} else {
			quiet++
		}
	}
	assert.Greater(t, fired, 50)
	assert.Greater(t, quiet, 50)
}

func numbered(d accountability.Duty, n int) accountability.Duty {
	d.ID = record.ID("d" + string(rune('a'+n)))
	return d
}

// fallen counts the conditions that a plan loses with a person, by ending all that the person holds.
func fallen(t *testing.T, spec mission.Spec, person record.ID) int {
	t.Helper()
	held := func(s mission.Spec) [3]bool {
		model, err := mission.Compile(s, mission.View{On: on})
		require.NoError(t, err)
		a, _ := model.Register().Answerable(theMission, accountability.MissionSponsor, record.Moment{})
		b, _ := model.Register().Answerable(theMission, accountability.MissionLead, record.Moment{})
		route := slices.ContainsFunc(b.Carriers, func(c accountability.Carrier) bool {
			has, _ := c.Duty.Means.Route.Get()
			return has && c.Filled == accountability.Held
		})
		return [3]bool{a.State == accountability.Held, b.State == accountability.Held, route && a.State == accountability.Held}
	}
	gone := spec
	gone.Holdings = slices.Clone(spec.Holdings)
	for i := range gone.Holdings {
		if gone.Holdings[i].Holder == person {
			gone.Holdings[i].Until = when("2026-01-01")
		}
	}
	with, without := held(spec), held(gone)
	n := 0
	for i := range with {
		if with[i] && !without[i] {
			n++
		}
	}
	return n
}
