// Package notify tells people what changed on a list: by mail, webhook, file or
// command, one channel per file of this package, each one literal, all of them in
// the list of [Kinds].
//
//  1. [Open] reads the channels of the configuration and tells all mistakes at once.
//  2. [Outbox.Put] keeps a [Message] for each channel that wants it, in the
//     database: from there on it is told at least once, whatever ends the program.
//  3. [Outbox.Deliver] sends what is due. Who sends holds a lease, so two programs
//     do not send the same; what fails is tried again, later each time, and given
//     up after [MostTries]. Channels do not wait for each other.
//  4. [Retry] puts what was given up back, [Drop] takes it out, and [Prune] takes out
//     what was sent long ago.
//
// A message has a key made of screen, run and channel. Each try carries it, so that
// whoever gets a message twice can tell. Secrets come from the environment or from a
// file that only its owner may read; they stand in no message and in no error.
package notify

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Kind is a way to reach people.
type Kind struct {
	Name string
	Doc  string
	Keys []Key // of the configuration, besides those that all kinds have
	open func(*fields) sender
}

// Key is a key of a channel's configuration.
type Key struct{ Name, Doc string }

// Kinds lists the kinds of channel in the order of the help.
func Kinds() []Kind { return []Kind{webhookKind(), mailKind(), fileKind(), commandKind()} }

// CommonKeys lists the keys that all kinds have.
func CommonKeys() []Key {
	return []Key{
		{"kind", "one of these kinds; it must be given"},
		{"always", "true: a message comes even if nothing changed"},
		{"moves", "true: a change of ranks alone counts as a change"},
		{"failures", "true: a message comes when a run fails, once until one is done again, or its data could not be brought"},
		{"timeout", "how long one try may last, such as 30s; at most 10m"},
	}
}

// delivery is one message on its way.
type delivery struct {
	key     string
	at      time.Time // of this try
	message Message
}

// sender sends a message once. Its error is a [refusal] where it knows more than
// that it went wrong.
type sender func(ctx context.Context, d delivery) error

// refusal is an error of a try that says what to do with the next one.
type refusal struct {
	permanent bool          // trying again will not help
	after     time.Duration // no earlier than that
	silent    bool          // there was no answer in time
	err       error
}

func (r *refusal) Error() string { return r.err.Error() }

func permanently(format string, args ...any) error {
	return &refusal{permanent: true, err: fmt.Errorf(format, args...)}
}

// channel is one that the user configured.
type channel struct {
	name          string
	always, moves bool
	failures      bool
	timeout       time.Duration
	send          sender
	hide          []string // what no error may say
}

// Channels are those of a configuration, by name. The zero value has none.
type Channels struct{ byName map[string]*channel }

// Names lists the channels by name.
func (c Channels) Names() []string { return slices.Sorted(maps.Keys(c.byName)) }

// Send sends a message at once, past the outbox, whatever it says. An error says
// nothing secret.
func (c Channels) Send(ctx context.Context, now time.Time, m Message, name string) error {
	ch, ok := c.byName[name]
	if !ok {
		return fmt.Errorf("there is no channel %q", name)
	}
	if err := m.check(); err != nil {
		return err
	}
	return ch.try(ctx, delivery{m.key(name), now, m})
}

// try sends within the channel's time.
func (c *channel) try(ctx context.Context, d delivery) error {
	within, stop := context.WithTimeout(ctx, c.timeout)
	defer stop()
	err := c.send(within, d)
	if err == nil {
		return nil
	}
	told := refusal{err: err}
	if r, ok := errors.AsType[*refusal](err); ok {
		told = *r
	}
	text := told.err.Error()
	waited, ok := errors.AsType[net.Error](told.err)
	if ctx.Err() == nil && (within.Err() != nil || ok && waited.Timeout()) {
		text, told.silent = fmt.Sprintf("no answer within %s", c.timeout), true
	}
	// The error is made anew: what it wrapped may hold a secret.
	told.err = fmt.Errorf("channel %s: %s", c.name, tidy(c.conceal(text)))
	return &told
}

// conceal takes out of a text what is secret.
func (c *channel) conceal(text string) string {
	for _, h := range c.hide {
		text = strings.ReplaceAll(text, h, "[secret]")
	}
	return text
}

// longestError is how much of an error is kept, in bytes.
const longestError = 500

// tidy puts a text of others on one line of bounded length.
func tidy(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	text = strings.ToValidUTF8(text, "?")
	if len(text) > longestError {
		text = strings.ToValidUTF8(text[:longestError], "") + " ..."
	}
	return text
}
