package csvfile

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"assay/fundamentals"
)

// UserOptions is what there is to say about a user's files of columns and tags.
type UserOptions struct {
	// KnownOn is the day on which the rows were known that name none.
	KnownOn fundamentals.Date
	// Register opens what is known of the companies and names that files speak of.
	Register func(context.Context) (Register, error)
}

// Register knows the companies, and what names stand for.
type Register interface {
	// Owner returns the company that had a ticker on a day, or says why there is
	// not one alone.
	Owner(ticker string, on fundamentals.Date) (fundamentals.CIK, error)
	// Company returns an error for a company that is not known.
	Company(cik fundamentals.CIK) error
	// Column returns a column that the user brought before.
	Column(name string) (fundamentals.UserColumn, bool)
	// Taken says what else a name stands for in rules; "" where it is free.
	Taken(name string) string
}

// Limits of one file.
const (
	maxUserColumns = 200
	maxUserName    = 64
	maxUserText    = 1000
	maxUserValues  = 1_000_000
)

// userFiles reads the files of one call of ingest, one after the other: what the
// first says a column holds binds the next.
type userFiles struct {
	options  UserOptions
	register Register
	made     map[string]fundamentals.UserColumn
}

func newUserFiles(o UserOptions) *userFiles {
	return &userFiles{options: o, made: map[string]fundamentals.UserColumn{}}
}

// words says the options that change what a file gives.
func (u *userFiles) words() string {
	if u.options.KnownOn == 0 {
		return ""
	}
	return "known-on " + u.options.KnownOn.String()
}

func (u *userFiles) load(ctx context.Context) (err error) {
	if u.register == nil {
		u.register, err = u.options.Register(ctx)
	}
	return err
}

// before returns a column of that name that the user brought before.
func (u *userFiles) before(name string) (fundamentals.UserColumn, bool) {
	if c, ok := u.made[name]; ok {
		return c, true
	}
	return u.register.Column(name)
}

var userName = pattern(`^[a-z][a-z0-9_]*$`)

// checkName refuses what cannot name a column of the user's.
func (u *userFiles) checkName(name string) error {
	switch {
	case !userName().MatchString(name):
		hint := "use lower-case letters, digits and underscores, and begin with a letter"
		if better := snake(name); better != "" {
			hint = "call it " + better
		}
		return fmt.Errorf("%q cannot be a name: %s", name, hint)
	case len(name) > maxUserName:
		return fmt.Errorf("%q cannot be a name: it has more than %d letters", name, maxUserName)
	}
	if what := u.register.Taken(name); what != "" {
		return fmt.Errorf("%s is taken by %s: call it my_%s, or take it out", name, what, name)
	}
	return nil
}

var noLetters = pattern(`[^a-z0-9]+`)

// snake makes a name of words, "" if it cannot.
func snake(words string) string {
	name := strings.Trim(noLetters().ReplaceAllString(strings.ToLower(words), "_"), "_")
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		name = "my_" + name
	}
	return name
}

var errNoCompany = errors.New(`there is no column "ticker" or "cik"`)

// subject is the company that a row speaks of: as it is named, and as it is known.
type subject struct {
	cik    fundamentals.CIK
	ticker string
	owner  fundamentals.CIK
}

// subject reads the company of a row from the cells ticker and cik. The number
// is the closer name, so a ticker beside it is only held against it.
func (u *userFiles) subject(t *table, on fundamentals.Date) (s subject, err error) {
	s.ticker = fundamentals.CleanTicker(t.text(t.column("ticker")))
	if s.ticker != "" && !tickerLike(fundamentals.NormaliseTicker(s.ticker)) {
		return s, fmt.Errorf("ticker: %q is not a ticker", s.ticker)
	}
	text := t.text(t.column("cik"))
	if text == "" {
		if s.ticker == "" {
			return s, errors.New("it names no company: fill in ticker or cik")
		}
		if s.owner, err = u.register.Owner(s.ticker, on); err != nil {
			return s, fmt.Errorf("ticker: %w", err)
		}
		return s, nil
	}
	cik, ok := fundamentals.ParseCIK(text)
	if !ok {
		return s, fmt.Errorf("cik: %q is not a CIK", text)
	}
	if err := u.register.Company(cik); err != nil {
		return s, fmt.Errorf("cik: %w", err)
	}
	if s.ticker != "" {
		if owner, err := u.register.Owner(s.ticker, on); err == nil && owner != cik {
			return s, fmt.Errorf("ticker: on %s %s is company %d's, and cik says %d", on, s.ticker, owner, cik)
		}
	}
	return subject{cik: cik, owner: cik}, nil
}

// knownNames are the columns that may say when a row was known.
var knownNames = []string{"known_on", "date_known", "known"}

// knownOn reads the day on which a row was known; otherwise stands for none.
func (u *userFiles) knownOn(t *table, otherwise fundamentals.Date) (fundamentals.Date, error) {
	at := t.column(knownNames...)
	text := t.text(at)
	switch {
	case text != "":
		d, err := date(text)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", t.header[at], err)
		}
		return d, nil
	case u.options.KnownOn != 0:
		return u.options.KnownOn, nil
	case otherwise != 0:
		return otherwise, nil
	}
	return 0, errors.New("known_on: it is empty: write the day on which you knew it, or say --known-on DAY for all such rows")
}

// said remembers what a file says, to tell when it contradicts itself.
type said map[saidKey]saidWord

type saidKey struct {
	company       fundamentals.CIK
	column        string
	from, knownOn fundamentals.Date
}

type saidWord struct {
	until fundamentals.Date
	value float64
	text  string
	line  int
}

// add adds a word, or says where the file says otherwise.
func (s said) add(v fundamentals.UserValue) error {
	key, word := saidKey{v.Owner, v.Column.Name, v.From, v.KnownOn}, saidWord{v.Until, v.Value, v.Text, v.Line}
	before, ok := s[key]
	switch {
	case !ok && len(s) >= maxUserValues:
		return fmt.Errorf("the file has more than %d values: split it", maxUserValues)
	case !ok:
		s[key] = word
	case before.until != word.until || before.value != word.value || before.text != word.text:
		return fmt.Errorf("line %d says otherwise of the same company and day", before.line)
	}
	return nil
}

// pattern compiles an expression when it is first asked for: the start of a
// program pays for none that it does not need.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
