// Command run compares the simulation with its peers; see package forecast above it.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/missionled/missionled/internal/bench/forecast"
)

func main() {
	nets := flag.String("nets", "", "networks, of: "+strings.Join(forecast.Names, ", ")+"; empty for all")
	data := flag.String("psplib", "../../../shared/data/schedule/psplib", "folder of PSPLIB's files")
	runs := flag.Int("runs", 3, "runs, of which the fastest counts")
	flag.Parse()
	var names []string
	if *nets != "" {
		names = strings.Split(*nets, ",")
	}
	if err := forecast.Compare(os.Stdout, names, *data, *runs); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
