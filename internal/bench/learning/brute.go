package learning

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone/learning"
)

// brute says how a theory stands by going through every combination of its links holding or not and its steps being reached or
// not: slow, and plain to see that it is right.
type brute struct {
	step      []float64 // how likely each is reached
	link      []float64 // how likely each link holds, together with the last step being reached
	notLink   []float64 // and how likely it does not, together with the same
	target    int       // the last step
	reachedBy func(s int, reached, holds uint) float64
}

// sum adds up a theory whose steps stand in an order in which links lead forward.
func sum(t *learning.Theory) *brute {
	place := make(map[string]int)
	for i := range t.Steps {
		place[t.Steps[i].Name] = i
	}
	b := &brute{step: make([]float64, len(t.Steps)), link: make([]float64, len(t.Links)), notLink: make([]float64, len(t.Links)), target: len(t.Steps) - 1}
	type pack struct {
		links    []int
		strength float64
		hinders  bool
	}
	into := make([][]pack, len(t.Steps))
	for i, l := range t.Links {
		to := place[l.To]
		at := -1
		if l.Package != "" {
			at = slices.IndexFunc(into[to], func(p pack) bool { return t.Links[p.links[0]].Package == l.Package })
		}
		if at < 0 {
			into[to] = append(into[to], pack{strength: 1, hinders: l.Hinders})
			at = len(into[to]) - 1
		}
		into[to][at].links = append(into[to][at].links, i)
		into[to][at].strength *= l.Strength
	}
	from := make([]int, len(t.Links))
	for i, l := range t.Links {
		from[i] = place[l.From]
	}
	b.reachedBy = func(s int, reached, holds uint) float64 {
		not, spared := 1-t.Steps[s].Otherwise.Float(), 1.0
		for _, p := range into[s] {
			all := true
			for _, l := range p.links {
				all = all && holds>>l&1 == 1 && reached>>from[l]&1 == 1
			}
			switch {
			case all && p.hinders:
				spared *= 1 - p.strength
			case all:
				not *= 1 - p.strength
			}
		}
		return (1 - not) * spared
	}
	for holds := range uint(1) << len(t.Links) {
		belief := 1.0
		for l := range t.Links {
			if holds>>l&1 == 1 {
				belief *= t.Links[l].Belief
			} else {
				belief *= 1 - t.Links[l].Belief
			}
		}
		for reached := range uint(1) << len(t.Steps) {
			p := belief
			for s := range t.Steps {
				if c := b.reachedBy(s, reached, holds); reached>>s&1 == 1 {
					p *= c
				} else {
					p *= 1 - c
				}
			}
			for s := range t.Steps {
				if reached>>s&1 == 1 {
					b.step[s] += p
				}
			}
			if reached>>b.target&1 == 1 {
				for l := range t.Links {
					if holds>>l&1 == 1 {
						b.link[l] += p
					} else {
						b.notLink[l] += p
					}
				}
			}
		}
	}
	return b
}

// worth is what a trial of a link is worth for the choice between actions about the last step.
func (b *brute) worth(t *learning.Theory, actions []learning.Action, l int, trial learning.Trial) float64 {
	belief := t.Links[l].Belief
	best := func(p, reached float64) float64 { // of what has a chance of p, and with the target reached of reached
		most := actions[0].IfReached*reached + actions[0].IfNot*(p-reached)
		for _, a := range actions[1:] {
			most = max(most, a.IfReached*reached+a.IfNot*(p-reached))
		}
		return most
	}
	yes, no := trial.Sensitivity, 1-trial.Specificity // how often it says yes
	says := best(belief*yes+(1-belief)*no, b.link[l]*yes+b.notLink[l]*no)
	denies := best(belief*(1-yes)+(1-belief)*(1-no), b.link[l]*(1-yes)+b.notLink[l]*(1-no))
	return says + denies - best(1, b.step[b.target])
}

// small makes a theory for brute: of few steps and so many links, with packages and links that hinder.
func small(seed uint64, steps, links int) *learning.Theory {
	random := rand.New(rand.NewPCG(seed, 5))
	t := new(learning.Theory)
	for i := range steps {
		t.Steps = append(t.Steps, learning.Step{Name: fmt.Sprintf("s%d", i), Otherwise: record.Number(float64(random.IntN(10)) / 10)})
	}
	seen := map[[2]int]bool{}
	for len(t.Links) < links {
		to := 1 + random.IntN(steps-1)
		from := random.IntN(to)
		if len(t.Links) == 0 {
			to = steps - 1
		}
		if seen[[2]int{from, to}] {
			links = min(links, steps*(steps-1)/2)
			continue
		}
		seen[[2]int{from, to}] = true
		l := learning.Link{From: t.Steps[from].Name, To: t.Steps[to].Name, Strength: float64(1+random.IntN(10)) / 10, Belief: float64(1+random.IntN(9)) / 10}
		switch random.IntN(6) {
		case 0:
			l.Hinders = true
		case 1, 2:
			l.Package = fmt.Sprint("together to ", l.To)
		}
		t.Links = append(t.Links, l)
	}
	return t
}
