package fundamentals

import (
	"iter"
	"time"
)

// Batch numbers one call of ingest. Every stored row carries the batch that
// brought it. As a reader's upper limit 0 means no limit.
type Batch int64

// Acceptance is the moment at which the SEC took a filing in.
type Acceptance struct {
	Company   CIK
	Accession string
	At        time.Time
}

// Prices are bars of one series.
type Prices struct {
	Series Series
	Bars   []Bar
}

// Rows is a bounded chunk of what one source file says, in any mixture.
type Rows struct {
	Company     CIK // whose Facts these are
	Facts       []Fact
	Companies   []Company
	Filings     []Filing // KnownOn is computed by readers and not taken from here
	Acceptances []Acceptance
	Securities  []Security
	Prices      []Prices
	Splits      []Split
}

// Len counts the rows of the chunk; a bar is a row.
func (r *Rows) Len() int {
	n := len(r.Facts) + len(r.Companies) + len(r.Filings) + len(r.Acceptances) + len(r.Securities) + len(r.Splits)
	for _, p := range r.Prices {
		n += len(p.Bars)
	}
	return n
}

// SourceFile names one file, or one member of a zip, as a source read it. Two
// files of one kind, options and digest say the same, whatever their names.
type SourceFile struct {
	Kind    string // "companyfacts", "prices" ...
	Options string // what the user said about it, where that changes its rows
	Parser  int    // version of the parser: a new one reads old files again
	Name    string // for people
	Digest  string // of its bytes as they lie there
	Size    int64
}

// Taken counts what one file brought.
type Taken struct {
	Rows int // rows it holds
	New  int // rows that were not stored before; a filing that a fact names is a row too
}

// RowSeq yields the chunks of one file in turn, or the error that makes the
// file worthless.
type RowSeq = iter.Seq2[*Rows, error]
