package screenfile

import (
	"fmt"
	"strconv"
	"strings"

	"assay/rules"
	"assay/screener"
)

// maxLimit is the longest list that a screen may ask for.
const maxLimit = 1_000_000

func (r *reader) rank(n *node) {
	if n != nil && n.kind == scalar && !n.broken && !n.raw {
		r.wrong(n, codeShape, "rank is a block of keys, not a single value", "write `by: "+strings.Join(strings.Fields(n.text), " ")+"` on the line below it, set in by two blanks")
		return
	}
	keys := r.fields(n, "rank", "by", "over", "limit", "ties")
	if keys == nil {
		return
	}
	rank := &screener.Rank{}
	r.screen.Rank = rank
	if by := keys["by"]; by == nil {
		r.needed(n, "rank does not say by what", "write `by:` and a number, such as `by: earnings_yield`")
	} else if rule := r.rule("by", by, rules.Number); rule != nil {
		rank.By = *rule
	}
	if over := keys["over"]; over != nil {
		peers, _ := r.choice(over, "over", "universe", "passed")
		rank.OverPassed = peers == "passed"
	}
	if limit := keys["limit"]; limit != nil {
		rank.Limit = r.limit(limit)
	}
	if ties := keys["ties"]; ties != nil {
		for i, n := range r.elements(ties, "ties", "write each on a line of its own that begins with -") {
			if rule := r.rule(fmt.Sprintf("tie %d", i+1), n, rules.Number); rule != nil {
				rank.Ties = append(rank.Ties, *rule)
			}
		}
	}
}

func (r *reader) limit(n *node) int {
	text := r.word(n, "limit", "a whole number")
	if text == "" {
		return 0
	}
	limit, err := strconv.Atoi(strings.ReplaceAll(text, "_", ""))
	if err != nil || limit < 1 || limit > maxLimit {
		r.wrong(n, codeCount, fmt.Sprintf("limit cannot be %s", quoted(text)), "it is a whole number from 1 to 1,000,000; without it the list is whole")
		return 0
	}
	return limit
}

// columns reads `- name` and `- name: expression`.
func (r *reader) columns(n *node) {
	first := map[string]*node{}
	for _, item := range r.elements(n, "columns", "write each on a line of its own: `- name` or `- name: expression`") {
		key, value := item, item
		switch {
		case item.broken:
			continue
		case item.kind == mapping && len(item.pairs) == 1:
			key, value = item.pairs[0].key, item.pairs[0].value
			r.identifier(key)
		case item.kind != scalar:
			r.wrong(item, codeShape, fmt.Sprintf("a column is `- name` or `- name: expression`, not %s", item.shape()), "begin each column with a - of its own")
			continue
		case item.raw, !identifier().MatchString(item.text):
			r.unnamed(item)
			continue
		}
		if before := first[key.text]; before != nil {
			line := before.line()
			r.wrong(key, codeTwice, fmt.Sprintf("column %q is given twice", key.text), fmt.Sprintf("the first is in line %d; take one out, or name it otherwise", line))
			continue
		}
		first[key.text] = key
		if rule := r.rule(key.text, value); rule != nil {
			r.screen.Columns = append(r.screen.Columns, *rule)
		}
	}
}

// unnamed reports a column that is an expression without a name, or, where the
// expression has mistakes of its own, those.
func (r *reader) unnamed(n *node) {
	before := len(r.problems)
	r.rule("column", n)
	if len(r.problems) == before && !n.raw {
		r.wrong(n, codeUnnamed, "this column needs a name", "write `- name: "+strings.Join(strings.Fields(n.text), " ")+"`")
	}
}
