package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"assay/fundamentals/store"
	"assay/screener/notify"
)

func (a *app) retryCommand() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:   "retry KEY...",
		Short: "Send messages again that were given up",
		Long: `Retry puts messages that were given up back into the outbox, as if they had never
been tried, and sends at once what is due. KEY is the key of a message or its first
six digits or more, as "assay notify outbox" shows it; it stays the same, so that
whoever got the message after all can tell.`,
		Example: `  assay notify outbox
  assay notify retry 5be1f0a32c
  assay notify retry --all`,
		Args: givenUp(&all),

		Annotations: toldOnly(),

		RunE: func(cmd *cobra.Command, keys []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			channels, err := a.channels()
			if err != nil {
				return err
			}
			return a.withDB(cmd.Context(), func(db *store.DB) error { return a.retry(cmd.Context(), db, channels, keys, format) })
		},
	}
	c.Flags().BoolVar(&all, "all", false, "all that were given up")
	return c
}

func (a *app) dropCommand() *cobra.Command {
	var all bool
	c := &cobra.Command{
		Use:     "drop KEY...",
		Short:   "Take messages that were given up out of the outbox",
		Long:    "Drop takes messages that were given up out of the outbox: nobody is told of them any\nmore. KEY is named as for \"assay notify retry\".",
		Example: "  assay notify drop 5be1f0a32c",
		Args:    givenUp(&all),

		Annotations: toldOnly(),

		RunE: func(cmd *cobra.Command, keys []string) error {
			format, err := a.format("table", "json")
			if err != nil {
				return err
			}
			return a.withDB(cmd.Context(), func(db *store.DB) error { return a.drop(cmd.Context(), db, keys, format) })
		},
	}
	c.Flags().BoolVar(&all, "all", false, "all that were given up")
	return c
}

// toldOnly marks verbs that tell what they did: people on stderr, and with --json
// programs on stdout.
func toldOnly() idle {
	return idle{"output": "what was done is told on stderr, and with --json on stdout"}
}

func (a *app) drop(ctx context.Context, db *store.DB, names []string, format string) error {
	dropped, err := notify.Drop(ctx, db, names)
	if err != nil {
		return a.ofOutbox(err)
	}
	if len(dropped) == 0 {
		a.out.note("no message was given up")
	} else {
		a.out.note("dropped %s", counted(len(dropped), "message"))
	}
	return a.out.object(format, struct {
		Dropped []string `json:"dropped"` // keys
	}{append([]string{}, dropped...)})
}

// givenUp wants the keys of messages or --all, and not both.
func givenUp(all *bool) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if *all != (len(args) == 0) {
			return usage("\"assay notify outbox\" lists them with their keys", "name the messages by their keys, or say --all")
		}
		return nil
	}
}

func (a *app) ofOutbox(err error) error {
	if err != nil {
		return &failure{exitFailed, err, "\"" + a.program + " notify outbox\" lists those that were given up"}
	}
	return nil
}

// retried is what became of messages that were put back, for --format json.
type retried struct {
	Sent     int          `json:"sent"`
	Unsent   int          `json:"unsent"`
	Messages []outboxLine `json:"messages"`
}

// retry puts messages back and sends what is due. One that is not sent is an error.
func (a *app) retry(ctx context.Context, db *store.DB, channels notify.Channels, names []string, format string) error {
	keys, err := notify.Retry(ctx, db, a.now(), names)
	if err != nil {
		return a.ofOutbox(err)
	}
	out := retried{Messages: []outboxLine{}}
	if len(keys) == 0 {
		a.out.note("no message was given up")
		return a.out.object(format, out)
	}
	if _, err := notify.NewOutbox(db, channels).Deliver(ctx, a.now); err != nil {
		return err
	}
	list, err := notify.Entries(ctx, db, true)
	if err != nil {
		return err
	}
	hint := "\"" + a.program + " notify drop\" takes them out"
	for _, e := range list {
		if !slices.Contains(keys, e.Key) {
			continue
		}
		out.Messages = append(out.Messages, outboxLineOf(e))
		if e.State == notify.Sent {
			out.Sent++
			a.out.note("message %s of %s: sent to %s", e.Key[:shownKey], e.Screen, e.Channel)
			continue
		}
		out.Unsent++
		if e.State != notify.Dead {
			hint = "those that wait are tried again by \"" + a.program + " serve\""
		}
		a.out.warn("message %s of %s: not sent to %s: %s", e.Key[:shownKey], e.Screen, e.Channel, orNotYet(e.Error))
	}
	if err := a.out.object(format, out); err != nil {
		return err
	}
	if out.Unsent > 0 {
		return &failure{exitFailed, fmt.Errorf("%s of %d could not be sent", counted(out.Unsent, "message"), len(keys)), hint}
	}
	return nil
}

func orNotYet(text string) string {
	if text == "" {
		return "it waits for an older one"
	}
	return text
}
