package notify_test

import (
	"database/sql"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"assay/fundamentals/store"
	"assay/screener/notify"
)

var noon = time.Date(2026, 5, 29, 12, 0, 0, 0, time.UTC)

// message is one of a change.
func message(run string) notify.Message {
	m := notify.Sample(noon)
	m.Screen, m.Run, m.Test, m.Link = "quality", run, false, "https://example.com/runs/"+run
	return m
}

type keys = map[string]any

// environment answers as the environment would.
func environment(values map[string]string) notify.Lookup {
	return func(name string) (string, bool) {
		v, ok := values[name]
		return v, ok
	}
}

func openChannels(t *testing.T, settings keys, values map[string]string) notify.Channels {
	t.Helper()
	c, err := notify.Open(settings, environment(values))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// clock is one that is moved by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func openStore(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "assay.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func put(t *testing.T, o *notify.Outbox, m notify.Message, channels ...string) int {
	t.Helper()
	n, err := o.Put(t.Context(), m, channels)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// deliver runs the outbox until nothing is pending, the clock moving to each next
// try, and returns the outcomes.
func deliver(t *testing.T, db notify.Database, o *notify.Outbox, c *clock) (all []notify.Outcome) {
	t.Helper()
	for range 10 * notify.MostTries {
		outcomes, err := o.Deliver(t.Context(), c.now)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, outcomes...)
		next := time.Time{}
		for _, e := range entries(t, db) {
			if e.State == notify.Pending && (next.IsZero() || e.Due.Before(next)) {
				next = e.Due
			}
		}
		if next.IsZero() {
			return all
		}
		if !next.After(c.at) {
			t.Fatalf("it is due at %s and was not tried at %s", next, c.at)
		}
		c.at = next
	}
	t.Fatal("it never ends")
	return nil
}

func entries(t *testing.T, db notify.Database) []notify.Entry {
	t.Helper()
	list, err := notify.Entries(t.Context(), db, true)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// told says of each outcome how it ended, and its error.
func told(outcomes []notify.Outcome) (lines []string) {
	for _, o := range outcomes {
		text := string(o.State)
		if o.Err != nil {
			text += ": " + o.Err.Error()
		}
		lines = append(lines, text)
	}
	return lines
}

func TestMistakesAreToldAtOnce(t *testing.T) {
	_, err := notify.Open(keys{
		"Ops":   keys{"kind": "file"},
		"bare":  true,
		"none":  keys{"url": "https://example.com"},
		"wrong": keys{"kind": "pigeon"},
		"hook":  keys{"kind": "webhook", "url": "http://example.com/x", "secrets_env": "A", "timeout": "1h", "always": "yes"},
		"pass":  keys{"kind": "webhook", "url": "https://me:hunter2@example.com/x", "secret": "hunter2"},
		"slack": keys{"kind": "webhook", "url_env": "NO_SUCH"},
		"post":  keys{"kind": "mail", "host": "smtp.example.com", "tls": "none", "user": "me", "port": 70000, "from": "me", "to": []any{"a@example.com\r\nBcc: b@example.com"}},
		"disk":  keys{"kind": "file", "folder": "nowhere", "name": "../x", "mode": "add"},
		"start": keys{"kind": "command", "argv": []any{"mail", "-s"}},
	}, environment(nil))
	want := `channel "Ops": a name is of small letters, digits and hyphens
channel "bare": it holds no keys; it wants at least kind
channel "disk": folder: there is no folder nowhere
channel "disk": mode: "add" is none of append, replace
channel "disk": name: "../x" is no name of a file in the folder
channel "hook": always: it is true or false
channel "hook": there is no key secrets_env of a webhook; did you mean secret_env?
channel "hook": timeout: "1h" is no time up to 10m0s, such as 30s
channel "hook": url: http is for this machine only; use https
channel "none": kind is missing; it is one of webhook, mail, file, command
channel "pass": secret: a secret does not stand in the configuration; give secret_env: NAME or secret_file: FILE
channel "pass": url: it holds a password; give url_env or url_file instead
channel "post": from: "me" is no address such as Assay <assay@example.com>
channel "post": port: it is a number from 1 to 65535
channel "post": tls: none is for a server on this machine only
channel "post": to: a@example.com` + "\r\n" + `Bcc: b@example.com is no text of one line
channel "post": user wants a password: give secret_env or secret_file
channel "slack": url_env: the environment has no NO_SUCH
channel "start": argv: "mail" is not the whole path of a program
channel "wrong": kind: "pigeon" is none of webhook, mail, file, command`
	if _, ok := errors.AsType[notify.Mistakes](err); !ok || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// TestNothingChanged holds that a message that changed nothing is kept for those
// channels alone that ask for it, and each run once.
func TestNothingChanged(t *testing.T) {
	folder := t.TempDir()
	c := openChannels(t, keys{
		"changes": keys{"kind": "file", "folder": folder},
		"ranks":   keys{"kind": "file", "folder": folder, "moves": true},
		"all":     keys{"kind": "file", "folder": folder, "always": true},
		"trouble": keys{"kind": "file", "folder": folder, "failures": true},
	}, nil)
	db := openStore(t)
	o := notify.NewOutbox(db, c)
	still := message("still")
	still.Entered, still.Left, still.Moved = nil, nil, nil
	moved := message("moved")
	moved.Entered, moved.Left = nil, nil
	older := still // of which data could not be brought
	older.Run, older.Notes = "older", []string{"refresh edgar failed"}
	failed := notify.Message{Screen: "quality", Run: "failed", AsOf: "2026-05-29", At: noon, Failed: "no data"}
	stop := errors.New("stop")
	err := db.Update(t.Context(), func(tx *sql.Tx) error {
		if n, err := o.PutIn(t.Context(), tx, message("undone"), c.Names()); n != 4 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		return stop // and nothing was put
	})
	if err != stop {
		t.Error(err)
	}
	for _, m := range []notify.Message{still, moved, message("changed"), message("changed"), older, failed} {
		put(t, o, m, c.Names()...)
	}
	got := map[string][]string{}
	for _, e := range entries(t, db) {
		got[e.Channel] = append(got[e.Channel], e.Run)
	}
	want := map[string][]string{"changes": {"changed"}, "ranks": {"moved", "changed"}, "all": {"still", "moved", "changed", "older"}, "trouble": {"changed", "older", "failed"}}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestNamesThatEndALine holds that no name can write into a header or a log.
func TestNamesThatEndALine(t *testing.T) {
	c := openChannels(t, keys{"disk": keys{"kind": "file", "folder": t.TempDir()}}, nil)
	o := notify.NewOutbox(openStore(t), c)
	for want, change := range map[string]func(*notify.Message){
		`message of screen "a\r\nBcc: b@example.com", run "r": a name may not hold line ends or other control characters`: func(m *notify.Message) { m.Screen = "a\r\nBcc: b@example.com" },
		`message of screen "quality": its link "javascript:x" is no web address`:                                          func(m *notify.Message) { m.Link = "javascript:x" },
		`message of screen "quality": its link "https://x\r\ny" is no web address`:                                        func(m *notify.Message) { m.Link = "https://x\r\ny" },
		`a message wants a screen, a run and its time`:                                                                    func(m *notify.Message) { m.Run = "" },
	} {
		m := message("r")
		change(&m)
		if _, err := o.Put(t.Context(), m, c.Names()); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := o.Put(t.Context(), message("r"), []string{"dsik"}); err == nil || err.Error() != `message of screen quality: there is no channel "dsik"; the configuration has disk` {
		t.Errorf("got %v", err)
	}
}
