package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/pflag"

	"assay/fundamentals"
	"assay/fundamentals/market"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/screener"
	"assay/screener/export"
)

// rangeFlags ask for the lists of many dates.
type rangeFlags struct{ from, every string }

func (r *rangeFlags) define(set *pflag.FlagSet) {
	set.StringVar(&r.from, "from", "", "the lists of every period from this day to --as-of, `YYYY-MM-DD`")
	set.StringVar(&r.every, "every", string(market.Month), "with --from, each `PERIOD`: week, month, quarter or year")
}

// asked reports whether the lists of many dates are wanted.
func (r *rangeFlags) asked(set *pflag.FlagSet) (bool, error) {
	from := set.Lookup("from").Changed // one that is empty is a mistake, and no run of today
	if !from && set.Lookup("every").Changed {
		return false, usage("for example --from 2020-01-01 --every month", "--every says how often, and --from is missing")
	}
	return from, nil
}

// dates lists the days of the range.
func (r *rangeFlags) dates(asOf fundamentals.Date) ([]fundamentals.Date, error) {
	every := market.Period(r.every)
	if !slices.Contains(market.Periods(), every) {
		return nil, usage(didYouMean(r.every, []string{"week", "month", "quarter", "year"}, "it is week, month, quarter or year"), "--every %s: there is no such period", r.every)
	}
	from, err := fundamentals.ParseDate(r.from)
	if err != nil {
		return nil, &failure{exitUsage, fmt.Errorf("--from: %w", err), "for example --from 2020-01-01"}
	}
	dates := market.LastDays(every, from, asOf)
	switch {
	case from > asOf:
		return nil, usage("--as-of says up to which day the lists go", "--from %s is after %s", from, asOf)
	case len(dates) == 0:
		return nil, usage("a list is made on the last trading day of each", "no %s ends from %s to %s", every, from, asOf)
	}
	return dates, nil
}

// ranged is the lists of a screen on many dates.
type ranged struct {
	Screen string   `json:"screen"`
	About  string   `json:"about"`
	Every  string   `json:"every"`
	Dates  []onDate `json:"dates"`
}

// onDate is the list of one date, and what changed since the one before: null of the
// first.
type onDate struct {
	*screener.Listing
	Entered []string `json:"entered"`
	Left    []string `json:"left"`

	notices []string
}

// overDates runs a screen on every date of a range and tells its lists.
func (a *app) overDates(ctx context.Context, name string, f rangeFlags) error {
	format, err := a.format("table", "csv", "json", "ndjson")
	if err != nil {
		return err
	}
	screen, err := a.readScreen(ctx, name)
	if err != nil {
		return err
	}
	if screen.Banded() {
		return usage("run it on each day, or take keep: and min_stay: out",
			"%s goes by the list before (keep:, min_stay:), which a range of dates does not", screen.Name)
	}
	asOf, err := a.asOf()
	if err != nil {
		return err
	}
	dates, err := f.dates(asOf)
	if err != nil {
		return err
	}
	r := &ranged{Screen: screen.Name, About: screen.About, Every: f.every, Dates: make([]onDate, len(dates))}
	err = a.withDB(ctx, func(db *store.DB) error { return a.listEach(ctx, db, screen, dates, r.Dates) })
	if err != nil {
		return err
	}
	changes(r.Dates)
	a.noteGaps(r.Dates)
	return a.out.deliver(a.flags.file, func(w io.Writer) error { return r.write(w, format) })
}

// listEach makes the list of each date.
func (a *app) listEach(ctx context.Context, db *store.DB, screen *screener.Screen, dates []fundamentals.Date, lists []onDate) error {
	show, done := a.progressCount("dates")
	defer done()
	var counting sync.Mutex
	made := 0
	options := snapshot.Options{StatementDays: screen.Stale.Statement, PriceDays: screen.Stale.Price}
	err := snapshot.Panel(ctx, db, dates, options, screen.Reads(), func(i int, table *snapshot.Table) error {
		list, err := screener.List(ctx, table, screen)
		if err != nil {
			return err
		}
		lists[i] = onDate{Listing: list, notices: table.Notices()}
		counting.Lock()
		defer counting.Unlock()
		if made++; show != nil {
			show(made, len(dates))
		}
		return nil
	})
	if errors.Is(err, snapshot.ErrUnkept) {
		a.noteUnkept(err)
		return nil
	}
	return err
}

// changes finds who entered and left the list from each date to the next.
func changes(dates []onDate) {
	var before []screener.Listed
	for i := range dates {
		d := &dates[i]
		if i > 0 {
			d.Entered, d.Left = others(d.Candidates, before), others(before, d.Candidates)
		}
		before = d.Candidates
	}
}

// others names those of a list that are not on another.
func others(list, other []screener.Listed) []string {
	there := map[fundamentals.CIK]bool{}
	for _, c := range other {
		there[c.CIK] = true
	}
	names := []string{}
	for _, c := range list {
		if !there[c.CIK] {
			names = append(names, shortName(c))
		}
	}
	return names
}

func shortName(c screener.Listed) string {
	if c.Ticker == "" {
		return c.CIK.String()
	}
	return c.Ticker
}

// noteGaps tells of the dates that say nothing for want of data, and what holds of
// the last.
func (a *app) noteGaps(dates []onDate) {
	for from := 0; from < len(dates); {
		what, to := gap(dates[from]), from
		for to+1 < len(dates) && gap(dates[to+1]) == what {
			to++
		}
		why := ""
		if n := dates[from].notices; len(n) > 0 {
			why = " (" + strings.Join(n, "; ") + ")"
		}
		switch {
		case what == "":
		case from == to:
			a.out.note("on %s %s%s", dates[from].AsOf, what, why)
		default:
			a.out.note("on %d dates, from %s to %s, %s%s", to-from+1, dates[from].AsOf, dates[to].AsOf, what, why)
		}
		from = to + 1
	}
	last := dates[len(dates)-1]
	if gap(last) != "" {
		return
	}
	for _, n := range last.notices {
		a.out.note("%s: %s", last.AsOf, n)
	}
}

// gap says what is wanting for a list; "" where it is all there.
func gap(d onDate) string {
	switch {
	case d.Companies == 0:
		return "no company has a statement that is known"
	case d.Universe == 0:
		return "no company is in the universe"
	}
	return ""
}

func (r *ranged) write(w io.Writer, format string) error {
	switch format {
	case "json":
		return screener.WriteJSON(w, r)
	case "ndjson":
		return r.writeLines(w)
	case "csv":
		return r.writeCSV(w)
	}
	return r.print(w)
}

// eachRow calls fn for each company of each list.
func (r *ranged) eachRow(fn func(asOf string, c screener.Listed) error) error {
	for _, d := range r.Dates {
		for _, c := range d.Candidates {
			if err := fn(d.AsOf, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *ranged) writeLines(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return r.eachRow(func(asOf string, c screener.Listed) error {
		return e.Encode(struct {
			Screen string `json:"screen"`
			AsOf   string `json:"as_of"`
			screener.Listed
		}{r.Screen, asOf, c})
	})
}

func (r *ranged) writeCSV(w io.Writer) error {
	rows := [][]string{{"as_of", "rank", "ticker", "cik", "name", "score"}}
	err := r.eachRow(func(asOf string, c screener.Listed) error {
		score := ""
		if c.Score.Known() {
			text, err := c.Score.MarshalJSON()
			if err != nil {
				return err
			}
			score = strings.Trim(string(text), `"`)
		}
		rows = append(rows, []string{asOf, strconv.Itoa(c.Rank), export.Harmless(c.Ticker), strconv.FormatInt(int64(c.CIK), 10), export.Harmless(c.Name), score})
		return nil
	})
	if err != nil {
		return err
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// namesShown is how many companies of a list are named in the table.
const namesShown = 10

// print writes the lists for people, a line for each date.
func (r *ranged) print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, the last trading day of each %s from %s to %s\n", r.Screen, r.Every, r.Dates[0].AsOf, r.Dates[len(r.Dates)-1].AsOf)
	if r.About != "" {
		fmt.Fprintf(&b, "%s\n", r.About)
	}
	b.WriteString("\n")
	t := newTable("as_of", "universe", "passed", "entered", "left", "list").numbers(1, 2, 3, 4)
	for _, d := range r.Dates {
		var names []string
		for _, c := range d.Candidates[:min(namesShown, len(d.Candidates))] {
			names = append(names, shortName(c))
		}
		list := strings.Join(names, " ")
		if more := len(d.Candidates) - len(names); more > 0 {
			list += fmt.Sprintf(" and %d more", more)
		}
		entered, left := "", ""
		if d.Entered != nil {
			entered, left = strconv.Itoa(len(d.Entered)), strconv.Itoa(len(d.Left))
		}
		t.add(d.AsOf, strconv.Itoa(d.Universe), strconv.Itoa(d.Passed), entered, left, list)
	}
	if err := t.write(&b); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}
