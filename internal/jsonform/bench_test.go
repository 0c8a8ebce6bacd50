package jsonform_test

import (
	"encoding/json"
	"testing"

	"github.com/missionled/missionled/internal/jsonform"
)

// plainSpec is bigSpec without what encoding/json cannot read: extensions and either-ors. Both readers get the same types and bytes.
type plainSpec struct {
	Format       string           `json:"format"`
	Title        string           `json:"title,omitempty"`
	Milestones   []plainMilestone `json:"milestones,omitempty"`
	Observations []Observation    `json:"observations,omitempty"`
}

type plainMilestone struct {
	Record
	Missions []ID     `json:"missions,omitempty"`
	Name     string   `json:"name"`
	Due      Date     `json:"due,omitzero"`
	Share    float64  `json:"share,omitempty"`
	Seats    int8     `json:"seats,omitempty"`
	Value    Decimal  `json:"value,omitzero"`
	Members  []string `json:"members,omitempty"`
	Note     string   `json:"note,omitempty"`
	Links    []Link   `json:"links,omitempty"`
}

func benchSpec() plainSpec {
	big := bigSpec(10_000)
	spec := plainSpec{Format: big.Format, Title: big.Title, Observations: big.Observations}
	for _, m := range big.Milestones {
		m.Extra = nil
		spec.Milestones = append(spec.Milestones, plainMilestone{m.Record, m.Missions, m.Name, m.Due, m.Share, m.Seats, m.Value, m.Members.Value, m.Note.Ground, m.Links})
	}
	return spec
}

func BenchmarkDecode(b *testing.B) {
	data, err := jsonform.Encode(benchSpec())
	if err != nil {
		b.Fatal(err)
	}
	b.Run("jsonform", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			var spec plainSpec
			if faults := jsonform.Decode(data, &spec, jsonform.Limits{}); faults != nil {
				b.Fatal(faults[0])
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			var spec plainSpec
			if err := json.Unmarshal(data, &spec); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	spec := benchSpec()
	b.Run("jsonform", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			data, err := jsonform.Encode(&spec)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(data)))
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			data, err := json.MarshalIndent(&spec, "", "  ")
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(data)))
		}
	})
}

func BenchmarkLocate(b *testing.B) {
	data, err := jsonform.Encode(benchSpec())
	if err != nil {
		b.Fatal(err)
	}
	paths := []string{"milestones[3].due", "milestones[5000].links[1].to", "observations[2499].value"}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if got := jsonform.Locate(data, paths); !got[2].Exact {
			b.Fatal(got[2])
		}
	}
}
