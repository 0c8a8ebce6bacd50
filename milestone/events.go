package milestone

import (
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
)

// An eventGraph has the starts and finishes of things as nodes. Links between activities may go in a circle without doing so between
// their starts and finishes: "testing starts after building, and building finishes after testing" asks for nothing impossible.
type eventGraph struct {
	b    graph.Builder[event]
	kind map[record.Ref]thing
}

type event struct {
	ref record.Ref
	at  uint8
}

const (
	atStart uint8 = iota
	atFinish
	atHead // where what holds a summary holds its parts
)

type thing struct{ summary, moment bool }

// partLabel is the label of an edge between a summary and its part.
const partLabel = "part of"

func (e *eventGraph) node(ref record.Ref, summary, moment bool) {
	if e.kind == nil {
		e.kind = make(map[record.Ref]thing)
	}
	e.kind[ref] = thing{summary, moment}
	if !summary && !moment {
		e.b.Add(graph.Edge[event]{From: event{ref, atStart}, To: event{ref, atFinish}})
	}
}

func (e *eventGraph) at(ref record.Ref, at uint8) event {
	k, known := e.kind[ref]
	if k.moment || !known {
		at = atStart
	}
	return event{ref, at}
}

func (e *eventGraph) entry(ref record.Ref, at uint8) event {
	if e.kind[ref].summary {
		at = atHead
	}
	return e.at(ref, at)
}

func (e *eventGraph) part(part, whole record.Ref) {
	add := func(from, to event) { e.b.Add(graph.Edge[event]{From: from, To: to, Label: partLabel}) }
	add(event{whole, atHead}, e.entry(part, atStart))
	add(e.at(part, atFinish), event{whole, atFinish})
	add(e.at(part, atStart), event{whole, atStart})
}

func (e *eventGraph) link(on, dependent record.Ref, kind Link, id record.ID) {
	from, to := atFinish, atStart
	if kind == StartStart || kind == StartFinish {
		from = atStart
	}
	if kind == FinishFinish || kind == StartFinish {
		to = atFinish
	}
	e.b.Add(graph.Edge[event]{From: e.at(on, from), To: e.entry(dependent, to), Label: string(id)})
}

// cycle returns a shortest circle of events as a walk over what they are events of, or nil.
func (e *eventGraph) cycle() []graph.Edge[record.Ref] {
	var walk []graph.Edge[record.Ref]
	for _, edge := range e.b.Freeze().Cycle() {
		if edge.Label != "" {
			walk = append(walk, graph.Edge[record.Ref]{From: edge.From.ref, To: edge.To.ref, Label: edge.Label})
		}
	}
	return walk
}
