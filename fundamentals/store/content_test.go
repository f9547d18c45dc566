package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
)

// manyFacts draws facts of a company by a rule: runs of tags and units, one of them
// in two pieces, out of order and with repetitions. turn changes a few values.
func manyFacts(cik fundamentals.CIK, turn int) *fundamentals.Rows {
	rows := &fundamentals.Rows{Company: cik}
	for i := range 1500 {
		tag, unit := i/40%23, []string{"USD", "shares"}[i/400%2]
		filing := i*7%17 + 1
		f := fundamentals.Fact{
			Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: fmt.Sprint("Tag", tag)}, Unit: unit,
			End: fundamentals.Date(18000 + i*13%29), Value: float64(i%11) / 4,
			Accession: fmt.Sprintf("%010d-20-%06d", cik, filing), Form: "10-Q", Filed: fundamentals.Date(18100 + filing),
		}
		if i%3 == 0 {
			f.Start = f.End - 90
		}
		if filing == 5 && i%2 == 0 {
			f.Form = "10-Q/A"
		}
		if i%50 == 0 {
			f.Value += float64(turn)
		}
		rows.Facts = append(rows.Facts, f)
	}
	return rows
}

// manyBars is a series of more bars than one statement inserts.
func manyBars(turn int) fundamentals.Prices {
	p := fundamentals.Prices{Series: fundamentals.Series{Ticker: "T", Basis: fundamentals.SplitAdjusted, BasisDate: 19000}}
	for i := range 777 {
		p.Bars = append(p.Bars, fundamentals.Bar{Day: fundamentals.Date(18000 + i), Close: float64(i%90 + turn*(i%7)), Volume: float64(i), HasVolume: i%2 == 0})
	}
	return p
}

// TestContentKeepsItsNames holds the versions of some content down: caches of
// others are keyed by them, and runs of the past name them.
func TestContentKeepsItsNames(t *testing.T) {
	db := open(t)
	var got []string
	for turn := range 3 {
		batch := put(t, db, "test", manyFacts(7, turn), manyFacts(8, 0),
			&fundamentals.Rows{Prices: []fundamentals.Prices{manyBars(turn)}}, manyFacts(7, turn))
		got = append(got, must(db.DataVersion(t.Context(), batch))(t))
	}
	for _, k := range must(db.PackKeys(t.Context(), "", 0))(t) {
		got = append(got, fmt.Sprint(k.CIK, " ", k.Data, " ", len(must(db.Facts(t.Context(), k.CIK, nil, 0))(t))))
	}
	want := []string{
		"a74ab60080b99fb4e6f513adb57fb1db", "21971fd775a5afa7b8c968e66ce5766e", "0505136ee790a36f3a1584e33abdfbee",
		"0000000007 65ea2a80dfe90cfec432c89feb968557 1500", "0000000008 da06d9ecb1f2bb7997da45149cbcb477 1500",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
