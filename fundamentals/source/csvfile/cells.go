package csvfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"assay/fundamentals"
	"assay/rules"
)

// noValues are what programs write into a cell that has no value. Taken for a
// text it would be one; so it is told.
var noValues = []string{"-", "--", "–", "—", "n/a", "#n/a", "nan", "null"}

func isNoValue(cell string) bool { return slices.Contains(noValues, strings.ToLower(cell)) }

// reading is how the cells of a column are read.
type reading struct {
	column fundamentals.UserColumn
	// percent means that 80 is 80 %: the header says so.
	percent bool
}

// cell reads a cell that is not empty.
func (r reading) cell(cell string) (f float64, text string, err error) {
	if isNoValue(cell) {
		return 0, "", fmt.Errorf("%q is no value: leave the cell empty where there is none", cell)
	}
	switch r.column.Column().Kind {
	case rules.Number:
		f, err = r.number(cell)
	case rules.Date:
		var day fundamentals.Date
		day, err = date(cell)
		f = float64(day)
	case rules.Bool:
		f, err = truth(cell)
	default:
		text, err = cell, checkText(cell)
	}
	return f, text, err
}

func (r reading) number(cell string) (float64, error) {
	f, unit, err := rules.ParseNumber(cell)
	want := r.column.Column().Unit
	switch {
	case err != nil:
		return 0, err
	case unit == rules.UnitPlain && r.percent:
		// Not f / 100: that of 12.3 is not 12.3 %.
		f, _, err = rules.ParseNumber(cell + "%")
		if err != nil {
			return 0, fmt.Errorf("%q is not a number of percents", cell)
		}
		return f, nil
	case unit != rules.UnitPlain && !unit.Agrees(want):
		return 0, fmt.Errorf("%q is in %s, and the column in [%s]", cell, unitWord(unit), r.column.Unit)
	}
	return f, nil
}

func unitWord(u rules.Unit) string {
	if u == rules.UnitFraction {
		return "percents"
	}
	return u.String()
}

func truth(cell string) (float64, error) {
	switch strings.ToLower(cell) {
	case "true", "yes", "y", "1":
		return 1, nil
	case "false", "no", "n", "0":
		return 0, nil
	}
	return 0, fmt.Errorf("%q is neither true nor false", cell)
}

// checkText refuses texts that no table could show.
func checkText(cell string) error {
	switch {
	case !utf8.ValidString(cell):
		return errors.New("the text is not UTF-8")
	case utf8.RuneCountInString(cell) > maxUserText:
		return fmt.Errorf("the text has more than %d letters", maxUserText)
	case strings.ContainsFunc(cell, unicode.IsControl):
		return errors.New("the text has a line break or another control character in it")
	}
	return nil
}
