package standard_test

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"assay/fundamentals"
	"assay/rules"
)

func companyFile(cik fundamentals.CIK) string {
	return filepath.Join("..", "..", "..", "shared", "data", "companyfacts", "CIK"+cik.String()+".json.gz")
}

// wantedTags are the tags that the map reads and those that the table names:
// the rest of a file is passed over, which saves half of the time.
func wantedTags(t *testing.T, rows []stated) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("conceptmap.yaml")
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for _, w := range strings.FieldsFunc(string(text), func(r rune) bool { return strings.ContainsRune(" ,:[]?\n+-", r) }) {
		wanted[w] = true
	}
	for _, s := range rows {
		for _, term := range s.terms {
			wanted[term.tag] = true
		}
	}
	return wanted
}

func loadStated(cik fundamentals.CIK, wanted map[string]bool) (facts []fundamentals.Fact, filings []fundamentals.Filing, err error) {
	f, err := os.Open(companyFile(cik))
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, nil, err
	}
	var file struct {
		Facts map[string]map[string]json.RawMessage
	}
	if err := json.NewDecoder(z).Decode(&file); err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for taxonomy, tags := range file.Facts {
		for name, raw := range tags {
			if !wanted[name] {
				continue
			}
			list, err := readTag(fundamentals.Tag{Taxonomy: taxonomy, Name: name}, raw)
			if err != nil {
				return nil, nil, err
			}
			facts = append(facts, list...)
			for _, f := range list {
				if !seen[f.Accession] {
					seen[f.Accession] = true
					filings = append(filings, fundamentals.Filing{
						Company: cik, Accession: f.Accession, Form: f.Form, Filed: f.Filed, KnownOn: f.Filed + 1,
					})
				}
			}
		}
	}
	return facts, filings, nil
}

func readTag(tag fundamentals.Tag, raw []byte) (facts []fundamentals.Fact, err error) {
	var file struct {
		Units map[string][]struct {
			Start, End, Accn, Form, Filed string
			Val                           float64
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", tag, err)
	}
	for unit, rows := range file.Units {
		for _, r := range rows {
			facts = append(facts, fundamentals.Fact{
				Tag: tag, Unit: unit, Value: r.Val, Start: day(r.Start), End: day(r.End),
				Accession: r.Accn, Form: r.Form, Filed: day(r.Filed),
			})
		}
	}
	return facts, nil
}

// day is a date, or none where the text is not one.
func day(s string) fundamentals.Date {
	d, err := fundamentals.ParseDate(s)
	if err != nil {
		return 0
	}
	return d
}

func readStated(t *testing.T) (rows []stated) {
	t.Helper()
	f, err := os.Open(statedFile)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range lines[1:] {
		n, err := strconv.Atoi(l[1])
		if err != nil {
			t.Fatalf("line %d: %v", i+2, err)
		}
		s := stated{
			line: i + 2, ticker: l[0], cik: fundamentals.CIK(n), item: l[2], basis: l[3],
			start: date(t, l[4]), end: date(t, l[5]), asOf: date(t, l[6]), accession: l[9], why: l[10], open: l[11] == "yes",
		}
		if why, ok := rules.ParseReason(l[7]); ok {
			s.value, s.stale = rules.None(why), why == rules.Stale
		} else if s.value.F, err = strconv.ParseFloat(l[7], 64); err != nil {
			t.Fatalf("line %d: %v", i+2, err)
		}
		for _, word := range strings.Fields(l[8]) {
			s.terms = append(s.terms, readTerm(t, word))
		}
		rows = append(rows, s)
	}
	return rows
}

func readTerm(t *testing.T, word string) (term statedTerm) {
	t.Helper()
	parts := strings.Split(word[1:], "@")
	if len(parts) != 3 || !strings.Contains("+-?!", word[:1]) {
		t.Fatalf("no term: %s", word)
	}
	span, value, _ := strings.Cut(parts[2], "=")
	start, end, _ := strings.Cut(span, "..")
	term = statedTerm{
		sign: word[0], tag: strings.TrimPrefix(parts[0], "dei:"), accession: parts[1], start: date(t, start), end: date(t, end),
	}
	if value != "" {
		f, err := strconv.ParseFloat(value, 64)
		if err != nil {
			t.Fatal(err)
		}
		term.value = f
	}
	return term
}
