package main

import (
	"context"
	"io"
	"time"

	"github.com/spf13/cobra"

	"assay/screener/lsp"
)

// lspPause is how long nobody types before companies are counted.
const lspPause = 400 * time.Millisecond

func (a *app) lspCommand() *cobra.Command {
	var verbose bool
	c := &cobra.Command{
		Use:   "lsp",
		Short: "Serve an editor that has screen files open (language server)",
		Long: `Lsp speaks the Language Server Protocol over stdin and stdout: an editor starts it
("assay help editors"). It marks mistakes as you type, completes keys, columns,
functions and values, tells about what stands under the cursor, goes to the
definition of lets and conditions, formats, and offers likely fixes.

Where there is a database it also tells, as of --as-of, how values lie and how
many companies pass.`,
		Example: `  assay lsp --db assay.db --as-of 2024-03-08`,
		Args:    between(0),

		Annotations: idle{"format": "an editor speaks its own protocol", "output": "it speaks to an editor on stdin and stdout"},

		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			own, env := a.names(ctx)
			names := newEditorCatalogue(own)
			data, err := a.editorData(ctx, names, cmd.Flags().Lookup("db").Changed)
			if err != nil {
				return err
			}
			o := lsp.Options{Language: language(env), Catalogue: names, Version: version, Pause: lspPause}
			if verbose {
				o.Log = a.out.warn
			}
			if data != nil {
				defer data.close(context.WithoutCancel(ctx), o.Log)
				o.Data = data
			}
			if a.out.terminal {
				a.out.note("serving an editor on stdin and stdout; Ctrl-C ends it")
			}
			return lsp.Serve(ctx, cmd.InOrStdin(), unclosed{a.out.stdout}, o)
		},
	}
	c.Flags().BoolVar(&verbose, "verbose", false, "tell on stderr what the editor asks for")
	c.Flags().Bool("stdio", true, "")
	c.Flags().Lookup("stdio").Hidden = true // some editors add it to every server
	return c
}

// unclosed is a stream that is left open.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }
