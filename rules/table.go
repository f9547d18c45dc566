package rules

import "context"

// Basis says how a flow is read at a period end.
type Basis uint8

// The bases. A balance item reads the same instant under TTM and Quarterly.
const (
	TTM       Basis = iota // flows over the twelve months that end there; the default
	Annual                 // the anchor moves to the last fiscal year end; flows over that year
	Quarterly              // flows over the single quarter that ends there
)

// String returns "ttm", "annual" or "quarterly".
func (b Basis) String() string { return [...]string{"ttm", "annual", "quarterly"}[b] }

// At names a plane of a column: a basis and how many quarters back from the
// anchor. A year is four quarters. The zero At is the anchor itself.
type At struct {
	Basis Basis
	Lag   int
}

// Column describes a name that expressions can use.
type Column struct {
	Name   string
	Kind   Kind
	Unit   Unit
	Values []string // Text: the values it can take, if they are a closed list
	// Fixed is true of a column that has no history (a ticker, a sector): every
	// plane of it is the same.
	Fixed bool
	// Undated is true of a Fixed column whose values change from date to date, but
	// whose past a table does not serve: a history function over it would take
	// today's value for that of every point, and is a mistake.
	Undated bool
}

// AsOf is the name of the column that holds the date of the table: a date, the
// same in every row and on every plane. A table without it has no date.
const AsOf = "as_of"

// Env knows the columns that expressions can use.
type Env interface {
	// Column describes a column; ok is false where there is none of that name.
	Column(name string) (c Column, ok bool)
	// Names lists every column, for suggestions.
	Names() []string
}

// Definer is an Env that knows names which are not columns but expressions over
// them, such as ones that rank companies against their peers. They are inlined
// as a let is.
type Definer interface {
	// Definition returns the program of a name; ok is false where there is none.
	Definition(name string) (p *Program, ok bool)
}

// Titler is an Env that knows what its columns are called in words, for suggestions.
type Titler interface {
	// Titled returns the name of what is called by some words, or "".
	Titled(words string) string
}

// Table serves columns, a row per company, as they were known on one date.
type Table interface {
	Rows() int
	// Column returns a plane of a column. Rows that lack it carry a reason. An
	// error means that the table could not be read.
	Column(ctx context.Context, name string, at At) (*Vector, error)
}
