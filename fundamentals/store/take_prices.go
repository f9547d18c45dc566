package store

import (
	"cmp"
	"database/sql"
	"database/sql/driver"
	"errors"
	"slices"
	"strconv"

	"assay/fundamentals"
)

var priceRows = newBulk("price", []string{"series", "batch"}, []string{"day", "close", "open", "high", "low", "volume", "has_volume"})

func compareBars(a, b fundamentals.Bar) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Close, b.Close), cmp.Compare(a.Open, b.Open),
		cmp.Compare(a.High, b.High), cmp.Compare(a.Low, b.Low), cmp.Compare(a.Volume, b.Volume), cmp.Compare(flag(a.HasVolume), flag(b.HasVolume)))
}

// flag is a truth as it is stored.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (t *taker) prices(rows *fundamentals.Rows) error {
	for _, p := range rows.Prices {
		s, err := t.series(p.Series)
		if err == nil && len(p.Bars) > 0 {
			err = t.bars(s, slices.Compact(slices.SortedFunc(slices.Values(p.Bars), compareBars)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// newBar is a bar to store, which overrules so many batches.
type newBar struct {
	fundamentals.Bar
	overrules int
}

// bars stores sorted bars that the series does not say already.
func (t *taker) bars(s storedSeries, bars []fundamentals.Bar) error {
	stored, err := t.storedBars(s, bars[0].Day, bars[len(bars)-1].Day)
	if err != nil {
		return err
	}
	fresh := make([]newBar, 0, len(bars))
	for _, held := range groups(bars, func(a, b fundamentals.Bar) bool { return a.Day == b.Day }) {
		n := 0
		for len(stored) > 0 && stored[0].said.Day < held[0].Day {
			stored = stored[1:]
		}
		for n < len(stored) && stored[n].said.Day == held[0].Day {
			n++
		}
		words := stored[:n]
		latest, overrules := words.before(t.batch)
		if words.wins(held[len(held)-1], latest, func(a, b fundamentals.Bar) bool { return compareBars(a, b) > 0 }) {
			continue
		}
		for _, b := range held {
			if !words.has(b, t.batch) {
				fresh = append(fresh, newBar{b, overrules})
			}
		}
	}
	for _, b := range fresh {
		h := s.hash.mixInt(int64(b.Day)).mixFloat(b.Open).mixFloat(b.High).mixFloat(b.Low).mixFloat(b.Close).mixFloat(b.Volume).mixInt(flag(b.HasVolume)).done()
		t.added(h)
		t.overrule(0, nil, h, b.overrules)
	}
	if len(fresh) > 0 {
		t.since(fresh[0].Day, len(fresh))
	}
	if err := t.toPack(s, fresh); err != nil {
		return err
	}
	return insertAll(t, priceRows, []driver.Value{s.id, int64(t.batch)}, fresh, func(places []driver.NamedValue, b *newBar) {
		_ = places[6]
		places[0].Value, places[1].Value, places[2].Value, places[3].Value = int64(b.Day), b.Close, b.Open, b.High
		places[4].Value, places[5].Value, places[6].Value = b.Low, b.Volume, flag(b.HasVolume)
	})
}

// toPack notes the blocks of new bars, which come by day: closes are to be packed anew.
func (t *taker) toPack(s storedSeries, bars []newBar) error {
	for i := range bars {
		if i > 0 && blockOf(bars[i].Day) == blockOf(bars[i-1].Day) {
			continue
		}
		if _, err := t.exec(`INSERT OR IGNORE INTO price_unpacked (series, block) VALUES (?, ?)`, s.id, blockOf(bars[i].Day)); err != nil {
			return err
		}
	}
	return nil
}

// storedBars reads the bars of a series from a day to another, by day and batch.
func (t *taker) storedBars(s storedSeries, from, to fundamentals.Date) (said[fundamentals.Bar], error) {
	rows, err := t.tx.QueryContext(t.ctx, `SELECT day, close, open, high, low, volume, has_volume, batch FROM price WHERE series = ? AND day BETWEEN ? AND ? ORDER BY day, batch`, s.id, int64(from), int64(to))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list said[fundamentals.Bar]
	for rows.Next() {
		var day, batch int64
		var b fundamentals.Bar
		if err := rows.Scan(&day, &b.Close, &b.Open, &b.High, &b.Low, &b.Volume, &b.HasVolume, &batch); err != nil {
			return nil, err
		}
		b.Day = fundamentals.Date(day)
		list = append(list, word[fundamentals.Bar]{b, fundamentals.Batch(batch)})
	}
	return list, rows.Err()
}

// storedSeries is the row of a series.
type storedSeries struct {
	id   int64
	hash sum
}

// series finds the row of a series, or makes it.
func (t *taker) series(s fundamentals.Series) (row storedSeries, err error) {
	if row, ok := t.known[s]; ok {
		return row, nil
	}
	row.hash = hashText("series", s.Ticker, s.Basis.String(), s.BasisDate.String(), strconv.FormatBool(s.AsPrice))
	err = t.row(`SELECT id FROM series WHERE ticker = ? AND basis = ? AND basis_date = ? AND as_price = ?`,
		s.Ticker, int64(s.Basis), s.BasisDate, s.AsPrice).Scan(&row.id)
	if errors.Is(err, sql.ErrNoRows) {
		row.id, err = t.newSeries(s)
		t.implied(row.hash)
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
