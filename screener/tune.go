package screener

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// Tuning is how many companies pass a screen as one of its thresholds moves, all
// else as it is.
type Tuning struct {
	Screen     string      `json:"screen"`
	AsOf       string      `json:"as_of"`
	Condition  string      `json:"condition"`
	Expression string      `json:"expression"`
	Comparison string      `json:"comparison"` // in which the threshold stands
	Threshold  Datum       `json:"threshold"`  // what the file says
	Unit       string      `json:"unit,omitempty"`
	Points     []TunePoint `json:"points"` // by threshold, ascending
	Below      *TuneStep   `json:"below"`  // the point before that of the file; null: there is none
	Above      *TuneStep   `json:"above"`
}

// TunePoint is the screen with one value of the threshold.
type TunePoint struct {
	Threshold Datum `json:"threshold"`
	Now       bool  `json:"now"` // it is what the file says
	Universe  int   `json:"universe"`
	Passed    int   `json:"passed"` // those that a limit cuts included
	Failed    int   `json:"failed"`
	Unknown   int   `json:"unknown"`
}

// TuneStep is who comes and who goes where the threshold is not that of the file.
type TuneStep struct {
	Threshold Datum   `json:"threshold"`
	Enter     []Mover `json:"enter"`
	Leave     []Mover `json:"leave"`
}

// Mover is a company that passes before a step, or after it.
type Mover struct {
	Ticker string           `json:"ticker"`
	CIK    fundamentals.CIK `json:"cik"`
	Name   string           `json:"name"`
}

// Span says where a curve begins and ends and how many points it has. The zero
// Span leaves all of it to the threshold.
type Span struct {
	From, To *float64
	Points   int
}

// ErrNoSpan says that a threshold does not show where its curve is to begin and
// end.
var ErrNoSpan = errors.New("there is no telling between what values it is to move")

// Tune moves a threshold and counts. The screen is judged anew at each point, as
// if the file said so there.
func Tune(ctx context.Context, table Table, screen *Screen, t *Threshold, span Span) (*Tuning, error) {
	out, err := tune(ctx, table, screen, t, span)
	if err != nil {
		return nil, fmt.Errorf("screen %s as of %s, %s: %w", screen.Name, table.AsOf(), t.Comparison, err)
	}
	return out, nil
}

func tune(ctx context.Context, table Table, screen *Screen, t *Threshold, span Span) (*Tuning, error) {
	base, err := judged(ctx, table, screen, Options{})
	if err != nil {
		return nil, err
	}
	values, err := base.grid(ctx, t, span)
	if err != nil {
		return nil, err
	}
	out := &Tuning{Screen: screen.Name, AsOf: table.AsOf().String(), Condition: t.Condition, Comparison: t.Comparison, Threshold: t.Now}
	out.Expression = screen.expression(t.Condition)
	if t.Now.Kind == rules.Number {
		out.Unit = t.Now.Unit.String()
	}
	now := slices.Index(values, t.Now.F)
	for i, f := range values {
		r := base
		if i != now {
			if r, err = base.instead(ctx, t.instead(screen, f)); err != nil {
				return nil, err
			}
		}
		at := t.Now
		at.F = f
		out.Points = append(out.Points, r.point(at, i == now))
		step := base.step(r, at)
		switch moved := len(step.Enter)+len(step.Leave) > 0; {
		case moved && i < now:
			out.Below = step // the last of them is the next
		case moved && i > now && out.Above == nil:
			out.Above = step
		}
	}
	return out, nil
}

// expression returns the text of a condition, or of the "universe".
func (s *Screen) expression(condition string) string {
	for _, c := range s.Pass {
		if c.Name == condition {
			return oneLine(c.Text)
		}
	}
	return oneLine(s.Universe.Text)
}

// instead judges another screen that differs from that of the run in literals
// alone; what they leave as it is is not judged again.
func (r *run) instead(ctx context.Context, screen *Screen) (*run, error) {
	if r.screen.Universe != nil && r.screen.Universe.Program != screen.Universe.Program {
		return judged(ctx, r.table, screen, r.options)
	}
	out := &run{table: r.table, screen: screen, options: r.options, peers: r.peers, universe: r.universe, verdicts: slices.Clone(r.verdicts), absences: newAbsences()}
	for i := range screen.Pass {
		if screen.Pass[i].Program == r.screen.Pass[i].Program {
			continue
		}
		var err error
		if out.verdicts[i], err = out.condition(ctx, i); err != nil {
			return nil, err
		}
	}
	out.judge()
	return out, nil
}

// point counts what a run says.
func (r *run) point(threshold Datum, now bool) TunePoint {
	p := TunePoint{Threshold: threshold, Now: now}
	for _, o := range r.outcomes {
		switch o {
		case passed:
			p.Passed++
		case failed:
			p.Failed++
		case unknown:
			p.Unknown++
		}
	}
	p.Universe = p.Passed + p.Failed + p.Unknown
	return p
}

// step names who passes in one run and not in another.
func (r *run) step(other *run, threshold Datum) *TuneStep {
	s := &TuneStep{Threshold: threshold, Enter: []Mover{}, Leave: []Mover{}}
	for row := range r.outcomes {
		was, is := r.outcomes[row] == passed, other.outcomes[row] == passed
		if was == is {
			continue
		}
		m := Mover{Ticker: r.table.Ticker(row), CIK: r.table.CIK(row), Name: r.table.Name(row)}
		if is {
			s.Enter = append(s.Enter, m)
		} else {
			s.Leave = append(s.Leave, m)
		}
	}
	byTicker := func(a, b Mover) int { return cmp.Or(cmp.Compare(a.Ticker, b.Ticker), cmp.Compare(a.CIK, b.CIK)) }
	slices.SortFunc(s.Enter, byTicker)
	slices.SortFunc(s.Leave, byTicker)
	return s
}
