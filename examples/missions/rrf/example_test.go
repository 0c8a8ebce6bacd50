package rrf_test

import (
	"fmt"
	"os"

	"github.com/missionled/missionled/examples/missions/rrf"
	"github.com/missionled/missionled/milestone/calendar"
)

func ExampleRead() {
	programme, err := os.Open("testdata/programme.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer programme.Close()
	met, err := os.Open("testdata/met-2021-T4.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer met.Close()

	spec, report, err := rrf.Read(programme, met)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Rows, "rows,", report.Codes, "codes,", report.Administrations, "administrations")
	on := calendar.On(2021, 12, 31)
	fmt.Println("due:", rrf.Due(spec, rrf.EU, on), "declared met:", rrf.DeclaredMet(spec, rrf.EU, on))
	for _, n := range report.Notes {
		if n.Kind == rrf.ItalianNumber && n.Row == 3 {
			fmt.Println(n)
		}
	}
	// Output:
	// 7 rows, 6 codes, 2 administrations
	// due: [M1C1-1] declared met: [M1C1-1]
	// programme.csv, row 3, column "Riferimento di partenza Target": Italian number rewritten: "1.250,00" became "1250.00"
	// programme.csv, row 3, column "Valore-obiettivo Target": Italian number rewritten: "4.083,50" became "4083.50"
}
