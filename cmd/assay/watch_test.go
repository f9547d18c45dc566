package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWatch holds that a watch does its work at once, again when a file changes,
// and not when none does.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.yaml")
	write := func(text string) {
		half := filepath.Join(t.TempDir(), "half") // never seen half-written
		if err := os.WriteFile(half, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(half, file); err != nil {
			t.Fatal(err)
		}
	}
	write("one")
	ctx, cancel := context.WithCancel(t.Context())
	tick, done, ended := make(chan time.Time), make(chan string), make(chan error)
	var told strings.Builder
	a := &app{out: &output{stdout: &told, stderr: &told}}
	go func() {
		ended <- a.watch(ctx, tick, []string{dir}, func() ([]string, error) {
			text, err := os.ReadFile(file)
			done <- string(text)
			return []string{file}, err
		})
	}()
	next := func() string {
		for {
			select {
			case tick <- time.Time{}:
			case got := <-done:
				return got
			}
		}
	}
	if got := <-done; got != "one" {
		t.Errorf("at first it saw %q", got)
	}
	for range 3 { // nothing has changed: nobody waits to be heard
		tick <- time.Time{}
	}
	write("another")
	if got := next(); got != "another" {
		t.Errorf("then it saw %q", got)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.yaml"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	next()
	tick <- time.Time{}
	cancel()
	if err := <-ended; statusOf(err) != exitInterrupted {
		t.Errorf("it ended with %v", err)
	}
	want := "watching 1 file; Ctrl-C ends it\nwatching 1 file; Ctrl-C ends it\nwatching 2 files; Ctrl-C ends it\n"
	if told.String() != want {
		t.Errorf("it told %q", told.String())
	}
}
