package store_test

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

// Said, overruled and said again, a value counts again; the databases of the
// batches before answer as they did.
func TestAValueComesBack(t *testing.T) {
	cik := fundamentals.CIK(1)
	filing := func(form string) fundamentals.Filing {
		return fundamentals.Filing{Company: cik, Accession: "a", Form: form, Filed: day(t, "2019-03-14")}
	}
	for name, c := range map[string]struct {
		first, mistake fundamentals.Rows
		read           func(*store.DB, fundamentals.Batch) any
	}{
		"fact": {
			fundamentals.Rows{Company: cik, Facts: []fundamentals.Fact{cash(t, "a", "10-K", "2019-03-14", 10)}},
			fundamentals.Rows{Company: cik, Facts: []fundamentals.Fact{cash(t, "a", "10-K", "2019-03-14", 1000)}},
			func(db *store.DB, b fundamentals.Batch) any { return must(db.Facts(t.Context(), cik, nil, b))(t) },
		},
		"filing of a fact": {
			fundamentals.Rows{Company: cik, Facts: []fundamentals.Fact{cash(t, "a", "10-K", "2019-03-14", 10)}},
			fundamentals.Rows{Company: cik, Facts: []fundamentals.Fact{cash(t, "a", "10-K/A", "2019-03-15", 10)}},
			func(db *store.DB, b fundamentals.Batch) any { return must(db.Facts(t.Context(), cik, nil, b))(t) },
		},
		"filing": {
			fundamentals.Rows{Filings: []fundamentals.Filing{filing("10-K")}},
			fundamentals.Rows{Filings: []fundamentals.Filing{filing("10-Q")}},
			func(db *store.DB, b fundamentals.Batch) any { return must(db.Filings(t.Context(), cik, b))(t) },
		},
		"acceptance": {
			fundamentals.Rows{Filings: []fundamentals.Filing{filing("10-K")}, Acceptances: []fundamentals.Acceptance{{Company: cik, Accession: "a", At: time.Unix(1.5e9, 0)}}},
			fundamentals.Rows{Acceptances: []fundamentals.Acceptance{{Company: cik, Accession: "a", At: time.Unix(1.6e9, 0)}}},
			func(db *store.DB, b fundamentals.Batch) any { return must(db.Filings(t.Context(), cik, b))(t) },
		},
		"price": {
			fundamentals.Rows{Prices: []fundamentals.Prices{{Series: fundamentals.Series{Ticker: "T"}, Bars: []fundamentals.Bar{{Day: 1, Close: 10}}}}},
			fundamentals.Rows{Prices: []fundamentals.Prices{{Series: fundamentals.Series{Ticker: "T"}, Bars: []fundamentals.Bar{{Day: 1, Close: 1000}}}}},
			func(db *store.DB, b fundamentals.Batch) any { return must(db.Bars(t.Context(), 1, 0, 0, b))(t) },
		},
		"split": {
			fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "T", Date: 1, Ratio: 2}}},
			fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "T", Date: 1, Ratio: 20}}},
			func(db *store.DB, b fundamentals.Batch) any { return must(db.Splits(t.Context(), b))(t) },
		},
		"security": {
			fundamentals.Rows{Securities: []fundamentals.Security{{Ticker: "T", Type: "etf"}}},
			fundamentals.Rows{Securities: []fundamentals.Security{{Ticker: "T", Type: "etf", To: 100}}},
			func(db *store.DB, b fundamentals.Batch) any { return must(db.Securities(t.Context(), b))(t) },
		},
		"name": {
			fundamentals.Rows{Companies: []fundamentals.Company{{CIK: cik, Name: "One"}}},
			fundamentals.Rows{Companies: []fundamentals.Company{{CIK: cik, Name: "Two"}}},
			func(db *store.DB, b fundamentals.Batch) any { return must(db.Companies(t.Context(), b))(t) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			one := put(t, db, "test", &c.first)
			want, version := c.read(db, one), must(db.DataVersion(t.Context(), 0))(t)
			two := put(t, db, "test", &c.mistake)
			mistaken := c.read(db, two)
			three := put(t, db, "test", &c.first)
			same(t, want, c.read(db, 0))
			same(t, want, c.read(db, one))
			same(t, mistaken, c.read(db, two))
			same(t, version, must(db.DataVersion(t.Context(), one))(t))
			back := must(db.DataVersion(t.Context(), 0))(t)
			if back == must(db.DataVersion(t.Context(), two))(t) {
				t.Error("the content changed, and not its version")
			}
			put(t, db, "test", &c.first)
			same(t, want, c.read(db, three))
			same(t, back, must(db.DataVersion(t.Context(), 0))(t))
		})
	}
}

// A file that contradicts itself says the largest value, as often as it is read.
func TestAFileThatContradictsItselfIsSteady(t *testing.T) {
	db := open(t)
	bars := func(closes ...float64) *fundamentals.Rows {
		p := fundamentals.Prices{Series: fundamentals.Series{Ticker: "T"}}
		rows := &fundamentals.Rows{Company: 1}
		for _, c := range closes {
			p.Bars = append(p.Bars, fundamentals.Bar{Day: 1, Close: c})
			rows.Facts = append(rows.Facts, cash(t, "a", "10-K", "2019-03-14", c))
		}
		rows.Prices = []fundamentals.Prices{p}
		return rows
	}
	for _, c := range []struct {
		say  []float64
		want float64
	}{{[]float64{2}, 2}, {[]float64{1, 2}, 2}, {[]float64{1, 3}, 3}, {[]float64{1, 3}, 3}, {[]float64{1}, 1}, {[]float64{3, 1}, 3}} {
		put(t, db, "test", bars(c.say...))
		same(t, c.want, must(db.Bars(t.Context(), 1, 0, 0, 0))(t)[0].Close)
		same(t, c.want, must(db.Facts(t.Context(), 1, nil, 0))(t)[0].Value)
	}
}

// Two files of EDGAR's tickers alternate: what one leaves out is not taken back.
func TestWhatIsNotSaidOverrulesNothing(t *testing.T) {
	db := open(t)
	plain := &fundamentals.Rows{Securities: []fundamentals.Security{{Ticker: "T", CIK: 1, Name: "One"}}}
	listed := &fundamentals.Rows{Securities: []fundamentals.Security{{Ticker: "T", CIK: 1, Name: "One", Exchange: "NYSE"}}}
	put(t, db, "tickers", plain)
	put(t, db, "tickers", listed)
	version := must(db.DataVersion(t.Context(), 0))(t)
	put(t, db, "tickers", plain)
	put(t, db, "tickers", listed)
	same(t, version, must(db.DataVersion(t.Context(), 0))(t))
	same(t, listed.Securities, must(db.Securities(t.Context(), 0))(t))
}

func TestAKnownFileIsReadAgainWhenItWasOverruled(t *testing.T) {
	db := open(t)
	file := func(name string, beside ...string) fundamentals.SourceFile {
		f := fundamentals.SourceFile{Kind: "prices", Name: name, Digest: name, Size: 7, Beside: map[string]int64{name: 7}}
		for _, b := range beside {
			f.Beside[b] = 7
		}
		return f
	}
	take := func(name string, rows fundamentals.Rows) {
		t.Helper()
		batch := must(db.StartBatch(t.Context(), "prices", "", ""))(t)
		must(db.Take(t.Context(), batch, file(name), seq(nil, &rows), remember))(t)
	}
	price := func(price float64) fundamentals.Rows {
		return fundamentals.Rows{Prices: []fundamentals.Prices{{Series: fundamentals.Series{Ticker: "T"}, Bars: []fundamentals.Bar{{Day: 1, Close: price}}}}}
	}
	known := func(f fundamentals.SourceFile) bool { return must(db.Ingested(t.Context(), f))(t) }
	take("first", price(10))
	same(t, true, known(file("first")))
	take("other", fundamentals.Rows{Splits: []fundamentals.Split{{Ticker: "T", Date: 1, Ratio: 2}}})
	same(t, true, known(file("first")))
	take("mistake", price(1000))
	same(t, false, known(file("first")))
	same(t, true, known(file("first", "mistake"))) // a folder of both, once more
	same(t, true, known(file("mistake")))
	take("first", price(10))
	same(t, true, known(file("first")))
	same(t, false, known(file("mistake")))
	same(t, 10.0, must(db.Bars(t.Context(), 1, 0, 0, 0))(t)[0].Close)
}

func TestAFileOfOneCompanyIsReadAgainForThatCompany(t *testing.T) {
	db := open(t)
	file := func(cik fundamentals.CIK, value float64) (fundamentals.SourceFile, *fundamentals.Rows) {
		rows := &fundamentals.Rows{Company: cik, Companies: []fundamentals.Company{{CIK: cik}}, Facts: []fundamentals.Fact{cash(t, "a", "10-K", "2019-03-14", value)}}
		return fundamentals.SourceFile{Kind: "companyfacts", Digest: cik.String()}, rows
	}
	one, rows := file(1, 10)
	two, more := file(2, 10)
	batch := must(db.StartBatch(t.Context(), "companyfacts", "", ""))(t)
	must(db.Take(t.Context(), batch, one, seq(nil, rows), remember))(t)
	must(db.Take(t.Context(), batch, two, seq(nil, more), remember))(t)
	_, changed := file(1, 1000)
	put(t, db, "companyfacts", changed)
	same(t, false, must(db.Ingested(t.Context(), one))(t))
	same(t, true, must(db.Ingested(t.Context(), two))(t))
}

// The process that made the file was killed before it turned the log on.
func TestOpenTurnsTheLogOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "assay.db")
	same(t, nil, must(store.Open(t.Context(), path))(t).Close())
	mode := func(text string) (mode string) {
		db := must(sql.Open("sqlite3", path))(t)
		same(t, nil, db.QueryRow(text).Scan(&mode))
		same(t, nil, db.Close())
		return mode
	}
	same(t, "delete", mode("PRAGMA journal_mode = DELETE"))
	same(t, nil, must(store.OpenExisting(t.Context(), path))(t).Close())
	same(t, "wal", mode("PRAGMA journal_mode"))
}

func TestAWriterThatWaitedInVainSaysWhatToDo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "assay.db")
	other := must(store.Open(t.Context(), path))(t)
	defer func() { same(t, nil, other.Close()) }()
	db := must(store.OpenWaiting(t.Context(), path, time.Millisecond))(t)
	defer func() { same(t, nil, db.Close()) }()
	batch := must(other.StartBatch(t.Context(), "test", "", ""))(t)
	rows := func(yield func(*fundamentals.Rows, error) bool) {
		_, err := db.StartBatch(t.Context(), "test", "", "")
		same(t, "start batch test: another assay is writing to "+path+": try again when it has finished", err.Error())
		yield(&fundamentals.Rows{}, nil)
	}
	must(other.Take(t.Context(), batch, fundamentals.SourceFile{}, rows, remember))(t)
}
