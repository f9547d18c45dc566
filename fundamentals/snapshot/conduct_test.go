package snapshot_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"assay/fundamentals"
)

// conduct adds to a company's rows what its submissions file says: filings of all
// kinds over five years, some with times and items, SIC codes with days, spans
// of days that are listed. It returns the name that the company had before.
func conduct(r *rand.Rand, cik fundamentals.CIK, days int, sics []int, out *[]fundamentals.Rows) []fundamentals.PastName {
	forms := []string{"8-K", "8-K", "8-K/A", "NT 10-K", "NT 10-Q/A", "10-K/A", "S-3", "F-3ASR", "424B5", "SC 13G", "CORRESP", "DEF 14A", "20-F/A"}
	items := []string{"4.01", "2.02,4.02", "4,7", "9.01", ""}
	var rows fundamentals.Rows
	somewhere := func() fundamentals.Date { return firstDay + fundamentals.Date(r.IntN(days+1200)-1200) }
	for n := range 20 + r.IntN(200) {
		f := fundamentals.Filing{Company: cik, Accession: fmt.Sprintf("%010d-99-%06d", cik, n), Form: forms[r.IntN(len(forms))], Filed: somewhere()}
		rows.Filings = append(rows.Filings, f)
		if r.IntN(3) > 0 { // in the night before, the day, or the evening
			at := f.Filed.Time().Add(time.Duration(r.IntN(40)-10) * time.Hour)
			rows.Acceptances = append(rows.Acceptances, fundamentals.Acceptance{Company: cik, Accession: f.Accession, At: at})
		}
		if text := items[r.IntN(len(items))]; text != "" && f.Form[0] == '8' {
			rows.FiledItems = append(rows.FiledItems, fundamentals.FiledItems{Company: cik, Accession: f.Accession, Items: text})
		}
	}
	for range r.IntN(8) {
		rows.Profiles = append(rows.Profiles, fundamentals.Profile{Company: cik, KnownOn: somewhere(), SIC: sics[r.IntN(len(sics))]})
	}
	slices.SortFunc(rows.Profiles, func(a, b fundamentals.Profile) int { return cmp.Compare(a.KnownOn, b.KnownOn) })
	for range r.IntN(5) {
		l := fundamentals.FilingList{Company: cik, To: somewhere() + 300}
		if r.IntN(2) == 0 {
			l.From = l.To - fundamentals.Date(r.IntN(900))
		}
		rows.FilingLists = append(rows.FilingLists, l)
	}
	*out = append(*out, rows)
	if r.IntN(3) == 0 {
		return nil
	}
	return []fundamentals.PastName{{Company: cik, Name: fmt.Sprintf("Old %d", cik), From: firstDay - 1200, To: firstDay + fundamentals.Date(r.IntN(days))}}
}

// keepRegistrant keeps of what submissions files say what they said on a day.
func keepRegistrant(kept *fundamentals.Rows, in fundamentals.Rows, all []fundamentals.Rows, asOf fundamentals.Date) {
	kept.Filings, kept.Acceptances, kept.FiledItems, kept.Profiles, kept.FilingLists, kept.PastNames = nil, nil, nil, nil, nil, nil
	at, known := map[string]time.Time{}, map[string]bool{}
	for _, a := range in.Acceptances {
		at[a.Accession] = a.At
	}
	for _, f := range in.Filings {
		if fundamentals.KnownOn(f.Filed, at[f.Accession]) <= asOf {
			kept.Filings = append(kept.Filings, f)
			known[f.Accession] = true
		}
	}
	for _, a := range in.Acceptances {
		if known[a.Accession] {
			kept.Acceptances = append(kept.Acceptances, a)
		}
	}
	for _, i := range in.FiledItems {
		if known[i.Accession] {
			kept.FiledItems = append(kept.FiledItems, i)
		}
	}
	for _, p := range in.Profiles {
		if p.KnownOn <= asOf {
			kept.Profiles = append(kept.Profiles, p)
		}
	}
	for _, l := range in.FilingLists {
		if l.From <= asOf {
			l.To = min(l.To, asOf)
			kept.FilingLists = append(kept.FilingLists, l)
		}
	}
	kept.Companies = slices.Clone(in.Companies)
	for _, n := range in.PastNames {
		if filedBetween(all, n.Company, n.To+1, asOf-1) { // under the new name, known by now
			kept.PastNames = append(kept.PastNames, n)
			continue
		}
		for i := range kept.Companies {
			kept.Companies[i].Name = n.Name
		}
	}
}

func filedBetween(all []fundamentals.Rows, cik fundamentals.CIK, from, to fundamentals.Date) bool {
	for _, rows := range all {
		for _, f := range rows.Filings {
			if f.Company == cik && from <= f.Filed && f.Filed <= to {
				return true
			}
		}
		for _, f := range rows.Facts {
			if rows.Company == cik && from <= f.Filed && f.Filed <= to {
				return true
			}
		}
	}
	return false
}
