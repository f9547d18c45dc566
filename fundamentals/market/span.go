package market

import (
	"math"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// Span is the time that something is measured over: the closes after From up to
// To, and, as the start of the first return, the last close up to From. A close
// counts as that of a day if it is at most so many trading days older.
type Span struct {
	From, To  fundamentals.Date
	StaleDays int
	Basis     fundamentals.Date // the day on whose split basis prices and share counts stand
}

// expected is how many closes a security has that trades every day.
func (s Span) expected() int { return TradingDaysOld(s.From, s.To) }

// enough is four fifths: so many of what a span should have must be there.
func enough(n int) int { return (4*n + 4) / 5 }

// path is the part of a series that lies in a span, on one split basis.
type path struct {
	closes *Closes
	lo, hi int // the first and last place
	// level holds the close of each place, on one basis; scale brings it to that of
	// the span.
	level []float64
	scale float64
	based bool // the first place lies before the span: the start of the first return
}

// returns is how many returns the path has, from close to close.
func (p *path) returns() int { return p.hi - p.lo }

// inside is the place in level of the first close inside the span.
func (p *path) inside() int {
	if p.based {
		return 1
	}
	return 0
}

func (p *path) window(n int) Window {
	return Window{Series: p.closes, From: p.closes.Days[p.lo], To: p.closes.Days[p.hi], Days: n}
}

// kind says which series serve.
type kind uint8

const (
	// forReturns takes any series, total return before split-adjusted before raw.
	forReturns kind = iota
	// forPrices takes what may stand for a price, raw before split-adjusted before
	// total return.
	forPrices
	// forVolumes takes what gives volumes, raw before split-adjusted.
	forVolumes
	// forRanges takes what gives highs and lows, raw before split-adjusted.
	forRanges
)

func (k kind) takes(c *Closes, at int) bool {
	switch k {
	case forPrices:
		return c.Basis != fundamentals.TotalReturn || c.AsPrice
	case forVolumes:
		return c.Basis != fundamentals.TotalReturn && c.measured(at)
	case forRanges:
		return c.Basis != fundamentals.TotalReturn && c.Ranges != nil
	}
	return true
}

func (k kind) prefers(a, b *Closes) bool {
	if a.Basis != b.Basis {
		return (a.Basis > b.Basis) == (k == forReturns)
	}
	return a.BasisDate > b.BasisDate
}

// walk returns the path of a span on the series that says most of those with
// enough closes in it. The reason is stale where only the last close is too old;
// the window then ends with it.
func (b *Book) walk(span Span, k kind) (*path, Window, rules.Reason) {
	var best *path
	var old Window
	for _, c := range b.Series {
		hi := c.last(span.To)
		if hi < 0 || !k.takes(c, hi) {
			continue
		}
		if TradingDaysOld(c.Days[hi], span.To) > span.StaleDays {
			if old.Series == nil || c.Days[hi] > old.To {
				old = Window{Series: c, To: c.Days[hi]}
			}
			continue
		}
		lo := c.last(span.From)
		based := lo >= 0 && TradingDaysOld(c.Days[lo], span.From) <= span.StaleDays
		inside := hi - lo
		if !based {
			lo++
		}
		if inside < enough(span.expected()) || best != nil && !k.prefers(c, best.closes) {
			continue
		}
		best = &path{closes: c, lo: lo, hi: hi, based: based}
	}
	switch {
	case best != nil:
		b.level(best, span.Basis)
		return best, Window{}, rules.Known
	case old.Series != nil:
		return nil, old, rules.Stale
	}
	return nil, Window{}, rules.NotReported
}

// level brings the closes of a path to one basis: as traded, to that of the last
// of them; adjusted ones are on one already.
func (b *Book) level(p *path, basis fundamentals.Date) {
	c := p.closes
	first, last := c.Days[p.lo], c.Days[p.hi]
	p.level, p.scale = c.Close[p.lo:p.hi+1], b.factor(c.basisDay(p.hi), basis)
	split := slices.ContainsFunc(b.Splits, func(s fundamentals.Split) bool { return s.Date > first && s.Date <= last })
	if c.Basis != fundamentals.Raw || !split {
		return
	}
	p.level = make([]float64, len(p.level))
	for i := range p.level {
		p.level[i] = c.Close[p.lo+i] * b.factor(c.Days[p.lo+i], last)
	}
}

// measured is a value computed, unless it is none.
func measured(f float64) rules.Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return rules.None(rules.Undefined)
	}
	return rules.Num(f)
}
