package screener_test

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
)

// TestLawPickIsRun: what is picked is what a run lists, in its order, and what the
// values of all rows say, however large the table and however often it is asked.
func TestLawPickIsRun(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		market, screen := drawTable(rt), drawScreen(rt, t)
		some := market.rows
		for i := range rapid.SampledFrom([]int{0, 1, 150}).Draw(rt, "more") {
			for k, c := range some {
				c.cik = fundamentals.CIK(1000*(i+1) - k)
				market.rows = append(market.rows, c)
			}
		}
		read := readOnce{market, map[string]*rules.Vector{}}
		want := plainList(rt, market, screen)
		for range 3 {
			rows, err := screener.Pick(context.Background(), read, screen)
			if err != nil {
				rt.Fatal(err)
			}
			if !slices.Equal(rows, want) {
				rt.Fatalf("picked %v, want %v", rows, want)
			}
			result, err := screener.Run(context.Background(), read, screen, screener.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			listing, err := screener.List(context.Background(), read, screen)
			if err != nil {
				rt.Fatal(err)
			}
			if a, b := listing, result; len(a.Candidates) != len(b.Candidates) || [5]int{a.Universe, a.UniverseUnknown, a.Passed, a.Failed, a.Unknown} != [5]int{b.Universe, b.UniverseUnknown, b.Passed, b.Failed, b.Unknown} {
				rt.Fatalf("the listing is %+v, the run %+v", a, b)
			}
			for i, c := range result.Candidates {
				if l := listing.Candidates[i]; l.CIK != c.CIK || l.Score != c.Score {
					rt.Fatalf("place %d: the listing has %+v, the run %v with %+v", i, l, c.CIK, c.Score)
				}
				if i >= len(want) || c.CIK != market.CIK(want[i]) {
					rt.Fatalf("place %d: the run lists %v, want rows %v", i, c.CIK, want)
				}
			}
			if len(result.Candidates) != len(want) {
				rt.Fatalf("the run lists %d, want %d", len(result.Candidates), len(want))
			}
		}
	})
}

// readOnce is a table that hands out the same vectors again and again, as one from
// a database does.
type readOnce struct {
	*table
	vectors map[string]*rules.Vector
}

func (r readOnce) Column(ctx context.Context, name string, at rules.At) (*rules.Vector, error) {
	key := fmt.Sprint(name, at)
	if v, ok := r.vectors[key]; ok {
		return v, nil
	}
	v, err := r.table.Column(ctx, name, at)
	r.vectors[key] = v
	return v, err
}

// plainList is the list of a screen as the values of all rows give it.
func plainList(rt *rapid.T, market *table, screen *screener.Screen) []int {
	eval := func(ev *rules.Evaluation, r screener.Rule) *rules.Vector {
		v, err := ev.Eval(context.Background(), r.Program, rules.At{})
		if err != nil {
			rt.Fatal(err)
		}
		return v
	}
	ev := rules.NewEvaluation(market)
	in := slices.Repeat([]bool{true}, market.Rows())
	if screen.Universe != nil {
		v := eval(ev, *screen.Universe)
		for row := range in {
			in[row] = v.Verdict(row) == rules.True
		}
	}
	ev = ev.WithPeers(in)
	passed := slices.Clone(in)
	for _, c := range screen.Pass {
		v := eval(ev, c.Rule)
		for row := range passed {
			passed[row] = passed[row] && (v.Verdict(row) == rules.True || v.Verdict(row) == rules.Unknown && c.Missing == screener.MissingPass)
		}
	}
	rows := []int{}
	for row, is := range passed {
		if is {
			rows = append(rows, row)
		}
	}
	var keys []*rules.Vector
	limit := 0
	if screen.Rank != nil {
		if limit = screen.Rank.Limit; screen.Rank.OverPassed {
			ev = ev.WithPeers(passed)
		}
		for _, r := range append([]screener.Rule{screen.Rank.By}, screen.Rank.Ties...) {
			keys = append(keys, eval(ev, r))
		}
	}
	slices.SortFunc(rows, func(a, b int) int {
		for _, v := range keys {
			missing := cmp.Compare(min(v.Reason(a), 1), min(v.Reason(b), 1)) // they come last
			if c := cmp.Or(missing, cmp.Compare(v.F[b], v.F[a])); c != 0 {
				return c
			}
		}
		return cmp.Compare(market.CIK(a), market.CIK(b))
	})
	if limit > 0 {
		rows = rows[:min(limit, len(rows))]
	}
	return rows
}

// TestPickOfNone: a universe of nobody is not one of everybody, nor are conditions
// that everybody fails.
func TestPickOfNone(t *testing.T) {
	market := &table{rows: []company{{cik: 1}, {cik: 2}}}
	never, always := rule(t, "never", "roic > 0"), rule(t, "always", "is_missing(roic)")
	for _, screen := range []*screener.Screen{
		{Name: "nobody", Universe: &never, Pass: []screener.Condition{{Rule: always}}},
		{Name: "all fail", Universe: &always, Pass: []screener.Condition{{Rule: never}, {Rule: always}}},
		{Name: "no universe", Pass: []screener.Condition{{Rule: never}}},
	} {
		runtime.GC()
		runtime.GC() // space that was given back is gone after the second
		rows, err := screener.Pick(t.Context(), market, screen)
		if err != nil || len(rows) > 0 {
			t.Errorf("%s: picked %v, %v", screen.Name, rows, err)
		}
		runtime.GC()
		runtime.GC()
		l, err := screener.List(t.Context(), market, screen)
		if err != nil || l.Passed+len(l.Candidates) > 0 || l.Failed+l.Unknown != l.Universe {
			t.Errorf("%s: listed %+v, %v", screen.Name, l, err)
		}
	}
}

// TestPickErrors: what cannot be read is told with its place.
func TestPickErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	market := &table{rows: []company{{cik: 1}}}
	condition := rule(t, "c", "roic > 0")
	for want, screen := range map[string]*screener.Screen{
		"screen s as of 2024-03-08: universe: context canceled":    {Name: "s", Universe: &condition},
		"screen s as of 2024-03-08: condition c: context canceled": {Name: "s", Pass: []screener.Condition{{Rule: condition}}},
		"screen s as of 2024-03-08: rank, roic: context canceled":  {Name: "s", Rank: &screener.Rank{By: rule(t, "by", "roic")}},
	} {
		if _, err := screener.Pick(ctx, market, screen); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestPicksAtOnce: picks that run at once, each in the space that another gave back,
// do not disturb each other.
func TestPicksAtOnce(t *testing.T) {
	m := newMarket(3000, 14)
	screens := []*screener.Screen{marketScreen(t, m, false), marketScreen(t, m, true)}
	var want [2][]int
	for i, screen := range screens {
		run, err := screener.Run(t.Context(), newMarket(3000, 14), screen, screener.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range run.Candidates {
			want[i] = append(want[i], int(c.CIK)-1)
		}
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range 40 {
				got, err := screener.Pick(t.Context(), m, screens[i%2])
				if err != nil || !slices.Equal(got, want[i%2]) {
					t.Errorf("picked %v, %v, want %v", got, err, want[i%2])
				}
			}
		})
	}
	group.Wait()
}
