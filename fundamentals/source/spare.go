package source

import "assay/fundamentals"

// spare holds chunks that the writer is done with, for parsers to fill again: a
// chunk is half a megabyte of pointers, which the garbage collector would follow.
type spare chan *fundamentals.Rows

// Rows returns an empty chunk, which has room for facts where it was used before.
func (f File) Rows() *fundamentals.Rows {
	select {
	case rows := <-f.spare:
		return rows
	default:
		return &fundamentals.Rows{}
	}
}

// keep takes a chunk that nobody uses any more.
func (s spare) keep(rows *fundamentals.Rows) {
	*rows = fundamentals.Rows{Facts: rows.Facts[:0]}
	select {
	case s <- rows:
	default:
	}
}
