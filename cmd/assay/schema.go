package main

import (
	"io"

	"github.com/spf13/cobra"

	"assay/screener/screenfile"
)

func (a *app) schemaCommand() *cobra.Command {
	var tests bool
	c := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of screen files, for editors",
		Long: `Schema prints the JSON Schema (draft 7) of the frame of a screen: its keys, what
each holds, and the words that are possible. An editor whose YAML support knows it
completes keys and marks mistakes ("assay help editors"). What expressions say is
beyond it: "assay check" and "assay lsp" read those too.`,
		Example: `  assay schema -o screen.schema.json
  assay schema --tests -o screen-tests.schema.json`,
		Args: between(0),

		Annotations: idle{"as-of": "", "format": "a schema is JSON"},

		RunE: func(*cobra.Command, []string) error {
			text, err := screenfile.Schema(tests)
			if err != nil {
				return err
			}
			return a.out.deliver(a.flags.file, func(w io.Writer) error {
				_, err := w.Write(text)
				return err
			})
		},
	}
	c.Flags().BoolVar(&tests, "tests", false, "the schema of files of tests, NAME_test.yaml")
	return c
}
