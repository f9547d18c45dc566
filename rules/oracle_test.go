package rules_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"pgregory.net/rapid"

	"assay/rules"
)

// Two oracles know what a condition ought to say: expr's own machine and SQLite.
// The machine knows no Unknown: a condition is rewritten twice for it, into
// "surely true" and "surely false", with guards for whatever could be missing.
// Neither holding is Unknown. SQLite knows NULL, and a division by zero is NULL.

// TestOracle compares the columnar evaluator with both oracles, row by row, on
// cases that shrink.
func TestOracle(t *testing.T) {
	db := newSQL(t)
	var all tally
	rapid.Check(t, func(t *rapid.T) { all.add(differ(t, drawing{t}, db)) })
	if all.decisions() < 10_000 && !t.Failed() {
		t.Errorf("only %d decisions compared", all.decisions())
	}
}

// TestDifferential is TestOracle on many more cases, from a seed. It makes
// 300,000 decisions by default; ASSAY_DECISIONS and ASSAY_SEED ask for others.
func TestDifferential(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	want, seed := environment(t, "ASSAY_DECISIONS", 300_000), environment(t, "ASSAY_SEED", 1)
	db := newSQL(t)
	dice := seeded{rand.New(rand.NewPCG(uint64(seed), 0))}
	var all tally
	for all.decisions() < want {
		all.add(differ(t, dice, db))
	}
	t.Logf("seed %d: %d decisions of SQLite, of them %d false, %d unknown, %d true; %d of the machine too",
		seed, all.decisions(), all.of[rules.False], all.of[rules.Unknown], all.of[rules.True], all.machine)
	for v, n := range all.of {
		if n < want/20 {
			t.Errorf("only %d are %s", n, rules.Verdict(v))
		}
	}
}

// tally counts what was compared.
type tally struct {
	of      [3]int // by verdict
	machine int
}

func (t *tally) add(o tally) {
	for i := range t.of {
		t.of[i] += o.of[i]
	}
	t.machine += o.machine
}

func (t *tally) decisions() int { return t.of[0] + t.of[1] + t.of[2] }

func environment(t *testing.T, name string, otherwise int) int {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// differ makes a table and conditions, compares all, and counts the decisions.
func differ(t fataler, d dice, db *sqlTable) tally {
	const rows, conditions = 25, 15
	cells := randomCells(d, rows)
	table := cells.table()
	ev, s := rules.NewEvaluation(table), scope(table)
	db.fill(t, cells)
	all := make([]condition, conditions)
	for i := range all {
		all[i] = randomCondition(d, 3)
	}
	verdicts := db.verdicts(t, all)
	envs := cells.environments()
	var done tally
	for i, c := range all {
		v := eval(t, ev, compile(t, s, c.text))
		sound(t, c.text, v)
		for row := range rows {
			if got, want := v.Verdict(row), verdicts[row][i]; got != want {
				t.Fatalf("%s on %v is %v, SQLite says %v by %s", c.text, envs[row], got, want, c.sql(here))
			}
			done.of[v.Verdict(row)]++
		}
		if c.yes == nil {
			continue // of peers, which the machine does not know
		}
		yes, no := machine(t, c.yes(0)), machine(t, c.no(0))
		for row := range rows {
			want := rules.Unknown
			switch {
			case holds(t, yes, envs[row]):
				want = rules.True
			case holds(t, no, envs[row]):
				want = rules.False
			}
			if got := v.Verdict(row); got != want {
				t.Fatalf("%s on %v is %v, the machine says %v", c.text, envs[row], got, want)
			}
			done.machine++
		}
	}
	return done
}

func machine(t fataler, text string) *vm.Program {
	p, err := expr.Compile(text, expr.Optimize(false), expr.AllowUndefinedVariables(), expr.MaxNodes(0))
	if err != nil {
		t.Fatalf("oracle: %.300s: %.300v", text, err)
	}
	return p
}

func holds(t fataler, p *vm.Program, row map[string]any) bool {
	out, err := expr.Run(p, row)
	if err != nil {
		t.Fatalf("oracle: %v", err)
	}
	return out.(bool)
}

// dice make choices: those of rapid shrink, those of a seed are quick.
type dice interface{ roll(n int) int }

type drawing struct{ t *rapid.T }

func (d drawing) roll(n int) int { return rapid.IntRange(0, n-1).Draw(d.t, "roll") }

type seeded struct{ *rand.Rand }

func (d seeded) roll(n int) int { return d.IntN(n) }

// one rolls for one of several.
func one[T any](d dice, all ...T) T { return all[d.roll(len(all))] }

// conditions draws the text of a condition for a law.
func conditions(t *rapid.T, depth int) string { return randomCondition(drawing{t}, depth).text }

func join(format string, args ...string) string {
	all := make([]any, len(args))
	for i, a := range args {
		all[i] = a
	}
	return fmt.Sprintf(format, all...)
}
