package source

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"assay/fundamentals"
)

// chunksAhead is how many chunks of a file may wait for the writer.
const chunksAhead = 8

// job is one file on its way from its parser to the writer. The writer reads
// findings and err only after chunks was closed, or after ready without started.
type job struct {
	file      File
	beside    map[string]int64
	identity  fundamentals.SourceFile
	ready     chan struct{} // closed with the first chunk, or the end
	started   bool          // there was a first chunk
	chunks    chan *fundamentals.Rows
	findings  Findings
	taken     fundamentals.Taken
	future    Rejections // rows that lie in the future
	unchanged bool
	err       error
	failed    bool // the writer was told of err
}

// jobs parses files ahead of the writer.
type jobs struct {
	ordered chan *job
	workers sync.WaitGroup
}

// start runs parsers over files. The jobs come in the order of the files; all
// goroutines end when the context does.
func start(ctx context.Context, sink Sink, kind Kind, files []File, options Options) *jobs {
	parsers := options.Parsers
	if parsers == 0 { // the writer has a processor to itself: it is what the others wait for
		parsers = min(2, max(1, runtime.GOMAXPROCS(0)-1))
	}
	if kind.Serial {
		parsers = 1
	}
	j := &jobs{ordered: make(chan *job, parsers)}
	work := make(chan *job)
	spare := make(spare, parsers*(chunksAhead+1))
	beside := make(map[string]int64, len(files))
	for _, f := range files {
		beside[f.Base] = f.Size
	}
	j.workers.Go(func() {
		defer close(j.ordered)
		defer close(work)
		for _, f := range files {
			f.spare = spare
			next := &job{file: f, beside: beside, ready: make(chan struct{}), chunks: make(chan *fundamentals.Rows, chunksAhead)}
			for _, to := range []chan *job{work, j.ordered} {
				select {
				case to <- next:
				case <-ctx.Done():
					return
				}
			}
		}
	})
	for range parsers {
		j.workers.Go(func() {
			for next := range work {
				next.run(ctx, sink, kind, options.Today)
			}
		})
	}
	return j
}

func (j *jobs) wait() { j.workers.Wait() }

// run parses the file, unless its bytes were ingested before.
func (j *job) run(ctx context.Context, sink Sink, kind Kind, today fundamentals.Date) {
	shown := false
	defer func() {
		if !shown {
			close(j.ready)
		}
	}()
	defer close(j.chunks)
	defer func() {
		if r := recover(); r != nil { // a parser's slip costs one file and is told
			j.err = fmt.Errorf("the parser broke down on it (a fault of this program): %v", r)
		}
	}()
	digest, err := j.file.digest()
	if err != nil {
		j.err = err
		return
	}
	j.identity = fundamentals.SourceFile{Kind: kind.Name, Options: kind.Options + j.file.sliceName(), Parser: kind.Parser, Name: j.file.Base, Digest: digest, Size: j.file.Size, Beside: j.beside}
	if j.unchanged, j.err = sink.Ingested(ctx, j.identity); j.unchanged || j.err != nil {
		return
	}
	j.findings, j.err = kind.Parse(ctx, j.file, func(rows *fundamentals.Rows) error {
		dropFuture(rows, today, &j.future)
		select {
		case j.chunks <- rows:
			if !shown {
				shown, j.started = true, true
				close(j.ready)
			}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	j.findings.Rejected.join(j.future)
}

// rows yields the chunks, and the parser's error at the end.
func (j *job) rows(ctx context.Context) fundamentals.RowSeq {
	return func(yield func(*fundamentals.Rows, error) bool) {
		for chunk := range j.chunks {
			if !yield(chunk, ctx.Err()) {
				return
			}
			j.file.spare.keep(chunk)
		}
		if j.err != nil {
			j.failed = true
			yield(nil, j.err)
		}
	}
}
