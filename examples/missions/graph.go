package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph/draw"
	"github.com/missionled/missionled/mission/report"
)

func (p *program) graph() *cobra.Command {
	var format, out, about string
	var condense bool
	c := &cobra.Command{
		Use:   "graph PLAN",
		Short: "Draw what leans on what, or hand it to a drawing tool",
		Long: `graph draws the missions and milestones of a plan, what they are part of and
what leans on what, grouped by department. Lines lead to what leans on
something. Shapes say how a milestone stands; colour says nothing alone.

Formats:
  mermaid  text that GitHub and many wikis draw (the default)
  dot      for Graphviz
  svg      a picture that needs no other program
  graphml  data for yEd, Gephi and NetworkX
  json     data, in JSON Graph Format

A plan with more than a thousand milestones is too large to draw legibly: draw
one mission with --about, or let --condense draw groups of them as one.`,
		Example: `  missions graph plan.yaml
  missions graph plan.yaml --format dot | dot -Tpdf > plan.pdf
  missions graph plan.yaml -o plan.svg
  missions graph plan.yaml --about mission/warm-homes -o warm-homes.svg`,
		Args: needs(1, 1, "one plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			write, err := writer(format, out, p.json, condense)
			if err != nil {
				return err
			}
			m, err := p.model(args[0])
			if err != nil {
				return err
			}
			picture := report.Map(m, record.Moment{})
			if about != "" {
				ref, err := subject(m, about)
				if err != nil {
					return err
				}
				picture = around(picture, ref.String())
			}
			var b bytes.Buffer
			err = write(&b, picture)
			if large, ok := errors.AsType[*draw.TooLargeError](err); ok {
				return fmt.Errorf("%w: draw one mission with --about, or add --condense", large)
			}
			if err != nil {
				return err
			}
			return p.save(out, b.Bytes())
		},
	}
	f := c.Flags()
	f.StringVar(&format, "format", "", "`FORMAT`: mermaid, dot, svg, graphml or json (default: by the name of the file, else mermaid)")
	f.StringVar(&about, "about", "", "draw only this `SUBJECT`, its milestones and what they touch")
	f.BoolVar(&condense, "condense", false, "draw a large SVG with groups of milestones as one")
	f.StringVarP(&out, "output", "o", "", "write to `FILE` (default: standard output)")
	return c
}

// formatsByName are the formats that the end of a file's name tells.
var formatsByName = map[string]string{".mmd": "mermaid", ".dot": "dot", ".gv": "dot", ".svg": "svg", ".graphml": "graphml", ".json": "json"}

// writer is what writes a picture in the format asked for.
func writer(format, out string, json, condense bool) (func(io.Writer, *draw.Picture) error, error) {
	if i := strings.LastIndexByte(out, '.'); format == "" && i >= 0 {
		format = formatsByName[strings.ToLower(out[i:])]
	}
	switch {
	case format == "" && json, format == "json":
		return draw.WriteJSONGraph, nil
	case format == "", format == "mermaid":
		return draw.WriteMermaid, nil
	case format == "dot":
		return draw.WriteDOT, nil
	case format == "graphml":
		return draw.WriteGraphML, nil
	case format == "svg":
		o := &draw.SVGOptions{}
		if condense {
			o.Oversize = draw.Condense
		}
		return func(w io.Writer, p *draw.Picture) error { return draw.WriteSVG(w, p, o) }, nil
	}
	return nil, fmt.Errorf("--format: %q is no format of graphs: write mermaid, dot, svg, graphml or json", format)
}

// around keeps of a picture a node, what is linked to it, and, where that is what is part of a mission, what those are
// linked to in turn.
func around(p *draw.Picture, centre string) *draw.Picture {
	near := map[string]bool{centre: true}
	grow := func() {
		for id := range neighbours(p, near) {
			near[id] = true
		}
	}
	grow()
	if strings.HasPrefix(centre, "mission/") {
		grow()
	}
	q := *p
	q.Nodes, q.Edges = nil, nil
	for _, n := range p.Nodes {
		if near[n.ID] {
			q.Nodes = append(q.Nodes, n)
		}
	}
	for _, e := range p.Edges {
		if near[e.From] && near[e.To] {
			q.Edges = append(q.Edges, e)
		}
	}
	return &q
}

func neighbours(p *draw.Picture, of map[string]bool) map[string]bool {
	found := make(map[string]bool)
	for _, e := range p.Edges {
		if of[e.From] {
			found[e.To] = true
		}
		if of[e.To] {
			found[e.From] = true
		}
	}
	return found
}
