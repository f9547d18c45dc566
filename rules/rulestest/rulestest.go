// Package rulestest is a small test language for the rule language. A script
// loads a table and says, for each expression, what comes out:
//
//		columns
//		  roe     fraction                    | 10%, 12%, - | 20%
//		  sector  text fixed Energy Utilities | Energy      | stale
//
//		eval avg(roe, 2y) >= 11%
//		  true | not reported
//
//		error roe > 15
//		            ^^ roe is a fraction: 15 would be 1500 % [E017]: did you mean 15%?
//
//	 1. Cut the script into commands: a line that is not indented, and the
//	    indented lines below it.
//	 2. Run each against the table, the lets and the peers loaded so far.
//	 3. Write the script again with what came out.
//
// A test compares the two texts; a script that is right is its own output.
// Columns give a kind (a unit, text, date or condition), `fixed`, `quarters` if
// points are quarters and not years apart, and then one cell per row, with
// points going back, separated by commas. `-` is not reported; other reasons
// stand by name. `let`, `peers` (1 or 0 per row) and `at BASIS LAG` set the
// scene; `eval`, `error`, `unit`, `refs`, `key` and `trace ROW` tell. A line that
// starts with # is a comment.
package rulestest

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"assay/rules"
)

// script is the state of a running script.
type script struct {
	scope rules.Scope
	table *Table
	ev    *rules.Evaluation
	at    rules.At
}

// Execute runs a script and returns it with the outcomes that it had.
func Execute(text string, funcs []rules.Func) string {
	s := &script{scope: rules.Scope{Funcs: funcs, Lets: map[string]*rules.Program{}}}
	var out strings.Builder
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i := 0; i < len(lines); {
		head := lines[i]
		end := i + 1
		for end < len(lines) && strings.HasPrefix(lines[end], " ") {
			end++
		}
		out.WriteString(head + "\n")
		for _, line := range s.run(head, lines[i+1:end]) {
			out.WriteString(line + "\n")
		}
		i = end
	}
	return out.String()
}

// run performs one command and returns the lines that belong below it.
func (s *script) run(head string, body []string) []string {
	verb, rest, _ := strings.Cut(head, " ")
	switch verb {
	case "", "#":
		return body
	case "columns":
		table, err := load(body)
		if err != nil {
			return append(body, "  "+err.Error())
		}
		s.table, s.ev, s.scope.Env = table, rules.NewEvaluation(table), table.Env()
		return body
	case "let":
		name, src, _ := strings.Cut(rest, " = ")
		p, errs := s.scope.Compile(src)
		s.scope.Lets[name] = p
		return caret(len(head)-len(src), src, errs)
	case "peers":
		s.ev = s.ev.WithPeers(mask(rest))
		return nil
	case "at":
		s.at = at(rest)
		return nil
	}
	if s.table == nil {
		return []string{"  no columns yet"}
	}
	row := 0
	src := rest
	if verb == "trace" {
		word, after, _ := strings.Cut(rest, " ")
		row, _ = strconv.Atoi(word)
		src = after
	}
	p, errs := s.scope.Compile(src)
	if errs != nil {
		return caret(len(head)-len(src), src, errs)
	}
	return s.show(verb, p, row)
}

// show words what a program that compiled is asked for.
func (s *script) show(verb string, p *rules.Program, row int) []string {
	switch verb {
	case "eval":
		v, err := s.ev.Eval(context.Background(), p, s.at)
		if err != nil {
			return []string{"  " + err.Error()}
		}
		cells := make([]string, v.Len())
		for i := range cells {
			cells[i] = cell(v, i)
		}
		return []string{"  " + strings.Join(cells, " | ")}
	case "refs":
		var refs []string
		for _, r := range p.Refs() {
			refs = append(refs, fmt.Sprintf("%s %s %d", r.Name, r.At.Basis, r.At.Lag))
		}
		return []string{"  " + strings.Join(refs, ", ")}
	case "unit":
		return []string{fmt.Sprintf("  %s, %s", p.Kind(), p.Unit())}
	case "key":
		return []string{"  " + p.Key()}
	case "trace":
		t, err := s.ev.Trace(context.Background(), p, row, s.at)
		if err != nil {
			return []string{"  " + err.Error()}
		}
		return traceLines(nil, t, 1)
	}
	return []string{"  compiles"}
}

// traceLines writes a trace, parts below their whole.
func traceLines(lines []string, t *rules.Trace, depth int) []string {
	value := t.Why.String()
	switch {
	case t.Op == "list":
		value = "list"
	case t.Why == rules.Known:
		value = format(t.Kind, t.F, t.S)
	}
	line := fmt.Sprintf("%s%s  [%s]  %s", strings.Repeat("  ", depth), t.Text, t.Op, value)
	if t.At != (rules.At{}) {
		line += fmt.Sprintf("  at %s %d", t.At.Basis, t.At.Lag)
	}
	if p := t.Peers; p != nil {
		line += fmt.Sprintf("  of %d, %d alike, %d missing", p.N, p.Ties, p.Missing)
	}
	lines = append(lines, line)
	for _, a := range t.Args {
		lines = traceLines(lines, a, depth+1)
	}
	return lines
}

// caret underlines each mistake below the expression that starts at indent.
func caret(indent int, src string, errs rules.Errors) []string {
	var lines []string
	for _, e := range errs {
		n := max(1, len([]rune(src[e.From:e.To])))
		lines = append(lines, strings.Repeat(" ", indent+len([]rune(src[:e.From])))+strings.Repeat("^", n)+" "+e.Error())
	}
	return lines
}
