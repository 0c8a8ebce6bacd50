package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

// expectations are what the files beside the plans hold: cases.json the cases of our own day, historic.json the older ones.
type expectations struct {
	Cases     []expectation `json:"cases"`
	Contrasts []contrast    `json:"contrasts"`
}

// expectation says what the rules are to make of one plan. A rule that is in none of the lists must have nothing to say.
type expectation struct {
	ID     string    `json:"id"`
	Plan   string    `json:"plan"`  // file
	Lines  string    `json:"lines"` // of the texts that the case rests on
	Expect []finding `json:"expect"`
	// Not and Cannot are the catalogue's lists; Open lists the rules that cannot tell because the text is silent, where
	// the catalogue does not say so.
	Not     []string `json:"not"`
	Cannot  []string `json:"cannot"`
	Open    []string `json:"open"`
	Without *without `json:"without"`
	Tension *tension `json:"tension"`
	// Disputed are facts of which the text says more than one thing; all that is said must stand.
	Disputed []record.Ref `json:"disputed"`
	Public   *published   `json:"public"`
}

// finding is a rule that must fire.
type finding struct {
	Rule string `json:"rule"`
	// Subjects are all that it must fire for; empty leaves them open.
	Subjects []string `json:"subjects"`
	// Weak says that each of its findings must rest on hearsay, opinion or forecast alone, and say so.
	Weak    bool   `json:"weak"`
	Because string `json:"because"`
}

// without says which rules' findings must go, all of them and no others, when records of some grades are left out.
type without struct {
	Grades []record.Grade `json:"grades"`
	Loses  []string       `json:"loses"`
}

// tension says that a freedom is seen in two ways, both of which must stand.
type tension struct {
	ID    string `json:"id"`
	Says  string `json:"says"`
	Asked string `json:"asked"` // the kind of event by which guidance is asked for
}

// published says what becomes of a case in the copy that anybody may read.
type published struct {
	Gone  []record.Ref `json:"gone"`
	Kept  []record.Ref `json:"kept"`
	Finds []finding    `json:"finds"` // what the same rules find there, of the rules named
}

// contrast says what the same rules make of two cases.
type contrast struct {
	One         string   `json:"one"`
	Other       string   `json:"other"`
	OnlyInOther []string `json:"only_in_other"`
	OnlyInOne   []string `json:"only_in_one"`
	Because     string   `json:"because"` // what sets the two apart
}

// load reads every file that is not a plan, and puts the cases in the order of their names. A case that is named twice is an
// error, and so is a word that no expectation has.
func load(files fs.FS) (expectations, error) {
	var list expectations
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return list, err
	}
	for _, name := range names {
		if isPlan(name) {
			continue
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return list, err
		}
		var more expectations
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(&more); err != nil {
			return list, fmt.Errorf("%s: %w", name, err)
		}
		list.Cases = append(list.Cases, more.Cases...)
		list.Contrasts = append(list.Contrasts, more.Contrasts...)
	}
	slices.SortStableFunc(list.Cases, func(a, b expectation) int { return strings.Compare(a.ID, b.ID) })
	for i := range list.Cases {
		if i > 0 && list.Cases[i].ID == list.Cases[i-1].ID {
			return list, fmt.Errorf("two cases are named %s", list.Cases[i].ID)
		}
	}
	return list, nil
}

// isPlan tells the plans from the expectations: a plan is named for its case, as c03.json is.
func isPlan(name string) bool {
	return len(name) > 1 && name[0] == 'c' && '0' <= name[1] && name[1] <= '9'
}

// assess reads a plan, looks at it on its own day through a view, and runs the rules.
func assess(files fs.FS, name string, view mission.View) (*mission.Model, *review.Review, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, nil, err
	}
	spec, err := document.Unmarshal(data, document.Options{})
	if err != nil {
		return nil, nil, err
	}
	view.On = spec.AsOf
	model, err := mission.Compile(spec, view)
	if err != nil {
		return nil, nil, err
	}
	said, err := review.Run(model, review.Options{})
	return model, said, err
}
