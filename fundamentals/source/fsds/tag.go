package fsds

import (
	"bytes"
	"io"

	"assay/fundamentals"
)

// tag is what tag.txt says of a tag of a standard taxonomy.
type tag struct {
	id       int32 // among the tags in use
	over     denominator
	duration bool // it measures a span and no instant
}

// denominator is what a unit is per, which num.txt does not say.
type denominator uint8

const (
	none denominator = iota
	share
	unknown
)

// readTags keeps the tags of standard taxonomies.
func (p *parser) readTags(t *table) error {
	at, err := t.header([]string{"tag", "version", "datatype", "iord"}, nil)
	if err != nil {
		return err
	}
	var key []byte
	for {
		if err := t.next(); err == io.EOF {
			return p.ctx.Err()
		} else if err != nil {
			return err
		}
		if !t.whole() {
			if p.first {
				p.reject(tagName, t.line, "%s", t.why())
			}
			continue
		}
		name, version := t.cell(at[0]), t.cell(at[1])
		taxonomy, ok := standard(version)
		if !ok || len(name) == 0 {
			continue
		}
		key = append(append(append(key[:0], name...), '\t'), version...)
		p.tags[string(key)] = tag{
			id:       p.tagNumber(fundamentals.Tag{Taxonomy: taxonomy, Name: string(name)}),
			over:     denominatorOf(t.cell(at[2])),
			duration: string(t.cell(at[3])) == "D",
		}
	}
}

// standard returns the taxonomy of a version such as us-gaap/2009, by the name
// that companyfacts has for it. A tag of a filer's own has the accession number
// as its version, and ok is false.
func standard(version []byte) (taxonomy string, ok bool) {
	name, _, ok := bytes.Cut(version, []byte("/"))
	if !ok || len(name) == 0 {
		return "", false
	}
	if string(name) == "ifrs" {
		return "ifrs-full", true
	}
	return string(name), true
}

func denominatorOf(datatype []byte) denominator {
	switch string(datatype) {
	case "perShare":
		return share
	case "perUnit":
		return unknown
	}
	return none
}

func (p *parser) tagNumber(name fundamentals.Tag) int32 {
	id, ok := p.byTag[name]
	if !ok {
		id = int32(len(p.used))
		p.byTag[name] = id
		p.used = append(p.used, name)
	}
	return id
}

// unit returns the unit by the name that companyfacts has for it: a currency of
// a per-share tag is per share. What is no currency (pure, shares, or a filer's
// "USD/shares" in full) stays as it is.
func unit(uom []byte, over denominator) []byte {
	if over != share || len(uom) != 3 {
		return uom
	}
	for _, c := range uom {
		if c < 'A' || c > 'Z' {
			return uom
		}
	}
	return append(bytes.Clone(uom), "/shares"...)
}
