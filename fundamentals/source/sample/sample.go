// Package sample invents a small universe of companies and writes it in the
// formats that ingest reads, so that every verb can be tried without a file
// and without a network.
//
//  1. The table of companies (companies.go) says what each one is like and
//     what it is there to show.
//  2. Books roll its statements forward quarter by quarter, in whole thousands,
//     so that assets equal liabilities and equity and cash flows explain cash.
//  3. Filings lay out what each 10-K and 10-Q states of them and when.
//  4. Write puts down companyfacts files, securities, prices and splits.
//
// [Generate] invents companies by the thousand instead (invent.go), and writes the
// statements of their books, notes besides (notes.go), and their daily prices
// (daily.go) as fast as a disk takes them.
//
// No company, ticker or number is real: names end in "(sample)", tickers have
// six letters, which no American listing has, and the company numbers are far
// above those that the SEC has given out. The same program always writes the
// same bytes.
package sample

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"assay/fundamentals"
)

// AsOf is the date on which the sample ends: the last day with prices.
const AsOf = fundamentals.Date(20634) // 2026-06-30

// Files are the paths of what [Write] wrote.
type Files struct {
	CompanyFacts string // a folder
	Securities   string
	Splits       string
	Prices       string // closes as traded
	Companies    int
}

// Write writes the sample into a folder, which it makes if need be. It stops
// between two companies when ctx ends.
func Write(ctx context.Context, dir string) (Files, error) {
	files := Files{
		CompanyFacts: filepath.Join(dir, "companyfacts"),
		Securities:   filepath.Join(dir, "securities.csv"),
		Splits:       filepath.Join(dir, "splits.csv"),
		Prices:       filepath.Join(dir, "prices.csv"),
	}
	if err := os.MkdirAll(files.CompanyFacts, 0o755); err != nil {
		return Files{}, fmt.Errorf("sample: %w", err)
	}
	all := companies()
	for i := range all {
		if err := ctx.Err(); err != nil {
			return Files{}, err
		}
		c := &all[i]
		if c.priceOnly() {
			continue
		}
		name := filepath.Join(files.CompanyFacts, "CIK"+c.cik.String()+".json")
		if err := writeFacts(name, c, facts(c)); err != nil {
			return Files{}, fmt.Errorf("sample: %w", err)
		}
		files.Companies++
	}
	for _, table := range []struct {
		path string
		rows func([]company) [][]string
	}{{files.Securities, securityRows}, {files.Splits, splitRows}, {files.Prices, priceRows}} {
		if err := writeTable(table.path, table.rows(all)); err != nil {
			return Files{}, fmt.Errorf("sample: %w", err)
		}
	}
	return files, nil
}
