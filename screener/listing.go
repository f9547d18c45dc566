package screener

import (
	"cmp"
	"context"
	"fmt"

	"assay/fundamentals"
	"assay/rules"
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
	l, err := list(ctx, table, screen)
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s: %w", screen.Name, table.AsOf(), err)
	}
	return l, nil
}

// ListAfter is [List] of a screen that may have bands: it goes by the list before,
// which is nil where there is none. It returns besides the list that it leaves to
// the next.
func ListAfter(ctx context.Context, table Table, screen *Screen, before *Before) (*Listing, *Before, error) {
	r, err := start(ctx, table, screen, Options{Before: before})
	if err != nil {
		return nil, nil, fmt.Errorf("screen %s as of %s: %w", screen.Name, table.AsOf(), err)
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
	after := &Before{AsOf: table.AsOf(), Since: map[fundamentals.CIK]fundamentals.Date{}}
	for i, row := range r.listed() {
		l.Candidates = append(l.Candidates, Listed{i + 1, table.Ticker(row), table.CIK(row), table.Name(row), r.scoreOf(row)})
		after.Since[table.CIK(row)] = cmp.Or(r.since(row), table.AsOf())
	}
	l.Cut = l.Passed - len(l.Candidates)
	return l, after, nil
}

// list is [Pick] that counts besides. For that it looks first for those that no
// condition makes fail, and among them for those that pass.
func list(ctx context.Context, table Table, screen *Screen) (*Listing, error) {
	ev := rules.NewEvaluation(table)
	defer ev.Borrow()()
	l := &Listing{AsOf: table.AsOf().String(), Companies: table.Rows(), Universe: table.Rows(), Candidates: []Listed{}}
	var within *universe
	if screen.Universe != nil {
		around, err := inside(ctx, ev, screen, true)
		if err != nil {
			return nil, err
		}
		rows, err := inside(ctx, ev, screen, false)
		if err != nil {
			return nil, err
		}
		l.Universe, l.UniverseUnknown = len(rows), len(around)-len(rows)
		ev, within = ev.Among(rows), &universe{rows}
	}
	notFailed, err := passing(ctx, ev, screen, within, true)
	if err != nil {
		return nil, err
	}
	rows, err := passing(ctx, ev, screen, &universe{notFailed}, false)
	if err != nil {
		return nil, err
	}
	l.Passed, l.Unknown, l.Failed = len(rows), len(notFailed)-len(rows), l.Universe-len(notFailed)
	keys, err := scores(ctx, ev, screen, rows)
	if err != nil {
		return nil, err
	}
	for i, c := range best(table, rows, keys, screen.limit()) {
		score := Datum{Why: rules.NotApplicable}
		if keys != nil {
			by, v := screen.Rank.By.Program, keys[0].Value(c.i)
			score = Datum{Kind: by.Kind(), Unit: by.Unit(), F: v.F, Why: v.Why}
		}
		row := int(rows[c.i])
		l.Candidates = append(l.Candidates, Listed{i + 1, table.Ticker(row), table.CIK(row), table.Name(row), score})
	}
	l.Cut = l.Passed - len(l.Candidates)
	return l, nil
}
