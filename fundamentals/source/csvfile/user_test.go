package csvfile_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/fundamentals/source"
	"assay/fundamentals/source/csvfile"
	"assay/fundamentals/source/sourcetest"
)

// known is a register of two companies: 1 is COHU, 2 is MTH since 2024.
type known map[string]fundamentals.UserColumn

func (known) Owner(ticker string, on fundamentals.Date) (fundamentals.CIK, error) {
	switch {
	case ticker == "COHU":
		return 1, nil
	case ticker == "MTH" && on.Year() >= 2024:
		return 2, nil
	}
	return 0, fmt.Errorf("nobody has the ticker %s on %s", ticker, on)
}

func (known) Company(cik fundamentals.CIK) error {
	if cik > 2 {
		return fmt.Errorf("nobody has the number %d", cik)
	}
	return nil
}

func (k known) Column(name string) (fundamentals.UserColumn, bool) {
	c, ok := k[name]
	return c, ok
}

func (known) Taken(name string) string {
	if name == "roic" {
		return "a metric"
	}
	return ""
}

func withRegister(columns ...fundamentals.UserColumn) csvfile.UserOptions {
	k := known{}
	for _, c := range columns {
		k[c.Name] = c
	}
	return csvfile.UserOptions{Register: func(context.Context) (csvfile.Register, error) { return k, nil }}
}

const (
	ratings = "ticker,known_on,until,target_price [USD/share],rating,note,seen [date],held [bool],share [%]\n" +
		"COHU,2024-01-05,2024-12-31,45.5,3,fine,2024-01-02,yes,12\nMTH,2024-02-05,,1.2k,4,,,,12.5%\n"
	themes = "cik,tag,from,to,known_on\n1,reshoring,2023-01-01,2024-01-01,2023-02-01\n2,Reshoring,2024-01-01,,\n"
)

func TestUserConformance(t *testing.T) {
	sourcetest.Run(t, csvfile.Columns(withRegister()), "ratings.csv", ratings)
	sourcetest.Run(t, csvfile.Tags(withRegister()), "themes.csv", themes)
}

func words(values []fundamentals.UserValue) string {
	var b strings.Builder
	for _, v := range values {
		fmt.Fprintf(&b, "%d: %d%s %s = %v%s, known %s, from %s until %s\n", v.Line, v.CIK, v.Ticker, v.Column, v.Value, v.Text, v.KnownOn, v.From, v.Until)
	}
	return b.String()
}

// userReport says what a file gives, as a user would be told.
func userReport(t *testing.T, kind source.Kind, text string) string {
	t.Helper()
	rows, findings, err := sourcetest.Read(t.Context(), kind, "a.csv", []byte(text))
	var b strings.Builder
	b.WriteString(words(rows.UserValues))
	if err != nil {
		b.WriteString("error: " + err.Error() + "\n")
	}
	for _, r := range findings.Rejected.List {
		b.WriteString(r.Where + ": " + r.Why + "\n")
	}
	for _, n := range findings.Notices {
		b.WriteString("notice: " + n + "\n")
	}
	return b.String()
}

func TestColumns(t *testing.T) {
	same(t, `2: 0COHU target_price [USD/share] = 45.5, known 2024-01-05, from  until 2024-12-31
2: 0COHU rating [plain] = 3, known 2024-01-05, from  until 2024-12-31
2: 0COHU note [text] = 0fine, known 2024-01-05, from  until 2024-12-31
2: 0COHU seen [date] = 19724, known 2024-01-05, from  until 2024-12-31
2: 0COHU held [bool] = 1, known 2024-01-05, from  until 2024-12-31
2: 0COHU share [%] = 0.12, known 2024-01-05, from  until 2024-12-31
3: 0MTH target_price [USD/share] = 1200, known 2024-02-05, from  until 
3: 0MTH rating [plain] = 4, known 2024-02-05, from  until 
3: 0MTH share [%] = 0.125, known 2024-02-05, from  until 
notice: columns read: target_price [USD/share], rating [plain] (all its cells are numbers), note [text] ("fine" in line 2 is no number), seen [date], held [bool], share [%]
`, userReport(t, csvfile.Columns(withRegister()), ratings))
}

func TestUnitsThatNobodySaid(t *testing.T) {
	before := withRegister(fundamentals.UserColumn{Name: "rating", Unit: "plain"}, fundamentals.UserColumn{Name: "target", Unit: "USD/share"},
		fundamentals.UserColumn{Name: "share", Unit: "%"}, fundamentals.UserColumn{Name: "theme", Unit: "tag"})
	for _, test := range []struct{ name, head, cells, want string }{
		{"percents", "a", "12%\n25bp", "1: a [%] = 0.12\n2: a [%] = 0.0025\na [%] (all its cells are percents)"},
		{"days", "a", "90d\n5d", "1: a [days] = 90\n2: a [days] = 5\na [days] (all its cells are days)"},
		{"a mixture", "a", "12%\n15", "error: a mixes percents, days and bare numbers: write its unit in the header, such as a [%]"},
		{"a dash says nothing of the kind", "a", "12\n-", "1: a [plain] = 12\n2: a: \"-\" is no value: leave the cell empty where there is none\na [plain] (all its cells are numbers)"},
		{"nothing", "a", "\"\"\n\"\"", "a (empty, so nothing is taken of it)"},
		{"a number that is a word", "a", "12\ntwelve", "1: a [text] = 12\n2: a [text] = twelve\na [text] (\"twelve\" in line 3 is no number)"},
		{"fractions", "a [fraction]", "0.12\n12%", "1: a [%] = 0.12\n2: a [%] = 0.12\na [%]"},
		{"percents by the header", "a [%]", "12.3\n-0.5", "1: a [%] = 0.123\n2: a [%] = -0.005\na [%]"},
		{"percents of money", "a [USD]", "12%\n300M", "2: a [USD] = 3e+08\n1: a: \"12%\" is in percents, and the column in [USD]\na [USD]"},
		{"as before", "rating", "1\nx", "1: rating [plain] = 1\n2: rating: \"x\" is not a number\nrating [plain] (as before)"},
		{"another unit", "rating [x]", "1\n2", "error: rating is [plain] in the database, and [x] here: give it the unit that it has, or another name"},
		{"no unit where it matters", "target", "1\n2", "error: target is [USD/share] in the database, and has no unit here: write target [USD/share] in the header"},
		{"a fraction is a percent", "share [fraction]", "0.5\n1", "1: share [%] = 0.5\n2: share [%] = 1\nshare [%]"},
		{"a tag", "theme", "1\n2", "error: theme is a tag of yours: call the column my_theme"},
		{"a head that is none", "a[b]c", "1\n2", "error: the head \"a[b]c\" cannot be read: write name, or name [unit]"},
		{"a name of the catalogue", "roic", "1\n2", "error: roic is taken by a metric: call it my_roic, or take it out"},
		{"a name that begins with a digit", "5 Stars", "1\n2", "error: \"5 stars\" cannot be a name: call it my_5_stars"},
		{"a name without letters", "%%", "1\n2", "error: \"%%\" cannot be a name: use lower-case letters, digits and underscores, and begin with a letter"},
		{"a name that is too long", strings.Repeat("a", 65), "1\n2", "error: \"" + strings.Repeat("a", 65) + "\" cannot be a name: it has more than 64 letters"},
		{"no name", "", "1\n2", "error: a column has no name"},
		{"a long text", "a [text]", strings.Repeat("x", 1001) + "\ny", "2: a [text] = y\n1: a: the text has more than 1000 letters\na [text]"},
		{"a text that is no text", "a [text]", "\xff\ny", "2: a [text] = y\n1: a: the text is not UTF-8\na [text]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			first, second, _ := strings.Cut(test.cells, "\n")
			text := "ticker,known_on," + test.head + "\nCOHU,2024-01-05," + first + "\nCOHU,2024-01-06," + second + "\n"
			rows, findings, err := sourcetest.Read(t.Context(), csvfile.Columns(before), "a.csv", []byte(text))
			var got []string
			for _, v := range rows.UserValues {
				value := v.Text
				if value == "" {
					value = fmt.Sprint(v.Value)
				}
				got = append(got, fmt.Sprintf("%d: %s = %s", v.Line-1, v.Column, value))
			}
			for _, r := range findings.Rejected.List {
				line := map[string]string{"line 2": "1", "line 3": "2"}[r.Where]
				got = append(got, line+": "+r.Why)
			}
			if err != nil {
				got = append(got, "error: "+err.Error())
			} else {
				got = append(got, strings.TrimPrefix(findings.Notices[0], "columns read: "))
			}
			same(t, test.want, strings.Join(got, "\n"))
		})
	}
}

// Of the files of one call the first says what a column holds.
func TestTheFirstFileBindsTheNext(t *testing.T) {
	kind := csvfile.Columns(withRegister())
	same(t, "2: 0COHU a [plain] = 1, known 2024-01-05, from  until \nnotice: columns read: a [plain] (all its cells are numbers)\n",
		userReport(t, kind, "ticker,known_on,a\nCOHU,2024-01-05,1\n"))
	same(t, "error: a is [plain] in the database, and [USD] here: give it the unit that it has, or another name\n",
		userReport(t, kind, "ticker,known_on,a [USD]\nCOHU,2024-01-05,1\n"))
	same(t, "line 2: tag: a tag is not a column\n", strings.ReplaceAll(
		userReport(t, csvfile.Tags(withRegister(fundamentals.UserColumn{Name: "a", Unit: "plain"})), "ticker,tag,from\nCOHU,a,2024-01-05\n"),
		"a [plain] is a column of yours: call the tag my_a", "a tag is not a column"))
}

func TestRowsOfUsers(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"the same twice", "ticker,cik,known_on,a [plain]\nCOHU,,2024-01-05,1\n,1,2024-01-05,1\n",
			"2: 0COHU a [plain] = 1, known 2024-01-05, from  until \n3: 1 a [plain] = 1, known 2024-01-05, from  until \nnotice: columns read: a [plain]\n"},
		{"otherwise", "ticker,cik,known_on,a [plain]\nCOHU,,2024-01-05,1\n,1,2024-01-05,2\n",
			"2: 0COHU a [plain] = 1, known 2024-01-05, from  until \nline 3: a: line 2 says otherwise of the same company and day\nnotice: columns read: a [plain]\n"},
		{"the ticker is another's", "ticker,cik,known_on,a [plain]\nMTH,1,2024-01-05,1\nMTH,1,2023-01-05,1\n",
			"3: 1 a [plain] = 1, known 2023-01-05, from  until \nline 2: ticker: on 2024-01-05 MTH is company 2's, and cik says 1\nnotice: columns read: a [plain]\n"},
		{"all at once", "ticker,known_on,until,a [plain],b [bool]\nXYZ,2024-01-05,2023-01-01,x,5\n",
			"line 2: until: 2023-01-01 lies before the day on which it was known, 2024-01-05; ticker: nobody has the ticker XYZ on 2024-01-05; a: \"x\" is not a number; b: \"5\" is neither true nor false\nnotice: columns read: a [plain], b [bool]\n"},
		{"no ticker", "ticker,known_on,a [plain]\n\x1b[31mCOHU,2024-01-05,1\n", "line 2: ticker: \"\\x1b[31MCOHU\" is not a ticker\nnotice: columns read: a [plain]\n"},
		{"a header alone", "ticker,known_on,a\n", "notice: columns read: a (empty, so nothing is taken of it)\nnotice: it has a header and no rows\n"},
		{"too many columns", "ticker,known_on" + strings.Repeat(",a", 1) + many(200) + "\n", "error: it has 201 columns of yours, and a file may have 200\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			same(t, test.want, userReport(t, csvfile.Columns(withRegister()), test.text))
		})
	}
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ",a%d", i)
	}
	return b.String()
}

func TestOneDayForAFile(t *testing.T) {
	o := withRegister()
	o.KnownOn = day(t, "2024-03-01")
	same(t, "2: 0COHU a [plain] = 1, known 2024-03-01, from  until \nnotice: columns read: a [plain]\n",
		userReport(t, csvfile.Columns(o), "ticker,a [plain]\nCOHU,1\n"))
	same(t, "2: 0COHU a [plain] = 1, known 2024-03-01, from  until \n3: 0COHU a [plain] = 2, known 2024-02-01, from  until \nnotice: columns read: a [plain]\n",
		userReport(t, csvfile.Columns(o), "ticker,known,a [plain]\nCOHU,,1\nCOHU,2024-02-01,2\n"))
	same(t, "known-on 2024-03-01", csvfile.Columns(o).Options)
	same(t, "", csvfile.Tags(withRegister()).Options)
}

func TestTags(t *testing.T) {
	same(t, `2: 1 reshoring [tag] = 1, known 2023-02-01, from 2023-01-01 until 2023-12-31
3: 2 reshoring [tag] = 1, known 2024-01-01, from 2024-01-01 until 
`, userReport(t, csvfile.Tags(withRegister()), themes))
	same(t, `line 2: tag: it is empty; from: "x" is not a date written YYYY-MM-DD
line 3: tag: "re-shoring" cannot be a name: call it re_shoring; to: 2023-01-01 lies before from, 2024-01-01
line 4: known_on: "x" is not a date written YYYY-MM-DD
line 5: it names no company: fill in ticker or cik
`, userReport(t, csvfile.Tags(withRegister()), "ticker,tag,from,to,known_on\nCOHU,,x,,\nCOHU,re-shoring,2024-01-01,2023-01-01,\nCOHU,a,2024-01-01,,x\n,a,2024-01-01,,\n"))
}

func TestARegisterThatCannotBeOpened(t *testing.T) {
	broken := errors.New("the disk is gone")
	o := csvfile.UserOptions{Register: func(context.Context) (csvfile.Register, error) { return nil, broken }}
	for _, kind := range []source.Kind{csvfile.Columns(o), csvfile.Tags(o)} {
		if _, _, err := sourcetest.Read(t.Context(), kind, "a.csv", []byte(ratings)); !errors.Is(err, broken) {
			t.Error(err)
		}
	}
}
