package accountability

import (
	"github.com/missionled/missionled/accountability"
	"github.com/missionled/missionled/accountability/record"
)

// register is our own.
type register struct {
	*accountability.Register
	room []accountability.Assignment
}

// asOf asks who holds a post, and keeps the answer where it was the last time: the question that is asked most.
func (r *register) asOf(q *question) {
	r.room = r.AppendHoldings(r.room[:0], record.ID(q.about), q.at)
}

func (r *register) holders(q *question, ids []string) []string {
	r.asOf(q)
	for _, a := range r.room {
		ids = append(ids, string(a.Holding.ID))
	}
	return ids
}

// explained asks who answers for a subject, with the records that say so.
func (r *register) explained(q *question) accountability.Answer {
	a, _ := r.Answerable(aim(q.about), accountability.MissionLead, q.at)
	return a
}

func (r *register) answerable(q *question, ids []string) []string {
	for _, c := range r.explained(q).Carriers {
		if len(c.Holders) == 0 {
			ids = append(ids, string(c.Post)+" ")
		}
		for _, h := range c.Holders {
			ids = append(ids, string(c.Post)+" "+string(h.Holding.ID))
		}
	}
	return ids
}

func (r *register) may(q *question) bool {
	act := accountability.Act{Actor: record.ID(q.about), Power: accountability.PowerSpend, Subject: aim("anything"), Amount: pounds(q.money)}
	return r.Check(act, q.at).Permission == accountability.Allowed
}

// acts reports whether a person holds a post on a day, as far as is known now: what Casbin is asked.
func (r *register) acts(q *question) bool {
	r.room = r.AppendHoldings(r.room[:0], record.ID(q.about), record.Moment{On: q.at.On})
	for i := range r.room {
		if r.room[i].Holding.Holder == record.ID(q.who) {
			return true
		}
	}
	return false
}

// acted reports whether a person holds a post on any day: what Casbin is asked without a day.
func (r *register) acted(q *question) bool {
	for _, c := range r.HeldBy(record.ID(q.who), record.Moment{}) {
		if c.Record.Post == record.ID(q.about) {
			return true
		}
	}
	return false
}
