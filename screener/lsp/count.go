package lsp

import (
	"context"
	"fmt"
	"slices"
	"time"

	"assay/screener"
	"assay/screener/screenfile"
)

// counted is what a screen does with the companies of the database.
type counted struct {
	version int
	result  *screener.Result // nil where err is set
	err     error
}

// startCount runs the screen of a sound text when typing pauses. The next edit
// cancels it.
func (s *server) startCount(ctx context.Context, f *file, version int, c *checked) {
	ctx, cancel := context.WithCancel(ctx)
	f.mu.Lock()
	if f.version != version {
		f.mu.Unlock()
		cancel()
		return
	}
	f.uncount()
	f.uncount = cancel
	f.mu.Unlock()
	s.workers.Go(func() {
		defer cancel()
		pause := time.NewTimer(s.Pause)
		defer pause.Stop()
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
		s.count(ctx, f, version, c)
	})
}

// count runs the screen, holds it against the data, and lets the client know.
func (s *server) count(ctx context.Context, f *file, version int, c *checked) {
	var failed error
	defer s.caught("count", &failed)
	result, warnings, err := s.run(ctx, c)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.log("count %s: %v", f.name, err)
	}
	f.mu.Lock()
	if f.version != version {
		f.mu.Unlock()
		return
	}
	f.counted = &counted{version, result, err}
	f.mu.Unlock()
	if len(warnings) > 0 {
		more := &checked{lines: c.lines}
		more.add(f.name, severityWarning, warnings)
		s.publish(ctx, f, version, slices.Concat(c.diagnostics, more.diagnostics))
	}
	s.refresh()
}

func (s *server) run(ctx context.Context, c *checked) (*screener.Result, screenfile.Problems, error) {
	table, err := s.Data.Table(ctx, c.screen.Stale)
	if err != nil {
		return nil, nil, err
	}
	if table.Rows() == 0 {
		return nil, nil, fmt.Errorf("the database knows no company on %s", table.AsOf())
	}
	result, err := screener.Run(ctx, table, c.screen, screener.Options{})
	if err != nil {
		return nil, nil, err
	}
	warnings, err := c.found.Data(ctx, table)
	return result, warnings, err
}

// refresh asks the client to ask for lenses anew, if it can be asked.
func (s *server) refresh() {
	s.mu.Lock()
	can := s.refreshes
	s.mu.Unlock()
	if !can {
		return
	}
	if _, err := s.rpc.Callback(s.ctx, "workspace/codeLens/refresh", nil); err != nil {
		s.log("workspace/codeLens/refresh: %v", err)
	}
}

// lenses tells above the name of the screen how many companies pass, and above
// each condition what it does. Numbers of an older text say so.
func (s *server) lenses(_ context.Context, p documentParams) (any, error) {
	f, err := s.file(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	all := []codeLens{}
	o := f.outline()
	f.mu.Lock()
	c, version := f.counted, f.version
	f.mu.Unlock()
	name := o.find("screen")
	if c == nil || name == nil {
		return all, nil
	}
	add := func(e *entry, title string) {
		if c.version != version {
			title += " (before this edit)"
		}
		all = append(all, codeLens{o.keySpan(e), command{Title: title}})
	}
	if c.err != nil {
		add(name, "not counted: "+c.err.Error())
		return all, nil
	}
	add(name, passing(c.result))
	for _, t := range c.result.Conditions {
		if e := o.find("pass", t.Name); e != nil {
			add(e, tally(t))
		}
	}
	return all, nil
}

func passing(r *screener.Result) string {
	text := fmt.Sprintf("%d of %s pass on %s, %d fail, %d unknown", r.Passed, companies(r.Universe), r.AsOf, r.Failed, r.Unknown)
	if r.Cut > 0 {
		text += fmt.Sprintf("; the limit lists %d", len(r.Candidates))
	}
	return text
}

func companies(n int) string {
	if n == 1 {
		return "1 company"
	}
	return fmt.Sprintf("%d companies", n)
}

func tally(t screener.Tally) string {
	text := fmt.Sprintf("%d hold, %d do not, %d unknown", t.True, t.False, t.Unknown)
	if t.OnlyReason > 0 {
		text += fmt.Sprintf("; it alone keeps out %d", t.OnlyReason)
	}
	return text
}
