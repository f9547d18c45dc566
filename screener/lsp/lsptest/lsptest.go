// Package lsptest is a scripted client of a language server, for tests: it sends
// what an editor would, and waits for what the server says by itself.
package lsptest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/channel"
)

// Client is an editor with one server.
type Client struct {
	t   testing.TB
	rpc *jrpc2.Client

	mu        sync.Mutex
	published map[string]Diagnostics // the last of each file
	refreshed int
	news      chan struct{}
}

// Diagnostics is what a server published of a file.
type Diagnostics struct {
	URI         string       `json:"uri"`
	Version     int          `json:"version"`
	Diagnostics []Diagnostic `json:"diagnostics"`
}

// Diagnostic is one mark in a file.
type Diagnostic struct {
	Range    Range  `json:"range"`
	Severity int    `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
}

// Range is where something stands: line and column, from 0, in units of UTF-16.
type Range struct{ Start, End Position }

// Position is one end of a Range.
type Position struct{ Line, Character int }

// String returns line:column-line:column, as tests write it.
func (r Range) String() string {
	return fmt.Sprintf("%d:%d-%d:%d", r.Start.Line, r.Start.Character, r.End.Line, r.End.Character)
}

// patience is how long a test waits for what must come.
const patience = time.Minute

// New connects a client: it writes to in what it reads from out answers.
func New(t testing.TB, out io.Reader, in io.WriteCloser) *Client {
	c := &Client{t: t, published: map[string]Diagnostics{}, news: make(chan struct{}, 1)}
	c.rpc = jrpc2.NewClient(channel.LSP(out, in), &jrpc2.ClientOptions{
		OnNotify: c.notified,
		OnCancel: func(rpc *jrpc2.Client, answer *jrpc2.Response) {
			_ = rpc.Notify(context.Background(), "$/cancelRequest", map[string]any{"id": json.RawMessage(answer.ID())})
		},
		OnCallback: func(_ context.Context, req *jrpc2.Request) (any, error) {
			if req.Method() == "workspace/codeLens/refresh" {
				c.mu.Lock()
				c.refreshed++
				c.mu.Unlock()
				c.tell()
			}
			return nil, nil
		},
	})
	return c
}

func (c *Client) tell() {
	select {
	case c.news <- struct{}{}:
	default:
	}
}

func (c *Client) notified(req *jrpc2.Request) {
	var d Diagnostics
	if req.Method() != "textDocument/publishDiagnostics" || req.UnmarshalParams(&d) != nil {
		return
	}
	c.mu.Lock()
	c.published[d.URI] = d
	c.mu.Unlock()
	c.tell()
}

// Close ends the connection.
func (c *Client) Close() { _ = c.rpc.Close() }

// Initialize says hello, as an editor that can do all that the server uses.
func (c *Client) Initialize() string {
	c.t.Helper()
	got := c.Call("initialize", `{"capabilities": {
		"workspace": {"codeLens": {"refreshSupport": true}},
		"textDocument": {"completion": {"completionItem": {"snippetSupport": true}}}}}`)
	c.Notify("initialized", `{}`)
	return got
}

// Call makes a request and returns the answer as JSON, "error CODE: MESSAGE", or
// "cancelled".
func (c *Client) Call(method, params string) string {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return c.CallContext(ctx, method, params)
}

// CallContext is Call; the end of the context cancels the request.
func (c *Client) CallContext(ctx context.Context, method, params string) string {
	c.t.Helper()
	var sent any
	if params != "" {
		sent = json.RawMessage(params)
	}
	answer, err := c.rpc.Call(ctx, method, sent)
	if e, ok := err.(*jrpc2.Error); ok {
		return fmt.Sprintf("error %d: %s", e.Code, e.Message)
	}
	if errors.Is(err, context.Canceled) {
		return "cancelled"
	}
	if err != nil {
		c.t.Errorf("%s: %v", method, err)
		return ""
	}
	var raw json.RawMessage
	if err := answer.UnmarshalResult(&raw); err != nil {
		c.t.Errorf("%s: %v", method, err)
	}
	return string(raw)
}

// Ask makes a request about a place in a file, and reads the answer into a value.
func (c *Client) Ask(method, uri string, line, character int, into any) {
	c.t.Helper()
	got := c.Call(method, fmt.Sprintf(`{"textDocument": {"uri": %q}, "position": {"line": %d, "character": %d}}`, uri, line, character))
	if err := json.Unmarshal([]byte(got), into); err != nil {
		c.t.Errorf("%s at %d:%d: %v: %s", method, line, character, err, got)
	}
}

// Notify sends what wants no answer.
func (c *Client) Notify(method, params string) {
	c.t.Helper()
	var sent any
	if params != "" {
		sent = json.RawMessage(params)
	}
	if err := c.rpc.Notify(context.Background(), method, sent); err != nil {
		c.t.Errorf("%s: %v", method, err)
	}
}

// Open opens a file.
func (c *Client) Open(uri, text string) {
	c.t.Helper()
	c.Notify("textDocument/didOpen", fmt.Sprintf(`{"textDocument": {"uri": %q, "languageId": "yaml", "version": 1, "text": %s}}`, uri, quote(text)))
}

// Change replaces the text of a file.
func (c *Client) Change(uri string, version int, text string) {
	c.t.Helper()
	c.Notify("textDocument/didChange", fmt.Sprintf(`{"textDocument": {"uri": %q, "version": %d}, "contentChanges": [{"text": %s}]}`, uri, version, quote(text)))
}

func quote(text string) string {
	out, err := json.Marshal(text)
	if err != nil {
		panic(err) // a text can be marshalled
	}
	return string(out)
}

// Wait waits for what the server publishes of a version of a file, and returns
// it as lines of "range severity code message".
func (c *Client) Wait(uri string, version int) string {
	c.t.Helper()
	var found Diagnostics
	c.until(fmt.Sprintf("diagnostics of version %d of %s", version, uri), func() bool {
		found = c.published[uri]
		return found.Version == version && found.URI != ""
	})
	var b strings.Builder
	for _, d := range found.Diagnostics {
		first, _, _ := strings.Cut(d.Message, "\n")
		fmt.Fprintf(&b, "%s %d %s %s\n", d.Range, d.Severity, d.Code, first)
	}
	return b.String()
}

// Refreshed waits until the server has asked so often to ask for lenses anew.
func (c *Client) Refreshed(times int) {
	c.t.Helper()
	c.until("codeLens/refresh", func() bool { return c.refreshed >= times })
}

func (c *Client) until(what string, come func() bool) {
	c.t.Helper()
	late := time.After(patience)
	for {
		c.mu.Lock()
		ok := come()
		c.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-c.news:
		case <-late:
			c.t.Fatalf("%s never came", what)
		}
	}
}
