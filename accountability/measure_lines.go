package accountability

import (
	"cmp"
	"math"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/graph"
	"github.com/missionled/missionled/milestone/calendar"
)

// ManagedBy says that a post reports to another.
type ManagedBy struct{ Post, Manager record.ID }

// Reporting is the shape of a set of reporting lines.
type Reporting struct {
	// Lines are those between different posts, each counted once.
	Lines int
	// Managers are the posts that others report to, with how many do, in the order of their ids.
	Managers []Reports
	// MeanSpan and MaxSpan are over the managers (span of control: Graicunas 1933). MeanSpan is NaN without any.
	MeanSpan float64
	MaxSpan  int
	// Depth is the number of lines on the longest way down from a post that reports to nobody, circles left out.
	Depth int
	// Tops are the posts that report to nobody and that others report to.
	Tops int
	// Circular are the posts that report to themselves, by whatever way, in the order of their ids.
	Circular []record.ID
}

// Reports is how many posts report to one.
type Reports struct {
	Manager record.ID
	Posts   int
}

// ReportingOf measures reporting lines. A post may report to several. A line from a post to itself is no report and makes the
// post circular. Linear in the lines, and the sorting of the managers.
func ReportingOf(lines []ManagedBy) Reporting {
	r := Reporting{MeanSpan: math.NaN()}
	seen := make(map[ManagedBy]bool, len(lines))
	var edges []graph.Edge[record.ID]
	circular := make(map[record.ID]bool)
	for _, l := range lines {
		if seen[l] {
			continue
		}
		seen[l] = true
		if l.Post == l.Manager {
			circular[l.Post] = true
			continue
		}
		edges = append(edges, graph.Edge[record.ID]{From: l.Manager, To: l.Post})
	}
	g, err := graph.FromEdges(edges)
	if err != nil {
		return r // edges without labels and weights are always a graph
	}
	groups := g.Components()
	r.Lines = len(edges)
	for k := range g.Nodes() {
		if n := g.OutDegree(k); n > 0 {
			r.Managers = append(r.Managers, Reports{k, n})
			r.MaxSpan = max(r.MaxSpan, n)
			if g.InDegree(k) == 0 {
				r.Tops++
			}
		}
		if id, ok := groups.Of(k); ok && len(groups.Members(id)) > 1 {
			circular[k] = true
		}
	}
	slices.SortFunc(r.Managers, func(a, b Reports) int { return cmp.Compare(a.Manager, b.Manager) })
	if len(r.Managers) > 0 {
		r.MeanSpan = float64(r.Lines) / float64(len(r.Managers))
	}
	for k := range circular {
		r.Circular = append(r.Circular, k)
	}
	slices.Sort(r.Circular)
	straight := g.Filter(func(e graph.Edge[record.ID]) bool { return !circular[e.From] && !circular[e.To] })
	order, err := straight.Order()
	if err != nil {
		return r // no circle is left
	}
	depth := make(map[record.ID]int, len(order))
	for _, k := range order {
		for next := range straight.Successors(k) {
			depth[next] = max(depth[next], depth[k]+1)
			r.Depth = max(r.Depth, depth[next])
		}
	}
	return r
}

// ChainLink is one step of a chain of authority: a post that passes it on, or a grant that does.
type ChainLink struct {
	// Until is the first day on which the link no longer holds. Zero means that no end is set.
	Until calendar.Date
	// Holders is how many could act in it: 0 breaks the chain, 1 makes it hang on one.
	Holders int
}

// ChainStrength says how long a chain of authority still holds, and what it hangs on. A chain is as strong as its weakest link.
type ChainStrength struct {
	// Links is how many there are.
	Links int
	// Left are the days until the first link ends, from 0; it means something only where Ends is true.
	Left calendar.Days
	Ends bool
	// Broken are the links that have ended or that nobody holds, Single those that hang on one holder.
	Broken, Single int
}

// StrengthOf measures a chain on a day: the least of the days left over its links (a series system in the terms of
// reliability). A link that ends on the day has ended. Without a day nothing ends. Linear in the links.
func StrengthOf(links []ChainLink, on calendar.Date) ChainStrength {
	c := ChainStrength{Links: len(links)}
	for _, l := range links {
		ended := false
		if !l.Until.IsZero() && !on.IsZero() {
			left := max(0, l.Until.Sub(on))
			ended = left == 0
			if !c.Ends || left < c.Left {
				c.Left = left
			}
			c.Ends = true
		}
		switch {
		case ended || l.Holders < 1:
			c.Broken++
		case l.Holders == 1:
			c.Single++
		}
	}
	return c
}

// Fit says how far the subjects over which somebody may decide are those for which they answer.
type Fit[S comparable] struct {
	// Both have authority and an account. AuthorityOnly and AccountOnly have one of the two. Each is in the order of its first
	// mention, without doubles.
	Both, AuthorityOnly, AccountOnly []S
}

// FitOf compares the subjects of authority with those of account. Linear in their number.
func FitOf[S comparable](authority, account []S) Fit[S] {
	const may, answers = 1, 2
	has := make(map[S]int)
	for _, s := range authority {
		has[s] |= may
	}
	for _, s := range account {
		has[s] |= answers
	}
	var f Fit[S]
	for _, list := range [][]S{authority, account} {
		for _, s := range list {
			switch has[s] {
			case may | answers:
				f.Both = append(f.Both, s)
			case may:
				f.AuthorityOnly = append(f.AuthorityOnly, s)
			case answers:
				f.AccountOnly = append(f.AccountOnly, s)
			}
			has[s] = 0
		}
	}
	return f
}

// Jaccard is |A ∩ G| / |A ∪ G|, from 0 to 1 (Jaccard 1912); NaN where there is neither authority nor account.
func (f Fit[S]) Jaccard() float64 {
	return share(float64(len(f.Both)), float64(len(f.Both)+len(f.AuthorityOnly)+len(f.AccountOnly)))
}

// Brokering is how ties run within and between groups, and what stands between parties. It is about an arrangement of ties.
type Brokering struct {
	// EI is the E–I index: ties between groups less those within, over all; -1 to 1; NaN without ties. Each edge is one tie.
	EI float64
	// Parties are in the order of their ids.
	Parties []Between
}

// Between is where one party stands among the ties.
type Between struct {
	Party record.ID
	// Constraint is Burt's, over ties read both ways; it can pass 1 in small circles of contacts, and is NaN without ties.
	Constraint float64
	// Roles are those of Gould and Fernandez, over ties read as directed.
	Roles graph.Roles
}

// BrokeringOf measures ties between parties, with the group of each. Package graph has the measures and their sources:
// [graph.Mixing.EI], [graph.Graph.Constraint], [graph.Brokerage]. weight is as for Constraint: nil counts edges. Weights that
// are not finite or below nought are a [*graph.EdgeError].
func BrokeringOf(ties *graph.Graph[record.ID], group func(record.ID) string, weight func(graph.Edge[record.ID]) float64) (Brokering, error) {
	constraint, err := ties.Constraint(weight)
	if err != nil {
		return Brokering{}, err
	}
	groups := graph.Tabulate(ties, group)
	roles := graph.Brokerage(ties, groups)
	b := Brokering{EI: graph.Mix(ties, groups).EI()}
	for k := range ties.Nodes() {
		b.Parties = append(b.Parties, Between{k, constraint.At(k), roles.At(k)})
	}
	slices.SortFunc(b.Parties, func(x, y Between) int { return cmp.Compare(x.Party, y.Party) })
	return b, nil
}
