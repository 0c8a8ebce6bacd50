package sheet

import (
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

func findings(m *mission.Model, r *review.Review) page {
	p := page{name: "Findings", header: []heading{
		{"Rule", 7}, {"Called", 24}, {"Severity", 10}, {"About", 30}, {"Name", 40}, {"What was found", 70}, {"What to ask next", 50},
		{"When it would be a false alarm", 50}, {"Rests on", 50}, {"Only hearsay, opinion or forecast", 14}, {"Made-up records among them", 14},
	}}
	for i := range r.Findings {
		f := &r.Findings[i]
		p.rows = append(p.rows, []any{
			f.Rule.ID, f.Rule.Slug, f.Rule.Severity.String(), f.Subject.String(), m.Name(f.Subject), f.Text, f.Rule.Question, f.Rule.FalseAlarm,
			evidence(f.Evidence), yes(f.Weak), yes(f.Illustrative),
		})
	}
	return p
}

// evidence lists the records that a finding rests on, each with its grade and the place in its source.
func evidence(list []review.Evidence) string {
	lines := make([]string, len(list))
	for i := range list {
		e := &list[i]
		var parts []string
		for _, s := range []string{e.Grade.String(), e.Claimant, e.Title, e.At} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		lines[i] = e.Ref.String() + " (" + strings.Join(parts, ", ") + ")"
	}
	return strings.Join(lines, "\n")
}

func unassessed(m *mission.Model, r *review.Review) page {
	p := page{name: "Cannot assess", header: []heading{
		{"Rule", 7}, {"Called", 24}, {"About", 30}, {"Name", 40}, {"What cannot be told", 70}, {"What to record", 60}, {"Left out by the view", 30},
	}}
	for i := range r.Unassessed {
		u := &r.Unassessed[i]
		var ways []string
		var out []record.Ref
		for j := range u.Missing {
			ways = append(ways, u.Missing[j].Way)
			out = append(out, u.Missing[j].LeftOut...)
		}
		p.rows = append(p.rows, []any{u.Rule.ID, u.Rule.Slug, u.Subject.String(), m.Name(u.Subject), u.Text, strings.Join(ways, "\n"), refs(out)})
	}
	return p
}

func milestones(m *mission.Model) page {
	p := page{name: "Milestones", header: []heading{
		{"Id", 24}, {"Milestone", 60}, {"Missions", 30}, {"Due", 16}, {"Due from", 12}, {"Due by", 12}, {"Forecast", 16}, {"Forecast by", 12},
		{"Status", 14}, {"Why", 50}, {"Measured or stated", 12}, {"Said of it", 50}, {"Disputed", 10}, {"Targets", 60}, {"Answers for it", 40}, {"Moves of the date", 10},
		{"Source", 24}, {"Place in it", 16}, {"Grade", 14},
	}}
	plan := m.Plan()
	for _, id := range plan.Milestones() {
		ref := milestone.Ref(id)
		base, _ := m.Record(ref)
		row := []any{string(id), m.Name(ref), missionsOf(m, id)}
		s, ok := plan.Standing(id, record.Moment{})
		row = append(row, stretch(s.Due)...)
		row = append(row, s.Forecast.String(), s.Forecast.Latest())
		status, how := s.Status.String(), "measured"
		if s.Stated {
			how = "stated"
		}
		if !ok || s.Status == 0 || s.Status == milestone.Scheduled {
			how = ""
		}
		row = append(row, status, s.Why, how, claims(s.Claimed), yes(s.Disputed), parts(m, s.Parts), carriers(m, ref, accountability.MilestoneOwner), len(plan.Slippage(id, record.Moment{})))
		p.rows = append(p.rows, append(row, string(base.Source), base.At, grade(base.Grade)))
	}
	return p
}

// grade is the text of a grade, or nothing where there is none.
func grade(g record.Grade) string {
	if g.IsZero() {
		return ""
	}
	return g.String()
}

// stretch is a date as text, its first and its last day.
func stretch(w calendar.When) []any {
	return []any{w.String(), w.Earliest(), w.Latest()}
}

func missionsOf(m *mission.Model, id record.ID) string {
	var names []string
	seen := make(map[record.ID]bool)
	for _, c := range m.Plan().Milestone(id, record.Moment{}) {
		for _, of := range c.Record.Missions {
			if !seen[of] {
				names = append(names, m.Name(mission.Ref(of)))
			}
			seen[of] = true
		}
	}
	return strings.Join(names, "; ")
}

// claims lists what people have said of a milestone.
func claims(list []record.Claim[milestone.Assessment]) string {
	var lines []string
	for _, c := range list {
		a := c.Record
		said := a.Rating
		if a.Status != 0 {
			said = strings.TrimSpace(a.Status.String() + " " + said)
		}
		who := a.Claimant
		if who == "" {
			who = string(a.By)
		}
		for _, s := range []string{who, a.OnDay.String()} {
			if s != "" {
				said += ", " + s
			}
		}
		lines = append(lines, said)
	}
	return strings.Join(lines, "\n")
}

// parts lists how the targets of a milestone stand.
func parts(m *mission.Model, list []milestone.Part) string {
	var lines []string
	for _, part := range list {
		line := part.Status.String()
		name := m.Name(record.Ref{Kind: milestone.KindTarget, ID: part.Target})
		if name == string(part.Target) && part.Indicator != "" {
			name = m.Name(record.Ref{Kind: milestone.KindIndicator, ID: part.Indicator})
		}
		if name != string(part.Target) {
			line = name + ": " + line
		}
		for _, v := range []struct {
			word string
			q    record.Quantity
		}{{"from", part.Baseline}, {"now", part.Actual}, {"want", part.Want}} {
			if !v.q.IsZero() {
				line += ", " + v.word + " " + v.q.String()
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// carriers names who carries a duty.
func carriers(m *mission.Model, subject record.Ref, duty string) string {
	a, ok := m.Register().Answerable(subject, duty, record.Moment{})
	if !ok {
		return ""
	}
	if len(a.Carriers) == 0 {
		return a.State.String()
	}
	var names []string
	for _, c := range a.Carriers {
		names = append(names, m.Name(party(c.Post)))
	}
	return strings.Join(names, "; ")
}

func party(id record.ID) record.Ref { return record.Ref{Kind: accountability.KindParty, ID: id} }

func answers(m *mission.Model) page {
	p := page{name: "Who answers", header: []heading{
		{"About", 30}, {"Name", 50}, {"Duty", 22}, {"Stands", 12}, {"Carried by", 40}, {"Part", 40}, {"Held by", 40}, {"Certain", 10}, {"Why", 50}, {"Records used", 50},
	}}
	type pair struct {
		subject record.Ref
		duty    string
	}
	seen := make(map[pair]bool)
	spec := m.Spec()
	for i := range spec.Duties {
		d := &spec.Duties[i]
		if key := (pair{d.Subject, d.Duty}); seen[key] {
			continue
		} else {
			seen[key] = true
		}
		a, ok := m.Register().Answerable(d.Subject, d.Duty, record.Moment{})
		if !ok {
			continue
		}
		var posts, parts, holders []string
		for _, c := range a.Carriers {
			posts = append(posts, m.Name(party(c.Post)))
			if c.Duty.Part != "" {
				parts = append(parts, m.Name(party(c.Post))+": "+c.Duty.Part)
			}
			for _, h := range c.Holders {
				holders = append(holders, m.Name(party(h.Party)))
			}
		}
		certain := "no"
		if a.Certain {
			certain = "yes"
		}
		p.rows = append(p.rows, []any{
			d.Subject.String(), m.Name(d.Subject), d.Duty, a.State.String(), strings.Join(posts, "; "), strings.Join(parts, "\n"), strings.Join(holders, "; "), certain, a.Why, refs(a.Records),
		})
	}
	return p
}

func coverage(m *mission.Model, r *review.Review) page {
	p := page{name: "Coverage", header: []heading{
		{"Counted", 22}, {"What", 60}, {"Looked at", 12}, {"Found", 12}, {"Cannot tell", 12}, {"Nothing to say", 12}, {"Records", 12}, {"Day", 12},
	}}
	line := func(what, name string, figures ...any) {
		p.rows = append(p.rows, append([]any{what, name}, figures...))
	}
	line("Review", m.Spec().Title, "", "", "", "", "", r.On)
	line("Review", r.Coverage.Statement)
	for _, c := range r.Coverage.Rules {
		line("Rule", c.Rule.ID+" "+c.Rule.Title, c.Looked, c.Found, c.Unassessed, c.Nothing)
	}
	for _, c := range r.Coverage.Kinds {
		line("Records of a kind", string(c.Kind), "", "", "", "", c.Count)
	}
	line("Records", "all but sources and named days", "", "", "", "", r.Coverage.Records)
	line("Records", "without a grade", "", "", "", "", r.Coverage.Ungraded)
	line("Records", "without a source", "", "", "", "", r.Coverage.Unsourced)
	line("Records", "without the instant at which they were recorded", "", "", "", "", r.Coverage.Undated)
	for _, g := range r.Coverage.Without {
		line("Left out by the view", "grade "+g.String())
	}
	for _, c := range r.Coverage.Removed {
		line("Left out by the view", strings.TrimSpace(string(c.Kind)+" "+c.Field)+": "+c.Why, "", "", "", "", c.Count)
	}
	return p
}
