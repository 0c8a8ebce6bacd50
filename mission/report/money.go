package report

import (
	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/funding"
	"github.com/missionled/missionled/accountability/record"
)

// moneyRow is one allocation with its trail.
type moneyRow struct {
	For     link
	Facts   []fact
	Decides []string
	Pays    []string
	Answers []string
	Way     []string // how it goes on to a forum
	State   tag
	Breaks  []string
	From    []origin
}

// moneyPart is the money that no mission's own table shows.
type moneyPart struct {
	Rows        []moneyRow
	Reviews     []lineRow
	Settlements []lineRow
	Pools       []lineRow
}

// lineRow is a record as a line of a table: what it is called, what it is about, what it says, where it comes from.
type lineRow struct {
	Anchor   string
	Name     string
	Kind     string
	Subject  link
	Facts    []fact
	Findings []link
	From     origin
}

// sum writes an amount of money: "£1,500,000.00 GBP" is no way to write it, "1,500,000.00 GBP" is.
func sum(v record.Value[record.Money]) string {
	m, ok := v.Get()
	if !ok {
		if v.IsZero() {
			return "no amount recorded"
		}
		return clean(v.Why(), longText)
	}
	return coin(m)
}

// coin writes money with commas, and without pence where there are none.
func coin(m record.Money) string {
	text := m.String()
	number, currency := text, ""
	for i := range text {
		if text[i] == ' ' {
			number, currency = text[:i], text[i:]
			break
		}
	}
	if n := len(number); n > 3 && number[n-3:] == ".00" {
		number = number[:n-3]
	}
	return grouped(number) + currency
}

// money makes the rows of the allocations for some subjects, which it marks as shown.
func (s *scribe) money(refs []record.Ref) []moneyRow {
	var rows []moneyRow
	for _, ref := range refs {
		seen := make(map[record.ID]bool)
		for _, c := range s.m.Accounts().AllocationsFor(ref, s.at) {
			id := c.Record.Fact()
			if seen[id] || s.paid[id] {
				continue
			}
			seen[id], s.paid[id] = true, true
			for _, t := range s.m.Accounts().Trails(id, record.Ref{}, s.at) {
				rows = append(rows, s.moneyRow(&t))
			}
		}
	}
	return rows
}

func (s *scribe) moneyRow(t *funding.Trail) moneyRow {
	a := t.Allocation
	row := moneyRow{For: s.place(a.Subject)}
	add := func(name, text string) {
		if text = clean(text, longText); text != "" {
			row.Facts = append(row.Facts, fact{name, text})
		}
	}
	if a.Subject.IsZero() {
		row.For = link{Text: "no subject recorded"}
	}
	add("Amount", sum(a.Amount))
	add("Prices", a.Basis)
	if !a.Was.IsZero() {
		add("It was", sum(a.Was))
	}
	add("For", a.Purpose)
	add("Sort", words(a.Nature))
	if !a.Ringfenced.IsZero() {
		add("For nothing else", yesNo(a.Ringfenced))
	}
	if !a.Alternatives.IsZero() {
		add("Other uses weighed", yesNo(a.Alternatives))
	}
	if a.Pool != "" {
		add("From the pool", s.name(record.Ref{Kind: funding.KindPool, ID: a.Pool}))
	}
	if a.To != "" {
		add("Spent by", s.party(a.To).name)
	}
	row.Decides, row.Pays, row.Answers = s.seats(t.Decides), s.seats(t.Pays), s.seats(t.Answers)
	if !a.Decided.IsZero() && len(row.Decides) > 0 {
		row.Decides[len(row.Decides)-1] += ", " + s.when(a.Decided, false)
	}
	row.State = s.mark("whole", "arrives")
	if len(t.Breaks) > 0 {
		row.State = s.mark("broken", "breaks")
	}
	for _, b := range t.Breaks {
		row.Breaks = append(row.Breaks, capital(clean(b, longText))+".")
	}
	for _, p := range t.Paths {
		w := s.way(p)
		for k, step := range w.Steps {
			if k > 0 {
				row.Way = append(row.Way, step)
			}
		}
	}
	for _, ref := range t.Records {
		if o, ok := s.originOf(ref, words(string(ref.Kind))); ok {
			row.From = append(row.From, o)
		}
	}
	row.From = gathered(row.From)
	return row
}

// seats names the parties of a trail with what they bring.
func (s *scribe) seats(seats []funding.Seat) []string {
	var list []string
	for _, seat := range seats {
		text := s.party(seat.Party).name
		if seat.Share != nil && !seat.Share.Amount.IsZero() {
			text += ": " + sum(seat.Share.Amount)
		}
		if seat.State != accountability.Held && !seat.State.IsZero() {
			text += " (" + s.state(seat.State).Word + ")"
		}
		list = append(list, text)
	}
	return list
}

// otherMoney is the money for what has no mission on the page, with reviews, settlements and pools; nil where there is none.
func (s *scribe) otherMoney() *moneyPart {
	var p moneyPart
	accounts := s.m.Accounts()
	for _, c := range accounts.Allocations(s.at) {
		if id := c.Record.Fact(); !s.paid[id] {
			s.paid[id] = true
			for _, t := range accounts.Trails(id, record.Ref{}, s.at) {
				p.Rows = append(p.Rows, s.moneyRow(&t))
			}
		}
	}
	for _, c := range accounts.Pools(s.at) {
		r := c.Record
		row := lineRow{Name: named(r.Name, r.Fact()), From: s.origin(&r.Record), Subject: s.place(r.Subject)}
		add := row.adder()
		if r.Informal {
			add("Sort", "means are shared, and no money is pooled")
		}
		if r.Host != "" {
			add("Kept by", s.party(r.Host).name)
		}
		if r.DecidedBy != "" {
			add("Decided on by", s.party(r.DecidedBy).name)
		}
		add("Rule", text(r.Rule))
		add("What is left over", text(r.Return))
		for _, c := range accounts.Shares(r.Fact(), s.at) {
			line := sum(c.Record.Amount)
			if officer := c.Record.AccountingOfficer; officer != "" {
				line += ", answered for by " + s.party(officer).name
			}
			add("From "+s.party(c.Record.Party).name, line)
		}
		p.Pools = append(p.Pools, row)
	}
	for _, c := range accounts.Settlements(s.at) {
		r := c.Record
		row := lineRow{Name: s.party(r.Party).name, Kind: words(r.Reached), From: s.origin(&r.Record)}
		add := row.adder()
		if r.Review != "" {
			add("In", s.name(record.Ref{Kind: funding.KindReview, ID: r.Review}))
		}
		add("Amount", sum(r.Amount))
		add("Prices", r.Basis)
		if len(r.With) > 0 {
			add("Together with", s.partyNames(r.With))
		}
		var names []string
		for _, ref := range r.For {
			names = append(names, s.name(ref))
		}
		add("To pay for", listed(names))
		if !r.Agreed.IsZero() {
			add("Agreed", s.when(r.Agreed, false))
		}
		if !r.FirmUntil.IsZero() {
			add("Firm until", s.when(r.FirmUntil, false))
		}
		if !r.Reopened.IsZero() {
			add("Reopened", s.when(r.Reopened, false))
		}
		p.Settlements = append(p.Settlements, row)
	}
	for _, c := range accounts.Reviews(s.at) {
		r := c.Record
		row := lineRow{Name: named(r.Name, r.Fact()), From: s.origin(&r.Record)}
		add := row.adder()
		if r.PartOf != "" {
			add("Part of", s.name(record.Ref{Kind: funding.KindReview, ID: r.PartOf}))
		}
		if !r.Opened.IsZero() {
			add("Opened", s.when(r.Opened, false))
		}
		if !r.Concluded.IsZero() {
			add("Concluded", s.when(r.Concluded, false))
		}
		if !r.FundsFrom.IsZero() {
			add("Pays from", s.when(r.FundsFrom, false))
		}
		if !r.FundsUntil.IsZero() {
			add("Pays until before", s.when(r.FundsUntil, false))
		}
		add("Settlements reached", words(r.Settled))
		add("Said to put first", r.Priorities)
		p.Reviews = append(p.Reviews, row)
	}
	if len(p.Rows)+len(p.Reviews)+len(p.Settlements)+len(p.Pools) == 0 {
		return nil
	}
	return &p
}

// adder adds facts to a row, all but empty ones.
func (r *lineRow) adder() func(name, text string) {
	return func(name, text string) {
		if text = clean(text, longText); text != "" {
			r.Facts = append(r.Facts, fact{name, text})
		}
	}
}

// text is what a value says, or why it says nothing; empty where nothing is recorded.
func text(v record.Value[string]) string {
	if t, ok := v.Get(); ok {
		return t
	}
	if v.IsZero() {
		return ""
	}
	return v.Why()
}
