package notify_test

import (
	"crypto/tls"
	"net/http/httptest"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"assay/screener/notify"
)

// office starts a mail server with a certificate, and returns the keys of a channel
// for it.
func office(t *testing.T, set func(*postOffice)) (*postOffice, keys) {
	t.Helper()
	s := httptest.NewTLSServer(nil) // for its certificate
	t.Cleanup(s.Close)
	p := newPostOffice(t, &tls.Config{Certificates: s.TLS.Certificates}, set)
	return p, keys{
		"kind": "mail", "host": p.host, "port": p.port, "ca_file": authority(t, s), "timeout": "5s",
		"user": "me", "secret_env": "HOOK", "from": "Assay <assay@example.com>", "to": []any{"Ann <ann@example.com>", "bob@example.com"},
	}
}

// TestMailFailsOnPurpose holds that a mail is tried until the server takes it, with
// one Message-ID; one that was taken and not confirmed comes again.
func TestMailFailsOnPurpose(t *testing.T) {
	p, set := office(t, func(p *postOffice) {
		p.faults["MAIL"] = []string{"451 4.3.0 come back", "cut"}
		p.faults["END"] = []string{"cut", "452 4.2.2 full"}
		p.faults["AUTH"] = []string{"454 4.7.0 later"}
		p.faults["STARTTLS"] = []string{"454 4.7.0 not now"}
		p.faults["QUIT"] = []string{"", "cut", "cut", "cut", "cut", "cut", "cut", "cut"}
		p.faults["RSET"] = []string{"", "", "cut", "cut"}
	})
	db := openStore(t)
	o := notify.NewOutbox(db, openChannels(t, keys{"post": set}, hookSecret))
	put(t, o, message("r"), "post")
	outcomes := deliver(t, db, o, &clock{noon})
	if len(outcomes) != 7 || outcomes[6].State != notify.Sent {
		t.Fatalf("got\n%s", strings.Join(told(outcomes), "\n"))
	}
	if want := "channel post: 127.0.0.1: 454 \"4.7.0 not now\""; outcomes[0].Err.Error() != want {
		t.Errorf("got %v, want %s", outcomes[0].Err, want)
	}
	if len(p.letters) != 3 { // two that were not confirmed, and the one that was
		t.Fatalf("%d letters", len(p.letters))
	}
	for _, text := range p.letters {
		letter, err := mail.ReadMessage(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for header, want := range map[string]string{
			"Message-Id": "<" + outcomes[0].Key + "@example.com>", "X-Assay-Key": outcomes[0].Key,
			"Subject": "assay: quality as of 2026-05-29: 1 entered, 1 left", "Date": "Fri, 29 May 2026 12:00:00 +0000",
			"From": `"Assay" <assay@example.com>`, "To": `"Ann" <ann@example.com>, <bob@example.com>`,
		} {
			if got := letter.Header.Get(header); got != want {
				t.Errorf("%s: %s, want %s", header, got, want)
			}
		}
		for _, part := range []string{"Content-Type: text/plain", "Content-Type: text/html", "Belltower Toys (sample)", "net margin 12.1 %"} {
			if !strings.Contains(text, part) {
				t.Errorf("it lacks %q:\n%s", part, text)
			}
		}
	}
	if slices.Contains(p.inClear, "AUTH") || slices.Contains(p.inClear, "MAIL") || len(p.logins) == 0 || p.logins[0] != "\x00me\x00"+password {
		t.Errorf("in clear: %q, logins %d", p.inClear, len(p.logins))
	}
}

// TestMailIsNotSentInClear holds that without TLS, or with a certificate that
// nobody known signed, nothing is said, and that a password stands in no error even
// if the server says it.
func TestMailIsNotSentInClear(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(*postOffice)
		keys func(keys)
		want string
		dead bool
	}{
		"no STARTTLS":  {func(p *postOffice) { p.noTLS = true }, nil, `channel post: 127.0.0.1: STARTTLS mode set to: "TLSMandatory", but target host does not support STARTTLS`, false},
		"bad STARTTLS": {func(p *postOffice) { p.badTLS = true }, nil, "channel post: 127.0.0.1: EOF", false},
		"unknown authority": {nil, func(k keys) { delete(k, "ca_file") },
			"channel post: 127.0.0.1: tls: failed to verify certificate: x509: certificate signed by unknown authority", false},
		"wrong password": {func(p *postOffice) {
			p.faults["AUTH"] = []string{"535 5.7.8 not " + password + " nor AG1lAGNvcnJlY3QgaG9yc2UvYmF0dGVyeStzdGFwbGU="}
		}, nil,
			`channel post: 127.0.0.1: SMTP AUTH failed: 535 "5.7.8 not [secret] nor [secret]"`, true},
		"slow": {func(p *postOffice) { p.faults["MAIL"] = []string{"hang"} }, func(k keys) { k["timeout"] = "300ms" }, "channel post: no answer within 300ms", false},
	} {
		t.Run(name, func(t *testing.T) {
			p, set := office(t, c.set)
			if c.keys != nil {
				c.keys(set)
			}
			db := openStore(t)
			o := notify.NewOutbox(db, openChannels(t, keys{"post": set}, hookSecret))
			put(t, o, message("r"), "post")
			outcomes, err := o.Deliver(t.Context(), (&clock{noon}).now)
			if err != nil || len(outcomes) != 1 || outcomes[0].Err == nil {
				t.Fatalf("%v, %v", outcomes, err)
			}
			if got := outcomes[0]; got.Err.Error() != c.want || (got.State == notify.Dead) != c.dead {
				t.Errorf("%s: %v\nwant %s", got.State, got.Err, c.want)
			}
			if slices.Contains(p.inClear, "MAIL") || len(p.letters) != 0 {
				t.Errorf("it said %q, %d letters", p.inClear, len(p.letters))
			}
		})
	}
}

// TestMailByTLS holds that TLS from the first byte works, and that an address that
// the server does not know ends it.
func TestMailByTLS(t *testing.T) {
	p, set := office(t, func(p *postOffice) { p.implied = true; p.faults["RCPT"] = []string{"", "", "550 5.1.1 no such"} })
	set["tls"] = "tls"
	db := openStore(t)
	o := notify.NewOutbox(db, openChannels(t, keys{"post": set}, hookSecret))
	put(t, o, message("a"), "post")
	put(t, o, message("b"), "post")
	outcomes := deliver(t, db, o, &clock{noon})
	if len(p.letters) != 1 || len(outcomes) != 2 || outcomes[0].State != notify.Sent || outcomes[1].State != notify.Dead ||
		!strings.Contains(outcomes[1].Err.Error(), `550 "5.1.1 no such"`) {
		t.Errorf("%d letters\n%s", len(p.letters), strings.Join(told(outcomes), "\n"))
	}
}
