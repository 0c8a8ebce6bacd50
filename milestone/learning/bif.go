package learning

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A BIFError is a fault in a network file, with its place.
type BIFError struct {
	Line   int // counted from 1
	Reason string
}

// Error names the line.
func (e *BIFError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// maxBIF is the length of the longest network file that is read, in bytes.
const maxBIF = 64 << 20

// ReadBIF reads a network in the Bayesian Interchange Format (version 0.15) that bnlearn, gRain and GeNIe exchange: blocks network,
// variable and probability, discrete variables, tables by rows in brackets, by the word table, or by default. Properties are passed over. It stops at
// the first fault of the text, a [*BIFError]; faults of the network itself are for [Network.Compile] to find. Files are read up to 64 MiB.
func ReadBIF(r io.Reader) (*Network, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBIF+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxBIF {
		return nil, &BIFError{Line: 1, Reason: "the file is longer than 64 MiB"}
	}
	b := &bifReader{text: string(data), line: 1, places: make(map[string]int)}
	b.next()
	for b.fault == nil && b.token != "" {
		switch b.token {
		case "network":
			b.next()
			b.network.Name = b.word("the name of the network")
			b.skipBlock()
		case "variable":
			b.next()
			b.variable()
		case "probability":
			b.next()
			b.probability()
		default:
			b.fail("expected network, variable or probability and found %q", b.token)
		}
	}
	if b.fault != nil {
		return nil, b.fault
	}
	return &b.network, nil
}

type bifReader struct {
	text    string
	at      int
	line    int
	token   string // "" at the end
	fault   *BIFError
	network Network
	places  map[string]int
}

func (b *bifReader) fail(format string, args ...any) {
	if b.fault == nil {
		b.fault = &BIFError{Line: b.line, Reason: fmt.Sprintf(format, args...)}
	}
	b.token = ""
}

const bifMarks = "{}()[]|,;"

// next moves to the next word or mark; comments are passed over.
func (b *bifReader) next() {
	for b.at < len(b.text) {
		c := b.text[b.at]
		switch {
		case c == '\n':
			b.line++
			b.at++
		case c == ' ' || c == '\t' || c == '\r':
			b.at++
		case strings.HasPrefix(b.text[b.at:], "//"):
			end := strings.IndexByte(b.text[b.at:], '\n')
			if end < 0 {
				end = len(b.text) - b.at
			}
			b.at += end
		case strings.HasPrefix(b.text[b.at:], "/*"):
			end := strings.Index(b.text[b.at+2:], "*/")
			if end < 0 {
				b.fail("a comment does not end")
				return
			}
			b.line += strings.Count(b.text[b.at:b.at+end+4], "\n")
			b.at += end + 4
		case c == '"':
			end := strings.IndexByte(b.text[b.at+1:], '"')
			if end < 0 {
				b.fail("a quotation mark has no other")
				return
			}
			b.token = b.text[b.at : b.at+end+2]
			b.line += strings.Count(b.token, "\n")
			b.at += end + 2
			return
		case strings.IndexByte(bifMarks, c) >= 0:
			b.token = b.text[b.at : b.at+1]
			b.at++
			return
		default:
			from := b.at
			for b.at < len(b.text) && strings.IndexByte(bifMarks+" \t\r\n\"", b.text[b.at]) < 0 {
				b.at++
			}
			b.token = b.text[from:b.at]
			return
		}
	}
	b.token = ""
}

func (b *bifReader) expect(mark string) {
	if b.token != mark {
		found := b.token
		if found == "" {
			found = "the end of the file"
		}
		b.fail("expected %q and found %q", mark, found)
		return
	}
	b.next()
}

// word reads a name, without its quotation marks.
func (b *bifReader) word(what string) string {
	if b.token == "" || len(b.token) == 1 && strings.Contains(bifMarks, b.token) {
		b.fail("expected %s and found %q", what, b.token)
		return ""
	}
	w := strings.Trim(b.token, `"`)
	b.next()
	return w
}

func (b *bifReader) number() float64 {
	x, err := strconv.ParseFloat(b.token, 64)
	if err != nil {
		b.fail("expected a number and found %q", b.token)
		return 0
	}
	b.next()
	return x
}

func (b *bifReader) skipBlock() {
	b.expect("{")
	for b.fault == nil && b.token != "}" {
		if b.token == "" {
			b.fail("a block does not end")
			return
		}
		b.next()
	}
	b.expect("}")
}

func (b *bifReader) skipStatement() {
	for b.fault == nil && b.token != ";" {
		if b.token == "" || b.token == "}" {
			b.fail("a statement does not end in a semicolon")
			return
		}
		b.next()
	}
	b.expect(";")
}

func (b *bifReader) variable() {
	v := Variable{Name: b.word("the name of a variable")}
	if _, twice := b.places[v.Name]; twice {
		b.fail("there are two variables %q", v.Name)
	}
	b.expect("{")
	for b.fault == nil && b.token != "}" {
		if b.token != "type" {
			b.skipStatement()
			continue
		}
		b.next()
		if b.token != "discrete" {
			b.fail("variable %q is %s: only discrete variables are read", v.Name, b.token)
			return
		}
		b.next()
		b.expect("[")
		count := b.number()
		b.expect("]")
		b.expect("{")
		for b.fault == nil && b.token != "}" {
			state := b.word("a state of " + v.Name)
			if slices.Contains(v.States, state) {
				b.fail("variable %q has two states %q", v.Name, state)
			}
			v.States = append(v.States, state)
			if b.token == "," {
				b.next()
			}
		}
		b.expect("}")
		b.expect(";")
		if float64(len(v.States)) != count {
			b.fail("variable %q is said to have %v states and names %d", v.Name, count, len(v.States))
		}
	}
	b.expect("}")
	b.places[v.Name] = len(b.network.Variables)
	b.network.Variables = append(b.network.Variables, v)
}

func (b *bifReader) probability() {
	b.expect("(")
	name := b.word("the name of a variable")
	place, ok := b.places[name]
	if !ok {
		b.fail("there is no variable %q above", name)
		return
	}
	v := &b.network.Variables[place]
	if v.Table != nil {
		b.fail("there are two tables for %q", name)
		return
	}
	rows := 1
	var parents []*Variable
	if b.token == "|" {
		b.next()
		for b.fault == nil && b.token != ")" {
			parent := b.word("a parent of " + name)
			at, known := b.places[parent]
			if !known {
				b.fail("there is no variable %q above", parent)
				return
			}
			parents = append(parents, &b.network.Variables[at])
			v.Parents = append(v.Parents, parent)
			rows *= max(1, len(parents[len(parents)-1].States))
			if rows*max(1, len(v.States)) > len(b.text) { // every number takes a byte at least, but for default rows
				b.fail("the table of %q would have more rows than the file has room for", name)
				return
			}
			if b.token == "," {
				b.next()
			}
		}
	}
	b.expect(")")
	b.expect("{")
	states := len(v.States)
	table := make([]float64, rows*states)
	given := make([]bool, rows)
	fallback := []float64(nil)
	for b.fault == nil && b.token != "}" {
		switch b.token {
		case "table":
			b.next()
			b.whole(table, given, states)
		case "default":
			b.next()
			fallback = make([]float64, states)
			b.row(fallback)
		case "(":
			b.next()
			at := 0
			for i, p := range parents {
				state := b.word("a state of " + p.Name)
				k := slices.Index(p.States, state)
				if k < 0 {
					b.fail("variable %q has no state %q", p.Name, state)
					return
				}
				at = at*len(p.States) + k
				if i < len(parents)-1 {
					b.expect(",")
				}
			}
			b.expect(")")
			if b.fault == nil && given[at] {
				b.fail("a row of the table of %q is given twice", name)
			}
			if b.fault == nil {
				given[at] = true
				b.row(table[at*states : (at+1)*states])
			}
		default:
			b.skipStatement()
		}
	}
	for at, there := range given {
		if !there && fallback != nil {
			copy(table[at*states:], fallback)
		} else if !there {
			b.fail("the table of %q lacks a row", name)
			break
		}
	}
	b.expect("}")
	v.Table = table
}

// row reads one row of numbers.
func (b *bifReader) row(dst []float64) {
	for i := range dst {
		dst[i] = b.number()
		if b.token == "," {
			b.next()
		}
	}
	b.expect(";")
}

// whole reads the numbers after the word table. For a variable with parents the format has the variable's own states change slowest.
func (b *bifReader) whole(table []float64, given []bool, states int) {
	rows := len(given)
	for s := range states {
		for at := range rows {
			table[at*states+s] = b.number()
			if b.token == "," {
				b.next()
			}
			if b.fault != nil {
				return
			}
			given[at] = true
		}
	}
	b.expect(";")
}
