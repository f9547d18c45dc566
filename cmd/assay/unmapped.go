package main

import (
	"context"
	"io"
	"strconv"

	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/screener"
)

// unmappedTag is one row of the report, for --format json.
type unmappedTag struct {
	Tag       string `json:"tag"`
	Unit      string `json:"unit"`
	Companies int    `json:"companies"`
	Regular   int    `json:"regular"` // companies that state it in at least half of their filings
	Facts     int    `json:"facts"`
	Last      string `json:"last_filed"`
}

// unmapped lists the tags that no line item reads.
func (a *app) unmapped(ctx context.Context, args []string, format string, limit int) (err error) {
	if len(args) > 0 {
		return usage("", "--unmapped is about the tags of all companies: %q is one argument too many", args[0])
	}
	asOf, err := a.asOf()
	if err != nil {
		return err
	}
	var list []store.TagUse
	err = a.withDB(ctx, func(db *store.DB) error {
		list, err = snapshot.Unmapped(ctx, db, asOf, 0)
		return err
	})
	if err != nil {
		return err
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error {
		if format == "json" {
			out := []unmappedTag{}
			for _, u := range list {
				out = append(out, unmappedTag{u.String(), u.Unit, u.Companies, u.Regular, u.Facts, u.Last.String()})
			}
			return screener.WriteJSON(w, out)
		}
		return printUnmapped(w, list, limit)
	})
}

func printUnmapped(w io.Writer, list []store.TagUse, limit int) error {
	t := newTable("tag", "unit", "companies", "regularly", "facts", "last filed").numbers(2, 3, 4)
	for i, u := range list {
		if limit > 0 && i >= limit {
			break
		}
		t.add(u.String(), u.Unit, strconv.Itoa(u.Companies), strconv.Itoa(u.Regular), strconv.Itoa(u.Facts), u.Last.String())
	}
	return t.write(w)
}
