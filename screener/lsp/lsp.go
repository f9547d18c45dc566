// Package lsp is a language server for screen files: it speaks the Language
// Server Protocol with an editor over a pair of streams.
//
//  1. The editor sends the text of each open file and every edit of it.
//  2. A worker of the file checks the text (screenfile) and publishes what is
//     wrong with it and what is hardly meant. An edit that comes meanwhile makes
//     it start again: nothing is published of a text that is gone.
//  3. Where there is a database, the screen is run when typing pauses, and code
//     lenses tell how many companies pass. The next edit cancels that.
//  4. Completion, hover, definitions, symbols and lenses look at the lines of the
//     file themselves (outline), so that they work in the midst of a broken text.
//
// No request waits for a check or for the database, but hover, which can be
// cancelled and for which no other waits. No text makes the server panic. Nothing but the protocol is written
// to the stream.
package lsp

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/creachadair/jrpc2"

	"assay/screener"
	"assay/screener/screenfile"
)

// Options of a server.
type Options struct {
	Language  screenfile.Language
	Catalogue Catalogue
	Data      Data          // nil: there is no database
	Version   string        // of the program
	Pause     time.Duration // without edits, before the database is asked
	// Log takes what may interest those who look for a fault. Nil: nobody does.
	Log func(format string, args ...any)
}

// Catalogue tells about the names of columns.
type Catalogue interface {
	// Title says in a few words what a name is, or "".
	Title(name string) string
	// Describe tells all about a name in Markdown, or "".
	Describe(name string) string
}

// Data is the database, as of one date.
type Data interface {
	// Table returns the table of all companies with these limits.
	Table(ctx context.Context, stale screener.Stale) (screener.Table, error)
	// Seen tells in Markdown of how many companies a name is known, and how its
	// values lie.
	Seen(ctx context.Context, name string) (string, error)
}

// ErrNoShutdown is returned by [Serve] when the client left without the request
// that the protocol wants.
var ErrNoShutdown = errors.New("the editor left without saying shutdown")

// Serve serves one client until it says exit, closes the stream, or the context
// ends. The output is closed then.
func Serve(ctx context.Context, in io.Reader, out io.WriteCloser, o Options) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := newServer(ctx, o)
	s.rpc = jrpc2.NewServer(s.methods(), &jrpc2.ServerOptions{
		AllowPush: true, DisableBuiltin: true,
		Concurrency: concurrency,
		NewContext:  func() context.Context { return ctx },
	})
	s.rpc.Start(newFrames(in, out, "textDocument/hover"))
	ended := make(chan error, 1)
	go func() { ended <- s.rpc.Wait() }()
	var err error
	select {
	case err = <-ended:
	case <-s.exit: // the reader may wait for input for ever
	case <-ctx.Done():
		return ctx.Err()
	}
	stop()
	s.workers.Wait()
	if err == nil && !s.isShut() {
		err = ErrNoShutdown
	}
	return err
}

// concurrency is how many requests are served at once: more than a client has
// under way, so that none waits for a hover that asks the database.
const concurrency = 64
