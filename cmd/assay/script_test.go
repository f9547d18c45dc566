package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"assay": mainNearby, "assay-fast": fastDaemon})
}

// TestScripts runs the specification of the command line. Scripts find the
// sample's files in $SAMPLE, a database of them in $ASSAY_DB, and a server that is
// EDGAR for them at $SERVER.
func TestScripts(t *testing.T) {
	dir := t.TempDir()
	var said strings.Builder
	a := &app{out: &output{stdout: &said, stderr: &said}, now: time.Now, program: "assay"}
	if status := execute(context.Background(), a, []string{"demo", "--keep", dir}); status != exitOK {
		t.Fatalf("the sample could not be made: status %d\n%s", status, said.String())
	}
	// The name of a run moves with every edit of the concept map: a script holds
	// that a second run has the name of the first.
	run := regexp.MustCompile(`(?m)^run ([0-9a-f]{16}), data`).FindStringSubmatch(said.String())
	if run == nil {
		t.Fatalf("the demo names no run:\n%s", said.String())
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Condition: func(name string) (bool, error) {
			if name == "root" { // who may read and write everything
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("there is no condition %q", name)
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLE", dir)
			env.Setenv("RUN", run[1])
			env.Setenv("ASSAY_DB", filepath.Join(dir, "assay.db"))
			server := newScriptServer(env.WorkDir)
			env.Defer(server.Close)
			env.Setenv("SERVER", server.URL)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status},
	})
}

// status runs assay and holds it to an exit status: status 2 run --wrong.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N ARGUMENT...")
	}
	var got int
	if err := ts.Exec("assay", args[1:]...); err != nil {
		got = exitStatus(err)
	}
	if want := args[0]; want != statusText(got) {
		ts.Fatalf("exit status %d, want %s", got, want)
	}
}

func exitStatus(err error) int {
	if e, ok := err.(interface{ ExitCode() int }); ok {
		return e.ExitCode()
	}
	return -1
}

func statusText(n int) string { return string(rune('0' + n)) }

// TestScriptForEachVerb holds that no verb goes without a specification.
func TestScriptForEachVerb(t *testing.T) {
	a := &app{out: &output{}}
	for _, c := range append(a.verbs(), a.helpCommand()) {
		if _, err := os.Stat(filepath.Join("testdata", "script", c.Name()+".txtar")); err != nil {
			t.Errorf("%s: %v", c.Name(), err)
		}
	}
}
