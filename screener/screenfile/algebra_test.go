package screenfile_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals/metric"
	"assay/rules"
	"assay/rules/funcs"
	"assay/screener/screenfile"
)

// TestLawLint holds what lint says of conditions against companies with every
// value around the thresholds, and missing ones: what can never hold holds of
// none, what always holds fails for none, and of two that exclude each other no
// company meets both.
func TestLawLint(t *testing.T) {
	l := screenfile.Language{Env: metric.Env(), Funcs: funcs.All()}
	market := grid()
	rapid.Check(t, func(t *rapid.T) {
		named := condition(t, 1)
		text := "screen: a\nlet:\n  named: " + named + "\npass:\n  one: " + condition(t, 3) + "\n  two: named and " + condition(t, 2) + "\n"
		c := l.Check("a.yaml", []byte(text))
		if len(c.Problems) > 0 {
			t.Fatal(c.Problems)
		}
		ev := rules.NewEvaluation(market)
		var verdicts [2][]rules.Verdict
		for i, p := range c.Screen.Pass {
			v, err := ev.Eval(t.Context(), p.Program, rules.At{})
			if err != nil {
				t.Fatal(err)
			}
			for row := range v.Len() {
				verdicts[i] = append(verdicts[i], v.Verdict(row))
			}
		}
		one, two := verdicts[0], verdicts[1]
		for _, w := range c.Warnings {
			for row := range one {
				wrong := w.Msg == "one can never hold" && one[row] == rules.True ||
					w.Msg == "one holds of every company of which it is known" && one[row] == rules.False ||
					w.Code == "L003" && one[row] == rules.True && two[row] == rules.True ||
					w.Msg == "two holds wherever one does" && one[row] == rules.True && two[row] == rules.False ||
					w.Msg == "one holds wherever two does" && two[row] == rules.True && one[row] == rules.False ||
					w.Code == "L005" && one[row] != two[row] && one[row] != rules.Unknown && two[row] != rules.Unknown
				if wrong {
					t.Fatalf("row %d is %v and %v of\n%s\nbut: %v", row, one[row], two[row], text, w)
				}
			}
		}
	})
}

// grid is a company for each combination of values.
func grid() *metric.Given {
	values := []rules.Value{rules.None(rules.NotReported)}
	for f := -1.0; f <= 4; f += 0.5 {
		values = append(values, rules.Num(f/100))
	}
	sectors := []string{"", "Energy", "Utilities", "Technology"}
	g := metric.NewGiven(len(values) * len(values) * len(sectors))
	row := 0
	for _, a := range values {
		for _, b := range values {
			for _, s := range sectors {
				g.Set(row, "roic", a)
				g.Set(row, "roe", b)
				if s != "" {
					g.SetText(row, "sector", s)
				}
				row++
			}
		}
	}
	return g
}

func condition(t *rapid.T, depth int) string {
	one := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "one") }
	if depth > 0 {
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0, 1:
			return "(" + condition(t, depth-1) + " and " + condition(t, depth-1) + ")"
		case 2:
			return "(" + condition(t, depth-1) + " or " + condition(t, depth-1) + ")"
		case 3:
			return "not (" + condition(t, depth-1) + ")"
		}
	}
	ops := []string{"<", "<=", ">", ">=", "==", "!="}
	column, other := one("roic", "roe"), one("roic", "roe")
	limit := fmt.Sprintf("%d%%", rapid.IntRange(0, 3).Draw(t, "limit"))
	switch rapid.IntRange(0, 9).Draw(t, "leaf") {
	case 0:
		return "sector " + one("==", "!=") + ` "` + one("Energy", "Utilities") + `"`
	case 1:
		return "sector " + one("in", "not in") + ` ["` + one("Energy", "Technology") + `", "Utilities"]`
	case 2:
		return column + " " + one(ops...) + " " + other
	case 3:
		return limit + " " + one(ops...) + " " + column
	case 4:
		return "between(" + column + ", 1%, " + one("1%", "2%") + ")"
	case 5:
		return "abs(" + column + ") " + one(ops...) + " " + limit
	case 6:
		return "known(" + column + ")"
	case 7:
		return "(if " + column + " > 1% { " + other + " < 2% } else { " + column + " < 1% })"
	}
	return column + " " + one(ops...) + " " + limit
}
