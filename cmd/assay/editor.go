package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/lsp"
)

// editorCatalogue tells an editor about names. It is made when first asked.
type editorCatalogue func() map[string]entry

var _ lsp.Catalogue = editorCatalogue(nil)

func newEditorCatalogue(own []fundamentals.UserColumn) editorCatalogue {
	return sync.OnceValue(func() map[string]entry {
		all := map[string]entry{}
		for _, e := range entries(own) {
			all[e.Name] = e
		}
		return all
	})
}

// Title implements [lsp.Catalogue].
func (c editorCatalogue) Title(name string) string { return c()[name].Title }

// Describe implements [lsp.Catalogue].
func (c editorCatalogue) Describe(name string) string {
	e, ok := c()[name]
	if !ok {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** — %s\n", e.Name, e.Title)
	for _, line := range e.lines() {
		switch line.name {
		case "family", "kind", "expanded", "uses":
			continue
		case "formula":
			fmt.Fprintf(&b, "\n```\n%s\n```\n", line.text)
			continue
		case "defined if":
			line.text = "`" + line.text + "`"
		case "values":
			if len(e.Values) > 20 {
				line.text = strings.Join(e.Values[:20], ", ") + fmt.Sprintf(" and %d more", len(e.Values)-20)
			}
		}
		fmt.Fprintf(&b, "\n- %s: %s", line.name, line.text)
	}
	return b.String()
}

// editorData is the database, for as long as an editor is served.
type editorData struct {
	a      *app
	asOf   fundamentals.Date
	db     *store.DB
	names  editorCatalogue
	turn   chan struct{} // holds one token: who has it may open tables
	tables map[screener.Stale]*snapshot.Table
}

var _ lsp.Data = (*editorData)(nil)

// editorData opens the database; it returns nil where there is none and the user
// named none.
func (a *app) editorData(ctx context.Context, names editorCatalogue, named bool) (*editorData, error) {
	asOf, err := a.asOf()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(a.settings.DB); errors.Is(err, fs.ErrNotExist) && !named {
		return nil, nil
	}
	db, err := a.openDB(ctx)
	if err != nil {
		return nil, err
	}
	d := &editorData{a: a, asOf: asOf, db: db, names: names, turn: make(chan struct{}, 1), tables: map[screener.Stale]*snapshot.Table{}}
	d.turn <- struct{}{}
	return d, nil
}

// close keeps what was computed, for the next run or session, and closes the
// database. Where that cannot be, it is computed once more.
func (d *editorData) close(ctx context.Context, log func(format string, args ...any)) {
	var err error
	for _, table := range d.tables {
		err = errors.Join(err, table.Save(ctx))
	}
	if err = errors.Join(err, d.db.Close()); err != nil && log != nil {
		log("nothing was kept for the next session: %v", err)
	}
}

// table returns the table with these limits: that of before, unless data came in
// since. Opening one may take seconds, so the others that want it wait.
func (d *editorData) table(ctx context.Context, stale screener.Stale) (*snapshot.Table, error) {
	select {
	case <-d.turn:
		defer func() { d.turn <- struct{}{} }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	data, err := d.db.DataVersion(ctx, 0)
	if err != nil {
		return nil, err
	}
	if before := d.tables[stale]; before != nil && before.DataVersion() == data {
		return before, nil
	}
	table, err := openTable(ctx, d.db, d.asOf, stale)
	if err == nil {
		d.tables[stale] = table
	}
	return table, err
}

// Table implements [lsp.Data].
func (d *editorData) Table(ctx context.Context, stale screener.Stale) (screener.Table, error) {
	return d.table(ctx, stale)
}

// Seen implements [lsp.Data].
func (d *editorData) Seen(ctx context.Context, name string) (string, error) {
	if _, ranked := metric.LookupRanked(name); ranked {
		return "", nil // it has no values of its own: they depend on the universe
	}
	table, err := d.table(ctx, screener.Stale{})
	if err != nil {
		return "", err
	}
	if table.Rows() == 0 {
		text, _ := d.a.nobody(table)
		return text, nil
	}
	e, ok := d.names()[name]
	if !ok {
		return "", nil
	}
	read, err := table.Distribution(ctx, name)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	distributionOf(read, table.AsOf().String()).write(&b, e)
	return "```text\n" + strings.TrimSpace(b.String()) + "\n```", nil
}
