package notify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/screener/notify"
)

const password = "correct horse/battery+staple"

func hookKeys(t *testing.T, h *hook) keys {
	return keys{"kind": "webhook", "url": h.URL + "/in", "ca_file": authority(t, h.Server), "secret_env": "HOOK", "timeout": "5s"}
}

var hookSecret = map[string]string{"HOOK": password}

// TestWebhookFailsOnPurpose holds that what fails for now is tried again with the
// same key until it arrives, no earlier than the server asks for.
func TestWebhookFailsOnPurpose(t *testing.T) {
	h := newHook(t, status(500), status(429, "Retry-After", "3600"), cut, status(503, "Retry-After", noon.Add(9*time.Hour).Format(http.TimeFormat)))
	db := openStore(t)
	o := notify.NewOutbox(db, openChannels(t, keys{"ops": hookKeys(t, h)}, hookSecret))
	put(t, o, message("r"), "ops")
	c := &clock{noon}
	outcomes := deliver(t, db, o, c)
	host := strings.TrimPrefix(h.URL, "https://")
	want := []string{
		"pending: channel ops: " + host + " answers 500 Internal Server Error: said 500",
		"pending: channel ops: " + host + " answers 429 Too Many Requests: said 429",
		"pending: channel ops: " + host + ": EOF",
		"pending: channel ops: " + host + " answers 503 Service Unavailable: said 503",
		"sent",
	}
	if got := told(outcomes); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if wait := outcomes[0].Next.Sub(noon); wait < 15*time.Second || wait > 30*time.Second {
		t.Errorf("after the first try it waits %s", wait)
	}
	if wait := outcomes[1].Next.Sub(outcomes[0].Next); wait != time.Hour {
		t.Errorf("it waits %s where the server asks for an hour", wait)
	}
	if got := outcomes[3].Next; !got.Equal(noon.Add(9 * time.Hour)) {
		t.Errorf("it comes back at %s", got)
	}
	for i, r := range h.got {
		if got := r.Header.Get("Idempotency-Key"); got != outcomes[0].Key || h.bodies[i] != h.bodies[0] {
			t.Errorf("try %d has the key %s, want %s, or another body", i, got, outcomes[0].Key)
		}
	}
	var body struct {
		Key, Screen, Run, Text string
		AsOf                   string `json:"as_of"`
	}
	if err := json.Unmarshal([]byte(h.bodies[0]), &body); err != nil || body.Key != outcomes[0].Key || body.Run != "r" ||
		body.AsOf != "2026-05-29" || !strings.HasPrefix(body.Text, "quality as of 2026-05-29: 1 entered, 1 left\n") {
		t.Errorf("%+v, %v", body, err)
	}
	last := h.got[4]
	mac := hmac.New(sha256.New, []byte(password))
	mac.Write([]byte(last.Header.Get("X-Assay-Timestamp") + "." + h.bodies[4]))
	if got := last.Header.Get("X-Assay-Signature"); got != "sha256="+hex.EncodeToString(mac.Sum(nil)) {
		t.Errorf("the signature is %q", got)
	}
	if got := last.Header.Get("X-Assay-Timestamp"); got != "1780088400" { // 2026-05-29 21:00 UTC
		t.Errorf("it is signed at %s", got)
	}
}

// TestWebhookRefused holds that what will not help is not tried again.
func TestWebhookRefused(t *testing.T) {
	other := newHook(t)
	h := newHook(t, status(404), status(307, "Location", other.URL+"/there"))
	db := openStore(t)
	o := notify.NewOutbox(db, openChannels(t, keys{"ops": hookKeys(t, h)}, hookSecret))
	put(t, o, message("a"), "ops")
	put(t, o, message("b"), "ops")
	host, elsewhere := strings.TrimPrefix(h.URL, "https://"), strings.TrimPrefix(other.URL, "https://")
	want := []string{
		"dead: channel ops: " + host + " answers 404 Not Found: said 404",
		"dead: channel ops: " + host + " answers 307 and points to " + elsewhere + ", which is not followed; give its address if it is the right one",
	}
	if got := told(deliver(t, db, o, &clock{noon})); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(other.got) != 0 {
		t.Error("the redirect was followed")
	}
}

// TestWebhookChecksTheCertificate holds that nobody gets a message whose
// certificate nobody known signed, nor one who is too slow.
func TestWebhookChecksTheCertificate(t *testing.T) {
	h := newHook(t)
	set := hookKeys(t, h)
	delete(set, "ca_file")
	c := openChannels(t, keys{"ops": set}, hookSecret)
	err := c.Send(t.Context(), noon, message("r"), "ops")
	if err == nil || !strings.Contains(err.Error(), "certificate signed by unknown authority") || len(h.got) != 0 {
		t.Errorf("got %v, and %d requests", err, len(h.got))
	}
	leave := make(chan struct{})
	slow := newHook(t, func(http.ResponseWriter) { <-leave })
	defer close(leave)
	set = hookKeys(t, slow)
	set["timeout"] = "200ms"
	err = openChannels(t, keys{"ops": set}, hookSecret).Send(t.Context(), noon, message("r"), "ops")
	if err == nil || err.Error() != "channel ops: no answer within 200ms" {
		t.Errorf("got %v", err)
	}
}

// TestSlack holds that Slack gets the text alone, with nothing in it that it reads
// as markup, and that its address, which is a secret, stands in no error.
func TestSlack(t *testing.T) {
	h := newHook(t, status(200), status(403))
	set := keys{"kind": "webhook", "url_env": "SLACK", "body": "slack", "ca_file": authority(t, h.Server)}
	c := openChannels(t, keys{"ops": set}, map[string]string{"SLACK": h.URL + "/services/T0/B0/hunter2"})
	m := message("r")
	m.Entered[0].Name = "A&B <!channel>"
	if err := c.Send(t.Context(), noon, m, "ops"); err != nil {
		t.Fatal(err)
	}
	var body map[string]string
	if err := json.Unmarshal([]byte(h.bodies[0]), &body); err != nil || len(body) != 1 ||
		!strings.Contains(body["text"], "BELLTO  A&amp;B &lt;!channel&gt;\n") {
		t.Errorf("%v, %v", body, err)
	}
	err := c.Send(t.Context(), noon, m, "ops")
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
	h.CloseClientConnections()
	h.Close()
	if err := c.Send(t.Context(), noon, m, "ops"); err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "refused") {
		t.Errorf("got %v", err)
	}
}
