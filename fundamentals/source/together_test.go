package source_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// pair is a kind of two files, a.txt with companies and b.txt with how many of
// them each slice has.
func pair() source.Kind {
	return source.Kind{
		Name: "pair", Parser: 1,
		Accepts: func(base string) bool { return base == "a.txt" || base == "b.txt" },
		Join: func(folder string, files []source.File) ([]source.File, error) {
			if len(files) != 2 {
				return nil, fmt.Errorf("there are %d files", len(files))
			}
			return source.Together(folder, files, 2), nil
		},
		Parse: func(_ context.Context, file source.File, emit source.Emit) (f source.Findings, err error) {
			var text string
			for _, name := range []string{"a.txt", "b.txt"} {
				part, err := file.Part(name)
				if err != nil {
					return f, err
				}
				r, err := part.Open()
				if err != nil {
					return f, err
				}
				b, err := io.ReadAll(r)
				if err = errors.Join(err, r.Close()); err != nil {
					return f, err
				}
				text += string(b)
			}
			slice, of := file.Slice()
			return f, emit(&fundamentals.Rows{Companies: []fundamentals.Company{{CIK: fundamentals.CIK(len(text)*of + slice), Name: text}}})
		},
	}
}

func TestFilesThatBelongTogether(t *testing.T) {
	folder := t.TempDir()
	members := map[string]string{"a.txt": "A", "b.txt": "B", "q/a.txt": "AA", "q/b.txt": "B"}
	write(t, folder, "one.zip", zipped(t, members, "a.txt", "b.txt", "q/a.txt", "q/b.txt"))
	write(t, folder, "lonely/a.txt", "A")
	write(t, folder, "plain/a.txt", "A")
	write(t, folder, "plain/b.txt.gz", gz("BBB"))
	db := open(t, filepath.Join(t.TempDir(), "assay.db"))
	var files []string
	report, err := source.Ingest(t.Context(), db, pair(), []string{folder}, source.Options{Parsers: 1, Progress: func(p source.Progress) {
		files = append(files, strings.TrimPrefix(filepath.ToSlash(p.File), filepath.ToSlash(folder)+"/"))
	}})
	same(t, nil, err)
	same(t, []string{
		"one.zip (slice 1 of 2)", "one.zip (slice 2 of 2)", "one.zip: q (slice 1 of 2)", "one.zip: q (slice 2 of 2)",
		"plain (slice 1 of 2)", "plain (slice 2 of 2)",
	}, files)
	same(t, "taken 6, unchanged 0, rows 6\nrejected lonely: there are 1 files\n", told(report, folder))
	companies, err := db.Companies(t.Context(), 0)
	same(t, nil, err)
	same(t, []fundamentals.Company{{CIK: 4}, {CIK: 5}, {CIK: 6}, {CIK: 7}, {CIK: 8}, {CIK: 9}}, unnamed(companies))
	other := t.TempDir() // the same bytes elsewhere
	write(t, other, "a.txt", "A")
	write(t, other, "b.txt.gz", gz("BBB"))
	report, err = source.Ingest(t.Context(), db, pair(), []string{folder, other}, source.Options{})
	same(t, nil, err)
	same(t, "taken 0, unchanged 8, rows 0\nrejected lonely: there are 1 files\n", told(report, folder))
}

func unnamed(list []fundamentals.Company) []fundamentals.Company {
	for i := range list {
		list[i].Name = ""
	}
	return list
}

// Ended after the first slice, the next run goes on with the second.
func TestSlicesAreTakenByThemselves(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "a.txt", "A")
	write(t, folder, "b.txt", "B")
	db := open(t, filepath.Join(t.TempDir(), "assay.db"))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := source.Ingest(ctx, db, pair(), []string{folder}, source.Options{Progress: func(source.Progress) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	report, err := source.Ingest(t.Context(), db, pair(), []string{folder}, source.Options{})
	same(t, nil, err)
	same(t, "taken 1, unchanged 1, rows 1\n", told(report, folder))
}
