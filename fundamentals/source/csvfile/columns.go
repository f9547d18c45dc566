package csvfile

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// Columns is the kind of a user's own columns about companies: ratings, targets,
// notes. A row says what was known of a company from a day on; a cell that is
// empty says nothing.
func Columns(o UserOptions) source.Kind {
	u := newUserFiles(o)
	return source.Kind{
		Name:    "columns",
		About:   "CSV: ticker or cik, known_on, optional until, and columns of yours, each as name or name [unit]",
		Options: u.words(),
		Parser:  1,
		Serial:  true,
		Accepts: isCSV,
		Parse:   u.columns,
	}
}

func (u *userFiles) columns(ctx context.Context, file source.File, emit source.Emit) (findings source.Findings, err error) {
	if err := u.load(ctx); err != nil {
		return findings, err
	}
	t, err := open(file)
	if err != nil {
		return findings, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	columns, err := u.header(t)
	if err == nil {
		err = guess(file, columns)
	}
	if err != nil {
		return findings, err
	}
	findings.Notices = append(findings.Notices, "columns read: "+howRead(columns))
	already := said{}
	err = t.each(ctx, emit, &findings, func(t *table, rows *fundamentals.Rows) error {
		values, err := u.row(t, columns, already)
		if err == nil {
			rows.UserValues = append(rows.UserValues, values...)
		}
		return err
	})
	if err == nil {
		for _, c := range columns {
			if c.taken {
				u.made[c.column.Name] = c.column
			}
		}
	}
	return findings, err
}

// row reads one row. All that is wrong with it is said at once.
func (u *userFiles) row(t *table, columns []*userColumn, already said) ([]fundamentals.UserValue, error) {
	var errs []error
	knownOn, err := u.knownOn(t, 0)
	errs = append(errs, err)
	until, err := optionalDate(t.text(t.column("until")))
	if err != nil {
		errs = append(errs, fmt.Errorf("until: %w", err))
	} else if until != 0 && knownOn != 0 && until < knownOn {
		errs = append(errs, fmt.Errorf("until: %s lies before the day on which it was known, %s", until, knownOn))
	}
	var company subject
	if knownOn != 0 {
		company, err = u.subject(t, knownOn)
		errs = append(errs, err)
	}
	var values []fundamentals.UserValue
	for _, c := range columns {
		cell := t.text(c.at)
		if cell == "" || c.column.Unit == "" {
			continue
		}
		f, text, err := c.cell(cell)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", c.column.Name, err))
			continue
		}
		values = append(values, fundamentals.UserValue{Column: c.column, CIK: company.cik, Ticker: company.ticker, Owner: company.owner,
			KnownOn: knownOn, Until: until, Value: f, Text: text, Line: t.line})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for _, v := range values {
		if err := already.add(v); err != nil {
			return nil, fmt.Errorf("%s: %w", v.Column.Name, err)
		}
	}
	for _, c := range columns {
		c.taken = c.taken || t.text(c.at) != "" && c.column.Unit != ""
	}
	return values, nil
}

// howRead says how each column was read.
func howRead(columns []*userColumn) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = c.column.String()
		if c.column.Unit == "" {
			parts[i] = c.column.Name
		}
		if c.how != "" {
			parts[i] += " (" + c.how + ")"
		}
	}
	return strings.Join(parts, ", ")
}
