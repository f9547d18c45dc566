package standard_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

// anyBooks draws a company whose filings state any tags of the concept map, in few
// different amounts, so that sums often come out even.
func anyBooks(t *rapid.T, m *standard.Map) (facts []fundamentals.Fact, filings []fundamentals.Filing) {
	day := func(quarter int) fundamentals.Date { return fundamentals.NewDate(2020, 1, 1).AddMonths(3*quarter) - 1 }
	always := []string{"Assets", "LiabilitiesAndStockholdersEquity", "Liabilities", "StockholdersEquity", "Revenues", "NetIncomeLoss"}
	for n := range rapid.IntRange(1, 8).Draw(t, "filings") {
		quarter := rapid.IntRange(1, 10).Draw(t, "quarter")
		f := fundamentals.Filing{
			Company: 1, Accession: fmt.Sprintf("a-%d", n), Filed: day(quarter) + fundamentals.Date(rapid.IntRange(-5, 200).Draw(t, "after")),
			Form: rapid.SampledFrom([]string{"10-K", "10-K", "10-Q", "10-Q", "10-K/A", "8-K"}).Draw(t, "form"),
		}
		f.KnownOn = f.Filed + 1
		filings = append(filings, f)
		for range rapid.IntRange(1, 6).Draw(t, "periods") {
			end := day(quarter - rapid.SampledFrom([]int{0, 0, 1, 4}).Draw(t, "back"))
			start := fundamentals.Date(0)
			if months := rapid.SampledFrom([]int{0, 0, 3, 6, 12}).Draw(t, "months"); months > 0 {
				start = (end + 1).AddMonths(-months)
			}
			tags := rapid.SliceOfN(rapid.IntRange(0, len(m.Tags)-1), 0, 30).Draw(t, "tags")
			for _, name := range always {
				if at := slices.Index(m.Tags, fundamentals.Tag{Taxonomy: "us-gaap", Name: name}); rapid.Bool().Draw(t, name) {
					tags = append(tags, at)
				}
			}
			for _, tag := range tags {
				unit := unitOf(m, tag)
				if rapid.IntRange(0, 15).Draw(t, "abroad") == 0 {
					unit = rapid.SampledFrom([]string{"EUR", "pure"}).Draw(t, "unit")
				}
				facts = append(facts, fundamentals.Fact{
					Tag: m.Tags[tag], Unit: unit, Start: start, End: end, Value: 1000 * float64(rapid.IntRange(-2, 12).Draw(t, "value")),
					Accession: f.Accession, Form: f.Form, Filed: f.Filed,
				})
			}
		}
	}
	return facts, filings
}

// A statement is asked for the items of its tags alone, which must be all that it
// states.
func TestLawOnlyItemsOfItsTagsAreStated(t *testing.T) {
	m := standard.Concepts()
	all := standard.AskingForAll(m)
	rapid.Check(t, func(t *rapid.T) {
		facts, filings := anyBooks(t, m)
		got, want := standard.Build(m, 1, facts, filings), standard.Build(all, 1, facts, filings)
		if diff := cmp.Diff(want.Items, got.Items); diff != "" {
			t.Fatal(diff)
		}
	})
}

// The same of each tag alone, beside the totals of a balance sheet.
func TestATagAloneIsHeard(t *testing.T) {
	m := standard.Concepts()
	all := standard.AskingForAll(m)
	for tag, name := range m.Tags {
		b := newBooks(t).filing("10-K", "2024-02-16").full("2023-12-31")
		f := b.facts[0]
		f.Tag, f.Unit, f.Value = name, unitOf(m, tag), 70
		b.facts = append(b.facts, f)
		f.Start = date(t, "2023-01-01")
		b.facts = append(b.facts, f)
		got, want := standard.Build(m, 1, b.facts, b.filings), standard.Build(all, 1, b.facts, b.filings)
		if diff := cmp.Diff(want.Items, got.Items); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// unitOf is the unit in which facts of a tag count.
func unitOf(m *standard.Map, tag int) string {
	return map[rules.Unit]string{rules.UnitMoney: "USD", rules.UnitShares: "shares", rules.UnitPrice: "USD/shares"}[m.Unit[tag]]
}

// A packer that made other packs before makes the pack of what Build makes.
func TestLawAPackerPacksWhatBuildMakes(t *testing.T) {
	m := standard.Concepts()
	rapid.Check(t, func(t *rapid.T) {
		packer := standard.NewPacker(m)
		for range rapid.IntRange(1, 4).Draw(t, "companies") {
			facts, filings := anyBooks(t, m)
			want := standard.Build(m, 1, facts, filings).Pack(m)
			if got := packer.Pack(1, facts, filings); !slices.Equal(want, got) {
				t.Fatal("the packs differ")
			}
		}
	})
}

func TestAPackerPacksRealCompanies(t *testing.T) {
	m := standard.Concepts()
	packer := standard.NewPacker(m)
	for _, cik := range []fundamentals.CIK{21535, 90896, 889900} {
		facts, filings := realFacts(t, cik)
		want := standard.Build(m, cik, facts, filings).Pack(m)
		if got := packer.Pack(cik, facts, filings); !slices.Equal(want, got) {
			t.Errorf("company %d: the packs differ", cik)
		}
	}
}
