package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// Workbook writes a review of a model as an Excel workbook (Office Open XML) with the sheets Findings, Cannot assess,
// Milestones, Who answers and Coverage. Days are real dates, shown day first; a date that is a longer stretch stands as
// text and by its first and last day. Headers stay in view, and can be filtered. There are no formulas and no links: texts
// are texts, whatever they start with. Characters that control the display or reorder it are left out, and texts are cut
// at what a cell holds, 32,767 characters.
//
// Rows come in the order of the review and of the plan; nothing is ranked. Equal arguments give equal bytes.
func Workbook(m *mission.Model, r *review.Review) ([]byte, error) {
	if m == nil || r == nil {
		return nil, ErrNothing
	}
	f := excelize.NewFile()
	w := &workbook{file: f}
	if err := w.styles(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	for i, page := range []page{findings(m, r), unassessed(m, r), milestones(m), answers(m), coverage(m, r)} {
		if err := w.write(i, page); err != nil {
			return nil, errors.Join(fmt.Errorf("sheet %s: %w", page.name, err), f.Close())
		}
	}
	spec := m.Spec()
	err := f.SetDocProps(&excelize.DocProperties{Title: shown(spec.Title), Language: "en-GB", Created: epoch, Modified: epoch})
	var b bytes.Buffer
	if err := errors.Join(err, f.Write(&b), f.Close()); err != nil {
		return nil, err
	}
	return repack(b.Bytes())
}

// contentTypes is the part that readers look for first.
const contentTypes = "[Content_Types].xml"

// repack packs a workbook again with its parts in order and without times, which the packer takes from the clock.
func repack(data []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(z.File, func(a, b *zip.File) int {
		return cmp.Or(-compareBool(a.Name == contentTypes, b.Name == contentTypes), cmp.Compare(a.Name, b.Name))
	})
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		part, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(part, r); err != nil {
			return nil, errors.Join(err, r.Close())
		}
		if err := r.Close(); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return b.Bytes(), err
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// ErrNothing is the error of a workbook without a model or a review to show.
var ErrNothing = errors.New("a workbook needs a model and a review of it")

// epoch is the instant that stands in every workbook as that of its making: the same review gives the same bytes.
const epoch = "2000-01-01T00:00:00Z"

// page is one sheet before it is written.
type page struct {
	name   string
	header []heading
	rows   [][]any
}

// heading is the title of a column and its width in characters.
type heading struct {
	title string
	width float64
}

type workbook struct {
	file                *excelize.File
	header, text, dated int // styles
}

func (w *workbook) styles() (err error) {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	day := "[$-809]dd/mm/yyyy" // English (United Kingdom)
	if w.header, err = w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top}); err != nil {
		return err
	}
	if w.text, err = w.file.NewStyle(&excelize.Style{Alignment: top}); err != nil {
		return err
	}
	w.dated, err = w.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}, CustomNumFmt: &day})
	return err
}

// write writes a page as sheet number i, counted from nought.
func (w *workbook) write(i int, p page) error {
	if i == 0 {
		if err := w.file.SetSheetName(w.file.GetSheetName(0), p.name); err != nil {
			return err
		}
	} else if _, err := w.file.NewSheet(p.name); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(p.header), len(p.rows)+1)
	if err != nil {
		return err
	}
	if err := w.file.AutoFilter(p.name, "A1:"+last, nil); err != nil { // before the rows, which are not kept
		return err
	}
	s, err := w.file.NewStreamWriter(p.name)
	if err != nil {
		return err
	}
	titles := make([]any, len(p.header))
	for n, h := range p.header {
		titles[n] = excelize.Cell{StyleID: w.header, Value: h.title}
		if err := s.SetColWidth(n+1, n+1, h.width); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := s.SetRow("A1", titles); err != nil {
		return err
	}
	for n, row := range p.rows {
		if err := s.SetRow("A"+itoa(n+2), w.cells(row)); err != nil {
			return err
		}
	}
	return s.Flush()
}

// cells gives values their styles. Only texts, days and whole numbers come here.
func (w *workbook) cells(row []any) []any {
	cells := make([]any, len(row))
	for i, v := range row {
		switch v := v.(type) {
		case calendar.Date:
			if n := serial(v); n > 0 {
				cells[i] = excelize.Cell{StyleID: w.dated, Value: n}
			} else {
				cells[i] = excelize.Cell{StyleID: w.text, Value: v.String()}
			}
		case string:
			cells[i] = excelize.Cell{StyleID: w.text, Value: shown(v)}
		case int:
			cells[i] = excelize.Cell{StyleID: w.text, Value: v}
		}
	}
	return cells
}

// serial is the number by which spreadsheets count a day, or 0 for the days before March 1900, which they count wrong.
func serial(d calendar.Date) int {
	if d.IsZero() || d.Before(calendar.On(1900, 3, 1)) {
		return 0
	}
	return int(d.Sub(calendar.On(1899, 12, 30)))
}

// maxCell is how many UTF-16 code units fit into a cell.
const maxCell = 32767

// shown is a text as a cell may hold it: without control characters, other than line feeds, and without characters that
// reorder the text around them or hide; cut where it is too long.
func shown(s string) string {
	var b strings.Builder
	units := 0
	for _, r := range s {
		switch {
		case r == '\n':
		case r == '\t' || r == '\r':
			r = ' '
		case unicode.IsControl(r) || hidden(r):
			continue
		case r == 0xfffe || r == 0xffff:
			r = utf8.RuneError
		}
		n := 1
		if r > 0xffff {
			n = 2
		}
		if units+n > maxCell-1 {
			b.WriteRune('…')
			break
		}
		units += n
		b.WriteRune(r)
	}
	return b.String()
}

// hidden tells format characters that reorder or hide text. Joiners, which scripts and emoji need, are none.
func hidden(r rune) bool {
	switch {
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x206f, r >= 0xe0000 && r <= 0xe0fff, r >= 0xfff9 && r <= 0xfffb:
		return true
	}
	return r == 0x061c || r == 0x200b || r == 0x200e || r == 0x200f || r == 0x2060 || r == 0xfeff || r == 0x180e
}

// yes is the text of a mark.
func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// refs lists references.
func refs(list []record.Ref) string {
	texts := make([]string, len(list))
	for i, r := range list {
		texts[i] = r.String()
	}
	return strings.Join(texts, "; ")
}
