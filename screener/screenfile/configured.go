package screenfile

import (
	"fmt"
	"slices"
)

// Configured is what a configuration has for screens to name.
type Configured struct {
	Channels  []string
	Refreshes []string
}

// summons is a name in a screen of what the configuration is to have.
type summons struct {
	what, name string // "channel" or "refresh"
	node       *node
}

// summon notes such a name.
func (r *reader) summon(what, name string, n *node) {
	r.summoned = append(r.summoned, summons{what, name, n})
}

// Configuration holds a screen without problems against the configuration that its
// schedule counts on, and returns what it names and the configuration lacks: its
// runs would go without. A configuration that has neither channels nor refreshes says
// nothing: on such a machine screens are written and checked, not served.
func (c *Checked) Configuration(has Configured) Problems {
	if c.Screen == nil || len(has.Channels)+len(has.Refreshes) == 0 {
		return nil
	}
	k := &linter{r: c.r}
	for _, s := range c.r.summoned {
		known, without := has.Channels, "nothing is told there (assay help channels)"
		if s.what == "refresh" {
			known, without = has.Refreshes, "the screen is run on the data that there are (assay help serve)"
		}
		otherwise := "it has none, and " + without
		if len(known) > 0 {
			otherwise = "it has " + enumerate(known) + "; " + without
		}
		if s.node.src == c.r.src && !slices.Contains(known, s.name) {
			k.note(s.node, s.node.from, s.node.to, lintAbsent, fmt.Sprintf("the configuration has no %s %s", s.what, quoted(s.name)), didYouMean(s.name, known, otherwise))
		}
	}
	return k.found.sorted(c.r.family.files)
}
