package lsp

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/handler"
)

// server is the state of one client.
type server struct {
	Options
	rpc     *jrpc2.Server
	ctx     context.Context // ends with the client
	exit    chan struct{}   // closed when the client says exit
	workers sync.WaitGroup  // of the open files

	mu        sync.Mutex
	stage     stage
	snippets  bool // the client knows snippets
	refreshes bool // the client asks for lenses anew when told to
	files     map[string]*file
}

// stage is how far a client has come.
type stage uint8

const (
	fresh stage = iota
	ready
	shut
)

func newServer(ctx context.Context, o Options) *server {
	return &server{Options: o, ctx: ctx, exit: make(chan struct{}), files: map[string]*file{}}
}

func (s *server) isShut() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stage == shut
}

func (s *server) log(format string, args ...any) {
	if s.Log != nil {
		s.Log(format, args...)
	}
}

// The codes of errors that the protocol adds to those of JSON-RPC.
const (
	codeNotReady  jrpc2.Code = -32002
	codeCancelled jrpc2.Code = -32800
	codeFailed    jrpc2.Code = -32803
)

// methods lists what the server answers. Requests about other methods are told
// that there is none, notifications are passed over.
func (s *server) methods() handler.Map {
	return handler.Map{
		"initialize":      answer(s, s.initialize),
		"initialized":     answer(s, ignore),
		"shutdown":        answer(s, s.shutdown),
		"exit":            s.leave,
		"$/cancelRequest": answer(s, s.cancel),

		"textDocument/didOpen":   answer(s, s.didOpen),
		"textDocument/didChange": answer(s, s.didChange),
		"textDocument/didSave":   answer(s, s.didSave),
		"textDocument/didClose":  answer(s, s.didClose),

		"textDocument/completion":     answer(s, s.completion),
		"completionItem/resolve":      answer(s, s.resolve),
		"textDocument/hover":          answer(s, s.hover),
		"textDocument/definition":     answer(s, s.definition),
		"textDocument/documentSymbol": answer(s, s.symbols),
		"textDocument/formatting":     answer(s, s.formatting),
		"textDocument/codeAction":     answer(s, s.actions),
		"textDocument/codeLens":       answer(s, s.lenses),
	}
}

// answer makes a handler of a function: it reads the parameters, holds the
// client to the order of the protocol, and turns a panic into an error.
func answer[P any](s *server, f func(context.Context, P) (any, error)) jrpc2.Handler {
	return func(ctx context.Context, req *jrpc2.Request) (result any, err error) {
		s.log("%s", req.Method())
		defer s.caught(req.Method(), &err)
		if err := s.allowed(req.Method()); err != nil {
			return nil, err
		}
		var params P
		if err := req.UnmarshalParams(&params); err != nil {
			return nil, err
		}
		result, err = f(ctx, params)
		if ctx.Err() != nil {
			return nil, jrpc2.Errorf(codeCancelled, "cancelled")
		}
		return result, err
	}
}

// caught turns a panic into an error: one request must not take all others with
// it.
func (s *server) caught(what string, err *error) {
	if p := recover(); p != nil {
		s.log("%s: %v\n%s", what, p, debug.Stack())
		*err = jrpc2.Errorf(jrpc2.InternalError, "%s: %v", what, p)
	}
}

func (s *server) allowed(method string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.stage == fresh && method != "initialize":
		return jrpc2.Errorf(codeNotReady, "initialize comes first")
	case s.stage != fresh && method == "initialize":
		return jrpc2.Errorf(jrpc2.InvalidRequest, "initialize comes once")
	case s.stage == shut:
		return jrpc2.Errorf(jrpc2.InvalidRequest, "the server is shut down")
	}
	return nil
}

func ignore(context.Context, struct{}) (any, error) { return nil, nil }

func (s *server) initialize(_ context.Context, p initializeParams) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stage = ready
	s.refreshes = p.Capabilities.Workspace.CodeLens.RefreshSupport
	s.snippets = p.Capabilities.TextDocument.Completion.CompletionItem.SnippetSupport
	able := map[string]any{
		"positionEncoding": "utf-16",
		"textDocumentSync": map[string]any{"openClose": true, "change": 2, "save": true},
		"completionProvider": map[string]any{
			"triggerCharacters": []string{"(", "\"", "'", " ", ":", "-"}, "resolveProvider": true,
		},
		"hoverProvider":              true,
		"definitionProvider":         true,
		"documentSymbolProvider":     true,
		"documentFormattingProvider": true,
		"codeActionProvider":         map[string]any{"codeActionKinds": []string{"quickfix"}},
	}
	if s.Data != nil {
		able["codeLensProvider"] = map[string]any{}
	}
	return map[string]any{
		"capabilities": able,
		"serverInfo":   map[string]any{"name": "assay", "version": s.Version},
	}, nil
}

func (s *server) shutdown(context.Context, struct{}) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stage = shut
	return nil, nil
}

// leave ends the server, at whatever stage the client is.
func (s *server) leave(context.Context, *jrpc2.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.exit:
	default:
		close(s.exit)
	}
	return nil, nil
}

func (s *server) cancel(_ context.Context, p cancelParams) (any, error) {
	s.rpc.CancelRequest(string(p.ID))
	return nil, nil
}

// notify sends what the client did not ask for. A client that has gone needs no
// notice of it.
func (s *server) notify(method string, params any) {
	if err := s.rpc.Notify(s.ctx, method, params); err != nil {
		s.log("%s: %v", method, err)
	}
}

// file returns an open file.
func (s *server) file(uri string) (*file, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[uri]; f != nil {
		return f, nil
	}
	return nil, jrpc2.Errorf(jrpc2.InvalidParams, "the file %s is not open", uri)
}

// at returns an open file, its outline and what stands at a position of it.
func (s *server) at(p positionParams) (*file, place, error) {
	f, err := s.file(p.TextDocument.URI)
	if err != nil {
		return nil, place{}, err
	}
	if p.Position.Line < 0 || p.Position.Character < 0 {
		return nil, place{}, jrpc2.Errorf(jrpc2.InvalidParams, "%s", fmt.Sprintf("there is no position %v", p.Position))
	}
	return f, f.outline().place(p.Position), nil
}
