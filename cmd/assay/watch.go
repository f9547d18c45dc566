package main

import (
	"context"
	"errors"
	"maps"
	"os"
	"time"
)

// everyTick is how often the files that are watched are looked at. They are
// looked at, not listened to: that holds on every file system, and whatever way
// an editor saves.
func everyTick() <-chan time.Time { return time.NewTicker(200 * time.Millisecond).C }

// stamp is what tells that a file has changed.
type stamp struct {
	at   time.Time
	size int64
	here bool
}

// watch does something now, and again whenever one of the files changes that it
// read or that the arguments name, until ctx is done.
func (a *app) watch(ctx context.Context, tick <-chan time.Time, args []string, do func() (files []string, err error)) error {
	var seen map[string]stamp
	var files []string
	for {
		if now := stamps(args, files); !maps.Equal(now, seen) {
			a.out.clear()
			read, err := do()
			if err != nil && !errors.Is(err, errTold) {
				a.out.fail(err)
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if read != nil {
				files = read
			}
			seen = stamps(nil, files)
			maps.Copy(seen, now) // what changed or came meanwhile is seen next time
			a.out.note("watching %s; Ctrl-C ends it", plural(len(seen), "file"))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick:
		}
	}
}

// stamps looks at files: those that were read, and those that arguments name
// now.
func stamps(args, files []string) map[string]stamp {
	out := map[string]stamp{}
	named, err := screenFiles(args)
	if err != nil {
		named = args
	}
	for _, list := range [][]string{named, files} {
		for _, file := range list {
			info, err := os.Stat(file)
			if err != nil {
				out[file] = stamp{}
				continue
			}
			out[file] = stamp{info.ModTime(), info.Size(), true}
		}
	}
	return out
}
