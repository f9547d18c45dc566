package main_test

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// TestNoInit holds that nothing registers itself.
func TestNoInit(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: init(): make the list explicit instead", f.at(fn))
			}
		}
	}
}

// onlyCmd are names of the standard library that only cmd may use.
var onlyCmd = map[string][]string{
	"time": {"Now", "Since", "Until"},
	"os":   {"Getenv", "LookupEnv", "Environ", "Stdout", "Stderr", "Stdin", "Args", "Exit"},
	"fmt":  {"Print", "Printf", "Println"},
}

func TestOnlyCmdKnowsTheMachine(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test || f.room == "cmd/assay" {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Obj == nil && slices.Contains(onlyCmd[pkg.Name], sel.Sel.Name) {
				t.Errorf("%s: %s.%s: only cmd knows the clock, the environment and the terminal", f.at(sel), pkg.Name, sel.Sel.Name)
			}
			return true
		})
	}
}

// TestOnlyOutPrints holds that in cmd nothing prints but out.go.
func TestOnlyOutPrints(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test || f.room != "cmd/assay" || f.path == "cmd/assay/out.go" || f.path == "cmd/assay/main.go" {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, _ := sel.X.(*ast.Ident)
			if pkg != nil && (pkg.Name == "os" && (sel.Sel.Name == "Stdout" || sel.Sel.Name == "Stderr") ||
				pkg.Name == "fmt" && strings.HasPrefix(sel.Sel.Name, "Print")) {
				t.Errorf("%s: %s.%s: only out.go prints", f.at(sel), pkg.Name, sel.Sel.Name)
			}
			return true
		})
	}
}

// TestNoChangingPackageVariables finds assignments to package variables, in
// the code and not in the tests. It does not see a change through a pointer.
func TestNoChangingPackageVariables(t *testing.T) {
	vars := map[string]map[string]bool{}
	for _, f := range goFiles(t) {
		if vars[f.room] == nil {
			vars[f.room] = map[string]bool{}
		}
		for _, d := range f.ast.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR && !f.test {
				for _, s := range g.Specs {
					for _, name := range s.(*ast.ValueSpec).Names {
						vars[f.room][name.Name] = true
					}
				}
			}
		}
	}
	for _, f := range goFiles(t) {
		if f.test {
			continue
		}
		local := f.ast.Scope.Objects
		changed := func(n ast.Node, target ast.Expr) {
			id := rootOf(target)
			if id == nil || !vars[f.room][id.Name] || id.Name == "_" {
				return
			}
			if id.Obj == nil || local[id.Name] == id.Obj {
				t.Errorf("%s: changes the package variable %s", f.at(n), id.Name)
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if n.Tok != token.DEFINE {
					for _, target := range n.Lhs {
						changed(n, target)
					}
				}
			case *ast.IncDecStmt:
				changed(n, n.X)
			}
			return true
		})
	}
}

// rootOf returns the variable that an assignment to x changes.
func rootOf(x ast.Expr) *ast.Ident {
	for {
		switch e := x.(type) {
		case *ast.Ident:
			return e
		case *ast.IndexExpr:
			x = e.X
		case *ast.SelectorExpr:
			x = e.X
		case *ast.StarExpr:
			x = e.X
		case *ast.ParenExpr:
			x = e.X
		default:
			return nil
		}
	}
}

// The caps on sizes, in lines.
const (
	fileCap     = 700
	fileThink   = 400
	medianCap   = 150
	functionCap = 60
)

func TestFileCaps(t *testing.T) {
	var sizes []int
	for _, f := range goFiles(t) {
		if f.lines > fileCap {
			t.Errorf("%s: %d lines, the cap is %d", f.path, f.lines, fileCap)
		} else if f.lines > fileThink {
			t.Logf("%s: %d lines, think at %d", f.path, f.lines, fileThink)
		}
		if f.test {
			continue
		}
		sizes = append(sizes, f.lines)
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				if n := f.fset.Position(fn.End()).Line - f.fset.Position(fn.Pos()).Line + 1; n > functionCap {
					t.Errorf("%s: %s has %d lines, the cap is %d", f.at(fn), fn.Name.Name, n, functionCap)
				}
			}
		}
	}
	slices.Sort(sizes)
	median := sizes[len(sizes)/2]
	t.Logf("%d files without tests, median %d lines, largest %d", len(sizes), median, sizes[len(sizes)-1])
	if median > medianCap {
		t.Errorf("the median file has %d lines, the cap is %d", median, medianCap)
	}
}

// TestNoMachinePaths holds that no file speaks of the machine that it was
// written on.
func TestNoMachinePaths(t *testing.T) {
	paths := []string{"/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/"}
	err := walk(func(name string, text []byte) error {
		for i, line := range bytes.Split(text, []byte("\n")) {
			for _, p := range paths {
				if bytes.Contains(line, []byte(p)) {
					t.Errorf("%s:%d: names a path of one machine: %s", name, i+1, p)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
