package main

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/expr-lang/expr"
	_ "github.com/mattn/go-sqlite3"

	"assay/rules"
)

// rowByRow filters with expr's own machine, a row at a time.
func rowByRow(m *market) (outcome, error) {
	var guards []string
	for _, name := range m.names[:9] {
		if name != "m07" && name != "m08" {
			guards = append(guards, name+" != nil")
		}
	}
	text := strings.Join(guards, " and ") + " and m00 > -0.5 and m01 < 0.8 and m02 >= m03 - 1 and m04 / m05 > -2 and m06 >= -1.5 and m06 <= 1.5 and (m07 != nil and m07 > 0 or m08 != nil and m08 > 0.5)"
	program, err := expr.Compile(text, expr.AllowUndefinedVariables())
	if err != nil {
		return outcome{}, err
	}
	rows := make([]map[string]any, m.rows)
	for i := range rows {
		rows[i] = map[string]any{}
		for _, name := range m.names[:9] {
			if v := m.columns[name].Value(i); v.Why == rules.Known {
				rows[i][name] = v.F
			}
		}
	}
	return timed(nil, func() ([]int, error) {
		n := 0
		for _, row := range rows {
			holds, err := expr.Run(program, row)
			if err != nil {
				return nil, err
			}
			if holds == true {
				n++
			}
		}
		return []int{n}, nil
	})
}

const filter = "m00 > -0.5 and m01 < 0.8 and m02 >= m03 - 1 and m04 / m05 > -2 and m06 between -1.5 and 1.5 and (m07 > 0 or m08 > 0.5)"

// sqlite runs a screen as SQL over a table in memory, of one date or of many.
func sqlite(dates []*market, job string) (o outcome, err error) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	if err := fill(db, dates); err != nil {
		return o, err
	}
	places := func(over string) string {
		var all []string
		for _, m := range []string{"m10", "m11", "m12", "m13"} {
			all = append(all, fmt.Sprintf("case when %[1]s is not null then (rank() over (%[2]s order by %[1]s nulls last) - 0.5) / count(%[1]s) over (%[2]s) end as p%[1]s", m, over))
		}
		return strings.Join(all, ", ")
	}
	const score, top = "0.4 * pm10 + 0.3 * pm11 + 0.2 * pm12 + 0.1 * pm13 as score", " order by score desc nulls last, id limit 50"
	query := map[string]string{
		"universe": "select id from (select *, " + score + " from (select *, " + places("") + " from t) where " + filter + ")" + top,
		"passed":   "select id from (select *, " + score + " from (select *, " + places("") + " from t where " + filter + "))" + top,
		"filter":   "select count(*) from t where " + filter,
		"dates": "select id from (select *, row_number() over (partition by date order by score desc nulls last, id) as place from (select *, " + score +
			" from (select *, " + places("partition by date") + " from t) where " + filter + ")) where place <= 50 order by date, place",
	}[job]
	return timed(nil, func() ([]int, error) { return numbers(db, query) })
}

func fill(db *sql.DB, dates []*market) error {
	names := dates[0].names
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err := tx.Exec("create table t (date integer, id integer, " + strings.Join(names, " real, ") + " real)"); err != nil {
		return err
	}
	insert, err := tx.Prepare("insert into t values (?, ?" + strings.Repeat(", ?", len(names)) + ")")
	if err != nil {
		return err
	}
	row := make([]any, len(names)+2)
	for date, m := range dates {
		for i := range m.rows {
			row[0], row[1] = date, i+1
			for k, name := range names {
				row[k+2] = nil
				if v := m.columns[name].Value(i); v.Why == rules.Known {
					row[k+2] = v.F
				}
			}
			if _, err := insert.Exec(row...); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

func numbers(db *sql.DB, query string) (out []int, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// writeCSV writes markets, one a date, for those who read files.
func writeCSV(file string, dates []*market) (err error) {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintf(w, "date,id,%s\n", strings.Join(dates[0].names, ","))
	var line []byte
	for date, m := range dates {
		for i := range m.rows {
			line = strconv.AppendInt(line[:0], int64(date), 10)
			line = strconv.AppendInt(append(line, ','), int64(i+1), 10)
			for _, name := range m.names {
				line = append(line, ',')
				if v := m.columns[name].Value(i); v.Why == rules.Known {
					line = strconv.AppendFloat(line, v.F, 'g', -1, 64)
				}
			}
			if _, err := w.Write(append(line, '\n')); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// tell prints an outcome for the process that asked.
func tell(o outcome, err error) error {
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(o)
}
