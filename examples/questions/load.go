package main

import (
	_ "embed"
	"fmt"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
)

//go:embed plan.json
var town []byte

//go:embed other.json
var elsewhere []byte

// plan is what the questions are put to.
type plan struct {
	spec mission.Spec
	on   calendar.Date
	m    *mission.Model
	many *mission.Model // thirty missions, for questions about how things usually go
}

// now is the moment of the model's own view.
var now record.Moment

func load() *plan {
	spec := must(document.Unmarshal(town, document.Options{}))
	p := &plan{spec: spec, on: spec.AsOf, m: must(mission.Compile(spec, mission.View{On: spec.AsOf}))}
	p.many = must(mission.Compile(thirty(), mission.View{On: spec.AsOf}))
	return p
}

// with is the plan with something changed.
func (p *plan) with(changes ...mission.Change) *mission.Model {
	return must(mission.Compile(p.spec, mission.View{On: p.on, Changes: changes}))
}

// failure carries an error from an answer to run.
type failure struct{ error }

// must returns a value that comes without an error. It keeps the answers to what is asked of the library; a program that serves
// others returns the error.
func must[T any](v T, err error) T {
	if err != nil {
		panic(failure{err})
	}
	return v
}

// conditions are what missions are said to need.
var conditions = []string{mission.Culture, mission.Structure, mission.PoliticalWill, mission.Money, mission.People, mission.Stability,
	mission.Trust, mission.StrategyUnit, mission.AlignedLeads}

// thirty makes up thirty missions. Of some nobody has recorded when they were announced; not all of them have landed, have a plan,
// have a lead, or say who sits on their board.
func thirty() mission.Spec {
	spec := mission.Spec{Parties: []accountability.Party{{Record: record.Invented("director"), Kind: accountability.Post, Name: "A director"}}}
	for i := range 30 {
		id := record.ID(fmt.Sprintf("mission-%02d", i+1))
		made := func(what string) record.Record { return record.Invented(id + record.ID("-"+what)) }
		announced := calendar.On(2024, 7, 10).Add(calendar.Days(20 * i))
		after := func(days int) calendar.When { return calendar.OnDay(announced.Add(calendar.Days(days))) }
		m := mission.Mission{Record: record.Invented(id), Name: fmt.Sprintf("Mission %d of thirty", i+1)}
		if i%10 != 7 {
			m.Announced = calendar.OnDay(announced)
		}
		spec.Missions = append(spec.Missions, m)
		if i%5 != 4 {
			spec.Events = append(spec.Events, mission.Event{Record: made("landed"), Kind: mission.Landed, Subject: mission.Ref(id), OnDay: after(30 + 7*(i%9))})
		}
		if i%3 != 2 {
			spec.Events = append(spec.Events, mission.Event{Record: made("plan"), Kind: mission.PlanPublished, Subject: mission.Ref(id), OnDay: after(90 + 11*(i%7))})
		}
		lead := accountability.Duty{Record: made("lead"), Duty: accountability.MissionLead, Subject: mission.Ref(id), Post: "director"}
		if lead.From = after(60 + 40*(i%6)); i%4 == 3 {
			lead.Post, lead.State, lead.From = "", accountability.Vacant, after(0)
		}
		spec.Duties = append(spec.Duties, lead)
		board := accountability.Forum{Record: made("board"), Kind: accountability.MissionBoard, Subject: mission.Ref(id),
			Disclosed: record.Pending[calendar.When]("not yet")}
		if i%3 == 0 {
			board.Disclosed = record.Known(after(200 + 15*(i%4)))
		}
		spec.Forums = append(spec.Forums, board)
		for n, kind := range conditions {
			c := mission.Condition{Record: made(kind), Kind: kind, Subject: mission.Ref(id), Met: record.Unknown[bool]("nobody was asked")}
			if (i+n)%(n+2) == 0 {
				c.Met = record.Known(i%2 == 0)
			}
			spec.Conditions = append(spec.Conditions, c)
		}
	}
	return spec
}
