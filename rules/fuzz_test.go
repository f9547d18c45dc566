package rules_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"assay/rules"
	"assay/rules/funcs"
	"assay/rules/rulestest"
)

// FuzzCompile: no text makes Compile panic, spans lie within the text, mistakes
// are few and worded, and what compiles evaluates to sound values, traced too.
// Its seeds are the examples of all functions, every expression of the scripts,
// and the corpus in testdata/fuzz.
func FuzzCompile(f *testing.F) {
	for _, fn := range funcs.All() {
		f.Add(fn.Example)
	}
	paths, err := filepath.Glob("testdata/*.test")
	if err != nil || len(paths) == 0 {
		f.Fatalf("scripts: %v, %v", paths, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if verb, expr, ok := strings.Cut(strings.TrimSpace(line), " "); ok && (verb == "eval" || verb == "error") && line[0] == 'e' {
				f.Add(expr)
			}
		}
	}
	table := extremes()
	s := scope(table)
	s.Lets["margin"], s.Lets["broken"] = compile(f, s, "net_income / revenue"), nil
	f.Fuzz(func(t *testing.T, text string) {
		p, errs := s.Compile(text)
		if (p == nil) == (errs == nil) || len(errs) > 100 {
			t.Fatalf("%q: program %v, errors %v", text, p, errs)
		}
		for _, e := range errs {
			if e.From < 0 || e.To < e.From || e.To > len(text) || e.Msg == "" || e.Code == "" || len(e.Msg)+len(e.Hint) > 4096 {
				t.Fatalf("%q: error %+v", text, *e)
			}
		}
		if p == nil || len(text) > 300 {
			return
		}
		ev := rules.NewEvaluation(table)
		sound(t, text, eval(t, ev, p))
		sound(t, text, eval(t, ev.WithPeers([]bool{true, false, true, false, true}), p))
		if _, err := ev.Trace(context.Background(), p, 1, rules.At{Lag: 4}); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

// extremes is the catalogue with the shorter names of the scripts beside it, and
// numbers at the edges of what can be held.
func extremes() *rulestest.Table {
	t := catalogue(5)
	edges := []float64{0, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, -1}
	for name, unit := range map[string]rules.Unit{
		"x": rules.UnitPlain, "y": rules.UnitPlain, "z": rules.UnitPlain, "f": rules.UnitFraction, "m": rules.UnitMoney, "pe": rules.UnitMultiple,
		"price": rules.UnitPrice, "shares": rules.UnitShares, "age": rules.UnitDays, "n": rules.UnitCount,
	} {
		number(t, name, unit, 9, func(row, lag int) (float64, bool) { return edges[(row+lag)%5], (row+lag)%7 != 3 })
	}
	for _, name := range []string{"a", "b", "c", "good"} {
		v := rules.Missing(rules.Bool, 5, rules.Stale)
		v.F[0], v.Why[0], v.Why[1] = 1, rules.Known, rules.Known
		t.Add(rules.Column{Name: name, Kind: rules.Bool}).Planes[rules.At{}] = v
	}
	for _, name := range []string{"name", "tag"} {
		t.Add(rules.Column{Name: name, Kind: rules.Text}).Planes[rules.At{}] = rules.Texts([]string{"Bell", "", "a", "\xff", "été"}, rules.NotReported)
	}
	for _, name := range []string{"ended", "filed"} {
		t.Add(rules.Column{Name: name, Kind: rules.Date}).Planes[rules.At{}] = &rules.Vector{Kind: rules.Date, F: []float64{0, -719162, 2932896, 19790, 19790}}
	}
	return t
}
