package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"assay/rules"
	"assay/screener"
)

// check holds a run of assay against the plainest evaluation there is: a company at
// a time, with ranks from a sorted copy. Verdicts must be the same, and scores the
// same bits.
func check(m *market) error {
	for _, passed := range []bool{false, true} {
		s, err := screenOf(m, true, passed)
		if err != nil {
			return err
		}
		s.Rank.Limit = 0 // all of them
		r, err := screener.Run(context.Background(), m, s, screener.Options{})
		if err != nil {
			return err
		}
		want := plain(m, passed)
		if len(r.Candidates) != len(want) {
			return fmt.Errorf("%d pass, and %d by the plain evaluator", len(r.Candidates), len(want))
		}
		for i, c := range r.Candidates {
			if w := want[i]; int(c.CIK) != w.id || c.Score.Known() == math.IsNaN(w.score) || c.Score.Known() && math.Float64bits(c.Score.F) != math.Float64bits(w.score) {
				return fmt.Errorf("place %d: assay has %d with %v, the plain evaluator %d with %v", i+1, c.CIK, c.Score, w.id, w.score)
			}
		}
	}
	return nil
}

type scored struct {
	id    int
	score float64 // NaN: unknown
}

// plain lists those that pass, best first.
func plain(m *market, passed bool) []scored {
	var in []int
	for row := range m.rows {
		if m.passes(row) {
			in = append(in, row)
		}
	}
	peers := in
	if !passed {
		peers = make([]int, m.rows)
		for i := range peers {
			peers[i] = i
		}
	}
	a, b, c, d := m.percentiles("m10", peers), m.percentiles("m11", peers), m.percentiles("m12", peers), m.percentiles("m13", peers)
	out := make([]scored, len(in))
	for i, row := range in {
		out[i] = scored{row + 1, 0.4*a[row] + 0.3*b[row] + 0.2*c[row] + 0.1*d[row]}
	}
	slices.SortFunc(out, func(x, y scored) int {
		switch xn, yn := math.IsNaN(x.score), math.IsNaN(y.score); {
		case xn && yn:
			return cmp.Compare(x.id, y.id)
		case xn:
			return 1
		case yn:
			return -1
		}
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.id, y.id))
	})
	return out
}

// passes is the six conditions: what is missing passes none.
func (m *market) passes(row int) bool {
	x := func(name string) float64 { // NaN compares as false
		v := m.columns[name].Value(row)
		if v.Why != rules.Known {
			return math.NaN()
		}
		return v.F
	}
	return x("m00") > -0.5 && x("m01") < 0.8 && x("m02") >= x("m03")-1 && x("m05") != 0 && x("m04")/x("m05") > -2 &&
		x("m06") >= -1.5 && x("m06") <= 1.5 && (x("m07") > 0 || x("m08") > 0.5)
}

// percentiles are by row, NaN where the value is missing.
func (m *market) percentiles(name string, peers []int) []float64 {
	v := m.columns[name]
	var sorted []float64
	for _, row := range peers {
		if x := v.Value(row); x.Why == rules.Known {
			sorted = append(sorted, x.F)
		}
	}
	slices.Sort(sorted)
	out := make([]float64, m.rows)
	for row := range out {
		x := v.Value(row)
		if x.Why != rules.Known {
			out[row] = math.NaN()
			continue
		}
		from, _ := slices.BinarySearch(sorted, x.F)
		to := from
		for to < len(sorted) && sorted[to] == x.F {
			to++
		}
		place := float64(from+to+1) / 2
		out[row] = (place - 0.5) / float64(len(sorted))
	}
	return out
}
