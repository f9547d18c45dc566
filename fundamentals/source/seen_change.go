//go:build linux

package source

import (
	"os"
	"syscall"
)

// changedAt returns when the system last changed a file or its attributes, in
// nanoseconds since 1970-01-01 UTC; 0 where it does not tell.
func changedAt(info os.FileInfo) int64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return stat.Ctim.Nano()
	}
	return 0
}
