// Cases holds the rules to cases from what has been written about mission-led government: for each, what the rules must
// find, what they must not, and what they cannot tell. Expectations and plans are data, in the JSON files beside this one.
//
//	go run ./examples/cases
//
// It ends with status 1 if the rules say anything else. A rule that this release does not have is named as such. What a
// plan says is marked with the line of the text that says it; whatever is made up is graded illustrative.
package main

import (
	"embed"
	"fmt"
	"io"
	"os"
)

//go:embed *.json
var files embed.FS

func main() { os.Exit(run(os.Stdout, os.Stderr)) }

// run returns the program's exit status: 0 where everything is as expected, 1 where it is not.
func run(stdout, stderr io.Writer) int {
	list, err := load(files)
	if err != nil {
		fmt.Fprintln(stderr, "cases:", err)
		return 1
	}
	results, err := list.check(files)
	if err != nil {
		fmt.Fprintln(stderr, "cases:", err)
		return 1
	}
	mismatches := 0
	var p page
	for _, r := range results {
		mismatches += r.mismatches
		p.result(r)
	}
	p.table(results)
	p.paragraph("", "", fmt.Sprintf("%d cases and contrasts, %d not as expected.", len(results), mismatches))
	if _, err := io.WriteString(stdout, p.String()); err != nil || mismatches > 0 {
		return 1
	}
	return 0
}
