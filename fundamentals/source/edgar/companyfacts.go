package edgar

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// Companyfacts is the kind of EDGAR's companyfacts files: all facts of one
// company from its XBRL filings.
func Companyfacts() source.Kind {
	return source.Kind{
		Name:    "companyfacts",
		About:   "EDGAR companyfacts: CIK##########.json, a folder of them, or companyfacts.zip",
		Parser:  1,
		Accepts: isJSON,
		Parse:   parseCompanyfacts,
	}
}

// isCompanyFile reports whether a file is named CIK and ten digits.
func isCompanyFile(base string) bool {
	digits, ok := strings.CutPrefix(strings.TrimSuffix(base, ".json"), "CIK")
	if !ok || len(digits) != 10 || !strings.HasSuffix(base, ".json") {
		return false
	}
	return strings.Trim(digits, "0123456789") == ""
}

// misnamed is a notice of a file that is named for another company than the one that
// it speaks of. EDGAR makes none such; a copy that was saved under another name is one.
// What it says stands: it names its company itself, and its filings are that company's.
func misnamed(base string, cik fundamentals.CIK) []string {
	if !isCompanyFile(base) {
		return nil
	}
	named := strings.TrimSuffix(base, ".json")
	if named == "CIK"+cik.String() {
		return nil
	}
	return []string{fmt.Sprintf("it is named for %s and speaks of CIK%s, whose it is taken for: is it a copy under another name?", named, cik)}
}

// chunkFacts is how many facts go out at a time.
const chunkFacts = 4096

func parseCompanyfacts(ctx context.Context, file source.File, emit source.Emit) (source.Findings, error) {
	p := newFactsParser(ctx, file, emit)
	if done, err := p.quickly(); done || err != nil {
		return p.found(err)
	}
	return p.plainly()
}

// plainly reads a file token by token, whatever is in it.
func (p *factsParser) plainly() (source.Findings, error) {
	err := p.parse()
	if err == nil && p.early {
		// The company number stands behind the facts: now it is known, read again.
		p.early = false
		err = p.parse()
	}
	return p.found(err)
}

// found is what there is to say of a file that was read.
func (p *factsParser) found(err error) (source.Findings, error) {
	if err == nil {
		p.findings.Notices = misnamed(p.file.Base, p.company.CIK)
	}
	return p.findings, err
}

// factsParser parses one companyfacts file.
type factsParser struct {
	*scanner
	ctx      context.Context
	file     source.File
	emit     source.Emit
	findings source.Findings

	company fundamentals.Company
	early   bool // facts came before the company number
	seen    bool // there is a member "facts"

	names map[string]string // strings of the file, once each
	fact  fundamentals.Fact // of the tag and unit in hand
	chunk *fundamentals.Rows
	taken int // facts that the quick scan took before it gave up
}

func newFactsParser(ctx context.Context, file source.File, emit source.Emit) *factsParser {
	return &factsParser{ctx: ctx, file: file, emit: emit, names: map[string]string{}}
}

func (p *factsParser) parse() (err error) {
	text, err := p.file.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	p.scanner = newScanner(text)
	if _, err := p.whole(p.member); err != nil {
		return err
	}
	if p.company.CIK == 0 || !p.seen {
		return errors.New(`this is not a companyfacts file: it has no "cik" and "facts"`)
	}
	if p.early {
		return nil
	}
	p.rows().Companies = []fundamentals.Company{p.company}
	return p.flush()
}

func (p *factsParser) member(name string) (err error) {
	switch name {
	case "cik":
		p.company.CIK, err = p.cik()
	case "entityName":
		p.company.Name, err = p.string()
	case "facts":
		p.seen = true
		if p.company.CIK == 0 {
			p.early = true
			return p.skip()
		}
		var ok bool
		if ok, err = p.object(p.taxonomy); err == nil && !ok {
			err = errors.New(`this is not a companyfacts file: its "facts" is not an object`)
		}
	}
	return err
}

func (p *factsParser) taxonomy(taxonomy string) error {
	return p.mustObject(taxonomy, func(tag string) error {
		p.fact.Tag = fundamentals.Tag{Taxonomy: taxonomy, Name: tag}
		return p.mustObject(p.fact.Tag.String(), func(name string) error {
			if name != "units" {
				return nil
			}
			return p.mustObject(p.fact.Tag.String()+" units", p.unit)
		})
	})
}

func (p *factsParser) mustObject(what string, member func(string) error) error {
	at := p.InputOffset()
	ok, err := p.object(member)
	if err == nil && !ok {
		p.findings.Rejected.Add(fmt.Sprintf("%s at byte %d", what, at), "it is not an object")
	}
	return err
}

func (p *factsParser) unit(unit string) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	p.fact.Unit = p.intern([]byte(unit))
	at := p.InputOffset()
	ok, err := p.array(p.element)
	if err == nil && !ok {
		p.findings.Rejected.Add(fmt.Sprintf("%s %s at byte %d", p.fact.Tag, unit, at), "it is not a list of facts")
	}
	return err
}

// what a fact must have, as bits
const (
	hasEnd = 1 << iota
	hasVal
	hasAccn
	hasFiled
	hasAll = 1<<iota - 1
)

// element reads one fact. It is the inner loop of ingest, so it walks the object
// itself: names are compared where they lie.
func (p *factsParser) element() error {
	at := p.InputOffset()
	if p.PeekKind() != '{' {
		p.reject(at, "it is not an object")
		return p.skip()
	}
	if _, err := p.ReadToken(); err != nil {
		return err
	}
	f, has, why := p.fact, 0, ""
	for p.PeekKind() == '"' {
		_, name, err := p.value()
		if err != nil {
			return err
		}
		key := known(name)
		if key == "" {
			if err := p.skip(); err != nil {
				return err
			}
			continue
		}
		kind, text, err := p.value()
		if err != nil {
			return err
		}
		bit, good := p.set(&f, key, kind, text)
		has |= bit
		if !good && why == "" {
			why = key + " is " + show(kind, text)
		}
	}
	if _, err := p.ReadToken(); err != nil {
		return err
	}
	switch {
	case why != "":
	case has != hasAll:
		why = "it lacks one of end, val, accn, filed"
	case f.Start != 0 && f.Start > f.End:
		why = fmt.Sprintf("its start %s is after its end %s", f.Start, f.End)
	}
	if why != "" {
		p.reject(at, why)
		return nil
	}
	if p.taken > 0 {
		p.taken--
		return nil
	}
	rows := p.rows()
	rows.Facts = append(rows.Facts, f)
	if len(rows.Facts) == chunkFacts {
		return p.flush()
	}
	return nil
}

func (p *factsParser) reject(at int64, why string) {
	p.findings.Rejected.Add(fmt.Sprintf("%s %s at byte %d", p.fact.Tag, p.fact.Unit, at), "%s", why)
}

// known returns the name of a member that is used, and "" for any other.
func known(name []byte) string {
	switch string(name) {
	case "start":
		return "start"
	case "end":
		return "end"
	case "filed":
		return "filed"
	case "accn":
		return "accn"
	case "form":
		return "form"
	case "val":
		return "val"
	}
	return ""
}

// set puts a member into the fact; it returns the bit of the member, and whether
// the value can be.
func (p *factsParser) set(f *fundamentals.Fact, key string, kind jsontext.Kind, text []byte) (bit int, good bool) {
	switch key {
	case "start":
		if kind == 'n' {
			return 0, true
		}
		f.Start, good = date(text)
		return 0, good && f.Start != 0 // 0 stands for none
	case "end":
		f.End, good = date(text)
		return hasEnd, good && f.End != 0
	case "filed":
		f.Filed, good = date(text)
		return hasFiled, good && f.Filed != 0
	case "accn":
		f.Accession = p.intern(text)
		return hasAccn, kind == '"' && len(text) > 0
	case "form":
		if kind != 'n' {
			f.Form = p.intern(text)
		}
		return 0, true
	}
	f.Value, good = number(kind, text)
	return hasVal, good
}

// number reads a finite number.
func number(kind jsontext.Kind, text []byte) (float64, bool) {
	if kind != '0' {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(text), 64)
	return f, err == nil && !math.IsInf(f, 0)
}

// show quotes a value as its file writes it, cut short.
func show(kind jsontext.Kind, text []byte) string {
	s := string(text)
	if len(s) > 40 {
		s = s[:40] + "..."
	}
	if kind == '"' {
		return strconv.Quote(s)
	}
	return s
}

func (p *factsParser) intern(text []byte) string {
	s, ok := p.names[string(text)]
	if !ok {
		s = string(text)
		p.names[s] = s
	}
	return s
}

func (p *factsParser) rows() *fundamentals.Rows {
	if p.chunk == nil {
		p.chunk = p.file.Rows()
		p.chunk.Company = p.company.CIK
		p.chunk.Facts = slices.Grow(p.chunk.Facts, chunkFacts)
	}
	return p.chunk
}

func (p *factsParser) flush() error {
	chunk := p.chunk
	p.chunk = nil
	return p.emit(chunk)
}
