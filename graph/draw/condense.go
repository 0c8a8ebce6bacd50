package draw

import (
	"slices"
	"strconv"
)

// condenseCircles merges the nodes of each strong component into one; nil if there is no circle.
func condenseCircles(x *index) (*index, string) {
	comp, n := strong(len(x.Nodes), x.ends)
	if n == len(x.Nodes) {
		return nil, ""
	}
	y, circles := merge(x, comp, n, "in a circle")
	return y, "Condensed: each of " + count(circles, "circle", "circles") + " of items that depend on each other is shown as one item; " +
		count(len(x.Nodes), "item", "items") + " in all."
}

// condenseGroups merges the nodes of each group into one; nil if there is no group.
func condenseGroups(x *index) (*index, string) {
	part := make([]int32, len(x.Nodes))
	of := make([]int32, len(x.Groups))
	for g := range of {
		of[g] = -1
	}
	n, some := 0, false
	for i, g := range x.nodeGroup {
		if g >= 0 && of[g] >= 0 {
			part[i] = of[g]
			continue
		}
		if g >= 0 {
			of[g], some = int32(n), true
		}
		part[i] = int32(n)
		n++
	}
	if !some {
		return nil, ""
	}
	y, _ := merge(x, part, n, "")
	for g, c := range of {
		if c >= 0 {
			node := &y.Nodes[c]
			members := 0
			for _, h := range x.nodeGroup {
				if int(h) == g {
					members++
				}
			}
			node.Label = shorten(shown(x.Groups[g].Label, x.Groups[g].ID), 60) + " (" + count(members, "item", "items") + ")"
			node.Group = ""
			y.nodeGroup[c] = -1
		}
	}
	return y, "Condensed: each group is shown as one item; " + count(len(x.Nodes), "item", "items") + " in all." + thin(y, 4*n)
}

// thin leaves out the edges of a merged picture that stand for the fewest, until at most limit are left, and returns a
// sentence that says so.
func thin(x *index, limit int) string {
	if len(x.Edges) <= limit {
		return ""
	}
	sorted := slices.Clone(x.weight)
	slices.Sort(sorted)
	least := sorted[len(sorted)-limit-1] + 1
	k := 0
	for i, w := range x.weight {
		if w >= least {
			x.Edges[k], x.ends[k], x.edgeKind[k] = x.Edges[i], x.ends[i], x.edgeKind[i]
			k++
		}
	}
	all := len(x.Edges)
	x.Edges, x.ends, x.edgeKind = x.Edges[:k], x.ends[:k], x.edgeKind[:k]
	return " Lines that stand for fewer than " + count(least, "link", "links") + " are left out: " + strconv.Itoa(all-k) + " of " + strconv.Itoa(all) + "."
}

// condenseParts merges each connected part into one node.
func condenseParts(x *index) (*index, string) {
	adj := adjacency(len(x.Nodes), x.ends)
	part := make([]int32, len(x.Nodes))
	for i := range part {
		part[i] = -1
	}
	n := int32(0)
	var stack []int32
	for i := range part {
		if part[i] >= 0 {
			continue
		}
		part[i] = n
		stack = append(stack, int32(i))
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, e := range adj.of(v) {
				for _, w := range x.ends[e] {
					if part[w] < 0 {
						part[w] = n
						stack = append(stack, w)
					}
				}
			}
		}
		n++
	}
	y, _ := merge(x, part, int(n), "connected")
	return y, "Condensed: each connected part is shown as one item; " + count(len(x.Nodes), "item", "items") + " in all."
}

// merge returns the picture in which the nodes of each part are one, and how many parts have more than one node. A part
// of one node keeps it; a larger one is named after its first, with how many more there are, and keeps a group that all
// its nodes share. Edges inside a part go; parallel edges of one kind become one, whose tooltip says how many.
func merge(x *index, part []int32, n int, how string) (*index, int) {
	p := &Picture{Title: x.Title, Description: x.Description, Groups: x.Groups, Classes: x.Classes, Kinds: x.Kinds}
	size := make([]int, n)
	first := make([]int, n)
	same := make([]bool, n)
	for i, c := range part {
		if size[c] == 0 {
			first[c], same[c] = i, true
		}
		same[c] = same[c] && x.nodeGroup[i] == x.nodeGroup[first[c]]
		size[c]++
	}
	y := &index{Picture: p, nodeGroup: make([]int32, n), nodeClass: make([]int32, n)}
	p.Nodes = make([]Node, n)
	merged := 0
	for c := range n {
		i := first[c]
		v := x.Nodes[i]
		y.nodeGroup[c], y.nodeClass[c] = x.nodeGroup[i], x.nodeClass[i]
		if size[c] > 1 {
			merged++
			v.Label = shorten(shown(v.Label, v.ID), 60) + " and " + strconv.Itoa(size[c]-1) + " more"
			if how != "" {
				v.Label += ", " + how
			}
			v.Class, v.Tooltip, v.Href = "", "", ""
			y.nodeClass[c] = -1
			if !same[c] {
				v.Group = ""
				y.nodeGroup[c] = -1
			}
		}
		p.Nodes[c] = v
	}
	type key struct{ from, to, kind int32 }
	seen := map[key]int{}
	var many []int
	for i, e := range x.ends {
		k := key{part[e[0]], part[e[1]], x.edgeKind[i]}
		if k.from == k.to {
			if size[k.from] > 1 {
				continue
			}
		}
		if j, ok := seen[k]; ok {
			many[j]++
			continue
		}
		seen[k] = len(many)
		many = append(many, 1)
		p.Edges = append(p.Edges, x.Edges[i])
		y.ends = append(y.ends, [2]int32{k.from, k.to})
		y.edgeKind = append(y.edgeKind, k.kind)
	}
	y.weight = many
	for j, m := range many {
		if m > 1 {
			p.Edges[j].Label, p.Edges[j].Tooltip = "", strconv.Itoa(m)+" links"
		}
	}
	return y, merged
}

// strong numbers the strong components by their first node and returns the component of every node and how many there
// are. Nothing recurses. Time O(n + m). Tarjan, SIAM J. Computing 1(2), 1972.
func strong(n int, ends [][2]int32) ([]int32, int) {
	adj := adjacency(n, ends)
	comp, number, low := make([]int32, n), make([]int32, n), make([]int32, n)
	for i := range comp {
		comp[i] = -1
	}
	var stack, path []int32
	next := make([]int32, n)
	count, found := int32(0), int32(0)
	for root := range int32(n) {
		if number[root] != 0 {
			continue
		}
		path = append(path, root)
		for len(path) > 0 {
			v := path[len(path)-1]
			if number[v] == 0 {
				count++
				number[v], low[v] = count, count
				stack = append(stack, v)
			}
			list := adj.of(v)
			deeper := false
			for int(next[v]) < len(list) {
				e := ends[list[next[v]]]
				next[v]++
				if e[0] != v {
					continue
				}
				w := e[1]
				if number[w] == 0 {
					path = append(path, w)
					deeper = true
					break
				}
				if comp[w] < 0 {
					low[v] = min(low[v], number[w])
				}
			}
			if deeper {
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				u := path[len(path)-1]
				low[u] = min(low[u], low[v])
			}
			if low[v] == number[v] {
				for {
					w := stack[len(stack)-1]
					stack = stack[:len(stack)-1]
					comp[w] = found
					if w == v {
						break
					}
				}
				found++
			}
		}
	}
	renumber := make([]int32, found)
	for i := range renumber {
		renumber[i] = -1
	}
	k := int32(0)
	for i, c := range comp {
		if renumber[c] < 0 {
			renumber[c] = k
			k++
		}
		comp[i] = renumber[c]
	}
	return comp, int(found)
}
