// Package source reads the files that facts, securities and prices come in.
//
//  1. [Find] walks the paths the user gave: files, folders and zips, each as it
//     is or gzipped, into a list of [File]s that the [Kind] understands, and a
//     list of those that it does not. Tables that mean something only together
//     are joined to one file, cut into slices where it is large.
//  2. Parsers run a little ahead, a file each. A file whose bytes were ingested
//     before is passed over, and not even read where its size and time tell that
//     they are the same.
//  3. [Ingest] hands the rows of one file after the other, in order, to the
//     [Sink], which stores each file in one transaction.
//  4. The [Report] names every file that was left out and every row that was
//     rejected, with the place and the reason. One bad file never stops the rest.
//
// Memory is bounded by the chunks under way and not by the files. Ending the
// context, or killing the process, loses the file in hand and nothing else.
//
// What a kind of file is stands in the rooms below, one a source: edgar, fsds and
// csvfile. The list of all kinds is in the room kinds.
package source

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"

	"assay/fundamentals"
)

// Kind is one kind of file that can be ingested.
type Kind struct {
	Name    string // what the user calls it: "companyfacts"
	About   string // what its files are, in one line
	Options string // what the user said about the files, where it changes their rows
	Parser  int    // version: a higher one reads files again that were ingested before
	// Serial is true where what one file says decides how the next is read: then
	// they are parsed one after the other.
	Serial bool
	// Accepts reports whether a file found in a folder or zip may be one of this
	// kind, by its base name without .gz; names lie, so what it accepts is tried,
	// and rejected by name if it is none. A file that the user names himself is
	// always tried.
	Accepts func(base string) bool
	// Join, where it is set, makes of the accepted files of one folder, or of one
	// folder in a zip, the files to parse: see [Together]. An error means that all
	// of them are rejected.
	Join func(folder string, files []File) ([]File, error)
	// Parse reads one file and emits its rows in chunks of moderate size. It may
	// not use a chunk after emitting it. An error means that the whole file is
	// rejected; a faulty row goes into the findings and the rest is emitted. An
	// error of emit must be returned.
	Parse func(ctx context.Context, file File, emit Emit) (Findings, error)
}

// Emit takes a chunk of rows.
type Emit func(*fundamentals.Rows) error

// Findings is what a parser has to say about a file that it could read.
type Findings struct {
	Rejected Rejections
	Notices  []string // what the user should know, such as a default that was taken
}

// maxListed is how many rejected rows of one file are listed; all are counted.
const maxListed = 20

// Rejections lists rejected rows, the first few of them, and counts all.
type Rejections struct {
	Count int
	List  []Rejection
}

// Rejection is a row that was left out.
type Rejection struct {
	Where string // within the file: "line 12", "us-gaap:Assets USD at byte 1234"
	Why   string
}

// Add adds a rejected row.
func (r *Rejections) Add(where, format string, args ...any) {
	r.Count++
	if len(r.List) < maxListed {
		r.List = append(r.List, Rejection{where, fmt.Sprintf(format, args...)})
	}
}

// join adds the rows that another list counts.
func (r *Rejections) join(more Rejections) {
	r.Count += more.Count
	r.List = append(r.List, more.List[:min(len(more.List), max(0, maxListed-len(r.List)))]...)
}

// File is one file to read, or one member of a zip.
type File struct {
	Name string // for people: a path, or the path of a zip and the member in it
	Base string // the base name without .gz
	Size int64  // as it lies there
	// Unpacked is the size of its text, as far as a look at it tells: the zip's
	// word, or Size.
	Unpacked int64
	// raw opens the bytes as they lie there, which are hashed; open, where it is
	// set, the bytes to read: those of a zip member are packed once more.
	raw   func() (io.ReadCloser, error)
	open  func() (io.ReadCloser, error)
	limit int64

	folder string // that it was found in
	stamp  fundamentals.SeenFile
	seen   *seen
	read   *atomic.Int64 // counts the bytes of text that are read
	spare  spare         // chunks to fill again
	parts  *parts        // of a file made by Together
	slice  int
}

// Sink stores what files say.
type Sink interface {
	// SeenFiles returns the files whose digests are kept, by path.
	SeenFiles(ctx context.Context) (map[string]fundamentals.SeenFile, error)
	// KeepSeenFiles keeps digests of files, if it can.
	KeepSeenFiles(ctx context.Context, files []fundamentals.SeenFile) error
	// StartBatch opens the batch that the files of one call are stored under.
	StartBatch(ctx context.Context, kind, options, startedAt string) (fundamentals.Batch, error)
	// Ingested reports whether a file of the same kind, options, parser and digest
	// was stored before.
	Ingested(ctx context.Context, file fundamentals.SourceFile) (bool, error)
	// Take stores the rows of one file in one transaction. A chunk is good until the
	// next one is asked for. If the sequence gives an error nothing is stored. Whether the file is remembered as ingested is
	// asked after the sequence has ended.
	Take(ctx context.Context, batch fundamentals.Batch, file fundamentals.SourceFile, rows fundamentals.RowSeq, remember func() bool) (fundamentals.Taken, error)
}
