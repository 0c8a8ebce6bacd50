package accountability

import (
	"strconv"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
)

// Casbin knows neither when something was known nor who holds a post: it says of one person whether they may do one thing. Two
// models come closest to "may this person act for this post on this day".
const (
	// The model of its own benchmarks: a person has a role, the post, and the role may act. There is no day in it. The cheap
	// conditions stand first here, which is quicker than their usual order.
	roles = `
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.obj == p.obj && r.act == p.act && g(r.sub, p.sub)`

	// A rule for each holding, with its days as texts of equal length.
	dated = `
[request_definition]
r = sub, obj, day
[policy_definition]
p = sub, obj, from, until
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.obj == p.obj && r.sub == p.sub && r.day >= p.from && r.day < p.until`
)

// newRoles has a rule for each post and a role for each holding that still stands.
func newRoles(w *workload) *casbin.Enforcer {
	e := must(casbin.NewEnforcer(must(model.NewModelFromString(roles))))
	e.EnableLog(false)
	e.EnableAutoBuildRoleLinks(false)
	var rules, grouping [][]string
	for _, post := range w.posts {
		rules = append(rules, []string{post, "of " + post, "act"})
	}
	seen := map[[2]string]bool{}
	for _, s := range w.statements {
		if k := [2]string{s.holder, s.post}; s.end == forever && !seen[k] {
			seen[k] = true
			grouping = append(grouping, k[:])
		}
	}
	must(e.AddPolicies(rules))
	must(e.AddGroupingPolicies(grouping))
	must(0, e.BuildRoleLinks())
	return e
}

func newDated(w *workload) *casbin.Enforcer {
	e := must(casbin.NewEnforcer(must(model.NewModelFromString(dated))))
	e.EnableLog(false)
	var rules [][]string
	for i := range w.statements {
		if s := &w.statements[i]; s.end == forever {
			rules = append(rules, []string{s.holder, s.post, day(s.from), day(s.until)})
		}
	}
	must(e.AddPoliciesEx(rules))
	return e
}

func day(n int32) string { return strconv.Itoa(int(n)) }
