package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"assay/fundamentals"
	"assay/fundamentals/store"
	"assay/rules"
	"assay/screener"
	"assay/screener/history"
)

func (a *app) showRunCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show RUN",
		Short: "Tell all that is kept of a run",
		Long: `Show tells what decided a run (the screen as it was, the data, the catalogue), what
each condition did, and the list. RUN is a number, a name, or last.`,
		Args: exactly("RUN"),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			var e history.Entry
			err = a.withDB(cmd.Context(), func(db *store.DB) error {
				e, err = a.loadRun(cmd.Context(), db, args[0])
				return err
			})
			if err != nil {
				return err
			}
			return a.out.deliver(a.flags.file, func(w io.Writer) error {
				if format == "json" {
					return screener.WriteJSON(w, recordOf(e))
				}
				return printRun(w, e)
			})
		},
	}
}

// recorded is all that is kept of a run, for --format json.
type recorded struct {
	runLine
	DataVersion string              `json:"data_version"`
	Batch       int64               `json:"batch"`
	Catalogue   string              `json:"catalogue"`
	Program     string              `json:"program"`
	Stale       map[string]int      `json:"stale"`
	Previous    string              `json:"previous,omitempty"`
	Asked       history.Asked       `json:"asked"`
	TimingsMS   map[string]float64  `json:"timings_ms"`
	Texts       []recordedText      `json:"texts"`
	Conditions  []recordedCondition `json:"conditions"`
	Ranked      []recordedPlace     `json:"ranked"`
}

type recordedText struct {
	File   string `json:"file"`
	Digest string `json:"digest"`
	Text   string `json:"text"`
}

type recordedCondition struct {
	Name    string `json:"name"`
	True    int    `json:"true"`
	False   int    `json:"false"`
	Unknown int    `json:"unknown"`
}

type recordedPlace struct {
	Rank         int              `json:"rank"`
	Ticker       string           `json:"ticker"`
	CIK          fundamentals.CIK `json:"cik"`
	Name         string           `json:"name"`
	Score        *float64         `json:"score"`
	ScoreMissing string           `json:"score_missing,omitempty"`
	Listed       bool             `json:"listed"`
	Since        string           `json:"since,omitempty"`
}

func recordOf(e history.Entry) recorded {
	out := recorded{
		runLine: lineOf(e), DataVersion: e.DataVersion, Batch: int64(e.Batch), Catalogue: e.Catalogue, Program: e.Program,
		Stale:     map[string]int{"statement": e.Stale.Statement, "price": e.Stale.Price},
		TimingsMS: map[string]float64{"open": milliseconds(e.Timings.Open), "run": milliseconds(e.Timings.Run), "write": milliseconds(e.Timings.Write)},
		Asked:     e.Asked,
		Texts:     []recordedText{}, Conditions: tallied(e.Ledger), Ranked: []recordedPlace{},
	}
	if e.Before != nil {
		out.Previous = e.Before.Run
	}
	for _, t := range e.Texts {
		out.Texts = append(out.Texts, recordedText(t))
	}
	for i, p := range e.Ledger.Ranked {
		place := recordedPlace{Rank: i + 1, Ticker: p.Ticker, CIK: p.CIK, Name: p.Name, Listed: p.Listed, Since: p.Since.String()}
		if p.Why == rules.Known {
			place.Score = &e.Ledger.Ranked[i].Score
		} else {
			place.ScoreMissing = p.Why.String()
		}
		out.Ranked = append(out.Ranked, place)
	}
	return out
}

// tallied counts what each condition did in the universe.
func tallied(l *screener.Ledger) []recordedCondition {
	out := []recordedCondition{}
	for i, name := range l.Conditions {
		c := recordedCondition{Name: name}
		for row, v := range l.Verdicts[i] {
			switch {
			case l.Universe[row] != rules.True:
			case v == rules.True:
				c.True++
			case v == rules.False:
				c.False++
			default:
				c.Unknown++
			}
		}
		out = append(out, c)
	}
	return out
}

func printRun(w io.Writer, e history.Entry) error {
	var b strings.Builder
	c := e.Counts
	fmt.Fprintf(&b, "%s as of %s, run %s\n", e.Screen, e.AsOf, e.Name)
	fmt.Fprintf(&b, "number %d, made by %s on %s in %s: table %s, screen %s, answer %s\n", e.Number, origin(e), e.Started.Local().Format(time.DateTime),
		rounded(e.Timings.Total()), rounded(e.Timings.Open), rounded(e.Timings.Run), rounded(e.Timings.Write))
	fmt.Fprintf(&b, "data %s, up to batch %d; catalogue %s, program %s\n", e.DataVersion[:min(len(e.DataVersion), 16)], e.Batch, e.Catalogue, e.Program)
	if flags := moreAsked(e.Asked).flags(); flags != "" {
		fmt.Fprintf(&b, "asked to tell besides: %s\n", flags)
	}
	if e.Before != nil {
		fmt.Fprintf(&b, "after the list of %s, run %s\n", e.Before.AsOf, e.Before.Run)
	}
	fmt.Fprintf(&b, "\n%d companies = %d universe + %d outside + %d of which it is unknown\n", c.Companies, c.Universe, c.Companies-c.Universe-c.UniverseUnknown, c.UniverseUnknown)
	fmt.Fprintf(&b, "%d universe = %d passed + %d failed + %d unknown\n\n", c.Universe, c.Passed, c.Failed, c.Unknown)
	conditions := newTable("condition", "true", "false", "unknown").numbers(1, 2, 3)
	for _, t := range tallied(e.Ledger) {
		conditions.add(t.Name, strconv.Itoa(t.True), strconv.Itoa(t.False), strconv.Itoa(t.Unknown))
	}
	list := newTable("rank", "ticker", "name", "score").numbers(0, 3)
	for i, p := range e.Ledger.Ranked {
		if !p.Listed {
			continue
		}
		score := p.Why.String()
		if p.Why == rules.Known {
			score = strconv.FormatFloat(p.Score, 'g', 6, 64)
		}
		list.add(strconv.Itoa(i+1), p.Ticker, short(p.Name, 34), score)
	}
	if err := conditions.write(&b); err != nil {
		return err
	}
	b.WriteString("\n")
	if err := list.write(&b); err != nil {
		return err
	}
	if c.Cut > 0 {
		fmt.Fprintf(&b, "(%d more passed and were cut by the limit)\n", c.Cut)
	}
	for _, t := range e.Texts {
		fmt.Fprintf(&b, "\n%s, sha256 %s:\n\n", t.File, t.Digest[:min(len(t.Digest), 16)])
		for line := range strings.Lines(t.Text) {
			b.WriteString("  " + line)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func rounded(d time.Duration) time.Duration { return d.Round(time.Millisecond / 10) }
