package edgar

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"assay/fundamentals"
	"assay/fundamentals/source"
)

// dated is an entry of a list in which things have a name and two days.
type dated struct{ name, from, to string }

// dated reads such a list; from and to are the keys of the days. What is no
// object, or lacks a key, comes with empty texts.
func (s *scanner) dated(from, to string) (list []dated, err error) {
	_, err = s.array(func() error {
		var d dated
		_, err := s.object(func(key string) (err error) {
			if k := s.PeekKind(); k == '{' || k == '[' || k == 'n' {
				return s.skip()
			}
			switch key {
			case "name":
				d.name, err = s.string()
			case from:
				d.from, err = s.string()
			case to:
				d.to, err = s.string()
			}
			return err
		})
		list = append(list, d)
		return err
	})
	return list, err
}

// days reads the two days. EDGAR writes those of a name as midnight in New York,
// 2002-02-06T05:00:00.000Z, so the date in front is the day.
func (d dated) days() (from, to fundamentals.Date, ok bool) {
	day := func(s string) (fundamentals.Date, bool) { return date([]byte(s[:min(len(s), 10)])) }
	from, ok1 := day(d.from)
	to, ok2 := day(d.to)
	return from, to, ok1 && ok2 && from <= to
}

// past returns the names that the company filed under before. A name without
// days cannot be placed in time and is passed over.
func (v *submission) past(rejected *source.Rejections) (names []fundamentals.PastName) {
	for i, d := range v.pastNames {
		if d.name == "" || d.from == "" || d.to == "" {
			continue
		}
		from, to, ok := d.days()
		if !ok {
			rejected.Add(fmt.Sprintf("former name %d (%s)", i+1, d.name), "from is %q, to is %q", d.from, d.to)
			continue
		}
		names = append(names, fundamentals.PastName{Company: v.company.CIK, Name: d.name, From: from, To: to})
	}
	return names
}

// vouched adds the past names, and what the file says as of the day of its newest filing, of
// whatever form: it was served then or later, so its SIC held then, and of the
// days that it lists no filing was left out.
//
// The newest thousand filings stand in the company's file, the older ones in
// files of their own, "pages" of which the company's file names the days.
func (v *submission) vouched(rows *fundamentals.Rows, sic int, rejected *source.Rejections) {
	oldest, newest := v.span()
	if newest == 0 {
		return
	}
	p := fundamentals.Profile{Company: v.company.CIK, KnownOn: newest, SIC: sic, FiscalYearEnd: monthDay(v.yearEnd)}
	if p.SIC != 0 || p.FiscalYearEnd != 0 {
		rows.Profiles = append(rows.Profiles, p)
	}
	if len(rows.Filings) == 0 { // a person, who files ownership reports only
		return
	}
	rows.PastNames = v.past(rejected)
	list := func(from, to fundamentals.Date) {
		if from <= to {
			rows.FilingLists = append(rows.FilingLists, fundamentals.FilingList{Company: v.company.CIK, From: from, To: to})
		}
	}
	if v.older {
		list(oldest, newest)
		return
	}
	var pages []fundamentals.FilingList
	for _, d := range v.pages {
		from, to, ok := d.days()
		if !ok {
			list(oldest, newest) // nothing is known of what lies before
			return
		}
		pages = append(pages, fundamentals.FilingList{From: from, To: to})
	}
	slices.SortFunc(pages, func(a, b fundamentals.FilingList) int { return cmp.Compare(a.From, b.From) })
	open := fundamentals.Date(0) // from here on all pages told so far have no filing
	for _, page := range pages {
		list(open, page.From-1)
		open = max(open, page.To+1)
	}
	list(open, newest)
}

// span returns the days of the oldest and of the newest filing.
func (v *submission) span() (oldest, newest fundamentals.Date) {
	for _, s := range v.filed {
		if d, ok := date([]byte(s)); ok {
			if oldest == 0 || d < oldest {
				oldest = d
			}
			newest = max(newest, d)
		}
	}
	return oldest, newest
}

// monthDay reads the end of a fiscal year, MMDD; 0 for anything else.
func monthDay(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) != 4 || n/100 < 1 || n/100 > 12 || n%100 < 1 || n%100 > daysIn(2000, n/100) {
		return 0
	}
	return n
}
