package source_test

import (
	"path/filepath"
	"testing"

	"assay/fundamentals/source"
)

// Chunks are filled again, with the facts of other companies and fewer of them:
// what a call stores is what a call for each file stores.
func TestChunksAreFilledAgain(t *testing.T) {
	folder := t.TempDir()
	var files []string
	for i, facts := range []int{9000, 3, 5000, 4096, 1, 12000} {
		files = append(files, write(t, folder, fileName(i+1), company(i+1, facts)))
	}
	var versions []string
	for _, calls := range [][][]string{{files}, {files[:1], files[1:2], files[2:3], files[3:4], files[4:5], files[5:]}} {
		db := open(t, filepath.Join(t.TempDir(), "assay.db"))
		var total source.Report
		for _, paths := range calls {
			report := ingest(t, db, paths...)
			total.Rows += report.Rows
			total.New += report.New
		}
		same(t, 9000+3+5000+4096+1+12000+len(files), total.Rows)
		same(t, total.Rows, total.New)
		version, err := db.DataVersion(t.Context(), 0)
		same(t, nil, err)
		versions = append(versions, version)
	}
	same(t, versions[1], versions[0])
}
