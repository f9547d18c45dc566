package standard_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/standard"
	"assay/rules"
)

// Before the day on which two packs differ, all that they are asked reads alike.
func TestLawPacksReadAlikeUntilTheyChange(t *testing.T) {
	m := standard.Concepts()
	rapid.Check(t, func(t *rapid.T) {
		facts, filings := anyBooks(t, m)
		fewer := filings[:rapid.IntRange(0, len(filings)).Draw(t, "fewer")]
		other := append([]fundamentals.Fact{}, facts...)
		if len(other) > 0 {
			for range rapid.IntRange(0, 2).Draw(t, "told otherwise") {
				other[rapid.IntRange(0, len(other)-1).Draw(t, "fact")].Value++
			}
		}
		packer := standard.NewPacker(m)
		one, two := packer.Pack(1, facts, fewer), packer.Pack(1, other, filings)
		change, err := standard.Changes(m, one, two)
		if err != nil {
			t.Fatal(err)
		}
		a, err1 := standard.Unpack(m, one)
		b, err2 := standard.Unpack(m, two)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		day := min(change.From, fundamentals.NewDate(2024, 1, 1)) - fundamentals.Date(rapid.IntRange(1, 900).Draw(t, "days before"))
		v, w := a.View(m, day, nil), b.View(m, day, nil)
		if v.Anchor != w.Anchor || v.YearEnd != w.YearEnd || v.KnownOn != w.KnownOn || v.AnnualOnly != w.AnnualOnly {
			t.Fatalf("on %s, before %s: %+v and %+v", day, change.From, v, w)
		}
		for item := range m.Items {
			for _, at := range []rules.At{{}, {Basis: rules.Quarterly}, {Basis: rules.Annual, Lag: 4}, {Lag: 1}} {
				if x, y := v.Read(item, at).Value, w.Read(item, at).Value; x != y {
					t.Fatalf("%s at %v on %s, before %s: %v and %v", m.Items[item].Name, at, day, change.From, x, y)
				}
			}
		}
	})
}

func TestPacksSayFromWhichDayTheyChange(t *testing.T) {
	m := standard.Concepts()
	b := counts(t, 7, true)
	pack := func(filings int, facts ...fundamentals.Fact) []byte {
		return standard.NewPacker(m).Pack(1, append(append([]fundamentals.Fact{}, b.facts...), facts...), b.filings[:filings])
	}
	late := b.facts[0]
	late.Tag.Name, late.Value = "Goodwill", 5
	for _, c := range []struct {
		what     string
		one, two []byte
		want     string
	}{
		{"the same", pack(12), pack(12), "- - -"},
		{"one filing more", pack(5), pack(6), "2021-08-05 - -"},
		{"the one with a split", pack(7), pack(8), "2022-02-05 2022-02-05 -"},
		{"one less", pack(8), pack(7), "2022-02-05 2022-02-05 -"},
		{"more after it", pack(8), pack(12), "2022-05-06 - 2022-02-05"},
		{"another fact of the first", pack(8), pack(8, late), "2020-05-06 - -"},
	} {
		change, err := standard.Changes(m, c.one, c.two)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range []fundamentals.Date{change.From, change.Splits, change.Narrowed} {
			if text := d.String(); d < fundamentals.NewDate(2100, 1, 1) {
				got += " " + text
			} else {
				got += " -"
			}
		}
		if got[1:] != c.want {
			t.Errorf("%s: %s, want %s", c.what, got[1:], c.want)
		}
	}
	if _, err := standard.Changes(m, pack(1)[1:], pack(2)); !errors.Is(err, standard.ErrPack) {
		t.Errorf("a damaged pack: %v", err)
	}
}
