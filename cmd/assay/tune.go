package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"assay/fundamentals/snapshot"
	"assay/screener"
)

// tuneFlags say which threshold moves, and how far.
type tuneFlags struct {
	threshold int // counted from 1; 0: the only one
	points    int
	from, to  string
}

func (a *app) tuneCommand() *cobra.Command {
	var f tuneFlags
	cmd := &cobra.Command{
		Use:   "tune SCREEN CONDITION",
		Short: "Show how many companies pass as a threshold moves",
		Long: `Tune moves one threshold of a condition, all else as it is in the file, and counts
who passes at each value. The threshold of the file is marked with >, and those who
come and go with the next step of the curve to either side are named. CONDITION is a
name below pass:, or universe. Where it compares with several numbers, --threshold says
which of them is to move. A number in a let: moves for all that use it.`,
		Example: `  assay tune quality-small-cap ample_cash --as-of 2024-03-08
  assay tune quality-small-cap returns --threshold 1 --from 5% --to 25% --points 21
  assay tune my-screen.yaml universe --threshold 2 -o curve.csv`,
		Args: exactly("SCREEN", "CONDITION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format("table", "csv", "json")
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			screen, err := a.readScreen(ctx, args[0])
			if err != nil {
				return err
			}
			threshold, err := chooseThreshold(screen, args[1], f.threshold)
			if err != nil {
				return err
			}
			span, err := f.span(threshold, cmd.Flags().Changed("points"))
			if err != nil {
				return err
			}
			return a.withTable(ctx, screen.Stale, func(table *snapshot.Table) error {
				tuning, err := screener.Tune(ctx, table, screen, threshold, span)
				if errors.Is(err, screener.ErrNoSpan) {
					err = usage("--from and --to say it, such as --from 0 --to 20%", "%w", err)
				}
				if err != nil {
					return err
				}
				return a.out.deliver(a.flags.file, func(w io.Writer) error { return a.writeTuning(w, format, tuning) })
			})
		},
	}
	cmd.Flags().IntVar(&f.threshold, "threshold", 0, "which threshold of the condition moves: `K` counts them from 1")
	cmd.Flags().IntVar(&f.points, "points", 0, "how many values it takes, `N` (default about 20, a round step apart)")
	cmd.Flags().StringVar(&f.from, "from", "", "the least `VALUE`, written as in a screen (default 0)")
	cmd.Flags().StringVar(&f.to, "to", "", "the greatest `VALUE` (default twice the threshold)")
	return cmd
}

// chooseThreshold finds a threshold of a condition by its number.
func chooseThreshold(screen *screener.Screen, condition string, k int) (*screener.Threshold, error) {
	all, ok := screen.Thresholds(condition)
	if !ok {
		names := []string{}
		for _, c := range screen.Pass {
			names = append(names, c.Name)
		}
		if screen.Universe != nil {
			names = append(names, "universe")
		}
		return nil, usage(didYouMean(condition, names, "the conditions are "+strings.Join(names, ", ")), "screen %s has no condition %q", screen.Name, condition)
	}
	if len(all) == 0 {
		return nil, usage(fmt.Sprintf("\"assay run %s --overlap\" says what it keeps out", screen.Name), "%s compares with no number that could move", condition)
	}
	if k == 0 && len(all) == 1 {
		k = 1
	}
	if k >= 1 && k <= len(all) {
		return &all[k-1], nil
	}
	var hint strings.Builder
	for i, t := range all {
		fmt.Fprintf(&hint, "--threshold %d  %s in %s\n", i+1, screener.Show(t.Now), t.Comparison)
	}
	if k == 0 {
		return nil, usage(hint.String(), "%s compares with %d numbers: which of them is to move?", condition, len(all))
	}
	return nil, usage(hint.String(), "%s has no threshold %d", condition, k)
}

// span reads where the curve begins and ends.
func (f *tuneFlags) span(t *screener.Threshold, points bool) (screener.Span, error) {
	s := screener.Span{Points: f.points}
	if points && (f.points < 2 || f.points > 1000) {
		return s, usage("for example --points 20", "--points %d: a curve has from 2 to 1000", f.points)
	}
	for _, end := range []struct {
		name, text string
		value      **float64
	}{{"--from", f.from, &s.From}, {"--to", f.to, &s.To}} {
		if end.text == "" {
			continue
		}
		value, err := t.Parse(end.text)
		if err != nil {
			return s, usage("", "%s: %w", end.name, err)
		}
		*end.value = &value
	}
	if s.From != nil && s.To != nil && *s.From >= *s.To {
		return s, usage("", "--from %s is not below --to %s", f.from, f.to)
	}
	return s, nil
}
