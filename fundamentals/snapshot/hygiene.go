package snapshot

import (
	"context"
	"slices"
	"strings"

	"assay/fundamentals"
	"assay/rules"
)

// hygiene is what the filings of one company say of its conduct.
type hygiene struct {
	last   fundamentals.Date // day of the last filing of its own that is known
	counts [len(hygieneCounts)]int
	listed coverage
}

// hygieneCount is a column that counts the filings of two years.
type hygieneCount struct {
	name string
	of   func(f *fundamentals.Filing) bool
	// anywhere means that the filings which facts name will do: no full list of
	// filings is needed.
	anywhere bool
}

var hygieneCounts = [...]hygieneCount{
	{name: "late_notices_2y", of: formIn("NT 10-K", "NT 10-Q", "NT 20-F", "NT 10-K/A", "NT 10-Q/A", "NT 20-F/A")},
	{name: "amendments_2y", of: formIn("10-K/A", "10-Q/A", "10-KT/A", "10-QT/A", "20-F/A", "40-F/A"), anywhere: true},
	{name: "auditor_changes_2y", of: itemIn("4.01", "4")},
	{name: "non_reliance_2y", of: itemIn("4.02")},
	{name: "shelf_registrations_2y", of: formIn("S-3", "S-3ASR", "F-3", "F-3ASR")},
}

const daysSinceFiling = "days_since_filing"

func formIn(forms ...string) func(*fundamentals.Filing) bool {
	return func(f *fundamentals.Filing) bool { return slices.Contains(forms, f.Form) }
}

// itemIn finds the items of forms 8-K, 8-K12B, 8-K/A ...
func itemIn(items ...string) func(*fundamentals.Filing) bool {
	return func(f *fundamentals.Filing) bool {
		if f.Items == "" || !strings.HasPrefix(f.Form, "8-K") {
			return false
		}
		for item := range strings.SplitSeq(f.Items, ",") {
			if slices.Contains(items, strings.TrimSpace(item)) {
				return true
			}
		}
		return false
	}
}

// sameEvent is how many days an amended 8-K may come after an 8-K of which it
// tells more: General Electric's change of auditors of 2020-06-22
// (0000040545-20-000035) was amended on 2021-02-12 (0000040545-21-000013).
const sameEvent = 365

// counted returns the filings that a column counts as of a day, of a list by
// KnownOn that begins a year before the two years do.
func (c *hygieneCount) counted(filings []fundamentals.Filing, asOf fundamentals.Date) (out []fundamentals.Filing) {
	since, event := asOf.AddYears(-2), fundamentals.Date(0)
	for i := range filings {
		f := &filings[i]
		if f.KnownOn > asOf || !c.of(f) {
			continue
		}
		if strings.HasPrefix(f.Form, "8-K") {
			if strings.HasSuffix(f.Form, "/A") && event != 0 && f.Filed-event <= sameEvent {
				continue
			}
			event = f.Filed
		}
		if f.KnownOn > since {
			out = append(out, *f)
		}
	}
	return out
}

// lastOwn returns the last filing that a company made itself and that is known;
// ok is false where there is none.
func lastOwn(filings []fundamentals.Filing, asOf fundamentals.Date) (last fundamentals.Filing, ok bool) {
	for _, f := range filings {
		if f.KnownOn <= asOf && ownFiling(f.Form) && (!ok || f.Filed >= last.Filed) {
			last, ok = f, true
		}
	}
	return last, ok
}

// ownFiling reports whether a form is the company's own doing. Letters between it
// and the SEC are published months after the day they carry, so they tell
// nothing of a day; the rest comes from holders, bidders, exchanges, the SEC.
func ownFiling(form string) bool {
	form = strings.TrimSuffix(form, "/A")
	switch form {
	case "UPLOAD", "CORRESP", "DRS", "DRSLTR", "NO ACT", "CT ORDER", "EFFECT", "QUALIF", "REVOKED", "IRANNOTICE", "APP ORDR", "APP NTC",
		"3", "4", "5", "144", "25-NSE", "SC TO-T", "SC 14D1", "SC 13D", "SC 13G", "SCHEDULE 13D", "SCHEDULE 13G",
		"PX14A6G", "PX14A6N", "DFAN14A", "DEFN14A", "PREN14A", "DFRN14A", "PRRN14A":
		return false
	}
	return !strings.HasPrefix(form, "CERT")
}

// coverage says how far the lists of a company's filings reach over the two
// years before a date: they are read by their first days.
type coverage struct {
	any, hole bool
	to        fundamentals.Date // all filings from the two years' begin up to here are listed
}

func (c *coverage) add(l fundamentals.FilingList, asOf fundamentals.Date) {
	if l.From > asOf {
		return
	}
	from := asOf.AddYears(-2)
	switch {
	case l.To < from:
	case l.From <= max(from, c.to+1):
		c.to = max(c.to, l.To)
	default:
		c.hole = true
	}
	c.any = true
}

// why returns whether a count of filings can be known.
func (c *coverage) why(asOf fundamentals.Date) rules.Reason {
	switch {
	case c.to >= asOf-fundamentals.FilingListDays:
		return rules.Known
	case !c.any || c.hole:
		return rules.NotReported
	}
	return rules.Stale
}

// isHygiene reports whether this file computes a column.
func isHygiene(name string) bool {
	return name == daysSinceFiling || slices.ContainsFunc(hygieneCounts[:], func(c hygieneCount) bool { return c.name == name })
}

// hygieneColumn computes a column of this file. It reads lists of filings and who the
// rows are, and nothing of facts or prices.
func (t *Table) hygieneColumn(ctx context.Context, name string) (*rules.Vector, error) {
	at := slices.IndexFunc(hygieneCounts[:], func(c hygieneCount) bool { return c.name == name })
	if err := t.loadHygiene(ctx); err != nil {
		return nil, err
	}
	out := newVector(rules.Number, len(t.hygiene))
	for i := range t.hygiene {
		h := &t.hygiene[i]
		switch why := h.listed.why(t.asOf); {
		case at < 0:
			out.set(i, reported(h.last != 0, float64(t.asOf-h.last)))
		case why != rules.Known && !hygieneCounts[at].anywhere:
			out.set(i, rules.None(why))
		default:
			out.set(i, rules.Num(float64(h.counts[at])))
		}
	}
	return out.Vector, nil
}

// loadHygiene reads the filings of three years of all companies, and of those
// who filed nothing in them the last day they did.
func (t *Table) loadHygiene(ctx context.Context) error {
	if t.hygiene != nil {
		return nil
	}
	list := make([]hygiene, len(t.ciks))
	row := make(map[fundamentals.CIK]*hygiene, len(list))
	for i := range list {
		row[t.ciks[i]] = &list[i]
	}
	from := t.asOf.AddYears(-2) - sameEvent - 1
	err := t.db.FilingsBetween(ctx, from, t.asOf, t.opts.UpTo, func(filings []fundamentals.Filing) error {
		h := row[filings[0].Company]
		if h == nil {
			return ctx.Err()
		}
		if last, ok := lastOwn(filings, t.asOf); ok {
			h.last = last.Filed
		}
		for i := range hygieneCounts {
			h.counts[i] = len(hygieneCounts[i].counted(filings, t.asOf))
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	var gone []fundamentals.CIK
	for i := range list {
		if list[i].last == 0 {
			gone = append(gone, t.ciks[i])
		}
	}
	last, err := t.db.LastFiled(ctx, gone, from, t.opts.UpTo)
	if err != nil {
		return err
	}
	for cik, forms := range last {
		for form, filed := range forms {
			if ownFiling(form) {
				row[cik].last = max(row[cik].last, filed)
			}
		}
	}
	if err := t.db.FilingLists(ctx, t.opts.UpTo, func(l fundamentals.FilingList) {
		if h := row[l.Company]; h != nil {
			h.listed.add(l, t.asOf)
		}
	}); err != nil {
		return err
	}
	if err := t.unchanged(ctx); err != nil {
		return err
	}
	t.hygiene = list
	return nil
}

// describeHygiene lists the filings behind a column of this file.
func (t *Table) describeHygiene(ctx context.Context, e *fundamentals.Evidence, row int) error {
	if err := t.loadHygiene(ctx); err != nil {
		return err
	}
	filings, err := t.db.Filings(ctx, t.ciks[row], t.opts.UpTo)
	if err != nil {
		return err
	}
	listed := t.hygiene[row].listed
	switch e.Value.Why {
	case rules.NotReported:
		e.Note = "the list of its filings of two years is not there whole; assay ingest submissions brings it"
		return nil
	case rules.Stale:
		e.Note = "the list of its filings, from its submissions file, is too old for " + t.asOf.String()
		return nil
	}
	if listed.why(t.asOf) != rules.Known {
		e.Note = "of the filings known by their facts; no list of all filings is there for the date"
	}
	var found []fundamentals.Filing
	if last, ok := lastOwn(filings, t.asOf); ok && e.Name == daysSinceFiling {
		found = append(found, last)
	}
	for i := range hygieneCounts {
		if hygieneCounts[i].name == e.Name {
			found = hygieneCounts[i].counted(filings, t.asOf)
		}
	}
	for _, f := range found {
		in := &fundamentals.Evidence{Name: f.Form, Kind: rules.Date, Value: rules.Num(float64(f.Filed)),
			Accession: f.Accession, Form: f.Form, Filed: f.Filed, KnownOn: f.KnownOn, URL: f.URL()}
		if f.Items != "" {
			in.Note = "items " + f.Items
		}
		e.Inputs = append(e.Inputs, in)
		e.KnownOn = max(e.KnownOn, f.KnownOn)
	}
	return nil
}
