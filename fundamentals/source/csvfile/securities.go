package csvfile

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/rules"
)

// Securities is the kind of a user's list of securities.
func Securities() source.Kind {
	return source.Kind{
		Name:    "securities",
		About:   "CSV: ticker, name, exchange, sic, and optional cik, type, from, to (valid from, and up to but not including to)",
		Parser:  2,
		Accepts: isCSV,
		Parse: rowByRow([]string{"ticker", "name", "exchange", "sic"}, []string{"cik", "type", "from", "to"},
			func(t *table, rows *fundamentals.Rows) error {
				s, err := security(t)
				if err == nil {
					rows.Securities = append(rows.Securities, s)
				}
				return err
			}),
	}
}

func security(t *table) (s fundamentals.Security, err error) {
	var errs []error
	fail := func(name string, err error) {
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	s.Ticker = fundamentals.CleanTicker(t.text(t.column("ticker")))
	if s.Ticker == "" {
		fail("ticker", errors.New("it is empty"))
	}
	s.Name, s.Exchange, s.Type = t.text(t.column("name")), t.text(t.column("exchange")), strings.ToLower(t.text(t.column("type")))
	fail("type", knownType(s.Type))
	if text := t.text(t.column("cik")); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n <= 0 || n > 9_999_999_999 {
			err = fmt.Errorf("%q is not a CIK", text)
		}
		fail("cik", err)
		s.CIK = fundamentals.CIK(n)
	}
	if text := t.text(t.column("sic")); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 9999 {
			err = fmt.Errorf("%q is not an SIC code", text)
		}
		fail("sic", err)
		s.SIC = n
	}
	s.From, err = optionalDate(t.text(t.column("from")))
	fail("from", err)
	s.To, err = optionalDate(t.text(t.column("to")))
	fail("to", err)
	if s.From != 0 && s.To != 0 && s.To <= s.From {
		fail("to", fmt.Errorf("%s is not after from, %s", s.To, s.From))
	}
	return s, errors.Join(errs...)
}

// knownType refuses a type that no rule can name.
func knownType(name string) error {
	if name == "" || fundamentals.IsSecurityType(name) {
		return nil
	}
	types := fundamentals.SecurityTypes()
	meant := ""
	if near := rules.Nearest(name, types); near != "" {
		meant = fmt.Sprintf(" (did you mean %q?)", near)
	}
	return fmt.Errorf("%q is not a type of security%s; the types are %s", name, meant, strings.Join(types, ", "))
}

// rowByRow makes a parser of a function that reads one row.
func rowByRow(needed, optional []string, read func(*table, *fundamentals.Rows) error) func(context.Context, source.File, source.Emit) (source.Findings, error) {
	return func(ctx context.Context, file source.File, emit source.Emit) (findings source.Findings, err error) {
		t, err := open(file)
		if err != nil {
			return findings, err
		}
		defer func() { err = errors.Join(err, t.Close()) }()
		if err := t.expect(needed, optional); err != nil {
			return findings, err
		}
		err = t.each(ctx, emit, &findings, read)
		return findings, err
	}
}

// each reads row after row and emits what read makes of them. A row of which read
// gives an error is rejected.
func (t *table) each(ctx context.Context, emit source.Emit, findings *source.Findings, read func(*table, *fundamentals.Rows) error) error {
	rows := &fundamentals.Rows{}
	for n := 0; ; n++ {
		more, err := t.next(&findings.Rejected)
		if err != nil {
			return err
		}
		if !more && n+findings.Rejected.Count == 0 {
			findings.Notices = append(findings.Notices, headerOnly)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if rows.Len() > 0 && (!more || rows.Len() >= chunkRows) {
			if err := emit(rows); err != nil {
				return err
			}
			rows = &fundamentals.Rows{}
		}
		if !more {
			return nil
		}
		if err := read(t, rows); err != nil {
			findings.Rejected.Add(t.where(), "%s", oneLine(err))
		}
	}
}
