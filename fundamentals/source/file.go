package source

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// MaxSize is how many bytes a file may unpack to, unless the caller says
// otherwise: more is taken for a bomb.
const MaxSize = 4 << 30

// Open returns the text of the file, unpacked. The caller closes it. A file that
// is empty or is not what its name says gives an error at once, one that unpacks
// to more than the limit when the limit is reached.
func (f File) Open() (io.ReadCloser, error) {
	open := f.open
	if open == nil {
		open = f.raw
	}
	raw, err := open()
	if err != nil {
		return nil, plain(err)
	}
	buffered := bufio.NewReaderSize(raw, 1<<16)
	text, err := unpack(f.Name, buffered)
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	limit := f.limit
	if limit == 0 {
		limit = MaxSize
	}
	return &limited{text, raw, limit, limit, f.read}, nil
}

// unpack looks at the first bytes, for names lie in both directions.
func unpack(name string, r *bufio.Reader) (io.Reader, error) {
	magic, err := r.Peek(2)
	if len(magic) == 0 && err == io.EOF {
		return nil, errors.New("the file is empty")
	}
	if err != nil && err != io.EOF {
		return nil, err
	}
	if string(magic) != "\x1f\x8b" {
		if isGzip(name) {
			return nil, errors.New("its name ends in .gz, but it is not gzip data")
		}
		return r, nil
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("its gzip header is broken: %w", err)
	}
	return z, nil
}

// limited ends with an error, and not with a quiet end, when a file is larger
// than it may be.
type limited struct {
	text  io.Reader
	raw   io.Closer
	left  int64
	limit int64
	read  *atomic.Int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, fmt.Errorf("it unpacks to more than %d bytes, the limit for one file", l.limit)
	}
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.text.Read(p)
	l.left -= int64(n)
	if l.read != nil {
		l.read.Add(int64(n))
	}
	if l.left < 0 {
		return n + int(l.left), fmt.Errorf("it unpacks to more than %d bytes, the limit for one file", l.limit)
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("the compressed data ends too early (a download that broke off?)")
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zip.ErrChecksum):
		err = errors.New("the compressed data is damaged: its checksum is wrong")
	}
	return n, err
}

func (l *limited) Close() error { return l.raw.Close() }

// digest hashes the bytes as they lie there, packed or not.
func (f File) digest() (string, error) {
	if f.parts != nil {
		return f.parts.digest()
	}
	return f.seen.digest(f.stamp, f.hash)
}

func (f File) hash() (string, error) {
	r, err := f.raw()
	if err != nil {
		return "", plain(err)
	}
	defer func() { _ = r.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", plain(err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// plain takes the path out of an error: it is said beside it already.
func plain(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

// onDisk describes a file on disk.
func onDisk(name string, info os.FileInfo, limit int64) File {
	return File{
		Name: name, Base: baseName(name), Size: info.Size(), Unpacked: info.Size(), limit: limit,
		folder: filepath.Dir(name),
		stamp:  stamp(name, "", info),
		raw:    func() (io.ReadCloser, error) { return os.Open(name) },
	}
}

// inZip describes a member of a zip.
func inZip(archive string, info os.FileInfo, m *zip.File, limit int64) File {
	return File{
		stamp: stamp(archive, m.Name, info),
		Name:  archive + ": " + m.Name, Base: baseName(m.Name), Size: int64(m.CompressedSize64), limit: limit,
		folder:   strings.TrimSuffix(archive+": "+path.Dir(strings.ReplaceAll(m.Name, `\`, "/")), ": ."),
		Unpacked: int64(m.UncompressedSize64),
		raw: func() (io.ReadCloser, error) {
			r, err := m.OpenRaw()
			return io.NopCloser(r), err
		},
		open: m.Open,
	}
}

func baseName(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	if isGzip(base) {
		return base[:len(base)-len(".gz")]
	}
	return base
}

func isGzip(name string) bool { return strings.EqualFold(path.Ext(name), ".gz") }

// FileOf describes text in memory, for tests and for what a program makes itself.
func FileOf(name string, text []byte) File {
	return File{
		Name: name, Base: baseName(name), Size: int64(len(text)), Unpacked: int64(len(text)),
		raw: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(string(text))), nil },
	}
}
