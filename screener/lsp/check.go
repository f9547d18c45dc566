package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"assay/screener"
	"assay/screener/screenfile"
)

// checked is what is found in one text.
type checked struct {
	text        string
	lines       []string
	found       *screenfile.Checked // nil of a file of tests
	screen      *screener.Screen    // nil where there are mistakes; of a file of tests: that which they are about
	problems    []placedProblem     // mistakes, then warnings
	diagnostics []diagnostic        // the same, and notices
}

// placedProblem is a problem with its place in the text.
type placedProblem struct {
	*screenfile.Problem
	diagnostic
}

func (s *server) check(name, text string) *checked {
	c := &checked{text: text, lines: lines(text), diagnostics: []diagnostic{}}
	if screenfile.IsSuite(name, []byte(text)) {
		s.checkSuite(c, name, text)
		return c
	}
	c.found = s.Language.Check(name, []byte(text))
	c.screen = c.found.Screen
	c.add(name, severityError, c.found.Problems)
	c.add(name, severityWarning, c.found.Warnings)
	if c.screen != nil {
		for _, n := range c.screen.Notices {
			c.diagnostics = append(c.diagnostics, c.notice(n))
		}
	}
	return c
}

// checkSuite checks a file of tests with the screen that it is about.
func (s *server) checkSuite(c *checked, name, text string) {
	file, screen, told := s.suiteScreen(name, text)
	if told != "" {
		c.add(name, severityError, screenfile.Problems{{File: file, Code: "", Msg: told}})
		return
	}
	if screen == nil {
		screen = &screener.Screen{} // the file does not say which: that is the mistake
	}
	_, problems := s.Language.ParseSuite(name, []byte(text), screen)
	c.add(name, severityError, problems)
	c.screen = screen
}

// suiteScreen reads the screen that a file of tests is about.
func (s *server) suiteScreen(name, text string) (file string, screen *screener.Screen, told string) {
	file = screenfile.SuiteScreen(name, []byte(text))
	if file == "" {
		return "", nil, ""
	}
	var of []byte
	if shipped, text, ok := s.shipped(file); ok {
		file, of = shipped, text
	} else {
		if !filepath.IsAbs(file) {
			file = filepath.Join(filepath.Dir(name), filepath.FromSlash(file))
		}
		read, err := readScreen(file)
		if err != nil {
			return file, nil, fmt.Sprintf("the screen that the tests are about cannot be read: %v", err)
		}
		of = read
	}
	screen, problems := s.Language.Parse(file, of)
	if len(problems) > 0 {
		return file, nil, "the screen that the tests are about has mistakes of its own: " + problems[0].Msg
	}
	return file, screen, ""
}

func (s *server) shipped(name string) (file string, text []byte, ok bool) {
	if s.Language.Shipped == nil {
		return "", nil, false
	}
	return s.Language.Shipped(name)
}

// maxScreen is more than any screen has.
const maxScreen = 1 << 20

func readScreen(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxScreen {
		return nil, fmt.Errorf("%s is no screen", file)
	}
	return os.ReadFile(file)
}

// add puts problems into their places.
func (c *checked) add(name string, severity int, problems screenfile.Problems) {
	for _, p := range problems {
		d := diagnostic{Severity: severity, Code: p.Code, Source: "assay", Message: p.Msg}
		if p.Hint != "" {
			d.Message += "\n" + p.Hint
		}
		if p.File == name {
			d.Range = c.span(p)
		} else { // in a screen that this one extends: told where this one names it
			d.Range = c.naming()
			d.Message = fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, d.Message)
			if p.Line == 0 {
				d.Message = p.Msg
			}
		}
		c.problems = append(c.problems, placedProblem{p, d})
		c.diagnostics = append(c.diagnostics, d)
	}
}

// span returns where a problem stands, in units of UTF-16.
func (c *checked) span(p *screenfile.Problem) span {
	i := p.Line - 1
	if i < 0 || i >= len(c.lines) {
		return span{}
	}
	line, mark := c.lines[i], 0
	if i == 0 && strings.HasPrefix(line, "\ufeff") {
		mark = 1 // problems do not count it
	}
	from := letters(line, p.Col-1+mark)
	return spanOf(i, line, from, from+letters(line[from:], p.Width))
}

// naming returns where the file names the screen that it extends or tests.
func (c *checked) naming() span {
	o := outlineOf(c.lines)
	for _, key := range []string{"extend", "screen"} {
		if e := o.find(key); e != nil {
			return spanOf(e.line, c.lines[e.line], e.from, len(strings.TrimRight(c.lines[e.line], " \t")))
		}
	}
	return span{}
}

var noticeLine = pattern(`^line ([0-9]+): `)

// notice places what a careful user wants to know at the line that it names.
func (c *checked) notice(text string) diagnostic {
	d := diagnostic{Severity: severityInformation, Source: "assay", Message: text, Range: c.naming()}
	m := noticeLine().FindStringSubmatch(text)
	if m == nil {
		return d
	}
	if n, err := strconv.Atoi(m[1]); err == nil && n <= len(c.lines) && n > 0 {
		line := c.lines[n-1]
		d.Message = text[len(m[0]):]
		d.Range = spanOf(n-1, line, len(line)-len(strings.TrimLeft(line, " \t")), len(strings.TrimRight(line, " \t")))
	}
	return d
}
