package review_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/missionled/missionled/internal/bench/meter"
	"github.com/missionled/missionled/internal/bench/review"
)

// TestSameVerdicts holds that rules say the same alone and together, of records in any order, and of a plan written and read.
func TestSameVerdicts(t *testing.T) {
	for _, seed := range []string{"1", "2", "3"} {
		var out bytes.Buffer
		args := []string{"-milestones", "700", "-posts", "100", "-events", "3000", "-runs", "1", "-json", "-seed", seed}
		if err := review.Run(&out, args); err != nil {
			t.Fatal(err)
		}
		compared := map[string]float64{}
		for lines := json.NewDecoder(&out); ; {
			var f meter.Figure
			if err := lines.Decode(&f); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if f.What == "answers compared" {
				compared[f.Who] = f.Value
			}
		}
		for _, who := range []string{"one rule at a time", "the records in another order", "the document written and read"} {
			if compared[who] < 100 {
				t.Errorf("seed %s: %s: %v rules were compared", seed, who, compared[who])
			}
		}
	}
}

func TestFlags(t *testing.T) {
	if err := review.Run(io.Discard, []string{"-events", "0"}); err == nil || !strings.Contains(err.Error(), "at least 1") {
		t.Errorf("a plan without events gives %v", err)
	}
}
