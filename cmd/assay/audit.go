package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals/snapshot"
	"assay/screener"
)

// auditFlags are the flags of audit.
type auditFlags struct {
	checks      []string
	limit       int
	unexplained bool
	unmapped    bool
}

func (a *app) auditCommand() *cobra.Command {
	var f auditFlags
	c := &cobra.Command{
		Use:   "audit [TICKER...]",
		Short: "Hold the numbers against each other and tell what breaks",
		Long: `Audit holds what is known of each company against itself: balance sheets that
do not balance, quarters that do not add up to their year, steps by a thousand,
share counts that contradict each other, and what was refused. Without TICKER it
looks at all companies. "assay help audit" lists the checks.

The exit status is 4 if anything broke.`,
		Example: `  assay audit --as-of 2024-03-08
  assay audit COHU --checks balance,quarters
  assay audit --unmapped`,
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			if f.unmapped {
				if name := given(cmd.Flags(), "checks", "unexplained"); name != "" {
					return meansNothing(name, "--unmapped", "it lists tags and makes no checks")
				}
				return a.unmapped(cmd.Context(), args, format, f.limit)
			}
			if err := knownChecks(f.checks); err != nil {
				return err
			}
			return a.audit(cmd.Context(), args, format, f)
		},
	}
	c.Flags().StringSliceVar(&f.checks, "checks", nil, "only these checks, `NAME,NAME...` (default all)")
	c.Flags().IntVar(&f.limit, "limit", 100, "at most so many breaks in a table; 0: all")
	c.Flags().BoolVar(&f.unexplained, "unexplained", false, "list only the breaks that the data itself does not explain")
	c.Flags().BoolVar(&f.unmapped, "unmapped", false, "list instead the tags that no line item reads, by number of companies")
	return c
}

// knownChecks refuses names that are no checks.
func knownChecks(names []string) error {
	var known []string
	for _, c := range snapshot.AuditChecks() {
		known = append(known, c.ID)
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return usage(didYouMean(name, known, "the checks are "+strings.Join(known, ", ")), "there is no check %q", name)
		}
	}
	return nil
}

func (a *app) audit(ctx context.Context, tickers []string, format string, f auditFlags) error {
	broke := false
	err := a.withTable(ctx, screener.Stale{}, func(t *snapshot.Table) error {
		rows, err := rowsOf(ctx, t, tickers)
		if err != nil {
			return err
		}
		show, done := a.progressCount("audit")
		report, err := t.Audit(ctx, rows, f.checks, show)
		done()
		if err != nil {
			return err
		}
		broke = len(report.Breaks) > 0
		if f.unexplained {
			report.Breaks = slices.DeleteFunc(report.Breaks, func(b snapshot.CompanyBreak) bool { return b.Explanation != "" })
		}
		return a.out.deliver(a.flags.file, func(w io.Writer) error {
			if format == "json" {
				return screener.WriteJSON(w, auditOf(t, report))
			}
			return printAudit(w, t, report, f.limit)
		})
	})
	if err == nil && broke {
		return &failure{exitCheck, errTold, ""}
	}
	return err
}

// rowsOf returns the rows of the named companies; nil for all.
func rowsOf(ctx context.Context, t *snapshot.Table, tickers []string) (rows []int, err error) {
	for _, name := range tickers {
		row, err := findCompany(ctx, t, name)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// auditReport is a report for --format json.
type auditReport struct {
	AsOf      string       `json:"as_of"`
	Companies int          `json:"companies"`
	Checks    []auditCheck `json:"checks"`
	Breaks    []auditBreak `json:"breaks"`
}

type auditCheck struct {
	Check     string `json:"check"`
	What      string `json:"what"`
	Compared  int    `json:"compared"`
	Broken    int    `json:"broken"`
	Explained int    `json:"explained"`
	Companies int    `json:"companies"` // with a break
}

type auditBreak struct {
	Ticker      string  `json:"ticker"`
	CIK         int64   `json:"cik"`
	Check       string  `json:"check"`
	Item        string  `json:"item"`
	Basis       string  `json:"basis"`
	Start       *string `json:"start"` // null of an instant
	End         string  `json:"end"`
	Expected    float64 `json:"expected"`
	Found       float64 `json:"found"`
	Difference  float64 `json:"difference"`
	Times       int     `json:"times"`
	Accession   string  `json:"accession"`
	Form        string  `json:"form"`
	KnownOn     string  `json:"known_on"`
	Detail      string  `json:"detail"`
	Explanation string  `json:"explanation"` // "": the data does not explain it
}

func auditOf(t *snapshot.Table, r *snapshot.AuditReport) auditReport {
	out := auditReport{AsOf: t.AsOf().String(), Companies: r.Companies, Checks: []auditCheck{}, Breaks: []auditBreak{}}
	for _, c := range r.Checks {
		out.Checks = append(out.Checks, auditCheck{c.ID, c.What, c.Compared, c.Broken, c.Explained, c.Companies})
	}
	for _, b := range r.Breaks {
		j := auditBreak{
			Ticker: b.Ticker, CIK: int64(b.CIK), Check: b.Check, Item: b.Item, Basis: b.Basis, End: b.End.String(),
			Expected: b.Expected, Found: b.Found, Difference: b.Difference(), Times: max(b.Times, 1),
			Accession: b.Accession, Form: b.Form, KnownOn: b.KnownOn.String(), Detail: b.Detail, Explanation: b.Explanation,
		}
		if b.Start != 0 {
			j.Start = new(b.Start.String())
		}
		out.Breaks = append(out.Breaks, j)
	}
	return out
}

func printAudit(w io.Writer, t *snapshot.Table, r *snapshot.AuditReport, limit int) error {
	companies := "companies"
	if r.Companies == 1 {
		companies = "company"
	}
	if _, err := fmt.Fprintf(w, "%d %s as of %s\n\n", r.Companies, companies, t.AsOf()); err != nil {
		return err
	}
	sum := newTable("check", "compared", "broken", "explained", "companies", "what must hold").numbers(1, 2, 3, 4)
	for _, c := range r.Checks {
		sum.add(c.ID, strconv.Itoa(c.Compared), strconv.Itoa(c.Broken), strconv.Itoa(c.Explained), strconv.Itoa(c.Companies), c.What)
	}
	if err := sum.write(w); err != nil || len(r.Breaks) == 0 {
		return err
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	left := 0
	list := newTable("company", "check", "item", "period", "expected", "found", "accession", "why, or what was compared").numbers(4, 5)
	for i, b := range r.Breaks {
		if limit > 0 && i >= limit {
			left = len(r.Breaks) - limit
			break
		}
		list.add(breakCells(b)...)
	}
	if err := list.write(w); err != nil || left == 0 {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%d more: --limit 0 lists all, --checks some\n", left)
	return err
}

func breakCells(b snapshot.CompanyBreak) []string {
	name := b.Ticker
	if name == "" {
		name = b.CIK.String()
	}
	period := b.End.String()
	if b.Basis != "instant" {
		period = b.Basis + " to " + period
	}
	if b.Times > 1 {
		period += fmt.Sprintf(" and %d more", b.Times-1)
	}
	expected, found := grouped(b.Expected), grouped(b.Found)
	if b.Check == "refused" {
		expected, found = "", "irreconcilable"
	}
	why := b.Explanation
	if why == "" {
		why = b.Detail
	}
	return []string{name, b.Check, b.Item, period, expected, found, b.Accession, short(why, 150)}
}

// checkReference lists the checks.
func checkReference() string {
	var b strings.Builder
	for _, c := range snapshot.AuditChecks() {
		fmt.Fprintf(&b, "\n%s\n    %s\n", c.ID, c.What)
	}
	return b.String()
}
