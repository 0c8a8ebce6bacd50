package funding

import (
	"errors"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
)

// Spec is a set of records about money: plain data. The zero Spec is valid and says nothing.
type Spec struct {
	record.Shared
	Reviews     []Review
	Settlements []Settlement
	Allocations []Allocation
	Pools       []Pool
	Shares      []Share
}

// Causes of faults in records of money.
var (
	ErrNoName    = errors.New("it has no name: say in words what it is")
	ErrNoSubject = errors.New("the record has no subject: name what the money is for")
	ErrNoPool    = errors.New("the share has no pool: name the pool that it goes into")
	ErrNoParty   = errors.New("it has no party: name whose money it is")
	ErrRisk      = errors.New("a share of the risk lies between 0 and 1")
	ErrOfItself  = errors.New("a review cannot be a phase of itself")
)

// Compile checks the whole Spec, leaves out what the view does, and returns the Accounts. Who answers is read off the register. References to
// parties are checked where the register's records are compiled together with these, as package mission does; here they
// are not followed. The error is [record.Faults], every fault at once.
func Compile(spec Spec, register *accountability.Register, view record.View) (*Accounts, error) {
	spec.Sources, spec.Days = slices.Clone(spec.Sources), slices.Clone(spec.Days)
	spec.Reviews, spec.Settlements = slices.Clone(spec.Reviews), slices.Clone(spec.Settlements)
	spec.Allocations, spec.Pools, spec.Shares = slices.Clone(spec.Allocations), slices.Clone(spec.Pools), slices.Clone(spec.Shares)
	var c record.Check
	record.Add(&c, record.KindSource, "sources", spec.Sources)
	record.Add(&c, record.KindDay, "days", spec.Days)
	spec.Check(&c)
	if err := c.Run().Err(); err != nil {
		return nil, err
	}
	return spec.Checked(register, view), nil
}

// Check puts the records of the Spec under a check and adds the faults that only this package can see. Whoever compiles a
// larger Spec calls it on the parts; [Compile] calls it itself.
func (s Spec) Check(c *record.Check) {
	record.Add(c, KindReview, "spending_reviews", s.Reviews)
	record.Add(c, KindSettlement, "settlements", s.Settlements)
	record.Add(c, KindAllocation, "allocations", s.Allocations)
	record.Add(c, KindPool, "pools", s.Pools)
	record.Add(c, KindShare, "pool_shares", s.Shares)
	blank := func(name string) bool { return strings.TrimSpace(name) == "" }
	for i := range s.Reviews {
		r := &s.Reviews[i]
		fault := c.At(KindReview, "spending_reviews", i, r.ID)
		fault("name", ErrNoName, blank(r.Name) && r.Speaks())
		fault("part_of", ErrOfItself, r.PartOf != "" && (r.PartOf == r.ID || r.PartOf == r.Of))
	}
	for i := range s.Settlements {
		r := &s.Settlements[i]
		c.At(KindSettlement, "settlements", i, r.ID)("party", ErrNoParty, r.Party == "" && r.Speaks())
	}
	for i := range s.Allocations {
		a := &s.Allocations[i]
		c.At(KindAllocation, "allocations", i, a.ID)("subject", ErrNoSubject, a.Subject.IsZero() && a.Speaks())
	}
	for i := range s.Pools {
		p := &s.Pools[i]
		c.At(KindPool, "pools", i, p.ID)("name", ErrNoName, blank(p.Name) && p.Speaks())
	}
	for i := range s.Shares {
		r := &s.Shares[i]
		fault := c.At(KindShare, "pool_shares", i, r.ID)
		fault("pool", ErrNoPool, r.Pool == "" && r.Speaks())
		fault("party", ErrNoParty, r.Party == "" && r.Speaks())
		fault("risk", ErrRisk, !r.Risk.IsZero() && (r.Risk.Float() < 0 || r.Risk.Float() > 1))
	}
}
