package rules

import "sync/atomic"

// Kind is the type of a column or an expression.
type Kind uint8

// The kinds of values.
const (
	Number Kind = iota // F holds numbers
	Bool               // F holds 0 or 1
	Date               // F holds days since 1970-01-01
	Text               // Code indexes Dict
)

// String returns the kind as users read it.
func (k Kind) String() string { return [...]string{"number", "boolean", "date", "text"}[k] }

// Vector is one column of values, a row per company. It is never changed once
// it has been handed over.
type Vector struct {
	Kind Kind
	F    []float64 // Number, Bool, Date; 0 where missing
	Code []uint32  // Text; an index into Dict, 0 where missing
	Dict []string  // Text; distinct values
	Why  []Reason  // nil when every row is known

	order    atomic.Pointer[order] // of the numbers, once asked for
	placed   atomic.Bool           // places of some rows have been asked for
	compared atomic.Int32          // how often the numbers were compared with limits
}

// Len returns the number of rows.
func (v *Vector) Len() int {
	if v.Kind == Text {
		return len(v.Code)
	}
	return len(v.F)
}

// Reason returns why the value of a row is missing, or Known.
func (v *Vector) Reason(row int) Reason {
	if v.Why == nil {
		return Known
	}
	return v.Why[row]
}

// Value returns the number, boolean or date of a row.
func (v *Vector) Value(row int) Value {
	if why := v.Reason(row); why != Known {
		return None(why)
	}
	return Num(v.F[row])
}

// Text returns the text of a row, or "" where it is missing.
func (v *Vector) Text(row int) string {
	if v.Reason(row) != Known {
		return ""
	}
	return v.Dict[v.Code[row]]
}

// Verdict returns the verdict of a row of a Bool vector.
func (v *Vector) Verdict(row int) Verdict {
	switch {
	case v.Reason(row) != Known:
		return Unknown
	case v.F[row] != 0:
		return True
	}
	return False
}

// Missing makes a vector of n rows that are all missing for one reason.
func Missing(kind Kind, n int, why Reason) *Vector {
	v := &Vector{Kind: kind, Why: make([]Reason, n)}
	for i := range v.Why {
		v.Why[i] = why
	}
	if kind == Text {
		v.Code, v.Dict = make([]uint32, n), []string{""}
	} else {
		v.F = make([]float64, n)
	}
	return v
}

// Texts makes a known Text vector; an empty string is missing with the reason
// given.
func Texts(values []string, why Reason) *Vector {
	v := &Vector{Kind: Text, Code: make([]uint32, len(values)), Dict: []string{""}}
	codes := map[string]uint32{"": 0}
	for i, s := range values {
		code, ok := codes[s]
		if !ok {
			code = uint32(len(v.Dict))
			codes[s] = code
			v.Dict = append(v.Dict, s)
		}
		v.Code[i] = code
		if s == "" {
			if v.Why == nil {
				v.Why = make([]Reason, len(values))
			}
			v.Why[i] = why
		}
	}
	return v
}
