package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"assay/fundamentals"
)

// A file says words under keys. The latest batch with rows of a key counts, and
// of its words the largest. What a file says is stored unless it counts already:
// so a file that is taken again changes nothing, and a value can come back. Only
// earlier batches are asked, so within a batch the order of files does not matter.
// Of keys with few rows a word that the latest earlier batch has beside a larger
// one is not stored either.

// word is what a batch said under some key.
type word[T comparable] struct {
	said  T
	batch fundamentals.Batch
}

// said are the words of one key.
type said[T comparable] []word[T]

func (s said[T]) has(w T, batch fundamentals.Batch) bool {
	return slices.Contains(s, word[T]{w, batch})
}

// wins reports whether a word is the one of a batch that counts.
func (s said[T]) wins(w T, batch fundamentals.Batch, beats func(a, b T) bool) bool {
	return s.has(w, batch) && !slices.ContainsFunc(s, func(o word[T]) bool { return o.batch == batch && beats(o.said, w) })
}

// before returns the latest batch before one, and how many there are.
func (s said[T]) before(batch fundamentals.Batch) (latest fundamentals.Batch, n int) {
	if len(s) > 1 {
		slices.SortStableFunc(s, func(a, b word[T]) int { return cmp.Compare(a.batch, b.batch) })
	}
	for _, w := range s {
		if w.batch < batch && w.batch != latest {
			latest, n = w.batch, n+1
		}
	}
	return latest, n
}

// keyed is a table in which a later batch overrules the rows of an earlier one.
type keyed struct {
	insert string // a row unless it is there, or the latest earlier batch has it
	rank   string // counts the earlier batches of its key
}

// newKeyed describes a table by the columns of its key and its other columns
// but the batch, which comes last among the arguments of both statements.
func newKeyed(table string, key, values []string) keyed {
	columns := append(slices.Clone(key), values...)
	batch := strconv.Itoa(len(columns) + 1)
	equal := func(n int) string {
		var b strings.Builder
		for i, c := range columns[:n] {
			b.WriteString(c + " = ?" + strconv.Itoa(i+1) + " AND ")
		}
		return b.String()
	}
	marks := "?1"
	for i := range columns {
		marks += ", ?" + strconv.Itoa(i+2)
	}
	return keyed{
		insert: "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ", batch) SELECT " + marks +
			" WHERE NOT EXISTS (SELECT 1 FROM " + table + " WHERE " + equal(len(columns)) +
			"batch = (SELECT max(batch) FROM " + table + " WHERE " + equal(len(key)) + "batch < ?" + batch + ")) ON CONFLICT DO NOTHING",
		rank: "SELECT count(DISTINCT batch) FROM " + table + " WHERE " + equal(len(key)) + "batch < ?" + batch,
	}
}

// say stores a row unless it says nothing new; args are the columns of the key
// and the others. It returns whether it did, and how many batches it overrules.
func (t *taker) say(k keyed, args ...any) (fresh bool, overrules int, err error) {
	args = append(args, int64(t.batch))
	if fresh, err = t.insert(k.insert, args...); err == nil && fresh {
		overrules, err = t.rank(k.rank, args...)
	}
	return fresh, overrules, err
}

// sayRow is say for a row of no company's facts and filings. cik is the company
// that it speaks of, 0 for none.
func (t *taker) sayRow(k keyed, cik fundamentals.CIK, h sum, args ...any) error {
	fresh, n, err := t.say(k, args...)
	if err != nil || !fresh {
		return err
	}
	t.added(h)
	t.overrule(cik, nil, h, n)
	return nil
}

// overrule books that a new row overrules n earlier batches: its order is part
// of the content, and files of its company that were read before say something
// again. c is nil for a row that is none of a company's facts and filings.
func (t *taker) overrule(cik fundamentals.CIK, c *change, h sum, n int) {
	if n == 0 {
		return
	}
	mark := h.overruling(n)
	t.content.add(mark)
	if c != nil {
		c.content.add(mark)
	}
	t.overruling[cik] = true
}

func (t *taker) bookOverruling() error {
	for cik := range t.overruling {
		if _, err := t.exec(`INSERT INTO overruled (batch, company) VALUES (?, ?) ON CONFLICT DO NOTHING`, t.batch, cik); err != nil {
			return err
		}
	}
	return nil
}

// subject is the company that a file speaks of.
type subject struct {
	cik   fundamentals.CIK
	mixed bool // it speaks of several, or of what is no company's
}

func (s *subject) of(cik fundamentals.CIK) {
	s.mixed = s.mixed || cik == 0 || s.cik != 0 && s.cik != cik
	s.cik = cik
}

func (s *subject) add(rows *fundamentals.Rows) {
	if len(rows.Facts)+len(rows.Rounded)+len(rows.Classes) > 0 {
		s.of(rows.Company)
	}
	for _, c := range rows.Companies {
		s.of(c.CIK)
	}
	for _, f := range rows.Filings {
		s.of(f.Company)
	}
	for _, a := range rows.Acceptances {
		s.of(a.Company)
	}
	for _, x := range rows.Securities {
		s.of(x.CIK)
	}
	if len(rows.Prices)+len(rows.Splits)+len(rows.UserValues) > 0 {
		s.of(0)
	}
}

// company returns the company, 0 if there is not one alone.
func (s *subject) company() fundamentals.CIK {
	if s.mixed {
		return 0
	}
	return s.cik
}
