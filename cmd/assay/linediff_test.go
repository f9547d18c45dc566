package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLineDiff(t *testing.T) {
	lines := func(words string) string { return strings.ReplaceAll(words, " ", "\n") + "\n" }
	got := lineDiff("f", lines("a b c d e f g h i j k l m n o p q"), lines("a B c d e f g h i j k l m n o q r")+"s")
	want := `--- f
+++ f (formatted)
@@ -1,5 +1,5 @@
 a
-b
+B
 c
 d
 e
@@ -13,5 +13,6 @@
 m
 n
 o
-p
 q
+r
+s
\ no end of line at the end of the file
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestLineDiffPatches applies what it tells with patch, where there is one.
func TestLineDiffPatches(t *testing.T) {
	patch, err := exec.LookPath("patch")
	if err != nil {
		t.Skip("there is no patch")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "f")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a\n", "b\n", "c\n"}), 0, 30).Draw(t, "lines"), "")
		})
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		if before == after {
			return
		}
		if err := os.WriteFile(file, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(patch, "-s", "-o", "-", file)
		cmd.Stdin = strings.NewReader(lineDiff(file, before, after))
		out, err := cmd.Output()
		if err != nil || string(out) != after {
			t.Fatalf("%q to %q gave %q, %v", before, after, out, err)
		}
	})
}
