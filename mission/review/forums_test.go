package review_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// boardPlan is parts with the records of boards, units and posts, each with the kind and the id that it has.
func boardPlan(records ...any) mission.Spec {
	var plain []any
	var forums []accountability.Forum
	var meetings []accountability.Meeting
	var resolutions []accountability.Resolution
	var mandates []accountability.Mandate
	var successions []accountability.Succession
	var parties []accountability.Party
	for n, r := range records {
		id := func(r *record.Record, prefix string) {
			if r.ID == "" {
				r.ID = record.ID(prefix + string(rune('a'+n)))
			}
		}
		switch r := r.(type) {
		case accountability.Forum:
			id(&r.Record, "b")
			forums = append(forums, r)
		case accountability.Meeting:
			id(&r.Record, "t")
			meetings = append(meetings, r)
		case accountability.Resolution:
			id(&r.Record, "r")
			r.Subject = theMission
			resolutions = append(resolutions, r)
		case accountability.Mandate:
			id(&r.Record, "l")
			mandates = append(mandates, r)
		case accountability.Succession:
			id(&r.Record, "c")
			successions = append(successions, r)
		case accountability.Party:
			parties = append(parties, r)
		default:
			plain = append(plain, r)
		}
	}
	spec := parts(plain...)
	spec.Forums, spec.Meetings, spec.Resolutions = forums, meetings, resolutions
	spec.Mandates, spec.Successions = mandates, successions
	spec.Parties = append(spec.Parties, parties...)
	return spec
}

func boardRecord(f accountability.Forum) accountability.Forum {
	if f.ID == "" {
		f.ID = "b"
	}
	if f.Kind == "" {
		f.Kind = accountability.MissionBoard
	}
	f.Subject = theMission
	return f
}

func unitRecord(kind, from string, purpose string) accountability.Forum {
	f := accountability.Forum{Record: record.New("b"), Kind: kind, Subject: theMission, Purpose: purpose}
	if from != "" {
		f.From = when(from)
	}
	return f
}

func met(day string, held record.Value[bool]) accountability.Meeting {
	return accountability.Meeting{Forum: "b", OnDay: when(day), Held: held}
}

func refOf(kind record.Kind, id record.ID) record.Ref { return record.Ref{Kind: kind, ID: id} }

var sansHearsay = mission.View{Without: []record.Grade{record.Hearsay}}

func givingReason(e mission.Event, why string) mission.Event { e.Because = why; return e }

func TestTalkingShop(t *testing.T) {
	none := never(mission.Decision, theForum)
	held := record.Known(true)
	days := []string{"2025-09-01", "2025-12-01", "2026-03-01", "2026-06-01"}
	meetings := func(n int) []any {
		var list []any
		for i, day := range days[:n] {
			r := met(day, held)
			r.ID = record.ID("t" + string(rune('0'+i)))
			list = append(list, r)
		}
		return list
	}
	plan := func(n int, more ...any) mission.Spec {
		return boardPlan(append(append([]any{m(""), boardRecord(accountability.Forum{})}, meetings(n)...), more...)...)
	}
	each := func(ids ...record.ID) []any {
		var list []any
		for _, id := range ids {
			e := never(mission.Decision, refOf(accountability.KindMeeting, id))
			e.ID = "none-" + id
			list = append(list, e)
		}
		return list
	}
	resolved := func(r accountability.Resolution) accountability.Resolution { r.Meeting = "t3"; return r }
	early := accountability.Resolution{Meeting: "t-1", Decided: "something"}
	earlier := met("2025-06-01", held)
	earlier.ID = "t-1"
	hearing := boardRecord(accountability.Forum{Purpose: "Deliberative (hears people)."})
	hearing.ID = "b"
	table(t, "F34", theForum, []row{
		{name: "denied, meetings not recorded", spec: plan(0, none), want: finding, says: "has decided nothing", also: "How often it has met is not recorded."},
		{name: "denied after enough meetings", spec: plan(4, none), want: finding, says: "It has met at least 4 times."},
		{name: "denied after too few", spec: plan(3, none), want: nothing},
		{name: "denied by hearsay", spec: plan(0, graded(none, record.Hearsay)), want: finding, says: "It is said (hearsay, an insider,"},
		{name: "hearsay left out", spec: plan(0, graded(none, record.Hearsay)), view: sansHearsay, want: cannot, says: "left out by the view (event/said)"},
		{name: "each meeting denied", spec: plan(4, each("t0", "t1", "t2", "t3")...), want: finding, says: "None of the last 4 meetings of"},
		{name: "one meeting not spoken of", spec: plan(4, each("t0", "t1", "t2")...), want: cannot, says: "whether it has decided anything is not recorded"},
		{name: "nothing recorded", spec: plan(4), want: cannot, says: "whether it has decided anything is not recorded"},
		{name: "deliberative", spec: boardPlan(m(""), hearing, none), want: nothing},
		{name: "decided in the window", spec: plan(4, none, resolved(accountability.Resolution{Decided: "money for it"})), want: nothing},
		{name: "a barrier removed", spec: plan(4, none, resolved(accountability.Resolution{Barrier: "a rule", Removed: held})), want: nothing},
		{name: "a barrier that stayed", spec: plan(4, none, resolved(accountability.Resolution{Barrier: "a rule", Removed: record.Known(false)})), want: finding},
		{name: "decided before the window", spec: plan(4, none, earlier, early), want: finding, says: "at least 5 times"},
		{name: "decided in an event", spec: plan(4, none, event(mission.Decision, theForum, "2026-01-01")), want: nothing},
		{name: "decided in an event long ago", spec: plan(4, none, event(mission.Decision, theForum, "2025-01-01")), want: finding},
		{name: "decided on an unknown day", spec: plan(4, none, event(mission.BarrierRemoved, theForum, "")), want: nothing},
		{name: "called off does not count", spec: plan(3, none, met("2026-06-02", record.Known(false))), want: nothing},
		{name: "to come does not count", spec: plan(3, none, met("2026-07-02", held)), want: nothing},
		{name: "a unit does not meet", spec: boardPlan(m(""), unitRecord(accountability.MissionControl, "", ""), none), want: ""},
		{name: "nor does a committee that scrutinises", spec: boardPlan(m(""), unitRecord(accountability.SelectCommittee, "", ""), none), want: ""},
	})
}

func TestOneSidedBoard(t *testing.T) {
	with := func(v record.Value[[]record.ID]) accountability.Forum {
		return boardRecord(accountability.Forum{Members: v})
	}
	list := func(ids ...record.ID) accountability.Forum { return with(record.Known(ids)) }
	place := func(id record.ID, sector string, of record.ID, kind accountability.PartyKind) accountability.Party {
		return accountability.Party{Record: record.New(id), Kind: kind, Name: "The " + string(id), Sector: sector, OfParty: of}
	}
	gov := place("gov", "government", "", accountability.Organisation)
	gov2 := place("gov2", "government", "", accountability.Organisation)
	sec := place("sec", "", "gov", accountability.Post)
	under := place("under", "", "gov", accountability.Post)
	firm := place("firm", "business", "", accountability.Organisation)
	boss := place("boss", "", "firm", accountability.Post)
	clerk := place("clerk", "", "firm", accountability.Post)
	mystery := place("mystery", "", "", accountability.Organisation)
	lone := place("lone", "", "", accountability.Post)
	rival := place("gov", "public", "", accountability.Organisation)
	rival.Record = record.Record{ID: "gov-2", Of: "gov", Claimant: "another"}
	all := []any{m(""), gov, gov2, sec, under, firm, boss, clerk, mystery, lone}
	plan := func(more ...any) mission.Spec { return boardPlan(append(append([]any{}, all...), more...)...) }
	hearsay := list("gov")
	hearsay.Record = record.Record{ID: "b2", Of: "b", Claimant: "mutterings", Grade: record.Hearsay}
	withheld := with(record.Withheld[[]record.ID]("cabinet"))
	panel := boardRecord(accountability.Forum{Record: record.New("p"), Kind: "panel", Purpose: "advisory"})
	mixed := boardRecord(accountability.Forum{Record: record.New("p"), Members: record.Known([]record.ID{"firm"})})
	joined := m("")
	joined.Contributors = record.Known([]record.ID{"gov", "firm"})
	withFirm := append([]any{joined}, all[1:]...)
	table(t, "F35", theForum, []row{
		{name: "all government", spec: plan(list("sec", "gov2")), want: finding, says: "is from government: The gov2 and The sec"},
		{name: "one member of government", spec: plan(list("sec")), want: finding},
		{name: "a holder of a post of government", spec: plan(list("ann"), holds("sec", "ann")), want: finding, says: "a person"},
		{name: "all of one firm", spec: plan(list("boss", "clerk")), want: finding, says: "is from one organisation, The firm"},
		{name: "one of a firm alone", spec: plan(list("boss")), want: nothing},
		{name: "government and a firm", spec: plan(list("sec", "boss")), want: nothing},
		{name: "two of the same ministry", spec: plan(list("sec", "under")), want: finding, says: "from government"},
		{name: "one of no sector", spec: plan(list("sec", "mystery")), want: cannot, says: "the sector of The mystery is not recorded"},
		{name: "one of no sector and a firm", spec: plan(list("sec", "mystery", "boss")), want: nothing},
		{name: "a firm and a post of no organisation", spec: plan(list("boss", "clerk", "lone")), want: cannot, says: "the organisation of The lone is not recorded"},
		{name: "claimants differ on a sector", spec: plan(list("gov", "gov2"), rival), want: cannot, says: "the sector of The gov is contested"},
		{name: "an advisory panel beside it", spec: plan(list("sec", "gov2"), panel), want: nothing},
		{name: "another board with a firm", spec: plan(list("sec", "gov2"), mixed), want: nothing},
		{name: "nobody from the firm that takes part", spec: boardPlan(append(withFirm, list("sec", "gov2"))...), want: finding, says: "none sits on it: The firm."},
		{name: "mutterings beside a withheld list", spec: plan(withheld, hearsay), want: finding, says: "It is said (hearsay, mutterings) that everybody", also: "membership withheld"},
		{name: "mutterings left out", spec: plan(withheld, hearsay), view: sansHearsay, want: cannot, says: "is withheld (cabinet)"},
		{name: "unknown", spec: plan(with(record.Unknown[[]record.ID]("lost"))), want: cannot, says: "stated to be unknown (lost)"},
		{name: "not recorded", spec: plan(boardRecord(accountability.Forum{})), want: cannot, says: "the list of its members is not recorded"},
		{name: "empty", spec: plan(with(record.Known([]record.ID{}))), want: cannot, says: "the list of its members is empty"},
		{name: "not applicable", spec: plan(with(record.Value[[]record.ID]{State: record.StateNotApplicable})), want: nothing},
	})
}

func TestChairDrift(t *testing.T) {
	chaired := func(chair, design record.ID) accountability.Forum {
		return boardRecord(accountability.Forum{Chair: chair, DesignedChair: design})
	}
	by := func(day string, chair record.ID) accountability.Meeting {
		r := met(day, record.Known(true))
		r.Chair = chair
		return r
	}
	changed := event(mission.ChairChanged, theForum, "2026-01-01")
	reasoned := chaired("other", "minister")
	reasoned.Record = record.Record{ID: "b", Reason: "to meet more often"}
	rival := chaired("head", "")
	rival.Record = record.Record{ID: "b2", Of: "b", Claimant: "another"}
	said := chaired("other", "minister")
	said.Record = record.Record{ID: "b", Grade: record.Opinion, Claimant: "an essay"}
	early := holds("minister", "bob")
	early.From, early.Until = when("2024-01-01"), when("2025-01-01")
	table(t, "F36", theForum, []row{
		{name: "another chairs", spec: boardPlan(m(""), chaired("other", "minister")), want: finding, says: "was to be chaired by Minister and is chaired by Other"},
		{name: "opinion says so", spec: boardPlan(m(""), said), want: finding, says: "It is said (opinion, an essay)"},
		{name: "as designed", spec: boardPlan(m(""), chaired("minister", "minister")), want: nothing},
		{name: "the holder chairs", spec: boardPlan(m(""), chaired("ann", "minister"), holds("minister", "ann")), want: nothing},
		{name: "changed with a reason", spec: boardPlan(m(""), chaired("other", "minister"), givingReason(changed, "to meet weekly")), want: nothing},
		{name: "changed without a reason", spec: boardPlan(m(""), chaired("other", "minister"), changed), want: finding},
		{name: "a reason on the record", spec: boardPlan(m(""), reasoned), want: nothing},
		{name: "no design", spec: boardPlan(m(""), chaired("other", "")), want: cannot, says: "who was to chair it is not recorded"},
		{name: "no chair", spec: boardPlan(m(""), chaired("", "minister")), want: cannot, says: "who chairs it is not recorded"},
		{name: "claimants differ", spec: boardPlan(m(""), chaired("other", "minister"), rival), want: cannot, says: "who chairs it is contested"},
		{name: "meetings under another", spec: boardPlan(m(""), chaired("minister", "minister"), by("2026-01-01", "minister"), by("2026-02-01", "other"), by("2026-03-01", "other")), want: finding, says: "did not chair 2 of its 3 meetings"},
		{name: "half of the meetings", spec: boardPlan(m(""), chaired("minister", "minister"), by("2026-01-01", "minister"), by("2026-02-01", "other")), want: nothing},
		{name: "meetings by the holder of the time", spec: boardPlan(m(""), chaired("", "minister"), early, by("2024-06-01", "bob"), by("2024-07-01", "bob")), want: nothing},
		{name: "meetings by a former holder", spec: boardPlan(m(""), chaired("", "minister"), early, by("2026-02-01", "bob")), want: finding},
		{name: "a unit", spec: boardPlan(m(""), unitRecord(accountability.MissionControl, "", "")), want: ""},
	})
}

func TestOverstretchedHolder(t *testing.T) {
	minister, ann := refOf(accountability.KindParty, "minister"), refOf(accountability.KindParty, "ann")
	sits := func(n int, kind string, members ...record.ID) accountability.Forum {
		return accountability.Forum{Record: record.New(record.ID("b" + string(rune('0'+n)))), Kind: kind, Subject: theMission, Members: record.Known(members)}
	}
	three := []any{m(""), sits(0, "board", "minister"), sits(1, "board", "minister"), sits(2, "board", "minister")}
	five := []any{m(""), sits(0, "v", "minister"), sits(1, "w", "minister"), sits(2, "x", "minister"), sits(3, "y", "minister"), sits(4, "z", "minister")}
	plus := func(list []any, more ...any) mission.Spec {
		return boardPlan(append(append([]any{}, list...), more...)...)
	}
	closed := sits(2, "board")
	closed.Members = record.Withheld[[]record.ID]("cabinet")
	chaired := closed
	chaired.Chair = "minister"
	seat := accountability.Duty{Duty: accountability.BoardMember, Subject: refOf(accountability.KindForum, "b2"), Post: "minister"}
	links := seat
	links.Convening = true
	table(t, "F37", minister, []row{
		{name: "on every board of a sort", spec: plus(three), want: finding, says: `The post "Minister" sits on 3 boards`, also: "That is every board recorded."},
		{name: "of two boards", spec: plus(three[:3]), want: nothing},
		{name: "on more than four", spec: plus(five), want: finding, says: "sits on 5 boards"},
		{name: "on four of four sorts", spec: plus(five[:5]), want: nothing},
		{name: "by a duty", spec: plus(three[:3], closed, seat), want: finding},
		{name: "as chair", spec: plus(three[:3], chaired), want: finding},
		{name: "to connect them", spec: plus(three, links), want: nothing},
		{name: "one list withheld", spec: plus(three[:3], closed), want: ""},
		{name: "on units", spec: boardPlan(m(""), sits(0, "delivery-unit", "minister"), sits(1, "delivery-unit", "minister"), sits(2, "delivery-unit", "minister")), want: ""},
	})
	table(t, "F37", ann, []row{
		{name: "by one post, which speaks", spec: plus(three, holds("minister", "ann")), want: ""},
		{name: "by two posts", spec: plus([]any{m(""), sits(0, "board", "minister"), sits(1, "board", "head"), sits(2, "board", "minister")}, holds("minister", "ann"), holds("head", "ann")),
			want: finding, says: `One holder of the posts "Head" and "Minister" sits on 3 boards`},
		{name: "in person", spec: boardPlan(m(""), sits(0, "board", "ann"), sits(1, "board", "ann"), sits(2, "board", "ann")), want: finding, says: "A person sits on 3 boards"},
	})
	table(t, "F37", refOf(accountability.KindForum, "b2"), []row{
		{name: "withheld", spec: plus(three[:3], closed), want: cannot, says: "is withheld (cabinet)"},
		{name: "known", spec: plus(three), want: ""},
	})
	table(t, "F37", refOf(accountability.KindParty, "org"), []row{
		{name: "an organisation on all", spec: boardPlan(m(""), sits(0, "board", "org"), sits(1, "board", "org"), sits(2, "board", "org")), want: ""},
	})
	r := run(t, plus(five), mission.View{On: on}, review.Options{Rules: []string{"F37"}, Thresholds: map[string]float64{"F37.seats": 5}})
	assert.Empty(t, r.Findings)
}

func TestCadenceLapse(t *testing.T) {
	to := func(cadence string) accountability.Forum {
		f := boardRecord(accountability.Forum{Cadence: cadence})
		f.From = when("2024-01-01")
		return f
	}
	held, off := record.Known(true), record.Known(false)
	var unsaid record.Value[bool]
	none := func(day string) mission.Event {
		e := never(mission.MeetingHeld, theForum)
		if day != "" {
			e.OnDay = when(day)
		}
		return e
	}
	said := none("2026-05-20")
	rival := to("yearly")
	rival.Record = record.Record{ID: "b2", Of: "b", Claimant: "another"}
	table(t, "F46", theForum, []row{
		{name: "called off late", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held), met("2026-04-16", off)), want: finding, says: "(monthly). It last met, as far as is recorded, on 1 March 2026, and had not met again by 16 April 2026."},
		{name: "called off within the tolerance", spec: boardPlan(m(""), to("monthly"), met("2026-05-20", held), met("2026-06-20", off)), want: nothing},
		{name: "called off a day too early to tell", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held), met("2026-04-15", off)), want: cannot, says: "whether it has met since 1 March 2026 is not recorded"},
		{name: "denied", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held), none("2026-06-01")), want: finding},
		{name: "denied by hearsay", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held), graded(said, record.Hearsay)), want: finding, says: "It is said (hearsay"},
		{name: "denied before it met", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held), none("2026-02-01")), want: cannot},
		{name: "denied on no day, and met", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held), none("")), want: cannot},
		{name: "never met", spec: boardPlan(m(""), to("monthly"), none("")), want: finding, says: "No meeting of it is recorded since 1 January 2024"},
		{name: "met by an event", spec: boardPlan(m(""), to("monthly"), event(mission.MeetingHeld, theForum, "2026-06-01")), want: nothing},
		{name: "met lately", spec: boardPlan(m(""), to("monthly"), met("2026-05-16", held)), want: nothing},
		{name: "met a day earlier", spec: boardPlan(m(""), to("monthly"), met("2026-05-15", held)), want: cannot},
		{name: "met some day", spec: boardPlan(m(""), to("monthly"), met("2026", held)), want: cannot, says: "known only as 2026"},
		{name: "perhaps met", spec: boardPlan(m(""), to("monthly"), met("2026-06-01", unsaid)), want: cannot, says: "whether it has met since 1 January 2024"},
		{name: "recess", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held), met("2026-05-16", off), event(mission.Recess, theForum, "2026-04")), want: nothing},
		{name: "recess of everybody", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held), met("2026-05-16", off), event(mission.Recess, record.Ref{}, "2026-05")), want: nothing},
		{name: "recess long ago", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held), met("2026-05-16", off), event(mission.Recess, theForum, "2025-08")), want: finding},
		{name: "claimants differ: the least counts", spec: boardPlan(m(""), to("monthly"), rival, met("2026-03-01", held), met("2026-05-16", off)), want: nothing},
		{name: "no cadence", spec: boardPlan(m(""), to(""), met("2026-03-01", held)), want: cannot, says: "how often it is to meet is not recorded"},
		{name: "cadence in other words", spec: boardPlan(m(""), to("when needed"), met("2026-03-01", held)), want: cannot, says: `in words that this rule does not know ("when needed")`},
		{name: "no day to look from", spec: boardPlan(m(""), to("monthly"), met("2026-03-01", held)), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
	})
}

func TestCadence(t *testing.T) {
	for words, want := range map[string]calendar.Days{
		"daily": 1, "weekly": 7, "Fortnightly": 14, "monthly": 31, "quarterly": 92, "half-yearly": 184, "annually": 366,
		"every six weeks": 42, "every 2 months": 62, "every other week": 14, "in public each quarter": 92, "once a month": 31,
		"twice a year": 183, "every week, in public": 7, "monthly (in public)": 31, "every month": 31,
		"": 0, "when needed": 0, "every so often": 0, "every": 0, "every six": 0, "once": 0, "twice a": 0, "at least often": 0,
	} {
		assert.Equal(t, want, review.Cadence(words), "%q", words)
	}
}
