package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"assay/fundamentals"
	"assay/screener"
	"assay/screener/export"
)

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
		if what != "" {
			a.noteGap(what, dates[from:to+1])
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

// noteGap tells of dates of which the same is wanting. What there is to say of them
// besides is mostly another thing of each: it is told of the first and of the last.
func (a *app) noteGap(what string, dates []onDate) {
	first, last := dates[0], dates[len(dates)-1]
	when := "on " + first.AsOf
	if len(dates) > 1 {
		when = fmt.Sprintf("on %d dates, from %s to %s,", len(dates), first.AsOf, last.AsOf)
	}
	if slices.Equal(first.notices, last.notices) {
		if len(first.notices) > 0 {
			what += " (" + strings.Join(first.notices, "; ") + ")"
		}
		a.out.note("%s %s", when, what)
		return
	}
	a.out.note("%s %s", when, what)
	for _, d := range []onDate{first, last} {
		for _, n := range d.notices {
			a.out.note("  %s: %s", d.AsOf, n)
		}
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

// eachRow calls fn for each company of each list, and once without one for a date on
// which nobody is listed: it was asked, and is told from one that was not.
func (r *ranged) eachRow(fn func(asOf string, c *screener.Listed) error) error {
	for _, d := range r.Dates {
		if len(d.Candidates) == 0 {
			if err := fn(d.AsOf, nil); err != nil {
				return err
			}
		}
		for i := range d.Candidates {
			if err := fn(d.AsOf, &d.Candidates[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// listedLine is a company of the list of a date as a line of JSON; without one all of it
// is null, so that each line has the same keys.
type listedLine struct {
	Screen string            `json:"screen"`
	AsOf   string            `json:"as_of"`
	Rank   *int              `json:"rank"`
	Ticker *string           `json:"ticker"`
	CIK    *fundamentals.CIK `json:"cik"`
	Name   *string           `json:"name"`
	Score  *screener.Datum   `json:"score"`
}

func (r *ranged) writeLines(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return r.eachRow(func(asOf string, c *screener.Listed) error {
		line := listedLine{Screen: r.Screen, AsOf: asOf}
		if c != nil {
			line.Rank, line.Ticker, line.CIK, line.Name, line.Score = &c.Rank, &c.Ticker, &c.CIK, &c.Name, &c.Score
		}
		return e.Encode(line)
	})
}

func (r *ranged) writeCSV(w io.Writer) error {
	rows := [][]string{{"as_of", "rank", "ticker", "cik", "name", "score"}}
	err := r.eachRow(func(asOf string, c *screener.Listed) error {
		if c == nil {
			rows = append(rows, []string{asOf, "", "", "", "", ""})
			return nil
		}
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
