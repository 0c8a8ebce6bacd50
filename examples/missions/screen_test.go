package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestScreenWhole writes a text in pieces that cut its characters and gets what the whole gives.
func TestScreenWhole(t *testing.T) {
	text := "Wärme für alle \u2013 \U0001F3E0\n" + strings.Join(hostile[:10], "\n")
	for size := 1; size < 7; size++ {
		var whole, pieces bytes.Buffer
		(&screen{w: &whole}).Write([]byte(text))
		s := &screen{w: &pieces}
		for rest := []byte(text); len(rest) > 0; rest = rest[min(size, len(rest)):] {
			s.Write(rest[:min(size, len(rest))])
		}
		if whole.String() != pieces.String() {
			t.Errorf("in pieces of %d bytes: %q", size, pieces.String())
		}
		if !strings.HasPrefix(whole.String(), "Wärme für alle \u2013 \U0001F3E0\n<script>") {
			t.Errorf("what can be seen stays: %q", whole.String())
		}
		seen(t, "screen", whole.String())
	}
}

// FuzzScreen writes any bytes: what comes out is text that can be seen.
func FuzzScreen(f *testing.F) {
	for _, text := range hostile[:10] {
		f.Add([]byte(text), []byte("\xe2\x80"))
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var out bytes.Buffer
		s := &screen{w: &out}
		for _, part := range [][]byte{a, b} {
			if n, err := s.Write(part); n != len(part) || err != nil {
				t.Fatal(n, err)
			}
		}
		if !utf8.Valid(out.Bytes()) {
			t.Fatalf("%q", out.String())
		}
		seen(t, "screen", out.String())
		seen(t, "JSON", escaped(out.String()))
	})
}
