package notify_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"assay/screener/notify"
)

// TestSlowChannelHoldsUpNobody holds that a channel that does not answer delays no
// other: the one answers only after the other has had its messages.
func TestSlowChannelHoldsUpNobody(t *testing.T) {
	quickDone := make(chan struct{})
	slow := newHook(t, func(http.ResponseWriter) { <-quickDone })
	n := 0
	quick := newHook(t)
	last := func(http.ResponseWriter) {
		if n++; n == 3 {
			close(quickDone)
		}
	}
	quick.answers = append(quick.answers, last, last, last)
	db := openStore(t)
	o := notify.NewOutbox(db, openChannels(t, keys{"a-slow": hookKeys(t, slow), "quick": hookKeys(t, quick)}, hookSecret))
	for _, run := range []string{"a", "b", "c"} {
		put(t, o, message(run), "a-slow", "quick")
	}
	outcomes, err := o.Deliver(t.Context(), (&clock{noon}).now)
	if err != nil || len(outcomes) != 6 {
		t.Fatalf("%v, %v", told(outcomes), err)
	}
	for i, out := range outcomes { // by channel, in the order in which they came
		if want := []string{"a-slow", "quick"}[i/3] + []string{"a", "b", "c"}[i%3]; out.Channel+out.Run != want || out.Err != nil {
			t.Errorf("outcome %d is %s of %s (%v), want %s", i, out.Run, out.Channel, out.Err, want)
		}
	}
}

// TestSilentChannelIsLeft holds that after a try that nobody answered the other
// messages of the channel wait for the next call.
func TestSilentChannelIsLeft(t *testing.T) {
	h := newHook(t)
	release := make(chan struct{})
	defer close(release)
	h.answers = append(h.answers, func(http.ResponseWriter) { <-release })
	silent := hookKeys(t, h)
	silent["timeout"] = "100ms"
	db := openStore(t)
	o := notify.NewOutbox(db, openChannels(t, keys{"ops": silent}, hookSecret))
	other := message("b")
	other.Screen = "other"
	put(t, o, message("a"), "ops")
	put(t, o, other, "ops")
	c := &clock{noon}
	first, err := o.Deliver(t.Context(), c.now)
	if err != nil || strings.Join(told(first), "") != "pending: channel ops: no answer within 100ms" {
		t.Fatalf("%v, %v", told(first), err)
	}
	second, err := o.Deliver(t.Context(), c.now)
	if err != nil || strings.Join(told(second), "") != "sent" || second[0].Run != "b" {
		t.Fatalf("%v, %v", told(second), err)
	}
}

// TestRetryAndDrop holds that what was given up goes out after all with the same
// key, one or all of it, or is dropped; and that nothing else can be named.
func TestRetryAndDrop(t *testing.T) {
	h := newHook(t, status(400), status(400), status(400))
	db := openStore(t)
	o := notify.NewOutbox(db, openChannels(t, keys{"ops": hookKeys(t, h)}, hookSecret))
	for _, run := range []string{"a", "b", "c", "d"} {
		put(t, o, message(run), "ops")
	}
	c := &clock{noon}
	deliver(t, db, o, c)
	list := entries(t, db)
	for name, want := range map[string]string{
		list[3].Key: "outbox: message " + list[3].Key + ": it was not given up: it was sent",
		"ffffffff":  "outbox: message ffffffff: there is none",
		"A":         "outbox: message A: a message is named by its key, or by six digits of it or more",
	} {
		if _, err := notify.Retry(t.Context(), db, c.at, []string{list[0].Key, name}); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if got := fmt.Sprint(states(entries(t, db))); got != "[dead dead dead sent]" {
		t.Errorf("a slip changed something: %s", got)
	}
	later := c.at.Add(time.Hour)
	keys, err := notify.Retry(t.Context(), db, later, []string{list[0].Key[:8]})
	if err != nil || len(keys) != 1 || keys[0] != list[0].Key {
		t.Fatalf("%v, %v", keys, err)
	}
	if _, err := notify.Retry(t.Context(), db, later, keys); !errors.Is(err, notify.ErrNotDead) {
		t.Errorf("got %v", err)
	}
	c.at = later
	deliver(t, db, o, c)
	if first, again := h.got[0].Header.Get("Idempotency-Key"), h.got[4].Header.Get("Idempotency-Key"); first != list[0].Key || again != first {
		t.Errorf("the keys are %s and %s", first, again)
	}
	if keys, err = notify.Drop(t.Context(), db, []string{list[1].Key}); err != nil || len(keys) != 1 {
		t.Errorf("%v, %v", keys, err)
	}
	if keys, err = notify.Retry(t.Context(), db, later, nil); err != nil || len(keys) != 1 || keys[0] != list[2].Key {
		t.Errorf("%v, %v", keys, err)
	}
	if got := fmt.Sprint(states(entries(t, db))); got != "[sent pending sent]" {
		t.Errorf("%s", got)
	}
}

func states(list []notify.Entry) (all []notify.State) {
	for _, e := range list {
		all = append(all, e.State)
	}
	return all
}

// TestPrune holds that what was sent long ago is taken out, and nothing that waits
// or was given up, however old.
func TestPrune(t *testing.T) {
	h := newHook(t, status(400))
	db := openStore(t)
	o := notify.NewOutbox(db, openChannels(t, keys{"ops": hookKeys(t, h)}, hookSecret))
	c := &clock{noon}
	for _, run := range []string{"given up", "old", "young"} {
		put(t, o, message(run), "ops")
		deliver(t, db, o, c)
		c.at = c.at.AddDate(0, 0, 10)
	}
	put(t, o, message("waits"), "ops")
	n, err := notify.Prune(t.Context(), db, noon.AddDate(0, 0, 15))
	if err != nil || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
	var left []string
	for _, e := range entries(t, db) {
		left = append(left, e.Run)
	}
	if got := strings.Join(left, ", "); got != "given up, young, waits" {
		t.Errorf("left are %s", got)
	}
}
