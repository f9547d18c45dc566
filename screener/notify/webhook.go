package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

func webhookKind() Kind {
	return Kind{
		Name: "webhook",
		Doc:  "sends JSON to a web address; redirects are not followed",
		Keys: []Key{
			{"url", "the address; https, or http on this machine"},
			{"url_env", "the variable that holds the address, where the address itself is secret, as Slack's are"},
			{"url_file", "the file that holds it"},
			{"body", "json, or slack for its text alone; default json"},
			{"secret_env", "the variable with the secret that signs what is sent"},
			{"secret_file", "the file with it"},
			{"ca_file", "certificates (PEM) of the authority that signs the other side's, where it is an own one"},
		},
		open: openWebhook,
	}
}

// webhook is where to send to.
type webhook struct {
	url    secret
	host   string
	slack  bool
	sign   secret
	client *http.Client
}

func openWebhook(f *fields) sender {
	h := webhook{url: f.secret("url"), slack: f.choice("body", "json", "slack") == "slack", sign: f.secret("secret")}
	plain := f.text("url")
	switch {
	case h.url.given() && plain != "":
		f.wrong("url is given twice")
	case !h.url.given() && plain == "" && f.text("url_env")+f.text("url_file") == "":
		f.wrong("url is missing")
	case !h.url.given():
		h.url = secret{&plain}
	}
	to, err := url.Parse(h.url.reveal())
	switch {
	case h.url.reveal() == "": // told
		return nil
	case err != nil || to.Host == "" || to.Scheme != "https" && to.Scheme != "http":
		f.wrong("url: it is no web address such as https://example.com/hook")
		return nil
	case to.Scheme == "http" && !isHere(to.Hostname()):
		f.wrong("url: http is for this machine only; use https")
	case to.User != nil && plain != "":
		f.wrong("url: it holds a password; give url_env or url_file instead")
	}
	if plain == "" {
		f.conceal(to.RequestURI())
	}
	h.host = to.Host
	h.client = &http.Client{
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, TLSClientConfig: f.trust(to.Hostname()),
			DisableKeepAlives: true, ForceAttemptHTTP2: true, // one request now and then: no connection is kept for the next
		},
		// A redirect would carry the message, and where the address is a secret the
		// signature's proof, to whom nobody named.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return h.send
}

func (h webhook) send(ctx context.Context, d delivery) error {
	body, err := h.body(d)
	if err != nil {
		return permanently("%w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url.reveal(), bytes.NewReader(body))
	if err != nil {
		return permanently("the request cannot be made")
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "assay")
	request.Header.Set("Idempotency-Key", d.key)
	if h.sign.given() {
		at := strconv.FormatInt(d.at.Unix(), 10)
		request.Header.Set("X-Assay-Timestamp", at)
		request.Header.Set("X-Assay-Signature", "sha256="+signature(h.sign.reveal(), at, body))
	}
	answer, err := h.client.Do(request)
	if wrapped, ok := errors.AsType[*url.Error](err); ok { // it names the whole address
		err = wrapped.Err
	}
	if err != nil {
		return fmt.Errorf("%s: %w", h.host, err)
	}
	defer func() { _ = answer.Body.Close() }()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, longestError)) // for people; the status decides
	return h.judge(answer, string(said), d.at)
}

// signature is the proof that who sends knows the secret: of the time and the
// body, so that neither can be another's.
func signature(secret, at string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(at + ".")) // a hash takes all that it is given
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// judge says what an answer means for the next try.
func (h webhook) judge(answer *http.Response, said string, now time.Time) error {
	status := answer.StatusCode
	err := fmt.Errorf("%s answers %d %s: %s", h.host, status, http.StatusText(status), said)
	if said == "" {
		err = fmt.Errorf("%s answers %d %s", h.host, status, http.StatusText(status))
	}
	switch {
	case status >= 200 && status < 300:
		return nil
	case status >= 300 && status < 400:
		where := "elsewhere"
		if to, err := answer.Location(); err == nil {
			where = to.Host
		}
		return permanently("%s answers %d and points to %s, which is not followed; give its address if it is the right one", h.host, status, where)
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests, status >= 500:
		return &refusal{after: retryAfter(answer.Header.Get("Retry-After"), now), err: err}
	}
	return &refusal{permanent: true, err: err}
}

// longestWait bounds what a server may ask for.
const longestWait = 24 * time.Hour

// retryAfter reads a time to wait, in seconds or as a date.
func retryAfter(text string, now time.Time) time.Duration {
	wait := time.Duration(0)
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		wait = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), longestWait)
}

// longestSlack is how much text Slack takes, in bytes and with room to spare.
const longestSlack = 30000

func (h webhook) body(d delivery) ([]byte, error) {
	if !h.slack {
		return document(d)
	}
	text := d.message.text()
	if len(text) > longestSlack {
		text = strings.ToValidUTF8(text[:longestSlack], "") + "\n..."
	}
	// Slack reads these three as markup, and nothing else needs care.
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	return json.Marshal(map[string]string{"text": text})
}

// document is the message as JSON, with its key and the text for people.
func document(d delivery) ([]byte, error) {
	return json.Marshal(struct {
		Key string `json:"key"`
		Message
		Text string `json:"text"`
	}{d.key, d.message, d.message.text()})
}
