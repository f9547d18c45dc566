package snapshot_test

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
)

// takeAs stores chunks as files of one kind, each of its own, in one batch.
func takeAs(t testing.TB, rt tester, db *store.DB, kind string, chunks ...fundamentals.Rows) {
	rt.Helper()
	batch, err := db.StartBatch(t.Context(), kind, "", "2026-01-01T00:00:00Z")
	if err != nil {
		rt.Fatal(err)
	}
	for i, chunk := range chunks {
		rows := iter.Seq2[*fundamentals.Rows, error](func(yield func(*fundamentals.Rows, error) bool) { yield(&chunk, nil) })
		file := fundamentals.SourceFile{Kind: kind, Name: "test", Digest: fmt.Sprint(batch, " ", i)}
		if _, err := db.Take(t.Context(), batch, file, rows, func() bool { return true }); err != nil {
			rt.Fatal(err)
		}
	}
}

// unruly adds to what [universe] invents what reaches beyond its own day: weighted
// counts that later filings restate for a split, adjusted prices, amounts that other
// filings vouch for, and facts, days of filing and names that are told anew.
func unruly(r *rand.Rand, all []fundamentals.Rows) []fundamentals.Rows {
	var more []fundamentals.Rows
	quarter, split := map[fundamentals.CIK]int{}, map[fundamentals.CIK]int{}
	for i := range all {
		rows := &all[i]
		if len(rows.Facts) == 0 {
			continue
		}
		first := rows.Facts[0]
		q := quarter[rows.Company]
		quarter[rows.Company]++
		if q == 0 {
			split[rows.Company] = r.IntN(12)
		}
		state := func(tag, unit string, start, end fundamentals.Date, value float64) {
			rows.Facts = append(rows.Facts, fundamentals.Fact{Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: tag}, Unit: unit,
				Start: start, End: end, Value: value, Accession: first.Accession, Form: first.Form, Filed: first.Filed})
		}
		for _, back := range []int{0, 4} {
			start := fundamentals.NewDate(2020, 1, 1).AddMonths(3 * (q - back))
			shares := 1e6 + 1e3*float64(q-back)
			if q >= split[rows.Company] {
				shares *= 2
			}
			for _, tag := range []string{"WeightedAverageNumberOfSharesOutstandingBasic", "WeightedAverageNumberOfDilutedSharesOutstanding"} {
				state(tag, "shares", start, start.AddMonths(3)-1, shares)
			}
		}
		if r.IntN(3) == 0 { // it leaves some of the total
			state("Liabilities", "USD", 0, first.End, 100)
		}
		if r.IntN(20) == 0 {
			state("TemporaryEquityCarryingAmountAttributableToParent", "USD", 0, first.End, 5)
		}
		more = append(more, anew(r, rows)...)
	}
	for i := range all { // what submissions files tell comes piece by piece
		rows := &all[i]
		for _, l := range rows.FilingLists {
			more = append(more, fundamentals.Rows{FilingLists: []fundamentals.FilingList{l}})
		}
		for _, p := range rows.Profiles {
			more = append(more, fundamentals.Rows{Profiles: []fundamentals.Profile{p}})
		}
		if len(rows.FiledItems) > 0 {
			more = append(more, fundamentals.Rows{FiledItems: rows.FiledItems[:1]})
			rows.FiledItems = rows.FiledItems[1:]
		}
		rows.FilingLists, rows.Profiles = nil, nil
	}
	for i := range all { // some prices are on the basis of a later day
		if len(all[i].Prices) > 0 && r.IntN(2) == 0 {
			s := &all[i].Prices[0].Series
			s.Basis, s.BasisDate = fundamentals.SplitAdjusted, firstDay+fundamentals.Date(400+r.IntN(500))
		}
	}
	return append(all, more...)
}

// anew tells something of a filing once more.
func anew(r *rand.Rand, rows *fundamentals.Rows) []fundamentals.Rows {
	first := rows.Facts[0]
	again := fundamentals.Rows{Company: rows.Company}
	switch r.IntN(10) {
	case 0: // a fact with another value
		f := rows.Facts[r.IntN(len(rows.Facts))]
		f.Value *= 1.5
		again.Facts = append(again.Facts, f)
	case 1: // the filing with another day
		again.Filings = append(again.Filings, fundamentals.Filing{Company: rows.Company, Accession: first.Accession, Form: first.Form, Filed: first.Filed + fundamentals.Date(9*(1-2*r.IntN(2)))})
	case 2: // the time of its acceptance
		at := first.Filed.Time().Add(15e9 * 60 * 60)
		again.Acceptances = append(again.Acceptances, fundamentals.Acceptance{Company: rows.Company, Accession: first.Accession, At: at})
	case 3:
		again.Companies = append(again.Companies, fundamentals.Company{CIK: rows.Company, Name: fmt.Sprint("Name ", r.IntN(100))})
	case 4: // a rounded fact
		again.Rounded = append(again.Rounded, fundamentals.RoundedFact{Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: "InventoryNet"}, Unit: "USD",
			End: first.End, Value: 50, Accession: first.Accession, Form: first.Form, Filed: first.Filed})
	case 5: // a class of stock
		again.Classes = append(again.Classes, fundamentals.ShareClass{Company: rows.Company, Tag: fundamentals.Tag{Taxonomy: "dei", Name: "EntityCommonStockSharesOutstanding"},
			Member: "CommonClassB", Day: first.End, Shares: 900_000, Accession: first.Accession, Form: first.Form, Filed: first.Filed})
	case 6: // an SIC code
		again.Profiles = append(again.Profiles, fundamentals.Profile{Company: rows.Company, KnownOn: first.Filed, SIC: 6311})
	default:
		return nil
	}
	return []fundamentals.Rows{again}
}

// written is the day of the newest filing in a chunk; 0 where it has none.
func written(rows fundamentals.Rows) (day fundamentals.Date) {
	for _, f := range rows.Facts {
		day = max(day, f.Filed)
	}
	return day
}

// batches makes batches of chunks: one of all that was filed up to a day, and then some
// of few files, of those filed next or of what is told anew.
func batches(r *rand.Rand, chunks []fundamentals.Rows, day fundamentals.Date) (out [][]fundamentals.Rows) {
	r.Shuffle(len(chunks), func(i, j int) { chunks[i], chunks[j] = chunks[j], chunks[i] })
	slices.SortStableFunc(chunks, func(a, b fundamentals.Rows) int { return cmp.Compare(written(a), written(b)) })
	out = make([][]fundamentals.Rows, 1)
	var rest [2][]fundamentals.Rows
	for _, rows := range chunks {
		told := len(rows.Facts)+len(rows.Prices)+len(rows.Securities)+len(rows.Splits) == 0
		switch {
		case told && r.IntN(3) > 0:
			rest[0] = append(rest[0], rows)
		case written(rows) > day || r.IntN(50) == 0:
			rest[1] = append(rest[1], rows)
		default:
			out[0] = append(out[0], rows)
		}
	}
	for range 6 {
		from := &rest[r.IntN(2)]
		n := min(len(*from), 1+r.IntN(2))
		at := 0
		if r.IntN(3) == 0 {
			at = r.IntN(len(*from) - n + 1)
		}
		out = append(out, slices.Clone((*from)[at:at+n]))
		*from = slices.Delete(*from, at, at+n)
	}
	return out
}

// What is kept of a date stands as long as its version does: whatever is ingested, the
// table is the one that is made of nothing, of all batches and of the first of them.
func TestLawAKeptTableIsThatOfItsData(t *testing.T) {
	stood := 0
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed of the rest"), 3))
		day := firstDay + fundamentals.Date(rapid.IntRange(150, 700).Draw(rt, "day of the first batch"))
		parts := batches(r, unruly(r, universe(rt)), day)
		refs := planes(rt)
		var dates []fundamentals.Date
		for _, back := range rapid.SliceOfN(rapid.IntRange(-40, 100), 3, 3).Draw(rt, "days before") {
			dates = append(dates, day-fundamentals.Date(back))
		}
		db := newDB(t, rt)
		was := map[fundamentals.Date]string{}
		for i, part := range parts {
			takeAs(t, rt, db, "test", part...)
			if rapid.Bool().Draw(rt, "refreshed") {
				if err := snapshot.Refresh(t.Context(), db, nil); err != nil {
					rt.Fatal(err)
				}
			}
			for _, asOf := range dates {
				if rapid.IntRange(0, 3).Draw(rt, "left out") == 0 {
					continue
				}
				keep(t, rt, db, asOf, refs)
				_, now := versions(t, rt, db, asOf)
				if i > 0 && was[asOf] == now {
					stood++
				}
				was[asOf] = now
			}
		}
		end := len(parts) - rapid.SampledFrom([]int{0, 0, 0, 1, 3}).Draw(rt, "batches later")
		plain := newDB(t, rt)
		for _, part := range parts[:end] {
			takeAs(t, rt, plain, "test", part...)
		}
		upTo := fundamentals.Batch(end)
		if end == len(parts) {
			upTo = 0
		}
		for _, asOf := range dates {
			kept, err := snapshot.Open(t.Context(), db, asOf, snapshot.Options{UpTo: upTo})
			if err != nil {
				rt.Fatal(err)
			}
			same(t, rt, open(t, rt, plain, asOf), kept, refs, fmt.Sprintf("%s after %d of %d batches", asOf, end, len(parts)))
		}
	})
	if stood == 0 {
		t.Error("no table stood: the law says nothing")
	}
}

// keep asks a table for planes and keeps them.
func keep(t *testing.T, rt *rapid.T, db *store.DB, asOf fundamentals.Date, refs []rules.Ref) {
	rt.Helper()
	table := open(t, rt, db, asOf)
	for _, ref := range refs {
		if _, err := table.Column(t.Context(), ref.Name, ref.At); err != nil {
			rt.Fatal(err)
		}
	}
	if err := table.Save(t.Context()); err != nil {
		rt.Fatal(err)
	}
}
