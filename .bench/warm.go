package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"

	"assay/screener"
)

// warmJobs are the screen with ranks over the universe, with ranks among those that
// passed, and its conditions alone.
var warmJobs = []string{"universe", "passed", "filter"}

// warmMetrics is forty metrics, or, of a large market, those that the screen reads.
func warmMetrics(rows int) int {
	if rows > 10_000 {
		return 14
	}
	return 40
}

// compareWarm runs all engines over a market of so many companies in memory.
func compareWarm(dir string, rows int) error {
	file := filepath.Join(dir, "market.csv")
	if err := writeCSV(file, []*market{invent(rows, warmMetrics(rows), 1)}); err != nil {
		return err
	}
	engines := []engine{ourEngine("assay", rows), ourEngine("assay, at first", rows), ourEngine("assay, all told", rows), ourEngine("expr, row by row", rows), ourEngine("SQLite", rows)}
	fmt.Printf("%d companies, %d metrics, 8 %% missing: median, times assay's, memory of the data + of the job\n", rows, warmMetrics(rows))
	all, err := gather(append(engines, theirEngines()...), warmJobs, file, func(engine, job string) bool {
		return engine != "expr, row by row" || job == "filter"
	})
	if err != nil {
		return err
	}
	all.print(warmJobs, []string{"ranks over universe", "ranks among passed", "filter alone"})
	if err := all.agree(); err != nil {
		return err
	}
	if _, err := ourEngine("check", rows).ask("universe", ""); err != nil {
		return err
	}
	fmt.Println("assay's verdicts and scores are those of a plain evaluator, bit for bit")
	fmt.Println()
	return nil
}

// child does one job with one of our engines and prints the outcome.
func child(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("child wants an engine, a job and a number")
	}
	name, job := args[0], args[1]
	rows, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	if job == "dates" {
		return childDates(name, rows)
	}
	m := invent(rows, warmMetrics(rows), 1)
	var o outcome
	switch name {
	case "assay", "assay, at first", "assay, all told":
		o, err = ours(m, job, name)
	case "expr, row by row":
		o, err = rowByRow(m)
	case "SQLite":
		o, err = sqlite([]*market{m}, job)
	case "check":
		err = check(m)
	default:
		err = fmt.Errorf("there is no engine %s", name)
	}
	return tell(o, err)
}

// ours runs a screen through assay: the list alone, the same over columns that were
// never asked for, or all that a run tells.
func ours(m *market, job, name string) (outcome, error) {
	s, err := screenOf(m, job != "filter", job == "passed")
	if err != nil {
		return outcome{}, err
	}
	return timed(func() {
		if name == "assay, at first" {
			m.forget()
		}
	}, func() ([]int, error) {
		if name != "assay, all told" {
			rows, err := screener.Pick(context.Background(), m, s)
			return listed(rows, job), err
		}
		r, err := screener.Run(context.Background(), m, s, screener.Options{})
		if err != nil {
			return nil, err
		}
		var rows []int
		for _, c := range r.Candidates {
			rows = append(rows, int(c.CIK)-1)
		}
		return listed(rows, job), nil
	})
}

// listed is company numbers, or, of the filter alone, how many passed.
func listed(rows []int, job string) []int {
	if job == "filter" {
		return []int{len(rows)}
	}
	ids := make([]int, len(rows))
	for i, row := range rows {
		ids[i] = row + 1
	}
	return ids
}
