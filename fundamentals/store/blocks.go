package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"assay/fundamentals"
)

// blockDays is how many days of a series are packed into one block: see the
// migration that made the table.
const blockDays = 365

func blockOf(day fundamentals.Date) int64 { return int64(day) / blockDays }

// errBlock is what a block that cannot be read gives.
var errBlock = errors.New("packed closes cannot be read: the database is damaged; go back to a copy of it (assay backup), or ingest into another")

// blocksAtOnce is how many blocks are written in one transaction.
const blocksAtOnce = 2048

// place names a block.
type place struct {
	series SeriesID
	block  int64
}

// PackCloses packs the closes that were written since they were last packed, so that
// [DB.Closes] need not read them row by row.
func (db *DB) PackCloses(ctx context.Context) error {
	for more := true; more; {
		var places []place
		err := db.view(ctx, func(tx *sql.Tx) (err error) {
			places, err = unpacked(ctx, tx, blocksAtOnce)
			return err
		})
		if more = len(places) > 0; err == nil && more {
			err = db.update(ctx, func(tx *sql.Tx) error { return packCloses(ctx, tx) })
		}
		if err != nil {
			return fmt.Errorf("pack closes: %w", err)
		}
	}
	return nil
}

// unpacked lists places that are not packed, by series; limit -1 is none.
func unpacked(ctx context.Context, tx *sql.Tx, limit int) ([]place, error) {
	return query(ctx, tx, func(r *sql.Rows, p *place) error { return r.Scan(&p.series, &p.block) },
		`SELECT series, block FROM price_unpacked ORDER BY series, block LIMIT ?`, limit)
}

// packCloses packs the first places that are not. It reads them within its own
// transaction: nobody can write a price between the look and the packing.
func packCloses(ctx context.Context, tx *sql.Tx) error {
	places, err := unpacked(ctx, tx, blocksAtOnce)
	if err != nil {
		return err
	}
	days, err := tx.PrepareContext(ctx, closesQuery)
	if err != nil {
		return err
	}
	defer func() { _ = days.Close() }()
	put, err := tx.PrepareContext(ctx, `INSERT OR REPLACE INTO price_block (block, series, content) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = put.Close() }()
	var list []Closing
	for _, p := range places {
		list = list[:0]
		keep := func(c Closing) error {
			list = append(list, c)
			return nil
		}
		from, to := p.days()
		if err := closes(ctx, days, p.series, []any{int64(p.series), from, to, limit(0)}, keep); err != nil {
			return err
		}
		if _, err := put.ExecContext(ctx, p.block, p.series, packBlock(list)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM price_unpacked WHERE series = ? AND block = ?`, p.series, p.block); err != nil {
			return err
		}
	}
	return nil
}

// days returns the first and the last day of a block. Division rounds towards
// zero: the block of 1970 has the days on both sides.
func (p place) days() (from, to fundamentals.Date) {
	first := fundamentals.Date(p.block * blockDays)
	if from, to = first, first+blockDays-1; p.block <= 0 {
		from = first - blockDays + 1
	}
	if p.block < 0 {
		to = first
	}
	return from, to
}

// packedCloses calls fn for the days of series that are packed whole, block by
// block, and returns the other series.
func packedCloses(ctx context.Context, tx *sql.Tx, series []SeriesID, from, to fundamentals.Date, fn func(Closing) error) (rest []SeriesID, err error) {
	places, err := unpacked(ctx, tx, -1)
	if err != nil || len(series) == 0 {
		return nil, err
	}
	asked := map[SeriesID]bool{} // false: it is not packed whole
	for _, id := range series {
		asked[id] = true
	}
	for _, p := range places {
		if asked[p.series] && p.block >= blockOf(from) && p.block <= blockOf(to) {
			asked[p.series] = false
			rest = append(rest, p.series)
		}
	}
	rows, err := tx.QueryContext(ctx, `SELECT series, content FROM price_block WHERE block BETWEEN ? AND ? AND series BETWEEN ? AND ? ORDER BY block, series`,
		blockOf(from), blockOf(to), slices.Min(series), slices.Max(series))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var id SeriesID
	var content sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&id, &content); err != nil {
			return nil, err
		}
		if !asked[id] {
			continue
		}
		if err := unpackBlock(content, id, from, to, fn); err != nil {
			return nil, fmt.Errorf("series %d: %w", id, err)
		}
	}
	return rest, rows.Err()
}

// A block is a byte that says how closes are written, and the number of its days.
// Then come the days, each as how far it is from the one before, with a bit that says
// whether a volume follows; its close; and the volume.
//
// A close is a whole number of units where all of them are, written as how far it is
// from the one before; otherwise it is its eight bytes.
var closeUnits = [...]float64{0, 1e2, 1e4, 1e6}

func packBlock(days []Closing) []byte {
	unit := 0
	for u := len(closeUnits) - 1; u > 0; u-- { // the coarsest that will do
		if !slices.ContainsFunc(days, func(c Closing) bool { return !isWhole(c.Close, closeUnits[u]) }) {
			unit = u
		}
	}
	b := binary.AppendUvarint([]byte{byte(unit)}, uint64(len(days)))
	day, level := int64(0), int64(0)
	for _, c := range days {
		step := zigzag(int64(c.Day)-day) << 1
		if c.HasVolume {
			step |= 1
		}
		b = binary.AppendUvarint(b, step)
		day = int64(c.Day)
		if unit == 0 {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(c.Close))
		} else {
			now := int64(math.Round(c.Close * closeUnits[unit]))
			b = binary.AppendUvarint(b, zigzag(now-level))
			level = now
		}
		switch {
		case !c.HasVolume:
		case isWhole(c.Volume, 1) && c.Volume >= 0:
			b = binary.AppendUvarint(b, uint64(c.Volume)<<1)
		default:
			b = binary.LittleEndian.AppendUint64(append(b, 1), math.Float64bits(c.Volume))
		}
	}
	return b
}

func zigzag(n int64) uint64 { return uint64(n)<<1 ^ uint64(n>>63) }

func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

// isWhole reports whether a number comes back to the bit from how many units it is.
func isWhole(f, unit float64) bool {
	n := math.Round(f * unit)
	return math.Abs(n) < 1<<50 && math.Float64bits(float64(int64(n))/unit) == math.Float64bits(f)
}

// blockReader reads a block; the first fault stands.
type blockReader struct {
	b   []byte
	bad bool
}

func (r *blockReader) uint() uint64 {
	if len(r.b) > 0 && r.b[0] < 0x80 {
		n := r.b[0]
		r.b = r.b[1:]
		return uint64(n)
	}
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.b, r.bad = nil, true
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *blockReader) float() float64 {
	if len(r.b) < 8 {
		r.b, r.bad = nil, true
		return 0
	}
	bits := binary.LittleEndian.Uint64(r.b)
	r.b = r.b[8:]
	return math.Float64frombits(bits)
}

// unpackBlock calls fn for the days of a block from one to another.
func unpackBlock(b []byte, id SeriesID, from, to fundamentals.Date, fn func(Closing) error) error {
	if len(b) == 0 || int(b[0]) >= len(closeUnits) {
		return errBlock
	}
	unit := closeUnits[b[0]]
	r := blockReader{b: b[1:]}
	day, level := int64(0), int64(0)
	for n := r.uint(); n > 0 && !r.bad; n-- {
		step := r.uint()
		day += unzigzag(step >> 1)
		c := Closing{Series: id, Day: fundamentals.Date(day), HasVolume: step&1 != 0}
		if unit == 0 {
			c.Close = r.float()
		} else {
			level += unzigzag(r.uint())
			c.Close = float64(level) / unit
		}
		if c.HasVolume {
			if v := r.uint(); v&1 == 0 {
				c.Volume = float64(v >> 1)
			} else {
				c.Volume = r.float()
			}
		}
		if r.bad || c.Day < from || c.Day > to {
			continue
		}
		if err := fn(c); err != nil {
			return err
		}
	}
	if r.bad || len(r.b) > 0 {
		return errBlock
	}
	return nil
}
