package main

import (
	"embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"assay/rules"
	"assay/rules/funcs"
	"assay/screener/library"
	"assay/screener/screenfile"
)

//go:embed help/*.md
var helpFiles embed.FS

// topics lists the help topics in the order in which a newcomer wants them.
func topics() []string {
	return []string{"data", "ingest", "screens", "library", "lint", "tests", "exports", "rules", "functions", "missing", "slack", "editors", "audit", "history", "serve", "channels", "settings", "exit-codes"}
}

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [VERB | TOPIC | SCREEN | CODE]",
		Short: "Help about a verb, a screen that ships, an error code, or " + strings.Join(topics(), ", "),
		Args:  between(0, "TOPIC"),

		Annotations: idle{"as-of": "", "format": "help is text"},
		// No setting matters here, not even a broken one.
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return refuseIdle(cmd) },
		RunE: func(cmd *cobra.Command, args []string) error {
			root, text, isTopic := cmd.Root(), "", false
			if len(args) > 0 {
				text, isTopic = topic(args[0])
			}
			verb, _, err := root.Find(args)
			isVerb := err == nil && (verb != root || len(args) == 0)
			if !isTopic && !isVerb {
				known := slices.Concat(topics(), a.verbNames(root), library.Names())
				return usage(didYouMean(args[0], known, "the topics are "+strings.Join(topics(), ", ")), "there is no verb and no help topic %q", args[0])
			}
			return a.out.deliver(a.flags.file, func(w io.Writer) error {
				if isVerb {
					verb.SetOut(w)
					if err := verb.Help(); err != nil {
						return err
					}
				}
				if isVerb && isTopic {
					text = "\n" + text
				}
				_, err := io.WriteString(w, text)
				return err
			})
		},
	}
}

// topic returns the text of a help topic.
func topic(name string) (string, bool) {
	text, err := helpFiles.ReadFile("help/" + name + ".md")
	if err != nil {
		if e, ok := library.Open(name); ok {
			return e.Page + "\nThe file\n--------\n\n" + string(e.Text), true
		}
		return mistake(name)
	}
	switch name {
	case "library":
		return string(text) + shippedReference(), true
	case "rules", "functions":
		return string(text) + functionReference(), true
	case "audit":
		return string(text) + checkReference(), true
	case "channels":
		return string(text) + channelReference(), true
	case "lint":
		return string(text) + lintReference(), true
	}
	return string(text), true
}

// shippedReference lists the screens that ship.
func shippedReference() string {
	var b strings.Builder
	for _, e := range library.List() {
		fmt.Fprintf(&b, "\n%s\n    %s\n", e.Name, e.About())
	}
	return b.String()
}

// functionReference lists the functions of the language.
func functionReference() string {
	var b strings.Builder
	for _, f := range funcs.All() {
		fmt.Fprintf(&b, "\n%s\n    %s\n    %s\n", f.Signature(), f.Doc, f.Example)
	}
	return b.String()
}

// lintReference lists what lint finds.
func lintReference() string {
	var b strings.Builder
	for _, c := range screenfile.Lints() {
		fmt.Fprintf(&b, "\n%s  %s\n    %s\n", c.Code, c.Title, c.Help)
	}
	return b.String()
}

// mistake returns the page of an error code, such as E012.
func mistake(code string) (string, bool) {
	code = strings.ToUpper(code)
	for _, c := range slices.Concat(rules.Codes(), screenfile.Codes(), screenfile.Lints()) {
		if c.Code == code {
			text := fmt.Sprintf("%s: %s\n\n%s\n", c.Code, c.Title, c.Help)
			if c.Wrong != "" {
				text += fmt.Sprintf("\nwrong  %s\nright  %s\n", c.Wrong, c.Right)
			}
			return text, true
		}
	}
	return "", false
}
