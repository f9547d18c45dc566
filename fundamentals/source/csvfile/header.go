package csvfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"
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
		if best := nearest(name, known); best != "" {
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

// nearest returns the known name that is a slip or two away, or "".
func nearest(name string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := distance(name, k); d < least && d < len(k) {
			best, least = k, d
		}
	}
	return best
}

// distance is Levenshtein's.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		left := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := left
			if a[i] != b[j] {
				cost = 1 + min(left, row[j], row[j+1])
			}
			left, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
