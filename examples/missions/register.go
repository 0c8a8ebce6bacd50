package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/missionled/missionled/accountability/popolo"
	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// Importers of registers of posts, and of project files.

func (p *program) popoloOptions() popolo.Options {
	if p.names {
		return popolo.Options{Names: popolo.NamesIn}
	}
	return popolo.Options{Names: popolo.NamesDropped}
}

func (p *program) importPopolo(names []string) (mission.Spec, imported, error) {
	if len(names) != 1 {
		return mission.Spec{}, imported{}, errors.New("import --from popolo reads one file")
	}
	data, err := p.read(names[0])
	if err != nil {
		return mission.Spec{}, imported{}, err
	}
	r, err := popolo.Read(bytes.NewReader(data), p.popoloOptions())
	return p.registered(names[0], r, err)
}

func (p *program) importIfG(names []string) (mission.Spec, imported, error) {
	if len(names) != 1 {
		return mission.Spec{}, imported{}, errors.New("import --from ifg reads one folder with the tables of the database")
	}
	if info, err := os.Stat(names[0]); err != nil || !info.IsDir() {
		return mission.Spec{}, imported{}, fmt.Errorf("%s is no folder: name the one that holds the tables of the database", names[0])
	}
	r, err := popolo.IfG(os.DirFS(names[0]), p.popoloOptions())
	return p.registered(names[0], r, err)
}

// registered makes a plan of a register, with notes of what was lost and repaired.
func (p *program) registered(name string, r *popolo.Result, err error) (mission.Spec, imported, error) {
	if faults, ok := errors.AsType[record.Faults](err); ok {
		for _, f := range faults {
			p.say(p.err, shown(name)+": ", "  ", f.Error())
		}
		return mission.Spec{}, imported{}, errFaults
	}
	if err != nil {
		return mission.Spec{}, imported{}, err
	}
	spec := mission.Spec{Format: mission.Format, Sources: r.Sources, Parties: r.Parties, Holdings: r.Holdings, Leaves: r.Leaves, Successions: r.Successions}
	var found imported
	for _, l := range r.Losses {
		kind := "has no place in a plan"
		if l.Why != "" {
			kind = l.Why
		}
		found.Notes = append(found.Notes, note{File: name, Kind: kind, Text: fmt.Sprintf("%s (%d)", l.Path, l.Count)})
	}
	for _, c := range r.Repairs {
		found.Notes = append(found.Notes, note{File: name, Kind: c.Why, Column: c.Path, Text: c.Was, Became: c.Now})
	}
	return spec, found, nil
}

func (p *program) importWork(names []string) (mission.Spec, imported, error) {
	if len(names) != 1 {
		return mission.Spec{}, imported{}, errors.New("import reads one project file at a time")
	}
	if lower := strings.ToLower(names[0]); !strings.HasSuffix(lower, ".xml") && !strings.HasSuffix(lower, ".xer") {
		return mission.Spec{}, imported{}, fmt.Errorf("%s: a project file is named .xml or .xer", names[0])
	}
	w, err := p.work(names[0])
	if err != nil {
		return mission.Spec{}, imported{}, err
	}
	var found imported
	for _, n := range w.notes {
		found.Notes = append(found.Notes, note{File: names[0], Kind: "mended or left out", Text: n})
	}
	return w.model.Spec(), found, nil
}
