package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// idle names flags of every verb that mean nothing to one of them, in its annotations,
// each with what to do instead. A call that gives such a flag is refused before it does
// anything, and the help of the verb does not show it. What holds of a verb holds of
// the verbs below it; --json goes with --format. What the environment and the
// configuration say is for all verbs, and refused nowhere.
type idle = map[string]string

// callFlagNames are the flags that speak of one call and can be idle. The others
// matter to every verb, or do no harm: --db, --config, --quiet.
func callFlagNames() []string { return []string{"as-of", "format", "json", "output"} }

// idleHint says what to do instead of giving a flag to a verb to which it means
// nothing; ok is false where it means something.
func idleHint(cmd *cobra.Command, flag string) (hint string, ok bool) {
	if flag == "json" {
		flag = "format"
	}
	for ; cmd != nil; cmd = cmd.Parent() {
		if hint, ok = cmd.Annotations[flag]; ok {
			return hint, true
		}
	}
	return "", false
}

// refuseIdle is an error if a flag was given that means nothing to the verb.
func refuseIdle(cmd *cobra.Command) error {
	for _, name := range callFlagNames() {
		if hint, ok := idleHint(cmd, name); ok && cmd.Flags().Changed(name) {
			return meansNothing(name, strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" "), hint)
		}
	}
	return nil
}

// meansNothing is the error about a flag beside something that does not look at it.
func meansNothing(flag, beside, hint string) error {
	return usage(hint, "%s means nothing to %s", asGiven(flag), beside)
}

// asGiven is a flag as the user writes it.
func asGiven(flag string) string {
	if flag == "output" {
		return "-o"
	}
	return "--" + flag
}

// hideIdle takes the flags that mean nothing to a verb out of its help.
func hideIdle(cmd *cobra.Command) {
	cmd.InheritedFlags().VisitAll(func(f *pflag.Flag) {
		if _, ok := idleHint(cmd, f.Name); ok {
			f.Hidden = true
		}
	})
}
