package main

import (
	"context"
	"fmt"
	"io"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/scenario"
)

var families = mission.Ref("families")

// place is the idea of Total Place, the pilots of 2008 to 2010, in one made-up plan: a town is to help families before they
// are in crisis, and the money for it lies in the ringfences of two ministries. What was handed down came without money, and
// without the say. Each ministry answers for what it spends.
func place() mission.Spec {
	party := func(id, name string, kind accountability.PartyKind, of record.ID) accountability.Party {
		return accountability.Party{Record: record.Invented(record.ID(id)), Kind: kind, Name: name, OfParty: of}
	}
	money := func(id, ministry record.ID, purpose string, pounds int64) funding.Allocation {
		return funding.Allocation{Record: record.Invented(id), Subject: families, PaidBy: ministry, To: ministry, DecidedBy: ministry,
			Amount: record.Known(record.Money{Minor: 100 * pounds, Currency: "GBP"}), Basis: "cash", Ringfenced: record.Known(true), Purpose: purpose}
	}
	officer := func(id string, ministry, post record.ID) accountability.Duty {
		return accountability.Duty{Record: record.Invented(record.ID(id)), Duty: accountability.AccountingOfficer,
			Subject: record.Ref{Kind: accountability.KindParty, ID: ministry}, Post: post}
	}
	return mission.Spec{
		Parties: []accountability.Party{
			party("schools", "Ministry for schools", accountability.Organisation, ""),
			party("justice", "Ministry of justice", accountability.Organisation, ""),
			party("council", "The council", accountability.Organisation, ""),
			party("parliament", "Parliament", accountability.Body, ""),
			party("schools-secretary", "Permanent secretary, schools", accountability.Post, "schools"),
			party("justice-secretary", "Permanent secretary, justice", accountability.Post, "justice"),
			party("holder-1", "", accountability.Person, ""), party("holder-2", "", accountability.Person, ""),
		},
		Holdings: []accountability.Holding{
			{Record: record.Invented("schools-now"), Post: "schools-secretary", Holder: "holder-1"},
			{Record: record.Invented("justice-now"), Post: "justice-secretary", Holder: "holder-2"},
		},
		Missions: []mission.Mission{{Record: record.Invented("families"), Name: "No family in crisis", Announced: calendar.MustParseWhen("2025-01-15"), Stage: mission.StageActive}},
		Duties: []accountability.Duty{
			{Record: record.Invented("decides"), Duty: accountability.Decide, Subject: families, Post: "schools"},
			officer("schools-officer", "schools", "schools-secretary"), officer("justice-officer", "justice", "justice-secretary"),
		},
		Lines: []accountability.Line{
			{Record: record.Invented("schools-line"), Actor: "schools-secretary", Forum: record.Ref{Kind: accountability.KindParty, ID: "parliament"}, Kind: accountability.PoliticalLine},
			{Record: record.Invented("justice-line"), Actor: "justice-secretary", Forum: record.Ref{Kind: accountability.KindParty, ID: "parliament"}, Kind: accountability.PoliticalLine},
		},
		Allocations: []funding.Allocation{
			money("attendance", "schools", "attendance at school", 400_000),
			money("reoffending", "justice", "fewer who offend again", 250_000),
		},
		Events: []mission.Event{{Record: record.Invented("handed-down"), Kind: mission.Devolved, Subject: families, With: []record.ID{"council"},
			OnDay: calendar.MustParseWhen("2025-06"), Amount: record.Known(record.Money{Currency: "GBP"})}},
	}
}

// together are the changes: one budget, kept by the council, which also decides. Nothing is said of the rule by which it does,
// of how money goes back, or of who answers to Parliament for it: a change does not make up what nobody has agreed.
func together() []mission.Change {
	return []mission.Change{
		mission.Pool{
			Into:  funding.Pool{Record: record.Invented("one-budget"), Name: "One budget for the town", Host: "council", DecidedBy: "council"},
			Money: []record.Ref{{Kind: funding.KindAllocation, ID: "attendance"}, {Kind: funding.KindAllocation, ID: "reoffending"}},
		},
		mission.Move{Duty: "decides", To: "council"},
	}
}

// pooled compares the place as it is with the place with one budget, and asks what would have to be written down.
func pooled(w io.Writer) error {
	before, err := mission.Compile(place(), mission.View{On: today})
	if err != nil {
		return err
	}
	after, err := mission.Compile(place(), mission.View{On: today, Changes: together()})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "What if the two budgets were one, and the council decided?\n\n")
	var options scenario.Options
	options.Review.Rules = []string{"F53", "F76", "F82", "F83"} // on who answers for money, ringfences, pools and devolution
	difference, err := scenario.Compare(context.Background(), before, after, options)
	if err != nil {
		return err
	}
	findings := scenario.Difference{Before: difference.Before, After: difference.After, Findings: difference.Findings, Wires: difference.Wires}
	if err := findings.WriteText(w); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nWhat would have to be recorded to know whether the pool stands on firm ground?\n\n")
	know, err := scenario.ToKnow(after, scenario.Question{Rule: "F82"})
	if err != nil {
		return err
	}
	return know.WriteText(w)
}
