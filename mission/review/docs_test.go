package review_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/missionled/missionled/mission/review"
)

const docsHead = `# The rules

` + "`mission/review`" + ` runs these rules over a plan. Each comes to one verdict on each subject that it looks at: a finding, cannot
tell, or nothing to say. A finding is a prompt for a conversation and no mark against anybody; severities are never summed.
That a record is missing never makes a finding: a rule about something absent fires only where somebody has recorded that it
is absent. This page is generated from the rules by ` + "`go test ./mission/review -update`" + `.

The numbers are the caller's. The texts that the rules rest on name almost none, so the defaults are declared here and echoed
in every result, with whether the caller set them.

Sources such as S1:19 are lines of five texts:

| text | what it is |
|---|---|
| S0 | a practitioner's account from inside a team on jobs and careers, soon after the Plan for Change, 2024 |
| S1 | Peter Thomas, The avoidable demise of mission led government, 6 June 2025 |
| S2 | What does mission-driven government mean for Whitehall leaders?, after the election of July 2024 |
| S3 | Helen MacNamara, Six reasons the civil service should embrace mission-driven government |
| S4 | UCL Policy Lab and the Future Governance Forum, Mission driven government can build a new era, 25 June 2024 |

`

// docs/rules.md says of every rule what the program says.
func TestTheDocumentedRules(t *testing.T) {
	var b strings.Builder
	b.WriteString(docsHead)
	b.WriteString("| rule | severity | warns that |\n|---|---|---|\n")
	for _, r := range review.Rules() {
		fmt.Fprintf(&b, "| [%s %s](#%s-%s) | %s | %s |\n", r.ID, r.Slug, strings.ToLower(r.ID), r.Slug, r.Severity, lower(r.Title))
	}
	for _, r := range review.Rules() {
		fmt.Fprintf(&b, "\n## %s %s\n\n%s. Severity: %s. Sources: %s.\n", r.ID, r.Slug, r.Title, r.Severity, strings.Join(r.Sources, ", "))
		fmt.Fprintf(&b, "\n**Why.** %s\n\n**Fires when.** %s\n\n**Reads** %s.\n\n**A false alarm if** %s\n\n**Ask:** %s\n",
			r.Why, r.Fires, strings.Join(r.Needs, "; "), lower(r.FalseAlarm), r.Question)
		for _, th := range r.Thresholds {
			fmt.Fprintf(&b, "\n**Threshold** `%s`: %s. Default: %v %s; at least %v.\n", th.Name, th.Meaning, th.Value, th.Unit, th.Least)
		}
		fmt.Fprintf(&b, "\n**Examples**, each run by the tests:\n\n- a finding: %s\n- nothing to say: %s\n- cannot tell: %s\n- no false alarm: %s\n",
			lower(r.Bad().Says), lower(r.Good().Says), lower(r.Unclear().Says), lower(r.Harmless().Says))
	}
	golden(t, "../../docs/rules.md", b.String())
}

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
