package popolo_test

import (
	"bytes"
	"io/fs"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/popolo"
)

func BenchmarkIfG(b *testing.B) {
	files := outside(b, "ifg-ministers")
	for b.Loop() {
		res, err := popolo.IfG(files, popolo.Options{})
		require.NoError(b, err)
		require.Len(b, res.Successions, 60)
	}
}

func BenchmarkRead(b *testing.B) {
	text, err := fs.ReadFile(outside(b, "popolo/everypolitician"), "estonia-ep-popolo-v1.0.json")
	require.NoError(b, err)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		res, err := popolo.Read(bytes.NewReader(text), popolo.Options{})
		require.NoError(b, err)
		require.Len(b, res.Holdings, 299)
	}
}
