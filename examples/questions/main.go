// Questions answers what three sorts of reader ask of a plan: somebody who builds a tool for a department (D1 to D11), a
// researcher (R1 to R10) and a team that tries things out (T1 to T10). Each answer is a function of at most ten lines over the
// public packages, to be read as much as run: developers.go, researchers.go, teams.go. The town, its people and its figures are
// made up, and so are the thirty missions that the first two questions of the researcher are put to.
//
//	go run ./examples/questions
//	go run ./examples/questions D4 T6
//
// A few records carry the grade that they would have in a real plan, so that leaving grades out shows something.
package main

import (
	"fmt"
	"io"
	"os"
	"slices"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// question is one that somebody asks, and the function that answers it.
type question struct {
	id, asks string
	answer   func(*plan, io.Writer)
}

var readers = []struct {
	who       string
	questions []question
}{
	{"Somebody who builds a tool for a department", developers},
	{"A researcher with a script", researchers},
	{"A team that tries things out", teams},
}

// run answers the questions with the ids given, or all of them, and returns the program's exit status.
func run(ids []string, stdout, stderr io.Writer) (status int) {
	defer func() {
		if r := recover(); r != nil {
			failed, ours := r.(failure)
			if !ours {
				panic(r)
			}
			fmt.Fprintln(stderr, "questions:", failed.error)
			status = 1
		}
	}()
	p := load()
	answered := 0
	for _, reader := range readers {
		for i, q := range reader.questions {
			if len(ids) > 0 && !slices.Contains(ids, q.id) {
				continue
			}
			if len(ids) == 0 && i == 0 {
				fmt.Fprintf(stdout, "%s\n\n", reader.who)
			}
			fmt.Fprintf(stdout, "%s. %s\n", q.id, q.asks)
			q.answer(p, stdout)
			fmt.Fprintln(stdout)
			answered++
		}
	}
	if answered == 0 {
		fmt.Fprintln(stderr, "questions: there is none of that name; they are D1 to D11, R1 to R10 and T1 to T10")
		return 2
	}
	return 0
}
