package standard

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"assay/fundamentals"
	"assay/rules"
)

//go:embed conceptmap.yaml
var conceptMapText []byte

// Nature says how an item relates to time.
type Nature uint8

// The natures of items.
const (
	Instant Nature = iota // a balance, read at a moment
	Flow                  // an amount over a span; can be differenced
	Average               // a count averaged over a span; never differenced
	Cover                 // said on the cover page, held at the statement's period end
)

// Item is one standard line item of the concept map.
type Item struct {
	Name     string
	Title    string
	Nature   Nature
	Unit     rules.Unit // money, shares or money per share
	None     bool       // absence means zero, if the statement is full
	Resolver string
	NotFor   []string // templates (fundamentals.Classification) to which it does not belong
	NotUnder float64
	NotZero  bool // a tagged zero is no answer where another alternative has one
	Positive bool // never negative
	Recurs   bool // once stated, absence beside is no zero
	Builds   bool // adds up within a year: no part is more than the whole
	Keeps    bool // a lesser alternative that says what was known beside is not heard
	From     []Alternative
	Else     []Alternative
	Confirm  []Alternative
	Least    int   // an item than which this one is no less, or -1
	Signs    []int // tags that deny that absence means none
}

// Alternative is one way to state an item: a signed sum of terms.
type Alternative struct {
	Text  string
	Terms []Term
}

// Term is one part of an alternative: a tag, or an earlier item.
type Term struct {
	Sign     float64
	Optional bool
	Tag      int // index into Map.Tags, or -1
	Item     int // index into Map.Items, or -1
}

// Map is the concept map.
type Map struct {
	Items []Item
	Tags  []fundamentals.Tag // every tag that an item or a resolver reads
	Unit  []rules.Unit       // of each tag
	Hash  string             // of the text: packs made with another map are stale

	items map[string]int
	tags  map[fundamentals.Tag]int
	debt  debtRoles
	share shareRoles
	core  coreRoles
	claim claimRoles

	unitNames      []string  // of each tag: the unit of a fact that counts
	balanceTotal   []bool    // of each tag: a balance sheet is recognised by it
	readers        []itemSet // of each tag: the items that it can make stated
	moments, spans itemSet   // items of a day, and over a span
}

// Concepts returns the concept map that ships with the program.
func Concepts() *Map { return concepts() }

var concepts = sync.OnceValue(func() *Map {
	m, err := ParseMap(conceptMapText)
	if err != nil {
		panic("embedded concept map: " + err.Error()) // a test parses it
	}
	return m
})

// Heads lists the items of the map that ships with the program by what rules must
// know of them: Name, Title, Unit and None alone are set. It looks at the lines of
// the file that say so, a fiftieth of the work of reading it all, which a run over
// columns that are kept has no other use for.
func Heads() (items []Item) {
	items = make([]Item, 0, bytes.Count(conceptMapText, []byte("- name: ")))
	for line := range bytes.Lines(conceptMapText) {
		line, _, _ = bytes.Cut(line, []byte(" #"))
		key, value, _ := bytes.Cut(bytes.TrimSpace(line), []byte(": "))
		if string(key) == "- name" {
			items = append(items, Item{Name: string(value)})
		}
		if len(items) == 0 {
			continue
		}
		switch it := &items[len(items)-1]; string(key) {
		case "title":
			it.Title = string(value)
		case "unit":
			it.Unit, _ = unitNamed(string(value))
		case "absent":
			it.None = string(value) == "none"
		}
	}
	return items
}

// Index returns the index of the item of that name; ok is false where there is
// none.
func (m *Map) Index(name string) (item int, ok bool) {
	item, ok = m.items[name]
	return item, ok
}

type mapFile struct {
	Items []mapItem `yaml:"items"`
	Debt  debtTags  `yaml:"debt"`
}

// mapItem is an item as the file writes it.
type mapItem struct {
	Name     string   `yaml:"name"`
	Title    string   `yaml:"title"`
	Of       string   `yaml:"of"`
	Unit     string   `yaml:"unit"`
	Absent   string   `yaml:"absent"`
	NotUnder float64  `yaml:"not_under"`
	Positive bool     `yaml:"positive"`
	Recurs   bool     `yaml:"recurs"`
	Builds   bool     `yaml:"builds"`
	NotFor   []string `yaml:"not_for"`
	NotZero  bool     `yaml:"not_zero"`
	Keeps    bool     `yaml:"keeps"`
	Least    string   `yaml:"no_less_than"`
	Resolver string   `yaml:"resolver"`
	From     []string `yaml:"from"`
	Else     []string `yaml:"else"`
	Confirm  []string `yaml:"confirm"`
	Signs    []string `yaml:"signs"`
}

// ParseMap reads a concept map. The error names the item and what is wrong
// with it.
func ParseMap(text []byte) (*Map, error) {
	var file mapFile
	if err := yaml.UnmarshalWithOptions(text, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("concept map: %w", err)
	}
	m := &Map{
		Hash:  mapHash(text),
		items: map[string]int{},
		tags:  map[fundamentals.Tag]int{},
	}
	for _, in := range file.Items {
		item, err := m.parseItem(in)
		if err != nil {
			return nil, fmt.Errorf("concept map: item %s: %w", in.Name, err)
		}
		m.items[in.Name] = len(m.Items)
		m.Items = append(m.Items, item)
	}
	if err := m.bindRoles(file.Debt); err != nil {
		return nil, err
	}
	m.bindUnits()
	m.bindBalanceTotals()
	m.bindReaders()
	return m, nil
}

// unitNamed returns the unit that the map calls so.
func unitNamed(word string) (u rules.Unit, ok bool) {
	u, ok = map[string]rules.Unit{"money": rules.UnitMoney, "shares": rules.UnitShares, "per_share": rules.UnitPrice}[word]
	return u, ok
}

func (m *Map) parseItem(in mapItem) (Item, error) {
	natures := map[string]Nature{"instant": Instant, "flow": Flow, "average": Average, "cover": Cover}
	item := Item{
		Name: in.Name, Title: in.Title, None: in.Absent == "none", Resolver: in.Resolver, NotFor: in.NotFor, NotUnder: in.NotUnder,
		NotZero: in.NotZero, Keeps: in.Keeps, Positive: in.Positive, Recurs: in.Recurs, Builds: in.Builds, Least: -1,
	}
	var ok bool
	if item.Nature, ok = natures[in.Of]; !ok {
		return item, fmt.Errorf("of: %q is not instant, flow, average or cover", in.Of)
	}
	if item.Unit, ok = unitNamed(in.Unit); !ok {
		return item, fmt.Errorf("unit: %q is not money, shares or per_share", in.Unit)
	}
	if in.Absent != "missing" && in.Absent != "none" {
		return item, fmt.Errorf("absent: %q is not missing or none", in.Absent)
	}
	if _, twice := m.items[in.Name]; twice {
		return item, errors.New("stands twice")
	}
	if in.Least != "" {
		if item.Least, ok = m.items[in.Least]; !ok {
			return item, fmt.Errorf("no_less_than: no item %q stands above", in.Least)
		}
	}
	for _, w := range in.Signs {
		item.Signs = append(item.Signs, m.tag(w))
	}
	for _, list := range []struct {
		texts []string
		to    *[]Alternative
	}{{in.From, &item.From}, {in.Else, &item.Else}, {in.Confirm, &item.Confirm}} {
		for _, t := range list.texts {
			alt, err := m.parseAlternative(t)
			if err != nil {
				return item, err
			}
			*list.to = append(*list.to, alt)
		}
	}
	return item, nil
}

func (m *Map) bindRoles(debt debtTags) (err error) {
	m.debt = m.bindDebt(debt)
	if m.core, err = m.bindCore(); err != nil {
		return err
	}
	if m.claim, err = m.bindClaims(); err != nil {
		return err
	}
	m.share, err = m.bindShares()
	return err
}

// bindUnits gives each tag the unit of the items that read it; the tags of the
// debt resolver are money.
func (m *Map) bindUnits() {
	m.Unit = make([]rules.Unit, len(m.Tags))
	for i := range m.Unit {
		m.Unit[i] = rules.UnitMoney
	}
	for _, it := range m.Items {
		for _, alt := range slices.Concat(it.From, it.Else, it.Confirm) {
			for _, t := range alt.Terms {
				if t.Tag >= 0 {
					m.Unit[t.Tag] = it.Unit
				}
			}
		}
	}
	names := map[rules.Unit]string{rules.UnitMoney: "USD", rules.UnitShares: "shares", rules.UnitPrice: "USD/shares"}
	m.unitNames = make([]string, len(m.Tags))
	for i, unit := range m.Unit {
		m.unitNames[i] = names[unit]
	}
}

// parseAlternative reads "TagA + TagB? - item".
func (m *Map) parseAlternative(text string) (Alternative, error) {
	alt := Alternative{Text: text}
	sign, want := 1.0, true
	for _, word := range strings.Fields(text) {
		if word == "+" || word == "-" {
			if want {
				return alt, fmt.Errorf("%q: a term is missing before %s", text, word)
			}
			sign, want = 1, true
			if word == "-" {
				sign = -1
			}
			continue
		}
		if !want {
			return alt, fmt.Errorf("%q: + or - is missing before %s", text, word)
		}
		term := Term{Sign: sign, Tag: -1, Item: -1}
		word, term.Optional = strings.CutSuffix(word, "?")
		if word[0] >= 'a' && word[0] <= 'z' && !strings.Contains(word, ":") {
			item, ok := m.items[word]
			if !ok {
				return alt, fmt.Errorf("%q: no item %q stands above", text, word)
			}
			term.Item = item
		} else {
			term.Tag = m.tag(word)
		}
		alt.Terms = append(alt.Terms, term)
		want = false
	}
	if want {
		return alt, fmt.Errorf("%q: ends without a term", text)
	}
	return alt, nil
}

// tag returns the index of a tag, entering it when it is new.
func (m *Map) tag(word string) int {
	taxonomy, name, ok := strings.Cut(word, ":")
	if !ok {
		taxonomy, name = "us-gaap", word
	}
	t := fundamentals.Tag{Taxonomy: taxonomy, Name: name}
	i, ok := m.tags[t]
	if !ok {
		i = len(m.Tags)
		m.tags[t] = i
		m.Tags = append(m.Tags, t)
	}
	return i
}

// roles looks up items that the code itself names.
func (m *Map) roles(names ...string) ([]int, error) {
	out := make([]int, len(names))
	for i, name := range names {
		item, ok := m.items[name]
		if !ok {
			return nil, fmt.Errorf("concept map: item %s, which the program needs, is missing", name)
		}
		out[i] = item
	}
	return out, nil
}

// MapHash names the concept map that ships with the program, without reading
// it: a hash of its text and of the version of the resolvers.
func MapHash() string { return mapHash(conceptMapText) }

func mapHash(text []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s.%d\n", resolverVersion, packFormat)
	h.Write(text)
	return hex.EncodeToString(h.Sum(nil)[:8])
}
