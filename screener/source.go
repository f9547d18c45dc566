package screener

import (
	"assay/fundamentals"
	"assay/rules"
)

// opened words evidence. What stands in several places of it is told in each.
func opened(e *fundamentals.Evidence) *Source {
	if e == nil {
		return nil
	}
	s := &Source{
		Name: e.Name, Formula: e.Formula, Arithmetic: e.Arithmetic, Value: Datum{Kind: e.Kind, Unit: e.Unit, F: e.Value.F, S: e.Text, Why: e.Value.Why},
		Basis: e.Basis, Start: e.Start.String(), End: e.End.String(),
		Tag: e.Tag, Accession: e.Accession, Form: e.Form, Filed: e.Filed.String(), KnownOn: e.KnownOn.String(), URL: e.URL,
		Note: e.Note,
	}
	if !s.Value.Known() {
		s.Missing = s.Value.Why.String()
	}
	if e.Kind == rules.Number {
		s.Unit = e.Unit.String()
	}
	for _, in := range e.Inputs {
		if in != nil {
			s.Inputs = append(s.Inputs, opened(in))
		}
	}
	return s
}
