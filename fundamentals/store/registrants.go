package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"assay/fundamentals"
)

// Profiles returns what the sources vouch for on a day, by company: each
// attribute by the latest word of that day or before, of one day that of the
// most trusted source, of one source that of its latest batch.
func (db *DB) Profiles(ctx context.Context, on fundamentals.Date, upTo fundamentals.Batch) (profiles map[fundamentals.CIK]fundamentals.Profile, err error) {
	type word struct {
		named
		fundamentals.Profile
	}
	var words []word
	err = db.view(ctx, func(tx *sql.Tx) error {
		words, err = query(ctx, tx, func(r *sql.Rows, w *word) error {
			return r.Scan(&w.Company, &w.source, &w.KnownOn, &w.SIC, &w.FiscalYearEnd, &w.batch)
		}, `SELECT company, source, known_on, sic, fiscal_year_end, batch FROM company_profile WHERE known_on <= ? AND batch <= ?`, on, limit(upTo))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("profiles on %s: %w", on, err)
	}
	slices.SortFunc(words, func(a, b word) int {
		return cmp.Or(cmp.Compare(a.Company, b.Company), -cmp.Compare(a.KnownOn, b.KnownOn), compareNamed(a.named, b.named),
			strings.Compare(a.source, b.source), -cmp.Compare(a.SIC, b.SIC), -cmp.Compare(a.FiscalYearEnd, b.FiscalYearEnd))
	})
	profiles = map[fundamentals.CIK]fundamentals.Profile{}
	for _, w := range words {
		p, ok := profiles[w.Company]
		if !ok {
			p = w.Profile
		}
		p.SIC, p.FiscalYearEnd = cmp.Or(p.SIC, w.SIC), cmp.Or(p.FiscalYearEnd, w.FiscalYearEnd)
		profiles[w.Company] = p
	}
	return profiles, nil
}

// CompaniesOn is [DB.Companies] with the names of a day: a company that files
// under another name now has the one that it filed under then, where a source
// gives past names.
func (db *DB) CompaniesOn(ctx context.Context, on fundamentals.Date, upTo fundamentals.Batch) ([]fundamentals.Company, error) {
	lists, err := db.CompaniesOnDays(ctx, []fundamentals.Date{on}, upTo)
	if err != nil {
		return nil, err
	}
	return lists[0], nil
}

// CompaniesOnDays is [DB.CompaniesOn] for each of some days.
func (db *DB) CompaniesOnDays(ctx context.Context, days []fundamentals.Date, upTo fundamentals.Batch) (lists [][]fundamentals.Company, err error) {
	err = db.view(ctx, func(tx *sql.Tx) error {
		now, err := companies(ctx, tx, upTo)
		if err != nil {
			return err
		}
		past, err := pastNames(ctx, tx, upTo)
		if err != nil {
			return err
		}
		for _, on := range days {
			list := slices.Clone(now)
			if err := rename(ctx, tx, list, byCompany(past), on, upTo); err != nil {
				return fmt.Errorf("on %s: %w", on, err)
			}
			lists = append(lists, list)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("companies: %w", err)
	}
	return lists, nil
}

// rename gives companies the names of a day.
func rename(ctx context.Context, tx *sql.Tx, list []fundamentals.Company, past [][]fundamentals.PastName, on fundamentals.Date, upTo fundamentals.Batch) error {
	for _, names := range past {
		cik := names[0].Company
		at, ok := slices.BinarySearchFunc(list, cik, func(c fundamentals.Company, cik fundamentals.CIK) int { return cmp.Compare(c.CIK, cik) })
		if !ok {
			continue
		}
		last, quiet := lastUse(names), false
		if last < on && on-last <= quietDays {
			var filed int
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM filing WHERE company = ? AND batch <= ? AND filed > ? AND filed < ?`,
				cik, limit(upTo), last, on).Scan(&filed); err != nil {
				return err
			}
			quiet = filed == 0
		}
		if name := nameOn(names, on, quiet); name != "" && !strings.EqualFold(name, list[at].Name) {
			list[at].Name = name
		}
	}
	return nil
}

// quietDays is how long after the last filing under a past name we look whether
// the new name has been seen in a filing; who files nothing for that long is gone.
const quietDays = 400

// pastNames reads the past names by company, first day and name; of one name and
// first day the latest batch counts, and in it the latest last day.
func pastNames(ctx context.Context, tx *sql.Tx, upTo fundamentals.Batch) ([]fundamentals.PastName, error) {
	rows, err := query(ctx, tx, func(r *sql.Rows, n *fundamentals.PastName) error {
		return r.Scan(&n.Company, &n.Name, &n.From, &n.To)
	}, `SELECT company, name, first, last FROM company_past_name WHERE batch <= ? ORDER BY company, first, name, batch, last`, limit(upTo))
	var list []fundamentals.PastName
	for _, same := range groups(rows, func(a, b fundamentals.PastName) bool {
		return a.Company == b.Company && a.From == b.From && a.Name == b.Name
	}) {
		list = append(list, same[len(same)-1])
	}
	return list, err
}

func byCompany(names []fundamentals.PastName) [][]fundamentals.PastName {
	return groups(names, func(a, b fundamentals.PastName) bool { return a.Company == b.Company })
}

func lastUse(names []fundamentals.PastName) (last fundamentals.Date) {
	for _, n := range names {
		last = max(last, n.To)
	}
	return last
}

// nameOn returns the past name that a company had on a day, "" if it had today's.
// A name is known from the day after the first filing under it. The spans of two
// names overlap where filers were slow to change: the later one counts. Between
// two names, and as long as nothing was filed under the new one (quiet), the
// name of the last filing stays.
func nameOn(names []fundamentals.PastName, on fundamentals.Date, quiet bool) string {
	var holds, before *fundamentals.PastName
	for i := range names { // by first day
		n := &names[i]
		switch {
		case n.From >= on:
		case on <= n.To:
			holds = n
		case before == nil || n.To >= before.To:
			before = n
		}
	}
	switch {
	case holds != nil:
		return holds.Name
	case on > lastUse(names) && !quiet:
		return ""
	case before != nil:
		return before.Name
	}
	return names[0].Name
}
