package review_test

import (
	"fmt"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// answering adds to a random plan what the rules on who answers to whom read.
func (d *dice) answering(s *mission.Spec) {
	ref := func(id record.ID) record.Ref { return record.Ref{Kind: accountability.KindParty, ID: id} }
	end := func(r record.Record) record.Record {
		if r.From.IsZero() && d.IntN(4) == 0 {
			r.Until = calendar.MustParseWhen(pick(d, "2025", "2026", "2027-01-01", "unknown"))
		}
		return r
	}
	s.Parties = append(s.Parties, accountability.Party{Record: record.New("assembly"), Kind: accountability.Body, Name: "Assembly"})
	for i := range s.Parties {
		if p := &s.Parties[i]; p.Kind == accountability.Post && d.IntN(3) == 0 {
			p.ReportsTo = d.id("party", 6)
		}
	}
	for n := range d.IntN(6) {
		s.Lines = append(s.Lines, accountability.Line{Record: end(d.base("line", n, true)), Actor: pick(d, d.id("party", 6), "party9", "party10"),
			Forum: pick(d, ref("assembly"), ref("party11"), record.Ref{Kind: accountability.KindForum, ID: d.id("forum", randomOthers)}),
			Kind:  pick(d, "", accountability.PoliticalLine, accountability.SocialLine), Basis: pick(d, "", "statute"),
			Purposes: value(d, pick(d, []string{accountability.ForMedia}, []string{accountability.ForLearning}))})
	}
	for n := range d.IntN(4) {
		s.Sharings = append(s.Sharings, accountability.Sharing{Record: end(d.base("sharing", n, true)), Subject: d.subject(), Duty: pick(d, "outcome-owner", "mission-lead"),
			Mode: accountability.Joint, Members: []record.ID{"party9", "party10"}, Lead: pick(d, "", record.ID("party9")), Rule: pick(d, "", accountability.ByUnanimity)})
	}
	for n := range d.IntN(4) {
		s.Mandates = append(s.Mandates, accountability.Mandate{Record: end(d.base("mandate", n, true)), Kind: pick(d, "mandate-letter", "appointment-letter"), To: d.id("party", 6),
			Subject: d.subject(), Signed: d.when(), Effective: d.when(), Obliges: value(d, pick(d, []string{"results"}, []string{"partnership"}))})
	}
	for n := range d.IntN(5) {
		by := pick(d, "", d.id("party", 6))
		g := accountability.Grant{Record: end(d.base("grant", n, false)), By: by, To: pick(d, record.ID("party9"), "party10", "party11"), Powers: []string{pick(d, "spend", "decide")}}
		if d.IntN(2) == 0 {
			g.PerItem = record.Money{Minor: int64(d.IntN(3)) + 1, Currency: pick(d, record.Currency("GBP"), "EUR")}
		}
		if d.IntN(3) == 0 {
			g.By, g.To = g.To, d.id("party", 6)
		}
		s.Grants = append(s.Grants, g)
	}
	for i := range s.Holdings {
		h := &s.Holdings[i]
		h.Record = end(h.Record)
		h.Basis = pick(d, "", "", accountability.BasisActing)
		if d.IntN(3) == 0 {
			s.Leaves = append(s.Leaves, accountability.Leave{Record: end(record.Record{ID: record.ID(fmt.Sprintf("leave%d", i)), From: d.when()}), Holding: h.ID})
		}
	}
	for i := range s.Allocations {
		a := &s.Allocations[i]
		a.AccountingOfficer, a.DecidedBy = pick(d, "", d.id("party", 6)), pick(d, "", d.id("party", 6))
		a.PaidBy, a.To = pick(d, "", record.ID("party9"), "party10"), pick(d, "", record.ID("party11"))
		a.Public, a.Decided = value(d, d.IntN(2) == 0), d.when()
		if d.IntN(3) == 0 {
			a.Pool = "pool"
		}
	}
	if d.IntN(2) == 0 {
		s.Pools = append(s.Pools, funding.Pool{Record: d.base("pool", 0, false), Name: "A pool", Rule: value(d, "unanimity")})
		s.Pools[0].ID = "pool"
		for n := range d.IntN(3) {
			s.PoolShares = append(s.PoolShares, funding.Share{Record: end(d.base("share", n, false)), Pool: "pool", Party: "party9", AccountingOfficer: pick(d, "", d.id("party", 6))})
		}
	} else {
		for i := range s.Allocations {
			s.Allocations[i].Pool = ""
		}
	}
	for n := range d.IntN(8) {
		on := d.subject()
		if len(s.Allocations) > 0 && d.IntN(3) == 0 {
			on = record.Ref{Kind: funding.KindAllocation, ID: s.Allocations[0].ID}
		}
		u := accountability.Duty{Record: end(d.base("charge", n, true)), Subject: on,
			Duty: pick(d, "outcome-owner", "accounting-officer", "senior-responsible-owner", "convene", "decide", "pay", "answer", "mission-steward", "assure", "fund", "deliver"),
			Part: pick(d, "", "a half"), State: pick(d, accountability.Vacant, accountability.Unclear, accountability.Withheld)}
		if d.IntN(4) > 0 {
			u.Post, u.State = pick(d, d.id("party", 6), "party9", "party11"), 0
		}
		s.Duties = append(s.Duties, u)
	}
	for i := range s.Initiatives {
		s.Initiatives[i].By = pick(d, "", d.id("party", 6), "party9")
		s.Initiatives[i].Kind = pick(d, "", mission.Programme)
		if d.IntN(4) == 0 {
			s.Initiatives[i].Reporting = record.Number(float64(d.IntN(50)))
		}
	}
	for n := range d.IntN(3) {
		s.AccountingTests = append(s.AccountingTests, accountability.AccountingTest{Record: end(d.base("test", n, true)), Subject: d.subject(), OnDay: d.when(),
			Regularity: value(d, d.IntN(2) == 0), Propriety: record.Known(true), ValueForMoney: record.Known(true), Feasibility: record.Known(true)})
		s.Directions = append(s.Directions, accountability.Direction{Record: end(d.base("direction", n, false)), Subject: d.subject()})
		space := accountability.LearningSpace{Record: end(d.base("space", n, true)), Subject: d.subject(), Sponsor: d.id("party", 6)}
		if d.IntN(3) == 0 {
			space.StopRules = []string{"when it hurts"}
		}
		s.LearningSpaces = append(s.LearningSpaces, space)
	}
	for n := range d.IntN(10) {
		s.Events = append(s.Events, mission.Event{Record: d.base("deed", n, true), Subject: pick(d, d.subject(), ref(d.id("party", 6)), record.Ref{Kind: mission.KindOutcome, ID: d.id("outcome", randomOthers)}),
			Absent: d.IntN(2) == 0, OnDay: d.when(), By: d.ids("party", randomParties),
			Kind: pick(d, mission.Agreement, mission.AccountGiven, mission.JointDecision, mission.ConflictingDirections, mission.Priorities)})
	}
}

// mixed puts what answering adds in another order.
func (d *dice) mixed(s *mission.Spec) {
	s.Lines, s.Sharings, s.Mandates, s.Grants = clone(s.Lines), clone(s.Sharings), clone(s.Mandates), clone(s.Grants)
	s.Leaves, s.Pools, s.PoolShares = clone(s.Leaves), clone(s.Pools), clone(s.PoolShares)
	d.Shuffle(swaps(s.Lines))
	d.Shuffle(swaps(s.Sharings))
	d.Shuffle(swaps(s.Mandates))
	d.Shuffle(swaps(s.Grants))
	d.Shuffle(swaps(s.Leaves))
	d.Shuffle(swaps(s.PoolShares))
	s.AccountingTests, s.Directions, s.LearningSpaces = clone(s.AccountingTests), clone(s.Directions), clone(s.LearningSpaces)
	d.Shuffle(swaps(s.AccountingTests))
	d.Shuffle(swaps(s.Directions))
	d.Shuffle(swaps(s.LearningSpaces))
}
