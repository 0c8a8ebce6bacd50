package main

import (
	"encoding/json"
	"io/fs"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/document"
	"github.com/missionled/missionled/mission/review"
)

// expectations are what cases.json holds.
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

// contrast says what the same rules make of two cases.
type contrast struct {
	One         string   `json:"one"`
	Other       string   `json:"other"`
	OnlyInOther []string `json:"only_in_other"`
	OnlyInOne   []string `json:"only_in_one"`
}

func load(files fs.FS) (list expectations, err error) {
	data, err := fs.ReadFile(files, "cases.json")
	if err != nil {
		return list, err
	}
	return list, json.Unmarshal(data, &list)
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
