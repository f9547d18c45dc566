package screener

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"assay/rules"
)

// Show writes a value for people, rounded as its unit is usually read: 12.3 %,
// 1.50 B, 3.2x, 2024-03-08. A missing value shows its reason. Exports and JSON
// carry the full number.
func Show(d Datum) string {
	if !d.Known() {
		return d.Why.String()
	}
	switch d.Kind {
	case rules.Text:
		return d.S
	case rules.Date:
		return dateText(d.F)
	case rules.Bool:
		return map[bool]string{true: "yes", false: "no"}[d.F != 0]
	}
	return number(d.F, d.Unit, 0)
}

// ShowSigned writes a distance: a number with its sign.
func ShowSigned(d Datum) string { return signed(d, Show(d)) }

func signed(d Datum, text string) string {
	if d.Known() && d.Kind == rules.Number && d.F > 0 {
		return "+" + text
	}
	return text
}

// maxMore is how many digits at most are shown beyond the usual ones.
const maxMore = 15

// ShowApart writes the sides of a comparison and the distance between them, with
// as many more digits as it takes to tell the sides apart and the distance from
// none.
func ShowApart(value, threshold, distance Datum) (left, right, between string) {
	left, right, between = Show(value), Show(threshold), ShowSigned(distance)
	if !distance.Known() || distance.F == 0 || value.Kind != rules.Number {
		return left, right, between
	}
	none := number(0, distance.Unit, 0)
	for more := 1; more <= maxMore && (left == right || strings.TrimLeft(between, "+-") == none); more++ {
		left, right = number(value.F, value.Unit, more), number(threshold.F, threshold.Unit, more)
		between = signed(distance, number(distance.F, distance.Unit, more))
		none = number(0, distance.Unit, more)
	}
	return left, right, between
}

// ShowDistinct writes values of one kind, with as many more digits as it takes to
// tell them apart.
func ShowDistinct(values []Datum) []string {
	out := make([]string, len(values))
	for more := range maxMore {
		seen, alike := map[string]float64{}, false
		for i, d := range values {
			out[i] = Show(d)
			if d.Known() && d.Kind == rules.Number {
				out[i] = number(d.F, d.Unit, more)
			}
			if f, ok := seen[out[i]]; ok && f != d.F {
				alike = true
			}
			seen[out[i]] = d.F
		}
		if !alike {
			break
		}
	}
	return out
}

// number writes a number as its unit is read, with so many digits more.
func number(f float64, u rules.Unit, more int) string {
	switch {
	case u == rules.UnitFraction:
		return decimals(f*100, 1+more) + " %"
	case u == rules.UnitMultiple:
		return decimals(f, 1+more) + "x"
	case u == rules.UnitCount:
		return count(f, more)
	case u.Dimensionless():
		return significant(f, more)
	case u.Agrees(rules.UnitPrice):
		return decimals(f, 2+more)
	case u.Agrees(rules.UnitDays):
		return decimals(f, more) + " d"
	}
	return large(f, more)
}

// large writes money, shares and their like with the suffixes that screens use.
func large(f float64, more int) string {
	size := math.Abs(f)
	for _, s := range []struct {
		unit   float64
		suffix string
	}{{1e12, " T"}, {1e9, " B"}, {1e6, " M"}, {1e3, " k"}} {
		if size >= s.unit*0.99995 {
			return decimals(f/s.unit, 2+more) + s.suffix
		}
	}
	return significant(f, more)
}

// count writes a whole number with its thousands apart.
func count(f float64, more int) string {
	if f != math.Trunc(f) || math.Abs(f) >= 1e15 {
		return significant(f, more)
	}
	text := strconv.FormatFloat(math.Abs(f), 'f', 0, 64)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	if f < 0 {
		return "-" + text
	}
	return text
}

// decimals writes a number with a fixed number of decimals, and never "-0".
func decimals(f float64, n int) string {
	text := strconv.FormatFloat(f, 'f', n, 64)
	if strings.Trim(text, "-0.") == "" {
		return strings.TrimPrefix(text, "-")
	}
	return text
}

// significant writes a plain number to four significant digits and more.
func significant(f float64, more int) string {
	switch size := math.Abs(f); {
	case f == 0:
		return "0"
	case size >= 1e15 || size < 1e-4:
		return strconv.FormatFloat(f, 'e', 3+more, 64)
	case size >= 1000 && more == 0:
		return count(math.Round(f), 0)
	}
	places := max(0, 3+more-int(math.Floor(math.Log10(math.Abs(f)))))
	text := strconv.FormatFloat(f, 'f', places, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// ShowAt writes how far back a plane lies, such as "2y ago" or "annual, 1y
// ago"; "" for the latest.
func ShowAt(at rules.At) string {
	var parts []string
	if at.Basis != rules.TTM {
		parts = append(parts, at.Basis.String())
	}
	switch {
	case at.Lag == 0:
	case at.Lag%4 == 0:
		parts = append(parts, fmt.Sprintf("%dy ago", at.Lag/4))
	default:
		parts = append(parts, fmt.Sprintf("%dq ago", at.Lag))
	}
	return strings.Join(parts, ", ")
}

// oneLine joins the lines of an expression.
func oneLine(text string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, " ")
}
