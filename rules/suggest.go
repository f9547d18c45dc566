package rules

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// Nearest returns the candidate most like the word, or "" when none is near
// enough. Among equals the first in alphabetical order wins. A word with the
// same start is the second choice.
func Nearest(word string, candidates []string) string {
	plain := squash(word)
	best, start, least := "", "", len(plain)/3+1
	for _, c := range candidates {
		other := squash(c)
		if d := distance(plain, other, least+1); d < least || d == least && best != "" && c < best {
			best, least = c, d
		}
		if (start == "" || c < start) && sameStart(plain, other) {
			start = c
		}
	}
	return cmp.Or(best, start)
}

// sameStart reports whether one word starts the other, or most of it is common.
func sameStart(word, other string) bool {
	n := 0
	for n < min(len(word), len(other)) && word[n] == other[n] {
		n++
	}
	return n >= 3 && (n == len(word) || n == len(other)) || n >= 4 && 3*n >= 2*len(word)
}

// hintMean words a suggestion as a hint, followed by where to look.
func hintMean(suggestion, elsewhere string) string {
	switch {
	case suggestion == "":
		return elsewhere
	case elsewhere == "":
		return "did you mean " + suggestion + "?"
	}
	return "did you mean " + suggestion + "? " + elsewhere
}

// squash drops case and separators, in which people differ most.
func squash(s string) string {
	plain := func(b byte) bool {
		return b != '_' && b != ' ' && b != '-' && (b < 'A' || b > 'Z') && b < utf8.RuneSelf
	}
	for i := range len(s) {
		if !plain(s[i]) {
			return separators.Replace(strings.ToLower(s))
		}
	}
	return s
}

var separators = strings.NewReplacer("_", "", " ", "", "-", "")

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b, or returns limit if it is that much or more.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	var space [3 * 64]int
	cells := space[:]
	if 3*(len(b)+1) > len(cells) {
		cells = make([]int, 3*(len(b)+1))
	}
	n := len(b) + 1
	older, old, row := cells[:n], cells[n:2*n], cells[2*n:3*n]
	for j := range old {
		old[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(old[j]+1, row[j-1]+1, old[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
		older, old, row = old, row, older
	}
	return min(old[len(b)], limit)
}
