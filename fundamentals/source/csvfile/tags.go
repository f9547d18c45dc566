package csvfile

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// Tags is the kind of a user's tags: which companies belong to a theme, from when
// to when. A tag is a column of its own name.
func Tags(o UserOptions) source.Kind {
	u := newUserFiles(o)
	return source.Kind{
		Name:    "tags",
		About:   "CSV: ticker or cik, tag, from, and optional to (up to but not including to), known_on",
		Options: u.words(),
		Parser:  1,
		Serial:  true,
		Accepts: isCSV,
		Parse:   u.tags,
	}
}

func (u *userFiles) tags(ctx context.Context, file source.File, emit source.Emit) (findings source.Findings, err error) {
	if err := u.load(ctx); err != nil {
		return findings, err
	}
	t, err := open(file)
	if err != nil {
		return findings, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	if err := t.expect([]string{"tag", "from"}, []string{"ticker", "cik", "to", "known_on"}); err != nil {
		return findings, err
	}
	if t.column("ticker", "cik") < 0 {
		return findings, errNoCompany
	}
	already, names := said{}, map[string]bool{}
	err = t.each(ctx, emit, &findings, func(t *table, rows *fundamentals.Rows) error {
		v, err := u.tag(t)
		if err == nil && !names[v.Column.Name] && len(names) >= maxUserColumns {
			err = fmt.Errorf("tag: the file has more than %d tags", maxUserColumns)
		}
		if err == nil {
			err = already.add(v)
		}
		if err == nil {
			names[v.Column.Name] = true
			rows.UserValues = append(rows.UserValues, v)
		}
		return err
	})
	if err == nil {
		for name := range names {
			u.made[name] = fundamentals.UserColumn{Name: name, Unit: fundamentals.TagUnit}
		}
	}
	return findings, err
}

// tag reads one row. All that is wrong with it is said at once.
func (u *userFiles) tag(t *table) (v fundamentals.UserValue, err error) {
	var errs []error
	fail := func(name string, err error) {
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	v = fundamentals.UserValue{Column: fundamentals.UserColumn{Name: strings.ToLower(t.text(t.column("tag"))), Unit: fundamentals.TagUnit}, Value: 1, Line: t.line}
	fail("tag", u.checkTag(v.Column.Name))
	if text := t.text(t.column("from")); text == "" {
		fail("from", errors.New("it is empty: write the first day of the tag"))
	} else {
		v.From, err = date(text)
		fail("from", err)
	}
	to, err := optionalDate(t.text(t.column("to")))
	fail("to", err)
	switch {
	case to != 0 && v.From != 0 && to < v.From:
		fail("to", fmt.Errorf("%s lies before from, %s", to, v.From))
	case to != 0:
		v.Until = to - 1
	}
	if v.From != 0 {
		v.KnownOn, err = u.knownOn(t, v.From)
		errs = append(errs, err)
	}
	if v.KnownOn != 0 {
		company, err := u.subject(t, v.KnownOn)
		errs = append(errs, err)
		v.CIK, v.Ticker, v.Owner = company.cik, company.ticker, company.owner
	}
	return v, errors.Join(errs...)
}

func (u *userFiles) checkTag(name string) error {
	if name == "" {
		return errors.New("it is empty")
	}
	if err := u.checkName(name); err != nil {
		return err
	}
	if before, ok := u.before(name); ok && before.Unit != fundamentals.TagUnit {
		return fmt.Errorf("%s is a column of yours: call the tag my_%s", before, name)
	}
	return nil
}
