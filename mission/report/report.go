// Package report writes what a model and its review say as one HTML page for people: what matters first, a map, who answers
// for what, how the milestones stand, what the rules found and what they cannot tell, with where each statement comes from.
//
// The page is one file. It holds no script, fetches nothing, and forbids both to itself by a content security policy. It is
// made to WCAG 2.2, level AA: landmarks, headings in order, tables with captions, a visible focus, words and shapes beside
// every colour. It reads from 320 pixels upwards, follows a preference for dark screens, and prints on A4, folded parts
// unfolded. Its markup is well-formed, so that XML tools read it too.
//
// The page ranks nothing and shows no total over findings. Tables come in the order of the Spec, but for the two lists of
// dates, which come in the order of their dates, and the experiments that have not started, which stand as their agenda has
// them: they are choices still open.
//
// Beside the milestones it shows what surrounds each mission, the tensions with what is recorded for either side, the missions
// held against the reference designs, what was tried before, findings that are set aside with who looks again and when, and,
// for a copy that leaves something out, what and why.
//
// What needs more than a model comes by [Options]: a schedule and its trials, for a chart over time with chances; the model of
// the last page, for what changed since; what experiments are worth.
//
// Texts of the plan are hostile until shown otherwise: they are escaped where they stand, reduced to one line without
// control and directional characters, kept from turning the text around them, and shortened with a note. Only http and
// https addresses become links.
//
// [Map] gives the picture of the page to those who want it in another format.
package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"sync"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/forecast"
	"github.com/missionled/missionled/milestone/learning"
	"github.com/missionled/missionled/mission"
	"github.com/missionled/missionled/mission/review"
)

// Options is how a page is made. The zero Options, and a nil pointer, give the defaults.
type Options struct {
	// Title is the heading of the page. Empty takes the plan's own title.
	Title string
	// MapNodes is the most nodes that one map shows. Zero means [DefaultMapNodes], a negative number no map. A larger plan
	// gets a map of departments and, where milestones lean on each other, one for each mission that fits.
	MapNodes int
	// Unfolded is the most milestones of a page that shows them all at once. Zero means [DefaultUnfolded]; with more, the
	// milestones of each mission are folded away until they are asked for or printed. A negative number folds always.
	Unfolded int

	// Schedule is when things can be done, for the section on time. It is to be one of the model's own plan at the moment of
	// its view. Nil leaves the section out.
	Schedule *milestone.Schedule
	// Results are of a simulation of Schedule, for the chances in that section. Nil, or no Schedule, leaves them out.
	Results *forecast.Results
	// Bars is the most lines of the chart. Zero means [DefaultBars], a negative number no limit. Of a larger plan milestones
	// and summaries are shown, or fewer still, and the page says how much it leaves out.
	Bars int
	// Outlook is how the trends of indicators are read, for the chances beside the targets of milestones that are still to
	// come. Zero Trials means [DefaultDraws], a negative number no outlooks.
	Outlook forecast.OutlookOptions
	// Ambitions are the floor, central and stretch levels of targets, by the ids of the targets as facts, in the units of
	// their indicators: the page gives the chance of each beside the readings.
	Ambitions map[record.ID]forecast.TrendAmbition

	// Agendas say what the experiments that have not started are worth for choices about targets, as [learning.Ledger.Next] of
	// the model's ledger finds. What is at stake in a choice is in no record, so without them the page gives no worths.
	Agendas []*learning.Agenda

	// Since is the model of the last page, for the section on what changed. Nil leaves the section out. A page for the public
	// takes only a model that was compiled for the public too.
	Since *mission.Model
	// SinceReview is the review of Since. Nil stands for [review.Of] it, which has the default thresholds.
	SinceReview *review.Review
}

// The limits that apply unless Options names others.
const (
	DefaultMapNodes = 60
	DefaultUnfolded = 60
	DefaultBars     = 80
	DefaultDraws    = 4000 // of an outlook: they leave an error of 1.5 in 100 at most
)

func (o *Options) settled() Options {
	var s Options
	if o != nil {
		s = *o
	}
	if s.MapNodes == 0 {
		s.MapNodes = DefaultMapNodes
	}
	if s.Unfolded == 0 {
		s.Unfolded = DefaultUnfolded
	}
	if s.Bars == 0 {
		s.Bars = DefaultBars
	}
	if s.Outlook.Trials == 0 {
		s.Outlook.Trials = DefaultDraws
	}
	return s
}

// Write writes the page of a model and its review. A nil model is an empty one; a nil review stands for [review.Of] the
// model. The day and the instant are those of the model's view, which should be the review's. Where the view is for the
// public, no person is named.
//
// Equal models, reviews and options give equal bytes. The time is linear in the records, but for the maps, whose size
// Options bounds, for sorting dates, and for the reference designs, against which each of a few missions is held anew. The error is one of w's; nothing is written before the whole page is made.
func Write(w io.Writer, m *mission.Model, r *review.Review, opt *Options) error {
	if m == nil {
		m = new(mission.Model)
	}
	if r == nil {
		r = review.Of(m)
	}
	p, err := newScribe(m, r, opt.settled()).page()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := layout().ExecuteTemplate(&b, "page", p); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

//go:embed page.html
var markup string

//go:embed parts.html
var parts string

//go:embed views.html
var views string

//go:embed page.css
var style string

var layout = sync.OnceValue(func() *template.Template { return template.Must(template.New("report").Parse(markup + parts + views)) })

// page is what the template shows. Every string in it has passed through clean.
type page struct {
	Style    template.CSS
	Title    string
	When     string
	Banners  []string
	Contents []entry
	Lead     lead
	Dates    dates
	Since    *sincePart
	Map      mapPart
	Schedule *schedulePart
	Missions []missionPart
	Loose    *steps
	Duties   *answers
	Boards   []boardRow
	Learning *learningPart
	Around   *around
	Nearby   []tablePart // of no mission
	Acts     []tablePart
	Money    *moneyPart
	Tensions *tensionsPart
	Designs  *designsPart
	Earlier  *earlierPart
	Findings []rulePart
	Gaps     []gapTable
	Coverage coverage
	LeftOut  *copyPart
	Sources  []sourceRow
	Words    []word
	Foot     []string
}

// entry is a line of the contents.
type entry struct {
	Anchor, Text string
	Under        []entry
}

// tag is a state in words with a shape beside them.
type tag struct{ Mark, Word string }

// link leads to a place in the page, or nowhere where it has no anchor.
type link struct{ Anchor, Text string }

// origin is where a statement comes from.
type origin struct {
	Anchor   string // of the source; empty where the page has none
	Title    string
	At       string
	Grade    string
	Claimant string
	What     string // which record it is about, where several stand together
	Made     bool   // made up, to show something
}
