package screenfile

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// What is refused before YAML is read: the parser's time and memory grow with
// the square of the depth.
const (
	maxBytes = 64 << 10 // the YAML parser takes quadratic time in the number of keys
	maxDepth = 64
)

// TooLarge is how much of a file needs to be read to see that it is too large,
// whatever follows.
const TooLarge = 1 << 20

// parse reads the YAML and returns the tree of its only document, or nil after
// reporting why there is none.
func (r *reader) parse() *node {
	if p := r.unreadable(); p != nil {
		r.report(p)
		return nil
	}
	file := r.read()
	if file == nil {
		return nil
	}
	var root ast.Node
	for _, doc := range file.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.CommentNode, *ast.CommentGroupNode:
		case *ast.DirectiveNode:
			r.refuse(body)
		default:
			if root != nil {
				from := r.start(firstToken(body))
				r.report(r.src.problem(from, from+1, codeFeature, "a screen file holds one screen", "move what follows --- to a file of its own"))
				continue
			}
			root = body
		}
	}
	if root == nil {
		if len(r.problems) == 0 {
			r.report(r.src.problem(0, 0, codeNeeded, "the file holds no screen", "begin with\n\n  screen: my-screen\n  pass:\n    small: market_cap <= 2B"))
		}
		return nil
	}
	return r.tree(root)
}

func parseYAML(text string) (file *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the YAML parser gave up: %v", p)
		}
	}()
	return parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
}

// firstToken returns the token with which a node begins in the file.
func firstToken(n ast.Node) *token.Token {
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return n.Values[0].Key.GetToken()
		}
	case *ast.MappingValueNode:
		return n.Key.GetToken()
	}
	return n.GetToken()
}

// unreadable refuses what is not worth giving to the parser, or dangerous.
func (r *reader) unreadable() *Problem {
	text := r.src.text
	switch {
	case len(text) >= TooLarge:
		return r.src.problem(0, 0, codeFile, fmt.Sprintf("the file has a million bytes or more; a screen has %d at most", maxBytes), "is it a screen?")
	case len(text) > maxBytes:
		return r.src.problem(0, 0, codeFile, fmt.Sprintf("the file has %d bytes; a screen has %d at most", len(text), maxBytes), "is it a screen?")
	case !utf8.ValidString(text):
		at := 0
		for at < len(text) {
			c, size := utf8.DecodeRuneInString(text[at:])
			if c == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		return r.src.problem(at, at+1, codeFile, "the file is not written in UTF-8", "save it as UTF-8")
	}
	if i := strings.IndexFunc(text, func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' || c == '\x7f' }); i >= 0 {
		return r.src.problem(i, i+1, codeFile, fmt.Sprintf("a control character (%U) that text does not have", text[i]), "take it out")
	}
	if i := tooDeep(text); i >= 0 {
		return r.src.problem(i, i+1, codeFile, fmt.Sprintf("brackets, dashes and marks are nested more than %d deep", maxDepth), "name parts of the expression under let:")
	}
	return nil
}

// tooDeep returns where brackets that are not closed, or block marks on one
// line, exceed the depth that is read; -1 if nowhere.
func tooDeep(text string) int {
	depth, marks := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		case '-', '?', '!', '&', '*', ':':
			if i+1 < len(text) && (text[i+1] == ' ' || text[i] == '!' || text[i] == '&') {
				marks++
			}
		case '\n':
			marks = 0
		}
		if depth > maxDepth || marks > maxDepth {
			return i
		}
	}
	return -1
}

// syntax words an error of the YAML parser. It returns the line, from 0, that
// cannot be read, or -1 if that is not known.
func (r *reader) syntax(err error) (*Problem, int) {
	var located interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if !errors.As(err, &located) || located.GetToken() == nil {
		return r.src.problem(0, 0, codeYAML, "the YAML cannot be read: "+err.Error(), ""), -1
	}
	msg, at := located.GetMessage(), r.start(located.GetToken())
	line, _ := r.src.position(at)
	end := r.src.end(line)
	problem := func(to int, code, msg, hint string) (*Problem, int) {
		return r.src.problem(at, to, code, msg, hint), line - 1
	}
	switch {
	case strings.Contains(msg, "\t"), strings.Contains(msg, `\t`), strings.Contains(msg, "tab character"):
		return problem(at+1, codeTab, "a tab where YAML wants blanks", "replace each tab by two blanks")
	case strings.Contains(msg, "undefined anchor"):
		return problem(at+1, codeFeature, "screens have no anchors (&)", "quote the expression, or name it under let:")
	case strings.Contains(msg, "could not find end character"):
		return problem(at+1, codeYAML, "a quote that begins here is never closed", "close it, or take it out")
	case strings.Contains(msg, "end token"):
		return problem(at+1, codeYAML, "a bracket that begins here is never closed", "close it; an expression that begins with a bracket must be quoted")
	case strings.Contains(msg, "mapping value is not allowed"):
		return problem(end, codeYAML, "a colon where YAML has no place for one", "quote an expression that contains `: `; if the lines below belong to other keys, look at their indent")
	case strings.Contains(msg, "unexpected key name"), strings.Contains(msg, "non-map value"):
		return problem(end, codeYAML, "this line is not `key: value` as those around it are", "a blank must follow the colon; an expression of several lines stands below |, each line set in")
	case strings.Contains(msg, "is not allowed"):
		return problem(end, codeYAML, "YAML has no place for this here", "look at the indent of this line and of the line above; what follows a quoted text must stand within the quotes")
	}
	return problem(at+1, codeYAML, "YAML: "+strings.ReplaceAll(msg, "\n", " "), "")
}
