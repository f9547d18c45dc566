package rules_test

import (
	"fmt"
	"testing"

	"assay/rules"
	"assay/rules/rulestest"
)

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]string{
		"12": "12 plain number", "-0.5": "-0.5 plain number", "+3": "3 plain number", ".5": "0.5 plain number", "-0": "0 plain number",
		"1.2e6": "1.2e+06 plain number", "1_000": "1000 plain number", "300M": "3e+08 plain number", "2.5B": "2.5e+09 plain number",
		"35%": "0.35 fraction", "25bp": "0.0025 fraction", "90d": "90 days",
		"":       `"" is not a number`,
		"x":      `"x" is not a number`,
		"-":      `"-" is not a number`,
		"NaN":    `"NaN" is not a number`,
		"0x1p4":  `"0x1p4" is not a number`,
		"1,250":  `"1,250" is not a number: write 1250`,
		"1,25":   `"1,25" is not a number`,
		"$45.10": `"$45.10" is not a number: write 45.10`,
		"12 %":   `"12 %" is not a number: write 12%`,
		"3bn":    `"3bn" has the unknown suffix "bn": write 3B`,
		"$3 bn":  `"$3 bn" is not a number: write 3B`,
		"5zz":    `"5zz" has the unknown suffix "zz": the suffixes are % bp k M B T d`,
		"5y":     `"5y" is a window and not a number: days are written 90d`,
		"1e999":  `"1e999" is not a number that can be held`,
	} {
		f, unit, err := rules.ParseNumber(text)
		got := fmt.Sprintf("%v %s", f, unit)
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %s\nwant %s", text, got, want)
		}
	}
}

// An undated column may stand beside history, never under it.
func TestNoHistoryOfAnUndatedColumn(t *testing.T) {
	table := rulestest.NewTable(1)
	table.Add(rules.Column{Name: "target", Unit: rules.UnitPrice, Fixed: true, Undated: true})
	table.Add(rules.Column{Name: "price", Unit: rules.UnitPrice})
	for text, want := range map[string]string{
		"target / avg(price, 2y)":   "",
		"ago(target, 1y)":           "target has no history: ago would take its value on the date for that of every point",
		"count(target > price, 5y)": "target has no history: count would take its value on the date for that of every point",
	} {
		got := ""
		if _, errs := scope(table).Compile(text); errs != nil {
			got = errs[0].Msg
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
