package screener

import (
	"context"
	"fmt"

	"assay/fundamentals"
)

// Listing is what a screen lists on one date, as [Run] does, without what a run tells
// of it: for many dates one after the other.
type Listing struct {
	AsOf            string   `json:"as_of"`
	Companies       int      `json:"companies"`
	Universe        int      `json:"universe"`
	UniverseUnknown int      `json:"universe_unknown"`
	Passed          int      `json:"passed"`
	Failed          int      `json:"failed"`
	Unknown         int      `json:"unknown"`
	Cut             int      `json:"cut"`
	Candidates      []Listed `json:"candidates"`
}

// Listed is a company of a list.
type Listed struct {
	Rank   int              `json:"rank"`
	Ticker string           `json:"ticker"`
	CIK    fundamentals.CIK `json:"cik"`
	Name   string           `json:"name"`
	Score  Datum            `json:"score"`
}

// List puts a table through a screen without bands.
func List(ctx context.Context, table Table, screen *Screen) (*Listing, error) {
	r, err := start(ctx, table, screen, Options{})
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", screen.Name, table.AsOf(), err)
	}
	l := &Listing{AsOf: table.AsOf().String(), Companies: table.Rows(), Candidates: []Listed{}}
	for _, o := range r.outcomes {
		switch o {
		case universeUnknown:
			l.UniverseUnknown++
		case passed:
			l.Passed++
		case failed:
			l.Failed++
		case unknown:
			l.Unknown++
		}
	}
	l.Universe = l.Passed + l.Failed + l.Unknown
	rows := r.listed()
	l.Cut = l.Passed - len(rows)
	for i, row := range rows {
		l.Candidates = append(l.Candidates, Listed{i + 1, table.Ticker(row), table.CIK(row), table.Name(row), r.scoreOf(row)})
	}
	return l, nil
}
