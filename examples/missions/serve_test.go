package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// served is a server that runs for a test, and a stream of its events.
type served struct {
	t      *testing.T
	url    string
	plan   string
	events *bufio.Reader
}

func serving(t *testing.T, text string, flags ...string) *served {
	t.Helper()
	s := &served{t: t, plan: filepath.Join(t.TempDir(), "plan.yaml")}
	require.NoError(t, os.WriteFile(s.plan, []byte(text), 0o644))
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	out, in := io.Pipe()
	done := make(chan int)
	go func() {
		status := run(ctx, append([]string{"serve", s.plan}, flags...), strings.NewReader(""), in, io.Discard)
		in.Close()
		done <- status
	}()
	t.Cleanup(func() {
		stop()
		assert.Equal(t, 0, <-done, "stopping it is no failure")
	})
	lines := bufio.NewReader(out)
	said, err := lines.ReadString(')')
	require.NoError(t, err)
	go io.Copy(io.Discard, lines)
	s.url = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(strings.Join(strings.Fields(said), " "))
	require.NotEmpty(t, s.url, said)
	response, err := http.Get(s.url + "/changes")
	require.NoError(t, err)
	t.Cleanup(func() { response.Body.Close() })
	assert.Equal(t, "text/event-stream", response.Header.Get("Content-Type"))
	s.events = bufio.NewReader(response.Body)
	return s
}

// next waits for an event and returns what it says: the number of faults.
func (s *served) next() string {
	s.t.Helper()
	for {
		line, err := s.events.ReadString('\n')
		require.NoError(s.t, err)
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			return strings.TrimSpace(data)
		}
	}
}

func (s *served) get(path string) (string, http.Header) {
	s.t.Helper()
	response, err := http.Get(s.url + path)
	require.NoError(s.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(s.t, err)
	return string(body), response.Header
}

// save writes the file as some editors do: beside it, then in its place.
func (s *served) save(text string) {
	s.t.Helper()
	require.NoError(s.t, os.WriteFile(s.plan+"~", []byte(text), 0o644))
	require.NoError(s.t, os.Rename(s.plan+"~", s.plan))
}

const (
	soundPlan  = "format: missionled/1\ntitle: A plan that is served\nas_of: 2026-01-01\nmissions: [{id: m, name: Warm homes}]\n"
	faultyPlan = "format: missionled/1\ntitle: \"A plan </pre><script>alert(1)</script>\"\nas_of: 2026-02-30 # \u202e\nmissions: [{id: m, nam: Warm homes}]\n"
)

// TestServe edits a plan while it is served: the page follows, faults are shown with their lines, and the page comes back.
func TestServe(t *testing.T) {
	s := serving(t, soundPlan)
	assert.Equal(t, "0", s.next(), "the state at the start")
	frame, header := s.get("/")
	assert.Contains(t, frame, `<iframe src="/page"`)
	assert.Contains(t, frame, "new EventSource")
	assert.Contains(t, header.Get("Content-Security-Policy"), "default-src 'none'")
	page, _ := s.get("/page")
	assert.Contains(t, page, "A plan that is served")
	assert.NotContains(t, page, "<script")

	s.save(faultyPlan)
	assert.Equal(t, "3", s.next())
	faults, header := s.get("/page")
	assert.Contains(t, header.Get("Content-Security-Policy"), "default-src 'none'")
	assert.Contains(t, faults, "<h1>3 faults in plan.yaml</h1>")
	assert.Contains(t, faults, "<strong>Line 3, column 8</strong>: as_of")
	assert.Contains(t, faults, "<strong>Line 4, column 20</strong>: missions[0].nam (mission/m)")
	assert.Contains(t, faults, "<pre>missions: [{id: m, nam: Warm homes}]</pre>", "the line of the file")
	assert.NotContains(t, faults, "<script", "nothing in a plan becomes markup")
	assert.NotContains(t, faults, "\u202e", "or turns text around")
	last, _ := s.get("/last")
	assert.Equal(t, page, last, "the page as it last was")

	s.save(strings.Replace(soundPlan, "that is served", "that was mended", 1))
	assert.Equal(t, "0", s.next())
	page, _ = s.get("/page")
	assert.Contains(t, page, "A plan that was mended")

	require.NoError(t, os.Remove(s.plan))
	s.next()
	gone, _ := s.get("/page")
	assert.Contains(t, gone, "plan.yaml cannot be read")
}

// TestServeAlone holds the server to this machine, under its own names, and to reading.
func TestServeAlone(t *testing.T) {
	s := serving(t, faultyPlan)
	request := func(method, host, path string) int {
		r, err := http.NewRequest(method, s.url+path, nil)
		require.NoError(t, err)
		if host != "" {
			r.Host = host
		}
		response, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		response.Body.Close()
		return response.StatusCode
	}
	port := s.url[strings.LastIndexByte(s.url, ':'):]
	cases := []struct {
		method, host, path string
		want               int
	}{
		{"GET", "", "/", 200},
		{"GET", "localhost" + port, "/page", 200},
		{"GET", "evil.example" + port, "/page", 403},
		{"GET", "127.0.0.1", "/page", 403},
		{"POST", "", "/", 405},
		{"GET", "", "/last", 404},
		{"GET", "", "/../../etc/passwd", 404},
		{"GET", "", "/plan.yaml", 404},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, request(c.method, c.host, c.path), "%s %s %s", c.method, c.host, c.path)
	}
	host, _, err := net.SplitHostPort(strings.TrimPrefix(s.url, "http://"))
	require.NoError(t, err)
	assert.True(t, net.ParseIP(host).IsLoopback())
}

func TestServeKeepsTheView(t *testing.T) {
	s := serving(t, soundPlan, "--public", "--without", "hearsay", "--on", "2030-01-01", "--threshold", "F38.days=5")
	page, _ := s.get("/page")
	assert.Contains(t, page, "1 January 2030")
	_, errs, status := ask(t, "", "serve", s.plan, "--on", "tomorrow")
	assert.Equal(t, 2, status)
	assert.Contains(t, errs, "--on")
}
