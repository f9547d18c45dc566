package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"assay/screener"
	"assay/screener/export"
	"assay/screener/history"
)

// moreOfRun is what run is asked to tell besides the list.
type moreOfRun struct {
	slack   bool
	near    int // how many conditions may keep a company out; 0: not asked
	overlap bool

	evidence bool
}

// moreNames are the flags of it.
func moreNames() []string { return []string{"slack", "near", "overlap", "evidence"} }

func (m *moreOfRun) define(set *pflag.FlagSet) {
	set.BoolVar(&m.slack, "slack", false, "show how far each candidate is from failing each condition")
	set.IntVar(&m.near, "near", 0, "list the companies that one condition keeps out, or up to `N`, and by how much")
	set.BoolVar(&m.overlap, "overlap", false, "show how many companies each two conditions keep out together")
	set.BoolVar(&m.evidence, "evidence", false, "carry the formula, tag, period and filing of each cell")
}

// asked is what the history keeps of it, and moreAsked what it kept.
func (m moreOfRun) asked() history.Asked {
	return history.Asked{Slack: m.slack, Near: m.near, Overlap: m.overlap, Evidence: m.evidence}
}

func moreAsked(a history.Asked) moreOfRun {
	return moreOfRun{slack: a.Slack, near: a.Near, overlap: a.Overlap, evidence: a.Evidence}
}

// flags writes it as the user did.
func (m moreOfRun) flags() string {
	var list []string
	for i, given := range []bool{m.slack, m.near > 0, m.overlap, m.evidence} {
		if given {
			list = append(list, "--"+moreNames()[i])
		}
	}
	return strings.Replace(strings.Join(list, " "), "--near", fmt.Sprint("--near ", m.near), 1)
}

// carry asks a run for what is to be told in a format.
func (m moreOfRun) carry(o *screener.Options, format string) {
	o.With = carried(format, m.evidence)
	if f, ok := export.Lookup(format); !ok || f.Whole { // others hold the candidates only
		o.Near, o.Overlap = m.near, m.overlap
	}
}

// check refuses what could not be told.
func (m *moreOfRun) check(set *pflag.FlagSet, format string) error {
	if set.Lookup("near").Changed && m.near < 1 {
		return usage("for example --near 1", "--near %d: it takes how many conditions may keep a company out", m.near)
	}
	f, ok := export.Lookup(format)
	if m.evidence && !f.Evidence {
		return usage("the formats that do are "+formatsThat(func(f export.Format) bool { return f.Evidence })+`; of one company "assay explain" shows it`,
			"a %s does not carry evidence", format)
	}
	if ok && !f.Whole {
		if name := given(set, "slack", "near", "overlap"); name != "" {
			return usage("run it without; the formats that tell it are table, "+formatsThat(func(f export.Format) bool { return f.Whole }),
				"--%s does not go with %s, which holds the candidates only", name, format)
		}
	}
	return nil
}

// formatsThat lists the formats of which something is true.
func formatsThat(can func(export.Format) bool) string {
	var names []string
	for _, f := range export.Formats() {
		if can(f) {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, ", ")
}

// refuse is an error if one of the flags was given beside something that does not
// go with it.
func (m *moreOfRun) refuse(set *pflag.FlagSet, beside string, names ...string) error {
	if name := given(set, names...); name != "" {
		return usage("run it without", "--%s does not go with %s", name, beside)
	}
	return nil
}

// given returns the first of some flags that was given; "" is none.
func given(set *pflag.FlagSet, names ...string) string {
	for _, name := range names {
		if set.Lookup(name).Changed {
			return name
		}
	}
	return ""
}

// print writes what was asked for, for people.
func (m *moreOfRun) print(b *strings.Builder, r *screener.Result) error {
	if m.slack {
		b.WriteString("\nslack: how far the binding comparison is from failing (as a share of its threshold)\n")
		if err := slackTable(r).write(b); err != nil {
			return err
		}
	}
	if r.Near != nil {
		fmt.Fprintf(b, "\nnear: %s kept out by %s, the nearest first\n", companies(len(r.Near)), upTo(m.near))
		if err := nearTable(r).write(b); err != nil {
			return err
		}
		if left := len(r.Near) - nearShown; left > 0 {
			fmt.Fprintf(b, "and %d more (--format json names them)\n", left)
		}
	}
	if r.Overlap == nil {
		return nil
	}
	b.WriteString("\noverlap: how many companies two conditions keep out together\n")
	return overlapTable(r).write(b)
}

func companies(n int) string {
	if n == 1 {
		return "1 company"
	}
	return fmt.Sprintf("%d companies", n)
}

func upTo(n int) string {
	if n == 1 {
		return "one condition"
	}
	return fmt.Sprintf("up to %d conditions", n)
}

func slackTable(r *screener.Result) *textTable {
	header := []string{"rank", "ticker"}
	for _, c := range r.Conditions {
		header = append(header, c.Name)
	}
	t := newTable(append(header, "tightest")...).numbers(0)
	for i := range r.Conditions {
		t.numbers(2 + i)
	}
	for _, c := range r.Candidates {
		row, tightest, least := []string{strconv.Itoa(c.Rank), c.Ticker}, "-", math.Inf(1)
		for _, condition := range r.Conditions {
			s := c.Slack[condition.Name]
			row = append(row, slackCell(s))
			if s != nil && s.Nearness < least {
				tightest, least = condition.Name, s.Nearness
			}
		}
		t.add(append(row, tightest)...)
	}
	return t
}

func slackCell(s *screener.Slack) string {
	if s == nil {
		return "-"
	}
	_, _, distance := screener.ShowApart(s.Value, s.Threshold, s.Distance)
	if s.Share == nil {
		return distance
	}
	return distance + " (" + percentText(*s.Share) + ")"
}

// percentText writes a share in whole percents, and small ones with a digit more.
func percentText(share float64) string {
	digits := 0
	if math.Abs(share) < 0.0995 && share != 0 {
		digits = 1
	}
	return strconv.FormatFloat(share*100, 'f', digits, 64) + " %"
}

// nearShown is how many near misses are shown; --format json has them all.
const nearShown = 25

func nearTable(r *screener.Result) *textTable {
	expressions := map[string]string{}
	for _, c := range r.Conditions {
		expressions[c.Name] = c.Expression
	}
	t := newTable("away", "ticker", "name", "condition", "by how much").numbers(0)
	for _, n := range r.Near[:min(len(r.Near), nearShown)] {
		away := "-"
		if n.Distance != nil {
			away = percentText(*n.Distance)
		}
		row := []string{away, n.Ticker, short(n.Name, 34)}
		for _, m := range n.Misses {
			t.add(append(row, m.Condition, missed(m, expressions[m.Condition]))...)
			row = []string{"", "", ""}
		}
	}
	return t
}

// missed tells by how much a condition is missed, or why it is unknown.
func missed(m screener.Miss, expression string) string {
	if m.Verdict == "unknown" {
		return "unknown, " + lacking(m.Lacks)
	}
	if m.Slack == nil {
		return "false: " + short(expression, 72)
	}
	value, _, distance := screener.ShowApart(m.Slack.Value, m.Slack.Threshold, m.Slack.Distance)
	place := ""
	if m.Slack.At != "" {
		place = ", " + m.Slack.At
	}
	return fmt.Sprintf("%s%s: %s (%s)", short(m.Slack.Comparison, 72), place, value, distance)
}

func overlapTable(r *screener.Result) *textTable {
	header := []string{"condition", "keeps out", "alone"}
	for _, o := range r.Overlap {
		header = append(header, "with "+o.Condition)
	}
	t := newTable(header...)
	for i := range header[1:] {
		t.numbers(1 + i)
	}
	for _, o := range r.Overlap {
		row := []string{o.Condition, strconv.Itoa(o.KeepsOut), strconv.Itoa(o.Alone)}
		for _, other := range r.Overlap {
			text := "-"
			if n, ok := o.With[other.Condition]; ok {
				text = strconv.Itoa(n)
			}
			row = append(row, text)
		}
		t.add(row...)
	}
	return t
}
