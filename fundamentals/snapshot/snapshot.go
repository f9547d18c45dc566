// Package snapshot builds one table of every company as it was known on a date.
//
//  1. Open names the table by its date, the data's content and the catalogue,
//     and reads the columns that an earlier table of that name kept (store).
//  2. A column that was not kept is computed: line items from the packed
//     versions of each company (standard), prices from the daily closes
//     (market), metrics by evaluating their formulas (rules).
//  3. Save keeps what was asked for and computed.
//  4. Panel makes what was not kept of the tables of many dates in one pass over
//     the companies, each replayed in the order in which its filings became known,
//     and keeps it.
//
// Rows are the companies with a statement known on the date, in CIK order. A
// missing value keeps its reason; there is no NaN in a table. Nothing known
// after the date can be read through it. Values never change once served, so
// any number of screens may share a table.
package snapshot

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/store"
	"assay/rules"
)

// version is part of a table's name: change it with the code that computes
// columns, so that what older code kept is not read.
const version = "3"

// Options of a table. The zero Options are the defaults.
type Options struct {
	// UpTo is the last ingest batch that counts; 0 counts all.
	UpTo fundamentals.Batch
	// StatementDays is the age in calendar days, PriceDays the age in trading
	// days, beyond which statements and prices are stale; 0 means the defaults:
	// nine months (seventeen for annual filers), ten trading days.
	StatementDays, PriceDays int
	// PricesOn is the day up to which prices are read, and whose listings count, where
	// that is not the day of the table: statements of one day at the prices of another
	// tell what changed between them. They stand on the split basis of the table's
	// day. 0: that day.
	PricesOn fundamentals.Date
	// Reads are planes that will be asked for: those that were not kept are made in one
	// pass over the companies. Another plane costs more, and is the same.
	Reads []rules.Ref

	refreshed bool // the packs were brought up to date
}

// Table is the companies known on a date. It implements [rules.Table]. It may
// be used from any goroutine.
type Table struct {
	db     *store.DB
	asOf   fundamentals.Date
	priced fundamentals.Date // the last day of prices: asOf, but for Options.PricesOn
	opts   Options
	data   string // the data's content
	key    store.SnapshotKey
	ciks   []fundamentals.CIK
	state  *state // nil until something has to be computed

	tickers, names *rules.Vector
	notices        []string
	listed         bool // kept has all that is kept of it, read or not

	mu       sync.Mutex
	planes   map[rules.Ref]*rules.Vector // computed or read
	kept     map[rules.Ref]bool          // of an earlier table, or saved
	fresh    map[rules.Ref]bool          // computed and asked for: to be kept
	eval     *rules.Evaluation
	formulas metric.Formulas
	hygiene  []hygiene // a row each; nil until a column of it is asked for
	opened   *opened   // the company whose evidence was last asked for
	own      own       // the user's columns
}

var _ rules.Table = (*Table)(nil)

// cikColumn is the column that says which rows a kept table has.
const cikColumn = "cik"

// Open returns the table as of a date. It costs one read when a table of the
// same date, data and catalogue was kept.
func Open(ctx context.Context, db *store.DB, asOf fundamentals.Date, opts Options) (*Table, error) {
	t, rows, err := openKept(ctx, db, asOf, opts)
	if err == nil && rows == nil {
		// What new filings change is known when their companies are standardised: it may
		// be nothing of the day.
		if err = tryRefresh(ctx, db, opts.UpTo); err == nil {
			opts.refreshed = true
			t, rows, err = openKept(ctx, db, asOf, opts)
		}
	}
	if err == nil && len(opts.Reads) > 0 {
		p := &panel{db: db, opts: opts}
		err = p.complete(ctx, []*Table{t}, opts.Reads)
	}
	if err == nil && rows == nil {
		rows, err = t.Column(ctx, cikColumn, rules.At{})
	}
	if err != nil {
		return nil, fmt.Errorf("table as of %s: %w", asOf, err)
	}
	return t, t.begin(ctx, rows)
}

// openKept returns a table with the rows that were kept of it, nil where none were.
func openKept(ctx context.Context, db *store.DB, asOf fundamentals.Date, opts Options) (t *Table, rows *rules.Vector, err error) {
	data, ofDay, err := db.Versions(ctx, lastDay(asOf, opts), opts.UpTo)
	if err != nil {
		return nil, nil, err
	}
	if t, err = newTable(ctx, db, asOf, opts, data, ofDay); err != nil {
		return nil, nil, err
	}
	err = t.readKept(ctx, slices.Concat(everyTable, opts.Reads)...)
	return t, t.planes[rules.Ref{Name: cikColumn}], err
}

// lastDay is the last day of which a table reads anything: statements of its date, and
// prices of that day or another.
func lastDay(asOf fundamentals.Date, opts Options) fundamentals.Date {
	return max(asOf, cmp.Or(opts.PricesOn, asOf))
}

// newTable returns a table without its rows.
func newTable(ctx context.Context, db *store.DB, asOf fundamentals.Date, opts Options, data, ofDay string) (*Table, error) {
	t := &Table{
		db: db, asOf: asOf, priced: cmp.Or(opts.PricesOn, asOf), opts: opts, data: data,
		key:    store.SnapshotKey{Data: ofDay, Key: keyText(asOf, opts), On: lastDay(asOf, opts), UpTo: opts.UpTo},
		planes: map[rules.Ref]*rules.Vector{}, kept: map[rules.Ref]bool{}, fresh: map[rules.Ref]bool{},
	}
	return t, t.loadOwn(ctx)
}

// begin gives a table its rows.
func (t *Table) begin(ctx context.Context, rows *rules.Vector) (err error) {
	t.ciks = make([]fundamentals.CIK, len(rows.F))
	for i, f := range rows.F {
		t.ciks[i] = fundamentals.CIK(f)
	}
	t.eval = rules.NewEvaluation(inner{t})
	if t.tickers, err = t.Column(ctx, "ticker", rules.At{}); err != nil {
		return err
	}
	if t.names, err = t.Column(ctx, "name", rules.At{}); err != nil {
		return err
	}
	return t.notice(ctx)
}

// keyText names a table of some data.
func keyText(asOf fundamentals.Date, opts Options) string {
	text := strings.Join([]string{asOf.String(), Catalogue(), strconv.Itoa(opts.StatementDays), strconv.Itoa(opts.PriceDays)}, " ")
	if opts.PricesOn != 0 && opts.PricesOn != asOf {
		text += " prices " + opts.PricesOn.String()
	}
	return text
}

// AsOf returns the date.
func (t *Table) AsOf() fundamentals.Date { return t.asOf }

// DataVersion names the content of the data that the table was made of.
func (t *Table) DataVersion() string { return t.data }

// Rows returns the number of companies.
func (t *Table) Rows() int { return len(t.ciks) }

// CIK returns the company of a row.
func (t *Table) CIK(row int) fundamentals.CIK { return t.ciks[row] }

// Ticker returns the ticker of a row's company, or "" where none is listed.
func (t *Table) Ticker(row int) string { return t.tickers.Text(row) }

// Name returns the name of a row's company, or "" where none is known.
func (t *Table) Name(row int) string { return t.names.Text(row) }

// Row returns the row of a company by ticker or CIK; ok is false where the
// table has none. Class marks are read alike: BRK.B is BRK-B.
func (t *Table) Row(name string) (row int, ok bool) {
	want := fundamentals.NormaliseTicker(name)
	for i := range t.ciks {
		if ticker := t.Ticker(i); ticker != "" && fundamentals.NormaliseTicker(ticker) == want {
			return i, true
		}
	}
	if cik, ok := fundamentals.ParseCIK(name); ok {
		return slices.BinarySearch(t.ciks, cik)
	}
	return 0, false
}

// Column implements [rules.Table].
func (t *Table) Column(ctx context.Context, name string, at rules.At) (*rules.Vector, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if own, err := t.ownPlane(ctx, name); err != nil {
		return nil, fmt.Errorf("column %s as of %s: %w", name, t.asOf, err)
	} else if own != nil {
		return own.values, nil
	}
	ref := t.plane(name, at)
	v, computed, err := t.column(ctx, ref)
	if err != nil {
		return nil, fmt.Errorf("column %s as of %s: %w", name, t.asOf, err)
	}
	if computed {
		t.fresh[ref] = true
	}
	return v, nil
}

// plane folds the planes that a column without history has into one.
func (t *Table) plane(name string, at rules.At) rules.Ref {
	if c, ok := metric.Env().Column(name); ok && c.Fixed {
		at = rules.At{}
	}
	return rules.Ref{Name: name, At: at}
}

// column returns a plane; computed is true if it was not kept before.
func (t *Table) column(ctx context.Context, ref rules.Ref) (v *rules.Vector, computed bool, err error) {
	if v, ok := t.planes[ref]; ok {
		return v, !t.kept[ref], nil
	}
	if !t.listed || t.kept[ref] {
		if err = t.readKept(ctx, ref); err != nil || t.planes[ref] != nil {
			return t.planes[ref], false, err
		}
	}
	if m, ok := metric.Lookup(ref.Name); ok {
		v, err = t.metric(ctx, m, ref.At)
	} else if isHygiene(ref.Name) {
		v, err = t.hygieneColumn(ctx, ref.Name)
	} else if err = t.load(ctx); err == nil {
		v, err = t.input(ctx, ref)
	}
	if err != nil {
		return nil, false, err
	}
	t.planes[ref] = v
	return v, true, nil
}

// readKept reads those of some planes that an earlier table kept.
func (t *Table) readKept(ctx context.Context, refs ...rules.Ref) error {
	var asked []store.ColumnRef
	for _, ref := range refs {
		if _, own := t.own.columns[ref.Name]; !own {
			asked = append(asked, storedRef(t.plane(ref.Name, ref.At)))
		}
	}
	return t.db.Columns(ctx, t.key, asked, func(c store.Column) error {
		v, err := unpackVector(c.Content)
		if err != nil {
			return fmt.Errorf("kept column %s: %w", c.Name, err)
		}
		ref := planeOf(c.ColumnRef)
		t.planes[ref], t.kept[ref] = v, true
		return nil
	})
}

// Save keeps the planes that were asked for and computed, so that the next
// table of this name reads them.
func (t *Table) Save(ctx context.Context) error {
	fresh := t.unsaved()
	if len(fresh.Columns) == 0 {
		return nil
	}
	if err := t.db.PutColumns(ctx, fresh); err != nil {
		return fmt.Errorf("keep the table as of %s: %w", t.asOf, err)
	}
	return nil
}

// unsaved packs what is to be kept, once.
func (t *Table) unsaved() store.Snapshot {
	t.mu.Lock()
	defer t.mu.Unlock()
	refs := slices.SortedFunc(maps.Keys(t.fresh), func(a, b rules.Ref) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.At.Basis, b.At.Basis), cmp.Compare(a.At.Lag, b.At.Lag))
	})
	cols := t.ownToKeep()
	for _, ref := range refs {
		cols = append(cols, store.Column{ColumnRef: storedRef(ref), Content: packVector(t.planes[ref])})
		t.kept[ref] = true
	}
	clear(t.fresh)
	return store.Snapshot{SnapshotKey: t.key, Columns: cols}
}

func storedRef(ref rules.Ref) store.ColumnRef {
	return store.ColumnRef{Name: ref.Name, Basis: int(ref.At.Basis), Lag: ref.At.Lag}
}

// planeOf undoes storedRef.
func planeOf(r store.ColumnRef) rules.Ref {
	return rules.Ref{Name: r.Name, At: rules.At{Basis: rules.Basis(r.Basis), Lag: r.Lag}}
}
