package lsp

import "encoding/json"

// position is a place in a text: a line, and a column in units of UTF-16, both
// from 0.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// before reports whether p stands before q.
func (p position) before(q position) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Character < q.Character
}

type span struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

// touches reports whether two spans have a place in common, ends included.
func (s span) touches(o span) bool { return !s.End.before(o.Start) && !o.End.before(s.Start) }

type location struct {
	URI   string `json:"uri"`
	Range span   `json:"range"`
}

type textDocument struct {
	URI     string `json:"uri"`
	Version int    `json:"version"`
	Text    string `json:"text"`
}

type textEdit struct {
	Range   span   `json:"range"`
	NewText string `json:"newText"`
}

type openParams struct {
	TextDocument textDocument `json:"textDocument"`
}

// documentParams are those of every request about a file as a whole.
type documentParams struct {
	TextDocument struct {
		URI string `json:"uri"`
	} `json:"textDocument"`
}

type positionParams struct {
	documentParams
	Position position `json:"position"`
}

type changeParams struct {
	TextDocument textDocument `json:"textDocument"`
	Changes      []change     `json:"contentChanges"`
}

// change is an edit of a span, or, where there is none, the whole text anew.
type change struct {
	Range *span  `json:"range"`
	Text  string `json:"text"`
}

type actionParams struct {
	documentParams
	Range span `json:"range"`
}

type initializeParams struct {
	Capabilities struct {
		Workspace struct {
			CodeLens struct {
				RefreshSupport bool `json:"refreshSupport"`
			} `json:"codeLens"`
		} `json:"workspace"`
		TextDocument struct {
			Completion struct {
				CompletionItem struct {
					SnippetSupport bool `json:"snippetSupport"`
				} `json:"completionItem"`
			} `json:"completion"`
		} `json:"textDocument"`
	} `json:"capabilities"`
}

type cancelParams struct {
	ID json.RawMessage `json:"id"`
}

// The severities of diagnostics.
const (
	severityError       = 1
	severityWarning     = 2
	severityInformation = 3
)

type diagnostic struct {
	Range    span   `json:"range"`
	Severity int    `json:"severity"`
	Code     string `json:"code,omitempty"`
	Source   string `json:"source"`
	Message  string `json:"message"`
}

type publishParams struct {
	URI         string       `json:"uri"`
	Version     int          `json:"version"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

type markup struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

func markdown(text string) *markup { return &markup{"markdown", text} }

type hover struct {
	Contents *markup `json:"contents"`
	Range    span    `json:"range"`
}

// The kinds of completions.
const (
	completesFunction = 3
	completesField    = 5
	completesVariable = 6
	completesProperty = 10
	completesValue    = 12
	completesKeyword  = 14
	completesWord     = 20
)

// insertSnippet says that an inserted text has places to fill in.
const insertSnippet = 2

type completionItem struct {
	Label            string          `json:"label"`
	Kind             int             `json:"kind"`
	Detail           string          `json:"detail,omitempty"`
	Documentation    *markup         `json:"documentation,omitempty"`
	SortText         string          `json:"sortText,omitempty"`
	InsertTextFormat int             `json:"insertTextFormat,omitempty"`
	TextEdit         *textEdit       `json:"textEdit,omitempty"`
	Data             json.RawMessage `json:"data,omitempty"`
}

type completionList struct {
	IsIncomplete bool             `json:"isIncomplete"`
	Items        []completionItem `json:"items"`
}

// The kinds of symbols.
const (
	symbolNamespace = 3
	symbolVariable  = 13
	symbolBoolean   = 17
	symbolKey       = 20
	symbolEvent     = 24
)

type symbol struct {
	Name           string   `json:"name"`
	Detail         string   `json:"detail,omitempty"`
	Kind           int      `json:"kind"`
	Range          span     `json:"range"`
	SelectionRange span     `json:"selectionRange"`
	Children       []symbol `json:"children,omitempty"`
}

type codeAction struct {
	Title       string        `json:"title"`
	Kind        string        `json:"kind"`
	Diagnostics []diagnostic  `json:"diagnostics"`
	IsPreferred bool          `json:"isPreferred,omitempty"`
	Edit        workspaceEdit `json:"edit"`
}

type workspaceEdit struct {
	Changes map[string][]textEdit `json:"changes"`
}

type codeLens struct {
	Range   span    `json:"range"`
	Command command `json:"command"`
}

type command struct {
	Title   string `json:"title"`
	Command string `json:"command"`
}
