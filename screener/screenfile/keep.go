package screenfile

import (
	"fmt"

	"assay/rules"
)

// keep reads the thresholds at which a company on the list before stays, by the
// names of the conditions.
func (r *reader) keep(n *node) {
	for _, p := range r.named(n, "keep") {
		rule := r.rule(p.key.text, p.value, rules.Bool)
		i := r.condition(p.key.text)
		if i < 0 {
			r.wrong(p.key, codeNobody, fmt.Sprintf("no condition is named %q", p.key.text), didYouMean(p.key.text, r.conditions(), "the names are those of the lines below pass:"))
			continue
		}
		r.screen.Pass[i].Keep = rule
	}
}
