// Package rules is the language in which screens and metrics are written. It
// turns the text of one expression into a typed program and evaluates that
// program over columns, one row per company. It knows no finance: columns come
// from an [Env], values from a [Table], functions from a list of [Func].
//
//  1. Scan the text: read suffixed literals (12%, 300M, 5y), name beginners'
//     slips, and rewrite the text into the grammar of expr-lang/expr, with a map
//     back to the user's text.
//  2. Parse it with expr's parser; refuse what has no meaning over columns.
//  3. Check names, kinds and units, and collect every mistake.
//  4. Give each node a canonical key and the planes of columns that it reads.
//  5. Evaluate columns, each key once per plane: of all rows ([Evaluation]), or
//     of some ([Evaluation.Over]). Where it is enough to know which rows meet
//     several conditions, a [Sieve] finds them in one go. Many evaluations
//     one after the other take turns in the same space ([Evaluation.Borrow]).
//     Whatever the way, the values are the same, bit for bit.
//  6. Trace one row when asked why ([Evaluation.Trace]).
//
// Promises: a missing value keeps its [Reason] and there is no NaN or infinity
// in any result; logic is three-valued (Kleene), so `not Unknown` is Unknown;
// equal [Program.Key] means equal values; no text makes Compile panic; results
// do not depend on the order of rows.
package rules
