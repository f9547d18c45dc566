package sample

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// fullDisk takes nothing.
type fullDisk struct{ path string }

func (f fullDisk) Write([]byte) (int, error) {
	return 0, &fs.PathError{Op: "write", Path: f.path, Err: syscall.ENOSPC}
}

// TestFullDisk holds that a disk without room is told of once, with the folder that
// the user named.
func TestFullDisk(t *testing.T) {
	full := fullDisk{filepath.Join("disk", ".made-123", "companyfacts", "CIK9900000013.json.gz")}
	err := new(deflater).deflate(full, func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Repeat("facts that no disk takes ", 1<<16))
		return err
	})
	err = inFolder(filepath.Join("disk", "made"), filepath.Join("disk", ".made-123"), err)
	want := "sample: write " + filepath.Join("disk", "made", "companyfacts", "CIK9900000013.json.gz") + ": " + syscall.ENOSPC.Error()
	if err == nil || err.Error() != want || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got %v\nwant %s", err, want)
	}
}
