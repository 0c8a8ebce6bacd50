package review_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/missionled/missionled/mission/review"
)

// textsTable names the texts that sources such as S1:19 are lines of.
const textsTable = `Sources such as S1:19 are lines of five texts:

| text | what it is |
|---|---|
| S0 | a practitioner's account from inside a team on jobs and careers, soon after the Plan for Change, 2024 |
| S1 | Peter Thomas, The avoidable demise of mission led government, 6 June 2025 |
| S2 | What does mission-driven government mean for Whitehall leaders?, after the election of July 2024 |
| S3 | Helen MacNamara, Six reasons the civil service should embrace mission-driven government |
| S4 | UCL Policy Lab and the Future Governance Forum, Mission driven government can build a new era, 25 June 2024 |

`

const docsHead = `# The rules

` + "`mission/review`" + ` runs these rules over a plan. Each comes to one verdict on each subject that it looks at: a finding, cannot
tell, or nothing to say. A finding is a prompt for a conversation and no mark against anybody; severities are never summed.
A rule about something absent fires only where somebody has recorded that it is absent: silence leaves it unable to tell.
Where a rule warns of something that is recorded, other records can silence it (a reason, a lesson, an agreement), and then
their absence does not: what the rule fires on is the thing itself, and its false alarm says what to look for. This page is generated from the rules by ` + "`go test ./mission/review -update`" + `.

The numbers are the caller's. The texts that the rules rest on name almost none, so the defaults are declared here and echoed
in every result, with whether the caller set them.

The rules of the letter F are about missions; those of the letters A to E are about the registers that say who held what,
who answers, who may spend and who may try things. The numbers of both come from catalogues, and have gaps. Those of the letter
W are about waivers, which set a finding aside until a day and hide none; they are the library's own.

` + textsTable + `Sources such as R5 are works on accountability, of which the library's research read the parts that the rules name, unless it
says otherwise:

| work | what it is |
|---|---|
| R1 | Institute for Government, Ministers Database, with the history of its changes |
| R2 | EveryPolitician data, change 31281: memberships that overlap because an end is missing |
| R3 | letters of appointment of the senior responsible owners of A417 (8 March 2023), of the Crown Prosecution Service's ICT programme (10 April 2015) and of a Defra programme |
| R4 | guides to RACI, DACI, RAPID and DARE |
| R5 | Government Project Delivery, template of a senior responsible owner's letter of appointment, 21 September 2025 |
| R6 | HM Treasury, guidance on the designation of accounting officers |
| R7 | HM Treasury, accounting officer assessments and ministerial directions |
| R8 | Department for International Development, Blue Book, on delegated limits |
| R9 | Committee of Public Accounts, 43rd report of 2008-09, and the Comptroller and Auditor General on well-managed risk, 2025 |
| R10 | Boston and Gill, Joint or shared accountability, 2011 (its title and subject; the text was not read) |
| R11 | HM Treasury, Managing Public Money, chapter 3, on conflicts (from knowledge of it; the text was not read) |
| R12 | mySociety, PopIt, issues 457 and 761: memberships that outlast the person or the organisation |
| R13 | National Audit Office, report on the delivery of major projects in government, 6 January 2016, paragraphs 3.15 to 3.18 |
| R14 | Public Administration and Constitutional Affairs Committee, recommendation 27 on major projects (paragraph 114), and the government's response |
| R15 | Cabinet Office, Giving Evidence to Select Committees, October 2014, and the statement that came with it (as R13 and the House of Commons Library quote them) |
| R16 | Bovens, Analysing and Assessing Accountability, European Law Journal 13, 2007 (its title and abstract) |
| R17 | House of Commons Library, briefing paper 8412, on ministerial directions (its gist) |
| R18 | HM Treasury, letter to accounting officers DAO 02/26, 15 April 2026, on spending that cannot be delegated |
| R19 | NHS Counter Fraud Authority, letter of delegated authorities, 12 June 2025 |
| R20 | NHS Bodies and Local Authorities Partnership Arrangements Regulations 2000 (SI 2000/617), regulation 7 |
| R21 | National Health Service Act 2006, section 75, on pooled funds, as Care England reads it |
| R22 | Health and Care Act 2022, schedule 14, on what is protected in safety investigations and when it may be disclosed |
| R23 | XTDB, documentation, on the time at which a fact was recorded |
| R24 | organograms that departments publish of their posts: Department for International Development (March 2011), Department for Work and Pensions (September 2011), Ministry of Defence (2016) |
| R25 | van de Poel, Royakkers and Zwart, Moral Responsibility and the Problem of Many Hands, 2015 (as Notre Dame Philosophical Reviews quotes it) |
| R26 | Chockler and Halpern, Responsibility and Blame, Journal of Artificial Intelligence Research 22, 2004 (its abstract) |
| R27 | Government Project Delivery, policy note 04/26, and the guidance on publishing letters of appointment of senior responsible owners |
| R28 | SpiceDB, validation files on relationships that expire: a path ends where one link of it does |

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
