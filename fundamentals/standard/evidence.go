package standard

import (
	"fmt"
	"strings"

	"assay/fundamentals"
	"assay/rules"
)

// Evidence opens a reading down to the facts. The company must come from
// [Build]: a pack keeps no terms.
func (v *View) Evidence(item int, r Reading) *fundamentals.Evidence {
	it := &v.m.Items[item]
	e := &fundamentals.Evidence{
		Name: it.Name, Value: r.Value, Unit: it.Unit, Basis: r.Basis,
		Start: r.Start, End: r.End, Note: r.Note,
	}
	if r.Count == 1 {
		v.open(e, r.Parts[0])
		return e
	}
	var formula, arithmetic []string
	for _, p := range r.Parts[:r.Count] {
		in := &fundamentals.Evidence{Name: it.Name, Unit: it.Unit, Start: p.Period.Start, End: p.Period.End}
		if p.Period.Start != 0 {
			in.Basis = spanName(p.Period.days())
		}
		if p.Version == nil {
			in.Note = noteAbsent
		} else {
			in.Value = p.Version.value()
			in.Note = p.Period.detail(p.Version).Note
		}
		v.open(in, p)
		sign := "+ "
		if p.Sign < 0 {
			sign = "- "
		}
		formula = append(formula, fmt.Sprintf("%s%s %s to %s", sign, in.Basis, in.Start, in.End))
		arithmetic = append(arithmetic, sign+rules.Digits(in.Value.F))
		e.Inputs = append(e.Inputs, in)
	}
	e.Formula = strings.TrimPrefix(strings.Join(formula, " "), "+ ")
	e.Arithmetic = strings.TrimPrefix(strings.Join(arithmetic, " "), "+ ")
	e.KnownOn = latest(e.Inputs)
	return e
}

// open fills what a version was made of: one fact in place, several as inputs.
func (v *View) open(e *fundamentals.Evidence, p Part) {
	if p.Version == nil {
		v.citeAbsence(e, p.Period)
		return
	}
	filing := v.c.Filings[p.Version.Filing]
	if p.Version.Inside {
		e.Note = p.Period.detail(p.Version).Note
		cite(e, filing)
		return
	}
	terms := p.Period.detail(p.Version).Terms
	if len(terms) == 1 && terms[0].Sign > 0 {
		e.Tag = terms[0].Fact.Tag.String()
		cite(e, filing)
		return
	}
	var formula, arithmetic strings.Builder
	for _, u := range terms {
		in := &fundamentals.Evidence{
			Name: u.Fact.Tag.Name, Tag: u.Fact.Tag.String(), Value: rules.Num(u.Fact.Value), Unit: e.Unit,
			Basis: e.Basis, Start: u.Fact.Start, End: u.Fact.End,
		}
		cite(in, filing)
		sign := ""
		switch {
		case u.Sign < 0:
			sign = " - "
		case formula.Len() > 0:
			sign = " + "
		}
		formula.WriteString(sign + u.Fact.Tag.Name)
		arithmetic.WriteString(sign + rules.Digits(u.Fact.Value))
		e.Inputs = append(e.Inputs, in)
	}
	e.Formula, e.Arithmetic = formula.String(), arithmetic.String()
	e.KnownOn = filing.KnownOn
}

// citeAbsence names the statement on which an item does not stand.
func (v *View) citeAbsence(e *fundamentals.Evidence, p *Period) {
	if p == nil {
		return
	}
	e.Note = noteAbsent
	if ver, ok := v.c.known(p, v.AsOf); ok {
		cite(e, v.c.Filings[ver.Filing])
	}
}

func cite(e *fundamentals.Evidence, f fundamentals.Filing) {
	e.Accession, e.Form, e.Filed, e.KnownOn, e.URL = f.Accession, f.Form, f.Filed, f.KnownOn, f.URL()
}

func latest(inputs []*fundamentals.Evidence) (d fundamentals.Date) {
	for _, in := range inputs {
		d = max(d, in.KnownOn)
	}
	return d
}

func (v *Version) value() rules.Value {
	if v.Why != rules.Known {
		return rules.None(v.Why)
	}
	return rules.Num(v.Value)
}
