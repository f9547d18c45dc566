package screenfile

import "strconv"

// style is how a scalar is written in YAML.
type style uint8

const (
	plain style = iota
	single
	double
	block // | or >
)

// align returns, for every byte of a scalar's value and for its end, the
// offset in the file at which it stands. The value was made of the file's text
// from start on, by joining lines and undoing quotes; where they part ways for
// a reason not thought of, the rest is held to stand where they parted.
func align(text string, start int, value string, st style) []int {
	at := make([]int, 0, len(value)+1)
	p := start
	if (st == single || st == double) && p < len(text) {
		p++ // the quote
	}
	for i := 0; i < len(value); {
		c := value[i]
		if !blank(c) {
			p = skipBlank(text, p, st)
		}
		size, out := written(text, p, c, st)
		for j := 0; j < out && i < len(value); j++ {
			at = append(at, p)
			i++
		}
		p += size
	}
	return append(at, p)
}

// written returns how many bytes of the file make how many bytes of the value.
func written(text string, p int, c byte, st style) (size, out int) {
	switch {
	case p >= len(text):
		return 0, 1
	case st == single && c == '\'' && text[p] == '\'':
		return 2, 1
	case st == double && text[p] == '\\':
		return escape(text[p:])
	case text[p] == c:
		return 1, 1
	case blank(c) && blank(text[p]):
		return 1, 1 // a line end that became a space
	}
	return 0, 1
}

// escape measures an escape of a double-quoted scalar.
func escape(text string) (size, out int) {
	if len(text) < 2 {
		return 1, 1
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[text[1]]
	if digits == 0 || len(text) < 2+digits {
		return 2, 1
	}
	code, err := strconv.ParseUint(text[2:2+digits], 16, 32)
	if err != nil {
		return 2, 1
	}
	return 2 + digits, len(string(rune(code)))
}

// skipBlank steps over blanks and line ends, and over an escaped line end.
func skipBlank(text string, p int, st style) int {
	for p < len(text) {
		if st == double && text[p] == '\\' && p+1 < len(text) && text[p+1] == '\n' {
			p += 2
			continue
		}
		if !blank(text[p]) {
			break
		}
		p++
	}
	return p
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }
