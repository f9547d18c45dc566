package main

import "assay/rules"

// didYouMean words the likeliest of the known names as a hint, or else the
// hint given.
func didYouMean(word string, known []string, otherwise string) string {
	if near := rules.Nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}
