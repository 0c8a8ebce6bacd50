package accountability_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/missionled/missionled/internal/bench/accountability"
	"github.com/missionled/missionled/internal/bench/meter"
)

// TestSameAnswers holds that the register, SQLite and Casbin give the same answers to every question that is compared.
func TestSameAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("left out of the short run: loading SQLite and Casbin takes some seconds; run go test without -short")
	}
	var out bytes.Buffer
	if err := accountability.Run(&out, []string{"-holdings", "30000", "-rules", "2000", "-json"}); err != nil {
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
			who, _, _ := strings.Cut(f.Who, " ")
			compared[strings.Trim(who, ",")] += f.Value
		}
	}
	if compared["SQLite"] < 60_000 || compared["Casbin"] < 6_000 {
		t.Errorf("too few answers were compared: %v", compared)
	}
}

func TestFlags(t *testing.T) {
	if err := accountability.Run(io.Discard, []string{"-who", "nobody"}); err == nil || !strings.Contains(err.Error(), `"nobody"`) {
		t.Errorf("an unknown part gives %v", err)
	}
}
