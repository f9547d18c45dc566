package screener

import "assay/fundamentals"

// Result is what a screen says on a date. Its JSON is the CLI contract: names
// and order of the first fields are held on to by users.
type Result struct {
	Run             string      `json:"run"` // hash of screen, date, data, catalogue and program
	Screen          string      `json:"screen"`
	AsOf            string      `json:"as_of"`
	DataVersion     string      `json:"data_version"`
	Universe        int         `json:"universe"`
	UniverseUnknown int         `json:"universe_unknown"`
	Passed          int         `json:"passed"`
	Failed          int         `json:"failed"`
	Unknown         int         `json:"unknown"`
	Cut             int         `json:"cut"` // passed, but beyond the limit
	Conditions      []Tally     `json:"conditions"`
	Candidates      []Candidate `json:"candidates"`

	About                  string   `json:"about"`
	Companies              int      `json:"companies"` // all rows of the table
	Outside                int      `json:"outside"`   // not in the universe
	UniverseExpression     string   `json:"universe_expression"`
	UniverseUnknownReasons []Count  `json:"universe_unknown_reasons"`
	UnknownReasons         []Count  `json:"unknown_reasons"` // of the companies counted in Unknown
	Funnel                 []Step   `json:"funnel"`
	Columns                []Column `json:"columns"` // in the order of the file
	Ranking                *Ranking `json:"ranking"` // null: not ranked
	Bands                  *Bands   `json:"bands,omitempty"`
	UnknownCompanies       []Doubt  `json:"unknown_companies"`
	UniverseUnknowns       []Doubt  `json:"universe_unknown_companies"`
	Notices                []string `json:"notices"`

	Near    []NearMiss `json:"near,omitzero"`    // nil: not asked for
	Overlap []Overlap  `json:"overlap,omitzero"` // nil: not asked for

	With With `json:"-"` // what the candidates carry
}

// Tally is what a condition did within the universe.
type Tally struct {
	Name           string  `json:"name"`
	Expression     string  `json:"expression"`
	True           int     `json:"true"`
	False          int     `json:"false"`
	Unknown        int     `json:"unknown"`
	OnlyReason     int     `json:"only_reason"`  // companies that this one alone makes fail
	OnlyUnknown    int     `json:"only_unknown"` // companies that this one alone leaves unknown
	OnMissing      string  `json:"on_missing"`   // what unknown does: pass, fail or unknown
	UnknownReasons []Count `json:"unknown_reasons"`
}

// Count is how many companies lack an input for a reason.
type Count struct {
	Reason    string `json:"reason"`
	Input     string `json:"input"`
	Companies int    `json:"companies"`
}

// Step is a stage of the funnel: the universe first, then the conditions in
// the order of the file.
type Step struct {
	Name    string `json:"name"`
	Dropped int    `json:"dropped"` // fell out at this step
	Unknown int    `json:"unknown"` // not out, but some step so far is unknown
	Left    int    `json:"left"`    // sure to have met every step so far
}

// Column describes a column of the candidates.
type Column struct {
	Name       string `json:"name"`
	Expression string `json:"expression"`
	Kind       string `json:"kind"`
	Unit       string `json:"unit,omitempty"` // of a number
}

// Ranking says how candidates were put in order.
type Ranking struct {
	By      string   `json:"by"`
	Over    string   `json:"over"` // "universe" or "passed"
	Peers   int      `json:"peers"`
	Limit   int      `json:"limit,omitempty"`
	Ties    []string `json:"ties"`
	Scored  int      `json:"scored"`  // passed, with a score
	Missing int      `json:"missing"` // passed, without one: they come last
	Tied    int      `json:"tied"`    // passed, with a score that another has too
}

// Candidate is a company that passed.
type Candidate struct {
	Rank         int               `json:"rank"`
	Ticker       string            `json:"ticker"`
	CIK          fundamentals.CIK  `json:"cik"`
	Name         string            `json:"name"`
	Score        Datum             `json:"score"`
	Values       map[string]Datum  `json:"values"`
	Missing      map[string]string `json:"missing"` // column to reason
	Flags        []string          `json:"flags"`
	ScoreMissing string            `json:"score_missing,omitempty"`
	FlagsUnknown map[string]string `json:"flags_unknown,omitempty"` // flag to reason
	Since        string            `json:"since,omitempty"`         // of a screen with bands: on its list since, run after run
	// Slack is how far each condition is from failing; null where that cannot be
	// measured: the condition is unknown, or compares no numbers.
	Slack map[string]*Slack `json:"slack"`

	// What was asked for by [Options.With]. A source is nil where nothing opens the value.
	Exchange      string             `json:"exchange,omitempty"`
	Conditions    []Finding          `json:"conditions,omitempty"`
	ScoreEvidence *Source            `json:"score_evidence,omitempty"`
	Evidence      map[string]*Source `json:"evidence,omitempty"` // column to where its value comes from
}

// Doubt is a company of which the screen cannot say, and why.
type Doubt struct {
	Ticker string           `json:"ticker"`
	CIK    fundamentals.CIK `json:"cik"`
	Name   string           `json:"name"`
	Lacks  []Lack           `json:"lacks"`
}

// Lack is a missing input of a condition.
type Lack struct {
	Condition string `json:"condition,omitempty"` // "" for the universe
	Input     string `json:"input"`               // such as "roce, 2y ago"
	Reason    string `json:"reason"`
}
