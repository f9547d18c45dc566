package snapshot_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"assay/fundamentals"
	"assay/fundamentals/snapshot"
	"assay/fundamentals/store"
	"assay/rules"
)

// word is one word of a user, written "COLUMN [unit] COMPANY KNOWN VALUE [from FROM] [until UNTIL]".
func word(t *testing.T, text string) fundamentals.Rows {
	t.Helper()
	f := strings.Fields(text)
	v := fundamentals.UserValue{Column: fundamentals.UserColumn{Name: f[0], Unit: strings.Trim(f[1], "[]")}, KnownOn: date(t, f[3]), Line: 2}
	if _, err := fmt.Sscan(f[2], &v.CIK); err != nil {
		v.Ticker = f[2]
	}
	if v.Column.Unit == "text" {
		v.Text = f[4]
	} else {
		_, _ = fmt.Sscan(f[4], &v.Value)
	}
	owners := map[string]fundamentals.CIK{"GOOD": 1, "MTH": 2} // in 2023
	if v.Owner = v.CIK; v.CIK == 0 {
		v.Owner = owners[v.Ticker]
	}
	for i := 5; i+1 < len(f); i += 2 {
		*map[string]*fundamentals.Date{"from": &v.From, "until": &v.Until}[f[i]] = date(t, f[i+1])
	}
	return fundamentals.Rows{UserValues: []fundamentals.UserValue{v}}
}

// twoCompanies are GOOD, company 1, and MTH: company 2's until 2023, company 3's since.
func twoCompanies(t *testing.T) *store.DB {
	db := newDB(t, t)
	since := date(t, "2024-01-01")
	take(t, t, db, listed(1, "GOOD", 3825), statement(1, "2022-12-31", "2023-02-20"),
		fundamentals.Rows{Securities: []fundamentals.Security{
			{Ticker: "MTH", CIK: 2, To: since}, {Ticker: "MTH", CIK: 3, From: since}, {Ticker: "SPY", Type: "etf"}}},
		statement(2, "2022-12-31", "2023-02-20"), statement(3, "2022-12-31", "2023-02-20"))
	return db
}

// told is the value of a column for a company by number, with the evidence's note.
func told(t *testing.T, table *snapshot.Table, cik fundamentals.CIK, column string) string {
	t.Helper()
	row, ok := table.Row(cik.String())
	if !ok {
		t.Fatalf("no row %d", cik)
	}
	e, err := table.Evidence(t.Context(), row, column, rules.At{Lag: 4})
	if err != nil {
		t.Fatal(err)
	}
	v, err := table.Column(t.Context(), column, rules.At{})
	if err != nil {
		t.Fatal(err)
	}
	text := e.Value.Why.String()
	switch {
	case v.Reason(row) != e.Value.Why:
		t.Errorf("the table says %s, the evidence %s", v.Reason(row), e.Value.Why)
	case e.Value.Why != rules.Known:
	case e.Kind == rules.Text:
		text = e.Text
	default:
		text = fmt.Sprint(e.Value.F)
	}
	return text + ": " + e.Note
}

func TestUserColumns(t *testing.T) {
	db := twoCompanies(t)
	take(t, t, db,
		word(t, "target [USD/share] GOOD 2023-05-01 50"), word(t, "target [USD/share] GOOD 2023-08-01 60 until 2023-09-30"),
		word(t, "target [USD/share] 1 2023-08-01 61 until 2023-09-30"), // said later of the same company and day
		word(t, "target [USD/share] MTH 2023-12-30 7"), word(t, "target [USD/share] MTH 2024-01-02 8"),
		word(t, "note [text] GOOD 2023-05-01 fine"),
		word(t, "theme [tag] GOOD 2023-05-01 1 from 2023-04-01"), word(t, "theme [tag] GOOD 2023-10-01 1 from 2023-04-01 until 2023-09-10"),
		word(t, "theme [tag] GOOD 2023-05-01 1 from 2024-02-01"),
	)
	for _, c := range []struct {
		on     string
		cik    fundamentals.CIK
		column string
		want   string
	}{
		{"2023-04-30", 1, "target", "not known yet: you knew nothing of it by 2023-04-30"},
		{"2023-05-01", 1, "target", "50: test line 2, known on 2023-05-01, batch 6"},
		{"2023-05-01", 2, "target", "not reported: no row of your columns speaks of the company by 2023-05-01"},
		{"2023-09-30", 1, "target", "61: it holds until 2023-09-30; test line 2, known on 2023-08-01, batch 8"},
		{"2023-10-01", 1, "target", "stale: it held until 2023-09-30; test line 2, known on 2023-08-01, batch 8"},
		{"2024-02-01", 2, "target", "7: test line 2, known on 2023-12-30, batch 9"},
		{"2024-02-01", 3, "target", "8: test line 2, known on 2024-01-02, batch 10"},
		{"2024-02-01", 1, "note", "fine: test line 2, known on 2023-05-01, batch 11"},
		{"2024-02-01", 2, "note", "not reported: no row of your columns speaks of the company by 2024-02-01"},
		{"2023-04-30", 1, "theme", "not known yet: you knew nothing of it by 2023-04-30"},
		{"2023-09-30", 1, "theme", "1: tagged from 2023-04-01 on; test line 2, known on 2023-05-01, batch 12"},
		{"2023-10-01", 1, "theme", "0: tagged from 2023-04-01 to 2023-09-10; test line 2, known on 2023-10-01, batch 13"},
		{"2024-02-01", 1, "theme", "1: tagged from 2024-02-01 on; test line 2, known on 2023-05-01, batch 14"},
		{"2024-02-01", 2, "theme", "0: no row of your tags names the company by 2024-02-01"},
	} {
		if got := told(t, open(t, t, db, date(t, c.on)), c.cik, c.column); got != c.want {
			t.Errorf("%s of %d on %s:\n%s\nwant\n%s", c.column, c.cik, c.on, got, c.want)
		}
	}
	coverage, err := open(t, t, db, date(t, "2023-05-01")).Coverage(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range coverage[len(coverage)-3:] {
		want := map[string]string{"note": "1 [not reported:2]", "target": "1 [not reported:2]", "theme": "3 []"}[c.Name]
		if got := strings.Replace(fmt.Sprintf("%d %v", c.Known, c.Missing), "map", "", 1); got != want || c.From != "user" {
			t.Errorf("%s, %s: %s, want %s", c.Name, c.From, got, want)
		}
	}
}

// An amount per share stands on the shares of the day on which it was known, and
// a price on those of the table's date: a split between them counts.
func TestUserColumnsStandOnTheSplitBasisOfTheDate(t *testing.T) {
	db := twoCompanies(t)
	take(t, t, db, fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "GOOD", Date: date(t, "2023-07-01"), Ratio: 2}}},
		word(t, "target [USD/share] GOOD 2023-05-01 50"), word(t, "held [shares] GOOD 2023-05-01 10"), word(t, "rating [plain] GOOD 2023-05-01 3"),
		word(t, "target [USD/share] 2 2023-05-01 9"))
	check := func(on, column, want string) {
		t.Helper()
		if got := told(t, open(t, t, db, date(t, on)), 1, column); got != want {
			t.Errorf("%s on %s:\n%s\nwant\n%s", column, on, got, want)
		}
	}
	check("2023-06-30", "target", "50: test line 2, known on 2023-05-01, batch 7")
	check("2023-07-01", "target", "25: test line 2, known on 2023-05-01, batch 7; 50 as known, times 0.5 for splits since")
	check("2023-07-01", "held", "20: test line 2, known on 2023-05-01, batch 8; 10 as known, times 2 for splits since")
	check("2023-07-01", "rating", "3: test line 2, known on 2023-05-01, batch 9")
	// It is kept until the user says more.
	see := func(want string) {
		t.Helper()
		table := open(t, t, db, date(t, "2023-07-01"))
		value(t, table, "GOOD", "target", want)
		if err := table.Save(t.Context()); err != nil {
			t.Fatal(err)
		}
		value(t, open(t, t, db, date(t, "2023-07-01")), "GOOD", "target", want)
	}
	see("25")
	take(t, t, db, word(t, "target [USD/share] GOOD 2023-07-01 30"))
	see("30")
}

// What is of nobody is told of, and so is a column that the catalogue hides.
func TestNoticesOfUserColumns(t *testing.T) {
	db := twoCompanies(t)
	take(t, t, db, word(t, "target [USD/share] GONE 2023-05-01 50"), word(t, "target [USD/share] SPY 2023-05-01 50"), word(t, "roic [plain] 1 2023-05-01 1"))
	table := open(t, t, db, date(t, "2023-06-01"))
	if _, err := table.Column(t.Context(), "target", rules.At{}); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(table.Notices(), "\n")
	for _, want := range []string{
		"your column roic is hidden by the catalogue's roic: ingest it under another name",
		"target: 2 of 2 values are of no company, such as: no company has the ticker GONE: name the cik, or ingest its listing first",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("notices\n%s\nlack\n%s", got, want)
		}
	}
	value(t, table, "GOOD", "roic", "not reported")
}

// Bringing a column leaves what was kept of others, and changes the data version.
func TestUserColumnsLeaveKeptPlanes(t *testing.T) {
	db := twoCompanies(t)
	asOf := date(t, "2023-06-01")
	before := open(t, t, db, asOf)
	value(t, before, "GOOD", "total_assets", "1000")
	if err := before.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, core, err := db.Versions(t.Context(), asOf, 0)
	if err != nil {
		t.Fatal(err)
	}
	take(t, t, db, word(t, "rating [plain] GOOD 2023-05-01 50"))
	after := open(t, t, db, asOf)
	value(t, after, "GOOD", "rating", "50")
	if err := after.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	key := store.SnapshotKey{Data: core, Key: strings.Join([]string{asOf.String(), snapshot.Catalogue(), "0", "0"}, " ")}
	kept, err := db.KeptColumns(t.Context(), []store.SnapshotKey{key})
	if err != nil || !slices.Contains(kept[0], store.ColumnRef{Name: "total_assets"}) || slices.Contains(kept[0], store.ColumnRef{Name: "rating"}) {
		t.Errorf("kept %v, %v", kept, err)
	}
	if before.DataVersion() == after.DataVersion() {
		t.Error("the data version is the same")
	}
}

func TestRegister(t *testing.T) {
	db := twoCompanies(t)
	take(t, t, db, word(t, "target [USD/share] GOOD 2023-05-01 50"), listed(7, "TWIN", 0), listed(8, "TWIN", 0))
	r, err := snapshot.NewRegister(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ ticker, on, want string }{
		{"GOOD", "2023-01-01", "0000000001 <nil>"},
		{"MTH", "2023-12-31", "0000000002 <nil>"},
		{"MTH", "2024-01-01", "0000000003 <nil>"},
		{"SPY", "2024-01-01", "0000000000 SPY is no company's: an ETF or an index stands in no screen"},
		{"NONE", "2024-01-01", "0000000000 no company has the ticker NONE: name the cik, or ingest its listing first"},
		{"TWIN", "2024-01-01", "0000000000 TWIN is listed of companies 7 and 8 on 2024-01-01: name the cik"},
	} {
		cik, err := r.Owner(c.ticker, date(t, c.on))
		if got := fmt.Sprint(cik, " ", err); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.ticker, c.on, got, c.want)
		}
	}
	for name, want := range map[string]string{
		"target": "", "reshoring": "", "roic": "the metric Return on invested capital", "price": "the price column Price", "rank": "the function rank(x, group?)",
		"not": "a word of the rule language", "none": "a word of the rule language", "true": "a word of the rule language",
	} {
		if got := r.Taken(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if c, ok := r.Column("target"); !ok || c.Unit != "USD/share" {
		t.Error(c, ok)
	}
	if err := r.Company(99); err == nil || err.Error() != "no company has the number 99: ingest its facts or its listing first" || r.Company(3) != nil {
		t.Error(err)
	}
}

// drawWords draws words of a user about two companies over 20 days. Of one
// company, column, first day and day known there is one.
func drawWords(t *testing.T, rt *rapid.T) (all []fundamentals.Rows) {
	seen := map[string]bool{}
	for range rapid.IntRange(1, 25).Draw(rt, "words") {
		n := func(name string, n int) int { return rapid.IntRange(1, n).Draw(rt, name) }
		on := func(name string) string { return (date(t, "2023-06-01") + fundamentals.Date(n(name, 20))).String() }
		column := rapid.SampledFrom([]string{"target [USD/share]", "note [text]", "theme [tag]"}).Draw(rt, "column")
		text := fmt.Sprintf("%s %s %s", column, rapid.SampledFrom([]string{"GOOD", "1", "2", "MTH"}).Draw(rt, "company"), on("known"))
		from := ""
		if strings.HasPrefix(column, "theme") {
			from = " from " + on("from")
		}
		key := strings.NewReplacer("GOOD", "1", "MTH", "2").Replace(text + from)
		if seen[key] {
			continue
		}
		seen[key] = true
		text += fmt.Sprint(" ", n("value", 5), from)
		if n("ends", 3) == 1 {
			text += " until " + on("until")
		}
		all = append(all, word(t, text))
	}
	return all
}

// ownValues tells all values of the user's columns on a day.
func ownValues(t *testing.T, rt tester, db *store.DB, on fundamentals.Date, upTo fundamentals.Batch) string {
	table, err := snapshot.Open(t.Context(), db, on, snapshot.Options{UpTo: upTo})
	if err != nil {
		rt.Fatal(err)
	}
	columns, err := db.UserColumns(t.Context(), upTo)
	if err != nil {
		rt.Fatal(err)
	}
	var out []string
	for _, name := range []string{"target", "note", "theme"} {
		v := rules.Missing(rules.Number, table.Rows(), rules.NotKnownYet)
		if slices.ContainsFunc(columns, func(c fundamentals.UserColumn) bool { return c.Name == name }) {
			if v, err = table.Column(t.Context(), name, rules.At{}); err != nil {
				rt.Fatal(err)
			}
		}
		for row := range table.Rows() {
			text := v.Reason(row).String()
			if v.Kind == rules.Text {
				text += v.Text(row)
			} else if v.Reason(row) == rules.Known {
				text = fmt.Sprint(v.F[row])
			}
			out = append(out, fmt.Sprintf("%s of %s = %s", name, table.CIK(row), text))
		}
	}
	return strings.Join(out, "\n")
}

func sameText(rt tester, want, got, what string) {
	rt.Helper()
	if want != got {
		rt.Fatalf("%s:\n%s\nand\n%s", what, want, got)
	}
}

func TestLawUserColumnsKnowNothingAhead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		words := drawWords(t, rt)
		on := date(t, "2023-06-01") + fundamentals.Date(rapid.IntRange(0, 22).Draw(rt, "on"))
		all, known := twoCompanies(t), twoCompanies(t)
		take(t, rt, all, words...)
		take(t, rt, known, slices.DeleteFunc(slices.Clone(words), func(r fundamentals.Rows) bool { return r.UserValues[0].KnownOn > on })...)
		sameText(rt, ownValues(t, rt, known, on, 0), ownValues(t, rt, all, on, 0), "what is known later changes "+on.String())
	})
}

func TestLawOrderOfUserColumnsIsIrrelevant(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		words := drawWords(t, rt)
		on := date(t, "2023-06-01") + fundamentals.Date(rapid.IntRange(0, 22).Draw(rt, "on"))
		one, other := twoCompanies(t), twoCompanies(t)
		take(t, rt, one, words...)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "order"), 2))
		r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		take(t, rt, other, words...)
		sameText(rt, ownValues(t, rt, one, on, 0), ownValues(t, rt, other, on, 0), "another order")
		a, err1 := one.DataVersion(t.Context(), 0)
		b, err2 := other.DataVersion(t.Context(), 0)
		if a != b || err1 != nil || err2 != nil {
			rt.Fatalf("data versions %s and %s of the same rows: %v, %v", a, b, err1, err2)
		}
	})
}

func TestLawLaterBatchesOfUserColumnsChangeNoEarlierTable(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		words := drawWords(t, rt)
		on := date(t, "2023-06-01") + fundamentals.Date(rapid.IntRange(0, 22).Draw(rt, "on"))
		cut := rapid.IntRange(0, len(words)).Draw(rt, "cut")
		one, other := twoCompanies(t), twoCompanies(t)
		take(t, rt, one, words[:cut]...)
		take(t, rt, other, words[:cut]...)
		batch, err := other.LatestBatch(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		take(t, rt, other, words[cut:]...)
		for _, again := range words[:cut] { // a later correction
			if again.UserValues[0].Value++; again.UserValues[0].Column.Unit != "tag" {
				take(t, rt, other, again)
			}
		}
		sameText(rt, ownValues(t, rt, one, on, 0), ownValues(t, rt, other, on, batch), "what came later changes the replay")
	})
}
