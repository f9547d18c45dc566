package fundamentals

import "slices"

// Unlisted is the type of a security whose listing does not hold on a date: its
// company had filed, but did not trade, yet or any more. No source says it.
const Unlisted = "unlisted"

// SecurityTypes lists what a security can be, by name: the words that a list of
// securities uses and that rules compare with.
func SecurityTypes() []string {
	return []string{"adr", "common", "etf", "index", "preferred", "spac", "unit", "warrant"}
}

// IsSecurityType reports whether a source may say a type.
func IsSecurityType(name string) bool { return slices.Contains(SecurityTypes(), name) }
