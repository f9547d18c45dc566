package screener

import (
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// Threshold is a number, or a date, that a condition of a screen compares with.
type Threshold struct {
	Condition  string
	Comparison string // in which it stands
	Now        Datum  // what the file says
	whole      bool   // it counts, so that only whole numbers make sense
	literal    *rules.Program
	other      *rules.Program // the other side of the comparison; nil: it is part of a side
}

// Thresholds lists the thresholds of a condition, or of the "universe", in the
// order of the text: the literals that stand on a side of a comparison, alone or
// as a term or factor, in the condition itself and in the lets that it uses. ok is
// false where there is no such condition.
func (s *Screen) Thresholds(condition string) (all []Threshold, ok bool) {
	var root *rules.Program
	if condition == "universe" && s.Universe != nil {
		root = s.Universe.Program
	}
	own := []string{}
	for _, r := range s.Lets {
		own = append(own, r.Name)
	}
	for _, c := range s.Pass {
		own = append(own, c.Name)
		if c.Name == condition {
			root = c.Program
		}
	}
	if root == nil {
		return nil, false
	}
	f := thresholds{own: own}
	f.walk(rules.Part{Program: root})
	for i := range f.found {
		f.found[i].Condition = condition
	}
	return f.found, true
}

// thresholds collects the thresholds of an expression.
type thresholds struct {
	own   []string // names that the file defines; the catalogue's are not the user's to change
	found []Threshold
}

func (f *thresholds) walk(p rules.Part) {
	parts := f.parts(p)
	if _, ok := mirrored[p.Op()]; ok {
		f.side(p, parts[0], parts[1].Program)
		f.side(p, parts[1], parts[0].Program)
	}
	for _, part := range parts {
		f.walk(part)
	}
}

// parts lists the parts that are to be walked, those of a history function once.
func (f *thresholds) parts(p rules.Part) []rules.Part {
	parts := p.Parts(p.At)
	if p.Op() == "let" && !slices.Contains(f.own, p.Name()) {
		return nil
	}
	if p.Op() == "call" && len(parts) > 1 && parts[0].At != parts[len(parts)-1].At {
		return parts[:1]
	}
	return parts
}

// side collects the literals of a side of a comparison: other is its other side,
// or nil where the side has more than the literal.
func (f *thresholds) side(comparison, p rules.Part, other *rules.Program) {
	now, ok := p.Literal()
	if !ok {
		switch p.Op() {
		case "+", "-", "*", "/", "neg":
			other = nil
		case "if", "??", "let":
		default:
			return
		}
		for _, part := range f.parts(p) {
			f.side(comparison, part, other)
		}
		return
	}
	if slices.ContainsFunc(f.found, func(t Threshold) bool { return t.literal.Is(p.Program) }) {
		return
	}
	t := Threshold{Comparison: oneLine(comparison.Text()), literal: p.Program, other: other}
	t.Now = Datum{Kind: p.Kind(), Unit: p.Unit(), F: now}
	if other != nil {
		_, t.Now.Unit = sideUnits(other.Unit(), p.Unit(), true)
		t.whole = t.Now.Unit == rules.UnitCount || t.Now.Unit.Agrees(rules.UnitDays) || t.Now.Kind == rules.Date
	}
	f.found = append(f.found, t)
}

// Parse reads a value for the threshold as a screen would write it.
func (t *Threshold) Parse(text string) (float64, error) {
	if t.Now.Kind == rules.Date {
		d, err := fundamentals.ParseDate(text)
		return float64(d), err
	}
	f, unit, err := rules.ParseNumber(text)
	switch {
	case err != nil:
		return 0, err
	case unit != rules.UnitPlain && !unit.Agrees(t.Now.Unit):
		return 0, fmt.Errorf("the unit of %s is %s, that of the threshold in %s is %s", text, unit, t.Comparison, t.Now.Unit)
	case unit == rules.UnitPlain && t.Now.Unit == rules.UnitFraction && (f >= 1 || f <= -1):
		return 0, fmt.Errorf("%s is a fraction: %s would be %s; write %s%%", t.Comparison, text, Show(Datum{Unit: rules.UnitFraction, F: f}), text)
	}
	return f, nil
}

// instead returns the screen with another value for the threshold, wherever the
// file reads it.
func (t *Threshold) instead(s *Screen, f float64) *Screen {
	out := *s
	out.Pass = slices.Clone(s.Pass)
	for i := range out.Pass {
		out.Pass[i].Program = s.Pass[i].Program.WithLiteral(t.literal, f)
	}
	if s.Universe != nil {
		u := *s.Universe
		u.Program = u.Program.WithLiteral(t.literal, f)
		out.Universe = &u
	}
	return &out
}
