package screener

import "assay/fundamentals"

// Explanation is what a screen says of one company, from its verdict down to
// the filings.
type Explanation struct {
	Run         string           `json:"run"`
	Screen      string           `json:"screen"`
	AsOf        string           `json:"as_of"`
	DataVersion string           `json:"data_version"`
	Ticker      string           `json:"ticker"`
	CIK         fundamentals.CIK `json:"cik"`
	Name        string           `json:"name"`
	Verdict     string           `json:"verdict"`  // "passed", "failed", "unknown", "outside" or "universe unknown"
	Because     []string         `json:"because"`  // the conditions that brought it there, or "universe"
	Universe    *Finding         `json:"universe"` // null: the screen takes every company
	Conditions  []Finding        `json:"conditions"`
	Flags       []Finding        `json:"flags"`
	Standing    *Standing        `json:"standing"` // null: did not pass
	Values      []Reading        `json:"values"`   // the screen's columns
	Inputs      []Input          `json:"inputs"`   // every number that the screen reads
}

// Finding is what an expression says of a company.
type Finding struct {
	Name        string       `json:"name"`
	Expression  string       `json:"expression"`
	Verdict     string       `json:"verdict"`              // "true", "false" or "unknown"; of the universe "in", "out" or "unknown"
	CountsAs    string       `json:"counts_as,omitempty"`  // of a condition: "pass", "fail" or "unknown"
	OnMissing   string       `json:"on_missing,omitempty"` // of a condition: what unknown does
	Band        string       `json:"band,omitempty"`       // "keep" where its threshold is told, "min_stay" where the company stays all the same
	Comparisons []Comparison `json:"comparisons"`
	Lacks       []Lack       `json:"lacks"` // why it is unknown
}

// Comparison is one comparison within an expression, or a condition that
// compares nothing, such as is_missing(roic).
type Comparison struct {
	Text      string    `json:"text"`
	Verdict   string    `json:"verdict"`
	Value     *Datum    `json:"value,omitempty"`
	Operator  string    `json:"operator,omitempty"` // as it reads with the value on the left
	Threshold *Datum    `json:"threshold,omitempty"`
	Among     string    `json:"among,omitempty"`    // of "in" and its like: what the value is looked up in
	Distance  *Datum    `json:"distance,omitempty"` // slack, in the unit of the value: above 0 when it holds with room
	Unit      string    `json:"unit,omitempty"`
	Points    []Reading `json:"points,omitempty"` // of a history function: its points, latest first
	Lacks     []Lack    `json:"lacks,omitempty"`
}

// Reading is a named value at a place in the past.
type Reading struct {
	Name    string `json:"name"`
	At      string `json:"at,omitempty"` // such as "2y ago"; "" for the latest
	Value   Datum  `json:"value"`
	Verdict string `json:"verdict,omitempty"` // where the point is a comparison, whether it holds
	Missing string `json:"missing,omitempty"`
	Unit    string `json:"unit,omitempty"`
}

// Standing is the place of a company among those that passed.
type Standing struct {
	Rank         int    `json:"rank"`
	Of           int    `json:"of"`
	Score        Datum  `json:"score"`
	ScoreMissing string `json:"score_missing,omitempty"`
	Cut          bool   `json:"cut"` // beyond the limit of the list
}

// Input is a number that the screen reads, and where it comes from.
type Input struct {
	Reading
	Source *Source `json:"source"`
}

// Source opens a value, down to the filings. See [fundamentals.Evidence].
type Source struct {
	Name    string `json:"name"`
	Formula string `json:"formula,omitempty"`
	// Arithmetic is the formula with values in place of names.
	Arithmetic string    `json:"arithmetic,omitempty"`
	Value      Datum     `json:"value"`
	Missing    string    `json:"missing,omitempty"`
	Unit       string    `json:"unit,omitempty"`
	Basis      string    `json:"basis,omitempty"`
	Start      string    `json:"start,omitempty"`
	End        string    `json:"end,omitempty"`
	Tag        string    `json:"tag,omitempty"`
	Accession  string    `json:"accession,omitempty"`
	Form       string    `json:"form,omitempty"`
	Filed      string    `json:"filed,omitempty"`
	KnownOn    string    `json:"known_on,omitempty"`
	URL        string    `json:"url,omitempty"`
	Note       string    `json:"note,omitempty"`
	Inputs     []*Source `json:"inputs,omitempty"`
}
