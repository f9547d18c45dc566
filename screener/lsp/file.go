package lsp

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"assay/screener/screenfile"
)

// file is a text that the editor has open. Its worker checks it after each edit.
type file struct {
	uri  string
	name string // its path, for messages and for the screens that it extends
	wake chan struct{}
	stop context.CancelFunc

	mu      sync.Mutex
	text    string
	version int
	parts   *outline // of the text; nil: not made yet
	checked *checked // the last check, perhaps of an older text
	sound   *checked // the last check without mistakes
	counted *counted // the last count of the companies, perhaps of an older text
	uncount context.CancelFunc
}

// now returns the text and its version.
func (f *file) now() (string, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text, f.version
}

func (f *file) outline() *outline {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.parts == nil {
		f.parts = outlineOf(lines(f.text))
	}
	return f.parts
}

// set replaces the text and lets the worker know.
func (f *file) set(text string, version int) {
	f.mu.Lock()
	f.text, f.version, f.parts = text, version, nil
	f.uncount()
	f.mu.Unlock()
	f.again()
}

func (f *file) again() {
	select {
	case f.wake <- struct{}{}:
	default: // it will look at the newest text anyway
	}
}

// lastSound returns the last screen without mistakes, nil if there was none.
func (f *file) lastSound() *checked {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.sound
}

func (s *server) didOpen(_ context.Context, p openParams) (any, error) {
	ctx, stop := context.WithCancel(s.ctx)
	f := &file{
		uri: p.TextDocument.URI, name: pathOf(p.TextDocument.URI), wake: make(chan struct{}, 1), stop: stop,
		text: p.TextDocument.Text, version: p.TextDocument.Version, uncount: func() {},
	}
	s.mu.Lock()
	before := s.files[f.uri]
	s.files[f.uri] = f
	s.mu.Unlock()
	if before != nil {
		before.stop()
	}
	s.workers.Go(func() { s.work(ctx, f) })
	f.again()
	return nil, nil
}

func (s *server) didChange(_ context.Context, p changeParams) (any, error) {
	f, err := s.file(p.TextDocument.URI)
	if err != nil {
		return nil, err
	}
	text, _ := f.now()
	if text, err = edited(text, p.Changes); err != nil {
		return nil, err
	}
	f.set(text, p.TextDocument.Version)
	return nil, nil
}

// didSave checks all files again: they may extend the one that was saved.
func (s *server) didSave(context.Context, documentParams) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		f.again()
	}
	return nil, nil
}

func (s *server) didClose(_ context.Context, p documentParams) (any, error) {
	s.mu.Lock()
	f := s.files[p.TextDocument.URI]
	delete(s.files, p.TextDocument.URI)
	s.mu.Unlock()
	if f != nil {
		f.stop()
		s.notify("textDocument/publishDiagnostics", map[string]any{"uri": f.uri, "diagnostics": []diagnostic{}})
	}
	return nil, nil
}

// work checks a file whenever its text has changed, until it is closed.
func (s *server) work(ctx context.Context, f *file) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
			s.step(ctx, f)
		}
	}
}

// step checks the text as it is now.
func (s *server) step(ctx context.Context, f *file) {
	var err error
	defer s.caught("check", &err)
	text, version := f.now()
	c := s.check(f.name, text)
	f.mu.Lock()
	stale := f.version != version || ctx.Err() != nil
	if !stale {
		f.checked = c
		if c.screen != nil {
			f.sound = c
		}
	}
	f.mu.Unlock()
	if stale {
		return
	}
	s.publish(ctx, f, version, c.diagnostics)
	if s.Data != nil && c.found != nil && c.screen != nil {
		s.startCount(ctx, f, version, c)
	}
}

// publish tells the client what is found in a text, unless it has changed.
func (s *server) publish(ctx context.Context, f *file, version int, found []diagnostic) {
	if _, now := f.now(); now == version && ctx.Err() == nil {
		s.notify("textDocument/publishDiagnostics", publishParams{f.uri, version, found})
	}
}

var drive = pattern(`^/[A-Za-z]:`)

// pathOf returns the path of a file; of one that has none, a name in its place.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return "untitled.yaml"
	}
	if drive().MatchString(u.Path) {
		return filepath.FromSlash(u.Path[1:])
	}
	return filepath.FromSlash(u.Path)
}

// uriOf is the inverse of pathOf.
func uriOf(name string) string {
	name = filepath.ToSlash(name)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name
	}
	return (&url.URL{Scheme: "file", Path: name}).String()
}

// isSuite reports whether a file is one of tests.
func (f *file) isSuite() bool {
	text, _ := f.now()
	return screenfile.IsSuite(f.name, []byte(text))
}
