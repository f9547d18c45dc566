package store_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// A file's version is the place of its last migration among the files, so two of
// one number, or a gap, would give one version to two formats.
func TestMigrationsAreNumberedFromOne(t *testing.T) {
	files, err := os.ReadDir("migration")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(f.Name(), want) {
			t.Errorf("migration %s stands at place %d", f.Name(), i+1)
		}
	}
}
