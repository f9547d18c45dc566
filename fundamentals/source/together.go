package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
)

// parts are files that mean something only together.
type parts struct {
	list   []File
	slices int
	digest func() (string, error) // of all, worked out once
}

// Together makes one file of several that mean something only together, such as
// tables that refer to each other, and cuts it into slices: each is parsed and
// stored by itself, so that memory and what a kill loses stay small however
// large the tables are. Which rows belong to which slice is the parser's to say.
func Together(name string, list []File, slices int) []File {
	p := &parts{list: list, slices: slices}
	p.digest = sync.OnceValues(func() (string, error) {
		h := sha256.New()
		for _, f := range list {
			digest, err := f.digest()
			if err != nil {
				return "", fmt.Errorf("%s: %w", f.Base, err)
			}
			_, _ = fmt.Fprintf(h, "%s %s\n", f.Base, digest) // a hash takes everything
		}
		return hex.EncodeToString(h.Sum(nil)), nil
	})
	var size int64
	for _, f := range list {
		size += f.Size
	}
	made := make([]File, slices)
	for i := range made {
		made[i] = File{Name: name, Base: baseName(name), Size: size / int64(slices), parts: p, slice: i}
		made[i].Name += made[i].sliceName()
	}
	return made
}

// Part returns the part of that base name, of a file made by [Together].
func (f File) Part(base string) (File, error) {
	if f.parts != nil {
		if i := slices.IndexFunc(f.parts.list, func(p File) bool { return p.Base == base }); i >= 0 {
			return f.parts.list[i], nil
		}
	}
	return File{}, errors.New("there is no " + base + " with it")
}

// Slice says which slice the file is, from 0, and of how many.
func (f File) Slice() (slice, of int) {
	if f.parts == nil {
		return 0, 1
	}
	return f.slice, f.parts.slices
}

// sliceName tells slices of the same bytes apart; "" where there is one.
func (f File) sliceName() string {
	slice, of := f.Slice()
	if of == 1 {
		return ""
	}
	return fmt.Sprintf(" (slice %d of %d)", slice+1, of)
}

// join hands the files of each folder to the kind.
func (f *Found) join(kind Kind) {
	byFolder := map[string][]File{}
	var folders []string
	for _, file := range f.Files {
		if _, ok := byFolder[file.folder]; !ok {
			folders = append(folders, file.folder)
		}
		byFolder[file.folder] = append(byFolder[file.folder], file)
	}
	f.Files = nil
	for _, folder := range folders {
		made, err := kind.Join(filepath.ToSlash(folder), byFolder[folder])
		if err != nil {
			f.Rejected = append(f.Rejected, FileReject{folder, err.Error()})
			continue
		}
		f.Files = append(f.Files, made...)
	}
}
