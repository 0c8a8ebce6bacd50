package sheet_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/examples/missions/sheet"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// BenchmarkItaly writes and reads a plan of 1,136 milestones as tables, and its review as a workbook.
func BenchmarkItaly(b *testing.B) {
	spec := italy(b)
	files, err := sheet.Write(spec)
	require.NoError(b, err)
	m, err := mission.Compile(spec, mission.View{On: spec.AsOf})
	require.NoError(b, err)
	r, err := review.Run(m, review.Options{})
	require.NoError(b, err)
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			_, _ = sheet.Write(spec)
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			_, _, _ = sheet.Read(csvOf(files)...)
		}
	})
	b.Run("workbook", func(b *testing.B) {
		for b.Loop() {
			_, _ = sheet.Workbook(m, r)
		}
	})
}
