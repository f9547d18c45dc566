package history

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// layout is the first byte of what is kept of a ledger; the rest is deflated.
const layout = 1

// layOut lays a ledger out: company numbers as differences, verdicts at two bits
// each, outcomes at four, then the ranked list.
func layOut(l *screener.Ledger) []byte {
	b := make([]byte, 0, len(l.Companies)*(4+len(l.Conditions)/4)+48*len(l.Ranked)) // about as much as it takes
	b = binary.AppendUvarint(b, uint64(len(l.Companies)))
	last := fundamentals.CIK(0)
	for _, cik := range l.Companies {
		b = binary.AppendUvarint(b, uint64(cik-last))
		last = cik
	}
	b = appendBits(b, l.Universe, 2)
	b = appendBits(b, l.Outcomes, 4)
	b = binary.AppendUvarint(b, uint64(len(l.Conditions)))
	for i, name := range l.Conditions {
		b = appendText(b, name)
		b = appendBits(b, l.Verdicts[i], 2)
	}
	b = binary.AppendUvarint(b, uint64(len(l.Ranked)))
	for _, p := range l.Ranked {
		place, sorted := slices.BinarySearch(l.Companies, p.CIK)
		if !sorted {
			place = slices.Index(l.Companies, p.CIK)
		}
		b = binary.AppendUvarint(b, uint64(place))
		b = append(b, byte(p.Why), bit(p.Listed))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Score))
		b = binary.AppendVarint(b, int64(p.Since))
		b = appendText(appendText(b, p.Ticker), p.Name)
	}
	return b
}

// deflated makes of what [layOut] lays out what is kept.
func deflated(b []byte) ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte(layout)
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// appendBits packs small numbers, the lowest bits first.
func appendBits[T ~uint8](b []byte, values []T, width int) []byte {
	each := 8 / width
	for i := 0; i < len(values); i += each {
		var packed byte
		for j, v := range values[i:min(i+each, len(values))] {
			packed |= byte(v) << (j * width)
		}
		b = append(b, packed)
	}
	return b
}

var errPack = errors.New("what is kept of the run cannot be read")

// inflated undoes [deflated].
func inflated(content []byte) ([]byte, error) {
	if len(content) == 0 || content[0] != layout {
		return nil, fmt.Errorf("%w: its layout is of another program", errPack)
	}
	text, err := io.ReadAll(flate.NewReader(bytes.NewReader(content[1:])))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPack, err)
	}
	return text, nil
}

// unpack reads a ledger from what is kept of it.
func unpack(content []byte) (l *screener.Ledger, err error) {
	text, err := inflated(content)
	if err != nil {
		return nil, err
	}
	u := unpacker{rest: text}
	l = &screener.Ledger{}
	last := fundamentals.CIK(0)
	n := u.count()
	for range n {
		last += fundamentals.CIK(u.number())
		l.Companies = append(l.Companies, last)
	}
	l.Universe = readBits[rules.Verdict](&u, n, 2)
	l.Outcomes = readBits[screener.Outcome](&u, n, 4)
	for range u.count() {
		l.Conditions = append(l.Conditions, u.text())
		l.Verdicts = append(l.Verdicts, readBits[rules.Verdict](&u, n, 2))
	}
	for range u.count() {
		at, flags := u.number(), u.bytes(2)
		p := screener.Place{Why: rules.Reason(flags[0]), Listed: flags[1] == 1, Score: math.Float64frombits(binary.LittleEndian.Uint64(u.bytes(8)))}
		if at < uint64(n) {
			p.CIK = l.Companies[at]
		}
		p.Since = fundamentals.Date(u.signed())
		p.Ticker, p.Name = u.text(), u.text()
		l.Ranked = append(l.Ranked, p)
	}
	if u.short {
		return nil, fmt.Errorf("%w: it ends too soon", errPack)
	}
	return l, nil
}

// unpacker reads a text from its start. Once it is short all that it reads is 0.
type unpacker struct {
	rest  []byte
	short bool
}

func (u *unpacker) number() uint64 {
	v, n := binary.Uvarint(u.rest)
	u.skip(n)
	return v
}

func (u *unpacker) signed() int64 {
	v, n := binary.Varint(u.rest)
	u.skip(n)
	return v
}

// skip moves on by the size of a number.
func (u *unpacker) skip(n int) {
	if n <= 0 {
		u.short, u.rest = true, nil
		return
	}
	u.rest = u.rest[n:]
}

// count reads how many things follow, of which each takes some room.
func (u *unpacker) count() int {
	n := u.number()
	if n > uint64(len(u.rest)) {
		u.short, u.rest = true, nil
		return 0
	}
	return int(n)
}

func (u *unpacker) bytes(n int) []byte {
	if n > len(u.rest) {
		u.short, u.rest = true, nil
		return make([]byte, n)
	}
	out := u.rest[:n]
	u.rest = u.rest[n:]
	return out
}

func (u *unpacker) text() string { return string(u.bytes(u.count())) }

func readBits[T ~uint8](u *unpacker, n, width int) []T {
	each := 8 / width
	packed := u.bytes((n + each - 1) / each)
	out := make([]T, n)
	for i := range out {
		out[i] = T(packed[i/each] >> (i % each * width) & (1<<width - 1))
	}
	return out
}
