package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/missionled/missionled/examples/missions/internal/planfile"
	"github.com/missionled/missionled/examples/missions/sheet"
)

func (p *program) export() *cobra.Command {
	var format, out string
	var marks bool
	c := &cobra.Command{
		Use:   "export PLAN",
		Short: "Write a plan for spreadsheets and other programs",
		Long: `export writes a plan in another format:

  yaml, json  one file, whole
  csv         a folder of tables, one for each kind of record, and a file that
              describes their columns (CSV on the Web); "missions import"
              reads them back
  xlsx        a workbook of the review, for people who live in spreadsheets:
              findings, what cannot be told, milestones, who answers, coverage;
              it is not read back

A view holds for it too: --public writes the copy that may be published and
tells on standard error what was withheld, and why; --without leaves out the
grades that it names.

Cells that a spreadsheet would take for a formula stand behind an apostrophe.`,
		Example: `  missions export plan.yaml --format json > plan.json
  missions export plan.yaml --public -o public.json
  missions export plan.yaml -o review.xlsx
  missions export plan.yaml --format csv -o tables
  missions import --from csv tables/*.csv -o plan.yaml`,
		Args: needs(1, 1, "one plan"),
		RunE: func(_ *cobra.Command, args []string) error {
			format = strings.ToLower(format)
			switch {
			case format == "csv":
				return p.exportTables(args[0], out, marks)
			case format == "xlsx", format == "" && strings.EqualFold(filepath.Ext(out), ".xlsx"):
				return p.exportWorkbook(args[0], out)
			}
			f, err := formatNamed(format, out)
			if err != nil {
				return fmt.Errorf("--format: %q is no format of exports: write yaml, json, csv or xlsx", format)
			}
			spec, err := p.viewed(args[0])
			if err != nil {
				return err
			}
			text, err := planfile.Marshal(spec, f)
			if err != nil {
				return err
			}
			return p.save(out, text)
		},
	}
	f := c.Flags()
	f.StringVar(&format, "format", "", "`FORMAT`: yaml, json, csv or xlsx (default: by the name of the file, else yaml)")
	f.BoolVar(&marks, "bom", false, "begin tables with a byte-order mark, as Excel needs")
	f.StringVarP(&out, "output", "o", "", "write to `FILE`, or for csv to a folder (default: standard output)")
	return c
}

func (p *program) exportTables(plan, folder string, marks bool) error {
	if folder == "" || folder == "-" {
		return errors.New("tables are several files: name a folder for them with -o")
	}
	spec, err := p.viewed(plan)
	if err != nil {
		return err
	}
	files, err := sheet.Write(spec)
	if err != nil {
		return err
	}
	if marks {
		files = sheet.WithMarks(files)
	}
	return p.saveAll(folder, files)
}

func (p *program) exportWorkbook(plan, out string) error {
	if out == "" {
		return errors.New("a workbook is no text: name a file for it with -o, or - for standard output")
	}
	m, r, err := p.reviewed(plan)
	if err != nil {
		return err
	}
	bar := p.progress(1, "writing the workbook")
	data, err := sheet.Workbook(m, r)
	bar.done()
	if err != nil {
		return err
	}
	return p.save(out, data)
}

// saveAll writes files into a folder, which it makes where it is not there.
func (p *program) saveAll(folder string, files []sheet.File) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	bar := p.progress(int64(len(files)), "writing")
	defer bar.done()
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
		if err := os.WriteFile(filepath.Join(folder, f.Name), f.Data, 0o644); err != nil {
			return err
		}
		bar.step()
	}
	p.say(p.err, "", "  ", "Wrote to "+folder+": "+strings.Join(names, ", ")+".")
	return nil
}
