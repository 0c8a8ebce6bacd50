package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"
)

// A sample is one measurement by one contestant.
type sample struct {
	Op     string  `json:"op"`
	Who    string  `json:"who"`
	Nodes  int     `json:"nodes"`
	Edges  int     `json:"edges"`
	Millis float64 `json:"ms,omitempty"` // median
	Least  float64 `json:"least_ms,omitempty"`
	Runs   int     `json:"runs,omitempty"`   // that the median is over
	Bytes  int     `json:"bytes,omitempty"`  // held, for memory
	Digest string  `json:"digest,omitempty"` // of the answer; equal digests mean equal answers
	Note   string  `json:"note,omitempty"`   // why there is no time
}

// A child runs one contestant in a process of its own, so that one's garbage and another's
// hanging disturb nobody, and prints its samples as lines of JSON.
type child struct {
	who   string
	size  size
	runs  int
	limit time.Duration // for one operation that can be asked to stop
	cpu   bool          // measure processor time
	out   *json.Encoder
}

// clock returns a reading of the clock that is measured by.
func (c *child) clock() time.Duration {
	if c.cpu {
		return processorTime()
	}
	return time.Since(started)
}

var started = time.Now()

func newChild(who string, s size, runs int, limit time.Duration, cpu bool) *child {
	return &child{who, s, runs, limit, cpu, json.NewEncoder(os.Stdout)}
}

func (c *child) emit(s sample) {
	s.Who, s.Nodes, s.Edges = c.who, c.size.nodes, c.size.edges
	if err := c.out.Encode(s); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// timed measures f and digests what it returned last. Fast operations run many times for one
// sample, slow ones give fewer samples.
func timed[T any](c *child, op string, f func() T, digest func(T) uint64) {
	var ms []float64
	var last T
	spent := time.Duration(0)
	repeat := 1
	for run := 0; run < c.runs && spent < 20*time.Second; run++ {
		var none T
		last = none
		runtime.GC()
		start := c.clock()
		for range repeat {
			last = f()
		}
		took := c.clock() - start
		spent += took
		if run == 0 && repeat == 1 && took < 2*time.Millisecond { // take that as a first look only
			repeat = min(10_000, int(2*time.Millisecond/(took+1))+1)
			run = -1
			continue
		}
		ms = append(ms, float64(took.Nanoseconds())/1e6/float64(repeat))
	}
	slices.Sort(ms)
	c.emit(sample{Op: op, Millis: ms[len(ms)/2], Least: ms[0], Runs: len(ms), Digest: fmt.Sprintf("%x", digest(last))})
	runtime.KeepAlive(last)
}

// held returns what f returns, and the bytes that it keeps alive.
func held[T any](f func() T) (T, int) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&before)
	x := f()
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return x, int(after.HeapAlloc) - int(before.HeapAlloc)
}

// inserts plays the edits until the limit and reports the time of one.
func (c *child) inserts(w workload, start func() func(u, v int) bool) {
	var ms []float64
	var digest uint64
	done := 0
	for run := range c.runs {
		insert := start()
		runtime.GC()
		digest = 0
		done = 0
		begin, start := time.Now(), c.clock()
		for i, e := range w.insert {
			taken := uint64(0)
			if insert(e[0], e[1]) {
				taken = 1
			}
			digest += pairHash(uint64(i), taken)
			done++
			if i%64 == 0 && time.Since(begin) > c.limit {
				break
			}
		}
		ms = append(ms, float64((c.clock()-start).Nanoseconds())/1e6)
		if done < len(w.insert) || run == 0 && ms[0] > 10_000 {
			break
		}
	}
	slices.Sort(ms)
	s := sample{Op: "insert", Millis: ms[len(ms)/2] / float64(done), Least: ms[0] / float64(done), Runs: len(ms), Digest: fmt.Sprintf("%x", digest)}
	if done < len(w.insert) {
		s.Digest = ""
		s.Note = fmt.Sprintf("stopped after %v, %d of %d", c.limit, done, len(w.insert))
	}
	c.emit(s)
}

func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func pairHash(a, b uint64) uint64 { return mix(mix(a) ^ b) }

// validOrder returns the number of nodes when every edge leads forward, else 0.
func validOrder(w workload, order func(yield func(i, key int))) uint64 {
	at := make([]int, w.nodes)
	count := 0
	order(func(i, key int) { at[key] = i; count++ })
	for _, e := range w.edges {
		if at[e[0]] >= at[e[1]] {
			return 0
		}
	}
	return uint64(count)
}

// partsHash digests a partition given by the part of each key.
func partsHash(part []int) uint64 {
	first := map[int]int{}
	sum := uint64(0)
	for v, p := range part {
		if _, ok := first[p]; !ok {
			first[p] = v
		}
		sum += pairHash(uint64(v), uint64(first[p]))
	}
	return sum
}

func keysHash(count int, keys func(yield func(key int))) uint64 {
	sum := uint64(count)
	keys(func(k int) { sum += mix(uint64(k)) })
	return sum
}

func timesHash(v int, early, late int) uint64 {
	return pairHash(uint64(v), uint64(early)<<32|uint64(late))
}

func betweennessHash(v int, x float64) uint64 { return pairHash(uint64(v), uint64(x*1000+0.29)) }
