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
		p := &factsParser{ctx: ctx, emit: emit, names: map[string]string{}}
		return p.plainly(file)
	}
	return kind
}

// Quickly reports whether the quick scan reads a file to its end.
func Quickly(ctx context.Context, file source.File) bool {
	p := &factsParser{ctx: ctx, emit: func(*fundamentals.Rows) error { return nil }, names: map[string]string{}}
	done, err := p.quickly(file)
	return done && err == nil
}
