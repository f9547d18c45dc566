package standard

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"

	"assay/fundamentals"
	"assay/rules"
)

// packed is what a company was unpacked from: an item is read when it is first
// asked for.
type packed struct {
	arena *Arena // nil: of its own
	notes []string
	items []packedItem
}

type packedItem struct {
	periods, versions int
	body              []byte   // nil once it is read
	read              []Period // nil until then
}

// Unpack is the inverse of [Company.Pack], but for what that leaves out. It returns
// an error wrapping [ErrPack] for bytes that are no pack, or one made with
// another concept map. The company holds on to the bytes, which must not change: it
// reads an item from them when that is first asked for, and is therefore not safe for
// concurrent use.
func Unpack(m *Map, b []byte) (*Company, error) {
	if len(b) == 0 || b[0] != packFormat {
		return nil, fmt.Errorf("%w: not in format %d", ErrPack, packFormat)
	}
	end := len(b) - crc32.Size
	if end < 1 || binary.LittleEndian.Uint32(b[end:]) != crc32.Checksum(b[:end], checksum) {
		return nil, fmt.Errorf("%w: cut short or changed", ErrPack)
	}
	r := &reader{b: b[1:end]}
	c := &Company{CIK: fundamentals.CIK(r.uint()), weighed: true}
	filings, forms, items := r.count(), r.count(), r.count()
	if items != len(m.Items) {
		return nil, fmt.Errorf("%w: %d items, not %d", ErrPack, items, len(m.Items))
	}
	r.filings(c, filings, forms)
	if n := r.count(); n > 0 {
		c.evidence = make([]shareEvidence, n)
	}
	for i := range c.evidence {
		c.evidence[i] = shareEvidence{before: int(r.uint()), now: int(r.uint()), ratio: r.float()}
	}
	c.packed = &packed{notes: make([]string, r.count()), items: make([]packedItem, items)}
	for i := range c.packed.notes {
		c.packed.notes[i] = string(r.take(r.count()))
	}
	r.directory(c.packed.items)
	if r.bad || len(r.b) > 0 {
		return nil, fmt.Errorf("%w: company %d: not whole", ErrPack, c.CIK)
	}
	return c, nil
}

// reader reads the head of a pack; the first fault stands, and all reads after it
// are zero.
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

func (r *reader) date() fundamentals.Date { return fundamentals.Date(unzigzag(r.uint())) }

func (r *reader) float() float64 {
	raw := r.take(8)
	if r.bad {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(raw))
}

func (r *reader) take(n int) []byte {
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

// count reads a number of things, each at least one byte long.
func (r *reader) count() int {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return 0
	}
	return int(n)
}

func (r *reader) filings(c *Company, filings, forms int) {
	names := make([]string, forms)
	for i := range names {
		names[i] = string(r.take(r.count()))
	}
	accessions := string(r.take(r.count())) // one text: thousands of companies have half a million
	c.Filings = make([]fundamentals.Filing, filings)
	c.Statement = make([]fundamentals.Date, filings)
	for i := range c.Filings {
		length, form := r.uint(), r.uint()
		if length > uint64(len(accessions)) || form >= uint64(forms) {
			r.bad, r.b = true, nil
			return
		}
		f := &c.Filings[i]
		f.Company, f.Accession, f.Form = c.CIK, accessions[:length], names[form]
		accessions = accessions[length:]
		f.Filed = r.date()
		f.KnownOn = f.Filed + r.date()
		c.Statement[i] = r.date()
	}
}

func (r *reader) directory(items []packedItem) {
	sizes := make([]int, len(items))
	for i := range items {
		items[i].periods, items[i].versions, sizes[i] = r.count(), r.count(), r.count()
	}
	for i, size := range sizes {
		items[i].body = r.take(size)
	}
}

// item reads an item of a pack.
func (p *packed) item(item int) []Period {
	it := &p.items[item]
	if it.body == nil {
		return it.read
	}
	periods, versions := p.arena.take(it.periods, it.versions)
	at := itemReader{b: it.body, notes: p.notes}
	it.read, it.body = periods, nil
	end := fundamentals.Date(0)
	for i := range periods {
		end += fundamentals.Date(unzigzag(at.uint()))
		q := Period{End: end}
		if start := at.uint(); start != 0 {
			q.Start = end - fundamentals.Date(unzigzag(start-1))
		}
		n := at.uint()
		q.Versions, versions = versions[:n:n], versions[n:]
		at.read(&q)
		periods[i] = q
	}
	return periods
}

// Arena is where an [Arena.Unpack] puts what it reads: it is used again for one
// company after the other. The zero Arena is ready.
type Arena struct {
	periods  []Period
	versions []Version
}

// Unpack is [Unpack] for a company that nobody holds on to beyond the next call.
func (a *Arena) Unpack(m *Map, b []byte) (*Company, error) {
	a.periods, a.versions = a.periods[:0], a.versions[:0]
	c, err := Unpack(m, b)
	if err == nil {
		c.packed.arena = a
	}
	return c, err
}

// take returns room for so many periods and versions; what was in it does not
// matter. No arena is one that is never used again.
func (a *Arena) take(periods, versions int) ([]Period, []Version) {
	if a == nil {
		return make([]Period, periods), make([]Version, versions)
	}
	return room(&a.periods, periods), room(&a.versions, versions)
}

// room takes n from the end of a list, which is made anew where it is full: what was
// taken of it stays.
func room[T any](list *[]T, n int) []T {
	if len(*list)+n > cap(*list) {
		*list = make([]T, 0, max(1024, n, 2*cap(*list)))
	}
	at := len(*list)
	*list = (*list)[:at+n]
	return (*list)[at : at+n : at+n]
}

// itemReader reads what Pack wrote, to the byte: the checksum vouches for that.
type itemReader struct {
	b     []byte
	at    int
	notes []string
}

func (r *itemReader) uint() uint64 {
	if n := r.b[r.at]; n < 0x80 {
		r.at++
		return uint64(n)
	}
	n, size := binary.Uvarint(r.b[r.at:])
	r.at += size
	return n
}

func (r *itemReader) byte() byte {
	n := r.b[r.at]
	r.at++
	return n
}

func (r *itemReader) number() float64 {
	n := r.uint()
	if unit := n & 3; unit != 0 {
		return float64(unzigzag(n>>2) * units[unit])
	}
	raw := binary.LittleEndian.Uint64(r.b[r.at:])
	r.at += 8
	return math.Float64frombits(raw)
}

func (r *itemReader) read(p *Period) {
	filing, value := int32(0), math.NaN()
	for j := range p.Versions {
		filing += int32(r.uint())
		flags := r.byte()
		v := Version{Filing: filing, Weak: flags&flagWeak != 0, Inside: flags&flagInside != 0, Second: flags&flagSecond != 0}
		if flags&flagAlt != 0 {
			v.Alt = r.byte()
		}
		switch {
		case flags&flagRefused != 0:
			v.Why = rules.Reason(r.byte())
			r.note(p, j)
		case flags&flagSame == 0:
			value = r.number()
			fallthrough
		default:
			v.Value = value
		}
		p.Versions[j] = v
	}
}

// note reads why a version was refused.
func (r *itemReader) note(p *Period, version int) {
	at := r.uint()
	if at == 0 {
		return
	}
	if p.Details == nil {
		p.Details = make([]Detail, len(p.Versions))
	}
	p.Details[version].Note = r.notes[at-1]
}
