package snapshot

import (
	"context"
	"slices"

	"assay/fundamentals/metric"
	"assay/rules"
)

// everyTable is what every table is asked for when it is opened.
var everyTable = []rules.Ref{{Name: cikColumn}, {Name: "ticker"}, {Name: "name"}, {Name: undatedColumn}, {Name: "price_age"}}

// inputsOf lists the planes of inputs that some planes are computed from, themselves
// among them where they are inputs. Columns of the user's are passed over.
func inputsOf(ctx context.Context, refs []rules.Ref) ([]rules.Ref, error) {
	p := &probe{seen: map[rules.Ref]bool{}}
	p.eval = rules.NewEvaluation(p)
	for _, ref := range slices.Concat(everyTable, []rules.Ref{{Name: metric.Template}}, refs) {
		if _, err := p.Column(ctx, ref.Name, ref.At); err != nil {
			return nil, err
		}
	}
	return p.list, nil
}

// probe is a table without rows, which keeps what formulas ask it for.
type probe struct {
	eval     *rules.Evaluation
	formulas metric.Formulas
	seen     map[rules.Ref]bool
	list     []rules.Ref
}

func (p *probe) Rows() int { return 0 }

func (p *probe) Column(ctx context.Context, name string, at rules.At) (*rules.Vector, error) {
	c, catalogued := metric.Env().Column(name)
	if c.Fixed {
		at = rules.At{}
	}
	if m, ok := metric.Lookup(name); ok {
		f, err := p.formulas.Of(m)
		if err != nil {
			return nil, err
		}
		return f.Eval(ctx, p.eval, at, func() (*rules.Vector, error) { return p.Column(ctx, metric.Template, rules.At{}) })
	}
	ref := rules.Ref{Name: name, At: at}
	if own := name == cikColumn || name == undatedColumn || name == metric.Template; (own || catalogued) && !p.seen[ref] {
		p.seen[ref] = true
		p.list = append(p.list, ref)
	}
	return &rules.Vector{Kind: c.Kind, F: []float64{}, Code: []uint32{}, Dict: []string{""}}, nil
}
