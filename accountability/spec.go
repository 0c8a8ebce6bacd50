package accountability

import (
	"slices"

	"github.com/missionled/missionled/accountability/record"
)

// Spec is a set of records about who answers for what: plain data. The zero Spec is valid and says nothing.
type Spec struct {
	record.Shared
	Parties  []Party
	Holdings []Holding
	Duties   []Duty
	Forums   []Forum
	Mandates []Mandate
	Freedoms []Freedom

	Successions []Succession
	Leaves      []Leave
	Lines       []Line
	Sharings    []Sharing
	Grants      []Grant
	Tests       []AccountingTest
	Directions  []Direction
	Meetings    []Meeting
	Resolutions []Resolution
	Spaces      []LearningSpace
}

// Compile checks the whole Spec, leaves out what the view does, and returns the Register. The error is [record.Faults],
// every fault at once. References to kinds of record that an accountability Spec cannot hold, such as missions, are not
// followed. The Register shares nothing with the Spec. Compile takes time linear in the records, and sorts the versions of
// each fact.
func Compile(spec Spec, view record.View) (*Register, error) {
	spec.Sources, spec.Days = slices.Clone(spec.Sources), slices.Clone(spec.Days)
	spec.Parties, spec.Holdings = slices.Clone(spec.Parties), slices.Clone(spec.Holdings)
	spec.Duties, spec.Forums = slices.Clone(spec.Duties), slices.Clone(spec.Forums)
	spec.Mandates, spec.Freedoms = slices.Clone(spec.Mandates), slices.Clone(spec.Freedoms)
	spec.Successions, spec.Leaves = slices.Clone(spec.Successions), slices.Clone(spec.Leaves)
	spec.Lines, spec.Sharings = slices.Clone(spec.Lines), slices.Clone(spec.Sharings)
	spec.Grants, spec.Tests, spec.Directions = slices.Clone(spec.Grants), slices.Clone(spec.Tests), slices.Clone(spec.Directions)
	spec.Meetings, spec.Resolutions, spec.Spaces = slices.Clone(spec.Meetings), slices.Clone(spec.Resolutions), slices.Clone(spec.Spaces)
	var c record.Check
	record.Add(&c, record.KindSource, "sources", spec.Sources)
	record.Add(&c, record.KindDay, "days", spec.Days)
	spec.Check(&c)
	if err := c.Run().Err(); err != nil {
		return nil, err
	}
	return spec.Checked(view), nil
}
