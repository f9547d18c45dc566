package sample

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"assay/fundamentals"
)

// sheet lays out the facts of one company after the other as EDGAR's companyfacts
// files do: by taxonomy, tag and unit. It writes the text as the facts come, where
// [writeFacts] keeps them, for it is to write tens of thousands of files.
type sheet struct {
	days   map[fundamentals.Date]string
	labels map[string]string
	lists  map[listKey]*list
	all    []*list // those in use
	tail   []byte  // what each fact of a report says of it
}

type listKey struct{ taxonomy, tag, unit string }

type list struct {
	listKey
	text []byte
}

func newSheet() *sheet {
	return &sheet{days: map[fundamentals.Date]string{}, labels: map[string]string{}, lists: map[listKey]*list{}}
}

// clear makes ready for the next company.
func (s *sheet) clear() {
	for _, l := range s.all {
		l.text = l.text[:0]
	}
	s.all = s.all[:0]
}

// report says of which report the facts are that come.
func (s *sheet) report(f *filing) {
	q := &f.books[f.at]
	s.tail = fmt.Appendf(s.tail[:0], `,"accn":%q,"fy":%d,"fp":%q,"form":%q,"filed":%q}`, f.accession, q.year, f.period(), f.form, f.filed)
}

// say states a fact.
func (s *sheet) say(taxonomy, tag, unit string, start, end fundamentals.Date, value float64) {
	l := s.lists[listKey{taxonomy, tag, unit}]
	if l == nil {
		l = &list{listKey: listKey{taxonomy, tag, unit}}
		s.lists[l.listKey] = l
	}
	if len(l.text) == 0 {
		s.all = append(s.all, l)
	} else {
		l.text = append(l.text, ',')
	}
	l.text = append(l.text, '{')
	if start != 0 {
		l.text = append(append(append(l.text, `"start":"`...), s.day(start)...), `",`...)
	}
	l.text = append(append(append(l.text, `"end":"`...), s.day(end)...), `","val":`...)
	if value == math.Trunc(value) {
		l.text = strconv.AppendInt(l.text, int64(value), 10)
	} else {
		l.text = strconv.AppendFloat(l.text, value, 'f', -1, 64)
	}
	l.text = append(l.text, s.tail...)
}

func (s *sheet) day(d fundamentals.Date) string {
	text, ok := s.days[d]
	if !ok {
		text = d.String()
		s.days[d] = text
	}
	return text
}

// write writes the company's file.
func (s *sheet) write(w io.Writer, c *company) error {
	slices.SortFunc(s.all, func(a, b *list) int {
		return cmp.Or(cmp.Compare(a.taxonomy, b.taxonomy), cmp.Compare(a.tag, b.tag), cmp.Compare(a.unit, b.unit))
	})
	out := fmt.Appendf(nil, `{"cik":%d,"entityName":%q,"facts":{`, c.cik, c.name)
	for i, l := range s.all {
		var before listKey
		if i > 0 {
			before = s.all[i-1].listKey
		}
		switch {
		case l.taxonomy == before.taxonomy && l.tag == before.tag:
			out = append(out, "],"...)
		case i > 0:
			out = append(out, "]}}"...)
		}
		if l.taxonomy != before.taxonomy {
			if i > 0 {
				out = append(out, "},"...)
			}
			out = fmt.Appendf(out, `%q:{`, l.taxonomy)
		} else if l.tag != before.tag {
			out = append(out, ',')
		}
		if l.taxonomy != before.taxonomy || l.tag != before.tag {
			out = fmt.Appendf(out, `%q:{"label":%q,"description":"Invented, like all of the sample.","units":{`, l.tag, s.label(l.tag))
		}
		out = fmt.Appendf(out, `%q:[`, l.unit)
		if _, err := w.Write(out); err != nil {
			return err
		}
		if _, err := w.Write(l.text); err != nil {
			return err
		}
		out = out[:0]
	}
	if len(s.all) > 0 {
		out = append(out, "]}}}"...)
	}
	_, err := w.Write(append(out, "}}\n"...))
	return err
}

func (s *sheet) label(tag string) string {
	text, ok := s.labels[tag]
	if !ok {
		text = label(tag)
		s.labels[tag] = text
	}
	return text
}
