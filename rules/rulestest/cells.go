package rulestest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"assay/rules"
)

var kinds = map[string]rules.Column{
	"plain": {Unit: rules.UnitPlain}, "fraction": {Unit: rules.UnitFraction},
	"multiple": {Unit: rules.UnitMultiple}, "count": {Unit: rules.UnitCount},
	"money": {Unit: rules.UnitMoney}, "shares": {Unit: rules.UnitShares},
	"price": {Unit: rules.UnitPrice}, "days": {Unit: rules.UnitDays},
	"text": {Kind: rules.Text}, "date": {Kind: rules.Date}, "condition": {Kind: rules.Bool},
}

// load reads the lines of a columns command.
func load(lines []string) (*Table, error) {
	var t *Table
	for _, line := range lines {
		parts := strings.Split(line, "|")
		words := strings.Fields(parts[0])
		if len(words) < 2 {
			return nil, fmt.Errorf("a column is: name kind | cell | cell")
		}
		column, ok := kinds[words[1]]
		if !ok {
			return nil, fmt.Errorf("unknown kind %q", words[1])
		}
		column.Name = words[0]
		column.Fixed = slices.Contains(words, "fixed")
		step := 4
		if slices.Contains(words, "quarters") {
			step = 1
		}
		if column.Kind == rules.Text {
			column.Values = slices.DeleteFunc(words[2:], func(w string) bool { return w == "fixed" })
		}
		if t == nil {
			t = NewTable(len(parts) - 1)
		}
		if len(parts)-1 != t.rows {
			return nil, fmt.Errorf("%s has %d cells, not %d", column.Name, len(parts)-1, t.rows)
		}
		if err := fill(t.Add(column), parts[1:], step); err != nil {
			return nil, fmt.Errorf("%s: %w", column.Name, err)
		}
	}
	return t, nil
}

// fill makes the planes of a column from its cells.
func fill(c *Column, cells []string, step int) error {
	points := 0
	split := make([][]string, len(cells))
	for row, text := range cells {
		split[row] = strings.Split(text, ",")
		points = max(points, len(split[row]))
	}
	for k := range points {
		v := rules.Missing(c.Kind, len(cells), rules.NotReported)
		for row := range cells {
			if k < len(split[row]) {
				if err := put(v, row, strings.TrimSpace(split[row][k])); err != nil {
					return err
				}
			}
		}
		c.Planes[rules.At{Lag: k * step}] = v
	}
	return nil
}

// put reads one cell into a row.
func put(v *rules.Vector, row int, text string) error {
	if text == "-" {
		return nil
	}
	if why, ok := rules.ParseReason(text); ok {
		v.Why[row] = why
		return nil
	}
	v.Why[row] = rules.Known
	switch v.Kind {
	case rules.Text:
		code := slices.Index(v.Dict, text)
		if code < 0 {
			code = len(v.Dict)
			v.Dict = append(v.Dict, text)
		}
		v.Code[row] = uint32(code)
		return nil
	case rules.Date:
		day, err := time.Parse(time.DateOnly, text)
		v.F[row] = float64(day.Unix() / 86400)
		return err
	}
	p, errs := rules.Scope{}.Compile(text)
	if errs != nil {
		return errs
	}
	literal, err := rules.NewEvaluation(NewTable(1)).Eval(context.Background(), p, rules.At{})
	if err != nil {
		return err
	}
	v.F[row] = literal.F[0]
	return nil
}

// cell words the value of a row, or its reason.
func cell(v *rules.Vector, row int) string {
	switch {
	case v.Reason(row) != rules.Known:
		return v.Reason(row).String()
	case v.Kind == rules.Text:
		return v.Text(row)
	}
	return format(v.Kind, v.F[row], "")
}

func format(kind rules.Kind, f float64, s string) string {
	switch kind {
	case rules.Text:
		return s
	case rules.Bool:
		return strconv.FormatBool(f != 0)
	case rules.Date:
		return time.Unix(int64(f)*86400, 0).UTC().Format(time.DateOnly)
	}
	return strconv.FormatFloat(f, 'g', 10, 64)
}

// mask reads the rows that are peers: 1 or 0 for each.
func mask(text string) []bool {
	var rows []bool
	for _, w := range strings.Fields(text) {
		rows = append(rows, w == "1")
	}
	return rows
}

// at reads a basis and a lag.
func at(text string) rules.At {
	word, lag, _ := strings.Cut(text, " ")
	a := rules.At{}
	for _, b := range []rules.Basis{rules.Annual, rules.Quarterly} {
		if b.String() == word {
			a.Basis = b
		}
	}
	a.Lag, _ = strconv.Atoi(lag)
	return a
}
