package fsds

import (
	"io"
	"strconv"
	"strings"
	"time"

	"assay/fundamentals"
)

// filing is a row of sub.txt.
type filing struct {
	company   fundamentals.Company
	accession string
	form      string
	filed     fundamentals.Date
	accepted  time.Time // zero: not said
	sic       int       // 0: not said, and so below
	yearEnd   int       // month and day
}

// readFilings reads the filings of the slice; of the others it keeps that they
// exist.
func (p *parser) readFilings(t *table) error {
	at, err := t.header([]string{"adsh", "cik", "name", "form", "filed"}, []string{"accepted", "sic", "fye"})
	if err != nil {
		return err
	}
	for {
		if err := t.next(); err == io.EOF {
			return p.ctx.Err()
		} else if err != nil {
			return err
		}
		if !t.whole() {
			p.rejectFiling(t, t.why())
			continue
		}
		f, why := p.filing(t, at)
		if _, twice := p.byNumber[f.accession]; twice && why == "" {
			why = "the filing " + f.accession + " is there twice"
		}
		if why != "" {
			p.rejectFiling(t, why)
			continue
		}
		p.byNumber[f.accession] = -1
		if p.mine(t.cells[at[0]]) {
			p.byNumber[f.accession] = int32(len(p.filings))
			p.filings = append(p.filings, f)
		}
	}
}

func (p *parser) rejectFiling(t *table, why string) {
	if p.first {
		p.reject(subName, t.line, "%s", why)
	}
}

func (p *parser) filing(t *table, at []int) (f filing, why string) {
	f.accession, f.form = string(t.cell(at[0])), string(t.cell(at[3]))
	f.company.Name = strings.TrimSpace(string(t.cell(at[2])))
	cik, err := strconv.ParseInt(string(t.cell(at[1])), 10, 64)
	if err != nil || cik <= 0 || cik > 9_999_999_999 {
		return f, "its cik is " + quote(t.cell(at[1]))
	}
	f.company.CIK = fundamentals.CIK(cik)
	if f.accession == "" {
		return f, "it has no adsh"
	}
	var ok bool
	if f.filed, ok = date(t.cell(at[4])); !ok {
		return f, "its day of filing is " + quote(t.cell(at[4]))
	}
	f.sic, _ = strconv.Atoi(string(t.cell(at[6]))) // a few have none
	f.yearEnd, _ = strconv.Atoi(string(t.cell(at[7])))
	if text := string(t.cell(at[5])); text != "" {
		// Some quarters write fractions of a second, which are always 0.
		whole, _, _ := strings.Cut(text, ".")
		at, err := time.ParseInLocation(time.DateTime, whole, fundamentals.NewYork())
		if err != nil {
			return f, "its time of acceptance is " + strconv.Quote(text)
		}
		if h, m, s := at.Clock(); h+m+s > 0 { // midnight is no time: EDGAR is closed then
			f.accepted = at
		}
	}
	return f, ""
}

// date reads YYYYMMDD.
func date(b []byte) (fundamentals.Date, bool) {
	if len(b) != 8 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	y, m, d := n/10000, time.Month(n/100%100), n%100
	day := fundamentals.NewDate(y, m, d)
	if gy, gm, gd := day.Time().Date(); gy != y || gm != m || gd != d || day <= 0 {
		return 0, false
	}
	return day, true
}

// quote quotes a cell, cut short.
func quote(cell []byte) string {
	if len(cell) > 40 {
		return strconv.Quote(string(cell[:40]) + "...")
	}
	return strconv.Quote(string(cell))
}
