package rulestest

import (
	"context"
	"fmt"

	"assay/rules"
)

// Column is a column of a [Table] with its planes.
type Column struct {
	rules.Column
	// Planes holds the planes by basis and lag. A plane that is not there is
	// missing, not reported; one of Quarterly or Annual reads that of TTM.
	Planes map[rules.At]*rules.Vector
}

// Table is a small table in memory. [Table.Env] names its columns.
type Table struct {
	rows    int
	names   []string
	columns map[string]*Column
}

// NewTable returns an empty table of so many rows.
func NewTable(rows int) *Table {
	return &Table{rows: rows, columns: map[string]*Column{}}
}

// Add adds a column, or replaces the one of its name.
func (t *Table) Add(c rules.Column) *Column {
	if _, ok := t.columns[c.Name]; !ok {
		t.names = append(t.names, c.Name)
	}
	t.columns[c.Name] = &Column{Column: c, Planes: map[rules.At]*rules.Vector{}}
	return t.columns[c.Name]
}

// Rows returns the number of rows.
func (t *Table) Rows() int { return t.rows }

// Names lists the columns in the order in which they were added.
func (t *Table) Names() []string { return t.names }

// describe returns what is known of a column before any of its values.
func (t *Table) describe(name string) (rules.Column, bool) {
	c, ok := t.columns[name]
	if !ok {
		return rules.Column{}, false
	}
	return c.Column, true
}

// Env returns the columns of the table as names of expressions.
func (t *Table) Env() rules.Env { return env{t} }

type env struct{ t *Table }

func (e env) Column(name string) (rules.Column, bool) { return e.t.describe(name) }
func (e env) Names() []string                         { return e.t.names }

// Column returns a plane of a column.
func (t *Table) Column(_ context.Context, name string, at rules.At) (*rules.Vector, error) {
	c, ok := t.columns[name]
	if !ok {
		return nil, fmt.Errorf("no column %q", name)
	}
	if c.Fixed {
		at = rules.At{}
	}
	if v, ok := c.Planes[at]; ok {
		return v, nil
	}
	if v, ok := c.Planes[rules.At{Lag: at.Lag}]; ok && at.Basis != rules.TTM {
		return v, nil
	}
	return rules.Missing(c.Kind, t.rows, rules.NotReported), nil
}
