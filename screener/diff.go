package screener

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"assay/fundamentals"
	"assay/rules"
)

// The causes by which two runs can differ.
const (
	CauseDefinition = "definition" // the program reads a metric otherwise
	CauseLateData   = "late data"  // of the earlier day, and ingested after the earlier run
	CauseFilings    = "filings"    // what became known from one day to the other, but for prices
	CausePrices     = "prices"     // of one day in place of another, and listings
	CauseRule       = "rule edit"  // the text of the screen
	CauseBand       = "bands"      // the list before, which a screen with bands goes by
	CauseUntold     = "untold"     // all at once: the runs between cannot be made
)

// What filings do to a company, where more is known of it.
const (
	CauseFiling      = "new filing"   // of a period later than any before
	CauseRestatement = "restatement"  // of periods known before
	CauseDay         = "peers or day" // no filing of its own: its peers, its age, or a column of yours
	CauseListing     = "listing"      // it was listed, or taken off an exchange; with prices
)

// Stage is a run on the way from one run to another: between two stages next to
// each other one thing alone has changed.
type Stage struct {
	Cause  string // what changed since the stage before; of the first one ""
	What   string // the same in words
	Ledger *Ledger
	Judged *Decision // nil where no more than the ledger is known
	// AloneFrom and AloneTo are two runs between which nothing but this changed, and
	// that none of the other causes stands before; nil where that is the stage itself.
	AloneFrom, AloneTo *Ledger
	// Refine names the cause for one company more closely; nil: it is Cause.
	Refine func(fundamentals.CIK) string
}

// Diff is how two runs differ, and why.
type Diff struct {
	From    DiffSide    `json:"from"`
	To      DiffSide    `json:"to"`
	Causes  []DiffCause `json:"causes"` // in the order in which they were changed, one after the other
	Entered []DiffName  `json:"entered"`
	Left    []DiffName  `json:"left"`
	Moved   []DiffName  `json:"moved"`
	Stayed  int         `json:"stayed"` // listed in both, at the same rank
	Notes   []string    `json:"notes"`
}

// DiffSide is one of the two runs.
type DiffSide struct {
	Run         string `json:"run,omitempty"`
	Number      int64  `json:"number,omitempty"`
	Screen      string `json:"screen"`
	AsOf        string `json:"as_of"`
	DataVersion string `json:"data_version"`
	Listed      int    `json:"listed"`
}

// DiffCause is what one cause did to the list. Over all causes, entered less left
// is the difference in length of the two lists.
type DiffCause struct {
	Cause   string `json:"cause"`
	What    string `json:"what"`
	Entered int    `json:"entered"`
	Left    int    `json:"left"`
	Moved   int    `json:"moved"`
}

// DiffName is a company that is listed otherwise. Its parts lead from what it was
// in the one run to what it is in the other, without a gap.
type DiffName struct {
	Ticker string           `json:"ticker"`
	CIK    fundamentals.CIK `json:"cik"`
	Name   string           `json:"name"`
	DiffMove
	Parts []DiffPart `json:"parts"`
	// Interaction lists the causes that do something else alone than after those
	// before them: it took two together.
	Interaction []string `json:"interaction,omitempty"`
}

// DiffMove is where a company stood, and stands. A rank of 0 is none.
type DiffMove struct {
	From     string `json:"from"` // listed, cut, failed, unknown, outside, universe unknown or absent
	To       string `json:"to"`
	FromRank int    `json:"from_rank"`
	ToRank   int    `json:"to_rank"`
}

// DiffPart is what one cause did to a company.
type DiffPart struct {
	Cause string `json:"cause"`
	DiffMove
	FromScore  *float64        `json:"from_score,omitempty"`
	ToScore    *float64        `json:"to_score,omitempty"`
	Conditions []DiffCondition `json:"conditions"` // those that turned; none: its score did, or others moved
}

// DiffCondition is a condition of a company that turned.
type DiffCondition struct {
	Name   string        `json:"name"` // or universe
	From   string        `json:"from"` // a verdict; "" where the screen had no such condition
	To     string        `json:"to"`
	Became string        `json:"became,omitempty"` // "known", "stale" or another reason, where it was or is unknown
	Values []DiffReading `json:"values"`           // the comparisons that turned; of another expression, all
}

// DiffReading is what a comparison read, before and after; "" where the
// expression had no such comparison.
type DiffReading struct {
	Text   string `json:"text"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// Reverse turns a way from one run to another round.
func Reverse(stages []Stage) []Stage {
	out := make([]Stage, len(stages))
	for i, s := range stages {
		to := &out[len(stages)-1-i]
		to.Ledger, to.Judged = s.Ledger, s.Judged
		if i > 0 {
			step := &out[len(stages)-i]
			step.Cause, step.What, step.Refine = s.Cause, s.What, s.Refine
			step.AloneFrom, step.AloneTo = s.AloneTo, s.AloneFrom
		}
	}
	return out
}

// Compare tells how the last of some stages differs from the first, and what each
// step between them did.
func Compare(ctx context.Context, stages []Stage) (*Diff, error) {
	d := &Diff{Causes: []DiffCause{}, Entered: []DiffName{}, Left: []DiffName{}, Moved: []DiffName{}, Notes: []string{}}
	views := make([]view, len(stages))
	alone := make([][2]view, len(stages))
	for i, s := range stages {
		views[i] = viewOf(s.Ledger)
		if s.AloneTo != nil {
			alone[i] = [2]view{viewOf(s.AloneFrom), viewOf(s.AloneTo)}
		}
	}
	first, last := views[0], views[len(views)-1]
	d.From.Listed, d.To.Listed = first.listed, last.listed
	for i, s := range stages[1:] {
		d.Causes = append(d.Causes, causeOf(s, views[i], views[i+1]))
	}
	for _, cik := range everListed(views) {
		move := moved(first, last, cik)
		if !move.changed() {
			if move.To == standsListed {
				d.Stayed++
			}
			continue
		}
		name := DiffName{CIK: cik, DiffMove: move, Parts: []DiffPart{}}
		name.Ticker, name.Name = nameIn(stages, cik)
		for i := range stages[1:] {
			if stages[i+1].AloneTo != nil {
				name.interact(stages[i+1], moved(views[i], views[i+1], cik), moved(alone[i+1][0], alone[i+1][1], cik))
			}
			if err := name.add(ctx, stages, views, i+1); err != nil {
				return nil, err
			}
		}
		switch {
		case move.From != standsListed:
			d.Entered = append(d.Entered, name)
		case move.To != standsListed:
			d.Left = append(d.Left, name)
		default:
			d.Moved = append(d.Moved, name)
		}
	}
	byRank := func(rank func(DiffName) int) func(a, b DiffName) int {
		return func(a, b DiffName) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.CIK, b.CIK)) }
	}
	slices.SortFunc(d.Entered, byRank(func(n DiffName) int { return n.ToRank }))
	slices.SortFunc(d.Moved, byRank(func(n DiffName) int { return n.ToRank }))
	slices.SortFunc(d.Left, byRank(func(n DiffName) int { return n.FromRank }))
	return d, nil
}

const (
	standsListed = "listed"
	standsCut    = "cut"
	standsAbsent = "absent"
)

// view is a ledger, ready to be asked of companies.
type view struct {
	*Ledger
	listed int
	rank   map[fundamentals.CIK]int // of those listed, from 1
	score  map[fundamentals.CIK]*float64
	stands map[fundamentals.CIK]string
}

func viewOf(l *Ledger) view {
	v := view{l, 0, map[fundamentals.CIK]int{}, map[fundamentals.CIK]*float64{}, map[fundamentals.CIK]string{}}
	for i, cik := range l.Companies {
		v.stands[cik] = l.Outcomes[i].String()
	}
	for i, p := range l.Ranked {
		v.stands[p.CIK] = standsCut
		if p.Why == rules.Known {
			v.score[p.CIK] = &l.Ranked[i].Score
		}
		if p.Listed {
			v.listed++
			v.rank[p.CIK], v.stands[p.CIK] = v.listed, standsListed
		}
	}
	return v
}

func moved(from, to view, cik fundamentals.CIK) DiffMove {
	return DiffMove{cmp.Or(from.stands[cik], standsAbsent), cmp.Or(to.stands[cik], standsAbsent), from.rank[cik], to.rank[cik]}
}

// changed reports whether the list shows the move.
func (m DiffMove) changed() bool { return m.FromRank != m.ToRank }

// everListed lists the companies that some view lists, in their order.
func everListed(views []view) (all []fundamentals.CIK) {
	for _, v := range views {
		for cik := range v.rank {
			all = append(all, cik)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func causeOf(s Stage, from, to view) DiffCause {
	c := DiffCause{Cause: s.Cause, What: s.What}
	for _, cik := range everListed([]view{from, to}) {
		switch m := moved(from, to, cik); {
		case !m.changed():
		case m.FromRank == 0:
			c.Entered++
		case m.ToRank == 0:
			c.Left++
		default:
			c.Moved++
		}
	}
	return c
}

func nameIn(stages []Stage, cik fundamentals.CIK) (ticker, name string) {
	for i := range stages {
		for _, p := range stages[len(stages)-1-i].Ledger.Ranked {
			if p.CIK == cik {
				return p.Ticker, p.Name
			}
		}
	}
	return "", ""
}

// add tells what a step did to the company, if anything.
func (n *DiffName) add(ctx context.Context, stages []Stage, views []view, i int) error {
	s := stages[i]
	part := DiffPart{Cause: s.Cause, DiffMove: moved(views[i-1], views[i], n.CIK), Conditions: []DiffCondition{}}
	part.FromScore, part.ToScore = views[i-1].score[n.CIK], views[i].score[n.CIK]
	var err error
	if part.Conditions, err = turned(ctx, stages[i-1], s, n.CIK); err != nil {
		return fmt.Errorf("company %s: %w", n.CIK, err)
	}
	if !part.changed() && part.From == part.To && len(part.Conditions) == 0 {
		return nil
	}
	if s.Refine != nil {
		part.Cause = s.Refine(n.CIK)
	}
	part.Cause = became(part)
	n.Parts = append(n.Parts, part)
	return nil
}

// interact notes a cause that alone brings the company on the list, or takes it
// off, otherwise than it does after the causes before it.
func (n *DiffName) interact(s Stage, after, alone DiffMove) {
	if after.listings() != alone.listings() {
		n.Interaction = append(n.Interaction, s.Cause)
	}
}

// listings is 1 for a company that enters, and -1 for one that leaves.
func (m DiffMove) listings() int { return min(m.ToRank, 1) - min(m.FromRank, 1) }

// became is the cause of a part: that data became known or stale, where all that
// turned did so for that reason.
func became(p DiffPart) string {
	if len(p.Conditions) == 0 || p.Cause == CauseRule || p.Cause == CauseDefinition {
		return p.Cause
	}
	first := p.Conditions[0].Became
	for _, c := range p.Conditions {
		if c.Became != first {
			return p.Cause
		}
	}
	switch first {
	case "known":
		return p.Cause + ", became known"
	case rules.Stale.String():
		return p.Cause + ", became stale"
	}
	return p.Cause
}
