package screener_test

import (
	"testing"

	"assay/rules"
	"assay/screener"
)

// TestWith holds what the candidates carry when asked, and that asking changes
// nothing else.
func TestWith(t *testing.T) {
	with := screener.With{Conditions: true, Evidence: true, Exchange: true}
	result, err := screener.Run(t.Context(), sampleTable(), sampleScreen(t), screener.Options{Catalogue: "c0", Program: "p0", With: with})
	if err != nil {
		t.Fatal(err)
	}
	best := result.Candidates[0]
	if best.Ticker != "BEST" || best.Exchange != "Nasdaq" || len(best.Conditions) != 3 {
		t.Errorf("got %s on %q with %d conditions", best.Ticker, best.Exchange, len(best.Conditions))
	}
	if got := best.Conditions[2]; got.Name != "steady" || got.Verdict != "true" || got.CountsAs != "pass" || len(got.Comparisons) != 1 {
		t.Errorf("got %+v", got)
	}
	plain, made := best.Evidence["market_cap"], best.Evidence["rich"]
	if plain.Formula != "" || plain.Value.F != 1e9 || plain.Unit != "money" {
		t.Errorf("a bare column is not opened as the table does: %+v", plain)
	}
	if made.Formula != "net_cash > 50M" || made.Value.Kind != rules.Bool || made.Inputs[0].Inputs[0].Accession != "0000000001-24-000001" {
		t.Errorf("an expression is not opened by its inputs: %+v", made)
	}
	if s := best.ScoreEvidence; s.Formula != "percentile(roic)" || s.Inputs[0].Name != "roic" {
		t.Errorf("got the score from %+v", s)
	}
	if s := result.Candidates[1].Evidence["growth_rate"]; s.Missing != "not reported" {
		t.Errorf("what is missing has no reason: %+v", s)
	}
	for i := range result.Candidates {
		c := &result.Candidates[i]
		c.Exchange, c.Conditions, c.Evidence, c.ScoreEvidence = "", nil, nil, nil
	}
	if got, want := string(indent(t, result)), string(runJSON(t, sampleTable(), sampleScreen(t))); got != want {
		t.Errorf("asking for more changed the rest:\n%s\nwant\n%s", got, want)
	}
}

// TestEvidenceIsTrue holds that the evidence of a cell shows the value of the
// cell.
func TestEvidenceIsTrue(t *testing.T) {
	result, err := screener.Run(t.Context(), sampleTable(), sampleScreen(t), screener.Options{With: screener.With{Evidence: true}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range result.Candidates {
		for _, column := range result.Columns {
			value, source := c.Values[column.Name], c.Evidence[column.Name]
			if value.F != source.Value.F || value.S != source.Value.S || value.Why != source.Value.Why || source.Missing != c.Missing[column.Name] {
				t.Errorf("%s %s: the cell is %v and its evidence %v", c.Ticker, column.Name, value, source.Value)
			}
		}
	}
}
