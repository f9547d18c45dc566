package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"assay/screener/lsp/lsptest"
)

// TestLanguageServer drives the program as an editor does, over its pipes, with
// the database of the sample.
func TestLanguageServer(t *testing.T) {
	dir := t.TempDir()
	a := &app{out: &output{stdout: io.Discard, stderr: io.Discard}, now: time.Now, program: "assay"}
	if status := execute(context.Background(), a, []string{"demo", "--keep", dir}); status != exitOK {
		t.Fatalf("the sample could not be made: status %d", status)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "assay") // the test runs as what it is called
	if err := os.Symlink(self, program); err != nil {
		t.Skip(err)
	}
	cmd := exec.Command(program, "lsp", "--db", filepath.Join(dir, "assay.db"), "--as-of", "2024-06-28")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := lsptest.New(t, out, in)
	c.Initialize()
	const uri = "file:///screens/mine.yaml"
	c.Open(uri, "screen: mine\npass:\n  returns: roic >= 12%\n  small: marketcap <= 2B\n")
	if got, want := c.Wait(uri, 1), "3:9-3:18 1 E012 unknown name \"marketcap\"\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
	c.Change(uri, 2, "screen: mine\npass:\n  returns: roic >= 12%\n  small: market_cap <= 2B\n")
	c.Refreshed(1)
	lenses := c.Call("textDocument/codeLens", `{"textDocument": {"uri": "`+uri+`"}}`)
	for _, want := range []string{" companies pass on 2024-06-28, ", " hold, ", `"line":3`} {
		if !strings.Contains(lenses, want) {
			t.Errorf("the lenses lack %q: %s", want, lenses)
		}
	}
	var hover struct{ Contents struct{ Value string } }
	c.Ask("textDocument/hover", uri, 2, 13, &hover)
	for _, want := range []string{"**roic** — Return on invested capital\n", "\n- unit: fraction", "as of 2024-06-28: known of ", "\n  median "} {
		if !strings.Contains(hover.Contents.Value, want) {
			t.Errorf("the hover lacks %q:\n%s", want, hover.Contents.Value)
		}
	}
	if got := c.Call("textDocument/completion", `{"textDocument": {"uri": "`+uri+`"}, "position": {"line": 2, "character": 14}}`); !strings.Contains(got, `"label":"gross_profitability"`) {
		t.Errorf("the catalogue is not offered: %.200s", got)
	}
	c.Call("shutdown", "")
	c.Notify("exit", "")
	if err := cmd.Wait(); err != nil || said.String() != "" {
		t.Errorf("the program ended with %v and said %q", err, said.String())
	}
}
