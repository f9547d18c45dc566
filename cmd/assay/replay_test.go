package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"assay/screener"
)

// lab is a database of the sample that a test may change.
type lab struct {
	t   *testing.T
	dir string
	db  string
}

func newLab(t *testing.T) *lab {
	l := &lab{t: t, dir: t.TempDir()}
	l.db = filepath.Join(l.dir, "assay.db")
	if status, _, told := call(t.Context(), "demo", "--keep", l.dir, "--quiet"); status != exitOK {
		t.Fatal(told)
	}
	return l
}

// do runs the program and returns what it printed.
func (l *lab) do(args ...string) string {
	l.t.Helper()
	status, stdout, stderr := call(l.t.Context(), append(args, "--db", l.db)...)
	if status != exitOK {
		l.t.Fatalf("%v: status %d\n%s", args, status, stderr)
	}
	return stdout
}

// fails runs the program and returns what it said of its failure.
func (l *lab) fails(args ...string) string {
	l.t.Helper()
	status, _, stderr := call(l.t.Context(), append(args, "--db", l.db)...)
	if status != exitFailed {
		l.t.Fatalf("%v: status %d\n%s", args, status, stderr)
	}
	return stderr
}

func (l *lab) write(name, text string) string {
	l.t.Helper()
	path := filepath.Join(l.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		l.t.Fatal(err)
	}
	return path
}

// sql changes the database behind the program's back.
func (l *lab) sql(statements ...string) {
	l.t.Helper()
	db, err := sql.Open("sqlite3", l.db)
	if err != nil {
		l.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, s := range statements {
		if _, err := db.ExecContext(l.t.Context(), s); err != nil {
			l.t.Fatalf("%s: %v", s, err)
		}
	}
}

// later ingests what comes in a year: restatements filed before the days of the
// runs, a new company, other prices of days past, a split, a column of one's own.
func (l *lab) later() {
	l.t.Helper()
	l.do("ingest", "companyfacts", l.restated("CIK9900000008.json", 9900000008, "OperatingIncomeLoss", 0.4), "--quiet")
	l.do("ingest", "companyfacts", l.restated("CIK9900000009.json", 9900000009, "CashAndCashEquivalentsAtCarryingValue", 0.1), "--quiet")
	l.do("ingest", "companyfacts", l.restated("CIK9900000001.json", 9900000999, "Assets", 1), "--quiet")
	l.do("ingest", "securities", l.write("new.csv", "cik,ticker,name,exchange,sic,type,from,to\n9900000999,NEWONE,New One (sample),NYSE,3825,common,2012-01-03,\n"), "--quiet")
	l.do("ingest", "prices", l.write("other.csv", "Ticker,Date,Close,Volume\nBELLTO,2026-03-31,3.5,900000\nNEWONE,2026-03-31,35,900000\nNEWONE,2026-06-30,36,900000\n"), "--basis", "raw", "--quiet")
	l.do("ingest", "splits", l.write("split.csv", "ticker,date,ratio\nPENNYW,2026-02-02,3\n"), "--quiet")
	l.do("ingest", "columns", l.write("own.csv", "ticker,known_on,rating [plain]\nBELLTO,2026-01-02,4\n"), "--quiet")
}

// restated writes the facts of a company with one item told otherwise by an
// amendment of 2026-03-02, under a company number.
func (l *lab) restated(from string, cik int, item string, factor float64) string {
	l.t.Helper()
	text, err := os.ReadFile(filepath.Join(l.dir, "companyfacts", from))
	if err != nil {
		l.t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		l.t.Fatal(err)
	}
	doc["cik"] = cik
	usd := doc["facts"].(map[string]any)["us-gaap"].(map[string]any)[item].(map[string]any)["units"].(map[string]any)
	for _, f := range usd["USD"].([]any) {
		old := f.(map[string]any)
		if old["end"].(string) < "2024-12-01" || old["filed"].(string) > "2026-03-01" {
			continue
		}
		again := map[string]any{}
		for k, v := range old {
			again[k] = v
		}
		again["val"], again["accn"], again["form"], again["filed"] = old["val"].(float64)*factor, "9900000001-26-000999", "10-K/A", "2026-03-02"
		usd["USD"] = append(usd["USD"].([]any), again)
	}
	text, err = json.Marshal(doc)
	if err != nil {
		l.t.Fatal(err)
	}
	return l.write("restated-"+item+".json", string(text))
}

const bandedScreen = `screen: banded
about: Small and cheap, with bands.
universe: security_type == "common" and price >= 1
pass:
  small: market_cap >= 300M and market_cap <= 1.5B
  returns: roic >= 15%
missing:
  returns: fail
keep:
  small: market_cap >= 200M and market_cap <= 2B
  returns: roic >= 10%
min_stay: 60d
rank:
  by: percentile(roic) + percentile(earnings_yield)
  limit: 6
columns:
  - market_cap
  - roic
`

// TestLawReplay holds that every run gives the same bytes after later ingests, in
// every format, with its bands too.
func TestLawReplay(t *testing.T) {
	l := newLab(t)
	banded := l.write("banded.yaml", bandedScreen)
	days := []string{"2025-06-30", "2025-12-31", "2026-03-31", "2026-06-30"}
	then := map[string]map[string]string{} // by run, then format
	for _, screen := range []string{"quality-small-cap", "cash-rich-value", banded} {
		for _, day := range days {
			var name string
			texts := map[string]string{}
			for _, format := range resultFormats() {
				texts[format] = l.do("run", screen, "--as-of", day, "--format", format)
				if format == "json" {
					var r screener.Result
					if err := json.Unmarshal([]byte(texts[format]), &struct {
						Run *string `json:"run"`
					}{&r.Run}); err != nil {
						t.Fatal(err)
					}
					name = r.Run
				}
			}
			then[name] = texts
		}
	}
	l.later()
	l.sql(`DELETE FROM snapshot_column`, `DELETE FROM snapshot`, `DELETE FROM pack`) // nothing that was kept of the columns then
	for name, texts := range then {
		for format, want := range texts {
			if got := l.do("replay", name, "--format", format); got != want {
				t.Errorf("run %s as %s: got\n%s\nwant\n%s", name, format, got, want)
			}
		}
	}
	if len(then) != 12 || !strings.Contains(l.do("diff", "3", "quality-small-cap@2025-12-31"), "late data") {
		t.Errorf("%d runs, or the later data are none", len(then))
	}
}

// TestReplayOfWhatIsGone holds the words about what no longer exists.
func TestReplayOfWhatIsGone(t *testing.T) {
	l := newLab(t)
	l.do("run", "cash-rich-value", "--as-of", "2026-06-30")
	if got, want := l.fails("replay", "7"), "assay: run 7: no such run is kept\n  \"assay runs\" lists those in "+l.db+"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	l.sql(`UPDATE batch SET sum_a = sum_a + 1 WHERE id = 2`)
	got := l.fails("replay", "last")
	if !strings.Contains(got, " cannot be made again: the data ") || !strings.Contains(got, "what the database has up to there is something else") {
		t.Errorf("other data: got %q", got)
	}
	l.sql(`UPDATE batch SET sum_a = sum_a - 1 WHERE id = 2`,
		`UPDATE run_catalogue SET definitions = replace(definitions, '"name":"net_cash","text":"', '"name":"net_cash","text":"2 * '), name = 'old'`, `UPDATE run SET catalogue = 'old'`)
	got = l.fails("replay", "last")
	for _, want := range []string{"it was made by program 1 with catalogue old, and this is program 1 with ", "\n  read otherwise now: net_cash\n", "\n  of these decide this screen: net_cash\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("another catalogue: got %q, which lacks %q", got, want)
		}
	}
	if !bytes.Contains([]byte(l.do("diff", "last", "cash-rich-value@2026-06-30")), []byte("0 entered, 0 left, 0 moved")) {
		t.Error("the definition of net_cash did not change the list, and diff says so")
	}
}
