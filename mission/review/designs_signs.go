package review

import (
	"slices"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// What the elements of the reference designs look for beyond what a Check can say.

// yesOrNo picks facts of which one claim says yes and another no: those that say no are denials.
func yesOrNo(pick func(want bool) func(*survey) []sighting) func(*survey) []sighting {
	return func(b *survey) []sighting {
		list, against := pick(true)(b), pick(false)(b)
		for i := range against {
			against[i].denied = true
		}
		return append(list, against...)
	}
}

// isKnown reports whether a value is known to be what is wanted.
func isKnown(v record.Value[bool], want bool) bool {
	known, ok := v.Get()
	return ok && known == want
}

// seeMeans finds what those who lead a mission have to act with.
func seeMeans(of func(*accountability.Means) record.Value[bool]) func(*survey) []sighting {
	return yesOrNo(func(want bool) func(*survey) []sighting {
		return func(b *survey) []sighting {
			var list []sighting
			for i := range b.duties {
				a := &b.duties[i].answer
				if a.Duty != accountability.MissionLead || a.State == accountability.Vacant {
					continue
				}
				for _, c := range b.p.carriers(a) {
					if !isKnown(of(&c.Duty.Means), want) {
						continue
					}
					evidence := []Evidence{b.p.evidence(accountability.KindDuty, &c.Duty.Record)}
					list = append(list, sighting{ref: evidence[0].Ref, name: quoted(plain(a.Duty)) + " by " + b.p.partyName(c.Post) + b.whose(evidence),
						missions: b.missionsOf(a.Subject), evidence: evidence})
				}
			}
			return list
		}
	})
}

// seePriorities finds agreements on priorities: those certainly after a settlement for the mission are denials, since the element
// asks for them before, and those of which that is not known show nothing.
func seePriorities(b *survey) []sighting {
	settled := make(map[record.ID][]calendar.When)
	for _, f := range b.settlements {
		for _, c := range f.claims {
			if c.Record.Agreed.IsZero() {
				continue
			}
			for _, id := range b.missionsFrom(settlementRef(f.id)) {
				settled[id] = append(settled[id], c.Record.Agreed)
			}
		}
	}
	var list []sighting
	for _, denied := range []bool{false, true} {
		some := b.eventsThat(func(e *mission.Event) bool {
			if e.Absent {
				return !denied // said once
			}
			first := true
			for _, id := range b.missionsOf(e.Subject) {
				for _, day := range settled[id] {
					switch {
					case before(e.OnDay, []calendar.When{day}) == calendar.Certainly:
					case before(day, []calendar.When{e.OnDay}) == calendar.Certainly:
						return denied
					default:
						first = false
					}
				}
			}
			return first && !denied
		}, mission.Priorities)
		for i := range some {
			some[i].denied = some[i].denied || denied
		}
		list = append(list, some...)
	}
	return list
}

// seePrevention finds money for prevention: nought is a denial.
func seePrevention(b *survey) []sighting {
	return yesOrNo(func(want bool) func(*survey) []sighting {
		return seeMoney(func(r *funding.Allocation) bool {
			sum, known := r.Amount.Get()
			return r.Nature == funding.Prevention && known && (sum.Minor > 0) == want
		})
	})(b)
}

// seeObliges finds letters that lay a way of working on those whom they bind, and letters whose listed ways leave it out.
func seeObliges(word string) func(*survey) []sighting {
	return yesOrNo(func(want bool) func(*survey) []sighting {
		return func(b *survey) []sighting {
			return look(b, accountability.KindMandate, b.mandates, func(_ *fact[accountability.Mandate], r *accountability.Mandate) (string, bool) {
				ways, known := r.Obliges.Get()
				return "the letter to " + b.p.partyName(r.To), known && slices.Contains(ways, word) == want
			}, func(r *accountability.Mandate) []record.Ref { return []record.Ref{r.Subject} })
		}
	})
}

func seeLetters(b *survey) []sighting {
	return look(b, accountability.KindMandate, b.mandates, func(_ *fact[accountability.Mandate], r *accountability.Mandate) (string, bool) {
		return "the letter to " + b.p.partyName(r.To), true
	}, func(r *accountability.Mandate) []record.Ref { return []record.Ref{r.Subject} })
}

// seeCouncils picks mission councils.
func seeCouncils(counts func(*survey, *accountability.Forum) bool) func(*survey) []sighting {
	return func(b *survey) []sighting {
		return b.boards(func(r *accountability.Forum) bool { return r.Kind == accountability.MissionCouncil && counts(b, r) })
	}
}

// seeOpenCouncils finds mission councils of which something was put where anybody can read it.
func seeOpenCouncils(b *survey) []sighting {
	councils := make(map[record.Ref]bool)
	for _, s := range seeCouncils(func(*survey, *accountability.Forum) bool { return true })(b) {
		councils[s.ref] = true
	}
	return b.eventsThat(func(e *mission.Event) bool { return councils[e.Subject] }, mission.Published)
}

// byStance tells relations apart by the first stance that each relation is said to have.
func byStance(b *survey) func(*sighting) string {
	first := make(map[record.ID]string)
	for _, f := range b.relations {
		for _, c := range f.claims {
			if first[f.id] == "" {
				first[f.id] = c.Record.Stance
			}
		}
	}
	return func(s *sighting) string { return first[s.ref.ID] }
}

// eachFact tells every fact from every other.
func eachFact(*survey) func(*sighting) string {
	return func(s *sighting) string { return string(s.ref.ID) }
}

// quarter is the longest time between meetings of a council that meets every quarter, in days.
const quarter = 92

// seeCapabilities finds what those on a mission can do: known to be held by nobody is a denial.
func seeCapabilities(b *survey) []sighting {
	return yesOrNo(func(want bool) func(*survey) []sighting {
		return func(b *survey) []sighting {
			return look(b, mission.KindCapability, b.capabilities, func(f *fact[mission.Capability], r *mission.Capability) (string, bool) {
				by, known := r.HeldBy.Get()
				return called(r.Name, f.id), known && (len(by) > 0) == want
			}, func(r *mission.Capability) []record.Ref { return missionRefs(r.Missions) })
		}
	})(b)
}

// seeSeveral shows something for each mission for which a number of different things are recorded.
func seeSeveral(least int, of func(*survey) []sighting, differ func(*survey) func(*sighting) string) func(*survey) []sighting {
	return func(b *survey) []sighting {
		kinds := make(map[record.ID]map[string]bool)
		list, sort := of(b), differ(b)
		for i := range list {
			for _, id := range list[i].missions {
				if kinds[id] == nil {
					kinds[id] = make(map[string]bool)
				}
				kinds[id][sort(&list[i])] = true
			}
		}
		var kept []sighting
		for _, s := range list {
			s.missions = slices.DeleteFunc(slices.Clone(s.missions), func(id record.ID) bool { return len(kinds[id]) < least })
			if len(s.missions) > 0 {
				kept = append(kept, s)
			}
		}
		return kept
	}
}

// seeBoth shows two sorts of thing for each mission for which each of the two is recorded.
func seeBoth(one, other func(*survey) []sighting) func(*survey) []sighting {
	return func(b *survey) []sighting {
		a, z := one(b), other(b)
		has := func(list []sighting) map[record.ID]bool {
			ids := make(map[record.ID]bool)
			for i := range list {
				for _, id := range list[i].missions {
					ids[id] = true
				}
			}
			return ids
		}
		left, right := has(a), has(z)
		var kept []sighting
		for _, s := range append(a, z...) {
			s.missions = slices.DeleteFunc(slices.Clone(s.missions), func(id record.ID) bool { return !left[id] || !right[id] })
			if len(s.missions) > 0 {
				kept = append(kept, s)
			}
		}
		return kept
	}
}

// seeTakingPart finds those who take part in missions from outside central government; where all who take part are listed and
// all of them are central, that is a denial.
func seeTakingPart(b *survey) []sighting {
	return yesOrNo(func(want bool) func(*survey) []sighting {
		return func(b *survey) []sighting {
			return look(b, mission.KindMission, b.missions, func(_ *fact[mission.Mission], r *mission.Mission) (string, bool) {
				ids, known := r.Contributors.Get()
				if !known || len(ids) == 0 {
					return "", false
				}
				var out []record.ID
				central := true
				for _, id := range ids {
					tier := b.p.party(id).tier
					if b.outside(id) {
						out = append(out, id)
					}
					central = central && slices.Equal(tier, []string{accountability.TierCentral})
				}
				if want {
					return "taking part: " + b.p.partyNames(distinct(out)), len(out) > 0
				}
				return "all who take part are central government", central
			}, itself[mission.Mission](mission.KindMission))
		}
	})(b)
}

// seeUnbadged finds work that stands beside missions in good standing; mission work of which it is said that nothing has changed
// is a denial.
func seeUnbadged(b *survey) []sighting {
	list := b.work(func(r *mission.Initiative) bool {
		return r.Status == mission.ValuedAsItIs || r.Status == mission.Adjacent
	})
	badged := make(map[record.Ref]bool)
	for _, s := range b.work(func(r *mission.Initiative) bool { return r.Status == mission.MissionWork }) {
		badged[s.ref] = true
	}
	for _, s := range b.eventsThat(func(e *mission.Event) bool { return e.Absent && badged[e.Subject] }, mission.PracticeChange) {
		s.denied = true
		list = append(list, s)
	}
	return list
}

// seeTone finds what those who lead the government said or did that others read: what runs counter to something is a denial.
func seeTone(b *survey) []sighting {
	return yesOrNo(func(want bool) func(*survey) []sighting {
		return seeEventsThat(func(b *survey, e *mission.Event) bool {
			return !e.Absent && (len(e.Against) == 0) == want && slices.ContainsFunc(e.By, func(id record.ID) bool { return b.heads[id] })
		}, mission.Signal)
	})(b)
}

// seeReset finds milestones of a mission that a later record changes, and changes of its plan.
func seeReset(b *survey) []sighting {
	list := b.events(mission.PlanChanged)
	list = append(list, look(b, milestone.KindMilestone, b.milestones, func(f *fact[milestone.Milestone], r *milestone.Milestone) (string, bool) {
		return called(r.Name, f.id), r.Verb == record.Change
	}, itself[milestone.Milestone](milestone.KindMilestone))...)
	return append(list, look(b, mission.KindMission, b.missions, func(f *fact[mission.Mission], r *mission.Mission) (string, bool) {
		return called(r.Name, f.id), r.Verb == record.Change
	}, itself[mission.Mission](mission.KindMission))...)
}

func seeReopened(b *survey) []sighting {
	list := look(b, funding.KindSettlement, b.settlements, func(f *fact[funding.Settlement], r *funding.Settlement) (string, bool) {
		return called("", f.id, "reopened "+b.p.when(r.Reopened)), !r.Reopened.IsZero()
	}, itself[funding.Settlement](funding.KindSettlement))
	return list
}
