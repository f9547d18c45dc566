package metric

import (
	"fmt"

	"assay/rules"
	"assay/rules/funcs"
)

// Instead is an environment in which a metric means one of its variants.
func Instead(env rules.Env, name, variant string) (rules.Env, error) {
	p, errs := rules.Scope{Env: env, Funcs: funcs.All()}.Compile(variant)
	if errs != nil {
		return nil, fmt.Errorf("%s in place of %s: %w", variant, name, errs)
	}
	return instead{env, name, p}, nil
}

type instead struct {
	rules.Env
	name    string
	variant *rules.Program
}

// Definition implements [rules.Definer].
func (e instead) Definition(name string) (*rules.Program, bool) {
	if name == e.name {
		return e.variant, true
	}
	if d, ok := e.Env.(rules.Definer); ok {
		return d.Definition(name)
	}
	return nil, false
}
