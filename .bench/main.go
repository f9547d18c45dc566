// Command assaybench runs one screen through assay and through other engines over
// the same invented companies: six conditions, the weighted percentile of four
// metrics, the best fifty. All must give the same list. It prints the median of
// each and how many times assay's it is.
package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// spend is for how long each job is repeated.
const spend = time.Second

// outcome is what an engine made of a job.
type outcome struct {
	MS   float64 `json:"ms"`
	List []int   `json:"list"`
}

// jobs are what every engine does, in the order of the table.
var jobs = []string{"universe", "passed", "filter"}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	sizes := []int{10_000}
	if len(args) > 0 {
		sizes = nil
	}
	for _, arg := range args {
		n, err := strconv.Atoi(arg)
		if err != nil || n < 100 {
			return fmt.Errorf("%q is not a number of companies from 100 up", arg)
		}
		sizes = append(sizes, n)
	}
	for _, n := range sizes {
		if err := compare(n); err != nil {
			return fmt.Errorf("%d companies: %w", n, err)
		}
	}
	return nil
}

// compare runs all engines over a market of n companies.
func compare(n int) error {
	m := invent(n)
	results, err := ours(m)
	if err != nil {
		return err
	}
	if results["expr, row by row"], err = rowByRow(m); err != nil {
		return err
	}
	if results["SQLite"], err = sqlite(m); err != nil {
		return err
	}
	others, notes, err := theirs(m)
	if err != nil {
		return err
	}
	for name, r := range others {
		results[name] = r
	}
	fmt.Printf("%d companies, %d metrics, 8 %% missing (median ms, and times assay's)\n\n", n, len(m.columns))
	printTable(results)
	for _, note := range notes {
		fmt.Println(note)
	}
	fmt.Println()
	return agree(results)
}

func printTable(results map[string]map[string]outcome) {
	fmt.Printf("%-22s", "")
	for _, job := range jobs {
		fmt.Printf("%22s", map[string]string{"universe": "ranks over universe", "passed": "ranks over passed", "filter": "filter alone"}[job])
	}
	fmt.Println()
	names := make([]string, 0, len(results))
	for name := range results {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Printf("%-22s", name)
		for _, job := range jobs {
			cell := "-"
			if r, ok := results[name][job]; ok {
				cell = fmt.Sprintf("%.3f  %6.1fx", r.MS, r.MS/results["assay"][job].MS)
			}
			fmt.Printf("%22s", cell)
		}
		fmt.Println()
	}
}

// agree wants the same list, or count, of every engine.
func agree(results map[string]map[string]outcome) error {
	var wrong []string
	for name, r := range results {
		for job, o := range r {
			if !slices.Equal(o.List, results["assay"][job].List) {
				wrong = append(wrong, fmt.Sprintf("%s, %s: %v", name, job, o.List))
			}
		}
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return fmt.Errorf("lists differ from assay's (%v, %v):\n%s", results["assay"]["universe"].List, results["assay"]["passed"].List, strings.Join(wrong, "\n"))
	}
	return nil
}

// timed repeats a job and returns its median.
func timed(job func() ([]int, error)) (outcome, error) {
	var took []time.Duration
	var o outcome
	for end := time.Now().Add(spend); len(took) < 3 || time.Now().Before(end); {
		start := time.Now()
		list, err := job()
		if err != nil {
			return o, err
		}
		took, o.List = append(took, time.Since(start)), list
	}
	slices.Sort(took)
	o.MS = float64(took[len(took)/2].Nanoseconds()) / 1e6
	return o, nil
}
