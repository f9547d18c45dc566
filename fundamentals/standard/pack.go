package standard

import (
	"encoding/binary"
	"errors"
	"math"

	"assay/fundamentals"
	"assay/rules"
)

// packFormat is the first byte of a pack.
const packFormat = 4

// ErrPack is wrapped by the errors of [Unpack].
var ErrPack = errors.New("pack of line items cannot be read")

const (
	flagSame   = 1 << iota // the value of the version before
	flagWeak               // by an "else" alternative
	flagInside             // inside another line
	flagSecond             // by an alternative that does not count in its filing
	whyShift   = 4
)

// Pack returns the versions of a company as bytes. Of the details only the notes
// of refused versions are kept, since they are the reason that a value is missing:
// evidence resolves the facts anew.
func (c *Company) Pack() []byte {
	var periods, versions int
	for _, item := range c.Items {
		periods += len(item)
		for i := range item {
			versions += len(item[i].Versions)
		}
	}
	b := make([]byte, 0, 64+32*len(c.Filings)+4*periods+6*versions)
	notes, place := c.refusals()
	b = append(b, packFormat)
	for _, n := range [...]int{int(c.CIK), len(c.Filings), len(c.Items), periods, versions} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for i, f := range c.Filings {
		b = appendText(b, f.Accession)
		b = appendText(b, f.Form)
		b = binary.AppendVarint(b, int64(f.Filed))
		b = binary.AppendVarint(b, int64(f.KnownOn-f.Filed))
		b = binary.AppendVarint(b, int64(c.Statement[i]))
	}
	b = binary.AppendUvarint(b, uint64(len(notes)))
	for _, note := range notes {
		b = appendText(b, note)
	}
	for _, item := range c.Items {
		b = binary.AppendUvarint(b, uint64(len(item)))
		end := fundamentals.Date(0)
		for i := range item {
			p := &item[i]
			b = binary.AppendVarint(b, int64(p.End-end))
			end = p.End
			b = binary.AppendVarint(b, int64(p.Start))
			b = binary.AppendUvarint(b, uint64(len(p.Versions)))
			b = p.appendVersions(b, place)
		}
	}
	return b
}

// refusals lists the notes of all refused versions, each once, with the place of
// each; the empty note has place 0 without being listed.
func (c *Company) refusals() (notes []string, place map[string]uint64) {
	place = map[string]uint64{"": 0}
	for _, item := range c.Items {
		for i := range item {
			for j := range item[i].Versions {
				note := item[i].detail(&item[i].Versions[j]).Note
				if _, listed := place[note]; listed || item[i].Versions[j].Why == rules.Known {
					continue
				}
				notes = append(notes, note)
				place[note] = uint64(len(notes))
			}
		}
	}
	return notes, place
}

func (p *Period) appendVersions(b []byte, place map[string]uint64) []byte {
	filing, value := int32(0), math.NaN()
	for i := range p.Versions {
		v := &p.Versions[i]
		b = binary.AppendUvarint(b, uint64(v.Filing-filing))
		filing = v.Filing
		flags := byte(v.Why) << whyShift
		if v.Weak {
			flags |= flagWeak
		}
		if v.Inside {
			flags |= flagInside
		}
		if v.Second {
			flags |= flagSecond
		}
		if v.Why != rules.Known {
			b = append(b, flags|flagSame, v.Alt)
			b = binary.AppendUvarint(b, place[p.detail(v).Note])
			continue
		}
		if v.Value == value {
			b = append(b, flags|flagSame, v.Alt)
			continue
		}
		value = v.Value
		b = append(b, flags, v.Alt)
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(value))
	}
	return b
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}
