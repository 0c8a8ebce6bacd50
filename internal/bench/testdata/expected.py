"""Writes expected.json: what networkx 2.8.8 and igraph 0.10.2 say of small random graphs.

    python3 expected.py > expected.json
"""
import json
import random

import igraph
import networkx as nx


def make(seed, n, m, forward):
    rng = random.Random(seed)
    hidden = list(range(n))
    rng.shuffle(hidden)
    edges = set()
    while len(edges) < m:
        u, v = rng.randrange(n), rng.randrange(n)
        if u == v:
            continue
        if forward and hidden[u] > hidden[v]:
            u, v = v, u
        edges.add((u, v))
    edges = sorted(edges)
    rng.shuffle(edges)
    g = nx.DiGraph()
    g.add_nodes_from(range(n))
    g.add_edges_from(edges)
    return g, edges


def number(x):
    return None if x != x else x


def case(seed, n, m, forward):
    g, edges = make(seed, n, m, forward)
    ig = igraph.Graph(n, edges, directed=True)
    both = g.to_undirected()
    root = max(range(n), key=lambda v: len(nx.descendants(g, v)))
    far = max(nx.single_source_shortest_path_length(g, root).items(), key=lambda kv: (kv[1], -kv[0]))[0]
    idom = nx.immediate_dominators(g, root)
    between = nx.betweenness_centrality(g, normalized=False)
    constraint = nx.constraint(both)
    for a, b in zip(between.values(), ig.betweenness()):
        assert abs(a - b) < 1e-9
    for a, b in zip(constraint.values(), ig.as_undirected().constraint()):
        assert a != a and b != b or abs(a - b) < 1e-9
    components = sorted(sorted(c) for c in nx.strongly_connected_components(g))
    assert components == sorted(sorted(c) for c in ig.components(mode="strong"))
    out = {
        "nodes": n,
        "edges": edges,
        "acyclic": nx.is_directed_acyclic_graph(g),
        "root": root,
        "descendants": sorted(nx.descendants(g, root)),
        "dominators": {str(v): d for v, d in idom.items() if v != root and d != root},
        "components": components,
        "weak": nx.number_weakly_connected_components(g),
        "betweenness": [between[v] for v in range(n)],
        "constraint": [number(constraint[v]) for v in range(n)],
        "cut_nodes": sorted(nx.articulation_points(both)),
        "bridges": sum(1 for e in nx.bridges(both) if not (g.has_edge(*e) and g.has_edge(e[1], e[0]))),
        "distances": {str(v): d for v, d in nx.single_source_shortest_path_length(g, root).items()},
        "far": far,
        "edge_connectivity": len(nx.minimum_edge_cut(g, root, far)),
        "paths": sum(1 for _ in nx.all_simple_paths(g, root, far, cutoff=8)),
        "modularity": nx.algorithms.community.modularity(g, [[v for v in range(n) if v % 3 == r] for r in range(3)]),
    }
    if not g.has_edge(root, far):
        out["node_connectivity"] = len(nx.minimum_node_cut(g, root, far))
    if out["acyclic"]:
        out["reduction"] = sorted(nx.transitive_reduction(g).edges())
        out["closure"] = nx.transitive_closure(g).number_of_edges()
        out["longest"] = nx.dag_longest_path_length(g)
        out["layers"] = [sorted(layer) for layer in nx.topological_generations(g)]
        out["least_order"] = list(nx.lexicographical_topological_sort(g))
    else:
        out["circles"] = sum(1 for _ in nx.simple_cycles(g)) if m < 60 else None
    return out


cases = []
for seed in range(6):
    cases.append(case(seed, 20 + 8 * seed, 30 + 25 * seed, True))
    cases.append(case(100 + seed, 18 + 7 * seed, 24 + 14 * seed, False))
print("[")
print(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases))
print("]")
