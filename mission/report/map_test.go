package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph/draw"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/report"
)

// told writes a picture as lines that are easy to read in a test: "class id [group]" and "from -kind-> to".
func told(p *draw.Picture) (nodes, edges []string) {
	for _, n := range p.Nodes {
		nodes = append(nodes, n.Class+" "+n.ID+" ["+n.Group+"]")
	}
	for _, e := range p.Edges {
		edges = append(edges, e.From+" -"+e.Kind+"-> "+e.To)
	}
	return nodes, edges
}

func TestMap(t *testing.T) {
	p := report.Map(compile(t, small(t), mission.View{}), record.Moment{})
	require.NoError(t, p.Check())
	nodes, edges := told(p)
	assert.Equal(t, []string{
		"mission mission/homes [party/housing]",
		"mission mission/clear-roads [party/roads party/housing]",
		"scheduled milestone/million [party/housing party/roads]",
		"met milestone/queues [party/roads party/housing]",
		"unknown milestone/trust [party/housing]",
		"notmet milestone/law [party/housing]",
		"scheduled milestone/bridge [none]",
		"other party/tenants [none]",
	}, nodes)
	assert.Equal(t, []string{
		"milestone/million -part-> mission/homes",
		"milestone/million -part-> mission/clear-roads",
		"milestone/queues -part-> mission/clear-roads",
		"milestone/trust -part-> mission/homes",
		"milestone/law -part-> mission/homes",
		"milestone/law -needs-> milestone/million",
		"milestone/law -order-> milestone/trust",
		"milestone/bridge -needs made-> milestone/queues",
		"party/tenants -needs made-> milestone/million",
		"milestone/million -order rival-> milestone/queues",
		"milestone/queues -needs rival-> milestone/million",
	}, edges)
	labels := map[string]string{}
	for _, g := range p.Groups {
		labels[g.ID] = g.Label
	}
	assert.Equal(t, map[string]string{
		"party/housing": "Department of Housing", "none": "No department recorded",
		"party/housing party/roads": "Department of Housing and Department of Roads, shared",
		"party/roads party/housing": "Department of Roads and Department of Housing, shared",
	}, labels)
	for _, n := range p.Nodes {
		assert.Empty(t, n.Href, "a picture by itself has no page to lead to")
	}
	dotted := 0
	for _, k := range p.Kinds {
		if strings.Contains(k.Label, "(illustrative)") {
			assert.Equal(t, draw.Dotted, k.Stroke, k.Label)
			dotted++
		} else {
			assert.NotEqual(t, draw.Dotted, k.Stroke, k.Label)
		}
	}
	assert.Equal(t, 3, dotted)
}

func TestMapOfAMoment(t *testing.T) {
	m := compile(t, small(t), mission.View{})
	p := report.Map(m, record.Moment{On: calendar.MustParseDate("2025-01-31"), Known: calendar.MustParseDate("2025-02-01").In(nil)})
	require.NoError(t, p.Check())
	nodes, edges := told(p)
	assert.Contains(t, nodes, "scheduled milestone/queues [party/roads]", "what the newspaper said is not yet known")
	assert.NotContains(t, edges, "milestone/million -part-> mission/clear-roads")
	assert.Contains(t, edges, "milestone/million -order-> milestone/queues")
	assert.Empty(t, report.Map(nil, record.Moment{}).Nodes)
	assert.Empty(t, report.Map(new(mission.Model), record.Moment{}).Nodes)
}

func TestMapNamesNoPersonInPublic(t *testing.T) {
	spec := small(t)
	spec.Dependencies = append(spec.Dependencies, milestone.Dependency{
		Record: record.New("on-alex"), Dependent: milestone.Ref("law"), On: record.Ref{Kind: "party", ID: "alex-example"}, Kind: milestone.Needs,
	})
	open := report.Map(compile(t, spec, mission.View{}), record.Moment{})
	assert.True(t, slices.ContainsFunc(open.Nodes, func(n draw.Node) bool { return n.Label == "Alex Example" }))
	public := report.Map(compile(t, spec, mission.View{Audience: record.Public}), record.Moment{})
	require.NoError(t, public.Check())
	var b strings.Builder
	require.NoError(t, draw.WriteJSONGraph(&b, public))
	assert.NotContains(t, strings.ToLower(b.String()), "alex")
	assert.Contains(t, b.String(), "a person")
}

// Organisations that lie in each other close no circle that a map could not leave.
func TestMapOfDepartmentsInACircle(t *testing.T) {
	spec := small(t)
	for i := range spec.Parties {
		switch p := &spec.Parties[i]; p.ID {
		case "sos-housing":
			p.OfParty = "lead-housing"
		case "lead-housing":
			p.OfParty = "sos-housing"
		}
	}
	p := report.Map(compile(t, spec, mission.View{}), record.Moment{})
	require.NoError(t, p.Check())
	assert.Len(t, p.Nodes, 8)
}
