package standard

// counts reports whether a form's statements count. Proxy statements do not (a
// DEF 14A fact was 1000 times too large), nor do 8-K: they recast statements
// before the filing that owns them.
func counts(form string) bool {
	switch form {
	case "10-K", "10-Q", "10-KT", "10-QT", "20-F", "40-F",
		"10-K/A", "10-Q/A", "10-KT/A", "10-QT/A", "20-F/A", "40-F/A":
		return true
	}
	return false
}

// annualForm reports whether a form closes a fiscal year.
func annualForm(form string) bool {
	switch form {
	case "10-Q", "10-QT", "10-Q/A", "10-QT/A":
		return false
	}
	return true
}
