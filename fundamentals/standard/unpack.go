package standard

import (
	"encoding/binary"
	"fmt"
	"math"

	"assay/fundamentals"
	"assay/rules"
)

// reader reads a pack; the first fault stands, and all reads after it are zero.
type reader struct {
	b     []byte
	bad   bool
	notes []string
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

// Unpack is the inverse of [Company.Pack], but for what that leaves out. It returns
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
	r.notes = make([]string, r.count())
	for i := range r.notes {
		r.notes[i] = string(r.take(r.count()))
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
		r.versions(p, filings)
		if r.bad {
			break
		}
	}
	return versions
}

func (r *reader) versions(p *Period, filings int) {
	filing, value := uint64(0), 0.0
	for j := range p.Versions {
		filing += r.uint()
		flags := r.take(2)
		if r.bad || filing >= uint64(filings) {
			r.bad, r.b = true, nil
			return
		}
		v := Version{
			Filing: int32(filing), Why: rules.Reason(flags[0] >> whyShift), Alt: flags[1],
			Weak: flags[0]&flagWeak != 0, Inside: flags[0]&flagInside != 0, Second: flags[0]&flagSecond != 0,
		}
		switch {
		case v.Why != rules.Known:
			r.note(p, j)
		case flags[0]&flagSame == 0:
			raw := r.take(8)
			if r.bad {
				return
			}
			value = math.Float64frombits(binary.LittleEndian.Uint64(raw))
			fallthrough
		default:
			v.Value = value
		}
		p.Versions[j] = v
	}
}

// note reads why a version was refused.
func (r *reader) note(p *Period, version int) {
	at := r.uint()
	if at > uint64(len(r.notes)) {
		r.bad, r.b = true, nil
	}
	if r.bad || at == 0 {
		return
	}
	if p.Details == nil {
		p.Details = make([]Detail, len(p.Versions))
	}
	p.Details[version].Note = r.notes[at-1]
}
