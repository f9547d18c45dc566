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
	ToMinute  bool // At has no seconds: it yields to a time that any other source gives
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
	Rounded     []RoundedFact // of Company too
	Classes     []ShareClass  // of Company too
	Companies   []Company
	Filings     []Filing // KnownOn and Items are filled by readers and not taken from here
	Acceptances []Acceptance
	Securities  []Security
	Prices      []Prices
	Splits      []Split
	Profiles    []Profile
	PastNames   []PastName
	FiledItems  []FiledItems
	FilingLists []FilingList
	UserValues  []UserValue
}

// Len counts the rows of the chunk; a bar is a row.
func (r *Rows) Len() int {
	n := len(r.Facts) + len(r.Rounded) + len(r.Classes) + len(r.Companies) + len(r.Filings) + len(r.Acceptances) + len(r.Securities) + len(r.Splits) +
		len(r.Profiles) + len(r.PastNames) + len(r.FiledItems) + len(r.FilingLists) + len(r.UserValues)
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
	Beside  map[string]int64 // sizes, by name, of all files of the call of ingest
}

// SeenFile is a file on disk as it was when its bytes were hashed. While size and
// time are the same, so is the digest.
type SeenFile struct {
	Path    string // absolute; of a member of a zip with its name
	Size    int64  // of the file on disk
	Changed int64  // when the system last changed it, in nanoseconds since 1970-01-01 UTC
	Digest  string
}

// Taken counts what one file brought.
type Taken struct {
	Rows int // rows it holds
	New  int // those of them that were not stored before

	// Of rounded facts: those that a stored fact of the same filing states with
	// the same value, and those that one states with another. Neither is stored.
	Equal, Disagreed int
	Disagreements    []Disagreement // the first few
}

// RowSeq yields the chunks of one file in turn, or the error that makes the
// file worthless.
type RowSeq = iter.Seq2[*Rows, error]
