package snapshot

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/fundamentals/store"
	"assay/rules"
)

// own is what the table knows of the columns that the user brought. They are read
// when they are asked for. What is kept of other columns does not depend on them,
// so that bringing one leaves all of it.
type own struct {
	columns map[string]fundamentals.UserColumn
	planes  map[string]*ownPlane
	fresh   map[string]bool // computed at a cost: to be kept
}

// ownPlane is one column, and the word behind each row, nil where there is none.
type ownPlane struct {
	column fundamentals.UserColumn
	values *rules.Vector
	words  []*store.UserWord
}

// loadOwn reads which columns the user brought. A name that the catalogue has
// since taken is told of: rules read the catalogue's.
func (t *Table) loadOwn(ctx context.Context) error {
	columns, err := t.db.UserColumns(ctx, t.opts.UpTo)
	if err != nil {
		return err
	}
	t.own = own{map[string]fundamentals.UserColumn{}, map[string]*ownPlane{}, map[string]bool{}}
	for _, c := range columns {
		if _, ok := metric.Env().Column(c.Name); ok {
			t.notices = append(t.notices, fmt.Sprintf("your column %s is hidden by the catalogue's %s: ingest it under another name", c.Name, c.Name))
			continue
		}
		t.own.columns[c.Name] = c
	}
	return nil
}

// ownPlane returns a column of the user's; nil where the user brought none of
// that name.
func (t *Table) ownPlane(ctx context.Context, name string) (*ownPlane, error) {
	c, ok := t.own.columns[name]
	if !ok {
		return nil, nil
	}
	if p, ok := t.own.planes[name]; ok {
		return p, nil
	}
	words, err := t.db.UserValues(ctx, c, t.asOf, t.opts.UpTo)
	if err != nil {
		return nil, err
	}
	byRow, err := t.wordsByRow(ctx, c, words)
	if err != nil {
		return nil, err
	}
	p := &ownPlane{column: c, words: make([]*store.UserWord, t.Rows())}
	holds := make([]bool, t.Rows())
	for row := range p.words {
		p.words[row], holds[row] = settleWords(byRow[row], t.asOf)
	}
	if c.Column().Unit.Share != 0 {
		if p.values, err = t.keptOwn(ctx, name); err != nil {
			return nil, err
		}
	}
	kept := p.values != nil
	if !kept {
		if err := t.readWords(ctx, p, holds, len(words) > 0); err != nil {
			return nil, err
		}
	}
	if err := t.unchanged(ctx); err != nil {
		return nil, err
	}
	t.own.planes[name] = p
	t.own.fresh[name] = c.Column().Unit.Share != 0 && !kept
	return p, nil
}

// readWords makes a column of the words behind its rows; begun is whether any word
// about it was known.
func (t *Table) readWords(ctx context.Context, p *ownPlane, holds []bool, begun bool) error {
	texts, numbers, whys := make([]string, t.Rows()), make([]float64, t.Rows()), make([]rules.Reason, t.Rows())
	for row, word := range p.words {
		switch {
		case !begun:
			whys[row] = rules.NotKnownYet
		case p.column.Unit == fundamentals.TagUnit:
			if holds[row] {
				numbers[row] = 1
			}
		case word == nil:
			whys[row] = rules.NotReported
		case !holds[row]:
			whys[row] = rules.Stale
		default:
			factor, err := t.splitFactor(ctx, p.column, row, word.KnownOn)
			if err != nil {
				return err
			}
			texts[row], numbers[row] = word.Text, word.Value*factor
		}
	}
	kind := p.column.Column().Kind
	if kind == rules.Text {
		p.values = rules.Texts(texts, rules.NotReported)
		p.values.Why = whys
	} else {
		p.values = &rules.Vector{Kind: kind, F: numbers, Why: whys}
	}
	return nil
}

// keptOwn reads a column that an earlier table kept, nil where there is none. It
// begins with the version of all data that it was made of: what the user brings
// since makes it void.
func (t *Table) keptOwn(ctx context.Context, name string) (*rules.Vector, error) {
	var v *rules.Vector
	err := t.db.Columns(ctx, t.key, []store.ColumnRef{{Name: name}}, func(c store.Column) (err error) {
		content, ofAll := bytes.CutPrefix(c.Content, []byte(t.data))
		if !ofAll {
			return nil
		}
		if v, err = unpackVector(content); err != nil {
			return fmt.Errorf("kept column %s: %w", name, err)
		}
		return nil
	})
	return v, err
}

// ownToKeep packs the columns that keptOwn would read.
func (t *Table) ownToKeep() (cols []store.Column) {
	for name, fresh := range t.own.fresh {
		if fresh {
			cols = append(cols, store.Column{ColumnRef: store.ColumnRef{Name: name}, Content: append([]byte(t.data), packVector(t.own.planes[name].values)...)})
		}
	}
	clear(t.own.fresh)
	return cols
}

// splitFactor brings an amount per share, or a number of shares, from the split
// basis of the day on which it was known to that of the table's date, on which
// prices and share counts stand. Other units have the factor 1.
func (t *Table) splitFactor(ctx context.Context, c fundamentals.UserColumn, row int, knownOn fundamentals.Date) (float64, error) {
	shares := c.Column().Unit.Share
	if shares == 0 {
		return 1, nil
	}
	if err := t.load(ctx); err != nil {
		return 0, err
	}
	factor := 1.0
	for _, s := range t.state.companies[row].book.Splits {
		switch {
		case s.Date <= knownOn || s.Date > t.asOf:
		case shares < 0:
			factor /= s.Ratio
		default:
			factor *= s.Ratio
		}
	}
	return factor, nil
}

// wordsByRow gives each word to the company that it speaks of. One whose ticker no
// company had is told of: it was refused when it was read, unless the listings
// have changed since.
func (t *Table) wordsByRow(ctx context.Context, c fundamentals.UserColumn, words []store.UserWord) (map[int][]*store.UserWord, error) {
	byRow := map[int][]*store.UserWord{}
	var listed holders
	var lost []string
	for i := range words {
		w := &words[i]
		cik := w.CIK
		if cik == 0 {
			if listed == nil {
				securities, err := t.db.Securities(ctx, t.opts.UpTo)
				if err != nil {
					return nil, err
				}
				listed = newHolders(securities)
			}
			var err error
			if cik, err = listed.owner(w.Ticker, w.KnownOn); err != nil {
				lost = append(lost, err.Error())
				continue
			}
		}
		if row, ok := slices.BinarySearch(t.ciks, cik); ok {
			byRow[row] = append(byRow[row], w)
		}
	}
	if len(lost) > 0 {
		t.notices = append(t.notices, fmt.Sprintf("%s: %d of %d values are of no company, such as: %s", c.Name, len(lost), len(words), lost[0]))
	}
	return byRow, nil
}

// settleWords returns the word about one company that counts on a day, and
// whether it holds then. Of the words with one first day the one known last
// counts; of one day known the one said last, and of one batch that by company
// number, which is the closer name. First days add up: any word that holds will
// do, and where none does the last that has begun tells why.
func settleWords(words []*store.UserWord, on fundamentals.Date) (word *store.UserWord, holds bool) {
	slices.SortFunc(words, func(a, b *store.UserWord) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.KnownOn, b.KnownOn),
			cmp.Compare(a.Batch, b.Batch), cmp.Compare(a.CIK, b.CIK), strings.Compare(b.Ticker, a.Ticker))
	})
	for _, same := range groupWords(words) {
		last := same[len(same)-1]
		begun := last.From <= on
		if now := begun && (last.Until == 0 || on <= last.Until); now || !holds && (begun || word == nil) {
			word, holds = last, now
		}
	}
	return word, holds
}

func groupWords(words []*store.UserWord) (runs [][]*store.UserWord) {
	for i, w := range words {
		if i == 0 || w.From != words[i-1].From {
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], w)
	}
	return runs
}

// ownEvidence opens a value of a column of the user's.
func (t *Table) ownEvidence(ctx context.Context, p *ownPlane, row int) (*fundamentals.Evidence, error) {
	c := p.column.Column()
	e := &fundamentals.Evidence{Name: c.Name, Kind: c.Kind, Unit: c.Unit}
	fill(e, p.values, row)
	word, tag := p.words[row], p.column.Unit == fundamentals.TagUnit
	switch {
	case e.Value.Why == rules.NotKnownYet:
		e.Note = fmt.Sprintf("you knew nothing of it by %s", t.asOf)
		return e, nil
	case word == nil && tag:
		e.Note = fmt.Sprintf("no row of your tags names the company by %s", t.asOf)
		return e, nil
	case word == nil:
		e.Note = fmt.Sprintf("no row of your columns speaks of the company by %s", t.asOf)
		return e, nil
	}
	var parts []string
	switch {
	case tag && word.Until != 0 && word.Until < word.From:
		parts = append(parts, "the tag was taken back")
	case tag && word.From > t.asOf:
		parts = append(parts, fmt.Sprintf("the tag begins on %s", word.From))
	case tag && word.Until != 0:
		parts = append(parts, fmt.Sprintf("tagged from %s to %s", word.From, word.Until))
	case tag:
		parts = append(parts, fmt.Sprintf("tagged from %s on", word.From))
	case word.Until != 0 && word.Until < t.asOf:
		parts = append(parts, fmt.Sprintf("it held until %s", word.Until))
	case word.Until != 0:
		parts = append(parts, fmt.Sprintf("it holds until %s", word.Until))
	}
	e.KnownOn = word.KnownOn
	parts = append(parts, fmt.Sprintf("%s line %d, known on %s, batch %d", word.File, word.Line, word.KnownOn, word.Batch))
	factor, err := t.splitFactor(ctx, p.column, row, word.KnownOn)
	if err == nil && factor != 1 && e.Value.Why == rules.Known {
		parts = append(parts, fmt.Sprintf("%g as known, times %g for splits since", word.Value, factor))
	}
	e.Note = strings.Join(parts, "; ")
	return e, err
}
