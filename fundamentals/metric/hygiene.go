package metric

import "assay/rules"

// hygieneInputs are what the list of a company's filings says of its conduct,
// whatever the filings say themselves.
var hygieneInputs = []Input{
	{rules.Column{Name: "days_since_filing", Unit: rules.UnitDays, Fixed: true}, "Days since the last filing", "filing",
		"Days from the last filing of any kind that the company made. What others file about it (13D and 13G, tender offers, letters and orders of the SEC, ownership reports) does not count. " +
			"Without the company's submissions file: since the last filing with facts.", ""},
	{rules.Column{Name: "late_notices_2y", Unit: rules.UnitCount, Fixed: true}, "Late notices, 2 years", "filing",
		"Notices that a report will be late: NT 10-K, NT 10-Q, NT 20-F and their amendments, known in the last two years (Form 12b-25; 17 CFR 240.12b-25). " + listNote, ""},
	{rules.Column{Name: "amendments_2y", Unit: rules.UnitCount, Fixed: true}, "Amended reports, 2 years", "filing",
		"10-K/A, 10-Q/A, 10-KT/A, 10-QT/A, 20-F/A and 40-F/A known in the last two years. " +
			"Without the company's submissions file: those with facts, so one without statements may be left out.", ""},
	{rules.Column{Name: "auditor_changes_2y", Unit: rules.UnitCount, Fixed: true}, "Auditor changes, 2 years", "filing",
		"Filings of Form 8-K, Item 4.01 (Item 4 before 2004-08-23), known in the last two years. " + amendmentNote + listNote, ""},
	{rules.Column{Name: "non_reliance_2y", Unit: rules.UnitCount, Fixed: true}, "Non-reliance on statements, 2 years", "filing",
		"Filings of Form 8-K, Item 4.02: earlier statements can no longer be relied upon; known in the last two years. Not known before 2004-08-23, when the item was made. " + amendmentNote + listNote, ""},
	{rules.Column{Name: "shelf_registrations_2y", Unit: rules.UnitCount, Fixed: true}, "Shelf registrations, 2 years", "filing",
		"Registrations of securities to be sold over time filed in the last two years: S-3, S-3ASR, F-3 and F-3ASR (17 CFR 230.415). " +
			"Counted when filed, not when effective; amendments and the prospectuses of each sale (424B) do not count, of which a bank files hundreds from one shelf. " + listNote, ""},
}

const (
	amendmentNote = "An 8-K/A counts only if no 8-K with the item came in the year before: it tells more of the same event. "
	listNote      = "Not reported without the company's submissions file, and stale if that file ends more than 120 days before the date."
)
