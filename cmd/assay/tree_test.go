package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// root is the project's top folder, seen from this package.
const root = "../.."

// goFile is one Go file of the project.
type goFile struct {
	path  string // from the root, with slashes
	room  string // its folder, from the root
	test  bool
	lines int
	ast   *ast.File
	fset  *token.FileSet
}

// at returns file:line of a node.
func (f *goFile) at(n ast.Node) string { return f.fset.Position(n.Pos()).String() }

// tree parses every Go file of the project. It walks the folders itself: what
// a tool would say of them is cached by go test, what we open is not.
var tree = sync.OnceValues(func() ([]*goFile, error) {
	var files []*goFile
	fset := token.NewFileSet()
	err := walk(func(name string, text []byte) error {
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(fset, name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		files = append(files, &goFile{
			path: name, room: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
			lines: strings.Count(string(text), "\n"), ast: parsed, fset: fset,
		})
		return nil
	})
	return files, err
})

func goFiles(t *testing.T) []*goFile {
	t.Helper()
	files, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// walk calls do for every file of the project but those of .git and what
// editors leave; name is the path from the root, with slashes.
func walk(do func(name string, text []byte) error) error {
	return filepath.WalkDir(root, func(full string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if strings.HasPrefix(d.Name(), ".") && d.Name() != ".." && d.Name() != ".ci" {
				return fs.SkipDir
			}
			return nil
		}
		// A second checkout of the repository has a file .git.
		if !d.Type().IsRegular() || d.Name() == "assay" || d.Name() == ".git" {
			return nil
		}
		name, err := filepath.Rel(root, full)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(full)
		if err != nil {
			return err
		}
		return do(filepath.ToSlash(name), text)
	})
}
