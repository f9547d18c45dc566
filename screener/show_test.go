package screener_test

import (
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

func TestShow(t *testing.T) {
	number := func(f float64, u rules.Unit) screener.Datum { return screener.Datum{F: f, Unit: u} }
	for _, c := range []struct {
		datum screener.Datum
		want  string
	}{
		{number(0.12345, rules.UnitFraction), "12.3 %"},
		{number(-0.0001, rules.UnitFraction), "0.0 %"},
		{number(1504.1e6, rules.UnitMoney), "1.50 B"},
		{number(-999_999_999, rules.UnitMoney), "-1.00 B"},
		{number(47_076_499, rules.UnitShares), "47.08 M"},
		{number(2.5e12, rules.UnitMoney), "2.50 T"},
		{number(512, rules.UnitMoney), "512"},
		{number(0, rules.UnitMoney), "0"},
		{number(3.21, rules.UnitMultiple), "3.2x"},
		{number(31.95, rules.UnitPrice), "31.95"},
		{number(1234567, rules.UnitCount), "1,234,567"},
		{number(-1234, rules.UnitCount), "-1,234"},
		{number(27, rules.UnitDays), "27 d"},
		{number(0.123456, rules.UnitPlain), "0.1235"},
		{number(1.5, rules.UnitPlain), "1.5"},
		{number(123456.7, rules.UnitPlain), "123,457"},
		{number(1e-9, rules.UnitPlain), "1.000e-09"},
		{screener.Datum{Kind: rules.Date, F: float64(fundamentals.NewDate(2024, 3, 8))}, "2024-03-08"},
		{screener.Datum{Kind: rules.Text, S: "Energy"}, "Energy"},
		{screener.Datum{Kind: rules.Bool, F: 1}, "yes"},
		{screener.Datum{Why: rules.NotReported}, "not reported"},
	} {
		if got := screener.Show(c.datum); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.datum, got, c.want)
		}
	}
	for _, c := range []struct {
		value, threshold float64
		unit             rules.Unit
		want             string
	}{
		{0.123, 0.15, rules.UnitFraction, "12.3 % < 15.0 % (+2.7 %)"},
		{0, 0.0004, rules.UnitFraction, "0.00 % < 0.04 % (+0.04 %)"},
		{0.0001, 0.0002, rules.UnitFraction, "0.01 % < 0.02 % (+0.01 %)"},
		{0.15, 0.15, rules.UnitFraction, "15.0 % < 15.0 % (0.0 %)"},
		{0.0002, 0.0001, rules.UnitFraction, "0.02 % < 0.01 % (-0.01 %)"},
		{0.1449, 0.1451, rules.UnitFraction, "14.49 % < 14.51 % (+0.02 %)"},
		{1_999_999_999, 2e9, rules.UnitMoney, "1.999999999 B < 2.000000000 B (+1)"},
		{1234.25, 1234.375, rules.UnitPlain, "1234.2 < 1234.4 (+0.125)"},
		{9.999, 10.001, rules.UnitPrice, "9.999 < 10.001 (+0.002)"},
	} {
		left, right, between := screener.ShowApart(number(c.value, c.unit), number(c.threshold, c.unit), number(c.threshold-c.value, c.unit))
		if got := left + " < " + right + " (" + between + ")"; got != c.want {
			t.Errorf("%v and %v: got %q, want %q", c.value, c.threshold, got, c.want)
		}
	}
	quarters := []screener.Datum{number(0.0025, rules.UnitFraction), number(0.005, rules.UnitFraction), number(0.0075, rules.UnitFraction)}
	if got := strings.Join(screener.ShowDistinct(quarters), ", "); got != "0.2 %, 0.5 %, 0.8 %" {
		t.Errorf("quarters are %s", got)
	}
	if got := strings.Join(screener.ShowDistinct(append(quarters, number(0.0024, rules.UnitFraction))), ", "); got != "0.25 %, 0.50 %, 0.75 %, 0.24 %" {
		t.Errorf("quarters and one more are %s", got)
	}
	for distance, want := range map[float64]string{0.03: "+3.0 %", -0.03: "-3.0 %", 0: "0.0 %"} {
		if got := screener.ShowSigned(number(distance, rules.UnitFraction)); got != want {
			t.Errorf("%v: got %q, want %q", distance, got, want)
		}
	}
	for at, want := range map[rules.At]string{
		{}: "", {Lag: 8}: "2y ago", {Lag: 3}: "3q ago", {Basis: rules.Annual, Lag: 4}: "annual, 1y ago", {Basis: rules.Quarterly}: "quarterly",
	} {
		if got := screener.ShowAt(at); got != want {
			t.Errorf("%v: got %q, want %q", at, got, want)
		}
	}
}
