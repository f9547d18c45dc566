package library_test

import (
	"strings"
	"testing"

	"assay/fundamentals/metric"
	"assay/rules/funcs"
	"assay/screener/library"
	"assay/screener/screenfile"
)

func TestList(t *testing.T) {
	var b strings.Builder
	for _, e := range library.List() {
		b.WriteString(e.Name + ": " + e.About + "\n")
	}
	want := `cash-rich-value: Cheap, earning companies without debt to speak of and with ample cash.
compounders: Companies with a high return on capital in every year, growth, and profits that come in as cash.
quality-small-cap: Small, profitable companies with strong balance sheets and high returns on capital.
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
}

// TestScreensCompile holds every shipped screen to the catalogue, without as
// much as a notice.
func TestScreensCompile(t *testing.T) {
	for _, e := range library.List() {
		screen, problems := screenfile.Parse(e.File, e.Text, metric.Env(), funcs.All())
		if len(problems) > 0 {
			t.Errorf("%v", problems)
			continue
		}
		if screen.Name != e.Name || screen.About != e.About {
			t.Errorf("%s calls itself %s: %s", e.File, screen.Name, screen.About)
		}
		if !strings.HasPrefix(screen.Text, "# For: ") {
			t.Errorf("%s does not begin with what it is for", e.File)
		}
		if screen.Rank == nil || len(screen.Rank.Ties) == 0 || len(screen.Columns) == 0 || len(screen.Tests) == 0 {
			t.Errorf("%s lacks a ranking, columns or tests", e.File)
		}
		for _, n := range screen.Notices {
			t.Errorf("%s: %s", e.File, n)
		}
	}
}

func TestOpen(t *testing.T) {
	if e, ok := library.Open("compounders"); !ok || e.File != "compounders.yaml" {
		t.Errorf("got %s, %v", e.File, ok)
	}
	if _, ok := library.Open("no-such-screen"); ok {
		t.Error("a screen that does not ship was opened")
	}
}
