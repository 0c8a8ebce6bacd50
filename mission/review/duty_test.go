package review_test

import (
	"testing"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
)

// lived gives a party of a plan a start and an end.
func lived(spec mission.Spec, id record.ID, from, until string) mission.Spec {
	for i := range spec.Parties {
		if p := &spec.Parties[i]; p.ID == id {
			if from != "" {
				p.From = when(from)
			}
			if until != "" {
				p.Until = when(until)
			}
		}
	}
	return spec
}

// said makes a record the word of a weak source.
func said(r record.Record, g record.Grade) record.Record {
	r.Grade, r.Source, r.Claimant = g, "paper", "an insider"
	return r
}

func TestOutsidePost(t *testing.T) {
	ann := filled("ha", "minister", "ann", "2025-01-01", "2026-01-01")
	after := func(spec mission.Spec, id record.ID) mission.Spec {
		spec.Successions = []accountability.Succession{{Record: record.New("v"), Kind: accountability.Rename, Predecessors: []record.ID{"other"}, Successors: []record.ID{id}}}
		return spec
	}
	weak := ann
	weak.Record = said(weak.Record, record.Hearsay)
	hearsay := lived(arranged(weak), "minister", "2025-06-01", "")
	for i := range hearsay.Parties {
		if hearsay.Parties[i].ID == "minister" {
			hearsay.Parties[i].Record = said(hearsay.Parties[i].Record, record.Hearsay)
		}
	}
	rebuilt := lived(arranged(ann), "minister", "2020-01-01", "2025-03-01")
	again := accountability.Party{Record: record.Record{ID: "minister-again", Of: "minister", Verb: record.Change, From: when("2025-05-01")}, Kind: accountability.Post, Name: "Minister", OfParty: "org"}
	rebuilt.Parties = append(rebuilt.Parties, again)
	rival := lived(arranged(ann), "minister", "2025-06-01", "")
	rival.Parties = append(rival.Parties, accountability.Party{Record: record.Record{ID: "rival", Of: "minister", Claimant: "another", From: when("2020-01-01")}, Kind: accountability.Post, Name: "Minister", OfParty: "org"})
	table(t, "A05", theMinister, []row{
		{name: "before the post", spec: lived(arranged(ann), "minister", "2025-06-01", ""), want: finding, says: `The post "Minister" is recorded as held on 1 January 2025, when that post did not exist`},
		{name: "from its first day", spec: lived(arranged(ann), "minister", "2025-01-01", ""), want: nothing},
		{name: "a day before its first day", spec: lived(arranged(ann), "minister", "2025-01-02", ""), want: finding},
		{name: "until its last day", spec: lived(arranged(ann), "minister", "2020", "2026-01-01"), want: nothing},
		{name: "a day beyond its end", spec: lived(arranged(ann), "minister", "", "2025-12-31"), want: finding, says: "held on 31 December 2025"},
		{name: "before the organisation", spec: lived(arranged(ann), "org", "2025-06-01", ""), want: finding, says: "when The Ministry did not exist"},
		{name: "in the year of the organisation", spec: lived(arranged(ann), "org", "2025", ""), want: cannot, says: "not known from their dates"},
		{name: "its own start is rough", spec: lived(arranged(filled("ha", "minister", "ann", "2025", "")), "minister", "2025-06-01", ""), want: cannot},
		{name: "its own start is not stated", spec: lived(arranged(filled("ha", "minister", "ann", "", "2026-01-01")), "minister", "2025-06-01", ""), want: nothing},
		{name: "its own end is not stated", spec: lived(arranged(filled("ha", "minister", "ann", "2025-01-01", "")), "minister", "", "2026-01-01"), want: nothing},
		{name: "in a gap of the post", spec: rebuilt, want: finding, says: "held on 1 March 2025"},
		{name: "hearsay on both", spec: hearsay, want: finding, says: "It is said (hearsay, an insider"},
		{name: "another claimant has it begin earlier", spec: rival, want: nothing},
		{name: "the post came after another", spec: after(lived(arranged(ann), "minister", "2025-06-01", ""), "minister"), want: nothing},
		{name: "the organisation came after another", spec: after(lived(arranged(ann), "org", "2025-06-01", ""), "org"), want: nothing},
		{name: "the post came after another, and was held beyond its end", spec: after(lived(arranged(ann), "minister", "", "2025-06-01"), "minister"), want: finding},
		{name: "nothing recorded of its life", spec: arranged(ann), want: ""},
		{name: "nobody held it", spec: lived(arranged(), "minister", "2025-06-01", ""), want: ""},
		{name: "no day", spec: lived(arranged(ann), "minister", "2025-06-01", ""), view: mission.View{On: noDay}, want: finding},
	})
}

func TestOpenAfterEnd(t *testing.T) {
	ann := filled("ha", "minister", "ann", "2025-01-01", "")
	moved := lived(arranged(ann), "org", "", "2026-01-01")
	moved.Parties = append(moved.Parties, accountability.Party{Record: record.Record{ID: "minister-moved", Of: "minister", Verb: record.Change, From: when("2025-12-01")}, Kind: accountability.Post, Name: "Minister", OfParty: "new"})
	table(t, "A06", theMinister, []row{
		{name: "the holder has died", spec: lived(arranged(ann), "ann", "", "2026-02-01"), want: finding, says: "although its holder came to an end"},
		{name: "the post was abolished", spec: lived(arranged(ann), "minister", "", "2026-02-01"), want: finding, says: `A holding of the post "Minister" runs on, although the post itself came to an end`},
		{name: "the organisation was abolished", spec: lived(arranged(ann), "org", "", "2026-02-01"), want: finding, says: "although The Ministry came to an end"},
		{name: "on the day", spec: lived(arranged(ann), "org", "", "2026-06-30"), want: finding},
		{name: "tomorrow", spec: lived(arranged(ann), "org", "", "2026-07-01"), want: nothing},
		{name: "in this year", spec: lived(arranged(ann), "org", "", "2026"), want: cannot, says: "which had ended on that day"},
		{name: "on an unknown day", spec: lived(arranged(ann), "ann", "", "unknown"), want: cannot},
		{name: "the holding has ended", spec: lived(arranged(filled("ha", "minister", "ann", "2025-01-01", "2026-02-01")), "org", "", "2026-02-01"), want: nothing},
		{name: "the holding ended on an unknown day", spec: lived(arranged(filled("ha", "minister", "ann", "2025-01-01", "unknown")), "org", "", "2026-02-01"), want: nothing},
		{name: "the holding began on a rough day", spec: lived(arranged(filled("ha", "minister", "ann", "2026", "")), "org", "", "2026-02-01"), want: cannot},
		{name: "somebody else has died", spec: lived(arranged(ann), "bob", "", "2026-02-01"), want: ""},
		{name: "the post moved", spec: moved, want: nothing},
		{name: "no end recorded", spec: lived(arranged(ann), "org", "2020", ""), want: ""},
		{name: "no day", spec: lived(arranged(ann), "org", "", "2026-02-01"), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
	})
}

// voices are duties of one word on the mission, carried by the first of some parties.
func voices(word string, parties ...record.ID) []any {
	list := []any{m("")}
	for _, id := range parties {
		list = append(list, duty("v-"+id, word, theMission, id))
	}
	return list
}

func TestManyVetoes(t *testing.T) {
	with := func(more ...any) mission.Spec { return arranged(append(voices("agree", "org", "town"), more...)...) }
	part := func(id, post record.ID, part string) accountability.Duty {
		d := duty(id, "agree", theMission, post)
		d.Part = part
		return d
	}
	third := duty("v3", "agree", theMission, "new")
	rival := duty("v4", "agree", theMission, "unit")
	rival.Of, rival.Claimant = "v3", "another"
	quota := accountability.Sharing{Record: record.New("s"), Subject: theMission, Duty: "agree", Mode: accountability.Joint, Members: []record.ID{"org", "town", "new"}, Rule: accountability.ByQuota}
	unanimous := quota
	unanimous.Rule = accountability.ByUnanimity
	all := with(third)
	for i := range all.Duties {
		all.Duties[i].Record = said(all.Duties[i].Record, record.Opinion)
	}
	table(t, "B11", theMission, []row{
		{name: "three", spec: with(third), want: finding, says: `3 parties must agree on the mission "Homes": The Newcomer, The Ministry and The Town`},
		{name: "by an opinion", spec: all, want: finding, says: "It is said (opinion, an insider"},
		{name: "two", spec: with(), want: nothing},
		{name: "one of them twice", spec: with(duty("v3", "agree", theMission, "town")), want: nothing},
		{name: "a third from a rough day", spec: with(sometime(third, "2026")), want: cannot, says: "not known from the dates"},
		{name: "a third to come", spec: with(sometime(third, "2027")), want: nothing},
		{name: "a third, and who it is is contested", spec: with(third, rival), want: cannot, says: "contested"},
		{name: "a third is withheld", spec: with(nobody("v3", "agree", theMission, accountability.Withheld)), want: cannot, says: "is not said for all of them"},
		{name: "a third is vacant", spec: with(nobody("v3", "agree", theMission, accountability.Vacant)), want: cannot},
		{name: "each for a part", spec: arranged(m(""), part("a", "org", "x"), part("b", "town", "y"), part("c", "new", "z")), want: nothing},
		{name: "two for all and one for a part", spec: with(part("c", "new", "z")), want: finding},
		{name: "one for all and two for parts", spec: arranged(m(""), part("a", "org", ""), part("b", "town", "y"), part("c", "new", "z")), want: nothing},
		{name: "by a quota", spec: with(third, quota), want: nothing},
		{name: "by unanimity", spec: with(third, unanimous), want: finding},
		{name: "nobody", spec: arranged(m("")), want: ""},
		{name: "no day, no dates", spec: with(third), view: mission.View{On: noDay}, want: finding},
		{name: "no day", spec: with(sometime(third, "2025-01-01")), view: mission.View{On: noDay}, want: cannot, says: "the day that the review is about is not set"},
	})
}

func TestManyConsulted(t *testing.T) {
	six := []record.ID{"org", "town", "unit", "new", "minister", "head"}
	with := func(more ...any) mission.Spec { return arranged(append(voices("consult", six...), more...)...) }
	table(t, "B12", theMission, []row{
		{name: "six", spec: with(), want: nothing},
		{name: "seven", spec: with(duty("v7", "consult", theMission, "other")), want: finding, says: "7 parties are to be consulted"},
		{name: "a group", spec: with(duty("v7", "consult", theMission, "users")), want: nothing},
		{name: "another duty", spec: with(duty("v7", "inform", theMission, "other")), want: nothing},
		{name: "a seventh perhaps", spec: with(sometime(duty("v7", "consult", theMission, "other"), "2026")), want: cannot},
	})
}

// asks is a letter to a party that asks for a part of the week.
func asks(id, to record.ID, kind string, time float64) accountability.Mandate {
	v := accountability.Mandate{Record: record.New(id), Kind: kind, To: to}
	if time >= 0 {
		v.TimeCommitment = record.Number(time)
	}
	return v
}

func TestOwnerTime(t *testing.T) {
	ann, too := filled("ha", "minister", "ann", "2025-01-01", ""), filled("hb", "other", "ann", "2025-01-01", "")
	first, second := asks("a", "minister", accountability.SeniorOwner, 60), asks("b", "other", "appointment-letter", 40.5)
	whole := asks("b", "other", "appointment-letter", 40)
	change := func(v accountability.Mandate, change func(*accountability.Mandate)) accountability.Mandate {
		change(&v)
		return v
	}
	table(t, "B17", partyOf("ann"), []row{
		{name: "more than a week", spec: arranged(ann, too, first, second), want: finding, says: `The mandates of the holder of the posts "Minister" and "Other" ask together for at least 100.5 percent of a full week`},
		{name: "a full week", spec: arranged(ann, too, first, whole), want: nothing},
		{name: "to the post and to the person", spec: arranged(ann, first, asks("b", "ann", "appointment-letter", 50)), want: finding},
		{name: "no owner among them", spec: arranged(ann, too, asks("a", "minister", "mandate-letter", 60), second), want: ""},
		{name: "an owner by a duty", spec: arranged(m(""), ann, too, change(asks("a", "minister", "mandate-letter", 60), func(v *accountability.Mandate) { v.Subject = theMission }), second,
			duty("d", accountability.SeniorOwner, theMission, "minister")), want: finding},
		{name: "the owner's letter is silent", spec: arranged(ann, too, asks("a", "minister", accountability.SeniorOwner, -1), second), want: cannot, says: "how much of the week"},
		{name: "the owner's letter is silent, and the others ask for too much", spec: arranged(ann, too, asks("a", "minister", accountability.SeniorOwner, -1), asks("b", "other", "appointment-letter", 110)), want: finding},
		{name: "the other letter is silent", spec: arranged(ann, too, first, asks("b", "other", "appointment-letter", -1)), want: nothing},
		{name: "held from a rough day", spec: arranged(ann, filled("hb", "other", "ann", "2026", ""), first, second), want: cannot, says: "on that day"},
		{name: "stands in for the other", spec: arranged(ann, acting(too), first, second), want: ""},
		{name: "the other takes effect later", spec: arranged(ann, too, first, change(second, func(v *accountability.Mandate) { v.Effective = when("2026-07-01") })), want: ""},
		{name: "the other takes effect in this year", spec: arranged(ann, too, first, change(second, func(v *accountability.Mandate) { v.Effective = when("2026") })), want: cannot},
		{name: "the other has run out", spec: arranged(ann, too, first, change(second, func(v *accountability.Mandate) { v.Tenure = when("2026-06-29") })), want: ""},
		{name: "the other runs out today", spec: arranged(ann, too, first, change(second, func(v *accountability.Mandate) { v.Tenure = when("2026-06-30") })), want: finding},
		{name: "the other is superseded", spec: arranged(ann, too, first, second, change(asks("c", "other", "appointment-letter", 30), func(v *accountability.Mandate) { v.Supersedes = []record.ID{"b"} })), want: nothing},
		{name: "claimants differ on the other", spec: arranged(ann, too, first, second, change(asks("c", "other", "appointment-letter", 20), func(v *accountability.Mandate) { v.Of, v.Claimant = "b", "another" })), want: cannot},
		{name: "no day", spec: arranged(ann, too, first, second), view: mission.View{On: noDay}, want: cannot, says: "is not set"},
	})
	table(t, "B17", theMinister, []row{
		{name: "one post speaks for its holder", spec: arranged(ann, asks("a", "minister", accountability.SeniorOwner, 120)), want: finding, says: `the holder of the post "Minister"`},
		{name: "nobody is recorded as its holder", spec: arranged(first, asks("b", "minister", "appointment-letter", 70)), want: finding},
		{name: "hearsay", spec: arranged(ann, change(asks("a", "minister", accountability.SeniorOwner, 120), func(v *accountability.Mandate) { v.Record = said(v.Record, record.Hearsay) })), want: finding, says: "It is said (hearsay"},
	})
}

func TestOwnerChurn(t *testing.T) {
	work := mission.Initiative{Record: record.New("i"), Started: when("2022-09-01")}
	owned := duty("d", accountability.SeniorOwner, theInit, "minister")
	with := func(more ...any) mission.Spec { return arranged(append([]any{cyd, work, owned}, more...)...) }
	a := filled("ha", "minister", "ann", "2022-01-01", "2023-01-01")
	b := filled("hb", "minister", "bob", "2023-01-01", "2024-01-01")
	c := filled("hc", "minister", "cyd", "2024-01-01", "")
	early := filled("ha", "minister", "ann", "2020-01-01", "2022-06-30")
	window := filled("hb", "minister", "bob", "2022-06-30", "2024-01-01")
	before := filled("hb", "minister", "bob", "2022-06-29", "2024-01-01")
	early.Until = when("2022-06-29")
	handed := owned
	handed.Until = when("2024-01-01")
	next := duty("d2", accountability.SeniorOwner, theInit, "other")
	next.From = when("2024-01-01")
	weak := []any{cyd, work, owned, a, b, c}
	for i, r := range weak {
		if h, ok := r.(accountability.Holding); ok {
			h.Record = said(h.Record, record.Hearsay)
			weak[i] = h
		}
	}
	table(t, "B18", theInit, []row{
		{name: "twice", spec: with(a, b, c), want: finding, says: `The senior responsible owner of the initiative "Team" changed 2 times in the 1461 days to 30 June 2026`, also: "1 January 2023 and 1 January 2024"},
		{name: "hearsay", spec: arranged(weak...), want: finding, says: "It is said (hearsay, an insider"},
		{name: "once", spec: with(filled("ha", "minister", "ann", "2022-01-01", "2024-01-01"), c), want: nothing},
		{name: "on the first day of the window", spec: with(early, window, c), want: finding},
		{name: "on the day before", spec: with(early, before, c), want: nothing},
		{name: "one stood in", spec: with(filled("ha", "minister", "ann", "2022-01-01", "2024-01-01"), acting(filled("hb", "minister", "bob", "2023-01-01", "2023-05-01")), c), want: nothing},
		{name: "back after a gap", spec: with(a, filled("hb", "minister", "ann", "2023-06-01", "2024-01-01"), c), want: nothing},
		{name: "another joined", spec: arranged(cyd, work, duty("d", accountability.SeniorOwner, theInit, "head"), filled("ha", "head", "ann", "2022-01-01", ""), filled("hb", "head", "bob", "2023-01-01", ""), filled("hc", "other", "cyd", "2024-01-01", "")), want: nothing},
		{name: "the duty went to another post, whose holder changed", spec: arranged(cyd, work, handed, next, filled("ha", "minister", "ann", "2022-01-01", ""), filled("hb", "other", "bob", "2020-01-01", "2025-01-01"), filled("hc", "other", "cyd", "2025-01-01", "")), want: finding, also: "1 January 2024 and 1 January 2025"},
		{name: "the duty went to another post of the same holder", spec: arranged(cyd, work, handed, next, filled("ha", "minister", "ann", "2022-01-01", ""), filled("hb", "other", "ann", "2020-01-01", "2025-01-01"), filled("hc", "other", "cyd", "2025-01-01", "")), want: nothing},
		{name: "at the start of the window, roughly", spec: with(filled("ha", "minister", "ann", "2020-01-01", "2022"), filled("hb", "minister", "bob", "2022", "2024-01-01"), c), want: cannot, says: "when its owners changed"},
		{name: "in years within the window", spec: with(filled("ha", "minister", "ann", "2020-01-01", "2023"), filled("hb", "minister", "bob", "2023", "2024-01-01"), c), want: finding},
		{name: "nothing before last year", spec: with(filled("hc", "minister", "cyd", "2025-01-01", "")), want: cannot, says: "who owned it all the time since 30 June 2022"},
		{name: "owned since the work began", spec: with(filled("hc", "minister", "cyd", "2022-09-01", "")), want: nothing},
		{name: "owned since there was such a duty", spec: arranged(cyd, work, sometime(owned, "2025-01-01"), filled("hc", "minister", "cyd", "2020-01-01", "")), want: nothing},
		{name: "no holder recorded", spec: with(), want: cannot},
		{name: "no such duty", spec: arranged(work, a), want: ""},
		{name: "no day", spec: with(a, b, c), view: mission.View{On: noDay}, want: cannot, says: "is not set"},
	})
}

func TestPersonHeldDuty(t *testing.T) {
	kind := func(l accountability.Line, kind string) accountability.Line {
		l.Kind = kind
		return l
	}
	own := kind(line("l", "ann", "house"), accountability.PoliticalLine)
	rough := own
	rough.From = when("2026")
	weak := own
	weak.Record = said(weak.Record, record.Hearsay)
	differ := arranged(own)
	differ.Parties = append(differ.Parties, accountability.Party{Record: record.Record{ID: "ann-too", Of: "ann", Claimant: "another"}, Kind: accountability.Organisation, Name: "Ann's company"})
	ann := filled("ha", "minister", "ann", "2025-01-01", "")
	about := kind(line("l2", "minister", "house"), accountability.PoliticalLine)
	about.Subject = theMission
	theLine := record.Ref{Kind: accountability.KindLine, ID: "l"}
	table(t, "B20", theLine, []row{
		{name: "a person", spec: arranged(own), want: finding, says: "The line of account from a person to The House binds a person, and no post"},
		{name: "hearsay", spec: arranged(weak), want: finding, says: "It is said (hearsay"},
		{name: "administrative", spec: arranged(kind(own, accountability.AdministrativeLine)), want: finding},
		{name: "professional", spec: arranged(kind(own, accountability.ProfessionalLine)), want: nothing},
		{name: "legal", spec: arranged(kind(own, accountability.LegalLine)), want: nothing},
		{name: "of no stated sort", spec: arranged(kind(own, "")), want: cannot, says: "of what sort it is is not recorded"},
		{name: "of a sort of its own", spec: arranged(kind(own, "moral")), want: cannot},
		{name: "a post", spec: arranged(kind(line("l", "minister", "house"), accountability.PoliticalLine)), want: nothing},
		{name: "the post too", spec: arranged(own, ann, kind(line("l2", "minister", "house"), accountability.PoliticalLine)), want: nothing},
		{name: "the post too, on something else", spec: arranged(m(""), own, ann, about), want: finding},
		{name: "from a rough day", spec: arranged(rough), want: cannot, says: "in force"},
		{name: "claimants differ on what it is", spec: differ, want: cannot, says: "contested"},
	})
	share := accountability.Sharing{Record: record.New("v"), Subject: theMission, Duty: "answer", Mode: accountability.Joint, Members: []record.ID{"org", "bob"}}
	posts := share
	posts.Members = []record.ID{"org", "minister"}
	table(t, "B20", record.Ref{Kind: accountability.KindSharing, ID: "v"}, []row{
		{name: "a person shares", spec: arranged(m(""), share), want: finding, says: "has a person among its members"},
		{name: "posts share", spec: arranged(m(""), posts), want: nothing},
	})
}

func TestRecallableHolder(t *testing.T) {
	owned := duty("d", accountability.SeniorOwner, theInit, "minister")
	work := mission.Initiative{Record: record.New("i")}
	asked := line("l", "minister", "house")
	with := func(more ...any) mission.Spec { return arranged(append([]any{work, owned, asked}, more...)...) }
	left := func(until string) accountability.Holding { return filled("ha", "minister", "ann", "2020-01-01", until) }
	elsewhere, ended := asked, asked
	elsewhere.Subject = theMission
	ended.Until = when("2025-01-01")
	legal := asked
	legal.Kind = accountability.LegalLine
	weak := left("2026-01-01")
	weak.Record = said(weak.Record, record.Hearsay)
	heard := asked
	heard.Record = said(heard.Record, record.Hearsay)
	handed := owned
	handed.Until = when("2026-01-01")
	next := duty("d2", accountability.SeniorOwner, theInit, "other")
	next.From = when("2026-01-01")
	table(t, "B23", theInit, []row{
		{name: "left in January", spec: with(left("2026-01-01")), want: finding, says: `Whoever was senior responsible owner in the post "Minister" until 1 January 2026 can still be asked by The House, about the initiative "Team" in that time`},
		{name: "hearsay", spec: arranged(work, owned, heard, weak), want: finding, says: "It is said (hearsay"},
		{name: "two years ago", spec: with(left("2024-06-30")), want: finding},
		{name: "a day more", spec: with(left("2024-06-29")), want: nothing},
		{name: "some time in 2024", spec: with(left("2024")), want: cannot, says: "when they left"},
		{name: "some time in 2026", spec: with(left("2026")), want: cannot},
		{name: "on an unknown day", spec: with(left("unknown")), want: ""},
		{name: "still there", spec: with(left("")), want: ""},
		{name: "leaves tomorrow", spec: with(left("2026-07-01")), want: ""},
		{name: "came back", spec: with(left("2026-01-01"), filled("hb", "minister", "ann", "2026-04-01", "")), want: ""},
		{name: "stood in", spec: with(acting(left("2026-01-01"))), want: finding},
		{name: "has died", spec: lived(with(left("2026-01-01")), "ann", "", "2026-03-01"), want: nothing},
		{name: "took the duty along", spec: arranged(work, handed, next, asked, filled("ha", "minister", "ann", "2020-01-01", "2026-01-01"), filled("hb", "other", "ann", "2026-01-01", "")), want: ""},
		{name: "the duty was taken away", spec: arranged(work, handed, asked, left("")), want: finding},
		{name: "no line", spec: arranged(work, owned, left("2026-01-01")), want: ""},
		{name: "a line on something else", spec: arranged(m(""), work, owned, elsewhere, left("2026-01-01")), want: ""},
		{name: "a line that had ended", spec: arranged(work, owned, ended, left("2026-01-01")), want: ""},
		{name: "a line of a legal sort", spec: arranged(work, owned, legal, left("2026-01-01")), want: ""},
		{name: "another duty", spec: arranged(work, duty("d", accountability.Lead, theInit, "minister"), asked, left("2026-01-01")), want: ""},
		{name: "no day", spec: with(left("2026-01-01")), view: mission.View{On: noDay}, want: ""},
	})
	table(t, "B23", partyOf("org"), []row{
		{name: "an accounting officer", spec: arranged(duty("d", accountability.AccountingOfficer, partyOf("org"), "minister"), asked, left("2026-01-01")), want: finding, says: "Whoever was accounting officer in the post"},
	})
}

func TestAccountOverdue(t *testing.T) {
	owes := func(change func(*accountability.Line)) accountability.Line {
		l := line("l", "minister", "house")
		l.Every, l.From = 90, when("2025-01-01")
		change(&l)
		return l
	}
	theLine := record.Ref{Kind: accountability.KindLine, ID: "l"}
	each := owes(func(*accountability.Line) {})
	bare := owes(func(l *accountability.Line) { l.Every, l.From = 0, calendar.When{} })
	year := owes(func(l *accountability.Line) { l.Every, l.Informs = 0, record.Known(true) })
	free := owes(func(l *accountability.Line) {
		l.Every, l.Informs, l.Justifies = 0, record.Known(false), record.Known(false)
	})
	about := owes(func(l *accountability.Line) { l.Subject = theMission })
	given := func(on string) mission.Event { return event(mission.AccountGiven, theLine, on) }
	none := func(on string) mission.Event {
		e := never(mission.AccountGiven, theLine)
		if on != "" {
			e.OnDay = when(on)
		}
		return e
	}
	on := func(e mission.Event, by, with record.ID) mission.Event {
		e.Subject = theMission
		if by != "" {
			e.By = []record.ID{by}
		}
		if with != "" {
			e.With = []record.ID{with}
		}
		return e
	}
	rest := func(of record.Ref, day string) mission.Event { return event(mission.Recess, of, day) }
	table(t, "B24", theLine, []row{
		{name: "denied long after", spec: arranged(each, given("2025-10-01"), none("2026-06-01")), want: finding, says: "owes an account within 90 days, and none had come by 1 June 2026", also: "The last account that is recorded came on 1 October 2025"},
		{name: "by hearsay", spec: arranged(each, given("2025-10-01"), graded(none("2026-06-01"), record.Hearsay)), want: finding, says: "It is said (hearsay, an insider"},
		{name: "denied on the last day", spec: arranged(each, given("2025-10-01"), none("2026-01-29")), want: cannot},
		{name: "denied on the day after", spec: arranged(each, given("2025-10-01"), none("2026-01-30")), want: finding},
		{name: "given since", spec: arranged(each, given("2026-05-01"), none("2026-06-01")), want: nothing},
		{name: "given to the day in time", spec: arranged(each, given("2026-03-02")), want: nothing},
		{name: "given a day too long ago", spec: arranged(each, given("2026-03-01")), want: cannot, says: "whether an account was given in that time"},
		{name: "given in this year", spec: arranged(each, given("2026")), want: cannot, says: "known only as 2026"},
		{name: "given on an unknown day", spec: arranged(each, given("unknown")), want: cannot},
		{name: "never, to anybody's knowledge", spec: arranged(each, none("")), want: finding, says: "None is recorded since 1 January 2025"},
		{name: "denied without a day, and given once", spec: arranged(each, given("2025-10-01"), none("")), want: cannot},
		{name: "a young line", spec: arranged(owes(func(l *accountability.Line) { l.From = when("2026-05-01") }), none("")), want: nothing},
		{name: "a line of this year", spec: arranged(owes(func(l *accountability.Line) { l.From = when("2026") }), none("")), want: cannot},
		{name: "a line without a start", spec: arranged(owes(func(l *accountability.Line) { l.From = calendar.When{} }), none("")), want: finding, says: "Since when it has been owed is not recorded"},
		{name: "nothing recorded of accounts", spec: arranged(each), want: cannot, says: "whether an account was given in that time is not recorded"},
		{name: "nothing recorded at all", spec: arranged(bare), want: ""},
		{name: "whether one is owed is not recorded", spec: arranged(bare, none("")), want: cannot, says: "whether an account is owed on it"},
		{name: "how often is not recorded", spec: arranged(year, none("2026-06-01")), want: finding, says: "within 366 days"},
		{name: "how often is not recorded, and the year is not over", spec: arranged(year, given("2025-09-01"), none("2026-06-01")), want: nothing},
		{name: "none is owed", spec: arranged(free, none("")), want: nothing},
		{name: "on the subject, to the forum", spec: arranged(m(""), about, on(given("2026-05-01"), "", "house")), want: nothing},
		{name: "on the subject, to somebody else", spec: arranged(m(""), about, on(given("2026-05-01"), "minister", "town")), want: cannot},
		{name: "on the subject, by nobody named", spec: arranged(m(""), about, on(given("2026-05-01"), "", "")), want: cannot},
		{name: "denied on the subject", spec: arranged(m(""), about, on(none("2026-06-01"), "minister", "")), want: finding},
		{name: "a recess in between", spec: arranged(each, given("2025-10-01"), none("2026-06-01"), rest(partyOf("house"), "2026-04-01")), want: nothing},
		{name: "a recess before", spec: arranged(each, given("2025-10-01"), none("2026-06-01"), rest(record.Ref{}, "2025-08-01")), want: finding},
		{name: "a line of a rough day", spec: arranged(owes(func(l *accountability.Line) { l.Until = when("2026") }), given("2025-10-01"), none("2026-06-01")), want: cannot, says: "in force"},
		{name: "no day", spec: arranged(each, none("")), view: mission.View{On: noDay}, want: cannot, says: "is not set"},
	})
	lax := owes(func(l *accountability.Line) { l.ID, l.Of, l.Claimant, l.Every = "l2", "l", "another", 365 })
	table(t, "B24", theLine, []row{
		{name: "the claimant who expects least counts", spec: arranged(each, lax, given("2025-10-01"), none("2026-06-01")), want: nothing},
	})
}
