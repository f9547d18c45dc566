package fundamentals

// Profile is what a source says of a company as of a day. EDGAR's page of a
// company gives only what holds today, a Financial Statement Data Set what each
// filing said; so KnownOn is the day from which this source vouches for it.
type Profile struct {
	Company       CIK
	KnownOn       Date
	SIC           int // 0: not said
	FiscalYearEnd int // month and day, such as 1231 or 0930; 0: not said
}

// PastName is a name that a company filed under: From is the day of the first
// filing under it, To that of the last.
type PastName struct {
	Company  CIK
	Name     string
	From, To Date
}

// FiledItems are the items that a form 8-K reports on, as EDGAR lists them:
// "2.02,9.01", and "5,7" before 2004-08-23.
type FiledItems struct {
	Company   CIK
	Accession string
	Items     string
}

// FilingList says that a source listed every filing of a company of the days
// From to To, both counted; From is none where it lists them from the first on.
// Where no list reaches, that a filing is not there says nothing.
type FilingList struct {
	Company  CIK
	From, To Date
}

// FilingListDays is how old a list of filings may be on a date, counted from its
// newest filing: who files nothing for longer may have filed what we do not have.
const FilingListDays = 120
