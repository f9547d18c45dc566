package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math"

	"assay/fundamentals"
)

// sum is the content of a set of rows: the sum of the rows' hashes, two lanes
// of 64 bits. It does not depend on the order in which rows are added.
type sum struct{ a, b uint64 }

func (s *sum) add(h sum) { s.a += h.a; s.b += h.b }

// take takes out what add added.
func (s *sum) take(h sum) { s.a -= h.a; s.b -= h.b }

// String returns 32 hexadecimal digits.
func (s sum) String() string { return fmt.Sprintf("%016x%016x", s.a, s.b) }

// hashText hashes a table's name and the texts of a row's natural key.
func hashText(table string, texts ...string) sum {
	h := sha256.New()
	var size [8]byte
	for _, t := range append([]string{table}, texts...) {
		binary.LittleEndian.PutUint64(size[:], uint64(len(t)))
		h.Write(size[:])
		h.Write([]byte(t))
	}
	digest := h.Sum(nil)
	return sum{binary.LittleEndian.Uint64(digest), binary.LittleEndian.Uint64(digest[8:])}
}

// mix folds a word into a hash. It is what a row of numbers costs, seven million
// times: a multiplication a lane.
func (s sum) mix(x uint64) sum {
	a := (s.a ^ x) * 0x9E3779B97F4A7C15
	b := (s.b + x) * 0xD6E8FEB86659FD93
	return sum{a ^ a>>32, b ^ b>>29}
}

// done spreads every bit of the hash, so that sums of similar rows differ.
func (s sum) done() sum {
	return sum{finish(s.a ^ s.b>>1), finish(s.b + s.a<<1)}
}

func finish(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

func (s sum) mixSum(o sum) sum         { return s.mix(o.a).mix(o.b) }
func (s sum) mixFloat(f float64) sum   { return s.mix(math.Float64bits(f)) }
func (s sum) mixInt(n int64) sum       { return s.mix(uint64(n)) }
func (s sum) overruling(rank int) sum  { return s.mix(0x6F7665722D72756C).mixInt(int64(rank)).done() }
func (s sum) signed() (a, b int64)     { return int64(s.a), int64(s.b) }
func unsigned(a, b int64) (result sum) { return sum{uint64(a), uint64(b)} }

// DataVersion names the content of the database up to a batch: 32 hexadecimal
// digits, equal for equal rows however they were ordered, split into files and
// batches. A row that overrules one of an earlier batch counts as such, for
// there the order is part of the content. A rounded fact that an exact one of the
// same filing states does not count, whichever came first.
func (db *DB) DataVersion(ctx context.Context, upTo fundamentals.Batch) (all string, err error) {
	all, _, err = db.Versions(ctx, 0, upTo)
	return all, err
}

// beforeAll is the first day that a batch can change where it can change all.
const beforeAll = fundamentals.Date(-1_000_000)

// Versions returns the data version, and that of the content that a table of a day is
// derived from: without the user's columns, and without the batches that count from a
// later day on, for all that they brought became known later, or is closes of later days.
// A batch counts for all days as soon as it brought anything that has no such day, as a
// listing has none; and until the companies of its filings are standardised, for the
// filings may show what was before, as a split.
func (db *DB) Versions(ctx context.Context, on fundamentals.Date, upTo fundamentals.Batch) (all, ofDay string, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		all, ofDay, err = versions(ctx, tx, on, upTo)
		return err
	})
	if err != nil {
		return "", "", fmt.Errorf("data version: %w", err)
	}
	return all, ofDay, nil
}

func versions(ctx context.Context, tx *sql.Tx, on fundamentals.Date, upTo fundamentals.Batch) (all, ofDay string, err error) {
	var total, others sum
	err = eachBatch(ctx, tx, upTo, func(b batchSums) {
		total.add(b.all)
		if b.firstDay <= on {
			others.add(b.all)
			others.take(b.own)
		}
	})
	return total.String(), others.String(), err
}

// batchSums is the content of a batch.
type batchSums struct {
	id       fundamentals.Batch
	all, own sum // of all that it brought, and of the user's columns in it
	firstDay fundamentals.Date
}

// eachBatch gives the content of each batch, in their order.
func eachBatch(ctx context.Context, tx *sql.Tx, upTo fundamentals.Batch, do func(batchSums)) error {
	rows, err := tx.QueryContext(ctx, `SELECT id, sum_a, sum_b, user_a, user_b, first_day FROM batch WHERE id <= ? ORDER BY id`, limit(upTo))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var one batchSums
		var a, b, ownA, ownB int64
		if err := rows.Scan(&one.id, &a, &b, &ownA, &ownB, &one.firstDay); err != nil {
			return err
		}
		one.all, one.own = unsigned(a, b), unsigned(ownA, ownB)
		do(one)
	}
	return rows.Err()
}

// BatchOf returns the last batch up to which the content has a version; 0 where it
// never had. A batch that is still being written, or grew since, has none.
func (db *DB) BatchOf(ctx context.Context, version string) (batch fundamentals.Batch, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		var total sum
		return eachBatch(ctx, tx, 0, func(b batchSums) {
			if total.add(b.all); total.String() == version {
				batch = b.id
			}
		})
	})
	if err != nil {
		return 0, fmt.Errorf("batch of data version %s: %w", version, err)
	}
	return batch, nil
}
