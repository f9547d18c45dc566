package edgar

import "bytes"

// skip returns the end of a value of any kind that begins at a place of the window,
// and -1 where it gives up.
func (q *quick) skip(i, depth int) int {
	b := q.buf
	switch b[i] {
	case '"':
		return escapedEnd(b, i)
	case '{', '[':
		return q.skipAll(i, depth)
	case 'n':
		return wordEnd(b, i, "null")
	case 't':
		return wordEnd(b, i, "true")
	case 'f':
		return wordEnd(b, i, "false")
	}
	return numberEnd(b, i)
}

// skipAll passes over an object or an array.
func (q *quick) skipAll(i, depth int) int {
	b, end := q.buf, q.buf[i]+2 // the closing one of either kind comes two behind
	if depth == quickDepth {
		return -1
	}
	if i = blanks(b, i+1); b[i] == end {
		return i + 1
	}
	for {
		if end == '}' {
			if i = textEnd(b, i); i < 0 {
				return -1
			}
			if i = blanks(b, i); b[i] != ':' {
				return -1
			}
			i = blanks(b, i+1)
		}
		if i = q.skip(i, depth+1); i < 0 {
			return -1
		}
		switch i = blanks(b, i); b[i] {
		case end:
			return i + 1
		case ',':
			i = blanks(b, i+1)
		default:
			return -1
		}
	}
}

func wordEnd(b []byte, i int, word string) int {
	if !bytes.HasPrefix(b[i:], []byte(word)) {
		return -1
	}
	return i + len(word)
}

// textEnd returns the end of the string that begins at i, if there are no escapes
// in it.
func textEnd(b []byte, i int) int {
	if b[i] != '"' {
		return -1
	}
	if i = plainEnd(b, i+1); b[i] != '"' {
		return -1
	}
	return i + 1
}

// plainEnd returns the end of the text from i on that stands for itself.
func plainEnd(b []byte, i int) int {
	for b[i] >= ' ' && b[i] != '"' && b[i] != '\\' {
		i++
	}
	return i
}

// escapedEnd is textEnd for strings with escapes, but for halves of characters.
func escapedEnd(b []byte, i int) int {
	for i++; ; i += 2 {
		i = plainEnd(b, i)
		switch {
		case b[i] == '"':
			return i + 1
		case b[i] != '\\':
			return -1
		case b[i+1] == 'u':
			hex := b[i+2 : i+6]
			if hex[0]|0x20 == 'd' || !isHex(hex) {
				return -1
			}
			i += len(hex)
		case bytes.IndexByte([]byte(`"\/bfnrt`), b[i+1]) < 0:
			return -1
		}
	}
}

func isHex(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 && (c|0x20)-'a' > 5 {
			return false
		}
	}
	return true
}

// numberEnd returns the end of the number that begins at i.
func numberEnd(b []byte, i int) int {
	if b[i] == '-' {
		i++
	}
	from := i
	if i = digitsEnd(b, i); i == from || b[from] == '0' && i > from+1 {
		return -1
	}
	if b[i] == '.' {
		from = i + 1
		if i = digitsEnd(b, from); i == from {
			return -1
		}
	}
	if b[i]|0x20 == 'e' {
		if i++; b[i] == '+' || b[i] == '-' {
			i++
		}
		from = i
		if i = digitsEnd(b, from); i == from {
			return -1
		}
	}
	return i
}

func digitsEnd(b []byte, i int) int {
	for b[i]-'0' <= 9 {
		i++
	}
	return i
}
