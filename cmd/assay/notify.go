package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"assay/screener"
	"assay/screener/notify"
)

func (a *app) notifyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "notify",
		Short: "Try a channel, list the messages that wait or failed, send those again",

		Annotations: idle{"as-of": "messages tell of the days of their runs"},

		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return usage(didYouMean(args[0], []string{"test", "outbox", "retry", "drop"}, "it knows test, outbox, retry and drop"), "there is no %q of notify", args[0])
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	test := &cobra.Command{
		Use:   "test CHANNEL",
		Short: "Send a sample message to a channel of the configuration",
		Long: `Test sends a message of invented companies to a channel at once, past the outbox,
and says whether it arrived. "assay help channels" says how one is configured.`,
		Args: exactly("CHANNEL"),

		Annotations: toldOnly(),

		RunE: func(cmd *cobra.Command, args []string) error { return a.notifyTest(cmd, args[0]) },
	}
	var all bool
	outbox := &cobra.Command{
		Use:   "outbox",
		Short: "List the messages that wait for their next try or were given up",
		Args:  between(0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.notifyOutbox(cmd, all) },
	}
	outbox.Flags().BoolVar(&all, "all", false, "list those too that were sent")
	c.AddCommand(test, outbox, a.retryCommand(), a.dropCommand())
	return c
}

// channels opens the channels of the configuration.
func (a *app) channels() (notify.Channels, error) {
	c, err := notify.Open(a.settings.Channels, os.LookupEnv)
	if mistakes, ok := errors.AsType[notify.Mistakes](err); ok {
		hint := strings.Join(mistakes, "\n") + "\n\"assay help channels\" says what each key is"
		return c, usage(hint, "the channels of the configuration have mistakes: %d", len(mistakes))
	}
	return c, err
}

func (a *app) notifyTest(cmd *cobra.Command, name string) error {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	c, err := a.channels()
	if err != nil {
		return err
	}
	known := c.Names()
	if len(known) == 0 {
		return usage("\"assay help channels\" says how to configure one", "the configuration has no channels")
	}
	for _, k := range known {
		if k == name {
			now := a.now().UTC()
			if err := c.Send(cmd.Context(), now, notify.Sample(now), name); err != nil {
				return err
			}
			a.out.note("channel %s: the sample message was sent", name)
			return a.out.object(format, struct {
				Channel string `json:"channel"`
				Sent    bool   `json:"sent"`
			}{name, true})
		}
	}
	return usage(didYouMean(name, known, "the channels are "+strings.Join(known, ", ")), "there is no channel %q", name)
}

// outboxLine is a message of the outbox as JSON shows it.
type outboxLine struct {
	Key     string  `json:"key"`
	Channel string  `json:"channel"`
	Screen  string  `json:"screen"`
	Run     string  `json:"run"`
	State   string  `json:"state"`
	Tries   int     `json:"tries"`
	Put     string  `json:"put"`
	Next    *string `json:"next"`
	Ended   *string `json:"ended"`
	Error   string  `json:"error"`
}

func outboxLineOf(e notify.Entry) outboxLine {
	return outboxLine{e.Key, e.Channel, e.Screen, e.Run, string(e.State), e.Tries, e.Put.Format(time.RFC3339), moment(e.Due), moment(e.Ended), e.Error}
}

func (a *app) notifyOutbox(cmd *cobra.Command, all bool) (err error) {
	format, err := a.format("table", "json")
	if err != nil {
		return err
	}
	db, err := a.openDB(cmd.Context())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	list, err := notify.Entries(cmd.Context(), db, all)
	if err != nil {
		return err
	}
	if format == "json" {
		lines := []outboxLine{}
		for _, e := range list {
			lines = append(lines, outboxLineOf(e))
		}
		return a.out.deliver(a.flags.file, func(w io.Writer) error { return screener.WriteJSON(w, lines) })
	}
	if len(list) == 0 && a.flags.file == "" {
		a.out.note("no message waits, and none was given up")
		return nil
	}
	return a.out.deliver(a.flags.file, func(w io.Writer) error { return writeOutbox(w, list) })
}

// shownKey is how much of a key is shown, and enough to name it.
const shownKey = 10

func writeOutbox(w io.Writer, list []notify.Entry) error {
	t := newTable("key", "channel", "screen", "run", "state", "tries", "next try", "error").numbers(5)
	for _, e := range list {
		next := ""
		if !e.Due.IsZero() {
			next = e.Due.Format("2006-01-02 15:04:05Z")
		}
		t.add(e.Key[:shownKey], e.Channel, e.Screen, short(e.Run, 16), string(e.State), strconv.Itoa(e.Tries), next, e.Error)
	}
	return t.write(w)
}

// moment is a time as JSON shows it; null where there is none.
func moment(at time.Time) *string {
	if at.IsZero() {
		return nil
	}
	return new(at.Format(time.RFC3339))
}

// channelReference lists the kinds of channel and their keys.
func channelReference() string {
	var b strings.Builder
	section := func(title, doc string, keys []notify.Key) {
		fmt.Fprintf(&b, "\n%s  %s\n", title, doc)
		for _, k := range keys {
			fmt.Fprintf(&b, "    %-12s %s\n", k.Name, k.Doc)
		}
	}
	section("every kind", "has", notify.CommonKeys())
	for _, k := range notify.Kinds() {
		section(k.Name, k.Doc, k.Keys)
	}
	return b.String()
}
