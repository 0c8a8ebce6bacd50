package main

import (
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// whoAnswer is all that is recorded of who answers for a subject, at the view's day and instant.
type whoAnswer struct {
	Subject record.Ref    `json:"subject"`
	Name    string        `json:"name"`
	On      calendar.Date `json:"on,omitzero"`
	Known   string        `json:"known,omitempty"`
	Duties  []dutyAnswer  `json:"duties"`
	// Silent are the duties that are recorded on the subject, but not for this day or as far as was known by then.
	Silent []string `json:"silent,omitempty"`
	// LeftOut are the duties on the subject that the view leaves out for their grade.
	LeftOut []record.Ref `json:"left_out,omitempty"`
	// Carries is what the subject itself answers for, where it is a party.
	Carries []carried `json:"carries,omitempty"`
}

type dutyAnswer struct {
	Duty string `json:"duty"`
	// State is held, vacant, unclear, contested, or unknown.
	State    string            `json:"state"`
	Certain  bool              `json:"certain"`
	Why      string            `json:"why,omitempty"`
	Carriers []carrier         `json:"carriers,omitempty"`
	Records  []review.Evidence `json:"records"`
}

type carrier struct {
	Party record.ID `json:"party"`
	Name  string    `json:"name"`
	// Of is the name of the organisation that a post belongs to.
	Of        string   `json:"of,omitempty"`
	Part      string   `json:"part,omitempty"`
	FromTitle bool     `json:"from_title,omitempty"`
	Post      bool     `json:"post"`
	Filled    string   `json:"filled,omitempty"`
	Holders   []holder `json:"holders,omitempty"`
}

type holder struct {
	Party record.ID     `json:"party"`
	Name  string        `json:"name"`
	Basis string        `json:"basis,omitempty"`
	Since calendar.When `json:"since,omitzero"`
	On    string        `json:"on"`
}

type carried struct {
	Duty    string     `json:"duty"`
	Subject record.Ref `json:"subject"`
	Name    string     `json:"name"`
	Record  record.ID  `json:"record"`
}

func (p *program) who() *cobra.Command {
	return &cobra.Command{
		Use:   "who SUBJECT PLAN",
		Short: "Say who answers for a mission, milestone or anything else",
		Long: `who lists each duty on a subject: how it stands (held, vacant, unclear,
contested), the post or body that carries it, who holds the post, whether the
dates make that certain, and the records and sources that say so.

SUBJECT is a kind and an id, such as mission/warm-homes, or the id alone where
no other kind of record has it. Of a party, who also says what it carries.

That nothing is recorded is silence: it means neither held nor vacant.`,
		Example: `  missions who warm-homes plan.yaml
  missions who milestone/first-town plan.yaml --on 2026-06-30
  missions who mission/warm-homes plan.yaml --known 2025-12-31
  missions who warm-homes plan.yaml --json | jq -r '.duties[].state'`,
		Args: needs(2, 2, "a subject and a plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			word, plan := args[0], args[1]
			if !exists(plan) && exists(word) {
				word, plan = plan, word // either order will do
			}
			m, err := p.model(plan)
			if err != nil {
				return err
			}
			ref, err := subject(m, word)
			if err != nil {
				return err
			}
			a := whoAnswers(m, ref)
			if p.json {
				return p.answer(a)
			}
			p.tellWho(m, a)
			return nil
		},
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return name == "-" || err == nil
}

func whoAnswers(m *mission.Model, ref record.Ref) whoAnswer {
	now := m.Moment(record.Moment{})
	a := whoAnswer{Subject: ref, Name: m.Name(ref), On: now.On, Duties: []dutyAnswer{}}
	if !now.Known.IsZero() {
		a.Known = now.Known.UTC().Format("2006-01-02T15:04:05Z")
	}
	a.LeftOut = m.LeftOut(accountability.KindDuty, ref, "")
	register := m.Register()
	for _, duty := range register.Duties(ref) {
		answer, ok := register.Answerable(ref, duty, now)
		if !ok {
			a.Silent = append(a.Silent, duty)
			continue
		}
		d := dutyAnswer{Duty: duty, State: answer.State.String(), Certain: answer.Certain, Why: answer.Why, Records: evidence(m, answer.Records)}
		for _, c := range answer.Carriers {
			d.Carriers = append(d.Carriers, carries(m, c, now))
		}
		a.Duties = append(a.Duties, d)
	}
	if ref.Kind == accountability.KindParty {
		for _, c := range register.CarriedBy(ref.ID, now) {
			a.Carries = append(a.Carries, carried{Duty: c.Record.Duty, Subject: c.Record.Subject, Name: m.Name(c.Record.Subject), Record: c.Record.ID})
		}
	}
	return a
}

func party(id record.ID) record.Ref { return record.Ref{Kind: accountability.KindParty, ID: id} }

func carries(m *mission.Model, c accountability.Carrier, now record.Moment) carrier {
	out := carrier{Party: c.Post, Name: m.Name(party(c.Post)), Part: c.Duty.Part, FromTitle: c.Duty.FromTitle}
	for _, claim := range m.Register().Party(c.Post, now) {
		out.Post = out.Post || claim.Record.Kind == accountability.Post
		if of := claim.Record.OfParty; of != "" && out.Of == "" {
			out.Of = m.Name(party(of))
		}
	}
	if out.Post {
		out.Filled = c.Filled.String()
	}
	for _, h := range c.Holders {
		out.Holders = append(out.Holders, holder{Party: h.Party, Name: m.Name(party(h.Party)), Basis: h.Holding.Basis, Since: h.Holding.From, On: h.On.String()})
	}
	return out
}

// evidence says of records where they come from.
func evidence(m *mission.Model, refs []record.Ref) []review.Evidence {
	list := make([]review.Evidence, 0, len(refs))
	for _, ref := range refs {
		e := review.Evidence{Ref: ref}
		if r, ok := m.Record(ref); ok {
			e.Grade, e.Source, e.At, e.Claimant = r.Grade, r.Source, r.At, r.Claimant
			if s, ok := m.Source(r.Source); ok {
				e.Title = s.Title
			}
		}
		list = append(list, e)
	}
	return list
}

func (p *program) tellWho(m *mission.Model, a whoAnswer) {
	head := a.Subject.String()
	if a.Name != string(a.Subject.ID) {
		head += ": " + shorten(a.Name)
	}
	p.say(p.out, "", "  ", head)
	when := "as of the latest word"
	if !a.On.IsZero() {
		when = "on " + a.On.String()
	}
	if a.Known != "" {
		when += ", as known at " + a.Known
	}
	p.say(p.out, "", "  ", when)
	for _, d := range a.Duties {
		p.tellDuty(d)
	}
	for _, duty := range a.Silent {
		p.say(p.out, "\n", "  ", duty+": recorded, but nothing of it for this day, or not known by then")
	}
	if len(a.Duties)+len(a.Silent) == 0 && len(a.Carries) == 0 {
		p.say(p.out, "\n", "", "Nobody has recorded who answers for it. That is silence: it means neither held nor vacant.")
	}
	if len(a.LeftOut) > 0 {
		names := make([]string, len(a.LeftOut))
		for i, ref := range a.LeftOut {
			names[i] = ref.String()
		}
		p.say(p.out, "\n", "  ", "This view leaves out, for their grade: "+strings.Join(names, ", ")+".")
	}
	if len(a.Carries) > 0 {
		p.say(p.out, "\n", "", "It answers for:")
		for _, c := range a.Carries {
			p.say(p.out, "  ", "    ", c.Duty+" of "+c.Subject.String()+": "+shorten(c.Name))
		}
	}
}

func (p *program) tellDuty(d dutyAnswer) {
	state := d.State
	if !d.Certain {
		state += ", not certainly"
	}
	if d.Why != "" {
		state += ": " + d.Why
	}
	p.say(p.out, "\n", "  ", d.Duty+": "+state)
	for _, c := range d.Carriers {
		name := shorten(c.Name)
		if c.Of != "" {
			name += ", of " + shorten(c.Of)
		}
		if c.Part != "" {
			name += ", for " + shorten(c.Part)
		}
		if c.FromTitle {
			name += " (read off a title; titles are not duties)"
		}
		p.say(p.out, "  carried by ", "    ", name+" (party/"+string(c.Party)+")")
		for _, h := range c.Holders {
			p.say(p.out, "    held by ", "      ", h.describe())
		}
		if c.Post && len(c.Holders) == 0 {
			p.say(p.out, "    ", "      ", map[string]string{"vacant": "nobody holds the post: its last holding has ended"}[c.Filled]+
				map[string]string{"unknown": "who holds the post is not recorded"}[c.Filled])
		}
	}
	words := make([]string, len(d.Records))
	for i, e := range d.Records {
		words[i] = e.String()
	}
	p.say(p.out, "  rests on ", "    ", strings.Join(words, "; "))
}

func (h *holder) describe() string {
	words := []string{shorten(h.Name)}
	if h.Name != string(h.Party) {
		words[0] += " (party/" + string(h.Party) + ")"
	}
	if h.Basis != "" {
		words = append(words, h.Basis)
	}
	if !h.Since.IsZero() {
		words = append(words, "since "+h.Since.String())
	}
	if h.On != calendar.Certainly.String() {
		words = append(words, h.On)
	}
	return strings.Join(words, ", ")
}

// shorten makes one line of a name, of at most 160 characters.
func shorten(s string) string {
	const most = 160
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(slices.Clone(r[:most-1]))) + "…"
	}
	return s
}
