package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"assay/fundamentals"
)

const (
	userKey = `"column" = ?1 AND owner = ?2 AND since = ?3 AND known_on = ?4`

	// Not by newKeyed: file and line are stored beside what a row says.
	insertUserValue = `INSERT INTO user_value ("column", owner, since, known_on, cik, ticker, until, value, text, file, line, batch)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
		WHERE NOT EXISTS (SELECT 1 FROM user_value WHERE ` + userKey + ` AND cik = ?5 AND ticker = ?6 AND until = ?7 AND value = ?8 AND text = ?9
			AND batch = (SELECT max(batch) FROM user_value WHERE ` + userKey + ` AND batch < ?12)) ON CONFLICT DO NOTHING`
	rankUserValue = `SELECT count(DISTINCT batch) FROM user_value WHERE ` + userKey + ` AND batch < ?5`
)

func (t *taker) userValues(rows *fundamentals.Rows) error {
	before := t.content
	for i := range rows.UserValues {
		v := &rows.UserValues[i]
		id, err := t.userColumn(v.Column)
		if err == nil {
			err = t.userValue(id, v)
		}
		if err != nil {
			return err
		}
	}
	t.own.add(t.content)
	t.own.take(before)
	return nil
}

func (t *taker) userValue(column int64, v *fundamentals.UserValue) error {
	fresh, err := t.insert(insertUserValue, column, v.Owner, v.From, v.KnownOn, v.CIK, v.Ticker, v.Until, v.Value, v.Text, t.file, v.Line, t.batch)
	if err != nil || !fresh {
		return err
	}
	h := hashText("user_value", v.Column.Name, v.CIK.String(), v.Ticker, v.From.String(), v.KnownOn.String(), v.Until.String(),
		strconv.FormatFloat(v.Value, 'g', -1, 64), v.Text)
	t.added(h)
	n, err := t.rank(rankUserValue, column, v.Owner, v.From, v.KnownOn, t.batch)
	t.overrule(0, nil, h, n)
	return err
}

// userColumn finds the number of a column, or makes it.
func (t *taker) userColumn(c fundamentals.UserColumn) (id int64, err error) {
	if id, ok := t.columns[c]; ok {
		return id, nil
	}
	var unit string
	err = t.row(`SELECT id, unit FROM user_column WHERE name = ?`, c.Name).Scan(&id, &unit)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		var made sql.Result
		if made, err = t.exec(`INSERT INTO user_column (name, unit, batch) VALUES (?, ?, ?)`, c.Name, c.Unit, t.batch); err != nil {
			return 0, err
		}
		t.implied(hashText("user_column", c.Name, c.Unit))
		id, err = made.LastInsertId()
	case err == nil && unit != c.Unit:
		err = fmt.Errorf("column %s is [%s] in the database, and [%s] here", c.Name, unit, c.Unit)
	}
	if t.columns == nil {
		t.columns = map[fundamentals.UserColumn]int64{}
	}
	t.columns[c] = id
	return id, err
}
