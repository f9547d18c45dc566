package snapshot

import (
	"encoding/binary"
	"errors"
	"math"

	"assay/rules"
)

// errKept is what a kept column that cannot be read gives.
var errKept = errors.New("cannot be read: the database is damaged; go back to a copy of it (assay backup), or ingest into another")

// packVector writes a vector: kind, rows, whether reasons follow, values (8
// bytes little-endian, or codes of 4 after the dictionary), reasons (a byte).
func packVector(v *rules.Vector) []byte {
	n := v.Len()
	b := make([]byte, 0, 16+9*n)
	b = append(b, byte(v.Kind))
	b = binary.AppendUvarint(b, uint64(n))
	if v.Why == nil {
		b = append(b, 0)
	} else {
		b = append(b, 1)
	}
	if v.Kind == rules.Text {
		b = binary.AppendUvarint(b, uint64(len(v.Dict)))
		for _, s := range v.Dict {
			b = binary.AppendUvarint(b, uint64(len(s)))
			b = append(b, s...)
		}
		for _, code := range v.Code {
			b = binary.LittleEndian.AppendUint32(b, code)
		}
	} else {
		for _, f := range v.F {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
		}
	}
	for _, why := range v.Why {
		b = append(b, byte(why))
	}
	return b
}

// unpackVector is the inverse of packVector.
func unpackVector(b []byte) (*rules.Vector, error) {
	if len(b) < 3 || rules.Kind(b[0]) > rules.Text {
		return nil, errKept
	}
	v := &rules.Vector{Kind: rules.Kind(b[0])}
	count, size := binary.Uvarint(b[1:])
	if size <= 0 || count > uint64(len(b)) || len(b) < 2+size {
		return nil, errKept
	}
	n := int(count)
	reasons := b[1+size] == 1
	b = b[2+size:]
	if v.Kind == rules.Text {
		var err error
		if b, err = unpackDict(v, b); err != nil || len(b) < 4*n {
			return nil, errKept
		}
		v.Code = make([]uint32, n)
		for i := range v.Code {
			v.Code[i] = binary.LittleEndian.Uint32(b[4*i:])
			if int(v.Code[i]) >= len(v.Dict) {
				return nil, errKept
			}
		}
		b = b[4*n:]
	} else {
		if len(b) < 8*n {
			return nil, errKept
		}
		v.F = make([]float64, n)
		for i := range v.F {
			v.F[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		}
		b = b[8*n:]
	}
	if !reasons {
		n = 0
	}
	if len(b) != n {
		return nil, errKept
	}
	if reasons {
		v.Why = make([]rules.Reason, n)
		for i, why := range b {
			v.Why[i] = rules.Reason(why)
		}
	}
	return v, nil
}

func unpackDict(v *rules.Vector, b []byte) ([]byte, error) {
	count, size := binary.Uvarint(b)
	if size <= 0 || count > uint64(len(b)) {
		return nil, errKept
	}
	b = b[size:]
	v.Dict = make([]string, count)
	for i := range v.Dict {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			return nil, errKept
		}
		v.Dict[i] = string(b[size : size+int(n)])
		b = b[size+int(n):]
	}
	return b, nil
}
