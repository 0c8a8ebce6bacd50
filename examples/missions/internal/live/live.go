// Package live serves the page of a plan to the browser of whoever is writing the plan, and has it follow the file.
//
// It listens on the loopback address alone, answers only requests that name that address (so that a page from elsewhere
// cannot reach it under another name), takes nothing but GET, and refers to nothing outside itself.
//
// The browser gets a frame with the page in it and a short script, which waits for an event from the server and then loads
// the page again, where it was scrolled to. Without scripts, /page is the page alone.
package live

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Page is what a plan comes to at one moment: the page, or what is wrong with the plan.
type Page struct {
	HTML   []byte
	Faults []Fault
}

// Fault is one thing wrong with a plan.
type Fault struct {
	Line, Column int
	Where        string // the path and the record
	Message      string
	Source       string // the line of the file
}

// Plan makes pages of a file.
type Plan struct {
	// Name is what the file is called.
	Name string
	// Stamp tells one state of the file from another, without reading it.
	Stamp func() string
	// Make reads the file. An error stands for a file that cannot be read.
	Make func() (Page, error)
	// Changed is called after each change with what it came to. It may be nil.
	Changed func(Page, error)
	// Every is how often the file is looked at. Zero means 300 milliseconds.
	Every time.Duration
}

// Server serves one plan. Make one with New.
type Server struct {
	plan    Plan
	handler http.Handler

	mu      sync.Mutex
	version int
	page    Page
	good    []byte // the page as it last was without faults
	failed  error
	changed chan struct{} // closed at the next change
	hosts   map[string]bool
}

// New makes a Server and reads the plan for the first time.
func New(plan Plan) *Server {
	s := &Server{plan: plan, changed: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.frame)
	mux.HandleFunc("GET /page", s.current)
	mux.HandleFunc("GET /last", s.last)
	mux.HandleFunc("GET /changes", s.changes)
	s.handler = mux
	s.read()
	return s
}

// Current is the page as it now is.
func (s *Server) Current() (Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.page, s.failed
}

func (s *Server) read() {
	page, err := s.plan.Make()
	s.mu.Lock()
	s.version++
	s.page, s.failed = page, err
	if err == nil && len(page.Faults) == 0 {
		s.good = page.HTML
	}
	close(s.changed)
	s.changed = make(chan struct{})
	s.mu.Unlock()
}

// Run serves on a listener until the context ends, and follows the file. The listener has to be on a loopback address.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return err
	}
	s.hosts = map[string]bool{"127.0.0.1:" + port: true, "localhost:" + port: true}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.follow(ctx)
		server.Close()
	}()
	err = server.Serve(l)
	stop()
	<-done
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// follow looks at the file now and then, and reads it once it has changed and then stayed the same for one look: an editor
// may still be writing.
func (s *Server) follow(ctx context.Context) {
	every := s.plan.Every
	if every <= 0 {
		every = 300 * time.Millisecond
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	served := s.plan.Stamp()
	seen := served
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		stamp := s.plan.Stamp()
		if stamp == seen && stamp != served {
			served = stamp
			s.read()
			if s.plan.Changed != nil {
				s.plan.Changed(s.Current())
			}
		}
		seen = stamp
	}
}

// ServeHTTP answers a request that comes from this machine under its own name.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	if !s.hosts[r.Host] {
		http.Error(w, "this server answers to 127.0.0.1 and localhost alone", http.StatusForbidden)
		return
	}
	s.handler.ServeHTTP(w, r)
}

//go:embed follow.js
var script string

//go:embed live.html
var pages string

var templates = template.Must(template.New("live").Funcs(template.FuncMap{
	"script": func() template.JS { return template.JS(script) },
}).Parse(pages))

func (s *Server) render(w http.ResponseWriter, name string, data any, policy string) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	if err := templates.ExecuteTemplate(w, name, data); err != nil {
		http.Error(w, "the page cannot be made", http.StatusInternalServerError)
	}
}

const still = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"

func (s *Server) frame(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	version := s.version
	s.mu.Unlock()
	sum := sha256.Sum256([]byte(script))
	s.render(w, "frame", struct {
		Name    string
		Version int
	}{s.plan.Name, version}, "default-src 'none'; frame-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "+
		"script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
}

func (s *Server) current(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	page, failed, good := s.page, s.failed, s.good != nil
	s.mu.Unlock()
	if failed == nil && len(page.Faults) == 0 {
		show(w, page.HTML)
		return
	}
	data := struct {
		Name   string
		Faults []Fault
		Error  string
		Good   bool
	}{s.plan.Name, page.Faults, "", good}
	if failed != nil {
		data.Error = failed.Error()
	}
	s.render(w, "faults", data, still)
}

// last shows the page as it last was without faults.
func (s *Server) last(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	good := s.good
	s.mu.Unlock()
	if good == nil {
		http.NotFound(w, r)
		return
	}
	show(w, good)
}

// show writes a page that brings a content security policy of its own.
func show(w http.ResponseWriter, html []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "frame-ancestors 'self'")
	w.Write(html)
}

// changes sends an event with the number of the state for each change, beginning with the present one where it is not the
// one that the browser says it has.
func (s *Server) changes(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "no events here", http.StatusNotImplemented)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	has, _ := strconv.Atoi(r.URL.Query().Get("has"))
	if id, err := strconv.Atoi(r.Header.Get("Last-Event-ID")); err == nil {
		has = id
	}
	fmt.Fprint(w, "retry: 1000\n\n")
	flusher.Flush()
	for {
		s.mu.Lock()
		version, faults, changed := s.version, len(s.page.Faults), s.changed
		s.mu.Unlock()
		if version != has {
			fmt.Fprintf(w, "id: %d\ndata: %d\n\n", version, faults)
			flusher.Flush()
			has = version
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		}
	}
}
