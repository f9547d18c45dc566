package history

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// ErrOtherwise is wrapped by the error about a run that was decided otherwise
// when it was first kept: the program reads the same data in another way under the
// same version.
var ErrOtherwise = errors.New("it was decided otherwise when it was first kept")

// Record keeps a run and one occurrence of it, and returns the number of the
// occurrence. Definitions says what the run's catalogue means; it is asked where
// that is not kept.
func Record(ctx context.Context, db Database, run *Run, o Occurrence, definitions func() []Definition) (number int64, err error) {
	decisions := layOut(run.Ledger)
	err = db.Update(ctx, func(tx *sql.Tx) error {
		if err := keepRun(ctx, tx, run, decisions, definitions); err != nil {
			return err
		}
		number, err = keepOccurrence(ctx, tx, run.Name, o)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("keep run %s: %w", run.Name, err)
	}
	return number, nil
}

// keepRun keeps a run and what it rests on, unless it is kept. Decisions are compared
// as they were laid out: it takes less to inflate those of before than to deflate these
// again, and another program may deflate otherwise.
func keepRun(ctx context.Context, tx *sql.Tx, run *Run, decisions []byte, definitions func() []Definition) error {
	var kept []byte
	err := tx.QueryRowContext(ctx, `SELECT decisions FROM run WHERE name = ?`, run.Name).Scan(&kept)
	if err == nil {
		before, err := inflated(kept)
		if err == nil && !bytes.Equal(before, decisions) {
			err = ErrOtherwise
		}
		return err
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if err := keepDefinitions(ctx, tx, run.Catalogue, definitions); err != nil {
		return err
	}
	packed, err := deflated(decisions)
	if err != nil {
		return err
	}
	for i, t := range run.Texts {
		sum := sha256.Sum256([]byte(t.Text))
		run.Texts[i].Digest = hex.EncodeToString(sum[:])
		if _, err := tx.ExecContext(ctx, `INSERT INTO run_text (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING`, run.Texts[i].Digest, t.Text); err != nil {
			return err
		}
	}
	texts, err := json.Marshal(run.Texts)
	if err != nil {
		return err
	}
	var before []byte
	if run.Before != nil {
		if before, err = json.Marshal(run.Before); err != nil {
			return err
		}
	}
	c := run.Counts
	_, err = tx.ExecContext(ctx, `INSERT INTO run (name, screen, as_of, texts, data_version, batch, catalogue, program, stale_statement, stale_price, previous,
		companies, universe, universe_unknown, passed, failed, unknown, cut, decisions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		run.Name, run.Screen, run.AsOf, string(texts), run.DataVersion, run.Batch, run.Catalogue, run.Program, run.Stale.Statement, run.Stale.Price, string(before),
		c.Companies, c.Universe, c.UniverseUnknown, c.Passed, c.Failed, c.Unknown, c.Cut, packed)
	return err
}

func keepDefinitions(ctx context.Context, tx *sql.Tx, catalogue string, definitions func() []Definition) error {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM run_catalogue WHERE name = ?`, catalogue).Scan(&n)
	if err != nil || n > 0 {
		return err
	}
	text, err := json.Marshal(definitions())
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO run_catalogue (name, definitions) VALUES (?, ?)`, catalogue, string(text))
	return err
}

func keepOccurrence(ctx context.Context, tx *sql.Tx, run string, o Occurrence) (int64, error) {
	asked := ""
	if o.Asked != (Asked{}) {
		text, err := json.Marshal(o.Asked)
		if err != nil {
			return 0, err
		}
		asked = string(text)
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO run_occurrence (run, origin, file, started_at, open_us, run_us, write_us, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		run, o.Origin, o.File, o.Started.UTC().Format(stamp), o.Timings.Open.Microseconds(), o.Timings.Run.Microseconds(), o.Timings.Write.Microseconds(), asked)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// stamp is how times are kept: texts in this form sort as the times do.
const stamp = "2006-01-02T15:04:05.000Z07:00"

// Definitions returns what a catalogue meant; none where it is not kept.
func Definitions(ctx context.Context, db Database, catalogue string) (list []Definition, err error) {
	var text string
	err = db.View(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT definitions FROM run_catalogue WHERE name = ?`, catalogue).Scan(&text)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &list)
	}
	if err != nil {
		return nil, fmt.Errorf("definitions of catalogue %s: %w", catalogue, err)
	}
	return list, nil
}

func timeOf(text string) (time.Time, error) { return time.Parse(stamp, text) }
