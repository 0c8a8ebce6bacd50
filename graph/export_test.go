package graph

// SetLimit lowers the number of nodes and of edges that b accepts.
func SetLimit[K comparable](b *Builder[K], n int) { b.limit = n }

// Bulk is FromEdges with the limit of b.
func Bulk[K comparable](b *Builder[K], edges []Edge[K], nodes ...K) (*Graph[K], error) {
	return b.bulk(edges, nodes)
}

// SetLiveLimit lowers the number of nodes and of edges that l accepts.
func SetLiveLimit[K comparable](l *Live[K], n int) { l.limit = n }

// CycleWithin is Graph.Cycle with another budget of looks at an edge.
func CycleWithin[K comparable](g *Graph[K], budget int) []Edge[K] { return g.cycle(budget) }
