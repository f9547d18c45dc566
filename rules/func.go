package rules

import "strings"

// Func is one function of the language: what it takes, what it gives, and how
// it is computed. Two functions may share a name if one takes a window and the
// other does not.
type Func struct {
	Name    string
	Params  []Param
	Returns Returns
	Doc     string // one or two sentences for the reference
	Example string // an expression that compiles against the catalogue
	Body    Body
}

// Signature returns the function as the reference shows it, such as
// "avg(x, window, least?)".
func (f *Func) Signature() string {
	names := make([]string, len(f.Params))
	for i, p := range f.Params {
		names[i] = p.Name
		switch {
		case p.Takes == ConditionsArg:
			names[i] = "[" + p.Name + ", ...]"
		case p.Many:
			names[i] += ", ..."
		}
		if p.Optional {
			names[i] += "?"
		}
	}
	return f.Name + "(" + strings.Join(names, ", ") + ")"
}

// arity returns the least and the greatest number of arguments; most is -1
// where there is no limit.
func (f *Func) arity() (least, most int) {
	for _, p := range f.Params {
		if !p.Optional {
			least++
		}
		most++
		if p.Many {
			return least, -1
		}
	}
	return least, most
}

// param returns the parameter that takes argument i.
func (f *Func) param(i int) Param {
	return f.Params[min(i, len(f.Params)-1)]
}

// windowed reports whether the function needs a window.
func (f *Func) windowed() bool {
	for _, p := range f.Params {
		if p.Takes == WindowArg && !p.Optional {
			return true
		}
	}
	return false
}

// Param is one parameter of a function. Parameters named low and high beside
// each other are bounds: a literal low must not exceed a literal high.
type Param struct {
	Name     string
	Takes    Takes
	Optional bool // it may be left out, with all after it
	Many     bool // it is the last and may be repeated
}

// Takes says what a parameter takes.
type Takes uint8

// What parameters take. The numbers of one call have units that agree.
const (
	NumberArg     Takes = iota // a number of any unit
	RatioArg                   // a number without dimension
	ConditionArg               // a condition
	AnyArg                     // a value of any kind
	WindowArg                  // a window literal, such as 5y or 8q
	WholeArg                   // a whole literal of at least 1
	ShareArg                   // a literal from 0% to 100%
	GroupArg                   // a text column that makes groups
	ReasonArg                  // the text of a Reason
	DateArg                    // a date, or a text that names a day
	ConditionsArg              // conditions in brackets
)

// Returns says what a function gives.
type Returns uint8

// What functions give.
const (
	Like             Returns = iota // kind and unit of the first argument
	PlainNumber                     // a number without unit
	FractionNumber                  // a fraction, shown in percent
	CountNumber                     // a whole number
	ConditionVerdict                // a condition
	DaysNumber                      // a number of days
	DateValue                       // a date
)

// Body is how a function is computed: one of [Row], [Between], [OnReason],
// [OnBasis], [Past], [Ends], [Fold], [Verdicts], [Bounds], [Among], [Peers],
// [Places], [Group], [Day] and [Since]. Numbers that come out as NaN or infinite are
// Undefined.
type Body interface{ body() }

// Row computes one company from its known arguments. A missing argument makes
// the result missing, the leftmost giving the reason.
type Row func(args []float64) float64

// Between stands for two comparisons of its first argument, one with each of the
// other two, both ends included.
type Between struct{}

// OnReason asks why a value is missing. asked is Known where no reason was
// asked about.
type OnReason func(why, asked Reason) bool

// OnBasis reads its argument on another basis.
type OnBasis Basis

// Past gives its argument as it was at the end of the window.
type Past struct{}

// Ends computes from the two ends of a window, that many years apart.
type Ends func(now, then, years float64) float64

// Fold computes from the known points of a window, latest first; ago tells how
// many years back each lies. All points must be known, or as many as the
// optional whole argument says.
type Fold func(xs, ago []float64) float64

// Verdicts folds the verdicts of a window, latest first.
type Verdicts func(points []Verdict) Verdict

// Bounds gives the least and the greatest whole number that the verdicts of a
// window allow. They are equal where nothing relevant is unknown. A comparison that
// both bounds decide alike is decided.
type Bounds func(points []Verdict) (lo, hi float64)

// Peers prepares a population, sorted ascending, and returns what maps a member
// to its result. args are the literals of the call.
type Peers func(sorted, args []float64) func(x float64) float64

// Places computes from the place that a member takes among its n peers: 1 for the
// smallest, ties sharing the average of their places.
type Places func(place, n float64) float64

// Among judges several conditions of one company. n is the whole literal of the
// call.
type Among func(verdicts []Verdict, n int) Verdict

// Group computes one number for a whole population, sorted ascending. It is
// asked about an empty one too: NaN says that it has no answer there.
type Group func(sorted []float64) float64

// Day stands for the date that its argument, a text, names.
type Day struct{}

// Since stands for the days from its argument to the date of the table, which
// is the column [AsOf].
type Since struct{}

func (Row) body()      {}
func (Between) body()  {}
func (OnReason) body() {}
func (OnBasis) body()  {}
func (Past) body()     {}
func (Ends) body()     {}
func (Fold) body()     {}
func (Verdicts) body() {}
func (Bounds) body()   {}
func (Peers) body()    {}
func (Places) body()   {}
func (Group) body()    {}
func (Among) body()    {}
func (Day) body()      {}
func (Since) body()    {}
