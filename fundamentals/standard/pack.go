package standard

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"

	"assay/rules"
)

// packFormat is the first byte of a pack.
const packFormat = 5

// A pack is:
//
//	its format
//	CIK, numbers of filings, forms and items
//	the forms; the accessions; by filing the length of its accession, its form,
//	days and statement
//	what the filings tell of splits; the notes of refused versions
//	by item the numbers of its periods, versions and bytes
//	the items, one after the other
//	a checksum of all before it
//
// so that an item can be read without the others.

// ErrPack is wrapped by the errors of [Unpack].
var ErrPack = errors.New("pack of line items cannot be read")

const (
	flagSame    = 1 << iota // the value of the version before
	flagWeak                // by an "else" alternative
	flagInside              // inside another line
	flagSecond              // by an alternative that does not count in its filing
	flagAlt                 // the alternative follows: it is not the first
	flagRefused             // the reason and the place of its note follow, no value
)

// checksum guards a pack.
var checksum = crc32.MakeTable(crc32.Castagnoli)

// Pack returns the versions of a company as bytes. Of the details only the notes
// of refused versions are kept, since they are the reason that a value is missing:
// evidence resolves the facts anew.
func (c *Company) Pack(m *Map) []byte {
	notes, place := c.refusals()
	directory, bodies := []byte(nil), []byte(nil)
	for item := range m.Items {
		before, versions := len(bodies), 0
		periods := c.Periods(item)
		for i := range periods {
			versions += len(periods[i].Versions)
		}
		bodies = appendPeriods(bodies, periods, place)
		for _, n := range [...]int{len(periods), versions, len(bodies) - before} {
			directory = binary.AppendUvarint(directory, uint64(n))
		}
	}
	b := c.appendHeader(append(make([]byte, 0, 4096+len(bodies)), packFormat), len(m.Items))
	evidence := c.splitEvidence(m)
	b = binary.AppendUvarint(b, uint64(len(evidence)))
	for _, e := range evidence {
		b = binary.AppendUvarint(b, uint64(e.before))
		b = binary.AppendUvarint(b, uint64(e.now))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.ratio))
	}
	b = binary.AppendUvarint(b, uint64(len(notes)))
	for _, note := range notes {
		b = appendText(b, note)
	}
	b = append(append(b, directory...), bodies...)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, checksum))
}

// appendHeader appends the filings.
func (c *Company) appendHeader(b []byte, items int) []byte {
	var forms []string
	form := map[string]uint64{}
	for _, f := range c.Filings {
		if _, listed := form[f.Form]; !listed {
			form[f.Form] = uint64(len(forms))
			forms = append(forms, f.Form)
		}
	}
	for _, n := range [...]int{int(c.CIK), len(c.Filings), len(forms), items} {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for _, f := range forms {
		b = appendText(b, f)
	}
	var accessions []byte
	for _, f := range c.Filings {
		accessions = append(accessions, f.Accession...)
	}
	b = appendText(b, string(accessions))
	for i, f := range c.Filings {
		b = binary.AppendUvarint(b, uint64(len(f.Accession)))
		b = binary.AppendUvarint(b, form[f.Form])
		b = binary.AppendVarint(b, int64(f.Filed))
		b = binary.AppendVarint(b, int64(f.KnownOn-f.Filed))
		b = binary.AppendVarint(b, int64(c.Statement[i]))
	}
	return b
}

// refusals lists the notes of all refused versions, each once, with the place of
// each; the empty note has place 0 without being listed.
func (c *Company) refusals() (notes []string, place map[string]uint64) {
	place = map[string]uint64{"": 0}
	for item := range c.items() {
		periods := c.Periods(item)
		for i := range periods {
			for j := range periods[i].Versions {
				note := periods[i].detail(&periods[i].Versions[j]).Note
				if _, listed := place[note]; listed || periods[i].Versions[j].Why == rules.Known {
					continue
				}
				notes = append(notes, note)
				place[note] = uint64(len(notes))
			}
		}
	}
	return notes, place
}

// appendPeriods appends an item: each period's end, and how far its start lies
// from that, before its versions.
func appendPeriods(b []byte, periods []Period, place map[string]uint64) []byte {
	end := int64(0)
	for i := range periods {
		p := &periods[i]
		b = binary.AppendVarint(b, int64(p.End)-end)
		end = int64(p.End)
		start := uint64(0) // none
		if p.Start != 0 {
			start = zigzag(end-int64(p.Start)) + 1
		}
		b = binary.AppendUvarint(b, start)
		b = binary.AppendUvarint(b, uint64(len(p.Versions)))
		b = p.appendVersions(b, place)
	}
	return b
}

func (p *Period) appendVersions(b []byte, place map[string]uint64) []byte {
	filing, value := int32(0), math.NaN()
	for i := range p.Versions {
		v := &p.Versions[i]
		b = binary.AppendUvarint(b, uint64(v.Filing-filing))
		filing = v.Filing
		flags := byte(0)
		for _, f := range [...]struct {
			is   bool
			flag byte
		}{{math.Float64bits(v.Value) == math.Float64bits(value), flagSame}, {v.Weak, flagWeak}, {v.Inside, flagInside}, {v.Second, flagSecond}, {v.Alt != 0, flagAlt}} {
			if f.is {
				flags |= f.flag
			}
		}
		refused := v.Why != rules.Known
		if refused {
			flags = flags&^flagSame | flagRefused
		}
		b = append(b, flags)
		if v.Alt != 0 {
			b = append(b, v.Alt)
		}
		switch {
		case refused:
			b = append(b, byte(v.Why))
			b = binary.AppendUvarint(b, place[p.detail(v).Note])
		case flags&flagSame == 0:
			value = v.Value
			b = appendNumber(b, value)
		}
	}
	return b
}

// Amounts are mostly whole thousands or millions: two bits say which, the rest is
// the count of them. Zero stands for what is none of these: the eight bytes of the
// number follow.
var units = [...]int64{0, 1, 1e3, 1e6}

func appendNumber(b []byte, f float64) []byte {
	if math.Abs(f) < 1<<52 {
		whole := int64(f)
		for i := len(units) - 1; i > 0; i-- {
			if whole%units[i] == 0 && math.Float64bits(float64(whole)) == math.Float64bits(f) {
				return binary.AppendUvarint(b, zigzag(whole/units[i])<<2|uint64(i))
			}
		}
	}
	return binary.LittleEndian.AppendUint64(append(b, 0), math.Float64bits(f))
}

func zigzag(n int64) uint64 { return uint64(n)<<1 ^ uint64(n>>63) }

func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}
