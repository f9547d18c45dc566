package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/google/renameio/v2"

	"assay/screener"
	"assay/screener/screenfile"
)

// output is where the program prints. Results go to stdout, all else to stderr.
type output struct {
	stdout, stderr io.Writer
	terminal       bool // stderr is one
	screen         bool // stdout is one
	quiet          bool // no notes and no progress
	width          int  // of the terminal that stdout is; 0: it is none
}

// note tells what is no result: progress, remarks, what to do next.
func (o *output) note(format string, args ...any) {
	if !o.quiet {
		o.warn(format, args...)
	}
}

// warn tells what the user must hear even if he asked for quiet.
func (o *output) warn(format string, args ...any) {
	_, _ = fmt.Fprintf(o.stderr, format+"\n", args...) // nowhere to report it
}

// clear empties the terminal before a verb tells the same thing anew.
func (o *output) clear() {
	if o.terminal {
		_, _ = io.WriteString(o.stderr, "\x1b[2J\x1b[H") // nowhere to report it
	}
}

// fail tells of an error, in one line and a hint. Mistakes of a screen file
// come with their places.
func (o *output) fail(err error) {
	if errors.Is(err, errTold) {
		return
	}
	if problems, ok := errors.AsType[screenfile.Problems](err); ok {
		o.warn("%s", problems.Error())
		return
	}
	if statusOf(err) == exitInterrupted {
		o.warn("assay: interrupted")
		return
	}
	o.warn("assay: %s", strings.ReplaceAll(err.Error(), "\n", "; "))
	if f, ok := errors.AsType[*failure](err); ok && f.hint != "" {
		for line := range strings.Lines(f.hint) {
			o.warn("  %s", strings.TrimRight(line, "\n"))
		}
	}
}

// plainPath takes the path out of an error: it is a temporary file's, which says
// nothing to the user.
func plainPath(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	if p, ok := errors.AsType[*os.LinkError](err); ok {
		return p.Err
	}
	return err
}

// deliver writes a result to stdout, or to a file, which is written whole or
// not at all.
func (o *output) deliver(file string, write func(io.Writer) error) error {
	if file == "" {
		w := bufio.NewWriter(o.stdout)
		return errors.Join(write(w), w.Flush())
	}
	if at, err := os.Stat(file); err == nil && !at.Mode().IsRegular() {
		if at.IsDir() {
			return fmt.Errorf("write %s: it is a folder", file)
		}
		return throughTo(file, write)
	}
	pending, err := renameio.NewPendingFile(file, renameio.WithPermissions(0o644))
	if err != nil {
		return fmt.Errorf("write %s: %w", file, plainPath(err))
	}
	w := bufio.NewWriter(pending)
	if err := errors.Join(write(w), w.Flush()); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", file, plainPath(err)), pending.Cleanup())
	}
	if err := pending.CloseAtomicallyReplace(); err != nil {
		return fmt.Errorf("write %s: %w", file, plainPath(err))
	}
	o.note("wrote %s", file)
	return nil
}

// object tells programs on stdout what a verb did that tells people on stderr.
func (o *output) object(format string, v any) error {
	if format != "json" {
		return nil
	}
	return o.deliver("", func(w io.Writer) error { return screener.WriteJSON(w, v) })
}

// done ends stdout, so that nobody who reads it waits for what is done after the
// answer.
func (o *output) done() error {
	f, ok := o.stdout.(*os.File)
	if !ok {
		return nil
	}
	if err := f.Close(); err != nil {
		return err
	}
	// Its number must not go to the next file that is opened.
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err == nil {
		o.stdout = null
	}
	return err
}

// throughTo writes to what is no plain file: a pipe, /dev/stdout, /dev/null. A file
// moved into its place would take the place of the device.
func throughTo(file string, write func(io.Writer) error) error {
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("write %s: %w", file, plainPath(err))
	}
	w := bufio.NewWriter(f)
	if err := errors.Join(write(w), w.Flush(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", file, plainPath(err))
	}
	return nil
}
