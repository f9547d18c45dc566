package lsp_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"assay/fundamentals"
	"assay/rules"
	"assay/screener"
	"assay/screener/lsp"
	"assay/screener/lsp/lsptest"
)

// table is a table in memory: three companies, of the third of which roic is not
// reported.
type table struct{ columns }

func (t table) Rows() int { return 3 }

func (t table) Column(_ context.Context, name string, _ rules.At) (*rules.Vector, error) {
	c, ok := t.columns[name]
	if !ok {
		return nil, fmt.Errorf("no column %s", name)
	}
	values := map[string][]float64{"roic": {0.05, 0.20, 0}, "market_cap": {1e9, 2e9, 3e9}}[name]
	if values == nil {
		return rules.Missing(c.Kind, t.Rows(), rules.NotReported), nil
	}
	v := &rules.Vector{Kind: c.Kind, F: values, Why: make([]rules.Reason, t.Rows())}
	if name == "roic" {
		v.Why[2] = rules.NotReported
	}
	return v, nil
}

func (t table) AsOf() fundamentals.Date      { return fundamentals.NewDate(2024, 3, 8) }
func (t table) DataVersion() string          { return "data" }
func (t table) CIK(row int) fundamentals.CIK { return fundamentals.CIK(row + 1) }
func (t table) Ticker(row int) string        { return string(rune('A' + row)) }
func (t table) Name(row int) string          { return t.Ticker(row) }
func (t table) Evidence(context.Context, int, string, rules.At) (*fundamentals.Evidence, error) {
	return nil, nil
}

// data is a database whose table opens when the test lets it.
type data struct {
	open  func(context.Context) error
	table screener.Table
}

func (d data) Table(ctx context.Context, _ screener.Stale) (screener.Table, error) {
	if d.open != nil {
		if err := d.open(ctx); err != nil {
			return nil, err
		}
	}
	return d.table, nil
}

func (d data) Seen(ctx context.Context, name string) (string, error) {
	if d.open != nil {
		if err := d.open(ctx); err != nil {
			return "", err
		}
	}
	return "known of 2 of 3 companies", nil
}

var three = data{table: table{catalogue()}}

func lenses(t *testing.T, s *session) string {
	t.Helper()
	var got []struct {
		Range   lsptest.Range
		Command struct{ Title string }
	}
	if err := json.Unmarshal([]byte(s.Call("textDocument/codeLens", `{"textDocument": {"uri": "`+uri+`"}}`)), &got); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, l := range got {
		fmt.Fprintf(&b, "%s %s\n", l.Range, l.Command.Title)
	}
	return b.String()
}

func TestLenses(t *testing.T) {
	s := ready(t, lsp.Options{Data: three})
	expect := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s:\n%swant\n%s", what, got, want)
		}
	}
	s.Open(uri, "screen: a\npass:\n  large: market_cap >= 2B\n  good: roic >= 10%\n")
	s.Refreshed(1)
	const first = `0:0-0:6 1 of 3 companies pass on 2024-03-08, 1 fail, 1 unknown
2:2-2:7 2 hold, 1 do not, 0 unknown
3:2-3:6 1 hold, 1 do not, 1 unknown
`
	expect("a sound screen", lenses(t, s), first)
	s.Change(uri, 2, "screen: a\npass:\n  large: market_cap >= \n  good: roic >= 10%\n")
	s.Wait(uri, 2)
	expect("a broken one", lenses(t, s), strings.ReplaceAll(first, "\n", " (before this edit)\n"))
	s.Change(uri, 3, "screen: a\npass:\n  large: market_cap >= 9B\n")
	s.Refreshed(2)
	expect("mended", lenses(t, s), "0:0-0:6 0 of 3 companies pass on 2024-03-08, 3 fail, 0 unknown\n2:2-2:7 0 hold, 3 do not, 0 unknown; it alone keeps out 3\n")
	expect("warnings of the data", s.Wait(uri, 3), "2:9-2:25 2 L010 large holds of none of the 3 companies of the universe of which it is known on 2024-03-08\n")

	var got struct{ Contents struct{ Value string } }
	s.Ask("textDocument/hover", uri, 2, 10, &got)
	expect("a column", got.Contents.Value, "all about market_cap\n\n---\n\nknown of 2 of 3 companies")
	s.Ask("textDocument/hover", uri, 2, 3, &got)
	expect("a condition", got.Contents.Value, "**large** — condition\n\n```\nmarket_cap >= 9B\n```\n\non 2024-03-08, of 3 companies of the universe: 0 hold, 3 do not, 0 unknown; it alone keeps out 3")
}

func TestTroubleWithTheDatabase(t *testing.T) {
	broken := data{open: func(context.Context) error { return errors.New("the disk is gone") }}
	s := ready(t, lsp.Options{Data: broken})
	s.Open(uri, "screen: a\npass:\n  x: roic >= 10%\n")
	s.Refreshed(1)
	if got, want := lenses(t, s), "0:0-0:6 not counted: the disk is gone\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
	var got struct{ Contents struct{ Value string } }
	s.Ask("textDocument/hover", uri, 2, 6, &got)
	if want := "all about roic\n\n---\n\nhow its values lie could not be read: the disk is gone"; got.Contents.Value != want {
		t.Errorf("got %s", got.Contents.Value)
	}
}

// TestNothingWaits holds a hover up in the database: others are answered, and
// the end of the request reaches the database.
func TestNothingWaits(t *testing.T) {
	begun, ended := make(chan struct{}, 9), make(chan struct{}, 9)
	slow := data{open: func(ctx context.Context) error {
		begun <- struct{}{}
		<-ctx.Done()
		ended <- struct{}{}
		return ctx.Err()
	}}
	s := ready(t, lsp.Options{Data: slow})
	s.Open(uri, "screen: a\npass:\n  x: roic >= 10%\n")
	<-begun // the count
	ctx, cancel := context.WithCancel(t.Context())
	answered := make(chan string)
	go func() {
		answered <- s.CallContext(ctx, "textDocument/hover", `{"textDocument": {"uri": "`+uri+`"}, "position": {"line": 2, "character": 6}}`)
	}()
	<-begun // the hover
	if got := labels(complete(s, uri, 2, 5)); len(got) == 0 {
		t.Error("nothing is completed while a hover waits")
	}
	cancel()
	<-ended
	if got := <-answered; got != "cancelled" {
		t.Errorf("the cancelled hover got %s", got)
	}
	s.Change(uri, 2, "screen: a\npass:\n  x: roic >= \n")
	<-ended // the count of the text that is gone
	if got := s.Wait(uri, 2); !strings.Contains(got, " 1 E0") {
		t.Errorf("a check while the database is busy: %s", got)
	}
}

// TestPause counts when typing pauses, and not at each letter.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		counts := 0
		counting := data{table: three.table, open: func(context.Context) error { counts++; return nil }}
		s := ready(t, lsp.Options{Data: counting, Pause: 400 * time.Millisecond})
		s.Open(uri, "screen: a\npass:\n  x: roic >= 1%\n")
		for version := 2; version < 10; version++ {
			time.Sleep(200 * time.Millisecond)
			s.Change(uri, version, fmt.Sprintf("screen: a\npass:\n  x: roic >= %d%%\n", version))
		}
		s.Refreshed(1)
		time.Sleep(time.Hour)
		if counts != 1 {
			t.Errorf("it was counted %d times", counts)
		}
		s.Close()
		if err := <-s.ended; !errors.Is(err, lsp.ErrNoShutdown) {
			t.Errorf("after the end of the stream: %v", err)
		}
	})
}

// panicky is a catalogue with a fault.
type panicky struct{ columns }

func (panicky) Describe(string) string { panic("a fault") }

func TestPanicsStayWhereTheyAre(t *testing.T) {
	var said []string
	c := catalogue()
	s := ready(t, lsp.Options{Language: language(c), Catalogue: panicky{c}, Log: func(format string, args ...any) {
		said = append(said, fmt.Sprintf(format, args...))
	}})
	s.Open(uri, "pass:\n  x: roic")
	s.Wait(uri, 1)
	if got, want := s.Call("textDocument/hover", `{"textDocument": {"uri": "`+uri+`"}, "position": {"line": 1, "character": 6}}`), "error -32603: textDocument/hover: a fault"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := labels(complete(s, uri, 1, 6)); len(got) == 0 {
		t.Error("nothing is completed after a panic")
	}
	s.Call("shutdown", "")
	s.Notify("exit", "")
	if err := <-s.ended; err != nil {
		t.Errorf("after a panic, shutdown and exit: %v", err)
	}
	if text := strings.Join(said, "\n"); !strings.Contains(text, "textDocument/hover: a fault\ngoroutine") {
		t.Errorf("the log says\n%s", text)
	}
}
