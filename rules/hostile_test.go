package rules_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"assay/rules"
)

const named = "give parts of it names under let:"

// hostile are texts that try to exhaust the compiler, each with the error that
// it ends in: whole text and code, or nothing where it is merely odd.
func hostile() []struct{ name, text, want string } {
	const n = 30_000
	deep := "the expression is nested more than 2000 deep, lets included [E001]: name parts of it under let:"
	terms := "the expression has more than 10000 terms [E001]: " + named
	long := "the expression is longer than 65536 bytes [E001]: " + named
	brackets := "more than 100 brackets within brackets [E001]: " + named
	operands := strings.TrimSuffix(strings.Repeat("roe+", 10_000), "+")
	return []struct{ name, text, want string }{
		{"a megabyte", strings.Repeat("roe > 1% and ", 1<<20/13) + "true", long},
		{"long name", strings.Repeat("a", 70_000), long},
		{"brackets", strings.Repeat("(", n) + "1" + strings.Repeat(")", n), brackets},
		{"lists", strings.Repeat("[", n) + strings.Repeat("]", n), brackets},
		{"calls", strings.Repeat("abs(", n/2) + "1", brackets},
		{"minus", strings.Repeat("- ", n) + "roe", terms},
		{"bang", strings.Repeat("!", n) + "(roe > 1%)", terms},
		{"not", strings.Repeat("not ", 3000) + "(roe > 1%)", deep},
		{"sum", strings.Repeat("roe + ", 2500) + "roe", deep},
		{"ten thousand operands", operands, terms},
		{"ternary", strings.Repeat("roe > 1% ? 1 : ", 3000) + "2", terms},
		{"else if", strings.Repeat("if roe > 1% { 1 } else ", 2000) + "{ 2 }", deep},
		{"power", strings.Repeat("2^", 3000) + "2", deep},
		{"digits", strings.Repeat("9", 60_000) + " > roe", "\"" + strings.Repeat("9", 496) + "... [E007]"},
		{"underscores", "1" + strings.Repeat("_", 60_000) + " > market_cap", ""},
		{"exponent", "roe > 1e99999999999999999999", `"1e99999999999999999999" is not a number that can be held [E007]`},
		{"tiny", "roe > 1e-99999", ""},
		{"points", "roe > 1" + strings.Repeat(".1", 20_000), `an operator is missing between "1.1" and ".1" [E003]`},
		{"nul", "roe > \x00", `the language does not know the character '\x00' [E002]`},
		{"no utf-8", "roe > \xff", `the language does not know the character '�' [E002]`},
		{"pattern", `sector matches "` + strings.Repeat("(.{30}){30}", 1000) + `"`, "the pattern has more than 1000 steps, its repetitions written out [E024]: look for less, or join smaller patterns with or"},
		{"nested pattern", `sector matches "((((a{99}){99}){99}){99}){99}"`, `"((((a{99}){99}){99}){99}){99}" is not a regular expression: invalid repeat count at "{99}" [E024]`},
		{"deep pattern", `sector matches "` + strings.Repeat("(", 20_000) + strings.Repeat(")", 20_000) + `"`, `"((((((((((((((((((((((((((((((((((((... is not a regular expression: expression nests too deeply [E024]`},
	}
}

// TestHostile: they end within a second and 200 MB, whatever the machine does
// besides.
func TestHostile(t *testing.T) {
	s := scope(catalogue(1))
	for _, c := range hostile() {
		t.Run(c.name, func(t *testing.T) {
			p, errs := frugal(t, func() (*rules.Program, rules.Errors) { return s.Compile(c.text) })
			if got := errs.Error(); got != c.want && (c.want != "" || p == nil) {
				t.Errorf("got  %.400s\nwant %s", got, c.want)
			}
		})
	}
}

// frugal compiles and holds the compiler to its bounds.
func frugal(t *testing.T, compile func() (*rules.Program, rules.Errors)) (*rules.Program, rules.Errors) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	p, errs := compile()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 200 {
		t.Errorf("it took %d MB", mb)
	}
	if took > 5*time.Second { // far from a second, for a machine that does more than this
		t.Errorf("it took %v", took)
	}
	return p, errs
}

// TestManyMistakes: a text of nothing but mistakes tells a hundred of them, and
// soon.
func TestManyMistakes(t *testing.T) {
	s := scope(catalogue(1))
	for name, part := range map[string]string{
		"unknown names": "nam%d > 1 and ", "broken": "roe > > %d and ", "functions": "f%d(roe) > 1 or ", "suffixes": "roe > %dx and ",
		"commas": "avg(roe %dy) > 1%% and ", "characters": "roe > §%d and ", "brackets": "(roe > > %d) and ", "blanks": "roe roe%d ",
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for i := 0; b.Len() < 60_000; i++ {
				fmt.Fprintf(&b, part, i)
			}
			_, errs := frugal(t, func() (*rules.Program, rules.Errors) { return s.Compile(b.String() + "true") })
			if len(errs) == 0 || len(errs) > 100 {
				t.Errorf("%d mistakes", len(errs))
			}
		})
	}
}

// TestWidePast: an expression cannot ask for the whole past of everything.
func TestWidePast(t *testing.T) {
	table := catalogue(1)
	for i := range 400 {
		number(table, fmt.Sprint("m", i), rules.UnitPlain, 1, func(_, _ int) (float64, bool) { return 1, true })
	}
	var b strings.Builder
	for i := range 1200 {
		fmt.Fprintf(&b, "avg(m%d,160q)>1 or ", i%400)
	}
	_, errs := frugal(t, func() (*rules.Program, rules.Errors) { return scope(table).Compile(b.String() + "true") })
	if want := "the expression reads more than 4000 points of columns [E001]: read fewer points, or fewer columns"; errs.Error() != want {
		t.Errorf("%.300s", errs.Error())
	}
}

// TestThousandsOfTerms: the longest expression does not hold a vector per term.
func TestThousandsOfTerms(t *testing.T) {
	table := catalogue(5000)
	var b strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&b, "roe*%d+", i+2)
	}
	p := compile(t, scope(table), b.String()+"1 > 0")
	ev := rules.NewEvaluation(table)
	if _, err := ev.Eval(context.Background(), p, rules.At{}); err != nil {
		t.Fatal(err)
	}
	var kept runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&kept)
	if mb := kept.HeapAlloc >> 20; mb > 150 {
		t.Errorf("%d MB are kept", mb)
	}
	runtime.KeepAlive(ev)
}
