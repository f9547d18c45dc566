package main

import (
	"bytes"
	"os"
	"testing"
)

// The reference page is what "assay metrics --format md" writes without a
// database. After a change of the catalogue: go test ./cmd/assay -run Reference -update
func TestReferencePage(t *testing.T) {
	const page = "../../fundamentals/metric/reference.md"
	var want bytes.Buffer
	if err := writeReference(&want, entries(nil)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(page, want.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("the page is not what the catalogue says: run the test with -update")
	}
}
