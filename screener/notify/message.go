package notify

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"assay/fundamentals"
)

// Message says how a list changed from one run of a screen to the next.
type Message struct {
	Screen  string    `json:"screen"`
	Run     string    `json:"run"`   // its name: a hash of what decides it
	AsOf    string    `json:"as_of"` // YYYY-MM-DD
	At      time.Time `json:"at"`    // when the run was made
	Entered []Change  `json:"entered"`
	Left    []Change  `json:"left"`
	Moved   []Move    `json:"moved"`
	Top     []Place   `json:"top"` // the first ten of the list
	Counts  Counts    `json:"counts"`
	Link    string    `json:"link,omitempty"`
	Notes   []string  `json:"notes,omitempty"`   // on data that could not be brought before the run
	Notices []string  `json:"notices,omitempty"` // what the run tells of its data: no price is fresh
	Test    bool      `json:"test,omitempty"`    // a sample: nobody is to act on it
	Failed  string    `json:"failed,omitempty"`  // why there is no list: the run failed
}

// Change is a company that entered the list or left it, and why.
type Change struct {
	Ticker string   `json:"ticker"`
	Name   string   `json:"name"`
	Causes []string `json:"causes"`
}

// Move is a company that stayed on the list at another rank.
type Move struct {
	Ticker string   `json:"ticker"`
	Name   string   `json:"name"`
	From   int      `json:"from"`
	To     int      `json:"to"`
	Causes []string `json:"causes,omitempty"`
}

// Place is a company on the list.
type Place struct {
	Rank   int    `json:"rank"`
	Ticker string `json:"ticker"`
	Name   string `json:"name"`
}

// Counts are those of the run.
type Counts struct {
	Universe int `json:"universe"`
	Passed   int `json:"passed"`
	Failed   int `json:"failed"`
	Unknown  int `json:"unknown"`
	Cut      int `json:"cut"`
}

// Changed reports whether a company entered or left the list.
func (m Message) Changed() bool { return len(m.Entered)+len(m.Left) > 0 }

// wantedBy reports whether a channel is to get the message.
func (m Message) wantedBy(c *channel) bool {
	if c.failures && (m.Failed != "" || len(m.Notes) > 0) {
		return true
	}
	if m.Failed != "" {
		return false
	}
	return m.Changed() || c.always || c.moves && len(m.Moved) > 0
}

// key names the message on a channel: the same for every try, and for every time
// that the same run is put.
func (m Message) key(channel string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", m.Screen, m.Run, channel))
	return hex.EncodeToString(sum[:16])
}

// check refuses what has no name, and names that would end a line of a header.
func (m Message) check() error {
	switch {
	case m.Screen == "" || m.Run == "" || m.At.IsZero():
		return errors.New("a message wants a screen, a run and its time")
	case hasControl(m.Screen) || hasControl(m.Run):
		return fmt.Errorf("message of screen %q, run %q: a name may not hold line ends or other control characters", m.Screen, m.Run)
	}
	if _, err := fundamentals.ParseDate(m.AsOf); err != nil {
		return fmt.Errorf("message of screen %q: as of: %w", m.Screen, err)
	}
	if m.Link != "" {
		u, err := url.Parse(m.Link)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("message of screen %q: its link %q is no web address", m.Screen, m.Link)
		}
	}
	return nil
}

func hasControl(text string) bool { return strings.ContainsFunc(text, unicode.IsControl) }

// Sample returns a message of invented companies, to try a channel with.
func Sample(at time.Time) Message {
	return Message{
		Screen: "sample", Run: fmt.Sprintf("test-%d", at.UnixMilli()), AsOf: at.Format(time.DateOnly), At: at, Test: true,
		Entered: []Change{{"BELLTO", "Belltower Toys (sample)", []string{"new filing: net margin 12.1 %, was 9.4 %; the rule asks for 10.0 %"}}},
		Left:    []Change{{"QUILLS", "Quillstone Press (sample)", []string{"price: P/E 16.2, was 14.8; the rule asks for less than 15.0"}}},
		Moved:   []Move{{"HARBOR", "Harbor Ropes (sample)", 3, 1, []string{"price"}}},
		Top:     []Place{{1, "HARBOR", "Harbor Ropes (sample)"}, {2, "BELLTO", "Belltower Toys (sample)"}},
		Counts:  Counts{Universe: 40, Passed: 2, Failed: 33, Unknown: 5},
	}
}
