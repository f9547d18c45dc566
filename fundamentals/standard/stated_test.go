package standard_test

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"sort"
	"sync"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

// The table testdata/stated.csv says what hundreds of filings state, derived
// from them by hand and never by this program. Its column tags opens a value:
//
//	+Tag@accession@start..end=value  adds to the value; - takes from it
//	?Tag@accession@start..end=value  is stated, but gives no value (a slip, a span without its year)
//	!Tag@accession@..end             is not stated there; without an accession, in no filing known
//
// A value is a number or the reason for which there is none. A basis "anchor"
// asks for the latest statement instead of a given one. Rows marked open are
// known to be read otherwise: they are counted, not compared.
const statedFile = "testdata/stated.csv"

type stated struct {
	line             int
	ticker           string
	cik              fundamentals.CIK
	item, basis      string
	start, end, asOf fundamentals.Date
	value            rules.Value
	stale            bool
	terms            []statedTerm
	accession, why   string
	open             bool
}

type statedTerm struct {
	sign           byte
	tag, accession string
	start, end     fundamentals.Date
	value          float64
}

func (s stated) String() string {
	return fmt.Sprintf("%s:%d: %s %s %s %s as of %s", statedFile, s.line, s.ticker, s.item, s.basis, s.end, s.asOf)
}

// TestStatedTableIsInTheFilings looks every row up in the companyfacts file and
// does its sum again, so that the table cannot be the program's own output.
func TestStatedTableIsInTheFilings(t *testing.T) {
	o := statedOutcome(t)
	for _, m := range o.unproved {
		t.Error(m)
	}
}

// TestStatedValues compares what the program reads with the table.
func TestStatedValues(t *testing.T) {
	o := statedOutcome(t)
	for _, m := range o.wrong {
		t.Error(m)
	}
	for _, m := range o.open {
		t.Log(m)
	}
	t.Logf("%d rows, %d companies, %d open", o.rows, o.companies, len(o.open))
}

// TestStatedTableIsWide holds the table to what it is for.
func TestStatedTableIsWide(t *testing.T) {
	rows := readStated(t)
	companies, items, years := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range rows {
		companies[s.ticker], items[s.item], years[s.end.String()[:4]] = true, true, true
	}
	if len(rows) < 240 || len(companies) < 60 || len(years) < 15 {
		t.Errorf("%d rows, %d companies, %d years; want 240, 60, 15", len(rows), len(companies), len(years))
	}
	for _, it := range standard.Concepts().Items {
		if !items[it.Name] {
			t.Errorf("no row for %s", it.Name)
		}
	}
}

// outcome is what the one pass over the files found.
type outcome struct {
	unproved, wrong, open []string
	rows, companies       int
	absent                error
}

var statedPass struct {
	sync.Once
	outcome
}

// statedOutcome reads each company's file once for both tests, or skips the
// test where the files are absent.
func statedOutcome(t *testing.T) *outcome {
	t.Helper()
	rows := readStated(t)
	statedPass.Do(func() { statedPass.outcome = passStated(t, rows) })
	if statedPass.absent != nil {
		t.Skipf("real data is absent: %v", statedPass.absent)
	}
	return &statedPass.outcome
}

func passStated(t *testing.T, rows []stated) (o outcome) {
	byCompany := map[fundamentals.CIK][]stated{}
	for _, s := range rows {
		byCompany[s.cik] = append(byCompany[s.cik], s)
	}
	if _, err := os.Stat(companyFile(rows[0].cik)); err != nil {
		return outcome{absent: err}
	}
	wanted := wantedTags(t, rows)
	o.rows, o.companies = len(rows), len(byCompany)
	work := make(chan []stated)
	var wait sync.WaitGroup
	var mu sync.Mutex
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for list := range work {
				one := checkCompany(list, wanted)
				mu.Lock()
				o.unproved = append(o.unproved, one.unproved...)
				o.wrong = append(o.wrong, one.wrong...)
				o.open = append(o.open, one.open...)
				mu.Unlock()
			}
		})
	}
	for _, list := range byCompany {
		work <- list
	}
	close(work)
	wait.Wait()
	sort.Strings(o.unproved)
	sort.Strings(o.wrong)
	sort.Strings(o.open)
	return o
}

func checkCompany(list []stated, wanted map[string]bool) (o outcome) {
	facts, filings, err := loadStated(list[0].cik, wanted)
	if err != nil {
		o.unproved = append(o.unproved, fmt.Sprintf("%s: %v", list[0].ticker, err))
		return o
	}
	m := standard.Concepts()
	company := standard.Build(m, list[0].cik, facts, filings)
	for _, s := range list {
		if why := unproved(s, facts); why != "" {
			o.unproved = append(o.unproved, fmt.Sprintf("%s: %s", s, why))
		}
		wrong := disagrees(m, company.View(m, s.asOf, nil), s)
		switch {
		case s.open && wrong == "":
			o.open = append(o.open, fmt.Sprintf("%s: open, but read right now: clear the mark", s))
		case s.open:
			o.open = append(o.open, fmt.Sprintf("%s: open: %s (%s)", s, wrong, s.why))
		case wrong != "":
			o.wrong = append(o.wrong, fmt.Sprintf("%s: %s (%s)", s, wrong, s.why))
		}
	}
	return o
}

// unproved returns what of a row the filings do not say; empty if all is there.
func unproved(s stated, facts []fundamentals.Fact) string {
	sum, summed := 0.0, false
	for _, term := range s.terms {
		found := false
		for i := range facts {
			f := &facts[i]
			if f.Tag.Name != term.tag || f.End != term.end || f.Filed >= s.asOf {
				continue
			}
			if term.sign == '!' {
				year := f.Start != 0 && f.End-f.Start >= 349
				if year == (s.basis == "fy") && (term.accession == "" || f.Accession == term.accession) {
					return fmt.Sprintf("%s is stated in %s", term.tag, f.Accession)
				}
				continue
			}
			found = found || f.Accession == term.accession && f.Start == term.start && f.Value == term.value
		}
		if term.sign != '!' && !found {
			return fmt.Sprintf("%s does not say %s %.0f, or not by then", term.accession, term.tag, term.value)
		}
		switch term.sign {
		case '+':
			sum, summed = sum+term.value, true
		case '-':
			sum, summed = sum-term.value, true
		}
	}
	known := s.value.Why == rules.Known && !s.stale
	if known && !same(sum, s.value.F) || !known && summed {
		return fmt.Sprintf("the terms make %.0f, the row says %v", sum, s.value)
	}
	if known && !summed && s.value.F != 0 || len(s.terms) == 0 && known {
		return "nothing proves the value"
	}
	return ""
}

func same(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b)) }

// disagrees returns what the program reads where it is not what the row says.
func disagrees(m *standard.Map, v *standard.View, s stated) string {
	item, ok := m.Index(s.item)
	if !ok {
		return "no such item"
	}
	basis := map[string]rules.Basis{"fy": rules.Annual, "quarter": rules.Quarterly}[s.basis]
	if s.basis == "anchor" && v.Anchor != s.end {
		return fmt.Sprintf("the latest statement is of %s", v.Anchor)
	}
	if s.stale {
		if !v.Stale(0) {
			return "the statement is not stale"
		}
		return ""
	}
	r := v.ReadAt(item, s.end, basis)
	if r.Value.Why != s.value.Why || r.Value.Why == rules.Known && !same(r.Value.F, s.value.F) {
		return fmt.Sprintf("got %.0f %s [%s], want %.0f %s", r.Value.F, r.Value.Why, r.Note, s.value.F, s.value.Why)
	}
	return ""
}

// The hard cases of share counts, as their filings state them.
func TestRealShareCounts(t *testing.T) {
	m := standard.Concepts()
	for _, c := range []struct {
		name string
		cik  fundamentals.CIK
		asOf string
		want rules.Value
	}{
		{"Cohu, cover of 0001437749-24-004596", 21535, "2024-03-08", rules.Num(47076499)},
		{"Cohu, cover of 0001437749-24-014436", 21535, "2024-07-01", rules.Num(47085873)},
		{"Champion Homes, cover of 2024-02-06 a thousand times too high", 90896, "2024-03-08", rules.Num(57644000)},
		{"Chesapeake Utilities, cover of 2023-11-02 a thousand times too high", 19745, "2024-02-01", rules.Num(17796741)},
		{"Chesapeake Utilities, cover of 2024-02-21", 19745, "2024-03-08", rules.Num(22238384)},
		{"Patterson-UTI, averages a thousandth", 889900, "2024-03-08", rules.Num(408192236)},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts, filings := realFacts(t, c.cik)
			item, _ := m.Index("shares_outstanding")
			r := standard.Build(m, c.cik, facts, filings).View(m, date(t, c.asOf), nil).Read(item, rules.At{})
			if r.Value != c.want {
				t.Errorf("got %v (%s), want %v", r.Value, r.Note, c.want)
			}
		})
	}
}
