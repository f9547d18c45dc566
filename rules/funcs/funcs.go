// Package funcs holds the functions of the rule language, one literal each:
// signature, doc, example, body. Everything else that shows a function (type
// check, reference, completion, example test, fuzz seed) learns it from here.
//
//  1. Scalar functions compute one row from its values.
//  2. History functions compute from the points of a window.
//  3. Peer functions compare a row with a population.
//
// A body never sees a missing value unless it asks for verdicts or reasons. A
// body that has no answer returns NaN, which becomes Undefined.
package funcs

import (
	"slices"

	"assay/rules"
)

// All returns every function of the language, by family.
func All() []rules.Func {
	return slices.Concat(scalar(), bounds(), curves(), missing(), dates(), basis(), history(), conditions(), among(), peers(), groups())
}

var (
	x      = rules.Param{Name: "x", Takes: rules.NumberArg}
	cond   = rules.Param{Name: "condition", Takes: rules.ConditionArg}
	anyX   = rules.Param{Name: "x", Takes: rules.AnyArg}
	over   = rules.Param{Name: "window", Takes: rules.WindowArg}
	least  = rules.Param{Name: "least", Takes: rules.WholeArg, Optional: true}
	group  = rules.Param{Name: "group", Takes: rules.GroupArg, Optional: true}
	series = []rules.Param{x, over, least}
	ends   = []rules.Param{x, over}
	folded = []rules.Param{cond, over}
	ranked = []rules.Param{x, group}
	date   = rules.Param{Name: "date", Takes: rules.DateArg}
)
