package source

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// Found is what stands under the paths of a user.
type Found struct {
	Files    []File
	Ignored  []string     // files that the kind does not understand, by name
	Rejected []FileReject // paths that could not be read
	archives []io.Closer
	seen     seen
	read     atomic.Int64
}

// FileReject is a file that was left out as a whole.
type FileReject struct{ File, Why string }

// Close closes the zips that the files stand in.
func (f *Found) Close() error {
	var errs []error
	for _, a := range f.archives {
		errs = append(errs, a.Close())
	}
	return errors.Join(errs...)
}

// Find lists the files under paths in the order of the paths and, in folders
// and zips, of their names. A link is what it leads to; one to a folder, within a
// folder, is passed over. Limit is how many bytes a file may unpack to; 0 stands for
// [MaxSize].
func Find(kind Kind, paths []string, limit int64) *Found {
	f := &Found{}
	for _, p := range paths {
		before := len(f.Files) + len(f.Rejected)
		info, err := os.Stat(p)
		switch {
		case err != nil:
			f.reject(p, err)
		case info.IsDir():
			f.folder(kind, p, limit)
		case isZip(p):
			f.zip(kind, p, info, limit)
		default:
			f.Files = append(f.Files, onDisk(p, info, limit))
		}
		if len(f.Files)+len(f.Rejected) == before {
			f.Rejected = append(f.Rejected, FileReject{p, "there is no " + kind.Name + " file in it"})
		}
	}
	for i := range f.Files {
		f.Files[i].seen, f.Files[i].read = &f.seen, &f.read
	}
	if kind.Join != nil {
		f.join(kind)
	}
	return f
}

func isZip(name string) bool { return strings.EqualFold(filepath.Ext(name), ".zip") }

func (f *Found) reject(name string, err error) {
	why := plain(err).Error()
	if errors.Is(err, fs.ErrNotExist) {
		why = "there is no such file or folder"
	}
	f.Rejected = append(f.Rejected, FileReject{name, why})
}

func (f *Found) folder(kind Kind, root string, limit int64) {
	// With a separator behind it a link is walked as what it leads to.
	inside := root + string(filepath.Separator)
	_ = filepath.WalkDir(inside, func(p string, d fs.DirEntry, err error) error { // every error is reported on the way
		if err != nil {
			f.reject(p, err)
			return nil
		}
		if d.IsDir() {
			return nil
		}
		info, err := os.Stat(p) // of what a link leads to
		switch {
		case err != nil:
			f.reject(p, err)
		case info.Mode().IsRegular() && isZip(p):
			f.zip(kind, p, info, limit)
		case info.Mode().IsRegular() && kind.Accepts(baseName(p)):
			f.Files = append(f.Files, onDisk(p, info, limit))
		default:
			f.Ignored = append(f.Ignored, p)
		}
		return nil
	})
}

func (f *Found) zip(kind Kind, name string, info os.FileInfo, limit int64) {
	z, err := zip.OpenReader(name)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		if errors.Is(err, zip.ErrFormat) {
			err = errors.New("its name ends in .zip, but it is not a whole zip file")
		}
		f.reject(name, err)
		return
	}
	f.archives = append(f.archives, z)
	for _, m := range z.File {
		switch {
		case m.FileInfo().IsDir():
		case escapes(m.Name):
			f.Rejected = append(f.Rejected, FileReject{name + ": " + m.Name, "its path leads out of the zip"})
		case kind.Accepts(baseName(m.Name)):
			f.Files = append(f.Files, inZip(name, info, m, limit))
		default:
			f.Ignored = append(f.Ignored, name+": "+m.Name)
		}
	}
}

// escapes reports whether a member's path would leave the folder that the zip
// is unpacked in. Nothing is unpacked here; who sends such a zip means harm or
// is broken.
func escapes(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	return !fs.ValidPath(path.Clean(name)) || strings.Contains("/"+name+"/", "/../")
}
