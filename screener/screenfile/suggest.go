package screenfile

import (
	"fmt"
	"strings"

	"assay/rules"
)

// didYouMean words the likeliest of the known names as a hint, or else the
// hint given.
func didYouMean(word string, known []string, otherwise string) string {
	if near := rules.Nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}

// enumerate joins names as prose.
func enumerate(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// quoted quotes a text for a message and keeps it short.
func quoted(s string) string {
	if letters := []rune(s); len(letters) > 60 {
		s = string(letters[:60]) + "..."
	}
	return fmt.Sprintf("%q", s)
}
