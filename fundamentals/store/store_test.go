package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "github.com/mattn/go-sqlite3"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

func open(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "assay.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// seq yields chunks, and then an error if there is one.
func seq(err error, chunks ...*fundamentals.Rows) fundamentals.RowSeq {
	return func(yield func(*fundamentals.Rows, error) bool) {
		for _, c := range chunks {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

func remember() bool { return true }

// put takes chunks as one file of a batch of its own.
func put(t testing.TB, db *store.DB, kind string, chunks ...*fundamentals.Rows) fundamentals.Batch {
	t.Helper()
	batch, err := db.StartBatch(t.Context(), kind, "", "2024-03-08T12:00:00Z")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Take(t.Context(), batch, fundamentals.SourceFile{Kind: kind, Name: "file"}, seq(nil, chunks...), remember); err != nil {
		t.Fatal(err)
	}
	return batch
}

func day(t testing.TB, s string) fundamentals.Date {
	t.Helper()
	d, err := fundamentals.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// must returns v, or ends the test.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func same(t testing.TB, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// cash is Cohu's cash at 2018-12-29 as the filing states it.
func cash(t testing.TB, accession, form, filed string, value float64) fundamentals.Fact {
	return fundamentals.Fact{
		Tag: fundamentals.Tag{Taxonomy: "us-gaap", Name: "CashAndCashEquivalentsAtCarryingValue"}, Unit: "USD",
		End: day(t, "2018-12-29"), Value: value, Accession: accession, Form: form, Filed: day(t, filed),
	}
}

func TestOpenRefusesWhatIsNotOurs(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	short := filepath.Join(folder, "short.db")
	if err := os.WriteFile(short, []byte("SQLite format 3\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(folder, "foreign.db")
	execute(t, foreign, "CREATE TABLE theirs (x)")
	newer := filepath.Join(folder, "newer.db")
	if err := must(store.Open(t.Context(), newer))(t).Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, newer, "PRAGMA user_version = 99")
	migrations := must(filepath.Glob("migration/*.sql"))(t)

	for path, want := range map[string]string{
		text:    "database " + text + ": this is not an assay database: it is not an SQLite file",
		short:   "database " + short + ": this is not an assay database: it is not an SQLite file",
		foreign: "database " + foreign + ": this is not an assay database: it is an SQLite file of another program",
		newer:   "database " + newer + ": it was made by a newer assay (its format is 99, this program knows up to " + fmt.Sprint(len(migrations)) + ")",
		filepath.Join(folder, "none", "a.db"): "database " + filepath.Join(folder, "none", "a.db") + ": there is no folder " +
			filepath.Join(folder, "none") + " to make it in",
	} {
		before, _ := os.ReadFile(path)
		_, err := store.Open(t.Context(), path)
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		after, _ := os.ReadFile(path)
		if string(before) != string(after) {
			t.Errorf("%s was changed", path)
		}
	}
}

func TestOpenExistingMakesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "typo.db")
	_, err := store.OpenExisting(t.Context(), path)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	same(t, "database "+path+": there is no such file: file does not exist", err.Error())
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the file was made")
	}
}

func TestOpenPathWithOddCharacters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "100% mine? #1 ü.db")
	if err := must(store.Open(t.Context(), path))(t).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func execute(t *testing.T, path, text string) {
	t.Helper()
	db := must(sql.Open("sqlite3", path))(t)
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// The restatement of Cohu (CIK 21535): cash at 2018-12-29 as filed in the 10-K
// and, from 2019-05-09, in the 10-Q.
func TestFactsKeepBothViewsOfARestatement(t *testing.T) {
	db := open(t)
	first := cash(t, "0001437749-19-004873", "10-K", "2019-03-14", 164_921_000)
	second := cash(t, "0001437749-19-009213", "10-Q", "2019-05-09", 164_460_000)
	put(t, db, "companyfacts", &fundamentals.Rows{Company: 21535, Facts: []fundamentals.Fact{second, first}})
	same(t, []fundamentals.Fact{first, second}, must(db.Facts(t.Context(), 21535, nil, 0))(t))
	same(t, []fundamentals.Fact{first, second}, must(db.Facts(t.Context(), 21535, []fundamentals.Tag{first.Tag, {Taxonomy: "us-gaap", Name: "Assets"}}, 0))(t))
	same(t, 0, len(must(db.Facts(t.Context(), 21535, []fundamentals.Tag{{Taxonomy: "us-gaap", Name: "Assets"}}, 0))(t)))
	filings := must(db.Filings(t.Context(), 21535, 0))(t)
	same(t, []fundamentals.Filing{
		{Company: 21535, Accession: "0001437749-19-004873", Form: "10-K", Filed: day(t, "2019-03-14"), KnownOn: day(t, "2019-03-15")},
		{Company: 21535, Accession: "0001437749-19-009213", Form: "10-Q", Filed: day(t, "2019-05-09"), KnownOn: day(t, "2019-05-10")},
	}, filings)
}

func TestAChangedValueIsANewRowOfALaterBatch(t *testing.T) {
	db := open(t)
	old := cash(t, "0000000000-19-000001", "10-K", "2019-03-14", 1)
	changed := old
	changed.Value = 2
	first := put(t, db, "companyfacts", &fundamentals.Rows{Company: 1, Facts: []fundamentals.Fact{old}})
	version := must(db.DataVersion(t.Context(), 0))(t)
	put(t, db, "companyfacts", &fundamentals.Rows{Company: 1, Facts: []fundamentals.Fact{changed}})
	same(t, []fundamentals.Fact{changed}, must(db.Facts(t.Context(), 1, nil, 0))(t))
	same(t, []fundamentals.Fact{old}, must(db.Facts(t.Context(), 1, nil, first))(t))
	same(t, version, must(db.DataVersion(t.Context(), first))(t))

	// The other way round it is another content: there the first value counts.
	turned := open(t)
	put(t, turned, "companyfacts", &fundamentals.Rows{Company: 1, Facts: []fundamentals.Fact{changed}})
	put(t, turned, "companyfacts", &fundamentals.Rows{Company: 1, Facts: []fundamentals.Fact{old}})
	if must(db.DataVersion(t.Context(), 0))(t) == must(turned.DataVersion(t.Context(), 0))(t) {
		t.Error("two databases that answer differently have one version")
	}
}

func TestAFileThatFailsLeavesNothing(t *testing.T) {
	db := open(t)
	batch := must(db.StartBatch(t.Context(), "companyfacts", "", ""))(t)
	before := must(db.DataVersion(t.Context(), 0))(t)
	file := fundamentals.SourceFile{Kind: "companyfacts", Name: "broken.json", Digest: "x"}
	rows := &fundamentals.Rows{Company: 1, Companies: []fundamentals.Company{{CIK: 1, Name: "One"}}, Facts: []fundamentals.Fact{cash(t, "0000000000-19-000001", "10-K", "2019-03-14", 1)}}
	_, err := db.Take(t.Context(), batch, file, seq(errors.New("it breaks off"), rows), remember)
	same(t, "broken.json: it breaks off", err.Error())
	same(t, before, must(db.DataVersion(t.Context(), 0))(t))
	same(t, false, must(db.Ingested(t.Context(), file))(t))
	same(t, 0, len(must(db.Companies(t.Context(), 0))(t)))
	// The numbers given to tags in the lost transaction are not used again by mistake.
	put(t, db, "companyfacts", rows)
	same(t, 1, len(must(db.Facts(t.Context(), 1, nil, 0))(t)))
	if must(db.Facts(t.Context(), 1, nil, 0))(t)[0].Tag.Name == "" {
		t.Error("the tag is lost")
	}
}

func TestAnEndedContextLeavesNothing(t *testing.T) {
	db := open(t)
	batch := must(db.StartBatch(t.Context(), "companyfacts", "", ""))(t)
	ctx, cancel := context.WithCancel(t.Context())
	rows := func(yield func(*fundamentals.Rows, error) bool) {
		if yield(&fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 1, Name: "One"}}}, nil) {
			cancel()
			yield(&fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 2, Name: "Two"}}}, nil)
		}
	}
	if _, err := db.Take(ctx, batch, fundamentals.SourceFile{Name: "file"}, rows, remember); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	same(t, 0, len(must(db.Companies(t.Context(), 0))(t)))
}

func TestKnownOnFollowsTheAcceptanceTime(t *testing.T) {
	db := open(t)
	filing := func(accession, filed string) fundamentals.Filing {
		return fundamentals.Filing{Company: 1, Accession: accession, Form: "10-Q", Filed: day(t, filed)}
	}
	at := func(accession string, utc string) fundamentals.Acceptance {
		return fundamentals.Acceptance{Company: 1, Accession: accession, At: must(time.Parse(time.RFC3339, utc))(t)}
	}
	put(t, db, "submissions", &fundamentals.Rows{
		Filings: []fundamentals.Filing{filing("a", "2024-02-16"), filing("b", "2024-02-16"), filing("c", "2024-02-20"), filing("d", "2024-02-16")},
		Acceptances: []fundamentals.Acceptance{
			at("a", "2024-02-16T20:59:59Z"), // 15:59:59 in New York
			at("b", "2024-02-16T21:00:00Z"), // 16:00
			at("c", "2024-02-16T22:45:00Z"), // 17:45 on a Friday before a holiday
		},
	})
	got := map[string]string{}
	for _, f := range must(db.Filings(t.Context(), 1, 0))(t) {
		got[f.Accession] = f.KnownOn.String()
	}
	same(t, map[string]string{"a": "2024-02-16", "b": "2024-02-17", "c": "2024-02-20", "d": "2024-02-17"}, got)
}
