package screener_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"assay/rules"
	"assay/screener"
)

// A listing is what a run says, as far as it goes, and reads nothing but what the
// screen says that its list reads.
func TestLawListIsRun(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		market, screen := drawTable(rt), drawScreen(rt, t)
		asked := &asked{table: market, refs: map[rules.Ref]bool{}}
		got, err := screener.List(context.Background(), asked, screen)
		if err != nil {
			rt.Fatal(err)
		}
		run := mustRun(rt, market, screen, screener.Options{})
		want := &screener.Listing{
			AsOf: run.AsOf, Companies: run.Companies, Universe: run.Universe, UniverseUnknown: run.UniverseUnknown,
			Passed: run.Passed, Failed: run.Failed, Unknown: run.Unknown, Cut: run.Cut, Candidates: []screener.Listed{},
		}
		for _, c := range run.Candidates {
			want.Candidates = append(want.Candidates, screener.Listed{Rank: c.Rank, Ticker: c.Ticker, CIK: c.CIK, Name: c.Name, Score: c.Score})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
		for _, ref := range screen.Reads() {
			delete(asked.refs, ref)
		}
		if len(asked.refs) > 0 {
			rt.Fatalf("it reads %v besides", asked.refs)
		}
	})
}

// asked notes which planes are asked for.
type asked struct {
	*table
	refs map[rules.Ref]bool
}

func (a *asked) Column(ctx context.Context, name string, at rules.At) (*rules.Vector, error) {
	a.refs[rules.Ref{Name: name, At: at}] = true
	return a.table.Column(ctx, name, at)
}
