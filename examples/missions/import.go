package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/examples/missions/internal/planfile"
	"github.com/missionled/missionled/examples/missions/rrf"
	"github.com/missionled/missionled/examples/missions/sheet"
	"github.com/missionled/missionled/examples/missions/table"
	"github.com/missionled/missionled/mission"
)

// imported is what import says of the files that it read.
type imported struct {
	Records map[string]int `json:"records,omitempty"`
	Notes   []note         `json:"notes,omitempty"`
	Faults  []tableFault   `json:"faults,omitempty"`
	// Programme is what was counted in the programme of a recovery plan.
	Programme *programme `json:"programme,omitempty"`
}

type programme struct {
	Rows            int `json:"rows"`
	Codes           int `json:"codes"`
	Repeated        int `json:"codes_in_several_rows"`
	Shared          int `json:"codes_with_several_owners"`
	Administrations int `json:"administrations"`
	EU              int `json:"codes_marked_ue"`
	Declared        int `json:"declared_met"`
}

type note struct {
	File   string `json:"file"`
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Kind   string `json:"kind"`
	Text   string `json:"text,omitempty"`
	Became string `json:"became,omitempty"`
}

type tableFault struct {
	File    string `json:"file"`
	Row     int    `json:"row,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  string `json:"column,omitempty"`
	Message string `json:"message"`
}

func (p *program) imports() *cobra.Command {
	var from, format, out string
	var notes bool
	c := &cobra.Command{
		Use:   "import --from FORMAT FILE...",
		Short: "Make a plan of spreadsheets, registers or project files",
		Long: `import reads files that other people keep and makes a plan of them. It drops
nothing silently: what was mended, or read as something else, is counted on
standard error, and --notes lists each cell.

--from csv reads a file for each kind of record ("milestones.csv", whose
columns are the members of a record), or one flat list of milestones as
departments keep them, with columns such as Milestone, Due date, Owner, RAG, in
any order. "missions export --format csv" writes such files.

--from rrf-italy reads the list of milestones and targets of Italy's recovery
plan as Italia Domani publishes it, then any number of lists of those declared
met.

--from popolo reads a register of posts and who held them in Popolo JSON, and
--from ifg the folder with the tables of the Institute for Government's
Ministers Database. Names of persons stay out of the plan unless --names is
given.

--from mspdi reads a Microsoft Project XML file, --from xer a Primavera P6 file.

With -o, --json prints what was found and mended in JSON.`,
		Example: `  missions import --from csv milestones.csv > plan.yaml
  missions import --from csv parties.csv milestones.csv duties.csv -o plan.json
  missions import --from rrf-italy PNRR_MeT.csv MeT_2021-T4.csv -o italy.json`,
		Args: needs(1, many, "files"),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := formatNamed(format, out)
			if err != nil {
				return err
			}
			read, ok := map[string]func([]string) (mission.Spec, imported, error){"csv": p.importCSV, "rrf-italy": p.importItaly,
				"popolo": p.importPopolo, "ifg": p.importIfG, "mspdi": p.importWork, "xer": p.importWork}[from]
			if !ok {
				return fmt.Errorf("say what the files are: --from csv, rrf-italy, popolo, ifg, mspdi or xer, not %q", from)
			}
			spec, found, err := read(args)
			if faults, ok := errors.AsType[table.Faults](err); ok {
				return p.tellTableFaults(faults)
			}
			if err != nil {
				return err
			}
			text, err := planfile.Marshal(spec, f)
			if err != nil {
				return err
			}
			found.Records = records(spec)
			p.tellImported(spec, found, notes)
			if err := p.save(out, text); err != nil {
				return err
			}
			if p.json && out != "" && out != "-" {
				return p.answer(found)
			}
			return nil
		},
	}
	fl := c.Flags()
	fl.StringVar(&from, "from", "", "what the files are: csv, rrf-italy, popolo, ifg, mspdi or xer; `FORMAT`")
	fl.BoolVar(&p.names, "names", false, "put the names of persons into the plan, from popolo and ifg")
	fl.StringVar(&format, "format", "", "`FORMAT` of the plan: yaml or json (default: by the name of the file, else yaml)")
	fl.BoolVar(&notes, "notes", false, "list every cell that was mended or read otherwise")
	fl.StringVarP(&out, "output", "o", "", "write to `FILE` (default: standard output)")
	return c
}

// file is a file that was read.
type file struct {
	name string // without its folder
	data []byte
}

// files reads files with one bar of progress for all of them.
func (p *program) files(names []string) ([]file, error) {
	bar := p.progress(int64(len(names)), "reading")
	defer bar.done()
	list := make([]file, len(names))
	for i, name := range names {
		data, err := p.read(name)
		if err != nil {
			return nil, err
		}
		list[i] = file{name: filepath.Base(name), data: data}
		bar.step()
	}
	return list, nil
}

func (p *program) importCSV(names []string) (mission.Spec, imported, error) {
	list, err := p.files(names)
	if err != nil {
		return mission.Spec{}, imported{}, err
	}
	files := make([]sheet.File, len(list))
	for i, f := range list {
		files[i] = sheet.File{Name: f.name, Data: f.data}
	}
	spec, r, err := sheet.Read(files...)
	return spec, imported{Notes: notesOf(r.Notes)}, err
}

func (p *program) importItaly(names []string) (mission.Spec, imported, error) {
	list, err := p.files(names)
	if err != nil {
		return mission.Spec{}, imported{}, err
	}
	readers := make([]io.Reader, len(list))
	for i, f := range list {
		readers[i] = rrf.Named(f.name, bytes.NewReader(f.data))
	}
	spec, r, err := rrf.Read(readers[0], readers[1:]...)
	return spec, imported{Notes: notesOf(r.Notes), Programme: &programme{r.Rows, r.Codes, r.Repeated, r.Shared, r.Administrations, r.EUCodes, r.Declared}}, err
}

func notesOf(notes []table.Note) []note {
	list := make([]note, len(notes))
	for i, n := range notes {
		list[i] = note{n.File, n.Row, n.Column, string(n.Kind), n.Text, n.Became}
	}
	return list
}

// tellImported says on standard error what the files held and what became of it, since standard output is the plan.
func (p *program) tellImported(spec mission.Spec, found imported, every bool) {
	if r := found.Programme; r != nil {
		p.say(p.err, "", "  ", fmt.Sprintf("%d rows, %d codes (%d of them in several rows, %d with several owners), %d administrations, %d codes marked UE, %d declared met.",
			r.Rows, r.Codes, r.Repeated, r.Shared, r.Administrations, r.EU, r.Declared))
	}
	p.say(p.err, "", "  ", contents(spec))
	var kinds []string
	counts := make(map[string]int)
	for _, n := range found.Notes {
		if counts[n.Kind] == 0 {
			kinds = append(kinds, n.Kind)
		}
		counts[n.Kind]++
	}
	if len(kinds) > 0 {
		p.say(p.err, "", "  ", "Mended, or read as something else (cells):")
	}
	for _, k := range kinds {
		p.say(p.err, fmt.Sprintf("  %6d  ", counts[k]), "          ", k)
	}
	if !every {
		return
	}
	for _, n := range found.Notes {
		p.say(p.err, n.place()+": ", "    ", strings.TrimSpace(n.Kind+" "+n.change()))
	}
}

func (n *note) place() string {
	s := n.File
	if n.Row > 0 {
		s += fmt.Sprintf(", row %d", n.Row)
	}
	if n.Column != "" {
		s += ", column " + shorten(n.Column)
	}
	return s
}

func (n *note) change() string {
	switch {
	case n.Text != "" && n.Became != "":
		return fmt.Sprintf("(%q became %q)", shorten(n.Text), shorten(n.Became))
	case n.Text != "":
		return fmt.Sprintf("(%q)", shorten(n.Text))
	}
	return ""
}

func (p *program) tellTableFaults(faults table.Faults) error {
	if p.json {
		found := imported{}
		for _, f := range faults {
			found.Faults = append(found.Faults, tableFault{f.File, f.Row, f.Line, f.Column, strings.TrimPrefix(f.Err.Error(), "calendar: ")})
		}
		if err := p.answer(found); err != nil {
			return err
		}
		return errFaults
	}
	for _, f := range faults {
		p.say(p.err, "", "    ", strings.Replace(f.Error(), ": calendar: ", ": ", 1))
	}
	p.say(p.err, "", "", count(len(faults), "fault")+" in the files")
	return errFaults
}
