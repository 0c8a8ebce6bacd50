// Package meter measures, and prints what was measured beside what was aimed at.
package meter

import (
	"runtime"
	"slices"
	"time"
)

// Spread is how long one of many like questions takes.
type Spread struct {
	Mean   float64 // ns of processor time, all that the process uses: a busy machine shows less in it than in wall time
	P50    float64 // ns of wall time, less what reading the clock takes
	P99    float64
	Allocs float64 // a question
}

// Each asks n questions, and then again, in the same order: once by the clock for each, once for all together. All are asked
// once before, so that caches hold what they hold of a program at work.
func Each(n int, ask func(i int)) Spread {
	runtime.GC()
	for i := range n {
		ask(i)
	}
	times, clock := make([]time.Duration, n), make([]time.Duration, n)
	for i := range n {
		start := time.Now()
		ask(i)
		end := time.Now()
		times[i], clock[i] = end.Sub(start), time.Since(end)
	}
	slices.Sort(clock)
	for i := range times {
		times[i] = max(0, times[i]-clock[n/2])
	}
	slices.Sort(times)
	repeat := 1
	if total := times[n/2] * time.Duration(n); total < 200*time.Millisecond {
		repeat = int(200*time.Millisecond/(total+1)) + 1
		repeat = min(repeat, 1000)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := Processor()
	for range repeat {
		for i := range n {
			ask(i)
		}
	}
	took := Processor() - start
	runtime.ReadMemStats(&after)
	all := float64(n) * float64(repeat)
	return Spread{
		Mean: float64(took.Nanoseconds()) / all,
		P50:  float64(times[n/2].Nanoseconds()), P99: float64(times[n*99/100].Nanoseconds()),
		Allocs: float64(after.Mallocs-before.Mallocs) / all,
	}
}

// Once does something n times, each time by the clock, for what cannot be done again.
func Once(n int, do func(i int)) Spread {
	runtime.GC()
	times := make([]time.Duration, n)
	start := Processor()
	for i := range n {
		at := time.Now()
		do(i)
		times[i] = time.Since(at)
	}
	took := Processor() - start
	slices.Sort(times)
	return Spread{Mean: float64(took.Nanoseconds()) / float64(n), P50: float64(times[n/2].Nanoseconds()), P99: float64(times[n*99/100].Nanoseconds())}
}

// Cost is what something that is done once takes.
type Cost struct {
	Wall, Processor time.Duration
}

// Least does something so many times and returns the least wall time and the least processor time of a run. What is done is
// given back to keep it from being optimised away; it is garbage when the next run starts.
func Least[T any](runs int, do func() T) (T, Cost) {
	var least Cost
	var last T
	for run := range runs {
		var none T
		last = none
		runtime.GC()
		wall, processor := time.Now(), Processor()
		last = do()
		c := Cost{time.Since(wall), Processor() - processor}
		if run == 0 {
			least = c
		}
		least.Wall, least.Processor = min(least.Wall, c.Wall), min(least.Processor, c.Processor)
	}
	return last, least
}

// Steady repeats something that takes little time and returns the least processor time of one, over so many samples of at
// least 20 ms, and the allocations of one.
func Steady(samples int, do func()) (ns, allocs float64) {
	do()
	repeat := 1
	for {
		start := Processor()
		for range repeat {
			do()
		}
		if took := Processor() - start; took >= 20*time.Millisecond || repeat >= 1<<22 {
			break
		}
		repeat *= 2
	}
	var before, after runtime.MemStats
	for sample := range samples {
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := Processor()
		for range repeat {
			do()
		}
		took := float64((Processor() - start).Nanoseconds()) / float64(repeat)
		runtime.ReadMemStats(&after)
		if sample == 0 || took < ns {
			ns = took
		}
		allocs = float64(after.Mallocs-before.Mallocs) / float64(repeat)
	}
	return ns, float64(int(allocs + 0.01)) // the measuring itself now and then allocates
}

// Held returns what f returns and the bytes on the heap that it keeps alive.
func Held[T any](f func() T) (T, float64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&before)
	x := f()
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return x, float64(after.HeapAlloc) - float64(before.HeapAlloc)
}
