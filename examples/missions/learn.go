package main

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

// learnAnswer is what is believed and what to try next, as programs read it.
type learnAnswer struct {
	Hypotheses  []beliefAnswer   `json:"hypotheses"`
	Outlook     []prospectAnswer `json:"outlook,omitempty"`
	Experiments []nextAnswer     `json:"next_experiments,omitempty"`
	Flags       []string         `json:"flags,omitempty"`
	Notes       []string         `json:"notes,omitempty"`
}

type beliefAnswer struct {
	Hypothesis record.ID `json:"hypothesis"`
	Claim      string    `json:"claim"`
	Prior      float64   `json:"prior"`
	Belief     float64   `json:"belief"`
	Why        string    `json:"why"`
}

type prospectAnswer struct {
	Subject record.Ref `json:"subject"`
	Chance  float64    `json:"chance"`
	Low     *float64   `json:"low,omitempty"`
	High    *float64   `json:"high,omitempty"`
	Says    string     `json:"says"`
}

type nextAnswer struct {
	Experiment record.ID `json:"experiment"`
	Name       string    `json:"name,omitempty"`
	Worth      float64   `json:"worth"`
	Net        float64   `json:"net"`
	CanChange  bool      `json:"can_change_what_you_would_do"`
	Movement   float64   `json:"expected_movement"`
	Says       string    `json:"says"`
}

func (p *program) learn() *cobra.Command {
	var target, untested string
	var reached, missed, perWeek, budget float64
	var currency string
	c := &cobra.Command{
		Use:   "learn PLAN",
		Short: "Say what is believed and why, and what to try next",
		Long: `learn says of each hypothesis how far it is believed and what moved that, how
likely the missions and milestones that it bears on are to be reached, and what
the experiments that have not started are worth: some cannot change what you
would do.

With --target and what acting is worth where the target is reached and where it
is missed, the worth is in money; without, it is how far the chance is expected
to move.`,
		Example: `  missions learn plan.yaml
  missions learn plan.yaml --target people-come --reached 40000 --missed -30000`,
		Args: needs(1, 1, "a plan"),
		RunE: func(c *cobra.Command, args []string) error {
			m, err := p.model(args[0])
			if err != nil {
				return err
			}
			ledger, at := m.Ledger(), record.Moment{}
			a := learnAnswer{Hypotheses: []beliefAnswer{}}
			for _, id := range ledger.Hypotheses() {
				e, err := ledger.Explain(id, at)
				if err != nil {
					a.Notes = append(a.Notes, string(id)+": "+err.Error())
					continue
				}
				a.Hypotheses = append(a.Hypotheses, beliefAnswer{id, e.Claim, e.Prior, e.Belief, strings.TrimSpace(e.Text())})
			}
			var o learning.OutlookOptions
			if untested != "" {
				q, err := record.ParseQuantity(untested)
				if err != nil {
					return fmt.Errorf("--untested: %w", err)
				}
				o.Untested = q
			}
			if len(ledger.Contributions()) > 0 {
				prospects, err := ledger.Outlook(c.Context(), at, o)
				if err != nil {
					a.Notes = append(a.Notes, err.Error())
				} else {
					for _, s := range prospects.Each {
						row := prospectAnswer{Subject: s.Subject, Chance: s.Chance, Says: s.Sentence()}
						if !math.IsNaN(s.Low) {
							row.Low, row.High = &s.Low, &s.High
						}
						a.Outlook = append(a.Outlook, row)
					}
				}
			}
			if target != "" {
				ref, err := subject(m, target)
				if err != nil {
					return err
				}
				stakes := learning.Stakes{Target: ref, PerWeek: perWeek, Budget: budget}
				if reached != 0 || missed != 0 {
					if _, err := record.ParseMoney("1 " + currency); err != nil {
						return fmt.Errorf("--currency: %w", err)
					}
					stakes.Currency = record.Currency(currency)
					stakes.Actions = []learning.Action{{Name: "leave it"}, {Name: "act", IfReached: reached, IfNot: missed}}
				}
				agenda, err := ledger.Next(c.Context(), at, stakes, o)
				if err != nil {
					return err
				}
				for _, e := range agenda.Experiments {
					a.Experiments = append(a.Experiments, nextAnswer{e.Experiment, m.Name(record.Ref{Kind: learning.KindExperiment, ID: e.Experiment}), e.Sample, e.Net, e.CanChangeDecision, e.Movement, e.Sentence()})
				}
			}
			flags, err := ledger.Flags(at)
			if err != nil {
				a.Notes = append(a.Notes, err.Error())
			}
			for _, f := range flags.Raised {
				a.Flags = append(a.Flags, f.Text)
			}
			if p.json {
				return p.answer(a)
			}
			p.tellLearn(a)
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&target, "target", "", "what the experiments are to bear on: a `SUBJECT`")
	f.Float64Var(&reached, "reached", 0, "what acting is worth where the target is reached, as a `NUMBER`")
	f.Float64Var(&missed, "missed", 0, "what acting is worth where it is missed, as a `NUMBER`")
	f.StringVar(&currency, "currency", "GBP", "the `CURRENCY` of both")
	f.Float64Var(&perWeek, "per-week", 0, "what a week's delay costs, as a `NUMBER`")
	f.Float64Var(&budget, "budget", 0, "what may be spent on experiments, as a `NUMBER`")
	f.StringVar(&untested, "untested", "", "the `BELIEF` in contributions that no hypothesis is about, 0 to 1")
	return c
}

func (p *program) tellLearn(a learnAnswer) {
	for _, h := range a.Hypotheses {
		lines := strings.Split(h.Why, "\n")
		p.say(p.out, "", "  ", string(h.Hypothesis)+": "+lines[0])
		for _, line := range lines[1:] {
			p.say(p.out, "  ", "    ", line)
		}
	}
	if len(a.Hypotheses) == 0 {
		p.say(p.out, "", "  ", "The plan has no hypothesis. One, with what would change your mind, is enough to begin.")
	}
	for i, o := range a.Outlook {
		lead := ""
		if i == 0 {
			lead = "\n"
		}
		p.say(p.out, lead, "  ", o.Says)
	}
	for i, e := range a.Experiments {
		lead := ""
		if i == 0 {
			lead = "\n"
		}
		p.say(p.out, lead, "  ", e.Says)
	}
	for _, f := range a.Flags {
		p.say(p.out, "flag: ", "  ", f)
	}
	for _, n := range a.Notes {
		p.say(p.out, "note: ", "  ", n)
	}
}

func (p *program) infer() *cobra.Command {
	var bif string
	var given, of []string
	var cells int64
	c := &cobra.Command{
		Use:   "infer --bif FILE",
		Short: "Work out the posteriors of a Bayesian network, exactly",
		Long: `infer reads a network in the Bayesian Interchange Format and prints the
probabilities of its variables given what was seen, exactly, by a junction tree.
A network that would need more table cells than allowed is refused, with sizes.`,
		Example: `  missions infer --bif asia.bif --given asia=yes --given dysp=yes --of lung
  missions infer --bif child.bif --json`,
		Args: needs(0, 0, "a network by --bif, and no other"),
		RunE: func(_ *cobra.Command, _ []string) error {
			if bif == "" {
				return errors.New("name the network: --bif FILE")
			}
			data, err := p.read(bif)
			if err != nil {
				return err
			}
			network, err := learning.ReadBIF(bytes.NewReader(data))
			if err != nil {
				return fmt.Errorf("%s: %w", shown(bif), err)
			}
			options := learning.InferOptions{Cells: cells}
			var seen []learning.Observed
			for _, word := range given {
				name, state, ok := strings.Cut(word, "=")
				if !ok {
					return fmt.Errorf("--given: %q is no observation: write a variable and its state, as in asia=yes", word)
				}
				seen = append(seen, learning.Observed{Variable: name, State: state})
				options.Targets = append(options.Targets, name)
			}
			if options.Targets = append(options.Targets, of...); len(of) == 0 {
				options.Targets = nil
			}
			tree, err := network.Compile(options)
			if err != nil {
				return err
			}
			post, err := tree.Given(seen...)
			if err != nil {
				return err
			}
			a := inferAnswer{Network: network.Name, LogEvidence: post.LogEvidence(), Cells: tree.Cells(), Width: tree.Width()}
			wanted := make(map[string]bool)
			for _, name := range of {
				wanted[name] = true
			}
			for i := range network.Variables {
				v := &network.Variables[i]
				if len(of) > 0 && !wanted[v.Name] {
					continue
				}
				chances, err := post.Marginal(nil, v.Name)
				if err != nil {
					return err
				}
				a.Variables = append(a.Variables, inferVariable{v.Name, v.States, chances})
			}
			if p.json {
				return p.answer(a)
			}
			for _, v := range a.Variables {
				words := make([]string, len(v.States))
				for k, s := range v.States {
					words[k] = s + " " + strconv.FormatFloat(v.P[k], 'g', 17, 64)
				}
				p.say(p.out, "", "  ", v.Name+": "+strings.Join(words, ", "))
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&bif, "bif", "", "the network, a `FILE`")
	f.StringArrayVar(&given, "given", nil, "what was seen, as `VARIABLE=STATE`")
	f.StringArrayVar(&of, "of", nil, "the `VARIABLE` asked about (default: all)")
	f.Int64Var(&cells, "cells", 0, "the most table `CELLS` to allocate (default: 4 Mi)")
	return c
}

type inferAnswer struct {
	Network     string          `json:"network,omitempty"`
	LogEvidence float64         `json:"log_evidence"`
	Cells       int64           `json:"cells"`
	Width       int             `json:"width"`
	Variables   []inferVariable `json:"variables"`
}

type inferVariable struct {
	Name   string    `json:"name"`
	States []string  `json:"states"`
	P      []float64 `json:"p"`
}
