package rules

// Reason says why a value is missing. The zero value, Known, means that it is
// not missing. The order is the order in which reports list reasons.
type Reason uint8

// The reasons for which a value can be missing.
const (
	Known          Reason = iota
	NotReported           // nobody said it
	NotApplicable         // it has no meaning for this company (debt of a bank)
	Undefined             // a denominator that makes no sense
	Stale                 // too old to stand for the date asked
	NotKnownYet           // published after the date asked
	OtherCurrency         // stated in money that is not the table's
	Irreconcilable        // sources contradict each other
	NotGiven              // a test that did not give it
	reasonCount
)

var reasonNames = [reasonCount]string{
	"known", "not reported", "not applicable", "undefined", "stale",
	"not known yet", "other currency", "irreconcilable", "not given",
}

// String returns the reason as users read and write it, such as "not reported".
func (r Reason) String() string {
	if r < reasonCount {
		return reasonNames[r]
	}
	return "unknown reason"
}

// ParseReason is the inverse of [Reason.String]. It does not accept "known".
func ParseReason(s string) (Reason, bool) {
	for _, r := range Reasons() {
		if r.String() == s {
			return r, true
		}
	}
	return Known, false
}

// Reasons lists the reasons for which a value can be missing, without Known.
func Reasons() []Reason {
	all := make([]Reason, 0, reasonCount-1)
	for r := Known + 1; r < reasonCount; r++ {
		all = append(all, r)
	}
	return all
}

// Value is one number or the reason for which there is none. F is finite when
// Why is Known and meaningless otherwise.
type Value struct {
	F   float64
	Why Reason
}

// Num returns a known value.
func Num(f float64) Value { return Value{F: f} }

// None returns a missing value.
func None(why Reason) Value { return Value{Why: why} }

// Verdict is the outcome of a condition for one company.
type Verdict uint8

// The verdicts of three-valued (Kleene) logic.
const (
	False Verdict = iota
	Unknown
	True
)

// String returns "false", "unknown" or "true".
func (v Verdict) String() string { return [...]string{"false", "unknown", "true"}[v] }
