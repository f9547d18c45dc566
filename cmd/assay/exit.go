package main

import (
	"context"
	"errors"
	"fmt"

	"assay/screener/screenfile"
)

// The exit statuses: the only table of them.
const (
	exitOK          = 0
	exitFailed      = 1   // it could not be done
	exitUsage       = 2   // wrong flags or arguments, or a bad screen file
	exitPartly      = 3   // done, but some input was rejected
	exitCheck       = 4   // a check or test of the user's failed
	exitInterrupted = 130 // Ctrl-C
)

// failure is an error with an exit status and a hint of what to do.
type failure struct {
	status int
	err    error
	hint   string
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// usage makes an error of wrong flags or arguments.
func usage(hint, format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...), hint}
}

// errTold ends a verb that has told what is wrong already.
var errTold = errors.New("told")

// statusOf returns the exit status that an error asks for.
func statusOf(err error) int {
	if err == nil {
		return exitOK
	}
	if f, ok := errors.AsType[*failure](err); ok {
		return f.status
	}
	if _, ok := errors.AsType[screenfile.Problems](err); ok {
		return exitUsage
	}
	if errors.Is(err, context.Canceled) {
		return exitInterrupted
	}
	return exitFailed
}
