package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/expr-lang/expr"

	"assay/fundamentals/metric"
)

const workedFolder = "../../fundamentals/metric/worked"

// TestWorkedExamples holds each worked example against the program, its facts
// against the filings, and its arithmetic against another evaluator.
func TestWorkedExamples(t *testing.T) {
	data := filepath.FromSlash("../../../shared/data")
	if _, err := os.Stat(data); err != nil {
		t.Skipf("real data is absent: %v", err)
	}
	db := filepath.Join(t.TempDir(), "assay.db")
	ingest := func(args ...string) {
		t.Helper()
		args = append([]string{"ingest"}, args...)
		if status, _, told := call(t.Context(), append(args, "--db", db, "--quiet")...); status != exitOK {
			t.Fatalf("%s: %s", args, told)
		}
	}
	ingest("securities", filepath.Join(data, "tickers", "sic.csv"))
	ingest("prices", filepath.Join(data, "prices", "daily_2022-01_2024-03-08.csv.gz"), "--basis", "split-adjusted", "--basis-date", "2024-03-08")
	companies := map[string]*filedFacts{}
	for _, name := range metric.WorkedNames() {
		text, _ := metric.Worked(name)
		ticker, asOf := workedHeader(t, name, text)
		if companies[ticker] == nil {
			companies[ticker] = readFiled(t, data, ticker)
			ingest("companyfacts", companies[ticker].path)
		}
		status, got, told := call(t.Context(), "facts", ticker, name, "--as-of", asOf, "--db", db, "--quiet")
		if status != exitOK {
			t.Errorf("%s: %s", name, told)
			continue
		}
		if *update {
			if err := os.WriteFile(filepath.Join(workedFolder, name+".txt"), []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		} else if got != text {
			t.Errorf("%s: the program says\n%s\nthe example\n%s", name, got, text)
		}
		checkWorked(t, name, got, companies[ticker])
	}
}

var workedFirst = regexp.MustCompile(`^(\S+) .*as of (\d{4}-\d{2}-\d{2})`)

func workedHeader(t *testing.T, name, text string) (ticker, asOf string) {
	t.Helper()
	m := workedFirst.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("%s: the first line is no company and date", name)
	}
	return m[1], m[2]
}

// filedFacts are what a companyfacts file states: tag, period, value, accession.
type filedFacts struct {
	path   string
	stated map[string]bool
}

func readFiled(t *testing.T, data, ticker string) *filedFacts {
	t.Helper()
	list, err := os.ReadFile(filepath.Join(data, "tickers", "sic.csv"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^(\d+),` + regexp.QuoteMeta(ticker) + `,`).FindSubmatch(list)
	if m == nil {
		t.Fatalf("no company %s", ticker)
	}
	cik, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	f := &filedFacts{path: filepath.Join(data, "companyfacts", fmt.Sprintf("CIK%010d.json.gz", cik)), stated: map[string]bool{}}
	file, err := os.Open(f.path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Facts map[string]map[string]struct {
			Units map[string][]struct {
				Start, End, Accn string
				Val              float64
			}
		}
	}
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	for taxonomy, tags := range all.Facts {
		for name, tag := range tags {
			for _, unit := range tag.Units {
				for _, s := range unit {
					f.stated[factKey(taxonomy+":"+name, s.End, s.Val, s.Accn)] = true
				}
			}
		}
	}
	return f
}

func factKey(tag, end string, value float64, accession string) string {
	return fmt.Sprintln(tag, end, value, accession)
}

var (
	workedStep = regexp.MustCompile(`^\S+(?: .*?)? = (.+) = (\S+)$`)
	workedFact = regexp.MustCompile(`^\S+ (?:at |\S+ to )(\S+): (\S+)  (\S+:\S+) (\d{10}-\d\d-\d{6})$`)
)

// checkWorked looks each fact up and reckons each step anew.
func checkWorked(t *testing.T, name, text string, filed *filedFacts) {
	t.Helper()
	steps := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := workedFact.FindStringSubmatch(line); m != nil {
			value, err := strconv.ParseFloat(m[2], 64)
			if err != nil || !filed.stated[factKey(m[3], m[1], value, m[4])] && !strings.HasPrefix(m[3], "dei:") {
				t.Errorf("%s: no filing states %s", name, line)
			}
		} else if m := workedStep.FindStringSubmatch(line); m != nil {
			steps++
			got, err := expr.Eval(strings.ReplaceAll(m[1], "count(", "number("), workedFunctions)
			want, wrong := strconv.ParseFloat(m[2], 64)
			if err != nil || wrong != nil {
				t.Errorf("%s: %s: %v %v", name, line, err, wrong)
			} else if f := asFloat(got); math.Abs(f-want) > 1e-9*math.Max(1, math.Abs(want)) {
				t.Errorf("%s: %s: it is %v", name, line, f)
			}
		}
	}
	if steps == 0 {
		t.Errorf("%s: the example has no step", name)
	}
}

func asFloat(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	}
	return math.NaN()
}

// workedFunctions reckon the functions of the rule language in the plainest way.
var workedFunctions = map[string]any{
	"avg":    func(x ...any) float64 { return sumOf(x) / float64(len(x)) },
	"sum":    func(x ...any) float64 { return sumOf(x) },
	"sqrt":   func(x any) float64 { return math.Sqrt(asFloat(x)) },
	"log":    func(x any) float64 { return math.Log(asFloat(x)) },
	"exp":    func(x any) float64 { return math.Exp(asFloat(x)) },
	"clamp":  func(x, low, high any) float64 { return math.Max(asFloat(low), math.Min(asFloat(high), asFloat(x))) },
	"change": func(now, then any) float64 { return asFloat(now) - asFloat(then) },
	"growth": func(now, then, years any) float64 {
		return math.Pow(asFloat(now)/asFloat(then), 1/asFloat(years)) - 1
	},
	"min": func(x ...any) float64 {
		least := math.Inf(1)
		for _, v := range x {
			least = math.Min(least, asFloat(v))
		}
		return least
	},
	"known": func(x any) bool { return true },
	"streak": func(x ...any) (n int) {
		for _, v := range x {
			if v != true {
				break
			}
			n++
		}
		return n
	},
	"stddev": func(x ...any) float64 {
		mean, squares := sumOf(x)/float64(len(x)), 0.0
		for _, v := range x {
			squares += (asFloat(v) - mean) * (asFloat(v) - mean)
		}
		return math.Sqrt(squares / float64(len(x)-1))
	},
	"number": func(x ...any) (n int) { // count is a word of expr's own
		for _, v := range x {
			if v == true {
				n++
			}
		}
		return n
	},
}

func sumOf(x []any) (sum float64) {
	for _, v := range x {
		sum += asFloat(v)
	}
	return sum
}
