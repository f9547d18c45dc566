package rules

import "fmt"

// withArticle names a kind as messages do.
func withArticle(k Kind) string {
	return [...]string{"a number", "a condition", "a date", "a text"}[k]
}

// brief shortens a text for a message.
func brief(text string) string {
	const most = 40
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-3]) + "..."
}

// short cuts a message that quotes a text without end.
func short(message string) string {
	const most = 500
	runes := []rune(message)
	if len(runes) <= most {
		return message
	}
	return string(runes[:most-3]) + "..."
}

// span4 words a number of quarters.
func span4(lag int) string {
	n, unit := lag, "quarter"
	if lag%4 == 0 {
		n, unit = lag/4, "year"
	}
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// unitName names the unit of a number as messages do.
func unitName(u Unit) string {
	switch u {
	case UnitFraction:
		return "a fraction"
	case UnitPlain:
		return "a plain number"
	case UnitMultiple:
		return "a multiple"
	case UnitCount:
		return "a count"
	}
	return u.String()
}
