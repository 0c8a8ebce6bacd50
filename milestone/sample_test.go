package milestone_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/missionled/missionled/accountability/record"
	"github.com/missionled/missionled/milestone"
	"github.com/missionled/missionled/milestone/calendar"
)

func day(s string) calendar.Date { return calendar.MustParseDate(s) }

func when(s string) calendar.When {
	if s == "" {
		return calendar.When{}
	}
	return calendar.MustParseWhen(s)
}

// number is a quantity of a test; the empty text is an unset one.
func number(s string) record.Quantity {
	if s == "" {
		return record.Quantity{}
	}
	q, err := record.ParseQuantity(s)
	if err != nil {
		panic(err)
	}
	return q
}

// readings makes observations of the indicator "share" from lines such as "2024 73.8", "2024 withheld", "2024 73.8 baseline",
// "2024 73.8 by=BBC". Their ids are r0, r1 and so on.
func readings(lines ...string) []milestone.Observation {
	var list []milestone.Observation
	for i, line := range lines {
		words := strings.Fields(line)
		o := milestone.Observation{Record: record.New(record.ID(fmt.Sprintf("r%d", i))), Indicator: "share", Period: when(words[0])}
		switch words[1] {
		case "withheld":
			o.Value = record.Withheld[record.Quantity]("commercial confidence")
		case "pending":
			o.Value = record.Pending[record.Quantity]("")
		default:
			o.Value = record.Known(number(words[1]))
		}
		for _, word := range words[2:] {
			switch {
			case word == "baseline":
				o.Baseline = true
			case strings.HasPrefix(word, "by="):
				o.Claimant = word[3:]
			case strings.HasPrefix(word, "@"):
				o.Recorded = day(word[1:]).In(time.UTC)
			}
		}
		list = append(list, o)
	}
	return list
}

// aim makes a target of the milestone "step" on the indicator "share" from words such as "at_least=95", "increase=5", "up",
// "maintain", "baseline=50", "count_from=2024-07-05", "achieve", "id=t2".
func aim(line string) milestone.Target {
	t := milestone.Target{Record: record.New("t"), Milestone: "step", Indicator: "share"}
	for word := range strings.FieldsSeq(line) {
		name, value, _ := strings.Cut(word, "=")
		switch name {
		case "id":
			t.ID = record.ID(value)
		case "of":
			t.Of = record.ID(value)
		case "claimant":
			t.Claimant = value
		case "at_least":
			t.AtLeast = number(value)
		case "at_most":
			t.AtMost = number(value)
		case "increase":
			t.Increase = number(value)
		case "up":
			t.Direction = milestone.Up
		case "down":
			t.Direction = milestone.Down
		case "maintain":
			t.Maintain = true
		case "baseline":
			t.Baseline = number(value)
		case "count_from":
			t.CountFrom = when(value)
		case "achieve":
			t.Achieve, t.Indicator = "it is signed", ""
		default:
			panic(word)
		}
	}
	return t
}

func compile(t *testing.T, s milestone.Spec, view record.View) *milestone.Plan {
	t.Helper()
	p, err := milestone.Compile(s, view)
	require.NoError(t, err)
	return p
}
