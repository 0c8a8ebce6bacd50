package forecast

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"unicode/utf8"

	"github.com/missionled/missionled/accountability/record"
)

// The binary form of a Summary is the magic, then its members in their order as varints (signed ones in zigzag), texts behind their length, and
// the first 8 bytes of the SHA-256 of all that. A Summary has one form only: what does not encode to the same bytes is refused.
const magic = "missionled forecast summary 1\n"

// A FormatError says that bytes are no [Summary].
type FormatError struct {
	Reason string
}

// Error gives the reason.
func (e *FormatError) Error() string { return "forecast: these bytes are no summary: " + e.Reason }

// Reasons why bytes are no summary.
const (
	reasonMagic   = "they do not begin as a summary of this version does"
	reasonSum     = "their check sum is wrong: some are lost or changed"
	reasonShort   = "they end early"
	reasonCounts  = "their counts contradict one another"
	reasonForm    = "they are not written as a summary writes itself"
	reasonNumbers = "a number is out of its range"
	reasonNames   = "a name in them is none"
)

type writer struct{ b []byte }

func (w *writer) uint(x uint64) { w.b = binary.AppendUvarint(w.b, x) }
func (w *writer) int(x int64)   { w.b = binary.AppendVarint(w.b, x) }
func (w *writer) text(s string) {
	w.uint(uint64(len(s)))
	w.b = append(w.b, s...)
}

// wide writes 128 bits in zigzag, seven at a time.
func (w *writer) wide(x wide) {
	sign := uint64(x.hi >> 63)
	hi, lo := uint64(x.hi)<<1|x.lo>>63, x.lo<<1
	hi, lo = hi^sign, lo^sign
	for hi != 0 || lo >= 0x80 {
		w.b = append(w.b, byte(lo)|0x80)
		lo = lo>>7 | hi<<57
		hi >>= 7
	}
	w.b = append(w.b, byte(lo))
}

func (w *writer) counts(list []int64) {
	for _, n := range list {
		w.uint(uint64(n))
	}
}

// MarshalBinary writes the summary; the error is always nil. Equal summaries have equal bytes.
func (s *Summary) MarshalBinary() ([]byte, error) {
	w := writer{b: []byte(magic)}
	w.b = append(w.b, s.plan[:]...)
	w.b = append(w.b, s.spec[:]...)
	w.uint(s.seed)
	w.uint(uint64(len(s.ranges)))
	for _, r := range s.ranges {
		w.uint(r.From)
		w.uint(r.Until)
	}
	items := 0
	if len(s.crit) > 0 {
		items = len(s.crit[0])
	}
	for _, n := range []int{s.targets, len(s.watches), len(s.joint), len(s.sums), items, len(s.plus)} {
		w.uint(uint64(n))
	}
	for i := range s.watches {
		c := &s.watches[i]
		w.text(string(c.ref.Kind))
		w.text(string(c.ref.ID))
		for _, x := range []int32{c.bin, c.least, c.zero, c.met} {
			w.int(int64(x))
		}
		w.uint(uint64(rising(c.gauged)))
		w.text(c.gauge)
		w.counts([]int64{c.inDue, c.ind, c.both})
		w.wide(c.t)
		w.wide(c.tt)
		filled := 0
		for _, n := range c.hist {
			if n != 0 {
				filled++
			}
		}
		w.uint(uint64(filled))
		gap := c.first
		for _, n := range c.hist {
			if n != 0 {
				w.uint(uint64(gap))
				w.uint(uint64(n))
				gap = 0
			} else {
				gap++
			}
		}
	}
	for _, i := range s.joint {
		w.uint(uint64(i))
	}
	w.counts(s.sets)
	for i := range s.sums {
		w.wide(s.sums[i].x)
		w.wide(s.sums[i].xx)
		for j := range s.with {
			w.wide(s.with[j][i])
		}
	}
	for _, lists := range [][][]int64{s.crit, s.plus, s.minus} {
		for _, list := range lists {
			w.counts(list)
		}
	}
	sum := sha256.Sum256(w.b)
	return append(w.b, sum[:8]...), nil
}

type reader struct {
	b   []byte
	err string
}

func (r *reader) fail(reason string) {
	if r.err == "" {
		r.err, r.b = reason, nil
	}
}

func (r *reader) uint() uint64 {
	x, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail(reasonShort)
		return 0
	}
	r.b = r.b[n:]
	return x
}

func (r *reader) int32() int32 {
	x, n := binary.Varint(r.b)
	if n <= 0 || int64(int32(x)) != x {
		r.fail(reasonNumbers)
		return 0
	}
	r.b = r.b[n:]
	return int32(x)
}

// count reads a number of things that take at least a byte each.
func (r *reader) count() int {
	x := r.uint()
	if x > uint64(len(r.b)) {
		r.fail(reasonShort)
		return 0
	}
	return int(x)
}

func (r *reader) text() string {
	n := r.count()
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

func (r *reader) wide() wide {
	var hi, lo uint64
	for shift := uint(0); ; shift += 7 {
		if len(r.b) == 0 || shift > 126 {
			r.fail(reasonNumbers)
			return wide{}
		}
		c := uint64(r.b[0])
		r.b = r.b[1:]
		x := c & 0x7f
		lo |= x << shift
		if shift >= 64 {
			hi |= x << (shift - 64)
		} else if shift > 57 {
			hi |= x >> (64 - shift)
		}
		if c < 0x80 {
			break
		}
	}
	sign := -(lo & 1)
	lo, hi = lo>>1|hi<<63, hi>>1
	return wide{int64(hi ^ sign), lo ^ sign}
}

// amounts reads n counts, none above most.
func (r *reader) amounts(n int, most uint64) []int64 {
	if n > len(r.b) {
		r.fail(reasonShort)
		return nil
	}
	list := make([]int64, n)
	for i := range list {
		x := r.uint()
		if x > most {
			r.fail(reasonCounts)
			return nil
		}
		list[i] = int64(x)
	}
	return list
}

// UnmarshalBinary reads what [Summary.MarshalBinary] wrote. The error is a [*FormatError]; the summary is then as it was. Memory is in
// proportion to the bytes, but for histograms: a bin of one byte may stand at most 16 million bins from the next, so 128 MB for each thing watched.
func (s *Summary) UnmarshalBinary(data []byte) error {
	if !bytes.HasPrefix(data, []byte(magic)) || len(data) < len(magic)+64+8 {
		return &FormatError{reasonMagic}
	}
	body := data[:len(data)-8]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:8], data[len(body):]) {
		return &FormatError{reasonSum}
	}
	r := reader{b: body[len(magic):]}
	var x Summary
	r.b = r.b[copy(x.plan[:], r.b):]
	r.b = r.b[copy(x.spec[:], r.b):]
	x.seed = r.uint()
	for range r.count() {
		x.ranges = append(x.ranges, Interval{r.uint(), r.uint()})
	}
	x.read(&r)
	if r.err == "" && len(r.b) > 0 {
		r.fail(reasonForm)
	}
	if r.err == "" {
		r.err = x.contradiction()
	}
	if r.err != "" {
		return &FormatError{r.err}
	}
	if again, _ := x.MarshalBinary(); !bytes.Equal(again, data) {
		return &FormatError{reasonForm}
	}
	*s = x
	return nil
}

func (s *Summary) read(r *reader) {
	most := uint64(1 << 53)
	if n := s.Trials(); n < most {
		most = n
	}
	targets, watches, joint, samples, items, extra := r.count(), r.count(), r.count(), r.count(), r.count(), r.count()
	if targets > watches || joint > 12 || extra != 0 && extra != targets || targets > 0 && samples > len(r.b)/targets {
		r.fail(reasonCounts)
		return
	}
	s.targets = targets
	for range watches {
		if r.err != "" {
			return
		}
		s.watches = append(s.watches, r.watch(most))
	}
	for range joint {
		i := r.count()
		if i >= watches {
			r.fail(reasonCounts)
		}
		s.joint = append(s.joint, i)
	}
	if joint > 0 {
		s.sets = r.amounts(1<<joint, most)
	}
	for range targets {
		s.with = append(s.with, make([]wide, samples))
	}
	s.sums = make([]sums, samples)
	for i := range samples {
		s.sums[i] = sums{r.wide(), r.wide()}
		for j := range targets {
			s.with[j][i] = r.wide()
		}
		if r.err != "" {
			return
		}
	}
	for range targets {
		s.crit = append(s.crit, r.amounts(items, most))
	}
	for range extra {
		s.plus = append(s.plus, r.amounts(items, most))
	}
	for range extra {
		s.minus = append(s.minus, r.amounts(items, most))
	}
}

func (r *reader) watch(most uint64) counted {
	c := counted{ref: record.Ref{Kind: record.Kind(r.text()), ID: record.ID(r.text())}}
	if again, err := record.ParseRef(c.ref.String()); c.ref != End && (err != nil || again != c.ref) {
		r.fail(reasonNames)
	}
	c.bin, c.least, c.zero, c.met = r.int32(), r.int32(), r.int32(), r.int32()
	c.gauged = r.uint() == 1
	if c.gauge = r.text(); !utf8.ValidString(c.gauge) {
		r.fail(reasonNames)
	}
	if list := r.amounts(3, most); len(list) == 3 {
		c.inDue, c.ind, c.both = list[0], list[1], list[2]
	}
	c.t, c.tt = r.wide(), r.wide()
	at := uint64(0)
	for i := range r.count() {
		gap, n := r.uint(), r.uint()
		if gap > tooLong || n == 0 || n > most {
			r.fail(reasonCounts)
			return c
		}
		if i == 0 {
			c.first = int(gap)
			c.hist = append(c.hist, int64(n))
			continue
		}
		if at += gap + 1; at > 1<<24 {
			r.fail(reasonCounts)
			return c
		}
		c.hist = append(c.hist, make([]int64, gap)...)
		c.hist = append(c.hist, int64(n))
	}
	return c
}

// contradiction says what cannot be true of a summary, or "".
func (s *Summary) contradiction() string {
	for i, r := range s.ranges {
		if r.From >= r.Until || r.Until > 1<<53 || i > 0 && r.From <= s.ranges[i-1].Until {
			return reasonCounts
		}
	}
	trials := int64(s.Trials())
	for i := range s.watches {
		c := &s.watches[i]
		sum := int64(0)
		for _, n := range c.hist {
			if sum += n; sum > trials {
				return reasonCounts
			}
		}
		if sum != trials || c.bin < 1 || c.both > min(c.inDue, c.ind) || !c.gauged && (c.gauge != "" || c.ind != 0) {
			return reasonCounts
		}
	}
	sum := int64(0)
	for _, n := range s.sets {
		if sum += n; sum > trials {
			return reasonCounts
		}
	}
	if len(s.sets) > 0 && sum != trials || trials == 0 {
		return reasonCounts
	}
	return ""
}

// jsonSummary is a Summary as JSON shows it. Sums of products are decimal strings, since they may have 39 digits.
type jsonSummary struct {
	Format  string      `json:"format"`
	Plan    string      `json:"plan"`
	Spec    string      `json:"uncertainty"`
	Seed    string      `json:"seed"`
	Trials  []Interval  `json:"trials"`
	Targets int         `json:"targets"`
	Watches []jsonWatch `json:"watched"`
	Joint   []int       `json:"joint,omitempty"`
	Sets    []int64     `json:"met_together,omitempty"`
	Sums    [][]string  `json:"sums"`
	Crit    [][]int64   `json:"critical,omitempty"`
	Plus    [][]int64   `json:"delays,omitempty"`
	Minus   [][]int64   `json:"hastens,omitempty"`
}

type jsonWatch struct {
	Ref   record.Ref `json:"ref,omitzero"`
	Bin   int32      `json:"bin_minutes"`
	Least int32      `json:"origin"`
	Zero  int32      `json:"planned"`
	Due   int32      `json:"due"`
	Gauge *string    `json:"gauge,omitempty"`
	Met   int64      `json:"met"`
	Ind   int64      `json:"indicator_met,omitempty"`
	Both  int64      `json:"both_met,omitempty"`
	T     string     `json:"sum"`
	TT    string     `json:"sum_of_squares"`
	First int        `json:"first_bin"`
	Hist  []int64    `json:"bins"`
}

// MarshalJSON writes the summary as an object; the error is always nil. Equal summaries have equal bytes.
func (s *Summary) MarshalJSON() ([]byte, error) {
	j := jsonSummary{Format: "missionled-forecast/1", Plan: hex.EncodeToString(s.plan[:]), Spec: hex.EncodeToString(s.spec[:]),
		Seed: strconv.FormatUint(s.seed, 10), Trials: s.ranges, Targets: s.targets, Joint: s.joint, Sets: s.sets, Crit: s.crit, Plus: s.plus, Minus: s.minus}
	for i := range s.watches {
		c := &s.watches[i]
		w := jsonWatch{Ref: c.ref, Bin: c.bin, Least: c.least, Zero: c.zero, Due: c.met, Met: c.inDue, Ind: c.ind, Both: c.both,
			T: c.t.big().String(), TT: c.tt.big().String(), First: c.first, Hist: c.hist}
		if c.gauged {
			w.Gauge = &c.gauge
		}
		j.Watches = append(j.Watches, w)
	}
	for i := range s.sums {
		row := []string{s.sums[i].x.big().String(), s.sums[i].xx.big().String()}
		for k := range s.with {
			row = append(row, s.with[k][i].big().String())
		}
		j.Sums = append(j.Sums, row)
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what [Summary.MarshalJSON] wrote. The error is a [*FormatError], or that of package encoding/json; the summary is then as it was.
func (s *Summary) UnmarshalJSON(data []byte) error {
	var j jsonSummary
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	x, err := j.summary()
	if err != nil {
		return err
	}
	if reason := x.contradiction(); reason != "" {
		return &FormatError{reason}
	}
	b, _ := x.MarshalBinary()
	return s.UnmarshalBinary(b)
}

func (j *jsonSummary) summary() (*Summary, error) {
	if j.Format != "missionled-forecast/1" {
		return nil, &FormatError{reasonMagic}
	}
	seed, err := strconv.ParseUint(j.Seed, 10, 64)
	plan, errPlan := hex.DecodeString(j.Plan)
	spec, errSpec := hex.DecodeString(j.Spec)
	if err != nil || errPlan != nil || errSpec != nil || len(plan) != 32 || len(spec) != 32 {
		return nil, &FormatError{reasonNumbers}
	}
	x := &Summary{plan: [32]byte(plan), spec: [32]byte(spec), seed: seed, ranges: j.Trials, targets: j.Targets, joint: j.Joint, sets: j.Sets,
		crit: j.Crit, plus: j.Plus, minus: j.Minus}
	var bad error
	number := func(s string) wide {
		z, ok := new(big.Int), false
		if len(s) <= 40 {
			z, ok = z.SetString(s, 10)
		}
		if !ok {
			bad = errors.Join(bad, &FormatError{reasonNumbers})
			return wide{}
		}
		w, ok := wideOf(z)
		if !ok {
			bad = errors.Join(bad, &FormatError{reasonNumbers})
		}
		return w
	}
	negative := func(list ...int64) {
		for _, n := range list {
			if n < 0 || n > 1<<53 {
				bad = errors.Join(bad, &FormatError{reasonNumbers})
			}
		}
	}
	for _, w := range j.Watches {
		c := counted{ref: w.Ref, bin: w.Bin, least: w.Least, zero: w.Zero, met: w.Due, inDue: w.Met, ind: w.Ind, both: w.Both,
			t: number(w.T), tt: number(w.TT), first: w.First, hist: w.Hist}
		if w.Gauge != nil {
			c.gauge, c.gauged = *w.Gauge, true
		}
		negative(c.inDue, c.ind, c.both, int64(c.first))
		negative(c.hist...)
		x.watches = append(x.watches, c)
	}
	if j.Targets < 0 || j.Targets > len(j.Watches) || len(j.Joint) > 12 || len(j.Joint) > 0 && len(j.Sets) != 1<<len(j.Joint) || len(j.Crit) != j.Targets {
		return nil, &FormatError{reasonCounts}
	}
	for range j.Targets {
		x.with = append(x.with, make([]wide, len(j.Sums)))
	}
	x.sums = make([]sums, len(j.Sums))
	for i, row := range j.Sums {
		if len(row) != 2+j.Targets {
			return nil, &FormatError{reasonCounts}
		}
		x.sums[i] = sums{number(row[0]), number(row[1])}
		for k := range j.Targets {
			x.with[k][i] = number(row[2+k])
		}
	}
	for _, lists := range [][][]int64{j.Crit, j.Plus, j.Minus} {
		for _, list := range lists {
			negative(list...)
			if len(list) != len(j.Crit[0]) {
				return nil, &FormatError{reasonCounts}
			}
		}
	}
	for _, i := range j.Joint {
		negative(int64(i))
	}
	negative(j.Sets...)
	return x, bad
}
