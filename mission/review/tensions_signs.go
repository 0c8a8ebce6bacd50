package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
)

// What the tensions look for in a plan.

// seeEvents looks for events of some kinds.
func seeEvents(kinds ...string) func(*survey) []sighting {
	return func(b *survey) []sighting { return b.events(kinds...) }
}

// seeEventsThat looks for events of some kinds for which something holds.
func seeEventsThat(counts func(*survey, *mission.Event) bool, kinds ...string) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return b.eventsThat(func(e *mission.Event) bool { return counts(b, e) }, kinds...)
	}
}

func seeSteps(counts func(*milestone.Milestone) bool) func(*survey) []sighting {
	return func(b *survey) []sighting { return b.steps(counts) }
}

func seeWork(counts func(*mission.Initiative) bool) func(*survey) []sighting {
	return func(b *survey) []sighting { return b.work(counts) }
}

func seeBoards(counts func(*accountability.Forum) bool) func(*survey) []sighting {
	return func(b *survey) []sighting { return b.boards(counts) }
}

func seeFreedoms(counts func(*accountability.Freedom) bool) func(*survey) []sighting {
	return func(b *survey) []sighting { return b.liberties(counts) }
}

func seeMoney(counts func(*funding.Allocation) bool) func(*survey) []sighting {
	return func(b *survey) []sighting { return b.money(counts) }
}

func seeDuties(words ...string) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return b.carried(func(a *accountability.Answer) bool { return slices.Contains(words, a.Duty) })
	}
}

func unitKind(kind string) bool {
	return kind == accountability.MissionControl || kind == accountability.DeliveryUnit
}

// seeHorizons finds how far ahead missions look, and seeFirm until when money is firm.
func seeHorizons(b *survey) []sighting {
	return look(b, mission.KindMission, b.missions, func(f *fact[mission.Mission], r *mission.Mission) (string, bool) {
		return called(r.Name, f.id, "until "+b.p.when(r.Horizon)), !r.Horizon.IsZero()
	}, itself[mission.Mission](mission.KindMission))
}

func seeFirm(b *survey) []sighting {
	return look(b, funding.KindSettlement, b.settlements, func(f *fact[funding.Settlement], r *funding.Settlement) (string, bool) {
		return called("", f.id, "firm until "+b.p.when(r.FirmUntil)), !r.FirmUntil.IsZero()
	}, itself[funding.Settlement](funding.KindSettlement))
}

// seeShort finds money that is firm for less time than the missions that it is for look ahead.
func seeShort(b *survey) []sighting {
	horizon := make(map[record.ID]calendar.When)
	for _, f := range b.missions {
		for _, c := range f.claims {
			if w := c.Record.Horizon; w.IsResolved() && (!horizon[f.id].IsResolved() || w.Earliest().Before(horizon[f.id].Earliest())) {
				horizon[f.id] = w
			}
		}
	}
	return look(b, funding.KindSettlement, b.settlements, func(f *fact[funding.Settlement], r *funding.Settlement) (string, bool) {
		for _, id := range b.missionsOf(settlementRef(f.id)) {
			if h := horizon[id]; h.IsResolved() && r.FirmUntil.IsResolved() && r.FirmUntil.Latest().Before(h.Earliest()) {
				return called("", f.id, "firm until "+b.p.when(r.FirmUntil), b.p.missionName(id)+" until "+b.p.when(h)), true
			}
		}
		return "", false
	}, itself[funding.Settlement](funding.KindSettlement))
}

func seeExpected(b *survey) []sighting {
	return look(b, mission.KindOutcome, b.outcomes, func(f *fact[mission.Outcome], r *mission.Outcome) (string, bool) {
		return called(r.Name, f.id, "expected "+b.p.when(r.Expected)), !r.Expected.IsZero()
	}, itself[mission.Outcome](mission.KindOutcome))
}

func seeOutcomes(b *survey) []sighting {
	return look(b, mission.KindOutcome, b.outcomes, func(f *fact[mission.Outcome], r *mission.Outcome) (string, bool) {
		return called(r.Name, f.id), true
	}, itself[mission.Outcome](mission.KindOutcome))
}

// seeByOutcomes finds missions by how many outcomes are recorded for them.
func seeByOutcomes(counts func(n int) bool, words string) func(*survey) []sighting {
	return func(b *survey) []sighting {
		n := make(map[record.ID]int)
		for _, f := range b.outcomes {
			var of []record.ID
			for _, c := range f.claims {
				of = append(of, c.Record.Missions...)
			}
			for _, id := range distinct(of) {
				n[id]++
			}
		}
		return look(b, mission.KindMission, b.missions, func(f *fact[mission.Mission], r *mission.Mission) (string, bool) {
			return called(r.Name, f.id, words), counts(n[f.id])
		}, itself[mission.Mission](mission.KindMission))
	}
}

// seeServing finds initiatives that serve several missions.
func seeServing(b *survey) []sighting {
	return b.work(func(r *mission.Initiative) bool { return len(distinct(r.Missions)) > 1 })
}

func seeUses(words ...string) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return look(b, milestone.KindIndicator, b.indicators, func(f *fact[milestone.Indicator], r *milestone.Indicator) (string, bool) {
			uses, known := r.Uses.Get()
			return called(r.Name, f.id), known && slices.ContainsFunc(uses, func(u string) bool { return slices.Contains(words, u) })
		}, itself[milestone.Indicator](milestone.KindIndicator))
	}
}

func seeIndicators(b *survey) []sighting {
	return look(b, milestone.KindIndicator, b.indicators, func(f *fact[milestone.Indicator], r *milestone.Indicator) (string, bool) {
		return called(r.Name, f.id), true
	}, itself[milestone.Indicator](milestone.KindIndicator))
}

func seeLags(b *survey) []sighting {
	return look(b, milestone.KindIndicator, b.indicators, func(f *fact[milestone.Indicator], r *milestone.Indicator) (string, bool) {
		return called(r.Name, f.id, count(float64(r.LagDays))+" days"), r.LagDays > 0
	}, itself[milestone.Indicator](milestone.KindIndicator))
}

// seeTargets finds targets that are counted.
func seeTargets(b *survey) []sighting {
	return look(b, milestone.KindTarget, b.targets, func(f *fact[milestone.Target], r *milestone.Target) (string, bool) {
		name := plain(r.Name)
		if name == "" {
			name = plain(b.p.m.Name(milestoneRef(r.Milestone)))
		}
		return called(name, f.id), r.Indicator != ""
	}, itself[milestone.Target](milestone.KindTarget))
}

func seeExperiments(b *survey) []sighting {
	return look(b, learning.KindExperiment, b.experiments, func(f *fact[learning.Experiment], r *learning.Experiment) (string, bool) {
		return called(r.Name, f.id, b.ofDay(r.Started)), true
	}, itself[learning.Experiment](learning.KindExperiment))
}

func seeLessons(b *survey) []sighting {
	written := look(b, learning.KindLesson, b.lessons, func(_ *fact[learning.Lesson], r *learning.Lesson) (string, bool) {
		return quoted(plain(r.Learned)), true
	}, itself[learning.Lesson](learning.KindLesson))
	return append(written, b.events(mission.Lesson)...)
}

func seeScopes(counts func(*mission.Scope) bool, words func(*mission.Scope) []string) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return look(b, mission.KindScope, b.scopes, func(f *fact[mission.Scope], r *mission.Scope) (string, bool) {
			said := make([]string, 0, 4)
			for _, w := range words(r) {
				said = append(said, plain(w))
			}
			name := r.Reading
			if plain(name) == "" {
				name = listed(said)
			}
			by := ""
			if r.By != "" {
				by = "the reading of " + b.p.partyName(r.By)
			}
			return called(name, f.id, by), counts(r)
		}, func(r *mission.Scope) []record.Ref { return []record.Ref{missionRef(r.Mission)} })
	}
}

func seeLines(counts func(*accountability.Line) bool) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return look(b, accountability.KindLine, b.lines, func(_ *fact[accountability.Line], r *accountability.Line) (string, bool) {
			return b.p.partyName(r.Actor) + " to " + b.p.named(r.Forum), counts(r)
		}, func(r *accountability.Line) []record.Ref { return []record.Ref{r.Subject} })
	}
}

func seeSpaces(b *survey) []sighting {
	return look(b, accountability.KindSpace, b.spaces, func(f *fact[accountability.LearningSpace], r *accountability.LearningSpace) (string, bool) {
		return called(r.Name, f.id), true
	}, itself[accountability.LearningSpace](accountability.KindSpace))
}

// seeTouching finds learning spaces on what somebody answers for by a line of account, or has been punished for.
func seeTouching(b *survey) []sighting {
	touched := make(map[record.Ref]bool)
	for _, f := range b.lines {
		for _, c := range f.claims {
			touched[c.Record.Subject] = true
		}
	}
	for _, kind := range []string{mission.Sanction, mission.Inquiry, mission.AccountGiven} {
		for _, f := range b.happened[kind] {
			for _, c := range f.claims {
				touched[c.Record.Subject] = true
			}
		}
	}
	return look(b, accountability.KindSpace, b.spaces, func(f *fact[accountability.LearningSpace], r *accountability.LearningSpace) (string, bool) {
		if r.Subject.IsZero() || !touched[r.Subject] {
			return "", false
		}
		return called(r.Name, f.id, "on "+b.p.named(r.Subject)), true
	}, itself[accountability.LearningSpace](accountability.KindSpace))
}

func seeSharings(counts func(mode string) bool) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return look(b, accountability.KindSharing, b.sharings, func(_ *fact[accountability.Sharing], r *accountability.Sharing) (string, bool) {
			lead := ""
			if r.Lead != "" {
				lead = ", " + b.p.partyName(r.Lead) + " first"
			}
			return quoted(plain(r.Duty)) + " on " + b.p.named(r.Subject) + ": " + b.p.partyNames(distinct(r.Members)) + " (" + plain(r.Mode) + ")" + lead, counts(r.Mode)
		}, func(r *accountability.Sharing) []record.Ref { return []record.Ref{r.Subject} })
	}
}

// seeAnswering finds who answers, for one carrier or for several.
func seeAnswering(counts func(carriers int) bool) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return b.carried(func(a *accountability.Answer) bool {
			posts := make(map[record.ID]bool)
			for _, c := range a.Carriers {
				posts[c.Post] = true
			}
			return takesOn(a.Duty) && a.Duty != accountability.HeadOfGovernment && a.State == accountability.Held && counts(len(posts))
		})
	}
}

func seeRelations(counts func(*mission.Relation) bool, words func(*mission.Relation) string) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return look(b, mission.KindRelation, b.relations, func(_ *fact[mission.Relation], r *mission.Relation) (string, bool) {
			with := ""
			if r.With != "" {
				with = " towards " + b.p.partyName(r.With)
			}
			return b.p.partyName(r.Party) + with + ": " + plain(words(r)), counts(r)
		}, func(r *mission.Relation) []record.Ref { return []record.Ref{r.Subject} })
	}
}

func seeBarriers(counts func(*mission.Barrier) bool) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return look(b, mission.KindBarrier, b.barriers, func(f *fact[mission.Barrier], r *mission.Barrier) (string, bool) {
			return called(r.Name, f.id, plain(r.Pattern)), counts(r)
		}, func(r *mission.Barrier) []record.Ref { return []record.Ref{r.Subject} })
	}
}

func seeLevers(counts func(*mission.Lever) bool) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return look(b, mission.KindLever, b.levers, func(f *fact[mission.Lever], r *mission.Lever) (string, bool) {
			return called(r.Name, f.id, plain(r.Pays)), counts(r)
		}, func(r *mission.Lever) []record.Ref { return missionRefs(r.Missions) })
	}
}

// reduced finds money that is less than it was.
func reduced(a *funding.Allocation) bool {
	is, known := a.Amount.Get()
	was, before := a.Was.Get()
	return known && before && is.Currency == was.Currency && is.Minor < was.Minor
}

// outside reports whether a party stands outside central government by every claim on its tier, and somebody states one.
func (b *survey) outside(id record.ID) bool {
	tier := b.p.party(id).tier
	return len(tier) > 0 && !slices.Contains(tier, accountability.TierCentral)
}

// beyond reports whether a party is of another sector than government by every claim, and somebody states one.
func (b *survey) beyond(id record.ID) bool {
	sector := b.p.sector(id)
	return len(sector) > 0 && !slices.Contains(sector, "government")
}

// seeTenures finds who has held a post that leads, sponsors or keeps a mission, and since when.
func seeTenures(b *survey) []sighting {
	at := make(map[record.ID]int)
	var list []sighting
	for i := range b.duties {
		a := &b.duties[i].answer
		if !leads(a.Duty) {
			continue
		}
		for _, c := range a.Carriers {
			for _, h := range c.Holders {
				if h.Holding == nil || h.Holding.From.IsZero() {
					continue
				}
				n, known := at[h.Holding.ID]
				if !known {
					n, at[h.Holding.ID] = len(list), len(list)
					evidence := []Evidence{b.p.evidence(accountability.KindHolding, &h.Holding.Record)}
					list = append(list, sighting{ref: evidence[0].Ref, evidence: evidence,
						name: b.p.partyName(c.Post) + " has had the same holder since " + b.p.when(h.Holding.From) + b.whose(evidence)})
				}
				list[n].missions = distinct(append(list[n].missions, b.missionsOf(a.Subject)...))
			}
		}
	}
	inOrder(list, func(s *sighting) record.Ref { return s.ref })
	return list
}

// seeRedated finds milestones of which a later record states another due date.
func seeRedated(b *survey) []sighting {
	return look(b, milestone.KindMilestone, b.milestones, func(f *fact[milestone.Milestone], r *milestone.Milestone) (string, bool) {
		var moves []string
		for _, slip := range b.p.plan.Slippage(f.id, b.p.at) {
			if slip.Claimant == r.Claimant {
				move := "from " + b.p.when(slip.From) + " to " + b.p.when(slip.To)
				if of, ok := b.p.m.Record(milestoneRef(slip.Record)); ok && plain(of.Reason) != "" {
					move += ", because " + quoted(plain(of.Reason))
				}
				moves = append(moves, move)
			}
		}
		return called(r.Name, f.id, moves...), len(moves) > 0
	}, itself[milestone.Milestone](milestone.KindMilestone))
}

// withheldBoards are forums whose members are kept back.
func withheldBoards(r *accountability.Forum) bool {
	return r.Members.State == record.StateWithheld || r.Disclosed.State == record.StateWithheld
}

func tenderTrust(r *mission.Relation) bool {
	return r.Trust == mission.TrustStrained || r.Trust == mission.TrustBroken
}
