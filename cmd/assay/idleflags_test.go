package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// callsOfEachVerb are calls that would do something, with what they need in a folder:
// each verb at least once, and each way in which it does something else.
func callsOfEachVerb(dir string) [][]string {
	in := func(name string) string { return filepath.Join(dir, name) }
	screen, screens := in("screens/weekly.yaml"), []string{"--screens", in("screens")}
	return [][]string{
		{"demo"}, {"sample", "--companies", "1", "--years", "3", "--dir", in("made")},
		{"fetch", "edgar", "--bulk", "-o", in("edgar")}, {"ingest", "securities", in("securities.csv")},
		{"run", "cash-rich-value"}, {"run", "cash-rich-value", "--robust"}, {"run", "--list"}, {"run", "--preview", "cash-rich-value", "net-net"},
		{"run", "cash-rich-value", "--from", "2026-05-01", "--every", "month"},
		{"explain", "cash-rich-value", "BELLTO"}, {"tune", "quality-small-cap", "ample_cash"},
		{"check", screen}, {"check", screen, "--db", in("assay.db")}, {"fmt", screen}, {"fmt", "-d", screen}, {"test", screen},
		{"schema"}, {"lsp"}, {"help", "run"}, {"help", "rules"}, {"help"},
		{"metrics"}, {"metrics", "roic"}, {"metrics", "--coverage"},
		{"facts", "BELLTO"}, {"facts", "BELLTO", "roic"}, {"facts", "BELLTO", "--restated"}, {"audit"}, {"audit", "--unmapped"},
		{"backup", in("copy.db")}, {"runs"}, {"runs", "show", "last"}, {"runs", "prune", "--keep", "90d", "--dry-run"}, {"replay", "last"},
		{"diff", "last", "cash-rich-value@2026-05-29"}, {"diff", "--since", "last"},
		append([]string{"schedule"}, screens...), append([]string{"schedule", "run", "weekly"}, screens...), append([]string{"serve"}, screens...),
		{"notify", "test", "diary"}, {"notify", "outbox"}, {"notify", "retry", "--all"}, {"notify", "drop", "--all"}, {"config"},
		{"completion", "bash"}, {"completion", "fish"}, {"completion", "powershell"}, {"completion", "zsh"},
	}
}

// TestNoFlagIsPassedOver holds of every verb that it looks at the flags that speak of
// one call, or says that they mean nothing to it: none takes a day that is no day, a
// format that is none, or a file that cannot be written.
func TestNoFlagIsPassedOver(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("ASSAY_DB", filepath.Join(dir, "assay.db"))
	t.Setenv("ASSAY_CONFIG", filepath.Join(dir, "config.yaml"))
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("config.yaml", "channels: { diary: { kind: file, folder: "+filepath.ToSlash(dir)+" } }\n")
	write("screens/weekly.yaml", "screen: weekly\npass:\n  small: market_cap <= 2B\nschedule: { cron: \"0 7 * * 1\", timezone: UTC }\n")
	for _, args := range [][]string{{"demo", "--keep", dir, "--quiet"}, {"run", "cash-rich-value", "--quiet"}} {
		if status, _, told := call(t.Context(), args...); status != exitOK {
			t.Fatal(told)
		}
	}
	calls := callsOfEachVerb(dir)
	coverEachVerb(t, calls)
	file := filepath.Join(dir, "none", "result")
	for _, flag := range []struct{ name, value, told string }{
		{"--as-of", "someday", "--as-of"}, {"--format", "nonsense", "format"}, {"-o", file, "-o means nothing to|" + file},
	} {
		for _, args := range calls {
			if flag.name == "-o" && args[0] == "fetch" {
				continue // which wants it
			}
			args = append(slices.Clone(args), flag.name, flag.value)
			status, stdout, stderr := call(t.Context(), args...)
			if status == exitOK || !slices.ContainsFunc(strings.Split(flag.told, "|"), func(told string) bool { return strings.Contains(stderr, told) }) {
				t.Errorf("assay %s: status %d, %q, %.60q", strings.Join(args, " "), status, stderr, stdout)
			}
		}
	}
}

// coverEachVerb fails for a verb that no call names.
func coverEachVerb(t *testing.T, calls [][]string) {
	t.Helper()
	root := (&app{out: &output{}}).rootCommand()
	var called []*cobra.Command
	for _, args := range calls {
		verb, _, err := root.Find(args)
		if err != nil {
			t.Fatal(err)
		}
		called = append(called, verb)
	}
	var look func(verb *cobra.Command)
	look = func(verb *cobra.Command) {
		below := verb.Commands()
		if !slices.Contains(called, verb) && len(below) == 0 {
			t.Errorf("no call of %s", verb.CommandPath())
		}
		for _, c := range below {
			look(c)
		}
	}
	look(root)
}

// TestHelpHidesIdleFlags holds that the help of a verb shows no flag that the verb
// refuses, and the others.
func TestHelpHidesIdleFlags(t *testing.T) {
	_, help, _ := call(t.Context(), "backup", "--help")
	if strings.Contains(help, "--output") || strings.Contains(help, "--as-of") || !strings.Contains(help, "--json") {
		t.Errorf("got %s", help)
	}
}
