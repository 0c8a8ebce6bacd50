package mission

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/missionled/missionled/accountability/record"
)

// Merge joins plans into one, since missions cross departments and each keeps its own. The head of the result is that of s,
// and records from a plan of another namespace remember it, so that their global ids stay as they are. The result shares
// nothing that is later written with s or the others.
//
// A record that stands in several plans word for word is taken once. Two records of one kind that have the same id and
// differ are a collision: the first is kept, and the error joins a [*CollisionError] for each of them. Merge does not
// check the result; [Compile] does.
func (s Spec) Merge(others ...Spec) (Spec, error) {
	joined := *s.own()
	type place struct {
		index int
		plan  string
	}
	taken := make(map[record.Ref]place)
	lists := joined.lists()
	for _, l := range lists {
		for i, r := range l.bases() {
			ref := record.Ref{Kind: l.kind(), ID: r.ID}
			if _, ok := taken[ref]; !ok {
				taken[ref] = place{i, origin(r, s.Namespace)}
			}
		}
	}
	var errs []error
	for _, other := range others {
		for n, l := range other.own().lists() {
			for i, r := range l.bases() {
				plan := origin(r, other.Namespace)
				ref := record.Ref{Kind: l.kind(), ID: r.ID}
				at, collides := taken[ref]
				if r.Namespace == "" && other.Namespace != s.Namespace {
					r.Namespace = other.Namespace
				}
				switch {
				case !collides:
					taken[ref] = place{lists[n].take(l, i), plan}
				case !lists[n].alike(at.index, l, i):
					errs = append(errs, &CollisionError{Ref: ref, First: at.plan, Second: plan})
				}
			}
		}
	}
	return joined, errors.Join(errs...)
}

func origin(r *record.Record, namespace string) string {
	if r.Namespace != "" {
		return r.Namespace
	}
	return namespace
}

// A CollisionError says that two plans that were merged use one id for different records.
type CollisionError struct {
	Ref           record.Ref
	First, Second string // the namespaces of the two plans
}

// Error names the record, both plans, and an id that would keep the two apart.
func (e *CollisionError) Error() string {
	return fmt.Sprintf("%s means one thing in %s and another in %s: rename it in one of them, for example to %q",
		e.Ref, named(e.First), named(e.Second), string(e.Ref.ID)+"-2")
}

func named(namespace string) string {
	if namespace == "" {
		return "a plan without a namespace"
	}
	return namespace
}

// take appends the i-th record of m and returns its index.
func (l list[T, P]) take(m recordList, i int) int {
	*l.records = append(*l.records, (*m.(list[T, P]).records)[i])
	return len(*l.records) - 1
}

// alike reports whether two records say the same, whatever plan they came from.
func (l list[T, P]) alike(i int, m recordList, j int) bool {
	a, b := (*l.records)[i], (*m.(list[T, P]).records)[j]
	P(&a).Base().Namespace, P(&b).Base().Namespace = "", ""
	return len(unequal(reflect.ValueOf(a), reflect.ValueOf(b))) == 0
}
