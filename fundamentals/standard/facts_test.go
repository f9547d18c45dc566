package standard_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

// books is a company in the making: filings and the facts that they state.
type books struct {
	t       testing.TB
	facts   []fundamentals.Fact
	filings []fundamentals.Filing
	form    string
	filed   fundamentals.Date
}

func newBooks(t testing.TB) *books { return &books{t: t} }

// filing opens a filing; what states says belongs to it.
func (b *books) filing(form, filed string) *books {
	b.form, b.filed = form, date(b.t, filed)
	b.filings = append(b.filings, fundamentals.Filing{
		Company: 1, Accession: b.accession(), Form: form, Filed: b.filed, KnownOn: b.filed + 1,
	})
	return b
}

func (b *books) accession() string { return fmt.Sprintf("%s %s", b.form, b.filed) }

// states enters "Tag=value" words for a period, "2023-12-31" or
// "2023-01-01..2023-12-31": dollars, shares by the tag's name, euros by a suffix.
func (b *books) states(period string, words ...string) *books {
	b.t.Helper()
	start, end, span := strings.Cut(period, "..")
	if !span {
		start, end = "", period
	}
	for _, w := range words {
		name, text, _ := strings.Cut(w, "=")
		number, euros := strings.CutSuffix(text, "EUR")
		unit := "USD"
		if euros {
			unit = "EUR"
		}
		value, err := strconv.ParseFloat(number, 64)
		if err != nil {
			b.t.Fatal(w, err)
		}
		taxonomy := "us-gaap"
		if t, n, ok := strings.Cut(name, ":"); ok {
			taxonomy, name = t, n
		}
		if strings.Contains(name, "SharesOutstanding") {
			unit = "shares"
		}
		if strings.HasPrefix(name, "EarningsPerShare") {
			unit = "USD/shares"
		}
		b.facts = append(b.facts, fundamentals.Fact{
			Tag: fundamentals.Tag{Taxonomy: taxonomy, Name: name}, Unit: unit, Start: date(b.t, start), End: date(b.t, end),
			Value: value, Accession: b.accession(), Form: b.form, Filed: b.filed,
		})
	}
	return b
}

// full enters a full balance sheet without debt.
func (b *books) full(day string, words ...string) *books {
	b.t.Helper()
	return b.states(day, append([]string{
		"Assets=1000", "LiabilitiesAndStockholdersEquity=1000", "StockholdersEquity=600", "CashAndCashEquivalentsAtCarryingValue=100",
	}, words...)...)
}

func (b *books) view(asOf string, splits ...fundamentals.Split) *standard.View {
	m := standard.Concepts()
	return standard.Build(m, 1, b.facts, b.filings).View(m, date(b.t, asOf), splits)
}

// reads asserts what an item reads at a lag: a number, or a reason.
func reads(t *testing.T, v *standard.View, name string, at rules.At, want string) {
	t.Helper()
	item, ok := standard.Concepts().Index(name)
	if !ok {
		t.Fatalf("no item %s", name)
	}
	r := v.Read(item, at)
	got := fmt.Sprint(r.Value.F)
	if r.Value.Why != rules.Known {
		got = r.Value.Why.String()
	}
	if got != want {
		t.Errorf("%s at %v = %s, want %s (%s)", name, at, got, want, r.Note)
	}
}

// year enters a quarterly filer's year: three 10-Q and a 10-K with net income of
// 10, 20, 30, 40 a quarter times scale, and revenue ten times that.
func (b *books) year(y int, scale float64) *books {
	b.t.Helper()
	ends := []string{"03-31", "06-30", "09-30", "12-31"}
	filed := []string{"05-01", "08-01", "11-01"}
	sum, before := 0.0, 0.0
	for q, end := range ends {
		sum += 10 * float64(q+1)
		before = sum * scale / 2
		day := fmt.Sprintf("%d-%s", y, end)
		if q < 3 {
			b.filing("10-Q", fmt.Sprintf("%d-%s", y, filed[q]))
		} else {
			b.filing("10-K", fmt.Sprintf("%d-02-20", y+1))
		}
		b.full(day)
		span := fmt.Sprintf("%d-01-01..%s", y, day)
		b.states(span, fmt.Sprintf("NetIncomeLoss=%g", sum*scale), fmt.Sprintf("Revenues=%g", 10*sum*scale),
			fmt.Sprintf("NetCashProvidedByUsedInOperatingActivities=%g", sum*scale))
		ago := fmt.Sprintf("%d-01-01..%d-%s", y-1, y-1, end)
		b.states(ago, fmt.Sprintf("NetIncomeLoss=%g", before), fmt.Sprintf("Revenues=%g", 10*before),
			fmt.Sprintf("NetCashProvidedByUsedInOperatingActivities=%g", before))
	}
	return b
}
