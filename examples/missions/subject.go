package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/mission"
)

// subject finds what a word on the command line means: "mission/health", or an id alone where one kind of record has it.
// The result is the reference to the fact, whichever of its records was named.
func subject(m *mission.Model, word string) (record.Ref, error) {
	if strings.Contains(word, "/") {
		ref, err := record.ParseRef(word)
		if err != nil {
			return ref, err
		}
		return named(m, ref)
	}
	var found []record.Ref
	for ref, r := range m.Records() {
		if string(ref.ID) != word && string(r.Of) != word {
			continue
		}
		if fact := (record.Ref{Kind: ref.Kind, ID: r.Fact()}); !slices.Contains(found, fact) {
			found = append(found, fact)
		}
	}
	switch len(found) {
	case 0:
		return record.Ref{}, unknown(m, record.Ref{ID: record.ID(word)})
	case 1:
		return found[0], nil
	}
	names := make([]string, len(found))
	for i, ref := range found {
		names[i] = ref.String()
	}
	return record.Ref{}, fmt.Errorf("%q may mean %s: name one of them whole", word, strings.Join(names, " or "))
}

func named(m *mission.Model, ref record.Ref) (record.Ref, error) {
	if r, ok := m.Record(ref); ok {
		return record.Ref{Kind: ref.Kind, ID: r.Fact()}, nil
	}
	if why, out := m.Excluded(ref); out {
		return ref, fmt.Errorf("%s is left out of this view: %s", ref, why)
	}
	return ref, unknown(m, ref)
}

// unknown says that the plan has no such record, and which is nearest.
func unknown(m *mission.Model, ref record.Ref) error {
	var ids []string
	for other := range m.Records() {
		if ref.Kind == "" || ref.Kind == other.Kind {
			ids = append(ids, string(other.ID))
		}
	}
	what := "record"
	if ref.Kind != "" {
		what = string(ref.Kind)
	}
	if ref.Kind != "" && mission.TableOf(ref.Kind) == "" {
		kinds := make([]string, 0, 24)
		for _, k := range mission.Kinds() {
			kinds = append(kinds, string(k))
		}
		if near := record.Nearest(string(ref.Kind), kinds); near != "" {
			return fmt.Errorf("there are no records of the kind %q: did you mean %q?", ref.Kind, near+"/"+string(ref.ID))
		}
		return fmt.Errorf("there are no records of the kind %q", ref.Kind)
	}
	if near := record.Nearest(string(ref.ID), ids); near != "" {
		return fmt.Errorf("the plan has no %s %q: did you mean %q?", what, ref.ID, near)
	}
	return fmt.Errorf("the plan has no %s %q", what, ref.ID)
}
