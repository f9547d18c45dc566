package rules_test

import (
	"strings"
	"testing"

	"assay/rules"
)

func TestTree(t *testing.T) {
	s := scope(catalogue(1))
	s.Lets["margin"] = compile(t, s, "net_income / revenue")
	p := compile(t, s, "margin > 10% and count(roe > 0, 5y) >= 4")
	var b strings.Builder
	var show func(rules.Tree, string)
	show = func(x rules.Tree, indent string) {
		b.WriteString(indent + x.Op() + " " + x.Name() + ": " + x.Text() + "\n")
		for _, arg := range x.Args() {
			show(arg, indent+"  ")
		}
	}
	show(p.Tree(), "")
	want := `and : margin > 10% and count(roe > 0, 5y) >= 4
  > : margin > 10%
    let margin: margin
      / : net_income / revenue
        column net_income: net_income
        column revenue: revenue
    literal : 10%
  >= : count(roe > 0, 5y) >= 4
    call count: count(roe > 0, 5y)
      > : roe > 0
        column roe: roe
        literal : 0
    literal : 4
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
	if n := p.Tree().Args()[1].Args()[0].Points(); n != 5 {
		t.Errorf("%d points", n)
	}
}

func TestWords(t *testing.T) {
	text := `a>=1.5M and not(b in["x y"]) // said`
	words, ok := rules.Words(text)
	var got []string
	for _, w := range words {
		got = append(got, text[w.From:w.To])
	}
	if want := `a >= 1.5M and not ( b in [ "x y" ] )`; !ok || strings.Join(got, " ") != want {
		t.Errorf("got %q, %v", got, ok)
	}
	if _, ok := rules.Words("a = 1"); ok {
		t.Error("a slip is words like others")
	}
}
