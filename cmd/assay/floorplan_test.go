package main_test

import (
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// plan is the floor plan: each room with the rooms of ours that it may import,
// apart from its tests. A room ending in /* stands for the rooms right below,
// one ending in /... for all below.
//
//	cmd -> screener/* -> screener -> fundamentals/* -> rules
//
// A new room is a new line here, and a new door an edit that a reader sees.
var plan = []struct {
	room string
	may  []string
}{
	{"cmd/assay", []string{"screener", "screener/...", "fundamentals", "fundamentals/...", "rules", "rules/funcs"}},

	{"screener", []string{"fundamentals", "fundamentals/*", "rules", "rules/funcs"}},
	{"screener/screenfile", []string{"screener", "fundamentals", "fundamentals/metric", "rules", "rules/funcs"}},
	{"screener/library", []string{"screener", "screener/screenfile"}},
	{"screener/history", []string{"screener", "fundamentals", "rules"}},
	{"screener/schedule", []string{"screener", "screener/screenfile", "fundamentals", "fundamentals/market", "rules"}},
	{"screener/export", []string{"screener", "fundamentals", "rules"}},
	{"screener/notify", []string{"screener", "fundamentals", "rules"}},
	{"screener/backtest", []string{"screener", "fundamentals", "fundamentals/*", "rules"}},
	{"screener/web", []string{"screener", "screener/screenfile", "fundamentals", "fundamentals/*", "rules"}},
	{"screener/lsp", []string{"screener", "screener/screenfile", "fundamentals", "rules", "rules/funcs"}},
	{"screener/lsp/lsptest", nil},

	{"fundamentals", []string{"rules"}},
	{"fundamentals/source", []string{"fundamentals"}},
	{"fundamentals/source/sourcetest", []string{"fundamentals", "fundamentals/source"}},
	{"fundamentals/source/edgar", []string{"fundamentals", "fundamentals/source"}},
	{"fundamentals/source/fsds", []string{"fundamentals", "fundamentals/source"}},
	{"fundamentals/source/csvfile", []string{"fundamentals", "fundamentals/source", "rules"}},
	{"fundamentals/source/sample", []string{"fundamentals", "fundamentals/source"}},
	{"fundamentals/source/fetch", []string{"fundamentals"}},
	{"fundamentals/source/kinds", []string{"fundamentals/source", "fundamentals/source/*"}},
	{"fundamentals/store", []string{"fundamentals"}},
	{"fundamentals/standard", []string{"fundamentals", "rules"}},
	{"fundamentals/market", []string{"fundamentals", "rules"}},
	{"fundamentals/metric", []string{"fundamentals", "fundamentals/standard", "rules", "rules/funcs"}},
	{"fundamentals/snapshot", []string{"fundamentals", "fundamentals/store", "fundamentals/standard",
		"fundamentals/market", "fundamentals/metric", "rules", "rules/funcs"}},

	{"rules", nil},
	{"rules/funcs", []string{"rules"}},
	{"rules/rulestest", []string{"rules", "rules/funcs"}},
}

// guests are the modules of others, each with the rooms whose code may import
// it. Tests may import any of them, and testGuests besides.
var guests = map[string][]string{
	"github.com/expr-lang/expr":          {"rules", "rules/*"},
	"github.com/mattn/go-sqlite3":        {"fundamentals/store", "screener/history"},
	"github.com/goccy/go-yaml":           {"screener/screenfile", "screener/library", "fundamentals/standard", "fundamentals/metric"},
	"github.com/go-json-experiment/json": {"fundamentals/source/*"},
	"github.com/spf13/cobra":             {"cmd/assay"},
	"github.com/spf13/pflag":             {"cmd/assay"},
	"github.com/spf13/viper":             {"cmd/assay"},
	"github.com/jedib0t/go-pretty/v6":    {"cmd/assay"},
	"github.com/schollz/progressbar/v3":  {"cmd/assay"},
	"golang.org/x/term":                  {"cmd/assay"},
	"github.com/adrg/xdg":                {"cmd/assay"},
	"github.com/google/renameio/v2":      {"cmd/assay"},
	"github.com/robfig/cron/v3":          {"screener/schedule"},
	"github.com/wneessen/go-mail":        {"screener/notify"},
	"github.com/parquet-go/parquet-go":   {"screener/export"},
	"github.com/google/jsonschema-go":    {"screener/screenfile"},
	"github.com/creachadair/jrpc2":       {"screener/lsp", "screener/lsp/*"},
	"golang.org/x/time":                  {"fundamentals/source/fetch"},
}

var testGuests = []string{"github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "pgregory.net/rapid", "github.com/xuri/excelize"}

// drawers are folder names under which anything could hide.
var drawers = []string{"util", "utils", "common", "helper", "helpers", "type", "types", "model", "models",
	"internal", "misc", "shared", "lib", "base", "core", "pkg"}

func TestFloorPlan(t *testing.T) {
	doors := map[string][]string{}
	for _, r := range plan {
		doors[r.room] = r.may
	}
	for _, f := range goFiles(t) {
		for part := range strings.SplitSeq(f.room, "/") {
			if slices.Contains(drawers, part) {
				t.Errorf("%s: %q says nothing about what is in it", f.path, part)
			}
		}
		may, known := doors[f.room]
		if !known {
			t.Errorf("%s: the floor plan has no room %s", f.path, f.room)
			continue
		}
		for _, spec := range f.ast.Imports {
			from, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if why := refuse(f, may, from); why != "" {
				t.Errorf("%s: %s may not import %s: %s", f.at(spec), f.room, from, why)
			}
		}
	}
}

// refuse says why a file may not import a package, or "".
func refuse(f *goFile, may []string, from string) string {
	first, _, _ := strings.Cut(from, "/")
	switch {
	case from == "assay" || strings.HasPrefix(from, "assay/"):
		room := strings.TrimPrefix(from, "assay/")
		// A test may look at whatever stands below its room; it may not look up.
		if room == f.room || matches(may, room) || f.test && level(room) <= level(f.room) {
			return ""
		}
		return "there is no such door on the floor plan"
	case !strings.Contains(first, "."):
		return "" // the standard library
	}
	for module, rooms := range guests {
		if from == module || strings.HasPrefix(from, module+"/") {
			if f.test || matches(rooms, f.room) {
				return ""
			}
			return "that module is for " + strings.Join(rooms, ", ")
		}
	}
	for _, module := range testGuests {
		serves := f.test || strings.HasSuffix(f.room, "test") // rulestest, sourcetest
		if serves && strings.HasPrefix(from, module) {
			return ""
		}
	}
	return "that module is not on the floor plan"
}

// matches reports whether a pattern of the list is the room's.
func matches(patterns []string, room string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if above, ok := strings.CutSuffix(p, "/..."); ok {
			return strings.HasPrefix(room, above+"/")
		}
		ok, err := path.Match(p, room)
		return ok && err == nil
	})
}

// level is the height of a room: rules at the bottom, cmd on top.
func level(room string) int {
	switch {
	case room == "rules" || strings.HasPrefix(room, "rules/"):
		return 0
	case room == "fundamentals" || strings.HasPrefix(room, "fundamentals/"):
		return 1
	case room == "screener":
		return 2
	case strings.HasPrefix(room, "screener/"):
		return 3
	}
	return 4
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		built := e.Name() == "assay" && !e.IsDir()
		if !strings.HasPrefix(e.Name(), ".") && !built {
			got = append(got, e.Name())
		}
	}
	want := []string{"README.md", "cmd", "fundamentals", "go.mod", "go.sum", "rules", "screener"}
	if !slices.Equal(got, want) {
		t.Errorf("the top level is\n%q, want\n%q", got, want)
	}
}
