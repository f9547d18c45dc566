package notify

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
)

// most is how many companies a section of a text names; the JSON has them all.
const most = 50

// subject says the change in one line.
func (m Message) subject() string {
	test := ""
	if m.Test {
		test = "test: "
	}
	change := "nothing changed"
	switch {
	case m.Failed != "":
		change = "the run failed"
	case m.Changed():
		change = fmt.Sprintf("%d entered, %d left", len(m.Entered), len(m.Left))
	case len(m.Moved) > 0:
		change = fmt.Sprintf("%d moved", len(m.Moved))
	}
	return fmt.Sprintf("%s%s as of %s: %s", test, m.Screen, m.AsOf, change)
}

// section is a part of the text: a title and the lines below it.
type section struct {
	Title string
	Lines []line
	More  int // that are not shown
}

type line struct {
	Head  string
	Under []string
}

// sections lays out the message for people.
func (m Message) sections() []section {
	var all []section
	add := func(title string, n int, at func(int) line) {
		s := section{Title: title, More: max(0, n-most)}
		for i := range min(n, most) {
			l := at(i)
			for j, u := range l.Under {
				l.Under[j] = tidy(u)
			}
			s.Lines = append(s.Lines, l)
		}
		if n > 0 {
			all = append(all, s)
		}
	}
	changes := func(list []Change) func(int) line {
		return func(i int) line {
			return line{named(list[i].Ticker, list[i].Name), append([]string(nil), list[i].Causes...)}
		}
	}
	add("entered", len(m.Entered), changes(m.Entered))
	add("left", len(m.Left), changes(m.Left))
	add("moved", len(m.Moved), func(i int) line {
		v := m.Moved[i]
		return line{fmt.Sprintf("%s: %d, was %d", named(v.Ticker, v.Name), v.To, v.From), append([]string(nil), v.Causes...)}
	})
	add("on top", len(m.Top), func(i int) line {
		p := m.Top[i]
		return line{fmt.Sprintf("%d  %s", p.Rank, named(p.Ticker, p.Name)), nil}
	})
	return all
}

func named(ticker, name string) string { return tidy(ticker) + "  " + tidy(name) }

// counted says the counts of the run and its name.
func (m Message) counted() string {
	c := m.Counts
	text := fmt.Sprintf("%d passed, %d failed and %d are unknown of %d", c.Passed, c.Failed, c.Unknown, c.Universe)
	if c.Cut > 0 {
		text += fmt.Sprintf("; the limit cut %d", c.Cut)
	}
	return text + "; run " + m.Run
}

// notes is all that is to be known of the data.
func (m Message) notes() (list []string) {
	for _, n := range slices.Concat(m.Notes, m.Notices) {
		list = append(list, tidy(n))
	}
	return list
}

// text is the message as plain text.
func (m Message) text() string {
	var b strings.Builder
	b.WriteString(m.subject() + "\n")
	for _, n := range m.notes() {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	if m.Failed != "" {
		fmt.Fprintf(&b, "\n%s\n", tidy(m.Failed))
		return b.String()
	}
	for _, s := range m.sections() {
		fmt.Fprintf(&b, "\n%s\n", s.Title)
		for _, l := range s.Lines {
			fmt.Fprintf(&b, "  %s\n", l.Head)
			for _, u := range l.Under {
				fmt.Fprintf(&b, "      %s\n", u)
			}
		}
		if s.More > 0 {
			fmt.Fprintf(&b, "  and %d more\n", s.More)
		}
	}
	fmt.Fprintf(&b, "\n%s\n", m.counted())
	if m.Link != "" {
		b.WriteString(m.Link + "\n")
	}
	return b.String()
}

// page is the mail for those who read HTML; what is put in is escaped.
const page = `<!doctype html>
<html><head><meta charset="utf-8"><title>{{.Subject}}</title></head>
<body style="font-family:sans-serif">
<p><b>{{.Subject}}</b></p>
{{range .Notes}}<p>note: {{.}}</p>
{{end}}{{if .Failed}}<p>{{.Failed}}</p>
{{end}}{{range .Sections}}<h3>{{.Title}}</h3>
<ul>
{{range .Lines}}<li>{{.Head}}{{range .Under}}<br><small>{{.}}</small>{{end}}</li>
{{end}}{{if .More}}<li>and {{.More}} more</li>
{{end}}</ul>
{{end}}{{if not .Failed}}<p>{{.Counted}}</p>
{{end}}{{if .Link}}<p><a href="{{.Link}}">{{.Link}}</a></p>
{{end}}</body></html>
`

func (m Message) html() (string, error) {
	t, err := template.New("mail").Parse(page)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, struct {
		Subject, Counted, Link, Failed string
		Notes                          []string
		Sections                       []section
	}{m.subject(), m.counted(), m.Link, tidy(m.Failed), m.notes(), m.sections()})
	return b.String(), err
}
