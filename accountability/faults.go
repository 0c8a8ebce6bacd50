package accountability

import (
	"errors"
	"fmt"
	"strings"

	"github.com/missionled/missionled/accountability/record"
)

// Causes of faults in accountability records.
var (
	ErrNoPartyKind = errors.New("the party has no kind: write organisation, post, person, body, place or group")
	ErrNoName      = errors.New("it has no name: say in words what it is")
	ErrSeats       = errors.New("only a post has seats, and never fewer than none")
	ErrNoPost      = errors.New("a holding needs both a post and its holder")
	ErrNoDuty      = errors.New("the duty is not named: write mission-steward, mission-lead or another word")
	ErrNoSubject   = errors.New("the record has no subject: name what it is about")
	ErrNobody      = errors.New("nobody carries the duty and nothing says why: name a post, or give a state (vacant, unclear, contested)")
	ErrHeldVacant  = errors.New("a post is named for a duty that is said to be vacant: leave out one of the two")
	ErrNoForumKind = errors.New("the forum has no kind: write mission-board, mission-control or another word")
	ErrNoCarrier   = errors.New("the mandate does not say whom it binds")

	ErrPostOnly      = errors.New("only a post reports to another: leave reports_to out")
	ErrParts         = errors.New("only a body, an organisation or a group has parts, and it is none of them itself")
	ErrNamedWithheld = errors.New("the holder is named and said to be withheld: leave out one of the two")
	ErrOwnCover      = errors.New("a holding cannot stand in for itself: name the holding of whoever is away")
	ErrNoHolding     = errors.New("the leave does not say from which holding: name it")
	ErrSuccession    = errors.New("a succession needs who was before and who came after")
	ErrAnnounced     = errors.New("it was complete before it was announced: correct one of the two dates")
	ErrNoActor       = errors.New("the line of account does not say who answers: name an actor")
	ErrNoForum       = errors.New("the record does not say to whom or where: name a forum")
	ErrOwnForum      = errors.New("nobody answers to themselves: name another forum")
	ErrEvery         = errors.New("the days from one account to the next cannot be below nought")
	ErrSharers       = errors.New("a sharing other than sole needs two members at least, each named once")
	ErrSole          = errors.New("what is sole has one member and no other: leave the others out, or write joint, several or collective")
	ErrWeights       = errors.New("the weights do not fit: give one from 0 to 1 for each member, which come to 1 in all")
	ErrQuota         = errors.New("a quota is a share of the weights above 0 and at most 1")
	ErrNotMember     = errors.New("the lead is not among the members: add it, or name another")
	ErrNoGrantee     = errors.New("the grant does not say to whom: name a party")
	ErrOwnGrant      = errors.New("a party cannot grant powers to itself: leave out who gives a power of its own")
	ErrNoPowers      = errors.New("the grant gives no powers: write spend, decide or another word")
	ErrLimit         = errors.New("a limit cannot be below nought")
	ErrMixedLimits   = errors.New("the limits of one grant need one currency")
	ErrDepth         = errors.New("the depth of a grant is a count of further grants, and a final one has none")
	ErrOwnSuperseded = errors.New("a record cannot supersede itself")
	ErrNoDecider     = errors.New("the resolution does not say who decided: name a meeting or a party")
)

// A PartyKindError says that a party of the wrong kind stands in a place.
type PartyKindError struct {
	Party record.ID
	Kind  PartyKind
	Want  []PartyKind
}

// Error names the kind that the party is and those that may stand there.
func (e *PartyKindError) Error() string {
	want := make([]string, len(e.Want))
	for i, k := range e.Want {
		want[i] = k.String()
	}
	return fmt.Sprintf("%q is a %s, where only a %s may stand", string(e.Party), e.Kind, strings.Join(want, " or "))
}
