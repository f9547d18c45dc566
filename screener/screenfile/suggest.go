package screenfile

import (
	"fmt"
	"strings"
)

// didYouMean words the likeliest of the known names as a hint, or else the
// hint given.
func didYouMean(word string, known []string, otherwise string) string {
	best, least := "", 1+len(word)/3
	for _, k := range known {
		if d := edits(strings.ToLower(word), k); d <= least && (best == "" || d < edits(strings.ToLower(word), best)) {
			best = k
		}
	}
	if best == "" {
		return otherwise
	}
	return "did you mean " + best + "?"
}

// edits counts the letters to insert, delete or replace to turn a into b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, corner+1, row[j]+1)
		}
	}
	return row[len(b)]
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
