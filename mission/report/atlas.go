package report

import (
	"bytes"
	"errors"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph/draw"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/mission"
)

// mapPart is the section with the map of the whole plan.
type mapPart struct {
	Wide  bool // the map needs a page turned on its side
	Whole *picturePart
	Split string // what the page does because the whole is too large for one picture; empty if it is not
	Held  []heldRow
	Links []linkRow
	Open  bool // the links are few enough to show at once
}

// picturePart is one picture in a frame that scrolls.
type picturePart struct {
	Label string
	SVG   template.HTML
	Wide  bool // wider than an upright page can show
	Note  string
}

// heldRow is a department of an overview in words.
type heldRow struct {
	Name  string
	Count string
	Parts []heldPart
}

// heldPart is how many milestones a department has in one mission.
type heldPart struct {
	Mission link
	Count   string
}

// linkRow is a dependency, in words.
type linkRow struct {
	Dependent, On link
	How           string
	Agreed        string
	From          origin
}

func (s *scribe) mapPart(missions, milestones []record.ID) (mapPart, error) {
	p := mapPart{Links: s.links()}
	p.Open = len(p.Links) <= 12
	if s.options.MapNodes < 0 || len(missions)+len(milestones) == 0 {
		return p, nil
	}
	pic := s.picture(missions, milestones)
	if n := len(pic.Nodes); n > s.options.MapNodes {
		s.split = true
		p.Split = "The plan has " + count(n, "item", "items") + ", too many for one picture that a person can read. This one shows how many milestones each department has in each mission."
		pic, p.Held = s.overview(pic)
	}
	var err error
	if p.Whole, err = s.draw(pic); err == nil {
		p.Wide = p.Whole.Wide
	}
	return p, err
}

// missionMap draws one mission of a plan that is too large for one map; nil where there is nothing that a list would not
// tell as well, or too much.
func (s *scribe) missionMap(id record.ID, name string, ids []record.ID) (*picturePart, error) {
	if !s.split || len(ids) >= s.options.MapNodes || !s.linked(ids) {
		return nil, nil
	}
	pic := s.picture([]record.ID{id}, ids)
	pic.Title = "Map of “" + name + "”"
	return s.draw(pic)
}

// linked reports whether anything leans on some milestones, or they on anything.
func (s *scribe) linked(ids []record.ID) bool {
	return slices.ContainsFunc(ids, func(id record.ID) bool {
		return len(s.plan.DependenciesOf(milestone.Ref(id), s.at)) > 0
	})
}

// longLabel is how many letters of a department's name fit into a picture before the number of its milestones.
const longLabel = 48

// overview draws departments in place of their milestones, with how many of these they have in each mission, and says the
// same in words.
func (s *scribe) overview(whole *draw.Picture) (*draw.Picture, []heldRow) {
	p := &draw.Picture{
		Title: whole.Title, Description: "Departments and the missions that their milestones are part of, with how many these are.",
		Kinds:   whole.Kinds,
		Classes: append(slices.Clone(whole.Classes), draw.Class{ID: "department", Label: "department, with its milestones", Shape: draw.Rounded}),
	}
	label := make(map[string]string)
	for _, g := range whole.Groups {
		label[g.ID] = g.Label
	}
	as := make(map[string]string) // the node that stands for a node of the whole
	members := make(map[string]int)
	for _, n := range whole.Nodes {
		if n.Class == "mission" {
			as[n.ID] = n.ID
			n.Group = ""
			p.Nodes = append(p.Nodes, n)
			continue
		}
		id := "group " + n.Group
		as[n.ID] = id
		if members[id]++; members[id] == 1 {
			p.Nodes = append(p.Nodes, draw.Node{ID: id, Label: label[n.Group], Class: "department"})
		}
	}
	var rows []heldRow
	row := make(map[string]int)
	for i := range p.Nodes {
		d := &p.Nodes[i]
		if n := members[d.ID]; n > 0 {
			row[d.ID] = len(rows)
			rows = append(rows, heldRow{Name: d.Label, Count: grouped(strconv.Itoa(n))})
			if r := []rune(d.Label); len(r) > longLabel { // the number is not to be what a picture cuts
				d.Label, d.Tooltip = strings.TrimSpace(string(r[:longLabel]))+"…", d.Label
			}
			d.Label += ": " + grouped(strconv.Itoa(n))
		}
	}
	at := make(map[draw.Edge]int)
	var lines []int
	for _, e := range whole.Edges {
		e = draw.Edge{From: as[e.From], To: as[e.To], Kind: e.Kind}
		i, ok := at[e]
		if !ok {
			i = len(p.Edges)
			at[e] = i
			p.Edges, lines = append(p.Edges, e), append(lines, 0)
		}
		lines[i]++
	}
	for i, n := range lines {
		e := &p.Edges[i]
		e.Label = grouped(strconv.Itoa(n))
		if ref, err := record.ParseRef(e.To); err == nil && ref.Kind == mission.KindMission && strings.HasPrefix(e.Kind, "part") {
			r := &rows[row[e.From]]
			r.Parts = append(r.Parts, heldPart{s.place(ref), e.Label})
		}
	}
	return p, rows
}

// mostUpright is how many pixels an upright page of A4 shows across with letters that can still be read.
const mostUpright = 900

// draw makes an SVG whose nodes lead to their places in the page.
func (s *scribe) draw(p *draw.Picture) (*picturePart, error) {
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if ref, err := record.ParseRef(n.ID); err == nil {
			if l := s.place(ref); l.Anchor != "" {
				n.Href = "#" + l.Anchor
			}
		}
	}
	s.drawing++
	part := &picturePart{Label: p.Title}
	var b bytes.Buffer
	err := draw.WriteSVG(&b, p, &draw.SVGOptions{
		Theme: draw.Auto, HideTitle: true, Prefix: "picture" + strconv.Itoa(s.drawing),
		MaxNodes: s.options.MapNodes, Oversize: draw.Condense,
	})
	if tooLarge, ok := errors.AsType[*draw.TooLargeError](err); ok {
		part.Note = "The map is too large to draw: it has " + count(tooLarge.Have, "part", "parts") + " of a kind, and " + grouped(strconv.Itoa(tooLarge.Limit)) + " are the most."
		return part, nil
	}
	if err != nil {
		return nil, err
	}
	part.SVG = template.HTML(b.String()) // WriteSVG lets no text out of its place
	part.Wide = width(b.Bytes()) > mostUpright
	return part, nil
}

// width reads the width of an SVG in pixels.
func width(svg []byte) int {
	_, rest, _ := bytes.Cut(svg, []byte(` width="`))
	digits, _, _ := bytes.Cut(rest, []byte(`"`))
	n, _ := strconv.Atoi(string(digits))
	return n
}

// links lists the dependencies in force: the map in words.
func (s *scribe) links() []linkRow {
	var rows []linkRow
	facts, claims := s.dependencies()
	for _, f := range facts {
		rivals := differ(claims[f])
		for _, d := range claims[f] {
			row := linkRow{Dependent: s.place(d.Dependent), On: s.place(d.On), How: how(d), From: s.origin(&d.Record)}
			if rivals {
				row.How = "claimants differ; one says: " + row.How
			}
			if !d.Agreed.IsZero() {
				row.Agreed = yesNo(d.Agreed)
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// how says what a dependency means, in words that stand between its two ends.
func how(d *milestone.Dependency) string {
	lag := "once"
	switch {
	case d.LagDays > 0:
		lag = count(int(d.LagDays), "day", "days") + " after"
	case d.LagDays < 0:
		lag = count(int(-d.LagDays), "day", "days") + " before"
	}
	switch d.Kind {
	case milestone.FinishStart:
		return "may start " + lag + " this is finished:"
	case milestone.StartStart:
		return "may start " + lag + " this has started:"
	case milestone.FinishFinish:
		return "may finish " + lag + " this is finished:"
	case milestone.StartFinish:
		return "may finish " + lag + " this has started:"
	}
	return "needs"
}

// missionLinks leads to missions, all but one.
func (s *scribe) missionLinks(ids []record.ID, but record.ID) []link {
	var links []link
	for _, id := range ids {
		if id != but {
			links = append(links, s.place(mission.Ref(id)))
		}
	}
	return links
}
