package kinds_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals/source/csvfile"
	"assay/fundamentals/source/kinds"
)

func TestAll(t *testing.T) {
	all, err := kinds.All(csvfile.PriceOptions{Basis: "raw"}, csvfile.UserOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, k := range all {
		names = append(names, k.Name)
	}
	if d := cmp.Diff([]string{"companyfacts", "submissions", "tickers", "fsds", "securities", "splits", "prices", "columns", "tags"}, names); d != "" {
		t.Error(d)
	}
	if _, err := kinds.All(csvfile.PriceOptions{Basis: "x"}, csvfile.UserOptions{}); err == nil || err.Error() != `basis "x": it is one of raw, split-adjusted, total-return` {
		t.Error(err)
	}
}
