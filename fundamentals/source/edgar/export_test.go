package edgar

import (
	"context"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// PlainCompanyfacts is [Companyfacts] without the quick scan.
func PlainCompanyfacts() source.Kind {
	kind := Companyfacts()
	kind.Parse = func(ctx context.Context, file source.File, emit source.Emit) (source.Findings, error) {
		return newFactsParser(ctx, file, emit).plainly()
	}
	return kind
}

// Quickly reports whether the quick scan reads a file to its end.
func Quickly(ctx context.Context, file source.File) bool {
	done, err := newFactsParser(ctx, file, func(*fundamentals.Rows) error { return nil }).quickly()
	return done && err == nil
}
