package accountability

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/missionled/missionled/accountability/journal"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/internal/bench/meter"
)

// entry is one of about 300 bytes, as encoded.
func entry(i int) journal.Entry {
	return journal.Entry{
		Recorded: time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(i) * 90 * time.Second),
		Actor:    "a-7f3c", Verb: record.Assert, Kind: "duty", ID: record.ID(fmt.Sprintf("duty-%d", i)),
		Payload: fmt.Appendf(nil, `{"id":"duty-%d","duty":"mission-lead","subject":"mission/clean-energy","post":"sos-%d",`+
			`"from":"2024-07-05","source":"pfc","at":"p. 12","grade":"document","note":"said of the whole of the mission"}`, i, i%7),
		Evidence: []string{"source/pfc"},
	}
}

// keep measures the journal over a file: the first part of the entries one by one, the rest in batches of a hundred.
func keep(r *meter.Report, entries int) error {
	const question = "journal, entries of 300 bytes in a file"
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "journal")
	j, _, err := journal.OpenFile(ctx, path, journal.Options{Origin: "example.org/bench", SyncEvery: journal.SyncOnDemand})
	if err != nil {
		return err
	}
	defer j.Close()
	single := entries / 5
	made := make([]journal.Entry, single)
	for i := range made {
		made[i] = entry(i)
	}
	times := meter.Once(single, func(i int) { _, _, err = j.Append(made[i]); must(0, err) })
	r.Add(question, meter.Us, "append without sync, CPU", times.Mean, meter.Nanoseconds)
	r.Add(question, meter.Us, "append p50", times.P50, meter.Nanoseconds)
	r.Add(question, meter.Us, "append p99", times.P99, meter.Nanoseconds)
	for i := single; i < entries; i += 100 {
		batch := make([]journal.Entry, min(100, entries-i))
		for k := range batch {
			batch[k] = entry(i + k)
		}
		if _, _, err := j.Append(batch...); err != nil {
			return err
		}
	}
	checkpoint, err := j.Checkpoint()
	if err != nil {
		return err
	}
	report, cost := meter.Least(2, func() journal.Report { return must(j.Verify(ctx)) })
	if report.Checkpoint != checkpoint {
		return fmt.Errorf("the journal verifies to %v, and was left at %v", report.Checkpoint, checkpoint)
	}
	r.Add(question, meter.Us, fmt.Sprintf("verify %d, wall", entries), float64(cost.Wall.Nanoseconds()), meter.Nanoseconds)
	r.Add(question, meter.Us, fmt.Sprintf("verify %d, CPU", entries), float64(cost.Processor.Nanoseconds()), meter.Nanoseconds)
	n := uint64(entries)
	prove := meter.Each(20_000, func(i int) { must(j.ProveInclusion(n, uint64(i)*7919%n+1)) })
	r.Add(question, meter.Us, "prove inclusion p50", prove.P50, meter.Nanoseconds)
	e := must(j.At(n/3 + 1))
	proof := must(j.ProveInclusion(n, e.Sequence))
	check := meter.Each(20_000, func(int) { must(0, checkpoint.CheckInclusion(proof, e)) })
	r.Add(question, meter.Us, "check inclusion p50", check.P50, meter.Nanoseconds)
	return nil
}
