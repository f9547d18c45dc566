package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"assay/fundamentals"
	"assay/screener"
)

// head are the columns that [scan] reads.
const head = `o.number, o.origin, o.file, o.started_at, o.open_us, o.run_us, o.write_us, o.asked,
	r.name, r.screen, r.as_of, r.texts, r.data_version, r.batch, r.catalogue, r.program, r.stale_statement, r.stale_price, r.previous,
	r.companies, r.universe, r.universe_unknown, r.passed, r.failed, r.unknown, r.cut`

const joined = ` FROM run_occurrence o JOIN run r ON r.name = o.run `

func scan(row interface{ Scan(...any) error }) (e Entry, err error) {
	var started, texts, before, asked string
	var open, run, write int64
	c := &e.Counts
	err = row.Scan(&e.Number, &e.Origin, &e.File, &started, &open, &run, &write, &asked,
		&e.Name, &e.Screen, &e.AsOf, &texts, &e.DataVersion, &e.Batch, &e.Catalogue, &e.Program, &e.Stale.Statement, &e.Stale.Price, &before,
		&c.Companies, &c.Universe, &c.UniverseUnknown, &c.Passed, &c.Failed, &c.Unknown, &c.Cut)
	if err != nil {
		return e, err
	}
	if e.Started, err = timeOf(started); err != nil {
		return e, err
	}
	e.Timings = Timings{time.Duration(open) * time.Microsecond, time.Duration(run) * time.Microsecond, time.Duration(write) * time.Microsecond}
	if err := json.Unmarshal([]byte(texts), &e.Texts); err != nil {
		return e, err
	}
	if asked != "" {
		if err := json.Unmarshal([]byte(asked), &e.Asked); err != nil {
			return e, err
		}
	}
	if before != "" {
		e.Before = &screener.Before{}
		return e, json.Unmarshal([]byte(before), e.Before)
	}
	return e, nil
}

// Filter chooses among the occurrences.
type Filter struct {
	Screen string // "": of every screen
	Limit  int    // 0: all
}

// List lists occurrences, the latest first.
func List(ctx context.Context, db Database, f Filter) (list []Entry, err error) {
	err = db.View(ctx, func(tx *sql.Tx) error {
		limit := f.Limit
		if limit == 0 {
			limit = -1
		}
		list, err = entries(ctx, tx, `WHERE ?1 = '' OR r.screen = ?1 ORDER BY o.number DESC LIMIT ?2`, f.Screen, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("runs: %w", err)
	}
	return list, nil
}

func entries(ctx context.Context, tx *sql.Tx, where string, args ...any) (list []Entry, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+head+joined+where, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

var (
	numbered = pattern(`^[0-9]{1,15}$`)
	hashed   = pattern(`^[0-9a-f]{6,16}$`)
	counted  = pattern(`^(?:(.+)@)?last(?:~([0-9]{1,9}))?$`)
)

// Named reports whether a text can be the name of a run for [Find].
func Named(name string) bool {
	return numbered().MatchString(name) || hashed().MatchString(name) || counted().MatchString(name)
}

// Find finds a run by its number, its name or the first six digits of it or more,
// or by its place from the end: last is the latest, last~1 the one before it of
// the same screen, and SCREEN@last the latest of a screen. A run that came back is
// counted once, at its latest occurrence. The error wraps [ErrNotFound] where none
// is kept.
func Find(ctx context.Context, db Database, name string) (e Entry, err error) {
	err = db.View(ctx, func(tx *sql.Tx) error {
		e, err = find(ctx, tx, name)
		return err
	})
	if err != nil {
		return Entry{}, fmt.Errorf("run %s: %w", name, err)
	}
	return e, nil
}

func find(ctx context.Context, tx *sql.Tx, name string) (Entry, error) {
	if numbered().MatchString(name) {
		number, err := strconv.ParseInt(name, 10, 64)
		if err != nil {
			return Entry{}, err
		}
		return only(entries(ctx, tx, `WHERE o.number = ?`, number))
	}
	if m := counted().FindStringSubmatch(name); m != nil {
		return fromEnd(ctx, tx, m[1], m[2])
	}
	if !hashed().MatchString(name) {
		return Entry{}, fmt.Errorf("%w: a run is named by its number, by six digits of its name or more, or by last", ErrNotFound)
	}
	const latest = `o.number = (SELECT max(number) FROM run_occurrence WHERE run = r.name)`
	list, err := entries(ctx, tx, `WHERE r.name >= ?1 AND r.name < ?1 || 'g' AND `+latest+` ORDER BY r.name`, name)
	if err == nil && len(list) > 1 {
		return Entry{}, fmt.Errorf("%d runs begin so: %s and %s", len(list), list[0].Name, list[1].Name)
	}
	return only(list, err)
}

// fromEnd finds the run so many before the latest of a screen, or of the screen
// that was run last.
func fromEnd(ctx context.Context, tx *sql.Tx, screen, back string) (Entry, error) {
	n := 0
	if back != "" {
		var err error
		if n, err = strconv.Atoi(back); err != nil {
			return Entry{}, err
		}
	}
	if screen == "" {
		last, err := only(entries(ctx, tx, `ORDER BY o.number DESC LIMIT 1`))
		if err != nil || n == 0 {
			return last, err
		}
		screen = last.Screen
	}
	return only(entries(ctx, tx, `WHERE r.screen = ? AND o.number = (SELECT max(number) FROM run_occurrence WHERE run = r.name)
		ORDER BY o.number DESC LIMIT 1 OFFSET ?`, screen, n))
}

func only(list []Entry, err error) (Entry, error) {
	if err != nil {
		return Entry{}, err
	}
	if len(list) == 0 {
		return Entry{}, ErrNotFound
	}
	return list[0], nil
}

// Load reads what is kept of a run besides its head: the texts and the decisions.
func Load(ctx context.Context, db Database, run *Run) error {
	err := db.View(ctx, func(tx *sql.Tx) error {
		for i := range run.Texts {
			t := &run.Texts[i]
			if err := tx.QueryRowContext(ctx, `SELECT text FROM run_text WHERE digest = ?`, t.Digest).Scan(&t.Text); err != nil {
				return fmt.Errorf("text of %s: %w", t.File, err)
			}
		}
		return decisions(ctx, tx, run)
	})
	if err != nil {
		return fmt.Errorf("run %s: %w", run.Name, err)
	}
	return nil
}

func decisions(ctx context.Context, tx *sql.Tx, run *Run) error {
	var content []byte
	err := tx.QueryRowContext(ctx, `SELECT decisions FROM run WHERE name = ?`, run.Name).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	if err == nil {
		run.Ledger, err = unpack(content)
	}
	return err
}

// ListBefore returns the list that a screen had before a day: that of its run as
// of the latest day before, and of several as of that day the one made last. Nil:
// none is kept.
func ListBefore(ctx context.Context, db Database, screen string, asOf fundamentals.Date) (b *screener.Before, err error) {
	err = db.View(ctx, func(tx *sql.Tx) error {
		e, err := only(entries(ctx, tx, `WHERE r.screen = ? AND r.as_of < ? ORDER BY r.as_of DESC, o.number DESC LIMIT 1`, screen, asOf))
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err == nil {
			err = decisions(ctx, tx, &e.Run)
		}
		if err == nil {
			b = e.Ledger.Before(e.Name, e.AsOf)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the list of %s before %s: %w", screen, asOf, err)
	}
	return b, nil
}

// Short is a run's name as people read it.
func Short(name string) string { return strings.TrimSpace(name[:min(len(name), 10)]) }

// pattern compiles an expression when it is first asked for: the start of a
// program pays for none that it does not need.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
