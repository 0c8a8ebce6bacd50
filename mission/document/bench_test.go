package document_test

import (
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/missionled/missionled/internal/gen"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

// BenchmarkPlan measures what it takes to read, compile and review a plan of 10,000 milestones and 20,000 links, beside
// encoding/json's decode of the same bytes into the same types, in one run. (encoding/json refuses values that may be
// unknown, of which it reports the first and reads on.) The ratios are of medians:
//
//	go test ./mission/document -run '^$' -bench Plan
func BenchmarkPlan(b *testing.B) {
	data, err := document.Marshal(gen.Spec(1, 20, 10_000, 20_000))
	if err != nil {
		b.Fatal(err)
	}
	var peer, decode, compile, reviewed []float64
	timed := func(into *[]float64, f func()) {
		runtime.GC()
		begun := time.Now()
		f()
		*into = append(*into, time.Since(begun).Seconds())
	}
	for b.Loop() {
		for range 5 {
			timed(&peer, func() {
				var spec mission.Spec
				err := json.Unmarshal(data, &spec)
				if _, ok := errors.AsType[*json.UnmarshalTypeError](err); err != nil && !ok {
					b.Fatal(err)
				}
			})
			var spec mission.Spec
			var model *mission.Model
			timed(&decode, func() {
				if spec, err = document.Unmarshal(data, document.Options{}); err != nil {
					b.Fatal(err)
				}
			})
			timed(&compile, func() {
				if model, err = mission.Compile(spec, mission.View{On: spec.AsOf}); err != nil {
					b.Fatal(err)
				}
			})
			timed(&reviewed, func() { review.Of(model) })
		}
	}
	median := func(s []float64) float64 { slices.Sort(s); return s[len(s)/2] }
	p, d, c, r := median(peer), median(decode), median(compile), median(reviewed)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	spec, err := document.Unmarshal(data, document.Options{})
	if err != nil {
		b.Fatal(err)
	}
	model, err := mission.Compile(spec, mission.View{On: spec.AsOf})
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(len(data))/1e6, "MB")
	b.ReportMetric(1e3*p, "ms-json")
	b.ReportMetric(1e3*d, "ms-decode")
	b.ReportMetric(1e3*c, "ms-compile")
	b.ReportMetric(1e3*r, "ms-review")
	b.ReportMetric(d/p, "decode/json")
	b.ReportMetric((d+c+r)/p, "all/json")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-held")
	runtime.KeepAlive(spec)
	runtime.KeepAlive(model)
}
