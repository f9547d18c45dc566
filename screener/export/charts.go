package export

import (
	"math"
	"slices"

	"assay/rules"
	"assay/screener"
)

// boxPlot is where the values of a column lie, on a line of 0 to 100: from the
// least to the greatest, with the middle half as a box.
type boxPlot struct {
	Low, High         float64 // of the values
	First, Mid, Third float64 // quartiles, on the line
	Own               float64 // the company's, on the line
}

// boxesOf draws every column of numbers that has two values or more.
func boxesOf(r *screener.Result) map[string]boxPlot {
	boxes := map[string]boxPlot{}
	for _, column := range r.Columns {
		if kindOf(column.Kind) != rules.Number {
			continue
		}
		var values []float64
		for _, c := range r.Candidates {
			if d := c.Values[column.Name]; d.Known() {
				values = append(values, d.F)
			}
		}
		slices.Sort(values)
		if len(values) < 2 || values[0] == values[len(values)-1] {
			continue
		}
		b := boxPlot{Low: values[0], High: values[len(values)-1]}
		b.First, b.Mid, b.Third = b.at(quantile(values, 0.25)), b.at(quantile(values, 0.5)), b.at(quantile(values, 0.75))
		boxes[column.Name] = b
	}
	return boxes
}

// at puts a value on the line.
func (b boxPlot) at(f float64) float64 {
	return round(100 * (f/2 - b.Low/2) / (b.High/2 - b.Low/2)) // halves: the difference of two large numbers stays finite
}

// Width is that of the box.
func (b boxPlot) Width() float64 { return round(b.Third - b.First) }

// quantile reads sorted values at a share of the way, between two of them in
// proportion.
func quantile(sorted []float64, share float64) float64 {
	at := share * float64(len(sorted)-1)
	below := int(at)
	above := min(below+1, len(sorted)-1)
	rest := at - float64(below)
	return sorted[below]*(1-rest) + sorted[above]*rest
}

// slackBar is how far a comparison is from turning over, as a share of its
// threshold, at most the whole of it: from the middle to the right when it
// holds.
type slackBar struct {
	X, Width float64
	Holds    bool
}

func slackOf(c screener.Comparison) *slackBar {
	if c.Distance == nil || !c.Distance.Known() || c.Threshold == nil || !c.Threshold.Known() || c.Distance.Kind != rules.Number {
		return nil
	}
	size := math.Abs(c.Threshold.F)
	if size == 0 && c.Value != nil {
		size = math.Abs(c.Value.F)
	}
	if size == 0 {
		return &slackBar{X: 50, Holds: c.Verdict == "true"}
	}
	width := round(50 * min(math.Abs(c.Distance.F)/size, 1))
	bar := &slackBar{X: 50, Width: width, Holds: c.Verdict == "true"}
	if c.Distance.F < 0 {
		bar.X = round(50 - width)
	}
	return bar
}

// scoreRange returns the least and the greatest score.
func scoreRange(r *screener.Result) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, c := range r.Candidates {
		if c.Score.Known() {
			low, high = min(low, c.Score.F), max(high, c.Score.F)
		}
	}
	return min(low, 0), high
}

// share is how long the bar of a score is, from 0 to 100; -1 for no bar.
func share(score screener.Datum, low, high float64) float64 {
	if !score.Known() || high <= low {
		return -1
	}
	return round(100 * (score.F/2 - low/2) / (high/2 - low/2))
}

// round keeps two decimals, which is more than a screen shows.
func round(f float64) float64 { return math.Round(f*100) / 100 }
