package accountability

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
)

// Spec is a set of records about who answers for what: plain data. The zero Spec is valid and says nothing.
type Spec struct {
	record.Shared
	Parties  []Party
	Holdings []Holding
	Duties   []Duty
	Forums   []Forum
	Mandates []Mandate
	Freedoms []Freedom
}

// Compile checks the whole Spec, leaves out what the view does, and returns the Register. The error is [record.Faults],
// every fault at once. References to kinds of record that an accountability Spec cannot hold, such as missions, are not
// followed. The Register shares nothing with the Spec. Compile takes time linear in the records, and sorts the versions of
// each fact.
func Compile(spec Spec, view record.View) (*Register, error) {
	spec.Sources, spec.Days = slices.Clone(spec.Sources), slices.Clone(spec.Days)
	spec.Parties, spec.Holdings = slices.Clone(spec.Parties), slices.Clone(spec.Holdings)
	spec.Duties, spec.Forums = slices.Clone(spec.Duties), slices.Clone(spec.Forums)
	spec.Mandates, spec.Freedoms = slices.Clone(spec.Mandates), slices.Clone(spec.Freedoms)
	var c record.Check
	record.Add(&c, record.KindSource, "sources", spec.Sources)
	record.Add(&c, record.KindDay, "days", spec.Days)
	spec.Check(&c)
	if err := c.Run().Err(); err != nil {
		return nil, err
	}
	return spec.Checked(view), nil
}

// Causes of faults in accountability records.
var (
	ErrNoPartyKind = errors.New("the party has no kind: write organisation, post, person, body, place or group")
	ErrNoName      = errors.New("it has no name: say in words what it is")
	ErrSeats       = errors.New("only a post has seats, and never fewer than none")
	ErrNoPost      = errors.New("a holding needs both a post and its holder")
	ErrNoDuty      = errors.New("the duty is not named: write mission-steward, mission-lead or another word")
	ErrNoSubject   = errors.New("the record has no subject: name what it is about")
	ErrNobody      = errors.New("nobody carries the duty and nothing says why: name a post, or give a state (vacant, unclear, contested)")
	ErrHeldVacant  = errors.New("a post is named for a duty that is said to be vacant: leave out one of the two")
	ErrNoForumKind = errors.New("the forum has no kind: write mission-board, mission-control or another word")
	ErrNoCarrier   = errors.New("the mandate does not say whom it binds")
)

// A PartyKindError says that a party of the wrong kind stands in a place.
type PartyKindError struct {
	Party record.ID
	Kind  PartyKind
	Want  []PartyKind
}

// Error names the kind that the party is and those that may stand there.
func (e *PartyKindError) Error() string {
	want := make([]string, len(e.Want))
	for i, k := range e.Want {
		want[i] = k.String()
	}
	return fmt.Sprintf("%q is a %s, where only a %s may stand", string(e.Party), e.Kind, strings.Join(want, " or "))
}

// Check puts the records of the Spec under a check and adds the faults that only this package can see. Whoever compiles a
// larger Spec calls it on the parts; [Compile] calls it itself.
func (s Spec) Check(c *record.Check) {
	record.Add(c, KindParty, "parties", s.Parties)
	record.Add(c, KindHolding, "holdings", s.Holdings)
	record.Add(c, KindDuty, "duties", s.Duties)
	record.Add(c, KindForum, "forums", s.Forums)
	record.Add(c, KindMandate, "mandates", s.Mandates)
	record.Add(c, KindFreedom, "freedoms", s.Freedoms)
	kinds := make(map[record.ID]PartyKind, len(s.Parties))
	for i := range s.Parties {
		p := &s.Parties[i]
		kinds[p.ID] = p.Kind
		if p.Of != "" && kinds[p.Of] == 0 {
			kinds[p.Of] = p.Kind
		}
		fault := c.At(KindParty, "parties", i, p.ID)
		fault("kind", ErrNoPartyKind, p.Kind == 0 && p.Speaks())
		fault("name", ErrNoName, strings.TrimSpace(p.Name) == "" && p.Kind != Person && p.Speaks())
		fault("seats", ErrSeats, p.Seats < 0 || p.Seats > 0 && p.Kind != Post)
	}
	wrong := func(fault func(string, error, bool), member string, id record.ID, want ...PartyKind) {
		if k := kinds[id]; k != 0 && !slices.Contains(want, k) {
			fault(member, &PartyKindError{Party: id, Kind: k, Want: want}, true)
		}
	}
	for i := range s.Holdings {
		h := &s.Holdings[i]
		fault := c.At(KindHolding, "holdings", i, h.ID)
		fault("post", ErrNoPost, (h.Post == "" || h.Holder == "") && h.Speaks())
		wrong(fault, "post", h.Post, Post)
		wrong(fault, "holder", h.Holder, Person, Organisation)
	}
	for i := range s.Duties {
		d := &s.Duties[i]
		fault := c.At(KindDuty, "duties", i, d.ID)
		fault("duty", ErrNoDuty, d.Duty == "" && d.Speaks())
		fault("subject", ErrNoSubject, d.Subject.IsZero())
		fault("state", ErrNobody, d.Post == "" && (d.State == 0 || d.State == Held) && d.Speaks())
		fault("state", ErrHeldVacant, d.Post != "" && d.State == Vacant)
		wrong(fault, "post", d.Post, Post, Body, Organisation, Group)
	}
	for i := range s.Forums {
		f := &s.Forums[i]
		c.At(KindForum, "forums", i, f.ID)("kind", ErrNoForumKind, f.Kind == "" && f.Speaks())
	}
	for i := range s.Mandates {
		m := &s.Mandates[i]
		c.At(KindMandate, "mandates", i, m.ID)("to", ErrNoCarrier, m.To == "" && m.Speaks())
	}
	for i := range s.Freedoms {
		f := &s.Freedoms[i]
		c.At(KindFreedom, "freedoms", i, f.ID)("name", ErrNoName, strings.TrimSpace(f.Name) == "" && f.Speaks())
	}
}
