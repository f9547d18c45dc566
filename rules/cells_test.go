package rules_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
	"pgregory.net/rapid"

	"assay/rules"
	"assay/rules/rulestest"
)

// lags are the points of the past that a random table has; deeper ones are
// missing.
var lags = []int{0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40}

// known is how many of lags have values.
const known = 3

var (
	columns   = []string{"a", "b", "c", "d"}
	texts     = []string{"g", "s"}
	textCells = []string{"", "ab", "abc", "b", "Bell"}
)

// cells are the rows of a random table: a name and lag such as a4 to a number, a
// text or nil. They are the environment of expr's machine.
type cells []map[string]any

// randomCells makes small numbers with halves, zeros and missing ones, texts, and
// a date.
func randomCells(d dice, rows int) cells {
	all := make(cells, rows)
	for i := range all {
		row := map[string]any{}
		for _, name := range columns {
			for k := range known {
				if n := d.roll(9); n > 0 {
					row[fmt.Sprint(name, lags[k])] = float64(n-4) / 2
				}
			}
		}
		for _, name := range texts {
			if s := one(d, textCells...); s != "" {
				row[name] = s
			}
		}
		if n := d.roll(6); n > 0 {
			row["day"] = float64(19360 + 100*n)
		}
		all[i] = row
	}
	return all
}

// table makes the table that the evaluator reads.
func (all cells) table() *rulestest.Table {
	t := rulestest.NewTable(len(all))
	for _, name := range columns {
		c := t.Add(rules.Column{Name: name, Unit: rules.UnitPlain})
		for k := range known {
			c.Planes[rules.At{Lag: lags[k]}] = all.numbers(rules.Number, fmt.Sprint(name, lags[k]))
		}
	}
	for _, name := range texts {
		values := make([]string, len(all))
		for i, row := range all {
			values[i], _ = row[name].(string)
		}
		t.Add(rules.Column{Name: name, Kind: rules.Text, Fixed: true}).Planes[rules.At{}] = rules.Texts(values, rules.Stale)
	}
	t.Add(rules.Column{Name: "day", Kind: rules.Date, Fixed: true}).Planes[rules.At{}] = all.numbers(rules.Date, "day")
	return t
}

func (all cells) numbers(kind rules.Kind, name string) *rules.Vector {
	v := rules.Missing(kind, len(all), rules.NotReported)
	for i, row := range all {
		if f, ok := row[name].(float64); ok {
			v.F[i], v.Why[i] = f, rules.Known
		}
	}
	return v
}

// environments returns the rows with what is missing as nil.
func (all cells) environments() []map[string]any {
	for _, row := range all {
		for _, name := range sqlColumns() {
			if _, ok := row[name]; !ok {
				row[name] = nil
			}
		}
	}
	return all
}

func sqlColumns() []string {
	var names []string
	for _, name := range columns {
		for _, lag := range lags {
			names = append(names, fmt.Sprint(name, lag))
		}
	}
	return append(append(names, texts...), "day")
}

// sqlTable is a table in SQLite that is filled again and again.
type sqlTable struct {
	db     *sql.DB
	insert string
}

func newSQL(t *testing.T) *sqlTable {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	db.SetMaxOpenConns(1)
	names := sqlColumns()
	kinds := strings.NewReplacer("g real", "g text", "s real", "s text").Replace(strings.Join(names, " real, ") + " real")
	if _, err := db.Exec("create table t (" + kinds + "); pragma case_sensitive_like = on"); err != nil {
		t.Fatal(err)
	}
	return &sqlTable{db, "insert into t values (" + strings.Repeat("?, ", len(names)-1) + "?)"}
}

// fill replaces all rows.
func (s *sqlTable) fill(t fataler, all cells) {
	tx, err := s.db.Begin()
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("delete from t"); err != nil {
		t.Fatalf("%v", err)
	}
	for _, row := range all {
		var values []any
		for _, name := range sqlColumns() {
			values = append(values, row[name])
		}
		if _, err := tx.Exec(s.insert, values...); err != nil {
			t.Fatalf("%v", err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatalf("%v", err)
	}
}

// verdicts returns what SQLite says of each row and condition.
func (s *sqlTable) verdicts(t fataler, all []condition) [][]rules.Verdict {
	words := make([]string, len(all))
	for i, c := range all {
		words[i] = c.sql(here)
	}
	query := "select " + strings.Join(words, ", ") + " from t order by rowid"
	rows, err := s.db.Query(query)
	if err != nil {
		t.Fatalf("%v: %.2000s", err, query)
	}
	defer rows.Close()
	var out [][]rules.Verdict
	for rows.Next() {
		found, into := make([]sql.NullBool, len(all)), make([]any, len(all))
		for i := range found {
			into[i] = &found[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatalf("%v", err)
		}
		verdicts := make([]rules.Verdict, len(all))
		for i, f := range found {
			verdicts[i] = rules.Unknown
			if f.Valid {
				verdicts[i] = map[bool]rules.Verdict{false: rules.False, true: rules.True}[f.Bool]
			}
		}
		out = append(out, verdicts)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%v", err)
	}
	return out
}

// randomTable makes a table for a law.
func randomTable(t *rapid.T, rows int) *rulestest.Table {
	return randomCells(drawing{t}, rows).table()
}
