// Dependencies asks of a plan what a delivery unit asks: what leans on what, what falls if it falls, where the one gate is
// that everything passes, which circle we are caught in, which step is redundant, and whether the work divides by
// department or by mission. Each question is one call of package graph. The plan is made up.
//
//	go run ./examples/dependencies
//	go run ./examples/dependencies -svg plan.svg    # and the picture of it
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/graph/draw"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("dependencies", flag.ContinueOnError)
	flags.SetOutput(stderr)
	svg := flags.String("svg", "", "write the picture of the plan to this `file`")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	spec := illustrativePlan()
	model, err := mission.Compile(spec, mission.View{On: spec.AsOf})
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	a := newAnswers(stdout, model)
	for _, ask := range []func() error{a.order, a.reach, a.gates, a.paths, a.redundancy, a.edits, a.brokerage, a.circles, a.influence} {
		if err := ask(); err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
	}
	if *svg != "" {
		if err := a.draw(*svg); err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
	}
	return 0
}

// answers holds the graph of a plan and writes the answers to questions about it.
type answers struct {
	w     io.Writer
	ctx   context.Context
	model *mission.Model
	g     *graph.Graph[record.Ref]
	// department and mission file each milestone under who owns it and what it is for.
	department, mission graph.Column[record.Ref, string]
}

func newAnswers(w io.Writer, m *mission.Model) *answers {
	a := &answers{w: w, ctx: context.Background(), model: m, g: m.Plan().Graph(record.Moment{})}
	a.department = graph.Tabulate(a.g, func(ref record.Ref) string {
		owner, ok := m.Register().Answerable(ref, accountability.MilestoneOwner, record.Moment{})
		if !ok || len(owner.Carriers) == 0 {
			return ""
		}
		return string(owner.Carriers[0].Post)
	})
	a.mission = graph.Tabulate(a.g, func(ref record.Ref) string {
		for _, claim := range m.Plan().Milestone(ref.ID, record.Moment{}) {
			return string(claim.Record.Missions[0])
		}
		return ""
	})
	return a
}

// ask heads the answer to a question.
func (a *answers) ask(question string) { fmt.Fprintf(a.w, "\n%s\n", question) }

func (a *answers) say(format string, args ...any) { fmt.Fprintf(a.w, "  "+format+"\n", args...) }

// list writes the ids of nodes, in the order given, over as many lines as they need.
func (a *answers) list(label string, refs []record.Ref) {
	words := make([]string, len(refs))
	for i, ref := range refs {
		words[i] = string(ref.ID)
	}
	if len(words) == 0 {
		words = []string{"none"}
	}
	line := "  " + label + ":"
	for _, w := range words {
		if len(line)+1+len(w) > 80 {
			fmt.Fprintln(a.w, line)
			line = "   "
		}
		line += " " + w
	}
	fmt.Fprintln(a.w, line)
}

// walk writes a chain of edges as an arrow between ids.
func walk(edges []graph.Edge[record.Ref]) string {
	var b strings.Builder
	for i, e := range edges {
		if i == 0 {
			b.WriteString(string(e.From.ID))
		}
		b.WriteString(" > " + string(e.To.ID))
	}
	return b.String()
}

func ref(id record.ID) record.Ref { return milestone.Ref(id) }

func (a *answers) draw(file string) error {
	p := draw.Picture{
		Title:       "Two missions that share their means",
		Description: "Sixteen milestones of four departments and what comes before what. Made up.",
		Kinds:       []draw.Kind{{ID: "before", Label: "comes before", Arrow: draw.Triangle}},
	}
	for _, d := range []string{"energy", "housing", "skills", "treasury"} {
		p.Groups = append(p.Groups, draw.Group{ID: d, Label: "Department for " + d})
	}
	for node := range a.g.Nodes() {
		p.Nodes = append(p.Nodes, draw.Node{ID: node.String(), Label: a.model.Name(node), Group: a.department.At(node)})
	}
	for e := range a.g.Edges() {
		p.Edges = append(p.Edges, draw.Edge{From: e.From.String(), To: e.To.String(), Kind: "before"})
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := draw.WriteSVG(f, &p, nil); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
