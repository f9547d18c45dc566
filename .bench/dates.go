package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"assay/screener"
)

// The panel is 300 month-ends of 8,000 companies and 20 metrics.
const (
	panelDates   = 300
	panelRows    = 8_000
	panelMetrics = 20
	panelWorkers = 2
)

// compareDates runs the screen over every date of a panel in memory, with ranks over
// the universe of each.
func compareDates(dir string) error {
	file := filepath.Join(dir, "panel.csv")
	if err := writeCSV(file, panel(panelRows)); err != nil {
		return err
	}
	fmt.Printf("%d dates of %d companies, %d metrics, ranks over the universe: median, times assay's, memory of the data + of the job\n", panelDates, panelRows, panelMetrics)
	jobs := []string{"dates"}
	all, err := gather(append([]engine{ourEngine("assay", panelRows), ourEngine("assay, at first", panelRows), ourEngine("SQLite", panelRows)}, theirEngines()...), jobs, file, func(string, string) bool { return true })
	if err != nil {
		return err
	}
	all.print(jobs, []string{"best 50 of each date"})
	defer fmt.Println()
	return all.agree()
}

func panel(rows int) []*market {
	dates := make([]*market, panelDates)
	var group sync.WaitGroup
	for w := range panelWorkers {
		group.Go(func() {
			for date := w; date < panelDates; date += panelWorkers {
				dates[date] = invent(rows, panelMetrics, uint64(date+1))
			}
		})
	}
	group.Wait()
	return dates
}

// childDates does the job of all dates with one of our engines.
func childDates(name string, rows int) error {
	dates := panel(rows)
	if name == "SQLite" {
		return tell(sqlite(dates, "dates"))
	}
	s, err := screenOf(dates[0], true, false)
	if err != nil {
		return err
	}
	return tell(timed(func() {
		if name == "assay, at first" {
			for _, m := range dates {
				m.forget()
			}
		}
	}, func() ([]int, error) { return picked(dates, s) }))
}

// picked lists the companies that the screen picks of each date, dates dealt out to
// two goroutines.
func picked(dates []*market, s *screener.Screen) ([]int, error) {
	lists, errs := make([][]int, len(dates)), make([]error, panelWorkers)
	var group sync.WaitGroup
	for w := range panelWorkers {
		group.Go(func() {
			for date := w; date < len(dates) && errs[w] == nil; date += panelWorkers {
				var rows []int
				rows, errs[w] = screener.Pick(context.Background(), dates[date], s)
				lists[date] = listed(rows, "dates")
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return slices.Concat(lists...), nil
}
