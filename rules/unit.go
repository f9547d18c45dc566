package rules

import (
	"fmt"
	"strings"
)

// Unit is what a number measures: exponents of money, share and day, and how
// it is shown. Two units agree when their exponents agree; Show never matters
// for agreement.
type Unit struct {
	Money, Share, Day int8
	Show              Show
}

// Show is the display kind of a number without dimension.
type Show uint8

// The display kinds.
const (
	Plain    Show = iota
	Fraction      // 0.15 is written 15% and shown as 15.0 %
	Multiple      // 3.2 is shown as 3.2x
	Count         // a whole number
)

// The units that the catalogue uses.
var (
	UnitPlain    = Unit{}
	UnitFraction = Unit{Show: Fraction}
	UnitMultiple = Unit{Show: Multiple}
	UnitCount    = Unit{Show: Count}
	UnitMoney    = Unit{Money: 1}
	UnitShares   = Unit{Share: 1}
	UnitPrice    = Unit{Money: 1, Share: -1} // money per share
	UnitDays     = Unit{Day: 1}
)

// Agrees reports whether two units have the same dimension.
func (u Unit) Agrees(o Unit) bool {
	return u.Money == o.Money && u.Share == o.Share && u.Day == o.Day
}

// Dimensionless reports whether the unit has no dimension.
func (u Unit) Dimensionless() bool { return u.Agrees(Unit{}) }

// String returns the unit as users read it, such as "money", "money per share"
// or "fraction".
func (u Unit) String() string {
	if u.Dimensionless() {
		return [...]string{"plain number", "fraction", "multiple", "count"}[u.Show]
	}
	var over, under []string
	for _, d := range []struct {
		name string
		exp  int8
	}{{"money", u.Money}, {"share", u.Share}, {"day", u.Day}} {
		switch {
		case d.exp == 1:
			over = append(over, d.name)
		case d.exp > 1:
			over = append(over, fmt.Sprintf("%s^%d", d.name, d.exp))
		case d.exp == -1:
			under = append(under, d.name)
		case d.exp < -1:
			under = append(under, fmt.Sprintf("%s^%d", d.name, -d.exp))
		}
	}
	if len(over) == 1 && len(under) == 0 && u.Money == 0 {
		return over[0] + "s"
	}
	text := strings.Join(over, " ")
	if text == "" {
		text = "1"
	}
	if len(under) > 0 {
		text += " per " + strings.Join(under, " ")
	}
	return text
}
