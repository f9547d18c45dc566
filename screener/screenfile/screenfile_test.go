package screenfile_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/rules"
	"assay/rules/funcs"
	"assay/screener"
	"assay/screener/screenfile"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// columns is a small catalogue.
type columns map[string]rules.Column

func (c columns) Column(name string) (rules.Column, bool) {
	column, ok := c[name]
	return column, ok
}

func (c columns) Names() []string { return slices.Sorted(maps.Keys(c)) }

func catalogue() columns {
	out := columns{}
	add := func(kind rules.Kind, unit rules.Unit, fixed bool, names ...string) {
		for _, name := range names {
			out[name] = rules.Column{Name: name, Kind: kind, Unit: unit, Fixed: fixed}
		}
	}
	add(rules.Text, rules.Unit{}, true, "ticker", "security_type")
	add(rules.Date, rules.Unit{}, false, "period_end")
	add(rules.Bool, rules.Unit{}, true, "reshoring")
	add(rules.Number, rules.UnitMoney, false, "market_cap", "net_cash", "total_debt", "equity", "cash_and_investments",
		"total_assets", "dollar_volume_60d", "revenue")
	add(rules.Number, rules.UnitFraction, false, "roic", "roce", "roe", "debt_to_equity", "earnings_yield")
	add(rules.Number, rules.UnitPrice, false, "price")
	add(rules.Number, rules.UnitShares, false, "shares_outstanding")
	out["sector"] = rules.Column{Name: "sector", Kind: rules.Text, Fixed: true,
		Values: []string{"Financials", "Real Estate", "Utilities", "Energy", "Technology"}}
	return out
}

func parse(file string, text []byte) (*screener.Screen, screenfile.Problems) {
	return screenfile.Parse(file, text, catalogue(), funcs.All())
}

// TestMistakes holds the whole text that users see against golden files. Every
// file under testdata/mistakes is one mistake, or several at once.
func TestMistakes(t *testing.T) {
	goldens(t, "testdata/mistakes", func(t *testing.T, path string, text []byte) string {
		screen, problems := parse("screens/"+filepath.Base(path), text)
		if screen != nil || len(problems) == 0 {
			t.Fatalf("%s: no problem was found", path)
		}
		return problems.Error() + "\n"
	})
}

// goldens runs every *.yaml of a folder, compares what comes out with the .txt
// beside it, and fails on a .txt that nothing made.
func goldens(t *testing.T, dir string, run func(t *testing.T, path string, text []byte) string) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in %s: %v", dir, err)
	}
	used := map[string]bool{}
	for _, path := range paths {
		golden := strings.TrimSuffix(path, ".yaml") + ".txt"
		used[golden] = true
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yaml"), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := run(t, path, text)
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
	stale, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stale {
		if !used[path] {
			t.Errorf("%s is used by no case", path)
		}
	}
}
