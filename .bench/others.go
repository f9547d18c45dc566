package main

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr"
	_ "github.com/mattn/go-sqlite3"

	"assay/rules"
)

// rowByRow filters with expr's own machine, a row at a time.
func rowByRow(m *market) (map[string]outcome, error) {
	var guards []string
	for _, name := range m.names[:9] {
		if name != "m07" && name != "m08" {
			guards = append(guards, name+" != nil")
		}
	}
	text := strings.Join(guards, " and ") + " and m00 > -0.5 and m01 < 0.8 and m02 >= m03 - 1 and m04 / m05 > -2 and m06 >= -1.5 and m06 <= 1.5 and (m07 != nil and m07 > 0 or m08 != nil and m08 > 0.5)"
	program, err := expr.Compile(text, expr.AllowUndefinedVariables())
	if err != nil {
		return nil, err
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
	o, err := timed(func() ([]int, error) {
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
	return map[string]outcome{"filter": o}, err
}

const filter = "m00 > -0.5 and m01 < 0.8 and m02 >= m03 - 1 and m04 / m05 > -2 and m06 between -1.5 and 1.5 and (m07 > 0 or m08 > 0.5)"

// sqlite runs the screens as SQL over a table in memory.
func sqlite(m *market) (out map[string]outcome, err error) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { err = closed(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	if err := fill(db, m); err != nil {
		return nil, err
	}
	percentile := func(m string) string {
		return fmt.Sprintf("case when %s is not null then (rank() over (order by %s nulls last) - 0.5) / count(%s) over () end as p%s", m, m, m, m)
	}
	places := strings.Join([]string{percentile("m10"), percentile("m11"), percentile("m12"), percentile("m13")}, ", ")
	const score, top = "0.4 * pm10 + 0.3 * pm11 + 0.2 * pm12 + 0.1 * pm13 as score", " order by score desc nulls last, id limit 50"
	out = map[string]outcome{}
	for job, query := range map[string]string{
		"universe": "select id from (select *, " + score + " from (select *, " + places + " from t) where " + filter + ")" + top,
		"passed":   "select id from (select *, " + score + " from (select *, " + places + " from t where " + filter + "))" + top,
		"filter":   "select count(*) from t where " + filter,
	} {
		if out[job], err = timed(func() ([]int, error) { return numbers(db, query) }); err != nil {
			return nil, fmt.Errorf("SQLite, %s: %w", job, err)
		}
	}
	return out, nil
}

func closed(err, closing error) error {
	if err == nil {
		return closing
	}
	return err
}

func fill(db *sql.DB, m *market) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err := tx.Exec("create table t (id integer primary key, " + strings.Join(m.names, " real, ") + " real)"); err != nil {
		return err
	}
	insert, err := tx.Prepare("insert into t values (?" + strings.Repeat(", ?", len(m.names)) + ")")
	if err != nil {
		return err
	}
	row := make([]any, len(m.names)+1)
	for i := range m.rows {
		row[0] = i + 1
		for k, name := range m.names {
			row[k+1] = nil
			if v := m.columns[name].Value(i); v.Why == rules.Known {
				row[k+1] = v.F
			}
		}
		if _, err := insert.Exec(row...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func numbers(db *sql.DB, query string) (out []int, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer func() { err = closed(err, rows.Close()) }()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// theirs runs the engines that are libraries of node, and notes which are absent.
func theirs(m *market) (out map[string]map[string]outcome, notes []string, err error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, []string{"DuckDB and polars are left out: there is no node here"}, nil
	}
	dir, err := os.MkdirTemp("", "assaybench")
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = closed(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "market.csv")
	if err := writeCSV(m, file); err != nil {
		return nil, nil, err
	}
	cmd := exec.Command(node, "engines.mjs", file, strconv.Itoa(int(spend.Milliseconds())))
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, nil, fmt.Errorf("engines.mjs: %w", err)
	}
	var found map[string]map[string]json.RawMessage
	if err := json.Unmarshal(text, &found); err != nil {
		return nil, nil, fmt.Errorf("engines.mjs: %w", err)
	}
	out = map[string]map[string]outcome{}
	for name, results := range found {
		if why, ok := results["absent"]; ok {
			notes = append(notes, name+" is left out: "+string(why))
			continue
		}
		out[name] = map[string]outcome{}
		for job, raw := range results {
			var o outcome
			if err := json.Unmarshal(raw, &o); err != nil {
				return nil, nil, fmt.Errorf("engines.mjs, %s: %w", name, err)
			}
			out[name][job] = o
		}
	}
	slices.Sort(notes)
	return out, notes, nil
}

func writeCSV(m *market, file string) (err error) {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = closed(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintf(w, "id,%s\n", strings.Join(m.names, ","))
	var line []byte
	for i := range m.rows {
		line = strconv.AppendInt(line[:0], int64(i+1), 10)
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
	return w.Flush()
}
