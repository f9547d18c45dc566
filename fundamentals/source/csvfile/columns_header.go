package csvfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/rules"
)

// userColumn is a column of a user's file.
type userColumn struct {
	reading
	at    int    // its place in the header
	how   string // why it is read so, where the header does not say it
	taken bool   // a value of it was
	cells tally
}

// tally counts the cells of a column whose unit nobody said.
type tally struct {
	units map[rules.Unit]int // of its numbers: the first line of each
	other string             // the first that is no number
	line  int                // of other
}

var namedUnit = pattern(`^([^\[\]]*?)\s*(?:\[\s*([^\[\]]*?)\s*\])?$`)

// header reads the header. All that is wrong with it is said at once.
func (u *userFiles) header(t *table) (columns []*userColumn, err error) {
	errs := u.frame(t)
	names := map[string]bool{}
	for at, head := range t.header {
		if slices.Contains([]string{"ticker", "cik", "until"}, head) || slices.Contains(knownNames, head) {
			continue
		}
		c, err := u.column(head)
		if err == nil && names[c.column.Name] {
			err = fmt.Errorf("column %s stands there twice", c.column.Name)
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		c.at = at
		names[c.column.Name] = true
		columns = append(columns, c)
	}
	switch {
	case len(columns) > maxUserColumns:
		errs = append(errs, fmt.Errorf("it has %d columns of yours, and a file may have %d", len(columns), maxUserColumns))
	case len(columns) == 0 && len(errs) == 0:
		errs = append(errs, errors.New("it has no column of yours: add one such as target_price [USD/share]"))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, errors.New(oneLine(err))
	}
	return columns, nil
}

// frame looks for the columns that say of whom and of when a row speaks.
func (u *userFiles) frame(t *table) (errs []error) {
	if t.column("ticker", "cik") < 0 {
		errs = append(errs, errNoCompany)
	}
	var dates []string
	for _, name := range knownNames {
		if t.column(name) >= 0 {
			dates = append(dates, fmt.Sprintf("%q", name))
		}
	}
	switch {
	case len(dates) > 1:
		errs = append(errs, fmt.Errorf("%s all say when a row was known: keep one of them", strings.Join(dates, " and ")))
	case len(dates) == 0 && u.options.KnownOn == 0:
		meant := ""
		if at := t.column("date", "day", "as_of", "asof", "known on", "date known"); at >= 0 {
			meant = fmt.Sprintf(" (is it %q?)", t.header[at])
		}
		errs = append(errs, fmt.Errorf(`there is no column "known_on"%s: add it, with the day on which you knew each row, or say --known-on DAY for the whole file`, meant))
	}
	return errs
}

// column reads the head of a column of the user's: its name, and its unit where
// the head or an earlier file says it.
func (u *userFiles) column(head string) (*userColumn, error) {
	m := namedUnit().FindStringSubmatch(head)
	switch {
	case head == "":
		return nil, errors.New("a column has no name")
	case m == nil:
		return nil, fmt.Errorf("the head %q cannot be read: write name, or name [unit]", head)
	}
	name, word := m[1], m[2]
	if err := u.checkName(name); err != nil {
		return nil, err
	}
	c := &userColumn{reading: reading{column: fundamentals.UserColumn{Name: name}}}
	if word != "" {
		unit, err := u.unit(name, word)
		if err != nil {
			return nil, err
		}
		c.column.Unit, c.percent = unit, word == "%"
	} else if strings.HasSuffix(head, "]") {
		return nil, fmt.Errorf("%s has no unit between its brackets: the units are %s", name, strings.Join(fundamentals.UserUnits(), ", "))
	}
	return c, u.asBefore(c)
}

func (u *userFiles) unit(name, word string) (string, error) {
	if word == "fraction" { // 0.8 is 80 %
		return "%", nil
	}
	unit, ok := fundamentals.ParseUserUnit(word)
	if ok {
		return unit, nil
	}
	known, meant := append(fundamentals.UserUnits(), "fraction"), ""
	if near := rules.Nearest(word, known); near != "" {
		meant = fmt.Sprintf(" (did you mean [%s]?)", near)
	}
	return "", fmt.Errorf("%s: there is no unit [%s]%s; the units are %s; money is in USD", name, word, meant, strings.Join(known, ", "))
}

// asBefore holds a column against what an earlier file says it is. A unit that
// changes what a number means must be said again.
func (u *userFiles) asBefore(c *userColumn) error {
	before, ok := u.before(c.column.Name)
	switch {
	case !ok || c.column == before:
		return nil
	case before.Unit == fundamentals.TagUnit:
		return fmt.Errorf("%s is a tag of yours: call the column my_%s", before.Name, before.Name)
	case c.column.Unit != "":
		return fmt.Errorf("%s is [%s] in the database, and [%s] here: give it the unit that it has, or another name", before.Name, before.Unit, c.column.Unit)
	case slices.Contains([]string{"USD", "USD/share", "shares", "%", "days"}, before.Unit):
		return fmt.Errorf("%s is [%s] in the database, and has no unit here: write %s in the header", before.Name, before.Unit, before)
	}
	c.column, c.how = before, "as before"
	return nil
}

// guess reads the file once for the units that nobody said: a column of numbers
// is plain, or in percents or days where every cell is; any other is a text.
func guess(file source.File, columns []*userColumn) (err error) {
	unsaid := slices.DeleteFunc(slices.Clone(columns), func(c *userColumn) bool { return c.column.Unit != "" })
	if len(unsaid) == 0 {
		return nil
	}
	t, err := open(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	for {
		more, err := t.next(&source.Rejections{}) // each row is read, and told of, once more
		if err != nil || !more {
			return errors.Join(err, settleUnits(unsaid))
		}
		for _, c := range unsaid {
			c.cells.add(t.text(c.at), t.line)
		}
	}
}

func (y *tally) add(cell string, line int) {
	if cell == "" || isNoValue(cell) {
		return
	}
	_, unit, err := rules.ParseNumber(cell)
	if err != nil {
		if y.other == "" {
			y.other, y.line = cell, line
		}
		return
	}
	if y.units == nil {
		y.units = map[rules.Unit]int{}
	}
	if y.units[unit] == 0 {
		y.units[unit] = line
	}
}

func settleUnits(columns []*userColumn) error {
	var errs []error
	for _, c := range columns {
		units := c.cells.units
		switch {
		case c.cells.other != "":
			c.column.Unit = "text"
			c.how = fmt.Sprintf("%s in line %d is no number", short(c.cells.other), c.cells.line)
		case len(units) == 0:
			c.how = "empty, so nothing is taken of it"
		case len(units) > 1:
			errs = append(errs, fmt.Errorf("%s mixes percents, days and bare numbers: write its unit in the header, such as %s [%%]", c.column.Name, c.column.Name))
		case units[rules.UnitFraction] > 0:
			c.column.Unit, c.how = "%", "all its cells are percents"
		case units[rules.UnitDays] > 0:
			c.column.Unit, c.how = "days", "all its cells are days"
		default:
			c.column.Unit, c.how = "plain", "all its cells are numbers"
		}
	}
	if err := errors.Join(errs...); err != nil {
		return errors.New(oneLine(err))
	}
	return nil
}

// short quotes the beginning of a cell.
func short(cell string) string {
	if letters := []rune(cell); len(letters) > 20 {
		cell = string(letters[:20]) + "..."
	}
	return fmt.Sprintf("%q", cell)
}
