package review

import (
	"slices"
	"strconv"
	"strings"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
)

// The rule on those who sit everywhere.

var overstretchedHolder = &Rule{
	ID: "F37", Slug: "overstretched-holder", Severity: Note,
	Title: "One post or person sits on more boards than anybody can prepare for",
	Why: "Whoever sits everywhere reads the papers on the way in. Every board then waits for the same diary, hears the same view, and has one member fewer than it seems to have. " +
		"Somebody who links the boards is of use, where that is what was agreed.",
	Fires: "A post or person has more than F37.seats seats, or sits on every board of one sort of which at least F37.boards are recorded. A seat is a place among the members, the chair, or a board-member duty on the board; " +
		"whoever holds a post has its seats too, and the post speaks for a holder who has no others. A seat by a duty that is convening only does not count. It cannot tell for a board whose members are not recorded, unknown or withheld.",
	FalseAlarm: "The seats are there to connect the boards, as agreed, and nobody has recorded that.",
	Question:   "Which of these seats would be better filled by somebody who has the time?",
	Sources:    []string{"S1:19", "S1:30"},
	Needs:      []string{"the members and chairs of boards", "board-member duties on boards, and whether they are convening only", "who holds the posts that sit on boards"},
	Thresholds: []Threshold{
		{Name: "F37.seats", Unit: "seats", Value: 4, Least: 1,
			Meaning: "how many boards one post or person may sit on; no source names a number, and the default is one fewer than the boards of the five missions, every one of which one minister sits on in S1:19"},
		{Name: "F37.boards", Unit: "boards", Value: 3, Least: 2,
			Meaning: "how many boards of one sort there must be for a seat on every one of them to say anything; no source names a number"},
	},
	Bad: overstretchedHolderBad, Good: overstretchedHolderGood, Unclear: overstretchedHolderUnclear, Harmless: overstretchedHolderHarmless,
	check: func(p *pass) {
		t := p.seating()
		for _, i := range t.open {
			f := t.boards[i]
			_, _, kept := f.members()
			p.cannot(f.ref(), "whether anybody on "+p.boardName(f)+" sits on too many boards", unknown("the list of its members", kept.State, kept.Ground, "all who sit on it"))
		}
		for _, id := range sortedKeys(t.seats) {
			p.checkSitting(&t, id)
		}
	},
}

// seating is who sits on which boards.
type seating struct {
	boards []*forum
	open   []int               // boards of which nobody lists the members
	sorts  map[string]int      // how many boards there are of each sort
	seats  map[record.ID][]int // boards by post or person, ascending, each once
	shown  map[record.ID]bool  // persons whose seats are those of one of their posts
	via    map[record.ID][]record.ID
}

func (p *pass) seating() seating {
	t := seating{sorts: make(map[string]int), seats: make(map[record.ID][]int), shown: make(map[record.ID]bool), via: make(map[record.ID][]record.ID)}
	for _, f := range p.eachForum() {
		if !f.isBoard() {
			continue
		}
		i := len(t.boards)
		t.boards = append(t.boards, &f)
		t.sorts[f.kind()]++
		sitters, listing, kept := f.members()
		if len(listing) == 0 && kept.State != record.StateNotApplicable {
			t.open = append(t.open, i)
		}
		for _, c := range f.claims {
			if c.Record.Chair != "" {
				sitters = append(sitters, c.Record.Chair)
			}
		}
		var linking []record.ID // there to connect, as agreed
		for _, word := range p.register.Duties(f.ref()) {
			a, _ := p.register.Answerable(f.ref(), word, p.at)
			for _, c := range a.Carriers {
				if c.Duty.Convening {
					linking = append(linking, c.Post)
				} else if word == accountability.BoardMember && a.State == accountability.Held {
					sitters = append(sitters, c.Post)
				}
			}
		}
		for _, id := range sitters {
			if !slices.Contains(linking, id) {
				t.sit(id, i)
			}
		}
	}
	for _, post := range sortedKeys(t.seats) {
		if p.party(post).kind == accountability.Post {
			holders, _ := p.register.Holders(post, p.at)
			for _, h := range holders {
				if h.Party != "" {
					t.via[h.Party] = append(t.via[h.Party], post)
				}
			}
		}
	}
	for _, person := range sortedKeys(t.via) {
		for _, post := range t.via[person] {
			for _, i := range t.seats[post] {
				t.sit(person, i)
			}
		}
		t.shown[person] = slices.ContainsFunc(t.via[person], func(post record.ID) bool { return len(t.seats[post]) == len(t.seats[person]) })
	}
	return t
}

func (t *seating) sit(id record.ID, board int) {
	list := t.seats[id]
	if at, there := slices.BinarySearch(list, board); !there {
		t.seats[id] = slices.Insert(list, at, board)
	}
}

func (p *pass) checkSitting(t *seating, id record.ID) {
	kind := p.party(id).kind
	if kind != accountability.Post && kind != accountability.Person || t.shown[id] {
		return // what a group or body has is not a seat of one person
	}
	ref, seats := refToParty(id), t.seats[id]
	most, least := p.limit("seats"), p.limit("boards")
	many := float64(len(seats)) > most
	var everywhere []string
	bySort := make(map[string]int)
	for _, i := range seats {
		sort := t.boards[i].kind()
		if bySort[sort]++; bySort[sort] == t.sorts[sort] && float64(t.sorts[sort]) >= least {
			everywhere = append(everywhere, sort)
		}
	}
	slices.Sort(everywhere)
	if !many && len(everywhere) == 0 {
		if len(t.open) == 0 {
			p.nothing(ref)
		}
		return // the boards of which nobody lists the members speak for what is not known
	}
	var trigger []Evidence
	var names []string
	for _, i := range seats {
		f := t.boards[i]
		names = append(names, p.boardName(f))
		trigger = append(trigger, p.seatProof(f, id, t.via[id])...)
	}
	trigger = dedupe(trigger)
	who := p.partyName(id)
	switch {
	case kind == accountability.Post:
		who = p.postNames([]record.ID{id})
	case len(t.via[id]) > 0:
		who = "one holder of " + p.postNames(t.via[id])
	}
	clause := who + " sits on " + strconv.Itoa(len(seats)) + " boards: " + listed(names)
	var texts []string
	for _, sort := range everywhere {
		word := "board"
		if sort != "" {
			word = strings.ReplaceAll(plain(sort), "-", " ")
		}
		texts = append(texts, " That is every "+word+" recorded.")
	}
	p.finding(ref, attributed(trigger, clause)+strings.Join(texts, ""), trigger, proof(p, accountability.KindParty, sorted(p.register.Party(id, p.at)))...)
}

// seatProof returns the records that give a party, or one of the posts that it holds, a seat on a board.
func (p *pass) seatProof(f *forum, id record.ID, posts []record.ID) []Evidence {
	sits := func(party record.ID) bool { return party == id || slices.Contains(posts, party) }
	var list []Evidence
	for _, c := range f.claims {
		members, _ := c.Record.Members.Get()
		if sits(c.Record.Chair) && c.Record.Chair != "" || slices.ContainsFunc(members, sits) {
			list = append(list, p.evidence(accountability.KindForum, &c.Record.Record))
		}
	}
	a, _ := p.register.Answerable(f.ref(), accountability.BoardMember, p.at)
	for _, c := range a.Carriers {
		if sits(c.Post) {
			list = append(list, p.evidence(accountability.KindDuty, &c.Duty.Record))
		}
	}
	return list
}
