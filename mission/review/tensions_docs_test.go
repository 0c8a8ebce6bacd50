package review_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/missionled/missionled/mission/review"
)

const tensionsHead = `# The tensions

Mission-led government wants things that pull apart. ` + "`review.TensionsIn`" + ` shows each tension as a plan holds it: for missions
at large and for every mission, what is recorded for either pole, what lies between, who holds which view and how that moved, and the
question that stays open. It weighs nothing. There is no number that compares the poles, they keep a fixed order that means
nothing, and a pole of which nothing is recorded says so, which is no statement about the world. This page is generated from
the tensions by ` + "`go test ./mission/review -update`" + `.

Who holds which view comes from position records: each names a tension by its number or name, the pole that somebody leans
to, and since when. A change of view is a new version.

` + textsTable

// docs/tensions.md says of every tension what the program says.
func TestTheDocumentedTensions(t *testing.T) {
	var b strings.Builder
	b.WriteString(tensionsHead)
	b.WriteString("| tension | one pole | the other |\n|---|---|---|\n")
	for _, x := range review.Tensions() {
		fmt.Fprintf(&b, "| [%s %s](#%s-%s) | %s | %s |\n", x.ID, x.Slug, strings.ToLower(x.ID), x.Slug, x.Poles[0].Name, x.Poles[1].Name)
	}
	for _, x := range review.Tensions() {
		fmt.Fprintf(&b, "\n## %s %s\n\n%s.\n", x.ID, x.Slug, x.Title)
		for _, p := range x.Poles {
			fmt.Fprintf(&b, "\n**%s.** %s Sources: %s. A plan shows it by %s.\n", upper(p.Name), p.Says, strings.Join(p.Sources, ", "), p.Shown)
		}
		fmt.Fprintf(&b, "\n**To see it:** %s.\n\n**Open:** %s\n", x.Shows, x.Question)
	}
	golden(t, "../../docs/tensions.md", b.String())
}

const designsHead = `# The reference designs

Five texts set out, each in its own way, how missions should be set up. ` + "`review.CompareDesign`" + ` holds a mission against one of them,
element by element, in the order of the design:

| it says | where |
|---|---|
| present | a record shows the element |
| absent | a record says that it is not there, and none that it is; where nothing is recorded, it is unknown |
| unknown | nothing is recorded of it; the answer says what to record |
| conflicting | claimants differ on it, and both stand |

Nothing counts how much of a design is there, and no design is better than another here: they disagree, and the last section
says where. A set of principles of your own is a ` + "`review.Design`" + ` too, whose elements name the kinds of event, duty, forum and other
records that show them. This page is generated from the designs by ` + "`go test ./mission/review -update`" + `.

` + textsTable

// docs/designs.md says of every design what the program says.
func TestTheDocumentedDesigns(t *testing.T) {
	var b strings.Builder
	b.WriteString(designsHead)
	for _, d := range review.Designs() {
		fmt.Fprintf(&b, "## %s\n\n%s. Sources: %s.\n\n| element | asks that | record | sources |\n|---|---|---|---|\n", d.ID, d.Title, strings.Join(d.Sources, ", "))
		for _, e := range d.Elements {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", e.ID, strings.TrimSuffix(lower(e.Says), "."), e.Shown, strings.Join(e.Sources, ", "))
		}
		b.WriteString("\n")
	}
	b.WriteString("## Where they disagree\n\n| question | one design | another | sources |\n|---|---|---|---|\n")
	for _, x := range review.Disagreements() {
		fmt.Fprintf(&b, "| %s | %s: %s (%s) | %s: %s (%s) | %s |\n", x.Question, x.Sides[0].Design, x.Sides[0].Says, x.Sides[0].Element,
			x.Sides[1].Design, x.Sides[1].Says, x.Sides[1].Element, strings.Join(x.Sources, ", "))
	}
	golden(t, "../../docs/designs.md", b.String())
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
