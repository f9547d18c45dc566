package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"assay/fundamentals/snapshot"
	"assay/screener"
)

// preview tells what an edit of a screen does to its list.
func (a *app) preview(ctx context.Context, before, after string) error {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	o, err := a.readScreen(ctx, before)
	if err != nil {
		return err
	}
	n, err := a.readScreen(ctx, after)
	if err != nil {
		return err
	}
	if o.Stale != n.Stale {
		a.out.note("stale: of the two screens differs; both are run with that of %s", after)
	}
	return a.withTable(ctx, n.Stale, func(table *snapshot.Table) error {
		p, err := screener.NewPreview(ctx, table, o, n)
		if err != nil {
			return err
		}
		return a.out.deliver(a.flags.file, func(w io.Writer) error {
			if format == "json" {
				return screener.WriteJSON(w, p)
			}
			return printPreview(w, p, before, after)
		})
	})
}

func printPreview(w io.Writer, p *screener.Preview, before, after string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s -> %s as of %s: adds %d, drops %d, keeps %d\n", before, after, p.AsOf, len(p.Adds), len(p.Drops), p.Stays)
	for _, part := range []struct {
		title   string
		changes []screener.Change
	}{{"adds", p.Adds}, {"drops", p.Drops}} {
		if len(part.changes) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n")
		t := newTable(part.title, "name", "rank", "because").numbers(2)
		for _, c := range part.changes {
			t.add(c.Ticker, c.Name, fmt.Sprint(max(c.OldRank, c.NewRank)), causesText(c.Causes))
		}
		if err := t.write(&b); err != nil {
			return err
		}
	}
	if len(p.ByCause) > 0 {
		b.WriteString("\n")
		t := newTable("condition", "adds", "drops").numbers(1, 2)
		for _, c := range p.ByCause {
			t.add(c.Name, fmt.Sprint(c.Adds), fmt.Sprint(c.Drops))
		}
		if err := t.write(&b); err != nil {
			return err
		}
	}
	if n := len(p.Moves); n > 0 {
		fmt.Fprintf(&b, "\n%d of those that stay change their rank\n", n)
	}
	for i, v := range p.Verdicts {
		if i == 0 {
			b.WriteString("\n")
		}
		companies := "companies"
		if v.Companies == 1 {
			companies = "company"
		}
		fmt.Fprintf(&b, "%d %s: %s -> %s\n", v.Companies, companies, v.Old, v.New)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// causesText says which conditions changed, and from what to what.
func causesText(causes []screener.Cause) string {
	var parts []string
	for _, c := range causes {
		text := c.Name
		switch {
		case c.Old == "":
			text += ": new, " + c.New
		case c.New == "":
			text += ": gone, was " + c.Old
		default:
			text += ": " + c.Old + " -> " + c.New
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}
