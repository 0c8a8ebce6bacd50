package scenario

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// Question names a rule that cannot tell, to ask what it would take.
type Question struct {
	// Rule is the id or the slug of the rule.
	Rule string
	// Subject is what it cannot tell of. Zero means everything that it looks at.
	Subject record.Ref
	// Thresholds are as in [review.Options].
	Thresholds map[string]float64
}

// Knowledge says what would have to be recorded for a rule to be able to tell.
type Knowledge struct {
	Rule *review.Rule `json:"rule"`
	// Looked is at how many subjects of the model the rule looks, and Told of how many it can tell.
	Looked int `json:"looked"`
	Told   int `json:"told"`
	// Needs has one for each subject that was asked about and of which it cannot, by the references of the subjects. It is
	// empty for a subject that it does not look at, too.
	Needs []Need `json:"needs,omitempty"`
}

// Need is what a rule would have to know of one subject.
type Need struct {
	Subject record.Ref `json:"subject"`
	Name    string     `json:"name"`
	// Text says what cannot be told, and why.
	Text string `json:"text"`
	// Data are what is missing, each once, in the order in which the rule reads them. All of them together are enough for what
	// the rule has seen so far. Less may be, since one of them may decide the matter; and once they are recorded the rule may
	// ask for more.
	Data []Datum `json:"data"`
	// LeftOut names the records that the view leaves out for their grade and that would tell, of all Data.
	LeftOut []record.Ref `json:"left_out,omitempty"`
	// Without are the grades that the view leaves out, where it leaves out records of a kind that is asked for here, and
	// Hidden how many such records there are: some of them may tell.
	Without []record.Grade `json:"without,omitempty"`
	Hidden  int            `json:"hidden,omitempty"`
}

// Datum is one thing that a rule would have to know.
type Datum struct {
	// What it is, how the records stand on it and on what ground, as in [review.Missing].
	What   string       `json:"what"`
	State  record.State `json:"state,omitzero"`
	Ground string       `json:"ground,omitempty"`
	// Way says what to do, and where somebody knows it what that costs.
	Way string `json:"way"`
	// Sets are the records that would hold it, by their kinds: any one of the sets is enough, and a set may mean saying more in
	// a record that is there. None is part of another, and the smallest stands first. They are read off the Way, which says it better; empty where nothing has
	// to be recorded, as where the view has no day.
	Sets [][]Addition `json:"sets,omitempty"`
	// LeftOut names the records that would tell, where the view leaves them out for their grade: then nothing has to be
	// recorded.
	LeftOut []record.Ref `json:"left_out,omitempty"`
}

// Addition is a record to add, or to say more in where there is one.
type Addition struct {
	Kind record.Kind `json:"kind"`
	// Word narrows it: the kind of an event, the word of a duty. It is empty where the Way does not say.
	Word string `json:"word,omitempty"`
}

// String writes the kind, and the word before it: "plan-published event".
func (a Addition) String() string {
	kind := strings.ReplaceAll(string(a.Kind), "-", " ")
	if a.Word == "" {
		return kind
	}
	return a.Word + " " + kind
}

// Fewest is how few records may do: for each of the Data the smallest of its sets, with what belongs into the record of the
// subject itself counted once, and nought for one that the view leaves out. A Way that says "each" takes one for each.
func (n *Need) Fewest() int {
	fewest, own := 0, false
	for _, d := range n.Data {
		if len(d.Sets) == 0 || len(d.LeftOut) > 0 {
			continue
		}
		least := d.Sets[0] // the smallest stands first
		if len(least) == 1 && least[0] == (Addition{Kind: n.Subject.Kind}) {
			own = true
			continue
		}
		fewest += len(least)
	}
	if own {
		fewest++
	}
	return fewest
}

// ToKnow returns the fewest data that may make a rule able to tell, for each subject of which it cannot. A rule that
// can tell of everything needs nothing. A nil model is an empty one.
//
// The error is that of [review.Run]: a [*review.UnknownError] for a rule or threshold that does not exist, a
// [*review.ThresholdError] for a number that does not do. It takes the time of one rule's pass over the model.
func ToKnow(m *mission.Model, q Question) (*Knowledge, error) {
	if m == nil {
		m = new(mission.Model)
	}
	r, err := review.Run(m, review.Options{Rules: []string{q.Rule}, Thresholds: q.Thresholds})
	if err != nil {
		return nil, err
	}
	k := new(Knowledge)
	k.Rule, _ = review.Lookup(q.Rule)
	k.Looked = r.Coverage.Rules[0].Looked
	k.Told = k.Looked - len(r.Unassessed)
	s := newSideAt(m, record.Moment{})
	for i := range r.Unassessed {
		if u := &r.Unassessed[i]; q.Subject.IsZero() || u.Subject == m.Fact(q.Subject) {
			k.Needs = append(k.Needs, s.need(u))
		}
	}
	return k, nil
}

// need puts together what a rule is missing on one subject.
func (s *side) need(u *review.Unassessed) Need {
	n := Need{Subject: u.Subject, Name: s.name(u.Subject), Text: u.Text}
	for _, x := range u.Missing {
		for _, ref := range x.LeftOut {
			if !slices.Contains(n.LeftOut, ref) {
				n.LeftOut = append(n.LeftOut, ref)
			}
		}
		if slices.ContainsFunc(n.Data, func(d Datum) bool { return d.Way == x.Way }) {
			continue // one record answers both
		}
		n.Data = append(n.Data, Datum{What: x.What, State: x.State, Ground: x.Ground, Way: x.Way, Sets: sets(x.Way, u.Subject.Kind), LeftOut: slices.Clone(x.LeftOut)})
	}
	slices.SortFunc(n.LeftOut, record.Ref.Compare)
	for _, out := range s.m.Removed() {
		if out.Field == "" && out.Why == record.ByGrade.String() && slices.ContainsFunc(n.Data, func(d Datum) bool {
			return slices.ContainsFunc(slices.Concat(d.Sets...), func(a Addition) bool { return a.Kind == out.Kind })
		}) {
			n.Hidden += out.Count
		}
	}
	if n.Hidden > 0 {
		n.Without = s.m.View().Without
	}
	return n
}
