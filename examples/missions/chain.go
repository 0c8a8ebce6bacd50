package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// chainAnswer is how a subject leads to the forums that may ask about it.
type chainAnswer struct {
	Subject record.Ref    `json:"subject"`
	Name    string        `json:"name"`
	On      calendar.Date `json:"on,omitzero"`
	Paths   []pathAnswer  `json:"paths"`
	// Money says, of an allocation, who decides, pays and answers, and Breaks what is missing on the way.
	Money   []string          `json:"money,omitempty"`
	Breaks  []string          `json:"breaks,omitempty"`
	Records []review.Evidence `json:"records,omitempty"`
}

type pathAnswer struct {
	Steps   []stepAnswer `json:"steps"`
	Whole   bool         `json:"whole"`
	Certain bool         `json:"certain"`
	Why     string       `json:"why,omitempty"`
}

type stepAnswer struct {
	To      record.Ref `json:"to"`
	Name    string     `json:"name"`
	Via     string     `json:"via,omitempty"`
	State   string     `json:"state,omitempty"`
	Holders []string   `json:"holders,omitempty"`
}

func (p *program) chain() *cobra.Command {
	var duty, to string
	c := &cobra.Command{
		Use:   "chain SUBJECT PLAN",
		Short: "Follow who answers, step by step, to the forum that may ask",
		Long: `chain leads from a mission, a milestone, a post or a sum of money through the
duties on it, the posts that carry them and their lines of account to the
nearest forum that may ask: a board, a council, a parliament. It says where the
way breaks.

Of an allocation it says who decides on it, who pays and who answers.`,
		Example: `  missions chain warm-homes plan.yaml
  missions chain warm-homes plan.yaml --duty mission-lead --on 2026-06-30
  missions chain allocation/retrofit plan.yaml --to party/parliament`,
		Args: needs(2, 2, "a subject and a plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			m, ref, err := p.about(args[0], args[1])
			if err != nil {
				return err
			}
			forum := record.Ref{}
			if to != "" {
				if forum, err = subject(m, to); err != nil {
					return err
				}
			}
			a := chainAnswer{Subject: ref, Name: m.Name(ref), On: m.Moment(record.Moment{}).On, Paths: []pathAnswer{}}
			var paths []accountability.Path
			switch {
			case ref.Kind == funding.KindAllocation:
				for _, t := range m.Accounts().Trails(ref.ID, forum, record.Moment{}) {
					paths = append(paths, t.Paths...)
					a.Breaks = append(a.Breaks, t.Breaks...)
					a.Money = append(a.Money, seats(m, t)...)
					a.Records = append(a.Records, evidence(m, t.Records)...)
				}
			case duty != "":
				var ok bool
				if paths, ok = m.Register().Chain(ref, duty, record.Moment{}); !ok {
					return fmt.Errorf("nothing is recorded of the duty %q on %s: that is silence, and neither held nor vacant", duty, ref)
				}
			default:
				paths = m.Register().PathTo(ref, forum, record.Moment{})
			}
			for _, path := range paths {
				a.Paths = append(a.Paths, pathOf(m, path))
				if ref.Kind != funding.KindAllocation {
					a.Records = append(a.Records, evidence(m, path.Records)...)
				}
			}
			if p.json {
				return p.answer(a)
			}
			p.tellChain(a)
			return nil
		},
	}
	c.Flags().StringVar(&duty, "duty", "", "follow this `DUTY` alone, such as mission-lead")
	c.Flags().StringVar(&to, "to", "", "the forum or `PARTY` to reach, such as party/parliament (default: the nearest)")
	return c
}

// seats says of a trail who decides and who pays, as a line each.
func seats(m *mission.Model, t funding.Trail) (lines []string) {
	for _, part := range []struct {
		word  string
		seats []funding.Seat
	}{{"decides", t.Decides}, {"pays", t.Pays}, {"answers", t.Answers}} {
		for _, s := range part.seats {
			lines = append(lines, part.word+": "+m.Name(party(s.Party))+" (party/"+string(s.Party)+")")
		}
	}
	return lines
}

// about is the model of a plan and the subject that a word means; either may come first.
func (p *program) about(word, plan string) (*mission.Model, record.Ref, error) {
	if !exists(plan) && exists(word) {
		word, plan = plan, word
	}
	m, err := p.model(plan)
	if err != nil {
		return nil, record.Ref{}, err
	}
	ref, err := subject(m, word)
	return m, ref, err
}

func pathOf(m *mission.Model, path accountability.Path) pathAnswer {
	a := pathAnswer{Whole: path.Whole, Certain: path.Certain, Why: path.Why}
	for _, s := range path.Steps {
		step := stepAnswer{To: s.To, Name: m.Name(s.To), Via: s.Via}
		if s.State != accountability.Held {
			step.State = s.State.String()
		}
		for _, h := range s.Holders {
			step.Holders = append(step.Holders, m.Name(party(h.Party)))
		}
		a.Steps = append(a.Steps, step)
	}
	return a
}

func (p *program) tellChain(a chainAnswer) {
	p.say(p.out, "", "  ", a.Subject.String()+": "+shorten(a.Name))
	for _, path := range a.Paths {
		p.say(p.out, "", "", "")
		for i, s := range path.Steps {
			line := s.To.String()
			if s.Name != string(s.To.ID) {
				line += ": " + shorten(s.Name)
			}
			if s.Via != "" {
				line = s.Via + " → " + line
			}
			if s.State != "" {
				line += " [" + s.State + "]"
			}
			if len(s.Holders) > 0 {
				line += " (" + strings.Join(s.Holders, ", ") + ")"
			}
			p.say(p.out, strings.Repeat("  ", i+1), strings.Repeat("  ", i+3), line)
		}
		switch {
		case !path.Whole:
			p.say(p.out, "  ", "  ", "It breaks: "+path.Why+".")
		case !path.Certain:
			p.say(p.out, "  ", "  ", "It arrives, though a date on the way is not known well enough to be sure.")
		}
	}
	for _, line := range a.Money {
		p.say(p.out, "", "  ", line)
	}
	for _, b := range a.Breaks {
		p.say(p.out, "break: ", "  ", b)
	}
}

func (p *program) authority() *cobra.Command {
	var amount, spent string
	var categories, met []string
	c := &cobra.Command{
		Use:   "check-authority ACTOR POWER SUBJECT PLAN",
		Short: "Say whether somebody may do a thing, by which chain of grants",
		Long: `check-authority answers allowed, denied or conditional, with the chain of grants
from the actor up to its root, the least limit along it, and the reason.

A chain holds only while every grant on it does. Delegation moves authority and
never accountability, and what is novel, contentious or repercussive cannot be
delegated at all.`,
		Example: `  missions check-authority lead spend warm-homes plan.yaml --amount "250000 GBP"
  missions check-authority lead spend warm-homes plan.yaml --category novel`,
		Args: needs(4, 4, "an actor, a power, a subject and a plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			m, err := p.model(args[3])
			if err != nil {
				return err
			}
			actor, errActor := subject(m, args[0])
			about, errAbout := subject(m, args[2])
			act := accountability.Act{Actor: actor.ID, Power: args[1], Subject: about, Categories: categories, Met: met}
			var errMoney, errSpent error
			if amount != "" {
				errMoney = act.Amount.UnmarshalText([]byte(amount))
			}
			if spent != "" {
				var sum record.Money
				errSpent = sum.UnmarshalText([]byte(spent))
				act.Spent = record.Known(sum)
			}
			if err := errors.Join(errActor, errAbout, errMoney, errSpent); err != nil {
				return err
			}
			v := m.Register().Check(act, record.Moment{})
			out := authorityAnswer{Permission: v.Permission.String(), Why: v.Why, Missing: v.Missing, Records: evidence(m, v.Records)}
			if !v.PerItem.IsZero() {
				out.Limit = v.PerItem.String()
			}
			for _, g := range v.Chain {
				step := "grant/" + string(g.ID) + ": "
				if g.By != "" {
					step += m.Name(party(g.By)) + " → "
				}
				out.Chain = append(out.Chain, step+m.Name(party(g.To)))
			}
			if p.json {
				return p.answer(out)
			}
			p.tellAuthority(out)
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&amount, "amount", "", "what it commits, as `MONEY` such as \"250000 GBP\"")
	f.StringVar(&spent, "spent", "", "what was committed before under grants with a limit in all, as `MONEY`")
	f.StringSliceVar(&categories, "category", nil, "the `CATEGORIES` that it falls into: novel, contentious, repercussive")
	f.StringArrayVar(&met, "met", nil, "a `CONDITION` of a grant that is met, in its own words")
	return c
}

type authorityAnswer struct {
	Permission string            `json:"permission"`
	Why        string            `json:"why,omitempty"`
	Missing    []string          `json:"missing,omitempty"`
	Limit      string            `json:"limit,omitempty"`
	Chain      []string          `json:"chain,omitempty"`
	Records    []review.Evidence `json:"records"`
}

func (p *program) tellAuthority(a authorityAnswer) {
	line := a.Permission
	if a.Why != "" {
		line += ": " + a.Why
	}
	p.say(p.out, "", "  ", line)
	for _, m := range a.Missing {
		p.say(p.out, "  depends on: ", "    ", m)
	}
	if a.Limit != "" {
		p.say(p.out, "", "  ", "least limit along the chain: "+a.Limit)
	}
	for _, step := range a.Chain {
		p.say(p.out, "  ", "    ", step)
	}
}

func (p *program) gaps() *cobra.Command {
	return &cobra.Command{
		Use:   "gaps PLAN [POST]",
		Short: "List posts with empty seats and duties that nobody holds",
		Long: `gaps lists, for each post in the order of the plan, the runs of days on which it
had fewer holders than seats, or more, as far as holdings are recorded; and the
duties that are vacant, unclear or contested on the day.

A gap that the records only allow and do not settle reads "possibly".`,
		Example: `  missions gaps plan.yaml
  missions gaps plan.yaml party/lead --known 2025-12-31`,
		Args: needs(1, 2, "a plan, and a post if you like"),
		RunE: func(_ *cobra.Command, args []string) error {
			m, err := p.model(args[0])
			if err != nil {
				return err
			}
			posts := m.Register().Parties()
			if len(args) == 2 {
				ref, err := subject(m, args[1])
				if err != nil {
					return err
				}
				posts = []record.ID{ref.ID}
			}
			a := gapsAnswer{Posts: []gapAnswer{}, Duties: []dutyGap{}}
			for _, id := range posts {
				for _, s := range m.Register().Gaps(id, record.Moment{}) {
					a.Posts = append(a.Posts, gapOf(m, id, s))
				}
				for _, s := range m.Register().Overlaps(id, record.Moment{}) {
					a.Posts = append(a.Posts, gapOf(m, id, s))
				}
			}
			if len(args) == 1 {
				for _, v := range m.Register().Vacancies(record.Moment{}) {
					a.Duties = append(a.Duties, dutyGap{Duty: v.Duty, Subject: v.Subject, State: v.State.String(), Why: v.Why})
				}
			}
			if p.json {
				return p.answer(a)
			}
			for _, g := range a.Posts {
				p.say(p.out, "", "  ", g.describe())
			}
			for _, d := range a.Duties {
				p.say(p.out, "", "  ", d.Duty+" of "+d.Subject.String()+": "+d.State+" ("+d.Why+")")
			}
			if len(a.Posts)+len(a.Duties) == 0 {
				p.say(p.out, "", "  ", "The records show no gap. That says nothing of what nobody has recorded.")
			}
			return nil
		},
	}
}

type gapsAnswer struct {
	Posts  []gapAnswer `json:"posts"`
	Duties []dutyGap   `json:"duties"`
}

type dutyGap struct {
	Duty    string     `json:"duty"`
	Subject record.Ref `json:"subject"`
	State   string     `json:"state"`
	Why     string     `json:"why,omitempty"`
}

type gapAnswer struct {
	Post   record.Ref    `json:"post"`
	Name   string        `json:"name"`
	From   calendar.Date `json:"from"`
	Until  calendar.Date `json:"until,omitzero"`
	Seats  int           `json:"seats"`
	Filled int           `json:"filled"`
	On     string        `json:"on"`
}

func gapOf(m *mission.Model, id record.ID, s accountability.Stretch) gapAnswer {
	return gapAnswer{Post: party(id), Name: m.Name(party(id)), From: s.From, Until: s.Until, Seats: s.Seats, Filled: s.Filled, On: s.On.String()}
}

func (g *gapAnswer) describe() string {
	until := "on"
	if !g.Until.IsZero() {
		until = "until " + g.Until.String()
	}
	return fmt.Sprintf("%s, %s: from %s %s, %d of %d seats filled (%s)", g.Post, shorten(g.Name), g.From, until, g.Filled, g.Seats, g.On)
}
