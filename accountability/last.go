package accountability

import (
	"time"

	"github.com/missionled/missionled/accountability/record"
)

// The questions of a [Register] are about a day. What has ended, such as a leave or a learning space, answers none of them
// any more, and is still to be asked about: whether its end was notified, whether what was learnt was told.

// LastLeaves returns the last word of each claimant on every leave, whatever its days, as known at an instant, in the order
// of the Spec; the zero instant is the view's own. When a leave holds is the claim's Valid. It takes time linear in the leaves.
func (r *Register) LastLeaves(known time.Time) []record.Claim[Leave] {
	return lastly(r, &r.leaves, known)
}

// LastLines does as [Register.LastLeaves] for lines of account.
func (r *Register) LastLines(known time.Time) []record.Claim[Line] { return lastly(r, &r.lines, known) }

// LastGrants does as [Register.LastLeaves] for grants, superseded ones among them.
func (r *Register) LastGrants(known time.Time) []record.Claim[Grant] {
	return lastly(r, &r.grants, known)
}

// LastSpaces does as [Register.LastLeaves] for learning spaces.
func (r *Register) LastSpaces(known time.Time) []record.Claim[LearningSpace] {
	return lastly(r, &r.spaces, known)
}

func lastly[T any](r *Register, t *record.Timelines[T], known time.Time) []record.Claim[T] {
	if known.IsZero() {
		known = r.view.Known
	}
	return t.Collect(t.Facts(), record.Moment{Known: known})
}
