package standard_test

import (
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

func TestPackKeepsEverythingButDetailsOfKnownValues(t *testing.T) {
	b := newBooks(t).year(2021, 1).year(2022, 2)
	b.filing("10-K", "2024-02-16").full("2023-12-31", "FinanceLeaseLiability=1", "LongTermDebtAndCapitalLeaseObligations=5").
		states("2023-01-01..2023-12-31", "PaymentsToAcquirePropertyPlantAndEquipment=-2").
		states("2024-02-07", "dei:EntityCommonStockSharesOutstanding=1000000")
	want := standard.Build(standard.Concepts(), 1, b.facts, b.filings)
	got, err := standard.Unpack(standard.Concepts(), want.Pack(standard.Concepts()))
	if err != nil {
		t.Fatal(err)
	}
	got = whole(got)
	ignore := cmpopts.IgnoreFields(standard.Period{}, "Details")
	unexported := cmpopts.IgnoreUnexported(standard.Company{})
	if diff := cmp.Diff(refusals(want), refusals(got)); diff != "" {
		t.Error(diff)
	}
	if d := cmp.Diff([]string{"it cannot be negative: a slip of the sign"}, slices.Collect(maps.Values(refusals(got)))); d != "" {
		t.Error(d)
	}
	if diff := cmp.Diff(want, got, ignore, unexported, cmpopts.EquateEmpty(), cmpopts.EquateNaNs(), zeroWhereMissing); diff != "" {
		t.Error(diff)
	}
}

// What is read of a pack, in whatever order, on whatever day, is what is read of the
// company that it was made of.
func TestLawUnpackedReadsAlike(t *testing.T) {
	b := newBooks(t).year(2020, 1).year(2021, 3).year(2022, 2)
	m := standard.Concepts()
	built := standard.Build(m, 1, b.facts, b.filings)
	pack := built.Pack(m)
	rapid.Check(t, func(t *rapid.T) {
		c, err := standard.Unpack(m, pack)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			filing := rapid.SampledFrom(built.Filings).Draw(t, "filing")
			asOf := filing.KnownOn + fundamentals.Date(rapid.IntRange(-1, 1).Draw(t, "days"))
			item := rapid.IntRange(0, len(m.Items)-1).Draw(t, "item")
			at := rules.At{Basis: rules.Basis(rapid.IntRange(0, 2).Draw(t, "basis")), Lag: rapid.IntRange(0, 9).Draw(t, "lag")}
			want, got := built.View(m, asOf, nil).Read(item, at), c.View(m, asOf, nil).Read(item, at)
			if want.Value != got.Value || want.Start != got.Start || want.End != got.End || want.Count != got.Count {
				t.Fatalf("%s on %s: %+v, the pack reads %+v", m.Items[item].Name, asOf, want, got)
			}
		}
	})
}

// A pack that is not whole is refused, wherever it was hurt.
func TestUnpackRefusesWhatIsNotWhole(t *testing.T) {
	b := newBooks(t).year(2021, 1)
	m := standard.Concepts()
	pack := standard.Build(m, 1, b.facts, b.filings).Pack(m)
	for i := range pack {
		hurt := slices.Clone(pack)
		hurt[i] ^= 0x20
		for _, bad := range [][]byte{hurt, pack[:i]} {
			if _, err := standard.Unpack(m, bad); !errors.Is(err, standard.ErrPack) {
				t.Fatalf("byte %d of %d: %v", i, len(pack), err)
			}
		}
	}
}

// Numbers come back to the bit.
func TestPackKeepsNumbers(t *testing.T) {
	m := standard.Concepts()
	numbers := []float64{0, math.Copysign(0, -1), 1, -1, 999, 1000, -1000, 1e6, 1e12, 1<<52 - 1, 1 << 52, -(1 << 53), 0.1, -2.75, 1e300, math.Inf(1), 5e-324}
	c := &standard.Company{CIK: 1, Items: make([][]standard.Period, len(m.Items)), Filings: make([]fundamentals.Filing, len(numbers)), Statement: make([]fundamentals.Date, len(numbers))}
	p := standard.Period{Start: 19000, End: 18900}
	for i, f := range numbers {
		p.Versions = append(p.Versions, standard.Version{Filing: int32(i), Value: f})
	}
	c.Items[0] = []standard.Period{p}
	got, err := standard.Unpack(m, c.Pack(m))
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range got.Periods(0)[0].Versions {
		if math.Float64bits(v.Value) != math.Float64bits(numbers[i]) {
			t.Errorf("%v came back as %v", numbers[i], v.Value)
		}
	}
}

// whole reads all items of a company that was unpacked.
func whole(c *standard.Company) *standard.Company {
	out := &standard.Company{CIK: c.CIK, Filings: c.Filings, Statement: c.Statement}
	for item := range standard.Concepts().Items {
		out.Items = append(out.Items, c.Periods(item))
	}
	return out
}

// refusals are the notes of refused versions, by item, period and version.
func refusals(c *standard.Company) map[[3]int]string {
	notes := map[[3]int]string{}
	for i, item := range c.Items {
		for j := range item {
			for k, v := range item[j].Versions {
				if v.Why != rules.Known && len(item[j].Details) > 0 {
					notes[[3]int{i, j, k}] = item[j].Details[k].Note
				}
			}
		}
	}
	return notes
}

// A refused version keeps its reason; its value means nothing.
var zeroWhereMissing = cmp.Transformer("value", func(v standard.Version) standard.Version {
	if v.Why != 0 {
		v.Value = 0
	}
	return v
})

func TestLawOrderOfFactsIsIrrelevant(t *testing.T) {
	b := newBooks(t).year(2020, 1).year(2021, 1).year(2022, 2)
	m := standard.Concepts()
	want := standard.Build(m, 1, b.facts, b.filings).Pack(m)
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		r.Shuffle(len(b.facts), func(i, j int) { b.facts[i], b.facts[j] = b.facts[j], b.facts[i] })
		r.Shuffle(len(b.filings), func(i, j int) { b.filings[i], b.filings[j] = b.filings[j], b.filings[i] })
		if got := standard.Build(m, 1, b.facts, b.filings).Pack(m); string(got) != string(want) {
			t.Fatal("another order of facts makes another pack")
		}
	})
}

func FuzzUnpack(f *testing.F) {
	b := newBooks(f).year(2021, 1)
	f.Add(standard.Build(standard.Concepts(), 1, b.facts, b.filings).Pack(standard.Concepts()))
	f.Add([]byte{})
	f.Add([]byte{5, 1, 200, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, pack []byte) {
		c, err := standard.Unpack(standard.Concepts(), pack)
		if err != nil {
			if !errors.Is(err, standard.ErrPack) {
				t.Fatalf("error %v does not wrap ErrPack", err)
			}
			return
		}
		c.View(standard.Concepts(), 19000, nil)
	})
}

func TestConceptMapMistakes(t *testing.T) {
	item := func(rest string) string {
		return "items:\n- {name: a, title: A, of: flow, unit: money, absent: missing, from: [X]}\n" + rest
	}
	for text, want := range map[string]string{
		item("- {name: b, of: moment, unit: money, absent: none}"):                     `concept map: item b: of: "moment" is not instant, flow, average or cover`,
		item("- {name: b, of: flow, unit: dollars, absent: none}"):                     `concept map: item b: unit: "dollars" is not money, shares or per_share`,
		item("- {name: b, of: flow, unit: money, absent: zero}"):                       `concept map: item b: absent: "zero" is not missing or none`,
		item("- {name: a, of: flow, unit: money, absent: none}"):                       `concept map: item a: stands twice`,
		item("- {name: b, of: flow, unit: money, absent: none, from: [a + c]}"):        `concept map: item b: "a + c": no item "c" stands above`,
		item("- {name: b, of: flow, unit: money, absent: none, from: [X Y]}"):          `concept map: item b: "X Y": + or - is missing before Y`,
		item("- {name: b, of: flow, unit: money, absent: none, from: [X +]}"):          `concept map: item b: "X +": ends without a term`,
		item("- {name: b, of: flow, unit: money, absent: none, from: [+ X]}"):          `concept map: item b: "+ X": a term is missing before +`,
		item("- {name: b, of: flow, unit: money, absent: none, from: [X], else: [Y]}"): `concept map: item total_assets, which the program needs, is missing`,
	} {
		_, err := standard.ParseMap([]byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}
