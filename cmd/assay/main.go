// Command assay screens companies by their filings and prices, and tells of
// each one why it is on the list or why not.
//
//  1. Settings are read from flags, the environment and a file (settings.go).
//  2. A verb, one per file, opens what it needs and nothing else.
//  3. Results go to stdout and all else to stderr, through out.go.
//  4. The error that a verb returns becomes a message and an exit status
//     (exit.go).
//
// It is the only room that knows the clock, the environment and the terminal.
package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"assay/fundamentals/source/fetch"
)

func main() { run(fetch.Options{}) }

// run is main, with another EDGAR for the tests.
func run(edgar fetch.Options) {
	collectLate()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	out := &output{stdout: os.Stdout, stderr: os.Stderr, terminal: term.IsTerminal(int(os.Stderr.Fd())), screen: term.IsTerminal(int(os.Stdout.Fd()))}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		out.width = width
	}
	status := execute(ctx, &app{out: out, now: time.Now, program: programName(os.Args[0]), edgar: edgar}, os.Args[1:])
	stop()
	os.Exit(status)
}

// collectLate puts the first garbage collection off until the heap has 16 MB, four
// times what is usual: most verbs are done by then, and to a run that takes some
// milliseconds two collections are a sixth of its work. From the first one on all
// is as usual.
func collectLate() {
	if os.Getenv("GOGC") != "" {
		return
	}
	usual := debug.SetGCPercent(400)
	runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, usual)
}

// app is what verbs share.
type app struct {
	out      *output
	now      func() time.Time
	wait     func(context.Context, time.Duration) // of a daemon; nil: by the machine's clock
	program  string                               // as the user types it
	settings settings
	origins  []settingOrigin
	flags    callFlags
	edgar    fetch.Options // how EDGAR is asked, besides by whom
	unread   error         // of a default configuration that may name the database and may not be read
}

// programName returns what the user types to start the program.
func programName(arg string) string {
	if strings.Contains(filepath.ToSlash(arg), "/go-build") {
		return "go run ./cmd/assay"
	}
	return strings.TrimSuffix(filepath.Base(arg), ".exe")
}
