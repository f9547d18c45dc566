package notify_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"assay/fundamentals/store"
	"assay/screener/notify"
)

// TestGivenUp holds that a message is tried so often and no more, later each time,
// and is listed then, and that those after it wait their turn.
func TestGivenUp(t *testing.T) {
	answers := make([]func(http.ResponseWriter), notify.MostTries)
	for i := range answers {
		answers[i] = status(500)
	}
	h := newHook(t, answers...)
	db := openStore(t)
	o := notify.NewOutbox(db, openChannels(t, keys{"ops": hookKeys(t, h)}, hookSecret))
	put(t, o, message("a"), "ops")
	put(t, o, message("b"), "ops")
	outcomes := deliver(t, db, o, &clock{noon})
	if len(outcomes) != notify.MostTries+1 || outcomes[notify.MostTries].Run != "b" {
		t.Fatalf("got\n%s", strings.Join(told(outcomes), "\n"))
	}
	before := noon
	for i, out := range outcomes[:notify.MostTries-1] {
		longest := min(30*time.Second<<i, 6*time.Hour)
		if wait := out.Next.Sub(before); wait < longest/2-time.Millisecond || wait > longest {
			t.Errorf("after try %d it waits %s, want between %s and %s", i+1, wait, longest/2, longest)
		}
		before = out.Next
	}
	list := entries(t, db)
	if list[0].State != notify.Dead || list[0].Tries != notify.MostTries || !strings.HasSuffix(list[0].Error, "said 500") || list[1].State != notify.Sent {
		t.Errorf("%+v", list)
	}
}

// TestLease holds that of two programs one sends; that what a program took which
// ended is sent by another when its lease is over, with the same key; and that a
// try that was broken off does not count.
func TestLease(t *testing.T) {
	path := filepath.Join(t.TempDir(), "assay.db")
	var boxes [2]*notify.Outbox
	var db *store.DB
	var other *notify.Outbox
	during := func(http.ResponseWriter) {
		outcomes, err := other.Deliver(t.Context(), (&clock{noon.Add(time.Minute)}).now)
		if err != nil || len(outcomes) != 0 {
			t.Errorf("the other sends too: %v, %v", outcomes, err)
		}
	}
	h := newHook(t, during)
	for i := range boxes {
		var err error
		if db, err = store.Open(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		boxes[i] = notify.NewOutbox(db, openChannels(t, keys{"ops": hookKeys(t, h)}, hookSecret))
	}
	other = boxes[1]
	put(t, boxes[0], message("a"), "ops")
	put(t, other, message("a"), "ops")
	if outcomes := deliver(t, db, boxes[0], &clock{noon}); len(outcomes) != 1 || len(h.got) != 1 {
		t.Fatalf("%d outcomes, %d requests", len(outcomes), len(h.got))
	}

	// A program that is told to stop while it sends.
	ctx, stop := context.WithCancel(t.Context())
	h.answers = append(h.answers, func(http.ResponseWriter) { stop() })
	put(t, other, message("b"), "ops")
	if _, err := other.Deliver(ctx, (&clock{noon}).now); err != context.Canceled {
		t.Errorf("got %v", err)
	}
	if e := entries(t, db)[1]; e.State == notify.Pending && (e.Tries != 0 || !e.Due.Equal(noon)) {
		t.Errorf("%+v", e)
	}

	// One that ends without a word: its try counts, and the next waits for the lease.
	put(t, other, message("c"), "ops")
	dying := notify.NewOutbox(&dying{DB: db, left: 2}, openChannels(t, keys{"ops": hookKeys(t, h)}, hookSecret))
	deliver(t, db, other, &clock{noon.Add(time.Hour)}) // a, b and c are sent
	put(t, other, message("d"), "ops")
	if _, err := dying.Deliver(t.Context(), (&clock{noon}).now); err == nil {
		t.Error("it did not die")
	}
	sent := len(h.got)
	c := &clock{noon.Add(time.Minute)}
	if outcomes, err := other.Deliver(t.Context(), c.now); err != nil || len(outcomes) != 0 {
		t.Errorf("sent under another's lease: %v, %v", outcomes, err)
	}
	outcomes := deliver(t, db, other, c)
	if len(outcomes) != 1 || outcomes[0].Tries != 2 || len(h.got) != sent+1 ||
		h.got[sent].Header.Get("Idempotency-Key") != h.got[sent-1].Header.Get("Idempotency-Key") {
		t.Errorf("%+v, %d requests", outcomes, len(h.got))
	}
}

// TestFile holds that a file is appended to or replaced, and that nothing outside
// of its folder is written, by a name or by a link.
func TestFile(t *testing.T) {
	folder, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(filepath.Join(outside, "x"), filepath.Join(folder, "link")); err != nil {
		t.Skip(err)
	}
	c := openChannels(t, keys{
		"add":  keys{"kind": "file", "folder": folder, "name": "all.txt"},
		"last": keys{"kind": "file", "folder": folder, "mode": "replace", "body": "json"},
		"link": keys{"kind": "file", "folder": folder, "name": "link"},
	}, nil)
	for _, run := range []string{"a", "b"} {
		for _, name := range []string{"add", "last"} {
			if err := c.Send(t.Context(), noon, message(run), name); err != nil {
				t.Fatal(err)
			}
		}
	}
	all, _ := os.ReadFile(filepath.Join(folder, "all.txt"))
	last, _ := os.ReadFile(filepath.Join(folder, "quality.json"))
	if strings.Count(string(all), "quality as of 2026-05-29: 1 entered, 1 left\n") != 2 || strings.Count(string(last), "\n") != 1 || !strings.Contains(string(last), `"run":"b"`) {
		t.Errorf("%s\n%s", all, last)
	}
	if err := c.Send(t.Context(), noon, message("a"), "link"); err == nil {
		t.Error("it wrote through a link")
	}
	m := message("a")
	m.Screen = "../up"
	if err := c.Send(t.Context(), noon, m, "last"); err == nil || err.Error() != `channel last: "../up.json" is no name of a file in `+folder {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(outside); len(left) != 0 {
		t.Errorf("outside there is %v", left)
	}
}

// TestCommand holds that a program gets JSON, the key and its own secret, and that
// one that fails or hangs is told of, without the secret.
func TestCommand(t *testing.T) {
	shell := "/bin/sh"
	if _, err := os.Stat(shell); err != nil {
		t.Skip("there is no " + shell)
	}
	out := filepath.Join(t.TempDir(), "out")
	of := func(script string) keys {
		return keys{"kind": "command", "argv": []any{shell, "-c", script, "$HOME; x"}, "secret_env": "HOOK", "timeout": "5s"}
	}
	hangs := of("sleep 60")
	hangs["timeout"] = "200ms"
	c := openChannels(t, keys{
		"good": of(fmt.Sprintf(`{ cat; echo; echo "$0 $ASSAY_KEY $ASSAY_SECRET $OTHER"; } > %s`, out)),
		"bad":  of(`echo "no $ASSAY_SECRET" >&2; exit 3`), "hangs": hangs,
	}, map[string]string{"HOOK": password, "OTHER": "other", "PATH": os.Getenv("PATH")})
	if err := c.Send(t.Context(), noon, message("r"), "good"); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(out)
	if lines := strings.Split(string(text), "\n"); len(lines) != 3 || !strings.HasPrefix(lines[0], `{"key":"`) || lines[1] != "$HOME; x "+lines[0][8:40]+" "+password+" " {
		t.Errorf("%s", text)
	}
	for name, want := range map[string]string{"bad": "channel bad: sh: exit status 3: no [secret]", "hangs": "channel hangs: no answer within 200ms"} {
		if err := c.Send(t.Context(), noon, message("r"), name); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestSecretFiles holds that a secret that others may read is refused, and that no
// way of printing what was opened shows it.
func TestSecretFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	set := keys{"ops": keys{"kind": "webhook", "url": "https://127.0.0.1:1/", "secret_file": file}}
	c := openChannels(t, set, nil)
	if err := c.Send(t.Context(), noon, message("r"), "ops"); err == nil || strings.Contains(err.Error(), password) {
		t.Errorf("got %v", err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		_, err := notify.Open(set, environment(nil))
		want := fmt.Sprintf("channel \"ops\": secret_file: others may read or write %s (its mode is %04o); chmod 600 closes it", file, mode)
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
