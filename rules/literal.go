package rules

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

var (
	numberText  = pattern(`^([+-]?)([0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+)([A-Za-z]*|%|％|﹪|٪)$`)
	commaNumber = pattern(`^[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?([A-Za-z]*|%)$`)
)

// ParseNumber reads one number as expressions write it: 12, -0.5, 1.2e6, 12%,
// 25bp, 300M, 90d. The unit is that of the literal: a fraction, days, or plain for
// a number that takes the unit of its place. The error says how the number is to
// be written, where that can be told.
func ParseNumber(text string) (f float64, unit Unit, err error) {
	m := numberText().FindStringSubmatch(text)
	if m == nil {
		return 0, Unit{}, fmt.Errorf("%q is not a number%s", text, numberHint(text))
	}
	sign, digits, suffix := m[1], m[2], m[3]
	if right, slip := suffixSlips[suffix]; slip {
		return 0, Unit{}, fmt.Errorf("%q has the unknown suffix %q: write %s", text, suffix, sign+digits+right)
	}
	if _, known := suffixes[suffix]; !known {
		return 0, Unit{}, fmt.Errorf("%q has the unknown suffix %q: the suffixes are %% bp k M B T d", text, suffix)
	}
	var t token
	switch {
	case suffix == "y" || suffix == "q":
		return 0, Unit{}, fmt.Errorf("%q is a window and not a number: days are written 90d", text)
	case !t.setNumber(digits, suffix):
		return 0, Unit{}, fmt.Errorf("%q is not a number that can be held", text)
	}
	if f = t.f; sign == "-" {
		f = 0 - f // never minus zero
	}
	switch suffix {
	case "%", "bp":
		return f, UnitFraction, nil
	case "d":
		return f, UnitDays, nil
	}
	return f, UnitPlain, nil
}

// numberHint says how a number with ornaments is to be written, or "".
func numberHint(text string) string {
	plain := strings.NewReplacer("$", "", " ", "", "\u00a0", "").Replace(text)
	if commaNumber().MatchString(plain) {
		plain = strings.ReplaceAll(plain, ",", "")
	}
	if m := numberText().FindStringSubmatch(plain); plain == text || m == nil {
		return ""
	} else if right, slip := suffixSlips[m[3]]; slip {
		plain = m[1] + m[2] + right
	} else if _, known := suffixes[m[3]]; !known {
		return ""
	}
	return ": write " + plain
}

// pattern compiles an expression when it is first asked for: the start of a
// program pays for none that it does not need.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
