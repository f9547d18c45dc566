package store_test

import (
	"testing"
	"time"

	"assay/fundamentals"
	"assay/fundamentals/store"
)

// nameOn is the name that a database gives to a company on a day.
func nameOn(t *testing.T, db *store.DB, on string, upTo fundamentals.Batch) string {
	t.Helper()
	return must(db.CompaniesOn(t.Context(), day(t, on), upTo))(t)[0].Name
}

// The names of CIK 885590 as its submissions file of 2026-06 gives them.
func bausch(t *testing.T) *fundamentals.Rows {
	past := func(name, from, to string) fundamentals.PastName {
		return fundamentals.PastName{Company: 885590, Name: name, From: day(t, from), To: day(t, to)}
	}
	return &fundamentals.Rows{
		Companies: []fundamentals.Company{{CIK: 885590, Name: "Bausch Health Companies Inc."}},
		PastNames: []fundamentals.PastName{
			past("Valeant Pharmaceuticals International, Inc.", "2010-08-02", "2018-07-03"),
			past("BIOVAIL Corp", "2005-09-30", "2010-09-27"),
			past("BIOVAIL CORP INTERNATIONAL", "2001-11-02", "2010-04-07"),
			past("BIOVAIL CORPORATION INTERNATIONAL", "1996-05-22", "2001-01-05"),
		},
	}
}

func TestNamesAsOfADate(t *testing.T) {
	db := open(t)
	put(t, db, "companyfacts", &fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 885590, Name: "Bausch Health Companies Inc."}}})
	before := must(db.LatestBatch(t.Context()))(t)
	put(t, db, "submissions", bausch(t))
	filing := func(accession, filed string) *fundamentals.Rows {
		return &fundamentals.Rows{Filings: []fundamentals.Filing{{Company: 885590, Accession: accession, Form: "8-K", Filed: day(t, filed)}}}
	}
	for on, want := range map[string]string{
		"1996-05-22": "BIOVAIL CORPORATION INTERNATIONAL", // the first day: there is no other
		"2001-06-30": "BIOVAIL CORPORATION INTERNATIONAL", // between two names: that of the last filing
		"2003-01-01": "BIOVAIL CORP INTERNATIONAL",
		"2007-01-01": "BIOVAIL Corp",
		"2010-08-02": "BIOVAIL Corp", // filed this day under the new name, known the next
		"2010-08-03": "Valeant Pharmaceuticals International, Inc.",
		"2018-07-03": "Valeant Pharmaceuticals International, Inc.",
		"2018-07-20": "Valeant Pharmaceuticals International, Inc.", // nothing filed since
		"2024-03-08": "Bausch Health Companies Inc.",
	} {
		if got := nameOn(t, db, on, 0); got != want {
			t.Errorf("on %s: %q, want %q", on, got, want)
		}
	}
	put(t, db, "submissions", filing("a", "2018-07-16"))
	same(t, "Valeant Pharmaceuticals International, Inc.", nameOn(t, db, "2018-07-16", 0))
	same(t, "Bausch Health Companies Inc.", nameOn(t, db, "2018-07-17", 0))
	same(t, "Bausch Health Companies Inc.", nameOn(t, db, "2007-01-01", before))
}

// A later download of the file knows a later last day of a name.
func TestALaterFileExtendsAName(t *testing.T) {
	db := open(t)
	rows := func(to string) *fundamentals.Rows {
		return &fundamentals.Rows{
			Companies: []fundamentals.Company{{CIK: 1, Name: "New"}},
			PastNames: []fundamentals.PastName{{Company: 1, Name: "Old", From: day(t, "2010-01-01"), To: day(t, to)}},
		}
	}
	first := put(t, db, "submissions", rows("2020-01-01"))
	put(t, db, "submissions", rows("2022-01-01"))
	same(t, "Old", nameOn(t, db, "2021-12-31", 0))
	same(t, "New", nameOn(t, db, "2021-12-31", first))
	corrected := put(t, db, "submissions", rows("2020-06-01"))
	same(t, "New", nameOn(t, db, "2021-12-31", corrected))
	put(t, db, "submissions", rows("2021-12-31"))
	// As now: in other letters it is the same name, and the trusted source's word stands.
	put(t, db, "submissions", &fundamentals.Rows{Companies: []fundamentals.Company{{CIK: 1, Name: "OLD"}}})
	same(t, "OLD", nameOn(t, db, "2021-12-31", 0))
}

func TestProfilesAsOfADate(t *testing.T) {
	db := open(t)
	profile := func(on string, sic, end int) fundamentals.Profile {
		return fundamentals.Profile{Company: 1, KnownOn: day(t, on), SIC: sic, FiscalYearEnd: end}
	}
	put(t, db, "fsds", &fundamentals.Rows{Profiles: []fundamentals.Profile{profile("2010-05-01", 3825, 1231), profile("2012-05-01", 3674, 0)}})
	first := put(t, db, "submissions", &fundamentals.Rows{Profiles: []fundamentals.Profile{profile("2012-05-01", 3559, 0), profile("2026-06-01", 7372, 630)}})
	put(t, db, "submissions", &fundamentals.Rows{Profiles: []fundamentals.Profile{profile("2026-06-01", 7373, 630)}})
	at := func(on string, upTo fundamentals.Batch) fundamentals.Profile {
		p := must(db.Profiles(t.Context(), day(t, on), upTo))(t)[1]
		return p
	}
	same(t, fundamentals.Profile{}, at("2010-04-30", 0))
	same(t, profile("2010-05-01", 3825, 1231), at("2010-05-01", 0))
	same(t, profile("2012-05-01", 3559, 1231), at("2020-01-01", 0)) // EDGAR's page before the data set; the older word where it is silent
	same(t, profile("2026-06-01", 7373, 630), at("2026-07-01", 0))
	same(t, profile("2026-06-01", 7372, 630), at("2026-07-01", first))
	put(t, db, "submissions", &fundamentals.Rows{Profiles: []fundamentals.Profile{profile("2026-06-01", 7372, 630)}})
	same(t, profile("2026-06-01", 7372, 630), at("2026-07-01", 0)) // a value can come back
}

func TestFilingsOfAllCompanies(t *testing.T) {
	db := open(t)
	filing := func(cik fundamentals.CIK, accession, form, filed string) fundamentals.Filing {
		f := fundamentals.Filing{Company: cik, Accession: accession, Form: form, Filed: day(t, filed)}
		f.KnownOn = f.Filed + 1
		return f
	}
	event := filing(1, "b", "8-K", "2024-01-03")
	event.Items = "4.01,9.01"
	list := []fundamentals.Filing{filing(1, "a", "10-K", "2024-01-02"), event, filing(2, "c", "NT 10-K", "2024-01-03"), filing(2, "d", "10-K", "2020-01-03")}
	first := put(t, db, "submissions", &fundamentals.Rows{
		Filings:     list,
		FiledItems:  []fundamentals.FiledItems{{Company: 1, Accession: "b", Items: "4.01"}, {Company: 1, Accession: "b", Items: "4.01,9.01"}},
		FilingLists: []fundamentals.FilingList{{Company: 2, To: day(t, "2024-01-03")}},
	})
	put(t, db, "submissions", &fundamentals.Rows{FiledItems: []fundamentals.FiledItems{{Company: 1, Accession: "b", Items: "4.02"}}})
	between := func(from, to string, upTo fundamentals.Batch) (all []fundamentals.Filing) {
		t.Helper()
		err := db.FilingsBetween(t.Context(), day(t, from), day(t, to), upTo, func(l []fundamentals.Filing) error {
			all = append(all, l...)
			return nil
		})
		same(t, nil, err)
		return all
	}
	same(t, list[:3], between("2024-01-01", "2024-01-03", first))
	same(t, list[:1], between("2024-01-01", "2024-01-02", first))
	same(t, list[:2], must(db.Filings(t.Context(), 1, first))(t))
	corrected := event
	corrected.Items = "4.02"
	same(t, []fundamentals.Filing{list[0], corrected, list[2]}, between("2024-01-01", "2024-01-03", 0))
	at := func(utc string) *fundamentals.Rows {
		return &fundamentals.Rows{Acceptances: []fundamentals.Acceptance{{Company: 1, Accession: "a", At: must(time.Parse(time.RFC3339, utc))(t)}}}
	}
	put(t, db, "submissions", at("2024-01-02T22:00:00Z"))
	put(t, db, "submissions", at("2024-01-02T15:00:00Z")) // the later word: known the same day
	list[0].KnownOn = list[0].Filed
	same(t, list[:1], between("2024-01-01", "2024-01-02", 0))
	last := must(db.LastFiled(t.Context(), []fundamentals.CIK{2}, day(t, "2024-01-03"), 0))(t)
	same(t, map[fundamentals.CIK]map[string]fundamentals.Date{2: {"10-K": day(t, "2020-01-03")}}, last)
	var lists []fundamentals.FilingList
	same(t, nil, db.FilingLists(t.Context(), 0, func(l fundamentals.FilingList) { lists = append(lists, l) }))
	same(t, []fundamentals.FilingList{{Company: 2, To: day(t, "2024-01-03")}}, lists)
}

// Whatever differs in a row makes another content.
func TestRegistrantsAreContent(t *testing.T) {
	seen := map[string]int{}
	for i, rows := range []*fundamentals.Rows{
		{},
		{Profiles: []fundamentals.Profile{{Company: 1, KnownOn: 100, SIC: 1, FiscalYearEnd: 1231}}},
		{Profiles: []fundamentals.Profile{{Company: 2, KnownOn: 100, SIC: 1, FiscalYearEnd: 1231}}},
		{Profiles: []fundamentals.Profile{{Company: 1, KnownOn: 101, SIC: 1, FiscalYearEnd: 1231}}},
		{Profiles: []fundamentals.Profile{{Company: 1, KnownOn: 100, SIC: 2, FiscalYearEnd: 1231}}},
		{Profiles: []fundamentals.Profile{{Company: 1, KnownOn: 100, SIC: 1, FiscalYearEnd: 630}}},
		{PastNames: []fundamentals.PastName{{Company: 1, Name: "A", From: 100, To: 200}}},
		{PastNames: []fundamentals.PastName{{Company: 1, Name: "B", From: 100, To: 200}}},
		{PastNames: []fundamentals.PastName{{Company: 1, Name: "A", From: 101, To: 200}}},
		{PastNames: []fundamentals.PastName{{Company: 1, Name: "A", From: 100, To: 201}}},
		{FiledItems: []fundamentals.FiledItems{{Company: 1, Accession: "a", Items: "4.01"}}},
		{FiledItems: []fundamentals.FiledItems{{Company: 1, Accession: "b", Items: "4.01"}}},
		{FiledItems: []fundamentals.FiledItems{{Company: 1, Accession: "a", Items: "4.02"}}},
		{FilingLists: []fundamentals.FilingList{{Company: 1, From: 100, To: 200}}},
		{FilingLists: []fundamentals.FilingList{{Company: 1, From: 101, To: 200}}},
		{FilingLists: []fundamentals.FilingList{{Company: 1, From: 100, To: 201}}},
	} {
		db := open(t)
		put(t, db, "submissions", rows)
		version := must(db.DataVersion(t.Context(), 0))(t)
		if other, ok := seen[version]; ok {
			t.Errorf("rows %d and %d have one version", other, i)
		}
		seen[version] = i
		put(t, db, "submissions", rows)
		same(t, version, must(db.DataVersion(t.Context(), 0))(t))
	}
}
