package accountability

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/calendar"
)

// Act is what somebody would do, for [Register.Check] to say whether they may.
type Act struct {
	// Actor is the post, body or organisation that acts; or a person, who acts by any of the posts that they hold.
	Actor record.ID
	// Power is the power that it takes, such as [PowerSpend].
	Power   string
	Subject record.Ref
	// Amount is what it commits. Unset means that it commits no money.
	Amount record.Money
	// Spent is what was committed before under the grants that set a cumulative limit. Nothing recorded about it leaves an
	// act under such a grant conditional.
	Spent record.Value[record.Money]
	// Categories are those that the act falls into, by the word of whoever proposes it, such as [Novel]. Empty means none.
	Categories []string
	// Met are the conditions of grants that are met.
	Met []string
}

// Permission says whether an act is allowed. The zero Permission is unset.
type Permission uint8

// The answers to whether an act is allowed. The list is closed.
const (
	Allowed     Permission = iota + 1 // a chain of live grants leads to it
	Denied                            // none that is known does
	Conditional                       // one does if what the verdict says is missing turns out so
)

var permissions = []string{"", "allowed", "denied", "conditional"}

// String returns the text, or "" for the zero Permission.
func (p Permission) String() string {
	b, _ := p.MarshalText()
	return string(b)
}

// IsZero reports whether nothing was asked.
func (p Permission) IsZero() bool { return p == 0 }

// MarshalText returns the text of the permission.
func (p Permission) MarshalText() ([]byte, error) {
	return record.EnumMarshal("permission", permissions, p)
}

// UnmarshalText reads the text of a permission. The error is a [*record.EnumError].
func (p *Permission) UnmarshalText(b []byte) error {
	return record.EnumUnmarshal("permission", permissions, p, b)
}

// Verdict is the answer to whether an act is allowed, and why.
type Verdict struct {
	Permission Permission
	// Chain are the grants that the verdict rests on, from the actor's own up to the root. It is the shortest that allows the
	// act, or that would on some condition; for a denial the one that goes furthest, up to the grant that stands in the way.
	Chain []*Grant
	// PerItem and Cumulative are the least limits along the chain; unset where none is set.
	PerItem, Cumulative record.Money
	// Missing says in words what a conditional verdict depends on.
	Missing []string
	// Why says in words why the act is denied.
	Why string
	// Records are the grants of the chain.
	Records []record.Ref
}

// Reasons. A grant is weighed by the first that is against it, in this order; those up to heldBack are denials.
type reason uint8

const (
	fits reason = iota
	notPower
	notSubject
	excluded
	rootOnly
	tooMuch
	spentUp
	tooDeep
	replaced
	noHolder
	heldBack // the last of the denials
	unsureDate
	unsureHolder
	unsureReplaced
	unmet
	otherCurrency
	spentUnknown
	unrooted
)

var reasons = [...]string{
	notPower: "no live grant gives the power", notSubject: "no live grant covers the subject", excluded: "the grant leaves out the category of the act",
	rootOnly: "the category of the act cannot be delegated", tooMuch: "the amount is above the limit for one act",
	spentUp: "the amount is above what is left of the limit for all acts", tooDeep: "the chain is longer than a grant on it allows",
	replaced: "the grant is superseded by another", noHolder: "a post on the chain has no holder", heldBack: "no live grant leads to it",
	unsureDate: "whether a grant is live rests on a rough date", unsureHolder: "whether a post on the chain has a holder rests on a rough date",
	unsureReplaced: "whether a grant is superseded rests on a rough date", unmet: "a condition of a grant is to be met: ",
	otherCurrency: "a limit is in another currency", spentUnknown: "what was committed before is not stated",
	unrooted: "where the authority of a giver comes from is not recorded: ",
}

// Check says whether an act is allowed on a day, as known at an instant. It is allowed where a chain of grants leads from the
// actor to a root, a grant that nobody gives, and each of them allows it by itself: it is live and not superseded, gives the
// power, covers the subject ([Register.WithContainers]), sets no lower limit, leaves out none of the categories, and is
// followed by no more grants than it allows; no post on the chain is vacant. What falls into a category that cannot be
// delegated is allowed to the bearer of a root alone. It is conditional where it would be allowed if a rough date, a holder,
// an unmet condition, an amount or a giver's own authority turned out so, and denied otherwise. Narrowing a grant never
// allows what was not allowed before.
//
// It takes time linear in the grants to the parties on the way; the chain it gives is the shortest.
func (r *Register) Check(act Act, at record.Moment) Verdict {
	at = r.view.At(at)
	var links [12]link
	w := weighing{r: r, act: &act, at: at, links: links[:0]}
	if r.within != nil {
		w.within = r.containers(act.Subject)
	}
	actor := act.Actor
	_, post := r.byPost.keys[actor] // by the name that its holdings use, nearly always
	if !post {
		actor = r.party(actor)
		_, post = r.byPost.keys[actor]
	}
	var room [4]link
	actors := append(room[:0], link{party: actor, below: -1, holder: r.vacancy(actor, at)})
	if !post && r.is(actor, at) == Person {
		actors = actors[:0]
		for _, c := range r.HeldBy(actor, at) {
			l := link{party: c.Record.Post, below: -1}
			if c.On != calendar.Certainly {
				l.holder = unsureHolder
			}
			actors = append(actors, l)
		}
	}
	if end := w.search(actors, fits); end >= 0 {
		return w.verdict(end, fits)
	}
	if w.unsure || w.restsOnNothing() { // else looking again for what may be would end where this did
		if end := w.search(actors, unrooted); end >= 0 {
			return w.verdict(end, unrooted)
		}
	}
	return w.denial()
}

// restsOnNothing reports whether a chain ends at a giver to whom no grant was known.
func (w *weighing) restsOnNothing() bool {
	return slices.ContainsFunc(w.links, func(l link) bool { return l.grant != nil && !w.granted(l.party) })
}

// denial is the verdict where no chain does.
func (w *weighing) denial() Verdict {
	if len(w.links) == 0 {
		return Verdict{Permission: Denied, Why: reasons[w.against]}
	}
	furthest := len(w.links) - 1
	if w.nearest != nil && w.links[w.nearestTo].depth >= w.links[furthest].depth {
		w.links = append(w.links, link{grant: w.nearest, below: int32(w.nearestTo)})
		furthest++
	} else {
		w.against = heldBack
	}
	v := w.verdict(furthest, unrooted)
	v.Permission, v.Why, v.Missing = Denied, reasons[w.against], nil
	return v
}

// weighing is the search for a chain.
type weighing struct {
	r      *Register
	act    *Act
	at     record.Moment
	within []record.Ref
	links  []link
	// Of the grants that do not do, the one furthest up, and of these the one that passes most tests; the link that it would
	// stand on, and what is against it, which is heldBack where there is none.
	nearest   *Grant
	nearestTo int
	against   reason
	// unsure says that something was passed by that is not certain either way.
	unsure bool
}

// link is a grant on the way up, or, without one, an actor or a giver of whose authority nothing is recorded.
type link struct {
	grant  *Grant
	party  record.ID // whose authority the grant rests on next
	below  int32     // the link that rests on it; -1 for the first
	depth  int32     // how many grants lie below
	why    reason    // what is against it, where the search admits what is not certain
	holder reason    // what is against the party
}

// search looks breadth first for a root among the grants against which nothing stands but what may; it returns the last
// link, or -1.
func (w *weighing) search(actors []link, may reason) int {
	w.links, w.against, w.nearest, w.nearestTo = w.links[:0], heldBack, nil, 0
	for _, a := range actors {
		if a.holder == fits || a.holder <= may && a.holder > heldBack {
			w.links = append(w.links, a)
		} else if a.holder == noHolder {
			w.against = noHolder
		} else {
			w.unsure = true
		}
	}
	for i := 0; i < len(w.links); i++ {
		if end := w.expand(i, may); end >= 0 {
			return end
		}
	}
	return -1
}

// expand adds the grants to the party of a link, and returns the link that is a root, or -1.
func (w *weighing) expand(i int, may reason) int {
	from := w.links[i]
	if from.party == "" {
		return i // a root
	}
	c, day, known := &w.r.byTo, w.at.On.Ordinal(), instant(w.at.Known)
	if w.at.On.IsZero() || c.isSlow(from.party) {
		return w.expandSlowly(i, may)
	}
	row := c.keys[from.party]
	for n := c.next(row.first, row.end, day, known); n < row.end; n = c.next(n+1, row.end, day, known) {
		if root := w.add(i, &c.records[c.boxes[n].record], c.boxes[n].on(), may); root >= 0 {
			return root
		}
	}
	return w.unrooted(i, may)
}

func (w *weighing) expandSlowly(i int, may reason) int {
	party := w.links[i].party
	for id := range w.r.byTo.factsOf(party) {
		for _, c := range w.r.grants.At(id, w.at.On, w.at.Known) {
			if c.Record.To == party {
				if root := w.add(i, c.Record, c.On, may); root >= 0 {
					return root
				}
			}
		}
	}
	return w.unrooted(i, may)
}

// unrooted ends a chain at a giver to whom no grant was known at all, where what is not certain may count.
func (w *weighing) unrooted(i int, may reason) int {
	from := w.links[i]
	if may != unrooted || from.grant == nil || w.granted(from.party) {
		return -1
	}
	w.links = append(w.links, link{below: int32(i), depth: from.depth, why: unrooted, party: from.party})
	return len(w.links) - 1
}

// granted reports whether any grant to a party was known, whatever its days.
func (w *weighing) granted(party record.ID) bool {
	c, known := &w.r.byTo, instant(w.at.Known)
	row := c.keys[party]
	if slices.ContainsFunc(c.boxes[row.first:row.end], func(b box) bool { return b.since <= known }) {
		return true
	}
	for id := range c.factsOf(party) { // what was never drawn was known too
		first := w.r.grants.Versions(id)[0]
		if since, ok := w.r.grants.KnownSince(first.ID); !ok || instant(since) <= known {
			return true
		}
	}
	return false
}

// add weighs a grant and adds it to the links where it may stand. It returns the link where it is a root, or -1.
func (w *weighing) add(i int, g *Grant, on calendar.Certainty, may reason) int {
	from := &w.links[i]
	why := w.weigh(g, on, from.depth)
	if why != fits && (why <= heldBack || why > may) {
		w.fails(i, g, why)
		return -1
	}
	l := link{grant: g, party: g.By, below: int32(i), depth: from.depth + 1, why: why}
	if g.By == "" {
		w.links = append(w.links, l)
		return len(w.links) - 1
	}
	for n := range w.links {
		if w.links[n].party == g.By { // reached already, by no longer a way
			return -1
		}
	}
	l.holder = w.r.vacancy(g.By, w.at)
	if l.holder != fits && (l.holder <= heldBack || l.holder > may) {
		w.fails(i, g, l.holder)
		return -1
	}
	w.links = append(w.links, l)
	return -1
}

// fails notes a grant that does not do, if none before came as near.
func (w *weighing) fails(i int, g *Grant, why reason) {
	w.unsure = w.unsure || why > heldBack
	before := w.links[w.nearestTo].depth
	if depth := w.links[i].depth; w.nearest == nil || depth > before || depth == before && why > w.against {
		w.nearest, w.nearestTo, w.against = g, i, why
	}
}

// weigh returns what stands against a grant that depth others follow.
func (w *weighing) weigh(g *Grant, on calendar.Certainty, depth int32) reason {
	act := w.act
	switch {
	case !slices.Contains(g.Powers, act.Power):
		return notPower
	case !g.Subject.IsZero() && g.Subject != act.Subject && !slices.Contains(w.within, g.Subject):
		return notSubject
	}
	for _, c := range act.Categories {
		if slices.Contains(g.Excluded, c) {
			return excluded
		}
		if !delegable(c) && (g.By != "" || depth > 0) {
			return rootOnly
		}
	}
	if depth > 0 && (g.Final || g.MaxDepth > 0 && int(depth) > g.MaxDepth) {
		return tooDeep
	}
	limit := w.limits(g)
	if limit != fits && limit <= heldBack {
		return limit
	}
	switch w.superseded(g) {
	case calendar.Certainly:
		return replaced
	case calendar.Possibly:
		return unsureReplaced
	}
	switch {
	case on != calendar.Certainly:
		return unsureDate
	case limit != fits:
		return limit
	}
	for _, c := range g.Conditions {
		if !slices.Contains(act.Met, c) {
			return unmet
		}
	}
	return fits
}

// limits weighs the amount of the act against the limits of a grant.
func (w *weighing) limits(g *Grant) reason {
	amount := w.act.Amount
	if amount.IsZero() || g.PerItem.IsZero() && g.Cumulative.IsZero() {
		return fits
	}
	if !g.PerItem.IsZero() && g.PerItem.Currency != amount.Currency || !g.Cumulative.IsZero() && g.Cumulative.Currency != amount.Currency {
		return otherCurrency
	}
	if !g.PerItem.IsZero() && amount.Minor > g.PerItem.Minor {
		return tooMuch
	}
	if g.Cumulative.IsZero() {
		return fits
	}
	if amount.Minor > g.Cumulative.Minor {
		return spentUp
	}
	spent, known := w.act.Spent.Get()
	switch {
	case !known:
		return spentUnknown
	case !spent.IsZero() && spent.Currency != amount.Currency:
		return otherCurrency
	case spent.Minor > g.Cumulative.Minor-amount.Minor:
		return spentUp
	}
	return fits
}

// superseded reports whether a grant that says it stands in place of this one is live.
func (w *weighing) superseded(g *Grant) calendar.Certainty {
	most := calendar.No
	if len(w.r.supersededBy) == 0 {
		return most
	}
	for _, id := range w.r.supersededBy[g.Fact()] {
		for _, c := range w.r.grants.At(id, w.at.On, w.at.Known) {
			if slices.Contains(c.Record.Supersedes, g.Fact()) && c.On > most {
				most = c.On
			}
		}
	}
	return most
}

// vacancy is what stands against a party on a chain: that it is a post which is vacant, or perhaps. A post of which no
// holding is recorded stands like a body: a post may be granted powers before anybody is recorded to hold it.
func (r *Register) vacancy(party record.ID, at record.Moment) reason {
	var room [8]Assignment
	list := r.AppendHoldings(room[:0], party, at)
	for _, a := range list {
		if a.On == calendar.Certainly {
			return fits
		}
	}
	switch {
	case len(list) > 0:
		return unsureHolder
	case at.On.IsZero() || r.byPost.isSlow(party):
		if _, state := r.holders(party, at); state == Vacant {
			return noHolder
		}
	case r.ended(party, at):
		return noHolder
	}
	return fits
}

// verdict is the chain that ends at a link.
func (w *weighing) verdict(end int, may reason) Verdict {
	v := Verdict{Permission: Allowed}
	if may != fits {
		v.Permission = Conditional
	}
	n := 0
	for i := int32(end); i >= 0; i = w.links[i].below {
		n++
	}
	v.Chain, v.Records = make([]*Grant, 0, n), make([]record.Ref, 0, n)
	for i := int32(end); i >= 0; i = w.links[i].below {
		l := &w.links[i]
		w.missing(&v, l)
		if g := l.grant; g != nil {
			v.Chain = append(v.Chain, g)
			v.Records = append(v.Records, record.Ref{Kind: KindGrant, ID: g.ID})
			v.PerItem, v.Cumulative = least(v.PerItem, g.PerItem), least(v.Cumulative, g.Cumulative)
		}
	}
	slices.Reverse(v.Chain)
	slices.Reverse(v.Records)
	slices.Reverse(v.Missing)
	return v
}

// missing adds what a conditional verdict depends on at a link.
func (w *weighing) missing(v *Verdict, l *link) {
	say := func(s string) {
		if !slices.Contains(v.Missing, s) {
			v.Missing = append(v.Missing, s)
		}
	}
	if l.holder != fits {
		say(reasons[l.holder])
	}
	switch {
	case l.why == fits:
	case l.why == unrooted:
		say(reasons[unrooted] + string(l.party))
	default:
		w.everything(l, say)
	}
}

// everything says all that is not certain of a grant, and not the first of it alone.
func (w *weighing) everything(l *link, say func(string)) {
	for i := len(l.grant.Conditions) - 1; i >= 0; i-- {
		if c := l.grant.Conditions[i]; !slices.Contains(w.act.Met, c) {
			say(reasons[unmet] + c)
		}
	}
	if limit := w.limits(l.grant); limit != fits {
		say(reasons[limit])
	}
	if w.superseded(l.grant) == calendar.Possibly {
		say(reasons[unsureReplaced])
	}
	if l.why == unsureDate {
		say(reasons[unsureDate])
	}
}

// least returns the lower of two limits, of which an unset one sets none. Limits in different currencies cannot be compared:
// the first stays.
func least(a, b record.Money) record.Money {
	if a.IsZero() || !b.IsZero() && a.Currency == b.Currency && b.Minor < a.Minor {
		return b
	}
	return a
}
