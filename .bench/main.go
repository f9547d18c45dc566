// Command assaybench runs the same screens through assay and through what people
// use otherwise, over the same invented companies, each engine in a process of its
// own. All must give the same lists. It prints the median time of each and its peak
// of memory, and how many times assay's they are.
//
// There are three sorts of jobs: warm screens over a market in memory (warm.go),
// the same screen over 300 month-ends (dates.go), and a process that starts, screens
// a kept date and ends (cold.go).
package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
)

// spend is for how long each job is repeated.
const spend = time.Second

// outcome is what an engine made of a job.
type outcome struct {
	MS     float64 `json:"ms"`
	MB     float64 `json:"mb"`    // the most that was resident while it ran
	Added  float64 `json:"added"` // that, less what was resident before: the data
	List   []int   `json:"list"`
	Absent string  `json:"absent"`
}

// results are outcomes by engine and job.
type results map[string]map[string]outcome

func main() {
	if len(os.Args) > 1 && os.Args[1] == "child" {
		if err := child(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) (err error) {
	if len(args) == 0 {
		args = []string{"10000", "dates", "cold"}
	}
	dir, err := os.MkdirTemp("", "assaybench")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	// A process begins with the peak of memory of the one that starts it, so the cold
	// ones come before those that make data.
	args = slices.Clone(args)
	slices.SortStableFunc(args, func(a, b string) int { return cmp.Compare(flag(b == "cold"), flag(a == "cold")) })
	for _, arg := range args {
		n, notNumber := strconv.Atoi(arg)
		switch {
		case arg == "dates":
			err = compareDates(dir)
		case arg == "cold":
			err = compareCold(dir)
		case notNumber != nil || n < 100:
			err = fmt.Errorf("it is no number of companies from 100 up, nor dates, nor cold")
		default:
			err = compareWarm(dir, n)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", arg, err)
		}
	}
	return nil
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// engine is one that takes part: with the name of its file of data, the command
// that does a job and prints the outcome.
type engine struct {
	name    string
	command func(job, file string) *exec.Cmd
}

// ourEngine is one of this program: it makes the market itself.
func ourEngine(name string, rows int) engine {
	return engine{name, func(job, _ string) *exec.Cmd {
		return exec.Command(must(os.Executable()), "child", name, job, strconv.Itoa(rows))
	}}
}

func must(path string, err error) string {
	if err != nil {
		panic(err) // the program does not find itself
	}
	return path
}

// theirEngines are those of node and python.
func theirEngines() []engine {
	by := func(name string, words ...string) engine {
		return engine{name, func(job, file string) *exec.Cmd {
			args := append(slices.Clone(words[1:]), name, job, file, strconv.Itoa(int(spend.Milliseconds())))
			return exec.Command(words[0], args...)
		}}
	}
	return []engine{by("polars", "node", "engines.mjs"), by("DuckDB", "node", "engines.mjs"), by("pandas", python(), "engines.py")}
}

// python is the first that has pandas; Debian's is not always the first of the path.
func python() string {
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import pandas").Run() == nil {
			return name
		}
	}
	return "python3"
}

// ask lets an engine do a job. One that is not there says so.
func (e engine) ask(job, file string) (o outcome, err error) {
	cmd := e.command(job, file)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return outcome{Absent: filepath.Base(cmd.Path) + " is not installed"}, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &o)
	}
	if err != nil {
		return o, fmt.Errorf("%s, %s: %w", e.name, job, err)
	}
	return o, nil
}

// gather lets engines do jobs, one at a time, and tells who is left out.
func gather(engines []engine, jobs []string, file string, can func(engine, job string) bool) (results, error) {
	all := results{}
	for _, e := range engines {
		for _, job := range jobs {
			if !can(e.name, job) {
				continue
			}
			o, err := e.ask(job, file)
			if err != nil {
				return nil, err
			}
			if o.Absent != "" {
				fmt.Printf("%s is left out: %s\n", e.name, o.Absent)
				break
			}
			if all[e.name] == nil {
				all[e.name] = map[string]outcome{}
			}
			all[e.name][job] = o
		}
	}
	return all, nil
}

// print prints a table: a line for each engine, for each job its time, how many
// times assay's that is, the memory that held the data, and what the job added.
func (r results) print(jobs, heads []string) {
	fmt.Printf("\n%-18s", "")
	for _, head := range heads {
		fmt.Printf("%36s", head)
	}
	fmt.Println()
	names := slices.SortedFunc(maps.Keys(r), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.order(a, jobs[0]), r.order(b, jobs[0])), strings.Compare(a, b))
	})
	for _, name := range names {
		fmt.Printf("%-18s", name)
		for _, job := range jobs {
			cell := "-"
			if o, ok := r[name][job]; ok {
				cell = fmt.Sprintf("%.3f ms %6.1fx %5.0f MB +%.0f", o.MS, o.MS/r["assay"][job].MS, o.MB-o.Added, o.Added)
			}
			fmt.Printf("%36s", cell)
		}
		fmt.Println()
	}
	fmt.Println()
}

// order is by how long the first job takes, assay before all.
func (r results) order(name, job string) float64 {
	o, ok := r[name][job]
	switch {
	case name == "assay":
		return -1
	case !ok:
		return math.Inf(1)
	}
	return o.MS
}

// agree wants the same list, or count, of every engine.
func (r results) agree() error {
	var wrong []string
	for name, jobs := range r {
		for job, o := range jobs {
			if want := r["assay"][job].List; !slices.Equal(o.List, want) {
				i := 0
				for i < min(len(want), len(o.List)) && want[i] == o.List[i] {
					i++
				}
				wrong = append(wrong, fmt.Sprintf("%s, %s: %d of %d, other than assay's from place %d on", name, job, len(o.List), len(want), i+1))
			}
		}
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return fmt.Errorf("lists differ:\n%s", strings.Join(wrong, "\n"))
	}
	fmt.Println("all lists are the same")
	return nil
}

// timed repeats a job, each time after something that is not timed, and returns its
// median and the peak of memory. A job that takes long is done once.
func timed(before func(), job func() ([]int, error)) (o outcome, err error) {
	var took []time.Duration
	resident := resetPeak()
	for end := time.Now().Add(spend); len(took) < 3 || time.Now().Before(end); {
		if before != nil {
			before()
		}
		start := time.Now()
		if o.List, err = job(); err != nil {
			return o, err
		}
		took = append(took, time.Since(start))
		if took[0] > 5*spend {
			break
		}
	}
	o.MS, o.MB = median(took), peak()
	o.Added = max(0, o.MB-resident)
	return o, nil
}

// median is in milliseconds.
func median(took []time.Duration) float64 {
	slices.Sort(took)
	return float64(took[len(took)/2].Nanoseconds()) / 1e6
}

// resetPeak forgets how much memory was resident up to now, for what a market took
// to be read is not the job's, and returns how much is.
func resetPeak() float64 {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
	return peak()
}

// peak is the most memory that was resident since, in megabytes; 0 where the
// system does not tell.
func peak() float64 {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}
