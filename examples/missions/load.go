package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/examples/missions/internal/planfile"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

// maxBytes is the longest plan that is read.
const maxBytes = 64 << 20

// large is the length from which on reading a plan shows its progress.
const large = 1 << 20

// read reads a file, or standard input for "-".
func (p *program) read(name string) ([]byte, error) {
	var in io.Reader = p.in
	var length int64 = -1
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		info, err := f.Stat()
		if err == nil && info.IsDir() {
			err = fmt.Errorf("%s is a folder: name a file in it", name)
		}
		if err != nil {
			return nil, err
		}
		in, length = f, info.Size()
	}
	in = io.LimitReader(in, maxBytes+1)
	if length > large {
		bar := p.progress(length, "reading "+visible(filepath.Base(name)))
		defer bar.done()
		in = io.TeeReader(in, bar)
	}
	data, err := io.ReadAll(in)
	if err == nil && len(data) > maxBytes {
		err = fmt.Errorf("%s is longer than 64 MiB, which is the most that is read: split the plan", shown(name))
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// shown is what a file is called in messages.
func shown(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

// spec reads a plan and checks it whole. Where it has faults it prints them and returns errFaults.
func (p *program) spec(name string) (mission.Spec, error) {
	data, err := p.read(name)
	if err != nil {
		return mission.Spec{}, err
	}
	spec, err := planfile.Unmarshal(data, planfile.FormatOf(name, data))
	if err == nil {
		return spec, nil
	}
	faults, err := faultsOf(name, err)
	if err != nil {
		return spec, err
	}
	if p.json {
		if err := p.answer(checked{Plan: shown(name), Faults: faults}); err != nil {
			return spec, err
		}
		return spec, errFaults
	}
	p.complain(p.err, name, faults)
	return spec, errFaults
}

// fault is one thing wrong with a plan, as programs read it.
type fault struct {
	Line    int        `json:"line"`
	Column  int        `json:"column"`
	Path    string     `json:"path,omitempty"`
	Record  record.Ref `json:"record,omitzero"`
	Message string     `json:"message"`
}

func faultsOf(name string, err error) ([]fault, error) {
	all, ok := errors.AsType[*document.Error](err)
	if !ok {
		return nil, fmt.Errorf("%s: %w", shown(name), err)
	}
	faults := make([]fault, len(all.Faults))
	for i, f := range all.Faults {
		faults[i] = fault{Line: f.Line, Column: f.Column, Path: f.Path, Record: f.Ref, Message: message(f)}
	}
	return faults, nil
}

// message is what is wrong, without the name of the package that says so.
func message(f *document.Fault) string { return strings.TrimPrefix(f.Err.Error(), "calendar: ") }

// complain writes faults as compilers do, so that editors find their places.
func (p *program) complain(w io.Writer, name string, faults []fault) {
	for _, f := range faults {
		p.say(w, fmt.Sprintf("%s:%d:%d: ", name, f.Line, f.Column), "    ", f.text())
	}
	p.say(w, "", "", fmt.Sprintf("%s in %s", count(len(faults), "fault"), shown(name)))
}

func (f *fault) text() string {
	text := f.Message
	switch {
	case f.Path != "" && !f.Record.IsZero():
		text = f.Path + " (" + f.Record.String() + "): " + text
	case f.Path != "":
		text = f.Path + ": " + text
	}
	return text
}

// view is what the flags ask for, of a plan that speaks of a day.
func (p *program) view(asOf calendar.Date) (mission.View, error) {
	v := mission.View{On: asOf}
	var errs []error
	if p.on != "" {
		on, err := calendar.ParseDate(p.on)
		if err != nil {
			errs = append(errs, fmt.Errorf("--on: %s", strings.TrimPrefix(err.Error(), "calendar: ")))
		}
		v.On = on
	}
	if p.known != "" {
		known, err := instant(p.known)
		if err != nil {
			errs = append(errs, err)
		}
		v.Known = known
	}
	for _, word := range p.without {
		var g record.Grade
		if err := g.UnmarshalText([]byte(strings.TrimSpace(word))); err != nil {
			errs = append(errs, fmt.Errorf("--without: %w", err))
		}
		v.Without = append(v.Without, g)
	}
	if p.public {
		v.Audience = record.Public
	}
	return v, errors.Join(errs...)
}

// instant reads an instant, or a day, which stands for its end in UTC.
func instant(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t, nil
	}
	day, err := calendar.ParseDate(s)
	if err != nil {
		return time.Time{}, fmt.Errorf("--known: %q is neither a day such as 2026-11-21 nor an instant such as 2026-11-21T12:00:00Z", s)
	}
	return day.In(time.UTC).Add(24*time.Hour - time.Microsecond), nil
}

// options are the thresholds that the flags set.
func (p *program) options() (review.Options, error) {
	o := review.Options{Thresholds: make(map[string]float64)}
	for _, t := range p.thresholds {
		name, text, _ := strings.Cut(t, "=")
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return o, fmt.Errorf("--threshold: %q is no setting: write a name and a number, as in F38.days=200", t)
		}
		o.Thresholds[name] = value
	}
	return o, nil
}

// model reads and compiles a plan as the flags ask.
func (p *program) model(name string) (*mission.Model, error) {
	spec, err := p.spec(name)
	if err != nil {
		return nil, err
	}
	view, err := p.view(spec.AsOf)
	if err != nil {
		return nil, err
	}
	if view.On.IsZero() {
		p.say(p.err, "note: ", "  ", "no day to look from: the plan states no as_of, and --on is not given. What needs a day cannot be told.")
	}
	if p.public {
		out, err := mission.Publish(spec, view)
		if err != nil {
			return nil, err
		}
		p.copy = out
		return out.Model()
	}
	return mission.Compile(spec, view)
}

// reviewed is model with its review.
func (p *program) reviewed(name string) (*mission.Model, *review.Review, error) {
	o, err := p.options()
	if err != nil {
		return nil, nil, err
	}
	m, err := p.model(name)
	if err != nil {
		return nil, nil, err
	}
	r, err := review.Run(m, o)
	return m, r, err
}

// viewed is a plan with what the view leaves out left out of it; without such flags, as it stands. Of a copy for the public,
// it says on standard error what was withheld and what somebody should read before it goes out.
func (p *program) viewed(name string) (mission.Spec, error) {
	if len(p.without) == 0 && !p.public {
		return p.spec(name)
	}
	m, err := p.model(name)
	if err != nil {
		return mission.Spec{}, err
	}
	if p.copy != nil {
		p.tellWithheld()
	}
	return m.Spec(), nil
}

// tellWithheld lists what is not in the copy for the public. It is for those who publish.
func (p *program) tellWithheld() {
	for _, w := range p.copy.Withheld {
		p.say(p.err, "withheld: ", "  ", strings.TrimSpace(w.Ref.String()+" "+w.Field)+": "+w.Why)
	}
	for _, l := range p.copy.Look {
		p.say(p.err, "read before it goes out: ", "  ", l.Ref.String()+" "+l.Field+" holds a part of a person's name")
	}
	if len(p.copy.Withheld)+len(p.copy.Look) == 0 {
		p.say(p.err, "", "  ", "Nothing was withheld.")
	}
}
