package main

import (
	"fmt"
	"strings"

	"assay/fundamentals/source"
)

// counted words a number of things: 1 file, 2 files.
func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// was is the verb for so many.
func was(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// summary says in one line what an ingest did.
func summary(report *source.Report) string {
	parts := []string{took(report)}
	rows := 0
	for _, f := range report.Files {
		rows += f.Rejected.Count
	}
	for _, c := range []struct {
		n         int
		one, what string
	}{{report.Unchanged, "file", "known already"}, {len(report.Rejected), "file", "left out"}, {rows, "row", "left out"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s %s", counted(c.n, c.one), was(c.n), c.what))
		}
	}
	return strings.Join(parts, "; ")
}

func took(report *source.Report) string {
	if report.Taken == 0 {
		return "took nothing"
	}
	text := "took " + counted(report.Taken, "file")
	switch {
	case report.Rows == 0:
		return text + " without a row"
	case report.New == report.Rows:
		return text + " with " + counted(report.Rows, "row") + ", all new"
	case report.New == 0:
		return text + " with " + counted(report.Rows, "row") + ", none new"
	}
	return fmt.Sprintf("%s with %s, %d of them new", text, counted(report.Rows, "row"), report.New)
}
