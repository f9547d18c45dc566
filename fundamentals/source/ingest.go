package source

import (
	"context"
	"errors"
	"fmt"
	"time"

	"assay/fundamentals"
)

// Options of one call of ingest.
type Options struct {
	StartedAt string // the caller's clock, for people
	// Now is the caller's clock, by which a file that changed a while ago is told
	// from one that is still in use. None: every file is read to see whether it is new.
	Now time.Time
	// Today is the caller's day: dates far after it are rejected. None: all pass.
	Today    fundamentals.Date
	Limit    int64          // bytes a file may unpack to; 0: MaxSize
	Parsers  int            // files that are parsed at a time; 0: 2, or 1 on two processors
	Progress func(Progress) // called after each file; may be nil
}

// Progress says how far ingest is.
type Progress struct {
	File        string
	Done, Files int
	Bytes, Of   int64 // as the files lie there
	Rows        int
}

// Report is the result of one call of ingest.
type Report struct {
	Batch     fundamentals.Batch // 0: no file was taken
	Taken     int                // files stored
	Unchanged int                // files passed over: their bytes were ingested before
	Rows, New int                // rows in the files stored, and those that were not stored before
	Bytes     int64              // of text that were read, unpacked
	Disagreed int                // rounded facts of which the database says otherwise
	Ignored   []string           // files that the kind does not understand
	Rejected  []FileReject       // files left out as a whole
	Files     []FileReport       // of files that have something to say, in order
}

// FileReport is what there is to say of one file that was stored.
type FileReport struct {
	File string
	Findings
}

// Clean reports whether nothing was rejected.
func (r *Report) Clean() bool {
	for _, f := range r.Files {
		if f.Rejected.Count > 0 {
			return false
		}
	}
	return len(r.Rejected) == 0
}

// Ingest stores the files under paths. The error is one of the sink or the
// context; all that is wrong with the files is in the report, which is given
// in either case.
func Ingest(ctx context.Context, sink Sink, kind Kind, paths []string, options Options) (report Report, err error) {
	found := Find(kind, paths, options.Limit)
	defer func() {
		report.Bytes = found.read.Load()
		err = errors.Join(err, found.Close())
	}()
	report.Ignored, report.Rejected = found.Ignored, found.Rejected
	if err := found.seen.load(ctx, sink, options.Now); err != nil {
		return report, err
	}
	ctx, cancel := context.WithCancel(ctx)
	jobs := start(ctx, sink, kind, found.Files, options)
	defer jobs.wait()
	defer cancel()
	g := ingest{sink: sink, kind: kind, options: options, report: &report}
	g.progress.Files = len(found.Files)
	for _, f := range found.Files {
		g.progress.Of += f.Size
	}
	for job := range jobs.ordered {
		if err := g.file(ctx, job); err != nil {
			return report, err
		}
	}
	if fresh := found.seen.fresh; len(fresh) > 0 && ctx.Err() == nil {
		if err := sink.KeepSeenFiles(ctx, fresh); err != nil {
			return report, err
		}
	}
	return report, context.Cause(ctx)
}

type ingest struct {
	sink     Sink
	kind     Kind
	options  Options
	report   *Report
	progress Progress
}

// file stores one file, once its parser has something to show.
func (g *ingest) file(ctx context.Context, job *job) error {
	select {
	case <-job.ready:
	case <-ctx.Done():
		return ctx.Err()
	}
	err := g.take(ctx, job)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case job.failed:
		g.report.Rejected = append(g.report.Rejected, FileReject{job.file.Name, job.err.Error()})
	case err != nil:
		return fmt.Errorf("ingest %s: %w", g.kind.Name, err)
	case job.unchanged:
		g.report.Unchanged++
	default:
		job.findings.Notices = append(job.findings.Notices, disagreements(job.taken)...)
		if job.findings.Rejected.Count > 0 || len(job.findings.Notices) > 0 {
			g.report.Files = append(g.report.Files, FileReport{job.file.Name, job.findings})
		}
	}
	g.progress.File, g.progress.Rows = job.file.Name, g.report.Rows
	g.progress.Done++
	g.progress.Bytes += job.file.Size
	if g.options.Progress != nil {
		g.options.Progress(g.progress)
	}
	return nil
}

func (g *ingest) take(ctx context.Context, job *job) error {
	if !job.started && (job.err != nil || job.unchanged) {
		job.failed = job.err != nil
		return nil
	}
	if g.report.Batch == 0 {
		batch, err := g.sink.StartBatch(ctx, g.kind.Name, g.kind.Options, g.options.StartedAt)
		if err != nil {
			return err
		}
		g.report.Batch = batch
	}
	taken, err := g.sink.Take(ctx, g.report.Batch, job.identity, job.rows(ctx), func() bool { return job.findings.Rejected.Count == 0 })
	if err != nil {
		return err
	}
	job.taken = taken
	g.report.Taken++
	g.report.Disagreed += taken.Disagreed
	g.report.Rows += taken.Rows
	g.report.New += taken.New
	return nil
}

// disagreements says how the rounded facts of a file stand to the facts that are
// stored of the same filings.
func disagreements(taken fundamentals.Taken) (notices []string) {
	if taken.Equal+taken.Disagreed == 0 {
		return nil
	}
	notices = append(notices, fmt.Sprintf("of the filings that are known, %d facts are equal and %d disagree", taken.Equal, taken.Disagreed))
	for _, d := range taken.Disagreements {
		notices = append(notices, d.String())
	}
	if more := taken.Disagreed - len(taken.Disagreements); more > 0 {
		notices = append(notices, fmt.Sprintf("and %d more disagree", more))
	}
	return notices
}
