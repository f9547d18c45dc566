// Package sourcetest is the conformance suite of every kind of source file.
//
//  1. A good file gives rows, none rejected, in chunks of bounded size.
//  2. Read twice, or gzipped, it gives the same.
//  3. Cut off or damaged anywhere, it gives an error or fewer rows and never a
//     panic; an empty file is an error that says so.
//  4. An error of the taker of rows, or the end of the context, comes back.
package sourcetest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// maxChunk is how many rows a chunk may have, but for what cannot be cut.
const maxChunk = 1 << 16

// Run tests a kind with one good file, by a name that the kind accepts.
func Run(t *testing.T, kind source.Kind, name, good string) {
	t.Run("describes itself", func(t *testing.T) {
		if kind.Name == "" || kind.About == "" || kind.Parser < 1 {
			t.Errorf("name %q, about %q, parser %d", kind.Name, kind.About, kind.Parser)
		}
		if !kind.Accepts(source.FileOf(name, nil).Base) || kind.Accepts("README.md") || kind.Accepts("") {
			t.Errorf("%s is not accepted, or README.md is", name)
		}
	})
	want, findings, err := Read(t.Context(), kind, name, []byte(good))
	t.Run("reads a good file", func(t *testing.T) {
		if err != nil || findings.Rejected.Count > 0 || want.Len() == 0 {
			t.Fatalf("rows %d, rejected %v, error %v", want.Len(), findings.Rejected, err)
		}
	})
	t.Run("reads it gzipped the same", func(t *testing.T) {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		_, _ = z.Write([]byte(good)) // to memory
		_ = z.Close()
		for _, n := range []string{name, name + ".gz"} {
			got, _, err := Read(t.Context(), kind, n, packed.Bytes())
			if d := cmp.Diff(want, got); d != "" || err != nil {
				t.Error(n, err, d)
			}
		}
		if _, _, err := Read(t.Context(), kind, name, packed.Bytes()[:packed.Len()/2]); err == nil {
			t.Error("half of a gzip file is taken for whole")
		}
	})
	t.Run("survives damage", func(t *testing.T) { damage(t, kind, name, good, want.Len()) })
	t.Run("says that a file is empty", func(t *testing.T) {
		if _, _, err := Read(t.Context(), kind, name, nil); err == nil || err.Error() != "the file is empty" {
			t.Error(err)
		}
	})
	t.Run("stops when asked", func(t *testing.T) {
		full := errors.New("the disk is full")
		_, err := kind.Parse(t.Context(), source.FileOf(name, []byte(good)), func(*fundamentals.Rows) error { return full })
		if !errors.Is(err, full) {
			t.Error(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, _, err := Read(ctx, kind, name, []byte(good)); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

func damage(t *testing.T, kind source.Kind, name, good string, rows int) {
	step := max(1, len(good)/200)
	for n := 0; n < len(good); n += step {
		got, _, err := Read(t.Context(), kind, name, []byte(good[:n]))
		if err == nil && got.Len() > rows {
			t.Errorf("%d bytes of %d give %d rows, the whole gives %d", n, len(good), got.Len(), rows)
		}
		broken := []byte(good)
		broken[n] ^= 0x15
		_, _, _ = Read(t.Context(), kind, name, broken) // must return; what it gives depends on the byte
	}
}

// Read parses text as one file and gathers its rows. Bars of one series are
// joined, so that chunks cannot be seen.
func Read(ctx context.Context, kind source.Kind, name string, text []byte) (all fundamentals.Rows, findings source.Findings, err error) {
	at := map[fundamentals.Series]int{}
	findings, err = kind.Parse(ctx, source.FileOf(name, text), func(rows *fundamentals.Rows) error {
		if rows.Len() > maxChunk {
			return errors.New("the chunk is too large")
		}
		if rows.Company != 0 {
			all.Company = rows.Company
		}
		all.Facts = append(all.Facts, rows.Facts...)
		all.Rounded = append(all.Rounded, rows.Rounded...)
		all.Classes = append(all.Classes, rows.Classes...)
		all.Companies = append(all.Companies, rows.Companies...)
		all.Filings = append(all.Filings, rows.Filings...)
		all.Acceptances = append(all.Acceptances, rows.Acceptances...)
		all.Securities = append(all.Securities, rows.Securities...)
		all.Splits = append(all.Splits, rows.Splits...)
		all.Profiles = append(all.Profiles, rows.Profiles...)
		all.PastNames = append(all.PastNames, rows.PastNames...)
		all.FiledItems = append(all.FiledItems, rows.FiledItems...)
		all.FilingLists = append(all.FilingLists, rows.FilingLists...)
		all.UserValues = append(all.UserValues, rows.UserValues...)
		for _, p := range rows.Prices {
			i, ok := at[p.Series]
			if !ok {
				i = len(all.Prices)
				at[p.Series] = i
				all.Prices = append(all.Prices, fundamentals.Prices{Series: p.Series})
			}
			all.Prices[i].Bars = append(all.Prices[i].Bars, p.Bars...)
		}
		return ctx.Err()
	})
	return all, findings, err
}
