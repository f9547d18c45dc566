package source_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"assay/fundamentals/source"
	"assay/fundamentals/source/edgar"
)

// A link to a folder is the folder, and its files are named by the link.
func TestFindFollowsLinks(t *testing.T) {
	parent := t.TempDir()
	folder, link := filepath.Join(parent, "folder"), filepath.Join(parent, "link")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, folder, fileName(1), company(1, 3))
	if err := os.Symlink(folder, link); err != nil {
		t.Skip("no links here:", err)
	}
	for _, path := range []string{folder, link, link + string(filepath.Separator)} {
		found := source.Find(edgar.Companyfacts(), []string{path}, 0)
		var names []string
		for _, f := range found.Files {
			names = append(names, f.Name)
		}
		if d := cmp.Diff([]string{filepath.Join(path, fileName(1))}, names); d != "" || len(found.Rejected)+len(found.Ignored) > 0 {
			t.Errorf("%s: %s\n%v %v", path, d, found.Rejected, found.Ignored)
		}
	}
}
