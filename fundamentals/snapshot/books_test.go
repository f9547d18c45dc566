package snapshot_test

import (
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
)

// Every check opens databases: fewer checks than rapid's hundred, unless the
// command line says how many.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "12"); err != nil {
		panic(err)
	}
	flag.Parse()
	os.Exit(m.Run())
}

// tester is what *testing.T and *rapid.T have in common.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// newDB opens an empty database in a folder of the test.
func newDB(t testing.TB, rt tester) *store.DB {
	rt.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "assay.db"))
	if err != nil {
		rt.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// take stores chunks of rows, each as a file of its own.
func take(t testing.TB, rt tester, db *store.DB, chunks ...fundamentals.Rows) {
	rt.Helper()
	for _, chunk := range chunks {
		batch, err := db.StartBatch(t.Context(), "test", "", "2026-01-01T00:00:00Z")
		if err != nil {
			rt.Fatal(err)
		}
		rows := iter.Seq2[*fundamentals.Rows, error](func(yield func(*fundamentals.Rows, error) bool) { yield(&chunk, nil) })
		file := fundamentals.SourceFile{Kind: "test", Name: "test", Digest: fmt.Sprint(batch)}
		if _, err := db.Take(t.Context(), batch, file, rows, func() bool { return true }); err != nil {
			rt.Fatal(err)
		}
	}
}

// day numbers the days of the invented past: 0 is 2020-01-01.
const epoch = 18262

var firstDay = fundamentals.Date(epoch)

// invent writes a company that files every quarter for some years from 2020 on:
// amounts at random, now and then an item left out, a figure restated, a split.
func invent(r *rand.Rand, cik fundamentals.CIK, quarters int) []fundamentals.Rows {
	ticker := fmt.Sprintf("T%d", cik)
	sics := []int{3825, 6022, 2834, 6798}
	out := []fundamentals.Rows{{
		Companies:  []fundamentals.Company{{CIK: cik, Name: ticker + " Inc"}},
		Securities: []fundamentals.Security{{Ticker: ticker, CIK: cik, Name: ticker, SIC: sics[r.IntN(len(sics))]}},
	}}
	amounts := map[string][]float64{}
	for q := range quarters {
		end := fundamentals.NewDate(2020, 1, 1).AddMonths(3*(q+1)) - 1
		form, filed := "10-Q", end+fundamentals.Date(25+r.IntN(20))
		if q%4 == 3 {
			form = "10-K"
		}
		rows := fundamentals.Rows{Company: cik}
		state := func(tag, unit string, start, end fundamentals.Date, value float64) {
			if r.IntN(25) == 0 {
				return
			}
			rows.Facts = append(rows.Facts, fundamentals.Fact{
				Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: tag}, Unit: unit, Start: start, End: end, Value: value,
				Accession: fmt.Sprintf("%010d-%02d-%06d", cik, q, q), Form: form, Filed: filed,
			})
		}
		total := float64(500 + r.IntN(1000))
		state("Assets", "USD", 0, end, total)
		state("LiabilitiesAndStockholdersEquity", "USD", 0, end, total)
		state("StockholdersEquity", "USD", 0, end, total*(r.Float64()*1.2-0.2))
		state("CashAndCashEquivalentsAtCarryingValue", "USD", 0, end, total*r.Float64()/2)
		state("LongTermDebtNoncurrent", "USD", 0, end, total*r.Float64()/3)
		state("CommonStockSharesOutstanding", "shares", 0, end, float64(1_000_000+r.IntN(100_000)))
		if r.IntN(3) > 0 {
			rows.Facts = append(rows.Facts, fundamentals.Fact{
				Tag: fundamentals.Tag{Taxonomy: "dei", Name: "EntityCommonStockSharesOutstanding"}, Unit: "shares", End: filed - 9,
				Value: float64(1_000_000 + r.IntN(100_000)), Accession: fmt.Sprintf("%010d-%02d-%06d", cik, q, q), Form: form, Filed: filed,
			})
		}
		year := fundamentals.NewDate(2020+q/4, 1, 1)
		for _, tag := range []string{"Revenues", "NetIncomeLoss", "OperatingIncomeLoss", "NetCashProvidedByUsedInOperatingActivities"} {
			sum := float64(r.IntN(400) - 100)
			if q%4 > 0 {
				sum += amounts[tag][q-1]
			}
			amounts[tag] = append(amounts[tag], sum)
			state(tag, "USD", year, end, sum)
			if q >= 4 { // the year before, now and then restated
				ago := amounts[tag][q-4]
				if r.IntN(6) == 0 {
					ago *= 1.1
				}
				state(tag, "USD", year.AddYears(-1), end.AddMonths(-12), ago)
			}
		}
		out = append(out, rows)
	}
	prices := fundamentals.Prices{Series: fundamentals.Series{Ticker: ticker}}
	for d := range fundamentals.Date(quarters * 91) {
		if r.IntN(4) > 0 {
			prices.Bars = append(prices.Bars, fundamentals.Bar{Day: firstDay + d, Close: 5 + r.Float64(), High: 6 + r.Float64(), Low: 4 + r.Float64(), Volume: 1000, HasVolume: true})
		}
	}
	split := fundamentals.Split{Ticker: ticker, Date: firstDay + fundamentals.Date(r.IntN(quarters*91)), Ratio: 2}
	out[0].PastNames = conduct(r, cik, quarters*91, sics, &out)
	return append(out, fundamentals.Rows{Prices: []fundamentals.Prices{prices}}, fundamentals.Rows{Splits: []fundamentals.Split{split}})
}

// before keeps of the rows what is known on a day.
func before(rows []fundamentals.Rows, asOf fundamentals.Date) (out []fundamentals.Rows) {
	for _, in := range rows {
		kept := in
		kept.Facts, kept.Prices, kept.Splits = nil, nil, nil
		keepRegistrant(&kept, in, rows, asOf)
		for _, f := range in.Facts {
			if f.Filed+1 <= asOf {
				kept.Facts = append(kept.Facts, f)
			}
		}
		for _, p := range in.Prices {
			series := fundamentals.Prices{Series: p.Series}
			for _, bar := range p.Bars {
				if bar.Day <= asOf {
					series.Bars = append(series.Bars, bar)
				}
			}
			kept.Prices = append(kept.Prices, series)
		}
		for _, s := range in.Splits {
			if s.Date <= asOf {
				kept.Splits = append(kept.Splits, s)
			}
		}
		out = append(out, kept)
	}
	return out
}

// planes are what the laws compare, at the anchor and in history: all inputs and,
// of the hundreds of formulas over them, every share-th from a place drawn.
func planes(rt *rapid.T) (refs []rules.Ref) {
	const share = 20
	first := rapid.IntRange(0, share-1).Draw(rt, "first formula")
	var names []string
	for _, in := range metric.Inputs() {
		names = append(names, in.Name)
	}
	for i, m := range metric.All() {
		if i%share == first {
			names = append(names, m.Name)
		}
	}
	for _, name := range names {
		for _, at := range []rules.At{{}, {Lag: 4}, {Lag: 1}, {Basis: rules.Annual}, {Basis: rules.Quarterly}} {
			refs = append(refs, rules.Ref{Name: name, At: at})
		}
	}
	return refs
}

func open(t testing.TB, rt tester, db *store.DB, asOf fundamentals.Date) *snapshot.Table {
	rt.Helper()
	table, err := snapshot.Open(t.Context(), db, asOf, snapshot.Options{})
	if err != nil {
		rt.Fatal(err)
	}
	return table
}

// same fails where two tables differ in a plane.
func same(t *testing.T, rt *rapid.T, a, b *snapshot.Table, refs []rules.Ref, what string) {
	rt.Helper()
	if a.Rows() != b.Rows() {
		rt.Fatalf("%s: %d rows and %d", what, a.Rows(), b.Rows())
	}
	for _, ref := range refs {
		x, err1 := a.Column(t.Context(), ref.Name, ref.At)
		y, err2 := b.Column(t.Context(), ref.Name, ref.At)
		if err1 != nil || err2 != nil {
			rt.Fatalf("%s: %v, %v", ref.Name, err1, err2)
		}
		for row := range a.Rows() {
			if x.Reason(row) != y.Reason(row) || x.Kind == rules.Text && x.Text(row) != y.Text(row) ||
				x.Kind != rules.Text && x.F[row] != y.F[row] {
				if x.Kind == rules.Text {
					rt.Fatalf("%s: %s of %s: %q and %q", what, ref.Name, a.Ticker(row), x.Text(row), y.Text(row))
				}
				rt.Fatalf("%s: %s at %v of %s: %v and %v", what, ref.Name, ref.At, a.Ticker(row), x.Value(row), y.Value(row))
			}
		}
	}
}

func universe(rt *rapid.T) []fundamentals.Rows {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
	var all []fundamentals.Rows
	for cik := range fundamentals.CIK(3) {
		all = append(all, invent(r, cik+1, 8)...)
	}
	index := fundamentals.Prices{Series: fundamentals.Series{Ticker: "RUT"}}
	for d := range fundamentals.Date(8 * 91) {
		if r.IntN(10) > 0 {
			index.Bars = append(index.Bars, fundamentals.Bar{Day: firstDay + d, Close: 1000 + 100*r.Float64()})
		}
	}
	return append(all, fundamentals.Rows{Prices: []fundamentals.Prices{index}})
}
