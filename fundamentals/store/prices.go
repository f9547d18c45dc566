package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"

	"assay/fundamentals"
)

// SeriesID numbers a series within one database.
type SeriesID int64

// SeriesRow is a stored series.
type SeriesRow struct {
	ID SeriesID
	fundamentals.Series
}

// Series lists the series by ticker, basis, basis date and use as a price.
func (db *DB) Series(ctx context.Context, upTo fundamentals.Batch) (list []SeriesRow, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		list, err = query(ctx, tx, func(r *sql.Rows, s *SeriesRow) error {
			return r.Scan(&s.ID, &s.Ticker, &s.Basis, &s.BasisDate, &s.AsPrice)
		}, `SELECT id, ticker, basis, basis_date, as_price FROM series WHERE batch <= ? ORDER BY ticker, basis, basis_date, as_price`, limit(upTo))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("price series: %w", err)
	}
	return list, nil
}

// Bars lists the bars of a series by day, from and to included; to none means
// no end.
func (db *DB) Bars(ctx context.Context, series SeriesID, from, to fundamentals.Date, upTo fundamentals.Batch) (list []fundamentals.Bar, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		list, err = query(ctx, tx, func(r *sql.Rows, b *fundamentals.Bar) error {
			var day int64
			err := r.Scan(&day, &b.Open, &b.High, &b.Low, &b.Close, &b.Volume, &b.HasVolume)
			b.Day = fundamentals.Date(day)
			return err
		}, `SELECT day, open, high, low, close, volume, has_volume FROM price WHERE series = ? AND day BETWEEN ? AND ? AND batch <= ?
			ORDER BY day, batch, close, open, high, low, volume, has_volume`, series, from, last(to), limit(upTo))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("prices of series %d: %w", series, err)
	}
	n := 0
	for i := range list { // the last of a day wins
		if i+1 == len(list) || list[i+1].Day != list[i].Day {
			list[n] = list[i]
			n++
		}
	}
	return list[:n], nil
}

func last(to fundamentals.Date) fundamentals.Date {
	if to == 0 {
		return math.MaxInt32
	}
	return to
}

// Closing is the end of one day of a series.
type Closing struct {
	Series        SeriesID
	Day           fundamentals.Date
	Close, Volume float64
	HasVolume     bool // see [fundamentals.Bar]
}

// closesQuery reads a series without what all rows have in common and without a
// volume that is not said: there are a million rows, and each column of each costs.
const closesQuery = `SELECT day, close, CASE WHEN has_volume THEN volume END FROM price
	WHERE series = ? AND day BETWEEN ? AND ? AND batch <= ?
	ORDER BY day, batch, close, open, high, low, volume, has_volume`

// Closes calls fn for each day of some series, from and to included; to none means
// no end. The days of one series come in their order, but among them may come days
// of others.
func (db *DB) Closes(ctx context.Context, series []SeriesID, from, to fundamentals.Date, upTo fundamentals.Batch, fn func(Closing) error) error {
	err := db.view(ctx, func(tx *sql.Tx) (err error) {
		if upTo == 0 { // what is packed is the latest
			if series, err = packedCloses(ctx, tx, series, from, last(to), fn); err != nil {
				return err
			}
		}
		days, err := tx.PrepareContext(ctx, closesQuery)
		if err != nil {
			return err
		}
		defer func() { _ = days.Close() }()
		for _, id := range series {
			if err := closes(ctx, days, id, []any{int64(id), from, last(to), limit(upTo)}, fn); err != nil {
				return fmt.Errorf("series %d: %w", id, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("closes: %w", err)
	}
	return nil
}

// closes reads one series; the last of a day wins.
func closes(ctx context.Context, days *sql.Stmt, id SeriesID, args []any, fn func(Closing) error) error {
	rows, err := days.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	held := Closing{}
	var day, price, volume any // Scan is slow with others
	cells := []any{&day, &price, &volume}
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			return err
		}
		c := Closing{Series: id, Day: fundamentals.Date(day.(int64)), Close: price.(float64)}
		c.Volume, c.HasVolume = volume.(float64)
		if held.Series != 0 && c.Day != held.Day {
			if err := fn(held); err != nil {
				return err
			}
		}
		held = c
	}
	if err := rows.Err(); err != nil || held.Series == 0 { // day 0 is a day here: 1970-01-01
		return err
	}
	return fn(held)
}

// Range is the highest and the lowest trade of one day of a series.
type Range struct {
	Series    SeriesID
	Day       fundamentals.Date
	High, Low float64
}

// Ranges calls fn for each day with a high and a low of each series, by series and
// day, from and to included.
func (db *DB) Ranges(ctx context.Context, from, to fundamentals.Date, upTo fundamentals.Batch, fn func(Range)) error {
	var list []Range
	err := db.view(ctx, func(tx *sql.Tx) (err error) {
		list, err = query(ctx, tx, func(r *sql.Rows, one *Range) error {
			var series, day int64
			err := r.Scan(&series, &day, &one.High, &one.Low)
			one.Series, one.Day = SeriesID(series), fundamentals.Date(day)
			return err
		}, `SELECT p.series, p.day, p.high, p.low FROM series s JOIN price p ON p.series = s.id
			WHERE s.batch <= ?1 AND p.day BETWEEN ?2 AND ?3 AND p.batch <= ?1 AND s.basis <> ?4
			ORDER BY p.series, p.day, p.batch, p.close, p.open, p.high, p.low, p.volume, p.has_volume`, limit(upTo), from, last(to), fundamentals.TotalReturn)
		return err
	})
	if err != nil {
		return fmt.Errorf("highs and lows: %w", err)
	}
	for _, same := range groups(list, func(a, b Range) bool { return a.Series == b.Series && a.Day == b.Day }) {
		if one := same[len(same)-1]; one.High > 0 && one.Low > 0 { // the last of a day wins
			fn(one)
		}
	}
	return nil
}

// Splits lists the splits by ticker and day; the latest batch wins.
func (db *DB) Splits(ctx context.Context, upTo fundamentals.Batch) (list []fundamentals.Split, err error) {
	var all []fundamentals.Split
	err = db.view(ctx, func(tx *sql.Tx) error {
		all, err = query(ctx, tx, func(r *sql.Rows, s *fundamentals.Split) error {
			return r.Scan(&s.Ticker, &s.Date, &s.Ratio)
		}, `SELECT ticker, day, ratio FROM split WHERE batch <= ? ORDER BY ticker, day, batch, ratio`, limit(upTo))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("splits: %w", err)
	}
	for _, same := range groups(all, func(a, b fundamentals.Split) bool { return a.Ticker == b.Ticker && a.Date == b.Date }) {
		list = append(list, same[len(same)-1])
	}
	return list, nil
}
