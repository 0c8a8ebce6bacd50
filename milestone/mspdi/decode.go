package mspdi

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// An element is what is kept of an XML element: its name, its place, its text and those of its children that are wanted.
type element struct {
	name  string
	path  string
	line  int
	text  string
	parts []element
}

// get returns the first child of a name, or nil.
func (e *element) get(name string) *element {
	for i := range e.parts {
		if e.parts[i].name == name {
			return &e.parts[i]
		}
	}
	return nil
}

// wanted are the names of elements that are read below a Calendar, a Task, a Resource or an Assignment. Others are skipped with all in them.
var wanted = func() map[string]bool {
	m := make(map[string]bool)
	for name := range strings.FieldsSeq(`
		UID ID Name Active Manual Type IsNull WBS OutlineLevel Start Finish Duration ManualStart ManualFinish ManualDuration DurationFormat
		Stop Resume Milestone Summary Critical IsSubproject ExternalTask EarlyStart EarlyFinish LateStart LateFinish FreeSlack TotalSlack
		StartSlack FinishSlack PercentComplete ActualStart ActualFinish RemainingDuration ConstraintType CalendarUID ConstraintDate Deadline
		LevelingDelay LevelingDelayFormat IgnoreResourceCalendar PredecessorLink PredecessorUID CrossProject LinkLag LagFormat
		ExtendedAttribute FieldID Value IsBaseCalendar BaseCalendarUID WeekDays WeekDay DayType DayWorking TimePeriod FromDate ToDate WorkingTimes
		WorkingTime FromTime ToTime Exceptions Exception EnteredByOccurrences Occurrences Period DaysOfWeek MonthItem MonthPosition Month
		MonthDay WorkWeeks WorkWeek TaskUID ResourceUID`) {
		m[name] = true
	}
	return m
}()

// ofProject are the leaves of the Project element that are read.
var ofProject = []string{"SaveVersion", "Name", "Title", "ScheduleFromStart", "StartDate", "FinishDate", "StatusDate", "CalendarUID", "MinutesPerDay",
	"CriticalSlackLimit", "HonorConstraints", "WeekStartDay"}

var errTooLong = errors.New("too long")

// bounded reads at most left bytes and then fails.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		var one [1]byte
		if n, err := io.ReadFull(b.r, one[:]); n == 0 {
			if errors.Is(err, io.ErrUnexpectedEOF) {
				err = io.EOF
			}
			return 0, err
		}
		return 0, errTooLong
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

// text returns the file as UTF-8 where a mark at its begin says that it is UTF-16.
func text(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	mark, _ := b.Peek(2)
	switch {
	case bytes.Equal(mark, []byte{0xff, 0xfe}):
		_, _ = b.Discard(2)
		return &wide{r: b, low: 0}
	case bytes.Equal(mark, []byte{0xfe, 0xff}):
		_, _ = b.Discard(2)
		return &wide{r: b, low: 1}
	}
	return b
}

// wide turns UTF-16 into UTF-8. A lone half becomes U+FFFD.
type wide struct {
	r    *bufio.Reader
	low  int // the position of the low byte in a unit
	out  []byte
	next rune // a unit read ahead, or -1
	has  bool
}

func (w *wide) unit() (rune, error) {
	if w.has {
		w.has = false
		return w.next, nil
	}
	var two [2]byte
	if _, err := io.ReadFull(w.r, two[:]); err != nil {
		return 0, err
	}
	return rune(two[w.low]) | rune(two[1-w.low])<<8, nil
}

func (w *wide) Read(p []byte) (int, error) {
	for len(w.out) < len(p) && len(w.out) < 4096 {
		u, err := w.unit()
		if err != nil {
			if len(w.out) > 0 {
				break
			}
			return 0, err
		}
		if utf16.IsSurrogate(u) {
			v, err := w.unit()
			if both := utf16.DecodeRune(u, v); err == nil && both != utf8.RuneError {
				u = both
			} else {
				w.next, w.has = v, err == nil
				u = utf8.RuneError
			}
		}
		w.out = utf8.AppendRune(w.out, u)
	}
	n := copy(p, w.out)
	w.out = w.out[:copy(w.out, w.out[n:])]
	return n, nil
}

// charset turns the encodings that project files are found in into UTF-8.
func charset(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be":
		return r, nil // what was UTF-16 has been turned already
	case "windows-1252", "cp1252", "iso-8859-1", "latin1":
		return &narrow{r: bufio.NewReader(r)}, nil
	}
	return nil, &ValueError{Text: label, Accepted: "utf-8, utf-16, windows-1252 or iso-8859-1 as the encoding"}
}

// high are the characters of Windows-1252 from 0x80 to 0x9f.
var high = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

type narrow struct {
	r   *bufio.Reader
	out []byte
}

func (n *narrow) Read(p []byte) (int, error) {
	for len(n.out) < len(p) && len(n.out) < 4096 {
		c, err := n.r.ReadByte()
		if err != nil {
			if len(n.out) > 0 {
				break
			}
			return 0, err
		}
		u := rune(c)
		if c >= 0x80 && c < 0xa0 {
			u = high[c-0x80]
		}
		n.out = utf8.AppendRune(n.out, u)
	}
	m := copy(p, n.out)
	n.out = n.out[:copy(n.out, n.out[m:])]
	return m, nil
}

// decode reads the file into in.raw. It keeps a task at a time, and of that only what is wanted.
func (in *reader) decode(r io.Reader) {
	in.xml = xml.NewDecoder(text(&bounded{r: r, left: in.limits.Bytes}))
	in.xml.CharsetReader = charset
	root, ok := in.child("")
	if !ok {
		if len(in.faults) == 0 {
			in.fault(1, "", "", ErrNotProject)
		}
		return
	}
	if root.Name.Local != "Project" || root.Name.Space != "" && !strings.HasPrefix(root.Name.Space, "http://schemas.microsoft.com/project") {
		in.fault(in.line(), root.Name.Local, "", ErrNotProject)
		return
	}
	in.raw.project = element{name: "Project", path: "Project", line: in.line()}
	for {
		start, ok := in.child("Project")
		if !ok {
			break
		}
		path := "Project/" + start.Name.Local
		switch name := start.Name.Local; name {
		case "Calendars":
			in.list(path, "Calendar", in.calendar)
		case "Tasks":
			in.list(path, "Task", in.task)
		case "Resources":
			in.list(path, "Resource", in.resource)
		case "Assignments":
			in.list(path, "Assignment", in.assignment)
		default:
			e := in.tree(name, path)
			for _, w := range ofProject {
				if w == name {
					in.raw.project.parts = append(in.raw.project.parts, e)
				}
			}
		}
		if in.stop {
			return
		}
	}
	if !in.stop && in.open > 0 {
		in.syntax(io.ErrUnexpectedEOF)
	}
}

func (in *reader) line() int {
	line, _ := in.xml.InputPos()
	return line
}

func (in *reader) syntax(err error) {
	in.stop = true
	if errors.Is(err, errTooLong) {
		in.fault(in.line(), "", "", &LimitError{"bytes", in.limits.Bytes})
		return
	}
	in.fault(in.line(), "", "", err)
}

// child returns the next element that begins before the one that is open ends.
func (in *reader) child(path string) (xml.StartElement, bool) {
	for !in.stop {
		t, err := in.xml.Token()
		switch {
		case err == io.EOF && in.open == 0:
			return xml.StartElement{}, false
		case err != nil:
			in.syntax(err)
			return xml.StartElement{}, false
		}
		switch t := t.(type) {
		case xml.StartElement:
			in.open++
			return t, true
		case xml.EndElement:
			in.open--
			return xml.StartElement{}, false
		}
	}
	return xml.StartElement{}, false
}

// list hands each child of the open element that has the name to f, and skips the others.
func (in *reader) list(path, name string, f func(element)) {
	for i := 0; ; {
		start, ok := in.child(path)
		if !ok {
			return
		}
		if start.Name.Local != name {
			in.tree("", path)
			continue
		}
		e := in.tree(name, path+"/"+name+"["+strconv.Itoa(i)+"]")
		if in.stop {
			return
		}
		if i++; i > in.limits.Tasks {
			in.fault(e.line, path, "", &LimitError{"elements " + name, int64(in.limits.Tasks)})
			in.stop = true
			return
		}
		f(e)
	}
}

// tree reads the open element to its end. With an empty name it keeps nothing.
func (in *reader) tree(name, path string) element {
	root := element{name: name, path: path, line: in.line()}
	stack := []*element{&root}
	skipped := 0 // how many elements that are not wanted are open
	if name == "" {
		skipped = 1
	}
	var count map[string]int
	for len(stack) > 0 {
		t, err := in.xml.Token()
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			in.syntax(err)
			return root
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if in.open++; in.open > in.limits.Depth {
				in.fault(in.line(), top.path, "", &LimitError{"elements in one another", int64(in.limits.Depth)})
				in.stop = true
				return root
			}
			if skipped > 0 || !wanted[t.Name.Local] {
				skipped++
				continue
			}
			at := top.path + "/" + t.Name.Local
			if repeats(t.Name.Local) {
				if count == nil {
					count = make(map[string]int)
				}
				n := count[at]
				count[at]++
				at += "[" + strconv.Itoa(n) + "]"
			}
			top.parts = append(top.parts, element{name: t.Name.Local, path: at, line: in.line()})
			stack = append(stack, &top.parts[len(top.parts)-1])
		case xml.EndElement:
			in.open--
			if skipped > 0 {
				if skipped--; skipped > 0 || name != "" {
					continue
				}
			}
			if top.text = strings.TrimSpace(top.text); len(top.parts) > 0 {
				top.text = ""
			}
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if skipped == 0 {
				top.text += string(t)
			}
		}
	}
	return root
}

func repeats(name string) bool {
	switch name {
	case "WeekDay", "WorkingTime", "Exception", "WorkWeek", "PredecessorLink", "ExtendedAttribute":
		return true
	}
	return false
}
