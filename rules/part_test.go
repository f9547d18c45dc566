package rules_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"assay/rules"
)

// outline writes a program and its parts, a line for each with the plane that it
// is read on.
func outline(p *rules.Program, at rules.At, indent string) string {
	text := fmt.Sprintf("%s%s %s|%s|%d %s\n", indent, p.Op(), p.Name(), p.Text(), at.Lag, at.Basis)
	for _, part := range p.Parts(at) {
		text += outline(part.Program, part.At, indent+"  ")
	}
	return text
}

func TestParts(t *testing.T) {
	s := scope(catalogue(1))
	s.Lets["good"] = compile(t, s, "ago(roe, 1y) >= 5%")
	got := outline(compile(t, s, "not good and every(annual(roic) > 0, 2y)"), rules.At{}, "")
	want := `and |not good and every(annual(roic) > 0, 2y)|0 ttm
  not |not good|0 ttm
    let good|good|0 ttm
      >= |ago(roe, 1y) >= 5%|0 ttm
        call ago|ago(roe, 1y)|0 ttm
          column roe|roe|4 ttm
        literal |5%|0 ttm
  call every|every(annual(roic) > 0, 2y)|0 ttm
    > |annual(roic) > 0|0 ttm
      call annual|annual(roic)|0 ttm
        column roic|roic|0 annual
      literal |0|0 ttm
    > |annual(roic) > 0|4 ttm
      call annual|annual(roic)|4 ttm
        column roic|roic|4 annual
      literal |0|4 ttm
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

// literals lists the number literals of a program, each once.
func literals(p *rules.Program) (all []*rules.Program) {
	if _, ok := p.Literal(); ok {
		return []*rules.Program{p}
	}
	for _, part := range p.Parts(rules.At{}) {
		for _, l := range literals(part.Program) {
			if !slices.ContainsFunc(all, l.Is) {
				all = append(all, l)
			}
		}
	}
	return all
}

// TestLawWithLiteral: a program with another literal is what its text with
// another literal compiles to, through lets too.
func TestLawWithLiteral(t *testing.T) {
	table := catalogue(40)
	for _, c := range []struct {
		text string
		most int // literals, the first of them in the let where that is used
		let  int
	}{
		{"roe > %v or roic <= %v", 2, 0},
		{"not (avg(roe, 3y) > %v) and count(roce > %v, 5y) >= %v", 3, 0},
		{"if net_cash > %v * market_cap { roe > %v } else { percentile(roic, sector) > %v }", 3, 0},
		{"between(roe, -%v, %v) and median_of(roe) > %v", 3, 0},
		{"limit > %v and roic > limit", 2, 1},
	} {
		rapid.Check(t, func(rt *rapid.T) {
			value := rapid.SampledFrom([]float64{0.01, 0.05, 0.1, 0.125, 0.5})
			write := func(values []float64) *rules.Program {
				s := scope(table)
				s.Lets["limit"] = compile(rt, s, fmt.Sprintf("roe + %v", values[0]))
				var args []any
				for _, v := range values[c.let:] {
					args = append(args, v)
				}
				return compile(rt, s, fmt.Sprintf(c.text, args...))
			}
			before := rapid.SliceOfN(value, c.most, c.most).Draw(rt, "before")
			p := write(before)
			found := literals(p)
			if len(found) != c.most {
				rt.Fatalf("%d literals, not %d", len(found), c.most)
			}
			at := rapid.IntRange(0, c.most-1).Draw(rt, "which")
			after := slices.Clone(before)
			after[at] = value.Draw(rt, "after")
			f := after[at]
			if was, _ := found[at].Literal(); was < 0 {
				f = -f
			}
			want, got := write(after), p.WithLiteral(found[at], f)
			if got.Key() != want.Key() {
				rt.Fatalf("%s: got %s, want %s", p.Text(), got.Key(), want.Key())
			}
			ev := rules.NewEvaluation(table)
			a, err := ev.Eval(context.Background(), got, rules.At{})
			if err != nil {
				rt.Fatal(err)
			}
			b, err := rules.NewEvaluation(table).Eval(context.Background(), want, rules.At{})
			if err != nil {
				rt.Fatal(err)
			}
			for row := range a.F {
				if a.Verdict(row) != b.Verdict(row) || a.Reason(row) != b.Reason(row) {
					rt.Fatalf("%s: row %d", p.Text(), row)
				}
			}
		})
	}
	s := scope(table)
	p, other := compile(t, s, "roe > 1%"), compile(t, s, "roe > 1%")
	if p.WithLiteral(literals(other)[0], 5) != p {
		t.Error("a program changes with a literal that it does not hold")
	}
}
