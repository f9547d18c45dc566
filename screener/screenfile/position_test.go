package screenfile_test

import (
	"strings"
	"testing"
)

// TestPositions puts an unknown name into a value in every way that YAML has to
// write one: it is underlined where it stands in the file.
func TestPositions(t *testing.T) {
	ways := map[string]string{
		"plain":                      "  a: roic > 1% and lost > 2%\n",
		"plain, many blanks":         "  a:      roic   >  1% and  lost > 2%   # why\n",
		"plain, of two lines":        "  a: roic > 1%\n    and lost > 2%\n",
		"plain, below its key":       "  a:\n    roic > 1%\n\n    and lost > 2%\n",
		"plain, after letters":       "  a: ticker != \"éü漢\" and lost > 2%\n",
		"plain, with a blank behind": "  a: roic > 1% and lost > 2% \n",
		"plain, with blanks behind":  "  a: roic > 1% and lost > 2%     \n  b: roic > 1%\n",
		"plain, of two with blanks":  "  a: roic > 1%  \n    and lost > 2%  \n\n",
		"in a list":                  "  b: roic > 1% \ncolumns:\n  - a: lost   \n  - roic  \n",
		"a key with blanks":          "  a   :   lost   \n",
		"single":                     "  a: 'roic > 1% and lost > 2%'\n",
		"single, with quotes":        "  a: 'ticker != \"it''s ''so''\" and lost > 2%'\n",
		"single, of two lines":       "  a: 'roic > 1%\n\n    and lost > 2%'\n",
		"double":                     "  a: \"roic > 1% and lost > 2%\"\n",
		"double, with escapes":       "  a: \"ticker != \\\"\\u00e9\\x41\\n\\t\\\" and lost > 2%\"\n",
		"double, of two lines":       "  a: \"roic > 1% and \\\n    roe > 1% and\n    lost > 2%\"\n",
		"literal":                    "  a: |\n    roic > 1%\n    and lost > 2%\n",
		"literal, stripped":          "  a: |-  # why\n\n    roic > 1%\n\n      and lost > 2%\n",
		"literal, with an indent":    "  a: |2\n      roic > 1%\n    and lost > 2%\n",
		"literal, after letters":     "  a: |\n    ticker != \"é漢\" and lost > 2%\n",
		"folded":                     "  a: >\n    roic > 1%\n    and lost > 2%\n",
		"folded, kept":               "  a: >+\n    roic > 1%\n\n    and\n      roe > 1%\n    and lost > 2%\n\n",
		"in braces":                  "  {a: roic > 1% and lost > 2%}\n",
		"in braces, quoted":          "  { b: roic > 1%, \"a\": 'roic > 1% and lost > 2%' }\n",
		"with a quoted key":          "  \"a\": roic > 1% and lost > 2%\n",
		"behind a comment":           "  # one\n  b: roic > 1%  # two\n  # three\n  a: roic > 1% and lost > 2%\n",
		"at the end of the file":     "  a: roic > 1% and lost",
		"with a comment of its own":  "  a: |\n    roic > 1% // lost\n    and lost > 2%\n",
		"far in":                     "            a:     roic > 1% and lost > 2%\n",
	}
	frames := map[string]func(string) string{
		"as it is": func(s string) string { return s },
		"with a byte order mark and the line ends of Windows": func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") },
		"with the line ends of old":                           func(s string) string { return strings.ReplaceAll(s, "\n", "\r") },
	}
	for way, text := range ways {
		for frame, wrap := range frames {
			whole := "screen: a-screen\npass:\n" + text
			_, problems := parse("a.yaml", []byte(wrap(whole)))
			at := strings.LastIndex(whole, "lost")
			line := strings.Count(whole[:at], "\n") + 1
			col := len([]rune(whole[strings.LastIndex(whole[:at], "\n")+1:at])) + 1
			if len(problems) != 1 {
				t.Errorf("%s, %s: %v", way, frame, problems)
				continue
			}
			if p := problems[0]; p.Line != line || p.Col != col || p.Width != 4 || p.Code != "E012" {
				t.Errorf("%s, %s: it is told at %d:%d, %d wide, not at %d:%d\n%v", way, frame, p.Line, p.Col, p.Width, line, col, p)
			}
		}
	}
}
