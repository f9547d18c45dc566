package screener_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/screener"
)

// stories explains every company of a table.
func stories(rt *rapid.T, table *table, screen *screener.Screen) map[fundamentals.CIK]*screener.Explanation {
	out := map[fundamentals.CIK]*screener.Explanation{}
	for row := range table.rows {
		e, err := screener.Explain(context.Background(), table, screen, row, screener.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		out[e.CIK] = e
	}
	return out
}

// agrees holds a slack to the verdict of its condition, and to the comparisons
// that the company's story tells.
func agrees(rt *rapid.T, s *screener.Slack, verdict string, f screener.Finding) {
	if f.Verdict != verdict {
		rt.Fatalf("%s is %s, and %s in the story", f.Expression, verdict, f.Verdict)
	}
	if s == nil {
		return
	}
	d := s.Distance.F
	if !s.Distance.Known() || verdict == "unknown" || verdict == "true" && d < 0 || verdict == "false" && d > 0 {
		rt.Fatalf("%s is %s at a slack of %+v", f.Expression, verdict, s)
	}
	if s.Share != nil && (*s.Share > 0 != (d > 0) || *s.Share < 0 != (d < 0)) {
		rt.Fatalf("%s: a distance of %v is a share of %v", f.Expression, d, *s.Share)
	}
	if strings.HasPrefix(f.Expression, "every(") { // its points, which the story shows another way
		return
	}
	if !slices.ContainsFunc(f.Comparisons, func(c screener.Comparison) bool {
		return c.Distance != nil && *c.Distance == s.Distance && *c.Value == s.Value && *c.Threshold == s.Threshold && c.Operator == s.Operator
	}) {
		rt.Fatalf("%s: the story has no comparison like %+v", f.Expression, s)
	}
}

// measured reports whether all comparisons of a story are of known numbers and
// the condition joins nothing else.
func measured(f screener.Finding) bool {
	return len(f.Comparisons) > 0 && !slices.ContainsFunc(f.Comparisons, func(c screener.Comparison) bool { return c.Distance == nil })
}

// TestLawSlack: the sign of a slack is that of the verdict, a slack is that of a
// comparison of the story, and where all can be measured there is one.
func TestLawSlack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table, screen := drawTable(rt), drawScreen(rt, t)
		screen.Rank = nil
		r := mustRun(rt, table, screen, screener.Options{Near: len(screen.Pass)})
		told := stories(rt, table, screen)
		check := func(cik fundamentals.CIK, condition string, s *screener.Slack) {
			i := slices.IndexFunc(screen.Pass, func(c screener.Condition) bool { return c.Name == condition })
			f := told[cik].Conditions[i]
			agrees(rt, s, f.Verdict, f)
			if s == nil && f.Verdict != "unknown" && measured(f) {
				rt.Fatalf("%s of %s has no slack: %+v", f.Expression, cik, f)
			}
		}
		for _, c := range r.Candidates {
			if len(c.Slack) != len(screen.Pass) {
				rt.Fatalf("%d slacks of %d conditions", len(c.Slack), len(screen.Pass))
			}
			for name, s := range c.Slack {
				check(c.CIK, name, s)
			}
		}
		for _, c := range r.Near {
			for _, miss := range c.Misses {
				check(c.CIK, miss.Condition, miss.Slack)
				if (miss.Verdict == "unknown") != (len(miss.Lacks) > 0) {
					rt.Fatalf("%s is %s and lacks %v", miss.Condition, miss.Verdict, miss.Lacks)
				}
			}
		}
	})
}

// TestLawNear: those who miss one condition, those who pass and the rest are the
// universe; with as many misses as there are conditions there is no rest.
func TestLawNear(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table, screen := drawTable(rt), drawScreen(rt, t)
		told := stories(rt, table, screen)
		before := 0
		for most := 1; most <= len(screen.Pass); most++ {
			r := mustRun(rt, table, screen, screener.Options{Near: most, Overlap: true})
			rest, seen := 0, map[fundamentals.CIK]bool{}
			for cik, e := range told {
				misses := 0
				for _, f := range e.Conditions {
					if f.CountsAs != "pass" {
						misses++
					}
				}
				inside := e.Verdict == "passed" || e.Verdict == "failed" || e.Verdict == "unknown"
				listed := slices.IndexFunc(r.Near, func(n screener.NearMiss) bool { return n.CIK == cik })
				if inside && misses > most {
					rest++
				}
				if want := inside && misses > 0 && misses <= most; (listed >= 0) != want || want && len(r.Near[listed].Misses) != misses {
					rt.Fatalf("%s is %s, misses %d and is at %d of the near", cik, e.Verdict, misses, listed)
				}
			}
			for i, n := range r.Near {
				if seen[n.CIK] {
					rt.Fatalf("%s is near twice", n.CIK)
				}
				seen[n.CIK] = true
				if n.Distance != nil && *n.Distance < 0 {
					rt.Fatalf("%s misses by %v", n.CIK, *n.Distance)
				}
				if last := r.Near[max(0, i-1)]; last.Distance == nil && n.Distance != nil || n.Distance != nil && *last.Distance > *n.Distance {
					rt.Fatalf("%s comes after %s", n.CIK, last.CIK)
				}
			}
			if len(r.Near)+r.Passed+rest != r.Universe || len(r.Near) < before {
				rt.Fatalf("%d near, %d passed, %d others, a universe of %d", len(r.Near), r.Passed, rest, r.Universe)
			}
			before = len(r.Near)
			overlaps(rt, r)
		}
		if r := mustRun(rt, table, screen, screener.Options{}); before != r.Failed+r.Unknown {
			rt.Fatalf("%d miss some condition, %d failed and %d are unknown", before, r.Failed, r.Unknown)
		}
	})
}

// overlaps holds what conditions keep out together to what each keeps out.
func overlaps(rt *rapid.T, r *screener.Result) {
	alone := 0
	for i, o := range r.Overlap {
		tally := r.Conditions[i]
		want := tally.False
		if tally.OnMissing != "pass" {
			want += tally.Unknown
		}
		if o.Condition != tally.Name || o.KeepsOut != want || o.Alone > o.KeepsOut || len(o.With) != len(r.Overlap)-1 {
			rt.Fatalf("%+v keeps out %+v", tally, o)
		}
		alone += o.Alone
		for _, other := range r.Overlap {
			if n := o.With[other.Condition]; n != other.With[o.Condition] || n > o.KeepsOut-o.Alone {
				rt.Fatalf("%+v and %+v", o, other)
			}
		}
	}
	if most := r.Failed + r.Unknown; alone > most || len(r.Overlap) == 1 && alone != most {
		rt.Fatalf("%d kept out by one condition, %d in all", alone, most)
	}
}

// TestLawTune: at the threshold of the file a curve says what the run says, at
// every other what a file with that threshold says; a step names who comes and
// who goes.
func TestLawTune(t *testing.T) {
	templates := []string{
		"roic >= %v", "not (roic >= %v)", "net_cash >= %v or growth_rate > 0", "percentile(roic, sector) >= %v",
		"count(roic > %v, 3y) >= 2", "every(growth_rate < %v, 2y)", "net_cash > %v * market_cap", "between(roic, -50%%, %v)",
	}
	rapid.Check(t, func(rt *rapid.T) {
		table, screen := drawTable(rt), drawScreen(rt, t)
		text := rapid.SampledFrom(templates).Draw(rt, "condition")
		now := rapid.SampledFrom([]float64{0.05, 0.07, 0.12, 0.3}).Draw(rt, "now")
		at := rapid.IntRange(0, len(screen.Pass)).Draw(rt, "which")
		with := func(f float64) *screener.Screen {
			s := *screen
			s.Pass = slices.Clone(screen.Pass)
			if at == len(s.Pass) { // the universe itself moves, and with it all peers
				s.Universe = new(rule(t, "universe", fmt.Sprintf("market_cap > 0 and roic > %v", f)))
			} else {
				s.Pass[at].Rule = rule(t, s.Pass[at].Name, fmt.Sprintf(text, f))
			}
			return &s
		}
		s, name := with(now), "universe"
		if at < len(s.Pass) {
			name = s.Pass[at].Name
		}
		all, ok := s.Thresholds(name)
		i := slices.IndexFunc(all, func(t screener.Threshold) bool { return t.Now.F == now })
		if !ok || i < 0 {
			rt.Fatalf("%s has the thresholds %+v", name, all)
		}
		from, to := -0.01, 0.5
		tuning, err := screener.Tune(context.Background(), table, s, &all[i], screener.Span{From: &from, To: &to, Points: rapid.IntRange(2, 9).Draw(rt, "points")})
		if err != nil {
			rt.Fatal(err)
		}
		base, here := passing(rt, table, s), 0
		for k, p := range tuning.Points {
			other := with(p.Threshold.F)
			r := mustRun(rt, table, other, screener.Options{})
			if got := [4]int{p.Universe, p.Passed, p.Failed, p.Unknown}; got != [4]int{r.Universe, r.Passed, r.Failed, r.Unknown} {
				rt.Fatalf("%s at %v: %v, the run says %+v", tuning.Comparison, p.Threshold.F, got, r)
			}
			if p.Now {
				here = k
			}
		}
		if !tuning.Points[here].Now || tuning.Points[here].Passed != len(base) {
			rt.Fatalf("the point of the file is %+v", tuning.Points[here])
		}
		nextStep(rt, tuning.Below, here, -1, tuning.Points, base, with, table)
		nextStep(rt, tuning.Above, here, 1, tuning.Points, base, with, table)
	})
}

// nextStep holds a step to the first point on its side at which others pass than
// at the threshold of the file.
func nextStep(rt *rapid.T, step *screener.TuneStep, here, side int, points []screener.TunePoint, base map[fundamentals.CIK]bool, with func(float64) *screener.Screen, table *table) {
	for k := here + side; k >= 0 && k < len(points); k += side {
		there := passing(rt, table, with(points[k].Threshold.F))
		if maps.Equal(base, there) {
			continue
		}
		if step == nil || step.Threshold != points[k].Threshold {
			rt.Fatalf("others pass at %v, and the next step is %+v", points[k].Threshold.F, step)
		}
		moves(rt, step, base, there)
		return
	}
	if step != nil {
		rt.Fatalf("nobody comes or goes, and the next step is %+v", step)
	}
}

// passing lists the companies that pass, with no regard to a limit.
func passing(rt *rapid.T, table *table, s *screener.Screen) map[fundamentals.CIK]bool {
	all := *s
	all.Rank = nil
	out := map[fundamentals.CIK]bool{}
	for _, c := range mustRun(rt, table, &all, screener.Options{}).Candidates {
		out[c.CIK] = true
	}
	return out
}

// moves holds a step to who passes before and after it.
func moves(rt *rapid.T, step *screener.TuneStep, before, after map[fundamentals.CIK]bool) {
	for _, m := range step.Enter {
		if before[m.CIK] || !after[m.CIK] {
			rt.Fatalf("%s does not enter", m.Ticker)
		}
	}
	for _, m := range step.Leave {
		if !before[m.CIK] || after[m.CIK] {
			rt.Fatalf("%s does not leave", m.Ticker)
		}
	}
	if len(before)+len(step.Enter)-len(step.Leave) != len(after) {
		rt.Fatalf("%d passed, %d enter, %d leave, and %d pass", len(before), len(step.Enter), len(step.Leave), len(after))
	}
}
