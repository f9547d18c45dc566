package csvfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"assay/rules"
)

// expect checks a header whose columns are all ours: every needed one is there
// and none that is not known. All that is wrong is said at once.
func (t *table) expect(needed, optional []string) error {
	known := slices.Concat(needed, optional)
	var errs []string
	for _, name := range t.header {
		if slices.Contains(known, name) {
			continue
		}
		text := fmt.Sprintf("unknown column %q", name)
		if best := rules.Nearest(name, known); best != "" {
			text += fmt.Sprintf(" (did you mean %q?)", best)
		}
		errs = append(errs, text)
	}
	for _, name := range needed {
		if !slices.Contains(t.header, name) {
			errs = append(errs, fmt.Sprintf("there is no column %q", name))
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return errors.New(strings.Join(errs, "; ") + "; the columns are " + strings.Join(known, ", "))
}
