// Package graph holds directed graphs over comparable keys, and answers what leans on what:
// orders and circles, components, what a node reaches and what falls with it, single points of
// failure, paths, cuts, redundant edges, brokers, and influence.
//
// A [Builder] takes nodes and edges in any order; [Builder.Freeze] makes an immutable [Graph],
// safe for concurrent readers. Edges carry a label and a weight. Circles, parallel edges and
// self-loops are data, never errors; what cannot be answered for a graph with a circle returns
// a [*CycleError] that shows one.
//
// Inside, a graph is two arrays of neighbours in compressed sparse rows. An acyclic graph is
// numbered in topological order when it is made, once, so that most algorithms are scans over
// memory in order. Nothing recurses, so no depth of graph can exhaust a stack.
//
// Everything is a function of the graph and the arguments: the same edges added in the same
// order give the same results, in the same order, on every run and any number of processors.
//
// The package knows keys, not meanings. It is not a store: to change a graph, build another, or
// keep a [Live] one, which holds a topological order while edges come and go. It is not for
// undirected graphs, though some measures read edges both ways and say so.
package graph
