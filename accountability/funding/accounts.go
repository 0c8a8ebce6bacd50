package funding

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
)

// Accounts is a checked set of records about money, as a view leaves it, beside the register that says who answers. It is
// immutable and safe for concurrent readers. The zero Accounts holds nothing. Every question takes a [record.Moment]; the
// zero Moment is the view's own day and instant.
type Accounts struct {
	view        record.View
	register    *accountability.Register
	reviews     record.Timelines[Review]
	settlements record.Timelines[Settlement]
	allocations record.Timelines[Allocation]
	pools       record.Timelines[Pool]
	shares      record.Timelines[Share]

	moneyFor     map[record.Ref][]record.ID // allocations by subject
	settlementsI map[record.ID][]record.ID  // settlements by review
	poolsFor     map[record.Ref][]record.ID // pools by subject
	into         map[record.ID][]record.ID  // shares by pool
}

// Checked returns the Accounts of a Spec that has passed its check already, as a view leaves it. They keep the Spec's
// slices where the view leaves nothing out. A nil register knows nobody.
func (s Spec) Checked(register *accountability.Register, view record.View) *Accounts {
	if register == nil {
		register = new(accountability.Register)
	}
	a := &Accounts{view: view, register: register}
	a.reviews = record.Read(&view, s.Reviews, s.Sources)
	a.settlements = record.Read(&view, s.Settlements, s.Sources)
	a.allocations = record.Read(&view, s.Allocations, s.Sources)
	a.pools = record.Read(&view, s.Pools, s.Sources)
	a.shares = record.Read(&view, s.Shares, s.Sources)
	a.moneyFor = record.Group(&a.allocations, func(r *Allocation) record.Ref { return r.Subject })
	a.settlementsI = record.Group(&a.settlements, func(r *Settlement) record.ID { return r.Review })
	a.poolsFor = record.Group(&a.pools, func(r *Pool) record.Ref { return r.Subject })
	a.into = record.Group(&a.shares, func(r *Share) record.ID { return r.Pool })
	return a
}

// Reviews returns what is said of every spending review and phase, in the order of the Spec.
func (a *Accounts) Reviews(at record.Moment) []record.Claim[Review] {
	return a.reviews.Collect(a.reviews.Facts(), a.view.At(at))
}

// Review returns what each claimant says a spending review is.
func (a *Accounts) Review(id record.ID, at record.Moment) []record.Claim[Review] {
	at = a.view.At(at)
	return a.reviews.At(id, at.On, at.Known)
}

// Settlements returns what is said of every settlement, in the order of the Spec.
func (a *Accounts) Settlements(at record.Moment) []record.Claim[Settlement] {
	return a.settlements.Collect(a.settlements.Facts(), a.view.At(at))
}

// SettlementsOf returns the settlements of a review or phase, in the order of the Spec.
func (a *Accounts) SettlementsOf(review record.ID, at record.Moment) []record.Claim[Settlement] {
	if fact, ok := a.reviews.Fact(review); ok {
		review = fact
	}
	all := a.settlements.Collect(a.settlementsI[review], a.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Settlement]) bool { return c.Record.Review != review })
}

// Allocations returns what is said of every allocation, in the order of the Spec.
func (a *Accounts) Allocations(at record.Moment) []record.Claim[Allocation] {
	return a.allocations.Collect(a.allocations.Facts(), a.view.At(at))
}

// AllocationsFor returns the money set aside for a subject, in the order of the Spec.
func (a *Accounts) AllocationsFor(subject record.Ref, at record.Moment) []record.Claim[Allocation] {
	all := a.allocations.Collect(a.moneyFor[subject], a.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Allocation]) bool { return c.Record.Subject != subject })
}

// AllocationVersions returns every version of an allocation, whoever claims it, oldest first.
func (a *Accounts) AllocationVersions(id record.ID) []*Allocation { return a.allocations.Versions(id) }

// Pools returns what is said of every pool, in the order of the Spec.
func (a *Accounts) Pools(at record.Moment) []record.Claim[Pool] {
	return a.pools.Collect(a.pools.Facts(), a.view.At(at))
}

// PoolsFor returns the pools for a subject, in the order of the Spec.
func (a *Accounts) PoolsFor(subject record.Ref, at record.Moment) []record.Claim[Pool] {
	all := a.pools.Collect(a.poolsFor[subject], a.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Pool]) bool { return c.Record.Subject != subject })
}

// Shares returns what each contributor puts into a pool, in the order of the Spec.
func (a *Accounts) Shares(pool record.ID, at record.Moment) []record.Claim[Share] {
	if fact, ok := a.pools.Fact(pool); ok {
		pool = fact
	}
	all := a.shares.Collect(a.into[pool], a.view.At(at))
	return slices.DeleteFunc(all, func(c record.Claim[Share]) bool { return c.Record.Pool != pool })
}
