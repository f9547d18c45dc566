package lsp_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"testing"

	"assay/rules"
	"assay/rules/funcs"
	"assay/screener/lsp"
	"assay/screener/lsp/lsptest"
	"assay/screener/screenfile"
)

// columns is a small catalogue.
type columns map[string]rules.Column

func (c columns) Column(name string) (rules.Column, bool) {
	column, ok := c[name]
	return column, ok
}

func (c columns) Names() []string { return slices.Sorted(maps.Keys(c)) }

func (c columns) Title(name string) string {
	if _, ok := c[name]; !ok {
		return ""
	}
	return "title of " + name
}

func (c columns) Describe(name string) string {
	if _, ok := c[name]; !ok {
		return ""
	}
	return "all about " + name
}

func catalogue() columns {
	return columns{
		"market_cap": {Name: "market_cap", Unit: rules.UnitMoney},
		"net_cash":   {Name: "net_cash", Unit: rules.UnitMoney},
		"roic":       {Name: "roic", Unit: rules.UnitFraction},
		"roce":       {Name: "roce", Unit: rules.UnitFraction},
		"sector": {Name: "sector", Kind: rules.Text, Fixed: true,
			Values: []string{"Energy", "Financials", "Real Estate"}},
	}
}

func language(c columns) screenfile.Language {
	return screenfile.Language{Env: c, Funcs: funcs.All(), ShippedNames: []string{"compounders", "quality-small-cap"}}
}

// session is a client and its server in one process.
type session struct {
	*lsptest.Client
	ended chan error
	in    *io.PipeWriter
}

func start(t testing.TB, o lsp.Options) *session {
	t.Helper()
	if o.Catalogue == nil {
		o.Language, o.Catalogue = language(catalogue()), catalogue()
	}
	fromClient, toServer := io.Pipe()
	fromServer, toClient := io.Pipe()
	s := &session{ended: make(chan error, 1), in: toServer}
	go func() { s.ended <- lsp.Serve(context.Background(), fromClient, toClient, o) }()
	s.Client = lsptest.New(t, fromServer, toServer)
	t.Cleanup(s.Close)
	return s
}

// ready starts a session and says hello.
func ready(t testing.TB, o lsp.Options) *session {
	t.Helper()
	s := start(t, o)
	s.Initialize()
	return s
}

const uri = "file:///screens/a.yaml"

func TestLife(t *testing.T) {
	s := start(t, lsp.Options{Version: "1"})
	expect := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", what, got, want)
		}
	}
	symbols := `{"textDocument": {"uri": "` + uri + `"}}`
	expect("too early", s.Call("textDocument/documentSymbol", symbols), "error -32002: initialize comes first")
	expect("hello", s.Initialize(), `{"capabilities":{"codeActionProvider":{"codeActionKinds":["quickfix"]},`+
		`"completionProvider":{"resolveProvider":true,"triggerCharacters":["(","\"","'"," ",":","-"]},"definitionProvider":true,`+
		`"documentFormattingProvider":true,"documentSymbolProvider":true,"hoverProvider":true,"positionEncoding":"utf-16",`+
		`"textDocumentSync":{"change":2,"openClose":true,"save":true}},"serverInfo":{"name":"assay","version":"1"}}`)
	expect("twice", s.Initialize(), "error -32600: initialize comes once")
	expect("not known", s.Call("textDocument/rename", `{}`), "error -32601: method not found")
	s.Notify("$/setTrace", `{"value": "off"}`)
	expect("not open", s.Call("textDocument/documentSymbol", symbols), "error -32602: the file file:///screens/a.yaml is not open")
	expect("no parameters", s.Call("textDocument/hover", `{"textDocument": 5}`), "error -32602: invalid parameters")
	expect("goodbye", s.Call("shutdown", ""), "null")
	expect("too late", s.Call("textDocument/documentSymbol", symbols), "error -32600: the server is shut down")
	s.Notify("exit", "")
	if err := <-s.ended; err != nil {
		t.Errorf("after shutdown and exit: %v", err)
	}
}

func TestLeavingWithoutShutdown(t *testing.T) {
	s := ready(t, lsp.Options{})
	s.Notify("exit", "")
	if err := <-s.ended; !errors.Is(err, lsp.ErrNoShutdown) {
		t.Errorf("after exit: %v", err)
	}
	s = ready(t, lsp.Options{})
	if err := s.in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-s.ended; !errors.Is(err, lsp.ErrNoShutdown) {
		t.Errorf("after the end of the stream: %v", err)
	}
}

func TestHeaders(t *testing.T) {
	for in, want := range map[string]string{
		"hello\r\n\r\n":                       "a header without a colon: is the client one of the language server protocol?",
		"X: y\r\n\r\n{}":                      "a message without Content-Length",
		"Content-Length: 99999999999\r\n\r\n": `a message cannot have the length " 99999999999"`,
		"Content-Length: -1\r\n\r\n":          `a message cannot have the length " -1"`,
	} {
		fromClient, toServer := io.Pipe()
		fromServer, toClient := io.Pipe()
		go func() { _, _ = io.Copy(io.Discard, fromServer) }()
		go func() { _, _ = io.WriteString(toServer, in) }()
		if err := lsp.Serve(context.Background(), fromClient, toClient, lsp.Options{}); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", in, err, want)
		}
	}
}
