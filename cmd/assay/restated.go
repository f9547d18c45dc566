package main

import (
	"fmt"
	"io"
	"strconv"

	"assay/fundamentals/snapshot"
	"assay/fundamentals/standard"
	"assay/rules"
	"assay/screener"
)

// restatement is a period that a later filing tells otherwise, for --format json.
type restatement struct {
	Item       string   `json:"item"`
	Basis      string   `json:"basis"` // "instant", "quarter", "ytd", "fy"
	Start      *string  `json:"start"` // null of an instant
	End        string   `json:"end"`
	Unit       string   `json:"unit"`
	First      stated   `json:"first"`
	Later      stated   `json:"later"`
	Difference float64  `json:"difference"`
	Share      *float64 `json:"share"` // of the first value; null where that is zero
	Note       string   `json:"note,omitempty"`
}

// stated is a value with the filing that states it.
type stated struct {
	Value     float64 `json:"value"`
	KnownOn   string  `json:"known_on"`
	Filed     string  `json:"filed"`
	Accession string  `json:"accession"`
	Form      string  `json:"form"`
	Tag       string  `json:"tag"`
	URL       string  `json:"url"`
}

// writeRestated lists what later filings tell otherwise than the first.
func writeRestated(w io.Writer, format, title string, f *snapshot.Filer, item string) error {
	list := f.Restatements(item)
	if format == "json" {
		out := []restatement{}
		for _, r := range list {
			out = append(out, restatementOf(r))
		}
		return screener.WriteJSON(w, out)
	}
	if _, err := fmt.Fprintf(w, "%s\n\n", title); err != nil {
		return err
	}
	t := newTable("item", "basis", "start", "end", "first", "known on", "accession", "later", "known on", "accession", "difference", "share", "note").
		numbers(4, 7, 10, 11)
	for _, r := range list {
		share := ""
		if s, ok := r.Share(); ok {
			share = strconv.FormatFloat(100*s, 'f', 1, 64) + " %"
		}
		t.add(r.Item, r.Basis, r.Start.String(), r.End.String(),
			grouped(r.First.Value), r.First.Filing.KnownOn.String(), r.First.Filing.Accession,
			grouped(r.Later.Value), r.Later.Filing.KnownOn.String(), r.Later.Filing.Accession,
			grouped(r.Difference()), share, r.Note)
	}
	return t.write(w)
}

func restatementOf(r standard.Restatement) restatement {
	of := func(s standard.Stated) stated {
		return stated{s.Value, s.Filing.KnownOn.String(), s.Filing.Filed.String(), s.Filing.Accession, s.Filing.Form, s.Tag, s.Filing.URL()}
	}
	out := restatement{
		Item: r.Item, Basis: r.Basis, End: r.End.String(), Unit: unitName(r.Unit),
		First: of(r.First), Later: of(r.Later), Difference: r.Difference(), Note: r.Note,
	}
	if r.Start != 0 {
		out.Start = new(r.Start.String())
	}
	if s, ok := r.Share(); ok {
		out.Share = &s
	}
	return out
}

// unitName names a unit as filings do.
func unitName(u rules.Unit) string {
	switch {
	case u.Agrees(rules.UnitMoney):
		return "USD"
	case u.Agrees(rules.UnitShares):
		return "shares"
	}
	return u.String()
}
