package accountability

import (
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Check puts the records of the Spec under a check and adds the faults that only this package can see. Whoever compiles a
// larger Spec calls it on the parts; [Compile] calls it itself.
func (s Spec) Check(c *record.Check) {
	record.Add(c, KindParty, "parties", s.Parties)
	record.Add(c, KindHolding, "holdings", s.Holdings)
	record.Add(c, KindDuty, "duties", s.Duties)
	record.Add(c, KindForum, "forums", s.Forums)
	record.Add(c, KindMandate, "mandates", s.Mandates)
	record.Add(c, KindFreedom, "freedoms", s.Freedoms)
	record.Add(c, KindSuccession, "successions", s.Successions)
	record.Add(c, KindLeave, "leaves", s.Leaves)
	record.Add(c, KindLine, "lines", s.Lines)
	record.Add(c, KindSharing, "sharings", s.Sharings)
	record.Add(c, KindGrant, "grants", s.Grants)
	record.Add(c, KindTest, "accounting_tests", s.Tests)
	record.Add(c, KindDirection, "directions", s.Directions)
	record.Add(c, KindMeeting, "meetings", s.Meetings)
	record.Add(c, KindResolution, "resolutions", s.Resolutions)
	record.Add(c, KindSpace, "learning_spaces", s.Spaces)
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
		fault("reports_to", ErrPostOnly, p.ReportsTo != "" && p.Kind != Post && p.Speaks())
		fault("parts", ErrParts, len(p.Parts) > 0 && (p.Kind != Body && p.Kind != Organisation && p.Kind != Group || slices.Contains(p.Parts, p.ID)))
	}
	for i := range s.Parties {
		if p := &s.Parties[i]; p.ReportsTo != "" && kinds[p.ReportsTo] != 0 && kinds[p.ReportsTo] != Post {
			c.At(KindParty, "parties", i, p.ID)("reports_to", &PartyKindError{Party: p.ReportsTo, Kind: kinds[p.ReportsTo], Want: []PartyKind{Post}}, true)
		}
	}
	wrong := func(fault func(string, error, bool), member string, id record.ID, want ...PartyKind) {
		if k := kinds[id]; k != 0 && !slices.Contains(want, k) {
			fault(member, &PartyKindError{Party: id, Kind: k, Want: want}, true)
		}
	}
	for i := range s.Holdings {
		h := &s.Holdings[i]
		post, holder := kinds[h.Post], kinds[h.Holder]
		if h.Post != "" && h.Holder != "" && h.Withheld == "" && (post == Post || post == 0) && (holder == Person || holder == Organisation || holder == 0) {
			continue // nearly every one of what may be a million
		}
		fault := c.At(KindHolding, "holdings", i, h.ID)
		fault("post", ErrNoPost, (h.Post == "" || h.Holder == "" && h.Withheld == "") && h.Speaks())
		fault("withheld", ErrNamedWithheld, h.Holder != "" && h.Withheld != "")
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
	s.checkAccounts(c)
	c.Then(func() { s.checkArrangements(c) })
}

// checkArrangements adds the faults of successions, leaves, lines, sharings and grants. It compares ids with one another, and
// so waits until each names the fact that it means.
func (s Spec) checkArrangements(c *record.Check) {
	for i := range s.Successions {
		v := &s.Successions[i]
		fault := c.At(KindSuccession, "successions", i, v.ID)
		fault("successors", ErrSuccession, (len(v.Predecessors) == 0 || len(v.Successors) == 0) && v.Speaks())
		fault("completed", ErrAnnounced, calendar.Period{From: v.Announced, Until: v.Completed}.Inverted())
		fault("subjects", ErrNoSubject, v.Kind == TransferOfFunctions && len(v.Subjects) == 0 && v.Speaks())
	}
	for i := range s.Holdings {
		if h := &s.Holdings[i]; h.CoverFor != "" {
			c.At(KindHolding, "holdings", i, h.ID)("cover_for", ErrOwnCover, h.CoverFor == h.Fact())
		}
	}
	for i := range s.Leaves {
		l := &s.Leaves[i]
		fault := c.At(KindLeave, "leaves", i, l.ID)
		fault("holding", ErrNoHolding, l.Holding == "" && l.Speaks())
		fault("cover", ErrOwnCover, l.Cover != "" && l.Cover == l.Holding)
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		fault := c.At(KindLine, "lines", i, l.ID)
		fault("actor", ErrNoActor, l.Actor == "" && l.Speaks())
		fault("forum", ErrNoForum, l.Forum.IsZero() && l.Speaks())
		fault("every_days", ErrEvery, l.Every < 0)
		fault("forum", ErrOwnForum, l.Actor != "" && l.Forum == record.Ref{Kind: KindParty, ID: l.Actor})
	}
	for i := range s.Sharings {
		s.Sharings[i].check(c.At(KindSharing, "sharings", i, s.Sharings[i].ID))
	}
	for i := range s.Grants {
		g := &s.Grants[i]
		fault := c.At(KindGrant, "grants", i, g.ID)
		fault("to", ErrNoGrantee, g.To == "" && g.Speaks())
		fault("by", ErrOwnGrant, g.By != "" && g.By == g.To)
		fault("powers", ErrNoPowers, len(g.Powers) == 0 && g.Speaks())
		fault("per_item", ErrLimit, g.PerItem.Minor < 0)
		fault("cumulative", ErrLimit, g.Cumulative.Minor < 0)
		fault("cumulative", ErrMixedLimits, !g.PerItem.IsZero() && !g.Cumulative.IsZero() && g.PerItem.Currency != g.Cumulative.Currency)
		fault("max_depth", ErrDepth, g.MaxDepth < 0 || g.Final && g.MaxDepth > 0)
		fault("supersedes", ErrOwnSuperseded, slices.Contains(g.Supersedes, g.Fact()))
	}
}

func (v *Sharing) check(fault func(string, error, bool)) {
	if !v.Speaks() {
		return
	}
	fault("subject", ErrNoSubject, v.Subject.IsZero())
	fault("duty", ErrNoDuty, v.Duty == "")
	twice := false
	for i, id := range v.Members {
		twice = twice || slices.Contains(v.Members[:i], id)
	}
	fault("members", ErrSharers, v.Mode != Sole && len(v.Members) < 2 || len(v.Members) == 0 || twice)
	fault("members", ErrSole, v.Mode == Sole && len(v.Members) > 1)
	fault("lead", ErrNotMember, v.Lead != "" && !slices.Contains(v.Members, v.Lead))
	sum, bad := 0.0, len(v.Weights) != len(v.Members)
	for _, w := range v.Weights {
		sum += w.Float()
		bad = bad || w.IsZero() || w.Float() < 0 || w.Float() > 1
	}
	fault("weights", ErrWeights, len(v.Weights) > 0 && (bad || sum < 0.99-1e-9 || sum > 1.01+1e-9))
	fault("quota", ErrQuota, !v.Quota.IsZero() && (v.Quota.Float() <= 0 || v.Quota.Float() > 1))
}

// checkAccounts adds the faults of what is told and decided: tests, directions, meetings, resolutions, learning spaces.
func (s Spec) checkAccounts(c *record.Check) {
	for i := range s.Tests {
		t := &s.Tests[i]
		c.At(KindTest, "accounting_tests", i, t.ID)("subject", ErrNoSubject, t.Subject.IsZero() && t.Speaks())
	}
	for i := range s.Directions {
		d := &s.Directions[i]
		c.At(KindDirection, "directions", i, d.ID)("subject", ErrNoSubject, d.Subject.IsZero() && d.Speaks())
	}
	for i := range s.Meetings {
		m := &s.Meetings[i]
		c.At(KindMeeting, "meetings", i, m.ID)("forum", ErrNoForum, m.Forum == "" && m.Speaks())
	}
	for i := range s.Resolutions {
		v := &s.Resolutions[i]
		c.At(KindResolution, "resolutions", i, v.ID)("by", ErrNoDecider, v.Meeting == "" && v.By == "" && v.Speaks())
	}
	for i := range s.Spaces {
		v := &s.Spaces[i]
		fault := c.At(KindSpace, "learning_spaces", i, v.ID)
		fault("subject", ErrNoSubject, v.Subject.IsZero() && v.Speaks())
		fault("spend_cap", ErrLimit, v.SpendCap.Minor < 0)
	}
}
