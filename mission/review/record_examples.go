package review

import (
	"time"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// The plans that show the rules on the registers themselves.

func someone(id record.ID) accountability.Party {
	return accountability.Party{Record: made(id), Kind: accountability.Person, Name: "Somebody"}
}

// holding says who holds a post from the beginning of 2025 until a day, if one is given.
func holding(post, holder record.ID, until calendar.When) accountability.Holding {
	h := accountability.Holding{Record: made("hold-" + post + "-" + holder), Post: post, Holder: holder}
	h.From, h.Until = exactly(2025, time.January, 1), until
	return h
}

var (
	open     calendar.When
	lastYear = calendar.YearOf(calendar.On(2026, time.January, 1))
)

// office is a ministry with two posts and three people, and what is recorded of them.
func office(seats int, holdings []accountability.Holding, leaves ...accountability.Leave) mission.Spec {
	director := of("director", "Director for Homes", "ministry")
	director.Seats = seats
	return mission.Spec{
		Parties: []accountability.Party{ministry, director, of("deputy", "Deputy Director for Homes", "ministry"), of("adviser", "Adviser on Homes", "ministry"),
			someone("first"), someone("second"), someone("third")},
		Holdings: holdings, Leaves: leaves,
	}
}

func overSeatsBad() Example {
	return show("Two people hold a post with one seat.", office(0, []accountability.Holding{holding("director", "first", open), holding("director", "second", open)}))
}

func overSeatsGood() Example {
	return show("The first has left, and the second holds it.", office(0, []accountability.Holding{holding("director", "first", exactly(2026, time.January, 1)), holding("director", "second", open)}))
}

func overSeatsUnclear() Example {
	return show("The first left at some time in 2026.", office(0, []accountability.Holding{holding("director", "first", lastYear), holding("director", "second", open)}))
}

func overSeatsHarmless() Example {
	return show("Two people share a post with two seats.", office(2, []accountability.Holding{holding("director", "first", open), holding("director", "second", open)}))
}

func away(from, until calendar.When, post, holder record.ID) accountability.Leave {
	l := accountability.Leave{Record: made("leave-" + post), Holding: "hold-" + post + "-" + holder, Why: "parental"}
	l.From, l.Until = from, until
	return l
}

func covering(post, holder record.ID) accountability.Holding {
	h := holding(post, holder, open)
	h.Basis = accountability.BasisCover
	return h
}

var spring = exactly(2026, time.March, 1)

func leaveUncoveredBad() Example {
	return show("A director is on leave, and nobody is recorded as standing in.", office(0, []accountability.Holding{holding("director", "first", open)}, away(spring, open, "director", "first")))
}

func leaveUncoveredGood() Example {
	return show("Somebody stands in.", office(0, []accountability.Holding{holding("director", "first", open), covering("director", "second")}, away(spring, open, "director", "first")))
}

func leaveUncoveredUnclear() Example {
	return show("The leave began at some time in 2026.", office(0, []accountability.Holding{holding("director", "first", open)}, away(lastYear, open, "director", "first")))
}

func leaveUncoveredHarmless() Example {
	return show("One of two directors is on leave, and the other is there.", office(2, []accountability.Holding{holding("director", "first", open), holding("director", "second", open)}, away(spring, open, "director", "first")))
}

// chained is an office in which the second person stands in for the first, and the third for the second.
func chained(second, third calendar.When) mission.Spec {
	spec := office(0, []accountability.Holding{holding("director", "first", open), covering("director", "second"), holding("deputy", "second", open), covering("deputy", "third")},
		away(spring, open, "director", "first"))
	if !second.IsZero() {
		spec.Leaves = append(spec.Leaves, away(second, third, "deputy", "second"))
	}
	return spec
}

func actingChainBad() Example {
	return show("The deputy stands in for the director, and an adviser for the deputy.", chained(spring, open))
}

func actingChainGood() Example {
	spec := chained(open, open)
	spec.Holdings = spec.Holdings[:2]
	return show("Somebody without another post stands in for the director.", spec)
}

func actingChainUnclear() Example {
	return show("From when the deputy was away from the other post is known only as 2026.", chained(lastYear, open))
}

func actingChainHarmless() Example {
	return show("The deputy stands in and keeps the other post, and the adviser helps.", func() mission.Spec {
		spec := chained(open, open)
		spec.Holdings = spec.Holdings[:3]
		return spec
	}())
}

func letterOf(signed, effective calendar.When) mission.Spec {
	return mission.Spec{
		Parties:  []accountability.Party{post("owner", "Owner of the Repairs programme")},
		Mandates: []accountability.Mandate{{Record: made("letter"), Kind: "senior-responsible-owner", To: "owner", Signed: signed, Effective: effective}},
	}
}

func backdatedMandateBad() Example {
	return show("A letter of March 2026 takes effect from January 2025.", letterOf(spring, exactly(2025, time.January, 1)))
}

func backdatedMandateGood() Example {
	return show("A letter takes effect in the month after it was signed.", letterOf(spring, exactly(2026, time.April, 1)))
}

func backdatedMandateUnclear() Example {
	return show("Nobody has recorded when the letter was signed.", letterOf(open, spring))
}

func backdatedMandateHarmless() Example {
	return show("A letter was signed nine days after it takes effect.", letterOf(exactly(2026, time.April, 10), exactly(2026, time.April, 1)))
}

// rivals is an office of whose director two sources say something.
func rivals(other record.ID, from calendar.When) mission.Spec {
	one := holding("director", "first", open)
	two := holding("director", other, open)
	one.Claimant, two.Claimant = "the ministry's site", "the annual report"
	two.ID, two.Of, two.From = "rival", one.ID, from
	return office(0, []accountability.Holding{one, two})
}

func disputedRecordBad() Example {
	return show("Two sources name different directors.", rivals("second", exactly(2025, time.January, 1)))
}

func disputedRecordGood() Example {
	return show("Two sources name the same director.", rivals("first", exactly(2025, time.January, 1)))
}

func disputedRecordUnclear() Example {
	return show("A second source names another director, from some time in 2026.", rivals("second", lastYear))
}

func disputedRecordHarmless() Example {
	spec := rivals("second", exactly(2025, time.January, 1))
	spec.Holdings[1].Until = exactly(2026, time.January, 1)
	return show("A second source names another director, until last year.", spec)
}

// answered is a milestone that two posts own.
func answered(parts [2]string, sharings ...accountability.Sharing) mission.Spec {
	first, second := carries("owner-ministry", accountability.AnswerFor, homes, "ministry"), carries("owner-council", accountability.AnswerFor, homes, "council")
	first.Part, second.Part = parts[0], parts[1]
	return mission.Spec{
		Parties:  []accountability.Party{ministry, riverside},
		Missions: []mission.Mission{warmHomes()},
		Duties:   []accountability.Duty{first, second}, Sharings: sharings,
	}
}

// asOne is a sharing of the duty to answer for the mission.
func asOne(change func(*accountability.Sharing)) accountability.Sharing {
	s := accountability.Sharing{Record: made("together"), Subject: homes, Duty: accountability.AnswerFor, Mode: accountability.Joint, Members: []record.ID{"ministry", "council"}}
	change(&s)
	return s
}

func manyAccountableBad() Example {
	return show("A ministry and a council each answer for a mission.", answered([2]string{}))
}

func manyAccountableGood() Example {
	return show("Each answers for a stated part.", answered([2]string{"grants", "repairs"}))
}

func manyAccountableUnclear() Example {
	spec := answered([2]string{})
	spec.Duties[1].From = lastYear
	return show("The council answers from some time in 2026.", spec)
}

func manyAccountableHarmless() Example {
	return show("They share it, and the ministry leads.", answered([2]string{}, asOne(func(s *accountability.Sharing) { s.Lead = "ministry" })))
}

func sharedWithoutLeadBad() Example {
	return show("Two share a duty, by unanimity, and nothing says where a dispute goes.", answered([2]string{}, asOne(func(s *accountability.Sharing) { s.Rule = accountability.ByUnanimity })))
}

func sharedWithoutLeadGood() Example {
	return show("Two share a duty, and one leads.", answered([2]string{}, asOne(func(s *accountability.Sharing) { s.Lead = "council" })))
}

func sharedWithoutLeadUnclear() Example {
	return show("Two share a duty without a lead, from some time in 2026.", answered([2]string{"grants", "repairs"}, asOne(func(s *accountability.Sharing) { s.From = lastYear })))
}

func sharedWithoutLeadHarmless() Example {
	return show("Two share a duty by unanimity, and a dispute goes to the minister.", answered([2]string{}, asOne(func(s *accountability.Sharing) {
		s.Rule, s.Escalation = accountability.ByUnanimity, "to the minister"
	})))
}

var repairs = initiativeRef("repairs")

// owner is a programme of work with an owner and an accounting officer.
func owner(kind string, holdings ...accountability.Holding) mission.Spec {
	spec := office(0, holdings)
	spec.Initiatives = []mission.Initiative{{Record: made("repairs"), Name: "Repairs", Kind: kind, By: "ministry", Reporting: record.Number(5)}}
	spec.Duties = []accountability.Duty{carries("owner", accountability.SeniorOwner, repairs, "director"), carries("officer", accountability.AccountingOfficer, repairs, "deputy")}
	return spec
}

func twoHatsBad() Example {
	return show("One person is senior responsible owner of a programme and accounting officer for it.", owner(mission.Programme, holding("director", "first", open), holding("deputy", "first", open)))
}

func twoHatsGood() Example {
	return show("Two people hold the two posts.", owner(mission.Programme, holding("director", "first", open), holding("deputy", "second", open)))
}

func twoHatsUnclear() Example {
	return show("Nobody has recorded who holds one of the two posts.", owner(mission.Programme, holding("director", "first", open)))
}

func twoHatsHarmless() Example {
	return show("The same person held the other post until last year.", owner(mission.Programme, holding("director", "first", open), holding("deputy", "first", exactly(2026, time.January, 1)), holding("deputy", "second", open)))
}

func ownerOfPortfolioBad() Example {
	return show("A director is senior responsible owner of a portfolio.", owner(mission.Portfolio, holding("director", "first", open), holding("deputy", "second", open)))
}

func ownerOfPortfolioGood() Example {
	return show("A director is senior responsible owner of a programme.", owner(mission.Programme, holding("director", "first", open), holding("deputy", "second", open)))
}

func ownerOfPortfolioUnclear() Example {
	return show("Nobody has recorded what sort of work it is.", owner("", holding("director", "first", open), holding("deputy", "second", open)))
}

func ownerOfPortfolioHarmless() Example {
	return show("What is called a portfolio is recorded as one programme.", func() mission.Spec {
		spec := owner(mission.Programme, holding("director", "first", open), holding("deputy", "second", open))
		spec.Initiatives[0].Name = "Repairs portfolio"
		return spec
	}())
}

// officered is a ministry with accounting officers.
func officered(duties ...accountability.Duty) mission.Spec {
	spec := office(0, []accountability.Holding{holding("director", "first", open), holding("deputy", "second", open)})
	spec.Duties = duties
	return spec
}

func officer(id, post record.ID) accountability.Duty {
	return carries(id, accountability.AccountingOfficer, partyRef("ministry"), post)
}

func officerVacantBad() Example {
	return show("The ministry's accounting officer has left, and nobody has followed.", func() mission.Spec {
		spec := officered(officer("officer", "director"))
		spec.Holdings[0].Until = exactly(2026, time.January, 1)
		return spec
	}())
}

func officerVacantGood() Example {
	return show("The director is accounting officer.", officered(officer("officer", "director")))
}

func officerVacantUnclear() Example {
	return show("The accounting officer left at some time in 2026.", func() mission.Spec {
		spec := officered(officer("officer", "director"))
		spec.Holdings[0].Until = lastYear
		return spec
	}())
}

func officerVacantHarmless() Example {
	return show("The accounting officer has left, and somebody acts.", func() mission.Spec {
		spec := officered(officer("officer", "director"))
		spec.Holdings[0].Until = exactly(2026, time.January, 1)
		acting := holding("director", "third", open)
		acting.From, acting.Basis = exactly(2026, time.January, 1), accountability.BasisActing
		spec.Holdings = append(spec.Holdings, acting)
		return spec
	}())
}

func officerTwiceBad() Example {
	return show("Director and deputy are both accounting officer of the ministry.", officered(officer("officer", "director"), officer("second-officer", "deputy")))
}

func officerTwiceGood() Example {
	return show("The director alone is.", officered(officer("officer", "director")))
}

func officerTwiceUnclear() Example {
	second := officer("second-officer", "deputy")
	second.From = lastYear
	return show("The deputy is too, from some time in 2026.", officered(officer("officer", "director"), second))
}

func officerTwiceHarmless() Example {
	one, two := officer("officer", "director"), officer("second-officer", "deputy")
	one.Part, two.Part = "everything but grants", "grants"
	return show("The deputy is additional accounting officer for grants, and the director for all else.", officered(one, two))
}

// tested is money that failed a test of feasibility in March.
func tested(feasible record.Value[bool], decided calendar.When, directions ...accountability.Direction) mission.Spec {
	spec := granted(funding.Allocation{AccountingOfficer: "secretary", Decided: decided})
	spec.AccountingTests = []accountability.AccountingTest{{Record: made("test"), Subject: grants, Officer: "secretary", OnDay: spring,
		Regularity: record.Known(true), Propriety: record.Known(true), ValueForMoney: record.Known(true), Feasibility: feasible}}
	spec.Directions = directions
	return spec
}

func failedTestBad() Example {
	return show("Money failed the test of feasibility in March and was decided on in May, without a direction.", tested(record.Known(false), exactly(2026, time.May, 4)))
}

func failedTestGood() Example {
	return show("It met all four standards.", tested(record.Known(true), exactly(2026, time.May, 4)))
}

func failedTestUnclear() Example {
	return show("It failed the test, and nobody has recorded whether it went ahead.", tested(record.Known(false), open))
}

func failedTestHarmless() Example {
	return show("It failed the test, and the minister gave a direction.", tested(record.Known(false), exactly(2026, time.May, 4),
		accountability.Direction{Record: made("direction"), Subject: grants, Officer: "secretary", Minister: "minister", Given: exactly(2026, time.April, 1)}))
}

// delegated is a grant of up to some pounds from a minister, who may spend up to 100 pounds, to a director.
func delegated(pounds int64, own ...accountability.Grant) mission.Spec {
	spec := office(0, nil)
	spec.Parties = append(spec.Parties, of("minister", "Minister for Homes", "ministry"))
	spec.Grants = append(own, accountability.Grant{Record: made("passed-on"), By: "minister", To: "director", Powers: []string{accountability.PowerSpend}, PerItem: record.Money{Minor: pounds * 100, Currency: "GBP"}})
	return spec
}

func limited(pounds int64) accountability.Grant {
	return accountability.Grant{Record: made("own"), To: "minister", Powers: []string{accountability.PowerSpend}, PerItem: record.Money{Minor: pounds * 100, Currency: "GBP"}}
}

func widenedGrantBad() Example {
	return show("A minister who may spend 100 pounds lets a director spend 500.", delegated(500, limited(100)))
}

func widenedGrantGood() Example {
	return show("A minister who may spend 100 pounds lets a director spend 50.", delegated(50, limited(100)))
}

func widenedGrantUnclear() Example {
	return show("Nothing is recorded of what the minister may spend.", delegated(500))
}

func widenedGrantHarmless() Example {
	more := limited(900)
	more.ID = "by-statute"
	return show("The minister may spend 900 pounds by another grant.", delegated(500, limited(100), more))
}

// space is a learning space that the director carries the risk of.
func space(s accountability.LearningSpace, holdings ...accountability.Holding) mission.Spec {
	s.Record.ID, s.Record.Grade = "trial", record.Illustrative
	s.Name, s.Subject = "Trial of dryers", homes
	if s.Sponsor == "" {
		s.Sponsor = "director"
	}
	spec := office(0, append([]accountability.Holding{holding("deputy", "second", open)}, holdings...))
	spec.Missions = []mission.Mission{warmHomes()}
	spec.LearningSpaces = []accountability.LearningSpace{s}
	return spec
}

func endless() accountability.LearningSpace { return accountability.LearningSpace{} }

func bounded() accountability.LearningSpace {
	return accountability.LearningSpace{StopRules: []string{"when a room gets wetter"}}
}

func unboundedSpaceBad() Example {
	return show("A learning space has no cap, no end and no rule for stopping.", space(endless(), holding("director", "first", open)))
}

func unboundedSpaceGood() Example {
	return show("It ends when a room gets wetter.", space(bounded(), holding("director", "first", open)))
}

func unboundedSpaceUnclear() Example {
	s := endless()
	s.Until = calendar.MustParseWhen("unknown")
	return show("When it ends is recorded as unknown.", space(s, holding("director", "first", open)))
}

func unboundedSpaceHarmless() Example {
	s := endless()
	s.SpendCap = record.Money{Minor: 1_000_000, Currency: "GBP"}
	return show("It has a cap on spending.", space(s, holding("director", "first", open)))
}

func noRiskCarrierBad() Example {
	return show("The director who carried the risk has left.", space(bounded(), holding("director", "first", exactly(2026, time.January, 1))))
}

func noRiskCarrierGood() Example {
	return show("A director carries the risk.", space(bounded(), holding("director", "first", open)))
}

func noRiskCarrierUnclear() Example {
	return show("Nobody has recorded who holds the post.", space(bounded()))
}

func noRiskCarrierHarmless() Example {
	s := bounded()
	s.Sponsor = "ministry"
	return show("The ministry as a body carries the risk.", space(s))
}
