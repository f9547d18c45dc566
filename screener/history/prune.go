package history

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Policy says which occurrences are kept: those of either kind. The latest of each
// screen and origin always is: the next run of a schedule goes by it.
type Policy struct {
	Since time.Time // those made since; zero: no such rule
	Last  int       // so many of each screen, the latest
}

// Pruned is what was taken out, or would be.
type Pruned struct {
	Occurrences int     `json:"occurrences"`
	Runs        int     `json:"runs"` // of which no occurrence is left
	Kept        int     `json:"kept"` // occurrences
	Numbers     []int64 `json:"numbers"`
}

// Prune takes out the occurrences that a policy does not keep, and the runs, texts
// and catalogues that none of those kept needs. With try nothing is taken out.
func Prune(ctx context.Context, db Database, p Policy, try bool) (out Pruned, err error) {
	work := func(tx *sql.Tx) error {
		out = Pruned{Numbers: []int64{}}
		if err := condemned(ctx, tx, p, &out); err != nil || try {
			return err
		}
		return remove(ctx, tx, out.Numbers)
	}
	if try {
		err = db.View(ctx, work)
	} else {
		err = db.Update(ctx, work)
	}
	if err != nil {
		return Pruned{}, fmt.Errorf("prune runs: %w", err)
	}
	return out, nil
}

func condemned(ctx context.Context, tx *sql.Tx, p Policy, out *Pruned) error {
	since := "9999"
	if !p.Since.IsZero() {
		since = p.Since.UTC().Format(stamp)
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT number, run, keep, max(keep) OVER (PARTITION BY run) FROM (
			SELECT o.number, o.run, o.started_at >= ?
				OR row_number() OVER (PARTITION BY r.screen ORDER BY o.number DESC) <= ?
				OR row_number() OVER (PARTITION BY r.screen, o.origin ORDER BY o.number DESC) = 1 AS keep`+joined+`) ORDER BY number`, since, p.Last)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	gone := map[string]bool{}
	for rows.Next() {
		var number int64
		var run string
		var keep, runKept bool
		if err := rows.Scan(&number, &run, &keep, &runKept); err != nil {
			return err
		}
		if keep {
			out.Kept++
			continue
		}
		out.Numbers = append(out.Numbers, number)
		if !runKept {
			gone[run] = true
		}
	}
	out.Occurrences, out.Runs = len(out.Numbers), len(gone)
	return rows.Err()
}

func remove(ctx context.Context, tx *sql.Tx, numbers []int64) error {
	for _, n := range numbers {
		if _, err := tx.ExecContext(ctx, `DELETE FROM run_occurrence WHERE number = ?`, n); err != nil {
			return err
		}
	}
	for _, orphans := range []string{
		`DELETE FROM run WHERE name NOT IN (SELECT run FROM run_occurrence)`,
		`DELETE FROM run_text WHERE digest NOT IN (SELECT t.value ->> 'digest' FROM run r, json_each(r.texts) t)`,
		`DELETE FROM run_catalogue WHERE name NOT IN (SELECT catalogue FROM run)`,
	} {
		if _, err := tx.ExecContext(ctx, orphans); err != nil {
			return err
		}
	}
	return nil
}
