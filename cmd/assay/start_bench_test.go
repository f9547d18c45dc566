package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkStart starts the program as a user does, and waits for its end: with a
// verb that does nothing, with one that reads a screen, and with a run over columns
// that are kept. Beside the time it tells the processor's.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	program := filepath.Join(dir, "assay")
	config := filepath.Join(dir, "none.yaml")
	if err := os.WriteFile(config, nil, 0o644); err != nil {
		b.Fatal(err)
	}
	start := func(b *testing.B, name string, args ...string) *os.ProcessState {
		cmd := exec.Command(name, args...)
		if text, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%s: %v\n%s", name, err, text)
		}
		return cmd.ProcessState
	}
	start(b, "go", "build", "-o", program, ".")
	start(b, program, "demo", "--keep", filepath.Join(dir, "sample"), "--config", config)
	screen := filepath.Join("..", "..", "screener", "library", "quality-small-cap.yaml")
	for _, verb := range [][]string{
		{"--help"},
		{"check", screen, "--config", config},
		{"run", screen, "--as-of", "2026-06-30", "--config", config, "--db", filepath.Join(dir, "sample", "assay.db")},
	} {
		b.Run(verb[0], func(b *testing.B) {
			spent := int64(0)
			for b.Loop() {
				state := start(b, program, verb...)
				spent += int64(state.UserTime() + state.SystemTime())
			}
			b.ReportMetric(float64(spent)/float64(b.N)/1e6, "cpu-ms/op")
		})
	}
}
