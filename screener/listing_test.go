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
		want := listingOf(run)
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
		asked.only(rt, screen.Reads())
		if _, err := screener.Run(context.Background(), asked, screen, screener.Options{Near: 1, Overlap: true}); err != nil {
			rt.Fatal(err)
		}
		asked.only(rt, screen.AllReads())
	})
}

// With bands a listing is what a run by the same list before says, reads no other
// planes, and leaves to the next what the ledger of that run does.
func TestLawListAfterIsRun(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		market, screen := drawTable(rt), drawScreen(rt, t)
		before := drawBands(rt, t, screen, market)
		asked := &asked{table: market, refs: map[rules.Ref]bool{}}
		got, after, err := screener.ListAfter(context.Background(), asked, screen, before)
		if err != nil {
			rt.Fatal(err)
		}
		asked.only(rt, screen.Reads())
		decision, err := screener.Decide(context.Background(), market, screen, screener.Options{Before: before})
		if err != nil {
			rt.Fatal(err)
		}
		run, err := decision.Result(context.Background())
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(listingOf(run), got); diff != "" {
			rt.Fatal(diff)
		}
		if diff := cmp.Diff(decision.Ledger().Before("", market.AsOf()), after); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// listingOf is what a run says, as far as a listing goes.
func listingOf(run *screener.Result) *screener.Listing {
	l := &screener.Listing{
		AsOf: run.AsOf, Companies: run.Companies, Universe: run.Universe, UniverseUnknown: run.UniverseUnknown,
		Passed: run.Passed, Failed: run.Failed, Unknown: run.Unknown, Cut: run.Cut, Candidates: []screener.Listed{},
	}
	for _, c := range run.Candidates {
		l.Candidates = append(l.Candidates, screener.Listed{Rank: c.Rank, Ticker: c.Ticker, CIK: c.CIK, Name: c.Name, Score: c.Score})
	}
	return l
}

// asked notes which planes are asked for.
type asked struct {
	*table
	refs map[rules.Ref]bool
}

// only fails where other planes were asked for.
func (a *asked) only(rt *rapid.T, refs []rules.Ref) {
	for _, ref := range refs {
		delete(a.refs, ref)
	}
	if len(a.refs) > 0 {
		rt.Fatalf("it reads %v besides", a.refs)
	}
}

func (a *asked) Column(ctx context.Context, name string, at rules.At) (*rules.Vector, error) {
	a.refs[rules.Ref{Name: name, At: at}] = true
	return a.table.Column(ctx, name, at)
}
