package review

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/missionled/missionled/accountability/record"
)

// Options says which rules to run, and with which numbers. The zero Options runs all rules with their defaults.
type Options struct {
	// Thresholds sets numbers by name, such as "F38.days". Those left out keep their defaults.
	Thresholds map[string]float64
	// Rules lists the ids or slugs of the rules to run, in any order. Empty means all.
	Rules []string
}

// UnknownError says that somebody names a rule, a threshold or a reference design that does not exist.
type UnknownError struct {
	What    string // "rule", "threshold" or "design"
	Name    string
	Nearest string // the nearest name that does exist; empty if none is near
}

// Error names what does not exist, and the nearest name that does or where to look.
func (e *UnknownError) Error() string {
	s := fmt.Sprintf("there is no %s %q", e.What, e.Name)
	if e.Nearest != "" {
		return s + fmt.Sprintf(": did you mean %q?", e.Nearest)
	}
	if e.What == "design" {
		return s + ": docs/designs.md lists them"
	}
	return s + ": docs/rules.md lists them"
}

// ThresholdError says that a number does not do for a threshold.
type ThresholdError struct {
	Name  string
	Value float64
	Least float64 // the smallest number that does
}

// Error names the threshold and says which numbers do.
func (e *ThresholdError) Error() string {
	return fmt.Sprintf("the threshold %s cannot be %v: give a finite number of at least %v", e.Name, e.Value, e.Least)
}

// resolve returns the rules to run in the order of the catalogue, each with its numbers.
func (o Options) resolve() ([]*Rule, map[*Rule][]Threshold, error) {
	var errs []error
	rules := Rules()
	if len(o.Rules) > 0 {
		wanted := make(map[*Rule]bool)
		for _, name := range o.Rules {
			rule, ok := Lookup(name)
			if !ok {
				errs = append(errs, &UnknownError{What: "rule", Name: name, Nearest: record.Nearest(name, ruleNames(name))})
			}
			wanted[rule] = true
		}
		rules = slices.DeleteFunc(rules, func(r *Rule) bool { return !wanted[r] })
	}
	thresholds := make(map[*Rule][]Threshold, len(catalogue))
	var names []string
	for _, rule := range catalogue {
		own := slices.Clone(rule.Thresholds)
		for i := range own {
			t := &own[i]
			names = append(names, t.Name)
			if v, ok := o.Thresholds[t.Name]; ok {
				if math.IsNaN(v) || math.IsInf(v, 0) || v < t.Least {
					errs = append(errs, &ThresholdError{Name: t.Name, Value: v, Least: t.Least})
				}
				t.Value, t.Set = v, true
			}
		}
		thresholds[rule] = own
	}
	for _, name := range slices.Sorted(maps.Keys(o.Thresholds)) {
		if !slices.Contains(names, name) {
			errs = append(errs, &UnknownError{What: "threshold", Name: name, Nearest: record.Nearest(name, names)})
		}
	}
	return rules, thresholds, errors.Join(errs...)
}

// ruleNames lists the names among which the nearest to a mistaken one is sought: ids for what looks like an id, else slugs.
func ruleNames(mistaken string) []string {
	names := make([]string, len(catalogue))
	for i, r := range catalogue {
		names[i] = r.Slug
		if len(mistaken) > 0 && len(mistaken) <= len("F000") && strings.ContainsRune("ABCDEFW", unicode.ToUpper(rune(mistaken[0]))) {
			names[i] = r.ID
		}
	}
	return names
}
