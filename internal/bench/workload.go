package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
)

// A workload is one input, the same for every contestant: a layered random graph with its keys
// and its edges shuffled.
type workload struct {
	nodes  int
	edges  [][2]int // keys are 0..nodes-1
	takes  []int    // duration of each key, 1..100
	root   int      // reaches every node
	insert [][2]int // edges to add, one in ten against the hidden order
}

// layered makes a graph of the given size. Nodes stand in layers; three in ten have one
// predecessor, the others more; an edge goes to the layer before and, with a chance of 35 % each
// time, one further back. With circles, one edge in two hundred is turned round.
func layered(nodes, edges int, circles bool) workload {
	rng := rand.New(rand.NewPCG(uint64(nodes), uint64(edges)))
	layers := 20
	for n := 1000; n < nodes; n *= 10 {
		layers = layers * 5 / 2
	}
	layers = min(layers, 200, nodes)
	key := rng.Perm(nodes)
	layerOf := func(i int) int { return i * layers / nodes } // i is the hidden place
	first := make([]int, layers+1)
	for i := nodes - 1; i >= 0; i-- {
		first[layerOf(i)] = i
	}
	first[layers] = nodes
	before := func(i int) int {
		l := layerOf(i) - 1
		for l > 0 && rng.Float64() < 0.35 {
			l--
		}
		if l <= 0 {
			return 0 // the root
		}
		return first[l] + rng.IntN(first[l+1]-first[l])
	}
	w := workload{nodes: nodes, root: key[0]}
	add := func(from, to int) {
		if circles && rng.IntN(200) == 0 {
			from, to = to, from
		}
		w.edges = append(w.edges, [2]int{key[from], key[to]})
	}
	many := make([]int, 0, nodes) // nodes with more than one predecessor
	for i := 1; i < nodes; i++ {
		if layerOf(i) == 0 {
			add(0, i)
			continue
		}
		add(before(i), i)
		if rng.Float64() >= 0.3 {
			many = append(many, i)
		}
	}
	seen := make(map[[2]int]bool, edges)
	for _, e := range w.edges {
		seen[e] = true
	}
	for len(w.edges) < edges && len(many) > 0 {
		to := many[rng.IntN(len(many))]
		from := before(to)
		e := [2]int{key[from], key[to]}
		if back := [2]int{key[to], key[from]}; seen[e] || seen[back] {
			if nodes < 100 {
				break
			}
			continue
		}
		seen[e] = true
		add(from, to)
	}
	rng.Shuffle(len(w.edges), func(i, j int) { w.edges[i], w.edges[j] = w.edges[j], w.edges[i] })
	for range nodes {
		w.takes = append(w.takes, 1+rng.IntN(100))
	}
	for range min(100_000, 10*nodes) {
		u, v := rng.IntN(nodes), rng.IntN(nodes)
		if u > v {
			u, v = v, u
		}
		if rng.IntN(10) == 0 {
			u, v = v, u
		}
		if u != v {
			w.insert = append(w.insert, [2]int{key[u], key[v]})
		}
	}
	return w
}

// name returns the text key of an integer key: half look like a UUID, half like a slug.
func name(key int) string {
	rng := rand.New(rand.NewPCG(uint64(key), 99))
	if key%2 == 0 {
		a, b := rng.Uint64(), rng.Uint64()
		return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", uint32(a>>32), uint16(a>>16), uint16(a), uint16(b>>48), b&(1<<48-1))
	}
	words := []string{"plan", "homes", "grid", "health", "skills", "safer", "clean", "energy", "board", "review"}
	return fmt.Sprintf("%s-%s-%d", words[rng.IntN(10)], words[rng.IntN(10)], key)
}

// named returns the edges with text keys, every end a string of its own.
func (w workload) named() [][2]string {
	names := make([]string, w.nodes)
	for k := range names {
		names[k] = name(k)
	}
	edges := make([][2]string, len(w.edges))
	for i, e := range w.edges {
		edges[i] = [2]string{string([]byte(names[e[0]])), string([]byte(names[e[1]]))}
	}
	return edges
}

// write writes the workload for the baseline.
func (w workload) write(path string) error {
	return writeFile(path, func(put func(int)) {
		put(w.nodes)
		put(len(w.edges))
		for _, e := range w.edges {
			put(e[0])
			put(e[1])
		}
		for _, t := range w.takes {
			put(t)
		}
		put(w.root)
		put(len(w.insert))
		for _, e := range w.insert {
			put(e[0])
			put(e[1])
		}
	}, nil)
}

// writeNamed writes the edges with text keys for the baseline.
func (w workload) writeNamed(path string) error {
	return writeFile(path, func(put func(int)) { put(len(w.edges)) }, w.named())
}

func writeFile(path string, numbers func(put func(int)), texts [][2]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 1<<20)
	var word [8]byte
	numbers(func(x int) {
		binary.LittleEndian.PutUint64(word[:], uint64(x))
		out.Write(word[:])
	})
	for _, e := range texts {
		for _, s := range e {
			binary.LittleEndian.PutUint32(word[:4], uint32(len(s)))
			out.Write(word[:4])
			out.WriteString(s)
		}
	}
	if err := out.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
