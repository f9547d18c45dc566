package history

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

func drawLedger(rt *rapid.T) *screener.Ledger {
	l := &screener.Ledger{}
	cik := fundamentals.CIK(0)
	verdict := rapid.SampledFrom([]rules.Verdict{rules.True, rules.False, rules.Unknown})
	for range rapid.IntRange(1, 40).Draw(rt, "companies") {
		cik += fundamentals.CIK(rapid.IntRange(1, 1<<30).Draw(rt, "gap"))
		l.Companies = append(l.Companies, cik)
		l.Outcomes = append(l.Outcomes, screener.Outcome(rapid.IntRange(0, 4).Draw(rt, "outcome")))
		l.Universe = append(l.Universe, verdict.Draw(rt, "universe"))
	}
	for i := range rapid.IntRange(1, 5).Draw(rt, "conditions") {
		l.Conditions = append(l.Conditions, fmt.Sprintf("c%d", i))
		var of []rules.Verdict
		for range l.Companies {
			of = append(of, verdict.Draw(rt, "verdict"))
		}
		l.Verdicts = append(l.Verdicts, of)
	}
	for _, cik := range rapid.Permutation(l.Companies).Draw(rt, "order") {
		if rapid.Bool().Draw(rt, "passed") {
			l.Ranked = append(l.Ranked, screener.Place{
				CIK: cik, Ticker: rapid.String().Draw(rt, "ticker"), Name: rapid.String().Draw(rt, "name"),
				Score: rapid.Float64().Draw(rt, "score"), Why: rapid.SampledFrom(append(rules.Reasons(), rules.Known)).Draw(rt, "why"),
				Listed: rapid.Bool().Draw(rt, "listed"), Since: fundamentals.Date(rapid.IntRange(-1, 30000).Draw(rt, "since")),
			})
		}
	}
	return l
}

// TestPack holds that what is packed comes back, and that a part of it is an
// error.
func TestPack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := drawLedger(rt)
		content, err := deflated(layOut(want))
		if err != nil {
			rt.Fatal(err)
		}
		got, err := unpack(content)
		if err != nil || !reflect.DeepEqual(got, want) {
			rt.Fatalf("got %v, %v\nwant %v", got, err, want)
		}
		if _, err := unpack(content[:rapid.IntRange(0, len(content)-1).Draw(rt, "cut")]); !errors.Is(err, errPack) {
			rt.Fatalf("a part of it is read: %v", err)
		}
	})
}

// FuzzUnpack holds that no content makes unpack panic.
func FuzzUnpack(f *testing.F) {
	content, err := deflated(layOut(&screener.Ledger{Companies: []fundamentals.CIK{7}, Outcomes: make([]screener.Outcome, 1), Universe: make([]rules.Verdict, 1)}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Fuzz(func(_ *testing.T, content []byte) {
		_, _ = unpack(content)
	})
}
