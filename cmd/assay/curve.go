package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"assay/screener"
)

// usualWidth is that of a curve which goes to no terminal.
const usualWidth = 80

func (a *app) writeTuning(w io.Writer, format string, t *screener.Tuning) error {
	switch format {
	case "json":
		return screener.WriteJSON(w, t)
	case "csv":
		return writeCurve(w, t)
	}
	width := a.out.width
	if width < 40 || a.flags.file != "" {
		width = usualWidth
	}
	return drawTuning(w, t, width)
}

// writeCurve writes the points of a curve as numbers in full.
func writeCurve(w io.Writer, t *screener.Tuning) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"threshold", "now", "universe", "passed", "failed", "unknown"}}
	for _, p := range t.Points {
		value, err := p.Threshold.MarshalJSON()
		if err != nil {
			return err
		}
		rows = append(rows, []string{
			strings.Trim(string(value), `"`), strconv.FormatBool(p.Now),
			strconv.Itoa(p.Universe), strconv.Itoa(p.Passed), strconv.Itoa(p.Failed), strconv.Itoa(p.Unknown),
		})
	}
	return out.WriteAll(rows)
}

// drawTuning draws a curve for people: a line for each value, a bar for who
// passes.
func drawTuning(w io.Writer, t *screener.Tuning, width int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s as of %s: how many pass as a threshold of %s moves\n", t.Screen, t.AsOf, t.Condition)
	fmt.Fprintf(&b, "%s: %s\n", t.Condition, t.Expression)
	fmt.Fprintf(&b, "it is %s in %s\n\n", screener.Show(t.Threshold), t.Comparison)
	drawPoints(&b, t, width)
	drawStep(&b, "below", t.Below)
	drawStep(&b, "above", t.Above)
	_, err := io.WriteString(w, b.String())
	return err
}

func drawPoints(b *strings.Builder, t *screener.Tuning, width int) {
	values := make([]screener.Datum, len(t.Points))
	most := 0
	for i, p := range t.Points {
		values[i] = p.Threshold
		most = max(most, p.Passed)
	}
	labels := screener.ShowDistinct(values)
	longest := len("threshold")
	for _, l := range labels {
		longest = max(longest, len(l))
	}
	head := fmt.Sprintf("  %*s  %6s  %7s  ", longest, "threshold", "passed", "unknown")
	b.WriteString(strings.TrimRight(head, " ") + "\n")
	for i, p := range t.Points {
		mark := " "
		if p.Now {
			mark = ">"
		}
		bar := ""
		if p.Passed > 0 {
			full := float64(width - len(head))
			bar = strings.Repeat("#", max(1, int(math.Round(full*float64(p.Passed)/float64(most)))))
		}
		line := fmt.Sprintf("%s %*s  %6d  %7d  %s", mark, longest, labels[i], p.Passed, p.Unknown, bar)
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// movers is how many companies of a step are named on each side.
const movers = 20

func drawStep(b *strings.Builder, side string, s *screener.TuneStep) {
	if s == nil {
		fmt.Fprintf(b, "\nnext step %s: none within the curve\n", side)
		return
	}
	fmt.Fprintf(b, "\nnext step %s, %s: %d come, %d go\n", side, screener.Show(s.Threshold), len(s.Enter), len(s.Leave))
	for _, m := range []struct {
		sign string
		all  []screener.Mover
	}{{"+", s.Enter}, {"-", s.Leave}} {
		for i, c := range m.all {
			if i == movers {
				fmt.Fprintf(b, "  and %d more (--format json names them)\n", len(m.all)-movers)
				break
			}
			fmt.Fprintf(b, "  %s %-8s %s\n", m.sign, c.Ticker, short(c.Name, 60))
		}
	}
}
