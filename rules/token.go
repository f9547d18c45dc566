package rules

import (
	"math"
	"strconv"
	"strings"
)

// tokenKind tells tokens apart.
type tokenKind uint8

const (
	tokName   tokenKind = iota // names, numbers and texts are values
	tokNumber                  // value in f, suffix as written
	tokText                    // content in s
	tokOp                      // operators, brackets and the words of the language
	tokBad                     // what the language does not know, told already
)

// token is one word of the user's text.
type token struct {
	kind     tokenKind
	text     string // the word as the parser shall see it
	from, to int    // byte offsets into the user's text
	f        float64
	suffix   string
	s        string
	mended   bool // a slip in it has been told, and its value is a guess
}

// window reports whether the token is a literal such as 5y or 8q.
func (t token) window() bool { return t.kind == tokNumber && (t.suffix == "y" || t.suffix == "q") }

// is reports whether the token is one of the operators or words.
func (t token) is(ops ...string) bool {
	if t.kind != tokOp {
		return false
	}
	for _, op := range ops {
		if t.text == op {
			return true
		}
	}
	return false
}

// suffixes maps the suffix of a number to its power of ten.
var suffixes = map[string]int{
	"": 0, "%": -2, "bp": -4, "k": 3, "M": 6, "B": 9, "T": 12, "y": 0, "q": 0, "d": 0,
}

// suffixSlips maps what people write to what they mean.
var suffixSlips = map[string]string{
	"K": "k", "thousand": "k",
	"m": "M", "mm": "M", "MM": "M", "mn": "M", "mln": "M", "million": "M", "mio": "M",
	"b": "B", "bn": "B", "Bn": "B", "billion": "B", "G": "B",
	"t": "T", "tn": "T", "trillion": "T",
	"bps": "bp", "BP": "bp", "pct": "%", "percent": "%", "％": "%", "﹪": "%", "٪": "%",
	"Y": "y", "yr": "y", "yrs": "y", "year": "y", "years": "y",
	"Q": "q", "qtr": "q", "quarter": "q", "quarters": "q",
	"D": "d", "day": "d", "days": "d",
}

// spans maps lengths of time that have no suffix to days.
var spans = map[string]int{"w": 7, "wk": 7, "week": 7, "weeks": 7, "mo": 30, "mos": 30, "mth": 30, "month": 30, "months": 30}

// setNumber gives a token the value of digits with a suffix. The value is
// parsed from an exact e-literal: 35% is 35e-2, for 35 * 0.01 is not 0.35.
func (t *token) setNumber(digits, suffix string) bool {
	digits = strings.ReplaceAll(digits, "_", "")
	exp := suffixes[suffix]
	if mantissa, e, ok := strings.Cut(strings.ToLower(digits), "e"); ok {
		n, err := strconv.Atoi(e)
		if err != nil {
			return false
		}
		digits, exp = mantissa, exp+n
	}
	t.kind, t.suffix = tokNumber, suffix
	t.text = digits + "e" + strconv.Itoa(exp)
	f, err := strconv.ParseFloat(t.text, 64)
	t.f = f
	return err == nil && !math.IsInf(f, 0)
}
