package metric

import (
	"context"

	"assay/rules"
)

// Template is the column that says whose statements a company writes: commercial,
// bank, insurer or reit. It is not for rules.
const Template = "template"

// Given is a table of invented companies: what is given by hand holds, metrics
// are computed from it, and the rest is missing as not given. A list of points
// is the latest year, the year before, and so on; a fiscal year and the twelve
// months to the same day are one. It is not safe for concurrent use.
type Given struct {
	env      rules.Env
	rows     int
	numbers  map[rules.Ref][]rules.Value // by row; NotGiven where not given
	texts    map[string][]string         // by row
	planes   map[rules.Ref]*rules.Vector
	formulas Formulas
	eval     *rules.Evaluation
}

var _ rules.Table = (*Given)(nil)

// NewGiven returns a table of so many companies of which nothing is given.
func NewGiven(rows int) *Given { return NewGivenOf(Env(), rows) }

// NewGivenOf is NewGiven for the names of env: the catalogue's, and columns that
// the user brings.
func NewGivenOf(env rules.Env, rows int) *Given {
	g := &Given{env: env, rows: rows, numbers: map[rules.Ref][]rules.Value{}, texts: map[string][]string{}, planes: map[rules.Ref]*rules.Vector{}}
	g.eval = rules.NewEvaluation(g)
	return g
}

// Set gives the yearly points of a number, boolean or date, the latest first. A
// point may be missing for a reason.
func (g *Given) Set(row int, name string, points ...rules.Value) {
	for i, v := range points {
		g.at(rules.Ref{Name: name, At: rules.At{Lag: 4 * i}})[row] = v
		g.at(rules.Ref{Name: name, At: rules.At{Basis: rules.Annual, Lag: 4 * i}})[row] = v
	}
}

// SetQuarters gives the points of a number by quarter, the latest first: flows
// over single quarters, and balances at their ends.
func (g *Given) SetQuarters(row int, name string, points ...rules.Value) {
	for i, v := range points {
		g.at(rules.Ref{Name: name, At: rules.At{Basis: rules.Quarterly, Lag: i}})[row] = v
	}
}

// SetText gives a text.
func (g *Given) SetText(row int, name, text string) {
	if g.texts[name] == nil {
		g.texts[name] = make([]string, g.rows)
	}
	g.texts[name][row] = text
	clear(g.planes)
}

func (g *Given) at(ref rules.Ref) []rules.Value {
	clear(g.planes)
	g.eval = rules.NewEvaluation(g)
	if g.numbers[ref] == nil {
		g.numbers[ref] = make([]rules.Value, g.rows)
		for i := range g.numbers[ref] {
			g.numbers[ref][i] = rules.None(rules.NotGiven)
		}
	}
	return g.numbers[ref]
}

// Rows implements [rules.Table].
func (g *Given) Rows() int { return g.rows }

// Column implements [rules.Table].
func (g *Given) Column(ctx context.Context, name string, at rules.At) (*rules.Vector, error) {
	c, known := g.env.Column(name)
	if name == Template {
		c.Kind, c.Fixed = rules.Text, true
	}
	if c.Fixed {
		at = rules.At{}
	}
	ref := rules.Ref{Name: name, At: at}
	if v, ok := g.planes[ref]; ok {
		return v, nil
	}
	if c.Kind == rules.Text {
		texts := g.texts[name]
		if texts == nil {
			texts = make([]string, g.rows)
		}
		g.planes[ref] = rules.Texts(texts, rules.NotGiven)
		return g.planes[ref], nil
	}
	v := rules.Missing(c.Kind, g.rows, rules.NotGiven)
	if m, ok := Lookup(name); ok && known {
		computed, err := g.compute(ctx, m, at)
		if err != nil {
			return nil, err
		}
		copy(v.F, computed.F)
		for row := range v.Why {
			v.Why[row] = computed.Reason(row)
		}
	}
	for row, given := range g.numbers[ref] {
		if given.Why != rules.NotGiven {
			v.F[row], v.Why[row] = given.F, given.Why
		}
	}
	g.planes[ref] = v
	return v, nil
}

func (g *Given) compute(ctx context.Context, m Metric, at rules.At) (*rules.Vector, error) {
	f, err := g.formulas.Of(m)
	if err != nil {
		return nil, err
	}
	return f.Eval(ctx, g.eval, at, func() (*rules.Vector, error) { return g.Column(ctx, Template, rules.At{}) })
}
