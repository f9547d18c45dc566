package edgar

import (
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"assay/fundamentals"
)

// Companyfacts files have one shape, which a scan that knows it reads at several
// times the speed of a parser of any JSON. The scan gives up at the first byte that
// it does not expect, be it an escape in a name, a null for a date, a key said twice
// or a broken end: then the plain parser reads the file from its beginning and has
// the say on it, errors and rejections and all. What the scan took up to there the
// plain parser reads in the same way, so it passes over as many facts.

const (
	quickWindow = 1 << 18 // bytes of the text in hand
	// quickReserve is how many of them lie ahead wherever a value begins: one that
	// does not end within them is left to the plain parser.
	quickReserve = 1 << 15
	quickDepth   = 16 // of a value that is passed over
	quickBehind  = 32 // zeros behind the text, no part of any JSON, where loops end
)

// quickly reads a file. It returns false if the plain parser is to read it.
func (p *factsParser) quickly() (done bool, err error) {
	text, err := p.file.Open()
	if err != nil {
		return false, nil
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	q := &quick{factsParser: p, r: text, buf: make([]byte, quickWindow+quickBehind)}
	if q.file() && q.err == nil {
		p.rows().Companies = []fundamentals.Company{p.company}
		return true, p.flush()
	}
	p.company, p.seen = fundamentals.Company{}, false
	return q.err != nil, q.err
}

// quick is the scan of one file. Its methods return false where it gives up.
type quick struct {
	*factsParser
	r       io.Reader
	buf     []byte // the window, and zeros
	at, end int    // of what is not read yet, in buf
	ended   bool   // the text ends at end
	err     error  // of the taker, or of the context: the plain parser could do no better

	form       string       // of the last fact
	accessions [1024]string // of facts met, by some of their digits
}

// fill brings more text into the window where little is left in it.
func (q *quick) fill() bool {
	if q.ended || q.end-q.at >= quickReserve {
		return true
	}
	q.end, q.at = copy(q.buf, q.buf[q.at:q.end]), 0
	for q.end < quickWindow && !q.ended {
		n, err := q.r.Read(q.buf[q.end:quickWindow])
		q.end += n
		q.ended = err == io.EOF
		if err != nil && !q.ended {
			return false
		}
	}
	clear(q.buf[q.end : q.end+quickBehind])
	return true
}

// next passes over blanks and returns the byte behind them, which stays unread.
func (q *quick) next() byte {
	q.at = blanks(q.buf, q.at)
	return q.buf[q.at]
}

func blanks(b []byte, i int) int {
	for b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t' {
		i++
	}
	return i
}

// is passes over a byte if it comes next.
func (q *quick) is(c byte) bool {
	if q.next() != c {
		return false
	}
	q.at++
	return true
}

// moved sets the place, and reports whether it is one.
func (q *quick) moved(to int) bool {
	if to >= 0 {
		q.at = to
	}
	return to >= 0
}

func (q *quick) file() bool {
	if !q.fill() || !q.object(q.top) || q.company.CIK == 0 || !q.seen {
		return false
	}
	for { // blanks alone may follow; who reads to the end sees whether the gzip is sound
		if q.next(); q.at < q.end || q.ended {
			return q.at == q.end
		}
		if !q.fill() {
			return false
		}
	}
}

func (q *quick) top(key []byte) bool {
	switch string(key) {
	case "cik":
		return q.company.CIK == 0 && q.number()
	case "entityName":
		return q.company.Name == "" && q.name()
	case "facts":
		if q.company.CIK == 0 || q.seen {
			return false
		}
		q.seen = true
		return q.object(q.taxonomy)
	}
	return q.moved(q.skip(blanks(q.buf, q.at), 0))
}

// number reads the company number, be it quoted or not.
func (q *quick) number() bool {
	q.next()
	text, ok := q.text()
	if !ok {
		from := q.at
		if !q.moved(numberEnd(q.buf, from)) {
			return false
		}
		text = q.buf[from:q.at]
	}
	cik, err := parseCIK(string(text))
	q.company.CIK = cik
	return err == nil
}

// name reads the company's name, in which escapes are common.
func (q *quick) name() bool {
	q.next()
	from := q.at
	if q.buf[from] != '"' || !q.moved(q.skip(from, 0)) {
		return false
	}
	text, err := jsontext.AppendUnquote(nil, q.buf[from:q.at])
	q.company.Name = string(text)
	return err == nil
}

func (q *quick) taxonomy(name []byte) bool {
	taxonomy := q.intern(name)
	return q.object(func(tag []byte) bool {
		q.fact.Tag = fundamentals.Tag{Taxonomy: taxonomy, Name: string(tag)}
		return q.object(func(key []byte) bool {
			if string(key) == "units" {
				return q.object(q.unit)
			}
			return q.moved(q.skip(blanks(q.buf, q.at), 0))
		})
	})
}

func (q *quick) unit(name []byte) bool {
	if q.err = q.ctx.Err(); q.err != nil {
		return false
	}
	q.fact.Unit = q.intern(name)
	if !q.is('[') {
		return false
	}
	if q.is(']') {
		return true
	}
	for q.fill() && q.element() {
		if !q.is(',') {
			return q.is(']')
		}
	}
	return false
}

// object reads an object; member reads the value of a key.
func (q *quick) object(member func(key []byte) bool) bool {
	if !q.is('{') {
		return false
	}
	if q.is('}') {
		return true
	}
	for q.fill() {
		key, ok := q.text()
		if !ok || !q.is(':') || !member(key) {
			return false
		}
		if !q.is(',') {
			return q.is('}')
		}
	}
	return false
}

// text reads a string without escapes. It is good until the next fill.
func (q *quick) text() ([]byte, bool) {
	q.next()
	from := q.at
	if !q.moved(textEnd(q.buf, from)) {
		return nil, false
	}
	return q.buf[from+1 : q.at-1], true
}
