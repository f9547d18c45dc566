package library_test

import (
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/metric"
	"assay/rules/funcs"
	"assay/screener/library"
	"assay/screener/screenfile"
)

func TestList(t *testing.T) {
	var b strings.Builder
	for _, e := range library.List() {
		b.WriteString(e.Name + ": " + e.About() + "\n")
	}
	want := `avoid-list: Companies with two of three signs of trouble - paper profits, dilution, distress.
cash-rich-value: Cheap, earning companies without debt to speak of and with ample cash.
compounders: Companies with a high return on capital in every year, growth, and profits that come in as cash.
earnings-momentum: Companies with a fresh earnings surprise, rising sales and a rising price.
gross-profitability-value: Companies that are high in gross profit to assets and in book to market together.
low-debt-value: Small companies with little debt, five years without a loss, and a low price to earnings.
magic-formula-small-caps: Small companies that rank high in both earnings yield and return on tangible capital.
net-net: Companies at two thirds or less of their current assets net of all liabilities.
piotroski-value: The cheapest fifth by book to market, with eight or nine of Piotroski's nine tests passed.
quality-small-cap: Small, profitable companies with strong balance sheets and high returns on capital.
reshoring-beneficiaries: Companies with your tag ` + "`" + `reshoring` + "`" + ` that earn, invest, and can pay for it.
shareholder-yield: Companies that pay out 5 % or more of their price a year, net of stock issued, and earn it.
turnaround: Companies that earn again after a loss, with cash coming in and debts that they can carry.
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
}

// language is the catalogue's, with the tags that shipped screens ask for.
func language() screenfile.Language {
	var tags []fundamentals.UserColumn
	for _, e := range library.List() {
		for _, tag := range e.Tags {
			tags = append(tags, fundamentals.UserColumn{Name: tag, Unit: fundamentals.TagUnit})
		}
	}
	return screenfile.Language{Env: metric.EnvWith(tags), Funcs: funcs.All()}
}

// TestScreens holds every shipped screen to the catalogue, without as much as a
// notice, and to the form that the program writes.
func TestScreens(t *testing.T) {
	for _, e := range library.List() {
		found := language().Check(e.File, e.Text)
		if len(found.Problems)+len(found.Warnings) > 0 {
			t.Errorf("%v\n%v", found.Problems, found.Warnings)
			continue
		}
		screen := found.Screen
		if screen.Name != e.Name || screen.About != e.About() {
			t.Errorf("%s calls itself %s: %s", e.File, screen.Name, screen.About)
		}
		if !strings.HasPrefix(screen.Text, "# For: ") {
			t.Errorf("%s does not begin with what it is for", e.File)
		}
		if screen.Rank == nil || len(screen.Rank.Ties) == 0 || len(screen.Columns) == 0 || len(screen.Flags) == 0 {
			t.Errorf("%s lacks a ranking, columns or flags", e.File)
		}
		for _, n := range screen.Notices {
			t.Errorf("%s: %s", e.File, n)
		}
		if tidy, _, err := language().Format(e.File, e.Text); err != nil || string(tidy) != string(e.Text) {
			t.Errorf("%s is not as `assay fmt` writes it: %v", e.File, err)
		}
	}
}

// TestTests runs the tests of every shipped screen. They see each condition true,
// false and unknown, and a company that passes, one that fails, and one of which
// it is unknown.
func TestTests(t *testing.T) {
	for _, e := range library.List() {
		l := language()
		screen, problems := l.Parse(e.File, e.Text)
		if len(problems) > 0 {
			t.Errorf("%v", problems)
			continue
		}
		report, err := screenfile.Trial{Screen: screen, Env: l.Env, Tests: screen.Tests}.Run(t.Context())
		if err != nil {
			t.Errorf("%s: %v", e.Name, err)
			continue
		}
		for _, test := range report.Tests {
			if test.Outcome != screenfile.Passed {
				t.Errorf("%s: %s %s: %v", e.Name, test.Name, test.Outcome, test.Failures)
			}
		}
		if report.Share() != 1 {
			t.Errorf("%s: its tests have not seen all: %+v", e.Name, report.Coverage)
		}
		whole := map[string]bool{}
		for _, test := range screen.Tests {
			whole[test.Expect["screen"]] = true
			for _, c := range test.Companies {
				whole[test.Expect[c.Name]] = true
			}
		}
		if !whole["pass"] || !whole["fail"] || !whole["unknown"] {
			t.Errorf("%s: its tests expect no company to pass, fail and be unknown: %v", e.Name, whole)
		}
	}
}

// TestPages holds every shipped screen to a page that tells what must be known of
// it, in lines that a terminal can show.
func TestPages(t *testing.T) {
	for _, e := range library.List() {
		rest, ok := strings.CutPrefix(e.Page, e.Name+"\n"+strings.Repeat("=", len(e.Name))+"\n\n")
		if !ok {
			t.Errorf("the page of %s does not begin with its name", e.Name)
		}
		for _, part := range []string{"Who proposed it", "What it leaves out", "Weak points", "How many passed"} {
			head := "\n" + part + "\n" + strings.Repeat("-", len(part)) + "\n\n"
			before, after, ok := strings.Cut(rest, head)
			if !ok || strings.TrimSpace(before) == "" {
				t.Errorf("the page of %s lacks: %s", e.Name, part)
			}
			rest = after
		}
		for _, day := range []string{"2022-12-30", "2023-06-30", "2024-03-08"} {
			if !strings.Contains(rest, day) {
				t.Errorf("the page of %s does not say how many passed on %s", e.Name, day)
			}
		}
		for line := range strings.Lines(e.Page) {
			if len(line) > 91 {
				t.Errorf("the page of %s has a line that is too long: %s", e.Name, line)
			}
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
