package learning

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/missionled/missionled/internal/bench/meter"
	"github.com/missionled/missionled/milestone/learning"
)

//go:embed grain.R
var grainScript string

// noGrain is what the script exits with where R lacks the package.
const noGrain = 3

// compareGrain runs gRain on the same theory, as a network of its steps alone: beliefs are multiplied into strengths, and a step
// of many links is a chain of small tables, which suits gRain best. It gives no value of information and keeps no belief in links.
func compareGrain(r *meter.Report, question string, theory *learning.Theory) error {
	rscript, err := exec.LookPath("Rscript")
	if err != nil {
		r.Say("%s: no gRain beside, for there is no R", question)
		return nil
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	script, network := filepath.Join(dir, "grain.R"), filepath.Join(dir, "network.txt")
	if err := errors.Join(os.WriteFile(script, []byte(grainScript), 0o600), os.WriteFile(network, []byte(written(theory)), 0o600)); err != nil {
		return err
	}
	cmd := exec.Command(rscript, "--vanilla", script, network)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == noGrain {
		r.Say("%s: no gRain beside, for R lacks the package", question)
		return nil
	}
	if err != nil {
		return fmt.Errorf("gRain: %w: %s", err, complaint.String())
	}
	var said struct {
		Compile, Propagate float64 // ms
		Yes                map[string]float64
	}
	if err := json.Unmarshal(out, &said); err != nil {
		return fmt.Errorf("gRain said %.200q: %w", out, err)
	}
	outlook, err := theory.Compile(learning.TheoryOptions{})
	if err != nil {
		return err
	}
	belief, err := outlook.Given(learning.Seen{})
	if err != nil {
		return err
	}
	same := 0
	for i := range theory.Steps {
		name := theory.Steps[i].Name
		got, err := belief.Chance(name)
		if want, there := said.Yes[name]; err == nil && there && math.Abs(got-want) <= 1e-10 {
			same++
		}
	}
	r.Agree(question, "gRain", same, len(theory.Steps))
	r.Add(question, "gRain", compiles, said.Compile*1e6, meter.Nanoseconds)
	r.Add(question, "gRain", propagates, said.Propagate*1e6, meter.Nanoseconds)
	return nil
}

// written is a theory without packages as lines "variable;parents;chances of yes", with a line for each combination of the
// parents' states, yes before no, the last parent changing fastest.
func written(t *learning.Theory) string {
	var text strings.Builder
	into := make(map[string][]*learning.Link)
	for i := range t.Links {
		into[t.Links[i].To] = append(into[t.Links[i].To], &t.Links[i])
	}
	for i := range t.Steps {
		s := &t.Steps[i]
		links, leak := into[s.Name], s.Otherwise.Float()
		if len(links) == 0 {
			fmt.Fprintf(&text, "%s;;%.17g\n", s.Name, leak)
			continue
		}
		before := ""
		for k, l := range links {
			name := s.Name
			if k < len(links)-1 {
				name = fmt.Sprintf("%s_%d", s.Name, k)
			}
			p := l.Strength * l.Belief
			if before == "" {
				fmt.Fprintf(&text, "%s;%s;%.17g %.17g\n", name, l.From, 1-(1-leak)*(1-p), leak)
			} else {
				fmt.Fprintf(&text, "%s;%s %s;1 1 %.17g 0\n", name, before, l.From, p)
			}
			before = name
		}
	}
	return text.String()
}
