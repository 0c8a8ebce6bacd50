package calendar_test

import (
	"testing"
	"time"

	"github.com/missionled/missionled/milestone/calendar"
)

// The baseline of ParseDate is time.Parse of the same text.
func BenchmarkParseDate(b *testing.B) {
	b.Run("calendar", func(b *testing.B) {
		for b.Loop() {
			if _, err := calendar.ParseDate("2024-07-05"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("time", func(b *testing.B) {
		for b.Loop() {
			if _, err := time.Parse(time.DateOnly, "2024-07-05"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// The baseline of Calendar is time.Time.Date.
func BenchmarkCalendar(b *testing.B) {
	b.Run("calendar", func(b *testing.B) {
		d, sum := calendar.On(2024, time.July, 5), 0
		for b.Loop() {
			year, month, day := d.Calendar()
			sum += year + int(month) + day
		}
	})
	b.Run("time", func(b *testing.B) {
		t, sum := time.Date(2024, time.July, 5, 0, 0, 0, 0, time.UTC), 0
		for b.Loop() {
			year, month, day := t.Date()
			sum += year + int(month) + day
		}
	})
}

func BenchmarkParseWhen(b *testing.B) {
	for _, text := range []string{"2024-07-05", "2024-Q3", "FY2024-25", "2024-07-05/2024-08-01", "end-of-parliament", "Q3 2024"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = calendar.ParseWhen(text)
			}
		})
	}
}

func BenchmarkWhenString(b *testing.B) {
	for _, text := range []string{"2024-07-05", "FY2024-25-Q1", "end-of-parliament"} {
		w, buf := calendar.MustParseWhen(text), make([]byte, 0, 32)
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				buf, _ = w.AppendText(buf[:0])
			}
		})
	}
}

func BenchmarkCovers(b *testing.B) {
	p := calendar.Period{From: calendar.MustParseWhen("2024-Q3"), Until: calendar.MustParseWhen("2028")}
	d := calendar.On(2026, time.January, 1)
	for b.Loop() {
		if p.Covers(d) != calendar.Certainly {
			b.Fatal("not covered")
		}
	}
}

func BenchmarkWorking(b *testing.B) {
	uk := calendar.UK(calendar.EnglandAndWales)
	d, e := calendar.On(2024, time.July, 5), calendar.On(2029, time.August, 15)
	b.Run("IsWorking", func(b *testing.B) {
		for b.Loop() {
			uk.IsWorking(d)
		}
	})
	b.Run("Add250", func(b *testing.B) {
		for b.Loop() {
			uk.Add(d, 250)
		}
	})
	b.Run("BetweenFiveYears", func(b *testing.B) {
		for b.Loop() {
			uk.Between(d, e)
		}
	})
	b.Run("UK", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			calendar.UK(calendar.EnglandAndWales)
		}
	})
}
