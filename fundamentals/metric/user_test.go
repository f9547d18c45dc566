package metric_test

import (
	"slices"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/rules"
)

func TestEnvWith(t *testing.T) {
	env := metric.EnvWith([]fundamentals.UserColumn{{Name: "target", Unit: "USD/share"}, {Name: "roic", Unit: "text"}, {Name: "theme", Unit: fundamentals.TagUnit}, {Name: "share", Unit: "%"}})
	for name, want := range map[string]rules.Column{
		"target": {Name: "target", Unit: rules.UnitPrice, Fixed: true, Undated: true},
		"theme":  {Name: "theme", Kind: rules.Bool, Fixed: true, Undated: true},
		"share":  {Name: "share", Unit: rules.UnitFraction, Fixed: true, Undated: true},
		"roic":   {Name: "roic", Unit: rules.UnitFraction}, // that of the catalogue counts
	} {
		got, ok := env.Column(name)
		if !ok || got.Kind != want.Kind || got.Unit != want.Unit || got.Fixed != want.Fixed || got.Undated != want.Undated {
			t.Errorf("%s is %+v, want %+v", name, got, want)
		}
	}
	names := env.Names()
	for _, name := range []string{"target", "theme", "share", "roic"} {
		if n := len(slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n != name })); n != 1 {
			t.Errorf("%s is named %d times", name, n)
		}
	}
	if _, ok := env.Column("nothing"); ok || len(metric.Env().Names())+3 != len(names) {
		t.Error("names that are not there")
	}
}

func TestUserUnits(t *testing.T) {
	for _, word := range fundamentals.UserUnits() {
		unit, ok := fundamentals.ParseUserUnit(word)
		in := metric.UserInput(fundamentals.UserColumn{Name: "a", Unit: unit})
		if !ok || unit != word || in.From != "user" || in.Title != "your column ["+word+"]" {
			t.Errorf("%s: %s, %+v", word, unit, in)
		}
	}
	if unit, ok := fundamentals.ParseUserUnit("usd/SHARE"); !ok || unit != "USD/share" {
		t.Error(unit)
	}
	if _, ok := fundamentals.ParseUserUnit("EUR"); ok {
		t.Error("EUR is a unit")
	}
}

// Names in words lead to the name, also beside columns of the user's.
func TestTitled(t *testing.T) {
	env := metric.EnvWith([]fundamentals.UserColumn{{Name: "mine"}})
	for words, want := range map[string]string{
		"free_cash_flow": "fcf", "Free_Cash_Flow_Yield": "fcf_yield", "price_to_earnings_ratio": "pe", "52-week_high": "high_52w", "cash_flows": "",
	} {
		if got := env.(rules.Titler).Titled(words); got != want {
			t.Errorf("%s is %q, want %q", words, got, want)
		}
	}
}
