package source

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"assay/fundamentals"
)

// seen knows digests of files by their size and the time of their last change, so
// that an ingest of a thousand files of which none changed reads none of them.
//
// The time is that at which the system last changed the file or its attributes, and
// not that of its last modification, which whoever unpacks, copies or restores a
// file sets to what it was before. It is trusted only if it lies some time before
// the ingest: a file may change twice within the clock's grain. Where the system
// does not tell it (see changedAt) every file is hashed each time.
type seen struct {
	known  map[string]fundamentals.SeenFile
	before int64 // files that changed after it are hashed each time

	mu    sync.Mutex
	fresh []fundamentals.SeenFile // hashed in this ingest
}

// clockGrain is more than the grain of any file system's clock.
const clockGrain = 2 * time.Second

// load reads what the sink knows of files. Without a clock no file is known.
func (s *seen) load(ctx context.Context, sink Sink, now time.Time) (err error) {
	if now.IsZero() {
		return nil
	}
	s.before = now.Add(-clockGrain).UnixNano()
	s.known, err = sink.SeenFiles(ctx)
	return err
}

// stamp describes a file, or member of a zip, by what the system says of it.
func stamp(path, member string, info os.FileInfo) fundamentals.SeenFile {
	absolute, err := filepath.Abs(path)
	changed := changedAt(info)
	if err != nil || changed == 0 {
		return fundamentals.SeenFile{}
	}
	if member != "" {
		absolute += ": " + member
	}
	return fundamentals.SeenFile{Path: absolute, Size: info.Size(), Changed: changed}
}

// digest returns the digest of a file, by hash where it is not known.
func (s *seen) digest(file fundamentals.SeenFile, hash func() (string, error)) (string, error) {
	if s == nil || file.Path == "" || file.Changed >= s.before {
		return hash()
	}
	if known := s.known[file.Path]; known.Size == file.Size && known.Changed == file.Changed {
		return known.Digest, nil
	}
	digest, err := hash()
	if err == nil {
		file.Digest = digest
		s.mu.Lock()
		s.fresh = append(s.fresh, file)
		s.mu.Unlock()
	}
	return digest, err
}
