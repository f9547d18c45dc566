package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The cold jobs: so many companies of `assay sample`, and how often each process is
// started. One screens a date, the other the 300 month-ends up to it.
const (
	coldCompanies = 1_000
	coldYears     = 27
	coldStarts    = 25
	monthsStarts  = 5
	coldDate      = "2026-06-30"
	monthsFrom    = "2001-07-01"
)

// The screen, and all companies with the columns that it reads.
const (
	coldScreen = `screen: cold
pass:
  size: market_cap >= 100M and market_cap <= 5B
  returns: roic >= 5%
  debt: debt_to_equity <= 100%
  liquid: current_ratio >= 1
rank:
  by: percentile(roic) + percentile(earnings_yield)
  limit: 50
`
	coldAll = `screen: all
pass:
  any: is_missing(roic) or not is_missing(roic)
columns: [market_cap, roic, earnings_yield, debt_to_equity, current_ratio]
`
)

// process is one that is started, and reads the list from what it printed.
type process struct {
	name string
	args []string
	list func([]byte) ([]int, error)
}

// compareCold starts processes that each read their own database file, screen one date
// or all of it, print the lists and end; and one of assay that does nothing.
func compareCold(dir string) error {
	ours, err := coldData(dir)
	if err != nil {
		return err
	}
	screen := filepath.Join(dir, "cold.yaml")
	command := func(args ...string) []string { return append(slices.Clone(ours), args...) }
	date := append([]process{
		{"assay", command("run", screen, "--as-of", coldDate, "--format", "csv"), idsOfCSV},
		{"assay, empty run", command("--help"), nil},
	}, coldOthers(dir, "cold")...)
	fmt.Printf("a process over %d companies of a kept date: median of %d starts, times assay's, peak of memory\n", coldCompanies, coldStarts)
	if err := starts(date, coldStarts); err != nil {
		return err
	}
	months := append([]process{
		{"assay", command("run", screen, "--from", monthsFrom, "--as-of", coldDate, "--format", "csv", "--quiet"), idsOfCSV},
	}, coldOthers(dir, "months")...)
	fmt.Printf("a process over %d companies of 300 kept month-ends: median of %d starts, times assay's, peak of memory\n", coldCompanies, monthsStarts)
	return starts(months, monthsStarts)
}

// starts starts processes so often, in turn, and prints what they took.
func starts(processes []process, times int) error {
	took, spent, mb := map[string][]time.Duration{}, map[string][]time.Duration{}, map[string]float64{}
	r := results{}
	resetPeak() // a process begins with the peak of the one that starts it
	for i := range times + 1 {
		for _, p := range processes {
			cmd := exec.Command(p.args[0], p.args[1:]...)
			cmd.Stderr = os.Stderr
			start := time.Now()
			text, err := cmd.Output()
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			if i == 0 { // the first start is not counted: it keeps the columns
				var o outcome
				if p.list != nil {
					if o.List, err = p.list(text); err != nil {
						return fmt.Errorf("%s: %w", p.name, err)
					}
				}
				r[p.name] = map[string]outcome{"cold": o}
				continue
			}
			took[p.name] = append(took[p.name], time.Since(start))
			spent[p.name] = append(spent[p.name], cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
			if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
				mb[p.name] = max(mb[p.name], float64(usage.Maxrss)/1024)
			}
		}
	}
	for name := range r {
		o := r[name]["cold"]
		o.MS, o.MB = median(took[name]), mb[name]
		r[name]["cold"], r[name]["cpu"] = o, outcome{MS: median(spent[name]), MB: mb[name]}
	}
	r.print([]string{"cold", "cpu"}, []string{"start to end", "of it processors"})
	delete(r, "assay, empty run")
	defer fmt.Println()
	return r.agree()
}

// coldData builds assay, lets it invent and ingest companies, and writes what the
// others read. It returns the command of assay with its database.
func coldData(dir string) (command []string, err error) {
	program, made := filepath.Join(dir, "assay"), filepath.Join(dir, "made")
	build := exec.Command("go", "build", "-o", program, "./cmd/assay")
	build.Dir = ".."
	if text, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build assay: %w\n%s", err, text)
	}
	for name, text := range map[string]string{"cold.yaml": coldScreen, "all.yaml": coldAll, "none.yaml": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	// A configuration of the user's is not to matter.
	command = []string{program, "--db", filepath.Join(dir, "cold.db"), "--config", filepath.Join(dir, "none.yaml")}
	do := func(args ...string) ([]byte, error) {
		cmd := exec.Command(program, append(slices.Clone(command[1:]), args...)...)
		cmd.Stderr = os.Stderr
		text, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("assay %s: %w", strings.Join(args[:2], " "), err)
		}
		return text, nil
	}
	for _, args := range [][]string{
		{"sample", "--companies", strconv.Itoa(coldCompanies), "--years", strconv.Itoa(coldYears), "--notes=false", "--dir", made, "--quiet"},
		{"ingest", "companyfacts", filepath.Join(made, "companyfacts"), "--quiet"},
		{"ingest", "securities", filepath.Join(made, "securities.csv"), "--quiet"},
		{"ingest", "splits", filepath.Join(made, "splits.csv"), "--quiet"},
		{"ingest", "prices", filepath.Join(made, "prices.csv.gz"), "--basis", "raw", "--quiet"},
	} {
		if _, err := do(args...); err != nil {
			return nil, err
		}
	}
	// What the others read is what assay shows of all companies, date by date. To list
	// the dates keeps what they show.
	lists, err := do("run", filepath.Join(dir, "cold.yaml"), "--from", monthsFrom, "--as-of", coldDate, "--format", "json", "--quiet")
	if err != nil {
		return nil, err
	}
	var panel struct {
		Dates []struct {
			AsOf string `json:"as_of"`
		} `json:"dates"`
	}
	if err := json.Unmarshal(lists, &panel); err != nil {
		return nil, err
	}
	months, err := os.Create(filepath.Join(dir, "months.csv"))
	if err != nil {
		return nil, err
	}
	for i, date := range panel.Dates {
		all, err := do("run", filepath.Join(dir, "all.yaml"), "--as-of", date.AsOf, "--format", "csv", "--quiet")
		if err != nil {
			return nil, err
		}
		if err := writeColumns(months, i, all); err != nil {
			return nil, err
		}
		if date.AsOf == coldDate {
			var one bytes.Buffer
			err := errors.Join(writeColumns(&one, 0, all), os.WriteFile(filepath.Join(dir, "cold.csv"), one.Bytes(), 0o644))
			if err != nil {
				return nil, err
			}
		}
	}
	return command, months.Close()
}

// writeColumns writes an export of assay's as date, id and columns; the first date has
// the head.
func writeColumns(out io.Writer, date int, export []byte) error {
	rows, err := csv.NewReader(bytes.NewReader(export)).ReadAll()
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	names := []string{"cik", "market_cap", "roic", "earnings_yield", "debt_to_equity", "current_ratio"}
	for i, row := range rows {
		cells := []string{strconv.Itoa(date)}
		for _, name := range names {
			cells = append(cells, row[slices.Index(rows[0], name)])
		}
		if i == 0 {
			cells[0], cells[1] = "date", "id"
		}
		if i == 0 && date > 0 {
			continue
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// coldOthers are the processes of the engines that are there, each with its own
// file made of what a cold job reads.
func coldOthers(dir, job string) (list []process) {
	file := filepath.Join(dir, job+".csv")
	for _, e := range theirEngines() {
		if o, err := e.ask("make", file); err != nil || o.Absent != "" {
			fmt.Printf("%s is left out: %s%v\n", e.name, o.Absent, err)
			continue
		}
		list = append(list, process{e.name, e.command(job, file).Args, func(text []byte) ([]int, error) {
			var o outcome
			err := json.Unmarshal(text, &o)
			return o.List, err
		}})
	}
	kept := filepath.Join(dir, job+".sqlite")
	make := exec.Command("sqlite3", kept, "create table t (date integer, id integer, market_cap real, roic real, earnings_yield real, debt_to_equity real, current_ratio real, primary key (date, id)) without rowid",
		".mode csv", ".import --skip 1 "+file+" t",
		"update t set market_cap = nullif(market_cap, ''), roic = nullif(roic, ''), earnings_yield = nullif(earnings_yield, ''), debt_to_equity = nullif(debt_to_equity, ''), current_ratio = nullif(current_ratio, '')")
	if err := make.Run(); err != nil {
		fmt.Printf("SQLite is left out: %v\n", err)
		return list
	}
	return append(list, process{"SQLite", []string{"sqlite3", kept, ".read " + job + ".sql"}, func(text []byte) (ids []int, err error) {
		for _, word := range strings.Fields(string(text)) {
			id, wrong := strconv.Atoi(word)
			ids, err = append(ids, id), errors.Join(err, wrong)
		}
		return ids, err
	}})
}

// idsOfCSV reads the company numbers of assay's own list.
func idsOfCSV(text []byte) (ids []int, err error) {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	at := slices.Index(rows[0], "cik")
	for _, row := range rows[1:] {
		id, wrong := strconv.Atoi(row[at])
		ids, err = append(ids, id), errors.Join(err, wrong)
	}
	return ids, err
}
