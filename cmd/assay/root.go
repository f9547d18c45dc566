package main

import (
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"assay/rules"
)

// execute runs the verb that the arguments name and returns the exit status.
func execute(ctx context.Context, a *app, args []string) int {
	root := a.rootCommand()
	root.SetArgs(args)
	root.SetOut(a.out.stdout)
	root.SetErr(a.out.stderr)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && err != nil && !errors.Is(err, errTold) {
		err = context.Canceled
	}
	if err != nil {
		a.out.fail(err)
	}
	return statusOf(err)
}

// verbs lists the verbs in the order of the help.
func (a *app) verbs() []*cobra.Command {
	return []*cobra.Command{
		a.demoCommand(), a.sampleCommand(), a.fetchCommand(), a.ingestCommand(), a.runCommand(), a.explainCommand(), a.tuneCommand(), a.checkCommand(),
		a.fmtCommand(), a.testCommand(), a.schemaCommand(), a.lspCommand(),
		a.metricsCommand(), a.factsCommand(), a.auditCommand(), a.backupCommand(),
		a.runsCommand(), a.replayCommand(), a.diffCommand(),
		a.scheduleCommand(), a.serveCommand(), a.notifyCommand(), a.configCommand(),
	}
}

func (a *app) rootCommand() *cobra.Command {
	var asksVersion bool
	root := &cobra.Command{
		Use:   "assay",
		Short: "Screen companies by their filings and prices",
		Long: `Assay screens companies by what their filings and prices said on a day,
and tells of each one why it is on the list, or why not.

New here? "assay demo" shows it on invented companies, without any file.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || asksVersion {
				return nil
			}
			return usage(didYouMean(args[0], a.verbNames(cmd), `"assay help" lists the verbs`), "there is no verb %q", args[0])
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asksVersion {
				_, err := io.WriteString(a.out.stdout, versionText())
				return err
			}
			if name := given(cmd.Flags(), callFlagNames()...); name != "" {
				return meansNothing(name, "a call without a verb", `"assay help" lists the verbs`)
			}
			return cmd.Help()
		},
		// No setting matters to the version, not even a broken one.
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if asksVersion {
				return nil
			}
			if err := refuseIdle(cmd); err != nil {
				return err
			}
			return a.load(cmd.Flags())
		},
	}
	// Not cobra's own flag, which wants the text, and with it the whole catalogue,
	// at the start of every verb.
	root.Flags().BoolVarP(&asksVersion, "version", "v", false, "version for assay")
	root.CompletionOptions.HiddenDefaultCmd = true
	a.defineFlags(root.PersistentFlags())
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(a.verbs()...)
	root.SetHelpCommand(a.helpCommand())
	root.InitDefaultCompletionCmd() // it would come by itself, and look at no flag
	if completion, _, err := root.Find([]string{"completion"}); err == nil {
		completion.Annotations = idle{"as-of": "", "format": "", "output": "the script goes to stdout"}
	}
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		hideIdle(cmd)
		help(cmd, args)
	})
	return root
}

func (a *app) verbNames(root *cobra.Command) []string {
	var names []string
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return names
}

var unknownFlag = pattern(`^unknown (?:shorthand )?flag: (?:'.' in )?-*(\S+)`)

var badValue = pattern(`^invalid argument "(.*)" for "(?:-., )?--(\S+)" flag: `)

// takes says what a flag takes, by its type.
func takes(cmd *cobra.Command, flag string) string {
	f := cmd.Flags().Lookup(flag)
	if f == nil {
		return "another value"
	}
	switch f.Value.Type() {
	case "int", "int64":
		return "a whole number"
	case "uint", "uint64":
		return "a whole number of 0 or more"
	case "float64":
		return "a number"
	case "bool":
		return "true or false"
	case "duration":
		return "a time such as 30s or 5m"
	}
	return "another value"
}

// flagError words a mistake among the flags.
func flagError(cmd *cobra.Command, err error) error {
	m := unknownFlag().FindStringSubmatch(err.Error())
	if wrong := badValue().FindStringSubmatch(err.Error()); wrong != nil {
		return usage(`"`+cmd.CommandPath()+` --help" says what each flag takes`, "--%s %s: it takes %s", wrong[2], wrong[1], takes(cmd, wrong[2]))
	}
	if m == nil {
		return usage(`"`+cmd.CommandPath()+` --help" lists the flags`, "%s", lowerFirst(err.Error()))
	}
	name, _, _ := strings.Cut(strings.TrimSuffix(m[1], ","), "=")
	hint := `"` + cmd.CommandPath() + ` --help" lists the flags`
	if len(name) == 1 {
		return usage(hint, "there is no flag -%s", name)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := rules.Nearest(name, names); near != "" {
		hint = "did you mean --" + near + "?"
	}
	return usage(hint, "there is no flag --%s", name)
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// exactly wants arguments of these names and says what is missing or too many.
func exactly(names ...string) cobra.PositionalArgs {
	return between(len(names), names...)
}

// between wants at least the first few of the named arguments.
func between(least int, names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage("usage: "+cmd.UseLine(), "%s is missing", names[len(args)])
		case len(args) > len(names):
			return usage("usage: "+cmd.UseLine(), "%q is one argument too many", args[len(names)])
		}
		return nil
	}
}

// atLeast wants the named arguments, the last of them once or more.
func atLeast(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < len(names) {
			return usage("usage: "+cmd.UseLine(), "%s is missing", names[len(args)])
		}
		return nil
	}
}

// pattern compiles an expression when it is first asked for: the start of a
// program pays for none that it does not need.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
