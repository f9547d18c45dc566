package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"assay/fundamentals"
)

// priceRows is the number of bars that one statement inserts.
const priceRows = 64

const (
	insertPrice  = `INSERT INTO price (series, day, close, open, high, low, volume, batch) VALUES `
	onePrice     = `(?, ?, ?, ?, ?, ?, ?, ?)`
	ifNewPrice   = ` ON CONFLICT DO NOTHING RETURNING day, close, open, high, low, volume`
	rankOfAPrice = `SELECT count(DISTINCT batch) FROM price WHERE series = ? AND day = ? AND batch < ?`
)

func compareBars(a, b fundamentals.Bar) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Close, b.Close), cmp.Compare(a.Open, b.Open),
		cmp.Compare(a.High, b.High), cmp.Compare(a.Low, b.Low), cmp.Compare(a.Volume, b.Volume))
}

func (t *taker) prices(rows *fundamentals.Rows) error {
	for _, p := range rows.Prices {
		s, err := t.series(p.Series)
		if err != nil {
			return err
		}
		bars := slices.SortedFunc(slices.Values(p.Bars), compareBars)
		for chunk := range slices.Chunk(slices.Compact(bars), priceRows) {
			if err := t.bars(s, chunk); err != nil {
				return err
			}
		}
	}
	return nil
}

// bars inserts bars in the order of the table's key; SQLite tells which were new.
func (t *taker) bars(s storedSeries, bars []fundamentals.Bar) error {
	args := make([]any, 0, 8*priceRows)
	for _, b := range bars {
		args = append(args, s.id, int64(b.Day), b.Close, b.Open, b.High, b.Low, b.Volume, int64(t.batch))
	}
	stmt, err := t.stmt(insertPrice + strings.Repeat(onePrice+", ", len(bars)-1) + onePrice + ifNewPrice)
	if err != nil {
		return err
	}
	fresh, err := scanBars(stmt, args)
	if err != nil {
		return err
	}
	for _, b := range fresh {
		h := s.hash.mixInt(int64(b.Day)).mixFloat(b.Open).mixFloat(b.High).mixFloat(b.Low).mixFloat(b.Close).mixFloat(b.Volume).done()
		t.added(h)
		if !s.earlier {
			continue
		}
		n, err := t.rank(rankOfAPrice, s.id, int64(b.Day), int64(t.batch))
		if err != nil {
			return err
		}
		if n > 0 {
			t.content.add(h.overruling(n))
		}
	}
	return nil
}

func scanBars(s *sql.Stmt, args []any) (list []fundamentals.Bar, err error) {
	rows, err := s.QueryContext(context.Background(), args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var day int64
		var b fundamentals.Bar
		if err := rows.Scan(&day, &b.Close, &b.Open, &b.High, &b.Low, &b.Volume); err != nil {
			return nil, err
		}
		b.Day = fundamentals.Date(day)
		list = append(list, b)
	}
	return list, rows.Err()
}

// storedSeries is the row of a series.
type storedSeries struct {
	id      int64
	hash    sum
	earlier bool // it has bars of earlier batches
}

// series finds the row of a series, or makes it.
func (t *taker) series(s fundamentals.Series) (row storedSeries, err error) {
	if row, ok := t.known[s]; ok {
		return row, nil
	}
	row.hash = hashText("series", s.Ticker, s.Basis.String(), s.BasisDate.String(), strconv.FormatBool(s.AsPrice))
	err = t.row(`SELECT id, EXISTS (SELECT 1 FROM price WHERE series = id AND batch < ?) FROM series WHERE ticker = ? AND basis = ? AND basis_date = ? AND as_price = ?`,
		t.batch, s.Ticker, int64(s.Basis), s.BasisDate, s.AsPrice).Scan(&row.id, &row.earlier)
	if errors.Is(err, sql.ErrNoRows) {
		row.id, err = t.newSeries(s)
		t.added(row.hash)
	}
	if t.known == nil {
		t.known = map[fundamentals.Series]storedSeries{}
	}
	t.known[s] = row
	return row, err
}

func (t *taker) newSeries(s fundamentals.Series) (int64, error) {
	result, err := t.exec(`INSERT INTO series (ticker, basis, basis_date, as_price, batch) VALUES (?, ?, ?, ?, ?)`, s.Ticker, int64(s.Basis), s.BasisDate, s.AsPrice, t.batch)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}
