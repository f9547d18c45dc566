package standard

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"assay/fundamentals"
	"assay/rules"
)

// packFormat is the first byte of a pack.
const packFormat = 3

// ErrPack is wrapped by the errors of [Unpack].
var ErrPack = errors.New("pack of line items cannot be read")

const (
	flagSame   = 1 << iota // the value of the version before
	flagWeak               // by an "else" alternative
	flagInside             // inside another line
	flagSecond             // by an alternative that does not count in its filing
	whyShift   = 4
)

// Pack returns the versions of a company as bytes. Terms and notes are left
// out: evidence resolves the facts anew.
func (c *Company) Pack() []byte {
	var periods, versions int
	for _, item := range c.Items {
		periods += len(item)
		for i := range item {
			versions += len(item[i].Versions)
		}
	}
	b := make([]byte, 0, 64+32*len(c.Filings)+4*periods+6*versions)
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
	for _, item := range c.Items {
		b = binary.AppendUvarint(b, uint64(len(item)))
		end := fundamentals.Date(0)
		for i := range item {
			p := &item[i]
			b = binary.AppendVarint(b, int64(p.End-end))
			end = p.End
			b = binary.AppendVarint(b, int64(p.Start))
			b = binary.AppendUvarint(b, uint64(len(p.Versions)))
			b = appendVersions(b, p.Versions)
		}
	}
	return b
}

func appendVersions(b []byte, versions []Version) []byte {
	filing, value := int32(0), math.NaN()
	for _, v := range versions {
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
		if v.Why != rules.Known || v.Value == value {
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

// reader reads a pack; the first fault stands, and all reads after it are zero.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uint() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) int() int64 {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) date() fundamentals.Date { return fundamentals.Date(r.int()) }

// count reads a number of things, each at least one byte long.
func (r *reader) count() int {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return 0
	}
	return int(n)
}

// Unpack is the inverse of [Company.Pack], but for terms and notes. It returns
// an error wrapping [ErrPack] for bytes that are no pack, or one made with
// another concept map.
func Unpack(m *Map, b []byte) (*Company, error) {
	if len(b) == 0 || b[0] != packFormat {
		return nil, fmt.Errorf("%w: not in format %d", ErrPack, packFormat)
	}
	r := &reader{b: b[1:]}
	c := &Company{CIK: fundamentals.CIK(r.uint())}
	filings, items, periodCount, versionCount := r.count(), r.count(), r.count(), r.count()
	if items != len(m.Items) {
		return nil, fmt.Errorf("%w: %d items, not %d", ErrPack, items, len(m.Items))
	}
	c.Filings = make([]fundamentals.Filing, filings)
	c.Statement = make([]fundamentals.Date, filings)
	for i := range c.Filings {
		f := &c.Filings[i]
		f.Company = c.CIK
		f.Accession = string(r.take(r.count()))
		f.Form = string(r.take(r.count()))
		f.Filed = r.date()
		f.KnownOn = f.Filed + r.date()
		c.Statement[i] = r.date()
	}
	c.Items = make([][]Period, items)
	periods := make([]Period, periodCount)
	versions := make([]Version, versionCount)
	for i := range c.Items {
		n := r.count()
		if n > len(periods) {
			r.bad = true
			break
		}
		c.Items[i], periods = periods[:n:n], periods[n:]
		versions = r.periods(c.Items[i], versions, filings)
	}
	if r.bad || len(r.b) > 0 {
		return nil, fmt.Errorf("%w: company %d: cut short or not whole", ErrPack, c.CIK)
	}
	return c, nil
}

func (r *reader) periods(periods []Period, versions []Version, filings int) []Version {
	end := fundamentals.Date(0)
	for i := range periods {
		p := &periods[i]
		end += r.date()
		p.End, p.Start = end, r.date()
		n := r.count()
		if n > len(versions) {
			r.bad, r.b = true, nil
			return versions
		}
		p.Versions, versions = versions[:n:n], versions[n:]
		filing, value := uint64(0), 0.0
		for j := range p.Versions {
			filing += r.uint()
			flags := r.take(2)
			if r.bad || filing >= uint64(filings) {
				r.bad, r.b = true, nil
				return versions
			}
			if flags[0]&flagSame == 0 {
				raw := r.take(8)
				if r.bad {
					return versions
				}
				value = math.Float64frombits(binary.LittleEndian.Uint64(raw))
			}
			p.Versions[j] = Version{
				Filing: int32(filing), Value: value, Why: rules.Reason(flags[0] >> whyShift), Alt: flags[1],
				Weak: flags[0]&flagWeak != 0, Inside: flags[0]&flagInside != 0, Second: flags[0]&flagSecond != 0,
			}
			if p.Versions[j].Why != rules.Known {
				p.Versions[j].Value = 0
			}
		}
	}
	return versions
}
