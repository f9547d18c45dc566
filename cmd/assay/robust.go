package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"assay/fundamentals/metric"
	"assay/fundamentals/snapshot"
	"assay/rules"
	"assay/screener"
)

// robust runs a screen under all variants of each metric that it names, one at a
// time.
func (a *app) robust(ctx context.Context, name string) error {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	screen, err := a.readScreen(ctx, name)
	if err != nil {
		return err
	}
	_, env := a.names(ctx)
	variations, err := variationsOf(name, screen, env)
	if err != nil {
		return err
	}
	if len(variations) == 0 {
		a.out.note("no metric that decides this screen has a variant: \"assay metrics NAME\" lists those of each")
	}
	return a.withTable(ctx, screen.Stale, func(table *snapshot.Table) error {
		r, err := screener.Vary(ctx, table, screen, variations, options(screen))
		if err != nil {
			return err
		}
		return a.out.deliver(a.flags.file, func(w io.Writer) error {
			if format == "json" {
				return screener.WriteJSON(w, r)
			}
			return printRobust(w, r)
		})
	})
}

// variationsOf reads a screen once for each variant of each metric that decides it.
func variationsOf(name string, screen *screener.Screen, env rules.Env) (all []screener.Variation, err error) {
	file, text, err := screenText(name)
	if err != nil {
		return nil, err
	}
	for _, used := range screen.Names() {
		for _, variant := range metric.Variants(used) {
			if variant == used {
				continue
			}
			other, err := metric.Instead(env, used, variant)
			if err != nil {
				return nil, err
			}
			varied, problems := language(other).Parse(file, text)
			if len(problems) > 0 {
				return nil, fmt.Errorf("with %s in place of %s: %w", variant, used, problems)
			}
			all = append(all, screener.Variation{Metric: used, Variant: variant, Screen: varied})
		}
	}
	return all, nil
}

func printRobust(w io.Writer, r *screener.Robustness) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s as of %s, under %d variants of the metrics that decide it, one at a time\n\n", r.Screen, r.AsOf, len(r.Variations))
	t := newTable("rank", "ticker", "name", "survives", "standing", "dropped by").numbers(0, 3)
	for _, c := range r.Candidates {
		rank := "-"
		if c.Rank > 0 {
			rank = fmt.Sprint(c.Rank)
		}
		var falls []string
		for _, f := range c.Falls {
			falls = append(falls, fmt.Sprintf("%s (%s)", f.Variant, strings.Join(f.By, ", ")))
		}
		t.add(rank, c.Ticker, c.Name, fmt.Sprintf("%d of %d", c.Survives, c.Of), c.Standing, strings.Join(falls, "; "))
	}
	if err := t.write(&b); err != nil {
		return err
	}
	b.WriteString("\nA company without a rank is listed by a variant only.\n\n")
	v := newTable("metric", "read as", "listed", "dropped", "entered").numbers(2, 3, 4)
	for _, x := range r.Variations {
		v.add(x.Metric, x.Variant, fmt.Sprint(x.Listed), fmt.Sprint(x.Left), fmt.Sprint(x.Enter))
	}
	if err := v.write(&b); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}
