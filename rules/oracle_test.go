package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"pgregory.net/rapid"

	"assay/rules"
	"assay/rules/rulestest"
)

// The oracle is expr's own machine, which knows no Unknown. A condition is
// rewritten twice, into "surely true" and "surely false": negation pushed down
// to the comparisons, and each comparison guarded by `x != nil` for what it
// reads and `!= 0` for what it divides by. Neither holding is Unknown.

// oracle is a random condition with its two rewritings.
type oracle struct{ text, yes, no string }

// guarded is a random number with what must hold for it to have a value.
type guarded struct {
	text   string
	guards []string
}

var columns = []string{"a", "b", "c", "d"}

func numbers(t *rapid.T, depth int) guarded {
	name := rapid.SampledFrom(columns).Draw(t, "column")
	choice := rapid.IntRange(0, 6).Draw(t, "number")
	if depth == 0 && choice > 2 {
		choice = 0
	}
	switch choice {
	case 0:
		return guarded{name, []string{name + " != nil"}}
	case 1:
		return guarded{text: fmt.Sprintf("%d", rapid.IntRange(-2, 3).Draw(t, "literal"))}
	case 2:
		return guarded{text: fmt.Sprintf("(%s ?? %d)", name, rapid.IntRange(-2, 2).Draw(t, "stand-in"))}
	}
	x, y := numbers(t, depth-1), numbers(t, depth-1)
	op := []string{"+", "-", "*", "/"}[choice-3]
	if op == "/" && y.text == "0" {
		y.text = "(0 - 0)" // the literal is refused
	}
	g := guarded{fmt.Sprintf("(%s %s %s)", x.text, op, y.text), append(append([]string{}, x.guards...), y.guards...)}
	if op == "/" {
		g.guards = append(g.guards, y.text+" != 0")
	}
	return g
}

func conditions(t *rapid.T, depth int) oracle {
	choice := rapid.IntRange(0, 7).Draw(t, "condition")
	if depth == 0 && choice > 3 {
		choice = 0
	}
	switch choice {
	case 0, 1:
		return comparison(t)
	case 2:
		x := rapid.SampledFrom(columns).Draw(t, "column")
		return oracle{"known(" + x + ")", x + " != nil", x + " == nil"}
	case 3:
		x := rapid.SampledFrom(columns).Draw(t, "column")
		return oracle{x + " in [0, 1]", guard(x+" != nil", x+" in [0, 1]"), guard(x+" != nil", x+" not in [0, 1]")}
	}
	p, q := conditions(t, depth-1), conditions(t, depth-1)
	both := func(a, b string) string { return "(" + a + " and " + b + ")" }
	either := func(a, b string) string { return "(" + a + " or " + b + ")" }
	switch choice {
	case 4:
		return oracle{both(p.text, q.text), both(p.yes, q.yes), either(p.no, q.no)}
	case 5:
		return oracle{either(p.text, q.text), either(p.yes, q.yes), both(p.no, q.no)}
	case 6:
		return oracle{"not (" + p.text + ")", p.no, p.yes}
	}
	c := conditions(t, depth-1)
	return oracle{
		fmt.Sprintf("(if %s { %s } else { %s })", c.text, p.text, q.text),
		either(both(c.yes, p.yes), both(c.no, q.yes)),
		either(both(c.yes, p.no), both(c.no, q.no)),
	}
}

func comparison(t *rapid.T) oracle {
	ops := []string{"<", "<=", ">", ">=", "==", "!="}
	opposite := []string{">=", ">", "<=", "<", "!=", "=="}
	i := rapid.IntRange(0, len(ops)-1).Draw(t, "op")
	x, y := numbers(t, 2), numbers(t, 2)
	g := append(append([]string{}, x.guards...), y.guards...)
	say := func(op string) string { return "(" + x.text + " " + op + " " + y.text + ")" }
	return oracle{say(ops[i]), guard(append(g, say(ops[i]))...), guard(append(g, say(opposite[i]))...)}
}

func guard(all ...string) string { return "(" + strings.Join(all, " and ") + ")" }

// TestOracle compares the columnar evaluator with expr's machine, row by row.
func TestOracle(t *testing.T) {
	decisions := 0
	rapid.Check(t, func(t *rapid.T) {
		const rows = 25
		table, cells := randomTable(t, rows)
		ev := rules.NewEvaluation(table)
		for range 15 {
			o := conditions(t, 4)
			v := eval(t, ev, compile(t, scope(table), o.text))
			sound(t, o.text, v)
			yes, no := machine(t, o.yes), machine(t, o.no)
			for row := range rows {
				want := rules.Unknown
				switch {
				case holds(t, yes, cells[row]):
					want = rules.True
				case holds(t, no, cells[row]):
					want = rules.False
				}
				if got := v.Verdict(row); got != want {
					t.Fatalf("%s on %v is %v, want %v", o.text, cells[row], got, want)
				}
				decisions++
			}
		}
	})
	if decisions < 30_000 && !t.Failed() {
		t.Errorf("only %d decisions compared", decisions)
	}
}

// randomTable makes a table of small numbers with zeros and missing cells, and
// the same rows as environments of expr.
func randomTable(t *rapid.T, rows int) (*rulestest.Table, []map[string]any) {
	table := rulestest.NewTable(rows)
	cells := make([]map[string]any, rows)
	for i := range cells {
		cells[i] = map[string]any{}
		for _, name := range columns {
			cells[i][name] = nil
		}
	}
	for _, name := range columns {
		drawn := rapid.SliceOfN(rapid.IntRange(-3, 4), rows, rows).Draw(t, name)
		number(table, name, rules.UnitPlain, 1, func(row, _ int) (float64, bool) {
			if drawn[row] == 4 {
				return 0, false
			}
			cells[row][name] = float64(drawn[row])
			return float64(drawn[row]), true
		})
	}
	return table, cells
}

func machine(t *rapid.T, text string) *vm.Program {
	p, err := expr.Compile(text, expr.Optimize(false), expr.AllowUndefinedVariables())
	if err != nil {
		t.Fatalf("oracle: %v", err)
	}
	return p
}

func holds(t *rapid.T, p *vm.Program, row map[string]any) bool {
	out, err := expr.Run(p, row)
	if err != nil {
		t.Fatalf("oracle: %v", err)
	}
	return out.(bool)
}
