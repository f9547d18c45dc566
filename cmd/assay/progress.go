package main

import (
	"time"

	"github.com/schollz/progressbar/v3"

	"assay/fundamentals/source"
)

// progress returns what shows how far an ingest is, and what to call at its
// end. Both do nothing unless someone is there to look.
func (a *app) progress(what string) (show func(source.Progress), done func()) {
	if !a.out.terminal || a.out.quiet {
		return nil, func() {}
	}
	bar := a.bar(what, progressbar.OptionShowBytes(true))
	show = func(p source.Progress) {
		if bar.GetMax64() != p.Of {
			bar.ChangeMax64(p.Of)
		}
		_ = bar.Set64(p.Bytes) // a bar that cannot be drawn stops nothing
	}
	return show, func() { _ = bar.Finish() }
}

// progressOf is [app.progress] for files that are brought one after the other. Wipe
// makes room for a line between.
func (a *app) progressOf() (show func(name string, bytes, of int64), wipe, done func()) {
	if !a.out.terminal || a.out.quiet {
		return nil, func() {}, func() {}
	}
	var bar *progressbar.ProgressBar
	last := ""
	show = func(name string, bytes, of int64) {
		if name != last {
			if bar != nil {
				_ = bar.Finish()
			}
			bar, last = a.bar(name, progressbar.OptionShowBytes(true), progressbar.OptionShowCount()), name
		}
		if of > 0 && bar.GetMax64() != of {
			bar.ChangeMax64(of)
		}
		_ = bar.Set64(bytes) // a bar that cannot be drawn stops nothing
	}
	wipe = func() {
		if bar != nil {
			_ = bar.Clear()
		}
	}
	return show, wipe, func() {
		if bar != nil {
			_ = bar.Finish()
		}
	}
}

// progressCount is [app.progress] for work that is counted.
func (a *app) progressCount(what string) (show func(done, total int), done func()) {
	if !a.out.terminal || a.out.quiet {
		return nil, func() {}
	}
	bar := a.bar(what, progressbar.OptionShowCount())
	show = func(n, total int) {
		if bar.GetMax() != total {
			bar.ChangeMax(total)
		}
		_ = bar.Set(n)
	}
	return show, func() { _ = bar.Finish() }
}

func (a *app) bar(what string, options ...progressbar.Option) *progressbar.ProgressBar {
	return progressbar.NewOptions64(-1, append(options,
		progressbar.OptionSetWriter(a.out.stderr),
		progressbar.OptionSetDescription(what),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)...)
}
