package metric_test

import (
	"slices"
	"testing"

	"assay/fundamentals/metric"
	"assay/rules"
	"assay/rules/funcs"
)

// Every formula must compile, with the unit that its entry declares, and name
// no peer: a metric is a company's own.
func TestFormulasCompileWithDeclaredUnits(t *testing.T) {
	scope := rules.Scope{Env: metric.Env(), Funcs: funcs.All()}
	for _, m := range metric.All() {
		p, err := scope.Compile(m.Formula)
		if err != nil {
			t.Errorf("%s: %s: %v", m.Name, m.Formula, err)
			continue
		}
		if p.Kind() != rules.Number || !p.Unit().Agrees(m.Unit) {
			t.Errorf("%s: formula gives %v in %v, the entry says %v", m.Name, p.Kind(), p.Unit(), m.Unit)
		}
		if p.UsesPeers() {
			t.Errorf("%s: a metric must not look at peers", m.Name)
		}
		if m.Defined == "" {
			continue
		}
		d, err := scope.Compile(m.Defined)
		if err != nil {
			t.Errorf("%s: defined: %s: %v", m.Name, m.Defined, err)
		} else if d.Kind() != rules.Bool {
			t.Errorf("%s: defined: %s is no condition", m.Name, m.Defined)
		}
	}
}

func TestFamilyNames(t *testing.T) {
	var want []string
	for _, f := range metric.Families() {
		want = append(want, f.Name)
	}
	want = append(want, metric.RankedFamily)
	for _, in := range metric.Inputs() {
		if !slices.Contains(want, in.From) {
			want = append(want, in.From)
		}
	}
	want = append(want, metric.FromUser)
	if got := metric.FamilyNames(); !slices.Equal(got, want) {
		t.Errorf("families %q, want %q", got, want)
	}
}

func TestNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range metric.Env().Names() {
		if seen[name] {
			t.Errorf("%s stands twice", name)
		}
		seen[name] = true
	}
}

// Every metric says whose definition it is.
func TestEveryMetricHasItsSource(t *testing.T) {
	for _, m := range metric.All() {
		if m.Source == "" {
			t.Errorf("%s: no source", m.Name)
		}
	}
}

// A variant is named beside a metric that is its own default, and measures in
// its unit: one can stand for the other in a rule.
func TestVariantsStandForTheirMetric(t *testing.T) {
	for _, m := range metric.All() {
		if m.VariantOf == "" {
			continue
		}
		base, ok := metric.Lookup(m.VariantOf)
		if !ok || base.VariantOf != "" {
			t.Errorf("%s: %s is no metric that is its own default", m.Name, m.VariantOf)
		}
		if !base.Unit.Agrees(m.Unit) {
			t.Errorf("%s measures %v, %s %v", m.Name, m.Unit, base.Name, base.Unit)
		}
	}
}

// What a page says of the templates is what the evaluation does.
func TestNotForIsThatOfTheFormula(t *testing.T) {
	var formulas metric.Formulas
	for _, m := range metric.All() {
		f, err := formulas.Of(m)
		if err != nil {
			t.Fatal(err)
		}
		if got := metric.NotFor(m); !slices.Equal(got, f.NotFor) {
			t.Errorf("%s: not for %v, evaluated as not for %v", m.Name, got, f.NotFor)
		}
	}
}
