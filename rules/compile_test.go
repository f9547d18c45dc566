package rules_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"assay/rules"
)

func TestExpect(t *testing.T) {
	s := scope(catalogue(1))
	for _, c := range []struct {
		text string
		kind rules.Kind
		want string
	}{
		{"roic", rules.Bool, "this is a number where a condition is expected [E015]: compare it, such as roic > 0"},
		{"roic > 0", rules.Number, "this is a condition where a number is expected [E015]: if c { 1 } else { 0 } makes a number of a condition"},
		{"sector", rules.Bool, `this is a text where a condition is expected [E015]: compare it: x == "a", or x in ["a", "b"]`},
		{"roic > 0", rules.Bool, ""},
	} {
		got := ""
		if e := compile(t, s, c.text).Expect(c.kind); e != nil {
			got = e.Error()
		}
		if got != c.want {
			t.Errorf("%s as %s: %q, want %q", c.text, c.kind, got, c.want)
		}
	}
}

// TestOffsets: offsets count bytes of the user's own text, whatever is rewritten
// before them.
func TestOffsets(t *testing.T) {
	text := "roe > 12% and sector == \"Énergie\"\n  and marketcap > 2.5B"
	_, errs := scope(catalogue(1)).Compile(text)
	var got []string
	for _, e := range errs {
		got = append(got, text[e.From:e.To])
	}
	if want := []string{`"Énergie"`, "marketcap"}; !slices.Equal(got, want) {
		t.Errorf("spans %q, want %q", got, want)
	}
}

// TestCodes: every code has a help text and is shown by a script.
func TestCodes(t *testing.T) {
	var shown strings.Builder
	for _, name := range []string{"errors", "units"} {
		text, err := os.ReadFile("testdata/" + name + ".test")
		if err != nil {
			t.Fatal(err)
		}
		shown.Write(text)
	}
	for i, c := range rules.Codes() {
		switch {
		case c.Title == "" || c.Help == "":
			t.Errorf("%s has no help", c.Code)
		case i > 0 && c.Code <= rules.Codes()[i-1].Code:
			t.Errorf("%s is out of order", c.Code)
		case c.Code != "E001" && !strings.Contains(shown.String(), "["+c.Code+"]"):
			t.Errorf("no script shows %s", c.Code)
		}
	}
}

func TestUsesLets(t *testing.T) {
	s := scope(catalogue(1))
	s.Lets["margin"] = compile(t, s, "net_income / revenue")
	s.Lets["good"] = compile(t, s, "margin > 10%")
	p := compile(t, s, "good and roe > 1% and margin < 90%")
	if got := strings.Join(p.UsesLets(), " "); got != "good margin" {
		t.Errorf("lets %q", got)
	}
	if !compile(t, s, "margin > median_of(margin)").UsesPeers() || p.UsesPeers() {
		t.Error("peers are not told")
	}
}

func TestValidName(t *testing.T) {
	for name, want := range map[string]bool{
		"cash_share": true, "dollar_volume_60d": true, "_x": true, "RoE": true,
		"": false, "5y": false, "cash-share": false, "cash share": false, "and": false, "true": false, "café": false,
	} {
		if got := rules.ValidName(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
