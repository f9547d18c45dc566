package export_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"assay/rules"
	"assay/screener"
)

// of is a run with one company of that name, in a column of the screen too.
func of(name string) *screener.Result {
	return &screener.Result{
		Screen: name, AsOf: "2024-03-08", About: name, Columns: []screener.Column{{Name: "theme", Kind: "text", Expression: name}, {Name: "x", Kind: "number"}},
		Candidates: []screener.Candidate{{Rank: 1, Ticker: "T", CIK: 1, Name: name, Flags: []string{},
			Values: map[string]screener.Datum{"theme": text(name), "x": num(-1, rules.UnitPlain)}}},
	}
}

// hostile are texts that begin or go on in the worst way.
var hostile = rapid.Custom(func(t *rapid.T) string {
	first := rapid.SampledFrom([]string{"", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "'", "|", "<script>", "`", `"`, ",", "_x0041_", "&lt;", "\x00", "\x1b"}).Draw(t, "first")
	return first + rapid.String().Draw(t, "rest")
})

// TestLawNoFormula: whatever a text is, a spreadsheet reads it as that text, and
// a negative number stays a number.
func TestLawNoFormula(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		name := hostile.Draw(rt, "name")
		for format, separator := range map[string]rune{"csv": ',', "tsv": '\t'} {
			cells := readSeparated(t, written(t, format, of(name)), separator)[1]
			if cells[6] != "-1" {
				rt.Fatalf("%s: the number is %q", format, cells[6])
			}
			got := cells[3]
			if strings.HasPrefix(got, "'") && !strings.HasPrefix(name, "'") {
				got = got[1:]
			}
			if want := strings.ReplaceAll(name, "\r\n", "\n"); got != want { // so the reader has it
				rt.Fatalf("%s: got %q, want %q", format, got, want)
			}
			if cells[3] != "" && strings.ContainsAny(cells[3][:1], "=+-@\t\r\n") {
				rt.Fatalf("%s: %q is taken for a formula", format, cells[3])
			}
		}
		sheets, _ := readWorkbook(t, written(t, "xlsx", of(name)))
		for _, row := range sheets[0].Rows {
			for _, c := range row {
				if c.Formula != "" {
					rt.Fatalf("%s is a formula: %s", c.At, c.Formula)
				}
				if c.At == "D2" && c.Value != strings.ReplaceAll(inXML(name), "_x0041_", "_x005F_x0041_") {
					rt.Fatalf("got %q, want %q", c.Value, name)
				}
			}
		}
	})
}

// inXML is what XML can hold of a text.
func inXML(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError {
			return '\uFFFD'
		}
		return r
	}, s)
}

// TestLawOneRow: whatever a text is, it stays in its cell and is no markup.
func TestLawOneRow(t *testing.T) {
	lines := bytes.Count(written(t, "markdown", of("plain")), []byte("\n"))
	tags := bytes.Count(written(t, "html", of("plain")), []byte("<"))
	rapid.Check(t, func(rt *rapid.T) {
		name := "x" + hostile.Draw(rt, "name")
		md := written(t, "markdown", of(name))
		if got := bytes.Count(md, []byte("\n")); got != lines {
			rt.Fatalf("markdown has %d lines, want %d:\n%s", got, lines, md)
		}
		row := bytes.Split(md, []byte("\n"))[6]
		if bars := bytes.Count(row, []byte("|")) - bytes.Count(row, []byte(`\|`)); bars != 9 {
			rt.Fatalf("the row has %d bars: %s", bars, row)
		}
		page := written(t, "html", of(name))
		if got := bytes.Count(page, []byte("<")); got != tags {
			rt.Fatalf("the page has %d tags, want %d:\n%s", got, tags, page)
		}
		var line map[string]any
		if err := json.Unmarshal(written(t, "ndjson", of(name)), &line); err != nil {
			rt.Fatal(err)
		}
		if got := bytes.Count(written(t, "ndjson", of(name)), []byte("\n")); got != 1 {
			rt.Fatalf("ndjson has %d lines", got)
		}
		if got := readParquet(t, written(t, "parquet", of(name)))[0]["name"]; got != name {
			rt.Fatalf("parquet: got %q, want %q", got, name)
		}
	})
}

// TestLongTexts holds that a text too long for a cell is cut, and says so.
func TestLongTexts(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx", of(strings.Repeat("é", 40000)))))
	if err != nil {
		t.Fatal(err)
	}
	got, err := book.GetCellValue("candidates", "D2")
	if err != nil || utf8.RuneCountInString(got) != 32767 || !strings.HasSuffix(got, "é … (cut)") {
		t.Errorf("got %d letters, %v", utf8.RuneCountInString(got), err)
	}
}

// TestTradingView holds how exchanges and classes of shares are called.
func TestTradingView(t *testing.T) {
	r := &screener.Result{}
	for _, c := range [][2]string{
		{"COHU", "Nasdaq"}, {"BRK-B", "NYSE"}, {"BAC-PL", "NYSE"}, {"IMO", "NYSE American"}, {"SPY", "NYSE Arca"}, {"CBOE", "CBOE"},
		{"NSRGY", "OTC"}, {"HEI-A", ""}, {"X", "Frankfurt"}, {"", "NYSE"},
	} {
		r.Candidates = append(r.Candidates, screener.Candidate{Ticker: c[0], Exchange: c[1], CIK: 5})
	}
	want := `NASDAQ:COHU
NYSE:BRK.B
NYSE:BAC/PL
AMEX:IMO
AMEX:SPY
CBOE:CBOE
OTC:NSRGY
###exchange not known
HEI.A
X
###without a ticker: 0000000005
`
	if got := string(written(t, "tradingview", r)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
