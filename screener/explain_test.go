package screener_test

import (
	"testing"

	"assay/screener"
)

func TestExplain(t *testing.T) {
	table, screen := sampleTable(), sampleScreen(t)
	for row := range table.Rows() {
		ticker := table.Ticker(row)
		t.Run(ticker, func(t *testing.T) {
			e, err := screener.Explain(t.Context(), table, screen, row, screener.Options{Catalogue: "c0", Program: "p0"})
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "testdata/explain-"+ticker+".json", indent(t, e))
		})
	}
}

func TestExplainNobody(t *testing.T) {
	_, err := screener.Explain(t.Context(), sampleTable(), sampleScreen(t), 99, screener.Options{})
	if err == nil || err.Error() != "screen sample: the table has no row 99" {
		t.Errorf("got %v", err)
	}
}
