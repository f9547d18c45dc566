package screener

import (
	"encoding/json"
	"strconv"
	"time"

	"assay/fundamentals"
	"assay/rules"
)

// Datum is one value of any kind, or the reason for which there is none. In
// JSON it is a number, a boolean, a text, a date as YYYY-MM-DD, or null.
type Datum struct {
	Kind rules.Kind
	Unit rules.Unit
	F    float64 // Number, Bool, Date
	S    string  // Text
	Why  rules.Reason
}

// datum reads a row of a vector.
func datum(v *rules.Vector, row int, unit rules.Unit) Datum {
	d := Datum{Kind: v.Kind, Unit: unit, Why: v.Reason(row)}
	switch {
	case d.Why != rules.Known:
	case v.Kind == rules.Text:
		d.S = v.Text(row)
	default:
		d.F = v.F[row]
	}
	return d
}

// traced reads the value of a trace.
func traced(t *rules.Trace) Datum {
	return Datum{Kind: t.Kind, Unit: t.Unit, F: t.F, S: t.S, Why: t.Why}
}

// Known reports whether there is a value.
func (d Datum) Known() bool { return d.Why == rules.Known }

// MarshalJSON writes the value with full precision, or null.
func (d Datum) MarshalJSON() ([]byte, error) {
	if !d.Known() {
		return []byte("null"), nil
	}
	switch d.Kind {
	case rules.Text:
		return jsonText(d.S)
	case rules.Bool:
		return strconv.AppendBool(nil, d.F != 0), nil
	case rules.Date:
		return jsonText(dateText(d.F))
	}
	if d.F == 0 {
		return []byte("0"), nil // no minus zero
	}
	return json.Marshal(d.F)
}

func dateText(days float64) string {
	return fundamentals.Date(days).Time().Format(time.DateOnly)
}
